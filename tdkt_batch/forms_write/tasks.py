"""What is still to be done in a form: each thing by a number, so that one comes after the other.

The number of a thing is that of its cell in the form's order (``Demands``) times
``TASKS``; to that is added the panel's row where a rule fails, or from ``OF_TABLES``
on two for each table: cells that cannot be read, and what its rows still lack. So what
several rules lack is one thing, and the least number is the next thing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from tdkt_batch.campaign.definition import Deadline
from tdkt_batch.campaign.form import FieldKind
from tdkt_batch.campaign.roles import Role
from tdkt_batch.campaign.tree import Kind, Name
from tdkt_batch.forms.as_typed import day_serial
from tdkt_batch.forms.layout import (
    MOST_TASKS,
    PANEL_EXPLANATION,
    PANEL_HEAD_ROW,
    PANEL_REMEDY,
    PANEL_SEVERITY,
    meta_place,
)
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, in_words, literal, where
from tdkt_batch.forms_write.demands import BEFORE_PRINTING, LAST
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas, yields
from tdkt_batch.forms_write.helper_cells import HelperCell, outside, reference
from tdkt_batch.forms_write.missing_values import NOTHING
from tdkt_batch.forms_write.months_offered import not_offered
from tdkt_batch.forms_write.panel import OF_TABLES, TASKS, PanelRow, is_explained, panel_cell
from tdkt_batch.forms_write.review_sheet import UNTIL
from tdkt_batch.forms_write.row_checks import BAD, RowChecks, RowRule
from tdkt_batch.forms_write.values import Cached, Once, Test, Value, always
from tdkt_batch.model import Month, OutcomeKind, Severity
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import OPEN, PANEL_SHEET, TO_LOOK_AT, TO_MEND

TARGET = HelperCell.MISSING
"""Beside a thing to do, where it is done."""
_READ_AS_TYPED = (FieldKind.TEXT, FieldKind.NOTE)


class Tasks:
    """The things to be done: how many, and the first of them in words, with their cells."""

    def __init__(self, formulas: Formulas, rows: Sequence[PanelRow]) -> None:
        self.formulas, self.design = formulas, formulas.design
        self.inputs, self.demands, self.sheet = formulas.inputs, formulas.demands, formulas.sheet
        self.rows = rows
        self.row_rules = self._row_rules()
        self.checks = {
            t.id: RowChecks(self.inputs, t, self.row_rules) for t in self.design.form.tables
        }
        self.tables = [
            _RowTasks(self, checks, are_bad=are_bad)
            for checks in self.checks.values()
            for are_bad in (True, False)
        ]
        items = [row.task for row in rows if row.task]
        items += [*self._asked_first(), *self._unread(), *self._asked_last()]
        items += [rows.asked(n) for n, rows in enumerate(self.tables)]
        self.unfinished = self._unfinished()
        self.first_broken = len(self.sheet.rows)
        for rule in self.row_rules:
            self._add_broken(rule)
        first = len(self.sheet.rows)
        for item in items:
            self.sheet.put(self.sheet.add_row(), item.text, item.value)
        self.range = outside(f"{reference(first)}:{reference(len(self.sheet.rows) - 1)}")
        self.numbers = Once(partial(_numbers, tuple(item.value for item in items)))
        self.first_row = len(self.sheet.rows)
        for place in range(MOST_TASKS):
            self._add(place)
        self.status = self._status()

    def words(self, place: int) -> FormFormula:
        """Return what is the first, second, … thing to do; nothing where there are less."""
        return self._listed(place, HelperCell.WORDS)

    def target(self, place: int) -> FormFormula:
        """Return where the first, second, … thing is done."""
        return self._listed(place, TARGET)

    def _listed(self, place: int, cell: HelperCell) -> FormFormula:
        row = self.first_row + place
        return FormFormula(outside(reference(row, cell)), self.sheet.value(row, cell))

    def _add_broken(self, rule: RowRule) -> None:
        """Add the cell with the place to go to of the first row that breaks a rule."""
        place = self.design.layout.tables[rule.rows.table]
        target = f"#'{place.sheet}'!{xl_col_to_name(place.columns[rule.column])}"
        rows, row = rule.rows.range, self.sheet.add_row()
        formula = f"""IFERROR("{target}"&({place.first_row}+MATCH(1,{rows},0)),"")"""
        self.sheet.put(row, formula, partial(_broken_at, rule, target, place.first_row + 1))

    def _row_rules(self) -> list[RowRule]:
        """Return the rules of which it is known which rows of a table break them."""
        found = []
        for number, row in enumerate(self.rows, start=1):
            words = row.bound.short.parts if row.bound else ()
            known = self.formulas.rows_that_break(row.bound.check) if row.bound else None
            if known is not None and row.end and len(words) == 1 and isinstance(words[0], str):
                grade, explains = (
                    panel_cell(PANEL_HEAD_ROW + number, PANEL_SEVERITY),
                    partial(is_explained, row.rule.id),
                )
                fails = partial(_fails, row.end)
                found.append(RowRule(number, *known, grade, words[0], fails, explains))
        return found

    # --- what may be to be done ---------------------------------------------------------

    def _asked_first(self) -> list[FormFormula]:
        """Return unit, month and status, which come before all else, where they are missing."""
        roles, found = self.design.campaign.roles, []
        for id_ in (roles.unit, roles.month, roles.status):
            is_unit = id_ == roles.unit
            if id_ not in self.design.layout.cells or (is_unit and self.design.is_made_out):
                continue
            cell = meta_place("unit").reference if is_unit else self.inputs.value_cell(id_)
            lacks = _is_of_nobody if is_unit else partial(_is_missing, id_)
            number = self.demands.number[id_] * TASKS
            asked = FormFormula(str(number), always(number))
            found.append(where(f'{cell}=""', lacks, asked, NOTHING))
        return found

    def _asked_last(self) -> list[FormFormula]:
        """Return what is missing before the report is printed: letter and names."""
        found, roles, cells = [], self.design.campaign.roles, self.design.layout.cells
        letter = roles.name(Role.DOCUMENT_NUMBER)
        for id_ in map(roles.name, BEFORE_PRINTING):
            if id_ not in cells:
                continue
            number = self.demands.number[f"{LAST}{id_}"] * TASKS
            asked = FormFormula(str(number), always(number))
            if id_ == letter:
                found.append(self._letter(id_, asked))
            else:
                status = reference(self.inputs.rows[roles.status])
                test = f'AND({status}<>"",{self.inputs.filled_cell(id_)}=0)'
                lacks = partial(_lacks_name, id_, roles.status)
                found.append(where(test, lacks, asked, NOTHING))
        return found

    def _letter(self, number: str, asked: FormFormula) -> FormFormula:
        """Return that the covering letter is missing.

        A result has one, unless nothing changed; so has what was pre-filled with the last
        report, or it is said that nothing changed, that it be seen that someone looked at it.
        """
        formulas, roles, cells = self.formulas, self.design.campaign.roles, self.design.layout.cells
        letter = tuple(i for i in (number, roles.name(Role.DOCUMENT_DATE)) if i in cells)
        filled = "+".join(self.inputs.filled_cell(id_) for id_ in letter)
        held = Name(roles.held, Kind.LOGIC)
        is_held = yields(formulas.result(held), expected=True)
        test = f"{formulas.reference(held)}=1,{filled}<{len(letter)}"
        if self.design.is_made_out:
            test = f'OR(AND({test}),AND({meta_place("carried").reference}<>"",{filled}=0))'
        tick = roles.name(Role.UNCHANGED)
        if tick in cells:
            test = f"{reference(self.inputs.rows[tick])}<>1,{test}"
        return where(f"AND({test})", partial(_lacks_letter, letter, tick, is_held), asked, NOTHING)

    def _unread(self) -> list[FormFormula]:
        """Return the cells in which something stands that the form does not take."""
        found, unit = [], self.design.campaign.roles.unit
        for field in self.design.form.fields:
            if field.kind in _READ_AS_TYPED or field.id == unit:
                continue
            number = self.demands.number[field.id] * TASKS
            test, is_wrong = self.inputs.is_unread(field)
            if field.kind is FieldKind.MONTH:
                filled, value = self.inputs.filled_cell(field.id), self.inputs.rows[field.id]
                campaign = self.design.campaign
                of_none, is_of_none = not_offered(reference(value), campaign, field.id)
                test = f"AND({filled}=1,{of_none})"
                is_wrong = partial(_is_wrong_month, field.id, is_of_none)
            asked = FormFormula(str(number), always(number))
            found.append(where(test, is_wrong, asked, NOTHING))
        return found

    # --- one after the other ------------------------------------------------------------

    def _add(self, place: int) -> None:
        """Add the cells of the first, second, … thing: its number, its words, where it is done."""
        row, all_ = self.sheet.add_row(), self.range
        formula = f'IF(COUNT({all_})=0,"",MIN({all_}))'
        if place:
            before = reference(row - 1)
            done = f'COUNTIF({all_},"<="&{before})'
            formula = f'IF({before}="","",IF({done}<COUNT({all_}),SMALL({all_},{done}+1),""))'
        number = self.sheet.put(row, formula, partial(_number_at, self.numbers, place))
        of_rule, first, last = f"MOD({number},{TASKS})", PANEL_HEAD_ROW + 1, len(self.rows)
        remedy, severity = (
            f"INDEX('{PANEL_SHEET}'!{xl_range_abs(first, c, first + last - 1, c)},{of_rule})"
            for c in (PANEL_REMEDY, PANEL_SEVERITY)
        )
        light = self.design.campaign.words.severities[Severity.WARNING]
        is_light = f'LEFT({severity},{len(light)})="{light}"'
        mark = f'IF({is_light},"{TO_LOOK_AT} ","{TO_MEND} ")'
        if self.unfinished:
            mark = f'IF(COUNTIF({self.unfinished},{of_rule})>0,"{OPEN} ",{mark})'
        words = f"{mark}&{remedy}&{self._place_in_words(reference(row, TARGET))}"
        target = f"INDEX({self.demands.targets_range},INT({number}/{TASKS}))"
        for n, rule in enumerate(self.row_rules):
            at = reference(self.first_broken + n)
            target = f"IF({of_rule}={rule.number},{at},{target})"
        explained = f'"{_explanation_target("")}"&({first}+{of_rule})'
        target = f"IF({self._is_to_explain(of_rule, severity)},{explained},{target})"
        if self.tables:
            first_row, last_row = self.tables[0].row, self.tables[-1].row
            said, places = (
                f"INDEX({reference(first_row, c)}:{reference(last_row, c)}"
                f",{of_rule}-{OF_TABLES - 1})"
                for c in (HelperCell.WORDS, TARGET)
            )
            words = f"IF({of_rule}>={OF_TABLES},{said},{words})"
            target = f"IF({of_rule}>={OF_TABLES},{places},{target})"
        asked = f"INDEX({self.demands.words_range},{number}/{TASKS})"
        words = f'IF({number}="","",IF({of_rule}=0,{asked},{words}))'
        self.sheet.put(row, words, partial(_words_at, self, place), HelperCell.WORDS)
        self.sheet.put(
            row, f'IF({number}="","",{target})', partial(_target_at, self, place), TARGET
        )

    def _place_in_words(self, target: str) -> str:
        """Return the formula that names the cell to which the link in a helper cell leads."""
        here, end = say.AT_CELL.split("{cell}")
        sheet, cell = say.AT_CELL_OF_SHEET.removesuffix(f"{{cell}}{end}").split("{sheet}")
        for found, said in ((self._first_page(), here), ("#'", sheet), ("'!", cell)):
            target = f"SUBSTITUTE({target},{literal(found)},{literal(said)})"
        return f"{target}&{literal(end)}"

    def place_in_words(self, target: str) -> str:
        """Return what names the cell to which a link leads."""
        sheet, _, cell = target.rpartition("!")
        said = say.AT_CELL if target.startswith(self._first_page()) else say.AT_CELL_OF_SHEET
        return said.format(sheet=sheet[2:-1], cell=cell)

    def _first_page(self) -> str:
        """Return how a link to a cell of the form's first page begins."""
        return f"#'{self.design.form.sheets[0].title}'!"

    def _unfinished(self) -> str:
        """Return the cells with the numbers of the rules whose sums are still being written."""
        cells = []
        for number, row in enumerate(self.rows, start=1):
            if row.unfinished is not None:
                known = self.formulas.reference(row.unfinished)
                is_so = yields(self.formulas.result(row.unfinished), expected=True)
                said = where(f"{known}=1", is_so, _fixed(number), NOTHING)
                cells.append(said)
        rows = [self.sheet.add_row() for _ in cells]
        for row_number, said in zip(rows, cells, strict=True):
            self.sheet.put(row_number, said.text, said.value)
        return f"{reference(rows[0])}:{reference(rows[-1])}" if rows else ""

    def _is_to_explain(self, of_rule: str, severity: str) -> str:
        """Return the test that only an explanation can answer a failing rule.

        What has happened is explained (``requests_to_units.action_for``), unless the rule asks
        for a figure to be corrected or for something that lacks.
        """
        held = self.formulas.reference(Name(self.design.campaign.roles.held, Kind.LOGIC))
        asks = ",".join(str(n) for n, row in enumerate(self.rows, start=1) if row.rule.asks)
        word = self.design.campaign.words.severities[Severity.ARITHMETIC]
        tests = [f"{held}=1", f'LEFT({severity},{len(word)})<>"{word}"']
        tests += [f"ISERROR(MATCH({of_rule},{{{asks}}},0))"] if asks else []
        return f"IF({of_rule}=0,FALSE,AND({','.join(tests)}))"

    def is_to_explain(self, number: int, filled: FilledForm) -> bool:
        """Tell whether only an explanation can answer the rule in a row of the panel."""
        rule = self.rows[number - 1]
        held = Name(self.design.campaign.roles.held, Kind.LOGIC)
        is_held = yields(self.formulas.result(held), expected=True)(filled)
        is_sum = rule.case is not None and rule.case(filled) is Severity.ARITHMETIC
        return is_held and not is_sum and not rule.rule.asks

    def _status(self) -> FormFormula:
        """Return the status line: the next thing to do, or that nothing is left."""
        first = self.words(0)
        count = FormFormula(
            f"SUMPRODUCT(--(FREQUENCY({self.range},{self.range})>0))",
            partial(_count, self.numbers),
        )
        small = FormFormula(
            f"LOWER(LEFT({first.text},1))&MID({first.text},2,999)", partial(_small, first.value)
        )
        left = in_words(say.LEFT_TO_DO, number=count, first=small)
        said = where(f'{first.text}=""', partial(_is_done, self.numbers), self._done(), left)
        row = self.sheet.add_row()
        cell = self.sheet.put(row, said.text, said.value)
        return FormFormula(outside(cell), self.sheet.value(row))

    def _done(self) -> FormFormula:
        """Return that the form is to be sent, to whom and until when."""
        campaign, form = self.design.campaign, self.design.form
        if self.design.is_returned:
            again = FormFormula(f'IFERROR({UNTIL.reference},"")', _again)
            return in_words(say.DONE_AGAIN, recipient=campaign.board.name, until=again)
        deadline = campaign.deadline_by_level.get(form.level)
        if deadline is None:
            said = say.DONE.format(panel=PANEL_SHEET, recipient=campaign.board.name, until="")
            return constant(said)
        days = _days(self.design, deadline)
        months, dates = (
            ",".join(str(day_serial(d)) for d in one) for one in zip(*days, strict=True)
        )
        cell = self.inputs.value_cell(campaign.roles.month)
        row = self.sheet.add_row()
        formula = f'IFERROR(INDEX({{{dates}}},MATCH({cell},{{{months}}},0)),"")'
        day = partial(_deadline, dict(days), campaign.roles.month)
        due = outside(self.sheet.put(row, formula, partial(_serial, day)))
        parts = {
            name: FormFormula(f"{name.upper()}({due})", partial(_part, name, day))
            for name in ("day", "month")
        }
        known = in_words(say.UNTIL, **parts)
        until = where(f'{due}=""', partial(_is_unknown, day), NOTHING, known)
        recipient = self._recipient(deadline)
        return in_words(say.DONE, panel=PANEL_SHEET, recipient=recipient, until=until)

    def _recipient(self, deadline: Deadline) -> FormFormula:
        """Return to whom the form goes, by who stands above the unit."""
        own, kinds = constant(deadline.recipient), deadline.superior_kinds
        if not kinds:
            return own
        parent = meta_place("parent_name").reference
        tests = (f'LEFT({parent},{len(kind)})="{kind}"' for kind in kinds)
        others = constant(self.design.campaign.others_report_to(deadline))
        return where(f"OR({','.join(tests)})", partial(_is_below, deadline), own, others)


