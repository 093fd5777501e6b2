"""The check panel “Tự kiểm tra”: one row a rule, live, compiled from the rules; its status line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import FormRule, Rule
from tdkt_batch.campaign.tree import Constant, Kind, Name, Template
from tdkt_batch.forms.layout import (
    PANEL_EXPLANATION,
    PANEL_HEAD_ROW,
    PANEL_RESULT,
    PANEL_SEVERITY,
    STATUS_ROW_OF_PANEL,
    meta_place,
)
from tdkt_batch.forms_write.cell_formulas import constant, filled, in_words, literal, where
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import outside, reference
from tdkt_batch.forms_write.missing_values import NOTHING, Missing, demand
from tdkt_batch.forms_write.sentence_formulas import Sentences, longest
from tdkt_batch.forms_write.styles import BLUE, GREEN, RED, YELLOW, lines_in
from tdkt_batch.model import OutcomeKind, Severity, is_blank_cell
from tdkt_batch.rules.outcomes import failing_case, judge
from tdkt_batch.sheets.cells import Formula
from tdkt_batch.sheets.writing import HIGHEST, lock, merge_cells, write_cell
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PANEL_COLUMNS, PANEL_SHEET
from tdkt_batch.wording.shared import BOARD_CHECKS, NOTICE, OUTCOMES

PASS = OUTCOMES[OutcomeKind.PASS]
FAIL = OUTCOMES[OutcomeKind.FAIL]
UNKNOWN = OUTCOMES[OutcomeKind.UNKNOWN]
FIGURES = (Kind.NUMBER, Kind.DATE, Kind.CHOICE)
QUOTE_LENGTH = 115
WIDTHS = (5, 28, 13, 24, 25, 30, 15, 33, 25, 7)
LINE_HEIGHT = 15.5
LAST = len(PANEL_COLUMNS) - 1


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row of the panel: result, given, expected, remedy and severity.

    ``room`` are texts as long as given, expected and remedy may become.
    """

    rule: Rule
    cells: tuple[Formula | str, ...] = (BOARD_CHECKS, "", "", "", "")
    room: tuple[str, str, str] = ("", "", "")


