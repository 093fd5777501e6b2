"""What goes out after a month: mail drafts, reminders, the call list, the report for signature."""
