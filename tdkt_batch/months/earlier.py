"""The months before: what each left behind, from the ledger's cache or worked out again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tdkt_batch.figures.statistics import Statistics, summarise
from tdkt_batch.ledger.facts import Cached, Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.model import Month, Source
from tdkt_batch.months.inputs import Bounds, Desk, pile_of, received_for
from tdkt_batch.months.judge import decided_of, judge
from tdkt_batch.months.readings import program_digest
from tdkt_batch.months.terms import Terms, terms_of
from tdkt_batch.report import MonthRecord, MonthReport

RECORD = "month"


@dataclass(frozen=True, slots=True)
class Past:
    """The months before, in their order, and the keys under which the ledger keeps them."""

    records: tuple[MonthRecord, ...] = ()
    keys: tuple[str, ...] = ()


def months_before(month: Month, desk: Desk) -> Past:
    """Return the record of each earlier month that was run, as its last run published it."""
    last_runs = {run.month: run for run in desk.ledger.runs() if run.month < month}
    past = Past()
    for _, run in sorted(last_runs.items()):
        key = record_key(run, past.keys, desk.ledger)
        record = desk.ledger.cached(RECORD, key, MonthRecord)
        if record is None:
            record = _worked_out(run, desk, past.records)
            keep_record(record, key, desk.ledger)
        past = Past((*past.records, record), (*past.keys, key))
    return past


def keep_record(record: MonthRecord, key: str, ledger: Ledger) -> None:
    """Lay a month's record down for the months after it."""
    ledger.cache([Cached(kind=RECORD, key=key, value=record, month=record.month)])


def record_key(run: Run, before: Sequence[str], ledger: Ledger) -> str:
    """Return what a month's record depends on.

    Its last run (files, terms and moment are facts of it), the decisions of its
    time, the months ``before`` it, and the program.
    """
    decisions = [one for one in ledger.decisions() if one.month <= run.month]
    said = repr((run.number, decisions, tuple(before), program_digest()))
    return f"{run.month}/{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _worked_out(run: Run, desk: Desk, past: tuple[MonthRecord, ...]) -> MonthRecord:
    """Judge a month again as its last run did: its files, its terms, its moment."""
    terms = terms_of(run, desk.ledger, desk.room)
    bounds = Bounds(run.month, run.received_until, as_of=run.number)
    received = received_for(bounds, desk.ledger)
    report = judge(terms.campaign, pile_of(received, terms, desk, past))
    statistics = summarise(terms.campaign, report)
    to_date = summarise(terms.campaign, report.to_date())
    return record_of(report, terms, received.number_by_source, statistics, to_date)


def record_of(
    report: MonthReport,
    terms: Terms,
    numbers: Mapping[Source, int],
    statistics: Statistics,
    to_date: Statistics,
) -> MonthRecord:
    """Return what later months must know of a month."""
    usable = [unit for unit in report.units if unit.is_usable and unit.submission]
    return MonthRecord(
        month=report.month,
        received_until=report.received_until,
        campaign=terms.campaign.digest,
        states={unit.unit.code: unit.state for unit in report.units},
        used={u.unit.code: numbers[u.submission.source] for u in usable if u.submission},
        findings=tuple(f for unit in usable for f in unit.findings),
        decided={unit.unit.code: decided_of(unit) for unit in usable},
        month_figures=statistics.figures(),
        figures_to_date=to_date.figures(),
    )
