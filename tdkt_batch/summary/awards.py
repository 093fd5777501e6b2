"""Sheet “Khen thưởng”: awards of the period by kind, then honours and awards unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.figures.statistics import count_in, known, line_of, table_columns
from tdkt_batch.figures.unit_figures import HONOURED
from tdkt_batch.sheets import overflow
from tdkt_batch.sheets.cells import Cell, Formula, column_range, literal
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.outline import names_width
from tdkt_batch.summary.plan import AWARDS, Plan

_AT_CONFERENCE = "Biểu dương, tôn vinh tại Hội nghị"
_HONOUR_HEADS: Mapping[str, str] = dict(
    zip(HONOURED, ("Tập thể", "Cá nhân", "Hộ gia đình"), strict=True)
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a unit: whom it honoured (``award`` is empty), or one of its awards."""

    unit: str
    award: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns, the awards given and the lines of the units, in their order.

    ``left_out`` are the lines that do not fit into the sheet.
    """

    columns: SheetColumns
    awards: tuple[str, ...]
    counts: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: tuple[Line, ...]

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
        return column_range(AWARDS, index, self.first_line, self.last_line)


def layout_of(plan: Plan) -> Layout:
    """Return where the lines stand."""
    table = plan.campaign.roles.tables["awards"]
    found = table_columns(plan.campaign, table)
    award = next(id_ for id_, one in found.items() if one.kind is FieldKind.CHOICE)
    counts = tuple(id_ for id_, one in found.items() if one.kind is FieldKind.COUNT)
    titles = (t.title for form in plan.campaign.forms for t in form.tables if t.id == table)
    over, names = next(titles), (report.unit.name for report in plan.report.units)
    columns = SheetColumns((
        SheetColumn("number", "STT", 5, "center small"),
        SheetColumn("unit", "Đơn vị", names_width(names, most=40), "text small"),
        SheetColumn("award", found[award].label, 30, "text small"),
        SheetColumn("of_month", "Số liệu của tháng", 8, "month small"),
        SheetColumn("held_day", "Ngày tổ chức Hội nghị", 10.5, "date small"),
        *(SheetColumn(r, head, 7, "number small", _AT_CONFERENCE) for r, head in _HONOUR_HEADS.items()),  # noqa: E501
        *(SheetColumn(id_, found[id_].label, 8, "number small", over) for id_ in counts),
    ))  # fmt: skip
    lines, left_out = _fitting(_lines(plan, award, counts))
    return Layout(columns, _awards(plan, award), counts, lines, left_out)


def _fitting(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines that fit into the sheet, whom units honoured always, and the others."""
    room = overflow.MOST_ROWS - sum(1 for line in lines if not line.award)
    numbered = [line for line in lines if line.award]
    left_out = tuple(numbered[max(0, room) :])
    dropped = {id(line) for line in left_out}
    return tuple(line for line in lines if id(line) not in dropped), left_out


def _awards(plan: Plan, award: str) -> tuple[str, ...]:
    """Return the awards given, in the order of the campaign's list."""
    table = plan.campaign.roles.tables["awards"]
    given = set(plan.statistics.awards[award].dropna())
    forms = (form for form in plan.campaign.forms if table in form.names.tables)
    order = next(forms).names.tables[table][award].choices
    return tuple(one for one in order if one in given)


