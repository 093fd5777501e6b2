"""What only a form that goes back has: its first sheet, and comments at its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from typing import Any, NamedTuple

from xlsxwriter.comments import Comments
from xlsxwriter.format import Format
from xlsxwriter.relationships import Relationships
from xlsxwriter.vml import Vml
from xlsxwriter.worksheet import Worksheet

from tdkt_batch.forms.review import CellNote, Point, Points, Reread, Review, Target
from tdkt_batch.forms_write.cell_xml import escaped
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook, NotePlace
from tdkt_batch.forms_write.form_sheet import SLOT, FormWorksheet, Slot
from tdkt_batch.forms_write.input_cells import write_note
from tdkt_batch.forms_write.panel import rules_of
from tdkt_batch.forms_write.review_sheet import PAGE_HEIGHT, ReviewWriter
from tdkt_batch.forms_write.values import Once

_FIRST_SHEET, _WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_OF_SHEET = (
    "name", "index", "worksheet_meta", "constant_memory", "tmpdir", "date_1904",
    "strings_to_numbers", "strings_to_formulas", "strings_to_urls", "nan_inf_to_errors",
    "default_date_format", "default_url_format", "excel2003_style", "remove_timezone",
    "max_url_length", "use_future_functions", "embedded_images", "default_row_height",
    "default_col_width", "max_digit_width", "cell_padding", "max_col_width",
)  # fmt: skip
"""What XlsxWriter's workbook gives each of its sheets."""
_VML = (
    '<Default Extension="vml" '
    'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
)
_COMMENTS = (
    '<Override PartName="/xl/comments{}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
)
_SHAPES = 1024
"""XlsxWriter numbers a sheet's comments in blocks of so many."""


