"""A sheet that is written out once it is finished, so that a book of many rows fits in memory."""

from __future__ import annotations

import io
import zlib
from typing import Any

from xlsxwriter.worksheet import Worksheet

MOST_ROWS_HELD = 1000
"""Sheets of fewer rows stay as they are: charts look up in them what they draw."""
_CHUNK = 1 << 20


class SettledWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet whose rows can be settled: no cell and no row can be changed from then on.

    XlsxWriter keeps some 250 bytes a cell until the book is closed; settled, a cell takes
    about five. Its own way to write in constant memory would do without shared texts, row
    heights that are known late and cells in any order.
    """

    _settled: bytes | None = None

    def settle(self) -> None:
        """Turn the rows of a large sheet into what the file will hold of them."""
        if len(self.table) <= MOST_ROWS_HELD:
            return
        rows, file = io.StringIO(), getattr(self, "fh", None)
        self.fh: Any = rows
        self._write_rows()
        self.fh = file
        packer = zlib.compressobj(1)
        rows.seek(0)
        packed = [packer.compress(part.encode()) for part in iter(lambda: rows.read(_CHUNK), "")]
        self._settled = b"".join((*packed, packer.flush()))
        self.table.clear()

    def _write_rows(self) -> None:
        if self._settled is None:
            super()._write_rows()
            return
        unpacked = io.BufferedReader(_Unpacked(self._settled))
        reader = io.TextIOWrapper(unpacked, encoding="utf-8", newline="")
        for part in iter(lambda: reader.read(_CHUNK), ""):
            self.fh.write(part)


class _Unpacked(io.RawIOBase):
    """Packed bytes, read as they were."""

    def __init__(self, packed: bytes) -> None:
        self._packed = io.BytesIO(packed)
        self._opener = zlib.decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = b""
        while not found and not self._opener.eof:
            ready = self._opener.unconsumed_tail or self._packed.read(len(buffer))
            found = self._opener.decompress(ready, len(buffer))
        buffer[: len(found)] = found
        return len(found)
