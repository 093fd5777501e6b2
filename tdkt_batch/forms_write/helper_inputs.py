"""Helper cells of what the form holds itself: fields, register facts, tables, lists of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from tdkt_batch.campaign.form import FACTS, KIND_OF_FIELD, Field, FieldKind, Table
from tdkt_batch.campaign.lacking import words_apart
from tdkt_batch.campaign.tree import Kind
from tdkt_batch.forms.as_typed import day_figures, month_as_text
from tdkt_batch.forms.check_figure import column_figure, figure_weight, value_figure
from tdkt_batch.forms.layout import LISTS_SHEET, META_FACTS, meta_place
from tdkt_batch.forms_write import cell_formulas
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.helper_cells import (
    HelperCell,
    HelperColumn,
    HelperSheet,
    RowValues,
    made_once,
    outside,
    reference,
    represent,
)
from tdkt_batch.forms_write.understood import in_one, other_words, understood
from tdkt_batch.forms_write.values import Cached, Test
from tdkt_batch.unit_names.full_names import unit_label
from tdkt_batch.values import Value, is_blank_cell
from tdkt_batch.wording.forms import COMPLETE

UNITS = "don_vi"
"""The list of units that a blank form offers, and the prefix of its further columns."""
UNIT_KINDS = "loai_don_vi"
"""The kinds of unit of the form's level."""
BELOW, FIRST_BELOW, NUMBER_BELOW = "cap_duoi.ten", "cap_duoi.dau", "cap_duoi.so"
"""The names of all units below those that a blank form offers, and of the chosen one's among
them: the place of the first, and how many they are."""
FACTS_OF_UNITS = 5
"""How many columns of facts stand beside the list of units."""
OTHER_WORDS = "khac."
"""Before the name of a list of choices: the other words that mean one of them, in one text."""
MONTHS = "thang"
"""The months that a report can be of."""
TEXT, DAY = "chu.", "ngay."
"""How the names begin of what is seen of a typed text, and of the day in it."""
UNDERSTOOD = "hieu."
"""How the names begin of whether the batch understands what the form does not take."""
DAYS = (FieldKind.DATE, FieldKind.MONTH)


@dataclass(frozen=True, slots=True)
class ChoicePlace:
    """A list on the hidden sheet, one value a row."""

    id: str
    values: tuple[str, ...]
    column: int

    @property
    def name(self) -> str:
        """The defined name that data validation draws on; it differs from every field's."""
        return f"danh_muc.{self.id}"

    @property
    def range(self) -> str:
        """The values."""
        return self.beside(0)

    @property
    def numbers(self) -> str:
        """The numbers 1, 2, 3 … in the sheet's first column."""
        return self.beside(-self.column)

    def beside(self, offset: int) -> str:
        """Return the cells ``offset`` columns to the right of the values."""
        name = xl_col_to_name(self.column + offset)
        return f"{LISTS_SHEET}!${name}$2:${name}${len(self.values) + 1}"

    def number_of(self, cell: str, text: str) -> str:
        """Return the formula of a cell's number among the values, compared as they are folded."""
        return cell_formulas.choice(cell, text, self.range, self.numbers)


