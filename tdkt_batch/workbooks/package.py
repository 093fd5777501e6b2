"""The package of a workbook: its bounds, its lock, its odd parts put right, and its defined names.

Some programs put a slash before the parts' names, write the parts in UTF-16, or
give a sheet a size that is none: the readers then find nothing, or give up.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import msoffcrypto
from defusedxml.ElementTree import fromstring
from msoffcrypto.exceptions import DecryptionError, EncryptionError, FileFormatError, ParseError

from tdkt_batch.workbooks.broken_cells import Position, position_of
from tdkt_batch.workbooks.sniff import DAMAGE, FileKind

# --- what may be opened -------------------------------------------------------------------

MAXIMUM_SUM = 200 * 1024 * 1024
MAXIMUM_ENTRY = 150 * 1024 * 1024
MAXIMUM_ENTRIES = 2000


def package_problem(content: bytes) -> str:
    """Return the reason why a zipped workbook may not be opened; empty when it may.

    A small file that declares to unpack into hundreds of megabytes, or whose
    members lie over one another, is a trap, never a form.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MAXIMUM_ENTRIES:
        return "too_many_parts"
    if sum(sizes) > MAXIMUM_SUM or max(sizes) > MAXIMUM_ENTRY:
        return "too_large"
    if any(entry.flag_bits & 1 for entry in entries):
        return FileKind.ENCRYPTED
    spans = sorted((e.header_offset, e.header_offset + e.compress_size) for e in entries)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        return "overlapping_parts"
    return ""


# --- the lock -----------------------------------------------------------------------------

_DEFAULT_PASSWORD = "VelvetSweatshop"
"""Excel locks workbooks whose structure or sheets are protected with this, and never asks.

The password is the same everywhere, so such a file is nobody's secret.
"""
_CANNOT_UNLOCK = (
    DecryptionError, EncryptionError, FileFormatError, ParseError, TypeError, AttributeError,
    AssertionError, *DAMAGE,
)  # fmt: skip


def unlocked(content: bytes) -> bytes | None:
    """Return the workbook without its lock; None when it has a password of its own."""
    target = io.BytesIO()
    try:
        locked: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=_DEFAULT_PASSWORD)
        locked.decrypt(target)
    except _CANNOT_UNLOCK:
        return None
    return target.getvalue()


# --- parts that are lawful but odd ----------------------------------------------------------

_HEAD = 2000
_DECLARED = re.compile(rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^\ufeff?<\?xml\b[^>]*\?>")
_MARKS: Mapping[bytes, str] = {
    codecs.BOM_UTF32_LE: "utf-32",  # before the shorter mark that it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\x00?\x00": "utf-16-le",
    b"\x00<\x00?": "utf-16-be",
}
_NO_SIZE = re.compile(
    rb"""<(?:\w+:)?dimension\b"""
    rb"""(?![^>]*\sref=["'][A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?["'])[^>]*/>"""
)


def mended(content: bytes) -> bytes:
    """Return the workbook with plain names and all XML in UTF-8; the same bytes when it is so.

    Of two parts with one name the last counts, as for every reader. Raises
    ``ValueError`` or ``LookupError`` for text that is not in the encoding it declares.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if not name.endswith("/")]
        parts = {name.replace("\\", "/").lstrip("/"): name for name in names}
        odd = {name: coding for name in parts if (coding := _odd_coding(package, parts[name]))}
        if not odd and all(new == old for new, old in parts.items()):
            return content
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as written:
            for new, old in parts.items():
                part = package.read(old)
                if new in odd:
                    text = _DECLARATION.sub("", part.decode(odd[new]))
                    part = _NO_SIZE.sub(b"", text.encode("utf-8"))
                written.writestr(zipfile.ZipInfo(new), part)
    return target.getvalue()


def _odd_coding(package: zipfile.ZipFile, name: str) -> str:
    """Return the encoding of an XML part that must be written anew; empty for all others."""
    if not name.lower().endswith((".xml", ".rels")):
        return ""
    with package.open(name) as part:
        head = part.read(_HEAD)
    for mark, coding in _MARKS.items():
        if head.startswith(mark):
            return coding
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    coding = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    if coding not in ("utf-8", "ascii"):
        return coding
    return "utf-8" if _NO_SIZE.search(head) else ""


# --- defined names --------------------------------------------------------------------------

_BOOK = "xl/workbook.xml"
LARGEST_BOOK = 2_000_000
_REFERENCE = re.compile(
    r"=?(?:'(?:[^']|'')+'|[^'!]+)!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
)
"""A reference like ``'Báo cáo'!$C$12``: the first cell counts."""


def named_cells(content: bytes) -> Mapping[str, Position]:
    """Return the cells to which the defined names of an .xlsx refer; none of other workbooks.

    The form names each of its inputs by the field's id. Only an anchor beside the
    label: a program that does not know names leaves them where they were.
    """
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo(_BOOK).file_size > LARGEST_BOOK:
                return {}
            book = fromstring(package.read(_BOOK))
    except DAMAGE:
        return {}
    references = {
        element.get("name", ""): _REFERENCE.fullmatch((element.text or "").strip())
        for element in book.iter()
        if element.tag.endswith("}definedName") and element.get("localSheetId") is None
    }
    return {name: position_of(m[1], m[2]) for name, m in references.items() if m}
