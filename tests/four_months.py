"""Four months of a district, a department and two enterprises as files: what each unit sends.

Told like ``nine_months``: a month a column, from February to May 2015. ``k`` a form that
plans, ``t`` a form of a conference that was held, ``-`` nothing; ``k+A8`` with what is
typed otherwise (``HABITS``); ``t@25`` came on the 25th, at twenty past five, when the
month was closed. ``A`` a photo, ``W`` a Word file, ``L`` a mail with a link, ``X`` a form
with a password, ``O`` the form of the month before sent again.

What must be seen is written by hand beside it, in any order: ``im 1`` silent for one
month, ``ảnh``, ``văn bản``, ``tháng khác``, ``đường dẫn``, ``khóa``, ``sau`` what came
instead of a report, ``ngoài`` not in the register; ``A9 mới 1``, ``còn 2``, ``nhận 2``, ``hết``
a finding and its life; ``→ giải trình`` what the unit is asked; ``kh``, ``tc``, ``?`` how its
conference is known to stand; ``[quá hạn]``, ``[phê bình]`` the lists in which it is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from nine_months import APR, FEB, MAR, MAY, MONTHS, OCT, typed_by
from sent_files import put
from small_province import write_campaign
from stamped_forms import Stamp, Typed

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.demo.damage import PICTURE, encrypted, text_document
from tdkt_batch.model import Unit
from tdkt_batch.values import Raw

FOUR = (FEB, MAR, APR, MAY)
DISTRICT, DEPARTMENT = "107", "SYT"
COMMUNES = (
    "03433", "03436", "03439", "03440", "03442", "03445", "03448", "03451", "03454", "03457",
    "03463", "03466", "03467", "03469",
)  # fmt: skip
UNITS = (DISTRICT, *COMMUNES, DEPARTMENT, "CS02", "CS04", "DN08", "DN11")
REGISTER = "ma,den_ngay\nDN08,31/03/2015\n"
"""The board's own register from April on: an enterprise is dissolved."""

HABITS: Mapping[str, Mapping[str, Raw]] = {
    "k25/5": {"ngay_hoi_nghi_kh": date(2015, 5, 25)},
    "t30/5": {"ngay_hoi_nghi_th": date(2015, 5, 30)},
    "t3/12": {"ngay_hoi_nghi_th": date(2015, 12, 3)},
    "bầu5": {"bau_dai_bieu": 5},
    "nữ>tổng": {"nu_th": 125},
    "A8": {"thoi_luong": "1 ngày"},
}
"""What a unit types otherwise than in a faultless form."""

# fmt: off
SENT: Mapping[str, tuple[str, ...]] = {code: tuple(cell.strip() for cell in line.split("|")) for code, line in {
    #          2/2015   3          4          5
    DISTRICT: "k       | k+bảng   | -        | t+bảng+bỏ trống",
    "03433":  "k       | t        | -        | -",
    "03436":  "k       | t        | A        | t",
    "03439":  "k       | t        | W        | t",
    "03440":  "k       | t        | O        | t",
    "03442":  "k       | k        | k+k25/5  | k+k25/5",
    "03445":  "k       | t        | L        | t",
    "03448":  "k       | k        | t@25     | t",
    "03451":  "k       | t        | X        | t",
    "03454":  "k       | t        | -        | -",
    "03457":  "k       | t        | k        | t",
    "03463":  "k       | t+bầu5   | t+bầu5   | t+bầu5",
    "03466":  "k       | k        | t+t30/5  | t",
    "03467":  "k       | t+t3/12  | t        | t",
    "03469":  "t       | t+nữ>tổng | t       | t",
    DEPARTMENT: "k     | k        | k        | t",
    "CS02":   "k       | t        | t        | t",
    "CS04":   "t       | -        | t        | t",
    "DN08":   "k       | t        | -        | -",
    "DN11":   "k+A8+GT | t+A8+GT  | t+A8+GT  | t+A8+GT",
}.items()}
# fmt: on
STRAY = "IMG_0517.jpg"
"""A picture that is nobody's report; it came in May, and the board sets it aside."""

