"""The native charts of the overview: shades and hatching hold in black and white, for any eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.figures.statistics import line_of
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import quoted
from tdkt_batch.sheets.page import Page
from tdkt_batch.sheets.styles import FONT
from tdkt_batch.summary import districts
from tdkt_batch.summary.chart_tables import MOST_PLACES, range_in
from tdkt_batch.summary.plan import DISTRICTS, Plan

_DARK, _MIDDLE, _LIGHT, _WHITE, _INK = "#1F3864", "#8EA9DB", "#D9D9D9", "#FFFFFF", "#000000"
_HATCHED: Mapping[str, Any] = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#404040", "bg_color": _WHITE}
}
_STAGES: Sequence[tuple[str, str, Mapping[str, Any], str]] = (
    ("stage_held", "Đã tổ chức", {"fill": {"color": _DARK}}, _WHITE),
    ("stage_planned", "Đã có kế hoạch", {"fill": {"color": _MIDDLE}}, _INK),
    ("stage_none", "Chưa có kế hoạch", {"fill": {"color": _LIGHT}}, _INK),
    ("stage_cancelled", "Không tổ chức", {"fill": {"color": "#595959"}}, _WHITE),
    ("unclear", "Chưa rõ", {"fill": {"color": _WHITE}}, _INK),
)
_REPORTS: Sequence[tuple[str, str, Mapping[str, Any], str]] = (
    ("reported", "Đã gửi báo cáo dùng được", {"fill": {"color": _DARK}}, _WHITE),
    ("silent", "Chưa có báo cáo dùng được", _HATCHED, _INK),
)
_BORDER: Mapping[str, Any] = {"color": "#404040", "width": 0.75}
_TEXT: Mapping[str, Any] = {"name": FONT, "size": 10}
_GRID: Mapping[str, Any] = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
_PIXELS_A_POINT = 4 / 3
"""At 96 pixels an inch."""


# --- by district ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A bar: its row in the sheet of districts, its name and its figures."""

    row: int
    name: str
    line: pd.Series[Any]


def places_in(plan: Plan) -> list[Place]:
    """Return the superior units, then the groups whose units have no superior.

    Where there are no superior units, or too many, it is all groups.
    """
    layout, statistics = districts.layout_of(plan), plan.statistics
    names = {unit.code: unit.name for unit in plan.campaign.units}
    parents = [
        Place(row, names.get(code, code), line_of(statistics.by_parent, code))
        for code, row in layout.parents.items()
    ]
    groups = [
        Place(row, name, line_of(statistics.by_group, name)) for name, row in layout.groups.items()
    ]
    if not 0 < len(parents) <= MOST_PLACES:
        return groups
    units = statistics.units
    below = set(units["group"][units["parent"] != ""])
    return parents + [group for group in groups if group.name not in below]


def conferences(book: Workbook, plan: Plan) -> Chart | None:
    """Return the conferences of each place by stage; None when nothing is known of any."""
    overall = plan.statistics.overall
    if not any(districts.value_of(overall, stage) for stage, *_ in _STAGES[:-1]):
        return None
    return _stacked(
        book, plan, _STAGES, "Tiến độ tổ chức Hội nghị theo huyện, ngành, loại đơn vị (số đơn vị)"
    )


def reporting(book: Workbook, plan: Plan) -> Chart | None:
    """Return who has reported in each place; None when nobody must."""
    if not int(plan.statistics.overall["required"]):
        return None
    return _stacked(book, plan, _REPORTS, "Gửi báo cáo theo huyện, ngành, loại đơn vị (số đơn vị)")


def _stacked(
    book: Workbook,
    plan: Plan,
    parts: Sequence[tuple[str, str, Mapping[str, Any], str]],
    title: str,
) -> Chart | None:
    places = places_in(plan)
    if not places:
        return None
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for id_, name, fill, ink in parts:
        chart.add_series({
            "name": name,
            "categories": _range(places, "name"),
            "categories_data": [clean_text(one.name) for one in places],
            "values": _range(places, id_),
            "values_data": [districts.value_of(one.line, id_) for one in places],
            **fill,
            "border": _BORDER,
            "gap": 40,
            "data_labels": _labels(ink, "#,##0;;"),
        })  # fmt: skip
    _dress(chart, title)
    chart.set_x_axis({"num_format": "0%", "num_font": _TEXT, "major_gridlines": _GRID})
    chart.set_y_axis({"reverse": True, "num_font": _TEXT, "interval_unit": 1})
    return chart


def _labels(ink: str, number: str) -> dict[str, Any]:
    return {"value": True, "num_format": number, "font": {**_TEXT, "color": ink, "bold": True}}


