"""How each unit stands, as the report's picture: shaded cells, sharp on any printer.

Marks and shades are those of the workbook's first page; shape and shade say the same, so
that it reads in black and white.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tdkt_batch.figures.progress import standings
from tdkt_batch.figures.progress_words import MARKS, by_tile_place, in_order_of_marks, tile_label
from tdkt_batch.letters.docx_paper import TEXT_WIDTH, Paper
from tdkt_batch.letters.docx_tiles import Tile, legend_xml, tiles_xml
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure, one_line
from tdkt_batch.report import ConferenceState
from tdkt_batch.sheets.styles import PARTS
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.figures import STANDINGS

_TILES = 26
"""How many marks stand in one row."""
_LABEL = 54.0
"""How wide a place's name is, in millimetres."""
_MOST_ROWS = 24
_ACROSS = 3
"""How many columns the legend has."""


def tiles(paper: Paper, out: Outgoing) -> None:
    """Draw a mark for each unit by place, and below them what the marks mean."""
    standing = standings(out.figures, out.report)
    if not standing:
        return
    paper.caption(say.TILES_CAPTION)
    places = [
        place
        for level in out.campaign.levels
        for place in by_tile_place(out.figures, out.report, level).items()
    ]
    rows: list[tuple[str, Sequence[Tile]]] = []
    for name, units in places:
        if len(rows) + -(-len(units) // _TILES) > _MOST_ROWS:
            rows.append((say.MORE_TILES.format(place=name), ()))
            break
        states = [standing[unit.code] for unit in in_order_of_marks(units, standing)]
        label = tile_label(one_line(name), states)
        for start in range(0, len(states), _TILES):
            marks = [_tile(how) for how in states[start : start + _TILES]]
            rows.append(("" if start else label, marks))
    side = (TEXT_WIDTH - _LABEL) / _TILES
    paper.drawn(tiles_xml(rows, label=_LABEL, side=side, most=_TILES))
    paper.drawn(_legend(standing))


def _tile(how: ConferenceState) -> Tile:
    return Tile(MARKS[how], str(PARTS[f"tile_{how}"].get("bg_color", "#FFFFFF")).lstrip("#"))


def _legend(standing: Mapping[str, ConferenceState]) -> str:
    numbers = Counter(standing.values())
    shown = [
        (_tile(how), say.TILE_LEGEND.format(standing=STANDINGS[how], number=figure(numbers[how])))
        for how in ConferenceState
        if numbers[how]
    ]
    rows = [shown[start : start + _ACROSS] for start in range(0, len(shown), _ACROSS)]
    return legend_xml(rows, width=TEXT_WIDTH, across=_ACROSS)
