"""The monthly run as a table of contents: from what was sent to the consolidated workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import ConservationError, InputError
from tdkt_batch.ledger.facts import Arrival, Given
from tdkt_batch.ledger.store import Ledger, open_ledger
from tdkt_batch.model import Decision, Month
from tdkt_batch.months.control import CONTROL, board_answers
from tdkt_batch.months.earlier import months_before
from tdkt_batch.months.inputs import Bounds, Desk, Received, pile_of, received_for
from tdkt_batch.months.judge import judge
from tdkt_batch.months.progress import Progress, Step, silent
from tdkt_batch.months.results import Names, Order, Product, Published, publish_month
from tdkt_batch.months.terms import refuse_unknown_month, require_units, terms_for
from tdkt_batch.outputs.publish import finish_interrupted, unpacking_room
from tdkt_batch.report import FileState, MonthReport
from tdkt_batch.unpack.gather import Gathered, gather
from tdkt_batch.vietnamese.writing import write_moment
from tdkt_batch.wording.shared import RUN_NOTES


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRequest:
    """What the operator asks for.

    ``paths`` may be empty: then the month is made of what the ledger holds of it.
    ``campaign`` and ``register`` are as in the month's last run where not given.
    ``received_until`` bounds what counts; without it all that is given counts.
    ``now`` is the operator's clock, ``operator`` who runs it on which machine;
    both stand in the ledger only.
    """

    paths: tuple[Path, ...]
    month: Month
    now: datetime
    operator: str
    campaign: str | None = None
    register: Path | None = None
    received_until: datetime | None = None
    out: Path = Path("output")
    workers: int = 1
    letters: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthResult:
    """What came of it, and where it stands.

    ``quarantine`` and ``letters`` are None when there is nothing in them.
    ``notes`` are sentences for the operator; ``is_unchanged`` tells that the
    result stood already and nothing was written.
    """

    report: MonthReport
    manifest: Mapping[str, Any]
    workbook: Path
    manifest_file: Path
    control: Path
    quarantine: Path | None
    letters: Path | None
    notes: tuple[str, ...]
    is_unchanged: bool


def run_month(request: MonthRequest, on_progress: Progress = silent) -> MonthResult:
    """Run a month from files to the published workbook, returns, letters and manifest.

    Raises a ``TdktError`` when it cannot be done; what stood in the output folder
    then still stands.
    """
    with _opened(request) as ledger, unpacking_room() as room:
        desk = Desk(ledger=ledger, room=room, workers=request.workers)
        finish_interrupted(request.out, {run.manifest for run in ledger.runs()})
        terms = terms_for(request.month, request.campaign, request.register, ledger, room)
        require_units(terms, request.month)
        answers = board_answers(request.out, terms.campaign, partial(_decided, request, ledger))
        on_progress(Step.UNPACKING, 0, 0)
        gathered = gather(request.paths, room, request.workers)
        given = _admitted(gathered, ledger, request.now)
        received = _received(request, ledger, given, gathered)
        past = months_before(request.month, desk)
        pile = pile_of(received, terms, desk, past.records, on_progress)
        on_progress(Step.JUDGING, 0, 0)
        report = judge(terms.campaign, pile)
        check_sums(report, received.arrivals, terms.campaign)
        _refuse_a_wrong_folder(request, given, report)
        product = Product(
            report=replace(report, notes=answers.notes),
            terms=terms,
            desk=desk,
            past=past,
            received=received,
            given=tuple(sorted(arrival.number for arrival in given)),
            held_by=gathered.containers,
            answers=answers,
        )
        moved = _moment_notes(request, report, ledger)
        published = publish_month(product, _order_of(request), on_progress)
        notes = (*ledger.notes, *terms.notes, *moved, *answers.notes, *published.notes)
    return _result(request, product.report, published, notes)


# --- what the month is made of ----------------------------------------------------------------


def _opened(request: MonthRequest) -> AbstractContextManager[Ledger]:
    return open_ledger(request.out, request.operator, request.now)


def _decided(request: MonthRequest, ledger: Ledger, decisions: Sequence[Decision]) -> None:
    ledger.decide(decisions, request.operator, request.now)


def _admitted(gathered: Gathered, ledger: Ledger, now: datetime) -> tuple[Arrival, ...]:
    """Lay down what was given, before anything of it is opened."""
    given = [Given(a.source, a.path, a.problem, a.detail) for a in gathered.attachments]
    return ledger.admit(given, now)


def _received(
    request: MonthRequest, ledger: Ledger, given: Sequence[Arrival], gathered: Gathered
) -> Received:
    received = received_for(
        Bounds(request.month, _moment(request, ledger)), ledger, given, gathered.containers
    )
    if not received.arrivals and not request.paths and received.until is None:
        raise refuse_unknown_month(request.month)
    return received


def _moment(request: MonthRequest, ledger: Ledger) -> datetime | None:
    """Return the moment up to which files count: as in the last run when nothing new is given."""
    last = ledger.last_run(request.month)
    if request.received_until is None and not request.paths and last:
        return last.received_until
    return request.received_until


def _refuse_a_wrong_folder(
    request: MonthRequest, given: Sequence[Arrival], report: MonthReport
) -> None:
    """Raise ``InputError`` when what was given is not of the month.

    Forms of other months alone make no month; nothing of use does not replace a
    result that stands.
    """
    sources = {arrival.source for arrival in given}
    records = [record for record in report.files if record.source in sources]
    if not request.paths or any(record.month == request.month for record in records):
        return
    others = {record.month for record in records if record.month is not None}
    if others:
        found = ", ".join(month.vietnamese for month in sorted(others))
        raise InputError(
            f"tháng {request.month.vietnamese}: trong những gì đã cho chỉ có biểu của tháng "
            f"{found}; hãy kiểm tra --month và đường dẫn"
        )
    standing = request.out / Names(str(request.month)).workbook
    is_unread = any(record.state is FileState.QUARANTINED for record in records)
    if standing.exists() and not is_unread:
        raise InputError(
            f"{standing}: không ghi đè, vì trong những gì đã cho không có báo cáo nào của tháng "
            f"{request.month.vietnamese} dùng được; hãy kiểm tra đường dẫn và tháng"
        )


def _moment_notes(request: MonthRequest, report: MonthReport, ledger: Ledger) -> tuple[str, ...]:
    """Say so when the figures run to another moment than those of the month's last run."""
    last = ledger.last_run(request.month)
    if last is None or last.received_until == report.received_until:
        return ()
    said = {
        "now": write_moment(report.received_until),
        "before": write_moment(last.received_until),
        "option": f"{last.received_until:%Y-%m-%d %H:%M}",
    }
    return (RUN_NOTES["moment_moved"].format(**said),)


