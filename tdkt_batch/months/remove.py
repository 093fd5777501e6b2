"""A month removed for good: its results, the files that only it needs, all that is known of it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from tdkt_batch.errors import InputError, OutputError
from tdkt_batch.ledger.database import NAME
from tdkt_batch.ledger.facts import Removal
from tdkt_batch.ledger.kept_files import DAMAGED, FOLDER, LOG
from tdkt_batch.ledger.store import Ledger, open_ledger
from tdkt_batch.machine.disk import cause_of
from tdkt_batch.model import Month
from tdkt_batch.months.board_decisions import CONTROL
from tdkt_batch.outputs.publish import finish_interrupted
from tdkt_batch.wording import months as say

SENT_OUT = "bieu-gui-di"
"""Where the forms that were filled in for the units lie, a folder a month."""


def remove_month(out: Path, month: Month, operator: str, now: datetime) -> Removal:
    """Remove a month from the output folder, from ``luu-tru`` and from the ledger.

    The ledger goes on knowing that it was removed, when and by whom. The control workbook
    is written anew by the next run. Raises ``InputError`` for a month that was not run and
    for one between others: the oldest are removed first, or the newest; ``OutputError``
    where a file is held by another program.
    """
    with open_ledger(out, operator, now) as ledger:
        finish_interrupted(out, {run.manifest for run in ledger.runs()})
        require_removable(month, ledger)
        for path in _places(out, month):
            try:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            except OSError as error:
                reason, remedy = cause_of(error)
                said = {"place": path, "reason": reason, "remedy": remedy}
                raise OutputError(say.NOT_REMOVED.format(**said)) from error
        return ledger.remove_month(month, operator, now)


def require_removable(month: Month, ledger: Ledger) -> None:
    """Raise ``InputError`` unless the month was run and is the oldest or the newest."""
    months = sorted({run.month for run in ledger.runs()})
    if month not in months:
        raise InputError(say.NOTHING_TO_REMOVE.format(month=month.vietnamese))
    if month not in (months[0], months[-1]):
        raise InputError(
            say.REMOVE_OLDER_FIRST.format(month=month.vietnamese, oldest=months[0].vietnamese)
        )


def _places(out: Path, month: Month) -> list[Path]:
    """Return what lies in the output folder of a month, and copies that were set aside damaged."""
    aside = f"{Path(NAME).stem}{DAMAGED}-*"
    paths = [out / str(month), out / SENT_OUT / str(month), out / CONTROL]
    paths += [*out.glob(aside), *(out / FOLDER / LOG).glob(f"*{DAMAGED}")]
    return [path for path in paths if path.exists()]
