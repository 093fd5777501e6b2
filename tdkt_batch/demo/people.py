"""Invented people of the sample province: names as the ethnic groups of Lai Châu give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one ethnic group: surnames, then given names of men and of women."""

    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    name: str
    born: int
    is_woman: bool
    ethnic_group: str

    @property
    def sex(self) -> str:
        """The person's sex as the form's list has it."""
        return "Nữ" if self.is_woman else "Nam"


def _names(surnames: str, men: str, women: str) -> Names:
    return Names(*(tuple(part.split(", ")) for part in (surnames, men, women)))


KINH = "Kinh"
NAMES: Mapping[str, Names] = {
    KINH: _names(
        "Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đỗ, Bùi, Đặng, Phan",
        "Văn Hùng, Văn Tuấn, Đức Thắng, Mạnh Cường, Quang Minh, Xuân Trường, Văn Hải, Ngọc Sơn",
        "Thị Hương, Thị Lan, Thị Thu Hà, Thị Mai, Thị Ngọc, Thúy Hằng, Thị Hạnh, Thị Yến",
    ),
    "Thái": _names(
        "Lò, Lường, Quàng, Tòng, Vàng, Mào, Cầm, Khoàng, Điêu, Hoàng",
        "Văn Pâng, Văn Thiên, Văn Ín, Văn Sơn, Văn Bun, Văn Phương, Văn Hặc, Văn Chung",
        "Thị Phóng, Thị Ún, Thị Ánh, Thị Pành, Thị Xôm, Thị Hặc, Thị Thoan, Thị Bình",
    ),
    "HMông": _names(
        "Giàng, Sùng, Vàng, Thào, Mùa, Lý, Hạng, Cứ, Ly, Chang",
        "A Páo, A Sử, A Chu, A Dình, A Lử, A Phừ, A Tủa, A Vàng",
        "Thị Dở, Thị Mỷ, Thị Sua, Thị Chía, Thị Ganh, Thị Pà, Thị Dia, Thị Máy",
    ),
    "Dao": _names(
        "Tẩn, Chẻo, Phàn, Lý, Lò, Tào",
        "A Sài, Lao San, Phù Tỉn, Chỉn Siểu, A Nải, Lao Tả, A Páo, Kim Phù",
        "Thị Mẩy, Tả Mẩy, Mý Lai, San Mẩy, Thị Nải, Sử Mẩy, U Mẩy, Lở Mẩy",
    ),
    "Hà Nhì": _names(
        "Lỳ, Pờ, Chu, Vù, Phùng, Chang, Khoàng, Sừng",
        "Lóng Tơ, Xì Xe, Xuân Hừ, Hà Cà, Gò Cà, Phí Xá, Sừng Lòng, Hừ Chừ",
        "Mò De, Go Dừ, Xú Xó, Mỳ Lé, Khừ Nu, Gió Bơ, Lóng Mé, Hà Nu",
    ),
    "La Hủ": _names(
        "Vàng, Phản, Ly, Giàng, Thàng, Vừ",
        "Xạ Hừ, Xá Pơ, Phì Hừ, Gia Po, Cà Chừ, Nhù Xè",
        "Mỳ Pơ, Mò Nu, Khừ Xó, Lò Mé, Go Xừ, Phí Nu",
    ),
    "Giáy": _names(
        "Vàng, Lù, Hoàng, Phan, Nùng",
        "Văn Tiến, Văn Sên, Văn Dín, Văn Phủng, Văn Chẳn, Văn Tờ",
        "Thị Mẩn, Thị Lởi, Thị Phin, Thị Xuyến, Thị Dín, Thị Séng",
    ),
    "Lự": _names(
        "Tao, Lò, Vàng, Khùng",
        "Văn Pha, Văn Păn, Văn Én, Văn Xiêng, Văn Kẻo, Văn Ngơi",
        "Thị Bun, Thị Kẻo, Thị Khăm, Thị Pèng, Thị Ín, Thị Xôm",
    ),
    "Mảng": _names(
        "Lò, Pàn, Lý, Chìn",
        "A Đôi, A Tráng, Văn Thắng, A Xóa, A Chiến, Văn Hồng",
        "Thị Mến, Thị Nhậm, Thị Lỵ, Thị Sươi, Thị Cáng, Thị Thìn",
    ),
    "Khơ-mú": _names(
        "Lò, Quàng, Lường, Hà",
        "Văn Ón, Văn Hoan, Văn Chương, Văn Tình, Văn Nọi, Văn Dương",
        "Thị Ươi, Thị Ngoan, Thị Hoa, Thị Tim, Thị Nguyện, Thị Biên",
    ),
}

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


def gather(
    random: Random, size: int, *, women: int, minorities: int, groups: Sequence[str]
) -> list[Person]:
    """Return ``size`` people with distinct names, of whom so many women and minorities."""
    is_woman = _shuffled(random, women, size)
    is_minority = _shuffled(random, minorities, size)
    taken: set[str] = set()
    people = []
    for woman, minority in zip(is_woman, is_minority, strict=True):
        group = random.choice(groups) if minority else KINH
        name = _free_name(random, NAMES[group], taken, is_woman=woman)
        people.append(Person(name, random.randint(1954, 1992), woman, group))
    return people


def one_name(random: Random, groups: Sequence[str], *, is_woman: bool) -> str:
    """Return a name of one of the ``groups``."""
    return _name(random, NAMES[random.choice(groups)], is_woman=is_woman)


def _shuffled(random: Random, marked: int, size: int) -> list[bool]:
    marks = [position < marked for position in range(size)]
    random.shuffle(marks)
    return marks


def _name(random: Random, names: Names, *, is_woman: bool) -> str:
    given = names.women if is_woman else names.men
    return f"{random.choice(names.surnames)} {random.choice(given)}"


def _free_name(random: Random, names: Names, taken: set[str], *, is_woman: bool) -> str:
    """Return a name not ``taken``; namesakes are told apart by a letter, as a commune does."""
    name = _name(random, names, is_woman=is_woman)
    letter = "A"
    while name in taken:
        name = f"{_name(random, names, is_woman=is_woman)} {letter}"
        letter = chr(ord(letter) + 1)
    taken.add(name)
    return name
