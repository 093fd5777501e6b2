"""A bad campaign is refused in one line: file, key, what is wrong."""

import shutil
import unicodedata

import pytest

from tdkt_batch.campaign.load import BUILT_IN, campaign_folder, load_campaign
from tdkt_batch.campaign.load_rules import fold_quote, quote_stands_in
from tdkt_batch.errors import CampaignError
from tdkt_batch.vietnamese.spelling import spelling_key

BUILT_IN_CAMPAIGN = BUILT_IN / "lai_chau_2014"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(BUILT_IN_CAMPAIGN, tmp_path / "dot")


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the test expects {old!r} in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(folder, file, text):
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


RULE = """
[[rules]]
id = "X1"
title = "Thử"
requirements = ["X1"]
levels = ["base"]
stages = ["held"]
check = "tong_dai_bieu <= 200"
at = ["tong_dai_bieu"]
clause = "I.1"
quotes = ["không quá 200 đại biểu"]
cases = [{ severity = "violation", message = "Sai" }]
"""


def test_the_built_in_campaign_loads():
    campaign = load_campaign()
    assert campaign.id == "lai_chau_2014"
    assert (
        len([u for u in campaign.units if u.level == "upper" and u.kind in ("huyện", "thành phố")])
        == 8
    )
    assert len([u for u in campaign.units if u.kind in ("xã", "phường", "thị trấn")]) == 108
    assert len([u for u in campaign.units if u.level == "upper"]) == 8 + 49


def test_every_invented_unit_says_so():
    campaign = load_campaign()
    invented = [u for u in campaign.units if u.kind in ("doanh nghiệp", "đơn vị cơ sở")]
    assert len(invented) >= 30
    assert all("Giả định" in unit.name and "giả định" in unit.note for unit in invented)


def test_every_text_of_the_campaign_is_nfc():
    for path in BUILT_IN_CAMPAIGN.glob("*.*"):
        if path.name != "HD30-2014.txt":
            text = path.read_text(encoding="utf-8")
            assert text == unicodedata.normalize("NFC", text), path.name


def test_every_value_of_the_guidance_names_its_source():
    campaign = load_campaign()
    assert set(campaign.value_sources) == set(campaign.values)
    assert all(campaign.value_sources.values())


BAD_RULES = [
    (
        "tong_dai_bieu <= 200",
        "tong_dai_bieuu <= 200",
        "rules[X1].check",
        "không có tên “tong_dai_bieuu”",
    ),
    ("tong_dai_bieu <= 200", "tong_dai_bieu <= ngay_tinh", "rules[X1].check", "không so sánh được"),
    ("tong_dai_bieu <= 200", "tong_dai_bieu", "rules[X1].check", "phải là logic"),
    ('["base"]', '["base", "upper"]\nwhen = "so_cbccvc_nld > 1"', "rules[X1].when", "biểu mau_02"),
    ('["base"]', '["xa"]', "rules[X1].levels", "không có cấp “xa”"),
    ('["held"]', '["helt"]', "rules[X1].stages", "không có giai đoạn"),
    (
        "không quá 200 đại biểu",
        "không quá 250 đại biểu",
        "rules[X1].quotes",
        "không có trong văn bản",
    ),
    ('quotes = ["không quá 200 đại biểu"]', "", "rules[X1].quotes", "phải có câu trích"),
    ('quotes = ["không quá 200 đại biểu"]', "ours = true", "rules[X1].decision", "phải ghi lý do"),
    ('"violation"', '"nặng"', "rules[X1].cases[1].severity", "violation, warning"),
    ('message = "Sai"', 'message = "Sai {khong_co}"', "cases[1].message", "không có tên"),
    ('message = "Sai"', 'message = "Sai {tong"', "cases[1].message", "ngoặc nhọn"),
    (
        '{ severity = "violation"',
        '{ when = "tong_dai_bieu > 1", severity = "violation"',
        "cases",
        "trường hợp cuối",
    ),
    ('at = ["tong_dai_bieu"]', "at = []", "rules[X1].at", "ít nhất một ô"),
    ('title = "Thử"', "", "rules[X1].title", "thiếu"),
    ('title = "Thử"', "title = 3", "rules[X1].title", "phải là chữ"),
    ('title = "Thử"', 'title = "Thử"\ntitel = "x"', "rules[X1].titel", "không có khóa này"),
]


