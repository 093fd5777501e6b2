"""Which unit of the register a name means."""
