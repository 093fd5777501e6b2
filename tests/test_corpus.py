"""Whatever arrives is read, or explained: one run over a pile of hostile, damaged and odd files."""

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

import pytest
from cell_sums import wrong_sums
from corpus.clerk import CAMPAIGN, MONTH, people, register, truth
from corpus.libreoffice_saved import convert_all
from corpus.pile import CASES, case_of, clerks, lay_out
from libreoffice import require_libreoffice

from tdkt_batch.ledger.kept_files import Contents
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.months.run import run_month
from tdkt_batch.report import FileState
from tdkt_batch.wording.shared import FILE_REASONS
from tdkt_batch.workbooks.read import open_workbook
from tdkt_batch.workbooks.second_opinion import compared, other_reader

IDS = [case.id for case in CASES]
BY_HAND = [case for case in CASES if case.by_hand]
UNITS_NAME = CAMPAIGN.roles.unit


@dataclass(frozen=True)
class Run:
    """What came of the pile: records and used forms by case, and who sent it."""

    records: dict
    submissions: dict
    clerks: dict
    result: object


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    senders = clerks()
    if shutil.which("soffice"):
        formats = {case.id: case.saved_as for case in CASES if case.saved_as}
        senders |= convert_all(senders, formats, folder / "libreoffice")
    for case in CASES:
        if senders[case.id].converted or not case.saved_as:
            lay_out(folder / "pile", case, senders[case.id])
    (folder / "units.csv").write_text(register(), encoding="utf-8")
    request = MonthRequest(
        paths=(folder / "pile",),
        month=MONTH,
        register=folder / "units.csv",
        out=folder / "output",
        workers=2,
        now=datetime(2015, 4, 30),
        operator="thử@máy",
        letters=False,
        keeps_samples=True,
    )
    result = run_month(request)
    used = [unit.submission for unit in result.report.units if unit.submission]
    return Run(by_case(result.report.files), by_case(used), senders, result)


def by_case(found):
    cases = {id_: [] for id_ in IDS}
    for one in found:
        cases[case_of(one.source.name)].append(one)
    return cases


def skip_without_libreoffice(case):
    if case.saved_as:
        require_libreoffice()


# --- every file in one state, with its sentence --------------------------------------------


def is_as_wanted(record, want):
    state, _, words = want.partition(":")
    said = normalize("NFC", record.reason).casefold()
    return record.state == state and words.strip(" *").casefold() in said


def surplus(records, wants):
    """Return the records that nobody asked for, and what was asked for and is not there."""
    rest, missing = list(records), []
    for want in wants:
        fitting = next((r for r in rest if is_as_wanted(r, want)), None)
        if fitting is None:
            missing.append(want)
        else:
            rest.remove(fitting)
    return [(r.source.name, str(r.state), r.reason) for r in rest], missing


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_each_file_is_in_its_state_with_its_sentence(run, case):
    skip_without_libreoffice(case)
    wants = case.want
    if wants and wants[0].startswith("every "):
        wants = (wants[0].removeprefix("every "),) * len(run.records[case.id])
        assert wants
    assert surplus(run.records[case.id], wants) == ([], [])
    for record in run.records[case.id]:
        assert (record.state is FileState.USED) == (not record.reason)


# --- what a patient officer could read by hand ----------------------------------------------


def same(found, meant):
    if isinstance(found, str) and isinstance(meant, str):
        return normalize("NFC", found).split() == normalize("NFC", meant).split()
    return type(found) is type(meant) and found == meant


def wrong_values(submission, clerk, besides=()):
    """Return what was read otherwise than it was meant: field, meant, found."""
    found = {id_: value.value for id_, value in submission.values.items() if id_ != UNITS_NAME}
    wrong = [
        (id_, meant, found.get(id_))
        for id_, meant in truth(clerk).items()
        if id_ not in besides and not same(found.get(id_), meant)
    ]
    rows = [{c: v.value for c, v in row.values.items()} for row in submission.tables["danh_sach"]]
    if len(rows) != len(people()):
        return [*wrong, ("danh_sach", len(people()), len(rows))]
    for row, person in zip(rows, people(), strict=True):
        wrong += [(c, meant, row[c]) for c, meant in person.items() if not same(row[c], meant)]
    return wrong


def submissions(run, case):
    """Return the forms of the case's own unit that count for the month."""
    unit = run.clerks[case.id].unit.code
    return [s for s in run.submissions[case.id] if s.unit == unit and s.month == MONTH]


def read_in_full(run, case):
    clerk = run.clerks[case.id]
    return any(not wrong_values(s, clerk) for s in submissions(run, case))


FULL = [case for case in BY_HAND if case.full]
ASKED = [case for case in BY_HAND if not case.full]


