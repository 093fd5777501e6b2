"""What every form of the sample has in common, filled without a fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.draft import Draft
from tdkt_batch.demo.people import EVERYWHERE, GROUPS_OF_DISTRICT, Person, gather, one_name
from tdkt_batch.model import Month, Unit
from tdkt_batch.unit_names.labels import conference_name

MONTH = Month(2015, 3)
SEED = "Lai Châu 2015-03"

TERRITORIES = ("xã", "phường", "thị trấn", "huyện", "thành phố")
"""Kinds of unit whose names begin with a word that is small inside a sentence."""

CATEGORIES: Mapping[str, str] = {
    "dh_cong_nhan": "Công nhân",
    "dh_nong_dan": "Nông dân",
    "dh_truc_tiep": "Người trực tiếp sản xuất, công tác",
    "dh_nghien_cuu": "Nghiên cứu khoa học",
    "dh_lao_dong_gioi": "Lao động giỏi, lao động sáng tạo",
    "dh_nguoi_tot": "Gương người tốt, việc tốt",
}
"""Field of a category of exemplary delegates → its name in the roster's list."""

REQUESTS = (
    "Đề nghị cấp trên hỗ trợ kinh phí in giấy khen.",
    "Đề nghị hướng dẫn thêm về mức chi khen thưởng cho hộ gia đình.",
    "Giao thông đi lại khó khăn, đề nghị cho phép tổ chức tại trung tâm cụm bản.",
    "Đề nghị sớm có phân bổ đại biểu dự Hội nghị cấp trên.",
)


@dataclass(frozen=True, slots=True)
class Composition:
    """Who attends a conference: exemplary delegates, guests with leaders, others."""

    exemplary: int
    invited: int
    leaders: int
    others: int = 0

    @property
    def total(self) -> int:
        """All who attend."""
        return self.exemplary + self.guests + self.others

    @property
    def guests(self) -> int:
        """Guests and leaders together."""
        return self.invited + self.leaders


def random_of(unit: Unit, purpose: str = "") -> Random:
    """Return the unit's own random source: the same in every run and for every order of units."""
    return Random(f"{SEED}/{unit.code}/{purpose}")  # noqa: S311 — a sample, no secret


def groups_of(unit: Unit) -> Sequence[str]:
    """Return the ethnic minorities that the unit's people belong to."""
    return GROUPS_OF_DISTRICT.get(unit.parent or unit.code, EVERYWHERE)


def name_in_sentence(unit: Unit) -> str:
    """Return the unit's name as it stands inside a sentence: ``xã Mường Than``, ``Sở Y tế``."""
    if unit.kind not in TERRITORIES:
        return unit.name
    return unit.name[0].lower() + unit.name[1:]


def heading(draft: Draft, random: Random, *, held: bool, sign: str) -> None:
    """Fill covering document, status and who answers; unit and month stand there already."""
    unit = draft.unit
    draft.set(
        so_cong_van=f"{random.randint(8, 96)}/BC-{sign}",
        trang_thai="Đã tổ chức" if held else "Đã có kế hoạch",
        nguoi_lap=one_name(random, ("Kinh", *groups_of(unit)), is_woman=random.random() < 0.5),
        dien_thoai=unit.phone,
    )
    if random.random() < 0.2:
        draft.set(kien_nghi=random.choice(REQUESTS))


def conference(draft: Draft, random: Random, campaign: Campaign, sign: str, post: str) -> None:
    """Fill name, term, place, length, plan and chair of the conference."""
    name = name_in_sentence(draft.unit)
    chair = one_name(random, ("Kinh", *groups_of(draft.unit)), is_woman=random.random() < 0.2)
    partner = "MTTQ" if draft.unit.kind in TERRITORIES else "Công đoàn"
    draft.set(
        ten_hoi_nghi=conference_name(draft.unit, campaign.form(draft.form), campaign),
        lan_thu=random.choice(("II", "III", "IV", "thứ tư", "IV")),
        nhiem_ky="2015-2020",
        dia_diem=f"Hội trường {name}",
        thoi_luong="1/2 ngày",
        so_ke_hoach=f"{random.randint(5, 98)}/KH-{sign}",
        ngay_ke_hoach=date(2014, 11, 10) + timedelta(days=random.randint(0, 75)),
        chu_tri=f"{chair}, {post}; phối hợp: {partner}",
        thu_truong=f"{chair}, {post}",
        hoi_nghi_diem="Không",
        du_chuong_trinh="Có",
        so_tham_luan=random.randint(3, 7),
    )


def party_congress(draft: Draft, random: Random, first: date, last: date, *, none: bool) -> None:
    """Fill the Party congress: a day between the two, not yet set, or no Party organisation."""
    if none:
        draft.set(dai_hoi_dang="Không có tổ chức Đảng")
    elif random.random() < 0.15:
        draft.set(dai_hoi_dang="Chưa ấn định")
    else:
        days = random.randint(0, (last - first).days)
        draft.set(dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=first + timedelta(days=days))


def attendance(
    draft: Draft, suffix: str, composition: Composition, categories: Mapping[str, int]
) -> None:
    """Fill one column of the delegates' block: ``_kh`` planned, ``_th`` actual."""
    figures: dict[str, int | None] = {
        "tong_dai_bieu": composition.total,
        "dien_hinh": composition.exemplary,
        "khach_moi_lanh_dao": composition.guests,
        "khach_moi": composition.invited,
        "lanh_dao": composition.leaders,
        **categories,
    }
    if draft.unit.level == "base":
        figures["thanh_phan_khac"] = composition.others or None
    draft.set(**{name + suffix: figure for name, figure in figures.items()})


def delegates_of(
    draft: Draft, random: Random, suffix: str, shares: tuple[int, int]
) -> list[Person]:
    """Gather the delegates of one column and fill how many are women and minorities.

    ``shares`` are the least percentages of women and of minorities; both rise by
    up to 12 points.
    """
    total = draft.number(f"tong_dai_bieu{suffix}")
    women, minorities = (total * (least + random.randint(0, 12)) // 100 for least in shares)
    draft.set(**{f"nu{suffix}": women, f"dan_toc_thieu_so{suffix}": minorities})
    groups = groups_of(draft.unit)
    return gather(random, total, women=women, minorities=minorities, groups=groups)


def split(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Split ``whole`` by ``weights``; what rounding leaves over goes to the first.

    >>> split(10, {"a": 2, "b": 1})
    {'a': 7, 'b': 3}
    """
    parts = {name: whole * weight // sum(weights.values()) for name, weight in weights.items()}
    first = next(iter(parts))
    parts[first] += whole - sum(parts.values())
    return parts


def results(draft: Draft, random: Random, *, elected: int, sign: str) -> None:
    """Fill what a conference that is over brought about, and its reports."""
    day = draft.conference_day
    draft.set(
        bieu_duong_tap_the=random.randint(2, 6),
        bieu_duong_ca_nhan=random.randint(8, 24),
        bieu_duong_ho_gia_dinh=random.randint(1, 9),
        bau_dai_bieu=elected,
        so_bao_cao=f"{random.randint(10, 90)}/BC-{sign}",
        ngay_bao_cao=day - timedelta(days=random.randint(1, 6)),
    )
