"""The drafts as files: who sent what under which name at which hour, and what lies among them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo import damage
from tdkt_batch.demo.delegates import DISTRICTS
from tdkt_batch.demo.draft_forms import MONTH, Draft, Fate, Province, random_of
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import OFFICE_TIME, Month, Unit
from tdkt_batch.report import FileState, UnitState

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
    **dict.fromkeys(_DAMAGE, UnitState.UNUSABLE),
}
"""How a unit stands whose file met this fate."""


def contents_of(
    campaign: Campaign, province: Province, workers: int, on_progress: Progress, month: Month
) -> dict[str, bytes]:
    """Return the file of every unit that sent one, by its code; more workers take less time."""
    drafts = [draft for draft in province.values() if draft.fate is not Fate.NOT_SENT]
    context, contents = get_context("spawn"), dict[str, bytes]()
    # the campaign travels once: what is prepared for its forms serves as long as it does
    given = (context, _begin, (campaign, month))
    with ProcessPoolExecutor(workers, *given) if workers > 1 else nullcontext() as pool:
        here = partial(form_bytes, campaign, month=month)
        written = pool.map(_form_here, drafts, chunksize=10) if pool else map(here, drafts)
        for draft, content in zip(drafts, written, strict=True):
            contents[draft.unit.code] = content
            on_progress(len(contents), len(drafts))
    return contents


_given: list[tuple[Campaign, Month]] = []
"""What a worker process writes forms of."""


def _begin(campaign: Campaign, month: Month) -> None:
    _given[:] = [(campaign, month)]


def _form_here(draft: Draft) -> bytes:
    campaign, month = _given[0]
    return form_bytes(campaign, draft, month)


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
    content = write_form(campaign, form, filling)
    layout = layout_of(form)
    title_of = {f"xl/worksheets/sheet{n}.xml": s.title for n, s in enumerate(form.sheets, start=1)}

    def change(member: str, xml: str) -> str:
        for field, inner in draft.cells.items():
            place = layout.cells[field]
            if place.sheet == title_of.get(member):
                xml = damage.cell_replaced(xml, place.address, inner)
        for table, text in draft.surplus.items():
            rows = layout.tables[table]
            below = rows.cell(rows.capacity, min(rows.columns, key=lambda id_: rows.columns[id_]))
            if below.sheet == title_of.get(member):
                xml = damage.row_added(xml, below.address, text)
        for old, new in draft.texts.items():
            xml = xml.replace(old, new)
        return xml

    if draft.cells or draft.surplus or draft.texts:
        content = damage.changed(content, change)
    return _DAMAGE[draft.fate](content) if draft.fate in _DAMAGE else content


# --- names and hours -------------------------------------------------------------------------


def folder_of(campaign: Campaign, unit: Unit) -> str:
    """Return the folder that the officer saves the unit's mail in: one a district."""
    district = campaign.superior_of(unit) or unit
    if district.kind in DISTRICTS:
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


# --- what lies among the forms ---------------------------------------------------------------

_MOMENT = datetime(2015, 3, 18, 9, 30)  # noqa: DTZ001 — the office's clock
_AFTER_THE_CUT_OFF = datetime(2015, 3, 25, 17, 20)  # noqa: DTZ001 — as above
CORRECTED, COPIED, REUSED, CORRECTED_TOO_LATE, SENT_TOO_LATE = (
    "03440", "03442", "03445", "03454", "HCTD",
)  # fmt: skip


def strays(
    campaign: Campaign, province: Province, contents: Mapping[str, bytes]
) -> Iterator[SentFile]:
    """Yield everything beyond the one form that each unit owes; ``contents`` are those forms."""

    def beside(draft: Draft, word: str) -> str:
        name = file_name(draft.unit).removesuffix(".xlsx")
        return f"{folder_of(campaign, draft.unit)}/{name} ({word}).xlsx"

    def version(code: str, word: str, moment: datetime, state: FileState) -> SentFile:
        """Return another version of a unit's form: it names another place."""
        draft = deepcopy(province[code])
        draft.set(dia_diem=f"{draft.values['dia_diem']} (tạm)")
        return SentFile(beside(draft, word), form_bytes(campaign, draft), moment, state)

    # a version that was corrected later, and corrections that came after the cut-off
    before = arrival(province[CORRECTED]) - timedelta(days=1)
    yield version(CORRECTED, "ban 1", before, FileState.SUPERSEDED)
    yield version(CORRECTED_TOO_LATE, "sua lai", _AFTER_THE_CUT_OFF, FileState.OTHER_MONTH)
    yield version(SENT_TOO_LATE, "gui sau", _AFTER_THE_CUT_OFF, FileState.OTHER_MONTH)

    # the very same file, sent once more an hour later
    copied = province[COPIED]
    moment = arrival(copied) + timedelta(hours=1)
    yield SentFile(beside(copied, "gui lai"), contents[COPIED], moment, FileState.DUPLICATE)

    # the unit's form of the month before, sent again by mistake
    reused, planned = province[REUSED], {"trang_thai": "Đã có kế hoạch"}
    filling = Filling(unit=reused.unit, month=Month(2015, 2), values=planned)
    content = write_form(campaign, campaign.form(reused.form), filling)
    yield SentFile(beside(reused, "thang 2"), content, _MOMENT, FileState.OTHER_MONTH)

    # a form filled by a unit that the register does not have
    filling = Filling(month=MONTH, values={"don_vi_bao_cao": "Hợp tác xã Giả định 99", **planned})
    content = write_form(campaign, campaign.form(campaign.level("base").form), filling)
    yield SentFile("Doanh nghiệp/bao cao HTX.xlsx", content, _MOMENT, FileState.QUARANTINED)

    folder = folder_of(campaign, copied.unit)
    no_forms = {
        f"{folder}/~${file_name(copied.unit)}": b"\x05Admin" + b" " * 48,
        f"{folder}/Ban ky dong dau.pdf": b"%PDF-1.4\n%%EOF\n",
        f"{folder}/Anh hoi nghi.jpg": damage.PICTURE,
        "Sở, ban, ngành/Cong van gui kem.docx": damage.text_document(_MOMENT),
        "ghi chu.txt": "Đã gọi điện nhắc các xã chưa gửi.\n".encode(),
        "Thumbs.db": damage.encrypted(b""),
    }
    for path, content in no_forms.items():
        yield SentFile(path, content, _MOMENT, FileState.NOT_A_FORM)
