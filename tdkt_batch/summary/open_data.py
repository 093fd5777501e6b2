"""The figures once more for programs: a row a figure and unit, and what each figure is.

Both files are CSV as Excel in Việt Nam opens it; heads and ids are words without marks, which
no program stumbles over. The long shape keeps apart what a wide one would blur: a unit that a
figure does not concern has no row, one that did not say has a row without a value, and what is
set apart stands in a column that nobody adds up by mistake. A campaign's own figures need no
other columns. The values of a figure add up to its total in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Basis, Counted, Figure, Period
from tdkt_batch.figures.amounts import Amount
from tdkt_batch.figures.month_figures import FigureAmounts, MonthFigures
from tdkt_batch.figures.unit_lines import group_of
from tdkt_batch.model import Month, Unit
from tdkt_batch.sheets.cells import Cell
from tdkt_batch.sheets.columns import SheetColumn, SheetColumns
from tdkt_batch.sheets.overflow_files import csv_of
from tdkt_batch.wording import summary as say

Record = dict[str, Cell]


def _columns(*ids: str) -> SheetColumns:
    return SheetColumns(SheetColumn(id_, id_, 0) for id_ in ids)


VALUES = _columns(
    "ky", "ma_don_vi", "don_vi", "loai", "truc_thuoc", "nhom", "chi_tieu", "ten_chi_tieu",
    "don_vi_tinh", "gia_tri", "tinh_trang", "so_chua_cong",
)  # fmt: skip
FIGURES = _columns(
    "chi_tieu", "ten_chi_tieu", "ten_gon", "muc", "don_vi_tinh", "cong", "khi", "can_cu",
    "ke_hoach_thuc_hien", "ky", "cong_don", "gom", "ty_le_tren", "tong", "so_don_vi_co_so",
    "so_don_vi_chua_ro", "so_chua_cong",
)  # fmt: skip


def open_data(figures: MonthFigures, month: Month) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Return the file of the values and that of what each figure is, each line by line."""
    values = (one for id_ in figures.by_id for one in _values(figures, month, id_))
    what = (_figure(figures, one) for one in figures.by_id.values())
    return csv_of(VALUES, values), csv_of(FIGURES, what)


def _values(figures: MonthFigures, month: Month, id_: str) -> Iterator[Record]:
    """Yield the rows of a figure in the register's order; of one that counts files a single one."""
    amounts, campaign = figures.by_id[id_], figures.campaign
    own: Record = {
        "ky": str(month),
        "chi_tieu": id_,
        "ten_chi_tieu": amounts.figure.label,
        "don_vi_tinh": amounts.figure.measure,
    }
    if amounts.figure.counted is Counted.FILES:
        yield {**own, "gia_tri": amounts.files, "tinh_trang": say.HAS_VALUE}
        return
    for code in dict.fromkeys((*amounts.by_unit, *amounts.apart)):
        one = amounts.by_unit.get(code, Amount(counts=None))
        if one.counts is False and code not in amounts.apart:
            continue
        yield {
            **own,
            **_of_unit(campaign, campaign.unit_by_code.get(code), code),
            "gia_tri": one.value if one.counts else None,
            "tinh_trang": _state(amounts, code, one),
            "so_chua_cong": amounts.apart.get(code),
        }


def _of_unit(campaign: Campaign, unit: Unit | None, code: str) -> Mapping[str, Cell]:
    if unit is None:
        return {"ma_don_vi": code}
    return {
        "ma_don_vi": code,
        "don_vi": unit.name,
        "loai": unit.kind,
        "truc_thuoc": unit.superior,
        "nhom": group_of(campaign, unit.kind),
    }


def _state(amounts: FigureAmounts, code: str, one: Amount) -> str:
    """Return whether a unit's value is there, set apart, not given, or not known to count."""
    if code in amounts.apart:
        return say.SET_APART
    if one.counts is None:
        return say.NOT_CLEAR
    return say.HAS_VALUE if one.value is not None else say.NO_VALUE


_BASES: Mapping[Basis, str] = {
    Basis.PLAN: say.BASIS_PLAN, Basis.RESULT: say.BASIS_RESULT, Basis.NEITHER: "",
}  # fmt: skip


def _figure(figures: MonthFigures, amounts: FigureAmounts) -> Record:
    figure: Figure = amounts.figure
    total = amounts.total()
    return {
        "chi_tieu": figure.id,
        "ten_chi_tieu": figure.label,
        "ten_gon": figure.short,
        "muc": figures.campaign.figures.section(figure.section).title,
        "don_vi_tinh": figure.measure,
        "cong": figure.written.get("of") or ", ".join((str(figure.counted), *figure.chosen)),
        "khi": figure.written.get("when", ""),
        "can_cu": ", ".join(figure.rules),
        "ke_hoach_thuc_hien": _BASES[figure.basis],
        "ky": say.TO_DATE if figure.period is Period.TO_DATE else say.IN_MONTH,
        "cong_don": say.YES if figure.accumulates else "",
        "gom": ", ".join(figure.parts),
        "ty_le_tren": figure.share.of if figure.share else "",
        "tong": total.value,
        "so_don_vi_co_so": total.given,
        "so_don_vi_chua_ro": total.unknown,
        "so_chua_cong": total.apart,
    }
