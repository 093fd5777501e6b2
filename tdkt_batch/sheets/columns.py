"""The columns of a table: what stands over them, how wide they are, how their cells look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from tdkt_batch.remembered import remembered
from tdkt_batch.sheets.text_width import lines_needed, text_width

_EDGE = 0.4
_SAFETY, _PADDING = 1.1, 1.2
"""What a column is wider than its text: programs differ, and cells have an edge."""
_BUTTON = 2.4
"""How many digits a filter button takes from a head: LibreOffice breaks words beside it."""
_BUTTON_LINES = 1.4
"""How many lines more a head needs that its buttons, which stand at its foot, cover no word."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table: its id, heads, width in digits and the style of its cells.

    Neighbours with one ``over`` stand below it as their joint head.
    """

    id: str
    head: str
    width: float
    style: str = "text"
    over: str = ""


class SheetColumns(tuple[SheetColumn, ...]):
    """The columns of a table, from the left."""

    __slots__ = ()

    @classmethod
    def headed(
        cls, heads: Mapping[str, str | tuple[str, str]], *columns: tuple[str, float, str]
    ) -> SheetColumns:
        """Return columns of id, width and style; a pair of heads is the joint one and the own."""
        made = []
        for id_, width, style in columns:
            head = heads[id_]
            over, own = ("", head) if isinstance(head, str) else head
            made.append(SheetColumn(id_, own, width, style, over))
        return cls(made)

    def said(self, said: Callable[[str], str]) -> SheetColumns:
        """Return the columns with their heads as ``said`` puts them."""
        return SheetColumns(replace(c, head=said(c.head), over=said(c.over)) for c in self)

    def with_buttons(self, size: float = 11) -> SheetColumns:
        """Return the columns so wide that each word of a head stands beside its filter button.

        A head that stands over both rows has its button below its words.
        """
        return SheetColumns(
            replace(one, width=max(one.width, _word_width(one.head, size) + _BUTTON))
            if one.over
            else one
            for one in self
        )

    @property
    def widths(self) -> list[float]:
        """The widths from the left, in digits."""
        return [column.width for column in self]

    def index_of(self, id_: str) -> int:
        """Return where a column stands, counted from 0; KeyError when there is none."""
        return _indices(self)[id_]


@remembered(256)
def _indices(columns: SheetColumns) -> Mapping[str, int]:
    """Return where each column stands; of two of one name the first."""
    return {column.id: index for index, column in reversed(tuple(enumerate(columns)))}


def _word_width(head: str, size: float) -> float:
    """Return the width that the widest word of a head takes in a cell."""
    widest = max((text_width(word, size=size, bold=True) for word in head.split()), default=0.0)
    return round(widest + 2 * _EDGE, 1)


def head_lines(
    columns: SheetColumns, size: float = 11, *, buttons: bool = False
) -> tuple[float, float]:
    """Return how many lines the upper and the lower row of a head need together.

    With ``buttons`` the words, which stand in the middle, leave the foot free.
    """
    overs: list[int] = []
    for over, group in groupby(columns, key=lambda column: column.over):
        if over:
            overs.append(lines_needed(over, sum(c.width for c in group), size=size, bold=True))
    own = {
        column: lines_needed(column.head, column.width - _EDGE, size=size, bold=True)
        for column in columns
    }
    upper = max(overs, default=1)
    below = max((lines for column, lines in own.items() if column.over), default=1)
    whole = max((lines for column, lines in own.items() if not column.over), default=1)
    room = _BUTTON_LINES if buttons else 0
    return upper, max(below + room, whole + room - upper)


def fitted_width(
    texts: Iterable[str], head: str, *, most: float, size: float = 11, least: float = 4.5
) -> float:
    """Return the width at which the texts stand on one line, within ``least`` and ``most``.

    The head may wrap between its words, never within one.
    """
    longest_word = max(head.split(), key=len, default="")
    needed = [text_width(longest_word, bold=True), *(text_width(t, size=size) for t in texts)]
    return round(min(max(least, max(needed) * _SAFETY + _PADDING), most), 1)
