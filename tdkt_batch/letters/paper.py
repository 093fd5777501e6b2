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

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.letters.tables import Column, side_by_side, table_xml
from tdkt_batch.letters.words import clean, office_month, one_line

FONT = "Times New Roman"
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 15, 20, 20
_LONG, _SHORT = 297, 210
TEXT_WIDTH = _SHORT - _LEFT - _RIGHT
"""How wide the text of an upright page is, in millimetres."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CENTER, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top: who issues it under whom, its number, the place; a letter's subject.

    ``number`` is the symbol after the blank for the number; ``subject`` is empty
    for a paper with a title.
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    subject: str = ""


class Paper:
    """A paper that is written from the top to the bottom."""

    def __init__(self, style: PaperStyle, title: str, author: str, moment: datetime) -> None:
        self._style = style
        self._moment = moment
        self._docx: Docx = Document()
        self._drop_thumbnail()
        self._set_fonts()
        _lay_out(self._docx.sections[0], landscape=False)
        self._number_pages()
        properties = self._docx.core_properties
        properties.title, properties.author = one_line(title)[:255], one_line(author)[:255]
        properties.last_modified_by = properties.author
        properties.created = properties.modified = moment
        properties.comments, properties.revision, properties.language = "", 1, "vi-VN"

    # --- parts of a paper -------------------------------------------------------------------

    def head(self, head: Head) -> None:
        """Write issuing body, national title, number, place and a blank day."""
        month = f"tháng {office_month(self._moment)} năm {self._moment.year}"
        left = [
            (head.superior.upper(), 12, ""),
            (head.issuer.upper(), 12, "b"),
            ("", 22, "line"),
            (f"Số:         /{head.symbol}", 13, ""),
        ]
        if head.subject:
            left.append((head.subject, 12, ""))
        right = [
            (NATION, 12, "b"),
            (MOTTO, 13, "b"),
            ("", 57, "line"),
            (f"{one_line(head.place)}, ngày        {month}", 13, "i"),
        ]
        self._add(side_by_side(((70, left), (TEXT_WIDTH - 70, right)), centered=True))
        self._spacer(6)

    def title(self, text: str, *below: str) -> None:
        """Write a title in the middle, in capitals as given, and the lines below it."""
        self.line(text, bold=True, size=14)
        for line in below:
            self.line(line, bold=True, size=14)
        self._rule()

    def line(
        self, text: str, *, bold: bool = False, italic: bool = False, size: float = 14
    ) -> None:
        """Write a line in the middle."""
        paragraph = self._docx.add_paragraph()
        paragraph.alignment = _CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, text, bold=bold, italic=italic, size=size)

    def addressees(self, label: str, names: Sequence[str]) -> None:
        """Write to whom it goes: one on the line, several below one another."""
        if len(names) == 1:
            self.line(f"{label} {one_line(names[0])}")
            self._spacer(4)
            return
        self.line(label)
        for number, name in enumerate(names):
            paragraph = self._docx.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(55)
            paragraph.paragraph_format.space_after = Pt(2)
            _run(paragraph, f"- {one_line(name)}{';' if number < len(names) - 1 else '.'}")
        self._spacer(4)

    def heading(self, text: str) -> None:
        """Write a heading that stays with what follows."""
        paragraph = self._body(text, bold=True)
        paragraph.paragraph_format.keep_with_next = True

    def caption(self, text: str) -> None:
        """Write a table's name, which stays with it."""
        paragraph = self._docx.add_paragraph()
        shape = paragraph.paragraph_format
        shape.keep_with_next, shape.space_before, shape.space_after = True, Pt(4), Pt(4)
        _run(paragraph, text, italic=True, size=13)

    def text(self, text: str, *, last: bool = False) -> None:
        """Write a paragraph; the last one stays on the page of the signature."""
        self._body(text).paragraph_format.keep_with_next = last or None

    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, total: bool = False
    ) -> None:
        """Write a table whose head is repeated on each page; ``total``: the last row is bold."""
        self._add(table_xml(columns, rows, last_bold=total))
        self._spacer(6)

    def sign(self, recipients: Sequence[str], title: str, name: str) -> None:
        """Write where it goes and who signs, side by side, on one page."""
        left = [("Nơi nhận:", 12, "bi"), *((f"- {one_line(one)}", 11, "") for one in recipients)]
        right = [(title, 14, "bc"), *([("", 14, "c")] * 4), (one_line(name), 14, "bc")]
        self._spacer(4, keep=True)
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

    def lie_down(self) -> None:
        """Turn the first page."""
        _lay_out(self._docx.sections[0], landscape=True)

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

    # --- how it is made ---------------------------------------------------------------------

    def _drop_thumbnail(self) -> None:
        """Drop the picture of an empty page that comes with the library's template."""
        relations = self._docx.part.package.rels
        for id_ in [
            id_ for id_, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL
        ]:
            del relations[id_]

    def _set_fonts(self) -> None:
        normal = self._docx.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(14)
        run = normal.element.get_or_add_rPr()
        run.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>'))
        fonts = run.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        normal.paragraph_format.space_before = Pt(0)
        normal.paragraph_format.space_after = Pt(0)

    def _number_pages(self) -> None:
        """Put numbers on all pages but the first: at the foot, by the decree at the head."""
        section = self._docx.sections[0]
        section.different_first_page_header_footer = True
        decree = self._style is PaperStyle.DECREE_2020
        paragraph = (section.header if decree else section.footer).paragraphs[0]
        paragraph.alignment = _CENTER if decree else WD_ALIGN_PARAGRAPH.RIGHT
        field = parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        )
        paragraph._p.append(field)  # noqa: SLF001 — the library has no fields

    def _body(self, text: str, *, bold: bool = False) -> Paragraph:
        paragraph = self._docx.add_paragraph()
        paragraph.alignment = _JUSTIFY
        shape = paragraph.paragraph_format
        shape.first_line_indent, shape.space_after = Mm(12.7), Pt(6)
        _run(paragraph, text, bold=bold)
        return paragraph

    def _spacer(self, points: float, *, keep: bool = False) -> None:
        paragraph = self._docx.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(points)
        paragraph.paragraph_format.keep_with_next = keep or None

    def _rule(self) -> None:
        self._add(side_by_side(((TEXT_WIDTH, [("", 45, "line")]),), centered=True))
        self._spacer(6)

    def _add(self, xml: str) -> None:
        self._docx.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _run(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: float = 14
) -> None:
    run = paragraph.add_run(clean(text))
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)


def _lay_out(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.header_distance = section.footer_distance = Mm(10)
