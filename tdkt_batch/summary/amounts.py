"""Sheet “Số liệu”: what each unit gives each figure; every total adds up its columns.

A cell is blank where the unit does not count, and says “?” where it counts and gave
nothing, or where it is not known whether it counts. Units that left the register
since the last run stand below the others, with what they had given.
"""

from __future__ import annotations

from collections.abc import Collection

from tdkt_batch.campaign.figure import Counted, Figure
from tdkt_batch.figures.amounts import Amount
from tdkt_batch.figures.unit_lines import group_of
from tdkt_batch.model import Life, Severity, Unit
from tdkt_batch.sheets import overflow_files
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    column_range,
    count_where,
    literal,
    reference,
    sum_where,
    within_sheet,
)
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import files, findings
from tdkt_batch.summary.amount_columns import DAY, LAST, is_by_unit
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import FILE_STATES, LIVES

UNKNOWN = "?"
"""Stands for what a unit did not give, or of which it is not known whether it counts."""


def write(page: Page, plan: Plan) -> None:
    """Write the sheet."""
    columns, figures = plan.amount_columns, plan.figures
    page.open_table(plan.head, columns, say.AMOUNTS_TITLE, say.AMOUNTS_NOTE, "small")
    for row, report in enumerate(plan.report.units, start=FIRST_ROW):
        record = _of_unit(plan, report.unit) | _amounts(plan, columns, row, report.unit.code)
        record["number"] = plan.to_unit(report.unit.code, row - FIRST_ROW + 1)
        page.row(row, columns, record)
    for row, code in enumerate(figures.left, start=plan.last_unit_row + 1):
        known = plan.campaign.unit_by_code.get(code)
        record = _of_unit(plan, known) if known else {"name": code}
        record["code"] = code
        page.row(row, columns, record | _amounts(plan, columns, row, code), "carried")
    last = _last_row(plan)
    total: dict[str, Cell] = {"name": say.TOTAL}
    for column in columns[6:]:
        id_ = column.id.removesuffix(LAST)
        if column.id.endswith(DAY):
            continue
        value = figures.total(id_).value
        if column.id.endswith(LAST):
            value = figures.total(id_).last or 0
        total[column.id] = Formula(f"SUM({within_sheet(cells(plan, column.id))})", value)
    page.row(last + 1, columns, total, "total")
    apart: dict[str, Cell] = {
        id_: of_figure.total().apart for id_, of_figure in figures.by_id.items() if of_figure.apart
    }
    if apart:
        page.row(last + 2, columns, {"name": say.NOT_ADDED} | apart)
    page.filter(FIRST_ROW, last, columns)
    page.for_screen()


def _of_unit(plan: Plan, unit: Unit) -> dict[str, Cell]:
    return {
        "name": unit.name,
        "code": unit.code,
        "kind": unit.kind,
        "parent": unit.superior,
        "group": group_of(plan.campaign, unit.kind),
    }


def _amounts(plan: Plan, columns: SheetColumns, row: int, code: str) -> dict[str, Cell]:
    amounts: dict[str, Cell] = {}
    for column in columns[6:]:
        of_figure = plan.figures.by_id[column.id.removesuffix(LAST).removesuffix(DAY)]
        amount = of_figure.by_unit.get(code)
        if column.id.endswith(LAST):
            amounts[column.id] = (of_figure.last or {}).get(code)
        elif column.id.endswith(DAY):
            amounts[column.id] = amount.day if amount is not None else None
        elif amount is not None:
            amounts[column.id] = _live(plan, of_figure.figure, amount, row)
    return amounts


