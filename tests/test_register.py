"""The board's own register lies over the campaign's; what is wrong in it is said with its cell."""

import re

import openpyxl
import pytest

from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.campaign.overlay import UNITS, OfficeLayers, Overlay, laid_over
from tdkt_batch.errors import InputError
from tdkt_batch.model import Month
from tdkt_batch.office.load import load_for_office
from tdkt_batch.office.register import read_register
from tdkt_batch.office.register_units import own_code

BASE = load_campaign()


def csv_file(tmp_path, text):
    path = tmp_path / "danh-sach.csv"
    path.write_text(text, encoding="utf-8")
    return path


def with_register(path):
    read = read_register(path, BASE)
    return laid_over(BASE, OfficeLayers(register=Overlay.of({UNITS: list(read.rows)})).over(BASE))


def unit(campaign, code):
    return campaign.unit(code)


def test_a_known_code_is_replaced_only_where_the_row_has_a_value(tmp_path):
    register = csv_file(tmp_path, "Mã đơn vị,Điện thoại,Phân bổ đại biểu\n03619,0912 000 111,11\n")
    before, after = unit(BASE, "03619"), unit(with_register(register), "03619")
    assert (after.phone, after.allotment) == ("0912 000 111", 11)
    assert (after.name, after.parent, after.email) == (before.name, before.parent, before.email)


def test_a_new_code_is_added_at_the_end(tmp_path):
    register = csv_file(
        tmp_path, "ma,ten,loai,cap,den_ngay\nDN99,Công ty Mới,doanh nghiệp,base,31/01/2015\n"
    )
    campaign = with_register(register)
    added = campaign.units[-1]
    assert (added.code, added.name) == ("DN99", "Công ty Mới")
    assert added in campaign.units_in(Month(2015, 1))
    assert added not in campaign.units_in(Month(2015, 2))


def test_the_level_of_a_new_unit_is_told_by_its_kind_or_named_in_vietnamese(tmp_path):
    register = csv_file(
        tmp_path,
        "Mã đơn vị,Tên đơn vị,Loại,Cấp\nHTX1,Hợp tác xã Một,doanh nghiệp,\n"
        "HTX2,Hợp tác xã Hai,doanh nghiệp,Cấp xã và các doanh nghiệp\n",
    )
    added = with_register(register).units[-2:]
    assert [(one.code, one.level) for one in added] == [("HTX1", "base"), ("HTX2", "base")]


