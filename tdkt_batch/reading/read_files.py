"""Reading in worker processes: what kills a reader costs one file, nothing more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath
from zipfile import BadZipFile

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.forms_read.papers import check_figures_in
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.machine.workers import Conditions, Death, Work
from tdkt_batch.machine.workplace import ThisMachine, Workplace
from tdkt_batch.model import Arrival, Outcome, Source, Submission
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.values import CompactCells
from tdkt_batch.workbooks.read import Unread

SECONDS_A_FILE = 20
"""How much work of the processor one file may take; a form takes some hundredths of a second."""
CLOCK_A_FILE = 300
"""How many seconds may pass meanwhile: a disk or a share may be slow, and others at work."""
MEMORY_A_FILE = 1024 * 1024 * 1024
"""How many bytes a reader may grow to; with a form it stays below a tenth of that."""
_PAPERS = ("pdf", "document")
"""The reasons that say a file is a paper, whose text may tell of which form."""
_SYSTEM_FILES = ("thumbs.db", "desktop.ini", ".ds_store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one file: a submission with its form rules' outcomes, or why not."""

    source: Source
    submission: Submission | None = None
    outcomes: tuple[Outcome, ...] = ()
    unread: Unread | None = None


_PASSING = frozenset((*Death, "reader_error", "not_readable", "changed"))
"""Why a file could not be read this time: of the machine at that moment, not of the file."""


def is_final(reading: Reading) -> bool:
    """Tell whether the file would be read just so another time; deaths are tried again."""
    return reading.unread is None or reading.unread.reason not in _PASSING


Progress = Callable[[Reading], None]
"""Is given each reading once it is there, in any order."""
_HERE = ThisMachine()


def read_all(
    arrivals: Iterable[Arrival],
    campaign: Campaign,
    workers: int = 1,
    on_progress: Progress = lambda _reading: None,
    workplace: Workplace = _HERE,
) -> tuple[Reading, ...]:
    """Return the reading of each file, in their order.

    Each is read in one of ``workers`` child processes, or by those of another
    ``workplace``, which get the campaign as it is here; with 0 workers, in this process
    and without its protection.
    """
    given = tuple(arrivals)
    readings: list[Reading] = []
    if workers == 0:
        for arrival in given:
            readings.append(read_one(arrival, campaign))
            on_progress(readings[-1])
        return tuple(readings)

    def reading_of(arrival: Arrival, result: Reading | Death) -> Reading:
        if isinstance(result, Reading):
            return result
        said = {"seconds": str(SECONDS_A_FILE)}
        return Reading(source=arrival.source, unread=Unread(result.value, said))

    work = Work(_read_here, _take, (campaign,))
    conditions = Conditions(
        workers=min(workers, len(given)),
        seconds=SECONDS_A_FILE,
        memory=MEMORY_A_FILE,
        clock=CLOCK_A_FILE,
    )
    jobs = given if workplace.has_our_files else map(_carried, given)
    results = workplace.do(work, jobs, conditions, lambda *done: on_progress(reading_of(*done)))
    return tuple(map(reading_of, given, results))


@dataclass(frozen=True, slots=True)
class _Carried(Arrival):
    """A file with its content, for a reader that does not see the disk on which it lies."""

    content: bytes | OSError = b""

    def read(self) -> bytes:
        """Return the content, or raise what its disk said."""
        if isinstance(self.content, OSError):
            raise self.content
        return self.content


def _carried(arrival: Arrival) -> Arrival:
    """Return a file with its content, unless it is not to be opened."""
    if _not_to_be_opened(arrival):
        return arrival
    try:
        content: bytes | OSError = arrival.read()
    except OSError as error:
        content = error
    given = {one.name: getattr(arrival, one.name) for one in fields(arrival)}
    return _Carried(**given, content=content)


# --- in the worker process -------------------------------------------------------------------

_loaded: list[Campaign] = []
"""The worker's campaign, taken once before its first job."""


def _take(campaign: Campaign) -> None:
    _loaded[:] = [campaign]


def _read_here(arrival: Arrival) -> Reading:
    return read_one(arrival, _loaded[0])


def read_one(arrival: Arrival, campaign: Campaign) -> Reading:
    """Return the reading of one file; whatever it raises costs this file only."""
    source = arrival.source
    unread = _not_to_be_opened(arrival)
    try:
        if unread is None:
            content = arrival.read()
            if hashlib.sha256(content).hexdigest() != source.sha256:
                return Reading(source=source, unread=Unread("changed"))
            read = read_form(content, source, campaign)
            if isinstance(read, Submission):
                form, unit = campaign.form(read.form), campaign.unit(read.unit)
                outcomes = form_outcomes(campaign, form, read, unit)
                return Reading(source=read.source, submission=compact(read), outcomes=outcomes)
            unread = read
            if read.reason in _PAPERS:
                unread = replace(read, check_figures=check_figures_in(content))
    except (OSError, BadZipFile) as error:
        unread = Unread("not_readable", {"problem": type(error).__name__})
    except Exception as error:  # noqa: BLE001 — one file may cost that file only
        unread = Unread("reader_error", {"problem": f"{type(error).__name__}: {error}"})
    return Reading(source=source, unread=unread)


def compact(submission: Submission) -> Submission:
    """Return the submission with its cells in short: they are most of what a month holds."""
    tables = {
        id_: tuple(replace(row, values=CompactCells.of(row.values)) for row in rows)
        for id_, rows in submission.tables.items()
    }
    return replace(submission, values=CompactCells.of(submission.values), tables=tables)


def _not_to_be_opened(arrival: Arrival) -> Unread | None:
    """Return why a file is not to be opened: by its name, or because it cannot be had."""
    name = PurePosixPath(arrival.source.name).name.lower()
    if arrival.problem:
        return Unread(arrival.problem, {"problem": arrival.detail})
    if name.startswith(("~$", ".~lock.")):
        return Unread("lock_file")
    if name.startswith("._") or name in _SYSTEM_FILES:
        return Unread("system_file")
    return None