# fmt: off
SEEN: Mapping[str, tuple[str, ...]] = {code: tuple(cell.strip() for cell in line.split("|")) for code, line in {
    #          2/2015 | 3 | 4 | 5
    DISTRICT: "kh | kh | im 1, → gửi, kh | B8 mới 1, → hoàn thiện, tc",
    "03433":  "kh | tc | im 1, → gửi, tc | im 2, → gửi, tc, [phê bình]",
    "03436":  "kh | tc | ảnh, → gửi lại, tc | tc",
    "03439":  "kh | tc | văn bản, → gửi lại, tc | tc",
    "03440":  "kh | tc | tháng khác, → gửi lại, tc | tc",
    "03442":  "kh | kh, [qua ngày] | A9 mới 1, AMB29 mới 1, → giải trình, kh, [quá hạn] | A9 còn 2, AMB29 còn 2, → giải trình, kh, [quá hạn]",
    "03445":  "kh | tc | đường dẫn, → gửi lại, tc | tc",
    "03448":  "kh | kh | sau, → tính sau, kh | tc",
    "03451":  "kh | tc | khóa, → gửi lại, tc | tc",
    "03454":  "kh | tc | im 1, → gửi, tc | im 2, → gửi, tc, [phê bình]",
    "03457":  "kh | tc | O5h mới 1, → đính chính, ? | O5h hết, tc",
    "03463":  "kh | tc | tc | tc",
    "03466":  "kh | kh | O5b mới 1, → đính chính, ? | O5b hết, tc",
    "03467":  "kh | O5b mới 1, → đính chính, ? | O5b hết, tc | tc",
    "03469":  "tc | A7c mới 1, → đính chính, tc, [chưa cộng] | A7c hết, tc | tc",
    DEPARTMENT: "kh | kh | kh | tc",
    "CS02":   "kh | tc | tc | tc",
    "CS04":   "tc | im 1, → gửi, tc | tc | tc",
    "DN08":   "kh | tc | ngoài | ngoài",
    "DN11":   "A8 mới 1, → xem xét, kh | A8 nhận 2, tc | A8 nhận 3, tc | A8 nhận 4, tc",
}.items()}
# fmt: on

_HELD_ON = {"03469": date(2015, 1, 6), "CS04": date(2015, 1, 6), "03448": date(2015, 3, 30),
            "03466": date(2015, 3, 30), DISTRICT: date(2015, 5, 19),
            DEPARTMENT: date(2015, 5, 14)}  # fmt: skip
_USUALLY_HELD_ON = date(2015, 3, 10)


def held_on(code: str) -> date:
    """Return the day on which the unit's conference was held."""
    return _HELD_ON.get(code, _USUALLY_HELD_ON)


def typed(unit: Unit, kind: str, habits: tuple[str, ...]) -> Typed:
    """Return what a unit types into a form that plans (``k``) or tells of what was held (``t``)."""
    day = held_on(unit.code)
    if kind == "k":
        month = OCT if unit.level == "base" else MAR
        base = typed_by(unit, month)
        values: dict[str, Raw] = {**base.values, "ngay_hoi_nghi_kh": day}
    else:
        base = typed_by(unit, MAY)
        letter = date.fromordinal(day.toordinal() + 3)
        values = {
            **base.values, "ngay_hoi_nghi_kh": day, "ngay_hoi_nghi_th": day, "ngay_cong_van": letter,
            "ngay_bao_cao": date.fromordinal(day.toordinal() - 2),
        }  # fmt: skip
    tables = dict(base.tables)
    for habit in habits:
        values |= HABITS.get(habit, {})
        if habit == "bầu5":
            rows = tables["danh_sach"]
            tables["danh_sach"] = [
                {**row, "duoc_bau": "x" if n < 5 else None} for n, row in enumerate(rows)
            ]
    if unit.code == DISTRICT:
        values |= _many("_kh") | (_many("_th") if kind == "t" else {})
    if "bảng" in habits:
        allotted = {one.name: one.allotment for one in CAMPAIGN.units if one.parent == unit.code}
        allotted |= {LEFT_BLANK: 5}
        rows = tables["truc_thuoc"]
        shown = {**allotted, **(dict.fromkeys([LEFT_BLANK]) if "bỏ trống" in habits else {})}
        tables["truc_thuoc"] = [{**row, "phan_bo": shown[str(row["ten"])]} for row in rows]
        if kind == "t":
            sent = [name for name, number in allotted.items() for _ in range(number or 0)]
            first, elected = tables["danh_sach"][0], unit.allotment or 0
            tables["danh_sach"] = [
                {
                    **first, "ho_ten": f"Đại biểu thứ {n} của {name}", "nam_sinh": 1960 + n % 40,
                    "gioi_tinh": "Nữ" if n % 2 else "Nam",
                    "don_vi_co_so": name, "duoc_bau": "x" if n < elected else None,
                }
                for n, name in enumerate(sent)
            ]  # fmt: skip
    explained = {"A8": "Hội trường chỉ cho thuê cả ngày."} if "GT" in habits else {}
    return replace(base, values=values, tables=tables, explanations=explained)


