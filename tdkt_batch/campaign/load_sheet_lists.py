"""``lists.toml`` → the lists that become sheets, bound to the forms and figures they name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from tdkt_batch.campaign.expression import parse
from tdkt_batch.campaign.figure import MONTH_FACTS, Counted, DeclaredFigures
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.load_figures import names_of, names_within
from tdkt_batch.campaign.load_forms import Context, faults_at
from tdkt_batch.campaign.sheet_list import ListColumn, ListFact, ListLayout, SheetList, is_summed
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.campaign.tree import Kind, Node
from tdkt_batch.campaign.words import NOT_IN_SHEET_NAMES, PLACES, Words
from tdkt_batch.wording import campaign as say
from tdkt_batch.wording import summary

_KEYS = (
    "id", "sheet", "title", "note", "layout", "table", "levels", "when", "columns", "by",
    "sums_head", "empty", "measure",
)  # fmt: skip
_KEYS_OF_UNITS = ("id", "sheet", "title", "note", "layout", "columns")
_SAID = ("title", "note", "sums_head", "empty")
"""The texts in which the campaign's own words may have a place."""
_LONGEST_NAME = 31


def load_sheet_lists(
    file: Section,
    forms: tuple[Form, ...],
    figures: DeclaredFigures,
    context: Context,
    words: Words,
) -> tuple[SheetList, ...]:
    """Return the lists of ``lists.toml`` in their order.

    Refused besides unknown names: two lists of one id or sheet (a counted list may stand
    below one of units), a sheet that the program writes itself, columns and sums that do
    not fit the layout.
    """
    file.allow("lists")
    own = frozenset(words.said(name).casefold() for name in summary.SHEETS)
    loader, lists = _Loader(forms, figures, context, own), list[SheetList]()
    for section in file.sections("lists"):
        one = loader.sheet_list(section)
        is_first = one.id not in {other.id for other in lists}
        section.check(is_first, "id", say.LIST_ID_TWICE.format(id=one.id))
        beside = [other for other in lists if other.sheet.casefold() == one.sheet.casefold()]
        is_below = one.layout is ListLayout.COUNTED and any(map(one.stands_below, beside))
        is_free = is_below or not beside
        section.check(is_free, "sheet", say.SHEET_TAKEN.format(sheet=one.sheet))
        lists.append(one)
    return tuple(lists)


@dataclass(frozen=True, slots=True)
class _Loader:
    """Reads one list after the other against forms and figures."""

    forms: tuple[Form, ...]
    figures: DeclaredFigures
    context: Context
    own_sheets: frozenset[str]

    def sheet_list(self, section: Section) -> SheetList:
        layout = ListLayout(section.one_of("layout", tuple(ListLayout), say.NOT_ONE_OF))
        section.allow(*(_KEYS_OF_UNITS if layout is ListLayout.UNITS else _KEYS))
        id_, sheet = section.text("id"), section.text("sheet")
        section.check_id("id", id_)
        self._check_sheet(section, sheet)
        for key in _SAID:
            section.check_places(key, section.text(key, ""), PLACES)
        table, forms = "", list[Form]()
        if layout is not ListLayout.UNITS:
            table = section.text("table")
            forms = self._forms_with(section, table)
        fields = _fields_of(forms, table)
        columns = tuple(self._column(one, fields) for one in section.sections("columns"))
        by = section.texts("by", ())
        choices = [one.id for one in fields.values() if one.kind is FieldKind.CHOICE]
        section.check_known("by", by, choices)
        when = section.text("when", "")
        made = SheetList(
            id=id_,
            sheet=sheet,
            title=section.text("title"),
            layout=layout,
            table=table,
            when=when,
            bound=dict(_bound(section, when, table, forms)) if table else {},
            fields=fields,
            columns=columns,
            by=by,
            note=section.text("note", ""),
            sums_head=section.text("sums_head", summary.LIST_SUMS),
            empty=section.text("empty", summary.LIST_EMPTY),
            measure=section.text("measure", summary.LIST_MEASURE),
        )
        _check_layout(section, made, self.figures)
        return made

    def _forms_with(self, section: Section, table: str) -> list[Form]:
        """Return the forms of the list's levels that have its table, which one of them must."""
        levels = section.texts("levels", tuple(one.id for one in self.context.levels))
        section.check_known("levels", levels, [one.id for one in self.context.levels])
        of_levels = [form for form in self.forms if form.level in levels]
        known = {one.id for form in of_levels for one in form.tables}
        section.check_known("table", [table], known)
        return [form for form in of_levels if table in form.names.tables]

    def _check_sheet(self, section: Section, sheet: str) -> None:
        """Raise unless the sheet may have this name, which no other of the book has."""
        is_name = 0 < len(sheet) <= _LONGEST_NAME and NOT_IN_SHEET_NAMES.isdisjoint(sheet)
        section.check(is_name, "sheet", say.NOT_A_SHEET.format(sheet=sheet))
        is_free = sheet.casefold() not in self.own_sheets
        section.check(is_free, "sheet", say.SHEET_TAKEN.format(sheet=sheet))

    def _column(self, section: Section, fields: Mapping[str, Field]) -> ListColumn:
        """Return a column under its own head, else under that of figure, fact or form."""
        given = [key for key in ("fact", "figure", "column") if key in section.content]
        section.check(len(given) == 1, "column", say.ONE_OF_THREE)
        one = section.read(
            ListColumn,
            fact=lambda of: (
                ListFact(of.one_of("fact", tuple(ListFact), say.NO_SUCH_NAME))
                if given == ["fact"]
                else None
            ),
        )
        if given == ["column"]:
            section.check_known("column", [one.column], fields)
        figures = {figure.id: figure for figure in self.figures.all}
        for key in ("figure", "less"):
            for id_ in filter(None, [getattr(one, key)]):
                section.check_known(key, [id_], figures)
                is_by_unit = figures[id_].counted is not Counted.FILES
                section.check(is_by_unit, key, say.FILES_BY_UNIT)
        section.check(not one.less or one.figure, "less", say.LESS_OF_FIGURE)
        is_share = one.figure and not one.less and self.figures.figure(one.figure).share
        section.check(not one.share or is_share, "share", say.NO_SHARE)
        section.check(one.width >= 0, "width", say.WIDTH_BELOW_0)
        usual = {
            "fact": lambda: summary.LIST_FACTS[one.fact or ListFact.NUMBER],
            "figure": lambda: self.figures.figure(one.figure).short,
            "column": lambda: fields[one.column].label,
        }
        for key in ("head", "over"):
            section.check_places(key, getattr(one, key), PLACES)
        return replace(one, head=one.head or usual[given[0]]())


