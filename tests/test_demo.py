"""The sample province: a run over it finds what was planted, no fewer and no more."""

import io
from collections import Counter
from datetime import datetime, timedelta

import pytest
from cell_sums import wrong_sums
from fair_to_units import (
    asked_for_twice,
    contradictions,
    overdue_though_unknown,
    silent_though_sent,
)
from libreoffice import require_libreoffice
from month_sample import write_workbook
from openpyxl import load_workbook
from printed import printed_pages
from recalculated import differences

from tdkt_batch.campaign.figure import Counted, FigurePlace
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.demo.draft_forms import MONTH, Fate
from tdkt_batch.demo.faults_between_units import PLANTINGS_ACROSS
from tdkt_batch.demo.files import form_bytes
from tdkt_batch.demo.province import (
    PLANTINGS,
    RECEIVED_UNTIL,
    make_province,
    planted_province,
    sample_province,
)
from tdkt_batch.demo.truth import HEADS, truth_csv, truth_rows
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.letters.outgoing import outgoing_of
from tdkt_batch.letters.report import report_for_signature
from tdkt_batch.model import OFFICE_TIME, OutcomeKind, Severity, Source
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.months.run import run_month
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.wording.shared import READING_FAULTS
from tdkt_batch.workbooks.read import Unread

NOT_IN_THIS_MONTH = {
    ("A5", Severity.NOTICE): "chỉ khi tỷ lệ của đợt là “exact” hoặc “about”",
    ("A5", Severity.WARNING): "chỉ khi đợt cho phép dao động",
    ("B4", Severity.NOTICE): "chỉ khi tỷ lệ của đợt là “exact” hoặc “about”",
    ("B4", Severity.WARNING): "chỉ khi đợt cho phép dao động",
    ("A9", Severity.VIOLATION): "chỉ từ tháng 4/2015: chưa đến ngày thì chưa thể đã tổ chức",
    ("B7", Severity.VIOLATION): "chỉ từ tháng 7/2015: chưa đến ngày thì chưa thể đã tổ chức",
    ("B8", Severity.WARNING): "chỉ từ tháng sau hạn của Ban (4/2015)",
    ("O5h", Severity.WARNING): "chỉ khi có báo cáo của tháng trước: tests/test_across.py",
    ("O5i", Severity.WARNING): "chỉ khi có báo cáo của tháng trước: tests/test_carried_over.py",
    ("S2b", Severity.WARNING): "chỉ từ tháng 4/2015",
}
"""What no form of March 2015 can show under this campaign's values, and why."""
NEVER_A_FINDING = {
    "DL10": "tháng báo cáo không đọc được thì cả tệp chưa xử lý được",
    "DL19": "chỉ khi biểu bị bỏ ghép ô hoặc sao chép trang: tests/test_find.py",
    "DL20": "chỉ khi mất cả tiêu đề cột và hướng dẫn ghi: tests/test_find.py",
    "DL21": "chỉ khi sao chép trang có bảng: tests/test_find.py",
    "DL24": "chỉ khi tệp lưu khác thường, hai cách đọc khác nhau: tests/test_read.py",
}


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def sample(campaign, tmp_path_factory):
    """Return the folder of the sample month and the truth about it."""
    folder = tmp_path_factory.mktemp("tinh-mau") / "du-lieu"
    return folder, make_province(folder, campaign, workers=2)


@pytest.fixture(scope="module")
def truth(sample):
    return sample[1]


@pytest.fixture(scope="module")
def report(sample, tmp_path_factory):
    request = MonthRequest(
        paths=(sample[0],),
        month=MONTH,
        received_until=RECEIVED_UNTIL,
        now=RECEIVED_UNTIL + timedelta(days=30),
        operator="thử@máy",
        letters=False,
        out=tmp_path_factory.mktemp("ket-qua"),
        workers=2,
        keeps_samples=True,
    )
    return run_month(request).report


def test_libreoffice_calculates_the_months_workbook_to_what_is_cached(campaign, report, tmp_path):
    require_libreoffice()
    content = write_workbook(campaign, report)
    assert differences(content, tmp_path) == {}


# --- exactly what was planted ------------------------------------------------------------------


