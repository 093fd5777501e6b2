from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libreoffice import convert, require_libreoffice
from month_sample import MONTH, held, month_report, unit_report
from openpyxl.utils import get_column_letter, range_boundaries
from xlsxwriter import Workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.overlay import Overlay, laid_over
from tdkt_batch.control.columns import SHEETS, ColumnUse
from tdkt_batch.control.field_names import all_names, correctable, names_of
from tdkt_batch.control.listing import Listing
from tdkt_batch.control.read import Control, read_control
from tdkt_batch.control.write import write_control
from tdkt_batch.figures.officer_questions import OfficerQuestion, OfficerTopic, ShownCell
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Decision, DecisionKind, Month, Source
from tdkt_batch.report import FileRecord, FileState, Hindrance
from tdkt_batch.rules.decisions import answered, standing

ANSWERS, CORRECTIONS, EXCUSED = "Giải trình của đơn vị", "Đính chính số liệu", "Không phải báo cáo"
EXTENDED, NOT_USED, ASKED = "Gia hạn", "Tệp không dùng", "Cần quyết định"
JANUARY, FEBRUARY = Month(2015, 1), Month(2015, 2)
ONE, OTHER = "03386", "03389"
EXCUSES = load_campaign().reasons.excused
A4_FIELD = "tong_dai_bieu_th"
WHY = "Có thêm khách của tỉnh"
HOSTILE = '=HYPERLINK("http://x.example","bấm")'
SIGNED = {"reason": "Đúng thực tế", "approver": "Nguyễn Văn A", "decided": date(2015, 3, 20)}


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


def accepted(**more) -> Decision:
    what = {
        "kind": DecisionKind.ACCEPTED, "unit": ONE, "month": MONTH, "code": "A4",
        "field": A4_FIELD, "given": "212 đại biểu", "explanation": WHY,
    }  # fmt: skip
    return Decision(**{**what, **SIGNED, **more})


def refused(**more) -> Decision:
    return accepted(**{"kind": DecisionKind.REFUSED, **more})


def correction(field=A4_FIELD, value=200, **more) -> Decision:
    what = {"kind": DecisionKind.CORRECTED, "unit": ONE, "month": MONTH, "explanation": "Bà B"}
    return Decision(**{**what, **SIGNED, "field": field, "value": value, **more})


def excuse(unit=OTHER, **more) -> Decision:
    what = {"kind": DecisionKind.EXCUSED, "month": JANUARY, "explanation": EXCUSES[0]}
    return Decision(**{**what, **SIGNED, "unit": unit, **more})


def extension(unit=OTHER, **more) -> Decision:
    what = {"kind": DecisionKind.EXTENDED, "month": MONTH, "due": date(2015, 3, 27)}
    return Decision(**{**what, **SIGNED, "unit": unit, **more})


DRAFT, PHOTO = "thu 1.zip/BC nháp.xlsx", "IMG_1.jpg"
HASHES = {DRAFT: "d1" * 32, PHOTO: "f0" * 32}


def source(name, sha256="") -> Source:
    return Source(name=name, sha256=sha256 or HASHES[name], size=3, modified=datetime(2015, 3, 18))


SOURCES = [source(name) for name in HASHES]


def not_used(name=DRAFT, **more) -> Decision:
    what = {"kind": DecisionKind.SET_ASIDE, "unit": "", "month": MONTH}
    return Decision(**{**what, **SIGNED, "file": HASHES[name], "given": name, **more})


def month_of(campaign, decisions=(), total=212, explanations=None, month=MONTH):
    """Return a month in which one unit breaks A4 and explains it; another is silent."""
    units = {unit.code: unit for unit in campaign.units}
    typed = held(date(2015, 3, 7), total, 170, total - 170, loai_hoi_nghi="Đại biểu")
    told = {"A4": WHY} if explanations is None else explanations
    report = unit_report(campaign, units[ONE], typed, explanations=told)
    findings = answered(report.findings, report.submission, decisions, month)
    silent = unit_report(campaign, units[OTHER])
    report = month_report([replace(report, findings=findings), silent])
    of_nobody = FileRecord(
        source=source(PHOTO), state=FileState.NOT_A_FORM, reason="Tệp ảnh",
        hindrance=Hindrance.PICTURE,
    )  # fmt: skip
    return replace(report, month=month, files=(*report.files, of_nobody))


def written(campaign, decisions=(), refused=(), notes=(), **more) -> bytes:
    report = month_of(campaign, decisions, **more)
    return write_control(campaign, report, Listing(campaign, report, decisions), notes, refused)


