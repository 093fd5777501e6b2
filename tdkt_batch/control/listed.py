"""What each sheet of the control workbook lists: findings to be decided, decisions that stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tdkt_batch.campaign.definition import Campaign, Field
from tdkt_batch.control.figures import correctable, name_of, write_value
from tdkt_batch.control.sheets import NOTE, Cells, Refused, Role, Sheet
from tdkt_batch.model import Decision, DecisionKind, Finding, Severity, Unit
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.decisions import Family, family_of, is_about, is_given, standing
from tdkt_batch.vietnamese import write_day
from tdkt_batch.wording import DECISIONS, READING_FAULTS, READING_NOTICES, SEVERITIES

SPARE_ROWS: Mapping[Family, int] = {Family.ANSWER: 30, Family.CORRECTION: 60, Family.EXCUSE: 30}
"""How many empty rows stand below what is listed."""
_ASKED = (Severity.VIOLATION, Severity.WARNING, Severity.NOTICE)
_SUBJECT: Mapping[Family, tuple[str, ...]] = {
    Family.ANSWER: ("unit", "month", "code", "field"),
    Family.CORRECTION: ("unit", "month", "field"),
    Family.EXCUSE: ("unit", "month"),
}
"""The columns that say what a row is about."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be written; ``is_open`` when its keys are the board's to type."""

    cells: Cells
    is_open: bool = False


class Listing:
    """The rows of each sheet for one month."""

    def __init__(
        self, campaign: Campaign, report: MonthReport, decisions: Sequence[Decision]
    ) -> None:
        self._campaign = campaign
        self._report = report
        self._units = {unit.code: unit for unit in campaign.units}
        self._number = {code: number for number, code in enumerate(self._units)}
        self._decisions = sorted(standing(decisions), key=self._place)

    def rows(self, sheet: Sheet, refused: Sequence[Refused]) -> list[Row]:
        """Return a sheet's rows: what is listed, what was refused, and rows to type in."""
        rows = self._listed(sheet.family)
        for one in refused:
            if one.family is sheet.family:
                _put_back(sheet, rows, one)
        spare = Row({"month": self._report.month.vietnamese}, is_open=True)
        return [*rows, *[spare] * SPARE_ROWS[sheet.family]]

    def _listed(self, family: Family) -> list[Row]:
        own = [one for one in self._decisions if family_of(one) is family]
        match family:
            case Family.ANSWER:
                return self._answers(own)
            case Family.CORRECTION:
                return [Row(self._correction(one)) for one in own]
            case Family.EXCUSE:
                return [Row(self._excuse(one)) for one in own]

    def _place(self, decision: Decision) -> tuple[int, str, str, str, str]:
        """Return where a decision stands: in the register's order, then by month and rule."""
        number = self._number.get(decision.unit, len(self._number))
        return number, *decision.subject

    def _head(self, unit: str) -> dict[str, str]:
        known = self._unit(unit)
        return {"unit": unit, "name": known.name if known else ""}

    def _unit(self, code: str) -> Unit | None:
        return self._units.get(code)

    # --- answers ------------------------------------------------------------------------

    def _answers(self, decisions: Sequence[Decision]) -> list[Row]:
        """Return the rows that wait for a decision, then those that have one.

        A refused explanation that was written anew waits again. One subject has
        one row: a decision of this month on figures that are no longer given is
        not listed beside the same finding.
        """
        waiting, taken = [], set()
        for finding in self._explained:
            last = self._last_word(finding, decisions)
            if last is None or (_is_explained_anew(last, finding) and not self._is_new(last)):
                waiting.append(Row(self._undecided(finding, decisions)))
                taken.add((finding.unit, str(self._report.month), finding.code, finding.field))
            elif _is_explained_anew(last, finding):
                said = f"Đơn vị giải trình lại: “{finding.explanation}”"
                waiting.append(Row({**self._answer(last), NOTE: said}))
                taken.add(last.subject)
        return [*waiting, *(Row(self._answer(d)) for d in decisions if d.subject not in taken)]

    @cached_property
    def _explained(self) -> tuple[Finding, ...]:
        """The findings for which the unit wrote an explanation."""
        return tuple(f for f in self._findings if f.explanation and f.severity in _ASKED)

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        return tuple(finding for unit in self._report.units for finding in unit.findings)

    @cached_property
    def _findings_by_rule(self) -> Mapping[tuple[str, str], tuple[Finding, ...]]:
        found: dict[tuple[str, str], tuple[Finding, ...]] = {}
        for one in self._findings:
            found[one.unit, one.code] = (*found.get((one.unit, one.code), ()), one)
        return found

    def _last_word(self, finding: Finding, decisions: Sequence[Decision]) -> Decision | None:
        """Return the decision in force on the figures that the unit gives now."""
        month = self._report.month
        own = [
            one
            for one in decisions
            if is_about(one, finding) and one.holds_in(month) and is_given(one, finding, month)
        ]
        return max(own, key=lambda one: one.month, default=None)

    def _is_new(self, decision: Decision) -> bool:
        return decision.month == self._report.month

    def _undecided(self, finding: Finding, decisions: Sequence[Decision]) -> Cells:
        before = [one for one in decisions if is_about(one, finding)]
        said = "; ".join(_said_before(one) for one in before)
        return {
            **self._head(finding.unit),
            "month": self._report.month.vietnamese,
            "message": finding.message,
            "severity": SEVERITIES[finding.severity],
            "given": finding.given,
            "explanation": finding.explanation,
            "code": finding.code,
            "field": finding.field,
            NOTE: said,
        }

    def _answer(self, decision: Decision) -> Cells:
        found = self._findings_by_rule.get((decision.unit, decision.code), ())
        about = next((one for one in found if is_about(decision, one)), None)
        return {
            **self._head(decision.unit),
            "month": decision.month.vietnamese,
            "message": about.message if about else self._title(decision.code),
            "severity": SEVERITIES[about.severity] if about else "",
            "given": decision.given,
            "explanation": decision.explanation,
            "code": decision.code,
            "field": decision.field,
            "decision": DECISIONS[decision.kind],
            "clause": decision.clause,
            "until": decision.until.vietnamese if decision.until else "",
            **_signed(decision),
            NOTE: self._remark(decision, about),
        }

    def _title(self, code: str) -> str:
        for rule in self._campaign.rules:
            if rule.id == code:
                return rule.title
        words = READING_FAULTS.get(code) or READING_NOTICES.get(code) or (code, "")
        return re.sub(r"\{\w+\}", "…", words[0])

    def _remark(self, decision: Decision, about: Finding | None) -> str:
        """Return what the board should know of a decision that stands."""
        month = self._report.month
        if decision.until and decision.until < month:
            return f"Hết hiệu lực sau kỳ {decision.until.vietnamese}"
        if about is None and self._is_new(decision):
            return "Kỳ này đơn vị không có nội dung này"
        if about and not is_given(decision, about, month) and decision.holds_in(month):
            given = f"Nay đơn vị ghi “{about.given}”" if about.given else "Nay số liệu đã khác"
            return f"{given}: quyết định này không áp dụng"
        return ""

    # --- figures and units --------------------------------------------------------------

    def _correction(self, decision: Decision) -> Cells:
        unit = self._unit(decision.unit)
        field = self._field(unit, decision.field)
        return {
            **self._head(decision.unit),
            "month": decision.month.vietnamese,
            "field": name_of(self._campaign, unit, decision.field),
            "value": write_value(field, decision.value),
            "explanation": decision.explanation,
            **_signed(decision),
            NOTE: self._unused(decision),
        }

    def _field(self, unit: Unit | None, id_: str) -> Field | None:
        if unit is None:
            return None
        fields = correctable(self._campaign, self._campaign.form_of(unit))
        return next((field for field in fields if field.id == id_), None)

    def _unused(self, decision: Decision) -> str:
        """Return that a correction of this month has no report yet that it could correct."""
        if not self._is_new(decision) or decision.unit in self._reported:
            return ""
        return "Kỳ này đơn vị chưa có báo cáo dùng được: đính chính chưa áp dụng"

    @cached_property
    def _reported(self) -> frozenset[str]:
        return frozenset(one.unit.code for one in self._report.units if one.submission)

    def _excuse(self, decision: Decision) -> Cells:
        ended = decision.until is not None and decision.until < self._report.month
        return {
            **self._head(decision.unit),
            "month": decision.month.vietnamese,
            "until": decision.until.vietnamese if decision.until else "",
            "explanation": decision.explanation,
            **_signed(decision),
            NOTE: "Đã hết hiệu lực" if ended else "",
        }


