"""What is asked about files stands where everything is asked, with answers that do something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from mail_samples import PNG, attached, mail, text
from nine_months import FEB, MAR, MONTHS
from officer import answer, asked_in
from sent_files import put
from small_province import (
    OPERATOR,
    UNITS,
    UnitsAtTheirForms,
    notes_of,
    request_of,
    write_campaign,
)

from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.months.run import run_month
from tdkt_batch.report import FileState, UnitState

SIGNED = {"Người_quyết_định": "Trưởng ban", "Ngày_quyết_định": date(2015, 3, 26)}
TOPICS = ("Hai báo cáo", "Thư không có biểu", "Biểu của kỳ trước", "Tệp chưa rõ của ai")


class Desk:
    """An officer of a small province: what came, the runs, the control workbook."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.campaign = write_campaign(folder / "dot", UNITS)
        self.units = UnitsAtTheirForms(self.campaign)
        self.control = folder / "ra" / "so-quyet-dinh.xlsx"

    def put(self, name, content, *moment, month=MAR):
        put(self.folder / str(MONTHS[month]) / name, content, datetime(2015, *moment))

    def run(self, month=MAR):
        paths = (self.folder / str(MONTHS[month]),)
        return run_month(request_of(month, self.campaign, self.folder / "ra", paths))

    def asked(self, *topics):
        """Return topic, unit and file of the rows about files."""
        return [
            (row["Về việc"], row["Mã đơn vị"], row["Biểu, tệp ghi"])
            for row in asked_in(self.control)
            if row["Về việc"] in (topics or TOPICS)
        ]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def from_unit(code, *parts, number=1):
    """Return a mail from the unit's address of the register."""
    headers = {
        "From": f"Đơn vị <{code}@donvi.example>".lower(), "To": "Ban <ban@x.example>",
        "Subject": f"Báo cáo {number}", "Date": "Mon, 16 Mar 2015 09:15:00 +0700",
        "Message-ID": f"<{number}@x.example>",
    }  # fmt: skip
    return mail(*parts, headers=headers)


def state_of(result, code):
    return next(one.state for one in result.report.units if one.unit.code == code)


def file_of(result, code):
    (used,) = [
        one.source.name
        for one in result.report.files
        if one.unit == code and one.state is FileState.USED
    ]
    return used


def test_which_of_two_reports_of_a_day_counts_is_chosen(desk):
    """The newer one counts until the other is chosen; one of a later day is never asked about."""
    desk.put("DN08 a.xlsx", desk.units.form("DN08", MAR), 3, 10, 9)
    desk.put("DN08 b.xlsx", desk.units.form("DN08", MAR, "A8"), 3, 10, 16)
    desk.put("DN11 a.xlsx", desk.units.form("DN11", MAR, "A8"), 3, 10, 9)
    desk.put("DN11 b.xlsx", desk.units.form("DN11", MAR), 3, 11, 9)
    result = desk.run()
    assert desk.asked() == [("Hai báo cáo", "DN08", "DN08 b.xlsx")]
    assert any("1 trường hợp cần xem lại" in note for note in result.notes)
    (row,) = [row for row in asked_in(desk.control) if row["Về việc"] == "Hai báo cáo"]
    assert "“DN08 a.xlsx” đã có bản mới hơn: “DN08 b.xlsx”; khác 1 ô" in row["Nội dung"]
    assert row["Trang, ô, tệp; ô của biểu khác"].count("ngày 10/03/2015") == 2

    answer(desk.control, "Hai báo cáo", "Tính báo cáo còn lại")
    refused = notes_of(desk.run())
    assert any("“Người quyết định”, “Ngày quyết định” chưa ghi" in one for one in refused)
    answer(desk.control, "Hai báo cáo", "tính báo cáo còn lại", **SIGNED)
    result = desk.run()
    assert file_of(result, "DN08") == "DN08 a.xlsx"
    assert "không còn tính tệp này" in result.day.since
    assert desk.asked() == []
    (left_out,) = [one for one in result.report.files if one.source.name == "DN08 b.xlsx"]
    assert "Ban tính báo cáo khác của đơn vị" in left_out.reason

    # a third report is the newest, whatever was chosen between the first two
    desk.put("DN08 c.xlsx", desk.units.form("DN08", MAR, "O1"), 3, 12, 9)
    assert file_of(desk.run(), "DN08") == "DN08 c.xlsx"


