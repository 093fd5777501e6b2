"""How a helper cell holds a value: a number, a folded text, logic as 0, ½ or 1."""

from __future__ import annotations

from datetime import date

from tdkt_batch.campaign.tree import Kind, Node
from tdkt_batch.forms.cell_meaning import day_serial
from tdkt_batch.forms_write.helper_cells import Cached
from tdkt_batch.rules.evaluate import Result, Unknown
from tdkt_batch.vietnamese.folding import fold_text


def represent(result: Result | None, kind: Kind, choices: tuple[str, ...] = ()) -> Cached:
    """Return what a helper cell of ``kind`` holds for ``result``; None is missing."""
    if result is None or isinstance(result, Unknown):
        return 0.5 if kind is Kind.LOGIC else ""
    match result:
        case bool():
            return int(result)
        case int():
            return result
        case date():
            return day_serial(result)
    return choices.index(result) + 1 if kind is Kind.CHOICE else fold_text(result)


def represent_node(node: Node, result: Result | None) -> Cached:
    """Return what the helper cell of ``node`` holds for ``result``."""
    return represent(result, node.kind, getattr(node, "choices", ()))