def _live(plan: Plan, figure: Figure, amount: Amount, row: int) -> Cell:
    """Return a unit's figure; findings are counted where they stand, while all of them do.

    The unit is told by its number: codes like 03386 and 3386 are one to COUNTIFS.
    """
    if amount.value is None:
        return UNKNOWN
    if figure.counted is not Counted.FINDINGS or not plan.noted or not plan.lists_all:
        return amount.value
    numbers, severities, lives = (
        findings.cells(plan, id_) for id_ in ("unit_number", "severity", "life")
    )
    own, waived = (numbers, f"$A{row + 1}"), literal(LIVES[Life.WAIVED])
    words = plan.campaign.words.severities
    texts = [
        count_where(own, (lives, waived))
        if one == Life.WAIVED
        else count_where(
            own,
            (severities, literal(words[Severity(one)])),
            (lives, f'"<>"&{waived}'),
        )
        for one in figure.chosen
    ]
    return Formula("+".join(texts), amount.value)


# --- what other sheets add up -------------------------------------------------------------------


def _last_row(plan: Plan) -> int:
    return plan.last_unit_row + len(plan.figures.left)


def cells(plan: Plan, id_: str) -> str:
    """Return a column's range over all units, those that left among them."""
    at = plan.amount_columns.index_of(id_)
    return column_range(say.AMOUNTS, at, FIRST_ROW, _last_row(plan))


def cell_of(plan: Plan, id_: str, row: int) -> str:
    """Return a reference to a unit's cell; all sheets with a row a unit have the same rows."""
    return reference(say.AMOUNTS, row, plan.amount_columns.index_of(id_))


def last_cells(plan: Plan, id_: str) -> str:
    """Return the range of a figure's column as the last run knew it."""
    return cells(plan, id_ + LAST)


def added(plan: Plan, id_: str, *conditions: tuple[str, str]) -> str:
    """Return the formula text of a figure's sum over the units for which all conditions hold."""
    figure = plan.figures.by_id[id_].figure
    if not is_by_unit(figure):
        return _files(plan, figure)
    summed = cells(plan, id_)
    return sum_where(summed, *conditions) if conditions else f"SUM({summed})"


def total(plan: Plan, id_: str, codes: Collection[str] | None = None, group: str = "") -> Formula:
    """Return a figure's sum as a live formula: of the province, or of a ``group``, ``codes``."""
    conditions = [(cells(plan, "group"), literal(group))] if group else []
    figure = plan.figures.by_id[id_].figure
    target = cells(plan, id_) if is_by_unit(figure) else ""
    return Formula(added(plan, id_, *conditions), plan.figures.total(id_, codes).value, target)


def quotient(
    plan: Plan, id_: str, codes: Collection[str] | None, *conditions: tuple[str, str]
) -> tuple[Formula, Formula] | None:
    """Return what a figure's share divides, each as a live formula; None where it has no share.

    Of amounts both are added up over the units that gave both (``MonthFigures.quotient``).
    """
    figure, found = plan.figures.by_id[id_].figure, plan.figures.quotient(id_, codes)
    if figure.share is None or found is None:
        return None
    if figure.counted is not Counted.AMOUNTS:
        both = (added(plan, one, *conditions) for one in (id_, figure.share.of))
    else:
        part, whole = cells(plan, id_), cells(plan, figure.share.of)
        factors = [f"({cells_}={wanted})" for cells_, wanted in conditions]
        if not figure.share.against_plan:
            factors.append(f"({part}<={whole})")
        known = "*".join((f"ISNUMBER({whole})", "1", *factors))
        both = (f"SUMPRODUCT({known},{summed})" for summed in (part, whole))
    of_part, of_whole = both
    return Formula(of_part, found.part), Formula(of_whole, found.whole)


def _files(plan: Plan, figure: Figure) -> str:
    """Return the formula of a figure that counts files; their number where not all stand."""
    count = len(plan.report.files)
    if not 0 < count <= overflow_files.MOST_ROWS:
        return str(plan.figures.total(figure.id).value)
    states = column_range(
        say.FILES, files.COLUMNS.index_of("state"), FIRST_ROW, FIRST_ROW + count - 1
    )
    words = {str(state): text for state, text in FILE_STATES.items()}
    return "+".join(f"COUNTIF({states},{literal(words[one])})" for one in figure.chosen)
