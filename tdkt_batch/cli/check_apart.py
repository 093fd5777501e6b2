"""``check`` in one worker process: this one loads nothing, the other all, and that once.

A form from elsewhere may end its reader; then nothing is known, and the caller goes the
slow way, in which such a form costs itself only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart

MOST_FILES = 10
"""More are read one by one in workers of their own."""
SECONDS_A_FILE = 40
"""How much work of the processor a file may take, with all that is loaded for it."""


class CheckAsked(NamedTuple):
    """What ``check`` was asked for."""

    files: tuple[Path, ...]
    campaign: str
    register: Path | None
    settings: Path | None
    as_json: bool
    width: int
    """How many columns of the window a line may fill."""
    codes: bool


class CheckTold(NamedTuple):
    """What ``check`` says: lines, or objects for programs; and what it is to end with.

    ``notes`` are about what was given, and stand beside the output.
    """

    notes: list[str]
    said: list[Any]
    has_faults: bool
    has_unread: bool


def check_apart(asked: CheckAsked) -> CheckTold | None:
    """Return what is to be said of a few files; None where it has to be found out one by one."""
    if len(asked.files) > MOST_FILES or not all(path.is_file() for path in asked.files):
        return None
    conditions = Conditions(workers=1, seconds=SECONDS_A_FILE * len(asked.files))
    (told,) = work_apart(Work(_check_here), (asked,), conditions)
    return None if isinstance(told, Death) else told


def check_one_by_one(asked: CheckAsked) -> CheckTold:
    """Return what is to be said of files and folders; what kills a reader costs that file only."""
    return _check(asked, workers=1)


def _check_here(asked: CheckAsked) -> CheckTold | None:
    """Check in the worker process; None when something has to be told by the parent."""
    from tdkt_batch.errors import TdktError

    try:
        return _check(asked, workers=0)
    except TdktError:
        return None


def _check(asked: CheckAsked, workers: int) -> CheckTold:
    from tdkt_batch.cli.office import office_of
    from tdkt_batch.cli.show_check import Telling, checked_lines, note_line
    from tdkt_batch.months.check_forms import as_objects, check_files

    office = office_of(asked.campaign, asked.register, asked.settings)
    campaign, overlay = office.campaign, office.overlay
    checked = check_files(asked.files, campaign, asked.campaign, overlay, workers)
    telling = Telling(asked.width, asked.codes)
    return CheckTold(
        notes=[note_line(note) for note in office.notes],
        said=list(
            as_objects(checked, campaign)
            if asked.as_json
            else checked_lines(checked, campaign, telling)
        ),
        has_faults=any(one.is_to_be_mended for one in checked),
        has_unread=any(one.submission is None for one in checked),
    )