class Book:
    """The workbook as the board has it open."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def heads(self, sheet: str) -> tuple[int, dict[str, int]]:
        for row in self.book[sheet].iter_rows(max_row=30):
            heads = {cell.value: cell.column for cell in row if cell.value}
            if {"Mã đơn vị", "Mã của tệp"} & heads.keys():
                return row[0].row, heads
        raise AssertionError(sheet)

    def rows(self, sheet: str) -> list[dict[str, str]]:
        """Return the rows that hold more than a month, by the heads of their columns."""
        first, heads = self.heads(sheet)
        found = []
        for row in range(first + 1, self.book[sheet].max_row + 1):
            cells = {h: self.book[sheet].cell(row, c).value for h, c in heads.items()}
            filled = {h: value for h, value in cells.items() if value is not None}
            if set(filled) - {"Kỳ", "Từ kỳ"}:
                found.append(filled)
        return found

    def type(self, sheet: str, row: int, **cells) -> None:
        """Type into a row of the table, counted from 1; names of cells by their column's id."""
        first, heads = self.heads(sheet)
        columns = next(one for one in SHEETS if one.title == sheet)
        for id_, value in cells.items():
            self.book[sheet].cell(first + row, heads[columns.column(id_).head]).value = value

    def add(self, sheet: str, **cells) -> None:
        """Type into the first empty row."""
        self.type(sheet, len(self.rows(sheet)) + 1, **cells)

    @property
    def content(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


BY_HAND = {
    "unit": ONE, "month": "3/2015", "code": "A4", "decision": "Chấp nhận", "reason": "Đúng",
    "approver": "Ông C", "decided": "20/3/2015",
}  # fmt: skip
CORRECTED = {
    "unit": ONE, "month": "3/2015", "field": "Tổng số đại biểu (thực hiện)", "value": "200",
    "explanation": "Bà B", "decided": "20/3/2015", "reason": "Đếm nhầm", "approver": "Ông C",
}  # fmt: skip
LEFT_OUT = {
    "file": "bc nháp.xlsx", "month": "3/2015", "reason": "Bản nháp", "approver": "Ông C",
    "decided": "20/3/2015",
}  # fmt: skip
FREED = {
    "unit": OTHER, "month": "1/2015", "until": "6/2015", "explanation": EXCUSES[1],
    "reason": "Đã xong", "approver": "Ông C", "decided": "20/3/2015",
}  # fmt: skip


LATER = {
    "unit": OTHER, "month": "3/2015", "due": "27/3/2015", "reason": "Lũ", "approver": "Ông C",
    "decided": "20/3/2015",
}  # fmt: skip


def typed_in(campaign, sheet, cells) -> Control:
    book = Book(written(campaign))
    book.add(sheet, **cells)
    return read_control(book.content, campaign, SOURCES)


# --- there and back ---------------------------------------------------------------------


def same(control: Control, decisions) -> bool:
    """Tell whether exactly these stand in the workbook, each once."""
    found = list(control.decisions)
    return len(found) == len(decisions) and set(found) == set(decisions)


def test_what_was_written_is_read_as_it_stands(campaign):
    decisions = [
        accepted(), accepted(code="A5", month=JANUARY, until=FEBRUARY, clause="CV 12/BTĐKT"),
        refused(unit=OTHER, month=FEBRUARY, reason="", approver="", decided=None),
        correction(), correction("ngay_hoi_nghi_th", date(2015, 3, 8), month=FEBRUARY),
        correction("trang_thai", "Đã tổ chức"), correction("thieu_khai_mac", True),
        correction("thieu_bau", False), correction("kien_nghi", "Một là\nhai là"),
        excuse(), extension(), extension(month=FEBRUARY), excuse(ONE, until=MONTH), not_used(), not_used(PHOTO, month=FEBRUARY),
    ]  # fmt: skip
    control = read_control(written(campaign, decisions), campaign, SOURCES)
    assert (control.notes, control.refused) == ((), ())
    assert same(control, decisions)


def test_only_what_stands_is_listed(campaign):
    withdrawn = replace(excuse(), kind=DecisionKind.WITHDRAWN)
    decisions = [accepted(), refused(), correction(), excuse(), withdrawn]
    control = read_control(written(campaign, decisions), campaign)
    assert same(control, standing(decisions))


def test_an_untouched_workbook_decides_nothing(campaign):
    assert read_control(written(campaign), campaign) == Control()


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40
)
ANY_TEXT = st.one_of(
    TEXTS, st.sampled_from([HOSTILE, "_x0041_", "'200", "@SUM(1)", "1/2", "0012", "http://x.vn"])
)
LINES = TEXTS.map(lambda text: normalize("NFC", " ".join(text.split())))
MONTHS = st.builds(Month, st.integers(2014, 2016), st.integers(1, 12))
DAYS = st.dates(date(2014, 1, 1), date(2016, 12, 31))


def _sign(draw, required: bool) -> dict:
    text = LINES.filter(bool) if required else LINES
    return {
        "reason": draw(text),
        "approver": draw(text),
        "decided": draw(DAYS if required else st.none() | DAYS),
    }


@st.composite
def decisions_of(draw, campaign):
    unit = draw(st.sampled_from(campaign.units))
    month = draw(MONTHS)
    until = draw(st.none() | MONTHS.filter(lambda one: one >= month))
    match draw(st.sampled_from(["answer", "correction", "excuse"])):
        case "answer":
            is_accepted = draw(st.booleans())
            return Decision(
                kind=DecisionKind.ACCEPTED if is_accepted else DecisionKind.REFUSED,
                unit=unit.code, month=month, until=until,
                code=draw(st.sampled_from([rule.id for rule in campaign.rules] + ["DL01", "DL39"])),
                field=draw(st.sampled_from(["", A4_FIELD, "danh_sach.gioi_tinh"])),
                given=draw(ANY_TEXT), explanation=draw(ANY_TEXT), clause=draw(LINES),
                **_sign(draw, is_accepted),
            )  # fmt: skip
        case "correction":
            fields = correctable(campaign, campaign.form_of(unit))
            field = draw(st.sampled_from([f for f in fields if f.kind in VALUES]))
            return Decision(
                kind=DecisionKind.CORRECTED, unit=unit.code, month=month, field=field.id,
                value=draw(VALUES[field.kind](field)), explanation=draw(LINES.filter(bool)),
                **_sign(draw, True),
            )  # fmt: skip
    return Decision(
        kind=DecisionKind.EXCUSED, unit=unit.code, month=month, until=until,
        explanation=draw(st.sampled_from(EXCUSES)), **_sign(draw, True),
    )  # fmt: skip


