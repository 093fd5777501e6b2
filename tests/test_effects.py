"""What a decision of the board did is told in words, and whether anything counts otherwise by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from month_sample import MONTH, held, month_report, unit_report

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.figures.effects import effect_of
from tdkt_batch.model import Decision, DecisionKind, Life
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.rules.decisions import BOARD_CORRECTION

CAMPAIGN = load_campaign()
COMMUNE, OTHER = CAMPAIGN.unit("03386"), CAMPAIGN.unit("03387")
SENT = unit_report(CAMPAIGN, COMMUNE, held(date(2015, 3, 10), 320, 220, 100))
FOUND = SENT.findings[0]
REPORT = month_report([SENT, unit_report(CAMPAIGN, OTHER)])
(FILE,) = REPORT.files


def decided(kind, **what):
    return Decision(kind=kind, unit=what.pop("unit", COMMUNE.code), month=MONTH, **what)


def about(finding, kind):
    return decided(kind, code=finding.code, field=finding.field, given=finding.given)


def with_unit(unit):
    return replace(REPORT, units=(unit, *REPORT.units[1:]))


def with_file(state):
    return replace(REPORT, files=(replace(FILE, state=state),))


def corrected():
    value = replace(SENT.submission.values["tong_dai_bieu_th"], repair=BOARD_CORRECTION)
    values = {**SENT.submission.values, "tong_dai_bieu_th": value}
    return replace(SENT, submission=replace(SENT.submission, values=values))


WAIVED = replace(FOUND, life=Life.WAIVED)
EXCUSED = replace(REPORT.units[1], state=UnitState.NOT_REQUIRED)


@pytest.mark.parametrize(
    ("report", "decision", "told"),
    [
        (REPORT, decided(DecisionKind.SEEN, question="q"), "không hỏi lại nữa"),
        (REPORT, decided(DecisionKind.ASKED, question="q"), "chờ đơn vị trả lời"),
        (REPORT, decided(DecisionKind.WITHDRAWN, question="q"), "tính lại như chưa có quyết định"),
        (REPORT, decided(DecisionKind.WITHDRAWN), "+tính lại như chưa có quyết định"),
        (REPORT, decided(DecisionKind.EXCUSED, unit="XX"), "kỳ này không có"),
        (REPORT, decided(DecisionKind.SET_ASIDE, file="0" * 64), "kỳ này không có"),
        (
            with_file(FileState.SET_ASIDE),
            decided(DecisionKind.SET_ASIDE, file=FILE.source.sha256),
            "+không còn tính tệp này",
        ),
        (
            REPORT,
            decided(DecisionKind.SET_ASIDE, file=FILE.source.sha256),
            "kỳ này chưa có gì để áp dụng",
        ),
        (
            REPORT,
            decided(DecisionKind.ATTRIBUTED, file=FILE.source.sha256),
            "+tính là đã gửi",
        ),
        (
            with_unit(corrected()),
            decided(DecisionKind.CORRECTED, field="tong_dai_bieu_th", value=212),
            "+đã tính theo số đúng",
        ),
        (
            REPORT,
            decided(DecisionKind.CORRECTED, field="tong_dai_bieu_th", value=212),
            "kỳ này chưa có gì để áp dụng",
        ),
        (
            replace(REPORT, units=(SENT, EXCUSED)),
            decided(DecisionKind.EXCUSED, unit=OTHER.code),
            "+không còn tính là chưa gửi",
        ),
        (REPORT, decided(DecisionKind.EXCUSED), "kỳ này chưa có gì để áp dụng"),
        (
            REPORT,
            decided(DecisionKind.EXTENDED, due=date(2015, 3, 30)),
            "+đã tính theo hạn mới",
        ),
        (
            REPORT,
            decided(DecisionKind.ACCEPTED, code="A99"),
            "kỳ này đơn vị không có nội dung ấy",
        ),
        (REPORT, about(FOUND, DecisionKind.REFUSED), "vẫn đếm, biểu gửi lại nêu rõ"),
        (
            with_unit(replace(SENT, findings=(WAIVED, *SENT.findings[1:]))),
            about(FOUND, DecisionKind.ACCEPTED),
            "+không còn đếm",
        ),
        (REPORT, about(FOUND, DecisionKind.ACCEPTED), "chưa áp dụng: nay đơn vị ghi khác"),
    ],
)
def test_what_a_decision_did_is_told(report, decision, told):
    effect = effect_of(CAMPAIGN, report, decision)
    assert ("+" * effect.is_counted + effect.text) == told
