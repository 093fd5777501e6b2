"""``rules.toml`` → rules and statements, bound to the forms, with quotes found in the document."""

from __future__ import annotations

import re
import unicodedata

from tdkt_batch.campaign.definition import Composition, Document, Roles
from tdkt_batch.campaign.expression import parse, parse_template
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.load_forms import Context
from tdkt_batch.campaign.rule import (
    BoardCase,
    BoardRule,
    Case,
    FormRule,
    Rule,
    RuleScope,
    Statement,
)
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.campaign.tree import And, Kind, Node, Share, Template
from tdkt_batch.errors import ExpressionError
from tdkt_batch.model import Severity

_COMMON_KEYS = (
    "id", "title", "requirements", "scope", "levels", "unit_kinds", "stages", "when", "given",
    "expected", "difference", "remedy", "clause", "quotes", "decision", "ours", "cases",
)  # fmt: skip


def load_rules(
    file: Section, forms: tuple[Form, ...], roles: Roles, document: Document, context: Context
) -> tuple[Rule, ...]:
    """Return the rules of ``rules.toml`` in their order."""
    rules: dict[str, Rule] = {}
    for section in file.sections("rules"):
        rule = _load_rule(section, forms, roles, document, context)
        if rule.id in rules:
            raise section.fail("id", f"mã “{rule.id}” dùng hai lần")
        rules[rule.id] = rule
    return tuple(rules.values())


def load_statements(file: Section, document: Document) -> tuple[Statement, ...]:
    """Return the requirements that are no rule, each with the reason."""
    statements = []
    for section in file.sections("statements"):
        section.allow("id", "treatment", "clause", "quote", "reason")
        quote = section.text("quote", "")
        _check_quote(section, "quote", quote, document)
        statements.append(
            Statement(
                id=section.text("id"),
                treatment=section.text("treatment"),
                clause=section.text("clause"),
                quote=quote,
                reason=section.text("reason"),
            )
        )
    return tuple(statements)


def load_compositions(
    main: Section, forms: tuple[Form, ...], context: Context
) -> tuple[Composition, ...]:
    """Return how each form's delegates divide, from ``campaign.toml``."""
    compositions = []
    for section in main.sections("compositions"):
        keys = ("form", "exemplary", "guests", "cap", "share", "sentence")
        section.allow(*keys, "rules")
        one = Composition(**{key: section.text(key) for key in keys}, rules=section.texts("rules"))
        form = next((form for form in forms if form.id == one.form), None)
        if form is None:
            raise section.fail("form", f"không có biểu “{one.form}”")
        for key in ("exemplary", "guests"):
            if section.text(key) not in form.names.scalars:
                raise section.fail(key, f"biểu {form.id} không có “{section.text(key)}”")
        if not isinstance(context.values.get(one.cap), int):
            raise section.fail("cap", f"“{one.cap}” không phải giới hạn của đợt")
        if not isinstance(context.values.get(one.share), Share):
            raise section.fail("share", f"“{one.share}” không phải tỷ lệ của đợt")
        compositions.append(one)
    return tuple(compositions)


def _load_rule(
    section: Section,
    forms: tuple[Form, ...],
    roles: Roles,
    document: Document,
    context: Context,
) -> Rule:
    scope = _scope(section)
    own = ("check", "at") if scope is RuleScope.FORM else ("board", "parameters")
    section.allow(*_COMMON_KEYS, *own)
    levels = _levels(section, context)
    bound_to = tuple(f for f in forms if f.level in levels)
    quotes = section.texts("quotes", ())
    for quote in quotes:
        _check_quote(section, "quotes", quote, document)
    is_ours = section.flag("ours")
    if not quotes and not is_ours:
        raise section.fail(
            "quotes", "căn cứ của Hướng dẫn phải có câu trích; nếu của Ban: ours = true"
        )
    if is_ours and not section.text("decision", ""):
        raise section.fail("decision", "căn cứ của Ban phải ghi lý do")
    return Rule(
        id=section.text("id"),
        title=section.text("title"),
        scope=scope,
        levels=levels,
        unit_kinds=_unit_kinds(section, levels, context),
        stages=_stages(section, roles),
        requirements=section.texts("requirements"),
        clause=section.text("clause"),
        quotes=quotes,
        decision=section.text("decision", ""),
        is_ours=is_ours,
        severities=tuple(_severity(case) for case in section.sections("cases")),
        bound={f.id: _bind(section, f, roles, context) for f in bound_to}
        if scope is RuleScope.FORM
        else {},
        board=_load_board(section, bound_to, roles, context) if scope is RuleScope.BOARD else None,
        condition_text=section.text("when", ""),
        check_text=section.text("check", "") if scope is RuleScope.FORM else section.text("board"),
    )


def _scope(section: Section) -> RuleScope:
    text = section.text("scope", "form")
    if text not in tuple(RuleScope):
        raise section.fail("scope", f"“{text}” phải là form hoặc board")
    return RuleScope(text)


def _levels(section: Section, context: Context) -> tuple[str, ...]:
    levels = section.texts("levels")
    for level in levels:
        if level not in {one.id for one in context.levels}:
            raise section.fail("levels", f"không có cấp “{level}”")
    if not levels:
        raise section.fail("levels", "cần ít nhất một cấp")
    return levels


def _unit_kinds(section: Section, levels: tuple[str, ...], context: Context) -> tuple[str, ...]:
    kinds = section.texts("unit_kinds", ())
    known = {kind for level in context.levels if level.id in levels for kind in level.unit_kinds}
    for kind in kinds:
        if kind not in known:
            raise section.fail("unit_kinds", f"các cấp này không có loại đơn vị “{kind}”")
    return kinds


