"""What goes out after a month: each unit told once, in words, in files that open and stay safe."""

from __future__ import annotations

import email
import html
import io
import re
import shutil
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import docx
import pytest
from docx.shared import Mm, Pt
from month_sample import MONTH, UNTIL, held, month_report, planned, unit_report
from python_calamine import CalamineWorkbook

from tdkt_batch.campaign.letters import WITHOUT_COMMON, PaperStyle
from tdkt_batch.campaign.load import BUILT_IN, DEFAULT, campaign_folder, load_campaign
from tdkt_batch.errors import CampaignError
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.letters.notices import Enclosures, written_to
from tdkt_batch.letters.outgoing import outgoing_of, stems_of
from tdkt_batch.letters.write import letters_of
from tdkt_batch.model import Decision, DecisionKind, Finding, Life, Month, Severity, Source, Unit
from tdkt_batch.report import (
    Clue,
    FileRecord,
    FileState,
    Hindrance,
    MonthRecord,
    UnitReport,
    UnitState,
)
from tdkt_batch.rules.requests_to_units import requests_to
from tdkt_batch.summary.district_book import district_books
from tdkt_batch.wording import returns
from tdkt_batch.wording.campaign import COMMON_PLACES, PLACES
from tdkt_batch.wording.shared import HINDRANCES, WITH_FRESH_FORM

DISTRICT, COMMUNES = "107", ("03433", "03436", "03439")


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


def unit(campaign, code: str) -> Unit:
    return campaign.unit(code)


def communes_of(campaign, district: str) -> list[Unit]:
    return [one for one in campaign.units if one.parent == district]


def finding(code: str, severity: Severity, **others) -> Finding:
    return Finding(
        unit="",
        month=MONTH,
        severity=severity,
        code=code,
        message=others.pop("message", f"Nội dung {code}"),
        remedy=others.pop("remedy", "Ghi lại cho đúng"),
        clause=others.pop("clause", "I.1"),
        **others,
    )


def reported(campaign, one: Unit, *findings: Finding, is_held: bool = False, **others):
    typed = (
        held(date(2015, 3, 10), 100, 80, 20) if is_held else planned(date(2015, 3, 30), 100, 80, 20)
    )
    own = tuple(replace(found, unit=one.code) for found in findings)
    report = unit_report(campaign, one, typed)
    return replace(report, findings=own, outcomes=(), **others)


def hindered(campaign, one: Unit, hindrance: Hindrance):
    """A unit of which something arrived that is not its report of the month."""
    is_late = hindrance is Hindrance.AFTER_CUT_OFF
    state = UnitState.AFTER_CUT_OFF if is_late else UnitState.UNUSABLE
    return replace(unit_report(campaign, one, state=state), hindrance=hindrance)


def written(campaign, *units: UnitReport, files=(), past=(), **enclosed):
    report = replace(month_report(units, files), past=tuple(past))
    figures = month_figures(campaign, report)
    enclosures = Enclosures(**({"workbook": b"PK"} | enclosed))
    return dict(letters_of(campaign, report, figures, enclosures))


def mail(files, part: str) -> EmailMessage:
    path = next(path for path in files if path.endswith(".eml") and part in path)
    return cast("EmailMessage", email.message_from_bytes(files[path], policy=default))


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def paper(files, part: str):
    return docx.Document(io.BytesIO(files[next(path for path in files if part in path)]))


