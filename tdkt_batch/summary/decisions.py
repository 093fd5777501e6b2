"""What the units ask for, and what only leadership can decide (nội dung xin ý kiến chỉ đạo)."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.report import UnitReport
from tdkt_batch.summary.plan import ARRIVALS, FINDINGS, OVERVIEW, UNITS, Plan
from tdkt_batch.summary.sentences import SHORT, named
from tdkt_batch.vietnamese import write_number

LONG_SILENT = 2
"""From so many months in a row without a report on, leadership is asked to step in."""
_REQUEST_SHOWN = 150
NONE = "Không có."


def requests(plan: Plan, most: int) -> list[str]:
    """Return the units' requests, the first ``most``, and where all of them stand in full."""
    units = plan.statistics.units
    asked = units[units["requests"] != ""]
    if asked.empty:
        return ["Các đơn vị đã báo cáo không nêu vướng mắc, kiến nghị."]
    lines = [
        f"– {line['name']}: {first_words(str(line['requests']), _REQUEST_SHOWN)}"
        for _, line in asked.head(most).iterrows()
    ]
    more = len(asked) - len(lines)
    also = f"Còn {write_number(more)} đơn vị khác; toàn văn" if more else "Toàn văn"
    lines.append(f"{also} ở trang sau của “{OVERVIEW}”.")
    return lines


def first_words(text: str, longest: int) -> str:
    """Return a text on one line, cut at a blank where it is too long.

    >>> first_words("Giao thông khó khăn", 12)
    'Giao thông …'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def decisions(plan: Plan) -> list[str]:
    """Return what leadership is asked to decide; routine work of the board is not among it."""
    asked = [*_cancelled(plan), *_overdue(plan), *_long_silent(plan), *_explained(plan)]
    asked += [*_common(plan), *_requested(plan)]
    if len(asked) < 2:
        return asked or [NONE]
    return [f"{number}. {text}" for number, text in enumerate(asked, start=1)]


def _cancelled(plan: Plan) -> Iterator[str]:
    units = plan.to_date.units
    cancelled = units[units["stage"] == "cancelled"]
    if len(cancelled):
        yield (
            f"{write_number(len(cancelled))} đơn vị báo không tổ chức Hội nghị: "
            f"{named(plan, cancelled, UNITS)}; đồng ý hay yêu cầu tổ chức."
        )


def _overdue(plan: Plan) -> Iterator[str]:
    units = plan.to_date.units
    overdue = units[units["overdue"] == 1]
    if len(overdue):
        yield (
            f"{write_number(len(overdue))} đơn vị quá thời gian quy định chưa tổ chức Hội nghị: "
            f"{named(plan, overdue, UNITS)}; cho lùi thời gian hay phê bình."
        )


def _long_silent(plan: Plan) -> Iterator[str]:
    units = plan.month.units
    codes = [u.unit.code for u in plan.report.units if u.silent >= LONG_SILENT]
    if codes:
        yield (
            f"{write_number(len(codes))} đơn vị từ {LONG_SILENT} tháng liền trở lên không có báo "
            f"cáo: {named(plan, units.loc[codes], ARRIVALS)}; có văn bản phê bình, yêu cầu báo cáo."
        )


def _explained(plan: Plan) -> Iterator[str]:
    """Ask about explanations that the board has not answered."""
    count = sum(_unanswered(unit) for unit in plan.report.units)
    units = sum(_unanswered(unit) > 0 for unit in plan.report.units)
    if count:
        yield (
            f"{write_number(count)} nội dung đã được {write_number(units)} đơn vị giải trình, "
            f"chờ Ban có ý kiến chấp nhận hay không (xem “{FINDINGS}”)."
        )


def _unanswered(unit: UnitReport) -> int:
    return sum(1 for one in unit.findings if one.explanation and one.decision is None)


def _common(plan: Plan) -> Iterator[str]:
    """Point out faults that speak against the form or the guide, not against the units."""
    faults = list(plan.common.values())
    if faults:
        said = "; ".join(
            f"{plan.title_of(one.code)} ({write_number(one.units)}/{write_number(one.of)} đơn vị)"
            for one in faults[:SHORT]
        )
        more = f" và {write_number(len(faults) - SHORT)} nội dung khác" * (len(faults) > SHORT)
        yield (
            f"Sai sót phổ biến, nên sửa biểu mẫu hoặc hướng dẫn chứ không phải từng đơn vị: "
            f"{said}{more}."
        )


def _requested(plan: Plan) -> Iterator[str]:
    asked = int((plan.statistics.units["requests"] != "").sum())
    if asked:
        number = write_number(asked)
        yield f"Trả lời vướng mắc, kiến nghị của {number} đơn vị (toàn văn ở trang sau)."
