"""The returns of a month, one workbook a unit: those that stand are taken, the others written.

They are written in worker processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.overlay import Overlay
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
_MEMORY = 1024 * 1024 * 1024
_Job = tuple[MonthReport, UnitReport]
"""One unit's return to be written: the month's own data, and no other unit's."""


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return that was written: the file that it became, and the SHA-256 of its bytes."""

    name: str
    sha256: str


def returns_of(
    terms: Terms,
    report: MonthReport,
    resources: Resources,
    standing: Path,
    on_progress: Progress = silent,
) -> dict[str, tuple[str, bytes]]:
    """Return each unit's return with its file name, by unit code, in the register's order.

    One that stands in the folder ``standing`` as it would be written is taken from there.
    A unit of which nothing could be read gets none.
    """
    bare = replace(report, files=(), units=(), containers=(), past=(), notes=(), issued=None)
    wanted = [one for one in report.units if one.submission is not None and not one.carried]
    jobs: list[_Job] = [(bare, replace(unit, earlier=None)) for unit in wanted]
    keys = [_key_of(terms, job) for job in jobs]
    contents = [_standing_return(key, resources.ledger, standing) for key in keys]
    lacking = [place for place, content in enumerate(contents) if content is None]
    written = _written(terms, [jobs[place] for place in lacking], resources.workers, on_progress)
    kept = []
    for place, content in zip(lacking, written, strict=True):
        if content is None or isinstance(content, Death):
            raise OutputError(say.RETURNS_ENDED)
        contents[place] = content
        name = return_name(terms.campaign, report, wanted[place])
        one = KeptReturn(name, hashlib.sha256(content).hexdigest())
        code = wanted[place].unit.code
        kept.append(Cached(_KIND, keys[place], one, month=report.month, unit=code))
    resources.ledger.cache(kept)
    return {
        unit.unit.code: (return_name(terms.campaign, report, unit), content)
        for unit, content in zip(wanted, contents, strict=True)
        if content is not None
    }


def _key_of(terms: Terms, job: _Job) -> str:
    """Return the digest of all that a return depends on."""
    digest = hashlib.sha256(f"{program_digest()} {terms.package} ".encode())
    for part in job:
        digest.update(pack(part))
    return digest.hexdigest()


def _standing_return(key: str, ledger: Ledger, folder: Path) -> bytes | None:
    """Return a return that stands as it was written; None where it has to be written."""
    kept = ledger.cached(_KIND, key, KeptReturn)
    try:
        content = (folder / kept.name).read_bytes() if kept else b""
    except OSError:
        return None
    return content if kept and hashlib.sha256(content).hexdigest() == kept.sha256 else None


def _written(
    terms: Terms, jobs: Sequence[_Job], workers: int, on_progress: Progress
) -> Sequence[bytes | Death | None]:
    if workers == 0:
        return [return_of(terms.campaign, *job) for job in jobs]
    if not jobs:
        return []
    done = count(1)
    on_progress(Step.RETURNS, 0, len(jobs))
    return work_apart(
        Work(_write_here, _load, (terms.folder, terms.overlay)),
        jobs,
        Conditions(
            workers=max(1, min(workers, len(jobs))), seconds=SECONDS_A_RETURN, memory=_MEMORY
        ),
        lambda _job, _content: on_progress(Step.RETURNS, next(done), len(jobs)),
    )


# --- in the worker process -------------------------------------------------------------------

_loaded: list[Campaign] = []
"""The worker's campaign, loaded once before its first job."""


def _load(folder: str, overlay: Overlay | None) -> None:
    _loaded[:] = [load_campaign(folder, overlay)]


def _write_here(job: _Job) -> bytes | None:
    return return_of(_loaded[0], *job)
