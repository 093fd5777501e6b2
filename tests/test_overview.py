"""The first sheet: what it says, what it asks leadership, its page, its charts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from month_sample import (
    MONTH,
    UNTIL,
    held,
    month_report,
    planned,
    unit_report,
    varied_month,
    with_past,
    write_workbook,
)
from openpyxl import load_workbook

from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.model import Finding, Severity
from tdkt_batch.summary import overview_text
from tdkt_batch.summary.plan import plan_of

CAMPAIGN = load_campaign()
COMMUNES = [u for u in CAMPAIGN.units if u.kind == "xã"]
GOOD = held(date(2015, 3, 3), 90, 63, 27)
OF_DELEGATES = {"loai_hoi_nghi": "Đại biểu", "so_cbccvc_nld": 400}


def workbook(report, campaign=CAMPAIGN):
    return write_workbook(campaign, report)


def overview(report, campaign=CAMPAIGN):
    return load_workbook(io.BytesIO(workbook(report, campaign)))["Tổng hợp"]


def texts_of(sheet):
    return [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


def plan(report):
    return plan_of(CAMPAIGN, report)


def said(report, beginning):
    """Return what is said in the sentence that begins so; None when nothing is."""
    texts = (text.removeprefix("– ") for text in overview_text.leads(plan(report)))
    return next((text for text in texts if text.startswith(beginning)), None)


def asked(report):
    """Return what leadership is asked to decide."""
    return overview_text.decisions(plan(report))


# --- the answer -----------------------------------------------------------------------------


def test_the_units_left_are_named_while_they_are_few():
    sent = [GOOD, GOOD, planned(date(2015, 3, 30), 90, 63, 27), {"trang_thai": "Chưa có kế hoạch"}]
    units = [unit_report(CAMPAIGN, u, t) for u, t in zip(COMMUNES, sent, strict=False)]
    left = ", ".join(unit.name for unit in COMMUNES[2:4])
    assert said(month_report(units), "Đến ngày") == (
        "Đến ngày 25/03/2015, 2/4 xã, phường, thị trấn (50%) đã tổ chức Hội nghị; còn 2 đơn vị "
        f"(1 đã có kế hoạch, 1 chưa có kế hoạch), gồm: {left}."
    )


def test_who_says_nothing_of_the_conference_and_who_never_reported_stand_apart():
    sent = [GOOD, {"dia_diem": "Nhà văn hóa"}, None]
    units = [unit_report(CAMPAIGN, u, t) for u, t in zip(COMMUNES, sent, strict=False)]
    assert ("còn 2 đơn vị (1 chưa rõ tình trạng, 1 chưa có báo cáo dùng được), gồm: ") in said(
        month_report(units), "Đến ngày"
    )


def test_when_all_have_held_their_conference_nobody_is_left():
    report = month_report([unit_report(CAMPAIGN, COMMUNES[0], GOOD)])
    assert said(report, "Đến ngày") == (
        "Đến ngày 25/03/2015, 1/1 xã, phường, thị trấn (100%) đã tổ chức Hội nghị."
    )
    assert said(report, "Chưa gửi báo cáo") is None


def test_what_was_added_since_last_month_is_said():
    report = varied_month(CAMPAIGN)
    held_by = month_figures(CAMPAIGN, report).by_id["da_to_chuc"].known
    communes = [code for code in held_by if CAMPAIGN.unit(code).kind == "xã"]
    grown = with_past(report, {"da_to_chuc": dict.fromkeys(communes[:5], 1)})
    figures = month_figures(CAMPAIGN, grown)
    group = figures.units_by_group["Xã, phường, thị trấn"]
    now = figures.total("da_to_chuc", group).value
    assert f"tăng {now - 5} so với tháng trước" in said(grown, "Đến ngày")
    assert "tháng trước" not in said(replace(grown, past=()), "Đến ngày")


def test_before_the_window_opens_only_plans_are_spoken_of():
    unit = unit_report(CAMPAIGN, COMMUNES[0], planned(date(2015, 3, 1), 90, 63, 27))
    report = replace(month_report([unit]), received_until=datetime(2014, 12, 25, 17))
    assert said(report, "Đến ngày 25/12/2014") == (
        "Đến ngày 25/12/2014, cấp xã và các doanh nghiệp (tổ chức từ 01/01/2015 đến 31/03/2015): "
        "1/1 đơn vị (100%) đã có kế hoạch, 0 đơn vị đã tổ chức Hội nghị."
    )


def test_the_units_of_named_figures_are_named_under_the_figures_name():
    late = planned(date(2015, 3, 20), 90, 63, 27)
    units = [unit_report(CAMPAIGN, u, late) for u in COMMUNES[:2]]
    report = month_report(units)
    named = f"2 hội nghị, gồm: {COMMUNES[0].name}, {COMMUNES[1].name}."
    assert said(report, "Qua ngày") == f"Qua ngày dự kiến, chưa báo tổ chức: {named}"
    in_april = replace(report, received_until=datetime(2015, 4, 1, 8))
    assert said(in_april, "Quá") is None  # a report of March does not say what was held since
    reported = [replace(unit, received=datetime(2015, 4, 1, 8)) for unit in units]
    in_april = replace(in_april, units=tuple(reported))
    assert said(in_april, "Quá") == f"Quá thời gian quy định, chưa tổ chức: {named}"


def test_the_units_with_the_most_violations_are_named():
    unit = unit_report(CAMPAIGN, COMMUNES[0], GOOD)
    grave = [
        Finding(unit=unit.unit.code, month=MONTH, severity=Severity.VIOLATION, code=c, message="…")
        for c in ("A4", "A5", "A7")
    ]
    report = month_report([replace(unit, findings=tuple(grave))])
    found = said(report, "Rà soát theo Hướng dẫn")
    assert "3 nội dung chưa đúng Hướng dẫn ở 1 đơn vị" in found
    assert f"(nhiều nhất: {COMMUNES[0].name}: 3)" in found


# --- what leadership is asked ----------------------------------------------------------------


def test_nothing_is_asked_when_nothing_needs_a_decision():
    assert asked(month_report([unit_report(CAMPAIGN, COMMUNES[0], GOOD)])) == ["Không có."]


def test_a_unit_that_will_not_hold_its_conference_needs_a_decision():
    report = month_report([unit_report(CAMPAIGN, COMMUNES[0], {"trang_thai": "Không tổ chức"})])
    (question,) = asked(report)
    assert question == (
        "Yêu cầu tổ chức Hội nghị, trừ đơn vị có lý do được chấp nhận, đối với 1 đơn vị báo không tổ chức: "
        f"{names(0, 1)} (xem “Theo đơn vị”)."
    )


def test_two_months_of_silence_are_brought_before_leadership():
    units = [replace(unit_report(CAMPAIGN, u), silent=n) for n, u in enumerate(COMMUNES[:4])]
    question = asked(month_report(units))[0]
    assert question.endswith(
        "2 đơn vị từ 2 tháng liền trở lên không gửi báo cáo: "
        f"{names(2, 4)} (xem “Tình hình gửi báo cáo”)."
    )


def names(first, last):
    return ", ".join(CAMPAIGN.in_sentence(unit) for unit in COMMUNES[first:last])


def test_explanations_without_an_answer_wait_for_a_decision():
    unit = unit_report(CAMPAIGN, COMMUNES[0], GOOD)
    found = Finding(
        unit=unit.unit.code,
        month=MONTH,
        severity=Severity.WARNING,
        code="A4",
        message="…",
        explanation="Đường lũ",
    )
    question = asked(month_report([replace(unit, findings=(found,))]))[0]
    assert f"giải trình đang chờ ý kiến của 1 đơn vị: {names(0, 1)} (xem “Nội dung" in question


def test_a_fault_that_half_the_units_share_asks_to_mend_the_form_not_the_units():
    units = []
    for unit in COMMUNES[:6]:
        sent = unit_report(CAMPAIGN, unit, GOOD)
        found = Finding(
            unit=unit.code, month=MONTH, severity=Severity.WARNING, code="A7", message="…"
        )
        units.append(replace(sent, findings=(found,)))
    question = next(q for q in asked(month_report(units)) if "phổ biến" in q)
    assert "sửa biểu mẫu hoặc hướng dẫn ghi biểu, không nhắc từng đơn vị" in question
    assert "Cộng các thành phần đại biểu (6/6 đơn vị)" in question


# --- the page --------------------------------------------------------------------------------


def test_the_margins_and_page_number_are_those_of_the_circular():
    sheet = overview(month_report([unit_report(CAMPAIGN, COMMUNES[0], GOOD)]))
    margins = sheet.page_margins
    found = [round(x * 25.4) for x in (margins.left, margins.right, margins.top, margins.bottom)]
    assert found == [30, 15, 20, 20]
    assert sheet.page_setup.orientation in (None, "portrait")
    assert sheet.oddFooter.right.text == "&P"
    assert not sheet.oddHeader.center.text


def test_under_the_decree_the_page_number_stands_at_the_top():
    letters = replace(CAMPAIGN.letters, style=PaperStyle.DECREE_2020)
    campaign = replace(CAMPAIGN, letters=letters)
    sheet = overview(month_report([unit_report(CAMPAIGN, COMMUNES[0], GOOD)]), campaign)
    assert sheet.oddHeader.center.text == "&P"
    assert not sheet.oddFooter.right.text


def test_sentences_and_questions_stand_on_the_sheet():
    report = month_report([unit_report(CAMPAIGN, COMMUNES[0], {"trang_thai": "Không tổ chức"})])
    texts = texts_of(overview(report))
    assert set(overview_text.leads(plan(report))) <= set(texts)
    assert texts[texts.index("Nội dung xin ý kiến chỉ đạo") + 1 :][:1] == asked(report)


@pytest.mark.parametrize("number", [0, 207])
def test_what_is_asked_and_who_signs_stand_on_one_page(number):
    units = [unit_report(CAMPAIGN, u, GOOD) for u in CAMPAIGN.units[1 : number + 1]]
    units = units or [unit_report(CAMPAIGN, CAMPAIGN.units[1])]
    sheet = overview(month_report(units))
    at = {c.value: c.row for r in sheet.iter_rows() for c in r}
    signed, asked = at["NGƯỜI LẬP BIỂU"] + 4, at["Nội dung xin ý kiến chỉ đạo"]
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert signed in breaks
    assert not [one for one in breaks if asked <= one < signed]
    heights = [sheet.row_dimensions[n].height or 15 for n in range(1, signed + 1)]
    pages = [0.0]
    for row, points in enumerate(heights, start=1):
        pages[-1] += points
        if row in breaks and row < signed:
            pages.append(0.0)
    room = (297 - 20 - 20) / 25.4 * 72 * 100 / sheet.page_setup.scale
    assert pages[-1] <= room
    assert sheet.page_setup.scale >= 81  # 11 points are printed as 9


# --- the charts --------------------------------------------------------------------------------


def charts_of(content):
    """Return the charts of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names_ = [name for name in file.namelist() if name.startswith("xl/charts/chart")]
        return [file.read(name).decode() for name in names_]


