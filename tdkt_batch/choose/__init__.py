"""Which of a unit's files counts, how they differ, and how each unit stands."""