@pytest.mark.parametrize("case", FULL, ids=[case.id for case in FULL])
def test_what_an_officer_could_read_is_read_in_full(run, case):
    skip_without_libreoffice(case)
    found = submissions(run, case)
    assert found, run.records[case.id]
    clerk = run.clerks[case.id]
    assert min((wrong_values(s, clerk) for s in found), key=len) == []


@pytest.mark.parametrize("case", ASKED, ids=[case.id for case in ASKED])
def test_what_is_asked_for_again_is_never_read_wrongly(run, case):
    for submission in submissions(run, case):
        wrong = wrong_values(submission, run.clerks[case.id])
        assert wrong
        assert {found for _, _, found in wrong} == {None}
        assert any(f.code < "DL30" for f in submission.all_faults)


def test_nearly_all_that_an_officer_could_read_is_read(run):
    there = [case for case in BY_HAND if run.records[case.id]]
    full = [case for case in there if read_in_full(run, case)]
    assert len(full) >= 60
    assert len(full) >= 0.95 * len(there)


# --- what nobody can read -------------------------------------------------------------------

UNREADABLE = [case for case in CASES if case.lost]


@pytest.mark.parametrize("case", UNREADABLE, ids=[case.id for case in UNREADABLE])
def test_what_cannot_be_read_is_a_fault_at_its_cell_and_never_a_value(run, case):
    (submission,) = submissions(run, case)
    wrong = wrong_values(submission, run.clerks[case.id], besides=case.lost)
    faults = {(f.field, f.code): f for f in submission.all_faults}
    if codes := case.lost.get("*"):
        assert {found for _, _, found in wrong} == {None}
        assert {code for _, code in faults} & set(codes.split())
        return
    assert wrong == []
    for field, codes in case.lost.items():
        value = submission.values[field]
        fault = next(f for c in codes.split() if (f := faults.get((field, c))))
        assert value.value is None
        assert (fault.sheet, fault.cell) == (value.sheet, value.cell)


# --- two readers ------------------------------------------------------------------------------

NO_DAYS = ("day-beyond-the-calendar", "day-negative")
"""Numbers shown as days that are none: each reader says so in its own way."""


def test_two_readers_see_the_same_in_every_form_that_is_read(run):
    kept = Contents(run.result.quarantine.parents[1] / "luu-tru")
    contested, seen = {}, 0
    for case, found in run.submissions.items():
        for source in {submission.source for submission in found} if case not in NO_DAYS else ():
            book = open_workbook(kept.place(source.sha256).read_bytes(), source.name)
            own = book.sheet(book.titles[0])
            try:
                other = other_reader(book.content, book.kind)
                theirs = other.sheet(own.title) if other else None
            except (ValueError, LookupError):  # it reads less than we do
                continue
            if theirs is not None:
                seen += 1
                if differing := compared(own, theirs).contested:
                    contested[source.name] = differing
    assert contested == {}
    assert seen > 200


def test_every_cell_of_every_form_that_is_read_has_become_one_thing(run):
    kept = Contents(run.result.quarantine.parents[1] / "luu-tru")
    used = {one.source for found in run.submissions.values() for one in found}
    wrong = (
        wrong_sums(kept.place(source.sha256).read_bytes(), source.name, CAMPAIGN) for source in used
    )
    assert [line for lines in wrong for line in lines] == []


# --- the run as a whole -----------------------------------------------------------------------


def test_the_pile_is_large_enough():
    assert len(CASES) == len(set(IDS)) >= 150
    assert len(BY_HAND) >= 60


DEADLY = ("crashed", "timeout", "out_of_memory", "reader_error", "unpacking_crashed",
          "unpacking_timeout", "unpacking_out_of_memory")  # fmt: skip


def test_no_file_ends_a_reader(run):
    starts = tuple(FILE_REASONS[code].partition("{")[0].partition(":")[0] for code in DEADLY)
    said = [(r.source.name, r.reason) for records in run.records.values() for r in records]
    assert [
        (name, why)
        for name, why in said
        if why.lower().startswith(tuple(s.lower() for s in starts))
    ] == []


def test_what_was_put_aside_is_kept_under_no_senders_name(run):
    kept = [path.relative_to(run.result.quarantine) for path in run.result.quarantine.rglob("*")]
    allowed = re.compile(r"([a-z0-9][a-z0-9-]{0,60}-)?[0-9a-f]{12}\.\w+")
    assert all(allowed.fullmatch(part) for path in kept for part in path.parts), kept
    assert not [path for path in kept if path.is_absolute() or ".." in path.parts]


def test_nothing_from_outside_comes_in(run):
    content = run.result.manifest_file.read_text(encoding="utf-8")
    assert "root:" not in content
