"""Nine months of the whole province as files, and the truth about them.

Each story is told twice on neighbouring lines: what a unit sends in each of the
nine months, and what must be seen of it then. Nothing here asks the program what
is right: the second line is written by hand, and the totals are added up from the
first in plain loops. A unit without a story sends a faultless form every month.

What is sent, a month a column:  ``.`` a form in time, ``M`` too late (``M16``: on
the 16th), ``S`` after the month's moment, ``-`` nothing, ``H`` a file that nobody can
open, ``A`` a photo, ``T`` an empty form,
``+A8`` with what breaks rule A8 (``FAULTS``), ``+GT`` with an explanation of it.
Two files in one month are parted by ``;``.

What is seen: ``im 2`` silent for two months in a row; ``hỏng``, ``ảnh``, ``trống``,
``sau`` (the moment) are not silent; ``muộn``, ``miễn`` (need not report), ``ngoài`` (not in the
register of the month), else in time. ``A8 mới 1``: found, new, open for one month;
``còn`` still, ``lại`` found again after it was mended, ``nhận`` its explanation was
accepted, ``hết`` mended since; ``A9 ?`` cannot be decided.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sent_files import put
from stamped_forms import Row, Stamp, Typed

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import DecisionKind, Life, Month, Unit
from tdkt_batch.report import UnitState
from tdkt_batch.values import Raw

MONTHS = tuple(Month(2014 + (8 + n) // 12, (8 + n) % 12 + 1) for n in range(9))
"""September 2014 to May 2015."""
SEP, OCT, NOV, DEC, JAN, FEB, MAR, APR, MAY = range(9)


# --- what can be wrong with a form -----------------------------------------------------------


def _delegates(total: int) -> dict[str, Raw]:
    """Return a conference of delegates of a large unit, seven tenths of them exemplary."""
    exemplary = -(-total * 7 // 10)
    guests = total - exemplary
    return {
        "so_cbccvc_nld": 412, "loai_hoi_nghi": "Đại biểu", "tong_dai_bieu_kh": total,
        "dien_hinh_kh": exemplary, "dh_truc_tiep_kh": exemplary, "thanh_phan_khac_kh": None,
        "khach_moi_lanh_dao_kh": guests, "khach_moi_kh": guests - 4, "lanh_dao_kh": 4,
    }  # fmt: skip


FAULTS: Mapping[str, Mapping[str, Raw]] = {
    "A4=200": _delegates(200),  # as many as may be: no fault
    "A4=212": _delegates(212),
    "A4=215": _delegates(215),
    "A7=400": {"tong_dai_bieu_kh": 400},
    "A8": {"thoi_luong": "1 ngày"},
    "A9": {"ngay_hoi_nghi_kh": date(2015, 4, 2)},
    "A9=trống": {"ngay_hoi_nghi_kh": None},
    "N4": {"dia_diem": None},
    "O1": {"chu_tri": None},
    "DL01": {"so_tham_luan": "chưa rõ"},
}
"""What is typed otherwise; named after the rule that it breaks."""
EXPLANATION = "Hội trường chỉ cho thuê cả ngày."


# --- the stories -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Story:
    """One unit's nine months: ``sent`` and ``seen`` as the module's head explains them.

    ``at_first`` is what the first run of a month saw, where a later run of the same
    month saw more. ``planned`` and ``held`` are the months from which the unit's form
    says so.
    """

    unit: str
    told: str
    sent: tuple[str, ...]
    seen: tuple[str, ...]
    at_first: Mapping[int, str] = field(default_factory=dict)
    planned: int = OCT
    held: int | None = MAR


def _story(unit: str, told: str, sent: str, seen: str, **others: object) -> Story:
    columns = [tuple(cell.strip() for cell in line.split("|")) for line in (sent, seen)]
    assert [len(cells) for cells in columns] == [9, 9], unit
    return Story(unit=unit, told=told, sent=columns[0], seen=columns[1], **others)  # type: ignore[arg-type]


# fmt: off
STORIES = (
    #             9/2014     10         11         12         1/2015     2          3          4          5
    _story("DN02", "Gửi muộn hai tháng liền, rồi muộn lần nữa vì tháng có Tết hạn sớm hơn",
           "      .        | .        | M        | M        | .        | M16      | .        | .        | .",
           "               |          | muộn, AMB30 mới 1 | muộn, AMB30 còn 2 | AMB30 hết | muộn, AMB30 lại 1 | AMB30 hết | |"),
    _story("DN03", "Im lặng ba tháng liền rồi báo cáo lại",
           "      .        | .        | -        | -        | -        | .        | .        | .        | .",
           "               |          | im 1     | im 2     | im 3     |          |          |          |"),
    _story("DN04", "Lúc gửi lúc không",
           "      .        | -        | .        | -        | -        | .        | -        | .        | -",
           "               | im 1     |          | im 1     | im 2     |          | im 1     |          | im 1"),
    _story("DN05", "Chưa từng báo cáo",
           "      -        | -        | -        | -        | -        | -        | -        | -        | -",
           "      im 1     | im 2     | im 3     | im 4     | im 5     | im 6     | im 7     | im 8     | im 9"),
    _story("DN06", "Một tháng gửi tệp hỏng",
           "      .        | .        | H        | .        | .        | .        | .        | .        | .",
           "               |          | hỏng     |          |          |          |          |          |"),
    _story("DN07", "Không gửi, rồi gửi biểu trống, rồi gửi đủ",
           "      .        | .        | -        | T        | .        | .        | .        | .        | .",
           "               |          | im 1     | trống    |          |          |          |          |"),
    _story("DN08", "Hội nghị 1 ngày: nhắc thì sửa, rồi lại sai, rồi sửa hẳn",
           "      .        | .+A8     | .+A8     | .        | .        | .+A8     | .+A8     | .        | .",
           "               | A8 mới 1 | A8 còn 2 | A8 hết   |          | A8 lại 1 | A8 còn 2 | A8 hết   |"),
    _story("DN09", "Chín tháng không ghi địa điểm, nhắc mãi không sửa",
           "      .+N4     | .+N4     | .+N4     | .+N4     | .+N4     | .+N4     | .+N4     | .+N4     | .+N4",
           "      N4 mới 1 | N4 còn 2 | N4 còn 3 | N4 còn 4 | N4 còn 5 | N4 còn 6 | N4 còn 7 | N4 còn 8 | N4 còn 9",
           planned=SEP),
    _story("DN10", "Ngày sau Quý I; một tháng xóa ngày nên không xét được; rồi lại ghi ngày đó; rồi sửa",
           "      .        | .+A9     | .+A9=trống | .+A9   | .        | .        | .        | .        | .",
           "               | A9 mới 1 | A9 ?, O2 ? | A9 còn 3 | A9 hết |          |          |          |"),
    _story("DN11", "Giải trình, được chấp nhận đến hết tháng 3; hết hạn thì lại tính",
           "      .        | .        | .        | .        | .+A8+GT  | .+A8+GT  | .+A8+GT  | .+A8+GT  | .+A8+GT",
           "               |          |          |          | A8 mới 1 | A8 nhận 2 | A8 nhận 3 | A8 còn 4 | A8 còn 5"),
    _story("DN12", "212 đại biểu được chấp nhận; đổi thành 215 thì không còn được; 200 thì hết",
           "      .        | .+A4=200 | .+A4=200 | .+A4=200 | .+A4=212+GT | .+A4=212+GT | .+A4=212+GT | .+A4=215 | .+A4=200",
           "               |          |          |          | A4 mới 1 | A4 nhận 2 | A4 nhận 3 | A4 còn 4 | A4 hết",
           held=None),
    _story("DN13", "Giải trình, không được chấp nhận, vẫn tính cho đến khi sửa",
           "      .        | .        | .        | .        | .+A8+GT  | .+A8+GT  | .+A8+GT  | .        | .",
           "               |          |          |          | A8 mới 1 | A8 còn 2 | A8 còn 3 | A8 hết   |"),
    _story("DN14", "Gõ nhầm 400 đại biểu, đính chính qua điện thoại, tháng sau gõ đúng",
           "      .        | .        | .+A7=400 | .        | .        | .        | .        | .        | .",
           "               |          |          |          |          |          |          |          |",
           at_first={NOV: "A7 mới 1"}),
    _story("DN15", "Im lặng, rồi báo qua điện thoại là không tổ chức: từ tháng 12 không phải báo cáo",
           "      .        | -        | -        | -        | -        | -        | -        | -        | -",
           "               | im 1     | im 2     | miễn     | miễn     | miễn     | miễn     | miễn     | miễn"),
    _story("DN16", "Tổ chức tháng 1, kết quả được chấp nhận: từ tháng 2 không phải báo cáo nữa",
           "      .        | .        | .        | .        | .        | -        | -        | -        | -",
           "               |          |          |          |          | miễn     | miễn     | miễn     | miễn",
           held=JAN),
    _story("DN17", "Một tháng gửi hai tệp, tệp sau đã sửa",
           "      .        | .        | .+O1; .  | .        | .        | .        | .        | .        | .",
           "               |          |          |          |          |          |          |          |"),
    _story("DN18", "Bản sửa đến sau khi đã tổng hợp tháng 12; tổng hợp lại tháng 12 thì đã có",
           "      .        | .        | .        | .+O1     | .        | .        | .        | .        | .",
           "               |          |          |          |          |          |          |          |",
           at_first={DEC: "O1 mới 1"}),
    _story("DN19", "Biểu tháng 10 đến cùng thư tháng 11; tổng hợp lại tháng 10 thì đã có, gửi muộn",
           "      .        | -        | .        | .        | .        | .        | .        | .        | .",
           "               | muộn, AMB30 mới 1 |          |          |          |          |          |          |",
           at_first={OCT: "im 1"}),
    _story("DN20", "Sáp nhập từ 01/01/2015, tháng 1 vẫn gửi",
           "      .        | .        | .        | .        | .        | -        | -        | -        | -",
           "               |          |          |          | ngoài    | ngoài    | ngoài    | ngoài    | ngoài"),
    _story("DN21", "Đổi tên từ 01/01/2015; biểu tháng 1 còn mang tên cũ",
           "      .        | .        | .        | .        | .        | .        | .        | .        | .",
           "               |          |          |          | DL18 mới 1, N1 mới 1 | DL18 hết, N1 hết | | |"),
    _story("DN22", "Ghi chữ vào ô số hai tháng liền",
           "      .        | .+DL01   | .+DL01   | .        | .        | .        | .        | .        | .",
           "               | DL01 mới 1 | DL01 còn 2 | DL01 hết |          |          |          |          |"),
    _story("DN23", "Sai, im lặng một tháng, vẫn sai: im lặng không phải là đã khắc phục",
           "      .        | .+O1     | -        | .+O1     | .        | .        | .        | .        | .",
           "               | O1 mới 1 | im 1     | O1 còn 3 | O1 hết   |          |          |          |"),
    _story("DN24", "Sai, im lặng một tháng, rồi đúng",
           "      .        | .+O1     | -        | .        | .        | .        | .        | .        | .",
           "               | O1 mới 1 | im 1     | O1 hết   |          |          |          |          |"),
    _story("DN25", "Lặp lại hai lần",
           "      .        | .+O1     | .        | .+O1     | .+O1     | .        | .+O1     | .        | .",
           "               | O1 mới 1 | O1 hết   | O1 lại 1 | O1 còn 2 | O1 hết   | O1 lại 1 | O1 hết   |"),
    _story("DN26", "Im lặng, gửi ảnh chụp biểu, im lặng: gửi ảnh không phải là im lặng",
           "      .        | -        | -        | A        | -        | .        | .        | .        | .",
           "               | im 1     | im 2     | ảnh      | im 1     |          |          |          |"),
    _story("DN27", "Gửi sau thời điểm chốt hai mươi phút, tháng sau im lặng: số của biểu ấy tính từ khi đến",
           "      .        | .        | .        | .        | S        | -        | .        | .        | .",
           "               |          |          |          | sau      | im 1     |          |          |",
           held=JAN),
    _story("DN37", "Thành lập từ 01/02/2015",
           "      -        | -        | -        | -        | -        | -        | .        | .        | .",
           "      ngoài    | ngoài    | ngoài    | ngoài    | ngoài    | im 1     |          |          |"),
    _story("03427", "Xã im lặng hai tháng: kế hoạch của tháng 10 vẫn là điều đã biết",
           "      .        | .        | -        | -        | .        | .        | .        | .        | .",
           "               |          | im 1     | im 2     |          |          |          |          |"),
    _story("03502", "Xã chưa từng báo cáo",
           "      -        | -        | -        | -        | -        | -        | -        | -        | -",
           "      im 1     | im 2     | im 3     | im 4     | im 5     | im 6     | im 7     | im 8     | im 9"),
    _story("03610", "Xã gửi tệp hỏng hai tháng liền",
           "      .        | .        | .        | .        | .        | H        | H        | .        | .",
           "               |          |          |          |          | hỏng     | hỏng     |          |"),
    _story("03616", "Xã vẫn chỉ có kế hoạch khi đã hết Quý I",
           "      .        | .        | .        | .        | .        | .        | .        | .        | .",
           "               |          |          |          |          |          |          |          |",
           held=None),
    _story("SCT", "Sở gửi muộn tháng có Tết: hạn ngày 14/02/2015",
           "      .        | .        | .        | .        | .        | M16      | .        | .        | .",
           "               |          |          |          |          | muộn, AMB30 mới 1 | AMB30 hết | |",
           planned=JAN, held=APR),
    # Tháng 9 chưa đơn vị trực thuộc nào có kế hoạch, nên nơi nào có trực thuộc cũng bị nhắc (B8).
    _story("106", "Huyện Tam Đường: xã Nà Tăm im lặng tháng 11, 12 nhưng đã có kế hoạch",
           "      .        | .        | .        | .        | .        | .        | .        | .        | .",
           "      B8 mới 1 | B8 hết   |          |          |          |          |          |          |",
           planned=JAN, held=APR),
    _story("112", "Huyện Nậm Nhùn: xã Nậm Ban không bao giờ gửi",
           "      .        | .        | .        | .        | .        | .        | .        | .        | .",
           "      B8 mới 1 | B8 còn 2 | B8 còn 3 | B8 còn 4 | B8 còn 5 | B8 còn 6 | B8 còn 7 | B8 còn 8 | B8 còn 9",
           planned=JAN, held=APR),
    _story("111", "Huyện Tân Uyên: tệp hỏng của xã Nậm Cần không hại; từ tháng 4 xã Pắc Ta bị chờ vì chưa tổ chức",
           "      .        | .        | .        | .        | .        | .        | .        | .        | .",
           "      B8 mới 1 | B8 hết   |          |          |          |          |          | B8 lại 1 | B8 còn 2",
           planned=JAN, held=MAY),
    *(
        _story(code, "Tháng 9 chưa đơn vị trực thuộc nào có kế hoạch",
               "  .        | .        | .        | .        | .        | .        | .        | .        | .",
               "  B8 mới 1 | B8 hết   |          |          |          |          |          |          |",
               planned=JAN, held=MAY)
        for code in ("105", "107", "108", "109", "110", "SGDDT", "SYT", "SNNPTNT", "SLDTBXH")
    ),
)
# fmt: on


# --- what the board does ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What the board enters in its control workbook once a month has been run.

    ``month`` is the month whose report it is about, ``since`` the first month of an
    excuse; ``until`` the last month in which it holds.
    """

    month: int
    kind: DecisionKind
    unit: str
    code: str = ""
    field: str = ""
    value: int | None = None
    since: int | None = None
    until: int | None = None
    reason: str = "Ban đã xem xét"