def test_a_month_with_reports_has_all_five_charts_over_existing_cells():
    report = varied_month(CAMPAIGN)
    one = next(u for u in report.units if u.unit == COMMUNES[0])
    judged = unit_report(CAMPAIGN, COMMUNES[0], GOOD | OF_DELEGATES)
    report = replace(report, units=tuple(judged if u is one else u for u in report.units))
    content = workbook(with_past(report))
    book = load_workbook(io.BytesIO(content), data_only=True)
    charts = charts_of(content)
    assert len(charts) == 5
    for chart in charts:
        ranges = re.findall(r"'([^']+)'!\$(\w+)\$(\d+):\$\w+\$(\d+)", chart)
        assert ranges
        for sheet, column, first, last in ranges:
            cells = [
                book[sheet][f"{column}{row}"].value for row in range(int(first), int(last) + 1)
            ]
            assert any(cell not in (None, "") for cell in cells), (sheet, column, first, last)


def test_who_reports_is_drawn_for_every_unit_those_without_a_superior_by_their_group():
    report = varied_month(CAMPAIGN)
    figures = month_figures(CAMPAIGN, report)
    chart = next(one for one in charts_of(workbook(report)) if "Đơn vị phải gửi báo cáo" in one)
    series = re.findall(r"<c:ser>.*?</c:ser>", chart, re.DOTALL)
    drawn = [[v for _, v in cached(one, "val")] for one in series]
    assert sum(int(v) for values in drawn for v in values) == figures.total("phai_gui").value
    bars = [name for _, name in cached(series[0], "cat")]
    groups = ["Doanh nghiệp", "Huyện, thành phố", "Sở, ban, ngành, đoàn thể tỉnh"]
    assert bars[-3:] == groups
    for name, reported, silent in list(zip(bars, *drawn, strict=True))[-3:]:
        group = figures.units_by_group[name]
        sent, due = (figures.total(id_, group).value for id_ in ("da_gui", "phai_gui"))
        assert (int(reported), int(reported) + int(silent)) == (sent, due)


