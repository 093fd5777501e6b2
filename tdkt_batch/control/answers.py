"""The rows on explanations: findings that wait for a decision, then the decisions that stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.sheets import NOTE, Cells
from tdkt_batch.control.told import Row, decided_cells, unit_cells
from tdkt_batch.model import Decision, DecisionKind, Finding, Severity
from tdkt_batch.report import MonthReport
from tdkt_batch.rules.decisions import is_about, is_given, same_words
from tdkt_batch.wording.shared import DECISIONS, READING_FAULTS, READING_NOTICES, SEVERITIES

_ASKED = (Severity.VIOLATION, Severity.WARNING, Severity.NOTICE)


class AnswerRows:
    """Lists a month's explanations and the board's answers, which stand in ``decisions``."""

    def __init__(
        self, campaign: Campaign, report: MonthReport, decisions: Sequence[Decision]
    ) -> None:
        self._campaign = campaign
        self._report = report
        self._decisions = decisions
        self._answers_by_rule = _grouped(decisions)
        self._findings_by_rule = _grouped(f for unit in report.units for f in unit.findings)

    def rows(self) -> list[Row]:
        """Return the rows that wait for a decision, then those that have one.

        A refused explanation that was written anew waits again. One subject has
        one row: a decision of this month on figures that are no longer given is
        not listed beside the same finding.
        """
        waiting, taken = [], set()
        for finding in self._explained:
            last = self._last_word(finding)
            if last is None or (_is_explained_anew(last, finding) and not self._is_new(last)):
                waiting.append(Row(self._undecided(finding)))
                taken.add((finding.unit, str(self._report.month), finding.code, finding.field))
            elif _is_explained_anew(last, finding):
                said = f"Đơn vị giải trình lại: “{finding.explanation}”"
                waiting.append(Row({**self._answer(last), NOTE: said}))
                taken.add(last.subject)
        decided = [one for one in self._decisions if one.subject not in taken]
        return [*waiting, *(Row(self._answer(one)) for one in decided)]

    @cached_property
    def _explained(self) -> tuple[Finding, ...]:
        """The findings for which the unit wrote an explanation."""
        findings = (finding for unit in self._report.units for finding in unit.findings)
        return tuple(f for f in findings if f.explanation and f.severity in _ASKED)

    def _about(self, finding: Finding) -> list[Decision]:
        own = self._answers_by_rule.get((finding.unit, finding.code), ())
        return [one for one in own if is_about(one, finding)]

    def _last_word(self, finding: Finding) -> Decision | None:
        """Return the decision in force on the figures that the unit gives now."""
        month = self._report.month
        own = [
            one
            for one in self._about(finding)
            if one.holds_in(month) and is_given(one, finding, month)
        ]
        return max(own, key=lambda one: one.month, default=None)

    def _is_new(self, decision: Decision) -> bool:
        return decision.month == self._report.month

    def _undecided(self, finding: Finding) -> Cells:
        said = "; ".join(_said_before(one) for one in self._about(finding))
        return {
            **unit_cells(finding.unit, self._campaign.unit_by_code.get(finding.unit)),
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
            **unit_cells(decision.unit, self._campaign.unit_by_code.get(decision.unit)),
            **decided_cells(decision),
            "message": about.message if about else self._title(decision.code),
            "severity": SEVERITIES[about.severity] if about else "",
            "given": decision.given,
            "code": decision.code,
            "field": decision.field,
            "decision": DECISIONS[decision.kind],
            "clause": decision.clause,
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


def _is_explained_anew(decision: Decision, finding: Finding) -> bool:
    is_refused = decision.kind is DecisionKind.REFUSED
    return is_refused and not same_words(decision.explanation, finding.explanation)


def _said_before(decision: Decision) -> str:
    what = DECISIONS[decision.kind].lower()
    return f"Kỳ {decision.month.vietnamese} đã {what} khi đơn vị ghi “{decision.given}”"


_Said = TypeVar("_Said", Decision, Finding)


def _grouped(said: Iterable[_Said]) -> Mapping[tuple[str, str], tuple[_Said, ...]]:
    """Return findings or decisions by unit and rule."""
    grouped: dict[tuple[str, str], list[_Said]] = {}
    for one in said:
        grouped.setdefault((one.unit, one.code), []).append(one)
    return {key: tuple(ones) for key, ones in grouped.items()}
