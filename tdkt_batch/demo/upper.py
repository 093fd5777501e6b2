"""An upper unit's Mẫu 02 without a fault: districts and provincial departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.base import ACHIEVEMENTS
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

DISTRICTS = ("thành phố", "huyện")
_RURAL = {
    "dh_nong_dan": 9,
    "dh_truc_tiep": 6,
    "dh_nguoi_tot": 3,
    "dh_cong_nhan": 1,
    "dh_nghien_cuu": 1,
}
_OFFICE = {"dh_truc_tiep": 11, "dh_lao_dong_gioi": 4, "dh_nguoi_tot": 3, "dh_nghien_cuu": 2}
SECTORS = ("Nhà nước", "Tập thể", "Tư nhân", "Hộ gia đình, cá thể")
HELD_ON = date(2015, 3, 12)
"""When the pilot conference of an upper unit was held, ahead of its quarter."""


def upper_draft(campaign: Campaign, unit: Unit, subordinates: Sequence[Draft]) -> Draft:
    """Return an upper unit's form without a fault: a conference planned for its own quarter.

    ``subordinates`` are the forms of the units under it, which its own table repeats.
    """
    random = random_of(unit)
    is_district = unit.kind in DISTRICTS
    sign = "UBND" if is_district else unit.code
    post = "Chủ tịch UBND" if is_district else "Thủ trưởng cơ quan"
    draft = Draft(unit=unit, form=campaign.form_of(unit).id)
    heading(draft, random, held=False, sign=sign)
    conference(draft, random, campaign, sign, post)
    day = date(2015, 4, 14) + timedelta(days=random.randint(0, 65))
    draft.set(ngay_hoi_nghi_kh=office_day(day), ngay_cong_van=date(2015, 3, random.randint(16, 24)))
    party_congress(draft, random, date(2015, 7, 14), date(2015, 9, 18), none=False)
    total = random.randint(150, 260) if is_district else random.randint(70, 180)
    rest = total * 3 // 10 - random.randint(0, 4)
    fill_column(draft, "_kh", Composition(total - rest, rest - rest // 3, rest // 3))
    draft.tables["truc_thuoc"] = [subordinate_row(one) for one in subordinates]
    return draft


def hold(draft: Draft) -> None:
    """Let an upper unit have held its conference, as a pilot, ahead of its quarter.

    Everything that the result report asks for is filled without a fault.
    """
    random = random_of(draft.unit, "held")
    sign = str(draft.values["so_ke_hoach"]).rpartition("-")[2]
    draft.set(trang_thai="Đã tổ chức", ngay_hoi_nghi_kh=HELD_ON, ngay_hoi_nghi_th=HELD_ON)
    draft.set(ngay_cong_van=HELD_ON + timedelta(days=6), hoi_nghi_diem="Có", **REPORT)
    exemplary, leaders = draft.number("dien_hinh_kh"), draft.number("lanh_dao_kh")
    people = fill_column(
        draft, "_th", Composition(exemplary, draft.number("khach_moi_kh"), leaders)
    )
    results(draft, random, elected=draft.unit.allotment or 0, sign=sign)
    draft.tables["danh_sach"] = _roster(draft, people)
    draft.tables["phong_trao"] = [dict(row) for row in MOVEMENTS]
    draft.tables["tham_luan"] = [dict(row) for row in PAPERS]
    draft.tables["khen_thuong"] = [dict(row) for row in AWARDS]
    draft.set(so_tham_luan=len(PAPERS), tin_bai=random.randint(4, 20), chuyen_muc=1)


def fill_column(draft: Draft, suffix: str, composition: Composition) -> list[Person]:
    """Fill one column of the delegates' block and return the people whom it counts."""
    is_district = draft.unit.kind in DISTRICTS
    categories = split(composition.exemplary, _RURAL if is_district else _OFFICE)
    attendance(draft, suffix, composition, categories)
    shares = (32, 62) if is_district else (34, 35)
    return delegates_of(draft, random_of(draft.unit, suffix), suffix, shares)


def subordinate_row(draft: Draft) -> Row:
    """Return the line of a subordinate unit, as that unit's own form has it."""
    return {
        "ten": draft.unit.name,
        "phan_bo": draft.unit.allotment,
        "ngay_du_kien": draft.values.get("ngay_hoi_nghi_kh"),
        "da_to_chuc": "Có" if draft.is_held else "Không",
        "diem": "x" if draft.values.get("hoi_nghi_diem") == "Có" else None,
    }


