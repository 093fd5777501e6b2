"""How units report, judged by three criteria; what is not a unit's own doing is not judged.

In time: a report that could be used came within the unit's own deadline. Right at once:
nothing in it that is new breaks the guidance or is wrong as data. Mended: all that was to be
mended or explained in the last run has been. Each is judged by what the month knows: whose
file was set aside or could not be read for reasons that need not be the unit's, who is
excused or not yet due, and who sent nothing while a file is of nobody is not judged by it;
nor does a fault count that half of the units share.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from tdkt_batch.figures.findings import common_faults
from tdkt_batch.model import Finding, Life, Severity
from tdkt_batch.report import Hindrance, MonthReport, UnitReport, UnitState

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

    ``wrong`` counts the new faults of its report, ``left`` what it has not mended or explained
    of the ``asked`` of the last run.
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


def grades(report: MonthReport) -> tuple[Grade, ...]:
    """Return how each unit of the month reported, in the report's order."""
    common = {one.code for one in common_faults(report)}
    is_clear = not report.of_nobody
    return tuple(_grade(one, common, is_clear=is_clear) for one in report.units)


def _grade(report: UnitReport, common: Collection[str], *, is_clear: bool) -> Grade:
    met: dict[Criterion, bool] = {}
    if (in_time := _in_time(report, is_clear=is_clear)) is not None:
        met[Criterion.IN_TIME] = in_time
    if not report.is_usable or report.excuse is not None:
        return Grade(report=report, met=met)
    own = [one for one in report.findings if one.code not in common and one.severity in _ASKED]
    wrong = [one for one in own if one.life in (Life.NEW, Life.REOPENED) and _is_wrong(one)]
    met[Criterion.RIGHT] = not wrong
    gone = [one for one in report.gone if one.code not in common and one.severity in _ASKED]
    open_ = [one for one in own if one.life is Life.OPEN]
    left = [one for one in open_ if not one.explanation]
    if gone or open_:
        met[Criterion.MENDED] = not left
    return Grade(
        report=report, met=met, wrong=len(wrong), left=len(left), asked=len(gone) + len(open_)
    )


def _is_wrong(finding: Finding) -> bool:
    """Tell whether a new finding is a fault of the report that its unit has not explained."""
    return finding.severity in _WRONG and not finding.explanation


def _in_time(report: UnitReport, *, is_clear: bool) -> bool | None:
    """Tell whether a usable report came in time; None where that is not to be judged."""
    state = report.state
    if report.excuse is not None or state in (UnitState.NOT_REQUIRED, UnitState.NOT_YET_DUE):
        return None
    if state is UnitState.ON_TIME:
        return True
    if state is UnitState.MISSING:
        return False if is_clear else None
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
    shares = [share(one) for one in in_order]
    return [
        (None if value is None else 1 + shares.index(value), one)
        for value, one in zip(shares, in_order, strict=True)
    ]