def sample_review(design: FormDesign) -> Review:
    """Return a review with one of everything, longer than a printed page."""
    rules = [rule.id for rule in rules_of(design.form, design.campaign.rules)]
    targets = (Target(design.form.sheets[0].title, "A1"), None)
    points = tuple(
        Point(written="", target=target, explained_at=rule)
        for target in targets
        for rule in (*rules[:1], "")
    )
    least = int(PAGE_HEIGHT // 30)
    return Review(
        headline="",
        until="",
        whose="",
        which="",
        guide="",
        asked=(Points("", points * (1 + least // len(points))),),
        told=(Points("", points),),
        reread=tuple(Reread("", "", "", "", target) for target in targets),
        left_out=("",),
        records=(("", ("",)),),
    )


class ReviewXml(NamedTuple):
    """The first sheet, the cells that it prints, and the row that is repeated on each page."""

    text: str
    printed: str
    repeated: str


class NotedSheet(NamedTuple):
    """A sheet with comments: its number in the book, and theirs."""

    sheet: int
    number: int
    comments: str
    drawing: str


class ReturnParts:
    """Writes what only a form that goes back has, out of the ``form_book`` that was prepared."""

    def __init__(self, form_book: FormBook) -> None:
        sheets: list[FormWorksheet] = form_book.book.worksheets()
        self._places: Mapping[str, NotePlace] = form_book.note_places
        self._sizes = {sheet.name: SheetSizes.of(n, sheet) for n, sheet in enumerate(sheets, 1)}
        given = {name: getattr(sheets[0], name) for name in _OF_SHEET}
        looks = form_book.styles.made()
        self.review = Once(partial(_review_xml, form_book.design, given, looks))
        self.noted = Once(self._noted_sheets)

    def leave_open(
        self, text_of: MutableMapping[str, str], slots_of: MutableMapping[str, Sequence[Slot]]
    ) -> None:
        """Leave open what differs in the members of a package."""
        text_of[_FIRST_SHEET], slots_of[_FIRST_SHEET] = SLOT, (self._first_sheet,)
        for name, sizes in self._sizes.items():
            if any(place[0] == name for place in self._places.values()):
                member = f"xl/worksheets/sheet{sizes.number}.xml"
                text_of[member] = text_of[member].replace("</worksheet>", f"{SLOT}</worksheet>")
                slots_of[member] = (*slots_of[member], partial(self._drawing, sizes.number))
        area = '<definedName name="_xlnm.Print_Area" localSheetId="0">'
        titles = '<definedName name="_xlnm.Print_Titles" localSheetId="0">'
        for head, slot in ((area, self._printed), (titles, self._repeated)):
            pattern = re.compile(f"{re.escape(head)}[^<]*</definedName>")
            text_of[_WORKBOOK] = pattern.sub(SLOT, text_of[_WORKBOOK])
            slots_of[_WORKBOOK] = (*slots_of.get(_WORKBOOK, ()), partial(slot, head))
        text_of[_TYPES] = (
            text_of[_TYPES]
            .replace("<Override", f"{SLOT}<Override", 1)
            .replace(
                '<Override PartName="/xl/sharedStrings',
                f'{SLOT}<Override PartName="/xl/sharedStrings',
            )
        )
        slots_of[_TYPES] = (self._vml_type, self._comment_types)

    # --- slots ----------------------------------------------------------------------------

    def _first_sheet(self, filled: FilledForm) -> str:
        return self.review(filled).text

    def _printed(self, head: str, filled: FilledForm) -> str:
        return f"{head}{escaped(self.review(filled).printed)}</definedName>"

    def _repeated(self, head: str, filled: FilledForm) -> str:
        repeated = self.review(filled).repeated
        return f"{head}{escaped(repeated)}</definedName>" if repeated else ""

    def _vml_type(self, filled: FilledForm) -> str:
        return _VML if self.noted(filled) else ""

    def _comment_types(self, filled: FilledForm) -> str:
        return "".join(_COMMENTS.format(one.number) for one in self.noted(filled))

    def _drawing(self, sheet: int, filled: FilledForm) -> str:
        is_noted = any(one.sheet == sheet for one in self.noted(filled))
        return '<legacyDrawing r:id="rId1"/>' if is_noted else ""

    # --- comments -------------------------------------------------------------------------

    def comment_files(self, filled: FilledForm) -> dict[str, str]:
        """Return the members that a form has for its comments, by their names."""
        files = {}
        for sheet, number, comments, drawing in self.noted(filled):
            relations = Relationships()
            relations._add_document_relationship(  # noqa: SLF001
                "/vmlDrawing", f"../drawings/vmlDrawing{number}.vml"
            )
            relations._add_document_relationship("/comments", f"../comments{number}.xml")  # noqa: SLF001
            files[f"xl/drawings/vmlDrawing{number}.vml"] = drawing
            files[f"xl/comments{number}.xml"] = comments
            files[f"xl/worksheets/_rels/sheet{sheet}.xml.rels"] = _assembled(relations)
        return files

    def _noted_sheets(self, filled: FilledForm) -> list[NotedSheet]:
        """Return the sheets that have comments, in the book's order."""
        notes_of: dict[str, list[tuple[int, int, int, CellNote]]] = {}
        for (id_, number), said in (filled.review.notes if filled.review else {}).items():
            if id_ in self._places:
                of, row, column, last = self._places[id_]
                notes_of.setdefault(of, []).append((row + number, column, last, said))
        noted: list[NotedSheet] = []
        block, shape = 1, _SHAPES
        for name, sizes in self._sizes.items():
            if name not in notes_of:
                continue
            sheet = sizes.sheet(filled)
            for row, column, last, note in notes_of[name]:
                write_note(sheet, row, column, last, note)
            number = len(noted) + 1
            count = sheet._prepare_vml_objects(block, shape, number, number)  # noqa: SLF001
            drawing = _assembled(
                Vml(), sheet.vml_data_id, sheet.vml_shape_id, sheet.comments_list, []
            )
            noted.append(
                NotedSheet(
                    sizes.number, number, _assembled(Comments(), sheet.comments_list), drawing
                )
            )
            block += (_SHAPES + count) // _SHAPES
            shape += _SHAPES * ((_SHAPES + count) // _SHAPES)
        return noted


@dataclass(frozen=True, slots=True)
class SheetSizes:
    """The sizes of a sheet's rows and columns, by which comments stand beside their cells."""

    number: int
    columns: Mapping[int, Any]
    rows: Mapping[int, Sequence[Any]]
    live: FormWorksheet

    @classmethod
    def of(cls, number: int, sheet: FormWorksheet) -> SheetSizes:
        """Return the sizes of a sheet."""
        return cls(number, sheet.col_info, sheet.row_sizes, sheet)

    def sheet(self, filled: FilledForm) -> Worksheet:
        """Return a bare sheet with these sizes."""
        sheet = Worksheet()
        sheet.col_info, sheet.col_size_changed = self.columns, bool(self.columns)
        sheet.row_sizes = {row: list(size) for row, size in self.rows.items()}
        for row, (height, hidden) in self.live.row_sizes_in(filled).items():
            sheet.set_row(row, height, None, {"hidden": hidden})
        return sheet


def _assembled(part: Any, *given: Any) -> str:
    """Return a part of a package as XlsxWriter writes it."""
    written = StringIO()
    part._set_xml_writer(written)  # noqa: SLF001
    part._assemble_xml_file(*given)  # noqa: SLF001
    return written.getvalue()


# --- the first sheet --------------------------------------------------------------------------


class _OwnTexts:
    """Stands for the workbook's table of texts: each cell has its own."""

    @staticmethod
    def _get_shared_string_index(text: str) -> str:
        return text


def _review_xml(
    design: FormDesign,
    given: Mapping[str, Any],
    looks: Mapping[tuple[object, ...], Format],
    filled: FilledForm,
) -> ReviewXml:
    """Return the first sheet of a form that goes back."""

    def style(*parts: str, **more: object) -> Format:
        return looks[(*parts, *more.items())]

    if filled.review is None:
        raise TypeError(filled.review)
    sheet = FormWorksheet()
    sheet._initialize({**given, "str_table": _OwnTexts, "workbook_add_format": None})  # noqa: SLF001
    ReviewWriter(sheet, style, design, filled.review, filled.explanations).write()
    sheet.selected = sheet.active = 1
    return ReviewXml(_assembled(sheet), sheet.print_area_range, sheet.repeat_row_range)
