"""Forms filled in words: what tests and the tables of ``rule_cases`` write becomes a submission."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.lacking import parts_of
from tdkt_batch.model import Month, Source, Submission, Unit
from tdkt_batch.values import Raw, Scalar, TableRow, Value
from tdkt_batch.vietnamese.folding import fold_choice

BLANK, UNREADABLE, NO_ROWS = "(trống)", "(không đọc được)", "(không có dòng nào)"

Row = Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """A form as someone filled it in: cells and rows as words, by field and column id."""

    form: Form
    unit: Unit
    cells: Mapping[str, str]
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def but(self, **cells: str) -> Filled:
        """Return the same form with some cells written otherwise."""
        return replace(self, cells={**self.cells, **cells})

    def of(self, unit: Unit) -> Filled:
        """Return the same form sent by another unit."""
        return replace(self, unit=unit)

    def with_rows(self, table: str, rows: Iterable[Row]) -> Filled:
        """Return the same form with other rows in a table."""
        return replace(self, tables={**self.tables, table: tuple(rows)})

    def with_row(self, table: str, number: int, **cells: str) -> Filled:
        """Return the same form with some cells of a row (from 1) written otherwise."""
        rows = list(self.tables[table])
        rows[number - 1] = {**rows[number - 1], **cells}
        return self.with_rows(table, rows)

    def submission(self, month: Month | None = None) -> Submission:
        """Return what the reader would make of it."""
        values = {f.id: _value(f, self.cells.get(f.id, BLANK)) for f in self.form.fields}
        for one in self.form.fields:  # what an answer says may be written part by part
            said = {p.id: _value(p, self.cells.get(p.id, BLANK)) for p in one.parts}
            values |= parts_of(one, values[one.id]) if one.id in self.cells and said else said
        _imply(self.form.fields, values)
        return Submission(
            source=Source(
                name=f"{self.unit.code}.xlsx",
                sha256="0" * 64,
                size=1,
                modified=datetime(2015, 3, 20),
            ),
            form=self.form.id,
            form_version=self.form.version,
            unit=self.unit.code,
            month=month or Month(2015, 3),
            values=values,
            tables={t.id: tuple(self._rows(t.id)) for t in self.form.tables},
        )

    def _rows(self, table: str) -> Iterator[TableRow]:
        columns = next(t.columns for t in self.form.tables if t.id == table)
        for number, row in enumerate(self.tables.get(table, ()), start=1):
            values = {c.id: _value(c, row.get(c.id, BLANK), f"{table}.{c.id}") for c in columns}
            if any(not value.is_blank for value in values.values()):
                _imply(columns, values, whole_row=True)
            yield TableRow(number, values)


def _value(one: Field, text: str, name: str = "") -> Value:
    text = "" if text == BLANK else text
    value, raw = _understood(one, text)
    place = {"sheet": "Báo cáo", "cell": f"ô của {name or one.id}"}
    return Value(field=name or one.id, value=value, typed=value, raw=raw, **place)


def _understood(one: Field, text: str) -> tuple[Scalar | None, Raw]:
    """Return value and raw content of a cell in which ``text`` was typed."""
    if text == UNREADABLE:
        return None, "???"
    if not text:
        return (False if one.kind is FieldKind.MARK else None), None
    match one.kind:
        case FieldKind.COUNT:
            return int(text), int(text)
        case FieldKind.DATE | FieldKind.MONTH:
            day = day_of(text)
            return day, day
        case FieldKind.MARK:
            return True, text
        case FieldKind.CHOICE:
            return _chosen(one, text), text
        case _:
            return text, text


def day_of(text: str) -> date:
    """Return ``12/03/2015``, or the first day of ``3/2015``."""
    *day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, *(day or [1]))


def _chosen(one: Field, text: str) -> str:
    assert one.choices is not None
    options = {fold_choice(option): option for option in one.choices.values}
    options |= {fold_choice(alias): option for alias, option in one.choices.aliases.items()}
    return options[fold_choice(text)]


def _imply(fields: Iterable[Field], values: dict[str, Value], *, whole_row: bool = False) -> None:
    """Let an optional count left blank be 0 where its block (or its row) is filled."""
    counts = [f for f in fields if f.kind is FieldKind.COUNT]
    filled = {f.block for f in counts if not values[f.id].is_blank}
    for one in counts:
        in_filled_block = whole_row or (one.block != "" and one.block in filled)
        if in_filled_block and not one.required and values[one.id].is_blank:
            values[one.id] = replace(values[one.id], value=0, typed=0, implied=True)


# --- tables in Markdown -------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a Markdown file: its lines, its tables' rows by heading."""

    heading: str
    lines: tuple[str, ...]

    def entry(self, word: str) -> str:
        """Return what stands after ``word:``, empty when it is not there."""
        found = (line.partition(":")[2].strip() for line in self.lines if line.startswith(word))
        return next(found, "")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each table row, the heads first."""
        for line in self.lines:
            if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
                yield tuple(cell.strip() for cell in line.strip("|").split("|"))


def sections(path: Path, marker: str = "## ") -> Iterator[Section]:
    """Yield the sections of a Markdown file that begin with a heading of one depth."""
    text = path.read_text(encoding="utf-8")
    for part in re.split(rf"^{marker}", text, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        yield Section(heading.strip(), tuple(lines))


def read_bases(path: Path, campaign: Campaign) -> dict[str, Filled]:
    """Return the well-filled forms of ``bieu-nen.md`` by name."""
    bases: dict[str, Filled] = {}
    for section in sections(path):
        unit = campaign.unit(section.entry("Đơn vị"))
        form = campaign.form_of(unit)
        like = section.entry("Như biểu nền").removesuffix(", và:").strip()
        filled = bases[like] if like else Filled(form, unit, {})
        parts = re.split(r"^### ", "\n".join(section.lines), flags=re.MULTILINE)
        own = Section("", tuple(parts[0].splitlines()))
        filled = filled.but(**{field_id(form, label): text for label, text in list(own.rows())[1:]})
        for part in parts[1:]:
            table, *lines = part.splitlines()
            heads, *rows = Section(table, tuple(lines)).rows()
            ids = [column_id(form, table.strip(), head) for head in heads]
            filled = filled.with_rows(
                table.strip(), [dict(zip(ids, row, strict=True)) for row in rows]
            )
        bases[section.heading] = filled
    return bases


def field_id(form: Form, label: str) -> str:
    """Return the id of the field with this label."""
    found = [one.id for one in form.fields_and_parts if one.label == label]
    assert len(found) == 1, f"{form.number}: nhãn “{label}” có ở {len(found)} ô"
    return found[0]


def column_id(form: Form, table: str, label: str) -> str:
    """Return the id of the column with this label."""
    columns = next(t.columns for t in form.tables if t.id == table)
    found = [c.id for c in columns if c.label == label]
    assert len(found) == 1, f"{form.number}: nhãn “{label}” có ở {len(found)} cột của {table}"
    return found[0]


def changed(filled: Filled, words: str, campaign: Campaign) -> Filled:
    """Return ``filled`` with the cells of ``words`` ("ô = giá trị; …") written otherwise."""
    if words == "–":
        return filled
    for part in words.split(";"):
        name, _, text = (piece.strip() for piece in part.partition("="))
        if name == "Đơn vị":
            filled = filled.of(campaign.unit(text))
        elif text == NO_ROWS:
            filled = filled.with_rows(name, [])
        elif row := re.fullmatch(r"(\w+) dòng (\d+), (.+)", name):
            column = column_id(filled.form, row[1], row[3])
            filled = filled.with_row(row[1], int(row[2]), **{column: text})
        else:
            filled = filled.but(**{field_id(filled.form, name): text})
    return filled
