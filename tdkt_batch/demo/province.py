"""The sample province in both months: clean forms, planted faults, folders of files.

The same campaign gives the same names, bytes and times in every run, whatever the
number of workers that write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.clean_forms import base_draft, hold, upper_draft
from tdkt_batch.demo.draft_forms import MONTH, Draft, Fate, Province, random_of
from tdkt_batch.demo.faults_between_units import PLANTINGS_ACROSS
from tdkt_batch.demo.faults_in_cells_and_files import OF_CELLS, OF_FILES
from tdkt_batch.demo.faults_in_forms import (
    OF_DELEGATES,
    OF_PROGRAMME,
    OF_REPORTS,
    OF_UPPER_UNITS,
)
from tdkt_batch.demo.files import (
    SENT_TOO_LATE,
    UNIT_STATES,
    Progress,
    SentFile,
    archive,
    contents_of,
    file_name,
    folder_of,
    put,
    sent_files,
    strays,
)
from tdkt_batch.demo.planting import Edit, EditAcross, Planting
from tdkt_batch.demo.truth import Planted, Truth
from tdkt_batch.model import Month
from tdkt_batch.report import FileState, UnitState

RECEIVED_UNTIL = datetime(2015, 3, 25, 17)  # noqa: DTZ001 — the office's clock, as all moments
"""The moment up to which the sample month's files count."""

PLANTINGS = (
    *OF_DELEGATES, *OF_PROGRAMME, *OF_UPPER_UNITS, *OF_REPORTS, *OF_CELLS, *OF_FILES,
)  # fmt: skip
"""All faults that lie within one unit's form or file; a unit has one at most."""


def sample_province(campaign: Campaign) -> tuple[Province, tuple[Planted, ...]]:
    """Return all forms of the month with their faults, and what must be found of them."""
    return planted_province(campaign, PLANTINGS, PLANTINGS_ACROSS)


def planted_province(
    campaign: Campaign,
    plantings: Iterable[Planting[Edit]] = (),
    across: Iterable[Planting[EditAcross]] = (),
) -> tuple[Province, tuple[Planted, ...]]:
    """Return the province with its faults, and what must be found of them.

    Base units are planted before the upper units' forms repeat what they say;
    faults between units come last. Without plantings it is a province without a
    fault.
    """
    by_unit = {planting.place.unit: planting for planting in plantings}
    across = tuple(across)
    places = [one.place for one in across] + [one.place for one in by_unit.values()]
    held = {place.unit: place.held for place in places if place.held is not None}
    units = campaign.units_in(MONTH)
    codes_by_parent: dict[str, list[str]] = {}
    for unit in units:
        codes_by_parent.setdefault(unit.parent or "", []).append(unit.code)
    # each parent has one pilot unit: its second in the register, or its only one
    pilots = {codes[min(1, len(codes) - 1)] for parent, codes in codes_by_parent.items() if parent}

    drafts: dict[str, Draft] = {}
    planted: list[Planted] = []
    for unit in sorted(units, key=lambda unit: unit.level != "base"):
        planting = by_unit.get(unit.code)
        if unit.level == "base":
            pilot = unit.code in pilots
            by_chance = random_of(unit, "stage").random() < 0.6
            is_held = pilot or held.get(unit.code, by_chance)
            large = planting is not None and planting.place.large
            draft = base_draft(campaign, unit, held=is_held, pilot=pilot, large=large)
        else:
            below = [drafts[code] for code in codes_by_parent.get(unit.code, ()) if code in drafts]
            draft = upper_draft(campaign, unit, below)
            if held.get(unit.code):
                hold(draft)
        drafts[unit.code] = draft
        if planting:
            planting.edit(draft)
            planted += planting.planted
    province = Province({unit.code: drafts[unit.code] for unit in units})
    for one in across:
        one.edit(province[one.place.unit], province)
        planted += one.planted
    return province, tuple(sorted(planted, key=lambda p: (p.unit, p.expected.code)))


