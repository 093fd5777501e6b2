"""What must be found in the sample province: written where each fault is planted.

Nothing here asks the rules: a planting says what it breaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from tdkt_batch.campaign.words import Words
from tdkt_batch.model import OutcomeKind, Severity
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.wording.shared import FILE_STATES, OUTCOMES, UNIT_STATES


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that must be found: a failing rule, an undecided one, a fault of reading.

    ``code`` is empty where nothing must be found: what looks odd is right, or no
    form can be read.
    """

    code: str = ""
    outcome: OutcomeKind | None = None
    severity: Severity | None = None


def _expected(outcome: OutcomeKind, severity: Severity | None, *codes: str) -> tuple[Expected, ...]:
    return tuple(Expected(code, outcome, severity) for code in codes)


violation = partial(_expected, OutcomeKind.FAIL, Severity.VIOLATION)
warning = partial(_expected, OutcomeKind.FAIL, Severity.WARNING)
notice = partial(_expected, OutcomeKind.FAIL, Severity.NOTICE)
arithmetic = partial(_expected, OutcomeKind.FAIL, Severity.ARITHMETIC)
"""Rules that fail, by the severity that they must show."""
reading = partial(_expected, OutcomeKind.FAIL, Severity.READING)
"""Cells that cannot be read: faults of reading ``DL…``."""
unknown = partial(_expected, OutcomeKind.UNKNOWN, None)
"""Rules that cannot be decided."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted fault in words and one thing that must be found because of it."""

    unit: str
    fault: str
    expected: Expected = Expected()


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that a run over the sample must find, and nothing else.

    ``units`` are the states of the register's units, ``names`` their names,
    ``files`` the states of the files by their name inside the sample's folder.
    """

    planted: tuple[Planted, ...]
    units: Mapping[str, UnitState]
    names: Mapping[str, str]
    files: Mapping[str, FileState]

    @property
    def findings(self) -> list[tuple[str, str, Severity]]:
        """Unit, code and severity of all findings, sorted."""
        expected = ((one.unit, one.expected) for one in self.planted)
        return sorted((unit, e.code, e.severity) for unit, e in expected if e.severity is not None)

    @property
    def unknowns(self) -> list[tuple[str, str]]:
        """Unit and rule of all that cannot be decided, sorted."""
        expected = ((one.unit, one.expected) for one in self.planted)
        return sorted((unit, e.code) for unit, e in expected if e.outcome is OutcomeKind.UNKNOWN)


HEADS = ("Mã đơn vị", "Đơn vị hoặc tệp", "Lỗi cài sẵn", "Mã căn cứ", "Phải thấy", "Mức độ")


def truth_rows(truth: Truth, words: Words) -> list[tuple[str, ...]]:
    """Return the truth table in words: planted faults, then states of units and of files."""
    rows: list[tuple[str, ...]] = []
    severities = words.severities
    for one in truth.planted:
        outcome, severity = one.expected.outcome, one.expected.severity
        found = (OUTCOMES[outcome] if outcome else "", severities[severity] if severity else "")
        rows.append((one.unit, truth.names[one.unit], one.fault, one.expected.code, *found))
    rows += [
        (code, truth.names[code], "", "", UNIT_STATES[state], "")
        for code, state in truth.units.items()
    ]
    rows += [("", name, "", "", FILE_STATES[state], "") for name, state in truth.files.items()]
    return rows


def truth_csv(truth: Truth, words: Words) -> str:
    """Return the truth table as CSV (su-that.csv)."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADS, *truth_rows(truth, words)])
    return text.getvalue()
