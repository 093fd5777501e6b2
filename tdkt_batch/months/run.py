"""The monthly run as a table of contents: from what was sent to the consolidated workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import ConservationError, InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.machine.cluster import workplace_at
from tdkt_batch.model import Arrival
from tdkt_batch.months.board_decisions import set_aside_as_asked, take_decisions
from tdkt_batch.months.campaign_in_force import require_units, terms_for
from tdkt_batch.months.earlier_months import figures_of, months_before
from tdkt_batch.months.file_questions import notes_on_files, open_file_questions
from tdkt_batch.months.inputs import (
    Resources,
    forms_known,
    read_inputs,
    read_the_unread,
    received_for,
)
from tdkt_batch.months.judge import judge
from tdkt_batch.months.office_settings import (
    notes_on_settings,
    settings_for,
    without_samples_of,
    without_unit_samples,
)
from tdkt_batch.months.request import MonthRequest, MonthResult, Progress, Step, silent
from tdkt_batch.months.standing import JudgedMonth, result_names, standing_result
from tdkt_batch.outputs.publish import finish_interrupted, unpacking_folder
from tdkt_batch.report import FileState, MonthReport, UnitState
from tdkt_batch.unpack.gather import Gathered, gather
from tdkt_batch.unpack.several_forms import FormsAsked
from tdkt_batch.vietnamese.writing import write_moment, write_number
from tdkt_batch.wording import months as say


def run_month(request: MonthRequest, on_progress: Progress = silent) -> MonthResult:
    """Run a month from files to the published workbook, returns, letters and manifest.

    Raises a ``TdktError`` when it cannot be done; what stood in the output folder
    then still stands.
    """
    month, operator = request.month, request.operator
    with (
        workplace_at(request.cluster) as workplace,
        open_ledger(request.out, operator, request.now) as ledger,
        unpacking_folder() as folder,
    ):
        resources = Resources(
            ledger=ledger, folder=folder, workers=request.workers, workplace=workplace
        )
        finish_interrupted(request.out, {run.manifest for run in ledger.runs()})
        last_run = ledger.last_run(month)

        # the guidance and the register, and what the board decided meanwhile
        given_terms = terms_for(
            month,
            request.campaign,
            request.register,
            ledger,
            folder,
            settings=settings_for(request, ledger),
            with_samples=request.keeps_samples,
        )
        terms = without_samples_of(given_terms, request)
        require_units(terms, month)
        control = take_decisions(request, terms.campaign, ledger)

        # unpack what was sent, and enter it in the ledger before any of it is opened
        on_progress(Step.UNPACKING, 0, 0)
        forms = FormsAsked.of(terms.campaign, terms.folder, terms.overlay)
        known = forms_known(terms, ledger)
        gathered = gather(request.paths, folder, request.workers, forms, known)
        given = replace(gathered, arrivals=ledger.admit(gathered.arrivals, request.now))
        set_aside_as_asked(request, ledger)

        # read all that concerns the month
        until = request.received_until
        if until is None and not request.paths and last_run:
            until = last_run.received_until
        read_the_unread(terms, resources)
        received = received_for(month, until, ledger, given=given)
        if not received.arrivals and not request.paths and until is None:
            raise InputError(say.NOTHING_OF_MONTH.format(month=month.vietnamese))
        past, _, notes_on_past = months_before(month, resources, terms.folder)
        inputs = read_inputs(received, terms, resources, tuple(past.values()), on_progress)

        # choose one report a unit, and judge it alone, across units and across months
        on_progress(Step.JUDGING, 0, 0)
        report = judge(terms.campaign, inputs)
        check_sums(report, received.arrivals, terms.campaign)
        _refuse_a_wrong_folder(request, given, report)

        # figures, workbook, returns, letters, manifest; nothing when all of it stands already
        judged = JudgedMonth(
            report=replace(report, notes=control.control.notes),
            terms=terms,
            resources=resources,
            past=tuple(past),
            received=received,
            given=given,
            control=control,
            of_files=open_file_questions(report, ledger),
        )
        judged = without_unit_samples(judged, request)
        result = standing_result(judged, request)
        if result is None:
            from tdkt_batch.months.results import publish_month

            on_progress(Step.WORKBOOK, 0, 0)
            figures = figures_of(judged.terms.campaign, judged.report)
            result = publish_month(judged, figures, request, on_progress)
        of_files = notes_on_files(judged.of_files, terms.campaign)
        said = (*notes_on_past, *of_files, *_moment_moved(report, last_run))
        if until is None:
            said = (*said, *_not_yet_due(report))
        own = () if request.keeps_samples else notes_on_settings(given_terms.campaign, request)
        notes = (*ledger.notes, *terms.notes, *said, *control.control.notes, *result.notes, *own)
    return replace(result, notes=notes)


def check_sums(report: MonthReport, arrivals: Sequence[Arrival], campaign: Campaign) -> None:
    """Raise ``ConservationError`` unless every file and every valid unit is there exactly once."""
    sums: dict[str, tuple[list[Any], list[Any]]] = {
        "files": (
            sorted((a.source.name, a.source.sha256) for a in arrivals),
            sorted((r.source.name, r.source.sha256) for r in report.files),
        ),
        "units": (
            sorted(unit.code for unit in campaign.units_in(report.month)),
            sorted(one.unit.code for one in report.units),
        ),
        "used": (
            sorted(r.unit for r in report.files if r.state is FileState.USED),
            sorted(one.unit.code for one in report.units if one.submission),
        ),
    }
    for what, (expected, found) in sums.items():
        if expected != found:
            both = (*expected, *found)
            stray = next(one for one in both if expected.count(one) != found.count(one))
            numbers = {"expected": len(expected), "found": len(found), "stray": stray}
            raise ConservationError(say.SUMS_DIFFER.format(what=say.SUMMED[what], **numbers))


def _refuse_a_wrong_folder(request: MonthRequest, given: Gathered, report: MonthReport) -> None:
    """Raise ``InputError`` when what was given is not of the month.

    Forms of other months alone make no month; files that are no forms do not replace a
    result that stands, unless a mail brought them.
    """
    sources = {arrival.source for arrival in given.arrivals}
    records = [record for record in report.files if record.source in sources]
    if not request.paths or any(record.month == request.month for record in records):
        return
    month = request.month.vietnamese
    if others := {record.month for record in records if record.month is not None}:
        found = ", ".join(other.vietnamese for other in sorted(others))
        raise InputError(say.OTHER_MONTHS_ONLY.format(month=month, found=found))
    standing = request.out / result_names(request.month).workbook
    was_sent = any(r.state is FileState.QUARANTINED or r.source.letter for r in records)
    if standing.exists() and not was_sent:
        raise InputError(say.NOTHING_OF_USE.format(workbook=standing, month=month))


def _moment_moved(report: MonthReport, last_run: Run | None) -> tuple[str, ...]:
    """Say so when the figures run to another moment than those of the month's last run."""
    if last_run is None or last_run.received_until == report.received_until:
        return ()
    said = {
        "now": write_moment(report.received_until),
        "before": write_moment(last_run.received_until),
        "option": f"{last_run.received_until:%Y-%m-%d %H:%M}",
    }
    return (say.MOMENT_MOVED.format(**said),)


def _not_yet_due(report: MonthReport) -> Iterator[str]:
    """Say how many silent units are left in peace because of the last arrival's moment alone."""
    if number := sum(one.state is UnitState.NOT_YET_DUE for one in report.units):
        moment = write_moment(report.received_until)
        yield say.NOT_YET_DUE.format(moment=moment, number=write_number(number))