def make_province(
    folder: Path,
    campaign: Campaign,
    workers: int = 1,
    on_progress: Progress = lambda _done, _of: None,
) -> Truth:
    """Write the sample month's files into ``folder`` and return what a run must find."""
    province, planted = sample_province(campaign)
    contents = contents_of(campaign, province, workers, on_progress, MONTH)
    zipped, states = archive(province, contents)
    states |= put(folder, sent_files(campaign, province, contents))
    put(folder, [zipped])
    states |= put(folder, strays(campaign, province, contents))
    return Truth(
        planted=planted,
        units={
            **{code: UNIT_STATES[draft.fate] for code, draft in province.items()},
            SENT_TOO_LATE: UnitState.AFTER_CUT_OFF,
        },
        names={code: draft.unit.name for code, draft in province.items()},
        files=dict(sorted(states.items())),
    )


# --- the month before ------------------------------------------------------------------------

FEBRUARY = Month(2015, 2)
FEBRUARY_RECEIVED_UNTIL = datetime(2015, 2, 25, 17)  # noqa: DTZ001 — the office's clock
_LAST_HELD = date(2015, 2, 12)
_SILENT, _STILL_WRONG, _LATE = 0.14, 0.05, 0.04
"""Shares of the units that send nothing, that have something to mend, that are late."""
_OF_THE_CONFERENCE = (
    "bieu_duong_tap_the", "bieu_duong_ca_nhan", "bieu_duong_ho_gia_dinh", "bau_dai_bieu",
    "so_bao_cao", "ngay_bao_cao",
)  # fmt: skip
"""What only a conference that is over brings about."""
_TO_BE_MENDED: tuple[Mapping[str, str | None], ...] = (
    {"thoi_luong": "1 ngày"},
    {"dia_diem": None},
    {"chu_tri": None},
    {"so_ke_hoach": None},
)
"""What some units had wrong in February and mended until March."""


def make_february(folder: Path, campaign: Campaign, workers: int, on_progress: Progress) -> None:
    """Write the files of the month before into ``folder``.

    Fewer units report, fewer have held, some faults are older. There is no truth
    table: it is there so that the sample month has something to be compared with.
    """
    march, _ = sample_province(campaign)
    before = {code: _month_before(draft) for code, draft in march.items()}
    province = Province({code: draft for code, draft in before.items() if draft is not None})
    contents = contents_of(campaign, province, workers, on_progress, FEBRUARY)
    files = []
    for code, content in contents.items():
        draft = province[code]
        random = random_of(draft.unit, "february arrival")
        days = 9 if random.random() < _LATE else random.randint(0, 1)
        day = draft.day("ngay_cong_van") + timedelta(days=days)
        arrived = datetime.combine(day, time(random.randint(8, 15)))
        name = f"{folder_of(campaign, draft.unit)}/{file_name(draft.unit, FEBRUARY)}"
        files.append(SentFile(name, content, arrived, FileState.USED))
    put(folder, files)


def _month_before(march: Draft) -> Draft | None:
    """Return what the unit sent a month before; None when it sent nothing."""
    random = random_of(march.unit, "february")
    if random.random() < _SILENT or (march.fate is Fate.NOT_SENT and random.random() < 0.5):
        return None
    draft = deepcopy(march)
    draft.fate, draft.arrives = Fate.ARRIVED, None
    draft.cells, draft.texts, draft.surplus = {}, {}, {}
    day = draft.values.get("ngay_hoi_nghi_th")
    if draft.is_held and not (isinstance(day, date) and day <= _LAST_HELD):
        # only the plan is left: no actual figures, no results, no list of delegates
        draft.set(trang_thai="Đã có kế hoạch")
        actual = (name for name in draft.values if name.endswith("_th"))
        draft.clear(*actual, *_OF_THE_CONFERENCE)
        draft.tables.pop("danh_sach", None)
        draft.tables.pop("khen_thuong", None)
    if random.random() < _STILL_WRONG:
        draft.set(**random.choice(_TO_BE_MENDED))
    draft.set(ngay_cong_van=date(2015, 2, random.randint(6, 11)))
    return draft
