"""The months before: what each left behind, from the ledger's cache or worked out again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.laws import check_laws
from tdkt_batch.figures.month_figures import MonthFigures, month_figures
from tdkt_batch.ledger.codec import UndecodableError, read_text
from tdkt_batch.ledger.facts import Cached, Issue, Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.program import program_digest
from tdkt_batch.model import Decision, DecisionKind, Month, Source
from tdkt_batch.months.campaign_in_force import Terms, notes_on_outdated, terms_of
from tdkt_batch.months.inputs import (
    Resources,
    last_told,
    read_inputs,
    read_the_unread,
    received_for,
)
from tdkt_batch.months.judge import decided_of, judge, told_held
from tdkt_batch.report import EarlierResult, MonthRecord, MonthReport, ToldHeld

_KIND, _PUBLISHED = "month", "published"
"""What the ledger keeps to save time: a month's record by what it depends on, and by a run's
number the key of the record that it published."""


class EarlierMonths(NamedTuple):
    """The earlier months' records by the key under which the ledger keeps them, in their order.

    Their figures are those that leadership signed, where a month was issued; ``as_run``
    are the records wholly as the last runs published them. ``notes`` say which had to be
    judged under today's text of their campaign.
    """

    records: dict[str, MonthRecord]
    as_run: tuple[MonthRecord, ...]
    notes: tuple[str, ...]


def months_before(month: Month, resources: Resources, today: str = "") -> EarlierMonths:
    """Return the record of each earlier month that was run.

    ``today`` is the folder of the campaign in force now.
    """
    ledger = resources.ledger
    last_runs = {run.month: run for run in ledger.runs() if run.month < month}
    past: dict[str, MonthRecord] = {}
    as_run: list[MonthRecord] = []
    judged: list[tuple[Month, Terms]] = []
    for _, run in sorted(last_runs.items()):
        key = record_key(run, tuple(past), ledger)
        record, terms = _record_of_run(run, key, past, resources, today)
        if terms is not None:
            judged.append((run.month, terms))
        as_run.append(record)
        issue = ledger.last_issue(run.month)
        if issue is not None and issue.run != run.number:
            signed = _signed_record(issue, past, resources)
            key = f"{key}/{issue.number}"
            record = replace(record, amounts=signed.amounts)
        past[key] = record
    return EarlierMonths(past, tuple(as_run), notes_on_outdated(judged))


def issued_month(
    issue: Issue, past: Mapping[str, MonthRecord], resources: Resources
) -> EarlierResult:
    """Return a month's result as leadership signed it; ``past`` are the months before it."""
    ledger = resources.ledger
    record = _signed_record(issue, past, resources)
    return EarlierResult(
        number=issue.number,
        moment=issue.moment,
        record=record,
        files=_files_of(record, ledger),
        decided=decided_since(issue.run, issue.month, ledger),
    )


def keep_as_published(record: MonthRecord, run: Run, key: str, ledger: Ledger) -> None:
    """Lay down what a run published, for later months and for the next run of its own."""
    keep_record(record, key, ledger)
    number = str(run.number)
    ledger.cache([Cached(kind=_PUBLISHED, key=number, value=key, month=record.month)])


def as_published(run: Run, ledger: Ledger) -> EarlierResult | None:
    """Return what a run published; None where the ledger kept it no longer."""
    key = ledger.cached(_PUBLISHED, str(run.number), str)
    record = ledger.cached(_KIND, key, MonthRecord) if key else None
    if record is None:
        return None
    given = {number for one in ledger.runs(as_of=run.number) for number in one.given}
    return EarlierResult(
        number=run.number,
        moment=run.received_until,
        record=record,
        files=_files_of(record, ledger),
        decided=decided_since(run.number, run.month, ledger, with_questions=True),
        known=frozenset(ledger.arrival(number).source.sha256 for number in given),
    )


def _files_of(record: MonthRecord, ledger: Ledger) -> Mapping[str, str]:
    """Return the SHA-256 of the file that counted, by unit."""
    return {unit: ledger.arrival(number).source.sha256 for unit, number in record.used.items()}


def decided_since(
    run: int, month: Month, ledger: Ledger, *, with_questions: bool = False
) -> tuple[Decision, ...]:
    """Return the decisions taken after the run of this number that change its month.

    A corrected figure is carried on from its own month. What the officer answered to the
    program's own questions changes no month: it is left out but ``with_questions``.
    """
    known = len(ledger.decisions(as_of=run))
    return tuple(
        one
        for one in ledger.decisions()[known:]
        if (with_questions or not one.question)
        and (one.holds_in(month) or (one.kind is DecisionKind.CORRECTED and one.month <= month))
    )


