"""Returned forms: what was sent stands in them, what is said of it, and they can be sent again."""

from __future__ import annotations

import hashlib
import io
import random
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime
from xml.sax.saxutils import escape

import openpyxl
import pytest
import python_calamine
from chance_forms import CONTROLS, HOSTILE, UNWRITABLE, fillings, hostile, long_roster
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from libreoffice import convert, require_libreoffice
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from said_of_units import rows_of

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import (
    HELPER_SHEET,
    PANEL_HEAD_ROW,
    layout_of,
    with_capacities,
)
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import (
    Decision,
    DecisionKind,
    Letter,
    Life,
    Month,
    Severity,
    Source,
    Submission,
)
from tdkt_batch.report import (
    FileRecord,
    FileState,
    Hindrance,
    MonthReport,
    UnitReport,
    UnitState,
)
from tdkt_batch.returns.write import return_filling, return_name, return_of
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.rules.requests_to_units import Action, Request, minutes_of
from tdkt_batch.sheets.text_width import lines_needed
from tdkt_batch.summary.workbook import build_workbook
from tdkt_batch.values import Fault
from tdkt_batch.vietnamese.writing import capital
from tdkt_batch.wording.forms import NOTE_TITLE, PANEL_SHEET, REVIEW_SHEET
from tdkt_batch.wording.returns import KEEP_FILE
from tdkt_batch.wording.shared import WITH_FRESH_FORM, file_reason

MARCH = Month(2015, 3)
UNTIL = datetime(2015, 3, 25, 17)
SENT = datetime(2015, 3, 19, 8, 30)
PLANNED = {
    "trang_thai": "Đã có kế hoạch",
    "so_cbccvc_nld": 320,
    "ngay_tinh": date(2015, 3, 1),
    "loai_hoi_nghi": "Đại biểu",
    "lan_thu": "IV",
    "dia_diem": "Nhà văn hóa xã",
    "ngay_hoi_nghi_kh": date(2015, 3, 28),
    "thoi_luong": "1/2 ngày",
    "dai_hoi_dang": "Chưa ấn định",
    "so_ke_hoach": "12/KH-UBND",
    "ngay_ke_hoach": date(2015, 2, 10),
    "chu_tri": "Lò Văn A, Chủ tịch UBND",
    "tong_dai_bieu_kh": 150,
    "dien_hinh_kh": 110,
    "dh_nong_dan_kh": 60,
    "dh_truc_tiep_kh": 50,
    "khach_moi_lanh_dao_kh": 40,
    "nu_kh": 60,
    "dan_toc_thieu_so_kh": 90,
    "du_chuong_trinh": "Có",
}
"""A commune's plan with which nothing is wrong."""
HELD = PLANNED | {
    "trang_thai": "Đã tổ chức",
    "so_cong_van": "25/BC-UBND",
    "ngay_cong_van": date(2015, 3, 14),
    "ngay_hoi_nghi_th": date(2015, 3, 12),
    "tong_dai_bieu_th": 150,
    "dien_hinh_th": 110,
    "dh_nong_dan_th": 60,
    "dh_truc_tiep_th": 50,
    "khach_moi_lanh_dao_th": 40,
    "nu_th": 60,
    "dan_toc_thieu_so_th": 90,
    "so_bao_cao": "24/BC-UBND",
    "ngay_bao_cao": date(2015, 3, 10),
    "so_tham_luan": 5,
    "bieu_duong_tap_the": 2,
    "bieu_duong_ca_nhan": 20,
    "bau_dai_bieu": 3,
}
"""The same, held as planned."""
TOO_MANY = {"tong_dai_bieu_kh": 212, "dien_hinh_kh": 172}
FAULTY = (
    PLANNED
    | TOO_MANY
    | {
        "so_cbccvc_nld": "320 người",
        "lan_thu": "thứ tư",
        "dh_nong_dan_kh": "6O",
        "ngay_ke_hoach": "32/1/2015",
        "thoi_luong": "cả tuần",
        "dia_diem": None,
        "nu_kh": 250,
    }
)


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def commune(campaign):
    return next(u for u in campaign.units if u.name == "Xã Mường Than")


@pytest.fixture(scope="module")
def faulty(campaign, commune):
    """Return how a commune stands whose form has ten faults."""
    return sent(campaign, commune, FAULTY)


@pytest.fixture(scope="module")
def faulty_return(campaign, faulty):
    return returned(campaign, faulty)


def read(content, campaign, **source):
    read_as = Source(
        name="Báo cáo tháng 3.xlsx",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        modified=SENT,
        **source,
    )
    return read_form(content, read_as, campaign)


def reported(campaign, submission, **others):
    """Return how the unit stands that sent ``submission``."""
    unit = campaign.unit(submission.unit)
    outcomes = form_outcomes(campaign, campaign.form(submission.form), submission, unit)
    return UnitReport(
        unit=unit,
        state=UnitState.ON_TIME,
        submission=submission,
        outcomes=outcomes,
        findings=findings_of(campaign, unit, submission, outcomes),
        received=SENT,
        **others,
    )


def sent(campaign, unit, values, tables=None, explanations=None, **source):
    """Return how ``unit`` stands that sent its form with these cells."""
    form = campaign.form_of(unit)
    names = [f"Lò Văn {n}" for n in range(110)]
    people = [{"ho_ten": name, "doi_tuong": "Nông dân"} for name in names]
    for person in people[: values.get("bau_dai_bieu", 0)]:
        person["duoc_bau"] = "x"
    filling = Filling(
        unit=unit,
        month=MARCH,
        values=values,
        tables={"danh_sach": people} if tables is None else tables,
        explanations=explanations or {},
    )
    return reported(campaign, read(write_form(campaign, form, filling), campaign, **source))


