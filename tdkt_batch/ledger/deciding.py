"""Which decisions of the board are new: those that differ from what is in force."""

from __future__ import annotations

from collections.abc import Iterable

from tdkt_batch.model import Decision, DecisionKind

_Subject = tuple[str, ...]

_FAMILIES = {
    DecisionKind.ACCEPTED: "answer",
    DecisionKind.REFUSED: "answer",
    DecisionKind.CORRECTED: "figure",
    DecisionKind.EXCUSED: "excuse",
}


def new_decisions(
    decisions: Iterable[Decision], history: Iterable[Decision]
) -> tuple[Decision, ...]:
    """Return those of ``decisions`` that change what ``history`` left in force.

    The last of several on one subject counts, so that entering the same list
    again changes nothing. A withdrawal takes back whatever stands on its subject;
    where nothing does, it changes nothing.
    """
    in_force = _in_force(history)
    asked = {_subject(decision): decision for decision in decisions}
    return tuple(d for d in asked.values() if _changes(d, in_force))


def _changes(decision: Decision, in_force: dict[_Subject, Decision]) -> bool:
    if decision.kind is DecisionKind.WITHDRAWN:
        return any(subject[:-1] == decision.subject for subject in in_force)
    return in_force.get(_subject(decision)) != decision


def _in_force(history: Iterable[Decision]) -> dict[_Subject, Decision]:
    in_force: dict[_Subject, Decision] = {}
    for decision in history:
        if decision.kind is DecisionKind.WITHDRAWN:
            for family in _FAMILIES.values():
                in_force.pop((*decision.subject, family), None)
        else:
            in_force[_subject(decision)] = decision
    return in_force


def _subject(decision: Decision) -> _Subject:
    """Return what it is about: answers, figures and excuses on one subject stand side by side."""
    return (*decision.subject, _FAMILIES.get(decision.kind, ""))
