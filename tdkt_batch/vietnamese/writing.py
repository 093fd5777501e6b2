"""How numbers and days are written in Vietnamese texts, and a text without its marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction


def write_number(value: int | Fraction, *, decimals: int = 0) -> str:
    """Return a number with thousands points and, with ``decimals``, a decimal comma.

    Halves round away from zero; a fraction of zeros is left off.

    >>> write_number(1234567)
    '1.234.567'
    >>> write_number(Fraction(8889, 100), decimals=1)
    '88,9'
    """
    scale = 10**decimals
    scaled = abs(value) * scale
    rounded = int(scaled + Fraction(1, 2))
    whole, rest = divmod(rounded, scale)
    text = f"{whole:,}".replace(",", ".")
    if rest:
        text += "," + str(rest).zfill(decimals).rstrip("0")
    return f"-{text}" if value < 0 and rounded else text


def write_percent(part: int, total: int) -> str:
    """Return ``part`` of ``total`` in per cent with one decimal; a dash of nothing.

    >>> write_percent(96, 108)
    '88,9%'
    """
    if total == 0:
        return "–"
    return write_number(Fraction(100 * part, total), decimals=1) + "%"


def write_day(day: date) -> str:
    """Return a day as ``dd/mm/yyyy``.

    >>> write_day(date(2015, 3, 5))
    '05/03/2015'
    """
    return f"{day:%d/%m/%Y}"


def write_long_day(day: date) -> str:
    """Return a day as it stands at the head of a paper: a 0 before days below 10, months below 3.

    >>> write_long_day(date(2015, 3, 5)), write_long_day(date(2015, 2, 25))
    ('ngày 05 tháng 3 năm 2015', 'ngày 25 tháng 02 năm 2015')
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def write_moment(moment: datetime) -> str:
    """Return a moment as an office writes it.

    >>> write_moment(datetime(2015, 3, 25, 17, 0))
    '17 giờ 00 ngày 25/03/2015'
    """
    return f"{moment.hour} giờ {moment:%M} ngày {write_day(moment)}"


def capital(text: str) -> str:
    """Return a text as it begins a sentence or a cell.

    >>> capital("đã gửi ảnh")
    'Đã gửi ảnh'
    """
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation keeps its capitals.

    >>> lowered("Xã, phường, thị trấn"), lowered("UBND xã")
    ('xã, phường, thị trấn', 'UBND xã')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def stopped(text: str) -> str:
    """Return a sentence with its full stop.

    >>> stopped("Ghi số nguyên"), stopped("Có đúng không?")
    ('Ghi số nguyên.', 'Có đúng không?')
    """
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def first_of(texts: Sequence[str], most: int, between: str = "; ") -> str:
    """Return the first texts, and a mark where there are more than ``most``.

    >>> first_of(["một", "hai", "ba"], 2), first_of(["một", "hai"], 2, ", ")
    ('một; hai; …', 'một, hai')
    """
    return between.join((*texts[:most], "…") if len(texts) > most else texts)


def plain_letters(text: str) -> str:
    """Return a text in small letters a–z, digits and hyphens, as a file's name takes them.

    >>> plain_letters("Thị trấn Than Uyên (Đợt 2)")
    'thi-tran-than-uyen-dot-2'
    """
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    ascii_only = letters.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
