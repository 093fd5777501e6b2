"""A campaign folder → ``Campaign``, or one line that names file, key and what is wrong."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from tdkt_batch.campaign.definition import (
    LEADERSHIP,
    Board,
    Campaign,
    Composition,
    Deadline,
    Document,
    Level,
    MovedDay,
    Reasons,
)
from tdkt_batch.campaign.form import ChoiceList, Form
from tdkt_batch.campaign.holidays import load_holidays
from tdkt_batch.campaign.letters import load_letters
from tdkt_batch.campaign.load_figures import load_figures
from tdkt_batch.campaign.load_forms import Context, load_forms
from tdkt_batch.campaign.load_rules import load_rules, load_statements
from tdkt_batch.campaign.load_sheet_lists import load_sheet_lists
from tdkt_batch.campaign.overlay import Overlay, laid_over
from tdkt_batch.campaign.register import read_units
from tdkt_batch.campaign.roles import Role, Roles, Stage, TableRole
from tdkt_batch.campaign.samples import load_samples
from tdkt_batch.campaign.toml_section import Section, read_nfc
from tdkt_batch.campaign.tree import CampaignValue, DateRange, Share
from tdkt_batch.campaign.words import Words
from tdkt_batch.errors import CampaignError, InputError
from tdkt_batch.model import Month, Unit
from tdkt_batch.wording import campaign as say

BUILT_IN = Path(__file__).parent
DEFAULT = "lai_chau_2014"
UNITS, UNIT_ALIASES = "units.csv", "unit_aliases.csv"
"""The register of a campaign, and other names of its units."""
_KEPT = 8
"""So many campaigns are kept once loaded: with and without what an office lays over them."""
_MODES = ("at_least", "exact", "about")


def campaign_folder(name: str) -> Path:
    """Return the folder of a built-in campaign, or the folder given; CampaignError if neither."""
    for folder in (BUILT_IN / name, Path(name)):
        if (folder / "campaign.toml").is_file():
            return folder
    known = ", ".join(sorted(p.parent.name for p in BUILT_IN.glob("*/campaign.toml")))
    raise CampaignError(name, "", say.NO_SUCH_CAMPAIGN.format(known=known))


def campaign_id(folder: str | Path) -> str:
    """Return the id of the campaign in ``folder``, whatever else is in it."""
    return Section.of_file(campaign_folder(str(folder)) / "campaign.toml").text("id")


def load_campaign(folder: str | Path = DEFAULT, overlay: Overlay | None = None) -> Campaign:
    """Return the campaign in ``folder`` with what the office lays over it.

    The same files in one folder with the same overlay are one and the same campaign, the
    last few of them while the program runs. Raises ``CampaignError`` for the first thing
    that is wrong.
    """
    path = campaign_folder(str(folder))
    digest = hashlib.sha256()
    for file in sorted(p for p in path.iterdir() if p.is_file()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return _with_overlay(path, digest.hexdigest()[:16], overlay or Overlay())


@lru_cache(maxsize=_KEPT)
def _with_overlay(path: Path, digest: str, overlay: Overlay) -> Campaign:
    return laid_over(_campaign_of(path, digest), overlay)


@lru_cache(maxsize=_KEPT)
def _campaign_of(path: Path, digest: str) -> Campaign:
    """Return the campaign in a folder of this content, bare."""
    main = Section.of_file(path / "campaign.toml")
    main.allow(
        "id", "name", "document", "board", "dates", "levels", "deadlines",
        "holidays", "roles", "values", "lists", "compositions", "words", "reasons", "samples",
    )  # fmt: skip
    context = _context(path, main)
    levels = context.levels
    rules_file = Section.of_file(path / "rules.toml")
    rules_file.allow("derived", "rules", "statements")
    forms_file = Section.of_file(path / "forms.toml")
    forms = load_forms(forms_file, rules_file.sections("derived"), context)
    _check_forms(main.section("roles"), context, forms)

    rules = load_rules(rules_file, forms, context)
    statements = load_statements(rules_file, context.document)
    figures_file = Section.of_file(path / "figures.toml")
    figures = load_figures(figures_file, forms, rules, statements, context)
    words = _words(main.section("words"), context)
    lists_file = Section.of_file(path / "lists.toml")
    sheet_lists = load_sheet_lists(lists_file, forms, figures, context, words)

    units = read_units(path / UNITS, levels)
    deadlines = _deadlines(main, levels)
    dates = main.section("dates")
    main.check_places("name", main.text("name"), {"tinh"})
    return Campaign(
        id=main.text("id"),
        named=main.text("name"),
        document=context.document,
        board=main.section("board").read(Board),
        words=words,
        reasons=_reasons(main.section("reasons"), words),
        levels=levels,
        lists=context.lists,
        values=context.values,
        value_sources={
            f"{group}.{name}": value.text("source")
            for group, members in main.section("values").items()
            for name, value in members.items()
        },
        earliest=dates.day("earliest"),
        latest=dates.day("latest"),
        deadlines=tuple(one for one in deadlines if one.level != LEADERSHIP),
        holidays=load_holidays(main.sections("holidays")),
        board_deadline=next((one for one in deadlines if one.level == LEADERSHIP), None),
        roles=context.roles,
        forms=forms,
        rules=rules,
        statements=statements,
        compositions=_compositions(main, forms, context.values),
        units=units,
        unit_aliases=_unit_aliases(path / UNIT_ALIASES, units),
        letters=load_letters(
            Section.of_file(path / "letters.toml"), context.kinds_of(*(one.id for one in levels))
        ),
        figures=figures,
        sheet_lists=sheet_lists,
        samples=load_samples(main.section("samples"), deadlines, units),
        digest=digest,
    )


def _context(path: Path, main: Section) -> Context:
    """Return values, levels, lists, roles and document: what forms and rules may refer to."""
    values = {}
    for group, members in main.section("values").items():
        for name, section in members.items():
            section.check_id("", group)
            section.check_id("", name)
            values[f"{group}.{name}"] = _value(section)

    levels: list[Level] = []
    for section in main.sections("levels"):
        level = section.read(Level, window=lambda one: values.get(one.text("window")))
        window = section.text("window")
        is_range = isinstance(level.window, DateRange)
        section.check(is_range, "window", say.NOT_A_RANGE.format(given=window))
        grouped = sorted(kind for group in level.groups for kind in group.kinds)
        section.check(grouped == sorted(level.unit_kinds), "groups", say.BAD_GROUPS)
        is_first = level.id not in {one.id for one in levels}
        section.check(is_first, "id", say.LEVEL_ID_TWICE.format(id=level.id))
        levels.append(level)

    lists = _lists(main.section("lists"), path)
    roles = main.section("roles").read(
        Roles,
        stages=lambda one: one.named("stages", Stage, all_=True),
        figures=lambda one: one.named("figures", Role),
        tables=lambda one: one.named("tables", TableRole, all_=True),
    )
    section = main.section("document")
    document = section.read(Document)
    try:
        document = replace(document, text=read_nfc(path / document.text))
    except (OSError, UnicodeDecodeError) as error:
        name = (path / document.text).name
        problem = say.DOCUMENT_UNREADABLE.format(file=name, error=error)
        raise section.fail("text", problem) from None
    return Context(lists, tuple(levels), values, roles, document)


def _check_forms(section: Section, context: Context, forms: tuple[Form, ...]) -> None:
    """Raise unless each level's form is there, and each role in a form that can hold it."""
    roles, known = context.roles, {form.id for form in forms}
    for level in context.levels:
        problem = say.NO_FORM_OF_LEVEL.format(level=level.id, form=level.form)
        section.check(level.form in known, "form", problem)
    for form in forms:
        status = form.names.scalars.get(roles.status)
        if status is None:
            raise section.fail("status", say.NO_STATUS.format(form=form.id, given=roles.status))
        for stage, choice in roles.stages.items():
            section.check_known(f"stages.{stage}", [choice], status.choices, say.NO_CHOICE)
    scalars = {name for form in forms for name in form.names.scalars}
    for role, name in roles.figures.items():
        section.check_known(f"figures.{role}", [name], scalars, say.NO_NAME_IN_ANY_FORM)
    tables = {table for form in forms for table in form.names.tables}
    for table_role, name in roles.tables.items():
        section.check_known(f"tables.{table_role}", [name], tables, say.NO_TABLE_IN_ANY_FORM)


