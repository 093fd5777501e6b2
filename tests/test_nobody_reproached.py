"""Who sent anything is never said to be silent, and what is not known is never overdue."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from month_sample import UNTIL
from nine_months import FEB, MAR
from random_months import random_month
from said_of_units import named_as_silent, pieces_of_book, pieces_of_letters
from sent_files import put
from small_province import UNITS, UnitsAtTheirForms, request_of, write_campaign

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.demo.damage import encrypted, text_document
from tdkt_batch.errors import InputError
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.ledger.store import look_into, open_ledger
from tdkt_batch.letters.write import letters_of
from tdkt_batch.model import DecisionKind
from tdkt_batch.months.run import run_month
from tdkt_batch.report import Clue, FileState, Hindrance, UnitState
from tdkt_batch.summary.workbook import build_workbook

CAMPAIGN = load_campaign()

# --- over months made up by chance ---------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_no_output_says_of_a_unit_that_sent_anything_that_it_is_silent(seed):
    report = random_month(CAMPAIGN, seed)
    silent = {one.unit.code for one in report.units if one.state is UnitState.MISSING}
    sent = [u.unit.name for u in report.units if u.unit.code not in silent]
    letters = letters_of(CAMPAIGN, report, month_figures(CAMPAIGN, report), {}, b"PK")
    book = build_workbook(CAMPAIGN, report).content
    assert named_as_silent([*pieces_of_book(book), *pieces_of_letters(letters)], sent) == []


def test_the_law_sees_who_is_silent():
    """The same search finds the silent ones, so that finding nothing above means something."""
    report = random_month(CAMPAIGN, 5)
    names = [one.unit.name for one in report.units if one.state is UnitState.MISSING]
    letters = letters_of(CAMPAIGN, report, month_figures(CAMPAIGN, report), {}, b"PK")
    book = build_workbook(CAMPAIGN, report).content
    pieces = [*pieces_of_book(book), *pieces_of_letters(letters)]
    where = {place.partition("/")[0] for place, _, _ in named_as_silent(pieces, names)}
    assert where >= {
        "Tổng hợp", "Tình hình gửi báo cáo", "Theo đơn vị", "tin-nhan", "cong-van-don-doc",
        "bao-cao-2015-03.docx", "danh-sach-goi-dien-2015-03.docx",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_a_unit_sees_no_more_findings_than_it_has_things_to_do(seed):
    for one in random_month(CAMPAIGN, seed).units:
        to_do = {(found.remedy, found.group or found.field) for found in one.findings}
        assert len(to_do) == len(one.findings), one.unit.name


@pytest.mark.parametrize("seed", range(30))
def test_only_what_a_report_says_after_the_time_was_over_is_overdue(seed):
    chance = random.Random(seed)  # noqa: S311 — chance for tests, the same each time
    report = random_month(CAMPAIGN, seed)
    units = []
    for one in report.units:
        received = UNTIL + timedelta(days=chance.randrange(-30, 60))
        earlier = one.earlier and replace(one.earlier, received=received)
        units.append(replace(one, received=one.received and received, earlier=earlier))
    report = replace(report, received_until=datetime(2015, 6, 25, 17), units=tuple(units))
    overdue = month_figures(CAMPAIGN, report).units_of("qua_thoi_gian")
    roles = CAMPAIGN.roles
    for one in report.to_date().units:
        end = CAMPAIGN.level(one.unit.level).window.end
        status = one.submission and one.submission.values[roles.status].value
        is_known = roles.stage_of(status) in ("none", "planned") if one.is_usable else False
        told_after = one.received is not None and one.received.date() > end
        assert (one.unit.code in overdue) == (is_known and told_after)


# --- over a run: one unit of each kind -----------------------------------------------------------


def mail_of(name, content, **headers):
    """Return a mail with one attachment, or with a link where there is none."""
    head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    link = '<a href="https://drive.google.com/file/d/1AbC/view">bao cao thang 3.xlsx</a>'
    if content is None:
        return f"{head}MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{link}\r\n".encode()
    part = (
        f"--B\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: 8bit\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    kind = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    return f"{head}{kind}{part}".encode() + content + b"\r\n--B--\r\n"


PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00photo"
DATE = "Tue, 17 Mar 2015 08:00:00 +0700"


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A province in which each unit sent something else; its office alone sent nothing."""
    folder = tmp_path_factory.mktemp("gui")
    campaign = write_campaign(folder / "dot", UNITS)
    units, day = UnitsAtTheirForms(campaign), datetime(2015, 3, 18, 9)
    mails = folder / "thu"
    photo = mail_of("IMG_1.jpg", PHOTO, Subject="BC phuong Quyet Thang", Date=DATE)
    put(mails / "1.eml", photo, day)
    put(mails / "BC phuong Tan Phong.docx", text_document(day), day)
    put(mails / "03388.xlsx", units.form("03388", FEB, as_of=MAR), day)
    put(mails / "DN08.xlsx", units.form("DN08", MAR), datetime(2015, 3, 25, 17, 20))
    link = mail_of("", None, From="dn11@donvi.example", Subject="bao cao", Date=DATE)
    put(mails / "2.eml", link, day)
    put(mails / "SNV.xlsx", encrypted(units.form("SNV", MAR)), day)
    return folder


@pytest.fixture(scope="module")
def done(sent, tmp_path_factory):
    out = tmp_path_factory.mktemp("ra")
    request = replace(request_of(MAR, sent / "dot", out, (sent / "thu",)), letters=True)
    return run_month(request)


