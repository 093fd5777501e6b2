"""A campaign folder → ``Campaign``, or one line that names file, key and what is wrong."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from tdkt_batch.campaign.definition import (
    LEADERSHIP,
    Board,
    Campaign,
    Deadline,
    Document,
    KindGroup,
    Level,
    MovedDay,
    Roles,
)
from tdkt_batch.campaign.form import ChoiceList, Form
from tdkt_batch.campaign.identifiers import id_problem
from tdkt_batch.campaign.load_forms import Context, load_forms
from tdkt_batch.campaign.load_letters import load_letters
from tdkt_batch.campaign.load_rules import load_compositions, load_rules, load_statements
from tdkt_batch.campaign.register import check_register, read_register
from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.campaign.tree import CampaignValue, DateRange, Share
from tdkt_batch.errors import CampaignError, InputError
from tdkt_batch.model import Month, Unit

BUILT_IN = Path(__file__).parent
DEFAULT = "lai_chau_2014"
_MODES = ("at_least", "exact", "about")


def campaign_folder(name: str) -> Path:
    """Return the folder of a built-in campaign, or the folder given; CampaignError if neither."""
    for folder in (BUILT_IN / name, Path(name)):
        if (folder / "campaign.toml").is_file():
            return folder
    known = ", ".join(sorted(p.parent.name for p in BUILT_IN.glob("*/campaign.toml")))
    raise CampaignError(
        name, "", f"không có đợt này; hãy ghi một thư mục có campaign.toml, hoặc: {known}"
    )


def load_campaign(folder: str | Path = DEFAULT, register: Path | None = None) -> Campaign:
    """Return the campaign in ``folder`` with the board's own ``register`` laid over its own.

    Raises ``CampaignError`` for the first thing that is wrong.
    """
    path = campaign_folder(str(folder))
    main = Section.of_file(path / "campaign.toml")
    main.allow(
        "id", "name", "document", "board", "dates", "levels", "deadlines",
        "roles", "values", "lists", "compositions",
    )  # fmt: skip
    values, sources = _values(main.section("values"))
    levels = tuple(_level(section, values) for section in main.sections("levels"))
    lists = _lists(main.section("lists"), path)
    roles = _roles(main.section("roles"))
    document = _document(main.section("document"), path)
    context = Context(lists, levels, values, roles.held)
    rules_file = Section.of_file(path / "rules.toml")
    rules_file.allow("derived", "rules", "statements")
    forms_file = Section.of_file(path / "forms.toml")
    forms = load_forms(forms_file, rules_file.sections("derived"), context)
    _check_roles(main.section("roles"), roles, forms, levels)
    units = _units(path, register, levels)
    deadlines = [_deadline(section, levels) for section in main.sections("deadlines")]
    dates = main.section("dates")
    return Campaign(
        id=main.text("id"),
        name=main.text("name"),
        document=document,
        board=_board(main.section("board")),
        levels=levels,
        lists=lists,
        values=values,
        value_sources=sources,
        earliest=dates.day("earliest"),
        latest=dates.day("latest"),
        deadlines=tuple(one for one in deadlines if one.level != LEADERSHIP),
        board_deadline=next((one for one in deadlines if one.level == LEADERSHIP), None),
        roles=roles,
        forms=forms,
        rules=load_rules(rules_file, forms, roles, document, context),
        statements=load_statements(rules_file, document),
        compositions=load_compositions(main, forms, context),
        units=units,
        unit_aliases=_unit_aliases(path, units),
        letters=load_letters(Section.of_file(path / "letters.toml"), _kinds(levels)),
        digest=_digest(path, register),
    )


def _kinds(levels: tuple[Level, ...]) -> tuple[str, ...]:
    return tuple(kind for level in levels for kind in level.unit_kinds)


def _digest(path: Path, register: Path | None) -> str:
    digest = hashlib.sha256()
    files = sorted(p for p in path.iterdir() if p.is_file())
    for file in (*files, *([register] if register else [])):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


# --- parts of campaign.toml -----------------------------------------------------------


def _level(section: Section, values: Mapping[str, CampaignValue]) -> Level:
    section.allow("id", "name", "clause", "form", "unit_kinds", "groups", "window")
    window = values.get(section.text("window"))
    if not isinstance(window, DateRange):
        raise section.fail("window", f"“{section.text('window')}” không phải khoảng ngày của đợt")
    return Level(
        id=section.text("id"),
        name=section.text("name"),
        clause=section.text("clause"),
        form=section.text("form"),
        unit_kinds=section.texts("unit_kinds"),
        groups=_groups(section),
        window=window,
    )


def _groups(section: Section) -> tuple[KindGroup, ...]:
    """Return the groups of the level's unit kinds: each kind stands in exactly one."""
    groups = []
    for group in section.sections("groups"):
        group.allow("name", "kinds")
        groups.append(KindGroup(group.text("name"), group.texts("kinds")))
    grouped = sorted(kind for group in groups for kind in group.kinds)
    if grouped != sorted(section.texts("unit_kinds")):
        raise section.fail("groups", "mỗi loại đơn vị (unit_kinds) phải ở đúng một nhóm")
    return tuple(groups)


