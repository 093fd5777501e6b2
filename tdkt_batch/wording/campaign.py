"""What is said of a campaign folder: what is wrong in it, what its columns and places mean."""

from __future__ import annotations

from collections.abc import Mapping

from tdkt_batch.wording import shared

# --- a key of a TOML file -----------------------------------------------------------------

NO_SUCH_CAMPAIGN = "không có đợt này; hãy ghi một thư mục có campaign.toml, hoặc: {known}"
NO_SUCH_FILE = "không có tệp này trong thư mục đợt"
UNREADABLE = "không đọc được ({error})"
DOCUMENT_UNREADABLE = "không đọc được văn bản {file} ({error})"
BAD_TOML = "sai cú pháp TOML: {error}"

KINDS: Mapping[str, str] = {
    "text": "chữ",
    "number": "số nguyên",
    "decimal": "số",
    "flag": "true hoặc false",
    "day": "ngày (NĂM-THÁNG-NGÀY)",
    "texts": "danh sách chữ",
    "table": "một nhóm khóa",
}
"""What a key may hold."""
LACKING = "thiếu, cần {kind}"
WRONG_KIND = "phải là {kind}, nhưng là {value!r}"
WITH_TIME = "phải là ngày, không kèm giờ"
NOT_TABLES = "phải là danh sách các nhóm khóa"
UNKNOWN_KEY = "không có khóa này{nearest}; các khóa được dùng: {known}"
NEAREST_KEY = " (có phải “{nearest}”?)"

ID_SHAPE = "“{id}” phải gồm chữ thường không dấu, số và dấu gạch dưới"
ID_IS_CELL = "“{id}” trùng dạng địa chỉ ô của Excel"
ID_TOO_LONG = "“{id}” dài quá 60 ký tự"
ID_USED = "tên đã dùng"
RULE_ID_TWICE = "mã “{id}” dùng hai lần"
FIELD_ID_TWICE = "mã ô hoặc bảng “{id}” dùng hai lần"
COLUMN_ID_TWICE = "bảng “{table}” có hai cột “{id}”"

# --- what a key names, and what the campaign or the form lacks ------------------------------

NO_LEVEL = "không có cấp “{given}”"
NO_FORM = "không có biểu “{given}”"
NO_FORM_OF_LEVEL = "cấp {level} dùng biểu “{form}” không có"
NO_BLOCK = "không có khối “{given}”"
NO_FACT = "không có “{given}”; có: {known}"
NO_FIELD_KIND = "không có kiểu “{given}”; có: {known}"
NO_UNIT_KIND = "không có loại đơn vị “{given}”"
NO_UNIT_KIND_OF_LEVELS = "các cấp này không có loại đơn vị “{given}”"
NO_ADDRESSED_KIND = "không có loại đơn vị này trong campaign.toml"
NO_LIST_VALUE = "không có giá trị “{given}” trong danh sách này"
NO_VALUE = "không có giá trị “{given}” của đợt"
NO_CONFERENCE_NAME = "không có tên gọi “{given}” của đợt"
NO_CHOICES = "không có danh sách chọn “{given}”"
NO_CHOICE = "“{given}” không có trong danh sách chọn"
NO_COLUMN = "bảng không có cột “{given}”"
NO_CSV_COLUMN = "tệp {file} không có cột này"
LEVEL_ID_TWICE = "có hai cấp cùng mã “{id}”: mỗi cấp một mã"
DEADLINE_TWICE = "cấp “{level}” có hai thời hạn: mỗi cấp một thời hạn"
NO_STAGE = "không có giai đoạn “{given}”; có: {known}"
NO_RULE = "không có căn cứ “{given}”"
NO_CELL = "không biểu nào có ô “{given}”"
NO_STATUS = "biểu {form} không có ô “{given}”"
NO_NAME_IN_FORM = "biểu {form} không có “{given}”"
NO_NAME_IN_ANY_FORM = "không biểu nào có “{given}”"
NO_TABLE_IN_ANY_FORM = "không biểu nào có bảng “{given}”"
NO_UNIT = "không có đơn vị “{given}”"
NOT_ONE_OF = "“{given}” phải là một trong {known}"
NOT_A_RANGE = "“{given}” không phải khoảng ngày của đợt"
NOT_A_LIMIT = "“{given}” không phải giới hạn của đợt"
NOT_A_SHARE = "“{given}” không phải tỷ lệ của đợt"
NO_BOARD_CHECK = "Ban không có phép đối chiếu “{given}”; có: {known}"
NO_ROLE_FOR_CHECK = (
    "phép đối chiếu “{check}” cần vai trò “{role}”: "
    "thêm vào [roles.figures] của campaign.toml, hoặc bỏ căn cứ này"
)
BAD_PARAMETER = "phải là {kind}, nhưng giá trị “{name}” là {value!r}"
CASES_OF_CHECK = "phép đối chiếu “{check}” cần mỗi trường hợp sau đúng một lần: {known}"
NOT_A_SCOPE = "“{given}” phải là form hoặc board"
NOT_A_SEVERITY = "“{given}” phải là violation, warning, notice hoặc reading"
NOT_A_PREFILL = "chỉ có “subordinates” hoặc “list”"

