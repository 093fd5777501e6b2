"""What an officer is told first after a run: what is new since the last, what is to be done."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from small_province import make_small_province
from test_crashes import answer

from tdkt_batch.cli.commands import program
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind, Month

CONTROL = "so-quyet-dinh.xlsx"


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"))


@pytest.fixture(scope="module")
def told(province, tmp_path_factory):
    """Return what the screen and the control workbook say after each of three runs."""
    out = tmp_path_factory.mktemp("ket-qua")
    told = []
    for folder in (province.first, province.all, province.all):
        given = ("run", folder, "--month", "2015-03", "--campaign", province.campaign)
        done = CliRunner().invoke(program, [str(a) for a in (*given, "--out", out)])
        assert done.exit_code == 0, done.output
        sheet = load_workbook(out / CONTROL).worksheets[0]
        rows = [[str(c) for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]
        told.append((done.output.splitlines(), sheet.title, [row for row in rows if row]))
        if len(told) == 1:
            answer(out / CONTROL)
    return told


def part(rows, title):
    """Return the rows of a part of the sheet, without its head and the numbers."""
    titles = [row[0] for row in rows]
    begin = titles.index(title)
    end = next((n for n in range(begin + 1, len(rows)) if titles[n].startswith("II")), len(rows))
    return [row[1:] for row in rows[begin + 1 : end] if row[0].isdigit()]


SINCE, TASKS = "I. CÓ GÌ MỚI TỪ LẦN CHẠY TRƯỚC", "II. VIỆC CẦN LÀM, THEO THỨ TỰ"


def test_the_first_run_of_a_month_says_that_there_is_none_before(told):
    screen, title, rows = told[0]
    assert title == "Việc cần làm"
    assert screen[0] == "Lần chạy đầu của kỳ này: chưa có lần trước để so."
    assert [screen[0]] in rows
    assert part(rows, SINCE) == []


def test_what_is_new_stands_first_on_the_screen_and_unit_by_unit_in_the_sheet(told):
    screen, _, rows = told[1]
    assert screen[0] == (
        "Từ lần chạy trước (lần ấy lấy số liệu đến 9 giờ 00 ngày 10/03/2015): 2 báo cáo mới nhận, "
        "3 đơn vị gửi chưa dùng được, 1 nội dung đã khắc phục, 3 nội dung mới, "
        "1 quyết định của Ban."
    )
    what_by_unit = [(row[0], row[1].split(" – ")[0]) for row in part(rows, SINCE)]
    assert what_by_unit == [
        ("Báo cáo mới nhận", "Phường Tân Phong"),
        ("Báo cáo mới nhận", "Công ty Cổ phần Vận tải Giả định 08"),
        ("Đơn vị gửi chưa dùng được", "Phường Quyết Tiến"),
        ("Đơn vị gửi chưa dùng được", "Sở Nội vụ"),
        ("Đơn vị gửi chưa dùng được", "Doanh nghiệp tư nhân Khách sạn Giả định 11"),
        ("Nội dung đã khắc phục", "Công ty Cổ phần Vận tải Giả định 08"),
        # whose communes were not yet due when only the first forms had come
        ("Nội dung mới", "Thành phố Lai Châu"),
        ("Nội dung mới", "Phường Tân Phong"),
        ("Nội dung mới", "Phường Tân Phong"),
        ("Quyết định của Ban", "Công ty Cổ phần Vận tải Giả định 08"),
    ]


def test_what_is_to_be_done_stands_in_the_order_of_a_day_with_whom_to_call(told):
    screen, _, rows = told[1]
    assert screen[-1] == (
        "Việc tiếp theo: quyết định 1 nội dung; gọi 2 đơn vị; gửi 3 biểu có đề nghị; mở xem 2 tệp."
    )
    tasks = [(row[0].split(" (")[0], *row[1:]) for row in part(rows, TASKS)]
    assert tasks == [
        ("Quyết định", "Phường Tân Phong", "Chưa ghi người chủ trì Hội nghị"),
        ("Gọi điện, nhắc gửi", "Phường Quyết Tiến – Thành phố Lai Châu", "Đã gửi, chưa dùng được: ghi lại số liệu vào biểu mới Ban gửi kèm thư, lưu, mở lại xem rồi gửi"),
        ("Gọi điện, nhắc gửi", "Doanh nghiệp tư nhân Khách sạn Giả định 11", "Đã gửi, chưa dùng được: ghi số liệu của tháng này vào biểu mới Ban gửi kèm thư rồi gửi lại"),
        ("Gửi biểu gửi lại, có đề nghị", "Phường Quyết Tiến", "Đề nghị gửi lại báo cáo vào biểu mới kèm theo"),
        ("Gửi biểu gửi lại, có đề nghị", "Sở Nội vụ", "Đề nghị gửi lại báo cáo vào biểu mới kèm theo"),
        ("Gửi biểu gửi lại, có đề nghị", "Doanh nghiệp tư nhân Khách sạn Giả định 11", "Đề nghị gửi lại báo cáo vào biểu mới kèm theo"),
        ("Mở xem tệp", "03388 thang 3.xlsx", "Tệp hỏng, không mở được: đề nghị đơn vị gửi lại"),
        ("Mở xem tệp", "anh.png", "Tệp ảnh, không phải biểu mẫu"),
    ]  # fmt: skip


def test_a_run_with_nothing_new_says_so_and_leaves_the_sheet_as_it_was(told):
    screen, _, rows = told[2]
    assert any(line.startswith("Không có gì mới từ lần chạy trước") for line in screen)
    assert rows == told[1][2]


def test_where_the_moment_moves_nothing_is_told_as_new_that_was_there(province, tmp_path):
    told = []
    for until in ("2015-03-15 17:00", "2015-03-25 17:00", "2015-03-15 17:00"):
        given = ("run", province.all, "--month", "2015-03", "--campaign", province.campaign)
        arguments = (*given, "--received-until", until, "--out", tmp_path)
        assert CliRunner().invoke(program, [str(a) for a in arguments]).exit_code == 0
        sheet = load_workbook(tmp_path / CONTROL).worksheets[0]
        rows = [[str(c) for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]
        told.append({
            (row[0], row[1].split(" – ")[0]): row[2]
            for row in part([row for row in rows if row], SINCE)
        })  # fmt: skip
    _, later, back = told
    otherwise, no_more = "Báo cáo nay tính bản khác", "Báo cáo không còn được tính"
    transport, ward = "Công ty Cổ phần Vận tải Giả định 08", "Phường Tân Phong"
    assert later[otherwise, ward] == "Đến 9 giờ 00 ngày 24/03/2015"
    assert later[otherwise, transport] == "Đến 9 giờ 00 ngày 24/03/2015, thay báo cáo trước"
    assert back[otherwise, transport] == "Đến 9 giờ 00 ngày 10/03/2015, thay báo cáo trước"
    assert back[no_more, ward] == "Đến sau chốt số liệu"
    assert not [kind for kind, _ in (*later, *back) if kind == "Báo cáo mới nhận"]


def test_a_row_that_could_not_be_taken_is_the_first_thing_to_do(province, tmp_path):
    given = ("run", province.first, "--month", "2015-03", "--campaign", province.campaign)
    arguments = [str(a) for a in (*given, "--out", tmp_path)]
    assert CliRunner().invoke(program, arguments).exit_code == 0
    answer(tmp_path / CONTROL)
    book = load_workbook(tmp_path / CONTROL)
    sheet = book["Cần quyết định"]
    reason = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Lý do")
    sheet.cell(reason.row + 1, reason.column).value = None
    book.save(tmp_path / CONTROL)
    done = CliRunner().invoke(program, arguments)
    last = done.output.splitlines()[-1]
    assert "Việc tiếp theo: ghi lại 1 dòng chưa nhận của sổ quyết định; " in last


def test_what_the_board_lets_go_is_not_told_as_mended(province, tmp_path):
    given = ("run", province.all, "--month", "2015-03", "--campaign", province.campaign)
    arguments = [str(a) for a in (*given, "--out", tmp_path)]
    assert CliRunner().invoke(program, arguments).exit_code == 0
    book = load_workbook(tmp_path / CONTROL)
    sheet = book["Gia hạn"]
    head = next(row for row in sheet.iter_rows() if "Mã đơn vị" in [c.value for c in row])
    columns = {cell.value: cell.column for cell in head}
    typed = {"Mã đơn vị": "03387", "Kỳ": "3/2015", "Hạn mới": date(2015, 3, 27), "Lý do": "Bão lũ", "Người quyết định": "Trưởng ban", "Ngày quyết định": date(2015, 3, 20)}  # fmt: skip
    for name, value in typed.items():
        sheet.cell(head[0].row + 1, columns[name]).value = value
    book.save(tmp_path / CONTROL)
    done = CliRunner().invoke(program, arguments)
    assert (
        "1 nội dung không còn nêu, 1 quyết định của Ban. Đã tính lại" in done.output.splitlines()[0]
    )
    rows = [[str(c) for c in row if c is not None] for row in load_workbook(tmp_path / CONTROL).worksheets[0].iter_rows(values_only=True)]  # fmt: skip
    (gone,) = [row for row in rows if "Nội dung không còn nêu" in row]
    assert gone[-1].endswith("(báo cáo vẫn như trước)")
    (decided,) = [row for row in rows if "Quyết định của Ban" in row]
    assert "27/03/2015" in decided[-1]
    assert "Bão lũ" in decided[-1]


def test_what_was_decided_elsewhere_since_the_book_was_written_was_not_blanked_in_it(
    province, tmp_path
):
    given = ("run", province.first, "--month", "2015-03", "--campaign", province.campaign)
    arguments = [str(a) for a in (*given, "--out", tmp_path)]
    assert CliRunner().invoke(program, arguments).exit_code == 0
    sheet = load_workbook(tmp_path / CONTROL)["Cần quyết định"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if "Mã đơn vị" in row)
    waiting = dict(zip(head, next(row for row in rows if "DN08" in row), strict=True))
    moment = datetime(2015, 3, 12, 9)
    with open_ledger(tmp_path, "Ban", moment) as ledger:
        accepted = Decision(
            kind=DecisionKind.ACCEPTED, unit="DN08", month=Month(2015, 3), code="A8", given=waiting["Biểu, tệp ghi"],
            field=waiting["Ô của biểu"] or "", explanation=waiting["Giải trình của đơn vị"],
            reason="Hội trường chỉ cho thuê cả ngày", approver="Trưởng ban", decided=moment.date(),
        )  # fmt: skip
        ledger.decide([accepted], "Ban", moment)
    done = CliRunner().invoke(program, arguments)
    assert done.output.splitlines()[0].endswith(
        "1 quyết định của Ban. Đã tính lại theo quyết định: 1 nội dung "
        "(Công ty Cổ phần Vận tải Giả định 08: không còn đếm)."
    )
    assert "xóa trắng" not in done.output