def _words(section: Section, context: Context) -> Words:
    """Return the campaign's words, whose example is a day on which units hold something."""
    words = Words.load(section, context.document.kind)
    windows = [level.window for level in context.levels]
    is_within = any(one.start <= words.example_day <= one.end for one in windows)
    section.check(is_within, "example_day", say.EXAMPLE_OUTSIDE)
    return words


def _reasons(section: Section, words: Words) -> Reasons:
    """Return the reasons to choose from: the campaign's, else those of any."""
    section.allow("excused", "accepted")
    excused = section.texts("excused", say.EXCUSED_FOR)
    section.check(excused, "excused", say.NO_REASONS)
    accepted = section.texts("accepted", say.ACCEPTED_FOR)
    return Reasons(
        excused=tuple(map(words.said, excused)), accepted=tuple(map(words.said, accepted))
    )


def _deadlines(main: Section, levels: tuple[Level, ...]) -> list[Deadline]:
    """Return the deadlines; in a month moved by the board there is a day, or a day and a letter."""

    def moved_days(section: Section) -> dict[Month, MovedDay]:
        moved, days = section.section("moved"), {}
        for key, content in moved.content.items():
            try:
                month = Month.parse(key)
            except InputError as error:
                raise section.fail("moved", str(error)) from None
            if isinstance(content, dict):
                days[month] = moved.section(key).read(MovedDay)
            else:
                days[month] = MovedDay(moved.day(key), section.text("letter"))
        return days

    known = {LEADERSHIP, *(level.id for level in levels)}
    deadlines: list[Deadline] = []
    for section in main.sections("deadlines"):
        deadline = section.read(Deadline, moved=moved_days)
        section.check_known("level", [deadline.level], known, say.NO_LEVEL)
        is_first = deadline.level not in {one.level for one in deadlines}
        section.check(is_first, "level", say.DEADLINE_TWICE.format(level=deadline.level))
        section.check(1 <= deadline.day <= 31, "day", say.DAY_OF_MONTH)
        deadlines.append(deadline)
    return deadlines


