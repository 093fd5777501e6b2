"""Whether LibreOffice calculates every formula of a workbook to the value cached in it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from libreoffice import convert
from openpyxl import load_workbook


def differences(content: bytes, folder: Path) -> list[tuple[str, str, object, object]]:
    """Return each formula whose cached value is not what it yields: sheet, cell, cached, yielded.

    A copy with wrong values planted in it must come back mended: else nothing was
    recalculated, and the comparison would prove nothing.
    """
    true, planted = folder / "that.xlsx", folder / "gia.xlsx"
    true.write_bytes(content)
    planted.write_bytes(_with_wrong_values(content))
    cached = load_workbook(io.BytesIO(content), data_only=True)
    yielded, mended = (load_workbook(f, data_only=True) for f in convert([true, planted], folder))
    places = _formula_places(content)
    assert len(places) > 500
    assert all(_same(mended[s][c].value, yielded[s][c].value) for s, c in places)
    pairs = ((s, c, cached[s][c].value, yielded[s][c].value) for s, c in places)
    return [pair for pair in pairs if not _same(pair[2], pair[3])]


def _formula_places(content: bytes) -> list[tuple[str, str]]:
    book = load_workbook(io.BytesIO(content))
    cells = ((s.title, c) for s in book for row in s.iter_rows() for c in row)
    return [(sheet, cell.coordinate) for sheet, cell in cells if cell.data_type == "f"]


def _with_wrong_values(content: bytes) -> bytes:
    """Return the workbook with 999 as the cached value of every number formula of one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                data, changed = re.subn(rb"</f><v>\d+</v>", b"</f><v>999</v>", data)
                assert changed > 50
            new.writestr(name, data)
    return out.getvalue()


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-9
    return one == other
