"""The hidden lists that choices draw on, and the units that a blank form offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.definition import Campaign, Form
from tdkt_batch.forms.layout import LISTS_SHEET
from tdkt_batch.forms_write.filling import Filled
from tdkt_batch.model import Unit
from tdkt_batch.unit_names.labels import unit_label, units_of_form
from tdkt_batch.vietnamese.folding import fold_choice

UNITS = "don_vi"
"""The list of units that a blank form offers, and the prefix of its further columns."""
UNIT_KINDS = "loai_don_vi"
"""The kinds of unit of the form's level."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list on the hidden sheet: its values and, in the next column, the same folded."""

    id: str
    values: tuple[str, ...]
    column: int

    @property
    def name(self) -> str:
        """The defined name that data validation draws on; it differs from every field's."""
        return f"danh_muc.{self.id}"

    @property
    def range(self) -> str:
        """The values."""
        return self._range(self.column)

    @property
    def folded(self) -> str:
        """The values as choices are compared."""
        return self._range(self.column + 1)

    @property
    def numbers(self) -> str:
        """The numbers 1, 2, 3 … beside the values."""
        return self._range(0)

    def beside(self, offset: int) -> str:
        """Return the cells ``offset`` columns to the right of the values."""
        return self._range(self.column + offset)

    def _range(self, column: int) -> str:
        name = xl_col_to_name(column)
        return f"{LISTS_SHEET}!${name}$2:${name}${len(self.values) + 1}"

    def index(self, value: str) -> int:
        """Return the number, from 1, of a value."""
        return self.values.index(value) + 1


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of a form; ``units`` are offered in a blank form, else empty."""

    places: Mapping[str, ListPlace]
    units: tuple[Unit, ...]

    def of_values(self, values: tuple[str, ...]) -> ListPlace:
        """Return the list that holds just these values."""
        return next(place for place in self.places.values() if place.values == values)


def lists_of(filled: Filled) -> Lists:
    """Return the lists that a form needs: its choices, its kinds of unit, its units."""
    columns = [c for t in filled.form.tables for c in t.columns]
    chosen = [f.choices for f in (*filled.form.fields, *columns) if f.choices is not None]
    values = {one.id: one.values for one in sorted(chosen, key=lambda one: one.id)}
    values[UNIT_KINDS] = filled.campaign.level(filled.form.level).unit_kinds
    places = {
        id_: ListPlace(id_, items, 1 + 2 * n) for n, (id_, items) in enumerate(values.items())
    }
    units = _offered(filled.campaign, filled.form, filled)
    if units:
        labels = tuple(unit_label(unit, filled.campaign) for unit in units)
        places[UNITS] = ListPlace(UNITS, labels, 1 + 2 * len(places))
    return Lists(places, units)


def _offered(campaign: Campaign, form: Form, filled: Filled) -> tuple[Unit, ...]:
    return () if filled.unit is not None else units_of_form(campaign, form, filled.month)


def list_cells(lists: Lists, campaign: Campaign) -> list[tuple[str, list[str | int | None]]]:
    """Return the sheet column by column: head, then cells."""
    longest = max(len(place.values) for place in lists.places.values())
    columns: list[tuple[str, list[str | int | None]]] = [("stt", list(range(1, longest + 1)))]
    for place in lists.places.values():
        columns.append((place.id, list(place.values)))
        columns.append((f"{place.id}*", [fold_choice(value) for value in place.values]))
    if lists.units:
        superiors = [campaign.superior_of(unit) for unit in lists.units]
        columns += [
            ("ma", [unit.code for unit in lists.units]),
            ("ten", [unit.name for unit in lists.units]),
            ("loai", [unit.kind for unit in lists.units]),
            ("phan_bo", [unit.allotment for unit in lists.units]),
            ("cap_tren", [superior.name if superior else None for superior in superiors]),
        ]
    return columns