# --- what a key holds -------------------------------------------------------------------------

EXAMPLE_OUTSIDE = "ngày làm ví dụ phải ở trong thời gian tổ chức của một cấp"
DAY_OF_MONTH = "phải từ 1 đến 31"
ONE_KIND_OF_HOLIDAY = (
    "ghi each_year (ngày nghỉ mỗi năm) hoặc first, last (ngày đầu, ngày cuối), một trong hai"
)
NOT_A_DAY_OF_YEAR = "phải là ngày/tháng mà năm nào cũng có, ví dụ 30/4"
LAST_BEFORE_FIRST = "trước ngày đầu (first)"
TOO_LONG_A_HOLIDAY = "một đợt nghỉ không quá 31 ngày"
AT_LEAST_ONE = "phải từ 1 trở lên, nhưng là {value}"
PERCENT = "phải lớn hơn 0 và không quá 100"
ENDS_BEFORE_START = "trước ngày đầu (from)"
BAD_VALUE = "phải là số nguyên, chữ, ngày hoặc danh sách chữ: {value!r}"
BAD_LIST = "danh sách trống hoặc có giá trị trùng nhau"
BAD_GROUPS = "mỗi loại đơn vị (unit_kinds) phải ở đúng một nhóm"
BAD_SHEET_TITLE = "“{title}” không đặt tên trang tính được (tối đa 31 ký tự)"
LISTED = "{number} {content}"
NOT_TWO = "danh sách phải có đúng hai giá trị: đủ, rồi không đủ"
BAD_CONTENTS = "phải có từ một đến chín nội dung"
BAD_CAPACITY = "phải từ số dòng kẻ sẵn (rows) trở lên"

NEEDS_LEVEL = "cần ít nhất một cấp"
NEEDS_STAGE = "cần ít nhất một giai đoạn"
NEEDS_PLACE = "cần ít nhất một ô để chỉ tới"
NEEDS_QUOTE = "căn cứ của văn bản phải có câu trích; nếu của Ban: ours = true"
NEEDS_DECISION = "căn cứ của Ban phải ghi lý do"
NOT_A_CONDITION = "phải là điều kiện đúng hoặc sai"
LAST_CASE_HAS_CONDITION = "trường hợp cuối cùng phải không có điều kiện (when)"
QUOTE_NOT_FOUND = "câu trích “{quote}” không có trong văn bản {document}"
IN_FORM = "biểu {form}: {error}"

UNCLOSED_BRACE = "dấu ngoặc nhọn không khép; muốn in ngoặc thì ghi đôi"
PARAMETER_KINDS: Mapping[str, str] = {
    "cell": "tên một ô của biểu",
    "cells": "danh sách tên ô của biểu",
    "column": "tên một cột của biểu, dạng bang.cot",
    "text": "chữ",
    "texts": "danh sách chữ",
    "number": "số nguyên",
    "day": "ngày",
}
"""What a parameter of a board check must be."""

NO_PLACE = "không có chỗ điền “{{{place}}}”; được dùng: {known}"

PLANNED, ACTUAL = " (kế hoạch)", " (thực hiện)"
"""What is added to the label of the two cells of a line."""

FACTS: Mapping[str, str] = {
    "don_vi.ma": shared.UNIT_CODE,
    "don_vi.ten": "Tên đơn vị theo danh sách đăng ký",
    "don_vi.loai": shared.KIND_OF_UNIT,
    "don_vi.phan_bo": shared.ALLOTTED,
    "don_vi.cap_tren": "Tên đơn vị cấp trên trực tiếp",
}
"""The label of what expressions may ask of the register."""

# --- a figure ---------------------------------------------------------------------------------

