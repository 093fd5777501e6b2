"""The returns of a month, written in worker processes: there is one a unit, each a workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.errors import OutputError
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart
from tdkt_batch.months.progress import Progress, Step, silent
from tdkt_batch.months.terms import Terms
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.returns.write import return_name, return_of

SECONDS_A_RETURN = 120
_MEMORY = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Job:
    """One unit's return to be written, with the month's own data and no other unit's."""

    report: MonthReport
    unit: UnitReport


def returns_of(
    terms: Terms, report: MonthReport, workers: int, on_progress: Progress = silent
) -> dict[str, tuple[str, bytes]]:
    """Return each unit's return with its file name, by unit code, in the register's order.

    A unit of which nothing could be read gets none.
    """
    bare = replace(report, files=(), units=(), containers=(), past=())
    wanted = [unit for unit in report.units if unit.submission is not None]
    jobs = [_Job(bare, replace(unit, earlier=None)) for unit in wanted]
    if workers == 0:
        contents = [return_of(terms.campaign, job.report, job.unit) for job in jobs]
    else:
        contents = [_alive(one) for one in _written(terms, jobs, workers, on_progress)]
    return {
        unit.unit.code: (return_name(terms.campaign, report, unit), content)
        for unit, content in zip(wanted, contents, strict=True)
        if content is not None
    }


def _written(
    terms: Terms, jobs: list[_Job], workers: int, on_progress: Progress
) -> tuple[bytes | Death | None, ...]:
    done = count(1)
    work = Work(_write_here, _load, (terms.folder, terms.register))
    conditions = Conditions(
        workers=max(1, min(workers, len(jobs))), seconds=SECONDS_A_RETURN, memory=_MEMORY
    )
    on_progress(Step.RETURNS, 0, len(jobs))
    return work_apart(
        work, jobs, conditions,
        lambda _job, _content: on_progress(Step.RETURNS, next(done), len(jobs)),
    )  # fmt: skip


def _alive(content: bytes | Death | None) -> bytes | None:
    if isinstance(content, Death):
        raise OutputError(
            "biểu gửi lại cho đơn vị: tiến trình ghi biểu bị dừng giữa chừng; "
            "hãy chạy lại với --workers 1, hoặc --no-letters để bỏ qua biểu gửi lại"
        )
    return content


# --- in the worker process -------------------------------------------------------------------

_loaded: list[Campaign] = []
"""The worker's campaign, loaded once before its first job."""


def _load(folder: str, register: Path | None) -> None:
    _loaded[:] = [load_campaign(folder, register)]


def _write_here(job: _Job) -> bytes | None:
    return return_of(_loaded[0], job.report, job.unit)
