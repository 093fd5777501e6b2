"""A form prepared for any filling: what never differs is written and deflated once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter.workbook import Workbook

from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.form_sheet import SLOT, FormWorksheet, Slot
from tdkt_batch.forms_write.lay_out import lay_out
from tdkt_batch.forms_write.return_parts import ReturnParts, sample_review
from tdkt_batch.sheets.package import (
    PackedMember,
    Segment,
    joined_member,
    member,
    package_of,
    segment,
)
from tdkt_batch.sheets.styles import FONT
from tdkt_batch.sheets.writing import new_book

LEVEL = 6
"""How hard what is filled in is deflated: harder takes as long as all the rest, and saves 1 %."""
_LONG = 4096
"""Bytes of a piece that is deflated once, and not with what stands around it."""
_SHEET = "xl/worksheets/sheet{}.xml"
_STYLES, _WORKBOOK = "xl/styles.xml", "xl/workbook.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
_THEME, _APP = "xl/theme/theme1.xml", "docProps/app.xml"
_OTHER_SCRIPTS = re.compile(r"<a:font [^>]*/>")
_EFFECTS = re.compile(r"(<a:fmtScheme [^>]*>).*(?=</a:fmtScheme>)", re.DOTALL)
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_PLAIN = {
    "fillStyleLst": _FILL,
    "lnStyleLst": f"<a:ln>{_FILL}</a:ln>",
    "effectStyleLst": "<a:effectStyle><a:effectLst/></a:effectStyle>",
    "bgFillStyleLst": _FILL,
}
"""How a theme draws shapes, of which a form has none: three alike of each."""
_CELL_LOOKS = re.compile(r'(?<=<cellXfs count=")\d+">(.*)(?=</cellXfs>)', re.DOTALL)

USUAL = {"font_name": FONT, "font_size": 11}
"""By its figures programs measure columns: a font that is there everywhere, or its like."""


class PreparedForm:
    """A form of one design, ready to be filled.

    ``parts`` are what only a form that goes back has.
    """

    def __init__(self, design: FormDesign) -> None:
        content = io.BytesIO()
        review = sample_review(design) if design.is_returned else None
        book: FormWorkbook
        with new_book(
            content, book_class=FormWorkbook, default_format_properties=dict(USUAL)
        ) as book:
            book.form_book = form_book = lay_out(design, book, review)
        sheets: list[FormWorksheet] = book.worksheets()
        with zipfile.ZipFile(content) as package:
            text_of = {name: package.read(name).decode() for name in package.namelist()}
        make_lean(text_of)
        slots_of: dict[str, Sequence[Slot]] = {
            _SHEET.format(number): sheet.slots for number, sheet in enumerate(sheets, start=1)
        }
        self.parts = ReturnParts(form_book) if design.is_returned else None
        if self.parts:
            self.parts.leave_open(text_of, slots_of)
        # rare looks are cut out of the list of all, and listed where they are used
        found = _CELL_LOOKS.search(text_of[_STYLES])
        looks = re.split("(?=<xf )", found[1])[1:] if found else []
        listed = f'{SLOT}">{"".join(looks[: book.usual])}{SLOT}'
        text_of[_STYLES] = _CELL_LOOKS.sub(lambda _: listed, text_of[_STYLES])
        slots_of[_STYLES] = partial(_count, book.usual), partial(_listed, tuple(looks))
        self.members = tuple(
            OpenMember.of(name, text, slots_of.get(name, ()))
            if SLOT in text
            else member(name, text.encode())
            for name, text in text_of.items()
        )

    def filled(self, form: FilledForm) -> bytes:
        """Return the workbook of a filled form."""
        members = []
        for one in self.members:
            members.append(one.filled(form) if isinstance(one, OpenMember) else one)
            if self.parts and one.name == _WORKBOOK:
                files = self.parts.comment_files(form)
                members += [member(name, text.encode(), LEVEL) for name, text in files.items()]
        return package_of(members)


@dataclass(frozen=True, slots=True)
class OpenMember:
    """A member in which something is filled in: its pieces with a slot between each two."""

    name: str
    pieces: tuple[bytes | Segment, ...]
    slots: tuple[Slot, ...]

    @classmethod
    def of(cls, name: str, text: str, slots: Sequence[Slot]) -> OpenMember:
        """Return a member by its text, in which each slot is marked."""
        pieces = [piece.encode() for piece in text.split(SLOT)]
        return cls(name, tuple(segment(p) if len(p) > _LONG else p for p in pieces), tuple(slots))

    def filled(self, form: FilledForm) -> PackedMember:
        """Return the member as it stands in a filled form."""
        parts: list[bytes | Segment] = [b""] * (len(self.pieces) + len(self.slots))
        texts = [slot(form) for slot in self.slots]
        filled = [one if isinstance(one, bytes) else one.encode() for one in texts]
        parts[::2], parts[1::2] = self.pieces, filled
        return joined_member(self.name, parts, LEVEL)


def make_lean(text_of: dict[str, str]) -> None:
    """Take out of a package's parts what needs no room.

    That is the fonts for the scripts of other countries, how shapes are drawn, and which
    program wrote it.
    """
    plain = "".join(f"<a:{name}>{3 * one}</a:{name}>" for name, one in _PLAIN.items())
    text_of[_THEME] = _EFFECTS.sub(rf"\1{plain}", _OTHER_SCRIPTS.sub("", text_of[_THEME]))
    del text_of[_APP]
    for name in (_CONTENT_TYPES, _RELATIONS):
        text_of[name] = re.sub(rf'<\w+ [^>]*"/?{re.escape(_APP)}"[^>]*/>', "", text_of[name])


class PlainWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter is not typed
    """A workbook whose many names are not listed once more among its properties."""

    def _extract_named_ranges(self, defined_names: object) -> list[str]:
        del defined_names
        return []


class FormWorkbook(PlainWorkbook):
    """A workbook of a form, in which the looks that cells seldom take are numbered last.

    ``usual`` is the number of the looks that each form lists.
    """

    form_book: FormBook
    usual = 0

    def _assemble_xml_file(self) -> None:
        # the sheets are written, and the looks are listed next
        usual, rare = self.form_book.usual.values(), self.form_book.rare.values()
        for look in usual:
            look.seal(0)
        self.usual = 1 + len(self.xf_format_indices)
        for look in (*usual, *rare):
            look.seal(self.usual)
        super()._assemble_xml_file()


def _count(usual: int, filled: FilledForm) -> str:
    return str(usual + len(filled.more_looks))


def _listed(looks: tuple[str, ...], filled: FilledForm) -> str:
    return "".join(looks[number] for number in filled.more_looks)