def test_a_spreadsheet_register_reads_like_a_csv(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Mã đơn vị", "Phân bổ đại biểu", "Miễn báo cáo"])
    book.active.append(["03619", 12, "x"])
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    changed = unit(with_register(path), "03619")
    assert (changed.allotment, changed.exempt) == (12, True)


def test_the_digest_tells_one_register_from_another(tmp_path):
    one = csv_file(tmp_path, "ma,phan_bo\n03619,11\n")
    first = with_register(one).digest
    one.write_text("ma,phan_bo\n03619,12\n", encoding="utf-8")
    assert len({first, with_register(one).digest, BASE.digest}) == 3


FAULTS = {
    "": "không đọc được danh sách đơn vị",
    "ma,ten\n": "danh sách đơn vị trống",
    "ma,ten\n,Trường X\n": "ô B2 (Trường X): đơn vị mới, chưa rõ loại",
    "mã,phone number\n03619,x\n": "không thấy bảng danh sách đơn vị",
    "ma,ten\nX1,Cơ sở A\n": "ô B2 (Cơ sở A): đơn vị mới, chưa rõ loại",
    "ma,ten,loai\nX1,Xã A,quận\n": "ô C2 (Xã A): Ô “Loại” ghi “quận”, không có trong danh sách",
    "ma,phan_bo\n03619,chín\n": "ô B2 (03619): Ô “Phân bổ đại biểu” ghi “chín”",
    "ma,phan_bo\n03619,1\n3619,2\n": "ô B3 (3619): ghi “2”, nhưng cùng đơn vị ấy ở ô B2 đã ghi “1”",
    "ma,ten\n03619,Xã Mường Kim\n": "mã 03619 là của “Xã Mường Than”",
    "ma,ten\n,Xã Mường Kiim\n": "gần giống “Xã Mường Kim” (mã 03637)",
    "ten,dien_thoai\nTam Đường,0912345678\n": "“Tam Đường” có thể là Huyện Tam Đường (106); Thị trấn",
    "ma,truc_thuoc\n03619,Huyện Nào Đó\n": "ô B2 (03619): không có đơn vị cấp trên “Huyện Nào Đó”",
    "ma,den_ngay\n03619,31/12/2010\n": "ô B2 (03619): ngày này trước ngày ở cột “Từ ngày”",
    "ma,dien_thoai\n03619,9.12E+08\n": "số điện thoại “9.12E+08” đã bị máy làm tròn",
    "ma,thu_dien_tu\n03619,than uyen\n": "“than uyen” không phải địa chỉ thư điện tử",
    "ma,tu_ngay\n03619,hôm qua\n": "Ô “Từ ngày” ghi “hôm qua”, không đọc được thành ngày",
    "ma,dien_thoai\n,0912345678\n": "ô A2: thiếu tên đơn vị",
}


@pytest.mark.parametrize(("text", "problem"), FAULTS.items())
def test_a_bad_register_is_refused_with_its_cell(tmp_path, text, problem):
    with pytest.raises(InputError) as refusal:
        with_register(csv_file(tmp_path, text))
    assert problem in str(refusal.value)
    assert "danh-sach.csv" in str(refusal.value)


def test_all_faults_are_said_at_once(tmp_path):
    text = "ma,ten,dien_thoai,phan_bo\n03619,,12,chín\n,Trường X,,\n03637,,0912345678,9\n"
    with pytest.raises(InputError) as refusal:
        with_register(csv_file(tmp_path, text))
    assert "danh-sach.csv có 3 chỗ phải sửa" in str(refusal.value)
    cells = [re.search(r"ô ([A-Z]+[0-9]+)", fault)[1] for fault in refusal.value.faults]
    assert cells == ["C2", "D2", "B3"]


def test_a_file_that_is_no_spreadsheet_is_refused(tmp_path):
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(b"\x89PNG not a workbook")
    with pytest.raises(InputError, match="không đọc được danh sách đơn vị"):
        with_register(path)
    with pytest.raises(InputError, match="không mở được"):
        with_register(tmp_path / "khong-co.xlsx")


def test_what_is_there_no_longer_is_taken_away_by_a_dash(tmp_path):
    register = csv_file(tmp_path, "ma,dien_thoai,phan_bo,truc_thuoc\n03619,-,không,–\n")
    changed = unit(with_register(register), "03619")
    assert (changed.phone, changed.allotment, changed.parent) == ("", None, None)


@pytest.mark.parametrize("phone", ["0213 3876 543 (P2)", "0912345678z", "0213 3876 543 (l2)"])
def test_what_stands_beside_a_telephone_number_is_no_letter_in_it(tmp_path, phone):
    assert (
        unit(with_register(csv_file(tmp_path, f"ma,dien_thoai\n03619,{phone}\n")), "03619").phone
        == phone
    )


@pytest.mark.parametrize("phone", ["02l3 3876 543", "0213 3876 54O", "o912345678", "0lo3 876 543"])
def test_a_letter_that_stands_for_a_digit_is_refused(tmp_path, phone):
    with pytest.raises(InputError, match="có chữ lẫn trong số điện thoại"):
        with_register(csv_file(tmp_path, f"ma,dien_thoai\n03619,{phone}\n"))


def test_a_register_that_says_nothing_new_changes_nothing(tmp_path):
    register = csv_file(tmp_path, "ma,ten\n03619,XÃ MƯỜNG THAN\n")
    loaded = load_for_office(DEFAULT, register, OfficeLayers(with_samples=True))
    assert loaded.campaign.digest == load_campaign().digest
    assert not loaded.overlay


def test_a_unit_without_code_has_the_same_one_in_every_run(tmp_path):
    one = "ten,loai,truc_thuoc\nTrạm Y tế,đơn vị cơ sở,Sở Y tế\n"
    more = "ten,loai,truc_thuoc\nHợp tác xã A,doanh nghiệp,\nTRẠM Y TẾ,Đơn vị cơ sở,sở y tế\n"
    first, second = (with_register(csv_file(tmp_path, text)).units for text in (one, more))
    codes = [[u.code for u in units if u.name.lower() == "trạm y tế"] for units in (first, second)]
    assert codes[0] == codes[1] == [own_code("Trạm Y tế", "SYT")]


def test_units_below_a_heading_are_under_the_unit_it_names(tmp_path):
    text = (
        "STT,Tên đơn vị,Số ĐT\nI,Huyện Phong Thổ,\n1,Xã Dào San,0912345678\n"
        "II,HUYỆN TAM ĐƯỜNG,\n1,Hồ Thầu,0987654321\n2,Xã Mới Lập,0911111111\n"
        "III,Khối doanh nghiệp,\n1,Công ty TNHH Mới,0922222222\n"
    )
    commune, company = with_register(csv_file(tmp_path, text)).units[-2:]
    assert (commune.name, commune.kind, commune.parent) == ("Xã Mới Lập", "xã", "106")
    assert (company.name, company.kind, company.parent) == (
        "Công ty TNHH Mới",
        "doanh nghiệp",
        None,
    )


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ("", own_code("Huyện Mới", "")),
        ("1,,Huyện Mới,0213 3888 999\n", own_code("Huyện Mới", "")),
        ("1,HM,Huyện Mới,0213 3888 999\n", "HM"),
    ],
)
def test_a_heading_may_name_a_new_unit_also_one_that_has_a_row(tmp_path, own, code):
    text = (
        f"STT,Mã đơn vị,Tên đơn vị,Số ĐT\nI,,HUYỆN MỚI,\n{own}2,,Xã Một,0912345678\n"
        "II,,KHỐI SỞ NGÀNH,\n1,,Sở Y tế,0911111111\nIII,,Thành phố Mới,\n1,,Phường Hai,0922222222\n"
    )
    units = with_register(csv_file(tmp_path, text)).units
    known = {unit.code for unit in BASE.units} - {"SYT"}
    new = {unit.name.casefold(): unit for unit in units if unit.code not in known}
    city = own_code("Thành phố Mới", "")
    assert {name: (one.code, one.kind, one.parent) for name, one in new.items()} == {
        "huyện mới": (code, "huyện", None),
        "xã một": (own_code("Xã Một", code), "xã", code),
        "sở y tế": ("SYT", "sở", None),
        "thành phố mới": (city, "thành phố", None),
        "phường hai": (own_code("Phường Hai", city), "phường", city),
    }
    assert new["huyện mới"].phone == ("0213 3888 999" if own else "")


