"""The declared figures in the report: in sentences, by section, by group of units, by month.

Which figures these are, and in which part of the report, the campaign declares; names,
values and notes are those of the consolidated workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from tdkt_batch.campaign.definition import Campaign, Level
from tdkt_batch.campaign.figure import (
    Counted,
    Figure,
    FigurePlace,
    FigureSection,
    Period,
    ReportPart,
)
from tdkt_batch.figures.figure_lines import FigureLine, lines_in
from tdkt_batch.figures.month_figures import MonthFigures, Quotient, quotient_of
from tdkt_batch.letters.docx_paper import TEXT_WIDTH, Columns, Paper
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure as written
from tdkt_batch.letters.phrases import lowered_line, one_line
from tdkt_batch.model import Unit
from tdkt_batch.vietnamese.writing import write_day, write_percent
from tdkt_batch.wording import letters as say

Codes = Collection[str] | None
"""The units that are added up; None for all."""
Told = tuple[str, Callable[[Codes], str]]
"""A column of a table of groups: its head, and what stands in it."""
_UNKNOWN = "–"
_MOST_MONTHS = 12
_NAME_WIDTH, _WIDEST = 50, 24


def sections_in(
    out: Outgoing, part: ReportPart
) -> Iterator[tuple[FigureSection, list[FigureLine]]]:
    """Yield the sections of a part of the report with their lines; none that has no line."""
    lines = list(lines_in(out.figures, FigurePlace.REPORT))
    for section in out.campaign.figures.sections:
        own = [one for one in lines if one.figure.section == section.id]
        if section.part is part and own:
            yield section, own


def _counted(value: int, quotient: Quotient | None) -> str:
    """Return a figure, and over what its share is taken where it has one: “92/106 (86,8%)”.

    Where not all of it is in its share: “150, tỷ lệ 70/90 (77,8%)”.
    """
    if quotient is None:
        return written(value)
    part, whole = quotient.part, quotient.whole
    share = write_percent(part, whole)
    divided = say.PART_OF_WHOLE.format(value=written(part), base=written(whole), share=share)
    return divided if part == value else say.WITH_SHARE.format(value=written(value), share=divided)


# --- sentences ------------------------------------------------------------------------------


def in_sentence(line: FigureLine) -> str:
    """Return a figure as it stands within a sentence: “hội nghị đã tổ chức 92/106 (86,8%)”."""
    return say.FIGURE_IS.format(
        label=lowered_line(line.figure.label), value=_counted(line.total.value, line.quotient)
    )


def with_notes(said: str, line: FigureLine) -> str:
    """Return what is said of a figure with its notes in brackets."""
    return f"{said} ({lowered_line('; '.join(line.notes))})" if line.notes else said


def progress_by_group(out: Outgoing, lines: Sequence[FigureLine]) -> Iterator[str]:
    """Yield a sentence a group of units, without full stop, of each figure that stands by group.

    First the figure, what of it became known this month and its notes, then the other
    parts of the whole. Of a group whose time has not begun it is said when it will.
    """
    level_of = {group.name: level for level in out.campaign.levels for group in level.groups}
    for line in lines:
        if line.group and line.base:
            said = in_sentence(line)
            if line.total.month is not None:
                said += say.MONTH_OF_IT.format(month=written(line.total.month))
            yield say.OF_GROUP.format(
                group=line.group,
                window=_window(out, level_of[line.group]),
                figures="; ".join([with_notes(said, line), *_other_parts(out, line)]),
            )


def _window(out: Outgoing, level: Level) -> str:
    """Return when a level's time is, in brackets; nothing once it has begun."""
    if level.window.start <= out.report.received_until.date():
        return ""
    start, end = write_day(level.window.start), write_day(level.window.end)
    return say.WINDOW.format(start=start, end=end)


def _other_parts(out: Outgoing, line: FigureLine) -> Iterator[str]:
    """Yield the parts of the figure's base beside the figure itself, of a group of units."""
    declared, share = out.campaign.figures, line.figure.share
    whole = declared.figure(share.of if share else line.figure.id)
    if line.figure.id not in whole.parts or not whole.parts_add_up:
        return
    for part in map(declared.figure, whole.parts):
        value = out.figures.total(part.id, out.figures.units_by_group[line.group]).value
        if value and part is not line.figure and part.stands_in(FigurePlace.REPORT):
            yield say.FIGURE_IS.format(label=lowered_line(part.label), value=written(value))


def progress_in_short(out: Outgoing) -> str:
    """Return in one line how many of each group have done it; the province where none has yet.

    Empty where the campaign declares no figure of the report by group.
    """
    lines = [one for one in lines_in(out.figures, FigurePlace.REPORT) if one.base]
    said = []
    for line in lines:
        if line.figure.by_group and not line.group:
            groups = [one for one in lines if one.group and one.figure is line.figure]
            values = ", ".join(
                say.OF_GROUP_IN_SHORT.format(
                    value=written(one.quotient.part),
                    base=written(one.quotient.whole),
                    group=lowered_line(one.group),
                )
                for one in groups
                if one.quotient is not None and one.quotient.part
            )
            label, whole = (
                lowered_line(line.figure.label),
                _counted(line.total.value, line.quotient),
            )
            said.append(say.IN_SHORT.format(label=label, values=values or whole))
    return "; ".join(said)


