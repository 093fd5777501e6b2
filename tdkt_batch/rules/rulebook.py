"""The rule book (căn cứ rà soát) in words: what is checked, for whom, under which clause.

Every requirement of the guidance stands here: as a rule, or as a statement that
says why it is only reported or cannot be checked by a machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.rule import BoardRule, Rule, RuleScope, Statement
from tdkt_batch.campaign.tree import Constant, Name, Node, Template
from tdkt_batch.campaign.words import in_words
from tdkt_batch.wording.shared import BOARD_CHECKS, SEVERITIES

TREATMENTS = {
    "rule": "",
    "rule_of": "Đã nằm trong căn cứ khác",
    "reported": "Chỉ tổng hợp, không kết luận đúng hay chưa đúng",
    "not_checkable": "Máy không xét được: người rà soát đọc và đánh dấu",
    "decision": "Quyết định của Ban, áp dụng trong toàn chương trình",
}


@dataclass(frozen=True, slots=True)
class GradedCase:
    """One severity of a failing rule in words; ``when`` is empty where it holds otherwise."""

    severity: str
    when: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBookEntry:
    """One rule or statement in words.

    ``scope`` is empty for a statement, whose ``decision`` gives the reason and
    ``treatment`` what becomes of it: one of ``TREATMENTS``. ``levels`` are ids,
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
    expected: str = ""
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
        return TREATMENTS.get(self.treatment_code, self.treatment_code)

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
    rules = (_of_rule(campaign, rule) for rule in campaign.rules)
    return (*rules, *(_of_statement(statement) for statement in campaign.statements))


def entries_named(book: Iterable[RuleBookEntry], id_: str) -> tuple[RuleBookEntry, ...]:
    """Return the entries with this id, or those that cover this requirement; case does not count.

    ``A6`` has no rule of its own and leads to the rules that cover it.
    """
    wanted = id_.casefold()
    book = tuple(book)
    exact = tuple(e for e in book if e.id.casefold() == wanted)
    covering = (e for e in book if wanted in {r.casefold() for r in e.requirements})
    return exact or tuple(covering)


def labelled(entry: RuleBookEntry, citation: str) -> Iterator[tuple[str, str]]:
    """Yield what people read of an entry: a label and its text, nothing empty."""
    section = f"mục {entry.clause}" if re.match(r"[IVX]+\b", entry.clause) else entry.clause
    place = ", ".join(part for part in (section, citation) if part)
    yield "Căn cứ", "quy định của Ban" if entry.is_ours else place
    for quote in entry.quotes:
        yield "Trích", f"“{quote}”"
    for label, text in (
        ("Áp dụng cho", "; ".join((*entry.level_names, *_listed(entry.unit_kinds)))),
        ("Khi", entry.condition),
        ("Yêu cầu", entry.check),
        ("Nơi kiểm tra", _scope_in_words(entry)),
    ):
        if text:
            yield label, text
    for case in entry.cases:
        when = f" (khi {case.when})" if case.when else ""
        yield _severity_in_words(case.severity), f"{case.message}{when}"
    for label, text in (
        ("Trước Hội nghị", entry.remedy_before),
        ("Sau Hội nghị", entry.remedy_after),
        ("Xử lý", entry.treatment),
        ("Ghi chú của Ban" if entry.scope else "Lý do", entry.decision),
        ("Yêu cầu liên quan", ", ".join(r for r in entry.requirements if r != entry.id)),
    ):
        if text:
            yield label, text


