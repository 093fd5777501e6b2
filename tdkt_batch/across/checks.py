"""All board rules over a month's submissions: one outcome for each unit and rule.

A rule is asked of each unit whose form it is bound to; its condition decides as
a form rule's does. One crashing check costs that outcome only.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from tdkt_batch.across.allotments import (
    allotment_of,
    elected_as_allotted,
    roster_by_base_unit,
)
from tdkt_batch.across.deadlines import received_by_deadline, result_reported
from tdkt_batch.across.levels import (
    before_upper_unit,
    subordinates_reported,
    table_as_subordinates_say,
)
from tdkt_batch.across.moments import done_before_reported
from tdkt_batch.across.reports import NOT_APPLICABLE, CheckResult, Report, RuleInMonth, lacks
from tdkt_batch.across.take_backs import left_standing, nothing_taken_back
from tdkt_batch.across.unchanged import unchanged_as_told
from tdkt_batch.campaign.board_checks import BoardCheck
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.rule import BoardRule
from tdkt_batch.model import (
    Allotment,
    Decision,
    Month,
    Outcome,
    OutcomeKind,
    Source,
    Submission,
    Unit,
)
from tdkt_batch.report import Hindrance
from tdkt_batch.rules.evaluate import Unknown, evaluate
from tdkt_batch.rules.submission_scope import SubmissionScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known at the month's moment, by unit code: what rules between units judge on.

    ``received`` are the submissions of the month that count, ``arrivals`` when they
    arrived; ``before`` is each unit's newest usable submission of an earlier month,
    which is still what is known of those without one of this month and of the
    ``empty``; ``older`` are those before it, the oldest first, of units that others are
    under: what one of them allotted stands until a newer one allots anew. ``published``
    is the last that counted in its month's result, where that is not the newest, ``between``
    what came of that month after it; ``replaced`` are the filled ones of this month that came
    before the one that counts. ``to_mend`` are the cells that a unit was asked to write
    anew, by the file. ``excused`` need not
    report by the board's decision, ``extended`` have a day of their own; ``awaited`` sent
    nothing, and their last day is not over; ``unusable`` says why what a unit sent is no report.
    ``first_told`` is the day on which an earlier report first said that a unit's conference
    was held. ``until`` is the day of the cut-off.
    """

    received: Mapping[str, Submission]
    arrivals: Mapping[str, datetime]
    before: Mapping[str, Submission] = field(default_factory=dict)
    older: Mapping[str, Sequence[Submission]] = field(default_factory=dict)
    published: Mapping[str, Submission] = field(default_factory=dict)
    between: Mapping[str, Sequence[Submission]] = field(default_factory=dict)
    replaced: Mapping[str, Sequence[Submission]] = field(default_factory=dict)
    empty: Container[str] = ()
    to_mend: Mapping[Source, frozenset[str]] = field(default_factory=dict)
    excused: Container[str] = ()
    extended: Mapping[str, Decision] = field(default_factory=dict)
    awaited: Container[str] = ()
    unusable: Mapping[str, Hindrance] = field(default_factory=dict)
    first_told: Mapping[str, date] = field(default_factory=dict)
    until: date | None = None


