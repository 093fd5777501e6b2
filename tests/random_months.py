"""Months made up by chance: a few units of the register, in every state, that typed what they may."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from month_sample import MONTH, UNTIL, month_report, unit_report, with_past

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Counted
from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.model import Container, Letter, Source, Unit
from tdkt_batch.report import (
    FileRecord,
    FileState,
    Hindrance,
    MonthReport,
    UnitReport,
    UnitState,
)
from tdkt_batch.values import Scalar

_SIZES = (1, 2, 5, 12, 25, 40)
_WITHOUT = (
    *(UnitState.MISSING, UnitState.NOT_YET_DUE, UnitState.NOT_REQUIRED, UnitState.EMPTY),
    *Hindrance,
)
_NAMES = ("Lò Văn A", "Vàng Thị B", "Giàng A C", "Tẩn Mý D")


def random_month(campaign: Campaign, seed: int) -> MonthReport:
    """Return a month of chance: the same one for the same seed; two in three have a past."""
    chance = random.Random(seed)  # noqa: S311 — chance for tests, the same each time
    register = campaign.units_in(MONTH)
    size = _SIZES[seed % len(_SIZES)]
    chosen = set(chance.sample(range(len(register)), size))
    units = [_unit(campaign, register[i], chance) for i in sorted(chosen)]
    report = replace(
        month_report(units, [_stray(number, chance) for number in range(chance.randrange(5))]),
        containers=tuple(
            Container(name=f"thư {number}.eml", kind="eml", members=number)
            for number in range(chance.randrange(3))
        ),
    )
    if seed % 3 == 0:
        return report
    codes = [*(one.unit.code for one in units), register[0].code, "không còn"]
    amounts = {
        figure.id: {code: chance.randrange(90) for code in codes if chance.random() < 0.5}
        for figure in campaign.figures.all
        if figure.counted is not Counted.FILES
    }
    return with_past(report, amounts)


def _unit(campaign: Campaign, unit: Unit, chance: random.Random) -> UnitReport:
    if chance.random() < 0.2:
        state = chance.choice(_WITHOUT)
        if not isinstance(state, Hindrance):
            return unit_report(campaign, unit, state=state)
        is_late = state is Hindrance.AFTER_CUT_OFF
        how = UnitState.AFTER_CUT_OFF if is_late else UnitState.UNUSABLE
        return replace(unit_report(campaign, unit, state=how), hindrance=state)
    form = campaign.form_of(unit)
    typed = {field.id: _lawful(field, chance) for field in form.fields if chance.random() < 0.6} | {
        campaign.roles.status: chance.choice(list(campaign.roles.stages.values()))
    }
    tables = {
        table.id: [
            {column.id: _lawful(column, chance) for column in table.columns}
            for _ in range(chance.choice((0, 1, 3, 6)))
        ]
        for table in form.tables
    }
    state = chance.choice((UnitState.ON_TIME, UnitState.ON_TIME, UnitState.LATE))
    return unit_report(campaign, unit, typed, tables, state=state)


def _lawful(field: Field, chance: random.Random) -> Scalar:
    match field.kind:
        case FieldKind.COUNT:
            return chance.choice((0, 1, 2, 7, 63, 90, 200, 1_234))
        case FieldKind.DATE | FieldKind.MONTH:
            return date(2015, 1, 1) + timedelta(days=chance.randrange(180))
        case FieldKind.CHOICE if field.choices is not None:
            return chance.choice(field.choices.values)
        case FieldKind.MARK:
            return chance.random() < 0.5
        case FieldKind.LACKING:
            return chance.choice(("đủ", "thiếu", "4", "1; 6"))
    return chance.choice(_NAMES)


def _stray(number: int, chance: random.Random) -> FileRecord:
    """Return a file that no unit's report came from."""
    states: Sequence[FileState] = [one for one in FileState if one is not FileState.USED]
    letter = Letter(sender="xa@laichau.example", subject="Báo cáo", sent=UNTIL)
    source = Source(
        name=f"tệp {number}.jpg",
        sha256=f"{number:064x}",
        size=number,
        modified=UNTIL,
        letter=letter if number % 2 else None,
    )
    return FileRecord(source=source, state=chance.choice(states), reason="Lý do")
