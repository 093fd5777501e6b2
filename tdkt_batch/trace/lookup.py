"""What the words of a question mean: which unit, which cell of its form; never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from tdkt_batch.campaign.definition import Campaign, Derived, Form
from tdkt_batch.campaign.tree import If
from tdkt_batch.campaign.tree import Name as FieldName
from tdkt_batch.errors import InputError
from tdkt_batch.model import Month, Unit
from tdkt_batch.unit_names.labels import unit_label
from tdkt_batch.unit_names.match import Ambiguous, Match, UnitNames
from tdkt_batch.vietnamese.labels import is_near, label_key
from tdkt_batch.vietnamese.spelling import unmarked_key

_SUGGESTED = 5
"""How many nearest names a sentence offers."""
_NAMED = 12
"""How many of several possible units a sentence names."""


# --- the unit ---------------------------------------------------------------------------------


def unit_asked(text: str, campaign: Campaign, month: Month) -> Unit:
    """Return the unit of the month's register that ``text`` names by code or name.

    Raises ``InputError`` with the candidates when it may mean several, with the
    nearest names when it means none.
    """
    units = campaign.units_in(month)
    found = _find(text, units, campaign)
    match found:
        case Match(unit=unit):
            return unit
        case Ambiguous(candidates=candidates):
            raise InputError(
                f"“{text}” có thể là {len(candidates)} đơn vị: {_named(candidates, campaign)}; "
                "hãy ghi mã đơn vị"
            )
    if isinstance(outside := _find(text, campaign.units, campaign), Match):
        raise InputError(
            f"{outside.unit.name} ({outside.unit.code}): không có trong danh sách đơn vị "
            f"tháng {month.vietnamese}"
        )
    near = _nearest_units(text, units)
    said = f"; gần giống: {_named(near, campaign)}" if near else ""
    raise InputError(f"không có đơn vị “{text}” trong tháng {month.vietnamese}{said}")


def _find(text: str, units: Sequence[Unit], campaign: Campaign) -> Match | Ambiguous | None:
    return UnitNames(units, campaign.unit_aliases, campaign.board.province).find(text)


def _named(units: Sequence[Unit], campaign: Campaign) -> str:
    said = [f"{unit_label(unit, campaign)} ({unit.code})" for unit in units[:_NAMED]]
    return "; ".join((*said, "…") if len(units) > _NAMED else said)


def _nearest_units(text: str, units: Sequence[Unit]) -> list[Unit]:
    by_name = {unmarked_key(unit.name): unit for unit in units}
    return [by_name[name] for name in _nearest(unmarked_key(text), by_name)]


def _nearest(key: str, names: Iterable[str]) -> list[str]:
    """Return the names that hold all words of ``key``, then those that look like it."""
    names = list(dict.fromkeys(names))
    words = key.split()
    holding = [name for name in names if words and all(word in name.split() for word in words)]
    alike = get_close_matches(key, names, n=_SUGGESTED, cutoff=0.5)
    return list(dict.fromkeys((*holding, *alike)))[:_SUGGESTED]


# --- the cell ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """One thing of a form that can be asked for, with the keys under which it is known.

    ``id`` is a field, a ``bang.cot``, or a figure in force: then the status of the
    conference decides between the planned and the actual one of its ``cells``.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    derived: Derived | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells between which a figure in force is decided; of any other name none."""
        match self.derived:
            case Derived(expression=If(_, FieldName(id=one), FieldName(id=other))):
                return one, other
        return ()


def name_asked(text: str, form: Form) -> Name:
    """Return what ``text`` names of the form: by id, by label, misspelt or begun.

    Raises ``InputError`` with what it may mean, or with the nearest labels.
    """
    names = tuple(_names(form))
    found = _fitting(text, names)
    if len(found) == 1:
        return _single_cell(found[0], form)
    said = "; ".join(f"“{name.label}” ({name.id})" for name in found[:_NAMED])
    if found:
        raise InputError(
            f"“{text}” có thể là {len(found)} ô của {form.number}: {said}; hãy ghi mã trong ngoặc"
        )
    near = _nearest_names(text, names)
    offered = "; ".join(f"“{name.label}” ({name.id})" for name in near)
    raise InputError(
        f"{form.number} không có ô “{text}”"
        + (f"; gần giống: {offered}" if offered else "; mã các ô: xem docs/o-bieu-mau.md")
    )


def _names(form: Form) -> Iterator[Name]:
    for field in form.fields:
        yield Name(field.id, field.label, _keys(field.id, field.label))
    for derived in form.derived:
        yield Name(derived.id, derived.label, _keys(derived.id, derived.label), derived)
    for table in form.tables:
        for column in table.columns:
            id_, whole = f"{table.id}.{column.id}", f"{table.title}, {column.label}"
            yield Name(id_, whole, (*_keys(id_, whole), label_key(column.label)))


def _keys(id_: str, label: str) -> tuple[str, ...]:
    return label_key(id_), label_key(label)


def _fitting(text: str, names: Sequence[Name]) -> list[Name]:
    """Return what fits in the surest way: its own id, spelled out, misspelt, begun."""
    if own := [name for name in names if name.id == text.strip().casefold()]:
        return own
    key = label_key(text)
    for fits in (
        lambda known: known == key,
        lambda known: is_near(key, known),
        lambda known: known.startswith(key),
    ):
        if found := [name for name in names if key and any(map(fits, name.keys))]:
            return found
    return []


def _nearest_names(text: str, names: Sequence[Name]) -> list[Name]:
    by_key = {unmarked_key(name.label): name for name in reversed(names)}
    return [by_key[key] for key in _nearest(unmarked_key(text), by_key)]


def _single_cell(name: Name, form: Form) -> Name:
    """Return the name unless it is worked out of several cells: those are to be asked for."""
    if name.derived is None or name.cells:
        return name
    raise InputError(
        f"“{name.label}” ({name.id}) không phải một ô của {form.number} mà được tính từ nhiều ô "
        f"({name.derived.text}); hãy hỏi từng ô"
    )
