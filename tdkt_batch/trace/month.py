"""A month as its last run published it: its files, its terms, its decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.model import Arrival, Decision, Month, Source, Submission
from tdkt_batch.months.campaign_in_force import Terms, notes_on_outdated, terms_of
from tdkt_batch.months.earlier_months import decided_since
from tdkt_batch.months.inputs import (
    MonthInputs,
    Resources,
    read_inputs,
    read_the_unread,
    readings_of,
    received_for,
)
from tdkt_batch.months.judge import judge
from tdkt_batch.months.listing import all_months
from tdkt_batch.months.standing import forgotten_that_stands, standing_of
from tdkt_batch.report import MonthRecord, MonthReport, UnitReport
from tdkt_batch.wording import trace as say


@dataclass(frozen=True, kw_only=True)
class PublishedMonth:
    """A month as its last run published it.

    ``records`` are all months that were run, earlier and later ones, of which
    ``terms_by_package`` holds the terms that were needed. ``since`` are the decisions
    that the board took after that run and that hold in the month: its workbook does
    not know them.
    """

    out: Path
    resources: Resources
    run: Run
    terms_by_package: dict[str, Terms]
    report: MonthReport
    inputs: MonthInputs
    records: tuple[MonthRecord, ...]
    since: tuple[Decision, ...]

    @property
    def campaign(self) -> Campaign:
        """The guidance under which the month was judged."""
        return self.terms_by_package[self.run.package].campaign

    @property
    def month(self) -> Month:
        """The month."""
        return self.run.month

    @property
    def notes(self) -> tuple[str, ...]:
        """What the ledger says of itself, and where the month's results no longer fit it."""
        terms = self.terms_by_package[self.run.package]
        said = [*self.resources.ledger.notes, *notes_on_outdated([(self.month, terms)])]
        if self.since:
            said.append(say.DECIDED_SINCE.format(number=len(self.since)))
        standing = standing_of(self.out, self.run)
        lost = (*standing.changed, *standing.missing)
        if standing.workbook in lost or standing.manifest in lost:
            left_by = forgotten_that_stands(self.out, self.month, self.resources.ledger)
            why = say.OF_FORGOTTEN.format(run=left_by.number) if left_by else say.TAMPERED_WITH
            said.append(say.WORKBOOK_DIFFERS.format(file=standing.workbook, why=why))
        return tuple(said)

    def unit(self, code: str) -> UnitReport:
        """Return how a unit stands in the month; KeyError when it is not in its register."""
        return next(one for one in self.report.units if one.unit.code == code)

    @cached_property
    def arrival_by_source(self) -> Mapping[Source, Arrival]:
        """Every file as the ledger knows it."""
        return {arrival.source: arrival for arrival in self.resources.ledger.arrivals()}

    @cached_property
    def as_read(self) -> Mapping[Source, Submission | None]:
        """What the files of the month and carried ones say, before any correction."""
        readings = (*self.inputs.before.newest.values(), *self.inputs.readings)
        return {reading.source: reading.submission for reading in readings}

    def counted_in(self, record: MonthRecord, code: str) -> Submission | None:
        """Return the report that counted for a unit in a month, as it was read there."""
        number, ledger, terms = record.used.get(code), self.resources.ledger, self.terms_by_package
        if number is None:
            return None
        run = last_run(ledger.runs(), record.month)
        if run.package not in terms:
            terms[run.package] = terms_of(run, ledger, self.resources.folder)
        readings = readings_of([ledger.arrival(number)], terms[run.package], self.resources)
        return readings[number].submission


def published_month(out: Path, month: Month, resources: Resources) -> PublishedMonth:
    """Return the month as its last run published it; ``InputError`` when it was never run."""
    ledger = resources.ledger
    run = last_run(ledger.runs(), month)
    terms = terms_of(run, ledger, resources.folder)
    records = all_months(resources)
    past = tuple(one for one in records if one.month < month)
    read_the_unread(terms, resources)
    received = received_for(month, run.received_until, ledger, as_of=run.number)
    inputs = read_inputs(received, terms, resources, past)
    inputs = replace(inputs, decisions=ledger.decisions(as_of=run.number))
    return PublishedMonth(
        out=out,
        resources=resources,
        run=run,
        terms_by_package={run.package: terms},
        report=judge(terms.campaign, inputs),
        inputs=inputs,
        records=records,
        since=decided_since(run.number, month, ledger),
    )


def last_run(runs: Sequence[Run], month: Month) -> Run:
    """Return the last run of ``month``; ``InputError`` names the months that there are."""
    own = [run for run in runs if run.month == month]
    if own:
        return own[-1]
    known = ", ".join(one.vietnamese for one in sorted({run.month for run in runs}))
    others = say.MONTHS_RUN.format(months=known) if known else ""
    raise InputError(say.NEVER_RUN.format(month=month.vietnamese) + others)