class _RowTasks:
    """What is to be done in a table's rows: cells to be mended, or what is to be written.

    Its helper ``row`` has the words for the first of these rows, and where its cell is.
    """

    def __init__(self, tasks: Tasks, checks: RowChecks, *, are_bad: bool) -> None:
        self.tasks, self.checks, self.are_bad = tasks, checks, are_bad
        sheet, place, codes = tasks.sheet, checks.place, checks.code.range
        self.row = row = sheet.add_row()
        below = place.first_row + place.capacity + 1
        is_meant = f"({codes}>={BAD})" if are_bad else f"({codes}>0)*({codes}<{BAD})"
        first = f"SUMPRODUCT(MIN({below}-{is_meant}*({below}-ROW({codes}))))"
        line = sheet.put(row, first, partial(_first_row, self), HelperCell.LOW)
        found = f"INDEX({codes},{line}-{place.first_row})"
        number = sheet.put(
            row, f"IFERROR({found},0)", partial(_first_number, self), HelperCell.HIGH
        )
        many = f'COUNTIF({codes},">={BAD}")'
        self.many = many if are_bad else f'COUNTIF({codes},">0")-{many}'
        others = FormFormula(f"{self.many}-1", partial(_others, self))
        more = in_words(say.MORE_ROWS, number=others)
        mark = f"{TO_MEND} " if are_bad else ""
        said = in_words(
            f"{mark}{say.ROW_TO_DO}",
            sheet=place.sheet,
            row=FormFormula(line, partial(_first_row, self)),
            what=FormFormula(checks.said_of(number, with_mark=False), partial(_row_in_words, self)),
            more=where(f"{self.many}>1", partial(_has_more, self), more, NOTHING),
        )
        sheet.put(row, said.text, said.value, HelperCell.WORDS)
        target = in_words(
            f"#'{place.sheet}'!{{column}}{{row}}",
            column=FormFormula(checks.column_of(number), partial(_column_of_row, self)),
            row=FormFormula(line, partial(_first_row, self)),
        )
        sheet.put(row, target.text, target.value, TARGET)

    def asked(self, number: int) -> FormFormula:
        """Return the number of what is to be done, where there is any."""
        table = self.checks.table
        first = self.tasks.demands.number[f"{table.id}.{table.columns[0].id}"]
        task = first * TASKS + OF_TABLES + number
        asked = FormFormula(str(task), always(task))
        return where(f"{self.many}>0", partial(_has_any, self), asked, NOTHING)


