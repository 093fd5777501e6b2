"""The sample month as a folder of files, with the truth about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.draft import Province
from tdkt_batch.demo.faults_across import PLANTINGS_ACROSS
from tdkt_batch.demo.faults_base import OF_DELEGATES
from tdkt_batch.demo.faults_cells import OF_CELLS
from tdkt_batch.demo.faults_files import OF_FILES
from tdkt_batch.demo.faults_programme import OF_PROGRAMME
from tdkt_batch.demo.faults_report import OF_REPORTS
from tdkt_batch.demo.faults_upper import OF_UPPER_UNITS
from tdkt_batch.demo.files import (
    UNIT_STATES,
    Progress,
    archive,
    contents_of,
    put,
    sent_files,
)
from tdkt_batch.demo.province import planted_province
from tdkt_batch.demo.strays import strays
from tdkt_batch.demo.truth import Planted, Truth
from tdkt_batch.report import FileState

RECEIVED_UNTIL = datetime(2015, 3, 25, 17)  # noqa: DTZ001 — the office's clock, as all moments
"""The moment up to which the sample month's files count."""

PLANTINGS = (
    *OF_DELEGATES, *OF_PROGRAMME, *OF_UPPER_UNITS, *OF_REPORTS, *OF_CELLS, *OF_FILES,
)  # fmt: skip
"""All faults that lie within one unit's form or file; a unit has one at most."""


def sample_province(campaign: Campaign) -> tuple[Province, tuple[Planted, ...]]:
    """Return all forms of the month with their faults, and what must be found of them."""
    return planted_province(campaign, PLANTINGS, PLANTINGS_ACROSS)


def make_province(
    folder: Path,
    campaign: Campaign,
    workers: int = 1,
    on_progress: Progress = lambda _done, _of: None,
) -> Truth:
    """Write the sample month's files into ``folder`` and return what a run must find.

    The same campaign gives the same names, bytes and times in every run, whatever
    the number of ``workers`` that write.
    """
    province, planted = sample_province(campaign)
    contents = contents_of(campaign, province, workers, on_progress)
    zipped, members = archive(province, contents)
    loose = put(folder, sent_files(campaign, province, contents))
    put(folder, [zipped])
    others = put(folder, strays(campaign, province, contents))
    return truth_of(province, planted, (loose, members, others))


def truth_of(
    province: Province, planted: tuple[Planted, ...], files: Iterable[dict[str, FileState]]
) -> Truth:
    """Return the truth about a province whose files are in these states."""
    states = {name: state for some in files for name, state in some.items()}
    return Truth(
        planted=planted,
        units={code: UNIT_STATES[draft.fate] for code, draft in province.items()},
        names={code: draft.unit.name for code, draft in province.items()},
        files=dict(sorted(states.items())),
    )
