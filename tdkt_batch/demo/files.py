"""The drafts as files: who sent what under which name at which hour, and what broke on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign, Form
from tdkt_batch.demo import damage
from tdkt_batch.demo.clean import MONTH, random_of
from tdkt_batch.demo.draft import Draft, Fate, Province
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Unit
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.unpack.gather import OFFICE_TIME

Progress = Callable[[int, int], None]
"""Is told how many of how many forms are written."""
ZIPPED = "112"
"""The district that sends its communes' forms in one archive."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of the sample, its time by the office's clock, and what must become of it."""

    name: str
    content: bytes
    moment: datetime
    state: FileState


_DAMAGE: Mapping[Fate, Callable[[bytes], bytes]] = {
    Fate.TRUNCATED: damage.truncated,
    Fate.ENCRYPTED: damage.encrypted,
    Fate.SAVED_AS_TEXT: damage.table_as_text,
    Fate.NOT_DOWNLOADED: lambda _: b"",
    Fate.NO_MONTH: lambda content: content,
    Fate.OTHER_NAME: lambda content: content,
}
UNIT_STATES: Mapping[Fate, UnitState] = {
    Fate.ARRIVED: UnitState.ON_TIME,
    Fate.LATE: UnitState.LATE,
    Fate.EMPTY: UnitState.EMPTY,
    Fate.NOT_SENT: UnitState.MISSING,
    **dict.fromkeys(_DAMAGE, UnitState.UNREADABLE),
}
"""How a unit stands whose file met this fate."""


def contents_of(
    campaign: Campaign,
    province: Province,
    workers: int,
    on_progress: Progress,
    month: Month = MONTH,
) -> dict[str, bytes]:
    """Return the file of every unit that sent one, by its code; more workers take less time."""
    drafts = [draft for draft in province.values() if draft.fate is not Fate.NOT_SENT]
    contents: dict[str, bytes] = {}
    written = _written(partial(form_bytes, campaign, month=month), drafts, workers)
    for draft, content in zip(drafts, written, strict=True):
        contents[draft.unit.code] = content
        on_progress(len(contents), len(drafts))
    return contents


def _written(
    write: Callable[[Draft], bytes], drafts: Sequence[Draft], workers: int
) -> Iterator[bytes]:
    if workers < 2:
        yield from map(write, drafts)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(write, drafts, chunksize=10)  # the campaign travels with each chunk


def form_bytes(campaign: Campaign, draft: Draft, month: Month = MONTH) -> bytes:
    """Return the draft as a workbook, with what broke in it and on its way."""
    form = campaign.form(draft.form)
    filling = Filling(
        unit=draft.unit,
        month=month,
        values=draft.values,
        tables=draft.tables,
        explanations=draft.explanations,
    )
    content = _broken(write_form(campaign, form, filling), form, draft)
    damaged = _DAMAGE.get(draft.fate)
    return damaged(content) if damaged else content


def _broken(content: bytes, form: Form, draft: Draft) -> bytes:
    """Return the workbook with the cells and texts that the draft breaks."""
    layout = layout_of(form)
    members = {s.title: f"xl/worksheets/sheet{n}.xml" for n, s in enumerate(form.sheets, start=1)}
    for field, inner in draft.cells.items():
        place = layout.cells[field]
        content = damage.cell_replaced(content, members[place.sheet], place.address, inner)
    for table, text in draft.surplus.items():
        rows = layout.tables[table]
        below = rows.cell(rows.capacity, min(rows.columns, key=lambda id_: rows.columns[id_]))
        content = damage.row_added(content, members[below.sheet], below.address, text)
    for old, new in draft.texts.items():
        content = damage.reworded(content, old, new)
    return content


# --- names and hours -------------------------------------------------------------------------


def folder_of(campaign: Campaign, unit: Unit) -> str:
    """Return the folder that the officer saves the unit's mail in: one a district."""
    district = campaign.superior_of(unit) or unit
    if district.kind in ("huyện", "thành phố"):
        return district.name
    return "Doanh nghiệp" if unit.kind == "doanh nghiệp" else "Sở, ban, ngành"


def file_name(unit: Unit, month: Month = MONTH) -> str:
    """Return the name under which the unit's form arrives."""
    return f"{unit.code} {unit.name} - thang {month.number}-{month.year}.xlsx"


def arrival(draft: Draft) -> datetime:
    """Return when the form arrived: in time, on the day of its covering document or the next."""
    if draft.arrives is not None:
        return draft.arrives
    random = random_of(draft.unit, "arrival")
    covering = draft.values.get("ngay_cong_van")
    sent = covering if isinstance(covering, date) else date(2015, 3, 17)
    last = date(2015, 3, 20 if draft.unit.level == "base" else 25)
    day = min(max(sent, date(2015, 3, 5)) + timedelta(days=random.randint(0, 1)), last)
    return datetime.combine(day, time(random.randint(8, 15), random.randint(0, 59)))


# --- what was sent ---------------------------------------------------------------------------


def sent_files(
    campaign: Campaign, province: Province, contents: Mapping[str, bytes]
) -> Iterator[SentFile]:
    """Yield the units' own files; those of one district come in an archive."""
    for code, content in contents.items():
        if province[code].unit.parent != ZIPPED:
            yield _sent_file(province[code], folder_of(campaign, province[code].unit), content)


def archive(
    province: Province, contents: Mapping[str, bytes]
) -> tuple[SentFile, dict[str, FileState]]:
    """Return the archive of one district's communes, and the states of its members."""
    name = f"{province[ZIPPED].unit.name}/cac xa, thi tran - thang 3-2015.zip"
    members = [
        _sent_file(draft, name, contents[draft.unit.code])
        for draft in province.of_parent(ZIPPED)
        if draft.unit.code in contents
    ]
    content = damage.zip_of(
        {one.name.removeprefix(f"{name}/"): (one.content, one.moment) for one in members}
    )
    latest = max(one.moment for one in members)
    return SentFile(name, content, latest, FileState.USED), {m.name: m.state for m in members}


def _sent_file(draft: Draft, folder: str, content: bytes) -> SentFile:
    state = FileState.QUARANTINED if draft.fate in _DAMAGE else FileState.USED
    return SentFile(f"{folder}/{file_name(draft.unit)}", content, arrival(draft), state)


def put(folder: Path, files: Iterable[SentFile]) -> dict[str, FileState]:
    """Write the files with their times and return their states by name."""
    states = {}
    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        seconds = file.moment.replace(tzinfo=OFFICE_TIME).timestamp()
        os.utime(path, (seconds, seconds))
        states[file.name] = file.state
    return states
