"""Reading a campaign's TOML with errors that name file and key."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from tdkt_batch.errors import CampaignError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Section:
    """A TOML table with its file and key, so that each fault can say where it is.

    The readers (``text``, ``number`` …) return the default when the key is
    absent and raise ``CampaignError`` when it is absent without a default or
    holds another type. ``done`` raises for keys that nobody may use.
    """

    file: str
    key: str
    content: Mapping[str, object]

    @classmethod
    def of_file(cls, path: Path) -> Section:
        """Return the whole of a TOML file, its texts in NFC."""
        try:
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
            return cls(path.name, "", tomllib.loads(text))
        except FileNotFoundError:
            raise CampaignError(path.name, "", "không có tệp này trong thư mục đợt") from None
        except (OSError, UnicodeDecodeError) as error:
            raise CampaignError(path.name, "", f"không đọc được ({error})") from None
        except tomllib.TOMLDecodeError as error:
            raise CampaignError(path.name, "", f"sai cú pháp TOML: {error}") from None

    def fail(self, key: str, problem: str) -> CampaignError:
        """Return the error that says what is wrong at ``key`` of this table."""
        return CampaignError(self.file, self.path(key), problem)

    def path(self, key: str) -> str:
        """Return the whole key of ``key`` in this table."""
        return f"{self.key}.{key}" if self.key and key else self.key or key

    def allow(self, *keys: str) -> None:
        """Refuse any key that is not among ``keys``: a misspelt key must not pass silently."""
        for key in self.content:
            if key not in keys:
                raise self.fail(key, f"không có khóa này; các khóa được dùng: {', '.join(keys)}")

    def _get(self, key: str, wanted: type[_T], word: str, default: _T | None) -> _T:
        value = self.content.get(key, default)
        if value is None:
            raise self.fail(key, f"thiếu, cần {word}")
        if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
            raise self.fail(key, f"phải là {word}, nhưng là {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        return self._get(key, str, "chữ", default)

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        return self._get(key, int, "số nguyên", default)

    def decimal(self, key: str, default: float) -> float:
        """Return a number, whole or not."""
        value = self.content.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail(key, f"phải là số, nhưng là {value!r}")
        return float(value)

    def flag(self, key: str) -> bool:
        """Return true or false; false when absent."""
        return self._get(key, bool, "true hoặc false", default=False)

    def day(self, key: str) -> date:
        """Return a day."""
        value = self._get(key, date, "ngày (NĂM-THÁNG-NGÀY)", None)
        if isinstance(value, datetime):
            raise self.fail(key, "phải là ngày, không kèm giờ")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.content.get(key, default)
        if value is None:
            raise self.fail(key, "thiếu, cần danh sách chữ")
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise self.fail(key, f"phải là danh sách chữ, nhưng là {value!r}")
        return tuple(value)

    def section(self, key: str) -> Section:
        """Return the table under ``key``, empty when absent."""
        value = self.content.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(key, f"phải là một nhóm khóa, nhưng là {value!r}")
        return Section(self.file, self.path(key), value)

    def sections(self, key: str) -> tuple[Section, ...]:
        """Return the tables of the list under ``key``, named by their id where they have one."""
        value = self.content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fail(key, "phải là danh sách các nhóm khóa")
        return tuple(
            Section(self.file, f"{self.path(key)}[{item.get('id', number)}]", item)
            for number, item in enumerate(value, start=1)
        )

    def items(self) -> Iterator[tuple[str, Section]]:
        """Yield the sub-tables by key."""
        for key in self.content:
            yield key, self.section(key)
