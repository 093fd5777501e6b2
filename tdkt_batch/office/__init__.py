"""The office's own data over a campaign: its register of units, its settings."""
