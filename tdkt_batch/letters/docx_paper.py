"""A paper as circular 01/2011/TT-BNV or decree 30/2020/NĐ-CP lays it out, as a .docx file.

A4, Times New Roman 14, the national title and the issuing body side by side, the
place of filing beside the signature, page numbers from the second page. The same
input gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.parfmt import ParagraphFormat

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.letters.phrases import clean, office_month, one_line
from tdkt_batch.wording import letters as say

FONT = "Times New Roman"
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 15, 20, 20
_LONG, _SHORT = 297, 210
TEXT_WIDTH = _SHORT - _LEFT - _RIGHT
"""How wide the text of an upright page is, in millimetres."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_CENTER, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns: heads, widths in millimetres, and a letter each: l, c or r aligned."""

    heads: Sequence[str]
    widths: Sequence[float]
    aligned: str


def _leave_out_of_template(document: Docx) -> None:
    """Take out what the library's template brings along.

    That is the picture of an empty page, and styles for Word 2007 that say otherwise than
    the paper's own: Word may offer to repair a file with both.
    """
    for relations in (document.part.package.rels, document.part.rels):
        for id_ in [id_ for id_, one in relations.items() if one.reltype in _LEFT_OUT]:
            del relations[id_]


class Paper:
    """A paper of the board that is written from the top to the bottom.

    By both regulations text has 13 or 14 points and single lines at least: a ``dense``
    paper takes the least, any other has more room.
    """

    def __init__(
        self,
        campaign: Campaign,
        title: str,
        moment: datetime,
        *,
        landscape: bool = False,
        dense: bool = False,
    ) -> None:
        self._size = 13 if dense else 14
        self._board = campaign.board
        self._office = campaign.letters.office
        self._moment = moment
        self._tables = 0
        self._docx: Docx = Document()
        _leave_out_of_template(self._docx)
        self._lay_out(campaign.letters.style, landscape=landscape)
        normal = self._docx.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(14)
        run = normal.element.get_or_add_rPr()
        run.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>'))
        fonts = run.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        normal.paragraph_format.space_before = Pt(0)
        normal.paragraph_format.space_after = Pt(0)
        if dense:
            normal.paragraph_format.line_spacing = 1
        properties = self._docx.core_properties
        properties.title, properties.author = (
            one_line(title)[:255],
            one_line(self._board.name)[:255],
        )
        properties.last_modified_by = properties.author
        properties.created = properties.modified = moment
        properties.comments, properties.revision, properties.language = "", 1, "vi-VN"

    def _lay_out(self, style: PaperStyle, *, landscape: bool) -> None:
        """Set size and margins; number all pages but the first: by the decree at the head."""
        section = self._docx.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        decree = style is PaperStyle.DECREE_2020
        paragraph = (section.header if decree else section.footer).paragraphs[0]
        paragraph.alignment = _CENTER if decree else WD_ALIGN_PARAGRAPH.RIGHT
        field = parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        )
        paragraph._p.append(field)  # noqa: SLF001 — the library has no fields

    # --- parts of a paper -------------------------------------------------------------------

    def head(self, symbol: str, subject: str = "") -> None:
        """Write issuing body, national title, number, place and a blank day; a letter's subject.

        ``symbol`` follows the blank for the number; a paper with a title has no subject.
        """
        left = [
            (self._board.superior.upper(), 12, ""),
            (self._board.name.upper(), 12, "b"),
            ("", 22, "line"),
            (say.PAPER_NUMBER.format(symbol=symbol), 13, ""),
        ]
        if subject:
            left.append((subject, 12, ""))
        day = say.PLACE_AND_DAY.format(
            place=one_line(self._board.place),
            month=office_month(self._moment),
            year=self._moment.year,
        )
        right = [(say.NATION, 12, "b"), (say.MOTTO, 13, "b"), ("", 57, "line"), (day, 13, "i")]
        self._add(side_by_side(((70, left), (TEXT_WIDTH - 70, right)), centered=True))
        self._spacer(6)

    def title(self, *lines: str) -> None:
        """Write a title in the middle, in capitals as given, and the lines below it."""
        for line in lines:
            self.line(line, bold=True)
        self._add(side_by_side(((TEXT_WIDTH, [("", 45, "line")]),), centered=True))
        self._spacer(6)

    def line(
        self, text: str, *, bold: bool = False, italic: bool = False, size: float = 14
    ) -> None:
        """Write a line in the middle."""
        shape = self._paragraph(text, bold=bold, italic=italic, size=size)
        shape.alignment, shape.space_after = _CENTER, Pt(2)

    def addressees(self, label: str, names: Sequence[str]) -> None:
        """Write to whom it goes: one on the line, several below one another."""
        if len(names) == 1:
            self.line(f"{label} {one_line(names[0])}")
        else:
            self.line(label)
            for number, name in enumerate(names, start=1):
                end = "." if number == len(names) else ";"
                shape = self._paragraph(f"- {one_line(name)}{end}")
                shape.left_indent, shape.space_after = Mm(55), Pt(2)
        self._spacer(4)

    def heading(self, text: str) -> None:
        """Write a heading that stays with what follows."""
        self._body(text, bold=True).keep_with_next = True

    def text(self, text: str, *, kept: bool = False) -> None:
        """Write a paragraph; one that is ``kept`` stays on the page of what follows it."""
        self._body(text).keep_with_next = kept or None

    def told(self, text: str, *details: tuple[str, str]) -> None:
        """Write a paragraph that goes on with details, each behind its label in italics."""
        self._body(text)
        paragraph = self._docx.paragraphs[-1]
        for label, said in details:
            for part, italic in ((f" {label}", True), (f" {said}", None)):
                run = paragraph.add_run(clean(part))
                run.italic, run.font.size = italic, Pt(self._size)

    def numbered_table(
        self, name: str, columns: Columns, rows: Sequence[Sequence[str]], *, total: bool = False
    ) -> None:
        """Write a table below its number and name, which stay with it."""
        self._tables += 1
        self.caption(say.TABLE.format(number=self._tables, name=name))
        self.table(columns, rows, total=total)

    def caption(self, text: str) -> None:
        """Write the name of a picture or table, which stays with what follows."""
        shape = self._paragraph(text, italic=True, size=13)
        shape.keep_with_next, shape.space_before, shape.space_after = True, Pt(4), Pt(4)

    def drawn(self, xml: str) -> None:
        """Add a table that was made elsewhere."""
        self._add(xml)
        self._spacer(4)

    def table(
        self, columns: Columns, rows: Sequence[Sequence[str]], *, total: bool = False
    ) -> None:
        """Write a table whose head is repeated on each page; ``total``: the last row is bold."""
        self._add(table_xml(columns, rows, last_bold=total))
        self._spacer(6)

    def sign(self, recipients: Sequence[str]) -> None:
        """Write where it goes and who signs, side by side, on one page."""
        to = [one_line(one) for one in (*recipients, self._office.filing)]
        left = [(say.RECIPIENTS, 12, "bi"), *((f"- {one}", 11, "") for one in to)]
        name = one_line(self._office.signatory_name)
        title = (self._board.signatory_title, 14, "bc")
        self._spacer(4, keep=True)
        right = [title, *([("", 14, "c")] * 4), (name, 14, "bc")]
        self._add(side_by_side(((85, left), (TEXT_WIDTH - 85, right))))

    def sign_in_pairs(self, left: str, right: str) -> None:
        """Write two who sign beside one another, each with room for words and a name."""
        rows = [[(title, 13, "bc"), *([("", 14, "c")] * 5)] for title in (left, right)]
        self._spacer(4)
        self._add(side_by_side([(TEXT_WIDTH / 2, row) for row in rows]))

    def new_page(self) -> None:
        """Begin a page; page numbers go on."""
        section = self._docx.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        # the paragraph that ends the section before must find room on a full page
        shape = self._docx.paragraphs[-1].paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = Pt(1)

    def content(self) -> bytes:
        """Return the file's bytes, the moments in its zip fixed."""
        saved, out = io.BytesIO(), io.BytesIO()
        self._docx.save(saved)
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
                entry.external_attr = 0
                target.writestr(entry, source.read(name))
        return out.getvalue()

    # --- paragraphs -------------------------------------------------------------------------

    def _body(self, text: str, *, bold: bool = False) -> ParagraphFormat:
        shape = self._paragraph(text, bold=bold, size=self._size)
        shape.alignment, shape.first_line_indent, shape.space_after = _JUSTIFY, Mm(12.7), Pt(6)
        return shape

    def _paragraph(
        self, text: str, *, bold: bool = False, italic: bool = False, size: float = 14
    ) -> ParagraphFormat:
        paragraph = self._docx.add_paragraph()
        run = paragraph.add_run(clean(text))
        run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)
        shape: ParagraphFormat = paragraph.paragraph_format
        return shape

    def _spacer(self, points: float, *, keep: bool = False) -> None:
        paragraph = self._docx.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(points)
        paragraph.paragraph_format.keep_with_next = keep or None

    def _add(self, xml: str) -> None:
        self._docx.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