UNITS_COUNTED = shared.UNITS_COUNTED
FIGURE_ID_TWICE = "mã chỉ tiêu “{id}” dùng hai lần"
OF_OR_COUNT = "cần đúng một trong hai khóa: of (cộng số liệu) hoặc count (đếm)"
CHOSEN = "chosen chỉ đi với count findings, outcomes, files, và ở đó phải có"
NEEDS_LABEL = "cần tên gọi: chỉ tiêu không phải là một ô của biểu"
NO_FORM_HAS_ALL = "không biểu nào có đủ các tên: {names}"
NO_SUCH_NAME = "không có “{given}”; gần giống nhất: {nearest}"

NOT_IN_SHEET_NAME = "đứng trong tên trang: nhiều nhất {longest} ký tự, không có [ ] : * ? / \\ '"

# --- lists.toml -----------------------------------------------------------------------------

LIST_ID_TWICE = "mã danh sách “{id}” dùng hai lần"
NOT_A_SHEET = "“{sheet}” không đặt tên trang được: 1 đến 31 ký tự, không có [ ] : * ? / \\ '"
SHEET_TAKEN = "trang “{sheet}” đã có: mỗi danh sách một trang, tên khác các trang của phần mềm"
ONE_OF_THREE = "cần đúng một trong ba khóa: fact, figure, column"
LESS_OF_FIGURE = "less chỉ đi với figure: số bị trừ là một chỉ tiêu"
NO_SHARE = "share chỉ đi với figure của một chỉ tiêu có tỷ lệ (share)"
SHARE_OF_UNITS = "share chỉ có ở danh sách đơn vị (layout = units)"
UNITS_WITHOUT_FIGURES = "danh sách đơn vị (units) cần ít nhất một chỉ tiêu (figure)"
UNITS_WITHOUT_ROWS = "danh sách đơn vị (units) không có dòng của bảng: bỏ fact = rows, only_if_any"
PART_NOT_BESIDE = "“{id}” phải là một cột của danh sách, để thấy số nào chia, trừ cho số nào"
WIDTH_BELOW_0 = "bề rộng không được âm"
COUNTED_WITHOUT_COLUMNS = "danh sách chỉ đếm (counted) không có cột riêng: bỏ columns"
COUNTED_BY = "danh sách chỉ đếm (counted) cần ghi đếm theo cột chọn nào"
NOTE_BELOW_UNITS = "kiểu below_units đã ghi ở đó chỗ đến tổng cộng: bỏ note"
LIST_BEGINS = "hai cột đầu phải là fact = number, fact = unit"
LIST_BEGINS_BELOW = "hai cột đầu phải là fact = number và một cột của bảng (tên của dòng)"
LIST_OF_NOTHING = "cần ít nhất một cột của bảng"
COLUMN_TWICE = "cột “{id}” dùng hai lần"
UNPRINTED_LAST = "cột không in (printed = false) phải đứng sau các cột in"
BY_NOT_SHOWN = "cộng theo “{given}” thì cột ấy phải có trong columns"
NOTHING_TO_ADD = "chưa có gì để cộng: thêm cột đếm của bảng, hoặc fact = rows"
NO_PARTS = "chỉ số đơn vị đếm được (count = units) có các phần (parts) cộng lại đúng bằng tổng"
SHARE_OF_OTHER_UNITS = "“{id}” không tính trên cùng đơn vị: rules, when phải giống nhau"
NOT_A_PLAN = "“{id}” là số thực hiện, không đứng ở cột Kế hoạch được"
PLAN_AND_RESULT = "không gộp kế hoạch với thực hiện: “{id}”; tỷ lệ so với kế hoạch phải ghi rõ"
TWO_PERIODS = "“{id}” là số của thời gian khác (trong tháng, đến nay)"
BASE_NOT_BESIDE = "“{id}” phải đứng cùng trang (places), để thấy tỷ lệ chia trên số nào"
PART_NOT_DRAWN = "biểu đồ vẽ từ trang cộng theo cấp trên: “{id}” phải có ở đó (districts)"
COVERAGE_OF_MONTH = (
    "cần đúng một chỉ tiêu trong tháng (period = month) và nhiều nhất một chỉ tiêu đến nay có "
    "places = coverage: từ báo cáo của bao nhiêu đơn vị"
)
COVERAGE_IS_A_SHARE = "chỉ tiêu có places = coverage cần tỷ lệ (share): trong bao nhiêu đơn vị"
NO_UNITS_COUNTED = (
    "chỉ số đơn vị đếm được (count = units) mới nêu tên, mới theo từng tháng được, mới có "
    "coverage, said, asks"
)
NOT_OF_REPORTS = (
    "chỉ đi với of hoặc count = units: nội dung, kết quả rà soát, tệp đếm hết; "
    "bỏ khóa này, hoặc đếm đơn vị"
)
FILES_OF_NOBODY = "tệp đếm chung cả tỉnh trong tháng: bỏ khóa này ở chỉ tiêu count = files"
PARTS_NOT_TOLD_APART = (
    "biểu đồ phân biệt được {most} phần, ở đây có {given}: gộp bớt phần, hoặc bỏ chart ở places"
)
ONLY_IN_REPORT = "named, months là của báo cáo: ghi thêm report, hoặc bỏ đi"
FILES_BY_UNIT = "tệp không cộng theo đơn vị, theo cấp trên được"
NEEDS_WORDS = "cần nói rõ tỷ lệ tính trên số nào"
NOT_TO_DATE = "chỉ tiêu cộng dồn phải là số đến nay (to_date)"
NOT_REPORTED = "yêu cầu {id} “chỉ tổng hợp” nhưng không chỉ tiêu nào tổng hợp (requirements)"

