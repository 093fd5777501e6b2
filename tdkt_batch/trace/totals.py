"""The totals of the sheet “Tổng hợp”: what each is called, and what adds up to it.

A total is a column of the statistics (``statistics.COUNTED``) or a sum of such, of
all units or of one group of kinds. The figures of the month and those to date may
be different columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import ACTUAL, PLANNED, Role, Stage
from tdkt_batch.errors import InputError
from tdkt_batch.figures.statistics import COUNTED, OF_THE_MONTH, summarise
from tdkt_batch.figures.unit_figures import DELEGATES, RESULTS, WAIVED
from tdkt_batch.model import Decision, OutcomeKind, Submission, Unit, Value
from tdkt_batch.report import UnitReport, UnitState
from tdkt_batch.trace.cell import CellReference, cell_at
from tdkt_batch.trace.lookup import fitting
from tdkt_batch.trace.month import PublishedMonth
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.wording import trace as say
from tdkt_batch.wording.shared import (
    DELEGATE_FIGURES,
    OUTCOMES,
    OVERVIEW_LINES,
    UNIT_STATES,
)

_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One total: the columns that it adds up, and the field of the forms that gives its figure.

    ``month`` is empty where the total has no figure of the month, ``to_date`` where
    it has none to date. ``group`` limits it to a group of kinds. ``names`` are other
    labels under which it is known.
    """

    id: str
    label: str
    month: tuple[str, ...] = ()
    to_date: tuple[str, ...] = ()
    group: str = ""
    field: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_of_conferences(self) -> bool:
        """Whether its figure of the month is that of the conferences held in the month."""
        return bool(self.month and self.to_date) and self.month != self.to_date

    def __str__(self) -> str:
        return f"“{self.label}” ({self.id})"


def total_asked(text: str, campaign: Campaign) -> Total:
    """Return the total that ``text`` names, by id or by the label of its line.

    Raises ``InputError`` with what it may mean, or with the nearest labels.
    """
    totals = tuple(totals_of(campaign))
    found = [one for one in totals if one.id == text.strip()] or fitting(
        text, totals, lambda one: map(label_key, (one.id, one.label, *one.names))
    )
    if len(found) == 1:
        return found[0]
    if found:
        several = {"number": len(found), "totals": "; ".join(map(str, found))}
        raise InputError(say.AMBIGUOUS_TOTAL.format(text=text, **several))
    by_key = {unmarked_key(one.label): one for one in reversed(totals)}
    near = get_close_matches(unmarked_key(text), by_key, n=_SUGGESTED, cutoff=0.4)
    nearest = say.NEAREST.format(nearest="; ".join(str(by_key[key]) for key in near))
    raise InputError(say.NO_TOTAL.format(text=text) + (nearest if near else ""))


# --- what there is ------------------------------------------------------------------------------


def totals_of(campaign: Campaign) -> Iterator[Total]:
    """Yield the totals in the order of the sheet, then what else the statistics add up."""
    named = [*_of_units(campaign), *_of_people(campaign), *_of_findings(campaign)]
    yield from named
    known = {one.id for one in named}
    for column in COUNTED:
        if column not in known:
            yield _column(column, column, is_of_month=column in OF_THE_MONTH)


def _column(
    id_: str, label: str = "", *names: str, is_of_month: bool = False, field: str = ""
) -> Total:
    """Return the total of one column, which has a figure of the month or one to date."""
    return Total(
        id=id_,
        label=label or OVERVIEW_LINES[id_],
        names=names,
        month=(id_,) if is_of_month else (),
        to_date=() if is_of_month else (id_,),
        field=field,
    )


def _planned(label: str) -> str:
    """Return the label under which the column “Kế hoạch” of a line is asked for."""
    return say.PLANNED.format(label=label)


def _of_units(campaign: Campaign) -> Iterator[Total]:
    """Yield who reported and who did not, then who held a conference, by group, and who did not."""
    label, both = OVERVIEW_LINES["reported"], ("reported",)
    yield Total(id="reported", label=label, month=both, to_date=both)
    yield _column("required", "", _planned(label), is_of_month=True)
    silent = f"state_{UnitState.MISSING}"
    yield _column(silent, "", say.UNITS_WITHOUT_REPORT, is_of_month=True)
    unusable = tuple(f"state_{one}" for one in (UnitState.EMPTY, UnitState.UNUSABLE))
    yield Total(id="unusable", label=OVERVIEW_LINES["unusable"], month=unusable)
    yield _column("never_reported")
    yield _column(f"state_{UnitState.AFTER_CUT_OFF}", is_of_month=True)
    for state in (UnitState.ON_TIME, UnitState.LATE, UnitState.NOT_REQUIRED):
        yield _column(f"state_{state}", UNIT_STATES[state], is_of_month=True)

    status, stages = campaign.roles.status, campaign.roles.stages
    month, held, with_plan = ("held_in_month",), ("stage_held",), ("stage_planned", "stage_held")
    groups = [group.name for level in campaign.levels for group in level.groups]
    for group in ("", *groups):
        label = campaign.words.said(OVERVIEW_LINES["stage_held"])
        of, name = "", say.WHOLE_PROVINCE
        if group:
            of, label, name = f":{group}", say.OF_GROUP.format(label=label, group=group), group
        yield Total(
            id=f"stage_held{of}", label=label, month=month, to_date=held, group=group,
            field=status, names=(name,),
        )  # fmt: skip
        yield Total(
            id=f"with_plan{of}", label=_planned(label), to_date=with_plan, group=group,
            field=status, names=(_planned(name),),
        )  # fmt: skip
    for stage in (Stage.NONE, Stage.PLANNED):
        yield _column(f"stage_{stage}", stages[stage], field=status)
    yield _column("stage_cancelled", "", stages[Stage.CANCELLED], field=status)
    yield _column("overdue", field=status)
    yield _column("past_plan", field=campaign.roles.name(Role.DATE, PLANNED))


