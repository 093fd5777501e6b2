"""When a text in a workbook is the label that a form has there, spelled alike or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tdkt_batch.vietnamese.legacy_text import decode_legacy
from tdkt_batch.vietnamese.spelling import spelling_key, without_marks

LONGEST_LABEL = 300


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """Return what all spellings of a label share, in whatever font it was typed.

    >>> label_key("Hoà bình:") == label_key("HÒA  BÌNH")
    True
    """
    if len(text) > LONGEST_LABEL:
        return ""
    decoded = None if text.isascii() else decode_legacy(text)
    return spelling_key(decoded.text if decoded else text)


def nearest_key(key: str, others: Iterable[str]) -> str | None:
    """Return the one of ``others`` that ``key`` misspells, None unless one alone is near.

    Marks do not count; one letter may be wrong in a short label, two in a long
    one; figures must agree.

    >>> nearest_key("tong so dai bieu", ["tổng số đại biểu", "đại biểu nữ"])
    'tổng số đại biểu'
    >>> nearest_key("đại biểu nam", ["đại biểu nữ"])
    """
    near = [other for other in dict.fromkeys(others) if is_near(key, other)]
    return near[0] if len(near) == 1 else None


def is_near(key: str, other: str) -> bool:
    """Tell whether two labels differ by marks or by a slip of the hand only."""
    one, two = without_marks(key), without_marks(other)
    limit = 0 if len(two) < 8 else 1 if len(two) < 18 else 2
    return bool(one) and letters_wrong(one, two, limit) is not None


def letters_wrong(typed: str, meant: str, at_most: int) -> int | None:
    """Return how many letters are wrong, missing, too many or exchanged; None if more.

    Numbers must agree, they are no misspelling.

    >>> letters_wrong("dai bieu", "dia bieu", 1), letters_wrong("dai bieu 1", "dai bieu 2", 1)
    (1, None)
    """
    if abs(len(typed) - len(meant)) > at_most:
        return None
    if re.findall(r"\d+", typed) != re.findall(r"\d+", meant):
        return None
    from rapidfuzz.distance import OSA

    wrong = OSA.distance(typed, meant, score_cutoff=at_most)
    return wrong if wrong <= at_most else None
