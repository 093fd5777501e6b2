"""Which cells of a submission count otherwise than they were typed, and by which repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tdkt_batch.model import Submission, Value


def repairs_of(submission: Submission) -> tuple[Value, ...]:
    """Return the repaired cells in reading order; each holds what was typed and what counts."""
    values = [*submission.values.values()]
    for rows in submission.tables.values():
        values += [value for row in rows for value in row.values.values()]
    return tuple(value for value in values if value.repair is not None)


def repair_counts(submission: Submission) -> Mapping[str, int]:
    """Return how many cells each repair changed, by its name, in order."""
    counts = Counter(v.repair.rule for v in repairs_of(submission) if v.repair is not None)
    return dict(sorted(counts.items()))
