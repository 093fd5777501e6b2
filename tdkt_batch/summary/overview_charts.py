"""The native charts of “Tổng hợp”: shades and hatching hold in black and white, for any eye."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from tdkt_batch.campaign.figure import Figure, FigurePlace
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import quoted
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import FONT
from tdkt_batch.summary import districts
from tdkt_batch.summary.plan import Plan
from tdkt_batch.wording import summary as say

Heads = Sequence[str]
"""The heads of the table that a chart draws: its series are called so."""

MOST_PLACES = 25
"""More lying bars than these cannot be read; the sheet of districts has all."""
_DARK, _MIDDLE, _LIGHT, _WHITE, _INK = "#1F3864", "#8EA9DB", "#D9D9D9", "#FFFFFF", "#000000"
_GREY = "#595959"
_HATCHED: Mapping[str, Any] = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#404040", "bg_color": _WHITE}
}


def _filled(colour: str) -> Mapping[str, Any]:
    return {"fill": {"color": colour}}


Shade = tuple[Mapping[str, Any], str]
"""A series' fill, and the ink of the figures on it."""
_SHADES: Sequence[Shade] = (
    (_filled(_DARK), _WHITE), (_filled(_MIDDLE), _INK), (_filled(_LIGHT), _INK),
    (_filled(_GREY), _WHITE),
)  # fmt: skip
"""As many as the campaign's loader lets a figure have parts (``MOST_PARTS_DRAWN``)."""
_OF_TWO: Sequence[Shade] = ((_filled(_DARK), _WHITE), (_HATCHED, _INK))
_PROGRESS_LINES: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = (
    (
        "D",
        {"color": _GREY, "width": 1.75, "dash_type": "round_dot"},
        {"type": "circle", "size": 7, **_filled(_WHITE), "border": {"color": _GREY}},
    ),
    (
        "E",
        {"none": True},
        {"type": "long_dash", "size": 20, **_filled(_INK), "border": {"color": _INK}},
    ),
)
"""The columns of what is planned and due, and how they are drawn.

What is due rises on one day: a dash a month, since a line would say that it rises in between.
"""
_NOT_CLEAR: Shade = (_filled(_WHITE), _INK)
_BORDER: Mapping[str, Any] = {"color": "#404040", "width": 0.75}
_TEXT: Mapping[str, Any] = {"name": FONT, "size": 10}
_GRID: Mapping[str, Any] = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
_PIXELS_A_POINT = 4 / 3
"""At 96 pixels an inch."""


# --- by district ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictBar:
    """A bar: its row in the sheet of districts, its name and its units' codes."""

    row: int
    name: str
    codes: tuple[str, ...]


def bars_in(plan: Plan) -> list[DistrictBar]:
    """Return the superior units, then the groups whose units have no superior.

    Where there are no superior units, or too many, it is all groups.
    """
    rows, figures = districts.rows_of(plan), plan.figures
    names = {unit.code: unit.name for unit in plan.campaign.units}
    parents = [
        DistrictBar(row=row, name=names.get(code, code), codes=figures.units_by_parent[code])
        for code, row in rows.parents.items()
    ]
    groups = [
        DistrictBar(row=row, name=name, codes=figures.units_by_group[name])
        for name, row in rows.groups.items()
    ]
    if not 0 < len(parents) <= MOST_PLACES:
        return groups
    below = {code for codes in figures.units_by_parent.values() for code in codes}
    return parents + [group for group in groups if below.isdisjoint(group.codes)]


def parts_by_place(book: Workbook, plan: Plan) -> Iterator[Chart]:
    """Yield a chart for each figure that is drawn with its parts; none where nothing is known.

    What no part holds (chưa rõ) is the last part.
    """
    for figure in plan.campaign.figures.standing_in(FigurePlace.CHART):
        known = sum(plan.figures.total(part).value for part in figure.parts)
        if figure.parts_add_up and plan.figures.total(figure.id).value and known:
            yield _stacked(book, plan, figure)


def _stacked(book: Workbook, plan: Plan, figure: Figure) -> Chart:
    bars, declared, figures = bars_in(plan), plan.campaign.figures, plan.figures
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    parts = [
        (declared.figure(id_).label, id_, [figures.total(id_, bar.codes).value for bar in bars])
        for id_ in figure.parts
    ]
    shades = list(_OF_TWO if len(parts) == 2 else _SHADES[: len(parts)])
    if (rest := districts.rest_column(figure)) is not None:
        values = [figures.rest(figure.id, bar.codes) for bar in bars]
        parts.append((say.UNCLEAR_HEAD, rest, values))
        shades.append(_NOT_CLEAR)
    for (name, id_, values), (fill, ink) in zip(parts, shades, strict=True):
        series = {
            "categories": _range(plan, bars, "name"),
            "categories_data": [clean_text(one.name) for one in bars],
            "values": _range(plan, bars, id_),
            "values_data": values,
        }
        _add_bars(chart, {"name": name, "gap": 40} | series, fill, ink)
    title = say.PARTS_TITLE.format(label=figure.label, measure=figure.measure)
    _dress(chart, plan.campaign.words.said(title))
    chart.set_x_axis({"num_format": "0%", "num_font": _TEXT, "major_gridlines": _GRID})
    chart.set_y_axis({"reverse": True, "num_font": _TEXT, "interval_unit": 1})
    return chart


