"""Forms that another program saved again say the same, in each format that it writes."""

import io
from datetime import datetime

import gnumeric
import javascript
import libreoffice
import openpyxl
import pytest
from chance_forms import fillings
from corpus.clerk import CAMPAIGN, Clerk

from tdkt_batch.forms.layout import grown
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Source, Submission
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.vietnamese.folding import squeeze

UNIT, NEIGHBOUR = [unit for unit in CAMPAIGN.units if unit.kind == "xã"][4:6]
BY_GNUMERIC = {
    "Gnumeric_Excel:xlsx": "xlsx",
    "Gnumeric_Excel:excel_biff8": "xls",
    "Gnumeric_OpenCalc:odf": "ods",
    "Gnumeric_OpenCalc:openoffice": "ods",
    "Gnumeric_html:html40": "html",
}
BY_JAVASCRIPT = (
    "exceljs.xlsx", "sheetjs-xlsx.xlsx", "sheetjs-days.xlsx", "sheetjs-xlsb.xlsb",
    "sheetjs-biff8.xls", "sheetjs-xlml.xml", "sheetjs-ods.ods", "sheetjs-fods.fods",
)  # fmt: skip
OF_EACH_KIND = 2
PREFILLED = [t.id for f in CAMPAIGN.forms for t in f.tables if t.prefill == "subordinates"]


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """Lawfully filled forms as they were sent, by their path, with what is read of each."""
    folder = tmp_path_factory.mktemp("bieu")
    contents = {"bieu": Clerk(UNIT, NEIGHBOUR).form()}
    for form in (grown(form, dict.fromkeys(PREFILLED, 200)) for form in CAMPAIGN.forms):
        plain = (
            content
            for filling in fillings(CAMPAIGN, form, 12, 40)
            if is_plain(read(content := write_form(CAMPAIGN, form, filling), "a.xlsx"))
        )
        contents |= {f"{form.id}-{n}": next(plain) for n in range(OF_EACH_KIND)}
    meant = {}
    for name, content in contents.items():
        (folder / f"{name}.xlsx").write_bytes(content)
        meant[folder / f"{name}.xlsx"] = told(content, "a.xlsx")
    return meant


def read(content, name):
    source = Source(name=name, sha256="0" * 64, size=1, modified=datetime(2015, 3, 18))
    return read_form(content, source, CAMPAIGN)


def is_plain(found):
    """Tell whether nothing in a form is spoilt: no format keeps all that may be."""
    return isinstance(found, Submission) and not any(
        value.fault or isinstance(value.raw, datetime) for value in found.cells
    )


def told(content, name):
    """Return every value and every outcome, as they are compared: blanks count once."""
    found = read(content, name)
    assert isinstance(found, Submission), (name, found)
    form, unit = CAMPAIGN.form(found.form), CAMPAIGN.unit(found.unit)
    said = ((one.field, one.value) for one in found.cells)
    values = [(field, squeeze(x) if isinstance(x, str) else x) for field, x in said]
    outcomes = [(one.rule, one.outcome) for one in form_outcomes(CAMPAIGN, form, found, unit)]
    return found.unit, found.month, values, outcomes


@pytest.mark.parametrize(("exporter", "suffix"), BY_GNUMERIC.items())
def test_what_gnumeric_saved_says_the_same(forms, tmp_path, exporter, suffix):
    gnumeric.require_gnumeric()
    for path, meant in forms.items():
        name = f"{path.stem}.{suffix}"
        assert told(gnumeric.convert(path, exporter, tmp_path / name), name) == meant


def test_letters_that_excel_95_cannot_hold_are_asked_for(forms, tmp_path):
    gnumeric.require_gnumeric()
    content = gnumeric.convert(next(iter(forms)), "Gnumeric_Excel:excel_biff7", tmp_path / "a.xls")
    assert read(content, "bieu.xls").reason == "lost_letters"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "fods", "html"])
def test_what_libreoffice_saved_says_the_same(forms, tmp_path, suffix):
    libreoffice.require_libreoffice()
    for saved, meant in zip(
        libreoffice.convert([*forms], tmp_path, suffix), forms.values(), strict=True
    ):
        assert told(saved.read_bytes(), saved.name) == meant


def test_what_openpyxl_saved_says_the_same(forms):
    for path, meant in forms.items():
        target = io.BytesIO()
        openpyxl.load_workbook(path, data_only=True).save(target)
        assert told(target.getvalue(), path.name) == meant


@pytest.fixture(scope="module")
def of_the_web(forms, tmp_path_factory):
    javascript.require_javascript()
    folder = tmp_path_factory.mktemp("web")
    javascript.save_again(forms, folder)
    return folder


@pytest.mark.parametrize("way", BY_JAVASCRIPT)
def test_what_a_program_of_the_web_saved_says_the_same(forms, of_the_web, way):
    for path, meant in forms.items():
        saved = of_the_web / f"{path.stem}.{way}"
        assert told(saved.read_bytes(), saved.name) == meant
