"""What a month is judged on: every file that concerns it, read, and what is known from before.

Only content that is new under the month's terms is read; what the rest says is
kept in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.choose.choose import choose
from tdkt_batch.choose.hindrances import NO_FORM
from tdkt_batch.choose.states import is_empty
from tdkt_batch.ledger.facts import Cached
from tdkt_batch.ledger.store import Ledger, look_into
from tdkt_batch.machine.program import program_digest
from tdkt_batch.machine.workplace import ThisMachine, Workplace
from tdkt_batch.model import Arrival, Container, Decision, Life, Month, Source
from tdkt_batch.months.campaign_in_force import Terms
from tdkt_batch.months.request import Progress, Step, silent
from tdkt_batch.outputs.publish import unpacking_folder
from tdkt_batch.reading.read_files import Reading, is_final, read_all
from tdkt_batch.report import MonthRecord
from tdkt_batch.rules.decisions import set_aside
from tdkt_batch.unpack.gather import Gathered

_KIND = "reading"
"""What a reading is among the things that the ledger keeps to save time."""
_ATTEMPT = "attempt"
"""A reading that ended for a reason of that moment: known to have been tried, never used."""
_KEPT_AT_ONCE = 25
"""So many new readings are laid down together: a run that is killed loses no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What working a month out takes: the ledger, a folder to unpack in, worker processes.

    ``workplace`` is where files are read and returns written.
    """

    ledger: Ledger
    folder: Path
    workers: int
    workplace: Workplace = field(default_factory=ThisMachine)


@contextmanager
def resources_to_look(out: Path, workers: int) -> Iterator[Resources]:
    """Yield what it takes to work a month of ``out`` out again, writing nothing there.

    A run may go on meanwhile. What has to be read again is kept for as long as the
    ledger is open. Raises ``InputError`` when the folder has no ledger.
    """
    with look_into(out) as ledger, unpacking_folder() as folder:
        yield Resources(ledger=ledger, folder=folder, workers=workers)


# --- which files ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """All that was received for a month, and the moment that bounds it (None: none does).

    ``known`` are the ledger's numbers of all files that had been given by then, for
    whatever month.
    """

    month: Month
    until: datetime | None
    arrivals: tuple[Arrival, ...]
    containers: tuple[Container, ...]
    known: frozenset[int]

    @property
    def number_by_source(self) -> dict[Source, int]:
        """The files' numbers in the ledger."""
        return {arrival.source: arrival.number for arrival in self.arrivals}


def received_for(
    month: Month,
    until: datetime | None,
    ledger: Ledger,
    *,
    given: Gathered | None = None,
    as_of: int | None = None,
) -> Received:
    """Return all that concerns a month: given now, in its earlier runs, or with another month.

    Runs after the one numbered ``as_of`` are left out: the month as it was then.
    """
    given = given or Gathered(arrivals=())
    runs = ledger.runs(as_of)
    own = {number for run in runs if run.month == month for number in run.given}
    other = {number for run in runs if run.month != month for number in run.given}
    strays = other & ledger.cached_arrivals(_KIND, month)
    numbers = own | strays | {arrival.number for arrival in given.arrivals}
    arrivals = [ledger.arrival(number) for number in numbers]
    # what only held files stands once, also when it was given from another folder
    before = [one for run in runs if run.month == month for one in run.containers]
    containers: dict[tuple[str, str, int, str], Container] = {}
    for one in (*before, *given.containers):
        message = one.letter.message_id if one.letter else ""
        containers.setdefault((one.name.rsplit("/", 1)[-1], one.kind, one.members, message), one)
    return Received(
        month=month,
        until=until,
        arrivals=tuple(sorted(arrivals, key=lambda a: (a.source.name, a.source.sha256, a.number))),
        containers=tuple(sorted(containers.values(), key=lambda c: (c.name, str(c.letter)))),
        known=frozenset(own | other | {arrival.number for arrival in given.arrivals}),
    )


def forms_known(terms: Terms, ledger: Ledger) -> frozenset[str]:
    """Return the SHA-256 of the files that were read as one report under these very terms.

    They need not be looked into for several forms again.
    """
    end = f"/{_under(terms)}"
    keys = (key for key in ledger.cached_of_units(_KIND) if key.endswith(end))
    return frozenset(key.removesuffix(end).partition("/")[2] for key in keys)


def _under(terms: Terms) -> str:
    """Return what a reading depends on beside its file: the campaign, its register, the reader."""
    return f"{terms.campaign.digest}/{program_digest()}"