def test_a_new_heading_may_stand_again_below_another(tmp_path):
    text = (
        "STT,Tên đơn vị,Số ĐT\nI,HUYỆN MỚI,\n1,Xã Một,0912345678\n"
        "II,HUYỆN MƯỜNG TÈ,\n1,Xã Khác,0911111111\nIII,HUYỆN MỚI,\n1,Xã Hai,0922222222\n"
    )
    units = with_register(csv_file(tmp_path, text)).units
    parents = {one.name: one.parent for one in units}
    new = own_code("Huyện Mới", "")
    assert [parents[name] for name in ("Xã Một", "Xã Khác", "Xã Hai")] == [new, "107", new]
    assert [one.code for one in units if one.name.casefold() == "huyện mới"] == [new]


@pytest.mark.parametrize("parent", ["Huyện Mới", "H. Mới", "HUYỆN MỚI", "HM", "HM – Huyện Cũ"])
def test_the_unit_above_may_be_new_too_and_is_known_by_code_or_name(tmp_path, parent):
    text = f"ma,ten,loai,truc_thuoc\nHM,HUYỆN MỚI,huyện,\n,Xã Một,xã,{parent}\n"
    assert with_register(csv_file(tmp_path, text)).units[-1].parent == "HM"


def test_an_offices_own_codes_give_way_to_the_name(tmp_path):
    read = load_for_office(DEFAULT, csv_file(tmp_path, "ma,ten,phan_bo\nTU-1,Xã Mường Than,11\n"))
    assert unit(read.campaign, "03619").allotment == 11
    assert any("TU-1 là Xã Mường Than (03619)" in note for note in read.notes)


def test_a_new_name_and_new_units_are_told(tmp_path):
    text = "ma,ten,loai\n03619,Xã Mường Than Mới,\nHTX1,Hợp tác xã Một,doanh nghiệp\n"
    notes = load_for_office(DEFAULT, csv_file(tmp_path, text)).notes
    assert any("mang tên mới: 03619: Xã Mường Than Mới" in note for note in notes)
    assert any("thêm 1 đơn vị mới: HTX1: Hợp tác xã Một" in note for note in notes)
