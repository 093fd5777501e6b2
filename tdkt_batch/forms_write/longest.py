"""How long a sentence may become: what stands for its places while nothing is typed."""

from __future__ import annotations

from tdkt_batch.campaign.definition import FormRule
from tdkt_batch.campaign.tree import Constant, If, Kind, Node, Template
from tdkt_batch.rules.outcomes import write_result

_STAND_INS = {
    Kind.NUMBER: "000",
    Kind.DATE: "00/00/0000",
    Kind.LOGIC: "Không",
    Kind.CHOICE: "lựa chọn dài",
    Kind.TEXT: "tên của một đơn vị",
}


def room_of(bound: FormRule) -> tuple[str, str, str]:
    """Return texts as long as a rule's given, expected and remedy may become."""
    before, after = longest(bound.remedy_before), longest(bound.remedy_after)
    return longest(bound.given), longest(bound.expected), max(before, after, key=len)


def longest(template: Template) -> str:
    """Return the template with long words in its places."""
    return "".join(part if isinstance(part, str) else _stand_in(part) for part in template.parts)


def _stand_in(node: Node) -> str:
    match node:
        case Constant(value):
            return write_result(value)
        case If(_, then, otherwise):
            return max(_stand_in(then), _stand_in(otherwise), key=len)
    return _STAND_INS.get(node.kind, "")
