"""The months that were run: coverage, findings by life, and whether what stands is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tdkt_batch.ledger.facts import Issue, Run
from tdkt_batch.model import Decision, Life, Month, Severity
from tdkt_batch.months.earlier_months import decided_since, months_before
from tdkt_batch.months.inputs import Resources
from tdkt_batch.months.standing import Standing, forgotten_that_stands, standing_of
from tdkt_batch.report import MonthRecord, UnitState
from tdkt_batch.rules.finding_lives import records_by_unit, with_lives


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One month that was run, as its last run published it.

    ``runs`` counts the completed runs, ``issue`` is the month's result as it was last
    signed, ``is_adjusted`` tells that the last run's is another.
    ``findings`` do not count what was waived; ``lives`` count all findings of the month,
    and those of earlier months that were mended in it. Both know what the board
    ``decided`` after that run, which the month's workbook does not. ``left_by`` is the run
    that was taken back whose files still stand, instead of those of the last one.
    """

    month: Month
    received_until: datetime
    runs: int
    last: Run
    issue: Issue | None
    is_adjusted: bool
    required: int
    reported: int
    is_provisional: bool
    findings: Mapping[Severity, int]
    lives: Mapping[Life, int]
    decided: tuple[Decision, ...]
    standing: Standing
    left_by: Run | None


def months_run(out: Path, resources: Resources) -> tuple[MonthLine, ...]:
    """Return a line for each month that the ledger knows a run of, in their order."""
    records, ledger = all_months(resources), resources.ledger
    lines = []
    for place, record in enumerate(records):
        runs = [run for run in ledger.runs() if run.month == record.month]
        standing, issue = standing_of(out, runs[-1]), ledger.last_issue(record.month)
        severities = Counter(f.severity for f in record.findings if f.life is not Life.WAIVED)
        lives = Counter(finding.life for finding in record.findings)
        states = Counter(record.states.values())
        required = states.total() - states[UnitState.NOT_REQUIRED]
        reported = states[UnitState.ON_TIME] + states[UnitState.LATE]
        # findings of earlier months that were found no more in this one
        before = records_by_unit(records[:place])
        for unit, (own,) in records_by_unit([record]).items():
            known, decided = before.get(unit, ()), own.decided[unit]
            lived = with_lives(record.month, own.findings, decided, known, unit)
            lives[Life.FIXED] += len(lived.gone)
        lines.append(
            MonthLine(
                month=record.month,
                received_until=record.received_until,
                runs=len(runs),
                last=runs[-1],
                issue=issue,
                is_adjusted=issue is not None
                and not ledger.is_as_issued(record.month, runs[-1].key),
                required=required,
                reported=reported,
                is_provisional=reported < required,
                findings={severity: severities[severity] for severity in Severity},
                lives={life: lives[life] for life in Life},
                decided=decided_since(runs[-1].number, record.month, ledger),
                standing=standing,
                left_by=None
                if standing.is_whole
                else forgotten_that_stands(out, record.month, ledger),
            )
        )
    return tuple(lines)


def all_months(resources: Resources) -> tuple[MonthRecord, ...]:
    """Return what each month that was run left behind, in their order."""
    months = [run.month for run in resources.ledger.runs()]
    if not months:
        return ()
    after_all = Month(max(months).year + 1, 1)
    return months_before(after_all, resources).as_run
