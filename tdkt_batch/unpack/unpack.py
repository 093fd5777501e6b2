"""A file that arrived → the files in it, through archives and mails inside one another.

Nothing is lost: what cannot be unpacked further is a file, what cannot be opened
is one with its reason, what was opened is a container. Kind is decided by content,
never by name. Nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tdkt_batch.model import Container, Letter
from tdkt_batch.unpack import archives, marks, tarballs
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Limits,
    Member,
    NoContainer,
    Opened,
    Reason,
)
from tdkt_batch.vietnamese.shown import shown_path, shown_text

_Opener = Callable[[File, int, Allowance], Opened]


def _is_outlook_message(content: bytes) -> bool:
    if not marks.may_be_outlook_message(content):
        return False
    from tdkt_batch.unpack.outlook import is_message

    return is_message(content)


def _open_outlook_message(file: File, levels: int, allowance: Allowance) -> Opened:
    from tdkt_batch.unpack.outlook import open_message

    return open_message(file, levels, allowance)


def _open_tnef(file: File, levels: int, allowance: Allowance) -> Opened:
    from tdkt_batch.unpack.tnef import open_tnef

    return open_tnef(file, levels, allowance)


def _open_envelope(file: File, levels: int, allowance: Allowance) -> Opened:
    from tdkt_batch.unpack.mail import open_envelope

    return open_envelope(file, levels, allowance)


def _open_mbox(file: File, levels: int, allowance: Allowance) -> Opened:
    from tdkt_batch.unpack.mail import open_mbox

    return open_mbox(file, levels, allowance)


def _open_mail(file: File, levels: int, allowance: Allowance) -> Opened:
    from tdkt_batch.unpack.mail import open_mail

    return open_mail(file, levels, allowance)


_OPENERS: tuple[tuple[Callable[[bytes], bool], Reason, _Opener], ...] = (
    (archives.is_archive, Reason.DAMAGED_ARCHIVE, archives.open_archive),
    (tarballs.is_pressed, Reason.DAMAGED_ARCHIVE, tarballs.open_pressed),
    (tarballs.is_tar, Reason.DAMAGED_ARCHIVE, tarballs.open_tar),
    (_is_outlook_message, Reason.DAMAGED_MAIL, _open_outlook_message),
    (marks.is_tnef, Reason.DAMAGED_MAIL, _open_tnef),
    (marks.is_envelope, Reason.DAMAGED_MAIL, _open_envelope),
    (marks.is_mbox, Reason.DAMAGED_MAIL, _open_mbox),
    (marks.is_mail, Reason.DAMAGED_MAIL, _open_mail),
)
"""How a container is known and opened, and what it is called when that fails.

Mails stand last: their marks are the weakest.
"""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """All that was in a file, in its order; the names of containers begin with the file's own.

    ``items`` are files as they were sent, ``refusals`` what cannot be had: a mail's
    own words among them, when they stand for a file.
    """

    items: tuple[File, ...]
    refusals: tuple[File, ...]
    containers: tuple[Container, ...]


def unpack(
    name: str,
    content: bytes,
    limits: Limits | None = None,
    inside: str = "",
) -> Unpacked:
    """Return all files in a file; a file that is no container is its own only item.

    ``inside`` names what the file lies in as well as the file, for a mail of a
    mail archive that was opened already. No content makes this raise: what cannot
    be opened is refused with its reason.
    """
    limits = limits or Limits()
    unpacking = _Unpacking(limits, inside)
    unpacking.add(File(name, content), _Place(Allowance(limits)), 1)
    refusals = tuple(file for file in unpacking.files if file.reason)
    items = tuple(file for file in unpacking.files if not file.reason)
    return Unpacked(items, refusals, tuple(unpacking.containers))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the given file a member lies; ``kind`` is that of the container around it."""

    allowance: Allowance
    trail: tuple[str, ...] = ()
    letter: Letter | None = None
    kind: str = ""


class _Unpacking:
    """What has been found so far."""

    def __init__(self, limits: Limits, inside: str) -> None:
        self._limits = limits
        self._inside = inside
        self.files: list[File] = []
        self.containers: list[Container] = []

    def add(self, member: Member, place: _Place, number: int) -> None:
        """Add a member, the ``number``-th of its container, and all that is in it."""
        if isinstance(member, File) and not member.inline and not member.reason:
            member = self._opened(member, place)
        if isinstance(member, File):
            container = self._joined(place.trail)
            self.files.append(replace(member, container=container, letter=place.letter))
            return
        letter = place.letter if member.letter in (None, Letter()) else member.letter
        if member.kind == "tnef" and place.letter and place.kind != "tnef":
            # a winmail.dat attached to a mail is that same mail; inside another, a forwarded one
            letter = place.letter
        subject = shown_text(letter.subject) if letter else ""
        trail = (*place.trail, shown_path(member.name) or subject or f"#{number}")
        members = sum(not (isinstance(m, File) and m.inline) for m in member.members)
        self.containers.append(
            Container(name=self._joined(trail), kind=member.kind, members=members, letter=letter)
        )
        inside = replace(place, trail=trail, letter=letter, kind=member.kind)
        for position, inner in enumerate(member.members, start=1):
            if member.kind == "mbox":
                inside = replace(inside, allowance=Allowance(self._limits))
            self.add(inner, inside, position)

    def _opened(self, file: File, place: _Place) -> Member:
        """Return a container's members, its refusal, or the file itself when it is none.

        Whatever a sender's bytes do to a reader costs this one container.
        """
        reason = Reason.DAMAGED_MAIL
        try:
            kind = next((one for one in _OPENERS if one[0](file.content)), None)
            if kind is None:
                return file
            _, reason, opener = kind
            levels = self._limits.depth - len(place.trail)
            if levels <= 0:
                return File(file.name, file.content, Reason.TOO_DEEP)
            opened = opener(file, levels - 1, place.allowance)
            if opened.kind != "mbox":
                place.allowance.take_members(opened.size)
            return replace(opened, name=file.name)
        except NoContainer:
            return file
        except CannotOpen as refusal:
            return File(file.name, file.content, refusal.reason, refusal.detail)
        except Exception as error:  # noqa: BLE001 — recorded in the refusal
            return File(file.name, file.content, reason, repr(error))

    def _joined(self, trail: tuple[str, ...]) -> str:
        return "/".join((self._inside, *trail[1:]) if self._inside else trail)
