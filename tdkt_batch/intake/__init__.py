"""Where submissions come from, whose they are, which of them count."""
