"""Tables saved as text (CSV, “Unicode text”) → cells, whatever Excel wrote them with."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator

from tdkt_batch.workbooks.cells import FilledCells, SheetCells

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_VIETNAMESE_WINDOWS = "cp1258"
"""What Excel writes where the PC's language is Vietnamese; it has letters and marks apart."""
_LONGEST = 2_000_000
"""A text of so many characters is no list of units."""


def text_tables(content: bytes) -> tuple[SheetCells, ...]:
    """Return a text as a table, once by each delimiter it may have; none when it is no text.

    An encoding that is marked is taken, else UTF-8, else that of Vietnamese Windows.
    """
    text = _text(content)
    if text is None or len(text) > _LONGEST:
        return ()
    return tuple(_tables(text))


def _text(content: bytes) -> str | None:
    marked = [name for mark, name in _MARKS if content.startswith(mark)]
    for encoding in (*marked, "utf-8", _VIETNAMESE_WINDOWS):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else unicodedata.normalize("NFC", text)
    return None


def _tables(text: str) -> Iterator[SheetCells]:
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        cells = FilledCells()
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for number, row in enumerate(rows):
                # the first line may be Excel's own: sep=;
                if number == 0 and row and row[0].lower().startswith("sep="):
                    continue
                for column, cell in enumerate(row):
                    cells.put(number, column, cell)
        except (csv.Error, ValueError):
            continue
        yield cells.sheet("")
