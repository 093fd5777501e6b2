"""``rules.toml`` → rules and statements, bound to the forms, with quotes found in the document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from tdkt_batch.campaign.board_checks import (
    KIND_OF_PARAMETER,
    NEEDS_OF_CHECK,
    BoardCheck,
    CheckNeeds,
    ParameterKind,
    Parameters,
)
from tdkt_batch.campaign.definition import Document
from tdkt_batch.campaign.expression import parse, parse_template
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.load_forms import Context, faults_at
from tdkt_batch.campaign.roles import Stage
from tdkt_batch.campaign.rule import (
    Asks,
    BoardCase,
    BoardRule,
    Case,
    FormRule,
    Rule,
    RuleScope,
    Statement,
)
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.campaign.tree import And, Kind, Node, Template
from tdkt_batch.model import Severity
from tdkt_batch.wording import campaign as say

_KEYS = (
    "id", "title", "requirements", "scope", "levels", "unit_kinds", "stages", "when", "given",
    "expected", "difference", "short", "remedy", "clause", "quotes", "decision", "ours", "settles",
    "withholds", "mends", "asks", "cases",
)  # fmt: skip
_TYPE_OF_PARAMETER = {
    ParameterKind.TEXT: str,
    ParameterKind.TEXTS: tuple,
    ParameterKind.NUMBER: int,
    ParameterKind.DAY: date,
}
_SEVERITIES = tuple(Severity)


def load_rules(file: Section, forms: tuple[Form, ...], context: Context) -> tuple[Rule, ...]:
    """Return the rules of ``rules.toml`` in their order."""
    rules: dict[str, Rule] = {}
    for section in file.sections("rules"):
        rule = _load_rule(section, forms, context)
        section.check(rule.id not in rules, "id", say.RULE_ID_TWICE.format(id=rule.id))
        rules[rule.id] = rule
    for section in file.sections("rules"):
        settles = section.texts("settles", ())
        section.check_known("settles", settles, rules, say.NO_RULE)
    return tuple(_with_settling(rule, tuple(rules.values())) for rule in rules.values())


def _with_settling(rule: Rule, rules: tuple[Rule, ...]) -> Rule:
    """Return the rule with those form rules in it that settle it while they fail."""
    settling = [one for one in rules if rule.id in one.settles]
    bound = {
        form: replace(own, settled_by=tuple(r.bound[form] for r in settling if form in r.bound))
        for form, own in rule.bound.items()
    }
    return replace(rule, bound=bound)


def load_statements(file: Section, document: Document) -> tuple[Statement, ...]:
    """Return the requirements that are no rule, each with the reason."""
    statements = []
    for section in file.sections("statements"):
        statements.append(section.read(Statement))
        _check_quotes(section, "quote", [statements[-1].quote], document)
    return tuple(statements)


def _load_rule(section: Section, forms: tuple[Form, ...], context: Context) -> Rule:
    scope = RuleScope(section.one_of("scope", tuple(RuleScope), say.NOT_A_SCOPE, "form"))
    is_form = scope is RuleScope.FORM
    section.allow(*_KEYS, *(("check", "at") if is_form else ("board", "parameters")))
    levels, stages = section.texts("levels"), section.texts("stages")
    section.check_known("levels", levels, [one.id for one in context.levels], say.NO_LEVEL)
    section.check(levels, "levels", say.NEEDS_LEVEL)
    quotes, is_ours = section.texts("quotes", ()), section.flag("ours")
    _check_quotes(section, "quotes", quotes, context.document)
    section.check(quotes or is_ours, "quotes", say.NEEDS_QUOTE)
    has_reason = section.text("decision", "") or not is_ours
    section.check(has_reason, "decision", say.NEEDS_DECISION)
    kinds = section.texts("unit_kinds", ())
    known = context.kinds_of(*levels)
    section.check_known("unit_kinds", kinds, known, say.NO_UNIT_KIND_OF_LEVELS)
    section.check_known("stages", stages, tuple(Stage), say.NO_STAGE)
    section.check(stages, "stages", say.NEEDS_STAGE)
    cells = {name for form in forms for name in (*form.field_by_id, *form.pairs)}
    for key in ("withholds", "mends"):
        section.check_known(key, section.texts(key, ()), cells, say.NO_CELL)
    bindings = [_Binding(section, form, context) for form in forms if form.level in levels]
    has_asks = bool(section.text("asks", ""))
    return Rule(
        **section.fields(
            Rule, "id", "title", "levels", "unit_kinds", "requirements", "clause", "quotes",
            "decision", "settles", "withholds", "mends",
        ),
        stages=tuple(map(Stage, stages)),
        asks=Asks(section.one_of("asks", tuple(Asks), say.NOT_ONE_OF)) if has_asks else None,
        scope=scope,
        is_ours=is_ours,
        severities=tuple(_severity(case) for case in section.sections("cases")),
        bound={one.form.id: one.form_rule() for one in bindings} if is_form else {},
        board=None if is_form else _board_rule(section, bindings, forms, context),
    )  # fmt: skip


def _severity(case: Section) -> Severity:
    return Severity(case.one_of("severity", _SEVERITIES, say.NOT_A_SEVERITY))


@dataclass(frozen=True, slots=True)
class _Binding:
    """A rule as written, being bound to the names of one form."""

    section: Section
    form: Form
    context: Context

    def parse(self, key: str, text: str, kind: Kind | None = None) -> Node:
        """Return the tree of an expression; what is wrong with it stands at ``key``."""
        with faults_at(self.section, key, self.form.id):
            return parse(text, self.form.names, kind=kind)

    def place(self, text: str) -> Node:
        """Return the tree of a place that a rule points at."""
        with faults_at(self.section, "at", self.form.id):
            return parse(text, self.form.names, is_place=True)

    def template(self, key: str, section: Section | None = None) -> Template:
        """Return the template under ``key`` of the rule, or of a table of it."""
        section = section or self.section
        with faults_at(section, key, self.form.id):
            return parse_template(section.text(key, ""), self.form.names)

    def condition(self) -> Node:
        """Join stage, unit kinds and the rule's own condition, in this order."""
        roles, section = self.context.roles, self.section
        parts = []
        stages = tuple(map(Stage, section.texts("stages")))
        if set(stages) != set(Stage):
            options = ", ".join(f'"{roles.stages[stage]}"' for stage in stages)
            parts.append(("stages", f"{roles.status} in ({options},)"))
        level_kinds = self.context.kinds_of(self.form.level)
        kinds = [kind for kind in section.texts("unit_kinds", ()) if kind in level_kinds]
        if kinds and set(kinds) != set(level_kinds):
            options = ", ".join(f'"{kind}"' for kind in kinds)
            parts.append(("stages", f"don_vi.loai in ({options},)"))
        if own := section.text("when", ""):
            parts.append(("when", own))
        nodes = tuple(self.parse(key, text, Kind.LOGIC) for key, text in parts)
        return nodes[0] if len(nodes) == 1 else And(nodes)

    def form_rule(self) -> FormRule:
        """Return the rule's expressions; a table is pointed at through the count of its rows."""
        remedy = self.section.section("remedy")
        remedy.allow("before", "after")
        at = self.section.texts("at")
        self.section.check(at, "at", say.NEEDS_PLACE)
        tables = self.form.names.tables
        return FormRule(
            condition=self.condition(),
            check=self.parse("check", self.section.text("check"), Kind.LOGIC),
            cases=self.cases(),
            given=self.template("given"),
            expected=self.template("expected"),
            difference=self.template("difference"),
            short=self.template("short"),
            remedy_before=self.template("before", remedy),
            remedy_after=self.template("after", remedy),
            at=tuple(self.place(f"count({one})" if one in tables else one) for one in at),
        )

    def cases(self) -> tuple[Case, ...]:
        """Return the cases of severity; the last holds when no other does."""
        cases = []
        for section in self.section.sections("cases"):
            section.allow("when", "severity", "message")
            in_case = replace(self, section=section)
            text = section.text("when", "")
            when = in_case.parse("when", text, Kind.LOGIC) if text else None
            section.text("message")
            message = in_case.template("message")
            cases.append(Case(when=when, severity=_severity(section), message=message))
        is_closed = cases and cases[-1].when is None
        self.section.check(is_closed, "cases", say.LAST_CASE_HAS_CONDITION)
        return tuple(cases)


