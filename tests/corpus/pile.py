"""The whole pile: every case's files in a folder of its own, sent by units of the register."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from corpus import (
    cells,
    containers,
    damaged,
    libreoffice_saved,
    mails,
    names,
    whole_forms,
    wrong_kinds,
)
from corpus.case import SENT, Case
from corpus.clerk import CAMPAIGN, MONTH, Clerk
from tdkt_batch.model import OFFICE_TIME

CASES: tuple[Case, ...] = (
    *whole_forms.CASES,
    *cells.CASES,
    *libreoffice_saved.CASES,
    *names.CASES,
    *containers.CASES,
    *mails.CASES,
    *wrong_kinds.CASES,
    *damaged.CASES,
)


def clerks() -> dict[str, Clerk]:
    """Return who sends each case: nobody sends two of those that are read."""
    units = {
        level: [u for u in CAMPAIGN.units_in(MONTH) if u.level == level]
        for level in ("base", "upper")
    }
    shared = Clerk(units["base"].pop(), units["base"].pop())
    return {case.id: shared if case.unit == "shared" else _next(case, units) for case in CASES}


def _next(case: Case, units: Mapping[str, list]) -> Clerk:
    rest = units["upper" if case.unit == "upper" else "base"]
    unit = rest.pop(0)
    return Clerk(unit, rest.pop(0) if case.unit == "two" else rest[0])


def lay_out(folder: Path, case: Case, clerk: Clerk) -> None:
    """Write the files of a case into its folder."""
    for name, made in case.files(clerk).items():
        content, moment = made if isinstance(made, tuple) else (made, SENT)
        path = folder / case.id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        _date(path, moment)


def _date(path: Path, moment: datetime) -> None:
    seconds = moment.replace(tzinfo=OFFICE_TIME).timestamp()
    os.utime(path, (seconds, seconds))


def case_of(name: str) -> str:
    """Return the case in whose folder a file of this name lay."""
    return name.partition("/")[0]


def mine(case: Case, found: Iterator) -> list:
    """Return what belongs to a case of what was found, by its source's name."""
    return [one for one in found if case_of(one.source.name) == case.id]
