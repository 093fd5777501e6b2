"""The monthly run as a table of contents: from what was sent to the consolidated workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_batch import quarantine
from tdkt_batch.across import board_outcomes
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.errors import ConservationError, InputError
from tdkt_batch.intake.choose import Chosen, choose
from tdkt_batch.intake.guard import Reading, read_all
from tdkt_batch.intake.sources import Attachment, gather
from tdkt_batch.intake.states import unit_states
from tdkt_batch.manifest import manifest_of, write_manifest
from tdkt_batch.model import Container, Month, Outcome, Unit
from tdkt_batch.publish import publish, staging_in, unpacking_room
from tdkt_batch.report import FileRecord, FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.statistics import summarise
from tdkt_batch.summary.workbook import write_workbook

Progress = Callable[[int, int], None]
"""Is told how many of how many files are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRequest:
    """What the operator asks for.

    ``received_until`` bounds what counts; without it all that is given counts.
    """

    paths: tuple[Path, ...]
    month: Month
    campaign: str = DEFAULT
    register: Path | None = None
    received_until: datetime | None = None
    out: Path = Path("output")
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthResult:
    """What came of it, and where it stands; ``quarantine`` is None when nothing is kept there."""

    report: MonthReport
    manifest: Mapping[str, Any]
    workbook: Path
    manifest_file: Path
    quarantine: Path | None


def run_month(
    request: MonthRequest, on_progress: Progress = lambda _done, _of: None
) -> MonthResult:
    """Run a month from files to the published workbook and manifest.

    Raises a ``TdktError`` when it cannot be done; what stood in the output folder
    then still stands.
    """
    campaign = load_campaign(request.campaign, request.register)
    with unpacking_room() as spool:
        gathered = gather(request.paths, spool, request.workers)
        readings = _read(request, gathered.attachments, on_progress)
        chosen = choose(readings, campaign, request.month, request.received_until)
        received_until = request.received_until or _latest_arrival(chosen.records)
        report = _report(campaign, request.month, received_until, chosen, gathered.containers)
        check_sums(report, gathered.attachments, campaign)
        _refuse_to_replace_by_nothing(request, report)
        return _publish(request, campaign, report, gathered.attachments)


def _refuse_to_replace_by_nothing(request: MonthRequest, report: MonthReport) -> None:
    """Raise ``InputError`` when no report of the month was found but one stands: a wrong folder."""
    standing = request.out / str(request.month) / f"tong-hop-{request.month}.xlsx"
    if standing.exists() and not any(unit.submission for unit in report.units):
        raise InputError(
            f"{standing}: không ghi đè, vì trong những gì đã cho không có báo cáo nào của tháng "
            f"{request.month.vietnamese} dùng được; hãy kiểm tra đường dẫn và tháng"
        )


def _read(
    request: MonthRequest, attachments: Sequence[Attachment], on_progress: Progress
) -> tuple[Reading, ...]:
    done: list[object] = []

    def tell(source: object) -> None:
        done.append(source)
        on_progress(len(done), len(attachments))

    return read_all(attachments, request.campaign, request.register, request.workers, tell)


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


def _report(
    campaign: Campaign,
    month: Month,
    received_until: datetime,
    chosen: Chosen,
    containers: tuple[Container, ...],
) -> MonthReport:
    submissions = {c: r.submission for c, r in chosen.readings.items() if r.submission}
    states = unit_states(campaign, month, chosen.records, submissions, chosen.arrivals)
    board = board_outcomes(campaign, month, submissions, chosen.arrivals)
    units = tuple(
        _unit_report(campaign, unit, states[unit.code], chosen, board.get(unit.code, ()))
        for unit in campaign.units_in(month)
    )
    return MonthReport(
        month=month,
        received_until=received_until,
        files=chosen.records,
        units=units,
        containers=containers,
    )


def _unit_report(
    campaign: Campaign, unit: Unit, state: UnitState, chosen: Chosen, board: tuple[Outcome, ...]
) -> UnitReport:
    reading = chosen.readings.get(unit.code)
    if reading is None or reading.submission is None:
        return UnitReport(unit=unit, state=state)
    outcomes = _in_order(campaign, (*reading.outcomes, *board))
    return UnitReport(
        unit=unit,
        state=state,
        submission=reading.submission,
        outcomes=outcomes,
        findings=findings_of(campaign, unit, reading.submission, outcomes),
        received=reading.source.arrived,
    )


def _in_order(campaign: Campaign, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return form and board outcomes together in the rule book's order."""
    number_by_rule = {rule.id: number for number, rule in enumerate(campaign.rules)}
    return tuple(sorted(outcomes, key=lambda outcome: number_by_rule[outcome.rule]))


# --- both sums --------------------------------------------------------------------------------


def check_sums(report: MonthReport, attachments: Sequence[Attachment], campaign: Campaign) -> None:
    """Raise ``ConservationError`` unless every file and every valid unit is there exactly once."""
    given = sorted((a.source.name, a.source.sha256) for a in attachments)
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


# --- what goes out ----------------------------------------------------------------------------


def _publish(
    request: MonthRequest,
    campaign: Campaign,
    report: MonthReport,
    attachments: Sequence[Attachment],
) -> MonthResult:
    """Write everything beside its target and move it into place, the manifest last."""
    folder = request.out / str(request.month)
    workbook = f"tong-hop-{request.month}.xlsx"
    manifest_file = f"bang-ke-{request.month}.json"
    findings = [finding for unit in report.units for finding in unit.findings]
    with staging_in(folder) as staging:
        content = write_workbook(campaign, report, summarise(campaign, report))
        (staging / workbook).write_bytes(content)
        contents = {a.source: a.read for a in attachments}
        quarantine.keep_quarantined(report.files, contents, staging / quarantine.FOLDER)
        manifest = manifest_of(report, findings, campaign, [staging / workbook])
        write_manifest(manifest, staging / manifest_file)
        publish(staging, folder, (quarantine.FOLDER, workbook, manifest_file))
    kept = folder / quarantine.FOLDER
    return MonthResult(
        report=report,
        manifest=manifest,
        workbook=folder / workbook,
        manifest_file=folder / manifest_file,
        quarantine=kept if kept.exists() else None,
    )
