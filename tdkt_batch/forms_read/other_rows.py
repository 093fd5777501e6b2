"""Filled rows of a table that are none of its rows, told by what stands in them.

Heads written once more, numbers of the columns, totals, a paper's end; in a list of
people also headings between them. Such a row counts for nothing and is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.forms_read.raw_cells import UNSTRUCK, RawCell, RawRow
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.values import is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.vietnamese.legacy_text import decode_legacy
from tdkt_batch.vietnamese.spelling import spelling_key
from tdkt_batch.wording import forms_read as say

_FEWEST_NUMBERS = 3
"""So many cells numbered one after the other are numbers of columns."""
_NUMBERED = re.compile(say.NUMBERED, re.DOTALL)
_TITLE = re.compile(rf"(?i:{say.BEFORE_A_NAME})\s*(?=\S)")
_HEADS = re.compile(say.HEADS)
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d\d?|[A-I])[)\]]?")
_TOTAL_ALONE = re.compile(say.TOTAL_ALONE, re.DOTALL)
_BEHIND_A_NAME = re.compile(r"\s*[,;(\n/]|\s[-–]\s")


@dataclass(slots=True)
class OtherRows:
    """Tells of the rows of one table, from the top, which are none of it.

    With ``are_people`` the rows are people. Below a signature stands the signer's name.
    """

    campaign: Campaign
    are_people: bool
    is_signed: bool = field(default=False, init=False)

    def holds(self, row: RawRow) -> bool:
        """Tell whether the row is none of the table's; to be asked of every row in order."""
        first = next(iter(row.cells.values()))
        filled = [cell for cell in row.cells.values() if not is_blank_cell(cell.means)]
        is_struck = first.habit == UNSTRUCK and not first.means
        if is_struck or not filled:
            return is_struck or bool(row.beside)
        lead = _in_unicode(first) or row.beside
        rest = without_title(lead)
        numbered = _NUMBERED.fullmatch(rest)
        rest = numbered["rest"] if numbered else rest
        key = spelling_key(rest)
        is_alone = self.are_people and len(filled) == 1
        is_part = numbered is not None and not numbered["number"].isdigit()
        return (
            self._is_end(filled, key)
            or _is_head(filled, key)
            or _is_column_numbers(first, filled)
            or (_begins(key, say.TOTALS) if self.are_people else _is_total_alone(rest))
            or (is_alone and bool(lead) and (is_part or _is_heading(row, rest, key)))
        )

    def _is_end(self, filled: Sequence[RawCell], key: str) -> bool:
        """Tell whether a row belongs to the paper's end.

        Of a signature that does not begin the row, and below one, that is a row
        without a number, a day or a value of a list.
        """
        if self.are_people and _begins(key, f"{say.SIGNATURES}|{say.SIGNED_BELOW_PEOPLE}"):
            self.is_signed = True
            return True
        if not self.is_signed:
            texts = [cell.means for cell in filled if isinstance(cell.means, str)]
            if not any(_begins(spelling_key(text), say.SIGNATURES) for text in texts):
                return False
        is_end = not any(
            cell.field.kind not in (FieldKind.TEXT, FieldKind.NOTE)
            and understand(cell.field, cell.means, self.campaign).value not in (None, False)
            for cell in filled
        )
        self.is_signed = self.is_signed or is_end
        return is_end


def _in_unicode(cell: RawCell) -> str:
    """Return the text of a cell in one line, in whatever font it was typed."""
    if not isinstance(cell.means, str):
        return ""
    decoded = None if cell.means.isascii() else decode_legacy(cell.means, cell.font or None)
    return squeeze(decoded.text if decoded else cell.means)


def without_title(name: str) -> str:
    """Return a name without a number or dash typed before it, Ông or Bà.

    >>> without_title("1. Ông Lò Văn An"), without_title("II. Nông dân"), without_title("- Bà Hoa")
    ('Lò Văn An', 'II. Nông dân', 'Hoa')
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered and (numbered["number"] or "0").isdigit():
        name = numbered["rest"]
    return _TITLE.sub("", name, count=1) if _TITLE.match(name) else name


def _begins(key: str, words: str) -> bool:
    return bool(re.match(rf"(?:{words})(?![^\W\d_])", key.lstrip("* ")))


def _is_total_alone(text: str) -> bool:
    """Tell whether a row of a table of other things than people sums up, and says nothing else.

    >>> _is_total_alone("TỔNG SỐ (3 xã):"), _is_total_alone("Tổng dọn vệ sinh")
    (True, False)
    """
    return _TOTAL_ALONE.fullmatch(text.lower()) is not None


def _is_head(filled: Sequence[RawCell], key: str) -> bool:
    """Tell whether the row has two of the table's heads, or the first of them in other words."""
    if _HEADS.fullmatch(key):
        return True
    heads = {label_key(cell.field.label) for cell in filled}
    texts = [cell.means for cell in filled if isinstance(cell.means, str)]
    return sum(label_key(text) in heads for text in texts) > 1


def _is_column_numbers(first: RawCell, filled: Sequence[RawCell]) -> bool:
    """Tell whether the row numbers its columns: (1) (2) (3), or A B 1 2."""
    if filled[0] is not first or len(filled) < _FEWEST_NUMBERS:
        return False
    found = [_COLUMN_NUMBER.fullmatch(squeeze(str(cell.means))) for cell in filled]
    marks = [match[1] for match in found if match]
    if len(marks) < len(filled):
        return False
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    letters = [ord(mark) for mark in marks if not mark.isdigit()]
    return all(other == one + 1 for row in (letters, numbers) for one, other in pairwise(row))


def _is_heading(row: RawRow, text: str, key: str) -> bool:
    """Tell whether a text alone in its row is the heading of people: all but a name."""
    if _begins(key, say.GROUPS):
        return True
    name = _BEHIND_A_NAME.split(text)[0]
    choices = [cell.field.choices for cell in row.cells.values() if cell.field.choices]
    values = {spelling_key(v) for one in choices for v in (*one.values, *one.aliases)}
    return spelling_key(name) in values or not _may_be_name(name)


def _may_be_name(text: str) -> bool:
    """Tell whether a text may be a name: some words, all capitalised or none but between."""
    words = text.replace("'", "").replace("’", "").split()
    if not 2 <= len(words) <= 6 or not all(word.isalpha() for word in words):
        return False
    small = [word for word in words if word[0].islower()]
    return len(small) == len(words) or all(w in say.WITHIN_A_NAME for w in small)
