"""What the cells of a form yield, as functions of what is filled in.

A form's formulas are compiled once, before anything is known of what will stand in
it; so beside each stands no value but how to get it. All are functions of modules
with their arguments (``partial``), so that a prepared form can be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from tdkt_batch.forms_write.filling import FilledForm

Cached = int | float | str
"""The value that a formula has, stored beside it for readers that do not calculate."""
Result = TypeVar("Result")
Value = Callable[[FilledForm], Cached]
Test = Callable[[FilledForm], bool]


class Once(Generic[Result]):
    """A function of what is filled in that is computed once for each filling."""

    __slots__ = ("compute",)

    def __init__(self, compute: Callable[[FilledForm], Result]) -> None:
        self.compute = compute

    def __call__(self, filled: FilledForm) -> Result:
        """Return the result for a filling."""
        known: dict[object, Result] = filled.known
        try:
            return known[self]
        except KeyError:
            result = known[self] = self.compute(filled)
            return result


def always(value: Cached) -> Value:
    """Return what is the same whatever is filled in."""
    return partial(_always, value)


def _always(value: Cached, _: FilledForm) -> Cached:
    return value


def either(holds: Test, then: Value, otherwise: Value) -> Value:
    """Return one of two, by whether ``holds`` does."""
    return partial(_either, holds, then, otherwise)


def _either(holds: Test, then: Value, otherwise: Value, filled: FilledForm) -> Cached:
    return then(filled) if holds(filled) else otherwise(filled)


def joined(parts: Sequence[str | Value], between: str = "") -> Value:
    """Return the parts as one text."""
    if all(isinstance(part, str) for part in parts):
        return always(between.join(part for part in parts if isinstance(part, str)))
    return partial(_joined, tuple(parts), between)


def _joined(parts: Sequence[str | Value], between: str, filled: FilledForm) -> Cached:
    return between.join(p if isinstance(p, str) else str(p(filled)) for p in parts)


def is_said(value: Value) -> Test:
    """Tell whether a text is not empty."""
    return partial(_is_said, value, True)


def is_empty(value: Value) -> Test:
    """Tell whether a value is the empty text, which stands for a missing one."""
    return partial(_is_said, value, False)


def _is_said(value: Value, said: bool, filled: FilledForm) -> bool:
    return (value(filled) != "") is said