RULINGS = (
    Ruling(month=NOV, kind=DecisionKind.CORRECTED, unit="DN14", field="tong_dai_bieu_kh", value=43,
           reason="Đơn vị báo qua điện thoại: gõ nhầm"),
    Ruling(month=NOV, kind=DecisionKind.EXCUSED, unit="DN15", since=DEC,
           reason="Đơn vị báo qua điện thoại: không tổ chức vì đang giải thể"),
    Ruling(month=JAN, kind=DecisionKind.ACCEPTED, unit="DN11", code="A8", until=MAR),
    Ruling(month=JAN, kind=DecisionKind.ACCEPTED, unit="DN12", code="A4"),
    Ruling(month=JAN, kind=DecisionKind.REFUSED, unit="DN13", code="A8"),
    Ruling(month=JAN, kind=DecisionKind.EXCUSED, unit="DN16", since=FEB,
           reason="Đã tổ chức, kết quả được chấp nhận"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Step:
    """One run of a month: with the month's folder, or again with what came later."""

    month: int
    folder: str | None
    until: datetime
    again: bool = False

    @property
    def now(self) -> datetime:
        """When the officer sits down to it: soon after the moment that bounds the run."""
        return self.until + timedelta(minutes=30)

    @property
    def has_register(self) -> bool:
        """Whether the board's register of January 2015 is given."""
        return self.month >= JAN


def _steps() -> Iterator[Step]:
    for number, month in enumerate(MONTHS):
        until = datetime(month.year, month.number, 28, 17)
        yield Step(month=number, folder=str(month), until=until)
        if number == NOV:
            yield Step(month=NOV, folder=None, until=until, again=True)
            yield Step(month=OCT, folder=None, until=until, again=True)
        if number == DEC:
            later = datetime(2015, 1, 7, 17)
            yield Step(month=DEC, folder="2014-12-den-sau", until=later, again=True)


STEPS = tuple(_steps())
"""Twelve runs: each month once, November again after a correction by telephone, October with the
form that came in November, December with a form that came in January."""

REGISTER = (
    ("ma", "ten", "loai", "tu_ngay", "den_ngay", "phan_bo"),
    ("DN20", "", "", "", "31/12/2014", ""),
    ("DN21", "Công ty Cổ phần Phong Thổ Giả định", "", "", "", ""),
    ("DN37", "Hợp tác xã Mắc ca Giả định 37", "doanh nghiệp", "01/02/2015", "", "2"),
)
"""The board's own register from January 2015 on: a merger, another name, a new enterprise."""


# --- who there is ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _campaign() -> Campaign:
    return load_campaign()


def write_register(path: Path) -> Path:
    """Write the board's register as the file that is given with ``--register``."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(REGISTER)
    return path


def units_of(month: int) -> dict[str, Unit]:
    """Return the units of the register in a month by code: told here, not asked."""
    units = {unit.code: unit for unit in _campaign().units}
    if month >= JAN:
        del units["DN20"]
        units["DN21"] = _renamed(units["DN21"], REGISTER[2][1])
    if month >= FEB:
        units["DN37"] = Unit(
            code="DN37", name=REGISTER[3][1], kind="doanh nghiệp", level="base", allotment=2
        )
    return units


def unit_as_of(code: str, month: int) -> Unit:
    """Return a unit as the register of a month names it, also one that is gone or yet to come."""
    found = (units_of(m).get(code) for m in (month, SEP, MAY))
    return next(unit for unit in found if unit)


def _renamed(unit: Unit, name: str) -> Unit:
    return Unit(
        code=unit.code, name=name, kind=unit.kind, level=unit.level, allotment=unit.allotment
    )


_STORY_BY_UNIT = {story.unit: story for story in STORIES}


def _story_of(unit: Unit) -> Story:
    """Return the unit's story; without one a faultless form each month."""
    if unit.code in _STORY_BY_UNIT:
        return _STORY_BY_UNIT[unit.code]
    number = _number(unit.code)
    if unit.level == "base":
        planned, held = OCT, JAN if unit.code in _pilots() else (JAN, FEB, MAR)[number % 3]
    else:
        planned, held = JAN, (APR, MAY)[number % 2]
    nothing = {"sent": (".",) * 9, "seen": ("",) * 9}
    return Story(unit=unit.code, told="", planned=planned, held=held, **nothing)


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {unit.code: number for number, unit in enumerate(_campaign().units)}


def _number(code: str) -> int:
    return _numbers().get(code, len(_numbers()))


@lru_cache(maxsize=1)
def _pilots() -> frozenset[str]:
    """Return the pilot unit of each upper unit with subordinates: its last in the register."""
    last = {unit.parent: unit.code for unit in _campaign().units if unit.parent}
    return frozenset(last.values())


# --- what is typed ---------------------------------------------------------------------------

_HELD_ON = {JAN: date(2015, 1, 6), FEB: date(2015, 2, 6), MAR: date(2015, 3, 6),
            APR: date(2015, 4, 14), MAY: date(2015, 5, 14)}  # fmt: skip
_PLANNED_FOR = {"base": date(2015, 3, 24), "upper": date(2015, 5, 22)}


def typed_by(unit: Unit, month: int, faults: Iterable[str] = (), explains: bool = False) -> Typed:
    """Return what a unit types into its form of a month."""
    story = _story_of(unit)
    if month < story.planned:
        return Typed(values={"trang_thai": "Chưa có kế hoạch"})
    held = story.held is not None and month >= story.held
    day = _PLANNED_FOR[unit.level] if story.held is None else _HELD_ON[story.held]
    values = {**_conference(unit, day), **_people(unit, "_kh", 0)}
    tables: dict[str, list[Row]] = {}
    if held:
        values |= _people(unit, "_th", _number(unit.code) % 3) | _results(unit, day)
        tables["danh_sach"] = _roster(unit)
    if unit.level == "upper":
        tables |= _upper_tables(unit, month, held=held)
        values |= _upper_report() if held else {}
    for fault in faults:
        values |= FAULTS[fault]
    rules = [fault.partition("=")[0] for fault in faults] if explains else []
    return Typed(values=values, tables=tables, explanations=dict.fromkeys(rules, EXPLANATION))


def _conference(unit: Unit, day: date) -> dict[str, Raw]:
    values: dict[str, Raw] = {
        "trang_thai": "Đã có kế hoạch", "lan_thu": "IV", "dia_diem": "Hội trường đơn vị",
        "ngay_hoi_nghi_kh": day, "thoi_luong": "1/2 ngày", "dai_hoi_dang": "Chưa ấn định",
        "so_ke_hoach": "12/KH-ĐV", "ngay_ke_hoach": date(2014, 8, 28),
        "chu_tri": "Lò Văn Thiên, Thủ trưởng", "du_chuong_trinh": "Có", "so_tham_luan": 3,
        "hoi_nghi_diem": "Có" if unit.code in _pilots() else "Không",
        "nguoi_lap": "Vàng Thị Mỷ", "thu_truong": "Lò Văn Thiên",
    }  # fmt: skip
    if unit.level == "base":
        values |= {"so_cbccvc_nld": 45, "ngay_tinh": date(2014, 8, 25), "loai_hoi_nghi": "Toàn thể"}
    return values


def _people(unit: Unit, suffix: str, absent: int) -> dict[str, Raw]:
    """Return who is to attend, or who did: then some of the guests or others are absent."""
    number = _number(unit.code)
    if unit.level == "base":
        exemplary, guests, others = 10, 12, 18 + number % 7 - absent
    else:
        exemplary, guests, others = 24, 6 + number % 5 - absent, 0
    values: dict[str, Raw] = {
        "tong_dai_bieu": exemplary + guests + others, "dien_hinh": exemplary,
        "dh_truc_tiep": exemplary, "khach_moi_lanh_dao": guests, "khach_moi": guests - 2,
        "lanh_dao": 2, "nu": 12, "dan_toc_thieu_so": 16,
    }  # fmt: skip
    if others:
        values["thanh_phan_khac"] = others
    return {f"{name}{suffix}": value for name, value in values.items()}


def _results(unit: Unit, day: date) -> dict[str, Raw]:
    return {
        "trang_thai": "Đã tổ chức", "ngay_hoi_nghi_th": day, "so_cong_van": "25/BC-ĐV",
        "ngay_cong_van": day + timedelta(days=3), "so_bao_cao": "24/BC-ĐV",
        "ngay_bao_cao": day - timedelta(days=2), "bieu_duong_tap_the": 2, "bieu_duong_ca_nhan": 8,
        "bieu_duong_ho_gia_dinh": 1, "bau_dai_bieu": unit.allotment or 0,
    }  # fmt: skip


def _roster(unit: Unit) -> list[Row]:
    elected = unit.allotment or 0
    size = 10 if unit.level == "base" else 24
    return [
        {
            "ho_ten": f"Người thứ {n} của {unit.code}", "nam_sinh": 1970 + n, "dan_toc": "Thái",
            "gioi_tinh": "Nữ" if n % 2 else "Nam", "noi_cong_tac": "Tổ số 1",
            "doi_tuong": "Người trực tiếp sản xuất, công tác", "thanh_tich": "Giấy khen",
            "duoc_bau": "x" if n < elected else None,
            **({"thanh_phan_kinh_te": "Nhà nước"} if unit.level == "upper" else {}),
        }
        for n in range(size)
    ]  # fmt: skip


def _upper_tables(unit: Unit, month: int, *, held: bool) -> dict[str, list[Row]]:
    below = [one for one in units_of(month).values() if one.parent == unit.code]
    rows: list[Row] = [
        {"ten": one.name, "ngay_du_kien": _HELD_ON[JAN], "diem": "x"}
        if one.code in _pilots()
        else {"ten": one.name}
        for one in below
    ]
    tables = {"truc_thuoc": rows} if rows else {}
    if held:
        award = {"ca_nhan": 3, "truc_tiep": 2, "cong_nhan": 1, "nong_dan": 1, "nu": 1, "dan_toc": 2}
        tables["phong_trao"] = [
            {"ten": "Dạy tốt, học tốt", "thoi_gian": "2010-2014", "ket_qua": "36 sáng kiến"}
        ]
        tables["khen_thuong"] = [{"tap_the": 1, **award, "ho_gia_dinh": 0}]
    return tables


def _upper_report() -> dict[str, Raw]:
    return {"du_noi_dung": "Có", "giai_doan_qua": "2010-2014", "giai_doan_toi": "2015-2020"}


# --- what is sent ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One file: whose, about which month, in which folder it arrives and when.

    ``kind`` is ``.`` (a form), ``H`` (damaged), ``A`` (a photo) or ``T`` (an empty form); ``name`` is the
    register's month whose names the form carries.
    """

    unit: str
    month: int
    folder: str
    moment: datetime
    kind: str = "."
    faults: tuple[str, ...] = ()
    explains: bool = False
    names_of: int = SEP

    @property
    def name(self) -> str:
        """The file's name in its folder."""
        suffix = "jpg" if self.kind == "A" else "xlsx"
        return f"{self.unit} {MONTHS[self.month]} gui ngay {self.moment:%d-%m}.{suffix}"


EXTRA = (
    Sent(unit="DN18", month=DEC, folder="2014-12-den-sau", moment=datetime(2015, 1, 5, 9)),
    Sent(unit="DN19", month=OCT, folder="2014-11", moment=datetime(2014, 11, 6, 9)),
)
"""What arrives in another folder than its month's."""

_PART = re.compile(r"(?P<kind>[.MSHAT])(?P<day>\d*)(?P<faults>(?:\+[^+;\s]+)*)")


def sent_files() -> Iterator[Sent]:
    """Yield every file of the nine months."""
    for month in range(9):
        units = dict(units_of(month))
        units.setdefault("DN20", units_of(SEP)["DN20"])
        for unit in units.values():
            yield from _sent_by(unit.code, month, _story_of(unit).sent[month])
    yield from EXTRA


def _sent_by(unit: str, month: int, cell: str) -> Iterator[Sent]:
    if cell == "-":
        return
    parts = [_PART.fullmatch(part.strip()) for part in cell.split(";")]
    for place, part in enumerate(parts):
        assert part, (unit, cell)
        usual = 27 if part["kind"] == "M" else 10 - 2 * (len(parts) - 1 - place)
        faults = tuple(part["faults"].split("+")[1:])
        when = MONTHS[month]
        moment = datetime(when.year, when.number, int(part["day"] or usual), 9)
        if part["kind"] == "S":
            moment = datetime(when.year, when.number, 28, 17, 20)
        yield Sent(
            unit=unit,
            month=month,
            folder=str(when),
            moment=moment,
            kind=part["kind"].replace("M", ".").replace("S", "."),
            faults=tuple(fault for fault in faults if fault != "GT"),
            explains="GT" in faults,
            names_of=month if month > JAN else SEP,
        )


_PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def write_months(folder: Path, months: Iterable[int] = range(9)) -> None:
    """Write a folder of files for each of the months, and one of what came later."""
    campaign = _campaign()
    above = {unit.parent for unit in campaign.units}
    alone = [unit for unit in campaign.units if unit.code not in above]
    stamps = {
        form.id: Stamp(campaign, form, next(unit for unit in alone if unit.level == form.level))
        for form in campaign.forms
    }
    for one in (one for one in sent_files() if one.month in months):
        unit = unit_as_of(one.unit, one.names_of)
        stamp = stamps[campaign.form_of(unit).id]
        typed = Typed() if one.kind == "T" else typed_by(unit, one.month, one.faults, one.explains)
        content = stamp.form_of(unit, MONTHS[one.month], typed)
        kept = content[: len(content) // 2] if one.kind == "H" else content
        kept = _PHOTO + one.name.encode() if one.kind == "A" else kept
        put(folder / one.folder / one.name, kept, one.moment)


# --- the truth -------------------------------------------------------------------------------

_STATES = {
    "": UnitState.ON_TIME,
    "muộn": UnitState.LATE,
    "im": UnitState.MISSING,
    "hỏng": UnitState.UNUSABLE,
    "ảnh": UnitState.UNUSABLE,
    "sau": UnitState.AFTER_CUT_OFF,
    "trống": UnitState.EMPTY,
    "miễn": UnitState.NOT_REQUIRED,
}
_LIVES = {"mới": Life.NEW, "còn": Life.OPEN, "lại": Life.REOPENED, "nhận": Life.WAIVED}
_GONE, _UNDECIDED, _OUTSIDE = "hết", "?", "ngoài"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What must be seen of one unit in one month: one cell of its story's second line.

    ``silent`` is None where it does not matter: a unit that need not report.
    """

    state: UnitState | None
    silent: int | None
    findings: tuple[tuple[str, Life, int], ...]
    gone: tuple[str, ...]
    undecided: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """Whether its report of the month counts."""
        return self.state in (UnitState.ON_TIME, UnitState.LATE)


def seen_of(cell: str) -> Seen | None:
    """Return what a cell tells; None when the unit is not in the month's register."""
    state, silent = UnitState.ON_TIME, 0
    findings, gone, undecided = [], [], []
    for part in (part.split() for part in cell.split(",") if part.strip()):
        match part:
            case [word] if word == _OUTSIDE:
                return None
            case [code, word] if word == _GONE:
                gone.append(code)
            case [code, word] if word == _UNDECIDED:
                undecided.append(code)
            case [code, life, months]:
                findings.append((code, _LIVES[life], int(months)))
            case [word, *months]:
                state, silent = _STATES[word], int(months[0]) if months else 0
    return Seen(
        state=state,
        silent=None if state is UnitState.NOT_REQUIRED else silent,
        findings=tuple(sorted(findings)),
        gone=tuple(sorted(gone)),
        undecided=tuple(sorted(undecided)),
    )


FIGURES = ("co_so_lieu", "da_to_chuc", "dai_bieu_kh", "dai_bieu", "duoc_bau")
"""The totals that are compared: figures by their ids."""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What one run must publish: every unit, who never reported, and both kinds of totals."""

    step: Step
    units: Mapping[str, Seen]
    never: frozenset[str]
    month_totals: Mapping[str, int]
    totals_to_date: Mapping[str, int]


def truths() -> Iterator[Truth]:
    """Yield the truth of each run, in the order of the runs."""
    published: dict[int, dict[str, dict[str, int]]] = {}
    came_late: dict[int, dict[str, dict[str, int]]] = {}
    for step in STEPS:
        is_last = step.again or not any(s.again for s in STEPS if s.month == step.month)
        units = {
            code: seen
            for code, unit in units_of(step.month).items()
            if (seen := seen_of(_cell(_story_of(unit), step.month, is_last=is_last)))
        }
        counting = _counting(step)
        published[step.month] = {
            code: _figures(units_of(step.month)[code], counting[code], is_last=is_last)
            for code, seen in units.items()
            if seen.is_usable
        }
        # what came after the moment counts from the next month on
        after = [one for one in sent_files() if one.month == step.month and one.kind == "."]
        came_late[step.month] = {
            one.unit: _figures(units_of(step.month)[one.unit], one, is_last=is_last)
            for one in after
            if one.unit in units and units[one.unit].state is UnitState.AFTER_CUT_OFF
        }
        latest = _latest(published, came_late, step.month)
        yield Truth(
            step=step,
            units=units,
            never=frozenset(units) - frozenset(latest),
            month_totals=_added_up(published[step.month].values()),
            totals_to_date=_added_up(latest[code] for code in units if code in latest),
        )


def _cell(story: Story, month: int, *, is_last: bool) -> str:
    return story.seen[month] if is_last else story.at_first.get(month, story.seen[month])


def _counting(step: Step) -> dict[str, Sent]:
    """Return the last form that each unit had sent when the step was run."""
    about = [s for s in sent_files() if s.month == step.month and s.moment <= step.until]
    return {s.unit: s for s in sorted(about, key=lambda s: s.moment)}


def _figures(unit: Unit, sent: Sent, *, is_last: bool) -> dict[str, int]:
    """Return what one form adds to each total."""
    values = dict(typed_by(unit, sent.month, sent.faults).values)
    for ruling in RULINGS:
        if is_last and (ruling.unit, ruling.month) == (sent.unit, sent.month) and ruling.value:
            values[ruling.field] = ruling.value
    held = values["trang_thai"] == "Đã tổ chức"
    return {
        "co_so_lieu": 1,
        "da_to_chuc": int(held),
        "dai_bieu_kh": _count(values.get("tong_dai_bieu_kh")),
        "dai_bieu": _count(values.get("tong_dai_bieu_th")),
        "duoc_bau": _count(values.get("bau_dai_bieu")),
    }


def _count(raw: Raw) -> int:
    return raw if isinstance(raw, int) else 0


def _latest(
    published: Mapping[int, Mapping[str, dict[str, int]]],
    came_late: Mapping[int, Mapping[str, dict[str, int]]],
    until: int,
) -> dict[str, dict[str, int]]:
    latest: dict[str, dict[str, int]] = {}
    for month in sorted(published):
        if month <= until:
            latest |= published[month]
            latest |= came_late[month] if month < until else {}
    return latest


def _added_up(figures: Iterable[Mapping[str, int]]) -> dict[str, int]:
    totals = dict.fromkeys(FIGURES, 0)
    for one in figures:
        for name in FIGURES:
            totals[name] += one[name]
    return totals
