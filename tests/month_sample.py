"""A month made by hand: units with what they typed, as the steps before would hand it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tdkt_batch.campaign.definition import Campaign, FieldKind, Form
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.model import Month, Scalar, Source, Submission, TableRow, Unit, Value
from tdkt_batch.report import FileRecord, FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.outcomes import form_outcomes

MONTH = Month(2015, 3)
UNTIL = datetime(2015, 3, 25, 17, 0)
Typed = Mapping[str, Scalar]


def submission_of(
    campaign: Campaign,
    unit: Unit,
    typed: Typed,
    tables: Mapping[str, Sequence[Typed]] | None = None,
    explanations: Mapping[str, str] | None = None,
) -> Submission:
    """Return what a unit sent; a field that was not typed is missing."""
    form = campaign.form_of(unit)
    layout = layout_of(form)
    values = {
        one.id: _value(
            one.id, typed.get(one.id), layout.cells[one.id].sheet, layout.cells[one.id].address
        )
        for one in form.fields
    }
    values |= _implied(form, typed, values)
    rows = {
        table.id: tuple(
            TableRow(
                number,
                {
                    column.id: _value(
                        f"{table.id}.{column.id}",
                        row.get(column.id, _absent(column.kind)),
                        layout.tables[table.id].sheet,
                        layout.tables[table.id].cell(number - 1, column.id).address,
                    )
                    for column in table.columns
                },
            )
            for number, row in enumerate((tables or {}).get(table.id, ()), start=1)
        )
        for table in form.tables
    }
    name = f"{unit.code}.xlsx"
    return Submission(
        source=Source(name=name, sha256=_hash(unit.code), size=20_480, modified=UNTIL),
        form=form.id,
        form_version=form.version,
        unit=unit.code,
        month=MONTH,
        values=values,
        tables=rows,
        check_figure="1234-5678",
        explanations=dict(explanations or {}),
    )


def _absent(kind: FieldKind) -> Scalar | None:
    return {FieldKind.COUNT: 0, FieldKind.MARK: False}.get(kind)


def _value(field: str, value: Scalar | None, sheet: str, cell: str) -> Value:
    raw = "x" if value is True else None if value is False else value
    return Value(field=field, value=value, typed=value, raw=raw, sheet=sheet, cell=cell)


def _implied(form: Form, typed: Typed, values: Mapping[str, Value]) -> dict[str, Value]:
    """Marks left blank are not set; an optional count in a filled block is 0."""
    filled = {one.block for one in form.fields if one.kind is FieldKind.COUNT and one.id in typed}
    implied = {}
    for one in form.fields:
        if one.id in typed:
            continue
        place = values[one.id]
        if one.kind is FieldKind.MARK:
            implied[one.id] = _value(one.id, False, place.sheet, place.cell)
        elif one.kind is FieldKind.COUNT and not one.required and one.block in filled:
            implied[one.id] = _value(one.id, 0, place.sheet, place.cell)
    return implied


def _hash(text: str) -> str:
    return text.encode().hex().ljust(64, "0")[:64]


def unit_report(  # noqa: PLR0913 — a unit's whole month in one call
    campaign: Campaign,
    unit: Unit,
    typed: Typed | None = None,
    tables: Mapping[str, Sequence[Typed]] | None = None,
    *,
    state: UnitState | None = None,
    explanations: Mapping[str, str] | None = None,
) -> UnitReport:
    """Return how a unit stands; one that typed nothing is missing unless ``state`` says else."""
    if typed is None:
        return UnitReport(unit=unit, state=state or UnitState.MISSING)
    submission = submission_of(campaign, unit, typed, tables, explanations)
    outcomes = form_outcomes(campaign, campaign.form_of(unit), submission, unit)
    return UnitReport(
        unit=unit,
        state=state or UnitState.ON_TIME,
        submission=submission,
        outcomes=outcomes,
        findings=findings_of(campaign, unit, submission, outcomes),
        received=datetime(2015, 3, 19, 8, 30),
    )


def month_report(units: Sequence[UnitReport], others: Sequence[FileRecord] = ()) -> MonthReport:
    """Return the month of these units: a file for each that sent one, and ``others``."""
    used = [
        FileRecord(
            source=one.submission.source,
            state=FileState.USED,
            unit=one.unit.code,
            month=MONTH,
            check_figure=one.submission.check_figure,
        )
        for one in units
        if one.submission is not None
    ]
    return MonthReport(
        month=MONTH, received_until=UNTIL, files=(*used, *others), units=tuple(units)
    )


def held(day: date, total: int, exemplary: int, guests: int, **others: Scalar) -> dict[str, Scalar]:
    """Return what a unit types that planned and held its conference with the same figures."""
    typed: dict[str, Scalar] = {"trang_thai": "Đã tổ chức"}
    for suffix in ("_kh", "_th"):
        typed |= {
            f"ngay_hoi_nghi{suffix}": day,
            f"tong_dai_bieu{suffix}": total,
            f"dien_hinh{suffix}": exemplary,
            f"khach_moi_lanh_dao{suffix}": guests,
        }
    return typed | others


def planned(
    day: date, total: int, exemplary: int, guests: int, **others: Scalar
) -> dict[str, Scalar]:
    """Return what a unit types that has a plan."""
    typed = held(day, total, exemplary, guests)
    kept = {k: v for k, v in typed.items() if not k.endswith("_th")}
    return kept | {"trang_thai": "Đã có kế hoạch"} | others
