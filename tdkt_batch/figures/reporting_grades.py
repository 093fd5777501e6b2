"""How units report, judged by three criteria; what is not a unit's own doing is not judged.

In time: a report that could be used came within the unit's own deadline. Right at once:
nothing in it that is new breaks the guidance, is wrong as data or has yet to be written, and
somebody looked at what was pre-filled. Mended: all that was to be mended, written or explained
in the last run has been; what the board did not accept has not. Each is judged by what the
month knows: whose file was set aside or could not be read for reasons that need not be the
unit's, who is excused, whose own day has not passed, and who sent nothing while a file is of
nobody is not judged by it; nor does a fault count that half of the units share.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TypeVar

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.findings import common_faults
from tdkt_batch.model import Finding, Life, Severity
from tdkt_batch.report import Hindrance, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import is_due
from tdkt_batch.rules.requests_to_units import Action, action_for, is_over, lacking_values
from tdkt_batch.rules.untouched import is_untouched, untouched_finding

_T = TypeVar("_T")
_OWN = frozenset(
    {
        Hindrance.OTHER_MONTH,
        Hindrance.LOCKED,
        Hindrance.LINK,
        Hindrance.DOCUMENT,
        Hindrance.PICTURE,
        Hindrance.WORDS,
    }
)
"""What was sent instead of the form by nobody's doing but the unit's."""
_WRONG = frozenset({Severity.VIOLATION, Severity.ARITHMETIC, Severity.READING})
_ASKED = _WRONG | {Severity.WARNING}


class Criterion(StrEnum):
    """What reporting is judged by, in the order in which it is told."""

    IN_TIME = "in_time"
    RIGHT = "right"
    MENDED = "mended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How one unit reported; a criterion that it is not judged by is not in ``met``.

    ``wrong`` counts what is new and to be mended or written in its report, ``left`` what it has
    not mended, written or explained of the ``asked`` of the last run.
    """

    report: UnitReport
    met: Mapping[Criterion, bool]
    wrong: int = 0
    left: int = 0
    asked: int = 0

    @property
    def share(self) -> Fraction | None:
        """The share of the criteria that it meets; None where it is judged by none."""
        return Fraction(sum(self.met.values()), len(self.met)) if self.met else None

    @property
    def ranking(self) -> Fraction | None:
        """The share by which it has a rank; None where it meets nothing: that is no place."""
        return self.share or None


def grades(campaign: Campaign, report: MonthReport) -> tuple[Grade, ...]:
    """Return how each unit of the month reported, in the report's order."""
    common = {one.code for one in common_faults(campaign, report)}
    in_time = partial(_in_time, campaign, report, has_strays=bool(report.of_nobody))
    return tuple(_grade(campaign, one, in_time(one), common) for one in report.units)


def _grade(
    campaign: Campaign, report: UnitReport, in_time: bool | None, common: Collection[str]
) -> Grade:
    met: dict[Criterion, bool] = {}
    if in_time is not None:
        met[Criterion.IN_TIME] = in_time
    if not report.is_usable or report.excuse is not None:
        return Grade(report=report, met=met)
    unseen = untouched_finding(campaign, report)
    own = [
        one
        for one in report.findings
        if one is unseen or (one.code not in common and one.severity in _ASKED)
    ]
    lacking, lacked = (
        _lacking(campaign, one, common) if one else frozenset[str]()
        for one in (report, report.earlier)
    )
    over = is_over(campaign, report)
    new = [one for one in own if one.life in (Life.NEW, Life.REOPENED)]
    wrong = sum(_is_wrong(campaign, one, over=over) for one in new) + len(lacking - lacked)
    gone = [one for one in report.gone if one.code not in common and one.severity in _ASKED]
    open_ = [one for one in own if one.life is Life.OPEN]
    still_asked = (action_for(campaign, one, over=over).is_asked for one in open_)
    left = sum(still_asked) + len(lacking & lacked)
    asked = len(gone) + len(open_) + len(lacked)
    is_seen = not is_untouched(campaign, report)
    met[Criterion.RIGHT] = is_seen and not wrong
    if asked:
        met[Criterion.MENDED] = is_seen and not left
    return Grade(report=report, met=met, wrong=wrong, left=left, asked=asked)


def _lacking(campaign: Campaign, report: UnitReport, common: Collection[str]) -> frozenset[str]:
    """Return the values that a report leaves out, unless but rules wait that many units break."""
    found = lacking_values(campaign, report).items()
    return frozenset(field for field, rules in found if not set(common).issuperset(rules))


def _is_wrong(campaign: Campaign, finding: Finding, *, over: bool) -> bool:
    """Tell whether what is new is a fault of the report; to be asked for a reason is none."""
    action = action_for(campaign, finding, over=over)
    return action.is_asked and (finding.severity in _WRONG or action is not Action.EXPLAIN)


def _in_time(
    campaign: Campaign, month: MonthReport, report: UnitReport, *, has_strays: bool
) -> bool | None:
    """Tell whether a usable report came in time; None where that is not to be judged.

    Where the month ``has_strays`` a file of nobody may be the silent unit's.
    """
    state = report.state
    if report.excuse is not None or state in (UnitState.NOT_REQUIRED, UnitState.NOT_YET_DUE):
        return None
    if report.is_usable:
        return state is UnitState.ON_TIME
    unit, until = report.unit, month.received_until
    if not is_due(campaign, unit, month.month, report.extension, until):
        return None
    if state is UnitState.MISSING:
        return None if has_strays else False
    if state is UnitState.UNUSABLE:
        return False if report.hindrance in _OWN else None
    return False


def ranked(
    ones: Iterable[_T], share: Callable[[_T], Fraction | None]
) -> Sequence[tuple[int | None, _T]]:
    """Return things with their ranks, the best first; ties share a rank, unjudged ones are last.

    >>> ranked("abcd", {"a": Fraction(1, 2), "b": None, "c": Fraction(1), "d": Fraction(2, 4)}.get)
    [(1, 'c'), (2, 'a'), (2, 'd'), (None, 'b')]
    """
    in_order = sorted(ones, key=lambda one: -(value if (value := share(one)) is not None else -1))
    first = dict[Fraction | None, int]()
    for place, one in enumerate(in_order, start=1):
        first.setdefault(share(one), place)
    return [(None if (own := share(one)) is None else first[own], one) for one in in_order]
