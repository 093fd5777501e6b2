"""What each command but ``trace`` and ``check`` says on the terminal when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.cli.lines import Paragraph, fill, part, width_of_window
from tdkt_batch.cli.terminal import print_lines, print_sentence, print_table
from tdkt_batch.model import Life, OutcomeKind
from tdkt_batch.report import FileState
from tdkt_batch.vietnamese.writing import (
    first_of,
    write_day,
    write_moment,
    write_number,
)
from tdkt_batch.wording import cli as say
from tdkt_batch.wording.shared import FILE_STATES, LIVES, OUTCOMES, UNIT_STATES

if TYPE_CHECKING:  # what these modules import is not wanted by every command
    from tdkt_batch.ledger.facts import ForgottenRun, Issue, RemovedMonth, Run
    from tdkt_batch.months.issue import IssueResult
    from tdkt_batch.months.listing import MonthLine
    from tdkt_batch.months.remind import RemindResult
    from tdkt_batch.months.request import MonthResult
    from tdkt_batch.rules.rulebook import RuleBookEntry

# --- run, demo, templates --------------------------------------------------------------------


def print_run(result: MonthResult) -> None:
    """Print what is new, the closing table, where the workbook is and what is to be done."""
    if result.day is not None:
        print_sentence(result.day.since)
    manifest = result.manifest
    words: Mapping[str, Mapping[Any, str]] = {
        "attachments": FILE_STATES,
        "units": UNIT_STATES,
        "findings": result.words.severities,
    }
    rows: list[tuple[str, int]] = []
    for key, title in say.RUN_SECTIONS.items():
        counts = manifest[key]
        rows.append((title, counts.get("total", sum(counts.values()))))
        rows += [(f"  {word}", counts[kind]) for kind, word in words[key].items()]
    lives, outcomes = manifest["lives"], manifest["outcomes"]
    for life in (Life.NEW, Life.OPEN, Life.REOPENED):
        rows.append((say.OF_THESE.format(life=LIVES[life].lower()), lives[life]))
    rows += [(LIVES[life], lives[life]) for life in (Life.WAIVED, Life.FIXED) if lives[life]]
    rows.append((OUTCOMES[OutcomeKind.UNKNOWN], result.lacking))
    if errors := outcomes[OutcomeKind.ERROR]:
        rows.append((OUTCOMES[OutcomeKind.ERROR], errors))
    heads = (say.MONTH.format(month=result.report.month.vietnamese), say.NUMBER)
    print_table(heads, [(label, write_number(count)) for label, count in rows])

    # more forms outside the month than in it: a wrong month, or files that were copied later
    outside = manifest["attachments"][FileState.OTHER_MONTH]
    if outside > manifest["attachments"][FileState.USED]:
        warning = say.MANY_OUTSIDE_THE_MONTH.format(number=write_number(outside))
        print_sentence(say.NOTE.format(text=warning))
    if result.is_unchanged:
        print_sentence(say.NOTHING_NEW)
    for label, place in (
        (say.WORKBOOK, result.workbook),
        (say.MANIFEST, result.manifest_file),
        (say.LETTERS, result.letters),
        (say.QUARANTINE, result.quarantine),
        (say.CONTROL, result.control),
    ):
        if place is not None and place.exists():
            click.echo(f"{label}: {place}")
    for note in result.notes:
        print_sentence(say.NOTE.format(text=note))
    if result.day is not None:
        print_sentence(result.day.next_steps)


def print_notes(notes: Iterable[str]) -> None:
    """Print, beside the output, what is to be known of what was given."""
    for note in notes:
        click.echo(say.NOTE.format(text=note), err=True)


def run_as_json(result: MonthResult) -> dict[str, Any]:
    """Return what ``run --json`` prints: the manifest, and where the files are."""
    return {
        "workbook": str(result.workbook),
        "manifest": str(result.manifest_file),
        "letters": str(result.letters) if result.letters else None,
        "control": str(result.control),
        "unchanged": result.is_unchanged,
        "notes": list(result.notes),
        **result.manifest,
    }


def print_demo(inputs: Path, truth: Path) -> None:
    """Say what the sample is and where it lies."""
    click.echo(say.SAMPLE_INPUTS.format(path=inputs))
    click.echo(say.SAMPLE_TRUTH.format(path=truth))


def print_templates(files: Sequence[Path], folder: Path) -> None:
    """Say which forms were written."""
    for path in files[:10]:
        click.echo(path)
    if len(files) > 10:
        click.echo(say.MORE_FORMS.format(number=write_number(len(files) - 10)))
    click.echo(say.FORMS_WRITTEN.format(number=write_number(len(files)), folder=folder))


# --- rules -----------------------------------------------------------------------------------


def print_rules(
    entries: Sequence[RuleBookEntry], campaign: Campaign, *, codes: bool = False
) -> None:
    """Print the rule book in words, with the requirements' codes if ``codes`` are asked for."""
    from tdkt_batch.cli.show_check import COLOURS
    from tdkt_batch.rules.rulebook import labelled

    width = width_of_window()
    colours = {words: COLOURS[kind] for kind, words in campaign.words.severities.items()}
    for entry in entries:
        parts = labelled(entry if codes else entry.without_codes(), campaign)
        print_lines([Paragraph(fill(f"{entry.id}. {entry.title}", width, rest=" " * 6))])
        print_lines(part(label, text, width, colours.get(label, "")) for label, text in parts)
        click.echo()


