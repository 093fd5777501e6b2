"""Findings, missing values and repairs → what the first sheet says and what each cell says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign, Form
from tdkt_batch.forms.cell_meaning import quoted_raw
from tdkt_batch.forms.review import CellKey, CellNote, Gap, Point, Reread
from tdkt_batch.forms_write.panel import basis
from tdkt_batch.forms_write.styles import FIRST_YEAR
from tdkt_batch.model import Decision, Finding, Life, Severity, Value
from tdkt_batch.report import UnitReport
from tdkt_batch.returns.places import Places
from tdkt_batch.rules.actions import missing_of
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording.forms import NOTE_TITLE
from tdkt_batch.wording.shared import DECISIONS, LIVES, REPAIRS, SEVERITIES

_ORDER = (Severity.VIOLATION, Severity.READING, Severity.WARNING, Severity.NOTICE)
QUOTE_LENGTH = 220
UNDER_REVIEW = "Ban đang xem xét giải trình"


@dataclass(frozen=True, slots=True)
class Said:
    """All that is said of one unit's form; ``remedy_word`` names what is asked at a cell."""

    campaign: Campaign
    form: Form
    report: UnitReport
    places: Places
    remedy_word: str

    # --- findings ---------------------------------------------------------------------------

    def findings(self) -> list[Finding]:
        """Return the findings, the gravest first, those that the board has let pass last."""
        return sorted(
            self.report.findings,
            key=lambda one: (one.life is Life.WAIVED, _ORDER.index(one.severity)),
        )

    def points(self) -> tuple[Point, ...]:
        """Return the rows of the first sheet."""
        return tuple(self._point(finding) for finding in self.findings())

    def _point(self, finding: Finding) -> Point:
        key = self.places.key(finding.field, finding.sheet, finding.cell)
        return Point(
            severity=finding.severity,
            message=finding.message,
            given=finding.given,
            expected=finding.expected,
            difference=finding.difference,
            remedy=finding.remedy,
            basis=self._basis(finding),
            life=life_words(finding),
            answer=answer_words(finding),
            code=finding.code,
            explained_at=finding.code,
            target=self.places.target(key, finding.sheet),
        )

    def _basis(self, finding: Finding) -> str:
        rule = next((one for one in self.campaign.rules if one.id == finding.code), None)
        return "" if rule is None else basis(rule, QUOTE_LENGTH)

    # --- what is missing ----------------------------------------------------------------------

    def gaps(self) -> tuple[Gap, ...]:
        """Return each value that leaves rules undecided, once, with these rules."""
        return tuple(self._gap(name, titles) for name, titles in self._missing().items())

    def _missing(self) -> Mapping[str, list[str]]:
        """Return the titles of the rules that wait, by the field that they wait for."""
        waiting: dict[str, list[str]] = {}
        for outcome in self.report.outcomes:
            for name in missing_of(outcome, self.form):
                waiting.setdefault(name, []).append(self.campaign.rule(outcome.rule).title)
        return waiting

    def _gap(self, name: str, titles: Iterable[str]) -> Gap:
        label, value = self.form.label(name), self.places.lacking(name)
        column = "đủ cột " if "." in name else ""
        remedy = f"Ghi {column}“{label}”"
        if value is not None and value.fault is not None:
            remedy = f"Ghi lại “{label}”: chưa đọc được"
        return Gap(label, "; ".join(titles), remedy, self.places.target(self._gap_at(name)))

    def _gap_at(self, name: str) -> CellKey | None:
        value = self.places.lacking(name)
        return self.places.key(name, value.sheet, value.cell) if value else self.places.key(name)

    # --- what was understood otherwise ----------------------------------------------------------

    def reread(self) -> tuple[Reread, ...]:
        """Return what was understood otherwise than typed, the cells of a column together."""
        groups: dict[tuple[str, str], list[tuple[CellKey, Value]]] = {}
        for key, value in self._repaired():
            groups.setdefault((value.field, value.repair.rule if value.repair else ""), []).append(
                (key, value)
            )
        return tuple(self._reread(cells) for cells in groups.values())

    def _reread(self, cells: list[tuple[CellKey, Value]]) -> Reread:
        key, value = cells[0]
        label = self.form.label(value.field)
        if len(cells) > 1:
            label = f"{label} ({len(cells)} ô, ví dụ ô đầu)"
        how = REPAIRS[value.repair.rule] if value.repair else ""
        typed, understood = quoted_raw(value.raw), self._value_words(value)
        return Reread(label, typed, understood, how, self.places.target(key))

    def _repaired(self) -> Iterator[tuple[CellKey, Value]]:
        """Yield the repaired cells; one that looks the same as before is none."""
        submission = self.places.submission
        rows = (row for rows in submission.tables.values() for row in rows)
        cells = (*submission.values.values(), *(v for row in rows for v in row.values.values()))
        for value in cells:
            if value.repair is None or value.repair.rule == "SC09":
                continue
            key = self.places.key(value.field, value.sheet, value.cell)
            if key is not None:
                yield key, value

    def _value_words(self, value: Value) -> str:
        """Return what a cell was understood as, as an office writes it; a year without a point."""
        match value.value:
            case None | False:
                return "để trống"
            case True:
                return "x"
            case int() as number:
                is_year = self.form.field(value.field).minimum >= FIRST_YEAR
                return str(number) if is_year else write_number(number)
            case date() as day:
                return write_day(day)
            case str() as text:
                return f"“{quoted_raw(text)}”"

    def _typed_words(self, value: Value) -> str:
        how = REPAIRS[value.repair.rule] if value.repair else ""
        understood = self._value_words(value)
        return f"Đơn vị ghi “{quoted_raw(value.raw)}”, được hiểu là {understood}. {how}."

    # --- at the cells ---------------------------------------------------------------------------

    def notes(self) -> Mapping[CellKey, CellNote]:
        """Return what is said at each cell."""
        notes: dict[CellKey, CellNote] = {}
        for key, value in self._repaired():
            _add(notes, key, CellNote(None, self._typed_words(value)))
        for number, finding in enumerate(self.findings(), start=1):
            at = self.places.key(finding.field, finding.sheet, finding.cell)
            if at is not None and finding.life is not Life.WAIVED:
                text = self._note(number, finding)
                _add(notes, at, CellNote(finding.severity, text, (number,)))
        for name in self._missing():
            at = self._gap_at(name)
            if at is not None and at not in notes:
                text = f"Chưa ghi “{self.form.label(name)}”, vì vậy chưa rà soát đủ."
                _add(notes, at, CellNote(Severity.NOTICE, text))
        return {
            key: replace(note, text=f"{NOTE_TITLE}\n{note.text}") for key, note in notes.items()
        }

    def _note(self, number: int, finding: Finding) -> str:
        lines = (
            (f"Nội dung số {number} ({SEVERITIES[finding.severity]})", finding.message),
            ("Đơn vị ghi", finding.given),
            ("Yêu cầu", finding.expected),
            (self.remedy_word, finding.remedy),
            ("Căn cứ", self._basis(finding)),
        )
        return "\n".join(f"{head}: {text}" for head, text in lines if text)


