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

BOARD_PHRASES: Mapping[str, str] = {
    # subordinate units
    "not_reported": "chưa báo cáo: {units}",
    "no_status": "chưa ghi tình trạng: {units}",
    "no_plan": "chưa có kế hoạch: {units}",
    "not_held": "chưa tổ chức: {units}",
    # allotment
    "sent": "{unit} {sent}",
    "allotted": "{unit} {allotted}",
    "sent_and_allotted": "{unit} {sent} người, phân bổ {allotted}",
    "sent_unallotted": "{unit} {sent} người, không rõ trong bảng phân bổ",
    "unallotted": "{unit} không có trong bảng",
    "by_upper_unit": "phân bổ của {unit}",
    "by_board": "danh sách phân bổ của Ban",
    # a table and what its units say themselves
    "table_says_held": "{unit}: bảng ghi đã tổ chức, đơn vị báo cáo chưa tổ chức",
    "table_says_not_held": "{unit}: bảng ghi chưa tổ chức, đơn vị báo cáo đã tổ chức",
    "other_day": "{unit}: bảng ghi dự kiến ngày {table_day}, đơn vị ghi ngày {own_day}",
    # dates and documents
    "letter": "số {number} ngày {day}",
    "not_written": "(chưa ghi)",
    "arrival": "Ngày nhận báo cáo",
    "conference_day_of": "Ngày Hội nghị của {unit}",
    "days": "{number} ngày",
}
"""What board checks put into the places of the campaign's sentences."""

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

READING_FAULTS: Mapping[str, tuple[str, str]] = {
    "DL01": (
        "Ô “{label}” ghi “{raw}”, không đọc được thành số",
        "Ghi một số nguyên, không kèm chữ",
    ),
    "DL02": (
        "Ô “{label}” ghi {raw}, không phải số nguyên",
        "Ghi số nguyên; dấu chấm, dấu phẩy dễ bị máy hiểu sai thì bỏ đi",
    ),
    "DL03": (
        "Ô “{label}” ghi {raw}, ngoài khoảng từ {minimum} đến {maximum}",
        "Kiểm tra và ghi lại số đúng",
    ),
    "DL04": (
        "Ô “{label}” ghi “{raw}”, không đọc được thành ngày",
        "Ghi ngày/tháng/năm, ví dụ 12/3/2015",
    ),
    "DL05": (
        "Ô “{label}” ghi {raw}, ngoài khoảng từ {earliest} đến {latest}",
        "Kiểm tra ngày, tháng, năm và ghi lại",
    ),
    "DL06": (
        "Ô “{label}” ghi “{raw}”, không có trong danh sách chọn",
        "Chọn một trong: {options}",
    ),
    "DL07": (
        "Ô “{label}” ghi “{raw}”, không rõ là có hay không",
        "Ghi x nếu có, để trống nếu không",
    ),
    "DL08": (
        "Ô “{label}” phải ghi chữ nhưng trong tệp là “{raw}” (máy đã tự đổi)",
        "Ghi lại nội dung, đặt dấu nháy đơn (') ở đầu ô",
    ),
    "DL09": (
        "Ô “{label}” ghi “{raw}”, có thể hiểu là hàng nghìn hoặc số lẻ",
        "Ghi số nguyên, không dùng dấu phẩy",
    ),
    "DL10": (
        "Ô “{label}” ghi “{raw}”, không đọc được thành tháng",
        "Ghi tháng/năm, ví dụ 3/2015",
    ),
    "DL11": (
        "Ô “{label}” đang báo lỗi {raw}",
        "Xóa công thức hỏng và ghi trực tiếp giá trị",
    ),
    "DL12": (
        "Ô “{label}” có công thức chưa được tính ({raw})",
        "Mở tệp bằng Excel, lưu lại rồi gửi, hoặc ghi trực tiếp giá trị",
    ),
    "DL13": (
        "Trang “{sheet}” không còn đúng một dòng “{label}” nên không rõ ô cần đọc",
        "Không xóa, chèn hay sửa nhãn của biểu; chép số liệu sang biểu mẫu gốc",
    ),
    "DL14": (
        "Biểu không còn trang “{sheet}”",
        "Chép số liệu sang biểu mẫu gốc có đủ các trang",
    ),
    "DL15": (
        "Trang “{sheet}” không còn nguyên hàng tiêu đề của bảng “{table}”",
        "Không xóa, chèn hay sửa tiêu đề cột; chép số liệu sang biểu mẫu gốc",
    ),
    "DL16": (
        "Bảng “{table}” có {rows} dòng ghi ngoài {capacity} dòng của biểu",
        "Kiểm tra và bỏ dòng thừa; số liệu các dòng này vẫn được đọc",
    ),
    "DL17": (
        "Ô “{label}” ghi “{raw}” nhưng biểu được cấp cho {unit}",
        "Dùng đúng biểu của đơn vị mình, hoặc ghi lại tên đơn vị",
    ),
    "DL18": (
        "Ô “{label}” ghi “{raw}”, không có trong danh sách đơn vị; đã hiểu theo mã là {unit}",
        "Ghi đúng tên đơn vị theo danh sách đăng ký",
    ),
}
"""Faults of reading, by code: what is wrong and what to do.

Both sentences may have the places ``{label}``, ``{sheet}``, ``{cell}`` and those
that the fault's details fill (``{raw}`` is what was typed).
"""


