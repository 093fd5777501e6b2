"""The returns of a month, written in worker processes: there is one a unit, each a workbook."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.errors import OutputError
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart
from tdkt_batch.months.campaign_in_force import Terms
from tdkt_batch.months.request import Progress, Step, silent
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.returns.write import return_name, return_of
from tdkt_batch.wording import months as say

SECONDS_A_RETURN = 120
_MEMORY = 1024 * 1024 * 1024
_Job = tuple[MonthReport, UnitReport]
"""One unit's return to be written: the month's own data, and no other unit's."""


def returns_of(
    terms: Terms, report: MonthReport, workers: int, on_progress: Progress = silent
) -> dict[str, tuple[str, bytes]]:
    """Return each unit's return with its file name, by unit code, in the register's order.

    A unit of which nothing could be read gets none.
    """
    bare = replace(report, files=(), units=(), containers=(), past=())
    wanted = [unit for unit in report.units if unit.submission is not None]
    jobs: list[_Job] = [(bare, replace(unit, earlier=None)) for unit in wanted]
    contents: tuple[bytes | Death | None, ...]
    if workers == 0:
        contents = tuple(return_of(terms.campaign, *job) for job in jobs)
    else:
        done = count(1)
        on_progress(Step.RETURNS, 0, len(jobs))
        contents = work_apart(
            Work(_write_here, _load, (terms.folder, terms.register)),
            jobs,
            Conditions(
                workers=max(1, min(workers, len(jobs))), seconds=SECONDS_A_RETURN, memory=_MEMORY
            ),
            lambda _job, _content: on_progress(Step.RETURNS, next(done), len(jobs)),
        )
    returns = {}
    for unit, content in zip(wanted, contents, strict=True):
        if isinstance(content, Death):
            raise OutputError(say.RETURNS_ENDED)
        if content is not None:
            returns[unit.unit.code] = return_name(terms.campaign, report, unit), content
    return returns


# --- in the worker process -------------------------------------------------------------------

_loaded: list[Campaign] = []
"""The worker's campaign, loaded once before its first job."""


def _load(folder: str, register: Path | None) -> None:
    _loaded[:] = [load_campaign(folder, register)]


def _write_here(job: _Job) -> bytes | None:
    return return_of(_loaded[0], *job)
