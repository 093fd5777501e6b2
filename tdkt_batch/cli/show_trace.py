"""What ``trace`` says on the terminal: a figure, where it comes from, what became of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import click

from tdkt_batch.model import Decision, Finding, Letter, OutcomeKind
from tdkt_batch.report import UnitReport
from tdkt_batch.trace.history import OtherFile, OtherMonth
from tdkt_batch.trace.month import Looked
from tdkt_batch.trace.uses import Use
from tdkt_batch.trace.value import Origin, ValueTrace
from tdkt_batch.trace.words import (
    NOTHING,
    field_of,
    place_of,
    write_decision,
    write_read,
    write_repair,
    write_scalar,
    write_typed,
)
from tdkt_batch.unit_names.labels import unit_label
from tdkt_batch.vietnamese.writing import write_day, write_moment
from tdkt_batch.wording.shared import (
    ARRIVAL_BASES,
    DECISIONS,
    FILE_STATES,
    FOUND,
    LIVES,
    OUTCOMES,
    SEVERITIES,
    UNIT_STATES,
)

_WIDTH = 100
_LABEL = 22
Lines = Iterator[tuple[str, str]]


def print_value(trace: ValueTrace) -> None:
    """Print all that is known of one figure."""
    for line in _head(trace):
        say(line)
    if trace.origin is not None:
        _section("Giá trị", _value(trace, trace.origin))
        _section("Nguồn", _source(trace.looked, trace.origin))
    if trace.uses:
        _section("Căn cứ rà soát dùng số này", _uses(trace.uses))
    if trace.findings or trace.mended:
        _section("Nội dung cần xem xét", map(_finding, (*trace.findings, *trace.mended)))
    if trace.files:
        other = "khác " if trace.report.is_usable else ""
        _section(f"Tệp {other}của đơn vị trong tháng", map(_other_file, trace.files))
    if trace.months:
        _section("Các tháng khác", map(_other_month, trace.months))
    print_notes(trace.looked)


# --- how the unit stands ------------------------------------------------------------------------


def _head(trace: ValueTrace) -> Iterator[str]:
    looked, report = trace.looked, trace.report
    name = f"{unit_label(report.unit, looked.campaign)} ({report.unit.code})"
    yield f"{name}, tháng {looked.month.vietnamese}: {_standing(report)}"
    label = trace.spot.label
    if trace.spot.row is not None:
        label += f", dòng {trace.spot.row} ({trace.spot.row_name})"
    if trace.origin is None:
        yield f"{label} [{trace.spot.field}]: {_why_nothing(trace)}"
        return
    if trace.counting is not None and trace.counting.carried:
        month = trace.origin.submission.month.vietnamese
        yield (
            f"Không có số của tháng {looked.month.vietnamese}; số đến nay lấy báo cáo gần nhất, "
            f"tháng {month}:"
        )
    yield f"{label} [{trace.spot.field}]: {_counts(trace, trace.origin)}"
    if later := trace.replaced_by:
        yield f"Về sau: số đến nay đã thay bằng báo cáo tháng {later.month.vietnamese}."


def _standing(report: UnitReport) -> str:
    said = UNIT_STATES[report.state].lower()
    if report.excuse is not None:
        said += f" ({write_decision(report.excuse)})"
    if report.silent:
        said += f", đã {report.silent} tháng liền không có báo cáo dùng được"
    return said


def _why_nothing(trace: ValueTrace) -> str:
    if trace.counting is None:
        return "không có số, đơn vị chưa từng có báo cáo dùng được"
    return "báo cáo của đơn vị không có ô này"


def _counts(trace: ValueTrace, origin: Origin) -> str:
    cell = origin.cell
    field = field_of(trace.looked.campaign, origin.form.id, trace.spot.field)
    if cell.correction is not None:
        return write_scalar(cell.counts, field)
    return write_read(cell.read, field)


# --- the value and its source -------------------------------------------------------------------


def _value(trace: ValueTrace, origin: Origin) -> Lines:
    cell, read = origin.cell, origin.cell.read
    field = field_of(trace.looked.campaign, origin.form.id, trace.spot.field)
    yield "Đã ghi trong ô", write_typed(read.raw)
    if read.typed != read.value:
        taken = NOTHING if read.typed is None else write_scalar(read.typed, field)
        yield "Công thức của biểu", f"hiểu là {taken}"
    if read.repair is not None:
        yield "Được hiểu lại", f"{write_read(read, field)}: {write_repair(read.repair)}"
    if read.implied:
        yield "Được hiểu lại", "0: để trống mà các ô cùng khối đã ghi"
    if cell.correction is not None:
        yield (
            "Ban đính chính",
            f"{write_scalar(cell.counts, field)}: {write_decision(cell.correction)}",
        )
    if trace.corrected_since is not None:
        yield "Chú ý", f"Ban {_changed_since(trace.corrected_since)}; sổ của tháng chưa có số này"


def _changed_since(decision: Decision) -> str:
    what = DECISIONS[decision.kind].lower()
    value = f" {write_scalar(decision.value)}" if decision.value is not None else ""
    return f"{what}{value} sau lần tổng hợp này ({write_decision(decision)})"


def _source(looked: Looked, origin: Origin) -> Lines:
    source, cell = origin.arrival.source, origin.cell.read
    yield "Tệp", source.name
    there = "" if origin.arrival.path.exists() else " (không còn ở đó)"
    yield "Lưu tại", f"{origin.arrival.path}{there}"
    yield "SHA-256", source.sha256
    if source.letter is not None:
        yield from _mail(source.letter)
    if source.container:
        yield "Nằm trong", source.container
    basis = ARRIVAL_BASES[source.arrived_by].lower()
    yield "Thời điểm đến", f"{write_moment(source.arrived)} (theo {basis})"
    if source.first_seen is not None:
        yield "Vào sổ tiếp nhận", write_moment(source.first_seen)
    if place := place_of(cell):
        yield "Ô", f"{place} ({FOUND[cell.found]})"
    yield "Mẫu biểu", f"{origin.form.number}, phiên bản {origin.submission.form_version}"
    yield "Bộ căn cứ", f"{looked.campaign.id} ({looked.run.campaign})"
    run = looked.run
    yield "Lần tổng hợp", f"số {run.number}, {write_moment(run.started)}, {run.operator}"


def _mail(letter: Letter) -> Lines:
    sender = f"{letter.sender_name} <{letter.sender}>" if letter.sender_name else letter.sender
    sent = f", gửi {write_moment(letter.sent)}" if letter.sent else ""
    yield "Thư của", f"{sender}{sent}"
    yield "Tiêu đề thư", letter.subject
    yield "Mã thư", letter.message_id


# --- who used it --------------------------------------------------------------------------------


def _uses(uses: Iterable[Use]) -> Lines:
    """Yield each rule with its outcome; those that did not apply together at the end."""
    silent = []
    for use in uses:
        if use.outcome.outcome is OutcomeKind.NOT_APPLICABLE:
            silent.append(use.rule.id)
            continue
        said = OUTCOMES[use.outcome.outcome]
        typed = use.outcome.as_typed
        if typed is not None and typed is not use.outcome.outcome:
            said += f" (theo ô như đã ghi: {OUTCOMES[typed].lower()})"
        yield use.rule.id, f"{said}: {use.rule.title}"
    if silent:
        yield OUTCOMES[OutcomeKind.NOT_APPLICABLE], ", ".join(silent)


def _finding(finding: Finding) -> tuple[str, str]:
    since = ""
    if finding.since is not None and finding.since != finding.month:
        since = f", có từ tháng {finding.since.vietnamese}"
    said = (
        f"{finding.message} [{SEVERITIES[finding.severity]}; {LIVES[finding.life].lower()}{since}]"
    )
    if finding.decision is not None:
        answer = DECISIONS[finding.decision.kind].lower()
        said += f" Ban {answer} giải trình: {write_decision(finding.decision)}."
    return finding.code, said


# --- elsewhere ----------------------------------------------------------------------------------


def _other_file(one: OtherFile) -> tuple[str, str]:
    source = one.record.source
    said = source.name
    if one.cell is not None:
        said += f", ghi {write_read(one.cell.read)} (ô {one.cell.read.cell})"
    reason = one.record.reason or FILE_STATES[one.record.state]
    return f"Đến {write_day(source.arrived.date())}", f"{said}. {reason}"


def _other_month(one: OtherMonth) -> tuple[str, str]:
    said = UNIT_STATES[one.state]
    if one.cell is not None and one.source is not None:
        value = write_scalar(one.cell.counts) if one.cell.correction else write_read(one.cell.read)
        corrected = ", Ban đính chính" if one.cell.correction else ""
        said += f": {value} (ô {one.cell.read.cell}{corrected}; tệp {one.source.name})"
    return f"Tháng {one.month.vietnamese}", said


# --- how it is laid out -------------------------------------------------------------------------


def print_notes(looked: Looked) -> None:
    """Print what the ledger says of itself and of the month's workbook."""
    for note in looked.notes:
        say(f"Chú ý: {note}")


def _section(title: str, lines: Iterable[tuple[str, str]]) -> None:
    click.echo(title)
    for label, text in lines:
        head = f"  {label}: ".ljust(_LABEL)
        click.echo(
            textwrap.fill(
                text, _WIDTH, initial_indent=head, subsequent_indent=" " * _LABEL,
                break_long_words=False, break_on_hyphens=False,
            )
        )  # fmt: skip


def say(text: str) -> None:
    """Print a sentence over as many lines as it takes."""
    click.echo(textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False))
