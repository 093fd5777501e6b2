"""``tdkt-batch check``: what would be found in a form, its exit status, its JSON."""

from __future__ import annotations

import copy
import json
import re

import pytest
from click.testing import CliRunner

from tdkt_batch.as_json import as_json
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.rule import RuleScope
from tdkt_batch.cli.commands import program
from tdkt_batch.demo.clean_forms import base_draft
from tdkt_batch.demo.files import form_bytes
from tdkt_batch.model import Month, OutcomeKind

DONE, FAILED, VIOLATION = 0, 1, 3


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


def folder_draft(campaign):
    march = Month(2015, 3)
    commune = next(u for u in campaign.units if u.level == "base" and u.is_valid_in(march))
    return base_draft(campaign, commune, held=False, pilot=False, large=False)


@pytest.fixture(scope="module")
def folder(campaign, tmp_path_factory):
    """A clean form, one whose parts do not add up, one with a missing value, and no form."""
    folder = tmp_path_factory.mktemp("forms")
    clean = folder_draft(campaign)
    wrong, gap = copy.deepcopy(clean), copy.deepcopy(clean)
    wrong.set(tong_dai_bieu_kh=clean.number("tong_dai_bieu_kh") + 5)
    wrong.table("danh_sach").append({"ho_ten": "Giàng A Páo"})
    gap.clear("tong_dai_bieu_kh")
    gap.set(so_cbccvc_nld="28 người")
    for name, draft in (("clean", clean), ("wrong", wrong), ("gap", gap)):
        (folder / f"{name}.xlsx").write_bytes(form_bytes(campaign, draft))
    (folder / "damaged.xlsx").write_bytes((folder / "clean.xlsx").read_bytes()[:5000])
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def check(*files, as_json=False, options=()):
    options = ["--json"] if as_json else options
    return CliRunner().invoke(
        program, ["check", *map(str, files), *options], prog_name="tdkt-batch"
    )


def files_of(*files):
    return json.loads(check(*files, as_json=True).stdout)


@pytest.mark.parametrize(
    ("files", "status"),
    [
        (["clean.xlsx"], DONE),
        (["gap.xlsx"], DONE),
        (["wrong.xlsx"], VIOLATION),
        (["clean.xlsx", "wrong.xlsx"], VIOLATION),
        (["damaged.xlsx"], FAILED),
        (["picture.png"], FAILED),
        (["damaged.xlsx", "clean.xlsx"], FAILED),
        (["damaged.xlsx", "wrong.xlsx"], VIOLATION),
    ],
)
def test_the_exit_status_tells_violations_from_what_could_not_be_checked(folder, files, status):
    assert check(*(folder / name for name in files)).exit_code == status


def test_a_clean_form_is_said_to_be_clean(folder):
    name, *said = check(folder / "clean.xlsx").stdout.splitlines()
    assert name == "clean.xlsx"
    verdict = "không có nội dung cần xem xét (chưa gồm căn cứ Ban đối chiếu)"
    assert " ".join(" ".join(said).split()) == f"Phường Quyết Thắng, tháng 3/2015: {verdict}"


def test_a_fault_is_told_with_cell_given_required_and_remedy(folder):
    text = check(folder / "wrong.xlsx").stdout
    said = (
        "1 sai số học",
        "[Sai số học]",
        "Ô: trang “Báo cáo”, ô ",
        "Cần làm: ",
        "Căn cứ: mục I.1",
    )
    for words in said:
        assert words in text


def test_codes_are_told_to_who_asks_for_them_only(folder):
    files = [folder / "wrong.xlsx", folder / "gap.xlsx"]
    asked = " ".join(check(*files, options=["--codes"]).stdout.split())
    assert "(A7)" in asked
    assert "SC" in asked, "a repair's code"
    unasked = " ".join(check(*files).stdout.split())
    assert re.sub(r" \([A-Z]+\d\w*(, [A-Z]+\d\w*)*\)", "", asked) == unasked


def test_what_is_missing_is_named(folder):
    assert "Thiếu “Tổng số đại biểu" in check(folder / "gap.xlsx").stdout


def test_a_file_that_cannot_be_read_says_why(folder):
    assert "Chưa xử lý được: Tệp hỏng" in check(folder / "damaged.xlsx").stdout
    assert "Không phải biểu mẫu: Tệp ảnh" in check(folder / "picture.png").stdout


