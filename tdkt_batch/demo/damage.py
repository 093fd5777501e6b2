"""What happens to a form on its way: cells, sheets and whole files that come to grief."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from string import ascii_uppercase


def truncated(content: bytes) -> bytes:
    """Return the first half of a file: the mail was cut off."""
    return content[: len(content) // 2]


def encrypted(_: bytes) -> bytes:
    """Return what a workbook with a password looks like from outside.

    A compound file ([MS-CFB]) of 512-byte sectors: its allocation table in the first, in the
    second its directory, a root with the one stream that names what was locked.
    """
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack(
        "<8s16x5H6x9I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, end, 0, end, 0),
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    allocation = struct.pack("<128I", table, end, *[free] * 126)
    directory = _entry("Root Entry", kind=5, child=1) + _entry("EncryptedPackage", kind=2)
    return header + allocation + directory + bytes(256)


def _entry(name: str, *, kind: int, child: int = 0xFFFFFFFF) -> bytes:
    """Return an entry of a compound file's directory: a root (5) or an empty stream (2)."""
    none = 0xFFFFFFFF
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBB3I", len(text), kind, 1, none, none, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)


def table_as_text(_: bytes) -> bytes:
    """Return a table saved as text under a workbook's name."""
    return "Chỉ tiêu\tKế hoạch\tThực hiện\r\nTổng số đại biểu\t90\t88\r\n".encode()


def zip_of(members: Mapping[str, tuple[bytes, datetime]]) -> bytes:
    """Return a zip of these contents with their times: the same bytes each run."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, (content, moment) in members.items():
            info = zipfile.ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, content)
    return buffer.getvalue()


def text_document(moment: datetime) -> bytes:
    """Return a text document (.docx) in its barest form."""
    body = b'<?xml version="1.0" encoding="UTF-8"?><document/>'
    names = ("[Content_Types].xml", "word/document.xml")
    return zip_of(dict.fromkeys(names, (body, moment)))


PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
"""The shortest picture that begins and ends as one."""


# --- inside a workbook -------------------------------------------------------------------


def changed(content: bytes, change: Callable[[str, str], str]) -> bytes:
    """Return the workbook with ``change`` applied to each member's name and XML."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            text = change(info.filename, old.read(info).decode())
            new.writestr(info, text.encode())
    return buffer.getvalue()


def cell_replaced(xml: str, address: str, inner: str) -> str:
    """Return a sheet's XML with a cell's content replaced; the cell keeps its format.

    ``inner`` is the XML between the cell's tags; an error value is marked as one.
    """
    pattern = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    mark = ' t="e"' if "<v>#" in inner else ""
    replaced, count = pattern.subn(rf'<c r="{address}"\1{mark}>{inner}</c>', xml)
    if count != 1:
        raise ValueError(f"{count} × {address}")
    return replaced


def row_added(xml: str, address: str, text: str) -> str:
    """Return a sheet's XML with one more row, below all others, that holds ``text``."""
    row = address.lstrip(ascii_uppercase)
    if f'<row r="{row}"' in xml:
        raise ValueError(f"row {row} is not below all others")
    cell = f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'
    return xml.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')
