"""The filled rows of one table of a form, each with the raw cells of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as with_default
from functools import cached_property, partial, reduce
from operator import itemgetter

from tdkt_batch.campaign.form import Field, FieldKind, Table
from tdkt_batch.forms.as_typed import quoted_raw
from tdkt_batch.forms.layout import Place, TablePlace
from tdkt_batch.forms_read.find_cells import TableSpot
from tdkt_batch.forms_read.left_over import words_beside
from tdkt_batch.forms_read.raw_cells import JOINED, TICKED, CellReader, RawCell, RawRow
from tdkt_batch.forms_read.repair import mark_word
from tdkt_batch.values import Fault, Found, is_blank_cell
from tdkt_batch.vietnamese.folding import fold_choice
from tdkt_batch.wording import forms_read as say
from tdkt_batch.workbooks.cells import Position


@dataclass(kw_only=True)
class TableReader:
    """Gathers the rows of one table from where it was found down to the row ``last``.

    ``laid_out`` is where the form has it; ``faults`` are what is said of it; so many
    rows stand ``before`` those, above its heads.
    """

    reader: CellReader
    table: Table
    spot: TableSpot
    laid_out: TablePlace
    last: int
    faults: list[Fault] = with_default(default_factory=list)
    before: int = 0

    def rows(self) -> tuple[RawRow, ...]:
        """Return the rows in which anything stands, words beside them included."""
        rows: list[RawRow] = []
        parts = self.spot.parts
        lasts = [*(below.place.head_row - 1 for below in parts[1:]), self.last]
        for part, last in zip(parts, lasts, strict=True):
            before = rows[-1].number if rows else 0
            rows += replace(self, spot=part, last=last, before=before).own_rows()
        if surplus := [row for row in rows if row.number > self.table.capacity]:
            first = Place("", surplus[0].line - 1, min(self.spot.place.columns.values()))
            numbers = {"rows": str(len(surplus)), "capacity": str(self.table.capacity)}
            self._say("DL16", self.table.id, first.address, table=self.table.title, **numbers)
        return tuple(rows)

    def own_rows(self) -> Iterator[RawRow]:
        """Yield those below the heads of one part of the table."""
        place, columns, cells = self.spot.place, self.spot.columns, self.reader.cells
        for row in range(place.first_row, self.last + 1):
            beside = words_beside(cells, row, min(columns) - 1)
            if beside or not (
                cells.is_bare(row, columns) or all(self._is_blank(row, at) for at in columns)
            ):
                yield self._row(row, beside)

    def _is_blank(self, row: int, at: int) -> bool:
        """Tell whether nothing stands in a cell; where the form itself fills in names, 0 is none.

        In the format of before 2007 LibreOffice saves a formula that names nobody as 0.
        """
        raw = self.reader.cells.raw(row, at)
        return is_blank_cell(raw) or (
            at == self._filled_in and type(raw) in (int, float) and raw == 0
        )

    @cached_property
    def _filled_in(self) -> int | None:
        """The sheet column of names that the form itself fills in."""
        columns, first = self.spot.place.columns, self.table.columns[0].id
        return columns.get(first) if self.table.prefill else None

    def _say(self, code: str, field: str, cell: str, **details: str) -> None:
        self.faults.append(Fault(code, field, self.reader.cells.title, cell, details))

    @cached_property
    def _twins(self) -> Mapping[str, int]:
        """Return by column the one beside it that stands under the same head, and say so.

        Such a column has no head of its own, and texts in most rows: family and given
        names are written so.
        """
        twins: dict[str, int] = {}
        place, columns, cells = self.spot.place, self.spot.columns, self.reader.cells
        for column in self.table.columns:
            at = place.columns.get(column.id, -1)
            is_within = at + 1 < max(columns) and at + 1 not in columns
            if at < 0 or column.kind is not FieldKind.TEXT or not is_within:
                continue
            rows = [
                row
                for row in range(place.first_row, self.last + 1)
                if not is_blank_cell(cells.raw(row, at))
            ]
            both = [row for row in rows if cells.text(row, at + 1).strip()]
            is_headed = not is_blank_cell(cells.raw(place.head_row, at + 1))
            if both and 2 * len(both) > len(rows) and not is_headed:
                twins[column.id] = at + 1
                self._say_joined(column, both, at, at + 1)
        return twins

    @cached_property
    def _further(self) -> Mapping[str, Sequence[int]]:
        """Return by column of texts the others that stand under a head of it, and say so."""
        place, cells = self.spot.place, self.reader.cells
        for column in self.table.columns:
            at = place.columns.get(column.id, -1)
            for other in self.spot.further.get(column.id, ()):
                both = [
                    row
                    for row in range(place.first_row, self.last + 1)
                    if not any(is_blank_cell(cells.raw(row, one)) for one in (at, other))
                ]
                if both:
                    self._say_joined(column, both, at, other)
        return self.spot.further

    def _say_joined(self, column: Field, rows: Sequence[int], at: int, other: int) -> None:
        first, second = (Place("", rows[0], one).address for one in sorted((at, other)))
        said = {"label": column.label, "other": second, "number": str(len(rows))}
        self._say("DL46", f"{self.table.id}.{column.id}", first, **said)

    @cached_property
    def _spread(self) -> Mapping[str, Sequence[int]]:
        """The sheet columns of one that stands under the values of another: Năm sinh, Nam | Nữ."""
        return {one.owner: sorted(one.value_by_column) for one in self.spot.ticked.values()}

    def _row(self, row: int, beside: str) -> RawRow:
        number = row - self.spot.place.first_row + self.before + 1
        cells = {c.id: self._cell(c, f"{self.table.id}.{c.id}", row) for c in self.table.columns}
        return RawRow(number, cells, row + 1, beside)

    def _cell(self, column: Field, id_: str, row: int) -> RawCell:
        if column.id in self.spot.ticked:
            return self._ticked(column, id_, row)
        if column.id in self._spread:
            parts = [self._take(column, id_, (row, at)) for at in self._spread[column.id]]
            return _only_one([part for part in parts if not part.is_blank] or parts[:1])
        if column.id not in self.spot.place.columns:
            return RawCell(field=column, id=id_, sheet=self.reader.cells.title)
        at = (row, self.spot.place.columns[column.id])
        cell = self._take(column, id_, at)
        if column.id in self._twins:
            twin = self._take(column, id_, (row, self._twins[column.id]))
            cell = _side_by_side(cell, twin, " ")
        if others := self._further.get(column.id, ()):
            taken = [(other, self._take(column, id_, (row, other))) for other in others]
            parts = [part for _, part in sorted([(at[1], cell), *taken], key=itemgetter(0))]
            cell = reduce(partial(_side_by_side, between=", "), parts)
        return self._joined_above(cell, at) if cell.is_blank else cell

    def _take(self, column: Field, id_: str, at: Position) -> RawCell:
        found, laid_out = self.spot.found, ""
        if found is not Found.POSITION:
            number = at[0] - self.spot.place.first_row + self.before
            laid_out = self.laid_out.cell(number, column.id).address
        return self.reader.take(column, id_, at, found, laid_out)

    def _joined_above(self, cell: RawCell, at: Position) -> RawCell:
        """Return a blank cell, meaning what the first does of those it is joined to downwards."""
        sheet, first = self.reader.cells, self.reader.first_of_joined.get(at)
        if first is None:
            return cell
        if first in sheet.broken:
            return replace(cell, broken=sheet.broken[first], raw=sheet.raw(*first))
        raw = sheet.struck.get(first, sheet.raw(*first))
        return cell if raw is None else replace(cell, meant=raw, habit=JOINED)

    def _ticked(self, column: Field, id_: str, row: int) -> RawCell:
        """Return the cell of the value that is marked, or under which another's value stands."""
        ticked = self.spot.ticked[column.id]
        cells: list[RawCell] = []
        marked: list[RawCell] = []
        for at, value in sorted(ticked.value_by_column.items()):
            cell = self._take(column, id_, (row, at))
            if ticked.owner:  # whose value it is
                self.reader.read_at.pop()
            cells.append(cell)
            word = "" if is_blank_cell(cell.means) else mark_word(cell.means)
            if word in say.NOT_TICKED and not ticked.owner:
                continue
            values = [fold_choice(one) for one in ticked.value_by_column.values()]
            if word in values and word != fold_choice(value):  # its head says otherwise
                contradicted = {"one": quoted_raw(cell.raw), "other": say.IN_HEAD.format(value)}
                fault = Fault("DL19", id_, cell.sheet, cell.address, contradicted)
                cell = replace(cell, fault=fault)
            is_mark = bool(ticked.owner) or word in (*say.YES, fold_choice(value))
            if word or cell.broken:
                marked.append(replace(cell, meant=value, habit=TICKED) if is_mark else cell)
        return _only_one(marked) if marked else replace(cells[0], meant=None, habit=TICKED)


def _only_one(cells: Sequence[RawCell]) -> RawCell:
    """Return the one cell that is filled, with a fault where it is not the only one."""
    first, *others = cells
    if not others:
        return first
    one, other = (say.IN_CELL.format(quoted_raw(x.means), x.address) for x in cells[:2])
    said = {"one": one, "other": other}
    return replace(first, fault=Fault("DL19", first.id, first.sheet, first.address, said))


def _side_by_side(cell: RawCell, twin: RawCell, between: str) -> RawCell:
    """Return the cell of a text written in two, meaning what is left of both."""
    if cell.is_blank or twin.is_blank:
        return twin if cell.is_blank else cell
    left = [str(one.means) for one in (cell, twin) if not is_blank_cell(one.means)]
    return replace(
        cell,
        raw=f"{cell.raw}{between}{twin.raw}",
        broken=cell.broken or twin.broken,
        meant=between.join(left),
        habit=cell.habit or twin.habit,
    )
