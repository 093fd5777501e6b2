"""The returns of a month, one workbook a unit: those that stand are taken, the others written.

Worker processes write them into the folder themselves, and here only their hashes are known;
what other machines write comes back and is put there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import OutputError
from tdkt_batch.ledger.codec import pack
from tdkt_batch.ledger.facts import Cached
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.program import program_digest
from tdkt_batch.machine.workers import Conditions, Death, Work
from tdkt_batch.months.campaign_in_force import Terms
from tdkt_batch.months.inputs import Resources
from tdkt_batch.months.request import Progress, Step, silent
from tdkt_batch.report import FileRecord, MonthReport, UnitReport
from tdkt_batch.returns.write import return_name, return_of
from tdkt_batch.rules.requests_to_units import gets_file, gets_fresh_form
from tdkt_batch.wording import months as say

_KIND = "return"
"""What a return is among the things that the ledger keeps to save time."""
SECONDS_A_RETURN = 120
RETURNS_A_WORKER = 24
"""A worker takes as long to start and to prepare its forms as to write so many."""
_MEMORY = 1024 * 1024 * 1024
_CARRIED_AT_ONCE = 200
"""So many returns that other machines write are held here at a time."""
_Job = tuple[UnitReport, str, tuple[FileRecord, ...]]
"""A unit to which a form goes back, the file's name, and what it sent that could not be used."""
_Written = str | bytes
"""The SHA-256 of a return that its worker wrote; the return where it sees no folder of ours."""


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

    One that stands as it would be written is taken over. A unit that has nothing to do
    gets none.
    """
    bare = replace(report, files=(), units=(), containers=(), past=(), notes=(), issued=None)
    unused: dict[str, list[FileRecord]] = {}
    for file in report.files:
        if file.hindrance is not None:
            unused.setdefault(file.unit, []).append(file)
    jobs: list[_Job] = [
        (
            # what it said last is in a fresh form alone
            unit if gets_fresh_form(unit) else replace(unit, earlier=None),
            return_name(terms.campaign, report, unit),
            tuple(unused.get(unit.unit.code, ())) if gets_fresh_form(unit) else (),
        )
        for unit in report.units
        if gets_file(terms.campaign, unit)
    ]
    folders.new.mkdir(parents=True, exist_ok=True)
    common = hashlib.sha256(f"{program_digest()} {terms.campaign.digest} ".encode())
    common.update(pack(bare))
    keys = [_key_of(common.copy(), unit, files) for unit, _, files in jobs]
    returns = [_taken_over(key, resources.ledger, folders) for key in keys]
    lacking = [place for place, one in enumerate(returns) if one is None]
    own = folders.new if resources.workplace.has_our_files else None
    work = Work(_write_here, _begin, (terms.campaign, bare, own))
    written = _written(work, [jobs[place] for place in lacking], resources, on_progress)
    kept = []
    for place, what in zip(lacking, written, strict=True):
        if isinstance(what, Death):
            raise OutputError(say.RETURNS_ENDED)
        unit, name, _ = jobs[place]
        sha256 = what if isinstance(what, str) else _put(folders.new / name, what)
        returns[place] = one = KeptReturn(name, sha256)
        kept.append(Cached(_KIND, keys[place], one, month=report.month, unit=unit.unit.code))
    resources.ledger.cache(kept)
    return {
        unit.unit.code: one
        for (unit, *_), one in zip(jobs, returns, strict=True)
        if one is not None
    }


def _key_of(common: hashlib._Hash, unit: UnitReport, files: tuple[FileRecord, ...]) -> str:
    """Return the digest of all that a return depends on: what all have in ``common``, the unit."""
    common.update(pack(unit))
    common.update(pack(files))
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
    work: Work[_Job, _Written], jobs: Sequence[_Job], resources: Resources, on_progress: Progress
) -> Iterator[_Written | Death]:
    """Yield what came of each return: the SHA-256 of its bytes, or they themselves."""
    workers, workplace = resources.workers, resources.workplace
    if workers == 0 and work.prepare is not None:
        work.prepare(*work.given)
        yield from map(work.do, jobs)
        return
    if not jobs:
        return
    done, enough = count(1), 1 + len(jobs) // RETURNS_A_WORKER
    on_progress(Step.RETURNS, 0, len(jobs))
    conditions = Conditions(workers=min(workers, enough), seconds=SECONDS_A_RETURN, memory=_MEMORY)
    at_once = len(jobs) if workplace.has_our_files else _CARRIED_AT_ONCE
    for start in range(0, len(jobs), at_once):
        yield from workplace.do(
            work,
            jobs[start : start + at_once],
            conditions,
            lambda _job, _what: on_progress(Step.RETURNS, next(done), len(jobs)),
        )


def _put(path: Path, content: bytes) -> str:
    """Write a return and give back the SHA-256 of its bytes."""
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


# --- in the worker process -------------------------------------------------------------------

_given: list[tuple[Campaign, MonthReport, Path | None]] = []
"""The campaign, the month's own data and the folder, handed to the worker before its first job."""


def _begin(campaign: Campaign, report: MonthReport, new: Path | None) -> None:
    _given[:] = [(campaign, report, new)]


def _write_here(job: _Job) -> _Written:
    """Write a unit's return into the folder, where there is one, and tell the SHA-256 of it."""
    (unit, name, files), (campaign, report, new) = job, _given[0]
    content = return_of(campaign, replace(report, files=files), unit)
    if content is None:
        raise ValueError(name)
    return content if new is None else _put(new / name, content)
