"""Days and times as spreadsheets keep them: a number of days, or a text as ISO 8601 writes it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from tdkt_batch.model import OFFICE_TIME
from tdkt_batch.values import Raw
from tdkt_batch.workbooks.cells import Broken

_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 — no zones
_LEAP_DAY_THAT_NEVER_WAS = 60
_END = 2_958_466
"""The number of the day after 31/12/9999."""
_MIDNIGHT = time(0)


def moment(days: float, *, since_1904: bool = False, is_span: bool = False) -> Raw | Broken:
    """Return the day, time, or span of time that a cell's number of days means.

    Less than a day is a time. What lies before all days is broken, what lies after
    them stays a number.

    >>> moment(42064), moment(42064.5), str(moment(0.25)), str(moment(1.25, is_span=True))
    (datetime.date(2015, 3, 1), datetime.datetime(2015, 3, 1, 12, 0), '06:00:00', '1 day, 6:00:00')
    """
    if is_span and abs(days) < _END:
        return timedelta(milliseconds=round(days * 86_400_000))
    if days < 0:
        return Broken("error", f"{days:g}")
    if not days < _END:
        return days
    first = _FIRST_DAY_1904 if since_1904 else _FIRST_DAY
    if not since_1904 and days < _LEAP_DAY_THAT_NEVER_WAS:
        first += timedelta(1)
    found = first + timedelta(milliseconds=round(days * 86_400_000))
    return found.time() if days < 1 else _day_or_moment(found)


_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"
)
_ISO_TIME = re.compile(r"T?(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?")
_ISO_SPAN = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


def iso_moment(text: str) -> Raw:
    """Return the day or time of a text as ISO 8601 writes it; other text as it stands.

    A time with a zone is shown by the office's clock. Programs of the web write a
    day as its midnight, theirs or Greenwich's: both are that day.

    >>> iso_moment("2015-02-28T17:00:00.000Z"), iso_moment("2015-03-01T00:00:00Z")
    (datetime.date(2015, 3, 1), datetime.date(2015, 3, 1))
    >>> iso_moment("2015-03-01T14:30:00"), str(iso_moment("PT07H30M00S")), iso_moment("ngày 1")
    (datetime.datetime(2015, 3, 1, 14, 30), '07:30:00', 'ngày 1')
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            *numbers, zone = match.groups()
            found = datetime(*(int(n or 0) for n in numbers))  # type: ignore[arg-type]  # noqa: DTZ001
            if zone and found.time() != _MIDNIGHT:
                sign = -1 if zone[0] == "-" else 1
                digits = zone[1:].replace(":", "")
                shift = timedelta(hours=int(digits[:2] or 0), minutes=int(digits[2:] or 0))
                aware = (found - sign * shift).replace(tzinfo=UTC)
                found = aware.astimezone(OFFICE_TIME).replace(tzinfo=None)
            return _day_or_moment(found)
        if match := _ISO_TIME.fullmatch(text):
            hours, minutes, seconds = (int(n or 0) for n in match.groups())
            return time(hours, minutes, seconds)
        if (match := _ISO_SPAN.fullmatch(text)) and text != "PT":
            hours, minutes, seconds = (int(n or 0) for n in match.groups())
            span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            return (_FIRST_DAY + span).time() if span < timedelta(1) else span
    except (ValueError, OverflowError):  # a day or time that there is not
        pass
    return text


def _day_or_moment(found: datetime) -> date | datetime:
    return found.date() if found.time() == _MIDNIGHT else found


# --- formats ------------------------------------------------------------------------------

BUILT_IN_DAYS = frozenset((*range(14, 23), 45, 47))
BUILT_IN_SPAN = 46
"""Formats of days, times and spans that have a number and no text."""
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)


def is_span_format(code: str) -> bool:
    """Tell whether a number format shows a span of time.

    >>> is_span_format("[h]:mm:ss"), is_span_format("hh:mm")
    (True, False)
    """
    return bool(_SPAN.search(_NO_CODE.sub("", code)))


def is_day_format(code: str) -> bool:
    """Tell whether a number format shows days or times.

    >>> is_day_format("dd/mm/yyyy"), is_day_format('[$-42A]d "tháng" m'), is_day_format('0 "đ"')
    (True, True, False)
    """
    return bool(_DAY.search(_NO_CODE.sub("", code)))
