"""Folders, files, archives and mail → arrivals: everything that was sent, each once.

Nothing is left out: lock files and pictures are arrivals too, for ``read_all``
to say what they are, and what cannot be unpacked is one with its reason. What
only holds others is a container. Content is kept under its hash; a sender's name
is data, and nothing is ever written under it.
"""

from __future__ import annotations

import mmap
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from tdkt_batch.errors import InputError
from tdkt_batch.machine.plain_files import plain_file
from tdkt_batch.machine.workers import Conditions, Crew, Death, Work
from tdkt_batch.model import OFFICE_TIME, Arrival, Container, Letter, Source
from tdkt_batch.unpack import marks
from tdkt_batch.unpack.members import File, Reason
from tdkt_batch.unpack.several_forms import FormsAsked, forms_in
from tdkt_batch.unpack.unpack import Unpacked, unpack
from tdkt_batch.vietnamese.shown import shown_path
from tdkt_batch.wording import unpack as say

SECONDS_A_LOOK = 20
"""How much work of the processor it may take to find several forms in a file."""
SECONDS_A_CONTAINER = 300
"""How long one given file may take to be unpacked; a mail archive of years takes a minute."""
MAXIMUM_FILE = 500 * 1024 * 1024
"""A larger file is not opened, unless it is a mail archive: that is read mail by mail."""
_MEMORY = 2048 * 1024 * 1024
UNPACKING_ENDED: Mapping[Death, str] = {
    Death.CRASHED: "unpacking_crashed",
    Death.TIMEOUT: "unpacking_timeout",
    Death.OUT_OF_MEMORY: "unpacking_out_of_memory",
}
"""Why a given file is one arrival whose unpacking had to be ended."""
_NO_ARCHIVE = (Reason.DAMAGED_ARCHIVE, Reason.EMPTY_ARCHIVE)
_OFFICE_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".doc", ".docx", ".odt")
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 — the office's own time, none is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that was sent: what is a file, and what only holds files."""

    arrivals: tuple[Arrival, ...]
    containers: tuple[Container, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file on the operator's disk; ``modified`` is None where it cannot be read."""

    path: Path
    name: str
    modified: datetime | None
    spool: Path


@dataclass(frozen=True, slots=True)
class Look:
    """A file that may hold the forms of several units or months; they go to ``spool``."""

    arrival: Arrival
    spool: Path
    forms: FormsAsked


def gather(
    paths: Iterable[Path],
    spool: Path,
    workers: int = 0,
    forms: FormsAsked | None = None,
    known: frozenset[str] = frozenset(),
) -> Gathered:
    """Return all files in ``paths``: folders with their sub-folders, archives and mails unpacked.

    What lay inside others is laid down in ``spool`` under its hash, and must stay
    there while it is read. It is unpacked in ``workers`` child processes; with 0,
    in this one and without its protection. A workbook with several of the ``forms``
    that are asked for holds a file for each; one whose hash is ``known`` is of one form
    and not looked into. A file reached twice is one arrival.
    Names are in NFC and begin with the given folder's own name where several paths
    are given; both arrivals and containers are sorted by them. Raises
    ``InputError`` for a path that does not exist or a folder that cannot be opened.
    """
    given = tuple(_given(tuple(paths), spool))
    with Crew(Work(_step)) as crew:
        found = [
            _ended(one, what) if isinstance(what, Death) else what
            for one, what in _done(given, crew, workers, SECONDS_A_CONTAINER)
        ]
        arrivals = [arrival for one in found for arrival in one.arrivals]
        if forms is not None:
            new = [one for one in arrivals if not one.problem and one.source.sha256 not in known]
            looks = [Look(arrival, spool, forms) for arrival in new]
            arrivals = [one for one in arrivals if one.problem or one.source.sha256 in known]
            for look, what in _done(looks, crew, workers, SECONDS_A_LOOK):
                parted = None if isinstance(what, Death) else what
                arrivals += parted.arrivals if parted else (look.arrival,)
                found += [parted] if parted else []
    containers = [container for one in found for container in one.containers]
    arrivals.sort(key=lambda a: (a.source.name, a.source.sha256, *_letter_key(a.source.letter)))
    containers.sort(key=lambda c: (c.name, *_letter_key(c.letter)))
    return Gathered(arrivals=tuple(arrivals), containers=tuple(containers))


def _done(
    steps: Sequence[GivenFile] | Sequence[Look],
    crew: Crew[GivenFile | Look, Gathered],
    workers: int,
    seconds: float,
) -> Iterator[tuple[Any, Gathered | Death]]:
    """Yield each step with what came of it."""
    if workers == 0:
        yield from ((step, _step(step)) for step in steps)
        return
    conditions = Conditions(workers=min(workers, len(steps)), seconds=seconds, memory=_MEMORY)
    yield from zip(steps, crew.do(steps, conditions), strict=True)


def _ended(given: GivenFile, death: Death) -> Gathered:
    """Return a file whose unpacking had to be ended as the one arrival that it is."""
    digest, size = sha256(), 0
    with suppress(OSError), plain_file(given.path) as stream:
        digest = file_digest(stream, "sha256")
        size = stream.tell()
    return Gathered(arrivals=(_whole(given, digest.hexdigest(), size, UNPACKING_ENDED[death]),))


def _letter_key(letter: Letter | None) -> tuple[str, ...]:
    return (str(letter.sent), letter.sender, letter.message_id) if letter else ()


# --- what was given --------------------------------------------------------------------------


def _given(paths: tuple[Path, ...], spool: Path) -> Iterator[GivenFile]:
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise InputError(say.NO_SUCH_PATH.format(path=path))
        for file, name in _files_in(path, with_root=len(paths) > 1):
            real = file.resolve()
            if real in seen:
                continue
            seen.add(real)
            modified = None
            with suppress(OSError):
                about = file.stat()
                if stat.S_ISREG(about.st_mode):
                    modified = datetime.fromtimestamp(int(about.st_mtime), OFFICE_TIME)
                    modified = modified.replace(tzinfo=None)
            yield GivenFile(file, shown_path(unicodedata.normalize("NFC", name)), modified, spool)


def _files_in(path: Path, *, with_root: bool) -> Iterator[tuple[Path, str]]:
    """Yield each file with its name inside ``path``; of a Maildir those that were delivered."""
    if not path.is_dir():
        yield path, path.name
        return

    def refuse(error: OSError) -> None:
        said = say.FOLDER_SHUT.format(folder=error.filename, problem=error.strerror)
        raise InputError(said) from error

    root = f"{path.resolve().name}/" if with_root else ""
    for folder, folders, files in os.walk(path, onerror=refuse):
        folders.sort()
        if {"cur", "new", "tmp"} <= set(folders):
            folders.remove("tmp")
        here = Path(folder)
        for name in sorted(files):
            yield here / name, f"{root}{(here / name).relative_to(path).as_posix()}"


# --- one given file → the files in it, in a worker process -----------------------------------


def _step(step: GivenFile | Look) -> Gathered:
    return unpack_file(step) if isinstance(step, GivenFile) else forms_apart(step)


def forms_apart(look: Look) -> Gathered:
    """Return the forms in a workbook of several, with it as their container; else the file."""
    arrival, source = look.arrival, look.arrival.source
    try:
        files = forms_in(source.name, arrival.read(), look.forms)
    except OSError:
        files = ()
    if not files:
        return Gathered(arrivals=(arrival,))
    whole = Container(name=source.name, kind="workbook", members=len(files), letter=source.letter)
    members = (replace(file, container=source.name, letter=source.letter) for file in files)
    arrivals = (
        replace(_laid_down(one, source.modified, look.spool), problem=str(one.reason or ""))
        for one in members
    )
    return Gathered(arrivals=tuple(arrivals), containers=(whole,))


def unpack_file(given: GivenFile) -> Gathered:
    """Return all files in ``given``; what cannot be opened is an arrival with its reason.

    A file that holds no others is its own only arrival.
    """
    problem, detail, size = "", "", 0
    if given.modified is None:
        problem, detail = "not_readable", say.NO_PLAIN_FILE
    else:
        try:
            with plain_file(given.path) as stream:
                size = os.fstat(stream.fileno()).st_size
                if size and stream.read(5) == b"From ":
                    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
                        if marks.is_mbox(content):
                            return _mails_unpacked(given, content)
                if size <= MAXIMUM_FILE:
                    stream.seek(0)
                    unpacked = unpack(given.name, stream.read(size))
                    arrivals = tuple(_arrivals(given, unpacked))
                    return Gathered(arrivals=arrivals, containers=unpacked.containers)
            problem = "too_large"
        except OSError as error:
            problem, detail, size = "not_readable", error.strerror or type(error).__name__, 0
    whole = _whole(given, sha256(b"").hexdigest(), size, problem, detail)
    return Gathered(arrivals=(whole,))


def _whole(
    given: GivenFile, digest: str, size: int, problem: str = "", detail: str = ""
) -> Arrival:
    """Return a given file as the one arrival that it is when it was not opened."""
    modified = given.modified or _NO_TIME
    source = Source(name=given.name, sha256=digest, size=size, modified=modified)
    return Arrival(source, given.path, problem, detail)


def _mails_unpacked(given: GivenFile, content: mmap.mmap) -> Gathered:
    """Return what the mails of an archive hold, one after another: it may exceed the memory."""
    arrivals: list[Arrival] = []
    containers: list[Container] = []
    mails = 0
    for mails, mail in enumerate(marks.mails_in(content), start=1):
        inside = f"{given.name}/#{mails}"
        unpacked = unpack("", mail, inside=inside)
        arrivals.extend(_arrivals(given, unpacked))
        containers.extend(unpacked.containers)
    whole = Container(name=given.name, kind="mbox", members=mails)
    return Gathered(arrivals=tuple(arrivals), containers=(whole, *containers))


def _arrivals(given: GivenFile, unpacked: Unpacked) -> Iterator[Arrival]:
    for file in (*unpacked.items, *unpacked.refusals):
        if file.inline:
            continue
        modified = file.modified or given.modified or _NO_TIME
        if file.container:
            arrival = _laid_down(file, modified, given.spool)
        else:
            arrival = _whole(given, sha256(file.content).hexdigest(), len(file.content))
            source = replace(arrival.source, modified=modified, letter=file.letter)
            arrival = replace(arrival, source=source)
        # a broken workbook or document is no broken archive: the reader says so
        name = arrival.source.name.lower()
        is_workbook = file.reason in _NO_ARCHIVE and name.endswith(_OFFICE_SUFFIXES)
        if file.reason and not is_workbook:
            arrival = replace(arrival, problem=str(file.reason), detail=file.detail)
        yield arrival


def _laid_down(file: File, modified: datetime, spool: Path) -> Arrival:
    """Return a file that lay in another as an arrival, kept in ``spool`` under its hash."""
    digest = sha256(file.content).hexdigest()
    path = spool / digest
    if not path.exists():  # another worker may be laying down the same
        draft = spool / f"{digest}.{os.getpid()}"
        draft.write_bytes(file.content)
        draft.replace(path)
    source = Source(
        name=f"{file.container}/{shown_path(file.name) or say.NAMELESS}",
        sha256=digest,
        size=len(file.content),
        modified=modified,
        container=file.container,
        letter=file.letter,
    )
    return Arrival(source, path)
