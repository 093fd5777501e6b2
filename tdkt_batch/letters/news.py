"""What is to be told to a unit: one outcome for each, and what was found in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.words import lowered, one_line, shown
from tdkt_batch.model import DecisionKind, Finding, Life, Severity, Unit
from tdkt_batch.report import FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.statistics import Statistics
from tdkt_batch.unit_figures import MissingValue, standing_findings
from tdkt_batch.wording import SEVERITIES, UNIT_STATES

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


def hubs_of(campaign: Campaign, report: MonthReport, statistics: Statistics) -> tuple[Hub, ...]:
    """Return whom to write to, in the register's order; every unit stands under exactly one.

    A unit stands under its superior unit where that one exists in the month, else
    for itself.
    """
    missing: dict[str, list[MissingValue]] = {}
    for value in statistics.missing:
        missing.setdefault(value.unit, []).append(value)
    told = [_news(campaign, report, statistics, one, missing) for one in report.units]
    by_code = {one.unit.code: one.unit for one in told}
    under: dict[str, list[UnitNews]] = {}
    for one in told:
        parent = one.unit.parent if one.unit.parent in by_code else None
        under.setdefault(parent or one.unit.code, []).append(one)
    return tuple(
        Hub(unit=by_code[code], news=tuple(news), has_subordinates=_is_hub(code, news))
        for code, news in ((c, under[c]) for c in by_code if c in under)
    )


def _is_hub(code: str, news: Sequence[UnitNews]) -> bool:
    return any(one.unit.code != code for one in news)


def _news(
    campaign: Campaign,
    report: MonthReport,
    statistics: Statistics,
    unit: UnitReport,
    missing: Mapping[str, Sequence[MissingValue]],
) -> UnitNews:
    match unit.state:
        case UnitState.NOT_REQUIRED if unit.submission is None:
            excuse = one_line(unit.excuse.reason) if unit.excuse else ""
            return UnitNews(report=unit, ask=None, lines=(excuse,) if excuse else ())
        case UnitState.MISSING:
            return UnitNews(report=unit, ask=Ask.MISSING, lines=(_silence(unit),))
        case UnitState.EMPTY | UnitState.UNREADABLE:
            return UnitNews(report=unit, ask=Ask.RESEND, lines=_why_unusable(report, unit))
        case _:
            lacking = missing.get(unit.unit.code, ())
            lines = tuple(_told(campaign, unit, lacking))
            held = statistics.lines[unit.unit.code]["stage"] == "held"
            return UnitNews(report=unit, ask=_asked(unit, lacking, held=held), lines=lines)


def _asked(unit: UnitReport, lacking: Sequence[MissingValue], *, held: bool) -> Ask:
    """Return what is asked of a unit whose report can be used.

    Once the conference was held, what went against the guidance cannot be mended,
    only explained; missing and unreadable figures can still be completed. What
    is explained waits for the board, unless it refused.
    """
    standing = standing_findings(unit)
    open_ = [one for one in standing if not _awaits(one)]
    found = {one.severity for one in open_}
    if lacking or Severity.READING in found or (Severity.VIOLATION in found and not held):
        return Ask.COMPLETE
    if found & {Severity.VIOLATION, Severity.WARNING}:
        return Ask.EXPLAIN
    return Ask.AWAITING if len(open_) < len(standing) else Ask.CLEAR


def _awaits(finding: Finding) -> bool:
    """Tell whether the unit explained the finding and the board has not answered."""
    return bool(one_line(finding.explanation)) and finding.decision is None


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


def _told(campaign: Campaign, unit: UnitReport, lacking: Sequence[MissingValue]) -> Iterator[str]:
    standing = sorted(standing_findings(unit), key=lambda one: _ORDER.index(one.severity))
    for finding in standing[:MOST]:
        yield _sentence(finding)
    if len(standing) > MOST:
        yield f"Còn {len(standing) - MOST} nội dung khác, xem {WHERE}."
    faulty = {finding.field for finding in standing}
    if values := [value for value in lacking if value.field not in faulty]:
        labels = ", ".join(f"“{one_line(value.label)}”" for value in values)
        rules = dict.fromkeys(rule for value in values for rule in value.rules)
        yield f"Chưa ghi {labels}. Đề nghị ghi đủ. [{', '.join(rules)}]"
    for finding in unit.findings:
        if finding.life is Life.WAIVED:
            yield _waived(campaign, finding)
    if unit.gone:
        yield f"{one_line(campaign.letters.mail.fixed)}: {len(unit.gone)} nội dung của kỳ trước."


def _sentence(finding: Finding) -> str:
    """Return a finding in words: what is wrong, what to do, the clause; codes last."""
    is_notice = finding.severity is Severity.NOTICE
    message = _stopped(shown(finding.message, LONGEST, WHERE))
    place = finding.cell and f", ô {finding.cell} trang “{finding.sheet}”"
    parts = [
        f"{SEVERITIES[Severity.NOTICE]}: {lowered(message)}" if is_notice else message,
        "" if is_notice or _awaits(finding) else _remedy(finding),
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
    if _awaits(finding):
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
