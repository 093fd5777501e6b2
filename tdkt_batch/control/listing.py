"""What each sheet of the control workbook lists: findings to be decided, decisions that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.columns import NOTE, Cells, ColumnUse, ControlSheet, Refused
from tdkt_batch.control.questions import (
    ListedRow,
    explanation_row,
    file_row,
    question_rows,
    stray_row,
)
from tdkt_batch.control.standing_rows import cells_of
from tdkt_batch.figures.apart import doubts, still_apart
from tdkt_batch.figures.findings import title_of
from tdkt_batch.figures.officer_questions import OfficerQuestion
from tdkt_batch.figures.questions_of_files import FileQuestion
from tdkt_batch.model import GRAVEST_FIRST, Decision, DecisionKind, Finding, Life, Severity
from tdkt_batch.report import FileRecord, MonthReport
from tdkt_batch.rules.decisions import (
    Family,
    answered_questions,
    due_day,
    family_of,
    is_about,
    is_given,
    same_words,
    standing,
)
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import control as say
from tdkt_batch.wording.shared import DECISIONS, FILE_STATES, WHOSE_UNKNOWN

SPARE_ROWS: Mapping[Family, int] = {
    Family.QUESTION: 0, Family.ANSWER: 20, Family.CORRECTION: 40, Family.EXCUSE: 30,
    Family.EXTENSION: 20, Family.FILE: 20,
}  # fmt: skip
"""How many empty rows stand below what is listed."""
_SUBJECT: Mapping[Family, tuple[str, ...]] = {
    Family.QUESTION: ("question", "month"),
    Family.ANSWER: ("unit", "month", "code", "field"),
    Family.CORRECTION: ("unit", "month", "field"),
    Family.EXCUSE: ("unit", "month"),
    Family.EXTENSION: ("unit", "month"),
    Family.FILE: ("file", "month"),
}
"""The columns that say what a row is about."""
_ASKED = tuple(one for one in Severity if one is not Severity.READING)
_Said = TypeVar("_Said", Decision, Finding)


class Listing:
    """The rows of each sheet for one month."""

    def __init__(
        self,
        campaign: Campaign,
        report: MonthReport,
        decisions: Sequence[Decision],
        asked: Sequence[OfficerQuestion] = (),
        of_files: Sequence[FileQuestion] = (),
    ) -> None:
        self._asked = asked
        self._of_files = of_files
        self._answered_questions = answered_questions(decisions, report.month)
        self._campaign = campaign
        self._report = report
        number = {code: number for number, code in enumerate(campaign.unit_by_code)}
        # in the register's order, then by month and rule
        ordered = sorted(
            standing(decisions), key=lambda one: (number.get(one.unit, len(number)), *one.subject)
        )
        self._decisions = {
            family: [one for one in ordered if family_of(one) is family] for family in Family
        }
        self._reported = {one.unit.code for one in report.units if one.submission}
        findings = [finding for unit in report.units for finding in unit.findings]
        # figures that cannot be true wait for a decision, explained or not, whenever reported;
        # so does what a report takes back, which one came late or not
        to_date, withholding = report.to_date(), {r.id for r in campaign.rules if r.withholds}
        back = {rule.id for rule in campaign.rules if rule.asks_what_is_taken_back}
        carried = [found for one in to_date.units if one.carried for found in one.findings]
        findings += [one for one in carried if one.code in withholding | back]
        found = doubts(campaign, to_date)
        self._doubted = [one.finding for one in found if one.finding.life is not Life.WAIVED]
        self._because = {one.finding.key: one.because for one in found}
        self._explained = [
            one
            for one in findings
            if (one.explanation and one.severity in _ASKED)
            or one in self._doubted
            or one.code in back
        ]
        self._findings_by_rule = _by_rule(findings)
        self._answers_by_rule = _by_rule(self._decisions[Family.ANSWER])

    def rows(self, sheet: ControlSheet, refused: Sequence[Refused]) -> list[ListedRow]:
        """Return a sheet's rows: what is listed, what was refused, and rows to type in."""
        listed: list[Cells] = []
        rows: list[ListedRow] = []
        match sheet.family:
            case Family.QUESTION:
                rows = self._questions()
            case Family.ANSWER:
                listed = self._answers()
            case Family.CORRECTION:
                listed = [self._correction(one) for one in self._decisions[sheet.family]]
            case Family.EXCUSE:
                month = self._report.month
                for excuse in self._decisions[sheet.family]:
                    ended = excuse.until is not None and excuse.until < month
                    note = say.EXCUSE_ENDED if ended else ""
                    listed.append({**self._decided(excuse), NOTE: note})
            case Family.EXTENSION:
                listed = [self._extension(one) for one in self._decisions[sheet.family]]
            case Family.FILE:
                listed = self._files()
        rows += [ListedRow(cells) for cells in listed]
        for one in refused:
            if one.family is sheet.family:
                _put_back(sheet, rows, one)
        spare = ListedRow({"month": self._report.month.vietnamese}, is_open=True)
        return [*rows, *[spare] * SPARE_ROWS[sheet.family]]

    def _of(self, unit: str) -> dict[str, str]:
        """Return whom a row is about; a unit that left the register has no name."""
        known = self._campaign.unit_by_code.get(unit)
        return {"unit": unit, "name": known.name if known else ""}

    def _decided(self, decision: Decision) -> dict[str, str]:
        """Return whom a decision is about, by name too, and all that it says."""
        return {**self._of(decision.unit), **cells_of(self._campaign, decision)}

    # --- what is asked ------------------------------------------------------------------

    def _questions(self) -> list[ListedRow]:
        """Return all that is asked: what is not in totals, whose files are, what else, the rest."""
        month, waiting = self._report.month, self.waiting
        first = (say.DOUBT, say.TOLD_OTHERWISE)
        doubted = [one for one in waiting if one.cells["topic"] in first]
        strays = [stray_row(one, month) for one in self.strays]
        explained = [one for one in waiting if one.cells["topic"] not in first]
        answers = self._answered_questions
        unusual = question_rows(self._campaign, self._asked, answers, month)
        rows = [*doubted, *strays, *explained, *self.of_files, *unusual]
        return rows or [ListedRow({"message": say.NOTHING_ASKED})]

    @cached_property
    def of_files(self) -> list[ListedRow]:
        """What is asked of files whose unit is known, or of which nobody reports by them."""
        answers, month = self._answered_questions, self._report.month
        return [
            file_row(self._campaign, one, answers.get(one.mark), month)
            for one in self._of_files
            if not one.is_asked_by_file
        ]

    # --- explanations and answers -------------------------------------------------------

    def _answers(self) -> list[Cells]:
        """Return the decisions on explanations that stand, but of what waits for another.

        One subject has one row: a decision of this month on figures that are no longer
        given is not listed beside the same finding, which waits.
        """
        taken = self._waiting[2]
        decided = [one for one in self._decisions[Family.ANSWER] if one.subject not in taken]
        return [*map(self._answer, decided)]

    @property
    def waiting(self) -> list[ListedRow]:
        """The findings that wait for a decision, the gravest first.

        Figures that are not added before they are confirmed wait too.
        A refused explanation that was written anew waits again.
        """
        return self._waiting[0]

    @property
    def waiting_keys(self) -> frozenset[tuple[str, str, str]]:
        """The keys of the findings that wait for a decision."""
        return frozenset(self._waiting[1])

    @cached_property
    def _waiting(
        self,
    ) -> tuple[list[ListedRow], list[tuple[str, str, str]], set[tuple[str, str, str, str]]]:
        """Return what waits for a decision, its keys, and the subjects that stand among it."""
        month, waiting = self._report.month, list[ListedRow]()
        keys, taken = list[tuple[str, str, str]](), set[tuple[str, str, str, str]]()
        for finding in sorted(self._explained, key=lambda one: GRAVEST_FIRST.index(one.severity)):
            # the decision in force on the figures that the unit gives now
            about = [one for one in self._about(finding) if one.holds_in(month)]
            own = (one for one in about if is_given(one, finding, month))
            last = max(own, key=lambda one: one.month, default=None)
            if last is None or (_is_explained_anew(last, finding) and last.month != month):
                waiting.append(self._undecided(finding))
                keys.append(finding.key)
                taken.add((finding.unit, str(month), finding.code, finding.field))
            elif _is_explained_anew(last, finding):
                said = say.EXPLAINED_ANEW.format(explanation=finding.explanation)
                waiting.append(self._undecided(finding, said))
                keys.append(finding.key)
                taken.add(last.subject)
        return waiting, keys, taken

    def _about(self, finding: Finding) -> list[Decision]:
        own = self._answers_by_rule.get((finding.unit, finding.code), ())
        return [one for one in own if is_about(one, finding)]

    def _undecided(self, finding: Finding, said_anew: str = "") -> ListedRow:
        is_doubted = finding in self._doubted
        before = (
            say.DECIDED_BEFORE.format(
                month=one.month.vietnamese, decision=DECISIONS[one.kind].lower(), given=one.given
            )
            for one in self._about(finding)
        )
        notes = (said_anew,) if said_anew else (*before, *self._not_added(finding))
        return explanation_row(
            self._campaign,
            finding,
            self._report.month,
            "; ".join(notes),
            is_doubted=is_doubted,
        )

    def _not_added(self, finding: Finding) -> tuple[str, ...]:
        """Return that figures wait to be added, and what keeps them out besides."""
        if finding not in self._doubted:
            return ()
        because = self._because[finding.key]
        return (say.NOT_ADDED if because is None else say.NOT_ADDED + still_apart(because),)

    def _answer(self, decision: Decision) -> Cells:
        found = self._findings_by_rule.get((decision.unit, decision.code), ())
        about = next((one for one in found if is_about(decision, one)), None)
        return {
            **self._decided(decision),
            "message": about.message if about else title_of(self._campaign, decision.code),
            "severity": self._campaign.words.severities[about.severity] if about else "",
            NOTE: self._remark(decision, about),
        }

    def _remark(self, decision: Decision, about: Finding | None) -> str:
        """Return what the board should know of a decision that stands."""
        month = self._report.month
        if decision.until and decision.until < month:
            return say.OUT_OF_FORCE.format(until=decision.until.vietnamese)
        if about is None:
            return say.NOT_FOUND_NOW if decision.month == month else ""
        if is_given(decision, about, month) or not decision.holds_in(month):
            is_kept_out = about.life is Life.WAIVED and self._because.get(about.key)
            return say.STILL_NOT_ADDED.format(code=is_kept_out.code) if is_kept_out else ""
        why = say.GIVEN_NOW.format(given=about.given) if about.given else say.GIVEN_OTHERWISE
        return say.DOES_NOT_APPLY.format(why=why)

    # --- corrections --------------------------------------------------------

    def _correction(self, decision: Decision) -> Cells:
        is_unused = decision.month == self._report.month and decision.unit not in self._reported
        return {**self._decided(decision), NOTE: say.NOT_CORRECTED_YET if is_unused else ""}

    # --- extensions -------------------------------------------------------------------------

    def _extension(self, decision: Decision) -> Cells:
        unit, note = self._campaign.unit_by_code.get(decision.unit), ""
        if decision.month != self._report.month:
            note = say.OF_ITS_MONTH_ONLY
        elif unit is not None:
            usual = due_day(self._campaign, unit, decision.month, None)
            note = say.USUAL_DEADLINE.format(day=write_day(usual))
        return {**self._decided(decision), NOTE: note}

    # --- files ---------------------------------------------------------------

    @cached_property
    def _record_by_content(self) -> Mapping[str, FileRecord]:
        records: dict[str, FileRecord] = {}
        for record in self._report.files:
            records.setdefault(record.source.sha256, record)
        return records

    @property
    def strays(self) -> list[FileRecord]:
        """The files of nobody of which the board decided nothing yet."""
        decided = {one.file for one in self._decisions[Family.FILE]}
        records = self._record_by_content
        return [one for sha, one in records.items() if one.is_of_nobody and sha not in decided]

    def _files(self) -> list[Cells]:
        """Return the files of which the board decided that they are not used, or whose they are."""
        records = self._record_by_content
        return [
            {**self._decided(one), **self._file(records.get(one.file))}
            for one in self._decisions[Family.FILE]
        ]

    def _file(self, record: FileRecord | None) -> dict[str, str]:
        """Return which file a row is about, of which unit, and what became of it this month."""
        if record is None:
            return {"state": say.NOT_OF_THIS_MONTH}
        unit = self._campaign.unit_by_code.get(record.unit)
        return {
            "file": record.source.name,
            "sha256": record.source.sha256,
            "name": unit.name if unit else WHOSE_UNKNOWN,
            "state": record.reason or FILE_STATES[record.state],
        }


