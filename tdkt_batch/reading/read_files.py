"""Reading in worker processes: what kills a reader costs one file, nothing more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms_read.identify import unit_by_file_name
from tdkt_batch.forms_read.read import read_form
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart
from tdkt_batch.model import Outcome, Source, Submission
from tdkt_batch.rules.outcomes import form_outcomes
from tdkt_batch.unpack.gather import Attachment
from tdkt_batch.workbooks.read import Unread

SECONDS_A_FILE = 20
"""How long one file may take; a form takes some hundredths of a second."""
MEMORY_A_FILE = 1024 * 1024 * 1024
"""How many bytes a reader may grow to; with a form it stays below a tenth of that."""
_SYSTEM_FILES = ("thumbs.db", "desktop.ini", ".ds_store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one attachment: a submission with its form rules' outcomes, or why not."""

    source: Source
    submission: Submission | None = None
    outcomes: tuple[Outcome, ...] = ()
    unread: Unread | None = None


Progress = Callable[[Reading], None]
"""Is given each reading once it is there, in any order."""


def read_all(
    attachments: Iterable[Attachment],
    campaign_folder: str,
    register: Path | None = None,
    workers: int = 1,
    on_progress: Progress | None = None,
) -> tuple[Reading, ...]:
    """Return the reading of each attachment, in their order.

    Each is read in one of ``workers`` child processes, which load the campaign
    once; with 0 workers, in this process and without its protection.
    """
    given = tuple(attachments)
    tell = on_progress or (lambda _reading: None)
    if workers == 0:
        campaign = load_campaign(campaign_folder, register)
        return tuple(_told(read_one(one, campaign), tell) for one in given)
    work = Work(_read_here, _load, (campaign_folder, register), _carefully)
    conditions = Conditions(
        workers=min(workers, len(given)), seconds=SECONDS_A_FILE, memory=MEMORY_A_FILE
    )
    results = work_apart(work, given, conditions, lambda one, what: tell(_reading(one, what)))
    return tuple(_reading(one, what) for one, what in zip(given, results, strict=True))


def _told(reading: Reading, tell: Progress) -> Reading:
    tell(reading)
    return reading


def _reading(attachment: Attachment, result: Reading | Death) -> Reading:
    return _lost(attachment, result) if isinstance(result, Death) else result


def _carefully(attachment: Attachment) -> Attachment:
    return replace(attachment, careful=True)


def _lost(attachment: Attachment, death: Death) -> Reading:
    return _unread(attachment, Unread(death.value, {"seconds": str(SECONDS_A_FILE)}))


def _unread(attachment: Attachment, unread: Unread) -> Reading:
    return Reading(source=attachment.source, unread=unread)


# --- in the worker process -------------------------------------------------------------------

_loaded: list[Campaign] = []
"""The worker's campaign, loaded once before its first job."""


def _load(campaign_folder: str, register: Path | None) -> None:
    _loaded[:] = [load_campaign(campaign_folder, register)]


def _read_here(attachment: Attachment) -> Reading:
    return read_one(attachment, _loaded[0])


def read_one(attachment: Attachment, campaign: Campaign) -> Reading:
    """Return the reading of one attachment; whatever it raises costs this file only."""
    if problem := _problem(attachment):
        return _unread(attachment, _with_unit(problem, attachment, campaign))
    try:
        content = attachment.read()
        if hashlib.sha256(content).hexdigest() != attachment.source.sha256:
            return _unread(attachment, Unread("changed"))
        result = read_form(content, attachment.source, campaign, careful=attachment.careful)
        if isinstance(result, Unread):
            return _unread(attachment, _with_unit(result, attachment, campaign))
        return _judged(result, campaign)
    except (OSError, BadZipFile) as error:
        unread = Unread("not_readable", {"problem": type(error).__name__})
    except Exception as error:  # noqa: BLE001 — one file may cost that file only
        unread = Unread("reader_error", {"problem": f"{type(error).__name__}: {error}"})
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the Rust reader; it has no other door
            raise
        unread = Unread("damaged", {"problem": "PanicException"})
    return _unread(attachment, _with_unit(unread, attachment, campaign))


def _judged(submission: Submission, campaign: Campaign) -> Reading:
    unit = campaign.unit(submission.unit)
    outcomes = form_outcomes(campaign, campaign.form(submission.form), submission, unit)
    return Reading(source=submission.source, submission=submission, outcomes=outcomes)


def _problem(attachment: Attachment) -> Unread | None:
    """Return why the attachment is not to be opened: by its name, or because it cannot be had."""
    name = PurePosixPath(attachment.source.name).name.lower()
    if attachment.problem:
        return Unread(attachment.problem, {"problem": attachment.detail})
    if name.startswith(("~$", ".~lock.")):
        return Unread("lock_file")
    if name.startswith("._") or name in _SYSTEM_FILES:
        return Unread("system_file")
    return None


def _with_unit(unread: Unread, attachment: Attachment, campaign: Campaign) -> Unread:
    """Return ``unread`` with the unit that the file's name speaks of, where it has none."""
    if unread.unit:
        return unread
    return replace(unread, unit=unit_by_file_name(attachment.source.name, campaign))
