"""Values of the model to bytes and back: exactly the same value, whatever a cell held.

Any dataclass can be kept whose fields are plain values, dates, enums, other
dataclasses, and tuples, sets and mappings of these. What a reader does not get
back from JSON by itself carries a tag: a date among texts, ``["date",
"2015-03-25"]``. Texts keep lone surrogates, which a sender's program may leave.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from cattrs import Converter

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.scalars import PLAIN, is_union_of_scalars, parts_of, tagged, untagged
from tdkt_batch.ledger.short_cells import write_in_short
from tdkt_batch.model import Month

T = TypeVar("T")

_SETS: tuple[object, ...] = (frozenset, set)
_SPEEDILY = 1
"""Compression level: readings are packed once and unpacked in every run."""


class UndecodableError(ValueError):
    """Bytes are damaged, or hold another shape than the one asked for."""


# --- to bytes and back ------------------------------------------------------------------------


def pack(value: Any) -> bytes:
    """Return ``value`` in small bytes that only the very same shape gets back."""
    text = json.dumps(_converter().unstructure(value), ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), _SPEEDILY)
    return _mark_of(type(value)) + packed


def unpack(packed: bytes, shape: type[T]) -> T:
    """Return the value that was packed; ``UndecodableError`` when it is not of ``shape``."""
    mark = _mark_of(shape)
    if not packed.startswith(mark):
        raise UndecodableError
    try:
        return read_text(zlib.decompress(packed[len(mark) :]), shape)
    except zlib.error as error:
        raise UndecodableError from error


def write_text(value: Any) -> bytes:
    """Return ``value`` as JSON for people to read; fields at their default are left out."""
    text = json.dumps(_converter().unstructure(value), ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def read_text(text: bytes, shape: type[T]) -> T:
    """Return the value written; what it lacks takes its default, the unknown is passed over."""
    try:
        return _converter().structure(json.loads(text.decode("utf-8", "surrogatepass")), shape)
    except (ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        raise UndecodableError(str(error)) from error


# --- how each type is written -----------------------------------------------------------------


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True, detailed_validation=False)
    converter.register_structure_hook_func(lambda kind: kind in PLAIN, lambda value, _: value)
    for day in (date, datetime, time):
        converter.register_unstructure_hook(day, day.isoformat)
        converter.register_structure_hook(day, lambda text, kind: kind.fromisoformat(text))
    converter.register_unstructure_hook(Month, str)
    converter.register_structure_hook(Month, lambda text, _: Month.parse(text))
    converter.register_unstructure_hook(timedelta, parts_of)
    converter.register_structure_hook(timedelta, lambda parts, _: timedelta(*parts))
    converter.register_structure_hook_func(is_union_of_scalars, untagged)
    converter.register_unstructure_hook_func(is_union_of_scalars, tagged)
    converter.register_unstructure_hook_func(
        lambda kind: (get_origin(kind) or kind) in _SETS,
        # in an order that no hash seed changes
        lambda members: sorted((converter.unstructure(one) for one in members), key=repr),
    )
    write_in_short(converter)
    return converter


# --- the mark of a shape ----------------------------------------------------------------------

_mark_by_shape: dict[type, bytes] = {}


def _mark_of(shape: type) -> bytes:
    """Return a mark that changes whenever a field of ``shape`` or of its parts does."""
    if shape not in _mark_by_shape:
        described: dict[str, Any] = {}
        _describe(shape, described)
        _mark_by_shape[shape] = sha256(repr(sorted(described.items())).encode()).digest()[:8]
    return _mark_by_shape[shape]


def _describe(kind: Any, described: dict[str, Any]) -> None:
    for part in get_args(kind):
        _describe(part, described)
    name = str(kind)
    if name in described or not isinstance(kind, type):
        return
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        described[name] = [
            # the default in words that are the same in every process
            [f.name, str(hints[f.name]), "" if f.default is MISSING else str(f.default)]
            for f in fields(kind)
        ]
        for hint in hints.values():
            _describe(hint, described)
    elif issubclass(kind, Enum):
        described[name] = [str(member.value) for member in kind]
