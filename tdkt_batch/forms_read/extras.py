"""What a unit had added of its own to its form's file, which a form written anew does not carry."""

from __future__ import annotations

import re
from contextlib import suppress

from tdkt_batch.campaign.form import Form
from tdkt_batch.forms_read.find_sheets import BESIDES, find_sheets, title_key
from tdkt_batch.wording import forms_read as say
from tdkt_batch.wording.forms import NOTE_TITLE
from tdkt_batch.workbooks.package import DAMAGE, open_package
from tdkt_batch.workbooks.read import Workbook

_PICTURE = re.compile(r"(?:xl/media|pictures)/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)")
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_CHART = re.compile(r"xl/charts/chart\d+\.xml")
_ONE_COMMENT = re.compile(rb"<(?:\w+:)?comment[ >].*?</(?:\w+:)?comment>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_LARGEST = 2_000_000
"""A part of this size and more is not looked into."""


def extras_of(book: Workbook, form: Form) -> tuple[str, ...]:
    """Return in words what the workbook holds besides the form: sheets, pictures, comments."""
    known = {title_key(title) for title in (*BESIDES, *(sheet.title for sheet in form.sheets))}
    others = [title for title in book.titles if title_key(title) not in known]
    if others:
        known = {title_key(c.title) for match in find_sheets(book, form) for c in match.candidates}
    sheets = [say.EXTRA_SHEET.format(t) for t in others if title_key(t) not in known]
    parts: list[str] = []
    comments: list[bytes] = []
    if book.content.startswith(b"PK"):
        with suppress(*DAMAGE):
            package = open_package(book.content)
            parts = list(package)
            read = [
                package.read(part)
                for part in parts
                if _COMMENTS.fullmatch(part) and package.size(part) < _LARGEST
            ]
            comments = [comment for part in read for comment in _ONE_COMMENT.findall(part)]
    board = NOTE_TITLE.encode()  # begins the board's own comments, of an earlier return
    counts = {
        say.EXTRA_PICTURES: sum(bool(_PICTURE.fullmatch(part)) for part in parts),
        say.EXTRA_CHARTS: sum(bool(_CHART.fullmatch(part)) for part in parts),
        say.EXTRA_COMMENTS: sum(not _TAG.sub(b"", c).strip().startswith(board) for c in comments),
    }
    return (*sheets, *(phrase.format(number) for phrase, number in counts.items() if number))
