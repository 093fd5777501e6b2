"""The rule book at work: every rule in tables that an official could read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from filled_forms import Filled, changed, read_bases, sections
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.load import BUILT_IN, load_campaign
from tdkt_batch.campaign.tree import And, Kind, Name, Not, Or, Share
from tdkt_batch.model import Outcome, OutcomeKind, Severity
from tdkt_batch.rules.evaluate import Unknown, evaluate, least_share, share_holds
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.wording.shared import OUTCOMES

CASES = Path(__file__).parent / "rule_cases"
CAMPAIGN = load_campaign()
BASES = read_bases(CASES / "bieu-nen.md", CAMPAIGN)

KIND_BY_WORD = {word: kind for kind, word in OUTCOMES.items()}
SEVERITY_BY_WORD = {word: severity for severity, word in CAMPAIGN.words.severities.items()}
ALL_FOUR = frozenset(
    {OutcomeKind.PASS, OutcomeKind.FAIL, OutcomeKind.NOT_APPLICABLE, OutcomeKind.UNKNOWN}
)

OTHER_SHARE = {
    ("A5", Severity.WARNING): "cần mức dao động khác 0: test_tolerance_makes_a_small_gap_a_warning",
    ("A5", Severity.NOTICE): "cần chế độ exact: test_exact_share_notes_what_lies_above",
    ("B4", Severity.WARNING): "cần mức dao động khác 0: test_tolerance_makes_a_small_gap_a_warning",
    ("B4", Severity.NOTICE): "cần chế độ exact: test_exact_share_notes_what_lies_above",
}
"""Severities that only another campaign value can bring about, and the test that shows them."""


@dataclass(frozen=True)
class CaseRow:
    """One row of a table: a base form, what is written otherwise, what must come out."""

    rule: str
    what: str
    base: str
    cells: str
    kind: OutcomeKind
    severity: Severity | None

    @property
    def form(self) -> str:
        return BASES[self.base].form.id


def case_rows() -> list[CaseRow]:
    rows = []
    for path in sorted(CASES.glob("*.md")):
        if path.name == "bieu-nen.md":
            continue
        for section in sections(path):
            rule = section.heading.partition(" ")[0]
            for what, base, cells, kind, severity in list(section.rows())[1:]:
                graded = SEVERITY_BY_WORD[severity] if severity else None
                rows.append(CaseRow(rule, what, base, cells, KIND_BY_WORD[kind], graded))
    return rows


ROWS = case_rows()
FORM_RULES = [rule for rule in CAMPAIGN.rules if rule.bound]


def outcomes_of(filled: Filled, campaign=CAMPAIGN) -> dict[str, Outcome]:
    form = campaign.form(filled.form.id)
    return {o.rule: o for o in form_outcomes(campaign, form, filled.submission(), filled.unit)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}: {row.what}")
def test_case(row):
    outcome = outcomes_of(changed(BASES[row.base], row.cells, CAMPAIGN))[row.rule]
    assert (outcome.outcome, outcome.severity, outcome.error) == (row.kind, row.severity, "")
    assert outcome.as_typed is row.kind
    if row.kind is OutcomeKind.FAIL:
        assert outcome.cell
        assert outcome.message
        assert outcome.given
        assert outcome.expected
        assert "{" not in outcome.message + outcome.given + outcome.expected + outcome.remedy
    if row.kind is OutcomeKind.UNKNOWN:
        assert outcome.missing


@pytest.mark.parametrize("base", BASES)
def test_base_form_is_right(base):
    outcomes = outcomes_of(BASES[base]).values()
    found = [(o.rule, o.outcome.value, o.message, o.missing) for o in outcomes]
    assert [f for f in found if f[1] not in ("pass", "not_applicable")] == []


@pytest.mark.parametrize("rule", FORM_RULES, ids=lambda rule: rule.id)
def test_rule_has_every_case(rule):
    rows = [row for row in ROWS if row.rule == rule.id]
    assert ALL_FOUR - {row.kind for row in rows} == set()
    exempt = {severity for id_, severity in OTHER_SHARE if id_ == rule.id}
    assert set(rule.severities) - {row.severity for row in rows} - exempt == set()
    failing_on = {row.form for row in rows if row.kind is OutcomeKind.FAIL}
    assert set(rule.bound) - failing_on == set()


def test_tables_name_only_rules_of_the_book():
    assert {row.rule for row in ROWS} == {rule.id for rule in FORM_RULES}


def test_headings_repeat_the_titles_of_the_rules():
    titles = {f"{rule.id} – {rule.title}" for rule in FORM_RULES}
    paths = [path for path in CASES.glob("*.md") if path.name != "bieu-nen.md"]
    assert {section.heading for path in paths for section in sections(path)} == titles


# --- the whole of the guidance ---------------------------------------------------------------

REQUIREMENTS = (
    *(f"A{n}" for n in range(1, 10)),
    *(f"B{n}" for n in range(1, 9)),
    "AB9",
    "C1",
    *(f"P{n}" for n in range(1, 12)),
    *(f"R{n}" for n in range(1, 8)),
    *(f"T{n}" for n in range(1, 5)),
    *(f"N{n}" for n in range(1, 5)),
    *(f"O{n}" for n in range(1, 6)),
    *(f"S{n}" for n in range(1, 4)),
    *(f"AMB-{n}" for n in range(1, 34)),
)
"""Every requirement of the guidance and every decision about it, as the board numbers them."""


def test_every_requirement_is_a_rule_or_stands_with_its_reason():
    covered = {id_ for rule in CAMPAIGN.rules for id_ in rule.requirements}
    covered |= {statement.id for statement in CAMPAIGN.statements}
    assert covered == set(REQUIREMENTS)


def test_rule_ids_begin_with_their_requirement():
    known = {id_.replace("-", "") for id_ in REQUIREMENTS}
    assert [r.id for r in CAMPAIGN.rules if re.sub(r"[a-z]$", "", r.id) not in known] == []


def test_statements_say_what_becomes_of_them():
    treatments = {"reported", "not_checkable", "rule_of", "decision"}
    assert {statement.treatment for statement in CAMPAIGN.statements} <= treatments


# --- sentences ---------------------------------------------------------------------------------


def test_cap_speaks_as_an_officer_would():
    base = BASES["doanh nghiệp, đã có kế hoạch"]
    filled = base.but(tong_dai_bieu_kh="212", dien_hinh_kh="152", khach_moi_lanh_dao_kh="60")
    outcome = outcomes_of(filled)["A4"]
    assert outcome.message == "Số đại biểu là 212, vượt mức tối đa 200 là 12 người"
    assert outcome.remedy == "Giảm 12 người, còn 200 đại biểu, trong đó ít nhất 140 điển hình"
    assert (outcome.given, outcome.expected, outcome.difference) == (
        "212 đại biểu",
        "không quá 200 đại biểu",
        "12 người",
    )


def test_share_shows_both_sides_in_one_finding():
    base = BASES["doanh nghiệp, đã có kế hoạch"]
    filled = base.but(tong_dai_bieu_kh="212", dien_hinh_kh="130", khach_moi_lanh_dao_kh="82")
    outcome = outcomes_of(filled)["A5"]
    assert outcome.given == "130 điển hình và 82 khách mời, lãnh đạo trên tổng số 212"
    assert outcome.difference == "18 người"


@pytest.mark.parametrize("rule", FORM_RULES, ids=lambda rule: rule.id)
def test_after_the_conference_nothing_is_to_be_changed(rule):
    for bound in rule.bound.values():
        words = "".join(p for p in bound.remedy_after.parts if isinstance(p, str)).lower()
        assert not re.search(r"\b(sửa|giảm|chuyển|chọn|bố trí)\b", words)


# --- other campaign values ---------------------------------------------------------------------


def campaign_with_shares(tmp_path: Path, share: str):
    """Return the campaign with another rule for both shares."""
    folder = tmp_path / "other"
    folder.mkdir()
    for file in (BUILT_IN / "lai_chau_2014").iterdir():
        text = file.read_text(encoding="utf-8")
        text = text.replace('mode = "at_least", tolerance_percent = 0', share)
        (folder / file.name).write_text(text, encoding="utf-8")
    return load_campaign(folder)


def test_tolerance_makes_a_small_gap_a_warning(tmp_path):
    campaign = campaign_with_shares(tmp_path, 'mode = "at_least", tolerance_percent = 2')
    enterprise = BASES["doanh nghiệp, đã có kế hoạch"]
    district = BASES["huyện, đã có kế hoạch"]
    graded = [
        outcomes_of(enterprise.but(dien_hinh_kh="136"), campaign)["A5"].severity,
        outcomes_of(enterprise.but(dien_hinh_kh="135"), campaign)["A5"].severity,
        outcomes_of(district.but(dien_hinh_kh="204"), campaign)["B4"].severity,
        outcomes_of(district.but(dien_hinh_kh="203"), campaign)["B4"].severity,
    ]
    assert graded == [Severity.WARNING, Severity.VIOLATION] * 2


def test_exact_share_notes_what_lies_above(tmp_path):
    campaign = campaign_with_shares(tmp_path, 'mode = "exact", tolerance_percent = 0')
    enterprise = BASES["doanh nghiệp, đã có kế hoạch"]
    district = BASES["huyện, đã có kế hoạch"]
    found = [
        outcomes_of(enterprise, campaign)["A5"],
        outcomes_of(enterprise.but(dien_hinh_kh="141"), campaign)["A5"],
        outcomes_of(enterprise.but(dien_hinh_kh="139"), campaign)["A5"],
        outcomes_of(district.but(dien_hinh_kh="211"), campaign)["B4"],
    ]
    assert [o.severity for o in found] == [
        None,
        Severity.NOTICE,
        Severity.VIOLATION,
        Severity.NOTICE,
    ]
    assert found[1].difference == "1 người"


# --- properties --------------------------------------------------------------------------------

PEOPLE = st.integers(min_value=0, max_value=2_000)
SHARES = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=1000)


@given(PEOPLE, PEOPLE, SHARES)
def test_at_least_is_the_product_rounded_down(part, total, share):
    product_, holds = share * total, share_holds(part, total, Share(share))
    assert holds == (part >= product_.numerator // product_.denominator)
    assert holds == (part >= least_share(total, Share(share)))


@given(PEOPLE, PEOPLE, SHARES)
def test_exact_is_one_of_the_two_whole_numbers_around_the_product(part, total, share):
    nearest = abs(part - share * total) < 1
    assert share_holds(part, total, Share(share, "exact")) == nearest


@given(PEOPLE, PEOPLE, SHARES, st.fractions(min_value=0, max_value=Fraction(1, 5)))
def test_about_is_within_the_tolerance_by_whole_people(part, total, share, tolerance):
    gap = abs(part - share * total) - tolerance * total
    about = Share(share, "about", tolerance)
    assert share_holds(part, total, about) == (gap < 1)
    near = share_holds(part, total, about, near=True)
    assert near == (share * total - tolerance * total - part < 1)


@given(PEOPLE, SHARES)
def test_more_exemplary_people_never_break_an_at_least_share(total, share):
    held = [share_holds(part, total, Share(share)) for part in range(0, total + 1, 7)]
    assert held == sorted(held)


class Truths:
    """A scope of three-valued names."""

    def __init__(self, **values):
        self.values = values

    def value(self, name):
        known = self.values[name]
        return Unknown((name,)) if known is None else known

    def blank(self, name):
        return self.values[name] is None

    def rows(self, table):
        raise KeyError(table)


TRUTHS = (False, None, True)
A, B, C = (Name(letter, Kind.LOGIC) for letter in "abc")


def truth(node, **values):
    result = evaluate(node, Truths(**values))
    return None if isinstance(result, Unknown) else result


def rank(value) -> int:
    return TRUTHS.index(value)


@pytest.mark.parametrize(("a", "b"), list(product(TRUTHS, TRUTHS)))
def test_and_is_the_least_or_the_greatest_not_the_mirror(a, b):
    assert truth(And((A, B)), a=a, b=b) == TRUTHS[min(rank(a), rank(b))]
    assert truth(Or((A, B)), a=a, b=b) == TRUTHS[max(rank(a), rank(b))]
    assert truth(Not(A), a=a) == TRUTHS[2 - rank(a)]


@pytest.mark.parametrize(("a", "b", "c"), list(product(TRUTHS, TRUTHS, TRUTHS)))
def test_kleene_laws(a, b, c):
    values = {"a": a, "b": b, "c": c}
    for one, other in (
        (Not(And((A, B))), Or((Not(A), Not(B)))),
        (Not(Or((A, B))), And((Not(A), Not(B)))),
        (And((A, Or((B, C)))), Or((And((A, B)), And((A, C))))),
        (Or((A, And((B, C)))), And((Or((A, B)), Or((A, C))))),
        (And((A, And((B, C)))), And((A, B, C))),
        (Or((A, Or((B, C)))), Or((C, B, A))),
        (Not(Not(A)), A),
        (And((A, Or((A, B)))), A),
    ):
        assert truth(one, **values) == truth(other, **values)


def test_unknown_names_every_value_that_is_missing_in_reading_order():
    result = evaluate(And((B, A, C)), Truths(a=None, b=None, c=True))
    assert result == Unknown(("b", "a"))
