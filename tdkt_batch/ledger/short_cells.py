"""Cells and outcomes in JSON by place and not by name: a month has millions of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import eq
from types import EllipsisType
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from tdkt_batch.ledger.scalars import tagged, untagged
from tdkt_batch.model import Outcome, plain_outcome
from tdkt_batch.values import CompactCells, Fault, Repair, Scalar, Value

_AGAIN: list[Any] = []
"""Stands for what is the cell's value once more; a list that carries a tag has two members."""


def write_in_short(converter: Converter) -> None:
    """Let a converter write and read cells and outcomes in short."""
    short = _Short(converter)
    shapes: tuple[tuple[object, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
        (Value, short.of_value, short.value),
        (Mapping[str, Value], short.of_cells, short.cells),
        (Outcome, short.of_outcome, short.outcome),
    )
    for shape, write, read in shapes:
        is_it = partial(eq, shape)
        converter.register_unstructure_hook_func(is_it, write)
        converter.register_structure_hook_func(is_it, partial(_read_as, read))


def _read_as(read: Callable[[Any], Any], written: Any, _: object) -> Any:
    return read(written)


class _Short:
    """What is written of cells and outcomes, and how they are made again of it."""

    def __init__(self, converter: Converter) -> None:
        self._converter = converter
        self._outcome_by_name = make_dict_unstructure_fn(
            Outcome, converter, _cattrs_omit_if_default=True
        )
        self._outcome_of_names = make_dict_structure_fn(
            Outcome, converter, _cattrs_detailed_validation=False
        )

    def of_value(self, value: Value) -> list[Any]:
        field, sheet, cell, *rest = value.in_short()
        scalars = [_AGAIN if isinstance(one, EllipsisType) else tagged(one) for one in rest[:3]]
        odd = [one and self._converter.unstructure(one) for one in rest[5:]]
        return [field, sheet, cell, *scalars, *rest[3:5], *odd]

    def value(self, written: list[Any]) -> Value:
        field, sheet, cell, *rest = written
        parts: list[Any] = [... if one == _AGAIN else untagged(one) for one in rest[:3]]
        parts += rest[3:5]
        for one, kind in zip(rest[5:], (Repair, Fault), strict=False):
            parts.append(one and self._converter.structure(one, kind))
        return Value.of_short(field, sheet, cell, *parts)

    def of_cells(self, cells: Mapping[str, Value]) -> list[Any]:
        head, line, contents = CompactCells.of(cells).in_short()
        return [head, line, [self._of_content(one) for one in contents]]

    def cells(self, written: list[Any]) -> CompactCells:
        head, line, contents = written
        names = tuple(map(tuple, head))
        return CompactCells(names, line, tuple(map(self._content, contents)))

    def _of_content(self, content: Scalar | Value | None) -> Any:
        return {"": self.of_value(content)} if isinstance(content, Value) else tagged(content)

    def _content(self, written: Any) -> Scalar | Value | None:
        return self.value(written[""]) if isinstance(written, dict) else untagged(written)

    def of_outcome(self, outcome: Outcome) -> list[Any] | dict[str, Any]:
        return list(outcome.in_short()) if outcome.is_plain else self._outcome_by_name(outcome)

    def outcome(self, written: list[str] | dict[str, Any]) -> Outcome:
        if isinstance(written, list):
            return plain_outcome(*written)
        return self._outcome_of_names(written, Outcome)
