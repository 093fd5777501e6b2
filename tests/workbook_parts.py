"""A workbook as what a person could see of it, however its package is put together.

Texts are the cells' own, looks are what they look like, comments stand with their
sheet; what remains is the package's XML. Two workbooks with the same parts are the same.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

_ESCAPED = re.compile("_x([0-9a-fA-F]{4})_")
_ORDER_IS_NOTHING = ("Types", "Relationships")
Part = tuple[Any, ...]


def workbook_parts(content: bytes) -> dict[str, Part]:
    """Return the parts of a workbook by their names; sheets are ``sheet N``."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        text_of = {name: package.read(name).decode() for name in package.namelist()}
    root_of = {name: ET.fromstring(text) for name, text in text_of.items() if ".vml" not in name}  # noqa: S314 — our own
    texts = [_text(one) for one in root_of.pop("xl/sharedStrings.xml", ET.Element("none"))]
    looks, formats = _looks(root_of.pop("xl/styles.xml"))
    parts: dict[str, Part] = {}
    for name, root in root_of.items():
        if name.startswith("xl/worksheets/sheet"):
            _name_priorities(root)
            parts[name] = tuple(_sheet(root, texts, looks, formats))
        elif name.startswith("xl/comments"):
            parts[name] = _plain(root)
        else:
            children = [_plain(child) for child in root]
            is_set = root.tag.rpartition("}")[2] in _ORDER_IS_NOTHING
            parts[name] = tuple(sorted(children) if is_set else children)
    for name, text in text_of.items():
        if ".vml" in name:
            parts[name] = (text,)
    return parts


def _plain(element: ET.Element) -> Part:
    children = tuple(_plain(child) for child in element)
    return element.tag, tuple(sorted(element.attrib.items())), element.text or "", children


def _text(element: ET.Element) -> str:
    """Return a text whose pieces and escapes are undone."""
    joined = "".join(one.text or "" for one in element.iter() if one.tag.endswith("}t"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), joined)


def _looks(root: ET.Element) -> tuple[list[Part], list[Part]]:
    """Return what the numbers of looks mean in cells, and in conditional formats."""
    by_tag = {one.tag.rpartition("}")[2]: one for one in root}
    numbers = {one.get("numFmtId"): one.get("formatCode") for one in by_tag.get("numFmts", ())}
    lists = {name: [_plain(one) for one in by_tag[name]] for name in ("fonts", "fills", "borders")}
    looks = []
    for one in by_tag["cellXfs"]:
        given = dict(one.attrib)
        number = given.pop("numFmtId")
        of = {
            key: lists[f"{key}s"][int(given.pop(f"{key}Id"))] for key in ("font", "fill", "border")
        }
        shown = numbers.get(number, number)
        looks.append(
            (shown, *of.values(), tuple(sorted(given.items())), *(_plain(child) for child in one))
        )
    return looks, [_plain(one) for one in by_tag.get("dxfs", ())]


def _name_priorities(root: ET.Element) -> None:
    """Count a sheet's conditional formats by their rank."""
    rules = [one for one in root.iter() if one.tag.endswith("}cfRule")]
    rank = sorted(int(one.get("priority", "0")) for one in rules)
    for one in rules:
        one.set("priority", str(rank.index(int(one.get("priority", "0")))))


def _sheet(
    root: ET.Element, texts: list[str], looks: list[Part], formats: list[Part]
) -> Iterator[Part]:
    for element in root:
        tag = element.tag.rpartition("}")[2]
        if tag == "sheetData":
            for row in element:
                given = {key: value for key, value in row.items() if key not in ("s", "spans")}
                yield "row", tuple(sorted(given.items())), looks[int(row.get("s", "0"))]
                column = -1
                for cell in row:  # one right of the one before it need not say so
                    column = xl_cell_to_rowcol(cell.get("r"))[1] if cell.get("r") else column + 1
                    cell.set("r", xl_rowcol_to_cell(int(row.get("r")) - 1, column))
                    yield _cell(cell, texts, looks)
        elif tag == "conditionalFormatting":
            for rule in element:
                number = rule.attrib.pop("dxfId")
                rule.set("look", repr(formats[int(number)]))
            yield _plain(element)
        else:
            yield _plain(element)


def _cell(cell: ET.Element, texts: list[str], looks: list[Part]) -> Part:
    given: Mapping[str, str] = cell.attrib
    kind = given.get("t", "n")
    look = looks[int(given.get("s", "0"))]
    held = {one.tag.rpartition("}")[2]: one for one in cell}
    formula = held["f"].text if "f" in held else None
    value: str | None = "" if formula else None  # which is to be calculated
    value = held["v"].text or "" if "v" in held else value
    if kind == "s" and value is not None:
        kind, value = "text", texts[int(value)]
    elif kind == "inlineStr":
        kind, value = "text", _text(held["is"])
    elif kind in ("str", "e") and value is not None:
        kind = "str"
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return given["r"], kind, formula, value, look
