"""What an officer is asked about files that came: each question names one, and what may be said.

No figure changes by them. A file of nobody is asked about by itself (``is_of_nobody``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from tdkt_batch.model import Letter
from tdkt_batch.report import FileRecord, FileState, MonthReport


class FileTopic(StrEnum):
    """What is asked about a file, in the order of the questions.

    ``TWO``: which of two reports of a unit counts that came on one day. ``MAIL``: a mail
    without a form that could be read. ``SHEET``: a sheet of no form in a workbook of several.
    ``EARLIER``: a form of an earlier month that came after that month was made.
    """

    TWO = "two"
    MAIL = "mail"
    SHEET = "sheet"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuestion:
    """One question: ``file`` is what the answer is about, ``others`` stand beside it.

    Of two reports ``file`` is the one that counts, the other the one that came before it,
    ``sent_again`` the last copies of either; of a mail the first of its files.
    """

    topic: FileTopic
    file: FileRecord
    others: tuple[FileRecord, ...] = ()
    sent_again: tuple[FileRecord, ...] = ()

    @property
    def mark(self) -> str:
        """What makes it the same question in another run: the topic, and the files' contents.

        Of a mail also who sent it and its Message-ID: many may forward the same file.
        """
        contents = sorted(one.source.sha256 for one in (self.file, *self.others))
        same: tuple[object, ...] = (self.topic.value, contents)
        if self.topic is FileTopic.MAIL and (letter := self.file.source.letter):
            same = (*same, letter.sender.casefold(), letter.message_id)
        return sha256(repr(same).encode()).hexdigest()[:16]

    @property
    def is_asked_by_file(self) -> bool:
        """Whether one of the files is of nobody: then whose it is is asked anyway."""
        return any(one.is_of_nobody for one in (self.file, *self.others))


def questions_of_files(
    report: MonthReport, came_later: Iterable[FileRecord] = ()
) -> tuple[FileQuestion, ...]:
    """Return all questions about files, by topic, each in the files' order.

    ``came_later`` are the forms of earlier months that came after those were made.
    """
    return (
        *_two_reports(report.files),
        *_mails_without_forms(report.files),
        *(
            FileQuestion(topic=FileTopic.SHEET, file=one)
            for one in report.files
            if one.code == "sheet_of_no_form"
        ),
        *(FileQuestion(topic=FileTopic.EARLIER, file=one) for one in came_later),
    )


def _two_reports(files: Sequence[FileRecord]) -> Iterator[FileQuestion]:
    """Yield where a unit's report counts before which another one came on the same day.

    One of a later day mends what came before: that is the usual way, and not asked.
    What was sent again came when its last copy did.
    """
    in_order = sorted(files, key=lambda one: (one.source.arrived, one.source.name))
    last_copies = {one.source.sha256: one for one in in_order}
    used = {one.unit: one for one in files if one.state is FileState.USED}
    before: dict[str, FileRecord] = {}
    superseded = {one.source.sha256: one for one in files if one.code == "superseded"}
    for content in (one.source.sha256 for one in last_copies.values()):
        if one := superseded.get(content):
            before[one.unit] = one
    for unit, newest in used.items():
        if older := before.get(unit):
            two = (newest, older)
            last = [last_copies[one.source.sha256] for one in two]
            if len({one.source.arrived.date() for one in last}) == 1:
                again = tuple(one for one in last if one not in two)
                yield FileQuestion(
                    topic=FileTopic.TWO, file=newest, others=(older,), sent_again=again
                )


def _mails_without_forms(files: Iterable[FileRecord]) -> Iterator[FileQuestion]:
    """Yield the mails that brought no form that could be read, nor only what is not used."""
    by_mail: dict[Letter, list[FileRecord]] = {}
    for one in files:
        if letter := one.source.letter:
            by_mail.setdefault(letter, []).append(one)
    for some in by_mail.values():
        # a signature, say, that the board does not use is no answer to what came beside it
        states = {one.state for one in some} - {FileState.SET_ASIDE}
        if states and states <= {FileState.NOT_A_FORM, FileState.QUARANTINED}:
            # what may have been meant as a report stands for the mail
            first, *others = sorted(
                some, key=lambda one: (one.state is FileState.SET_ASIDE, one.hindrance is None)
            )
            yield FileQuestion(topic=FileTopic.MAIL, file=first, others=tuple(others))