def lines_of(document) -> list[str]:
    """All paragraphs of a paper, those in tables among them, in their order."""
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.iter(f"{W}p")]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rows_of(document, number: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


# --- who is told what ---------------------------------------------------------------------------

ACCEPTED = Decision(kind=DecisionKind.ACCEPTED, unit="", month=MONTH, reason="Có văn bản")
REFUSED = Decision(kind=DecisionKind.REFUSED, unit="", month=MONTH, reason="Thiếu văn bản")


@pytest.mark.parametrize(
    ("found", "is_held", "said"),
    [
        ([], False, "Đã nhận, không phải làm gì"),
        ([finding("A1", Severity.NOTICE)], False, "Đã nhận, không phải làm gì"),
        ([finding("A1", Severity.WARNING)], False, "Sửa hoặc giải trình"),
        ([finding("A3", Severity.VIOLATION)], False, "Hoàn thiện"),
        ([finding("A3", Severity.VIOLATION)], True, "Giải trình"),
        ([finding("R2", Severity.WARNING)], True, "Hoàn thiện"),
        ([finding("O5h", Severity.WARNING)], True, "Đính chính"),
        ([finding("A7", Severity.ARITHMETIC)], False, "Đính chính"),
        ([finding("A7", Severity.ARITHMETIC)], True, "Đính chính"),
        (
            [finding("A3", Severity.VIOLATION), finding("A7", Severity.ARITHMETIC)],
            True,
            "Đính chính",
        ),
        ([finding("DL01", Severity.READING)], False, "Đính chính"),
        ([finding("DL01", Severity.READING)], True, "Đính chính"),
        (
            [finding("A3", Severity.VIOLATION, life=Life.WAIVED, decision=ACCEPTED)],
            False,
            "Đã nhận, không phải làm gì",
        ),
        (
            [finding("A3", Severity.VIOLATION, explanation="Do mưa lũ")],
            False,
            "Đã giải trình, đang xem xét, chưa phải làm gì",
        ),
        (
            [finding("A3", Severity.VIOLATION, explanation="Do mưa lũ", decision=REFUSED)],
            False,
            "Hoàn thiện",
        ),
    ],
)
def test_a_commune_stands_below_what_is_asked_of_it_first(campaign, found, is_held, said):
    commune = communes_of(campaign, DISTRICT)[0]
    files = written(
        campaign,
        reported(campaign, unit(campaign, DISTRICT)),
        reported(campaign, commune, *found, is_held=is_held),
    )
    lines = text_of(mail(files, DISTRICT)).splitlines()
    at = next(n for n, line in enumerate(lines) if commune.name in line)
    told = lines[at] if "làm gì" in lines[at] else lines[at + 1]
    assert told.strip(" -+").partition(":")[0] == said


def test_a_district_is_told_of_each_of_its_units_exactly_once(campaign):
    first, second, third, fourth = communes_of(campaign, DISTRICT)[:4]
    quarantined = FileRecord(
        source=Source(name="gui/xa.xlsx", sha256="0" * 64, size=1, modified=UNTIL),
        state=FileState.QUARANTINED,
        code="encrypted",
        reason="Tệp có mật khẩu: đề nghị gửi lại bản không đặt mật khẩu",
        unit=third.code,
        clue=Clue.FORM,
        hindrance=Hindrance.LOCKED,
    )
    files = written(
        campaign,
        reported(campaign, unit(campaign, DISTRICT)),
        reported(campaign, first, finding("A1", Severity.VIOLATION)),
        unit_report(campaign, second),
        hindered(campaign, third, Hindrance.LOCKED),
        unit_report(campaign, fourth, state=UnitState.NOT_REQUIRED),
        files=[quarantined],
    )
    text = text_of(mail(files, DISTRICT))
    names = [first.name, second.name, third.name, fourth.name]
    assert [text.count(name) for name in names] == [1, 1, 1, 1]
    told = re.findall(r"^   - (.*?)(?:, chậm nhất ngày 01/04/2015:)?$", text, flags=re.MULTILINE)
    assert told == [
        first.name, third.name, second.name,
        "Đã nhận, không phải làm gì: Huyện Mường Tè.",
        f"Không phải báo cáo kỳ này: {fourth.name}.",
    ]  # fmt: skip
    assert (
        "       + Gửi lại: đã gửi tệp có mật khẩu hoặc bị mã hóa (tệp “xa.xlsx”: tệp có mật khẩu). "
        "Chép số liệu sang biểu kèm theo, không đặt mật khẩu, rồi gửi lại.\n"
    ) in text
    assert "của 2 trong 5 đơn vị" in text


def test_the_call_to_action_is_the_subject_and_the_first_line(campaign):
    commune = communes_of(campaign, DISTRICT)[0]
    files = written(
        campaign,
        unit_report(campaign, unit(campaign, DISTRICT)),
        reported(campaign, commune, finding("A1", Severity.VIOLATION)),
    )
    message = mail(files, DISTRICT)
    assert message["subject"] == (
        "2 việc, chậm nhất ngày 01/04/2015: 2 báo cáo tháng 3/2015 (huyện Mường Tè)"
    )
    assert text_of(message).splitlines()[0] == (
        "Đề nghị 1 đơn vị làm 1 việc trong biểu kèm theo, gửi lại chậm nhất ngày 01/04/2015. "
        "Đề nghị 1 đơn vị chưa gửi khẩn trương gửi báo cáo chậm nhất ngày 01/04/2015."
    )


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        (date(2015, 4, 23), "05/05/2015"),  # five working days: 24, 25 (worked), 27/4, 04, 05/5
        (date(2015, 4, 21), "27/04/2015"),  # ends before the holidays
        (date(2015, 4, 22), "04/05/2015"),  # would have ended on 28/4, Giỗ Tổ
        (date(2015, 2, 10), "24/02/2015"),  # over Tết, with Saturday 14/02 worked
    ],
)
def test_no_day_to_answer_by_falls_on_a_holiday(campaign, closed, said):
    asked = reported(campaign, unit(campaign, DISTRICT), finding("A5", Severity.VIOLATION))
    silent = unit_report(campaign, unit(campaign, "SNV"), state=UnitState.MISSING)
    month = month_report([asked, silent], ())
    until = datetime.combine(closed, time(17))
    month = replace(month, month=Month(2015, closed.month), received_until=until)
    files = dict(
        letters_of(campaign, month, month_figures(campaign, month), Enclosures(workbook=b"PK"))
    )
    assert f"chậm nhất ngày {said}" in text_of(mail(files, "107"))
    assert said in " ".join(lines_of(paper(files, "cong-van-don-doc/")))


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2015, 3, 24), "01/04/2015."),
        (date(2015, 4, 10), "01/04/2015 (đơn vị được gia hạn: ngày riêng, ghi ở từng đơn vị)."),
    ],
)
def test_nobody_is_to_send_again_before_the_day_that_the_board_gave(campaign, due, said):
    given = Decision(kind=DecisionKind.EXTENDED, unit="", month=MONTH, reason="Lũ", due=due)
    first, second = (
        replace(unit_report(campaign, one, state=UnitState.UNUSABLE), hindrance=Hindrance.PICTURE)
        for one in communes_of(campaign, DISTRICT)[:2]
    )
    second = replace(second, extension=given)
    own = unit_report(campaign, unit(campaign, DISTRICT), state=UnitState.NOT_REQUIRED)
    text = text_of(mail(written(campaign, own, first, second), DISTRICT))
    assert f"2 đơn vị đã gửi nhưng chưa dùng được gửi lại chậm nhất ngày {said}" in text
    days = {date(2015, 4, 1), max(due, date(2015, 4, 1))}
    found = re.findall(r"   - .*ngày (\S+):$", text, re.MULTILINE)
    assert {one.rstrip(")") for one in found} == {f"{day:%d/%m/%Y}" for day in days}
    alone = text_of(mail(written(campaign, replace(own, state=UnitState.UNUSABLE,
        hindrance=Hindrance.PICTURE, extension=given)), DISTRICT))  # fmt: skip
    assert f"chậm nhất ngày {max(days):%d/%m/%Y}." in alone


def test_a_deadline_is_the_last_day_that_counts_wherever_it_is_written():
    wording = Path(returns.__file__).read_text(encoding="utf-8")
    letters = (campaign_folder(DEFAULT) / "letters.toml").read_text(encoding="utf-8")
    said = re.findall(r"(\S+ \S+) ngày \{(?:han|han_don_doc|day)\}", wording + letters)
    assert len(said) >= 20
    assert {words for words in said if words != "chậm nhất"} == set()


def test_a_finding_is_told_in_words_with_its_remedy_life_clause_and_cell_and_no_code(campaign):
    found = finding(
        "A4",
        Severity.VIOLATION,
        message="Số đại biểu là 212, vượt mức tối đa 200 là 12 người",
        remedy="Bớt 12 người",
        life=Life.OPEN,
        since=Month(2015, 1),
        months_open=3,
        sheet="Báo cáo",
        cell="D34",
    )
    files = written(campaign, reported(campaign, unit(campaign, "DN01"), found))
    assert (
        "   1. Hoàn thiện: Số đại biểu là 212, vượt mức tối đa 200 là 12 người. Bớt 12 người. "
        "Đã nêu từ tháng 1/2015, nay là tháng thứ 3. (Căn cứ: mục I.1) "
        "[ô D34, trang “Báo cáo”]"
    ) in text_of(mail(files, "dn01")).splitlines()


def test_an_accepted_explanation_is_told_as_accepted_and_asks_for_nothing(campaign):
    found = finding("A4", Severity.VIOLATION, life=Life.WAIVED, decision=ACCEPTED)
    files = written(campaign, reported(campaign, unit(campaign, "DN01"), found))
    message = mail(files, "dn01")
    assert "Đã chấp nhận giải trình: nội dung A4." in text_of(message)
    assert message["subject"].startswith("Đã nhận báo cáo tháng 3/2015, không phải làm gì")


def test_a_value_that_is_missing_is_asked_for_at_its_cell(campaign):
    typed = planned(date(2015, 3, 10), 100, 80, 20)
    del typed["tong_dai_bieu_kh"]
    files = written(campaign, unit_report(campaign, unit(campaign, "DN01"), typed))
    message = mail(files, "dn01")
    assert "Hoàn thiện: ghi “Tổng số đại biểu (kế hoạch)” (đang để trống). [" in text_of(message)
    number = len(re.findall(r"^   \d+\. ", text_of(message), flags=re.MULTILINE))
    assert message["subject"].startswith(f"{number} việc, chậm nhất ngày 01/04/2015: báo cáo")


def test_a_cell_that_a_finding_wants_filled_is_not_asked_for_a_second_time(campaign):
    typed = planned(date(2015, 3, 10), 100, 80, 20)
    del typed["tong_dai_bieu_kh"]
    lacking = unit_report(campaign, unit(campaign, "DN01"), typed)
    wanted = finding("A3", Severity.VIOLATION, field="tong_dai_bieu_kh")
    once, more = (
        len(requests_to(campaign, replace(lacking, findings=findings)))
        for findings in ((wanted,), (replace(wanted, field="nu_kh"),))
    )
    assert more == once + 1


