"""A clerk who fills the form of one unit: what is meant, and the workbook in which it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from itertools import product

from older_forms import with_real_days

from corpus.packages import edited, typed_in
from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Field, FieldKind, Form
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.as_typed import day_as_text
from tdkt_batch.forms.layout import META_ROWS, layout_of
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month, Unit
from tdkt_batch.unit_names.full_names import conference_name, unit_label

FIRST = ("Khe", "Đồi", "Suối", "Đèo", "Hang", "Vực", "Thác", "Dốc", "Rừng", "Ruộng", "Cầu", "Chợ")
SECOND = (
    "Trúc", "Lim", "Gạo", "Đào", "Quế", "Sim", "Chè", "Lúa", "Ngô", "Mận", "Vải", "Hồi", "Sở", "Bông",
)  # fmt: skip
INVENTED = tuple(
    Unit(
        code=f"T{n:03}",
        name=f"Xã {one} {other}",
        kind="xã",
        level="base",
        parent="106",
        superior="Huyện Tam Đường",
        allotment=3,
    )
    for n, (one, other) in enumerate(product(FIRST, SECOND))
)
"""More communes than there are: each case that is read has a unit of its own."""


def _campaign() -> Campaign:
    campaign = load_campaign()
    return replace(campaign, units=(*campaign.units, *INVENTED))


def register() -> str:
    """Return the invented communes as the board's own register has them."""
    lines = [f"{u.code},{u.name},{u.kind},{u.level},{u.parent},{u.allotment}" for u in INVENTED]
    return "\n".join(["ma,ten,loai,cap,truc_thuoc,phan_bo", *lines])


CAMPAIGN: Campaign = _campaign()
MONTH = Month(2015, 3)
Rows = Iterable[tuple[int, str, object]]
PEOPLE = (
    ("Lò Văn Pâng", 1971, "Nam", "Thái", "Trưởng bản Nà Phát", "Nông dân", "Làm kinh tế giỏi", True),
    ("Giàng Thị Máy", 1984, "Nữ", "HMông", "Giáo viên", "Người trực tiếp sản xuất, công tác", "Dạy tốt", False),
    ("Tẩn A Sơn", 1990, "Nam", "Dao", "Công nhân chè", "Công nhân", "Sáng kiến sao chè", True),
)  # fmt: skip
_COLUMNS = (
    "ho_ten", "nam_sinh", "gioi_tinh", "dan_toc", "noi_cong_tac", "doi_tuong", "thanh_tich",
    "duoc_bau",
)  # fmt: skip
TEXTS = {
    "so_cong_van": "25/BC-UBND",
    "lan_thu": "IV",
    "dia_diem": "Hội trường trung tâm xã",
    "so_ke_hoach": "12/KH-UBND",
    "chu_tri": "Lò Văn Hặc, Chủ tịch",
    "so_bao_cao": "30/BC-UBND",
    "kien_nghi": "Đề nghị cấp thêm kinh phí",
    "nguoi_lap": "Nguyễn Thị Hoà",
    "dien_thoai": "0213 000 111",
    "thu_truong": "Lò Văn Hặc, Chủ tịch",
    "giai_doan_qua": "2010-2014",
    "giai_doan_toi": "2015-2020",
}
CHOICES = {
    "trang_thai": "Đã tổ chức",
    "loai_hoi_nghi": "Toàn thể",
    "thoi_luong": "1/2 ngày",
    "hoi_nghi_diem": "Không",
}
DAYS = {
    "ngay_cong_van": date(2015, 3, 17),
    "ngay_tinh": date(2015, 1, 31),
    "ngay_hoi_nghi": date(2015, 3, 12),
    "ngay_dai_hoi_dang": date(2015, 5, 20),
    "ngay_ke_hoach": date(2015, 1, 15),
    "ngay_bao_cao": date(2015, 3, 16),
}
LACKING = {"noi_dung_thieu": "9", "noi_dung_bao_cao_thieu": "đủ"}
_BLANK = ("ly_do", "van_ban_huong_dan", "khong_thay_doi")


