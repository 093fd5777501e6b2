"""Where everything stands in the workbook, decided before the first cell is written.

Sheets lead to each other, so each must know the others' rows. All sheets with one
row a unit hold the units in the report's order from the same row on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Period
from tdkt_batch.figures.adjustment import adjustment_of
from tdkt_batch.figures.figure_lines import coverage_line
from tdkt_batch.figures.findings import CommonFault, common_faults, title_of
from tdkt_batch.figures.list_rows import ListRow, list_rows
from tdkt_batch.figures.month_figures import MonthFigures, month_figures
from tdkt_batch.figures.reporting_grades import Grade, grades
from tdkt_batch.figures.unit_lines import (
    MissingValue,
    UnitLine,
    Verdict,
    missing_values,
)
from tdkt_batch.model import Finding, Life
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import Link, column_range, reference
from tdkt_batch.sheets.columns import SheetColumns, fitted_width
from tdkt_batch.sheets.page import FIRST_ROW, TitleBlock
from tdkt_batch.summary.amount_columns import amount_columns
from tdkt_batch.vietnamese.writing import write_moment, write_number, write_percent
from tdkt_batch.wording import summary as say

Noted = Finding | MissingValue
"""What stands in a row of the findings' sheet."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Plan:
    """The month with the row of every unit, finding and file.

    ``figures`` are those that the campaign declares, ``amount_columns`` where “Số liệu” has
    them, ``list_rows`` the rows of its lists by id. ``common`` are the faults that many units
    share, by code; ``grades``, how each unit reported, are made when they are first asked for.
    """

    campaign: Campaign
    report: MonthReport
    figures: MonthFigures
    list_rows: Mapping[str, tuple[ListRow, ...]]
    amount_columns: SheetColumns
    head: TitleBlock
    common: Mapping[str, CommonFault]
    grades: Callable[[], tuple[Grade, ...]]
    noted: tuple[tuple[UnitReport, Noted], ...]
    unit_rows: Mapping[str, int]
    noted_rows: Mapping[str, int]
    finding_rows: Mapping[tuple[str, str, str], int]
    file_rows: Mapping[tuple[str, str, str], int]

    @property
    def last_unit_row(self) -> int:
        """The last row of a sheet with one row a unit."""
        return FIRST_ROW + len(self.report.units) - 1

    @property
    def hindered(self) -> frozenset[str]:
        """The units of which something arrived that is not their report, by code."""
        return frozenset(one.unit.code for one in self.report.units if one.hindrance)

    @property
    def folded_rows(self) -> list[int]:
        """The rows, in sheets with one a unit, of units right below their superior unit."""
        rows, head = [], ""
        for row, one in enumerate(self.report.units, start=FIRST_ROW):
            if one.unit.parent and one.unit.parent == head:
                rows.append(row)
            else:
                head = one.unit.code
        return rows

    def unit_range(self, sheet: str, columns: SheetColumns, id_: str) -> str:
        """Return a column's range over all units."""
        return column_range(sheet, columns.index_of(id_), FIRST_ROW, self.last_unit_row)

    def to_unit(self, code: str, text: str | int) -> Link:
        """Return a link to the unit's row in the sheet of units."""
        return Link(text, reference(say.UNITS, self.unit_rows[code], 1))

    def to_findings(self, code: str, text: str | int) -> Link | str | int:
        """Return a link to the unit's first finding; the bare text when it has none."""
        row = self.noted_rows.get(code)
        return text if row is None else Link(text, reference(say.FINDINGS, row, 1))

    def district_of(self, report: UnitReport) -> str:
        """Return under whom a unit is counted: its superior, itself if it has units, its group."""
        unit = report.unit
        if unit.superior:
            return unit.superior
        has_units = unit.code in self.figures.units_by_parent
        return unit.name if has_units else self.lines[unit.code].group

    @property
    def lines(self) -> Mapping[str, UnitLine]:
        """How each unit stands besides its figures, by code."""
        return self.figures.lines

    def stage_of(self, code: str) -> str:
        """Return how a unit's conference stands, in its form's words; empty when not known."""
        stage = self.lines[code].stage
        return "" if stage is None else self.campaign.roles.stages.get(stage, "")

    def title_of(self, code: str) -> str:
        """Return what a finding's code is about: its rule's title, or a fault of reading."""
        return title_of(self.campaign, code)

    @property
    def lists_all(self) -> bool:
        """Whether the sheet of findings holds them all, so that others may count its rows."""
        return len(self.noted) <= overflow_files.MOST_ROWS

    def to_finding(self, finding: Finding, text: str | int) -> Link | str | int:
        """Return a link to a finding of the month; the bare text when it has none."""
        row = self.finding_rows.get(finding.key)
        return text if row is None else Link(text, reference(say.FINDINGS, row, 1))

    def file_name(self, report: UnitReport) -> str:
        """Return the name of the file that counts for a unit, without its folders."""
        if report.submission is None:
            return ""
        return report.submission.source.file_name

    def to_file(self, report: UnitReport, text: str) -> Link | str:
        """Return a link to the file that counts for a unit; the bare text when there is none."""
        if report.submission is None:
            return text
        source = report.submission.source
        row = self.file_rows.get((source.sha256, source.container, source.name))
        return text if row is None else Link(text, reference(say.FILES, row, 1))