class Inputs:
    """The helper rows and columns that read the form's own cells, and the lists to choose from.

    ``rows`` gives each field's and fact's helper row; the fields come first, in
    the form's order, then rows for the columns of tables, so that the check figure is
    one sum of products over the first ``figure_rows``; ``figures`` are what each field
    and column counts for. ``units`` are offered in a blank form, else none.
    ``squeezed`` are the formulas of typed texts as they are seen, and of the days in
    them, each long and therefore written once, under a defined name.
    """

    def __init__(self, design: FormDesign) -> None:
        self.design = design
        self.sheet = HelperSheet(design.layout.tables)
        self.squeezed: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        campaign, form, self.units = design.campaign, design.form, design.units
        # the lists: choices by their ids, kinds of unit, units
        parts = (part for field in form.fields for part in field.parts)
        fields = (*form.fields, *parts, *(c for t in form.tables for c in t.columns))
        chosen = {f.choices.id: f.choices.values for f in fields if f.choices is not None}
        values = {id_: chosen[id_] for id_ in sorted(chosen)}
        in_tables = {c.choices.id: c.choices for t in form.tables for c in t.columns if c.choices}
        others = {OTHER_WORDS + id_: other_words(in_tables[id_]) for id_ in sorted(in_tables)}
        values |= {id_: (in_one(words),) for id_, words in others.items() if words}
        values[UNIT_KINDS] = campaign.level(form.level).unit_kinds
        values[MONTHS] = tuple(map(month_as_text, campaign.report_months))
        if self.units:
            values[UNITS] = tuple(unit_label(unit, campaign) for unit in self.units)
        self.lists = {
            id_: ChoicePlace(id_, items, n)
            for n, (id_, items) in enumerate(values.items(), start=1)
        }
        if design.below:
            at, last = self.lists[UNITS].column + FACTS_OF_UNITS + 1, len(design.below) + 1
            names, parents = (
                f"{LISTS_SHEET}!${c}$2:${c}${last}" for c in map(xl_col_to_name, (at, at + 1))
            )
            code = meta_place("unit").reference
            self.squeezed |= {
                BELOW: names,
                FIRST_BELOW: f"MATCH({code},{parents},0)",
                NUMBER_BELOW: f"COUNTIF({parents},{code})",
            }
        self.rows = {field.id: self.sheet.add_row() for field in form.fields}
        columns = [(table, column) for table in form.tables for column in table.columns]
        self.figures = [
            *(partial(_value_figure, field) for field in form.fields),
            *(partial(_table_figure, table.id, column) for table, column in columns),
        ]
        self._add_table_figures(dict(enumerate(columns, start=len(form.fields))))
        self.figure_rows = len(self.sheet.rows)
        for id_, field in FACTS.items():
            self.rows[id_] = row = self.sheet.add_row()
            cell, kinds = meta_place(META_FACTS[id_]).reference, self.lists[UNIT_KINDS]
            is_kind = field.kind is FieldKind.CHOICE
            text = self.text(id_, cell)
            formula = kinds.number_of(cell, text) if is_kind else self._meaning(field, cell, text)
            self.sheet.put(row, formula, partial(_scalar, id_, field.kind, kinds.values))
        self.rows |= {part: self.sheet.add_row() for part in form.part_of}
        for field in form.fields:
            self._add_field(field)

    def list_of(self, values: tuple[str, ...]) -> ChoicePlace:
        """Return the list that holds just these values."""
        return next(place for place in self.lists.values() if place.values == values)

    # --- fields and facts ----------------------------------------------------------------

    def value_cell(self, id_: str) -> str:
        """Return the helper cell of a field's or fact's value, for formulas of other sheets."""
        return outside(reference(self.rows[id_]))

    def filled_cell(self, id_: str) -> str:
        """Return the cell that says whether a field or fact was given."""
        id_ = self.design.form.asked_in(id_)
        if id_ not in FACTS:
            return reference(self.rows[id_], HelperCell.FILLED)
        return f'IF({reference(self.rows[id_])}="",0,1)'

    def text(self, id_: str, cell: str) -> str:
        """Return the defined name of what is seen of a typed text; ``cell`` is where it stands.

        A reference to a row of its own sheet or of a table counts from the cells in
        row 1: as seen from there, so from any other.
        """
        name = TEXT + self._number_of(id_)
        self.squeezed[name] = cell_formulas.squeezed(cell)
        return name

    def _number_of(self, id_: str) -> str:
        """Return by which number a text is named: formulas have so many that short ones count."""
        return str(self._numbers.setdefault(id_, len(self._numbers) + 1))

    def _name_day(self, id_: str, figures: str) -> None:
        """Name the day whose eight figures stand in a cell; it is asked for often."""
        self.squeezed[DAY + self._number_of(id_)] = cell_formulas.day_of_figures(figures)

    def _add_field(self, field: Field) -> None:
        row, place = self.rows[field.id], self.design.layout.cells[field.id].reference
        text, put = self.text(field.id, place), self.sheet.put
        is_filled = partial(_is_filled, field.id)
        has_content = put(row, cell_formulas.filled(place, text), is_filled, HelperCell.FILLED)
        formula = self._meaning(field, place, text)
        if field.kind in DAYS:
            is_month = field.kind is FieldKind.MONTH
            figures = cell_formulas.day_figures(place, text, of_month=is_month)
            value = partial(_day_figures, field.id, is_month)
            self._name_day(field.id, outside(put(row, figures, value, HelperCell.APART)))
        if field.parts:
            self._add_parts(field, place, text)
            return
        if field.kind is FieldKind.COUNT and not field.required and field.block:
            zero = f'IF({self._filled_in_block(field.block)}>0,0,"")'
            formula = f"IF({has_content}=0,{zero},{formula})"
        choices = field.choices.values if field.choices else ()
        cell = put(row, formula, partial(_scalar, field.id, field.kind, choices))
        figure = f"INT(N({cell}))"
        if KIND_OF_FIELD[field.kind] is Kind.TEXT:
            figure = cell_formulas.text_length(place, text)
        counted = f"IF({has_content}=0,0,1+{figure})"
        put(row, counted, partial(_value_figure, field), HelperCell.FIGURE)
        self.sheet.rows[row][HelperCell.WEIGHT] = figure_weight(row)

    def _add_parts(self, field: Field, place: str, text: str) -> None:
        """Add what an answer says of a list: as a whole, and each of its parts."""
        row, put, contents = self.rows[field.id], self.sheet.put, len(field.contents)
        words = cell_formulas.words_apart(place, text, contents)
        apart = put(row, words, partial(_words_apart, field), HelperCell.APART)
        answer = cell_formulas.lacking(apart, contents)
        answer = put(row, answer, partial(_answer, field))
        filled = reference(row, HelperCell.FILLED)
        complete, *lacks = (self.rows[part.id] for part in field.parts)
        is_there = cell_formulas.says(COMPLETE, apart)
        choices = field.complete.choices.values if field.complete.choices else ()
        value = partial(_scalar, field.complete.id, FieldKind.CHOICE, choices)
        counted = [put(complete, f'IF({answer}="","",2-{is_there})', value)]
        for number, (part, at) in enumerate(zip(field.contents, lacks, strict=True), start=1):
            says = cell_formulas.says(str(number), apart)
            value = partial(_scalar, part.id, part.kind, ())
            cell = put(at, f'IF({answer}="",{filled}/2,{says})', value)
            counted.append(f"{2 ** (number + 1)}*{cell}")
        figure = f'IF({filled}=0,0,1+IF({answer}="",0,{"+".join(counted)}))'
        put(row, figure, partial(_value_figure, field), HelperCell.FIGURE)
        self.sheet.rows[row][HelperCell.WEIGHT] = figure_weight(row)

    def _meaning(self, field: Field, cell: str, text: str) -> str:
        """Return the formula of what a field's cell means; ``text`` is what is seen of it."""
        first, last = self.design.campaign.earliest, self.design.campaign.latest
        match field.kind:
            case FieldKind.COUNT:
                return cell_formulas.count(cell, text, field.minimum, field.maximum)
            case FieldKind.DATE | FieldKind.MONTH:
                in_text, is_month = DAY + text.removeprefix(TEXT), field.kind is FieldKind.MONTH
                return cell_formulas.day(cell, in_text, first, last, first_of_month=is_month)
            case FieldKind.MARK:
                return cell_formulas.mark(cell, text)
            case FieldKind.CHOICE if field.choices is not None:
                return self.lists[field.choices.id].number_of(cell, text)
        return cell_formulas.text(cell, text)

    @made_once
    def _filled_in_block(self, block: str) -> str:
        """Return the cell that counts the filled counts of a block."""
        fields = self.design.form.fields
        counts = [f.id for f in fields if f.block == block and f.kind is FieldKind.COUNT]
        cells = ",".join(reference(self.rows[id_], HelperCell.FILLED) for id_ in counts)
        row = self.sheet.add_row()
        return self.sheet.put(row, f"SUM({cells})", partial(_number_filled, tuple(counts)))

    # --- tables ----------------------------------------------------------------------------

    @made_once
    def column(self, table: str, column: str) -> HelperColumn:
        """Return what a table's column means, row by row; "" where the row does not exist."""
        field, exists = self.design.form.field(f"{table}.{column}"), self.row_exists(table)
        formula = self._meaning_in_row(table, column)
        if field.kind is FieldKind.COUNT and not field.required:
            formula = f"IF({self.filled_column(table, column).here}=0,0,{formula})"
        formula = f'IF({exists.here}=1,{formula},"")'
        values = partial(_column, table, column, field)
        return self.sheet.add_column(table, formula, values, "")

    @made_once
    def _meaning_in_row(self, table: str, column: str) -> str:
        """Return the formula of what a column's cell means, whether or not its row exists."""
        id_ = f"{table}.{column}"
        field, (cell, text) = self.design.form.field(id_), self.cell_in_row(table, column)
        if field.kind in DAYS:
            is_month = field.kind is FieldKind.MONTH
            figures = cell_formulas.day_figures(cell, text, of_month=is_month)
            apart = self.sheet.add_column(
                table, figures, partial(_day_figures_in, table, column, is_month), ""
            )
            _ = apart.range  # asked for often, and long: it has cells
            self._name_day(id_, apart.here)
        return self._meaning(field, cell, text)

    @made_once
    def row_exists(self, table: str) -> HelperColumn:
        """Return 1 in each row of which a key column is filled, else 0."""
        keys = next(t.key for t in self.design.form.tables if t.id == table)
        exists, *others = [self.filled_column(table, key) for key in keys]
        if others:
            formula = f"IF({'+'.join(column.here for column in (exists, *others))}>0,1,0)"
            exists = self.sheet.add_column(table, formula, partial(_existing, table), 0)
        _ = exists.range  # so many formulas ask for it that it has cells
        return exists

    @made_once
    def filled_column(self, table: str, column: str) -> HelperColumn:
        """Return 1 in each row where something was typed in the column, else 0."""
        formula = cell_formulas.filled(*self.cell_in_row(table, column))
        return self.sheet.add_column(table, formula, partial(_filled_in, table, column), 0)

    def is_unread(self, field: Field, *, from_outside: bool = False) -> tuple[str, Test]:
        """Return the test that something stands in a field's cell that the form does not take."""
        filled, value = self.filled_cell(field.id), reference(self.rows[field.id])
        if from_outside:
            filled, value = outside(filled), outside(value)
        test = f"AND({filled}=1,{value}={_not_taken(field)})"
        return test, partial(_is_unread, field.id)

    def unread(self, table: str, column: str) -> str:
        """Return the formula of 1 in a row whose cell the batch would not read, else 0.

        It is asked of every row, for what stands in one without a name is read too.
        """
        field = self.design.form.field(f"{table}.{column}")
        cell, text = self.cell_in_row(table, column)
        is_wrong = f"{self._meaning_in_row(table, column)}={_not_taken(field)}"
        place = self.lists.get(OTHER_WORDS + field.choices.id) if field.choices else None
        if is_read := understood(field, cell, place.name if place else ""):
            name = f"{UNDERSTOOD}{table}.{column}"
            self.squeezed[name] = is_read
            is_wrong = f"IF({is_wrong},NOT({name}),FALSE)"
        return f"IFERROR(IF({cell_formulas.filled(cell, text)}=0,0,--({is_wrong})),1)"

    def cell_in_row(self, table: str, column: str) -> tuple[str, str]:
        """Return the reference of a row's cell, and the name of what is seen of its text."""
        place = self.design.layout.tables[table]
        cell = f"'{place.sheet}'!${xl_col_to_name(place.columns[column])}1"
        return cell, self.text(f"{table}.{column}", cell)

    def _add_table_figures(self, columns: Mapping[int, tuple[Table, Field]]) -> None:
        """Add rows with what the tables' columns count for in the check figure, by their places.

        The lengths of a column's texts are added up; of all else each row of a table
        counts at once, every column by its weight.
        """
        weights: dict[str, list[tuple[Field, int]]] = {}
        for at, (table, column) in columns.items():
            if KIND_OF_FIELD[column.kind] is not Kind.TEXT:
                weights.setdefault(table.id, []).append((column, figure_weight(at)))
                continue
            place, row = self.design.layout.tables[table.id], self.sheet.add_row()
            cells = xl_range_abs(
                place.first_row,
                place.columns[column.id],
                place.first_row + place.capacity - 1,
                place.columns[column.id],
            )
            typed = f"'{place.sheet}'!{cells}"
            lengths = f"ISTEXT({typed})*LEN({self.text(f'{table.id}.{column.id}.cot', typed)})"
            formula = f"IFERROR(SUMPRODUCT({self.row_exists(table.id).range}*{lengths}),0)"
            self.sheet.put(row, formula, self.figures[at], HelperCell.FIGURE)
            self.sheet.rows[row][HelperCell.WEIGHT] = figure_weight(at)
        for id_, weighed in weights.items():
            counted = (
                f"{weight}*INT(N({self.column(id_, column.id).here}))" for column, weight in weighed
            )
            formula = f"IF({self.row_exists(id_).here}=1,{'+'.join(counted)},0)"
            values = partial(_weighed, id_, tuple(weighed))
            figures = self.sheet.add_column(id_, formula, values, 0)
            row, total = self.sheet.add_row(), partial(_total, figures.values)
            self.sheet.put(row, f"SUM({figures.range})", total, HelperCell.FIGURE)
            self.sheet.rows[row][HelperCell.WEIGHT] = 1


