"""A form's page: the lines to fill in, between official head and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from xlsxwriter.utility import xl_col_to_name

from tdkt_batch.campaign.form import ALLOTMENT, Field, FieldKind, FormSheet, Line
from tdkt_batch.campaign.roles import Role
from tdkt_batch.forms.check_figure import MODULUS, weighed
from tdkt_batch.forms.layout import (
    ACTUAL,
    HINT,
    LABEL,
    NUMBER,
    PAGE_HEAD_ROW,
    PLANNED,
    STATUS_ROW,
    meta_place,
)
from tdkt_batch.forms_write.cell_formulas import (
    FormFormula,
    constant,
    day_in_full,
    in_words,
    literal,
    parts_of_day,
    shown_text,
    where,
)
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook, has_no_day, typed_day
from tdkt_batch.forms_write.formulas import yields
from tdkt_batch.forms_write.helper_cells import HelperCell, outside, reference
from tdkt_batch.forms_write.input_cells import LOCKED, NO_LOOK, InputLooks, lead_of, validation
from tdkt_batch.forms_write.looks import CellLook
from tdkt_batch.forms_write.missing_values import NOTHING
from tdkt_batch.forms_write.months_offered import not_offered
from tdkt_batch.forms_write.styles import NEEDLESS, RED, YELLOW, Room, lines_in, zoom_for
from tdkt_batch.forms_write.values import Cached, Once, Value, is_empty
from tdkt_batch.forms_write.verdicts import is_right
from tdkt_batch.sheets.writing import HIGHEST, lock
from tdkt_batch.values import Raw, is_blank_cell
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import NOT_NEEDED, OPEN, PAGE_HEADS, TO_LOOK_AT, TO_MEND

WIDTHS = (5, 58, 24, 24, 76)
ROW_HEIGHT = 15.75
HINT_LINE = 12.5
NOTE_LINES = 2
SIGNED = 4
"""So many rows below the titles of those who sign stand their names."""
ONE_PAGE_LINES = 58
"""A page of up to so many lines is printed on one sheet of paper."""
BIG = {"font_size": 14.5}
"""The type of what is printed: it stays legible when a page is made to fit its paper."""
LISTED = 13.5
"""The type of what the numbers of an answer stand for: two lines of it list nine contents."""


class PageWriter:
    """Writes one sheet of lines."""

    def __init__(self, form_book: FormBook, sheet: FormSheet) -> None:
        self.form_book = form_book
        self.design = form_book.design
        self.inputs = form_book.formulas.inputs
        self.sheet = sheet
        self.at = form_book.add_sheet(sheet.title)
        self.style = form_book.styles

    def write(self) -> None:
        """Write the sheet, to be printed on one page.

        A longer one breaks before the heading nearest to its middle.
        """
        layout, lines = self.design.layout, self.sheet.lines
        rows, is_short = layout.line_rows[self.sheet.title], len(lines) <= ONE_PAGE_LINES
        self.at.set_up(WIDTHS, (0.5, 0.3, 0.2, 0.3), pages_high=int(is_short))
        if not is_short:
            headings = [n for n, line in enumerate(lines) if line.is_heading]
            nearest = min(headings, key=lambda n: abs(n - len(lines) / 2), default=0)
            self.at.set_h_pagebreaks([rows[nearest]])
        self.at.center_horizontally()
        self.at.set_zoom(zoom_for(WIDTHS))
        self.at.print_black_and_white()
        self.at.repeat_rows(PAGE_HEAD_ROW)
        self.at.freeze_panes(STATUS_ROW + 1, 0)
        self._head()
        for row, line, number in zip(rows, lines, line_numbers(lines), strict=True):
            self._line(row, line, number)
        self._colour(rows[0], rows[-1])
        self._select_first(rows)
        has_foot = layout.check_figure.sheet == self.sheet.title
        last = self._foot() if has_foot else rows[-1]
        self.at.print_area(STATUS_ROW + 1, 0, last, ACTUAL)
        lock(self.at)

    # --- head and foot ------------------------------------------------------------------

    def _head(self) -> None:
        """Write the rows above the lines."""
        form, campaign = self.design.form, self.design.campaign
        issued = say.ISSUED.format(document=campaign.document.citation)
        number = in_words(say.DOCUMENT_NUMBER, number=self._text_of(Role.DOCUMENT_NUMBER, say.DOTS))
        for row, first, last, content, style in (
            (1, NUMBER, LABEL, self.form_book.parent_name(), "organ"),
            (2, NUMBER, LABEL, self.form_book.unit_name(), "organ_bold"),
            (1, PLANNED, ACTUAL, form.number, "centre_bold"),
            (2, PLANNED, ACTUAL, issued, "centre_small"),
            (3, NUMBER, LABEL, number, "centre"),
            (3, PLANNED, ACTUAL, self._place_and_day(), "centre_italic"),
            (4, NUMBER, ACTUAL, form.title, "title"),
            (5, NUMBER, ACTUAL, self.form_book.month_line(), "centre_bold"),
            (6, NUMBER, ACTUAL, say.MEASURE, "right"),
        ):
            more = {"font_size": 16, "text_wrap": False} if style == "title" else BIG
            self.at.join((row, first, row, last), content, self.style(style, **more, shrink=True))
        self.form_book.write_status(self.at, STATUS_ROW, HINT)
        for column, head in enumerate(PAGE_HEADS):
            self.at.write_string(PAGE_HEAD_ROW, column, head, self.style("head", **BIG))
        for row, height in ((STATUS_ROW, 30), (4, 19), (6, 15)):
            self.at.set_row(row, height)

    def _text_of(self, role: Role, dots: str) -> FormFormula | str:
        """Return the text of the field that plays ``role``; dots while it is missing."""
        id_ = self.design.campaign.roles.name(role)
        if id_ not in self.design.layout.cells:
            return dots
        shown = shown_text(self.design.layout.cells[id_].reference)
        known = FormFormula(shown, partial(_typed_text, id_))
        test = f'{self.inputs.value_cell(id_)}=""'
        return where(test, partial(_is_missing, id_), constant(dots), known)

    def _place_and_day(self) -> FormFormula:
        """Return where and when the report is signed.

        That is the commune's or district's name without its kind, else the board's place.
        """
        design = self.design
        name, kind = (meta_place(key).reference for key in ("unit_name", "unit_kind"))
        small = design.form.kinds_in_small
        kinds = ",".join(f'{kind}="{one}"' for one in small)
        begins = f"EXACT(LOWER(LEFT({name},LEN({kind}))),{kind})"
        own = FormFormula(f"MID({name},LEN({kind})+2,99)", _name_without_kind)
        board = constant(design.campaign.board.place)
        is_local = partial(_is_local, tuple(small))
        signed_at = where(f"AND(OR({kinds}),{begins})", is_local, own, board)
        place = where(f'{name}=""', _is_of_nobody, constant(say.DOTS), signed_at)
        day: FormFormula | str = say.NO_DAY
        id_ = design.campaign.roles.name(Role.DOCUMENT_DATE)
        if id_ in design.layout.cells:
            cell = self.inputs.value_cell(id_)
            known = in_words(say.DAY, **parts_of_day(cell, partial(typed_day, id_)))
            day = where(f'{cell}=""', has_no_day(id_), constant(say.NO_DAY), known)
        return in_words(say.PLACE_AND_DAY, place=place, day=day)

    def _foot(self) -> int:
        """Write the check figure and close to it the signatures; return the last row."""
        design, place = self.design, self.design.layout.check_figure
        last = self.inputs.figure_rows - 1
        ranges = [
            f"{outside(reference(0, cell))}:{reference(last, cell)}"
            for cell in (HelperCell.FIGURE, HelperCell.WEIGHT)
        ]
        figure = FormFormula(
            rf'TEXT(MOD(SUMPRODUCT({",".join(ranges)}),{MODULUS}),"000\-000")',
            partial(_check_figure, tuple(self.inputs.figures)),
        )
        label = self.style("right", **BIG, bold=True, italic=False, indent=1)
        self.at.join((place.row, NUMBER, place.row, LABEL), say.CHECK_FIGURE, label)
        box = (place.row, PLANNED, place.row, ACTUAL)
        self.at.join(box, figure, self.style("figure", **BIG))
        self.at.write_string(place.row, HINT, say.FIGURE_HINT, self.style("note", font_size=10.5))
        row = design.layout.signature_row
        preparer, head = (
            in_words("{n}", n=self._text_of(r, "")) for r in (Role.PREPARER, Role.HEAD)
        )
        signatures: tuple[tuple[int, str | FormFormula, str | FormFormula, str], ...] = (
            (0, design.campaign.board.preparer_title, say.HEAD, "centre_bold"),
            (1, say.SIGN, say.SIGN_AND_SEAL, "centre_italic"),
            (SIGNED, preparer, head, "centre_bold"),
        )
        for offset, left, right, style in signatures:
            at = row + offset
            self.at.join((at, NUMBER, at, LABEL), left, self.style(style, **BIG))
            self.at.join((at, PLANNED, at, ACTUAL), right, self.style(style, **BIG))
        return row + SIGNED

    # --- lines --------------------------------------------------------------------------

    def _line(self, row: int, line: Line, number: str) -> None:
        style, indented = self.style, self.style("label", indent=line.indent + 1, **BIG)
        if line.is_heading:
            self._heading(row, line, number)
        elif line.listing:
            self._listing(row, line)
            return
        else:
            self.at.write_string(row, NUMBER, number, style("number", **BIG))
            self.at.write_string(row, LABEL, line.label, indented)
            self._cells(row, line)
        # the height that label and hint need; a note has two lines or more
        room = Room.of(WIDTHS[HINT], style("hint"))
        label = max(ROW_HEIGHT, lines_in(line.label, WIDTHS[LABEL], indented) * ROW_HEIGHT)
        usual = max(label, room.lines(line.hint) * HINT_LINE + 3)
        height = partial(_height, usual, self._lead(line), line.hint, room)
        if line.single is not None and line.single.kind is FieldKind.NOTE:
            room = Room.of(sum(WIDTHS[PLANNED:HINT]), style("input", indent=1, **BIG))
            height = partial(_height_of_note, line.single.id, room)
        # a line that the unit's kind is not asked for is hidden, unless something stands there
        free = tuple(field.id for field in line.fields if not field.prefill)
        hidden = partial(_is_hidden, line.unit_kinds, free) if line.unit_kinds else None
        self.at.set_live_row(row, height, hidden)

    def _heading(self, row: int, line: Line, number: str) -> None:
        """Write a heading, over lines with two columns their heads again."""
        lines = self.sheet.lines
        below = lines[lines.index(line) + 1 :]
        ends = (n for n, one in enumerate(below) if one.is_heading)
        has_pairs = any(one.planned for one in below[: next(ends, None)])
        centred, heading = (
            self.style("heading", **BIG, **more) for more in ({"align": "center"}, {})
        )
        self.at.write_string(row, NUMBER, number, centred)
        if not has_pairs:
            self.at.join((row, LABEL, row, ACTUAL), line.label, heading)
        else:
            self.at.write_string(row, LABEL, line.label, heading)
            for column in (PLANNED, ACTUAL):
                self.at.write_string(row, column, PAGE_HEADS[column], centred)
        self.at.write_blank(row, HINT, None, heading)

    def _listing(self, row: int, line: Line) -> None:
        """Write what the numbers of the answer above stand for."""
        style = self.style("label", indent=1, italic=True, text_wrap=True, font_size=LISTED)
        self.at.write_string(row, NUMBER, "", self.style("number", **BIG))
        self.at.join((row, LABEL, row, ACTUAL), line.label, style)
        self.at.write_string(row, HINT, "", self.style("hint"))
        lines = lines_in(line.label, sum(WIDTHS[LABEL:HINT]), style)
        self.at.set_live_row(row, partial(_as_ever, lines * ROW_HEIGHT), None)

    def _cells(self, row: int, line: Line) -> None:
        """Write a line's fact or inputs, and its hint."""
        hint, single = line.hint, line.single
        if single is not None and single.prefill == "conference_name":
            words = self.design.campaign.values[self.design.form.conference_name]
            hint = say.BEGINS_WITH.format(hint=hint, words=words)
        if line.fact:
            cell, value = self.inputs.value_cell(line.fact), self._value(line.fact)
            none, known = constant(say.NO_ALLOTMENT), FormFormula(cell, value)
            fact = where(f'{cell}=""', is_empty(value), none, known)
            self.at.join((row, PLANNED, row, ACTUAL), fact, self.style("fact", **BIG))
        columns = ((PLANNED, ACTUAL), (PLANNED, PLANNED), (ACTUAL, ACTUAL))
        for field, (first, last) in zip((single, line.planned, line.actual), columns, strict=True):
            if field is None:
                continue
            is_note = field.kind is FieldKind.NOTE
            more: dict[str, object] = dict(BIG)
            if field.kind in (FieldKind.TEXT, FieldKind.CHOICE):
                more["shrink"] = True
            if first != last:
                more |= {"align": "left" if is_note else "center", "indent": int(is_note)}
            is_given = field.prefill == "unit" and self.design.is_made_out
            looks = InputLooks(self.form_book, field, more, LOCKED if is_given else NO_LOOK)
            self.at.join_input((row, first, row, last), PageCell(field.id, looks))
            choices = self.form_book.choices(field)
            cell = self.design.layout.cells[field.id].address
            options = validation(field, self.design.campaign, cell, choices, hint)
            self.at.data_validation(row, first, row, first, options)
            self.form_book.note_places[field.id] = self.sheet.title, row, first, last
            if field.id in self.design.form.needed:
                # on old Excels a rule reaches other sheets by defined names only
                is_needed = self.form_book.formulas.reference(self.design.form.needed[field.id])
                name = f"can.{is_needed.replace('$', '')}"
                self.inputs.squeezed[name] = outside(is_needed)
                box = (row, first, row, last)
                self.form_book.colour(self.at, box, NEEDLESS, criteria=f"={name}=0")
        self.at.put(row, HINT, self._hint(line, hint), self.style("hint"))

    def _value(self, id_: str) -> Value:
        """Return what the helper cell of a field or fact holds."""
        return self.inputs.sheet.value(self.inputs.rows[id_])

    def _lead(self, line: Line) -> Once[str]:
        """Return what stands before the hint of a line with marked cells."""
        return Once(partial(_lead, tuple(field.id for field in line.fields)))

    def _right(self, field: Field) -> FormFormula:
        """Return that a cell is right: a day in words, so that 5/1 read as 1 May is seen."""
        campaign = self.design.campaign
        again = in_words(
            "{mark} {said}", mark=TO_MEND, said=self.form_book.formulas.demands.formula(field.id)
        )
        if field.kind is FieldKind.MONTH:
            test, holds = not_offered(self.inputs.value_cell(field.id), campaign, field.id)
            return where(test, holds, again, is_right())
        if field.id == campaign.roles.unit and not self.design.is_made_out:
            test = f'{meta_place("unit").reference}=""'
            return where(test, _is_of_nobody, again, is_right())
        if field.id == campaign.roles.name(Role.ELECTED):
            # whether they are as many as allotted is the board's to judge
            fact = self.inputs.value_cell(ALLOTMENT)
            values = self._value(field.id), self._value(ALLOTMENT)
            words = say.BOARD_COMPARES.format(board=campaign.board.name)
            compared = constant(f"{OPEN} {words}")
            test = f"{self.inputs.value_cell(field.id)}={fact}"
            return where(test, partial(_are_same, values), is_right(), compared)
        if field.parts:
            cell = outside(reference(self.inputs.rows[field.complete.id]))
            number = str(len(field.contents))
            all_there = is_right(constant(say.ALL_ARE_THERE.format(number=number)))
            lacking = is_right(self.form_book.verdicts.lacking(field.id))
            return where(f"{cell}=1", partial(_all_there, field), all_there, lacking)
        if field.kind is not FieldKind.DATE:
            return is_right()
        here = reference(self.inputs.rows[field.id])
        said = day_in_full(here, partial(typed_day, field.id))
        row, put = self.inputs.sheet.add_row(), self.inputs.sheet.put
        known = f'IF({here}="","",{said.text})'
        value = where("", has_no_day(field.id), NOTHING, said).value
        cell = outside(put(row, known, value))
        return is_right(FormFormula(cell, self.inputs.sheet.value(row)))

    def _asked(self, line: Line, hint: str) -> FormFormula:
        """Return a line's hint; where another answer makes it needless, that nothing is written."""
        if not line.needed:
            return constant(hint)
        node, formulas = self.design.form.needed[line.fields[0].id], self.form_book.formulas
        test = f"{outside(formulas.reference(node))}=0"
        is_needless = yields(formulas.result(node), expected=False)
        return where(test, is_needless, constant(NOT_NEEDED), constant(hint))

    def _hint(self, line: Line, hint: str) -> FormFormula:
        """Return what stands beside a line: its hint, then the verdict on what was written.

        Below the delegates elected it says whether they are as many as allotted, beside what
        another answer makes needless that nothing is to be written.
        """
        said = self._asked(line, line.hint if line.fact else hint)
        if line.fact:
            # it says how the fact comes there, which it does once the unit is known
            unit = meta_place("unit").reference
            said = where(f'{unit}=""', _is_of_nobody, said, NOTHING)
        elected = self.design.campaign.roles.name(Role.ELECTED)
        if line.fact == ALLOTMENT and elected in self.design.layout.cells:
            one, other = (self.inputs.value_cell(id_) for id_ in (elected, line.fact))
            values = self._value(elected), self._value(line.fact)
            same, differing = constant(say.AS_ALLOTTED), constant(say.NOT_AS_ALLOTTED)
            compared = where(f"{one}={other}", partial(_are_same, values), same, differing)
            return where(f"COUNT({one},{other})<2", partial(_lack_one, values), said, compared)
        said = self.form_book.verdicts.verdict(line, said, self._right)
        return replace(said, lead=self._lead(line)) if self.design.is_returned else said

    def _select_first(self, rows: Sequence[int]) -> None:
        """Let the form open at the first cell that is not filled in from the start."""
        for row, line in zip(rows, self.sheet.lines, strict=True):
            given = {"unit", "month"} if self.design.is_made_out else set()
            if line.fields and not any(field.prefill in given for field in line.fields):
                last = ACTUAL if line.single is not None else PLANNED
                self.at.set_selection(row, PLANNED, row, last)
                return

    def _colour(self, first: int, last: int) -> None:
        """Colour the cells that a verdict is on, and the verdict; of two cells the filled one.

        Where both are filled, the one of what was carried out, unless the other is named.
        """
        cell, actual = (f"${xl_col_to_name(c)}{first + 1}" for c in (HINT, ACTUAL))
        words = literal(say.THIS_CELL.format(column=xl_col_to_name(PLANNED)))
        is_named = f'COUNT(SEARCH({words}&ROW()&" ",{cell}))'
        is_blank = f'{actual}=""'
        # only what is to be written anew names a cell, and what is said of the plan its column
        is_of_plan = f"ISNUMBER(SEARCH({literal(f' {say.OF_THE_PLAN}')},{cell}))"
        for mark, look, is_planned in (
            (TO_MEND, RED, f"OR({is_blank},{is_named},{is_of_plan})"),
            (TO_LOOK_AT, YELLOW, f"OR({is_blank},{is_of_plan})"),
        ):
            is_meant = f"(COLUMN()={PLANNED + 1})={is_planned}"
            is_marked = f'LEFT({cell},1)="{mark}"'
            box = (first, PLANNED, last, ACTUAL)
            self.form_book.colour(self.at, box, look, criteria=f"=AND({is_marked},{is_meant})")
            self.form_book.colour(
                self.at, (first, HINT, last, HINT), look, criteria=f"={is_marked}"
            )


