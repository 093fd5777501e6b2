"""A month's result as it stands: its names, whether it is whole, whether it is this very one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from tdkt_batch.figures.questions_of_files import FileQuestion
from tdkt_batch.figures.unit_lines import missing_values
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.machine.program import program_digest
from tdkt_batch.model import Month
from tdkt_batch.months.board_decisions import CONTROL, ControlAsRead
from tdkt_batch.months.campaign_in_force import Terms
from tdkt_batch.months.inputs import Received, Resources
from tdkt_batch.months.request import MonthRequest, MonthResult
from tdkt_batch.outputs import quarantine
from tdkt_batch.report import MonthReport
from tdkt_batch.sheets.overflow_files import FOLDER as REST_FOLDER
from tdkt_batch.unpack.gather import Gathered

LETTERS = "thong-bao"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMonth:
    """A month that was judged, with all that its results are written from.

    ``past`` are the keys of the months before, in the order of the report's own,
    ``given`` is what this run was given, ``of_files`` what is asked about files.
    """

    report: MonthReport
    terms: Terms
    resources: Resources
    past: tuple[str, ...]
    received: Received
    given: Gathered
    control: ControlAsRead
    of_files: tuple[FileQuestion, ...] = ()


class ResultNames(NamedTuple):
    """The pieces of a month's result by their names below the output folder.

    ``letters`` holds returns, letters and the report, ``quarantine`` the files that
    could not be used, ``rest`` what the workbook's sheets could not hold, ``values`` and
    ``figures`` the workbook's figures for programs.
    """

    letters: str
    quarantine: str
    rest: str
    values: str
    figures: str
    workbook: str
    manifest: str


def result_names(month: Month) -> ResultNames:
    """Return the names of a month's pieces."""
    return ResultNames(
        letters=f"{month}/{LETTERS}",
        quarantine=f"{month}/{quarantine.FOLDER}",
        rest=f"{month}/{REST_FOLDER}",
        values=f"{month}/so-lieu-{month}.csv",
        figures=f"{month}/so-lieu-{month}-chi-tieu.csv",
        workbook=f"{month}/tong-hop-{month}.xlsx",
        manifest=f"{month}/bang-ke-{month}.json",
    )


# --- what stands already ----------------------------------------------------------------------


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


def standing_of(out: Path, run: Run) -> Standing:
    """Return whether a month's results stand as its last run wrote them."""
    names = result_names(run.month)
    hash_now = {names.manifest: hash_of(out / names.manifest)}
    hash_written = {names.manifest: run.manifest}
    if hash_now == hash_written:
        manifest: dict[str, Any] = json.loads((out / names.manifest).read_text(encoding="utf-8"))
        hash_written = {one["name"]: one["sha256"] for one in manifest["outputs"]}
        hash_now = {name: hash_of(out / name) for name in hash_written}
    return Standing(
        workbook=names.workbook,
        manifest=names.manifest,
        changed=tuple(n for n, now in hash_now.items() if now and now != hash_written[n]),
        missing=tuple(n for n, now in hash_now.items() if not now),
    )


def forgotten_that_stands(out: Path, month: Month, ledger: Ledger) -> Run | None:
    """Return the run of ``month`` that was taken back and whose results stand; None if none is."""
    own = (one.run for one in reversed(ledger.forgotten()) if one.run.month == month)
    return next((run for run in own if standing_of(out, run).is_whole), None)


def result_key(judged: JudgedMonth, request: MonthRequest) -> str:
    """Return the digest of all that the results depend on."""
    report, ledger = judged.report, judged.resources.ledger
    numbers = sorted(judged.received.number_by_source.values())
    said = repr((
        str(report.month), report.received_until, numbers, report.containers,
        judged.terms.campaign.digest,
        [one for one in ledger.decisions() if not one.question], judged.past,
        report.notes, request.letters, program_digest(),
        [(file.source.name, file.state, file.reason) for file in report.files],
    ))  # fmt: skip
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def standing_result(judged: JudgedMonth, request: MonthRequest) -> MonthResult | None:
    """Return the result that stands, when it is this very one and all of it is whole.

    What the officer answered to the program's questions changes the control workbook alone.
    """
    if any(one.question for one in judged.control.decided):
        return None
    last = judged.resources.ledger.last_run(request.month)
    # letters that stand of this very result are no reason to write another without them
    keys = {result_key(judged, one) for one in (request, replace(request, letters=True))}
    if last is None or last.key not in keys:
        return None
    if not standing_of(request.out, last).is_whole or not (request.out / CONTROL).exists():
        return None
    manifest = (request.out / result_names(request.month).manifest).read_text(encoding="utf-8")
    return month_result(judged, request, json.loads(manifest), is_unchanged=True)


def month_result(
    judged: JudgedMonth,
    request: MonthRequest,
    manifest: Mapping[str, Any],
    *notes: str,
    is_unchanged: bool = False,
) -> MonthResult:
    """Return what the operator is told of a month whose results stand in the output folder."""
    names, out = result_names(request.month), request.out
    quarantined, letters = out / names.quarantine, out / names.letters
    return MonthResult(
        report=judged.report,
        words=judged.terms.campaign.words,
        manifest=manifest,
        workbook=out / names.workbook,
        manifest_file=out / names.manifest,
        control=out / CONTROL,
        lacking=len(missing_values(judged.terms.campaign, judged.report)),
        quarantine=quarantined if quarantined.exists() else None,
        letters=letters if letters.exists() else None,
        notes=notes,
        is_unchanged=is_unchanged,
    )
