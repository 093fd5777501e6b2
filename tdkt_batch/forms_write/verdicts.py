"""What the column beside the inputs says: how to fill a cell, then what the rules say of it.

A verdict is the panel's: it asks its results and takes its words, or the rule's
words of one cell (``short``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tdkt_batch.campaign.form import KIND_OF_FIELD, Field, Line
from tdkt_batch.campaign.tree import If, Kind, Name, Node
from tdkt_batch.forms.layout import PANEL_EXPECTED, PANEL_HEAD_ROW, PANEL_RESULT, PANEL_SEVERITY
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, in_words, where
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import outside
from tdkt_batch.forms_write.panel import FAIL, PanelRow, panel_cell
from tdkt_batch.forms_write.sentence_formulas import Sentences
from tdkt_batch.forms_write.values import Once, always
from tdkt_batch.model import OutcomeKind, Severity
from tdkt_batch.wording.forms import RIGHT, TO_LOOK_AT, TO_MEND

LIGHT = (Severity.WARNING, Severity.NOTICE)
"""What is to be explained or noted, and need not be wrong."""


class Verdicts:
    """The verdicts on the lines of a form, by the rules that point at their cells."""

    def __init__(self, formulas: Formulas, rows: Sequence[PanelRow]) -> None:
        self.formulas, self.design = formulas, formulas.design
        self.sentences = Sentences(formulas)
        self.rules: dict[str, list[tuple[int, PanelRow]]] = {}
        for number, row in enumerate(rows, start=PANEL_HEAD_ROW + 1):
            if row.bound is not None:
                for id_ in dict.fromkeys(i for at in row.bound.at for i in self._cells(at)):
                    self.rules.setdefault(id_, []).append((number, row))

    def _cells(self, node: Node) -> Iterator[str]:
        """Yield the cells that a rule may point at; a figure in force is two."""
        match node:
            case Name(id=id_) if id_ in self.design.layout.cells:
                yield id_
            case Name(id=id_) if id_ in self.formulas.derived:
                yield from self._cells(self.formulas.derived[id_].expression)
            case If(_, then, otherwise):
                yield from self._cells(then)
                yield from self._cells(otherwise)

    def rules_at(self, line: Line) -> list[tuple[int, PanelRow]]:
        """Return the rules that point at a cell of a line, with their rows of the panel."""
        found = {n: row for f in line.fields for n, row in self.rules.get(f.id, ())}
        return sorted(found.items())

    def verdict(
        self, line: Line, hint: FormFormula, right_of: Callable[[Field], FormFormula]
    ) -> FormFormula:
        """Return what is said beside a line: it is right once it is filled and nothing is wrong."""
        inputs, said = self.formulas.inputs, hint
        for field in line.fields:
            test = f"{outside(inputs.filled_cell(field.id))}=1"
            said = where(test, partial(_is_filled, field.id), right_of(field), said)
        for number, row in reversed(self.rules_at(line)):
            assert row.end is not None  # noqa: S101 — so are those that have cells
            test = f'{panel_cell(number, PANEL_RESULT)}="{FAIL}"'
            said = where(test, partial(_fails, row.end), self._of_rule(number, row), said)
        for field in reversed(line.fields):
            if KIND_OF_FIELD[field.kind] is not Kind.TEXT:
                said = self._unread(field, said)
        return said

    def _of_rule(self, number: int, row: PanelRow) -> FormFormula:
        """Return what is said of a cell whose rule fails."""
        light = [case.severity in LIGHT for case in row.bound.cases] if row.bound else []
        words = self.design.campaign.words.severities
        mark = constant(f"{TO_LOOK_AT if all(light) else TO_MEND} ")
        if any(light) and not all(light):
            cell, case = panel_cell(number, PANEL_SEVERITY), row.case or always("")
            for severity in LIGHT:
                test = f'LEFT({cell},{len(words[severity])})="{words[severity]}"'
                is_it = partial(_is_case, case, severity)
                mark = where(test, is_it, constant(f"{TO_LOOK_AT} "), mark)
        if row.bound is not None and row.bound.short.parts:
            said = self.sentences.sentence(row.bound.short)
        else:
            expected = row.cells[PANEL_EXPECTED - 3]
            if isinstance(expected, str):
                said = FormFormula(panel_cell(number, PANEL_EXPECTED), always(expected))
            else:
                said = FormFormula(panel_cell(number, PANEL_EXPECTED), expected.value)
        return in_words("{mark}{said}", mark=mark, said=said)

    def _unread(self, field: Field, otherwise: FormFormula) -> FormFormula:
        """Return how a cell is to be written anew in which something else stands."""
        inputs, demands = self.formulas.inputs, self.formulas.demands
        missing = "0.5" if KIND_OF_FIELD[field.kind] is Kind.LOGIC else '""'
        filled, value = outside(inputs.filled_cell(field.id)), inputs.value_cell(field.id)
        again = in_words("{mark} {said}", mark=TO_MEND, said=demands.formula(field.id))
        test = f"AND({filled}=1,{value}={missing})"
        return where(test, partial(_is_unread, field.id), again, otherwise)


def is_right(day: FormFormula | None = None) -> FormFormula:
    """Return the sign that a cell is right, before its ``day`` in words."""
    return constant(RIGHT) if day is None else in_words("{mark} {day}", mark=RIGHT, day=day)


# --- what they yield --------------------------------------------------------------------------


def _is_filled(id_: str, filled: FilledForm) -> bool:
    return not filled.values[id_].is_blank


def _is_unread(id_: str, filled: FilledForm) -> bool:
    value = filled.values[id_]
    return not value.is_blank and value.typed is None


def _fails(end: Once[OutcomeKind], filled: FilledForm) -> bool:
    return end(filled) is OutcomeKind.FAIL


def _is_case(case: object, severity: Severity, filled: FilledForm) -> bool:
    return callable(case) and case(filled) is severity
