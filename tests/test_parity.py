"""Form and batch agree: what the form's formulas say is what the batch finds as typed.

Forms are filled by chance around the rules' limits, written, recalculated and
saved by LibreOffice, and read back by the batch. The forms are chosen so that
every rule shows each of its outcomes at least five times.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from operator import itemgetter
from pathlib import Path

import pytest
import python_calamine
from chance_forms import fillings, small, some_with_too_many
from libreoffice import convert, require_libreoffice

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import FieldKind, Form
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.campaign.rule import Rule
from tdkt_batch.campaign.tree import Compare, Constant, If, Kind, Name
from tdkt_batch.forms.as_typed import serial
from tdkt_batch.forms.layout import HELPER_SHEET, HINT, PANEL_HEAD_ROW, layout_of
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.panel import Panel
from tdkt_batch.forms_write.tasks import Tasks
from tdkt_batch.forms_write.write import Filling, write_form
from tdkt_batch.model import GRAVEST_FIRST, OutcomeKind, Severity, Source, Submission
from tdkt_batch.rules.evaluate import evaluate
from tdkt_batch.rules.outcomes import form_outcomes, judge
from tdkt_batch.wording.forms import OPEN, PANEL_COLUMNS, PANEL_SHEET, RIGHT, TO_LOOK_AT, TO_MEND
from tdkt_batch.wording.shared import BOARD_CHECKS, OUTCOMES

CANDIDATES = 900
"""Forms tried per kind of form; only those that show something new are recalculated."""
EACH = 5
FREE = (FieldKind.TEXT, FieldKind.NOTE)
KINDS = (
    OutcomeKind.PASS,
    OutcomeKind.FAIL,
    OutcomeKind.UNKNOWN,
    OutcomeKind.NOT_APPLICABLE,
)
MUTATED = "A4"
PLANTED = "999999"

Outcomes = dict[str, OutcomeKind]


@dataclass(frozen=True)
class Case:
    """One form: its filling, what Python says of it, and what LibreOffice made of it."""

    name: str
    form: Form
    filling: Filling
    filled: FilledForm
    expected: Outcomes
    content: bytes = b""
    saved: bytes = b""

    @cached_property
    def panel(self) -> Mapping[str, str]:
        """The panel's results by rule id, as LibreOffice calculated them."""
        return panel_of(self.saved)


@dataclass(frozen=True)
class Recalculated:
    """All that one run of LibreOffice gave."""

    campaign: Campaign
    cases: tuple[Case, ...]
    mutants: tuple[Case, ...]
    planted: bytes


def panel_of(content: bytes) -> Mapping[str, str]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name(PANEL_SHEET).to_python(skip_empty_area=False)
    result, code = PANEL_COLUMNS.index("Kết quả"), PANEL_COLUMNS.index("Mã")
    return {row[code]: row[result] for row in rows[PANEL_HEAD_ROW + 1 :]}


def form_rules(campaign: Campaign, form: Form) -> list[Rule]:
    return [rule for rule in campaign.rules if form.id in rule.bound]


def judged(campaign: Campaign, form: Form, filled: FilledForm) -> Outcomes:
    rules = form_rules(campaign, form)
    return {rule.id: judge(rule.bound[form.id], filled.scope)[0] for rule in rules}


def candidates(campaign: Campaign) -> Iterator[Case]:
    for form in campaign.forms:
        given = some_with_too_many(fillings(campaign, form, 2015, CANDIDATES))
        for number, filling in enumerate(given):
            if number % 2:
                explained = form_rules(campaign, form)[number % 3 :: 3]
                reasons = {rule.id: "Có lý do" for rule in explained}
                filling = replace(filling, explanations=reasons)  # noqa: PLW2901
            filled = FilledForm(campaign, form, filling)
            outcomes = judged(campaign, form, filled)
            yield Case(f"{form.id}-{number}", form, filling, filled, outcomes)


def chosen(cases: list[Case]) -> list[Case]:
    """Return few cases in which each rule shows each outcome often enough."""
    needed = Counter(
        {(rule, kind): EACH for case in cases for rule in case.expected for kind in KINDS}
    )
    rest, found = list(cases), []
    while rest:
        best = max(rest, key=lambda case: sum(needed[item] > 0 for item in case.expected.items()))
        if not any(needed[item] > 0 for item in best.expected.items()):
            break
        needed.subtract(best.expected.items())
        found.append(best)
        rest.remove(best)
    return found


