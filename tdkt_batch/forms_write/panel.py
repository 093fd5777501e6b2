"""The check panel “Tự kiểm tra”: one row a rule, live, compiled from the rules; its status line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from xlsxwriter.utility import xl_rowcol_to_cell

from tdkt_batch.campaign.form import FieldKind, Form
from tdkt_batch.campaign.rule import FormRule, Rule
from tdkt_batch.campaign.tree import (
    And,
    ColumnName,
    Compare,
    Constant,
    Count,
    If,
    IsBlank,
    Kind,
    Name,
    Node,
    Or,
    Template,
    walk,
)
from tdkt_batch.forms.layout import (
    PANEL_EXPLANATION,
    PANEL_HEAD_ROW,
    PANEL_RESULT,
    PANEL_SEVERITY,
)
from tdkt_batch.forms_write.cell_formulas import (
    FormFormula,
    constant,
    filled,
    where,
)
from tdkt_batch.forms_write.demands import Demands
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas, yields
from tdkt_batch.forms_write.helper_cells import outside
from tdkt_batch.forms_write.missing_values import NOTHING, Missing
from tdkt_batch.forms_write.sentence_formulas import Sentences, longest
from tdkt_batch.forms_write.values import (
    Cached,
    Once,
    Test,
    Value,
    always,
    is_empty,
    is_said,
    joined,
)
from tdkt_batch.model import OutcomeKind, Severity
from tdkt_batch.rules.evaluate import Result
from tdkt_batch.rules.outcomes import ended
from tdkt_batch.values import is_blank_cell
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.wording.shared import BOARD_CHECKS, NOTICE, OUTCOMES

PASS = OUTCOMES[OutcomeKind.PASS]
FAIL = OUTCOMES[OutcomeKind.FAIL]
UNKNOWN = OUTCOMES[OutcomeKind.UNKNOWN]
FIGURES = (Kind.NUMBER, Kind.DATE, Kind.CHOICE)
QUOTE_LENGTH = 115
TASKS, OF_TABLES = 1000, 900
"""How things to be done are numbered (``tasks``)."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row of the panel: result, given, expected, remedy and severity.

    ``room`` are texts as long as given, expected and remedy may become. ``end`` is how
    a rule ends that is checked on the form, ``case`` the severity of its failing case,
    ``task`` the number of what is to be done, ``unfinished`` what is true while the parts
    of a sum are still being written, which is no fault yet.
    """

    rule: Rule
    cells: tuple[FormFormula | str, ...] = (BOARD_CHECKS, "", "", "", "")
    room: tuple[str, str, str] = ("", "", "")
    bound: FormRule | None = None
    end: Once[OutcomeKind] | None = None
    case: Once[Severity] | None = None
    task: FormFormula | None = None
    unfinished: Node | None = None


def rules_of(form: Form, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules that concern ``form``: checked on it, or by the board for it."""
    return tuple(
        rule
        for rule in rules
        if form.id in rule.bound or (rule.board is not None and form.id in rule.board.conditions)
    )


