"""One typed row of the control workbook → a decision, or None and what is wrong with its cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from datetime import date
from functools import cached_property

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.control.columns import (
    ANSWERS,
    FILE_ANSWERS,
    FILE_QUESTION_ANSWERS,
    QUESTION_ANSWERS,
    WITHDRAW,
    ColumnUse,
    ControlSheet,
)
from tdkt_batch.control.field_names import fields_named, names_of
from tdkt_batch.control.file_names import FilesByName
from tdkt_batch.forms.as_typed import Understood, quoted_raw
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.model import Decision, DecisionKind, Month, Source, Unit
from tdkt_batch.rules.decisions import Family, due_day
from tdkt_batch.unit_names.known_names import How
from tdkt_batch.unit_names.match import Match, UnitNames
from tdkt_batch.values import Raw, is_blank_cell
from tdkt_batch.vietnamese.writing import lowered, write_day
from tdkt_batch.wording import control as say
from tdkt_batch.wording.shared import DECISIONS, READING_FAULTS, READING_NOTICES, reading_fault

LONGEST_NAMED = 60
"""What a row is about is told with so many characters of a cell."""
_BESIDE_A_CODE = re.compile("[–—(:-]")
"""What may stand between a unit's code and its name."""


class TypedNames:
    """The units and rules of a campaign and the files that arrived, found by what people type."""

    def __init__(self, campaign: Campaign, files: Iterable[Source] = ()) -> None:
        self.campaign = campaign
        self._files = FilesByName(files)
        self._units = {_code_key(unit.code): unit for unit in campaign.units}
        codes = (*(rule.id for rule in campaign.rules), *READING_FAULTS, *READING_NOTICES)
        self._codes = {code.casefold(): code for code in codes}

    def unit(self, text: str) -> Unit | None:
        """Return the unit with this code, or with exactly this registered name."""
        if unit := self._units.get(_code_key(_BESIDE_A_CODE.split(text)[0])):
            return unit
        match = self._names.find(text)
        return match.unit if isinstance(match, Match) and match.how is How.NAME else None

    def code(self, text: str) -> str | None:
        """Return the id of a rule or of a fault of reading, however it is written."""
        return self._codes.get("".join(text.split()).casefold())

    def file(self, text: str, sha256: str) -> Mapping[str, Source]:
        """Return the files of this name by their content; of a listed row its own alone."""
        found = self._files.named(text)
        return {sha256: found[sha256]} if sha256 in found else found

    @cached_property
    def _names(self) -> UnitNames:
        return UnitNames(self.campaign.units)


_LISTED = {Family.QUESTION: "topic", Family.ANSWER: "message", Family.FILE: "state"}
"""The program's own column that stands in a row listed to be decided, by the sheet's family."""


_REASONS = {say.NO_REPORT: say.NO_REPORT, say.OTHER_COUNTS: say.OTHER_COUNTS_BECAUSE}
"""Why a file is not used where the answer says it."""


def _code_key(text: str) -> str:
    """Return what all spellings of a unit's code share: no blanks, no zeros in front."""
    return "".join(text.split()).casefold().lstrip("0")