# --- rules of the board -----------------------------------------------------------------------


def _board_rule(
    section: Section, bindings: list[_Binding], forms: tuple[Form, ...], context: Context
) -> BoardRule:
    """Return the rule of a board check, which finds all that it needs."""
    check = BoardCheck(section.one_of("board", tuple(BoardCheck), say.NO_BOARD_CHECK))
    needs, remedy = NEEDS_OF_CHECK[check], section.section("remedy")
    for role in needs.roles:
        problem = say.NO_ROLE_FOR_CHECK.format(check=check, role=role)
        section.check(role in context.roles.figures, "board", problem)
    remedy.allow("before", "after")
    cases = tuple(one.read(BoardCase, severity=_severity) for one in section.sections("cases"))
    problem = say.CASES_OF_CHECK.format(check=check, known=", ".join(sorted(needs.cases)))
    has_all = sorted(one.name for one in cases) == sorted(needs.cases)
    section.check(has_all, "cases", problem)
    told = (
        *((section, key) for key in ("given", "expected", "difference")),
        *((remedy, key) for key in ("before", "after")),
        *((one, "message") for one in section.sections("cases")),
    )
    for table, key in told:
        table.check_places(key, table.text(key, ""), needs.places)
    return BoardRule(
        check=check,
        conditions={one.form.id: one.condition() for one in bindings},
        cases=cases,
        remedy_before=remedy.text("before", ""),
        remedy_after=remedy.text("after", ""),
        parameters=_parameters(section.section("parameters"), needs, forms, context),
        **section.fields(BoardRule, "given", "expected", "difference"),
    )


