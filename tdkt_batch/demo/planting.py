"""What a planted fault is, and the edits of a clean form that plant one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Generic, TypeVar

from tdkt_batch.demo import delegates
from tdkt_batch.demo.draft_forms import Draft, Province
from tdkt_batch.demo.truth import Expected, Planted, notice, unknown
from tdkt_batch.values import Raw

Edit = Callable[[Draft], None]
"""Changes one clean form."""
EditAcross = Callable[[Draft, Province], None]
"""Changes a form, or others that speak of its unit, when all forms are filled."""
AnyEdit = TypeVar("AnyEdit", Edit, EditAcross)


@dataclass(frozen=True, slots=True)
class Planting(Generic[AnyEdit]):
    """One planted fault: where, in words, how it is planted, what must be found of it."""

    place: PlantedPlace
    edit: AnyEdit
    expected: tuple[Expected, ...]

    @property
    def planted(self) -> list[Planted]:
        """What must be found, one by one; one line without a code where nothing must be."""
        expected = self.expected or (Expected(),)
        return [Planted(self.place.unit, self.place.fault, one) for one in expected]


@dataclass(frozen=True, slots=True)
class PlantedPlace:
    """Where a fault is planted, in words, and what the clean form must be like beforehand.

    ``held`` is None where the unit's stage does not matter; what is ``found`` is
    found whatever the fault.
    """

    unit: str
    fault: str
    held: bool | None = None
    large: bool = False
    found: tuple[Expected, ...] = ()

    def by(self, edit: AnyEdit, *expected: tuple[Expected, ...]) -> Planting[AnyEdit]:
        """Return the planting by this edit, of which all this must be found."""
        return Planting(self, edit, (*self.found, *chain(*expected)))


at_any_stage = PlantedPlace
held = partial(PlantedPlace, held=True)
planned = partial(PlantedPlace, held=False)
early_pilot = partial(PlantedPlace, held=True, found=notice("B7"))
"""An upper unit whose conference is over: it was a pilot ahead of its quarter, found as early."""

WITHOUT_TOTAL = unknown("A7", "A7c", "A7d")
"""What cannot be decided where the number of delegates is missing."""

# --- edits -----------------------------------------------------------------------------------


def in_turn(*edits: Edit) -> Edit:
    """Make several edits."""

    def edit(draft: Draft) -> None:
        for one in edits:
            one(draft)

    return edit


def typed(**values: Raw) -> Edit:
    """Type these values into the cells of their fields."""
    return lambda draft: draft.set(**values)


def moved_to(day: date) -> Edit:
    """Move the conference, which must not fall behind the Party congress by that."""

    def edit(draft: Draft) -> None:
        draft.set(**{f"ngay_hoi_nghi_{'th' if draft.is_held else 'kh'}": day})
        draft.set(dai_hoi_dang="Chưa ấn định", ngay_dai_hoi_dang=None)

    return edit


def blank(*fields: str) -> Edit:
    """Leave these cells blank."""
    return lambda draft: draft.clear(*fields)


def all_blank_but(*kept: str, **values: Raw) -> Edit:
    """Leave only the covering document, these cells and these values."""
    keep = (*kept, "so_cong_van", "ngay_cong_van", "nguoi_lap", "dien_thoai")

    def edit(draft: Draft) -> None:
        draft.values = {name: value for name, value in draft.values.items() if name in keep}
        draft.tables.clear()
        draft.set(**values)

    return edit


def attend(exemplary: int, guests: int, others: int = 0) -> Edit:
    """Let these attend; the roster follows."""
    return lambda draft: delegates.attend(draft, exemplary, guests, others)


def explained(rule: str, why: str) -> Edit:
    """Explain beforehand why the form departs from a rule."""
    return lambda draft: draft.explanations.update({rule: why})


def raised(field: str, by: int) -> Edit:
    """Raise a figure of the delegates, the actual one once held, and nothing that belongs to it."""
    return _beside(field, field, by)


def over_total(field: str, by: int) -> Edit:
    """Let a figure of the delegates, the actual one once held, be more than all delegates."""
    return _beside(field, "tong_dai_bieu", by)


def _beside(field: str, other: str, by: int) -> Edit:
    def edit(draft: Draft) -> None:
        suffix = "_th" if draft.is_held else "_kh"
        draft.set(**{field + suffix: draft.number(other + suffix) + by})

    return edit


def lacking(statement: str, *items: str) -> Edit:
    """Say that not everything is there, and tick what is missing."""
    return typed(**{statement: "Không", **{f"thieu_{item}": "x" for item in items}})


programme_lacks = partial(lacking, "du_chuong_trinh")
report_lacks = partial(lacking, "du_noi_dung")


def renamed(old: str, new: str) -> Edit:
    """Give the conference another name."""
    return lambda draft: draft.set(ten_hoi_nghi=str(draft.values["ten_hoi_nghi"]).replace(old, new))


def column(name: str, content: Raw) -> Edit:
    """Type the same into a column (``table.column``) all the way down."""
    table, _, key = name.partition(".")

    def edit(draft: Draft) -> None:
        for row in draft.table(table):
            row[key] = content

    return edit


def in_row(place: int, name: str, content: Raw) -> Edit:
    """Type something into one cell of a column (``table.column``), counted from 0."""
    table, _, key = name.partition(".")
    return lambda draft: draft.table(table)[place].update({key: content})


def first_rows(table: str, stop: int) -> Edit:
    """Leave a table's rows up to this one, counted as a slice is."""
    return lambda draft: draft.tables.update({table: draft.table(table)[:stop]})


def first_blanked(name: str) -> Edit:
    """Blank the first cell of a column (``table.column``) that holds something."""
    table, _, key = name.partition(".")
    return lambda draft: next(r for r in draft.table(table) if r[key]).update({key: None})


def row_below(table: str, text: str) -> Edit:
    """Put a text below the last row of a table, in the finished file."""
    return lambda draft: draft.surplus.update({table: text})


def broken_cell(field: str, inner: str) -> Edit:
    """Put this XML into a field's cell, in the finished file."""
    return lambda draft: draft.cells.update({field: inner})


def reworded(texts: dict[str, str]) -> Edit:
    """Put other texts in the place of the form's own, in the finished file."""
    return lambda draft: draft.texts.update(texts)
