"""``forms.toml`` → forms: lines and tables, derived values, the names that rules may use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Level
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
from tdkt_batch.campaign.identifiers import id_problem
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.campaign.tree import CampaignValue, Kind, Names, Symbol
from tdkt_batch.errors import ExpressionError

_FIELD_KEYS = ("id", "label", "kind", "choices", "hint", "required", "minimum", "maximum")
_LINE_KEYS = (*_FIELD_KEYS, "stt", "heading", "pair", "in_block", "unit_kinds", "indent", "prefill")
PREFILLS = ("unit", "month", "conference_name")
"""What a field may be pre-filled with, besides the name of a campaign value."""


@dataclass(frozen=True, slots=True)
class Context:
    """What forms and rules may refer to: lists, levels, campaign values, the held condition."""

    lists: Mapping[str, ChoiceList]
    levels: tuple[Level, ...]
    values: Mapping[str, CampaignValue]
    held: str


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
    level = section.text("level")
    if level not in {one.id for one in context.levels}:
        raise section.fail("level", f"không có cấp “{level}”")
    conference_name = section.text("conference_name")
    if not isinstance(context.values.get(conference_name), str):
        raise section.fail("conference_name", f"không có tên gọi “{conference_name}” của đợt")
    sheets = tuple(_load_sheet(s, blocks, context) for s in section.sections("sheets"))
    _check_ids(section, sheets)
    names = _names(sheets, level, context)
    derivations = tuple(_derive(_in_force(sheets, context), derived, id_, names))
    return Form(
        id=id_,
        number=section.text("number"),
        title=section.text("title"),
        level=level,
        sheets=sheets,
        derived=derivations,
        names=_with_derived(names, derivations),
        version=_version(section, blocks),
        conference_name=conference_name,
        kinds_in_small=section.texts("kinds_in_small", ()),
    )


def _version(section: Section, blocks: Mapping[str, tuple[Section, ...]]) -> str:
    """Return a digest of all that places or means something; hints do neither."""
    shared = {key: [one.content for one in sections] for key, sections in blocks.items()}
    meant = _without_hints([section.content, shared])
    text = json.dumps(meant, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _without_hints(content: object) -> object:
    if isinstance(content, dict):
        return {key: _without_hints(value) for key, value in content.items() if key != "hint"}
    if isinstance(content, list):
        return [_without_hints(value) for value in content]
    return content


# --- sheets, lines, tables ------------------------------------------------------------


def _load_sheet(
    section: Section, blocks: Mapping[str, tuple[Section, ...]], context: Context
) -> FormSheet:
    section.allow("id", "title", "landscape", "hint", "lines", "tables")
    title = section.text("title")
    if len(title) > 31 or set(title) & set("[]:*?/\\'"):
        raise section.fail("title", f"“{title}” không đặt tên trang tính được (tối đa 31 ký tự)")
    lines = tuple(
        _load_line(line, context)
        for outer in section.sections("lines")
        for line in _expand(outer, blocks)
    )
    return FormSheet(
        id=section.text("id"),
        title=title,
        lines=lines,
        tables=tuple(_load_table(t, context) for t in section.sections("tables")),
        landscape=section.flag("landscape"),
        hint=section.text("hint", ""),
    )


def _expand(section: Section, blocks: Mapping[str, tuple[Section, ...]]) -> tuple[Section, ...]:
    if "block" not in section.content:
        return (section,)
    section.allow("block")
    block = section.text("block")
    if block not in blocks:
        raise section.fail("block", f"không có khối “{block}”")
    return blocks[block]


def _load_line(section: Section, context: Context) -> Line:
    section.allow(*_LINE_KEYS, "fact")
    kinds = _unit_kinds(section, context)
    single = planned = actual = None
    fact = section.text("fact", "")
    if fact and fact not in FACTS:
        raise section.fail("fact", f"không có “{fact}”; có: {', '.join(FACTS)}")
    if section.flag("pair"):
        planned = _load_field(section, context, "_kh", " (kế hoạch)")
        actual = _load_field(section, context, "_th", " (thực hiện)")
    elif not fact and not section.flag("heading"):
        single = _load_field(section, context)
    return Line(
        number=section.text("stt", ""),
        label=section.text("label"),
        hint=section.text("hint", ""),
        single=single,
        planned=planned,
        actual=actual,
        unit_kinds=kinds,
        indent=section.number("indent", 0),
        fact=fact,
    )


def _unit_kinds(section: Section, context: Context) -> tuple[str, ...]:
    kinds = section.texts("unit_kinds", ())
    known = {kind for level in context.levels for kind in level.unit_kinds}
    for kind in kinds:
        if kind not in known:
            raise section.fail("unit_kinds", f"không có loại đơn vị “{kind}”")
    return kinds


def _load_field(section: Section, context: Context, suffix: str = "", words: str = "") -> Field:
    id_ = section.text("id") + suffix
    if problem := id_problem(id_):
        raise section.fail("id", problem)
    try:
        kind = FieldKind(section.text("kind"))
    except ValueError:
        known = ", ".join(FieldKind)
        raise section.fail("kind", f"không có kiểu “{section.text('kind')}”; có: {known}") from None
    prefill = section.text("prefill", "")
    if prefill and prefill not in PREFILLS and prefill not in context.values:
        raise section.fail("prefill", f"không có giá trị “{prefill}” của đợt")
    return Field(
        id=id_,
        label=section.text("label") + words,
        kind=kind,
        choices=_choices(section, kind, context),
        hint=section.text("hint", ""),
        required=section.flag("required"),
        block=f"pairs{suffix}" if suffix else section.text("in_block", ""),
        minimum=section.number("minimum", 0),
        maximum=section.number("maximum", 99_999),
        unit_kinds=section.texts("unit_kinds", ()),
        prefill=prefill,
        width=section.decimal("width", 12.0),
    )


def _choices(section: Section, kind: FieldKind, context: Context) -> ChoiceList | None:
    if kind is not FieldKind.CHOICE:
        return None
    list_id = section.text("choices")
    if list_id not in context.lists:
        raise section.fail("choices", f"không có danh sách chọn “{list_id}”")
    return context.lists[list_id]


def _load_table(section: Section, context: Context) -> Table:
    section.allow("id", "title", "key", "rows", "capacity", "prefill", "hint", "columns")
    if problem := id_problem(section.text("id")):
        raise section.fail("id", problem)
    columns = []
    for column in section.sections("columns"):
        column.allow(*_FIELD_KEYS, "width")
        columns.append(_load_field(column, context))
    key = section.texts("key")
    for id_ in key:
        if id_ not in {column.id for column in columns}:
            raise section.fail("key", f"bảng không có cột “{id_}”")
    rows = section.number("rows")
    capacity = section.number("capacity")
    if not 0 < rows <= capacity:
        raise section.fail("capacity", "phải từ số dòng kẻ sẵn (rows) trở lên")
    prefill = section.text("prefill", "")
    if prefill not in ("", "subordinates", "list"):
        raise section.fail("prefill", "chỉ có “subordinates” hoặc “list”")
    return Table(
        id=section.text("id"),
        title=section.text("title"),
        columns=tuple(columns),
        key=key,
        rows=rows,
        capacity=capacity,
        prefill=prefill,
        hint=section.text("hint", ""),
    )


def _check_ids(section: Section, sheets: tuple[FormSheet, ...]) -> None:
    seen: set[str] = set()
    for sheet in sheets:
        ids = [f.id for line in sheet.lines for f in line.fields] + [t.id for t in sheet.tables]
        for id_ in ids:
            if id_ in seen:
                raise section.fail("sheets", f"mã ô hoặc bảng “{id_}” dùng hai lần")
            seen.add(id_)
        for table in sheet.tables:
            columns = [column.id for column in table.columns]
            for id_ in columns:
                if columns.count(id_) > 1:
                    raise section.fail("sheets", f"bảng “{table.id}” có hai cột “{id_}”")


# --- names and derived values -----------------------------------------------------------


def _symbol(field: Field) -> Symbol:
    choices = field.choices.values if field.choices else ()
    return Symbol(KIND_OF_FIELD[field.kind], choices)


def _names(sheets: tuple[FormSheet, ...], level: str, context: Context) -> Names:
    kinds = next(one.unit_kinds for one in context.levels if one.id == level)
    scalars = {f.id: _symbol(f) for s in sheets for line in s.lines for f in line.fields}
    scalars |= {
        "don_vi.ma": Symbol(Kind.TEXT),
        "don_vi.ten": Symbol(Kind.TEXT),
        "don_vi.loai": Symbol(Kind.CHOICE, kinds),
        "don_vi.phan_bo": Symbol(Kind.NUMBER),
    }
    tables = {t.id: {c.id: _symbol(c) for c in t.columns} for s in sheets for t in s.tables}
    return Names(scalars, tables, context.values)


@dataclass(frozen=True, slots=True)
class _Definition:
    """A derived value as written; ``section`` is None for a pair's figure in force."""

    id: str
    label: str
    text: str
    section: Section | None = None