def rules_of(form: Form, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules that concern ``form``: checked on it, or by the board for it."""
    return tuple(
        rule
        for rule in rules
        if form.id in rule.bound or (rule.board is not None and form.id in rule.board.conditions)
    )


def basis(rule: Rule, length: int = QUOTE_LENGTH) -> str:
    """Return clause and the quote's beginning; of a rule of the board's own, whose it is.

    A quote is cut where a part of the sentence ends if there is one.
    """
    if rule.clause.startswith(say.BOARDS_OWN):
        return say.BOARDS_BASIS.format(clause=rule.clause)
    if not rule.quotes:
        return say.UNQUOTED_BASIS.format(clause=rule.clause)
    quote = rule.quotes[0]
    if len(quote) > length:
        part = quote[:length].rsplit(" ", 1)[0]
        end = max(part.rfind(sign) for sign in ",;:")
        quote = (part[:end] if end > length // 2 else part).rstrip(" ,;:") + "…"
    is_part = rule.clause.startswith(say.PART)
    place = rule.clause if is_part else say.SECTION.format(clause=rule.clause)
    return say.QUOTED_BASIS.format(place=place, quote=quote)


# --- from rules to rows ---------------------------------------------------------------------


class Panel:
    """Compiles the rules of a form into the rows of its panel."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self.filled = formulas.filled
        self.scope = formulas.filled.scope
        self.sentences = Sentences(formulas)
        self.missing = Missing(formulas)

    def rows(self) -> list[PanelRow]:
        """Return one row for each rule that concerns the form, in the rules' order."""
        form, rows = self.filled.form, []
        rules = rules_of(form, self.filled.campaign.rules)
        for number, rule in enumerate(rules, start=PANEL_HEAD_ROW + 1):
            if form.id in rule.bound:
                rows.append(self._row(rule, rule.bound[form.id], number))
            else:
                rows.append(PanelRow(rule))
        return rows

    def _row(self, rule: Rule, bound: FormRule, number: int) -> PanelRow:
        kind, _ = judge(bound, self.scope)
        applies, holds = self._logic(bound)
        decided = f'IF({holds}=1,"{PASS}","{FAIL}")'
        known = f'IF(OR({applies}=0.5,{holds}=0.5),"{UNKNOWN}",{decided})'
        not_asked = OUTCOMES[OutcomeKind.NOT_APPLICABLE]
        result = f'IF({applies}=0,"{not_asked}",{known})'
        for one in bound.settled_by:
            fails = "AND({}=1,{}=0)".format(*self._logic(one))
            result = f'IF({fails},"{not_asked}",{result})'
        error = OUTCOMES[OutcomeKind.ERROR]
        cell = xl_rowcol_to_cell(number, PANEL_RESULT, col_abs=True)
        before, after = longest(bound.remedy_before), longest(bound.remedy_after)
        # a sentence without figures says what is wrong, and would be false where the rule holds
        has_figures = any(node.kind in FIGURES for node in bound.given.expressions)
        # a requirement that names limits only always stands there
        is_fixed = all(isinstance(node, Constant) for node in bound.expected.expressions)
        return PanelRow(
            rule,
            (
                Formula(f'IFERROR({result},"{error}")', OUTCOMES[kind]),
                self._once(bound.given, kind, cell, only_fail=not has_figures),
                str(self.sentences.sentence(bound.expected).value)
                if is_fixed
                else self._once(bound.expected, kind, cell),
                self._remedy(bound, kind, cell),
                self._severity(rule, bound, kind, number),
            ),
            (longest(bound.given), longest(bound.expected), max(before, after, key=len)),
        )

    def _logic(self, bound: FormRule) -> tuple[str, str]:
        """Return where a rule's condition and check stand, as the panel names them."""
        condition, check = (self.formulas.reference(n) for n in (bound.condition, bound.check))
        return outside(condition), outside(check)

    def _once(
        self, template: Template, kind: OutcomeKind, cell: str, *, only_fail: bool = False
    ) -> Formula:
        """Return a sentence that stands there once the rule is decided, or only if it fails."""
        fails = f'{cell}="{FAIL}"'
        test = fails if only_fail else f'OR({cell}="{PASS}",{fails})'
        holds = kind is OutcomeKind.FAIL or (kind is OutcomeKind.PASS and not only_fail)
        return where(test, holds, self.sentences.sentence(template), NOTHING)

    def _remedy(self, bound: FormRule, kind: OutcomeKind, cell: str) -> Formula:
        """Return what to do: by whether the conference is over, or about what is missing."""
        before = self.sentences.sentence(bound.remedy_before)
        after = self.sentences.sentence(bound.remedy_after)
        held = Name(self.filled.campaign.roles.held, bound.condition.kind)
        is_over = f"{outside(self.formulas.reference(held))}=1"
        remedy = where(is_over, self.scope.value(held.id) is True, after, before)
        found = [self.missing.first(node) for node in (bound.condition, bound.check)]
        places = [Formula(outside(one.text), one.value) for one in found if one]
        blame = places[0] if places else NOTHING
        if len(places) > 1:
            blame = where(f'{blame.text}<>""', bool(blame.value), *places)
        is_unknown = kind is OutcomeKind.UNKNOWN
        unknown = where(f'{cell}="{UNKNOWN}"', is_unknown, blame, NOTHING)
        return where(f'{cell}="{FAIL}"', kind is OutcomeKind.FAIL, remedy, unknown)

    def _severity(self, rule: Rule, bound: FormRule, kind: OutcomeKind, number: int) -> Formula:
        """Return the failing case's severity, and whether the unit has explained itself."""
        words = self.filled.campaign.words.severities
        severity = literal(words[bound.cases[-1].severity])
        for case in reversed(bound.cases[:-1]):
            if case.when is not None:
                when = outside(self.formulas.reference(case.when))
                severity = f"IF({when}=1,{literal(words[case.severity])},{severity})"
        fails = kind is OutcomeKind.FAIL
        known = words[failing_case(bound, self.scope).severity] if fails else ""
        explanation = xl_rowcol_to_cell(number, PANEL_EXPLANATION, col_abs=True)
        is_explained = not is_blank_cell(self.filled.explanations.get(rule.id))
        text = self.formulas.inputs.text(
            "giai_trinh", f"'{PANEL_SHEET}'!{xl_rowcol_to_cell(0, PANEL_EXPLANATION, col_abs=True)}"
        )
        test = f"{filled(explanation, text)}=1"
        explained = where(test, is_explained, constant(say.EXPLAINED), NOTHING)
        said = Formula(f"{severity}&{explained.text}", f"{known}{explained.value}")
        cell = xl_rowcol_to_cell(number, PANEL_RESULT, col_abs=True)
        return where(f'{cell}="{FAIL}"', fails, said, NOTHING)


def status(rows: Sequence[PanelRow], formulas: Formulas) -> Formula:
    """Return the status line of every sheet: what to write first, else how many of what.

    Unit, month and status come before any count.
    """
    form, roles, sheet = formulas.filled, formulas.filled.campaign.roles, formulas.sheet
    # each of the three has a cell that says what is still to be written of it and those before
    first = NOTHING
    for id_ in (roles.unit, roles.month, roles.status):
        is_unit = id_ == roles.unit
        if id_ not in form.layout.cells or (is_unit and form.unit is not None):
            continue
        value = reference(formulas.inputs.rows[id_])
        is_known = form.values[id_].typed is not None
        if is_unit:
            value, is_known = meta_place("unit").reference, form.chosen is not None
        asked = demand(formulas, id_)
        if first is not NOTHING:
            before = where(
                f'{first.text}=""', not first.value, NOTHING, in_words(say.AND_THEN, first=first)
            )
            asked = Formula(f"{before.text}&{asked.text}", f"{before.value}{asked.value}")
        row = sheet.add_row(say.NOTE_OF_FIRST.format(label=form.form.label(id_)))
        to_do = where(f'{value}=""', not is_known, asked, first)
        first = Formula(sheet.put(row, to_do.text, to_do.value), to_do.value)
    words = form.campaign.words.severities
    first, counts = Formula(outside(first.text), first.value), []
    for column, word in (
        (PANEL_SEVERITY, words[Severity.VIOLATION]),
        (PANEL_SEVERITY, words[Severity.ARITHMETIC]),
        (PANEL_SEVERITY, words[Severity.WARNING]),
        (PANEL_RESULT, UNKNOWN),
        (PANEL_SEVERITY, words[Severity.NOTICE]),
    ):
        cells = xl_range_abs(PANEL_HEAD_ROW + 1, column, PANEL_HEAD_ROW + len(rows), column)
        shown = [row.cells[column - PANEL_RESULT] for row in rows]
        values = [str(cell.value) for cell in shown if isinstance(cell, Formula)]
        number = sum(value.startswith(word) for value in values)
        counted = Formula(f"COUNTIF('{PANEL_SHEET}'!{cells},\"{word}*\")", number)
        counts.append(in_words(say.COUNTED, number=counted, what=word))
    all_counts = Formula(
        '&" – "&'.join(count.text for count in counts),
        " – ".join(str(count.value) for count in counts),
    )
    unfinished = in_words(say.UNFINISHED, first=first)
    what = where(f'{first.text}=""', not first.value, all_counts, unfinished)
    return in_words(say.STATUS, status=what)


# --- the sheet ------------------------------------------------------------------------------


def write_panel(form_book: FormBook, rows: Sequence[PanelRow]) -> None:
    """Write the panel, the unit's explanations beside its rows."""
    sheet, style = form_book.add_sheet(PANEL_SHEET), form_book.styles
    sheet.set_up(WIDTHS, (0.4, 0.4, 0.5, 0.5), landscape=True)
    sheet.repeat_rows(PANEL_HEAD_ROW)
    sheet.freeze_panes(PANEL_HEAD_ROW + 1, 2)
    merge_cells(sheet, (0, 0, 0, LAST), say.PANEL_TITLE, style("title"))
    merge_cells(sheet, (1, 0, 1, LAST), form_book.unit_name(), style("centre_bold"))
    form_book.write_status(sheet, STATUS_ROW_OF_PANEL, LAST)
    merge_cells(sheet, (3, 0, 3, LAST), say.PANEL_NOTE, style("note"))
    for at, height in ((0, 22), (STATUS_ROW_OF_PANEL, 32), (3, 34), (PANEL_HEAD_ROW, 22)):
        sheet.set_row(at, height)
    for column, head in enumerate(PANEL_COLUMNS):
        write_cell(sheet, PANEL_HEAD_ROW, column, head, style("head"))
    note = style("input", num_format="@", text_wrap=True, align="left", indent=1)
    names = ("number", "text", "result", "text", "text", "text", "text_centre", "text")
    looks = (*map(style, names), note, style("number"))
    for number, row in enumerate(rows, start=1):
        at, rule = PANEL_HEAD_ROW + number, row.rule
        explanation = form_book.filled.explanations.get(rule.id)
        contents = (number, rule.title, *row.cells, basis(rule), explanation, rule.id)
        for column, (content, look) in enumerate(zip(contents, looks, strict=True)):
            write_cell(sheet, at, column, content, look)
        # room for what stands there now, for what may come, and for two lines at least
        shown = [str(c.value if isinstance(c, Formula) else c or "") for c in contents]
        room = (
            *zip(shown, WIDTHS, looks, strict=True),
            *zip(row.room, WIDTHS[3:6], looks[3:6], strict=True),
        )
        lines = max(2, *(lines_in(*text) for text in room))
        sheet.set_row(at, min(LINE_HEIGHT * lines + 3, HIGHEST))
    # results are coloured; blue where what failed is only a notice
    box = (PANEL_HEAD_ROW + 1, PANEL_RESULT, PANEL_HEAD_ROW + len(rows), PANEL_RESULT)
    result, severity = (
        xl_rowcol_to_cell(PANEL_HEAD_ROW + 1, column, col_abs=True)
        for column in (PANEL_RESULT, PANEL_SEVERITY)
    )
    notice = NOTICE
    is_notice = f'=AND({result}="{FAIL}",LEFT({severity},{len(notice)})="{notice}")'
    form_book.colour(sheet, box, BLUE, criteria=is_notice, stop_if_true=True)
    for word, look in (
        (FAIL, {**RED, "bold": True}),
        (UNKNOWN, {**YELLOW, "italic": True}),
        (PASS, GREEN),
    ):
        form_book.colour(sheet, box, look, type="cell", criteria="==", value=f'"{word}"')
    lock(sheet)
