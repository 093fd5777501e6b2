"""Sheet “Theo huyện, ngành”: the units added up by superior unit, then by kind of unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import KindGroup
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.figures.unit_figures import STAGES
from tdkt_batch.report import UnitState
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    column_range,
    count_where,
    literal,
    ratio,
    ratio_value,
    reference,
    sum_where,
    within,
)
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import units
from tdkt_batch.summary.plan import DISTRICTS, UNITS, Plan
from tdkt_batch.wording.shared import UNIT_STATES

_REPORTS, _HELD, _PEOPLE = "Gửi báo cáo (đơn vị)", "Hội nghị", "Đại biểu (người)"
_FOUND = "Nội dung cần xem xét"
COLUMNS = SheetColumns((
    SheetColumn("number", "STT", 5, "center"),
    SheetColumn("name", "Huyện, ngành, loại đơn vị", 34, "text"),
    SheetColumn("units", "Số đơn vị", 7, "number"),
    SheetColumn("required", "Phải gửi", 7, "number", _REPORTS),
    SheetColumn("reported", "Đã gửi", 7, "number", _REPORTS),
    SheetColumn("state_late", "Trong đó muộn", 7.5, "number", _REPORTS),
    SheetColumn("silent", "Chưa có", 7, "number", _REPORTS),
    SheetColumn("reported_share", "Tỷ lệ", 8, "percent", _REPORTS),
    SheetColumn("expected", "Phải tổ chức", 7, "number", _HELD),
    SheetColumn("stage_none", "Chưa có KH", 7.5, "number", _HELD),
    SheetColumn("stage_planned", "Đã có KH", 7.5, "number", _HELD),
    SheetColumn("stage_held", "Đã tổ chức", 7.5, "number", _HELD),
    SheetColumn("held_in_month", "Trong tháng", 7.5, "number", _HELD),
    SheetColumn("stage_cancelled", "Không tổ chức", 7.5, "number", _HELD),
    SheetColumn("unclear", "Chưa rõ", 7, "number", _HELD),
    SheetColumn("overdue", "Quá thời gian", 7.5, "number", _HELD),
    SheetColumn("held_share", "Tỷ lệ", 8, "percent", _HELD),
    SheetColumn("planned_total", "Kế hoạch", 9, "number", _PEOPLE),
    SheetColumn("actual_total", "Thực hiện", 9, "number", _PEOPLE),
    SheetColumn("violation", "Chưa đúng HD", 7.5, "number", _FOUND),
    SheetColumn("warning", "Cần giải trình", 7.5, "number", _FOUND),
    SheetColumn("notice", "Lưu ý", 7, "number", _FOUND),
    SheetColumn("unknown", "Chưa đủ SL", 7.5, "number", _FOUND),
    SheetColumn("reading", "Lỗi SL", 7, "number", _FOUND),
    SheetColumn("waived", "Chấp nhận GT", 7.5, "number", _FOUND),
))  # fmt: skip
_SUMMED = (
    "planned_total", "actual_total", "violation", "warning", "notice", "unknown", "reading",
    "waived",
)  # fmt: skip
_SHARES = {"reported_share": ("reported", "required"), "held_share": ("stage_held", "expected")}
_ADDED = tuple(c.id for c in COLUMNS[2:] if c.id not in _SHARES)


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of the sheet: superior units, groups of kinds with the total, then the kinds."""

    parents: Mapping[str, int]
    kinds: Mapping[str, int]
    groups: Mapping[str, int]
    parents_total: int
    total: int

    @property
    def groups_head(self) -> int:
        """The row of the heading above the groups."""
        return self.parents_total + 1

    @property
    def kinds_head(self) -> int:
        """The row of the heading above the kinds."""
        return self.total + 1


def layout_of(plan: Plan) -> Layout:
    """Return where each line stands; kinds and superior units without units have none."""
    statistics = plan.statistics
    row = FIRST_ROW + 1
    order = [u.code for u in plan.campaign.units if u.code in statistics.by_parent.index]
    order += [code for code in statistics.by_parent.index if code not in order]
    parents = {code: row + number for number, code in enumerate(order)}
    parents_total = row + len(order)
    row = parents_total + 2
    groups = {group.name: row + number for number, group in enumerate(groups_in(plan))}
    total = row + len(groups)
    members = [k for g in groups_in(plan) for k in g.kinds if k in statistics.by_kind.index]
    kinds = {kind: total + 2 + number for number, kind in enumerate(members)}
    return Layout(parents, kinds, groups, parents_total, total)


