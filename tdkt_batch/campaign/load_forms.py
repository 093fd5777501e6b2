"""``forms.toml`` → forms: lines and tables, derived values, the names that rules may use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tdkt_batch.campaign.definition import Document, Level
from tdkt_batch.campaign.expression import parse
from tdkt_batch.campaign.form import (
    FACTS,
    KIND_OF_FIELD,
    ChoiceList,
    Derived,
    Field,
    FieldKind,
    Form,
    FormSheet,
    Line,
    Table,
)
from tdkt_batch.campaign.roles import ACTUAL, PLANNED, Roles
from tdkt_batch.campaign.toml_section import Section, id_problem
from tdkt_batch.campaign.tree import And, CampaignValue, Kind, Names, Node, Symbol
from tdkt_batch.errors import ExpressionError
from tdkt_batch.wording import campaign as say

_FIELD_KEYS = (
    "id", "label", "kind", "choices", "hint", "required", "minimum", "maximum", "paragraphs",
    "personal",
)  # fmt: skip
_LINE_KEYS = (
    *_FIELD_KEYS, "stt", "heading", "pair", "in_block", "unit_kinds", "indent", "prefill", "fact",
    "needed", "complete", "contents",
)  # fmt: skip
_PLAIN_KEYS = (
    "hint", "required", "minimum", "maximum", "unit_kinds", "width", "paragraphs", "personal",
    "other_heads",
)  # fmt: skip
_MEAN_NOTHING = ("hint", "personal", "needed", "other_heads")
MOST_CONTENTS = 9
"""What may lack is numbered with one figure, so that 12 is never taken for 1 and 2."""
PREFILLS = ("unit", "month", "conference_name")
"""What a field may be pre-filled with, besides the name of a campaign value."""


@dataclass(frozen=True, slots=True)
class Context:
    """What forms and rules may refer to: all that ``campaign.toml`` says."""

    lists: Mapping[str, ChoiceList]
    levels: tuple[Level, ...]
    values: Mapping[str, CampaignValue]
    roles: Roles
    document: Document

    def kinds_of(self, *levels: str) -> tuple[str, ...]:
        """Return the kinds of unit of these levels, in their order."""
        return tuple(k for level in self.levels if level.id in levels for k in level.unit_kinds)


@contextmanager
def faults_at(section: Section | None, key: str, form: str) -> Iterator[None]:
    """Say of an unlawful expression where it stands and in which form; no ``section``, no place."""
    try:
        yield
    except ExpressionError as error:
        if section is None:
            raise
        raise section.fail(key, say.IN_FORM.format(form=form, error=error)) from None


def load_forms(file: Section, derived: tuple[Section, ...], context: Context) -> tuple[Form, ...]:
    """Return the forms of ``forms.toml`` with the derived values of ``rules.toml``."""
    file.allow("blocks", "forms")
    blocks = {key: file.section("blocks").sections(key) for key in file.section("blocks").content}
    return tuple(
        _load_form(id_, section, blocks, derived, context)
        for id_, section in file.section("forms").items()
    )


def _load_form(
    id_: str,
    section: Section,
    blocks: Mapping[str, tuple[Section, ...]],
    derived: tuple[Section, ...],
    context: Context,
) -> Form:
    section.allow("number", "title", "level", "conference_name", "kinds_in_small", "sheets")
    level = section.one_of("level", [one.id for one in context.levels], say.NO_LEVEL)
    named = section.text("conference_name")
    is_named = isinstance(context.values.get(named), str)
    section.check(is_named, "conference_name", say.NO_CONFERENCE_NAME.format(given=named))
    sheets = tuple(_load_sheet(one, blocks, context) for one in section.sections("sheets"))
    _check_ids(section, sheets)
    derivations, names = _derive(id_, sheets, derived, level, context)
    needed = _needed(section, id_, sheets, names, context)
    # the version is a digest of all that places or means something: neither a hint does, nor
    # that a field is of a person
    shared = {key: [one.content for one in sections] for key, sections in blocks.items()}
    meant = _what_is_meant([section.content, shared])
    text = json.dumps(meant, sort_keys=True, default=str, ensure_ascii=False)
    return Form(
        id=id_,
        number=section.text("number"),
        title=section.text("title"),
        level=level,
        sheets=sheets,
        derived=derivations,
        names=names,
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        needed=needed,
        conference_name=named,
        kinds_in_small=section.texts("kinds_in_small", ()),
    )


def _needed(
    section: Section, form: str, sheets: tuple[FormSheet, ...], names: Names, context: Context
) -> dict[str, Node]:
    """Return what must not be false for a field to be asked for, by its id.

    Of a line that says so it is what the line says, of an actual cell besides that the
    conference was held.
    """
    needed: dict[str, Node] = {}
    for line in (line for sheet in sheets for line in sheet.lines):
        with faults_at(section, "needed", form):
            node = parse(line.needed, names) if line.needed else None
            held = parse(context.roles.held, names) if line.actual else None
        section.check(node is None or node.kind is Kind.LOGIC, "needed", say.NOT_A_CONDITION)
        needed |= {field.id: node for field in line.fields if node is not None}
        if line.actual and held is not None:
            needed[line.actual.id] = held if node is None else And((node, held))
    return needed


def _what_is_meant(content: object) -> object:
    if isinstance(content, dict):
        return {
            key: _what_is_meant(value) for key, value in content.items() if key not in _MEAN_NOTHING
        }
    if isinstance(content, list):
        return [_what_is_meant(value) for value in content]
    return content


# --- sheets, lines, tables ------------------------------------------------------------


def _load_sheet(
    section: Section, blocks: Mapping[str, tuple[Section, ...]], context: Context
) -> FormSheet:
    def written_lines(one: Section) -> Iterator[Section]:
        """Yield the lines; of one that stands for a block, the block's."""
        for line in one.sections("lines"):
            if "block" not in line.content:
                yield line
                continue
            line.allow("block")
            yield from blocks[line.one_of("block", blocks, say.NO_BLOCK)]

    sheet = section.read(
        FormSheet,
        lines=lambda one: tuple(
            line for written in written_lines(one) for line in _load_lines(written, context)
        ),
        tables=lambda one: tuple(_load_table(table, context) for table in one.sections("tables")),
    )
    is_lawful = len(sheet.title) <= 31 and not set(sheet.title) & set("[]:*?/\\'")
    section.check(is_lawful, "title", say.BAD_SHEET_TITLE.format(title=sheet.title))
    return sheet


