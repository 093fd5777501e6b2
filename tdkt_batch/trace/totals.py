"""The declared figures as they may be asked for: what each is called, and what adds up to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Figure, Period
from tdkt_batch.campaign.form import ALLOTMENT, Form
from tdkt_batch.campaign.tree import Name, walk
from tdkt_batch.errors import InputError
from tdkt_batch.figures.believed import withholding
from tdkt_batch.figures.month_figures import FigureAmounts, month_figures
from tdkt_batch.figures.unit_lines import allotted_by
from tdkt_batch.model import Decision, Finding, Submission
from tdkt_batch.report import UnitReport
from tdkt_batch.trace.cell import CellReference, cell_at
from tdkt_batch.trace.lookup import fitting
from tdkt_batch.trace.month import PublishedMonth
from tdkt_batch.values import Value
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.wording import trace as say

_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A figure of the province, or of one ``group`` of kinds; ``names`` are other labels of it."""

    figure: Figure
    group: str = ""
    names: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The figure's id, with the group where there is one."""
        return f"{self.figure.id}:{self.group}" if self.group else self.figure.id

    @property
    def label(self) -> str:
        """What the sheets call it."""
        label = self.figure.label
        return say.OF_GROUP.format(label=label, group=self.group) if self.group else label

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


def totals_of(campaign: Campaign) -> Iterator[Total]:
    """Yield the declared figures in their order, those that stand by group with their groups.

    What stands beside a figure as planned is known by that figure's name too.
    """
    declared = campaign.figures
    groups = [group.name for level in campaign.levels for group in level.groups]
    for figure in declared.all:
        results = [one.label for one in declared.all if one.plan == figure.id]
        bare = (say.PLANNED.format(label=label) for label in results)
        names = tuple(name for name in bare if label_key(name) != label_key(figure.label))
        yield Total(figure=figure, names=names)
        for group in groups if figure.by_group else ():
            yield Total(figure=figure, group=group, names=(group,))
            if figure.plan:
                planned = declared.figure(figure.plan)
                yield Total(figure=planned, group=group, names=(say.PLANNED.format(label=group),))


# --- what adds up -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one unit adds; ``month`` or ``to_date`` is None where it adds nothing there.

    ``report`` gives the figure to date: ``carried`` in it marks a report of an
    earlier month; it is None of a unit that left the register, whose figure of
    earlier runs is taken back. ``is_late``: it happened before the month and is told
    only now; ``is_correction``: an earlier figure is another now. ``read`` is the cell
    as it was read. ``allotted_by`` says of an allotment, which is in no report of the
    unit's own, who gave it.
    """

    code: str
    name: str
    report: UnitReport | None
    month: int | None
    to_date: int | None
    is_late: bool = False
    is_correction: bool = False
    read: Value | None = None
    correction: Decision | None = None
    allotted_by: str = ""

    @property
    def is_carried(self) -> bool:
        """Whether the figure is of an earlier month's report."""
        return self.report is not None and self.report.carried and not self.allotted_by

    @property
    def submission(self) -> Submission | None:
        """The report that the figure is from; None of a unit without one."""
        report = self.report
        if report is None or not report.is_usable or self.allotted_by:
            return None
        return report.submission if self.to_date is not None or not report.carried else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAdded:
    """What a unit reported and the total does not have: it cannot be true, says the finding.

    ``read`` is the figure's own cell, which need not be the one that the finding names.
    """

    code: str
    name: str
    value: int
    finding: Finding
    read: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalTrace:
    """A total with all that adds up to it; a sum is None where there is no such figure.

    ``apart`` is what is not added before it is corrected or confirmed.
    """

    published: PublishedMonth
    total: Total
    month: int | None
    to_date: int | None
    contributions: tuple[Contribution, ...]
    apart: tuple[NotAdded, ...] = ()


def trace_total(published: PublishedMonth, name: str) -> TotalTrace:
    """Return what adds up to a total of the month; ``InputError`` when there is none such."""
    total = total_asked(name, published.campaign)
    figures = month_figures(published.campaign, published.report)
    codes = figures.units_by_group.get(total.group, ()) if total.group else None
    sums, is_month = figures.total(total.figure.id, codes), total.figure.period is Period.MONTH
    amounts = figures.by_id[total.figure.id]
    found = _contributions(published, total, amounts)
    return TotalTrace(
        published=published,
        total=total,
        month=sums.value if is_month else sums.month,
        to_date=None if is_month else sums.value,
        contributions=tuple(one for one in found if codes is None or one.code in codes),
        apart=tuple(
            one
            for one in _apart(published, total, amounts, is_month=is_month)
            if codes is None or one.code in codes
        ),
    )


def _apart(
    published: PublishedMonth, total: Total, amounts: FigureAmounts, *, is_month: bool
) -> Iterator[NotAdded]:
    """Yield what stands apart of a figure, unit by unit, with the finding that withholds it."""
    campaign = published.campaign
    for unit in published.report.units:
        report, code = unit if is_month else unit.latest, unit.unit.code
        field = total.figure.cell_in(campaign.form_of(unit.unit))
        for finding, cells in withholding(campaign, report) if code in amounts.apart else ():
            if field in cells or campaign.roles.status in cells:
                yield NotAdded(
                    code=code,
                    name=unit.unit.name,
                    value=amounts.apart[code],
                    finding=finding,
                    read=report.submission.values.get(field) if report.submission else None,
                )
                break


def _contributions(
    published: PublishedMonth, total: Total, amounts: FigureAmounts
) -> Iterator[Contribution]:
    """Yield what adds to a figure, unit by unit; in the end what units that left had given."""
    figure, known, last = total.figure, amounts.known, amounts.last or {}
    is_month, is_told = figure.period is Period.MONTH, amounts.total().month is not None
    for unit in published.report.units:
        report, code = unit if is_month else unit.latest, unit.unit.code
        value = known.get(code) or None
        change = (amounts.change_of(code) or None) if is_told else None
        if value is None and change is None:
            continue
        cell, form = None, published.campaign.form_of(unit.unit)
        is_allotment = _is_allotment(figure, form)
        if report.is_usable and report.submission and (field := figure.cell_in(form)):
            read = published.as_read.get(report.submission.source) or report.submission
            ref = CellReference(field=field, label=total.label)
            cell = cell_at(read, ref, published.inputs.decisions)
        yield Contribution(
            code=code,
            name=unit.unit.name,
            report=report,
            month=value if is_month else change,
            to_date=None if is_month else value,
            is_late=is_told and amounts.is_late(code),
            is_correction=is_told and change is not None and code in last,
            read=cell.read if cell else None,
            correction=cell.correction if cell else None,
            allotted_by=allotted_by(unit) if is_allotment else "",
        )
    here = {one.unit.code for one in published.report.units}
    for code in sorted(last.keys() - here) if is_told else ():
        unit_ = published.campaign.unit_by_code.get(code)
        name = unit_.name if unit_ else code
        change = -last[code]
        yield Contribution(
            code=code, name=name, report=None, month=change, to_date=None, is_correction=True
        )


def _is_allotment(figure: Figure, form: Form) -> bool:
    """Tell whether a figure is what units were allotted, which stands in no cell of theirs."""
    bound = figure.bound.get(form.id)
    nodes = walk(bound.value) if bound and bound.value is not None else ()
    return any(isinstance(one, Name) and one.id == ALLOTMENT for one in nodes)
