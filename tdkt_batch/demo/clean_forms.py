"""The forms without a fault: Mẫu 01 of base units, Mẫu 02 of districts and departments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.delegates import (
    COMMUNES,
    DISTRICTS,
    DelegateSplit,
    fill_column,
    habits_of,
    officer,
    roster,
)
from tdkt_batch.demo.draft_forms import Draft, Row, office_day, random_of
from tdkt_batch.model import Unit
from tdkt_batch.unit_names.full_names import conference_name

PILOT_DAY = date(2015, 3, 4)
"""When the pilot conferences were held: before all others of their district."""
HELD_ON = date(2015, 3, 12)
"""When the pilot conference of an upper unit was held, ahead of its quarter."""

REQUESTS = (
    "Đề nghị cấp trên hỗ trợ kinh phí in giấy khen.",
    "Đề nghị hướng dẫn thêm về mức chi khen thưởng cho hộ gia đình.",
    "Giao thông đi lại khó khăn, đề nghị cho phép tổ chức tại trung tâm cụm bản.",
    "Đề nghị sớm có phân bổ đại biểu dự Hội nghị cấp trên.",
)


def base_draft(campaign: Campaign, unit: Unit, *, held: bool, pilot: bool, large: bool) -> Draft:
    """Return a base unit's form without a fault.

    ``large`` gives an enterprise more than 300 people, and thus a conference of delegates.
    """
    random = random_of(unit)
    draft = Draft(unit=unit, form=campaign.form_of(unit).id)
    _heading(draft, random, campaign, held=held)
    least, most = (330, 820) if large else habits_of(unit).staff
    draft.set(
        so_cbccvc_nld=random.randint(least, most),
        ngay_tinh=date(2015, 1, 1),
        loai_hoi_nghi="Đại biểu" if large else "Toàn thể",
    )
    _days(draft, random, held=held, pilot=pilot)
    if unit.kind == "doanh nghiệp" and random.random() < 0.3:
        draft.set(dai_hoi_dang="Không có tổ chức Đảng")
    else:
        _party_congress(draft, random, date(2015, 4, 6), date(2015, 6, 26))
    planned = _composition(draft, random, large=large)
    fill_column(draft, "_kh", planned)
    if held:
        invited = planned.invited + random.randint(-1, 0)
        actual = DelegateSplit(planned.exemplary, invited, planned.leaders, planned.others)
        people = fill_column(draft, "_th", actual)
        _results(draft, random)
        draft.tables["danh_sach"] = roster(draft, people, random)
    return draft


def upper_draft(campaign: Campaign, unit: Unit, subordinates: Sequence[Draft]) -> Draft:
    """Return an upper unit's form without a fault: a conference planned for its own quarter.

    ``subordinates`` are the forms of the units under it, which its own table repeats.
    """
    random = random_of(unit)
    draft = Draft(unit=unit, form=campaign.form_of(unit).id)
    _heading(draft, random, campaign, held=False)
    day = date(2015, 4, 14) + timedelta(days=random.randint(0, 65))
    draft.set(ngay_hoi_nghi_kh=office_day(day), ngay_cong_van=date(2015, 3, random.randint(16, 24)))
    _party_congress(draft, random, date(2015, 7, 14), date(2015, 9, 18))
    total = random.randint(*habits_of(unit).delegates)
    rest = total * 3 // 10 - random.randint(0, 4)
    fill_column(draft, "_kh", DelegateSplit(total - rest, rest - rest // 3, rest // 3))
    draft.tables["truc_thuoc"] = [
        {
            "ten": one.unit.name,
            "phan_bo": one.unit.allotment,
            "ngay_du_kien": one.values.get("ngay_hoi_nghi_kh"),
            "da_to_chuc": "Có" if one.is_held else "Không",
            "diem": "x" if one.values.get("hoi_nghi_diem") == "Có" else None,
        }
        for one in subordinates
    ]
    return draft


def hold(draft: Draft) -> None:
    """Let an upper unit have held its conference, as a pilot, ahead of its quarter.

    Everything that the result report asks for is filled without a fault.
    """
    random = random_of(draft.unit, "held")
    draft.set(trang_thai="Đã tổ chức", ngay_hoi_nghi_kh=HELD_ON, ngay_hoi_nghi_th=HELD_ON)
    draft.set(ngay_cong_van=HELD_ON + timedelta(days=6), hoi_nghi_diem="Có", **REPORT)
    exemplary, invited, leaders = map(draft.number, ("dien_hinh_kh", "khach_moi_kh", "lanh_dao_kh"))
    people = fill_column(draft, "_th", DelegateSplit(exemplary, invited, leaders))
    _results(draft, random)
    draft.tables["danh_sach"] = roster(draft, people, random_of(draft.unit, "roster"))
    for table, rows in RESULT_TABLES.items():
        draft.tables[table] = [dict(row) for row in rows]
    papers = len(RESULT_TABLES["tham_luan"])
    draft.set(so_tham_luan=papers, tin_bai=random.randint(4, 20), chuyen_muc=1)


# --- parts of a form -------------------------------------------------------------------------


def _heading(draft: Draft, random: Random, campaign: Campaign, *, held: bool) -> None:
    """Fill covering document and status, then name, term, place, plan and chair.

    Unit and month stand there already.
    """
    unit, habits = draft.unit, habits_of(draft.unit)
    sign = habits.sign or unit.code
    draft.set(
        so_cong_van=f"{random.randint(8, 96)}/BC-{sign}",
        trang_thai="Đã tổ chức" if held else "Đã có kế hoạch",
        nguoi_lap=officer(random, unit, share_of_women=0.5),
        dien_thoai=unit.phone,
    )
    if random.random() < 0.2:
        draft.set(kien_nghi=random.choice(REQUESTS))
    chair = officer(random, unit, share_of_women=0.2)
    is_territory = unit.kind in (*COMMUNES, *DISTRICTS)  # their first word is small in a sentence
    name = unit.name[0].lower() + unit.name[1:] if is_territory else unit.name
    draft.set(
        ten_hoi_nghi=conference_name(unit, campaign.form(draft.form), campaign),
        lan_thu=random.choice(("II", "III", "IV", "thứ tư", "IV")),
        nhiem_ky="2015-2020",
        dia_diem=f"Hội trường {name}",
        thoi_luong="1/2 ngày",
        so_ke_hoach=f"{random.randint(5, 98)}/KH-{sign}",
        ngay_ke_hoach=date(2014, 11, 10) + timedelta(days=random.randint(0, 75)),
        chu_tri=f"{chair}, {habits.post}; phối hợp: {'MTTQ' if is_territory else 'Công đoàn'}",
        thu_truong=f"{chair}, {habits.post}",
        hoi_nghi_diem="Không",
        du_chuong_trinh="Có",
        so_tham_luan=random.randint(3, 7),
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


def _party_congress(draft: Draft, random: Random, first: date, last: date) -> None:
    """Fill the Party congress: a day between the two, or not yet set."""
    if random.random() < 0.15:
        draft.set(dai_hoi_dang="Chưa ấn định")
        return
    day = first + timedelta(days=random.randint(0, (last - first).days))
    draft.set(dai_hoi_dang="Đã có ngày", ngay_dai_hoi_dang=day)


def _composition(draft: Draft, random: Random, *, large: bool) -> DelegateSplit:
    """Return who attends a base unit's conference.

    Delegates and communes: at least 70 % exemplary, since farmers come too. The
    staff of an enterprise or a base unit meet in full, the exemplary among them.
    """
    is_commune = draft.unit.kind in COMMUNES
    if not (large or is_commune):
        staff = draft.number("so_cbccvc_nld")
        exemplary = staff * random.randint(20, 30) // 100
        return DelegateSplit(
            exemplary, random.randint(3, 8), random.randint(2, 5), staff - exemplary
        )
    total = random.randint(*habits_of(draft.unit).delegates)
    rest = total * 3 // 10 - random.randint(0, 3)
    others = rest // 2 if is_commune else 0
    leaders = (rest - others) // 3
    return DelegateSplit(total - rest, rest - others - leaders, leaders, others)


def _results(draft: Draft, random: Random) -> None:
    """Fill what a conference that is over brought about, and its reports."""
    sign = str(draft.values["so_ke_hoach"]).rpartition("-")[2]
    draft.set(
        bieu_duong_tap_the=random.randint(2, 6),
        bieu_duong_ca_nhan=random.randint(8, 24),
        bieu_duong_ho_gia_dinh=random.randint(1, 9),
        bau_dai_bieu=draft.unit.allotment or 0,
        so_bao_cao=f"{random.randint(10, 90)}/BC-{sign}",
        ngay_bao_cao=draft.conference_day - timedelta(days=random.randint(1, 6)),
    )


# --- the result report of an upper unit ------------------------------------------------------

REPORT: dict[str, str | int] = {
    "du_noi_dung": "Có",
    "giai_doan_qua": "2010-2014",
    "giai_doan_toi": "2015-2020",
}
"""The result report's statements about itself."""