# --- what they yield --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageCell:
    """The cell of a field on a page."""

    field: str
    looks: InputLooks

    def shown(self, filled: FilledForm) -> tuple[Raw, CellLook]:
        """Return content and look."""
        raw = filled.raws[self.field]
        return raw, self.looks.look(raw, filled.note(self.field))


def _lead(fields: tuple[str, ...], filled: FilledForm) -> str:
    return lead_of(filled.note(field) for field in fields)


def _height(usual: float, lead: Once[str], hint: str, room: Room, filled: FilledForm) -> float:
    """Return the height of a line: more than usual where words stand before its hint."""
    words = lead(filled)
    return max(usual, room.lines(words + hint) * HINT_LINE + 3) if words else usual


def _all_there(field: Field, filled: FilledForm) -> bool:
    choices = field.complete.choices
    return choices is not None and filled.values[field.complete.id].typed == choices.values[0]


def _as_ever(height: float, _: FilledForm) -> float:
    return height


def _height_of_note(id_: str, room: Room, filled: FilledForm) -> float:
    """Return the height of a note: two lines or more."""
    raw = filled.raws[id_]
    lines = room.lines(raw) if isinstance(raw, str) else 0
    return min(ROW_HEIGHT * max(NOTE_LINES, lines), HIGHEST)