# --- tables ---------------------------------------------------------------------------------


def _known(value: int | None) -> str:
    return "" if value is None else written(value)


def _share(line: FigureLine) -> str:
    return _percent(line.quotient)


_LINE_COLUMNS: Sequence[tuple[str, float, str, Callable[[FigureLine], str]]] = (
    (say.MEASURE, 17, "c", lambda one: one.figure.measure),
    (say.PLAN, 16, "r", lambda one: _known(one.plan)),
    (say.RESULT_IN_MONTH, 19, "r", lambda one: _known(one.month)),
    (say.CUMULATIVE, 16, "r", lambda one: _known(one.to_date)),
    (say.SHARE, 15, "r", _share),
    (say.LAST_RUN, 15, "r", lambda one: _known(one.total.last)),
    (say.NOTE, 38, "l", lambda one: "; ".join(one.notes)),
)
"""The columns beside a figure's name: heads, widths in millimetres, sides, what stands there."""
_LEAST_NAME = 32
"""How many millimetres a figure's name has at least beside its note."""


def table_of_section(
    paper: Paper, out: Outgoing, section: FigureSection, lines: Sequence[FigureLine]
) -> None:
    """Write a section's figures as the workbook has them; a column without any is left out."""
    lines = [one for one in lines if not one.group]
    measures = {one.figure.measure for one in lines}
    columns = [
        one
        for one in _LINE_COLUMNS
        if any(map(one[3], lines)) and not (one[0] == say.MEASURE and len(measures) == 1)
    ]
    widths = [width for _, width, _, _ in columns]
    if columns and columns[-1][0] == say.NOTE:  # which has the longest texts
        widths[-1] += max(0, TEXT_WIDTH - sum(widths) - _LEAST_NAME)
    name = _caption(out, section.title, measures)
    paper.numbered_table(
        name,
        Columns(
            (say.FIGURE, *(head for head, *_ in columns)),
            (TEXT_WIDTH - sum(widths), *widths),
            "l" + "".join(side for _, _, side, _ in columns),
        ),
        [(one.label, *(cell(one) for *_, cell in columns)) for one in lines],
    )


def _caption(out: Outgoing, title: str, measures: Collection[str]) -> str:
    """Return a table's name with its measure, where it is one, and that it is provisional."""
    details = "".join(measures if len(measures) == 1 else ()) + out.provisional
    return f"{title} ({details.removeprefix(', ')})" if details else title


def table_by_group(paper: Paper, out: Outgoing, section: FigureSection) -> None:
    """Write how many units count, by group; nothing where no figure of the section counts them.

    The figures are those of the section that the workbook has by district too.
    """
    shown = _by_district(out, section)
    if shown:
        columns = [column for one in shown for column in _columns(out, one, shown)]
        measures = {one.measure for one in shown}
        groups = [*out.figures.units_by_group.items(), (say.TOTAL, None)]
        name = _caption(out, say.BY_GROUP.format(title=section.title), measures)
        _table(paper, name, say.UNIT_GROUP, columns, groups)


def table_by_parent(paper: Paper, out: Outgoing, section: FigureSection) -> None:
    """Write how many units count to date below each superior unit; nothing of a month's figures."""
    shown, figures = _by_district(out, section), out.figures
    is_of_month = any(one.period is Period.MONTH for one in shown)
    if not shown or is_of_month or not figures.units_by_parent:
        return
    columns = [column for one in shown for column in _columns(out, one, shown)]
    measures = {one.measure for one in shown}
    names = {unit.code: one_line(unit.name) for unit in out.campaign.units}
    below = [code for codes in figures.units_by_parent.values() for code in codes]
    parents = [(names.get(code, code), codes) for code, codes in figures.units_by_parent.items()]
    title = out.campaign.words.said(say.BY_PARENT).format(title=section.title)
    name = _caption(out, title, measures)
    _table(paper, name, say.SUPERIOR, columns, [*parents, (say.TOTAL, below)])


def _by_district(out: Outgoing, section: FigureSection) -> list[Figure]:
    return [
        one
        for one in out.campaign.figures.standing_in(FigurePlace.REPORT)
        if one.section == section.id
        and one.counted is Counted.UNITS
        and one.stands_in(FigurePlace.DISTRICTS)
    ]