def _rows(fields: str, *rows: tuple[str | int | None, ...]) -> tuple[Row, ...]:
    return tuple(dict(zip(fields.split(), row, strict=True)) for row in rows)


RESULT_TABLES: dict[str, tuple[Row, ...]] = {
    "phong_trao": _rows(
        "ten thoi_gian ket_qua",
        (
            "Lai Châu chung sức xây dựng nông thôn mới",
            "2011-2014",
            "Đỡ đầu 2 xã, làm 14 km đường bản",
        ),
        (
            "Dạy tốt, học tốt; lao động giỏi, lao động sáng tạo",
            "2010-2014",
            "36 sáng kiến được công nhận",
        ),
    ),
    "tham_luan": _rows(
        "ten tac_gia loai linh_vuc thanh_phan_kinh_te mo_hinh_moi minh_hoa",
        (
            "Kinh nghiệm vận động đồng bào trồng cao su, chè", "Lò Văn Thiên", "Cá nhân",
            "Sản xuất nông, lâm nghiệp", "Hộ gia đình, cá thể", "x", "x",
        ),
        (
            "Nâng cao chất lượng phục vụ nhân dân", "Tập thể Phòng chuyên môn số 2", "Tập thể",
            "Văn hóa, xã hội", "Nhà nước", None, "x",
        ),
        (
            "Hợp tác xã kiểu mới ở vùng cao", "Giàng A Sử", "Cá nhân",
            "Thương mại, dịch vụ", "Tập thể", "x", None,
        ),
    ),
    "khen_thuong": _rows(
        "hinh_thuc tap_the ca_nhan ho_gia_dinh truc_tiep cong_nhan nong_dan nu dan_toc",
        ("Bằng khen của Thủ tướng Chính phủ", 1, 3, 0, 2, 1, 1, 1, 2),
        ("Chiến sĩ thi đua cơ sở", 0, 64, 0, 40, 12, 6, 25, 30),
        ("Lao động tiên tiến", 0, 410, 0, 260, 90, 40, 170, 205),
        ("Tập thể lao động tiên tiến", 35, 0, 0, 0, 0, 0, 0, 0),
    ),
}  # fmt: skip
"""Movements, papers, and five years' awards; a direct worker is counted once."""