def cached(series, kind):
    """Return the numbered values that a series brings along, for who computes nothing."""
    part = re.search(f"<c:{kind}>(.*?)</c:{kind}>", series, re.DOTALL)[1]
    return re.findall(r'<c:pt idx="(\d+)"><c:v>([^<]*)</c:v>', part)


def test_a_request_stands_once_in_full_beside_all_who_make_it():
    wanted = ("Đề nghị cấp kinh phí", "Đường lũ", "Đề nghị cấp kinh phí")
    units = [
        unit_report(CAMPAIGN, unit, GOOD | {"kien_nghi": text})
        for unit, text in zip(COMMUNES, wanted, strict=False)
    ]
    sheet = overview(month_report(units))
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    title = next(
        n for n, row in enumerate(rows) if row[0] == "Toàn văn vướng mắc, kiến nghị của 3 đơn vị"
    )
    first, second, third = (one.name for one in COMMUNES[:3])
    found = [(row[1], row[5]) for row in rows[title + 2 : title + 4]]
    assert found == [(wanted[0], f"{first}; {third}"), (wanted[1], second)]
    assert [row[1] for row in rows].count(wanted[0]) == 1


def test_the_charts_say_no_code_and_draw_what_is_due_as_steps():
    """A line between two months would say that the deadline comes little by little."""
    report = varied_month(CAMPAIGN)
    content = workbook(with_past(report))
    progress = next(one for one in charts_of(content) if "Phải xong theo thời gian" in one)
    due = re.findall(r"<c:ser>.*?</c:ser>", progress, re.DOTALL)[-1]
    assert "<a:ln w=" not in due.split("<c:marker>")[0]
    assert '<c:symbol val="dash"/>' in due
    sheet = load_workbook(io.BytesIO(content), data_only=True)["Tổng hợp"]
    codes = {rule.id for rule in CAMPAIGN.rules}
    said = [str(c.value).split(" ")[0] for row in sheet.iter_rows() for c in row[:2] if c.value]
    assert codes.isdisjoint(said)


