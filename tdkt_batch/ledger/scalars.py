"""What a spreadsheet's cell may hold, in JSON: what JSON has no word for carries a tag."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

PLAIN = frozenset((str, int, float, bool, NoneType))
"""What JSON gives back as it was, NaN and infinities in Python's own spelling."""


def write_scalar(value: Any) -> str:
    """Return what a cell may hold as JSON, so that ``read_scalar`` gives exactly that back."""
    return json.dumps(tagged(value), ensure_ascii=False)


def read_scalar(text: str) -> Any:
    """Return what ``write_scalar`` wrote."""
    return untagged(json.loads(text))


def parts_of(span: timedelta) -> list[int]:
    """Return what a span is made again of."""
    return [span.days, span.seconds, span.microseconds]


_TAG_BY_KIND: dict[type, str] = {kind: kind.__name__ for kind in (datetime, date, time, timedelta)}
_FROM_TAG: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
}
_SCALARS = PLAIN | frozenset(_TAG_BY_KIND)


def is_union_of_scalars(kind: Any) -> bool:
    """Tell whether ``kind`` leaves open which of several scalars stands there (values.Raw)."""
    members = frozenset(get_args(kind)) if get_origin(kind) in (Union, UnionType) else frozenset()
    return len(members - {NoneType}) > 1 and members <= _SCALARS


def tagged(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    kind = value.__class__
    if kind in PLAIN:
        return value
    return [_TAG_BY_KIND[kind], parts_of(value) if kind is timedelta else value.isoformat()]


def untagged(written: Any, _: object = None) -> Any:
    """Return the value of what JSON held."""
    if written.__class__ is not list:
        return written
    tag, content = written
    return _FROM_TAG[tag](content)
