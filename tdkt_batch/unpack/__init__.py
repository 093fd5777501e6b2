"""Folders, archives and mails → arrivals: everything that was sent, each once."""