# --- tables as WordprocessingML: written whole, which takes a library call a table --------------

_TWIPS_A_MM = 1440 / 25.4
_TABLE_SIZE, _HEAD_SIZE = 11, 10.5
_KEPT_TOGETHER = 14
"""Up to how many rows a table stands on one page."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

Piece = tuple[str, float, str]
"""A line: its text, its size in points, its looks: b bold, i italic, c centred, r to the right.

One with k stays on the page of the next. With “line” it is a rule, and the size its length in
millimetres.
"""


def table_xml(columns: Columns, rows: Sequence[Sequence[str]], *, last_bold: bool = False) -> str:
    """Return a ruled table with a head that is repeated on each page."""
    widths = [_twips(width) for width in columns.widths]
    heads = "".join(
        _cell(width, [(head, _HEAD_SIZE, "bck")], shaded=True)
        for width, head in zip(widths, columns.heads, strict=True)
    )
    body = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"]
    kept = len(rows) - 1 if len(rows) <= _KEPT_TOGETHER else 1
    for number, row in enumerate(rows, start=1):
        look = ("b" if last_bold and number == len(rows) else "") + ("k" if number <= kept else "")
        cells = "".join(
            _cell(width, [(text, _TABLE_SIZE, look + align)])
            for width, align, text in zip(widths, columns.aligned, row, strict=True)
        )
        body.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    return _table(widths, "".join(body), borders, margin=57)


def side_by_side(blocks: Sequence[tuple[float, Sequence[Piece]]], *, centered: bool = False) -> str:
    """Return blocks of lines beside one another, without rules; each with its width in mm."""
    widths = [_twips(width) for width, _ in blocks]
    cells = "".join(
        _cell(w, pieces, centered=centered) for w, (_, pieces) in zip(widths, blocks, strict=True)
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return _table(widths, row, "", margin=0)


def _table(widths: Sequence[int], rows: str, borders: str, *, margin: int) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(
    width: int, pieces: Sequence[Piece], *, centered: bool = False, shaded: bool = False
) -> str:
    lines = []
    for text, size, look in pieces:
        if look == "line":
            # a rule in the middle of the cell: the border of a paragraph that is hardly high
            side = max((width - _twips(size)) // 2, 0)
            lines.append(
                '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
                '</w:pBdr><w:spacing w:line="120" w:lineRule="exact"/>'
                f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
            )
            continue
        align = "center" if centered or "c" in look else "right" if "r" in look else "left"
        marks = "".join(f"<w:{mark}/>" for mark in ("b", "i") if mark in look)
        run = f'<w:rPr>{marks}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
        texts = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n")
        )
        keep = "<w:keepNext/>" if "k" in look else ""
        shape = f'<w:pPr>{keep}<w:jc w:val="{align}"/>{run}</w:pPr>'
        lines.append(f"<w:p>{shape}<w:r>{run}{texts}</w:r></w:p>")
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>' if shaded else ""
    middle = '<w:vAlign w:val="center"/>' if shaded else ""
    box = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}{middle}</w:tcPr>'
    return f"<w:tc>{box}{''.join(lines)}</w:tc>"


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_A_MM)
