"""Sheet “Tiến độ”: whether the levels will be in time, how each unit stands, the calendar."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import docx
import pytest
from month_sample import held, month_report, planned, unit_report, varied_month, write_workbook
from openpyxl import load_workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.figures.progress import (
    LevelProgress,
    headline_figure,
    progress_by_level,
    standings,
)
from tdkt_batch.figures.progress_words import MARKS, judgement
from tdkt_batch.letters.outgoing import outgoing_of
from tdkt_batch.letters.report import report_for_signature
from tdkt_batch.model import Finding, Severity
from tdkt_batch.report import ConferenceState, Hindrance, Pace, UnitState

CAMPAIGN = load_campaign()
COMMUNES = [u for u in CAMPAIGN.units if u.kind == "xã"]
GOOD = held(date(2015, 3, 3), 90, 63, 27)
SOON, LATE = planned(date(2015, 3, 30), 90, 63, 27), planned(date(2015, 4, 1), 90, 63, 27)
LAST_DAY, TODAY = (planned(date(2015, 3, day), 90, 63, 27) for day in (31, 25))
PASSED = planned(date(2015, 3, 24), 90, 63, 27)
NO_PLAN, CALLED_OFF = {"trang_thai": "Chưa có kế hoạch"}, {"trang_thai": "Không tổ chức"}


def month_of(*typed, until=datetime(2015, 3, 25, 17), **state):
    pairs = zip(COMMUNES, typed, strict=False)
    units = [unit_report(CAMPAIGN, unit, one, **state) for unit, one in pairs]
    return replace(month_report(units), received_until=until)


def sheet_of(report):
    return load_workbook(io.BytesIO(write_workbook(CAMPAIGN, report)))["Tiến độ"]


def texts_of(sheet):
    return [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


def judged_in(sheet):
    """Return the judgements of the first page: each verdict, and what stands below the figures."""
    rows = texts_of(sheet)
    rows = rows[: rows.index("Mỗi ô là một đơn vị; sau tên nơi là số đã tổ chức/số phải tổ chức")]
    verdicts = [
        n
        for n, text in enumerate(rows)
        if text.startswith("Cấp ") and any(one.isupper() for one in text.partition(":")[0].split())
    ]
    rests = [text for text in rows if text.startswith(("Chưa chắc kịp ", "Còn ", "Tỷ lệ "))]
    return [" ".join([rows[n], *rests[:1]]) for n in verdicts]


def progress(report):
    figures = month_figures(CAMPAIGN, report)
    (one,) = progress_by_level(figures, report, headline_figure(CAMPAIGN))
    return one


@pytest.mark.parametrize(
    ("typed", "pace", "in_time"),
    [
        ((GOOD, GOOD), Pace.DONE, 2),
        ((GOOD, SOON), Pace.ON_TIME, 2),
        ((GOOD, TODAY, LAST_DAY), Pace.ON_TIME, 3),
        ((GOOD, SOON, None), Pace.UNSURE, 2),
        ((GOOD, LATE), Pace.SLOW, 1),
        ((GOOD, PASSED), Pace.SLOW, 1),
        ((GOOD, NO_PLAN), Pace.SLOW, 1),
        ((GOOD, CALLED_OFF), Pace.SLOW, 1),
    ],
)
def test_the_pace_comes_from_the_units_own_days(typed, pace, in_time):
    one = progress(month_of(*typed))
    assert (one.pace, one.in_time, one.days_left) == (pace, in_time, 6)


@pytest.mark.parametrize(
    ("until", "pace"),
    [
        (datetime(2014, 12, 31, 17), Pace.NOT_BEGUN),
        (datetime(2015, 1, 1, 8), Pace.ON_TIME),
        (datetime(2015, 3, 31, 17), Pace.SLOW),
        (datetime(2015, 4, 1, 8), Pace.OVER),
    ],
)
def test_before_and_after_its_window_a_level_is_neither_slow_nor_in_time(until, pace):
    assert progress(month_of(SOON, until=until)).pace is pace


def test_the_first_sentence_says_how_far_and_whether_in_time():
    report = month_of(GOOD, GOOD, SOON, LATE, None)
    assert (
        "Cấp xã và các doanh nghiệp CÓ NGUY CƠ KHÔNG KỊP HẠN: 2/5 đã tổ chức (40%), 2 chưa, 1 chưa rõ, còn 6 ngày (đến "
        "31/03/2015); theo kế hoạch của đơn vị, đến 31/03/2015 sẽ đạt ít nhất 60%. Chưa chắc kịp 2: 1 có "
        "kế hoạch sau hạn hoặc chưa có ngày, 1 chưa có báo cáo."
    ) in judged_in(sheet_of(report))


def test_a_level_is_behind_its_own_plan_once_a_day_has_passed_without_a_conference():
    said = judgement(progress(month_of(GOOD, GOOD, SOON, PASSED, None)))
    assert said.startswith(
        "Cấp xã và các doanh nghiệp CHẬM SO VỚI KẾ HOẠCH: 2/5 đã tổ chức (40%), theo ngày dự "
        "kiến thì đến nay là 3; 2 chưa, 1 chưa rõ, còn 6 ngày (đến 31/03/2015); "
    )


def test_the_place_with_the_least_share_is_named():
    """Of places with three units and more; where fewest are left of few stands there too."""
    typed = {unit.code: SOON for unit in COMMUNES}
    for unit in COMMUNES[::2]:
        typed[unit.code] = GOOD
    one_district = [unit.code for unit in COMMUNES if unit.parent == COMMUNES[-1].parent]
    typed |= dict.fromkeys(one_district[1:], PASSED)
    units = [unit_report(CAMPAIGN, unit, typed[unit.code]) for unit in COMMUNES]
    said = judgement(progress(month_report(units)))
    held = 1 if typed[one_district[0]] is GOOD else 0
    assert f" Tỷ lệ thấp nhất: {COMMUNES[-1].superior} {held}/{len(one_district)}, " in said
    assert " Còn nhiều nhất: " in said


def test_no_place_is_named_beside_its_equal_that_is_not():
    said = {
        name: judgement(
            LevelProgress(
                level=CAMPAIGN.levels[0],
                expected=40,
                held=20,
                planned=30,
                in_time=30,
                unclear=0,
                due=25,
                open={},
                places={f"Huyện {n}": (10 - left, 10) for n, left in enumerate(lefts, start=1)},
                days_left=6,
                pace=Pace.SLOW,
            )
        ).partition(" Còn nhiều nhất: ")[2]
        for name, lefts in (
            ("three", (9, 8, 7, 6)),
            ("one more", (9, 8, 7, 7, 6)),
            ("too many", (9, 8, *[7] * 6)),
            ("all alike", (5, 5, 5, 5, 5, 5)),
        )
    }
    assert said == {
        "three": "Huyện 1 9, Huyện 2 8, Huyện 3 7.",
        "one more": "Huyện 1 9, Huyện 2 8, Huyện 3 7, Huyện 4 7.",
        "too many": "Huyện 1 9, Huyện 2 8.",
        "all alike": "",
    }


def test_each_unit_is_one_mark_that_leads_to_its_row():
    report = month_of(GOOD, SOON, PASSED, NO_PLAN, CALLED_OFF, None)
    sheet = sheet_of(report)
    marks = {
        cell.hyperlink.tooltip: (cell.value, cell.hyperlink.location)
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.tooltip
    }
    names = [unit.name for unit in COMMUNES]
    signs = dict(zip(names, "●○!◊×–", strict=False))
    assert {tip.partition(":")[0]: sign for tip, (sign, _) in marks.items()} == signs
    book = load_workbook(io.BytesIO(write_workbook(CAMPAIGN, report)))
    for tip, (_, location) in marks.items():
        cell = book["Theo đơn vị"][location.rpartition("!")[2]]
        assert cell.value == tip.partition(":")[0]


def test_who_sent_what_cannot_be_used_is_neither_silent_nor_past_its_day():
    report = month_of(PASSED, None, None)
    first, second, third = report.units
    earlier = replace(first, state=UnitState.LATE)
    photo = {"state": UnitState.UNUSABLE, "hindrance": Hindrance.PICTURE}
    units = (
        replace(first, submission=None, outcomes=(), earlier=earlier, **photo),
        replace(second, **photo),
        replace(third, state=UnitState.NOT_REQUIRED),
    )
    report = replace(report, units=units)
    found = standings(month_figures(CAMPAIGN, report), report)
    assert [*progress(report).open] == [ConferenceState.UNUSABLE]
    assert progress(report).open[ConferenceState.UNUSABLE] == [u.unit.code for u in units[:2]]
    assert [*found.values()] == [
        ConferenceState.UNUSABLE,
        ConferenceState.UNUSABLE,
        ConferenceState.EXCUSED,
    ]


def test_after_the_window_nobody_is_said_to_come_in_time_perhaps():
    sheet = sheet_of(month_of(GOOD, PASSED, None, until=datetime(2015, 4, 1, 8)))
    (said,) = (one for one in judged_in(sheet) if "CHƯA XONG" in one)
    assert " Còn 2: 1 quá ngày dự kiến, 1 chưa có báo cáo." in said


def test_the_calendar_counts_each_conference_once_in_its_week():
    content = write_workbook(CAMPAIGN, month_of(GOOD, SOON, LATE, PASSED, NO_PLAN))
    sheet = load_workbook(io.BytesIO(content), data_only=True)["Tiến độ"]
    (head,) = (row for row in sheet.iter_rows() if row[0].value == "Huyện, ngành")
    counted = Counter[str]()
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        if str(row[0].value).startswith("Đầu cột"):
            break
        for top, cell in zip(head[1:], row[1:], strict=True):
            if cell.value:
                counted[str(top.value).partition("\n")[0]] += cell.value
    assert counted == {"2/3": 1, "23/3": 1, "30/3": 1, "sau hạn": 1}
    assert "23/3\nchốt 25/3" in texts_of(sheet)
    assert "30/3\nhạn 31/3" in texts_of(sheet)


@pytest.mark.parametrize(
    ("day", "head"),
    [
        (date(2015, 3, 22), "16/3"),
        (date(2015, 3, 25), "23/3"),
        (date(2015, 3, 26), "26/3"),
        (date(2015, 3, 29), "26/3"),
        (date(2015, 3, 31), "30/3"),
        (date(2015, 4, 1), "sau hạn"),
    ],
)
def test_the_weeks_are_cut_at_the_cut_off_and_at_the_deadline(day, head):
    """What is late is red; a line stands behind the cut-off and behind the deadline."""
    typed = planned(day, 90, 63, 27) if day > date(2015, 3, 25) else held(day, 90, 63, 27)
    content = write_workbook(CAMPAIGN, month_of(typed))
    sheet = load_workbook(io.BytesIO(content), data_only=True)["Tiến độ"]
    (top,) = (row for row in sheet.iter_rows() if row[0].value == "Huyện, ngành")
    row = next(sheet.iter_rows(min_row=top[0].row + 1))
    (place,) = (n for n, cell in enumerate(row) if n and cell.value)
    assert str(top[place].value).partition("\n")[0] == head
    assert (row[place].font.color.rgb == "FFC00000") is (head == "sau hạn")
    lines = [
        str(t.value)[:4]
        for t, c in zip(top, row, strict=True)
        if t.value and c.border.right.color and c.border.right.color.rgb == "FFC00000"
    ]
    assert lines == ["23/3", "30/3"]


def test_the_marks_of_a_place_stand_in_the_order_of_the_legend():
    typed = (CALLED_OFF, SOON, None, GOOD, LATE, PASSED, NO_PLAN)
    same = [unit for unit in CAMPAIGN.units if unit.parent == COMMUNES[0].parent][: len(typed)]
    units = [unit_report(CAMPAIGN, *one) for one in zip(same, typed, strict=True)]
    sheet = sheet_of(month_report(units))
    row = next(r for r in sheet.iter_rows(values_only=True) if r[0] == f"{same[0].superior} 1/7")
    assert "".join(mark for mark in row[1:] if mark) == "●○►!◊–×"


def test_the_legend_adds_up_to_all_units_and_says_whose_report_they_rest_on():
    first, second, passed, *others = month_of(GOOD, SOON, PASSED, None, None, None, None).units
    photo = {"state": UnitState.UNUSABLE, "hindrance": Hindrance.PICTURE}
    units = [
        first,
        replace(others[0], earlier=second),
        replace(others[1], **photo),
        others[2],
        replace(others[3], earlier=passed, **photo),
        unit_report(CAMPAIGN, COMMUNES[9], state=UnitState.NOT_REQUIRED),
    ]
    texts = texts_of(sheet_of(month_report(units)))
    legend = [re.fullmatch(r"[a-zđ][^:]*: (\d+)", text) for text in texts]
    assert sum(int(one[1]) for one in legend if one) == len(units)
    assert (
        "Cộng 6 ô: 1 có báo cáo tháng này, 2 tính theo báo cáo gần nhất (trong đó 1 ô ▲: biểu mới "
        "chưa tính được), 2 chưa có báo cáo nào dùng được, 1 không phải báo cáo."
    ) in texts
    assert any("Kể cả 1 đơn vị có biểu mới chưa tính được (ô ▲)" in text for text in texts)


def test_the_second_page_names_who_may_be_late_what_is_explained_and_asked():
    ask = {"kien_nghi": "Đề nghị cấp kinh phí"}
    typed = (
        GOOD | ask,
        SOON | ask,
        LATE,
        PASSED,
        NO_PLAN,
        CALLED_OFF | {"ly_do": "Sáp nhập"},
        None,
    )
    report = month_of(*typed)
    told = Finding(
        unit=COMMUNES[0].code, month=report.month, severity=Severity.WARNING, code="A4",
        message="…", explanation="Đường lũ",
    )  # fmt: skip
    report = replace(report, units=(replace(report.units[0], findings=(told,)), *report.units[1:]))
    texts = texts_of(sheet_of(report))
    listed = texts[texts.index("5 đơn vị chưa chắc kịp hạn (Cấp xã và các doanh nghiệp)") + 1 :]
    names = [unit.name for unit in COMMUNES]
    assert listed[:5] == [
        f"► 1 có kế hoạch sau hạn hoặc chưa có ngày: {COMMUNES[2].superior}: {names[2]} (1/4).",
        f"! 1 quá ngày dự kiến: {COMMUNES[3].superior}: {names[3]} (24/3).",
        f"◊ 1 chưa có kế hoạch: {COMMUNES[4].superior}: {names[4]}.",
        f"× 1 báo không tổ chức: {COMMUNES[5].superior}: {names[5]} (lý do: Sáp nhập).",
        f"– 1 chưa có báo cáo: {COMMUNES[6].superior}: {names[6]}.",
    ]
    assert any(text.startswith(f"– {names[0]}, về “") and "“Đường lũ”" in text for text in listed)
    assert f"– 2 đơn vị: “Đề nghị cấp kinh phí” ({names[0]}, {names[1]})" in listed


def test_a_month_of_all_kinds_fills_the_page():
    texts = texts_of(sheet_of(varied_month(CAMPAIGN)))
    assert any("CHƯA ĐẾN KỲ" in one for one in texts)
    assert any(one.startswith("1. ") and "□\u00a0Đồng\u00a0ý" in one for one in texts)


def report_of(report):
    figures = month_figures(CAMPAIGN, report)
    files = report_for_signature(outgoing_of(CAMPAIGN, report, figures), b"")
    return docx.Document(io.BytesIO(files["bao-cao-2015-03.docx"]))


@pytest.mark.parametrize(
    "typed", [(GOOD, GOOD), (GOOD, SOON), (GOOD, SOON, None), (GOOD, LATE, NO_PLAN, CALLED_OFF)]
)
def test_the_report_judges_in_the_first_pages_words(typed):
    report = month_of(*typed)
    paragraphs = [one.text for one in report_of(report).paragraphs]
    judged = judged_in(sheet_of(report))
    assert paragraphs[paragraphs.index("I. ĐÁNH GIÁ CHUNG") + 1] == judged[0]


def test_each_unit_is_one_mark_of_the_report():
    report = varied_month(CAMPAIGN)
    tables = report_of(report).tables
    (picture,) = (table for table in tables if len(table.columns) > 20)
    legend = tables[tables.index(picture) + 1]
    drawn = Counter(cell.text for row in picture.rows for cell in row.cells[1:] if cell.text)
    wanted = Counter(
        MARKS[how] for how in standings(month_figures(CAMPAIGN, report), report).values()
    )
    assert drawn == wanted
    cells = [cell.text for row in legend.rows for cell in row.cells]
    told = dict(zip(cells[::2], cells[1::2], strict=True))
    assert {m: int(words.rsplit(": ")[1]) for m, words in told.items() if m} == wanted
