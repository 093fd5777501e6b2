"""Readings → which one counts of each unit, the state of every file, and how each unit stands."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.choose.choose import choose
from tdkt_batch.choose.states import Came, unit_states
from tdkt_batch.model import Month, Source, Submission
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import FileRecord, FileState
from tdkt_batch.values import Value
from tdkt_batch.wording.shared import FILE_REASONS, file_reason
from tdkt_batch.workbooks.read import Unread

CAMPAIGN = load_campaign()
MARCH = Month(2015, 3)
FEBRUARY = Month(2015, 2)
COMMUNE, OTHER_COMMUNE = [u.code for u in CAMPAIGN.units if u.kind == "xã"][:2]

# --- which one counts -------------------------------------------------------------------------


def reading(name, day=18, unit=COMMUNE, content=None, **said):
    """A form that was read; ``content`` stands for what is in the file."""
    source = Source(name=name, sha256=content or name, size=1, modified=datetime(2015, 3, day, 9))
    field = CAMPAIGN.form("mau_01").field("trang_thai")
    cell = Value(field=field.id, value="x", typed="x", raw="x", sheet="Báo cáo", cell="C9")
    submission = Submission(
        source=source,
        form="mau_01",
        form_version="",
        unit=unit,
        values={field.id: cell},
        tables={},
        **{"month": MARCH, **said},
    )
    return Reading(source=source, submission=submission)


def unread(name, reason, day=18, unit="", **details):
    source = Source(name=name, sha256=name, size=1, modified=datetime(2015, 3, day, 9))
    return Reading(source=source, unread=Unread(reason, details, unit))


def states(readings, until=None):
    chosen = choose(readings, CAMPAIGN, MARCH, until)
    assert len(chosen.records) == len(readings)
    return [(r.source.name, r.state.value) for r in chosen.records]


def test_the_last_of_a_units_forms_counts():
    sent = [reading("b", 19), reading("a", 17), reading("c", 18), reading("d", 17, OTHER_COMMUNE)]
    assert states(sent) == [
        ("b", "used"),
        ("a", "superseded"),
        ("c", "superseded"),
        ("d", "used"),
    ]
    chosen = choose(sent, CAMPAIGN, MARCH)
    assert set(chosen.readings) == {COMMUNE, OTHER_COMMUNE}
    assert chosen.readings[COMMUNE].source.name == "b"
    assert chosen.records[1].reason == "Đã có bản mới hơn: “b”; số liệu không khác"


def test_a_correction_does_not_make_a_unit_late_but_an_empty_form_does_not_make_it_punctual():
    empty = reading("o", 16)
    empty = replace(empty, submission=replace(empty.submission, values={}))
    sent = [empty, reading("b", 19), reading("c", 24)]
    chosen = choose(sent, CAMPAIGN, MARCH)
    assert chosen.readings[COMMUNE].source.name == "c"
    assert chosen.arrivals[COMMUNE] == datetime(2015, 3, 19, 9)


def test_of_two_at_the_same_moment_the_name_decides_whatever_the_order():
    one, other = reading("a"), reading("b")
    assert states([one, other]) == [("a", "superseded"), ("b", "used")]
    assert states([other, one]) == [("b", "used"), ("a", "superseded")]


def test_the_same_content_counts_once_from_its_first_arrival():
    sent = [reading("qua huyện", 23, content="s"), reading("trực tiếp", 18, content="s")]
    assert states(sent) == [("qua huyện", "duplicate"), ("trực tiếp", "used")]
    assert choose(sent, CAMPAIGN, MARCH).arrivals[COMMUNE] == datetime(2015, 3, 18, 9)


def test_a_form_sent_again_after_another_counts():
    sent = [
        reading("a", 16, content="cũ"),
        reading("b", 17, content="mới"),
        reading("c", 18, content="cũ"),
    ]
    assert states(sent) == [("a", "used"), ("b", "superseded"), ("c", "duplicate")]


def test_a_form_of_another_month_does_not_count():
    sent = [reading("a", month=FEBRUARY), reading("b", 1)]
    assert states(sent) == [("a", "other_month"), ("b", "used")]
    assert choose(sent, CAMPAIGN, MARCH).records[0].reason == "Báo cáo của tháng 2/2015"


def test_what_arrives_after_the_cut_off_does_not_count():
    sent = [reading("a", 18), reading("b", 26), unread("c", "damaged", 26), unread("d", "pdf", 26)]
    assert states(sent, datetime(2015, 3, 25, 17)) == [
        ("a", "used"),
        ("b", "other_month"),
        ("c", "other_month"),
        ("d", "not_a_form"),
    ]
    reason = choose(sent, CAMPAIGN, MARCH, datetime(2015, 3, 25, 17)).records[1].reason
    assert reason == "Đến 9 giờ 00 ngày 26/03/2015, sau thời điểm chốt số liệu"


def test_a_unit_outside_its_dates_is_kept_with_how_to_add_it():
    campaign = replace(
        CAMPAIGN,
        units=tuple(
            replace(u, valid_from=date(2015, 4, 1)) if u.code == COMMUNE else u
            for u in CAMPAIGN.units
        ),
    )
    (record,) = choose([reading("a")], campaign, MARCH).records
    assert record.state is FileState.QUARANTINED
    assert COMMUNE in record.reason
    assert "--register" in record.reason


def test_every_reason_has_its_sentence():
    places = dict.fromkeys(
        (
            "arrived", "campaign", "candidates", "cell", "differences", "form", "given", "label", "month", "named", "one", "other", "own",
            "name", "problem", "raw", "seconds", "sheet", "unit", "version", "wanted", "why",
        ),
        "Xã A",
    )  # fmt: skip
    assert all(file_reason(code, places)[0].isupper() for code in FILE_REASONS)


# --- how each unit stands -----------------------------------------------------------------------


def unit_state(
    *readings, campaign=CAMPAIGN, unit=COMMUNE, until=None, moment=datetime(2015, 3, 31)
):
    chosen = choose(readings, campaign, MARCH, until)
    submissions = {code: r.submission for code, r in chosen.readings.items()}
    found = unit_states(
        campaign,
        MARCH,
        Came(
            records=chosen.records,
            submissions=submissions,
            arrivals=chosen.arrivals,
            moment=moment,
        ),
    )
    assert list(found) == [u.code for u in campaign.units_in(MARCH)]
    return found[unit].value


def blank(one):
    """The same form with nothing typed in it but what was pre-filled."""
    prefilled = {
        f.id: Value(field=f.id, value="x", typed="x", raw="x", sheet="Báo cáo", cell="C9")
        for f in CAMPAIGN.form("mau_01").fields
        if f.prefill
    }
    return replace(one, submission=replace(one.submission, values=prefilled))


def test_the_day_of_the_deadline_is_in_time():
    assert CAMPAIGN.deadline("base").falls_on(MARCH, CAMPAIGN.holidays) == date(2015, 3, 20)
    assert unit_state(reading("a", 20)) == "on_time"
    assert unit_state(reading("a", 21)) == "late"


def test_a_unit_without_a_file_is_missing():
    assert unit_state() == "missing"
    assert unit_state(reading("a", 16, month=MARCH), unit=OTHER_COMMUNE) == "missing"


@pytest.mark.parametrize("reason", ["picture", "pdf", "damaged", "encrypted", "linked_attachment"])
def test_a_unit_of_which_anything_arrived_is_not_missing(reason):
    assert unit_state(unread(f"{COMMUNE}.bin", reason)) == "unusable"
    assert unit_state(reading("a", month=FEBRUARY)) == "unusable"


def test_a_form_that_came_after_the_moment_is_a_state_of_its_own():
    until = datetime(2015, 3, 25, 17)
    late, photo = reading("a", 26), unread(f"{COMMUNE}.jpg", "picture")
    assert unit_state(late, until=until) == "after_cut_off"
    assert unit_state(photo, late, until=until) == "after_cut_off"  # the nearest to a report
    assert unit_state(reading("b", 19), late, until=until) == "on_time"


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2015, 3, 19, 8), "not_yet_due"),
        (datetime(2015, 3, 20, 16, 59), "not_yet_due"),
        (datetime(2015, 3, 20, 17), "missing"),
    ],
)
def test_a_unit_is_not_missing_before_its_last_day_is_over(moment, state):
    assert unit_state(moment=moment) == state


def test_a_unit_whose_only_file_cannot_be_used_is_so():
    broken = unread("a", "damaged", unit=COMMUNE)
    assert unit_state(broken) == "unusable"
    assert unit_state(broken, reading("b", 20)) == "on_time"
    assert unit_state(broken, unit=OTHER_COMMUNE) == "missing"


def test_a_form_with_nothing_typed_is_empty():
    assert unit_state(blank(reading("a"))) == "empty"


def test_a_letter_and_signatures_say_nothing_of_a_conference():
    around = [CAMPAIGN.roles.figures[role] for role in ("document_date", "document_number", "head")]
    one = reading("a")
    values = {
        id_: Value(field=id_, value="x", typed="x", raw="x", sheet="Báo cáo", cell="C9")
        for id_ in around
    }
    signed = replace(one, submission=replace(one.submission, values=values))
    assert unit_state(signed) == "empty"


def test_an_exempt_unit_is_not_required():
    units = tuple(replace(u, exempt=u.code == COMMUNE) for u in CAMPAIGN.units)
    assert unit_state(campaign=replace(CAMPAIGN, units=units)) == "not_required"


def test_every_file_is_in_one_state():
    sent = [reading("a"), reading("b", 19), unread("c", "pdf"), unread("d", "damaged")]
    records = choose(sent, CAMPAIGN, MARCH).records
    assert [type(r) for r in records] == [FileRecord] * 4