def month(*units):
    return MonthReport(month=MARCH, received_until=UNTIL, files=(), units=units)


def returned(campaign, report):
    content = return_of(campaign, month(report), report)
    assert content is not None
    return content


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def shown(content, sheet=REVIEW_SHEET):
    """Return a sheet's rows as they are seen."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[cell for cell in row if cell != ""] for row in rows]


def first_line(content):
    return shown(content)[0][0]


def asked_rows(content):
    """Return the numbered rows of the first sheet: what is asked, then what is only told."""
    return [row for row in shown(content) if row and row[0] in NUMBERS and len(row) > 2]


def headings(content):
    """Return what is asked, way by way, with the numbers of the things that are asked so."""
    heads = ("Đính chính", "Hoàn thiện", "Giải trình", "Gửi lại (")
    rows = [row[0] for row in shown(content) if row and str(row[0]).startswith(heads)]
    return [row.partition(":")[0] for row in rows if " việc)" in row]


def rows_below(content, heading):
    """Return the rows between a heading of the first sheet and the next empty row."""
    rows = shown(content)
    start = next(n for n, row in enumerate(rows) if row and row[0].startswith(heading))
    after = rows[start + 1 :]
    end = next((n for n, row in enumerate(after) if not row), len(after))
    return after[:end]


def corrected(content, cells):
    """Return the workbook with other contents in some cells, by sheet and address, by script."""
    titles = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    given = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(given, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for (sheet, cell), value in cells.items():
                if name == f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml":
                    part = _with_cell(part.decode(), cell, value).encode()
            new.writestr(name, part)
    return given.getvalue()


def _with_cell(xml, cell, value):
    if isinstance(value, int):
        kind, inner = "", f"<v>{value}</v>"
    else:
        kind, inner = ' t="inlineStr"', f"<is><t>{escape(value)}</t></is>"
    pattern = rf'<c r="{cell}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)'
    changed, number = re.subn(
        pattern, rf'<c r="{cell}"\g<1>{kind}>{inner}</c>', xml, flags=re.DOTALL
    )
    assert number == 1, cell
    return changed


def means(submission):
    """Return what a submission says: every value by its place, blank ones as nothing."""
    cells = {(id_, 0): value for id_, value in submission.values.items()}
    for table, rows in submission.tables.items():
        for row in rows:
            cells |= {(f"{table}.{id_}", row.number): value for id_, value in row.values.items()}
    return {
        place: value.value
        for place, value in cells.items()
        if not value.implied and value.value not in (None, False)
    }


def sent_again(campaign, content):
    again = read(content, campaign)
    assert isinstance(again, Submission), again
    return again


def given_by_register(campaign, form, before, after):
    """Return the cells that a return takes from the register.

    Those are the unit, the month, and the names of the units under it where the
    form that came held none.
    """
    names = {f"{table.id}.{table.columns[0].id}" for table in form.tables if table.prefill}
    restored = {place for place in after if place[0] in names and place not in before}
    return {(campaign.roles.unit, 0), (campaign.roles.month, 0)} | restored


# --- it can be sent again -------------------------------------------------------------------


@st.composite
def sendings(draw, campaign):
    """A form as some unit sent it: faulty cells, hostile texts, short and long lists."""
    seed = draw(st.integers(0, 10**6))
    form = draw(st.sampled_from(campaign.forms))
    chance = random.Random(seed)  # noqa: S311 — chance for tests, the same each time
    filling = next(fillings(campaign, form, seed, 1))
    values = {**filling.values, **hostile(form, chance)}
    text = draw(st.text(max_size=40, alphabet=st.characters(blacklist_categories=("Cs",))))
    values["kien_nghi"] = text
    tables = dict(filling.tables)
    if draw(st.booleans()):
        capacity = next(t for t in form.tables if t.id == "danh_sach").capacity
        number = draw(st.sampled_from((1, 31, capacity)))
        tables["danh_sach"] = [*tables.get("danh_sach", ()), *long_roster(number)][:capacity]
    rules = draw(st.lists(st.sampled_from([r.id for r in campaign.rules if form.id in r.bound])))
    said = {rule: draw(st.sampled_from(HOSTILE)) for rule in rules}
    changed = replace(filling, values=values, tables=tables, explanations=said)
    return write_form(campaign, form, changed)


@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_return_corrected_by_script_says_just_that(campaign, data):
    submission = read(data.draw(sendings(campaign)), campaign)
    if not isinstance(submission, Submission):
        return
    report = reported(campaign, submission)
    content = return_of(campaign, replace(month(report), month=submission.month), report)
    assume(content is not None)
    form, chance = campaign.form(submission.form), data.draw(st.randoms(use_true_random=False))
    layout = layout_of(form)
    kinds = (FieldKind.COUNT, FieldKind.TEXT)
    free = [f for f in form.fields if f.kind in kinds and not f.prefill and f.minimum == 0]
    mended = {f.id: 77 if f.kind is FieldKind.COUNT else "Đã sửa" for f in chance.sample(free, k=3)}
    mended.pop(campaign.roles.figures["ordinal"], None)
    cells = {(layout.cells[id_].sheet, layout.cells[id_].address): v for id_, v in mended.items()}

    again = sent_again(campaign, corrected(content, cells))

    before, after = means(submission), means(again)
    given = given_by_register(campaign, form, before, after)
    said, said_again = ({k: v for k, v in m.items() if k not in given} for m in (before, after))
    assert said_again == said | {(id_, 0): value for id_, value in mended.items()}
    assert (again.unit, again.month) == (submission.unit, submission.month)
    assert again.explanations == submission.explanations
    assert {f.code for f in again.faults} <= {f.code for f in submission.faults}
    assert again.extras == ()


def test_a_return_sent_back_as_it_is_has_the_same_findings(campaign, faulty):
    report = faulty
    again = reported(campaign, sent_again(campaign, returned(campaign, report)))
    assert [(f.code, f.message, f.cell) for f in again.findings] == [
        (f.code, f.message, f.cell) for f in report.findings
    ]
    assert len(again.findings) >= 6


def test_a_return_saved_by_another_program_reads_the_same(campaign, commune):
    report = sent(campaign, commune, FAULTY, explanations={"A4": "Xã rộng"})
    book, saved = opened(returned(campaign, report)), io.BytesIO()
    book["Báo cáo"]["C34"] = 150
    book.save(saved)
    again = sent_again(campaign, saved.getvalue())
    assert means(again) | {("tong_dai_bieu_kh", 0): 212} == means(report.submission)
    assert again.explanations == {"A4": "Xã rộng"}
    assert again.faults == ()
    assert again.extras == ()


@pytest.mark.parametrize("status", ["Đã tổ chức", "Tổ chức rồi đấy"])
def test_neither_return_nor_book_grows_with_a_habit(campaign, commune, status):
    """A column of days of birth, of x for a sex: one row each, however long the list is."""
    rows = []
    for times in (2, 12):
        people = [
            {"ho_ten": f"Lò Văn {n}", "nam_sinh": "?", "gioi_tinh": "x", "doi_tuong": "ND"}
            for n in range(times)
        ]
        values = {"trang_thai": status, "khach_moi_th": "?", "lanh_dao_th": "?"}
        report = sent(campaign, commune, values, {"danh_sach": people})
        book = build_workbook(campaign, month(report)).content
        noted = [one for one in rows_of(book, "Nội dung cần xem xét") if one["Mã đơn vị"]]
        asked = [one for one in shown(returned(campaign, report)) if one and one[0] in NUMBERS]
        assert {"DL01", "DL06"} <= {one["Mã căn cứ"] for one in noted}
        rows.append((len(noted), len(asked)))
    assert rows[0] == rows[1]


NUMBERS = {float(number) for number in range(1, 200)} | {str(number) for number in range(1, 200)}
"""What a numbered row begins with."""


def test_a_return_of_a_return_is_the_same_form(campaign, faulty):
    report = faulty
    once = sent_again(campaign, returned(campaign, report))
    twice = sent_again(campaign, returned(campaign, reported(campaign, once)))
    assert means(twice) == means(once)


def test_an_explanation_written_in_a_return_is_read(campaign, faulty_return):
    content = faulty_return
    panel = shown(content, PANEL_SHEET)
    row = next(n for n, cells in enumerate(panel) if cells and cells[-1] == "A4")
    again = sent_again(campaign, corrected(content, {(PANEL_SHEET, f"D{row + 1}"): "Xã rộng"}))
    assert again.explanations == {"A4": "Xã rộng"}


# --- what is lost or doubtful stays so --------------------------------------------------------


def with_value(report, campaign, id_, **changes):
    """Return the report with one value otherwise."""
    submission = report.submission
    values = {**submission.values, id_: replace(submission.values[id_], **changes)}
    return reported(campaign, replace(submission, values=values))


@pytest.mark.parametrize(
    ("code", "raw", "details"),
    [
        ("DL11", None, {"raw": "#REF!"}),
        ("DL12", None, {"raw": "=A1+12"}),
        ("DL19", 212, {"one": "212 (ô C34)", "other": "215 (ô D34)"}),
        ("DL09", "1,200", {"raw": "1,200"}),
        ("DL01", "6O", {"raw": "6O"}),
        ("DL03", 100_000, {"raw": "100000", "minimum": "0", "maximum": "99.999"}),
    ],
)
def test_what_was_not_read_is_not_read_for_certain_from_the_return(
    campaign, commune, code, raw, details
):
    whole = sent(campaign, commune, PLANNED)
    fault = Fault(code, "nu_kh", "Báo cáo", "C46", details)
    unread = {"value": None, "typed": None, "raw": raw, "fault": fault, "implied": False}
    report = with_value(whole, campaign, "nu_kh", **unread)
    again = sent_again(campaign, returned(campaign, report))
    assert again.values["nu_kh"].value is None
    assert again.values["nu_kh"].fault is not None


@pytest.mark.parametrize(
    ("code", "details"),
    [("DL12", {"raw": "=A1"}), ("DL19", {"one": "a (ô C23)", "other": "b (ô D23)"})],
)
def test_a_text_that_was_not_read_is_not_made_up(campaign, commune, code, details):
    fault = Fault(code, "dia_diem", "Báo cáo", "C23", details)
    unread = {"value": None, "typed": None, "raw": None, "fault": fault}
    report = with_value(sent(campaign, commune, PLANNED), campaign, "dia_diem", **unread)
    assert sent_again(campaign, returned(campaign, report)).values["dia_diem"].value is None


def test_hostile_texts_stay_texts_and_are_not_cut_without_a_word(campaign, faulty):
    texts = [*HOSTILE, *UNWRITABLE]
    tame = ["Lò Văn A"] * len(texts)
    content, own = (returned(campaign, full_of(campaign, faulty, each)) for each in (texts, tame))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert not [name for name, part in parts.items() if "TargetMode=" in part]
    assert formulas(opened(content)) == formulas(opened(own))
    rows = sent_again(campaign, content).tables["danh_sach"]
    kept = [row.values["noi_cong_tac"].raw for row in rows]
    for text, found in zip(texts, kept, strict=True):
        if text in UNWRITABLE:
            assert "\ufffd" in found or found.endswith("… (dài quá, đã cắt)")
        elif text.isprintable():
            assert found == text


def full_of(campaign, report, texts):
    """Return the report with these texts in its list, its findings and all around it."""
    submission = report.submission
    person = submission.tables["danh_sach"][0].values
    rows = tuple(
        replace(
            submission.tables["danh_sach"][0],
            number=number,
            values=person
            | {id_: typed(person[id_], text) for id_ in ("noi_cong_tac", "thanh_tich")},
        )
        for number, text in enumerate(texts, start=1)
    )
    chosen = (texts[-2], texts[-1], texts[HOSTILE.index(CONTROLS)])
    cells = {
        id_: typed(submission.values[id_], text)
        for id_, text in zip(("dia_diem", "kien_nghi", "thu_truong"), chosen, strict=True)
    }
    findings = tuple(
        replace(report.findings[0], message=text, given=text, expected=text, explanation=text)
        for text in texts
    )
    rules = [rule.id for rule in campaign.rules if submission.form in rule.bound]
    submission = replace(
        submission,
        values=submission.values | cells,
        tables={"danh_sach": rows},
        explanations=dict(zip(rules, texts, strict=False)),
        extras=tuple(texts),
        source=replace(submission.source, name=texts[-1], letter=Letter(subject=texts[-2])),
    )
    return replace(report, findings=findings, submission=submission)


def typed(value, text):
    return replace(value, value=text, typed=text, raw=text)


def formulas(book):
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


# --- lists ----------------------------------------------------------------------------------


def test_a_list_longer_than_the_form_is_kept_and_grows(campaign, commune):
    usual = campaign.form_of(commune)
    capacity = next(t for t in usual.tables if t.id == "danh_sach").capacity
    content = long_form(campaign, commune, capacity + 40)
    first = read(content, campaign)
    assert len(first.tables["danh_sach"]) == capacity + 40
    assert [f.code for f in first.faults] == ["DL16"]
    beyond = f"B{7 + capacity}"

    back = returned(campaign, reported(campaign, first))

    again = sent_again(campaign, back)
    assert again.tables.keys() == first.tables.keys()
    assert [
        {id_: v.value for id_, v in row.values.items()} for row in again.tables["danh_sach"]
    ] == [{id_: v.value for id_, v in row.values.items()} for row in first.tables["danh_sach"]]
    assert again.faults == ()
    assert beyond in [cell for row in asked_rows(back) for cell in row]
    assert any("DL16" in row[0] for row in rows_below(back, "Sổ của Ban"))
    sheet = opened(back)["Danh sách"]
    assert "ngoài 250 dòng" in sheet[beyond].comment.text
    last = 6 + capacity + 40
    assert sheet[f"B{last + 3}"].protection.locked is False
    ends = [str(v.sqref).split(":")[1][1:] for v in sheet.data_validations.dataValidation]
    assert min(map(int, ends)) > last
    assert means(sent_again(campaign, returned(campaign, reported(campaign, again)))) == means(
        again
    )


def long_form(campaign, unit, number):
    """Return a form into which somebody wrote more people than it has rows for."""
    form = campaign.form_of(unit)
    full = next(t for t in form.tables if t.id == "danh_sach").capacity
    people = long_roster(number)
    filling = Filling(unit=unit, month=MARCH, values=PLANNED, tables={"danh_sach": people[:full]})
    book, saved = opened(write_form(campaign, form, filling)), io.BytesIO()
    sheet = book["Danh sách"]
    for row, person in enumerate(people[full:], start=7 + full):
        for column, id_ in enumerate(("ho_ten", "nam_sinh", "gioi_tinh"), start=2):
            sheet[f"{get_column_letter(column)}{row}"] = person[id_]
    book.save(saved)
    return saved.getvalue()


def test_a_list_above_another_may_grow_without_a_word_at_the_next_reading(campaign, commune):
    district = campaign.unit(commune.parent)
    rows = [{"ten": f"Phong trào {n}", "thoi_gian": "2014"} for n in range(30)]
    papers = [{"ten": "Tham luận", "tac_gia": "Lò Văn A"}]
    wide = with_capacities(campaign.form_of(district), {"phong_trao": 30})
    tables = {"phong_trao": rows, "tham_luan": papers}
    filling = Filling(unit=district, month=MARCH, tables=tables, whole_tables=True)
    first = sent_again(campaign, write_form(campaign, wide, filling))
    again = sent_again(campaign, returned(campaign, reported(campaign, first)))
    assert len(again.tables["phong_trao"]) == 30
    assert again.tables["tham_luan"][0].values["tac_gia"].value == "Lò Văn A"
    assert again.faults == ()


def test_rows_stay_where_they_stood(campaign, commune):
    people = [{"ho_ten": "Lò Văn A"}, {}, {}, {"ho_ten": "Lò Thị B", "nam_sinh": "197?"}]
    report = sent(campaign, commune, PLANNED, {"danh_sach": people})
    content = returned(campaign, report)
    assert [row.number for row in sent_again(campaign, content).tables["danh_sach"]] == [1, 4]
    sheet = opened(content)["Danh sách"]
    assert sheet["A10"].value == "►4"
    assert NOTE_TITLE in sheet["C10"].comment.text


def test_a_units_own_list_is_not_laid_over_the_registers(campaign, commune):
    district = campaign.unit(commune.parent)
    rows = [{"ten": "Xã Mường Than", "phan_bo": 1}, {"ten": "Xã Mường Than", "phan_bo": 2}]
    filling = Filling(unit=district, month=MARCH, tables={"truc_thuoc": rows}, whole_tables=True)
    form = campaign.form_of(district)
    first = sent_again(campaign, write_form(campaign, form, filling))
    again = sent_again(campaign, returned(campaign, reported(campaign, first)))
    assert [row.values["phan_bo"].value for row in again.tables["truc_thuoc"]] == [1, 2]


# --- what is said, and where ------------------------------------------------------------------


def test_flagged_cells_are_coloured_framed_and_explained_in_words(campaign, faulty):
    report = faulty
    sheet = opened(returned(campaign, report))["Báo cáo"]
    cell = sheet["C34"]
    assert cell.value == 212
    assert cell.fill.fgColor.rgb == "FFF8CBAD"
    assert cell.border.left.style == "thick"
    for said in (
        NOTE_TITLE,
        "Nội dung số 5 (Chưa đúng Hướng dẫn): Số đại biểu là 212, vượt mức tối đa 200 là 12 người",
        "Đơn vị ghi: 212 đại biểu",
        "Yêu cầu: không quá 200 đại biểu",
        "Cách hoàn thiện: Giảm 12 người",
        "Căn cứ: Mục I.1",
    ):
        assert said in cell.comment.text
    beside = shown(returned(campaign, report), "Báo cáo")[33][-1]
    assert beside == "► Xem nội dung số 5 ở trang đầu. ▲ vượt 12 người, còn 200"
    clean = sheet["C32"]
    assert clean.comment is None


def test_a_figure_in_force_leads_to_the_cell_that_it_was_taken_from(campaign, faulty):
    """The board's rules know the total by one name, planned or actual (O5)."""
    total = faulty.submission.values["tong_dai_bieu_kh"]
    found = replace(
        faulty.findings[0], code="O5", field="tong_dai_bieu", sheet=total.sheet, cell=total.cell
    )
    content = returned(campaign, replace(faulty, findings=(found,), outcomes=()))
    sheet = opened(content)[REVIEW_SHEET]
    (row,) = [row for row in sheet.iter_rows(min_row=7) if row[0].hyperlink is not None]
    assert row[0].hyperlink.location.endswith("!C34")
    assert [row[3].value, row[4].value] == ["Báo cáo", "C34"]
    assert opened(content)["Báo cáo"]["C34"].comment is not None


