"""``letters.toml`` → ``Letters``: every text there, every place in it one that can be filled."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_type_hints

from tdkt_batch.campaign.letters import (
    COMMON_PLACES,
    PLACES,
    WITHOUT_COMMON,
    CallTexts,
    LetterLimits,
    Letters,
    MailTexts,
    MessageTexts,
    Office,
    PaperStyle,
    ReminderTexts,
    ReportTexts,
    SlipTexts,
)
from tdkt_batch.campaign.toml_section import Section

_GROUPS = ("mail", "message", "reminder", "calls", "report", "slip")
_Texts = TypeVar("_Texts")


def load_letters(file: Section, unit_kinds: Iterable[str]) -> Letters:
    """Return the campaign's letters; ``CampaignError`` for the first thing that is wrong."""
    file.allow("style", "office", "limits", "addressees", *_GROUPS)
    return Letters(
        style=_style(file),
        office=_office(file.section("office")),
        limits=_limits(file.section("limits")),
        addressees=_addressees(file.section("addressees"), set(unit_kinds)),
        mail=_texts(MailTexts, file.section("mail"), {}),
        message=_texts(MessageTexts, file.section("message"), {}),
        reminder=_texts(ReminderTexts, file.section("reminder"), {}),
        calls=_texts(CallTexts, file.section("calls"), {}),
        report=_texts(ReportTexts, file.section("report"), {}),
        slip=_texts(SlipTexts, file.section("slip"), {}),
    )


def _style(file: Section) -> PaperStyle:
    known = tuple(str(style) for style in PaperStyle)
    style = file.text("style")
    if style not in known:
        raise file.fail("style", f"“{style}” phải là một trong {', '.join(known)}")
    return PaperStyle(style)


def _office(section: Section) -> Office:
    keys = tuple(field.name for field in fields(Office))
    section.allow(*keys)
    return Office(**{key: section.text(key) for key in keys})


def _limits(section: Section) -> LetterLimits:
    keys = tuple(field.name for field in fields(LetterLimits))
    section.allow(*keys)
    limits = {key: section.number(key) for key in keys}
    for key, value in limits.items():
        if value < 1:
            raise section.fail(key, f"phải từ 1 trở lên, nhưng là {value}")
    return LetterLimits(**limits)


def _addressees(section: Section, kinds: set[str]) -> dict[str, str]:
    addressees = {}
    for kind in section.content:
        if kind not in kinds:
            raise section.fail(kind, "không có loại đơn vị này trong campaign.toml")
        addressees[kind] = section.text(kind)
        _check_places(section, kind, addressees[kind], {"don_vi"})
    return addressees


def _texts(wanted: type[_Texts], section: Section, outer: Mapping[str, str]) -> _Texts:
    """Return a table's texts: a line, a list of lines or a further table, as its class says.

    ``outer`` are the places of the table around it, which hold where it has none.
    """
    own = PLACES.get(section.key, outer)
    kinds: dict[str, Any] = get_type_hints(wanted)
    common = () if section.key in WITHOUT_COMMON else COMMON_PLACES
    section.allow(*kinds)
    found: dict[str, Any] = {}
    for key, kind in kinds.items():
        if kind not in (str, tuple[str, ...]):
            found[key] = _texts(kind, section.section(key), own)
            continue
        found[key] = section.text(key) if kind is str else section.texts(key)
        allowed = {*common, *PLACES.get(section.path(key), own)}
        for text in (found[key],) if kind is str else found[key]:
            _check_places(section, key, text, allowed)
    return wanted(**found)


def _check_places(section: Section, key: str, text: str, allowed: set[str]) -> None:
    """Raise unless each ``{place}`` of a text is one that the program fills."""
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError:
        raise section.fail(key, "dấu ngoặc nhọn không khép; muốn in ngoặc thì ghi đôi") from None
    for _, place, form, conversion in pieces:
        if place is None:
            continue
        if place not in allowed or form or conversion:
            known = ", ".join(f"{{{one}}}" for one in sorted(allowed))
            raise section.fail(key, f"không có chỗ điền “{{{place}}}”; được dùng: {known}")
