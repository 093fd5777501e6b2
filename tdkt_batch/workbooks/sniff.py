"""What a file is by its bytes: a workbook, or which of the many things that are none."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from tdkt_batch.workbooks import compound, xml_2003
from tdkt_batch.workbooks.compound import CompoundFile
from tdkt_batch.workbooks.package import DAMAGE, Package, main_part, open_package


class FileKind(StrEnum):
    """What a file is; all but the workbooks are also reasons of ``wording.FILE_REASONS``."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    FLAT_ODS = "flat_ods"
    XML_2003 = "xml_2003"
    HTML = "html_table"
    WEB_ARCHIVE = "web_archive"
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
    DOCUMENT_WITH_WORKBOOK = "document_with_workbook"
    PLAIN_TABLE = "plain_table"
    TEXT = "text"
    MEDIA = "unknown_type"
    NOT_UNDERSTOOD = "not_understood"


_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
_STARTS: Mapping[FileKind, tuple[bytes, ...]] = {
    FileKind.PDF: (b"%PDF",),
    FileKind.PICTURE: (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
    FileKind.OTHER_ARCHIVE: (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
    FileKind.DOCUMENT: (b"{\\rtf",),
    FileKind.MEDIA: (
        b"ID3", b"RIFF", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"MZ", b"\x7fELF",
        b"L\x00\x00\x00\x01\x14\x02\x00", b"\x00\x01\x00\x00", b"OTTO", b"8BPS", b"AC10",
    ),
}  # fmt: skip
"""Kinds by their first bytes; under media all that shows, sounds or runs, and holds no table."""
_PHOTOGRAPHS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
BOOK_STREAMS = ("Workbook", "Book")
"""The stream of an .xls in its compound file, since Excel 97 and before."""
_STORED: Mapping[str, FileKind] = {
    "encryptedpackage": FileKind.ENCRYPTED,
    "worddocument": FileKind.DOCUMENT,
    "powerpoint document": FileKind.DOCUMENT,
    "__properties_version1.0": FileKind.MAIL,
}
"""What a compound file without a workbook is by what lies in its root storage."""
_EMBEDDED = ("workbook", "book", "package")
_EMBEDDED_PART = re.compile(r"(?:word|ppt)/embeddings/[^/]+\.(?:xls[xmb]?|ods)")
_FILE_PASS, _BOUND_SHEET = 0x2F, 0x85
_TABLE_SUFFIXES = (
    ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".fods", ".et", ".csv", ".tsv", ".prn", ".slk",
    ".dif",
)  # fmt: skip
_MAIL_SUFFIXES = (".eml", ".msg", ".mbox")
_OPEN_TABLES = (b"application/vnd.oasis.opendocument.spreadsheet", b"application/vnd.sun.xml.calc")
_HEAD, _LONG_HEAD = 16 * 1024, 4 * 1024 * 1024
"""How many bytes are searched for what a text is, and an OpenDocument: its styles stand first."""
_BOOK_PART = re.compile(rb"<(?:\w+:)?workbook[\s>]")
_ARCHIVED_PAGE = re.compile(
    rb"(?m)^(?:x-document-type:|from:\s*<?saved by |content-type:\s*multipart/related)"
)


def kind_of(content: bytes, name: str) -> FileKind:
    """Return what the file is; its name only tells a table saved as text from other text."""
    if not content:
        return FileKind.EMPTY
    if not content.strip(b"\x00"):
        return FileKind.NOT_DOWNLOADED
    if content.startswith(_ZIP):
        return _kind_of_zip(content)
    if content.startswith(compound.START):
        return _kind_of_compound(content)
    if content[4:8] == b"ftyp":
        return FileKind.PICTURE if content[8:12] in _PHOTOGRAPHS else FileKind.MEDIA
    for kind, starts in _STARTS.items():
        if content.startswith(starts):
            return kind
    return _kind_of_text(content, PurePosixPath(name).suffix.lower())


def _kind_of_text(content: bytes, suffix: str) -> FileKind:
    """Return what a file without marks of its own is: a text in any encoding, or none."""
    if suffix in _MAIL_SUFFIXES:
        return FileKind.MAIL
    start = content[:_HEAD].replace(b"\x00", b"").lower().lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        if xml_2003.NAMESPACE.encode() in start:
            return FileKind.XML_2003
        if b"http://www.gnumeric.org/" in start:
            return FileKind.NOT_UNDERSTOOD
        if b"urn:oasis:names:tc:opendocument:" in start:
            is_table = b"<office:spreadsheet" in content[:_LONG_HEAD]
            return FileKind.FLAT_ODS if is_table else FileKind.DOCUMENT
        if b"<html" in start or b"<table" in start:
            return FileKind.HTML
    if start.startswith((b"mime-version:", b"from:")) and _ARCHIVED_PAGE.search(start):
        return FileKind.WEB_ARCHIVE
    # text in any encoding has no control codes
    is_table = suffix in _TABLE_SUFFIXES
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_wide and re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content[:4096]):
        return FileKind.DAMAGED if is_table else FileKind.NOT_UNDERSTOOD
    return FileKind.PLAIN_TABLE if is_table else FileKind.TEXT


def _kind_of_compound(content: bytes) -> FileKind:
    """Return what a compound file is by its root storage; what is embedded in it does not count."""
    try:
        file = CompoundFile(content)
        for book in BOOK_STREAMS:
            if book.lower() in file.inside:
                return FileKind.ENCRYPTED if _has_password(file.stream(book)) else FileKind.XLS
        kinds = (kind for name, kind in _STORED.items() if name in file.inside)
        kind = next(kinds, FileKind.NOT_UNDERSTOOD if file.inside else FileKind.DAMAGED)
        if kind is FileKind.DOCUMENT and not file.all_names.isdisjoint(_EMBEDDED):
            return FileKind.DOCUMENT_WITH_WORKBOOK
    except DAMAGE:
        return FileKind.DAMAGED
    return kind


def _has_password(stream: bytes) -> bool:
    """Tell whether an .xls is locked: that stands before the list of its sheets."""
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind in (_FILE_PASS, _BOUND_SHEET):
            return bool(kind == _FILE_PASS)
        offset += 4 + length
    return False


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        package = open_package(content)
        names = set(package)
        if "xl/workbook.bin" in names:
            return FileKind.XLSB
        if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
            return FileKind.XLSX
        if "content.xml" in names or "encrypted-package" in names:
            return _kind_of_open_document(package)
        if any(name.startswith(("word/", "ppt/")) for name in names):
            is_holder = any(map(_EMBEDDED_PART.fullmatch, names))
            return FileKind.DOCUMENT_WITH_WORKBOOK if is_holder else FileKind.DOCUMENT
        if "index/document.iwa" in names:
            return FileKind.NOT_UNDERSTOOD
        if main := main_part(package, ""):
            if main.lower().endswith(".bin"):
                return FileKind.XLSB
            is_book = _BOOK_PART.search(package.head(main, _HEAD))
            return FileKind.XLSX if is_book else FileKind.DOCUMENT
    except DAMAGE:
        return FileKind.DAMAGED
    return FileKind.ARCHIVE


def _kind_of_open_document(package: Package) -> FileKind:
    """Return what an OpenDocument package is; one packed anew says so only inside."""
    manifest = "meta-inf/manifest.xml"
    if "encrypted-package" in package or (
        manifest in package and b"encryption-data" in package.head(manifest, _LONG_HEAD)
    ):
        return FileKind.ENCRYPTED
    if "mimetype" in package and package.head("mimetype", 200).strip().startswith(_OPEN_TABLES):
        return FileKind.ODS
    is_table = b"<office:spreadsheet" in package.head("content.xml", _LONG_HEAD)
    return FileKind.ODS if is_table else FileKind.DOCUMENT
