from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from month_sample import MONTH, held, submission_of

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import Decision, DecisionKind, Finding, Life, Month, OutcomeKind, Severity
from tdkt_batch.rules.decisions import (
    Family,
    answered,
    corrected,
    excuse_of,
    family_of,
    in_force,
    same_words,
    standing,
)
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.values import Fault, Repair
from tdkt_batch.wording.shared import REPAIRS

UNIT = "03386"
JANUARY, FEBRUARY, APRIL = Month(2015, 1), Month(2015, 2), Month(2015, 4)
TOTAL = "tong_dai_bieu_th"


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture(scope="module")
def unit(campaign):
    return campaign.unit(UNIT)


@pytest.fixture(scope="module")
def submission(campaign, unit):
    typed = held(date(2015, 3, 7), 212, 150, 62, loai_hoi_nghi="Đại biểu")
    return submission_of(campaign, unit, typed, explanations={"A4": "Có thêm khách của tỉnh"})


def accepted(given="212", month=FEBRUARY, **more) -> Decision:
    what = {"kind": DecisionKind.ACCEPTED, "unit": UNIT, "code": "A4", "field": TOTAL}
    return Decision(**{**what, "given": given, "month": month, **more})


def refused(**more) -> Decision:
    return accepted(**{"kind": DecisionKind.REFUSED, **more})


def withdrawn(decision: Decision) -> Decision:
    return replace(decision, kind=DecisionKind.WITHDRAWN)


def correction(value, field=TOTAL, month=MONTH, **more) -> Decision:
    return Decision(
        kind=DecisionKind.CORRECTED, unit=UNIT, month=month, field=field, value=value, **more
    )


def excuse(month=JANUARY, until=None, unit=UNIT) -> Decision:
    return Decision(kind=DecisionKind.EXCUSED, unit=unit, month=month, until=until)


def found(given="212", field=TOTAL, code="A4", life=Life.OPEN) -> Finding:
    return Finding(
        unit=UNIT, month=MONTH, severity=Severity.VIOLATION, code=code, message="", given=given,
        field=field, life=life,
    )  # fmt: skip


def life_under(decisions, finding=None, month=MONTH) -> Life:
    (one,) = answered([finding or found()], None, decisions, month)
    return one.life


# --- which are in force -----------------------------------------------------------------


def test_the_last_of_a_subject_takes_the_place_of_the_earlier():
    assert in_force([accepted(), refused()], MONTH) == (refused(),)


def test_what_was_withdrawn_is_gone_and_can_be_decided_anew():
    assert in_force([accepted(), withdrawn(accepted())], MONTH) == ()
    assert in_force([accepted(), withdrawn(accepted()), refused()], MONTH) == (refused(),)


def test_a_withdrawal_takes_back_its_own_subject_only():
    other = accepted(code="A5")
    assert in_force([accepted(), other, withdrawn(accepted())], MONTH) == (other,)


def test_a_correction_an_answer_and_an_excuse_of_one_unit_stand_side_by_side():
    all_three = (accepted(), correction(200), excuse(FEBRUARY))
    assert in_force(all_three, MONTH) == all_three
    for gone in all_three:
        kept = tuple(one for one in all_three if one != gone)
        assert in_force([*all_three, withdrawn(gone)], MONTH) == kept


@pytest.mark.parametrize(
    ("decision", "holds"),
    [
        (accepted(), "NYYY"),
        (accepted(until=FEBRUARY), "NYNN"),
        (accepted(until=MONTH), "NYYN"),
        (excuse(FEBRUARY, MONTH), "NYYN"),
        (excuse(JANUARY), "YYYY"),
        (correction(200), "NNYN"),
    ],
)
def test_the_months_in_which_a_decision_holds(decision, holds):
    months = (JANUARY, FEBRUARY, MONTH, APRIL)
    assert "".join("Y" if in_force([decision], month) else "N" for month in months) == holds


def test_what_stands_keeps_those_of_other_months():
    past = accepted(until=FEBRUARY)
    assert standing([past, correction(1, month=JANUARY)]) == (past, correction(1, month=JANUARY))


def test_in_force_of_what_is_in_force_is_the_same():
    decisions = [accepted(), excuse(), correction(1), withdrawn(correction(1))]
    assert in_force(in_force(decisions, MONTH), MONTH) == in_force(decisions, MONTH)