def test_a_value_that_could_not_be_read_is_not_asked_for_a_second_time(campaign):
    typed = planned(date(2015, 3, 10), 100, 80, 20)
    del typed["tong_dai_bieu_kh"]
    unreadable = finding("DL01", Severity.READING, field="tong_dai_bieu_kh")
    report = unit_report(campaign, unit(campaign, "DN01"), typed)
    told = [
        "“Tổng số đại biểu (kế hoạch)”"
        in text_of(mail(written(campaign, replace(report, findings=findings)), "dn01"))
        for findings in ((), (unreadable,))
    ]
    assert told == [True, False]


def test_who_is_silent_and_alone_gets_a_reminder_and_no_mail(campaign):
    files = written(campaign, unit_report(campaign, unit(campaign, "SNV")))
    assert not [path for path in files if path.startswith("thu-thong-bao/")]
    assert "cong-van-don-doc/nhom-so-ban-nganh-doan-the-tinh.docx" in files


# --- mails --------------------------------------------------------------------------------------


def test_a_mail_is_a_draft_with_the_returns_attached(campaign):
    commune, district = communes_of(campaign, DISTRICT)[0], unit(campaign, DISTRICT)
    names = ("2015-03 Huyện Mường Tè (107) đã nhận.xlsx", "03433.xlsx")
    returns = {district.code: (names[0], b"PK one"), commune.code: (names[1], b"PK two")}
    files = written(
        campaign, reported(campaign, district), reported(campaign, commune), returns=returns
    )
    message = mail(files, DISTRICT)
    assert message["X-Unsent"] == "1"
    assert message["To"] == district.email
    assert message["Date"] == "Wed, 25 Mar 2015 17:00:00 +0700"
    attached = [(a.get_filename(), a.get_content()) for a in message.iter_attachments()]
    assert attached == [
        ("2015-03-huyen-muong-te-107-da-nhan.xlsx", b"PK one"),
        ("03433.xlsx", b"PK two"),
    ]
    page = message.get_body(("html",))
    assert page is not None
    assert commune.name in page.get_content()


def test_a_mail_names_what_goes_with_it_the_book_of_the_district_first(campaign):
    commune, district = communes_of(campaign, DISTRICT)[0], unit(campaign, DISTRICT)
    files = written(
        campaign,
        reported(campaign, district),
        reported(campaign, commune, finding("A3", Severity.VIOLATION)),
        returns={commune.code: ("03433.xlsx", b"PK two")},
        books={DISTRICT: ("2015-03 Sổ của Huyện Mường Tè (107).xlsx", b"PK book")},
    )
    message = mail(files, DISTRICT)
    attached = [(a.get_filename(), a.get_content()) for a in message.iter_attachments()]
    book = "2015-03-so-cua-huyen-muong-te-107.xlsx"
    assert attached == [(book, b"PK book"), ("03433.xlsx", b"PK two")]
    lines = text_of(message).splitlines()
    at = lines.index("Tệp kèm theo:")
    assert lines[at + 1 : at + 3] == [
        f"   - {book}: sổ tình hình, nội dung rà soát và số liệu của các đơn vị",
        f"   - 03433.xlsx: biểu của {commune.name} (1 việc)",
    ]
    assert "Ủy ban nhân dân huyện Mường Tè kiểm tra" in text_of(message)


def test_a_districts_book_tells_what_letter_and_return_tell(campaign):
    """No rule by its code, one remedy a cause, and what is only noticed as a hint."""
    commune, other = communes_of(campaign, DISTRICT)[:2]
    waits = "Ghi “6O”; vì vậy chưa rà soát được 1 căn cứ"
    told = reported(
        campaign,
        commune,
        finding("DL19", Severity.READING, message=waits, remedy="Gọi hỏi đơn vị"),
        finding("A3", Severity.NOTICE, remedy="Xem lại ngày"),
    )
    lacking = unit_report(campaign, other, planned(date(2015, 3, 30), 100, 80, None))
    report = month_report([unit_report(campaign, unit(campaign, DISTRICT)), told, lacking])
    (book,) = district_books(campaign, report, month_figures(campaign, report), {DISTRICT})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    rows = rows.get_sheet_by_name("Nội dung cần xem xét").to_python()
    heads = next(row for row in rows if "Nội dung" in row)
    assert "Mã căn cứ" not in heads
    at, remedy = heads.index("Nội dung"), heads.index("Cách hoàn thiện")
    said = {row[at]: row[remedy] for row in rows[rows.index(heads) + 1 :] if row[0]}
    assert said[waits] == ("Ghi lại một nội dung đúng vào ô này")
    assert said["Nội dung A3"] == "Gợi ý: xem lại ngày"
    lacks = [text for text in said if " nên chưa rà soát được " in text]
    assert lacks
    codes = set(campaign.rule_by_id)
    assert not [text for text in said if codes & set(re.findall(r"\w+", text)) - {"A3"}]


def test_only_who_is_written_to_gets_a_book(campaign):
    report = month_report([
        unit_report(campaign, unit(campaign, DISTRICT)),
        *(unit_report(campaign, one) for one in communes_of(campaign, DISTRICT)),
        unit_report(campaign, unit(campaign, "106")),
        *(reported(campaign, one) for one in communes_of(campaign, "106")),
    ])  # fmt: skip
    figures = month_figures(campaign, report)
    to = [hub.unit.code for hub in written_to(outgoing_of(campaign, report, figures))]
    assert to == ["106"]
    assert [one.unit.code for one in district_books(campaign, report, figures, to)] == to


@pytest.mark.parametrize(
    ("examined", "said"),
    [
        (2, "báo cáo tháng 3/2015 của 2 trong 16 đơn vị (huyện Mường Tè và các"),
        (
            0,
            "chưa rà soát được báo cáo tháng 3/2015 của đơn vị nào trong 16 đơn vị (huyện Mường Tè",
        ),
    ],
)
def test_a_districts_mail_says_of_how_many_a_report_was_examined(campaign, examined, said):
    own = unit_report(campaign, unit(campaign, DISTRICT))
    below = communes_of(campaign, DISTRICT)[:15]
    units = [reported(campaign, one) for one in below[:examined]]
    units += [hindered(campaign, one, Hindrance.LOCKED) for one in below[examined:6]]
    units += [unit_report(campaign, one) for one in below[6:]]
    number = 1 + len(below)
    text = text_of(mail(written(campaign, own, *units), DISTRICT))
    assert said.replace("16", str(number)) in text
    assert "giao bộ phận phụ trách" in text


def test_the_table_of_a_mail_has_unit_work_cell_and_day(campaign):
    commune = communes_of(campaign, DISTRICT)[0]
    found = finding("A3", Severity.VIOLATION, sheet="Báo cáo", cell="C19")
    files = written(
        campaign,
        reported(campaign, unit(campaign, DISTRICT)),
        reported(campaign, commune, found),
    )
    page = mail(files, DISTRICT).get_body(("html",)).get_content()
    assert re.findall(r"<th [^>]*>(.*?)</th>", page) == ["Đơn vị", "Việc", "Ô", "Chậm nhất ngày"]
    assert re.findall(r"<td [^>]*>(.*?)</td>", page) == [
        commune.name,
        "Hoàn thiện: Nội dung A3. Ghi lại cho đúng. (Căn cứ: mục I.1)",
        "ô C19, trang “Báo cáo”",
        "01/04/2015",
    ]


