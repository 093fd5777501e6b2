"""The rule book (căn cứ rà soát) in words: what is checked, for whom, under which clause.

Every requirement of the guidance stands here: as a rule, or as a statement that
says why it is only reported or cannot be checked by a machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tdkt_batch.campaign import tree
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import FormRule, Rule, RuleScope
from tdkt_batch.campaign.tree import Kind, Node, Template
from tdkt_batch.model import Severity
from tdkt_batch.vietnamese.writing import write_day, write_number
from tdkt_batch.wording import rules as say
from tdkt_batch.wording.shared import BOARD_CHECKS

Label = Callable[[str], str]
"""Gives the Vietnamese label of a field, column, table, derived value or fact."""
COMPUTED = "…"
"""Stands where a sentence shows a figure that is worked out."""
_IN_BRACKETS = re.compile(r" \(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class GradedCase:
    """One severity of a failing rule in words; ``when`` is empty where it holds otherwise."""

    severity: str
    when: str
    message: str

    @property
    def sentence(self) -> str:
        """The message, and when it is said."""
        sentence = say.CASE_WHEN if self.when else "{message}"
        return sentence.format(message=self.message, when=self.when)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBookEntry:
    """One rule or statement in words.

    ``scope`` is empty for a statement, whose ``decision`` gives the reason and
    ``treatment`` what becomes of it: one of ``wording.rules.TREATMENTS``. ``levels`` are ids,
    ``level_names`` what people read.
    """

    id: str
    title: str
    scope: str
    levels: tuple[str, ...] = ()
    level_names: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    condition: str = ""
    check: str = ""
    cases: tuple[GradedCase, ...] = ()
    remedy_before: str = ""
    remedy_after: str = ""
    clause: str
    quotes: tuple[str, ...] = ()
    decision: str = ""
    is_ours: bool = False
    treatment_code: str = "rule"

    @property
    def treatment(self) -> str:
        """What becomes of a statement, in words; empty for a rule."""
        return say.TREATMENTS.get(self.treatment_code, self.treatment_code)

    def without_codes(self) -> RuleBookEntry:
        """Return the entry as it is read by whoever does not ask for the requirements' codes."""
        codes = {self.id, *self.requirements}
        decision = _IN_BRACKETS.sub(
            lambda found: "" if codes.issuperset(found[1].split(", ")) else found[0], self.decision
        )
        return replace(self, requirements=(), decision=decision)

    def as_json(self) -> dict[str, Any]:
        """Return what ``rules --json`` prints of it."""
        return {
            "id": self.id,
            "title": self.title,
            "scope": self.scope or None,
            "treatment": self.treatment_code,
            "levels": list(self.levels),
            "unit_kinds": list(self.unit_kinds),
            "stages": list(self.stages),
            "requirements": list(self.requirements),
            "condition": self.condition,
            "check": self.check,
            "severity_cases": [
                {"severity": c.severity, "when": c.when, "message": c.message} for c in self.cases
            ],
            "clause": self.clause,
            "quote": " […] ".join(self.quotes),
            "decision": self.decision,
            "ours": self.is_ours,
        }


def rule_book(campaign: Campaign) -> tuple[RuleBookEntry, ...]:
    """Return all rules in the campaign's order, then all statements."""
    statements = (
        RuleBookEntry(
            id=one.id,
            title=one.quote or one.reason,
            scope="",
            requirements=(one.id,),
            clause=one.clause,
            quotes=(one.quote,) if one.quote else (),
            decision=one.reason,
            treatment_code=one.treatment,
        )
        for one in campaign.statements
    )
    return (*(_entry_of(campaign, rule) for rule in campaign.rules), *statements)


def entries_named(book: Iterable[RuleBookEntry], id_: str) -> tuple[RuleBookEntry, ...]:
    """Return the entries with this id, or those that cover this requirement; case does not count.

    ``A6`` has no rule of its own and leads to the rules that cover it.
    """
    wanted = id_.casefold()
    book = tuple(book)
    exact = tuple(e for e in book if e.id.casefold() == wanted)
    covering = (e for e in book if wanted in {r.casefold() for r in e.requirements})
    return exact or tuple(covering)


