"""``figures.toml`` → figures, bound to the forms; an unknown name is refused with the nearest."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from tdkt_batch.campaign.expression import parse
from tdkt_batch.campaign.figure import (
    MONTH_FACTS,
    MOST_PARTS_DRAWN,
    Basis,
    BoundFigure,
    Counted,
    DeclaredFigures,
    Figure,
    FigurePlace,
    FigureQuestion,
    FigureSection,
    FigureShare,
    OfficerLimits,
    Period,
)
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.load_forms import Context, faults_at
from tdkt_batch.campaign.rule import Rule, Statement
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.campaign.tree import Kind, Name, Node, Share
from tdkt_batch.campaign.words import PLACES
from tdkt_batch.model import Life, OutcomeKind, Severity
from tdkt_batch.report import FileState
from tdkt_batch.wording import campaign as say

_KEYS = (
    "id", "label", "short", "section", "measure", "of", "count", "chosen", "rules", "when", "day",
    "levels", "basis", "period", "accumulates", "parts", "parts_add_up", "plan", "share",
    "by_group", "only_if_any", "note", "said", "asks", "places", "requirements",
)  # fmt: skip
_EXPRESSIONS = ("of", "when", "day")
_CHOSEN: Mapping[Counted, tuple[str, ...]] = {
    Counted.FINDINGS: (*map(str, Severity), str(Life.WAIVED)),
    Counted.OUTCOMES: tuple(map(str, OutcomeKind)),
    Counted.FILES: tuple(map(str, FileState)),
}
"""What may be chosen where findings, outcomes or files are counted."""
_TABLES = frozenset((FigurePlace.DISTRICTS, FigurePlace.UNITS))
"""Where figures stand in columns, a share beside both figures that make it up."""
_OF_UNITS = frozenset((FigurePlace.NAMED, FigurePlace.MONTHS))
"""Where figures of the report stand that count units: by name, and from month to month."""
REPORTED = "reported"
"""How a requirement is treated that is only added up (chỉ tổng hợp)."""


def load_figures(
    file: Section,
    forms: tuple[Form, ...],
    rules: tuple[Rule, ...],
    statements: tuple[Statement, ...],
    context: Context,
) -> DeclaredFigures:
    """Return the figures of ``figures.toml`` in their order.

    Refused besides unknown names: a part, a share or a planned figure that does not
    fit its figure, plan and result in one sum, a requirement that is only added up
    and that no figure reports.
    """
    file.allow("abbreviations", "sections", "figures", "officer")
    sections = tuple(
        replace(one, head=one.head or one.title, per=one.per or say.UNITS_COUNTED)
        for one in (section.read(FigureSection) for section in file.sections("sections"))
    )
    written = {section.text("id"): section for section in file.sections("figures")}
    for one, other in pairwise(sorted(s.text("id") for s in file.sections("figures"))):
        file.check(one != other, "figures", say.FIGURE_ID_TWICE.format(id=one))
    loader = _Loader(forms, rules, sections, context)
    figures = DeclaredFigures(
        sections=sections,
        all=tuple(map(loader.figure, written.values())),
        officer=_officer_limits(file.section("officer"), written, forms),
        abbreviations=file.text("abbreviations", ""),
    )
    covered = [figure.period for figure in figures.standing_in(FigurePlace.COVERAGE)]
    is_one = covered.count(Period.MONTH) == 1 and covered.count(Period.TO_DATE) <= 1
    file.check(is_one, "figures", say.COVERAGE_OF_MONTH)
    for figure in figures.all:
        _check_relations(written[figure.id], figure, figures, context)
    reported = {id_ for figure in figures.all for id_ in figure.requirements}
    for statement in statements:
        is_reported = statement.treatment != REPORTED or statement.id in reported
        file.check(is_reported, "figures", say.NOT_REPORTED.format(id=statement.id))
    return figures


def _officer_limits(
    section: Section, figures: Collection[str], forms: tuple[Form, ...]
) -> OfficerLimits | None:
    """Return when an officer is asked; None where the campaign says nothing of it."""
    if not section.content:
        return None
    limits = section.read(OfficerLimits)
    section.check_known("figures", limits.figures, figures)
    columns = {column.id for form in forms for table in form.tables for column in table.columns}
    section.check_known("person", limits.person, columns)
    section.check_known("elected", [limits.elected], columns)
    section.check(limits.person, "person", say.NEEDS_COLUMNS)
    for key, value in section.content.items():
        section.check(not isinstance(value, int) or value > 0, key, say.MUST_BE_POSITIVE)
    return limits


@dataclass(frozen=True, slots=True)
class _Loader:
    """Reads one figure after the other against forms, rules and sections."""

    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    sections: tuple[FigureSection, ...]
    context: Context

    def figure(self, section: Section) -> Figure:
        section.allow(*_KEYS)
        id_ = section.text("id")
        section.check_id("id", id_)
        counted = self._counted(section)
        bound = dict(self._bound(section))
        chosen, rules = section.texts("chosen", ()), section.texts("rules", ())
        allowed = _CHOSEN.get(counted, ())
        section.check(bool(chosen) is bool(allowed), "chosen", say.CHOSEN)
        section.check_known("chosen", chosen, allowed)
        section.check_known("rules", rules, [rule.id for rule in self.rules])
        sections = [one.id for one in self.sections]
        section.check_known("section", [section.text("section")], sections)
        places = section.texts("places", ())
        is_of_reports = counted in (Counted.AMOUNTS, Counted.UNITS)
        for key in ("when", "rules", "day"):
            section.check(is_of_reports or key not in section.content, key, say.NOT_OF_REPORTS)
        for key in ("accumulates", "by_group", "levels"):
            is_of_units = counted is not Counted.FILES or key not in section.content
            section.check(is_of_units, key, say.FILES_OF_NOBODY)
        is_by_unit = counted is not Counted.FILES or _TABLES.isdisjoint(places)
        section.check(is_by_unit, "places", say.FILES_BY_UNIT)
        is_of_units = counted is Counted.UNITS
        is_elsewhere = {*_OF_UNITS, FigurePlace.COVERAGE}.isdisjoint(places)
        section.check(is_of_units or is_elsewhere, "places", say.NO_UNITS_COUNTED)
        for key in ("said", "asks"):
            section.check(is_of_units or key not in section.content, key, say.NO_UNITS_COUNTED)
        section.check_places("said", section.text("said", ""), PLACES)
        is_in_report = FigurePlace.REPORT in places or _OF_UNITS.isdisjoint(places)
        section.check(is_in_report, "places", say.ONLY_IN_REPORT)
        section.check_known("places", places, tuple(FigurePlace))
        label = section.text("label", "") or self._label_on_form(section, bound)
        shared = section.section("share")
        return Figure(
            id=id_,
            label=label,
            short=section.text("short", label),
            counted=counted,
            chosen=chosen,
            rules=rules,
            bound=bound,
            basis=Basis(section.one_of("basis", tuple(Basis), say.NOT_ONE_OF, "neither")),
            period=Period(section.one_of("period", tuple(Period), say.NOT_ONE_OF)),
            share=shared.read(FigureShare) if shared.content else None,
            asks=_asks(section),
            places=frozenset(map(FigurePlace, places)),
            written={key: section.text(key) for key in _EXPRESSIONS if key in section.content},
            **section.fields(
                Figure, "section", "measure", "accumulates", "parts", "parts_add_up", "plan",
                "by_group", "only_if_any", "note", "said", "requirements",
            ),
        )  # fmt: skip

    def _counted(self, section: Section) -> Counted:
        """Return what is counted: ``count`` says it, or ``of`` gives what is added up."""
        has_value = "of" in section.content
        section.check(has_value is ("count" not in section.content), "of", say.OF_OR_COUNT)
        if has_value:
            return Counted.AMOUNTS
        known = tuple(one for one in Counted if one is not Counted.AMOUNTS)
        return Counted(section.one_of("count", known, say.NOT_ONE_OF))

    def _bound(self, section: Section) -> Iterator[tuple[str, BoundFigure]]:
        """Yield the expressions for each form that has all names in them, by form id."""
        texts = {key: section.text(key) for key in _EXPRESSIONS if key in section.content}
        levels = section.texts("levels", tuple(one.id for one in self.context.levels))
        section.check_known("levels", levels, [one.id for one in self.context.levels])
        forms = [form for form in self.forms if form.level in levels]
        known_by_form = {form.id: frozenset(names_of(form)) for form in forms}
        known = frozenset[str]().union(*known_by_form.values())
        for key, text in texts.items():
            section.check_known(key, sorted(names_within(text)), known)
        asked = frozenset[str]().union(*map(names_within, texts.values()))
        fitting = [form for form in forms if asked <= known_by_form[form.id]]
        section.check(fitting, "of", say.NO_FORM_HAS_ALL.format(names=", ".join(sorted(asked))))
        for form in fitting:
            nodes = {key: self._parsed(section, key, texts.get(key), form) for key in _EXPRESSIONS}
            yield form.id, BoundFigure(value=nodes["of"], when=nodes["when"], day=nodes["day"])

    def _parsed(self, section: Section, key: str, text: str | None, form: Form) -> Node | None:
        if text is None:
            return None
        kind = {"of": Kind.NUMBER, "when": Kind.LOGIC, "day": Kind.DATE}[key]
        names = replace(form.names, scalars={**form.names.scalars, **MONTH_FACTS})
        with faults_at(section, key, form.id):
            return parse(text, names, kind=kind)

    def _label_on_form(self, section: Section, bound: Mapping[str, BoundFigure]) -> str:
        """Return the form's own label of the field added up; of a result that of the pair."""
        form, node = next((f, bound[f.id].value) for f in self.forms if f.id in bound)
        section.check(isinstance(node, Name), "label", say.NEEDS_LABEL)
        id_ = node.id if isinstance(node, Name) else ""
        bare = id_.removesuffix("_th")
        return form.label(bare if bare in form.names.scalars else id_)