def _range(places: Sequence[Place], id_: str) -> str:
    """Return a column's cells of these places; rows apart from each other make several ranges.

    A chart does not read several ranges until it is computed, so its series bring
    their values along (a file opened in Protected View computes nothing).
    """
    column = xl_col_to_name(districts.COLUMNS.index_of(id_))
    ranges = [
        f"{quoted(DISTRICTS)}!${column}${first + 1}:${column}${last + 1}"
        for first, last in _runs([place.row for place in places])
    ]
    return f"={ranges[0]}" if len(ranges) == 1 else f"=({','.join(ranges)})"


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of rows that follow each other.

    >>> _runs([4, 5, 6, 9, 12, 13])
    [(4, 6), (9, 9), (12, 13)]
    """
    firsts = [row for row in rows if row - 1 not in rows]
    lasts = [row for row in rows if row + 1 not in rows]
    return list(zip(firsts, lasts, strict=True))


# --- from the overview's own tables -------------------------------------------------------------


def progress(book: Workbook, first: int, last: int) -> Chart:
    """Return what is held month by month, against the plans and the guidance's calendar."""
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "name": "Đã tổ chức",
        "categories": range_in("A", first, last),
        "values": range_in("C", first, last),
        "fill": {"color": _DARK},
        "border": _BORDER,
        "gap": 60,
        "data_labels": _labels(_INK, "#,##0;;"),
    })  # fmt: skip
    lines = book.add_chart({"type": "line"})
    for column, name, dash, marker, ink in (
        ("D", "Theo kế hoạch của đơn vị", "round_dot", "circle", "#595959"),
        ("E", "Phải xong theo thời gian của Hướng dẫn", "solid", "square", _INK),
    ):
        lines.add_series({
            "name": name,
            "categories": range_in("A", first, last),
            "values": range_in(column, first, last),
            "line": {"color": ink, "width": 1.75, "dash_type": dash},
            "marker": {"type": marker, "size": 7, "fill": {"color": _WHITE},
                       "border": {"color": ink}},
        })  # fmt: skip
    chart.combine(lines)
    _dress(chart, "Hội nghị đã tổ chức so với kế hoạch và thời gian quy định (lũy kế, số đơn vị)")
    chart.set_x_axis({"num_font": _TEXT})
    chart.set_y_axis({
        "num_font": _TEXT, "num_format": "#,##0", "major_gridlines": _GRID, "min": 0
    })  # fmt: skip
    return chart


def exemplary(book: Workbook, title: str, first: int, last: int) -> Chart:
    """Return the share of the exemplary in each place, with the line that they must reach."""
    chart = book.add_chart({"type": "column"})
    chart.add_series({
        "name": "Tỷ lệ điển hình tiên tiến",
        "categories": range_in("A", first, last),
        "values": range_in("E", first, last),
        "fill": {"color": _MIDDLE},
        "border": _BORDER,
        "gap": 60,
        "data_labels": _labels(_INK, "0.0%"),
    })  # fmt: skip
    line = book.add_chart({"type": "line"})
    line.add_series({
        "name": "Mức Hướng dẫn quy định cho Hội nghị đại biểu",
        "categories": range_in("A", first, last),
        "values": range_in("F", first, last),
        "line": {"color": _INK, "width": 2.25, "dash_type": "dash"},
        "marker": {"type": "none"},
    })  # fmt: skip
    chart.combine(line)
    _dress(chart, title)
    chart.set_x_axis({"num_font": _TEXT})
    chart.set_y_axis({
        "num_font": _TEXT, "num_format": "0%", "major_gridlines": _GRID, "min": 0, "max": 1
    })  # fmt: skip
    return chart


def broken_rules(book: Workbook, first: int, last: int) -> Chart:
    """Return the rules most often broken, violations beside what asks for an explanation."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, name, fill, ink in (
        ("C", "Chưa đúng Hướng dẫn", {"fill": {"color": _DARK}}, _WHITE),
        ("D", "Cần giải trình", _HATCHED, _INK),
    ):
        chart.add_series({
            "name": name,
            "categories": range_in("A", first, last),
            "values": range_in(column, first, last),
            **fill,
            "border": _BORDER,
            "gap": 40,
            "data_labels": _labels(ink, "#,##0;;"),
        })  # fmt: skip
    _dress(chart, "Căn cứ chưa đạt nhiều nhất (số nội dung)")
    chart.set_x_axis({"num_font": _TEXT, "num_format": "#,##0", "major_gridlines": _GRID,
                      "min": 0})  # fmt: skip
    chart.set_y_axis({"reverse": True, "num_font": {**_TEXT, "size": 9}, "interval_unit": 1})
    return chart


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
