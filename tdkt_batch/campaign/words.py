"""An expression in Vietnamese words, for the rule book that people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from tdkt_batch.campaign.tree import (
    And,
    Arithmetic,
    Between,
    ColumnName,
    Compare,
    Constant,
    Count,
    Extreme,
    Fold,
    If,
    IsBlank,
    Kind,
    LeastShare,
    Name,
    Node,
    Not,
    OneOf,
    Or,
    Share,
    ShareHolds,
    StartsWith,
)
from tdkt_batch.vietnamese.writing import write_day, write_number

Label = Callable[[str], str]
"""Gives the Vietnamese label of a field, column, table, derived value or fact."""

_COMPARED: Mapping[str, str] = {
    "<": "nhỏ hơn",
    "<=": "không quá",
    "==": "là",
    "!=": "khác",
    ">=": "từ",
    ">": "lớn hơn",
}
_COMPARED_DAYS: Mapping[str, str] = {
    **_COMPARED,
    "<": "trước",
    "<=": "không sau",
    ">=": "không trước",
    ">": "sau",
}
_COMPARED_BY_KIND = {Kind.DATE: _COMPARED_DAYS, Kind.NUMBER: {**_COMPARED, "==": "bằng"}}
_SIGNS: Mapping[str, str] = {"+": "cộng", "-": "trừ", "*": "nhân"}
_FOLDED: Mapping[str, str] = {
    "sum": "tổng",
    "earliest": "ngày sớm nhất của",
    "latest": "ngày muộn nhất của",
    "distinct": "số loại khác nhau của",
}


def in_words(node: Node, label: Label) -> str:
    """Return what ``node`` asks, in words; names appear as their labels in “…”."""
    match node:
        case Constant(value):
            return _constant(value)
        case Name(id=id_) | ColumnName(id=id_):
            return f"“{label(id_)}”"
        case Compare(op, left, right):
            words = _COMPARED_BY_KIND.get(left.kind, _COMPARED)
            end = " trở lên" if op == ">=" and left.kind is Kind.NUMBER else ""
            return f"{in_words(left, label)} {words[op]} {in_words(right, label)}{end}"
        case Between(operand, days):
            return (
                f"{in_words(operand, label)} từ {write_day(days.start)} đến {write_day(days.end)}"
            )
        case OneOf(operand, options):
            return f"{in_words(operand, label)} là {_listed(options)}"
        case And(items):
            return "; ".join(_grouped(item, label, Or) for item in items)
        case Or(items):
            return " hoặc ".join(_grouped(item, label, And) for item in items)
        case Not(IsBlank(operand)):
            return f"{in_words(operand, label)} có ghi"
        case Not(item):
            return f"không phải ({in_words(item, label)})"
        case Arithmetic(op, left, right, Kind.TEXT):
            return f"{in_words(left, label)} và tiếp theo {in_words(right, label)}"
        case Arithmetic(op, left, right):
            return f"({in_words(left, label)} {_SIGNS[op]} {in_words(right, label)})"
        case _:
            return _function_in_words(node, label)


def _function_in_words(node: Node, label: Label) -> str:
    match node:
        case Extreme(op, left, right):
            which = "lớn hơn" if op == "max" else "nhỏ hơn"
            return f"số {which} trong {in_words(left, label)} và {in_words(right, label)}"
        case If(condition, then, otherwise):
            return (
                f"{in_words(then, label)} nếu {in_words(condition, label)}, "
                f"nếu không thì {in_words(otherwise, label)}"
            )
        case IsBlank(operand):
            return f"{in_words(operand, label)} để trống"
        case StartsWith(text, prefix):
            return f"{in_words(text, label)} bắt đầu bằng {in_words(prefix, label)}"
        case Count(table, condition):
            return f"số dòng của “{label(table)}”{_where(condition, label)}"
        case Fold(op, column, condition):
            return f"{_FOLDED[op]} {in_words(column, label)}{_where(condition, label)}"
        case ShareHolds(part, total, share, _, near):
            how = _tolerated(share) if near else _share(share)
            return f"{in_words(part, label)} {how} {in_words(total, label)}"
        case LeastShare(total, share):
            percent = _percent(share.part)
            return f"số người ít nhất đạt {percent} của {in_words(total, label)}"
    raise TypeError(node)


def _constant(value: int | str | date) -> str:
    if isinstance(value, date):
        return write_day(value)
    return write_number(value) if isinstance(value, int) else f"“{value}”"


def _listed(options: tuple[str, ...]) -> str:
    quoted = [f"“{option}”" for option in options]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} hoặc {quoted[-1]}"


def _grouped(item: Node, label: Label, other: type) -> str:
    words = in_words(item, label)
    return f"({words})" if isinstance(item, other) else words


def _where(condition: Node | None, label: Label) -> str:
    return "" if condition is None else f" mà {in_words(condition, label)}"


def _percent(part: Fraction) -> str:
    return f"{write_number(100 * part, decimals=1)}%"


def _share(share: Share) -> str:
    percent = _percent(share.part)
    if share.mode == "at_least":
        return f"ít nhất {percent} (tính theo người) của"
    if share.mode == "exact":
        return f"đúng {percent} (tính theo người) của"
    return f"khoảng {percent} (sai số {_percent(share.tolerance)}) của"


def _tolerated(share: Share) -> str:
    return f"thiếu không quá {_percent(share.tolerance)} so với {_percent(share.part)} của"
