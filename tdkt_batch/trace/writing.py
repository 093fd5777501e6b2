"""A trace written out: as plain objects for programs, its values and decisions for people."""

from __future__ import annotations

from datetime import date
from typing import Any

from tdkt_batch.as_json import as_json
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.model import Decision, DecisionKind, Month, Source
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.trace.month import PublishedMonth
from tdkt_batch.trace.totals import TotalTrace
from tdkt_batch.trace.value import ValueTrace
from tdkt_batch.values import Raw, Repair, Scalar, Value
from tdkt_batch.vietnamese.writing import write_day
from tdkt_batch.wording import trace as say
from tdkt_batch.wording.shared import DECISIONS, REPAIRS

Object = dict[str, Any]


# --- for programs: what ``trace --json`` prints -------------------------------------------------


def value_object(trace: ValueTrace) -> Object:
    """Return the trace of a value."""
    report, ref, origin = trace.report, trace.reference, trace.origin
    return {
        **_month(trace.published),
        "unit": report.unit.code,
        "unit_name": report.unit.name,
        "state": str(report.state),
        "silent": report.silent,
        "excuse": _decision(report.excuse),
        "extension": _decision(report.extension),
        **_named(ref, "field", "label", "row"),
        "carried": trace.counting is not None and trace.counting.carried,
        "origin": origin
        and {
            **_named(origin.submission, "month", "form", "form_version"),
            "value": as_json(origin.cell.counts),
            "read": _value(origin.cell.read),
            "correction": _decision(origin.cell.correction),
            "file": _source(origin.arrival.source),
            "kept_at": origin.arrival.path.as_posix(),
        },
        "corrected_since": _decision(trace.corrected_since),
        "rules": [
            {
                "rule": use.rule.id,
                "title": use.rule.title,
                **_named(use.outcome, "outcome", "as_typed"),
            }
            for use in trace.uses
        ],
        "findings": [
            {
                **_named(finding, "code", "severity", "life", "since", "message"),
                "decision": _decision(finding.decision),
            }
            for finding in (*trace.findings, *trace.mended)
        ],
        "other_files": [
            {
                **_source(one.record.source),
                **_named(one.record, "state", "reason"),
                "read": one.cell and _value(one.cell.read),
            }
            for one in trace.files
        ],
        "other_months": [
            {
                **_named(one, "month", "state"),
                "file": one.source and one.source.name,
                "value": as_json(one.cell.counts) if one.cell else None,
                "read": one.cell and _value(one.cell.read),
                "correction": one.cell and _decision(one.cell.correction),
            }
            for one in trace.months
        ],
        "replaced_by": str(trace.replaced_by.month) if trace.replaced_by else None,
    }


def total_object(trace: TotalTrace) -> Object:
    """Return what adds up to a total."""
    contributions = []
    for one in trace.contributions:
        submission = one.submission
        table = one.report.allotment if one.report and one.allotted_by else None
        source = submission.source if submission else table and table.source
        place = one.read or table
        contributions.append(
            {
                "unit": one.code,
                "unit_name": one.name,
                "in_month": one.month,
                "to_date": one.to_date,
                "of_month": str(submission.month) if submission else None,
                "carried": one.is_carried,
                "late": one.is_late,
                "correction_of_earlier": one.is_correction,
                "file": source.name if source else None,
                "sha256": source.sha256 if source else None,
                "sheet": place.sheet if place else None,
                "cell": place.cell if place else None,
                "allotted_by": one.allotted_by or None,
                "corrected": one.correction is not None,
            }
        )
    return {
        **_month(trace.published),
        "total": trace.total.id,
        "label": trace.total.label,
        "in_month": trace.month,
        "to_date": trace.to_date,
        "contributions": contributions,
        "not_added": [
            {
                "unit": one.code,
                "unit_name": one.name,
                "value": one.value,
                "rule": one.finding.code,
                **_named(one.finding, "given", "expected"),
                **_named(one.read or one.finding, "sheet", "cell"),
            }
            for one in trace.apart
        ],
    }


def _named(thing: object, *names: str) -> Object:
    """Return what a value holds under these names, as JSON holds it."""
    return {name: as_json(getattr(thing, name)) for name in names}


def _month(published: PublishedMonth) -> Object:
    run = published.run
    return {
        "month": str(published.month),
        "run": run.number,
        **_named(run, "received_until", "campaign"),
        "notes": list(published.notes),
    }


def _value(value: Value) -> Object:
    return {
        **_named(value, "value", "typed", "raw"),
        "repair": value.repair.rule if value.repair else None,
        "fault": value.fault.code if value.fault else None,
        **_named(value, "implied", "sheet", "cell", "found"),
    }


def _source(source: Source) -> Object:
    letter = source.letter
    return {
        **_named(source, "name", "sha256"),
        "container": source.container or None,
        **_named(source, "arrived", "arrived_by", "first_seen"),
        "letter": letter
        and {
            "sender": letter.sender,
            "sender_name": letter.sender_name or None,
            **_named(letter, "subject", "sent"),
            "message_id": letter.message_id or None,
        },
    }


def _decision(decision: Decision | None) -> Object | None:
    fields = ("kind", "value", "approver", "decided", "reason", "explanation")
    return _named(decision, *fields) if decision else None


# --- for people, as an office writes them -------------------------------------------------------


def write_scalar(value: Scalar | None, field: Field | None = None) -> str:
    """Return a value that counts; a month as ``3/2015``."""
    if isinstance(value, date) and field is not None and field.kind is FieldKind.MONTH:
        return Month.of(value).vietnamese
    return say.BLANK if value is None else write_result(value)


def write_typed(raw: Raw) -> str:
    """Return what was typed, a text whole and in its marks."""
    if isinstance(raw, str):
        return f"“{raw}”"
    return quoted_raw(raw) or say.BLANK


def write_read(value: Value, field: Field | None = None) -> str:
    """Return what a cell counts as; of one that cannot be read, what was typed."""
    if value.value is not None:
        return write_scalar(value.value, field)
    return say.BLANK if value.is_blank else f"{say.UNREADABLE} {write_typed(value.raw)}"


def write_repair(repair: Repair) -> str:
    """Return a repair in words, with its code."""
    return f"{REPAIRS[repair.rule]} ({repair.rule})"


def place_of(value: Value) -> str:
    """Return where a cell lies in its workbook; empty when it has no place."""
    return say.PLACE.format(sheet=value.sheet, cell=value.cell) if value.cell else ""


def field_of(campaign: Campaign, form: str, id_: str) -> Field | None:
    """Return a field of a form; None for what is no single cell."""
    try:
        return campaign.form(form).field(id_)
    except KeyError:
        return None


def write_decision(decision: Decision) -> str:
    """Return who decided, when and why; of a corrected figure who gave the right one."""
    day = say.ON_DAY.format(day=write_day(decision.decided)) if decision.decided else ""
    by, why = decision.approver, decision.explanation
    reason = say.REASON.format(reason=decision.reason) if decision.reason else ""
    if decision.kind is DecisionKind.CORRECTED:
        told = " ".join(part for part in (why, say.TOLD_BY, day) if part) if why or day else ""
        parts = [told, reason, by and say.ENTERED_BY.format(name=by)]
    elif decision.kind is DecisionKind.EXCUSED:
        parts = [why, decision.reason, by, day]
    elif decision.kind is DecisionKind.EXTENDED and decision.due:
        until = say.EXTENDED_UNTIL.format(day=write_day(decision.due))
        parts = [until, decision.reason, by, day]
    else:
        parts = [by, day, reason]
    return "; ".join(part for part in parts if part) or DECISIONS[decision.kind].lower()
