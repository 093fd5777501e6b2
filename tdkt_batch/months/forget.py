"""A run that was made wrongly is taken back: the next one is as if it had not been."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.outputs.publish import finish_interrupted
from tdkt_batch.wording import months as say


def forget_run(out: Path, number: int, operator: str, now: datetime) -> Run:
    """Enter in the ledger that a run is taken back; return it.

    The ledger goes on knowing that it was; what it wrote stands until the month is run
    again. Raises ``InputError`` for a run that there is not, or no more, and for one
    whose result was issued.
    """
    with open_ledger(out, operator, now) as ledger:
        finish_interrupted(out, {run.manifest for run in ledger.runs()})
        runs = {run.number: run for run in ledger.runs()}
        if any(one.run.number == number for one in ledger.forgotten()):
            raise InputError(say.FORGOTTEN_ALREADY.format(number=number))
        if number not in runs:
            known = ", ".join(f"{n} ({run.month.vietnamese})" for n, run in runs.items())
            raise InputError(say.NO_SUCH_RUN.format(number=number, known=known or say.NONE_YET))
        run = runs[number]
        if ledger.is_issued(number):
            raise InputError(say.ISSUED_RUN.format(number=number, month=run.month.vietnamese))
        ledger.forget(number, operator, now)
    return run