def _days(design: FormDesign, deadline: Deadline) -> list[tuple[date, date]]:
    """Return the deadline of each month that a form offers."""
    campaign = design.campaign
    return [
        (day, deadline.falls_on(Month.of(day), campaign.holidays)) for day in campaign.report_months
    ]


# --- what they yield --------------------------------------------------------------------------


def _fails(end: Once[OutcomeKind], filled: FilledForm) -> bool:
    return end(filled) is OutcomeKind.FAIL


def _numbers(values: tuple[Value, ...], filled: FilledForm) -> list[int]:
    return sorted({int(n) for value in values if not isinstance(n := value(filled), str)})


def _number_at(numbers: Once[list[int]], place: int, filled: FilledForm) -> Cached:
    known = numbers(filled)
    return known[place] if place < len(known) else ""


def _count(numbers: Once[list[int]], filled: FilledForm) -> Cached:
    return len(numbers(filled))


def _is_done(numbers: Once[list[int]], filled: FilledForm) -> bool:
    return not numbers(filled)


def _words_at(tasks: Tasks, place: int, filled: FilledForm) -> Cached:
    number = _number_at(tasks.numbers, place, filled)
    if isinstance(number, str):
        return ""
    cell, of_rule = divmod(int(number), TASKS)
    if not of_rule:
        return tasks.demands.words(cell, filled)
    if of_rule >= OF_TABLES:
        row = tasks.tables[of_rule - OF_TABLES].row
        return tasks.sheet.value(row, HelperCell.WORDS)(filled)
    rule = tasks.rows[of_rule - 1]
    remedy = rule.cells[PANEL_REMEDY - 3]
    is_light = rule.case is not None and rule.case(filled) is Severity.WARNING
    mark = TO_LOOK_AT if is_light else TO_MEND
    if rule.unfinished is not None and tasks.formulas.result(rule.unfinished)(filled) is True:
        mark = OPEN
    said = remedy.value(filled) if isinstance(remedy, FormFormula) else remedy
    return f"{mark} {said}{tasks.place_in_words(str(_target_at(tasks, place, filled)))}"


