"""What would be found in a form, before it is sent or before the month is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tdkt_batch.as_json import as_json
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.overlay import Overlay
from tdkt_batch.campaign.rule import RuleScope
from tdkt_batch.choose.hindrances import NO_FORM
from tdkt_batch.choose.states import is_empty
from tdkt_batch.errors import InputError
from tdkt_batch.model import (
    Finding,
    Outcome,
    OutcomeKind,
    Severity,
    Submission,
    Unit,
)
from tdkt_batch.outputs.publish import unpacking_folder
from tdkt_batch.reading.read_files import read_all
from tdkt_batch.report import FileState
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.unpack.gather import gather
from tdkt_batch.unpack.several_forms import FormsAsked
from tdkt_batch.wording import months as say
from tdkt_batch.wording.shared import READING_NOTICES, file_reason, reading_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file: what it is and, where it is a form, what would be found in it.

    ``outcomes`` are those of the form's own rules; a rule of board scope has
    none, because one form cannot decide it. ``reason`` says why there is no
    submission. ``is_empty``: nothing of the unit's own is typed in it.
    """

    file: str
    state: FileState
    reason: str = ""
    unit: Unit | None = None
    submission: Submission | None = None
    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_empty: bool = False

    @property
    def is_to_be_mended(self) -> bool:
        """Whether a rule of the guidance is broken, or a figure wrong or unreadable."""
        return any(f.severity is Severity.VIOLATION or f.severity.is_of_data for f in self.findings)

    @property
    def unknown(self) -> tuple[Outcome, ...]:
        """The rules that cannot be decided because a value is missing."""
        return tuple(o for o in self.outcomes if o.outcome is OutcomeKind.UNKNOWN)


def check_files(
    paths: Iterable[Path],
    campaign: Campaign,
    folder: str,
    overlay: Overlay,
    workers: int = 1,
) -> tuple[Checked, ...]:
    """Return what would be found in each file; folders and archives give all their files.

    With 0 workers all is read in this process, without protection from it.
    """
    forms = FormsAsked.of(campaign, folder, overlay)
    with unpacking_folder() as spool:
        arrivals = gather(paths, spool, workers, forms=forms).arrivals
        if not arrivals:
            raise InputError(say.NO_FILES_TO_CHECK)
        readings = read_all(arrivals, campaign, workers)
    checked = []
    for reading in readings:
        name, submission, unread = reading.source.name, reading.submission, reading.unread
        if submission is None:
            code, details = (unread.reason, unread.details) if unread else ("reader_error", {})
            state = FileState.NOT_A_FORM if code in NO_FORM else FileState.QUARANTINED
            checked.append(Checked(file=name, state=state, reason=file_reason(code, details)))
            continue
        unit = campaign.unit(submission.unit)
        checked.append(
            Checked(
                file=name,
                state=FileState.USED,
                unit=unit,
                submission=submission,
                outcomes=reading.outcomes,
                findings=findings_of(campaign, unit, submission, reading.outcomes),
                is_empty=is_empty(campaign, submission),
            )
        )
    return tuple(checked)


# --- for programs -----------------------------------------------------------------------------


SCHEMA_VERSION = 1
"""Raised when what ``check --json`` prints changes: docs/check.schema.json describes it."""


def as_objects(checked: Iterable[Checked], campaign: Campaign) -> list[dict[str, Any]]:
    """Return what ``check --json`` prints: one object a file, each with the schema's version."""
    return [
        {
            "schema_version": SCHEMA_VERSION,
            "file": one.file,
            "unit": one.unit.code if one.unit else None,
            "form": one.submission.form if one.submission else None,
            "state": str(one.state),
            "reason": one.reason or None,
            "empty": one.is_empty,
            "values": list(_values(one.submission)) if one.submission else [],
            "outcomes": list(_outcomes(one, campaign)) if one.submission else [],
            "findings": [_finding(finding) for finding in one.findings],
            "faults": list(_faults(one.submission, campaign)) if one.submission else [],
        }
        for one in checked
    ]


def _values(submission: Submission) -> Iterator[dict[str, Any]]:
    """Yield every value with its field: ``bang.cot[1]`` for the first row of a table."""
    named = list(submission.values.items())
    for table, rows in submission.tables.items():
        for row in rows:
            named += [(f"{table}.{id_}[{row.number}]", v) for id_, v in row.values.items()]
    for id_, value in named:
        yield {
            "field": id_,
            "value": as_json(value.value),
            "raw": as_json(value.raw),
            "sheet": value.sheet,
            "cell": value.cell,
            "found": str(value.found),
            "repair": value.repair.rule if value.repair else None,
        }


def _finding(finding: Finding) -> dict[str, Any]:
    """Return what a unit is asked to mend or to explain, with each of its cells."""
    return {
        "rule": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "given": finding.given or None,
        "expected": finding.expected or None,
        "difference": finding.difference or None,
        "remedy": finding.remedy or None,
        "clause": finding.clause or None,
        "cells": [
            {"field": field or None, "sheet": finding.sheet, "cell": cell}
            for field, cell in finding.places
        ],
    }


def _faults(submission: Submission, campaign: Campaign) -> Iterator[dict[str, Any]]:
    """Yield every fault of data, cell by cell, what the cell holds and what is to be done."""
    form = campaign.form(submission.form)
    raw_by_fault = {id(value.fault): value.raw for value in submission.cells if value.fault}
    for fault in submission.all_faults:
        label = form.label(fault.field) if fault.field else ""
        sentence, remedy = reading_fault(fault, label, campaign.words.said)
        raw = raw_by_fault.get(id(fault), fault.details.get("raw"))
        is_notice = fault.code in READING_NOTICES
        yield {
            "code": fault.code,
            "severity": str(Severity.NOTICE if is_notice else Severity.READING),
            "field": fault.field or None,
            "sheet": fault.sheet or None,
            "cell": fault.cell or None,
            "raw": as_json(raw),
            "sentence": sentence,
            "remedy": remedy,
        }


def _outcomes(one: Checked, campaign: Campaign) -> Iterator[dict[str, Any]]:
    """Yield every rule of the form's level; of board scope without an outcome."""
    by_rule = {outcome.rule: outcome for outcome in one.outcomes}
    level = one.unit.level if one.unit else ""
    for rule in campaign.rules:
        about = {"rule": rule.id, "scope": str(rule.scope)}
        if outcome := by_rule.get(rule.id):
            texts = {key: getattr(outcome, key) or None for key in _OF_OUTCOME}
            said = {key: text if text is None else str(text) for key, text in texts.items()}
            yield {**about, **said, "clause": rule.clause}
        elif rule.scope is RuleScope.BOARD and level in rule.levels:
            yield {**about, **dict.fromkeys(_OF_OUTCOME), "clause": rule.clause}


_OF_OUTCOME = (
    "outcome", "as_typed", "severity", "message", "given", "expected", "sheet", "cell",
)  # fmt: skip