def test_a_letter_reads_the_same_as_a_page_and_as_text_on_any_width(campaign):
    """Type of 11 points and more, columns in per cent of the window, nothing on one side only."""
    own = reported(campaign, unit(campaign, DISTRICT), finding("A1", Severity.WARNING))
    first, second, third, *_ = communes_of(campaign, DISTRICT)
    files = written(
        campaign,
        own,
        reported(campaign, first, *(finding(code, Severity.VIOLATION) for code in ("A3", "A4"))),
        hindered(campaign, second, Hindrance.LOCKED),
        unit_report(campaign, third),
        reported(campaign, unit(campaign, "DN01"), finding("A5", Severity.READING)),
    )
    for to in (DISTRICT, "dn01"):
        message = mail(files, to)
        page, text = message.get_body(("html",)).get_content(), text_of(message)
        cells = [one for one in re.findall(r"<td[^>]*>(.*?)</td>", page) if one not in {"", "–"}]
        told = re.findall(r"<(?:p|li)>(?:<b>)?(.*?)(?:</b>)?</(?:p|li)>", page)
        missing = [one for one in (*cells, *told) if html.unescape(one) not in text]
        assert missing == []
        plain_page = html.unescape(re.sub(r"<[^>]*>", " ", page))
        words, said = (
            {word.strip(",.:[]").casefold() for word in one.split()} for one in (text, plain_page)
        )
        assert words - said <= {"", "-", "+", *map(str, range(1, 10))}
        assert min(map(float, re.findall(r"font-size:([\d.]+)pt", page))) >= 11
        assert "width=device-width" in page
        assert sum(map(int, re.findall(r'<th width="(\d+)%"', page))) == 100
        assert len(message["subject"]) < 120
        assert unicodedata.is_normalized("NFC", message["subject"])


def test_who_has_nobodys_form_but_its_own_passes_none_on(campaign):
    own = reported(campaign, unit(campaign, DISTRICT), finding("A1", Severity.WARNING))
    clean = reported(campaign, communes_of(campaign, DISTRICT)[0])
    assert "giao bộ phận phụ trách" not in text_of(mail(written(campaign, own, clean), DISTRICT))


def test_no_space_of_a_subject_is_lost_where_the_line_is_folded(campaign):
    """The library's own folding loses those that stand between two encoded words."""
    files = written(
        campaign,
        *(reported(campaign, one, finding("A1", Severity.WARNING)) for one in campaign.units[:120]),
    )
    mails = [path for path in files if path.endswith(".eml") and path.startswith("thu-thong-bao")]
    subjects = [email.message_from_bytes(files[path], policy=default)["subject"] for path in mails]
    assert len(subjects) > 8
    assert all(re.search(r"chậm nhất ngày \d\d/\d\d/2015: \S", one) for one in subjects)


@pytest.mark.parametrize(
    ("then", "now", "is_thanked"),
    [
        ([], {}, True),
        ([finding("A1", Severity.NOTICE)], {}, True),
        ([finding("A1", Severity.WARNING)], {}, False),
        ([], {"state": UnitState.LATE}, False),
        ([], {"findings": (finding("A1", Severity.WARNING),)}, False),
        ([], {"gone": (finding("A1", Severity.WARNING),)}, False),
        (None, {}, False),
    ],
)
@pytest.mark.parametrize("code", ["DN01", "03433"])
def test_who_was_clean_for_two_months_is_thanked(campaign, then, now, is_thanked, code):
    """Also who is so below a district; not who only mended what was found before."""
    one = unit(campaign, code)
    before = None
    if then is not None:
        earlier = reported(campaign, one, *then)
        submission = replace(earlier.submission, month=MONTH.previous)
        before = replace(earlier, submission=submission)
    report = replace(reported(campaign, one), earlier=before, **now)
    files = written(campaign, unit_report(campaign, unit(campaign, DISTRICT)), report)
    text = text_of(mail(files, DISTRICT if one.parent else "dn01"))
    assert ("hai tháng liền" in text) is is_thanked


def test_a_mail_that_would_be_too_large_is_split_and_says_so(campaign):
    limits = replace(campaign.letters.limits, attachments_megabytes=1)
    small = replace(campaign, letters=replace(campaign.letters, limits=limits))
    units = [unit(small, DISTRICT), *communes_of(small, DISTRICT)[:3]]
    returns = {one.code: (f"{one.code}.xlsx", bytes(360_000)) for one in units}
    files = written(small, *(reported(small, one) for one in units), returns=returns)
    paths = [path for path in files if path.startswith("thu-thong-bao/")]
    assert len(paths) == 2
    sent = []
    for number, path in enumerate(paths, start=1):
        message = email.message_from_bytes(files[path], policy=default)
        assert message["subject"].endswith(f"({number}/2)")
        assert f"Thư {number}/2" in text_of(message)
        sent += [a.get_filename() for a in message.iter_attachments()]
        assert len(files[path]) < 1_100_000
    assert sent == [name for name, _ in returns.values()]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "chưa có địa chỉ"),
        ("xa@tinh.vn\r\nBcc: ke.xau@noi.khac", "địa chỉ ghi sai"),
        ("không có", "địa chỉ ghi sai"),
        ("xa@", "địa chỉ ghi sai"),
        ("xa@tỉnh.vn", "địa chỉ ghi sai"),
    ],
)
def test_a_unit_without_a_usable_address_is_listed_and_its_mail_has_no_recipient(
    campaign, address, why
):
    one = replace(unit(campaign, "DN01"), email=address)
    files = written(campaign, reported(campaign, one))
    message = mail(files, "dn01")
    assert "To" not in message
    assert "Bcc" not in message
    listed = files["don-vi-chua-co-dia-chi.txt"].decode("utf-8-sig")
    assert why in listed
    assert "DN01" in listed


def test_no_list_of_missing_addresses_when_all_have_one(campaign):
    files = written(campaign, reported(campaign, unit(campaign, "DN01")))
    assert "don-vi-chua-co-dia-chi.txt" not in files


def test_several_addresses_are_all_recipients(campaign):
    one = replace(unit(campaign, "DN01"), email="a@tinh.vn; b@tinh.vn")
    files = written(campaign, reported(campaign, one))
    assert mail(files, "dn01")["To"] == "a@tinh.vn, b@tinh.vn"


# --- the silent ---------------------------------------------------------------------------------


def test_the_call_list_begins_with_the_longest_silent(campaign):
    first, second, third = communes_of(campaign, DISTRICT)[:3]
    files = written(
        campaign,
        reported(campaign, unit(campaign, DISTRICT)),
        replace(unit_report(campaign, first), silent=1),
        replace(unit_report(campaign, second), silent=5),
        unit_report(campaign, third, state=UnitState.EMPTY),
    )
    rows = rows_of(paper(files, "danh-sach-goi-dien"), 0)
    assert [row[1] for row in rows[1:]] == [second.name, first.name, third.name]
    assert rows[1][2:5] == ["Huyện Mường Tè", "", second.phone]
    assert [row[5] for row in rows[1:]] == [
        "Chưa gửi, tháng thứ 5 liền, chưa từng có báo cáo dùng được",
        "Chưa gửi",
        "Đã gửi biểu trống; đề nghị điền đủ rồi gửi lại",
    ]