# --- remind ----------------------------------------------------------------------------------

_PAST_NAMED = 3


def print_reminded(result: RemindResult) -> None:
    """Say how many reminders were drafted for whom and where, and who is past its day."""
    month, reminders = result.report.month, result.reminders
    if reminders:
        above = sum(bool(one.below) for one in reminders)
        said = say.REMINDED_ABOVE.format(number=write_number(above)) if above else ""
        units = write_number(sum(one.own is not None for one in reminders))
        numbers = {"drafts": write_number(len(reminders)), "units": units, "above": said}
        place = {"month": month.vietnamese, "folder": result.folder}
        click.echo(say.REMINDED.format(**numbers, **place))
    else:
        click.echo(say.NOBODY_TO_REMIND.format(month=month.vietnamese))
    if unaddressed := sum(not one.has_addressee for one in reminders):
        number = write_number(unaddressed)
        click.echo(say.NO_ADDRESSEE.format(number=number, file=result.without_address))
    if result.past:
        names = first_of([one.unit.name for one in result.past], _PAST_NAMED, ", ")
        letters = result.letters or say.RUN_FOR_LETTERS.format(month=month)
        number = write_number(len(result.past))
        click.echo(say.PAST_ITS_DAY.format(number=number, names=names, letters=letters))
    for note in result.notes:
        print_sentence(say.NOTE.format(text=note))


def reminded_as_json(result: RemindResult) -> dict[str, Any]:
    """Return what ``remind --json`` prints; it names units by their codes, and no person."""
    return {
        "month": str(result.report.month),
        "moment": result.moment.isoformat(timespec="seconds"),
        "folder": str(result.folder) if result.reminders else None,
        "drafts": [
            {
                "file": one.file,
                "unit": one.unit.code,
                "own": one.own is not None,
                "below": [below.unit.code for below in one.below],
                "addressed": one.has_addressee,
            }
            for one in result.reminders
        ],
        "past": [one.unit.code for one in result.past],
        "letters": str(result.letters) if result.letters else None,
        "notes": list(result.notes),
    }


# --- issue -----------------------------------------------------------------------------------


def print_issue(result: IssueResult) -> None:
    """Say what is issued and where it stands."""
    issue = result.issue
    day, month = write_day(issue.moment.date()), issue.month.vietnamese
    said = say.MONTH_ISSUED if result.is_new else say.ISSUED_BEFORE
    click.echo(said.format(month=month, number=issue.number, day=day, folder=result.folder))
    if result.still_open is not None and (left := result.still_open.in_words):
        print_sentence(say.NOTE.format(text=left))
    if result.is_new:
        print_sentence(say.FROM_NOW_ON.format(number=issue.number))


def issue_as_json(result: IssueResult) -> dict[str, Any]:
    """Return what ``issue --json`` prints."""
    return {
        "month": str(result.issue.month),
        **_issue_object(result.issue),
        "new": result.is_new,
        "open": result.still_open._asdict() if result.still_open else None,
        "folder": str(result.folder),
        "files": [{"name": name, "sha256": sha256} for name, sha256 in result.issue.files],
    }


def _issue_object(issue: Issue) -> dict[str, Any]:
    moment = issue.moment.isoformat(timespec="seconds")
    return {"number": issue.number, "run": issue.run, "issued": moment, "operator": issue.operator}


# --- months ----------------------------------------------------------------------------------

_NOTHING = "–"
_FILES_NAMED = 5


def print_months(
    lines: Sequence[MonthLine], forgotten: Sequence[ForgottenRun], notes: Sequence[str]
) -> None:
    """Print the months and how many there are, what no longer fits them, what was taken back."""
    if not lines:
        print_sentence(say.NO_MONTHS)
    else:
        print_table(say.MONTHS_HEADS, [_month_row(line) for line in lines])
        first, last = lines[0].month.vietnamese, lines[-1].month.vietnamese
        said = [say.MONTHS_RUN.format(number=write_number(len(lines)), first=first, last=last)]
        provisional = [line.month.vietnamese for line in lines if line.is_provisional]
        if provisional:
            said.append(say.STILL_PROVISIONAL.format(months=", ".join(provisional)))
        adjusted = [line.month.vietnamese for line in lines if line.is_adjusted]
        if adjusted:
            said.append(say.ADJUSTED_SINCE_ISSUE.format(months=", ".join(adjusted)))
        not_whole = [line for line in lines if not line.standing.is_whole]
        for sentence, months in (
            (say.OF_FORGOTTEN, [one.month.vietnamese for one in not_whole if one.left_by]),
            (say.NOT_WHOLE, [one.month.vietnamese for one in not_whole if not one.left_by]),
        ):
            if months:
                said.append(sentence.format(months=", ".join(months)))
        if not not_whole:
            said.append(say.ALL_WHOLE)
        print_sentence("; ".join(said) + ".")
    for line in lines:
        for sentence in _no_longer_fitting(line):
            print_sentence(sentence)
    for one in forgotten:
        sentence = say.FORGOTTEN.format(
            number=one.run.number,
            month=one.run.month.vietnamese,
            until=write_moment(one.run.received_until),
            moment=write_moment(one.moment),
            operator=one.operator,
        )
        print_sentence(sentence)
    for note in notes:
        print_sentence(say.NOTE.format(text=note))


