"""What a guidance asks for, as data."""
