"""Which unit a row of a register is: by its code, by its name, or a new one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Unit
from tdkt_batch.office.register_rows import RegisterRow
from tdkt_batch.unit_names.known_names import How, in_full, name_key
from tdkt_batch.unit_names.match import Ambiguous, Match, UnitNames
from tdkt_batch.vietnamese.spelling import without_marks
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import office as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.unit_names import PROVINCE

_BESIDE_A_CODE = re.compile("[–—(:-]")
"""What may stand between a unit's code and its name."""
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: no two that look alike."""
_LENGTH = 6
_MOST_NAMED = 4
_FEWEST_ALIKE = 3
"""So many known units whose names begin alike tell of what kind another is."""


def code_key(text: str) -> str:
    """Return what all spellings of a unit's code share: no blanks, no zeros in front."""
    return "".join(text.split()).casefold().lstrip("0")


def full_key(name: str) -> str:
    """Return what all spellings of a unit's name share, short forms written out."""
    return in_full(name_key(name))


def own_code(name: str, parent: str) -> str:
    """Return the code of a unit that was given none: by its name and the code above it.

    The same in every run, whatever the other rows; marks, capitals and short forms of
    the name do not count (docs/decisions/0015).

    >>> own_code("Công ty TNHH Một", "") == own_code("CÔNG TY TNHH MỘT", "")
    True
    """
    key = f"{without_marks(full_key(name))}\0{parent}"
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    letters = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return say.CODE_PREFIX + letters


@dataclass(frozen=True, slots=True)
class RowsUnit:
    """The unit that a row is: ``known`` in the campaign, else new.

    ``is_by_own_code`` tells that it was known by its name, under a code of the office's own.
    """

    code: str
    known: Unit | None = None
    is_by_own_code: bool = False