class BoardInMonth:
    """The board's rules over what is known in a month."""

    def __init__(self, campaign: Campaign, month: Month, known: Known) -> None:
        self._campaign = campaign
        self._month = month
        self._known = known
        self._reports = _reports(campaign, month, known)

    def outcomes(self) -> Mapping[str, tuple[Outcome, ...]]:
        """Return, by unit code, the outcome of every board rule bound to the unit's form.

        The rules stand in the campaign's order; units without a submission of the
        month are absent: what they said before is looked at, not judged again.
        """
        return self._judged[0]

    @cached_property
    def _judged(self) -> tuple[Mapping[str, tuple[Outcome, ...]], Mapping[str, Source]]:
        """The outcomes, and the file that stands beside a report, each by unit code."""
        judged = self._reports.judged
        outcomes: dict[str, list[Outcome]] = {code: [] for code in judged}
        beside: dict[str, Source] = {}
        for one in self._campaign.rules:
            if one.board is None:
                continue
            rule = self._rule(one.board)
            for code, report in judged.items():
                if report.form.id not in one.board.conditions:
                    continue
                try:
                    outcome = _outcome(one.id, rule, report)
                    if one.asks_what_is_taken_back:
                        source = left_standing(rule, report, outcome.outcome)
                        beside |= {code: source} if source is not None else {}
                except Exception as error:  # noqa: BLE001 — a crashing check costs that outcome only
                    problem = f"{type(error).__name__}: {error}"
                    outcome = Outcome(rule=one.id, outcome=OutcomeKind.ERROR, error=problem)
                outcomes[code].append(outcome)
        return {code: tuple(found) for code, found in outcomes.items()}, beside

    def taken_back(self, code: str) -> tuple[Outcome, ...]:
        """Return how it is judged what a unit's last report of before takes back, if not yet.

        That is of one that came after its month's result was made.
        """
        before, told = self._reports.before.get(code), self._reports.told_before.get(code, ())
        if before is None or not told:
            return ()
        return tuple(
            _outcome(id_, replace(rule, told={code: told}), before)
            for id_, rule in self._take_backs()
            if before.form.id in rule.definition.conditions
        )

    def told_otherwise(self) -> Mapping[str, Source]:
        """Return, by unit code, the file that stands beside its report of the month.

        It is that of which the report takes something back, or has something that cannot be read.
        """
        return self._judged[1]

    def _take_backs(self) -> Iterator[tuple[str, RuleInMonth]]:
        """Yield the rules that ask what a report takes back, with their ids."""
        for one in self._campaign.rules:
            if one.board is not None and one.asks_what_is_taken_back:
                yield one.id, self._rule(one.board)

    def allotments(self) -> Mapping[str, Allotment]:
        """Return, by unit code, what units were allotted by the unit above them.

        None is without a rule that compares the elected delegates with it.
        """
        checks = (rule.board for rule in self._campaign.rules if rule.board is not None)
        elected = BoardCheck.ELECTED_AS_ALLOTTED
        definition = next((one for one in checks if one.check is elected), None)
        if definition is None:
            return {}
        rule = self._rule(definition)
        found = {
            unit.code: allotment_of(rule, unit) for unit in self._reports.unit_by_code.values()
        }
        return {code: one for code, one in found.items() if one is not None}

    def _rule(self, definition: BoardRule) -> RuleInMonth:
        reports, known = self._reports, self._known
        return RuleInMonth(
            campaign=self._campaign,
            definition=definition,
            month=self._month,
            unit_by_code=reports.unit_by_code,
            units_below=reports.units_below,
            reports=reports.newest,
            every=reports.all,
            told=reports.told,
            first_told=known.first_told,
            to_mend=known.to_mend,
            excused=known.excused,
            extended=known.extended,
            awaited=known.awaited,
            unusable=known.unusable,
            until=known.until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reports:
    """What units reported: in the month, last before it, the newest, and all, the newest first.

    ``told_before`` is what each said before its last report of an earlier month, ``told``
    before that of the month, the oldest first. The units are those of the month, and who
    reported in it.
    """

    unit_by_code: Mapping[str, Unit]
    units_below: Mapping[str, Sequence[Unit]]
    judged: Mapping[str, Report]
    before: Mapping[str, Report]
    told_before: Mapping[str, Sequence[Report]]
    told: Mapping[str, Sequence[Report]]
    newest: Mapping[str, Report]
    all: Mapping[str, tuple[Report, ...]]


def _reports(campaign: Campaign, month: Month, known: Known) -> _Reports:
    received = known.received
    units = tuple(u for u in campaign.units if u.is_valid_in(month) or u.code in received)
    judged: dict[str, Report] = {}
    before: dict[str, Report] = {}
    every: dict[str, tuple[Report, ...]] = {}
    for unit in units:
        code, own = unit.code, received.get(unit.code)
        last = known.before.get(code)
        earlier = [*known.older.get(code, ()), *([last] if last else [])]
        told = [_report(campaign, unit, one, as_of=one.month) for one in reversed(earlier)]
        if told:
            before[code] = told[0]
        if own is not None:
            judged[code] = _report(campaign, unit, own, known.arrivals.get(code))
            told.insert(len(told) if code in known.empty else 0, judged[code])
        every[code] = tuple(told)
    newest = {code: told[0] for code, told in every.items() if told}
    told_before, told_all = {}, {}
    for unit in units:
        code = unit.code
        counted = [known.published[code]] if code in known.published else []
        of_before = (*counted, *known.between.get(code, ()))
        told_before[code] = [_report(campaign, unit, one, as_of=one.month) for one in of_before]
        told_all[code] = [
            *told_before[code],
            *([before[code]] if code in before else ()),
            *(_report(campaign, unit, one) for one in known.replaced.get(code, ())),
        ]
    below: dict[str, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent or "", []).append(unit)
    return _Reports(
        unit_by_code={unit.code: unit for unit in units},
        units_below=below,
        judged=judged,
        before=before,
        told_before=told_before,
        told=told_all,
        newest=newest,
        all=every,
    )


def _report(
    campaign: Campaign,
    unit: Unit,
    submission: Submission,
    received: datetime | None = None,
    as_of: Month | None = None,
) -> Report:
    form = campaign.form(submission.form)
    return Report(
        unit=unit,
        form=form,
        submission=submission,
        scope=SubmissionScope.of(form, submission, unit),
        received=received,
        as_of=as_of,
    )


def _outcome(id_: str, rule: RuleInMonth, report: Report) -> Outcome:
    """Return what the rule says of one unit, a failure in the campaign's words."""
    board = rule.definition
    applies = evaluate(board.conditions[report.form.id], report.scope)
    if isinstance(applies, Unknown):
        result = lacks(*applies.missing, at=report.cell(applies.missing[0]))
    elif applies:
        result = CHECKS[board.check](rule, report)
    else:
        result = NOT_APPLICABLE
    sheet, cell = (result.at.sheet, result.at.cell) if result.at else ("", "")
    outcome = Outcome(
        rule=id_,
        outcome=result.kind,
        field=result.field,
        sheet=sheet,
        cell=cell,
        missing=result.missing,
        owed_by=result.owed_by,
    )
    if result.kind is not OutcomeKind.FAIL:
        return outcome
    places = result.places
    case = next(one for one in board.cases if one.name == result.case)
    is_over = report.scope.value(rule.campaign.roles.held) is True
    remedy = board.remedy_after if is_over else board.remedy_before
    return replace(
        outcome,
        severity=case.severity,
        message=case.message.format_map(places),
        given=board.given.format_map(places),
        expected=board.expected.format_map(places),
        difference=board.difference.format_map(places),
        remedy=remedy.format_map(places),
    )


Check = Callable[[RuleInMonth, Report], CheckResult]

CHECKS: Mapping[BoardCheck, Check] = {
    BoardCheck.ROSTER_BY_BASE_UNIT: roster_by_base_unit,
    BoardCheck.ELECTED_AS_ALLOTTED: elected_as_allotted,
    BoardCheck.SUBORDINATES_REPORTED: subordinates_reported,
    BoardCheck.TABLE_AS_SUBORDINATES_SAY: table_as_subordinates_say,
    BoardCheck.BEFORE_UPPER_UNIT: before_upper_unit,
    BoardCheck.RESULT_REPORTED: result_reported,
    BoardCheck.DONE_BEFORE_REPORTED: done_before_reported,
    BoardCheck.NOTHING_TAKEN_BACK: nothing_taken_back,
    BoardCheck.UNCHANGED_AS_TOLD: unchanged_as_told,
    BoardCheck.RECEIVED_BY_DEADLINE: received_by_deadline,
}
"""Each board check; ``campaign.board_checks`` says what it needs and gives."""
