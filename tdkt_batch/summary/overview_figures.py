"""The lines of the table of “Tổng hợp”: each figure a formula over the sheets of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tdkt_batch.figures.statistics import line_of
from tdkt_batch.figures.unit_figures import HONOURED, WAIVED
from tdkt_batch.report import UnitState
from tdkt_batch.sheets.cells import (
    Cell,
    Formula,
    count_where,
    literal,
    ratio_value,
    sum_where,
    within,
)
from tdkt_batch.summary import arrivals, awards, delegates, districts, elected, units
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import lowered, write_number, write_percent
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import DELEGATE_FIGURES, SEVERITIES, UNIT_STATES

_DETAILS = ("guests", "others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A line of the table. What has no figure stays empty.

    A line of ``detail`` stands on the overview's later pages, not on the one that is
    signed. ``month`` is the figure of the month, ``to_date`` that of each unit's latest
    report, ``previous`` what stood there a month ago.
    """

    number: str = ""
    label: str
    measure: str
    plan: Cell = None
    month: Cell = None
    to_date: Cell = None
    share: Cell = None
    previous: int | None = None
    note: str = ""
    is_part: bool = False
    is_total: bool = False
    is_detail: bool = False


def indicators(plan: Plan) -> list[Indicator]:
    """Return the lines of the table from top to bottom."""
    return [
        *_reports(plan),
        *_conferences(plan),
        *_delegates(plan),
        *_results(plan),
        *_findings(plan),
    ]


def _share_of(whole_value: int, part: Formula, whole: Formula) -> Formula:
    """Return the share of a count in another; a dash where the other is 0."""
    text = f'IF({whole.text}=0,"–",({part.text})/{whole.text})'
    return Formula(text, ratio_value(int(part.value), whole_value))


def _in_province(plan: Plan, column: str) -> Formula:
    """Return a reference to the province's line in the sheet of districts."""
    row = districts.rows_of(plan).total
    return districts.counted(plan, row, column, plan.statistics.overall)


def _summed(plan: Plan, cells: str, column: str) -> Formula:
    """Return the sum of a column's range, whose value the statistics have."""
    return Formula(f"SUM({cells})", int(plan.statistics.overall[column]), cells)


def _n(value: int) -> str:
    return write_number(int(value))


# --- I: reports --------------------------------------------------------------------------


def _reports(plan: Plan) -> Iterator[Indicator]:
    overall = plan.statistics.overall
    required, reported = _in_province(plan, "required"), _in_province(plan, "reported")
    months = units.cells(plan, "of_month")
    late, on_time = _n(overall["state_late"]), _n(overall["state_on_time"])
    note = say.PUNCTUALITY.format(on_time=on_time, late=late)
    if exempt := int(overall["state_not_required"]):
        note += say.EXEMPT.format(number=_n(exempt))
    yield Indicator(
        number="I",
        label=say.REPORTED,
        measure=say.MEASURES["unit"],
        plan=required,
        month=reported,
        to_date=Formula(f"COUNT({months})", int(plan.to_date.overall["reported"]), months),
        share=_share_of(int(required.value), reported, required),
        previous=plan.previous("reported", of_month=True),
        note=note,
        is_total=True,
    )
    cells = units.cells(plan, "state")
    for label, states in (
        (say.NOT_SENT, (UnitState.MISSING,)),
        (say.NOT_USABLE, (UnitState.EMPTY, UnitState.UNREADABLE)),
    ):
        texts = (count_where((cells, literal(UNIT_STATES[one]))) for one in states)
        value = sum(int(overall[f"state_{one}"]) for one in states)
        count = Formula("+".join(texts), value, cells)
        past = [plan.previous(f"state_{one}", of_month=True) for one in states]
        yield Indicator(
            label=label,
            measure=say.MEASURES["unit"],
            month=count,
            is_part=True,
            share=_share_of(int(required.value), count, required),
            previous=None if None in past else sum(one or 0 for one in past),
        )
    never = arrivals.cells(plan, "never")
    text = count_where((never, literal(arrivals.MARK)))
    yield Indicator(
        label=say.NEVER_REPORTED,
        measure=say.MEASURES["unit"],
        to_date=Formula(text, int(overall["never_reported"]), never),
        previous=plan.previous("never_reported"),
        is_part=True,
    )


# --- II: conferences --------------------------------------------------------------------------


def _conferences(plan: Plan) -> Iterator[Indicator]:
    rows, overall = districts.rows_of(plan), plan.statistics.overall
    total = _meetings(plan, say.CONFERENCES_HELD, rows.total, overall)
    previous = plan.previous("stage_held")
    yield replace(total, number="II", previous=previous, is_total=True, is_part=False)
    for group in districts.groups_in(plan):
        line = line_of(plan.statistics.by_group, group.name)
        yield _meetings(plan, group.name, rows.groups[group.name], line)
    marks = units.cells(plan, "past_plan")
    past_plan = count_where((marks, literal(units.MARK)))
    for column, label, count in (
        ("overdue", say.CONFERENCES_OVERDUE, _in_province(plan, "overdue")),
        (
            "past_plan",
            say.CONFERENCES_PAST_PLAN,
            Formula(past_plan, int(overall["past_plan"]), marks),
        ),
        ("stage_cancelled", say.CONFERENCES_CANCELLED, _in_province(plan, "stage_cancelled")),
    ):
        yield Indicator(
            label=label,
            measure=say.MEASURES["conference"],
            to_date=count,
            previous=plan.previous(column),
            is_part=True,
        )


