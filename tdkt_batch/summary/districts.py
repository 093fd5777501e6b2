"""Sheet by superior (“Theo huyện, ngành”): units added up by superior, then by kind of unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import KindGroup
from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, Period
from tdkt_batch.figures.figure_lines import given_by
from tdkt_batch.sheets.cells import Cell, Formula, literal, ratio, ratio_value, sum_where
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import amounts
from tdkt_batch.summary.amount_columns import is_printed
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital, lowered
from tdkt_batch.wording import summary as say

_MONTH, _REST, _SHARE = ":month", ":rest", ":share"
"""End the id of a column that a figure has besides its own."""
_FIRST = 2
"""The first column of figures."""
_WIDTH = 5.9
"""How wide a column of figures is."""


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
    figures = plan.figures
    row = FIRST_ROW + 1
    order = [u.code for u in plan.campaign.units if u.code in figures.units_by_parent]
    order += [code for code in figures.units_by_parent if code not in order]
    parents = {code: row + number for number, code in enumerate(order)}
    parents_total = row + len(order)
    row = parents_total + 2
    groups = {group.name: row + number for number, group in enumerate(groups_in(plan))}
    total = row + len(groups)
    members = [k for g in groups_in(plan) for k in g.kinds if k in figures.units_by_kind]
    kinds = {kind: total + 2 + number for number, kind in enumerate(members)}
    return DistrictRows(parents, kinds, groups, parents_total, total)


def groups_in(plan: Plan) -> Iterator[KindGroup]:
    """Yield the groups of kinds that have a unit in the month."""
    for level in plan.campaign.levels:
        for group in level.groups:
            if group.name in plan.figures.units_by_group:
                yield group


def columns_of(plan: Plan) -> SheetColumns:
    """Return the columns: a figure's own, what of it became known, its rest, its share."""
    first = SheetColumns.headed(
        say.DISTRICTS_HEADS, ("number", 4.5, "center"), ("name", 27, "text")
    )  # fmt: skip
    declared, columns = plan.campaign.figures, list[SheetColumn]()
    shown = declared.standing_in(FigurePlace.DISTRICTS)
    for figure in sorted(shown, key=is_printed, reverse=True):
        over = declared.section(figure.section).head
        if not is_printed(figure):
            over = say.MORE_OF_SECTION.format(section=over)
        columns.append(SheetColumn(figure.id, figure.short, _WIDTH, "number", over))
        if figure.accumulates:
            columns.append(SheetColumn(figure.id + _MONTH, say.IN_MONTH, _WIDTH, "number", over))
        if figure.share is not None:
            columns.append(SheetColumn(figure.id + _SHARE, say.SHARE, 6.6, "percent", over))
        ended = [one for one in declared.wholes_of(figure.id) if one.parts[-1] == figure.id]
        columns += (
            SheetColumn(rest, say.UNCLEAR_HEAD, _WIDTH, "number", over)
            for rest in map(rest_column, ended)
            if rest is not None
        )
    return SheetColumns((*first, *columns))


def rest_column(figure: Figure) -> str | None:
    """Return the column of what no part of a figure holds; None where its parts are all there are.

    Parts that come from the reports leave a rest: the units of which none says.
    """
    has_rest = figure.parts_add_up and figure.period is Period.TO_DATE
    return figure.id + _REST if has_rest else None


def write(page: Page, plan: Plan) -> None:
    """Write the sheet: a group is the sum of its kinds' lines, the province that of all units."""
    columns, figures = columns_of(plan), plan.figures
    shown = plan.campaign.figures.standing_in(FigurePlace.DISTRICTS)
    for_screen = (columns.index_of(one.id) for one in shown if not is_printed(one))
    printed = next(for_screen, len(columns))
    title, note = say.DISTRICTS_TITLE, _note(plan)
    page.open_table(plan.head, columns, title, note, printed=printed, filtered=False)
    rows, last = rows_of(plan), printed - 1
    by_superior, by_group, by_kind = map(page.said, say.DISTRICTS_PARTS)

    page.merge(FIRST_ROW, 0, last, by_superior, "text", "heading")
    names = {unit.code: unit.name for unit in plan.campaign.units}
    for number, (code, row) in enumerate(rows.parents.items(), start=1):
        link = plan.to_unit(code, number) if code in plan.unit_rows else number
        here = amounts.cells(plan, "parent"), f"$B{row + 1}"
        counts = _counts(plan, columns, row, figures.units_by_parent[code], here)
        page.row(row, columns, {"number": link, "name": names.get(code, code), **counts})
    row, parents = rows.parents_total, list(rows.parents.values())
    below = [code for codes in figures.units_by_parent.values() for code in codes]
    have_superior = f"LEN({amounts.cells(plan, 'parent')})>0", "TRUE"
    sums = _sums(plan, columns, row, parents, below, have_superior)
    page.row(row, columns, {"name": say.DISTRICTS_TOTAL, **sums}, "total")

    page.merge(rows.parents_total + 1, 0, last, by_group, "text", "heading")
    for number, group in enumerate(groups_in(plan), start=1):
        row = rows.groups[group.name]
        members = [rows.kinds[kind] for kind in group.kinds if kind in rows.kinds]
        here = amounts.cells(plan, "group"), literal(group.name)
        sums = _sums(plan, columns, row, members, figures.units_by_group[group.name], here)
        page.row(row, columns, {"number": number, "name": group.name, **sums})
    sums = _counts(plan, columns, rows.total, None)
    page.row(rows.total, columns, {"name": say.PROVINCE, **sums}, "total")

    page.merge(rows.total + 1, 0, last, by_kind, "text", "heading")
    for number, (kind, row) in enumerate(rows.kinds.items(), start=1):
        here = amounts.cells(plan, "kind"), f"$B{row + 1}"
        counts = _counts(plan, columns, row, figures.units_by_kind[kind], here)
        page.row(row, columns, {"number": number, "name": kind, **counts})
    # the kinds one by one are for the screen
    page.print_table(rows.total - FIRST_ROW + 1, printed)


