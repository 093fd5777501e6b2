"""Sheets “Chấp hành báo cáo” and “Chấp hành theo đơn vị”: how places and units report, best first.

The places add up the marks of their units; ranks are live, ties share one. Nothing is ranked
that meets nothing, nor a place of which more units are not judged than are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.figures.reporting_grades import Criterion, Grade, ranked
from tdkt_batch.model import OutcomeKind
from tdkt_batch.report import UnitState
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    column_range,
    count_where,
    literal,
    ratio,
    ratio_value,
    within_sheet,
)
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import HINDRANCES, OUTCOMES, UNIT_STATES

UNIT_COLUMNS = SheetColumns.headed(
    say.UNIT_GRADES_HEADS,
    ("number", 5, "center"), ("rank", 7, "center"), ("name", 28, "text"), ("place", 24, "text"),
    (Criterion.IN_TIME, 10, "center"), (Criterion.RIGHT, 10, "center"),
    (Criterion.MENDED, 10, "center"), ("met", 7, "number"), ("judged", 7, "number"),
    ("share", 8, "percent"), ("why", 46, "text"),
)  # fmt: skip
_MET, _NOT_MET, _UNJUDGED = OUTCOMES[OutcomeKind.PASS], OUTCOMES[OutcomeKind.FAIL], "–"
_MET_OF, _JUDGED, _SHARE = ":met", ":judged", ":share"
"""End the ids of the columns of a criterion in the places' sheet."""
_ALL = "all"


@dataclass(frozen=True, slots=True)
class _Place:
    """A place with how its units reported."""

    name: str
    grades: Sequence[Grade]

    def counted(self, criterion: Criterion) -> tuple[int, int]:
        """Return how many units meet a criterion, and how many are judged by it."""
        judged = [one.met[criterion] for one in self.grades if criterion in one.met]
        return sum(judged), len(judged)

    @property
    def all_counted(self) -> tuple[int, int]:
        """The criteria met and judged, of all its units together."""
        pairs = [self.counted(one) for one in Criterion]
        return sum(met for met, _ in pairs), sum(judged for _, judged in pairs)

    @property
    def unjudged(self) -> int:
        """How many of its units are judged by nothing."""
        return sum(not one.met for one in self.grades)

    @property
    def ranking(self) -> Fraction | None:
        """The share of the criteria that are met; None where that tells too little for a rank."""
        met, judged = self.all_counted
        is_known = 2 * self.unjudged <= len(self.grades)
        return Fraction(met, judged) if met and is_known else None


def places_of(plan: Plan) -> list[_Place]:
    """Return the places in the report's order: superiors with their units, else groups."""
    found: dict[str, list[Grade]] = {}
    for one in plan.grades():
        found.setdefault(plan.district_of(one.report), []).append(one)
    return [_Place(name, own) for name, own in found.items()]


# --- by place -----------------------------------------------------------------------------------


def columns_of_places() -> SheetColumns:
    """Return the columns: of each criterion and of all how many of how many, and their share."""
    first = SheetColumns.headed(
        say.GRADES_HEADS, ("rank", 7, "center"), ("name", 30, "text"), ("units", 8, "number"),
        ("unjudged", 7, "number"),
    )  # fmt: skip
    columns = list[SheetColumn]()
    for id_, over in say.GRADES_OVER.items():
        for end, width, style in ((_MET_OF, 7, "number"), (_JUDGED, 7, "number"),
                                  (_SHARE, 8, "percent")):  # fmt: skip
            columns.append(SheetColumn(id_ + end, say.GRADES_OF[end[1:]], width, style, over))
    return SheetColumns((*first, *columns))


def write(page: Page, plan: Plan) -> None:
    """Write how each place reports."""
    columns = columns_of_places()
    page.open_table(plan.head, columns, say.GRADES_TITLE, say.GRADES_NOTE, filtered=False)
    _say_what_is_provisional(page, plan)
    places = ranked(places_of(plan), lambda one: one.ranking)
    last = FIRST_ROW + len(places) - 1
    for row, (rank, place) in enumerate(places, start=FIRST_ROW):
        record = _counts(plan, columns, row, place, here=True)
        page.row(row, columns, {
            "rank": _rank_of_place(columns, row, last, rank), "name": place.name, **record,
        })  # fmt: skip
    everywhere = _Place(say.PROVINCE, [one for _, place in places for one in place.grades])
    total = _counts(plan, columns, last + 1, everywhere, here=False)
    page.row(last + 1, columns, {"name": everywhere.name, **total}, "total")
    page.print_table(len(places) + 1, len(columns))


def _counts(
    plan: Plan, columns: SheetColumns, row: int, place: _Place, *, here: bool
) -> dict[str, Cell]:
    """Return a line's counts over the units' sheet, of a place or of all."""

    def cell(id_: str) -> str:
        return f"{xl_col_to_name(columns.index_of(id_))}{row + 1}"

    places = plan.unit_range(say.UNIT_GRADES, UNIT_COLUMNS, "place")
    where = [(places, cell("name"))] if here else []
    everyone = count_where(*where) if here else f"COUNTA({places})"
    judged_by = plan.unit_range(say.UNIT_GRADES, UNIT_COLUMNS, "judged")
    counts: dict[str, Cell] = {
        "units": Formula(everyone, len(place.grades)),
        "unjudged": Formula(count_where(*where, (judged_by, "0")), place.unjudged),
    }
    for one in Criterion:
        marks = plan.unit_range(say.UNIT_GRADES, UNIT_COLUMNS, one)
        met, judged = place.counted(one)
        is_met = count_where(*where, (marks, literal(_MET)))
        is_not = count_where(*where, (marks, literal(_NOT_MET)))
        counts[one + _MET_OF] = Formula(is_met, met)
        counts[one + _JUDGED] = Formula(f"{is_met}+{is_not}", judged)
    for end, value in zip((_MET_OF, _JUDGED), place.all_counted, strict=True):
        counts[_ALL + end] = Formula("+".join(cell(one + end) for one in Criterion), value)
    for id_ in (*Criterion, _ALL):
        met, judged = place.all_counted if id_ == _ALL else place.counted(Criterion(id_))
        text = ratio(cell(id_ + _MET_OF), cell(id_ + _JUDGED))
        counts[id_ + _SHARE] = Formula(text, ratio_value(met, judged))
    return counts


