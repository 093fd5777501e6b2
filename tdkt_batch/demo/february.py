"""The month before the sample month: fewer units report, fewer have held, some faults are older.

It has no truth table; it is there so that the sample month has something to be
compared with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo.clean import random_of
from tdkt_batch.demo.draft import Draft, Fate, Province
from tdkt_batch.demo.files import Progress, SentFile, contents_of, file_name, folder_of, put
from tdkt_batch.demo.sample import sample_province
from tdkt_batch.model import Month
from tdkt_batch.report import FileState

MONTH = Month(2015, 2)
RECEIVED_UNTIL = datetime(2015, 2, 25, 17)  # noqa: DTZ001 — the office's clock
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
    """Write the month's files into ``folder``, the same bytes in every run."""
    province, _ = sample_province(campaign)
    drafts = {code: _as_it_was(draft) for code, draft in province.items()}
    sent = Province({code: draft for code, draft in drafts.items() if draft is not None})
    contents = contents_of(campaign, sent, workers, on_progress, MONTH)
    put(folder, _files(campaign, sent, contents))


def _as_it_was(march: Draft) -> Draft | None:
    """Return what the unit sent a month before; None when it sent nothing."""
    random = random_of(march.unit, "february")
    if random.random() < _SILENT or (march.fate is Fate.NOT_SENT and random.random() < 0.5):
        return None
    draft = deepcopy(march)
    draft.fate, draft.arrives = Fate.ARRIVED, None
    draft.cells, draft.texts, draft.surplus = {}, {}, {}
    if draft.is_held and not _was_held(draft):
        _take_back_the_conference(draft)
    if random.random() < _STILL_WRONG:
        draft.set(**random.choice(_TO_BE_MENDED))
    draft.set(ngay_cong_van=date(2015, 2, random.randint(6, 11)))
    return draft


def _was_held(draft: Draft) -> bool:
    day = draft.values.get("ngay_hoi_nghi_th")
    return isinstance(day, date) and day <= _LAST_HELD


def _take_back_the_conference(draft: Draft) -> None:
    """Leave the plan: no actual figures, no results, no list of delegates."""
    draft.set(trang_thai="Đã có kế hoạch")
    draft.clear(*(name for name in draft.values if name.endswith("_th")), *_OF_THE_CONFERENCE)
    draft.tables.pop("danh_sach", None)
    draft.tables.pop("khen_thuong", None)


def _files(
    campaign: Campaign, province: Province, contents: Mapping[str, bytes]
) -> Iterator[SentFile]:
    for code, content in contents.items():
        unit = province[code].unit
        name = f"{folder_of(campaign, unit)}/{file_name(unit, MONTH)}"
        yield SentFile(name, content, _arrival(province[code]), FileState.USED)


def _arrival(draft: Draft) -> datetime:
    random = random_of(draft.unit, "february arrival")
    days = 9 if random.random() < _LATE else random.randint(0, 1)
    covering = draft.day("ngay_cong_van")
    return datetime.combine(covering + timedelta(days=days), time(random.randint(8, 15)))