def test_a_unit_without_a_number_is_called_by_the_one_in_its_last_form(campaign):
    one = replace(communes_of(campaign, DISTRICT)[0], phone="", contact="")
    earlier = unit_report(campaign, one, {"nguoi_lap": "Lò Văn Páo", "dien_thoai": "0231 111"})
    files = written(campaign, replace(unit_report(campaign, one), earlier=earlier, silent=2))
    rows = rows_of(paper(files, "danh-sach-goi-dien"), 0)
    assert rows[1][3:6] == ["Lò Văn Páo", "0231 111", "Chưa gửi, tháng thứ 2 liền"]


def test_the_call_list_says_when_there_is_nobody_to_call(campaign):
    files = written(campaign, reported(campaign, unit(campaign, "DN01")))
    assert any("không còn đơn vị nào" in line for line in lines_of(paper(files, "goi-dien")))


def test_a_district_gets_one_reminder_with_its_list_and_its_communes_none(campaign):
    communes = communes_of(campaign, DISTRICT)[:3]
    files = written(
        campaign,
        unit_report(campaign, unit(campaign, DISTRICT)),
        *(unit_report(campaign, one) for one in communes),
    )
    assert [path for path in files if path.startswith("cong-van")] == [
        "cong-van-don-doc/107-huyen-muong-te.docx"
    ]
    document = paper(files, "cong-van")
    lines = lines_of(document)
    assert "Kính gửi: Ủy ban nhân dân huyện Mường Tè" in lines
    assert any(
        "trong 4 đơn vị của huyện Mường Tè có 4 đơn vị chưa gửi báo cáo" in line for line in lines
    )
    assert any("Trong số này có báo cáo của huyện Mường Tè." in line for line in lines)
    assert any(line.endswith("./.") for line in lines)
    listed = [row[1] for row in rows_of(document, -1)[1:]]
    assert listed == ["Huyện Mường Tè", *(one.name for one in communes)]


def test_a_reminder_cites_the_deadlines_of_those_it_urges(campaign):
    files = written(
        campaign,
        unit_report(campaign, unit(campaign, DISTRICT)),
        unit_report(campaign, communes_of(campaign, DISTRICT)[0]),
    )
    text = "\n".join(lines_of(paper(files, "cong-van")))
    assert "20/03/2015 (Cấp xã và các doanh nghiệp)" in text
    assert "25/03/2015 (Cấp huyện, thành phố, cấp ngành của tỉnh)" in text


@pytest.mark.parametrize(
    ("codes", "addressed"),
    [
        (["SNV"], ["Kính gửi: Sở Nội vụ"]),
        (["SNV", "STP"], ["Kính gửi:", "- Sở Nội vụ;", "- Sở Tư pháp."]),
        (
            ["SNV", "STP", "STC", "SCT", "SXD", "SYT"],
            ["Kính gửi: Sở, ban, ngành, đoàn thể tỉnh (có danh sách kèm theo)"],
        ),
    ],
)
def test_departments_are_reminded_by_one_letter_by_name_or_by_a_list(campaign, codes, addressed):
    files = written(campaign, *(unit_report(campaign, unit(campaign, code)) for code in codes))
    lines = lines_of(paper(files, "cong-van"))
    start = lines.index(addressed[0])
    assert lines[start : start + len(addressed)] == addressed
    title = "DANH SÁCH ĐƠN VỊ ĐƯỢC ĐỀ NGHỊ GỬI, GỬI LẠI BÁO CÁO THÁNG 3/2015"
    assert (title in lines) is (len(codes) > 1)


def test_a_message_is_short_and_names_all_who_are_silent(campaign):
    communes = communes_of(campaign, DISTRICT)
    files = written(
        campaign,
        reported(campaign, unit(campaign, DISTRICT)),
        *(replace(unit_report(campaign, one), silent=2) for one in communes),
    )
    content = files["tin-nhan/107-huyen-muong-te.txt"]
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    listed = [line for line in lines if line.startswith("- ")]
    assert listed == [
        f"- {one.name} (chưa gửi, tháng thứ 2 liền, chưa từng có báo cáo dùng được)"
        for one in communes
    ]
    said = [line for line in lines if line and not line.startswith("- ")]
    assert len("\n".join(said)) <= 500
    assert "14 đơn vị chưa gửi báo cáo trong 15 đơn vị" in said[0]


@pytest.mark.parametrize("hindrance", list(Hindrance))
def test_who_sent_something_is_told_what_it_was_and_never_that_it_sent_nothing(campaign, hindrance):
    commune, district = communes_of(campaign, DISTRICT)[0], unit(campaign, DISTRICT)
    sent, remedy = HINDRANCES[hindrance]
    file = FileRecord(
        source=Source(name="gui/a.bin", sha256="0" * 64, size=1, modified=UNTIL),
        state=FileState.QUARANTINED,
        reason="Lý do",
        unit=commune.code,
        clue=Clue.SUBJECT,
        hindrance=hindrance,
    )
    files = written(
        campaign, reported(campaign, district), hindered(campaign, commune, hindrance), files=[file]
    )
    told = text_of(mail(files, DISTRICT))
    says = {path: said(files, path) for path in files}
    of_units = {path: without_figures(campaign, text) for path, text in says.items()}
    assert not [path for path, text in of_units.items() if SILENT.search(text)]
    urging = {path for path in files if path.startswith(("tin-nhan/", "cong-van"))}
    if hindrance is Hindrance.AFTER_CUT_OFF:  # who has nothing to do is not urged
        assert not urging
        assert f"không phải gửi lại: {commune.name}." in told
        return
    assert f"{sent} (tệp “a.bin”: " in told
    assert f". {WITH_FRESH_FORM[hindrance][:10].capitalize()}" in told
    assert len(urging) == 2
    for path in (*urging, "danh-sach-goi-dien-2015-03.docx"):
        assert sent in says[path].replace("Đã gửi", "đã gửi"), path
        assert remedy in says[path], path
    assert f"Đơn vị đã gửi nhưng chưa dùng được, {sent} (1)" in says["bao-cao-2015-03.docx"]


SILENT = re.compile(
    r"[Cc]hưa (từng )?(gửi|báo cáo)|CHƯA CÓ BÁO CÁO|[Kk]hông (có|gửi) báo cáo|phê bình"
)
"""How a unit is said to have sent nothing, or is criticised for it."""


def without_figures(campaign, text):
    """Return a text without the names of figures, which speak of the province."""
    for figure in campaign.figures.all:
        text = text.replace(figure.label, "")
    return text


def said(files, path: str) -> str:
    """Return what a file says, but the heads of its tables."""
    if path.endswith(".txt"):
        return files[path].decode("utf-8-sig")
    if path.endswith(".eml"):
        message = email.message_from_bytes(files[path], policy=default)
        return f"{message['subject']}\n{text_of(message)}"
    heads = {cell.text for table in paper(files, path).tables for cell in table.rows[0].cells}
    return "\n".join(line for line in lines_of(paper(files, path)) if line not in heads)


