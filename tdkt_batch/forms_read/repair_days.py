"""Days and months as people write them: day first, as the form asks for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.forms.cell_meaning import Understood, unreadable
from tdkt_batch.model import Raw, Repair
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.writing import write_day

_SEPARATOR = r"\s*[/.\-]\s*"
_DAY_TEXTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:ngày )?(?P<d>\d\d?){_SEPARATOR}(?P<m>\d\d?){_SEPARATOR}(?P<y>\d\d(?:\d\d)?)",
        r"(?:ngày )?(?P<d>\d{1,2}),? tháng (?P<m>\d{1,2}),? năm (?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: 00:00(?::00)?)?",
    )
)
_MONTH_FIRST = (
    re.compile(rf"(?P<m>\d\d?){_SEPARATOR}(?P<d>\d\d?){_SEPARATOR}(?P<y>\d\d(?:\d\d)?)"),
)
"""Only for what is no day otherwise: 3/25/2015."""
_MONTH_TEXTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:th[aá]ng |t)?(?P<m>\d{{1,2}}){_SEPARATOR}(?P<y>\d{{4}})",
        r"(?:th[aá]ng )?(?P<m>\d{1,2}),? năm (?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})",
    )
)


def understand_day(field: Field, raw: Raw, campaign: Campaign) -> Understood:
    """Return the day, or the first day of the month, that a cell names by whatever words."""
    is_month = field.kind is FieldKind.MONTH
    unclear = "DL10" if is_month else "DL04"
    bounds = {"earliest": write_day(campaign.earliest), "latest": write_day(campaign.latest)}
    if isinstance(raw, str):
        text = squeeze(unicodedata.normalize("NFKC", raw)).lower().strip(" .,")
        day = next(_months_in(text) if is_month else _days_in(text), None)
        repair = Repair("SC06")
        if day is None and not is_month:
            day, repair = next(_dates(text, _MONTH_FIRST), None), Repair("SC18")
        if day is None:
            return unreadable(field, raw, unclear)
        if campaign.earliest <= day <= campaign.latest:
            return Understood(day, repair=repair)
        return unreadable(field, raw, "DL05", **bounds)
    if isinstance(raw, bool | time | timedelta):
        return unreadable(field, raw, unclear)
    return unreadable(field, raw, "DL05", **bounds)


def _days_in(text: str) -> Iterator[date]:
    return _dates(text, _DAY_TEXTS)


def _months_in(text: str) -> Iterator[date]:
    """Yield the first day of the month that the text names, or of the day it names."""
    yield from _dates(text, _MONTH_TEXTS)
    yield from (day.replace(day=1) for day in _days_in(text))


def _dates(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[date]:
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            found = match.groupdict(default="1")
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            try:
                yield date(year, int(found["m"]), int(found.get("d", "1")))
            except ValueError:
                continue
