"""Sheet “Theo huyện, ngành”: the units added up by superior unit, then by kind of unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import units
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import UNIT_STATES

COLUMNS = SheetColumns.headed(
    say.DISTRICTS_HEADS,
    ("number", 5, "center"), ("name", 34, "text"), ("units", 7, "number"),
    ("required", 7, "number"), ("reported", 7, "number"), ("state_late", 7.5, "number"),
    ("silent", 7, "number"), ("reported_share", 8, "percent"),
    ("expected", 7, "number"), ("stage_none", 7.5, "number"), ("stage_planned", 7.5, "number"),
    ("stage_held", 7.5, "number"), ("held_in_month", 7.5, "number"),
    ("stage_cancelled", 7.5, "number"), ("unclear", 7, "number"), ("overdue", 7.5, "number"),
    ("held_share", 8, "percent"),
    ("planned_total", 9, "number"), ("actual_total", 9, "number"),
    ("violation", 7.5, "number"), ("warning", 7.5, "number"), ("notice", 7, "number"),
    ("arithmetic", 7, "number"), ("reading", 7, "number"), ("unknown", 7.5, "number"),
    ("waived", 7.5, "number"),
)  # fmt: skip
_SUMMED = (
    "planned_total", "actual_total", "violation", "warning", "notice", "arithmetic", "reading",
    "unknown", "waived",
)  # fmt: skip
_SHARES = {"reported_share": ("reported", "required"), "held_share": ("stage_held", "expected")}


@dataclass(frozen=True, slots=True)
class DistrictRows:
    """The rows of the sheet: superior units, groups of kinds with the total, then the kinds."""

    parents: Mapping[str, int]
    kinds: Mapping[str, int]
    groups: Mapping[str, int]
    parents_total: int
    total: int


def rows_of(plan: Plan) -> DistrictRows:
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
    return DistrictRows(parents, kinds, groups, parents_total, total)


def groups_in(plan: Plan) -> Iterator[KindGroup]:
    """Yield the groups of kinds that have a unit in the month."""
    for level in plan.campaign.levels:
        for group in level.groups:
            if group.name in plan.statistics.by_group.index:
                yield group


def cell_of(row: int, id_: str) -> str:
    """Return a reference to a line's cell."""
    return reference(say.DISTRICTS, row, COLUMNS.index_of(id_))


def counted(plan: Plan, row: int, id_: str, line: pd.Series[Any]) -> Formula:
    """Return a line's count as other sheets show it; it leads to the column's lines.

    The province's total stands at their end.
    """
    last = rows_of(plan).total
    lines = column_range(say.DISTRICTS, COLUMNS.index_of(id_), FIRST_ROW + 1, last)
    return Formula(cell_of(row, id_), value_of(line, id_), lines)


def value_of(line: pd.Series[Any], id_: str) -> int:
    """Return a line's count of a column of this sheet."""
    if id_ == "unclear":
        return int(line["expected"]) - sum(int(line[stage]) for stage in STAGES)
    if id_ == "silent":
        return int(line["required"]) - int(line["reported"])
    return int(line[id_])


def write(page: Page, plan: Plan) -> None:
    """Write the sheet: a group is the sum of its kinds' lines, the province that of its groups."""
    page.open_table(plan.head, COLUMNS, say.DISTRICTS_TITLE, say.DISTRICTS_NOTE)
    statistics, rows, last = plan.statistics, rows_of(plan), len(COLUMNS) - 1
    by_superior, by_group, by_kind = map(page.said, say.DISTRICTS_PARTS)

    page.merge(FIRST_ROW, 0, last, by_superior, "text", "heading")
    names = {unit.code: unit.name for unit in plan.campaign.units}
    for number, (code, row) in enumerate(rows.parents.items(), start=1):
        link = plan.to_unit(code, number) if code in plan.unit_rows else number
        counts = _counts(plan, "parent", row, line_of(statistics.by_parent, code))
        page.row(row, COLUMNS, {"number": link, "name": names.get(code, code), **counts})
    row, parents = rows.parents_total, list(rows.parents.values())
    sums = _sums(row, parents, statistics.by_parent.sum())
    page.row(row, COLUMNS, {"name": say.DISTRICTS_TOTAL, **sums}, "total")

    page.merge(rows.parents_total + 1, 0, last, by_group, "text", "heading")
    for number, group in enumerate(groups_in(plan), start=1):
        row = rows.groups[group.name]
        members = [rows.kinds[kind] for kind in group.kinds if kind in rows.kinds]
        sums = _sums(row, members, line_of(statistics.by_group, group.name))
        page.row(row, COLUMNS, {"number": number, "name": group.name, **sums})
    sums = _sums(rows.total, list(rows.groups.values()), statistics.overall)
    page.row(rows.total, COLUMNS, {"name": say.PROVINCE, **sums}, "total")

    page.merge(rows.total + 1, 0, last, by_kind, "text", "heading")
    for number, (kind, row) in enumerate(rows.kinds.items(), start=1):
        counts = _counts(plan, "kind", row, line_of(statistics.by_kind, kind))
        page.row(row, COLUMNS, {"number": number, "name": kind, **counts})


