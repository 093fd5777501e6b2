"""What each command says on the terminal when it is done, in Vietnamese."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.cli.terminal import print_table
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.model import Finding, Life, OutcomeKind
from tdkt_batch.report import FileState
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording.shared import FILE_STATES, LIVES, OUTCOMES, REPAIRS, SEVERITIES, UNIT_STATES

if TYPE_CHECKING:  # what these modules import is not wanted by every command
    from tdkt_batch.months.check import Checked
    from tdkt_batch.months.run import MonthResult
    from tdkt_batch.rules.rulebook import RuleBookEntry

_WIDTH = 100


def print_run(result: MonthResult) -> None:
    """Print the closing table and where the workbook is."""
    manifest = result.manifest
    rows = [
        *_section("Tệp nhận được", manifest["attachments"], FILE_STATES),
        *_section("Đơn vị", manifest["units"], UNIT_STATES),
        *_section("Nội dung cần xem xét", manifest["findings"], SEVERITIES),
    ]
    rows += [
        (f"  trong đó: {LIVES[life].lower()}", write_number(manifest["lives"][life]))
        for life in (Life.NEW, Life.OPEN, Life.REOPENED)
    ]
    rows += [
        (LIVES[life], write_number(count))
        for life in (Life.WAIVED, Life.FIXED)
        if (count := manifest["lives"][life])
    ]
    unknown = manifest["outcomes"][OutcomeKind.UNKNOWN]
    rows.append((OUTCOMES[OutcomeKind.UNKNOWN], write_number(unknown)))
    if errors := manifest["outcomes"][OutcomeKind.ERROR]:
        rows.append((OUTCOMES[OutcomeKind.ERROR], write_number(errors)))
    print_table((f"Tháng {result.report.month.vietnamese}", "Số lượng"), rows)
    _warn_of_strays(manifest["attachments"])
    if result.is_unchanged:
        click.echo("Không có gì mới từ lần chạy trước: giữ nguyên kết quả đã có.")
    for label, place in (
        ("Sổ tổng hợp", result.workbook),
        ("Bảng kê", result.manifest_file),
        ("Biểu gửi lại, thông báo, báo cáo", result.letters),
        ("Tệp chưa xử lý được, kèm lý do", result.quarantine),
        ("Sổ quyết định của Ban", result.control),
    ):
        if place is not None and place.exists():
            click.echo(f"{label}: {place}")
    for note in result.notes:
        click.echo(f"Chú ý: {note}")


def _warn_of_strays(files: Mapping[str, int]) -> None:
    """Say so when more forms lie outside the month than in it: a wrong month or copied files."""
    strays = files[FileState.OTHER_MONTH]
    if strays > files[FileState.USED]:
        click.echo(
            f"Chú ý: {write_number(strays)} biểu nằm ngoài kỳ này (của tháng khác, hoặc nhận sau "
            "thời điểm chốt): kiểm tra --month và --received-until. Tệp chép lại sau ngày chốt "
            "mang ngày mới; nên lưu nguyên cả thư để giữ ngày gửi."
        )


def _section(
    title: str, counts: Mapping[str, int], words: Mapping[Any, str]
) -> Iterable[tuple[str, str]]:
    yield title, write_number(counts.get("total", sum(counts.values())))
    for kind, word in words.items():
        yield f"  {word}", write_number(counts[kind])


def run_as_json(result: MonthResult) -> dict[str, Any]:
    """Return what ``run --json`` prints: the manifest, and where the files are."""
    return {
        "workbook": str(result.workbook),
        "manifest": str(result.manifest_file),
        "letters": str(result.letters) if result.letters else None,
        "control": str(result.control),
        "unchanged": result.is_unchanged,
        "notes": list(result.notes),
        **result.manifest,
    }


def print_demo(inputs: Path, truth: Path) -> None:
    """Say what the sample is and where it lies."""
    click.echo(f"Báo cáo mẫu các đơn vị gửi về (số liệu giả định): {inputs}")
    click.echo(f"Các lỗi đã cài sẵn để thử chương trình:           {truth}")


def print_templates(files: Sequence[Path], folder: Path) -> None:
    """Say which forms were written."""
    for path in files[:10]:
        click.echo(path)
    if len(files) > 10:
        click.echo(f"… và {write_number(len(files) - 10)} biểu khác")
    click.echo(f"Đã ghi {write_number(len(files))} biểu vào {folder}.")


# --- check ------------------------------------------------------------------------------------


def print_checked(forms: Iterable[Checked], campaign: Campaign) -> None:
    """Print, form by form, what would be found."""
    for form in forms:
        click.echo(f"{form.file}")
        if form.submission is None:
            click.echo(f"  {FILE_STATES[form.state]}: {form.reason}")
            continue
        name = form.unit.name if form.unit else form.submission.unit
        click.echo(f"  {name}, tháng {form.submission.month.vietnamese}: {_verdict(form)}")
        for finding in form.findings:
            _print_finding(finding, form.submission.explanations.get(finding.code, ""))
        _print_unknown(form, campaign)
        _print_repairs(form, campaign)


def _verdict(form: Checked) -> str:
    counts = {
        words: sum(f.severity is kind for f in form.findings) for kind, words in SEVERITIES.items()
    }
    counts[OUTCOMES[OutcomeKind.UNKNOWN]] = len(form.unknown)
    found = [f"{write_number(count)} {words}" for words, count in counts.items() if count]
    return ", ".join(found) or "không có nội dung cần xem xét (chưa gồm căn cứ Ban đối chiếu)"


def _print_finding(finding: Finding, explanation: str) -> None:
    _print_item(f"[{SEVERITIES[finding.severity]}] {finding.message} ({finding.code})")
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else ""
    clause = f"mục {finding.clause}" if finding.clause else ""
    for label, text in (
        ("Ô", place),
        ("Đã ghi", finding.given),
        ("Yêu cầu", finding.expected),
        ("Cần làm", finding.remedy),
        ("Giải trình", explanation),
        ("Căn cứ", clause),
    ):
        if text:
            _print_item(f"{label}: {text}", indent=6)


def _print_unknown(form: Checked, campaign: Campaign) -> None:
    if form.submission is None:
        return
    label = campaign.form(form.submission.form).label
    for outcome in form.unknown:
        missing = ", ".join(f"“{label(name)}”" for name in outcome.missing)
        title = campaign.rule(outcome.rule).title
        _print_item(f"[{OUTCOMES[OutcomeKind.UNKNOWN]}] {title} ({outcome.rule}): thiếu {missing}")


def _print_repairs(form: Checked, campaign: Campaign) -> None:
    """Print which cells count otherwise than they were typed."""
    if form.submission is None:
        return
    label = campaign.form(form.submission.form).label
    repaired = [(v, v.repair.rule) for v in form.submission.repaired_cells if v.repair]
    if repaired:
        click.echo(f"  Đã hiểu lại {write_number(len(repaired))} ô:")
    for value, rule in repaired:
        given, counts = quoted_raw(value.raw), quoted_raw(value.value)
        place = f"{value.sheet}!{value.cell}"
        _print_item(
            f"“{label(value.field)}” ({place}): “{given}” → {counts}. {REPAIRS[rule]} ({rule})"
        )


def _print_item(text: str, indent: int = 4) -> None:
    first, rest = " " * (indent - 2) + "- ", " " * indent
    if indent > 4:
        first = rest
    click.echo(textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest))


# --- rules ------------------------------------------------------------------------------------


def print_rules(entries: Sequence[RuleBookEntry], campaign: Campaign) -> None:
    """Print the rule book in words."""
    from tdkt_batch.rules.rulebook import labelled

    for entry in entries:
        click.echo(f"{entry.id}. {entry.title}")
        for label, text in labelled(entry, campaign.document.citation):
            _print_item(f"{label}: {text}", indent=6)
        click.echo()
