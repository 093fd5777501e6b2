"""The check panel “Tự kiểm tra”: one row a rule, live, compiled from the rules; its status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

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
from tdkt_batch.forms_write.cell_formulas import (
    FormFormula,
    constant,
    filled,
    in_words,
    where,
)
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.form_book import FormBook
from tdkt_batch.forms_write.form_sheet import LiveContent
from tdkt_batch.forms_write.formulas import Formulas, yields
from tdkt_batch.forms_write.helper_cells import outside, reference
from tdkt_batch.forms_write.missing_values import NOTHING, Missing, demand
from tdkt_batch.forms_write.sentence_formulas import Sentences, longest
from tdkt_batch.forms_write.styles import BLUE, GREEN, RED, YELLOW, Room
from tdkt_batch.forms_write.values import Cached, Once, Test, Value, is_empty, is_said, joined
from tdkt_batch.model import OutcomeKind, Severity, is_blank_cell
from tdkt_batch.rules.evaluate import Result
from tdkt_batch.rules.outcomes import ended
from tdkt_batch.sheets.writing import HIGHEST, lock
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
    cells: tuple[FormFormula | str, ...] = (BOARD_CHECKS, "", "", "", "")
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
        self.design = formulas.design
        self.sentences = Sentences(formulas)
        self.missing = Missing(formulas)

    def rows(self) -> list[PanelRow]:
        """Return one row for each rule that concerns the form, in the rules' order."""
        form, rows = self.design.form, []
        rules = rules_of(form, self.design.campaign.rules)
        for number, rule in enumerate(rules, start=PANEL_HEAD_ROW + 1):
            if form.id in rule.bound:
                rows.append(self._row(rule, rule.bound[form.id], number))
            else:
                rows.append(PanelRow(rule))
        return rows

    def _row(self, rule: Rule, bound: FormRule, number: int) -> PanelRow:
        end = self._end(bound)
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
        cells = (
            FormFormula(f'IFERROR({result},"{error}")', partial(_outcome_in_words, end)),
            self._once(bound.given, end, cell, only_fail=not has_figures),
            longest(bound.expected) if is_fixed else self._once(bound.expected, end, cell),
            self._remedy(bound, end, cell),
            self._severity(rule, bound, end, number),
        )
        return PanelRow(
            rule,
            tuple(c if isinstance(c, str) else FormFormula(c.text, Once(c.value)) for c in cells),
            (longest(bound.given), longest(bound.expected), max(before, after, key=len)),
        )

    def _end(self, bound: FormRule) -> Once[OutcomeKind]:
        """Return how a rule ends, as ``rules.outcomes.judge`` says it."""
        settled_by = tuple(map(self._end, bound.settled_by))
        applies, holds = map(self.formulas.result, (bound.condition, bound.check))
        return Once(partial(_ended, settled_by, applies, holds))

    def _logic(self, bound: FormRule) -> tuple[str, str]:
        """Return where a rule's condition and check stand, as the panel names them."""
        condition, check = (self.formulas.reference(n) for n in (bound.condition, bound.check))
        return outside(condition), outside(check)

    def _once(
        self, template: Template, end: Once[OutcomeKind], cell: str, *, only_fail: bool = False
    ) -> FormFormula:
        """Return a sentence that stands there once the rule is decided, or only if it fails."""
        fails = f'{cell}="{FAIL}"'
        test = fails if only_fail else f'OR({cell}="{PASS}",{fails})'
        kinds = (OutcomeKind.FAIL,) if only_fail else (OutcomeKind.PASS, OutcomeKind.FAIL)
        return where(test, _ends_in(end, *kinds), self.sentences.sentence(template), NOTHING)

    def _remedy(self, bound: FormRule, end: Once[OutcomeKind], cell: str) -> FormFormula:
        """Return what to do: by whether the conference is over, or about what is missing."""
        before = self.sentences.sentence(bound.remedy_before)
        after = self.sentences.sentence(bound.remedy_after)
        held = Name(self.design.campaign.roles.held, bound.condition.kind)
        test = f"{outside(self.formulas.reference(held))}=1"
        remedy = where(test, yields(self.formulas.result(held), True), after, before)
        found = [self.missing.first(node) for node in (bound.condition, bound.check)]
        places = [FormFormula(outside(one.text), one.value) for one in found if one]
        blame = places[0] if places else NOTHING
        if len(places) > 1:
            blame = where(f'{blame.text}<>""', is_said(blame.value), *places)
        is_unknown = _ends_in(end, OutcomeKind.UNKNOWN)
        unknown = where(f'{cell}="{UNKNOWN}"', is_unknown, blame, NOTHING)
        return where(f'{cell}="{FAIL}"', _ends_in(end, OutcomeKind.FAIL), remedy, unknown)

    def _severity(
        self, rule: Rule, bound: FormRule, end: Once[OutcomeKind], number: int
    ) -> FormFormula:
        """Return the failing case's severity, and whether the unit has explained itself."""
        words = self.design.campaign.words.severities
        severity = constant(words[bound.cases[-1].severity])
        for case in reversed(bound.cases[:-1]):
            if case.when is not None:
                when, holds = self.formulas.reference(case.when), self.formulas.result(case.when)
                own = constant(words[case.severity])
                severity = where(f"{outside(when)}=1", yields(holds, True), own, severity)
        explanation = xl_rowcol_to_cell(number, PANEL_EXPLANATION, col_abs=True)
        text = self.formulas.inputs.text(
            "giai_trinh", f"'{PANEL_SHEET}'!{xl_rowcol_to_cell(0, PANEL_EXPLANATION, col_abs=True)}"
        )
        test = f"{filled(explanation, text)}=1"
        is_explained = partial(_is_explained, rule.id)
        explained = where(test, is_explained, constant(say.EXPLAINED), NOTHING)
        said = FormFormula(
            f"{severity.text}&{explained.text}", joined((severity.value, explained.value))
        )
        cell = xl_rowcol_to_cell(number, PANEL_RESULT, col_abs=True)
        return where(f'{cell}="{FAIL}"', _ends_in(end, OutcomeKind.FAIL), said, NOTHING)