def _meetings(plan: Plan, label: str, row: int, line: pd.Series[Any]) -> Indicator:
    """Return a group's conferences; the plan counts units that have one or have carried it out."""
    planned, held, in_month = (
        districts.counted(plan, row, one, line)
        for one in ("stage_planned", "stage_held", "held_in_month")
    )
    expected, unclear = (districts.value_of(line, one) for one in ("expected", "unclear"))
    note = say.EXPECTED.format(number=_n(expected))
    value = int(planned.value) + int(held.value)
    share = ratio_value(int(held.value), expected)
    return Indicator(
        label=label,
        measure=say.MEASURES["conference"],
        is_part=True,
        plan=Formula(f"{planned.text}+{held.text}", value, planned.target),
        month=in_month,
        to_date=held,
        share=Formula(districts.cell_of(row, "held_share"), share),
        previous=plan.previous(f"stage_held:{label}"),
        note=note + (say.UNCLEAR.format(number=_n(unclear)) if unclear else ""),
    )


# --- III: delegates -----------------------------------------------------------------------


def _delegates(plan: Plan) -> Iterator[Indicator]:
    """Yield the delegates planned, of the month and to date, with their shares.

    A share is taken over the units that gave both the figure and the total; it is
    said so when a share below is not of this total, because some units lack a figure.
    """
    statistics = plan.statistics
    held, months = (delegates.cells(plan, one) for one in ("held_day", "of_month"))
    wholes = {statistics.share_of_total("actual", role)[1] for role in DELEGATE_FIGURES}
    are_complete = wholes <= {int(statistics.overall["actual_total"])}
    whole = delegates.cells(plan, "actual_total")
    for role, label in DELEGATE_FIGURES.items():
        is_total = role == "total"
        planned, actual = (delegates.cells(plan, f"{one}_{role}") for one in ("planned", "actual"))
        parts = f"SUMPRODUCT(--ISNUMBER({whole}),{actual})"
        all_ = f"SUMPRODUCT(--ISNUMBER({actual}),{whole})"
        share = ratio_value(*statistics.share_of_total("actual", role))
        part_planned, all_planned = statistics.share_of_total("planned", role)
        note = "" if are_complete else say.SHARES_OF_COMPLETE
        if not is_total:
            planned_share = write_percent(part_planned, all_planned)
            note = say.PLANNED_SHARE.format(share=planned_share) if all_planned else ""
        yield Indicator(
            number="III" if is_total else "",
            label=label,
            measure=say.MEASURES["person"],
            plan=_summed(plan, planned, f"planned_{role}"),
            month=_held_in_month(plan, actual, held, months, role),
            to_date=_summed(plan, actual, f"actual_{role}"),
            previous=plan.previous(f"actual_{role}"),
            share=None if is_total else Formula(f'IF({all_}=0,"–",{parts}/{all_})', share),
            note=note,
            is_part=not is_total,
            is_total=is_total,
            is_detail=role in _DETAILS,
        )


def _held_in_month(plan: Plan, cells: str, held: str, months: str, role: str) -> Formula:
    """Return a figure's sum over the units that held their conference in the month."""
    month = plan.report.month
    reported = units.of_this_month(plan, months)
    text = sum_where(cells, reported, *within(held, month.first_day, month.last_day))
    return Formula(text, int(plan.statistics.overall[f"month_{role}"]), cells)


# --- IV: whom the conferences elected and honoured ------------------------------------------


def _results(plan: Plan) -> Iterator[Indicator]:
    for role in ("elected", *HONOURED):
        rows = elected.rows_of(plan) if role == "elected" else awards.rows_of(plan)
        cells, held, months = (rows.range_of(one) for one in (role, "held_day", "of_month"))
        line = Indicator(
            label=say.RESULTS[role],
            measure=say.MEASURES.get(role, say.MEASURES["person"]),
            month=_held_in_month(plan, cells, held, months, role),
            to_date=_summed(plan, cells, role),
            previous=plan.previous(role),
            is_part=True,
            is_detail=True,
        )
        if role == "elected":
            allotment = _summed(plan, rows.range_of("allotment"), "allotment")
            share = _share_of(int(allotment.value), _summed(plan, cells, role), allotment)
            total = replace(line, is_part=False, is_detail=False, is_total=True, number="IV")
            line = replace(total, plan=allotment, share=share, note=say.ALLOTTED)
        yield line


# --- V: findings --------------------------------------------------------------------------


def _findings(plan: Plan) -> Iterator[Indicator]:
    words = {str(severity): text for severity, text in SEVERITIES.items()}
    reported, statistics = _in_province(plan, "reported"), plan.statistics
    for id_, label, measure in (
        ("violation", say.CONTENT_OF.format(severity=lowered(words["violation"])), "finding"),
        ("warning", say.CONTENT_OF.format(severity=lowered(words["warning"])), "finding"),
        ("notice", words["notice"], "finding"),
        ("unknown", say.UNDECIDED, "rule"),
        ("reading", words["reading"], "cell"),
        (WAIVED, say.WAIVED, "finding"),
    ):
        is_first = id_ == "violation"
        cells = units.cells(plan, id_)
        count = _summed(plan, cells, id_)
        in_units = int((statistics.units[id_] > 0).sum())
        affected = Formula(count_where((cells, '">0"')), in_units)
        yield Indicator(
            number="V" if is_first else "",
            label=label,
            measure=say.MEASURES[measure],
            is_total=is_first,
            is_part=not is_first,
            month=count,
            share=_share_of(int(reported.value), affected, reported),
            previous=plan.previous(id_, of_month=True),
            note=say.IN_UNITS.format(number=_n(in_units)) if count.value else "",
            is_detail=id_ not in ("violation", "warning"),
        )
    if errors := int(statistics.overall["error"]):
        yield Indicator(
            label=say.REVIEW_ERRORS,
            measure=say.MEASURES["rule"],
            month=errors,
            note=say.REVIEW_ERRORS_NOTE,
            is_detail=True,
        )
