"""A short text for the message group of each district and group of units (.txt)."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.letters.news import Ask, UnitNews
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.words import filled, in_sentence, lowered, one_line, plain
from tdkt_batch.wording.shared import UNIT_STATES

FOLDER = "tin-nhan"
_CUT = " […]"


def messages(out: Outgoing) -> dict[str, bytes]:
    """Return the texts by path, in UTF-8 with a mark, for whoever has silent units."""
    files = {}
    for hub in out.districts:
        if hub.silent:
            name = in_sentence(out.campaign, hub.unit)
            path = f"{FOLDER}/{out.stems[hub.unit.code]}.txt"
            files[path] = _message(out, name, hub.silent, len(hub.required))
    for group in out.groups:
        path = f"{FOLDER}/nhom-{plain(group.name)}.txt"
        files[path] = _message(out, lowered(group.name), group.silent, group.required)
    return files


def _message(out: Outgoing, name: str, silent: Sequence[UnitNews], total: int) -> bytes:
    texts, most = out.campaign.letters.message, out.campaign.letters.limits.message_letters
    places = {**out.common, "don_vi": name, "so": str(len(silent)), "tong": str(total)}
    ending = one_line(filled(texts.ending, places))
    said = _within(one_line(filled(texts.text, places)), most - len(ending) - 1)
    lines = [f"- {one_line(one.unit.name)}{_remark(one)}" for one in silent]
    return "\r\n".join([said, *lines, ending, ""]).encode("utf-8-sig")


def _within(text: str, most: int) -> str:
    """Return a text no longer than a group takes it; one that is cut says so."""
    if len(text) <= most:
        return text
    return text[: max(most - len(_CUT), 0)].rsplit(" ", 1)[0] + _CUT


def _remark(one: UnitNews) -> str:
    """Say how long a unit has been silent, or why what it sent cannot be used."""
    said = one.lines[0] if one.ask is Ask.MISSING else UNIT_STATES[one.report.state]
    return f" ({lowered(said)})" if said else ""
