"""Folders, archives and mails → attachments: everything that was sent, each once."""
