"""The lines of the overview's table: each figure a formula over the sheets of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from tdkt_batch.figures.statistics import line_of
from tdkt_batch.figures.unit_figures import WAIVED
from tdkt_batch.report import UnitState
from tdkt_batch.sheets.cells import (
    Formula,
    count_where,
    literal,
    ratio_value,
    reference,
)
from tdkt_batch.summary import arrivals, districts, people, units
from tdkt_batch.summary.lines import Indicator, share_of
from tdkt_batch.summary.plan import ARRIVALS, DISTRICTS, UNITS, Plan
from tdkt_batch.summary.sentences import lowered
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording.shared import SEVERITIES, UNIT_STATES

_UNIT, _MEETING, _ITEM = "đơn vị", "hội nghị", "nội dung"


def indicators(plan: Plan) -> list[Indicator]:
    """Return the lines of the table from top to bottom."""
    return [
        *_reports(plan),
        *_conferences(plan),
        *people.delegate_lines(plan),
        *people.result_lines(plan),
        *_findings(plan),
    ]


# --- I: reports --------------------------------------------------------------------------


def _district_total(plan: Plan, column: str) -> Formula:
    """Return a reference to the province's line in the sheet of districts."""
    row = districts.layout_of(plan).total
    return _district(plan, row, column, plan.statistics.overall)


def _district(plan: Plan, row: int, column: str, line: pd.Series[Any]) -> Formula:
    index = districts.COLUMNS.index_of(column)
    target = districts.target_of(plan, column)
    return Formula(reference(DISTRICTS, row, index), districts.value_of(line, column), target)


def _state_count(plan: Plan, *states: UnitState) -> Formula:
    cells = plan.unit_range(UNITS, units.COLUMNS, "state")
    counts = (count_where((cells, literal(UNIT_STATES[one]))) for one in states)
    value = sum(int(plan.statistics.overall[f"state_{one}"]) for one in states)
    return Formula("+".join(counts), value, cells)


def _reports(plan: Plan) -> Iterator[Indicator]:
    required = _district_total(plan, "required")
    reported = _district_total(plan, "reported")
    yield Indicator(
        number="I",
        label="Đơn vị đã gửi báo cáo dùng được",
        measure=_UNIT,
        plan=required,
        month=reported,
        to_date=_known_to_date(plan),
        share=share_of(int(required.value), reported, required),
        previous=plan.previous("reported", of_month=True),
        note=_punctuality(plan),
        is_total=True,
    )
    unusable = (UnitState.EMPTY, UnitState.UNREADABLE)
    yield _without_report(plan, "Chưa gửi báo cáo", UnitState.MISSING)
    yield _without_report(plan, "Biểu trống hoặc không đọc được", *unusable)
    yield _never_reported(plan)


def _known_to_date(plan: Plan) -> Formula:
    """Return how many units have reported this month or before."""
    cells = plan.unit_range(UNITS, units.COLUMNS, "of_month")
    return Formula(f"COUNT({cells})", int(plan.to_date.overall["reported"]), cells)


def _without_report(plan: Plan, label: str, *states: UnitState) -> Indicator:
    required = _district_total(plan, "required")
    count = _state_count(plan, *states)
    past = [plan.previous(f"state_{one}", of_month=True) for one in states]
    return Indicator(
        label=label,
        measure=_UNIT,
        month=count,
        is_part=True,
        share=share_of(int(required.value), count, required),
        previous=None if None in past else sum(one or 0 for one in past),
    )


def _never_reported(plan: Plan) -> Indicator:
    cells = plan.unit_range(ARRIVALS, arrivals.COLUMNS, "never")
    value = int(plan.statistics.overall["never_reported"])
    return Indicator(
        label="Chưa từng gửi báo cáo dùng được",
        measure=_UNIT,
        to_date=Formula(count_where((cells, literal(arrivals.MARK))), value, cells),
        previous=plan.previous("never_reported"),
        is_part=True,
    )


def _punctuality(plan: Plan) -> str:
    overall = plan.statistics.overall
    texts = [f"đúng hạn {_n(overall['state_on_time'])}, muộn {_n(overall['state_late'])}"]
    if exempt := int(overall["state_not_required"]):
        texts.append(f"{_n(exempt)} đơn vị không phải gửi")
    return "; ".join(texts).capitalize()


def _n(value: int) -> str:
    return write_number(int(value))


