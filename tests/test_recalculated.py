"""LibreOffice calculates the whole workbook anew, of many months, to what is cached in it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from libreoffice import convert, require_libreoffice
from month_sample import MONTH, month_report, unit_report, varied_month, with_past, write_workbook
from random_months import random_month
from recalculated import FORMULA, compared, formula_values, sheets_of, with_wrong_values

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.report import UnitState

MONTHS = 20
PLANTED = "05"


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def books(campaign):
    """The workbooks by name: of the whole register, of an empty month, and of months by chance."""
    whole = varied_month(campaign)
    given = month_figures(campaign, whole).amounts()
    earlier = {id_: dict(list(one.items())[::2]) | {"không còn": 3} for id_, one in given.items()}
    reports = {f"{seed:02}": random_month(campaign, seed) for seed in range(MONTHS)}
    reports["toan-tinh"] = with_past(whole, earlier)
    units = campaign.units_in(MONTH)[:30]
    reports["trong"] = month_report([unit_report(campaign, unit) for unit in units])
    reports["mien"] = month_report(
        [unit_report(campaign, unit, state=UnitState.NOT_REQUIRED) for unit in units[:3]]
    )
    return {name: write_workbook(campaign, report) for name, report in reports.items()}


@pytest.fixture(scope="module")
def yielded(books, tmp_path_factory):
    """The workbooks as LibreOffice calculates them, with one whose cached values are wrong."""
    require_libreoffice()
    folder = tmp_path_factory.mktemp("tinh-lai")
    files = {}
    for name, content in {**books, "gia": with_wrong_values(books[PLANTED])}.items():
        files[name] = folder / f"{name}.xlsx"
        files[name].write_bytes(content)
    saved = convert(list(files.values()), folder)
    return {name: file.read_bytes() for name, file in zip(files, saved, strict=True)}


def test_libreoffice_calculates_anew_else_this_proves_nothing(books, yielded):
    planted = formula_values(with_wrong_values(books[PLANTED]))
    assert list(planted.values()).count(999) > 500
    assert formula_values(yielded["gia"]) == formula_values(yielded[PLANTED])


def test_every_formula_yields_its_cached_value(books, yielded):
    different = {
        name: compared(formula_values(content), formula_values(yielded[name]))
        for name, content in books.items()
    }
    assert {name: one for name, one in different.items() if one} == {}
    assert all(len(formula_values(content)) > 300 for content in books.values())


def test_no_cell_is_an_error(books, yielded):
    for content in (*books.values(), *yielded.values()):
        assert not any(re.search(r'<c [^>]*t="e"', xml) for xml in sheets_of(content))


def test_no_workbook_has_a_macro_or_leads_out_of_itself(books):
    for content in books.values():
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = file.namelist()
            links = "".join(file.read(n).decode() for n in names if n.endswith(".rels"))
        assert "External" not in links
        assert not [n for n in names if "vba" in n.lower() or "externalLink" in n]
        assert not any(
            "[" in f for xml in sheets_of(content) for _, _, f, _ in FORMULA.findall(xml)
        )
