"""A figure is one thing everywhere: declared it stands in all its places, taken out in none."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from month_sample import held, month_report, planned, unit_report, with_past, write_workbook
from openpyxl import load_workbook

from tdkt_batch.campaign.figure import DeclaredFigures, FigurePlace
from tdkt_batch.campaign.load import BUILT_IN, load_campaign
from tdkt_batch.campaign.load_figures import load_figures
from tdkt_batch.campaign.load_forms import Context
from tdkt_batch.campaign.load_sheet_lists import load_sheet_lists
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.errors import CampaignError
from tdkt_batch.figures.laws import check_laws
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.letters.notices import Enclosures
from tdkt_batch.letters.write import letters_of
from tdkt_batch.trace.totals import total_asked, totals_of

SOURCE = BUILT_IN / "lai_chau_2014"
FIELD = """
[[blocks.ket_qua]]
label = "Thanh niên tình nguyện phục vụ"
id = "tinh_nguyen"
kind = "count"
in_block = "bieu_duong"
"""
RULE = """
[[rules]]
id = "X1"
title = "Có thanh niên tình nguyện phục vụ"
requirements = ["X1"]
levels = ["base", "upper"]
stages = ["held"]
check = "tinh_nguyen >= 1"
at = ["tinh_nguyen"]
clause = "I.1"
ours = true
decision = "Quy định thử"
cases = [{ severity = "notice", message = "Không có thanh niên tình nguyện" }]
"""
FIGURES = """
[[figures]]
id = "tinh_nguyen_tong"
section = "ket_qua"
measure = "người"
of = "tinh_nguyen"
when = "trang_thai == 'Đã tổ chức'"
rules = ["X1"]
day = "ngay_hoi_nghi_th"
basis = "result"
period = "to_date"
accumulates = true
share = { of = "nguoi_o_hoi_nghi", words = "trong {so} hội nghị" }
places = ["overview", "districts", "units", "comparison", "report"]

[[figures]]
id = "noi_tinh_nguyen"
label = "Hội nghị có tình nguyện viên"
section = "ket_qua"
measure = "hội nghị"
count = "units"
when = "trang_thai == 'Đã tổ chức' and tinh_nguyen >= 1"
share = { of = "phai_to_chuc", words = "trong {so} hội nghị phải tổ chức" }
by_group = true
said = "có tình nguyện viên ở {event}"
basis = "result"
period = "to_date"
accumulates = true
places = ["overview", "districts", "report", "named", "months"]

[[figures]]
id = "nguoi_o_hoi_nghi"
label = "Đại biểu nơi có quy định tình nguyện"
section = "ket_qua"
measure = "người"
of = "tong_dai_bieu_th"
when = "trang_thai == 'Đã tổ chức'"
rules = ["X1"]
basis = "result"
period = "to_date"
places = ["districts", "units"]
"""
LABEL = "Thanh niên tình nguyện phục vụ"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SOURCE, tmp_path / "dot")


def append(folder, file, text):
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def month_of(campaign):
    """Return a month of a few communes of two districts, some of which held their conference."""
    communes = [unit for unit in campaign.units if unit.kind == "xã"][:6]
    typed = [
        held(date(2015, 3, 3), 90, 63, 27, bieu_duong_ca_nhan=4),
        held(date(2015, 2, 3), 60, 40, 20, bieu_duong_ca_nhan=2),
        planned(date(2015, 3, 30), 70, 50, 20),
        None,
    ]
    answers = [*typed, *[None] * len(communes)]
    return month_report(
        [unit_report(campaign, *pair) for pair in zip(communes, answers, strict=False)]
    )


def book_of(campaign, report):
    content = write_workbook(campaign, report)
    return load_workbook(io.BytesIO(content), data_only=True)


def report_of(campaign, report):
    """Return the paragraphs of the report for signature and of its slip, and its tables' rows."""
    files = dict(
        letters_of(campaign, report, month_figures(campaign, report), Enclosures(workbook=b"PK"))
    )
    papers = [
        docx.Document(io.BytesIO(files[f"{name}-2015-03.docx"]))
        for name in ("bao-cao", "phieu-trinh")
    ]
    rows = [
        [cell.text for cell in row.cells]
        for paper in papers
        for table in paper.tables
        for row in table.rows
    ]
    return [one.text for paper in papers for one in paper.paragraphs], rows