SUBJECTS = st.builds(
    Decision,
    kind=st.just(DecisionKind.WITHDRAWN),
    unit=st.sampled_from([UNIT, "03389"]),
    month=st.sampled_from([JANUARY, MONTH]),
    code=st.sampled_from(["", "A4"]),
    field=st.sampled_from(["", TOTAL]),
    until=st.none() | st.just(MONTH),
    file=st.sampled_from(["", "ab12"]),
)
KINDS = {
    Family.ANSWER: (DecisionKind.ACCEPTED, DecisionKind.REFUSED),
    Family.CORRECTION: (DecisionKind.CORRECTED,),
    Family.EXCUSE: (DecisionKind.EXCUSED,),
    Family.FILE: (DecisionKind.SET_ASIDE,),
}


def told_by_subject(decision: Decision) -> Family:
    """An answer names a rule, a correction a field alone, an excuse neither; a file its hash."""
    return family_of(withdrawn(decision))


DECISIONS = SUBJECTS.flatmap(
    lambda one: st.sampled_from((DecisionKind.WITHDRAWN, *KINDS[told_by_subject(one)])).map(
        lambda kind: replace(one, kind=kind)
    )
)


@given(st.lists(DECISIONS))
def test_one_decision_stands_on_each_subject_and_it_was_the_last(decisions):
    found = standing(decisions)
    subjects = [(family_of(one), one.subject) for one in found]
    assert len(set(subjects)) == len(subjects)
    for one in found:
        same = [d for d in decisions if (family_of(d), d.subject) == (family_of(one), one.subject)]
        assert same[-1] == one
    assert standing(found) == found
    assert standing([*decisions, *map(withdrawn, found)]) == ()


# --- answers ----------------------------------------------------------------------------


def test_an_accepted_explanation_waives_the_finding():
    assert life_under([accepted()]) is Life.WAIVED


def test_it_waives_only_what_was_given_then_and_still_shows_beside_other_figures():
    (one,) = answered([found("215")], None, [accepted()], MONTH)
    assert (one.life, one.decision) == (Life.OPEN, accepted())


def test_it_waives_again_when_the_figures_come_back():
    decisions = [accepted("212", JANUARY), accepted("215", FEBRUARY)]
    assert life_under(decisions, found("212")) is Life.WAIVED
    assert life_under(decisions, found("215")) is Life.WAIVED
    assert life_under(decisions, found("216")) is Life.OPEN


def test_it_ends_with_its_last_month():
    assert life_under([accepted(until=MONTH)]) is Life.WAIVED
    assert life_under([accepted(until=FEBRUARY)]) is Life.OPEN


def test_it_does_not_reach_back_before_its_own_month():
    assert life_under([accepted(month=APRIL)]) is Life.OPEN


def test_a_refusal_leaves_the_finding_and_is_shown():
    (one,) = answered([found()], None, [refused()], MONTH)
    assert (one.life, one.decision) == (Life.OPEN, refused())


def test_a_later_refusal_of_the_same_figures_ends_the_waiver():
    assert life_under([accepted(month=JANUARY), refused(month=MONTH)]) is Life.OPEN
    assert life_under([refused(month=JANUARY), accepted(month=MONTH)]) is Life.WAIVED


def test_a_withdrawn_acceptance_waives_nothing():
    (one,) = answered([found()], None, [accepted(), withdrawn(accepted())], MONTH)
    assert (one.life, one.decision) == (Life.OPEN, None)


@pytest.mark.parametrize(
    "other", [accepted(unit="03389"), accepted(code="A5"), accepted(field="tong_dai_bieu_kh")]
)
def test_a_decision_on_something_else_says_nothing_of_it(other):
    (one,) = answered([found()], None, [other], MONTH)
    assert (one.life, one.decision) == (Life.OPEN, None)


def test_what_the_unit_wrote_beside_the_rule_is_its_explanation(submission):
    findings = answered([found(), found(code="A5")], submission, [], MONTH)
    assert [one.explanation for one in findings] == ["Có thêm khách của tỉnh", ""]


def test_blanks_and_control_characters_are_no_other_figures():
    assert same_words("212 \x07 người", "212\u00a0người")
    assert same_words("ho\u0300a", "hòa")
    assert not same_words("212 người", "215 người")


