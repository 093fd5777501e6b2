"""An input cell: how it looks, what it takes, its hint, and the board's mark on it.

A marked cell of a returned form has a colour, a frame that survives a
black-and-white printer, and a comment in words; comments are not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind
from tdkt_batch.forms.review import CellNote
from tdkt_batch.forms_write.cell_formulas import literal
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.helper_inputs import ChoicePlace
from tdkt_batch.forms_write.looks import CellLook
from tdkt_batch.model import Severity
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.text_width import lines_needed
from tdkt_batch.values import Raw
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import MARKED, NONE

_CENTRED = {"align": "center"}
_LEFT = {"align": "left", "indent": 1, "num_format": "@"}
_LOOKS: Mapping[FieldKind, Mapping[str, object]] = {
    FieldKind.COUNT: {"num_format": "0", **_CENTRED},
    FieldKind.DATE: {"num_format": "@", **_CENTRED},
    FieldKind.MONTH: {"num_format": "@", **_CENTRED},
    FieldKind.TEXT: _LEFT,
    FieldKind.NOTE: {**_LEFT, "text_wrap": True},
    FieldKind.CHOICE: _LEFT,
    FieldKind.MARK: {"num_format": "@", **_CENTRED},
    FieldKind.LACKING: {"num_format": "@", **_CENTRED},
}
_GRADES: Mapping[Severity | None, Mapping[str, object]] = {
    Severity.VIOLATION: {"bg_color": "#F8CBAD", "border": 5, "border_color": "#7A0010"},
    Severity.ARITHMETIC: {"bg_color": "#D8E4BC", "border": 2, "border_color": "#375623"},
    Severity.READING: {"bg_color": "#FFD966", "border": 6, "border_color": "#5C4400"},
    Severity.WARNING: {"bg_color": "#FFE699", "border": 8, "border_color": "#5C4400"},
    Severity.NOTICE: {"bg_color": "#DDEBF7", "border": 4, "border_color": "#1F3864"},
    None: {"bg_color": "#E4DFEC", "border": 4, "border_color": "#3F3151"},
}
"""Thick, solid, double, dashed, dotted frames: the gravest is the heaviest."""
_TITLE_LENGTH, _MESSAGE_LENGTH = 32, 255
"""Excel's limits for what a cell says when it is chosen, or refuses an entry."""
_NOTE_WIDTH, _LINE, _MOST_LINES = 42, 17, 24
"""How many digits stand on a comment's line, a line's height in pixels."""
LONGEST_NOTE = 4000
"""Excel takes 32.767 letters; nobody reads so many."""


def number_format(field: Field, raw: Raw) -> object:
    """Return how numbers show in a cell; a day or TRUE typed anywhere keeps its own look."""
    kind = field.kind
    if isinstance(raw, bool):
        return "General"
    if isinstance(raw, datetime) and raw.time() != time():
        return "dd/mm/yyyy hh:mm"
    if isinstance(raw, date):
        return "m/yyyy" if kind is FieldKind.MONTH else "dd/mm/yyyy"
    if isinstance(raw, time | timedelta):
        return "hh:mm"
    return "0" if field.is_year else _LOOKS[kind]["num_format"]


_ANY_NUMBER: tuple[Raw, ...] = (None, True, datetime(2015, 1, 1, 1), date(2015, 1, 1), time())  # noqa: DTZ001
"""One of each that has a look of its own."""
_UNMARKED = "unmarked"
LOCKED: Mapping[str, object] = {"locked": True, "bg_color": "#FFFFFF"}
"""How a cell looks that the register fills in."""
NO_LOOK: Mapping[str, object] = {}


