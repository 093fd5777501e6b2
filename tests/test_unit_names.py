"""Which unit a typed name means, over the real register: found, or all candidates listed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.unit_names.match import MARGIN, Ambiguous, How, Match, UnitNames
from tdkt_batch.vietnamese.spelling import without_marks

CAMPAIGN = load_campaign()
NAMES = UnitNames(CAMPAIGN.units, CAMPAIGN.unit_aliases, CAMPAIGN.board.province)
UNITS = st.sampled_from(CAMPAIGN.units)
LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơưàáạảãwz"


def found(typed, **hints):
    """Return a line as the tables below have it: code and how, or the candidates' names."""
    result = NAMES.find(typed, **hints)
    match result:
        case Match(unit, how, _):
            return f"{unit.code} {how}"
        case Ambiguous(candidates):
            return " / ".join(unit.name for unit in candidates)
    return "?"


CASES = """
Xã Mường Than                                  | 03619 name
XÃ MƯỜNG THAN                                  | 03619 name
Xã Mường Than – Huyện Than Uyên                | 03619 name
xã Mường Than, huyện Than Uyên, tỉnh Lai Châu  | 03619 name
UBND xã Mường Than                             | 03619 name
Ủy ban nhân dân xã Mường Than (Than Uyên)      | 03619 name
X. Mường Than - H. Than Uyên                   | 03619 name
03619                                          | 03619 name
Mường Than                                     | 03619 without_kind
Mường Than - Than Uyên                         | 03619 without_kind
xa muong than                                  | 03619 without_marks
Xa Muong Than - Huyen Than Uyen                | 03619 without_marks
MUONG THAN                                     | 03619 without_marks
Xã Mương Than                                  | 03619 without_marks
Xã Mừơng Than                                  | 03619 name
Xã Mượng Than                                  | 03619 nearest
Phường Đoàn Kết                                | 03389 name
P.Đoàn Kết                                     | 03389 name
Phường Ðoàn Kết                                | 03389 name
Xã Pa Khóa                                     | 03527 name
Pa Khóa                                        | 03527 alias
Thị trấn Mường Tè                              | 03433 name
TT. Mường Tè                                   | 03433 name
Mường Tè                                       | Huyện Mường Tè / Thị trấn Mường Tè / Xã Mường Tè
muong te                                       | Huyện Mường Tè / Thị trấn Mường Tè / Xã Mường Tè
Mường Tè, huyện Mường Tè                       | Thị trấn Mường Tè / Xã Mường Tè
Than Uyên                                      | Huyện Than Uyên / Thị trấn Than Uyên
Xã Than Uyên                                   | ?
Thị trấn Mường Than                            | ?
Xã Mường Than – Huyện Tân Uyên                 | Xã Mường Than
Xã Nậm Cha                                     | 03526 name
Xã Nậm Chà                                     | 03473 name
xa nam cha                                     | Xã Nậm Cha / Xã Nậm Chà
Xã Nam Chà                                     | 03473 without_marks
xa nam cha huyen nam nhun                      | 03473 without_marks
Xã Hua Bum                                     | 03460 alias
Bun Tở                                         | 03454 alias
Xà Dề Phìn, Sìn Hồ                             | 03514 alias
Thị xã Lai Châu                                | 105 alias
TP Lai Châu                                    | 105 name
Sở Nội vụ                                      | SNV name
Sở Nội vụ tỉnh Lai Châu                        | SNV name
Sở GD&ĐT                                       | SGDDT alias
Sở GD-ĐT tỉnh Lai Châu                         | SGDDT alias
Sở LĐTB&XH                                     | SLDTBXH alias
Sở Lao động Thương binh & Xã hội               | SLDTBXH name
Sở NN&PTNT                                     | SNNPTNT alias
BHXH tỉnh                                      | BHXH alias
Bảo hiểm xã hội                                | BHXH without_kind
Công an tỉnh Lai Châu                          | CAT name
VP UBND tỉnh                                   | VPUBND name
Ban Quản lý KKT cửa khẩu Ma Lù Thàng           | BQLKKT name
Hội LHPN tỉnh                                  | HLHPN name
Cty CP Chè Giả định 01                         | DN01 name
Công ty TNHH MTV Cấp nước Giả định 06          | DN06 name
Công ty trách nhiệm hữu hạn Chè Giả định 30    | DN30 name
Công ty Chè Giả định 01                        | DN01 without_kind
Công ty Cổ phần Chè Giả định 11                | ?
Sở Nội vu                                      | SNV without_marks
Sở Nội vụi                                     | SNV nearest
Sở Giáo dục và Đào tọa                         | SGDDT nearest
Thị trấn Phong Thỗ                             | 03549 nearest
Xã Dào Sann                                    | 03571 nearest
Xã Mường Than – Huyện Than Uyn                 | 03619 nearest
Xã Mường Thn                                   | Xã Mường Tè / Xã Mường Than
Ban nhạc Bức Tường                             | ?
212                                            | ?
                                               | ?
"""


