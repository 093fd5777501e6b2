"""What happens to a form on its way: cells, sheets and whole files that come to grief."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from string import ascii_uppercase

Change = Callable[[str, str], str]
"""A member's name and its XML → the XML that stands in its place."""


def truncated(content: bytes) -> bytes:
    """Return the first half of a file: the mail was cut off."""
    return content[: len(content) // 2]


def encrypted(_: bytes) -> bytes:
    """Return what a workbook with a password looks like from outside."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0") + bytes(2048)


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


def changed(content: bytes, change: Change) -> bytes:
    """Return the workbook with ``change`` applied to each of its XML members."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            text = change(info.filename, old.read(info).decode())
            new.writestr(info, text.encode())
    return buffer.getvalue()


def reworded(content: bytes, old: str, new: str) -> bytes:
    """Return the workbook with a text changed everywhere: a label typed over, a sheet renamed."""
    return changed(content, lambda _, xml: xml.replace(old, new))


def cell_replaced(content: bytes, member: str, address: str, inner: str) -> bytes:
    """Return the workbook with a cell's content replaced; the cell keeps its format.

    ``inner`` is the XML between the cell's tags; an error value is marked as one.
    """
    pattern = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    mark = ' t="e"' if "<v>#" in inner else ""

    def change(name: str, xml: str) -> str:
        if name != member:
            return xml
        replaced, count = pattern.subn(rf'<c r="{address}"\1{mark}>{inner}</c>', xml)
        if count != 1:
            raise ValueError(f"{member}: {count} × {address}")
        return replaced

    return changed(content, change)


def row_added(content: bytes, member: str, address: str, text: str) -> bytes:
    """Return the workbook with one more row, below all others, that holds ``text``."""
    row = address.lstrip(ascii_uppercase)
    cell = f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'

    def change(name: str, xml: str) -> str:
        if name != member:
            return xml
        if f'<row r="{row}"' in xml:
            raise ValueError(f"{member}: row {row} is not below all others")
        return xml.replace("</sheetData>", f'<row r="{row}">{cell}</row></sheetData>')

    return changed(content, change)
