"""The sheets of the control workbook: their columns, known here to its writer and its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.model import DecisionKind
from tdkt_batch.rules.decisions import Family
from tdkt_batch.wording.shared import DECISIONS


class Role(StrEnum):
    """Who fills a column.

    A ``KEY`` says what a row is about: the program's in a row that it lists, the
    board's in a row added by hand. ``INPUT`` is always the board's, ``SHOWN``
    always the program's; ``HIDDEN`` is a key that nobody types.
    """

    KEY = "key"
    HIDDEN = "hidden"
    INPUT = "input"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id, its head, its width in digits, who fills it, from which list."""

    id: str
    head: str
    width: float
    role: Role
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the decisions that it holds, and how it is filled in."""

    family: Family
    title: str
    heading: str
    how_to: str
    columns: tuple[Column, ...]

    def column(self, id_: str) -> Column:
        """Return the column with this id; KeyError when there is none."""
        for column in self.columns:
            if column.id == id_:
                return column
        raise KeyError(id_)

    def has(self, id_: str) -> bool:
        """Tell whether there is such a column."""
        return any(column.id == id_ for column in self.columns)


Cells = Mapping[str, str]
"""The texts of one row, by column id."""

ANSWERS = tuple(
    DECISIONS[kind]
    for kind in (DecisionKind.ACCEPTED, DecisionKind.REFUSED, DecisionKind.WITHDRAWN)
)
"""How the board answers an explanation."""
WITHDRAW = DECISIONS[DecisionKind.WITHDRAWN]
NOTE = "note"
EXCUSES = ("Không tổ chức Hội nghị", "Đã nghiệm thu báo cáo kết quả", "Được miễn báo cáo")
"""Why a unit need not report."""

_KEY, _INPUT, _SHOWN = Role.KEY, Role.INPUT, Role.SHOWN
_NAME = Column("name", "Đơn vị", 16, _SHOWN)
_UNIT = Column("unit", "Mã đơn vị", 8, _KEY)
_REMARK = Column(NOTE, "Ghi chú của chương trình", 20, _SHOWN)
_WITHDRAWN = Column("withdrawn", "Rút lại", 9, _INPUT, (WITHDRAW,))

ANSWER_SHEET = Sheet(
    Family.ANSWER,
    "Giải trình của đơn vị",
    "QUYẾT ĐỊNH VỀ GIẢI TRÌNH CỦA ĐƠN VỊ",
    (
        "Chỉ ghi vào ô màu. Dòng chưa chọn Quyết định là chưa xem xét; để trống thì không có gì "
        "thay đổi.\n"
        "Chấp nhận thì phải ghi Lý do, Người quyết định, Ngày quyết định. Chấp nhận có giá trị khi "
        "đơn vị vẫn ghi như cột “Đơn vị ghi” và chưa quá tháng đã ghi (để trống: không hạn).\n"
        "Muốn bỏ một quyết định đã ghi: chọn Rút lại (xóa ô không làm mất quyết định).\n"
        "Nội dung mà đơn vị không giải trình: ghi Mã đơn vị, Mã căn cứ và quyết định vào dòng "
        "trống ở cuối; không ghi “Đơn vị ghi” thì quyết định chỉ có giá trị trong kỳ đó."
    ),
    (
        _NAME,
        _UNIT,
        Column("month", "Kỳ", 8, _KEY),
        Column("message", "Nội dung", 27, _SHOWN),
        Column("severity", "Mức độ", 10, _SHOWN),
        Column("given", "Đơn vị ghi", 14, _KEY),
        Column("explanation", "Giải trình của đơn vị", 25, _KEY),
        Column("code", "Mã căn cứ", 7, _KEY),
        Column("field", "Ô của biểu", 4, Role.HIDDEN),
        Column("decision", "Quyết định", 11, _INPUT, ANSWERS),
        Column("reason", "Lý do", 20, _INPUT),
        Column("approver", "Người quyết định", 13, _INPUT),
        Column("clause", "Căn cứ", 12, _INPUT),
        Column("decided", "Ngày quyết định", 11, _INPUT),
        Column("until", "Có giá trị đến hết tháng", 9, _INPUT),
        _REMARK,
    ),
)
CORRECTION_SHEET = Sheet(
    Family.CORRECTION,
    "Đính chính số liệu",
    "ĐÍNH CHÍNH SỐ LIỆU CỦA ĐƠN VỊ",
    (
        "Số liệu đơn vị báo sửa lại (điện thoại, văn bản): mỗi số một dòng, ghi vào ô màu. Số đã "
        "đính chính thay cho số đơn vị ghi trong biểu của đúng kỳ đó.\n"
        "Phải ghi đủ: số đúng, ai báo, ngày báo, vì sao, ai ghi sổ. Chỉ tiêu chọn trong danh sách; "
        "bảng danh sách kèm theo biểu không đính chính ở đây, đề nghị đơn vị gửi lại biểu.\n"
        "Muốn bỏ một đính chính đã ghi: chọn Rút lại (xóa dòng không làm mất đính chính)."
    ),
    (
        _NAME,
        _UNIT,
        Column("month", "Kỳ", 8, _KEY),
        Column("field", "Chỉ tiêu", 32, _KEY),
        Column("value", "Giá trị đúng", 15, _INPUT),
        Column("explanation", "Ai báo", 18, _INPUT),
        Column("decided", "Ngày báo", 11, _INPUT),
        Column("reason", "Lý do", 25, _INPUT),
        Column("approver", "Người ghi sổ", 15, _INPUT),
        _WITHDRAWN,
        _REMARK,
    ),
)
EXCUSE_SHEET = Sheet(
    Family.EXCUSE,
    "Không phải báo cáo",
    "ĐƠN VỊ KHÔNG PHẢI BÁO CÁO",
    (
        "Mỗi đơn vị một dòng, ghi vào ô màu: từ kỳ nào, đến hết kỳ nào (để trống: đến hết đợt), vì "
        "sao, ai quyết định. Đơn vị ấy không bị tính là chưa gửi và không bị đôn đốc.\n"
        "Muốn bỏ một dòng đã ghi: chọn Rút lại (xóa dòng không làm mất quyết định)."
    ),
    (
        _NAME,
        _UNIT,
        Column("month", "Từ kỳ", 9, _KEY),
        Column("until", "Đến hết kỳ", 9, _INPUT),
        Column("explanation", "Nội dung", 25, _INPUT, EXCUSES),
        Column("reason", "Lý do", 32, _INPUT),
        Column("approver", "Người quyết định", 17, _INPUT),
        Column("decided", "Ngày quyết định", 11, _INPUT),
        _WITHDRAWN,
        _REMARK,
    ),
)
SHEETS = (ANSWER_SHEET, CORRECTION_SHEET, EXCUSE_SHEET)
"""The sheets in their order."""
SHEET_OF: Mapping[Family, Sheet] = {sheet.family: sheet for sheet in SHEETS}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be taken, with what was typed in it and why."""

    family: Family
    cells: Cells
    problem: str
