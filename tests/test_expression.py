from datetime import date
from fractions import Fraction

import pytest

from tdkt_batch.campaign.expression import parse, parse_template
from tdkt_batch.campaign.tree import (
    And,
    Between,
    ColumnName,
    Compare,
    Constant,
    Count,
    DateRange,
    If,
    Kind,
    Name,
    Names,
    Share,
    ShareHolds,
    Symbol,
)
from tdkt_batch.errors import ExpressionError

NAMES = Names(
    scalars={
        "tong": Symbol(Kind.NUMBER),
        "dien_hinh": Symbol(Kind.NUMBER),
        "ngay": Symbol(Kind.DATE),
        "ten": Symbol(Kind.TEXT),
        "loai": Symbol(Kind.CHOICE, ("Toàn thể", "Đại biểu")),
        "dau": Symbol(Kind.LOGIC),
    },
    tables={
        "ds": {
            "gioi": Symbol(Kind.CHOICE, ("Nam", "Nữ")),
            "so": Symbol(Kind.NUMBER),
            "ngay": Symbol(Kind.DATE),
        }
    },
    values={
        "gioi_han.a": 200,
        "ty_le.x": Share(Fraction(7, 10)),
        "thoi_gian.q": DateRange(date(2015, 1, 1), date(2015, 3, 31)),
        "thoi_gian.dau": date(2015, 1, 1),
        "ten_goi.a": "Hội nghị",
        "nhom.xa": ("Toàn thể",),
    },
)


def test_a_comparison_with_a_campaign_value_knows_where_the_value_came_from():
    assert parse("tong <= gioi_han.a", NAMES) == Compare(
        "<=", Name("tong", Kind.NUMBER), Constant(200, Kind.NUMBER, "gioi_han.a")
    )


def test_a_chain_of_comparisons_is_their_conjunction():
    node = parse("0 <= dien_hinh <= tong", NAMES)
    assert isinstance(node, And)
    assert [item.op for item in node.items] == ["<=", "<="]


def test_a_day_in_a_range_of_the_campaign():
    node = parse("ngay in thoi_gian.q", NAMES)
    assert isinstance(node, Between)
    assert node.source == "thoi_gian.q"


def test_a_table_condition_sees_the_columns_of_its_table():
    node = parse('count(ds, ds.gioi == "Nữ")', NAMES)
    assert node == Count(
        "ds",
        Compare(
            "==", ColumnName("ds", "gioi", Kind.CHOICE, ("Nam", "Nữ")), Constant("Nữ", Kind.TEXT)
        ),
    )


def test_a_share_carries_the_campaigns_mode():
    node = parse("share(dien_hinh, tong, ty_le.x)", NAMES)
    assert isinstance(node, ShareHolds)
    assert node.share.mode == "at_least"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tong + 2 * dien_hinh - 1", Kind.NUMBER),
        ("ngay - thoi_gian.dau", Kind.NUMBER),
        ("ngay + 15", Kind.DATE),
        ("ten_goi.a + ten", Kind.TEXT),
        ("tong if dau else dien_hinh", Kind.NUMBER),
        ("not (dau and tong > 0 or is_blank(ten))", Kind.LOGIC),
        ('loai in ("Toàn thể", "Đại biểu")', Kind.LOGIC),
        ("loai in nhom.xa", Kind.LOGIC),
        ("loai not in nhom.xa", Kind.LOGIC),
        ("starts_with(ten, ten_goi.a)", Kind.LOGIC),
        ("consists_of(ten, ten_goi.a, ten)", Kind.LOGIC),
        ("sum(ds.so)", Kind.NUMBER),
        ('sum(ds.so, ds.gioi == "Nam")', Kind.NUMBER),
        ("earliest(ds.ngay)", Kind.DATE),
        ("distinct(ds.gioi)", Kind.NUMBER),
        ("least(tong, ty_le.x)", Kind.NUMBER),
        ("max(tong, 0)", Kind.NUMBER),
        ("percent(ty_le.x)", Kind.TEXT),
        ("-1", Kind.NUMBER),
    ],
)
def test_what_an_expression_yields(text, kind):
    assert parse(text, NAMES).kind is kind


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tong <=", "cú pháp"),
        ("tong <= khong_co", "không có tên “khong_co”"),
        ("khong.co > 1", "không có tên “khong.co”"),
        ("tong <= ngay", "không so sánh được number với date"),
        ("tong and dau", "cần logic, nhưng gặp number"),
        ("tong + ten", "không tính được number + text"),
        ("tong / 2", "không dùng được"),
        ("tong ** 2", "không dùng được"),
        ('loai == "Toan the"', "không có trong danh sách chọn"),
        ('loai in ("Khác",)', "không có trong danh sách chọn"),
        ('loai < "Toàn thể"', "chỉ so sánh được bằng == và !="),
        ("tong in thoi_gian.q", "cần date, nhưng gặp number"),
        ("ds.gioi == 'Nữ'", "chỉ dùng được trong count()"),
        ("count(tong)", "không có bảng “tong”"),
        ("count(ds, count(ds) > 1)", "không lồng được"),
        ("sum(ds.gioi)", "cần number"),
        ("share(dien_hinh, tong, 70)", "cần một tỷ lệ"),
        ("is_blank(tong + 1)", "cần tên một ô"),
        ("thoi_gian.q", "không dùng được ở chỗ này"),
        ("tong if tong else dien_hinh", "cần logic"),
        ("tong if dau else ngay", "cùng loại"),
        ("open('x')", "không có hàm “open”"),
        ("__import__('os')", "không có hàm"),
        ("ten.__class__", "không có tên"),
        ("(lambda: 1)()", "không dùng được"),
        ("[x for x in ds]", "không dùng được"),
        ("tong := 3", "cú pháp"),
        ("dau is True", "chỉ so sánh được"),
        ("True", "không dùng được"),
        ("1.5 < tong", "không dùng được"),
        ("f'{tong}'", "không dùng được"),
        ("", "cú pháp"),
        ("(" * 300 + "1" + ")" * 300, ""),
    ],
)
def test_what_is_refused_and_why(text, problem):
    with pytest.raises(ExpressionError) as refusal:
        parse(text, NAMES)
    assert problem in str(refusal.value)


def test_only_a_place_may_choose_between_cells_of_two_kinds():
    text = "tong if is_blank(tong) else ngay"
    with pytest.raises(ExpressionError, match="cùng loại"):
        parse(text, NAMES)
    place = parse(text, NAMES, is_place=True)
    assert isinstance(place, If)
    assert (place.then.kind, place.otherwise.kind) == (Kind.NUMBER, Kind.DATE)


def test_a_template_keeps_its_words_and_parses_its_places():
    template = parse_template("Số đại biểu là {tong}, vượt {tong - gioi_han.a} người", NAMES)
    assert [part if isinstance(part, str) else part.kind for part in template.parts] == [
        "Số đại biểu là ",
        Kind.NUMBER,
        ", vượt ",
        Kind.NUMBER,
        " người",
    ]


@pytest.mark.parametrize("text", ["{tong", "tong}", "{khong_co}", "{}"])
def test_a_bad_template_is_refused(text):
    with pytest.raises(ExpressionError):
        parse_template(text, NAMES)
