"""What disks, processes and other machines do to programs, and how the program bears it."""
