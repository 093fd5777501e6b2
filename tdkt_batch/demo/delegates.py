"""Who attends a conference of the sample: habits by kind of unit, numbers, invented people.

Names are as the ethnic groups of Lai Châu give them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tdkt_batch.demo.draft_forms import Draft, Row, random_of
from tdkt_batch.model import Unit

COMMUNES = ("xã", "phường", "thị trấn")
DISTRICTS = ("huyện", "thành phố")


# --- habits ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Habits:
    """How units of one kind differ: post of the chair, sizes, weights of categories.

    ``women_and_minorities`` are the least percentages of both; ``sign`` is how
    documents are signed, empty where it is the unit's code.
    """

    sign: str
    post: str
    staff: tuple[int, int]
    delegates: tuple[int, int]
    women_and_minorities: tuple[int, int]
    categories: Mapping[str, int]


_RURAL = {"dh_nong_dan": 11, "dh_truc_tiep": 3, "dh_nguoi_tot": 4, "dh_lao_dong_gioi": 2}
_URBAN = {"dh_nguoi_tot": 8, "dh_nong_dan": 5, "dh_truc_tiep": 5, "dh_lao_dong_gioi": 2}
_FACTORY = {"dh_cong_nhan": 12, "dh_truc_tiep": 4, "dh_lao_dong_gioi": 3, "dh_nghien_cuu": 1}
_OFFICE = {"dh_truc_tiep": 10, "dh_lao_dong_gioi": 5, "dh_nguoi_tot": 3, "dh_nghien_cuu": 2}
_DISTRICT = {
    "dh_nong_dan": 9, "dh_truc_tiep": 6, "dh_nguoi_tot": 3, "dh_cong_nhan": 1, "dh_nghien_cuu": 1,
}  # fmt: skip
_DEPARTMENT = {"dh_truc_tiep": 11, "dh_lao_dong_gioi": 4, "dh_nguoi_tot": 3, "dh_nghien_cuu": 2}

_OF_A_DISTRICT = Habits("UBND", "Chủ tịch UBND", (0, 0), (150, 260), (32, 62), _DISTRICT)
_OF_A_DEPARTMENT = Habits("", "Thủ trưởng cơ quan", (0, 0), (70, 180), (34, 35), _DEPARTMENT)
HABITS: Mapping[str, Habits] = {
    "xã": Habits("UBND", "Chủ tịch UBND xã", (20, 29), (66, 126), (31, 80), _RURAL),
    "phường": Habits("UBND", "Chủ tịch UBND phường", (24, 34), (80, 150), (33, 34), _URBAN),
    "thị trấn": Habits("UBND", "Chủ tịch UBND thị trấn", (24, 35), (80, 150), (32, 52), _URBAN),
    "doanh nghiệp": Habits("CT", "Giám đốc", (42, 190), (120, 190), (31, 40), _FACTORY),
    "đơn vị cơ sở": Habits("ĐV", "Thủ trưởng đơn vị", (45, 180), (90, 150), (38, 42), _OFFICE),
    **dict.fromkeys(DISTRICTS, _OF_A_DISTRICT),
}


def habits_of(unit: Unit) -> Habits:
    """Return the habits of the unit's kind; what is no other kind is a department."""
    return HABITS.get(unit.kind, _OF_A_DEPARTMENT)


# --- invented people -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; the sex as the form's list has it."""

    name: str
    born: int
    sex: str
    ethnic_group: str