class InputLooks:
    """The looks of an input cell: by what stands there, and the board's mark.

    ``more`` is over the field's own look, ``last`` over the mark too. Cells of a form
    that does not go back are never marked.
    """

    def __init__(
        self,
        form_book: FormBook,
        field: Field,
        more: Mapping[str, object],
        last: Mapping[str, object] = NO_LOOK,
    ) -> None:
        self.field = field
        grades: Mapping[Any, Mapping[str, object]] = _GRADES
        marks = {_UNMARKED: {}, **(grades if form_book.design.is_returned else {})}
        usual = number_format(field, None)
        key = (field.kind, usual, *more.items(), *last.items())
        self.by_kind: dict[tuple[object, object], CellLook]
        self.by_kind = form_book.input_looks.setdefault(key, {})
        for raw in () if self.by_kind else _ANY_NUMBER:
            shown = number_format(field, raw)
            for mark, colours in marks.items():
                look = {**_LOOKS[field.kind], "num_format": shown, **more, **colours}
                is_usual = shown == usual and mark == _UNMARKED
                made = form_book.look(is_usual, "input", **{**look, **last})
                self.by_kind.setdefault((shown, mark), made)

    def look(self, raw: Raw, note: CellNote | None = None) -> CellLook:
        """Return the look of a cell in which ``raw`` stands."""
        mark = note.severity if note else _UNMARKED
        return self.by_kind[number_format(self.field, raw), mark]


def validation(
    field: Field, campaign: Campaign, cell: str, choices: ChoicePlace | None, hint: str = ""
) -> dict[str, Any]:
    """Return the validation of a field's ``cell``; ``choices`` is the list to choose from.

    Of a column ``cell`` is the first. A count takes the words for none too. The
    message says where, what is wrong and what to do.
    """
    kind: str = field.kind
    options: dict[str, Any] = {"validate": "any"}
    low, high = str(field.minimum), write_number(field.maximum)
    match field.kind:
        case _ if choices is not None:
            options = {"validate": "list", "source": f"={choices.name}"}
            kind = kind if kind in say.REFUSALS else "unit"
        case FieldKind.COUNT if field.minimum > 0:
            bounds: dict[str, int | date] = {"minimum": field.minimum, "maximum": field.maximum}
            options = {"validate": "integer", "criteria": "between", **bounds}
            kind, high = "year", str(field.maximum)
        case FieldKind.COUNT:
            kind = "count" if field.required else "optional_count"
            is_count = f"AND({cell}=INT({cell}),{cell}>=0,{cell}<={field.maximum})"
            is_none = ",".join(f"TRIM({cell})={literal(word)}" for word in NONE)
            formula = f"=IF(ISNUMBER({cell}),{is_count},OR({is_none}))"
            options = {"validate": "custom", "value": formula}
        case FieldKind.MARK:
            options = {"validate": "list", "source": ["x", "X"]}
    what, to_do = map(campaign.words.said, say.REFUSALS.get(kind, ("", "")))
    if field.kind is FieldKind.MARK:
        to_do = field.hint or to_do
    # the hint, then what to do unless the hint says just that
    prompt = hint or field.hint
    if prompt.casefold() in to_do.casefold():
        prompt = to_do
    elif to_do and not prompt.startswith(say.DAY_HINT):
        prompt = say.HINT_AND_TO_DO.format(hint=prompt, to_do=to_do)
    title = _cut(field.label, _TITLE_LENGTH)
    options |= {"input_title": title, "input_message": _cut(prompt, _MESSAGE_LENGTH)}
    if options["validate"] != "any":
        what = what.format(low=low, high=high)
        refused = say.REFUSED.format(label=field.label, what=what, to_do=to_do)
        options |= {"error_title": title, "error_message": _cut(refused, _MESSAGE_LENGTH)}
    return options


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


# --- the board's marks ----------------------------------------------------------------------


def write_note(sheet: Worksheet, row: int, column: int, last: int, note: CellNote) -> None:
    """Write a cell's comment beside its ``last`` column and never over it."""
    text = clean_text(note.text, LONGEST_NOTE, as_typed=True)
    lines = lines_needed(text, _NOTE_WIDTH)
    options = {
        "width": 320,
        "height": _LINE * min(lines + 1, _MOST_LINES),
        "start_col": last + 1,
        "start_row": row,
        "x_offset": 12,
        "y_offset": 2,
        "font_name": "Times New Roman",
        "font_size": 11,
        "visible": False,
    }
    sheet.write_comment(row, column, text, options)


def lead_of(notes: Iterable[CellNote | None]) -> str:
    """Return what stands before the hint beside marked cells: where they are spoken of.

    >>> lead_of([CellNote(Severity.WARNING, "", (2, 5)), None])
    '► Xem nội dung số 2, 5 ở trang đầu. '
    """
    numbers = sorted({number for note in notes if note for number in note.numbers})
    said = ", ".join(map(str, numbers))
    return say.SEE_FIRST_SHEET.format(mark=MARKED, numbers=said) if numbers else ""
