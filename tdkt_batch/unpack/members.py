"""What the openers of mails and archives hand over: files, containers, and why one stays shut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO

from tdkt_batch.model import Letter

_MIB = 1024 * 1024


class Reason(StrEnum):
    """Why a container, or one member of it, could not be opened or is no form."""

    DAMAGED_ARCHIVE = "damaged_archive"
    DAMAGED_MEMBER = "damaged_member"
    DAMAGED_MAIL = "damaged_mail"
    EMPTY_ARCHIVE = "empty_archive"
    ENCRYPTED_ARCHIVE = "encrypted_archive"
    ENCRYPTED_MAIL = "encrypted_mail"
    UNKNOWN_COMPRESSION = "unknown_compression"
    OVERLAPPING_MEMBERS = "overlapping_members"
    TOO_LARGE = "archive_too_large"
    TOO_MANY = "too_many_members"
    TOO_DEEP = "nested_too_deep"
    PARTIAL_MAIL = "partial_mail"
    LINKED_ATTACHMENT = "linked_attachment"
    EMBEDDED_OBJECT = "embedded_object"
    PASTED_TABLE = "pasted_table"
    WORDS_ONLY = "words_only"
    SHEET_OF_NO_FORM = "sheet_of_no_form"
    BLANK_SHEET = "blank_sheet"


class CannotOpen(Exception):  # noqa: N818 — it is what a container does, and is caught in unpack
    """A container stays shut: it becomes one refusal; ``detail`` is for the program's makers."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class NoContainer(Exception):  # noqa: N818 — no error: the file is taken as it is
    """What looked like a container holds nothing, such as a signature kept apart from its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a given file is unpacked.

    ``depth`` counts containers inside one another; ``entry`` and ``total`` are
    bytes after inflating; ``members`` is for all of a given file. Each mail of an
    mbox has ``total`` and ``members`` for itself: a mail archive may be long.
    """

    depth: int = 10
    members: int = 2000
    entry: int = 150 * _MIB
    total: int = 500 * _MIB


class Allowance:
    """What is left of the limits while one file is unpacked."""

    def __init__(self, limits: Limits) -> None:
        self.entry = limits.entry
        self.members = limits.members
        self._total = limits.total

    def has_room_for(self, size: int) -> bool:
        """Tell whether ``size`` more bytes may be unpacked."""
        return size <= min(self.entry, self._total)

    def take_bytes(self, size: int) -> None:
        """Count bytes that were unpacked; raise ``CannotOpen`` beyond the limits."""
        if not self.has_room_for(size):
            raise CannotOpen(Reason.TOO_LARGE, f"{size} bytes")
        self._total -= size

    def take_members(self, count: int) -> None:
        """Count members; raise ``CannotOpen`` beyond the limit."""
        if count > self.members:
            raise CannotOpen(Reason.TOO_MANY, f"{count} members")
        self.members -= count


def read_within(stream: IO[bytes], allowance: Allowance) -> bytes:
    """Return all that a stream holds; ``CannotOpen`` once that goes beyond the limits."""
    pieces: list[bytes] = []
    while piece := stream.read(_MIB):
        allowance.take_bytes(len(piece))
        pieces.append(piece)
    return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent; it may be a further container, until that is looked at.

    ``name`` is as the sender wrote it, with folders inside an archive, empty when
    it has none. With a ``reason`` it cannot be had, and ``content`` is what there
    is of it: the container, or a member's bytes as they lie in the archive;
    ``detail`` is for the program's makers. ``inline`` marks a picture shown in a
    mail's text, which is no file of its own. ``modified`` is the time that an
    archive keeps of it. ``container`` names what it lies in, from the outside in,
    fit to be shown, and ``letter`` is the innermost mail that carries it: both are
    known once all is unpacked.
    """

    name: str
    content: bytes
    reason: Reason | None = None
    detail: str = ""
    inline: bool = False
    modified: datetime | None = None
    container: str = ""
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A container that was opened; ``name`` is set when it lay inside another as it is here."""

    kind: str
    members: tuple[Member, ...]
    letter: Letter | None = None
    name: str = ""

    @property
    def size(self) -> int:
        """How many members there are, those of mails inside this mail among them."""
        return sum(m.size if isinstance(m, Opened) else 1 for m in self.members)


Member = File | Opened
