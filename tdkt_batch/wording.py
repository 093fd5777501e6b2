"""The program's own Vietnamese sentences, each in the order where – what – what to do.

The guidance's words are the campaign's; what the program itself has to say to
officers, units and leadership stands here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.model import Fault, FileState, OutcomeKind, Severity, UnitState

OUTCOMES: Mapping[OutcomeKind, str] = {
    OutcomeKind.PASS: "Đạt",
    OutcomeKind.FAIL: "Không đạt",
    OutcomeKind.NOT_APPLICABLE: "Không áp dụng",
    OutcomeKind.UNKNOWN: "Chưa đủ số liệu",
    OutcomeKind.ERROR: "Lỗi rà soát",
}
BOARD_CHECKS = "Ban đối chiếu"
"""What the form's panel says of a rule that only the board can check."""

SEVERITIES: Mapping[Severity, str] = {
    Severity.VIOLATION: "Chưa đúng Hướng dẫn",
    Severity.WARNING: "Cần giải trình",
    Severity.NOTICE: "Lưu ý",
    Severity.READING: "Lỗi số liệu",
}

FILE_STATES: Mapping[FileState, str] = {
    FileState.USED: "Đã dùng",
    FileState.SUPERSEDED: "Đã có bản mới hơn",
    FileState.DUPLICATE: "Trùng nội dung",
    FileState.OTHER_MONTH: "Của tháng khác",
    FileState.NOT_A_FORM: "Không phải biểu mẫu",
    FileState.QUARANTINED: "Chưa xử lý được",
}

UNIT_STATES: Mapping[UnitState, str] = {
    UnitState.ON_TIME: "Đúng hạn",
    UnitState.LATE: "Gửi muộn",
    UnitState.EMPTY: "Biểu trống",
    UnitState.UNREADABLE: "Không đọc được",
    UnitState.MISSING: "Chưa gửi",
    UnitState.NOT_REQUIRED: "Không phải gửi",
}

READING_FAULTS: Mapping[str, tuple[str, str]] = {}
"""Faults of reading, by code: what is wrong and what to do.

Both sentences may have the places ``{label}``, ``{sheet}``, ``{cell}`` and those
that the fault's details fill (``{raw}`` is what was typed).
"""


def reading_fault(fault: Fault, label: str) -> tuple[str, str]:
    """Return a fault of reading in words: what is wrong at the field ``label``, what to do."""
    message, remedy = READING_FAULTS[fault.code]
    places = {"label": label, "sheet": fault.sheet, "cell": fault.cell, **fault.details}
    return message.format(**places), remedy.format(**places)
