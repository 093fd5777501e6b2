"""Real form files by the hundred: one form written whole, its cells replaced for each unit.

The form writer takes a tenth of a second a form; nine months of a province are two
thousand. So a form is written once, and each further file is that workbook with
other contents in its input cells: what a program of the unit's own would save.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from xlsxwriter.utility import xl_cell_to_rowcol

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms.as_typed import day_as_text
from tdkt_batch.forms.layout import (
    META_SHEET,
    PANEL_EXPLANATION,
    PANEL_HEAD_ROW,
    Place,
    layout_of,
    meta_place,
)
from tdkt_batch.forms_write.filling import Filling, with_answers
from tdkt_batch.forms_write.panel import rules_of
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Unit
from tdkt_batch.unit_names.full_names import conference_name, unit_label
from tdkt_batch.values import Raw
from tdkt_batch.wording.forms import PANEL_SHEET

_CELL = re.compile(
    r'<c r="(?P<at>[A-Z]+\d+)"(?P<style> s="\d+")?[^>]*?(?:/>|>.*?</c>)'
    r'|<row r="(?P<row>\d+)"[^>]*/>',
    re.DOTALL,
)

Row = Mapping[str, Raw]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a unit types: cells by field, rows by table, explanations by rule."""

    values: Mapping[str, Raw] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


class Stamp:
    """One form of the campaign, ready to be filled for any unit and month."""

    def __init__(self, campaign: Campaign, form: Form, sample: Unit) -> None:
        assert sample.allotment is not None  # else the cell of its allotment is not there
        self._campaign = campaign
        self._form = form
        self._layout = layout_of(form)
        # rows that are not drawn have no cells to be stamped
        rows: dict[str, list[Row]] = {t.id: [{}] * t.capacity for t in form.tables}
        filling = Filling(unit=sample, month=Month(2014, 1), tables=rows)
        content = write_form(campaign, form, filling)
        titles = [*(sheet.title for sheet in form.sheets), PANEL_SHEET, META_SHEET]
        self._members = {t: f"xl/worksheets/sheet{n}.xml" for n, t in enumerate(titles, start=1)}
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self._sheets = {t: _Sheet(package.read(m).decode()) for t, m in self._members.items()}
        self._content = content

    def form_of(self, unit: Unit, month: Month, typed: Typed) -> bytes:
        """Return the unit's form for a month as a workbook."""
        cells: dict[str, dict[str, Raw]] = {}
        for place, raw in self._all_cells(unit, month, typed):
            cells.setdefault(place.sheet, {})[place.address] = raw
        buffer = io.BytesIO(self._without(frozenset(cells)))
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for title, contents in sorted(cells.items()):
                info = zipfile.ZipInfo(self._members[title], (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, self._sheets[title].with_cells(contents))
        return buffer.getvalue()

    def _without(self, titles: frozenset[str]) -> bytes:
        """Return the workbook without these sheets; what stays is compressed once for all."""
        if titles not in self._rests:
            left_out = {self._members[title] for title in titles}
            buffer = io.BytesIO()
            with (
                zipfile.ZipFile(io.BytesIO(self._content)) as old,
                zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
            ):
                for info in old.infolist():
                    if info.filename not in left_out:
                        new.writestr(info, old.read(info))
            self._rests[titles] = buffer.getvalue()
        return self._rests[titles]

    @cached_property
    def _rests(self) -> dict[frozenset[str], bytes]:
        return {}

    def _all_cells(self, unit: Unit, month: Month, typed: Typed) -> Iterator[tuple[Place, Raw]]:
        yield from self._identity(unit, month)
        for id_, raw in with_answers(self._form, typed.values).items():
            yield self._layout.cells[id_], raw
        for table, rows in typed.tables.items():
            for number, row in enumerate(rows):
                for column, raw in row.items():
                    yield self._layout.tables[table].cell(number, column), raw
        for rule, text in typed.explanations.items():
            yield Place(PANEL_SHEET, self._panel_rows[rule], PANEL_EXPLANATION), text

    @cached_property
    def _panel_rows(self) -> dict[str, int]:
        rules = rules_of(self._form, self._campaign.rules)
        return {rule.id: PANEL_HEAD_ROW + n for n, rule in enumerate(rules, start=1)}

    def _identity(self, unit: Unit, month: Month) -> Iterator[tuple[Place, Raw]]:
        """Yield what a form made out to the unit has before anyone types."""
        parent = next((u.name for u in self._campaign.units if u.code == unit.parent), "")
        facts = {
            "unit": unit.code,
            "unit_name": unit.name,
            "unit_kind": unit.kind,
            "allotment": unit.allotment,
            "parent_name": parent or None,
            "month": str(month),
        }
        for key, raw in facts.items():
            yield meta_place(key), raw
        prefilled = {
            "don_vi_bao_cao": unit_label(unit, self._campaign),
            "thang_bao_cao": month.vietnamese,
            "ten_hoi_nghi": conference_name(unit, self._form, self._campaign),
        }
        for id_, raw in prefilled.items():
            yield self._layout.cells[id_], raw


class _Sheet:
    """A sheet's XML, cut at its cells so that any can be replaced, and at rows without cells."""

    def __init__(self, xml: str) -> None:
        self._parts: list[str] = []
        self._at: dict[str, tuple[int, str]] = {}
        end = 0
        self._empty_rows: dict[int, int] = {}
        for cell in _CELL.finditer(xml):
            self._parts += [xml[end : cell.start()], cell[0]]
            if cell["row"]:
                self._empty_rows[int(cell["row"])] = len(self._parts) - 1
            else:
                self._at[cell["at"]] = len(self._parts) - 1, cell["style"] or ""
            end = cell.end()
        self._parts.append(xml[end:])

    def with_cells(self, contents: Mapping[str, Raw]) -> str:
        parts, in_empty = list(self._parts), dict[int, list[tuple[int, str]]]()
        for address, raw in contents.items():
            if address in self._at:
                number, style = self._at[address]
                parts[number] = _cell(address, style, raw)
            else:
                row, column = xl_cell_to_rowcol(address)
                in_empty.setdefault(row + 1, []).append((column, _cell(address, "", raw)))
        for row, cells in in_empty.items():
            written = "".join(cell for _, cell in sorted(cells))
            parts[self._empty_rows[row]] = f'<row r="{row}">{written}</row>'
        return "".join(parts)


def _cell(address: str, style: str, raw: Raw) -> str:
    head = f'<c r="{address}"{style}'
    match raw:
        case None:
            return f"{head}/>"
        case date():
            return _cell(address, style, day_as_text(raw))  # as the form keeps days
        case int():
            return f"{head}><v>{raw}</v></c>"
        case _:
            return f'{head} t="inlineStr"><is><t>{html.escape(str(raw))}</t></is></c>'
