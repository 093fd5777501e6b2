"""What the batch understands in a list though the form's own formulas do not take it.

The form must not call wrong what the batch reads: of a birthday its year, another name
of a choice or the same without marks, *Có* for x. Each is told by a formula, and by its
like in Python. The batch understands somewhat more (letters of before Unicode).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.forms.as_typed import day_serial, serial
from tdkt_batch.forms_write.cell_formulas import literal
from tdkt_batch.values import Raw
from tdkt_batch.vietnamese.spelling import without_marks
from tdkt_batch.wording.forms import NO, YES

_BETWEEN = "|"
_MARKS = (*YES, *NO, "true", "false")
"""What is read as a mark or as none; the last two are cells of yes or no, as Excel writes them."""
_ROOM = 20
"""How much room each part of a day has while they are taken apart."""


def other_words(choices: ChoiceList) -> tuple[str, ...]:
    """Return in small letters what is taken for one value of a list beside its values.

    >>> other_words(ChoiceList(id="gioi_tinh", values=("Nam", "Nữ"), aliases={"Gái": "Nữ"}))
    ('gái', 'nu')
    """
    bare = Counter(without_marks(value).lower() for value in choices.values)
    words = {word for word, number in bare.items() if number == 1}
    words |= {alias.lower() for alias in choices.aliases}
    return tuple(sorted(words - {value.lower() for value in choices.values}))


def in_one(words: Iterable[str]) -> str:
    """Return words as one text, in which each is found between two signs.

    >>> in_one(("gái", "nu"))
    '|gái|nu|'
    """
    return f"{_BETWEEN}{_BETWEEN.join(words)}{_BETWEEN}"


def understood(column: Field, cell: str, words: str) -> str:
    """Return the test that the batch understands a cell; "" where it understands no more.

    ``words`` is where the other words of a choice stand, as ``in_one`` joins them.
    """
    if column.kind is FieldKind.MARK:
        words = literal(in_one(_MARKS))
    if words:
        return f'ISNUMBER(FIND("{_BETWEEN}"&LOWER(TRIM({cell}))&"{_BETWEEN}",{words}))'
    return _year(column, cell) if column.is_year else ""


def _year(column: Field, cell: str) -> str:
    first, last = _days(column)
    bare = f'SUBSTITUTE({cell}," ","")'
    text = f'SUBSTITUTE(SUBSTITUTE({bare},".","/"),"-","/")'
    figures = f'SUBSTITUTE({text},"/","")'
    year = f'TRIM(RIGHT(SUBSTITUTE({text},"/",REPT(" ",{_ROOM})),{_ROOM}))'
    years = f"({year}+{{0,1900,2000}})"
    is_one = f"SUMPRODUCT(({years}>={column.minimum})*({years}<={column.maximum}))=1"
    is_whole = f"OR(LEN({year})=4,LEN({figures})<LEN({bare}))"
    in_text = f"IFERROR(AND(ISNUMBER(1*{figures}),{is_one},{is_whole}),FALSE)"
    return f"IF(ISTEXT({cell}),{in_text},AND({cell}>={first},{cell}<{last + 1}))"


def _days(column: Field) -> tuple[int, int]:
    """Return the numbers of the first and the last day of birth that a year's cell allows."""
    return day_serial(date(column.minimum, 1, 1)), day_serial(date(column.maximum, 12, 31))


def _words(column: Field) -> tuple[str, ...]:
    if column.choices is not None:
        return other_words(column.choices)
    return _MARKS if column.kind is FieldKind.MARK else ()


def is_understood(column: Field, raw: Raw) -> bool:
    """Tell whether the batch understands a cell that the form's own formulas do not take."""
    if not column.is_year:
        text = f"{raw:g}" if isinstance(raw, float) else str(raw)
        return " ".join(filter(None, text.split(" "))).lower() in _words(column)
    first, last = _days(column)
    if (number := serial(raw)) is not None:
        return first <= number < last + 1
    bare = str(raw).replace(" ", "")
    text = bare.replace(".", "/").replace("-", "/")
    figures, year = text.replace("/", ""), text.rpartition("/")[2]
    if not (figures.isascii() and figures.isdecimal() and year):
        return False
    allowed = range(column.minimum, column.maximum + 1)
    is_one = sum(int(year) + century in allowed for century in (0, 1900, 2000)) == 1
    return is_one and (len(year) == 4 or len(figures) < len(bare))