def test_a_repaired_cell_shows_what_counts_and_says_what_was_typed(faulty_return):
    sheet = opened(faulty_return)["Báo cáo"]
    assert sheet["C17"].value == 320
    assert "Đơn vị ghi “320 người”, được hiểu là 320" in sheet["C17"].comment.text
    assert sheet["C21"].value == "IV"
    assert sheet["C37"].value == "6O"
    assert sheet["C37"].border.left.style == "double"


def test_the_sheet_and_its_panel_count_what_they_now_hold(campaign, commune, faulty_return):
    content = faulty_return
    typed = sent_again(campaign, content)
    failing = sum(
        o.outcome is o.as_typed and o.severity is Severity.VIOLATION
        for o in form_outcomes(campaign, campaign.form(typed.form), typed, commune)
    )
    grave = [
        row
        for row in shown(content, PANEL_SHEET)[PANEL_HEAD_ROW + 1 :]
        if any(str(cell).startswith("Chưa đúng Hướng dẫn") for cell in row)
    ]
    assert len(grave) == failing > 0
    assert all("Không đạt" in row for row in grave)


def test_every_row_of_the_first_sheet_leads_to_its_cell(faulty_return):
    content = faulty_return
    book = opened(content)
    assert book.sheetnames[0] == REVIEW_SHEET
    assert book.active.title == REVIEW_SHEET
    sheet = book[REVIEW_SHEET]
    points = [row for row in sheet.iter_rows(min_row=7) if row[0].hyperlink is not None]
    assert len(points) >= 6
    for row in points:
        title, cell = re.fullmatch(r"'(.+)'!(\w+)", row[0].hyperlink.location).groups()
        assert [row[3].value, row[4].value] == [title, cell]
        assert book[title][cell].comment is not None


