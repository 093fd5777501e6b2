"""Data validation of an input cell: what it takes, its hint, and what to do when it is wrong."""

from __future__ import annotations

from typing import Any

from tdkt_batch.campaign.definition import Campaign, Field, FieldKind
from tdkt_batch.forms_write.lists import ListPlace
from tdkt_batch.vietnamese.writing import write_day, write_number

TITLE_LENGTH = 32
MESSAGE_LENGTH = 255
"""Excel's limits."""
NOT_LISTED = (
    "phải chọn trong danh sách",
    "Không gõ tên: bấm mũi tên bên phải ô để chọn (xã kèm tên huyện)",
)


def validation(
    field: Field, campaign: Campaign, choices: ListPlace | None, hint: str = ""
) -> dict[str, Any]:
    """Return the validation of a field's cell; ``choices`` is the list to choose from.

    The message says where, what is wrong and what to do.
    """
    options = _rule(field, campaign, choices)
    what, to_do = _fault(field, campaign)
    if choices is not None and not what:
        what, to_do = NOT_LISTED
    options |= {
        "input_title": _cut(field.label, TITLE_LENGTH),
        "input_message": _cut(_prompt(hint or field.hint, to_do), MESSAGE_LENGTH),
    }
    if options["validate"] != "any":
        options |= {
            "error_title": _cut(field.label, TITLE_LENGTH),
            "error_message": _cut(f"Ô “{field.label}” {what}. {to_do}.", MESSAGE_LENGTH),
        }
    return options


def _rule(field: Field, campaign: Campaign, choices: ListPlace | None) -> dict[str, Any]:
    if choices is not None:
        return {"validate": "list", "source": f"={choices.name}"}
    match field.kind:
        case FieldKind.COUNT:
            return {
                "validate": "integer",
                "criteria": "between",
                "minimum": field.minimum,
                "maximum": field.maximum,
            }
        case FieldKind.DATE | FieldKind.MONTH:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": campaign.earliest,
                "maximum": campaign.latest,
            }
        case FieldKind.MARK:
            return {"validate": "list", "source": ["x", "X"]}
    return {"validate": "any"}


def _fault(field: Field, campaign: Campaign) -> tuple[str, str]:
    """Return what is wrong with a refused entry, and what to do."""
    match field.kind:
        case FieldKind.COUNT:
            low, high = str(field.minimum), write_number(field.maximum)
            if field.minimum > 0:
                return f"phải là số nguyên từ {low} đến {field.maximum}", "Ghi số nguyên"
            return f"phải là số nguyên từ {low} đến {high}", "Ghi số nguyên, không kèm chữ"
        case FieldKind.DATE:
            first, last = write_day(campaign.earliest), write_day(campaign.latest)
            return f"phải là ngày từ {first} đến {last}", "Ghi ngày/tháng/năm, ví dụ 20/3/2015"
        case FieldKind.MONTH:
            return "phải là tháng/năm", "Ghi ngày đầu tháng, ví dụ 1/3/2015 (ô sẽ hiện 3/2015)"
        case FieldKind.MARK:
            return "chỉ nhận chữ x", field.hint or "Ghi x nếu có, để trống nếu không"
        case FieldKind.CHOICE:
            return "phải chọn trong danh sách", "Bấm mũi tên bên phải ô để chọn"
    return "", ""


def _prompt(hint: str, to_do: str) -> str:
    """Return the hint, then what to do unless the hint says just that."""
    if hint.casefold() in to_do.casefold():
        return to_do
    if hint.startswith("Ngày/tháng/năm"):
        return hint
    return f"{hint}. {to_do}" if to_do else hint


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
