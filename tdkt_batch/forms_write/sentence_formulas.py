"""Sentences in formulas: values as an office writes them, for any language setting."""

from __future__ import annotations

from functools import partial

from tdkt_batch.campaign.form import FACTS
from tdkt_batch.campaign.tree import Arithmetic, Constant, If, Kind, Name, Node, Template
from tdkt_batch.forms.layout import META_FACTS, meta_place
from tdkt_batch.forms_write import cell_formulas
from tdkt_batch.forms_write.cell_formulas import FormFormula, constant, in_words, literal
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import HelperCell, made_once, outside, reference
from tdkt_batch.forms_write.values import Cached, Once, Value, joined
from tdkt_batch.rules.evaluate import UNBOUNDED, Result
from tdkt_batch.rules.outcomes import write_result
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.shared import BETWEEN, NOT_WRITTEN


class Sentences:
    """Writes templates as formulas over helper cells."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self.design = formulas.design

    def sentence(self, template: Template) -> FormFormula:
        """Return the formula of a sentence, for cells of other sheets."""
        parts, values = [], list[str | Value]()
        for part in template.parts:
            if isinstance(part, str):
                parts.append(literal(part))
                values.append(part)
                continue
            words = self.words(part)
            parts.append(words if isinstance(part, Constant) else outside(words))
            values.append(partial(_written, self.formulas.result(part)))
        return FormFormula("&".join(parts) or literal(""), joined(values))

    @made_once
    def words(self, node: Node) -> str:
        """Return where ``node`` stands as an office writes it; a constant is itself."""
        if isinstance(node, Constant):
            return literal(write_result(node.value))
        row, put = self.formulas.row(node), self.formulas.sheet.put
        formula = self._formula(node, reference(row))
        if node.kind is Kind.NUMBER and self.formulas.is_bounded(node):
            formula = f'IF({reference(row)}="",{self._within_bounds(node)},{formula})'
        value = partial(_written, self.formulas.result(node))
        return put(row, formula, value, HelperCell.WORDS)

    def _within_bounds(self, node: Node) -> str:
        """Return the formula of what is known of a number that is missing."""
        low, high = self.formulas.bounds(node)
        parts = {
            name: FormFormula(cell_formulas.number_words(cell), constant("").value)
            for name, cell in (("low", low), ("high", high))
        }
        is_bounded = f"AND({low}>{-UNBOUNDED // 2},{high}<{UNBOUNDED // 2})"
        return f"IF({is_bounded},{in_words(BETWEEN, **parts).text},{literal(NOT_WRITTEN)})"

    def _formula(self, node: Node, cell: str) -> str:
        missing = literal(NOT_WRITTEN)
        match node.kind:
            case Kind.LOGIC:
                yes, no = literal(say.YES), literal(say.NO)
                return f"IF({cell}=1,{yes},IF({cell}=0,{no},{missing}))"
            case Kind.NUMBER:
                return f'IF({cell}="",{missing},{cell_formulas.number_words(cell)})'
            case Kind.DATE:
                return f'IF({cell}="",{missing},{cell_formulas.day_words(cell)})'
            case Kind.CHOICE:
                options = self.formulas.inputs.list_of(getattr(node, "choices", ()))
                return f'IF({cell}="",{missing},INDEX({options.range},{cell}))'
        # a text
        derived = self.formulas.derived
        match node:
            case Name(id=id_) if id_ in derived:
                return self._formula(derived[id_].expression, cell)
            case Name(id=id_):
                raw = meta_place(META_FACTS[id_]) if id_ in FACTS else self.design.layout.cells[id_]
                return f'IF({cell}="",{missing},{cell_formulas.shown_text(raw.reference)})'
            case Arithmetic(_, left, right):
                return f'IF({cell}="",{missing},{self.words(left)}&" "&{self.words(right)})'
            case If(condition, then, otherwise):
                c = self.formulas.reference(condition)
                a, b = self.words(then), self.words(otherwise)
                return f"IF({c}=1,{a},IF({c}=0,{b},{missing}))"
        return self.words(node)


def _written(result: Once[Result], filled: FilledForm) -> Cached:
    return write_result(result(filled))


def longest(template: Template) -> str:
    """Return a sentence as long as it may become: with long words in its places."""

    def stand_in(node: Node) -> str:
        match node:
            case Constant(value):
                return write_result(value)
            case If(_, then, otherwise):
                return max(stand_in(then), stand_in(otherwise), key=len)
        return say.STAND_INS.get(node.kind, "")

    return "".join(part if isinstance(part, str) else stand_in(part) for part in template.parts)
