"""The settings workbook: written with what is in force, read back as it is, refused cell by cell."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from tdkt_batch.campaign.load import campaign_folder, load_campaign
from tdkt_batch.campaign.overlay import OfficeLayers, Overlay, laid_over
from tdkt_batch.campaign.samples import real_unit, without_samples
from tdkt_batch.errors import CampaignError, InputError
from tdkt_batch.model import Month
from tdkt_batch.office.read_settings import read_settings
from tdkt_batch.office.settings import SETTINGS, value_at
from tdkt_batch.office.write_settings import write_settings, write_units

CAMPAIGN = load_campaign()
WRITTEN = write_settings(CAMPAIGN)


def edited(folder, *changes):
    """Return the settings workbook with cells changed: sheet, cell, content."""
    book = load_workbook(io.BytesIO(WRITTEN))
    for sheet, cell, content in changes:
        book[sheet][cell] = content
    path = folder / "thiet-lap.xlsx"
    book.save(path)
    return path


def in_force(path):
    read = read_settings(path, CAMPAIGN)
    return laid_over(CAMPAIGN, read.overlay), (*read.notes, *read.news)


def cell_of(sheet, label, column="B"):
    rows = load_workbook(io.BytesIO(WRITTEN))[sheet].iter_rows()
    return next(f"{column}{c.row}" for row in rows for c in row if str(c.value).endswith(label))


def of_office(label, content):
    return "Cơ quan", cell_of("Cơ quan", label), content


def of_unit(code, column, content):
    return "Đơn vị", cell_of("Đơn vị", code, column), content


def test_what_is_written_says_nothing_new(tmp_path):
    campaign, notes = in_force(edited(tmp_path))
    assert (campaign.digest, notes) == (CAMPAIGN.digest, ())


def test_what_is_titled_by_a_province_is_so_by_the_offices_own(tmp_path):
    campaign, _ = in_force(edited(tmp_path, of_office("Địa phương", "tỉnh Sơn La")))
    assert "Đại hội Thi đua yêu nước tỉnh Lai Châu lần thứ IV" in CAMPAIGN.name
    assert campaign.name == CAMPAIGN.name.replace("Lai Châu", "Sơn La")


def test_it_is_the_same_bytes_twice():
    assert write_settings(CAMPAIGN) == WRITTEN


@pytest.mark.parametrize("setting", SETTINGS[:-1], ids=lambda one: one.place)
def test_every_single_value_can_be_set(tmp_path, setting):
    content = {
        "count": "7",
        "phone": 2133792456,
        "address": "btdkt@laichau.gov.vn",
        "choice": "30/2020/nđ-cp",
    }.get(setting.asked.kind, "Giá trị mới")
    expected = {
        "count": 7, "phone": "02133792456", "address": content, "choice": "30/2020/NĐ-CP",
    }.get(setting.asked.kind, content)  # fmt: skip
    campaign, _ = in_force(edited(tmp_path, of_office(setting.asked.label, content)))
    assert value_at(campaign, setting.place) == expected
    assert setting.place not in campaign.samples
    assert campaign.digest != CAMPAIGN.digest


def test_a_dash_says_that_there_is_none(tmp_path):
    campaign, _ = in_force(edited(tmp_path, of_office("Điện thoại của Ban", "-")))
    assert (campaign.letters.office.phone, "letters.office.phone" in campaign.samples) == (
        "",
        False,
    )


def test_deadlines_holidays_and_units_are_the_offices_own(tmp_path):
    letter = "Công văn số 15/BTĐKT-NV ngày 10/01/2015"
    path = edited(
        tmp_path,
        ("Thời hạn", "B4", "ngày 18"), ("Thời hạn", "B4", 18), ("Thời hạn", "D4", letter),
        ("Thời hạn dời", "A6", "cấp xã và các doanh nghiệp"), ("Thời hạn dời", "B6", "4/2015"),
        ("Thời hạn dời", "C6", date(2015, 4, 17)),
        ("Ngày nghỉ", "A11", "Hoán đổi"), ("Ngày nghỉ", "C11", "03/4/2015"),
        of_unit("03619", "H", 912345678), of_unit("03619", "J", 11),
    )  # fmt: skip
    campaign, _ = in_force(path)
    base = campaign.deadline("base")
    assert (base.falls_on(Month(2015, 3), campaign.holidays), base.set_by(Month(2015, 3))) == (
        date(2015, 3, 18),
        letter,
    )
    assert (base.falls_on(Month(2015, 4), campaign.holidays), base.set_by(Month(2015, 4))) == (
        date(2015, 4, 17),
        letter,
    )
    assert base.falls_on(Month(2015, 2), campaign.holidays) == date(2015, 2, 13)
    assert base.falls_on(Month(2015, 1), campaign.holidays) == date(2015, 1, 19)  # 18/1: Sunday
    assert campaign.deadline("upper").day == 25
    assert campaign.board_deadline.day == 28
    assert campaign.holidays.is_off(date(2015, 4, 3))
    assert campaign.holidays.is_off(date(2015, 4, 28))
    unit = campaign.unit("03619")
    assert (unit.phone, unit.allotment) == ("0912345678", 11)
    still = {place for place in campaign.samples if "03619" in place or "deadlines.base" in place}
    assert still == {"units.03619.email", "deadlines.base.2015-02"}


def test_a_holiday_that_is_struck_out_is_a_working_day(tmp_path):
    path = edited(tmp_path, *(("Ngày nghỉ", f"{column}10", None) for column in "ABCDE"))
    campaign, _ = in_force(path)
    assert not campaign.holidays.is_off(date(2015, 4, 29))
    assert campaign.holidays.is_off(date(2015, 4, 30))


def of_reasons(*rows, first=10):
    """Return rows typed below the reasons of the campaign: what for, why."""
    return [
        ("Lý do", f"{column}{number}", text)
        for number, row in enumerate(rows, start=first)
        for column, text in zip("AB", row, strict=True)
    ]


def test_the_reasons_of_the_office_take_the_place_of_the_campaigns(tmp_path):
    """Of a use of which no row is left the campaign's hold."""
    merged = ("khong phai bao cao", "Đã sáp nhập, {đang} chờ quyết định")
    gone = [("Lý do", f"{column}{row}", None) for column in "AB" for row in range(7, 10)]
    reasons = in_force(edited(tmp_path, *of_reasons(merged), *gone))[0].reasons
    assert reasons.excused == (
        "Không tổ chức Hội nghị", "Đã nghiệm thu báo cáo kết quả", "Được miễn báo cáo", merged[1],
    )  # fmt: skip
    assert reasons.accepted == CAMPAIGN.reasons.accepted
    accepted = ("Chấp nhận giải trình", "Theo kết luận của Chủ tịch")
    reasons = in_force(edited(tmp_path, *gone, *of_reasons(accepted)))[0].reasons
    assert reasons.accepted == (accepted[1],)
    assert reasons.excused == CAMPAIGN.reasons.excused


