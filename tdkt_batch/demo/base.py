"""A base unit's Mẫu 01 without a fault: communes, enterprises, base units of departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.clean import (
    CATEGORIES,
    Composition,
    attendance,
    conference,
    delegates_of,
    heading,
    party_congress,
    random_of,
    results,
    split,
)
from tdkt_batch.demo.draft import Draft, Row, office_day
from tdkt_batch.demo.people import Person
from tdkt_batch.model import Unit

COMMUNES = ("xã", "phường", "thị trấn")
PILOT_DAY = date(2015, 3, 4)
"""When the pilot conferences were held: before all others of their district."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How units of one kind differ: signs, posts, sizes, percentages, weights of categories."""

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

HABITS: Mapping[str, Habits] = {
    "xã": Habits("UBND", "Chủ tịch UBND xã", (20, 29), (66, 126), (31, 80), _RURAL),
    "phường": Habits("UBND", "Chủ tịch UBND phường", (24, 34), (80, 150), (33, 34), _URBAN),
    "thị trấn": Habits("UBND", "Chủ tịch UBND thị trấn", (24, 35), (80, 150), (32, 52), _URBAN),
    "doanh nghiệp": Habits("CT", "Giám đốc", (42, 190), (120, 190), (31, 40), _FACTORY),
    "đơn vị cơ sở": Habits("ĐV", "Thủ trưởng đơn vị", (45, 180), (90, 150), (38, 42), _OFFICE),
}


def base_draft(campaign: Campaign, unit: Unit, *, held: bool, pilot: bool, large: bool) -> Draft:
    """Return a base unit's form without a fault.

    ``large`` gives an enterprise more than 300 people, and thus a conference of delegates.
    """
    random = random_of(unit)
    habits = HABITS[unit.kind]
    draft = Draft(unit=unit, form=campaign.form_of(unit).id)
    heading(draft, random, held=held, sign=habits.sign)
    conference(draft, random, campaign, habits.sign, habits.post)
    _staff(draft, random, habits, large=large)
    _days(draft, random, held=held, pilot=pilot)
    without_party = unit.kind == "doanh nghiệp" and random.random() < 0.3
    first, last = date(2015, 4, 6), date(2015, 6, 26)
    party_congress(draft, random, first, last, none=without_party)
    planned = _composition(draft, random)
    fill_column(draft, "_kh", planned)
    if held:
        shown = Composition(
            planned.exemplary, planned.invited + random.randint(-1, 0), planned.leaders,
            planned.others,
        )  # fmt: skip
        people = fill_column(draft, "_th", shown)
        results(draft, random, elected=unit.allotment or 0, sign=habits.sign)
        draft.tables["danh_sach"] = roster(draft, people, random)
    return draft


def fill_column(draft: Draft, suffix: str, composition: Composition) -> list[Person]:
    """Fill one column of the delegates' block and return the people whom it counts."""
    habits = HABITS[draft.unit.kind]
    attendance(draft, suffix, composition, split(composition.exemplary, habits.categories))
    random = random_of(draft.unit, suffix)
    return delegates_of(draft, random, suffix, habits.women_and_minorities)


def attend(draft: Draft, exemplary: int, guests: int, others: int = 0) -> None:
    """Let these attend, as planned and, once held, in fact; the roster follows."""
    composition = Composition(exemplary, guests - guests // 3, guests // 3, others)
    fill_column(draft, "_kh", composition)
    if draft.is_held:
        people = fill_column(draft, "_th", composition)
        draft.tables["danh_sach"] = roster(draft, people, random_of(draft.unit, "roster"))


def roster(draft: Draft, people: list[Person], random: Random) -> list[Row]:
    """Return the rows of the exemplary delegates, the first of whom are elected."""
    categories = [
        name
        for field, name in CATEGORIES.items()
        for _ in range(draft.number(f"{field}_th"))
    ]  # fmt: skip
    random.shuffle(categories)
    elected = draft.number("bau_dai_bieu")
    return [
        {
            "ho_ten": person.name,
            "nam_sinh": person.born,
            "gioi_tinh": person.sex,
            "dan_toc": person.ethnic_group,
            "noi_cong_tac": _workplace(draft.unit, category, random),
            "doi_tuong": category,
            "thanh_tich": random.choice(ACHIEVEMENTS),
            "duoc_bau": "x" if place < elected else None,
        }
        for place, (person, category) in enumerate(zip(people, categories, strict=False))
    ]


ACHIEVEMENTS = (
    "Lao động tiên tiến", "Giấy khen của Chủ tịch UBND huyện", "Gia đình văn hóa",
    "Hộ sản xuất giỏi", "Giấy khen của thủ trưởng đơn vị", "Chiến sĩ thi đua cơ sở",
)  # fmt: skip
_VILLAGES = ("Nà Ban", "Nậm Cáy", "Huổi Luông", "Hua Bó", "Phiêng Lót", "Sin Chải", "Tả Phìn")


def _workplace(unit: Unit, category: str, random: Random) -> str:
    if unit.kind not in COMMUNES:
        return random.choice(("Tổ", "Đội", "Bộ phận")) + f" số {random.randint(1, 9)}"
    if category == "Người trực tiếp sản xuất, công tác":
        return random.choice(("Giáo viên", "Y sĩ trạm y tế", "Công chức", "Công an viên"))
    return ("Bản " if unit.kind == "xã" else "Tổ dân phố ") + random.choice(_VILLAGES)


def _staff(draft: Draft, random: Random, habits: Habits, *, large: bool) -> None:
    least, most = (330, 820) if large else habits.staff
    draft.set(
        so_cbccvc_nld=random.randint(least, most),
        ngay_tinh=date(2015, 1, 1),
        loai_hoi_nghi="Đại biểu" if large else "Toàn thể",
    )


def _days(draft: Draft, random: Random, *, held: bool, pilot: bool) -> None:
    """Set planned and actual day and the covering document's, all inside the first quarter."""
    if pilot:
        draft.set(hoi_nghi_diem="Có")
        planned = PILOT_DAY
    elif held:
        planned = office_day(date(2015, 3, 6) + timedelta(days=random.randint(0, 8)))
    else:
        planned = office_day(date(2015, 3, 23) + timedelta(days=random.randint(0, 7)))
    draft.set(ngay_hoi_nghi_kh=planned)
    covering = date(2015, 3, random.randint(9, 18))
    if held:
        actual = planned if pilot else office_day(planned + timedelta(days=random.choice((0, 1))))
        draft.set(ngay_hoi_nghi_th=actual)
        covering = min(actual + timedelta(days=random.randint(1, 3)), date(2015, 3, 19))
    draft.set(ngay_cong_van=covering)


def _composition(draft: Draft, random: Random) -> Composition:
    """Return who attends.

    Delegates and communes: at least 70 % exemplary, since farmers come too. The
    staff of an enterprise or a base unit meet in full, the exemplary among them.
    """
    if draft.values["loai_hoi_nghi"] == "Toàn thể" and draft.unit.kind not in COMMUNES:
        staff = draft.number("so_cbccvc_nld")
        exemplary = staff * random.randint(20, 30) // 100
        return Composition(exemplary, random.randint(3, 8), random.randint(2, 5), staff - exemplary)
    total = random.randint(*HABITS[draft.unit.kind].delegates)
    rest = total * 3 // 10 - random.randint(0, 3)
    others = rest // 2 if draft.unit.kind in COMMUNES else 0
    leaders = (rest - others) // 3
    return Composition(total - rest, rest - others - leaders, leaders, others)
