"""The register of units (danh sách đơn vị): read from CSV or .xlsx, checked, overlaid.

The board's own register lies over the campaign's: a code it names is replaced
column by column where it has a value, a new code is added.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

from tdkt_batch.campaign.definition import Level
from tdkt_batch.errors import CampaignError
from tdkt_batch.model import Unit

COLUMNS: Mapping[str, tuple[str, str]] = {
    "ma": ("code", "Mã đơn vị"),
    "ten": ("name", "Tên đơn vị"),
    "loai": ("kind", "Loại"),
    "cap": ("level", "Cấp"),
    "truc_thuoc": ("parent", "Trực thuộc"),
    "tu_ngay": ("valid_from", "Từ ngày"),
    "den_ngay": ("valid_to", "Đến ngày"),
    "lien_he": ("contact", "Người liên hệ"),
    "dien_thoai": ("phone", "Điện thoại"),
    "thu_dien_tu": ("email", "Thư điện tử"),
    "phan_bo": ("allotment", "Phân bổ đại biểu"),
    "mien_bao_cao": ("exempt", "Miễn báo cáo"),
    "ghi_chu": ("note", "Ghi chú"),
}
"""Column id → attribute of ``Unit`` and the heading that people write."""


def read_register(
    path: Path, levels: tuple[Level, ...], under: tuple[Unit, ...] = ()
) -> tuple[Unit, ...]:
    """Return the units of a register file, laid over ``under``.

    A new unit's level may be left out: its kind tells it. Raises
    ``CampaignError`` naming file, row and column of what cannot be used.
    """
    units = {unit.code: unit for unit in under}
    seen: dict[str, int] = {}
    for number, row in _rows(path):
        where = f"dòng {number}"
        code = row.get("ma", "")
        if not code:
            raise CampaignError(path.name, where, "thiếu “Mã đơn vị”: ghi mã rồi chạy lại")
        if code in seen:
            raise CampaignError(path.name, where, f"mã “{code}” trùng với dòng {seen[code]}")
        seen[code] = number
        given = {COLUMNS[c][0]: _typed(path, where, c, text) for c, text in row.items() if text}
        if code in units:
            units[code] = replace(units[code], **given)
        else:
            units[code] = _new_unit(path, where, _with_level(given, levels), units)
    return tuple(units.values())


def _with_level(given: Mapping[str, Any], levels: tuple[Level, ...]) -> dict[str, Any]:
    """Return a new unit's values with its level: by id, by name, or told by its kind."""
    written = str(given.get("level", "")).casefold()
    for level in levels:
        named = written in (level.id.casefold(), level.name.casefold())
        if named or (not written and given.get("kind") in level.unit_kinds):
            return {**given, "level": level.id}
    return dict(given)


def _new_unit(path: Path, where: str, given: dict[str, Any], units: Mapping[str, Unit]) -> Unit:
    padded = str(given["code"]).zfill(5)
    if padded in units:
        raise CampaignError(
            path.name,
            where,
            f"không có mã “{given['code']}”, có phải “{padded}”? "
            "Định dạng cột “Mã đơn vị” là Văn bản (Text) rồi ghi lại mã",
        )
    for column in ("ten", "loai"):
        attribute, heading = COLUMNS[column]
        if attribute not in given:
            problem = f"đơn vị mới “{given['code']}” thiếu “{heading}”: ghi thêm, hoặc sửa mã"
            raise CampaignError(path.name, where, problem)
    return Unit(**{"level": "", **given})


def check_register(file: str, units: Iterable[Unit], levels: tuple[Level, ...]) -> None:
    """Raise ``CampaignError`` unless levels, kinds, parents, dates and names fit together."""
    by_code = {unit.code: unit for unit in units}
    level_by_id = {level.id: level for level in levels}
    names: dict[tuple[str, str | None], str] = {}
    for unit in by_code.values():
        level = level_by_id.get(unit.level)
        if level is None:
            known = "; ".join(f"{one.name}: {', '.join(one.unit_kinds)}" for one in levels)
            problem = f"không có cấp “{unit.level}” hoặc loại “{unit.kind}”; có {known}"
            raise CampaignError(file, unit.code, problem)
        if unit.kind not in level.unit_kinds:
            raise CampaignError(file, unit.code, f"cấp {level.id} không có loại “{unit.kind}”")
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            raise CampaignError(file, unit.code, "den_ngay trước tu_ngay")
        _check_parent(file, unit, by_code)
        same = names.setdefault((unit.name, unit.parent), unit.code)
        if same != unit.code and _overlap(unit, by_code[same]):
            raise CampaignError(file, unit.code, f"tên “{unit.name}” trùng với đơn vị {same}")


def _check_parent(file: str, unit: Unit, by_code: Mapping[str, Unit]) -> None:
    if unit.parent is None:
        return
    parent = by_code.get(unit.parent)
    if parent is None:
        raise CampaignError(file, unit.code, f"không có đơn vị cấp trên “{unit.parent}”")
    if not _overlap(unit, parent):
        raise CampaignError(
            file, unit.code, f"nằm ngoài thời hạn của đơn vị cấp trên {parent.code}"
        )


def _overlap(one: Unit, other: Unit) -> bool:
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_to or date.max, other.valid_to or date.max)


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """Yield row number (as a spreadsheet counts) and cells by column id."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = f"không mở được danh sách đơn vị: kiểm tra đường dẫn ({error.strerror})"
        raise CampaignError(path.name, "", problem) from None
    table = (
        _csv_table(path, content) if path.suffix.lower() == ".csv" else _sheet_table(path, content)
    )
    if not table:
        raise CampaignError(path.name, "", "danh sách đơn vị trống")
    heads = [_column_id(path, head) for head in table[0]]
    if "ma" not in heads:
        raise CampaignError(path.name, "dòng 1", "thiếu cột “Mã đơn vị”: thêm cột này")
    for number, cells in enumerate(table[1:], start=2):
        row = {h: c for h, c in zip(heads, cells, strict=False) if h}
        if any(row.values()):
            yield number, row


def _csv_table(path: Path, content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CampaignError(path.name, "", "không phải UTF-8; hãy lưu lại dạng CSV UTF-8") from None
    return [[_clean(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


def _sheet_table(path: Path, content: bytes) -> list[list[str]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound):
        problem = "không đọc được danh sách đơn vị: hãy lưu lại dạng .xlsx hoặc .csv"
        raise CampaignError(path.name, "", problem) from None
    return [[_clean(_written(cell)) for cell in row] for row in rows]


def _written(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00a0", " ").split())


def _column_id(path: Path, head: str) -> str:
    if not head:
        return ""
    for id_, (_, heading) in COLUMNS.items():
        if head.casefold() in (id_, heading.casefold()):
            return id_
    known = ", ".join(heading for _, heading in COLUMNS.values())
    raise CampaignError(
        path.name, "dòng 1", f"không có cột “{head}”: sửa tên cột hoặc bỏ cột này; các cột: {known}"
    )


def _typed(path: Path, where: str, column: str, text: str) -> Any:
    heading = COLUMNS[column][1]
    if column in ("tu_ngay", "den_ngay"):
        try:
            return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            raise CampaignError(
                path.name, where, f"{heading}: “{text}” không phải ngày/tháng/năm, ví dụ 20/3/2015"
            ) from None
    if column == "phan_bo":
        if not text.isdecimal():
            raise CampaignError(path.name, where, f"{heading}: “{text}” không phải số nguyên")
        return int(text)
    if column == "mien_bao_cao":
        return text.casefold() in ("x", "có", "1", "true")
    return text