def _document(section: Section, path: Path) -> Document:
    section.allow("number", "issued", "title", "issuer", "signatory", "text")
    file = path / section.text("text")
    try:
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise section.fail("text", f"không đọc được văn bản {file.name} ({error})") from None
    return Document(
        number=section.text("number"),
        issued=section.day("issued"),
        title=section.text("title"),
        issuer=section.text("issuer"),
        signatory=section.text("signatory"),
        text=text,
    )


def _board(section: Section) -> Board:
    keys = (
        "name", "superior", "place", "province", "reports_to", "signatory_title",
        "preparer_title",
    )  # fmt: skip
    section.allow(*keys)
    return Board(**{key: section.text(key) for key in keys})


def _deadline(section: Section, levels: tuple[Level, ...]) -> Deadline:
    section.allow("level", "day", "recipient", "letter", "moved")
    if section.text("level") not in {LEADERSHIP, *(level.id for level in levels)}:
        raise section.fail("level", f"không có cấp “{section.text('level')}”")
    day = section.number("day")
    if not 1 <= day <= 31:
        raise section.fail("day", "phải từ 1 đến 31")
    letter = section.text("letter")
    moved = section.section("moved")
    try:
        days = {Month.parse(key): _moved(moved, key, letter) for key in moved.content}
    except InputError as error:
        raise section.fail("moved", str(error)) from None
    return Deadline(
        level=section.text("level"),
        day=day,
        recipient=section.text("recipient"),
        letter=letter,
        moved=days,
    )


def _moved(moved: Section, key: str, letter: str) -> MovedDay:
    """Return a moved deadline: a day alone, or a day with the letter that moved it."""
    if not isinstance(moved.content[key], dict):
        return MovedDay(moved.day(key), letter)
    one = moved.section(key)
    one.allow("day", "letter")
    return MovedDay(one.day("day"), one.text("letter"))


def _roles(section: Section) -> Roles:
    section.allow("unit", "month", "status", "held", "stages", "figures", "tables")
    stages = section.section("stages")
    stages.allow("none", "planned", "held", "cancelled")
    figures, tables = section.section("figures"), section.section("tables")
    tables.allow("roster", "elected", "awards")
    return Roles(
        unit=section.text("unit"),
        month=section.text("month"),
        status=section.text("status"),
        held=section.text("held"),
        stages={key: stages.text(key) for key in ("none", "planned", "held", "cancelled")},
        figures={key: figures.text(key) for key in figures.content},
        tables={key: tables.text(key) for key in ("roster", "elected", "awards")},
    )


def _check_roles(
    section: Section, roles: Roles, forms: tuple[Form, ...], levels: tuple[Level, ...]
) -> None:
    by_id = {form.id: form for form in forms}
    for level in levels:
        if level.form not in by_id:
            raise section.fail("form", f"cấp {level.id} dùng biểu “{level.form}” không có")
    for form in forms:
        status = form.names.scalars.get(roles.status)
        if status is None:
            raise section.fail("status", f"biểu {form.id} không có ô “{roles.status}”")
        for stage, choice in roles.stages.items():
            if choice not in status.choices:
                raise section.fail(f"stages.{stage}", f"“{choice}” không có trong danh sách chọn")
    for role, name in roles.figures.items():
        if not any(name in form.names.scalars for form in forms):
            raise section.fail(f"figures.{role}", f"không biểu nào có “{name}”")
    for role, name in roles.tables.items():
        table, _, column = name.partition(".")
        columns = [form.names.tables[table] for form in forms if table in form.names.tables]
        if not columns or (column and not any(column in one for one in columns)):
            raise section.fail(f"tables.{role}", f"không biểu nào có bảng, cột “{name}”")