def test_the_first_sheet_says_how_much_then_what_and_the_boards_records_last(faulty_return):
    rows = shown(faulty_return)
    assert rows[0] == ["6 việc, khoảng 8 phút"]
    assert rows[1] == ["Gửi lại chính tệp này chậm nhất ngày 01/04/2015"]
    assert rows[2] == ["Xã Mường Than – Huyện Than Uyên"]
    assert rows[3][0].startswith("Báo cáo tháng 3/2015 – Mẫu số 01")
    heads = next(row for row in rows if row and row[0] == "STT")
    assert heads == [
        "STT", "Đơn vị đã ghi", "Ghi thế nào thì đạt", "Trang", "Ô", "Đã sửa", "Giải trình",
    ]  # fmt: skip
    assert headings(faulty_return) == ["Đính chính (4 việc)", "Hoàn thiện (2 việc)"]
    told = next(row for row in asked_rows(faulty_return) if row[0] == "5")
    assert told[1] == "Số đại biểu là 212, vượt mức tối đa 200 là 12 người"
    assert told[2].startswith("Giảm 12 người")
    assert told[2].endswith("\nYêu cầu: không quá 200 đại biểu")
    assert told[3:] == ["Báo cáo", "C34", "□", "□"]
    last = [row[0] for row in rows if row][-12:]
    assert any(line.startswith("5: Chưa đúng Hướng dẫn; mới; A4; Mục I.1: “") for line in last)
    assert last[-2] == "Phiếu tiếp nhận"


