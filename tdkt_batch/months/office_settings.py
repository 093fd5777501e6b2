"""The office's settings around a run: which hold, what of them is still sample data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.samples import PHONE, real_unit, without_samples
from tdkt_batch.errors import InputError
from tdkt_batch.ledger.store import Ledger
from tdkt_batch.months.campaign_in_force import Terms
from tdkt_batch.months.request import MonthRequest
from tdkt_batch.months.standing import JudgedMonth
from tdkt_batch.office.load import load_for_office
from tdkt_batch.office.write_settings import write_settings, write_units
from tdkt_batch.outputs.publish import publish, staging_in
from tdkt_batch.report import MonthReport
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import office as say


def settings_for(request: MonthRequest, ledger: Ledger) -> Path | None:
    """Return the settings workbook that holds for a run; None where the month has its own.

    A month before the newest is judged with the settings that it had, unless others are
    given. Raises ``InputError`` when those are not there.
    """
    if request.settings is not None and not request.settings.exists():
        raise InputError(say.NO_SUCH_SETTINGS.format(file=request.settings))
    newest = max((run.month for run in ledger.runs()), default=request.month)
    is_old = request.month < newest and ledger.last_run(request.month) is not None
    return None if is_old and request.settings is None else request.settings_file


def without_samples_of(terms: Terms, request: MonthRequest) -> Terms:
    """Return the terms without what must not be printed of the office itself."""
    if request.keeps_samples:
        return terms
    return replace(terms, campaign=without_samples(terms.campaign))


def without_unit_samples(judged: JudgedMonth, request: MonthRequest) -> JudgedMonth:
    """Return a month without telephones and addresses of units that are samples.

    They have done their part in judging: a report may come from an address that is one.
    """
    if request.keeps_samples:
        return judged
    campaign, report = to_be_written_to(judged.terms.campaign, judged.report)
    return replace(judged, report=report, terms=replace(judged.terms, campaign=campaign))


def to_be_written_to(campaign: Campaign, report: MonthReport) -> tuple[Campaign, MonthReport]:
    """Return both without telephones and addresses of units that are samples."""
    places = campaign.samples
    told = tuple(replace(one, unit=real_unit(one.unit, places)) for one in report.units)
    units = tuple(real_unit(unit, places) for unit in campaign.units)
    return replace(campaign, units=units), replace(report, units=told)


def notes_on_settings(campaign: Campaign, request: MonthRequest) -> tuple[str, ...]:
    """Write the settings workbook where there is none; say so, and what is still sample data."""
    settings = request.settings_file
    return (*write_first_settings(campaign, settings), *note_on_samples(campaign, settings))


def note_on_samples(campaign: Campaign, settings: Path) -> Iterator[str]:
    """Say in one line what is still sample data, and where to mend it; nothing where none is."""
    numbers = Counter(map(_kind_of, campaign.samples))
    items = [
        say.SAMPLE_NAMES[kind].format(number=write_number(numbers[kind]))
        for kind in say.SAMPLE_NAMES
        if numbers[kind]
    ]
    if items:
        said = {"number": write_number(len(items)), "items": ", ".join(items)}
        yield say.STILL_SAMPLES.format(**said, file=settings)


def _kind_of(place: str) -> str:
    """Return what kind of sample lies at a place, as ``SAMPLE_NAMES`` knows it."""
    if place == PHONE:
        return "office_phone"
    of, _, rest = place.partition(".")
    _, _, what = rest.partition(".")
    if of == "units":
        return what or "unit"
    return what if what == "letter" else "moved"


def write_first_settings(campaign: Campaign, settings: Path) -> Iterator[str]:
    """Write the settings workbook with what is in force, unless there is one; say so."""
    if settings.exists():
        return
    with staging_in(settings.parent) as staging:
        (staging / settings.name).write_bytes(write_settings(campaign))
        publish(staging, settings.parent, (settings.name,))
    yield say.SETTINGS_WRITTEN.format(file=settings)


def init_settings(folder: str, register: Path | None, out: Path) -> tuple[str, ...]:
    """Write the settings workbook of a campaign, with a register's units; return what to know.

    Raises ``InputError`` where one stands already in ``out``.
    """
    settings = out / say.SETTINGS_FILE
    if settings.exists():
        raise InputError(say.SETTINGS_STAND.format(file=settings))
    office = load_for_office(folder, register)
    return (*office.notes, *write_first_settings(office.campaign, settings))


def export_units(campaign: Campaign, file: Path) -> str:
    """Write the units in force with their codes to ``file``; return what is to be said.

    Raises ``InputError`` where it stands already: it may have been filled.
    """
    if file.exists():
        raise InputError(say.UNITS_STAND.format(file=file))
    with staging_in(file.parent) as staging:
        (staging / file.name).write_bytes(write_units(campaign))
        publish(staging, file.parent, (file.name,))
    return say.UNITS_WRITTEN.format(number=write_number(len(campaign.units)), file=file)