PLAIN = st.sampled_from(["25/BC-UBND", "Nhà văn hóa bản Mới", "Ông Lò Văn A, Chủ tịch", "IV"])
VALUES = {
    "count": lambda field: st.integers(field.minimum, field.maximum),
    "date": lambda _: DAYS,
    "choice": lambda field: st.sampled_from(field.choices.values),
    "mark": lambda _: st.booleans(),
    "text": lambda _: PLAIN,
    "note": lambda _: PLAIN,
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_decisions_are_read_as_they_were_written(campaign, data):
    decisions = data.draw(st.lists(decisions_of(campaign), max_size=6))
    control = read_control(written(campaign, decisions), campaign)
    assert control.notes == ()
    listed = {one for one in standing(decisions) if one.subject != accepted().subject}
    assert listed <= set(control.decisions) <= set(standing(decisions))


def test_every_figure_of_every_form_is_named_and_found_again(campaign):
    for form in campaign.forms:
        names = names_of(campaign, form)
        assert len(set(names.values())) == len(names) > 50
        assert set(names.values()) <= set(all_names(campaign))


# --- what is listed ---------------------------------------------------------------------


def listed(content: bytes, sheet=ANSWERS) -> list[tuple[str, ...]]:
    heads = ("Kỳ", "Mã căn cứ", "Đơn vị ghi", "Quyết định")
    return [tuple(row.get(head, "") for head in heads) for row in Book(content).rows(sheet)]


def waiting(content: bytes) -> list[tuple[str, ...]]:
    """Return what of the units' explanations waits, as the sheet of all that is asked says it."""
    heads = ("Kỳ", "Mã căn cứ", "Biểu, tệp ghi", "Quyết định")
    rows = [row for row in Book(content).rows(ASKED) if "Mã căn cứ" in row]
    return [tuple(row.get(head, "") for head in heads) for row in rows]


def test_a_finding_that_the_unit_explained_waits_for_a_decision(campaign):
    stray, row = Book(written(campaign)).rows(ASKED)
    assert (stray["Về việc"], stray["Biểu, tệp ghi"]) == ("Tệp chưa rõ của ai", PHOTO)
    heads = (
        "Về việc",
        "Mã đơn vị",
        "Nội dung",
        "Biểu, tệp ghi",
        "Yêu cầu",
        "Giải trình của đơn vị",
    )
    assert [row[head] for head in heads] == [
        "Xét giải trình", ONE, "Số đại biểu là 212, vượt mức tối đa 200 là 12 người",
        "212 đại biểu", "không quá 200 đại biểu\nCăn cứ A4: I.1", WHY,
    ]  # fmt: skip


def test_one_that_it_did_not_explain_is_not_listed(campaign):
    assert waiting(written(campaign, explanations={})) == []


def test_what_is_decided_stands_apart_from_what_waits(campaign):
    told = {"A4": WHY, "A5": WHY}
    report = month_of(campaign, explanations=told)
    assert {f.code for f in report.units[0].findings} >= {"A4"}
    decisions = [excuse(), accepted(unit=OTHER, month=FEBRUARY, code="B7", field="")]
    content = written(campaign, decisions, explanations=told)
    assert waiting(content) == [("3/2015", "A4", "212 đại biểu", "")]
    assert listed(content) == [("2/2015", "B7", "212 đại biểu", "Chấp nhận")]


def test_a_decided_finding_has_one_row(campaign):
    assert listed(written(campaign, [accepted()])) == [
        ("3/2015", "A4", "212 đại biểu", "Chấp nhận")
    ]
    assert listed(written(campaign, [accepted(month=JANUARY)])) == [
        ("1/2015", "A4", "212 đại biểu", "Chấp nhận")
    ]


def test_it_waits_again_once_the_unit_gives_other_figures(campaign):
    content = written(campaign, [accepted(month=JANUARY)], total=215)
    assert waiting(content) == [("3/2015", "A4", "215 đại biểu", "")]
    assert listed(content) == [("1/2015", "A4", "212 đại biểu", "Chấp nhận")]
    _, waits = Book(content).rows(ASKED)
    (decided,) = Book(content).rows(ANSWERS)
    assert "Kỳ 1/2015 đã chấp nhận khi đơn vị ghi “212 đại biểu”" in waits[NOTE]
    assert "Nay đơn vị ghi “215 đại biểu”" in decided[NOTE]


NOTE = "Ghi chú của chương trình"


def test_other_figures_in_the_same_month_have_one_row(campaign):
    """The new decision takes the place of the old one: their subject is the same."""
    content = written(campaign, [accepted()], total=215)
    assert waiting(content) == [("3/2015", "A4", "215 đại biểu", "")]
    assert listed(content) == []
    book = Book(content)
    book.type(ASKED, 2, decision="Chấp nhận", reason="Đúng", approver="C", decided="21/3/2015")
    (decision,) = read_control(book.content, campaign).decisions
    assert (decision.subject, decision.given) == (accepted().subject, "215 đại biểu")


def test_it_waits_again_once_its_waiver_has_run_out(campaign):
    content = written(campaign, [accepted(month=JANUARY, until=FEBRUARY)])
    assert [row[0::3] for row in waiting(content)] == [("3/2015", "")]
    assert [row[0::3] for row in listed(content)] == [("1/2015", "Chấp nhận")]
    assert Book(content).rows(ANSWERS)[0][NOTE] == "Hết hiệu lực sau kỳ 2/2015"


def test_a_refused_explanation_waits_again_when_it_is_written_anew(campaign):
    anew = {"explanations": {"A4": "Khách do Tỉnh ủy mời"}}
    content = written(campaign, [refused(month=JANUARY)], **anew)
    assert [row[0::3] for row in waiting(content)] == [("3/2015", "")]
    assert [row[0::3] for row in listed(content)] == [("1/2015", "Không chấp nhận")]
    content = written(campaign, [refused(), accepted(unit=OTHER)], **anew)
    assert [row[3] for row in waiting(content)] == [""]
    assert [row[3] for row in listed(content)] == ["Chấp nhận"]
    assert "Khách do Tỉnh ủy mời" in Book(content).rows(ASKED)[1][NOTE]
    assert same(read_control(content, campaign), [accepted(unit=OTHER)])


def test_a_correction_without_a_report_says_that_it_is_not_used(campaign):
    book = Book(written(campaign, [correction(unit=OTHER), correction()]))
    assert [NOTE in row for row in book.rows(CORRECTIONS)] == [False, True]


# --- what the board types -----------------------------------------------------------------


def test_a_decision_on_a_listed_finding_is_bound_to_what_the_unit_gave(campaign):
    book = Book(written(campaign))
    book.type(
        ASKED, 2, decision="Chấp nhận", reason="Đúng thực tế", approver="Nguyễn Văn A",
        decided="20/3/2015", until="6/2015",
    )  # fmt: skip
    assert read_control(book.content, campaign).decisions == (accepted(until=Month(2015, 6)),)


def test_a_decision_that_is_cleared_stays(campaign):
    book = Book(written(campaign, [accepted()]))
    book.type(ANSWERS, 1, decision=None, reason=None, approver=None, decided=None)
    assert read_control(book.content, campaign) == Control()


TODAY = date(2026, 11, 27)
"""No day of the campaign's."""


@pytest.mark.parametrize(
    ("sheet", "decision", "blanked"),
    [
        (ANSWERS, accepted(decided=TODAY), {"decision": None}),
        (CORRECTIONS, correction(decided=TODAY), {"value": None, "reason": None}),
        (EXCUSED, excuse(decided=TODAY), {"explanation": None}),
        (EXTENDED, extension(decided=TODAY), {"due": None}),
        (NOT_USED, not_used(PHOTO, decided=TODAY, reason=""), {"approver": None}),
    ],
)
def test_a_row_that_stands_is_never_refused_nor_lost_by_blanking(
    campaign, sheet, decision, blanked
):
    """Whatever the reader would say of such a row, the ledger has its decision."""
    book = Book(written(campaign, [decision]))
    assert read_control(book.content, campaign, SOURCES).notes
    assert read_control(book.content, campaign, SOURCES, [decision]) == Control(
        decisions=(decision,)
    )
    heads = next(one for one in SHEETS if one.title == sheet)
    everything = {c.id: None for c in heads.columns if c.use is ColumnUse.INPUT}
    for cells in (blanked, everything):
        book.type(sheet, 1, **cells)
        control = read_control(book.content, campaign, SOURCES, [decision])
        (note,) = control.notes
        assert (control.decisions, control.refused) == ((), ())
        assert f"“{heads.column(next(iter(blanked))).head}”" in note
        assert "vẫn có hiệu lực; muốn bỏ thì chọn Rút lại" in note


def test_what_is_wrong_in_the_row_of_a_decision_says_that_it_still_stands(campaign):
    book = Book(written(campaign, [accepted()]))
    book.type(ANSWERS, 1, decided="30/2/2015")
    control = read_control(book.content, campaign, SOURCES, [accepted()])
    (note,) = control.notes
    assert (len(control.refused), control.decisions) == (1, ())
    assert "chưa nhận" in note
    assert "đã nhận từ trước vẫn có hiệu lực" in note


def test_a_month_without_its_year_is_completed_and_said(campaign):
    control = typed_in(campaign, EXTENDED, {**LATER, "month": "tháng 3"})
    assert [one.month for one in control.decisions] == [MONTH]
    (note,) = control.notes
    assert note.endswith(
        f"({OTHER}, tháng 3): ô “Kỳ” ghi “tháng 3”, không có năm; đã hiểu là 3/2015"
    )


@pytest.mark.parametrize(
    ("sheet", "decision", "cells"),
    [
        (ANSWERS, accepted(), {"decision": "Rút lại"}),
        (CORRECTIONS, correction(), {"withdrawn": "Rút lại"}),
        (CORRECTIONS, correction(), {"withdrawn": "x", "value": None, "approver": None}),
        (EXCUSED, excuse(), {"withdrawn": "rút lại"}),
        (EXTENDED, extension(), {"withdrawn": "Rút lại"}),
        (EXTENDED, extension(), {"withdrawn": "x", "due": None}),
        (NOT_USED, not_used(PHOTO), {"withdrawn": "Rút lại"}),
    ],
)
def test_a_decision_is_withdrawn(campaign, sheet, decision, cells):
    book = Book(written(campaign, [decision]))
    book.type(sheet, 1, **cells)
    (found,) = read_control(book.content, campaign, SOURCES).decisions
    assert (found.kind, found.subject) == (DecisionKind.WITHDRAWN, decision.subject)
    assert standing([decision, found]) == ()


def test_rows_are_added_by_hand(campaign):
    book = Book(written(campaign))
    book.add(ANSWERS, **BY_HAND)
    book.add(CORRECTIONS, **CORRECTED)
    book.add(EXCUSED, **FREED)
    control = read_control(book.content, campaign)
    signed = {"reason": "Đúng", "approver": "Ông C", "decided": date(2015, 3, 20)}
    assert (control.notes, control.decisions) == ((), (
        accepted(field="", given="", explanation="", **signed),
        correction(**{**signed, "reason": "Đếm nhầm"}),
        excuse(until=Month(2015, 6), explanation=EXCUSES[1], **{**signed, "reason": "Đã xong"}),
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "base", "cells", "attribute", "value"),
    [
        (ANSWERS, BY_HAND, {"unit": " 03386 "}, "unit", ONE),
        (ANSWERS, BY_HAND, {"unit": 3386}, "unit", ONE),
        (ANSWERS, BY_HAND, {"unit": "03386 – Phường Quyết Thắng – Thị xã Lai Châu"}, "unit", ONE),
        (ANSWERS, BY_HAND, {"unit": "phường  quyết thắng"}, "unit", ONE),
        (ANSWERS, BY_HAND, {"code": " a4"}, "code", "A4"),
        (ANSWERS, BY_HAND, {"code": "dl01"}, "code", "DL01"),
        (ANSWERS, BY_HAND, {"month": "2015-03"}, "month", MONTH),
        (ANSWERS, BY_HAND, {"month": datetime(2015, 3, 1)}, "month", MONTH),
        (ANSWERS, BY_HAND, {"month": "tháng 03/2015"}, "month", MONTH),
        (ANSWERS, BY_HAND, {"decided": datetime(2015, 3, 20)}, "decided", date(2015, 3, 20)),
        (ANSWERS, BY_HAND, {"decided": "20-3-2015"}, "decided", date(2015, 3, 20)),
        (ANSWERS, BY_HAND, {"decision": " chấp  nhận"}, "kind", DecisionKind.ACCEPTED),
        (ANSWERS, BY_HAND, {"decision": "khong chap nhan"}, "kind", DecisionKind.REFUSED),
        (ANSWERS, BY_HAND, {"until": "6/2015"}, "until", Month(2015, 6)),
        (ANSWERS, BY_HAND, {"until": datetime(2015, 6, 1)}, "until", Month(2015, 6)),
        (CORRECTIONS, CORRECTED, {"field": "TONG_DAI_BIEU_TH"}, "field", A4_FIELD),
        (CORRECTIONS, CORRECTED, {"field": "Tổng số đại biểu - Thực hiện"}, "field", A4_FIELD),
        (CORRECTIONS, CORRECTED, {"value": 200}, "value", 200),
        (CORRECTIONS, CORRECTED, {"value": "1.200"}, "value", 1200),
        (CORRECTIONS, CORRECTED, {"field": "ngay_tinh", "value": "1/3/2015"}, "value",
         date(2015, 3, 1)),
        (CORRECTIONS, CORRECTED, {"field": "trang_thai", "value": "đã tổ chức"}, "value",
         "Đã tổ chức"),
        (CORRECTIONS, CORRECTED, {"field": "so_cong_van", "value": "25/BC-UBND"}, "value",
         "25/BC-UBND"),
        (CORRECTIONS, CORRECTED, {"field": "thieu_bau", "value": "x"}, "value", True),
        (EXCUSED, FREED, {"until": None}, "until", None),
        (EXCUSED, FREED, {"explanation": "duoc mien bao cao"}, "explanation", EXCUSES[2]),
        (EXTENDED, LATER, {}, "due", date(2015, 3, 27)),
        (EXTENDED, LATER, {"due": datetime(2015, 3, 23)}, "due", date(2015, 3, 23)),
        (NOT_USED, LEFT_OUT, {}, "file", HASHES[DRAFT]),
        (NOT_USED, LEFT_OUT, {"file": f" {DRAFT}"}, "file", HASHES[DRAFT]),
        (NOT_USED, LEFT_OUT, {"file": "D1D1D1D1"}, "file", HASHES[DRAFT]),
        (NOT_USED, LEFT_OUT, {"file": PHOTO}, "given", PHOTO),
    ],
)  # fmt: skip
def test_what_is_typed_otherwise_is_understood(  # noqa: PLR0913, PLR0917 — a case in one line
    campaign, sheet, base, cells, attribute, value
):
    control = typed_in(campaign, sheet, {**base, **cells})
    assert control.notes == ()
    assert [getattr(one, attribute) for one in control.decisions] == [value]


@pytest.mark.parametrize(
    ("sheet", "base", "cells", "said"),
    [
        (EXTENDED, LATER, {"due": None}, "“Hạn mới” chưa ghi"),
        (EXTENDED, LATER, {"reason": None}, "“Lý do” chưa ghi"),
        (EXTENDED, LATER, {"due": "20/3/2015"}, "“Hạn mới” ghi 20/03/2015, không sau thời hạn"),
        (
            EXTENDED,
            LATER,
            {"due": "22/3/2015"},
            "là ngày nghỉ: ghi ngày làm việc, ví dụ 23/03/2015",
        ),
        (EXTENDED, {**LATER, "month": "4/2015"}, {"due": "30/4/2015"}, "ví dụ 04/05/2015"),
        (ANSWERS, BY_HAND, {"unit": "99999"}, "Mã đơn vị” ghi “99999”, không có"),
        (ANSWERS, BY_HAND, {"unit": None}, "Mã đơn vị” chưa ghi"),
        (ANSWERS, BY_HAND, {"code": "Z99"}, "Mã căn cứ” ghi “Z99”, không có mã này"),
        (ANSWERS, BY_HAND, {"code": None}, "Mã căn cứ” chưa ghi"),
        (ANSWERS, BY_HAND, {"month": "kỳ này"}, "“Kỳ” ghi “kỳ này”"),
        (ANSWERS, BY_HAND, {"month": None}, "“Kỳ” chưa ghi"),
        (ANSWERS, BY_HAND, {"decision": "để sau"}, "“Quyết định” ghi “để sau”"),
        (ANSWERS, BY_HAND, {"decision": None}, "“Quyết định” chưa ghi"),
        (ANSWERS, {"unit": ONE, "code": "A4"}, {}, "“Quyết định” chưa ghi"),
        (ANSWERS, BY_HAND, {"reason": None}, "“Lý do” chưa ghi"),
        (ANSWERS, BY_HAND, {"approver": " "}, "“Người quyết định” chưa ghi"),
        (ANSWERS, BY_HAND, {"decided": None}, "“Ngày quyết định” chưa ghi"),
        (ANSWERS, BY_HAND, {"decided": "30/2/2015"}, "“Ngày quyết định” ghi “30/2/2015”"),
        (ANSWERS, BY_HAND, {"until": "2/2015"}, "trước kỳ 3/2015"),
        (CORRECTIONS, CORRECTED, {"field": "Số trâu bò"}, "“Số trâu bò” không có trong biểu"),
        (CORRECTIONS, CORRECTED, {"field": "Tổng số đại biểu"}, "có thể là"),
        (CORRECTIONS, CORRECTED, {"field": "danh_sach.gioi_tinh"}, "không có trong biểu"),
        (CORRECTIONS, CORRECTED, {"field": "don_vi_bao_cao"}, "không có trong biểu"),
        (CORRECTIONS, CORRECTED, {"field": None}, "“Chỉ tiêu” chưa ghi"),
        (CORRECTIONS, CORRECTED, {"value": "hai trăm"}, "không đọc được thành số"),
        (CORRECTIONS, CORRECTED, {"value": "-1"}, "ngoài khoảng"),
        (CORRECTIONS, CORRECTED, {"value": "70,5"}, "không phải số nguyên"),
        (CORRECTIONS, CORRECTED, {"value": None}, "“Giá trị đúng” chưa ghi"),
        (CORRECTIONS, CORRECTED, {"field": "ngay_tinh"}, "không đọc được thành ngày"),
        (CORRECTIONS, CORRECTED, {"field": "trang_thai"}, "không có trong danh sách chọn"),
        (CORRECTIONS, CORRECTED, {"explanation": None}, "“Ai báo” chưa ghi"),
        (CORRECTIONS, CORRECTED, {"approver": None}, "“Người ghi sổ” chưa ghi"),
        (CORRECTIONS, CORRECTED, {"withdrawn": "bỏ"}, "“Rút lại” ghi “bỏ”"),
        (EXCUSED, FREED, {"explanation": "Bận"}, "“Nội dung” ghi “Bận”"),
        (EXCUSED, FREED, {"explanation": None}, "“Nội dung” chưa ghi"),
        (EXCUSED, FREED, {"month": None}, "“Từ kỳ” chưa ghi"),
        (EXCUSED, FREED, {"until": "12/2014"}, "trước kỳ 1/2015"),
        (EXCUSED, FREED, {"reason": None}, "“Lý do” chưa ghi"),
        (NOT_USED, LEFT_OUT, {"file": "IMG_2.jpg"}, "chưa nhận tệp nào tên như vậy"),
        (NOT_USED, LEFT_OUT, {"reason": None}, "“Lý do” chưa ghi"),
        (NOT_USED, LEFT_OUT, {"month": "sau"}, "“Từ kỳ” ghi “sau”"),
        (NOT_USED, LEFT_OUT, {"decided": None}, "“Ngày quyết định” chưa ghi"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_is_written_back(
    campaign, sheet, base, cells, said
):
    typed = {id_: text for id_, text in {**base, **cells}.items() if text and text.strip()}
    book = Book(written(campaign, [accepted()]))
    book.add(sheet, **{**base, **cells})
    control = read_control(book.content, campaign, SOURCES)
    (note,) = control.notes
    assert control.decisions == (accepted(),)
    assert re.match(
        rf"so-quyet-dinh\.xlsx, trang “{sheet}”, dòng \d+ của sổ trước lần chạy này\b.*: chưa nhận\. ",
        note,
    )
    assert said in note

    again = written(campaign, [accepted()], control.refused, control.notes)
    row = next(row for row in Book(again).rows(sheet) if said in row.get(NOTE, ""))
    columns = next(one for one in SHEETS if one.title == sheet)
    heads = {columns.column(id_).head: text for id_, text in typed.items()}
    assert {head: row.get(head) for head in heads} == heads
    noted = read_control(again, campaign, SOURCES).notes
    assert noted[0].split(": ", 1)[1] == note.split(": ", 1)[1]


def test_what_was_typed_in_a_listed_row_is_written_back_into_it(campaign):
    book = Book(written(campaign))
    book.type(ASKED, 2, decision="Chấp nhận", reason="Đúng thực tế")
    control = read_control(book.content, campaign)
    _, row = Book(written(campaign, (), control.refused)).rows(ASKED)
    assert (row["Nội dung"][:6], row["Quyết định"], row["Lý do"]) == (
        "Số đại", "Chấp nhận", "Đúng thực tế",
    )  # fmt: skip
    assert "Các ô “Người quyết định”, “Ngày quyết định” chưa ghi" in row[NOTE]


def test_a_file_that_is_not_used_is_asked_about_no_more(campaign):
    heads = ("Đơn vị", "Tệp", "Từ kỳ", "Tình trạng của tệp", "Lý do")
    for name, row in (
        (DRAFT, ("", DRAFT, "3/2015", "Không có trong kỳ này", "Đúng thực tế")),
        (PHOTO, ("(chưa rõ)", PHOTO, "3/2015", "Tệp ảnh", "Đúng thực tế")),
    ):
        book = Book(written(campaign, [not_used(name)]))
        rows = [tuple(one.get(head, "") for head in heads) for one in book.rows(NOT_USED)]
        assert rows == [row]
        asked = [one["Biểu, tệp ghi"] for one in book.rows(ASKED) if "Mã của tệp" in one]
        assert asked == ([PHOTO] if name == DRAFT else [])


SIGNED_ROW = {"approver": "Ông C", "decided": "20/3/2015"}
SIGNED_BY = {"approver": "Ông C", "decided": date(2015, 3, 20)}


@pytest.mark.parametrize(
    ("cells", "decision"),
    [
        ({"decision": "không phải là báo cáo"}, not_used(PHOTO, reason="Không phải là báo cáo", **SIGNED_BY)),
        (
            {"decision": "Ban không dùng", "reason": "Ảnh hội trường"},
            not_used(PHOTO, reason="Ảnh hội trường", **SIGNED_BY),
        ),
        (
            {"decision": "Là của đơn vị", "of_unit": f"{OTHER} – Phường X"},
            not_used(PHOTO, kind=DecisionKind.ATTRIBUTED, unit=OTHER, reason="", **SIGNED_BY),
        ),
    ],
)  # fmt: skip
def test_whose_a_file_is_or_that_it_is_nobodys_report_is_chosen(campaign, cells, decision):
    """The file is meant by its content, whatever else bears its name."""
    both = [*SOURCES, source(PHOTO, "ab" * 32)]
    book = Book(written(campaign))
    book.type(ASKED, 1, **cells, **SIGNED_ROW)
    control = read_control(book.content, campaign, both)
    assert (control.decisions, control.notes) == ((decision,), ())
    again = written(campaign, control.decisions)
    assert read_control(again, campaign, both).decisions == (decision,)
    withdrawn = Book(again)
    withdrawn.type(NOT_USED, 1, withdrawn="x")
    (found,) = read_control(withdrawn.content, campaign, both).decisions
    assert standing([decision, found]) == ()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"decision": "Là của đơn vị", **SIGNED_ROW}, "Ô “Của đơn vị” chưa ghi"),
        ({"decision": "Ban không dùng", **SIGNED_ROW}, "Ô “Lý do” chưa ghi"),
        ({"reason": "Ảnh"}, "Các ô “Quyết định”, “Người quyết định”, “Ngày quyết định” chưa ghi"),
    ],
)
def test_an_answer_on_a_file_that_lacks_something_is_written_back(campaign, cells, said):
    book = Book(written(campaign))
    book.type(ASKED, 1, **cells)
    control = read_control(book.content, campaign, SOURCES)
    assert control.decisions == ()
    row, _ = Book(written(campaign, (), control.refused)).rows(ASKED)
    assert said in row[NOTE]
    assert (row["Về việc"], row["Biểu, tệp ghi"]) == ("Tệp chưa rõ của ai", PHOTO)