def _signed(decision: Decision) -> dict[str, str]:
    """Return why, by whom and when it was decided."""
    return {
        "reason": decision.reason,
        "approver": decision.approver,
        "decided": write_day(decision.decided) if decision.decided else "",
    }


def _is_explained_anew(decision: Decision, finding: Finding) -> bool:
    is_refused = decision.kind is DecisionKind.REFUSED
    return is_refused and decision.explanation != finding.explanation


def _said_before(decision: Decision) -> str:
    what = DECISIONS[decision.kind].lower()
    return f"Kỳ {decision.month.vietnamese} đã {what} khi đơn vị ghi “{decision.given}”"


# --- rows that were refused -------------------------------------------------------------


def _put_back(sheet: Sheet, rows: list[Row], refused: Refused) -> None:
    """Write what was typed over the row that it was typed in, or as a row of its own."""
    note = f"Chưa nhận. {refused.problem}"
    for number, row in enumerate(rows):
        if not row.is_open and _is_same(sheet, row.cells, refused.cells):
            typed = {
                column.id: refused.cells.get(column.id, "")
                for column in sheet.columns
                if column.role is Role.INPUT
            }
            rows[number] = Row({**row.cells, **typed, NOTE: note})
            return
    rows.append(Row({**refused.cells, NOTE: note}, is_open=True))


def _is_same(sheet: Sheet, one: Cells, other: Cells) -> bool:
    return all(one.get(id_, "") == other.get(id_, "") for id_ in _SUBJECT[sheet.family])
