"""What to do about a value that a rule lacks: write it, write it anew, and in which cell."""

from __future__ import annotations

from tdkt_batch.campaign.definition import FACTS, Field, FieldKind
from tdkt_batch.forms_write.cells import literal
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import Computed

_AGAIN = {
    FieldKind.COUNT: "chưa đúng dạng số: xóa và ghi lại số nguyên",
    FieldKind.DATE: "chưa đúng dạng ngày: xóa và ghi lại, ví dụ 20/3/2015",
    FieldKind.MONTH: "chưa đúng dạng tháng: xóa và ghi lại, ví dụ 1/3/2015",
    FieldKind.CHOICE: "chưa đúng: chọn lại trong danh sách",
    FieldKind.MARK: "chỉ nhận chữ x: xóa và ghi lại",
    FieldKind.TEXT: "chưa đúng dạng chữ: xóa và ghi lại",
    FieldKind.NOTE: "chưa đúng dạng chữ: xóa và ghi lại",
}


class Demands:
    """Says of each value what is to be done while it is missing."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self.filled = formulas.filled

    def of(self, id_: str) -> Computed:
        """Return what to do about a field, a register fact or a table's column.

        A cell that holds something is not to be filled but to be written anew.
        """
        if id_ in FACTS:
            return _constant(self.unit_again())
        if id_ not in self.filled.layout.cells:
            return _constant(self._column(id_))
        field = self.filled.form.field(id_)
        first, again = self.first(field), self._again(field)
        formula = f"IF({self.formulas.inputs.filled_cell(id_)}=0,{literal(first)},{literal(again)})"
        return Computed(formula, first if self.filled.values[id_].is_blank else again)

    def first(self, field: Field) -> str:
        """Return what to do about an empty cell."""
        verb = "Chọn" if self._is_chosen(field) else "Ghi"
        return f"{verb} “{field.label}” (ô {self._cell(field.id)})"

    def unit_again(self) -> str:
        """Return what to do when the unit is not known."""
        field = self.filled.form.field(self.filled.campaign.roles.unit)
        return f"Chọn lại “{field.label}” (ô {self._cell(field.id)}) trong danh sách"

    def _again(self, field: Field) -> str:
        if field.id == self.filled.campaign.roles.unit:
            return self.unit_again()
        return f"Ô {self._cell(field.id)} {_AGAIN[field.kind]}"

    def _is_chosen(self, field: Field) -> bool:
        return field.kind is FieldKind.CHOICE or field.id == self.filled.campaign.roles.unit

    def _cell(self, id_: str) -> str:
        return self.filled.layout.cells[id_].address

    def _column(self, id_: str) -> str:
        label = self.filled.form.label(id_)
        place = self.filled.layout.tables.get(id_.partition(".")[0])
        return f"Ghi đủ cột “{label}” của trang “{place.sheet}”" if place else f"Ghi “{label}”"


def _constant(text: str) -> Computed:
    return Computed(literal(text), text)
