"""Whole forms that came to grief in people's hands: sheets, identity, units, versions."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from unicodedata import normalize

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from corpus.case import SENT, Case, Make, kept, read
from corpus.clerk import CAMPAIGN, MONTH, Clerk, meta_cell, template, typed_into
from corpus.damaged import BOOK
from corpus.packages import edited, swap
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.model import Month

PAGE, LIST, PANEL = "Báo cáo", "Danh sách", "Tự kiểm tra"


def by_openpyxl(edit: Callable[[Workbook], object]) -> Make:
    """Return a form that a program saved which calculates nothing."""

    def make(clerk: Clerk) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(clerk.form()))
        edit(book)
        return saved(book)

    return make


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def retitled(old: str, new: str) -> Make:
    return lambda clerk: edited(clerk.form(), {BOOK: swap(f'name="{old}"', f'name="{new}"')})


def hidden(title: str) -> Make:
    return lambda clerk: edited(
        clerk.form(),
        {BOOK: swap(f'<sheet name="{title}"', f'<sheet state="hidden" name="{title}"')},
    )


def reordered(clerk: Clerk) -> bytes:
    def turn(xml: bytes) -> bytes:
        sheets = re.findall(rb"<sheet [^>]*/>", xml)
        inside = b"".join(reversed(sheets))
        return re.sub(rb"<sheets>.*</sheets>", b"<sheets>" + inside + b"</sheets>", xml)

    return edited(clerk.form(), {BOOK: turn})


def pasted(clerk: Clerk, titles: tuple[str, ...] = (PAGE, LIST)) -> bytes:
    """Return the visible pages pasted into a new workbook, as values."""
    old = openpyxl.load_workbook(io.BytesIO(clerk.form()), data_only=True)
    new = openpyxl.Workbook()
    new.remove(new.active)
    for number, title in enumerate(titles, start=1):
        sheet = new.create_sheet(f"Sheet{number}")
        for row in old[title].iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet[cell.coordinate].value = cell.value
    return saved(new)


def moved(book: Workbook, *, rows: int = 0, columns: int = 0) -> None:
    """Move the page's cells down and to the right, as inserting rows and columns does."""
    sheet = book[PAGE]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    last = f"{get_column_letter(sheet.max_column)}{sheet.max_row}"
    sheet.move_range(f"A1:{last}", rows=rows, cols=columns)


def inserted(book: Workbook) -> None:
    """Insert two rows above the delegates, as someone who notes something there."""
    sheet = book[PAGE]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.move_range(f"A38:E{sheet.max_row}", rows=2)


def copied(book: Workbook) -> None:
    sheet = book.copy_worksheet(book[PAGE])
    sheet.title = "Báo cáo (2)"


def identity(**changes: object) -> Make:
    """Return a form whose hidden identity says something else."""
    return lambda clerk: clerk.form(identity={meta_cell(k): raw for k, raw in changes.items()})


def blank_form(name: Callable[[Clerk], str]) -> Make:
    """Return the form that is not made out to anybody, its unit typed by hand."""
    rows = ("unit", "unit_name", "unit_kind", "parent_name", "allotment")
    nobody = {meta_cell(key): None for key in rows}
    return lambda clerk: clerk.form(identity=nobody, don_vi_bao_cao=name(clerk))


def without_sheet(title: str) -> Make:
    """Return a form without one of its sheets."""
    pattern = re.compile(f'<sheet name="{title}"[^>]*/>'.encode())
    return lambda clerk: edited(clerk.form(), {BOOK: lambda xml: pattern.sub(b"", xml)})


def without_names(clerk: Clerk) -> bytes:
    names = re.compile(rb"<definedNames>.*</definedNames>", re.DOTALL)
    return edited(clerk.form(), {BOOK: lambda xml: names.sub(b"", xml)})


def unmarked(text: str) -> str:
    plain = text.replace("đ", "d").replace("Đ", "D")
    return normalize("NFD", plain).encode("ascii", "ignore").decode()


def of_the_other_level(clerk: Clerk) -> bytes:
    """Return the other level's form, made out to this unit."""
    form = next(f for f in CAMPAIGN.forms if f != clerk.definition)
    cells = {PAGE: {"C9": clerk.label}, "_meta": clerk.identity(MONTH)}
    return typed_into(template(form.id), cells, form)


