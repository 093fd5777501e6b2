"""A form that another program saved again says the same, in each format that it writes."""

from datetime import datetime

import gnumeric
import libreoffice
import pytest
from corpus.clerk import CAMPAIGN, Clerk

from tdkt_batch.forms_read.read import read_form
from tdkt_batch.model import Source, Submission
from tdkt_batch.rules.outcomes import form_outcomes

UNIT, NEIGHBOUR = [unit for unit in CAMPAIGN.units if unit.kind == "xã"][4:6]
BY_GNUMERIC = {
    "Gnumeric_Excel:xlsx": "xlsx",
    "Gnumeric_Excel:excel_biff8": "xls",
    "Gnumeric_OpenCalc:odf": "ods",
    "Gnumeric_OpenCalc:openoffice": "ods",
    "Gnumeric_html:html40": "html",
}


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    """A filled form as it was sent, and what is read of it."""
    path = tmp_path_factory.mktemp("bieu") / "bieu.xlsx"
    path.write_bytes(Clerk(UNIT, NEIGHBOUR).form())
    return path, told(path.read_bytes(), path.name)


def read(content, name):
    source = Source(name=name, sha256="0" * 64, size=1, modified=datetime(2015, 3, 18))
    return read_form(content, source, CAMPAIGN)


def told(content, name):
    """Return every value and every outcome, as they are compared."""
    found = read(content, name)
    assert isinstance(found, Submission), found
    outcomes = form_outcomes(CAMPAIGN, CAMPAIGN.form(found.form), found, UNIT)
    values = [(value.field, value.value) for value in found.cells]
    return found.unit, found.month, values, [(one.rule, one.outcome) for one in outcomes]


@pytest.mark.parametrize(("exporter", "suffix"), BY_GNUMERIC.items())
def test_what_gnumeric_saved_says_the_same(form, tmp_path, exporter, suffix):
    gnumeric.require_gnumeric()
    path, meant = form
    name = f"bieu.{suffix}"
    assert told(gnumeric.convert(path, exporter, tmp_path / name), name) == meant


def test_letters_that_excel_95_cannot_hold_are_asked_for(form, tmp_path):
    gnumeric.require_gnumeric()
    path, _ = form
    content = gnumeric.convert(path, "Gnumeric_Excel:excel_biff7", tmp_path / "bieu.xls")
    assert read(content, "bieu.xls").reason == "lost_letters"


@pytest.mark.parametrize("suffix", ["fods", "html"])
def test_what_libreoffice_saved_as_text_says_the_same(form, tmp_path, suffix):
    libreoffice.require_libreoffice()
    path, meant = form
    (saved,) = libreoffice.convert([path], tmp_path, suffix)
    assert told(saved.read_bytes(), saved.name) == meant
