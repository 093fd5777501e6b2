"""The report's part III: what the review found, its life, the rules and units with most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tdkt_batch.figures.findings import common_faults, title_of
from tdkt_batch.figures.unit_figures import standing_findings
from tdkt_batch.letters.docx_paper import Columns, Paper
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure, lowered, one_line
from tdkt_batch.model import Finding, Life, Severity
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import COMMON_FAULT, LIVES

_MOST_UNITS, _MOST_RULES = 10, 15
_SEVERAL = 2
"""A unit with fewer findings does not stand out."""
_GRAVE = (Severity.VIOLATION, Severity.WARNING)
_OF_DATA = tuple(severity for severity in Severity if severity.is_of_data)
_LIVES = (Life.NEW, Life.OPEN, Life.REOPENED)
_LIFE_HEADS = (
    say.LEVEL, *(LIVES[life] for life in _LIVES), say.TOTAL, say.MONTH_BEFORE_HEAD,
    LIVES[Life.FIXED], LIVES[Life.WAIVED],
)  # fmt: skip
_LIFE_COLUMNS = Columns(_LIFE_HEADS, (45, 14, 14, 14, 16, 18, 20, 24), "lrrrrrrr")
_RULE_COLUMNS = Columns(say.RULES_HEADS, (12, 66, 24, 15, 15, 14, 19), "cllrrrr")
_UNIT_COLUMNS = Columns(say.UNITS_HEADS, (12, 50, 35, 16, 16, 16, 20), "cllrrrr")


def findings(paper: Paper, out: Outgoing) -> None:
    """Write the part."""
    texts, units = out.campaign.letters.report, out.report.units
    paper.heading(texts.heading_findings)
    if not any(one.findings or one.gone for one in units):
        paper.text(texts.no_findings)
        return
    standing = [finding for one in units for finding in standing_findings(one)]
    gone = [finding for one in units for finding in one.gone]
    waived = [f for one in units for f in one.findings if f.life is Life.WAIVED]
    found_in_short(paper, out, standing, len(waived))
    before = out.report.previous
    last = [f for f in before.findings if f.life is not Life.WAIVED] if before else []
    rows = [
        (
            words,
            *(figure(_count(standing, severity, life)) for life in _LIVES),
            figure(_count(standing, severity)),
            figure(_count(last, severity)) if before else "–",
            figure(_count(gone, severity)),
            figure(_count(waived, severity)),
        )
        for severity, words in out.campaign.words.severities.items()
    ]
    paper.numbered_table(say.LIVES_TABLE, _LIFE_COLUMNS, rows)
    findings_by_rule(paper, out, standing, Counter(one.code for one in gone))
    common = []
    for one in common_faults(out.report):
        title, of = _titled(out, one.code), figure(one.of)
        common.append(COMMON_FAULT.format(title=title, units=figure(one.units), of=of))
    if common:
        paper.text(say.COMMON_FAULTS.format(faults="; ".join(common)))
    units_with_most(paper, out)


def found_in_short(paper: Paper, out: Outgoing, standing: Sequence[Finding], waived: int) -> None:
    """Write in a sentence how much of each severity was found, at how many units."""
    parts = []
    for severity in (*_GRAVE, *_OF_DATA, Severity.NOTICE):
        if own := [one for one in standing if one.severity is severity]:
            what = lowered(out.campaign.words.severities[severity])
            what = say.POINTS_OF.format(severity=what) if severity in _GRAVE else what
            units = figure(len({one.unit for one in own}))
            parts.append(say.COUNTED_AT.format(number=figure(len(own)), what=what, units=units))
    if unknown := int(out.month.overall["unknown"]):
        parts.append(say.UNDECIDED.format(number=figure(unknown)))
    if waived:
        parts.append(say.WAIVED.format(number=figure(waived)))
    found = "; ".join(parts) or say.NONE_LEFT
    paper.text(say.REVIEWED.format(month=out.report.month.vietnamese, found=found))


def _count(findings: Sequence[Finding], severity: Severity, life: Life | None = None) -> int:
    return sum(1 for f in findings if f.severity is severity and life in (None, f.life))


def _titled(out: Outgoing, code: str) -> str:
    return one_line(title_of(out.campaign, code))


def findings_by_rule(
    paper: Paper, out: Outgoing, standing: Sequence[Finding], gone: Counter[str]
) -> None:
    """Write what was found by rule, the most frequent first; nothing where nothing grave was."""
    grave = [one for one in standing if one.severity in _GRAVE]
    counted = sorted(Counter(one.code for one in grave).items(), key=lambda c: (-c[1], c[0]))
    rows = []
    for number, (code, _) in enumerate(counted[:_MOST_RULES], start=1):
        own = [one for one in grave if one.code == code]
        rows.append((
            str(number), f"{_titled(out, code)} [{code}]", one_line(own[0].clause),
            *(figure(_count(own, severity)) for severity in _GRAVE),
            figure(len({one.unit for one in own})), figure(gone[code]),
        ))  # fmt: skip
    more = ""
    if len(counted) > len(rows):
        more = say.MOST_FREQUENT.format(shown=len(rows), all=len(counted))
    if rows:
        paper.numbered_table(say.RULES_TABLE.format(more=more), _RULE_COLUMNS, rows)


def units_with_most(paper: Paper, out: Outgoing) -> None:
    """Write the units with several findings, the most first; nothing where no unit has."""
    ranked = []
    for one in out.report.units:
        own = standing_findings(one)
        counts = [_count(own, severity) for severity in _GRAVE]
        counts.append(sum(_count(own, severity) for severity in _OF_DATA))
        if sum(counts) >= _SEVERAL:
            ranked.append((counts, one.unit, max(f.months_open for f in own)))
    ranked.sort(key=lambda entry: entry[0], reverse=True)
    rows = []
    for number, (counts, unit, longest) in enumerate(ranked[:_MOST_UNITS], start=1):
        over = one_line(str(out.month.lines[unit.code]["parent_name"]))
        name, figures = one_line(unit.name), (figure(count) for count in (*counts, longest))
        rows.append((str(number), name, over, *figures))
    if rows:
        name = say.UNITS_TABLE.format(shown=len(rows), all=figure(len(ranked)))
        paper.numbered_table(name, _UNIT_COLUMNS, rows)
