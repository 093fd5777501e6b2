"""The names behind the counts of “Tiến độ”: who may be late, what is explained, what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tdkt_batch.figures.findings import title_of
from tdkt_batch.figures.progress import LevelProgress
from tdkt_batch.figures.progress_words import MARKS
from tdkt_batch.figures.questions_for_leadership import explained
from tdkt_batch.report import ConferenceState, Pace
from tdkt_batch.sheets.page import Page
from tdkt_batch.summary.overview_text import SHORT, first_words, units_by_request
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.figures import OPEN_STATES

_MOST_NAMED = 40
"""How many units are named in a row before the others are counted."""
_MOST_ROWS = 12
"""How many explanations, or requests, have a row of their own."""
_LONGEST, _LONGEST_REASON = 150, 60


def names_behind(page: Page, plan: Plan, levels: Sequence[LevelProgress], row: int) -> int:
    """Write each list below its title, none that is empty; return the row after them."""
    lists = [
        *((_title_of(one), list(_open(plan, one))) for one in levels),
        (say.EXPLAINED_LIST, list(_explained(plan))),
        (say.REQUESTS_LIST, list(_requested(plan))),
    ]
    for title, lines in lists:
        if lines:
            page.merge(row, 0, len(page.widths) - 1, title, "section")
            for down, text in enumerate(lines, start=row + 1):
                page.prose(down, text, "prose")
            row += len(lines) + 2
            page.height(row - 1, 6)
    return row


def _title_of(one: LevelProgress) -> str:
    if one.pace is Pace.NOT_BEGUN:
        return say.CANCELLED_LIST.format(level=one.level.name)
    words = say.LEFT_LIST if one.pace is Pace.OVER else say.AT_RISK_LIST
    number = sum(map(len, one.open.values()))
    return words.format(number=write_number(number), level=one.level.name)


def _open(plan: Plan, one: LevelProgress) -> Iterator[str]:
    """Yield a line for each way in which units stand that may be late, with their names.

    Of a level whose time is to come only who has called it off.
    """
    units = plan.campaign.unit_by_code
    for state, codes in one.open.items():
        if one.pace is Pace.NOT_BEGUN and state is not ConferenceState.CANCELLED:
            continue
        detail = _DETAILS.get(state, _no_detail)
        by_superior: dict[str, list[str]] = {}
        for code in codes[:_MOST_NAMED]:
            said = f"{units[code].name}{detail(plan, code)}"
            by_superior.setdefault(units[code].superior, []).append(said)
        parts = [
            say.BELOW.format(superior=superior, names=", ".join(names))
            if superior
            else ", ".join(names)
            for superior, names in by_superior.items()
        ]
        more = len(codes) - _MOST_NAMED
        others = say.AND_OTHERS.format(number=write_number(more), sheet=say.UNITS)
        yield say.IN_STATE.format(
            mark=MARKS[state],
            number=write_number(len(codes)),
            state=OPEN_STATES[state],
            names="; ".join(parts) + (others if more > 0 else ""),
        )


def _day(plan: Plan, code: str) -> str:
    day = plan.lines[code].planned_day
    if day is None:
        return say.OF_NO_DAY
    is_this_year = day.year == plan.report.month.year
    return say.OF_DAY.format(day=f"{day.day}/{day.month}" if is_this_year else write_day(day))


def _reason(plan: Plan, code: str) -> str:
    reason = first_words(plan.lines[code].reason, _LONGEST_REASON)
    return say.OF_REASON.format(reason=reason) if reason else ""


def _no_detail(_: Plan, __: str) -> str:
    return ""


_DETAILS: dict[ConferenceState, Callable[[Plan, str], str]] = {
    ConferenceState.PAST_ITS_DAY: _day,
    ConferenceState.PLANNED_LATE: _day,
    ConferenceState.CANCELLED: _reason,
}
"""What stands behind a unit's name in brackets."""


def _explained(plan: Plan) -> Iterator[str]:
    """Yield whose explanation waits, of what, in which words."""
    waiting = explained(plan.report)
    for unit, finding in waiting[:_MOST_ROWS]:
        yield say.EXPLAINED_ROW.format(
            unit=unit.unit.name,
            title=title_of(plan.campaign, finding.code),
            explanation=first_words(finding.explanation, _LONGEST),
        )
    if (more := len(waiting) - _MOST_ROWS) > 0:
        yield say.MORE_ROWS.format(number=write_number(more), sheet=say.FINDINGS)


def _requested(plan: Plan) -> Iterator[str]:
    """Yield each request once, the most frequent first, with who makes it."""
    found = sorted(units_by_request(plan).items(), key=lambda pair: -len(pair[1]))
    for text, units in found[:_MOST_ROWS]:
        more = len(units) - SHORT
        yield say.REQUEST_ROW.format(
            number=write_number(len(units)),
            request=first_words(text, _LONGEST),
            names=", ".join(one.name for one in units[:SHORT]),
            more=say.OTHER_UNITS.format(number=write_number(more)) if more > 0 else "",
        )
    if (more := len(found) - _MOST_ROWS) > 0:
        yield say.MORE_ROWS.format(number=write_number(more), sheet=say.OVERVIEW)