def _parameters(
    section: Section, needs: CheckNeeds, forms: tuple[Form, ...], context: Context
) -> Parameters:
    """Return the campaign values that the check asks for, each of the kind that it must be."""
    scalars = {name for form in forms for name in form.names.scalars}
    columns = {f"{t}.{c}" for form in forms for t, cs in form.names.tables.items() for c in cs}
    section.allow(*needs.parameters)
    parameters = {}
    for one in needs.parameters:
        kind = KIND_OF_PARAMETER[one]
        name = section.text(one)
        section.check(name in context.values, one, say.NO_VALUE.format(given=name))
        value = context.values[name]
        match kind:
            case ParameterKind.CELL:
                is_kind = value in scalars
            case ParameterKind.CELLS:
                is_kind = isinstance(value, tuple) and set(value) <= scalars
            case ParameterKind.COLUMN:
                is_kind = value in columns
            case _:
                is_kind = isinstance(value, _TYPE_OF_PARAMETER[kind])
        problem = say.BAD_PARAMETER.format(kind=say.PARAMETER_KINDS[kind], name=name, value=value)
        section.check(is_kind, one, problem)
        parameters[one] = value
    return parameters


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


def _check_quotes(section: Section, key: str, quotes: Iterable[str], document: Document) -> None:
    for quote in quotes:
        stands = not quote or quote_stands_in(quote, _folded(document))
        problem = say.QUOTE_NOT_FOUND.format(quote=quote, document=document.number)
        section.check(stands, key, problem)


@lru_cache(maxsize=1)
def _folded(document: Document) -> str:
    """Return the document's text folded, once for all its quotes."""
    return fold_quote(document.text)
