"""What a line of the overview's table is."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.sheets.cells import Cell, Formula, ratio_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A line of the table. What has no figure stays empty.

    A line of ``detail`` stands on the overview's later pages, not on the one that is
    signed. ``month`` is the figure of the month, ``to_date`` that of each unit's latest
    report, ``previous`` what stood there a month ago.
    """

    number: str = ""
    label: str
    measure: str
    plan: Cell = None
    month: Cell = None
    to_date: Cell = None
    share: Cell = None
    previous: int | None = None
    note: str = ""
    is_part: bool = False
    is_total: bool = False
    is_detail: bool = False


def share_of(whole_value: int, part: Formula, whole: Formula) -> Formula:
    """Return the share of a count in another; a dash where the other is 0."""
    text = f'IF({whole.text}=0,"–",({part.text})/{whole.text})'
    return Formula(text, ratio_value(int(part.value), whole_value))