def _in_force(sheets: tuple[FormSheet, ...], context: Context) -> Iterator[_Definition]:
    """Yield the figure in force of each planned/actual pair."""
    for sheet in sheets:
        for line in sheet.lines:
            if line.planned and line.actual:
                id_ = line.planned.id.removesuffix("_kh")
                text = f"{id_}_th if {context.held} else {id_}_kh"
                yield _Definition(id_, line.label, text)


def _written(sections: tuple[Section, ...], form: str, *, first: bool) -> Iterator[_Definition]:
    """Yield the derived values of ``rules.toml`` that belong to ``form``."""
    for section in sections:
        section.allow("id", "label", "expression", "forms", "before_pairs")
        if section.flag("before_pairs") is first and form in section.texts("forms", (form,)):
            id_, label = section.text("id"), section.text("label")
            yield _Definition(id_, label, section.text("expression"), section)


def _derive(
    in_force: Iterator[_Definition], sections: tuple[Section, ...], form: str, names: Names
) -> Iterator[Derived]:
    """Yield the derived values of a form, in their order; each may name those before it."""
    scalars = dict(names.scalars)
    before = _written(sections, form, first=True)
    after = _written(sections, form, first=False)
    for one in (*before, *in_force, *after):
        problem = id_problem(one.id) or ("tên đã dùng" if one.id in scalars else "")
        if problem and one.section:
            raise one.section.fail("id", problem)
        try:
            node = parse(one.text, Names(scalars, names.tables, names.values))
        except ExpressionError as error:
            if one.section is None:
                raise
            raise one.section.fail("expression", f"biểu {form}: {error}") from None
        scalars[one.id] = Symbol(node.kind, getattr(node, "choices", ()))
        yield Derived(id=one.id, label=one.label, expression=node, text=one.text)


def _with_derived(names: Names, derived: tuple[Derived, ...]) -> Names:
    added = {d.id: Symbol(d.expression.kind, getattr(d.expression, "choices", ())) for d in derived}
    return Names({**names.scalars, **added}, names.tables, names.values)