def _compositions(
    main: Section, forms: tuple[Form, ...], values: Mapping[str, CampaignValue]
) -> tuple[Composition, ...]:
    compositions = []
    names = {form.id: form.names.scalars for form in forms}
    for section in main.sections("compositions"):
        one = section.read(Composition)
        section.check_known("form", [one.form], names, say.NO_FORM)
        for key, given in (("exemplary", one.exemplary), ("guests", one.guests)):
            problem = say.NO_NAME_IN_FORM.format(form=one.form, given=given)
            section.check(given in names[one.form], key, problem)
        has_cap = isinstance(values.get(one.cap), int)
        section.check(has_cap, "cap", say.NOT_A_LIMIT.format(given=one.cap))
        has_share = isinstance(values.get(one.share), Share)
        section.check(has_share, "share", say.NOT_A_SHARE.format(given=one.share))
        compositions.append(one)
    return tuple(compositions)


# --- values and lists --------------------------------------------------------------------


def _value(section: Section) -> CampaignValue:
    """Return a share, a range of days, a list of texts, a number, a text or a day."""
    if "percent" in section.content:
        section.allow("percent", "mode", "tolerance_percent", "source")
        mode = section.one_of("mode", _MODES, say.NOT_ONE_OF, "at_least")
        percent = Fraction(str(section.decimal("percent", 0)))
        tolerance = Fraction(str(section.decimal("tolerance_percent", 0)))
        section.check(0 < percent <= 100 and 0 <= tolerance <= 100, "percent", say.PERCENT)
        return Share(percent / 100, mode, tolerance / 100)  # type: ignore[arg-type]  # checked above
    if "from" in section.content:
        section.allow("from", "to", "source")
        days = DateRange(section.day("from"), section.day("to"))
        section.check(days.start <= days.end, "to", say.ENDS_BEFORE_START)
        return days
    section.allow("value", "source")
    value = section.content.get("value")
    if isinstance(value, list):
        return section.texts("value")
    if isinstance(value, int | str | date) and not isinstance(value, bool | datetime):
        return value
    raise section.fail("value", say.BAD_VALUE.format(value=value))


def _lists(section: Section, path: Path) -> dict[str, ChoiceList]:
    """Return the lists, written out or in a column of a CSV file, with other names of values."""
    lists = {}
    for id_, content in section.content.items():
        section.check_id(id_, id_)
        aliases: dict[str, str] = {}
        if isinstance(content, dict):
            table = section.section(id_)
            table.allow("file", "value", "aliases", "values", "other_names")
            values = table.texts("values", ())
            if not values:
                values, aliases = _list_in_csv(table, path)
            if "other_names" in content:
                names = table.section("other_names")
                names.check_known("", names.content, values, say.NO_LIST_VALUE)
                aliases |= {name: value for value in names.content for name in names.texts(value)}
        else:
            values = section.texts(id_)
        section.check(values and len(set(values)) == len(values), id_, say.BAD_LIST)
        lists[id_] = ChoiceList(id_, values, aliases)
    return lists


def _list_in_csv(table: Section, path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return a list's values and other names, which stand in columns of a CSV file."""
    file, column, others = table.text("file"), table.text("value"), table.text("aliases", "")
    rows = _csv_rows(path / file)
    has_columns = rows and column in rows[0] and (not others or others in rows[0])
    table.check(has_columns, "value", say.NO_CSV_COLUMN.format(file=file))
    aliases: dict[str, str] = {}
    for row in rows if others else ():
        names = (name.strip() for name in row[others].split(";"))
        aliases |= {name: row[column] for name in names if name}
    return tuple(row[column] for row in rows), aliases


def _csv_rows(path: Path) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(read_nfc(path, "utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise CampaignError(path.name, "", say.UNREADABLE.format(error=error)) from None


def _unit_aliases(file: Path, units: tuple[Unit, ...]) -> dict[str, tuple[str, ...]]:
    codes = {unit.code for unit in units}
    aliases: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(_csv_rows(file) if file.exists() else (), start=2):
        code = row.get("ma", "")
        if code not in codes:
            problem = say.NO_UNIT.format(given=code)
            raise CampaignError(file.name, say.ROW.format(number=number), problem)
        aliases[code] = (*aliases.get(code, ()), row.get("ten_khac", ""))
    return aliases
