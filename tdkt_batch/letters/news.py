"""What is to be told to a unit: one outcome for each, and what was found in words."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.unit_figures import standing_findings
from tdkt_batch.letters.words import lowered, one_line, shown
from tdkt_batch.model import DecisionKind, Finding, Life, Severity, Unit
from tdkt_batch.report import FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.actions import Action, action_for, action_of, missing_of
from tdkt_batch.wording.shared import SEVERITIES, UNIT_STATES

MOST = 15
"""How many findings of one unit a letter tells before it points to the return."""
LONGEST = 600
"""How many letters of one thing that a unit typed a letter repeats before it says that it cuts."""
WHERE = "biểu kèm theo"
_ORDER = (Severity.VIOLATION, Severity.READING, Severity.WARNING, Severity.NOTICE)


class Ask(StrEnum):
    """What is asked of a unit, the most urgent first; the names are those of ``ActionTexts``."""

    COMPLETE = "complete"
    RESEND = "resend"
    EXPLAIN = "explain"
    MISSING = "missing"
    AWAITING = "awaiting"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNews:
    """One unit with what is asked of it (None: it need not report) and what is told."""

    report: UnitReport
    ask: Ask | None
    lines: tuple[str, ...]

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.report.unit

    @property
    def is_silent(self) -> bool:
        """Whether a report is required of it and none could be used."""
        return self.ask in (Ask.MISSING, Ask.RESEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Who is written to, and the units of which the letter tells: itself and its subordinates."""

    unit: Unit
    news: tuple[UnitNews, ...]
    has_subordinates: bool

    def asked(self, *asks: Ask) -> tuple[UnitNews, ...]:
        """Return the units of which one of these is asked."""
        return tuple(one for one in self.news if one.ask in asks)

    @property
    def required(self) -> tuple[UnitNews, ...]:
        """The units that must report."""
        return tuple(one for one in self.news if one.ask is not None)

    @property
    def silent(self) -> tuple[UnitNews, ...]:
        """The units without a report that could be used."""
        return tuple(one for one in self.news if one.is_silent)


def hubs_of(campaign: Campaign, report: MonthReport) -> tuple[Hub, ...]:
    """Return whom to write to, in the register's order; every unit stands under exactly one.

    A unit stands under its superior unit where that one exists in the month, else
    for itself.
    """
    told = [_news(campaign, report, one) for one in report.units]
    by_code = {one.unit.code: one.unit for one in told}
    under: dict[str, list[UnitNews]] = {}
    for one in told:
        parent = one.unit.parent if one.unit.parent in by_code else None
        under.setdefault(parent or one.unit.code, []).append(one)
    return tuple(
        Hub(unit=by_code[code], news=tuple(news), has_subordinates=_is_hub(code, news))
        for code, news in ((code, under[code]) for code in by_code if code in under)
    )


def _is_hub(code: str, news: Sequence[UnitNews]) -> bool:
    return any(one.unit.code != code for one in news)


def _news(campaign: Campaign, report: MonthReport, unit: UnitReport) -> UnitNews:
    match unit.state:
        case UnitState.NOT_REQUIRED if unit.submission is None:
            excuse = shown(unit.excuse.reason, LONGEST, WHERE) if unit.excuse else ""
            return UnitNews(report=unit, ask=None, lines=(excuse,))
        case UnitState.MISSING:
            return UnitNews(report=unit, ask=Ask.MISSING, lines=(_silence(unit),))
        case UnitState.EMPTY | UnitState.UNREADABLE:
            return UnitNews(report=unit, ask=Ask.RESEND, lines=_why_unusable(report, unit))
        case _:
            asked = Ask(str(action_of(campaign, unit)))
            return UnitNews(report=unit, ask=asked, lines=tuple(_told(campaign, unit)))


# --- in words -------------------------------------------------------------------------------


def months_silent(unit: UnitReport) -> int:
    """Return how many months in a row a silent unit has not reported; at least this one."""
    return max(unit.silent, 1)


def never_reported(unit: UnitReport) -> bool:
    """Tell whether a unit is known never to have reported: over more than one month."""
    return not unit.ever_reported and unit.silent > 1


def _silence(unit: UnitReport) -> str:
    """Say how long a unit has been silent; empty in the first month."""
    if months_silent(unit) == 1:
        return ""
    never = ", chưa từng báo cáo" if never_reported(unit) else ""
    return f"Tháng thứ {months_silent(unit)} liền{never}"