def _roster(draft: Draft, people: list[Person]) -> list[Row]:
    """Return the exemplary delegates' rows; a subordinate unit has as many as it was allotted."""
    random = random_of(draft.unit, "roster")
    categories = [n for f, n in CATEGORIES.items() for _ in range(draft.number(f"{f}_th"))]
    random.shuffle(categories)
    senders = [
        str(row["ten"])
        for row in draft.table("truc_thuoc")
        if isinstance(row["phan_bo"], int)
        for _ in range(row["phan_bo"])
    ]
    elected = draft.number("bau_dai_bieu")
    rows: list[Row] = []
    for place, (person, category) in enumerate(zip(people, categories, strict=False)):
        rows.append(
            {
                "ho_ten": person.name,
                "nam_sinh": person.born,
                "gioi_tinh": person.sex,
                "dan_toc": person.ethnic_group,
                "noi_cong_tac": f"Phòng chuyên môn số {random.randint(1, 8)}",
                "doi_tuong": category,
                "thanh_phan_kinh_te": random.choice(SECTORS),
                "don_vi_co_so": senders[place] if place < len(senders) else None,
                "thanh_tich": random.choice(ACHIEVEMENTS),
                "duoc_bau": "x" if place < elected else None,
            }
        )
    return rows


REPORT: dict[str, str | int] = {
    "du_noi_dung": "Có",
    "giai_doan_qua": "2010-2014",
    "giai_doan_toi": "2015-2020",
}
"""The result report's statements about itself."""

MOVEMENTS: tuple[Row, ...] = (
    {
        "ten": "Lai Châu chung sức xây dựng nông thôn mới",
        "thoi_gian": "2011-2014",
        "ket_qua": "Đỡ đầu 2 xã, làm 14 km đường bản",
    },
    {
        "ten": "Dạy tốt, học tốt; lao động giỏi, lao động sáng tạo",
        "thoi_gian": "2010-2014",
        "ket_qua": "36 sáng kiến được công nhận",
    },
)
PAPERS: tuple[Row, ...] = (
    {
        "ten": "Kinh nghiệm vận động đồng bào trồng cao su, chè",
        "tac_gia": "Lò Văn Thiên",
        "loai": "Cá nhân",
        "linh_vuc": "Sản xuất nông, lâm nghiệp",
        "thanh_phan_kinh_te": "Hộ gia đình, cá thể",
        "mo_hinh_moi": "x",
        "minh_hoa": "x",
    },
    {
        "ten": "Nâng cao chất lượng phục vụ nhân dân",
        "tac_gia": "Tập thể Phòng chuyên môn số 2",
        "loai": "Tập thể",
        "linh_vuc": "Văn hóa, xã hội",
        "thanh_phan_kinh_te": "Nhà nước",
        "mo_hinh_moi": None,
        "minh_hoa": "x",
    },
    {
        "ten": "Hợp tác xã kiểu mới ở vùng cao",
        "tac_gia": "Giàng A Sử",
        "loai": "Cá nhân",
        "linh_vuc": "Thương mại, dịch vụ",
        "thanh_phan_kinh_te": "Tập thể",
        "mo_hinh_moi": "x",
        "minh_hoa": None,
    },
)


def _award(name: str, collectives: int, individuals: int, of_which: tuple[int, ...]) -> Row:
    direct, workers, farmers, women, minorities = of_which
    return {
        "hinh_thuc": name,
        "tap_the": collectives,
        "ca_nhan": individuals,
        "ho_gia_dinh": 0,
        "truc_tiep": direct,
        "cong_nhan": workers,
        "nong_dan": farmers,
        "nu": women,
        "dan_toc": minorities,
    }


AWARDS: tuple[Row, ...] = (
    _award("Bằng khen của Thủ tướng Chính phủ", 1, 3, (2, 1, 1, 1, 2)),
    _award("Chiến sĩ thi đua cơ sở", 0, 64, (40, 12, 6, 25, 30)),
    _award("Lao động tiên tiến", 0, 410, (260, 90, 40, 170, 205)),
    _award("Tập thể lao động tiên tiến", 35, 0, (0, 0, 0, 0, 0)),
)
"""Five years' awards; who is counted among direct workers is counted once."""
