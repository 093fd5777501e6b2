"""The program's own Vietnamese: a module a room, and what several rooms say in ``shared``."""