# --- what they yield -------------------------------------------------------------------------


def _scalar(id_: str, kind: FieldKind, choices: tuple[str, ...], filled: FilledForm) -> Cached:
    return represent(filled.scope.value(id_), KIND_OF_FIELD[kind], choices)


def _is_filled(id_: str, filled: FilledForm) -> Cached:
    return int(not filled.values[id_].is_blank)


def _day_figures(id_: str, is_month: bool, filled: FilledForm) -> Cached:
    raw = filled.raws[id_]
    return day_figures(raw, of_month=is_month) if isinstance(raw, str) else ""


def _day_figures_in(
    table: str, column: str, is_month: bool, filled: FilledForm
) -> Sequence[Cached]:
    raws = (row.get(column) for row in filled.rows[table])
    return [day_figures(raw, of_month=is_month) if isinstance(raw, str) else "" for raw in raws]


def _words_apart(field: Field, filled: FilledForm) -> Cached:
    raw = filled.raws[field.id]
    return words_apart(field, raw if isinstance(raw, str) else "")


def _answer(field: Field, filled: FilledForm) -> Cached:
    typed = filled.values[field.id].typed
    return "" if typed is None else str(typed)


def _number_filled(ids: tuple[str, ...], filled: FilledForm) -> Cached:
    return sum(not filled.values[id_].is_blank for id_ in ids)


