"""The board's own register lies over the campaign's."""

import openpyxl
import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.errors import CampaignError
from tdkt_batch.model import Month


def csv_file(tmp_path, text):
    path = tmp_path / "danh-sach.csv"
    path.write_text(text, encoding="utf-8")
    return path


def unit(campaign, code):
    return campaign.unit(code)


def test_a_known_code_is_replaced_only_where_the_row_has_a_value(tmp_path):
    register = csv_file(tmp_path, "Mã đơn vị,Điện thoại,Phân bổ đại biểu\n03619,0912 000 111,11\n")
    before, after = unit(load_campaign(), "03619"), unit(load_campaign(register=register), "03619")
    assert (after.phone, after.allotment) == ("0912 000 111", 11)
    assert (after.name, after.parent, after.email) == (before.name, before.parent, before.email)


def test_a_new_code_is_added_at_the_end(tmp_path):
    register = csv_file(
        tmp_path, "ma,ten,loai,cap,den_ngay\nDN99,Công ty Mới,doanh nghiệp,base,31/01/2015\n"
    )
    campaign = load_campaign(register=register)
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
    added = load_campaign(register=register).units[-2:]
    assert [(one.code, one.level) for one in added] == [("HTX1", "base"), ("HTX2", "base")]


def test_a_spreadsheet_register_reads_like_a_csv(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Mã đơn vị", "Phân bổ đại biểu", "Miễn báo cáo"])
    book.active.append(["03619", 12, "x"])
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    changed = unit(load_campaign(register=path), "03619")
    assert (changed.allotment, changed.exempt) == (12, True)


def test_the_digest_tells_one_register_from_another(tmp_path):
    one = csv_file(tmp_path, "ma,phan_bo\n03619,11\n")
    first = load_campaign(register=one).digest
    one.write_text("ma,phan_bo\n03619,12\n", encoding="utf-8")
    assert len({first, load_campaign(register=one).digest, load_campaign().digest}) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "trống"),
        ("ma,ten\n,Xã A\n", "dòng 2: thiếu “Mã đơn vị”"),
        ("ten,loai\nXã A,xã\n", "dòng 1: thiếu cột “Mã đơn vị”"),
        ("ma,ten\nX1,Xã A\n", "dòng 2: đơn vị mới “X1” thiếu “Loại”"),
        ("ma,ten,loai\nX1,Xã A,quận\n", "loại “quận”; có Cấp xã"),
        ("ma,dien_thoai\n3466,0912\n", "có phải “03466”? Định dạng cột “Mã đơn vị” là Văn bản"),
        ("ma,phan_bo\n03619,chín\n", "dòng 2: Phân bổ đại biểu: “chín” không phải số nguyên"),
        ("ma,phan_bo\n03619,1\n03619,2\n", "dòng 3: mã “03619” trùng với dòng 2"),
        ("ma,mau\n03619,x\n", "không có cột “mau”"),
        ("ma,ten\n03619,Xã Mường Kim\n", "trùng với đơn vị"),
    ],
)
def test_a_bad_register_is_refused_with_its_row(tmp_path, text, problem):
    with pytest.raises(CampaignError) as refusal:
        load_campaign(register=csv_file(tmp_path, text))
    assert problem in str(refusal.value)
    assert refusal.value.file == "danh-sach.csv"


def test_a_file_that_is_no_spreadsheet_is_refused(tmp_path):
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(CampaignError, match="không đọc được danh sách đơn vị"):
        load_campaign(register=path)