def _lines(plan: Plan, award: str, counts: tuple[str, ...]) -> tuple[Line, ...]:
    units, awards = plan.statistics.lines, plan.statistics.awards
    by_unit: dict[str, list[Line]] = {}
    for record in awards.to_dict("records"):
        figures = {id_: known(record[id_]) for id_ in counts}
        line = Line(str(record["unit"]), str(known(record[award]) or "(chưa ghi)"), figures)
        by_unit.setdefault(line.unit, []).append(line)
    lines: list[Line] = []
    for report in plan.report.units:
        code = report.unit.code
        honours = {role: units[code][role] for role in HONOURED}
        if any(value is not None for value in honours.values()):
            lines.append(Line(code, "", honours))
        lines += by_unit.get(code, [])
    return tuple(lines)


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    layout = layout_of(plan)
    last = len(layout.columns) - 1
    page.set_widths([column.width for column in layout.columns])
    page.title_block(
        plan.head, "BIỂU TỔNG HỢP KẾT QUẢ KHEN THƯỞNG", "Đơn vị tính: lượt khen thưởng"
    )
    page.table_head(layout.columns, "small")
    page.merge(FIRST_ROW, 0, last, "A. Toàn tỉnh theo hình thức", "text", "heading")
    _by_award(page, plan, layout)
    for index in range(last + 1):
        text = "B. Chi tiết theo đơn vị" if index == 1 else ""
        page.put(layout.first_line - 1, index, text, "plain", "heading")
    _by_unit(page, plan, layout)
    _say_what_is_left_out(page, plan, layout)
    page.filter(layout.first_line, layout.last_line, layout.columns)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _by_award(page: Page, plan: Plan, layout: Layout) -> None:
    """Write each award's sums over the units' lines, and the sums of all."""
    awards = plan.statistics.awards
    column = next((c for c in awards.columns if c not in ("unit", *layout.counts)), "unit")
    sums = awards.groupby(column)[list(layout.counts)].sum()
    names = layout.range_of("award").split("!")[1]
    for row, award in enumerate(layout.awards, start=FIRST_ROW + 1):
        record: dict[str, Cell] = {"number": row - FIRST_ROW, "award": award, "unit": "Toàn tỉnh"}
        for id_ in layout.counts:
            text = f"SUMPRODUCT(--({names}={literal(award)}),{_own(layout, id_)})"
            record[id_] = _counted(layout, text, count_in(line_of(sums, award), id_))
        page.rows(layout.columns, [record], row)
    values = {id_: int(awards[id_].sum()) for id_ in layout.counts}
    values |= {role: count_in(plan.statistics.overall, role) for role in HONOURED}
    total: dict[str, Cell] = {"unit": "Tổng cộng"}
    for id_, value in values.items():
        total[id_] = _counted(layout, f"SUM({_own(layout, id_)})", value)
    for index, one in enumerate(layout.columns):
        page.put(layout.total, index, total.get(one.id), *one.style.split(), "total")


def _counted(layout: Layout, formula: str, value: int) -> Cell:
    """Return a count as a formula over the lines; as a number when some do not stand here."""
    return value if layout.left_out else Formula(formula, value)


def _own(layout: Layout, id_: str) -> str:
    return layout.range_of(id_).split("!")[1]


def _by_unit(page: Page, plan: Plan, layout: Layout) -> None:
    if not layout.lines:
        text = "Chưa có đơn vị nào báo cáo khen thưởng."
        page.merge(layout.first_line, 0, len(layout.columns) - 1, text, "text")
    carried = {one.unit.code for one in plan.report.units if one.latest.carried}
    for row, line in enumerate(layout.lines, start=layout.first_line):
        record = _record(plan, line, row - layout.first_line + 1)
        look = ("carried",) if line.unit in carried else ()
        page.rows(layout.columns, [record], row, *look)
    page.fold(
        row
        for row, (above, line) in enumerate(pairwise(layout.lines), start=layout.first_line + 1)
        if above.unit == line.unit
    )


def _record(plan: Plan, line: Line, number: int) -> dict[str, Cell]:
    unit = plan.statistics.lines[line.unit]
    return {
        "number": plan.to_unit(line.unit, number),
        "unit": str(unit["name"]),
        "award": line.award or _AT_CONFERENCE,
        "of_month": unit["of_month"],
        "held_day": None if line.award else unit["held_day"],
        **line.counts,
    }


def _say_what_is_left_out(page: Page, plan: Plan, layout: Layout) -> None:
    if not layout.left_out:
        return
    of, shown = len(layout.lines) + len(layout.left_out), len(layout.lines)
    records = [
        _record(plan, line, number) for number, line in enumerate(layout.left_out, start=shown + 1)
    ]
    path = page.rest.keep(AWARDS, layout.columns, records)
    page.notice(overflow.notice(shown, of, "dòng", path))
