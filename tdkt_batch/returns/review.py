"""Requests, notices and repairs → what the first sheet says and what each cell says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.review import CellKey, CellNote, Point, Points, Reread, Review, Target
from tdkt_batch.forms_write.panel import basis
from tdkt_batch.model import GRAVEST_FIRST, Finding, Life, Severity
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.returns.sent_form import SentForm
from tdkt_batch.rules.findings import remedy_to_unit
from tdkt_batch.rules.requests_to_units import (
    Action,
    Request,
    action_for,
    answer_day,
    is_over,
    minutes_of,
    requests_to,
)
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.values import Value
from tdkt_batch.vietnamese.writing import (
    capital,
    lowered,
    stopped,
    write_day,
    write_moment,
    write_number,
)
from tdkt_batch.wording import returns as say
from tdkt_batch.wording.forms import NOTE_TITLE
from tdkt_batch.wording.shared import (
    ADVICE,
    ARRIVAL_BASES,
    DECISIONS,
    FOR_THE_OFFICER,
    HINDRANCES,
    LIVES,
    REPAIRS,
    THIS_FORM,
    UNIT_STATES,
    WITH_FRESH_FORM,
    cause_of,
    time_in_words,
)

_ORDER = (*GRAVEST_FIRST, None)
QUOTE_LENGTH = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A row of the first sheet, with what it is about: a finding, or a value that lacks."""

    point: Point
    finding: Finding | None = None
    field: str = ""


def review_of(campaign: Campaign, month: MonthReport, unit: UnitReport, sent: SentForm) -> Review:
    """Return all that the board says of a unit's form: on its first sheet and at its cells."""
    requests, over = requests_to(campaign, unit), is_over(campaign, unit)
    said: list[_Said] = []
    asked: list[Points] = []
    for action in Action:
        rows = [_asked(campaign, sent, one) for one in requests if one.action is action]
        if rows:
            words = (say.HEADINGS_AFTER if over else say.HEADINGS)[action]
            text = campaign.words.said(words).format(number=write_number(len(rows)))
            asked.append(Points(text, tuple(one.point for one in rows)))
            said += rows
    told: list[Points] = []
    for heading, findings in _told(campaign, unit, over=over):
        rows = [_Said(point=_told_point(sent, one), finding=one) for one in findings]
        told.append(Points(heading, tuple(one.point for one in rows)))
        said += rows
    remedy_head = say.HOW_TO_EXPLAIN if over else say.HOW_TO_MEND
    submission, form = sent.submission, sent.layout.form
    return Review(
        headline=headline_of(requests),
        until=_until(campaign, month, unit),
        whose=unit_label(unit.unit, campaign),
        which=_which(month, form),
        guide=say.GUIDE,
        asked=tuple(asked),
        told=tuple(told),
        reread=rereads_of(form, sent),
        left_out=submission.extras,
        advice=say.KEEP_FILE.format(name=submission.source.file_name),
        records=records_of(campaign, month, unit, said),
        notes=notes_of(campaign, sent, said, remedy_head),
    )


def fresh_review(campaign: Campaign, month: MonthReport, unit: UnitReport) -> Review:
    """Return what is said on a fresh form to a unit of which nothing that it sent can be used.

    Its files are named with why, and the one thing to do about their cause is asked.
    """
    form, hindrance = campaign.form_of(unit.unit), unit.hindrance
    files = [
        say.FRESH_FILE.format(name=file.source.file_name, cause=lowered(cause_of(file)))
        for file in month.files
        if file.unit == unit.unit.code and file.hindrance is not None
    ]
    written, wanted = say.SENT_EMPTY, say.FILL_IN
    if hindrance is not None:
        written = "\n".join(files) or capital(HINDRANCES[hindrance][0])
        wanted = capital(WITH_FRESH_FORM[hindrance].format(form=THIS_FORM))
    point = Point(
        written=written,
        wanted=(wanted,),
        target=Target(form.sheets[0].title, "A1"),
    )
    return Review(
        headline=headline_of((Request(action=Action.COMPLETE),)),
        until=_until(campaign, month, unit),
        whose=unit_label(unit.unit, campaign),
        which=_which(month, form),
        guide=say.FRESH_GUIDE,
        asked=(Points(say.FRESH, (point,)),),
        records=records_of(campaign, month, unit),
    )