def _target_at(tasks: Tasks, place: int, filled: FilledForm) -> Cached:
    number = _number_at(tasks.numbers, place, filled)
    if isinstance(number, str):
        return ""
    cell, of_rule = divmod(int(number), TASKS)
    if of_rule >= OF_TABLES:
        return tasks.sheet.value(tasks.tables[of_rule - OF_TABLES].row, TARGET)(filled)
    if of_rule and tasks.is_to_explain(of_rule, filled):
        return _explanation_target(PANEL_HEAD_ROW + 1 + of_rule)
    for n, rule in enumerate(tasks.row_rules):
        if rule.number == of_rule:
            return tasks.sheet.value(tasks.first_broken + n)(filled)
    id_ = list(tasks.demands.number)[cell - 1]
    return tasks.demands.target(tasks.demands.place(id_))


def _broken_at(rule: RowRule, target: str, first: int, filled: FilledForm) -> Cached:
    rows = list(rule.rows.values(filled))
    return f"{target}{first + rows.index(1)}" if 1 in rows else ""


def _explanation_target(line: int | str) -> str:
    """Return where an explanation is written, on a line of the panel as the sheet counts."""
    return f"#'{PANEL_SHEET}'!{xl_col_to_name(PANEL_EXPLANATION)}{line}"