def _of_people(campaign: Campaign) -> Iterator[Total]:
    """Yield the delegates, actual ones under the bare label, planned ones named so; results."""
    roles = campaign.roles
    for role in (one for one in DELEGATES if one in roles.figures):
        label, actual = DELEGATE_FIGURES[role], f"actual_{role}"
        on_form = campaign.forms[0].label(roles.name(role))
        yield Total(
            id=actual, label=label, month=(f"month_{role}",), to_date=(actual,),
            field=roles.name(role, ACTUAL), names=(say.ACTUAL.format(label=label), on_form),
        )  # fmt: skip
        yield _column(f"planned_{role}", _planned(label), field=roles.name(role, PLANNED))
    for role in (one for one in RESULTS if one in roles.figures):
        yield Total(
            id=role, label=OVERVIEW_LINES[role], month=(f"month_{role}",), to_date=(role,),
            field=roles.name(role),
        )  # fmt: skip
    yield _column("allotment", "", _planned(OVERVIEW_LINES["elected"]))


def _of_findings(campaign: Campaign) -> Iterator[Total]:
    for severity, label in campaign.words.severities.items():
        yield _column(
            str(severity), label, say.CONTENTS_OF.format(severity=label), is_of_month=True
        )
    unknown, waived = OUTCOMES[OutcomeKind.UNKNOWN], OVERVIEW_LINES[WAIVED]
    names = say.UNKNOWN_IN_REVIEW.format(label=unknown), say.COUNTED_APART.format(label=waived)
    yield _column("unknown", unknown, names[0], is_of_month=True)
    yield _column(WAIVED, waived, names[1], is_of_month=True)
    yield _column("error", OUTCOMES[OutcomeKind.ERROR], is_of_month=True)


# --- what adds up -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one unit adds; ``month`` or ``to_date`` is None where it adds nothing there.

    ``report`` gives the figure to date: ``carried`` in it marks a report of an
    earlier month. ``read`` is the cell as it was read.
    """

    report: UnitReport
    month: int | None
    to_date: int | None
    read: Value | None
    correction: Decision | None

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.report.unit

    @property
    def submission(self) -> Submission | None:
        """The report that the figure is from; None of a unit without one."""
        is_counted = self.to_date is not None or not self.report.carried
        return self.report.submission if self.report.is_usable and is_counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTrace:
    """A total with all that adds up to it; a sum is None where there is no such figure."""

    published: PublishedMonth
    total: Total
    month: int | None
    to_date: int | None
    contributions: tuple[Contribution, ...]


def trace_total(published: PublishedMonth, name: str) -> TotalTrace:
    """Return what adds up to a total of the month; ``InputError`` when there is none such."""
    total = total_asked(name, published.campaign)
    found = tuple(_contributions(published, total))
    return TotalTrace(
        published=published,
        total=total,
        month=sum(one.month or 0 for one in found) if total.month else None,
        to_date=sum(one.to_date or 0 for one in found) if total.to_date else None,
        contributions=found,
    )


def _contributions(published: PublishedMonth, total: Total) -> Iterator[Contribution]:
    month = summarise(published.campaign, published.report).lines
    to_date = summarise(published.campaign, published.report.to_date()).lines
    for unit in published.report.units:
        report, code = unit.latest, unit.unit.code
        if total.group not in ("", month[code]["group"]):
            continue
        in_month, by_now = _added(month[code], total.month), _added(to_date[code], total.to_date)
        if in_month is None and by_now is None:
            continue
        cell = None
        if total.field and report.is_usable and report.submission:
            read = published.as_read.get(report.submission.source) or report.submission
            ref = CellReference(field=total.field, label=total.label)
            cell = cell_at(read, ref, published.inputs.decisions)
        yield Contribution(
            report=report,
            month=in_month,
            to_date=by_now,
            read=cell.read if cell else None,
            correction=cell.correction if cell else None,
        )


def _added(line: Mapping[str, Any], columns: tuple[str, ...]) -> int | None:
    """Return what a unit's row adds; None where it gave no figure, or 0."""
    return sum(int(line[column] or 0) for column in columns) or None
