"""The workbook of a month that has others before it: two kinds of figures, and what changed."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from libreoffice import require_libreoffice
from month_sample import MONTH, varied_month, with_past, write_workbook
from openpyxl import load_workbook
from recalculated import differences

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.model import Decision, DecisionKind, Life, Severity
from tdkt_batch.report import UnitState
from tdkt_batch.sheets.page import FIRST_ROW
from tdkt_batch.summary import arrivals, findings, unit_changes, units
from tdkt_batch.summary.plan import plan_of
from tdkt_batch.wording.shared import LIVES
from tdkt_batch.wording.summary import FIRST_MONTH

FIRST = FIRST_ROW + 1
"""The first row of a table as a sheet counts it."""


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def report(campaign):
    base = varied_month(campaign)
    given = month_figures(campaign, base).amounts()
    then = {id_: dict(list(one.items())[::2]) for id_, one in given.items()}
    return with_past(base, then)


@pytest.fixture(scope="module")
def figures(campaign, report):
    return month_figures(campaign, report)


@pytest.fixture(scope="module")
def of_units(campaign, report):
    """The columns of the sheet of units."""
    return units.columns_of(plan_of(campaign, report))


@pytest.fixture(scope="module")
def content(campaign, report):
    return write_workbook(campaign, report)


@pytest.fixture(scope="module")
def book(content):
    return load_workbook(io.BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def formulas(content):
    return load_workbook(io.BytesIO(content))


def records(sheet, columns, first=FIRST):
    """Return the rows of a table as dictionaries by column, until the numbers end."""
    rows = []
    for row in sheet.iter_rows(min_row=first):
        if not isinstance(row[0].value, int):
            break
        rows.append({c.id: cell for c, cell in zip(columns, row, strict=False)})
    return rows


def values(sheet, columns, first=FIRST):
    return [{k: c.value for k, c in row.items()} for row in records(sheet, columns, first)]


# --- both kinds of figures -----------------------------------------------------------------


def test_every_formula_recalculates_to_its_cached_value(content, tmp_path):
    require_libreoffice()
    assert differences(content, tmp_path) == {}


def test_a_silent_unit_shows_its_last_figures_marked_with_their_month(book, report, of_units):
    rows = values(book["Theo đơn vị"], of_units)
    assert len(rows) == len(report.units)
    for row, unit in zip(rows, report.units, strict=True):
        if unit.is_usable:
            assert row["of_month"] == datetime(2015, 3, 1)
        elif unit.earlier:
            assert row["of_month"] == datetime(2015, 2, 1)
            assert row["state"] == "Chưa gửi"
        else:
            assert row["of_month"] == "–"
            assert row["stage"] is None


def test_figures_of_a_last_report_look_different(formulas, report, of_units):
    rows = records(formulas["Theo đơn vị"], of_units)
    for row, unit in zip(rows, report.units, strict=True):
        assert row["dai_bieu_kh"].font.italic is bool(unit.latest.carried)


def sent_in(report):
    """Return the units whose report of the month counts."""
    return [one for one in report.units if one.is_usable and one.submission]


def known_of(report):
    """Return the latest report of each unit that has one."""
    return [one.latest for one in report.units if one.latest.is_usable and one.latest.submission]


def added(reports, field, *stages):
    """Add up a field of the reports in these stages, as it was typed."""
    values = [one.submission.values for one in reports]
    return sum(v[field].value or 0 for v in values if v["trang_thai"].value in stages)


def past_plan(report, reports):
    """Count those whose planned day is over, and of which nothing tells that it was held."""
    days = [
        one.submission.values["ngay_hoi_nghi_kh"].value
        for one in reports
        if one.submission.values["trang_thai"].value == "Đã có kế hoạch" and one.hindrance is None
    ]
    return sum(day is not None and day < report.received_until.date() for day in days)


def test_two_totals_stand_below_the_units(book, report, of_units):
    sheet = book["Theo đơn vị"]
    last = FIRST + len(report.units)
    index = {c.id: n for n, c in enumerate(of_units)}
    of_month, all_ = ([c.value for c in sheet[row]] for row in (last, last + 1))
    assert (of_month[1], all_[1]) == ("Trong tháng", "Đến nay")
    for totals, reports in ((of_month, sent_in(report)), (all_, known_of(report))):
        planned = added(reports, "tong_dai_bieu_kh", "Đã có kế hoạch", "Đã tổ chức")
        assert totals[index["dai_bieu_kh"]] == planned
        assert totals[index["dai_bieu"]] == added(reports, "tong_dai_bieu_th", "Đã tổ chức")
        assert totals[index["qua_ngay_du_kien"]] == past_plan(report, reports)
    standing = [f for one in report.units for f in one.findings if f.life is not Life.WAIVED]
    grave = [one for one in standing if one.severity is Severity.VIOLATION]
    assert of_month[index["chua_dung"]] == len(grave)
    assert all_[index["chua_dung"]] is None


def test_every_sheet_says_both_coverages_and_that_figures_are_provisional(book, report):
    due = {one.unit.code for one in report.units if one.state is not UnitState.NOT_REQUIRED}
    known = {one.unit.code for one in known_of(report)}
    counts = [len(sent_in(report)), len(due), len(known), len(due | known)]
    for sheet in book:
        texts = [c.value for row in sheet.iter_rows(max_row=9) for c in row if c.value]
        said = next(t for t in texts if "Tổng hợp từ báo cáo" in str(t))
        assert [int(n) for pair in re.findall(r"(\d+)/(\d+)", said) for n in pair] == counts
        assert said.rstrip(")").endswith("Số liệu tạm tính")


def test_a_month_in_which_all_reported_is_not_provisional(campaign, report):
    full = replace(report, units=tuple(u for u in report.units if u.is_usable))
    book = load_workbook(io.BytesIO(write_workbook(campaign, full)))
    texts = [c.value for sheet in book for row in sheet.iter_rows(max_row=9) for c in row]
    assert not [t for t in texts if t and "tạm tính" in str(t)]


def test_the_overview_shows_what_became_known_to_date_and_the_last_run(book, figures):
    rows = {}
    for row in book["Tổng hợp"].iter_rows():
        if isinstance(row[1].value, str) and row[2].value:
            rows[row[1].value] = [cell.value for cell in row[3:8]]
    group = "Xã, phường, thị trấn"
    for label, total in (
        ("Tổng số đại biểu", figures.total("dai_bieu")),
        ("Hội nghị đã tổ chức", figures.total("da_to_chuc")),
        (group, figures.total("da_to_chuc", figures.units_by_group[group])),
    ):
        assert rows[label][1:3] + rows[label][4:] == [total.month, total.value, total.last]
        assert total.last + total.month == total.value
        assert 0 < total.last < total.value
    sent = figures.total("da_gui")
    assert rows["Đơn vị đã gửi báo cáo dùng được"][1:] == [
        sent.value, None, pytest.approx(sent.value / figures.total("phai_gui").value), sent.last
    ]  # fmt: skip


def test_a_total_leads_to_the_rows_that_it_adds(formulas):
    sheet = formulas["Tổng hợp"]
    line = next(r for r in sheet.iter_rows() if r[1].value == "Tổng số đại biểu")
    assert re.fullmatch(r"=F\d+-H\d+", line[4].value)
    for cell in (line[3], line[5]):
        assert re.fullmatch(r"'Số liệu'!\$[A-Z]+\$10:\$[A-Z]+\$\d+", cell.hyperlink.location)
        assert cell.hyperlink.location in cell.value


# --- whom to call --------------------------------------------------------------------------


def test_the_longest_silent_stand_first_and_each_unit_once(book, report):
    rows = values(book["Tình hình gửi báo cáo"], arrivals.COLUMNS)
    assert sorted(r["name"] for r in rows) == sorted(u.unit.name for u in report.units)
    waiting = [r for r in rows if r["state"] == "Chưa gửi"]
    assert rows[: len(waiting)] == waiting
    months = [r["silent"] for r in waiting]
    assert months == sorted(months, reverse=True)
    assert {r["never"] for r in waiting if r["latest"] is None} == {"x"}
    assert {r["never"] for r in rows if r["latest"] is not None} == {None}


def test_the_states_are_checked_against_the_register(book):
    sheet = book["Tình hình gửi báo cáo"]
    total = next(r for r in sheet.iter_rows(min_row=FIRST) if r[1].value == "Tổng số đơn vị")
    assert total[3].value == "Khớp danh sách"


def test_lateness_cites_the_boards_letter_and_not_the_guidance(book, campaign):
    texts = [c.value for row in book["Tình hình gửi báo cáo"].iter_rows() for c in row if c.value]
    said = [t for t in texts if str(t).startswith("Thời hạn của")]
    assert len(said) == len(campaign.deadlines)
    assert all(d.letter in t for d, t in zip(campaign.deadlines, said, strict=True))
    assert not [t for t in said if campaign.document.number in t]


def test_an_excused_unit_says_why_and_who(campaign, report):
    excuse = Decision(
        kind=DecisionKind.EXCUSED,
        unit="x",
        month=MONTH,
        reason="Sáp nhập",
        approver="Trưởng ban",
    )
    unit = replace(report.units[0], state=UnitState.NOT_REQUIRED, submission=None, excuse=excuse)
    month = replace(report, units=(unit, *report.units[1:]))
    book = load_workbook(io.BytesIO(write_workbook(campaign, month)))
    texts = [c.value for row in book["Tình hình gửi báo cáo"].iter_rows() for c in row if c.value]
    assert "Không phải báo cáo: Sáp nhập (Trưởng ban)" in texts


# --- findings ------------------------------------------------------------------------------


def test_a_finding_says_its_life_since_when_and_the_boards_answer(book, report):
    shown = values(book["Nội dung cần xem xét"], findings.COLUMNS)
    given = [f for unit in report.units for f in unit.findings]
    lives = Counter(r["life"] for r in shown if r["life"])
    assert lives == Counter(LIVES[f.life] for f in given)
    for row in shown:
        if row["life"] == "Chấp nhận giải trình":
            assert row["explanation"] == "Thôn xa, đường lũ"
            assert row["answer"].startswith("Chấp nhận: Hội nghị đã tổ chức")
            assert row["answer"].endswith("(Trưởng ban; đến tháng 6/2015)")
        if row["life"] == "Còn":
            assert (row["since"], row["months_open"]) == ("2/2015", 2)


def test_waived_findings_stand_last_in_their_unit(book):
    rows = values(book["Nội dung cần xem xét"], findings.COLUMNS)
    for unit in {row["unit"] for row in rows}:
        waived = [r["life"] == "Chấp nhận giải trình" for r in rows if r["unit"] == unit]
        assert waived == sorted(waived)


# --- what changed --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def changed(book):
    """The rows of what changed unit by unit, by the unit's name."""
    rows = values(book["Thay đổi theo đơn vị"], unit_changes.COLUMNS)
    return {row["name"]: row for row in rows}


