"""A sheet that is written out once it is finished, so that a book of many rows fits in memory."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from xlsxwriter.worksheet import Worksheet

MOST_ROWS_HELD = 1000
"""Sheets of fewer rows stay as they are: charts look up in them what they draw."""
_PART = 1 << 20


class SettledWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter is not typed
    """A worksheet whose rows can be settled: no cell and no row can be changed from then on.

    XlsxWriter keeps some 250 bytes a cell until the book is closed; settled, a cell takes
    about five. Its own way to write in constant memory would do without shared texts, row
    heights that are known late and cells in any order.
    """

    _settled: Sequence[bytes] | None = None
    """The rows as the file will hold them, in packed parts."""

    def settle(self) -> None:
        """Turn the rows of a large sheet into what the file will hold of them."""
        if len(self.table) <= MOST_ROWS_HELD:
            return
        rows, file = io.StringIO(), getattr(self, "fh", None)
        self.fh: Any = rows
        self._write_rows()
        self.fh = file
        rows.seek(0)
        parts = iter(partial(rows.read, _PART), "")
        self._settled = [zlib.compress(part.encode(), level=1) for part in parts]
        self.table.clear()

    def _write_rows(self) -> None:
        if self._settled is None:
            super()._write_rows()
            return
        for part in self._settled:
            self.fh.write(zlib.decompress(part).decode())