def docs_generator():
    """Return the program that writes the generated documents."""
    path = Path(__file__).parent.parent / "docs" / "generate.py"
    spec = importlib.util.spec_from_file_location("docs_generate", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts_of(sheet):
    return {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}


def test_a_field_a_rule_and_a_figure_with_its_share_need_no_python(folder):
    text = (folder / "forms.toml").read_text(encoding="utf-8")
    mark = "[[blocks.kien_nghi]]"
    (folder / "forms.toml").write_text(text.replace(mark, FIELD + "\n" + mark, 1), encoding="utf-8")
    append(folder, "rules.toml", RULE)
    append(folder, "figures.toml", FIGURES)
    campaign = load_campaign(folder)
    communes = [unit for unit in campaign.units if unit.kind == "xã"]
    report = month_report([
        unit_report(campaign, communes[0], held(date(2015, 3, 3), 90, 63, 27, tinh_nguyen=9)),
        unit_report(campaign, communes[1], held(date(2015, 3, 4), 60, 40, 20, tinh_nguyen=0)),
    ])  # fmt: skip

    form = load_workbook(io.BytesIO(write_form(campaign, campaign.forms[0])))
    assert LABEL in texts_of(form["Báo cáo"])
    assert "Có thanh niên tình nguyện phục vụ" in texts_of(form["Tự kiểm tra"])

    figures = month_figures(campaign, report)
    check_laws(figures)
    total = figures.total("tinh_nguyen_tong")
    assert (total.value, total.counted, total.below) == (9, 2, 1)

    book = book_of(campaign, report)
    (line,) = (row for row in book["Tổng hợp"].iter_rows() if row[1].value == LABEL)
    assert [cell.value for cell in line[3:7]] == [None, 9, 9, pytest.approx(9 / 150)]
    assert line[8].value == "trong 2 hội nghị: 9/150; 1 nơi dưới mức"
    assert (
        "– 1/2 xã, phường, thị trấn (50%) có tình nguyện viên ở Hội nghị; còn 1 đơn vị, gồm: "
        f"{communes[1].name}."
    ) in texts_of(book["Tổng hợp"])
    for sheet in ("Theo huyện, ngành", "Theo đơn vị", "Số liệu"):
        head = {cell.value: cell.column for row in (8, 9) for cell in book[sheet][row]}
        values = [book[sheet].cell(row, head[LABEL]).value for row in range(10, 30)]
        assert 9 in values, sheet
    before = {one.id: {} for one in campaign.figures.all}
    compared = with_past(report, before | {"tinh_nguyen_tong": {communes[1].code: 4}})
    rows = book_of(campaign, compared)["So với kỳ trước"].iter_rows(values_only=True)
    assert [row[7:10] for row in rows if row[1] == LABEL] == [(9, 4, 5)]
    documented = "\n".join(docs_generator().figure_lines(campaign))
    assert f"| {LABEL} | `tinh_nguyen_tong` |" in documented

    lines, rows = report_of(campaign, report)
    assert [LABEL, "người", "", "9", "9", "6%", line[8].value] in rows
    group = "Xã, phường, thị trấn: hội nghị có tình nguyện viên 1/2 (50%), trong tháng 1"
    assert [one for one in lines if one.startswith(f"- {group} (trong 2 hội nghị")]
    assert [one for one in lines if one.startswith("Hội nghị có tình nguyện viên (1): ")]
    assert total_asked(LABEL, campaign).figure.id == "tinh_nguyen_tong"


CAMPAIGN = load_campaign()
NEEDED = {
    other
    for figure in CAMPAIGN.figures.all
    for other in (*figure.parts, figure.plan, figure.share.of if figure.share else "")
} | {"tham_luan_minh_hoa", "tham_luan_mo_hinh", "da_gui"}
"""Figures that others name, that alone report a requirement or how many units reported: refused
by name without them.
"""
LOOKED_AT = ("nu", "tin_bai", "dien_hinh_theo_ty_le")
"""Figures without which the whole workbook is written."""


def campaign_without(id_):
    """Return the built-in campaign with one figure taken out: no list shows it, nobody is asked."""
    whole = Section.of_file(SOURCE / "figures.toml")
    kept = [one for one in whole.content["figures"] if one["id"] != id_]
    assert len(kept) == len(whole.content["figures"]) - 1
    officer = whole.section("officer")
    asked = [one for one in officer.texts("figures") if one != id_]
    officers = {**officer.content, "figures": asked}
    fewer = replace(whole, content={**whole.content, "figures": kept, "officer": officers})
    context = Context(
        CAMPAIGN.lists, CAMPAIGN.levels, CAMPAIGN.values, CAMPAIGN.roles, CAMPAIGN.document
    )
    figures = load_figures(fewer, CAMPAIGN.forms, CAMPAIGN.rules, CAMPAIGN.statements, context)
    shown = Section.of_file(SOURCE / "lists.toml")
    without = [one | {"columns": columns_without(one, id_)} for one in shown.content["lists"]]
    without = [{k: v for k, v in one.items() if k != "columns" or v} for one in without]
    shown = replace(shown, content={"lists": without})
    lists = load_sheet_lists(shown, CAMPAIGN.forms, figures, context, CAMPAIGN.words)
    return replace(CAMPAIGN, figures=figures, sheet_lists=lists)


def columns_without(of, id_):
    """Return the columns of a list that neither show a figure nor are made of it."""
    shares = {one.id: one.share.of for one in CAMPAIGN.figures.all if one.share}
    return [
        one
        for one in of.get("columns", ())
        if id_ not in {one.get("figure"), one.get("less")}
        if not one.get("share") or shares[one["figure"]] != id_
    ]


@pytest.mark.parametrize("id_", [figure.id for figure in CAMPAIGN.figures.all])
def test_a_figure_taken_out_is_nowhere_or_refused_by_name(id_):
    if id_ in NEEDED:
        with pytest.raises(CampaignError, match=f"“{id_}”|requirements|coverage"):
            campaign_without(id_)
        return
    campaign = campaign_without(id_)
    report = month_of(campaign)
    check_laws(month_figures(campaign, report))
    assert id_ not in {total.figure.id for total in totals_of(campaign)}
    label = CAMPAIGN.figures.figure(id_).label
    lines, rows = report_of(campaign, report)
    assert label not in {row[0] for row in rows}
    assert not [one for one in lines if re.search(rf"(^|[:;] )(?i:{re.escape(label)}) [\d(]", one)]
    if id_ in LOOKED_AT:
        book = book_of(campaign, report)
        for sheet in ("Tổng hợp", "So với kỳ trước", "Số liệu"):
            assert label not in texts_of(book[sheet])


def test_a_figure_taken_out_has_no_column_in_the_sheet_of_delegates():
    def heads(campaign):
        row = book_of(campaign, month_of(campaign))["Cơ cấu đại biểu"][9]
        return [cell.value for cell in row].count("Nữ")

    assert (heads(CAMPAIGN), heads(campaign_without("nu"))) == (3, 1)


def test_a_campaign_without_figures_prints_none():
    campaign = replace(CAMPAIGN, figures=DeclaredFigures(), sheet_lists=())
    book = book_of(campaign, month_of(campaign))
    assert {"Số liệu", "Theo huyện, ngành", "Cơ cấu đại biểu"}.isdisjoint(book.sheetnames)
    assert "Tổng số đại biểu" not in texts_of(book["Tổng hợp"])
    assert not [one for one in texts_of(book["Tổng hợp"]) if "Tổng hợp từ báo cáo" in one]


def test_a_campaign_with_nothing_but_its_coverage_says_that_alone():
    sent, due = (CAMPAIGN.figures.figure(id_) for id_ in ("da_gui", "phai_gui"))
    alone = replace(sent, places=frozenset({FigurePlace.COVERAGE}), parts=(), plan="")
    due = replace(due, places=frozenset(), parts=())
    figures = DeclaredFigures(sections=CAMPAIGN.figures.sections, all=(alone, due))
    campaign = replace(CAMPAIGN, figures=figures, sheet_lists=())
    book = book_of(campaign, month_of(campaign))
    said = [one for one in texts_of(book["Theo đơn vị"]) if "Tổng hợp từ báo cáo" in one]
    assert said == [
        "Tổng hợp từ báo cáo của 3/6 đơn vị phải báo cáo trong tháng (50%). Số liệu tạm tính"
    ]
    lines, rows = report_of(campaign, month_of(campaign))
    assert not {figure.label for figure in CAMPAIGN.figures.all} & {row[0] for row in rows}
    assert [one for one in lines if one.endswith("báo cáo dùng được (50%, số liệu tạm tính).")]