def _value_figure(field: Field, filled: FilledForm) -> Cached:
    return value_figure(field, filled.values[field.id])


def _table_figure(table: str, column: Field, filled: FilledForm) -> Cached:
    rows = zip(filled.tables[table], filled.existing[table], strict=True)
    return column_figure(column, (row for row, existing in rows if existing))


def _weighed(
    table: str, weighed: tuple[tuple[Field, int], ...], filled: FilledForm
) -> Sequence[Cached]:
    """Return what the columns of each row count for together."""
    rows = zip(filled.tables[table], filled.existing[table], strict=True)
    return [
        sum(column_figure(column, (row,)) * weight for column, weight in weighed) if existing else 0
        for row, existing in rows
    ]


def _total(values: RowValues, filled: FilledForm) -> Cached:
    return sum(value for value in values(filled) if not isinstance(value, str))


def _not_taken(field: Field) -> str:
    """Return what the value's helper cell holds where the form does not take what was typed."""
    return "0.5" if KIND_OF_FIELD[field.kind] is Kind.LOGIC else '""'


def _is_unread(id_: str, filled: FilledForm) -> bool:
    return is_not_taken(filled.values[id_])


def is_not_taken(value: Value) -> bool:
    """Tell whether something stands in a cell that the form's own formulas do not take."""
    return not value.is_blank and value.typed is None


def _column(table: str, column: str, field: Field, filled: FilledForm) -> Sequence[Cached]:
    kind, choices = KIND_OF_FIELD[field.kind], field.choices.values if field.choices else ()
    rows = filled.existing[table]
    return [represent(row.value(column), kind, choices) if row else "" for row in rows]


def _existing(table: str, filled: FilledForm) -> Sequence[Cached]:
    return [int(row is not None) for row in filled.existing[table]]


def _filled_in(table: str, column: str, filled: FilledForm) -> Sequence[Cached]:
    return [int(not is_blank_cell(row.get(column))) for row in filled.rows[table]]
