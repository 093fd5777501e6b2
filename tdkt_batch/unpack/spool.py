"""One given file → the files in it, laid down under their hashes (in a worker process)."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tdkt_batch.model import Container, Source
from tdkt_batch.unpack import mail_marks
from tdkt_batch.unpack.names import shown_path
from tdkt_batch.unpack.unpack import Item, Limits, Reason, Refusal, Unpacked, unpack

MAXIMUM_FILE = 500 * 1024 * 1024
"""A larger file is not opened, unless it is a mail archive: that is read mail by mail."""
NAMELESS = "không tên"
_NO_ARCHIVE = (Reason.DAMAGED_ARCHIVE, Reason.EMPTY_ARCHIVE)
_OFFICE_SUFFIXES = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".doc", ".docx", ".odt")
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 — the office's own time, none is known


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file on the operator's disk; ``modified`` is None where it cannot be read."""

    path: Path
    name: str
    modified: datetime | None
    spool: Path


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file that was sent, and where its content lies; ``problem`` says why it is of no use."""

    source: Source
    path: Path
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one given file holds; a file that holds no others is its own only leaf."""

    leaves: tuple[Leaf, ...]
    containers: tuple[Container, ...] = ()


def unpack_file(given: GivenFile) -> Found:
    """Return all files in ``given``; what cannot be opened is a leaf with its reason."""
    if given.modified is None:
        return _not_readable(given, "không phải tệp thường, hoặc liên kết hỏng")
    try:
        with given.path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size and _is_mail_archive(stream.read(5)):
                with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
                    if mail_marks.is_mbox(content):
                        return _mail_archive(given, content)
            if size > MAXIMUM_FILE:
                return Found((Leaf(_own(given, b"", size), given.path, "too_large"),))
            stream.seek(0)
            return _found(given, stream.read())
    except OSError as error:
        return _not_readable(given, error.strerror or type(error).__name__)


def _is_mail_archive(start: bytes) -> bool:
    return start == b"From "


def _not_readable(given: GivenFile, why: str) -> Found:
    return Found((Leaf(_own(given, b"", 0), given.path, "not_readable", why),))


def _own(given: GivenFile, content: bytes, size: int) -> Source:
    return Source(
        name=given.name,
        sha256=sha256(content).hexdigest(),
        size=size,
        modified=given.modified or _NO_TIME,
    )


def _found(given: GivenFile, content: bytes) -> Found:
    unpacked = unpack(given.name, content, Limits())
    if not unpacked.containers and not unpacked.refusals:
        return Found((Leaf(_own(given, content, len(content)), given.path),))
    return Found(tuple(_leaves(given, unpacked)), tuple(_containers(unpacked)))


def _mail_archive(given: GivenFile, content: mmap.mmap) -> Found:
    """Return what the mails of an archive hold, one after another: it may be larger than memory."""
    leaves: list[Leaf] = []
    containers: list[Container] = []
    mails = 0
    for mails, mail in enumerate(mail_marks.mails_in(content), start=1):
        inside = f"{given.name}/#{mails}"
        unpacked = unpack("", mail, Limits())
        leaves.extend(_leaves(given, unpacked, inside))
        containers.extend(_containers(unpacked, inside))
    whole = Container(name=given.name, kind="mbox", members=mails)
    return Found(tuple(leaves), (whole, *containers))


def _leaves(given: GivenFile, unpacked: Unpacked, inside: str = "") -> Iterator[Leaf]:
    for item in unpacked.items:
        if not item.inline:
            yield _leaf(given, item, item.modified, inside)
    for refusal in unpacked.refusals:
        leaf = _leaf(given, refusal, None, inside)
        if refusal.reason in _NO_ARCHIVE and _is_office_name(leaf.source.name):
            yield leaf  # a broken workbook or document: the guard says so
        else:
            yield replace(leaf, problem=str(refusal.reason), detail=refusal.detail)


def _leaf(given: GivenFile, found: Item | Refusal, modified: datetime | None, inside: str) -> Leaf:
    container = _joined(found.trail, inside)
    name = shown_path(found.name) or (NAMELESS if container else given.name)
    digest = sha256(found.content).hexdigest()
    source = Source(
        name=f"{container}/{name}" if container else name,
        sha256=digest,
        size=len(found.content),
        modified=modified or given.modified or _NO_TIME,
        container=container,
        letter=found.letter,
    )
    path = _laid_down(given.spool, digest, found.content) if container else given.path
    return Leaf(source, path)


def _containers(unpacked: Unpacked, inside: str = "") -> Iterator[Container]:
    for one in unpacked.containers:
        yield Container(
            name=_joined((*one.trail, one.name), inside),
            kind=one.kind,
            members=one.members,
            letter=one.letter,
        )


def _joined(trail: tuple[str, ...], inside: str) -> str:
    """Return the containers from the outside in; ``inside`` names a mail of an archive."""
    return "/".join((inside, *trail[1:]) if inside else trail)


def _is_office_name(name: str) -> bool:
    return name.lower().endswith(_OFFICE_SUFFIXES)


def _laid_down(spool: Path, digest: str, content: bytes) -> Path:
    """Keep the content under its hash; another worker may be laying down the same."""
    path = spool / digest
    if not path.exists():
        draft = spool / f"{digest}.{os.getpid()}"
        draft.write_bytes(content)
        draft.replace(path)
    return path
