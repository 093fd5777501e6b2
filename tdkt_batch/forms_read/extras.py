"""What a unit had added of its own to its form's file, which a form written anew does not carry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress

from tdkt_batch.campaign.form import Form
from tdkt_batch.forms_read.find_sheets import (
    BESIDES,
    check_panel,
    copied,
    find_sheets,
    title_key,
    was_identity,
)
from tdkt_batch.forms_read.left_over import filled_cells
from tdkt_batch.wording import forms_read as say
from tdkt_batch.wording.forms import NOTE_TITLE, PANEL_SHEET
from tdkt_batch.workbooks.package import DAMAGE, open_package
from tdkt_batch.workbooks.read import Workbook
from tdkt_batch.workbooks.xlsx import XlsxBook

_PICTURE = re.compile(r"(?:xl/media|pictures)/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)")
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_CHART = re.compile(r"xl/charts/chart\d+\.xml")
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_ONE_BOX = re.compile(rb"<(?:\w+:)?txBody[ >].*?</(?:\w+:)?txBody>", re.DOTALL)
_ONE_COMMENT = re.compile(rb"<(?:\w+:)?comment[ >].*?</(?:\w+:)?comment>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_COUNTED_COMMENTS = re.compile(re.escape(say.EXTRA_COMMENTS).replace(re.escape("{}"), r"\d+"))
MOST_COMMENTS = 30
"""How many comments are named one by one; the others are counted."""
_BEGINNING = 60
_LARGEST = 2_000_000
"""A part of this size and more is not looked into."""


def extras_of(book: Workbook, form: Form) -> Mapping[str, bool]:
    """Return in words what the workbook holds besides the form: sheets, pictures, comments.

    With each stands whether something can be written in it.
    """
    known = {title_key(title) for title in (*BESIDES, *(sheet.title for sheet in form.sheets))}
    others = [title for title in book.titles if title_key(title) not in known]
    hidden = {title_key(title) for title in BESIDES if title != PANEL_SHEET}
    panel = check_panel(book) if others else None
    if others:
        known = {title_key(c.title) for match in find_sheets(book, form) for c in match.candidates}
    sheets = {
        say.EXTRA_SHEET.format(title): any(True for _ in filled_cells(cells))
        for title in others
        if title_key(title) not in known and copied(title)[0] not in hidden
        if (cells := book.sheet(title)) and cells is not panel and not was_identity(cells)
    }
    parts: list[str] = []
    comments: list[bytes] = []
    boxes: list[bytes] = []
    if book.content.startswith(b"PK"):
        with suppress(*DAMAGE):
            package = open_package(book.content)
            parts = list(package)
            comments, boxes = (
                [
                    one
                    for part in parts
                    if where.fullmatch(part) and package.size(part) < _LARGEST
                    for one in what.findall(package.read(part))
                ]
                for where, what in ((_COMMENTS, _ONE_COMMENT), (_DRAWING, _ONE_BOX))
            )
    board = NOTE_TITLE.encode()  # begins the board's own comments, of an earlier return
    pictures = {
        say.EXTRA_PICTURES: sum(bool(_PICTURE.fullmatch(part)) for part in parts),
        say.EXTRA_CHARTS: sum(bool(_CHART.fullmatch(part)) for part in parts),
    }
    texts = {
        say.EXTRA_BOXES: sum(bool(_TAG.sub(b"", box).strip()) for box in boxes),
        say.EXTRA_COMMENTS: sum(not _TAG.sub(b"", c).strip().startswith(board) for c in comments),
    }
    counted = [(phrase, number, phrase in texts) for phrase, number in (pictures | texts).items()]
    return sheets | {
        phrase.format(number): has_text for phrase, number, has_text in counted if number
    }


def named_extras(book: Workbook, extras: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the same one by one, the comments by their cells with how they begin.

    Comments that cannot be told one by one stay a number.
    """
    counted = {text: text for text in extras if _COUNTED_COMMENTS.fullmatch(text)}
    if not counted:
        return tuple(extras)
    named: list[str] = []
    with suppress(*DAMAGE, ValueError):
        written = [
            (title, cell, " ".join(text.split()))
            for title, cell, text in XlsxBook(book.content).comments
        ]
        named = [
            say.EXTRA_COMMENT.format(cell=cell, sheet=title, text=_begun(text))
            for title, cell, text in written
            if text and not text.startswith(NOTE_TITLE)
        ]
    if len(named) > MOST_COMMENTS:
        more = say.MORE_COMMENTS.format(len(named) - MOST_COMMENTS)
        named = [*named[:MOST_COMMENTS], more]
    others = [text for text in extras if text not in counted]
    return (*others, *(named or counted))


def _begun(text: str) -> str:
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(' ', 1)[0]}…"
