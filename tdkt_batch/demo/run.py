"""The sample month from nothing to the workbook."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.demo.clean import MONTH
from tdkt_batch.demo.sample import RECEIVED_UNTIL, make_province
from tdkt_batch.demo.truth import truth_csv
from tdkt_batch.ledger.contents import FOLDER as VAULT
from tdkt_batch.ledger.database import NAME as LEDGER
from tdkt_batch.month import MonthRequest, MonthResult, run_month
from tdkt_batch.months.control import CONTROL
from tdkt_batch.months.progress import Progress
from tdkt_batch.publish import publish, staging_in

_MORNING_AFTER = RECEIVED_UNTIL + timedelta(days=30)
"""When the sample is run by its own calendar: all its files have arrived."""
INPUTS, TRUTH = "mau-gui-ve", "su-that.csv"
"""Where the sample's files lie, and what must be found in them."""


def run_demo(folder: Path, workers: int, on_progress: Progress) -> MonthResult:
    """Write the sample's files into ``folder``, run their month beside them and return it.

    What an earlier demo left there is forgotten: a sample has no history.
    """
    _forget(folder)
    with staging_in(folder) as staging:
        truth = make_province(staging / INPUTS, load_campaign())
        (staging / TRUTH).write_text(truth_csv(truth), encoding="utf-8-sig", newline="\r\n")
        publish(staging, folder, (INPUTS, TRUTH))
    request = MonthRequest(
        paths=(folder / INPUTS,),
        month=MONTH,
        received_until=RECEIVED_UNTIL,
        now=_MORNING_AFTER,
        operator="demo",
        campaign=DEFAULT,
        out=folder,
        workers=workers,
    )
    return run_month(request, on_progress)


def _forget(folder: Path) -> None:
    """Remove the ledger of an earlier demo, and nothing where no demo was."""
    if not (folder / TRUTH).exists():
        return
    shutil.rmtree(folder / VAULT, ignore_errors=True)
    for name in (LEDGER, CONTROL):
        (folder / name).unlink(missing_ok=True)
