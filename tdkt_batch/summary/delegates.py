"""Sheet “Cơ cấu đại biểu”: planned and actual delegates of each unit, their shares and parts."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.figures.statistics import known, line_of
from tdkt_batch.figures.unit_figures import DELEGATES
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import Cell, Formula, ratio, ratio_value, within_sheet
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import lists_counted
from tdkt_batch.summary.plan import Plan, names_width
from tdkt_batch.wording import summary as say

SHARED = (Role.EXEMPLARY, Role.GUESTS, Role.WOMEN, Role.MINORITIES)
"""The roles whose share of all delegates is shown."""


def columns_of(plan: Plan) -> SheetColumns:
    """Return the sheet's columns; the parts are the forms' own."""
    statistics, campaign = plan.statistics, plan.campaign
    names = (str(line["name"]) for line in statistics.lines.values())
    columns = [*SheetColumns.headed(
        say.DELEGATES_HEADS,
        ("number", 4.5, "center small"),
        ("name", names_width(names, most=36), "text small"),
        ("of_month", 7, "month small"),
        ("stage", 14.5, "center small"),
        ("held_day", 10, "date small"),
    )]  # fmt: skip
    for prefix, roles, style in (
        ("planned", roles_of(campaign), "number small"),
        ("actual", roles_of(campaign), "number small"),
        ("share", _shared(campaign), "percent small"),
    ):
        over = say.DELEGATE_GROUPS[prefix]
        columns += (
            SheetColumn(f"{prefix}_{role}", say.DELEGATE_ROLES[role], 6.6, style, over)
            for role in roles
        )
    for id_, label in statistics.part_labels.items():
        head = label.removeprefix(say.OF_WHICH).capitalize()
        columns.append(SheetColumn(id_, head, 7, "number small", say.DELEGATE_GROUPS["part"]))
    return SheetColumns(columns)


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    columns, last = columns_of(plan), plan.last_unit_row
    page.open_table(plan.head, columns, say.DELEGATES_TITLE, say.DELEGATES_NOTE, "small")
    for row, report in enumerate(plan.report.units, start=FIRST_ROW):
        carried = ("carried",) if report.latest.carried else ()
        page.row(row, columns, _record(plan, columns, row, report), *carried)
    total: dict[str, Cell] = {"name": say.TOTAL}
    overall = {id_: plan.statistics.overall[id_] for id_ in _counts(plan)}
    for id_, value in (overall | plan.statistics.parts.sum().to_dict()).items():
        own = within_sheet(plan.unit_range(page.name, columns, str(id_)))
        total[str(id_)] = Formula(f"SUM({own})", int(value))
    page.row(last + 1, columns, total, "total")
    page.dense(FIRST_ROW, last)
    page.fold(plan.folded_rows)
    page.filter(FIRST_ROW, last, columns)
    top = last + 3
    for one in plan.campaign.sheet_lists:
        if one.sheet == page.name:
            top = lists_counted.write_below(page, plan, one, top)


def roles_of(campaign: Campaign) -> tuple[Role, ...]:
    """Return the roles of delegates that the campaign has; what it does not ask is not shown."""
    return tuple(role for role in DELEGATES if role in campaign.roles.figures)


def _counts(plan: Plan) -> list[str]:
    roles = roles_of(plan.campaign)
    return [f"{prefix}_{role}" for prefix in ("planned", "actual") for role in roles]


def _shared(campaign: Campaign) -> tuple[Role, ...]:
    roles = roles_of(campaign)
    return tuple(role for role in SHARED if role in roles and Role.TOTAL in roles)


def _record(plan: Plan, columns: SheetColumns, row: int, report: UnitReport) -> dict[str, Cell]:
    """Return a unit's row, its shares those in force."""
    code = report.unit.code
    line = plan.statistics.lines[code]
    record: dict[str, Cell] = {
        "number": plan.to_unit(code, row - FIRST_ROW + 1),
        "name": report.unit.name,
        "of_month": line["of_month"],
        "stage": plan.campaign.roles.stages.get(line["stage"], ""),
        "held_day": line["held_day"],
        **{id_: line[id_] for id_ in _counts(plan)},
    }
    for id_, value in line_of(plan.statistics.parts, code).items():
        record[str(id_)] = known(value)
    prefix = "actual" if line["stage"] == "held" else "planned"
    for role in _shared(plan.campaign):
        ids = f"{prefix}_{role}", f"{prefix}_total"
        if None not in (line[ids[0]], line[ids[1]]):
            a, b = (f"{xl_col_to_name(columns.index_of(one))}{row + 1}" for one in ids)
            record[f"share_{role}"] = Formula(ratio(a, b), ratio_value(*(line[one] for one in ids)))
    return record
