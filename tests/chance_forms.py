"""Forms filled by chance around the rules' limits, and as people spoil them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form, Table
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.model import Month, Unit
from tdkt_batch.unit_names.full_names import conference_name, unit_label, units_of_form
from tdkt_batch.values import Raw
from tdkt_batch.vietnamese.folding import BLANKS, WIDTHLESS

NBSP = "\u00a0"
UNSEEN = (*BLANKS.replace("\r", ""), *WIDTHLESS)
"""Each by itself; LibreOffice turns a carriage return into the end of a line when it saves."""
DAYS = (
    date(2014, 12, 31),
    date(2015, 1, 1),
    date(2015, 2, 10),
    date(2015, 3, 31),
    date(2015, 4, 1),
    date(2015, 5, 20),
    date(2015, 6, 30),
    date(2015, 7, 1),
)


DAYS_AS_TYPED = (
    *("1.4.2015", "01-04-15", " 31 / 3 / 2015 ", "31/3/2015.", "31/03/2015/", "3/25/2015"),
    *("31/2/2015", "29/2/2016", "29/2/2015", "0/3/2015", "5%/3/2015", "+5/3/2015", "2 0/3/2015"),
    *("005/3/2015", "5/3/115", "5/3/0115", "5/3/2e03", "5//2015", "/5/3/2015", "5/3/2015/1"),
    *("\uff15/3/2015", "a/b/cccc", "5/3", "1/1/2010", "31/12/2009", "31/12/20", "1/1/2021"),
)
"""Days as clerks type them into a text cell, at the campaign's ends, and what is none."""


LACKING_AS_TYPED = (
    *("ĐỦ", "Đủ 9", "đủ 7 nội dung", "đủ nội dung", "Thiếu 4, 6", "thiếu nội dung số 1 và 3"),
    *("4,6", "4 6", "6;4;", "1+2", "4.", "4. 6.", "4.6", "4/6", "4-6", "46", "4;4", "0", "8", "10"),
    *("thiếu 2 nội dung", "không", "không thiếu", "đủ 5", "đủ thiếu", "và", ";", "bốn", "*", "?"),
)
"""What lacks as clerks type it, and what does not say which contents do."""


def small(form: Form, capacity: int = 9) -> Form:
    """Return the form with short tables, so that many can be recalculated in a minute."""
    sheets = tuple(
        replace(s, tables=tuple(_short(t, capacity) for t in s.tables)) for s in form.sheets
    )
    return replace(form, sheets=sheets)


def _short(table: Table, capacity: int) -> Table:
    """Return the table with as few rows as what is pre-filled leaves."""
    room = {"list": table.rows + 4, "subordinates": 30}.get(table.prefill, capacity)
    return replace(table, rows=min(table.rows, room), capacity=min(table.capacity, room))


def fillings(campaign: Campaign, form: Form, seed: int, number: int) -> Iterator[Filling]:
    """Yield fillings of ``form``: mostly lawful, some of their cells spoilt."""
    chance = random.Random(seed)  # noqa: S311 — chance for tests, the same each time
    units = units_of_form(campaign, form)
    for _ in range(number):
        yield _filling(campaign, form, chance, chance.choice(units))


def some_with_too_many(given: Iterable[Filling]) -> Iterator[Filling]:
    """Yield the fillings; in one of twenty the delegates have digits more than they can have."""
    too_many: dict[str, Raw] = dict.fromkeys(("tong_dai_bieu_kh", "tong_dai_bieu_th"), 9_102)
    for place, filling in enumerate(given):
        spoils = place % 20 == 7
        yield replace(filling, values={**filling.values, **too_many}) if spoils else filling


def _filling(campaign: Campaign, form: Form, chance: random.Random, unit: Unit) -> Filling:
    month = chance.choice((Month(2014, 12), Month(2015, 1), Month(2015, 3), Month(2015, 4)))
    values = _values(campaign, form, chance, unit)
    tables = {t.id: _rows(t, chance) for t in form.tables if chance.random() < 0.8}
    for field in chance.sample(form.fields, k=chance.choice((0, 0, 1, 2, 4))):
        values[field.id] = spoilt(field, values.get(field.id), chance)
    if chance.random() < 0.6:
        values.pop(campaign.roles.unit, None)
        return Filling(unit=unit, month=month, values=values, tables=tables)
    if chance.random() < 0.9:
        label = unit_label(unit, campaign)
        values[campaign.roles.unit] = chance.choice((label, label.upper(), f" {label}{NBSP}"))
    values[campaign.roles.month] = chance.choice((month.first_day, month.last_day, None, "3/2015"))
    return Filling(values=values, tables=tables)


