"""What the officer is asked about files after a month's run, and what the screen says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.questions_of_files import FileQuestion, FileTopic, questions_of_files
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.model import DecisionKind
from tdkt_batch.report import FileRecord, FileState, MonthReport
from tdkt_batch.rules.decisions import Family, family_of, settled_questions, standing
from tdkt_batch.vietnamese.shown import shown_text
from tdkt_batch.vietnamese.writing import first_of, write_number
from tdkt_batch.wording import months as say
from tdkt_batch.wording.control import TITLES

_UNITS_NAMED = 5
"""How many units whose forms wait for another month's run the operator is told by name."""
_FILES_NAMED = 3
"""How many mails or sheets without a form the operator is told by name."""


def open_file_questions(report: MonthReport, ledger: Ledger) -> tuple[FileQuestion, ...]:
    """Return what is asked about files and not answered for good, nor by decisions on them all.

    Whose a mail is was said of the file that stands for it, and holds for the mail.
    """
    decisions = ledger.decisions()
    settled = settled_questions(decisions, report.month)
    of_files = [one for one in standing(decisions) if family_of(one) is Family.FILE]
    decided = {one.file for one in of_files}
    attributed = {one.file for one in of_files if one.kind is DecisionKind.ATTRIBUTED}
    return tuple(
        one
        for one in questions_of_files(report, _came_later(report, ledger))
        if one.mark not in settled
        and not decided.issuperset(record.source.sha256 for record in (one.file, *one.others))
        and not (one.topic is FileTopic.MAIL and one.file.source.sha256 in attributed)
    )


def notes_on_files(questions: Sequence[FileQuestion], campaign: Campaign) -> Iterator[str]:
    """Say what is asked about files: forms of earlier months, mails and sheets without a form."""
    by_topic: dict[FileTopic, list[FileRecord]] = {topic: [] for topic in FileTopic}
    for one in questions:
        by_topic[one.topic].append(one.file)
    earlier = by_topic[FileTopic.EARLIER]
    asked = {"asked": TITLES[Family.QUESTION]}
    for month in sorted({one.month for one in earlier if one.month}):
        own = [one for one in earlier if one.month == month]
        names = dict.fromkeys(campaign.unit(one.unit).name for one in own)
        yield say.CAME_FOR_EARLIER_MONTH.format(
            month=month.vietnamese,
            number=write_number(len(own)),
            units=first_of([*names], _UNITS_NAMED, ", "),
            **asked,
        )
    mails = [
        say.MAIL.format(subject=shown_text(one.subject), sender=one.sender or one.sender_name)
        for one in (record.source.letter for record in by_topic[FileTopic.MAIL])
        if one is not None
    ]
    sheets = [shown_text(one.source.name) for one in by_topic[FileTopic.SHEET]]
    for sentence, named in ((say.MAILS_WITHOUT_FORMS, mails), (say.SHEETS_OF_NO_FORM, sheets)):
        if named:
            said = {"number": write_number(len(named)), "named": first_of(named, _FILES_NAMED)}
            yield sentence.format(**said, **asked)


def _came_later(report: MonthReport, ledger: Ledger) -> Iterator[FileRecord]:
    """Yield the forms of earlier months that came after those were made: these stay as made.

    Each content once, however many copies came.
    """
    for past in report.past:
        run = ledger.last_run(past.month)
        runs = ledger.runs(as_of=run.number) if run else ()
        numbers = {number for one in runs for number in one.given}
        sources = [ledger.arrival(number).source for number in numbers]
        known = {one.sha256 for one in sources if one.arrived <= past.received_until}
        for file in report.files:
            is_of_month = file.state is FileState.OTHER_MONTH and file.month == past.month
            if is_of_month and file.unit and file.source.sha256 not in known:
                known.add(file.source.sha256)
                yield file
