"""The figures for programs: their sums are those of the workbook, and nothing in them is a command."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from month_sample import held, month_report, unit_report, varied_month, write_workbook
from openpyxl import load_workbook
from random_months import random_month

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.summary.open_data import FIGURES, VALUES, open_data

CAMPAIGN = load_campaign()
HOSTILE = '=HYPERLINK("http://x.example";"bấm vào đây")'


def tables(campaign, report):
    """Return the rows of both files as a program reads them, and the figures they are of."""
    figures = month_figures(campaign, report)
    read = []
    for lines in open_data(figures, report.month):
        content = b"".join(lines)
        assert content.startswith(b"\xef\xbb\xbf")  # what Excel tells UTF-8 by
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        read.append(list(csv.DictReader(text, delimiter=";", strict=True)))
    return (*read, figures)


@pytest.mark.parametrize("seed", range(12))
def test_the_values_of_each_figure_add_up_to_its_total(seed):
    values, what, figures = tables(CAMPAIGN, random_month(CAMPAIGN, seed))
    assert [one["chi_tieu"] for one in what] == [one.id for one in CAMPAIGN.figures.all]
    sums, apart = Counter(), Counter()
    for row in values:
        assert bool(row["gia_tri"]) is (row["tinh_trang"] == "có số"), row
        assert bool(row["so_chua_cong"]) is (row["tinh_trang"] == "chưa cộng"), row
        sums[row["chi_tieu"]] += int(row["gia_tri"] or 0)
        apart[row["chi_tieu"]] += int(row["so_chua_cong"] or 0)
    for one in what:
        total = figures.total(one["chi_tieu"])
        assert int(one["tong"]) == total.value == sums[one["chi_tieu"]]
        assert int(one["so_chua_cong"]) == total.apart == apart[one["chi_tieu"]]


@pytest.mark.parametrize("seed", range(12, 18))
def test_each_unit_has_one_row_at_most_of_a_figure(seed):
    values, _, _ = tables(CAMPAIGN, random_month(CAMPAIGN, seed))
    keys = Counter((one["chi_tieu"], one["ma_don_vi"]) for one in values)
    assert max(keys.values()) == 1


def test_what_the_workbook_has_of_a_unit_is_in_the_file():
    report = varied_month(CAMPAIGN)
    values, _, _ = tables(CAMPAIGN, report)
    mine = {(one["chi_tieu"], one["don_vi"]): one["gia_tri"] for one in values}
    names = Counter(one.unit.name for one in report.units)
    sheet = load_workbook(io.BytesIO(write_workbook(CAMPAIGN, report)), data_only=True)["Số liệu"]
    rows = list(sheet.iter_rows(min_row=8, values_only=True))
    heads = [own or over for over, own in zip(rows[0], rows[1], strict=True)]
    compared = 0
    for figure in CAMPAIGN.figures.all:
        if heads.count(figure.label) != 1:
            continue
        column = heads.index(figure.label)
        for row in rows[2 : 2 + len(report.units)]:
            if names[row[1]] == 1 and isinstance(row[column], int):
                assert mine[figure.id, row[1]] == str(row[column])
                compared += 1
    assert compared > 300


def test_a_name_that_looks_like_a_command_is_none():
    commune = next(unit for unit in CAMPAIGN.units if unit.kind == "xã")
    units = tuple(replace(u, name=HOSTILE) if u is commune else u for u in CAMPAIGN.units)
    campaign = replace(CAMPAIGN, units=units)
    one = next(unit for unit in units if unit.name == HOSTILE)
    report = month_report([unit_report(campaign, one, held(date(2015, 3, 3), 90, 63, 27))])
    for lines in open_data(month_figures(campaign, report), report.month):
        content = b"".join(lines)
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"):
            assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    values, _, _ = tables(campaign, report)
    assert {row["don_vi"] for row in values if row["don_vi"]} == {f"'{HOSTILE}"}


def test_the_heads_are_words_that_any_program_takes():
    for columns in (VALUES, FIGURES):
        heads = [one.head for one in columns]
        assert len(set(heads)) == len(heads)
        assert all(re.fullmatch("[a-z]+(_[a-z]+)*", head) for head in heads)
