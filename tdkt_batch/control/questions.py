"""All that the officer is asked, a row each: what is urgent first, each with its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.columns import (
    ANSWERS,
    FILE_ANSWERS,
    NOTE,
    QUESTION_ANSWERS,
    WITHDRAW,
    Cells,
)
from tdkt_batch.control.standing_rows import cells_of
from tdkt_batch.figures.officer_questions import OfficerQuestion, OfficerTopic, ShownCell
from tdkt_batch.figures.questions_of_files import FileQuestion, FileTopic
from tdkt_batch.model import Decision, DecisionKind, Finding, Month
from tdkt_batch.report import FileRecord
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.shown import shown_text
from tdkt_batch.vietnamese.writing import lowered, write_moment
from tdkt_batch.wording import control as say
from tdkt_batch.wording.figures import REPORT_ARRIVED, TOPICS
from tdkt_batch.wording.shared import DECISIONS, FILE_STATES

_ANSWERS = tuple(one for one in ANSWERS if one != WITHDRAW)
_QUESTION_ANSWERS = tuple(one for one in QUESTION_ANSWERS if one != WITHDRAW)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row to be written; ``is_open`` when its keys are the board's to type.

    ``choices`` are what its decision is chosen from, where rows differ in it.
    """

    cells: Cells
    is_open: bool = False
    choices: tuple[str, ...] = ()


def explanation_row(
    campaign: Campaign, finding: Finding, month: Month, note: str, *, is_doubted: bool
) -> ListedRow:
    """Return the row of a finding that waits for the board: explained, or not added before."""
    unit = campaign.unit_by_code.get(finding.unit)
    clause = say.BY_CLAUSE.format(code=finding.code, clause=finding.clause)
    place = _place(finding.sheet, finding.cell, finding.file)
    cells = {
        "topic": _topic(campaign, finding, is_doubted=is_doubted),
        "name": unit.name if unit else finding.unit,
        "unit": finding.unit,
        "month": month.vietnamese,
        "message": finding.message,
        "given": finding.given,
        "expected": "\n".join(filter(None, (finding.expected, clause if finding.clause else ""))),
        "place": place,
        "explanation": finding.explanation,
        "code": finding.code,
        "field": finding.field,
        "question": f"{finding.unit}/{finding.code}/{finding.field}",
        NOTE: note,
    }
    return ListedRow(cells, choices=_ANSWERS)


def _topic(campaign: Campaign, finding: Finding, *, is_doubted: bool) -> str:
    rule = campaign.rule_by_id.get(finding.code)
    if is_doubted:
        return say.DOUBT
    is_told_otherwise = rule is not None and rule.asks_what_is_taken_back
    return say.TOLD_OTHERWISE if is_told_otherwise else say.EXPLAINED


def stray_row(record: FileRecord, month: Month) -> ListedRow:
    """Return the row of a file of nobody."""
    source, letter = record.source, record.source.letter
    sent = REPORT_ARRIVED.format(moment=write_moment(source.arrived))
    by = ""
    if letter is not None:
        sender = letter.sender or letter.sender_name
        by = say.SENT_BY.format(sender=sender, subject=shown_text(letter.subject))
    cells = {
        "topic": say.STRAY,
        "month": month.vietnamese,
        "message": record.reason or FILE_STATES[record.state],
        "given": source.name,
        "expected": say.WHOSE_IS_IT,
        "place": "; ".join(filter(None, (sent, by))),
        "sha256": source.sha256,
        "question": source.sha256[:16],
    }
    return ListedRow(cells, choices=tuple(FILE_ANSWERS))


_FILE_CHOICES: Mapping[FileTopic, tuple[str, ...]] = {
    FileTopic.TWO: (say.COUNTED_STAYS, say.OTHER_COUNTS, DECISIONS[DecisionKind.ASKED]),
    FileTopic.MAIL: (
        say.NO_FORM_IN_IT, DECISIONS[DecisionKind.ATTRIBUTED], DECISIONS[DecisionKind.ASKED],
    ),
    FileTopic.SHEET: (say.NO_FORM_IN_IT, DECISIONS[DecisionKind.ASKED]),
    FileTopic.EARLIER: (DECISIONS[DecisionKind.SEEN], DECISIONS[DecisionKind.SET_ASIDE]),
}  # fmt: skip


