"""What a file is by its bytes: a workbook, or which of the many things that are none."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from itertools import pairwise
from pathlib import PurePosixPath


class Kind(StrEnum):
    """What a file is; all but the workbooks are also reasons of ``wording.FILE_REASONS``."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    EMPTY = "empty_file"
    NOT_DOWNLOADED = "not_downloaded"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    ARCHIVE = "archive"
    OTHER_ARCHIVE = "other_archive"
    MAIL = "mail"
    PICTURE = "picture"
    PDF = "pdf"
    DOCUMENT = "document"
    HTML = "html_table"
    XML_2003 = "xml_2003"
    PLAIN_TABLE = "plain_table"
    TEXT = "text"
    UNKNOWN = "unknown_type"


MAXIMUM_SUM = 200 * 1024 * 1024
MAXIMUM_ENTRY = 150 * 1024 * 1024
MAXIMUM_ENTRIES = 2000

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", Kind.PDF),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"BM", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"Rar!", Kind.OTHER_ARCHIVE),
    (b"7z\xbc\xaf", Kind.OTHER_ARCHIVE),
    (b"\x1f\x8b", Kind.OTHER_ARCHIVE),
    (b"{\\rtf", Kind.DOCUMENT),
)
_TABLE_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv", ".et")
_MAIL_SUFFIXES = (".eml", ".msg", ".mbox")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_HEAD_OF_CONTENT = 4 * 1024 * 1024
"""How many bytes of an OpenDocument's content are searched for what it is; styles stand first."""
_XLS_PASSWORD = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)


def kind_of(content: bytes, name: str) -> Kind:
    """Return what the file is; its name only tells a table saved as text from other text."""
    if not content:
        return Kind.EMPTY
    if not content.strip(b"\x00"):
        return Kind.NOT_DOWNLOADED
    if content.startswith(_ZIP):
        return _zip_kind(content)
    if content.startswith(_OLE):
        return _ole_kind(content)
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    return _text_kind(content, name)


def package_names(content: bytes) -> tuple[str, ...]:
    """Return the members of a zip, slashes and case made alike; BadZipFile if it is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return tuple(n.replace("\\", "/").lstrip("/").lower() for n in package.namelist())


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
        return Kind.ENCRYPTED
    spans = sorted((e.header_offset, e.header_offset + e.compress_size) for e in entries)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        return "overlapping_parts"
    return ""


def _zip_kind(content: bytes) -> Kind:
    try:
        names = set(package_names(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Kind.DAMAGED
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return Kind.XLSX
    if "content.xml" in names:
        return Kind.ODS if _is_open_table(content) else Kind.DOCUMENT
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return Kind.DOCUMENT
    return Kind.ARCHIVE


def _is_open_table(content: bytes) -> bool:
    """Tell whether an OpenDocument package holds a table; one packed anew says so only inside."""
    if _ODS in content[:200]:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open("content.xml") as part:
            return b"<office:spreadsheet" in part.read(_HEAD_OF_CONTENT)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, EOFError, zlib.error):
        return False


def _ole_kind(content: bytes) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage") or _XLS_PASSWORD.search(content):
        return Kind.ENCRYPTED
    if holds("WordDocument") or holds("PowerPoint Document"):
        return Kind.DOCUMENT
    if holds("__properties_version1.0"):
        return Kind.MAIL
    return Kind.XLS


def _text_kind(content: bytes, name: str) -> Kind:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _MAIL_SUFFIXES:
        return Kind.MAIL
    start = content[:4096].replace(b"\x00", b"").lower().lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_table = suffix in _TABLE_SUFFIXES
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Kind.XML_2003
    if start.startswith((b"<", b"mime-version")) and (b"<html" in start or b"<table" in start):
        return Kind.HTML if is_table else Kind.TEXT
    if not _is_text(content):
        return Kind.DAMAGED if is_table else Kind.UNKNOWN
    return Kind.PLAIN_TABLE if is_table else Kind.TEXT


def _is_text(content: bytes) -> bool:
    """Tell whether the bytes are text in any encoding: no control codes among them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content[:4096])
