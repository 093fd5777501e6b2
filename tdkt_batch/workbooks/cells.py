"""A sheet's cells as every reader hands them over, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from typing import Protocol

from tdkt_batch.values import Raw, is_blank_cell

Position = tuple[int, int]
"""Row and column, counted from 0."""
NamedCells = Mapping[str, tuple[str, Position]]
"""Defined names: of each the title of the sheet and the cell to which it refers."""
NO_NAMES: NamedCells = {}
"""Of formats and readers that do not tell."""
Box = tuple[int, int, int, int]
"""First row and column, last row and column, counted from 0: cells that are joined to one."""

HIGHEST, WIDEST = 1_048_576, 16_384
"""The rows and columns of the largest sheet that there is."""
MAXIMUM_CELLS = 2_000_000
"""How many cells the box around a sheet's filled cells may hold to be kept whole."""
LAST_ROW, LAST_COLUMN = 5_000, 256
"""How much is kept of a larger one: some times more than any form with its free rows."""
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")
"""A character that XML cannot hold, as .xlsx writes it; programs copy that into other formats."""
MOST_MERGED = 20_000
"""How many joined areas of a sheet are kept."""


class BytesMissingError(Exception):
    """Part of the file is not there, so that no program can read all of it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value.

    It holds an ``error``, a formula without result (``uncached``), or what two readers
    see otherwise (``contested``).
    """

    problem: str
    text: str


ERROR_TEXTS = frozenset((
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!",
    "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#PYTHON!",
))  # fmt: skip
"""What spreadsheet programs show in a cell that failed."""
ERROR_BY_CODE: Mapping[int, str] = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""What the binary formats keep of it."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """The filled cells of a sheet too far away to be kept: their number, and the leftmost."""

    number: int
    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet's cells from A1 on; rows and columns count from 0.

    ``merged`` are the areas joined to one cell, whose value stands in the first.
    ``struck`` are the cells of which some is struck out, as text without that; ``fonts`` are
    the fonts of before Unicode (.Vn…, VNI-…) of text cells. .xlsx and OpenDocument tell
    both, a web page what is struck out, other formats neither. ``beyond`` says what is
    filled and not kept. ``doubt`` is what the reader met and does not fully understand,
    as long as no other has looked at the sheet; where one has, ``contested`` is what it
    sees otherwise. ``since_1904`` says from when its workbook counts days, as far as the
    formats of Excel say so.
    """

    title: str
    rows: Sequence[Sequence[Raw]]
    broken: Mapping[Position, Broken]
    merged: tuple[Box, ...] = ()
    struck: Mapping[Position, str] = field(default_factory=dict)
    fonts: Mapping[Position, str] = field(default_factory=dict)
    beyond: Beyond | None = None
    doubt: str = ""
    since_1904: bool = False
    contested: Mapping[Position, Raw] = field(default_factory=dict)

    def raw(self, row: int, column: int) -> Raw:
        """Return what the cell holds; the error or formula that stands in a broken one."""
        if (row, column) in self.broken:
            return self.broken[row, column].text
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int) -> str:
        """Return the cell as text, empty when it holds none."""
        raw = self.raw(row, column)
        return raw if isinstance(raw, str) else ""

    def number_of_texts(self, row: int) -> int:
        """Return in how many cells of a row a text stands at most: a broken one may be one."""
        raws = self.rows[row] if row < len(self.rows) else ()
        return len(raws) if self.broken else sum(isinstance(raw, str) and raw != "" for raw in raws)

    def is_bare(self, row: int, columns: Iterable[int]) -> bool:
        """Whether it is plain that nothing stands in these cells of a row: no blanks either."""
        raws = self.rows[row] if row < len(self.rows) else ()
        width = len(raws)
        return not self.broken and all(at >= width or raws[at] in {None, ""} for at in columns)

    def within(self, box: Box, title: str) -> SheetCells:
        """Return the cells of a part of the sheet, each in its place, as a sheet of its own."""
        top, left, bottom, right = box

        def is_inside(at: Position) -> bool:
            return top <= at[0] <= bottom and left <= at[1] <= right

        inside = FilledCells(since_1904=self.since_1904)
        for row, raws in enumerate(self.rows[: bottom + 1]):
            for column, raw in enumerate(raws[: right + 1] if row >= top else ()):
                if column >= left:
                    at = row, column
                    font, unstruck = self.fonts.get(at, ""), self.struck.get(at)
                    inside.put(row, column, raw, font=font, unstruck=unstruck)
        for at, broken in self.broken.items():
            if is_inside(at):
                inside.put(*at, broken)
        for area in self.merged:
            if is_inside(area[:2]):
                inside.merge(area)
        return inside.sheet(title)

    @property
    def height(self) -> int:
        """The number of rows down to the last that holds anything."""
        last_broken = max((row for row, _ in self.broken), default=-1)
        return max(len(self.rows), last_broken + 1)


class Book(Protocol):
    """A workbook as a reader gives it, of whatever format."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets that hold cells, in order."""

    @property
    def named_cells(self) -> NamedCells:
        """The cells to which defined names refer; of a range the first."""

    def sheet(self, title: str) -> SheetCells:
        """Return the sheet with one of the ``titles``."""


