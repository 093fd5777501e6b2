"""What a guidance asks for, as data: levels, units, forms, rules, calendar.

Everything here comes from a campaign folder (``campaign.load``); Python code
knows no limit, no date, no name of any one guidance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as set_up
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from tdkt_batch.campaign.letters import Letters
from tdkt_batch.campaign.tree import DateRange, Kind, Names, Node, Template, Value
from tdkt_batch.model import Month, Severity, Unit


class FieldKind(StrEnum):
    """What a form's cell takes."""

    COUNT = "count"  # a whole number of people or things, 0 or more
    DATE = "date"  # a day
    MONTH = "month"  # a reporting month, held as its first day
    TEXT = "text"  # a line of text
    NOTE = "note"  # longer text, over several lines
    CHOICE = "choice"  # one value of a list
    MARK = "mark"  # an "x" or nothing


KIND_OF_FIELD: Mapping[FieldKind, Kind] = {
    FieldKind.COUNT: Kind.NUMBER,
    FieldKind.DATE: Kind.DATE,
    FieldKind.MONTH: Kind.DATE,
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.NOTE: Kind.TEXT,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.MARK: Kind.LOGIC,
}
"""What a field of each kind is in an expression; a month is its first day."""


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The values that a choice may take, with other spellings of them."""

    id: str
    values: tuple[str, ...]
    aliases: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input cell of a form, or one column of a form's table.

    ``choices`` is the list of a ``CHOICE``. ``minimum`` and ``maximum`` bound a
    count; days are bounded by the campaign. A ``required`` count left blank is
    missing; an optional one is 0 once another cell of its ``block`` is filled
    (in a table: once its row exists). ``unit_kinds`` are the kinds of unit that
    are asked for it, empty for all. ``prefill`` names what the register or the
    campaign fills in ("unit", "month", "allotment", or "=text").
    """

    id: str
    label: str
    kind: FieldKind
    choices: ChoiceList | None = None
    hint: str = ""
    required: bool = False
    block: str = ""
    minimum: int = 0
    maximum: int = 99_999
    unit_kinds: tuple[str, ...] = ()
    prefill: str = ""
    width: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a form's page.

    A heading, one cell, a planned and an actual cell, or a register ``fact``
    that is shown and not asked for.
    """

    number: str
    label: str
    hint: str = ""
    single: Field | None = None
    planned: Field | None = None
    actual: Field | None = None
    unit_kinds: tuple[str, ...] = ()
    indent: int = 0
    fact: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The line's input fields, in reading order; none for a heading."""
        return tuple(f for f in (self.single, self.planned, self.actual) if f is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list in a form: one row a person, a unit, an award.

    A row exists when one of its ``key`` columns is filled. ``rows`` are drawn,
    up to ``capacity`` can be filled. ``prefill`` is "subordinates" (the unit's
    own subordinate units), "list" (the values of the first column's choices) or
    empty.
    """

    id: str
    title: str
    columns: tuple[Field, ...]
    key: tuple[str, ...]
    rows: int
    capacity: int
    prefill: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a form: its lines from top to bottom, then its tables."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    landscape: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value computed from a form's fields, named for use in rules."""

    id: str
    label: str
    expression: Node
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form (mẫu biểu), defined once for writer, reader, rules and docs.

    ``version`` is a digest of all that decides its layout and its meaning.
    ``names`` is what the form's rules may name. ``conference_name`` is the
    campaign value with which a conference's name begins; a unit of one of
    ``kinds_in_small`` has its kind written small in it ("… xã Mường Than").
    ``fields`` are all single input cells, sheet by sheet, line by line, no table
    columns; ``tables`` all tables. Both are asked for thousands of times a form.
    """

    id: str
    number: str
    title: str
    level: str
    sheets: tuple[Sheet, ...]
    derived: tuple[Derived, ...]
    names: Names
    version: str
    conference_name: str
    kinds_in_small: tuple[str, ...]
    fields: tuple[Field, ...] = set_up(init=False, repr=False, compare=False)
    tables: tuple[Table, ...] = set_up(init=False, repr=False, compare=False)
    _by_id: Mapping[str, Field] = set_up(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once what is asked for often."""
        fields = tuple(f for s in self.sheets for line in s.lines for f in line.fields)
        tables = tuple(t for s in self.sheets for t in s.tables)
        columns = {f"{t.id}.{column.id}": column for t in tables for column in t.columns}
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "tables", tables)
        object.__setattr__(self, "_by_id", {**columns, **{f.id: f for f in fields}})

    def field(self, id_: str) -> Field:
        """Return the field, or the column for ``bang.cot``; KeyError when there is none."""
        return self._by_id[id_]

    def label(self, id_: str) -> str:
        """Return the Vietnamese label of a field, ``bang.cot``, derived value or fact."""
        for derived in self.derived:
            if derived.id == id_:
                return derived.label
        if id_ in FACTS:
            return FACTS[id_]
        try:
            return self.field(id_).label
        except KeyError:
            return next((t.title for t in self.tables if t.id == id_), id_)


FACTS: Mapping[str, str] = {
    "don_vi.ma": "Mã đơn vị",
    "don_vi.ten": "Tên đơn vị theo danh sách đăng ký",
    "don_vi.loai": "Loại đơn vị",
    "don_vi.phan_bo": "Số đại biểu được phân bổ",
}
"""What expressions may ask of the register about the unit, with its label."""


class Scope(StrEnum):
    """Where a rule is checked: on the form alone, or by the board across units."""

    FORM = "form"
    BOARD = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One severity of a failing rule; ``when`` is None for the last, which always holds."""

    when: Node | None
    severity: Severity
    message: Template


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """A rule's expressions, bound to the names of one form.

    ``condition`` joins stage, unit kinds and the rule's own condition. ``at`` are
    the names that a finding points at; the first that can be located wins. Texts
    are templates over the form's names; ``given`` is the first thing to compute
    when a reader asks for the value.
    """

    condition: Node
    check: Node
    cases: tuple[Case, ...]
    given: Template
    expected: Template
    difference: Template
    remedy_before: Template
    remedy_after: Template
    at: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCase:
    """One way in which a board check fails: the check names it, the campaign grades it."""

    name: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRule:
    """A rule checked across units by the function ``check`` of ``across``.

    ``conditions`` (by form id) say for which submissions it is checked. Texts
    have ``{places}`` that the check fills; ``parameters`` are campaign values.
    """

    check: str
    conditions: Mapping[str, Node]
    cases: tuple[BoardCase, ...]
    given: str
    expected: str
    difference: str
    remedy_before: str
    remedy_after: str
    parameters: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the guidance (căn cứ rà soát).

    ``requirements`` are the requirement and decision ids it covers (A4, AMB-9).
    A form rule has its expressions in ``bound``, for each form whose level it
    applies to, by form id; a board rule has ``board``. ``clause`` is the section
    of the document and ``quotes`` its words; a rule that is ours (``is_ours``)
    has no quotes and says why in ``decision``. ``condition_text`` and
    ``check_text`` are the expressions as written.
    """

    id: str
    title: str
    scope: Scope
    levels: tuple[str, ...]
    unit_kinds: tuple[str, ...]
    stages: tuple[str, ...]
    requirements: tuple[str, ...]
    clause: str
    quotes: tuple[str, ...]
    decision: str
    is_ours: bool
    severities: tuple[Severity, ...]
    bound: Mapping[str, FormRule]
    board: BoardRule | None
    condition_text: str
    check_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A requirement that is no rule: reported only, or not machine-checkable, and why."""

    id: str
    treatment: str
    clause: str
    quote: str
    reason: str


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
    """The guidance itself: how it is cited, and its text, in which quotes must be found."""

    number: str
    issued: date
    title: str
    issuer: str
    signatory: str
    text: str

    @property
    def citation(self) -> str:
        """How an office cites it: ``Hướng dẫn số … ngày …``."""
        return f"Hướng dẫn số {self.number} ngày {self.issued:%d/%m/%Y}"


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
    """The day of the month by which a level reports, to whom, under which letter."""

    level: str
    day: int
    recipient: str
    letter: str
    moved: Mapping[Month, MovedDay]

    def falls_on(self, month: Month) -> date:
        """Return the deadline for ``month``: moved by the board, else the usual day."""
        if month in self.moved:
            return self.moved[month].day
        return date(month.year, month.number, min(self.day, month.last_day.day))

    def set_by(self, month: Month) -> str:
        """Return the board's letter that sets the deadline for ``month``."""
        return self.moved[month].letter if month in self.moved else self.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which field plays which part: what the program must know by role, not by name.

    ``in_force`` maps a role (``total``, ``exemplary``, ``guests``, ``women``,
    ``minorities``, ``date`` …) to the name that holds it in every form; a form
    that lacks the name has no such figure. ``stages`` maps ``none``, ``planned``,
    ``held``, ``cancelled`` to the status choice. ``held`` names the condition
    under which the actual figures are in force. ``tables`` maps the roles of
    lists (``roster``, ``elected``, ``awards``) to a table or ``bang.cot``.
    """

    unit: str
    month: str
    status: str
    held: str
    stages: Mapping[str, str]
    figures: Mapping[str, str]
    tables: Mapping[str, str]


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
    rules: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One guidance as data (hướng dẫn, đợt)."""

    id: str
    name: str
    document: Document
    board: Board
    levels: tuple[Level, ...]
    lists: Mapping[str, ChoiceList]
    values: Mapping[str, Value]
    value_sources: Mapping[str, str]
    earliest: date
    latest: date
    deadlines: tuple[Deadline, ...]
    board_deadline: Deadline | None
    roles: Roles
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    statements: tuple[Statement, ...]
    compositions: tuple[Composition, ...]
    units: tuple[Unit, ...]
    unit_aliases: Mapping[str, tuple[str, ...]]
    letters: Letters
    digest: str
    unit_by_code: Mapping[str, Unit] = set_up(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit_by_code", {unit.code: unit for unit in self.units})

    def form(self, id_: str) -> Form:
        """Return the form with this id; KeyError when there is none."""
        return _by_id(self.forms, id_)

    def level(self, id_: str) -> Level:
        """Return the level with this id; KeyError when there is none."""
        return _by_id(self.levels, id_)

    def rule(self, id_: str) -> Rule:
        """Return the rule with this id; KeyError when there is none."""
        return _by_id(self.rules, id_)

    def unit(self, code: str) -> Unit:
        """Return the unit with this code, valid now or not; KeyError when there is none."""
        return self.unit_by_code[code]

    def superior_of(self, unit: Unit) -> Unit | None:
        """Return the unit right above ``unit`` (cấp trên trực tiếp); None when there is none."""
        return self.unit_by_code.get(unit.parent or "")

    def form_of(self, unit: Unit) -> Form:
        """Return the form that ``unit`` fills."""
        return self.form(self.level(unit.level).form)

    def in_sentence(self, unit: Unit) -> str:
        """Return a unit's name as it stands within a sentence: “huyện Sìn Hồ”, “Sở Nội vụ”."""
        small = any(unit.kind in form.kinds_in_small for form in self.forms)
        return unit.name[:1].lower() + unit.name[1:] if small else unit.name

    def units_in(self, month: Month) -> tuple[Unit, ...]:
        """Return the units that exist in ``month``, in the register's order."""
        return tuple(u for u in self.units if u.is_valid_in(month))

    def deadline(self, level: str) -> Deadline:
        """Return the reporting deadline of a level; KeyError when there is none."""
        for deadline in self.deadlines:
            if deadline.level == level:
                return deadline
        raise KeyError(level)


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_HasId)


def _by_id(items: tuple[_Item, ...], id_: str) -> _Item:
    for item in items:
        if item.id == id_:
            return item
    raise KeyError(id_)
