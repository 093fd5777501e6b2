"""What of the given files and decisions is new to the ledger, so that nothing is entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from tdkt_batch.model import Arrival, Decision, DecisionKind


def known_arrivals(
    given: Sequence[Arrival], known: Iterable[Arrival]
) -> tuple[Arrival | None, ...]:
    """Return for each given file the arrival that it is, None for a new one.

    A file given again is the same arrival, also from another folder or copied,
    with another time: the same content under the same name in one mail. Each
    arrival is matched once: two copies are two arrivals. The whole name counts
    first, so that copies in two folders stay apart.
    """
    free: defaultdict[tuple[str, ...], list[Arrival]] = defaultdict(list)
    for arrival in known:
        free[_key(arrival)].append(arrival)
    found: list[Arrival | None] = [None] * len(given)
    for by_whole_name in (True, False):
        for place, one in enumerate(given):
            alike = free[_key(one)] if found[place] is None else []
            for arrival in alike:
                if not by_whole_name or arrival.source.name == one.source.name:
                    alike.remove(arrival)
                    found[place] = arrival
                    break
    return tuple(found)


def _key(arrival: Arrival) -> tuple[str, ...]:
    source = arrival.source
    message = source.letter.message_id if source.letter else ""
    return source.sha256, PurePosixPath(source.name).name, message


def new_decisions(
    decisions: Iterable[Decision], history: Iterable[Decision]
) -> tuple[Decision, ...]:
    """Return those of ``decisions`` that change what ``history`` left in force.

    The last of several on one subject counts, so that entering the same list
    again changes nothing. A withdrawal takes back whatever stands on its subject;
    where nothing does, it changes nothing.
    """
    in_force: dict[tuple[str, ...], Decision] = {}
    for decision in history:
        if decision.kind is DecisionKind.WITHDRAWN:
            for family in _FAMILIES.values():
                in_force.pop((*decision.subject, family), None)
        else:
            in_force[_subject(decision)] = decision
    withdrawable = {subject[:-1] for subject in in_force}
    last = {_subject(decision): decision for decision in decisions}
    return tuple(
        decision
        for subject, decision in last.items()
        if (
            decision.subject in withdrawable
            if decision.kind is DecisionKind.WITHDRAWN
            else in_force.get(subject) != decision
        )
    )


_FAMILIES = {
    DecisionKind.ACCEPTED: "answer",
    DecisionKind.REFUSED: "answer",
    DecisionKind.CORRECTED: "figure",
    DecisionKind.EXCUSED: "excuse",
    DecisionKind.EXTENDED: "extension",
    DecisionKind.SET_ASIDE: "file",
    DecisionKind.ATTRIBUTED: "file",
    DecisionKind.SEEN: "question",
    DecisionKind.ASKED: "question",
}


def _subject(decision: Decision) -> tuple[str, ...]:
    """Return what it is about: answers, figures and excuses on one subject stand side by side."""
    return (*decision.subject, _FAMILIES.get(decision.kind, ""))
