"""No paper to a unit contradicts itself: what is asked agrees with the remedy that stands under it.

Requests and remedies are told apart by class, as data: a remedy by the verb that it opens with.
"""

from __future__ import annotations

import re
import tomllib
from itertools import product

import pytest
from fair_to_units import contradictions
from month_sample import MONTH
from random_months import random_month

from tdkt_batch.campaign.load import DEFAULT, campaign_folder, load_campaign
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.model import Finding, Severity
from tdkt_batch.rules.requests_to_units import Action, action_for
from tdkt_batch.wording.returns import HEADINGS, HEADINGS_AFTER
from tdkt_batch.wording.shared import READING_FAULTS, REMEDIES_IN_RETURN, WITH_FRESH_FORM

CAMPAIGN = load_campaign()
RULES = tomllib.loads((campaign_folder(DEFAULT) / "rules.toml").read_text(encoding="utf-8"))[
    "rules"
]

# --- classes ------------------------------------------------------------------------------------

CORRECT, WRITE, CHANGE, EXPLAIN = "correct", "write", "change", "explain"
OPENINGS = {
    "Đính chính": CORRECT, "Sửa": CORRECT, "Kiểm tra": CORRECT, "Xem lại": CORRECT,
    "Đối chiếu": CORRECT, "Ghi lại": CORRECT, "Xóa": CORRECT, "Cho biết": CORRECT,
    "Không xóa": CORRECT, "Chỉ để lại": CORRECT, "Ghi trực tiếp": CORRECT,
    "Ghi": WRITE, "Bổ sung": WRITE, "Gửi": WRITE, "Ban hành": WRITE, "Xây dựng": WRITE,
    "Chọn": CHANGE, "Giảm": CHANGE, "Chuyển": CHANGE, "Bố trí": CHANGE, "Bầu": CHANGE,
    "Đôn đốc": CHANGE,
    "Giải trình": EXPLAIN,
}  # fmt: skip
"""What a remedy asks for, by its first words; of two that fit the longer one."""
BEFORE, AFTER = False, True
ALLOWED = {
    (Action.CORRECT, BEFORE): {CORRECT},
    (Action.CORRECT, AFTER): {CORRECT},
    (Action.COMPLETE, BEFORE): {CORRECT, WRITE, CHANGE},
    (Action.COMPLETE, AFTER): {WRITE, CHANGE},
    # before the conference it is “mend, or explain”
    (Action.EXPLAIN, BEFORE): {CORRECT, WRITE, CHANGE, EXPLAIN},
    (Action.EXPLAIN, AFTER): {EXPLAIN},
}
"""Which remedies may stand under a request, before the conference and after it."""
WHOLE_AGAIN = re.compile(r"biểu mẫu gốc|dạng \.xlsx|[Mm]ở tệp")
"""Asks for another file than the one that goes back."""


def class_of(remedy):
    fitting = [opening for opening in OPENINGS if remedy.startswith(opening)]
    assert fitting, f"no class for: {remedy}"
    return OPENINGS[max(fitting, key=len)]


def openings_of(template):
    """Return how a remedy may begin: one that begins with a choice in each of its ways."""
    if template.startswith("{'"):
        return re.findall(r"'([^']*)'", template[: template.index("}")])
    return [template]


def cases():
    for rule in RULES:
        severities = {case["severity"] for case in rule["cases"]} - {"notice"}
        stages = set(rule["stages"])
        for severity, over in product(sorted(severities), (BEFORE, AFTER)):
            is_met = Stage.HELD in stages if over else bool(stages - {Stage.HELD})
            if is_met:
                yield rule["id"], severity, over


@pytest.mark.parametrize(("code", "severity", "over"), tuple(cases()))
def test_the_remedy_of_each_rule_stands_under_a_request_of_its_class(code, severity, over):
    rule = next(one for one in RULES if one["id"] == code)
    finding = Finding(unit="", month=MONTH, severity=Severity(severity), code=code, message="")
    action = action_for(CAMPAIGN, finding, over=over)
    remedy = rule["remedy"].get("after" if over else "before", "")
    if not remedy:
        return
    classes = {class_of(opening) for opening in openings_of(remedy)}
    assert classes & ALLOWED[action, over], (action, remedy)


@pytest.mark.parametrize("code", READING_FAULTS)
def test_a_fault_of_reading_is_corrected_in_the_form_that_goes_back(code):
    remedy = REMEDIES_IN_RETURN.get(code, READING_FAULTS[code][1])
    assert class_of(remedy) in {CORRECT, WRITE, CHANGE}
    assert not WHOLE_AGAIN.search(remedy)


def test_every_way_of_asking_has_a_heading_in_both_tenses():
    ways = {one for one in Action if one.is_asked}
    assert set(HEADINGS) == set(HEADINGS_AFTER) == ways


@pytest.mark.parametrize("hindrance", tuple(WITH_FRESH_FORM))
def test_the_remedy_of_what_cannot_be_used_is_the_fresh_form(hindrance):
    remedy = WITH_FRESH_FORM[hindrance]
    assert remedy.count("{form}") == 1
    assert not WHOLE_AGAIN.search(remedy)


# --- over months of chance ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_no_paper_of_a_month_contradicts_itself_or_speaks_to_the_officer(seed):
    assert contradictions(CAMPAIGN, random_month(CAMPAIGN, seed)) == []
