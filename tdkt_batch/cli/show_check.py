"""What ``check`` says of each form, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.cli.lines import item_lines, part_lines
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.model import OutcomeKind, Value
from tdkt_batch.months.check_forms import Checked
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import cli as say
from tdkt_batch.wording.shared import FILE_STATES, OUTCOMES, REPAIRS


def checked_lines(forms: Iterable[Checked], campaign: Campaign) -> Iterator[str]:
    """Yield, form by form, what would be found, and which cells count otherwise than typed."""
    undecided, severities = OUTCOMES[OutcomeKind.UNKNOWN], campaign.words.severities
    for form in forms:
        yield form.file
        submission = form.submission
        if submission is None:
            yield f"  {FILE_STATES[form.state]}: {form.reason}"
            continue
        if form.is_empty:
            unit = form.unit.name if form.unit else submission.unit
            yield say.EMPTY_FORM.format(unit=unit, month=submission.month.vietnamese)
            continue
        counts = {
            words: sum(f.severity is kind for f in form.findings)
            for kind, words in severities.items()
        } | {undecided: len(form.unknown)}
        found = [f"{write_number(count)} {words}" for words, count in counts.items() if count]
        unit = form.unit.name if form.unit else submission.unit
        month, verdict = submission.month.vietnamese, ", ".join(found) or say.CLEAN
        yield say.CHECKED.format(unit=unit, month=month, verdict=verdict)

        for finding in form.findings:
            yield item_lines(f"[{severities[finding.severity]}] {finding.message} ({finding.code})")
            place = f"{finding.sheet}!{finding.cell}" if finding.cell else ""
            explanation = submission.explanations.get(finding.code, "")
            clause = say.CLAUSE.format(clause=finding.clause) if finding.clause else ""
            given, expected, remedy = finding.given, finding.expected, finding.remedy
            parts = (place, given, expected, remedy, explanation, clause)
            for label, text in zip(say.FINDING_PARTS, parts, strict=True):
                if text:
                    yield part_lines(label, text)
        label_of = campaign.form(submission.form).label
        # once for each value that is missing, unless a fault of reading told of it
        told = {f for one in form.findings if one.severity.is_of_data for f in one.fields}
        rules_by_missing: dict[tuple[str, ...], list[str]] = {}
        for outcome in form.unknown:
            if told.isdisjoint(outcome.missing):
                rules_by_missing.setdefault(outcome.missing[:1], []).append(outcome.rule)
        for names, rules in rules_by_missing.items():
            missing = ", ".join(f"“{label_of(name)}”" for name in names)
            said = {"missing": missing, "number": len(rules), "rules": ", ".join(rules)}
            yield item_lines(say.MISSING.format(outcome=undecided, **said))

        repaired = submission.repaired_cells
        if repaired:
            yield say.UNDERSTOOD_OTHERWISE.format(number=write_number(len(repaired)))
        alike: dict[tuple[str, str], list[Value]] = {}
        for value in repaired:
            rule = value.repair.rule if value.repair else ""
            alike.setdefault((value.field, rule), []).append(value)
        for (field, rule), values in alike.items():
            first, more = values[0], len(values) - 1
            cell = f"{first.sheet}!{first.cell}"
            cell += say.AND_OTHERS.format(number=write_number(more)) if more else ""
            meaning = f"“{quoted_raw(first.raw)}” → {quoted_raw(first.value)}"
            yield item_lines(f"“{label_of(field)}” ({cell}): {meaning}. {REPAIRS[rule]} ({rule})")


def note_line(note: str) -> str:
    """Return what is to be known of what was given."""
    return say.NOTE.format(text=note)