def _counts(plan: Plan, key: str, row: int, line: pd.Series[Any]) -> dict[str, Cell]:
    """Return the formulas over the sheet of units for those whose ``key`` the line's name is."""
    here = units.cells(plan, key), f"$B{row + 1}"
    formulas = _formulas(plan, here)
    formulas |= {id_: sum_where(units.cells(plan, id_), here) for id_ in _SUMMED}
    counts: dict[str, Cell] = {
        id_: Formula(text, value_of(line, id_)) for id_, text in formulas.items()
    }
    return counts | _shares(row, line)


def _sums(row: int, added: list[int], line: pd.Series[Any]) -> dict[str, Cell]:
    """Return the sums of neighbouring lines of this sheet."""
    if not added:
        return {}
    sums: dict[str, Cell] = {}
    for index, column in enumerate(COLUMNS[2:], start=2):
        if column.id not in _SHARES:
            name = xl_col_to_name(index)
            cells = f"{name}{added[0] + 1}:{name}{added[-1] + 1}"
            sums[column.id] = Formula(f"SUM({cells})", value_of(line, column.id))
    return sums | _shares(row, line)


def _shares(row: int, line: pd.Series[Any]) -> dict[str, Cell]:
    shares: dict[str, Cell] = {}
    for id_, ids in _SHARES.items():
        a, b = (f"{xl_col_to_name(COLUMNS.index_of(one))}{row + 1}" for one in ids)
        shares[id_] = Formula(ratio(a, b), ratio_value(*(value_of(line, one) for one in ids)))
    return shares


def _formulas(plan: Plan, here: tuple[str, str]) -> dict[str, str]:
    """Return by column what counts the units for which ``here`` holds.

    Expected are those that must report, or have reported before; unclear those of
    them that no report of theirs shows in any stage.
    """
    states, stages, days, months, overdue = (
        units.cells(plan, id_) for id_ in ("state", "stage", "held_day", "of_month", "overdue")
    )

    def in_state(*wanted: UnitState) -> str:
        counts = (count_where(here, (states, literal(UNIT_STATES[one]))) for one in wanted)
        return "+".join(counts)

    exempt = literal(UNIT_STATES[UnitState.NOT_REQUIRED])
    required = count_where(here, (states, f'"<>"&{exempt}'))
    excused_but_known = count_where(here, (states, exempt), (months, '">0"'))
    expected = f"{required}+{excused_but_known}"
    by_stage = {
        f"stage_{stage}": count_where(here, (stages, literal(words)))
        for stage, words in plan.campaign.roles.stages.items()
    }
    month, reported = plan.report.month, units.of_this_month(plan, months)
    in_month = within(days, month.first_day, month.last_day)
    return {
        "units": count_where(here),
        "required": required,
        "reported": in_state(UnitState.ON_TIME, UnitState.LATE),
        "state_late": in_state(UnitState.LATE),
        "silent": in_state(
            UnitState.AFTER_CUT_OFF, UnitState.EMPTY, UnitState.UNUSABLE, UnitState.MISSING
        ),
        "expected": expected,
        **by_stage,
        "held_in_month": count_where(here, reported, *in_month),
        "unclear": f"{expected}-{'-'.join(by_stage.values())}",
        "overdue": count_where(here, (overdue, literal(units.MARK))),
    }