def labelled(entry: RuleBookEntry, campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Yield what people read of an entry: a label and its text, nothing empty."""
    is_section = re.match(r"[IVX]+\b", entry.clause)
    section = say.SECTION.format(clause=entry.clause) if is_section else entry.clause
    words, citation = campaign.words, campaign.document.citation
    place = ", ".join(part for part in (section, citation) if part)
    kinds = ", ".join(entry.unit_kinds)
    applies_to = (*entry.level_names, *([say.ONLY_KINDS.format(kinds=kinds)] if kinds else []))
    checked_at = BOARD_CHECKS if entry.scope == RuleScope.BOARD else say.IN_FORM
    rows = (
        (say.BASIS, say.OURS if entry.is_ours else place),
        *((say.QUOTE, say.QUOTED.format(quote=quote)) for quote in entry.quotes),
        (say.APPLIES_TO, "; ".join(applies_to)),
        (say.CONDITION, entry.condition),
        (say.CHECK, entry.check),
        (say.CHECKED_AT, checked_at if entry.scope else ""),
        *((words.severities[Severity(one.severity)], one.sentence) for one in entry.cases),
        (words.said(say.BEFORE), entry.remedy_before),
        (words.said(say.AFTER), entry.remedy_after),
        (say.TREATMENT, entry.treatment),
        (say.NOTE if entry.scope else say.REASON, entry.decision),
        (say.RELATED, ", ".join(r for r in entry.requirements if r != entry.id)),
    )
    return ((label, text) for label, text in rows if text)


# --- from the campaign ------------------------------------------------------------------------


def _entry_of(campaign: Campaign, rule: Rule) -> RuleBookEntry:
    if board := rule.board:
        conditions = board.conditions
        cases = tuple(
            GradedCase(str(c.severity), "", _without_places(c.message)) for c in board.cases
        )
        expected = _without_places(board.expected)
        texts = {
            "check": rule.title if COMPUTED in expected or not expected else expected,
            "remedy_before": _without_places(board.remedy_before),
            "remedy_after": _without_places(board.remedy_after),
        }
    else:
        conditions = {id_: one.condition for id_, one in rule.bound.items()}
        cases, texts = _bound_in_words(campaign, rule.bound)
    return RuleBookEntry(
        id=rule.id,
        title=rule.title,
        scope=str(rule.scope),
        levels=rule.levels,
        level_names=tuple(campaign.level(level).name for level in rule.levels),
        unit_kinds=rule.unit_kinds,
        stages=tuple(campaign.roles.stages[stage] for stage in rule.stages),
        requirements=rule.requirements,
        condition=_joined(
            in_words(node, campaign.form(id_).label) for id_, node in conditions.items()
        ),
        cases=cases,
        clause=rule.clause,
        quotes=rule.quotes,
        decision=rule.decision,
        is_ours=rule.is_ours,
        **texts,
    )


def _bound_in_words(
    campaign: Campaign, bound: Mapping[str, FormRule]
) -> tuple[tuple[GradedCase, ...], dict[str, str]]:
    """Return cases and texts over all forms; what differs between forms is given for each."""
    by_form = [(campaign.form(id_), one) for id_, one in bound.items()]
    form, first = by_form[0]
    cases = tuple(
        GradedCase(
            str(case.severity),
            in_words(case.when, form.label) if case.when else "",
            _template_in_words(case.message, form),
        )
        for case in first.cases
    )
    texts = {
        key: _joined(_template_in_words(getattr(one, key), form) for form, one in by_form)
        for key in ("remedy_before", "remedy_after")
    }
    check = _joined(in_words(one.check, form.label) for form, one in by_form)
    return cases, {"check": check, **texts}


def _template_in_words(template: Template, form: Form) -> str:
    """Return a sentence; in its places a constant, a name in [brackets], else …."""
    said = []
    for part in template.parts:
        match part:
            case str():
                said.append(part)
            case tree.Constant():
                said.append(in_words(part, form.label).strip("“”"))
            case tree.Name(id=id_):
                said.append(f"[{form.label(id_)}]")
            case _:
                said.append(COMPUTED)
    return "".join(said)


def _without_places(text: str) -> str:
    """Return a board rule's sentence; its check alone knows the figures.

    >>> _without_places("Chênh lệch {chenh_lech} người")
    'Chênh lệch … người'
    """
    return re.sub(r"\{\w+\}", COMPUTED, text)


def _joined(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(text for text in texts if text))


# --- expressions ------------------------------------------------------------------------------


def in_words(node: Node, label: Label) -> str:
    """Return what ``node`` asks, in words; names appear as their labels in “…”."""
    parts = ((name, getattr(node, name)) for name in node.__match_args__)
    said = {name: in_words(part, label) for name, part in parts if isinstance(part, Node)}
    match node:
        case tree.Constant(value) if isinstance(value, date):
            return write_day(value)
        case tree.Constant(value):
            return write_number(value) if isinstance(value, int) else f"“{value}”"
        case tree.Name(id=id_) | tree.ColumnName(id=id_):
            return f"“{label(id_)}”"
        case tree.Compare(op, left):
            by_kind = {Kind.DATE: say.COMPARED_DAYS, Kind.NUMBER: say.COMPARED_NUMBERS}
            return by_kind.get(left.kind, say.COMPARED)[op].format(**said)
        case tree.Between(_, days):
            return say.BETWEEN.format(start=write_day(days.start), end=write_day(days.end), **said)
        case tree.OneOf(_, options):
            *others, last = [f"“{option}”" for option in options]
            listed = say.OR.join([", ".join(others), last] if others else [last])
            return say.ONE_OF.format(options=listed, **said)
        case tree.And(items):
            return say.AND.join(_grouped(item, label, tree.Or) for item in items)
        case tree.Or(items):
            return say.OR.join(_grouped(item, label, tree.And) for item in items)
        case tree.Not(tree.IsBlank(operand)):
            return say.FILLED.format(operand=in_words(operand, label))
        case tree.Not():
            return say.NOT.format(**said)
        case tree.IsBlank():
            return say.BLANK.format(**said)
        case tree.Arithmetic(kind=Kind.TEXT):
            return say.JOINED.format(**said)
        case tree.Arithmetic(op) | tree.Extreme(op):
            return say.COMPUTED[op].format(**said)
        case tree.If():
            return say.CHOSEN.format(**said)
        case tree.ConsistsOf(parts=optional):
            *others, last = (in_words(part, label) for part in optional)
            listed = say.OR.join([", ".join(others), last] if others else [last])
            return say.CONSISTS_OF.format(parts=listed, **said)
        case tree.StartsWith():
            return say.STARTS_WITH.format(**said)
        case tree.Count(table, condition):
            where = say.WHERE.format(**said) if condition else ""
            return say.COUNTED.format(table=label(table)) + where
        case tree.Fold(op, _, condition):
            where = say.WHERE.format(**said) if condition else ""
            return say.FOLDED[op].format(**said) + where
        case tree.ShareHolds(share=share, near=near):
            percents = {"share": _percent(share.part), "tolerance": _percent(share.tolerance)}
            return say.SHARES["near" if near else share.mode].format(**said, **percents)
        case tree.Swapped():
            return say.SWAPPED.format(**said)
        case tree.LeastShare(share=share):
            return say.LEAST_SHARE.format(share=_percent(share.part), **said)
    raise TypeError(node)


def _grouped(item: Node, label: Label, other: type) -> str:
    words = in_words(item, label)
    return f"({words})" if isinstance(item, other) else words


def _percent(part: Fraction) -> str:
    return f"{write_number(100 * part, decimals=1)}%"
