"""The status line of every sheet: what to write first, else how many of what, live."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.forms.layout import PANEL_HEAD_ROW, meta_place
from tdkt_batch.forms_write.cells import literal
from tdkt_batch.forms_write.demands import Demands
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import Column, Computed, outside, reference
from tdkt_batch.forms_write.panel import RESULT, SEVERITY, UNKNOWN, PanelRow
from tdkt_batch.model import Severity
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.wording.shared import SEVERITIES

BEFORE = "Tự kiểm tra: "
FIRST = "chưa xong. "


def status(rows: Sequence[PanelRow], formulas: Formulas) -> Computed:
    """Return the status line: unit, month and status come before any count."""
    first, counts = _to_do(formulas), _counts(rows)
    asked = f"{literal(FIRST)}&{first.formula}"
    formula = f'{literal(BEFORE)}&IF({first.formula}="",{counts.formula},{asked})'
    return Computed(formula, f"{BEFORE}{FIRST}{first.value}" if first.value else str(counts.value))


def _counts(rows: Sequence[PanelRow]) -> Computed:
    first, last = PANEL_HEAD_ROW + 2, PANEL_HEAD_ROW + 1 + len(rows)
    severities, results = [r.severity for r in rows], [r.result for r in rows]
    counts = (
        (SEVERITY, SEVERITIES[Severity.VIOLATION], severities),
        (SEVERITY, SEVERITIES[Severity.WARNING], severities),
        (RESULT, UNKNOWN, results),
        (SEVERITY, SEVERITIES[Severity.NOTICE], severities),
    )
    formulas, texts = [], []
    for column, word, found in counts:
        cells = f"'{PANEL_SHEET}'!{column}${first}:{column}${last}"
        formulas.append(f'COUNTIF({cells},"{word}*")&" {word}"')
        values = (str(c.value) for c in found if isinstance(c, Computed))
        texts.append(f"{sum(value.startswith(word) for value in values)} {word}")
    return Computed('&" – "&'.join(formulas), BEFORE + " – ".join(texts))


def _to_do(formulas: Formulas) -> Computed:
    """Return the cell that says which of unit, month and status are still to be written."""
    filled, demands = formulas.filled, Demands(formulas)
    roles = filled.campaign.roles
    cell, said = "", ""
    for id_ in (roles.unit, roles.month, roles.status):
        if id_ not in filled.layout.cells or (id_ == roles.unit and filled.unit is not None):
            continue
        value = reference(formulas.inputs.rows[id_], Column.VALUE)
        known = filled.values[id_].typed is not None
        if id_ == roles.unit:
            value, known = meta_place("unit").reference, filled.chosen is not None
        demand = demands.of(id_)
        row = formulas.sheet.add_row(f"Trước hết: {filled.form.label(id_)}")
        before = f'IF({cell}="","",{cell}&". ")&' if cell else ""
        formula = f'IF({value}="",{before}{demand.formula},{cell or literal("")})'
        if not known:
            said = f"{said}. {demand.value}" if said else str(demand.value)
        cell = formulas.sheet.put(row, Column.VALUE, formula, said)
    return Computed(outside(cell), said)