# --- an expression ----------------------------------------------------------------------------

IN_EXPRESSION = "“{text}”: {problem}"
SYNTAX = "“{text}” không đúng cú pháp: {error}"
NOT_PARSED = "“{text}” không đọc được: {error}"
TEMPLATE_BRACES = "mẫu câu “{text}” sai dấu ngoặc nhọn: {error}"
YIELDS_OTHER = "“{text}” phải là {wanted}, nhưng là {given}"
NOT_IN_LANGUAGE = "không dùng được “{part}” trong biểu thức"
NEEDS_KIND = "cần {wanted}, nhưng gặp {given}"
OR = " hoặc "
COLUMN_OUTSIDE_TABLE = "cột “{name}” chỉ dùng được trong count(), sum()… của bảng đó"
NOT_USABLE_HERE = "“{name}” không dùng được ở chỗ này"
NO_NAME = "không có tên “{name}”"
NO_TABLE = "không có bảng “{name}”"
NO_FUNCTION = "không có hàm “{name}” với {number} tham số"
NO_OPTION = "“{option}” không có trong danh sách chọn {choices}"
OPERATORS = "chỉ so sánh được bằng <, <=, ==, !=, >=, >, in, not in"
TEXT_OPERATORS = "chữ chỉ so sánh được bằng == và !="
CHOICE_WITH_TEXT = "không so sánh được giá trị chọn với ô chữ"
NOT_COMPARABLE = "không so sánh được {one} với {other}"
NOT_COMPUTABLE = "không tính được {one} {op} {other}"
NOT_RANGE_OR_LIST = "“{name}” không phải là khoảng ngày hay danh sách"
AFTER_IN = "sau “in” phải là khoảng ngày hoặc danh sách trong ngoặc"
ONLY_TEXTS_AFTER_IN = "danh sách sau “in” chỉ gồm chữ trong ngoặc kép"
BRANCH_KINDS = "hai nhánh của if … else phải cùng loại"
BRANCH_CHOICES = "hai nhánh của if … else phải cùng danh sách chọn"
IS_BLANK_NEEDS_CELL = "is_blank() cần tên một ô"
NESTED_TABLE = "không lồng được bảng trong bảng"
NEEDS_COLUMN = "{function}() cần một cột dạng bang.cot"
NEEDS_SHARE = "cần một tỷ lệ của đợt, ví dụ ty_le.dien_hinh"

# --- the register of units ----------------------------------------------------------------------

UNIT_COLUMNS: Mapping[str, tuple[str, str]] = {
    "ma": ("code", shared.UNIT_CODE),
    "ten": ("name", "Tên đơn vị"),
    "loai": ("kind", shared.KIND),
    "cap": ("level", "Cấp"),
    "truc_thuoc": ("parent", shared.SUPERIOR),
    "tu_ngay": ("valid_from", "Từ ngày"),
    "den_ngay": ("valid_to", "Đến ngày"),
    "lien_he": ("contact", shared.CONTACT),
    "dien_thoai": ("phone", shared.PHONE),
    "thu_dien_tu": ("email", shared.EMAIL),
    "phan_bo": ("allotment", "Phân bổ đại biểu"),
    "mien_bao_cao": ("exempt", "Miễn báo cáo"),
    "ghi_chu": ("note", shared.NOTE),
}
"""Column id → attribute of ``Unit`` and the heading that people write."""
YES = ("x", shared.YES_IN_SENTENCE, "1", "true")
"""What people write for yes."""

