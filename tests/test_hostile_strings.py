"""Ten thousand strings that somebody might plant: every workbook holds them as text, and opens."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
import python_calamine
from defusedxml.ElementTree import fromstring
from hostile import hostile_strings
from hypothesis import given
from hypothesis import strategies as st
from month_sample import MONTH, UNTIL, month_report, submission_of, unit_report, write_workbook
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.control.listing import Listing
from tdkt_batch.control.write import write_control
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import (
    Container,
    Decision,
    DecisionKind,
    Finding,
    Letter,
    Severity,
    Source,
)
from tdkt_batch.report import Change, FileRecord, FileState
from tdkt_batch.returns.write import return_of
from tdkt_batch.sheets.cell_text import LONGEST_TEXT, clean_text
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import Styles
from tdkt_batch.wording.sheets import CUT

UNITS, PEOPLE, FILES = 100, 26, 110
SHOWN_PEOPLE = ("ho_ten", "noi_cong_tac", "thanh_tich")
BLANKS = " \n\t\u00a0\u200b"
FORMULA = re.compile(r'<c r="(\w+)"[^>]*><f[^>]*>(.*?)</f>')
LINK = re.compile(r'<hyperlink ref="(\w+)" location="(.*?)"')


@dataclass
class Strings:
    """A source of strings that remembers where each of them must be seen."""

    source: object
    planted: dict[str, list[str]] = field(default_factory=dict)

    def take(self, *sheets: str) -> str:
        text = next(self.source)
        for sheet in sheets:
            self.planted.setdefault(sheet, []).append(text)
        return text

    def take_some(self, *sheets: str) -> str:
        """Return one that is not blank: a row of a list exists when it has a name."""
        text = next(text for text in self.source if clean_text(text).strip(BLANKS))
        for sheet in sheets:
            self.planted.setdefault(sheet, []).append(text)
        return text


def month_of(campaign, strings):
    """Return a month of many units in which every text that others give comes from ``strings``."""
    units = campaign.units_in(MONTH)[:UNITS]
    reports = [hostile_report(campaign, unit, strings) for unit in units]
    report = month_report(reports, [stray(number, strings) for number in range(FILES)])
    names = [strings.take("Sổ tiếp nhận") for _ in range(FILES)]
    containers = tuple(Container(name=name, kind="zip", members=1) for name in names)
    return replace(report, containers=containers)


def hostile_report(campaign, unit, strings):
    """Return a unit's report: judged as a plain one, so that nothing but the texts differs."""
    plain = unit_report(campaign, unit, {"trang_thai": "Đã tổ chức"}, plain_people())
    named = replace(
        unit,
        name=strings.take(
            "Theo đơn vị", "Tình hình gửi báo cáo", "Cơ cấu đại biểu", "Đại biểu dự cấp trên",
            "Kết quả rà soát", "Nội dung cần xem xét",
        ),
        contact=strings.take("Tình hình gửi báo cáo"),
        phone=strings.take("Tình hình gửi báo cáo"),
    )  # fmt: skip
    form = campaign.form_of(unit)
    typed = {f.id: strings.take() for f in form.fields if f.kind is FieldKind.TEXT}
    typed |= {"trang_thai": "Đã tổ chức"}
    people = [
        person | {one: strings.take_some("Đại biểu dự cấp trên") for one in SHOWN_PEOPLE}
        for person in plain_people()["danh_sach"]
    ]
    submission = submission_of(campaign, unit, typed, {"danh_sach": people})
    return replace(
        plain,
        unit=named,
        submission=submission,
        findings=(*plain.findings, finding(unit, strings)),
        changes=(Change("dia_diem", "Địa điểm", "C20", strings.take(), strings.take()),),
    )


def plain_people():
    return {"danh_sach": [{"ho_ten": "A", "gioi_tinh": "Nữ", "duoc_bau": True}] * PEOPLE}


def finding(unit, strings):
    texts = {
        one: strings.take("Nội dung cần xem xét")
        for one in ("message", "given", "expected", "difference", "remedy", "explanation", "clause")
    }
    decision = Decision(
        kind=DecisionKind.REFUSED, unit=unit.code, month=MONTH, reason=strings.take()
    )
    return Finding(
        unit=unit.code,
        month=MONTH,
        severity=Severity.WARNING,
        code="A4",
        field="tong_dai_bieu_kh",
        decision=decision,
        **texts,
    )


def stray(number, strings):
    seen = "Sổ tiếp nhận"
    letter = Letter(
        sender=strings.take(seen), subject=strings.take(seen), message_id=strings.take(seen)
    )
    source = Source(
        name=strings.take(seen),
        sha256=f"{number:064x}",
        size=number,
        modified=UNTIL,
        container=strings.take(seen),
        letter=letter,
    )
    return FileRecord(
        source=source,
        state=FileState.QUARANTINED,
        reason=strings.take(seen),
        check_figure=strings.take(seen),
    )


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def hostile(campaign):
    """The strings with where they must be seen, and the month that holds them."""
    strings = Strings(hostile_strings(2015))
    return strings, month_of(campaign, strings)


@pytest.fixture(scope="module")
def content(campaign, hostile):
    return write_workbook(campaign, hostile[1])


@pytest.fixture(scope="module")
def plain_content(campaign):
    month = month_of(campaign, Strings(f"x{number:050}" for number in count()))
    return write_workbook(campaign, month)


# --- reading workbooks back ------------------------------------------------------------------


def texts_by_sheet(content):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: {
            cell
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
            if isinstance(cell, str)
        }
        for name in book.sheet_names
    }