class WholeBook:
    """A workbook whose sheets are all read when it is opened, as formats of one stream are."""

    def __init__(
        self, sheets: Mapping[str, FilledCells], named_cells: NamedCells | None = None
    ) -> None:
        self._sheets = {title: cells.sheet(title) for title, cells in sheets.items()}
        self.named_cells: NamedCells = named_cells or NO_NAMES

    @property
    def titles(self) -> tuple[str, ...]:
        """The sheets' titles, in order."""
        return tuple(self._sheets)

    def sheet(self, title: str) -> SheetCells:
        """Return the sheet with one of the ``titles``."""
        return self._sheets[title]


class FilledCells:
    """The filled cells of a sheet while it is read, in any order; of two in one place the last.

    What its reader does not fully understand is a ``doubt``; so are two in one place.
    """

    def __init__(self, *, since_1904: bool = False) -> None:
        self.doubt = ""
        self.since_1904 = since_1904
        self._cells: dict[Position, Raw] = {}
        self._broken: dict[Position, Broken] = {}
        self._struck: dict[Position, str] = {}
        self._fonts: dict[Position, str] = {}
        self._is_full = False
        self._beyond: Beyond | None = None
        self._merged: list[Box] = []

    def put(
        self,
        row: int,
        column: int,
        content: Raw | Broken,
        *,
        font: str = "",
        unstruck: str | None = None,
    ) -> None:
        """Note what a cell holds; ``unstruck`` is its text without what is struck out.

        ``font`` is given when it is one of before Unicode. A whole number is an integer;
        an empty text is none; what is no number and an error as text are broken. Raises
        ``ValueError`` where no sheet reaches.
        """
        if not (0 <= row < HIGHEST and 0 <= column < WIDEST):
            raise ValueError(f"no sheet reaches to {cell_name(row, column)}")
        if len(self._cells) > MAXIMUM_CELLS:
            self._keep_near()
        place = row, column
        if self._is_full and not _is_near(place):
            self.leave(place, content)
            return
        if isinstance(content, float):
            if not isfinite(content):
                content = Broken("error", str(content))
            elif content.is_integer():
                content = int(content)
        elif isinstance(content, str):
            if "_x00" in content:
                content = _CONTROL.sub(lambda code: chr(int(code[1], 16)), content)
            if content in ERROR_TEXTS:
                content = Broken("error", content)
            elif font:
                self._fonts[place] = font
        if isinstance(content, Broken):
            self._cells[place] = None
            self._broken[place] = content
        elif content is not None and content != "":
            if place in self._cells:
                self.doubt = f"two cells at {cell_name(row, column)}"
            self._cells[place] = content
            self._broken.pop(place, None)
            if unstruck is not None:
                self._struck[place] = unstruck

    def leave(self, place: Position, content: Raw | Broken, times: int = 1) -> None:
        """Note a filled cell that is not kept, and how often it stands from there on."""
        text = content.text if isinstance(content, Broken) else str(content)
        if content is None or is_blank_cell(text):
            return
        row, column = place
        known, number = self._beyond, times + (self._beyond.number if self._beyond else 0)
        if known and (known.column, known.row) <= (column, row):
            row, column, text = known.row, known.column, known.text
        self._beyond = Beyond(number, row, column, text)

    def merge(self, box: Box) -> None:
        """Note an area joined to one cell; of very many the first."""
        if len(self._merged) < MOST_MERGED:
            self._merged.append(box)

    def sheet(self, title: str) -> SheetCells:
        """Return the sheet; of one whose cells lie too far apart its upper left part."""
        height, width = self._size()
        if height * width > MAXIMUM_CELLS:
            self._keep_near()
            height, width = self._size()
        rows: list[list[Raw]] = [[None] * width for _ in range(height)]
        for (row, column), content in self._cells.items():
            rows[row][column] = content
        return SheetCells(
            title=title,
            rows=rows,
            broken=self._broken,
            merged=tuple(self._merged),
            struck=self._struck,
            fonts=self._fonts,
            beyond=self._beyond,
            doubt=self.doubt,
            since_1904=self.since_1904,
        )

    def _size(self) -> tuple[int, int]:
        height, width = (1 + max((at[n] for at in self._cells), default=-1) for n in (0, 1))
        return height, width

    def _keep_near(self) -> None:
        """Keep the upper left part only, from now on."""
        self._is_full = True
        for place in [place for place in self._cells if not _is_near(place)]:
            content = self._cells.pop(place)
            self.leave(place, self._broken.pop(place, content))


def _is_near(place: Position) -> bool:
    return place[0] < LAST_ROW and place[1] < LAST_COLUMN


def position_of(letters: str, number: str) -> Position:
    """Return the position of a cell by its column's letters and its row's number.

    >>> position_of("A", "1"), position_of("AB", "12")
    ((0, 0), (11, 27))
    """
    return int(number) - 1, _column(letters)


def cell_of(
    quoted: str | None, plain: str | None, letters: str, number: str
) -> tuple[str, Position]:
    """Return sheet and position of a reference's parts: the title in quotation marks, or plain.

    >>> cell_of("Lai''s", None, "C", "12"), cell_of(None, "DS", "A", "1")
    (("Lai's", (11, 2)), ('DS', (0, 0)))
    """
    title = quoted.replace("''", "'") if quoted else plain or ""
    return title, position_of(letters, number)


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


@cache
def cell_name(row: int, column: int) -> str:
    """Return a cell as a spreadsheet writes it, however far away it lies.

    >>> cell_name(0, 0), cell_name(11, 27), cell_name(4, 16384)
    ('A1', 'AB12', 'XFE5')
    """
    letters, number = "", column + 1
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
