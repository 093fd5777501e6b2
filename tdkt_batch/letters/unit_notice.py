"""What a letter says of one unit: what is asked of it, and what was found in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.unit_lines import standing_findings
from tdkt_batch.letters.phrases import lowered_line, one_line, shown
from tdkt_batch.model import GRAVEST_FIRST, Decision, DecisionKind, Finding, Life, Severity, Unit
from tdkt_batch.report import Hindrance, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.decisions import due_day, is_due
from tdkt_batch.rules.requests_to_units import Action, action_for, action_of, missing_of
from tdkt_batch.vietnamese.writing import capital, stopped, write_day, write_number
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import HINDRANCES, NOTICE, UNIT_STATES, file_reason, with_remedy

MOST = 15
"""How many findings of one unit a letter tells before it points to the return."""
LONGEST = 600
"""How many letters of one thing that a unit typed a letter repeats before it says that it cuts."""


_NOT_USED = file_reason("set_aside", {"why": ""})
"""How the sentence begins that says why the board does not use a file."""


class Ask(StrEnum):
    """What is asked of a unit, the most urgent first; the names are those of ``ActionTexts``."""

    COMPLETE = "complete"
    CORRECT = "correct"
    RESEND = "resend"
    EXPLAIN = "explain"
    MISSING = "missing"
    AWAITING = "awaiting"
    LATE = "late"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class UnitNotice:
    """One unit with what is asked of it (None: nothing, or nothing yet) and what is told.

    ``is_still_in_time``: its last day for the report has not passed. ``not_used`` is why
    the board uses none of what it sent, where that is so.
    """

    report: UnitReport
    ask: Ask | None
    lines: tuple[str, ...]
    is_still_in_time: bool = False
    not_used: str = ""

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

    @property
    def never_reported(self) -> bool:
        """Whether the unit is known never to have reported."""
        return never_reported(self.report)


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


def notice_to(campaign: Campaign, report: MonthReport, unit: UnitReport) -> UnitNotice:
    """Return what is asked of a unit, and why: its silence, its files' faults, its findings."""
    match unit.state:
        case UnitState.NOT_REQUIRED if unit.submission is None:
            excuse = unit.excuse.reason if unit.excuse else ""
            return UnitNotice(unit, None, (_repeated(excuse),))
        case UnitState.NOT_YET_DUE:
            due = due_day(campaign, unit.unit, report.month, unit.extension)
            told = extension_in_words(unit.extension) if unit.extension else ""
            told = told or say.DUE.format(day=write_day(due))
            return UnitNotice(unit, None, (told,), is_still_in_time=True)
        case UnitState.MISSING:
            extended = extension_in_words(unit.extension) if unit.extension else ""
            said = UnitNotice(unit, Ask.MISSING, (extended,))
            if said.months_silent == 1:
                return said
            never = say.NEVER_IN_MESSAGE if said.never_reported else ""
            silence = say.SILENT_MONTHS.format(months=said.months_silent) + never
            line = ", ".join(text for text in (silence, lowered_line(extended)) if text)
            return replace(said, lines=(line,))
        case UnitState.EMPTY | UnitState.UNUSABLE | UnitState.AFTER_CUT_OFF:
            lines, why = list[str](), list[str]()
            for file in report.files:
                if file.unit == unit.unit.code and file.hindrance is not None:
                    if file.hindrance is Hindrance.SET_ASIDE:
                        why.append(_repeated(file.reason.removeprefix(_NOT_USED)))
                    name, reason = file.source.file_name, with_remedy(file)
                    # the board's name, with which that begins, keeps its capital letter
                    reason = reason if reason.startswith(_NOT_USED) else lowered_line(reason)
                    lines.append(_repeated(say.UNUSABLE_FILE.format(name=name, reason=reason)))
            ask = Ask.LATE if unit.state is UnitState.AFTER_CUT_OFF else Ask.RESEND
            said_of = tuple(lines) or (stopped(capital(situation_of(unit))),)
            month, until = report.month, report.received_until
            is_in_time = not is_due(campaign, unit.unit, month, unit.extension, until)
            return UnitNotice(unit, ask, said_of, is_in_time, "; ".join(dict.fromkeys(why)))
        case _:
            asked = Ask(str(action_of(campaign, unit)))
            return UnitNotice(unit, asked, tuple(_found(campaign, unit)))


