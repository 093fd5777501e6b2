"""Bytes → cells, whatever spreadsheet program saved them; knows no form."""
