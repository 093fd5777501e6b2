"""A workbook (.xlsx) with some of its sheets only; the texts and styles that all share stay."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from html import unescape

from tdkt_batch.workbooks.package import Package, main_part, relations

_MAIN = "xl/workbook.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?/>")
_NAMES = re.compile(rb"<(?:\w+:)?definedNames>.*?</(?:\w+:)?definedNames>", re.DOTALL)
_NAME = re.compile(r"""\sname=["']([^"']*)["']""")
_RELATION = re.compile(r"""\s\w+:id=["']([^"']*)["']""")
_REFERENCE = re.compile(
    rb"""<(?:Relationship|Override)\s[^>]*?(?:Target|PartName)=["']([^"']*)["'][^>]*?/>"""
)
_CALCULATION = "xl/calcchain.xml"


def with_sheets(content: bytes, titles: Collection[str]) -> bytes:
    """Return the workbook with the sheets of these titles; always the same bytes.

    Names of cells and the order of calculation go: they speak of all sheets.
    """
    package = Package(content)
    main = main_part(package, _MAIN)
    links = relations(package, main)
    gone = {_CALCULATION}

    def kept(match: re.Match[bytes]) -> bytes:
        said = match[0].decode()
        name, relation = _NAME.search(said), _RELATION.search(said)
        if name and unescape(name[1]) in titles:
            return match[0]
        if relation and relation[1] in links:
            gone.add(links[relation[1]][1].lower())
        return b""

    book = _NAMES.sub(b"", _SHEET.sub(kept, package.xml(main)))
    ends = tuple(part.rpartition("/")[2] for part in gone)

    def still_there(match: re.Match[bytes]) -> bytes:
        return b"" if match[1].decode().lower().endswith(ends) else match[0]

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as written:
        for name in package:
            part = book if name == main.lower() else package.read(name)
            if name.endswith((".rels", "[content_types].xml")):
                part = _REFERENCE.sub(still_there, part)
            if name not in gone:
                written.writestr(zipfile.ZipInfo(package.spelt(name)), part)
    return target.getvalue()
