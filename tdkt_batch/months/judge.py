"""What was read of a month → how every file and every unit stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tdkt_batch.across.board import board_outcomes
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.choose.choose import Chosen, choose
from tdkt_batch.choose.differences import differences
from tdkt_batch.choose.states import Came, unit_states
from tdkt_batch.errors import InputError
from tdkt_batch.model import Container, Decision, Month, Outcome, OutcomeKind, Submission, Unit
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileRecord, FileState, MonthRecord, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import answered, corrected, excuse_of, in_force
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.lives import records_by_unit, with_lives
from tdkt_batch.rules.outcomes import form_outcomes

KEY_ROLES = ("total", "exemplary", "elected", "staff", "conference_kind", "date")
"""The roles of the figures that are compared with the month before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """What a month is judged on.

    ``readings`` are all that was received for it; what came after
    ``received_until`` does not count, None counts all. ``earlier`` is the last
    usable reading of each unit in the months before, by unit code. ``decisions``
    are all that the board ever made, in their order.
    """

    month: Month
    received_until: datetime | None
    readings: Sequence[Reading]
    containers: tuple[Container, ...]
    decisions: Sequence[Decision]
    past: tuple[MonthRecord, ...]
    earlier: Mapping[str, Reading]


def judge(campaign: Campaign, pile: Pile) -> MonthReport:
    """Return the month's report, as of the moment that bounds it or of the last arrival."""
    chosen = choose(pile.readings, campaign, pile.month, pile.received_until)
    received_until = pile.received_until or _latest_arrival(chosen.records)
    return _Judge(campaign, pile, chosen).report(received_until)


def _latest_arrival(records: Sequence[FileRecord]) -> datetime:
    """Return when the last form, or what might have been one, arrived; else the last file."""
    forms = [r for r in records if r.state is not FileState.NOT_A_FORM]
    moments = [r.source.arrived for r in forms or records]
    if not moments:
        raise InputError(
            "không có tệp nào trong các thư mục đã cho: "
            "hãy kiểm tra đường dẫn, hoặc ghi --received-until để lập sổ khi chưa đơn vị nào gửi"
        )
    return max(moments)


