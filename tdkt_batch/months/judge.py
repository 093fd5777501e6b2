"""What was read of a month → how every file and every unit stands in it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from tdkt_batch.across.checks import BoardInMonth, Known
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Role, Stage
from tdkt_batch.choose.choose import choose
from tdkt_batch.choose.differences import differences
from tdkt_batch.choose.states import Came, hindrances_by_unit, state_of_filled, unit_states
from tdkt_batch.errors import InputError
from tdkt_batch.model import (
    Decision,
    DecisionKind,
    Finding,
    Life,
    Month,
    Outcome,
    OutcomeKind,
    Source,
    Submission,
)
from tdkt_batch.months.inputs import MonthInputs, Received
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileRecord, MonthReport, ToldHeld, UnitReport, UnitState
from tdkt_batch.rules.asked_to_mend import asked_to_mend, cells_asked_about
from tdkt_batch.rules.decisions import (
    answered,
    attributed,
    corrected,
    excuse_of,
    extensions,
    in_force,
    is_due,
    set_aside,
    standing,
)
from tdkt_batch.rules.finding_lives import records_by_unit, with_lives
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.outcomes import form_outcomes, without_settled
from tdkt_batch.rules.submission_scope import SubmissionScope
from tdkt_batch.wording import months as say

KEY_ROLES = (
    Role.TOTAL, Role.EXEMPLARY, Role.ELECTED, Role.STAFF, Role.CONFERENCE_KIND, Role.DATE
)  # fmt: skip
"""The roles of the figures that are compared with the month before."""
HINDERED = (UnitState.AFTER_CUT_OFF, UnitState.UNUSABLE)
"""The states of a unit of which something arrived that is not its report of the month."""
NOTHING_SENT = (UnitState.MISSING, UnitState.NOT_YET_DUE)
"""The states of a unit of which nothing arrived."""
_SETTLES_A_FILE = (DecisionKind.SET_ASIDE, DecisionKind.ATTRIBUTED)
"""What the board says of a file that was of nobody."""


def judge(campaign: Campaign, inputs: MonthInputs) -> MonthReport:
    """Return the month's report, as of the moment that bounds it or of the last arrival.

    The last arrival is that of a form, or of what might have been one, else of any file.
    """
    received, month = inputs.received, inputs.received.month
    units = campaign.units_in(month)
    decisions = in_force(inputs.decisions, month)
    extended = extensions(decisions, month)
    excuses = {unit.code: excuse_of(unit.code, decisions, month) for unit in units}

    # which file counts for each unit, with the board's corrections in it
    aside = set_aside(inputs.decisions, month)
    told = attributed(inputs.decisions, month)
    by_board = {file: unit for file, unit in told.items() if unit in campaign.unit_by_code}
    chosen = choose(inputs.readings, campaign, month, received.until, aside, by_board=by_board)
    moment = inputs.moment
    if moment is None:
        raise InputError(say.EMPTY_FOLDERS)
    readings = {
        code: _corrected(campaign, reading, decisions) for code, reading in chosen.readings.items()
    }

    # how each unit stands, and what the rules between units say
    submissions = {code: r.submission for code, r in readings.items() if r.submission}
    came = Came(
        records=chosen.records,
        submissions=submissions,
        arrivals=chosen.arrivals,
        moment=moment,
        excused={code for code, excuse in excuses.items() if excuse},
        extended=extended,
    )
    states = unit_states(campaign, month, came)
    hindered = hindrances_by_unit(chosen.records)
    known = Known(
        received=submissions,
        arrivals=chosen.arrivals,
        before=as_corrected(campaign, inputs.before.newest, inputs.decisions),
        published=as_corrected(campaign, inputs.before.published, inputs.decisions),
        between=_all_in_force(campaign, inputs.before.replaced, inputs.decisions),
        replaced=_all_in_force(campaign, chosen.replaced, inputs.decisions),
        older=_all_in_force(campaign, inputs.before.older, inputs.decisions),
        empty={code for code, state in states.items() if state is UnitState.EMPTY},
        to_mend=_to_mend(campaign, inputs, submissions, chosen.replaced),
        first_told=_first_told(campaign, inputs),
        excused=came.excused,
        extended=extended,
        awaited={code for code, one in states.items() if one is UnitState.NOT_YET_DUE},
        unusable={code: hindered[code] for code, one in states.items() if one in HINDERED},
        until=_cut_off(received, moment),
    )
    in_month = BoardInMonth(campaign, month, known)
    board, allotments = in_month.outcomes(), in_month.allotments()
    told_otherwise = in_month.told_otherwise()
    rule_number = {rule.id: number for number, rule in enumerate(campaign.rules)}

    # each unit's findings, and what the months before say of it
    past_of_unit = records_by_unit(inputs.past)
    ago = _ago(inputs, chosen.records)
    reports = []
    for registered in units:
        code, allotment = registered.code, allotments.get(registered.code)
        unit = replace(registered, allotment=allotment.number) if allotment else registered
        hindrance = hindered.get(code) if states[code] in HINDERED else None
        report = UnitReport(
            unit=unit,
            state=states[code],
            allotment=allotment,
            hindrance=hindrance,
            excuse=excuses[code],
            extension=extended.get(code),
        )
        if submission := submissions.get(code):
            reading = readings[code]
            outcomes = without_settled(campaign, (*reading.outcomes, *board.get(code, ())))
            report = replace(
                report,
                submission=submission,
                outcomes=tuple(sorted(outcomes, key=lambda one: rule_number[one.rule])),
                received=reading.source.arrived,
                takes_back_from=told_otherwise.get(code),
                told_held=told_held(campaign, *known.replaced.get(code, ()), submission),
            )
            findings = findings_of(campaign, unit, submission, report.outcomes)
            if report.is_usable:
                before = past_of_unit.get(code, ())
                lived = with_lives(month, findings, decided_of(report), before, code)
                findings, report = lived.findings, replace(report, gone=lived.gone)
            report = replace(report, findings=answered(findings, submission, decisions, month))
        reports.append(_with_past(campaign, report, inputs, ago, in_month.taken_back(code)))
    return MonthReport(
        month=month,
        received_until=moment,
        files=chosen.records,
        units=tuple(reports),
        containers=received.containers,
        past=inputs.past,
    )


def _cut_off(received: Received, moment: datetime) -> date:
    """Return the day after which nothing can have been done that was reported.

    Without a bound it is that of the last arrival, unless that lies before the
    month itself: then the clock of a PC stood still.
    """
    last = moment.date()
    return last if last >= received.month.first_day else received.month.last_day


def as_corrected(
    campaign: Campaign, readings: Mapping[str, Reading], decisions: Sequence[Decision]
) -> dict[str, Submission]:
    """Return each unit's report of an earlier month, as the board corrected it."""
    return {
        code: submission
        for code, reading in readings.items()
        for submission in _in_force(campaign, (reading,), decisions)
    }