def _load_lines(section: Section, context: Context) -> Iterator[Line]:
    """Yield a line, below an answer that says what lacks the list of its contents."""
    line = _load_line(section, context)
    yield line
    if line.single is not None and line.single.parts:
        contents = enumerate(line.single.contents, start=1)
        listed = (say.LISTED.format(number=number, content=one.short) for number, one in contents)
        yield Line(number="", label="; ".join(listed), listing=True)


def _load_line(section: Section, context: Context) -> Line:
    section.allow(*_LINE_KEYS)
    line = Line(
        number=section.text("stt", ""),
        **section.fields(Line, "label", "hint", "unit_kinds", "indent", "fact", "needed"),
    )
    known = context.kinds_of(*(level.id for level in context.levels))
    section.check_known("unit_kinds", line.unit_kinds, known, say.NO_UNIT_KIND)
    if line.fact:
        section.check_known("fact", [line.fact], FACTS, say.NO_FACT)
    if section.flag("pair"):
        planned = _load_field(section, context, PLANNED, say.PLANNED)
        return replace(
            line, planned=planned, actual=_load_field(section, context, ACTUAL, say.ACTUAL)
        )
    if line.fact or section.flag("heading"):
        return line
    return replace(line, single=_load_field(section, context))


def _load_field(section: Section, context: Context, suffix: str = "", words: str = "") -> Field:
    """Return a field; in a pair ``suffix`` and ``words`` tell planned from actual."""
    id_ = section.text("id") + suffix
    section.check_id("id", id_)
    kind = FieldKind(section.one_of("kind", tuple(FieldKind), say.NO_FIELD_KIND))
    prefills = ("", *PREFILLS, *context.values)
    choices = None
    if kind is FieldKind.CHOICE:
        choices = context.lists[section.one_of("choices", context.lists, say.NO_CHOICES)]
    return Field(
        id=id_,
        label=section.text("label") + words,
        kind=kind,
        choices=choices,
        block=f"pairs{suffix}" if suffix else section.text("in_block", ""),
        prefill=section.one_of("prefill", prefills, say.NO_VALUE, default=""),
        parts=_load_parts(section, context) if kind is FieldKind.LACKING else (),
        **section.fields(Field, *_PLAIN_KEYS),
    )