def _until(campaign: Campaign, month: MonthReport, unit: UnitReport) -> str:
    """Say by which day the form goes back again."""
    day = write_day(answer_day(campaign, month, unit))
    return say.SEND_BACK.format(day=day)


def _which(month: MonthReport, form: Form) -> str:
    """Say which report it is: of which month, on which form."""
    said = {"number": form.number, "title": form.title}
    return say.WHICH_REPORT.format(month=month.month.vietnamese, **said)


def headline_of(requests: Sequence[Request]) -> str:
    """Say how many things are asked, and how long writing them takes."""
    time = time_in_words(minutes_of(requests))
    return say.HEADLINE.format(number=write_number(len(requests)), time=time)


# --- what is asked ---------------------------------------------------------------------------


def _asked(campaign: Campaign, sent: SentForm, request: Request) -> _Said:
    """Return what is asked as a row of the first sheet."""
    finding = request.finding
    if finding is not None:
        return _Said(point=_finding_point(sent, finding), finding=finding)
    # a value that the unit did not give
    label, value = sent.layout.form.label(request.field), sent.lacking(request.field)
    written, remedy = say.LEFT_BLANK, say.WRITE_IT["." in request.field]
    if value is not None and value.fault is not None:
        written, remedy = say.NOT_READ, say.WRITE_IT_AGAIN
    titles = [campaign.rule(rule).title for rule in request.rules]
    waiting = say.TO_BE_CHECKED.format(rules="; ".join(lowered(title) for title in titles))
    point = Point(
        written=written.format(label=label),
        wanted=(remedy.format(label=label), waiting),
        target=sent.target(_gap_at(sent, request.field)),
    )
    return _Said(point=point, field=request.field)


def _finding_point(sent: SentForm, finding: Finding) -> Point:
    """Return a finding as a row: since when, what would pass, what the board answered."""
    written, decision = finding.message, finding.decision
    if finding.life is Life.REOPENED:
        written = f"{written} {say.REOPENED}"
    elif finding.life is Life.OPEN and finding.since is not None:
        written = f"{written} {say.OPEN_SINCE.format(month=finding.since.vietnamese)}"
    wanted = [capital(remedy_to_unit(finding))]
    if finding.expected:
        wanted.append(say.REQUIRED.format(expected=finding.expected))
    if decision is not None:
        answer = DECISIONS[decision.kind]
        if decision.until:
            answer = say.UNTIL.format(decision=answer, month=decision.until.vietnamese)
        answer = f"{answer}. {decision.reason}" if decision.reason else answer
        wanted.append(say.ANSWER.format(answer=answer))
    return Point(
        written=written,
        wanted=tuple(filter(None, wanted)),
        target=_target(sent, finding),
        explained_at=finding.code,
    )


def _target(sent: SentForm, finding: Finding) -> Target | None:
    key = sent.key(finding.field, finding.sheet, finding.cell)
    return sent.target(key, finding.sheet)


def _gap_at(sent: SentForm, name: str) -> CellKey | None:
    """Return the cell in which a missing value is to be written."""
    value = sent.lacking(name)
    return sent.key(name, value.sheet, value.cell) if value else sent.key(name)


# --- what is only told -----------------------------------------------------------------------