def _all_in_force(
    campaign: Campaign, readings: Mapping[str, Sequence[Reading]], decisions: Sequence[Decision]
) -> dict[str, tuple[Submission, ...]]:
    """Return, by unit, its reports that could be read, each as the board corrected it."""
    return {code: _in_force(campaign, own, decisions) for code, own in readings.items()}


def _in_force(
    campaign: Campaign, readings: Iterable[Reading], decisions: Sequence[Decision]
) -> tuple[Submission, ...]:
    """Return the reports of earlier months that could be read, each as the board corrected it."""
    found = []
    for reading in readings:
        if reading.submission is not None:
            own = in_force(decisions, reading.submission.month)
            found.append(_corrected(campaign, reading, own).submission)
    return tuple(one for one in found if one is not None)


def _first_told(campaign: Campaign, inputs: MonthInputs) -> dict[str, date]:
    """Return, by unit code, when a report before the month first said that it had been held.

    A file that the board does not use told nothing.
    """
    aside = set_aside(inputs.decisions, inputs.received.month)
    told: dict[str, date] = {}
    for record in inputs.past:
        for code, day in record.told_held.items():
            if record.told_by.get(code) not in aside:
                told[code] = min(day, told.get(code, day))
    for code, reading in inputs.before.newest.items():
        if found := told_held(campaign, reading.submission):
            told[code] = min(found.day, told.get(code, found.day))
    return told