def _listed(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return (f"chỉ {', '.join(kinds)}",) if kinds else ()


def _scope_in_words(entry: RuleBookEntry) -> str:
    if not entry.scope:
        return ""
    return BOARD_CHECKS if entry.scope == RuleScope.BOARD else "ngay trên biểu (trang Tự kiểm tra)"


def _severity_in_words(severity: str) -> str:
    return next(words for known, words in SEVERITIES.items() if known == severity)


# --- from the campaign ------------------------------------------------------------------------


def _of_rule(campaign: Campaign, rule: Rule) -> RuleBookEntry:
    cases, texts = _bound_in_words(campaign, rule) if rule.bound else _board_in_words(rule)
    return RuleBookEntry(
        id=rule.id,
        title=rule.title,
        scope=str(rule.scope),
        levels=rule.levels,
        level_names=tuple(campaign.level(level).name for level in rule.levels),
        unit_kinds=rule.unit_kinds,
        stages=tuple(campaign.roles.stages[stage] for stage in rule.stages),
        requirements=rule.requirements,
        condition=_condition_in_words(campaign, rule),
        cases=cases,
        clause=rule.clause,
        quotes=rule.quotes,
        decision=rule.decision,
        is_ours=rule.is_ours,
        **texts,
    )


def _of_statement(statement: Statement) -> RuleBookEntry:
    return RuleBookEntry(
        id=statement.id,
        title=statement.quote or statement.reason,
        scope="",
        requirements=(statement.id,),
        clause=statement.clause,
        quotes=(statement.quote,) if statement.quote else (),
        decision=statement.reason,
        treatment_code=statement.treatment,
    )


def _condition_in_words(campaign: Campaign, rule: Rule) -> str:
    conditions = rule.board.conditions if rule.board else {}
    nodes = {id_: bound.condition for id_, bound in rule.bound.items()} or conditions
    return _joined(in_words(node, campaign.form(id_).label) for id_, node in nodes.items())


def _bound_in_words(
    campaign: Campaign, rule: Rule
) -> tuple[tuple[GradedCase, ...], dict[str, str]]:
    """Return cases and texts over all forms; what differs between forms is given for each."""
    bound = [(campaign.form(id_), one) for id_, one in rule.bound.items()]

    def words(part: Callable[[Any], Node | Template]) -> str:
        return _joined(_words(part(one), form) for form, one in bound)

    form, first = bound[0]
    cases = tuple(
        GradedCase(
            str(case.severity),
            in_words(case.when, form.label) if case.when else "",
            _words(case.message, form),
        )
        for case in first.cases
    )
    texts = {
        "check": words(lambda one: one.check),
        "expected": words(lambda one: one.expected),
        "remedy_before": words(lambda one: one.remedy_before),
        "remedy_after": words(lambda one: one.remedy_after),
    }
    return cases, texts


def _board_in_words(rule: Rule) -> tuple[tuple[GradedCase, ...], dict[str, str]]:
    board: BoardRule = rule.board  # type: ignore[assignment]  # a rule without bound forms has it
    cases = tuple(GradedCase(str(c.severity), "", _without_places(c.message)) for c in board.cases)
    expected = _without_places(board.expected)
    texts = {
        "check": rule.title if COMPUTED in expected or not expected else expected,
        "expected": expected,
        "remedy_before": _without_places(board.remedy_before),
        "remedy_after": _without_places(board.remedy_after),
    }
    return cases, texts


def _words(part: Node | Template, form: Form) -> str:
    if not isinstance(part, Template):
        return in_words(part, form.label)
    return "".join(p if isinstance(p, str) else _place(p, form) for p in part.parts)


def _place(node: Node, form: Form) -> str:
    """Return what stands in a sentence's place: a constant, a name in [brackets], else …."""
    match node:
        case Constant():
            return in_words(node, form.label).strip("“”")
        case Name(id=id_):
            return f"[{form.label(id_)}]"
        case _:
            return COMPUTED


COMPUTED = "…"
"""Stands where a sentence shows a figure that is worked out."""


def _without_places(text: str) -> str:
    """Return a board rule's sentence; its check alone knows the figures.

    >>> _without_places("Chênh lệch {chenh_lech} người")
    'Chênh lệch … người'
    """
    return re.sub(r"\{\w+\}", COMPUTED, text)


def _joined(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(text for text in texts if text))
