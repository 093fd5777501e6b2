"""Where a finding may name a person, so that lists for programs leave the name out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Finding
from tdkt_batch.report import UnitReport
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording.shared import READING_FAULTS, READING_NOTICES

_WORDS = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+)+")
"""Two words beside each other, without a figure: what a name looks like in any spelling."""


@dataclass(frozen=True, slots=True)
class People:
    """Whom a unit names in its report: in which fields they stand, and how they are written."""

    fields: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, report: UnitReport, campaign: Campaign) -> People:
        """Return the people of a unit's report, of the earlier one too, which findings live on."""
        personal = campaign.form_of(report.unit).personal
        reports = (report, report.earlier) if report.earlier else (report,)
        cells = [v for one in reports if one.submission for v in one.submission.cells]
        named = [v for v in cells if v.field in personal and not v.is_blank]
        written = {_plain(text) for v in named for text in (v.raw, v.value)}
        names = frozenset(name for name in written if any(map(str.isalpha, name)))
        return cls(frozenset(v.field for v in named), names)

    def may_stand_in(self, finding: Finding) -> bool:
        """Tell whether what a finding gives or expects may name one of them, or somebody else.

        A fault of reading gives what was typed, which is anything: it stays only where
        it has a figure and no two words beside each other.
        """
        said = f"{finding.given} {finding.expected}"
        if not said.strip():
            return False
        if finding.fields & self.fields:
            return True
        if finding.code in READING_FAULTS or finding.code in READING_NOTICES:
            has_letters = any(letter.isalpha() for letter in finding.given)
            has_figure = any(letter.isdigit() for letter in finding.given)
            if has_letters and (not has_figure or _WORDS.search(finding.given)):
                return True
        plain = f" {_plain(said)} "
        return any(name in plain for name in self.names)


def _plain(text: object) -> str:
    """Return a text as names are compared: composed, without capitals, single blanks."""
    return squeeze(normalize("NFC", text)).casefold() if isinstance(text, str) else ""