def _say_what_is_provisional(page: Page, plan: Plan) -> None:
    """Say that ranks may change where files of nobody may be those of the silent units."""
    if strays := len(plan.report.of_nobody):
        silent = sum(one.state is UnitState.MISSING for one in plan.report.units)
        page.notice(say.GRADES_PROVISIONAL.format(files=strays, units=silent))


def _rank_of_place(columns: SheetColumns, row: int, last: int, rank: int | None) -> Formula:
    """Return a place's rank by its share among the places that have one, else a dash."""
    shares, unjudged, units = (
        within_sheet(column_range("", columns.index_of(id_), FIRST_ROW, last))
        for id_ in (_ALL + _SHARE, "unjudged", "units")
    )
    own, own_unjudged, own_units = (
        f"{xl_col_to_name(columns.index_of(id_))}{row + 1}"
        for id_ in (_ALL + _SHARE, "unjudged", "units")
    )
    is_ranked = f"AND(2*{own_unjudged}<={own_units},ISNUMBER({own}),{own}>0)"
    place = f"1+SUMPRODUCT(({shares}>{own})*(2*{unjudged}<={units}))"
    return Formula(f'IF({is_ranked},{place},"{_UNJUDGED}")', rank or _UNJUDGED)


# --- by unit ------------------------------------------------------------------------------------


def write_units(page: Page, plan: Plan) -> None:
    """Write how each unit reports, and why a criterion is not met or not judged."""
    page.open_table(plan.head, UNIT_COLUMNS, say.UNIT_GRADES_TITLE, say.GRADES_NOTE)
    _say_what_is_provisional(page, plan)
    in_order = ranked(plan.grades(), lambda grade: grade.ranking)
    for row, (rank, one) in enumerate(in_order, start=FIRST_ROW):
        unit = one.report.unit
        marks: Mapping[str, Cell] = {
            of: _UNJUDGED if of not in one.met else _MET if one.met[of] else _NOT_MET
            for of in Criterion
        }
        looks = {str(of): "warning" for of in Criterion if one.met.get(of) is False}
        page.row(row, UNIT_COLUMNS, {
            "number": plan.to_unit(unit.code, row - FIRST_ROW + 1),
            "rank": _rank_of_unit(row, plan.last_unit_row, rank),
            "name": unit.name, "place": plan.district_of(one.report),
            **marks, **_sums(row, one), "why": _why(one),
        }, looks=looks)  # fmt: skip
    page.filter(FIRST_ROW, plan.last_unit_row, UNIT_COLUMNS)
    page.for_screen()


def _rank_of_unit(row: int, last: int, rank: int | None) -> Formula:
    """Return a unit's rank by its share, a dash where it meets nothing or is not judged."""
    column = UNIT_COLUMNS.index_of("share")
    shares = within_sheet(column_range("", column, FIRST_ROW, last))
    own = f"{xl_col_to_name(column)}{row + 1}"
    return Formula(
        f'IF(AND(ISNUMBER({own}),{own}>0),RANK({own},{shares}),"{_UNJUDGED}")', rank or _UNJUDGED
    )


def _sums(row: int, one: Grade) -> dict[str, Cell]:
    ends = (UNIT_COLUMNS.index_of(of) for of in (Criterion.IN_TIME, Criterion.MENDED))
    first, last = (xl_col_to_name(end) for end in ends)
    marks = f"{first}{row + 1}:{last}{row + 1}"
    is_met = f"COUNTIF({marks},{literal(_MET)})"
    met, judged = (
        f"{xl_col_to_name(UNIT_COLUMNS.index_of(of))}{row + 1}" for of in ("met", "judged")
    )
    values = sum(one.met.values()), len(one.met)
    return {
        "met": Formula(is_met, values[0]),
        "judged": Formula(f"{is_met}+COUNTIF({marks},{literal(_NOT_MET)})", values[1]),
        "share": Formula(ratio(met, judged), ratio_value(*values)),
    }


def _why(one: Grade) -> str:
    """Return why a criterion is not met, or why the unit is not judged by whether it is in time."""
    said, report = list[str](), one.report
    if one.met.get(Criterion.IN_TIME) is not True:
        state = HINDRANCES[report.hindrance][0] if report.hindrance else UNIT_STATES[report.state]
        said.append(capital(state) if Criterion.IN_TIME in one.met else say.NOT_JUDGED.format(
            why=capital(state)))  # fmt: skip
    if one.wrong:
        said.append(say.NEW_FAULTS.format(number=one.wrong))
    if one.left:
        said.append(say.LEFT_OPEN.format(number=one.left, of=one.asked))
    return "; ".join(said)
