"""What makes a page an official form: its head, its check figure and signatures, its status."""

from __future__ import annotations

from datetime import date

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Form
from tdkt_batch.forms.check_figure import MODULUS, check_figure
from tdkt_batch.forms.layout import (
    ACTUAL,
    HINT,
    LABEL,
    NUMBER,
    PLANNED,
    STATUS_ROW_OF_PAGE,
    meta_place,
)
from tdkt_batch.forms_write import cells
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.book import Writing
from tdkt_batch.forms_write.cells import literal
from tdkt_batch.forms_write.helper_cells import Computed, outside
from tdkt_batch.forms_write.styles import merge

HEAD = "THỦ TRƯỞNG ĐƠN VỊ"
DOTS = "……………"
MEASURE = "Đơn vị tính: người (trừ dòng có ghi khác)"
FIGURE_HINT = "Máy tự tính: bản giấy ký, đóng dấu và tệp gửi đi phải cùng một mã"


def write_head(writing: Writing, sheet: Worksheet) -> None:
    """Write the rows above a page's column heads."""
    form, document = writing.filled.form, writing.filled.campaign.document
    style = writing.styles.get
    issued = f"(Ban hành kèm theo {document.citation})"
    merge(sheet, (0, 0, 0, 1), writing.parent_name(), style("organ"))
    merge(sheet, (1, 0, 1, 1), writing.unit_name(), style("organ_bold"))
    merge(sheet, (0, 2, 0, 4), form.number, style("centre_bold"))
    merge(sheet, (1, 2, 1, 4), issued, style("centre_italic", font_size=11))
    number = _text_of(writing, "document_number", "Số: ", "……………")
    merge(sheet, (2, 0, 2, 1), number, style("centre"))
    merge(sheet, (2, 2, 2, 4), _document_date(writing), style("centre_italic"))
    merge(sheet, (3, 0, 3, 4), form.title, style("title"))
    merge(sheet, (4, 0, 4, 4), writing.month_line(), style("centre_bold"))
    write_status(writing, sheet, STATUS_ROW_OF_PAGE, 4)
    merge(sheet, (6, 0, 6, 4), MEASURE, style("right"))
    for row, height in ((3, 30), (STATUS_ROW_OF_PAGE, 30)):
        sheet.set_row(row, height)


def _text_of(writing: Writing, role: str, before: str, dots: str) -> Computed:
    """Return the text of the field that plays ``role``; dots while it is missing."""
    id_ = writing.filled.campaign.roles.figures.get(role, "")
    if id_ not in writing.filled.layout.cells:
        return Computed(literal(before + dots), before + dots)
    place, value = writing.filled.layout.cells[id_], writing.filled.values[id_]
    known = _value_cell(writing, id_)
    formula = f'IF({known}="",{literal(dots)},{cells.shown_text(place.reference)})'
    shown = dots if value.typed is None else str(value.typed)
    if not before:
        return Computed(formula, shown)
    return Computed(f"{literal(before)}&{formula}", before + shown)


def _document_date(writing: Writing) -> Computed:
    campaign = writing.filled.campaign
    place, dots = _place(writing), "ngày …… tháng …… năm ………"
    before = f"{place.value}, "
    id_ = campaign.roles.figures.get("document_date", "")
    if id_ not in writing.filled.layout.cells:
        return Computed(f"{place.formula}&{literal(f', {dots}')}", before + dots)
    cell, day = _value_cell(writing, id_), writing.filled.values[id_].typed
    written = f'"ngày "&DAY({cell})&" tháng "&MONTH({cell})&" năm "&YEAR({cell})'
    shown = dots
    if isinstance(day, date):
        shown = f"ngày {day.day} tháng {day.month} năm {day.year}"
    formula = f'{place.formula}&", "&IF({cell}="",{literal(dots)},{written})'
    return Computed(formula, before + shown)


