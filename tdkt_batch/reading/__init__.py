"""Attachments → readings, in worker processes."""