def _note(plan: Plan) -> str:
    """Return which sections are of the month and which to date, and what abbreviations mean."""
    declared, said = plan.campaign.figures, []
    shown = declared.standing_in(FigurePlace.DISTRICTS)
    for period, words in ((Period.MONTH, say.OF_MONTH), (Period.TO_DATE, say.TO_DATE_OF)):
        of_period = {one.section for one in shown if one.period is period}
        titles = [lowered(one.title) for one in declared.sections if one.id in of_period]
        said += [words.format(sections=", ".join(titles))] if titles else []
    given = capital(given_by(plan.figures, shown))
    return ". ".join(filter(None, (capital("; ".join(said)), given, declared.abbreviations)))


def _value(plan: Plan, id_: str, codes: Collection[str] | None) -> int | None:
    """Return a line's count of a column; None where the last run's is not known."""
    figure, _, what = id_.partition(":")
    if f":{what}" == _REST:
        return plan.figures.rest(figure, codes)
    total = plan.figures.total(figure, codes)
    return total.month if f":{what}" == _MONTH else total.value


def _counts(
    plan: Plan,
    columns: SheetColumns,
    row: int,
    codes: Collection[str] | None,
    *here: tuple[str, str],
) -> dict[str, Cell]:
    """Return the formulas over “Số liệu” for the units for which ``here`` holds; without it all."""
    counts: dict[str, Cell] = {}
    for column in columns[_FIRST:]:
        figure, _, what = column.id.partition(":")
        if f":{what}" == _SHARE or (value := _value(plan, column.id, codes)) is None:
            continue
        text = amounts.added(plan, figure, *here)
        if f":{what}" == _MONTH and plan.figures.by_id[figure].last is not None:
            last = amounts.last_cells(plan, figure)
            text += f"-{sum_where(last, *here) if here else f'SUM({last})'}"
        if f":{what}" == _REST:
            parts = plan.figures.by_id[figure].figure.parts
            text += "".join(f"-{amounts.added(plan, part, *here)}" for part in parts)
        counts[column.id] = Formula(text, value)
    return counts | _shares(plan, columns, row, codes, *here)


def _sums(
    plan: Plan,
    columns: SheetColumns,
    row: int,
    added: list[int],
    codes: Collection[str],
    *here: tuple[str, str],
) -> dict[str, Cell]:
    """Return the sums of neighbouring lines of this sheet, of the units where ``here`` holds."""
    if not added:
        return {}
    sums: dict[str, Cell] = {}
    for index, column in enumerate(columns[_FIRST:], start=_FIRST):
        if column.id.endswith(_SHARE) or (value := _value(plan, column.id, codes)) is None:
            continue
        name = xl_col_to_name(index)
        sums[column.id] = Formula(f"SUM({name}{added[0] + 1}:{name}{added[-1] + 1})", value)
    return sums | _shares(plan, columns, row, codes, *here)


def _shares(
    plan: Plan,
    columns: SheetColumns,
    row: int,
    codes: Collection[str] | None,
    *here: tuple[str, str],
) -> dict[str, Cell]:
    """Return the shares of a line: the quotient of two figures of the line.

    Of amounts it is over the units that gave both, for which ``here`` holds.
    """
    shares: dict[str, Cell] = {}
    for figure in plan.campaign.figures.standing_in(FigurePlace.DISTRICTS):
        divided = amounts.quotient(plan, figure.id, codes, *here)
        if figure.share is None or divided is None:
            continue
        part, whole = (one.text for one in divided)
        if figure.counted is not Counted.AMOUNTS:
            ids = figure.id, figure.share.of
            part, whole = (f"{xl_col_to_name(columns.index_of(id_))}{row + 1}" for id_ in ids)
        values = (int(one.value) for one in divided)
        shares[figure.id + _SHARE] = Formula(ratio(part, whole), ratio_value(*values))
    return shares