@pytest.mark.parametrize(
    ("first", "second", "again", "is_asked"),
    [
        ((3, 10, 9), (3, 11, 9), (3, 11, 16), True),
        ((3, 10, 9), (3, 10, 16), (3, 12, 9), False),
    ],
)
def test_what_is_sent_again_came_on_the_day_of_its_last_copy(desk, first, second, again, is_asked):
    one = desk.units.form("DN08", MAR)
    desk.put("1/DN08 a.xlsx", one, *first)
    desk.put("2/DN08 b.xlsx", desk.units.form("DN08", MAR, "A8"), *second)
    desk.put("3/DN08 c.xlsx", one, *again)
    desk.run()
    asked = [row for row in asked_in(desk.control) if row["Về việc"] == "Hai báo cáo"]
    assert [row["Mã đơn vị"] for row in asked] == ["DN08"] * is_asked
    for row in asked:
        assert row["Trang, ô, tệp; ô của biểu khác"].count("ngày 11/03/2015") == 2


def test_the_report_that_counts_may_be_confirmed(desk):
    desk.put("DN08 a.xlsx", desk.units.form("DN08", MAR), 3, 10, 9)
    desk.put("DN08 b.xlsx", desk.units.form("DN08", MAR, "A8"), 3, 10, 16)
    desk.run()
    answer(desk.control, "Hai báo cáo", "Giữ bản đang tính")
    result = desk.run()
    assert (file_of(result, "DN08"), desk.asked()) == ("DN08 b.xlsx", [])
    (told,) = [one.text for one in result.day.news if one.unit == "DN08"]
    assert told.startswith("Giữ nguyên")
    assert told.endswith("không hỏi lại nữa")
    # another pair is another question
    desk.put("DN08 c.xlsx", desk.units.form("DN08", MAR, "O1"), 3, 10, 17)
    desk.run()
    assert desk.asked() == [("Hai báo cáo", "DN08", "DN08 c.xlsx")]


def test_a_mail_without_a_form_is_seen_or_a_units(desk):
    """What is answered is not told again; whose a mail is holds for all that came in it."""
    desk.put("1.eml", from_unit("03387", text(), attached(PNG, "anh.png")), 3, 16, 9)
    pictures = (attached(PNG + b"1", "a.png"), attached(PNG + b"2", "b.png"))
    desk.put("2.eml", from_unit("DN08", text(), *pictures, number=2), 3, 16, 9)
    desk.put("SNV.xlsx", desk.units.form("SNV", MAR), 3, 16, 9)
    result = desk.run()
    assert [(topic, unit) for topic, unit, _ in desk.asked()] == [
        ("Thư không có biểu", "03387"),
        ("Thư không có biểu", "DN08"),
    ]
    assert any(note.startswith("2 thư không có biểu") for note in result.notes)
    assert state_of(result, "DN08") is UnitState.UNUSABLE

    answer(desk.control, "Thư không có biểu", "Đã xem, không có biểu", file="1.eml")
    typed = {"Của_đơn_vị": "DN11", **SIGNED}
    answer(desk.control, "Thư không có biểu", "Là của đơn vị", file="2.eml", **typed)
    result = desk.run()
    assert desk.asked() == []
    assert not [note for note in result.notes if "thư không có biểu" in note]
    assert {one.unit for one in result.report.files if "2.eml" in one.source.name} == {"DN11"}
    assert state_of(result, "DN11") is UnitState.UNUSABLE
    texts = [one.text for one in result.day.news]
    assert any("Giữ nguyên" in one and "không hỏi lại nữa" in one for one in texts)
    assert any("Là của đơn vị" in one and "tính là đã gửi" in one for one in texts)


def test_the_same_file_in_two_units_mails_is_two_questions(desk):
    """Seen for one it is still asked for the other."""
    for number, code in ((1, "03387"), (2, "DN08")):
        mail_of = from_unit(code, text(), attached(PNG, "anh.png"), number=number)
        desk.put(f"{number}.eml", mail_of, 3, 16, 9)
    desk.put("SNV.xlsx", desk.units.form("SNV", MAR), 3, 16, 9)
    desk.run()
    answer(desk.control, "Thư không có biểu", "Đã xem, không có biểu", file="1.eml")
    desk.run()
    assert [unit for _, unit, _ in desk.asked("Thư không có biểu")] == ["DN08"]