def test_json_has_one_object_a_file(folder):
    objects = files_of(folder)
    assert [(o["file"], o["state"]) for o in objects] == [
        ("clean.xlsx", "used"),
        ("damaged.xlsx", "quarantined"),
        ("gap.xlsx", "used"),
        ("picture.png", "not_a_form"),
        ("wrong.xlsx", "used"),
    ]


def test_json_of_what_is_no_form_is_empty_but_for_its_reason(folder):
    (damaged,) = files_of(folder / "damaged.xlsx")
    assert damaged["reason"].startswith("Tệp hỏng")
    assert (damaged["form"], damaged["values"], damaged["outcomes"]) == (None, [], [])


def test_json_has_every_rule_of_the_forms_level_board_rules_undecided(folder, campaign):
    (form,) = files_of(folder / "clean.xlsx")
    rules = [rule for rule in campaign.rules if "base" in rule.levels]
    assert [o["rule"] for o in form["outcomes"]] == [rule.id for rule in rules]
    scopes = {rule.id: rule.scope for rule in rules}
    for outcome in form["outcomes"]:
        is_board = scopes[outcome["rule"]] is RuleScope.BOARD
        assert outcome["scope"] == scopes[outcome["rule"]]
        assert (outcome["outcome"] is None) is is_board
        assert (outcome["as_typed"] is None) is is_board
        assert is_board or outcome["outcome"] in tuple(OutcomeKind)


def test_json_tells_what_was_typed_and_how_it_was_understood(folder):
    (form,) = files_of(folder / "gap.xlsx")
    (staff,) = (v for v in form["values"] if v["field"] == "so_cbccvc_nld")
    assert (staff["value"], staff["raw"]) == (28, "28 người")
    assert staff["repair"]


def test_json_has_every_finding_with_cell_and_remedy(folder):
    (form,) = files_of(folder / "wrong.xlsx")
    lines = " ".join(check(folder / "wrong.xlsx").stdout.split())
    (sums,) = (one for one in form["findings"] if one["rule"] == "A7")
    assert sums["severity"] == "arithmetic"
    assert all(sums[key] in lines for key in ("message", "given", "expected", "remedy"))
    assert all(f"trang “{one['sheet']}”, ô {one['cell']}" in lines for one in sums["cells"])


def test_json_has_every_fault_of_data_at_its_cell_where_the_clerk_sees_them(campaign, folder):
    typed = {
        "so_cbccvc_nld": "mấy chục", "tong_dai_bieu_kh": "1.2.3", "nu_kh": -4, "lan_thu": "đầu",
        "ngay_ke_hoach": "31/02/2015",
    }  # fmt: skip
    draft = copy.deepcopy(folder_draft(campaign))
    draft.set(**typed)
    path = folder.parent / "faults.xlsx"
    path.write_bytes(form_bytes(campaign, draft))
    (form,) = files_of(path)
    faults = {one["field"]: one for one in form["faults"]}
    read = {v["field"]: v for v in form["values"]}
    unread = {field for field in typed if read[field]["value"] is None}
    assert len(unread) >= 4
    assert unread == {f for f, one in faults.items() if one["severity"] == "reading"}
    for field in unread:
        fault = faults[field]
        assert (fault["raw"], fault["cell"]) == (typed[field], read[field]["cell"])
        assert fault["sentence"]
        assert fault["remedy"]
        (finding,) = (
            one for one in form["findings"]
            if any(place["cell"] == fault["cell"] for place in one["cells"])
            and one["rule"] == fault["code"]
        )  # fmt: skip
        assert finding["severity"] == "reading"


def test_the_rows_of_tables_are_values_too(folder):
    (form,) = files_of(folder / "wrong.xlsx")
    assert [v["value"] for v in form["values"] if v["field"] == "danh_sach.ho_ten[1]"] == [
        "Giàng A Páo"
    ]


def test_a_folder_without_files_cannot_be_checked(tmp_path):
    result = check(tmp_path)
    assert result.exit_code == FAILED
    assert result.stderr.startswith("Không làm được: ")


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_hold_is_text(number):
    assert json.loads(json.dumps(as_json(number), allow_nan=False)) == str(number)