def test_a_sum_that_not_all_units_gave_says_how_many_wherever_it_stands(campaign, report):
    figures = month_figures(campaign, report)
    book = load_workbook(io.BytesIO(write_workbook(campaign, report)))
    said = {
        sheet.title: " ".join(
            cell.value
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and "hội nghị có số liệu: " in cell.value
        )
        for sheet in book.worksheets
    }
    assert "111/114 hội nghị có số liệu: Tổng số đại biểu" in said["Theo huyện, ngành"]
    for figure in campaign.figures.standing_in(FigurePlace.UNITS):
        total = figures.total(figure.id)
        is_partial = figure.counted is Counted.AMOUNTS and not total.is_whole
        assert (figure.label in said["Theo đơn vị"]) == is_partial, figure.id
    assert "182/184 hội nghị có số liệu: " in said["Cơ cấu đại biểu"]


def test_run_finds_the_planted_faults_and_no_others(truth, report):
    found = [(f.unit, f.code, f.severity) for unit in report.units for f in unit.findings]
    assert sorted(found) == truth.findings


def test_run_leaves_undecided_what_the_planted_faults_leave_open_and_nothing_else(truth, report):
    undecided = [
        (unit.unit.code, outcome.rule)
        for unit in report.units
        for outcome in unit.outcomes
        if outcome.outcome is OutcomeKind.UNKNOWN
    ]
    assert sorted(undecided) == truth.unknowns


def test_every_cell_of_every_form_has_become_one_thing(campaign, sample):
    forms = [*sample[0].rglob("*.xlsx")]
    assert len(forms) > 190
    wrong = (wrong_sums(p.read_bytes(), p.name, campaign, other_reader=True) for p in forms)
    assert [line for lines in wrong for line in lines] == []


def test_no_rule_fails_by_itself(report):
    errors = [o for unit in report.units for o in unit.outcomes if o.outcome is OutcomeKind.ERROR]
    assert errors == []


def test_every_unit_is_in_the_state_that_its_file_gives_it(truth, report):
    assert {one.unit.code: one.state for one in report.units} == truth.units


def test_every_file_is_in_its_state(truth, report):
    found = sorted((record.source.name, record.state) for record in report.files)
    assert found == sorted(truth.files.items())


def test_a_unit_without_a_planted_fault_passes_every_rule_that_applies(truth, report):
    planted = {one.unit for one in truth.planted if one.expected.code}
    kinds = {
        outcome.outcome
        for unit in report.units
        if unit.unit.code not in planted
        for outcome in unit.outcomes
    }
    assert kinds == {OutcomeKind.PASS, OutcomeKind.NOT_APPLICABLE}


def test_nobody_who_sent_anything_is_said_to_be_silent(campaign, report):
    book = write_workbook(campaign, report)
    assert silent_though_sent(campaign, report, book) == []


def test_only_who_said_so_after_the_time_was_over_is_overdue(campaign, report):
    assert overdue_though_unknown(campaign, report) == set()


def test_a_unit_sees_no_more_findings_than_it_has_things_to_do(report):
    assert asked_for_twice(report) == []


def test_no_paper_contradicts_itself_or_speaks_to_the_officer(campaign, report):
    assert contradictions(campaign, report) == []


# --- the whole rule book is planted ----------------------------------------------------------


def test_every_rule_is_planted_in_every_severity_that_the_month_can_show(campaign):
    _, planted = sample_province(campaign)
    shown = {(one.expected.code, one.expected.severity) for one in planted}
    asked = {(rule.id, severity) for rule in campaign.rules for severity in rule.severities}
    assert sorted(asked - shown) == sorted(NOT_IN_THIS_MONTH)


def test_every_fault_of_reading_is_planted(campaign):
    _, planted = sample_province(campaign)
    shown = {one.expected.code for one in planted if one.expected.severity is Severity.READING}
    assert set(READING_FAULTS) - shown == set(NEVER_A_FINDING)


def test_every_state_of_a_file_is_planted_but_what_only_the_board_decides(truth):
    assert set(truth.files.values()) == set(FileState) - {FileState.SET_ASIDE}


def test_every_state_of_a_unit_is_planted_but_exemption(truth):
    # nobody is exempt in the campaign's own register: the board's register says who is; the
    # month is closed when every day is over
    never = {UnitState.NOT_REQUIRED, UnitState.NOT_YET_DUE}
    assert set(truth.units.values()) == set(UnitState) - never


def test_each_unit_has_one_planted_fault_of_its_own_at_most():
    assert [unit for unit, n in Counter(one.place.unit for one in PLANTINGS).items() if n > 1] == []


def test_what_is_planted_across_is_not_planted_in_a_unit_that_asks_for_another_stage(campaign):
    stages = {one.place.unit: one.place.held for one in PLANTINGS}
    places = [one.place for one in PLANTINGS_ACROSS]
    asked = {place.unit: place.held for place in places if place.held is not None}
    assert [unit for unit, held in asked.items() if stages.get(unit, held) is not held] == []


