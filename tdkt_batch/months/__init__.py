"""The parts of a month's run: its terms, its readings, its judgement, the months before it."""
