"""Formulas as text: constants, sentences, and what one cell means by its own semantics.

The last is ``forms.as_typed`` in Excel. Only functions of Excel 2007. No
fragment depends on the reader's language settings: no thousands sign, no day
pattern in a ``TEXT``. A cell that holds an error counts as filled and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from string import Formatter

from tdkt_batch.campaign.lacking import phrases
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.values import Cached, Test, Value, always, either, joined
from tdkt_batch.sheets import cells
from tdkt_batch.vietnamese.folding import (
    BLANKS,
    PUNCTUATION,
    TONE_PLACES,
    WIDTHLESS,
    WRITTEN_RETURN,
)
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import BESIDE_NUMBERS, BETWEEN_NUMBERS, COMPLETE, LACKS, NONE

_WORDS = re.compile(r'"(?:[^"]|"")*"')
LONGEST_LITERAL = 250
"""Excel takes no text literal of more than 255 characters."""


@dataclass(frozen=True, slots=True)
class FormFormula:
    """A formula of a form, and what it yields of what is filled in.

    Where ``lead`` gives a text, that stands before both.
    """

    text: str
    value: Value
    lead: Callable[[FilledForm], str] | None = None


@lru_cache(maxsize=4096, typed=True)
def literal(value: int | str | date) -> str:
    """Return a constant as a formula writes it; long texts in pieces.

    >>> literal("đủ"), literal(date(2015, 3, 31)), literal(7)
    ('"đủ"', 'DATE(2015,3,31)', '7')
    """
    if isinstance(value, date):
        return cells.day_literal(value)
    if isinstance(value, int):
        return str(value)
    pieces = [value[i : i + LONGEST_LITERAL] for i in range(0, len(value), LONGEST_LITERAL)]
    return "&".join(map(cells.literal, pieces)) or '""'


def constant(text: str) -> FormFormula:
    """Return a text that never changes."""
    return FormFormula(literal(text), always(text))


def where(test: str, holds: Test, then: FormFormula, otherwise: FormFormula) -> FormFormula:
    """Return one of two by a formula's ``test``, which ``holds`` for what is filled in or not.

    >>> where("A1=1", bool, constant("một"), constant("khác")).text
    'IF(A1=1,"một","khác")'
    """
    value = either(holds, then.value, otherwise.value)
    return FormFormula(f"IF({test},{then.text},{otherwise.text})", value)


def in_words(template: str, **parts: FormFormula | str) -> FormFormula:
    """Return a sentence with live and fixed parts in its places.

    >>> in_words("{where}, ngày {day}", where="Lai Châu", day=FormFormula("DAY(A1)", len)).text
    '"Lai Châu, ngày "&DAY(A1)'
    """
    pieces, values, fixed = list[str](), list[str | Value](), ""
    for before, name, _, _ in Formatter().parse(template):
        part = parts[name] if name else ""
        fixed += before
        if isinstance(part, str):
            fixed += part
        else:
            for text in (literal(fixed), part.text) if fixed else (part.text,):
                _append(pieces, text)
            values += [fixed, part.value]
            fixed = ""
    if fixed or not pieces:
        pieces.append(literal(fixed))
        values.append(fixed)
    return FormFormula("&".join(pieces), joined(values))


def _append(pieces: list[str], text: str) -> None:
    """Add a part to those of a sentence, its first words to the last where both are fixed."""
    first = _WORDS.match(text)
    is_fixed = bool(pieces) and _WORDS.fullmatch(pieces[-1])
    if is_fixed and first and len(pieces[-1]) + len(first[0]) <= LONGEST_LITERAL:
        pieces[-1] = pieces[-1][:-1] + text[1:]
    else:
        pieces.append(text)


# --- what a cell means ----------------------------------------------------------------------
# ``cell`` is where it stands, ``text`` the same squeezed: a defined name, for that formula is long


@lru_cache(maxsize=4096)
def squeezed(cell: str) -> str:
    """Return the formula of a text as it is seen (``folding.squeeze``)."""
    written = (
        f"{literal(WRITTEN_RETURN[:4])}&{literal(WRITTEN_RETURN[4:])}"  # whole it were an escape
    )
    cell = f'SUBSTITUTE({cell},{written}," ")'
    for signs, blank in ((BLANKS, '" "'), (WIDTHLESS, '""')):
        for sign in signs:
            # a tab or the end of a line does not keep its place in a workbook's XML
            written = literal(sign) if sign > " " else f"CHAR({ord(sign)})"
            cell = f"SUBSTITUTE({cell},{written},{blank})"
    return f"TRIM({cell})"


def folded_text(text: str) -> str:
    """Return the formula of a squeezed text as texts are compared (``folding.fold_text``)."""
    for sign in PUNCTUATION:
        text = f'SUBSTITUTE({text},{literal(sign)}," ")'
    folded = f"LOWER(TRIM({text}))"
    for one, other in TONE_PLACES:
        folded = f'SUBSTITUTE({folded},"{one}","{other}")'
    return folded


def filled(cell: str, text: str) -> str:
    """Return the formula of 1 where something was typed; what is not seen is nothing."""
    return f"IF(ISTEXT({cell}),IF(LEN({text})=0,0,1),IF(ISBLANK({cell}),0,1))"


def seen(cells: str) -> str:
    """Return the formula of what is seen in a list's cells, short enough for many of them.

    Beside blanks it knows those that do not break, which come with what is pasted.
    """
    return f'TRIM(SUBSTITUTE({cells},"\u00a0"," "))'


def _number(cell: str, result: str, test: str) -> str:
    """Return ``result`` where the cell holds a number (TRUE is none) that passes ``test``."""
    return f'IF(ISNUMBER({cell}),IF(ISLOGICAL({cell}),"",IF({test},{result},"")),"")'


def count(cell: str, text: str, minimum: int, maximum: int) -> str:
    """Return the formula of a count; missing unless whole and within its bounds.

    A text that says none is 0, where 0 is within the bounds.
    """
    number = _number(cell, cell, f"AND({cell}=INT({cell}),{cell}>={minimum},{cell}<={maximum})")
    if minimum:
        return number
    words = ",".join(map(literal, NONE))
    is_none = f"SUMPRODUCT(--EXACT(LOWER({text}),{{{words}}}))>0"
    return f'IF(ISTEXT({cell}),IF({is_none},0,""),{number})'


def day(cell: str, in_text: str, first: date, last: date, *, first_of_month: bool = False) -> str:
    """Return the formula of a day; missing outside the campaign's dates.

    It is the one ``in_text``, or a real day that was pasted in, whose time is dropped.
    """
    bounds = f"AND({{0}}>={literal(first)},{{0}}<={literal(last)})"
    whole = f"INT({cell})"
    result = f"{whole}-DAY({whole})+1" if first_of_month else whole
    real = _number(cell, result, bounds.format(whole))
    named = f'IFERROR(IF({bounds.format(in_text)},{in_text},""),"")'
    return f"IF(ISTEXT({cell}),{named},{real})"


_WIDE = 20
"""How much room each part of a day has while they are taken apart."""


def day_figures(cell: str, text: str, *, of_month: bool = False) -> str:
    """Return the formula of the eight figures of a day in a text (``as_typed.day_figures``)."""
    apart = f'"1/"&{text}' if of_month else text
    for sign in "/.-":
        apart = f'SUBSTITUTE({apart},"{sign}",REPT(" ",{_WIDE}))'
    day, month = (f"TRIM(MID({apart},{n},{_WIDE}))" for n in (1, _WIDE + 1))
    year = f"TRIM(MID({apart},{2 * _WIDE + 1},99))"
    padded = "&".join(f'REPT("0",2-LEN({part}))&{part}' for part in (day, month))
    century = "" if of_month else f'REPT("20",LEN({year})=2)&'
    figures = f"{padded}&{century}{year}"
    return f'IF(ISTEXT({cell}),IFERROR({figures},""),"")'


def day_of_figures(figures: str) -> str:
    """Return the formula of the day of eight ``figures``; no number where there is no such day.

    Not by ``DATEVALUE``, which reads by the settings of each PC.
    """
    day = f"DATE(RIGHT({figures},4),MID({figures},3,2),LEFT({figures},2))"
    again = f'TEXT(DAY({day}),"00")&TEXT(MONTH({day}),"00")&YEAR({day})'
    return f'IF(EXACT({again},{figures}),{day},"")'


def choice(cell: str, text: str, options: str, numbers: str) -> str:
    """Return the formula of a choice: its number among the ``options``, in small letters.

    ``numbers`` are the cells that count 1, 2, 3 … beside the options. Not by
    ``MATCH`` on the text, which takes ``*`` and ``?`` for any letters.
    """
    place = f"SUMPRODUCT(EXACT(LOWER({text}),LOWER({options}))*{numbers})"
    return f'IF(ISTEXT({cell}),IFERROR(MATCH({place},{numbers},0),""),"")'


def mark(cell: str, text: str) -> str:
    """Return the formula of a mark: 1 for x, 0 for nothing, ½ for anything else."""
    meant = f'IF(EXACT(LOWER({text}),"x"),1,IF(LEN({text})=0,0,0.5))'
    return f"IF(ISTEXT({cell}),{meant},IF(ISBLANK({cell}),0,0.5))"


def words_apart(cell: str, text: str, contents: int) -> str:
    """Return the formula of the words of an answer that says what lacks (``campaign.lacking``)."""
    digits = _number(cell, f'TEXT({cell},"0")', f"{cell}=INT({cell})")
    apart = f"IF(ISTEXT({cell}),LOWER({text}),{digits})"
    for sign in BETWEEN_NUMBERS:
        apart = f"SUBSTITUTE({apart},{literal(sign)},{literal(f' {sign} ')})"
    apart = f'SUBSTITUTE(SUBSTITUTE({apart}&" ",". "," "),": "," ")'
    apart = f'" "&SUBSTITUTE(TRIM({apart})," ","  ")&" "'
    for phrase, word in phrases(contents):
        apart = f"SUBSTITUTE({apart},{literal(phrase)},{literal(word)})"
    for word in (*BETWEEN_NUMBERS, *BESIDE_NUMBERS.split()):
        apart = f'SUBSTITUTE({apart},{literal(f" {word} ")},"")'
    return apart


def lacking(apart: str, contents: int) -> str:
    """Return the formula of such an answer from its words ``apart``; "" where it is unclear."""
    rest = apart
    for word in (COMPLETE, LACKS, *range(1, contents + 1)):
        rest = f'SUBSTITUTE({rest},{literal(f" {word} ")},"")'
    numbers = apart
    for word in (COMPLETE, LACKS):
        numbers = f'SUBSTITUTE({numbers},{literal(f" {word} ")},"")'
    both = f"{says(COMPLETE, apart)}*({says(LACKS, apart)}<>N(LEN(TRIM({numbers}))>0))"
    return f'IF(LEN(TRIM({rest}))+{both}=0,TRIM({apart}),"")'


def says(word: str, apart: str) -> str:
    """Return the formula of 1 where an answer has a word or number, else 0."""
    return f"COUNT(FIND({literal(f' {word} ')},{apart}))"


def text(cell: str, text: str) -> str:
    """Return the formula of a folded text; a whole number is its digits."""
    return f"IF(ISTEXT({cell}),{folded_text(text)},{_digits(cell)})"


def shown_text(cell: str) -> str:
    """Return the formula of a text as it was typed."""
    return f'IF(ISTEXT({cell}),{cell},TEXT({cell},"0"))'


def text_length(cell: str, text: str) -> str:
    """Return the formula of a text's length, for the check figure."""
    return f"IF(ISTEXT({cell}),LEN({text}),LEN({_digits(cell)}))"