def _stages(section: Section, roles: Roles) -> tuple[str, ...]:
    stages = section.texts("stages")
    for stage in stages:
        if stage not in roles.stages:
            raise section.fail(
                "stages", f"không có giai đoạn “{stage}”; có: {', '.join(roles.stages)}"
            )
    if not stages:
        raise section.fail("stages", "cần ít nhất một giai đoạn")
    return stages


def _severity(case: Section) -> Severity:
    text = case.text("severity")
    if text not in (Severity.VIOLATION, Severity.WARNING, Severity.NOTICE):
        raise case.fail("severity", f"“{text}” phải là violation, warning hoặc notice")
    return Severity(text)


# --- expressions, bound to one form --------------------------------------------------------


def _parse(section: Section, key: str, text: str, form: Form, kind: Kind | None = None) -> Node:
    try:
        return parse(text, form.names, kind=kind)
    except ExpressionError as error:
        raise section.fail(key, f"biểu {form.id}: {error}") from None


def _template(section: Section, key: str, form: Form) -> Template:
    try:
        return parse_template(section.text(key, ""), form.names)
    except ExpressionError as error:
        raise section.fail(key, f"biểu {form.id}: {error}") from None


def _condition(section: Section, form: Form, roles: Roles, context: Context) -> Node:
    """Join stage, unit kinds and the rule's own condition, in this order."""
    stages = _stages(section, roles)
    parts = []
    if set(stages) != set(roles.stages):
        options = ", ".join(f'"{roles.stages[stage]}"' for stage in stages)
        parts.append(f"{roles.status} in ({options},)")
    level_kinds = next(one.unit_kinds for one in context.levels if one.id == form.level)
    kinds = [k for k in section.texts("unit_kinds", ()) if k in level_kinds]
    if kinds and set(kinds) != set(level_kinds):
        options = ", ".join(f'"{kind}"' for kind in kinds)
        parts.append(f"don_vi.loai in ({options},)")
    nodes = [_parse(section, "stages", part, form, Kind.LOGIC) for part in parts]
    if own := section.text("when", ""):
        nodes.append(_parse(section, "when", own, form, Kind.LOGIC))
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _bind(section: Section, form: Form, roles: Roles, context: Context) -> FormRule:
    remedy = section.section("remedy")
    remedy.allow("before", "after")
    at = section.texts("at")
    if not at:
        raise section.fail("at", "cần ít nhất một ô để chỉ tới")
    return FormRule(
        condition=_condition(section, form, roles, context),
        check=_parse(section, "check", section.text("check"), form, Kind.LOGIC),
        cases=_cases(section, form),
        given=_template(section, "given", form),
        expected=_template(section, "expected", form),
        difference=_template(section, "difference", form),
        remedy_before=_template(remedy, "before", form),
        remedy_after=_template(remedy, "after", form),
        at=tuple(_place(section, place, form) for place in at),
    )


def _place(section: Section, place: str, form: Form) -> Node:
    """Parse a place; a table stands for itself through the count of its rows."""
    text = f"count({place})" if place in form.names.tables else place
    return _parse(section, "at", text, form)


def _cases(section: Section, form: Form) -> tuple[Case, ...]:
    cases = []
    for case in section.sections("cases"):
        case.allow("when", "severity", "message")
        text = case.text("when", "")
        when = _parse(case, "when", text, form, Kind.LOGIC) if text else None
        case.text("message")
        cases.append(
            Case(when=when, severity=_severity(case), message=_template(case, "message", form))
        )
    if not cases or cases[-1].when is not None:
        raise section.fail("cases", "trường hợp cuối cùng phải không có điều kiện (when)")
    return tuple(cases)


def _load_board(
    section: Section, forms: tuple[Form, ...], roles: Roles, context: Context
) -> BoardRule:
    remedy = section.section("remedy")
    remedy.allow("before", "after")
    cases = []
    for case in section.sections("cases"):
        case.allow("name", "severity", "message")
        cases.append(
            BoardCase(
                name=case.text("name"), severity=_severity(case), message=case.text("message")
            )
        )
    if not cases:
        raise section.fail("cases", "cần ít nhất một trường hợp")
    parameters = {}
    for key, name in section.section("parameters").content.items():
        if not isinstance(name, str) or name not in context.values:
            raise section.fail(f"parameters.{key}", f"không có giá trị “{name}” của đợt")
        parameters[key] = context.values[name]
    return BoardRule(
        check=section.text("board"),
        conditions={f.id: _condition(section, f, roles, context) for f in forms},
        cases=tuple(cases),
        given=section.text("given", ""),
        expected=section.text("expected", ""),
        difference=section.text("difference", ""),
        remedy_before=remedy.text("before", ""),
        remedy_after=remedy.text("after", ""),
        parameters=parameters,
    )


# --- quotes -----------------------------------------------------------------------------------


def fold_quote(text: str) -> str:
    """Return ``text`` as quotes are compared: NFC, no case, punctuation and space one blank.

    >>> fold_quote("Lần thứ... (2015-2020)")
    'lần thứ 2015 2020'
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def quote_stands_in(quote: str, document: str) -> bool:
    """Tell whether the pieces between left-out words (… or [...]) stand in order.

    ``document`` is already folded.
    """
    position = 0
    for piece in re.split(r"…|\[\.\.\.\]|\[…\]", quote):
        folded = fold_quote(piece)
        if not folded:
            continue
        found = f" {document} ".find(f" {folded} ", position)
        if found < 0:
            return False
        position = found + len(folded)
    return True


def _check_quote(section: Section, key: str, quote: str, document: Document) -> None:
    if quote and not quote_stands_in(quote, fold_quote(document.text)):
        raise section.fail(key, f"câu trích “{quote}” không có trong văn bản {document.number}")
