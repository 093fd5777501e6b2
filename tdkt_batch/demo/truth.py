"""What must be found in the sample province: written where each fault is planted.

Nothing here asks the rules: a planting says what it breaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from tdkt_batch.model import OutcomeKind, Severity
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.wording.shared import FILE_STATES, OUTCOMES, SEVERITIES, UNIT_STATES


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that must be found: a failing rule, an undecided one, a fault of reading.

    ``unit`` is empty where it is the planted unit itself.
    """

    code: str
    outcome: OutcomeKind
    severity: Severity | None = None
    unit: str = ""


def violation(code: str, unit: str = "") -> Expected:
    """Say that the rule fails, as a violation."""
    return Expected(code, OutcomeKind.FAIL, Severity.VIOLATION, unit)


def warning(code: str, unit: str = "") -> Expected:
    """Say that the rule fails, as a warning."""
    return Expected(code, OutcomeKind.FAIL, Severity.WARNING, unit)


def notice(code: str, unit: str = "") -> Expected:
    """Say that the rule fails, as a notice."""
    return Expected(code, OutcomeKind.FAIL, Severity.NOTICE, unit)


def unknown(code: str, unit: str = "") -> Expected:
    """Say that the rule cannot be decided."""
    return Expected(code, OutcomeKind.UNKNOWN, None, unit)


def reading(code: str, unit: str = "") -> Expected:
    """Say that a cell cannot be read: a fault of reading ``DL…``."""
    return Expected(code, OutcomeKind.FAIL, Severity.READING, unit)


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted fault and one thing that must be found because of it.

    ``code`` is empty where nothing must be found: what looks odd is right, or no
    form can be read.
    """

    unit: str
    fault: str
    code: str = ""
    outcome: OutcomeKind | None = None
    severity: Severity | None = None


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
        return sorted((p.unit, p.code, p.severity) for p in self.planted if p.severity is not None)

    @property
    def unknowns(self) -> list[tuple[str, str]]:
        """Unit and rule of all that cannot be decided, sorted."""
        kind = OutcomeKind.UNKNOWN
        return sorted((p.unit, p.code) for p in self.planted if p.outcome is kind)


HEADS = ("Mã đơn vị", "Đơn vị hoặc tệp", "Lỗi cài sẵn", "Mã căn cứ", "Phải thấy", "Mức độ")


def truth_rows(truth: Truth) -> list[tuple[str, ...]]:
    """Return the truth table in words: planted faults, then states of units and of files."""
    rows: list[tuple[str, ...]] = [
        (
            one.unit,
            truth.names[one.unit],
            one.fault,
            one.code,
            OUTCOMES[one.outcome] if one.outcome else "",
            SEVERITIES[one.severity] if one.severity else "",
        )
        for one in truth.planted
    ]
    rows += [
        (code, truth.names[code], "", "", UNIT_STATES[state], "")
        for code, state in truth.units.items()
    ]
    rows += [("", name, "", "", FILE_STATES[state], "") for name, state in truth.files.items()]
    return rows


def truth_csv(truth: Truth) -> str:
    """Return the truth table as CSV (su-that.csv)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(truth_rows(truth))
    return text.getvalue()