def groups_in(plan: Plan) -> Iterator[KindGroup]:
    """Yield the groups of kinds that have a unit in the month."""
    for level in plan.campaign.levels:
        for group in level.groups:
            if group.name in plan.statistics.by_group.index:
                yield group


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    page.set_widths([column.width for column in COLUMNS])
    page.title_block(
        plan.head,
        "BIỂU TỔNG HỢP THEO HUYỆN, NGÀNH",
        "Gửi báo cáo, nội dung cần xem xét: trong tháng; Hội nghị, đại biểu: đến nay. "
        "KH: kế hoạch; HD: Hướng dẫn; SL: số liệu; GT: giải trình",
    )
    page.table_head(COLUMNS)
    layout = layout_of(plan)
    last = len(COLUMNS) - 1
    page.merge(
        FIRST_ROW, 0, last, "A. Đơn vị trực thuộc huyện, thành phố, sở, ngành", "text", "heading"
    )
    _write_parents(page, plan, layout)
    page.merge(layout.groups_head, 0, last, "B. Toàn tỉnh theo nhóm đơn vị", "text", "heading")
    _write_groups(page, plan, layout)
    page.merge(layout.kinds_head, 0, last, "C. Chi tiết theo loại đơn vị", "text", "heading")
    _write_kinds(page, plan, layout)
    page.repeat_and_freeze(2)
    page.fit_to_width()


def _write_parents(page: Page, plan: Plan, layout: Layout) -> None:
    by_parent = plan.statistics.by_parent
    names = {unit.code: unit.name for unit in plan.campaign.units}
    for number, (code, row) in enumerate(layout.parents.items(), start=1):
        name = names.get(code, code)
        counts = _counts(plan, "parent", f"$B{row + 1}", line_of(by_parent, code))
        link = plan.to_unit(code, number) if code in plan.unit_rows else number
        _write_line(page, row, {"number": link, "name": name, **counts})
    total = by_parent.sum()
    rows = list(layout.parents.values())
    record = {"name": "Cộng đơn vị trực thuộc", **_sums(rows, total)}
    _write_line(page, layout.parents_total, record, "total")


def _write_groups(page: Page, plan: Plan, layout: Layout) -> None:
    """Write each group as the sum of its kinds' lines, then the province."""
    statistics = plan.statistics
    for number, group in enumerate(groups_in(plan), start=1):
        members = [layout.kinds[k] for k in group.kinds if k in layout.kinds]
        sums = _sums(members, line_of(statistics.by_group, group.name))
        _write_line(page, layout.groups[group.name], {"number": number, "name": group.name, **sums})
    sums = _sums(list(layout.groups.values()), statistics.overall)
    _write_line(page, layout.total, {"name": "Toàn tỉnh", **sums}, "total")


def _write_kinds(page: Page, plan: Plan, layout: Layout) -> None:
    for number, (kind, row) in enumerate(layout.kinds.items(), start=1):
        counts = _counts(plan, "kind", f"$B{row + 1}", line_of(plan.statistics.by_kind, kind))
        _write_line(page, row, {"number": number, "name": kind, **counts})


def _write_line(page: Page, row: int, record: Mapping[str, Cell], *look: str) -> None:
    for index, column in enumerate(COLUMNS):
        value = record.get(column.id)
        if isinstance(value, Formula) and column.id in _SHARES:
            part, whole = (xl_col_to_name(COLUMNS.index_of(one)) for one in _SHARES[column.id])
            value = Formula(ratio(f"{part}{row + 1}", f"{whole}{row + 1}"), value.value)
        page.put(row, index, value, *column.style.split(), *look)


def _counts(plan: Plan, key: str, own: str, line: pd.Series[Any]) -> dict[str, Cell]:
    """Return the formulas over the sheet of units for those whose ``key`` is in cell ``own``."""
    key_range = plan.unit_range(UNITS, units.COLUMNS, key)
    here = (key_range, own)
    formulas = {id_: text(plan, here) for id_, text in _FORMULAS.items()}
    formulas |= {
        id_: sum_where(plan.unit_range(UNITS, units.COLUMNS, id_), here) for id_ in _SUMMED
    }
    return {id_: Formula(text, value_of(line, id_)) for id_, text in formulas.items()} | _shares(
        line
    )