def test_while_a_file_is_of_nobody_the_report_says_so_and_proposes_nobody(campaign):
    silent = replace(unit_report(campaign, unit(campaign, "SNV")), silent=3)
    stray = FileRecord(
        source=Source(name="IMG_1.jpg", sha256="0" * 64, size=1, modified=UNTIL),
        state=FileState.NOT_A_FORM,
        reason="Tệp ảnh",
        hindrance=Hindrance.PICTURE,
    )
    alone = said(written(campaign, silent), "bao-cao-2015-03.docx")
    assert "Phê bình, yêu cầu báo cáo đối với 1 đơn vị" in alone
    assert "chưa rõ là của đơn vị nào" not in alone
    beside = said(written(campaign, silent, files=[stray]), "bao-cao-2015-03.docx")
    assert "Phê bình" not in beside
    assert "Có 1 tệp của tháng chưa rõ là của đơn vị nào" in beside
    assert "tháng liền trở lên" not in beside


@pytest.mark.parametrize(("perhaps_sent", "is_named"), [(0, True), (1, True), (2, False)])
@pytest.mark.parametrize("ever", [True, False])
def test_long_silent_is_only_who_is_so_by_months_without_a_file_of_nobody(
    campaign, perhaps_sent, is_named, ever
):
    own = unit(campaign, "SNV")
    earlier = reported(campaign, own, is_held=True) if ever else None
    silent = replace(
        unit_report(campaign, own), silent=3, perhaps_sent=perhaps_sent, earlier=earlier
    )
    told = said(written(campaign, silent), "bao-cao-2015-03.docx")
    words = "Đã từng báo cáo nhưng không" if ever else "Chưa từng báo cáo và không"
    assert (f"{words} gửi báo cáo từ 2 tháng liền trở lên (1): Sở Nội vụ" in told) is is_named
    assert ("Phê bình" in told) is is_named


# --- the report ---------------------------------------------------------------------------------


def test_the_report_answers_first_and_marks_what_is_provisional(campaign):
    one, two = communes_of(campaign, DISTRICT)[:2]
    files = written(campaign, reported(campaign, one, is_held=True), unit_report(campaign, two))
    lines = lines_of(paper(files, "bao-cao"))
    assert any("1/2 đơn vị, đạt 50%, số liệu tạm tính) như sau:" in line for line in lines)
    assert (
        "Đến 17 giờ 00 ngày 25/03/2015: đơn vị đã gửi báo cáo dùng được 1/2 (50%); "
        "chưa gửi báo cáo 1/2 (50%)."
    ) in lines
    assert (
        "- Xã, phường, thị trấn: hội nghị đã tổ chức 1/2 (50%), trong tháng 1 "
        "(trong 2 phải tổ chức; 1 chưa rõ)."
    ) in lines
    assert f"Đơn vị chưa gửi (1): huyện Mường Tè: xã {two.name[3:]}." in lines


def test_very_many_silent_units_are_counted_by_group_and_not_named(campaign):
    communes = [one for one in campaign.units if one.kind == "xã"]
    files = written(
        campaign,
        *(unit_report(campaign, one) for one in communes),
        unit_report(campaign, unit(campaign, "DN01")),
    )
    assert (
        f"Đơn vị chưa gửi ({len(communes) + 1}): {len(communes)} xã, phường, thị trấn, "
        "1 doanh nghiệp; tên từng đơn vị: biểu kèm theo, tệp tong-hop-2015-03.xlsx."
    ) in lines_of(paper(files, "bao-cao"))


def test_a_report_of_all_units_is_not_provisional(campaign):
    files = written(campaign, reported(campaign, communes_of(campaign, DISTRICT)[0]))
    assert not any("tạm tính" in line for line in lines_of(paper(files, "bao-cao")))


def test_the_report_compares_with_the_last_run(campaign):
    one, two = communes_of(campaign, DISTRICT)[:2]
    before = MonthRecord(
        month=Month(2015, 2),
        received_until=UNTIL,
        campaign="",
        states={},
        used={},
        findings=tuple(
            replace(finding(code, Severity.VIOLATION), unit=one.code) for code in ("A1", "A2")
        ),
        decided={},
        amounts={
            "phai_gui": {one.code: 1, two.code: 1},
            "da_gui": {one.code: 1},
            "phai_to_chuc": {one.code: 1, two.code: 1},
            "da_to_chuc": {two.code: 1},
            "dai_bieu": {one.code: 77},
        },
    )
    files = written(
        campaign,
        reported(campaign, one, finding("A1", Severity.VIOLATION), is_held=True),
        reported(campaign, two),
        past=[before],
    )
    document = paper(files, "bao-cao")
    tables = [rows_of(document, number) for number in range(len(document.tables))]
    months = next(rows for rows in tables if rows[0][0] == "Tháng")
    assert months == [
        ["Tháng", "Dùng được", "Đã tổ chức (trong tháng)", "Đã tổ chức"],
        ["2/2015", "1/2 (50%)", "1", "1/2 (50%)"],
        ["3/2015", "2/2 (100%)", "0", "1/2 (50%)"],
    ]
    (people,) = (row for rows in tables for row in rows if row[0] == "Tổng số đại biểu")
    assert people == ["Tổng số đại biểu", "200", "23", "100", "", "77", "điều chỉnh +23"]
    lives = next(rows for rows in tables if rows[0][-1] == "Chấp nhận giải trình")
    assert lives[1] == ["Nội dung chưa đúng Hướng dẫn", "1", "0", "0", "1", "2", "0", "1", "0"]


def test_waived_findings_count_apart_in_the_report(campaign):
    found = finding("A4", Severity.VIOLATION, life=Life.WAIVED, decision=ACCEPTED)
    files = written(campaign, reported(campaign, unit(campaign, "DN01"), found))
    text = "\n".join(lines_of(paper(files, "bao-cao")))
    assert "đã chấp nhận giải trình (tính riêng) 1 (ở 1 đơn vị)" in text
    assert "nội dung chưa đúng Hướng dẫn 1" not in text
    assert "Kỳ này không có nội dung phải xin ý kiến chỉ đạo." in text


def test_the_same_request_stands_once_with_all_who_make_it(campaign):
    one, two = communes_of(campaign, DISTRICT)[1:3]
    day = date(2015, 3, 10)
    typed = planned(day, 100, 80, 20, kien_nghi="Đề nghị cấp kinh phí")
    files = written(campaign, unit_report(campaign, one, typed), unit_report(campaign, two, typed))
    lines = lines_of(paper(files, "bao-cao"))
    first, second = (f"xã {each.name[3:]}" for each in (one, two))
    assert f"- Đề nghị cấp kinh phí (huyện Mường Tè: {first}, {second})." in lines
    assert any("kiến nghị của 2 đơn vị" in line for line in lines)


def test_a_finding_that_half_of_the_units_share_is_called_common(campaign):
    found = finding("A4", Severity.VIOLATION)
    for with_it, without, is_common in ((5, 5, True), (5, 6, False)):
        units = communes_of(campaign, "108")[: with_it + without]
        reports = [reported(campaign, one, found) for one in units[:with_it]]
        reports += [reported(campaign, one) for one in units[with_it:]]
        text = "\n".join(lines_of(paper(written(campaign, *reports), "bao-cao")))
        assert ("Sai sót phổ biến" in text) is is_common
        assert ("1 sai sót phổ biến" in text) is is_common


