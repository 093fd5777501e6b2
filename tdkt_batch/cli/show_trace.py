"""What ``trace`` says on the terminal: a figure and its history, or a total and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import click

from tdkt_batch.cli.terminal import print_sentence, print_table
from tdkt_batch.model import Finding, OutcomeKind, Severity
from tdkt_batch.trace.month import PublishedMonth
from tdkt_batch.trace.totals import Contribution, TotalTrace
from tdkt_batch.trace.value import Origin, OtherFile, OtherMonth, Use, ValueTrace
from tdkt_batch.trace.writing import (
    field_of,
    place_of,
    write_decision,
    write_read,
    write_repair,
    write_scalar,
    write_typed,
)
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.vietnamese.writing import write_day, write_moment, write_number
from tdkt_batch.wording import cli as say
from tdkt_batch.wording.shared import (
    ARRIVAL_BASES,
    DECISIONS,
    FILE_STATES,
    FOUND,
    HINDRANCES,
    LIVES,
    OUTCOMES,
    UNIT_STATES,
)
from tdkt_batch.wording.trace import NOTHING

_LABEL_WIDTH = 22
Parts = Iterator[tuple[str, str]]
"""Labels and texts of a section."""


def print_value(trace: ValueTrace) -> None:
    """Print all that is known of one figure."""
    for line in _heading(trace):
        print_sentence(line)
    findings = (*trace.findings, *trace.mended)
    files = "other_files" if trace.report.is_usable else "files"
    if trace.origin is not None:
        _print_section("value", _value(trace, trace.origin))
        _print_section("source", _source(trace.published, trace.origin))
    if trace.uses:
        _print_section("uses", _uses(trace.uses))
    if findings:
        words = trace.published.campaign.words.severities
        _print_section("findings", (_finding(one, words) for one in findings))
    if trace.files:
        _print_section(files, map(_other_file, trace.files))
    if trace.months:
        _print_section("months", map(_other_month, trace.months))
    _print_notes(trace.published)


def _print_section(title: str, parts: Iterable[tuple[str, str]]) -> None:
    click.echo(say.TRACE_SECTIONS[title])
    for label, text in parts:
        head = f"  {label}: ".ljust(_LABEL_WIDTH)
        print_sentence(text, first=head, rest=" " * _LABEL_WIDTH)


def _print_notes(published: PublishedMonth) -> None:
    """Print what the ledger says of itself and of the month's workbook."""
    for note in published.notes:
        print_sentence(say.NOTE.format(text=note))


def _heading(trace: ValueTrace) -> Iterator[str]:
    """Yield how the unit stands, then the figure, and what became of it later."""
    published, report, ref, origin = trace.published, trace.report, trace.reference, trace.origin
    standing = UNIT_STATES[report.state].lower()
    if report.excuse is not None:
        standing += f" ({write_decision(report.excuse)})"
    if report.extension is not None:
        standing += f" ({write_decision(report.extension)})"
    if report.hindrance is not None:
        standing += f" ({HINDRANCES[report.hindrance][0]})"
    if report.silent:
        standing += say.SILENT.format(number=report.silent)
    yield say.STANDING.format(
        unit=unit_label(report.unit, published.campaign),
        code=report.unit.code,
        month=published.month.vietnamese,
        standing=standing,
    )
    label = ref.label
    if ref.row is not None:
        label += say.ROW.format(number=ref.row, name=ref.row_name)
    if origin is None:
        why = say.NEVER_A_REPORT if trace.counting is None else say.NO_SUCH_CELL
        yield f"{label} [{ref.field}]: {why}"
        return
    if trace.counting is not None and trace.counting.carried:
        source = origin.submission.month.vietnamese
        yield say.CARRIED.format(month=published.month.vietnamese, source=source)
    field = field_of(published.campaign, origin.form.id, ref.field)
    cell = origin.cell
    counts = write_scalar(cell.counts, field) if cell.correction else write_read(cell.read, field)
    yield f"{label} [{ref.field}]: {counts}"
    if later := trace.replaced_by:
        yield say.REPLACED.format(month=later.month.vietnamese)


