"""What ``check`` says of each form, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.cli.lines import Paragraph, fill, item, part
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.model import Finding, OutcomeKind, Severity
from tdkt_batch.months.check_forms import Checked
from tdkt_batch.values import Value
from tdkt_batch.vietnamese.writing import lowered, write_number
from tdkt_batch.wording import cli as say
from tdkt_batch.wording.shared import FILE_STATES, OUTCOMES, REPAIRS
from tdkt_batch.wording.trace import PLACE

Label = Callable[[str], str]
"""Gives what people call a field."""


COLOURS = {
    Severity.VIOLATION: "red",
    Severity.ARITHMETIC: "red",
    Severity.READING: "red",
    Severity.WARNING: "yellow",
    Severity.NOTICE: "cyan",
}
"""How a terminal that has colours shows a severity; its words stand there in any case."""


class Telling(NamedTuple):
    """How wide lines may be, and whether codes of rules and repairs are asked for."""

    width: int
    codes: bool = False


def checked_lines(
    forms: Iterable[Checked], campaign: Campaign, telling: Telling
) -> Iterator[Paragraph]:
    """Yield, form by form, what would be found, and which cells count otherwise than typed."""
    undecided, severities = OUTCOMES[OutcomeKind.UNKNOWN], campaign.words.severities
    for form in forms:
        yield Paragraph(form.file)
        submission = form.submission
        if submission is None:
            yield _below(f"{FILE_STATES[form.state]}: {form.reason}", telling)
            continue
        unit = form.unit.name if form.unit else submission.unit
        who = {"unit": unit, "month": submission.month.vietnamese}
        if form.is_empty:
            yield _below(say.EMPTY_FORM.format(**who), telling)
            continue
        counts = {
            words: sum(f.severity is kind for f in form.findings)
            for kind, words in severities.items()
        } | {undecided: len(form.unknown)}
        found = [f"{write_number(n)} {lowered(words)}" for words, n in counts.items() if n]
        yield _below(say.CHECKED.format(**who, verdict=", ".join(found) or say.CLEAN), telling)
        for finding in form.findings:
            explanation = submission.explanations.get(finding.code, "")
            yield from _of_finding(finding, severities[finding.severity], explanation, telling)
        label_of = campaign.form(submission.form).label
        yield from _of_missing(form, label_of, telling)
        yield from _of_repairs(submission.repaired_cells, label_of, telling)


def _below(text: str, telling: Telling) -> Paragraph:
    return Paragraph(fill(text, telling.width, "  ", "    "))


def _of_finding(
    finding: Finding, words: str, explanation: str, telling: Telling
) -> Iterator[Paragraph]:
    message = finding.message + _code(finding.code, telling)
    yield item(message, telling.width, words, COLOURS[finding.severity])
    place = PLACE.format(sheet=finding.sheet, cell=finding.cell) if finding.cell else ""
    clause = say.CLAUSE.format(clause=finding.clause) if finding.clause else ""
    given, expected, remedy = finding.given, finding.expected, finding.remedy
    parts = (place, given, expected, remedy, explanation, clause)
    for label, text in zip(say.FINDING_PARTS, parts, strict=True):
        if text:
            yield part(label, text, telling.width)


def _of_missing(form: Checked, label_of: Label, telling: Telling) -> Iterator[Paragraph]:
    """Yield each value that is missing once, unless a fault of reading told of it."""
    told = {f for one in form.findings if one.severity.is_of_data for f in one.fields}
    rules_by_missing: dict[tuple[str, ...], list[str]] = {}
    for outcome in form.unknown:
        if told.isdisjoint(outcome.missing):
            rules_by_missing.setdefault(outcome.missing[:1], []).append(outcome.rule)
    for names, rules in rules_by_missing.items():
        missing = ", ".join(f"“{label_of(name)}”" for name in names)
        said = say.MISSING.format(missing=missing, number=write_number(len(rules)))
        said += _code(", ".join(rules), telling)
        yield item(said, telling.width, OUTCOMES[OutcomeKind.UNKNOWN], "yellow")


def _of_repairs(
    repaired: Sequence[Value], label_of: Label, telling: Telling
) -> Iterator[Paragraph]:
    if repaired:
        count = write_number(len(repaired))
        yield _below(say.UNDERSTOOD_OTHERWISE.format(number=count), telling)
    alike: dict[tuple[str, str], list[Value]] = {}
    for value in repaired:
        rule = value.repair.rule if value.repair else ""
        alike.setdefault((value.field, rule), []).append(value)
    for (field, rule), values in alike.items():
        first, more = values[0], len(values) - 1
        cell = PLACE.format(sheet=first.sheet, cell=first.cell)
        cell += say.AND_OTHERS.format(number=write_number(more)) if more else ""
        meaning = f"“{quoted_raw(first.raw)}” → {quoted_raw(first.value)}"
        said = f"“{label_of(field)}” ({cell}): {meaning}. {REPAIRS[rule]}{_code(rule, telling)}"
        yield item(said, telling.width)


def _code(code: str, telling: Telling) -> str:
    return f" ({code})" if telling.codes else ""


def note_line(note: str) -> str:
    """Return what is to be known of what was given."""
    return say.NOTE.format(text=note)