def test_only_units_with_several_findings_stand_among_those_with_most(campaign):
    one, two = (finding(code, Severity.WARNING) for code in ("A4", "A5"))
    first, second = communes_of(campaign, DISTRICT)[:2]
    for of_first, names in (((one, two), [first.name]), ((one,), [])):
        units = [reported(campaign, first, *of_first), reported(campaign, second, two)]
        document = paper(written(campaign, *units), "bao-cao")
        tables = [rows_of(document, number) for number in range(len(document.tables))]
        most = [row[1] for rows in tables if "Số tháng lâu nhất" in rows[0] for row in rows[1:]]
        assert most == names
        told = any("Đơn vị có nhiều nội dung nhất" in line for line in lines_of(document))
        assert told is bool(names)


def test_report_slip_and_workbook_go_up_for_signature_together(campaign):
    files = written(campaign, reported(campaign, unit(campaign, "DN01")), workbook=b"PK bieu")
    attached = {
        a.get_filename(): a.get_content() for a in mail(files, "trinh-ky").iter_attachments()
    }
    assert attached == {
        "bao-cao-2015-03.docx": files["bao-cao-2015-03.docx"],
        "phieu-trinh-2015-03.docx": files["phieu-trinh-2015-03.docx"],
        "tong-hop-2015-03.xlsx": b"PK bieu",
    }
    slip = lines_of(paper(files, "phieu-trinh"))
    numbered = [line for line in slip if re.match(r"\d\. ", line)]
    # what leadership is asked nothing of is not numbered
    assert numbered[1:] == ["2. Kỳ này không có nội dung phải xin ý kiến chỉ đạo."]
    assert "0 nội dung" not in text_of(mail(files, "trinh-ky"))


def test_the_slip_numbers_what_leadership_is_asked(campaign):
    one = unit(campaign, "DN01")
    asked = finding("A4", Severity.WARNING, explanation="Thiếu hội trường")
    files = written(campaign, reported(campaign, one, asked))
    slip = lines_of(paper(files, "phieu-trinh"))
    assert "2. Xin ý kiến chỉ đạo 1 nội dung nêu tại mục II của Báo cáo." in slip


def test_letters_say_how_the_board_is_reached(campaign):
    """The address stands beside the telephone, once the office has set one."""
    one = unit(campaign, "DN01")
    text = text_of(mail(written(campaign, reported(campaign, one)), "thu-thong-bao"))
    assert "xin liên hệ Ban Thi đua - Khen thưởng, điện thoại 0000 000 000.\n" in text
    office = replace(campaign.letters.office, email="btdkt@laichau.gov.vn")
    campaign = replace(campaign, letters=replace(campaign.letters, office=office))
    text = text_of(mail(written(campaign, reported(campaign, one)), "thu-thong-bao"))
    assert "điện thoại 0000 000 000, thư điện tử btdkt@laichau.gov.vn.\n" in text


def test_whose_file_is_set_aside_is_told_why(campaign):
    """In the mail, in the official letter, in the call list: in the board's own words."""
    one = hindered(campaign, unit(campaign, "DN01"), Hindrance.SET_ASIDE)
    draft = FileRecord(
        source=Source(name="nháp.xlsx", sha256="a" * 64, size=1, modified=UNTIL),
        state=FileState.SET_ASIDE,
        reason="Ban không dùng: Bản nháp",
        unit="DN01",
        hindrance=Hindrance.SET_ASIDE,
    )
    files = written(campaign, one, files=[draft])
    assert "đã gửi, Ban không dùng (tệp “nháp.xlsx”: Bản nháp). " in text_of(
        mail(files, "thu-thong-bao")
    )
    for part in ("cong-van-don-doc", "danh-sach-goi-dien"):
        text = " ".join(lines_of(paper(files, part)))
        assert "ã gửi, Ban không dùng: Bản nháp" in text, part


# --- how papers look ----------------------------------------------------------------------------


def in_style(campaign, style: PaperStyle):
    return replace(campaign, letters=replace(campaign.letters, style=style))


@pytest.mark.parametrize("style", list(PaperStyle))
def test_a_paper_is_laid_out_as_the_regulation_has_it(campaign, style):
    files = written(in_style(campaign, style), reported(campaign, unit(campaign, "DN01")))
    document = paper(files, "bao-cao")
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert 20 <= round(section.top_margin / Mm(1)) <= 25
    assert 20 <= round(section.bottom_margin / Mm(1)) <= 25
    assert 30 <= round(section.left_margin / Mm(1)) <= 35
    assert 15 <= round(section.right_margin / Mm(1)) <= 20
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(14))
    lines = lines_of(document)
    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "BAN THI ĐUA - KHEN THƯỞNG", "Số:         /BC-BTĐKT",
        "Lai Châu, ngày        tháng 3 năm 2015", "BÁO CÁO", "Nơi nhận:", "TRƯỞNG BAN",
        "- Lưu: VT, NV.",
    ):  # fmt: skip
        assert line in lines
    numbered = section.header if style is PaperStyle.DECREE_2020 else section.footer
    other = section.footer if style is PaperStyle.DECREE_2020 else section.header
    assert "PAGE" in numbered.part.element.xml
    assert "PAGE" not in other.part.element.xml
    assert section.different_first_page_header_footer


# --- same bytes, safe files ---------------------------------------------------------------------

HOSTILE = (
    "=1+1\r\nBcc: ke.xau@noi.khac\r\n\r\n<script>x</script>&amp;]]>"
    "\x00\x01\x0b\x1f\x7f\ud800\udfff\ufffe\u202e\u2066\u200b\u2028\u0085 {thang} {0} %s \\ / :"
)


def hostile_month(campaign):
    district = replace(unit(campaign, DISTRICT), name=f"Huyện {HOSTILE}", email=HOSTILE)
    first, second, third = (
        replace(one, name=f"Xã {HOSTILE}", contact=HOSTILE, phone=HOSTILE)
        for one in communes_of(campaign, DISTRICT)[:3]
    )
    found = finding(
        "A4",
        Severity.VIOLATION,
        message=HOSTILE,
        remedy=HOSTILE,
        clause=HOSTILE,
        sheet=HOSTILE,
        cell=HOSTILE,
        explanation=HOSTILE,
        decision=replace(REFUSED, reason=HOSTILE),
    )
    typed = planned(date(2015, 3, 10), 100, 80, 20, kien_nghi=HOSTILE + "k" * 40_000)
    cancelled = {"trang_thai": "Không tổ chức", "ly_do": HOSTILE}
    bad_file = FileRecord(
        source=Source(name=HOSTILE, sha256="0" * 64, size=1, modified=UNTIL),
        state=FileState.QUARANTINED,
        reason=HOSTILE,
        unit=third.code,
        hindrance=Hindrance.DAMAGED,
    )
    office = replace(campaign.letters.office, filing=HOSTILE, phone=HOSTILE, report_symbol=HOSTILE)
    slip = replace(campaign.letters.slip, title="Phi\u202eếu\x00 trình")
    campaign = replace(campaign, letters=replace(campaign.letters, office=office, slip=slip))
    excused = Decision(kind=DecisionKind.EXCUSED, unit="", month=MONTH, reason=HOSTILE)
    units = (
        replace(unit_report(campaign, district, typed), findings=(found,)),
        unit_report(campaign, first, cancelled),
        replace(unit_report(campaign, second), silent=3),
        hindered(campaign, third, Hindrance.DAMAGED),
        replace(
            unit_report(campaign, replace(first, code="X"), state=UnitState.NOT_REQUIRED),
            excuse=excused,
        ),
    )
    return written(campaign, *units, files=[bad_file], returns={DISTRICT: (HOSTILE, b"PK")})