def _range(plan: Plan, bars: Sequence[DistrictBar], id_: str) -> str:
    """Return a column's cells of these bars; rows apart from each other make several ranges.

    A chart does not read several ranges until it is computed, so its series bring
    their values along (a file opened in Protected View computes nothing).
    """
    column = xl_col_to_name(districts.columns_of(plan).index_of(id_))
    rows = [bar.row for bar in bars]
    firsts = [row for row in rows if row - 1 not in rows]
    lasts = [row for row in rows if row + 1 not in rows]
    sheet = quoted(plan.campaign.words.said(say.DISTRICTS))
    ranges = [
        f"{sheet}!${column}${first + 1}:${column}${last + 1}"
        for first, last in zip(firsts, lasts, strict=True)
    ]
    return f"={ranges[0]}" if len(ranges) == 1 else f"=({','.join(ranges)})"


# --- from the overview's own tables; ``first`` and ``last`` are the rows of their lines ---------


def progress(book: Workbook, title: str, heads: Heads, first: int, last: int) -> Chart:
    """Return what is done month by month, against the plans and the guidance's calendar."""
    bars = {"name": heads[1]} | _own_series("C", first, last)
    lines = [
        {"name": name, **_own_series(column, first, last), "line": line, "marker": marker}
        for name, (column, line, marker) in zip(heads[2:], _PROGRESS_LINES, strict=False)
    ]
    axis = {"num_format": "#,##0", "min": 0}
    return _columns_and_lines(book, title, (bars, _DARK, "#,##0;;"), lines, axis)


def shares(book: Workbook, title: str, heads: Heads, first: int, last: int) -> Chart:
    """Return a share in each place, with the line that it must reach."""
    bars = {"name": heads[3]} | _own_series("E", first, last)
    line = {
        "name": heads[4],
        **_own_series("F", first, last),
        "line": {"color": _INK, "width": 2.25, "dash_type": "dash"},
        "marker": {"type": "none"},
    }
    axis = {"num_format": "0%", "min": 0, "max": 1}
    return _columns_and_lines(book, title, (bars, _MIDDLE, "0.0%"), [line], axis)


def _columns_and_lines(
    book: Workbook,
    title: str,
    columns: tuple[dict[str, Any], str, str],
    series: Sequence[Mapping[str, Any]],
    axis: Mapping[str, Any],
) -> Chart:
    """Return upright bars of a colour and number format, with lines over them."""
    bars, colour, number = columns
    chart, lines = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    _add_bars(chart, {"gap": 60, **bars}, _filled(colour), _INK, number)
    for one in series:
        lines.add_series(one)
    chart.combine(lines)
    _dress(chart, title)
    chart.set_x_axis({"num_font": _TEXT})
    chart.set_y_axis({"num_font": _TEXT, "major_gridlines": _GRID, **axis})
    return chart


def broken_rules(book: Workbook, title: str, heads: Heads, first: int, last: int) -> Chart:
    """Return the rules most often broken, violations beside what asks for an explanation."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, name, fill, ink in (
        ("C", heads[1], _filled(_DARK), _WHITE),
        ("D", heads[2], _HATCHED, _INK),
    ):
        bars = {"name": name, "gap": 40} | _own_series(column, first, last)
        _add_bars(chart, bars, fill, ink)
    _dress(chart, title)
    chart.set_x_axis({"num_font": _TEXT, "num_format": "#,##0", "major_gridlines": _GRID,
                      "min": 0})  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": {**_TEXT, "size": 9}, "interval_unit": 1})
    return chart


def _own_series(column: str, first: int, last: int) -> dict[str, Any]:
    categories, values = (
        f"='{say.OVERVIEW}'!${one}${first + 1}:${one}${last + 1}" for one in ("A", column)
    )
    return {"categories": categories, "values": values}


def _add_bars(
    chart: Chart,
    series: Mapping[str, Any],
    fill: Mapping[str, Any],
    ink: str,
    number: str = "#,##0;;",
) -> None:
    """Add a series of bars, each with its figure on it."""
    font = {**_TEXT, "color": ink, "bold": True}
    labels = {"value": True, "num_format": number, "font": font}
    chart.add_series({**series, **fill, "border": _BORDER, "data_labels": labels})


def _dress(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": dict(_TEXT)})
    chart.set_chartarea({"border": {"color": "#7F7F7F"}})
    chart.show_blanks_as("gap")


def insert(page: Page, row: int, chart: Chart, *, height: float) -> None:
    """Put a chart over the page's whole width; ``height`` in points."""
    width = sum(int(digits * 7 + 5) for digits in page.widths)
    chart.set_size({"width": width - 8, "height": int(height * _PIXELS_A_POINT) - 8})
    page.insert(row, 0, chart)