def test_a_month_without_reports_draws_only_the_calendar_and_who_is_silent():
    report = month_report([unit_report(CAMPAIGN, u) for u in CAMPAIGN.units_in(MONTH)])
    charts = charts_of(workbook(report))
    assert [re.search(r"<a:t>([^<]*)", chart)[1].split(" ")[0] for chart in charts] == [
        "Hội",
        "Đơn",
    ]


def test_the_progress_stands_month_by_month_against_the_windows():
    units = [
        unit_report(CAMPAIGN, COMMUNES[0], held(date(2015, 1, 20), 90, 63, 27)),
        unit_report(CAMPAIGN, COMMUNES[1], held(date(2015, 3, 20), 90, 63, 27)),
        unit_report(CAMPAIGN, COMMUNES[2], planned(date(2015, 3, 30), 90, 63, 27)),
    ]
    book = load_workbook(io.BytesIO(workbook(month_report(units))), data_only=True)
    sheet = book["Tổng hợp"]
    first = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Đến hết tháng") + 1
    rows = [[sheet.cell(r, c).value for c in (1, 3, 4, 5)] for r in range(first, first + 6)]
    assert rows == [
        ["1/2015", 1, 1, 0],
        ["2/2015", 1, 1, 0],
        ["3/2015", 2, 3, 3],
        ["4/2015", None, 3, 3],
        ["5/2015", None, 3, 3],
        ["6/2015", None, 3, 3],
    ]


def test_the_share_of_the_exemplary_stands_by_district_beside_the_guidances():
    parents = {}
    for unit in COMMUNES[:20]:
        parents.setdefault(unit.parent, unit)
    units = [
        unit_report(CAMPAIGN, unit, held(date(2015, 3, 3), 100, 60 + n, 40 - n, **OF_DELEGATES))
        for n, unit in enumerate(parents.values())
    ]
    sheet = load_workbook(io.BytesIO(workbook(month_report(units))), data_only=True)["Tổng hợp"]
    first = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Huyện, ngành") + 1
    rows = [[sheet.cell(first + n, c).value for c in (3, 4, 5, 6)] for n in range(len(units))]
    assert rows == [[100, 60 + n, pytest.approx(0.6 + n / 100), 0.7] for n in range(len(units))]


def test_the_board_is_told_what_its_control_workbook_left_unclear():
    report = replace(
        month_report([unit_report(CAMPAIGN, COMMUNES[0], GOOD)]), notes=("Dòng 3: thiếu lý do",)
    )
    assert "– Dòng 3: thiếu lý do" in texts_of(overview(report))
    assert report.received_until == UNTIL