def _fixed(number: int) -> FormFormula:
    return FormFormula(str(number), always(number))


def _again(filled: FilledForm) -> Cached:
    return filled.review.until if filled.review else ""


def _small(words: Value, filled: FilledForm) -> Cached:
    text = str(words(filled))
    return text[:1].lower() + text[1:]


def _is_missing(id_: str, filled: FilledForm) -> bool:
    return filled.values[id_].typed is None


def _is_below(deadline: Deadline, filled: FilledForm) -> bool:
    return deadline.is_for(filled.chosen.superior if filled.chosen else "")


def _lacks_name(id_: str, status: str, filled: FilledForm) -> bool:
    return filled.values[id_].is_blank and filled.values[status].typed is not None


def _lacks_letter(letter: tuple[str, ...], tick: str, is_held: Test, filled: FilledForm) -> bool:
    if tick in filled.values and filled.values[tick].typed is True:
        return False
    given = sum(not filled.values[id_].is_blank for id_ in letter)
    return (filled.carried and not given) or (is_held(filled) and given < len(letter))


def _is_of_nobody(filled: FilledForm) -> bool:
    return filled.chosen is None


def _is_wrong_month(id_: str, is_not_offered: Test, filled: FilledForm) -> bool:
    return not filled.values[id_].is_blank and is_not_offered(filled)


