"""The blank forms on paper and on a small screen: type that can be read, nothing in the way."""

from __future__ import annotations

import openpyxl
import pytest
from libreoffice import require_libreoffice
from openpyxl.utils.cell import coordinate_from_string
from printed import printed_pages

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_write.templates import write_templates
from tdkt_batch.wording.forms import PANEL_SHEET

FIFTH_OF_A_SMALL_SCREEN = 0.75 * 768 / 5
"""In points; a pixel is three quarters of one."""
WIDTH_OF_A_SMALL_SCREEN, DIGIT_IN_PIXELS, READABLE = 1366 - 70, 7.35, 11
"""Heads of rows and the bar for scrolling take seventy pixels; type for reading has eleven points."""
BYTES = {"mau-so-01": 65_000, "mau-so-02": 91_500}
"""What a blank form takes at most; the goal is 60 and 90 thousand. A third of it is what the
helper sheet calculates, half of that the verdicts' own expressions, each of which is there once."""
BODY = {"mau-so-01": (1, 9.95, 9.25), "mau-so-02": (2, 12.2, 11.4)}
"""On how many pages the report is printed, in which type its body is, and all but the cited line:
the list of what the numbers of an answer stand for is a little smaller."""
SMALL = {"mau-so-01": (7.35, 9.75), "mau-so-02": (9.05, 8.45)}
"""The smallest type today, of the report (the line that cites the guidance) and of all that is
printed after it; its foot with the number of the page is apart. Type for reading is nine points."""
CITED, FOOT = 70, 26
"""So many letters the cited line and the foot have at most."""


FORMS = {f"mau-so-{form.id[-2:]}": form for form in load_campaign().forms}


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    files = write_templates(load_campaign(), tmp_path_factory.mktemp("forms"))
    return {file.stem: file for file in files}


@pytest.mark.parametrize("name", BYTES)
def test_a_blank_form_is_small(templates, name):
    assert templates[name].stat().st_size <= BYTES[name]


@pytest.mark.parametrize("name", BYTES)
def test_what_is_frozen_leaves_four_fifths_of_a_small_screen(templates, name):
    for sheet in openpyxl.load_workbook(templates[name]):
        if sheet.sheet_state != "visible":
            continue
        _, first = coordinate_from_string(sheet.freeze_panes)
        heights = [sheet.row_dimensions[row].height or 15 for row in range(1, first)]
        assert sum(heights) < FIFTH_OF_A_SMALL_SCREEN, sheet.title


@pytest.mark.parametrize("name", BYTES)
def test_a_small_screen_shows_what_is_said_beside_the_cells_to_its_end(templates, name):
    for sheet in openpyxl.load_workbook(templates[name]):
        if sheet.sheet_state != "visible" or sheet.title == PANEL_SHEET:
            continue
        # a cell's width with its padding, by the font that measures columns
        columns = sheet.column_dimensions.values()
        width = sum(d.width * (d.max - d.min + 1) * DIGIT_IN_PIXELS for d in columns)
        zoom = (sheet.sheet_view.zoomScale or 100) / 100
        assert width * zoom <= WIDTH_OF_A_SMALL_SCREEN, sheet.title
        assert zoom * 14.5 >= READABLE, sheet.title


@pytest.mark.parametrize("name", BYTES)
def test_colours_for_the_screen_are_not_printed(templates, name):
    for sheet in openpyxl.load_workbook(templates[name]):
        if sheet.sheet_state == "visible":
            assert bool(sheet.page_setup.blackAndWhite) is (sheet.title != PANEL_SHEET)


def test_a_form_opens_where_one_types(templates):
    form = load_campaign().form("mau_01")
    book = openpyxl.load_workbook(templates["mau-so-01"])
    assert book.active.title == "Báo cáo"
    (first, *_) = (layout_of(form).cells[field.id] for field in form.fields)
    selected = [one.activeCell for one in book.active.sheet_view.selection]
    assert first.address in selected


@pytest.mark.parametrize("name", BYTES)
def test_the_report_is_printed_large_and_without_what_is_for_the_screen(templates, tmp_path, name):
    require_libreoffice()
    pages = printed_pages(templates[name], tmp_path)
    number, body, least = BODY[name]
    report, rest = pages[:number], pages[number:]
    assert "Mã đối chiếu" in report[-1].text
    assert "THỦ TRƯỞNG ĐƠN VỊ" in report[-1].text
    assert not any("THỦ TRƯỞNG ĐƠN VỊ" in page.text for page in rest)
    hints = [sheet.hint.partition(";")[0] for sheet in FORMS[name].sheets if sheet.hint]
    for page in pages:
        for said in ("Hướng dẫn ghi", "việc. Việc 1", *hints):
            assert said not in page.text
    for page in report:
        assert page.sizes.most_common(1)[0][0] >= body
        small = sum(number for size, number in page.sizes.items() if size < least)
        assert small <= CITED + FOOT
    of_report, of_rest = SMALL[name]
    assert min(map(smallest_but_foot, report)) >= of_report
    assert min(map(smallest_but_foot, rest)) >= of_rest


def smallest_but_foot(page):
    """Return the smallest type of a page without its foot, which is one short line."""
    return min(size for size, number in page.sizes.items() if number > FOOT)
