"""The Mã đối chiếu is found in the papers that people make of a form, and nothing else costs a run."""

from __future__ import annotations

import io
from datetime import datetime

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import convert, require_libreoffice
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms_read.papers import MOST_PAGES, check_figures_in
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Source

FIGURE = "482-915"


def word_file(*runs):
    paper = docx.Document()
    paper.add_paragraph("Mã đối chiếu")
    cell = paper.add_table(1, 1).cell(0, 0).paragraphs[0]
    for run in runs:
        cell.add_run(run).bold = run.startswith("9")
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def pdf(*texts):
    """A PDF with a page for each text, as a program prints them."""
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    for text in texts:
        page = writer.add_blank_page(300, 300)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = stream
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (word_file(FIGURE), (FIGURE,)),
        (word_file("482-", "915"), (FIGURE,)),  # cut by a change of its look
        (word_file("482\u2013915"), (FIGURE,)),
        (word_file("so 25, ngay 18-3-2015, dt 0912-345-678"), ()),
        (pdf(f"Ma doi chieu {FIGURE}"), (FIGURE,)),
        (pdf("", "", f"x {FIGURE}", f"y {FIGURE} 000-111"), (FIGURE, "000-111")),
        (pdf(*[""] * MOST_PAGES, FIGURE), ()),
        (b"%PDF-1.4\n%%EOF", ()),
        (b"{\\rtf1 482-915}", ()),
        (b"PK\x03\x04", ()),
        (b"", ()),
    ],
)
def test_figures_in_a_paper(content, found):
    assert check_figures_in(content) == found


@pytest.mark.slow
def test_a_form_that_was_printed_to_pdf_bears_its_check_figure(tmp_path):
    require_libreoffice()
    campaign = load_campaign()
    filling = Filling(unit=campaign.unit("03386"), month=Month(2015, 3))
    form = tmp_path / "bieu.xlsx"
    form.write_bytes(write_form(campaign, campaign.forms[0], filling))
    source = Source(name="bieu.xlsx", sha256="", size=1, modified=datetime(2015, 3, 18))
    read = read_form(form.read_bytes(), source, campaign)
    (printed,) = convert([form], tmp_path / "ra", "pdf")
    assert read.check_figure in check_figures_in(printed.read_bytes())


PAPERS = pdf(FIGURE), word_file(FIGURE)


@given(st.integers(0), st.binary(max_size=40))
def test_a_damaged_paper_tells_nothing_and_raises_nothing(place, stray):
    for content in PAPERS:
        at = place % len(content)
        assert set(check_figures_in(content[:at] + stray + content[at:])) <= {FIGURE}