# --- decided by hand, without an explanation --------------------------------------------


def test_a_row_added_by_hand_means_the_rule_in_its_own_month():
    by_hand = accepted("", MONTH, field="")
    assert life_under([by_hand]) is Life.WAIVED
    (later,) = answered([found()], None, [by_hand], APRIL)
    assert (later.life, later.decision) == (Life.OPEN, by_hand)


def test_one_that_quotes_the_figures_holds_as_long_as_they_are_given():
    by_hand = accepted("212", MONTH, field="")
    assert life_under([by_hand], month=APRIL) is Life.WAIVED
    assert life_under([by_hand], found("215"), month=APRIL) is Life.OPEN


# --- corrected figures ------------------------------------------------------------------


def test_a_corrected_figure_counts_and_keeps_what_was_typed(campaign, submission):
    value = corrected(campaign, submission, [correction(200)]).values[TOTAL]
    assert (value.value, value.typed, value.raw, value.cell) == (
        200, 212, 212, submission.values[TOTAL].cell,
    )  # fmt: skip
    assert value.repair == Repair("board_correction")
    assert "Ban" in REPAIRS["board_correction"]


def test_rules_are_judged_by_the_corrected_figure(campaign, unit, submission):
    form = campaign.form_of(unit)
    mended = corrected(campaign, submission, [correction(200)])
    outcome = {o.rule: o.outcome for o in form_outcomes(campaign, form, mended, unit)}
    before = {o.rule: o.outcome for o in form_outcomes(campaign, form, submission, unit)}
    assert (before["A4"], outcome["A4"]) == (OutcomeKind.FAIL, OutcomeKind.PASS)


def test_a_figure_that_could_not_be_read_has_its_fault_no_more(campaign, submission):
    fault = Fault("DL01", TOTAL, details={"raw": "hai trăm"})
    unread = replace(submission.values[TOTAL], value=None, typed=None, raw="hai trăm", fault=fault)
    lost, notice = Fault("DL13", TOTAL, sheet="Báo cáo"), Fault("DL39", TOTAL)
    broken = replace(submission, values={**submission.values, TOTAL: unread}, faults=(lost, notice))
    assert corrected(campaign, broken, [correction(200)]).all_faults == (notice,)


def test_nothing_else_changes(campaign, submission):
    mended = corrected(campaign, submission, [correction(200)])
    changed = {id_ for id_, value in mended.values.items() if value != submission.values[id_]}
    assert (changed, mended.tables) == ({TOTAL}, submission.tables)
    assert [value.field for value in mended.repaired_cells] == [TOTAL]


@pytest.mark.parametrize(
    "other",
    [
        correction(200, month=FEBRUARY),
        correction(200, field="khong_co"),
        correction("Nam", field="danh_sach.gioi_tinh"),
        replace(correction(200), unit="03389"),
    ],
)
def test_a_correction_of_another_month_unit_or_form_changes_nothing(campaign, submission, other):
    assert corrected(campaign, submission, [other]) == submission


def test_a_withdrawn_correction_changes_nothing(campaign, submission):
    decisions = [correction(200), withdrawn(correction(200))]
    assert corrected(campaign, submission, decisions) == submission


def test_a_field_that_the_file_has_no_cell_of_can_be_corrected(campaign, submission):
    values = {id_: value for id_, value in submission.values.items() if id_ != TOTAL}
    lacking = replace(submission, values=values)
    assert corrected(campaign, lacking, [correction(200)]).values[TOTAL].value == 200


# --- excuses ----------------------------------------------------------------------------


def test_a_unit_is_excused_from_month_to_month():
    decisions = [excuse(FEBRUARY, MONTH), excuse(unit="03389")]
    assert [
        excuse_of(UNIT, decisions, m) is not None for m in (JANUARY, FEBRUARY, MONTH, APRIL)
    ] == [False, True, True, False]


def test_the_latest_excuse_is_the_one_that_is_shown():
    assert excuse_of(UNIT, [excuse(FEBRUARY), excuse(JANUARY)], MONTH) == excuse(FEBRUARY)
    assert excuse_of(UNIT, [excuse(), withdrawn(excuse())], MONTH) is None
