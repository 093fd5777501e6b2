"""Nine months of the whole province, run one after the other: each equals its truth.

The truth stands in ``nine_months``, told where each story is told. The board's
decisions are typed into the control workbook, as the officer would.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from fair_to_units import (
    asked_for_twice,
    contradictions,
    overdue_though_unknown,
    silent_though_sent,
)
from nine_months import (
    APR,
    DEC,
    FIGURES,
    JAN,
    MONTHS,
    NOV,
    OCT,
    RULINGS,
    STEPS,
    Sent,
    sent_files,
    truths,
    typed_by,
    unit_as_of,
    units_of,
    write_months,
    write_register,
)
from officer import enter
from said_of_units import rows_of

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.campaign.overlay import OfficeLayers
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.forms.as_typed import day_as_text
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.model import DecisionKind, Life, OutcomeKind, Source
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.months.run import run_month
from tdkt_batch.office.load import load_for_office
from tdkt_batch.report import FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.wording.shared import LIVES, MONTHS_SENT_NOTHING, UNIT_STATES

SAMPLES = OfficeLayers(with_samples=True)
ALL = range(len(STEPS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chin-thang")
    write_months(folder / "thu")
    write_register(folder / "danh-sach.csv")
    return folder


@dataclass(frozen=True)
class Done:
    """One run: its report, the totals of its month and to date, and what it wrote."""

    campaign: Campaign
    report: MonthReport
    totals: tuple[dict[str, int], dict[str, int]]
    workbook: bytes
    notes: tuple[str, ...]


@pytest.fixture(scope="module")
def done(folder):
    """Return all runs in their order; after each the officer enters what the board decided."""
    runs = []
    for step in STEPS:
        request = MonthRequest(
            paths=(folder / "thu" / step.folder,) if step.folder else (),
            month=MONTHS[step.month],
            register=folder / "danh-sach.csv" if step.has_register else None,
            received_until=step.until,
            out=folder / "ket-qua",
            now=step.now,
            operator="Vàng Thị Mỷ@PC-BTD",
            workers=0,
            letters=False,
            keeps_samples=True,
        )
        result = run_month(request)
        campaign = load_for_office(DEFAULT, request.register, SAMPLES).campaign
        runs.append(
            Done(
                campaign=campaign,
                report=result.report,
                totals=(
                    totals_of(campaign, result.report),
                    totals_of(campaign, result.report.to_date()),
                ),
                workbook=result.workbook.read_bytes(),
                notes=result.notes,
            )
        )
        if not step.again:
            enter(result.control, [one for one in RULINGS if one.month == step.month])
    return runs


@pytest.fixture(scope="module")
def truth():
    return list(truths())


def totals_of(campaign, report):
    """Return the totals over these reports alone, whatever earlier ones said."""
    units = tuple(replace(one, earlier=None) for one in report.units)
    figures = month_figures(campaign, replace(report, units=units))
    return {id_: figures.total(id_).value for id_ in FIGURES}


# --- the files ---------------------------------------------------------------------------------


def _some(files: list[Sent]) -> Iterator[Sent]:
    """Yield a form of each month and level, and every one that breaks a rule."""
    seen = set()
    for one in files:
        kind = one.month, unit_as_of(one.unit, one.names_of).level
        if one.kind == "." and (one.faults or kind not in seen):
            seen.add(kind)
            yield one


def test_files_hold_what_the_stories_say(folder):
    campaign = load_for_office(DEFAULT, folder / "danh-sach.csv", SAMPLES).campaign
    for one in _some(list(sent_files())):
        content = (folder / "thu" / one.folder / one.name).read_bytes()
        source = Source(name=one.name, sha256="", size=len(content), modified=one.moment)
        read = read_form(content, source, campaign)
        unit = unit_as_of(one.unit, one.names_of)
        typed = typed_by(unit, one.month, one.faults, one.explains)
        assert (read.unit, read.month) == (one.unit, MONTHS[one.month])
        # what one answer says in parts stands in no cell of its own
        parts = campaign.form(read.form).part_of
        found = {
            id_: read.values[id_].value if id_ in parts else read.values[id_].raw
            for id_ in typed.values
        }
        wrong = {
            id_: (found[id_], raw)
            for id_, raw in typed.values.items()
            if not _same(found[id_], raw)
        }
        assert wrong == {}, one
        assert read.explanations == typed.explanations
        for table, rows in typed.tables.items():
            assert len(read.tables[table]) >= len(rows)


def _same(found, typed):
    """Tell whether a cell holds what was typed; of a day in the way in which the form keeps days."""
    if isinstance(typed, date):
        return found == day_as_text(typed) or _day(found) == typed
    return found == typed or (typed is None and found in (None, ""))


def _day(raw):
    return raw.date() if isinstance(raw, datetime) else raw


# --- every unit of every month -----------------------------------------------------------------


@pytest.mark.parametrize("number", ALL)
def test_units_are_those_of_the_months_register_and_states_add_up(done, truth, number):
    report, told = done[number].report, truth[number]
    states = {one.unit.code: one.state for one in report.units}
    assert states == {code: seen.state for code, seen in told.units.items()}
    assert len(report.units) == len(states) == {JAN: 206}.get(told.step.month, 207)


@pytest.mark.parametrize("number", ALL)
def test_months_in_a_row_without_a_report(done, truth, number):
    silent = {one.unit.code: one.silent for one in done[number].report.units}
    told = truth[number].units
    assert {code: silent[code] for code, seen in told.items() if seen.silent is not None} == {
        code: seen.silent for code, seen in told.items() if seen.silent is not None
    }


@pytest.mark.parametrize("number", ALL)
def test_who_never_reported(done, truth, number):
    report = done[number].report
    assert {u.unit.code for u in report.units if not u.ever_reported} == truth[number].never


@pytest.mark.parametrize("number", ALL)
def test_each_finding_has_its_life_and_its_months(done, truth, number):
    found = {one.unit.code: lives_of(one) for one in done[number].report.units}
    told = truth[number].units
    assert {code: lives for code, lives in found.items() if lives} == {
        code: seen.findings for code, seen in told.items() if seen.findings
    }


def lives_of(unit: UnitReport):
    return tuple(sorted((f.code, f.life, f.months_open) for f in unit.findings))


@pytest.mark.parametrize("number", ALL)
def test_what_is_mended_is_said_once(done, truth, number):
    gone = {
        one.unit.code: tuple(sorted(f.code for f in one.gone)) for one in done[number].report.units
    }
    told = truth[number].units
    assert {code: codes for code, codes in gone.items() if codes} == {
        code: seen.gone for code, seen in told.items() if seen.gone
    }
    assert all(f.life is Life.FIXED for one in done[number].report.units for f in one.gone)


@pytest.mark.parametrize("number", ALL)
def test_what_cannot_be_decided_is_neither_found_nor_mended(done, truth, number):
    undecided = {
        one.unit.code: tuple(
            sorted(o.rule for o in one.outcomes if o.outcome is OutcomeKind.UNKNOWN)
        )
        for one in done[number].report.units
        if one.is_usable
    }
    told = truth[number].units
    assert {code: rules for code, rules in undecided.items() if rules} == {
        code: seen.undecided for code, seen in told.items() if seen.undecided
    }


# --- both kinds of totals ----------------------------------------------------------------------


@pytest.mark.parametrize("number", ALL)
def test_totals_of_the_month_count_who_reported_in_it(done, truth, number):
    assert done[number].totals[0] == truth[number].month_totals


@pytest.mark.parametrize("number", ALL)
def test_totals_to_date_take_each_units_latest_report(done, truth, number):
    assert done[number].totals[1] == truth[number].totals_to_date


def test_the_last_month_knows_the_totals_of_all_before(done, truth):
    last_by_month = {told.step.month: told for told in truth}
    past = done[-1].report.past
    assert [record.month for record in past] == list(MONTHS[:-1])
    for record, told in zip(past, last_by_month.values(), strict=False):
        sums = {id_: sum(units.values()) for id_, units in record.amounts.items()}
        assert sums["da_gui"] == told.month_totals["co_so_lieu"]
        assert {id_: sums[id_] for id_ in FIGURES} == told.totals_to_date


# --- single stories, where a whole table would hide them -----------------------------------------


def unit_in(done, month, code, *, again=False):
    number = next(n for n, s in enumerate(STEPS) if (s.month, s.again) == (month, again))
    return next(one for one in done[number].report.units if one.unit.code == code)


def test_a_silent_unit_is_shown_with_its_last_report_marked(done):
    silent = unit_in(done, DEC, "DN03")
    assert silent.state is UnitState.MISSING
    assert silent.submission is None
    assert silent.latest.carried
    assert silent.latest.submission.month == MONTHS[OCT]


def test_an_answer_of_the_board_stands_beside_the_finding(done):
    (refused,) = unit_in(done, JAN + 1, "DN13").findings
    assert refused.decision.kind is DecisionKind.REFUSED
    assert refused.explanation == "Hội trường chỉ cho thuê cả ngày."
    (changed,) = unit_in(done, APR, "DN12").findings
    assert (changed.decision.kind, changed.decision.given) == (
        DecisionKind.ACCEPTED,
        "212 đại biểu",
    )
    assert changed.given == "215 đại biểu"


def test_a_figure_corrected_by_telephone_keeps_what_was_typed(done):
    value = unit_in(done, NOV, "DN14", again=True).submission.values["tong_dai_bieu_kh"]
    assert (value.value, value.raw) == (43, 400)


def test_a_form_of_the_month_before_waits_for_its_month(done):
    november = next(d for d, s in zip(done, STEPS, strict=True) if s.month == NOV)
    (file,) = (f for f in november.report.files if f.unit == "DN19" and f.month == MONTHS[OCT])
    assert file.state is FileState.OTHER_MONTH


def test_a_unit_that_is_gone_from_the_register_is_not_counted_and_its_file_is_explained(done):
    january = next(d for d, s in zip(done, STEPS, strict=True) if s.month == JAN)
    (file,) = (f for f in january.report.files if f.unit == "DN20")
    assert file.state is FileState.QUARANTINED
    assert file.reason


def test_only_the_last_file_of_a_unit_counts(done):
    november = next(d for d, s in zip(done, STEPS, strict=True) if s.month == NOV)
    states = sorted(str(f.state) for f in november.report.files if f.unit == "DN17")
    assert states == ["superseded", "used"]


# --- looking back --------------------------------------------------------------------------------


def test_an_old_month_run_again_in_the_end_is_as_it_was(done, folder, truth):
    number = next(n for n, s in enumerate(STEPS) if s.month == DEC and s.again)
    request = MonthRequest(
        paths=(),
        month=MONTHS[DEC],
        out=folder / "ket-qua",
        now=datetime(2015, 6, 2, 8),
        operator="Vàng Thị Mỷ@PC-BTD",
        workers=0,
        letters=False,
        keeps_samples=True,
    )
    result = run_month(request)
    assert result.report.received_until == STEPS[number].until
    again = replace(result.report, past=(), notes=())
    assert again == replace(done[number].report, past=(), notes=())
    assert totals_of(load_campaign(), result.report) == truth[number].month_totals


# --- the workbook says the same ------------------------------------------------------------------


@pytest.mark.parametrize("number", ALL)
def test_first_sheet_shows_both_kinds_of_totals(done, truth, number):
    rows = {str(row["Chỉ tiêu"]): row for row in rows_of(done[number].workbook, "Tổng hợp")}
    month, to_date = truth[number].month_totals, truth[number].totals_to_date
    reported = rows["Đơn vị đã gửi báo cáo dùng được"]
    assert reported["Thực hiện trong tháng"] == month["co_so_lieu"]
    assert rows["Hội nghị đã tổ chức"]["Lũy kế"] == to_date["da_to_chuc"]
    assert rows["Tổng số đại biểu"]["Kế hoạch"] == to_date["dai_bieu_kh"]
    assert (rows["Tổng số đại biểu"]["Lũy kế"] or 0) == to_date["dai_bieu"]
    assert (rows["Đại biểu được bầu đi dự Đại hội cấp trên"]["Lũy kế"] or 0) == to_date["duoc_bau"]


@pytest.mark.parametrize("number", ALL)
def test_last_run_and_this_month_make_up_to_date_on_every_line(done, number):
    lines = 0
    for row in rows_of(done[number].workbook, "Tổng hợp"):
        month, to_date = (row[head] for head in ("Thực hiện trong tháng", "Lũy kế"))
        if all(isinstance(one, float) for one in (month, to_date)):
            last = row["Kỳ trước"] if isinstance(row["Kỳ trước"], float) else 0
            assert last + month == to_date, row["Chỉ tiêu"]
            lines += 1
    assert lines > 20


@pytest.mark.parametrize("number", ALL)
def test_sheet_of_reports_shows_who_is_silent_and_for_how_long(done, truth, number):
    names = {unit.code: unit.name for unit in units_of(truth[number].step.month).values()}
    shown = {
        (str(row["Đơn vị"]), str(row["Trạng thái"]), row[MONTHS_SENT_NOTHING] or 0)
        for row in rows_of(done[number].workbook, "Tình hình gửi báo cáo")
        if row["Trạng thái"] in UNIT_STATES.values()
    }
    told = {
        (names[code], UNIT_STATES[seen.state], seen.silent)
        for code, seen in truth[number].units.items()
        if seen.silent is not None
    }
    assert told - shown == set()


@pytest.mark.parametrize("number", ALL)
def test_sheet_of_findings_shows_their_lives(done, truth, number):
    rows = rows_of(done[number].workbook, "Nội dung cần xem xét")
    shown = sorted(
        (row["Mã đơn vị"], row["Mã căn cứ"], row["Vòng đời"], row["Số tháng"])
        for row in rows
        if row["Mã đơn vị"]  # what many share stands apart above, without a unit
        and row["Vòng đời"] in LIVES.values()  # what cannot be decided has none
    )
    assert shown == sorted(
        (code, rule, LIVES[life], months)
        for code, seen in truth[number].units.items()
        for rule, life, months in seen.findings
    )


# --- what is said of units ---------------------------------------------------------------------


@pytest.mark.parametrize("number", ALL)
def test_nobody_who_sent_anything_is_said_to_be_silent(done, number):
    one = done[number]
    assert silent_though_sent(one.campaign, one.report, one.workbook) == []


@pytest.mark.parametrize("number", ALL)
def test_only_who_said_so_after_the_time_was_over_is_overdue(done, number):
    assert overdue_though_unknown(done[number].campaign, done[number].report) == set()


@pytest.mark.parametrize("number", ALL)
def test_a_unit_sees_no_more_findings_than_it_has_things_to_do(done, number):
    assert asked_for_twice(done[number].report) == []


@pytest.mark.parametrize("number", ALL)
def test_no_paper_contradicts_itself_or_speaks_to_the_officer(done, number):
    one = done[number]
    assert contradictions(one.campaign, one.report) == []
