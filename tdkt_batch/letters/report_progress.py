"""The appendix's parts I and II: who has reported, who has held a conference, with what result."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.campaign.figure import FigureQuestion, FigureSection, Period, ReportPart
from tdkt_batch.figures.figure_lines import coverage_line
from tdkt_batch.figures.questions_for_leadership import long_silent
from tdkt_batch.letters.docx_paper import Paper
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure, one_line, shown
from tdkt_batch.letters.report_apart import not_added
from tdkt_batch.letters.report_figures import (
    in_sentence,
    named_figures,
    progress_by_group,
    sections_in,
    table_by_parent,
    table_of_months,
    table_of_section,
)
from tdkt_batch.letters.unit_notice import LONGEST
from tdkt_batch.model import Unit
from tdkt_batch.report import Hindrance, UnitState
from tdkt_batch.vietnamese.writing import write_moment, write_percent
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import HINDRANCES

# --- I: who has reported --------------------------------------------------------------------


def arrivals(paper: Paper, out: Outgoing) -> None:
    """Write part II of the appendix: who has sent a report, who has not, against the last run."""
    report = out.report
    paper.heading(out.campaign.letters.report.heading_arrivals)
    for section, lines in sections_in(out, ReportPart.ARRIVALS):
        of_month = [one for one in lines if one.figure.period is Period.MONTH]
        shares = [in_sentence(one) for one in of_month if one.base and one.total.value]
        if shares:
            until = write_moment(report.received_until)
            paper.text(say.UNTIL_NOW.format(until=until, figures="; ".join(shares)))
        table_of_section(paper, out, section, lines)
        named(paper, out, section)
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
    silent = long_silent(out.campaign, report)
    months = out.campaign.letters.limits.silent_months
    for words, has_reported in ((say.NEVER_REPORTED, False), (say.LONG_SILENT, True)):
        units = [one.unit for one in silent if one.ever_reported is has_reported]
        _name(paper, out, words.format(months=months), units)
    # over how many units the figures to date run, how many of them by an earlier report
    carried = sum(1 for one in report.units if one.latest.carried)
    by_last = say.BY_LAST_REPORT.format(number=figure(carried)) if carried else ""
    covered = coverage_line(out.figures, Period.TO_DATE)
    if covered is not None and (divided := covered.quotient) is not None:
        paper.text(
            say.TO_DATE.format(
                reported=figure(divided.part),
                required=figure(divided.whole),
                share=write_percent(divided.part, divided.whole),
                provisional=out.provisional,
                by_last=by_last,
            )
        )


def _in_state(out: Outgoing, state: UnitState) -> list[Unit]:
    return [one.unit for one in out.report.units if one.state is state]


def _name(paper: Paper, out: Outgoing, words: str, units: Sequence[Unit]) -> None:
    """Write which units are such; nothing where there are none."""
    if units:
        names = out.named(units)
        paper.text(say.NUMBERED_UNITS.format(words=words, number=figure(len(units)), names=names))


def named(paper: Paper, out: Outgoing, section: FigureSection) -> None:
    """Name the units of the figures that are declared for it; who cancelled with the reason."""
    for one, units in named_figures(out, section):
        if one.asks is not FigureQuestion.CANCELLED:
            _name(paper, out, one.label, units)
            continue
        said = []
        for unit in units:
            reason = shown(out.figures.lines[unit.code].reason, LONGEST, out.full_text)
            words = say.WITH_REASON if reason else say.WITHOUT_REASON
            said.append(words.format(name=one_line(unit.name), reason=reason))
        number, names = figure(len(said)), "; ".join(said)
        paper.text(say.NUMBERED_UNITS.format(words=one.label, number=number, names=names))


# --- II: conferences ------------------------------------------------------------------------


def conferences(paper: Paper, out: Outgoing) -> None:
    """Write part III of the appendix: what was done, section by section and by district."""
    paper.heading(out.campaign.letters.report.heading_conferences)
    until = write_moment(out.report.received_until)
    for number, (section, lines) in enumerate(sections_in(out, ReportPart.CONFERENCES), start=1):
        paper.heading(say.NUMBERED.format(number=number, title=section.title))
        if sentences := list(progress_by_group(out, lines)):
            paper.text(say.AS_OF.format(until=until, provisional=out.provisional))
            for sentence in sentences:
                paper.text(f"- {sentence}.")
        table_of_section(paper, out, section, lines)
        table_by_parent(paper, out, section)
        named(paper, out, section)
    table_of_months(paper, out)
    not_added(paper, out)
