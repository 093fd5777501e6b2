"""A month's result that leadership signed (ban hành) stays as it was, whatever is run after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.codec import write_text
from tdkt_batch.ledger.facts import Issue, Run
from tdkt_batch.ledger.store import Ledger, open_ledger
from tdkt_batch.letters.report import REPORT_FILE, SLIP_FILE
from tdkt_batch.model import Month
from tdkt_batch.months.earlier_months import decided_since, months_before
from tdkt_batch.months.inputs import Resources
from tdkt_batch.months.listing import all_months
from tdkt_batch.months.standing import LETTERS, result_names, standing_of
from tdkt_batch.months.still_open import StillOpen, still_open
from tdkt_batch.outputs.publish import finish_interrupted, publish, staging_in, unpacking_folder
from tdkt_batch.vietnamese.writing import first_of
from tdkt_batch.wording import months as say

FOLDER = "ban-hanh"
_FILES_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueResult:
    """What was issued and where its copies stand; ``is_new`` unless it had been issued before.

    ``still_open`` is what nobody decided or mended before; None where it is not new.
    """

    issue: Issue
    folder: Path
    is_new: bool
    still_open: StillOpen | None = None


def issue_month(out: Path, month: Month, operator: str, now: datetime) -> IssueResult:
    """Enter the result that stands of a month as signed, and keep its workbook and report.

    A result that was issued already, be it made again by a later run, is laid out again.
    Raises ``InputError`` where the month was not run, or what stands is not what its last
    run wrote or would write now.
    """
    with open_ledger(out, operator, now) as ledger, unpacking_folder() as folder:
        finish_interrupted(out, {run.manifest for run in ledger.runs()})
        run = ledger.last_run(month)
        if run is None:
            raise InputError(say.NOT_RUN_YET.format(month=month.vietnamese, option=month))
        issue = ledger.last_issue(month)
        is_new = not ledger.is_as_issued(month, run.key)
        left = None
        if issue is None or is_new:
            _refuse_what_has_changed(out, run, ledger)
            resources = Resources(ledger=ledger, folder=folder, workers=1)
            record = next(one for one in all_months(resources) if one.month == month)
            left = still_open(run, months_before(month, resources).records, resources)
            issue = Issue(
                month=month,
                number=issue.number + 1 if issue else 1,
                run=run.number,
                moment=now,
                operator=operator,
                files=tuple(
                    (file.name, ledger.keep(file.read_bytes(), file.suffix))
                    for file in _signed_files(out, month)
                ),
                record=ledger.keep(write_text(record)),
            )
            ledger.record_issue(issue)
        name = f"{month}/{FOLDER}/lan-{issue.number}"
        with staging_in(out) as staging:
            (staging / name).mkdir(parents=True)
            for file, sha256 in issue.files:
                (staging / name / file).write_bytes(ledger.kept(sha256).read_bytes())
            publish(staging, out, [name])
    return IssueResult(issue=issue, folder=out / name, is_new=is_new, still_open=left)


def _signed_files(out: Path, month: Month) -> list[Path]:
    """Return the workbook and, where they were written, its figures, the report and its slip."""
    names = result_names(month)
    others = [out / names.values, out / names.figures]
    others += [
        out / str(month) / LETTERS / name.format(month=month) for name in (REPORT_FILE, SLIP_FILE)
    ]
    return [out / names.workbook, *(one for one in others if one.exists())]


def _refuse_what_has_changed(out: Path, run: Run, ledger: Ledger) -> None:
    """Raise ``InputError`` unless what stands is what the month's last run says of it."""
    said = {"month": run.month.vietnamese, "option": run.month}
    standing = standing_of(out, run)
    if not standing.is_whole:
        files = (*standing.missing, *standing.changed)
        named = first_of(files, _FILES_NAMED, ", ")
        raise InputError(say.NOT_AS_WRITTEN.format(files=named, **said))
    if decided := decided_since(run.number, run.month, ledger):
        raise InputError(say.DECIDED_SINCE.format(number=len(decided), **said))