def _add(notes: dict[CellKey, CellNote], key: CellKey, note: CellNote) -> None:
    """Add what is said at a cell to what is said there already; the gravest gives the colour."""
    before = notes.get(key)
    if before is None:
        notes[key] = note
        return
    gravest = min((before.severity, note.severity), key=_rank)
    text = f"{before.text}\n\n{note.text}"
    notes[key] = CellNote(gravest, text, (*before.numbers, *note.numbers))


def _rank(severity: Severity | None) -> int:
    return len(_ORDER) if severity is None else _ORDER.index(severity)


# --- words ---------------------------------------------------------------------------------------


def life_words(finding: Finding) -> str:
    """Return how a finding stands against the months before."""
    if finding.life is Life.OPEN and finding.since is not None:
        return f"{LIVES[Life.OPEN]} từ tháng {finding.since.vietnamese}"
    return LIVES[finding.life]


def answer_words(finding: Finding) -> str:
    """Return what the board answers to the unit's explanation."""
    decision = finding.decision
    if decision is None:
        return UNDER_REVIEW if finding.explanation else ""
    return ". ".join(part for part in (_decided(decision), decision.reason) if part)


def _decided(decision: Decision) -> str:
    until = f" đến hết tháng {decision.until.vietnamese}" if decision.until else ""
    return f"{DECISIONS[decision.kind]}{until}"