def told_held(campaign: Campaign, *submissions: Submission | None) -> ToldHeld | None:
    """Return when the first of some forms said that its conference was held, None if none does.

    It is the day of its covering letter, or the arrival if that is earlier; one that tells
    of a day still to come then tells nothing.
    """
    roles = campaign.roles
    told = []
    for one in submissions:
        if one is None:
            continue
        scope = SubmissionScope.of(campaign.form(one.form), one, campaign.unit(one.unit))
        letter, held_on = (
            scope.value(roles.figures[role]) if role in roles.figures else None
            for role in (Role.DOCUMENT_DATE, Role.DATE)
        )
        arrived = one.source.arrived.date()
        day = min(letter, arrived) if isinstance(letter, date) else arrived
        is_to_come = isinstance(held_on, date) and held_on > day
        if roles.stage_of(scope.value(roles.status)) is Stage.HELD and not is_to_come:
            told.append(ToldHeld(day, one.source.sha256))
    return min(told, default=None)


def _to_mend(
    campaign: Campaign,
    inputs: MonthInputs,
    received: Container[str],
    replaced: Mapping[str, Sequence[Reading]],
) -> dict[Source, frozenset[str]]:
    """Return the cells that units were asked to write anew in what they told before, by the file.

    Of who sent nothing in the month nothing is compared with its last report. What the board
    accepted, then or since, is asked no more. Whom the officer asked about
    figures of a month was asked about all of them: the question's words are not kept by cell.
    A question about a file asks for no figure.
    """
    before, asked = inputs.before, dict[Source, frozenset[str]]()
    decisions: dict[str, list[Decision]] = {}
    for decision in standing(inputs.decisions):
        decisions.setdefault(decision.unit, []).append(decision)
    newest = (one for code, one in before.newest.items() if code in received)
    several = chain(*before.replaced.values(), *replaced.values())
    for one in (*newest, *before.published.values(), *several):
        if one.submission is None:
            continue
        own = decisions.get(one.submission.unit, ())
        reading = _corrected(campaign, one, in_force(own, one.submission.month))
        if (submission := reading.submission) is None:
            continue
        unit = campaign.unit(submission.unit)
        found = findings_of(campaign, unit, submission, reading.outcomes)
        for month in (submission.month, inputs.received.month):
            answers = answered(found, submission, own, month)
            found = tuple(one for one in answers if one.life is not Life.WAIVED)
        asked[submission.source] = asked_to_mend(campaign, submission, unit, found)
        if any(
            decision.kind is DecisionKind.ASKED and not decision.file
            for decision in own
            if decision.month == submission.month
        ):
            asked[submission.source] |= cells_asked_about(campaign, submission)
    return asked


def _corrected(campaign: Campaign, reading: Reading, decisions: Sequence[Decision]) -> Reading:
    """Return a reading with the board's corrections in it, its rules judged again."""
    submission = reading.submission
    if submission is None:
        return reading
    new = corrected(campaign, submission, decisions)
    if new == submission:
        return reading
    unit, form = campaign.unit(new.unit), campaign.form(new.form)
    return replace(reading, submission=new, outcomes=form_outcomes(campaign, form, new, unit))


@dataclass(frozen=True, slots=True)
class _Ago:
    """What is known of the months before, for all units at once.

    ``found`` are the findings of each unit in each month, ``sent`` the units and months of
    which a form has come by now: a month whose report came later was not silent.
    ``extended`` are the units with a later day, by month. ``unclear`` are the months of which
    a file is still of nobody.
    """

    found: Mapping[tuple[Month, str], Sequence[Finding]]
    sent: Container[tuple[str, Month]]
    extended: Mapping[Month, Mapping[str, Decision]]
    unclear: Container[Month]


def _ago(inputs: MonthInputs, files: Sequence[FileRecord]) -> _Ago:
    found: dict[tuple[Month, str], list[Finding]] = {}
    for record in inputs.past:
        for finding in record.findings:
            found.setdefault((record.month, finding.unit), []).append(finding)
    sent = {(file.unit, file.month) for file in files if file.month} | inputs.before.sent
    months = {inputs.received.month, *(month for _, month in sent)}
    months |= {record.month for record in inputs.past}
    decisions = inputs.decisions
    extended = {m: extensions(in_force(decisions, m), m) for m in months}
    # in whichever month the board told of a file: it is that of nobody no more
    told = {one.file for one in standing(decisions) if one.kind in _SETTLES_A_FILE}
    unclear = {record.month for record in inputs.past if record.of_nobody - told}
    if any(file.is_of_nobody for file in files):
        unclear.add(inputs.received.month)
    return _Ago(found, sent, extended, unclear)


