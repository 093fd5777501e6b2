"""What the words of a question mean: which unit, which cell of its form; never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from tdkt_batch.campaign import tree
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Derived, Form
from tdkt_batch.errors import InputError
from tdkt_batch.model import Month, Unit
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.unit_names.match import Ambiguous, Match, UnitNames
from tdkt_batch.vietnamese.labels import is_near, label_key
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import trace as say

T = TypeVar("T")
_SUGGESTED = 5
"""How many nearest names a sentence offers."""
MOST_NAMED = 12
"""How many of several possible things a sentence names."""


def fitting(text: str, known: Iterable[T], keys: Callable[[T], Iterable[str]]) -> list[T]:
    """Return what ``text`` means in the surest way: spelled out, misspelt, else begun."""
    key, known = label_key(text), list(known)
    for fits in (
        lambda other: other == key,
        lambda other: is_near(key, other),
        lambda other: other.startswith(key),
    ):
        if found := [one for one in known if key and any(map(fits, keys(one)))]:
            return found
    return []


def _nearest(text: str, named: Mapping[str, T]) -> list[T]:
    """Return what bears a name with all words of ``text``, then what bears one like it."""
    key = unmarked_key(text)
    words = set(key.split())
    holding = [name for name in named if words and words <= set(name.split())]
    alike = get_close_matches(key, named, n=_SUGGESTED, cutoff=0.5)
    return [named[name] for name in dict.fromkeys((*holding, *alike))][:_SUGGESTED]


# --- the unit ---------------------------------------------------------------------------------


def unit_asked(text: str, campaign: Campaign, month: Month) -> Unit:
    """Return the unit of the month's register that ``text`` names by code or name.

    Raises ``InputError`` with the candidates when it may mean several, with the
    nearest names when it means none.
    """

    def find(units: Sequence[Unit]) -> Match | Ambiguous | None:
        return UnitNames(units, campaign.unit_aliases, campaign.board.province).find(text)

    def named(units: Sequence[Unit]) -> str:
        said = [f"{unit_label(unit, campaign)} ({unit.code})" for unit in units]
        return first_of(said, MOST_NAMED)

    units = campaign.units_in(month)
    match find(units):
        case Match(unit=unit):
            return unit
        case Ambiguous(candidates=several):
            said = {"number": len(several), "units": named(several)}
            raise InputError(say.AMBIGUOUS_UNIT.format(text=text, **said))
    if isinstance(outside := find(campaign.units), Match):
        other = {"unit": outside.unit.name, "code": outside.unit.code}
        raise InputError(say.UNIT_OF_OTHER_MONTH.format(month=month.vietnamese, **other))
    near = _nearest(text, {unmarked_key(unit.name): unit for unit in units})
    offered = say.NEAREST.format(nearest=named(near)) if near else ""
    raise InputError(say.NO_UNIT.format(text=text, month=month.vietnamese) + offered)


# --- the cell ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldName:
    """One thing of a form that can be asked for, with the keys under which it is known.

    ``id`` is a field, a ``bang.cot``, or a figure in force: then the status of the
    conference decides between the planned and the actual one of its ``cells``.
    """

    id: str
    label: str
    keys: tuple[str, ...] = ()
    derived: Derived | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells between which a figure in force is decided; of any other name none."""
        match self.derived:
            case Derived(expression=tree.If(_, tree.Name(id=one), tree.Name(id=other))):
                return one, other
        return ()

    def __str__(self) -> str:
        return f"“{self.label}” ({self.id})"


def field_asked(text: str, form: Form) -> FieldName:
    """Return what ``text`` names of the form: by id, by label, misspelt or begun.

    Raises ``InputError`` with what it may mean, or with the nearest labels; also for
    what is worked out of several cells: those are to be asked for.
    """
    names, id_ = list(_names(form)), text.strip().casefold()
    found = [name for name in names if name.id == id_] or fitting(text, names, lambda n: n.keys)
    about = {"text": text, "form": form.number}
    if len(found) > 1:
        fields = "; ".join(map(str, found[:MOST_NAMED]))
        raise InputError(say.AMBIGUOUS_FIELD.format(number=len(found), fields=fields, **about))
    if not found:
        near = _nearest(text, {unmarked_key(one.label): one for one in reversed(names)})
        nearest = say.NEAREST.format(nearest="; ".join(map(str, near)))
        offered = nearest if near else say.SEE_FIELD_LIST
        raise InputError(say.NO_FIELD.format(**about) + offered)
    name = found[0]
    if name.derived is not None and not name.cells:
        what = {"id": name.id, "form": form.number, "expression": name.derived.text}
        raise InputError(say.SEVERAL_CELLS.format(label=name.label, **what))
    return name


def _names(form: Form) -> Iterator[FieldName]:
    for field in form.fields_and_parts:
        yield FieldName(field.id, field.label, (label_key(field.id), label_key(field.label)))
    for one in form.derived:
        yield FieldName(one.id, one.label, (label_key(one.id), label_key(one.label)), one)
    for table in form.tables:
        for column in table.columns:
            id_, whole = f"{table.id}.{column.id}", f"{table.title}, {column.label}"
            keys = tuple(label_key(text) for text in (id_, whole, column.label))
            yield FieldName(id_, whole, keys)
