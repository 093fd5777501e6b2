"""What one unit gives each declared figure: whether it counts, how much, when it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import BoundFigure, Counted, Figure
from tdkt_batch.figures.believed import believed
from tdkt_batch.figures.unit_lines import standing_findings
from tdkt_batch.model import Life, OutcomeKind
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.rules.evaluate import Result, Row, Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.wording.shared import UNIT_STATES

_DECIDED = (OutcomeKind.PASS, OutcomeKind.FAIL)
_UNDECIDED = (OutcomeKind.UNKNOWN, OutcomeKind.ERROR)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a unit adds to a figure.

    ``counts`` is None while it is not known whether the unit counts; ``value`` is
    None where it counts and did not give its figure. ``fails``: a rule of the figure
    does not hold for it.
    """

    counts: bool | None
    value: int | None = None
    day: date | None = None
    fails: bool = False


NOT_COUNTED = Amount(counts=False)


class UnitAmounts:
    """One unit of the month as figures see it: its report, the register, how the month stands."""

    def __init__(
        self, campaign: Campaign, month: MonthReport, unit: UnitReport, *, doubted: bool = False
    ) -> None:
        """See the unit's report as it is believed; with ``doubted`` as it was sent."""
        self.unit = unit
        submission = unit.submission if doubted else believed(campaign, unit)
        received = unit.received
        form = campaign.form(submission.form) if submission else campaign.form_of(unit.unit)
        self.form = form.id
        self.has_report = submission is not None
        self._is_awaited = self.has_report or unit.state is not UnitState.NOT_REQUIRED
        self._tables = form.names.tables
        window = campaign.level(unit.unit.level).window
        self._facts: Mapping[str, Result] = {
            "ky.gui_bao_cao": UNIT_STATES[unit.state],
            "ky.co_so_lieu": submission is not None,
            "ky.chua_tung_bao_cao": not unit.ever_reported,
            "ky.ngay_dau": month.month.first_day,
            "ky.ngay_cuoi": month.month.last_day,
            "ky.den_ngay": month.received_until.date(),
            "ky.ngay_nhan": received.date() if received else Unknown(("ky.ngay_nhan",)),
            "ky.bao_sau_han": _told_after(received, month.received_until, window.end),
            "cap.tu_ngay": window.start,
            "cap.den_ngay": window.end,
        }
        self._scope = (
            SubmissionScope.of(form, submission, unit.unit)
            if submission
            else SubmissionScope.of_none(form, unit.unit)
        )
        self._outcomes = {one.rule: one.outcome for one in unit.outcomes if unit.is_usable}

    # --- the unit as expressions see it ---------------------------------------------------

    def value(self, name: str) -> Result:
        """Return a fact of the month, or what the report gives for a name of its form."""
        known = self._facts.get(name)
        return self._scope.value(name) if known is None else known

    def blank(self, name: str) -> bool | Unknown:
        """Tell whether nothing was typed in the field."""
        return self._scope.blank(name)

    def rows(self, table: str) -> Sequence[Row] | Unknown:
        """Return the existing rows of a table of the report."""
        return self._scope.rows(table)

    def columns(self, table: str) -> Iterable[str]:
        """Return the columns of a table of the unit's form."""
        return self._tables[table]

    # --- figures --------------------------------------------------------------------------

    def amount(self, figure: Figure) -> Amount:
        """Return what the unit gives a figure."""
        bound = figure.bound.get(self.form)
        if bound is None:
            return NOT_COUNTED
        counts = self._counts(figure, bound)
        if not counts:
            return Amount(counts=counts)
        day = None if bound.day is None else evaluate(bound.day, self)
        return Amount(
            counts=True,
            value=self._added(figure, bound),
            day=day if isinstance(day, date) else None,
            fails=any(self._outcomes.get(rule) is OutcomeKind.FAIL for rule in figure.rules),
        )

    def _counts(self, figure: Figure, bound: BoundFigure) -> bool | None:
        """Tell whether the unit counts; by ``rules`` one of them must have been decided for it.

        Of a unit that need not report and never did nothing is unclear: it does not count.
        """
        if figure.counted in (Counted.FINDINGS, Counted.OUTCOMES):
            return bool(self.unit.is_usable or self.unit.findings or self.unit.outcomes)
        decided: Result = True if bound.when is None else evaluate(bound.when, self)
        if decided is False or (isinstance(decided, Unknown) and not self._is_awaited):
            return False
        known = None if isinstance(decided, Unknown) else True
        if figure.rules:
            ended = {self._outcomes.get(rule) for rule in figure.rules}
            if not ended.isdisjoint(_DECIDED):
                return known
            return None if known is None or not ended.isdisjoint(_UNDECIDED) else False
        return known

    def _added(self, figure: Figure, bound: BoundFigure) -> int | None:
        match figure.counted:
            case Counted.FINDINGS:
                return sum(1 for _ in self._findings(figure))
            case Counted.OUTCOMES:
                return sum(
                    str(one.outcome) in figure.chosen and not one.owed_by
                    for one in self.unit.outcomes
                )
        if bound.value is None:
            return 1
        result = evaluate(bound.value, self)
        return result if isinstance(result, int) else None

    def _findings(self, figure: Figure) -> Iterator[object]:
        """Yield what was found of the chosen severities; accepted explanations apart."""
        if str(Life.WAIVED) in figure.chosen:
            yield from (one for one in self.unit.findings if one.life is Life.WAIVED)
        for one in standing_findings(self.unit):
            if str(one.severity) in figure.chosen:
                yield one


def _told_after(received: datetime | None, until: datetime, end: date) -> bool | Unknown:
    """Tell whether a report came after a window; unknown where one of before is all there is."""
    if received is not None and received.date() > end:
        return True
    is_open = received is not None and until.date() <= end
    return False if is_open else Unknown(("ky.ngay_nhan",))
