"""A run that was made wrongly is taken back: the next one is as if it had not been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import Ledger, open_ledger
from tdkt_batch.months.inputs import received_for
from tdkt_batch.outputs.publish import finish_interrupted
from tdkt_batch.wording import months as say


def forget_run(out: Path, number: int, operator: str, now: datetime) -> Run:
    """Enter in the ledger that a run is taken back; return it.

    The ledger goes on knowing that it was; what it wrote stands until the month is run
    again. Raises ``InputError`` for a run that there is not, or no more, for one whose
    result was issued, and for one on whose files a later result stands.
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
        if later := _standing_on(run, ledger):
            raise InputError(_what_is_in_the_way(run, later, ledger))
        ledger.forget(number, operator, now)
    return run


def _standing_on(run: Run, ledger: Ledger) -> list[Run]:
    """Return what has to be taken back before a run, the newest first.

    These are the later runs of its month; of another month those whose result counts, the
    last and the issued ones, where only ``run`` gave a file that they have.
    """
    later: list[Run] = []
    for one in ledger.runs():
        if one.number <= run.number:
            continue
        if one.month != run.month:
            counts = one == ledger.last_run(one.month) or ledger.is_issued(one.number)
            if not counts or not _has_files_only_of(run, one, ledger):
                continue
        later.append(one)
    return later[::-1]


def _has_files_only_of(run: Run, later: Run, ledger: Ledger) -> bool:
    """Tell whether ``later`` has a file that no run but ``run`` had given by then."""
    known = ledger.runs(as_of=later.number)
    others = {number for one in known if one.number != run.number for number in one.given}
    had = received_for(later.month, later.received_until, ledger, as_of=later.number)
    numbers = {arrival.number for arrival in had.arrivals}
    return not numbers.isdisjoint(set(run.given) - others)


def _what_is_in_the_way(run: Run, later: Sequence[Run], ledger: Ledger) -> str:
    """Return the sentence on the runs that stand on a run's files."""
    issued = next((one for one in later if ledger.is_issued(one.number)), None)
    if issued is not None:
        said = {"issued": issued.number, "month": issued.month.vietnamese}
        return say.RUN_BEFORE_ISSUED.format(number=run.number, **said)
    named = ", ".join(
        say.RUN_OF_MONTH.format(number=one.number, month=one.month.vietnamese) for one in later
    )
    return say.RUN_BEFORE_OTHERS.format(number=run.number, later=named, newest=later[0].number)
