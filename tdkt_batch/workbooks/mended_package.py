"""A zipped workbook whose parts are lawful but odd → the same as common programs write it.

Some programs put a slash before the parts' names, write the parts in UTF-16, or
give a sheet a size that is none: the readers then find nothing, or give up.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Mapping

_HEAD = 2000
_DECLARED = re.compile(rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^\ufeff?<\?xml\b[^>]*\?>")
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_NO_SIZE = re.compile(
    rb"""<(?:\w+:)?dimension\b"""
    rb"""(?![^>]*\sref=["'][A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?["'])[^>]*/>"""
)
_UTF_8 = "utf-8"
_AS_IT_IS = frozenset(("utf-8", "ascii"))


def mended(content: bytes) -> bytes:
    """Return the workbook with plain names and all XML in UTF-8; the same bytes when it is so.

    Of two parts with one name the last counts, as for every reader. Raises
    ``ValueError`` or ``LookupError`` for text that is not in the encoding it declares.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {_plain(name): name for name in package.namelist() if not name.endswith("/")}
        odd = {name: coding for name in parts if (coding := _coding(package, parts[name]))}
        if not odd and all(new == old for new, old in parts.items()):
            return content
        return _written(package, parts, odd)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _coding(package: zipfile.ZipFile, name: str) -> str:
    """Return the encoding of an XML part that must be written anew; empty for all others."""
    if not name.lower().endswith((".xml", ".rels")):
        return ""
    with package.open(name) as part:
        head = part.read(_HEAD)
    for mark, coding in _MARKS:
        if head.startswith(mark):
            return coding
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    coding = codecs.lookup(declared[1].decode("ascii")).name if declared else _UTF_8
    if coding not in _AS_IT_IS:
        return coding
    return _UTF_8 if _NO_SIZE.search(head) else ""


def _written(package: zipfile.ZipFile, parts: Mapping[str, str], odd: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as written:
        for new, old in parts.items():
            part = package.read(old)
            if new in odd:
                text = _DECLARATION.sub("", part.decode(odd[new]))
                part = _NO_SIZE.sub(b"", text.encode(_UTF_8))
            written.writestr(zipfile.ZipInfo(new), part)
    return target.getvalue()
