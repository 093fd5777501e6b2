"""The sample month from nothing to the workbook."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tdkt_batch.campaign.load import DEFAULT, load_campaign
from tdkt_batch.demo.clean import MONTH
from tdkt_batch.demo.sample import RECEIVED_UNTIL, make_province
from tdkt_batch.demo.truth import truth_csv
from tdkt_batch.month import MonthRequest, MonthResult, run_month
from tdkt_batch.months.readings import Progress
from tdkt_batch.publish import publish, staging_in

_MORNING_AFTER = RECEIVED_UNTIL + timedelta(days=30)
"""When the sample is run by its own calendar: all its files have arrived."""
INPUTS, TRUTH = "mau-gui-ve", "su-that.csv"
"""Where the sample's files lie, and what must be found in them."""


def run_demo(folder: Path, workers: int, on_progress: Progress) -> MonthResult:
    """Write the sample's files into ``folder``, run their month beside them and return it."""
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
