"""Whose a file is that is no readable form: by everything that came with it, never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.choose.attribute import attributions
from tdkt_batch.choose.choose import choose
from tdkt_batch.choose.hindrances import NO_ATTEMPT, hindrance_of
from tdkt_batch.model import Letter, Month, Source, Submission
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import Clue, Hindrance
from tdkt_batch.unit_names.within_text import NamesInText
from tdkt_batch.wording.shared import FILE_REASONS, HINDRANCES
from tdkt_batch.workbooks.read import Unread

CAMPAIGN = load_campaign()
NAMES = NamesInText(CAMPAIGN.units, CAMPAIGN.unit_aliases, CAMPAIGN.board.province)
MARCH = Month(2015, 3)
UNTIL = datetime(2015, 3, 25, 17)
NAM_LOONG, SAN_THANG = "03403", "03409"

# --- the names in a text -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xã Nậm Loỏng gửi BC", NAM_LOONG),
        ("BC phường Đông Phong", "03408"),
        ("ubnd x. Ban Bo bao cao thang 3", "03424"),
        ("Tam Đường: xã Bản Bo gửi báo cáo", "03424"),
        ("huyện Tam Đường gửi các xã", "106"),
        ("SNV báo cáo", "SNV"),
        ("Nậm Loỏng - Văn phòng", NAM_LOONG),
        ("UBND TP Lai Châu", "105"),
        ("Thị trấn Mường Tè và xã Mường Tè", ""),  # two
        ("mường tè", ""),  # a district, a town or a commune
        ("BC Tam Duong", ""),
        ("Báo cáo tỉnh Lai Châu", ""),  # the province, no town
        ("Sở, ban, ngành", ""),
        ("IMG_20150317", ""),
        ("03409 báo cáo", ""),  # a number within a text is no code
        ("", ""),
    ],
)
def test_a_text_names_one_unit_or_none(text, code):
    assert NAMES.unit_in(text) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("03409-xa-san-thang-2015-03", SAN_THANG),
        ("105 thang 3", "105"),
        ("Bao cao phuong Dong Phong", "03408"),
        ("IMG_20150317", ""),
        ("1", ""),
    ],
)
def test_a_files_name_may_begin_with_a_code(name, code):
    assert NAMES.unit_in(name, is_file_name=True) == code


def test_every_unit_is_found_by_its_own_name_and_its_superiors():
    unfound = []
    for unit in CAMPAIGN.units:
        above = CAMPAIGN.superior_of(unit)
        text = f"Báo cáo của {unit.name}" + (f", {above.name}" if above else "")
        if NAMES.unit_in(text) != unit.code:
            unfound.append(text)
    assert unfound == []


# --- whose a file is -----------------------------------------------------------------------------


def source(name, *, content="", day=18, **letter):
    return Source(
        name=name,
        sha256=content or name,
        size=1,
        modified=datetime(2015, 3, day, 9),
        container=name.rpartition("/")[0],
        letter=Letter(**letter) if letter else None,
    )


def unread(name, reason="picture", unit="", **others):
    return Reading(source=source(name, **others), unread=Unread(reason, unit=unit))


def paper(name, *figures, **others):
    found = Unread("pdf", check_figures=figures)
    return Reading(source=source(name, **others), unread=found)


def form(name, unit=NAM_LOONG, month=MARCH, check_figure="", **others):
    given = source(name, **others)
    submission = Submission(
        source=given, form="mau_01", form_version="", unit=unit, month=month, values={}, tables={},
        check_figure=check_figure,
    )  # fmt: skip
    return Reading(source=given, submission=submission)


def told(*readings):
    return [(one.unit, one.clue) for one in attributions(readings, CAMPAIGN, {})]


@pytest.mark.parametrize(
    ("reading", "clue"),
    [
        (unread("thư/xa Nam Loong.jpg"), Clue.FILE_NAME),
        (unread("thư/IMG_1.jpg", subject="Xã Nậm Loỏng gửi BC"), Clue.SUBJECT),
        (unread("105/Nậm Loỏng/IMG_1.jpg"), Clue.FOLDER),
        (unread("thư/IMG_1.jpg", sender="03403@donvi.example"), Clue.ADDRESS),
        (unread("thư/IMG_1.jpg", sender_name="UBND xã Nậm Loỏng"), Clue.SENDER),
        (unread("thư/a.xlsx", "encrypted", unit=NAM_LOONG), Clue.FORM),
    ],
)
def test_each_clue_tells_whose_a_file_is(reading, clue):
    assert told(reading) == [(NAM_LOONG, clue)]


def test_what_came_with_a_form_is_the_same_units():
    mail = {"sender": "a@b.vn", "message_id": "1"}
    assert told(form("m/bieu.xlsx", **mail), unread("m/ban ky.pdf", "pdf", **mail))[1] == (
        NAM_LOONG,
        Clue.BESIDE,
    )


def test_a_paper_is_of_the_form_whose_check_figure_it_bears():
    forms = form("a.xlsx", check_figure="482-915"), form("b.xlsx", SAN_THANG, check_figure="7-1")
    assert told(*forms, paper("IMG.pdf", "000-111", "482-915"))[2] == (NAM_LOONG, Clue.CHECK_FIGURE)
    assert told(*forms, paper("03409.pdf", "482-915"))[2] == (NAM_LOONG, Clue.CHECK_FIGURE)
    assert told(*forms, paper("IMG.pdf", "482-915", "7-1"))[2] == ("", None)
    assert told(*forms, paper("IMG.pdf", "482-916"))[2] == ("", None)


def test_what_lies_beside_a_form_is_the_same_units():
    beside = (NAM_LOONG, Clue.BESIDE)
    zipped = form("thu.zip/bieu.xlsx"), paper("thu.zip/scan.pdf")
    assert told(*zipped)[1] == beside
    assert told(*zipped, form("thu.zip/khac.xlsx", SAN_THANG))[1] == ("", None)
    assert told(loose(form("BC 1.xlsx")), loose(paper("bc 1.pdf")))[1] == beside
    assert told(loose(form("BC 1.xlsx")), loose(paper("bc 2.pdf")))[1] == ("", None)
    assert told(loose(form("a/BC 1.xlsx")), loose(paper("b/BC 1.pdf")))[1] == ("", None)


def test_what_the_board_says_of_one_file_holds_for_its_mail_but_not_against_a_files_name():
    """What it says of a neighbour is surer than the mail's sender, not than the file's own name."""
    district = {"sender": "vp58@laichau.gov.vn", "message_id": "1"}
    readings = [
        unread("m/scan.pdf", "pdf", **district),
        unread("m/xã San Thàng.pdf", "pdf", **district),
        unread("m/IMG_1.jpg", **district),
    ]
    found = attributions(readings, CAMPAIGN, {"m/scan.pdf": NAM_LOONG})
    assert [(one.unit, one.clue) for one in found] == [
        (NAM_LOONG, Clue.BOARD),
        (SAN_THANG, Clue.FILE_NAME),
        (NAM_LOONG, Clue.BOARD),
    ]


def test_mails_of_one_mailbox_without_message_ids_are_not_one_mail():
    one, other = ({"sender": sender} for sender in ("a@b.vn", "c@b.vn"))
    readings = [unread("t.mbox/scan.pdf", "pdf", **one), unread("t.mbox/IMG_1.jpg", **other)]
    found = attributions(readings, CAMPAIGN, {"t.mbox/scan.pdf": NAM_LOONG})
    assert [(one.unit, one.clue) for one in found] == [(NAM_LOONG, Clue.BOARD), ("", None)]
    beside = form("t.mbox/bieu.xlsx", **one), paper("t.mbox/khac.pdf", **other)
    assert told(*beside)[1] == ("", None)


def loose(reading):
    """A file of a folder of the office, in which all that arrives is saved."""
    source = replace(reading.source, container="")
    if reading.submission is None:
        return replace(reading, source=source)
    return replace(reading, source=source, submission=replace(reading.submission, source=source))


def test_an_address_is_known_by_the_forms_that_came_from_it():
    readings = [form("a/b.xlsx", sender="a@b.vn"), unread("c/IMG.jpg", sender="A@b.vn")]
    assert told(*readings)[1] == (NAM_LOONG, Clue.ADDRESS)
    other = form("d/b.xlsx", SAN_THANG, sender="a@b.vn")
    assert told(*readings, other)[1] == ("", None)


def test_a_copy_that_was_put_into_its_units_folder_tells_of_the_other():
    readings = [unread("IMG.jpg", content="x"), unread("03403 IMG.jpg", content="x")]
    assert told(*readings) == [(NAM_LOONG, Clue.COPY), (NAM_LOONG, Clue.FILE_NAME)]


@pytest.mark.parametrize(
    "reading",
    [
        unread("Huyện Tam Đường/IMG_1.jpg"),  # where the files of its communes lie too
        unread("thư/IMG_1.jpg", subject="bao cao", sender="vp58@laichau.gov.vn"),
        unread("thư/IMG_1.jpg", subject="Xã Nậm Loỏng và xã San Thàng"),
    ],
)
def test_what_tells_nobody_or_several_tells_nobody(reading):
    assert told(reading) == [("", None)]


def test_a_form_in_which_another_unit_is_named_is_surely_nobodys():
    assert told(unread("a.xlsx", "disputed_unit", unit=NAM_LOONG)) == [(NAM_LOONG, None)]


# --- what hinders it -----------------------------------------------------------------------------


def record(reading, until=UNTIL):
    (found,) = choose([reading], CAMPAIGN, MARCH, until).records
    return found


def test_every_reason_is_of_a_kind_with_words_and_a_remedy():
    kinds = {hindrance_of(reason) for reason in FILE_REASONS}
    assert kinds == set(Hindrance) == set(HINDRANCES)
    assert all(sent.startswith("đã gửi") for sent, _ in HINDRANCES.values())


@pytest.mark.parametrize(
    "reason", sorted(FILE_REASONS.keys() - {"duplicate", "superseded", "blank_beside"})
)
def test_whatever_its_unit_sent_is_an_attempt_but_what_a_machine_left_behind(reason):
    places = dict.fromkeys(
        ("campaign", "candidates", "cell", "form", "given", "label", "month", "named", "one",
         "other", "own", "problem", "raw", "seconds", "sheet", "unit", "wanted", "arrived", "why"), "",
    )  # fmt: skip
    reading = unread("03403.xlsx", reason)
    found = record(replace(reading, unread=Unread(reason, places)))
    assert (found.hindrance is None) == (reason in NO_ATTEMPT)
    assert (found.unit, found.is_of_nobody) == (NAM_LOONG, False)


@pytest.mark.parametrize(
    ("reading", "hindrance"),
    [
        (form("a.xlsx"), None),
        (form("a.xlsx", day=26), Hindrance.AFTER_CUT_OFF),
        (unread("a.xlsx", "damaged", day=26), Hindrance.DAMAGED),  # a late one has to be mended
        (form("a.xlsx", month=Month(2015, 2)), Hindrance.OTHER_MONTH),
        (form("a.xlsx", month=Month(2015, 2), sent=datetime(2015, 2, 18)), None),  # of its month
        (form("a.xlsx", month=Month(2015, 2), sent=datetime(2015, 4, 2)), None),
        (form("a.xlsx", month=Month(2015, 4)), Hindrance.OTHER_MONTH),
        (form("a.xlsx", month=Month(2015, 4), sent=datetime(2015, 4, 2)), None),
        (unread("ghi chu.txt", "text"), None),  # the officer's own
        (unread("m/ghi chu.txt", "text"), Hindrance.DOCUMENT),
        (unread("IMG.jpg"), Hindrance.PICTURE),
        (unread("m/lời thư.eml", "words_only"), None),  # of nobody in the register
        (unread("03403/lời thư.eml", "words_only"), Hindrance.WORDS),
    ],
)
def test_what_may_have_been_meant_as_the_months_report_is_an_attempt(reading, hindrance):
    assert record(reading).hindrance is hindrance


def test_an_attempt_of_which_nothing_tells_whose_it_is_is_of_nobody():
    assert record(unread("IMG.jpg")).is_of_nobody
    assert not record(unread("03403.jpg")).is_of_nobody
    assert not record(unread("Thumbs.db", "system_file")).is_of_nobody
    disputed = Unread("disputed_unit", {"own": "A", "named": "B", "cell": "C7"}, NAM_LOONG)
    assert record(replace(unread("a.xlsx"), unread=disputed)).is_of_nobody
