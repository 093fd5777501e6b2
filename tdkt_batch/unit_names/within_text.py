"""Which unit a running text names: a mail's subject, a file's name, a sender's; never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Unit
from tdkt_batch.remembered import remembered
from tdkt_batch.unit_names.known_names import How, in_full, keys_of, name_key
from tdkt_batch.vietnamese.spelling import without_marks

_CodesByName = dict[str, set[str]]
"""Names as keys, each with the units that it may mean; the province's means none."""


class NamesInText:
    """The names of a register's units, ready to be looked for in texts.

    ``aliases`` are other spellings by code. ``province`` (“tỉnh Lai Châu”) names no unit,
    nor does its name alone.
    """

    def __init__(
        self, units: Iterable[Unit], aliases: Mapping[str, Collection[str]], province: str = ""
    ) -> None:
        self._units = {unit.code: unit for unit in units}
        whole, bare = _CodesByName({name_key(province): set()}), _CodesByName()
        for unit in self._units.values():
            kind, others = unit.kind.lower(), tuple(aliases.get(unit.code, ()))
            for name in keys_of(unit, self._units.get(unit.parent or ""), others):
                if name.how is How.NAME or name.key.startswith(f"{kind} "):
                    whole.setdefault(name.key, set()).add(unit.code)
                elif " " in name.key and not name_key(province).endswith(f" {name.key}"):
                    # a single word is too common to be a name
                    bare.setdefault(name.key, set()).add(unit.code)
        # with their marks before those that lost them, with their kinds before bare ones
        self._stages = (whole, _unmarked(whole), bare, _unmarked(bare))

    def unit_in(self, text: str, *, is_file_name: bool = False) -> str:
        """Return the code of the only unit that a text names; "" when none or several are.

        A unit named together with the one above it is meant itself. A code counts as
        a word of its own, one of figures alone only where a file's name begins with it.
        """
        words = re.split(r"[\W_]+", text)
        codes = {word for word in words if word in self._units and not word.isdecimal()}
        if is_file_name and words[0] in self._units:
            codes = {words[0]}
        key = in_full(name_key(" ".join(words)))
        for names, said in zip(self._stages, (key, without_marks(key)) * 2, strict=True):
            codes = codes or self._named(names, f" {said} ")
            if codes:
                return codes.pop() if len(codes) == 1 else ""
        return ""

    def _named(self, names: _CodesByName, text: str) -> set[str]:
        """Return the units that a text names, without those that only say where another lies."""
        found = [name for name in names if f" {name} " in text]
        longest = [
            name
            for name in found
            if not any(name != other and f" {name} " in f" {other} " for other in found)
        ]
        # a name that only one unit has tells more than one of several
        clear = {code for name in longest if len(names[name]) == 1 for code in names[name]}
        shared = {code for name in longest if len(names[name]) > 1 for code in names[name]}
        lying_there = {code for code in shared if self._units[code].parent in clear}
        if len(lying_there) == 1:
            return lying_there
        return clear - {self._units[code].parent for code in clear} or shared


def _unmarked(names: _CodesByName) -> _CodesByName:
    unmarked = _CodesByName()
    for name, codes in names.items():
        unmarked.setdefault(without_marks(name), set()).update(codes)
    return unmarked


@remembered(4)
def names_in_text(campaign: Campaign) -> NamesInText:
    """Return the names of a campaign's units, made ready once."""
    return NamesInText(campaign.units, campaign.unit_aliases, campaign.board.province)
