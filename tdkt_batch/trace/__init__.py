"""Where a figure comes from, and where it went: from the ledger alone, which is only read."""
