"""What each expression yields over values written as people would write them."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.expression import parse
from tdkt_batch.campaign.tree import DateRange, Kind, Names, Share, Symbol
from tdkt_batch.rules.evaluate import Unknown, bounds_of, evaluate, least_share, share_holds
from tdkt_batch.rules.findings import HeadCounts, nearest_composition
from tdkt_batch.rules.rulebook import in_words
from tdkt_batch.vietnamese.folding import fold_text

NAMES = Names(
    scalars={
        "a": Symbol(Kind.NUMBER),
        "b": Symbol(Kind.NUMBER),
        "ngay": Symbol(Kind.DATE),
        "ten": Symbol(Kind.TEXT),
        "xa": Symbol(Kind.TEXT),
        "loai": Symbol(Kind.CHOICE, ("Toàn thể", "Đại biểu")),
        "dau": Symbol(Kind.LOGIC),
        "co": Symbol(Kind.LOGIC),
    },
    tables={
        "ds": {
            "gioi": Symbol(Kind.CHOICE, ("Nam", "Nữ")),
            "so": Symbol(Kind.NUMBER),
            "ngay": Symbol(Kind.DATE),
        }
    },
    values={
        "ty_le.x": Share(Fraction(7, 10)),
        "thoi_gian.q": DateRange(date(2015, 1, 1), date(2015, 3, 31)),
        "ten_goi.a": "Hội nghị biểu dương người tốt, việc tốt",
    },
)


class Row:
    def __init__(self, **values):
        self.values = values

    def value(self, column):
        found = self.values.get(column)
        return Unknown((f"ds.{column}",)) if found is None else found

    def blank(self, column):
        return self.values.get(column) is None


class Sheet(Row):
    """Values by name; what is not given is missing."""

    def __init__(self, *rows, **values):
        super().__init__(**values)
        self.table = rows

    def value(self, name):
        found = self.values.get(name)
        return Unknown((name,)) if found is None else found

    def rows(self, table):
        return self.table


def yields(text, *rows, **values):
    result = evaluate(parse(text, NAMES), Sheet(*rows, **values))
    return f"?{','.join(result.missing)}" if isinstance(result, Unknown) else result


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("a <= 200", {"a": 200}, True),
        ("a <= 200", {"a": 201}, False),
        ("a <= b", {"a": 1}, "?b"),
        ("a <= b", {}, "?a,b"),
        ("a + 2 * b - 1", {"a": 3, "b": 4}, 10),
        ("a > 0 and b > 0", {"a": 0}, False),
        ("a > 0 and b > 0", {"a": 1}, "?b"),
        ("a > 0 or b > 0", {"a": 1}, True),
        ("a > 0 or b > 0", {"a": 0}, "?b"),
        ("not a > 0", {}, "?a"),
        ("a if dau else b", {"dau": True, "a": 5}, 5),
        ("a if dau else b", {"dau": False, "a": 5}, "?b"),
        ("a if dau else b", {"a": 5, "b": 6}, "?dau"),
        ("ngay in thoi_gian.q", {"ngay": date(2015, 1, 1)}, True),
        ("ngay in thoi_gian.q", {"ngay": date(2015, 3, 31)}, True),
        ("ngay in thoi_gian.q", {"ngay": date(2015, 4, 1)}, False),
        ("ngay in thoi_gian.q", {"ngay": date(2014, 12, 31)}, False),
        ("ngay + 15", {"ngay": date(2015, 3, 20)}, date(2015, 4, 4)),
        ("ngay - ngay", {"ngay": date(2015, 3, 20)}, 0),
        ('loai == "Đại biểu"', {"loai": "Toàn thể"}, False),
        ('loai in ("Đại biểu",)', {"loai": "Đại biểu"}, True),
        ('loai not in ("Đại biểu",)', {}, "?loai"),
        ("is_blank(ten)", {}, True),
        ("is_blank(ten)", {"ten": "x"}, False),
        ("ten == ten_goi.a", {"ten": "hội nghị biểu dương NGƯỜI TỐT - VIỆC TỐT "}, True),
        ("ten == ten_goi.a", {"ten": "hoi nghi bieu duong nguoi tot, viec tot"}, False),
        (
            "starts_with(ten, ten_goi.a)",
            {"ten": "Hội nghị biểu dương người tốt, việc tốt xã A"},
            True,
        ),
        ("starts_with(ten, ten_goi.a)", {"ten": "Hội nghị biểu dương người tốt, việc tốtt"}, False),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a B"}, True),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a b, lần IV (C)"}, True),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a b lần"}, True),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a b h lần 4", "xa": "H"}, True),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a b h lần 4", "xa": "k"}, False),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a b c lần 4"}, False),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a b lần 4 và"}, False),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {"ten": "a bc"}, False),
        ("consists_of(ten, 'A b', xa, 'lần …', 'c')", {}, "?ten"),
        ("share(a, b, ty_le.x)", {"a": 16, "b": 23}, True),
        ("share(a, b, ty_le.x)", {"a": 15, "b": 23}, False),
        ("least(b, ty_le.x)", {"b": 200}, 140),
        ("max(a, b)", {"a": 3, "b": 7}, 7),
        ("min(a, b)", {"a": 3}, "?b"),
    ],
)
def test_an_expression_over_single_cells(text, values, expected):
    assert yields(text, **values) == expected


WOMAN, MAN, UNSAID = Row(gioi="Nữ", so=2), Row(gioi="Nam", so=5), Row(so=1)


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("count(ds)", (WOMAN, MAN, UNSAID), 3),
        ("count(ds)", (), 0),
        ('count(ds, ds.gioi == "Nữ")', (WOMAN, MAN), 1),
        ('count(ds, ds.gioi == "Nữ")', (WOMAN, UNSAID), "?ds.gioi"),
        ('count(ds, ds.gioi == "Nữ" or ds.so < 3)', (WOMAN, UNSAID), 2),
        ("sum(ds.so)", (WOMAN, MAN), 7),
        ("sum(ds.so)", (WOMAN, Row(gioi="Nữ")), "?ds.so"),
        ('sum(ds.so, ds.gioi == "Nữ")', (WOMAN, MAN), 2),
        ("sum(ds.so)", (), 0),
        ("distinct(ds.gioi)", (WOMAN, MAN, MAN), 2),
        ("distinct(ds.gioi)", (WOMAN, UNSAID), "?ds.gioi"),
        ("earliest(ds.ngay)", (Row(ngay=date(2015, 3, 2)), Row(ngay=date(2015, 2, 2)), UNSAID), date(2015, 2, 2)),
        ("latest(ds.ngay)", (UNSAID,), "?ds.ngay"),
    ],
)  # fmt: skip
def test_an_expression_over_rows(text, rows, expected):
    assert yields(text, *rows) == expected


@pytest.mark.parametrize(
    ("text", "rows", "values", "expected"),
    [
        ('count(ds, ds.gioi == "Nữ") > 0', (WOMAN, UNSAID), {}, True),
        ('count(ds, ds.gioi == "Nữ") > 1', (WOMAN, UNSAID), {}, "?ds.gioi"),
        ('count(ds, ds.gioi == "Nữ") > 2', (WOMAN, UNSAID), {}, False),
        ('count(ds, ds.gioi == "Nữ") == 3', (WOMAN, UNSAID), {}, False),
        ('count(ds, ds.gioi == "Nữ") != 3', (WOMAN, UNSAID), {}, True),
        ('count(ds, ds.gioi == "Nữ") <= a', (WOMAN, UNSAID), {"a": 2}, True),
        ('count(ds, ds.gioi == "Nữ") <= a', (WOMAN, UNSAID), {}, "?ds.gioi,a"),
        ('a - count(ds, ds.gioi == "Nữ") >= 3', (WOMAN, UNSAID), {"a": 5}, True),
        ('max(0, 2 * count(ds, ds.gioi == "Nữ") - 5) == 0', (WOMAN, UNSAID), {}, True),
        ("sum(ds.so) > 1", (WOMAN, Row(gioi="Nam")), {}, True),
        ("sum(ds.so) > 2", (WOMAN, Row(gioi="Nam")), {}, "?ds.so"),
        ('sum(ds.so, ds.gioi == "Nữ") < 4', (WOMAN, UNSAID), {}, True),
        ("distinct(ds.gioi) > 1", (WOMAN, MAN, UNSAID), {}, True),
        ("distinct(ds.gioi) > 1", (WOMAN, UNSAID), {}, "?ds.gioi"),
        ("distinct(ds.gioi) < 3", (UNSAID, UNSAID, UNSAID), {}, True),
    ],
)
def test_known_rows_decide_where_a_blank_cannot_matter(text, rows, values, expected):
    assert yields(text, *rows, **values) == expected


ROWS_WITH_BLANKS = st.lists(
    st.builds(Row, gioi=st.sampled_from([None, "Nam", "Nữ"]), so=st.sampled_from([None, 0, 2])),
    max_size=3,
)
OVER_ROWS = st.sampled_from(
    (
        'count(ds, ds.gioi == "Nữ")',
        'count(ds, ds.gioi == "Nữ" and ds.so > 1)',
        "sum(ds.so)",
        'sum(ds.so, ds.gioi == "Nữ")',
        "distinct(ds.gioi)",
        "distinct(ds.gioi, ds.so > 1)",
    )
)


@given(
    OVER_ROWS,
    OVER_ROWS,
    st.sampled_from(("{} - {}", "{} + 2 * {}", "max({}, {})")),
    ROWS_WITH_BLANKS,
)
def test_however_the_blanks_are_filled_a_number_keeps_its_bounds(one, other, shape, rows):
    node = parse(shape.format(one, other), NAMES)
    found = evaluate(node, Sheet(*rows))
    low, high = bounds_of(found)
    numbers = {evaluate(node, Sheet(*completed)) for completed in completions(rows)}
    assert low <= min(numbers) <= max(numbers) <= high
    assert isinstance(found, Unknown) or numbers == {found}


@given(OVER_ROWS, st.sampled_from(("<", "<=", "==", "!=", ">=", ">")), OVER_ROWS, ROWS_WITH_BLANKS)
def test_what_is_decided_is_decided_however_the_blanks_are_filled(one, sign, other, rows):
    node = parse(f"{one} {sign} {other}", NAMES)
    found = evaluate(node, Sheet(*rows))
    if not isinstance(found, Unknown):
        assert {evaluate(node, Sheet(*completed)) for completed in completions(rows)} == {found}


def completions(rows):
    """Yield the rows with their blanks filled in every way."""
    ways = [
        [
            Row(gioi=gioi, so=so)
            for gioi in ([row.values["gioi"]] if row.values["gioi"] else ["Nam", "Nữ"])
            for so in ([0, 1, 7] if row.values["so"] is None else [row.values["so"]])
        ]
        for row in rows
    ]
    return product(*ways)


people = st.integers(0, 2000)


@given(people, people)
def test_at_least_seventy_per_cent_by_whole_people_is_the_product_rounded_down(part, total):
    share = Share(Fraction(7, 10))
    assert share_holds(part, total, share) == (part >= (7 * total) // 10)
    assert share_holds(least_share(total, share), total, share)
    assert not share_holds(least_share(total, share) - 1, total, share)


@given(people, people)
def test_exact_admits_the_two_whole_numbers_around_the_product(part, total):
    low, rest = divmod(7 * total, 10)
    around = {low} if rest == 0 else {low, low + 1}
    assert share_holds(part, total, Share(Fraction(7, 10), "exact")) == (part in around)


@given(people, people)
def test_about_with_no_tolerance_is_exact(part, total):
    exact, about = (Share(Fraction(7, 10), mode) for mode in ("exact", "about"))
    assert share_holds(part, total, exact) == share_holds(part, total, about)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 50))
def test_the_nearest_composition_is_lawful_and_leaves_a_lawful_one_alone(exemplary, guests, cap):
    share = Share(Fraction(7, 10))
    given_counts = HeadCounts(exemplary, guests)
    nearest = nearest_composition(given_counts, cap, share)
    if given_counts.total == 0:
        assert nearest is None
        return
    assert nearest is not None
    assert nearest.total == min(given_counts.total, cap)
    assert share_holds(nearest.exemplary, nearest.total, share)
    if given_counts.total <= cap and share_holds(exemplary, given_counts.total, share):
        assert nearest == given_counts


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold_text(fold_text(text)) == fold_text(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a <= 200", "“a” không quá 200"),
        ("a >= 1", "“a” từ 1 trở lên"),
        ("ngay in thoi_gian.q", "“ngay” từ 01/01/2015 đến 31/03/2015"),
        ("not is_blank(ten)", "“ten” có ghi"),
        ("share(a, b, ty_le.x)", "“a” ít nhất 70% (tính theo người) của “b”"),
        ('loai in ("Toàn thể", "Đại biểu")', "“loai” là “Toàn thể” hoặc “Đại biểu”"),
        ("dau and (a > 1 or b > 1)", "“dau”; (“a” lớn hơn 1 hoặc “b” lớn hơn 1)"),
        ('count(ds, ds.gioi == "Nữ") > 0', "số dòng của “ds” mà “ds.gioi” là “Nữ” lớn hơn 0"),
        ("dau or not co", "“dau” hoặc không phải (“co”)"),
    ],
)
def test_an_expression_in_words(text, words):
    assert in_words(parse(text, NAMES), lambda id_: id_) == words