# --- both sums --------------------------------------------------------------------------------


def check_sums(report: MonthReport, arrivals: Sequence[Arrival], campaign: Campaign) -> None:
    """Raise ``ConservationError`` unless every file and every valid unit is there exactly once."""
    given = sorted((a.source.name, a.source.sha256) for a in arrivals)
    recorded = sorted((r.source.name, r.source.sha256) for r in report.files)
    _same("tệp", given, recorded)
    valid = sorted(unit.code for unit in campaign.units_in(report.month))
    reported = sorted(one.unit.code for one in report.units)
    _same("đơn vị", valid, reported)
    used = sorted(r.unit for r in report.files if r.state is FileState.USED)
    counting = sorted(one.unit.code for one in report.units if one.submission)
    _same("báo cáo được dùng", used, counting)


def _same(what: str, expected: Sequence[object], found: Sequence[object]) -> None:
    if expected == found:
        return
    stray = next(iter([x for x in (*expected, *found) if expected.count(x) != found.count(x)]))
    raise ConservationError(
        f"số {what} không khớp: có {len(expected)}, tổng hợp được {len(found)} (ví dụ: {stray}); "
        "kết quả không được ghi, hãy báo người phụ trách chương trình"
    )


# --- what came of it --------------------------------------------------------------------------


def _order_of(request: MonthRequest) -> Order:
    return Order(
        out=request.out, letters=request.letters, operator=request.operator, now=request.now
    )


def _result(
    request: MonthRequest, report: MonthReport, published: Published, notes: tuple[str, ...]
) -> MonthResult:
    names, out = Names(str(request.month)), request.out
    kept, letters = out / names.quarantine, out / names.letters
    return MonthResult(
        report=report,
        manifest=published.manifest,
        workbook=out / names.workbook,
        manifest_file=out / names.manifest,
        control=out / CONTROL,
        quarantine=kept if kept.exists() else None,
        letters=letters if letters.exists() else None,
        notes=notes,
        is_unchanged=published.is_unchanged,
    )