def _sums(rows: list[int], line: pd.Series[Any]) -> dict[str, Cell]:
    """Return the sums of neighbouring lines of this sheet."""
    if not rows:
        return {}
    sums: dict[str, Cell] = {}
    for id_ in _ADDED:
        column = xl_col_to_name(COLUMNS.index_of(id_))
        cells = f"{column}{rows[0] + 1}:{column}{rows[-1] + 1}"
        sums[id_] = Formula(f"SUM({cells})", value_of(line, id_))
    return sums | _shares(line)


def _shares(line: pd.Series[Any]) -> dict[str, Cell]:
    return {
        id_: Formula("", ratio_value(value_of(line, part), value_of(line, whole)))
        for id_, (part, whole) in _SHARES.items()
    }


def cell_of(row: int, id_: str) -> str:
    """Return a reference to a line's cell."""
    return reference(DISTRICTS, row, COLUMNS.index_of(id_))


def target_of(plan: Plan, id_: str) -> str:
    """Return where a column's lines stand, the province's total at their end."""
    return column_range(DISTRICTS, COLUMNS.index_of(id_), FIRST_ROW + 1, layout_of(plan).total)


def value_of(line: pd.Series[Any], id_: str) -> int:
    """Return a line's count of a column of this sheet."""
    if id_ == "unclear":
        return int(line["expected"]) - sum(int(line[stage]) for stage in STAGES)
    if id_ == "silent":
        return int(line["required"]) - int(line["reported"])
    return int(line[id_])


_Condition = tuple[str, str]
_Text = Callable[[Plan, _Condition], str]


def _of_state(*states: UnitState) -> _Text:
    """Return the text that counts the units of these states."""

    def text(plan: Plan, here: _Condition) -> str:
        cells = plan.unit_range(UNITS, units.COLUMNS, "state")
        counts = (count_where(here, (cells, literal(UNIT_STATES[one]))) for one in states)
        return "+".join(counts)

    return text


def _of_stage(stage: str) -> _Text:
    def text(plan: Plan, here: _Condition) -> str:
        cells = plan.unit_range(UNITS, units.COLUMNS, "stage")
        return count_where(here, (cells, literal(plan.campaign.roles.stages[stage])))

    return text


def _required(plan: Plan, here: _Condition) -> str:
    cells = plan.unit_range(UNITS, units.COLUMNS, "state")
    exempt = literal(UNIT_STATES[UnitState.NOT_REQUIRED])
    return count_where(here, (cells, f'"<>"&{exempt}'))


def _expected(plan: Plan, here: _Condition) -> str:
    """Return the count of units that must report, or have reported before."""
    states, months = (plan.unit_range(UNITS, units.COLUMNS, one) for one in ("state", "of_month"))
    exempt = (states, literal(UNIT_STATES[UnitState.NOT_REQUIRED]))
    excused_but_known = count_where(here, exempt, (months, '">0"'))
    return f"{_required(plan, here)}+{excused_but_known}"


def _unclear(plan: Plan, here: _Condition) -> str:
    """Return the count of expected units that no report of theirs shows in any stage."""
    stages = "-".join(_of_stage(one)(plan, here) for one in plan.campaign.roles.stages)
    return f"{_expected(plan, here)}-{stages}"


def _in_month(plan: Plan, here: _Condition) -> str:
    month = plan.report.month
    days, months = (plan.unit_range(UNITS, units.COLUMNS, one) for one in ("held_day", "of_month"))
    reported = units.of_this_month(plan, months)
    return count_where(here, reported, *within(days, month.first_day, month.last_day))


def _overdue(plan: Plan, here: _Condition) -> str:
    return count_where(
        here, (plan.unit_range(UNITS, units.COLUMNS, "overdue"), literal(units.MARK))
    )


_FORMULAS: Mapping[str, _Text] = {
    "units": lambda _plan, here: count_where(here),
    "required": _required,
    "reported": _of_state(UnitState.ON_TIME, UnitState.LATE),
    "state_late": _of_state(UnitState.LATE),
    "silent": _of_state(UnitState.EMPTY, UnitState.UNREADABLE, UnitState.MISSING),
    "expected": _expected,
    "stage_none": _of_stage("none"),
    "stage_planned": _of_stage("planned"),
    "stage_held": _of_stage("held"),
    "held_in_month": _in_month,
    "stage_cancelled": _of_stage("cancelled"),
    "unclear": _unclear,
    "overdue": _overdue,
}