@pytest.mark.parametrize(("old", "new", "key", "problem"), BAD_RULES)
def test_a_bad_rule_is_refused_with_file_key_and_reason(folder, old, new, key, problem):
    assert old in RULE
    append(folder, "rules.toml", RULE.replace(old, new, 1))
    with pytest.raises(CampaignError) as refusal:
        load_campaign(folder)
    assert refusal.value.file == "rules.toml"
    assert key in refusal.value.key
    assert problem in refusal.value.problem
    assert "\n" not in str(refusal.value)


BOARD_RULE = """
[[rules]]
id = "X1"
title = "Thử"
requirements = ["X1"]
scope = "board"
levels = ["base"]
stages = ["held"]
board = "result_reported"
parameters = { letter_number = "o.so_cong_van", letter_date = "o.ngay_cong_van", days = "thoi_han.bao_cao_ket_qua" }
given = "Hội nghị ngày {ngay_hoi_nghi}"
clause = "I.1"
quotes = ["không quá 200 đại biểu"]
cases = [
  { name = "no_figures", severity = "warning", message = "Thiếu số thực hiện" },
  { name = "no_letter", severity = "warning", message = "Thiếu công văn" },
  { name = "late", severity = "notice", message = "Muộn {so_ngay}" },
]
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ("result_reported", "result_reportet", "board", "Ban không có phép đối chiếu"),
        (', days = "thoi_han.bao_cao_ket_qua"', "", "parameters.days", "thiếu, cần chữ"),
        ("days =", "dais =", "parameters.dais", "(có phải “days”?)"),
        ("o.so_cong_van", "o.so_van", "letter_number", "không có giá trị “o.so_van”"),
        ("o.so_cong_van", "o.doi_tuong", "letter_number", "phải là tên một ô của biểu"),
        ("thoi_han.bao_cao_ket_qua", "ten_goi.nhiem_ky", "days", "phải là số nguyên"),
        ("{ngay_hoi_nghi}", "{ngay}", "rules[X1].given", "không có chỗ điền “{ngay}”"),
        ("{so_ngay}", "{ngay}", "cases[3].message", "không có chỗ điền “{ngay}”"),
        ('name = "late"', 'name = "early"', "rules[X1].cases", "late, no_figures, no_letter"),
    ],
)
def test_a_board_rule_that_lacks_what_its_check_needs_is_refused(folder, old, new, key, problem):
    append(folder, "rules.toml", BOARD_RULE)
    load_campaign(folder)
    change(folder, "rules.toml", BOARD_RULE, BOARD_RULE.replace(old, new, 1))
    with pytest.raises(CampaignError) as refusal:
        load_campaign(folder)
    assert key in refusal.value.key
    assert problem in refusal.value.problem


def test_a_list_knows_other_names_of_its_values(folder):
    one = load_campaign().lists["thoi_luong"]
    assert one.values == ("1/2 ngày", "1 ngày", "Khác")
    assert one.aliases["Nửa ngày"] == "1/2 ngày"
    change(folder, "campaign.toml", '"1/2 ngày" = [', '"1/3 ngày" = [')
    with pytest.raises(CampaignError, match="không có giá trị “1/3 ngày” trong danh sách"):
        load_campaign(folder)


def test_no_other_name_of_a_value_is_that_of_another():
    for one in load_campaign().lists.values():
        meant = {}
        for name, value in ({v: v for v in one.values} | dict(one.aliases)).items():
            assert meant.setdefault(spelling_key(name), value) == value, (one.id, name)


def test_a_rule_id_used_twice_is_refused(folder):
    append(folder, "rules.toml", RULE + RULE)
    with pytest.raises(CampaignError, match="mã “X1” dùng hai lần"):
        load_campaign(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("forms.toml", 'id = "ngay_tinh"', 'id = "nam2015"', "trùng dạng địa chỉ ô"),
        ("forms.toml", 'id = "ngay_tinh"', 'id = "r1c1"', "trùng dạng địa chỉ ô"),
        ("forms.toml", 'id = "ngay_tinh"', 'id = "Ngày"', "chữ thường không dấu"),
        ("forms.toml", 'id = "ngay_tinh"', 'id = "dia_diem"', "dùng hai lần"),
        (
            "forms.toml",
            'kind = "choice"\nchoices = "trang_thai"',
            'kind = "choice"\nchoices = "x"',
            "không có danh sách chọn",
        ),
        ("forms.toml", 'kind = "choice"\nchoices = "trang_thai"', 'kind = "chon"', "không có kiểu"),
        ("forms.toml", 'block = "van_ban"', 'block = "van"', "không có khối"),
        (
            "forms.toml",
            'title = "Danh sách"',
            'title = "Danh sách: đại biểu"',
            "không đặt tên trang tính",
        ),
        ("forms.toml", 'key = ["ho_ten"]', 'key = ["ten"]', "không có cột"),
        ("forms.toml", 'fact = "don_vi.phan_bo"', 'fact = "don_vi.x"', "không có “don_vi.x”"),
        ("forms.toml", 'level = "base"', 'level = "xa"', "không có cấp"),
        (
            "forms.toml",
            'unit_kinds = ["doanh nghiệp"]',
            'unit_kinds = ["cty"]',
            "không có loại đơn vị",
        ),
        (
            "forms.toml",
            'Hướng dẫn", choices = "co_khong"',
            'Hướng dẫn", choices = "thoi_luong"',
            "đúng hai giá trị",
        ),
        ("forms.toml", "contents = [\n", "contents = []\nnoi_dung = [\n", "noi_dung"),
        ("forms.toml", 'id = "thieu_be_mac"', 'id = "thieu_chao_co"', "thieu_chao_co"),
        ("campaign.toml", "percent = 70", "percent = 170", "không quá 100"),
        ("campaign.toml", '70, mode = "at_least"', '70, mode = "atleast"', "phải là một trong"),
        ("campaign.toml", "from = 2015-01-01", "from = 2015-12-01", "trước ngày đầu"),
        ("campaign.toml", "toan_the = { value = 300", "toan_the = { value = 3.5", "số nguyên"),
        ("campaign.toml", "toan_the = { value", "t1 = { value", "trùng dạng địa chỉ ô"),
        ("campaign.toml", 'held = "Đã tổ chức"', 'held = "Xong"', "không có trong danh sách chọn"),
        ("campaign.toml", 'status = "trang_thai"', 'status = "x"', "không có ô"),
        ("campaign.toml", 'total = "tong_dai_bieu"', 'total = "tong"', "không biểu nào có"),
        ("campaign.toml", 'exemplary = "d', 'exemplery = "d', "(có phải “exemplary”?)"),
        ("campaign.toml", 'cancelled = "', 'canceled = "', "(có phải “cancelled”?)"),
        ("campaign.toml", 'none = "Chưa có kế hoạch"\n', "", "thiếu, cần chữ"),
        ("campaign.toml", 'id = "upper"', 'id = "base"', "hai cấp cùng mã “base”"),
        ("campaign.toml", 'level = "upper"', 'level = "base"', "cấp “base” có hai thời hạn"),
        ("campaign.toml", "\nday = 20", "\nday = 40", "từ 1 đến 31"),
        ("campaign.toml", 'each_year = "30/4"', 'each_year = "31/4"', "ngày/tháng mà năm nào"),
        ("campaign.toml", 'each_year = "30/4"', 'each_year = "29/2"', "ngày/tháng mà năm nào"),
        ("campaign.toml", 'each_year = "30/4"', "", "first, last"),
        ("campaign.toml", "last = 2015-02-23", 'each_year = "1/1"', "first, last"),
        ("campaign.toml", "last = 2015-02-23", "last = 2015-02-13", "trước ngày đầu"),
        ("campaign.toml", "last = 2015-02-23", "last = 2016-02-23", "không quá 31"),
        ("campaign.toml", "last = 2015-02-23", 'last = "23/2"', "phải là ngày"),
        ("campaign.toml", "= 2015-03-20", "= 2016-03-20", "trong thời gian tổ chức của một cấp"),
        ("campaign.toml", 'event = "Hội nghị"', 'events = "Hội nghị"', "(có phải “event”?)"),
        ("campaign.toml", 'text = "HD30-2014.txt"', 'text = "HD31.txt"', "không đọc được văn bản"),
        ("campaign.toml", 'form = "mau_01"', 'form = "mau_09"', "không có"),
        ("campaign.toml", 'id = "lai_chau_2014"', 'id = "lai_chau_2014', "sai cú pháp TOML"),
        ("units.csv", "03386,", "105,", "trùng với dòng"),
        ("units.csv", "phường,base,105", "phường,base,999", "không có đơn vị cấp trên"),
        ("units.csv", "phường,base,105", "quận,base,105", "không có loại “quận”"),
        ("units.csv", "phường,base,105", "phường,xa,105", "không có cấp “xa”"),
        ("units.csv", "base,105,31/12/2013", "base,105,31/13/2013", "không phải ngày/tháng/năm"),
        (
            "units.csv",
            "thành phố,upper,,31/12/2013,",
            "thành phố,upper,,31/12/2013,30/12/2013",
            "ngày này trước ngày ở cột",
        ),
        ("units.csv", "ma,ten,", "ma,tên gọi,", "không có cột"),
        ("unit_aliases.csv", "03442", "99999", "không có đơn vị"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(folder, file, old, new, problem):
    change(folder, file, old, new)
    with pytest.raises(CampaignError) as refusal:
        load_campaign(folder)
    assert refusal.value.file == file
    assert refusal.value.key or "TOML" in problem or "không đọc được" in problem
    assert problem in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_unit_outside_its_parents_dates_is_refused(folder):
    change(
        folder,
        "units.csv",
        "thành phố,upper,,31/12/2013,,",
        "thành phố,upper,,31/12/2010,30/12/2012,",
    )
    with pytest.raises(
        CampaignError, match="nằm ngoài thời hạn của đơn vị cấp trên Thành phố Lai Châu"
    ):
        load_campaign(folder)


def test_a_missing_file_is_named(folder):
    (folder / "rules.toml").unlink()
    with pytest.raises(CampaignError, match=r"rules\.toml: không có tệp này"):
        load_campaign(folder)


def test_a_list_whose_file_is_missing_names_that_file(folder):
    change(folder, "campaign.toml", 'file = "ethnic_groups.csv"', 'file = "x.csv"')
    with pytest.raises(CampaignError, match=r"^x\.csv: không đọc được"):
        load_campaign(folder)


def test_an_unknown_campaign_lists_those_that_are_built_in():
    with pytest.raises(CampaignError, match="lai_chau_2014"):
        campaign_folder("lai_chau_2099")


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("không quá 200 đại biểu", True),
        ("KHÔNG QUÁ 200, đại biểu.", True),
        ("không quá 20", False),
        ("Quý I năm", True),
        ("uý I năm", False),
        ("đại biểu nữ … chiếm 70%", True),
        ("đại biểu nữ [...] chiếm 70%", True),
        ('chiếm 70% … Hình thức tổ chức: "Hội nghị biểu dương người tốt', False),
    ],
)
def test_a_quote_forgives_only_punctuation_case_and_left_out_words(quote, stands):
    text = load_campaign().document.text
    assert quote_stands_in(quote, fold_quote(text)) is stands