def _is_hidden(kinds: tuple[str, ...], fields: tuple[str, ...], filled: FilledForm) -> bool:
    """Tell whether a line is for units of other kinds, and nothing stands there."""
    is_asked = filled.unit is None or filled.unit.kind in kinds
    return not is_asked and all(is_blank_cell(filled.raws[id_]) for id_ in fields)


def _are_same(values: tuple[Value, Value], filled: FilledForm) -> bool:
    return values[0](filled) == values[1](filled)


def _lack_one(values: tuple[Value, Value], filled: FilledForm) -> bool:
    return any(value(filled) == "" for value in values)


def _typed_text(id_: str, filled: FilledForm) -> Cached:
    return str(filled.values[id_].typed)


def _is_missing(id_: str, filled: FilledForm) -> bool:
    return filled.values[id_].typed is None


def _is_of_nobody(filled: FilledForm) -> bool:
    return filled.chosen is None


def _is_local(kinds: tuple[str, ...], filled: FilledForm) -> bool:
    unit = filled.chosen
    if unit is None or unit.kind not in kinds:
        return False
    return unit.name.lower().startswith(unit.kind)


def _name_without_kind(filled: FilledForm) -> Cached:
    return filled.chosen.name[len(filled.chosen.kind) + 1 :] if filled.chosen else ""


def _check_figure(figures: tuple[Value, ...], filled: FilledForm) -> Cached:
    return weighed(int(figure(filled)) for figure in figures)


def line_numbers(lines: Sequence[Line]) -> list[str]:
    """Return the numbers as printed: within each heading 1, 2, 3 … without gaps.

    A block that several forms share keeps the order of its lines, not its figures.
    """
    numbers: list[str] = []
    count = 0
    for line in lines:
        if line.is_heading:
            count = 0
        is_counted = line.number.isdecimal() and bool(line.fields or line.fact)
        count += is_counted
        numbers.append(str(count) if is_counted else line.number)
    return numbers
