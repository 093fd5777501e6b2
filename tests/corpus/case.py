"""What a case is: files that someone sends, and what is to become of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus.clerk import Clerk

SENT = datetime(2015, 3, 18, 9, 30)

Files = Mapping[str, bytes | tuple[bytes, datetime]]
"""Contents by path below the case's folder, some with their own time."""
Make = Callable[[Clerk], Files | bytes]


@dataclass(frozen=True, kw_only=True)
class Case:
    """Files that one unit sends, and what is to become of each.

    ``want`` has a line for each file: its state and, after a colon, words of the
    sentence; ``every`` before a state means all files, however many. ``by_hand`` is what a patient officer could still read from the
    screen; ``full`` says that the program reads all of it too. ``lost`` are the
    fields that nobody can read, with the faults that may say so; under ``*`` the
    fault of a whole page. ``unit`` is the kind of unit that sends it: of the base
    level (``base``; ``two`` of them), ``upper``, or one that all cases share of
    which nothing is read (``shared``). ``saved_as`` has LibreOffice save the form
    in this format first.
    """

    id: str
    make: Make
    want: tuple[str, ...] = ("used",)
    by_hand: bool = False
    full: bool = False
    lost: Mapping[str, str] = field(default_factory=dict)
    unit: str = "base"
    saved_as: str = ""

    def files(self, clerk: Clerk) -> Files:
        made = self.make(clerk)
        return {"bieu.xlsx": made} if isinstance(made, bytes) else made


def read(id_: str, make: Make, *want: str, **rest: object) -> Case:
    """A case of which everything is to be read."""
    return replace(Case(id=id_, make=make, by_hand=True, full=True, **rest), want=want or ("used",))


def asked(id_: str, make: Make, *want: str, **rest: object) -> Case:
    """A case that a patient officer could read, and of which the program asks for a better copy.

    With no ``want`` the form is used, and what cannot be read in it is a fault.
    """
    return Case(id=id_, make=make, by_hand=True, want=want or ("used",), **rest)


def kept(id_: str, make: Make, *want: str, **rest: object) -> Case:
    """A case of which nothing can be read: ``want`` says what is said of it."""
    return Case(id=id_, make=make, want=want, **{"unit": "shared", **rest})


def lost(id_: str, make: Make, **faults: str) -> Case:
    """A form of which some cells cannot be read by anybody; all others are."""
    return Case(id=id_, make=make, lost=faults)
