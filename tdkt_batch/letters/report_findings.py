"""The appendix's part IV: what the review found, its life, the rules and units with most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tdkt_batch.campaign.figure import Counted, Figure, FigurePlace, ReportPart
from tdkt_batch.figures.findings import common_faults, title_of
from tdkt_batch.figures.unit_lines import standing_findings
from tdkt_batch.letters.docx_paper import TEXT_WIDTH, Columns, Paper
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure, one_line
from tdkt_batch.letters.report_figures import in_sentence, sections_in, with_notes
from tdkt_batch.model import Finding, Life, Severity
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import COMMON_FAULT, LIVES

_MOST_UNITS, _MOST_RULES = 10, 15
_SEVERAL = 2
"""A unit with fewer findings does not stand out."""
_GRAVE = frozenset(map(str, (Severity.VIOLATION, Severity.WARNING)))
_LIVES = (Life.NEW, Life.OPEN, Life.REOPENED)
_LIFE_HEADS = (
    say.FIGURE, *(LIVES[life] for life in _LIVES), say.TOTAL, say.MONTH_BEFORE_HEAD,
    LIVES[Life.FIXED], say.NOT_SEEN_AGAIN, LIVES[Life.WAIVED],
)  # fmt: skip
_LIFE_COLUMNS = Columns(_LIFE_HEADS, (55, 10.5, 10.5, 12, 12.5, 13.5, 16, 17, 18), "lrrrrrrrr")


def findings(paper: Paper, out: Outgoing) -> None:
    """Write the part."""
    texts, units = out.campaign.letters.report, out.report.units
    paper.heading(texts.heading_findings)
    if not any(one.findings or one.gone for one in units):
        paper.text(texts.no_findings)
        return
    lines = [one for _, own in sections_in(out, ReportPart.FINDINGS) for one in own]
    found = [with_notes(in_sentence(one), one) for one in lines if one.total.value]
    month = out.report.month.vietnamese
    if lines:
        paper.text(say.REVIEWED.format(month=month, found="; ".join(found) or say.NONE_LEFT))
    findings_by_rule(paper, out)
    common = []
    for one in common_faults(out.campaign, out.report):
        title, of = _titled(out, one.code), figure(one.of)
        common.append(COMMON_FAULT.format(title=title, units=figure(one.units), of=of))
    if common:
        paper.text(say.COMMON_FAULTS.format(faults="; ".join(common)))
    units_with_most(paper, out)


def counted_findings(out: Outgoing, *places: FigurePlace) -> list[Figure]:
    """Return the figures of the report that count findings which stand, waived ones apart."""
    return [
        one
        for one in out.campaign.figures.standing_in(FigurePlace.REPORT)
        if one.counted is Counted.FINDINGS and str(Life.WAIVED) not in one.chosen
        if all(map(one.stands_in, places))
    ]


def _standing(out: Outgoing) -> list[Finding]:
    return [finding for one in out.report.units for finding in standing_findings(one)]


def _count(findings: Iterable[Finding], of: Figure, life: Life | None = None) -> int:
    return sum(1 for one in findings if str(one.severity) in of.chosen and life in (None, one.life))


def lives_by_figure(paper: Paper, out: Outgoing) -> None:
    """Write how old what was found is, and what became of the last run's, a row a figure.

    What of it has neither been found again nor mended nobody looked at: its unit has sent
    nothing of use since, or too little to tell.
    """
    standing, units, before = _standing(out), out.report.units, out.report.previous
    gone = [finding for one in units for finding in one.gone]
    waived = [f for one in units for f in one.findings if f.life is Life.WAIVED]
    last = [f for f in before.findings if f.life is not Life.WAIVED] if before else []
    seen = {one.key for one in (*standing, *gone, *waived)}
    unseen = [one for one in last if one.key not in seen]
    rows = [
        (
            one.label,
            *(figure(_count(standing, one, life)) for life in _LIVES),
            figure(out.figures.total(one.id).value),
            figure(_count(last, one)) if before else "–",
            figure(_count(gone, one)),
            figure(_count(unseen, one)) if before else "–",
            figure(_count(waived, one)),
        )
        for one in counted_findings(out)
    ]
    if rows:
        paper.numbered_table(say.LIVES_TABLE, _LIFE_COLUMNS, rows)


def _titled(out: Outgoing, code: str) -> str:
    return one_line(title_of(out.campaign, code))


def findings_by_rule(paper: Paper, out: Outgoing) -> None:
    """Write what was found by rule, the most frequent first; nothing where nothing grave was."""
    shown = [one for one in counted_findings(out) if _GRAVE.issuperset(one.chosen)]
    chosen = {severity for one in shown for severity in one.chosen}
    grave = [one for one in _standing(out) if str(one.severity) in chosen]
    gone = Counter(finding.code for one in out.report.units for finding in one.gone)
    counted = sorted(Counter(one.code for one in grave).items(), key=lambda c: (-c[1], c[0]))
    rows = []
    for number, (code, _) in enumerate(counted[:_MOST_RULES], start=1):
        own = [one for one in grave if one.code == code]
        rows.append((
            str(number), _titled(out, code), one_line(own[0].clause),
            *(figure(_count(own, one)) for one in shown),
            figure(len({one.unit for one in own})), figure(gone[code]),
        ))  # fmt: skip
    more = ""
    if len(counted) > len(rows):
        more = say.MOST_FREQUENT.format(shown=len(rows), all=len(counted))
    if rows:
        heads = (*say.RULES_HEADS, *(one.short for one in shown), *say.RULES_LAST_HEADS)
        widths = (12, 92 - 18 * len(shown), 24, *[18] * len(shown), 17, 20)
        columns = Columns(heads, widths, "cll" + "r" * (len(shown) + 2))
        paper.numbered_table(say.RULES_TABLE.format(more=more), columns, rows)


def units_with_most(paper: Paper, out: Outgoing) -> None:
    """Write the units with several findings, the most first; nothing where no unit has.

    The figures are those that the workbook has by unit too, notices apart.
    """
    shown = [
        one
        for one in counted_findings(out, FigurePlace.UNITS)
        if str(Severity.NOTICE) not in one.chosen
    ]
    by_unit = [out.figures.by_id[one.id].known for one in shown]
    ranked = []
    for one in out.report.units:
        counts = [known.get(one.unit.code, 0) for known in by_unit]
        if sum(counts) >= _SEVERAL:
            longest = max(f.months_open for f in standing_findings(one))
            ranked.append((counts, one.unit, longest))
    ranked.sort(key=lambda entry: entry[0], reverse=True)
    rows = []
    for number, (counts, unit, longest) in enumerate(ranked[:_MOST_UNITS], start=1):
        over = one_line(unit.superior)
        name, figures = one_line(unit.name), (figure(count) for count in (*counts, longest))
        rows.append((str(number), name, over, *figures))
    if rows:
        name = say.UNITS_TABLE.format(shown=len(rows), all=figure(len(ranked)))
        heads = (*say.UNITS_HEADS, *(one.short for one in shown), say.LONGEST)
        side = (TEXT_WIDTH - 12 - 18 * (len(shown) + 1)) / 2
        widths = (12, side, side, *[18] * (len(shown) + 1))
        columns = Columns(heads, widths, "cll" + "r" * (len(shown) + 1))
        paper.numbered_table(name, columns, rows)
