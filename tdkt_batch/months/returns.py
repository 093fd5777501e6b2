"""The returns of a month, one workbook a unit: those that stand are taken, the others written.

Worker processes write them into the folder themselves; here only their hashes are known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import OutputError
from tdkt_batch.ledger.codec import pack
from tdkt_batch.ledger.facts import Cached
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart
from tdkt_batch.months.campaign_in_force import Terms
from tdkt_batch.months.inputs import Resources, program_digest
from tdkt_batch.months.request import Progress, Step, silent
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.returns.write import return_name, return_of
from tdkt_batch.wording import months as say

_KIND = "return"
"""What a return is among the things that the ledger keeps to save time."""
SECONDS_A_RETURN = 120
RETURNS_A_WORKER = 24
"""A worker takes as long to start and to prepare its forms as to write so many."""
_MEMORY = 1024 * 1024 * 1024
_Job = tuple[UnitReport, str]
"""A unit of which a return is to be written, and the return's name."""


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return that was written: the file that it became, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReturnFolders:
    """Where the returns of the month's last run stand, and where those of this one are put."""

    standing: Path
    new: Path


def write_returns(
    terms: Terms,
    report: MonthReport,
    resources: Resources,
    folders: ReturnFolders,
    on_progress: Progress = silent,
) -> dict[str, KeptReturn]:
    """Write each unit's return and tell what it is, by unit code, in the register's order.

    One that stands as it would be written is taken over. A unit of which nothing could
    be read gets none.
    """
    bare = replace(report, files=(), units=(), containers=(), past=(), notes=(), issued=None)
    wanted = [one for one in report.units if one.submission is not None and not one.carried]
    jobs: list[_Job] = [
        (replace(unit, earlier=None), return_name(terms.campaign, report, unit)) for unit in wanted
    ]
    folders.new.mkdir(parents=True, exist_ok=True)
    common = hashlib.sha256(f"{program_digest()} {terms.package} ".encode())
    common.update(pack(bare))
    keys = [_key_of(common.copy(), unit) for unit, _ in jobs]
    returns = [_taken_over(key, resources.ledger, folders) for key in keys]
    lacking = [place for place, one in enumerate(returns) if one is None]
    work = Work(_write_here, _begin, (terms.campaign, bare, folders.new))
    written = _written(work, [jobs[place] for place in lacking], resources.workers, on_progress)
    kept = []
    for place, sha256 in zip(lacking, written, strict=True):
        if isinstance(sha256, Death):
            raise OutputError(say.RETURNS_ENDED)
        unit, name = jobs[place]
        returns[place] = one = KeptReturn(name, sha256)
        kept.append(Cached(_KIND, keys[place], one, month=report.month, unit=unit.unit.code))
    resources.ledger.cache(kept)
    return {
        unit.unit.code: one for (unit, _), one in zip(jobs, returns, strict=True) if one is not None
    }


def _key_of(common: hashlib._Hash, unit: UnitReport) -> str:
    """Return the digest of all that a return depends on: what all have in ``common``, the unit."""
    common.update(pack(unit))
    return common.hexdigest()


def _taken_over(key: str, ledger: Ledger, folders: ReturnFolders) -> KeptReturn | None:
    """Take over a return that stands as it was written; None where it has to be written."""
    kept = ledger.cached(_KIND, key, KeptReturn)
    try:
        content = (folders.standing / kept.name).read_bytes() if kept else b""
    except OSError:
        return None
    if kept is None or hashlib.sha256(content).hexdigest() != kept.sha256:
        return None
    (folders.new / kept.name).write_bytes(content)
    return kept


def _written(
    work: Work[_Job, str], jobs: Sequence[_Job], workers: int, on_progress: Progress
) -> Sequence[str | Death]:
    """Write returns and give back the SHA-256 of each."""
    if workers == 0 and work.prepare is not None:
        work.prepare(*work.given)
        return [work.do(job) for job in jobs]
    if not jobs:
        return []
    done, enough = count(1), 1 + len(jobs) // RETURNS_A_WORKER
    on_progress(Step.RETURNS, 0, len(jobs))
    return work_apart(
        work,
        jobs,
        Conditions(workers=min(workers, enough), seconds=SECONDS_A_RETURN, memory=_MEMORY),
        lambda _job, _sha256: on_progress(Step.RETURNS, next(done), len(jobs)),
    )


# --- in the worker process -------------------------------------------------------------------

_given: list[tuple[Campaign, MonthReport, Path]] = []
"""The campaign, the month's own data and the folder, handed to the worker before its first job."""


def _begin(campaign: Campaign, report: MonthReport, new: Path) -> None:
    _given[:] = [(campaign, report, new)]


def _write_here(job: _Job) -> str:
    """Write a unit's return into the folder and give back the SHA-256 of its bytes."""
    (unit, name), (campaign, report, new) = job, _given[0]
    content = return_of(campaign, report, unit)
    if content is None:
        raise ValueError(name)
    (new / name).write_bytes(content)
    return hashlib.sha256(content).hexdigest()
