"""The months that were run: coverage, findings by life, and whether what stands is whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.model import Decision, DecisionKind, Life, Month, Severity
from tdkt_batch.months.earlier import months_before
from tdkt_batch.months.inputs import Desk
from tdkt_batch.months.results import Names
from tdkt_batch.report import MonthRecord, UnitState
from tdkt_batch.rules.lives import records_by_unit, with_lives


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands on the disk of a month's results, against what its last run wrote.

    ``changed`` and ``missing`` are names below the output folder; when the manifest
    itself is among them, nothing can be said of the others.
    """

    workbook: str
    manifest: str
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all stands as it was written."""
        return not self.changed and not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One month that was run, as its last run published it.

    ``runs`` counts the completed runs. ``findings`` do not count what was waived;
    ``lives`` count all findings of the month, and those of earlier months that were
    mended in it. Both know what the board ``decided`` after that run, which the
    month's workbook does not.
    """

    month: Month
    received_until: datetime
    runs: int
    last: Run
    required: int
    reported: int
    is_provisional: bool
    findings: Mapping[Severity, int]
    lives: Mapping[Life, int]
    decided: tuple[Decision, ...]
    standing: Standing


def months_run(out: Path, desk: Desk) -> tuple[MonthLine, ...]:
    """Return a line for each month that the ledger knows a run of, in their order."""
    records = all_months(desk)
    output = _Output(out, desk.ledger)
    return tuple(_line(output, record, records[:place]) for place, record in enumerate(records))


@dataclass(frozen=True, slots=True)
class _Output:
    """An output folder with its ledger."""

    folder: Path
    ledger: Ledger


def all_months(desk: Desk) -> tuple[MonthRecord, ...]:
    """Return what each month that was run left behind, in their order."""
    months = [run.month for run in desk.ledger.runs()]
    if not months:
        return ()
    after_all = Month(max(months).year + 1, 1)
    return months_before(after_all, desk).records


def _line(output: _Output, record: MonthRecord, past: Sequence[MonthRecord]) -> MonthLine:
    runs = [run for run in output.ledger.runs() if run.month == record.month]
    severities = Counter(f.severity for f in record.findings if f.life is not Life.WAIVED)
    return MonthLine(
        month=record.month,
        received_until=record.received_until,
        runs=len(runs),
        last=runs[-1],
        required=record.month_figures["required"],
        reported=record.month_figures["reported"],
        is_provisional=_is_provisional(record),
        findings={severity: severities[severity] for severity in Severity},
        lives=_lives(record, past),
        decided=decided_since(runs[-1], output.ledger),
        standing=standing_of(output.folder, runs[-1]),
    )


def _is_provisional(record: MonthRecord) -> bool:
    """Tell whether a unit that must report has not."""
    settled = (UnitState.ON_TIME, UnitState.LATE, UnitState.NOT_REQUIRED)
    return any(state not in settled for state in record.states.values())


def _lives(record: MonthRecord, past: Sequence[MonthRecord]) -> Mapping[Life, int]:
    lives = Counter(finding.life for finding in record.findings)
    lives[Life.FIXED] += _mended(record, past)
    return {life: lives[life] for life in Life}


def _mended(record: MonthRecord, past: Sequence[MonthRecord]) -> int:
    """Count the findings of earlier months that were found no more in this one."""
    own, before = records_by_unit([record]), records_by_unit(past)
    return sum(
        len(
            with_lives(
                record.month, one.findings, one.decided[unit], before.get(unit, ()), unit
            ).gone
        )
        for unit, (one,) in own.items()
    )


# --- what the last run did not know ---------------------------------------------------------------


def decided_since(run: Run, ledger: Ledger) -> tuple[Decision, ...]:
    """Return the decisions taken after a run that change its month.

    A corrected figure is carried on from its own month.
    """
    known = len(ledger.decisions(as_of=run.number))
    later = ledger.decisions()[known:]
    return tuple(one for one in later if _changes(one, run.month))


def _changes(decision: Decision, month: Month) -> bool:
    is_earlier_figure = decision.kind is DecisionKind.CORRECTED and decision.month <= month
    return is_earlier_figure or decision.holds_in(month)


# --- what stands on the disk --------------------------------------------------------------------


def standing_of(out: Path, run: Run) -> Standing:
    """Return whether a month's results stand as its last run wrote them."""
    names = Names(str(run.month))
    found = hash_of(out / names.manifest)
    if found != run.manifest:
        named = (names.manifest,)
        return Standing(
            workbook=names.workbook,
            manifest=names.manifest,
            changed=named if found else (),
            missing=() if found else named,
        )
    manifest: dict[str, Any] = json.loads((out / names.manifest).read_text(encoding="utf-8"))
    hashes = {
        one["name"]: (one["sha256"], hash_of(out / one["name"])) for one in manifest["outputs"]
    }
    return Standing(
        workbook=names.workbook,
        manifest=names.manifest,
        changed=tuple(name for name, (was, now) in hashes.items() if now and now != was),
        missing=tuple(name for name, (_, now) in hashes.items() if not now),
    )
