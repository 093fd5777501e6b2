"""When reports were made and arrived: results after a conference (O5), monthly reports (AMB-30)."""

from __future__ import annotations

from datetime import date, timedelta

from tdkt_batch.across.reports import (
    Question,
    Report,
    Verdict,
    fails,
    is_unreadable,
    lacks,
    passes,
)
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording.shared import BOARD_PHRASES


def result_reported(question: Question, report: Report) -> Verdict:
    """Ask for actual figures and a covering document within the board's days (O5).

    The day of the report is its covering document's, or the arrival if that is
    earlier: the same form may come again in later months. Places:
    ``ngay_hoi_nghi``, ``cong_van``, ``ngay_bao_cao``, ``han``, ``so_ngay``.
    """
    number, letter = question.text("letter_number"), question.text("letter_date")
    total, held_on = question.figure("total"), question.figure("date")
    if report.scope.blank(total):
        return fails("no_figures", _places(question, report), report.cell(total), total)
    if blank := next((name for name in (number, letter) if report.scope.blank(name)), ""):
        return fails("no_letter", _places(question, report), report.cell(blank), blank)
    for name in (number, letter, held_on):
        if is_unreadable(report.cell(name)):
            return lacks(name, at=report.cell(name))
    due, reported = _due(question, report), _reported_on(question, report)
    if due is None or reported is None:
        missing = held_on if due is None else letter
        return lacks(missing, at=report.cell(missing))
    if reported <= due:
        return passes(report.cell(letter), letter)
    return fails("late", _places(question, report), report.cell(letter), letter)


def _places(question: Question, report: Report) -> dict[str, str]:
    due, reported = _due(question, report), _reported_on(question, report)
    late = (reported - due).days if due is not None and reported is not None else 0
    days = BOARD_PHRASES["days"].format(number=write_number(late))
    return {
        "ngay_hoi_nghi": _written(report.scope.value(question.figure("date"))),
        "cong_van": BOARD_PHRASES["letter"].format(
            number=_written(report.scope.value(question.text("letter_number"))),
            day=_written(report.scope.value(question.text("letter_date"))),
        ),
        "ngay_bao_cao": _written(reported),
        "han": _written(due),
        "so_ngay": days if late > 0 else "",
    }


def _due(question: Question, report: Report) -> date | None:
    """Return the last day for the results: so many days after the conference."""
    held_on = report.scope.value(question.figure("date"))
    if not isinstance(held_on, date):
        return None
    return held_on + timedelta(days=question.number("days"))


def _reported_on(question: Question, report: Report) -> date | None:
    letter = report.scope.value(question.text("letter_date"))
    if not isinstance(letter, date):
        return None
    return letter if report.received is None else min(letter, report.received.date())


def _written(value: object) -> str:
    if isinstance(value, date):
        return write_day(value)
    return value if isinstance(value, str) else BOARD_PHRASES["not_written"]


def received_by_deadline(question: Question, report: Report) -> Verdict:
    """Ask that the month's report arrived by the board's deadline (AMB-30).

    Places: ``ngay_nhan``, ``han``, ``so_ngay``, ``cong_van``, ``noi_nhan``.
    """
    deadline = question.campaign.deadline(report.unit.level)
    due = deadline.falls_on(question.month)
    if report.received is None:
        return lacks(BOARD_PHRASES["arrival"])
    arrived = report.received.date()
    if arrived <= due:
        return passes()
    places = {
        "ngay_nhan": write_day(arrived),
        "han": write_day(due),
        "so_ngay": write_number((arrived - due).days),
        "cong_van": deadline.set_by(question.month),
        "noi_nhan": deadline.recipient,
    }
    return fails("late", places)