def _ended(
    settled_by: tuple[Once[OutcomeKind], ...],
    applies: Once[Result],
    holds: Once[Result],
    filled: FilledForm,
) -> OutcomeKind:
    if any(one(filled) is OutcomeKind.FAIL for one in settled_by):
        return OutcomeKind.NOT_APPLICABLE
    return ended(applies(filled), lambda: holds(filled))[0]


def _ends_in(end: Once[OutcomeKind], *kinds: OutcomeKind) -> Test:
    """Tell whether a rule ends in one of the kinds."""
    return partial(_is_one_of, end, kinds)


def _is_one_of(end: Once[OutcomeKind], kinds: tuple[OutcomeKind, ...], filled: FilledForm) -> bool:
    return end(filled) in kinds


def _outcome_in_words(end: Once[OutcomeKind], filled: FilledForm) -> Cached:
    return OUTCOMES[end(filled)]


def _is_explained(rule: str, filled: FilledForm) -> bool:
    return not is_blank_cell(filled.explanations.get(rule))


def status(rows: Sequence[PanelRow], formulas: Formulas) -> FormFormula:
    """Return the status line of every sheet: what to write first, else how many of what.

    Unit, month and status come before any count.
    """
    design, roles, sheet = formulas.design, formulas.design.campaign.roles, formulas.sheet
    # each of the three has a cell that says what is still to be written of it and those before
    first = NOTHING
    for id_ in (roles.unit, roles.month, roles.status):
        is_unit = id_ == roles.unit
        if id_ not in design.layout.cells or (is_unit and design.is_made_out):
            continue
        value = reference(formulas.inputs.rows[id_])
        is_missing: Test = partial(_is_missing, id_)
        if is_unit:
            value, is_missing = meta_place("unit").reference, _is_of_nobody
        asked = demand(formulas, id_)
        if first is not NOTHING:
            then = in_words(say.AND_THEN, first=first)
            before = where(f'{first.text}=""', is_empty(first.value), NOTHING, then)
            asked = FormFormula(f"{before.text}&{asked.text}", joined((before.value, asked.value)))
        row = sheet.add_row()
        to_do = where(f'{value}=""', is_missing, asked, first)
        first = FormFormula(sheet.put(row, to_do.text, to_do.value), sheet.value(row))
    words = design.campaign.words.severities
    first, counts = FormFormula(outside(first.text), first.value), []
    for column, word in (
        (PANEL_SEVERITY, words[Severity.VIOLATION]),
        (PANEL_SEVERITY, words[Severity.ARITHMETIC]),
        (PANEL_SEVERITY, words[Severity.WARNING]),
        (PANEL_RESULT, UNKNOWN),
        (PANEL_SEVERITY, words[Severity.NOTICE]),
    ):
        cells = xl_range_abs(PANEL_HEAD_ROW + 1, column, PANEL_HEAD_ROW + len(rows), column)
        shown = (row.cells[column - PANEL_RESULT] for row in rows)
        values = tuple(cell.value for cell in shown if isinstance(cell, FormFormula))
        number = partial(_number_that_begin, values, word)
        counted = FormFormula(f"COUNTIF('{PANEL_SHEET}'!{cells},\"{word}*\")", number)
        counts.append(in_words(say.COUNTED, number=counted, what=word))
    all_counts = FormFormula(
        '&" – "&'.join(count.text for count in counts),
        joined([count.value for count in counts], " – "),
    )
    unfinished = in_words(say.UNFINISHED, first=first)
    what = where(f'{first.text}=""', is_empty(first.value), all_counts, unfinished)
    said = in_words(say.STATUS, status=what)
    return FormFormula(said.text, Once(said.value))