def _digits(cell: str) -> str:
    test = f"AND({cell}=INT({cell}),ABS({cell})<1E+15)"
    return _number(cell, f'TEXT(ABS({cell}),"0")', test)


# --- values as an office writes them --------------------------------------------------------


def number_words(cell: str) -> str:
    """Return the formula of 1.234.567 from a number's cell, whatever the reader's settings."""
    pattern = r'IF(ABS({0})<1000,"0",IF(ABS({0})<1000000,"0\.000","0\.000\.000"))'
    return f"TEXT({cell},{pattern.format(cell)})"


def day_words(cell: str) -> str:
    """Return the formula of dd/mm/yyyy from a day's cell."""
    return f'TEXT(DAY({cell}),"00")&"/"&TEXT(MONTH({cell}),"00")&"/"&YEAR({cell})'


def parts_of_day(cell: str, day: Callable[[FilledForm], object]) -> dict[str, FormFormula]:
    """Return day, month and year of a day's cell, which holds ``day``, for ``in_words``."""
    names = ("day", "month", "year")
    return {n: FormFormula(f"{n.upper()}({cell})", partial(_part_of_day, n, day)) for n in names}


def _part_of_day(name: str, day: Callable[[FilledForm], object], filled: FilledForm) -> Cached:
    part: int | str = getattr(day(filled), name, "")
    return part


def day_in_full(cell: str, day: Callable[[FilledForm], object]) -> FormFormula:
    """Return ``thứ Năm, 12 tháng 3 năm 2015`` from a day's cell, which holds ``day``."""
    formula = f"CHOOSE(WEEKDAY({cell}),{','.join(map(literal, say.WEEKDAYS))})"
    weekday = FormFormula(formula, partial(_weekday, day))
    return in_words(say.DAY_IN_FULL, weekday=weekday, **parts_of_day(cell, day))


def _weekday(day: Callable[[FilledForm], object], filled: FilledForm) -> Cached:
    known = day(filled)
    return say.WEEKDAYS[known.isoweekday() % 7] if isinstance(known, date) else ""