def _value(trace: ValueTrace, origin: Origin) -> Parts:
    """Yield what was typed and as what it counts."""
    cell, read = origin.cell, origin.cell.read
    field = field_of(trace.published.campaign, origin.form.id, trace.reference.field)
    parts = say.VALUE_PARTS
    yield parts["typed"], write_typed(read.raw)
    if read.typed != read.value:
        value = NOTHING if read.typed is None else write_scalar(read.typed, field)
        yield parts["formula"], say.UNDERSTOOD_AS.format(value=value)
    if read.repair is not None:
        yield parts["understood"], f"{write_read(read, field)}: {write_repair(read.repair)}"
    if read.implied:
        yield parts["understood"], say.IMPLIED
    if cell.correction is not None:
        counts = write_scalar(cell.counts, field)
        yield parts["corrected"], f"{counts}: {write_decision(cell.correction)}"
    if since := trace.corrected_since:
        what = DECISIONS[since.kind].lower()
        if since.value is not None:
            what += f" {write_scalar(since.value)}"
        changed = say.CHANGED_SINCE.format(what=what, decision=write_decision(since))
        yield parts["note"], say.NOT_YET_IN_THE_WORKBOOK.format(changed=changed)


def _source(published: PublishedMonth, origin: Origin) -> Parts:
    """Yield the file, how it came, the cell, and the run that used it."""
    source, path, cell, run = origin.arrival.source, origin.arrival.path, origin.cell, published.run
    parts = say.SOURCE_PARTS
    yield parts["file"], source.name
    yield parts["kept"], f"{path}{'' if path.exists() else say.NO_LONGER_THERE}"
    yield parts["hash"], source.sha256
    if letter := source.letter:
        name = letter.sender_name
        sender = f"{name} <{letter.sender}>" if name else letter.sender
        sent = say.SENT.format(moment=write_moment(letter.sent)) if letter.sent else ""
        yield parts["sender"], f"{sender}{sent}"
        yield parts["subject"], letter.subject
        yield parts["message_id"], letter.message_id
    if source.container:
        yield parts["container"], source.container
    arrived, basis = write_moment(source.arrived), ARRIVAL_BASES[source.arrived_by].lower()
    yield parts["arrived"], say.ARRIVED.format(moment=arrived, basis=basis)
    if source.first_seen is not None:
        yield parts["first_seen"], write_moment(source.first_seen)
    if place := place_of(cell.read):
        yield parts["cell"], f"{place} ({FOUND[cell.read.found]})"
    form, version = origin.form.number, origin.submission.form_version
    yield parts["form"], say.FORM_VERSION.format(form=form, version=version)
    yield parts["campaign"], f"{published.campaign.id} ({run.campaign})"
    started = write_moment(run.started)
    yield parts["run"], say.RUN.format(number=run.number, moment=started, operator=run.operator)


def _uses(uses: Iterable[Use]) -> Parts:
    """Yield each rule with its outcome; those that did not apply together at the end."""
    not_applied = []
    for use in uses:
        outcome, typed = use.outcome.outcome, use.outcome.as_typed
        if outcome is OutcomeKind.NOT_APPLICABLE:
            not_applied.append(use.rule.id)
            continue
        said = OUTCOMES[outcome]
        if typed is not None and typed is not outcome:
            said += say.AS_TYPED.format(outcome=OUTCOMES[typed].lower())
        yield use.rule.id, f"{said}: {use.rule.title}"
    if not_applied:
        yield OUTCOMES[OutcomeKind.NOT_APPLICABLE], ", ".join(not_applied)


def _finding(finding: Finding, words: Mapping[Severity, str]) -> tuple[str, str]:
    life = LIVES[finding.life].lower()
    if finding.since is not None and finding.since != finding.month:
        life += say.SINCE.format(month=finding.since.vietnamese)
    said = f"{finding.message} [{words[finding.severity]}; {life}]"
    if decision := finding.decision:
        answer = DECISIONS[decision.kind].lower()
        said += say.BOARD_ON_EXPLANATION.format(answer=answer, decision=write_decision(decision))
    return finding.code, said