def _is_missing(id_: str, filled: FilledForm) -> bool:
    return filled.values[id_].typed is None


def _is_of_nobody(filled: FilledForm) -> bool:
    return filled.chosen is None


def _number_that_begin(values: tuple[Value, ...], word: str, filled: FilledForm) -> Cached:
    return sum(str(value(filled)).startswith(word) for value in values)


# --- the sheet ------------------------------------------------------------------------------


def write_panel(form_book: FormBook, rows: Sequence[PanelRow]) -> None:
    """Write the panel, the unit's explanations beside its rows."""
    sheet, style = form_book.add_sheet(PANEL_SHEET), form_book.styles
    sheet.set_up(WIDTHS, (0.4, 0.4, 0.5, 0.5), landscape=True)
    sheet.repeat_rows(PANEL_HEAD_ROW)
    sheet.freeze_panes(PANEL_HEAD_ROW + 1, 2)
    sheet.join((0, 0, 0, LAST), say.PANEL_TITLE, style("title"))
    sheet.join((1, 0, 1, LAST), form_book.unit_name(), style("centre_bold"))
    form_book.write_status(sheet, STATUS_ROW_OF_PANEL, LAST)
    sheet.join((3, 0, 3, LAST), say.PANEL_NOTE, style("note"))
    for at, height in ((0, 22), (STATUS_ROW_OF_PANEL, 32), (3, 34), (PANEL_HEAD_ROW, 22)):
        sheet.set_row(at, height)
    for column, head in enumerate(PANEL_COLUMNS):
        sheet.put(PANEL_HEAD_ROW, column, head, style("head"))
    note = style("input", num_format="@", text_wrap=True, align="left", indent=1)
    names = ("number", "text", "result", "text", "text", "text", "text_centre", "text")
    looks = (*map(style, names), note, style("number"))
    rooms = [Room.of(width, look) for width, look in zip(WIDTHS, looks, strict=True)]
    for number, row in enumerate(rows, start=1):
        at, rule = PANEL_HEAD_ROW + number, row.rule
        explanation = LiveContent(partial(_explanation, rule.id))
        contents = (number, rule.title, *row.cells, basis(rule), explanation, rule.id)
        for column, (content, look) in enumerate(zip(contents, looks, strict=True)):
            sheet.put(at, column, content, look)
        # room for what stands there now, for what may come, and for two lines at least
        least, live = 2, list[tuple[Callable[[FilledForm], object], Room]]()
        for content, room in zip(contents, rooms, strict=True):
            if isinstance(content, FormFormula | LiveContent):
                live.append((content.value, room))
            else:
                least = max(least, room.lines(str(content)))
        for text, room in zip(row.room, rooms[3:6], strict=True):
            least = max(least, room.lines(text))
        sheet.set_live_row(at, partial(_height, least, tuple(live)))
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


def _explanation(rule: str, filled: FilledForm) -> str | None:
    return filled.explanations.get(rule)


def _height(
    least: int, live: tuple[tuple[Callable[[FilledForm], object], Room], ...], filled: FilledForm
) -> float:
    """Return a row's height: for so many lines at least, and for what stands there now."""
    lines = (room.lines(str(value(filled) or "")) for value, room in live)
    return min(LINE_HEIGHT * max(least, *lines) + 3, HIGHEST)
