"""Silence answered before the deadline: drafts to those of whom nothing of a month has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.letters.early_reminders import (
    EarlyReminder,
    early_mails,
    early_reminders,
    silent_units,
)
from tdkt_batch.letters.notices import NO_ADDRESS
from tdkt_batch.months.campaign_in_force import require_units, terms_for
from tdkt_batch.months.earlier_months import months_before
from tdkt_batch.months.inputs import Resources, read_inputs, read_the_unread, received_for
from tdkt_batch.months.judge import judge
from tdkt_batch.months.office_settings import settings_for, to_be_written_to, without_samples_of
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.months.standing import result_names
from tdkt_batch.outputs.publish import finish_interrupted, publish, staging_in, unpacking_folder
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.rules.decisions import is_due

FOLDER = "nhac-truoc-han"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindResult:
    """Who is reminded of a month's report, and where the drafts stand.

    ``report`` is the month as the ledger knows it, ``past`` are those of whom nothing came
    and whose day is over at the ``moment`` that was asked for, ``letters`` where the last run's
    letters to them stand; None where that run urged not all of them.
    """

    report: MonthReport
    moment: datetime
    reminders: tuple[EarlyReminder, ...]
    past: tuple[UnitReport, ...]
    folder: Path
    letters: Path | None
    notes: tuple[str, ...]

    @property
    def without_address(self) -> Path:
        """Where those are listed whose draft has no recipient."""
        return self.folder / NO_ADDRESS


def remind_month(request: MonthRequest) -> RemindResult:
    """Draft the reminders of a month in place of the last ones; none leaves no folder.

    What came is what the ledger knows: by the month's last run, or with another month. Units
    that sent anything, that need not report, or whose day is over get none. Raises a
    ``TdktError`` when it cannot be done; what stood then still stands.
    """
    month, out, moment = request.month, request.out, request.received_until or request.now
    with open_ledger(out, request.operator, request.now) as ledger, unpacking_folder() as folder:
        finish_interrupted(out, {run.manifest for run in ledger.runs()})
        resources = Resources(ledger=ledger, folder=folder, workers=request.workers)
        given = terms_for(
            month,
            request.campaign,
            request.register,
            ledger,
            folder,
            settings=settings_for(request, ledger),
        )
        terms = without_samples_of(given, request)
        require_units(terms, month)
        read_the_unread(terms, resources)
        past = tuple(months_before(month, resources, terms.folder).records.values())
        last_run = ledger.last_run(month)
        until = max(moment, last_run.received_until) if last_run else moment
        inputs = read_inputs(received_for(month, until, ledger), terms, resources, past)
        campaign, report = to_be_written_to(terms.campaign, judge(terms.campaign, inputs))
        awaited, too_late = silent_units(campaign, report, moment)
        reminders = early_reminders(report, awaited)
        name = f"{month}/{FOLDER}"
        with staging_in(out) as staging:
            for file, content in early_mails(campaign, report, reminders, moment.date()):
                (staging / name).mkdir(parents=True, exist_ok=True)
                (staging / name / file).write_bytes(content)
            publish(staging, out, [name])
        letters = out / result_names(month).letters
        told = letters.exists() and _are_urged(last_run, too_late, campaign)
        return RemindResult(
            report=report,
            reminders=reminders,
            moment=moment,
            past=too_late,
            folder=out / name,
            letters=letters if told else None,
            notes=(*ledger.notes, *terms.notes),
        )


def _are_urged(last_run: Run | None, units: Sequence[UnitReport], campaign: Campaign) -> bool:
    """Tell whether a month's last run was late enough to urge all of these units."""
    return last_run is not None and all(
        is_due(campaign, one.unit, last_run.month, one.extension, last_run.received_until)
        for one in units
    )