def _why_unusable(report: MonthReport, unit: UnitReport) -> tuple[str, ...]:
    """Return why what a unit sent cannot be used: each file's reason, else the state."""
    lines = []
    for file in report.files:
        if file.unit == unit.unit.code and file.state is FileState.QUARANTINED:
            name = file.source.name.replace("\\", "/").rsplit("/", 1)[-1]
            lines.append(shown(f"Tệp “{name}”: {lowered(file.reason)}", LONGEST, WHERE))
    return tuple(lines) or (UNIT_STATES[unit.state],)


def _told(campaign: Campaign, unit: UnitReport) -> Iterator[str]:
    standing = sorted(standing_findings(unit), key=lambda one: _ORDER.index(one.severity))
    for finding in standing[:MOST]:
        yield _sentence(finding)
    if len(standing) > MOST:
        yield f"Còn {len(standing) - MOST} nội dung khác, xem {WHERE}."
    yield from _lacking(campaign, unit, {finding.field for finding in standing})
    for finding in unit.findings:
        if finding.life is Life.WAIVED:
            yield _waived(campaign, finding)
    if unit.gone:
        yield f"{one_line(campaign.letters.mail.fixed)}: {len(unit.gone)} nội dung của kỳ trước."


def _lacking(campaign: Campaign, unit: UnitReport, told: Container[str]) -> Iterator[str]:
    """Yield in one sentence the values that the unit did not give, with the rules that wait."""
    if unit.submission is None:
        return
    form = campaign.form(unit.submission.form)
    rules: dict[str, list[str]] = {}
    for outcome in unit.outcomes:
        for name in missing_of(outcome, form):
            if name not in told:
                rules.setdefault(name, []).append(outcome.rule)
    if rules:
        labels = ", ".join(f"“{one_line(form.label(name))}”" for name in rules)
        waiting = dict.fromkeys(rule for waiting in rules.values() for rule in waiting)
        yield f"Chưa ghi {labels}. Đề nghị ghi đủ. [{', '.join(waiting)}]"


def awaits_answer(finding: Finding) -> bool:
    """Tell whether the unit explained the finding and the board has not answered."""
    return action_for(finding, over=False) is Action.AWAITING


def _sentence(finding: Finding) -> str:
    """Return a finding in words: what is wrong, what to do, the clause; codes last."""
    is_notice = finding.severity is Severity.NOTICE
    message = _stopped(shown(finding.message, LONGEST, WHERE))
    place = finding.cell and f", ô {finding.cell} trang “{finding.sheet}”"
    parts = [
        f"{SEVERITIES[Severity.NOTICE]}: {lowered(message)}" if is_notice else message,
        "" if is_notice or awaits_answer(finding) else _remedy(finding),
        "" if is_notice else _history(finding),
        _answer(finding),
        _clause(finding),
        f"[{one_line(finding.code + place)}]",
    ]
    return " ".join(part for part in parts if part)


def _remedy(finding: Finding) -> str:
    remedy = lowered(shown(finding.remedy, LONGEST, WHERE))
    if not remedy:
        return ""
    return _stopped(
        remedy[:1].upper() + remedy[1:] if remedy.startswith("đề nghị") else f"Đề nghị {remedy}"
    )


def _clause(finding: Finding) -> str:
    """Return the clause that a finding rests on: a numbered section, or what is the board's own."""
    clause = one_line(finding.clause)
    section = "mục " if clause[:1] in ("I", "V", "X") else ""
    return f"(Căn cứ: {section}{clause})" if clause else ""


def _history(finding: Finding) -> str:
    if finding.life is Life.REOPENED:
        return "Nội dung này đã khắc phục, nay lặp lại."
    if finding.life is Life.OPEN and finding.months_open > 1 and finding.since:
        return (
            f"Đã nêu từ tháng {finding.since.vietnamese}, nay là tháng thứ {finding.months_open}."
        )
    return ""


def _answer(finding: Finding) -> str:
    """Say how the unit's explanation stands; empty when it gave none."""
    if awaits_answer(finding):
        return "Đơn vị đã giải trình, đang xem xét."
    decision = finding.decision
    if decision is None or decision.kind is not DecisionKind.REFUSED:
        return ""
    reason = shown(decision.reason, LONGEST, WHERE)
    return (
        f"Giải trình không được chấp nhận: {_stopped(reason)}"
        if reason
        else ("Giải trình không được chấp nhận.")
    )


def _waived(campaign: Campaign, finding: Finding) -> str:
    word = one_line(campaign.letters.mail.waived)
    return f"{word}: {_stopped(shown(finding.message, LONGEST, WHERE))} [{one_line(finding.code)}]"


def _stopped(text: str) -> str:
    """Return a sentence with its full stop.

    >>> _stopped("Ghi số nguyên"), _stopped("Có đúng không?")
    ('Ghi số nguyên.', 'Có đúng không?')
    """
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
