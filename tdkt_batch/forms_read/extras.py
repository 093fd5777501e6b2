"""What a unit had added of its own to its form's file, which a form written anew does not carry."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from tdkt_batch.campaign.definition import Form
from tdkt_batch.forms_read.find_sheets import BESIDES, find_sheets
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording.forms import NOTE_TITLE
from tdkt_batch.workbooks.read import Workbook

_PICTURE = re.compile(r"(?i:(?:xl/media|Pictures)/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf))")
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_CHART = re.compile(r"xl/charts/chart\d+\.xml")
_ONE_COMMENT = re.compile(rb"<(?:\w+:)?comment[ >].*?</(?:\w+:)?comment>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_LARGEST = 2_000_000
"""A part of this size and more is not looked into."""


def extras_of(book: Workbook, form: Form) -> tuple[str, ...]:
    """Return in words what the workbook holds besides the form: sheets, pictures, comments."""
    sheets = [f"trang “{title}”" for title in _foreign_sheets(book, form)]
    return (*sheets, *_in_package(book.content))


def _foreign_sheets(book: Workbook, form: Form) -> list[str]:
    known = {_key(title) for title in (*BESIDES, *(sheet.title for sheet in form.sheets))}
    others = [title for title in book.titles if _key(title) not in known]
    if others:
        known = {_key(c.title) for match in find_sheets(book, form) for c in match.candidates}
    return [title for title in others if _key(title) not in known]


def _key(title: str) -> str:
    return label_key(title.strip())


def _in_package(content: bytes) -> list[str]:
    if not content.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            counts = (
                (sum(bool(_PICTURE.fullmatch(p.filename)) for p in parts), "hình ảnh"),
                (sum(bool(_CHART.fullmatch(p.filename)) for p in parts), "biểu đồ"),
                (_own_comments(package), "ghi chú ở ô"),
            )
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        return []
    return [f"{number} {what}" for number, what in counts if number]


def _own_comments(package: zipfile.ZipFile) -> int:
    """Count the comments that are the unit's own, not the board's of an earlier return."""
    ours, number = NOTE_TITLE.encode(), 0
    for part in package.infolist():
        if _COMMENTS.fullmatch(part.filename) and part.file_size < _LARGEST:
            found = _ONE_COMMENT.findall(package.read(part))
            number += sum(not _TAG.sub(b"", one).strip().startswith(ours) for one in found)
    return number
