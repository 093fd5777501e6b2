"""The lines of the table of “Tổng hợp”: each figure a formula over the sheets of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tdkt_batch.figures.statistics import line_of
from tdkt_batch.figures.unit_figures import HONOURED, WAIVED
from tdkt_batch.model import OutcomeKind
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
from tdkt_batch.wording.shared import (
    DELEGATE_FIGURES,
    OUTCOMES,
    OVERVIEW_LINES,
    UNIT_STATES,
)

_DETAILS = ("guests", "others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A line of the table. What has no figure stays empty.

    A line of ``detail`` stands on the overview's later pages, not on the one that is
    signed. ``month`` is the figure of the month, ``to_date`` that of each unit's latest
    report, ``previous`` what stood there a month ago. A line with a number is a total,
    those below it are its parts. ``measure`` is one of ``MEASURES``.
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
    is_part: bool = True
    is_detail: bool = False

    @property
    def is_total(self) -> bool:
        """Whether the line is written in bold."""
        return bool(self.number)


def indicators(plan: Plan) -> list[Indicator]:
    """Return the lines of the table from top to bottom."""
    sections = (_reports, _conferences, _delegates, _results, _findings)
    return [line for section in sections for line in section(plan)]


def _share_of(part: Formula, whole: Formula) -> Formula:
    """Return the share of a count in another; a dash where the other is 0."""
    text = f'IF({whole.text}=0,"–",({part.text})/{whole.text})'
    return Formula(text, ratio_value(int(part.value), int(whole.value)))


def _in_province(plan: Plan, column: str) -> Formula:
    """Return a reference to the province's line in the sheet of districts."""
    row = districts.rows_of(plan).total
    return districts.counted(plan, row, column, plan.statistics.overall)


def _summed(plan: Plan, cells: str, column: str) -> Formula:
    """Return the sum of a column's range, whose value the statistics have."""
    return Formula(f"SUM({cells})", int(plan.statistics.overall[column]), cells)


def _held_in_month(plan: Plan, cells: str, held: str, months: str, role: str) -> Formula:
    """Return a figure's sum over the units that held their conference in the month."""
    month = plan.report.month
    reported = units.of_this_month(plan, months)
    text = sum_where(cells, reported, *within(held, month.first_day, month.last_day))
    return Formula(text, int(plan.statistics.overall[f"month_{role}"]), cells)


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
        label=OVERVIEW_LINES["reported"],
        measure="unit",
        plan=required,
        month=reported,
        to_date=Formula(f"COUNT({months})", int(plan.to_date.overall["reported"]), months),
        share=_share_of(reported, required),
        previous=plan.previous("reported", of_month=True),
        note=note,
    )
    cells = units.cells(plan, "state")
    for label, states in (
        (OVERVIEW_LINES["state_missing"], (UnitState.MISSING,)),
        (OVERVIEW_LINES["unusable"], (UnitState.EMPTY, UnitState.UNUSABLE)),
        (OVERVIEW_LINES["state_after_cut_off"], (UnitState.AFTER_CUT_OFF,)),
    ):
        texts = (count_where((cells, literal(UNIT_STATES[one]))) for one in states)
        value = sum(int(overall[f"state_{one}"]) for one in states)
        count = Formula("+".join(texts), value, cells)
        past = [plan.previous(f"state_{one}", of_month=True) for one in states]
        previous = None if None in past else sum(one or 0 for one in past)
        share = _share_of(count, required)
        yield Indicator(
            label=label, measure="unit", month=count, share=share, previous=previous,
            is_detail=states == (UnitState.AFTER_CUT_OFF,),
        )  # fmt: skip
    cells = arrivals.cells(plan, "never")
    text = count_where((cells, literal(arrivals.MARK)))
    never = Formula(text, int(overall["never_reported"]), cells)
    past_never = plan.previous("never_reported")
    yield Indicator(
        label=OVERVIEW_LINES["never_reported"], measure="unit", to_date=never, previous=past_never
    )


# --- II: conferences --------------------------------------------------------------------------