def test_a_signature_that_is_not_used_answers_for_no_mail_that_bears_it(desk):
    signature = attached(PNG + b"s", "chu-ky.png")
    desk.put("1.eml", from_unit("03387", text(), signature), 3, 16, 9)
    desk.put("SNV.xlsx", desk.units.form("SNV", MAR), 3, 16, 9)
    desk.run()
    (signature_of,) = {one[2] for one in desk.asked() if "chu-ky" in one[2]}
    paths = (desk.folder / str(MONTHS[MAR]),)
    request = request_of(MAR, desk.campaign, desk.folder / "ra", paths)
    run_month(replace(request, set_aside=((signature_of, "Chữ ký"),)))
    desk.put("2.eml", from_unit("DN08", text(), signature, attached(PNG, "b.png"), number=2),
             3, 16, 10)  # fmt: skip
    desk.run()
    asked = {(unit, file) for _, unit, file in desk.asked("Thư không có biểu")}
    assert asked == {("DN08", "2.eml/b.png")}


def test_who_is_asked_stays_asked(desk):
    desk.put("1.eml", from_unit("03387", text(), attached(PNG, "anh.png")), 3, 16, 9)
    desk.put("SNV.xlsx", desk.units.form("SNV", MAR), 3, 16, 9)
    desk.run()
    answer(desk.control, "Thư không có biểu", "Đang hỏi lại đơn vị")
    result = desk.run()
    assert any("chờ đơn vị trả lời" in one.text for one in result.day.news)
    (given,) = (one.source.sha256 for one in result.report.files if "anh.png" in one.source.name)
    with open_ledger(desk.folder / "ra", OPERATOR, datetime(2015, 3, 26)) as ledger:
        (asked,) = ledger.decisions()
    assert (asked.unit, asked.file, asked.month) == ("03387", given, MONTHS[MAR])
    (row,) = [row for row in asked_in(desk.control) if row["Về việc"] == "Thư không có biểu"]
    assert row["Quyết định"] == "Đang hỏi lại đơn vị"
    answer(desk.control, "Thư không có biểu", "Rút lại")
    desk.run()
    (row,) = [row for row in asked_in(desk.control) if row["Về việc"] == "Thư không có biểu"]
    assert row["Quyết định"] is None


def test_a_form_of_an_earlier_month_stays_or_is_not_used(desk):
    desk.put("SNV.xlsx", desk.units.form("SNV", FEB), 2, 10, 9, month=FEB)
    desk.run(FEB)
    late = desk.units.form("DN08", FEB)
    desk.put("DN08.xlsx", late, 2, 27, 9)
    desk.put("lan 2/DN08.xlsx", late, 2, 28, 9)
    desk.put("DN11.xlsx", desk.units.form("DN11", FEB), 2, 27, 9)
    desk.put("SNV 3.xlsx", desk.units.form("SNV", MAR), 3, 10, 9)
    result = desk.run()
    assert desk.asked() == [
        ("Biểu của kỳ trước", "DN08", "DN08.xlsx"),
        ("Biểu của kỳ trước", "DN11", "DN11.xlsx"),
    ]
    (row, _) = [row for row in asked_in(desk.control) if row["Về việc"] == "Biểu của kỳ trước"]
    assert "chỉ có thể tính vào số liệu đến nay" in row["Nội dung"]
    assert any(note.startswith("Tháng 2/2015 có 2 biểu đến sau") for note in result.notes)
    reported = {one.unit.code for one in result.report.units if one.ever_reported}
    assert reported == {"SNV", "DN08", "DN11"}

    answer(desk.control, "Biểu của kỳ trước", "Giữ nguyên", file="DN08")
    typed = {"Lý_do": "Bản nháp", **SIGNED}
    answer(desk.control, "Biểu của kỳ trước", "Ban không dùng", file="DN11", **typed)
    result = desk.run()
    assert desk.asked() == []
    assert not [note for note in result.notes if "biểu đến sau" in note]
    reported = {one.unit.code for one in result.report.units if one.ever_reported}
    assert reported == {"SNV", "DN08"}