def _numbers_of(rows: _RowTasks, filled: FilledForm) -> list[int]:
    """Return the numbers of a table's rows in which there is such a thing; 0 in the others."""
    return [n if n and (n >= BAD) is rows.are_bad else 0 for n in rows.checks.codes(filled)]


def _how_many(rows: _RowTasks, filled: FilledForm) -> int:
    return sum(map(bool, _numbers_of(rows, filled)))


def _has_any(rows: _RowTasks, filled: FilledForm) -> bool:
    return _how_many(rows, filled) > 0


def _has_more(rows: _RowTasks, filled: FilledForm) -> bool:
    return _how_many(rows, filled) > 1


def _others(rows: _RowTasks, filled: FilledForm) -> Cached:
    return _how_many(rows, filled) - 1


def _first_row(rows: _RowTasks, filled: FilledForm) -> Cached:
    at = next((n for n, number in enumerate(_numbers_of(rows, filled)) if number), 0)
    return rows.checks.place.first_row + at + 1


def _first_number(rows: _RowTasks, filled: FilledForm) -> int:
    return next(filter(None, _numbers_of(rows, filled)), 0)


def _row_in_words(rows: _RowTasks, filled: FilledForm) -> Cached:
    return rows.checks.in_words(_first_number(rows, filled), with_mark=False)


def _column_of_row(rows: _RowTasks, filled: FilledForm) -> Cached:
    return rows.checks.first_column(_first_number(rows, filled))


def _deadline(days: dict[date, date], role: str, filled: FilledForm) -> date | None:
    typed = filled.values[role].typed
    return days.get(typed) if isinstance(typed, date) else None


def _serial(day: partial[date | None], filled: FilledForm) -> Cached:
    known = day(filled)
    return "" if known is None else day_serial(known)


def _part(name: str, day: partial[date | None], filled: FilledForm) -> Cached:
    part: int | str = getattr(day(filled), name, "")
    return part


def _is_unknown(day: partial[date | None], filled: FilledForm) -> bool:
    return day(filled) is None
