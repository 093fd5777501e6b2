"""What a unit of the sample types into its form, before it becomes a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random

from tdkt_batch.model import Month, Unit
from tdkt_batch.values import Raw

Row = dict[str, Raw]
MONTH = Month(2015, 3)
SEED = "Lai Châu 2015-03"


def random_of(unit: Unit, purpose: str = "") -> Random:
    """Return the unit's own random source: the same in every run and for every order of units."""
    return Random(f"{SEED}/{unit.code}/{purpose}")  # noqa: S311 — a sample, no secret


class Fate(Enum):
    """What becomes of a unit's file on its way to the board."""

    ARRIVED = "arrived"
    LATE = "late"
    EMPTY = "empty"
    NOT_SENT = "not sent"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    SAVED_AS_TEXT = "saved as text"
    NOT_DOWNLOADED = "not downloaded"
    NO_MONTH = "names a month that nobody can read"
    OTHER_NAME = "names another unit than the one it was made out to"


@dataclass(slots=True)
class Draft:
    """A unit's form as it is being filled: raw cells by field, rows by table.

    Plantings change it in place; None takes a cell's content away. ``cells``,
    ``texts`` and ``surplus`` are broken later, in the finished file: the XML
    inside a field's cell, texts that stand in other words, a text below the last
    row of a table. ``fate`` is what becomes of the
    file on its way, ``arrives`` when it comes if not at its usual time.
    """

    unit: Unit
    form: str
    values: dict[str, Raw] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    surplus: dict[str, str] = field(default_factory=dict)
    fate: Fate = Fate.ARRIVED
    arrives: datetime | None = None

    def set(self, **values: Raw) -> None:
        """Type each value into the cell of its field."""
        self.values.update(values)

    def clear(self, *fields: str) -> None:
        """Leave the cells blank, pre-filled ones too."""
        self.values.update(dict.fromkeys(fields))

    def number(self, name: str) -> int:
        """Return the count typed into a cell; a blank cell of the sample is 0."""
        value = self.values.get(name)
        return value if isinstance(value, int) else 0

    def day(self, name: str) -> date:
        """Return the day typed into a cell."""
        value = self.values[name]
        if not isinstance(value, date):
            raise TypeError(f"{self.unit.code}: {name} holds {value!r}")
        return value

    @property
    def is_held(self) -> bool:
        """Whether the draft says that the conference is over."""
        return self.values.get("trang_thai") == "Đã tổ chức"

    @property
    def conference_day(self) -> date:
        """The day of the conference: the actual one once held."""
        return self.day("ngay_hoi_nghi_th" if self.is_held else "ngay_hoi_nghi_kh")

    def table(self, name: str) -> list[Row]:
        """Return the rows of a table, to be read or changed."""
        return self.tables.setdefault(name, [])


class Province(dict[str, Draft]):
    """All drafts of the month, by unit code, in the register's order."""

    def of_parent(self, code: str) -> list[Draft]:
        """Return the drafts of the units directly under ``code``."""
        return [draft for draft in self.values() if draft.unit.parent == code]


def office_day(day: date) -> date:
    """Return ``day``, or the Monday after it when it falls on a weekend.

    >>> office_day(date(2015, 3, 14))
    datetime.date(2015, 3, 16)
    """
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
