"""What does not fit into a sheet: CSV files beside the workbook, named in its title block."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from tdkt_batch.sheets.cells import Cell, Formula, Link
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.vietnamese.writing import plain_letters, write_number
from tdkt_batch.wording.sheets import LEFT_OUT

FOLDER = "so-lieu-du"
"""Where the files stand, beside the workbook."""
MOST_ROWS = 60_000
"""The most rows of a table: each may carry a link, of which Excel reads 65,530 a sheet."""
MOST_COLUMNS = 16_000
"""The most columns of a table; Excel's last is the 16,384th."""
_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Rest:
    """The rows that did not fit, as files: ``files`` by their path beside the workbook."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(
        self,
        sheet: str,
        columns: SheetColumns,
        records: Sequence[Mapping[str, Cell]],
        part: str = "",
    ) -> str:
        """Keep the rows of a sheet that did not fit; return the path of their file."""
        path = f"{FOLDER}/{plain_letters(f'{sheet} {part}')}.csv"
        if path in self.files:
            raise ValueError(f"{path}: kept twice")
        self.files[path] = b"".join(csv_of(columns, records))
        return path


def csv_of(columns: SheetColumns, records: Iterable[Mapping[str, Cell]]) -> Iterator[bytes]:
    """Yield the lines of a table as Excel in Việt Nam opens it.

    UTF-8 with a mark, semicolons, all quoted.
    """
    writer = csv.writer(_Line(), delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield codecs.BOM_UTF8
    heads = [f"{c.over}: {c.head}" if c.over else c.head for c in columns]
    for line in chain([heads], ([_plain(one.get(c.id)) for c in columns] for one in records)):
        yield str(writer.writerow(line)).encode("utf-8", "replace")


class _Line:
    """Gives back what is written to it: the line that the writer makes of a row."""

    @staticmethod
    def write(text: str) -> str:
        return text


def _plain(value: Cell) -> str:
    """Return a cell's value as text; what Excel would take for a command gets an apostrophe."""
    match value:
        case Formula() | Link():
            return _plain(value.value if isinstance(value, Formula) else value.text)
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_COMMANDS) else value
        case datetime():
            return f"{value:%H:%M %d/%m/%Y}"
        case date():
            return f"{value:%d/%m/%Y}"
    return str(value).replace(".", ",")


def notice(shown: int, of: int, what: str, path: str) -> str:
    """Return the sentence of the title block: how much stands here and where the rest is."""
    counts = {"shown": shown, "of": of, "rest": of - shown}
    numbers = {name: write_number(count) for name, count in counts.items()}
    return LEFT_OUT.format(**numbers, what=what, path=path)
