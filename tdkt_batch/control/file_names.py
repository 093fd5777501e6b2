"""Files that arrived, found by what people type: a name as the books print it, or a SHA-256."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from unicodedata import normalize

from tdkt_batch.model import Source
from tdkt_batch.vietnamese.folding import squeeze

_START_OF_HASH = re.compile("[0-9a-f]{8,64}")


class FilesByName:
    """The contents that arrived, by the names that they bore."""

    def __init__(self, files: Iterable[Source]) -> None:
        self._by_name: dict[str, dict[str, Source]] = {}
        self._by_hash: dict[str, Source] = {}
        for file in files:
            self._by_hash.setdefault(file.sha256, file)
            for name in {_key(file.name), _key(PurePosixPath(file.name).name)}:
                self._by_name.setdefault(name, {}).setdefault(file.sha256, file)

    def named(self, text: str) -> Mapping[str, Source]:
        """Return the files that ``text`` may mean, by the SHA-256 of their content.

        It is a file's whole name, the last part of it, or its SHA-256, of which the
        first eight digits will do.
        """
        key = _key(text)
        if key in self._by_name or not _START_OF_HASH.fullmatch(key):
            return self._by_name.get(key, {})
        return {sha: file for sha, file in self._by_hash.items() if sha.startswith(key)}


def _key(name: str) -> str:
    """Return what all spellings of a file's name share, as a cell keeps them."""
    return squeeze(normalize("NFC", name)).casefold()