def test_values_that_rules_wait_for_are_listed_once_with_these_rules(campaign, commune):
    values = {k: v for k, v in PLANNED.items() if k != "dai_hoi_dang"} | {"dh_nong_dan_kh": "6O"}
    content = returned(campaign, sent(campaign, commune, values))
    assert headings(content) == ["Đính chính (1 việc)", "Hoàn thiện (1 việc)"]
    row = next(row for row in asked_rows(content) if "Đại hội Đảng" in row[1])
    assert row[1:5] == [
        "“Đại hội Đảng của đơn vị”: để trống",
        "Ghi “Đại hội Đảng của đơn vị”.\nCần để rà soát: hội nghị trước Đại hội Đảng của đơn vị",
        "Báo cáo",
        "C26",
    ]
    assert opened(content)["Báo cáo"]["C26"].comment is not None


def test_what_was_written_wrong_stands_first_and_what_was_let_pass_last(campaign, faulty):
    waived = replace(faulty.findings[0], life=Life.WAIVED)
    report = replace(faulty, findings=(waived, *reversed(faulty.findings[1:])))
    content = returned(campaign, report)
    assert headings(content) == ["Đính chính (4 việc)", "Hoàn thiện (1 việc)"]
    grades = [
        record.split(": ")[1].split("; ")[0] for (record,) in rows_below(content, "Sổ của Ban")
    ]
    assert grades == [
        "Sai số học",
        *["Lỗi số liệu"] * 3,
        "Cần giải trình",
        "Lưu ý",
        "Chưa đúng Hướng dẫn",
    ]
    assert rows_below(content, "Đã chấp nhận giải trình")[0][1].startswith("Số đại biểu là 212")


