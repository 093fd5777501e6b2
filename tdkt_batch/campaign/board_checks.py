"""What each board check needs of a campaign and gives its texts; ``across`` holds the checks.

A rule of scope ``board`` names a check. The loader refuses one that lacks what
the check needs, so that no month ends in a missing name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tdkt_batch.campaign.roles import Role
from tdkt_batch.campaign.tree import CampaignValue


class BoardCheck(StrEnum):
    """A check that only the board can make: between units, or of when a report came."""

    ROSTER_BY_BASE_UNIT = "roster_by_base_unit"
    ELECTED_AS_ALLOTTED = "elected_as_allotted"
    SUBORDINATES_REPORTED = "subordinates_reported"
    TABLE_AS_SUBORDINATES_SAY = "table_as_subordinates_say"
    BEFORE_UPPER_UNIT = "before_upper_unit"
    RESULT_REPORTED = "result_reported"
    DONE_BEFORE_REPORTED = "done_before_reported"
    NOTHING_TAKEN_BACK = "nothing_taken_back"
    UNCHANGED_AS_TOLD = "unchanged_as_told"
    RECEIVED_BY_DEADLINE = "received_by_deadline"


class Parameter(StrEnum):
    """What a rule tells its board check, each by the name of a campaign value."""

    SUBORDINATE = "subordinate"
    ALLOTMENT = "allotment"
    BASE_UNIT = "base_unit"
    CATEGORY = "category"
    NOT_EXEMPLARY = "not_exemplary"
    KINDS_ALLOTTED_BY_UPPER = "kinds_allotted_by_upper"
    DUE = "due"
    HELD = "held"
    YES = "yes"
    PLANNED_DATE = "planned_date"
    OWN_PLANNED_DATE = "own_planned_date"
    LETTER_NUMBER = "letter_number"
    LETTER_DATE = "letter_date"
    DAYS = "days"
    DONE = "done"
    FIGURES = "figures"


class ParameterKind(StrEnum):
    """What the value of a parameter must be; a cell or column is one of any form."""

    CELL = "cell"
    CELLS = "cells"
    COLUMN = "column"
    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    DAY = "day"


KIND_OF_PARAMETER: Mapping[Parameter, ParameterKind] = {
    Parameter.SUBORDINATE: ParameterKind.COLUMN,
    Parameter.ALLOTMENT: ParameterKind.COLUMN,
    Parameter.BASE_UNIT: ParameterKind.COLUMN,
    Parameter.CATEGORY: ParameterKind.COLUMN,
    Parameter.NOT_EXEMPLARY: ParameterKind.TEXT,
    Parameter.KINDS_ALLOTTED_BY_UPPER: ParameterKind.TEXTS,
    Parameter.DUE: ParameterKind.DAY,
    Parameter.HELD: ParameterKind.COLUMN,
    Parameter.YES: ParameterKind.TEXT,
    Parameter.PLANNED_DATE: ParameterKind.COLUMN,
    Parameter.OWN_PLANNED_DATE: ParameterKind.CELL,
    Parameter.LETTER_NUMBER: ParameterKind.CELL,
    Parameter.LETTER_DATE: ParameterKind.CELL,
    Parameter.DAYS: ParameterKind.NUMBER,
    Parameter.DONE: ParameterKind.CELLS,
    Parameter.FIGURES: ParameterKind.CELLS,
}

Parameters = Mapping[Parameter, CampaignValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNeeds:
    """What a check reads, all of it required, and what it gives.

    ``places`` are what it fills in the rule's texts, ``cases`` the ways in which it
    fails: the rule has one case for each.
    """

    parameters: tuple[Parameter, ...] = ()
    roles: tuple[Role, ...] = ()
    places: frozenset[str]
    cases: frozenset[str] = field(default=frozenset({"differs"}))


NEEDS_OF_CHECK: Mapping[BoardCheck, CheckNeeds] = {
    BoardCheck.ROSTER_BY_BASE_UNIT: CheckNeeds(
        parameters=(
            Parameter.BASE_UNIT, Parameter.CATEGORY, Parameter.NOT_EXEMPLARY,
            Parameter.SUBORDINATE, Parameter.ALLOTMENT,
        ),
        places=frozenset({"da_chon", "phan_bo", "chenh_lech", "so_don_vi"}),
    ),
    BoardCheck.ELECTED_AS_ALLOTTED: CheckNeeds(
        parameters=(
            Parameter.KINDS_ALLOTTED_BY_UPPER, Parameter.SUBORDINATE, Parameter.ALLOTMENT,
        ),
        roles=(Role.ELECTED,),
        places=frozenset({"da_bau", "phan_bo", "chenh_lech", "can_cu"}),
    ),
    BoardCheck.SUBORDINATES_REPORTED: CheckNeeds(
        parameters=(Parameter.DUE, Parameter.SUBORDINATE),
        roles=(Role.DATE,),
        places=frozenset({"danh_sach", "so_don_vi", "tong_don_vi", "han"}),
        cases=frozenset({"overdue", "not_yet_due"}),
    ),
    BoardCheck.TABLE_AS_SUBORDINATES_SAY: CheckNeeds(
        parameters=(
            Parameter.SUBORDINATE, Parameter.HELD, Parameter.YES, Parameter.PLANNED_DATE,
            Parameter.OWN_PLANNED_DATE,
        ),
        places=frozenset({"khac_nhau", "so_don_vi"}),
    ),
    BoardCheck.BEFORE_UPPER_UNIT: CheckNeeds(
        roles=(Role.DATE,),
        places=frozenset(
            {"ngay_hoi_nghi", "cap_tren", "ngay_cap_tren", "so_ngay", "theo_bao_cao"}
        ),
        cases=frozenset({"not_before"}),
    ),
    BoardCheck.RESULT_REPORTED: CheckNeeds(
        parameters=(Parameter.LETTER_NUMBER, Parameter.LETTER_DATE, Parameter.DAYS),
        roles=(Role.TOTAL, Role.DATE),
        places=frozenset({"ngay_hoi_nghi", "cong_van", "ngay_bao_cao", "han", "so_ngay"}),
        cases=frozenset({"no_figures", "no_letter", "late"}),
    ),
    BoardCheck.DONE_BEFORE_REPORTED: CheckNeeds(
        parameters=(Parameter.DONE, Parameter.LETTER_DATE),
        places=frozenset({"cac_ngay", "ngay_nhan", "co_phai"}),
        cases=frozenset({"later"}),
    ),
    BoardCheck.NOTHING_TAKEN_BACK: CheckNeeds(
        parameters=(Parameter.FIGURES,),
        places=frozenset({"khac_nhau", "thang_truoc", "ban_truoc", "so_o"}),
        cases=frozenset({"held", "figures"}),
    ),
    BoardCheck.UNCHANGED_AS_TOLD: CheckNeeds(
        roles=(Role.UNCHANGED, Role.DOCUMENT_NUMBER, Role.DOCUMENT_DATE),
        places=frozenset({"khac_nhau", "so_o", "thang_truoc"}),
        cases=frozenset({"ticked", "untouched"}),
    ),
    BoardCheck.RECEIVED_BY_DEADLINE: CheckNeeds(
        places=frozenset({"ngay_nhan", "han", "so_ngay", "cong_van", "noi_nhan"}),
        cases=frozenset({"late"}),
    ),
}  # fmt: skip