def _values(campaign: Campaign, form: Form, chance: random.Random, unit: Unit) -> dict[str, Raw]:
    """Return a lawful filling of the page, its figures at or beside the limits."""
    values: dict[str, Raw] = {}
    for field in form.fields:
        if chance.random() < 0.75:
            values[field.id] = _lawful(field, chance)
    values[campaign.roles.status] = chance.choices(
        list(campaign.roles.stages.values()), weights=(1, 3, 4, 1)
    )[0]
    for suffix in ("_kh", "_th"):
        values |= {k + suffix: v for k, v in _delegates(form, chance).items()}
    name = conference_name(unit, form, campaign)
    values["ten_hoi_nghi"] = chance.choice(
        (
            *(name, f"“{name.upper()}”  lần thứ IV", name[:-3], f"{NBSP}{name}", "Đại hội", None),
            f"{name}, {unit.superior} tỉnh Lai Châu, lần thứ 4 (2015-2020)",
            f"{name} và Tổng kết",
        )
    )
    for id_, value in (("giai_doan_qua", "2010-2014"), ("giai_doan_toi", "2015 – 2020")):
        values[id_] = chance.choice((value, value, "2011-2015", None))
    values["nhiem_ky"] = chance.choice(("2015-2020", "2015 – 2020", "2010-2015", "(2015-2020)"))
    known = set(form.field_by_id)
    return {k: v for k, v in values.items() if k in known}