def with_limit_off_by_one(campaign: Campaign) -> Campaign:
    """Return the campaign with the limit of rule A4 one too high in its formulas."""
    rules = []
    for rule in campaign.rules:
        bound = rule.bound
        if rule.id == MUTATED:
            check = bound["mau_01"].check
            assert isinstance(check, Compare)
            assert isinstance(check.right, Constant)
            assert isinstance(check.right.value, int)
            limit = replace(check.right, value=check.right.value + 1)
            bound = {"mau_01": replace(bound["mau_01"], check=replace(check, right=limit))}
        rules.append(replace(rule, bound=bound))
    return replace(campaign, rules=tuple(rules))


def with_planted_cache(content: bytes) -> bytes:
    """Return the form with a wrong value beside the formula of its Mã đối chiếu."""
    planted = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(planted, "w") as new:
        for name in old.namelist():
            member = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                member, count = re.subn(
                    r"(<f>TEXT\(MOD\(.*?</f><v>)[\d-]+(</v>)", rf"\g<1>{PLANTED}\g<2>", str(member)
                )
                assert count == 1
            new.writestr(name, member)
    return planted.getvalue()


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    require_libreoffice()
    campaign = load_campaign()
    units = [replace(u, allotment=0) if n % 2 else u for n, u in enumerate(campaign.units)]
    forms = tuple(small(form) for form in campaign.forms)
    campaign = replace(campaign, forms=forms, units=tuple(units))
    tried = list(candidates(campaign))
    cases = [
        replace(case, content=write_form(campaign, case.form, case.filling))
        for case in chosen(tried)
    ]
    mutated = with_limit_off_by_one(campaign)
    mutants = [
        replace(
            case, name=f"mutant-{case.name}", content=write_form(mutated, case.form, case.filling)
        )
        for case in tried
        if case.form.id == "mau_01" and judged(mutated, case.form, case.filled) != case.expected
    ][:3]
    folder = tmp_path_factory.mktemp("forms")
    written = {case.name: case.content for case in (*cases, *mutants)}
    written["planted"] = with_planted_cache(cases[0].content)
    saved = _saved(written, folder)
    return Recalculated(
        campaign,
        tuple(replace(case, saved=saved[case.name]) for case in cases),
        tuple(replace(case, saved=saved[case.name]) for case in mutants),
        saved["planted"],
    )


def _saved(written: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    files = []
    for name, content in written.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(content)
    return {file.stem: file.read_bytes() for file in convert(files, folder)}


def test_libreoffice_calculates_anew_else_this_proves_nothing(recalculated):
    case = recalculated.cases[0]
    place = layout_of(case.form).check_figure
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(recalculated.planted))
    rows = book.get_sheet_by_name(place.sheet).to_python(skip_empty_area=False)
    assert rows[place.row][place.column] != PLANTED
    assert re.fullmatch(r"\d{3}-\d{3}", rows[place.row][place.column])


def test_every_rule_shows_each_outcome_at_least_five_times(recalculated):
    shown = Counter(item for case in recalculated.cases for item in case.expected.items())
    rules = {rule for case in recalculated.cases for rule in case.expected}
    few = {(rule, kind.value): shown[rule, kind] for rule in rules for kind in KINDS}
    assert {item: number for item, number in few.items() if number < EACH} == {}


def test_the_forms_formulas_say_what_the_batch_finds(recalculated):
    different = [
        (case.name, rule, kind.value, case.panel[rule])
        for case in recalculated.cases
        for rule, kind in case.expected.items()
        if case.panel[rule] != OUTCOMES[kind]
    ]
    assert different == []


def cells_named_by(node, form, scope):
    """Yield the page's cells that a rule points at; a figure in force is two."""
    match node:
        case Name(id=id_):
            yield from (f"{id_}_kh", f"{id_}_th") if id_ in form.pairs else (form.asked_in(id_),)
        case If(condition, then, otherwise):
            is_so = evaluate(condition, scope) is True
            yield from cells_named_by(then if is_so else otherwise, form, scope)


