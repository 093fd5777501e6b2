"""The native charts of the overview; their shades and labels hold in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.summary import districts
from tdkt_batch.summary.cells import quoted
from tdkt_batch.summary.page import Page
from tdkt_batch.summary.plan import DISTRICTS, OVERVIEW, Plan
from tdkt_batch.summary.styles import FONT

_STAGES = (
    ("stage_held", "Đã tổ chức", "#1F3864", "#FFFFFF"),
    ("stage_planned", "Đã có kế hoạch", "#8EA9DB", "#000000"),
    ("stage_none", "Chưa có kế hoạch", "#D9D9D9", "#000000"),
    ("stage_cancelled", "Không tổ chức", "#7F7F7F", "#FFFFFF"),
    ("silent", "Chưa có báo cáo", "#FFFFFF", "#000000"),
)
_TEXT: Mapping[str, Any] = {"name": FONT, "size": 10}
_PIXELS_A_POINT = 4 / 3
"""At 96 pixels an inch."""


def progress_by_group(book: Workbook, plan: Plan) -> Chart | None:
    """Return the conferences by group of units and stage; None when there is nothing to draw."""
    rows = list(districts.layout_of(plan).groups.values())
    return _progress(book, plan, rows, "Tiến độ tổ chức Hội nghị theo loại đơn vị (số đơn vị)")


def progress_by_parent(book: Workbook, plan: Plan) -> Chart | None:
    """Return the conferences of each superior unit's own units by stage."""
    rows = list(districts.layout_of(plan).parents.values())
    title = "Tiến độ tổ chức Hội nghị của đơn vị trực thuộc huyện, thành phố, sở, ngành (số đơn vị)"
    return _progress(book, plan, rows, title)


def _progress(book: Workbook, plan: Plan, rows: Sequence[int], title: str) -> Chart | None:
    overall = plan.statistics.overall
    if not rows or not any(districts.value_of(overall, stage[0]) for stage in _STAGES):
        return None
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for id_, name, fill, ink in _STAGES:
        if districts.value_of(overall, id_):
            chart.add_series(_stage_series(rows, id_, name, fill, ink))
    _dress(chart, title)
    chart.set_x_axis({"num_format": "0%", "num_font": _TEXT, "major_gridlines": _GRID})
    chart.set_y_axis({"reverse": True, "num_font": _TEXT})
    return chart


_GRID: Mapping[str, Any] = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}


def _stage_series(rows: Sequence[int], id_: str, name: str, fill: str, ink: str) -> dict[str, Any]:
    return {
        "name": name,
        "categories": _range(DISTRICTS, rows, "name"),
        "values": _range(DISTRICTS, rows, id_),
        "fill": {"color": fill},
        "border": {"color": "#404040", "width": 0.75},
        "gap": 45,
        "data_labels": {
            "value": True,
            "num_format": "#,##0;;",
            "font": {**_TEXT, "color": ink, "bold": True},
        },
    }


def _range(sheet: str, rows: Sequence[int], id_: str) -> str:
    column = xl_col_to_name(districts.COLUMNS.index_of(id_))
    return f"={quoted(sheet)}!${column}${rows[0] + 1}:${column}${rows[-1] + 1}"


def composition(book: Workbook, plan: Plan, first: int, last: int) -> Chart | None:
    """Return the delegates planned and to date, from the overview's rows; None when unknown."""
    overall = plan.statistics.overall
    series = (
        ("D", "Kế hoạch", "planned", "#BFBFBF"),
        ("F", "Lũy kế thực hiện", "actual", "#1F3864"),
    )
    if not any(overall[f"{prefix}_total"] for _, _, prefix, _ in series):
        return None
    chart = book.add_chart({"type": "column"})
    for column, name, _, fill in series:
        chart.add_series({
            "name": name,
            "categories": f"={quoted(OVERVIEW)}!$B${first + 1}:$B${last + 1}",
            "values": f"={quoted(OVERVIEW)}!${column}${first + 1}:${column}${last + 1}",
            "fill": {"color": fill},
            "border": {"color": "#404040", "width": 0.75},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "#,##0", "font": dict(_TEXT)},
        })  # fmt: skip
    _dress(chart, "Đại biểu: kế hoạch và lũy kế thực hiện (người)")
    chart.set_x_axis({"num_font": _TEXT})
    chart.set_y_axis({"num_font": _TEXT, "num_format": "#,##0", "major_gridlines": _GRID})
    return chart


def _dress(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": dict(_TEXT)})
    chart.set_chartarea({"border": {"color": "#7F7F7F"}})


def insert(page: Page, row: int, chart: Chart, *, height: float) -> None:
    """Put a chart over the page's whole width; ``height`` in points."""
    width = sum(int(digits * 7 + 5) for digits in page.widths)
    chart.set_size({"width": width - 8, "height": int(height * _PIXELS_A_POINT) - 8})
    page.insert(row, 0, chart)
