"""What the overview says in sentences: the answer first, the silent, what is to be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from tdkt_batch.campaign.definition import KindGroup, Level
from tdkt_batch.model import Severity
from tdkt_batch.report import UnitState
from tdkt_batch.statistics import line_of
from tdkt_batch.summary.plan import ARRIVALS, FINDINGS, OVERVIEW, UNITS, Plan
from tdkt_batch.vietnamese import write_day, write_moment, write_number, write_percent
from tdkt_batch.wording import SEVERITIES

NAMES_SHOWN = 8
"""How many units are named in a sentence before it points to the sheet that names all."""
_REQUEST_SHOWN = 170


def leads(plan: Plan) -> list[str]:
    """Return the first lines: conferences held, reports received, who is silent or overdue."""
    until = plan.report.received_until
    lines = [f"Đến {write_moment(until)}:"]
    for level in plan.campaign.levels:
        if level.window.start <= until.date():
            lines += [f"– {_held(plan, group)}" for group in _groups(plan, level)]
        elif groups := list(_groups(plan, level)):
            lines.append(f"– {_not_yet_due(plan, level, groups)}")
    lines.append(f"– {_coverage(plan)}")
    lines += [f"– {line}" for line in (_silent(plan), _overdue(plan)) if line]
    lines.append(f"– {_found(plan)}")
    return lines


def _groups(plan: Plan, level: Level) -> Iterator[KindGroup]:
    return (g for g in level.groups if g.name in plan.statistics.by_group.index)


def _held(plan: Plan, group: KindGroup) -> str:
    """Say how many units of a group have held their conference, and how the others stand."""
    line = line_of(plan.to_date.by_group, group.name)
    expected, held = int(line["expected"]), int(line["stage_held"])
    if not expected:
        return f"{group.name}: không có đơn vị phải báo cáo."
    answer = (
        f"{_n(held)}/{_n(expected)} {lowered(group.name)} ({write_percent(held, expected)}) "
        "đã tổ chức Hội nghị"
    )
    rest = expected - held
    return f"{answer}; còn {_n(rest)} đơn vị: {_stages(line)}." if rest else f"{answer}."


def _stages(line: pd.Series[Any]) -> str:
    silent = int(line["expected"]) - int(line["reported"])
    stages = [int(line[f"stage_{one}"]) for one in ("none", "planned", "held", "cancelled")]
    counts = (
        (stages[1], "đã có kế hoạch"),
        (stages[0], "chưa có kế hoạch"),
        (stages[3], "không tổ chức"),
        (int(line["reported"]) - sum(stages), "chưa ghi tình trạng"),
        (silent, "chưa rõ vì chưa có báo cáo"),
    )
    return ", ".join(f"{_n(count)} {words}" for count, words in counts if count)


def _not_yet_due(plan: Plan, level: Level, groups: Sequence[KindGroup]) -> str:
    lines = [line_of(plan.to_date.by_group, group.name) for group in groups]
    required, planned, held = (
        sum(int(line[one]) for line in lines) for one in ("expected", "stage_planned", "stage_held")
    )
    window = f"từ {write_day(level.window.start)} đến {write_day(level.window.end)}"
    return (
        f"{level.name} (tổ chức {window}): {_n(planned + held)}/{_n(required)} đơn vị "
        f"({write_percent(planned + held, required)}) đã có kế hoạch, {_n(held)} đơn vị đã tổ chức."
    )


def _coverage(plan: Plan) -> str:
    overall = plan.statistics.overall
    required, reported = int(overall["required"]), int(overall["reported"])
    late = int(overall["state_late"])
    return (
        f"Đã nhận báo cáo dùng được của {_n(reported)}/{_n(required)} đơn vị "
        f"({write_percent(reported, required)}), trong đó {_n(late)} đơn vị gửi muộn."
    )


def _silent(plan: Plan) -> str:
    units = plan.statistics.units
    silent = units[units["state"] == UnitState.MISSING]
    unusable = units[units["state"].isin([UnitState.EMPTY, UnitState.UNREADABLE])]
    parts = []
    if len(silent):
        parts.append(f"Chưa gửi báo cáo ({_n(len(silent))}): {names(plan, silent, ARRIVALS)}.")
    if len(unusable):
        names_ = names(plan, unusable, ARRIVALS)
        parts.append(f"Biểu trống hoặc không đọc được ({_n(len(unusable))}): {names_}.")
    return " ".join(parts)


def _overdue(plan: Plan) -> str:
    units = plan.statistics.units
    overdue, past = units[units["overdue"] == 1], units[units["past_plan"] == 1]
    if len(overdue):
        return (
            f"Quá thời gian quy định mà chưa tổ chức ({_n(len(overdue))}): "
            f"{names(plan, overdue, UNITS)}."
        )
    if len(past):
        return (
            f"Đã qua ngày dự kiến mà chưa báo đã tổ chức ({_n(len(past))}): "
            f"{names(plan, past, UNITS)}."
        )
    return (
        "Trong các đơn vị đã báo cáo, không có đơn vị nào quá thời gian quy định mà chưa tổ chức."
    )


def _found(plan: Plan) -> str:
    overall, units = plan.statistics.overall, plan.statistics.units
    texts = []
    for severity in (Severity.VIOLATION, Severity.WARNING):
        count, affected = int(overall[severity]), int((units[severity] > 0).sum())
        where = f" ở {_n(affected)} đơn vị" if count else ""
        texts.append(f"{_n(count)} nội dung {lowered(SEVERITIES[severity])}{where}")
    texts.append(f"{_n(int(overall[Severity.NOTICE]))} lưu ý")
    texts.append(f"{_n(int(overall['unknown']))} lượt rà soát chưa đủ số liệu")
    texts.append(f"{_n(int(overall[Severity.READING]))} lỗi số liệu")
    return f"Rà soát theo Hướng dẫn: {'; '.join(texts)}."


def names(plan: Plan, units: pd.DataFrame, where: str) -> str:
    """Return the units' names; a long list says how many more there are and where to find them."""
    repeated = Counter(plan.statistics.units["name"])
    all_names = [
        f"{line['name']} ({line['parent_name']})"
        if repeated[line["name"]] > 1 and line["parent_name"]
        else str(line["name"])
        for _, line in units.iterrows()
    ]
    shown = all_names if len(all_names) <= NAMES_SHOWN + 1 else all_names[:NAMES_SHOWN]
    text = ", ".join(shown)
    more = len(all_names) - len(shown)
    return f"{text} và {_n(more)} đơn vị khác, xem “{where}”" if more else text


