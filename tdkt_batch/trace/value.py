"""The trace of one value: what it is, where it comes from, who used it, what replaced it."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.campaign.definition import Form
from tdkt_batch.errors import InputError
from tdkt_batch.model import Arrival, Decision, DecisionKind, Finding, Submission
from tdkt_batch.report import UnitReport
from tdkt_batch.trace.cell import Cell, Spot, cell_at, spot_of
from tdkt_batch.trace.history import OtherFile, OtherMonth, other_files, other_months
from tdkt_batch.trace.lookup import Name, name_asked, unit_asked
from tdkt_batch.trace.month import Looked
from tdkt_batch.trace.uses import Names, Use, findings_on, uses_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The report that a value comes from, and the file that brought it."""

    submission: Submission
    form: Form
    arrival: Arrival
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTrace:
    """All that the ledger knows of one unit's figure in a month.

    ``report`` is how the unit stands in the month, ``counting`` the report that gives
    the figure: its own, else its last one, carried on in figures to date. ``origin``
    is None when it never reported, or its report lacks the cell.
    """

    looked: Looked
    report: UnitReport
    counting: UnitReport | None
    spot: Spot
    origin: Origin | None
    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    files: tuple[OtherFile, ...]
    months: tuple[OtherMonth, ...]
    corrected_since: Decision | None

    @property
    def replaced_by(self) -> OtherMonth | None:
        """The next report of a later month, which takes this one's place in figures to date."""
        later = (one for one in self.months if one.month > self.looked.month and one.source)
        return next(later, None)


def trace_value(looked: Looked, unit: str, field: str, row: str | None = None) -> ValueTrace:
    """Return the trace of a unit's field; ``InputError`` when either is not to be found."""
    found = unit_asked(unit, looked.campaign, looked.month)
    report = looked.unit(found.code)
    name = name_asked(field, looked.campaign.form_of(found))
    counting = report.latest if report.latest.is_usable else None
    spot = _spot(looked, counting, name, row)
    origin = _origin(looked, counting, spot) if counting else None
    uses = uses_of(looked.campaign, counting, spot.field) if counting and origin else ()
    findings, mended = findings_on(counting, spot.field, uses) if counting else ((), ())
    return ValueTrace(
        looked=looked,
        report=report,
        counting=counting,
        spot=spot,
        origin=origin,
        uses=uses,
        findings=findings,
        mended=mended,
        files=tuple(other_files(looked, found.code, spot)),
        months=tuple(other_months(looked, found.code, spot)),
        corrected_since=_corrected_since(looked, found.code, spot),
    )


def _spot(looked: Looked, counting: UnitReport | None, name: Name, row: str | None) -> Spot:
    """Return the cell that is meant: of a figure in force, the planned or the actual one."""
    if counting is None or counting.submission is None:
        return Spot(field=name.id, label=name.label)
    submission = counting.submission
    form = looked.campaign.form(submission.form)
    located = Names(form, submission, counting.unit).located(name.id)
    if located not in (name.id, *name.cells):
        raise InputError(_undecided(name, form, located))
    return spot_of(Name(located, name.label, ()), row, form, submission)


def _undecided(name: Name, form: Form, located: str) -> str:
    """Say that a figure in force cannot be told, because what decides on it is missing."""
    cells = " hoặc ".join(f"“{form.label(cell)}” ({cell})" for cell in name.cells)
    return (
        f"“{name.label}”: chưa rõ số nào có hiệu lực, vì đơn vị chưa ghi “{form.label(located)}”; "
        f"hãy hỏi {cells}"
    )


def _origin(looked: Looked, counting: UnitReport, spot: Spot) -> Origin | None:
    submission = counting.submission
    if submission is None:
        return None
    read = looked.as_read(submission.source) or submission
    cell = cell_at(read, spot, looked.inputs.decisions)
    if cell is None:
        return None
    return Origin(
        submission=submission,
        form=looked.campaign.form(submission.form),
        arrival=looked.arrival(submission.source),
        cell=cell,
    )


def _corrected_since(looked: Looked, code: str, spot: Spot) -> Decision | None:
    """Return a correction of this figure that the month's workbook does not know yet."""
    kinds = (DecisionKind.CORRECTED, DecisionKind.WITHDRAWN)
    about = (code, looked.month, spot.field)
    own = [one for one in looked.since if one.kind in kinds and not one.code]
    return next((one for one in own if (one.unit, one.month, one.field) == about), None)
