"""The sample's two months from nothing to the workbook."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.demo.draft_forms import MONTH
from tdkt_batch.demo.province import (
    FEBRUARY,
    FEBRUARY_RECEIVED_UNTIL,
    RECEIVED_UNTIL,
    make_february,
    make_province,
)
from tdkt_batch.demo.truth import truth_csv
from tdkt_batch.ledger.database import NAME as LEDGER
from tdkt_batch.ledger.kept_files import FOLDER as VAULT
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind, Severity
from tdkt_batch.months.board_decisions import CONTROL
from tdkt_batch.months.request import MonthRequest, MonthResult, Progress, Step
from tdkt_batch.months.run import run_month
from tdkt_batch.outputs.publish import publish, staging_in
from tdkt_batch.report import MonthReport

INPUTS, TRUTH = "mau-gui-ve", "su-that.csv"
"""Where the sample's files lie, and what must be found in those of the sample month."""
OPERATOR = "demo"
_LATER = RECEIVED_UNTIL + timedelta(days=30)
"""When the sample is run by its own calendar: all its files have arrived."""


def run_demo(folder: Path, workers: int, on_progress: Progress) -> MonthResult:
    """Write the sample's files into ``folder``, run both months beside them, return the second.

    What an earlier demo left there is forgotten: a sample has no history.
    """
    if (folder / TRUTH).exists():
        for place in (VAULT, str(FEBRUARY), str(MONTH)):
            shutil.rmtree(folder / place, ignore_errors=True)
        for name in (LEDGER, CONTROL):
            (folder / name).unlink(missing_ok=True)
    _write_inputs(folder, workers, on_progress)
    before = MonthRequest(
        paths=(folder / INPUTS / str(FEBRUARY),),
        month=FEBRUARY,
        received_until=FEBRUARY_RECEIVED_UNTIL,
        now=FEBRUARY_RECEIVED_UNTIL,
        operator=OPERATOR,
        campaign=DEFAULT,
        out=folder,
        workers=workers,
        letters=False,
        keeps_samples=True,
    )
    _accept_one_explanation(run_month(before, on_progress).report, folder)
    now = replace(
        before,
        paths=(folder / INPUTS / str(MONTH),),
        month=MONTH,
        received_until=RECEIVED_UNTIL,
        now=_LATER,
        letters=True,
    )
    return run_month(now, on_progress)


def _write_inputs(folder: Path, workers: int, on_progress: Progress) -> None:
    campaign = load_campaign()

    def tell(done: int, of: int) -> None:
        on_progress(Step.SAMPLE, done, of)

    with staging_in(folder) as staging:
        inputs = staging / INPUTS
        make_february(inputs / str(FEBRUARY), campaign, workers, tell)
        truth = make_province(inputs / str(MONTH), campaign, workers, tell)
        (staging / TRUTH).write_text(
            truth_csv(truth, campaign.words), encoding="utf-8-sig", newline="\r\n"
        )
        publish(staging, folder, (INPUTS, TRUTH))


def _accept_one_explanation(report: MonthReport, folder: Path) -> None:
    """Let the board accept the first explanation of the month, so that the sample shows one."""
    findings = (finding for unit in report.units for finding in unit.findings)
    decisions = [
        Decision(
            kind=DecisionKind.ACCEPTED,
            unit=finding.unit,
            month=finding.month,
            code=finding.code,
            field=finding.field,
            given=finding.given,
            explanation=finding.explanation,
            reason="Phù hợp với thực tế của đơn vị",
            approver="Trưởng ban",
            clause=finding.clause,
            decided=date(2015, 2, 27),
        )
        for finding in findings
        if finding.explanation and finding.severity is Severity.WARNING
    ]
    with open_ledger(folder, OPERATOR, FEBRUARY_RECEIVED_UNTIL) as ledger:
        ledger.decide(decisions[:1], OPERATOR, FEBRUARY_RECEIVED_UNTIL)