def test_a_campaign_has_reasons_of_its_own(tmp_path):
    folder = shutil.copytree(campaign_folder("lai_chau_2014"), tmp_path / "dot")
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + '\n[reasons]\nexcused = ["Không mở {event}"]\n', encoding="utf-8")
    reasons = load_campaign(folder).reasons
    assert reasons.excused == ("Không mở Hội nghị",)
    assert reasons.accepted == CAMPAIGN.reasons.accepted
    file.write_text(text + "\n[reasons]\nexcused = []\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=r"reasons\.excused: cần ít nhất một lý do"):
        load_campaign(folder)


def test_a_unit_that_is_taken_out_does_not_count_unless_the_list_is_not_whole(tmp_path):
    book = load_workbook(io.BytesIO(WRITTEN))
    row = int(cell_of("Đơn vị", "DN35")[1:])
    book["Đơn vị"].delete_rows(row, 2)
    book.save(tmp_path / "thiet-lap.xlsx")
    campaign, notes = in_force(tmp_path / "thiet-lap.xlsx")
    assert {"DN35", "DN36"} & {unit.code for unit in campaign.units} == set()
    assert len(campaign.units) == len(CAMPAIGN.units) - 2
    assert any("không có 2 đơn vị đi kèm" in note for note in notes)
    assert not any(place.startswith("units.DN35") for place in campaign.samples)
    book["Cơ quan"][cell_of("Cơ quan", "Danh sách đã đầy đủ")] = "Không"
    book.save(tmp_path / "thiet-lap.xlsx")
    assert in_force(tmp_path / "thiet-lap.xlsx")[0].digest == CAMPAIGN.digest


def test_every_fault_is_said_at_once_with_its_cell(tmp_path):
    path = edited(
        tmp_path,
        of_office("Điện thoại của Ban", "0213 38O6 543"), of_office("Thư điện tử nhận biểu", "btdkt"),
        of_office("Số ngày để giải trình", "năm"), of_office("Thể thức văn bản", "thông tư cũ"),
        ("Thời hạn", "B4", 32), ("Thời hạn", "A5", "Cấp trung ương"),
        ("Thời hạn dời", "B4", "tháng nào đó"), ("Thời hạn dời", "C5", None),
        ("Ngày nghỉ", "B4", "30/2"), ("Ngày nghỉ", "D9", "01/02/2015"), ("Ngày nghỉ", "A12", "Tết"),
        *of_reasons(
            ("Giảm nhẹ", "Lụt"), ("Không phải báo cáo", None), (None, "Mất điện"),
            ("Không phải báo cáo", "được miễn báo cáo"),
        ),
        of_unit("03637", "H", "09l2 345 678"), of_unit("03619", "J", "chín"), of_unit("03637", "D", "Huyện Nào Đó"),
    )  # fmt: skip
    with pytest.raises(InputError) as refusal:
        in_force(path)
    found = [
        re.search(r"trang “(.+?)”, ô ([A-Z]+\d+)", one).groups() for one in refusal.value.faults
    ]
    assert found == [
        ("Cơ quan", cell_of("Cơ quan", "Điện thoại của Ban")),
        ("Cơ quan", cell_of("Cơ quan", "Thư điện tử nhận biểu")),
        ("Cơ quan", cell_of("Cơ quan", "Thể thức văn bản")),
        ("Cơ quan", cell_of("Cơ quan", "Số ngày để giải trình")),
        ("Thời hạn dời", "B4"), ("Thời hạn dời", "C5"),
        ("Thời hạn", "B4"), ("Thời hạn", "A5"),
        ("Ngày nghỉ", "B4"), ("Ngày nghỉ", "D9"), ("Ngày nghỉ", "B12"),
        ("Lý do", "A10"), ("Lý do", "B11"), ("Lý do", "A12"), ("Lý do", "B13"),
        ("Đơn vị", cell_of("Đơn vị", "03619", "J")), ("Đơn vị", cell_of("Đơn vị", "03637", "H")),
        ("Đơn vị", cell_of("Đơn vị", "03637", "D")),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\x89PNG", write_units(CAMPAIGN)[:3000]])
def test_a_workbook_that_cannot_be_read_is_one_sentence(tmp_path, content):
    path = tmp_path / "thiet-lap.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="không đọc được thiết lập"):
        in_force(path)


def test_a_workbook_of_other_sheets_is_no_settings(tmp_path):
    book = load_workbook(io.BytesIO(WRITTEN))
    for title in ("Cơ quan", "Thời hạn", "Thời hạn dời", "Ngày nghỉ", "Lý do", "Đơn vị"):
        book[title].title = f"{title} cũ"
    book.save(tmp_path / "thiet-lap.xlsx")
    with pytest.raises(InputError, match="không thấy trang nào của tệp thiết lập"):
        in_force(tmp_path / "thiet-lap.xlsx")


def test_a_register_lies_over_the_settings():
    settings = Overlay.of({"units": [{"code": "03619", "phone": "1", "contact": "A"}]})
    register = Overlay.of({"units": [{"code": "03619", "phone": "2"}]})
    both = OfficeLayers(settings=settings, register=register)
    unit = laid_over(CAMPAIGN, both.over(CAMPAIGN)).unit("03619")
    assert (unit.phone, unit.contact) == ("2", "A")


def test_an_allotment_that_is_a_sample_holds_in_a_sample_province_only():
    """What the office sets holds; the rest is still counted as a sample."""
    settings = Overlay.of({"units": [{"code": "03619", "allotment": 11}]})
    office = laid_over(CAMPAIGN, OfficeLayers(settings=settings).over(CAMPAIGN))
    assert {unit.code: unit.allotment for unit in office.units if unit.allotment} == {"03619": 11}
    assert "units.03637.allotment" in office.samples
    sample = laid_over(CAMPAIGN, OfficeLayers(with_samples=True).over(CAMPAIGN))
    assert sample.units == CAMPAIGN.units


def test_what_is_only_a_sample_is_not_printed():
    real = without_samples(CAMPAIGN)
    assert real.letters.office.phone == ""
    units = [real_unit(unit, CAMPAIGN.samples) for unit in CAMPAIGN.units]
    assert {unit.email for unit in units} | {unit.phone for unit in units} == {""}
    assert [unit.allotment for unit in units] == [unit.allotment for unit in CAMPAIGN.units]
    assert all("giả định" not in one.set_by(Month(2015, 2)) for one in real.deadlines)