def lowered(text: str) -> str:
    """Return a name as it stands within a sentence.

    >>> lowered("Xã, phường, thị trấn")
    'xã, phường, thị trấn'
    """
    return text[:1].lower() + text[1:]


def _n(value: int) -> str:
    return write_number(value)


# --- requests and decisions -----------------------------------------------------------------


def requests(plan: Plan, most: int) -> list[str]:
    """Return the units' requests, the first ``most``, and where all of them stand in full."""
    units = plan.statistics.units
    asked = units[units["requests"] != ""]
    if asked.empty:
        return ["Các đơn vị đã báo cáo không nêu vướng mắc, kiến nghị."]
    lines = []
    for _, line in asked.head(most).iterrows():
        text = " ".join(str(line["requests"]).split())
        if len(text) > _REQUEST_SHOWN:
            text = text[:_REQUEST_SHOWN].rsplit(" ", 1)[0] + " …"
        lines.append(f"– {line['name']}: {text}")
    more = len(asked) - len(lines)
    also = f"Còn {_n(more)} đơn vị khác; toàn văn" if more else "Toàn văn"
    lines.append(f"{also} ở trang sau của “{OVERVIEW}”.")
    return lines


def decisions(plan: Plan) -> list[str]:
    """Return what leadership is asked to decide, from what the month shows."""
    overall, units = plan.statistics.overall, plan.statistics.units
    asked: list[str] = []
    without = int(overall["required"]) - int(overall["reported"])
    if without:
        asked.append(
            f"Đôn đốc {_n(without)} đơn vị chưa có báo cáo dùng được "
            f"(danh sách, điện thoại: “{ARRIVALS}”)."
        )
    if overdue := int(overall["overdue"]):
        asked.append(
            f"Xử lý {_n(overdue)} đơn vị quá thời gian quy định mà chưa tổ chức Hội nghị "
            f"(“{UNITS}”)."
        )
    elif past := int(overall["past_plan"]):
        asked.append(
            f"Nhắc {_n(past)} đơn vị đã qua ngày dự kiến mà chưa báo đã tổ chức Hội nghị "
            f"(“{UNITS}”)."
        )
    if wrong := int((units[Severity.VIOLATION] > 0).sum()):
        asked.append(
            f"Yêu cầu {_n(wrong)} đơn vị có nội dung chưa đúng Hướng dẫn hoàn thiện "
            f"hoặc giải trình (“{FINDINGS}”)."
        )
    if cancelled := int(overall["stage_cancelled"]):
        asked.append(
            f"Cho ý kiến về {_n(cancelled)} đơn vị báo không tổ chức Hội nghị (“{UNITS}”)."
        )
    asked = asked or ["Không có."]
    if len(asked) == 1:
        return asked
    return [f"{number}. {text}" for number, text in enumerate(asked, start=1)]