def test_hostile_texts_leave_every_paper_and_mail_valid_and_harmless(campaign):
    files = hostile_month(campaign)
    unseen = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\u202a-\u202e\u2066-\u2069]")
    for path, content in files.items():
        if path.endswith(".docx"):
            text = "\n".join(lines_of(docx.Document(io.BytesIO(content))))
        elif path.endswith(".eml"):
            message = email.message_from_bytes(content, policy=default)
            assert set(message.keys()) <= {
                "X-Unsent", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
            }  # fmt: skip
            text = text_of(message) + message["subject"]
            page = message.get_body(("html",))
            assert page is not None
            assert "<script" not in page.get_content()
            assert not message.defects
        else:
            text = content.decode("utf-8-sig")
        assert not unseen.search(text), path
        assert "{0} %s" in text or "HD-HĐTĐKT" in text or "Kính trình" in text, path


def test_what_is_too_long_for_a_letter_says_that_it_is_cut(campaign):
    long_request = "Đề nghị " + "k " * 20_000
    typed = planned(date(2015, 3, 10), 100, 80, 20, kien_nghi=long_request)
    long_finding = finding("A4", Severity.VIOLATION, message="m " * 20_000)
    report = replace(
        unit_report(campaign, unit(campaign, "DN01"), typed),
        findings=(replace(long_finding, unit="DN01"),),
    )
    files = written(campaign, report)
    assert "lược 39.399 ký tự, xem đủ tại biểu kèm theo" in text_of(mail(files, "dn01"))
    assert any("xem đủ tại biểu kèm theo" in line for line in lines_of(paper(files, "bao-cao")))


def test_many_findings_of_one_unit_are_told_up_to_a_number_and_the_rest_counted(campaign):
    found = [finding(f"A{n}", Severity.VIOLATION) for n in range(40)]
    files = written(campaign, reported(campaign, unit(campaign, "DN01"), *found))
    text = text_of(mail(files, "dn01"))
    assert "Còn 25 việc khác, xem biểu kèm theo." in text
    assert len(re.findall(r"Nội dung A\d+\.", text)) == 15
    assert "làm 40 việc" in text


def test_the_same_month_gives_the_same_bytes(campaign):
    assert hostile_month(campaign) == hostile_month(campaign)


def test_a_paper_holds_no_clock(campaign):
    files = written(campaign, reported(campaign, unit(campaign, "DN01")))
    for path in files:
        if path.endswith(".docx"):
            entries = zipfile.ZipFile(io.BytesIO(files[path])).infolist()
            assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
            assert paper(files, path).core_properties.created.replace(tzinfo=None) == UNTIL


def test_names_of_files_are_lawful_on_windows_and_each_stands_once(campaign):
    for path in hostile_month(campaign):
        assert unicodedata.is_normalized("NFC", path)
        assert re.fullmatch(r"(?:[a-z-]+/)?[a-z0-9][a-z0-9-]*\.(?:docx|eml|txt)", path), path


def test_a_long_name_makes_no_path_that_windows_refuses(campaign):
    one = replace(unit(campaign, "DN01"), name="Công ty " + "rất dài " * 100)
    assert all(len(path) < 150 for path in written(campaign, reported(campaign, one)))


def test_units_whose_names_differ_only_by_marks_get_different_files(campaign):
    one = unit(campaign, "DN01")
    twins = [replace(one, code=code, name="Xã Ẩn") for code in ("a1", "A1", "á1", "…")]
    assert list(stems_of(twins).values()) == ["a1-xa-an", "a1-xa-an-2", "a1-xa-an-3", "xa-an"]


# --- the campaign's texts -----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(BUILT_IN / "lai_chau_2014", tmp_path / "dot")


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('"Trân trọng."', '"Trân trọng {ngay}."', "mail.closing", "không có chỗ điền “{ngay}”"),
        ("{so} đơn vị làm", "{phan} đơn vị", "mail.hub_action.work", "{phan}"),
        ("Thư {phan}/", "Thư {phan:d}/", "mail.part", "{phan}"),
        ('"Trân trọng."', '"Trân trọng {"', "mail.closing", "ngoặc nhọn"),
        ("tổ chức: {don_vi}", "tổ chức: {ban}", "report.decisions.cancelled", "{ban}"),
        ('style = "01/2011/TT-BNV"', 'style = "55/2005"', "style", "phải là một trong"),
        ("reply_working_days = 5", "reply_working_days = 0", "limits.reply_working_days", "từ 1"),
        ('filing = "Lưu: VT, NV."', "", "office.filing", "thiếu"),
        ('"phường" =', '"phuong" =', "addressees.phuong", "không có loại đơn vị"),
        ("[calls]", '[calls]\ntieu_de = "x"', "calls.tieu_de", "không có khóa này"),
        ('nobody = "', 'nobody = 1 # "', "calls.nobody", "phải là chữ"),
    ],
)
def test_a_bad_text_is_refused_with_file_and_key(folder, old, new, key, problem):
    path = folder / "letters.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        load_campaign(folder)
    assert (caught.value.file, caught.value.key) == ("letters.toml", key)
    assert problem in caught.value.problem


def test_a_campaign_without_letters_is_refused(folder):
    (folder / "letters.toml").unlink()
    with pytest.raises(CampaignError, match=r"letters\.toml"):
        load_campaign(folder)


@pytest.mark.parametrize("table", [COMMON_PLACES, *PLACES.values()])
def test_every_place_says_what_it_stands_for(table):
    assert all(table.values())


def test_every_place_that_a_text_may_name_is_filled(folder):
    """A campaign whose every text names all places that it may is written without complaint."""
    path = folder / "letters.toml"
    group, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        group = line[1 : line.index("]")] if line.startswith("[") else group
        lines.append(_with_all_places(line, group))
    path.write_text("\n".join(lines), encoding="utf-8")
    campaign = load_campaign(folder)
    district, *communes = [unit(campaign, DISTRICT), *communes_of(campaign, DISTRICT)]
    limits = replace(campaign.letters.limits, attachments_megabytes=1)
    campaign = replace(campaign, letters=replace(campaign.letters, limits=limits))
    returns = {one.code: ("a.xlsx", bytes(600_000)) for one in (district, communes[0])}
    files = written(
        campaign,
        reported(campaign, district, finding("A1", Severity.VIOLATION)),
        reported(campaign, communes[0], finding("A1", Severity.WARNING)),
        unit_report(campaign, communes[1]),
        unit_report(campaign, communes[2], state=UnitState.EMPTY),
        unit_report(campaign, unit(campaign, "SNV")),
        reported(campaign, unit(campaign, "DN01")),
        returns=returns,
    )
    assert len(files) > 8


def _with_all_places(line: str, group: str) -> str:
    """Return a line of ``letters.toml`` with every lawful place added to its text."""
    key = f"{group}.{line.split(' =', maxsplit=1)[0]}"
    top = group.split(".", maxsplit=1)[0]
    if top not in PLACES or not line.rstrip().endswith('"') or " = " not in line:
        return line
    own = PLACES.get(key, PLACES.get(group, PLACES[top]))
    common = () if group in WITHOUT_COMMON else COMMON_PLACES
    added = "".join(f"{{{name}}}" for name in (*common, *own))
    return line.rstrip()[:-1] + added + '"'
