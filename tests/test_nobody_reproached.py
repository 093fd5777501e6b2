"""Who sent anything is never said to be silent, and what is not known is never overdue."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from fair_to_units import (
    asked_for_twice,
    letters_about,
    overdue_though_unknown,
    silent_though_sent,
)
from month_sample import UNTIL
from nine_months import APR, FEB, MAR, MAY, MONTHS
from random_months import random_month
from said_of_units import named_as_silent, pieces_of_book, pieces_of_letters
from sent_files import put
from small_province import UNITS, UnitsAtTheirForms, notes_of, request_of, write_campaign

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.demo.damage import encrypted, text_document
from tdkt_batch.errors import InputError
from tdkt_batch.ledger.store import look_into, open_ledger
from tdkt_batch.model import DecisionKind
from tdkt_batch.months.run import run_month
from tdkt_batch.report import Clue, FileState, Hindrance, UnitState
from tdkt_batch.summary.workbook import build_workbook

CAMPAIGN = load_campaign()

# --- over months made up by chance ---------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_no_output_says_of_a_unit_that_sent_anything_that_it_is_silent(seed):
    report = random_month(CAMPAIGN, seed)
    assert silent_though_sent(CAMPAIGN, report, build_workbook(CAMPAIGN, report).content) == []


def test_the_law_sees_who_is_silent():
    """The same search finds the silent ones, so that finding nothing above means something."""
    report = random_month(CAMPAIGN, 5)
    names = [one.unit.name for one in report.units if one.state is UnitState.MISSING]
    book = build_workbook(CAMPAIGN, report).content
    pieces = [*pieces_of_book(book), *pieces_of_letters(letters_about(CAMPAIGN, report))]
    where = {place.partition("/")[0] for place, _, _ in named_as_silent(pieces, names)}
    assert where >= {
        "Tổng hợp", "Tình hình gửi báo cáo", "Theo đơn vị", "tin-nhan", "cong-van-don-doc",
        "bao-cao-2015-03.docx", "danh-sach-goi-dien-2015-03.docx",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_a_unit_sees_no_more_findings_than_it_has_things_to_do(seed):
    assert asked_for_twice(random_month(CAMPAIGN, seed)) == []


def test_the_law_sees_what_is_asked_for_twice():
    report = random_month(CAMPAIGN, 5)
    twice = tuple(replace(one, findings=one.findings * 2) for one in report.units)
    asked = [one.unit.code for one in report.units if one.findings]
    assert asked_for_twice(replace(report, units=twice)) == asked != []


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
    assert overdue_though_unknown(CAMPAIGN, report) == set()


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

    today = replace(request, paths=(), now=datetime(2026, 11, 27, 10))
    second = run_month(replace(today, set_aside=(("nháp.xlsx", "Bản nháp"),)))
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
    # what the program wrote itself it takes as it stands, whatever today's date
    again = run_month(today)
    assert (notes_of(again), again.is_unchanged) == ((), True)

    taken_back = replace(decision, kind=DecisionKind.WITHDRAWN)
    with open_ledger(out, "an", datetime(2015, 3, 26)) as ledger:
        ledger.decide([taken_back], "an", datetime(2015, 3, 26))
    (out / "so-quyet-dinh.xlsx").unlink()
    third = run_month(replace(request, paths=()))
    assert unit_in(third, "DN08").submission == unit_in(first, "DN08").submission


def known_of(result):
    """Return what is known of each unit to date: where its figures stand, and what was found."""
    return {
        one.unit.code: (
            one.submission.source.name,
            one.submission.month,
            [found.code for found in one.findings],
        )
        for one in result.report.to_date().units
        if one.submission is not None
    }


def test_what_came_after_its_month_was_made_counts_in_the_next_one(tmp_path):
    """A mended form and a first one count to date at once, the month itself as it was made."""
    units = UnitsAtTheirForms(campaign := write_campaign(tmp_path / "dot", UNITS))
    other = units.form("03387", MAR)
    put(tmp_path / "thang-3" / "03386.xlsx", units.form("03386", MAR, "A8"), datetime(2015, 3, 9))
    put(tmp_path / "thang-3" / "03387.xlsx", other, datetime(2015, 3, 9))
    put(tmp_path / "thang-4" / "03386 sua.xlsx", units.form("03386", MAR), datetime(2015, 3, 28))
    put(tmp_path / "thang-4" / "03387 gui lai.xlsx", other, datetime(2015, 3, 28))
    put(tmp_path / "thang-4" / "DN08.xlsx", units.form("DN08", APR), datetime(2015, 4, 9))
    put(tmp_path / "thang-4" / "DN11.xlsx", units.form("DN11", MAR), datetime(2015, 3, 19))
    march, april = (
        request_of(month, campaign, tmp_path / "ra", (tmp_path / folder,))
        for month, folder in ((MAR, "thang-3"), (APR, "thang-4"))
    )
    assert notes_of(run_month(march)) == ()
    result = run_month(april)
    note, waiting = notes_of(result)
    assert waiting.startswith("Có 2 trường hợp cần xem lại")
    assert note.startswith("Tháng 3/2015 có 2 biểu đến sau lần tổng hợp của tháng ấy")
    assert "Phường Quyết Thắng" in note
    never = {one.unit.code for one in result.report.units if not one.ever_reported}
    assert never == {"105", "03388", "SNV"}
    known = known_of(result)
    assert known["03386"] == ("03386 sua.xlsx", MONTHS[MAR], [])
    assert known["DN11"][:2] == ("DN11.xlsx", MONTHS[MAR])
    later = replace(march, paths=(), received_until=datetime(2015, 3, 30, 17))
    report = run_month(later).report
    assert next(u for u in report.units if u.unit.code == "03386").findings == ()
    # and the same is known where that month is made again with it
    again = run_month(replace(april, paths=()))
    assert notes_of(again) == ()
    assert known_of(again) == known


def test_a_form_of_a_month_that_was_never_made_is_known(tmp_path):
    units = UnitsAtTheirForms(campaign := write_campaign(tmp_path / "dot", UNITS))
    put(tmp_path / "gui" / "1.xlsx", units.form("03386", MAR), datetime(2015, 3, 9))
    put(tmp_path / "gui" / "2.xlsx", units.form("DN08", APR), datetime(2015, 4, 9))
    april = request_of(APR, campaign, tmp_path / "ra", (tmp_path / "gui",))
    assert known_of(run_month(april))["03386"] == ("1.xlsx", MONTHS[MAR], [])


def test_what_the_late_form_takes_back_of_the_published_one_is_asked(tmp_path):
    """What was made public with its month is not changed by way of a form that came later."""
    units = UnitsAtTheirForms(campaign := write_campaign(tmp_path / "dot", UNITS))
    held = {"ngay_cong_van": date(2015, 4, 13)}
    put(tmp_path / "3" / "1.xlsx", units.form("03386", MAR), datetime(2015, 3, 9))
    put(tmp_path / "4" / "1.xlsx", units.form("03386", MAR, tong_dai_bieu_th=103),
        datetime(2015, 3, 28))  # fmt: skip
    put(tmp_path / "4" / "2.xlsx", units.form("03386", APR, tong_dai_bieu_th=103, **held),
        datetime(2015, 4, 14))  # fmt: skip
    run_month(request_of(MAR, campaign, tmp_path / "ra", (tmp_path / "3",)))
    april = run_month(request_of(APR, campaign, tmp_path / "ra", (tmp_path / "4",)))
    assert "O5h" in {found.code for found in unit_in(april, "03386").findings}


def test_a_result_that_is_reported_again_under_a_new_letter_is_not_late(tmp_path):
    """Forms come every month: what counts is the first report of the conference."""
    units = UnitsAtTheirForms(campaign := write_campaign(tmp_path / "dot", UNITS))
    for month in (MAR, APR, MAY):
        number, folder = MONTHS[month].number, tmp_path / str(MONTHS[month])
        letter = {} if month == MAR else {"ngay_cong_van": date(2015, number, 13)}
        put(folder / "1.xlsx", units.form("03386", month, **letter), datetime(2015, number, 14))
        if month > MAR:
            first = units.form("03387", month, **letter)
            put(folder / "2.xlsx", first, datetime(2015, number, 14))
        report = run_month(request_of(month, campaign, tmp_path / "ra", (folder,))).report
    found = {one.unit.code: {f.code: f.message for f in one.findings} for one in report.units}
    assert "O5" not in found["03386"]
    assert "báo cáo kết quả ngày 13/04/2015, chậm" in found["03387"]["O5"]


def test_a_name_that_no_file_bore_cannot_be_set_aside(sent, tmp_path):
    folder = tmp_path / "thu"
    put(folder / "DN08.xlsx", (sent / "thu" / "DN08.xlsx").read_bytes())
    request = request_of(MAR, sent / "dot", tmp_path / "ra", (folder,))
    with pytest.raises(InputError, match="chưa nhận tệp nào tên như vậy"):
        run_month(replace(request, set_aside=(("DN80.xlsx", "Bản nháp"),)))
    with pytest.raises(InputError, match="chưa ghi lý do không dùng tệp"):
        run_month(replace(request, set_aside=(("DN08.xlsx", " "),)))


def unit_in(done, code):
    return next(one for one in done.report.units if one.unit.code == code)
