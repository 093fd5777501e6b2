"""What ``months`` says on the terminal: the months that were run, a row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from tdkt_batch.cli.terminal import print_table
from tdkt_batch.model import Life
from tdkt_batch.months.listing import MonthLine, Standing
from tdkt_batch.vietnamese.writing import write_number, write_percent
from tdkt_batch.wording.shared import LIVES, SEVERITIES

_HEADS = (
    "Tháng",
    "Số liệu đến",
    "Đã gửi",
    "Cần xem xét",
    "So kỳ trước",
    "Lần chạy cuối",
)
_MOMENT = "%d/%m/%Y\n%H:%M"
_NOTHING = "–"


def print_months(lines: Sequence[MonthLine], notes: Sequence[str]) -> None:
    """Print the months and how many there are."""
    if lines:
        print_table(_HEADS, [_row(line) for line in lines])
    click.echo(_total(lines))
    for line in lines:
        for sentence in (*_lost(line), *_decided(line)):
            click.echo(sentence)
    for note in notes:
        click.echo(f"Chú ý: {note}")


def _row(line: MonthLine) -> tuple[str, ...]:
    return (
        line.month.vietnamese,
        f"{line.received_until:{_MOMENT}}",
        _coverage(line),
        _counts(line.findings, SEVERITIES),
        _counts(line.lives, LIVES),
        _last_run(line),
    )


def _last_run(line: MonthLine) -> str:
    moment, number = f"{line.last.started:{_MOMENT}}", f"lần {write_number(line.runs)}"
    return f"{moment}, {number}\n{line.last.operator}\n{_standing(line.standing)}"


def _coverage(line: MonthLine) -> str:
    reported, required = write_number(line.reported), write_number(line.required)
    share = write_percent(line.reported, line.required)
    provisional = "\ntạm tính" if line.is_provisional else ""
    return f"{reported}/{required}\n({share}){provisional}"


def _counts(counts: Mapping[Any, int], words: Mapping[Any, str]) -> str:
    said = [f"{write_number(counts[k])} {_small(word)}" for k, word in words.items() if counts[k]]
    return "\n".join(said) or _NOTHING


def _small(words: str) -> str:
    return words[0].lower() + words[1:]


def _standing(standing: Standing) -> str:
    if standing.is_whole:
        return "nguyên vẹn"
    return "thiếu tệp" if standing.missing else "tệp đã bị sửa"


def _total(lines: Sequence[MonthLine]) -> str:
    if not lines:
        return "Chưa tổng hợp tháng nào."
    provisional = [line.month.vietnamese for line in lines if line.is_provisional]
    broken = [line.month.vietnamese for line in lines if not line.standing.is_whole]
    first, last = lines[0].month.vietnamese, lines[-1].month.vietnamese
    said = [f"Đã tổng hợp {write_number(len(lines))} tháng, từ {first} đến {last}"]
    if provisional:
        said.append(f"còn tạm tính: {', '.join(provisional)}")
    whole = "kết quả các tháng còn nguyên vẹn"
    said.append(f"kết quả không còn nguyên vẹn: {', '.join(broken)}" if broken else whole)
    return "; ".join(said) + "."


_NAMED = 5


def _lost(line: MonthLine) -> list[str]:
    """Say which files of a month are missing or changed, and what helps."""
    said = []
    standing = line.standing
    for files, what in ((standing.missing, "không còn"), (standing.changed, "đã bị sửa")):
        if files:
            more = f" và {len(files) - _NAMED} tệp khác" if len(files) > _NAMED else ""
            said.append(
                f"Tháng {line.month.vietnamese}: {what} {', '.join(files[:_NAMED])}{more}; "
                f"chạy lại tdkt-batch run --month {line.month} để ghi lại."
            )
    return said


def _decided(line: MonthLine) -> list[str]:
    """Say that the month's workbook does not know all of the board's decisions."""
    if not line.decided:
        return []
    number, month = write_number(len(line.decided)), line.month
    known = "đã tính ở bảng trên nhưng chưa có trong sổ"
    said = f"Tháng {month.vietnamese}: Ban có {number} quyết định sau lần chạy cuối, {known}"
    return [f"{said}; chạy lại tdkt-batch run --month {month}."]


def months_as_json(lines: Sequence[MonthLine]) -> list[dict[str, Any]]:
    """Return what ``months --json`` prints."""
    return [
        {
            "month": str(line.month),
            "received_until": line.received_until.isoformat(timespec="seconds"),
            "runs": line.runs,
            "last_run": {
                "number": line.last.number,
                "operator": line.last.operator,
                "started": line.last.started.isoformat(timespec="seconds"),
                "campaign": line.last.campaign,
            },
            "required": line.required,
            "reported": line.reported,
            "provisional": line.is_provisional,
            "findings": {str(kind): count for kind, count in line.findings.items()},
            "lives": {str(life): line.lives[life] for life in Life},
            "decided_since": len(line.decided),
            "whole": line.standing.is_whole,
            "changed": list(line.standing.changed),
            "missing": list(line.standing.missing),
        }
        for line in lines
    ]
