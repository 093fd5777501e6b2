"""What a month's run writes, all of it beside its place, and moves there together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tdkt_batch import __version__
from tdkt_batch.control.listing import Listing
from tdkt_batch.control.tasks import OfficersDay, ToDo, officers_day, tasks_of
from tdkt_batch.control.write import write_control
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.officer_questions import OfficerQuestion
from tdkt_batch.figures.questions_for_officer import before_publishing, questions_for_officer
from tdkt_batch.ledger.facts import Run, Sending
from tdkt_batch.letters.notices import Enclosures, written_to
from tdkt_batch.letters.outgoing import outgoing_of
from tdkt_batch.letters.write import letters_from
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.months.board_decisions import CONTROL, why_left_as_is
from tdkt_batch.months.earlier_months import (
    as_published,
    issued_month,
    keep_as_published,
    record_key,
    record_of,
)
from tdkt_batch.months.request import MonthRequest, MonthResult, Progress, Step, silent
from tdkt_batch.months.returns import KeptReturn, ReturnFolders, write_returns
from tdkt_batch.months.standing import (
    JudgedMonth,
    month_result,
    result_key,
    result_names,
)
from tdkt_batch.outputs import quarantine
from tdkt_batch.outputs.manifest import manifest_of, write_manifest
from tdkt_batch.outputs.publish import move_sealed, require_writable, seal, staging_in
from tdkt_batch.report import EarlierResult, MonthReport
from tdkt_batch.rules.decisions import settled_questions
from tdkt_batch.summary.district_book import district_books
from tdkt_batch.summary.open_data import open_data
from tdkt_batch.summary.workbook import build_workbook
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import months as say

RETURNS = "bieu-gui-lai"
BOOKS = "so-don-vi"
RETURN, LETTER, BOOK = "return", "letter", "book"
"""The kinds of what was made to be sent, as the ledger keeps them."""


def publish_month(
    judged: JudgedMonth,
    figures: MonthFigures,
    request: MonthRequest,
    on_progress: Progress = silent,
) -> MonthResult:
    """Write the month's results and move them into place, the manifest last.

    What leadership signed already is adjusted, but where it is this very result.
    """
    campaign, ledger = judged.terms.campaign, judged.resources.ledger
    key = result_key(judged, request)
    report = replace(judged.report, issued=_issued_otherwise(judged, key))
    names, control = result_names(report.month), judged.control.control
    lost_letters = _lost_letters(request)
    left_as_is = why_left_as_is(judged.control, request, ledger)
    asked = _asked(judged, report, figures)
    listing = Listing(campaign, report, ledger.decisions(), asked, judged.of_files)
    tasks = tasks_of(campaign, report, listing, asked, control.refused)
    day = _officers_day(judged, key, report, tasks)
    pieces = [*names[:3], *([] if left_as_is else [CONTROL]), *names[3:]]
    with staging_in(request.out) as staging:
        folder = staging / str(report.month)
        folder.mkdir()
        book = build_workbook(campaign, report, figures)
        (staging / names.workbook).write_bytes(book.content)
        _lay_out(folder, book.rest)
        for name, lines in zip(
            (names.values, names.figures), open_data(figures, report.month), strict=True
        ):
            with (staging / name).open("wb") as file:
                file.writelines(lines)
        on_progress(Step.CONTROL, 0, 0)
        contents = {one.source: one.read for one in judged.received.arrivals}
        quarantine.keep_quarantined(report.files, contents, staging / names.quarantine)
        if not left_as_is:
            rows = write_control(
                campaign,
                report,
                listing,
                control.notes,
                control.refused,
                day=day,
            )
            (staging / CONTROL).write_bytes(rows)
        sendings: list[Sending] = []
        if request.letters:
            on_progress(Step.RETURNS, 0, 0)
            folders = ReturnFolders(
                *(at / names.letters / RETURNS for at in (request.out, staging))
            )
            returns = write_returns(judged.terms, report, judged.resources, folders, on_progress)
            on_progress(Step.LETTERS, 0, 0)
            own = replace(judged, report=report)
            sendings = _write_letters(own, figures, returns, folders.new, book.content)
        on_progress(Step.PUBLISHING, 0, 0)
        files = sorted(p.relative_to(staging).as_posix() for p in folder.rglob("*") if p.is_file())
        manifest = manifest_of(report, campaign, {name: staging / name for name in files})
        write_manifest(manifest, staging / names.manifest)

        require_writable(request.out, pieces)
        sealed = seal(staging, pieces)
        # from here on its result is the month's
        run = ledger.record_run(_run(judged, request, key, sealed / names.manifest), sendings)
        move_sealed(sealed)
    record = record_of(report, campaign, judged.received.number_by_source, figures)
    keep_as_published(record, run, record_key(run, judged.past, ledger), ledger)
    told = ((), 0) if left_as_is else (asked, len(listing.of_files))
    notes = [*before_publishing(campaign, report, figures, *told)]
    notes += filter(None, (left_as_is, lost_letters, _adjusts(report)))
    return replace(month_result(judged, request, manifest, *notes), day=day)


def _write_letters(
    judged: JudgedMonth,
    figures: MonthFigures,
    returns: Mapping[str, KeptReturn],
    folder: Path,
    workbook: bytes,
) -> list[Sending]:
    """Write small books and letters beside the ``folder`` of the returns; tell what is sent."""
    campaign, report = judged.terms.campaign, judged.report
    sent = [(unit, RETURN, one.name, one.sha256) for unit, one in returns.items()]
    out = outgoing_of(campaign, report, figures)
    to = {hub.unit.code for hub in written_to(out)}
    books = {one.unit.code: one for one in district_books(campaign, report, figures, to)}
    for unit, small in books.items():
        _lay_out(folder.parent / BOOKS, {small.name: small.content})
        sent.append((unit, BOOK, small.name, hashlib.sha256(small.content).hexdigest()))
    enclosures = Enclosures(
        workbook=workbook,
        returns={unit: (one.name, folder / one.name) for unit, one in returns.items()},
        books={unit: (one.name, one.content) for unit, one in books.items()},
    )
    for name, content in letters_from(out, enclosures):
        _lay_out(folder.parent, {name: content})
        sent.append(("", LETTER, name, hashlib.sha256(content).hexdigest()))
    return [Sending(report.month, *one) for one in sent]


def _lost_letters(request: MonthRequest) -> str:
    """Say that letters of an earlier result go, where this one is made without; else nothing."""
    folder = request.out / result_names(request.month).letters
    is_lost = not request.letters and folder.exists()
    return say.LETTERS_REMOVED.format(folder=folder) if is_lost else ""


def _adjusts(report: MonthReport) -> str:
    """Say which issued result this one adjusts, if any."""
    if report.issued is None:
        return ""
    said = {"month": report.month.vietnamese, "day": write_day(report.issued.moment.date())}
    return say.ADJUSTS.format(number=report.issued.number, **said)


def _asked(
    judged: JudgedMonth, report: MonthReport, figures: MonthFigures
) -> tuple[OfficerQuestion, ...]:
    """Return what the officer is asked of the figures, without what was answered for good."""
    settled = settled_questions(judged.resources.ledger.decisions(), report.month)
    return questions_for_officer(judged.terms.campaign, report, figures, settled)


def _officers_day(
    judged: JudgedMonth, key: str, report: MonthReport, tasks: tuple[ToDo, ...]
) -> OfficersDay:
    """Return what is new since the month's last run with another result, and what is to be done.

    ``key`` is that of the result; one that is made once more says the same, but what the
    officer answered to the program's questions, which change no result, is told.
    """
    campaign, ledger = judged.terms.campaign, judged.resources.ledger
    is_answered = any(one.question for one in judged.control.decided)
    runs = [run for run in ledger.runs() if run.month == report.month]
    others = [run for run in runs if is_answered or run.key != key]
    before = as_published(others[-1], ledger) if others else None
    return officers_day(campaign, report, before, tasks, is_first=not others)


def _issued_otherwise(judged: JudgedMonth, key: str) -> EarlierResult | None:
    """Return what leadership signed of the month; None where nothing is, or this very result."""
    ledger, month = judged.resources.ledger, judged.report.month
    issue = ledger.last_issue(month)
    if issue is None or ledger.is_as_issued(month, key):
        return None
    past = dict(zip(judged.past, judged.report.past, strict=True))
    return issued_month(issue, past, judged.resources)


def _lay_out(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _run(judged: JudgedMonth, request: MonthRequest, key: str, manifest: Path) -> Run:
    """Return the run as the ledger keeps it; it gives the number."""
    terms = judged.terms
    return Run(
        number=0,
        month=judged.report.month,
        received_until=judged.report.received_until,
        campaign=terms.campaign.digest,
        package=terms.package,
        register=terms.layers.register_file,
        version=__version__,
        operator=request.operator,
        started=request.now,
        given=tuple(sorted(arrival.number for arrival in judged.given.arrivals)),
        containers=judged.given.containers,
        key=key,
        manifest=hash_of(manifest),
    )