def test_in_the_first_month_the_sheet_says_so_in_a_sentence(campaign, report):
    first = replace(report, past=())
    book = load_workbook(io.BytesIO(write_workbook(campaign, first)))
    sheet = book["So với kỳ trước"]
    assert sheet["A8"].value == FIRST_MONTH
    assert sheet.max_row == 8
    assert book["Thay đổi theo đơn vị"].cell(FIRST, 1).value == FIRST_MONTH


def test_totals_stand_side_by_side_with_their_difference(book, figures):
    sheet = book["So với kỳ trước"]
    rows = {r[1].value: [c.value for c in r[4:10]] for r in sheet.iter_rows()}
    held, sent = figures.total("da_to_chuc"), figures.total("da_gui")
    to_date = [held.value, held.last, held.value - held.last]
    assert rows["Hội nghị đã tổ chức"] == [None, None, None, *to_date]
    month = [sent.value, sent.last, sent.value - sent.last]
    assert rows["Đơn vị đã gửi báo cáo dùng được"] == [*month, None, None, None]


def test_the_lives_add_up_in_each_of_the_three_tables(book, report):
    sheet = book["So với kỳ trước"]
    lives = Counter(f.life for unit in report.units for f in unit.findings)
    gone = sum(len(unit.gone) for unit in report.units)
    standing = lives[Life.NEW] + lives[Life.REOPENED] + lives[Life.OPEN]
    expected = [lives[Life.NEW], lives[Life.REOPENED], lives[Life.OPEN], standing]
    for head in ("Theo mức độ", "Theo huyện, ngành", "Theo căn cứ"):
        first = next(r[0].row for r in sheet.iter_rows() if r[1].value == head) + 1
        sums = [0] * 6
        for row in sheet.iter_rows(min_row=first):
            if not isinstance(row[0].value, int):
                break
            sums = [a + row[4 + n].value for n, a in enumerate(sums)]
        assert sums == [*expected, lives[Life.WAIVED], gone], head


