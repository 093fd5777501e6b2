"""What the units ask for, and what only leadership can decide (nội dung xin ý kiến chỉ đạo)."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.figures.questions import Topic, questions
from tdkt_batch.summary.plan import ARRIVALS, FINDINGS, OVERVIEW, UNITS, Plan
from tdkt_batch.vietnamese.writing import write_number

_REQUEST_SHOWN = 150
NONE = "Không có."
_WHERE: Mapping[Topic, str] = {
    Topic.CANCELLED: f"xem “{UNITS}”",
    Topic.OVERDUE: f"xem “{UNITS}”",
    Topic.SILENT: f"xem “{ARRIVALS}”",
    Topic.EXPLAINED: f"xem “{FINDINGS}”",
    Topic.COMMON: f"xem “{FINDINGS}”",
    Topic.REQUESTS: "toàn văn ở trang sau",
}
"""Where in the workbook there is more on a question."""


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
    """Return what leadership is asked to decide, and where in the workbook more of it stands."""
    found = questions(plan.campaign, plan.report, plan.month.lines, plan.to_date.lines)
    asked = [one.sentence(_WHERE) for one in found]
    if len(asked) < 2:
        return asked or [NONE]
    return [f"{number}. {text}" for number, text in enumerate(asked, start=1)]
