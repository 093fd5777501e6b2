"""The board's decisions at work: which are in force, what they do to figures and findings.

Decisions are kept in the order in which they were taken. A later one of the same
subject and family takes the place of the earlier; a withdrawal takes it away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.lacking import answer_of, parts_of
from tdkt_batch.model import Decision, DecisionKind, Finding, Life, Month, Submission, Unit
from tdkt_batch.values import Repair, Value
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording.shared import READING_NOTICES

BOARD_CORRECTION = Repair("board_correction")
"""How a figure that the board corrected is marked."""
LONGEST_COMPARED = 2_000
_OFFICE_CLOSES = time(17)
"""The hour at which a last day is over for who is to be urged."""
_UNLAWFUL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
"""What a cell of a workbook does not keep."""


class Family(StrEnum):
    """What a decision is about; a withdrawal belongs to what it withdraws."""

    ANSWER = "answer"
    CORRECTION = "correction"
    EXCUSE = "excuse"
    EXTENSION = "extension"
    FILE = "file"
    QUESTION = "question"


_FAMILIES = {
    DecisionKind.ACCEPTED: Family.ANSWER,
    DecisionKind.REFUSED: Family.ANSWER,
    DecisionKind.CORRECTED: Family.CORRECTION,
    DecisionKind.EXCUSED: Family.EXCUSE,
    DecisionKind.EXTENDED: Family.EXTENSION,
    DecisionKind.SET_ASIDE: Family.FILE,
    DecisionKind.ATTRIBUTED: Family.FILE,
    DecisionKind.SEEN: Family.QUESTION,
    DecisionKind.ASKED: Family.QUESTION,
}


def family_of(decision: Decision) -> Family:
    """Return what a decision is about; of a withdrawal its subject tells.

    An answer names a rule, a correction a field alone, an extension a day, an excuse
    none of these; a file is known by its content, a question by its mark.
    """
    if decision.kind is not DecisionKind.WITHDRAWN:
        return _FAMILIES[decision.kind]
    if decision.question:
        return Family.QUESTION
    if decision.file:
        return Family.FILE
    if decision.due:
        return Family.EXTENSION
    if decision.code:
        return Family.ANSWER
    return Family.CORRECTION if decision.field else Family.EXCUSE


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the last decision of each subject, in order; none where that is a withdrawal.

    Those that have run out, or hold in another month, are among them.
    """
    last: dict[tuple[Family, tuple[str, str, str, str]], Decision] = {}
    for decision in decisions:
        subject = family_of(decision), decision.subject
        last.pop(subject, None)
        last[subject] = decision
    return tuple(one for one in last.values() if one.kind is not DecisionKind.WITHDRAWN)


def in_force(decisions: Iterable[Decision], month: Month) -> tuple[Decision, ...]:
    """Return the decisions that hold in ``month``: of each subject the last, unless withdrawn."""
    return tuple(one for one in standing(decisions) if one.holds_in(month))


def excuse_of(unit: str, decisions: Iterable[Decision], month: Month) -> Decision | None:
    """Return the decision that frees ``unit`` from reporting in ``month``, the latest of several.

    None when it must report.
    """
    excuses = [one for one in in_force(decisions, month) if one.kind is DecisionKind.EXCUSED]
    own = [one for one in excuses if one.unit == unit]
    return max(own, key=lambda one: one.month, default=None)


def extensions(decisions: Iterable[Decision], month: Month) -> Mapping[str, Decision]:
    """Return the decisions that give units until a later day in ``month``, by unit code."""
    held = in_force(decisions, month)
    return {one.unit: one for one in held if one.kind is DecisionKind.EXTENDED}


def due_day(campaign: Campaign, unit: Unit, month: Month, extension: Decision | None) -> date:
    """Return the last day in time for a unit's report: its own where extended, else its level's."""
    if extension is not None and extension.due is not None:
        return extension.due
    return campaign.deadline(unit.level).falls_on(month, campaign.holidays)


def is_due(
    campaign: Campaign, unit: Unit, month: Month, extension: Decision | None, moment: datetime
) -> bool:
    """Tell whether a unit's last day was over at a moment: after the office's hours of that day.

    What comes later that day is in time all the same.
    """
    day = due_day(campaign, unit, month, extension)
    return moment >= datetime.combine(day, _OFFICE_CLOSES)


def set_aside(decisions: Iterable[Decision], month: Month) -> Mapping[str, str]:
    """Return why files are not used in ``month``, by the SHA-256 of their content."""
    held = in_force(decisions, month)
    return {one.file: one.reason for one in held if one.kind is DecisionKind.SET_ASIDE}


def attributed(decisions: Iterable[Decision], month: Month) -> Mapping[str, str]:
    """Return whose files are, as the board says in ``month``, by the SHA-256 of their content."""
    held = in_force(decisions, month)
    return {one.file: one.unit for one in held if one.kind is DecisionKind.ATTRIBUTED}