class RegisterUnits:
    """Knows the campaign's units, and those that the rows before have added."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._names = UnitNames(campaign.units, campaign.unit_aliases, campaign.board.province)
        self._by_code = {code_key(unit.code): unit for unit in campaign.units}
        self._above = {unit.parent for unit in campaign.units if unit.parent}
        self._own_codes: dict[str, str] = {}
        """Codes of units that rows have added, by their names in full and by themselves."""
        self._kinds = _kinds_by_first_words(campaign.units)

    def unit_of(self, row: RegisterRow, parent: str | None) -> RowsUnit | None:
        """Return the unit of a row; None with a fault in it where it is not clear which.

        ``parent`` is the code of the unit above, where the row or a heading tells it.
        """
        typed, name = str(row.given.get("ma") or ""), row.name
        known = self._by_code.get(code_key(typed)) if typed else None
        found = self._names.find(name, parent=parent) if name else None
        if typed and known is None:
            parts = _BESIDE_A_CODE.split(typed)
            known = self._by_code.get(code_key(parts[0])) if len(parts) > 1 else None
        if typed and known:
            if isinstance(found, Match) and found.how is How.NAME and found.unit != known:
                problem = say.OTHER_UNITS_CODE.format(
                    code=known.code, own=known.name, name=found.unit.name, other=found.unit.code
                )
                row.wrong("ma", problem)
                return None
            return RowsUnit(known.code, known)
        if typed:
            if isinstance(found, Match) and found.how is How.NAME and self._may_be(row, found.unit):
                return RowsUnit(found.unit.code, found.unit, is_by_own_code=True)
            return self._new(row, typed)
        return self._by_name(row, found, parent) if name else None

    def _by_name(
        self, row: RegisterRow, found: Match | Ambiguous | None, parent: str | None
    ) -> RowsUnit | None:
        head = UNIT_COLUMNS["ma"][1]
        if isinstance(found, Ambiguous):
            likely = [unit for unit in found.candidates if self._may_be(row, unit)]
            above = [unit for unit in likely if parent and unit.parent == parent]
            likely = above or likely
            if len(likely) == 1:
                return RowsUnit(likely[0].code, likely[0])
            if likely and not (parent and not above):
                units = self._named(likely)
                superior = UNIT_COLUMNS["truc_thuoc"][1]
                said = {"name": row.name, "units": units, "head": head, "parent": superior}
                row.wrong("ten", say.SEVERAL_UNITS.format(**said))
                return None
        if isinstance(found, Match) and self._may_be(row, found.unit):
            unit = found.unit
            if found.how is not How.NEAREST:
                return RowsUnit(unit.code, unit)
            said = {"name": row.name, "other": unit.name, "code": unit.code, "head": head}
            row.wrong("ten", say.NEAR_NAME.format(**said))
            return None
        return self._new(row, own_code(row.name, parent or ""))

    def _new(self, row: RegisterRow, code: str) -> RowsUnit:
        """Return a unit that the campaign does not have, known from now on."""
        self._own_codes |= {code_key(code): code, full_key(row.name): code}
        return RowsUnit(code)

    def is_name_of(self, name: str, unit: Unit) -> bool:
        """Tell whether a typed name is the unit's own, in other capitals, shorter or unmarked."""
        found = self._names.find(name, parent=unit.parent)
        candidates = found.candidates if found else ()
        is_near = isinstance(found, Match) and found.how is How.NEAREST
        return unit in candidates and not is_near

    def _may_be(self, row: RegisterRow, unit: Unit) -> bool:
        """Tell whether a row says nothing against being this unit's."""
        kind = row.given.get("loai")
        return kind is None or kind == unit.kind

    def kind_of(self, name: str) -> str:
        """Return the kind that a new unit's name begins with; empty where that is not clear.

        That is the word of a kind itself, or the one kind of all units whose names begin
        with the same words.
        """
        key = full_key(name)
        kinds = sorted((k for level in self._campaign.levels for k in level.unit_kinds), key=len)
        told = [kind for kind in kinds if key.startswith(f"{name_key(kind)} ")]
        if told:
            return told[-1]
        words = key.split()
        for number in (2, 1):
            kinds_there = self._kinds.get(" ".join(words[:number]), [])
            if len(set(kinds_there)) == 1 and len(kinds_there) >= _FEWEST_ALIKE:
                return kinds_there[0]
        return ""

    def parent_of(self, row: RegisterRow) -> str | None:
        """Return the code of the unit that a row names above it; None with or without a fault."""
        typed = row.given.get("truc_thuoc")
        if not isinstance(typed, str) or not typed:
            return None
        for text in (typed, _BESIDE_A_CODE.split(typed)[0]):
            if unit := self._by_code.get(code_key(text)):
                return unit.code
            if code := self._own_codes.get(code_key(text)):
                return code
        key = full_key(typed)
        if code := self._own_codes.get(key):
            return code
        if key in (PROVINCE, in_full(name_key(self._campaign.board.province))):
            row.given["truc_thuoc"] = None
            return None
        found = self._names.find(typed)
        candidates = tuple[Unit, ...]() if found is None else found.candidates
        above = [unit for unit in candidates if unit.code in self._above] or list(candidates)
        if isinstance(found, Match) and found.how is not How.NEAREST and found.unit in above:
            return found.unit.code
        if len(above) == 1 and not (isinstance(found, Match) and found.how is How.NEAREST):
            return above[0].code
        if above and isinstance(found, Ambiguous):
            said = say.SEVERAL_PARENTS.format(name=typed, units=self._named(above))
        else:
            said = say.NO_PARENT.format(name=typed)
        row.wrong("truc_thuoc", said)
        return None

    def heading_unit(self, name: str) -> str | None:
        """Return the code of the unit above others that a heading between rows names."""
        found = self._names.find(name)
        units = found.candidates if found else ()
        above = [unit.code for unit in units if unit.code in self._above]
        return above[0] if len(above) == 1 else None

    def is_above_others(self, name: str) -> bool:
        """Tell whether a name is of a kind whose units all have others under them."""
        kind = self.kind_of(name)
        codes = {unit.code for unit in self._campaign.units if unit.kind == kind}
        return bool(codes) and codes <= self._above

    def new_above(self, name: str, row: RegisterRow | None) -> str:
        """Return the code of a new unit that a heading names; ``row`` is its own, if it has one."""
        typed = str(row.given.get("ma") or "") if row else ""
        code = typed or own_code(name, "")
        self._own_codes |= {code_key(code): code, full_key(name): code}
        return code

    def _named(self, units: Iterable[Unit]) -> str:
        said = [say.NAMED_UNIT.format(name=self._full(unit), code=unit.code) for unit in units]
        return first_of(said, _MOST_NAMED)

    def _full(self, unit: Unit) -> str:
        return f"{unit.name} – {unit.superior}" if unit.superior else unit.name


def _kinds_by_first_words(units: Iterable[Unit]) -> Mapping[str, list[str]]:
    """Return the kinds of the units whose names begin with a word, or with two."""
    kinds: dict[str, list[str]] = {}
    for unit in units:
        words = in_full(name_key(unit.name)).split()
        for number in (1, 2):
            kinds.setdefault(" ".join(words[:number]), []).append(unit.kind)
    return kinds
