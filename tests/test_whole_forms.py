"""What holds of whole forms: what was read is lawful as it stands; whatever hand or font typed it."""

import hashlib
import io
import unicodedata
from dataclasses import replace
from datetime import datetime
from functools import cache

import garbled
import openpyxl
import pytest
from chance_forms import fillings, small
from corpus.clerk import CAMPAIGN, Clerk, people
from openpyxl.styles import Font

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.forms_read.gather import gather
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Source, Submission
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.vietnamese.folding import BLANKS, WIDTHLESS
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding, encode_legacy
from tdkt_batch.vietnamese.spelling import normal_text
from tdkt_batch.workbooks.read import open_workbook

COMMUNES = [u for u in CAMPAIGN.units if u.kind == "xã" and u.code.startswith("0")]
CLERK = Clerk(COMMUNES[0], COMMUNES[1])
DEPARTMENT = next(u for u in CAMPAIGN.units if u.kind == "sở")
UPPER = Clerk(DEPARTMENT, DEPARTMENT)
CLERKS = {"mau_01": CLERK, "mau_02": UPPER}
FREE = (FieldKind.TEXT, FieldKind.NOTE)


def read(content):
    sha256 = hashlib.sha256(content).hexdigest()
    source = Source(name="a.xlsx", sha256=sha256, size=1, modified=datetime(2015, 3, 18))
    found = read_form(content, source, CAMPAIGN)
    assert isinstance(found, Submission), found
    return found


SOURCE = Source(name="a.xlsx", sha256="0", size=1, modified=datetime(2015, 3, 18))


# --- what was read is lawful as it stands ------------------------------------------------------


def as_typed(value):
    """Return what a clerk types for a value."""
    return {True: "x", False: None}.get(value, value) if isinstance(value, bool) else value


def retyped(submission):
    """Return the filling that has what was read."""
    values = {id_: as_typed(v.value) for id_, v in submission.values.items() if not v.implied}
    tables = {}
    for id_, rows in submission.tables.items():
        by_number = {
            row.number: {c: as_typed(v.value) for c, v in row.values.items() if not v.implied}
            for row in rows
        }
        last = max(by_number, default=0)
        tables[id_] = [by_number.get(number, {}) for number in range(1, last + 1)]
    unit = CAMPAIGN.unit(submission.unit)
    return Filling(
        unit=unit, month=submission.month, values=values, tables=tables, whole_tables=True
    )


def understood(submission):
    """Return each value that was understood, by its place among fields and rows."""
    cells = {(id_, 0): v for id_, v in submission.values.items()}
    for rows in submission.tables.values():
        cells |= {(v.field, row.number): v for row in rows for v in row.values.values()}
    return cells


def outcomes(submission):
    form, unit = CAMPAIGN.form(submission.form), CAMPAIGN.unit(submission.unit)
    return {one.rule: one.outcome for one in form_outcomes(CAMPAIGN, form, submission, unit)}


@pytest.mark.parametrize("form", CAMPAIGN.forms, ids=lambda form: form.id)
def test_what_was_read_and_typed_again_needs_no_repair_and_is_the_same(form):
    repaired = 0
    for filling in fillings(CAMPAIGN, small(form), seed=12, number=24):
        content = write_form(CAMPAIGN, form, filling)
        found = read_form(content, SOURCE, CAMPAIGN)
        if not isinstance(found, Submission):
            continue  # of no unit or no month
        again = read(write_form(CAMPAIGN, form, retyped(found)))
        before, after = understood(found), understood(again)
        for place, value in before.items():
            repaired += value.repair is not None
            if value.fault or place[0] == CAMPAIGN.roles.unit:
                continue
            other = after.get(place)
            assert (other.value if other else None) == value.value, (place, value, other)
            assert not other or (other.repair, other.fault) == (None, None), (place, value, other)
        if not any(value.fault for value in before.values()):
            assert outcomes(again) == outcomes(found)
    assert repaired > 2


# --- every hand, every font -----------------------------------------------------------------------

TEXTS = {
    "don_vi_bao_cao": None,
    "dia_diem": "Hội trường trung tâm xã",
    "chu_tri": "Lò Văn Hặc, Chủ tịch Ủy ban nhân dân",
    "kien_nghi": "Đề nghị cấp thêm kinh phí, khen thưởng kịp thời",
    "nguoi_lap": "Nguyễn Thị Hoà",
    "thu_truong": "Tẩn Tả Mẩy, Chủ tịch",
}


