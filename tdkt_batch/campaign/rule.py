"""What a rule of the guidance (căn cứ rà soát) asks: when, what, how grave, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tdkt_batch.campaign.board_checks import BoardCheck, Parameters
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.campaign.tree import Node, Template
from tdkt_batch.model import Severity


class RuleScope(StrEnum):
    """Where a rule is checked: on the form alone, or by the board across units."""

    FORM = "form"
    BOARD = "board"


class Asks(StrEnum):
    """What a remedy asks for that is no explanation: a figure corrected, what lacks written."""

    CORRECT = "correct"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One severity of a failing rule; ``when`` is None for the last, which always holds."""

    when: Node | None
    severity: Severity
    message: Template


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """A rule's expressions, bound to the names of one form.

    ``condition`` joins stage, unit kinds and the rule's own condition. ``at`` are
    the names that a finding points at; the first that can be located wins. Texts
    are templates over the form's names; ``given`` is the first thing to compute
    when a reader asks for the value; ``short`` says what is wrong in the words of one
    cell, where ``expected`` does not say it as well. While one of ``settled_by`` fails the rule
    does not apply.
    """

    condition: Node
    check: Node
    cases: tuple[Case, ...]
    given: Template
    expected: Template
    difference: Template
    short: Template
    remedy_before: Template
    remedy_after: Template
    at: tuple[Node, ...]
    settled_by: tuple[FormRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCase:
    """One way in which a board check fails: the check names it, the campaign grades it."""

    name: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRule:
    """A rule checked across units.

    ``conditions`` (by form id) say for which submissions it is checked. Texts
    have ``{places}`` that the check fills; ``parameters`` are campaign values.
    """

    check: BoardCheck
    conditions: Mapping[str, Node]
    cases: tuple[BoardCase, ...]
    given: str = ""
    expected: str = ""
    difference: str = ""
    remedy_before: str
    remedy_after: str
    parameters: Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the guidance (căn cứ rà soát).

    ``requirements`` are the requirement and decision ids it covers (A4, AMB-9).
    A form rule has its expressions in ``bound``, for each form whose level it
    applies to, by form id; a board rule has ``board``. ``clause`` is the section
    of the document and ``quotes`` its words; a rule that is ours (``is_ours``)
    has no quotes and says why in ``decision``.

    A fault of data may stand for others: while it fails, the rules that it
    ``settles`` are not asked (what cannot be true breaks no calendar), and the
    cells that it ``withholds`` are not added up; of a figure with a planned and an
    actual cell the plain name is the cell in force. ``mends`` are the cells that its remedy
    asks to write anew though it is no fault of data: a unit that does so takes nothing back.
    ``asks`` says what its remedy asks for where that is no explanation, in whichever stage
    and however grave; None where stage and severity tell it.
    """

    id: str
    title: str
    scope: RuleScope
    levels: tuple[str, ...]
    unit_kinds: tuple[str, ...] = ()
    stages: tuple[Stage, ...]
    requirements: tuple[str, ...]
    clause: str
    quotes: tuple[str, ...] = ()
    decision: str = ""
    is_ours: bool
    settles: tuple[str, ...] = ()
    withholds: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    asks: Asks | None = None
    severities: tuple[Severity, ...]
    bound: Mapping[str, FormRule]
    board: BoardRule | None

    @property
    def asks_what_is_taken_back(self) -> bool:
        """Whether it compares a report with what the unit said before."""
        return self.board is not None and self.board.check is BoardCheck.NOTHING_TAKEN_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A requirement that is no rule: reported only, or not machine-checkable, and why."""

    id: str
    treatment: str
    clause: str
    quote: str = ""
    reason: str
