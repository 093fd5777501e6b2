"""What a form's cells say together about the PC on which they were typed.

One day or one count never shows that month and day were exchanged or thousands
lost; all of a form together may. What is certain is repaired and said; what is
only likely is asked; and where months come first, a day left as text is read only
if it makes sense in one way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.tree import DateRange
from tdkt_batch.forms_read.day_in_text import Way, day_in_text
from tdkt_batch.forms_read.locale_evidence import (
    DateCell,
    Sign,
    Verdict,
    day_numbers,
    days_swapped,
    swapped_day,
    thousands_lost,
)
from tdkt_batch.model import Fault, Month, Repair, TableRow, Value
from tdkt_batch.vietnamese.writing import write_day, write_number

SWAPPED = Repair("SC19")
BY_SENSE = Repair("SC20")
THOUSANDS = Repair("SC21")
FIRST_YEAR = 1000
"""A count that cannot be less is a year, and tells nothing of head-counts."""

Values = Mapping[str, Value]
Tables = Mapping[str, tuple[TableRow, ...]]


@dataclass(frozen=True, slots=True)
class Revised:
    """The values after the second look, and what has to be said of it."""

    values: Values
    tables: Tables
    faults: tuple[Fault, ...] = ()


def revise(form: Form, values: Values, tables: Tables, month: Month, campaign: Campaign) -> Revised:
    """Return the values with what the form as a whole makes certain."""
    look = _SecondLook(form, values, tables, month, campaign)
    if not look.has_anything:
        return Revised(values, tables)
    return look.revised()


class _SecondLook:
    """Looks at all days and head-counts of one form together."""

    def __init__(
        self, form: Form, values: Values, tables: Tables, month: Month, campaign: Campaign
    ) -> None:
        self._form = form
        self._values = values
        self._tables = tables
        self._month = month
        self._campaign = campaign
        self._days = {_place(v): (v, cell) for v, cell in self._day_cells()}
        self._counts = {_place(v): (v, f) for v, f in self._all() if _is_head_count(f, v)}
        self._faults: list[Fault] = []

    @property
    def has_anything(self) -> bool:
        """Whether there is a day that could be another one, or a count with a fraction."""
        days = (cell for _, cell in self._days.values())
        return any(cell.day or day_numbers(cell.raw) for cell in days) or any(
            isinstance(v.raw, float) for v, _ in self._counts.values()
        )

    def revised(self) -> Revised:
        """Return the values with counts and days put right."""
        changed = {**self._with_thousands(), **self._with_days()}
        if not changed:
            return Revised(self._values, self._tables, tuple(self._faults))
        values = {id_: changed.get(_place(v), v) for id_, v in self._values.items()}
        tables = {
            id_: tuple(
                replace(row, values={c: changed.get(_place(v), v) for c, v in row.values.items()})
                for row in rows
            )
            for id_, rows in self._tables.items()
        }
        return Revised(values, tables, tuple(self._faults))

    # --- what is looked at

    def _all(self) -> Iterator[tuple[Value, Field]]:
        for field in self._form.fields:
            if field.id in self._values:
                yield self._values[field.id], field
        for table in self._form.tables:
            for row in self._tables.get(table.id, ()):
                for column in table.columns:
                    if column.id in row.values:
                        yield row.values[column.id], column

    def _day_cells(self) -> Iterator[tuple[Value, DateCell]]:
        conference, past = self._conference_days(), self._past_days()
        for value, field in self._all():
            is_own = field.kind is FieldKind.DATE and not field.prefill
            if is_own and not value.is_blank and value.cell:
                window = conference.get(field.id)
                happened = field.id in past
                yield (
                    value,
                    DateCell(field=value.field, raw=value.raw, happened=happened, window=window),
                )

    def _conference_days(self) -> Mapping[str, DateRange]:
        """Return the window of the conference's planned and actual day, by field id."""
        role = self._campaign.roles.figures.get("date", "")
        window = self._campaign.level(self._form.level).window
        days = (f.id for f in self._form.fields if f.kind is FieldKind.DATE)
        return {id_: window for id_ in days if id_ in (role, f"{role}_kh", f"{role}_th")}

    def _past_days(self) -> frozenset[str]:
        """Return the days that cannot lie after the month: what was held, what was signed."""
        lines = (line for sheet in self._form.sheets for line in sheet.lines)
        held = {line.actual.id for line in lines if line.actual is not None}
        return frozenset({*held, self._campaign.roles.figures.get("document_date", "")})

    # --- counts

    def _with_thousands(self) -> dict[str, Value]:
        counts = [value for value, _ in self._counts.values()]
        verdict = thousands_lost([value.raw for value in counts])
        if not verdict.lost:
            return {}
        changed = {}
        for place, (value, field) in self._counts.items():
            if isinstance(value.raw, float) and value.raw % 1:
                meant = int(Decimal(repr(value.raw)) * 1000)
                if field.minimum <= meant <= field.maximum:
                    changed[place] = replace(value, value=meant, repair=THOUSANDS, fault=None)
        if changed:
            first = next(iter(changed.values()))
            details = {"number": str(len(changed)), "raw": _written(first.raw)}
            details |= {"meant": write_number(int(Decimal(repr(first.raw)) * 1000))}
            self._faults.append(Fault("DL43", first.field, first.sheet, first.cell, details))
        return changed

    # --- days

    def _with_days(self) -> dict[str, Value]:
        cells = [cell for _, cell in self._days.values()]
        verdict = days_swapped(cells, self._month, [v.raw for v, _ in self._counts.values()])
        changed = self._swapped_back() if verdict.swapped else {}
        if verdict.swapped is None and _is_of_pc(verdict):
            self._ask(verdict)
        if _is_of_pc(verdict):
            changed |= self._texts()
        return changed

    def _swapped_back(self) -> dict[str, Value]:
        changed = {}
        for place, (value, cell) in self._days.items():
            other = swapped_day(cell.day) if cell.day else None
            if other and other != cell.day and self._is_known(other):
                changed[place] = replace(value, value=other, repair=SWAPPED, fault=None)
        if changed:
            self._say("DL37", list(changed))
        return changed

    def _is_known(self, day: date) -> bool:
        return self._campaign.earliest <= day <= self._campaign.latest

    def _ask(self, verdict: Verdict) -> None:
        """Ask about days that may have been exchanged; the first that shows it is the example."""
        could_be = [
            place
            for place, (_, cell) in self._days.items()
            if cell.day and swapped_day(cell.day) not in (None, cell.day)
        ]
        telling = {evidence.field for evidence in verdict.evidence}
        could_be.sort(key=lambda place: self._days[place][0].field not in telling)
        if could_be:
            self._say("DL39", could_be)

    def _say(self, code: str, places: Sequence[str]) -> None:
        value, cell = self._days[places[0]]
        other = swapped_day(cell.day) if cell.day else None
        if cell.day is None or other is None:
            return
        details = {
            "number": str(len(places)),
            "day": write_day(cell.day),
            "other": write_day(other),
        }
        self._faults.append(Fault(code, value.field, value.sheet, value.cell, details))

    def _texts(self) -> dict[str, Value]:
        """Return the days left as text, read in the one way that makes sense, or as faults."""
        changed = {}
        for place, (value, cell) in self._days.items():
            text = day_in_text(cell, self._month, month_first_seen=True)
            if text is None or text.way in (Way.ONLY_WAY, Way.HABIT):
                continue
            if text.day is not None and self._is_known(text.day):
                changed[place] = replace(value, value=text.day, repair=BY_SENSE, fault=None)
            else:
                days = " hoặc ".join(write_day(day) for day in text.candidates)
                details = {"raw": str(value.raw), "days": days}
                fault = Fault("DL23", value.field, value.sheet, value.cell, details)
                changed[place] = replace(value, value=None, repair=None, fault=fault)
        return changed


def _is_of_pc(verdict: Verdict) -> bool:
    """Tell whether the form shows the habit of a PC or a writer to put the month first.

    That a day lies late, or outside its window, is no such sign by itself: the
    guidance's own rules speak of it.
    """
    habits = (Sign.ONLY_IMPOSSIBLE_LEFT_AS_TEXT, Sign.COUNTS_WITH_FRACTIONS, Sign.MONTH_TYPED_FIRST)
    return verdict.swapped is True or any(e.sign in habits for e in verdict.evidence)


def _place(value: Value) -> str:
    return f"{value.field}|{value.sheet}|{value.cell}"


def _is_head_count(field: Field, value: Value) -> bool:
    return (
        field.kind is FieldKind.COUNT
        and field.minimum < FIRST_YEAR
        and not value.is_blank
        and isinstance(value.raw, int | float)
    )


def _written(raw: object) -> str:
    return str(raw).replace(".", ",")