def halves(clerk: Clerk) -> dict[str, object]:
    """Return the plan from one colleague, the results from another, the whole a day later."""
    plan = {f.id: None for f in clerk.definition.fields if f.id.endswith("_th")}
    results = {f.id: None for f in clerk.definition.fields if f.id.endswith("_kh")}
    return {
        "ke hoach.xlsx": clerk.form(**plan),
        "ket qua.xlsx": clerk.form(**results),
        "ca hai.xlsx": (clerk.form(), SENT.replace(day=19)),
    }


def february_and_march(clerk: Clerk) -> dict[str, object]:
    return {"thang 2.xlsx": clerk.form(Month(2015, 2)), "thang 3.xlsx": clerk.form()}


CASES: tuple[Case, ...] = (
    read("saved-by-a-program-that-does-not-calculate", by_openpyxl(lambda book: None)),
    read("page-renamed", retitled(PAGE, "Sheet1")),
    read("page-renamed-without-marks", retitled(PAGE, "BAO CAO")),
    read("page-with-a-blank-behind-its-name", retitled(PAGE, "Báo cáo ")),
    read("list-renamed", retitled(LIST, "DS đại biểu")),
    read("panel-renamed", retitled(PANEL, "Kiem tra")),
    read("page-hidden", hidden(PAGE)),
    read("list-hidden", hidden(LIST)),
    read("sheets-turned-round", reordered),
    read("sheet-added-in-front", by_openpyxl(lambda book: book.create_sheet("Ghi chú", 0))),
    read("identity-shown", lambda c: edited(c.form(), {BOOK: swap(' state="hidden"', "")})),
    read("panel-deleted", without_sheet(PANEL)),
    read("lists-deleted", without_sheet("_danh_muc")),
    read("helper-sheet-deleted", without_sheet("_tinh")),
    read("identity-deleted", without_sheet("_meta")),
    read("names-deleted", without_names),
    read("page-copied-beside-itself", by_openpyxl(copied)),
    read("pasted-into-a-new-workbook", pasted),
    read("page-moved-down", by_openpyxl(lambda book: moved(book, rows=2))),
    read("page-moved-right", by_openpyxl(lambda book: moved(book, columns=1))),
    read("rows-inserted", by_openpyxl(inserted)),
    read("signature-block-cut-off", by_openpyxl(lambda book: book[PAGE].delete_rows(76, 30))),
    read("february-and-march", february_and_march, "used", "other_month: 2/2015"),
    read("two-halves-and-the-whole", halves, "used", "superseded: mới hơn", "superseded: mới hơn"),
    read("form-of-the-upper-level", lambda c: c.form(), unit="upper"),
    read("form-of-the-upper-level-in-a-zip", lambda c: {"a.dat": c.form()}, unit="upper"),
    read("upper-form-saved-without-calculating", by_openpyxl(lambda book: None), unit="upper"),
    read("unit-by-hand", blank_form(lambda c: c.label)),
    read("unit-by-hand-without-marks", blank_form(lambda c: unmarked(c.label))),
    read("unit-by-hand-in-capitals", blank_form(lambda c: c.label.upper())),
    read("unit-by-hand-with-its-office", blank_form(lambda c: f"UBND {c.label[0].lower()}{c.label[1:]}")),
    read("unit-by-hand-decomposed", blank_form(lambda c: normalize("NFD", c.label))),
    kept("unit-by-hand-unknown", blank_form(lambda _: "Hợp tác xã Giả định 99"), "quarantined: không có đơn vị"),
    kept("unit-by-hand-left-out", blank_form(lambda _: ""), "quarantined: đơn vị"),
    kept("form-of-the-wrong-level", of_the_other_level, "quarantined: phải dùng"),
    kept("form-of-another-campaign", identity(campaign="lai_chau_2010"), "quarantined: đợt khác"),
    kept("form-nobody-knows", identity(form="mau_77"), "quarantined: mau_77"),
    kept("blank-form-sent-back", lambda _: write_form(CAMPAIGN, CAMPAIGN.forms[0], Filling()), "quarantined: chưa ghi tên đơn vị"),
    kept("panel-alone", lambda c: pasted(c, (PANEL,)), "not_a_form: khác"),
)  # fmt: skip