def test_life_and_the_boards_answer_stand_beside_a_finding(campaign, commune):
    report = sent(campaign, commune, PLANNED | TOO_MANY, explanations={"A4": "Xã rộng"})
    refused = Decision(
        kind=DecisionKind.REFUSED,
        unit=commune.code,
        month=MARCH,
        code="A4",
        reason="Không có lý do",
    )
    told = replace(
        report.findings[0],
        life=Life.OPEN,
        since=Month(2015, 1),
        explanation="Xã rộng",
        decision=refused,
    )
    content = returned(campaign, replace(report, findings=(told,)))
    row = next(row for row in asked_rows(content) if row[0] == "1")
    assert row[1].endswith("(đã nêu từ tháng 1/2015)")
    assert row[2].endswith("\nBan trả lời: Không chấp nhận. Không có lý do")
    assert row[-1] == "■"
    assert rows_below(content, "Sổ của Ban")[0][0].startswith("1: Chưa đúng Hướng dẫn; còn; A4; ")
    assert opened(content)[PANEL_SHEET]["I5"].value is None
    assert "Xã rộng" in {cell for row in shown(content, PANEL_SHEET) for cell in row}


# --- what is asked ------------------------------------------------------------------------------

CORRECT, COMPLETE, EXPLAIN = "Đính chính (1 việc)", "Hoàn thiện (1 việc)", "Giải trình (1 việc)"
LATE = {"ngay_hoi_nghi_kh": date(2015, 4, 2)}


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (PLANNED, None),
        (PLANNED | TOO_MANY, [CORRECT, COMPLETE]),
        (PLANNED | LATE, [EXPLAIN]),
        (PLANNED | {"dh_nong_dan_kh": "6O"}, [CORRECT]),
        (PLANNED | {"dai_hoi_dang": None}, [COMPLETE]),
        (HELD, None),
        (HELD | {"tong_dai_bieu_th": 212, "dien_hinh_th": 172, "dh_nong_dan_th": 122}, [EXPLAIN]),
        (HELD | {"nu_th": "6O"}, [CORRECT]),
        # a warning whose remedy asks to write what lacks, before and after
        (PLANNED | {"dia_diem": None}, [COMPLETE]),
        (HELD | {"dia_diem": None} | {"nu_th": 200}, [CORRECT, COMPLETE]),
    ],
)
def test_each_thing_stands_under_what_is_asked(campaign, commune, values, asked):
    """And who has nothing to do gets no file."""
    report = sent(campaign, commune, values)
    content = return_of(campaign, month(report), report)
    codes = [(f.code, f.message) for f in report.findings]
    assert (None if content is None else headings(content)) == asked, codes


def test_after_the_conference_it_asks_for_explanation_not_for_mending(campaign, commune):
    values = HELD | {"tong_dai_bieu_th": 212, "dien_hinh_th": 172, "dh_nong_dan_th": 122}
    content = returned(campaign, sent(campaign, commune, values))
    (heading,) = [
        row[0] for row in shown(content) if row and str(row[0]).startswith("Giải trình (1")
    ]
    assert "Hội nghị đã tổ chức, không sửa số liệu cho khớp quy định" in heading
    (asked, *_) = asked_rows(content)
    assert asked[2].startswith("Giải trình lý do vượt số lượng đại biểu.")
    comment = opened(content)["Báo cáo"]["D34"].comment.text
    assert "Nội dung cần giải trình, đính chính: Giải trình lý do" in comment


@pytest.mark.parametrize(
    ("change", "heading"),
    [
        ({"explanation": "Xã rộng"}, "Đã giải trình, Ban đang xem xét"),
        ({"explanation": "Xã rộng", "life": Life.WAIVED}, "Đã chấp nhận giải trình"),
    ],
)
def test_what_is_explained_waits_for_the_board_and_asks_no_more_once_accepted(
    campaign, commune, change, heading
):
    report = sent(campaign, commune, PLANNED | LATE)
    alone = replace(report, findings=tuple(replace(f, **change) for f in report.findings))
    assert return_of(campaign, month(alone), alone) is None
    both = sent(campaign, commune, PLANNED | LATE | {"dia_diem": None})
    changed = tuple(replace(f, **change) if f.code == "A9" else f for f in both.findings)
    content = returned(campaign, replace(both, findings=changed))
    assert first_line(content) == "1 việc, khoảng 3 phút"
    assert rows_below(content, heading)[0][1].startswith("Hội nghị dự kiến tổ chức ngày 02/04/2015")


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [
        ([Request(action=Action.CORRECT, field="nu_kh")], 3),
        ([Request(action=Action.EXPLAIN)], 5),
        ([Request(action=Action.CORRECT, field="nu_kh")] * 8, 10),
        ([Request(action=Action.CORRECT, field="nu_kh")] * 9, 15),
        ([Request(action=Action.COMPLETE)], 30),
    ],
)
def test_minutes_are_counted_by_cells_and_explanations(asked, minutes):
    assert minutes_of(asked) == minutes


