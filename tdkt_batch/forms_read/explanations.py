"""The check panel → what the unit explains beside each rule, and what it wrote beside that."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from dataclasses import field as with_default

from tdkt_batch.forms.layout import PANEL_EXPLANATION, PANEL_HEAD_ROW, PANEL_RULE
from tdkt_batch.forms_read.left_over import filled_cells
from tdkt_batch.forms_read.raw_cells import told_of_cells
from tdkt_batch.values import Fault
from tdkt_batch.vietnamese.folding import lines_without_unseen, squeeze
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.wording.forms import PANEL_COLUMNS
from tdkt_batch.workbooks.cells import SheetCells, cell_name

_HIGHEST = 40
"""How many rows are searched for the panel's heads."""


@dataclass(frozen=True, slots=True)
class Explanations:
    """What a unit explains, by rule id; ``faults`` name what is written where nothing is read."""

    by_rule: dict[str, str] = with_default(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def explanations_in(panel: SheetCells | None, rules: Container[str]) -> Explanations:
    """Return the explanations, found below their head wherever that was moved.

    Two beside one rule are one text. What stands in their column beside no rule, or
    right of the panel, is left over; the other columns are formulas.
    """
    if panel is None:
        return Explanations()
    head_row, explanation, code = _heads(panel)
    written: dict[str, list[str]] = {}
    left: list[tuple[int, int]] = []
    for row, column in filled_cells(panel):
        if row <= head_row or (column != explanation and column <= max(explanation, code)):
            continue
        rule = squeeze(panel.text(row, code))
        text = lines_without_unseen(panel.text(row, explanation)).strip()
        if column == explanation and text and rule in rules:
            written.setdefault(rule, []).append(text)
        elif column != code:
            left.append((row, column))
    by_rule = {rule: "\n".join(dict.fromkeys(texts)) for rule, texts in written.items()}
    if not left:
        return Explanations(by_rule)
    details = told_of_cells([(cell_name(*at), panel.raw(*at)) for at in left])
    said = Fault("DL53", "", panel.title, cell_name(*left[0]), details)
    return Explanations(by_rule, (said,))


def _heads(panel: SheetCells) -> tuple[int, int, int]:
    """Return the row of the heads, the columns of explanation and code; else as in the form."""
    wanted = [label_key(PANEL_COLUMNS[column]) for column in (PANEL_EXPLANATION, PANEL_RULE)]
    for row, raws in enumerate(panel.rows[:_HIGHEST]):
        keys = [label_key(raw) if isinstance(raw, str) else "" for raw in raws]
        if all(keys.count(key) == 1 for key in wanted):
            return row, keys.index(wanted[0]), keys.index(wanted[1])
    return PANEL_HEAD_ROW, PANEL_EXPLANATION, PANEL_RULE
