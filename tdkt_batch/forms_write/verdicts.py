"""What the column beside the inputs says: how to fill a cell, then what the rules say of it.

A verdict is the panel's: it asks its results and takes its words, or the rule's
words of one cell (``short``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tdkt_batch.campaign.form import KIND_OF_FIELD, Field, FieldKind, Line
from tdkt_batch.campaign.rule import FormRule
from tdkt_batch.campaign.tree import If, Kind, Name, Node, walk
from tdkt_batch.forms.layout import PANEL_EXPECTED, PANEL_HEAD_ROW, PANEL_SEVERITY
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, in_words, literal, where
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas, yields
from tdkt_batch.forms_write.helper_cells import HelperCell, made_once, outside, reference
from tdkt_batch.forms_write.missing_values import NOTHING
from tdkt_batch.forms_write.panel import PanelRow, is_explained, panel_cell
from tdkt_batch.forms_write.sentence_formulas import Sentences
from tdkt_batch.forms_write.values import Cached, Once, Test, always
from tdkt_batch.model import GRAVEST_FIRST, OutcomeKind, Severity
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import OPEN, RIGHT, TO_LOOK_AT, TO_MEND

LIGHT = (Severity.WARNING, Severity.NOTICE)
"""What is to be explained or noted, and need not be wrong."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """When a rule that chooses between cells points at those of a line."""

    test: str
    holds: Test


def _always(_: FilledForm) -> bool:
    return True


def _never(_: FilledForm) -> bool:
    return False


ALWAYS, NEVER = _Meant("TRUE", _always), _Meant("FALSE", _never)
_RulesAt = dict[int, tuple[PanelRow, _Meant]]


class Verdicts:
    """The verdicts on the lines of a form, by the rules that point at their cells."""

    def __init__(self, formulas: Formulas, rows: Sequence[PanelRow]) -> None:
        self.formulas, self.design = formulas, formulas.design
        self.sentences = Sentences(formulas)
        self.rules = [
            (number, row)
            for number, row in enumerate(rows, start=PANEL_HEAD_ROW + 1)
            if row.bound is not None
        ]

    def _meant(self, node: Node, line: Line) -> _Meant:
        """Return when a rule that points at ``node`` points at a line.

        A figure in force is two cells of one line.
        """
        cells = {field.id for field in line.fields}
        match node:
            case Name(id=id_) if id_ in self.formulas.derived:
                return self._meant(self.formulas.derived[id_].expression, line)
            case Name(id=id_):
                return ALWAYS if self.design.form.asked_in(id_) in cells else NEVER
            case If(condition, then, otherwise):
                one, other = self._meant(then, line), self._meant(otherwise, line)
                if one == other:
                    return one
                is_so = yields(self.formulas.result(condition), expected=True)
                test = f"{outside(self.formulas.reference(condition))}=1"
                if one == ALWAYS and other == NEVER:
                    return _Meant(test, is_so)
                test = f"IF({test},{one.test},{other.test})"
                return _Meant(test, partial(_is_of_two, is_so, one.holds, other.holds))
        return NEVER

    def rules_at(self, line: Line) -> _RulesAt:
        """Return the rules that point at a line by their rows of the panel, and when they do."""
        found: _RulesAt = {}
        for number, row in self.rules:
            places = row.bound.at if row.bound else ()
            meant = [one for one in (self._meant(node, line) for node in places) if one != NEVER]
            if meant:
                found[number] = row, ALWAYS if ALWAYS in meant else meant[0]
        return found

    def verdict(
        self, line: Line, hint: FormFormula, right_of: Callable[[Field], FormFormula]
    ) -> FormFormula:
        """Return what is said beside a line: it is right once it is filled and nothing is wrong."""
        rules = self.rules_at(line)
        said = self._explained(rules, self._right(line, hint, right_of))
        for number, row, severity in reversed(self._gravest_first(rules)):
            assert row.end is not None  # noqa: S101 — so are those that have cells
            graded, own = panel_cell(number, PANEL_SEVERITY), _severities(row)
            # nothing stands there, or words that end in a letter, or in “)” where explained
            test = f'RIGHT({graded})>")"'
            if severity is not None or len(set(own)) == 1:
                test = self._is_case(number, severity or own[0])
            fails: Test = partial(_is_open, row.rule.id, row.end)
            if severity is not None and row.case is not None:
                fails = partial(_is_open_so, row.rule.id, row.end, row.case, severity)
            _, meant = rules[number]
            if meant != ALWAYS:
                test, fails = f"AND({meant.test},{test})", partial(_are_both, meant.holds, fails)
            said = where(test, fails, self._of_rule(line, number, row, severity), said)
        for field in reversed(line.fields):
            # a month that is unread is one that is not offered, which is said last
            is_read = KIND_OF_FIELD[field.kind] is Kind.TEXT or field.kind is FieldKind.MONTH
            if not is_read or field.parts:
                said = self._unread(field, said)
        return said

    @staticmethod
    def _explained(rules: _RulesAt, otherwise: FormFormula) -> FormFormula:
        """Return that the unit has explained what a rule finds here, before all is right."""
        if not rules:
            return otherwise
        grades = "&".join(
            panel_cell(number, PANEL_SEVERITY)
            if meant == ALWAYS
            else f'IF({meant.test},{panel_cell(number, PANEL_SEVERITY)},"")'
            for number, (_, meant) in rules.items()
        )
        ends = tuple(
            (row.rule.id, row.end, meant.holds)
            for row, meant in rules.values()
            if row.end is not None
        )
        said = constant(f"{TO_LOOK_AT} {say.EXPLAINED_HERE}")
        test = f'ISNUMBER(SEARCH(")",{grades}))'
        return where(test, partial(_is_any_explained, ends), said, otherwise)

    def _right(
        self, line: Line, hint: FormFormula, right_of: Callable[[Field], FormFormula]
    ) -> FormFormula:
        """Return that a line is right, once all that is asked for there is written.

        Of a pair that is what was carried out once the conference is over, else what is planned.
        """
        inputs, said = self.formulas.inputs, hint
        test_of = {f.id: outside(inputs.filled_cell(f.id)) for f in line.fields}
        planned, actual = line.planned, line.actual
        if planned is None or actual is None:
            for field in line.fields:
                test, is_filled = f"{test_of[field.id]}=1", partial(_is_filled, field.id)
                said = where(test, is_filled, right_of(field), said)
            return said
        node = Name(self.design.campaign.roles.held, Kind.LOGIC)
        held = outside(self.formulas.reference(node))
        is_held, is_not = (
            yields(self.formulas.result(node), expected=expected) for expected in (True, False)
        )
        is_given, value = f"{test_of[planned.id]}=1", inputs.value_cell(actual.id)
        lacks = partial(_is_missing_and, is_held, actual.id)
        has_plan = partial(_is_filled, planned.id)
        if actual.kind is FieldKind.COUNT and not actual.required:
            test = f'AND({is_given},OR({held}<1,{value}<>""))'
            said = where(test, partial(_is_without, has_plan, lacks), right_of(planned), hint)
        else:
            asked = self.formulas.demands.formula(actual.id)
            lacking = in_words("{mark} {asked}", mark=OPEN, asked=asked)
            test = f'AND({held}=1,{value}="")'
            as_planned = where(test, lacks, lacking, right_of(planned))
            said = where(is_given, has_plan, as_planned, hint)
        test = f"AND({test_of[actual.id]}=1,{held}+{test_of[planned.id]}>0)"
        is_right = partial(_is_not_alone, is_not, actual.id, planned.id)
        return where(test, is_right, right_of(actual), said)

    @staticmethod
    def _gravest_first(rules: _RulesAt) -> list[tuple[int, PanelRow, Severity | None]]:
        """Return the rules that point at a line, the gravest first.

        One whose cases are of several severities stands there once for each, where that of
        another rule may come between.
        """
        found: list[tuple[tuple[int, int], int, PanelRow, Severity | None]] = []
        ranks = {
            number: sorted({GRAVEST_FIRST.index(severity) for severity in _severities(row)})
            for number, (row, _) in rules.items()
        }
        for number, (row, _) in rules.items():
            own = ranks[number]
            others = [rank for n, rank in ranks.items() if n != number]
            is_parted = len(own) > 1 and any(
                any(own[0] < rank < own[-1] for rank in other)
                or (len(other) > 1 and other[0] == own[0])
                for other in others
            )
            if not is_parted:
                found.append(((own[0], own[-1]), number, row, None))
                continue
            found += [((rank, rank), number, row, GRAVEST_FIRST[rank]) for rank in own]
        return [one[1:] for one in sorted(found, key=lambda one: one[:2])]

    def _is_case(self, number: int, severity: Severity) -> str:
        """Return the test that a rule fails in a case of this severity, and is not explained."""
        cell, word = panel_cell(number, PANEL_SEVERITY), self.design.campaign.words.severities
        return f'{cell}="{word[severity]}"'

    def _of_rule(
        self, line: Line, number: int, row: PanelRow, severity: Severity | None = None
    ) -> FormFormula:
        """Return what is said of a cell whose rule fails, in a case of a ``severity`` if given.

        Of an answer that says what lacks it is all that lacks, for of each another rule fails.
        """
        severities = [severity] if severity else _severities(row)
        light = [one in LIGHT for one in severities]
        mark = constant(f"{TO_LOOK_AT if all(light) else TO_MEND} ")
        if any(light) and not all(light):
            case = row.case or always("")
            for one in LIGHT:
                is_it = partial(_is_case, case, one)
                mark = where(self._is_case(number, one), is_it, constant(f"{TO_LOOK_AT} "), mark)
        if row.unfinished is not None:
            test = f"{outside(self.formulas.reference(row.unfinished))}=1"
            is_unfinished = yields(self.formulas.result(row.unfinished), expected=True)
            mark = where(test, is_unfinished, constant(f"{OPEN} "), mark)
        lacking = self.lacking(line.single.id) if line.single and line.single.parts else NOTHING
        if lacking is not NOTHING and row.bound and self._is_of_contents(row.bound):
            said = lacking
        elif row.bound is not None and row.bound.short.parts:
            said = self.sentences.sentence(row.bound.short)
        else:
            expected = row.cells[PANEL_EXPECTED - 3]
            if isinstance(expected, str):
                said = FormFormula(panel_cell(number, PANEL_EXPECTED), always(expected))
            else:
                said = FormFormula(panel_cell(number, PANEL_EXPECTED), expected.value)
        plan = say.OF_THE_PLAN if self._is_of_plan(line, row) else ""
        return in_words(f"{{mark}}{plan}{{said}}", mark=mark, said=said)

    @staticmethod
    def _is_of_plan(line: Line, row: PanelRow) -> bool:
        """Tell whether a rule points at the planned cell of a pair, whatever stands beside it."""
        if row.bound is None or line.planned is None or line.actual is None:
            return False
        at = row.bound.at[0]
        return isinstance(at, Name) and at.id == line.planned.id

    def _is_of_contents(self, bound: FormRule) -> bool:
        """Tell whether a rule points at a content that lacks, not at whether all are there."""
        named = {one.id for node in bound.at for one in walk(node) if isinstance(one, Name)}
        part_of = self.design.form.part_of
        return any(id_ in part_of and id_ != part_of[id_].complete.id for id_ in named)

    @made_once
    def lacking(self, id_: str) -> FormFormula:
        """Return where it stands in words what an answer says lacks."""
        field, inputs, sheet = (
            self.design.form.field(id_),
            self.formulas.inputs,
            self.formulas.sheet,
        )
        cells = [reference(inputs.rows[one.id]) for one in field.contents]
        listed = "&".join(
            f'IF({cell}=1,{literal(f"; {one.short}")},"")'
            for cell, one in zip(cells, field.contents, strict=True)
        )
        listing = FormFormula(f"MID({listed},3,999)", partial(_lacking, field))
        said = in_words(say.LACKS_THESE, contents=listing)
        row = inputs.rows[field.id]
        cell = outside(sheet.put(row, said.text, said.value, HelperCell.WORDS))
        return FormFormula(cell, sheet.value(row, HelperCell.WORDS))

    def _unread(self, field: Field, otherwise: FormFormula) -> FormFormula:
        """Return how a cell is to be written anew in which something else stands."""
        demanded = self.formulas.demands.formula(field.id)
        again = in_words("{mark} {said}", mark=TO_MEND, said=demanded)
        test, is_unread = self.formulas.inputs.is_unread(field, from_outside=True)
        return where(test, is_unread, again, otherwise)


def is_right(day: FormFormula | None = None) -> FormFormula:
    """Return the sign that a cell is right, before its ``day`` in words."""
    return constant(RIGHT) if day is None else in_words("{mark} {day}", mark=RIGHT, day=day)


# --- what they yield --------------------------------------------------------------------------


def _are_both(one: Test, other: Test, filled: FilledForm) -> bool:
    return one(filled) and other(filled)


def _is_of_two(is_so: Test, one: Test, other: Test, filled: FilledForm) -> bool:
    return one(filled) if is_so(filled) else other(filled)


def _is_filled(id_: str, filled: FilledForm) -> bool:
    return not filled.values[id_].is_blank


def _lacking(field: Field, filled: FilledForm) -> Cached:
    lacks = (one.short for one in field.contents if filled.values[one.id].typed is True)
    return "; ".join(lacks)


def _is_missing_and(holds: Test, id_: str, filled: FilledForm) -> bool:
    return holds(filled) and filled.values[id_].typed is None


def _is_without(holds: Test, other: Test, filled: FilledForm) -> bool:
    return holds(filled) and not other(filled)


def _is_not_alone(is_not_held: Test, id_: str, other: str, filled: FilledForm) -> bool:
    is_alone = filled.values[other].is_blank and is_not_held(filled)
    return not filled.values[id_].is_blank and not is_alone


def _severities(row: PanelRow) -> list[Severity]:
    return [case.severity for case in row.bound.cases] if row.bound else []


def _is_open(rule: str, end: Once[OutcomeKind], filled: FilledForm) -> bool:
    return _fails(end, filled) and not is_explained(rule, filled)


def _is_open_so(
    rule: str,
    end: Once[OutcomeKind],
    case: Once[Severity],
    severity: Severity,
    filled: FilledForm,
) -> bool:
    return _is_open(rule, end, filled) and case(filled) is severity


def _is_any_explained(
    ends: tuple[tuple[str, Once[OutcomeKind], Test], ...], filled: FilledForm
) -> bool:
    return any(
        _fails(end, filled) and is_explained(rule, filled) and is_meant(filled)
        for rule, end, is_meant in ends
    )


def _fails(end: Once[OutcomeKind], filled: FilledForm) -> bool:
    return end(filled) is OutcomeKind.FAIL


def _is_case(case: object, severity: Severity, filled: FilledForm) -> bool:
    return callable(case) and case(filled) is severity