# --- the sample itself -----------------------------------------------------------------------


def test_all_units_of_the_month_are_in_the_sample(campaign, truth):
    assert list(truth.units) == [unit.code for unit in campaign.units_in(MONTH)]


@pytest.mark.slow
def test_province_without_plantings_has_no_fault(campaign):
    province, planted = planted_province(campaign)
    assert list(planted) == []
    for code in ("105", "03391", "03386", "DN05", "CS01", "SGDDT"):
        draft = province[code]
        source = Source(name=code, sha256="", size=0, modified=RECEIVED_UNTIL)
        submission = read_form(form_bytes(campaign, draft), source, campaign)
        form = campaign.form(draft.form)
        outcomes = form_outcomes(campaign, form, submission, draft.unit)
        assert submission.all_faults == ()
        assert {o.rule for o in outcomes if o.outcome is not OutcomeKind.NOT_APPLICABLE} == {
            o.rule for o in outcomes if o.outcome is OutcomeKind.PASS
        }


@pytest.mark.slow
def test_sample_is_the_same_in_every_run(campaign):
    first, planted = sample_province(campaign)
    second, planted_again = sample_province(campaign)
    assert planted == planted_again
    assert list(first.values()) == list(second.values())
    for code in ("03397", "03632"):
        assert form_bytes(campaign, first[code]) == form_bytes(campaign, second[code])


@pytest.mark.parametrize(
    "fate",
    [
        Fate.TRUNCATED,
        pytest.param(Fate.ENCRYPTED, marks=pytest.mark.slow),
        pytest.param(Fate.SAVED_AS_TEXT, marks=pytest.mark.slow),
    ],
)
def test_a_form_that_comes_to_grief_on_its_way_cannot_be_read(campaign, fate):
    province, _ = sample_province(campaign)
    draft = next(one for one in province.values() if one.fate is fate)
    source = Source(name="Mẫu 01.xlsx", sha256="", size=0, modified=RECEIVED_UNTIL)
    assert isinstance(read_form(form_bytes(campaign, draft), source, campaign), Unread)


def test_files_carry_the_hour_at_which_they_were_sent(sample, report):
    folder, _ = sample
    for record in report.files:
        if not record.source.container:
            seconds = (folder / record.source.name).stat().st_mtime
            moment = datetime.fromtimestamp(seconds, OFFICE_TIME).replace(tzinfo=None)
            assert moment == record.source.modified


def test_nothing_that_counts_was_sent_after_the_cut_off(report):
    used = [r.source.modified for r in report.files if r.state is FileState.USED]
    assert max(used) <= RECEIVED_UNTIL


def test_truth_table_says_each_planted_fault_in_words(campaign, truth):
    rows = truth_rows(truth, campaign.words)
    name = campaign.units[[unit.code for unit in campaign.units].index("DN03")].name
    assert ("DN03", name, "212 đại biểu", "A4", "Không đạt", "Chưa đúng Hướng dẫn") in rows
    assert len(rows) == len(truth.planted) + len(truth.units) + len(truth.files)
    assert truth_csv(truth, campaign.words).splitlines()[0] == ",".join(HEADS)


def test_the_months_book_prints_on_few_pages_in_type_that_can_be_read(campaign, report, tmp_path):
    require_libreoffice()
    book = tmp_path / "tong-hop.xlsx"
    book.write_bytes(write_workbook(campaign, report))
    pages = printed_pages(book, tmp_path)
    assert 10 < len(pages) <= 45
    assert min(page.smallest for page in pages) > 8.95


def test_the_report_takes_two_pages_before_its_appendix(campaign, report, tmp_path):
    require_libreoffice()
    paper = tmp_path / "bao-cao.docx"
    out = outgoing_of(campaign, report, month_figures(campaign, report))
    paper.write_bytes(report_for_signature(out, b"")["bao-cao-2015-03.docx"])
    pages = printed_pages(paper, tmp_path)
    assert "Nơi nhận" in pages[1].text
    assert pages[2].text.startswith("PHỤ LỤC")
    assert len(pages) <= 9
    assert [min(page.smallest for page in part) for part in (pages[:2], pages[2:])] == [9, 10.5]


def test_what_follows_a_question_is_a_sentence_of_its_own(report):
    messages = [one.message for unit in report.units for one in unit.findings]
    assert any("? Vì vậy chưa rà soát được" in text for text in messages)
    assert not [text for text in messages if "?;" in text]
