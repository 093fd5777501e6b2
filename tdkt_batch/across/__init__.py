"""Checks between units and levels: what one form alone cannot decide."""