UNUSUAL = OfficerQuestion(
    topic=OfficerTopic.UNUSUAL,
    text="Số đại biểu 900, gấp 6 lần trung vị 150",
    evidence=(
        ShownCell(unit=load_campaign().unit(ONE), said="Số đại biểu: 900", sheet="Báo cáo", cell="F12", file="a.xlsx"),
        ShownCell(unit=load_campaign().unit(OTHER), said="Số đại biểu: 150", sheet="Báo cáo", cell="F12", file="b.xlsx"),
    ),
)  # fmt: skip


def asked_book(campaign, decisions=(), asked=(UNUSUAL,)) -> bytes:
    report = month_of(campaign, decisions, explanations={})
    report = replace(report, files=())
    return write_control(campaign, report, Listing(campaign, report, decisions, asked), [])


def test_what_is_unlike_the_rest_stands_with_both_cells_and_is_answered(campaign):
    book = Book(asked_book(campaign))
    (row,) = book.rows(ASKED)
    heads = ("Về việc", "Đơn vị", "Nội dung", "Biểu, tệp ghi", "Trang, ô, tệp; ô của biểu khác")
    names = [campaign.unit(code).name for code in (ONE, OTHER)]
    assert [row[head].replace(" – Thành phố Lai Châu", "") for head in heads] == [
        "Khác thường", names[0], UNUSUAL.text, "Số đại biểu: 900",
        f"Trang Báo cáo, ô F12, tệp a.xlsx\n{names[1]}: Số đại biểu: 150 (Trang Báo cáo, ô F12, tệp b.xlsx)",
    ]  # fmt: skip
    book.type(ASKED, 1, decision="Giữ nguyên", reason="Đã hỏi, đúng")
    (seen,) = read_control(book.content, campaign).decisions
    assert (seen.kind, seen.unit, seen.question, seen.reason) == (
        DecisionKind.SEEN, ONE, UNUSUAL.mark, "Đã hỏi, đúng",
    )  # fmt: skip
    # it is asked no more, and can be taken back
    after = Book(asked_book(campaign, [seen], ()))
    (row,) = after.rows(ASKED)
    assert (row["Về việc"], row["Quyết định"], row["Nội dung"]) == (
        "Đã xem lại", "Giữ nguyên", UNUSUAL.text,
    )  # fmt: skip
    assert read_control(after.content, campaign, (), [seen]) == Control(decisions=(seen,))
    after.type(ASKED, 1, decision="Rút lại")
    (withdrawn,) = read_control(after.content, campaign, (), [seen]).decisions
    assert standing([seen, withdrawn]) == ()


