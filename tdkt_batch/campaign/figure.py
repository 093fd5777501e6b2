"""What is added up over units (chỉ tiêu): each figure once, for every sheet, paper and command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.tree import Kind, Name, Node, Symbol, walk
from tdkt_batch.wording.shared import UNIT_STATES


class Counted(StrEnum):
    """What a figure counts or adds up."""

    AMOUNTS = "amounts"  # an expression over each unit's report
    UNITS = "units"  # the units for which a condition holds
    FINDINGS = "findings"  # what was found, by severity
    OUTCOMES = "outcomes"  # how rules ended
    FILES = "files"  # files by state


class Basis(StrEnum):
    """Whether a figure says what is planned or what was done; the two are never added up."""

    PLAN = "plan"
    RESULT = "result"
    NEITHER = "neither"


class Period(StrEnum):
    """Whether a figure is of the month alone or to date, from each unit's latest report."""

    MONTH = "month"
    TO_DATE = "to_date"


class FigurePlace(StrEnum):
    """Where a figure stands; ``overview`` is the page that is signed, ``details`` those behind.

    ``coverage``: its share says under each title from how many units' reports the figures of
    its period come; ``named``: the report names the units that count; ``months``: it tells
    the figure from month to month.
    """

    COVERAGE = "coverage"
    OVERVIEW = "overview"
    DETAILS = "details"
    DISTRICTS = "districts"
    UNITS = "units"
    COMPARISON = "comparison"
    REPORT = "report"
    NAMED = "named"
    MONTHS = "months"
    CHART = "chart"


class FigureQuestion(StrEnum):
    """What leadership is asked about the units that a figure counts (``[report.decisions]``)."""

    CANCELLED = "cancelled"
    OVERDUE = "overdue"


MOST_PARTS_DRAWN = 4
"""How many parts of a figure are told apart in a chart printed in black and white."""


class ReportPart(StrEnum):
    """The part of the report for signature in which a section of figures stands."""

    ARRIVALS = "arrivals"
    CONFERENCES = "conferences"
    FINDINGS = "findings"