def windows_1258(text):
    """Return a text as Windows typed it: the letter composed, its tone behind it."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tones = [c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323"]
        base = "".join(c for c in apart if c not in tones)
        letters.append(unicodedata.normalize("NFC", base) + "".join(tones))
    return "".join(letters)


HANDS = {
    "TCVN3": lambda text: encode_legacy(text, LegacyEncoding.TCVN3),
    "VNI": lambda text: encode_legacy(text, LegacyEncoding.VNI),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "Windows-1258": windows_1258,
}
COLUMNS = ("ho_ten", "noi_cong_tac", "thanh_tich")
LISTED = ("gioi_tinh", "dan_toc", "doi_tuong")


@cache
def plain(form_id):
    clerk = CLERKS[form_id]
    texts = {id_: text for id_, text in TEXTS.items() if text}
    return read(clerk.form(**texts))


def choices(clerk):
    return {
        f.id: v for f in clerk.definition.fields if f.choices and (v := clerk.meant().get(f.id))
    }


def typed_by(clerk, hand, *, lists):
    """Return the form whose texts were typed by a hand; its lists too, or picked."""
    write = HANDS[hand] if hand in HANDS else garbled.HANDS[hand]
    values = {id_: write(text or clerk.label) for id_, text in TEXTS.items()}
    if lists:
        values |= {id_: write(value) for id_, value in choices(clerk).items()}
    columns = (*COLUMNS, *LISTED) if lists else COLUMNS
    rows = [
        (number, column, write(person[column]))
        for number, person in enumerate(people(), start=1)
        for column in columns
    ]
    return clerk.form(rows=rows, **values)


def differences(found, wanted):
    """Return what differs in two readings: place, what was read, what was meant."""
    one, other = understood(found), understood(wanted)
    return [
        (place, value.value, other[place].value)
        for place, value in one.items()
        if (_same(value.value), value.fault) != (_same(other[place].value), None)
    ]


def _same(value):
    """Return a value as it is compared: TCVN3 has no Ủ, it is typed as ủ."""
    return value.replace("ủy ban", "Ủy ban").strip() if isinstance(value, str) else value


@pytest.mark.parametrize("lists", [False, True], ids=["picked", "typed"])
@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("form_id", CLERKS)
def test_a_whole_form_says_the_same_in_whatever_encoding_it_was_typed(form_id, hand, lists):
    clerk, wanted = CLERKS[form_id], plain(form_id)
    found = read(typed_by(clerk, hand, lists=lists))
    for place, value, meant in differences(found, wanted):
        field = clerk.definition.field(place[0])
        typed = HANDS[hand](str(meant))
        assert field.kind in FREE, (place, value, meant)
        assert value in (typed, meant), (place, value, meant)  # left as it stands, never another
    assert len(differences(found, wanted)) <= (3 if hand in ("TCVN3", "VNI") else 0)
    assert outcomes(found) == outcomes(wanted)


@pytest.mark.parametrize("hand", garbled.HANDS)
def test_a_whole_form_says_the_same_when_it_was_garbled_and_what_stays_so_is_said(hand):
    wanted, found = plain("mau_01"), read(typed_by(CLERK, hand, lists=True))
    apart = differences(found, wanted)  # where a tone stands was not typed
    left = [one for one in apart if normal_text(str(one[1])) != normal_text(str(one[2]))]
    for place, value, meant in left:
        assert CLERK.definition.field(place[0]).kind in FREE, (place, value, meant)
        assert value == garbled.HANDS[hand](str(meant)), (place, value, meant)
    assert len(left) <= (0 if hand in garbled.MISREAD else 1)
    assert outcomes(found) == outcomes(wanted)


def test_letters_that_nobody_can_read_stay_and_are_said_once_with_their_cells():
    texts = {"dia_diem": "há»p má»i", "kien_nghi": "ca'n bo^. Tha'ng to^?ng", "chu_tri": "5 km²"}
    found = read(CLERK.form(**texts))
    assert {id_: found.values[id_].value for id_ in texts} == texts
    (said,) = [fault for fault in found.faults if fault.code == "DL52"]
    cells = [f"{found.values[id_].cell} ghi {texts[id_]}" for id_ in ("dia_diem", "kien_nghi")]
    assert (said.details["number"], said.details["cells"]) == ("2", "; ".join(cells))


@pytest.mark.parametrize("one", HANDS)
@pytest.mark.parametrize("other", HANDS)
def test_two_hands_in_one_form_do_not_disturb_each_other(one, other):
    clerk, wanted = CLERK, plain("mau_01")
    write = {True: HANDS[one], False: HANDS[other]}
    values = {
        id_: write[n % 2 == 0](text or clerk.label) for n, (id_, text) in enumerate(TEXTS.items())
    }
    rows = [
        (number, column, write[number % 2 == 0](person[column]))
        for number, person in enumerate(people(), start=1)
        for column in (*COLUMNS, *LISTED)
    ]
    found = read(clerk.form(rows=rows, **values))
    for place, value, meant in differences(found, wanted):
        assert clerk.definition.field(place[0]).kind in FREE, (place, value, meant)
        assert value in [write(str(meant)) for write in HANDS.values()], (place, value, meant)
    assert outcomes(found) == outcomes(wanted)


FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


@pytest.mark.parametrize("lists", [False, True], ids=["picked", "typed"])
@pytest.mark.parametrize("hand", FONTS)
def test_a_form_in_a_font_of_before_unicode_is_read_in_full(hand, lists):
    book = openpyxl.load_workbook(io.BytesIO(typed_by(CLERK, hand, lists=lists)))
    for title in ("Báo cáo", "Danh sách"):
        for row in book[title].iter_rows(min_row=7, max_row=90, min_col=2, max_col=10):
            for cell in row:
                if cell.value is not None:
                    cell.font = Font(name=FONTS[hand])  # picked lists and numbers as well
    saved = io.BytesIO()
    book.save(saved)
    assert differences(read(saved.getvalue()), plain("mau_01")) == []


# --- what is not seen ------------------------------------------------------------------------------

ESCAPED = {"\v": "_x000B_", "\f": "_x000C_", "\x07": "_x0007_"}
"""As programs write into a workbook what XML cannot hold."""
UNSEEN = (
    *BLANKS.replace("\r", ""),
    *WIDTHLESS,
    "_x000D_",
    "\r\n",
    "\x07",
    "\u00ad",
    "\u2061",
    "\u2800",
)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_is_not_seen_changes_nothing_in_any_cell_of_a_form(unseen):
    """Numbers and days are typed as text."""
    clerk, wanted, sign = CLERK, plain("mau_01"), ESCAPED.get(unseen, unseen)
    meant = clerk.meant() | {id_: text for id_, text in TEXTS.items() if text}
    values = {
        id_: f"{sign}{'x' if raw is True else no_blank(raw)}{sign}" for id_, raw in meant.items()
    }
    rows = [
        (number, column, f"{sign}{'x' if raw is True else raw}{sign}")
        for number, person in enumerate(people(), start=1)
        for column, raw in person.items()
        if raw not in (None, False)
    ]
    found = read(clerk.form(rows=rows, **values))
    assert differences(found, wanted) == []
    assert outcomes(found) == outcomes(wanted)


class Spoilt:
    """An opened form with something unseen in each of its texts, labels and heads too."""

    content = b""

    def __init__(self, book, unseen):
        self.titles, self.named_cells = book.titles, lambda _: {}
        self._book, self._unseen = book, unseen

    def sheet(self, title):
        cells = self._book.sheet(title)
        rows = [
            [f"{self._unseen}{raw}{self._unseen}" if isinstance(raw, str) else raw for raw in row]
            for row in (cells.rows if cells else [])
        ]
        return cells and replace(cells, rows=rows)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("form_id", CLERKS)
def test_a_form_is_found_whatever_unseen_stands_in_its_labels_and_heads(form_id, unseen):
    form, book = CAMPAIGN.form(form_id), opened(form_id)
    roles = (CAMPAIGN.roles.unit, CAMPAIGN.roles.month)
    clean, found = gather(book, form, roles), gather(Spoilt(book, unseen), form, roles)
    places = [(cell.id, cell.sheet, cell.address) for cell in clean.all_cells]
    assert [(cell.id, cell.sheet, cell.address) for cell in found.all_cells] == places
    assert [fault.code for fault in found.faults] == [fault.code for fault in clean.faults]


@cache
def opened(form_id):
    return open_workbook(CLERKS[form_id].form(), "bieu.xlsx")


def no_blank(raw):
    return f"{raw:%d/%m/%Y}" if hasattr(raw, "year") else raw