@dataclass(slots=True)
class DecisionRow:
    """One row as it was typed.

    What is wrong with it gathers in ``problems``, what was completed in ``remarks``.
    """

    sheet: ControlSheet
    cells: Mapping[str, Raw]
    names: TypedNames
    problems: list[str] = with_default(default_factory=list)
    remarks: list[str] = with_default(default_factory=list)

    # --- what is typed ------------------------------------------------------------------

    def exact(self, column: str) -> str:
        """Return a cell's text just as it is."""
        raw = self.cells.get(column)
        return raw if isinstance(raw, str) else quoted_raw(raw)

    def text(self, column: str) -> str:
        """Return what the board typed, composed and trimmed."""
        return unicodedata.normalize("NFC", self.exact(column)).strip(" \u00a0\t\n")

    def is_blank(self, *columns: str) -> bool:
        """Tell whether nothing is typed in any of these cells."""
        return all(is_blank_cell(self.cells.get(column)) for column in columns)

    def as_typed(self) -> dict[str, str]:
        """Return all that the board typed, as texts, for the row to be written back."""
        typed = (c.id for c in self.sheet.columns if c.use is not ColumnUse.SHOWN)
        return {id_: self.exact(id_) for id_ in typed if not self.is_blank(id_)}

    def about(self) -> Iterator[str]:
        """Yield what a row is about, as it stands in it, shortly: whom, when, which."""
        for id_ in ("unit", "month", "code", "file"):
            if any(c.id == id_ for c in self.sheet.columns) and (text := self.text(id_)):
                yield text[:LONGEST_NAMED]

    def decides_nothing(self) -> bool:
        """Tell whether a row is an empty one, or one that waits for a decision.

        A row that the program lists has its words in the columns that are its own;
        a month alone stands in every empty row.
        """
        columns = self.sheet.columns
        if not self.is_blank(*(c.id for c in columns if c.use is ColumnUse.INPUT)):
            return False
        own = _LISTED.get(self.sheet.family)
        if own and not self.is_blank(own):
            return True
        keys = (c.id for c in columns if c.use is ColumnUse.KEY and c.id != "month")
        return self.is_blank(*keys)

    # --- what it means ------------------------------------------------------------------

    def unit(self, column: str = "unit") -> Unit | None:
        """Return the unit; None with a problem when there is none such."""
        text = self.text(column)
        unit = self.names.unit(text) if text else None
        if unit is None:
            said = say.NO_UNIT.format(text=text) if text else say.NOTHING
            self._wrong(column, said, say.WRITE_A_UNIT)
        return unit

    def code(self) -> str:
        """Return the rule's id; empty with a problem when there is none such."""
        text = self.text("code")
        code = self.names.code(text) if text else None
        if code is None:
            said = say.NO_CODE.format(text=text) if text else say.NOTHING
            self._wrong("code", said, say.WRITE_A_CODE)
        return code or ""

    def file(self) -> Source | None:
        """Return the file that is named; None with a problem unless it is clear which."""
        text = self.text("file")
        found = self.names.file(text, self.exact("sha256")) if text else {}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            said = say.SEVERAL_FILES.format(text=text, number=len(found))
            self._wrong("file", said, say.WRITE_THE_HASH)
        else:
            said = say.NO_FILE.format(text=text) if text else say.NOTHING
            self._wrong("file", said, say.WRITE_A_FILE)
        return None

    def field(self, unit: Unit) -> Field | None:
        """Return the field of the unit's form; None with a problem unless it is clear."""
        text, campaign = self.text("field"), self.names.campaign
        fields = fields_named(campaign, unit, text) if text else ()
        if len(fields) == 1:
            return fields[0]
        if fields:
            names = names_of(campaign, campaign.form_of(unit))
            several = "; ".join(names[field.id] for field in fields[:4])
            said = say.SEVERAL_FIELDS.format(text=text, names=several)
            self._wrong("field", said, say.CHOOSE_ONE_FIELD)
        else:
            said = say.NO_FIELD.format(text=text) if text else say.NOTHING
            self._wrong("field", said, say.CHOOSE_A_FIELD)
        return None

    def month(self, column: str) -> Month | None:
        """Return a month; None with a problem when it cannot be read, without when blank."""
        day = self._understood(column, FieldKind.MONTH).value
        if not isinstance(day, date):
            return None
        raw, month = self.cells.get(column), Month.of(day)
        if isinstance(raw, str) and f"{month.year % 100:02}" not in raw:
            said = {"head": self.sheet.column(column).head, "text": self.text(column)}
            self.remarks.append(say.YEAR_ADDED.format(**said, month=month.vietnamese))
        return month

    def day(self, column: str) -> date | None:
        """Return a day; None with a problem when it cannot be read, without when blank."""
        day = self._understood(column, FieldKind.DATE).value
        return day if isinstance(day, date) else None

    def choice(self, column: str, values: tuple[str, ...]) -> str:
        """Return the choice meant; empty with a problem when it is none of them."""
        choices = ChoiceList(column, values, {})
        choice = self._understood(column, FieldKind.CHOICE, choices).value
        return choice if isinstance(choice, str) else ""

    def value(self, field: Field) -> Understood:
        """Return the right value of a field, as a cell of its form would be understood."""
        value = self._as(field, "value")
        if not value.fault and value.value is None:
            self._wrong("value", say.NOTHING, say.WRITE_THE_VALUE)
        return value

    def is_withdrawn(self) -> bool:
        """Tell whether the row's decision is taken back; an x will do."""
        if self.text("withdrawn").casefold() in say.YES_TOO:
            return True
        return bool(self.choice("withdrawn", (WITHDRAW,)))

    def require(self, *columns: str) -> None:
        """Note which of these cells are blank."""
        blank = [f"“{self.sheet.column(id_).head}”" for id_ in columns if not self.text(id_)]
        if blank:
            said = say.BLANK_CELL if len(blank) == 1 else say.BLANK_CELLS
            self.problems.append(said.format(heads=", ".join(blank)))

    def require_order(self, first: Month | None, last: Month | None, column: str) -> None:
        """Note a last month before the first."""
        if first and last and last < first:
            said = say.BEFORE_FIRST.format(last=last.vietnamese, first=first.vietnamese)
            self._wrong(column, said, say.MEND_IT)

    def require_later_working_day(self, due: date, usual: date) -> None:
        """Note a day that is no later than the ``usual`` one, or on which no office works."""
        holidays = self.names.campaign.holidays
        if due <= usual:
            said = say.NOT_LATER.format(due=write_day(due), usual=write_day(usual))
            self._wrong("due", said, say.WRITE_A_LATER_DAY)
        elif holidays.is_off(due):
            next_day = write_day(holidays.working_day_after(due, 1))
            said = say.NO_WORKING_DAY.format(due=write_day(due))
            self._wrong("due", said, say.WRITE_A_WORKING_DAY.format(day=next_day))

    def _understood(
        self, column: str, kind: FieldKind, choices: ChoiceList | None = None
    ) -> Understood:
        head = self.sheet.column(column).head
        return self._as(Field(id=column, label=head, kind=kind, choices=choices), column)

    def _as(self, field: Field, column: str) -> Understood:
        """Return a cell understood as ``field``; note the fault of one that cannot be read."""
        value = understand(field, self.cells.get(column), self.names.campaign)
        if value.fault:
            message, remedy = reading_fault(
                value.fault, field.label, self.names.campaign.words.said
            )
            self.problems.append(f"{message}: {lowered(remedy)}")
        return value

    def _wrong(self, column: str, what: str, to_do: str) -> None:
        head = self.sheet.column(column).head
        self.problems.append(say.WRONG_CELL.format(head=head, what=what, to_do=to_do))