def _with_past(
    campaign: Campaign,
    report: UnitReport,
    inputs: MonthInputs,
    ago: _Ago,
    taken_back: Sequence[Outcome],
) -> UnitReport:
    """Return the report with its last one, what changed since, and how long it was silent.

    ``taken_back`` is how what its last one takes back is judged, where no result was made
    with it.
    """
    earlier, code = _earlier_report(campaign, report, inputs, ago, taken_back), report.unit.code
    before = ((one.month, one.states.get(code)) for one in reversed(inputs.past))
    silent = perhaps_sent = 0
    for month, state in ((inputs.received.month, report.state), *before):
        extension = ago.extended[month].get(code)
        is_owed = inputs.moment is None or is_due(
            campaign, report.unit, month, extension, inputs.moment
        )
        if state is UnitState.NOT_REQUIRED or not is_owed:
            continue
        # whose day was still to come when an earlier month was made has not sent it since
        if state not in NOTHING_SENT or (code, month) in ago.sent:
            break
        silent += 1
        # a row that an unclear month breaks is certain up to that month alone
        perhaps_sent += bool(perhaps_sent) or month in ago.unclear
    report = replace(report, earlier=earlier, silent=silent, perhaps_sent=perhaps_sent)
    older = earlier.submission if earlier else None
    if older is None or report.submission is None or not report.is_usable:
        return report
    changes, fields = differences(campaign, older, report.submission), key_figures(campaign)
    return replace(report, changes=tuple(one for one in changes if one.field in fields))


def _earlier_report(
    campaign: Campaign,
    report: UnitReport,
    inputs: MonthInputs,
    ago: _Ago,
    taken_back: Sequence[Outcome],
) -> UnitReport | None:
    """Return the unit's last filled report of the months before, as it was answered then.

    One that its own month was not made with is judged here by its form's rules, and by
    what it takes back.
    """
    unit, before = report.unit, inputs.before
    reading = before.newest.get(unit.code)
    if reading is None or reading.submission is None:
        return None
    month = reading.submission.month
    record = next((one for one in inputs.past if one.month == month), None)
    reading = _corrected(campaign, reading, in_force(inputs.decisions, month))
    submission = reading.submission
    if submission is None:
        return None
    if record and unit.code in before.as_made:
        # what the board corrected or answered, then or since: a figure that it confirmed is added
        mended = {one.rule for one in reading.outcomes if one.outcome is not OutcomeKind.FAIL}
        as_found = tuple(
            replace(one, life=Life.OPEN) if one.life is Life.WAIVED else one
            for one in ago.found.get((month, unit.code), ())
            if one.code not in mended
        )
    else:
        as_found = findings_of(campaign, unit, submission, (*reading.outcomes, *taken_back))
    for answered_in in (inputs.received.month, month):
        again = answered(as_found, submission, inputs.decisions, answered_in)
        as_found = tuple(
            old if old.life is Life.WAIVED else new
            for old, new in zip(as_found, again, strict=True)
        )
    arrived = reading.source.arrived
    extension = ago.extended[month].get(unit.code)
    states = record.states if record else {}
    return UnitReport(
        unit=unit,
        state=states.get(unit.code) or state_of_filled(campaign, unit, month, arrived, extension),
        allotment=report.allotment,
        submission=submission,
        outcomes=reading.outcomes,
        findings=as_found,
        received=arrived,
    )


def key_figures(campaign: Campaign) -> frozenset[str]:
    """Return the fields whose change from month to month is told: status, days, figures.

    Lists of people change from plan to conference as a whole and are not told cell by cell.
    """
    roles = campaign.roles
    return frozenset((roles.status, *(name for role in KEY_ROLES for name in roles.names(role))))


def decided_of(report: UnitReport) -> Mapping[str, OutcomeKind]:
    """Return how each rule ended for a unit; what another stands for is not mended."""
    return {
        one.rule: OutcomeKind.UNKNOWN if one.is_settled else one.outcome for one in report.outcomes
    }