KINH = "Kinh"
NAMES: Mapping[str, tuple[str, str, str]] = {
    KINH: (
        "Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đỗ, Bùi, Đặng, Phan",
        "Văn Hùng, Văn Tuấn, Đức Thắng, Mạnh Cường, Quang Minh, Xuân Trường, Văn Hải, Ngọc Sơn",
        "Thị Hương, Thị Lan, Thị Thu Hà, Thị Mai, Thị Ngọc, Thúy Hằng, Thị Hạnh, Thị Yến",
    ),
    "Thái": (
        "Lò, Lường, Quàng, Tòng, Vàng, Mào, Cầm, Khoàng, Điêu, Hoàng",
        "Văn Pâng, Văn Thiên, Văn Ín, Văn Sơn, Văn Bun, Văn Phương, Văn Hặc, Văn Chung",
        "Thị Phóng, Thị Ún, Thị Ánh, Thị Pành, Thị Xôm, Thị Hặc, Thị Thoan, Thị Bình",
    ),
    "HMông": (
        "Giàng, Sùng, Vàng, Thào, Mùa, Lý, Hạng, Cứ, Ly, Chang",
        "A Páo, A Sử, A Chu, A Dình, A Lử, A Phừ, A Tủa, A Vàng",
        "Thị Dở, Thị Mỷ, Thị Sua, Thị Chía, Thị Ganh, Thị Pà, Thị Dia, Thị Máy",
    ),
    "Dao": (
        "Tẩn, Chẻo, Phàn, Lý, Lò, Tào",
        "A Sài, Lao San, Phù Tỉn, Chỉn Siểu, A Nải, Lao Tả, A Páo, Kim Phù",
        "Thị Mẩy, Tả Mẩy, Mý Lai, San Mẩy, Thị Nải, Sử Mẩy, U Mẩy, Lở Mẩy",
    ),
    "Hà Nhì": (
        "Lỳ, Pờ, Chu, Vù, Phùng, Chang, Khoàng, Sừng",
        "Lóng Tơ, Xì Xe, Xuân Hừ, Hà Cà, Gò Cà, Phí Xá, Sừng Lòng, Hừ Chừ",
        "Mò De, Go Dừ, Xú Xó, Mỳ Lé, Khừ Nu, Gió Bơ, Lóng Mé, Hà Nu",
    ),
    "La Hủ": (
        "Vàng, Phản, Ly, Giàng, Thàng, Vừ",
        "Xạ Hừ, Xá Pơ, Phì Hừ, Gia Po, Cà Chừ, Nhù Xè",
        "Mỳ Pơ, Mò Nu, Khừ Xó, Lò Mé, Go Xừ, Phí Nu",
    ),
    "Giáy": (
        "Vàng, Lù, Hoàng, Phan, Nùng",
        "Văn Tiến, Văn Sên, Văn Dín, Văn Phủng, Văn Chẳn, Văn Tờ",
        "Thị Mẩn, Thị Lởi, Thị Phin, Thị Xuyến, Thị Dín, Thị Séng",
    ),
    "Lự": (
        "Tao, Lò, Vàng, Khùng",
        "Văn Pha, Văn Păn, Văn Én, Văn Xiêng, Văn Kẻo, Văn Ngơi",
        "Thị Bun, Thị Kẻo, Thị Khăm, Thị Pèng, Thị Ín, Thị Xôm",
    ),
    "Mảng": (
        "Lò, Pàn, Lý, Chìn",
        "A Đôi, A Tráng, Văn Thắng, A Xóa, A Chiến, Văn Hồng",
        "Thị Mến, Thị Nhậm, Thị Lỵ, Thị Sươi, Thị Cáng, Thị Thìn",
    ),
    "Khơ-mú": (
        "Lò, Quàng, Lường, Hà",
        "Văn Ón, Văn Hoan, Văn Chương, Văn Tình, Văn Nọi, Văn Dương",
        "Thị Ươi, Thị Ngoan, Thị Hoa, Thị Tim, Thị Nguyện, Thị Biên",
    ),
}
"""Surnames, given names of men and of women, by ethnic group."""