def _is_explained_anew(decision: Decision, finding: Finding) -> bool:
    is_refused = decision.kind is DecisionKind.REFUSED
    return is_refused and not same_words(decision.explanation, finding.explanation)


def _by_rule(said: Iterable[_Said]) -> Mapping[tuple[str, str], Sequence[_Said]]:
    """Return findings or decisions by unit and rule."""
    by_rule: dict[tuple[str, str], list[_Said]] = {}
    for one in said:
        by_rule.setdefault((one.unit, one.code), []).append(one)
    return by_rule


def _put_back(sheet: ControlSheet, rows: list[ListedRow], refused: Refused) -> None:
    """Write what was typed over the row that it was typed in, or as a row of its own."""
    note = say.REFUSED.format(problem=refused.problem)
    subject = _SUBJECT[sheet.family]
    for number, row in enumerate(rows):
        is_same = all(row.cells.get(i, "") == refused.cells.get(i, "") for i in subject)
        if is_same and not row.is_open:
            inputs = (column.id for column in sheet.columns if column.use is ColumnUse.INPUT)
            typed = {id_: refused.cells.get(id_, "") for id_ in inputs}
            rows[number] = replace(row, cells={**row.cells, **typed, NOTE: note})
            return
    rows.append(ListedRow({**refused.cells, NOTE: note}, is_open=True))