# --- II: conferences --------------------------------------------------------------------------


def _conferences(plan: Plan) -> Iterator[Indicator]:
    layout = districts.layout_of(plan)
    by_group = plan.statistics.by_group
    yield replace(
        _meetings(plan, "Hội nghị đã tổ chức", layout.total, plan.statistics.overall),
        number="II",
        previous=plan.previous("stage_held"),
        is_total=True,
        is_part=False,
    )
    for group in districts.groups_in(plan):
        row, line = layout.groups[group.name], line_of(by_group, group.name)
        yield _meetings(plan, group.name, row, line)
    overdue = _district_total(plan, "overdue")
    yield Indicator(
        label="Quá thời gian quy định, chưa tổ chức",
        measure=_MEETING,
        to_date=overdue,
        previous=plan.previous("overdue"),
        is_part=True,
    )
    cells = plan.unit_range(UNITS, units.COLUMNS, "past_plan")
    past = Formula(
        count_where((cells, literal(units.MARK))),
        int(plan.statistics.overall["past_plan"]),
        cells,
    )
    yield Indicator(
        label="Qua ngày dự kiến, chưa báo tổ chức",
        measure=_MEETING,
        to_date=past,
        previous=plan.previous("past_plan"),
        is_part=True,
    )
    yield Indicator(
        label="Báo không tổ chức",
        measure=_MEETING,
        to_date=_district_total(plan, "stage_cancelled"),
        previous=plan.previous("stage_cancelled"),
        is_part=True,
    )


def _meetings(plan: Plan, label: str, row: int, line: pd.Series[Any]) -> Indicator:
    """Return a group's conferences; the plan counts units that have one or have carried it out."""
    planned, held = (_district(plan, row, one, line) for one in ("stage_planned", "stage_held"))
    expected = districts.value_of(line, "expected")
    share = reference(DISTRICTS, row, districts.COLUMNS.index_of("held_share"))
    return Indicator(
        label=label,
        measure=_MEETING,
        is_part=True,
        plan=Formula(
            f"{planned.text}+{held.text}", int(planned.value) + int(held.value), planned.target
        ),
        month=_district(plan, row, "held_in_month", line),
        to_date=held,
        share=Formula(share, ratio_value(int(held.value), expected)),
        previous=plan.previous(f"stage_held:{label}"),
        note=_stage_note(line),
    )


def _stage_note(line: pd.Series[Any]) -> str:
    text = f"{_n(line['expected'])} đơn vị"
    unclear = districts.value_of(line, "unclear")
    return f"{text}, {_n(unclear)} chưa rõ" if unclear else text


# --- V: findings --------------------------------------------------------------------------


def _findings(plan: Plan) -> Iterator[Indicator]:
    labels = {str(severity): words for severity, words in SEVERITIES.items()}
    reported = _district_total(plan, "reported")
    rows = (
        ("violation", f"Nội dung {lowered(labels['violation'])}", _ITEM),
        ("warning", f"Nội dung {lowered(labels['warning'])}", _ITEM),
        ("notice", labels["notice"], _ITEM),
        ("unknown", "Chưa đủ số liệu để rà soát", "căn cứ"),
        ("reading", labels["reading"], "ô, tệp"),
        (WAIVED, "Đã chấp nhận giải trình (tính riêng)", _ITEM),
    )
    for id_, label, measure in rows:
        is_first = id_ == "violation"
        cells = plan.unit_range(UNITS, units.COLUMNS, id_)
        count = Formula(f"SUM({cells})", int(plan.statistics.overall[id_]), cells)
        affected = Formula(
            count_where((cells, '">0"')), int((plan.statistics.units[id_] > 0).sum())
        )
        yield Indicator(
            number="V" if is_first else "",
            label=label,
            measure=measure,
            is_total=is_first,
            is_part=not is_first,
            month=count,
            share=share_of(int(reported.value), affected, reported),
            previous=plan.previous(id_, of_month=True),
            note=f"Ở {_n(int(affected.value))} đơn vị" if count.value else "",
            is_detail=id_ not in ("violation", "warning"),
        )
    if errors := int(plan.statistics.overall["error"]):
        note = "Lỗi của phần mềm, đề nghị báo người quản trị"
        yield Indicator(
            label="Lỗi rà soát", measure="căn cứ", month=errors, note=note, is_detail=True
        )