def _delegates(form: Form, chance: random.Random) -> dict[str, Raw]:
    """Return delegates whose parts add up, or nearly."""
    total = chance.choice((0, 1, 7, 10, 23, 199, 200, 201, 299, 300, 301))
    exemplary = max(0, total * 7 // 10 + chance.choice((-1, 0, 0, 0, 1)))
    others = chance.choice((0, 0, 3))
    parts = ["dh_cong_nhan", "dh_nong_dan", "dh_truc_tiep", "dh_nghien_cuu"]
    shares = [exemplary // 2, exemplary - exemplary // 2, 0, 0]
    figures: dict[str, Raw] = {
        "tong_dai_bieu": total,
        "dien_hinh": exemplary,
        "khach_moi_lanh_dao": total - exemplary - others + chance.choice((0, 0, 0, 1)),
        "khach_moi": chance.choice((None, total - exemplary - others)),
        "lanh_dao": chance.choice((None, 0, 1)),
        "thanh_phan_khac": chance.choice((None, others)),
        "nu": chance.choice((None, 0, total // 2, total, total + 1)),
        "dan_toc_thieu_so": chance.choice((None, 0, total // 3, total, total + 1)),
    }
    if chance.random() < 0.7:
        figures |= dict(zip(parts, shares, strict=True))
        figures["dh_nguoi_tot"] = chance.choice((None, 0, 1))
    else:
        figures |= dict.fromkeys([*parts, "dh_lao_dong_gioi", "dh_nguoi_tot"])
    return figures


def _lawful(field: Field, chance: random.Random) -> Raw:
    match field.kind:
        case FieldKind.COUNT:
            low = max(field.minimum, 0)
            return chance.choice((low, low + 1, low + 3, 299, 300, 301))
        case FieldKind.DATE | FieldKind.MONTH:
            day = chance.choice(DAYS)  # a moment is a real day, as it would be pasted in
            return datetime.combine(day, time()) if chance.random() < 0.25 else day
        case FieldKind.CHOICE if field.choices is not None:
            return chance.choice(field.choices.values[:9])
        case FieldKind.MARK:
            return chance.choice((None, None, None, "x"))
        case FieldKind.LACKING:
            numbers = [str(n + 1) for n in range(len(field.contents)) if chance.random() < 0.5]
            said = (*("đủ",) * 3, *("; ".join(numbers),) * 6, "thiếu", "đủ, thiếu 2", None)
            return chance.choice(said)
    return chance.choice(("Lò Văn A", "12/KH-UBND", "2010-2014", "IV"))


def _rows(table: Table, chance: random.Random) -> list[dict[str, Raw]]:
    """Return up to a handful of rows, some of their cells spoilt or blank."""
    rows: list[dict[str, Raw]] = []
    left_out = chance.choice([c.id for c in table.columns]) if chance.random() < 0.3 else ""
    for _ in range(chance.choice((0, 1, 2, 3, 5))):
        row = {c.id: _lawful(c, chance) for c in table.columns if chance.random() < 0.93}
        row.pop(left_out, None)
        if table.prefill == "list":
            row = {id_: raw for id_, raw in row.items() if isinstance(raw, str)}
            row |= {c.id: chance.choice((0, 1, 1, 2)) for c in table.columns[1:]}
            row["ca_nhan"] = chance.choice((None, 2, 5, 5, 9))
        if chance.random() < 0.12:
            column = chance.choice(table.columns)
            row[column.id] = spoilt(column, row.get(column.id), chance)
        rows.append(row)
    return rows


def spoilt(field: Field, raw: Raw, chance: random.Random) -> Raw:
    """Return what people and programs make of a cell."""
    one, other = chance.choice(UNSEEN), chance.choice(UNSEEN)
    everywhere: list[Raw] = [None, "", " ", NBSP, f" {NBSP} ", True, False, 0, -1, 7, "–", "?*"]
    everywhere += [one, f"{one} {other}"]
    if isinstance(raw, str):
        everywhere += [f"{raw}{one}", f"{one}{raw} {other}", raw.replace(" ", f"{other} {one}")]
        everywhere += [raw.upper(), f"  {raw.lower()} ", raw.replace(" ", NBSP), raw[:2] + "*"]
    match field.kind:
        case FieldKind.COUNT:
            own: list[Raw] = ["200", "1.200", "7,5", "7 người", 7.5, -3, 199.99999, 200.0, 1e12]
            own += ["-", "—", "Không", " không  có ", "0", "–?"]
            own += [99_999, 100_000, date(2015, 1, 5), time(12), timedelta(hours=36)]
        case FieldKind.DATE | FieldKind.MONTH:
            own = ["12/3/2015", datetime(2015, 3, 31, 14), datetime(2015, 6, 30, 23, 59, 59)]
            own += [*DAYS_AS_TYPED, "3/2015", "03-2015", "12/2015", "3/15", "13/2015", "T3/2015"]
            own += [42094, 42094.75, date(1915, 3, 1), date(2035, 1, 1), 40178, 40179, 44196, 44197]
        case FieldKind.MARK:
            own = ["X", " x", f"x{NBSP}", "có", "xx", 1]
        case FieldKind.LACKING:
            own = [*LACKING_AS_TYPED, 4, 46, 4.6, 0, -4, date(2015, 6, 4)]
        case FieldKind.CHOICE if field.choices is not None:
            option = chance.choice(field.choices.values)
            own = [option.upper(), f" {option}", option.replace(" ", "  "), option[:2] + "*", 1]
        case _:
            own = [12, 12.5, -5, 1e15, date(2015, 3, 31), "2015-2020", "“Có”", "\n"]
    return chance.choice([*everywhere, *own, *own])


# --- texts that people and programs type to no good ---------------------------------------------

CONTROLS = "\x01\x02\x1f"
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://xau.vn","bấm")',
    "{=SUM(A1:A9)}",
    "+84 912",
    "-1",
    "@SUM(A1)",
    "http://xau.vn/x",
    "mailto:ai@xau.vn",
    "internal:'Báo cáo'!A1",
    "external:c:\\x.xlsx",
    "file:///etc/passwd",
    "<b>&amp;</b> \"'",
    "]]>",
    "_x0041_",
    "dòng 1\ndòng 2\r\ndòng 3\tcột",
    CONTROLS,
    "\u202egnol\u202c \u200f\ufeff",
    "\ufffe\uffff",
    "😀" * 40,
    "a\u0300\u0323" * 30,
    "'quoted",
    "x" * 5_000,
    "#REF!",
    "{raw} {label} %s",
)
"""Formulas, links, tags, control characters, marks that turn the direction of writing."""
UNWRITABLE = ("nửa \ud800 chữ", "\udfff", "dài " * 10_000, "😀" * 20_000)
"""What no workbook can hold as it is: half characters, more than 32.767 letters."""


def hostile(form: Form, chance: random.Random) -> dict[str, Raw]:
    """Return hostile texts for some of a form's cells that take any text."""
    free = [f for f in form.fields if f.kind in (FieldKind.TEXT, FieldKind.NOTE) and not f.prefill]
    chosen = chance.sample(free, k=min(4, len(free)))
    return {field.id: chance.choice(HOSTILE) for field in chosen}


def long_roster(number: int) -> list[dict[str, Raw]]:
    """Return a list of delegates with so many rows."""
    return [
        {"ho_ten": f"Lò Văn {n}", "nam_sinh": 1960 + n % 40, "gioi_tinh": ("Nam", "Nữ")[n % 2]}
        for n in range(number)
    ]
