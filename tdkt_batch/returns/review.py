"""Findings, missing values and repairs → what the first sheet says and what each cell says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.words import Words
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.review import CellKey, CellNote, Gap, Point, Reread, Review
from tdkt_batch.forms_write.panel import basis
from tdkt_batch.model import GRAVEST_FIRST, Finding, Life, Severity, Value
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.returns.sent_form import SentForm
from tdkt_batch.rules.requests_to_units import Action, action_of, is_over, missing_of, reply_day
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import write_day, write_moment, write_number
from tdkt_batch.wording import returns as say
from tdkt_batch.wording.forms import NOTE_TITLE
from tdkt_batch.wording.shared import (
    ARRIVAL_BASES,
    DECISIONS,
    LIVES,
    REPAIRS,
    UNIT_STATES,
)

_ORDER = (*GRAVEST_FIRST, None)
QUOTE_LENGTH = 220


def review_of(campaign: Campaign, month: MonthReport, unit: UnitReport, sent: SentForm) -> Review:
    """Return all that the board says of a unit's form: on its first sheet and at its cells.

    The gravest findings come first, those that the board has let pass last.
    """
    form, submission = sent.layout.form, sent.submission
    over, action = is_over(campaign, unit), action_of(campaign, unit)
    head = say.HOW_TO_EXPLAIN if over else say.HOW_TO_MEND
    findings = sorted(
        unit.findings, key=lambda one: (one.life is Life.WAIVED, _ORDER.index(one.severity))
    )
    waiting: dict[str, list[str]] = {}  # the titles of the rules, by the field that they wait for
    told = {f for one in findings if one.severity is Severity.READING for f in one.fields}
    for outcome in unit.outcomes:
        for name in missing_of(outcome, form):
            if name in told:
                continue  # the fault of reading names its rules
            waiting.setdefault(name, []).append(campaign.rule(outcome.rule).title)
    if action in (Action.CLEAR, Action.AWAITING):
        guide = f"{say.NOTHING_TO_DO} {say.LOOK_AT_NOTICES}" if findings else say.NOTHING_TO_DO
    elif unit.state is UnitState.EMPTY:
        guide = say.FILL_IN
    else:
        guide = campaign.words.said(say.EXPLAIN_HERE) if over else say.MEND_HERE
    review = Review(
        action=say.ACTIONS[action].format(day=write_day(reply_day(campaign, month))),
        whose=unit_label(unit.unit, campaign),
        which=say.WHICH_REPORT.format(
            month=month.month.vietnamese, number=form.number, title=form.title
        ),
        guide=guide,
        remedy_head=head,
        points=tuple(point_of(campaign, sent, finding) for finding in findings),
        gaps=tuple(gap_of(form, sent, name, titles) for name, titles in waiting.items()),
        reread=rereads_of(form, sent),
        left_out=submission.extras,
        receipt=receipt_of(campaign, month, unit),
    )
    return replace(review, notes=notes_of(sent, review, findings, tuple(waiting), campaign.words))


# --- findings -------------------------------------------------------------------------------


def point_of(campaign: Campaign, sent: SentForm, finding: Finding) -> Point:
    """Return a finding as a row of the first sheet."""
    key = sent.key(finding.field, finding.sheet, finding.cell)
    rule = next((one for one in campaign.rules if one.id == finding.code), None)
    life, decision = LIVES[finding.life], finding.decision
    if finding.life is Life.OPEN and finding.since is not None:
        life = say.OPEN_SINCE.format(open=life, month=finding.since.vietnamese)
    answer = say.UNDER_REVIEW if finding.explanation else ""
    if decision is not None:
        answer = DECISIONS[decision.kind]
        if decision.until:
            answer = say.UNTIL.format(decision=answer, month=decision.until.vietnamese)
        answer = f"{answer}. {decision.reason}" if decision.reason else answer
    return Point(
        severity=finding.severity,
        message=finding.message,
        given=finding.given,
        expected=finding.expected,
        difference=finding.difference,
        remedy=finding.remedy,
        basis="" if rule is None else basis(rule, QUOTE_LENGTH),
        life=life,
        answer=answer,
        code=finding.code,
        explained_at=finding.code,
        target=sent.target(key, finding.sheet),
    )


# --- missing values -------------------------------------------------------------------------


def gap_of(form: Form, sent: SentForm, name: str, titles: Sequence[str]) -> Gap:
    """Return a value that leaves rules undecided, with the titles of these rules."""
    label, value = form.label(name), sent.lacking(name)
    remedy = say.WRITE_IT["." in name]
    if value is not None and value.fault is not None:
        remedy = say.WRITE_IT_AGAIN
    target = sent.target(_gap_at(sent, name))
    return Gap(label, "; ".join(titles), remedy.format(label=label), target)


def _gap_at(sent: SentForm, name: str) -> CellKey | None:
    """Return the cell in which a missing value is to be written."""
    value = sent.lacking(name)
    return sent.key(name, value.sheet, value.cell) if value else sent.key(name)


# --- what was understood otherwise ----------------------------------------------------------


def _repaired(sent: SentForm) -> list[tuple[CellKey, Value]]:
    """Return the repaired cells; one that looks the same as before is none."""
    alike = ("SC09", "SC22")
    submission = sent.submission
    rows = (row for rows in submission.tables.values() for row in rows)
    cells = (*submission.values.values(), *(v for row in rows for v in row.values.values()))
    return [
        (key, value)
        for value in cells
        if value.repair is not None and value.repair.is_to_be_shown
        if value.repair.rule not in alike
        if (key := sent.key(value.field, value.sheet, value.cell)) is not None
    ]


def rereads_of(form: Form, sent: SentForm) -> tuple[Reread, ...]:
    """Return the rows on what was understood otherwise, the cells of a column together."""
    groups: dict[tuple[str, str], list[tuple[CellKey, Value]]] = {}
    for key, value in _repaired(sent):
        groups.setdefault((value.field, _how(value)), []).append((key, value))
    rows = []
    for (field, how), cells in groups.items():
        key, value = cells[0]
        label = form.label(field)
        if len(cells) > 1:
            label = say.SEVERAL_CELLS.format(label=label, number=len(cells))
        typed, understood = quoted_raw(value.raw), _value_words(form, value)
        rows.append(Reread(label, typed, understood, how, sent.target(key)))
    return tuple(rows)


def _how(value: Value) -> str:
    return REPAIRS[value.repair.rule] if value.repair else ""


def _value_words(form: Form, value: Value) -> str:
    """Return what a cell was understood as, as an office writes it; a year without a point."""
    match value.value:
        case None | False:
            return say.BLANK
        case True:
            return "x"
        case int() as number:
            return str(number) if form.field(value.field).is_year else write_number(number)
        case date() as day:
            return write_day(day)
        case str() as text:
            return f"“{quoted_raw(text)}”"


# --- at the cells ---------------------------------------------------------------------------


def notes_of(
    sent: SentForm,
    review: Review,
    findings: Sequence[Finding],
    missing: Sequence[str],
    words: Words,
) -> Mapping[CellKey, CellNote]:
    """Return what is said at each cell; where several things are, the gravest gives the colour."""
    form, severities = sent.layout.form, words.severities
    notes: dict[CellKey, CellNote] = {}

    def add(key: CellKey, note: CellNote) -> None:
        if before := notes.get(key):
            gravest = min((before.severity, note.severity), key=_ORDER.index)
            text = f"{before.text}\n\n{note.text}"
            note = CellNote(gravest, text, (*before.numbers, *note.numbers))
        notes[key] = note

    for key, value in _repaired(sent):
        typed, understood = quoted_raw(value.raw), _value_words(form, value)
        text = say.UNDERSTOOD_AS.format(typed=typed, understood=understood, how=_how(value))
        add(key, CellNote(None, text))
    for number, (finding, point) in enumerate(zip(findings, review.points, strict=True), start=1):
        if finding.life is Life.WAIVED:
            continue
        title = say.POINT.format(number=number, severity=severities[finding.severity])
        lines = (
            (title, point.message),
            (say.GIVEN, point.given),
            (say.EXPECTED, point.expected),
            (review.remedy_head, point.remedy),
            (say.BASIS, point.basis),
        )
        text = "\n".join(f"{label}: {said}" for label, said in lines if said)
        for field, cell in finding.cells or ((finding.field, finding.cell),):
            at = sent.key(field, finding.sheet, cell)
            if at is not None:
                add(at, CellNote(finding.severity, text, (number,)))
    for name in missing:
        at = _gap_at(sent, name)
        if at is not None and at not in notes:
            text = say.IS_MISSING.format(label=form.label(name))
            add(at, CellNote(Severity.NOTICE, text))
    return {key: replace(note, text=f"{NOTE_TITLE}\n{note.text}") for key, note in notes.items()}


# --- the receipt ----------------------------------------------------------------------------


def receipt_of(
    campaign: Campaign, month: MonthReport, report: UnitReport
) -> tuple[tuple[str, str], ...]:
    """Return the receipt (phiếu tiếp nhận): what came in, when, by what way, known by its hash."""
    submission = report.submission
    if submission is None:
        return ()
    source = submission.source
    received = write_moment(report.received or source.arrived)
    if letter := source.letter:
        way = say.MAIL_ABOUT.format(subject=letter.subject) if letter.subject else say.MAIL
        address = f"<{letter.sender}>" if letter.sender else ""
        sender = " ".join(part for part in (letter.sender_name, address) if part)
    else:
        package = say.IN_A_PACKAGE.format(container=source.container)
        way, sender = package if source.container else say.LOOSE_FILE, say.UNKNOWN_SENDER
    texts = (
        f"{received} ({ARRIVAL_BASES[source.arrived_by].lower()})",
        way,
        sender,
        source.name,
        f"{write_number(source.size)} byte",
        say.CHECK_FIGURE.format(figure=submission.check_figure or say.NO_CHECK_FIGURE),
        source.sha256,
        UNIT_STATES[report.state],
        say.RECEIVED_BY.format(board=campaign.board.name, until=write_moment(month.received_until)),
    )
    return tuple(zip(say.RECEIPT, texts, strict=True))