def _many(suffix: str) -> dict[str, Raw]:
    """Return the district's delegates: all whom its communes were allotted, and guests."""
    numbers = {
        "tong_dai_bieu": 100,
        "dien_hinh": 81,
        "dh_truc_tiep": 81,
        "nu": 40,
        "dan_toc_thieu_so": 50,
        "khach_moi_lanh_dao": 19,
        "khach_moi": 17,
        "lanh_dao": 2,
    }
    return {f"{name}{suffix}": number for name, number in numbers.items()}


CAMPAIGN = load_campaign()
LEFT_BLANK = CAMPAIGN.unit("03463").name
"""Whom the district allots five in March, and leaves blank in the table of May."""
_CELL = re.compile(r"(?P<kind>[ktAWLXO])(?:@(?P<day>\d+))?(?P<habits>(?:\+[^+]+)*)")
_LINK = '<a href="https://drive.google.com/file/d/1AbC/view">bao cao.xlsx</a>'


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One file of one unit: its month's number, its kind and habits, when it came."""

    unit: str
    month: int
    kind: str
    moment: datetime
    habits: tuple[str, ...]


def sent_in(month: int) -> Iterator[Sent]:
    """Yield what the units send in a month."""
    for code, cells in SENT.items():
        cell = _CELL.fullmatch(cells[month - FEB])
        if cell is None:
            assert cells[month - FEB] == "-", (code, month)
            continue
        when = MONTHS[month]
        hour, minute = (17, 20) if cell["day"] else (9, 0)
        day = int(cell["day"] or (22 if code == DISTRICT and month == MAY else 18))
        moment = datetime(when.year, when.number, 9 if month == FEB else day, hour, minute)
        habits = tuple(filter(None, cell["habits"].split("+")))
        yield Sent(unit=code, month=month, kind=cell["kind"], moment=moment, habits=habits)


class Forms:
    """The forms of the story's campaign."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        alone = {"base": campaign.unit("DN11"), "upper": campaign.unit(DEPARTMENT)}
        self._stamps = {f.level: Stamp(campaign, f, alone[f.level]) for f in campaign.forms}

    def content(self, sent: Sent) -> tuple[str, bytes]:
        """Return a file's name in its folder and its bytes."""
        unit, month = self._campaign.unit(sent.unit), sent.month
        name = f"{sent.unit} {MONTHS[month]}"
        match sent.kind:
            case "A":
                return f"{name}.jpg", PICTURE + name.encode()
            case "W":
                return f"{name}.docx", text_document(sent.moment)
            case "X":
                return f"{name}.xlsx", encrypted(b"")
            case "L":
                when = f"{sent.moment:%d %b %Y %H:%M:%S} +0700"
                head = f"From: {unit.email}\r\nSubject: bao cao\r\nDate: {when}\r\n"
                kind = "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
                return f"{name}.eml", f"{head}{kind}{_LINK}\r\n".encode()
            case "O":
                again = self._stamps[unit.level].form_of(
                    unit, MONTHS[month - 1], typed(unit, "t", ())
                )
                return f"{name}.xlsx", again
        filled = typed(unit, sent.kind, sent.habits)
        return f"{name}.xlsx", self._stamps[unit.level].form_of(unit, MONTHS[month], filled)


def write_story(folder: Path) -> None:
    """Write campaign, register and the files of each month below ``folder``."""
    campaign = load_campaign(write_campaign(folder / "dot", UNITS))
    (folder / "danh-sach.csv").write_text(REGISTER, encoding="utf-8-sig")
    forms = Forms(campaign)
    for month in FOUR:
        for sent in sent_in(month):
            name, content = forms.content(sent)
            put(folder / str(MONTHS[month]) / name, content, sent.moment)
    put(folder / str(MONTHS[MAY]) / STRAY, PICTURE + b"0", datetime(2015, 5, 17, 9))