def reading_fault(fault: Fault, label: str) -> tuple[str, str]:
    """Return a fault of reading in words: what is wrong at the field ``label``, what to do."""
    message, remedy = READING_FAULTS[fault.code]
    places = {"label": label, "sheet": fault.sheet, "cell": fault.cell, **fault.details}
    return message.format(**places), remedy.format(**places)


REPAIRS: Mapping[str, str] = {
    "SC01": "Số ghi dạng chữ, đã hiểu là số",
    "SC02": "Số ghi dạng chữ có dấu phân cách hàng nghìn, đã hiểu là số",
    "SC03": "Số ghi dạng chữ có phần lẻ bằng không, đã bỏ phần lẻ",
    "SC04": "Ghi “không”, đã hiểu là 0",
    "SC05": "Số kèm chữ, đã bỏ phần chữ",
    "SC06": "Ngày, tháng ghi dạng chữ, đã hiểu theo thứ tự ngày/tháng/năm",
    "SC07": "Phân số bị máy đổi thành ngày, đã hiểu lại theo danh sách chọn",
    "SC08": "Dấu ghi kiểu khác “x”, đã hiểu là có hay không",
    "SC09": "Chữ gõ theo kiểu dấu tổ hợp, đã đổi về kiểu dựng sẵn",
    "SC10": "Viết khác cách bỏ dấu hoặc dấu câu, đã hiểu theo danh sách chọn",
    "SC11": "Ghi tên khác, đã hiểu theo danh sách chọn",
    "SC12": "Ghi không dấu, đã hiểu theo danh sách chọn",
    "SC13": "Phân số ghi cách khác, đã hiểu theo danh sách chọn",
    "SC14": "Dòng đã dời chỗ, tìm thấy theo nhãn",
}
"""How a typed cell was understood, by the repair's name."""