MONTH_FACTS: Mapping[str, Symbol] = {
    "ky.gui_bao_cao": Symbol(Kind.CHOICE, tuple(UNIT_STATES.values())),
    "ky.co_so_lieu": Symbol(Kind.LOGIC),
    "ky.chua_tung_bao_cao": Symbol(Kind.LOGIC),
    "ky.ngay_dau": Symbol(Kind.DATE),
    "ky.ngay_cuoi": Symbol(Kind.DATE),
    "ky.den_ngay": Symbol(Kind.DATE),
    "ky.ngay_nhan": Symbol(Kind.DATE),
    "ky.bao_sau_han": Symbol(Kind.LOGIC),
    "cap.tu_ngay": Symbol(Kind.DATE),
    "cap.den_ngay": Symbol(Kind.DATE),
}
"""What a figure's expressions may ask of the month, besides the names of a form.

How the unit's report of the month came (``ky.gui_bao_cao``), whether a report gives
its figures, whether it never sent one; the month's first and last day and the day up
to which what arrived counts; when the report that gives the figures arrived
(``ky.ngay_nhan``), and whether after the window of the unit's level (``ky.bao_sau_han``: once
that is over, a report of before does not tell how it ended); that window. All but these two
are always known.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundFigure:
    """A figure's expressions, bound to the names of one form.

    ``value`` is what a unit adds, None where it adds 1; ``when`` says which units
    count, None all; ``day`` is when it happened.
    """

    value: Node | None
    when: Node | None
    day: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShare:
    """A figure's share: in the figure ``of``, which ``words`` name; ``{so}`` is its units' number.

    ``least`` names the campaign's share that it is held against. ``against_plan``
    says that a result is measured against what was planned.
    """

    of: str
    words: str
    least: str = ""
    against_plan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure (chỉ tiêu).

    ``short`` is its name at the head of a narrow column. ``chosen`` are the
    severities, outcomes or states that count, where findings, outcomes or files do.
    ``bound`` has its expressions by form id; a unit of another form does not count.
    With ``rules`` only units count to which one of these rules applies.

    ``accumulates``: what was known last month and what became known since make up
    the figure to date. ``parts`` are figures that are parts of it; where they
    ``parts_add_up``, what no part holds is not clear (chưa rõ). ``plan`` is the
    figure that stands beside it as planned. ``only_if_any``: not shown while it is 0.
    ``said`` is what a sentence says of the units that count (“đã tổ chức {event}”),
    ``asks`` what leadership is asked about them.
    """

    id: str
    label: str
    short: str
    section: str
    measure: str
    counted: Counted
    chosen: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    bound: Mapping[str, BoundFigure]
    basis: Basis
    period: Period
    accumulates: bool = False
    parts: tuple[str, ...] = ()
    parts_add_up: bool = False
    plan: str = ""
    share: FigureShare | None = None
    by_group: bool = False
    only_if_any: bool = False
    note: str = ""
    said: str = ""
    asks: FigureQuestion | None = None
    places: frozenset[FigurePlace]
    requirements: tuple[str, ...] = ()
    written: Mapping[str, str]

    def stands_in(self, place: FigurePlace) -> bool:
        """Tell whether the figure is declared for a place."""
        return place in self.places

    def cell_in(self, form: Form) -> str:
        """Return the cell of a form from which it is taken: added up, else asked for."""
        bound = self.bound.get(form.id)
        for node in (bound.value, bound.when) if bound else ():
            for one in walk(node) if node is not None else ():
                if isinstance(one, Name) and one.id in form.field_by_id:
                    return one.id
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSection:
    """Figures that stand together; ``head`` is their joint head on wide sheets, ``per`` a unit.

    ``part`` is where in the report they stand.
    """

    id: str
    title: str
    head: str = ""
    per: str = ""
    part: ReportPart = ReportPart.CONFERENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLimits:
    """From when on an officer is asked about figures (cần xem lại); no total changes by it.

    ``figures`` are compared with the units of the same kind, of which at least
    ``least_peers`` others gave theirs, when ``times_of_median`` times their median
    and ``deviations`` times their median deviation away; with the unit's own last
    report and plan, when ``times_of_past`` times as much. Below ``least_difference``
    nothing is asked. The ``movers`` largest contributions to each total are named,
    on the screen from ``mover_percent`` of it on.

    ``person`` are the columns of a list that make two people the same, the name
    first, ``elected`` the column that marks who was elected. A list is taken for
    copied from ``rows_alike`` of them on, figures from ``figures_alike`` on; a share is
    asked about that ``units_at_limit`` units of a district, all that gave it, have at
    exactly its limit. Of each topic ``most`` questions are told.
    """

    figures: tuple[str, ...]
    least_peers: int
    times_of_median: int
    deviations: int
    times_of_past: int
    least_difference: int
    movers: int
    mover_percent: int
    person: tuple[str, ...]
    elected: str
    rows_alike: int
    figures_alike: int
    units_at_limit: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredFigures:
    """All figures of a campaign, in their order, their sections, when an officer is asked.

    ``abbreviations`` explains those in the figures' short names.
    """

    sections: tuple[FigureSection, ...] = ()
    all: tuple[Figure, ...] = ()
    officer: OfficerLimits | None = None
    abbreviations: str = ""

    def figure(self, id_: str) -> Figure:
        """Return the figure with this id; KeyError when there is none."""
        for one in self.all:
            if one.id == id_:
                return one
        raise KeyError(id_)

    def section(self, id_: str) -> FigureSection:
        """Return the section with this id; KeyError when there is none."""
        for one in self.sections:
            if one.id == id_:
                return one
        raise KeyError(id_)

    def standing_in(self, place: FigurePlace) -> tuple[Figure, ...]:
        """Return the figures declared for a place."""
        return tuple(one for one in self.all if place in one.places)

    @property
    def coverage(self) -> Mapping[Period, Figure]:
        """The figures that say from how many units' reports those of a period come."""
        return {one.period: one for one in self.standing_in(FigurePlace.COVERAGE)}

    def wholes_of(self, id_: str) -> tuple[Figure, ...]:
        """Return the figures of which this one is a part."""
        return tuple(one for one in self.all if id_ in one.parts)