def _check_relations(
    section: Section, figure: Figure, figures: DeclaredFigures, context: Context
) -> None:
    """Raise unless parts, share and plan are figures that fit."""
    ids = [one.id for one in figures.all]
    section.check_known("parts", figure.parts, ids)
    for part in map(figures.figure, figure.parts):
        mixes = {part.basis, figure.basis} == {Basis.PLAN, Basis.RESULT}
        section.check(not mixes, "parts", say.PLAN_AND_RESULT.format(id=part.id))
        section.check(part.period is figure.period, "parts", say.TWO_PERIODS.format(id=part.id))
        is_drawn = figure.parts_add_up and figure.stands_in(FigurePlace.CHART)
        is_few = not is_drawn or len(figure.parts) <= MOST_PARTS_DRAWN
        many = {"most": MOST_PARTS_DRAWN, "given": len(figure.parts)}
        section.check(is_few, "parts", say.PARTS_NOT_TOLD_APART.format(**many))
        is_there = not is_drawn or part.stands_in(FigurePlace.DISTRICTS)
        section.check(is_there, "parts", say.PART_NOT_DRAWN.format(id=part.id))
    adds_up = figure.parts and figure.counted is Counted.UNITS
    section.check(not figure.parts_add_up or adds_up, "parts_add_up", say.NO_PARTS)
    if figure.plan:
        section.check_known("plan", [figure.plan], ids)
        is_plan = figures.figure(figure.plan).basis is not Basis.RESULT
        section.check(is_plan, "plan", say.NOT_A_PLAN.format(id=figure.plan))
    is_covering = figure.stands_in(FigurePlace.COVERAGE)
    section.check(figure.share or not is_covering, "places", say.COVERAGE_IS_A_SHARE)
    if share := figure.share:
        section.check_known("share.of", [share.of], ids)
        base = figures.figure(share.of)
        of_both = {figure.basis, base.basis} == {Basis.PLAN, Basis.RESULT}
        section.check(
            of_both is share.against_plan, "share", say.PLAN_AND_RESULT.format(id=base.id)
        )
        section.check(base.period is figure.period, "share", say.TWO_PERIODS.format(id=base.id))
        is_same = not figure.rules or _units_of(base) == _units_of(figure)
        section.check(is_same, "share.of", say.SHARE_OF_OTHER_UNITS.format(id=base.id))
        section.check(share.words.strip(), "share.words", say.NEEDS_WORDS)
        section.check_places("share.words", share.words, {"so"})
        beside = figure.places & _TABLES <= base.places
        section.check(beside, "share.of", say.BASE_NOT_BESIDE.format(id=base.id))
        is_share = not share.least or isinstance(context.values.get(share.least), Share)
        section.check(is_share, "share.least", say.NOT_A_SHARE.format(given=share.least))
    is_to_date = figure.period is Period.TO_DATE
    section.check(is_to_date or not figure.accumulates, "accumulates", say.NOT_TO_DATE)


def _asks(section: Section) -> FigureQuestion | None:
    """Return what leadership is asked about the units that a figure counts; mostly nothing."""
    if "asks" not in section.content:
        return None
    return FigureQuestion(section.one_of("asks", tuple(FigureQuestion), say.NOT_ONE_OF))


def _units_of(figure: Figure) -> tuple[object, ...]:
    """Return what decides which units count."""
    return figure.rules, figure.written.get("when"), figure.bound.keys()


# --- names ------------------------------------------------------------------------------------


def names_of(form: Form) -> Iterator[str]:
    """Yield all that a figure's expression may name in a form."""
    yield from MONTH_FACTS
    yield from form.names.scalars
    yield from form.names.values
    for table, columns in form.names.tables.items():
        yield table
        yield from (f"{table}.{column}" for column in columns)


def names_within(text: str) -> frozenset[str]:
    """Return the names in an expression; none where it has no lawful syntax."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return frozenset()
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        match node:
            case ast.Attribute(value=ast.Name(id=group), attr=name):
                found.add(f"{group}.{name}")
                return
            case ast.Name(id=name):
                found.add(name)
            case ast.Call(args=args):
                for one in args:
                    visit(one)
                return
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    return frozenset(found)