# --- decisions --------------------------------------------------------------------------


def decision_of(row: DecisionRow) -> Decision | None:
    """Return what a row decides; None when it cannot be taken, which its problems tell."""
    match row.sheet.family:
        case Family.QUESTION:
            decision = question_in(row)
        case Family.ANSWER:
            decision = answer_in(row)
        case Family.CORRECTION:
            decision = correction_in(row)
        case Family.EXCUSE:
            decision = excuse_in(row)
        case Family.EXTENSION:
            decision = extension_in(row)
        case Family.FILE:
            decision = file_in(row)
    return None if row.problems else decision


def question_in(row: DecisionRow) -> Decision | None:
    """Return the answer to a question: to a unit's explanation, on a file, or to the program's."""
    if row.text("code"):
        return answer_in(row)
    file, answers = row.exact("sha256"), QUESTION_ANSWERS
    if file and file.startswith(row.exact("question")):
        return stray_in(row, FILE_ANSWERS)
    if file:
        answers = FILE_QUESTION_ANSWERS
    kind = answers.get(row.choice("decision", tuple(answers)))
    if kind in (DecisionKind.SET_ASIDE, DecisionKind.ATTRIBUTED):
        return stray_in(row, answers)
    month = row.month("month")
    row.require("month", "decision")
    decided, until = row.day("decided"), row.month("until")
    row.require_order(month, until, "until")
    unit = row.names.unit(row.text("unit")) if row.text("unit") else None
    if month is None or kind is None:
        return None
    return replace(
        _signed(row, kind, unit, month, decided),
        question=row.exact("question"),
        file=file,
        given=row.text("message"),
        until=until,
    )


def stray_in(row: DecisionRow, answers: Mapping[str, DecisionKind]) -> Decision | None:
    """Return whose a file is, or that it is not used: the other report of its unit counts then."""
    month, decided = row.month("month"), row.day("decided")
    row.require("month", "decision", "approver", "decided")
    kind = answers.get(answer := row.choice("decision", tuple(answers)))
    unit = row.unit("of_unit") if kind is DecisionKind.ATTRIBUTED else None
    if answer == DECISIONS[DecisionKind.SET_ASIDE]:
        row.require("reason")
    if month is None or kind is None:
        return None
    decision = _signed(row, kind, unit, month, decided)
    reason = decision.reason or _REASONS.get(answer, "")
    return replace(decision, file=row.exact("sha256"), given=row.exact("given"), reason=reason)


