"""What a letter says of one unit: what is asked of it, one by one, and what it is only told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.phrases import lowered_line, one_line, shown
from tdkt_batch.model import Decision, DecisionKind, Finding, Life, Severity, Unit
from tdkt_batch.report import FileRecord, Hindrance, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import due_day, is_due
from tdkt_batch.rules.findings import remedy_to_unit
from tdkt_batch.rules.requests_to_units import (
    Action,
    Request,
    action_for,
    action_of,
    answer_day,
    gets_fresh_form,
    is_over,
    minutes_of,
    requests_to,
)
from tdkt_batch.vietnamese.writing import capital, stopped, write_day, write_number
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import (
    FOR_THE_OFFICER,
    FRESH_FORM,
    HINDRANCES,
    NOTICE,
    UNIT_STATES,
    WITH_FRESH_FORM,
    cause_of,
    file_reason,
)

MOST = 15
"""How many things to do a letter tells of one unit before it points to the return."""
LONGEST = 600
"""How many letters of one thing that a unit typed a letter repeats before it says that it cuts."""


_NOT_USED = file_reason("set_aside", {"why": ""})
"""How the sentence begins that says why the board does not use a file."""


class Ask(StrEnum):
    """What is asked of a unit, the most urgent first; the names are those of ``AskTexts``."""

    WORK = "work"
    RESEND = "resend"
    MISSING = "missing"
    AWAITING = "awaiting"
    LATE = "late"
    CLEAR = "clear"

    @property
    def is_to_do(self) -> bool:
        """Whether the unit has something to do."""
        return self in (Ask.WORK, Ask.RESEND, Ask.MISSING)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do (việc): what, and at which cell of the form that goes with the letter."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNotice:
    """One unit with what is asked of it (``ask`` is None: nothing, or nothing yet).

    ``works`` are the things to do until ``due``, ``number`` counts all of them, which take
    about so many ``minutes``; ``is_explained`` tells whether one asks to explain what has
    happened. ``lines`` are what it is only told, ``silence`` since when nothing came of it, or
    until when it may send. ``waived`` counts the explanations that the board accepted.
    ``is_still_in_time``: its last day for the report has not passed. ``not_used`` is why the
    board uses none of what it sent, where that is so. ``is_thanked``: it sent in time and had
    nothing to do, this month and the one before.
    """

    report: UnitReport
    ask: Ask | None
    works: tuple[Duty, ...] = ()
    number: int = 0
    minutes: int = 0
    due: date | None = None
    is_explained: bool = False
    lines: tuple[str, ...] = ()
    silence: str = ""
    waived: int = 0
    is_still_in_time: bool = False
    not_used: str = ""
    is_thanked: bool = False

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.report.unit

    @property
    def is_urged(self) -> bool:
        """Whether it is to send a report, or to send it again, and its own day has passed."""
        return self.ask in (Ask.MISSING, Ask.RESEND) and not self.is_still_in_time

    @property
    def months_silent(self) -> int:
        """How many months in a row nothing has arrived of it: at least this one, if so in this."""
        return max(self.report.silent, int(self.ask is Ask.MISSING))

    @property
    def situation(self) -> str:
        """What it has sent, and what it is to do about it."""
        return situation_of(self.report, self.not_used)


def never_reported(unit: UnitReport) -> bool:
    """Tell whether a unit is known never to have reported: over more than one month."""
    return not unit.ever_reported and unit.silent > 1


def situation_of(unit: UnitReport, not_used: str = "") -> str:
    """Return in words what a unit without a usable report has sent, and what it is to do.

    ``not_used`` says why the board does not use it.
    """
    if unit.hindrance is None:
        said = lowered_line(UNIT_STATES[unit.state])
        if unit.state is UnitState.MISSING and unit.extension is not None:
            return f"{said}, {lowered_line(extension_in_words(unit.extension))}"
        return say.EMPTY_FORM if unit.state is UnitState.EMPTY else said
    sent, remedy = HINDRANCES[unit.hindrance]
    if unit.hindrance is Hindrance.SET_ASIDE and not_used:
        sent = say.SENT_NOT_USED.format(sent=sent, reasons=not_used)
    return say.SENT_AND_TO_DO.format(sent=sent, remedy=remedy)


def extension_in_words(extension: Decision) -> str:
    """Return until when the board gave a unit."""
    day = write_day(extension.due) if extension.due else ""
    return say.EXTENDED_UNTIL.format(day=day)


def situation_in_numbers(units: Iterable[UnitNotice]) -> str:
    """Return in words how many have sent nothing, and how many what cannot be used."""
    numbers = Counter(one.ask for one in units)
    counts = zip((Ask.MISSING, Ask.RESEND), say.SITUATION, strict=True)
    return ", ".join(
        words.format(number=write_number(numbers[ask])) for ask, words in counts if numbers[ask]
    )


def notice_to(
    campaign: Campaign, report: MonthReport, unit: UnitReport, files: Iterable[FileRecord]
) -> UnitNotice:
    """Return what is asked of a unit, and why: its silence, its ``files``' faults, its findings."""
    match unit.state:
        case UnitState.NOT_REQUIRED if unit.submission is None:
            excuse = _repeated(unit.excuse.reason) if unit.excuse else ""
            return UnitNotice(report=unit, ask=None, lines=(excuse,) if excuse else ())
        case UnitState.NOT_YET_DUE:
            due = due_day(campaign, unit.unit, report.month, unit.extension)
            told = extension_in_words(unit.extension) if unit.extension else ""
            told = told or say.DUE.format(day=write_day(due))
            return UnitNotice(
                report=unit, ask=None, lines=(lowered_line(told),), is_still_in_time=True
            )
        case UnitState.MISSING:
            return _silent(campaign, report, unit)
        case UnitState.AFTER_CUT_OFF:
            return UnitNotice(report=unit, ask=Ask.LATE)
        case UnitState.EMPTY | UnitState.UNUSABLE:
            unused = [one for one in files if one.hindrance is not None]
            return _to_send_again(campaign, report, unit, unused)
        case _:
            return _examined(campaign, report, unit)


