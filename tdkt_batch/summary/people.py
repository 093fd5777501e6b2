"""The overview's lines on people: delegates, the honoured, the elected."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.figures.unit_figures import HONOURED
from tdkt_batch.sheets.cells import (
    Formula,
    ratio_value,
    sum_where,
    within,
)
from tdkt_batch.summary import awards, delegates, elected
from tdkt_batch.summary.lines import Indicator, share_of
from tdkt_batch.summary.plan import DELEGATES, Plan
from tdkt_batch.summary.units import of_this_month
from tdkt_batch.vietnamese.writing import write_percent
from tdkt_batch.wording.shared import DELEGATE_FIGURES

_PERSON = "người"

_DETAILS = ("guests", "others")


def delegate_lines(plan: Plan) -> Iterator[Indicator]:
    """Yield the delegates planned, of the month and to date, with their shares."""
    for role, label in DELEGATE_FIGURES.items():
        is_total = role == "total"
        yield Indicator(
            number="III" if is_total else "",
            label=label,
            measure=_PERSON,
            plan=_people(plan, "planned", role),
            month=_people_in_month(plan, role),
            to_date=_people(plan, "actual", role),
            previous=plan.previous(f"actual_{role}"),
            share=None if is_total else _people_share(plan, "actual", role),
            note=_whole_note(plan) if is_total else _planned_share(plan, role),
            is_part=not is_total,
            is_total=is_total,
            is_detail=role in _DETAILS,
        )


def _delegate_range(plan: Plan, id_: str) -> str:
    return plan.unit_range(DELEGATES, delegates.columns_of(plan.statistics), id_)


def _people(plan: Plan, prefix: str, role: str) -> Formula:
    id_ = f"{prefix}_{role}"
    cells = _delegate_range(plan, id_)
    return Formula(f"SUM({cells})", int(plan.statistics.overall[id_]), cells)


def _people_in_month(plan: Plan, role: str) -> Formula:
    month, cells = plan.report.month, _delegate_range(plan, f"actual_{role}")
    days = within(_delegate_range(plan, "held_day"), month.first_day, month.last_day)
    reported = of_this_month(plan, _delegate_range(plan, "of_month"))
    text = sum_where(cells, reported, *days)
    return Formula(text, int(plan.statistics.overall[f"month_{role}"]), cells)


def _people_share(plan: Plan, prefix: str, role: str) -> Formula:
    """Return the share of a role over the units that gave both its figure and the total."""
    part, whole = (_delegate_range(plan, f"{prefix}_{one}") for one in (role, "total"))
    parts = f"SUMPRODUCT(--ISNUMBER({whole}),{part})"
    wholes = f"SUMPRODUCT(--ISNUMBER({part}),{whole})"
    value = ratio_value(*plan.statistics.share_of_total(prefix, role))
    return Formula(f'IF({wholes}=0,"–",{parts}/{wholes})', value)


def _whole_note(plan: Plan) -> str:
    """Say so when a share below is not of this total, because some units lack a figure."""
    total = int(plan.statistics.overall["actual_total"])
    wholes = (plan.statistics.share_of_total("actual", role)[1] for role in DELEGATE_FIGURES)
    return "" if set(wholes) <= {total} else "Tỷ lệ: nơi đủ số liệu"


def _planned_share(plan: Plan, role: str) -> str:
    part, whole = plan.statistics.share_of_total("planned", role)
    return f"Kế hoạch: {write_percent(part, whole)}" if whole else ""


def result_lines(plan: Plan) -> Iterator[Indicator]:
    """Yield whom the conferences honoured and elected."""
    labels = dict(
        zip(
            HONOURED,
            ("Tập thể được biểu dương", "Cá nhân được biểu dương", "Hộ gia đình được biểu dương"),
            strict=True,
        )
    )
    measures = dict(zip(HONOURED, ("tập thể", _PERSON, "hộ"), strict=True))
    yield _elected(plan)
    for role in HONOURED:
        yield Indicator(
            label=labels[role],
            measure=measures[role],
            month=_result_in_month(plan, role),
            to_date=_result(plan, role),
            previous=plan.previous(role),
            is_part=True,
            is_detail=True,
        )


def _elected(plan: Plan) -> Indicator:
    allotted = elected.layout_of(plan).range_of("allotment")
    allotment = Formula(f"SUM({allotted})", int(plan.statistics.overall["allotment"]), allotted)
    return Indicator(
        number="IV",
        label="Đại biểu được bầu đi dự cấp trên",
        measure=_PERSON,
        plan=allotment,
        month=_result_in_month(plan, "elected"),
        to_date=_result(plan, "elected"),
        previous=plan.previous("elected"),
        share=share_of(int(allotment.value), _result(plan, "elected"), allotment),
        note="Kế hoạch: số phân bổ",
        is_total=True,
    )


def _layout(plan: Plan, role: str) -> awards.Layout | elected.Layout:
    """Return the sheet that holds a result's figures unit by unit."""
    return awards.layout_of(plan) if role in HONOURED else elected.layout_of(plan)


def _result(plan: Plan, role: str) -> Formula:
    cells = _layout(plan, role).range_of(role)
    return Formula(f"SUM({cells})", int(plan.statistics.overall[role]), cells)


def _result_in_month(plan: Plan, role: str) -> Formula:
    month, layout = plan.report.month, _layout(plan, role)
    cells = layout.range_of(role)
    days = within(layout.range_of("held_day"), month.first_day, month.last_day)
    reported = of_this_month(plan, layout.range_of("of_month"))
    text = sum_where(cells, reported, *days)
    return Formula(text, int(plan.statistics.overall[f"month_{role}"]), cells)
