"""The manifest (bảng kê): what went into a month's result, under which version of what."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tdkt_batch import __version__
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.model import Letter, Life, OutcomeKind, Severity
from tdkt_batch.outputs.people import People, PublicNames, known_to_all, own_sheet
from tdkt_batch.report import FileState, MonthReport, UnitReport, UnitState

SCHEMA_VERSION = 1
"""Raised when the manifest's shape changes: docs/bang-ke.schema.json describes it."""
LIBRARIES = ("openpyxl", "pandas", "python-calamine", "xlsxwriter")
"""Whose versions an auditor may ask for: they read the cells and wrote the workbook."""


def manifest_of(
    report: MonthReport,
    campaign: Campaign,
    outputs: Mapping[str, Path] | None = None,
) -> dict[str, Any]:
    """Return the month's counts, findings, inputs and versions; no person is named in it.

    What stands is counted by severity, those of reading apart from the rules' three;
    what is waived stands under ``lives`` only. ``outputs`` are what was written, by
    the name under which it is listed with its SHA-256.
    """
    outcomes = (o.outcome for unit in report.units for o in unit.outcomes)
    findings = [finding for unit in report.units for finding in unit.findings]
    gone = [finding for unit in report.units for finding in unit.gone]
    standing = (f.severity for f in findings if f.life is not Life.WAIVED)
    names, known = PublicNames(report), known_to_all(campaign)
    required = [one for one in report.units if one.state is not UnitState.NOT_REQUIRED]
    return {
        "schema_version": SCHEMA_VERSION,
        "month": str(report.month),
        "campaign": campaign.id,
        "received_until": report.received_until.isoformat(timespec="seconds"),
        "attachments": with_total(counted((f.state for f in report.files), FileState)),
        "units": with_total(counted((u.state for u in report.units), UnitState)),
        "coverage": {
            "required": len(required),
            "reported": sum(1 for one in required if one.is_usable),
            "ever_reported": sum(1 for one in required if one.ever_reported),
            "provisional": report.is_provisional,
        },
        "findings": counted(standing, Severity),
        "lives": counted((f.life for f in (*findings, *gone)), Life),
        "outcomes": counted(outcomes, OutcomeKind),
        "finding_list": [
            one
            for unit in report.units
            for one in _findings(unit, campaign.form_of(unit.unit), known)
        ],
        "inputs": [
            {
                "name": names(record.source.name),
                "sha256": record.source.sha256,
                "state": str(record.state),
                "unit": record.unit or None,
                "reason": names.reason(record) or None,
                "arrived": record.source.arrived.isoformat(timespec="seconds"),
                "arrived_by": str(record.source.arrived_by),
                "letter": _letter(record.source.letter),
            }
            for record in report.files
        ],
        "containers": [
            {
                "name": names(one.name),
                "kind": one.kind,
                "members": one.members,
                "letter": _letter(one.letter),
            }
            for one in report.containers
        ],
        "outputs": [{"name": n, "sha256": hash_of(p)} for n, p in (outputs or {}).items()],
        "versions": versions(campaign),
    }


def counted(items: Iterable[StrEnum], kinds: type[StrEnum]) -> dict[str, int]:
    """Return how many there are of each kind, zero included, in the kinds' order."""
    found = Counter(items)
    return {str(kind): found[kind] for kind in kinds}


def with_total(counts: Mapping[str, int]) -> dict[str, int]:
    """Return ``counts`` with their sum under ``total``."""
    return {**counts, "total": sum(counts.values())}


def versions(campaign: Campaign) -> dict[str, Any]:
    """Return the versions of program, guidance, forms and libraries."""
    return {
        "tdkt_batch": __version__,
        "campaign": campaign.digest,
        "forms": {form.id: form.version for form in campaign.forms},
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def write_manifest(manifest: Mapping[str, Any], path: Path) -> None:
    """Write the manifest as UTF-8 JSON, readable by people too."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _findings(
    report: UnitReport, form: Form, known: Mapping[str, frozenset[str]]
) -> Iterator[dict[str, Any]]:
    """Yield a unit's findings, those of earlier months that are mended last.

    What would name a person is ``withheld``: form and workbook have it.
    """
    people = People.of(report, form, known[form.id])
    for finding in (*report.findings, *report.gone):
        is_withheld = people.may_stand_in(finding)
        yield {
            "unit": finding.unit,
            "rule": finding.code,
            "severity": str(finding.severity),
            "life": str(finding.life),
            "since": str(finding.since) if finding.since else None,
            "sha256": finding.sha256 or None,
            "cells": [
                {"field": field or None, "sheet": own_sheet(finding.sheet, form), "cell": cell}
                for field, cell in finding.places
            ],
            "given": None if is_withheld else finding.given or None,
            "expected": None if is_withheld else finding.expected or None,
            "withheld": is_withheld,
        }


def _letter(letter: Letter | None) -> dict[str, str | None] | None:
    """Return which mail brought it; None for what came without one.

    Sender and subject stand in the ledger alone: addresses and subjects name people.
    """
    if letter is None:
        return None
    return {
        "sent": letter.sent.isoformat(timespec="seconds") if letter.sent else None,
        "message_id": letter.message_id or None,
    }
