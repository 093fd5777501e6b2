"""What a guidance asks for, as data: its document, board, levels, deadlines, roles, all in one.

Everything here comes from a campaign folder (``campaign.load``); Python code
knows no limit, no date, no name of any one guidance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as set_up
from datetime import date
from typing import Any

from tdkt_batch.campaign.figure import DeclaredFigures
from tdkt_batch.campaign.form import (
    ChoiceList,
    Form,
)
from tdkt_batch.campaign.holidays import Holidays
from tdkt_batch.campaign.letters import Letters
from tdkt_batch.campaign.roles import Roles
from tdkt_batch.campaign.rule import (
    Rule,
    Statement,
)
from tdkt_batch.campaign.sheet_list import SheetList
from tdkt_batch.campaign.tree import CampaignValue, DateRange
from tdkt_batch.campaign.words import Words
from tdkt_batch.model import Month, Unit
from tdkt_batch.wording.shared import CITATION, RECIPIENTS


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds of unit that leadership counts together: “xã, phường, thị trấn”."""

    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of units (cấp), the form that it fills and when its conferences are due.

    ``groups`` divide its unit kinds for the summaries; ``window`` are the days
    between which its conferences are held.
    """

    id: str
    name: str
    clause: str
    form: str
    unit_kinds: tuple[str, ...]
    groups: tuple[KindGroup, ...]
    window: DateRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The guidance itself: how it is cited, and its text, in which quotes must be found.

    ``kind`` is what it is called: “Hướng dẫn”, “Kế hoạch”, “Chỉ thị”.
    """

    kind: str
    number: str
    issued: date
    title: str
    issuer: str
    signatory: str
    text: str

    @property
    def citation(self) -> str:
        """How an office cites it: ``Hướng dẫn số … ngày …``."""
        return CITATION.format(kind=self.kind, number=self.number, day=f"{self.issued:%d/%m/%Y}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Who runs the campaign, as it stands on every sheet."""

    name: str
    superior: str
    place: str
    province: str
    reports_to: str
    signatory_title: str
    preparer_title: str


LEADERSHIP = "leadership"
"""Stands for the board itself, which reports too, where a deadline names its level."""


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A deadline moved for one month, and the letter that moved it."""

    day: date
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The day of the month by which a level reports, to whom, under which letter.

    Where ``next_working_day``, a day on which no office works gives way to the next on which
    it does (Civil Code 2005, article 153.5), but a day that the board moved stands.
    Where ``superior_kinds`` are given, ``recipient`` is for units below one of these;
    any others report to whom the level ``others_like`` does.
    """

    level: str
    day: int
    recipient: str
    letter: str
    moved: Mapping[Month, MovedDay]
    next_working_day: bool = False
    superior_kinds: tuple[str, ...] = ()
    others_like: str = ""

    def is_for(self, superior: str) -> bool:
        """Tell whether ``recipient`` is that of a unit below ``superior``, empty for none."""
        kinds = self.superior_kinds
        return not kinds or any(superior.lower().startswith(kind) for kind in kinds)

    def falls_on(self, month: Month, holidays: Holidays) -> date:
        """Return the deadline for ``month``: moved by the board, else the usual day."""
        if month in self.moved:
            return self.moved[month].day
        day = date(month.year, month.number, min(self.day, month.last_day.day))
        if self.next_working_day and holidays.is_off(day):
            return holidays.working_day_after(day, 1)
        return day

    def set_by(self, month: Month) -> str:
        """Return the board's letter that sets the deadline for ``month``."""
        return self.moved[month].letter if month in self.moved else self.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What the board chooses from where it decides: why a unit need not report (``excused``).

    ``accepted`` are usual reasons for which an explanation is accepted; others may be typed.
    """

    excused: tuple[str, ...]
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """How a form's delegates divide: the parts' names, and the cap and share they must keep.

    ``cap`` and ``share`` name campaign values. ``rules`` are the rules whose
    findings show the nearest lawful composition in ``sentence``, which has the
    places ``{total}``, ``{exemplary}`` and ``{guests}``.
    """

    form: str
    exemplary: str
    guests: str
    cap: str
    share: str
    sentence: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One guidance as data (hướng dẫn, đợt).

    ``samples`` are the places of what is still sample data (``campaign.samples``). ``named`` is
    its name as the guidance has it, with ``{tinh}`` for the province of whoever runs it.
    """

    id: str
    named: str
    document: Document
    board: Board
    words: Words
    reasons: Reasons
    levels: tuple[Level, ...]
    lists: Mapping[str, ChoiceList]
    values: Mapping[str, CampaignValue]
    value_sources: Mapping[str, str]
    earliest: date
    latest: date
    deadlines: tuple[Deadline, ...]
    board_deadline: Deadline | None
    holidays: Holidays
    roles: Roles
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    statements: tuple[Statement, ...]
    compositions: tuple[Composition, ...]
    units: tuple[Unit, ...]
    unit_aliases: Mapping[str, tuple[str, ...]]
    letters: Letters
    figures: DeclaredFigures
    sheet_lists: tuple[SheetList, ...]
    samples: frozenset[str]
    digest: str
    form_by_id: Mapping[str, Form] = set_up(init=False, repr=False, compare=False)
    level_by_id: Mapping[str, Level] = set_up(init=False, repr=False, compare=False)
    rule_by_id: Mapping[str, Rule] = set_up(init=False, repr=False, compare=False)
    deadline_by_level: Mapping[str, Deadline] = set_up(init=False, repr=False, compare=False)
    unit_by_code: Mapping[str, Unit] = set_up(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once what is asked for often; of two under one id the first is meant."""
        for name, items, key in (
            ("form_by_id", self.forms, "id"),
            ("level_by_id", self.levels, "id"),
            ("rule_by_id", self.rules, "id"),
            ("deadline_by_level", self.deadlines, "level"),
            ("unit_by_code", self.units, "code"),
        ):
            by_key: dict[str, Any] = {}
            for item in items:
                by_key.setdefault(getattr(item, key), item)
            object.__setattr__(self, name, by_key)

    @property
    def name(self) -> str:
        """Its name at the office that runs it."""
        return self.named.format(tinh=self.board.province)

    def form(self, id_: str) -> Form:
        """Return the form with this id; KeyError when there is none."""
        return self.form_by_id[id_]

    def level(self, id_: str) -> Level:
        """Return the level with this id; KeyError when there is none."""
        return self.level_by_id[id_]

    def rule(self, id_: str) -> Rule:
        """Return the rule with this id; KeyError when there is none."""
        return self.rule_by_id[id_]

    def deadline(self, level: str) -> Deadline:
        """Return the reporting deadline of a level; KeyError when there is none."""
        return self.deadline_by_level[level]

    def recipient_of(self, unit: Unit) -> str:
        """Return to whom a unit reports."""
        own = self.deadline(unit.level)
        return own.recipient if own.is_for(unit.superior) else self.others_report_to(own)

    def others_report_to(self, deadline: Deadline) -> str:
        """Return to whom those of a level report whose ``recipient`` is not for them."""
        like = self.deadline_by_level.get(deadline.others_like)
        return self.board.name if like is None else like.recipient

    def recipients_of(self, deadline: Deadline) -> str:
        """Return to whom the units of a level report: where not all to the same, who to whom."""
        if not deadline.superior_kinds:
            return deadline.recipient
        others, kinds = self.others_report_to(deadline), ", ".join(deadline.superior_kinds)
        return RECIPIENTS.format(recipient=deadline.recipient, kinds=kinds, others=others)

    def unit(self, code: str) -> Unit:
        """Return the unit with this code, valid now or not; KeyError when there is none."""
        return self.unit_by_code[code]

    def superior_of(self, unit: Unit) -> Unit | None:
        """Return the unit right above ``unit`` (cấp trên trực tiếp); None when there is none."""
        return self.unit_by_code.get(unit.parent or "")

    def units_below(self, unit: Unit, month: Month | None = None) -> Iterator[Unit]:
        """Yield the units right below one (đơn vị trực thuộc), those of a month if given."""
        for one in self.units:
            if one.parent == unit.code and (month is None or one.is_valid_in(month)):
                yield one

    def form_of(self, unit: Unit) -> Form:
        """Return the form that ``unit`` fills."""
        return self.form(self.level(unit.level).form)

    def in_sentence(self, unit: Unit) -> str:
        """Return a unit's name as it stands within a sentence: “huyện Sìn Hồ”, “Sở Nội vụ”."""
        small = any(unit.kind in form.kinds_in_small for form in self.forms)
        return unit.name[:1].lower() + unit.name[1:] if small else unit.name

    @property
    def report_months(self) -> tuple[date, ...]:
        """The first days of the months that a form offers: from the guidance's on.

        They end a year after the last month in which a conference may be held.
        """
        first, last = self.document.issued, max(level.window.end for level in self.levels)
        number = (last.year + 1 - first.year) * 12 + last.month - first.month + 1
        every = (divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(number))
        months = (date(year, month + 1, 1) for year, month in every)
        return tuple(day for day in months if self.earliest <= day <= self.latest)

    def units_in(self, month: Month) -> tuple[Unit, ...]:
        """Return the units that exist in ``month``, in the register's order."""
        return tuple(u for u in self.units if u.is_valid_in(month))
