"""The control workbook: its decisions are taken before a month is judged, its rows written after.

Nothing that the board typed is lost: a workbook that cannot be read, or that was
edited while the run went on, is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.control.file_names import FilesByName
from tdkt_batch.control.read import Control, read_control
from tdkt_batch.errors import InputError
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.model import Decision, DecisionKind
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.wording import control as control_words
from tdkt_batch.wording import months as say

CONTROL = "so-quyet-dinh.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAsRead:
    """What the control workbook said: ``sha256`` tells later whether it was edited meanwhile.

    ``decided`` is what of it was new.
    """

    control: Control
    sha256: str
    decided: tuple[Decision, ...] = ()


def take_decisions(request: MonthRequest, campaign: Campaign, ledger: Ledger) -> ControlAsRead:
    """Read the control workbook, where there is one, and enter what is new in the ledger."""
    path = request.out / CONTROL
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ControlAsRead(control=Control(), sha256="")
    except OSError as error:
        why = error.strerror or type(error).__name__
        notes = (say.CONTROL_UNREAD.format(file=path, why=why),)
        return ControlAsRead(control=Control(notes=notes, is_unreadable=True), sha256="")
    files = (arrival.source for arrival in ledger.arrivals())
    # what was decided elsewhere since the last run wrote the book has no row in it to be blanked
    in_book = ledger.decisions(as_of=ledger.next_run_number() - 1)
    control = read_control(content, campaign, files, in_book)
    decided = ledger.decide(control.decisions, request.operator, request.now)
    return ControlAsRead(control=control, sha256=sha256(content).hexdigest(), decided=decided)


def set_aside_as_asked(request: MonthRequest, ledger: Ledger) -> None:
    """Enter in the ledger that the files which the operator named are not used.

    Raises ``InputError`` for a name that no file bore, or that several did, and
    where there is no reason.
    """
    files = FilesByName(arrival.source for arrival in ledger.arrivals())
    decisions = []
    for name, reason in request.set_aside:
        if not reason.strip():
            raise InputError(say.NO_REASON.format(file=name))
        found = files.named(name)
        if len(found) != 1:
            wrong = control_words.SEVERAL_FILES if found else control_words.NO_FILE
            to_do = control_words.WRITE_THE_HASH if found else control_words.WRITE_A_FILE
            said = wrong.format(text=name, number=len(found))
            raise InputError(f"--set-aside {said}: {to_do}")
        (file,) = found.values()
        decisions.append(
            Decision(
                kind=DecisionKind.SET_ASIDE,
                unit="",
                month=request.month,
                file=file.sha256,
                given=file.name,
                reason=reason,
                approver=request.operator,
                decided=request.now.date(),
            )
        )
    ledger.decide(decisions, request.operator, request.now)


def why_left_as_is(read: ControlAsRead, request: MonthRequest, ledger: Ledger) -> str:
    """Return why this run may not write the control workbook; empty when it may.

    Its rows are of the newest month that was run. What was typed since it was read,
    or in a book that cannot be read, would be lost.
    """
    newest = max((run.month for run in ledger.runs()), default=request.month)
    if read.control.is_unreadable:
        return say.CONTROL_UNREADABLE
    if hash_of(request.out / CONTROL) != read.sha256:
        return say.CONTROL_EDITED
    if request.month < newest:
        return say.CONTROL_OF_LATER_MONTH.format(month=newest.vietnamese)
    return ""