def expected_mark(campaign, case, line):
    """Return what a verdict on a line begins with, "" for a hint, by outcomes as typed."""
    fields = {field.id for field in line.fields}
    if any(
        not case.filled.values[field.id].is_blank
        and case.filled.values[field.id].typed is None
        and field.kind not in FREE
        for field in line.fields
    ):
        return TO_MEND
    failing, is_explained = list[tuple[int, str]](), False
    sums, scope = unfinished_sums(case), case.filled.scope
    for rule in form_rules(campaign, case.form):
        bound = rule.bound[case.form.id]
        at = {cell for node in bound.at for cell in cells_named_by(node, case.form, scope)}
        if at & fields and case.expected[rule.id] is OutcomeKind.FAIL:
            if rule.id in case.filling.explanations:
                is_explained = True
                continue
            whens = ((c.severity, c.when is None or evaluate(c.when, scope)) for c in bound.cases)
            severity = next(severity for severity, holds in whens if holds is True)
            mark = TO_LOOK_AT if severity in (Severity.WARNING, Severity.NOTICE) else TO_MEND
            mark = OPEN if rule.id in sums else mark
            failing.append((GRAVEST_FIRST.index(severity), mark))
    if failing:
        return min(failing, key=itemgetter(0))[1]
    if is_explained:
        return TO_LOOK_AT
    return (
        expected_of_pair(campaign, case, line)
        if line.planned
        else expected_of(campaign, case, line.single)
    )


def unfinished_sums(case):
    """Return the rules whose sums are less than the whole while parts of them are blank."""
    parts = {
        "A5b": [name for name in case.form.pairs if name.startswith("dh_")],
        "A7b": ("khach_moi", "lanh_dao"),
    }
    found, scope = set(), case.filled.scope
    for rule, names in parts.items():
        whole = scope.value("dien_hinh" if rule == "A5b" else "khach_moi_lanh_dao")
        counts = [scope.value(name) for name in names]
        is_less = isinstance(whole, int) and all(isinstance(n, int) for n in counts)
        if is_less and sum(counts) < whole and any(scope.blank(name) for name in names):
            found.add(rule)
    marked, elected = scope.value("so_duoc_bau_danh_sach"), scope.value("bau_dai_bieu")
    if isinstance(marked, int) and isinstance(elected, int) and marked < elected:
        found.add("P7c")
    return found


def expected_of(campaign, case, field):
    """Return the mark of a cell about which no rule complains."""
    value, unit = case.filled.values[field.id], case.filled.chosen
    if value.is_blank:
        return ""
    if field.kind is FieldKind.MONTH:
        return RIGHT if value.typed in campaign.report_months else TO_MEND
    if field.id == campaign.roles.unit:
        return RIGHT if unit is not None else TO_MEND
    if field.id == campaign.roles.name(Role.ELECTED):
        return RIGHT if unit is not None and unit.allotment == value.typed else OPEN
    return RIGHT


def expected_of_pair(campaign, case, line):
    """Return the mark of two cells: what is asked for must be there."""
    planned, actual = (case.filled.values[one.id] for one in (line.planned, line.actual))
    held = evaluate(Name(campaign.roles.held, Kind.LOGIC), case.filled.scope)
    if not actual.is_blank:
        return "" if planned.is_blank and held is False else RIGHT
    if planned.is_blank:
        return ""
    is_asked = line.actual.required or line.actual.kind is not FieldKind.COUNT
    lacks = held is True and actual.typed is None
    return RIGHT if not lacks else OPEN if is_asked else ""


def test_the_verdicts_beside_the_cells_are_the_outcomes_as_typed(recalculated):
    different, seen = [], Counter()
    for case in recalculated.cases:
        book, layout = calamine(case.saved), layout_of(case.form)
        for sheet in case.form.sheets:
            if not sheet.lines:
                continue
            rows = book.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
            for line, row in zip(sheet.lines, layout.line_rows[sheet.title], strict=True):
                if line.fields:
                    said = str(rows[row][HINT])
                    mark = said[:1] if said[:1] in (TO_MEND, TO_LOOK_AT, RIGHT, OPEN) else ""
                    expected = expected_mark(recalculated.campaign, case, line)
                    seen[expected] += 1
                    if mark != expected:
                        different.append((case.name, line.label, expected, said))
    assert different == []
    assert min(seen[mark] for mark in (TO_MEND, TO_LOOK_AT, RIGHT, OPEN, "")) > EACH


