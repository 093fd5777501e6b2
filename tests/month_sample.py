"""A month made by hand: units with what they typed, as the steps before would hand it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.lacking import answer_of, parts_of
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.model import Decision, DecisionKind, Finding, Life, Month, Source, Submission, Unit
from tdkt_batch.report import (
    Change,
    FileRecord,
    FileState,
    MonthRecord,
    MonthReport,
    UnitReport,
    UnitState,
)
from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.summary.workbook import build_workbook
from tdkt_batch.values import Scalar, TableRow, Value

MONTH = Month(2015, 3)
UNTIL = datetime(2015, 3, 25, 17, 0)
Typed = Mapping[str, Scalar]


def submission_of(  # noqa: PLR0913 — what a unit sent in one call
    campaign: Campaign,
    unit: Unit,
    typed: Typed,
    tables: Mapping[str, Sequence[Typed]] | None = None,
    *,
    explanations: Mapping[str, str] | None = None,
    month: Month = MONTH,
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
    for one in form.fields:
        values |= _answer(one, typed, values[one.id]) if one.parts else {}
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
        month=month,
        values=values,
        tables=rows,
        check_figure="1234-5678",
        explanations=dict(explanations or {}),
    )


def _answer(field: Field, typed: Typed, value: Value) -> dict[str, Value]:
    """Return an answer with its parts, which may be given instead of it."""
    answer = typed.get(field.id) or answer_of(field, typed)
    whole = _value(field.id, answer, value.sheet, value.cell)
    return {field.id: whole, **parts_of(field, whole)}


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
    month: Month = MONTH,
) -> UnitReport:
    """Return how a unit stands; one that typed nothing is missing unless ``state`` says else."""
    if typed is None:
        return UnitReport(unit=unit, state=state or UnitState.MISSING)
    submission = submission_of(
        campaign, unit, typed, tables, explanations=explanations, month=month
    )
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


# --- a month of the whole register --------------------------------------------------------------

PEOPLE = (
    {"ho_ten": "Lò Văn A", "gioi_tinh": "Nam", "dan_toc": "Thái", "duoc_bau": True},
    {"ho_ten": "Vàng Thị B", "gioi_tinh": "Nữ", "dan_toc": "Mông"},
)


def typed_by(number: int, unit: Unit) -> dict[str, Scalar] | None:
    """Return what the unit with this number in the register typed; None when it sent nothing."""
    total = 40 + 7 * (number % 23)
    exemplary = total * 7 // 10
    women = {} if number % 5 == 0 else {"nu_kh": total // 3, "nu_th": total // 4}
    match number % 6:
        case 0:
            return None
        case 1 | 2:
            day = date(2015, 1 + number % 3, 1 + number % 28)
            extra = {"bieu_duong_tap_the": number % 4, "bau_dai_bieu": number % 3}
            return held(day, total, exemplary, total - exemplary, **women, **extra)
        case 3 | 4:
            plan = {key: value for key, value in women.items() if key.endswith("_kh")}
            typed = planned(
                date(2015, 3, 1 + number % 31), total, exemplary, total - exemplary, **plan
            )
            return typed | {"tong_dai_bieu_th": 9_999}  # a plan only: no actual figure counts
        case _:
            return {
                "trang_thai": "Không tổ chức" if number % 2 else "Chưa có kế hoạch",
                "ly_do": unit.name,
            }


def varied_month(campaign: Campaign) -> MonthReport:
    """Return a month in which the units of the register stand in every stage."""
    units = []
    for number, unit in enumerate(campaign.units_in(MONTH)):
        tables = {"danh_sach": PEOPLE} if unit.level == "base" else None
        units.append(unit_report(campaign, unit, typed_by(number, unit), tables))
    return month_report(units)


# --- a past made up for a month ---------------------------------------------------------------

WAIVER = Decision(
    kind=DecisionKind.ACCEPTED,
    unit="",
    month=MONTH,
    reason="Hội nghị đã tổ chức, số liệu có lý do chính đáng",
    approver="Trưởng ban",
    until=Month(2015, 6),
)
_LIVES = (Life.NEW, Life.OPEN, Life.REOPENED, Life.OPEN)


Amounts = Mapping[str, Mapping[str, int]]
"""What each unit gave each declared figure, by figure and unit code."""


def with_past(report: MonthReport, amounts: Amounts | None = None) -> MonthReport:
    """Return the month with two months before it.

    ``amounts`` are what the units had given the declared figures in the last of them.

    Every seventh unit that reported falls silent and keeps its report of last
    month; the others have findings of every life, changes and mended findings.
    """
    units = tuple(_with_past(number, unit) for number, unit in enumerate(report.units))
    first, last = (_record(report, Month(2015, number)) for number in (1, 2))
    past = (first, replace(last, amounts=amounts or {}))
    sent = {unit.unit.code for unit in units if unit.submission}
    files = tuple(f for f in report.files if f.state is not FileState.USED or f.unit in sent)
    return replace(report, units=units, past=past, files=files)


def _record(report: MonthReport, month: Month) -> MonthRecord:
    states = [UnitState.ON_TIME, UnitState.MISSING, UnitState.LATE]
    return MonthRecord(
        month=month,
        received_until=datetime(month.year, month.number, 25, 17),
        campaign="",
        states={u.unit.code: states[n % 3] for n, u in enumerate(report.units) if n % 11},
        used={},
        findings=(),
        decided={},
    )


def _with_past(number: int, unit: UnitReport) -> UnitReport:
    if unit.submission is None or not unit.is_usable:
        is_silent = unit.state is UnitState.MISSING
        return replace(unit, silent=1 + number % 3 if is_silent else 0)
    then = replace(unit, submission=replace(unit.submission, month=MONTH.previous))
    if number % 7 == 3:
        missing = UnitReport(unit=unit.unit, state=UnitState.MISSING)
        return replace(missing, earlier=then, silent=1 + number % 2)
    findings = tuple(_aged(n, finding) for n, finding in enumerate(unit.findings, start=number))
    changes = (
        Change("tong_dai_bieu_kh", "Tổng số đại biểu (kế hoạch)", "C27", "90", "95"),
        Change("dia_diem", "Địa điểm", "C20", "", "Hội trường UBND xã"),
    )
    gone = tuple(replace(f, life=Life.FIXED, message="Đã mất") for f in unit.findings[:1])
    return replace(
        unit,
        earlier=then,
        findings=findings,
        changes=changes if number % 2 else (),
        gone=gone if number % 3 else (),
    )


def _aged(number: int, finding: Finding) -> Finding:
    """Return a finding of a life that goes with its number: every fifth is waived."""
    if number % 5 == 4:
        waiver = replace(WAIVER, unit=finding.unit, code=finding.code, field=finding.field)
        said = "Thôn xa, đường lũ"
        return replace(finding, life=Life.WAIVED, decision=waiver, explanation=said)
    life = _LIVES[number % 4]
    months = 1 if life is Life.NEW else 2
    since = MONTH if life is Life.NEW else MONTH.previous
    return replace(finding, life=life, months_open=months, since=since)


def write_workbook(*month) -> bytes:
    """Return the consolidated workbook of campaign and report alone."""
    return build_workbook(*month).content