ROW = shared.ROW
REGISTER_NOT_OPENED = "không mở được danh sách đơn vị: kiểm tra đường dẫn ({error})"
REGISTER_NOT_UTF8 = "không phải UTF-8; hãy lưu lại dạng CSV UTF-8"
REGISTER_EMPTY = "danh sách đơn vị trống"
NO_CODE_COLUMN = "thiếu cột “Mã đơn vị”: thêm cột này"
NO_REGISTER_COLUMN = "không có cột “{head}”: sửa tên cột hoặc bỏ cột này; các cột: {known}"
NO_CODE = "thiếu “Mã đơn vị”: ghi mã rồi chạy lại"
CODE_TWICE = "mã “{code}” trùng với dòng {number}"
NEW_UNIT_LACKS = "đơn vị mới “{code}” thiếu “{heading}”: ghi thêm, hoặc sửa mã"
NOT_A_DAY = "{heading}: “{text}” không phải ngày/tháng/năm, ví dụ 20/3/2015"
NOT_A_NUMBER = "{heading}: “{text}” không phải số nguyên"
NO_LEVEL_OR_KIND = "không có cấp “{level}” hoặc loại “{kind}”; có {known}"
NO_KIND_IN_LEVEL = "cấp {level} không có loại “{kind}”; có {known}"
UNIT_ENDS_BEFORE_START = "ngày này trước ngày ở cột “Từ ngày”"
NO_PARENT = "không có đơn vị cấp trên “{parent}”"
OUTSIDE_PARENT = "nằm ngoài thời hạn của đơn vị cấp trên {parent}"
NAME_TWICE = "tên “{name}” trùng với đơn vị {other}"

LETTER_TO_FILL_IN = "văn bản số …………… ngày …………"
"""Stands for a letter of which only a sample is known."""

# --- a campaign that was kept -----------------------------------------------------------------

PACKAGE_UNREADABLE = (
    "{package}: không đọc được bản lưu của đợt ({error}); "
    "hãy ghi --campaign và --register để chạy với bộ căn cứ, danh sách đơn vị hiện có"
)
FOLDER_NOT_WRITTEN = "{folder}: không ghi được thư mục tạm ({reason}): {remedy}"

# --- what the texts of letters.toml may name ----------------------------------------------------

COMMON_PLACES: Mapping[str, str] = {
    "thang": "tháng báo cáo: 3/2015",
    "den": "thời điểm chốt số liệu: 17 giờ 00 ngày 25/03/2015",
    "huong_dan": "số, ngày của hướng dẫn",
    "ten_huong_dan": "tên hướng dẫn",
    "co_quan_ban_hanh": "cơ quan ban hành hướng dẫn",
    "dot": "tên đợt",
    "ban": "tên Ban",
    "cap_tren": "cơ quan cấp trên của Ban",
    "tinh": "tỉnh",
    "bao_cao_len": "nơi Ban báo cáo lên",
    "dien_thoai": "điện thoại của Ban",
    "thu_dien_tu": "địa chỉ thư của Ban",
    "lien_he": "điện thoại của Ban và địa chỉ thư, nếu có",
    "han": "hạn hoàn thiện, giải trình",
    "han_don_doc": "hạn gửi, gửi lại của đơn vị chưa có báo cáo dùng được",
}
"""What every text may name, and what it stands for."""

