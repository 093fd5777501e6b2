"""What leadership is asked to decide: the same list in the workbook and in the report."""

from __future__ import annotations

import io
import re
from dataclasses import fields, replace
from datetime import date, datetime

import docx
import pytest
from month_sample import MONTH, held, month_report, planned, unit_report, write_workbook
from openpyxl import load_workbook

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.figures.questions_for_leadership import Topic, questions
from tdkt_batch.letters.notices import Enclosures
from tdkt_batch.letters.write import letters_of
from tdkt_batch.model import Decision, DecisionKind, Finding, Month, Severity, Source
from tdkt_batch.report import FileRecord, FileState, Hindrance, UnitState
from tdkt_batch.wording.campaign import PLACES

CAMPAIGN = load_campaign()
COMMUNES = [unit for unit in CAMPAIGN.units if unit.kind == "xã"]
DISTRICT = next(unit for unit in CAMPAIGN.units if unit.kind == "huyện")
NAMES = [CAMPAIGN.in_sentence(unit) for unit in COMMUNES]
GOOD = held(date(2015, 3, 3), 90, 63, 27)
LATE = planned(date(2015, 3, 20), 90, 63, 27)
CANCELLED = {"trang_thai": "Không tổ chức"}
EXCUSE = Decision(kind=DecisionKind.EXCUSED, unit="", month=MONTH, reason="Đã sáp nhập")


def asked(report, campaign=CAMPAIGN):
    return questions(month_figures(campaign, report), report)


def texts_of(report):
    return [one.text for one in asked(report)]


def found(unit, code, **others):
    return Finding(
        unit=unit.code, month=MONTH, severity=Severity.WARNING, code=code, message="…", **others
    )


def month_that_asks_everything():
    """Return a month, after the communes' time and near the districts', that asks everything."""
    typed = [CANCELLED, LATE, {**GOOD, "kien_nghi": "Đề nghị cấp kinh phí"}, GOOD, GOOD, GOOD]
    units = []
    for unit, one in zip(COMMUNES, typed, strict=False):
        report = unit_report(CAMPAIGN, unit, one)
        received = datetime(2015, 4, 2, 8)  # what it says now, not before its time was over
        report = replace(report, received=received)
        units.append(replace(report, findings=() if one is CANCELLED else (found(unit, "A7"),)))
    explained = found(COMMUNES[3], "A4", explanation="Đường lũ")
    units[3] = replace(units[3], findings=(*units[3].findings, explained))
    units.append(replace(unit_report(CAMPAIGN, COMMUNES[6]), silent=3))
    units.append(unit_report(CAMPAIGN, DISTRICT, planned(date(2015, 6, 1), 150, 110, 40)))
    return replace(month_report(units), received_until=datetime(2015, 6, 10, 17))


EVERYTHING = """\
Yêu cầu tổ chức Hội nghị, trừ đơn vị có lý do được chấp nhận, đối với 1 đơn vị báo không tổ chức: {0}
Yêu cầu tổ chức ngay, trừ đơn vị có lý do chính đáng được lùi, đối với 1 đơn vị quá thời gian quy \
định mà chưa \
tổ chức Hội nghị: {1}
Gửi công văn đôn đốc riêng 1 đơn vị chưa chắc kịp hạn 30/06/2015: 1 quá ngày dự kiến
Phê bình, yêu cầu báo cáo đối với 1 đơn vị từ 2 tháng liền trở lên không gửi báo cáo: {6}
Chấp nhận 1 nội dung giải trình đang chờ ý kiến của 1 đơn vị: {3}
Cho sửa biểu mẫu hoặc hướng dẫn ghi biểu, không nhắc từng đơn vị, vì 1 sai sót phổ biến: {fault}
Giải quyết, trả lời vướng mắc, kiến nghị của 1 đơn vị: {2}
"""


def test_everything_that_only_leadership_can_decide_is_asked_in_order():
    fault = "Cộng các thành phần đại biểu (5/6 đơn vị)"
    expected = EVERYTHING.format(*NAMES, fault=fault).splitlines()
    assert texts_of(month_that_asks_everything()) == expected


