"""A file that arrived → the files in it, through archives and mails inside one another.

Nothing is lost: what cannot be unpacked further is an ``Item``, what cannot be
opened is one ``Refusal``, what was opened is a ``Container``. Kind is decided by
content, never by name. Nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from tdkt_batch.model import Letter
from tdkt_batch.unpack import archives, mail, mail_marks, outlook, smime, tnef
from tdkt_batch.unpack.first_bytes import is_envelope
from tdkt_batch.unpack.members import (
    Allowance,
    CannotOpen,
    File,
    Limits,
    Member,
    NoContainer,
    Opened,
    Reason,
    Refused,
)
from tdkt_batch.unpack.names import shown_path, shown_text

__all__ = ["Container", "Item", "Letter", "Limits", "Reason", "Refusal", "Unpacked", "unpack"]


_Opener = Callable[[File, int, Allowance], Opened]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file that was sent.

    ``name`` is as the sender wrote it, with folders inside an archive, empty when
    it has none. ``trail`` are the containers from the outside in, by names fit to
    be shown. ``letter`` is the innermost mail that carries it. ``inline`` marks a
    picture shown in a mail's text, which is no file of its own. ``modified`` is
    the time that an archive keeps of it.
    """

    name: str
    content: bytes
    trail: tuple[str, ...] = ()
    letter: Letter | None = None
    inline: bool = False
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A container, or a member of one, that cannot be opened: one file to be put aside.

    ``content`` is what there is of it: the container, or a member's bytes as they
    lie in the archive. ``detail`` is for the program's makers.
    """

    name: str
    content: bytes
    reason: Reason
    trail: tuple[str, ...] = ()
    letter: Letter | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """What only holds others: zip, eml, mbox, msg, tnef or smime.

    ``members`` counts what lies directly in it, pictures in a mail's text not
    among them; ``trail`` is what it lies in, ``letter`` the mail that it is or
    lies in.
    """

    name: str
    kind: str
    members: int
    trail: tuple[str, ...] = ()
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Unpacked:
    """All that was in a file, in its order."""

    items: tuple[Item, ...]
    containers: tuple[Container, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the pile a member lies; ``kind`` is that of the container around it."""

    allowance: Allowance
    trail: tuple[str, ...] = ()
    letter: Letter | None = None
    kind: str = ""


def unpack(name: str, content: bytes, limits: Limits | None = None) -> Unpacked:
    """Return all files in a file; a file that is no container is its own only item.

    No content makes this raise: what cannot be opened is refused with its reason.
    """
    pile = _Pile(limits or Limits())
    pile.add(File(name, content))
    return Unpacked(tuple(pile.items), tuple(pile.containers), tuple(pile.refusals))


class _Pile:
    """What has been found so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.items: list[Item] = []
        self.containers: list[Container] = []
        self.refusals: list[Refusal] = []

    def add(self, file: File) -> None:
        self._add_file(file, _Place(Allowance(self._limits)), 1)

    def _add(self, member: Member, place: _Place, number: int) -> None:
        match member:
            case File():
                self._add_file(member, place, number)
            case Refused():
                self._refuse(member, place)
            case Opened():
                self._enter(member, place, member.name, number)

    def _add_file(self, file: File, place: _Place, number: int) -> None:
        opened = None if file.inline else self._opened(file, place)
        match opened:
            case Opened():
                self._enter(opened, place, file.name, number)
            case Refused():
                self._refuse(opened, place)
            case None:
                self.items.append(
                    Item(
                        name=file.name,
                        content=file.content,
                        trail=place.trail,
                        letter=place.letter,
                        inline=file.inline,
                        modified=file.modified,
                    )
                )

    def _opened(self, file: File, place: _Place) -> Opened | Refused | None:
        """Return a container's members, its refusal, or None for a file that is none.

        Whatever a sender's bytes do to a reader costs this one container.
        """
        reason = Reason.DAMAGED_MAIL
        try:
            how = _opener_for(file.content)
            if how is None:
                return None
            reason, opener = how
            return self._within_limits(opener, file, place)
        except NoContainer:
            return None
        except CannotOpen as refusal:
            return Refused(file.name, file.content, refusal.reason, refusal.detail)
        except Exception as error:  # noqa: BLE001 — recorded in the refusal
            return Refused(file.name, file.content, reason, repr(error))

    def _within_limits(self, opener: _Opener, file: File, place: _Place) -> Opened:
        levels = self._limits.depth - len(place.trail)
        if levels <= 0:
            raise CannotOpen(Reason.TOO_DEEP)
        opened = opener(file, levels - 1, place.allowance)
        if opened.kind != "mbox":
            place.allowance.take_members(opened.size)
        return opened

    def _enter(self, opened: Opened, place: _Place, name: str, number: int) -> None:
        letter = _letter_inside(opened, place)
        title = shown_path(name) or shown_text(letter.subject if letter else "") or f"#{number}"
        inside = replace(place, trail=(*place.trail, title), letter=letter, kind=opened.kind)
        self.containers.append(
            Container(
                name=title,
                kind=opened.kind,
                members=sum(not (isinstance(m, File) and m.inline) for m in opened.members),
                trail=place.trail,
                letter=letter,
            )
        )
        for position, member in enumerate(opened.members, start=1):
            if opened.kind == "mbox":
                inside = replace(inside, allowance=Allowance(self._limits))
            self._add(member, inside, position)

    def _refuse(self, refused: Refused, place: _Place) -> None:
        self.refusals.append(
            Refusal(
                name=refused.name,
                content=refused.content,
                reason=refused.reason,
                trail=place.trail,
                letter=place.letter,
                detail=refused.detail,
            )
        )


def _letter_inside(opened: Opened, place: _Place) -> Letter | None:
    """Return the letter that counts in a container.

    A winmail.dat attached to a mail is that same mail; one inside another is a
    forwarded message of its own.
    """
    if opened.kind == "tnef" and place.letter and place.kind != "tnef":
        return place.letter
    return place.letter if opened.letter in (None, Letter()) else opened.letter


def _opener_for(content: bytes) -> tuple[Reason, _Opener] | None:
    """Return how a container is opened, and what it is called when that fails; None for a file.

    Mails stand last: their marks are the weakest.
    """
    if archives.is_archive(content):
        return Reason.DAMAGED_ARCHIVE, lambda f, _, a: archives.open_archive(f.content, a)
    if outlook.is_message(content):
        return Reason.DAMAGED_MAIL, lambda f, n, a: outlook.open_message(f.content, n, a)
    if tnef.is_tnef(content):
        return Reason.DAMAGED_MAIL, lambda f, _n, _a: tnef.open_tnef(f.content)
    if is_envelope(content):
        return Reason.DAMAGED_MAIL, lambda f, n, a: smime.open_envelope(f.name, f.content, n, a)
    if mail_marks.is_mbox(content):
        return Reason.DAMAGED_MAIL, lambda f, _n, _a: mail.open_mbox(f.content)
    if mail_marks.is_mail(content):
        return Reason.DAMAGED_MAIL, lambda f, n, _: mail.open_mail(f.content, n)
    return None