def titles_of(findings, campaign):
    titles = {rule.id: rule.title for rule in campaign.rules}
    return [titles[one.code] for one in findings if one.code in titles]


def test_each_unit_that_changed_has_one_row_and_no_other(changed, report, campaign):
    past = report.past[-1].states
    for unit in report.units:
        news = [f for f in unit.findings if f.life in (Life.NEW, Life.REOPENED)]
        waived = [f for f in unit.findings if f.life is Life.WAIVED and f.decision]
        waived = [f for f in waived if f.decision.month == MONTH]
        moved = past.get(unit.unit.code) is not unit.state
        row = changed.get(unit.unit.name)
        has_changed = moved or unit.changes or news or unit.gone or waived
        assert bool(row) == bool(has_changed), unit.unit.name
        if not row:
            continue
        assert bool(row["state"]) == moved
        assert bool(row["figures"]) == bool(unit.changes)
        for column, named in (("found", news), ("settled", [*unit.gone, *waived])):
            assert bool(row[column]) == bool(named), (unit.unit.name, column)
            assert all(title in row[column] for title in titles_of(named, campaign))


def test_a_changed_figure_shows_both_values_and_what_is_new_is_counted(changed, report):
    for unit in report.units:
        held = [one for one in unit.changes if one.old]
        told = changed[unit.unit.name]["figures"] if unit.changes else ""
        for one in held:
            assert f"{one.old} → {one.new or '(để trống)'}" in told
        if filled := len(unit.changes) - len(held):
            assert f"hi mới {filled} ô" in told
    assert any(
        "Tổng số đại biểu (kế hoạch): 90 → 95" in (r["figures"] or "") for r in changed.values()
    )


def test_the_state_is_told_in_words(changed):
    assert "Chưa gửi → Đúng hạn" in {row["state"] for row in changed.values()}


def test_who_is_registered_no_more_stands_last(campaign, report):
    past = replace(report.past[-1], states={**report.past[-1].states, "XX": UnitState.ON_TIME})
    gone = replace(report, past=(*report.past[:-1], past))
    sheet = load_workbook(io.BytesIO(write_workbook(campaign, gone)))["Thay đổi theo đơn vị"]
    last = values(sheet, unit_changes.COLUMNS)[-1]
    assert (last["name"], last["state"]) == ("XX", "Không còn trong danh sách")


def test_rows_lead_to_the_unit(formulas):
    sheet = formulas["Thay đổi theo đơn vị"]
    for row in records(sheet, unit_changes.COLUMNS):
        place = row["number"].hyperlink.location.split("!")
        assert place[0] == "'Theo đơn vị'"
        assert formulas["Theo đơn vị"][place[1]].value == row["name"].value
