"""What only leadership can decide (nội dung xin ý kiến chỉ đạo): one list for workbook and report.

Routine work of the board is not among it: to urge those who are late, to have
faults mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.findings import common_faults, title_of
from tdkt_batch.model import Unit
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.vietnamese.writing import write_number

LONG_SILENT = 2
"""From so many months in a row without a report on, leadership is asked to step in."""
_SHOWN = 4
"""How many units or faults a question names before it counts the others."""

Lines = Mapping[str, Mapping[str, Any]]
"""The units' figures by unit code, as ``Statistics.lines`` holds them."""
Places = dict[str, str]


class Topic(StrEnum):
    """What a question is about, in the order of the questions."""

    CANCELLED = "cancelled"
    OVERDUE = "overdue"
    SILENT = "silent"
    EXPLAINED = "explained"
    COMMON = "common"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide; ``text`` has no full stop, so that a reference may follow."""

    topic: Topic
    text: str

    def sentence(self, where: Mapping[Topic, str]) -> str:
        """Return the question as a sentence that says in brackets where more of it stands."""
        return f"{self.text} ({where[self.topic]})."


def questions(
    campaign: Campaign, report: MonthReport, month: Lines, to_date: Lines
) -> tuple[Question, ...]:
    """Return what leadership is asked to decide; a question without a case is not asked."""
    units = report.units
    places = {
        Topic.CANCELLED: _named(campaign, units, [u for u in units if _cancels(u, to_date)]),
        Topic.OVERDUE: _named(campaign, units, [u for u in units if _of(u, to_date)["overdue"]]),
        Topic.SILENT: _named(campaign, units, [u for u in units if is_long_silent(u)]),
        Topic.EXPLAINED: _explained(units),
        Topic.COMMON: _common(campaign, report),
        Topic.REQUESTS: _counted([u for u in units if str(_of(u, month)["requests"]).strip()]),
    }
    texts: Any = campaign.letters.report.decisions
    return tuple(
        Question(topic, getattr(texts, topic).format_map(own))
        for topic, own in places.items()
        if own
    )


def is_long_silent(unit: UnitReport) -> bool:
    """Tell whether a unit owes its report for long; one that the board excused owes none."""
    return unit.excuse is None and unit.silent >= LONG_SILENT


def _cancels(unit: UnitReport, to_date: Lines) -> bool:
    """Tell whether a unit will hold no conference and the board has not yet answered to it."""
    return unit.excuse is None and _of(unit, to_date)["stage"] == "cancelled"


def _of(unit: UnitReport, lines: Lines) -> Mapping[str, Any]:
    return lines[unit.unit.code]


# --- what fills the campaign's sentences; nothing when there is no case -------------------------


def _counted(units: Sequence[UnitReport]) -> Places:
    return {"so": write_number(len(units))} if units else {}


def _named(campaign: Campaign, all_: Sequence[UnitReport], units: Sequence[UnitReport]) -> Places:
    """Return how many units there are and the first ones' names."""
    if not units:
        return {}
    repeated = Counter(one.unit.name for one in all_)
    names = [_name(campaign, one.unit, repeated) for one in units[:_SHOWN]]
    said = ", ".join(names) + _others(len(units), "đơn vị")
    return {**_counted(units), "don_vi": said, "so_thang": write_number(LONG_SILENT)}


def _name(campaign: Campaign, unit: Unit, repeated: Counter[str]) -> str:
    """Return a unit's name, with its superior's where two bear the same."""
    name = campaign.in_sentence(unit)
    superior = campaign.superior_of(unit)
    if repeated[unit.name] < 2 or superior is None:
        return name
    return f"{name} ({campaign.in_sentence(superior)})"


def _others(count: int, what: str) -> str:
    return f" và {write_number(count - _SHOWN)} {what} khác" if count > _SHOWN else ""


def _explained(units: Sequence[UnitReport]) -> Places:
    """Count the explanations that nobody has answered."""
    waiting = [
        one
        for one in units
        for finding in one.findings
        if finding.explanation and finding.decision is None
    ]
    if not waiting:
        return {}
    number = write_number(len({one.unit.code for one in waiting}))
    return {"so": write_number(len(waiting)), "so_don_vi": number}


def _common(campaign: Campaign, report: MonthReport) -> Places:
    """Name the faults that speak against the form or the guide, not against the units."""
    faults = common_faults(report)
    if not faults:
        return {}
    said = "; ".join(
        f"{title_of(campaign, one.code)} ({write_number(one.units)}/{write_number(one.of)} đơn vị)"
        for one in faults[:_SHOWN]
    )
    return {
        "so": write_number(len(faults)),
        "noi_dung": said + _others(len(faults), "nội dung"),
    }
