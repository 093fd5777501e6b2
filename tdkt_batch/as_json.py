"""A value as JSON holds it, wherever a command prints for programs."""

from __future__ import annotations

from datetime import date, datetime, time
from math import isfinite
from typing import Any


def as_json(value: Any) -> str | int | float | bool | None:
    """Return a value as JSON holds it: days and moments in ISO 8601, all else in its own words.

    What is not finite is no number of JSON.

    >>> as_json(date(2015, 3, 25)), as_json(1.5), as_json(float("inf"))
    ('2015-03-25', 1.5, 'inf')
    """
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case float() if not isfinite(value):
            return str(value)
        case None | str() | int() | float():
            return value
        case _:
            return str(value)
