"""The month in figures: one row a unit, and the roll-ups of these rows.

A figure that a unit did not give is missing, never 0; a sum runs over what was
given. Planned figures count where the unit has a plan or has held its
conference, actual ones only where it has held it.

There are two kinds of figures. Those of the month count the units that reported
in it; those to date (đến nay) take each unit's latest report. The workbook shows
them joined: how units report and what was found from the month, conferences,
delegates and results to date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import PLANNED, Role
from tdkt_batch.figures.unit_figures import (
    DELEGATES,
    RESULTS,
    SEVERITIES,
    STAGES,
    STATES,
    WAIVED,
    MissingValue,
    UnitFigures,
    owed_values,
)
from tdkt_batch.report import MonthReport

COUNTED = (
    "units", "required", "reported", "expected", "never_reported", *STATES,
    *STAGES, "overdue", "past_plan",
    *(f"planned_{role}" for role in DELEGATES), *(f"actual_{role}" for role in DELEGATES),
    *RESULTS, "allotment", *SEVERITIES, WAIVED, "unknown", "error",
)  # fmt: skip
"""The columns of ``Statistics.units`` that add up over units."""

_COUNTS = (
    *(f"planned_{role}" for role in DELEGATES), *(f"actual_{role}" for role in DELEGATES),
    *RESULTS, "allotment", *SEVERITIES, WAIVED, "unknown", "error",
)  # fmt: skip
OF_THE_MONTH = (
    "required", "reported", "never_reported", *STATES,
    *SEVERITIES, WAIVED, "unknown", "error", "verdict", "requests",
)  # fmt: skip
"""What joined figures take from the month's; all else is to date."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Statistics:
    """The month in figures.

    ``units`` has a row a unit, by code, in the register's order; ``lines`` are the
    same rows as plain values, None where missing. ``by_group``, ``by_parent`` and
    ``overall`` add up its ``COUNTED`` columns. ``parts`` are the figures in force of
    the parts of the exemplary delegates and of the guests, by unit; ``part_labels``
    name them.
    """

    units: pd.DataFrame
    lines: Mapping[str, Mapping[str, Any]]
    by_group: pd.DataFrame
    by_parent: pd.DataFrame
    overall: pd.Series[int]
    parts: pd.DataFrame
    part_labels: Mapping[str, str]
    missing: tuple[MissingValue, ...]

    def figures(self) -> dict[str, int]:
        """Return the province's totals by column, and those of groups as ``column:group``.

        This is what a later month keeps of the month to compare itself with.
        """
        figures = {column: int(self.overall[column]) for column in COUNTED}
        for group, line in self.by_group.iterrows():
            figures |= {f"{column}:{group}": int(line[column]) for column in COUNTED}
        return figures


def line_of(frame: pd.DataFrame, key: str) -> pd.Series[Any]:
    """Return the one row of a frame that stands under ``key``."""
    line = frame.loc[key]
    if isinstance(line, pd.DataFrame):
        raise KeyError(f"{key} stands more than once")
    return line


def count_in(line: pd.Series[Any], column: str) -> int:
    """Return a row's count of a column that adds up."""
    return int(line[column])


def known(value: Any) -> Any:
    """Return a frame's value as a cell holds it: None where it is missing, whole numbers as int."""
    if value is None or value is pd.NaT or pd.isna(value):
        return None
    return int(value) if pd.api.types.is_integer(value) else value


def summarise(campaign: Campaign, report: MonthReport) -> Statistics:
    """Return the month's figures; a unit counts when its report arrived and could be used."""
    read = [UnitFigures(campaign, report, unit_report) for unit_report in report.units]

    units = pd.DataFrame.from_records([one.record() for one in read], index="code")
    units = units.astype(dict.fromkeys(_COUNTS, "Int64"))
    labels = part_labels(campaign)
    parts = {one.unit.code: {id_: one.value(id_) for id_ in labels} for one in read}
    return Statistics(
        **_rolled_up(units),
        parts=pd.DataFrame.from_dict(parts, orient="index", columns=list(labels)).astype("Int64"),
        part_labels=labels,
        missing=(*(value for one in read for value in one.missing()), *owed_values(report)),
    )


def joined(month: Statistics, to_date: Statistics) -> Statistics:
    """Return the figures as the workbook shows them: the month's reporting, the rest to date.

    ``OF_THE_MONTH`` names the columns that are the month's own.
    """
    units = to_date.units.copy()
    units[list(OF_THE_MONTH)] = month.units[list(OF_THE_MONTH)]
    rolled_up = _rolled_up(units)
    return replace(to_date, **rolled_up, missing=month.missing)


def _rolled_up(units: pd.DataFrame) -> dict[str, Any]:
    """Return the frame of units with what it adds up to, and its rows as plain values."""
    return {
        "units": units,
        "lines": {
            str(code): {str(key): known(value) for key, value in record.items()}
            for code, record in units.to_dict("index").items()
        },
        "by_group": _added_up(units, "group"),
        "by_parent": _added_up(units[units["parent"] != ""], "parent"),
        "overall": units[list(COUNTED)].sum().astype(int),
    }


def part_labels(campaign: Campaign) -> dict[str, str]:
    """Return the parts of the exemplary delegates and of the guests, by id, with their labels.

    The parts of a figure are the indented lines below it on its form's page.
    """
    wholes = {campaign.roles.figures.get(role, "") for role in (Role.EXEMPLARY, Role.GUESTS)}
    labels: dict[str, str] = {}
    for form in campaign.forms:
        for sheet in form.sheets:
            whole = ""
            for line in sheet.lines:
                id_ = line.planned.id.removesuffix(PLANNED) if line.planned else ""
                whole = whole if line.indent else id_
                if line.indent and id_ and whole in wholes:
                    labels.setdefault(id_, line.label)
    return labels


def _added_up(units: pd.DataFrame, key: str) -> pd.DataFrame:
    return units.groupby(key, sort=False)[list(COUNTED)].sum().astype(int)
