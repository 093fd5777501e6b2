"""The check panel “Tự kiểm tra”: one row a rule, live, compiled from the rules."""

from __future__ import annotations

from dataclasses import dataclass

from tdkt_batch.campaign.definition import Case, Form, FormRule, Rule
from tdkt_batch.campaign.tree import Constant, Kind, Name
from tdkt_batch.forms.layout import PANEL_HEAD_ROW
from tdkt_batch.forms_write.cells import filled, literal
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import Computed, outside
from tdkt_batch.forms_write.longest import room_of
from tdkt_batch.forms_write.missing import Missing
from tdkt_batch.forms_write.sentences import Words
from tdkt_batch.model import OutcomeKind, is_blank_cell
from tdkt_batch.rules.outcomes import failing_case, judge
from tdkt_batch.wording.shared import BOARD_CHECKS, OUTCOMES, SEVERITIES

PASS = OUTCOMES[OutcomeKind.PASS]
FAIL = OUTCOMES[OutcomeKind.FAIL]
UNKNOWN = OUTCOMES[OutcomeKind.UNKNOWN]
NOT_APPLICABLE = OUTCOMES[OutcomeKind.NOT_APPLICABLE]
RESULT, SEVERITY, EXPLANATION = "$C", "$G", "$I"
"""The panel's columns Kết quả, Mức độ and Giải trình."""
EXPLAINED = " (đã giải trình)"
BOARDS_OWN = "của Ban"
"""The clause of a rule that is the board's alone."""
FIGURES = (Kind.NUMBER, Kind.DATE, Kind.CHOICE)
QUOTE_LENGTH = 115


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow:
    """One row of the panel: texts, and formulas with their true values.

    ``room`` are texts as long as given, expected and remedy may become.
    """

    rule: str
    title: str
    basis: str
    result: Computed | str
    given: Computed | str = ""
    expected: Computed | str = ""
    remedy: Computed | str = ""
    severity: Computed | str = ""
    room: tuple[str, str, str] = ("", "", "")