def panel_cell(row: int, column: int) -> str:
    """Return a cell of the panel as formulas of other sheets write it."""
    return f"'{PANEL_SHEET}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


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
        end, blame = self._end(bound), self._blame(bound)
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
            self._remedy(bound, end, cell, blame),
            self._severity(rule, bound, end, number),
        )
        return PanelRow(
            rule,
            tuple(c if isinstance(c, str) else FormFormula(c.text, Once(c.value)) for c in cells),
            (longest(bound.given), longest(bound.expected), max(before, after, key=len)),
            bound,
            end,
            self._case(bound),
            self._task(rule, bound, end, number, blame),
            self._unfinished(bound),
        )

    def _unfinished(self, bound: FormRule) -> Node | None:
        """Return that a sum is less than the whole while one of its parts is blank.

        Of rows that bear a mark no part is blank: while they are fewer, some are still to come.
        """
        check = bound.check
        if not isinstance(check, Compare) or check.op != "==":
            return None
        if self._mark(bound):
            return Compare("<", check.left, check.right)
        blank = tuple(IsBlank(part) for part in self._parts(check.left))
        less = Compare("<", check.left, check.right)
        return And((Or(blank), less)) if len(blank) > 1 else None

    def _mark(self, bound: FormRule) -> str:
        """Return the mark by which a rule counts rows that must be so many, else nothing."""
        match bound.check:
            case Compare("==", Name(id=id_), Name()) if id_ in self.formulas.derived:
                counted = self.formulas.derived[id_].expression
                if isinstance(counted, Count) and isinstance(counted.condition, ColumnName):
                    return counted.condition.id
        return ""

    def _parts(self, node: Node) -> Iterator[Name]:
        """Yield the counts of a sum that may be left blank; a figure in force is one."""
        for name in walk(node):
            if not isinstance(name, Name):
                continue
            derived = self.formulas.derived.get(name.id)
            own = name if derived is None else derived.expression
            if isinstance(own, If) and isinstance(own.then, Name):
                own = own.then
            if not isinstance(own, Name):
                yield from self._parts(own)
            elif own.id in self.design.layout.cells:
                field = self.design.form.field(own.id)
                if field.kind is FieldKind.COUNT and not field.required and field.block:
                    yield name

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

    def _remedy(
        self, bound: FormRule, end: Once[OutcomeKind], cell: str, blame: FormFormula
    ) -> FormFormula:
        """Return what to do: by whether the conference is over, or about what is missing."""
        before = self.sentences.sentence(bound.remedy_before)
        after = self.sentences.sentence(bound.remedy_after)
        held = Name(self.design.campaign.roles.held, bound.condition.kind)
        test = f"{outside(self.formulas.reference(held))}=1"
        remedy = where(test, yields(self.formulas.result(held), True), after, before)
        demands = self.formulas.demands
        words = FormFormula(
            f"INDEX({demands.words_range},{blame.text})",
            partial(_asked, demands, blame.value),
        )
        if blame is not NOTHING:
            words = where(f'{blame.text}=""', is_empty(blame.value), NOTHING, words)
        else:
            words = NOTHING
        is_unknown = _ends_in(end, OutcomeKind.UNKNOWN)
        unknown = where(f'{cell}="{UNKNOWN}"', is_unknown, words, NOTHING)
        return where(f'{cell}="{FAIL}"', _ends_in(end, OutcomeKind.FAIL), remedy, unknown)

    def _blame(self, bound: FormRule) -> FormFormula:
        """Return the number of the value that a rule lacks first; nothing where it lacks none."""
        found = [self.missing.first(node) for node in (bound.condition, bound.check)]
        places = [one for one in found if one]
        if not places:
            return NOTHING
        blame = places[0]
        if len(places) > 1:
            blame = where(f'{blame.text}<>""', is_said(blame.value), *places)
            row = self.formulas.sheet.add_row()
            cell = self.formulas.sheet.put(row, blame.text, blame.value)
            blame = FormFormula(cell, self.formulas.sheet.value(row))
        return FormFormula(outside(blame.text), blame.value)

    def _task(
        self, rule: Rule, bound: FormRule, end: Once[OutcomeKind], number: int, blame: FormFormula
    ) -> FormFormula:
        """Return the number of what is to be done about a rule: to write what it lacks, or mend.

        What is explained, or only to be noted, is nothing to do.
        """
        result, severity = (panel_cell(number, c) for c in (PANEL_RESULT, PANEL_SEVERITY))
        at = self.at(bound)
        if (mark := self._mark(bound)) and (fewer := self._unfinished(bound)):
            # the rows come first, then which of them bear the mark
            test = f"{outside(self.formulas.reference(fewer))}=1"
            of_mark = _fixed(self.formulas.demands.number[mark])
            at = where(test, yields(self.formulas.result(fewer), expected=True), of_mark, at)
        failing = FormFormula(
            f"{at.text}*{TASKS}+{number - PANEL_HEAD_ROW}",
            partial(_numbered, at.value, number - PANEL_HEAD_ROW),
        )
        number_of = blame.text.removeprefix(outside(""))
        lacking = FormFormula(
            f'IF({number_of}="","",{number_of}*{TASKS})', partial(_numbered, blame.value, 0)
        )
        lacking = NOTHING if blame is NOTHING else lacking
        is_graver = f'LEFT({severity},{len(NOTICE)})<>"{NOTICE}",ISERROR(SEARCH("(",{severity}))'
        said = partial(_is_open, rule.id, end, self._case(bound))
        unknown = _ends_in(end, OutcomeKind.UNKNOWN)
        is_lacking = where(f'{result}="{UNKNOWN}"', unknown, lacking, NOTHING)
        return where(f'AND({result}="{FAIL}",{is_graver})', said, failing, is_lacking)

    def at(self, bound: FormRule) -> FormFormula:
        """Return the number of the cell that a failing rule points at."""
        return self._at(bound.at[0])

    def _at(self, node: Node) -> FormFormula:
        numbers = self.formulas.demands.number
        match node:
            case Name(id=id_) if id_ in numbers:
                return _fixed(numbers[id_])
            case Name(id=id_):
                return self._at(self.formulas.derived[id_].expression)
            case If(condition, then, otherwise):
                a, b = self._at(then), self._at(otherwise)
                test = f"{outside(self.formulas.reference(condition))}=1"
                return where(test, yields(self.formulas.result(condition), True), a, b)
            case Count(table=table):
                first = next(t for t in self.design.form.tables if t.id == table).columns[0].id
                return _fixed(numbers[f"{table}.{first}"])
        return _fixed(next(numbers[n.id] for n in walk(node) if isinstance(n, ColumnName | Name)))

    def _case(self, bound: FormRule) -> Once[Severity]:
        """Return the severity of a rule's failing case."""
        whens = tuple(
            (self.formulas.result(case.when) if case.when is not None else None, case.severity)
            for case in bound.cases
        )
        return Once(partial(_severity_of, whens))

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
        has_explained = partial(is_explained, rule.id)
        explained = where(test, has_explained, constant(say.EXPLAINED), NOTHING)
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


def _fixed(number: int) -> FormFormula:
    return FormFormula(str(number), always(number))


def _asked(demands: Demands, blame: Value, filled: FilledForm) -> Cached:
    return demands.words(int(blame(filled)), filled)


def _numbered(number: Value, rule: int, filled: FilledForm) -> Cached:
    known = number(filled)
    return "" if isinstance(known, str) else int(known) * TASKS + rule


def _severity_of(
    whens: tuple[tuple[Once[Result] | None, Severity], ...], filled: FilledForm
) -> Severity:
    return next(severity for when, severity in whens if when is None or when(filled) is True)


def _is_open(rule: str, end: Once[OutcomeKind], case: Once[Severity], filled: FilledForm) -> bool:
    """Tell whether a failing rule is still to be mended or explained."""
    if end(filled) is not OutcomeKind.FAIL or case(filled) is Severity.NOTICE:
        return False
    return not is_explained(rule, filled)


def _outcome_in_words(end: Once[OutcomeKind], filled: FilledForm) -> Cached:
    return OUTCOMES[end(filled)]


def is_explained(rule: str, filled: FilledForm) -> bool:
    """Tell whether the unit has explained itself about a rule."""
    return not is_blank_cell(filled.explanations.get(rule))