def _conferences(plan: Plan) -> Iterator[Indicator]:
    """Yield those held, by group; a group's plan counts units that have one or carried it out."""
    rows, overall = districts.rows_of(plan), plan.statistics.overall
    province = plan.campaign.words.said(OVERVIEW_LINES["stage_held"]), rows.total, overall
    by_group = plan.statistics.by_group
    groups = (
        (group.name, rows.groups[group.name], line_of(by_group, group.name))
        for group in districts.groups_in(plan)
    )
    for number, (label, row, line) in enumerate((province, *groups)):
        planned, held, in_month = (
            districts.counted(plan, row, one, line)
            for one in ("stage_planned", "stage_held", "held_in_month")
        )
        expected, unclear = (districts.value_of(line, one) for one in ("expected", "unclear"))
        note = say.EXPECTED.format(number=_n(expected))
        value = int(planned.value) + int(held.value)
        share = ratio_value(int(held.value), expected)
        yield Indicator(
            number="" if number else "II",
            label=label,
            measure="conference",
            plan=Formula(f"{planned.text}+{held.text}", value, planned.target),
            month=in_month,
            to_date=held,
            share=Formula(districts.cell_of(row, "held_share"), share),
            previous=plan.previous(f"stage_held:{label}" if number else "stage_held"),
            note=note + (say.UNCLEAR.format(number=_n(unclear)) if unclear else ""),
        )
    marks = units.cells(plan, "past_plan")
    text = count_where((marks, literal(units.MARK)))
    past_plan = Formula(text, int(overall["past_plan"]), marks)
    for column, count in (
        ("overdue", _in_province(plan, "overdue")),
        ("past_plan", past_plan),
        ("stage_cancelled", _in_province(plan, "stage_cancelled")),
    ):
        label, previous = OVERVIEW_LINES[column], plan.previous(column)
        yield Indicator(label=label, measure="conference", to_date=count, previous=previous)


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
        planned, actual = (delegates.cells(plan, f"{one}_{role}") for one in ("planned", "actual"))
        share, note = None, "" if are_complete else say.SHARES_OF_COMPLETE
        if role != "total":
            parts = f"SUMPRODUCT(--ISNUMBER({whole}),{actual})"
            all_ = f"SUMPRODUCT(--ISNUMBER({actual}),{whole})"
            value = ratio_value(*statistics.share_of_total("actual", role))
            share = Formula(f'IF({all_}=0,"–",{parts}/{all_})', value)
            part_planned, all_planned = statistics.share_of_total("planned", role)
            planned_share = write_percent(part_planned, all_planned)
            note = say.PLANNED_SHARE.format(share=planned_share) if all_planned else ""
        yield Indicator(
            number="III" if role == "total" else "",
            label=label,
            measure="person",
            plan=_summed(plan, planned, f"planned_{role}"),
            month=_held_in_month(plan, actual, held, months, role),
            to_date=_summed(plan, actual, f"actual_{role}"),
            share=share,
            previous=plan.previous(f"actual_{role}"),
            note=note,
            is_detail=role in _DETAILS,
        )


# --- IV: whom the conferences elected and honoured ------------------------------------------


def _results(plan: Plan) -> Iterator[Indicator]:
    for role in ("elected", *HONOURED):
        rows = elected.rows_of(plan) if role == "elected" else awards.rows_of(plan)
        cells, held, months = (rows.range_of(one) for one in (role, "held_day", "of_month"))
        count = _summed(plan, cells, role)
        line = Indicator(
            label=OVERVIEW_LINES[role],
            measure=role,
            month=_held_in_month(plan, cells, held, months, role),
            to_date=count,
            previous=plan.previous(role),
            is_detail=True,
        )
        if role == "elected":
            allotment = _summed(plan, rows.range_of("allotment"), "allotment")
            share = _share_of(count, allotment)
            line = replace(line, number="IV", plan=allotment, share=share, note=say.ALLOTTED)
            line = replace(line, is_detail=False)
        yield line


# --- V: findings --------------------------------------------------------------------------


def _findings(plan: Plan) -> Iterator[Indicator]:
    words = {str(severity): text for severity, text in plan.campaign.words.severities.items()}
    reported, statistics = _in_province(plan, "reported"), plan.statistics
    for id_, label, measure in (
        ("violation", say.CONTENT_OF.format(severity=lowered(words["violation"])), "finding"),
        ("warning", say.CONTENT_OF.format(severity=lowered(words["warning"])), "finding"),
        ("notice", words["notice"], "finding"),
        ("arithmetic", words["arithmetic"], "finding"),
        ("reading", words["reading"], "finding"),
        ("unknown", say.UNDECIDED, "rule"),
        (WAIVED, say.WAIVED, "finding"),
    ):
        cells = units.cells(plan, id_)
        count = _summed(plan, cells, id_)
        in_units = int((statistics.units[id_] > 0).sum())
        affected = Formula(count_where((cells, '">0"')), in_units)
        yield Indicator(
            number="V" if id_ == "violation" else "",
            label=label,
            measure=measure,
            month=count,
            share=_share_of(affected, reported),
            previous=plan.previous(id_, of_month=True),
            note=say.IN_UNITS.format(number=_n(in_units)) if count.value else "",
            is_detail=id_ not in ("violation", "warning"),
        )
    if errors := int(statistics.overall["error"]):
        label, note = OUTCOMES[OutcomeKind.ERROR], say.REVIEW_ERRORS_NOTE
        line = Indicator(label=label, measure="rule", month=errors, note=note, is_detail=True)
        yield replace(line, is_part=False)
