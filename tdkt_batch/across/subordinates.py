"""The table of subordinate units in an upper unit's form, its lines found by name."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.across.names import match_name
from tdkt_batch.across.reports import Question, Report, column_of
from tdkt_batch.model import TableRow


@dataclass(frozen=True, slots=True)
class SubordinateTable:
    """The existing lines with the names that they give; ``kinds`` are all kind words."""

    lines: tuple[TableRow, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]

    def place_of(self, name: str) -> int | None:
        """Return which line is meant by ``name``, None when none or more than one is."""
        return match_name(name, self.names, self.kinds)

    def line_of(self, name: str) -> TableRow | None:
        """Return the line meant by ``name``, None when none or more than one is."""
        place = self.place_of(name)
        return None if place is None else self.lines[place]


def subordinate_table(question: Question, report: Report) -> SubordinateTable:
    """Return the table whose name column is the rule's parameter ``subordinate``."""
    table, column = column_of(question.text("subordinate"))
    lines = tuple(report.lines(table))
    return SubordinateTable(
        lines,
        tuple(_text(line, column) for line in lines),
        tuple(kind for level in question.campaign.levels for kind in level.unit_kinds),
    )


def _text(line: TableRow, column: str) -> str:
    value = line.values.get(column)
    return "" if value is None or value.value is None else str(value.value)
