"""What disks and processes do to programs, and how the program bears it."""