def _silent(campaign: Campaign, report: MonthReport, unit: UnitReport) -> UnitNotice:
    """Return what is asked of a unit of which nothing came."""
    extended = extension_in_words(unit.extension) if unit.extension else ""
    silent = max(unit.silent, 1)
    never = say.NEVER_IN_MESSAGE if never_reported(unit) else ""
    months = say.SILENT_MONTHS.format(months=silent) + never if silent > 1 else ""
    silence = ", ".join(filter(None, (months, lowered_line(extended) if months else extended)))
    told = say.SILENCE.format(silence=lowered_line(silence)) if silence else ""
    return UnitNotice(
        report=unit,
        ask=Ask.MISSING,
        works=(Duty(say.SEND_IN.format(silence=told)),),
        number=1,
        due=answer_day(campaign, report, unit),
        silence=silence,
    )


def _to_send_again(
    campaign: Campaign, report: MonthReport, unit: UnitReport, files: Sequence[FileRecord]
) -> UnitNotice:
    """Return what is asked of a unit of which nothing that came can be used: one remedy."""
    why = [_why(file) for file in files if file.hindrance is Hindrance.SET_ASIDE]
    text = say.SEND_AGAIN_EMPTY
    if unit.hindrance is not None:
        sent = HINDRANCES[unit.hindrance][0]
        named = [
            say.UNUSABLE_FILE.format(name=one_line(file.source.file_name), cause=_why(file))
            for file in files
        ]
        if named:
            sent = f"{sent} ({'; '.join(named)})"
        words = WITH_FRESH_FORM[unit.hindrance] if gets_fresh_form(unit) else ""
        remedy = words.format(form=FRESH_FORM)
        text = say.SEND_AGAIN.format(sent=_repeated(sent), remedy=capital(remedy))
    return UnitNotice(
        report=unit,
        ask=Ask.RESEND,
        works=(Duty(text),),
        number=1,
        due=answer_day(campaign, report, unit),
        lines=tuple(
            _repeated(capital(say.UNUSABLE_FILE.format(name=f.source.file_name, cause=_why(f))))
            for f in files
        ),
        is_still_in_time=not is_due(
            campaign, unit.unit, report.month, unit.extension, report.received_until
        ),
        not_used="; ".join(dict.fromkeys(why)),
    )


def _why(file: FileRecord) -> str:
    """Return why a file is not used, within a sentence; of what the board said its own words."""
    if file.hindrance is Hindrance.SET_ASIDE:
        return _repeated(file.reason.removeprefix(_NOT_USED))
    return lowered_line(cause_of(file))