def test_workbook_report_and_slip_ask_the_same():
    report = month_that_asks_everything()
    book = load_workbook(io.BytesIO(write_workbook(CAMPAIGN, report)))
    sheet = [c.value for row in book["Tổng hợp"].iter_rows() for c in row if c.value is not None]
    files = dict(
        letters_of(CAMPAIGN, report, month_figures(CAMPAIGN, report), Enclosures(workbook=b"PK"))
    )
    paper = paragraphs_of(files, "bao-cao-")
    drafts = paper[paper.index(CAMPAIGN.letters.report.heading_decisions) + 2 :][:7]
    part = [text for text in paper if " Căn cứ: " in text]
    numbered = [f"{n}. {text}" for n, text in enumerate(texts_of(report), start=1)]
    title = sheet.index("Nội dung xin ý kiến chỉ đạo")
    assert [bare(text) for text in sheet[title + 1 : title + 8]] == numbered
    proposals = [text.split(" Căn cứ: ") for text in part]
    assert [bare(text) for text, _ in proposals] == numbered
    for number, draft in enumerate(drafts, start=1):
        assert re.fullmatch(rf"{number}\. [A-ZĐ][^{{}}]*[.…]", draft)
    assert all(len(why) > 20 for _, why in proposals)
    assert any(re.fullmatch(f"- {NAMES[3]}, về “[^”]+”: “Đường lũ”", text) for text in paper)
    assert any("Xin ý kiến chỉ đạo 7 nội dung" in one for one in paragraphs_of(files, "phieu"))


def paragraphs_of(files, part):
    path = next(path for path in files if path.startswith(part))
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(files[path])).paragraphs]


def bare(text):
    """Return a question without the reference at its end."""
    return re.sub(r" \([^()]*\)\.$", "", text)


def test_nothing_is_asked_about_a_unit_that_the_board_excused():
    cancelled = unit_report(CAMPAIGN, COMMUNES[0], CANCELLED)
    silent = replace(unit_report(CAMPAIGN, COMMUNES[1]), silent=2)
    units = [cancelled, silent]
    topics = [one.topic for one in asked(month_report(units))]
    assert topics == [Topic.CANCELLED, Topic.AT_RISK, Topic.SILENT]
    assert not asked(month_report([replace(one, excuse=EXCUSE) for one in units]))


@pytest.mark.parametrize("how", list(Hindrance))
@pytest.mark.parametrize("typed", [CANCELLED, LATE])
def test_nothing_is_asked_about_a_unit_whose_file_could_not_be_used(how, typed):
    """Its earlier report says that it has cancelled, or is past its time: this one may not."""
    earlier = unit_report(CAMPAIGN, COMMUNES[0], typed, month=Month(2015, 5))
    earlier = replace(earlier, received=datetime(2015, 5, 20, 8))
    silent = unit_report(CAMPAIGN, COMMUNES[0], state=UnitState.UNUSABLE, month=Month(2015, 6))
    for hindrance, number in ((None, 1), (how, 0)):
        unit = replace(silent, earlier=earlier, hindrance=hindrance)
        report = replace(month_report([unit]), received_until=datetime(2015, 6, 25, 17))
        assert len(asked(report)) == number


def test_a_form_that_nobody_looked_at_does_not_tell_that_a_conference_is_overdue():
    late = unit_report(CAMPAIGN, COMMUNES[0], LATE)
    late = replace(late, received=datetime(2015, 4, 2, 8))
    told = "Vẫn như vậy"
    for explanation, topics in (("", []), (told, [Topic.OVERDUE, Topic.EXPLAINED])):
        untouched = found(COMMUNES[0], "O5i", explanation=explanation)
        report = month_report([replace(late, findings=(untouched,))])
        report = replace(report, received_until=datetime(2015, 4, 25, 17))
        assert [one.topic for one in asked(report)] == topics


def test_an_excused_unit_that_last_reported_no_conference_is_not_asked_about():
    earlier = unit_report(CAMPAIGN, COMMUNES[0], CANCELLED, month=MONTH.previous)
    excused = unit_report(CAMPAIGN, COMMUNES[0], state=UnitState.NOT_REQUIRED)
    report = month_report([replace(excused, earlier=earlier)])
    assert [one.topic for one in asked(report)] == [Topic.CANCELLED]
    assert not asked(month_report([replace(excused, earlier=earlier, excuse=EXCUSE)]))


@pytest.mark.parametrize("silent", [0, 1])
def test_routine_work_of_the_board_is_not_asked_about(silent):
    """Units that must be urged, mend something, or are past their own day only, in good time."""
    missing = replace(unit_report(CAMPAIGN, COMMUNES[0]), silent=silent)
    late = unit_report(CAMPAIGN, COMMUNES[1], LATE)
    grave = replace(found(COMMUNES[1], "A4"), severity=Severity.VIOLATION)
    report = month_report([missing, replace(late, findings=(grave,))])
    assert not asked(replace(report, received_until=datetime(2015, 2, 25, 17)))


SOON = planned(date(2015, 3, 30), 90, 63, 27)
AFTER = planned(date(2015, 4, 1), 90, 63, 27)
NO_PLAN = {"trang_thai": "Chưa có kế hoạch"}
PHOTO = {"state": UnitState.UNUSABLE, "hindrance": Hindrance.PICTURE}


def near_the_end(units, day=25, month=3):
    report = replace(month_report(units), received_until=datetime(2015, month, day, 17))
    return [one for one in asked(report) if one.topic is Topic.AT_RISK]