def file_row(
    campaign: Campaign, asked: FileQuestion, answer: Decision | None, month: Month
) -> ListedRow:
    """Return the row of a question about a file; ``answer`` leaves it open: somebody is asked."""
    source, letter = asked.file.source, asked.file.source.letter
    unit = campaign.unit_by_code.get(asked.file.unit)
    message, question = say.FILE_QUESTIONS[asked.topic]
    others = [one.source.file_name for one in asked.others]
    is_of_two = asked.topic is FileTopic.TWO
    said = {
        "file": source.file_name,
        "other": others[0] if others else "",
        "reason": lowered(asked.others[0].reason) if is_of_two else asked.file.reason,
        "number": len(others) + 1,
        "subject": shown_text(letter.subject) if letter else "",
        "sender": (letter.sender or letter.sender_name) if letter else "",
        "month": asked.file.month.vietnamese if asked.file.month else "",
    }
    cells = {
        "topic": say.FILE_TOPICS[asked.topic],
        "name": unit_label(unit, campaign) if unit else "",
        "unit": asked.file.unit,
        "month": month.vietnamese,
        "message": message.format(**said),
        "given": source.name,
        "expected": question.format(**said),
        "place": "\n".join(
            say.FILE_ARRIVED.format(
                file=one.source.file_name, moment=write_moment(one.source.arrived)
            )
            for one in (asked.file, *asked.others, *asked.sent_again)
        ),
        "sha256": source.sha256,
        "question": asked.mark,
    }
    if answer is not None:
        cells |= {id_: text for id_, text in _answer(campaign, answer).items() if id_ != "given"}
    withdraw = (WITHDRAW,) if answer else ()
    return ListedRow(cells, choices=(*_FILE_CHOICES[asked.topic], *withdraw))


def question_rows(
    campaign: Campaign,
    asked: Sequence[OfficerQuestion],
    answered: Mapping[str, Decision],
    month: Month,
) -> Iterator[ListedRow]:
    """Yield the rows of what is unlike the rest, then of what was answered for good this month.

    What moved the totals most stands last of what is asked: it needs no answer.
    """
    ordered = sorted(asked, key=lambda one: one.topic is OfficerTopic.MOVERS)
    for one in ordered:
        first, *others = one.evidence or (None,)
        decision = answered.get(one.mark)
        cells = {
            "topic": TOPICS[one.topic],
            "name": unit_label(first.unit, campaign) if first else "",
            "unit": first.unit.code if first else "",
            "month": month.vietnamese,
            "message": one.text,
            "given": first.said if first else "",
            "place": "\n".join(
                filter(
                    None,
                    (
                        _place(first.sheet, first.cell, first.file) if first else "",
                        *(_other(campaign, cell) for cell in others if cell is not None),
                    ),
                )
            ),
            "question": one.mark,
        }
        if decision is not None:
            cells |= _answer(campaign, decision)
        choices = (*_QUESTION_ANSWERS, *((WITHDRAW,) if decision else ())) if first else ()
        yield ListedRow(cells, choices=choices)
    for decision in answered.values():
        if decision.kind is DecisionKind.SEEN and decision.month == month:
            unit = campaign.unit_by_code.get(decision.unit)
            cells = {
                "topic": say.SETTLED,
                "name": unit_label(unit, campaign) if unit else "",
                "message": decision.given,
                **_answer(campaign, decision),
            }
            yield ListedRow(cells, choices=tuple(QUESTION_ANSWERS))


def _answer(campaign: Campaign, decision: Decision) -> dict[str, str]:
    """Return what was answered to a question, as its row has it."""
    return {id_: text for id_, text in cells_of(campaign, decision).items() if text}


def _place(sheet: str, cell: str, file: str) -> str:
    """Return where something stands: page and cell of which file, as far as that is known."""
    on_sheet = say.PLACE_ON_SHEET.format(sheet=sheet, cell=cell) if sheet and cell else ""
    in_file = say.PLACE_IN_FILE.format(file=file) if file else ""
    return ", ".join(filter(None, (on_sheet, in_file)))


def _other(campaign: Campaign, cell: ShownCell) -> str:
    """Return what another unit, or another cell, says beside the first."""
    name = unit_label(cell.unit, campaign)
    place = _place(cell.sheet, cell.cell, cell.file)
    said = say.OTHER_CELL.format(unit=name, said=cell.said)
    return f"{said} ({place})" if place else said