FILE_REASONS: Mapping[str, str] = {
    # not a form
    "lock_file": "tệp khóa tạm của Excel hoặc LibreOffice, không chứa số liệu",
    "system_file": "tệp phụ do máy tự tạo, không chứa số liệu",
    "picture": "tệp ảnh, không phải biểu mẫu",
    "pdf": "tệp PDF (thường là bản ký, đóng dấu), không phải biểu mẫu",
    "document": "văn bản, không phải biểu mẫu",
    "text": "tệp chữ, không phải biểu mẫu",
    "unknown_type": "không phải tệp bảng tính",
    "other_workbook": "bảng tính khác, không phải biểu mẫu của đợt này",
    # not usable
    "empty_file": "tệp rỗng (0 byte): đề nghị đơn vị gửi lại",
    "not_downloaded": "tệp chỉ có chỗ trống, có lẽ chưa tải xong: hãy tải lại rồi chạy lại",
    "encrypted": "tệp có mật khẩu: đề nghị đơn vị bỏ mật khẩu rồi gửi lại",
    "damaged": "tệp hỏng, không mở được: đề nghị đơn vị gửi lại",
    "too_large": "tệp khai dung lượng bất thường, không mở để bảo đảm an toàn: hỏi lại đơn vị",
    "far_cell": "trang “{sheet}” có ô {cell} ở quá xa: xóa ô đó, lưu lại rồi gửi lại",
    "no_sheets": "bảng tính không có trang nào: đề nghị đơn vị gửi lại",
    "archive": "tệp nén không mở tiếp được: hãy giải nén rồi chạy lại",
    "empty_archive": "tệp nén không có tệp nào bên trong: đề nghị đơn vị gửi lại",
    "other_archive": "tệp nén loại này không mở được: hãy giải nén rồi chạy lại",
    "mail": "thư điện tử: hãy lưu tệp đính kèm ra thư mục rồi chạy lại",
    "html_table": "trang web mang đuôi bảng tính: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại",
    "xml_2003": "bảng tính XML kiểu 2003: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại",
    "plain_table": "bảng dạng chữ (CSV): chép số liệu sang biểu mẫu gốc rồi gửi lại",
    "not_readable": "không đọc được tệp trên đĩa ({problem})",
    "changed": "tệp bị thay đổi trong lúc chạy: hãy chạy lại",
    "timeout": "đọc quá {seconds} giây, đã dừng: mở tệp, xóa vùng thừa, lưu lại rồi gửi lại",
    "crashed": "chương trình đọc bị dừng đột ngột ở tệp này: mở tệp, lưu lại rồi gửi lại",
    "reader_error": "lỗi của chương trình khi đọc tệp này ({problem}): báo người phụ trách",
    # a form that cannot count
    "no_identity": "biểu bị mất trang nhận dạng (chép sang tệp khác): dùng biểu mẫu gốc",
    "other_campaign": "biểu của đợt khác ({campaign}): dùng biểu mẫu của đợt này",
    "unknown_form": "đợt này không có mẫu “{form}”: dùng biểu mẫu của đợt này",
    "other_version": "biểu mẫu phiên bản khác ({version}; đang dùng {current}): chép sang mẫu mới",
    "broken_layout": "biểu không còn trang “{sheet}”: chép số liệu sang biểu mẫu gốc",
    "no_unit": "chưa ghi tên đơn vị báo cáo: đề nghị đơn vị ghi rồi gửi lại",
    "unknown_unit": "không có đơn vị “{unit}” trong danh sách: {how}",
    "ambiguous_unit": "tên “{unit}” trùng nhiều đơn vị ({candidates}): ghi kèm tên huyện",
    "unit_not_valid": "đơn vị {unit} không có trong danh sách tháng {month}: {how}",
    "wrong_form": "{unit} phải dùng {wanted}, nhưng gửi {given}: lập lại theo đúng mẫu",
    "no_month": "chưa ghi tháng báo cáo: đề nghị đơn vị ghi rồi gửi lại",
    "unreadable_month": "tháng báo cáo ghi “{raw}” (ô {cell}), không đọc được: ghi như 3/2015",
    # a form that does not count this time
    "other_month": "báo cáo của tháng {month}",
    "after_cut_off": "đến {arrived}, sau thời điểm chốt số liệu",
    "duplicate": "trùng nội dung với tệp “{name}”",
    "superseded": "đã có bản mới hơn: “{name}”",
}
"""Why a file does not count, by reason; ``{places}`` are filled by the reason's details."""

HOW_TO_ADD_A_UNIT = (
    "thêm một dòng (mã, tên, loại, cấp, trực thuộc) vào tệp danh sách đơn vị "
    "rồi chạy lại với --register"
)


def file_reason(code: str, details: Mapping[str, str]) -> str:
    """Return in words why a file does not count, beginning with a capital letter."""
    sentence = FILE_REASONS[code].format(how=HOW_TO_ADD_A_UNIT, **details)
    return sentence[0].upper() + sentence[1:]