GROUPS_OF_DISTRICT: Mapping[str, tuple[str, ...]] = {
    "105": ("Thái", "Giáy", "HMông"),
    "106": ("HMông", "Thái", "Dao", "Lự", "Giáy"),
    "107": ("Hà Nhì", "La Hủ", "Thái", "Mảng"),
    "108": ("HMông", "Dao", "Thái", "Khơ-mú"),
    "109": ("Dao", "HMông", "Thái", "Hà Nhì"),
    "110": ("Thái", "HMông", "Khơ-mú"),
    "111": ("Thái", "HMông", "Khơ-mú", "Giáy"),
    "112": ("Thái", "Mảng", "HMông", "Dao"),
}
"""The ethnic minorities of a district, by its code."""
EVERYWHERE = ("Thái", "HMông", "Dao", "Giáy")
"""The ethnic minorities that a department or an enterprise draws on."""


def officer(random: Random, unit: Unit, share_of_women: float) -> str:
    """Return the name of somebody who leads or writes for the unit."""
    is_woman = random.random() < share_of_women
    return _name(random, random.choice((KINH, *_minorities_of(unit))), is_woman=is_woman)


def gather(random: Random, size: int, *, women: int, minorities: int, unit: Unit) -> list[Person]:
    """Return ``size`` people with distinct names, of whom so many women and minorities.

    Namesakes are told apart by a letter, as a commune does.
    """
    women_first = [place < women for place in range(size)]
    minorities_first = [place < minorities for place in range(size)]
    random.shuffle(women_first)
    random.shuffle(minorities_first)
    people: dict[str, Person] = {}
    for is_woman, is_minority in zip(women_first, minorities_first, strict=True):
        group = random.choice(_minorities_of(unit)) if is_minority else KINH
        name, letter = _name(random, group, is_woman=is_woman), "A"
        while name in people:
            name = f"{_name(random, group, is_woman=is_woman)} {letter}"
            letter = chr(ord(letter) + 1)
        sex = "Nữ" if is_woman else "Nam"
        people[name] = Person(name, random.randint(1954, 1992), sex, group)
    return list(people.values())


def _minorities_of(unit: Unit) -> Sequence[str]:
    return GROUPS_OF_DISTRICT.get(unit.parent or unit.code, EVERYWHERE)


def _name(random: Random, group: str, *, is_woman: bool) -> str:
    surnames, men, women = (names.split(", ") for names in NAMES[group])
    return f"{random.choice(surnames)} {random.choice(women if is_woman else men)}"


# --- the delegates of a form -----------------------------------------------------------------

CATEGORIES: Mapping[str, str] = {
    "dh_cong_nhan": "Công nhân",
    "dh_nong_dan": "Nông dân",
    "dh_truc_tiep": "Người trực tiếp sản xuất, công tác",
    "dh_nghien_cuu": "Nghiên cứu khoa học",
    "dh_lao_dong_gioi": "Lao động giỏi, lao động sáng tạo",
    "dh_nguoi_tot": "Gương người tốt, việc tốt",
}
"""Field of a category of exemplary delegates → its name in the roster's list."""

ACHIEVEMENTS = (
    "Lao động tiên tiến", "Giấy khen của Chủ tịch UBND huyện", "Gia đình văn hóa",
    "Hộ sản xuất giỏi", "Giấy khen của thủ trưởng đơn vị", "Chiến sĩ thi đua cơ sở",
)  # fmt: skip
SECTORS = ("Nhà nước", "Tập thể", "Tư nhân", "Hộ gia đình, cá thể")
VILLAGES = ("Nà Ban", "Nậm Cáy", "Huổi Luông", "Hua Bó", "Phiêng Lót", "Sin Chải", "Tả Phìn")


@dataclass(frozen=True, slots=True)
class DelegateSplit:
    """Who attends a conference: exemplary delegates, guests, leaders, others."""

    exemplary: int
    invited: int
    leaders: int
    others: int = 0


