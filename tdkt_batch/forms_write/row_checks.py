"""What is wrong or missing in each row of a table, as one number a row, and in words.

The number has a bit for each thing: from ``BAD`` on one for each column whose cell the
batch would not read, below it one for each that is still to be written. So the colours,
the words beside the row and the things to do all ask the same cell. What the form's own
formulas do not take but the batch understands (a day of birth for its year, another name
of a choice, Có for x) is not wrong; nor is anything in a list of the unit's own that was
pasted with its heads: the batch reads it by those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from tdkt_batch.campaign.form import Field, FieldKind, Table
from tdkt_batch.forms_write.cell_formulas import filled, literal, seen
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.helper_cells import HelperColumn
from tdkt_batch.forms_write.helper_inputs import Inputs, is_not_taken
from tdkt_batch.forms_write.understood import is_understood
from tdkt_batch.forms_write.values import Cached, Test
from tdkt_batch.values import Raw, TableRow, is_blank_cell
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import OPEN, RIGHT, TO_LOOK_AT, TO_MEND

BAD = 1024
"""From here on the bits of cells that cannot be read, below it of what is not there."""
CODE, UNREAD = "soat.", "sai."
"""How the names begin of a row's number, and of whether a cell of a column cannot be read."""
NOWHERE = 1_000_000
"""The row of a list of the unit's own where there is none."""
_FREE = (FieldKind.TEXT, FieldKind.NOTE)


