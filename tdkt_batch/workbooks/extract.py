"""Sheets that were read → an .xlsx of them alone: one form out of a workbook of several.

Every cell stays where it stood and is read again as it was, in whatever format the
whole was saved; nothing of other sheets goes along. Formulas are their results.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape, quoteattr

from tdkt_batch.values import Raw
from tdkt_batch.workbooks.cells import Broken, SheetCells, cell_name

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_USUAL_FONT = "Times New Roman"
_DAY, _MOMENT, _TIME, _SPAN, _PLAIN = 14, 22, 21, 46, 0
"""Built-in formats of numbers."""
_FIRST_DAY, _MARCH_1900 = datetime(1899, 12, 30), datetime(1900, 3, 1)  # noqa: DTZ001 — no zones
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x|$)")
_Style = tuple[int, str, bool]
"""The format of the number, the font, whether all is struck out."""


def workbook_of(sheets: Sequence[SheetCells]) -> bytes:
    """Return a workbook of these sheets, always the same bytes.

    Raises ``ValueError`` for what such a workbook cannot keep: a day before March 1900, or
    a text that does not tell where it is struck out.
    """
    styles: dict[_Style, int] = {(_PLAIN, "", False): 0}
    pages = [_page(cells, styles) for cells in sheets]
    numbers = range(1, len(sheets) + 1)
    book = "".join(
        f'<sheet name={quoteattr(cells.title)} sheetId="{n}" r:id="r{n}"/>'
        for n, cells in zip(numbers, sheets, strict=True)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        + _part("xl/workbook.xml", "sheet.main")
        + _part("xl/styles.xml", "styles")
        + "".join(_part(f"xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers)
        + "</Types>",
        "_rels/.rels": _links([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{book}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            (
                *((f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                ("styles", "styles", "styles.xml"),
            )
        ),
        "xl/styles.xml": _styles_part(styles),
        **{f"xl/worksheets/sheet{n}.xml": page for n, page in zip(numbers, pages, strict=True)},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, xml in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, _HEAD + xml)
    return target.getvalue()


def _part(name: str, kind: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>'


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    said = (
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in links
    )
    return f'<Relationships xmlns="{_LINKS}">{"".join(said)}</Relationships>'


def _styles_part(styles: Iterable[_Style]) -> str:
    fonts = "".join(
        f'<font>{"<strike/>" if is_struck else ""}<sz val="11"/>'
        f"<name val={quoteattr(font or _USUAL_FONT)}/></font>"
        for _, font, is_struck in styles
    )
    cells = "".join(
        f'<xf numFmtId="{number}" fontId="{n}" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1"/>'
        for n, (number, _, _) in enumerate(styles)
    )
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts>{fonts}</fonts>'
        '<fills><fill><patternFill patternType="none"/></fill></fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f"<cellXfs>{cells}</cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


# --- a sheet --------------------------------------------------------------------------------


def _page(cells: SheetCells, styles: dict[_Style, int]) -> str:
    rows = (
        f'<row r="{row + 1}">{"".join(_cells_of(cells, row, styles))}</row>'
        for row in range(cells.height)
    )
    merged = "".join(
        f'<mergeCell ref="{cell_name(top, left)}:{cell_name(bottom, right)}"/>'
        for top, left, bottom, right in cells.merged
    )
    joined = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>{joined}</worksheet>'


def _cells_of(cells: SheetCells, row: int, styles: dict[_Style, int]) -> Iterator[str]:
    raws = cells.rows[row] if row < len(cells.rows) else ()
    beside = (at + 1 for below, at in cells.broken if below == row)
    for column in range(max(len(raws), *beside, 0)):
        at = row, column
        content = cells.broken.get(at) or cells.raw(*at)
        if content is None:
            continue
        number, kind, said = _written(content, cells.struck.get(at))
        style = number, cells.fonts.get(at, ""), cells.struck.get(at) == ""
        place = f'r="{cell_name(*at)}" s="{styles.setdefault(style, len(styles))}"'
        yield f'<c {place} t="{kind}">{said}</c>'


def _written(content: Raw | Broken, unstruck: str | None) -> tuple[int, str, str]:
    """Return a cell's format, the kind of its content, and that as XML."""
    match content:
        case Broken("uncached", text):
            return _PLAIN, "n", f"<f>{escape(text.removeprefix('='))}</f>"
        case Broken(_, text):
            return _PLAIN, "e", f"<v>{escape(text)}</v>"
        case str():
            return _PLAIN, "inlineStr", f"<is>{''.join(_runs(content, unstruck))}</is>"
        case bool():
            return _PLAIN, "b", f"<v>{content:d}</v>"
        case datetime():
            return _MOMENT, "n", _days(_since_first_day(content))
        case date():
            return _DAY, "n", _days(_since_first_day(datetime.combine(content, time(0))))
        case time():
            return _TIME, "n", _days(datetime.combine(_FIRST_DAY, content) - _FIRST_DAY)
        case timedelta():
            return _SPAN, "n", _days(content)
    return _PLAIN, "n", f"<v>{content!r}</v>"


def _since_first_day(moment: datetime) -> timedelta:
    if moment < _MARCH_1900:
        raise ValueError(f"programs count the days before March 1900 otherwise: {moment}")
    return moment - _FIRST_DAY


def _days(span: timedelta) -> str:
    return f"<v>{span / timedelta(days=1)!r}</v>"


def _runs(text: str, unstruck: str | None) -> Iterator[str]:
    """Yield a text's runs: what stands in ``unstruck`` too, and what is struck out between."""
    if not unstruck:
        yield f'<t xml:space="preserve">{_text(text)}</t>'
        return
    left, runs = list(reversed(unstruck)), [("", False)]
    for letter in text:
        is_struck = not (left and left[-1] == letter)
        if not is_struck:
            left.pop()
        if is_struck is not runs[-1][1]:
            runs.append(("", is_struck))
        runs[-1] = runs[-1][0] + letter, is_struck
    if left:
        raise ValueError("what is struck out does not tell")
    for piece, is_struck in runs:
        said = "<rPr><strike/></rPr>" if is_struck else ""
        yield f'<r>{said}<t xml:space="preserve">{_text(piece)}</t></r>'


def _text(text: str) -> str:
    """Return a text as XML holds it: what it cannot hold by its code."""
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