def _told(
    campaign: Campaign, unit: UnitReport, *, over: bool
) -> Iterable[tuple[str, tuple[Finding, ...]]]:
    """Yield what asks for nothing, by heading; what is for the officer alone is not told."""
    open_ = [one for one in unit.findings if one.code not in FOR_THE_OFFICER]
    actions = [action_for(campaign, one, over=over) for one in open_]
    waived = [one.life is Life.WAIVED for one in open_]
    for heading, chosen in (
        (say.UNDER_REVIEW, [action is Action.AWAITING for action in actions]),
        (say.NOTICES, [a is Action.CLEAR and not w for a, w in zip(actions, waived, strict=True)]),
        (say.WAIVED, waived),
    ):
        if found := tuple(one for one, is_so in zip(open_, chosen, strict=True) if is_so):
            yield heading, found


def _told_point(sent: SentForm, finding: Finding) -> Point:
    """Return a row of what asks for nothing; of a notice with the advice that it gives."""
    advice = finding.remedy if finding.severity is Severity.NOTICE else ""
    is_told = advice and finding.life is not Life.WAIVED
    wanted = (ADVICE.format(advice=lowered(advice)),) if is_told else ()
    return Point(
        written=stopped(finding.message),
        wanted=wanted,
        target=_target(sent, finding),
    )


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
    campaign: Campaign, sent: SentForm, said: Sequence[_Said], remedy_head: str
) -> Mapping[CellKey, CellNote]:
    """Return what is said at each cell; where several things are, the gravest gives the colour."""
    form, severities = sent.layout.form, campaign.words.severities
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
    for number, row in enumerate(said, start=1):
        finding = row.finding
        if finding is None or finding.life is Life.WAIVED:
            continue
        title = say.POINT.format(number=number, severity=severities[finding.severity])
        remedy = remedy_to_unit(finding)
        lines = (
            (title, finding.message),
            (say.GIVEN, finding.given),
            (say.EXPECTED, finding.expected),
            (remedy_head, remedy),
            (say.BASIS, _basis(campaign, finding)),
        )
        text = "\n".join(f"{label}: {told}" for label, told in lines if told)
        for field, cell in finding.cells or ((finding.field, finding.cell),):
            at = sent.key(field, finding.sheet, cell)
            if at is not None:
                add(at, CellNote(finding.severity, text, (number,)))
    for number, row in enumerate(said, start=1):
        at = _gap_at(sent, row.field) if row.field else None
        if at is not None and at not in notes:
            text = say.IS_MISSING.format(label=form.label(row.field))
            add(at, CellNote(Severity.NOTICE, text, (number,)))
    return {key: replace(note, text=f"{NOTE_TITLE}\n{note.text}") for key, note in notes.items()}


def _basis(campaign: Campaign, finding: Finding) -> str:
    """Return the clause with its words; nothing of a fault of reading, which breaks none."""
    rule = campaign.rule_by_id.get(finding.code)
    return "" if rule is None else basis(rule, QUOTE_LENGTH)


# --- the board's own records ------------------------------------------------------------------


def records_of(
    campaign: Campaign, month: MonthReport, report: UnitReport, said: Sequence[_Said] = ()
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return by heading what the board keeps: of each point grade, life, clause and code; receipt.

    Many of the same grade, clause and code stand in one line.
    """
    numbers: dict[str, list[str]] = {}
    severities = campaign.words.severities
    for number, row in enumerate(said, start=1):
        if row.finding is not None:
            grade, life = severities[row.finding.severity], LIVES[row.finding.life].lower()
            parts = (grade, life, row.finding.code, _basis(campaign, row.finding))
            numbers.setdefault("; ".join(filter(None, parts)), []).append(str(number))
    points = tuple(
        say.RECORD.format(numbers=", ".join(own), record=text) for text, own in numbers.items()
    )
    receipt = "; ".join(
        say.RECEIPT_LINE.format(label=label, text=text)
        for label, text in receipt_of(campaign, month, report)
    )
    records = ((say.RECORDS_OF_POINTS, points), (say.RECEIPT_HEAD, (receipt,) * bool(receipt)))
    return tuple((heading, lines) for heading, lines in records if lines)


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