def all_texts(content):
    return set().union(*texts_by_sheet(content).values())


def parts_of(content, pattern):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist() if re.search(pattern, name)}


def found_in_sheets(content, pattern):
    """Return what a pattern finds in each sheet; texts within formulas do not matter."""
    found = {}
    for name, xml in parts_of(content, r"worksheets/sheet\d+\.xml$").items():
        for place, text in pattern.findall(xml.decode()):
            found[name, place] = re.sub(r'"(?:[^"]|"")*"', '""', text)
    return found


def opens(content):
    """Raise unless every part is XML that a strict reader takes, and nothing leads outside."""
    for name, part in parts_of(content, r"\.(xml|rels|vml)$").items():
        fromstring(part)
        assert b'TargetMode="External"' not in part, name
    assert not parts_of(content, "(?i)vba|externalLink")
    load_workbook(io.BytesIO(content), read_only=True).close()


# --- the consolidated workbook ----------------------------------------------------------------


def test_ten_thousand_strings_are_planted(hostile):
    strings, _ = hostile
    assert sum(map(len, strings.planted.values())) > 10_000
    assert len({text for texts in strings.planted.values() for text in texts}) > 8_500


def test_the_workbook_opens_and_leads_nowhere_outside(content):
    opens(content)


def test_every_string_stands_in_its_sheet_as_it_is(hostile, content):
    strings, _ = hostile
    shown = texts_by_sheet(content)
    for sheet, planted in strings.planted.items():
        lacking = [text for text in map(clean_text, planted) if text and text not in shown[sheet]]
        assert lacking == [], sheet


def test_openpyxl_reads_them_too(hostile, content):
    book = load_workbook(io.BytesIO(content), read_only=True)
    cells = book["Đại biểu dự cấp trên"].iter_rows(values_only=True)
    shown = {cell for row in cells for cell in row if isinstance(cell, str)}
    planted = map(clean_text, hostile[0].planted["Đại biểu dự cấp trên"])
    # openpyxl drops every “x005F_”, whether it escapes something or was written by somebody
    assert [t for t in planted if t and "x005F_" not in t and t not in shown] == []


def test_no_formula_and_no_link_appears_but_the_programs_own(content, plain_content):
    assert found_in_sheets(content, FORMULA) == found_in_sheets(plain_content, FORMULA)
    links = found_in_sheets(content, LINK)
    assert links == found_in_sheets(plain_content, LINK)
    assert len(links) > 3 * UNITS
    every = [xml.count(b"<hyperlink ") for xml in parts_of(content, "worksheets/sheet").values()]
    assert sum(every) == len(links)


def test_what_is_cut_says_so(hostile, content):
    shown = all_texts(content)
    long = [text for text in shown if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT - 2]
    planted = [t for texts in hostile[0].planted.values() for t in texts if len(t) > LONGEST_TEXT]
    assert len(planted) > 20
    assert len(long) >= len(set(planted))
    assert all(text.endswith(CUT) for text in long)


@given(st.lists(st.text(st.characters(), max_size=60), min_size=1, max_size=20))
def test_any_text_is_read_as_it_was_cleaned(texts):
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        page = Page(book, Styles(book), "Trang")
        for row, text in enumerate([*texts, "cuối"]):
            page.put(row, 0, text, "text")
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue()))
    rows = read.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows] == [*map(clean_text, texts), "cuối"]


# --- what else is written with them --------------------------------------------------------------


@pytest.mark.parametrize("level", ["base", "upper"])
def test_a_form_holds_them_as_text(campaign, level):
    unit = next(u for u in campaign.units_in(MONTH) if u.level == level)
    form = campaign.form_of(unit)
    strings = Strings(hostile_strings(7))
    texts = [f.id for f in form.fields if f.kind in (FieldKind.TEXT, FieldKind.NOTE)]
    people = [{one: strings.take("x") for one in SHOWN_PEOPLE} for _ in range(150)]
    filling = Filling(
        unit=replace(unit, name=strings.take("x")),
        month=MONTH,
        values={id_: strings.take("x") for id_ in texts},
        tables={"danh_sach": people},
        explanations={rule.id: strings.take() for rule in campaign.rules},
    )
    content = write_form(campaign, form, filling)
    opens(content)
    shown = all_texts(content)
    planted = [clean_text(text, as_typed=True) for text in strings.planted["x"]]
    assert [t for t in planted if t.strip() and not {t, clean_text(t)} & shown] == []
    assert {kind for kind, _ in outer_links(content)} <= {"location"}


def test_a_return_and_the_control_workbook_hold_them_as_text(campaign, hostile):
    _, month = hostile
    unit = month.units[1]
    returned = return_of(campaign, month, unit)
    opens(returned)
    shown = all_texts(returned)
    places = [row.values["noi_cong_tac"].raw for row in unit.submission.tables["danh_sach"]]
    typed = [clean_text(text, as_typed=True) for text in places]
    assert [t for t in typed if t.strip() and not {t, clean_text(t)} & shown] == []
    decisions = [one.findings[-1].decision for one in month.units]
    listing = Listing(campaign, month, decisions)
    control = write_control(campaign, month, listing, [one.unit.name for one in month.units])
    opens(control)
    assert not outer_links(control)
    assert not [f for f in found_in_sheets(control, FORMULA).values() if "HYPERLINK" in f]


def outer_links(content):
    found = re.compile(rb"<hyperlink [^>]*?(location|r:id)=\"(.*?)\"")
    sheets = parts_of(content, "worksheets/sheet").values()
    return {(kind.decode(), place) for xml in sheets for kind, place in found.findall(xml)}
