"""What a form (mẫu biểu) asks for: its sheets, lines, tables and fields, derived values, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as set_up
from enum import StrEnum

from tdkt_batch.campaign.roles import PLANNED
from tdkt_batch.campaign.tree import Kind, Names, Node
from tdkt_batch.wording import campaign as say


class FieldKind(StrEnum):
    """What a form's cell takes."""

    COUNT = "count"  # a whole number of people or things, 0 or more
    DATE = "date"  # a day
    MONTH = "month"  # a reporting month, held as its first day
    TEXT = "text"  # a line of text
    NOTE = "note"  # longer text, over several lines
    CHOICE = "choice"  # one value of a list
    MARK = "mark"  # an "x" or nothing
    LACKING = "lacking"  # the numbers of what lacks of a list, or the word that all is there


KIND_OF_FIELD: Mapping[FieldKind, Kind] = {
    FieldKind.COUNT: Kind.NUMBER,
    FieldKind.DATE: Kind.DATE,
    FieldKind.MONTH: Kind.DATE,
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.NOTE: Kind.TEXT,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.MARK: Kind.LOGIC,
    FieldKind.LACKING: Kind.TEXT,
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
    campaign fills in ("unit", "month", "allotment", or "=text"). A text with
    ``paragraphs`` keeps the lines in which it was typed; any other is one line.
    ``personal`` is what names a person or reaches one: lists for programs leave it out.
    ``other_heads`` are how a column is headed in lists of the units' own.

    What ``LACKING`` says is read as its ``parts``, which rules name and which older forms
    ask for one by one: a choice of two, that all is there or not, then a mark for each
    content, called ``short`` in the form's list.
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
    paragraphs: bool = False
    personal: bool = False
    other_heads: tuple[str, ...] = ()
    short: str = ""
    parts: tuple[Field, ...] = ()

    @property
    def complete(self) -> Field:
        """Whether all is there, of an answer that says what lacks."""
        return self.parts[0]

    @property
    def contents(self) -> tuple[Field, ...]:
        """What may lack, of an answer that says what lacks, in the order of its numbers."""
        return self.parts[1:]

    @property
    def is_year(self) -> bool:
        """Whether the count is a year, for it can be no other."""
        return self.kind is FieldKind.COUNT and 1000 <= self.minimum <= self.maximum <= 2999


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a form's page.

    A heading, one cell, a planned and an actual cell, a register ``fact``
    that is shown and not asked for, or the ``listing`` of what the numbers of the line
    above stand for. Where ``needed`` is given, that is an expression:
    what another answer makes false makes the line needless.
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
    needed: str = ""
    listing: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it only stands above others."""
        return not (self.fields or self.fact or self.listing)

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
    key: tuple[str, ...]
    rows: int
    capacity: int
    prefill: str = ""
    hint: str = ""
    columns: tuple[Field, ...]

    @property
    def names_units_below(self) -> bool:
        """Whether the register fills in the unit's own subordinate units."""
        return self.prefill == "subordinates"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet of a form: its lines from top to bottom, then its tables."""

    id: str
    title: str
    landscape: bool = False
    hint: str = ""
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()


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
    ``fields`` are all single input cells, sheet by sheet, line by line, no table columns,
    ``fields_and_parts`` each with its parts behind it; ``tables`` all tables. ``needed`` says
    of fields, by id, what must not be false for anything to be written there. ``part_of``
    names for each part of an answer the field that says it. ``field_by_id`` has fields, their
    parts and ``bang.cot``.
    """

    id: str
    number: str
    title: str
    level: str
    sheets: tuple[FormSheet, ...]
    derived: tuple[Derived, ...]
    names: Names
    version: str
    needed: Mapping[str, Node]
    conference_name: str
    kinds_in_small: tuple[str, ...]
    fields: tuple[Field, ...] = set_up(init=False, repr=False, compare=False)
    fields_and_parts: tuple[Field, ...] = set_up(init=False, repr=False, compare=False)
    tables: tuple[Table, ...] = set_up(init=False, repr=False, compare=False)
    part_of: Mapping[str, Field] = set_up(init=False, repr=False, compare=False)
    field_by_id: Mapping[str, Field] = set_up(init=False, repr=False, compare=False)
    _label_by_id: Mapping[str, str] = set_up(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once what is asked for often."""
        fields = tuple(f for s in self.sheets for line in s.lines for f in line.fields)
        tables = tuple(t for s in self.sheets for t in s.tables)
        columns = {f"{t.id}.{column.id}": column for t in tables for column in t.columns}
        fields_and_parts = tuple(one for field in fields for one in (field, *field.parts))
        parts = {part.id: field for field in fields for part in field.parts}
        by_id = columns | {one.id: one for one in fields_and_parts}
        labels = {
            **{table.id: table.title for table in tables},
            **{id_: one.label for id_, one in (*by_id.items(), *FACTS.items())},
            **{derived.id: derived.label for derived in self.derived},
        }
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "fields_and_parts", fields_and_parts)
        object.__setattr__(self, "tables", tables)
        object.__setattr__(self, "part_of", parts)
        object.__setattr__(self, "field_by_id", by_id)
        object.__setattr__(self, "_label_by_id", labels)

    def field(self, id_: str) -> Field:
        """Return the field, or the column for ``bang.cot``; KeyError when there is none."""
        return self.field_by_id[id_]

    @property
    def personal(self) -> frozenset[str]:
        """The fields and columns that name a person or reach one."""
        return frozenset(id_ for id_, field in self.field_by_id.items() if field.personal)

    @property
    def pairs(self) -> tuple[str, ...]:
        """The names of the figures in force: of each line with a planned and an actual cell."""
        lines = (line for sheet in self.sheets for line in sheet.lines)
        return tuple(one.planned.id.removesuffix(PLANNED) for one in lines if one.planned)

    def asked_in(self, id_: str) -> str:
        """Return the field in whose cell a value is asked for: of an answer's part the answer."""
        return self.part_of[id_].id if id_ in self.part_of else id_

    def label(self, id_: str) -> str:
        """Return the Vietnamese label of a field, ``bang.cot``, table, derived value or fact."""
        return self._label_by_id.get(id_, id_)


FACTS: Mapping[str, Field] = {
    id_: Field(id=id_, label=label, kind=kind)
    for (id_, label), kind in zip(
        say.FACTS.items(),
        (FieldKind.TEXT, FieldKind.TEXT, FieldKind.CHOICE, FieldKind.COUNT, FieldKind.TEXT),
        strict=True,
    )
}
"""What expressions may ask of the register about the unit, as if it were a field."""
ALLOTMENT = "don_vi.phan_bo"
"""The fact that is the unit's allotment: the one above it may allot anew."""
