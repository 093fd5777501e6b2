"""The columns of the sheet “Số liệu”: each declared figure, and what stands beside some of them."""

from __future__ import annotations

from tdkt_batch.campaign.figure import Counted, DeclaredFigures, Figure, FigurePlace
from tdkt_batch.model import Severity
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.wording import summary as say

LAST, DAY = ":last", ":day"
"""End the id of the column of a figure as the last run knew it, and of its units' days."""


def is_by_unit(figure: Figure) -> bool:
    """Tell whether a figure has a column: all have but those that count files."""
    return figure.counted is not Counted.FILES


def drawn_by_month(declared: DeclaredFigures) -> list[Figure]:
    """Return what is drawn month by month: units of the chart, counted by the day they are done."""
    counted = [one for one in declared.standing_in(FigurePlace.CHART) if one.accumulates]
    return [one for one in counted if one.counted is Counted.UNITS and is_dated(one)]


def is_dated(figure: Figure) -> bool:
    """Tell whether it is declared when what a figure counts happens."""
    return any(one.day is not None for one in figure.bound.values())


def planned_beside(declared: DeclaredFigures, figure: Figure) -> Figure | None:
    """Return the figure of what was planned, where it has a day too."""
    planned = declared.figure(figure.plan) if figure.plan else None
    return planned if planned is not None and is_dated(planned) else None


def amount_columns(declared: DeclaredFigures) -> SheetColumns:
    """Return the sheet's columns: the unit, then the figures by section.

    Beside a figure that accumulates and that is added up by district stands what
    it was in the last run, beside one that is drawn month by month, and beside what was
    planned of it, the day.
    """
    columns = [*SheetColumns.headed(
        say.AMOUNTS_HEADS,
        ("number", 4.5, "center small"), ("name", 27, "text small"), ("code", 8, "code"),
        ("kind", 11.5, "text tiny"), ("parent", 16, "text tiny"), ("group", 16, "text tiny"),
    )]  # fmt: skip
    drawn = drawn_by_month(declared)
    dated = {one.id for one in drawn} | {one.plan for one in drawn if planned_beside(declared, one)}
    for figure in filter(is_by_unit, declared.all):
        over = declared.section(figure.section).head
        columns.append(SheetColumn(figure.id, figure.short, 9, "number small", over))
        if figure.accumulates and figure.stands_in(FigurePlace.DISTRICTS):
            head = say.AS_OF_LAST.format(label=figure.short)
            columns.append(SheetColumn(figure.id + LAST, head, 9, "number small", over))
        if figure.id in dated:
            head = say.DAY_OF.format(label=figure.short)
            columns.append(SheetColumn(figure.id + DAY, head, 10, "date small", over))
    return SheetColumns(columns)


def is_printed(figure: Figure) -> bool:
    """Tell whether a figure's column is printed: of what the rules found the gravest is."""
    return figure.counted not in (Counted.FINDINGS, Counted.OUTCOMES) or is_grave(figure)


def is_grave(figure: Figure) -> bool:
    """Tell whether a figure counts findings of those that a unit must answer for."""
    is_of_findings = figure.counted is Counted.FINDINGS
    return is_of_findings and figure.chosen[0] in (Severity.VIOLATION, Severity.WARNING)
