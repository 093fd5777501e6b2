"""The consolidated workbook of a small province as text, one line a cell, for reading in a diff.

``python tests/golden_book.py`` (``make golden``) writes ``tests/golden/tong-hop.txt`` anew
after a change that is meant; look at the diff before you commit it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from small_province import make_small_province

from tdkt_batch.months.run import run_month

OF_BYTES = ("Dung lượng (byte)", "SHA-256")
"""Columns of what the files weigh: another look of the forms changes them and nothing else."""
DIGEST = re.compile(r"\([0-9a-f]{16}\)")
"""Stands for the whole text of the campaign, each word of which changes it."""
GOLDEN = Path(__file__).parent / "golden" / "tong-hop.txt"


def small_book(folder: Path) -> bytes:
    """Return the workbook of March of the small province, all its mail given."""
    province = make_small_province(folder / "tinh")
    return run_month(province.request(folder / "ra", (province.all,))).workbook.read_bytes()


def book_lines(content: bytes) -> Iterator[str]:
    """Yield a line for each sheet and each cell that holds anything.

    A line is the cell's place, its number format unless that is the general one, and
    what stands in it: a text in quotes, a figure, a day, or a formula with the value
    that it was given.
    """
    formulas = load_workbook(BytesIO(content))
    values = load_workbook(BytesIO(content), data_only=True)
    for sheet in formulas.worksheets:
        page = sheet.page_setup
        yield f"== {sheet.title}: {page.orientation}, in {sheet.print_area or 'whole'}"
        yield from (f"{sheet.title}!{area} merged" for area in sorted(map(str, sheet.merged_cells)))
        of_bytes = [c.column for row in sheet.iter_rows() for c in row if c.value in OF_BYTES]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None or (cell.column in of_bytes and cell.value not in OF_BYTES):
                    continue
                look = "" if cell.number_format == "General" else f" [{cell.number_format}]"
                value = values[sheet.title][cell.coordinate].value
                said = shown(cell.value)
                said += f" → {shown(value)}" if cell.data_type == "f" else ""
                yield f"{sheet.title}!{cell.coordinate}{look} {said}"


def shown(value: object) -> str:
    """Return a cell's content on one line."""
    match value:
        case datetime() if value.time() != datetime.min.time():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%Y-%m-%d}"
        case str() if not value.startswith("="):
            return '"' + DIGEST.sub("(…)", value).replace("\n", "⏎") + '"'
    return str(value)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        GOLDEN.parent.mkdir(exist_ok=True)
        text = "\n".join(book_lines(small_book(Path(name)))) + "\n"
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{GOLDEN}: {text.count(chr(10))} lines\n")