def _examined(campaign: Campaign, report: MonthReport, unit: UnitReport) -> UnitNotice:
    """Return what is asked of a unit that sent a report, and what it is told besides."""
    requests, over = requests_to(campaign, unit), is_over(campaign, unit)
    works = [_work(campaign, unit, one, over=over) for one in requests[:MOST]]
    if len(requests) > MOST:
        number = write_number(len(requests) - MOST)
        more = say.MORE_WORK.format(number=number, where=say.FORM_ENCLOSED)
        works.append(Duty(more))
    ask = Ask.WORK if requests else Ask(str(action_of(campaign, unit)))
    waived = [one for one in unit.findings if one.life is Life.WAIVED]
    return UnitNotice(
        report=unit,
        ask=ask,
        works=tuple(works),
        number=len(requests),
        minutes=minutes_of(requests),
        due=answer_day(campaign, report, unit) if requests else None,
        is_explained=over and any(one.action is Action.EXPLAIN for one in requests),
        lines=tuple(_told(campaign, unit, over=over)),
        waived=len(waived),
        is_thanked=ask is Ask.CLEAR and _was_clean(campaign, report, unit),
    )


def _was_clean(campaign: Campaign, report: MonthReport, unit: UnitReport) -> bool:
    """Tell whether a unit sent in time, this month and the one before, and had nothing to do."""
    before = unit.earlier
    if before is None or before.submission is None:
        return False
    return (
        not unit.gone
        and all(one.severity is Severity.NOTICE for one in unit.findings)
        and before.submission.month == report.month.previous
        and {unit.state, before.state} == {UnitState.ON_TIME}
        and action_of(campaign, before) is Action.CLEAR
    )


def _repeated(text: str) -> str:
    """Return what a unit typed as a letter repeats it."""
    return shown(text, LONGEST, say.FORM_ENCLOSED)


# --- what is asked ----------------------------------------------------------------------------


def _work(campaign: Campaign, unit: UnitReport, request: Request, *, over: bool) -> Duty:
    """Return one thing to do: in which way, what is wrong and what would pass, and where."""
    words = (say.WORK_AFTER if over else say.WORK)[request.action]
    finding = request.finding
    if finding is not None:
        place = ""
        if finding.cell:
            place = say.AT_CELL.format(cell=finding.cell, sheet=finding.sheet)
        return Duty(words.format(text=finding_in_words(finding)), one_line(place))
    submission = unit.submission
    if submission is None:
        raise ValueError(unit.unit.code)
    label = one_line(campaign.form(submission.form).label(request.field))
    value = submission.values.get(request.field)
    text = say.NOT_READ if value is not None and value.fault is not None else say.LEFT_BLANK
    place = ""
    if value is not None and value.cell:
        place = say.AT_CELL.format(cell=value.cell, sheet=value.sheet)
    return Duty(words.format(text=text.format(label=label)), one_line(place))


def finding_in_words(finding: Finding) -> str:
    """Return a finding in words: what is wrong, what to do, its life, the clause; no code."""
    parts = [stopped(_repeated(finding.message))]
    remedy = _repeated(remedy_to_unit(finding))
    if remedy:
        parts.append(stopped(capital(remedy)))
    if finding.life is Life.REOPENED:
        parts.append(say.REOPENED)
    elif finding.life is Life.OPEN and finding.months_open > 1 and finding.since:
        since, months = finding.since.vietnamese, finding.months_open
        parts.append(say.OPEN_SINCE.format(since=since, months=months))
    decision = finding.decision
    if decision is not None and decision.kind is DecisionKind.REFUSED:
        reason = _repeated(decision.reason)
        parts.append(f"{say.REFUSED}: {stopped(reason)}" if reason else f"{say.REFUSED}.")
    if clause := one_line(finding.clause):
        # a numbered section, or what is the board's own
        section = say.SECTION if clause[:1] in ("I", "V", "X") else ""
        parts.append(say.CLAUSE.format(clause=section + clause))
    return " ".join(parts)


# --- what is only told ------------------------------------------------------------------------


def _told(campaign: Campaign, unit: UnitReport, *, over: bool) -> Iterator[str]:
    """Yield what is under review, noticed, accepted and mended; nothing that is the officer's."""
    texts = campaign.letters.mail
    for finding in unit.findings:
        message = stopped(_repeated(finding.message))
        if finding.code in FOR_THE_OFFICER:
            continue
        if finding.life is Life.WAIVED:
            yield f"{one_line(texts.waived)}: {lowered_line(message)}"
        elif action_for(campaign, finding, over=over) is Action.AWAITING:
            yield say.UNDER_REVIEW.format(message=message)
        elif finding.severity is Severity.NOTICE:
            yield f"{NOTICE}: {lowered_line(message)}"
    if unit.gone:
        yield say.FIXED.format(fixed=one_line(texts.fixed), number=write_number(len(unit.gone)))