def test_what_the_unit_is_asked_about_goes_on_standing_with_the_answer(campaign):
    book = Book(asked_book(campaign))
    book.type(ASKED, 1, decision="Đang hỏi lại đơn vị")
    (asked,) = read_control(book.content, campaign).decisions
    (row,) = Book(asked_book(campaign, [asked])).rows(ASKED)
    assert (row["Về việc"], row["Quyết định"]) == ("Khác thường", "Đang hỏi lại đơn vị")


def test_where_nothing_is_asked_the_sheet_says_so(campaign):
    (row,) = Book(asked_book(campaign, (), ())).rows(ASKED)
    assert row == {"Nội dung": "Không có việc nào chờ quyết định"}
    assert read_control(asked_book(campaign, (), ()), campaign) == Control()


def test_a_bad_row_costs_that_row_only(campaign):
    book = Book(written(campaign))
    for unit in (ONE, "99999", OTHER):
        book.add(EXCUSED, **{**FREED, "unit": unit})
    control = read_control(book.content, campaign)
    assert [one.unit for one in control.decisions] == [ONE, OTHER]
    assert len(control.notes) == len(control.refused) == 1


def test_of_two_rows_on_one_subject_the_later_is_taken_and_said(campaign):
    book = Book(written(campaign, [correction()]))
    book.add(CORRECTIONS, **{**CORRECTED, "value": "205"})
    control = read_control(book.content, campaign)
    assert [one.value for one in control.decisions] == [205]
    assert "trùng với trang “Đính chính số liệu”, dòng" in control.notes[0]


