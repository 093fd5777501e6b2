"""The report's parts IV and V: what units ask for, and what leadership is asked to decide."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.letters.figures import Block, Figures, Heading, Text, n
from tdkt_batch.letters.report_findings import common_codes
from tdkt_batch.letters.words import one_line, shown
from tdkt_batch.model import Severity
from tdkt_batch.unit_figures import standing_findings

_LONGEST = 1_500
_MOST = 80
"""How many units' requests the report repeats before it points to the workbook."""


def requests(figures: Figures) -> Iterator[Block]:
    """Yield part IV: each unit's difficulties and requests in its own words."""
    yield Heading("IV. KHÓ KHĂN, VƯỚNG MẮC, KIẾN NGHỊ CỦA ĐƠN VỊ")
    asked = _asked(figures)
    if not asked:
        yield Text("Các đơn vị đã báo cáo không nêu khó khăn, vướng mắc, kiến nghị.")
    for name, text in asked[:_MOST]:
        yield Text(f"- {name}: {text}")
    if len(asked) > _MOST:
        yield Text(f"Còn {n(len(asked) - _MOST)} đơn vị khác, xem {figures.where}.")


def _asked(figures: Figures) -> list[tuple[str, str]]:
    asked = []
    for one in figures.report.units:
        line = figures.month.lines[one.unit.code]
        if text := shown(str(line["requests"] or ""), _LONGEST, figures.where):
            parent = one_line(str(line["parent_name"]))
            name = one_line(one.unit.name)
            asked.append((f"{name}, {parent[:1].lower()}{parent[1:]}" if parent else name, text))
    return asked


def decisions_part(figures: Figures) -> Iterator[Block]:
    """Yield part V."""
    yield Heading("V. ĐỀ XUẤT, KIẾN NGHỊ")
    asked = decisions(figures)
    if not asked:
        yield Text("Không có nội dung phải xin ý kiến chỉ đạo.")
        return
    board, over = figures.campaign.board.name, figures.campaign.board.reports_to
    yield Text(f"{board} kính đề nghị {over} xem xét, cho ý kiến chỉ đạo các nội dung sau:")
    for number, text in enumerate(asked, start=1):
        yield Text(f"{number}. {text}")


def decisions(figures: Figures) -> list[str]:
    """Return what only leadership can decide, from what the month shows."""
    overall, to_date = figures.month.overall, figures.to_date.overall
    return [text for text in (
        _silent(int(overall["required"]) - int(overall["reported"])),
        _late(int(to_date["overdue"]), int(to_date["past_plan"])),
        _wrong(figures),
        _cancelled(int(to_date["stage_cancelled"])),
        _explained(figures),
        _common(figures),
        _requested(figures),
    ) if text]  # fmt: skip


def _silent(units: int) -> str:
    return units and (
        f"Chỉ đạo Ủy ban nhân dân các huyện, thành phố, thủ trưởng các cơ quan, đơn vị đôn đốc "
        f"{n(units)} đơn vị chưa có báo cáo dùng được (mục I)."
    ) or ""


def _late(overdue: int, past: int) -> str:
    if overdue:
        return (
            f"Cho ý kiến xử lý {n(overdue)} đơn vị quá thời gian quy định mà chưa tổ chức "
            "Hội nghị (mục II.1)."
        )
    return past and (
        f"Nhắc {n(past)} đơn vị đã qua ngày dự kiến mà chưa báo đã tổ chức Hội nghị (mục II.1)."
    ) or ""


def _wrong(figures: Figures) -> str:
    units = sum(
        1
        for one in figures.report.units
        if any(f.severity is Severity.VIOLATION for f in standing_findings(one))
    )
    return units and (
        f"Yêu cầu {n(units)} đơn vị có nội dung chưa đúng Hướng dẫn hoàn thiện hoặc giải trình "
        "(mục III)."
    ) or ""


def _cancelled(units: int) -> str:
    return units and f"Cho ý kiến về {n(units)} đơn vị báo không tổ chức Hội nghị (mục II.1)." or ""


def _explained(figures: Figures) -> str:
    waiting = sum(
        1
        for one in figures.report.units
        for f in standing_findings(one)
        if one_line(f.explanation) and f.decision is None
    )
    return waiting and f"Xem xét {n(waiting)} giải trình của đơn vị đang chờ ý kiến." or ""


def _common(figures: Figures) -> str:
    codes = common_codes(figures)
    return codes and (
        f"Cho phép sửa biểu mẫu, hướng dẫn ghi biểu đối với {n(len(codes))} sai sót phổ biến "
        "(mục III)."
    ) or ""


def _requested(figures: Figures) -> str:
    asked = len(_asked(figures))
    return asked and f"Xem xét kiến nghị của {n(asked)} đơn vị (mục IV)." or ""
