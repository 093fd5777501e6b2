"""Sentences in formulas: values as an office writes them, for any language setting."""

from __future__ import annotations

from tdkt_batch.campaign.definition import FACTS
from tdkt_batch.campaign.tree import Arithmetic, Constant, If, Kind, Name, Node, Template
from tdkt_batch.forms.layout import META_FACTS, meta_place
from tdkt_batch.forms_write import cells
from tdkt_batch.forms_write import helper_cells as work
from tdkt_batch.forms_write.cells import literal
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import Computed, outside
from tdkt_batch.rules.evaluate import evaluate
from tdkt_batch.rules.outcomes import NOT_WRITTEN, render, write_result


class Words:
    """Writes templates as formulas over helper cells."""

    def __init__(self, formulas: Formulas) -> None:
        self.formulas = formulas
        self.filled = formulas.filled
        self._derived = {d.id: d.expression for d in self.filled.form.derived}
        self._known: dict[Node, str] = {}

    # --- sentences ----------------------------------------------------------------------

    def sentence(self, template: Template) -> Computed:
        """Return the formula of a sentence, for cells of other sheets."""
        parts = [
            literal(part) if isinstance(part, str) else self._outside(part)
            for part in template.parts
        ]
        return Computed("&".join(parts) or '""', render(template, self.filled.scope))

    def _outside(self, node: Node) -> str:
        words = self.words(node)
        return words if isinstance(node, Constant) else outside(words)

    def words(self, node: Node) -> str:
        """Return where ``node`` stands as an office writes it; a constant is itself."""
        if isinstance(node, Constant):
            return literal(write_result(node.value))
        if node not in self._known:
            row = self.formulas.row(node)
            formula = self._formula(node, work.reference(row, work.Column.VALUE))
            value = write_result(evaluate(node, self.filled.scope))
            self._known[node] = self.formulas.sheet.put(row, work.Column.WORDS, formula, value)
        return self._known[node]

    def _formula(self, node: Node, cell: str) -> str:
        missing = literal(NOT_WRITTEN)
        match node.kind:
            case Kind.LOGIC:
                return f'IF({cell}=1,"Có",IF({cell}=0,"Không",{missing}))'
            case Kind.NUMBER:
                return f'IF({cell}="",{missing},{cells.number_words(cell)})'
            case Kind.DATE:
                return f'IF({cell}="",{missing},{cells.day_words(cell)})'
            case Kind.CHOICE:
                options = self.formulas.inputs.lists.of_values(getattr(node, "choices", ()))
                return f'IF({cell}="",{missing},INDEX({options.range},{cell}))'
        return self._text(node, cell, missing)

    def _text(self, node: Node, cell: str, missing: str) -> str:
        match node:
            case Name(id=id_) if id_ in self._derived:
                return self._text(self._derived[id_], cell, missing)
            case Name(id=id_):
                raw = meta_place(META_FACTS[id_]) if id_ in FACTS else self.filled.layout.cells[id_]
                return f'IF({cell}="",{missing},{cells.shown_text(raw.reference)})'
            case Arithmetic(_, left, right):
                return f'IF({cell}="",{missing},{self.words(left)}&" "&{self.words(right)})'
            case If(condition, then, otherwise):
                c = self.formulas.reference(condition)
                a, b = self.words(then), self.words(otherwise)
                return f"IF({c}=1,{a},IF({c}=0,{b},{missing}))"
        return self.words(node)
