"""A month's run: its request, terms, inputs, judgement and results; the months before it."""
