"""The annotated return: a unit's own form sent back with what to complete or to explain."""
