"""The leader's book on paper: type that can be read, nothing that is for the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from libreoffice import require_libreoffice
from month_sample import varied_month, with_past, write_workbook
from printed import printed_pages

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures

MONTH_UNITS = 60
FOR_SCREEN = (
    "BIỂU SỐ LIỆU TỪNG ĐƠN VỊ THEO CHỈ TIÊU", "BIỂU TỔNG HỢP CƠ CẤU ĐẠI BIỂU",
    "BIỂU TỔNG HỢP KẾT QUẢ KHEN THƯỞNG", "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT", "CĂN CỨ RÀ SOÁT",
    "SỔ TIẾP NHẬN", "không nằm trong bản in",
)  # fmt: skip
"""Titles of the sheets that things are looked up in."""
SMALLEST = 8.95
"""Nine points, as far as programs round a page's scale."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of a month of some units that has one before it."""
    require_libreoffice()
    campaign, folder = load_campaign(), tmp_path_factory.mktemp("in")
    campaign = replace(campaign, units=campaign.units[:MONTH_UNITS])
    base = varied_month(campaign)
    then = {
        id_: dict(list(one.items())[::2])
        for id_, one in month_figures(campaign, base).amounts().items()
    }
    book = folder / "tong-hop.xlsx"
    book.write_bytes(write_workbook(campaign, with_past(base, then)))
    return printed_pages(book, folder)


def test_no_type_is_smaller_than_nine_points(pages):
    small = {
        number: {size: n for size, n in page.sizes.items() if size < SMALLEST}
        for number, page in enumerate(pages, start=1)
    }
    assert {number: sizes for number, sizes in small.items() if sizes} == {}


def test_the_first_page_holds_all_that_leadership_is_asked(pages):
    first, second = pages[:2]
    assert first.text.count("□ Đồng ý") > 1
    assert "được cán bộ của Ban ghi vào sổ quyết định" in first.text
    assert second.text.startswith("Số Hội nghị theo huyện, ngành và tuần")


def test_no_page_is_all_but_empty(pages):
    letters = [page.sizes.total() for page in pages]
    assert min(letters) > 200


def test_what_is_for_the_screen_is_not_printed(pages):
    told = "\n".join(page.text for page in pages)
    assert "BIỂU TỔNG HỢP NỘI DUNG CẦN XEM XÉT" in told
    for title in FOR_SCREEN:
        assert title not in told
