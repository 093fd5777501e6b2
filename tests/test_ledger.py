"""What the ledger takes in, and what it gives back on another day."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from io import UnsupportedOperation
from pathlib import Path

import pytest

from tdkt_batch.errors import InputError
from tdkt_batch.ledger import database
from tdkt_batch.ledger import kept_files as vault
from tdkt_batch.ledger.facts import Cached, Run, Sending
from tdkt_batch.ledger.store import look_into, open_ledger
from tdkt_batch.model import (
    Arrival,
    Container,
    Decision,
    DecisionKind,
    Letter,
    Month,
    Outcome,
    Source,
)
from tdkt_batch.rules.decisions import standing

MARCH = Month(2015, 3)
MORNING = datetime(2015, 3, 25, 8, 30)
EVENING = datetime(2015, 3, 28, 17, 0)
MADE = datetime(2015, 3, 20, 9, 0)
LETTER = Letter(sender="a@b.vn", sender_name="A", subject="BC", sent=MADE, message_id="<1@b>")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "output"


@pytest.fixture
def give(tmp_path):
    """Lay a file down and give it under a name."""

    def given(name: str, content: bytes = b"", **about) -> Arrival:
        content = content or name.encode()
        digest = sha256(content).hexdigest()
        place = tmp_path / "in" / f"{len(list(tmp_path.glob('in/*')))}-{digest[:8]}"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
        source = {"sha256": digest, "size": len(content), "modified": MADE}
        about = {k: about.pop(k) for k in ("problem", "detail") if k in about} | {"source": about}
        return Arrival(Source(**{"name": name, **source, **about.pop("source")}), place, **about)

    return given


def opened(out, moment=MORNING, operator="an@may-01"):
    return open_ledger(out, operator, moment)


def run_of(given=(), month=MARCH, **other) -> Run:
    about = {
        "number": 0, "month": month, "received_until": EVENING, "campaign": "c1", "package": "p1",
        "register": "dang-ky.xlsx", "version": "0.1", "operator": "an@may-01", "started": MORNING,
        "given": tuple(given), "containers": (), "key": "k1", "manifest": "m1",
    }  # fmt: skip
    return Run(**{**about, **other})


def accepted(**other) -> Decision:
    about = {"kind": DecisionKind.ACCEPTED, "unit": "LC01", "month": MARCH, "code": "A4"}
    return Decision(**{**about, "field": "tong", "given": "212", "reason": "có lý do", **other})


# --- arrivals ---------------------------------------------------------------------------------


def numbers(ledger, *given, moment=MORNING):
    return [arrival.number for arrival in ledger.admit(given, moment)]


def test_a_new_file_gets_the_next_number_and_is_kept(out, give):
    one, two = give("a.xlsx"), give("b.xlsx", letter=LETTER)
    with opened(out) as ledger:
        first, second = ledger.admit([one, two], MORNING)
    assert (first.number, second.number) == (1, 2)
    assert second.source == replace(two.source, first_seen=MORNING)
    assert first.path.read_bytes() == b"a.xlsx"
    assert first.path.name == f"{one.source.sha256}.xlsx"
    assert first.path.parent == out / "luu-tru" / one.source.sha256[:2]


def test_the_same_file_on_another_day_is_the_same_arrival(out, give):
    with opened(out) as ledger:
        first = ledger.admit([give("xa/a.xlsx")], MORNING)
    copied = give("thang 3/moi/a.xlsx", b"xa/a.xlsx", modified=EVENING)
    with opened(out, EVENING) as ledger:
        assert ledger.admit([copied], EVENING) == first
        assert ledger.arrivals() == first


def test_another_content_name_or_mail_is_another_arrival(out, give):
    with opened(out) as ledger:
        assert numbers(ledger, give("a.xlsx")) == [1]
        assert numbers(ledger, give("a.xlsx", b"other")) == [2]
        assert numbers(ledger, give("b.xlsx", b"a.xlsx")) == [3]
        assert numbers(ledger, give("a.xlsx", letter=LETTER)) == [4]
        assert numbers(ledger, give("a.xlsx", letter=replace(LETTER, message_id="<2@b>"))) == [5]
        assert numbers(ledger, give("a.xlsx"), give("a.xlsx", letter=LETTER)) == [1, 4]


def test_two_copies_in_two_folders_are_two_arrivals_whatever_the_order(out, give):
    north, south = give("bac/a.xlsx", b"same"), give("nam/a.xlsx", b"same")
    with opened(out) as ledger:
        assert numbers(ledger, north, south) == [1, 2]
        assert numbers(ledger, south, north) == [2, 1]
        assert numbers(ledger, south) == [2]
        assert numbers(ledger, give("tay/a.xlsx", b"same"), south) == [1, 2]
        assert numbers(ledger, give("tay/a.xlsx", b"same"), south, north) == [3, 2, 1]


def test_a_second_copy_that_turns_up_later_is_new(out, give):
    with opened(out) as ledger:
        assert numbers(ledger, give("nam/a.xlsx", b"same")) == [1]
        assert numbers(ledger, give("bac/a.xlsx", b"same"), give("nam/a.xlsx", b"same")) == [2, 1]


def test_what_is_returned_stands_in_the_order_given(out, give):
    with opened(out) as ledger:
        assert numbers(ledger, give("b.xlsx"), give("a.xlsx")) == [1, 2]
        assert numbers(ledger, give("a.xlsx"), give("c.xlsx"), give("b.xlsx")) == [2, 3, 1]


def test_nothing_given_is_nothing_admitted(out):
    with opened(out) as ledger:
        assert ledger.admit([], MORNING) == ()
        assert vault.log_names(out / "luu-tru") == ()


def test_a_problem_stays_with_the_arrival(out, give):
    with opened(out) as ledger:
        ledger.admit([give("a.zip", problem="encrypted", detail="x")], MORNING)
    with opened(out) as ledger:
        (arrival,) = ledger.arrivals()
    assert (arrival.problem, arrival.detail) == ("encrypted", "x")
    assert arrival.path.exists()


def test_what_is_too_large_is_not_kept(out, give):
    one = give("a.zip", problem="too_large")
    with opened(out) as ledger:
        (arrival,) = ledger.admit([one], MORNING)
        assert arrival.path == one.path
        assert not ledger.arrival(1).path.exists()


def test_a_file_that_cannot_be_read_is_admitted_and_kept_as_soon_as_it_can(out, give):
    one = give("a.xlsx")
    content = one.path.read_bytes()
    one.path.unlink()
    with opened(out) as ledger:
        (arrival,) = ledger.admit([one], MORNING)
        assert (arrival.number, arrival.path) == (1, one.path)
        one.path.write_bytes(content)
        (arrival,) = ledger.admit([one], EVENING)
        assert (arrival.number, arrival.path.read_bytes()) == (1, content)
        assert arrival.source.first_seen == MORNING


def test_a_file_that_changed_since_it_was_hashed_is_not_kept(out, give):
    one = give("a.xlsx")
    one.path.write_bytes(b"meanwhile changed")
    with opened(out) as ledger:
        ledger.admit([one], MORNING)
        assert not ledger.kept(one.source.sha256).exists()
    assert not list(out.glob("luu-tru/.dang-ghi/*"))


def test_the_same_content_is_kept_once_and_never_written_again(out, give):
    with opened(out) as ledger:
        first, second = ledger.admit([give("a.xlsx", b"x"), give("b.XLS", b"x")], MORNING)
        assert first.path == second.path
        before = first.path.stat()
        (again,) = ledger.admit([give("c.xlsx", b"x")], EVENING)
        assert again.path.stat() == before


def test_a_kept_file_of_the_wrong_length_is_written_again(out, give):
    with opened(out) as ledger:
        (one,) = ledger.admit([give("a.xlsx", b"whole")], MORNING)
    one.path.write_bytes(b"ha")
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx", b"whole")], EVENING)
    assert one.path.read_bytes() == b"whole"


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("BC.XLSX", ".xlsx"), ("bc.xlsx.exe", ".bin"), ("bc", ".bin"), ("bc.x/y", ".bin")],
)
def test_nothing_is_kept_under_a_senders_own_suffix(out, give, name, suffix):
    with opened(out) as ledger:
        (arrival,) = ledger.admit([give(name)], MORNING)
    assert arrival.path.suffix == suffix


def test_names_with_broken_letters_come_back_exactly(out, give):
    letter = replace(LETTER, subject="b\ud83d\ude00o 😀 c\x00o", sender="")
    with opened(out) as ledger:
        first = ledger.admit([give("a.xlsx", letter=letter)], MORNING)
    with opened(out) as ledger:
        assert ledger.arrivals() == first
        assert numbers(ledger, give("a.xlsx", letter=letter)) == [1]


def test_a_letter_that_says_nothing_is_not_no_letter(out, give):
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx", letter=Letter()), give("b.xlsx")], MORNING)
    with look_into(out) as ledger:
        assert [arrival.source.letter for arrival in ledger.arrivals()] == [Letter(), None]


def test_an_arrival_that_is_not_there_is_told(out):
    with opened(out) as ledger, pytest.raises(InputError, match="không còn tệp số 7"):
        ledger.arrival(7)


# --- runs and sendings ------------------------------------------------------------------------


def test_a_run_comes_back_with_its_number_and_all_that_went_in(out, give):
    containers = (
        Container(name="thu.eml", kind="eml", members=2, letter=LETTER),
        Container(name="goi.zip", kind="zip", members=0),
    )
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx"), give("b.xlsx")], MORNING)
        assert ledger.next_run_number() == 1
        first = ledger.record_run(run_of((2, 1), containers=containers))
        second = ledger.record_run(run_of(month=Month(2015, 4), number=99))
        assert (first.number, second.number) == (1, 2)
    with look_into(out) as ledger:
        assert ledger.runs() == (first, second)
        assert first.given == (2, 1)
        assert first.containers == containers


def test_what_was_sent_comes_back_by_month(out):
    back = Sending(MARCH, "LC01", "return", "tra-lai/LC01.xlsx", "00")
    letter = Sending(MARCH, "H1", "letter", "thong-bao/H1.docx", "01")
    later = Sending(Month(2015, 4), "LC01", "return", "tra-lai/LC01.xlsx", "02")
    with opened(out) as ledger:
        ledger.record_run(run_of(), [back, letter])
        ledger.record_run(run_of(), [later])
    with look_into(out) as ledger:
        assert ledger.sendings() == (back, letter, later)
        assert ledger.sendings(MARCH) == (back, letter)
        assert ledger.sendings(Month(2014, 9)) == ()


# --- decisions --------------------------------------------------------------------------------


def test_a_decision_comes_back_exactly(out):
    corrected = Decision(
        kind=DecisionKind.CORRECTED, unit="LC01", month=MARCH, field="ngay", given="?",
        value=date(2015, 3, 5), approver="Bà B", decided=date(2015, 3, 26), until=Month(2015, 5),
    )  # fmt: skip
    with opened(out) as ledger:
        assert ledger.decide([corrected, accepted()], "an", MORNING) == (corrected, accepted())
    with look_into(out) as ledger:
        assert ledger.decisions() == (corrected, accepted())


@pytest.mark.parametrize("value", [None, 0, 1, True, False, "", "1", date(2015, 3, 1)], ids=repr)
def test_a_corrected_figure_keeps_its_kind(out, value):
    decision = accepted(kind=DecisionKind.CORRECTED, code="", value=value)
    with opened(out) as ledger:
        ledger.decide([decision], "an", MORNING)
    with look_into(out) as ledger:
        (back,) = ledger.decisions()
    assert (type(back.value), back.value) == (type(value), value)


def test_the_same_decisions_again_are_nothing_new(out):
    decisions = [accepted(), accepted(unit="LC02"), accepted(field="nu")]
    with opened(out) as ledger:
        assert ledger.decide(decisions, "an", MORNING) == tuple(decisions)
        assert ledger.decide(decisions, "binh", EVENING) == ()
        assert ledger.decide(decisions[::-1], "binh", EVENING) == ()
        assert len(ledger.decisions()) == 3


def test_of_two_decisions_on_one_subject_in_one_list_the_last_counts_each_time(out):
    refused = accepted(kind=DecisionKind.REFUSED)
    with opened(out) as ledger:
        assert ledger.decide([accepted(), refused], "an", MORNING) == (refused,)
        assert ledger.decide([accepted(), refused], "an", EVENING) == ()


def test_a_decision_taken_back_and_taken_again_is_new_each_time(out):
    withdrawn = accepted(kind=DecisionKind.WITHDRAWN, reason="nhầm")
    with opened(out) as ledger:
        assert ledger.decide([withdrawn], "an", MORNING) == ()
        assert ledger.decide([accepted()], "an", MORNING) == (accepted(),)
        assert ledger.decide([withdrawn], "an", EVENING) == (withdrawn,)
        assert ledger.decide([withdrawn], "an", EVENING) == ()
        assert ledger.decide([accepted()], "an", EVENING) == (accepted(),)
        assert ledger.decisions() == (accepted(), withdrawn, accepted())


def test_another_figure_or_month_is_another_decision(out):
    with opened(out) as ledger:
        ledger.decide([accepted()], "an", MORNING)
        changed = [accepted(given="213"), accepted(month=Month(2015, 4))]
        assert ledger.decide(changed, "an", EVENING) == tuple(changed)


def test_decisions_can_be_had_as_a_run_knew_them(out):
    with opened(out) as ledger:
        ledger.decide([accepted()], "an", MORNING)
        first = ledger.record_run(run_of())
        ledger.decide([accepted(unit="LC02")], "an", MORNING)
        second = ledger.record_run(run_of())
        assert ledger.decisions(as_of=first.number) == (accepted(),)
        assert ledger.decisions(as_of=second.number) == ledger.decisions()
        assert len(ledger.decisions()) == 2


def test_an_answer_and_a_correction_of_one_field_stand_side_by_side(out):
    corrected = accepted(kind=DecisionKind.CORRECTED, value=200)
    with opened(out) as ledger:
        ledger.decide([accepted(), corrected], "an", MORNING)
        assert ledger.decide([accepted()], "an", EVENING) == ()
        assert len(ledger.decisions()) == 2


# --- what was computed ------------------------------------------------------------------------

OUTCOMES = tuple(Outcome(rule=f"A{n}", outcome="pass") for n in range(3))


@dataclass(frozen=True)
class Judged:
    outcomes: tuple[Outcome, ...]
    note: str = ""


def test_what_was_computed_comes_back_by_kind_and_key(out):
    with opened(out) as ledger:
        assert ledger.cached("reading", "k", Judged) is None
        ledger.cache([Cached("reading", "k", Judged(OUTCOMES), 7, MARCH, "LC01")])
    with look_into(out) as ledger:
        assert ledger.cached("reading", "k", Judged) == Judged(OUTCOMES)
        assert ledger.cached("reading", "other", Judged) is None
        assert ledger.cached("other", "k", Judged) is None
        assert ledger.cached("reading", "k", Outcome) is None


def test_what_was_computed_anew_takes_the_place_of_the_old(out):
    with opened(out) as ledger:
        ledger.cache([Cached("month", "k", Judged((), "old"))])
        ledger.cache([Cached("month", "k", Judged((), "new"))])
        assert ledger.cached("month", "k", Judged) == Judged((), "new")


def test_arrivals_of_a_month_are_found_by_what_was_computed_of_them(out):
    with opened(out) as ledger:
        ledger.cache(
            [
                Cached("reading", "a", Judged(()), 1, MARCH),
                Cached("reading", "b", Judged(()), 2, Month(2015, 4)),
                Cached("reading", "c", Judged(()), 3),
                Cached("month", "d", Judged(()), 0, MARCH),
            ]
        )
        assert ledger.cached_arrivals("reading") == {1, 2, 3}
        assert ledger.cached_arrivals("reading", MARCH) == {1}
        assert ledger.cached_arrivals("month") == frozenset()


def test_the_cache_can_be_thrown_away_and_the_facts_stay(out):
    with opened(out) as ledger:
        ledger.decide([accepted()], "an", MORNING)
        ledger.cache([Cached("reading", "k", Judged(OUTCOMES), 1)])
        ledger.throw_away_cache()
        assert ledger.cached("reading", "k", Judged) is None
        assert ledger.cached_arrivals("reading") == frozenset()
        assert ledger.decisions() == (accepted(),)


# --- contents ---------------------------------------------------------------------------------


def test_a_content_is_kept_under_its_hash(out):
    with opened(out) as ledger:
        digest = ledger.keep(b"campaign", ".zip")
        assert digest == sha256(b"campaign").hexdigest()
        assert ledger.kept(digest).read_bytes() == b"campaign"
        assert ledger.kept(digest).suffix == ".zip"
        assert ledger.keep(b"campaign") == digest
        assert not ledger.kept("0" * 64).exists()
    with look_into(out) as ledger:
        assert ledger.kept(digest).read_bytes() == b"campaign"


# --- the database by itself -------------------------------------------------------------------


def test_facts_cannot_be_changed_or_removed(out, give):
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx")], MORNING)
        ledger.decide([accepted()], "an", MORNING)
        containers = (Container(name="z", kind="zip", members=1),)
        ledger.record_run(
            run_of((1,), containers=containers), [Sending(MARCH, "LC01", "return", "x", "0")]
        )
    connection = sqlite3.connect(out / database.NAME)
    for statement in ("DELETE FROM log", "UPDATE log SET number = number + 7"):
        with pytest.raises(sqlite3.IntegrityError, match="only added"):
            connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM log").fetchone()[0] == 3
    connection.close()


def test_the_tables_explain_themselves_to_who_opens_them_by_hand(out):
    with opened(out):
        pass
    connection = sqlite3.connect(out / database.NAME)
    tables = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    connection.close()
    assert set(tables) == {"log", "cache"}
    assert all("--" in sql for sql in tables.values())


def test_a_ledger_without_writes_leaves_log_and_database_as_they_were(out, give):
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx")], MORNING)
    before = (out / database.NAME).read_bytes()
    with opened(out, EVENING) as ledger:
        ledger.admit([give("a.xlsx")], EVENING)
        assert ledger.notes == ()
    assert (out / database.NAME).read_bytes() == before
    assert len(vault.log_names(out / "luu-tru")) == 1


@pytest.mark.parametrize(
    "name", ["Kết quả tháng 3", "a#b?c=d&e%20f", "it's;--", "\u0110\u1eb7ng.sqlite"]
)
def test_a_folder_may_have_any_name(tmp_path, give, name):
    with opened(tmp_path / name) as ledger:
        first = ledger.admit([give("a.xlsx")], MORNING)
    assert (tmp_path / name / database.NAME).is_file()
    with look_into(tmp_path / name) as ledger:
        assert ledger.arrivals() == first
        assert ledger.notes == ()


# --- looking in -------------------------------------------------------------------------------


def test_looking_into_a_folder_without_ledger_says_that_no_month_was_run(out):
    with pytest.raises(InputError, match="chưa chạy tháng nào"), look_into(out):
        pass
    assert not out.exists()


def test_who_looks_in_needs_no_lock_and_sees_what_stands(out, give):
    with opened(out) as ledger:
        first = ledger.admit([give("a.xlsx")], MORNING)
        with look_into(out) as reader:
            assert reader.arrivals() == first
            ledger.admit([give("b.xlsx")], MORNING)
            assert reader.arrivals() == first


def test_who_looks_in_writes_nothing(out, give):
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx")], MORNING)
    before = sorted(out.rglob("*"))
    with look_into(out) as ledger:
        with pytest.raises(UnsupportedOperation):
            ledger.decide([accepted()], "an", MORNING)
        with pytest.raises(UnsupportedOperation):
            ledger.record_run(run_of())
    assert sorted(out.rglob("*")) == before


# --- versions ---------------------------------------------------------------------------------


def test_a_ledger_of_an_older_version_gets_the_steps_that_it_lacks(out, give, monkeypatch):
    with opened(out) as ledger:
        first = ledger.admit([give("a.xlsx")], MORNING)
    step = ("CREATE TABLE remark (text TEXT)", "INSERT INTO remark VALUES ('x')")
    steps = (*database.MIGRATIONS, step)
    monkeypatch.setattr(database, "MIGRATIONS", steps)
    with look_into(out) as ledger:
        assert ledger.arrivals() == first
    for _ in range(2):
        with opened(out) as ledger:
            assert ledger.arrivals() == first
            assert ledger.notes == ()
    connection = sqlite3.connect(out / database.NAME)
    assert connection.execute("SELECT * FROM remark").fetchall() == [("x",)]
    assert connection.execute("PRAGMA user_version").fetchone()[0] == len(steps)
    connection.close()


@pytest.fixture
def version_1(out):
    """Lay down the database that version 1 left; return its log's files by their names.

    It kept each fact in rows as well as in its entry's content.
    """
    out.mkdir()
    connection = sqlite3.connect(out / database.NAME)
    connection.executescript((Path(__file__).parent / "ledger_version_1.sql").read_text("utf-8"))
    rows = connection.execute("SELECT name, content FROM entry").fetchall()
    connection.close()
    return {name: zlib.decompress(content) for name, content in rows}


@pytest.mark.parametrize("left", ["both", "database", "log"])
def test_a_ledger_of_version_1_is_taken_over_whole(out, version_1, left):
    log = out / "luu-tru" / vault.LOG
    if left != "database":
        log.mkdir(parents=True)
        for name, content in version_1.items():
            (log / name).write_bytes(content)
    if left == "log":
        (out / database.NAME).unlink()
    notes = {"both": [], "database": ["đã ghi lại từ sổ"] * 3, "log": ["đã dựng lại từ luu-tru"]}
    for said in (notes[left], []):
        with look_into(out) as ledger:
            assert_knows_what_version_1_knew(ledger, has_cache=left != "log")
        with opened(out, EVENING) as ledger:
            assert_knows_what_version_1_knew(ledger, has_cache=left != "log")
            assert all(s in note for s, note in zip(said, ledger.notes, strict=True))
    assert {path.name: path.read_bytes() for path in log.iterdir()} == version_1


def assert_knows_what_version_1_knew(ledger, *, has_cache: bool):
    first, second = ledger.arrivals()
    letter = replace(LETTER, sender_name="Xã A")
    assert (first.number, first.source.name, first.source.letter) == (1, "thư.eml/a.xlsx", letter)
    assert first.source.first_seen == datetime(2015, 3, 25, 14, 5)
    assert (second.number, second.problem, second.detail) == (2, "encrypted_archive", "x")
    (decision,) = ledger.decisions()
    assert (decision.value, decision.until) == (date(2015, 3, 5), Month(2015, 5))
    (run,) = ledger.runs()
    container = Container(name="thư.eml", kind="eml", members=1, letter=letter)
    assert (run.number, run.given, run.containers) == (1, (2, 1), (container,))
    assert ledger.sendings() == (Sending(MARCH, "LC01", "return", "LC01.xlsx", "0"),)
    assert (ledger.cached("reading", "k", Letter) == letter) == has_cache


def test_a_damaged_ledger_of_version_1_is_rebuilt_from_its_log(out, version_1):
    place, log = out / database.NAME, out / "luu-tru" / vault.LOG
    log.mkdir(parents=True)
    for name, content in version_1.items():
        (log / name).write_bytes(content)
    content = place.read_bytes()
    at = content.index(b".json") + 60
    place.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    with opened(out) as ledger:
        assert_knows_what_version_1_knew(ledger, has_cache=False)
        (note,) = ledger.notes
        assert "bị hỏng, đã để riêng" in note


def test_a_step_that_fails_leaves_the_old_version_whole(out, give, monkeypatch):
    with opened(out) as ledger:
        first = ledger.admit([give("a.xlsx")], MORNING)
    with monkeypatch.context() as patched:
        step = ("CREATE TABLE remark (text TEXT)", "SELECT * FROM nothing")
        patched.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, step))
        with pytest.raises(Exception, match="nothing"), opened(out):
            pass
    with opened(out) as ledger:
        assert ledger.arrivals() == first
        assert ledger.notes == ()


def test_a_ledger_of_a_newer_program_is_left_alone(out, give, monkeypatch):
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx")], MORNING)
    place = out / database.NAME
    connection = sqlite3.connect(place)
    connection.execute(f"PRAGMA user_version = {len(database.MIGRATIONS) + 1}")
    connection.close()
    before = place.read_bytes()
    for look in (lambda: opened(out), lambda: look_into(out)):
        with pytest.raises(InputError, match="hãy cập nhật chương trình"), look():
            pass
    assert place.read_bytes() == before


def test_an_entry_of_a_newer_program_is_left_alone(out):
    with opened(out):
        pass
    content = b'{"number": 1, "recorded": "2015-03-25T08:00:00", "operator": "an", "form": 99}'
    folder = out / "luu-tru" / vault.LOG
    folder.mkdir(parents=True)
    file = folder / f"000001-{sha256(content).hexdigest()[:16]}.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match="hãy cập nhật chương trình"), opened(out):
        pass
    assert file.read_bytes() == content


def test_an_extension_stands_beside_an_excuse_and_no_older_program_takes_it_for_one(out):
    excused = accepted(kind=DecisionKind.EXCUSED, code="", field="", given="")
    extended = replace(excused, kind=DecisionKind.EXTENDED, due=date(2015, 3, 27))
    taken_back = replace(extended, kind=DecisionKind.WITHDRAWN)
    with opened(out) as ledger:
        assert ledger.decide([excused, extended], "an", MORNING) == (excused, extended)
        assert ledger.decide([taken_back], "an", EVENING) == (taken_back,)
    (out / "so-tiep-nhan.sqlite").unlink()
    with opened(out) as ledger:
        assert standing(ledger.decisions()) == (excused,)
    log = sorted((out / "luu-tru" / vault.LOG).glob("*.json"))
    assert [json.loads(file.read_bytes())["form"] for file in log] == [2, 2]


def test_a_path_is_written_down_nowhere(out, give, tmp_path: Path):
    with opened(out) as ledger:
        ledger.admit([give("a.xlsx")], MORNING)
        ledger.record_run(run_of((1,)))
    written = [p.read_bytes() for p in out.rglob("*") if p.is_file()]
    assert not any(str(tmp_path).encode() in content for content in written)