class Panel:
    """Compiles the rules of a form into the rows of its panel."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self.scope = formulas.filled.scope
        self.words = Words(formulas)
        self.missing = Missing(formulas)

    def rows(self) -> list[PanelRow]:
        """Return one row for each rule that concerns the form, in the rules' order."""
        form = self.formulas.filled.form
        rules = rules_of(form, self.formulas.filled.campaign.rules)
        return [self._row(rule, PANEL_HEAD_ROW + 2 + n) for n, rule in enumerate(rules)]

    def _row(self, rule: Rule, number: int) -> PanelRow:
        bound = rule.bound.get(self.formulas.filled.form.id)
        if bound is None:
            return PanelRow(rule=rule.id, title=rule.title, basis=basis(rule), result=BOARD_CHECKS)
        kind, _ = judge(bound, self.scope)
        cell = f"{RESULT}{number}"
        return PanelRow(
            rule=rule.id,
            title=rule.title,
            basis=basis(rule),
            result=self._result(bound, kind),
            given=self._given(bound, kind, cell),
            expected=self._expected(bound, kind, cell),
            remedy=self._remedy(bound, kind, cell),
            severity=self._severity(rule, bound, kind, number),
            room=room_of(bound),
        )

    def _result(self, bound: FormRule, kind: OutcomeKind) -> Computed:
        applies = outside(self.formulas.reference(bound.condition))
        holds = outside(self.formulas.reference(bound.check))
        decided = f'IF({holds}=1,"{PASS}","{FAIL}")'
        unknown = f'IF(OR({applies}=0.5,{holds}=0.5),"{UNKNOWN}",{decided})'
        formula = f'IF({applies}=0,"{NOT_APPLICABLE}",{unknown})'
        error = OUTCOMES[OutcomeKind.ERROR]
        return Computed(f'IFERROR({formula},"{error}")', OUTCOMES[kind])

    def _given(self, bound: FormRule, kind: OutcomeKind, cell: str) -> Computed:
        """Return the value: where the rule fails, and where it holds if it is a figure.

        A sentence without figures says what is wrong, and would be false then.
        """
        sentence = self.words.sentence(bound.given)
        figures = any(node.kind in FIGURES for node in bound.given.expressions)
        if not figures:
            value = sentence.value if kind is OutcomeKind.FAIL else ""
            return Computed(f'IF({cell}="{FAIL}",{sentence.formula},"")', value)
        value = sentence.value if kind in (OutcomeKind.PASS, OutcomeKind.FAIL) else ""
        return Computed(f'IF({_decided(cell)},{sentence.formula},"")', value)

    def _expected(self, bound: FormRule, kind: OutcomeKind, cell: str) -> Computed | str:
        """Return the requirement: always where it names limits only, else once it is decided."""
        sentence = self.words.sentence(bound.expected)
        if all(isinstance(node, Constant) for node in bound.expected.expressions):
            return str(sentence.value)
        value = sentence.value if kind in (OutcomeKind.PASS, OutcomeKind.FAIL) else ""
        return Computed(f'IF({_decided(cell)},{sentence.formula},"")', value)

    def _remedy(self, bound: FormRule, kind: OutcomeKind, cell: str) -> Computed:
        held = Name(self.formulas.filled.campaign.roles.held, bound.condition.kind)
        before = self.words.sentence(bound.remedy_before)
        after = self.words.sentence(bound.remedy_after)
        over = f"{outside(self.formulas.reference(held))}=1"
        remedy = f"IF({over},{after.formula},{before.formula})"
        blame, label = self._blame(bound)
        unknown = f'IF({cell}="{UNKNOWN}",{blame},"")'
        value = {
            OutcomeKind.FAIL: after.value if self.scope.value(held.id) is True else before.value,
            OutcomeKind.UNKNOWN: label,
        }.get(kind, "")
        return Computed(f'IF({cell}="{FAIL}",{remedy},{unknown})', value)

    def _blame(self, bound: FormRule) -> tuple[str, str]:
        """Return the formula and the sentence that say what to do about the first missing value."""
        applies, holds = self.missing.label(bound.condition), self.missing.label(bound.check)
        places = [outside(place) for place in (applies, holds) if place]
        label = self.missing.first(bound.condition) or self.missing.first(bound.check)
        if not places:
            return '""', ""
        first = places[0]
        name = first if len(places) == 1 else f'IF({first}<>"",{first},{places[1]})'
        return name, label

    def _severity(self, rule: Rule, bound: FormRule, kind: OutcomeKind, number: int) -> Computed:
        """Return the failing case's severity, and whether the unit has explained itself."""
        formula = literal(SEVERITIES[bound.cases[-1].severity])
        for case in reversed(bound.cases[:-1]):
            formula = self._case(case, formula)
        value = ""
        if kind is OutcomeKind.FAIL:
            value = SEVERITIES[failing_case(bound, self.scope).severity]
            if not is_blank_cell(self.formulas.filled.explanations.get(rule.id)):
                value += EXPLAINED
        explained = f'IF({filled(f"{EXPLANATION}{number}")}=1,{literal(EXPLAINED)},"")'
        return Computed(f'IF({RESULT}{number}="{FAIL}",{formula}&{explained},"")', value)

    def _case(self, case: Case, otherwise: str) -> str:
        if case.when is None:
            return otherwise
        when = outside(self.formulas.reference(case.when))
        return f"IF({when}=1,{literal(SEVERITIES[case.severity])},{otherwise})"


def _decided(cell: str) -> str:
    return f'OR({cell}="{PASS}",{cell}="{FAIL}")'


def rules_of(form: Form, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the rules that concern ``form``: checked on it, or by the board for it."""
    return tuple(
        rule
        for rule in rules
        if form.id in rule.bound or (rule.board is not None and form.id in rule.board.conditions)
    )


def basis(rule: Rule, length: int = QUOTE_LENGTH) -> str:
    """Return clause and the quote's beginning; of a rule of the board's own, whose it is."""
    if rule.clause.startswith(BOARDS_OWN):
        return f"Quy định {rule.clause}"
    if not rule.quotes:
        return f"Quy định {BOARDS_OWN} (mục {rule.clause})"
    place = rule.clause if rule.clause.startswith("Phần") else f"Mục {rule.clause}"
    return f"{place}: “{_beginning(rule.quotes[0], length)}”"


def _beginning(quote: str, length: int) -> str:
    """Return a quote's beginning, cut where a part of the sentence ends if there is one."""
    if len(quote) <= length:
        return quote
    part = quote[:length].rsplit(" ", 1)[0]
    end = max(part.rfind(sign) for sign in ",;:")
    return (part[:end] if end > length // 2 else part).rstrip(" ,;:") + "…"
