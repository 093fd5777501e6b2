"""A form recalculated by Formulon, which imitates Excel: a second opinion beside LibreOffice.

Formulon (0.18) takes a name's relative reference for one from A1, wherever the name is used;
Excel and LibreOffice move it along. Such names are written out before it gets the form, and
so is where each cell stands, which the format lets a cell leave out that stands right of another.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape, unescape

import formulon
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

_NAME = re.compile(r'<definedName name="([^"]+)"[^>]*>([^<]*)</definedName>')
_MOVING = re.compile(r"(\$[A-Z]{1,3})([0-9]+)\b")
"""A reference whose row moves with the cell that uses it; its column stays."""
_CELL = re.compile(r'(<c r="[A-Z]+([0-9]+)"[^>]*><f>)([^<]*)(</f>)')
_PLACES = re.compile(r'<row r="(?P<row>[0-9]+)"|<c r="(?P<at>[A-Z]+[0-9]+)"|<c(?=[ />])')
_CACHED = re.compile(r"(</f><v>)[^<]*(</v>)")


PROFILES = ("win-365-en_US", "win-365-de_DE")
"""A PC that writes 1,234.5 and month before day, and one that writes 1.234,5 as Vietnam does."""


def recalculated(content: bytes, sheet: str) -> list[dict[tuple[int, int], object]]:
    """Return a sheet's cells, by row and column from 0, as Formulon calculates them on each PC.

    What stands beside each formula is wiped before, so that nothing is taken over.
    """
    with formulon.Workbook.load(_written_out(content)) as book:
        index = [book.sheet_name(n) for n in range(book.sheet_count())].index(sheet)
        return [_cells(book, index, profile) for profile in PROFILES]


def _cells(book: formulon.Workbook, sheet: int, profile: str) -> dict[tuple[int, int], object]:
    book.set_excel_profile_id(profile)
    book.recalc()
    places = ((row, column) for row in range(200) for column in range(12))
    return {at: book.get_value(sheet, *at).to_python() for at in places}


def _written_out(content: bytes) -> bytes:
    """Return the form with a name of its own for each row that uses one that moves."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        members = {name: old.read(name) for name in old.namelist()}
        names = _Names(members["xl/workbook.xml"].decode())
        for name, member in members.items():
            if name.startswith("xl/worksheets/sheet"):
                text = _CELL.sub(names.in_cell, _placed(member.decode()))
                members[name] = _CACHED.sub(r"\g<1>\g<2>", text).encode()
        members["xl/workbook.xml"] = names.workbook().encode()
        for name, member in members.items():
            new.writestr(name, member)
    return written.getvalue()


def _placed(sheet: str) -> str:
    """Return a sheet's XML in which each cell says where it stands."""
    row, column = "", -1

    def place(found: re.Match[str]) -> str:
        nonlocal row, column
        if found["row"]:
            row, column = found["row"], -1
            return found[0]
        column = xl_cell_to_rowcol(found["at"])[1] if found["at"] else column + 1
        return found[0] if found["at"] else f'<c r="{xl_rowcol_to_cell(int(row) - 1, column)}"'

    return _PLACES.sub(place, sheet)


class _Names:
    """The names of a workbook that move with the cell, each by row as it is used."""

    def __init__(self, workbook: str) -> None:
        self._workbook = workbook
        rest = {name: unescape(text) for name, text in _NAME.findall(workbook)}
        self._moving: dict[str, str] = {}
        self._by_row: dict[str, str] = {}
        self._used, moving = re.compile("(?!)"), _MOVING
        while found := {name: text for name, text in rest.items() if moving.search(text)}:
            self._moving |= found
            rest = {name: text for name, text in rest.items() if name not in found}
            listed = "|".join(map(re.escape, self._moving))
            self._used = moving = re.compile(rf"(?<![\w.'!])({listed})(?![\w.])")

    def in_cell(self, cell: re.Match[str]) -> str:
        formula = self._in_row(unescape(cell[3]), int(cell[2]))
        return cell[1] + escape(formula, quote=False) + cell[4]

    def _in_row(self, formula: str, row: int) -> str:
        return self._used.sub(lambda name: self._of_row(name[1], row), formula)

    def _of_row(self, name: str, row: int) -> str:
        own = f"{name}.dong{row}"
        if own not in self._by_row:
            moved = _MOVING.sub(lambda at: f"{at[1]}${int(at[2]) + row - 1}", self._moving[name])
            self._by_row[own] = self._in_row(moved, row)
        return own

    def workbook(self) -> str:
        listed = "".join(
            f'<definedName name="{name}">{escape(text, quote=False)}</definedName>'
            for name, text in self._by_row.items()
        )
        return self._workbook.replace("</definedNames>", f"{listed}</definedNames>")
