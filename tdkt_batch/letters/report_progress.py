"""The report's parts I and II: who has reported, who has held a conference, with what result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tdkt_batch.figures.questions_for_leadership import is_long_silent
from tdkt_batch.figures.statistics import line_of
from tdkt_batch.figures.unit_figures import DELEGATES, RESULTS
from tdkt_batch.letters.docx_paper import Columns, Paper
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure, lowered, office_day, one_line, shown
from tdkt_batch.letters.report_apart import not_added
from tdkt_batch.letters.unit_notice import LONGEST, never_reported
from tdkt_batch.model import Unit
from tdkt_batch.report import Hindrance, UnitState
from tdkt_batch.vietnamese.writing import write_moment, write_percent
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import HINDRANCES, UNIT_STATES

_STATES = (
    UnitState.ON_TIME, UnitState.LATE, UnitState.AFTER_CUT_OFF, UnitState.EMPTY,
    UnitState.UNUSABLE, UnitState.MISSING,
)  # fmt: skip
_STAGES = ("stage_held", "stage_planned", "stage_none", "stage_cancelled")
_MOST_MONTHS = 12
_NONE = "–"
_ARRIVAL_COLUMNS = Columns(
    (say.UNIT_GROUP, say.MUST_SEND, *(UNIT_STATES[s] for s in _STATES), say.SHARE_REPORTED),
    (45, 13, *[14.6] * len(_STATES), 19.4),
    "lrrrrrrrr",
)
_MONTH_COLUMNS = Columns(say.MONTHS_HEADS, (25, 35, 25, 40, 40), "crrrr")
_DELEGATE_COLUMNS = Columns(say.DELEGATES_HEADS, (48, 22, 24, 24, 23, 24), "lrrrrr")
_RESULT_COLUMNS = Columns(say.RESULTS_HEADS, (72, 31, 31, 31), "lrrr")


def reporting_units(line: Any) -> int:
    """Return how many units a row of figures speaks of: those that must report, or have."""
    return int(line["expected"] if "expected" in line else line["required"])


# --- I: who has reported --------------------------------------------------------------------


def arrivals(paper: Paper, out: Outgoing) -> None:
    """Write part I: who has sent a report, who has not, against the month before."""
    report, overall = out.report, out.month.overall
    paper.heading(out.campaign.letters.report.heading_arrivals)
    reported, required = int(overall["reported"]), int(overall["required"])
    counts = "; ".join(
        f"{UNIT_STATES[state].lower()} {figure(overall[f'state_{state}'])}"
        for state in _STATES
        if int(overall[f"state_{state}"])
    )
    free = int(overall[f"state_{UnitState.NOT_REQUIRED}"])
    rest = say.NOT_REQUIRED.format(number=figure(free)) if free else ""
    until, month = write_moment(report.received_until), report.month.vietnamese
    part = _part(reported, required)
    paper.text(say.COVERAGE.format(**part, until=until, month=month, counts=counts, rest=rest))
    if previous := report.previous:
        before = previous.month_figures.get("reported", 0)
        change = say.MORE if reported > before else say.FEWER
        change = say.AS_MANY if reported == before else change
        change = change.format(number=figure(abs(reported - before)))
        part = _part(before, previous.month_figures.get("required", 0))
        month = previous.month.vietnamese
        paper.text(say.MONTH_BEFORE.format(**part, month=month, change=change))
    frame = out.month.by_group
    lines = [(str(group), line_of(frame, group)) for group in frame.index]
    rows = []
    for name, line in (*lines, (say.TOTAL, overall)):
        states = (figure(line[f"state_{state}"]) for state in _STATES)
        share = write_percent(int(line["reported"]), int(line["required"]))
        rows.append((name, figure(line["required"]), *states, share))
    paper.numbered_table(say.ARRIVALS, _ARRIVAL_COLUMNS, rows, total=True)
    _name(paper, out, say.NOT_SENT, _in_state(out, UnitState.MISSING))
    for kind, (sent, _) in HINDRANCES.items():
        of_kind = [one.unit for one in report.units if one.hindrance is kind]
        is_late = kind is Hindrance.AFTER_CUT_OFF
        _name(paper, out, say.CAME_LATE if is_late else say.NOT_USABLE.format(sent=sent), of_kind)
    empty = _in_state(out, UnitState.EMPTY)
    _name(paper, out, say.NOT_USABLE.format(sent=say.SENT_EMPTY), empty)
    if report.of_nobody:
        number, where = figure(len(report.of_nobody)), out.full_text
        paper.text(say.OF_NOBODY.format(number=number, where=where))
    never = [one.unit for one in report.units if never_reported(one)]
    _name(paper, out, say.NEVER_REPORTED, never)
    campaign = out.campaign
    for_long = [one for one in report.units if is_long_silent(campaign, one) and one.ever_reported]
    words = say.LONG_SILENT.format(months=campaign.letters.limits.silent_months)
    _name(paper, out, words, [one.unit for one in for_long])
    # over how many units the figures to date run, how many of them by an earlier report
    carried = sum(1 for one in report.units if one.latest.carried)
    by_last = say.BY_LAST_REPORT.format(number=figure(carried)) if carried else ""
    overall = out.to_date.overall
    part = _part(int(overall["reported"]), reporting_units(overall))
    paper.text(say.TO_DATE.format(**part, provisional=out.provisional, by_last=by_last))


def _in_state(out: Outgoing, state: UnitState) -> list[Unit]:
    return [one.unit for one in out.report.units if one.state is state]


def _part(reported: int, required: int) -> dict[str, str]:
    """Return places for a part of a whole and its share."""
    share = write_percent(reported, required)
    return {"reported": figure(reported), "required": figure(required), "share": share}


def _name(paper: Paper, out: Outgoing, words: str, units: list[Unit]) -> bool:
    """Write which units are such; return whether there are any."""
    if units:
        names = out.named(units)
        paper.text(say.NUMBERED_UNITS.format(words=words, number=figure(len(units)), names=names))
    return bool(units)


# --- II: conferences ------------------------------------------------------------------------


def conferences(paper: Paper, out: Outgoing) -> None:
    """Write part II: conferences by group and district, month by month; delegates and results."""
    texts, to_date, said = out.campaign.letters.report, out.to_date, out.campaign.words.said
    paper.heading(texts.heading_conferences)
    paper.heading(texts.heading_progress)
    until = write_moment(out.report.received_until)
    paper.text(say.AS_OF.format(until=until, provisional=out.provisional))
    for sentence in progress_by_group(out):
        paper.text(f"- {sentence}.")
    groups = [(str(name), line_of(to_date.by_group, name)) for name in to_date.by_group.index]
    name = said(say.PROGRESS_BY_GROUP).format(provisional=out.provisional)
    _progress_table(paper, name, say.UNIT_GROUP, (*groups, (say.TOTAL, to_date.overall)))
    if len(to_date.by_parent.index):
        # the districts' own subordinate units; the last row adds up the districts
        frame = to_date.by_parent
        names = {unit.code: one_line(unit.name) for unit in out.campaign.units}
        lines = [(names.get(str(code), str(code)), line_of(frame, code)) for code in frame.index]
        name = said(say.PROGRESS_BY_PARENT).format(provisional=out.provisional)
        _progress_table(paper, name, say.SUPERIOR, (*lines, (say.TOTAL, frame.sum())))
    late_and_cancelled(paper, out)
    if out.report.past:
        paper.numbered_table(say.MONTHS_TABLE, _MONTH_COLUMNS, months_so_far(out))
    delegates_and_results(paper, out)
    not_added(paper, out)


def progress_by_group(out: Outgoing) -> Iterator[str]:
    """Yield a sentence a group of units, without full stop: the answer first.

    Of a group whose time has not begun it is said how many have a plan.
    """
    by_group = out.to_date.by_group
    groups = ((level, one.name) for level in out.campaign.levels for one in level.groups)
    for level, group in groups:
        line = line_of(by_group, group) if group in by_group.index else None
        if line is None or not reporting_units(line):
            continue
        total, held, planned = (
            reporting_units(line), int(line["stage_held"]), int(line["stage_planned"]),
        )  # fmt: skip
        if level.window.start > out.report.received_until.date() and not held:
            start, end = office_day(level.window.start), office_day(level.window.end)
            counts = {"planned": figure(planned), "total": figure(total)}
            share = write_percent(planned, total)
            yield say.PLANNED.format(**counts, group=group, start=start, end=end, share=share)
            continue
        in_month = line_of(out.month.by_group, group)["held_in_month"]
        counts = {"held": figure(held), "total": figure(total), "month": figure(in_month)}
        share = write_percent(held, total)
        answer = out.campaign.words.said(say.HELD).format(
            **counts, group=lowered(group), share=share
        )
        if total > held:
            stages = (*(int(line[stage]) for stage in _STAGES[1:]), _unclear(line))
            words = zip(stages, say.NOT_YET, strict=True)
            rest = ", ".join(f"{figure(count)} {stage}" for count, stage in words if count)
            answer += say.NOT_YET_HELD.format(number=figure(total - held), stages=rest)
        yield answer


def _unclear(line: Any) -> int:
    """Return of how many units the stage is not known."""
    return reporting_units(line) - sum(int(line[stage]) for stage in _STAGES)


def progress_in_short(out: Outgoing) -> str:
    """Return in one line how many of each group that has begun have held their conference."""
    by_group = out.to_date.by_group
    groups = [
        f"{figure(line['stage_held'])}/{figure(reporting_units(line))} {lowered(str(group))}"
        for group in by_group.index
        for line in [line_of(by_group, group)]
        if int(line["stage_held"])
    ]
    said = out.campaign.words.said(say.HELD_IN_SHORT if groups else say.NONE_HELD)
    return said.format(groups=", ".join(groups))


def _progress_table(paper: Paper, name: str, first: str, lines: Iterable[tuple[str, Any]]) -> None:
    """Write how many are at which stage, a row a group or district, the total last."""
    columns = Columns((first, *say.PROGRESS_HEADS), (46, 14, *[14.8] * 6, 16.2), "lrrrrrrrr")
    rows = []
    for label, line in lines:
        total, stages = reporting_units(line), [line[stage] for stage in _STAGES]
        counts = (figure(count) for count in (total, *stages, _unclear(line), line["overdue"]))
        rows.append((label, *counts, write_percent(int(line["stage_held"]), total)))
    paper.numbered_table(name, columns, rows, total=True)


def late_and_cancelled(paper: Paper, out: Outgoing) -> None:
    """Name those whose time or planned day is over, and those who hold none, with reasons."""
    lines = out.to_date.lines
    units = [one.unit for one in out.report.units]
    for column, words in say.OVERDUE.items():
        if _name(paper, out, words, [unit for unit in units if lines[unit.code][column]]):
            break
    said = []
    for line in (lines[unit.code] for unit in units):
        if line["stage"] == "cancelled":
            reason = shown(str(line["reason"] or ""), LONGEST, out.full_text)
            words = say.WITH_REASON if reason else say.WITHOUT_REASON
            said.append(words.format(name=one_line(str(line["name"])), reason=reason))
    if said:
        number, names = figure(len(said)), "; ".join(said)
        words = out.campaign.words.said(say.CANCELLED)
        paper.text(say.NUMBERED_UNITS.format(words=words, number=number, names=names))


def months_so_far(out: Outgoing) -> list[tuple[str, ...]]:
    """Return how coverage and conferences grew from month to month, this month last."""
    months: list[tuple[str, Mapping[Any, Any], Mapping[Any, Any]]] = [
        (one.month.vietnamese, one.month_figures, one.figures_to_date)
        for one in out.report.past[-(_MOST_MONTHS - 1) :]
    ]
    now, to_date = out.month.overall.to_dict(), out.to_date.overall.to_dict()
    months.append((out.report.month.vietnamese, now, to_date))
    rows: list[tuple[str, ...]] = []
    for name, month, until in months:
        reported, required = int(month.get("reported", 0)), int(month.get("required", 0))
        coverage = f"{figure(reported)}/{figure(required)}", write_percent(reported, required)
        held = figure(month.get("held_in_month", 0)), figure(until.get("stage_held", 0))
        rows.append((name, *coverage, *held))
    return rows


def delegates_and_results(paper: Paper, out: Outgoing) -> None:
    """Write planned and actual delegates, then who was honoured and elected."""
    texts, to_date, month = out.campaign.letters.report, out.to_date.overall, out.month.overall
    before = out.report.previous.figures_to_date if out.report.previous else {}

    def in_month_and_to_date(role: str, column: str) -> tuple[str, str, str]:
        """Return a figure of the month, that to date, and that to date a month before."""
        earlier = figure(before[column]) if column in before else _NONE
        return figure(month[f"month_{role}"]), figure(to_date[column]), earlier

    paper.heading(texts.heading_delegates)
    rows: list[tuple[str, ...]] = []
    for role in DELEGATES:
        share = write_percent(*out.to_date.share_of_total("actual", role))
        actual, so_far, earlier = in_month_and_to_date(role, f"actual_{role}")
        planned, share = figure(to_date[f"planned_{role}"]), "" if role == "total" else share
        rows.append((say.FIGURES[role], planned, actual, so_far, share, earlier))
    name = out.campaign.words.said(say.DELEGATES_TABLE).format(provisional=out.provisional)
    paper.numbered_table(name, _DELEGATE_COLUMNS, rows)
    paper.heading(texts.heading_results)
    rows = [(say.FIGURES[role], *in_month_and_to_date(role, role)) for role in RESULTS]
    paper.numbered_table(say.RESULTS_TABLE, _RESULT_COLUMNS, rows)
