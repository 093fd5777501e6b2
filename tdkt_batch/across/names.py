"""Which unit a typed name means: compared folded, the kind word may be left out."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.vietnamese.folding import fold_text


def match_name(text: str, names: Sequence[str], kinds: Sequence[str]) -> int | None:
    """Return which of ``names`` is meant by ``text``, None when none or more than one is.

    The whole name decides first. Where no whole name fits, the kind word may be
    missing on either side, unless that leaves two candidates: a district has
    both Thị trấn Mường Tè and Xã Mường Tè.

    >>> match_name("Thèn  Sin", ["Xã Giang Ma", "Xã Thèn Sin"], ["xã"])
    1
    >>> match_name("Mường Tè", ["Thị trấn Mường Tè", "Xã Mường Tè"], ["xã", "thị trấn"])
    """
    wanted = fold_text(text)
    whole = [place for place, name in enumerate(names) if fold_text(name) == wanted]
    if whole:
        return whole[0] if len(whole) == 1 else None
    bare = [
        place
        for place, name in enumerate(names)
        if wanted == without_kind(name, kinds) or fold_text(name) == without_kind(text, kinds)
    ]
    return bare[0] if len(bare) == 1 else None


def without_kind(name: str, kinds: Sequence[str]) -> str:
    """Return the folded name without the kind word it begins with.

    >>> without_kind("Xã Thèn Sin", ["xã", "thị trấn"])
    'thèn sin'
    """
    folded = fold_text(name)
    for kind in sorted(map(fold_text, kinds), key=len, reverse=True):
        if folded.startswith(f"{kind} "):
            return folded.removeprefix(f"{kind} ")
    return folded
