"""Whatever a sender types, and wherever: the manifest names no person but where a file's name does."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest
from mail_samples import HEADERS, attached, forwarded, mail, text
from nine_months import MAR
from openpyxl import load_workbook
from sent_files import put
from small_province import UnitsAtTheirForms, make_small_province

from tdkt_batch.months.run import run_month
from tdkt_batch.vietnamese.writing import plain_letters

NAME = "Hoàng Thị Xoẻng"
RARE = "xoeng"


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh-nho"))


def retitled(content, title):
    book = load_workbook(io.BytesIO(content))
    next(one for one in book if one.sheet_state == "visible").title = title
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_rare_name_in_every_free_place_is_nowhere_in_the_manifest(province, tmp_path):
    units = UnitsAtTheirForms(province.campaign)

    def form(code, **typed):
        return units.form(code, MAR, **typed)

    subject = {**HEADERS, "Subject": f"Fw {NAME}", "From": f"{NAME} <xoeng85@gmail.com>"}
    inner = mail(
        text(NAME),
        attached(form("03386", so_cbccvc_nld="xoeng85@gmail.com")),
        headers=subject,
        boundary="b1",
    )
    sent = {
        "don vi.xlsx": form("03387", don_vi_bao_cao=NAME),
        "thang.xlsx": form("03388", thang_bao_cao=NAME),
        "so.xlsx": form("105", trang_thai=f"{NAME} 3", thoi_luong="Xoẻng1", lan_thu=NAME),
        "trang.xlsx": retitled(form("SNV", trang_thai="Hoàng.Thị.Xoẻng 3"), NAME),
        "so 2.xlsx": form("DN08", so_cbccvc_nld="Hoàng.Thị.Xoẻng 3", ngay_hoi_nghi_kh="Xoẻng 12"),
        "trung.xlsx": form("03386", so_cbccvc_nld="xoeng85@gmail.com"),
        "thu.eml": mail(text(), forwarded(inner), headers=subject),
    }  # fmt: skip
    for name, content in sent.items():
        put(tmp_path / "gui" / name, content, datetime(2015, 3, 24, 9))
    result = run_month(province.request(tmp_path / "ra", (tmp_path / "gui",)))
    manifest = json.loads(result.manifest_file.read_text(encoding="utf-8"))
    assert [line for line in lines_of(manifest) if RARE in plain(line)] == []
    # and what names nobody stands
    names = {one["name"] for one in manifest["inputs"]}
    assert {name for name in sent if name.endswith(".xlsx")} <= names
    assert "thu.eml/thu-1/Mẫu 01.xlsx" in names
    reasons = [one["reason"] for one in manifest["inputs"] if one["reason"]]
    assert any("Tháng báo cáo ghi “…”" in reason for reason in reasons)
    assert {"DL18", "DL06"} <= {one["rule"] for one in manifest["finding_list"] if one["withheld"]}


def lines_of(value):
    """Yield every text in a manifest."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from lines_of(one)
    elif isinstance(value, str):
        yield value


def plain(line):
    return plain_letters(line).replace("-", "")