def answered_questions(decisions: Iterable[Decision], month: Month) -> Mapping[str, Decision]:
    """Return what was answered to the officer's questions, by the mark of each."""
    return {one.question: one for one in in_force(decisions, month) if one.question}


def settled_questions(decisions: Iterable[Decision], month: Month) -> frozenset[str]:
    """Return the marks of the questions that were answered for good: as it stands it is right."""
    answers = answered_questions(decisions, month).items()
    return frozenset(mark for mark, one in answers if one.kind is DecisionKind.SEEN)


# --- corrected figures ------------------------------------------------------------------


def corrected(
    campaign: Campaign, submission: Submission, decisions: Iterable[Decision]
) -> Submission:
    """Return the submission with the figures that the board corrected (đính chính).

    The value counts as corrected; what was typed and how the cell's own formulas
    take it stay as they are. Cells of tables are out of scope, and a field that
    the unit's form does not ask for is left alone. Of an answer's part that was corrected
    the answer says so, of an answer each of its parts.
    """
    form = campaign.form(submission.form)
    fields = {*(field.id for field in form.fields), *form.part_of}
    values: dict[str, Value] = {}
    for one in in_force(decisions, submission.month):
        is_own = one.kind is DecisionKind.CORRECTED and one.unit == submission.unit
        if is_own and one.field in fields:
            blank = Value(field=one.field, value=None, typed=None, raw=None, sheet="", cell="")
            found = submission.values.get(one.field, blank)
            values[one.field] = replace(
                found, value=one.value, repair=BOARD_CORRECTION, fault=None, implied=False
            )
            values |= _answer_and_parts(form, one.field, {**submission.values, **values})
    if not values:
        return submission
    # a fault that only said that a corrected field could not be read is settled
    faults = tuple(
        fault
        for fault in submission.faults
        if fault.field not in values or fault.code in READING_NOTICES
    )
    return replace(submission, values={**submission.values, **values}, faults=faults)


def _answer_and_parts(form: Form, id_: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return an answer that was corrected with its parts, or of a part; of other fields nothing."""
    field = form.part_of.get(id_) or form.field(id_)
    if not field.parts or field.id not in values:
        return {}
    answer = values[field.id]
    if id_ == field.id:
        return parts_of(field, answer)
    said = {part.id: one.value for part in field.parts if (one := values.get(part.id))}
    whole = replace(
        answer, value=answer_of(field, said), repair=BOARD_CORRECTION, fault=None, implied=False
    )
    return {field.id: whole}


# --- answers to explanations ------------------------------------------------------------


def answered(
    findings: Sequence[Finding],
    submission: Submission | None,
    decisions: Iterable[Decision],
    month: Month,
) -> tuple[Finding, ...]:
    """Return the findings with what the unit explained and what the board decided of it.

    An accepted explanation waives a finding while the unit gives the same as
    then; once it gives something else the decision stands beside the finding,
    which counts again.
    """
    explanations = submission.explanations if submission else {}
    answers = [one for one in in_force(decisions, month) if family_of(one) is Family.ANSWER]
    with_answers = []
    for finding in findings:
        # the last word on the same figures goes before any other
        own = [one for one in answers if is_about(one, finding)]
        ranked = sorted(own, key=lambda one: (is_given(one, finding, month), one.month))
        last = ranked[-1] if ranked else None
        is_accepted = last is not None and last.kind is DecisionKind.ACCEPTED
        is_waived = is_accepted and last is not None and is_given(last, finding, month)
        with_answers.append(
            replace(
                finding,
                explanation=explanations.get(finding.code, ""),
                decision=last,
                life=Life.WAIVED if is_waived else finding.life,
            )
        )
    return tuple(with_answers)


def is_about(decision: Decision, finding: Finding) -> bool:
    """Tell whether a decision answers a finding, whatever the unit gives by now.

    One that was entered by hand names no field and means the rule.
    """
    same_field = decision.field in ("", finding.field)
    return (decision.unit, decision.code) == (finding.unit, finding.code) and same_field


def is_given(decision: Decision, finding: Finding, month: Month) -> bool:
    """Tell whether the unit gives what the board decided upon.

    A decision that quotes no figures means those of its own month.
    """
    is_of_the_month = not decision.given and decision.month == month
    return is_of_the_month or same_words(decision.given, finding.given)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts say the same, as far as a cell of a workbook keeps them."""
    return words_key(one) == words_key(other)


def words_key(text: str) -> str:
    """Return what texts share that say the same, as far as a cell of a workbook keeps them.

    Blanks and control characters do not count, nor does the end of a very long text.
    """
    lawful = _UNLAWFUL.sub(" ", text)
    return squeeze(unicodedata.normalize("NFC", lawful))[:LONGEST_COMPARED]
