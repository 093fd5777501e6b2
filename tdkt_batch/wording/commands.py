"""What the command line says before a command is at work: help pages, wrong usage."""

from __future__ import annotations

# --- help pages ------------------------------------------------------------------------------

PROGRAM = (
    "Rà soát báo cáo của các đơn vị theo văn bản của đợt thi đua "
    "và tổng hợp thành một sổ Excel mỗi tháng."
)
COMMANDS = {
    "demo": "Làm thử từ đầu đến cuối: tạo một tháng báo cáo mẫu của cả tỉnh rồi tổng hợp.",
    "templates": "Ghi biểu mẫu trắng, hoặc biểu điền sẵn cho từng đơn vị.",
    "check": "Kiểm tra thử một hay nhiều biểu đã điền, trước khi gửi hoặc trước khi tổng hợp.",
    "run": (
        "Tổng hợp một tháng: đọc mọi biểu trong các thư mục đã cho (cùng những gì đã nhận trước "
        "của tháng ấy) và ghi sổ Excel, biểu gửi lại, thông báo."
    ),
    "remind": (
        "Soạn thư nhắc trước hạn, lúc nào cũng được, cho các đơn vị chưa thấy gửi gì của tháng ấy "
        "theo sổ tiếp nhận; đơn vị đã hết hạn thì dùng thư của lệnh run."
    ),
    "issue": (
        "Ban hành kết quả một tháng khi lãnh đạo đã ký: giữ nguyên sổ và báo cáo ấy; "
        "những lần chạy sau ghi thành bản điều chỉnh."
    ),
    "trace": (
        "Truy nguồn một số liệu: đơn vị đã ghi gì, ở tệp nào, ô nào, được hiểu ra sao, căn cứ nào "
        "đã dùng, về sau thay bằng gì. Với --total: một chỉ tiêu của sổ tổng hợp cộng từ đâu."
    ),
    "months": (
        "Liệt kê các tháng đã tổng hợp: số đơn vị đã gửi, nội dung cần xem xét, kết quả trên máy "
        "còn nguyên vẹn hay không."
    ),
    "init": (
        "Ghi tệp thiết lập của cơ quan (thiet-lap.xlsx): tên, điện thoại, người ký, thời hạn, ngày "
        "nghỉ, danh sách đơn vị. Lần run đầu tiên cũng tự ghi."
    ),
    "units": (
        "Ghi danh sách đơn vị đang dùng, kèm mã, ra tệp Excel để điền thêm rồi đưa lại "
        "bằng --register."
    ),
    "rules": "In căn cứ rà soát bằng lời: tất cả, hoặc một căn cứ theo mã, ví dụ A4.",
}
ARGUMENTS = {
    "files": "TỆP…",
    "folders": "[THƯ MỤC…]",
    "unit": "[ĐƠN VỊ",
    "field": "Ô]",
    "rule": "[MÃ]",
}
OPTION_VALUES = {
    "--campaign": "TÊN|THƯ MỤC",
    "--register": "TỆP",
    "--settings": "TỆP",
    "--to": "TỆP",
    "--out": "THƯ MỤC",
    "--ledger": "THƯ MỤC",
    "--month": "NĂM-THÁNG",
    "--received-until": "THỜI ĐIỂM",
    "--set-aside": "TỆP LÝ_DO",
    "--forget-run": "SỐ",
    "--remove": "NĂM-THÁNG",
    "--workers": "SỐ",
    "--cluster": "ĐỊA CHỈ",
    "--row": "DÒNG",
    "--total": "CHỈ TIÊU",
}
"""What stands on the help page for the value of an option."""
OPTIONS = {
    "--help": "Hiện phần hướng dẫn này.",
    "--version": "Hiện số phiên bản của chương trình.",
    "--json": "In ra JSON để chương trình khác đọc.",
    "--codes": "In thêm mã của căn cứ, của cách hiểu lại và của yêu cầu.",
    "--workers": "Số tiến trình cùng đọc biểu; không ghi thì bằng số nhân của máy, nhiều nhất 8.",
    "--month": "Kỳ báo cáo, ví dụ 2015-03.",
    "--campaign": "Đợt (văn bản, biểu mẫu, căn cứ) dùng để rà soát; không ghi thì dùng {campaign}.",
    "--register": "Danh sách đơn vị của Ban (.xlsx hoặc .csv), bổ sung vào danh sách của đợt.",
    "--settings": "Tệp thiết lập của cơ quan; không ghi thì là {output}/thiet-lap.xlsx, nếu có.",
    "--to": "Tệp ghi ra; không ghi thì là {output}/danh-sach-don-vi.xlsx.",
    "init --out": "Thư mục kết quả, nơi ghi thiet-lap.xlsx; không ghi thì là {output}.",
    "run --settings": (
        "Tệp thiết lập của cơ quan; không ghi thì là thiet-lap.xlsx ở thư mục kết quả; tháng cũ "
        "chạy lại thì như lần chạy của tháng ấy."
    ),
    "--out": "Thư mục kết quả có sổ tiếp nhận; không ghi thì là {output}.",
    "demo --out": "Nơi ghi; tháng mẫu nằm trong thư mục con demo; không ghi thì là {output}.",
    "templates --out": (
        "Nơi ghi biểu mẫu; không ghi thì là {blank_forms}, biểu của từng đơn vị: {unit_forms}."
    ),
    "templates --all-units": "Ghi một biểu điền sẵn cho mỗi đơn vị; cần --month.",
    "templates --month": "Kỳ báo cáo ghi sẵn trong biểu của từng đơn vị, ví dụ 2015-03.",
    "templates --ledger": (
        "Thư mục có sổ tiếp nhận: biểu của mỗi đơn vị điền sẵn theo báo cáo trước của đơn vị; "
        "không ghi thì là {output}."
    ),
    "run --campaign": (
        "Đợt (văn bản, biểu mẫu, căn cứ) dùng để rà soát; không ghi thì như lần chạy trước "
        "của tháng ấy, tháng mới thì dùng {campaign}."
    ),
    "run --register": (
        "Danh sách đơn vị của Ban (.xlsx hoặc .csv); không ghi thì như lần chạy trước."
    ),
    "run --received-until": (
        'Chỉ tính những gì nhận được đến thời điểm này, ví dụ "2015-03-25 17:00"; '
        "không ghi thì tính tất cả, hoặc (không cho thư mục) như lần chạy trước của tháng ấy."
    ),
    "remind --received-until": (
        'Soạn như vào thời điểm này, ví dụ "2015-03-18 08:00"; không ghi thì là lúc chạy lệnh.'
    ),
    "run --set-aside": (
        "Tệp không dùng và lý do: coi như chưa đến, ghi vào sổ quyết định của Ban; "
        "nhắc lại được cho nhiều tệp."
    ),
    "run --cluster": (
        "Đọc biểu, ghi biểu gửi lại trên cụm máy Dask có máy điều phối ở địa chỉ này, ví dụ "
        "tls://10.0.0.5:8786; cần phần cài thêm cluster."
    ),
    "run --no-letters": "Không ghi biểu gửi lại, thông báo và báo cáo (thư mục thong-bao).",
    "run --timings": "In thêm thời gian bộ xử lý đã dùng cho từng việc, và bộ nhớ.",
    "run --out": (
        "Nơi ghi kết quả và sổ tiếp nhận, mỗi tháng một thư mục con; không ghi thì là {output}."
    ),
    "months --forget-run": (
        "Bỏ một lần chạy đã làm nhầm (ví dụ sai thời điểm chốt), theo số ở cột Lần chạy: lần "
        "chạy sau coi như không có lần ấy, sổ tiếp nhận vẫn nhớ. Không bỏ được lần đã ban hành."
    ),
    "months --remove": (
        "Xóa hẳn một tháng: thư mục kết quả, tệp trong luu-tru mà tháng khác không cần, mọi điều "
        "sổ tiếp nhận biết về tháng ấy; sổ chỉ còn ghi là đã xóa, lúc nào, bởi ai. Chỉ xóa tháng "
        "cũ nhất hoặc mới nhất; hỏi lại trước khi xóa."
    ),
    "months --yes": "Xóa mà không hỏi lại.",
    "trace --row": (
        "Dòng của bảng, khi ô là một cột (ví dụ danh_sach.gioi_tinh): số thứ tự, hoặc tên ở dòng."
    ),
    "trace --total": "Một dòng của trang Tổng hợp, ghi theo tên hoặc mã, ví dụ “Tổng số đại biểu”.",
}
"""By option; with its command's name where the option is that command's own, or said otherwise."""
USAGE = "Cách dùng: "
OPTIONS_PLACE, COMMAND_PLACE = "[TÙY CHỌN]", "LỆNH [THAM SỐ]…"
COMMANDS_HEAD, OPTIONS_HEAD, STATUSES_HEAD = "Lệnh", "Tùy chọn", "Mã kết thúc"
REQUIRED = "[bắt buộc]"
EXIT_STATUSES = (
    "việc đã làm xong (dù tìm thấy gì)",
    "việc không làm được; một dòng nói ở đâu, vì sao, cần làm gì (mỗi ô sai thêm một dòng)",
    "gõ lệnh chưa đúng",
    "chỉ của lệnh check: có biểu chưa đúng quy định, sai số học hoặc lỗi số liệu",
)
"""By status, from 0."""

