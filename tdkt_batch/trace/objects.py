"""A trace as plain objects: what ``trace --json`` prints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tdkt_batch.model import Decision, Finding, Letter, Raw, Scalar, Source, Value
from tdkt_batch.trace.contributions import Contribution, TotalTrace
from tdkt_batch.trace.history import OtherFile, OtherMonth
from tdkt_batch.trace.month import Looked
from tdkt_batch.trace.uses import Use
from tdkt_batch.trace.value import Origin, ValueTrace

Object = dict[str, Any]


def value_object(trace: ValueTrace) -> Object:
    """Return the trace of a value."""
    report, spot = trace.report, trace.spot
    return {
        **_month(trace.looked),
        "unit": report.unit.code,
        "unit_name": report.unit.name,
        "state": str(report.state),
        "silent": report.silent,
        "excuse": _decision(report.excuse),
        "field": spot.field,
        "label": spot.label,
        "row": spot.row,
        "carried": trace.counting is not None and trace.counting.carried,
        "origin": _origin(trace.origin) if trace.origin else None,
        "corrected_since": _decision(trace.corrected_since),
        "rules": [_use(use) for use in trace.uses],
        "findings": [_finding(one) for one in (*trace.findings, *trace.mended)],
        "other_files": [_other_file(one) for one in trace.files],
        "other_months": [_other_month(one) for one in trace.months],
        "replaced_by": str(trace.replaced_by.month) if trace.replaced_by else None,
    }


def total_object(trace: TotalTrace) -> Object:
    """Return what adds up to a total."""
    return {
        **_month(trace.looked),
        "total": trace.total.id,
        "label": trace.total.label,
        "in_month": trace.month,
        "to_date": trace.to_date,
        "contributions": [_contribution(one) for one in trace.contributions],
    }


def _month(looked: Looked) -> Object:
    return {
        "month": str(looked.month),
        "run": looked.run.number,
        "received_until": _written(looked.run.received_until),
        "campaign": looked.run.campaign,
        "notes": list(looked.notes),
    }


# --- where it comes from ------------------------------------------------------------------------


def _origin(origin: Origin) -> Object:
    submission, cell = origin.submission, origin.cell
    return {
        "month": str(submission.month),
        "form": submission.form,
        "form_version": submission.form_version,
        "value": _written(cell.counts),
        "read": _value(cell.read),
        "correction": _decision(cell.correction),
        "file": _source(origin.arrival.source),
        "kept_at": origin.arrival.path.as_posix(),
    }


def _value(value: Value) -> Object:
    return {
        "value": _written(value.value),
        "typed": _written(value.typed),
        "raw": _written(value.raw),
        "repair": value.repair.rule if value.repair else None,
        "fault": value.fault.code if value.fault else None,
        "implied": value.implied,
        "sheet": value.sheet,
        "cell": value.cell,
        "found": str(value.found),
    }


def _source(source: Source) -> Object:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "container": source.container or None,
        "arrived": _written(source.arrived),
        "arrived_by": str(source.arrived_by),
        "first_seen": _written(source.first_seen),
        "letter": _letter(source.letter) if source.letter else None,
    }


def _letter(letter: Letter) -> Object:
    return {
        "sender": letter.sender,
        "sender_name": letter.sender_name or None,
        "subject": letter.subject,
        "sent": _written(letter.sent),
        "message_id": letter.message_id or None,
    }


def _decision(decision: Decision | None) -> Object | None:
    if decision is None:
        return None
    return {
        "kind": str(decision.kind),
        "value": _written(decision.value),
        "approver": decision.approver,
        "decided": _written(decision.decided),
        "reason": decision.reason,
        "explanation": decision.explanation,
    }


# --- who used it, and what else there is --------------------------------------------------------


def _use(use: Use) -> Object:
    typed = use.outcome.as_typed
    return {
        "rule": use.rule.id,
        "title": use.rule.title,
        "outcome": str(use.outcome.outcome),
        "as_typed": str(typed) if typed else None,
    }


def _finding(finding: Finding) -> Object:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "life": str(finding.life),
        "since": str(finding.since) if finding.since else None,
        "message": finding.message,
        "decision": _decision(finding.decision),
    }


def _other_file(one: OtherFile) -> Object:
    return {
        **_source(one.record.source),
        "state": str(one.record.state),
        "reason": one.record.reason,
        "read": _value(one.cell.read) if one.cell else None,
    }


def _other_month(one: OtherMonth) -> Object:
    cell = one.cell
    return {
        "month": str(one.month),
        "state": str(one.state),
        "file": one.source.name if one.source else None,
        "value": _written(cell.counts) if cell else None,
        "read": _value(cell.read) if cell else None,
        "correction": _decision(cell.correction) if cell else None,
    }


def _contribution(one: Contribution) -> Object:
    submission = one.submission
    return {
        "unit": one.unit.code,
        "unit_name": one.unit.name,
        "in_month": one.month,
        "to_date": one.to_date,
        "of_month": str(submission.month) if submission else None,
        "carried": one.report.carried,
        "file": submission.source.name if submission else None,
        "sha256": submission.source.sha256 if submission else None,
        "sheet": one.read.sheet if one.read else None,
        "cell": one.read.cell if one.read else None,
        "corrected": one.correction is not None,
    }


def _written(value: Raw | Scalar) -> str | int | float | bool | None:
    """Return a value as JSON holds it; days and moments in ISO order."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
