"""What the overview says first, in the sentences that an office writes.

How many conferences are held and who is left, whose report is missing, who is
overdue, what the review found and where most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from tdkt_batch.campaign.definition import KindGroup, Level
from tdkt_batch.figures.findings import all_found
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.model import Life, Severity
from tdkt_batch.summary.plan import ARRIVALS, UNITS, Plan
from tdkt_batch.vietnamese.writing import write_day, write_number, write_percent
from tdkt_batch.wording.shared import SEVERITIES

MOST_NAMES = 12
"""How many units are named in a sentence; more are counted by district."""
MOST_PLACES = 10
"""How many districts and departments are counted in a sentence."""
SHORT = 4
"""How many units are named where they are but examples."""


def leads(plan: Plan) -> list[str]:
    """Return the first paragraphs: conferences, reports, the overdue, what was found."""
    until = plan.report.received_until
    held = list(_conferences(plan))
    if held:
        held[0] = f"Đến ngày {until.day}/{until.month}/{until.year}, {lowered(held[0])}"
    rest = (_silent(plan), _overdue(plan), _past_plan(plan), _found(plan))
    return [f"– {text}" for text in (*held, *rest) if text]


# --- conferences ------------------------------------------------------------------------------


def _conferences(plan: Plan) -> Iterator[str]:
    until = plan.report.received_until.date()
    for level in plan.campaign.levels:
        groups = [g for g in level.groups if g.name in plan.to_date.by_group.index]
        if level.window.start <= until:
            yield from (_held(plan, group) for group in groups)
        elif groups:
            yield _not_yet_due(plan, level, groups)


def _held(plan: Plan, group: KindGroup) -> str:
    """Say how many units of a group have held their conference, and which have not."""
    line = line_of(plan.to_date.by_group, group.name)
    expected, held = int(line["expected"]), int(line["stage_held"])
    if not expected:
        return f"{group.name}: không có đơn vị phải báo cáo."
    answer = (
        f"{_n(held)}/{_n(expected)} {lowered(group.name)} ({write_percent(held, expected)}) "
        f"đã tổ chức Hội nghị{_growth(plan, group, held)}"
    )
    if held == expected:
        return f"{answer}."
    units = plan.to_date.units
    mine = (units["group"] == group.name) & (units["expected"] == 1) & (units["stage"] != "held")
    stages = f" ({_stages(line)})"
    return f"{answer}; còn {_n(expected - held)} đơn vị{stages}{_who(plan, units[mine], UNITS)}."


def _growth(plan: Plan, group: KindGroup, held: int) -> str:
    past = plan.previous(f"stage_held:{group.name}")
    if past is None or past == held:
        return ""
    word = "tăng" if held > past else "giảm"
    return f", {word} {_n(abs(held - past))} so với tháng trước"


def _stages(line: pd.Series[Any]) -> str:
    silent = int(line["expected"]) - int(line["reported"])
    none, planned, held, cancelled = (
        int(line[f"stage_{one}"]) for one in ("none", "planned", "held", "cancelled")
    )
    counts = (
        (planned, "đã có kế hoạch"),
        (none, "chưa có kế hoạch"),
        (cancelled, "không tổ chức"),
        (int(line["reported"]) - none - planned - held - cancelled, "chưa ghi tình trạng"),
        (silent, "chưa có báo cáo"),
    )
    return ", ".join(f"{_n(count)} {words}" for count, words in counts if count)


def _not_yet_due(plan: Plan, level: Level, groups: Sequence[KindGroup]) -> str:
    lines = [line_of(plan.to_date.by_group, group.name) for group in groups]
    expected, planned, held = (
        sum(int(line[one]) for line in lines) for one in ("expected", "stage_planned", "stage_held")
    )
    window = f"từ {write_day(level.window.start)} đến {write_day(level.window.end)}"
    return (
        f"{level.name} (tổ chức {window}): {_n(planned + held)}/{_n(expected)} đơn vị "
        f"({write_percent(planned + held, expected)}) đã có kế hoạch, {_n(held)} đơn vị đã tổ chức."
    )


# --- reports ----------------------------------------------------------------------------------


def _silent(plan: Plan) -> str:
    units = plan.month.units
    silent = units[(units["required"] == 1) & (units["reported"] == 0)]
    if silent.empty:
        return ""
    text = f"Chưa có báo cáo dùng được của tháng: {_n(len(silent))} đơn vị"
    text += _who(plan, silent, ARRIVALS)
    never = units[units["never_reported"] == 1]
    if plan.report.past and len(never):
        text += f"; trong đó {_n(len(never))} đơn vị chưa từng báo cáo"
    return f"{text}."


def _overdue(plan: Plan) -> str:
    units = plan.to_date.units
    overdue = units[units["overdue"] == 1]
    if overdue.empty:
        return ""
    who = _who(plan, overdue, UNITS)
    return f"Quá thời gian quy định mà chưa tổ chức: {_n(len(overdue))} đơn vị{who}."


def _past_plan(plan: Plan) -> str:
    units = plan.to_date.units
    past = units[(units["past_plan"] == 1) & (units["overdue"] == 0)]
    if past.empty:
        return ""
    who = _who(plan, past, UNITS)
    return f"Đã qua ngày dự kiến mà chưa báo đã tổ chức: {_n(len(past))} đơn vị{who}."


# --- what was found ---------------------------------------------------------------------------


def _found(plan: Plan) -> str:
    overall, units = plan.month.overall, plan.month.units
    if not int(overall["reported"]):
        return ""
    texts = []
    for severity in (Severity.VIOLATION, Severity.WARNING):
        count, affected = int(overall[severity]), int((units[severity] > 0).sum())
        where = f" ở {_n(affected)} đơn vị" if count else ""
        worst = _worst(plan) if severity is Severity.VIOLATION else ""
        texts.append(f"{_n(count)} nội dung {lowered(SEVERITIES[severity])}{where}{worst}")
    lives = Counter(life for _, _, life in all_found(plan.report))
    for life, words in (
        (Life.FIXED, "đã khắc phục {} nội dung của kỳ trước"),
        (Life.REOPENED, "{} nội dung lặp lại"),
        (Life.WAIVED, "đã chấp nhận giải trình {} nội dung"),
    ):
        if lives[life]:
            texts.append(words.format(_n(lives[life])))
    return f"Rà soát theo Hướng dẫn: {'; '.join(texts)}."


def _worst(plan: Plan) -> str:
    """Name the units with the most violations, where some have more than others."""
    units = plan.month.units
    several = units[units[Severity.VIOLATION] > 1].sort_values(
        Severity.VIOLATION, ascending=False, kind="stable"
    )
    if several.empty:
        return ""
    shown = several.head(SHORT)
    named = zip(names(plan, shown), shown[Severity.VIOLATION], strict=True)
    return f" (nhiều nhất: {', '.join(f'{name}: {_n(count)}' for name, count in named)})"


# --- names ------------------------------------------------------------------------------------


def _who(plan: Plan, units: pd.DataFrame, where: str) -> str:
    """Say which units: all by name while they are few, else how many in each district."""
    if len(units) <= MOST_NAMES:
        return f", gồm: {', '.join(names(plan, units))}"
    places = _by_place(units)
    if len(places) == 1:
        return f", gồm: {named(plan, units, where)}"
    counts = [f"{place} {_n(count)}" for place, count in places[:MOST_PLACES]]
    if rest := sum(count for _, count in places[MOST_PLACES:]):
        counts.append(f"nơi khác {_n(rest)}")
    return f", gồm: {'; '.join(counts)} (xem “{where}”)"


def _by_place(units: pd.DataFrame) -> list[tuple[str, int]]:
    """Return how many units each superior has, the most first; those without by their group."""
    places = units["parent_name"].where(units["parent_name"] != "", units["group"].map(lowered))
    counts = Counter(places)
    return sorted(counts.items(), key=lambda pair: -pair[1])


def names(plan: Plan, units: pd.DataFrame) -> list[str]:
    """Return the units' names, with the superior's where two bear the same."""
    repeated = Counter(plan.statistics.units["name"])
    return [
        f"{line['name']} ({line['parent_name']})"
        if repeated[line["name"]] > 1 and line["parent_name"]
        else str(line["name"])
        for _, line in units.iterrows()
    ]


def named(plan: Plan, units: pd.DataFrame, where: str, most: int = SHORT) -> str:
    """Return the first units' names, and where the others stand."""
    text = ", ".join(names(plan, units.head(most)))
    more = len(units) - most
    return f"{text} và {_n(more)} đơn vị khác (xem “{where}”)" if more > 0 else text


def lowered(text: str) -> str:
    """Return a name as it stands within a sentence.

    >>> lowered("Xã, phường, thị trấn")
    'xã, phường, thị trấn'
    """
    return text[:1].lower() + text[1:]


def _n(value: int) -> str:
    return write_number(int(value))