def _columns(out: Outgoing, figure: Figure, shown: Collection[Figure]) -> Iterator[Told]:
    """Yield a figure's columns: its own, its share's, and after the last part what is not clear."""
    figures = out.figures
    yield figure.short, lambda codes: written(figures.total(figure.id, codes).value)
    if figure.share is not None:
        yield say.SHARE, lambda codes: _percent(figures.quotient(figure.id, codes))
    ids = {one.id for one in shown}
    for whole in out.campaign.figures.wholes_of(figure.id):
        is_last = whole.parts[-1] == figure.id and whole.period is Period.TO_DATE
        if is_last and whole.parts_add_up and ids.issuperset(whole.parts):
            yield say.UNCLEAR, partial(_rest, figures, whole.id)


def _percent(quotient: Quotient | None) -> str:
    return "" if quotient is None else write_percent(quotient.part, quotient.whole)


def _rest(figures: MonthFigures, whole: str, codes: Codes) -> str:
    return written(figures.rest(whole, codes))


def _table(
    paper: Paper,
    name: str,
    first: str,
    columns: Sequence[Told],
    lines: Sequence[tuple[str, Codes]],
) -> None:
    """Write a table with the total in its last row."""
    width = min(_WIDEST, (TEXT_WIDTH - _NAME_WIDTH) / len(columns))
    widths = [TEXT_WIDTH - width * len(columns), *[width] * len(columns)]
    heads = (first, *(head for head, _ in columns))
    rows = [(label, *(cell(codes) for _, cell in columns)) for label, codes in lines]
    paper.numbered_table(name, Columns(heads, widths, "l" + "r" * len(columns)), rows, total=True)


def table_of_months(paper: Paper, out: Outgoing) -> None:
    """Write from month to month the figures that are declared for it, this month last.

    Of one that accumulates what became known in each month stands beside it.
    """
    shown = out.campaign.figures.standing_in(FigurePlace.MONTHS)
    if not shown or not out.report.past:
        return
    records = [(one.month, one.amounts) for one in out.report.past]
    records.append((out.report.month, out.figures.amounts()))

    def sums(id_: str) -> list[int | None]:
        """Return a figure in each month; None where it was not known then."""
        return [sum(of[id_].values()) if id_ in of else None for _, of in records]

    heads, columns = [], []
    for figure in shown:
        values = sums(figure.id)
        if figure.accumulates:
            changes = [None if a is None or b is None else b - a for a, b in pairwise(values)]
            heads.append(say.BECAME_KNOWN.format(label=figure.short))
            columns.append(
                [_UNKNOWN if one is None else written(one) for one in (values[0], *changes)]
            )
        heads.append(figure.short)
        then = [_quotient_then(out.campaign, figure, of) for _, of in records[:-1]]
        shares = [*then, out.figures.quotient(figure.id)]
        pairs = zip(values, shares, strict=True)
        columns.append([_UNKNOWN if one is None else _counted(one, of) for one, of in pairs])
    lines = zip(records, *columns, strict=True)
    rows = [(month.vietnamese, *cells) for (month, _), *cells in lines]
    width = (TEXT_WIDTH - 25) / len(heads)
    shape = Columns((say.MONTH, *heads), (25, *[width] * len(heads)), "c" + "r" * len(heads))
    paper.numbered_table(say.MONTHS_TABLE, shape, rows[-_MOST_MONTHS:])


def _quotient_then(
    campaign: Campaign, figure: Figure, amounts: Mapping[str, Mapping[str, int]]
) -> Quotient | None:
    """Return what a figure's share divided in a month of which the units' amounts are kept.

    What is kept does not say who counted: a unit without a part gave none where the part
    counts the same units as its whole, else it has none of it.
    """
    if figure.share is None or not {figure.id, figure.share.of} <= amounts.keys():
        return None
    part, whole = amounts[figure.id], amounts[figure.share.of]
    if figure.counted is not Counted.AMOUNTS:
        return Quotient(sum(part.values()), sum(whole.values()), len(whole))
    base = campaign.figures.figure(figure.share.of)
    unsaid = {code: None for code in whole if _counts_alike(campaign, code, figure, base)}
    return quotient_of(figure, {**unsaid, **part}, whole)


def _counts_alike(campaign: Campaign, code: str, figure: Figure, base: Figure) -> bool:
    """Tell whether a unit counts for one figure whenever it counts for another."""
    unit = campaign.unit_by_code.get(code)
    if unit is None or figure.rules != base.rules:
        return unit is None
    here, there = (one.bound.get(campaign.form_of(unit).id) for one in (figure, base))
    return here is not None and there is not None and here.when == there.when


# --- names ----------------------------------------------------------------------------------


def named_figures(out: Outgoing, section: FigureSection) -> Iterator[tuple[Figure, list[Unit]]]:
    """Yield the figures of a section whose units are named in the report, with these units."""
    for figure in out.campaign.figures.standing_in(FigurePlace.NAMED):
        counted = out.figures.units_of(figure.id)
        units = [one.unit for one in out.report.units if one.unit.code in counted]
        if units and figure.section == section.id:
            yield figure, units
