"""Reading a campaign's TOML with errors that name file and key."""

from __future__ import annotations

import re
import string
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from enum import EnumMeta, StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from tdkt_batch.errors import CampaignError
from tdkt_batch.wording import campaign as say

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


def read_nfc(path: Path, encoding: str = "utf-8") -> str:
    """Return a text file in NFC; ``OSError`` or ``UnicodeDecodeError`` when it cannot be read."""
    return unicodedata.normalize("NFC", path.read_text(encoding=encoding))


def id_problem(id_: str) -> str:
    """Return why ``id_`` cannot be a field's, list's or limit's id; empty when it can.

    Each must be a legal defined name in Excel, which takes ``nam2015`` and ``p4``
    for cells, ``r`` and ``c`` for a row and a column.

    >>> id_problem("tong_dai_bieu_th")
    ''
    >>> id_problem("p4")
    '“p4” trùng dạng địa chỉ ô của Excel'
    """
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", id_):
        return say.ID_SHAPE.format(id=id_)
    if re.fullmatch(r"[a-z]{1,3}[0-9]{1,7}|(r[0-9]*)?(c[0-9]*)?", id_):
        return say.ID_IS_CELL.format(id=id_)
    return say.ID_TOO_LONG.format(id=id_) if len(id_) > 60 else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A TOML table with its file and key, so that each fault can say where it is.

    The readers (``text``, ``number`` …) return the default when the key is
    absent and raise ``CampaignError`` when it is absent without a default or
    holds another type. ``read`` returns the table as a dataclass. ``allow``
    refuses keys that nobody may use, the checks what must not be.
    """

    file: str
    key: str
    content: Mapping[str, object]

    @classmethod
    def of_file(cls, path: Path) -> Section:
        """Return the whole of a TOML file, its texts in NFC."""
        try:
            return cls(path.name, "", tomllib.loads(read_nfc(path)))
        except FileNotFoundError:
            raise CampaignError(path.name, "", say.NO_SUCH_FILE) from None
        except tomllib.TOMLDecodeError as error:
            raise CampaignError(path.name, "", say.BAD_TOML.format(error=error)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise CampaignError(path.name, "", say.UNREADABLE.format(error=error)) from None

    # --- what is wrong ------------------------------------------------------------------

    def path(self, key: str) -> str:
        """Return the whole key of ``key`` in this table."""
        return f"{self.key}.{key}" if self.key and key else self.key or key

    def fail(self, key: str, problem: str) -> CampaignError:
        """Return the error that says what is wrong at ``key`` of this table."""
        return CampaignError(self.file, self.path(key), problem)

    def check(self, holds: object, key: str, problem: str) -> None:
        """Raise unless what must hold at ``key`` does."""
        if not holds:
            raise self.fail(key, problem)

    def check_known(
        self,
        key: str,
        given: Iterable[str],
        known: Collection[str],
        problem: str = say.NO_SUCH_NAME,
    ) -> None:
        """Raise for the first of ``given`` that is not ``known``.

        ``problem`` may have the places ``{given}``, ``{known}`` and ``{nearest}``.
        """
        for one in given:
            if one not in known:
                nearest = "".join(get_close_matches(one, sorted(known), n=1, cutoff=0.0))
                said = {"given": one, "known": ", ".join(known), "nearest": nearest}
                raise self.fail(key, problem.format(**said))

    def one_of(
        self, key: str, known: Collection[str], problem: str, default: str | None = None
    ) -> str:
        """Return a text that is among ``known``; of any other ``problem`` is said."""
        given = self.text(key, default)
        self.check_known(key, [given], known, problem)
        return given

    def check_id(self, key: str, id_: str) -> None:
        """Raise unless ``id_`` may be an id."""
        if problem := id_problem(id_):
            raise self.fail(key, problem)

    def allow(self, *keys: str) -> None:
        """Refuse any key that is not among ``keys``: a misspelt key must not pass silently."""
        for key in self.content:
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                nearest = say.NEAREST_KEY.format(nearest=near[0]) if near else ""
                raise self.fail(key, say.UNKNOWN_KEY.format(nearest=nearest, known=", ".join(keys)))

    def check_places(self, key: str, text: str, allowed: Collection[str]) -> None:
        """Raise unless each ``{place}`` of a text is one that the program fills."""
        try:
            pieces = list(string.Formatter().parse(text))
        except ValueError:
            raise self.fail(key, say.UNCLOSED_BRACE) from None
        known = ", ".join(f"{{{one}}}" for one in sorted(allowed))
        for _, place, form, conversion in pieces:
            is_filled = place is None or (place in allowed and not form and not conversion)
            self.check(is_filled, key, say.NO_PLACE.format(place=place, known=known))

    # --- one key ------------------------------------------------------------------------

    def _get(self, key: str, kind: str, wanted: Any, default: Any) -> Any:
        value = self.content.get(key, default)
        word = say.KINDS[kind]
        if value is None:
            raise self.fail(key, say.LACKING.format(kind=word))
        if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
            raise self.fail(key, say.WRONG_KIND.format(kind=word, value=value))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        return str(self._get(key, "text", str, default))

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return int(self._get(key, "number", int, default))

    def decimal(self, key: str, default: float) -> float:
        """Return a number, whole or not."""
        return float(self._get(key, "decimal", int | float, default))

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false; false when absent."""
        return bool(self._get(key, "flag", bool, bool(default)))

    def day(self, key: str, default: date | None = None) -> date:
        """Return a day."""
        value: date = self._get(key, "day", date, default)
        self.check(not isinstance(value, datetime), key, say.WITH_TIME)
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._get(key, "texts", list | tuple, default)
        if not all(isinstance(one, str) for one in value):
            raise self.fail(key, say.WRONG_KIND.format(kind=say.KINDS["texts"], value=value))
        return tuple(value)

    def section(self, key: str) -> Section:
        """Return the table under ``key``, empty when absent."""
        return Section(self.file, self.path(key), self._get(key, "table", dict, {}))

    def sections(self, key: str) -> tuple[Section, ...]:
        """Return the tables of the list under ``key``, named by their id where they have one."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fail(key, say.NOT_TABLES)
        return tuple(
            Section(self.file, f"{self.path(key)}[{item.get('id', number)}]", item)
            for number, item in enumerate(value, start=1)
        )

    def items(self) -> Iterator[tuple[str, Section]]:
        """Yield the sub-tables by key."""
        for key in self.content:
            yield key, self.section(key)

    def mapping(self, key: str) -> dict[str, str]:
        """Return the texts of the table under ``key``."""
        table = self.section(key)
        return {one: table.text(one) for one in table.content}

    def named(self, key: str, names: type[_E], *, all_: bool = False) -> dict[_E, str]:
        """Return the texts of the table under ``key`` by these ``names``; ``all_`` must be there.

        A key that is no such name is refused with the nearest one.
        """
        table = self.section(key)
        table.allow(*names)
        return {one: table.text(one) for one in names if all_ or one in table.content}

    # --- a whole dataclass --------------------------------------------------------------

    def read(self, shape: Callable[..., _T], **own: Callable[[Section], object]) -> _T:
        """Return the table as a ``shape``: its keys are the fields, each read by its type.

        An absent key takes the field's default. ``own`` reads the fields that
        their type does not tell all about.
        """
        keys = tuple(_fields_of(shape))
        self.allow(*keys)
        by_type = self.fields(shape, *(key for key in keys if key not in own))
        return shape(**by_type, **{key: read(self) for key, read in own.items()})

    def fields(self, shape: Any, *keys: str) -> dict[str, Any]:
        """Return these fields of ``shape`` by name, each read by its type under its own key."""
        found = {}
        for key in keys:
            kind, default = _fields_of(shape)[key]
            if reader := _READERS.get(kind):
                found[key] = reader(self, key, default)
            elif isinstance(kind, EnumMeta):
                found[key] = kind(self.one_of(key, tuple(kind), say.NOT_ONE_OF, default))
            elif parts := get_args(kind):  # a list of tables
                found[key] = tuple(one.read(parts[0]) for one in self.sections(key))
            else:
                found[key] = self.section(key).read(kind)
        return found


_READERS: Mapping[Any, Callable[[Section, str, Any], object]] = {
    str: Section.text,
    int: Section.number,
    float: Section.decimal,
    bool: Section.flag,
    date: Section.day,
    tuple[str, ...]: Section.texts,
    Mapping[str, str]: lambda section, key, _: section.mapping(key),
}


@cache
def _fields_of(shape: Any) -> dict[str, tuple[Any, Any]]:
    """Return type and default of each field of a dataclass; None where there is no default."""
    kinds = get_type_hints(shape)
    return {
        one.name: (kinds[one.name], None if one.default is MISSING else one.default)
        for one in fields(shape)
    }