def _fields_of(forms: Collection[Form], table: str) -> dict[str, Field]:
    """Return by id the columns that the forms' tables of this id have, together."""
    fields: dict[str, Field] = {}
    for form in forms:
        for column in (column for one in form.tables if one.id == table for column in one.columns):
            fields.setdefault(column.id, column)
    return fields


def _bound(
    section: Section, when: str, table: str, forms: Collection[Form]
) -> Iterator[tuple[str, Node | None]]:
    """Yield the condition on a row for each form that has all names in it, by form id."""
    known_by_form = {form.id: frozenset(names_of(form)) for form in forms}
    asked = names_within(when)
    section.check_known("when", sorted(asked), frozenset[str]().union(*known_by_form.values()))
    fitting = [form for form in forms if asked <= known_by_form[form.id]]
    section.check(fitting, "when", say.NO_FORM_HAS_ALL.format(names=", ".join(sorted(asked))))
    for form in fitting:
        names = replace(form.names, scalars={**form.names.scalars, **MONTH_FACTS})
        with faults_at(section, "when", form.id):
            yield form.id, parse(when, names, kind=Kind.LOGIC, table=table) if when else None


def _check_units(section: Section, one: SheetList, figures: DeclaredFigures) -> None:
    """Raise unless a list of units shows figures, each share beside the two that it divides."""
    facts = [column.fact for column in one.columns]
    section.check(facts[:2] == [ListFact.NUMBER, ListFact.UNIT], "columns", say.LIST_BEGINS)
    section.check(one.figures, "columns", say.UNITS_WITHOUT_FIGURES)
    unfit = any(column.only_if_any or column.fact is ListFact.ROWS for column in one.columns)
    section.check(not unfit, "columns", say.UNITS_WITHOUT_ROWS)
    shown = [column.figure for column in one.figures]
    for column in one.columns:
        share = figures.figure(column.figure).share if column.share else None
        named = (column.figure, share.of) if share else (column.less,)
        for id_ in filter(None, named):
            section.check(id_ in shown, "columns", say.PART_NOT_BESIDE.format(id=id_))


def _check_layout(section: Section, one: SheetList, figures: DeclaredFigures) -> None:
    """Raise unless columns and sums are such as the layout can hold."""
    if one.layout is ListLayout.COUNTED:
        section.check(not one.columns, "columns", say.COUNTED_WITHOUT_COLUMNS)
        section.check(one.by, "by", say.COUNTED_BY)
        return
    ids = [column.id for column in one.columns]
    for id_ in ids:
        section.check(ids.count(id_) == 1, "columns", say.COLUMN_TWICE.format(id=id_))
    printed = [column.printed for column in one.columns]
    section.check(printed == sorted(printed, reverse=True), "columns", say.UNPRINTED_LAST)
    if one.layout is ListLayout.UNITS:
        _check_units(section, one, figures)
        return
    is_share = any(column.share for column in one.columns)
    section.check(not is_share, "share", say.SHARE_OF_UNITS)
    is_below = one.layout is ListLayout.BELOW_UNITS
    section.check(not (is_below and one.note), "note", say.NOTE_BELOW_UNITS)
    begins = [column.fact for column in one.columns[:2]]
    second = bool(ids[1:2] and one.columns[1].column) if is_below else begins[1:] == [ListFact.UNIT]
    begins_well = begins[:1] == [ListFact.NUMBER] and second
    words = say.LIST_BEGINS_BELOW if is_below else say.LIST_BEGINS
    section.check(begins_well, "columns", words)
    section.check(any(column.column for column in one.columns), "columns", say.LIST_OF_NOTHING)
    section.check_known("by", one.by, ids, say.BY_NOT_SHOWN)
    counts = ListFact.ROWS in ids or any(is_summed(one.fields[i]) for i in ids if i in one.fields)
    section.check(counts or not one.by, "by", say.NOTHING_TO_ADD)
