"""The report's part III: what the review found, its life, the rules and units with most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tdkt_batch.figures.findings import common_faults, title_of
from tdkt_batch.figures.unit_figures import standing_findings
from tdkt_batch.letters.figures import Block, Figures, Grid, Heading, Text, n
from tdkt_batch.letters.tables import Column
from tdkt_batch.letters.words import lowered, one_line
from tdkt_batch.model import Finding, Life, Severity
from tdkt_batch.wording.shared import LIVES, SEVERITIES

_MOST_UNITS, _MOST_RULES = 10, 15
_SEVERAL = 2
"""A unit with fewer findings does not stand out."""
_GRAVE = (Severity.VIOLATION, Severity.WARNING)
_LIVES = (Life.NEW, Life.OPEN, Life.REOPENED)


def findings(figures: Figures) -> Iterator[Block]:
    """Yield the part's blocks."""
    yield Heading(figures.texts.heading_findings)
    standing = [f for one in figures.report.units for f in standing_findings(one)]
    if not standing and not any(one.findings or one.gone for one in figures.report.units):
        yield Text(figures.texts.no_findings)
        return
    yield Text(_answer(figures, standing))
    yield _lives(figures, standing)
    if rules := _rules(figures, standing):
        yield rules
    if common := common_faults(figures.report):
        said = "; ".join(
            f"{_titled(figures, one.code)} ({n(one.units)}/{n(one.of)} đơn vị)" for one in common
        )
        yield Text(
            f"Sai sót phổ biến: {said}; nên sửa biểu mẫu, hướng dẫn ghi biểu hơn là nhắc từng "
            "đơn vị."
        )
    if units := _units(figures):
        yield units


def _answer(figures: Figures, standing: list[Finding]) -> str:
    parts = []
    for severity in (*_GRAVE, Severity.READING, Severity.NOTICE):
        own = [one for one in standing if one.severity is severity]
        if own:
            units = len({one.unit for one in own})
            what = "nội dung " if severity in _GRAVE else ""
            parts.append(f"{n(len(own))} {what}{lowered(SEVERITIES[severity])} ở {n(units)} đơn vị")
    if unknown := int(figures.month.overall["unknown"]):
        parts.append(f"{n(unknown)} lượt rà soát chưa đủ số liệu")
    waived = sum(1 for one in _all(figures) if one.life is Life.WAIVED)
    if waived:
        parts.append(f"{n(waived)} nội dung đã chấp nhận giải trình (không tính ở trên)")
    text = "; ".join(parts) or "không còn nội dung nào chưa xử lý"
    return f"Qua rà soát báo cáo tháng {figures.report.month.vietnamese}: {text}."


def _all(figures: Figures) -> Iterator[Finding]:
    for one in figures.report.units:
        yield from one.findings


def _lives(figures: Figures, standing: list[Finding]) -> Grid:
    """Return how what was found stands against the months before."""
    before = figures.report.previous
    columns = (
        Column("Mức độ", 45), *(Column(LIVES[life], 14, "right") for life in _LIVES),
        Column("Tổng số", 16, "right"), Column("Tháng trước", 18, "right"),
        Column("Đã khắc phục", 20, "right"), Column("Chấp nhận giải trình", 24, "right"),
    )  # fmt: skip
    gone = [one for unit in figures.report.units for one in unit.gone]
    waived = [one for one in _all(figures) if one.life is Life.WAIVED]
    last = [f for f in before.findings if f.life is not Life.WAIVED] if before else []
    rows = tuple(
        (
            SEVERITIES[severity],
            *(n(_count(standing, severity, life)) for life in _LIVES),
            n(_count(standing, severity)),
            n(_count(last, severity)) if before else "–",
            n(_count(gone, severity)),
            n(_count(waived, severity)),
        )
        for severity in SEVERITIES
    )
    return Grid("Diễn biến của nội dung rà soát (số nội dung)", columns, rows)


def _count(findings: list[Finding], severity: Severity, life: Life | None = None) -> int:
    return sum(1 for f in findings if f.severity is severity and life in (None, f.life))


def _rules(figures: Figures, standing: list[Finding]) -> Grid | None:
    """Return what was found by rule, the most frequent first."""
    grave = [one for one in standing if one.severity in _GRAVE]
    columns = (
        Column("STT", 12, "center"), Column("Nội dung rà soát", 66), Column("Căn cứ", 24),
        Column("Chưa đúng", 15, "right"), Column("Giải trình", 15, "right"),
        Column("Đơn vị", 14, "right"), Column("Khắc phục", 19, "right"),
    )  # fmt: skip
    gone = Counter(one.code for unit in figures.report.units for one in unit.gone)
    rows = []
    counted = sorted(Counter(one.code for one in grave).items(), key=lambda c: (-c[1], c[0]))
    for number, (code, _) in enumerate(counted[:_MOST_RULES], start=1):
        own = [one for one in grave if one.code == code]
        rows.append((
            str(number), f"{_titled(figures, code)} [{code}]", one_line(own[0].clause),
            *(n(_count(own, severity)) for severity in _GRAVE),
            n(len({one.unit for one in own})), n(gone[code]),
        ))  # fmt: skip
    if not rows:
        return None
    more = f", {len(rows)} nội dung nhiều nhất trong {len(counted)}" * (len(counted) > len(rows))
    return Grid(f"Theo nội dung rà soát (số lượt{more})", columns, tuple(rows))


def _titled(figures: Figures, code: str) -> str:
    return one_line(title_of(figures.campaign, code))


def _units(figures: Figures) -> Grid | None:
    """Return the units with several findings, the most first; None where no unit has."""
    columns = (
        Column("STT", 12, "center"), Column("Đơn vị", 50), Column("Trực thuộc", 35),
        Column("Chưa đúng", 16, "right"), Column("Giải trình", 16, "right"),
        Column("Lỗi số liệu", 16, "right"), Column("Số tháng lâu nhất", 20, "right"),
    )  # fmt: skip
    severities = (*_GRAVE, Severity.READING)
    ranked = []
    for one in figures.report.units:
        own = list(standing_findings(one))
        counts = [_count(own, severity) for severity in severities]
        if sum(counts) >= _SEVERAL:
            longest = max(f.months_open for f in own)
            ranked.append((tuple(-count for count in counts), one.unit, longest))
    ranked.sort(key=lambda entry: entry[0])
    rows = tuple(
        (
            str(number), one_line(unit.name),
            one_line(str(figures.month.lines[unit.code]["parent_name"])),
            *(n(-count) for count in counts), n(longest),
        )
        for number, (counts, unit, longest) in enumerate(ranked[:_MOST_UNITS], start=1)
    )  # fmt: skip
    if not rows:
        return None
    name = f"Đơn vị có nhiều nội dung nhất ({len(rows)} trong {n(len(ranked))} đơn vị)"
    return Grid(name, columns, rows)