def plan_of(campaign: Campaign, report: MonthReport, figures: MonthFigures | None = None) -> Plan:
    """Return the plan of the month's workbook; the declared figures are made when not given."""
    figures = figures or month_figures(campaign, report)
    noted = _in_order(report, missing_values(campaign, report))
    noted_rows: dict[str, int] = {}
    finding_rows: dict[tuple[str, str, str], int] = {}
    for row, (unit, one) in enumerate(noted[: overflow_files.MOST_ROWS], start=FIRST_ROW):
        noted_rows.setdefault(unit.unit.code, row)
        if isinstance(one, Finding):
            finding_rows.setdefault(one.key, row)
    units = enumerate(report.units, start=FIRST_ROW)
    sources = (file.source for file in report.files[: overflow_files.MOST_ROWS])
    board, written = campaign.board, report.month.vietnamese
    until = say.UNTIL.format(moment=write_moment(report.received_until))
    if report.issued is not None:
        until = f"{until}. {adjustment_of(report.issued)}"
    return Plan(
        campaign=campaign,
        report=report,
        figures=figures,
        list_rows=list_rows(campaign, report),
        amount_columns=amount_columns(campaign.figures),
        head=TitleBlock(
            superior=board.superior,
            board=board.name,
            guidance=say.GUIDANCE.format(citation=campaign.document.citation),
            month=written,
            until=until,
            coverage=coverage(report, figures),
            footer=say.BOOK_TITLE.format(month=written),
        ),
        common={fault.code: fault for fault in common_faults(campaign, report)},
        grades=cache(partial(grades, campaign, report)),
        noted=noted,
        unit_rows={one.unit.code: row for row, one in units},
        noted_rows=noted_rows,
        finding_rows=finding_rows,
        file_rows={
            (source.sha256, source.container, source.name): row
            for row, source in enumerate(sources, start=FIRST_ROW)
        },
    )


def _in_order(
    report: MonthReport, values: Iterable[MissingValue]
) -> tuple[tuple[UnitReport, Noted], ...]:
    """Return what is noted, unit by unit: the gravest first, among units and within one."""
    missing: dict[str, list[MissingValue]] = {}
    for value in values:
        missing.setdefault(value.unit, []).append(value)
    by_unit: list[tuple[UnitReport, list[Noted]]] = []
    for unit in report.units:
        noted: list[Noted] = [*unit.findings, *missing.get(unit.unit.code, [])]
        if noted:
            by_unit.append((unit, sorted(noted, key=rank)))
    by_unit.sort(key=lambda pair: rank(pair[1][0]))
    return tuple((unit, one) for unit, noted in by_unit for one in noted)


def is_waived(noted: Noted) -> bool:
    """Tell whether the board accepted the unit's explanation: it counts no more."""
    return isinstance(noted, Finding) and noted.life is Life.WAIVED


def rank(noted: Noted) -> int:
    """Return the place of a finding among those of its unit, in the order of verdicts."""
    if isinstance(noted, MissingValue):
        grade = Verdict.UNKNOWN
    else:
        grade = Verdict.WAIVED if is_waived(noted) else Verdict(str(noted.severity))
    return tuple(Verdict).index(grade)


def coverage(report: MonthReport, figures: MonthFigures) -> str:
    """Say from how many units' reports both kinds of figures come, and whether more are due."""

    def counted(sentence: str, period: Period, **more: str) -> str:
        line = coverage_line(figures, period)
        if line is None or (divided := line.quotient) is None:
            return ""
        value, base = write_number(divided.part), write_number(divided.whole)
        share = write_percent(divided.part, divided.whole)
        return sentence.format(value=value, base=base, share=share, **more)

    text = counted(say.COVERAGE, Period.MONTH)
    if carried := sum(unit.latest.carried for unit in report.units):
        text += counted(say.COVERAGE_TO_DATE, Period.TO_DATE, carried=write_number(carried))
    return text + say.PROVISIONAL if report.is_provisional else text


def names_width(names: Iterable[str], *, most: float, size: float = 10, least: float = 20) -> float:
    """Return the width at which every unit's name stands on one line, ``most`` at most."""
    return fitted_width(names, say.UNIT, most=most, size=size, least=least)
