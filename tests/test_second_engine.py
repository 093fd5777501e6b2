"""Form and batch agree by a second engine too: what Formulon calculates is what the batch finds.

It imitates Excel, and is slow: of each form few fillings are recalculated, those that
together show most outcomes of most rules. All of them go through LibreOffice in test_parity.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from second_engine import PROFILES, recalculated
from test_parity import Case, candidates, form_rules, small

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import PANEL_HEAD_ROW
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.wording.forms import PANEL_COLUMNS, PANEL_SHEET
from tdkt_batch.wording.shared import OUTCOMES

FORMS = 4
RESULT, CODE = PANEL_COLUMNS.index("Kết quả"), PANEL_COLUMNS.index("Mã")


@pytest.fixture(scope="module")
def campaign():
    campaign = load_campaign()
    units = [replace(u, allotment=0) if n % 2 else u for n, u in enumerate(campaign.units)]
    forms = tuple(small(form) for form in campaign.forms)
    return replace(campaign, forms=forms, units=tuple(units))


@pytest.fixture(scope="module")
def tried(campaign):
    return list(candidates(campaign))


def telling(cases: list[Case]) -> list[Case]:
    """Return the few cases that show most: each what the others do not."""
    rest, chosen, shown = list(cases), [], set()
    for _ in range(FORMS):
        best = max(rest, key=lambda case: len(set(case.expected.items()) - shown))
        chosen.append(best)
        rest.remove(best)
        shown |= set(best.expected.items())
    return chosen


@pytest.mark.parametrize("form", ["mau_01", "mau_02"])
def test_what_a_second_engine_calculates_is_what_the_batch_finds(campaign, tried, form):
    cases = telling([case for case in tried if case.form.id == form])
    different, compared = [], 0
    for case in cases:
        content = write_form(campaign, case.form, case.filling)
        rows = range(PANEL_HEAD_ROW + 1, PANEL_HEAD_ROW + 1 + len(campaign.rules))
        for cells in recalculated(content, PANEL_SHEET):
            panel = {cells[row, CODE]: cells[row, RESULT] for row in rows if cells[row, CODE]}
            compared += len(case.expected)
            different += [
                (case.name, rule, OUTCOMES[kind], panel.get(rule))
                for rule, kind in case.expected.items()
                if panel.get(rule) != OUTCOMES[kind]
            ]
    assert different == []
    assert compared == FORMS * len(PROFILES) * len(form_rules(campaign, cases[0].form))


def test_it_calculates_anew_else_this_proves_nothing(campaign, tried):
    case = next(case for case in tried if case.form.id == "mau_01")
    cells, _ = recalculated(write_form(campaign, case.form, case.filling), PANEL_SHEET)
    results = {cells[row, RESULT] for row in range(PANEL_HEAD_ROW + 1, PANEL_HEAD_ROW + 40)}
    assert results - {None, ""}, "each cached value was wiped before"
