"""The rows of a list of units: each cell understood, rows that are none of it told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as with_default

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.forms_read.other_rows import OtherRows
from tdkt_batch.forms_read.raw_cells import RawCell, RawRow
from tdkt_batch.office.columns import ColumnTable
from tdkt_batch.office.typed_cells import (
    AskedCell,
    CellKind,
    NotUnderstoodError,
    TypedCells,
    is_taken_away,
)
from tdkt_batch.values import Raw, Scalar, is_blank_cell
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording import office as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.forms_read import NUMBERED
from tdkt_batch.wording.unit_names import NUMBER_COLUMN
from tdkt_batch.workbooks.cells import Broken

KIND_BY_COLUMN: Mapping[str, CellKind] = {
    "ma": CellKind.CODE,
    "ten": CellKind.TEXT,
    "loai": CellKind.CHOICE,
    "cap": CellKind.CHOICE,
    "truc_thuoc": CellKind.TEXT,
    "tu_ngay": CellKind.DAY,
    "den_ngay": CellKind.DAY,
    "lien_he": CellKind.TEXT,
    "dien_thoai": CellKind.PHONE,
    "thu_dien_tu": CellKind.ADDRESS,
    "phan_bo": CellKind.COUNT,
    "mien_bao_cao": CellKind.MARK,
    "ghi_chu": CellKind.TEXT,
}
"""What each column of a register holds."""
TAKEN_AWAY: Mapping[str, Scalar | None] = {
    "truc_thuoc": None, "tu_ngay": None, "den_ngay": None, "phan_bo": None,
    "lien_he": "", "dien_thoai": "", "thu_dien_tu": "", "ghi_chu": "",
}  # fmt: skip
"""What a unit has where a register says that there is none."""
_NUMBERED = re.compile(NUMBERED, re.DOTALL)
_OUTLINE = re.compile(say.OUTLINE)


@dataclass(slots=True)
class RegisterRow:
    """One row that may be a unit's: what each column holds, and what is wrong with it.

    ``given`` are the understood cells by column; ``faults`` name cell and remedy.
    ``is_heading`` tells that it looks like the heading of the rows below it.
    """

    table: ColumnTable
    where: str
    number: int
    given: dict[str, Scalar | None]
    faults: list[str] = with_default(default_factory=list)
    is_heading: bool = False

    @property
    def name(self) -> str:
        """The name as it was typed, empty without one."""
        return str(self.given.get("ten") or "")

    @property
    def line(self) -> int:
        """The row's number, as a spreadsheet counts."""
        return self.number + 1

    def cell(self, column: str) -> str:
        """Return the name of the cell in a column."""
        return self.table.cell(self.number, column)

    def wrong(self, column: str, problem: str) -> None:
        """Note what is wrong at the cell in a column."""
        about = self.name or str(self.given.get("ma") or "")
        place = {"where": self.where, "cell": self.cell(column), "problem": problem}
        said = say.AT_CELL_ABOUT if about else say.AT_CELL
        self.faults.append(said.format(**place, about=about))


class RegisterRows:
    """Reads the rows of a register's tables."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._typed = TypedCells(campaign)
        kinds = dict.fromkeys(kind for level in campaign.levels for kind in level.unit_kinds)
        names = {level.name: level.name for level in campaign.levels}
        ids = {level.id: level.name for level in campaign.levels}
        self._choices = {
            "loai": ChoiceList("loai", tuple(kinds), {}),
            "cap": ChoiceList("cap", tuple(names), ids),
        }
        self.passed_over: list[tuple[int, str]] = []
        """Rows of the last table that are no unit's, with what stands in them."""
        self.levels_by_kind: list[str] = []
        """Cells of the last table whose level is not one's name."""

    def of(self, table: ColumnTable, where: str) -> Iterator[RegisterRow]:
        """Yield the rows that may be of units, from the top."""
        self.passed_over, self.levels_by_kind = [], []
        others = OtherRows(self._campaign, are_people=False)
        for number, raws in table.rows:
            beside = raws.pop(NUMBER_COLUMN, None)
            if all(map(is_blank_cell, raws.values())):
                continue
            if others.holds(_raw_row(table, number, raws)):
                self.pass_over(number, raws)
                continue
            row = self._row(table, where, number, raws)
            outline = str(beside or "").strip(" .")
            if numbered := _NUMBERED.fullmatch(row.name):
                row.given["ten"], outline = numbered["rest"], numbered["number"] or outline
            if not row.name and "ma" not in row.given:
                if set(row.given) <= {"ghi_chu"} and not row.faults:
                    self.pass_over(number, raws)
                    continue
                row.wrong("ten", say.NO_NAME)
            is_alone = set(row.given) == {"ten"} and len(raws) > 1
            is_outline = _OUTLINE.fullmatch(outline) is not None
            row.is_heading = is_alone and (is_outline or _is_joined(table, number))
            yield row

    def pass_over(self, number: int, raws: Mapping[str, Raw]) -> None:
        """Note a row that is no unit's."""
        text = next((squeeze(str(raw)) for raw in raws.values() if not is_blank_cell(raw)), "")
        self.passed_over.append((number, text))

    def _row(
        self, table: ColumnTable, where: str, number: int, raws: Mapping[str, Raw]
    ) -> RegisterRow:
        row = RegisterRow(table, where, number, {})
        for column in ("ten", *(one for one in raws if one != "ten")):
            raw = raws.get(column)
            at = number, table.places.get(column, -1)
            if broken := table.cells.broken.get(at):
                row.wrong(column, say.BROKEN_CELL.format(text=broken.text))
                continue
            if is_blank_cell(raw):
                continue
            if column in TAKEN_AWAY and is_taken_away(raw):
                row.given[column] = TAKEN_AWAY[column]
                continue
            font = table.cells.fonts.get(at, "")
            asked = AskedCell(
                label=UNIT_COLUMNS[column][1],
                kind=KIND_BY_COLUMN[column],
                choices=self._choices.get(column),
            )
            try:
                value = self._typed.value(asked, raw, font)
            except NotUnderstoodError as error:
                if column == "cap":  # the kind tells the level
                    self.levels_by_kind.append(row.cell(column))
                else:
                    row.wrong(column, str(error))
                continue
            if value is not None:
                row.given[column] = value
        return row


def _raw_row(table: ColumnTable, number: int, raws: Mapping[str, Raw]) -> RawRow:
    """Return a row as the rows of a form's table are looked at."""
    kinds = {CellKind.DAY: FieldKind.DATE, CellKind.COUNT: FieldKind.COUNT}
    cells = {}
    for column in sorted(raws, key=table.places.__getitem__):
        if not is_blank_cell(raws[column]):
            kind = kinds.get(KIND_BY_COLUMN[column], FieldKind.TEXT)
            field = Field(id=column, label=UNIT_COLUMNS[column][1], kind=kind)
            broken: Broken | None = table.cells.broken.get((number, table.places[column]))
            cells[column] = RawCell(
                field=field, id=column, sheet="", raw=raws[column], broken=broken
            )
    return RawRow(number, cells)


def _is_joined(table: ColumnTable, number: int) -> bool:
    """Tell whether the name of a row is joined with cells of other columns of ours."""
    name = table.places["ten"]
    return any(
        top <= number <= bottom and left <= name <= right and right > left
        for top, left, bottom, right in table.cells.merged
    )