# --- the workbook as it comes back --------------------------------------------------------


def test_columns_may_be_moved_and_sheets_renamed(campaign):
    decisions = [accepted(), correction(), excuse()]
    book = Book(written(campaign, decisions))
    for number, sheet in enumerate(book.book.worksheets[:4]):
        sheet.title = f"Trang {number}"
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)
    assert same(read_control(book.content, campaign), decisions)


def test_a_lost_column_is_said(campaign):
    book = Book(written(campaign, [accepted(), excuse()]))
    first, heads = book.heads(ANSWERS)
    book.book[ANSWERS].cell(first, heads["Căn cứ"]).value = "Cột khác"
    control = read_control(book.content, campaign)
    assert same(control, [accepted(), excuse()])
    assert ["không có cột “Căn cứ”" in note for note in control.notes] == [True]


@pytest.mark.parametrize("lacking", [(EXTENDED,), (EXTENDED, NOT_USED), (CORRECTIONS, NOT_USED)])
def test_a_book_of_an_earlier_version_is_taken_without_a_word(campaign, lacking):
    """What was typed counts, and stands in the next book beside the sheet that is new."""
    decisions = [accepted(), excuse()]
    book = Book(written(campaign, decisions))
    for title in lacking:
        del book.book[title]
    typed = {
        "unit": ONE, "month": "01/2015", "explanation": EXCUSES[0], **SIGNED, "decided": "20/3/2015"
    }  # fmt: skip
    book.add(EXCUSED, **typed)
    control = read_control(book.content, campaign)
    assert same(control, [*decisions, excuse(ONE)])
    assert not control.is_unreadable
    again = Book(written(campaign, control.decisions))
    assert again.book.sheetnames[: len(SHEETS)] == [sheet.title for sheet in SHEETS]
    assert same(read_control(again.content, campaign), control.decisions)