def test_each_unit_stands_as_what_it_sent(done):
    assert {one.unit.code: (str(one.state), one.hindrance) for one in done.report.units} == {
        "105": ("missing", None),
        "03386": ("unusable", Hindrance.PICTURE),
        "03387": ("unusable", Hindrance.DOCUMENT),
        "03388": ("unusable", Hindrance.OTHER_MONTH),
        "DN08": ("after_cut_off", Hindrance.AFTER_CUT_OFF),
        "DN11": ("unusable", Hindrance.LINK),
        "SNV": ("unusable", Hindrance.LOCKED),
    }


def test_each_file_is_its_units_and_says_by_what(done):
    clues = {file.unit: file.clue for file in done.report.files}
    assert clues == {
        "03386": Clue.SUBJECT, "03387": Clue.FILE_NAME, "03388": Clue.FORM, "DN08": Clue.FORM,
        "DN11": Clue.ADDRESS, "SNV": Clue.FILE_NAME,
    }  # fmt: skip
    assert not done.report.of_nobody


def outputs_of(done):
    letters = {
        path.relative_to(done.letters).as_posix(): path.read_bytes()
        for path in done.letters.rglob("*")
        if path.is_file()
    }
    return [*pieces_of_book(done.workbook.read_bytes()), *pieces_of_letters(letters)]


def test_nothing_that_goes_out_calls_one_of_them_silent(done):
    campaign = load_campaign()
    sent = [campaign.unit(code).name for code in UNITS if code != "105"]
    pieces = outputs_of(done)
    assert named_as_silent(pieces, sent) == []
    assert named_as_silent(pieces, [campaign.unit("105").name]) != []


def test_a_file_of_nobody_keeps_everybody_from_being_criticised(sent, tmp_path):
    """After two silent months the office would be proposed, were there not a stray photo.

    Once the board has set that aside it is as if it had not come.
    """
    both = []
    not_used = (("IMG_2.jpg", "Ảnh hội trường"),)
    for name, stray, aside in (
        ("khong", None, ()), ("co", PHOTO + b"2", ()), ("bo", PHOTO + b"2", not_used),
    ):  # fmt: skip
        out, folder = tmp_path / name, tmp_path / f"thu-{name}"
        empty = tmp_path / f"trong-{name}"
        empty.mkdir()
        run_month(request_of(FEB, sent / "dot", out, (empty,)))
        put(folder / "DN08.xlsx", (sent / "thu" / "DN08.xlsx").read_bytes())
        if stray:
            put(folder / "IMG_2.jpg", stray)
        request = replace(request_of(MAR, sent / "dot", out, (folder,)), set_aside=aside)
        done = run_month(request)
        texts = [piece.text for piece in pieces_of_book(done.workbook.read_bytes())]
        both.append(
            (
                any("Phê bình" in text for text in texts),
                any("Chưa rõ 1 tệp là của đơn vị nào" in text for text in texts),
            )
        )
    assert both == [(True, False), (False, True), (True, False)]


def test_a_unit_whose_file_is_set_aside_has_sent_something(sent, tmp_path):
    """Its draft counts for nothing, the ledger knows both, and taking it back makes it count."""
    out, folder = tmp_path / "ra", tmp_path / "thu"
    draft = (sent / "thu" / "DN08.xlsx").read_bytes()
    put(folder / "nháp.xlsx", draft, datetime(2015, 3, 18))
    put(folder / "SNV.xlsx", (sent / "thu" / "SNV.xlsx").read_bytes(), datetime(2015, 3, 18))
    request = replace(request_of(MAR, sent / "dot", out, (folder,)), letters=True)
    first = run_month(request)
    assert unit_in(first, "DN08").submission is not None

    asked = replace(request, paths=(), set_aside=(("nháp.xlsx", "Bản nháp"),))
    second = run_month(asked)
    unit = unit_in(second, "DN08")
    assert (unit.state, unit.hindrance) == (UnitState.UNUSABLE, Hindrance.SET_ASIDE)
    assert (unit.submission, unit.silent) == (None, 0)
    (file,) = [one for one in second.report.files if one.unit == "DN08"]
    assert (file.state, file.reason) == (FileState.SET_ASIDE, "Ban không dùng: Bản nháp")
    texts = [piece.text for piece in outputs_of(second)]
    assert any("đã gửi, ban không dùng" in text.lower() for text in texts)
    assert named_as_silent(outputs_of(second), [unit.unit.name]) == []
    with look_into(out) as ledger:
        (decision,) = ledger.decisions()
        assert [arrival.source.sha256 for arrival in ledger.arrivals()].count(decision.file) == 1

    taken_back = replace(decision, kind=DecisionKind.WITHDRAWN)
    with open_ledger(out, "an", datetime(2015, 3, 26)) as ledger:
        ledger.decide([taken_back], "an", datetime(2015, 3, 26))
    (out / "so-quyet-dinh.xlsx").unlink()
    third = run_month(replace(request, paths=()))
    assert unit_in(third, "DN08").submission == unit_in(first, "DN08").submission


def test_a_name_that_no_file_bore_cannot_be_set_aside(sent, tmp_path):
    folder = tmp_path / "thu"
    put(folder / "DN08.xlsx", (sent / "thu" / "DN08.xlsx").read_bytes())
    request = request_of(MAR, sent / "dot", tmp_path / "ra", (folder,))
    with pytest.raises(InputError, match="chưa nhận tệp nào tên như vậy"):
        run_month(replace(request, set_aside=(("DN80.xlsx", "Bản nháp"),)))


def unit_in(done, code):
    return next(one for one in done.report.units if one.unit.code == code)
