"""A share of a part in its whole is over the units that gave both, and lies within 0 and 100 %."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import docx
from fair_to_units import letters_about
from hypothesis import given, settings
from hypothesis import strategies as st
from month_sample import held, month_report, unit_report, with_past
from openpyxl import load_workbook
from random_months import random_month
from said_of_units import pieces_of_letters

from tdkt_batch.campaign.figure import FigurePlace
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.amounts import Amount
from tdkt_batch.figures.figure_lines import line_of_figure
from tdkt_batch.figures.laws import check_laws
from tdkt_batch.figures.month_figures import Quotient, month_figures
from tdkt_batch.letters.notices import Enclosures
from tdkt_batch.letters.write import letters_of
from tdkt_batch.summary.workbook import build_workbook

CAMPAIGN = load_campaign()
COMMUNES = [unit for unit in CAMPAIGN.units if unit.kind == "xã"]
DAY = date(2015, 3, 3)
AGAINST_PLAN = {
    one.label for one in CAMPAIGN.figures.all if one.share is not None and one.share.against_plan
}
_PERCENT = re.compile(r"([\d.]+(?:,\d+)?)%")


def commune(total, exemplary, **others):
    """Return what a commune types of a conference of delegates; a total of None is left blank."""
    typed = held(DAY, total or 0, exemplary, 20, loai_hoi_nghi="Đại biểu", so_cbccvc_nld=400)
    typed |= others
    if total is None:
        del typed["tong_dai_bieu_th"]
    return typed


def month_of(*typed):
    units = zip(COMMUNES, typed, strict=False)
    return month_report([unit_report(CAMPAIGN, unit, one) for unit, one in units])


def figures_of(*typed):
    figures = month_figures(CAMPAIGN, month_of(*typed))
    check_laws(figures)
    return figures


def test_a_part_whose_whole_was_left_blank_makes_no_share():
    figures = figures_of(commune(90, 70), commune(None, 80))
    assert figures.total("dien_hinh").value == 150
    assert figures.quotient("dien_hinh") == Quotient(70, 90, 1)
    (note, *_) = line_of_figure(figures, CAMPAIGN.figures.figure("dien_hinh")).notes
    assert note == ("trong số đại biểu đã dự, tính trên 1 hội nghị ghi cả hai số: 70/90")


def test_a_whole_whose_part_is_not_known_makes_no_share_either():
    blank = commune(100, 80)
    del blank["dien_hinh_th"]
    figures = figures_of(commune(90, 70), blank)
    assert figures.total("dai_bieu").value == 190
    assert figures.quotient("dien_hinh") == Quotient(70, 90, 1)


def first_note(figures, id_):
    return line_of_figure(figures, CAMPAIGN.figures.figure(id_)).notes[0]


def test_a_part_beyond_its_whole_is_said_to_be_left_out():
    figures = figures_of(commune(90, 70), commune(100, 80))
    parts, code = figures.by_id["dien_hinh"], COMMUNES[1].code
    confirmed = replace(parts, by_unit=parts.by_unit | {code: Amount(counts=True, value=120)})
    figures = replace(figures, by_id={**figures.by_id, "dien_hinh": confirmed})
    assert figures.quotient("dien_hinh") == Quotient(70, 90, 1, beyond=1)
    assert first_note(figures, "dien_hinh") == (
        "trong số đại biểu đã dự, tính trên 1 hội nghị ghi cả hai số, "
        "chưa tính 1 đơn vị ghi phần lớn hơn tổng: 70/90"
    )


def test_against_a_plan_all_units_count_that_have_one_whether_or_not_they_gave_a_result():
    planned = zip(COMMUNES, (5, 4, None), strict=False)
    units = [replace(unit, allotment=number) for unit, number in planned]
    typed = (commune(90, 70, bau_dai_bieu=5), commune(100, 80), commune(90, 70, bau_dai_bieu=3))
    told = zip(units, typed, strict=True)
    report = month_report([unit_report(CAMPAIGN, unit, one) for unit, one in told])
    figures = month_figures(CAMPAIGN, report)
    assert figures.quotient("duoc_bau") == Quotient(5, 9, 2)
    assert first_note(figures, "duoc_bau") == (
        "so với số được phân bổ, chỉ tính 2 đơn vị có phân bổ: 5/9"
    )


def test_where_all_gave_both_the_share_is_of_the_totals_and_nothing_more_is_said():
    figures = figures_of(commune(90, 70), commune(100, 80))
    line = line_of_figure(figures, CAMPAIGN.figures.figure("dien_hinh"))
    assert (line.quotient.part, line.base) == (line.total.value, 190)
    assert line.notes[0] == "trong số đại biểu đã dự"


class Walked(tuple):
    """Codes of units that are walked through and never searched: a search a unit is quadratic."""

    __slots__ = ()

    def __contains__(self, _):
        raise AssertionError


def test_the_share_of_some_units_looks_at_these_and_at_no_other():
    figures = figures_of(commune(90, 70), commune(100, 80), commune(None, 60))
    codes = Walked((COMMUNES[1].code, COMMUNES[2].code, "left"))
    assert figures.quotient("dien_hinh", codes) == Quotient(80, 100, 1)
    of_some = replace(figures, units_by_group={"some": codes})
    lines = [line_of_figure(of_some, one, "some") for one in CAMPAIGN.figures.all]
    assert [one.total for one in lines] == [figures.total(id_, [*codes]) for id_ in figures.by_id]


def test_the_share_of_a_month_before_is_taken_as_this_months_is():
    """A unit with a blank whole, one with a part beyond it: in both rows over the one other."""
    shown = replace(CAMPAIGN.figures.figure("dien_hinh"), places=frozenset({FigurePlace.MONTHS}))
    declared = tuple(shown if one.id == shown.id else one for one in CAMPAIGN.figures.all)
    campaign = replace(CAMPAIGN, figures=replace(CAMPAIGN.figures, all=declared))
    report = month_of(commune(90, 70), commune(None, 80))
    one, other, third = (unit.code for unit in COMMUNES[:3])
    amounts = {
        "dien_hinh": {one: 70, other: 120},
        "dai_bieu": {one: 90, other: 100, third: 50},
    }
    before = with_past(report, amounts).past
    report = replace(report, past=before[1:])
    files = dict(
        letters_of(campaign, report, month_figures(campaign, report), Enclosures(workbook=b"PK"))
    )
    paper = docx.Document(io.BytesIO(files["bao-cao-2015-03.docx"]))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    told = [row[-1] for row in rows if row[0] in ("2/2015", "3/2015")]
    assert told == ["190, tỷ lệ 70/90 (77,8%)", "150, tỷ lệ 70/90 (77,8%)"]


def percents_of_book(content: bytes):
    """Yield each cell of the book that is a share, but those of what is held against a plan."""
    for sheet in load_workbook(io.BytesIO(content), data_only=True).worksheets:
        for row in sheet.iter_rows():
            if not AGAINST_PLAN & {cell.value for cell in row if isinstance(cell.value, str)}:
                for cell in row:
                    if "%" in cell.number_format and isinstance(cell.value, int | float):
                        yield sheet.title, cell.coordinate, cell.value


def percents_of_letters(letters):
    for piece in pieces_of_letters(letters):
        if not any(label in piece.text for label in AGAINST_PLAN):
            for found in _PERCENT.findall(piece.text):
                yield piece.text, float(found.replace(".", "").replace(",", ".")) / 100


@settings(max_examples=12)
@given(st.integers(0, 10**6))
def test_no_share_of_a_part_in_its_whole_lies_outside_0_to_100(seed):
    """In the book's cells, in the report, the slip and the letters, of months made up by chance."""
    report = random_month(CAMPAIGN, seed)
    book = build_workbook(CAMPAIGN, report, month_figures(CAMPAIGN, report)).content
    beyond = [one for one in percents_of_book(book) if not 0 <= one[-1] <= 1]
    told = percents_of_letters(letters_about(CAMPAIGN, report))
    assert beyond + [one for one in told if not 0 <= one[-1] <= 1] == []