def attend(draft: Draft, exemplary: int, guests: int, others: int = 0) -> None:
    """Let these attend, as planned and, once held, in fact; the roster follows.

    A third of the ``guests`` are leaders.
    """
    composition = DelegateSplit(exemplary, guests - guests // 3, guests // 3, others)
    fill_column(draft, "_kh", composition)
    if draft.is_held:
        people = fill_column(draft, "_th", composition)
        draft.tables["danh_sach"] = roster(draft, people, random_of(draft.unit, "roster"))


def fill_column(draft: Draft, suffix: str, who: DelegateSplit) -> list[Person]:
    """Fill one column of the delegates' block and return the people whom it counts.

    ``suffix`` is ``_kh`` for the planned, ``_th`` for the actual figures. The
    least percentages of women and of minorities both rise by up to 12 points.
    """
    habits, random = habits_of(draft.unit), random_of(draft.unit, suffix)
    total = who.exemplary + who.invited + who.leaders + who.others
    women, minorities = (
        total * (least + random.randint(0, 12)) // 100 for least in habits.women_and_minorities
    )
    figures: dict[str, int | None] = {
        "tong_dai_bieu": total,
        "dien_hinh": who.exemplary,
        "khach_moi_lanh_dao": who.invited + who.leaders,
        "khach_moi": who.invited,
        "lanh_dao": who.leaders,
        **split(who.exemplary, habits.categories),
        "nu": women,
        "dan_toc_thieu_so": minorities,
    }
    if draft.unit.level == "base":
        figures["thanh_phan_khac"] = who.others or None
    draft.set(**{name + suffix: figure for name, figure in figures.items()})
    return gather(random, total, women=women, minorities=minorities, unit=draft.unit)


def split(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split ``whole`` by ``weights``; what rounding leaves over goes to the first.

    >>> split(10, {"a": 2, "b": 1})
    {'a': 7, 'b': 3}
    """
    parts = {name: whole * weight // sum(weights.values()) for name, weight in weights.items()}
    first = next(iter(parts))
    parts[first] += whole - sum(parts.values())
    return parts


def roster(draft: Draft, people: Sequence[Person], random: Random) -> list[Row]:
    """Return the rows of the exemplary delegates, the first of whom are elected.

    An upper unit's roster names economic sectors too and who sent each delegate:
    a subordinate unit sends as many as it was allotted.
    """
    categories = [n for f, n in CATEGORIES.items() for _ in range(draft.number(f"{f}_th"))]
    random.shuffle(categories)
    elected = draft.number("bau_dai_bieu")
    senders = [
        row["ten"]
        for row in draft.tables.get("truc_thuoc", ())
        if isinstance(row["phan_bo"], int)
        for _ in range(row["phan_bo"])
    ]
    rows: list[Row] = []
    for place, (person, category) in enumerate(zip(people, categories, strict=False)):
        row: Row = {
            "ho_ten": person.name,
            "nam_sinh": person.born,
            "gioi_tinh": person.sex,
            "dan_toc": person.ethnic_group,
            "noi_cong_tac": _workplace(draft.unit, category, random),
            "doi_tuong": category,
        }
        if draft.unit.level != "base":
            row["thanh_phan_kinh_te"] = random.choice(SECTORS)
            row["don_vi_co_so"] = senders[place] if place < len(senders) else None
        row["thanh_tich"] = random.choice(ACHIEVEMENTS)
        row["duoc_bau"] = "x" if place < elected else None
        rows.append(row)
    return rows


def _workplace(unit: Unit, category: str, random: Random) -> str:
    if unit.level != "base":
        return f"Phòng chuyên môn số {random.randint(1, 8)}"
    if unit.kind not in COMMUNES:
        return random.choice(("Tổ", "Đội", "Bộ phận")) + f" số {random.randint(1, 9)}"
    if category == "Người trực tiếp sản xuất, công tác":
        return random.choice(("Giáo viên", "Y sĩ trạm y tế", "Công chức", "Công an viên"))
    return ("Bản " if unit.kind == "xã" else "Tổ dân phố ") + random.choice(VILLAGES)