def test_each_cell_of_a_finding_takes_its_time(campaign, commune):
    """A column of unread years is one thing to do, and as many cells."""
    people = [{"ho_ten": f"Lò Văn {n}", "nam_sinh": "?"} for n in range(30)]
    content = returned(campaign, sent(campaign, commune, PLANNED, {"danh_sach": people}))
    assert first_line(content) == "1 việc, khoảng 35 phút"


def test_a_unit_of_which_nothing_arrived_gets_no_file(campaign, commune):
    report = UnitReport(unit=commune, state=UnitState.MISSING)
    assert return_of(campaign, month(report), report) is None


def test_an_empty_form_gives_a_return_that_asks_to_fill_it(campaign, commune):
    report = replace(sent(campaign, commune, {}, {}), state=UnitState.EMPTY)
    content = returned(campaign, report)
    assert first_line(content) == "1 việc, khoảng 30 phút"
    assert asked_rows(content) == [
        ["1", "Biểu gửi đến chưa ghi số liệu", "Ghi số liệu vào tệp này rồi gửi lại.",
         "Báo cáo", "A1", "□", "–"],
    ]  # fmt: skip
    name = return_name(campaign, month(report), report)
    assert name == f"2015-03 Xã Mường Than ({commune.code}) đề nghị gửi lại.xlsx"


def test_who_sent_an_empty_form_gets_back_what_it_reported_last(campaign, commune):
    before = sent(campaign, commune, HELD)
    earlier = replace(before, submission=replace(before.submission, month=Month(2015, 2)))
    report = replace(sent(campaign, commune, {}, {}), state=UnitState.EMPTY, earlier=earlier)
    again = sent_again(campaign, returned(campaign, report))
    assert again.month == MARCH
    assert again.values["tong_dai_bieu_th"].value == HELD["tong_dai_bieu_th"]


def untouched(campaign, commune, **typed):
    """Return a fresh form that says what the unit's last report said, with what is typed there."""
    known = {"nam_sinh": 1970, "gioi_tinh": "Nữ", "dan_toc": "Thái", "doi_tuong": "Nông dân"}
    people = [{"ho_ten": f"Lò Thị {n}", **known} for n in range(110)]
    for person in people[: HELD.get("bau_dai_bieu", 0)]:
        person["duoc_bau"] = "x"
    before = sent(campaign, commune, HELD, {"danh_sach": people})
    earlier = replace(before, submission=replace(before.submission, month=Month(2015, 2)))
    hindrance = Hindrance.LOCKED
    report = UnitReport(
        unit=commune, state=UnitState.UNUSABLE, hindrance=hindrance, earlier=earlier
    )
    form, filling = return_filling(campaign, month(report), report)
    return write_form(campaign, form, replace(filling, values={**filling.values, **typed}))


READY = {"khong_thay_doi": "x", "nguoi_lap": "Trần Thị B", "thu_truong": "Lê Văn A"}
"""What is left to write in a form that says what the last report said."""


def width_of(sheet, columns):
    """Return the width of a sheet's first columns together."""
    sizes = sheet.column_dimensions.values()
    return sum(one.width * len(range(one.min, min(one.max, columns) + 1)) for one in sizes)


def test_the_line_of_a_form_that_goes_back_says_the_day_of_its_first_sheet(campaign, commune):
    content = untouched(campaign, commune, **READY)
    until = "Gửi lại chính tệp này chậm nhất ngày 01/04/2015"
    assert shown(content)[1] == [until]
    done = "ĐẠT phần tự kiểm tra. Xong các việc ở trang đầu thì in, ký, đóng dấu. "
    done += f"{until}, nơi nhận: Ban Thi đua - Khen thưởng"
    assert shown(content, "Báo cáo")[0] == [done]
    district = next(one for one in campaign.units if one.name == "Huyện Than Uyên")
    report = UnitReport(unit=district, state=UnitState.UNUSABLE, hindrance=Hindrance.LOCKED)
    book = opened(returned(campaign, report))
    for name in book.sheetnames[1:]:
        sheet = book[name]
        if sheet.sheet_state == "visible":
            (box,) = (one for one in sheet.merged_cells.ranges if one.coord.startswith("A1:"))
            lines = lines_needed(done, width_of(sheet, box.max_col), size=11, bold=True)
            assert 15 * lines <= sheet.row_dimensions[1].height + 1, name


@pytest.mark.parametrize("hindrance", [h for h in Hindrance if h is not Hindrance.AFTER_CUT_OFF])
def test_whose_file_cannot_be_used_gets_a_fresh_form_with_the_one_remedy(
    campaign, commune, hindrance
):
    report = UnitReport(unit=commune, state=UnitState.UNUSABLE, hindrance=hindrance)
    unused = FileRecord(
        source=Source(name="gửi/bao cao.xlsx", sha256="0" * 64, size=1, modified=SENT),
        state=FileState.QUARANTINED,
        code="unknown_unit",
        reason=file_reason("unknown_unit", {"unit": "Xã: A"}),
        unit=commune.code,
        hindrance=hindrance,
    )
    content = return_of(campaign, replace(month(report), files=(unused,)), report)
    assert asked_rows(content) == [
        [
            "1",
            "Tệp “bao cao.xlsx”: không có đơn vị “Xã: A” trong danh sách",
            capital(WITH_FRESH_FORM[hindrance].format(form="biểu này")),
            "Báo cáo", "A1", "□", "–",
        ],
    ]  # fmt: skip
    again = sent_again(campaign, content)
    assert (again.unit, again.month) == (commune.code, MARCH)
    name = return_name(campaign, month(report), report)
    assert name == f"2015-03 Xã Mường Than ({commune.code}) đề nghị gửi lại.xlsx"


