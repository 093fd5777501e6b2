"""What an officer has to do after a run, in the order of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.columns import Refused
from tdkt_batch.control.listing import Listing
from tdkt_batch.figures.officer_questions import OfficerQuestion
from tdkt_batch.figures.since_last_run import NewsOfUnit, news_in_numbers, news_since
from tdkt_batch.report import EarlierResult, FileState, MonthReport, UnitState
from tdkt_batch.rules.decisions import is_due
from tdkt_batch.rules.requests_to_units import action_of, gets_file, gets_fresh_form
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import control as say
from tdkt_batch.wording.shared import HINDRANCES, UNIT_STATES

_TO_BE_CALLED = (UnitState.MISSING, UnitState.UNUSABLE, UnitState.EMPTY)


class Task(StrEnum):
    """What is to be done, in the order of a day."""

    REWRITE = "rewrite"
    DECIDE = "decide"
    CALL = "call"
    SEND = "send"
    LOOK = "look"
    REVIEW = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing to do: about which unit or file, what there is to it, whom to call."""

    task: Task
    about: str
    text: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersDay:
    """What is new since the month's last run, and what is to be done; each also in a sentence."""

    since: str
    news: tuple[NewsOfUnit, ...]
    next_steps: str
    tasks: tuple[ToDo, ...]


def officers_day(
    campaign: Campaign,
    report: MonthReport,
    before: EarlierResult | None,
    tasks: tuple[ToDo, ...],
    *,
    is_first: bool,
) -> OfficersDay:
    """Return what an officer is told after a run.

    ``before`` is the month's last run: None where there ``is_first`` none, or where the
    ledger does not hold it any more.
    """
    news = () if before is None else news_since(campaign, report, before)
    since = say.FIRST_RUN if is_first else say.LAST_RUN_NOT_KEPT
    return OfficersDay(
        since=since if before is None else news_in_numbers(campaign, report, before, news),
        news=news,
        next_steps=tasks_in_numbers(tasks),
        tasks=tasks,
    )


def tasks_of(
    campaign: Campaign,
    report: MonthReport,
    listing: Listing,
    questions: Sequence[OfficerQuestion],
    refused: Sequence[Refused] = (),
) -> tuple[ToDo, ...]:
    """Return what is to be done after a month's run, task by task.

    ``refused`` are rows of the control workbook that could not be taken.
    """
    return (
        *(
            ToDo(
                task=Task.REWRITE,
                about=say.ON_SHEET_OF.format(title=say.TITLES[one.family]),
                text=one.problem,
            )
            for one in refused
        ),
        *(
            ToDo(task=Task.DECIDE, about=row.cells["name"], text=row.cells["message"])
            for row in listing.waiting
        ),
        *_calls(campaign, report),
        *_returns(campaign, report),
        *(
            ToDo(task=Task.LOOK, about=file.source.file_name, text=file.reason)
            for file in report.files
            if file.state is FileState.QUARANTINED or file.is_of_nobody
        ),
        *(
            ToDo(
                task=Task.REVIEW,
                about=row.cells["name"] or row.cells["given"],
                text=row.cells["message"],
            )
            for row in listing.of_files
        ),
        *(
            ToDo(task=Task.REVIEW, about=one.evidence[0].unit.name, text=one.text)
            for one in questions
            if one.is_to_be_answered
        ),
    )


def _calls(campaign: Campaign, report: MonthReport) -> Iterator[ToDo]:
    """Yield whom to call: who sent nothing of use, unless its last day is still to come."""
    for one in report.units:
        is_late = is_due(campaign, one.unit, report.month, one.extension, report.received_until)
        if one.state in _TO_BE_CALLED and is_late:
            text = UNIT_STATES[one.state]
            if one.hindrance is not None:
                text = say.CALL_ABOUT.format(state=text, remedy=HINDRANCES[one.hindrance][1])
            name = unit_label(one.unit, campaign)
            yield ToDo(task=Task.CALL, about=name, text=text, phone=one.unit.phone)


def _returns(campaign: Campaign, report: MonthReport) -> Iterator[ToDo]:
    """Yield the units to which a form goes back: its own, or a fresh one to send again."""
    for one in report.units:
        if gets_file(campaign, one):
            asked = "resend" if gets_fresh_form(one) else action_of(campaign, one)
            yield ToDo(task=Task.SEND, about=one.unit.name, text=say.ASKED_OF_UNIT[asked])


def tasks_in_numbers(tasks: Iterable[ToDo]) -> str:
    """Say in one sentence what is to be done: “quyết định 3 nội dung; gọi 8 đơn vị”."""
    number = Counter(one.task for one in tasks)
    said = [say.TASKS[one].format(number=write_number(number[one])) for one in Task if number[one]]
    return say.NEXT_STEPS.format(tasks="; ".join(said)) if said else say.NOTHING_TO_DO