def test_near_the_end_those_who_will_not_be_in_time_might_be_urged():
    typed = [GOOD, SOON, LATE, AFTER, NO_PLAN, CANCELLED, None]
    units = [unit_report(CAMPAIGN, *one) for one in zip(COMMUNES, typed, strict=False)]
    (one,) = near_the_end(units)
    assert one.units == (*COMMUNES[2:5], COMMUNES[6])
    assert one.text == (
        "Gửi công văn đôn đốc riêng 4 đơn vị chưa chắc kịp hạn 31/03/2015: 1 quá ngày dự kiến, "
        "1 có kế hoạch sau hạn hoặc chưa có ngày, 1 chưa có kế hoạch, 1 chưa có báo cáo"
        "; chưa tính 1 đơn vị chưa đến hạn gửi, đang hỏi lại, làm rõ hoặc nêu riêng"
    )


@pytest.mark.parametrize(
    ("day", "month", "number"), [(27, 2, 0), (28, 2, 1), (31, 3, 1), (1, 4, 0)]
)
def test_leadership_is_asked_to_urge_in_the_last_month_of_the_time_alone(day, month, number):
    passed = planned(date(2015, 2, 20), 90, 63, 27)
    assert len(near_the_end([unit_report(CAMPAIGN, COMMUNES[0], passed)], day, month)) == number


@pytest.mark.parametrize("typed", [LATE, AFTER, NO_PLAN])
@pytest.mark.parametrize(
    ("state", "number"),
    [
        ({}, 1),
        (PHOTO, 0),
        ({"excuse": EXCUSE}, 0),
        ({"state": UnitState.NOT_YET_DUE}, 0),
        ({"findings": (found(COMMUNES[0], "O5i"),)}, 0),
    ],
)
def test_nobody_is_urged_whose_own_word_is_not_read_or_not_due(typed, state, number):
    own = unit_report(CAMPAIGN, COMMUNES[0], typed)
    slow = unit_report(CAMPAIGN, COMMUNES[1], CANCELLED)
    assert len(near_the_end([replace(own, **state), slow])) == number


@pytest.mark.parametrize("typed", [LATE, None])
def test_nobody_is_urged_whose_report_may_be_a_file_of_nobody(typed):
    """Neither who said nothing at all, nor who last said that a day now past was planned."""
    earlier = typed and unit_report(CAMPAIGN, COMMUNES[0], typed, month=MONTH.previous)
    silent = replace(unit_report(CAMPAIGN, COMMUNES[0]), earlier=earlier)
    own = [silent, unit_report(CAMPAIGN, COMMUNES[1], AFTER)]
    stray = FileRecord(
        source=Source(name="IMG_1.jpg", sha256="0" * 64, size=1, modified=datetime(2015, 3, 20)),
        state=FileState.NOT_A_FORM,
        hindrance=Hindrance.PICTURE,
    )
    for files, named in (([], COMMUNES[:2]), ([stray], COMMUNES[1:2])):
        (one,) = (q for q in asked(month_report(own, files)) if q.topic is Topic.AT_RISK)
        assert one.units == tuple(named)


def test_nobody_is_urged_where_only_silence_speaks_against_it():
    units = [unit_report(CAMPAIGN, COMMUNES[0], GOOD), unit_report(CAMPAIGN, COMMUNES[1])]
    assert not near_the_end(units)


def test_four_units_are_named_and_the_others_counted():
    report = month_report([unit_report(CAMPAIGN, unit, CANCELLED) for unit in COMMUNES[:6]])
    assert texts_of(report)[0].endswith(f": {', '.join(NAMES[:4])} và 2 đơn vị khác")


def test_of_two_units_of_one_name_the_superior_is_named_too():
    parent = {unit.code: unit for unit in CAMPAIGN.units}[COMMUNES[0].parent]
    twins = [replace(COMMUNES[0], code=code, name="Xã Bản Bo") for code in ("x1", "x2")]
    report = month_report([unit_report(CAMPAIGN, unit, CANCELLED) for unit in twins])
    name = f"xã Bản Bo ({CAMPAIGN.in_sentence(parent)})"
    assert texts_of(report)[0].endswith(f"2 đơn vị báo không tổ chức: {name}, {name}")


def test_every_place_that_a_sentence_may_name_is_filled():
    texts = CAMPAIGN.letters.report.decisions
    group = "report.decisions"
    own = {
        one.name: " ".join(
            f"{{{name}}}" for name in PLACES.get(f"{group}.{one.name}", PLACES[group])
        )
        for one in fields(texts)
    }
    wording = replace(CAMPAIGN.letters.report, decisions=replace(texts, **own))
    campaign = replace(CAMPAIGN, letters=replace(CAMPAIGN.letters, report=wording))
    said = asked(month_that_asks_everything(), campaign)
    assert [one.topic for one in said] == list(own) == list(Topic)
    assert said[3].text == f"1 {NAMES[6]} 2"
