"""Whose each file is: by the form, else by everything that came with it, each with what told it.

A photo, a letter or a form that cannot be read was sent by somebody all the same: the
file's name, the mail's subject, its sender, or what lies beside it tell who that was.
What tells two units tells none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Source
from tdkt_batch.reading.read_files import Reading
from tdkt_batch.report import Clue
from tdkt_batch.unit_names.within_text import names_in_text

_DISPUTED = "disputed_unit"
"""The reason of a form made out for one unit in which another is named: it may be either's."""


class Attribution(NamedTuple):
    """The unit (its code) that a file is of, "" for nobody's; ``clue`` is None when unsure."""

    unit: str = ""
    clue: Clue | None = None


def attributions(
    readings: Sequence[Reading], campaign: Campaign, by_board: Mapping[str, str]
) -> list[Attribution]:
    """Return whose each file is, in their order.

    ``by_board`` is whom the board names, by the SHA-256 of a file's content.
    """
    tell = _Telling(readings, campaign, by_board)
    found = [tell.whose(reading) for reading in readings]
    # the same content is of the same unit, whatever name it bears
    known: dict[str, set[str]] = {}
    for reading, one in zip(readings, found, strict=True):
        if one.clue:
            known.setdefault(reading.source.sha256, set()).add(one.unit)
    for number, reading in enumerate(readings):
        units = known.get(reading.source.sha256, set())
        if not found[number].unit and len(units) == 1:
            found[number] = Attribution(next(iter(units)), Clue.COPY)
    return found


class _Telling:
    """What the month's forms and the register tell of files that are no readable forms."""

    def __init__(
        self, readings: Sequence[Reading], campaign: Campaign, by_board: Mapping[str, str]
    ) -> None:
        self._by_board = by_board
        self._names = names_in_text(campaign)
        self._above = {unit.parent for unit in campaign.units}
        # who writes from an address: whom the register has under it, else whose forms came from it
        self._by_address: dict[str, set[str]] = {}
        self._by_surroundings: dict[tuple[str, ...], set[str]] = {}
        self._by_figure: dict[str, set[str]] = {}
        self._by_mail_of_board: dict[tuple[str, ...], set[str]] = {}
        registered = {unit.email.strip().casefold() for unit in campaign.units}
        for unit in campaign.units:
            self._by_address.setdefault(unit.email.strip().casefold(), set()).add(unit.code)
        for reading in readings:
            if reading.source.letter and (told := by_board.get(reading.source.sha256)):
                self._by_mail_of_board.setdefault(_around(reading.source), set()).add(told)
            if reading.submission is not None:
                sender, unit_code = _sender(reading.source), reading.submission.unit
                figure = reading.submission.check_figure
                self._by_surroundings.setdefault(_around(reading.source), set()).add(unit_code)
                self._by_figure.setdefault(figure, set()).add(unit_code)
                if sender not in registered:
                    self._by_address.setdefault(sender, set()).add(unit_code)

    def whose(self, reading: Reading) -> Attribution:
        """Return whose a file is: as its form says, else by the surest of what came with it."""
        if reading.submission is not None:
            return Attribution(reading.submission.unit, Clue.FORM)
        if unit := self._by_board.get(reading.source.sha256):
            return Attribution(unit, Clue.BOARD)
        if reading.unread is not None and reading.unread.unit:
            is_sure = reading.unread.reason != _DISPUTED
            return Attribution(reading.unread.unit, Clue.FORM if is_sure else None)
        if unit := self._by_check_figure(reading):
            return Attribution(unit, Clue.CHECK_FIGURE)
        for clue, unit_told_by in self._clues():
            if unit := unit_told_by(reading.source):
                return Attribution(unit, clue)
        return Attribution()

    def _clues(self) -> tuple[tuple[Clue, Callable[[Source], str]], ...]:
        """Return what may tell, the surest first."""
        return (
            (Clue.FILE_NAME, self._by_file_name),
            (Clue.BOARD, self._as_board_says_of_its_mail),
            (Clue.BESIDE, self._beside),
            (Clue.SUBJECT, self._by_subject),
            (Clue.FOLDER, self._by_folder),
            (Clue.ADDRESS, self._by_sender),
            (Clue.SENDER, self._by_senders_name),
        )

    def _by_check_figure(self, reading: Reading) -> str:
        """Return of whose form the paper is that bears its Mã đối chiếu."""
        figures = reading.unread.check_figures if reading.unread else ()
        return _only({unit for one in figures for unit in self._by_figure.get(one, ())})

    def _by_file_name(self, source: Source) -> str:
        return self._names.unit_in(PurePosixPath(source.name).stem, is_file_name=True)

    def _as_board_says_of_its_mail(self, source: Source) -> str:
        """Return whose another file is that came in the same mail, as the board says."""
        if source.letter is None:
            return ""
        return _only(self._by_mail_of_board.get(_around(source), set()))

    def _beside(self, source: Source) -> str:
        """Return whose forms came in the same mail or archive, or lie there under the same name."""
        return _only(self._by_surroundings.get(_around(source), set()))

    def _by_subject(self, source: Source) -> str:
        return self._names.unit_in(source.letter.subject) if source.letter else ""

    def _by_folder(self, source: Source) -> str:
        """Return whom the nearest folder, mail or archive around the file is named after.

        In one that is named after a unit above others their files lie too.
        """
        around = (part.name for part in PurePosixPath(source.name).parents)
        units = (self._names.unit_in(name, is_file_name=True) for name in around)
        nearest = next((unit for unit in units if unit), "")
        return "" if nearest in self._above else nearest

    def _by_sender(self, source: Source) -> str:
        sender = _sender(source)
        return _only(self._by_address.get(sender, set())) if sender else ""

    def _by_senders_name(self, source: Source) -> str:
        return self._names.unit_in(source.letter.sender_name) if source.letter else ""


def _only(units: set[str]) -> str:
    return next(iter(units)) if len(units) == 1 else ""


def _sender(source: Source) -> str:
    return source.letter.sender.strip().casefold() if source.letter else ""


def _around(source: Source) -> tuple[str, ...]:
    """Return what is the same for all that one sender put together.

    That is a mail, or a folder of an archive. Into a folder of the office come files of
    many: there only a file of the same name is meant to lie beside another. Mails of one
    mailbox may lack a Message-ID: then sender, subject and time tell them apart.
    """
    if source.letter:
        return source.container, repr(source.letter)
    path = PurePosixPath(source.name)
    return (str(path.parent),) if source.container else (str(path.parent), path.stem.casefold())
