"""Texts as letters hold them: clean of what a unit may have typed, days and names as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Unit
from tdkt_batch.vietnamese.writing import lowered, plain_letters, write_number
from tdkt_batch.wording import letters as say

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef]|[\U000e0000-\U000e0fff]"
)
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 200


def clean(text: str) -> str:
    r"""Return a text that paper and mail can hold, its lines kept.

    What cannot be seen goes (control characters, marks that turn the direction
    of writing), a lone surrogate becomes U+FFFD.

    >>> clean("Xã\u202e A\x00\r\nB")
    'Xã A\nB'
    """
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("\ufffd", text))


def one_line(text: str) -> str:
    r"""Return a clean text on one line, as a name or a subject is written.

    >>> one_line("Xã Mường Than\nBcc: ai@do.vn")
    'Xã Mường Than Bcc: ai@do.vn'
    """
    return " ".join(clean(text).split())


def shown(text: str, most: int, where: str) -> str:
    """Return a text on one line; a longer one is cut and says by how much and where it is whole.

    >>> shown("một hai ba bốn", 8, "biểu kèm theo")
    'một hai […] (lược 6 ký tự, xem đủ tại biểu kèm theo)'
    """
    text = one_line(text)
    if len(text) <= most:
        return text
    kept = text[:most].rsplit(" ", 1)[0].rstrip()
    lost = write_number(len(text) - len(kept) - 1)
    return say.SHORTENED.format(kept=kept, lost=lost, where=where)


def filled(text: str, places: Mapping[str, str]) -> str:
    """Return a campaign's text with its places filled; what fills them is not read again."""
    return text.format_map(places)


def figure(value: Any) -> str:
    """Return a figure as it is written."""
    return write_number(int(value))


def office_month(day: date) -> str:
    """Return the month's number as an office writes it: 01 and 02, then 3.

    >>> office_month(date(2015, 1, 9)), office_month(date(2015, 9, 9))
    ('01', '9')
    """
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def in_sentence(campaign: Campaign, unit: Unit) -> str:
    """Return a unit's name as it stands within a sentence: “huyện Sìn Hồ”, “Sở Nội vụ”."""
    return shown(campaign.in_sentence(unit), _LONGEST_NAME, say.LIST_OF_UNITS)


def addressee(campaign: Campaign, unit: Unit) -> str:
    """Return how a unit is addressed: “Ủy ban nhân dân huyện Sìn Hồ”."""
    form = campaign.letters.addressees.get(unit.kind, "{don_vi}")
    return filled(form, {"don_vi": in_sentence(campaign, unit)})


def lowered_line(text: str) -> str:
    r"""Return a text on one line as it goes on within a sentence; an abbreviation stays as it is.

    >>> lowered_line("Xã,\nphường"), lowered_line("UBND huyện"), lowered_line("Ban hành kế hoạch")
    ('xã, phường', 'UBND huyện', 'ban hành kế hoạch')
    """
    return lowered(one_line(text))


def plain(text: str, most: int = 60) -> str:
    """Return a text as a file's name may hold it: small letters without marks, digits, dashes.

    Every computer and every mail program shows such a name as it is.

    >>> plain("Huyện Sìn Hồ"), plain("../CON: đ")
    ('huyen-sin-ho', 'con-d')
    """
    return plain_letters(clean(text))[:most]