class _Judge:
    """One month's report in the making."""

    def __init__(self, campaign: Campaign, pile: Pile, chosen: Chosen) -> None:
        self._campaign = campaign
        self._pile = pile
        self._chosen = chosen
        self._decisions = in_force(pile.decisions, pile.month)
        self._past = records_by_unit(pile.past)
        self._key_figures = key_figures(campaign)
        self._units = campaign.units_in(pile.month)
        self._excuses = {
            unit.code: excuse
            for unit in self._units
            if (excuse := excuse_of(unit.code, self._decisions, pile.month))
        }

    def report(self, received_until: datetime) -> MonthReport:
        """Return the report as of ``received_until``."""
        campaign, month, chosen = self._campaign, self._pile.month, self._chosen
        judged = {
            code: self._corrected(reading, self._decisions)
            for code, reading in chosen.readings.items()
        }
        submissions = {code: r.submission for code, r in judged.items() if r.submission}
        came = Came(
            records=chosen.records,
            submissions=submissions,
            arrivals=chosen.arrivals,
            excused=self._excuses,
        )
        states = unit_states(campaign, month, came)
        board = board_outcomes(campaign, month, submissions, chosen.arrivals)
        units = tuple(
            self._unit(unit, states[unit.code], judged.get(unit.code), board.get(unit.code, ()))
            for unit in self._units
        )
        return MonthReport(
            month=month,
            received_until=received_until,
            files=chosen.records,
            units=units,
            containers=self._pile.containers,
            past=self._pile.past,
        )

    def _unit(
        self, unit: Unit, state: UnitState, reading: Reading | None, board: tuple[Outcome, ...]
    ) -> UnitReport:
        report = UnitReport(unit=unit, state=state, excuse=self._excuses.get(unit.code))
        if reading is not None and reading.submission is not None:
            outcomes = _in_order(self._campaign, (*reading.outcomes, *board))
            report = replace(
                report,
                submission=reading.submission,
                outcomes=outcomes,
                received=reading.source.arrived,
            )
        return self._in_time(self._found(report))

    def _found(self, report: UnitReport) -> UnitReport:
        """Return the report with its findings, each with its life and the board's answer."""
        submission, unit, month = report.submission, report.unit, self._pile.month
        if submission is None:
            return report
        found = findings_of(self._campaign, unit, submission, report.outcomes)
        decided = {outcome.rule: outcome.outcome for outcome in report.outcomes}
        if not report.is_usable:
            return replace(report, findings=answered(found, submission, self._decisions, month))
        lived = with_lives(month, found, decided, self._past.get(unit.code, ()), unit.code)
        findings = answered(lived.findings, submission, self._decisions, month)
        return replace(report, findings=findings, gone=lived.gone)

    def _in_time(self, report: UnitReport) -> UnitReport:
        """Return the report with what the months before say of the unit."""
        earlier = self._earlier(report.unit)
        report = replace(report, earlier=earlier, silent=self._silent(report))
        older = earlier.submission if earlier else None
        if older is None or report.submission is None or not report.is_usable:
            return report
        changes = differences(self._campaign, older, report.submission)
        told = tuple(one for one in changes if one.field in self._key_figures)
        return replace(report, changes=told)

    def _earlier(self, unit: Unit) -> UnitReport | None:
        reading = self._pile.earlier.get(unit.code)
        if reading is None or reading.submission is None:
            return None
        month = reading.submission.month
        record = next((one for one in self._pile.past if one.month == month), None)
        if record is None or reading.submission.unit != unit.code:
            return None
        reading = self._corrected(reading, in_force(self._pile.decisions, month))
        return UnitReport(
            unit=unit,
            state=record.states[unit.code],
            submission=reading.submission,
            outcomes=reading.outcomes,
            findings=tuple(f for f in record.findings if f.unit == unit.code),
            received=reading.source.arrived,
        )

    def _silent(self, report: UnitReport) -> int:
        """Count the months in a row without a usable report, those not required left out."""
        if report.is_usable:
            return 0
        before = (one.states.get(report.unit.code) for one in reversed(self._pile.past))
        months = 0
        for state in (report.state, *before):
            if state in (None, UnitState.ON_TIME, UnitState.LATE):
                break
            months += state is not UnitState.NOT_REQUIRED
        return months

    def _corrected(self, reading: Reading, decisions: Sequence[Decision]) -> Reading:
        """Return a reading with the board's corrections in it, its rules judged again."""
        submission = reading.submission
        if submission is None:
            return reading
        new = corrected(self._campaign, submission, decisions)
        if new == submission:
            return reading
        return replace(reading, submission=new, outcomes=self._outcomes(new))

    def _outcomes(self, submission: Submission) -> tuple[Outcome, ...]:
        unit = self._campaign.unit(submission.unit)
        form = self._campaign.form(submission.form)
        return form_outcomes(self._campaign, form, submission, unit)


def key_figures(campaign: Campaign) -> frozenset[str]:
    """Return the fields whose change from month to month is told: status, days, figures.

    Lists of people change from plan to conference as a whole and are not told cell by cell.
    """
    named = campaign.roles.figures
    stems = [named[role] for role in KEY_ROLES if role in named]
    return frozenset(
        (campaign.roles.status, *(f"{stem}{end}" for stem in stems for end in ("", "_kh", "_th")))
    )


def _in_order(campaign: Campaign, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return form and board outcomes together in the rule book's order."""
    number_by_rule = {rule.id: number for number, rule in enumerate(campaign.rules)}
    return tuple(sorted(outcomes, key=lambda outcome: number_by_rule[outcome.rule]))


def decided_of(report: UnitReport) -> dict[str, OutcomeKind]:
    """Return how each rule ended for a unit whose report could be used."""
    return {o.rule: o.outcome for o in report.outcomes} if report.is_usable else {}