def _load_parts(section: Section, context: Context) -> tuple[Field, ...]:
    """Return what an answer that says what lacks says: that all is there or not, each content."""
    complete, contents = section.section("complete"), section.sections("contents")
    complete.allow("id", "label", "choices")
    choices = context.lists[complete.one_of("choices", context.lists, say.NO_CHOICES)]
    complete.check(len(choices.values) == 2, "choices", say.NOT_TWO)
    section.check(0 < len(contents) <= MOST_CONTENTS, "contents", say.BAD_CONTENTS)
    for one in (complete, *contents):
        one.check_id("id", one.text("id"))
    parts = [
        Field(
            id=complete.text("id"),
            label=complete.text("label"),
            kind=FieldKind.CHOICE,
            choices=choices,
        )
    ]
    for one in contents:
        one.allow("id", "label", "short")
        parts.append(
            Field(kind=FieldKind.MARK, **one.fields(Field, "id", "label"), short=one.text("short"))
        )
    return tuple(parts)


def _load_table(section: Section, context: Context) -> Table:
    def columns(one: Section) -> tuple[Field, ...]:
        for column in one.sections("columns"):
            column.allow(*_FIELD_KEYS, "width", "other_heads")
        return tuple(_load_field(column, context) for column in one.sections("columns"))

    table = section.read(Table, columns=columns)
    section.check_id("id", table.id)
    ids = [column.id for column in table.columns]
    section.check_known("key", table.key, ids, say.NO_COLUMN)
    section.check(0 < table.rows <= table.capacity, "capacity", say.BAD_CAPACITY)
    section.check(table.prefill in ("", "subordinates", "list"), "prefill", say.NOT_A_PREFILL)
    return table


def _check_ids(section: Section, sheets: tuple[FormSheet, ...]) -> None:
    """Raise unless each field, each table and each of its columns has an id of its own."""
    tables = [table for sheet in sheets for table in sheet.tables]
    fields = [field for sheet in sheets for line in sheet.lines for field in line.fields]
    ids = [one.id for field in fields for one in (field, *field.parts)]
    ids += [table.id for table in tables]
    for id_ in ids:
        section.check(ids.count(id_) == 1, "sheets", say.FIELD_ID_TWICE.format(id=id_))
    for table in tables:
        columns = [column.id for column in table.columns]
        for id_ in columns:
            problem = say.COLUMN_ID_TWICE.format(table=table.id, id=id_)
            section.check(columns.count(id_) == 1, "sheets", problem)


# --- names and derived values -----------------------------------------------------------


def _derive(
    form: str,
    sheets: tuple[FormSheet, ...],
    sections: tuple[Section, ...],
    level: str,
    context: Context,
) -> tuple[tuple[Derived, ...], Names]:
    """Return a form's derived values, each of which may name those before it, and all its names.

    Between those of ``rules.toml`` that stand before the pairs and the others
    stands the figure in force of each planned and actual pair.
    """
    lines = [line for sheet in sheets for line in sheet.lines]
    kinds = context.kinds_of(level)
    # what an answer says is named by its parts only
    named = (one for line in lines for field in line.fields for one in field.parts or (field,))
    scalars = {one.id: _symbol(one) for one in named}
    scalars |= {
        id_: Symbol(KIND_OF_FIELD[fact.kind], kinds if fact.kind is FieldKind.CHOICE else ())
        for id_, fact in FACTS.items()
    }
    tables = {t.id: {c.id: _symbol(c) for c in t.columns} for s in sheets for t in s.tables}

    before: list[tuple[str, str, str, Section | None]] = []
    after: list[tuple[str, str, str, Section | None]] = []
    for section in sections:
        section.allow("id", "label", "expression", "forms", "before_pairs")
        if form in section.texts("forms", (form,)):
            texts = section.text("id"), section.text("label"), section.text("expression")
            (before if section.flag("before_pairs") else after).append((*texts, section))
    for line in lines:
        if line.planned and line.actual:
            id_ = line.planned.id.removesuffix(PLANNED)
            text = f"{id_}{ACTUAL} if {context.roles.held} else {id_}{PLANNED}"
            before.append((id_, line.label, text, None))

    derived = []
    for id_, label, text, written_in in (*before, *after):
        problem = id_problem(id_) or (say.ID_USED if id_ in scalars else "")
        if problem and written_in:
            raise written_in.fail("id", problem)
        with faults_at(written_in, "expression", form):
            node = parse(text, Names(scalars, tables, context.values))
        scalars[id_] = Symbol(node.kind, getattr(node, "choices", ()))
        derived.append(Derived(id=id_, label=label, expression=node, text=text))
    return tuple(derived), Names(scalars, tables, context.values)


def _symbol(field: Field) -> Symbol:
    return Symbol(KIND_OF_FIELD[field.kind], field.choices.values if field.choices else ())