_AT_RISK: Mapping[str, str] = {
    "han_to_chuc": "ngày cuối của thời gian tổ chức",
    "tinh_hinh": "bao nhiêu đơn vị quá ngày dự kiến, chưa có báo cáo …",
    "con_lai": "số còn lại không đề nghị đôn đốc, nếu có",
}
PLACES: Mapping[str, Mapping[str, str]] = {
    "mail": {
        "don_vi": "đơn vị nhận thư",
        "noi_nhan": "tên người nhận",
        "so": "số đơn vị của nhóm",
        "so_viec": "số việc của các đơn vị ấy",
        "phut": "thời gian ghi các việc ấy: 5 phút",
        "tong": "số đơn vị trong thông báo",
        "nhan_luc": "thời điểm nhận báo cáo",
    },
    "mail.nothing": {"danh_sach": "tên các đơn vị"},
    "mail.hub_thanks": {"danh_sach": "tên các đơn vị"},
    "mail.part": {"phan": "thư thứ mấy", "so_phan": "số thư"},
    "message": {
        "don_vi": "đơn vị cấp trên hoặc nhóm đơn vị",
        "so": "số đơn vị",
        "tong": "tổng số",
        "tinh_hinh": "bao nhiêu đơn vị chưa gửi, bao nhiêu đã gửi nhưng chưa dùng được",
    },
    "reminder": {
        "don_vi": "nơi nhận công văn",
        "noi_nhan": "tên nơi nhận",
        "so": "số đơn vị chưa có báo cáo dùng được",
        "tong": "số đơn vị phải gửi",
        "tinh_hinh": "bao nhiêu đơn vị chưa gửi, bao nhiêu đã gửi nhưng chưa dùng được",
        "da_gui": "đơn vị đã gửi gì, khi công văn gửi riêng một đơn vị",
        "han_quy_dinh": "thời hạn quy định",
        "van_ban_han": "văn bản quy định thời hạn",
        "ky_hieu": "ký hiệu công văn của Ban",
    },
    "calls": {
        "so": "số đơn vị phải gọi",
        "tinh_hinh": "bao nhiêu đơn vị chưa gửi, bao nhiêu đã gửi nhưng chưa dùng được",
    },
    "report": {
        "da_nhan": "số đơn vị đã báo cáo",
        "phai_gui": "số đơn vị phải báo cáo",
        "ty_le": "tỷ lệ báo cáo",
        "tam_tinh": "“ (số liệu tạm tính)” khi còn thiếu báo cáo, nếu không thì trống",
        "bieu": "tên tệp biểu tổng hợp",
        "co_quan": "cơ quan của Ban, viết đầy đủ",
        "ky_hieu": "ký hiệu báo cáo của Ban",
    },
    "report.decisions": {"so": "số đơn vị", "don_vi": "tên đơn vị; nhiều thì tên 4 đơn vị đầu"},
    "report.decisions.silent": {
        "so": "số đơn vị",
        "don_vi": "như trên",
        "so_thang": "số tháng liền không gửi gì, từ đó thì xin ý kiến",
    },
    "report.decisions.at_risk": {
        "so": "số đơn vị đề nghị đôn đốc",
        "don_vi": "như trên",
        **_AT_RISK,
    },
    "report.decisions.explained": {
        "so": "số nội dung đã giải trình",
        "so_don_vi": "của số đơn vị",
        "don_vi": "như trên",
    },
    "report.decisions.common": {"so": "số sai sót phổ biến", "noi_dung": "các sai sót"},
    **{
        f"report.{group}.{topic}": {"so": "số đơn vị", "don_vi": "tên đơn vị", **own}
        for group in ("grounds", "drafts")
        for topic, own in {
            "cancelled": {},
            "overdue": {},
            "at_risk": _AT_RISK,
            "silent": {"so_thang": "số tháng liền không gửi gì"},
            "explained": {"so": "số nội dung đã giải trình", "so_don_vi": "của số đơn vị"},
            "common": {"so": "số sai sót", "don_vi": "trống", "noi_dung": "các sai sót"},
            "requests": {},
        }.items()
    },
    "report.decisions_intro": {},
    "slip": {
        "da_nhan": "số đơn vị đã báo cáo",
        "phai_gui": "số đơn vị phải báo cáo",
        "ty_le": "tỷ lệ báo cáo",
        "tam_tinh": "như trên",
        "tien_do": "tiến độ tổ chức của từng nhóm",
        "so": "số nội dung xin ý kiến",
        "bieu": "tên tệp biểu tổng hợp",
    },
}
"""What the texts of a group may name beside the common places.

A text or table with an entry of its own (“mail.part”) may name those instead.
"""

# --- what the board chooses from, unless a campaign has its own --------------------------------

EXCUSED_FOR = ("Không tổ chức {event}", "Đã nghiệm thu báo cáo kết quả", "Được miễn báo cáo")
"""Why a unit need not report."""
ACCEPTED_FOR = (
    "{event} đã tổ chức, không thay đổi được",
    "Có văn bản đồng ý của cấp có thẩm quyền",
    "Số liệu đúng với thực tế của đơn vị",
)
"""Why an explanation is accepted."""
NO_REASONS = "cần ít nhất một lý do"

# --- figures.toml: when an officer is asked -----------------------------------------------------

NEEDS_COLUMNS = "cần ít nhất cột họ tên"
MUST_BE_POSITIVE = "phải lớn hơn 0"