def test_a_sheet_without_its_heads_is_said_and_the_book_is_kept(campaign):
    book = Book(written(campaign, [accepted(), excuse()]))
    book.book[EXCUSED].delete_rows(book.heads(EXCUSED)[0])
    control = read_control(book.content, campaign)
    assert control.decisions == (accepted(),)
    assert control.is_unreadable
    (note,) = control.notes
    assert f"trang “{EXCUSED}” không còn hàng tiêu đề" in note


def _other_workbook() -> bytes:
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, "Mã đơn vị")
    return stream.getvalue()


@pytest.mark.parametrize(
    "kind", ["nothing", "junk", "half", "zeros", "text", "other", "form", "ole"]
)
def test_what_is_no_control_workbook_gives_a_note_and_no_decision(campaign, kind):
    content = {
        "nothing": b"",
        "junk": b"PK\x03\x04" + b"x" * 500,
        "half": written(campaign, [accepted()])[:9_000],
        "zeros": bytes(4_000),
        "text": "Mã đơn vị;Kỳ".encode(),
        "other": _other_workbook(),
        "form": write_form(campaign, campaign.forms[0]),
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
    }[kind]
    control = read_control(content, campaign)
    assert (control.decisions, control.is_unreadable, len(control.notes)) == ((), True, 1)
    assert control.notes[0].startswith("so-quyet-dinh.xlsx: chưa lấy được quyết định nào. ")


ANY_CELL = st.one_of(
    st.none(), ANY_TEXT, st.integers(-(10**9), 10**9), st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False), st.datetimes(datetime(1950, 1, 1), datetime(2050, 1, 1)),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_typed_is_taken_or_refused_and_nothing_raises(campaign, data):
    book = Book(written(campaign))
    bases = {
        ASKED: {**BY_HAND, "unit": OTHER, "question": "0a"},
        ANSWERS: BY_HAND,
        CORRECTIONS: CORRECTED,
        EXCUSED: FREED,
        EXTENDED: LATER,
        NOT_USED: LEFT_OUT,
    }
    for sheet in SHEETS:
        ids = [c.id for c in sheet.columns]
        base = bases[sheet.title]
        cells = data.draw(st.dictionaries(st.sampled_from(ids), ANY_CELL, max_size=3))
        book.add(sheet.title, **{**base, **{k: _lawful(v) for k, v in cells.items()}})
    control = read_control(book.content, campaign, SOURCES)
    assert len(control.decisions) + len(control.refused) >= len(SHEETS) - control_skips(control)
    again = written(campaign, control.decisions, control.refused, control.notes)
    assert set(read_control(again, campaign, SOURCES).decisions) >= {
        one
        for one in standing(control.decisions)
        if one.subject != accepted().subject and not one.question
    }


def _lawful(value):
    """A text that openpyxl would make a formula of is not what is tested here."""
    return f" {value}" if isinstance(value, str) and value.startswith("=") else value


def control_skips(control: Control) -> int:
    """A row in which everything was blanked says nothing."""
    return len(SHEETS) if control.decisions == control.refused == () else 1


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_raises_nothing(campaign, at, junk):
    content = DAMAGED.setdefault("content", written(campaign, [accepted(), excuse()]))
    place = at % len(content)
    read_control(content[:place] + junk + content[place + len(junk) :], campaign)


