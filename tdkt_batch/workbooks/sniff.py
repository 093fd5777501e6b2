"""What a file is by its bytes: a workbook, or which of the many things that are none."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath


class FileKind(StrEnum):
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


DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, LookupError, OSError, SyntaxError, ValueError,
    NotImplementedError,
)  # fmt: skip
"""What looking into a file's bytes raises when it is not as it should be."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: Mapping[FileKind, tuple[bytes, ...]] = {
    FileKind.PDF: (b"%PDF",),
    FileKind.PICTURE: (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
    FileKind.OTHER_ARCHIVE: (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
    FileKind.DOCUMENT: (b"{\\rtf",),
}
_OLE_STREAMS: Mapping[str, FileKind] = {
    "EncryptedPackage": FileKind.ENCRYPTED,
    "WordDocument": FileKind.DOCUMENT,
    "PowerPoint Document": FileKind.DOCUMENT,
    "__properties_version1.0": FileKind.MAIL,
}
"""What an OLE file is by the first of these streams that it holds."""
_XLS_PASSWORD = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_TABLE_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv", ".et")
_MAIL_SUFFIXES = (".eml", ".msg", ".mbox")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_HEAD_OF_CONTENT = 4 * 1024 * 1024
"""How many bytes of an OpenDocument's content are searched for what it is; styles stand first."""


def kind_of(content: bytes, name: str) -> FileKind:
    """Return what the file is; its name only tells a table saved as text from other text."""
    if not content:
        return FileKind.EMPTY
    if not content.strip(b"\x00"):
        return FileKind.NOT_DOWNLOADED
    if content.startswith(_ZIP):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        if _XLS_PASSWORD.search(content):
            return FileKind.ENCRYPTED
        held = (kind for s, kind in _OLE_STREAMS.items() if s.encode("utf-16-le") in content)
        return next(held, FileKind.XLS)
    for kind, starts in _STARTS.items():
        if content.startswith(starts):
            return kind
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _MAIL_SUFFIXES:
        return FileKind.MAIL
    start = content[:4096].replace(b"\x00", b"").lower().lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    is_table = suffix in _TABLE_SUFFIXES
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return FileKind.XML_2003
    if start.startswith((b"<", b"mime-version")) and (b"<html" in start or b"<table" in start):
        return FileKind.HTML if is_table else FileKind.TEXT
    # text in any encoding has no control codes
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_wide and re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content[:4096]):
        return FileKind.DAMAGED if is_table else FileKind.UNKNOWN
    return FileKind.PLAIN_TABLE if is_table else FileKind.TEXT


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {n.replace("\\", "/").lstrip("/").lower() for n in package.namelist()}
    except DAMAGE:
        return FileKind.DAMAGED
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return FileKind.XLSX
    if "content.xml" in names:
        return FileKind.ODS if _is_open_table(content) else FileKind.DOCUMENT
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return FileKind.DOCUMENT
    return FileKind.ARCHIVE


def _is_open_table(content: bytes) -> bool:
    """Tell whether an OpenDocument package holds a table; one packed anew says so only inside."""
    if _ODS in content[:200]:
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open("content.xml") as part:
            return b"<office:spreadsheet" in part.read(_HEAD_OF_CONTENT)
    except (*DAMAGE, RuntimeError, EOFError):
        return False
