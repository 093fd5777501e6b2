"""Good forms with a few bytes, members or elements changed by chance, and the eye that judges them.

The eye looks into the file by itself: a value that is not what was meant is
allowed only where the cell's own content changed, or where a fault says so.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import python_calamine
from xlsxwriter.utility import xl_rowcol_to_cell

from corpus.clerk import CAMPAIGN, Clerk
from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.campaign.lacking import lacking_in
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.model import Submission
from tdkt_batch.values import Value

ATTRIBUTES = (
    "", "0", "-1", "99999999", "A1", "XFD1048576", "e", "s", "str", "b", "d", "inlineStr", "n",
    "NaN", "1E999", "rId1", "rId9", "hidden", "float", "date", "string",
)  # fmt: skip
JUNK = (
    b"\0",
    b"\xff\xfe",
    b"&x;",
    b"&#0;",
    b"]]>",
    b"<c/>",
    b"<row>",
    b"</row>",
    b"<!--",
    b"<v>7</v>",
    b"9",
    b" ",
)

# --- changes by chance --------------------------------------------------------------------


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the file with something changed: its bytes, its members, or a member's XML."""
    if not content.startswith(b"PK"):
        return _bytes(content, chance)
    how = chance.choices((_bytes, _members, _xml), weights=(3, 2, 5))[0]
    return how(content, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at, size = chance.randrange(len(out)), chance.choice((1, 1, 2, 4, 64, 512))
        match chance.randrange(7):
            case 0 | 1:
                out[at] ^= 1 << chance.randrange(8)
            case 2:
                out[at : at + size] = chance.randbytes(size)
            case 3:
                out[at : at + size] = bytes(size)
            case 4:
                del out[at : at + size]
            case 5:
                out[at:at] = chance.randbytes(size)
            case 6:
                other = chance.randrange(len(out))
                out[at : at + size] = out[other : other + size]
    return bytes(out[: chance.randrange(len(out))] if chance.random() < 0.05 else out)


def _read(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [(i.filename, package.read(i)) for i in package.infolist()]


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    """Return the package; what an OpenDocument file is stands at its start, not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, raw in parts:
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), raw, method)
    return target.getvalue()


def _members(content: bytes, chance: random.Random) -> bytes:
    parts = _read(content)
    at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, raw = parts[at]
    match chance.randrange(5):
        case 0:
            del parts[at]
        case 1:
            parts[at] = (parts[other][0] + "x", raw)
        case 2:
            parts[at] = (name, parts[other][1])
        case 3:
            parts[at] = (name, _bytes(raw, chance) if raw else b"x")
        case 4:
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], raw)
    return _packed(parts)


def _xml(content: bytes, chance: random.Random) -> bytes:
    parts = _read(content)
    weighty = [
        n
        for n, (name, raw) in enumerate(parts)
        if raw.startswith(b"<?xml")
        and re.search(r"sheet[1245]\.|content|workbook|sharedStr|styles", name)
    ]
    at = chance.choice(weighty)
    name, raw = parts[at]
    for _ in range(chance.choice((1, 1, 2, 5))):
        raw = chance.choice(_XML_CHANGES)(raw, chance)
    parts[at] = (name, raw)
    return _packed(parts)


def _one(pattern: bytes, raw: bytes, chance: random.Random) -> re.Match[bytes] | None:
    """Return one place of ``pattern`` near a place taken by chance."""
    start = chance.randrange(max(1, len(raw)))
    return re.compile(pattern, re.DOTALL).search(raw, start) or re.search(pattern, raw, re.DOTALL)


def _put(raw: bytes, match: re.Match[bytes] | None, new: bytes, group: int = 0) -> bytes:
    return raw if match is None else raw[: match.start(group)] + new + raw[match.end(group) :]


def _digit(raw: bytes, chance: random.Random) -> bytes:
    match = _one(rb"(?:<v>|office:value=\")-?\d*(\d)", raw, chance)
    return _put(raw, match, str(chance.randrange(10)).encode(), 1)


def _number(raw: bytes, chance: random.Random) -> bytes:
    words = (b"-7", b"12.5", b"1e999", b"NaN", b"", b"x", b"99999999", b"0", b"41000", b"=1")
    return _put(raw, _one(rb"<v>([^<]*)</v>", raw, chance), chance.choice(words), 1)


def _attribute(raw: bytes, chance: random.Random) -> bytes:
    match = _one(rb' [\w:]+="([^"]*)"', raw, chance)
    return _put(raw, match, chance.choice(ATTRIBUTES).encode(), 1)


def _address(raw: bytes, chance: random.Random) -> bytes:
    match = _one(rb'<c r="([A-Z]+\d+)"', raw, chance)
    return _put(raw, match, f"{chance.choice('ABCDEF')}{chance.randrange(1, 90)}".encode(), 1)


def _dropped(raw: bytes, chance: random.Random) -> bytes:
    kinds = (
        rb"<c [^>]*?(?:/>|>.*?</c>)", rb"<row .*?</row>", rb"<si>.*?</si>", rb"<v>.*?</v>",
        rb"<table:table-cell[^>]*?(?:/>|>.*?</table:table-cell>)", rb"<table:table-row.*?</table:table-row>",
        rb"</\w+>",
    )  # fmt: skip
    return _put(raw, _one(chance.choice(kinds), raw, chance), b"")


def _doubled(raw: bytes, chance: random.Random) -> bytes:
    kinds = (
        rb"<c [^>]*?(?:/>|>.*?</c>)",
        rb"<row .*?</row>",
        rb"<si>.*?</si>",
        rb"<table:table-row.*?</table:table-row>",
    )
    match = _one(chance.choice(kinds), raw, chance)
    return _put(raw, match, match[0] * 2 if match else b"")


def _junk(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(JUNK) + raw[at:]


def _text(raw: bytes, chance: random.Random) -> bytes:
    match = _one(rb">([^<>]{2,40})</(?:t|text:p)>", raw, chance)
    if match is None:
        return raw
    words = match[1].decode("utf-8", "replace")
    new = chance.choice((words.upper(), words[::-1], words[:-1], f"{words} 2", "", "x", "12"))
    return _put(raw, match, new.replace("&", "&amp;").encode(), 1)


_XML_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _digit, _digit, _number, _attribute, _attribute, _address, _dropped, _doubled, _junk, _text,
    _text,
)  # fmt: skip


# --- the eye ------------------------------------------------------------------------------

Key = tuple[str, ...]
"""A field, or a table's row and column."""
Place = tuple[int, str]
"""The number of a sheet and an address on it."""


class Eye:
    """Looks at the cells of a file without the program: what stands in each, as text.

    ``None`` is given for a sheet that cannot be looked at.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._sheets: dict[int, Mapping[str, str] | None] = {}

    def cell(self, place: Place) -> str | None:
        sheet, address = place
        if sheet not in self._sheets:
            self._sheets[sheet] = self._look(sheet)
        cells = self._sheets[sheet]
        return None if cells is None else cells.get(address, "")

    def _look(self, sheet: int) -> Mapping[str, str] | None:
        try:
            if not self._content.startswith(b"PK"):
                return _by_calamine(self._content, sheet)
            if "content.xml" in self._parts:
                return dict(_ods_cells(self._xml("content.xml"), sheet))
            return dict(_xlsx_cells(self._xml(f"xl/worksheets/sheet{sheet + 1}.xml"), self._texts))
        except Exception:  # noqa: BLE001 — whatever is wrong with it, it cannot be looked at
            return None

    def count(self, text: str) -> int:
        """Return how often a text stands in the members by itself, however torn they are."""
        alone = f">{escape(text)}<".encode()
        return sum(raw.count(alone) for raw in self._parts.values())

    def torn_cell(self, place: Place) -> str:
        """Return a cell's own XML in a workbook's sheet that is not well formed; "" if none."""
        sheet, address = place
        raw = self._parts.get(f"xl/worksheets/sheet{sheet + 1}.xml", b"")
        cell = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'.encode(), raw, re.DOTALL)
        return repr(cell[0]) if cell else ""

    @cached_property
    def _parts(self) -> Mapping[str, bytes]:
        return dict(_read(self._content))

    @cached_property
    def _texts(self) -> list[str]:
        root = self._xml("xl/sharedStrings.xml")
        return ["".join(t.text or "" for t in si.iter() if t.tag.endswith("}t")) for si in root]

    def _xml(self, part: str) -> ET.Element:
        return ET.fromstring(self._parts[part])  # noqa: S314 — made here


def _xlsx_cells(root: ET.Element, texts: list[str]) -> Iterator[tuple[str, str]]:
    for cell in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"):
        kind = cell.get("t", "n")
        value = "".join(t.text or "" for t in cell.iter() if t.tag.endswith(("}v", "}t")))
        if kind == "s" and value:
            value = texts[int(value)]
        formula = any(t.tag.endswith("}f") for t in cell)
        if value or formula:
            mark = "" if kind in ("s", "inlineStr", "str", "n") else kind
            yield cell.get("r", "?"), f"{mark}{'=' if formula else ''}{value}|{cell.get('s', '')}"


def _ods_cells(root: ET.Element, sheet: int) -> Iterator[tuple[str, str]]:
    space = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    table = list(root.iter(f"{space}table"))[sheet]
    row_number = 0
    for row in table.iter(f"{space}table-row"):
        column = 0
        for cell in row:
            text = "".join(cell.itertext())
            values = sorted(
                v
                for k, v in cell.attrib.items()
                if k.startswith("{urn:oasis:names:tc:opendocument:xmlns:office")
            )
            times = int(cell.get(f"{space}number-columns-repeated", "1"))
            if text or values:
                for n in range(min(times, 50)):
                    yield xl_rowcol_to_cell(row_number, column + n), f"{text}|{values}"
            column += times
        row_number += int(row.get(f"{space}number-rows-repeated", "1"))


def _by_calamine(content: bytes, sheet: int) -> Mapping[str, str]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    return {
        xl_rowcol_to_cell(r, c): repr(raw)
        for r, row in enumerate(rows[:400])
        for c, raw in enumerate(row[:20])
        if raw != ""
    }


# --- the judgement -------------------------------------------------------------------------


@dataclass(frozen=True)
class Judge:
    """Knows a good form: where each of its values stands, and what was read of it."""

    clerk: Clerk
    content: bytes
    good: Submission

    @cached_property
    def eye(self) -> Eye:
        return Eye(self.content)

    @cached_property
    def places(self) -> Mapping[Key, tuple[Place, Field]]:
        form = self.clerk.definition
        layout = layout_of(form)
        numbers = {sheet.title: n for n, sheet in enumerate(form.sheets)}
        found = {
            (f.id,): ((numbers[layout.cells[f.id].sheet], layout.cells[f.id].address), f)
            for f in form.fields
        }
        for table in form.tables:
            place = layout.tables[table.id]
            for row in range(1, 400):
                for column in table.columns:
                    at = (numbers[place.sheet], place.cell(row - 1, column.id).address)
                    found[table.id, str(row), column.id] = (at, column)
        return found

    def wrongs(self, content: bytes, found: Submission) -> Iterator[str]:
        """Yield each value that is wrong though the file and the faults do not explain it."""
        faults = found.all_faults
        if (found.unit, found.month) != (self.good.unit, self.good.month) and not faults:
            page = (CAMPAIGN.roles.unit, CAMPAIGN.roles.month)
            if not any(self._differs(Eye(content), (k,)) for k in page):
                yield f"unit or month: {found.unit} {found.month}"
        eye, meant, now = Eye(content), values_of(self.good), values_of(found)
        for key in sorted(set(meant) | set(now)):
            before, after = meant.get(key), now.get(key)
            if _same(before, after) or self._is_explained(eye, key, after, faults):
                continue
            yield f"{key}: {before and before.value!r} → {after and after.value!r} {after and after.raw!r}"

    def _is_explained(self, eye: Eye, key: Key, after: Value | None, faults: object) -> bool:
        if after is not None and (after.fault or after.implied):
            return after.value is None or after.implied
        missing = after is None or after.value is None or after.value is False
        sheets = {f.code for f in faults if not f.field or f.field == key[0]}
        if missing and sheets & {"DL13", "DL14", "DL15", "DL16", "DL19", "DL20", "DL21", "DL22"}:
            return True
        if after is not None and after.repair and sheets & {"DL37", "DL39", "DL42", "DL43"}:
            return True
        is_lawful = missing or _is_lawful(self.places[key][1], after.value)
        if "DL31" in sheets and after is not None and self._was_moved(key, after):
            return is_lawful
        # rows that are no people are named and not numbered: those below are others than before
        are_others = bool(sheets & {"DL48", "DL50"}) and after is not None
        return is_lawful and self._differs(eye, key, after, after.cell if are_others else "")

    def _was_moved(self, key: Key, after: Value) -> bool:
        """Tell whether a value was read elsewhere than laid out: a notice names both cells."""
        return after.cell != self.places[key][0][1]

    def _differs(self, eye: Eye, key: Key, after: Value | None = None, cell: str = "") -> bool:
        """Tell whether other content stands in the cell; in a torn sheet, any new text may.

        It is the key's own, unless it was another ``cell`` of that sheet.
        """
        sheet, own = self.places[key][0]
        place = sheet, cell or own
        now = eye.cell(place)
        if now is None and after is not None and isinstance(after.raw, str):
            return eye.count(after.raw) > self.eye.count(after.raw)
        if now is None:
            return eye.torn_cell(place) not in ("", self.eye.torn_cell(place))
        return now is not None and now != self.eye.cell(place)


def values_of(submission: Submission) -> dict[Key, Value]:
    found = {(id_,): value for id_, value in submission.values.items()}
    for table, rows in submission.tables.items():
        for row in rows:
            found |= {(table, str(row.number), c): v for c, v in row.values.items()}
    return found


def _same(before: Value | None, after: Value | None) -> bool:
    one, other = before and before.value, after and after.value
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return (one, type(one)) == (other, type(other)) or {str(one), str(other)} <= {"None", "False"}


def _is_lawful(field: Field, value: object) -> bool:
    match field.kind:
        case FieldKind.COUNT:
            return type(value) is int and field.minimum <= value <= field.maximum
        case FieldKind.DATE | FieldKind.MONTH:
            return isinstance(value, date) and CAMPAIGN.earliest <= value <= CAMPAIGN.latest
        case FieldKind.CHOICE:
            return field.choices is None or value in field.choices.values
        case FieldKind.MARK:
            return isinstance(value, bool)
        case FieldKind.LACKING:
            return isinstance(value, str) and lacking_in(field, value) == value
    return isinstance(value, str)
