"""Where a finding may name a person, so that lists for programs leave the name out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import FieldKind, Form
from tdkt_batch.model import Finding, Letter
from tdkt_batch.report import FileRecord, FileState, MonthReport, UnitReport
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.vietnamese.shown import shown_path, shown_text
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.wording.shared import READING_FAULTS, READING_NOTICES

_QUOTED = re.compile("“(.*)”")
_TYPED_FREELY = frozenset((FieldKind.TEXT, FieldKind.NOTE))


@dataclass(frozen=True, slots=True)
class People:
    """Whom a unit names in its report: in which fields they stand, and how they are written.

    ``names`` are all words typed where a form takes any; ``known`` is what is typed and
    names nobody: the values of the form's lists, and the units.
    """

    fields: frozenset[str]
    names: frozenset[str]
    known: frozenset[str]

    @classmethod
    def of(cls, report: UnitReport, form: Form, known: frozenset[str]) -> People:
        """Return the people of a unit's report, of the earlier one too, which findings live on."""
        reports = (report, report.earlier) if report.earlier else (report,)
        cells = [v for one in reports if one.submission for v in one.submission.cells]
        filled = [v for v in cells if not v.is_blank]
        free = form.personal | _typed_freely(form)
        written = {_plain(text) for v in filled if v.field in free for text in (v.raw, v.value)}
        return cls(
            fields=frozenset(v.field for v in filled if v.field in form.personal),
            names=frozenset(name for name in written - known if _has_letters(name)),
            known=known,
        )

    def may_stand_in(self, finding: Finding) -> bool:
        """Tell whether what a finding gives or expects may name one of them, or somebody else.

        A fault of reading gives what was typed, which is anything: it stays only where
        it is without letters, a value of one of the form's lists or a unit's name.
        """
        said = f"{finding.given} {finding.expected}"
        if not said.strip():
            return False
        if finding.fields & self.fields:
            return True
        is_as_typed = finding.code in READING_FAULTS or finding.code in READING_NOTICES
        has_words = _has_letters(finding.given) and _plain(finding.given) not in self.known
        if is_as_typed and has_words:
            return True
        plain = f" {_plain(said)} "
        return any(name in plain for name in self.names)


class PublicNames:
    """What the manifest calls files and mails: as they came, but for mails' subjects.

    A mail inside another is named by its subject, a form of a workbook of several by its
    sheet: both are numbered in the place of their names.
    """

    def __init__(self, report: MonthReport) -> None:
        sources = [record.source for record in report.files]
        letters = {(one.name, one.letter) for one in report.containers if one.letter}
        letters |= {(one.container, one.letter) for one in sources if one.letter}
        free = {name: (len(name) - len(end), "thu", "") for name, end in _subjects(letters)}
        books = {one.name for one in report.containers if one.kind == "workbook"}
        for one in sources:
            if one.container in books:
                free[one.name] = (len(one.container) + 1, "trang", ".xlsx")
        self._public_by_name: dict[str, str] = {}
        numbers: Counter[str] = Counter()
        for name, (start, kind, suffix) in sorted(free.items()):
            before = name[:start]
            numbers[before] += 1
            self._public_by_name[name] = f"{self(before)}{kind}-{numbers[before]}{suffix}"

    def __call__(self, name: str) -> str:
        """Return a name without the subjects in it."""
        ends = [place for place, letter in enumerate(name) if letter == "/"]
        for end in (len(name), *reversed(ends)):
            public = self._public_by_name.get(name[:end])
            if public is not None:
                return public + name[end:]
        return name

    def reason(self, record: FileRecord) -> str:
        """Return why a file does not count, with nothing that somebody typed."""
        said = record.untyped_reason
        if record.state in (FileState.DUPLICATE, FileState.SUPERSEDED):
            return _QUOTED.sub(lambda found: f"“{self(found[1])}”", said)
        return said


def _subjects(letters: Iterable[tuple[str, Letter]]) -> Iterator[tuple[str, str]]:
    """Yield the mails that are named by their subjects, with these as they stand there."""
    for name, letter in letters:
        for subject in {shown_text(letter.subject), shown_path(letter.subject)}:
            if subject and name.endswith(f"/{subject}"):
                yield name, subject


def known_to_all(campaign: Campaign) -> dict[str, frozenset[str]]:
    """Return, by form id, what is typed and names nobody: values of its lists, and units."""
    units = frozenset(_plain(unit.name) for unit in campaign.units)
    return {form.id: units | _values_of_lists(form) for form in campaign.forms}


def _values_of_lists(form: Form) -> frozenset[str]:
    lists = [one.choices for one in form.field_by_id.values() if one.choices]
    return frozenset(_plain(value) for one in lists for value in one.values)


def own_sheet(sheet: str, form: Form) -> str:
    """Return a sheet's title where it is one of the form's, else nothing."""
    titles = {PANEL_SHEET, *(own.title for own in form.sheets)}
    return sheet if sheet in titles else ""


def _typed_freely(form: Form) -> frozenset[str]:
    """Return the fields and columns into which words are typed."""
    return frozenset(id_ for id_, one in form.field_by_id.items() if one.kind in _TYPED_FREELY)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _plain(text: object) -> str:
    """Return a text as names are compared: composed, without capitals, single blanks."""
    return squeeze(normalize("NFC", text)).casefold() if isinstance(text, str) else ""