@dataclass(frozen=True, slots=True)
class RowThing:
    """One thing that may be to do in a row: its bit, its column, and how that is said."""

    bit: int
    column: Field
    words: str


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule that no row of a table may be so: where it is graded, the ``rows`` that are so.

    ``number`` is its row of the panel, ``column`` is to be looked at in such a row first.
    ``said`` is what is said of such a row; the grade of a rule that the unit ``explains``
    ends in a bracket, and there is none unless the rule ``fails``.
    """

    number: int
    rows: HelperColumn
    column: str
    grade: str
    said: str
    fails: Test
    explains: Test


class RowChecks:
    """Checks the rows of one table: ``code`` is the number of each row, ``words`` what it says.

    ``cell`` is the defined name of a row's number, for rules of colours, which on old
    Excels reach other sheets by names only.
    """

    def __init__(self, inputs: Inputs, table: Table, rules: Sequence[RowRule] = ()) -> None:
        self.inputs, self.table = inputs, table
        self.rules = tuple(rule for rule in rules if rule.rows.table == table.id)
        self.place = inputs.design.layout.tables[table.id]
        key = next((c for c in table.columns if (c.id,) == table.key), None)
        wanted = [c for c in table.columns if c.required and not table.prefill and c is not key]
        bad = [c for c in table.columns if c.kind not in _FREE]
        self.key = key
        self.missing = [
            RowThing(1 << n, column, _small(column.label))
            for n, column in enumerate([*([key] if key else []), *wanted])
        ]
        self.bad = [RowThing(BAD << n, c, _fault(c)) for n, c in enumerate(bad)]
        self.own_list = self._add_own_list()
        things = tuple(self.bad), tuple(self.missing)
        self._code = partial(_codes, table, *things)
        self.code = inputs.sheet.add_column(table.id, self._code_formula(), self._code, 0)
        _ = self.code.range  # colours, words and tasks ask for it: it has cells
        self.cell = f"{CODE}{table.id}"
        inputs.squeezed[self.cell] = self.code.here
        self.words = self._add_words()

    def _column(self, id_: str) -> str:
        """Return the sheet column of one of the table's."""
        return str(xl_col_to_name(self.place.columns[id_]))

    # --- formulas -------------------------------------------------------------------------

    def _add_own_list(self) -> str | None:
        """Return the cell of the row in which a list of the unit's own has its heads."""
        if self.key is None or not self.key.other_heads:
            return None
        columns = self.place.columns.values()
        first, last = self.place.first_row, self.place.first_row + self.place.capacity - 1
        area = f"'{self.place.sheet}'!{xl_range_abs(first, min(columns), last, max(columns))}"
        hits = "+".join(f"({area}={literal(head)})" for head in _heads(self.key))
        row = self.inputs.sheet.add_row()
        formula = f"SUMPRODUCT(MIN({NOWHERE}-(({hits})>0)*({NOWHERE}-ROW({area}))))"
        found = partial(_own_list, self.table, first)
        return self.inputs.sheet.put(row, f"IFERROR({formula},{NOWHERE})", found)

    def _code_formula(self) -> str:
        inputs, table = self.inputs, self.table.id
        bad = []
        for thing in self.bad:
            # long, and therefore under a name of its own
            name = f"{UNREAD}{table}.{thing.column.id}"
            inputs.squeezed[name] = inputs.unread(table, thing.column.id)
            bad.append(f"{thing.bit}*{name}")
        missing = [
            f"{thing.bit}*(1-{filled(*inputs.cell_in_row(table, thing.column.id))})"
            for thing in self.missing
        ]
        total = "+".join(bad) or "0"
        if missing:
            columns = [self.place.columns[c.id] for c in self.table.columns]
            first, last = (xl_col_to_name(end) for end in (min(columns), max(columns)))
            row = f"'{self.place.sheet}'!${first}1:${last}1"
            is_filled = f"SUMPRODUCT(--(LEN({seen(row)})>0))>0"
            total = f"{total}+IF({is_filled},{'+'.join(missing)},0)"
        total = f"IFERROR({total},{BAD})"
        if self.own_list is None:
            return total
        return f"IF(ROW('{self.place.sheet}'!$A1)>={self.own_list},0,{total})"

    def said_of(self, number: str, *, with_mark: bool = True) -> str:
        """Return the formula of the words for a row's ``number``, which is not 0."""
        bad, missing = (
            "&".join(
                f'IF(MOD(INT({number}/{thing.bit}),2)=1,{literal(between + thing.words)},"")'
                for thing in things
            )
            for things, between in ((self.bad, "; "), (self.missing, ", "))
        )
        to_mend, to_write = _marks(with_mark=with_mark)
        bad = f'"{to_mend}"&MID({bad},3,250)' if bad else '""'
        if not missing:
            return bad
        missing = f'"{to_write} "&MID({missing},3,250)'
        return f"IF({number}>={BAD},{bad},{missing})"

    def column_of(self, number: str) -> str:
        """Return the formula of the sheet column of the first thing in a row's ``number``."""
        formula = '"B"'
        for thing in reversed([*self.bad, *self.missing]):
            column = self._column(thing.column.id)
            formula = f'IF(MOD(INT({number}/{thing.bit}),2)=1,"{column}",{formula})'
        return formula

    def _add_words(self) -> HelperColumn:
        number, exists = self.code.here, self.inputs.row_exists(self.table.id).here
        read = f'"{RIGHT}"'
        for rule in reversed(self.rules):
            fails, is_explained = f'AND({rule.rows.here}=1,{rule.grade}<>"")', _explained()
            wrong = f'IF(RIGHT({rule.grade})=")","{is_explained}",{literal(_broken(rule))})'
            read = f"IF({fails},{wrong},{read})"
        said = f'IF({number}=0,IF({exists}=1,{read},""),{self.said_of(number)})'
        if self.own_list is not None:
            row = f"ROW('{self.place.sheet}'!$A1)"
            own = f'IF({row}={self.own_list},{literal(_own_words())},"")'
            said = f"IF({row}>={self.own_list},{own},{said})"
        values = partial(_words, self, self.place.first_row)
        return self.inputs.sheet.add_column(self.table.id, said, values, "")

    # --- what they yield --------------------------------------------------------------------

    def codes(self, filled: FilledForm) -> Sequence[int]:
        """Return the number of each row that is filled in."""
        return [int(number) for number in self.code.values(filled)]

    def in_words(self, number: int, *, with_mark: bool = True) -> str:
        """Return what a row's ``number`` says, which is not 0."""
        to_mend, to_write = _marks(with_mark=with_mark)
        if number >= BAD:
            return to_mend + "; ".join(one.words for one in self.bad if number & one.bit)
        missing = ", ".join(one.words for one in self.missing if number & one.bit)
        return f"{to_write} {missing}"

    def first_column(self, number: int) -> str:
        """Return the sheet column of the first thing in a row's ``number``."""
        first = next((t for t in (*self.bad, *self.missing) if number & t.bit), None)
        return "B" if first is None else self._column(first.column.id)