# --- wrong usage and failure -----------------------------------------------------------------

WRONG_USAGE = "Sai cách dùng: {problem}. Xem: {command} --help"
NOT_DONE = "Không làm được: {problem}"
ONE_FAULT = "- {fault}"
STOPPED = "Đã dừng theo yêu cầu; kết quả cũ vẫn còn nguyên."
NO_SUCH_COMMAND = "không có lệnh “{name}”; các lệnh: {known}"
NO_SUCH_OPTION = "không có tùy chọn {name}"
NO_SUCH_RULE = "không có căn cứ “{name}”: hãy ghi một trong các mã: {known}"
LACKS_ARGUMENT = "thiếu {name}"
LACKS_OPTION = "thiếu tùy chọn {name}"
WRONG_NUMBER_OF_VALUES = "tùy chọn {name} thiếu hoặc thừa giá trị"
TOO_MANY_ARGUMENTS = "thừa tham số: {names}"
NOT_A_MOMENT = "“{text}” không phải thời điểm: hãy ghi như 2015-03-25 17:00"
NOT_A_NUMBER = "“{text}” không phải số: hãy ghi số, ví dụ 7"
NOT_A_WORKER_NUMBER = "“{text}” không phải số nguyên từ 1 trở lên"
ALL_UNITS_WITH_MONTH = "--all-units và --month đi cùng nhau, ví dụ --all-units --month 2015-03"
TOTAL_ALONE = "--total đi một mình, không kèm đơn vị, ô hay --row"
UNIT_AND_FIELD = 'hãy ghi đơn vị và ô, ví dụ: "Xã Mường Than" "Tổng số đại biểu", hoặc --total'
UNKNOWN_OPERATOR = "không rõ"
MAKING_THE_SAMPLE = "Đang tạo báo cáo mẫu của cả tỉnh, hai tháng (số liệu giả định)…"
