"""What the outputs of a month say of units, piece by piece, and whom they say to be silent."""

from __future__ import annotations

import email
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from email.message import EmailMessage
from email.policy import default
from typing import NamedTuple, cast

import docx
from docx.document import Document
from docx.table import Table
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

SILENT = re.compile(
    r"chưa (từng )?(gửi|báo cáo)(?! kết quả| →)|chưa nhận được báo cáo|chưa có báo cáo(?! dùng được)|không (có|gửi) báo cáo(?! tổng kết)|phê bình",
    re.IGNORECASE,
)
"""How a unit is said to have sent nothing, or is proposed for criticism; not what was before."""
_LISTED = re.compile(r"chưa báo cáo: ([^;|]*)")
"""The units that their superior is told to be silent, in what is said to that one."""
_PROSE = ("Tổng hợp", "So với kỳ trước")
"""The sheets whose cells are sentences: a name may stand anywhere in them."""
_OF_BEFORE = re.compile(r"^[^;→]*→ ")
"""What was said of a unit in the month before, where the new stands beside it."""
_UNIT = re.compile(r"^   - (.*?), chậm nhất ngày [\d/]+:\n((?:       \+ .*\n)+)", re.MULTILINE)
"""A unit in a district's mail, and what it is to do."""


class Piece(NamedTuple):
    """A sentence, a table's row or what a mail asks of a unit; of a row ``unit`` is whom it is about."""

    where: str
    text: str
    unit: str = ""


def pieces_of_book(content: bytes) -> Iterator[Piece]:
    """Yield the consolidated workbook: sentences of its first sheets, rows of the others."""
    for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            texts = [str(value) for value in row if value is not None]
            if sheet.title in _PROSE:
                yield from (Piece(sheet.title, text) for text in texts)
            elif isinstance(row[0], int) and len(texts) > 1:
                said = (_OF_BEFORE.sub("", text) for text in texts)
                yield Piece(sheet.title, " | ".join(said), str(row[1]))


def rows_of(content: bytes, title: str) -> list[dict[str, object]]:
    """Return a sheet's rows as leadership see them: cells by the heads of their columns."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    head = next(n for n, row in enumerate(rows) if row[0] == "STT")
    below = rows[head + 1] if rows[head + 1][0] == "" and rows[head + 1][1] == "" else rows[head]
    heads = [low or high for high, low in zip(rows[head], below, strict=True)]
    return [dict(zip(heads, row, strict=True)) for row in rows[head + 1 :]]


def pieces_of_letters(files: Mapping[str, bytes]) -> Iterator[Piece]:
    """Yield the letters: paragraphs and rows of papers, lines of messages, sections of mails."""
    for path, content in files.items():
        if path.endswith(".docx"):
            yield from _pieces_of_paper(path, docx.Document(io.BytesIO(content)))
        elif path.endswith(".txt"):
            for line in content.decode("utf-8-sig").splitlines():
                unit = line.removeprefix("- ").partition(" (")[0] if line.startswith("- ") else ""
                yield Piece(path, line, unit)
        elif path.endswith(".eml"):
            message = cast("EmailMessage", email.message_from_bytes(content, policy=default))
            body = message.get_body(("plain",))
            if body is not None:
                yield from _pieces_of_mail(path, body.get_content().replace("\r\n", "\n"))


def _pieces_of_mail(path: str, text: str) -> Iterator[Piece]:
    """Yield what each unit of a district's mail is to do, then line by line; another mail whole."""
    listed = _UNIT.findall(text)
    yield from (Piece(path, works, name) for name, works in listed)
    if listed:
        yield from (Piece(path, line) for line in _UNIT.sub("", text).splitlines() if line)
    else:
        yield Piece(path, text)


def _pieces_of_paper(path: str, paper: Document) -> Iterator[Piece]:
    """Yield a paper's rows and paragraphs; of a letter with a list its rows only.

    Such a letter names to whom it goes, and tells of those in the list.
    """
    tables = [_texts_of(table) for table in paper.tables]
    lists = [(head, rows) for head, *rows in tables if "STT" in head]
    for _, rows in lists:
        yield from (Piece(path, " | ".join(row), row[1]) for row in rows)
    if not (lists and path.startswith("cong-van")):
        yield from (Piece(path, paragraph.text) for paragraph in paper.paragraphs)


def _texts_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def named_as_silent(pieces: Iterable[Piece], names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return where units of these names are said to be silent; names that two bear are left out.

    A name before a colon or a figure is a district's, under which others are counted.
    Whom a sentence to a superior unit lists as silent is looked for in the list.
    """
    once = [name for name, count in Counter(names).items() if count == 1]
    patterns = {
        name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w|:| \d)", re.IGNORECASE) for name in once
    }
    found = []
    for piece in pieces:
        listed, rest = " ".join(_LISTED.findall(piece.text)), _LISTED.sub("", piece.text)
        is_said = SILENT.search(rest)
        for name, pattern in patterns.items() if listed or is_said else ():
            about = piece.unit == name if piece.unit else pattern.search(rest)
            if (is_said and about) or pattern.search(listed):
                found.append((piece.where, name, piece.text))
    return found
