"""Whether LibreOffice calculates every formula of a workbook to the value cached in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from libreoffice import convert

Place = tuple[int, str]
"""A cell by the number of its sheet, from 0, and its name."""
FORMULA = re.compile(r'<c r="(\w+)"([^>]*)><f[^>]*>(.*?)</f>(?:<v[^>]*>(.*?)</v>)?</c>', re.DOTALL)


def differences(content: bytes, folder: Path) -> dict[Place, tuple[object, object]]:
    """Return the formulas whose cached value is not what they yield: cached and yielded.

    A copy with wrong values planted in it must come back mended: else nothing was
    recalculated, and the comparison would prove nothing.
    """
    true, planted = folder / "that.xlsx", folder / "gia.xlsx"
    true.write_bytes(content)
    planted.write_bytes(with_wrong_values(content))
    yielded, mended = (formula_values(f.read_bytes()) for f in convert([true, planted], folder))
    cached = formula_values(content)
    assert len(cached) > 500
    assert list(formula_values(with_wrong_values(content)).values()).count(999) > 50
    assert mended == yielded
    return compared(cached, yielded)


def compared(
    cached: Mapping[Place, object], yielded: Mapping[Place, object]
) -> dict[Place, tuple[object, object]]:
    """Return what differs between two readings of a workbook's formulas."""
    return {
        place: (value, yielded.get(place))
        for place, value in cached.items()
        if yielded.get(place) != value
    }


def formula_values(content: bytes) -> dict[Place, object]:
    """Return the value cached in each cell that holds a formula."""
    values: dict[Place, object] = {}
    for number, xml in enumerate(sheets_of(content)):
        for cell, kind, _, text in FORMULA.findall(xml):
            values[number, cell] = (
                unescape(text) if 't="str"' in kind or 't="e"' in kind else round(float(text), 9)
            )
    return values


def sheets_of(content: bytes) -> list[str]:
    """Return the XML of each sheet, in the sheets' order."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [n for n in file.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        return [file.read(name).decode() for name in sorted(names, key=lambda n: (len(n), n))]


def with_wrong_values(content: bytes) -> bytes:
    """Return the workbook with 999 as the cached value of every formula that yields a count."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"</f><v>\d+</v>", b"</f><v>999</v>", data)
            new.writestr(name, data)
    return out.getvalue()