def _place(writing: Writing) -> Computed:
    """Return where the report is signed: the commune's or district's name without its kind."""
    filled, province = writing.filled, writing.filled.campaign.board.place
    name, kind = (meta_place(key).reference for key in ("unit_name", "unit_kind"))
    local = ",".join(f'{kind}="{one}"' for one in filled.form.kinds_in_small)
    begins = f"EXACT(LOWER(LEFT({name},LEN({kind}))),{kind})"
    own = f"IF(AND(OR({local}),{begins}),MID({name},LEN({kind})+2,99),{literal(province)})"
    formula, unit = f'IF({name}="",{literal(DOTS)},{own})', filled.chosen
    if unit is None:
        return Computed(formula, DOTS)
    is_local = unit.kind in filled.form.kinds_in_small
    if is_local and unit.name.lower().startswith(unit.kind):
        return Computed(formula, unit.name[len(unit.kind) + 1 :])
    return Computed(formula, province)


def _value_cell(writing: Writing, id_: str) -> str:
    return outside(work.reference(writing.formulas.inputs.rows[id_], work.Column.VALUE))


# --- foot -----------------------------------------------------------------------------------


def write_foot(writing: Writing, sheet: Worksheet) -> int:
    """Write check figure and signatures; return the last row."""
    place, style = writing.filled.layout.check_figure, writing.styles.get
    sheet.write_string(place.row, NUMBER, "", style("number"))
    sheet.write_string(place.row, LABEL, "Mã đối chiếu", style("label", bold=True, indent=1))
    merge(sheet, (place.row, PLANNED, place.row, ACTUAL), _figure(writing), style("figure"))
    sheet.write_string(place.row, HINT, FIGURE_HINT, style("hint"))
    sheet.set_row(place.row, 30)
    row = writing.filled.layout.signature_row + 1
    preparer = writing.filled.campaign.board.preparer_title
    signatures = (
        (0, preparer, HEAD, "centre_bold"),
        (1, "(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)", "centre_italic"),
        (
            5,
            _text_of(writing, "preparer", "", ""),
            _text_of(writing, "head", "", ""),
            "centre_bold",
        ),
    )
    for offset, left, right, name in signatures:
        merge(sheet, (row + offset, NUMBER, row + offset, LABEL), left, style(name))
        merge(sheet, (row + offset, PLANNED, row + offset, HINT), right, style(name))
    return row + 5


def _figure(writing: Writing) -> Computed:
    filled = writing.filled
    last = last_figure_row(filled.form)
    ranges = [
        f"{outside(work.reference(0, column))}:{work.reference(last, column)}"
        for column in (work.Column.FIGURE, work.Column.WEIGHT)
    ]
    formula = rf'TEXT(MOD(SUMPRODUCT({",".join(ranges)}),{MODULUS}),"000\-000")'
    return Computed(formula, check_figure(filled.form, filled.values, filled.tables))


def last_figure_row(form: Form) -> int:
    """Return the last helper row that counts in the check figure: fields, then columns."""
    return len(form.fields) + sum(len(table.columns) for table in form.tables) - 1


# --- status ---------------------------------------------------------------------------------


def write_status(writing: Writing, sheet: Worksheet, row: int, last_column: int) -> None:
    """Write the status line and colour it by its own counts."""
    merge(sheet, (row, 0, row, last_column), writing.status_line(), writing.styles.get("status"))
    colour_status(writing, sheet, row, last_column)


def colour_status(writing: Writing, sheet: Worksheet, row: int, last_column: int) -> None:
    """Colour a status line: red with violations, green with nothing open, else yellow."""
    cell = f"$A${row + 1}"
    nothing = f'LEN({cell})-LEN(SUBSTITUTE({cell}," 0 ",""))=12'
    for criteria, background, font in (
        (f'=ISERROR(SEARCH(": 0 ",{cell}))', "#F8D7DA", "#7A0010"),
        (f"={nothing}", "#E2F0D9", "#1E4620"),
        (f"=NOT({nothing})", "#FFF2CC", "#5C4400"),
    ):
        style = writing.book.add_format({"bg_color": background, "font_color": font})
        rule = {"type": "formula", "criteria": criteria, "format": style, "stop_if_true": True}
        sheet.conditional_format(row, 0, row, last_column, rule)
