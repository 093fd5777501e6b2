"""The report's part I: who has sent a report, who has not, against the month before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tdkt_batch.figures.questions import LONG_SILENT, is_long_silent
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.letters.figures import Block, Figures, Grid, Heading, Text, bodies, n, named
from tdkt_batch.letters.news import never_reported
from tdkt_batch.letters.tables import Column
from tdkt_batch.report import MonthRecord, UnitState
from tdkt_batch.vietnamese.writing import write_moment, write_percent
from tdkt_batch.wording.shared import UNIT_STATES

_STATES = (
    UnitState.ON_TIME, UnitState.LATE, UnitState.EMPTY, UnitState.UNREADABLE, UnitState.MISSING,
)  # fmt: skip
"""From how many months in a row on a unit is named as silent for long."""


def arrivals(figures: Figures) -> Iterator[Block]:
    """Yield the part's blocks."""
    yield Heading(figures.texts.heading_arrivals)
    yield Text(_answer(figures))
    if before := _before(figures):
        yield Text(before)
    yield _by_group(figures)
    yield from _silent(figures)
    yield Text(_to_date(figures))


def _answer(figures: Figures) -> str:
    overall = figures.month.overall
    required, reported = int(overall["required"]), int(overall["reported"])
    counts = "; ".join(
        f"{UNIT_STATES[state].lower()} {n(overall[f'state_{state}'])}"
        for state in _STATES
        if int(overall[f"state_{state}"])
    )
    free = int(overall[f"state_{UnitState.NOT_REQUIRED}"])
    rest = f" Ngoài ra có {n(free)} đơn vị không phải báo cáo kỳ này." if free else ""
    return (
        f"Đến {write_moment(figures.report.received_until)}, {n(reported)}/{n(required)} đơn vị "
        f"({write_percent(reported, required)}) đã có báo cáo tháng "
        f"{figures.report.month.vietnamese} dùng được ({counts}).{rest}"
    )


def _before(figures: Figures) -> str:
    """Say how many had reported for the month before; empty when it was not run."""
    previous = figures.report.previous
    if previous is None:
        return ""
    reported, required = _coverage(previous)
    now = int(figures.month.overall["reported"])
    change = f"tăng {n(now - reported)}" if now > reported else f"giảm {n(reported - now)}"
    change = "không tăng, không giảm" if now == reported else f"{change} đơn vị"
    return (
        f"Tháng {previous.month.vietnamese} có {n(reported)}/{n(required)} đơn vị báo cáo "
        f"({write_percent(reported, required)}); tháng này {change}."
    )


def _coverage(record: MonthRecord) -> tuple[int, int]:
    figures: Mapping[str, int] = record.month_figures
    return figures.get("reported", 0), figures.get("required", 0)


def _by_group(figures: Figures) -> Grid:
    frame = figures.month.by_group
    heads = ("Đúng hạn", "Gửi muộn", "Biểu trống", "Không đọc được", "Chưa gửi")
    columns = (
        Column("Loại đơn vị", 53), Column("Phải gửi", 15, "right"),
        *(Column(head, 15.5, "right") for head in heads), Column("Tỷ lệ có báo cáo", 19.5, "right"),
    )  # fmt: skip
    lines = [(str(group), line_of(frame, group)) for group in frame.index]
    lines.append(("Tổng số", figures.month.overall))
    rows = tuple(
        (
            name, n(line["required"]), *(n(line[f"state_{state}"]) for state in _STATES),
            write_percent(int(line["reported"]), int(line["required"])),
        )
        for name, line in lines
    )  # fmt: skip
    return Grid("Tình hình gửi báo cáo theo loại đơn vị (đơn vị)", columns, rows, total=True)


def _silent(figures: Figures) -> Iterator[Block]:
    for states, words in (
        ((UnitState.MISSING,), "Đơn vị chưa gửi"),
        ((UnitState.EMPTY, UnitState.UNREADABLE), "Đơn vị gửi biểu trống hoặc tệp không đọc được"),
    ):
        units = [one.unit for one in figures.report.units if one.state in states]
        if units:
            yield Text(f"{words} ({n(len(units))}): {named(figures, units)}.")
    never = [one.unit for one in figures.report.units if never_reported(one)]
    if never:
        yield Text(f"Chưa từng có báo cáo dùng được ({n(len(never))}): {named(figures, never)}.")
    long_silent = [
        one.unit for one in figures.report.units if is_long_silent(one) and one.ever_reported
    ]
    if long_silent:
        yield Text(
            f"Đã từng báo cáo nhưng không có báo cáo từ {LONG_SILENT} tháng liền trở lên "
            f"({n(len(long_silent))}): {named(figures, long_silent)}."
        )


def _to_date(figures: Figures) -> str:
    overall = figures.to_date.overall
    reported, expected = int(overall["reported"]), bodies(overall)
    carried = sum(1 for one in figures.report.units if one.latest.carried)
    by_last = (
        f"; trong đó {n(carried)} đơn vị chưa có báo cáo tháng này, lấy theo báo cáo gần nhất"
        if carried
        else ""
    )
    return (
        f"Số liệu đến nay trong báo cáo này tính theo {n(reported)}/{n(expected)} đơn vị "
        f"({write_percent(reported, expected)}{figures.provisional}){by_last}."
    )