def _marks(*, with_mark: bool) -> tuple[str, str]:
    """Return how the words begin of what is to be mended, and of what is to be written."""
    small = say.ROW_LACKS.lower()
    return (f"{TO_MEND} ", f"{OPEN} {say.ROW_LACKS}") if with_mark else ("", small)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


def _fault(column: Field) -> str:
    """Return what is wrong with a cell of a column, in few words."""
    kind = "year" if column.is_year else column.kind
    bounds = {"low": str(column.minimum), "high": str(column.maximum)}
    return say.ROW_FAULTS[kind].format(label=_small(column.label), **bounds)


def _own_words() -> str:
    return f"{TO_LOOK_AT} {say.OWN_LIST}"


def _explained() -> str:
    return f"{TO_LOOK_AT} {say.EXPLAINED_HERE}"


def _broken(rule: RowRule) -> str:
    return f"{TO_MEND} {rule.said}"


def _heads(key: Field) -> tuple[str, ...]:
    return (key.label, *key.other_heads)


def _own_list(table: Table, first: int, filled: FilledForm) -> int:
    heads = {h.lower() for c in table.columns if (c.id,) == table.key for h in _heads(c)}
    for number, row in enumerate(filled.rows[table.id]):
        if any(isinstance(raw, str) and raw.lower() in heads for raw in row.values()):
            return first + number + 1
    return NOWHERE


def _is_bad(thing: RowThing, row: TableRow) -> bool:
    value = row.values[thing.column.id]
    return is_not_taken(value) and not is_understood(thing.column, value.raw)


def _is_seen(raw: Raw) -> bool:
    """Tell whether a cell holds more than blanks, as ``seen`` does (rarer signs are something)."""
    return raw is not None and bool(str(raw).replace("\u00a0", " ").strip(" "))


def _codes(
    table: Table, bad: Sequence[RowThing], missing: Sequence[RowThing], filled: FilledForm
) -> Sequence[Cached]:
    key = next((c for c in table.columns if (c.id,) == table.key), None)
    top = NOWHERE
    if key is not None and key.other_heads:
        top = _own_list(table, 0, filled) - 1
    codes = []
    for number, row in enumerate(filled.tables[table.id]):
        raws = filled.rows[table.id][number]
        code = sum(thing.bit for thing in bad if _is_bad(thing, row))
        if any(map(_is_seen, raws.values())):
            code += sum(t.bit for t in missing if is_blank_cell(raws.get(t.column.id)))
        codes.append(0 if number >= top else code)
    return codes


def _read(checks: RowChecks, number: int, filled: FilledForm) -> str:
    """Return what is said of a row in which all can be read and nothing lacks."""
    for rule in checks.rules:
        if rule.fails(filled) and rule.rows.values(filled)[number] == 1:
            return _explained() if rule.explains(filled) else _broken(rule)
    return RIGHT


def _words(checks: RowChecks, first: int, filled: FilledForm) -> Sequence[Cached]:
    heads = NOWHERE
    if checks.own_list is not None:
        heads = _own_list(checks.table, first, filled) - first - 1
    said: list[Cached] = []
    for number, code in enumerate(checks.codes(filled)):
        if number >= heads:
            said.append(_own_words() if number == heads else "")
        elif code:
            said.append(checks.in_words(code))
        else:
            exists = filled.existing[checks.table.id][number] is not None
            said.append(_read(checks, number, filled) if exists else "")
    return said
