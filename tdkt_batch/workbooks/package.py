"""The zip package of a workbook, opened once: its bounds, its parts, and the lock around it.

Some programs put a slash before the parts' names, write them with backslashes or
in capitals, or write XML in UTF-16: such a part is found and read all the same.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from defusedxml.ElementTree import fromstring

from tdkt_batch.workbooks.cells import BytesMissingError

DAMAGE = (
    BytesMissingError, zipfile.BadZipFile, zlib.error, struct.error, LookupError, OSError,
    SyntaxError, ValueError, NotImplementedError, EOFError, RuntimeError, ArithmeticError,
    ExpatError,
)  # fmt: skip
"""What looking into a file's bytes raises when it is not as it should be, or is locked."""
MAXIMUM_SUM = 200 * 1024 * 1024
MAXIMUM_ENTRY = 150 * 1024 * 1024
MAXIMUM_ENTRIES = 2000


@lru_cache(maxsize=1)
def open_package(content: bytes) -> Package:
    """Return the package, the one opened last as it is: a form's is asked for several times."""
    return Package(content)


class Package:
    """A package's parts by their names; of two parts with one name the last counts."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._parts = {
            name.replace("\\", "/").lstrip("/").lower(): entry
            for entry in self._zip.infolist()
            if not (name := entry.filename).endswith("/")
        }

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def __iter__(self) -> Iterator[str]:
        """Yield the parts' names in lower case."""
        return iter(self._parts)

    @property
    def problem(self) -> str:
        """The reason why the package may not be opened; empty when it may.

        A small file that declares to unpack into hundreds of megabytes, or whose
        members lie over one another, is a trap, never a form.
        """
        entries = self._zip.infolist()
        sizes = [entry.file_size for entry in entries]
        if len(entries) > MAXIMUM_ENTRIES:
            return "too_many_parts"
        if sum(sizes) > MAXIMUM_SUM or max(sizes, default=0) > MAXIMUM_ENTRY:
            return "too_large"
        if any(entry.flag_bits & 1 for entry in entries):
            return "encrypted"
        spans = sorted((e.header_offset, e.header_offset + e.compress_size) for e in entries)
        if any(end > start for (_, end), (start, _) in pairwise(spans)):
            return "overlapping_parts"
        return ""

    def spelt(self, name: str) -> str:
        """Return a part's name as the package spells it, with plain slashes."""
        return self._entry(name).filename.replace("\\", "/").lstrip("/")

    def size(self, name: str) -> int:
        """Return how many bytes a part says to have."""
        return self._entry(name).file_size

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""
        return self._zip.read(self._entry(name))

    def head(self, name: str, size: int) -> bytes:
        """Return a part's first bytes."""
        with self._zip.open(self._entry(name)) as part:
            return part.read(size)

    def xml(self, name: str) -> bytes:
        """Return a part's XML in an encoding that every parser knows.

        Raises ``ValueError`` or ``LookupError`` for text that is not in the encoding it
        declares.
        """
        return _in_utf_8(self.read(name))

    def tree(self, name: str) -> Element:
        """Return a part's XML as a tree; for parts that are small in every workbook."""
        return tree_of(self.xml(name))

    def _entry(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._parts[name.lower()]
        except KeyError:
            raise BytesMissingError(f"no part {name}") from None


@lru_cache(maxsize=32)
def tree_of(xml: bytes) -> Element:
    """Return XML as a tree that is only looked at: styles are the same in all forms of one kind."""
    root: Element = fromstring(xml)
    return root


WITHOUT_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
"""Relations of a workbook to sheets that hold no cells of a form."""


def relations(package: Package, part: str) -> Mapping[str, tuple[str, str]]:
    """Return what a part refers to, by the relation's id: the last word of its type, the part."""
    folder, name = PurePosixPath("/", part).parent, PurePosixPath(part).name
    found = {}
    for link in package.tree(str(folder / "_rels" / f"{name}.rels").lstrip("/")):
        kind = link.get("Type", "").rpartition("/")[2]
        target = folder / link.get("Target", "").replace("\\", "/")
        found[link.get("Id", "")] = kind, _plain(target.parts[1:])
    return found


def main_part(package: Package, usual: str) -> str:
    """Return the part that a package is about: the usual one, else the one that it names."""
    if usual in package or "_rels/.rels" not in package:
        return usual
    links = relations(package, "")
    return next((part for kind, part in links.values() if kind == "officeDocument"), usual)


def _plain(parts: Iterable[str]) -> str:
    """Return a path without the steps up in it."""
    plain: list[str] = []
    for part in parts:
        if part == "..":
            plain = plain[:-1]
        elif part != ".":
            plain.append(part)
    return "/".join(plain)


# --- encodings ----------------------------------------------------------------------------

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


def _in_utf_8(xml: bytes) -> bytes:
    """Return XML that is in another encoding in UTF-8."""
    head = xml[:_HEAD]
    coding = next((coding for mark, coding in _MARKS.items() if head.startswith(mark)), "")
    if not coding:
        declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
        coding = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    if coding in ("utf-8", "ascii"):
        return xml
    return _DECLARATION.sub("", xml.decode(coding)).encode("utf-8")


# --- the lock -----------------------------------------------------------------------------

_DEFAULT_PASSWORD = "VelvetSweatshop"
"""Excel locks workbooks whose structure or sheets are protected with this, and never asks.

The password is the same everywhere, so such a file is nobody's secret.
"""


def unlocked(content: bytes) -> bytes | None:
    """Return the workbook without its lock; None when it has a password of its own."""
    import msoffcrypto
    from msoffcrypto.exceptions import (
        DecryptionError,
        EncryptionError,
        FileFormatError,
        ParseError,
    )

    cannot = (DecryptionError, EncryptionError, FileFormatError, ParseError)
    target = io.BytesIO()
    try:
        locked: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=_DEFAULT_PASSWORD)
        locked.decrypt(target)
    except (*cannot, TypeError, AttributeError, AssertionError, *DAMAGE):
        return None
    return target.getvalue()
