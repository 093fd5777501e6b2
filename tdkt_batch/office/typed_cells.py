"""What an office types into a cell of its settings or register → what it counts as."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.values import Raw, Scalar
from tdkt_batch.vietnamese.folding import fold_choice, squeeze
from tdkt_batch.vietnamese.writing import lowered
from tdkt_batch.wording import office as say
from tdkt_batch.wording.shared import reading_fault


class CellKind(StrEnum):
    """What a cell of the office's own tables holds."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    COUNT = "count"
    MARK = "mark"
    PHONE = "phone"
    ADDRESS = "address"
    CHOICE = "choice"
    MONTH = "month"


_FIELD_KINDS = {
    CellKind.TEXT: FieldKind.TEXT,
    CellKind.CODE: FieldKind.TEXT,
    CellKind.DAY: FieldKind.DATE,
    CellKind.COUNT: FieldKind.COUNT,
    CellKind.MARK: FieldKind.MARK,
    CellKind.CHOICE: FieldKind.CHOICE,
    CellKind.MONTH: FieldKind.MONTH,
}
_ADDRESS = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>.]+")
_ADDRESS_SIGNS = re.compile(r"mailto:|[<>]", re.IGNORECASE)
_DIGITS, _SHORT_OF_ZERO = range(3, 16), range(8, 11)
"""How many digits a telephone number has; without the zero that it begins with."""
_COUNTRY, _WITH_COUNTRY = "84", range(10, 13)
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
"""A number as a narrow column shows it: its last digits are lost."""
_RUN = re.compile(r"[\dloOI](?:[ .-]?[\dloOI]){6,}")
"""A telephone number with letters that look like digits."""
_LETTER_IN_IT = re.compile(r"(?<=\d)[loOI]+(?![^\W\d_])|(?<![^\W\d_])[loOI]+(?=\d)")
"""A letter where a digit belongs: “02l3”, “67O”, “o912”; a word beside a number is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCell:
    """What is asked of a cell: its label and what it holds, from a list or between two counts."""

    label: str
    kind: CellKind
    choices: ChoiceList | None = None
    lowest: int = 0
    highest: int = 99_999


class NotUnderstoodError(Exception):
    """A cell that cannot be taken: the message says what is wrong and what to do."""


class TypedCells:
    """Understands cells under a campaign, by the same ways as those of forms.

    A day may lie in any year in which a unit exists or an office worked; the words
    for none (“-”, “không”) take a value away.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = replace(campaign, earliest=date(1900, 1, 1), latest=date(2199, 12, 31))

    def value(
        self,
        asked: AskedCell,
        raw: Raw,
        font: str = "",
    ) -> Scalar | None:
        """Return what a cell counts as; None is blank. Raises ``NotUnderstoodError``."""
        if asked.kind is CellKind.PHONE:
            return _phone(raw)
        if asked.kind is CellKind.ADDRESS:
            return _address(raw)
        field = Field(
            id=asked.label,
            label=asked.label,
            kind=_FIELD_KINDS[asked.kind],
            choices=asked.choices,
            minimum=asked.lowest,
            maximum=asked.highest,
        )
        found = understand(field, raw, self._campaign, font=font)
        if found.fault:
            message, remedy = reading_fault(found.fault, asked.label, self._campaign.words.said)
            raise NotUnderstoodError(say.AND_TO_DO.format(problem=message, remedy=lowered(remedy)))
        value = found.value
        return squeeze(value) if isinstance(value, str) else value


def is_taken_away(raw: Raw) -> bool:
    """Tell whether a cell says that there is none: “-”, “không có”."""
    return isinstance(raw, str) and fold_choice(raw) in say.NONE_AT_ALL


def _phone(raw: Raw) -> str | None:
    """Return a telephone number with the zero that a number cell has lost.

    >>> _phone(912345678), _phone("2133 876 543"), _phone("+84 912 345 678"), _phone("113")
    ('0912345678', '02133 876 543', '0912 345 678', '113')
    >>> _phone("ĐT: 0912 345 678 (chị Mỷ)")
    'ĐT: 0912 345 678 (chị Mỷ)'
    """
    if raw is None:
        return None
    text = squeeze(str(raw)).lstrip("'").strip()
    if isinstance(raw, float) or _ROUNDED.fullmatch(text):
        raise NotUnderstoodError(say.ROUNDED_PHONE.format(text=quoted_raw(raw)))
    digits = re.sub(r"\D", "", text)
    if not text:
        return None
    if _has_letter_in_it(text):
        raise NotUnderstoodError(say.LETTER_IN_PHONE.format(text=quoted_raw(raw)))
    is_one = re.fullmatch(r"\+?[\d .()-]+", text) is not None
    if len(digits) < _DIGITS[0] or (is_one and len(digits) not in _DIGITS):
        raise NotUnderstoodError(say.NO_PHONE.format(text=quoted_raw(raw)))
    if not is_one:
        return text  # two of them, or with a name beside
    if digits.startswith(_COUNTRY) and len(digits) in _WITH_COUNTRY:
        rest = re.sub(r"^\+?84[ .-]*", "", text)
        return rest if rest.startswith(("0", "(0")) else f"0{rest}"
    if not digits.startswith("0") and len(digits) in _SHORT_OF_ZERO and text[0].isdigit():
        return f"0{text}"
    return text


def _has_letter_in_it(text: str) -> bool:
    """Tell whether a letter stands for a digit of a number; what is typed beside it may have any.

    >>> [_has_letter_in_it(text) for text in ("02l3 3876 543", "0213 3876 54O", "o912345678")]
    [True, True, True]
    >>> [_has_letter_in_it(text) for text in ("0213 3876 543 (P2, l2)", "0912345678z", "Lo1 113")]
    [False, False, False]
    """
    runs = [run.span() for run in _RUN.finditer(text)]
    places = [letter.start() for letter in _LETTER_IN_IT.finditer(text)]
    return any(start <= place < end for start, end in runs for place in places)


def _address(raw: Raw) -> str | None:
    """Return the mail addresses of a cell, as they were typed."""
    text = squeeze(_ADDRESS_SIGNS.sub(" ", "" if raw is None else str(raw)))
    if not text:
        return None
    parts = [part for part in re.split(r"[;,\s]+", text) if part]
    if not parts or not all(map(_ADDRESS.fullmatch, parts)):
        raise NotUnderstoodError(say.NO_ADDRESS.format(text=quoted_raw(raw)))
    return "; ".join(parts)