def _signed_record(
    issue: Issue, past: Mapping[str, MonthRecord], resources: Resources
) -> MonthRecord:
    """Return what an issued result said: as it is kept, else worked out again."""
    ledger = resources.ledger
    try:
        return read_text(ledger.kept(issue.record).read_bytes(), MonthRecord)
    except (OSError, UndecodableError):
        run = next(one for one in ledger.runs() if one.number == issue.run)
        key = record_key(run, tuple(past), ledger)
        return _record_of_run(run, key, past, resources)[0]


def _record_of_run(
    run: Run, key: str, past: Mapping[str, MonthRecord], resources: Resources, today: str = ""
) -> tuple[MonthRecord, Terms | None]:
    """Return a run's record, and the terms under which it was judged again unless it was kept."""
    ledger = resources.ledger
    record = ledger.cached(_KIND, key, MonthRecord)
    if record is not None:
        return record, None
    report, terms = judged_again(run, past, resources, today)
    received = received_for(run.month, run.received_until, ledger, as_of=run.number)
    figures = figures_of(terms.campaign, report)
    record = record_of(report, terms.campaign, received.number_by_source, figures)
    keep_record(record, key, ledger)
    return record, terms


def judged_again(
    run: Run, past: Mapping[str, MonthRecord], resources: Resources, today: str = ""
) -> tuple[MonthReport, Terms]:
    """Return a month judged as that run did, with its files, its terms, its moment; and these."""
    terms = terms_of(run, resources.ledger, resources.folder, today)
    read_the_unread(terms, resources)
    received = received_for(run.month, run.received_until, resources.ledger, as_of=run.number)
    inputs = read_inputs(received, terms, resources, tuple(past.values()))
    return judge(terms.campaign, inputs), terms


def record_key(run: Run, before: Sequence[str], ledger: Ledger) -> str:
    """Return what a month's record depends on.

    Its last run (files, terms and moment are facts of it), the decisions of its
    time, the months ``before`` it, and the program.
    """
    decisions = [one for one in ledger.decisions() if one.month <= run.month]
    said = repr((run.number, decisions, tuple(before), program_digest()))
    return f"{run.month}/{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def keep_record(record: MonthRecord, key: str, ledger: Ledger) -> None:
    """Lay a month's record down for the months after it."""
    ledger.cache([Cached(kind=_KIND, key=key, value=record, month=record.month)])


def figures_of(campaign: Campaign, report: MonthReport) -> MonthFigures:
    """Return the month's figures, whose laws hold."""
    figures = month_figures(campaign, report)
    check_laws(figures)
    return figures


def record_of(
    report: MonthReport, campaign: Campaign, numbers: Mapping[Source, int], figures: MonthFigures
) -> MonthRecord:
    """Return what later months must know of a month."""
    usable = [unit for unit in report.units if unit.is_usable and unit.submission]
    first_told, stood = _first_told(campaign, report), last_told(campaign, report.past)
    return MonthRecord(
        month=report.month,
        received_until=report.received_until,
        campaign=campaign.digest,
        states={unit.unit.code: unit.state for unit in report.units},
        used={u.unit.code: numbers[u.submission.source] for u in usable if u.submission},
        findings=tuple(f for unit in usable for f in unit.findings),
        decided={unit.unit.code: decided_of(unit) for unit in usable},
        amounts=figures.amounts(),
        told_held={code: one.day for code, one in first_told.items()},
        told_by={code: one.file for code, one in first_told.items()},
        told={
            unit.unit.code: number
            for unit in usable
            if (source := unit.takes_back_from)
            if (number := numbers.get(source, stood.get(unit.unit.code))) is not None
        },
        of_nobody=frozenset(file.source.sha256 for file in report.of_nobody),
    )


def _first_told(campaign: Campaign, report: MonthReport) -> dict[str, ToldHeld]:
    """Return when each unit's conference was first told to be held by what the month knew.

    What came after an earlier month's moment is the latest of who sent nothing since.
    """
    told = {}
    for one in report.units:
        own = one.told_held or told_held(campaign, one.latest.submission)
        if one.latest.is_usable and own is not None:
            told[one.unit.code] = own
    return told
