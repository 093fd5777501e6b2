"""Hostile, damaged and odd files and mails, each made by a few lines, with what is to become of it."""
