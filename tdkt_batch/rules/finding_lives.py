"""The life of findings: a fold over the months in which a unit's report could be used.

Only those months are looked at (a unit's silence changes nothing), and in each
a finding is *found*, *undecided* (its rule ended unknown or in an error) or
*absent* (its rule passed or does not apply; a fault of reading is simply not
there). The law:

- found, never found before                       → new, since this month
- found, and found or undecided in the last of them → open, since as it was
- found, and absent in the last of them           → reopened, since this month
- absent now, found or undecided before           → fixed: among what is gone
- undecided now                                   → neither found nor gone: it stays pending

A rule finds one thing of a unit at a time, so it is the same finding wherever it
points: too many delegates in the plan, and then at the conference, were never
mended. Faults of reading are told apart by field, of the same in a column or a
block of the form by that: the habit is the same in whichever rows it shows. What is waived lives on
underneath, so a waiver that ends leaves the finding open and not new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tdkt_batch.model import Finding, Life, Month, OutcomeKind
from tdkt_batch.report import MonthRecord
from tdkt_batch.wording.shared import READING_FAULTS, READING_NOTICES

Decided = Mapping[str, OutcomeKind]
"""How each rule ended for a unit in a month."""
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lived:
    """A unit's findings of a month with their life, and those of before that are mended."""

    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Track:
    """What is known of one finding: as it was last found, and whether it still stands."""

    since: Month
    last: tuple[Finding, ...]
    found: Month
    stands: bool = True


def with_lives(
    month: Month,
    findings: Sequence[Finding],
    decided: Decided,
    past: Sequence[MonthRecord],
    unit: str,
) -> Lived:
    """Return the findings of ``unit`` with their life, and those that are gone.

    ``decided`` says how each rule ended this month. ``past`` are earlier months
    in their order, of all units or of this one (``records_by_unit``); a month
    without the unit in its ``decided`` says nothing of it.
    """
    tracks: dict[_Key, _Track] = {}
    for record in past:
        if record.month < month and unit in record.decided:
            own = [finding for finding in record.findings if finding.unit == unit]
            tracks = _after(tracks, record.month, own, record.decided[unit])
    now = _after(tracks, month, findings, decided)

    lived = []
    for finding in findings:
        before, since = tracks.get(_key(finding)), now[_key(finding)].since
        stood = Life.OPEN if before and before.stands else Life.REOPENED
        life = stood if before else Life.NEW
        open_for = months_between(since, month)
        lived.append(replace(finding, life=life, since=since, months_open=open_for))
    gone = []
    for key, track in sorted(tracks.items(), key=lambda item: item[0]):
        if track.stands and not now[key].stands:
            stood_for = months_between(track.since, track.found)
            gone += [
                replace(one, month=month, life=Life.FIXED, since=track.since, months_open=stood_for)
                for one in track.last
            ]
    return Lived(tuple(lived), tuple(gone))


def _key(finding: Finding) -> _Key:
    is_reading = finding.code in READING_FAULTS or finding.code in READING_NOTICES
    return finding.code, finding.group or finding.field if is_reading else ""


def _after(
    tracks: Mapping[_Key, _Track], month: Month, findings: Sequence[Finding], decided: Decided
) -> dict[_Key, _Track]:
    """Return what is known once a month in which the unit reported has been looked at."""
    found: dict[_Key, list[Finding]] = {}
    for finding in findings:
        found.setdefault(_key(finding), []).append(finding)
    # what was not found is mended, unless its rule could not be decided
    undecided = (OutcomeKind.UNKNOWN, OutcomeKind.ERROR)
    after = {
        key: track if decided.get(key[0]) in undecided else replace(track, stands=False)
        for key, track in tracks.items()
    }
    for key, ones in found.items():
        before = tracks.get(key)
        since = before.since if before and before.stands else month
        after[key] = _Track(since, tuple(ones), month)
    return after


def records_by_unit(past: Sequence[MonthRecord]) -> Mapping[str, tuple[MonthRecord, ...]]:
    """Return, by unit, the months that say something of it, with its own findings only.

    So that the lives of all units take one walk through the months, not one each.
    """
    by_unit: dict[str, list[MonthRecord]] = {}
    for record in past:
        findings_by_unit: dict[str, list[Finding]] = {}
        for finding in record.findings:
            findings_by_unit.setdefault(finding.unit, []).append(finding)
        for unit, decided in record.decided.items():
            findings = tuple(findings_by_unit.get(unit, ()))
            own = replace(record, findings=findings, decided={unit: decided})
            by_unit.setdefault(unit, []).append(own)
    return {unit: tuple(records) for unit, records in by_unit.items()}


def months_between(first: Month, last: Month) -> int:
    """Return how many calendar months there are from ``first`` to ``last``, both counted.

    >>> months_between(Month(2014, 11), Month(2015, 2))
    4
    """
    return 12 * (last.year - first.year) + last.number - first.number + 1
