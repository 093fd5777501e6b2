"""The report's parts IV and V: what units ask for, and what leadership is asked to decide."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.found import common_faults
from tdkt_batch.letters.figures import Block, Figures, Heading, Text, n, named
from tdkt_batch.letters.words import filled, shown
from tdkt_batch.model import Severity, Unit
from tdkt_batch.unit_figures import standing_findings

_LONGEST = 1_500
_MOST = 80
"""How many requests the report repeats before it points to the workbook."""


def requests(figures: Figures) -> Iterator[Block]:
    """Yield part IV: difficulties and requests in the units' own words, the same words once."""
    yield Heading(figures.texts.heading_requests)
    by_text: dict[str, list[Unit]] = {}
    for unit, text in _asked(figures):
        by_text.setdefault(text.rstrip("."), []).append(unit)
    if not by_text:
        yield Text(figures.texts.no_requests)
    for text, units in list(by_text.items())[:_MOST]:
        yield Text(f"- {text} ({named(figures, units)}).")
    if len(by_text) > _MOST:
        yield Text(f"Còn {n(len(by_text) - _MOST)} kiến nghị khác, xem {figures.where}.")


def _asked(figures: Figures) -> list[tuple[Unit, str]]:
    """Return each unit that asks for something, with its words."""
    asked = []
    for one in figures.report.units:
        said = str(figures.month.lines[one.unit.code]["requests"] or "")
        if text := shown(said, _LONGEST, figures.where):
            asked.append((one.unit, text))
    return asked


def decisions_part(figures: Figures) -> Iterator[Block]:
    """Yield part V."""
    yield Heading(figures.texts.heading_decisions)
    asked = decisions(figures)
    if not asked:
        yield Text(figures.texts.no_decisions)
        return
    yield Text(filled(figures.texts.decisions_intro, figures.common))
    for number, text in enumerate(asked, start=1):
        yield Text(f"{number}. {text}")


def decisions(figures: Figures) -> list[str]:
    """Return what only leadership can decide, from what the month shows."""
    texts, to_date = figures.texts.decisions, figures.to_date.overall
    overdue = int(to_date["overdue"])
    counted = (
        (texts.silent, _silent(figures)),
        (texts.overdue, overdue),
        (texts.past_plan, 0 if overdue else int(to_date["past_plan"])),
        (texts.wrong, _units_in_violation(figures)),
        (texts.cancelled, int(to_date["stage_cancelled"])),
        (texts.explained, _explanations_waiting(figures)),
        (texts.common, len(common_faults(figures.report))),
        (texts.requests, len(_asked(figures))),
    )
    return [filled(text, {**figures.common, "so": n(count)}) for text, count in counted if count]


def _silent(figures: Figures) -> int:
    overall = figures.month.overall
    return int(overall["required"]) - int(overall["reported"])


def _units_in_violation(figures: Figures) -> int:
    return sum(
        any(finding.severity is Severity.VIOLATION for finding in standing_findings(one))
        for one in figures.report.units
    )


def _explanations_waiting(figures: Figures) -> int:
    return sum(
        bool(finding.explanation) and finding.decision is None
        for one in figures.report.units
        for finding in one.findings
    )