@pytest.mark.parametrize("line", CASES.strip("\n").splitlines())
def test_as_typed(line):
    typed, expected = (part.strip() for part in line.split("|"))
    assert found(typed) == expected


@pytest.mark.parametrize(
    ("typed", "hints", "expected"),
    [
        ("Mường Tè", {"level": "upper"}, "107 without_kind"),
        ("Mường Tè", {"level": "base"}, "Huyện Mường Tè / Thị trấn Mường Tè / Xã Mường Tè"),
        ("Than Uyên", {"level": "base"}, "03595 without_kind"),
        ("Than Uyên", {"parent": "110"}, "03595 without_kind"),
        ("xa nam cha", {"parent": "112"}, "03473 without_marks"),
        ("Xã Mường Thn", {"parent": "110"}, "03619 nearest"),
        ("Xã Mường Than", {"parent": "111", "level": "upper"}, "03619 name"),
    ],
)
def test_hints_choose_among_several_and_never_against_the_name(typed, hints, expected):
    assert found(typed, **hints) == expected


def test_a_hint_leaves_the_other_candidates_visible():
    result = NAMES.find("Than Uyên", level="base")
    assert [unit.name for unit in result.candidates] == ["Huyện Than Uyên", "Thị trấn Than Uyên"]


@pytest.mark.parametrize(
    "write", [lambda u: u.name, lambda u: unit_label(u, CAMPAIGN), lambda u: u.code]
)
def test_every_unit_is_found_by_name_label_and_code(write):
    for unit in CAMPAIGN.units:
        for typed in (write(unit), write(unit).upper(), f"  {write(unit)}. "):
            result = NAMES.find(typed)
            assert isinstance(result, Match), typed
            assert (result.unit, result.how) == (unit, How.NAME), typed


def test_every_alias_is_found():
    for code, aliases in CAMPAIGN.unit_aliases.items():
        for alias in aliases:
            result = NAMES.find(alias)
            assert isinstance(result, Match), alias
            assert result.unit.code == code


def test_a_name_without_marks_is_found_or_among_the_candidates():
    lost = [(unit, without_marks(unit.name)) for unit in CAMPAIGN.units]
    several = []
    for unit, typed in lost:
        result = NAMES.find(typed)
        assert result is not None, typed
        assert unit in result.candidates, typed
        if isinstance(result, Match):
            assert result.unit is unit
            assert result.how is How.WITHOUT_MARKS or unit.name == typed
        else:
            several.append(typed)
    assert several == ["Xa Nam Cha", "Xa Nam Cha"]


@given(UNITS, st.data())
def test_some_marks_lost_never_leads_elsewhere_unseen(unit, data):
    kept = data.draw(st.lists(st.booleans(), min_size=len(unit.name), max_size=len(unit.name)))
    typed = "".join(
        c if keep else without_marks(c) for c, keep in zip(unit.name, kept, strict=True)
    )
    result = NAMES.find(typed)
    if isinstance(result, Match) and result.unit is not unit:  # Nậm Chà that lost one is Nậm Cha
        assert typed == result.unit.name
    else:
        assert result is not None
        assert unit in result.candidates


@st.composite
def misspelt(draw):
    unit = draw(UNITS)
    name = unit.name if draw(st.booleans()) else unit_label(unit, CAMPAIGN)
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(LETTERS))
    typed = draw(
        st.sampled_from([
            name[:at] + letter + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
        ])
    )  # fmt: skip
    return unit, typed


REGISTERED = {
    name.casefold() for u in CAMPAIGN.units for name in (u.name, unit_label(u, CAMPAIGN), u.code)
}


@given(misspelt())
def test_a_misspelling_never_finds_another_unit_as_if_it_were_right(case):
    unit, typed = case
    result = NAMES.find(typed)
    if isinstance(result, Match) and result.unit is not unit and typed.casefold() not in REGISTERED:
        assert result.how in (How.WITHOUT_MARKS, How.NEAREST, How.ALIAS)


@given(misspelt())
@example((CAMPAIGN.unit("110"), "Huyệna Than Uyên"))
def test_the_nearest_is_clear_or_the_candidates_are_listed(case):
    unit, typed = case
    result = NAMES.find(typed)
    if isinstance(result, Match) and result.how is How.NEAREST:
        assert result.unit is unit


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text):
    result = NAMES.find(text)
    assert result is None or result.candidates


def test_units_without_aliases_or_province():
    names = UnitNames(CAMPAIGN.units)
    assert names.find("Xã Hua Bun").unit.code == "03460"
    assert MARGIN == 2