def test_a_fresh_form_holds_what_the_last_report_said_but_not_its_letter(campaign, commune):
    again = sent_again(campaign, untouched(campaign, commune))
    assert again.month == MARCH
    assert again.values["tong_dai_bieu_th"].value == HELD["tong_dai_bieu_th"]
    assert len(again.tables["danh_sach"]) == 110
    assert again.values["so_cong_van"].value is None


def test_what_came_after_the_cut_off_is_not_asked_again(campaign, commune):
    report = UnitReport(
        unit=commune, state=UnitState.AFTER_CUT_OFF, hindrance=Hindrance.AFTER_CUT_OFF
    )
    assert return_of(campaign, month(report), report) is None


# --- the receipt, and what is not carried over ----------------------------------------------------


def test_the_receipt_says_what_came_in_when_and_how(campaign, commune):
    letter = Letter(sender="xa@laichau.gov.vn", sender_name="Xã", subject="Báo cáo", sent=SENT)
    report = sent(campaign, commune, PLANNED | TOO_MANY, letter=letter)
    ((words,),) = rows_below(returned(campaign, report), "Phiếu tiếp nhận")
    receipt = dict(word.split(": ", 1) for word in words.split("; ") if ": " in word)
    source = report.submission.source
    assert receipt["Nhận lúc"] == "8 giờ 30 ngày 19/03/2015 (ngày gửi thư)"
    assert receipt["Hình thức"] == "Thư điện tử “Báo cáo”"
    assert receipt["Người gửi"] == "Xã <xa@laichau.gov.vn>"
    assert receipt["Tên tệp"] == "Báo cáo tháng 3.xlsx"
    assert receipt["Mã băm SHA-256"] == source.sha256
    assert receipt["Mã đối chiếu"].startswith(report.submission.check_figure)
    assert receipt["Tình trạng"] == "Đúng hạn"


def test_what_the_unit_added_of_its_own_is_listed_and_left_out(campaign, commune):
    filling = Filling(unit=commune, month=MARCH, values=PLANNED | TOO_MANY)
    book, saved = opened(write_form(campaign, campaign.form_of(commune), filling)), io.BytesIO()
    book.create_sheet("Ghi thêm")["A1"] = "Tự ghi"
    book["Báo cáo"]["C34"].comment = Comment("Nhớ hỏi lại", "Lò Văn A")
    book.save(saved)
    with zipfile.ZipFile(saved, "a") as package:
        package.writestr("xl/media/image1.png", b"PNG")
    submission = read(saved.getvalue(), campaign)
    comment = "ghi chú ở ô C34 trang “Báo cáo”: “Nhớ hỏi lại”"
    assert submission.extras == ("trang “Ghi thêm”", "1 hình ảnh", comment)
    content = returned(campaign, reported(campaign, submission))
    assert rows_below(content, "Đơn vị tự thêm vào tệp đã gửi") == [
        ["– trang “Ghi thêm”"],
        ["– 1 hình ảnh"],
        [f"– {comment}"],
        [KEEP_FILE.format(name="Báo cáo tháng 3.xlsx")],
    ]
    assert sent_again(campaign, content).extras == ()


def test_a_line_for_other_kinds_of_unit_is_shown_when_it_was_filled(campaign, commune):
    form = campaign.form_of(commune)
    hidden = next(
        line.fields[0]
        for sheet in form.sheets
        for line in sheet.lines
        if line.unit_kinds and commune.kind not in line.unit_kinds and line.fields
    )
    row = layout_of(form).cells[hidden.id].row + 1
    asked = PLANNED | TOO_MANY
    for values, is_hidden in ((asked, True), (asked | {hidden.id: "12/HD"}, False)):
        sheet = opened(returned(campaign, sent(campaign, commune, values)))["Báo cáo"]
        assert bool(sheet.row_dimensions[row].hidden) is is_hidden


# --- the file ---------------------------------------------------------------------------------


def test_the_same_report_gives_the_same_bytes(campaign, faulty):
    report = faulty
    assert returned(campaign, report) == returned(campaign, report)


def test_a_return_is_named_by_month_unit_and_what_is_asked(campaign, commune, faulty):
    report = faulty
    name = return_name(campaign, month(report), report)
    assert name == f"2015-03 Xã Mường Than ({commune.code}) đề nghị đính chính.xlsx"


@given(name=st.text(max_size=400), code=st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_every_name_is_one_that_windows_takes(campaign, commune, name, code):
    unit = replace(commune, name=name, code=code)
    report = UnitReport(unit=unit, state=UnitState.MISSING)
    made = return_name(campaign, month(report), report)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', made)
    assert len(made) <= 150
    assert len(made.encode()) <= 240
    assert unicodedata.is_normalized("NFC", made)
    assert made.startswith("2015-03 ")
    assert made.endswith(" đã nhận.xlsx")


def test_every_cached_value_of_a_return_is_the_true_one(campaign, commune, tmp_path):
    require_libreoffice()
    files = []
    held = HELD | {"dia_diem": None}
    for name, values in (("loi", FAULTY), ("tre", PLANNED | LATE), ("da-to-chuc", held)):
        files.append(tmp_path / f"{name}.xlsx")
        report = sent(campaign, commune, values, explanations={"A4": "Xã rộng"})
        files[-1].write_bytes(returned(campaign, report))
    files.append(tmp_path / "bieu-moi.xlsx")
    files[-1].write_bytes(untouched(campaign, commune))
    for before, after in zip(files, convert(files, tmp_path), strict=True):
        assert cells_of(before) == cells_of(after)


def cells_of(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        (name, row, column): cell
        for name in book.sheet_names
        if name != HELPER_SHEET  # no value stands beside its formulas
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, cell in enumerate(cells)
        if cell != ""
    }