def read_the_unread(terms: Terms, resources: Resources) -> None:
    """Read what was given with any month and of which the ledger keeps nothing any more.

    So that which month a file is of is known, also after what is kept was thrown away. What
    was of no unit is read again under a register that it was not read under: its unit may
    have joined since.
    """
    ledger = resources.ledger
    given = {number for run in ledger.runs() for number in run.given}
    kept = ledger.cached_arrivals(_KIND) | ledger.cached_arrivals(_ATTEMPT)
    wanted = given - (kept - ledger.cached_of_nobody(_KIND))
    readings_of([ledger.arrival(number) for number in sorted(wanted)], terms, resources)


# --- what they say ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthInputs:
    """What a month is judged on.

    ``readings`` are of all that was ``received`` for it, ``moment`` is that which bounds
    it, else the last arrival of a form, or of what might have been one, else of any file;
    None where nothing bounds it and nothing came. ``before`` is what units
    reported for the months before. ``decisions`` are all that the board ever made, in
    their order.
    """

    received: Received
    readings: Sequence[Reading]
    moment: datetime | None
    decisions: Sequence[Decision]
    past: tuple[MonthRecord, ...]
    before: ReportsBefore


def read_inputs(
    received: Received,
    terms: Terms,
    resources: Resources,
    past: Sequence[MonthRecord],
    on_progress: Progress = silent,
) -> MonthInputs:
    """Return what a month is judged on, everything read."""
    readings = readings_of(received.arrivals, terms, resources, on_progress)
    decisions = resources.ledger.decisions()
    aside = set_aside(decisions, received.month)
    forms = [
        one.source.arrived
        for one in readings.values()
        if one.source.sha256 not in aside
        and (one.unread is None or one.unread.reason not in NO_FORM)
    ]
    arrived = forms or [one.source.arrived for one in readings.values()]
    moment = received.until or max(arrived, default=None)
    return MonthInputs(
        received=received,
        readings=tuple(readings.values()),
        moment=moment,
        decisions=decisions,
        past=tuple(past),
        before=_reports_before(replace(received, until=moment), decisions, terms, resources, past),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsBefore:
    """What units reported for the months before, by unit code: as it counts by now.

    ``newest`` is the last filled report of each, of whatever the month's moment lets
    count, also when its own month was made without it. ``older`` are those before it,
    the oldest first, of units that others are under: also what its month was made with
    and is not the newest of it. ``published`` is the last that counted in the result of
    its month and took nothing back there, where that is not the newest; ``replaced`` are the
    filled ones of its month that came between the two. ``as_made`` are
    the units whose newest is what its month's result was made with. ``sent`` are the
    units and months of which any form has come.
    """

    newest: Mapping[str, Reading]
    older: Mapping[str, Sequence[Reading]]
    published: Mapping[str, Reading]
    replaced: Mapping[str, Sequence[Reading]]
    as_made: frozenset[str]
    sent: frozenset[tuple[str, Month]]


def _reports_before(
    received: Received,
    decisions: Sequence[Decision],
    terms: Terms,
    resources: Resources,
    past: Sequence[MonthRecord],
) -> ReportsBefore:
    """Return what units reported for earlier months, chosen as each of these months would."""
    ledger, campaign, until = resources.ledger, terms.campaign, received.until
    aside = set_aside(decisions, received.month)
    counted = {(record.month, unit): n for record in past for unit, n in record.used.items()}
    files: dict[Month, dict[str, set[int]]] = {}
    sent: set[tuple[str, Month]] = set()
    for month, unit, number in (
        *ledger.cached_reports(_KIND),
        *((month, unit, number) for (month, unit), number in counted.items()),
    ):
        if month >= received.month or number not in received.known:
            continue
        source = ledger.arrival(number).source
        # an earlier month may have been run again since, with what came later
        if until is None or source.arrived <= until:
            sent.add((unit, month))
            if source.sha256 not in aside:
                files.setdefault(month, {}).setdefault(unit, set()).add(number)

    above = {unit.parent for unit in campaign.units}
    found: dict[str, list[Reading]] = {}
    replaced: dict[str, Sequence[Reading]] = {}
    for month, numbers_by_unit in sorted(files.items(), reverse=True):
        wanted = {u: n for u, n in numbers_by_unit.items() if u not in found or u in above}
        numbers = sorted({number for numbers in wanted.values() for number in numbers})
        read = readings_of([ledger.arrival(number) for number in numbers], terms, resources)
        # what alone counted in its own month's result need not be chosen again
        alone = {u for u, n in wanted.items() if n == {counted.get((month, u))}}
        to_choose = [
            read[number]
            for unit, numbers in wanted.items()
            if unit not in alone
            for number in sorted(numbers)
            if (one := read[number].submission) and not is_empty(campaign, one)
        ]
        chosen = choose(to_choose, campaign, month, until)
        newest = {unit: read[counted[month, unit]] for unit in alone} | dict(chosen.readings)
        for unit, reading in newest.items():
            made_with = read.get(counted.get((month, unit), 0))
            if unit not in found:
                is_as_made = made_with is not None and made_with.source == reading.source
                came = () if is_as_made else chosen.replaced.get(unit, ())
                replaced[unit] = _after(came, made_with)
            found.setdefault(unit, []).insert(0, reading)
            if unit in above and made_with and made_with.source != reading.source:
                found[unit].insert(0, made_with)

    told = {
        unit: number
        for unit, number in last_told(campaign, past).items()
        if unit in found and any(number in of_month.get(unit, ()) for of_month in files.values())
    }
    others = readings_of([ledger.arrival(number) for number in told.values()], terms, resources)
    return ReportsBefore(
        newest={unit: readings[-1] for unit, readings in found.items()},
        older={unit: readings[:-1] for unit, readings in found.items() if unit in above},
        published={
            unit: others[number]
            for unit, number in told.items()
            if others[number].source != found[unit][-1].source
        },
        replaced=replaced,
        as_made=frozenset(
            unit
            for (month, unit), number in counted.items()
            if unit in found
            and _is_of(found[unit][-1], month)
            and ledger.arrival(number).source == found[unit][-1].source
        ),
        sent=frozenset(sent),
    )


def _after(came: Sequence[Reading], made_with: Reading | None) -> Sequence[Reading]:
    """Return what came after the form that a month's result was made with; all without one."""
    sources = [one.source for one in came]
    if made_with is None or made_with.source not in sources:
        return came
    return came[sources.index(made_with.source) + 1 :]


def _is_of(reading: Reading, month: Month) -> bool:
    return reading.submission is not None and reading.submission.month == month


def last_told(campaign: Campaign, past: Sequence[MonthRecord]) -> dict[str, int]:
    """Return the file, by unit, that last counted in a month and stands by itself.

    Where a newer one took back what it said, or cannot be read in a cell of which it is
    asked, it is the earlier one that stands beside it. What was
    taken back and is neither mended nor accepted stays to be answered.
    """
    back = {rule.id for rule in campaign.rules if rule.asks_what_is_taken_back}
    told: dict[str, int] = {}
    for record in past:
        found = [one for one in record.findings if one.code in back]
        asked = {one.unit for one in found if one.life is not Life.WAIVED}
        stands = record.told.keys() - ({one.unit for one in found} - asked)
        told |= {unit: n for unit, n in record.used.items() if unit not in stands | asked}
        told |= {unit: n for unit, n in record.told.items() if unit in stands}
    return told


def readings_of(
    arrivals: Sequence[Arrival],
    terms: Terms,
    resources: Resources,
    on_progress: Progress = silent,
) -> dict[int, Reading]:
    """Return the reading of each file by its number, from the ledger where it is known.

    A reading depends on the file, the campaign with its register, and the reader.
    """
    ledger, under = resources.ledger, _under(terms)
    key_by_number = {a.number: f"{a.number}/{a.source.sha256}/{under}" for a in arrivals}
    known: dict[int, Reading] = {}
    for arrival in arrivals:
        reading = ledger.cached(_KIND, key_by_number[arrival.number], Reading)
        if reading is not None:
            known[arrival.number] = reading
    on_progress(Step.READING, len(known), len(arrivals))
    new = [arrival for arrival in arrivals if arrival.number not in known]
    number_by_source = {arrival.source: arrival.number for arrival in new}
    done, waiting = count(len(known) + 1), list[Cached]()

    def lay_down() -> None:
        ledger.cache(waiting)
        waiting.clear()

    def one_more(reading: Reading) -> None:
        number, submission = number_by_source[reading.source], reading.submission
        waiting.append(
            Cached(
                kind=_KIND if is_final(reading) else _ATTEMPT,
                key=key_by_number[number],
                value=reading,
                arrival=number,
                month=submission.month if submission else None,
                unit=submission.unit if submission else "",
            )
        )
        if len(waiting) >= _KEPT_AT_ONCE:
            lay_down()
        on_progress(Step.READING, next(done), len(arrivals))

    if new:
        workers, workplace = resources.workers, resources.workplace
        read = read_all(new, terms.campaign, workers, one_more, workplace)
        lay_down()
        known |= {a.number: reading for a, reading in zip(new, read, strict=True)}
    return {arrival.number: known[arrival.number] for arrival in arrivals}