DAMAGED: dict[str, bytes] = {}


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_it_is_read_as_libreoffice_saves_it(campaign, tmp_path, suffix):
    require_libreoffice()
    decisions = [
        accepted(until=Month(2015, 6)),
        correction(),
        correction("thieu_bau", True),
        excuse(),
    ]
    file = tmp_path / "so.xlsx"
    file.write_bytes(written(campaign, decisions))
    (saved,) = convert([file], tmp_path, suffix)
    control = read_control(saved.read_bytes(), campaign)
    assert (control.notes, same(control, decisions)) == ((), True)


# --- the workbook as it goes out ------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(campaign):
    decisions = [accepted(), correction(), excuse()]
    assert written(campaign, decisions) == written(campaign, decisions)


def test_hostile_texts_stay_texts(campaign):
    decisions = [
        accepted(
            unit=OTHER, given=HOSTILE, explanation=HOSTILE, reason=HOSTILE, clause="\x01\ud800=1"
        )
    ]
    content = written(campaign, decisions, notes=[HOSTILE], explanations={"A4": "@" + "x" * 40_000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        xml = b"".join(archive.read(name) for name in sheets)
    assert b"<f>" not in xml
    assert b"<hyperlink" not in xml
    assert HOSTILE in [row.get("Lý do") for row in Book(content).rows(ANSWERS)]
    assert any(HOSTILE in note for note in [
        str(cell.value) for row in Book(content).book["Chú ý"] for cell in row
    ])  # fmt: skip


def test_only_input_cells_are_free_and_the_rest_is_locked_without_password(campaign):
    book = Book(written(campaign, [accepted(), correction(), excuse(), extension(), not_used()]))
    (asked, *sheets) = SHEETS
    at, (first, heads) = book.book[asked.title], book.heads(asked.title)
    free = {h for h, c in heads.items() if not at.cell(first + 1, c).protection.locked}
    assert free == {c.head for c in asked.columns if c.use == "input"}
    for sheet in sheets:
        at = book.book[sheet.title]
        first, heads = book.heads(sheet.title)
        last = at.max_row
        free = {h for h, c in heads.items() if not at.cell(first + 1, c).protection.locked}
        assert free == {c.head for c in sheet.columns if c.use == "input"}
        by_hand = {h for h, c in heads.items() if not at.cell(last, c).protection.locked}
        assert by_hand == {c.head for c in sheet.columns if c.use != "shown"}
        assert (at.protection.sheet, at.protection.password) == (True, None)
        assert at.freeze_panes is not None


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.title)
def test_what_is_printed_can_be_read(campaign, sheet):
    """The page is as wide as 9 points allow on A4 across, what the board answers with is on it."""
    at = Book(written(campaign)).book[sheet.title]
    (area,) = at.print_area if isinstance(at.print_area, list) else [at.print_area]
    last = range_boundaries(area.replace("$", "").rpartition("!")[2])[2]
    printed = [at.column_dimensions[get_column_letter(n + 1)] for n in range(last)]
    points = 11 * (297 - 2 * 10.2) / 25.4 * 96 / sum(7 * d.width for d in printed if not d.hidden)
    assert points >= 9
    heads = [column.id for column in sheet.columns[:last]]
    answers = {"question": "decided", "answer": "decision", "correction": "value"}
    assert answers.get(sheet.family, "reason") in heads


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: one.title)
def test_paper_points_to_no_column_that_it_does_not_hold(campaign, sheet):
    content = written(campaign, notes=["Dòng 9: chưa nhận."])
    at = Book(content).book[sheet.title]
    (area,) = at.print_area if isinstance(at.print_area, list) else [at.print_area]
    last = range_boundaries(area.replace("$", "").rpartition("!")[2])[2]
    told = next(str(row[0]) for row in at.values if str(row[0]).startswith("CHÚ Ý: có 1 nội dung"))
    printed = {column.head for column in sheet.columns[:last]}
    remarks = sheet.column("note").head
    assert (f"“{remarks}”" in told) is (remarks in printed)


def test_choices_are_offered(campaign):
    book = Book(written(campaign))
    files = '"Không phải là báo cáo,Là của đơn vị,Ban không dùng"'
    offered = {
        sheet.title: [v.formula1 for v in book.book[sheet.title].data_validations.dataValidation if v.type == "list"]
        for sheet in SHEETS
    }  # fmt: skip
    assert offered == {
        ASKED: ["don_vi", "ly_do_chap_nhan", files, '"Chấp nhận,Không chấp nhận"'],
        ANSWERS: ["don_vi", '"Chấp nhận,Không chấp nhận,Rút lại"', "ly_do_chap_nhan"],
        CORRECTIONS: ["don_vi", "chi_tieu", '"Rút lại"'],
        EXCUSED: ["don_vi", "ly_do_mien", '"Rút lại"'],
        EXTENDED: ["don_vi", '"Rút lại"'],
        NOT_USED: ["tep", "don_vi", '"Rút lại"'],
    }


def test_the_offices_own_reasons_are_offered_and_taken(campaign):
    """The list of the settings, commas and all; the program's own is refused then."""
    own = "Đã sáp nhập, chờ quyết định"
    office = laid_over(campaign, Overlay.of({"reasons": {"excused": [own]}}))
    lists = Book(written(office)).book["Danh mục"]
    assert [cell.value for cell in lists["D"]][:2] == [own, None]
    assert tuple(cell.value for cell in lists["E"])[:3] == campaign.reasons.accepted
    taken = typed_in(office, EXCUSED, {**FREED, "explanation": own.casefold()})
    assert ([one.explanation for one in taken.decisions], taken.notes) == ([own], ())
    refusal = typed_in(office, EXCUSED, {**FREED, "explanation": EXCUSES[0]})
    assert (refusal.decisions, len(refusal.notes)) == ((), 1)
    # what was decided for a reason that the office has no more can still be taken back
    back = typed_in(office, EXCUSED, {**FREED, "explanation": EXCUSES[0], "withdrawn": "Rút lại"})
    assert ([one.kind for one in back.decisions], back.notes) == ([DecisionKind.WITHDRAWN], ())


def test_notes_stand_on_a_sheet_of_their_own_and_are_pointed_at(campaign):
    assert "Chú ý" not in Book(written(campaign)).book.sheetnames
    book = Book(written(campaign, notes=["Trang A, dòng 7: chưa nhận"]))
    assert book.book["Chú ý"].cell(3, 2).value == "Trang A, dòng 7: chưa nhận"
    said = [str(row[0].value) for row in book.book[ANSWERS].iter_rows(max_row=10)]
    assert any("CHÚ Ý: có 1 nội dung" in text for text in said)