def test_what_is_said_of_the_rows_of_lists_is_calculated(recalculated):
    """Colours, words and things to do ask these helper cells (``test_row_checks``)."""
    faulty, known = 0, {}
    for case in recalculated.cases:
        design = case.filled.design
        rooms = tuple(table.capacity for table in design.form.tables)
        key = case.form.id, rooms, design.is_made_out, design.has_month
        if key not in known:
            formulas = Formulas(design)
            known[key] = Tasks(formulas, Panel(formulas).rows())
        helpers = calamine(case.saved).get_sheet_by_name(HELPER_SHEET)
        cells = helpers.to_python(skip_empty_area=False)
        for id_, checks in known[key].checks.items():
            top, column = checks.place.first_row, checks.code.column
            in_form = [
                cells[row][column] if row < len(cells) and column < len(cells[row]) else 0
                for row in range(top, top + len(case.filled.rows[id_]))
            ]
            codes = checks.codes(case.filled)
            assert [int(n or 0) for n in in_form] == codes, (case.name, id_)
            faulty += sum(map(bool, codes))
    assert faulty > EACH


def calamine(content: bytes) -> python_calamine.CalamineWorkbook:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))


def test_a_form_saved_by_libreoffice_reads_as_it_was_typed(recalculated):
    campaign, different, read = recalculated.campaign, [], 0
    for case in recalculated.cases:
        submission = read_form(case.saved, source_of(case), campaign)
        if not isinstance(submission, Submission):
            continue  # no unit or no month: nobody's report
        read += 1
        unit = campaign.unit(submission.unit)
        outcomes = form_outcomes(campaign, case.form, submission, unit)
        different += [
            (case.name, one.rule, one.as_typed, case.panel[one.rule])
            for one in outcomes
            if one.as_typed is None or OUTCOMES[one.as_typed] != case.panel[one.rule]
        ]
    assert different == []
    assert read > len(recalculated.cases) / 2


def source_of(case: Case) -> Source:
    return Source(
        name=f"{case.name}.xlsx",
        sha256=hashlib.sha256(case.saved).hexdigest(),
        size=len(case.saved),
        modified=datetime(2015, 3, 20, tzinfo=UTC),
    )


def test_the_check_figure_is_the_batchs(recalculated):
    campaign = recalculated.campaign
    for case in recalculated.cases:
        place = layout_of(case.form).check_figure
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(case.saved))
        printed = book.get_sheet_by_name(place.sheet).to_python(skip_empty_area=False)
        submission = read_form(case.saved, source_of(case), campaign)
        if isinstance(submission, Submission):
            assert printed[place.row][place.column] == submission.check_figure, case.name


def test_every_cached_value_is_the_true_one(recalculated):
    different = [
        (case.name, *cell)
        for case in recalculated.cases
        for cell in differing_cells(case.content, case.saved)
    ]
    assert different == []


def differing_cells(written: bytes, saved: bytes) -> list[tuple[str, int, int, object, object]]:
    one, other = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for content in (written, saved)
    )
    found = []
    for name in one.sheet_names:
        if name == HELPER_SHEET:
            continue  # no value stands beside its formulas
        before = one.get_sheet_by_name(name).to_python(skip_empty_area=False)
        after = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for row, cells in enumerate(before):
            for column, cell in enumerate(cells):
                inside = row < len(after) and column < len(after[row])
                again = after[row][column] if inside else ""
                if number_or_text(cell) != number_or_text(again):
                    found.append((name, row + 1, column + 1, cell, again))
    return found


def number_or_text(cell):
    """Return a cell's content whatever it is shown as: LibreOffice shows some results as days."""
    if isinstance(cell, bool):
        return float(cell)
    number = serial(cell)
    return cell if number is None else round(number, 6)


def test_a_limit_off_by_one_in_a_formula_is_caught(recalculated):
    caught = {
        rule
        for case in recalculated.mutants
        for rule, kind in case.expected.items()
        if case.panel[rule] != OUTCOMES[kind]
    }
    assert caught == {MUTATED}


def test_rules_of_the_board_say_so_in_the_panel(recalculated):
    for case in recalculated.cases[:1] + recalculated.cases[-1:]:
        board = {rule for rule, result in case.panel.items() if result == BOARD_CHECKS}
        assert board == {
            rule.id
            for rule in recalculated.campaign.rules
            if rule.board is not None and case.form.id in rule.board.conditions
        }
