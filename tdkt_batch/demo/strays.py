"""Files that lie among the forms: second versions, copies, other months, no forms at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.demo import damage
from tdkt_batch.demo.draft import Draft, Province
from tdkt_batch.demo.files import SentFile, arrival, file_name, folder_of, form_bytes
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month
from tdkt_batch.report import FileState

_MOMENT = datetime(2015, 3, 18, 9, 30)  # noqa: DTZ001 — the office's clock
CORRECTED, COPIED, REUSED, CORRECTED_TOO_LATE, SENT_TOO_LATE = (
    "03440", "03442", "03445", "03454", "HCTD",
)  # fmt: skip


def strays(
    campaign: Campaign, province: Province, contents: Mapping[str, bytes]
) -> Iterator[SentFile]:
    """Yield everything beyond the one form that each unit owes; ``contents`` are those forms."""
    yield from _second_versions(campaign, province)
    yield _copy(campaign, province[COPIED], contents[COPIED])
    yield _last_month(campaign, province[REUSED])
    yield _of_unknown_unit(campaign)
    yield from _no_forms(campaign, province)


def _second_versions(campaign: Campaign, province: Province) -> Iterator[SentFile]:
    """Yield a version that was corrected later, and corrections that came after the cut-off."""
    draft = province[CORRECTED]
    yield _version(
        campaign, draft, "ban 1", arrival(draft) - timedelta(days=1), FileState.SUPERSEDED
    )
    after = datetime(2015, 3, 25, 17, 20)  # noqa: DTZ001 — the office's clock
    late = province[CORRECTED_TOO_LATE]
    yield _version(campaign, late, "sua lai", after, FileState.OTHER_MONTH)
    yield _version(campaign, province[SENT_TOO_LATE], "gui sau", after, FileState.OTHER_MONTH)


def _version(
    campaign: Campaign, draft: Draft, words: str, moment: datetime, state: FileState
) -> SentFile:
    """Return another version of a unit's form: it names another place."""
    kept = draft.values["dia_diem"]
    draft.set(dia_diem=f"{kept} (tạm)")
    content = form_bytes(campaign, draft)
    draft.set(dia_diem=kept)
    return SentFile(_beside(campaign, draft, words), content, moment, state)


def _beside(campaign: Campaign, draft: Draft, words: str) -> str:
    name = file_name(draft.unit).removesuffix(".xlsx")
    return f"{folder_of(campaign, draft.unit)}/{name} ({words}).xlsx"


def _copy(campaign: Campaign, draft: Draft, content: bytes) -> SentFile:
    """Return the very same file, sent once more an hour later."""
    moment = arrival(draft) + timedelta(hours=1)
    name = _beside(campaign, draft, "gui lai")
    return SentFile(name, content, moment, FileState.DUPLICATE)


def _last_month(campaign: Campaign, draft: Draft) -> SentFile:
    """Return the unit's form of the month before, sent again by mistake."""
    month = Month(2015, 2)
    filling = Filling(unit=draft.unit, month=month, values={"trang_thai": "Đã có kế hoạch"})
    content = write_form(campaign, campaign.form(draft.form), filling)
    name = _beside(campaign, draft, "thang 2")
    return SentFile(name, content, _MOMENT, FileState.OTHER_MONTH)


def _of_unknown_unit(campaign: Campaign) -> SentFile:
    """Return a form filled by a unit that the register does not have."""
    values = {"don_vi_bao_cao": "Hợp tác xã Giả định 99", "trang_thai": "Đã có kế hoạch"}
    form = campaign.form(campaign.level("base").form)
    content = write_form(campaign, form, Filling(month=Month(2015, 3), values=values))
    return SentFile("Doanh nghiệp/bao cao HTX.xlsx", content, _MOMENT, FileState.QUARANTINED)


def _no_forms(campaign: Campaign, province: Province) -> Iterator[SentFile]:
    draft = province[COPIED]
    folder, name = folder_of(campaign, draft.unit), file_name(draft.unit)
    lock = b"\x05Admin" + b" " * 48
    contents = {
        f"{folder}/~${name}": lock,
        f"{folder}/Ban ky dong dau.pdf": b"%PDF-1.4\n%%EOF\n",
        f"{folder}/Anh hoi nghi.jpg": damage.PICTURE,
        "Sở, ban, ngành/Cong van gui kem.docx": damage.text_document(_MOMENT),
        "ghi chu.txt": "Đã gọi điện nhắc các xã chưa gửi.\n".encode(),
        "Thumbs.db": damage.encrypted(b""),
    }
    for path, content in contents.items():
        yield SentFile(path, content, _MOMENT, FileState.NOT_A_FORM)
