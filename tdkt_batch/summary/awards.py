"""Sheet “Khen thưởng”: awards of the period by kind, then honours and awards unit by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import FieldKind
from tdkt_batch.statistics import count_in, known, line_of, table_columns
from tdkt_batch.summary.cells import Cell, Formula, column_range, literal
from tdkt_batch.summary.columns import Column, Columns
from tdkt_batch.summary.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import AWARDS, Plan
from tdkt_batch.unit_figures import HONOURED

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
    """The columns, the awards given and the lines of the units, in their order."""

    columns: Columns
    awards: tuple[str, ...]
    counts: tuple[str, ...]
    lines: tuple[Line, ...]

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
    over = next(titles)
    columns = Columns((
        Column("number", "STT", 5, "center"),
        Column("unit", "Đơn vị", 32, "text"),
        Column("award", found[award].label, 46, "text"),
        Column("of_month", "Số liệu của tháng", 8, "month"),
        Column("held_day", "Ngày tổ chức Hội nghị", 12, "date"),
        *(Column(r, head, 8.5, "number", _AT_CONFERENCE) for r, head in _HONOUR_HEADS.items()),
        *(Column(id_, found[id_].label, 9.5, "number", over) for id_ in counts),
    ))  # fmt: skip
    return Layout(columns, _awards(plan, award), counts, _lines(plan, award, counts))


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
    page.table_head(layout.columns)
    page.merge(FIRST_ROW, 0, last, "A. Toàn tỉnh theo hình thức", "text", "heading")
    _by_award(page, plan, layout)
    page.merge(layout.first_line - 1, 0, last, "B. Chi tiết theo đơn vị", "text", "heading")
    _by_unit(page, plan, layout)
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
            record[id_] = Formula(text, count_in(line_of(sums, award), id_))
        page.rows(layout.columns, [record], row)
    values = {id_: int(awards[id_].sum()) for id_ in layout.counts}
    values |= {role: count_in(plan.statistics.overall, role) for role in HONOURED}
    total: dict[str, Cell] = {"unit": "Tổng cộng"}
    total |= {id_: Formula(f"SUM({_own(layout, id_)})", one) for id_, one in values.items()}
    for index, one in enumerate(layout.columns):
        page.put(layout.total, index, total.get(one.id), *one.style.split(), "total")


def _own(layout: Layout, id_: str) -> str:
    return layout.range_of(id_).split("!")[1]


def _by_unit(page: Page, plan: Plan, layout: Layout) -> None:
    units = plan.statistics.lines
    if not layout.lines:
        text = "Chưa có đơn vị nào báo cáo khen thưởng."
        page.merge(layout.first_line, 0, len(layout.columns) - 1, text, "text")
    for row, line in enumerate(layout.lines, start=layout.first_line):
        unit = units[line.unit]
        record: dict[str, Cell] = {
            "number": plan.to_unit(line.unit, row - layout.first_line + 1),
            "unit": str(unit["name"]),
            "award": line.award or _AT_CONFERENCE,
            "of_month": unit["of_month"],
            "held_day": None if line.award else unit["held_day"],
            **line.counts,
        }
        page.rows(layout.columns, [record], row)