# --- values and lists --------------------------------------------------------------------


def _values(section: Section) -> tuple[dict[str, CampaignValue], dict[str, str]]:
    values: dict[str, CampaignValue] = {}
    sources: dict[str, str] = {}
    for group, members in section.items():
        for name, value in members.items():
            for id_ in (group, name):
                if problem := id_problem(id_):
                    raise value.fail("", problem)
            values[f"{group}.{name}"] = _value(value)
            sources[f"{group}.{name}"] = value.text("source")
    return values, sources


def _value(section: Section) -> CampaignValue:
    if "percent" in section.content:
        section.allow("percent", "mode", "tolerance_percent", "source")
        mode = section.text("mode", "at_least")
        if mode not in _MODES:
            raise section.fail("mode", f"“{mode}” phải là một trong {', '.join(_MODES)}")
        percent = Fraction(str(section.decimal("percent", 0)))
        tolerance = Fraction(str(section.decimal("tolerance_percent", 0)))
        if not 0 < percent <= 100 or not 0 <= tolerance <= 100:
            raise section.fail("percent", "phải lớn hơn 0 và không quá 100")
        return Share(percent / 100, mode, tolerance / 100)  # type: ignore[arg-type]  # checked above
    if "from" in section.content:
        section.allow("from", "to", "source")
        start, end = section.day("from"), section.day("to")
        if end < start:
            raise section.fail("to", "trước ngày đầu (from)")
        return DateRange(start, end)
    section.allow("value", "source")
    value = section.content.get("value")
    if isinstance(value, list):
        return section.texts("value")
    if (
        isinstance(value, bool)
        or not isinstance(value, int | str | date)
        or isinstance(value, datetime)
    ):
        raise section.fail("value", f"phải là số nguyên, chữ, ngày hoặc danh sách chữ: {value!r}")
    return value


def _lists(section: Section, path: Path) -> dict[str, ChoiceList]:
    lists = {}
    for id_, content in section.content.items():
        if problem := id_problem(id_):
            raise section.fail(id_, problem)
        if isinstance(content, dict):
            values, aliases = _list_from_file(section.section(id_), path)
        else:
            values, aliases = section.texts(id_), {}
        if not values or len(set(values)) != len(values):
            raise section.fail(id_, "danh sách trống hoặc có giá trị trùng nhau")
        lists[id_] = ChoiceList(id_, values, aliases)
    return lists


def _list_from_file(section: Section, path: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    section.allow("file", "value", "aliases")
    rows = _csv_rows(path / section.text("file"))
    column, others = section.text("value"), section.text("aliases", "")
    if not rows or column not in rows[0] or (others and others not in rows[0]):
        raise section.fail("value", f"tệp {section.text('file')} không có cột này")
    aliases = {
        alias.strip(): row[column]
        for row in rows
        if others
        for alias in row[others].split(";")
        if alias.strip()
    }
    return tuple(row[column] for row in rows), aliases


def _csv_rows(path: Path) -> list[dict[str, str]]:
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise CampaignError(path.name, "", f"không đọc được ({error})") from None
    return list(csv.DictReader(io.StringIO(text)))


# --- register --------------------------------------------------------------------------------


def _units(path: Path, register: Path | None, levels: tuple[Level, ...]) -> tuple[Unit, ...]:
    units = read_register(path / "units.csv", levels)
    check_register("units.csv", units, levels)
    if register is None:
        return units
    overlaid = read_register(register, levels, units)
    check_register(register.name, overlaid, levels)
    return overlaid


def _unit_aliases(path: Path, units: tuple[Unit, ...]) -> dict[str, tuple[str, ...]]:
    file = path / "unit_aliases.csv"
    if not file.exists():
        return {}
    codes = {unit.code for unit in units}
    aliases: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(_csv_rows(file), start=2):
        code = row.get("ma", "")
        if code not in codes:
            raise CampaignError(file.name, f"dòng {number}", f"không có đơn vị “{code}”")
        aliases[code] = (*aliases.get(code, ()), row.get("ten_khac", ""))
    return aliases