def _other_file(one: OtherFile) -> tuple[str, str]:
    source = one.record.source
    said = source.name
    if one.cell is not None:
        read = one.cell.read
        said += say.TYPED_THERE.format(value=write_read(read), cell=read.cell)
    reason = one.record.reason or FILE_STATES[one.record.state]
    return say.ARRIVED_ON.format(day=write_day(source.arrived.date())), f"{said}. {reason}"


def _other_month(one: OtherMonth) -> tuple[str, str]:
    said = UNIT_STATES[one.state]
    if one.cell is not None and one.source is not None:
        read, sentence, value = one.cell.read, say.VALUE_OF_MONTH, write_read(one.cell.read)
        if one.cell.correction:
            sentence, value = say.CORRECTED_VALUE_OF_MONTH, write_scalar(one.cell.counts)
        said += sentence.format(value=value, cell=read.cell, file=one.source.name)
    return say.MONTH.format(month=one.month.vietnamese), said


# --- a total ---------------------------------------------------------------------------------


def print_total(trace: TotalTrace) -> None:
    """Print what adds up to a total, unit by unit, its sums and what they mean."""
    published, total, contributions = trace.published, trace.total, trace.contributions
    month = published.month.vietnamese
    print_sentence(say.TOTAL.format(label=total.label, id=total.id, month=month))
    if contributions:
        print_table(say.TOTAL_HEADS, [_contribution(one) for one in contributions])
    if trace.month is not None:
        units = write_number(sum(one.month is not None for one in contributions))
        print_sentence(say.SUM_IN_MONTH.format(sum=write_number(trace.month), units=units))
    if trace.to_date is not None:
        added = [one for one in contributions if one.to_date is not None]
        carried = ""
        if number := sum(one.is_carried for one in added):
            carried = say.OF_WHICH_CARRIED.format(number=write_number(number))
        to_date, units = write_number(trace.to_date), write_number(len(added))
        print_sentence(say.SUM_TO_DATE.format(sum=to_date, units=units, carried=carried))
    for one in trace.apart:
        print_sentence(
            say.NOT_ADDED.format(
                unit=f"{one.name} ({one.code})",
                value=write_number(one.value),
                measure=total.figure.measure,
                expected=one.finding.expected,
                place=place_of(one.read) if one.read else "",
                rule=one.finding.code,
            )
        )
    if total.figure.accumulates:
        print_sentence(say.WHAT_THE_SUMS_MEAN)
    _print_notes(published)


def _contribution(one: Contribution) -> tuple[str, ...]:
    """Return a unit's row: its figures, their file and cell, how they were understood."""
    place, remarks = "", [one.allotted_by] if one.allotted_by else []
    if one.submission is not None:
        place = one.submission.source.file_name
        if one.read and one.read.cell:
            place += f", {one.read.cell}"
        if one.is_carried:
            month = one.submission.month.vietnamese
            remarks.append(say.LATEST_REPORT.format(month=month))
    elif one.report and (table := one.report.allotment) and one.allotted_by:
        place = f"{table.source.file_name}, {table.cell}"
    if one.report is None:
        remarks.append(say.LEFT_REGISTER)
    elif one.is_correction:
        remarks.append(say.CORRECTS_EARLIER)
    elif one.is_late:
        remarks.append(say.TOLD_LATE)
    if one.correction is not None:
        remarks.append(say.CORRECTED)
    elif one.read is not None and one.read.repair is not None:
        typed, rule = write_typed(one.read.raw), one.read.repair.rule
        remarks.append(say.UNDERSTOOD.format(typed=typed, rule=rule))
    figures = ("" if n is None else write_number(n) for n in (one.month, one.to_date))
    return (f"{one.name} ({one.code})", *figures, place, "; ".join(remarks))