def _repeated(text: str) -> str:
    """Return what a unit typed as a letter repeats it."""
    return shown(text, LONGEST, say.FORM_ENCLOSED)


def _found(campaign: Campaign, unit: UnitReport) -> Iterator[str]:
    """Yield the findings, the gravest first, what is missing, what was waived, what was mended."""
    standing = sorted(standing_findings(unit), key=lambda one: GRAVEST_FIRST.index(one.severity))
    for finding in standing[:MOST]:
        yield finding_in_words(campaign, finding)
    if len(standing) > MOST:
        number = len(standing) - MOST
        yield say.MORE_FINDINGS.format(number=number, where=say.FORM_ENCLOSED)
    # in one sentence the values that the unit did not give, with the rules that wait
    told = {field for finding in standing for field in finding.fields}
    labels, waiting = [], []
    if unit.submission is not None:
        form = campaign.form(unit.submission.form)
        lacking: dict[str, list[str]] = {}
        for outcome in unit.outcomes:
            for name in missing_of(outcome, form):
                if name not in told:
                    lacking.setdefault(name, []).append(outcome.rule)
        labels = [f"“{one_line(form.label(name))}”" for name in lacking]
        waiting = [rule for rules in lacking.values() for rule in rules]
    if labels:
        rules = ", ".join(dict.fromkeys(waiting))
        yield say.LACKING.format(labels=", ".join(labels), rules=rules)
    texts = campaign.letters.mail
    for finding in unit.findings:
        if finding.life is Life.WAIVED:
            message = stopped(_repeated(finding.message))
            yield f"{one_line(texts.waived)}: {message} [{one_line(finding.code)}]"
    if unit.gone:
        yield say.FIXED.format(fixed=one_line(texts.fixed), number=len(unit.gone))


def finding_in_words(campaign: Campaign, finding: Finding) -> str:
    """Return a finding in words: what is wrong, what to do, its life, the clause; codes last.

    Of a notice neither remedy nor life is said, and no remedy of what the unit
    explained and the board has not answered.
    """
    awaits_answer = action_for(campaign, finding, over=False) is Action.AWAITING
    parts = [stopped(_repeated(finding.message))]
    if finding.severity is Severity.NOTICE:
        parts = [f"{NOTICE}: {lowered_line(parts[0])}"]
    else:
        remedy = lowered_line(_repeated(finding.remedy))
        if remedy and not awaits_answer:
            is_asked = remedy.startswith(say.PLEASE.strip().lower())
            parts.append(stopped(capital(remedy) if is_asked else say.PLEASE + remedy))
        if finding.life is Life.REOPENED:
            parts.append(say.REOPENED)
        elif finding.life is Life.OPEN and finding.months_open > 1 and finding.since:
            since, months = finding.since.vietnamese, finding.months_open
            parts.append(say.OPEN_SINCE.format(since=since, months=months))
    decision = finding.decision
    if awaits_answer:
        parts.append(say.UNDER_REVIEW)
    elif decision is not None and decision.kind is DecisionKind.REFUSED:
        reason = _repeated(decision.reason)
        parts.append(f"{say.REFUSED}: {stopped(reason)}" if reason else f"{say.REFUSED}.")
    if clause := one_line(finding.clause):
        # a numbered section, or what is the board's own
        section = say.SECTION if clause[:1] in ("I", "V", "X") else ""
        parts.append(say.CLAUSE.format(clause=section + clause))
    at = say.AT_CELL.format(cell=finding.cell, sheet=finding.sheet) if finding.cell else ""
    return " ".join([*parts, f"[{one_line(finding.code + at)}]"])