def answer_in(row: DecisionRow) -> Decision | None:
    """Return the board's answer to an explanation."""
    unit, code, month = row.unit(), row.code(), row.month("month")
    row.require("month", "decision")
    kind = ANSWERS.get(row.choice("decision", tuple(ANSWERS)))
    decided, until = row.day("decided"), row.month("until")
    if kind is DecisionKind.ACCEPTED:
        row.require("reason", "approver", "decided")
    row.require_order(month, until, "until")
    if unit is None or month is None or kind is None:
        return None
    return replace(
        _signed(row, kind, unit, month, decided),
        code=code,
        field=row.exact("field"),
        given=row.exact("given"),
        explanation=row.exact("explanation"),
        clause=row.text("clause"),
        until=until,
    )


def correction_in(row: DecisionRow) -> Decision | None:
    """Return a corrected figure, or its withdrawal."""
    unit, month = row.unit(), row.month("month")
    row.require("month")
    field = row.field(unit) if unit else None
    is_withdrawn = row.is_withdrawn()
    decided = row.day("decided")
    value = None
    if not is_withdrawn:
        value = row.value(field).value if field else None
        row.require("explanation", "decided", "reason", "approver")
    if unit is None or month is None or field is None:
        return None
    kind = DecisionKind.WITHDRAWN if is_withdrawn else DecisionKind.CORRECTED
    decision = _signed(row, kind, unit, month, decided)
    return replace(decision, field=field.id, value=value, explanation=row.text("explanation"))


def excuse_in(row: DecisionRow) -> Decision | None:
    """Return that a unit need not report, or its withdrawal."""
    unit, month, until = row.unit(), row.month("month"), row.month("until")
    row.require("month")
    is_withdrawn = row.is_withdrawn()
    reasons, decided = row.names.campaign.reasons, row.day("decided")
    if is_withdrawn:  # its reason may be none of the office's any more
        explanation = row.text("explanation")
    else:
        explanation = row.choice("explanation", reasons.excused)
        row.require("explanation", "reason", "approver", "decided")
    row.require_order(month, until, "until")
    if unit is None or month is None:
        return None
    kind = DecisionKind.WITHDRAWN if is_withdrawn else DecisionKind.EXCUSED
    return replace(_signed(row, kind, unit, month, decided), explanation=explanation, until=until)


def extension_in(row: DecisionRow) -> Decision | None:
    """Return until when a unit may report, or its withdrawal.

    The day is a working day after the usual deadline.
    """
    unit, month = row.unit(), row.month("month")
    row.require("month")
    is_withdrawn, decided, due = row.is_withdrawn(), row.day("decided"), row.day("due")
    if not is_withdrawn:
        row.require("due", "reason", "approver", "decided")
    if unit is None or month is None:
        return None
    usual = due_day(row.names.campaign, unit, month, None)
    if due is not None and not is_withdrawn:
        row.require_later_working_day(due, usual)
    kind = DecisionKind.WITHDRAWN if is_withdrawn else DecisionKind.EXTENDED
    # whatever day is withdrawn, it is the unit's own
    return replace(_signed(row, kind, unit, month, decided), due=due or usual)


def file_in(row: DecisionRow) -> Decision | None:
    """Return that a file is not used, or whose it is, or the withdrawal of either."""
    file, month = row.file(), row.month("month")
    row.require("month")
    is_withdrawn, decided = row.is_withdrawn(), row.day("decided")
    unit, kind = None, DecisionKind.WITHDRAWN
    if not is_withdrawn and row.text("of_unit"):
        unit, kind = row.unit("of_unit"), DecisionKind.ATTRIBUTED
        row.require("approver", "decided")
    elif not is_withdrawn:
        kind = DecisionKind.SET_ASIDE
        row.require("reason", "approver", "decided")
    if file is None or month is None:
        return None
    decision = _signed(row, kind, unit, month, decided)
    return replace(decision, file=file.sha256, given=file.name)


def _signed(
    row: DecisionRow, kind: DecisionKind, unit: Unit | None, month: Month, decided: date | None
) -> Decision:
    """Return what every decision has: whom, from which month, why, by whom and when."""
    reason, approver = row.text("reason"), row.text("approver")
    return Decision(
        kind=kind,
        unit=unit.code if unit else "",
        month=month,
        reason=reason,
        approver=approver,
        decided=decided,
    )
