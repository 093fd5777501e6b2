"""Sheet “Khen thưởng”: awards of the period by kind, then honours and awards unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.roles import TableRole
from tdkt_batch.figures.statistics import count_in, known, line_of, table_columns
from tdkt_batch.figures.unit_figures import HONOURED
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal, within_sheet
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan, names_width
from tdkt_batch.wording import summary as say


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One row of a unit: whom it honoured (``award`` is empty), or one of its awards."""

    unit: str
    award: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class AwardRows:
    """The columns, the awards given and the lines of the units, in their order.

    ``left_out`` are the lines that do not fit into the sheet.
    """

    columns: SheetColumns
    awards: tuple[str, ...]
    counts: tuple[str, ...]
    lines: tuple[AwardLine, ...]
    left_out: tuple[AwardLine, ...]

    @property
    def total(self) -> int:
        """The row of the province's total, below the awards."""
        return FIRST_ROW + 1 + len(self.awards)

    @property
    def first_line(self) -> int:
        """The first row of the units' lines, below their heading."""
        return self.total + 2

    @property
    def last_line(self) -> int:
        """The last row of the units' lines."""
        return self.first_line + max(len(self.lines), 1) - 1

    def range_of(self, id_: str) -> str:
        """Return the range of a column over the units' lines."""
        index = self.columns.index_of(id_)
        return column_range(say.AWARDS, index, self.first_line, self.last_line)


def rows_of(plan: Plan) -> AwardRows:
    """Return where the lines stand; the awards in the order of the campaign's list."""
    table = plan.campaign.roles.tables[TableRole.AWARDS]
    found = table_columns(plan.campaign, table)
    award = next(id_ for id_, one in found.items() if one.kind is FieldKind.CHOICE)
    counts = tuple(id_ for id_, one in found.items() if one.kind is FieldKind.COUNT)
    titles = (t.title for form in plan.campaign.forms for t in form.tables if t.id == table)
    over, names = next(titles), (report.unit.name for report in plan.report.units)
    columns = SheetColumns.headed(
        {**say.AWARDS_HEADS, "award": found[award].label,
         **{id_: (over, found[id_].label) for id_ in counts}},
        ("number", 5, "center small"),
        ("unit", names_width(names, most=40), "text small"),
        ("award", 30, "text small"),
        ("of_month", 8, "month small"),
        ("held_day", 10.5, "date small"),
        *((role, 7, "number small") for role in HONOURED),
        *((id_, 8, "number small") for id_ in counts),
    )  # fmt: skip
    given = set(plan.statistics.awards[award].dropna())
    forms = (form for form in plan.campaign.forms if table in form.names.tables)
    order = next(forms).names.tables[table][award].choices
    lines = _lines(plan, award, counts)
    # whom units honoured always stands in the sheet
    room = max(0, overflow_files.MOST_ROWS - sum(1 for line in lines if not line.award))
    left_out = [line for line in lines if line.award][room:]
    dropped = set(map(id, left_out))
    shown = tuple(line for line in lines if id(line) not in dropped)
    awards = tuple(one for one in order if one in given)
    return AwardRows(columns, awards, counts, shown, tuple(left_out))


def _lines(plan: Plan, award: str, counts: tuple[str, ...]) -> list[AwardLine]:
    units, awards = plan.statistics.lines, plan.statistics.awards
    by_unit: dict[str, list[AwardLine]] = {}
    for record in awards.to_dict("records"):
        figures = {id_: known(record[id_]) for id_ in counts}
        name = str(known(record[award]) or say.NOT_WRITTEN)
        line = AwardLine(str(record["unit"]), name, figures)
        by_unit.setdefault(line.unit, []).append(line)
    lines: list[AwardLine] = []
    for report in plan.report.units:
        code = report.unit.code
        honours: dict[str, int | None] = {str(role): units[code][role] for role in HONOURED}
        if any(value is not None for value in honours.values()):
            lines.append(AwardLine(code, "", honours))
        lines += by_unit.get(code, [])
    return lines


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    rows = rows_of(plan)
    page.open_table(plan.head, rows.columns, say.AWARDS_TITLE, say.AWARDS_NOTE, "small")
    by_award, by_unit = say.AWARDS_PARTS
    page.merge(FIRST_ROW, 0, len(rows.columns) - 1, by_award, "text", "heading")
    _by_award(page, plan, rows)
    for index in range(len(rows.columns)):
        page.put(rows.first_line - 1, index, by_unit if index == 1 else "", "plain", "heading")
    if not rows.lines:
        page.merge(rows.first_line, 0, len(rows.columns) - 1, say.NO_AWARDS, "text")
    carried = {one.unit.code for one in plan.report.units if one.latest.carried}
    for row, line in enumerate(rows.lines, start=rows.first_line):
        look = ("carried",) if line.unit in carried else ()
        page.row(row, rows.columns, _record(plan, line, row - rows.first_line + 1), *look)
    neighbours = enumerate(pairwise(rows.lines), start=rows.first_line + 1)
    page.fold(row for row, (above, line) in neighbours if above.unit == line.unit)
    left_out = [
        _record(plan, line, number)
        for number, line in enumerate(rows.left_out, start=len(rows.lines) + 1)
    ]
    page.leave_out(rows.columns, left_out, len(rows.lines))
    page.filter(rows.first_line, rows.last_line, rows.columns)


def _by_award(page: Page, plan: Plan, rows: AwardRows) -> None:
    """Write each award's sums over the units' lines, and the sums of all.

    They are formulas over the lines, unless some lines do not stand here.
    """
    awards = plan.statistics.awards
    ranges = {column.id: within_sheet(rows.range_of(column.id)) for column in rows.columns}

    def counted(formula: str, value: int) -> Cell:
        return value if rows.left_out else Formula(formula, value)

    column = next((c for c in awards.columns if c not in ("unit", *rows.counts)), "unit")
    sums = awards.groupby(column)[list(rows.counts)].sum()
    for row, award in enumerate(rows.awards, start=FIRST_ROW + 1):
        record: dict[str, Cell] = {"number": row - FIRST_ROW, "award": award, "unit": say.PROVINCE}
        for id_ in rows.counts:
            text = f"SUMPRODUCT(--({ranges['award']}={literal(award)}),{ranges[id_]})"
            record[id_] = counted(text, count_in(line_of(sums, award), id_))
        page.row(row, rows.columns, record)
    values = {id_: int(awards[id_].sum()) for id_ in rows.counts}
    values |= {role: count_in(plan.statistics.overall, role) for role in HONOURED}
    total: dict[str, Cell] = {"unit": say.TOTAL}
    total |= {id_: counted(f"SUM({ranges[id_]})", value) for id_, value in values.items()}
    page.row(rows.total, rows.columns, total, "total")


def _record(plan: Plan, line: AwardLine, number: int) -> dict[str, Cell]:
    unit = plan.statistics.lines[line.unit]
    return {
        "number": plan.to_unit(line.unit, number),
        "unit": str(unit["name"]),
        "award": line.award or plan.campaign.words.said(say.AT_CONFERENCE),
        "of_month": unit["of_month"],
        "held_day": None if line.award else unit["held_day"],
        **line.counts,
    }
