"""Folders, files, archives and mail → attachments: everything that was sent, each once.

Nothing is left out: lock files and pictures are attachments too, for ``read_all``
to say what they are, and what cannot be unpacked is one with its reason. What
only holds others is a container. Content is kept under its hash; a sender's name
is data, and nothing is ever written under it.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path

from tdkt_batch.errors import InputError
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart
from tdkt_batch.model import Container, Letter, Source
from tdkt_batch.unpack.mail_marks import is_maildir
from tdkt_batch.unpack.members import OFFICE_TIME
from tdkt_batch.unpack.names import shown_path
from tdkt_batch.unpack.spool import Found, GivenFile, unpack_file

__all__ = ["OFFICE_TIME", "Attachment", "Gathered", "gather"]

SECONDS_A_CONTAINER = 300
"""How long one given file may take to be unpacked; a mail archive of years takes a minute."""
_MEMORY = 2048 * 1024 * 1024
UNPACKING_ENDED: Mapping[Death, str] = {
    Death.CRASHED: "unpacking_crashed",
    Death.TIMEOUT: "unpacking_timeout",
    Death.OUT_OF_MEMORY: "unpacking_out_of_memory",
}
"""Why a given file is one attachment whose unpacking had to be ended."""
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 — the office's own time, none is known


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that was sent: where it came from and where its content lies.

    ``problem`` is a reason of ``wording.FILE_REASONS`` when it cannot be used as
    it is; it fills ``{problem}`` with ``detail``. ``careful`` asks for the slow
    reader, which is written in Python and does not die.
    """

    source: Source
    path: Path
    problem: str = ""
    detail: str = ""
    careful: bool = False

    def read(self) -> bytes:
        """Return the content; OSError when it cannot be had any more."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that was sent: what is a file, and what only holds files; both sorted by name."""

    attachments: tuple[Attachment, ...]
    containers: tuple[Container, ...] = ()


def gather(paths: Iterable[Path], spool: Path, workers: int = 0) -> Gathered:
    """Return all files in ``paths``: folders with their sub-folders, archives and mails unpacked.

    What lay inside others is laid down in ``spool`` under its hash, and must stay
    there while it is read. It is unpacked in ``workers`` child processes; with 0,
    in this one and without its protection. A file reached twice is one
    attachment. Names are in NFC and begin with the given folder's own name where
    several paths are given. Raises ``InputError`` for a path that does not exist
    or a folder that cannot be opened.
    """
    given = tuple(_given(tuple(paths), spool))
    if workers == 0:
        found: tuple[Found | Death, ...] = tuple(unpack_file(one) for one in given)
    else:
        conditions = Conditions(
            workers=min(workers, len(given)), seconds=SECONDS_A_CONTAINER, memory=_MEMORY
        )
        found = work_apart(Work(unpack_file), given, conditions)
    attachments: list[Attachment] = []
    containers: list[Container] = []
    for one, what in zip(given, found, strict=True):
        attachments.extend(_attachments(one, what))
        containers.extend(() if isinstance(what, Death) else what.containers)
    return Gathered(
        attachments=tuple(sorted(attachments, key=_in_order)),
        containers=tuple(sorted(containers, key=lambda c: (c.name, *_letter_key(c.letter)))),
    )


def _in_order(attachment: Attachment) -> tuple[str, ...]:
    source = attachment.source
    return source.name, source.sha256, *_letter_key(source.letter)


def _letter_key(letter: Letter | None) -> tuple[str, ...]:
    return (str(letter.sent), letter.sender, letter.message_id) if letter else ()


# --- what was given --------------------------------------------------------------------------


def _given(paths: tuple[Path, ...], spool: Path) -> Iterator[GivenFile]:
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: không có tệp hoặc thư mục này; hãy kiểm tra đường dẫn")
        for file, name in _files_in(path, with_root=len(paths) > 1):
            real = file.resolve()
            if real not in seen:
                seen.add(real)
                yield GivenFile(file, shown_path(_nfc(name)), _time_of(file), spool)


def _files_in(path: Path, *, with_root: bool) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, path.name
        return
    root = f"{path.resolve().name}/" if with_root else ""
    for folder, folders, files in os.walk(path, onerror=_refuse_folder):
        folders.sort()
        if is_maildir(folders):
            folders.remove("tmp")  # what lies there is not yet delivered
        here = Path(folder)
        for name in sorted(files):
            yield here / name, f"{root}{(here / name).relative_to(path).as_posix()}"


def _refuse_folder(error: OSError) -> None:
    raise InputError(
        f"{error.filename}: không mở được thư mục này ({error.strerror}); "
        "hãy kiểm tra quyền truy cập rồi chạy lại"
    ) from error


def _time_of(file: Path) -> datetime | None:
    """Return a file's own time; None for what is no file that can be read."""
    try:
        about = file.stat()
    except OSError:
        return None
    if not stat.S_ISREG(about.st_mode):
        return None
    moment = datetime.fromtimestamp(int(about.st_mtime), OFFICE_TIME)
    return moment.replace(tzinfo=None)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# --- what was found in it --------------------------------------------------------------------


def _attachments(given: GivenFile, found: Found | Death) -> Iterator[Attachment]:
    if isinstance(found, Death):
        yield Attachment(_source_of(given), given.path, UNPACKING_ENDED[found])
        return
    for leaf in found.leaves:
        yield Attachment(leaf.source, leaf.path, leaf.problem, leaf.detail)


def _source_of(given: GivenFile) -> Source:
    """Return the source of a file whose unpacking ended the worker; it is read in pieces."""
    digest, size = sha256(), 0
    try:
        with given.path.open("rb") as stream:
            digest = file_digest(stream, "sha256")
            size = stream.tell()
    except OSError:
        pass
    modified = given.modified or _NO_TIME
    return Source(name=given.name, sha256=digest.hexdigest(), size=size, modified=modified)