def print_removed(removed: Sequence[RemovedMonth]) -> None:
    """Say which months were removed for good, when and by whom."""
    for one in removed:
        moment = write_moment(one.moment)
        said = {"month": one.month.vietnamese, "moment": moment, "operator": one.operator}
        print_sentence(say.REMOVED.format(**said))


def print_to_run_again(forgotten: Run, lines: Sequence[MonthLine]) -> None:
    """Say how the month is run again once a run of it was taken back, unless its line says it."""
    own = [line for line in lines if line.month == forgotten.month]
    if not own:
        print_sentence(_to_run_again(forgotten, say.STILL_OF_FORGOTTEN))
    elif own[0].left_by is None:
        print_sentence(_to_run_again(forgotten, say.RUN_TAKEN_BACK))


def _to_run_again(forgotten: Run, why: str) -> str:
    month, why = forgotten.month, why.format(number=forgotten.number)
    return say.TO_RUN_AGAIN.format(month=month.vietnamese, why=why, month_option=month)


def _month_row(line: MonthLine) -> tuple[str, ...]:
    found, new = sum(line.findings.values()), line.lives[Life.NEW]
    said = say.FOUND_OF_MONTH.format(number=write_number(found), new=write_number(new))
    return (
        line.month.vietnamese,
        f"{line.received_until:%d/%m/%Y}",
        f"{write_number(line.reported)}/{write_number(line.required)}",
        said if found else _NOTHING,
        say.RUN_NUMBER.format(run=line.last.number, number=write_number(line.runs)),
        _standing(line),
    )


def _standing(line: MonthLine) -> str:
    """Return what is most to be known of a month's result."""
    if not line.standing.is_whole:
        if line.left_by:
            return say.FILES_OF_FORGOTTEN
        return say.FILES_MISSING if line.standing.missing else say.FILES_CHANGED
    if line.issue is not None:
        issued = say.ADJUSTED if line.is_adjusted else say.ISSUED
        return issued.format(number=line.issue.number)
    return say.PROVISIONAL if line.is_provisional else say.NOT_ISSUED


def _no_longer_fitting(line: MonthLine) -> Iterator[str]:
    """Yield which files are missing or changed, what the workbook does not know, what helps."""
    month, standing = line.month, line.standing
    if line.left_by:
        yield _to_run_again(line.left_by, say.STILL_OF_FORGOTTEN)
        return
    for files, what in (
        (standing.missing, say.MISSING_OF_MONTH),
        (standing.changed, say.CHANGED_OF_MONTH),
    ):
        if files:
            named = ", ".join(files[:_FILES_NAMED])
            if len(files) > _FILES_NAMED:
                named += say.AND_MORE_FILES.format(number=len(files) - _FILES_NAMED)
            yield say.LOST_FILES.format(
                month=month.vietnamese, what=what, files=named, month_option=month
            )
    if line.decided:
        number = write_number(len(line.decided))
        yield say.DECIDED_SINCE_RUN.format(
            month=month.vietnamese, number=number, month_option=month
        )


def months_as_json(
    lines: Sequence[MonthLine], forgotten: Sequence[ForgottenRun]
) -> list[dict[str, Any]]:
    """Return what ``months --json`` prints; what was taken back stands with its month."""
    return [
        {
            "month": str(line.month),
            "received_until": line.received_until.isoformat(timespec="seconds"),
            "runs": line.runs,
            "last_run": {
                "number": line.last.number,
                "operator": line.last.operator,
                "started": line.last.started.isoformat(timespec="seconds"),
                "campaign": line.last.campaign,
            },
            "forgotten": [one.run.number for one in forgotten if one.run.month == line.month],
            "required": line.required,
            "reported": line.reported,
            "provisional": line.is_provisional,
            "findings": {str(kind): count for kind, count in line.findings.items()},
            "lives": {str(life): line.lives[life] for life in Life},
            "issue": _issue_object(line.issue) if line.issue else None,
            "decided_since": len(line.decided),
            "whole": line.standing.is_whole,
            "of_forgotten_run": line.left_by.number if line.left_by else None,
            "changed": list(line.standing.changed),
            "missing": list(line.standing.missing),
        }
        for line in lines
    ]
