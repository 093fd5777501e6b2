"""The report's parts IV and V: what units ask for, and what leadership is asked to decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tdkt_batch.figures.questions import Topic, questions
from tdkt_batch.letters.figures import Block, Figures, Heading, Text, n, named
from tdkt_batch.letters.words import filled, one_line, shown
from tdkt_batch.model import Unit

_LONGEST = 1_500
_MOST = 80
"""How many requests the report repeats before it points to the workbook."""
_WHERE: Mapping[Topic, str] = {
    Topic.CANCELLED: "mục II.1",
    Topic.OVERDUE: "mục II.1",
    Topic.SILENT: "mục I",
    Topic.EXPLAINED: "mục III",
    Topic.COMMON: "mục III",
    Topic.REQUESTS: "mục IV",
}
"""Which part of the report tells of a question."""


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
    """Return what leadership is asked to decide, and which part of the report tells of it."""
    found = questions(figures.campaign, figures.report, figures.month.lines, figures.to_date.lines)
    return [one_line(one.sentence(_WHERE)) for one in found]