@dataclass(frozen=True)
class Clerk:
    """The clerk of ``unit``; ``neighbour`` is another unit of the same kind.

    ``converted`` is the form as another program saved it.
    """

    unit: Unit
    neighbour: Unit
    converted: bytes = b""

    @property
    def definition(self) -> Form:
        return CAMPAIGN.form_of(self.unit)

    @property
    def label(self) -> str:
        return unit_label(self.unit, CAMPAIGN)

    def meant(self) -> dict[str, object]:
        """Return what stands in each field: all of them are filled that ask for something."""
        plain = {f.id: _meant(f, n, self) for n, f in enumerate(self.definition.fields)}
        return {id_: raw for id_, raw in plain.items() if raw is not None}

    def form(
        self,
        month: Month = MONTH,
        rows: Rows = (),
        identity: Mapping[str, object] | None = None,
        *,
        older: bool = False,
        **typed: object,
    ) -> bytes:
        """Return the form as this clerk saves it, with ``typed`` in place of what is meant.

        An ``older`` one is of before days were texts: its cells for days show real ones.
        ``rows`` are changes of the list: row (from 1), column, what is typed;
        ``identity`` are changes of the hidden identity, by address.
        """
        cells: dict[str, dict[str, object]] = {}
        layout = layout_of(self.definition)
        meant = {**self.meant(), "thang_bao_cao": month.first_day}
        if not older:
            days = {id_: day_as_text(raw) for id_, raw in meant.items() if isinstance(raw, date)}
            meant |= days | {"thang_bao_cao": month.vietnamese}
        for id_, raw in {**meant, **typed}.items():
            place = layout.cells[id_]
            shown = "x" if raw is True and id_ not in typed else raw
            cells.setdefault(place.sheet, {})[place.address] = shown
        people = [_row(person) for person in PEOPLE]
        for row, column, raw in rows:
            people[row - 1][column] = raw
        table = layout.tables["danh_sach"]
        for number, person in enumerate(people):
            for column, raw in person.items():
                place = table.cell(number, column)
                cells.setdefault(place.sheet, {})[place.address] = raw
        cells["_meta"] = {**self.identity(month), **(identity or {})}
        return typed_into(template(self.definition.id, older=older), cells, self.definition)

    def identity(self, month: Month) -> dict[str, object]:
        parent = next((u.name for u in CAMPAIGN.units if u.code == self.unit.parent), "")
        facts = {
            "month": str(month),
            "unit": self.unit.code,
            "unit_name": self.unit.name,
            "unit_kind": self.unit.kind,
            "allotment": self.unit.allotment,
            "parent_name": parent,
        }
        return {meta_cell(key): raw for key, raw in facts.items()}


def meta_cell(key: str) -> str:
    """Return the address of a row of the hidden identity."""
    return f"B{META_ROWS.index(key) + 1}"


def _meant(field: Field, number: int, clerk: Clerk) -> object:
    if field.prefill == "unit":
        return clerk.label
    if field.prefill == "conference_name":
        return conference_name(clerk.unit, clerk.definition, CAMPAIGN)
    name = field.id.removesuffix("_kh").removesuffix("_th")
    if field.id.startswith(_BLANK) or field.prefill:
        return CAMPAIGN.values[field.prefill] if "." in field.prefill else None
    match field.kind:
        case FieldKind.COUNT:
            return 20 + number
        case FieldKind.DATE:
            return DAYS[name]
        case FieldKind.CHOICE:
            return CHOICES.get(name) or (field.choices.values[0] if field.choices else None)
        case FieldKind.LACKING:
            return LACKING[name]
    return TEXTS.get(name)


def _row(person: tuple[object, ...]) -> dict[str, object]:
    row = dict(zip(_COLUMNS, person, strict=True))
    return {**row, "duoc_bau": "x" if row["duoc_bau"] else None}


@cache
def template(form: str, *, older: bool = False) -> bytes:
    """Return the form made out to one unit with nothing typed in it; written once."""
    definition = CAMPAIGN.form(form)
    parents = {unit.parent for unit in CAMPAIGN.units}
    fitting = (u for u in CAMPAIGN.units if CAMPAIGN.form_of(u) == definition)
    unit = next(u for u in fitting if u.code not in parents)
    filling = Filling(unit=unit, month=MONTH)
    if not older:
        return write_form(CAMPAIGN, definition, filling)
    days = [f.id for f in definition.fields if f.kind in (FieldKind.DATE, FieldKind.MONTH)]
    real = dict.fromkeys(days, datetime.combine(MONTH.first_day, time()))
    return with_real_days(write_form(CAMPAIGN, definition, replace(filling, values=real)))


def sheet_parts(form: Form) -> dict[str, str]:
    """Return the member of each sheet by its title, as the form is written."""
    titles = [*(sheet.title for sheet in form.sheets), "Tự kiểm tra", "_meta"]
    return {title: f"xl/worksheets/sheet{n}.xml" for n, title in enumerate(titles, start=1)}


def typed_into(content: bytes, cells: dict[str, dict[str, object]], form: Form) -> bytes:
    """Return a workbook with cells typed over, by sheet title and address."""
    parts = sheet_parts(form)
    return edited(
        content,
        {parts[t]: (lambda xml, mine=mine: typed_in(xml, mine)) for t, mine in cells.items()},
    )


# --- what is to be found ------------------------------------------------------------------


def truth(clerk: Clerk) -> dict[str, object]:
    """Return the value of each field of the filled form, None for a blank.

    Unit and month are known of the form as a whole, whatever stands in their cells.
    """
    blank = {f.id: False if f.kind is FieldKind.MARK else None for f in clerk.definition.fields}
    found = {**blank, **clerk.meant()}
    known = (CAMPAIGN.roles.unit, CAMPAIGN.roles.month)
    return {id_: value for id_, value in found.items() if id_ not in known}


def people() -> list[dict[str, object]]:
    """Return the rows of the list as they are to be read."""
    return [dict(zip(_COLUMNS, person, strict=True)) for person in PEOPLE]
