"""The manifest has the documented keys, counts everything, and names its inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator
from schemas import manifest_schema

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import (
    Finding,
    Life,
    Month,
    Outcome,
    OutcomeKind,
    Severity,
    Source,
    Submission,
)
from tdkt_batch.outputs.manifest import manifest_of, write_manifest
from tdkt_batch.report import FileRecord, FileState, MonthReport, UnitReport, UnitState
from tdkt_batch.values import Value

MARCH = Month(2015, 3)


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture
def manifest(campaign):
    source = Source(name="a.xlsx", sha256="ab", size=1, modified=datetime(2015, 3, 20))
    files = (
        FileRecord(source=source, state=FileState.USED, unit="X001"),
        FileRecord(
            source=source,
            state=FileState.QUARANTINED,
            reason="Tệp “Kín” hỏng",
            untyped_reason="Tệp hỏng",
        ),
    )
    finding = Finding(unit="X001", month=MARCH, severity=Severity.READING, code="DL01", message="")
    waived = replace(finding, life=Life.WAIVED)
    outcomes = (Outcome(rule="A4", outcome=OutcomeKind.UNKNOWN),)
    units = (
        UnitReport(
            unit=campaign.units[0],
            state=UnitState.LATE,
            outcomes=outcomes,
            findings=(finding, waived),
        ),
        UnitReport(unit=campaign.units[1], state=UnitState.MISSING),
    )
    report = MonthReport(
        month=MARCH, received_until=datetime(2015, 3, 25, 17), files=files, units=units
    )
    return manifest_of(report, campaign)


def test_it_is_as_its_schema_says(manifest):
    real = json.loads(json.dumps(manifest).replace('"ab"', f'"{"ab" * 32}"'))
    assert [one.message for one in Draft202012Validator(manifest_schema()).iter_errors(real)] == []


NAMED = "Giàng A Páo"


@pytest.mark.parametrize(
    ("of", "given", "expected", "is_withheld"),
    [
        ("tong_dai_bieu_th A4", "212 đại biểu", "không quá 200 đại biểu", False),
        ("chu_tri O1", "ông Páo", "", True),
        ("danh_sach.ho_ten DL01", "25", "", False),
        ("ten_hoi_nghi C1", f"do {NAMED.upper()}  chủ trì", "", True),
        ("tong_dai_bieu_th A4", "hội nghị", f"của {NAMED}", True),
        ("so_cbccvc_nld DL01", "1.2.3", "", False),
        ("so_cbccvc_nld DL01", "28 ng. 1/2", "", True),
        ("so_cbccvc_nld DL01", "Lò Thị Mai 1985", "", True),
        ("so_cbccvc_nld DL01", "Mai", "", True),
        ("so_cbccvc_nld DL01", "Kín1", "", True),
        ("so_cbccvc_nld DL01", "kin85@gmail.com", "", True),
        ("trang_thai DL06", "Đã tổ chức", "", False),
        ("ten_don_vi DL35", "xã mường than", "", False),
        ("chu_tri O1", "", "", False),
    ],
)
def test_what_may_name_a_person_is_withheld(campaign, of, given, expected, is_withheld):
    field, code = of.split()
    cell = Value(field="chu_tri", value=NAMED, typed=NAMED, raw=NAMED, sheet="Báo cáo", cell="C9")
    source = Source(name="a.xlsx", sha256="ab", size=1, modified=datetime(2015, 3, 20))
    unit = next(one for one in campaign.units if one.level == "base")
    report = Submission(
        source=source, form=campaign.form_of(unit).id, form_version="1", unit=unit.code,
        month=MARCH, values={"chu_tri": cell}, tables={},
    )  # fmt: skip
    finding = Finding(
        unit=unit.code, month=MARCH, severity=Severity.READING, code=code, message="",
        given=given, expected=expected, field=field, cell="C9",
    )  # fmt: skip
    one = UnitReport(
        unit=unit, state=UnitState.ON_TIME, submission=report, findings=(finding,)
    )  # fmt: skip
    month = MonthReport(
        month=MARCH, received_until=datetime(2015, 3, 25, 17), files=(), units=(one,)
    )
    (listed,) = manifest_of(month, campaign)["finding_list"]
    said = (None, None) if is_withheld else (given or None, expected or None)
    assert (listed["given"], listed["expected"], listed["withheld"]) == (*said, is_withheld)


def test_every_state_is_counted_with_the_total(manifest):
    assert manifest["attachments"] == {
        "used": 1, "superseded": 0, "duplicate": 0, "other_month": 0, "not_a_form": 0,
        "set_aside": 0, "quarantined": 1, "total": 2,
    }  # fmt: skip
    assert manifest["units"] == {
        "on_time": 0, "late": 1, "after_cut_off": 0, "empty": 0, "unusable": 0, "missing": 1,
        "not_yet_due": 0, "not_required": 0, "total": 2,
    }  # fmt: skip
    assert manifest["findings"] == {
        **dict.fromkeys(("violation", "warning", "notice", "arithmetic"), 0),
        "reading": 1,
    }
    assert manifest["lives"] == {"new": 1, "open": 0, "fixed": 0, "reopened": 0, "waived": 1}
    assert manifest["coverage"] == {
        "required": 2, "reported": 1, "ever_reported": 1, "provisional": True,
    }  # fmt: skip
    assert manifest["outcomes"] == {
        "pass": 0, "fail": 0, "not_applicable": 0, "unknown": 1, "error": 0,
    }  # fmt: skip


def test_what_is_unknown_is_null(manifest):
    used, quarantined = manifest["inputs"]
    assert (used["unit"], used["reason"]) == ("X001", None)
    assert (quarantined["unit"], quarantined["reason"]) == (None, "Tệp hỏng")


def test_the_file_is_utf8_json_that_people_can_read(manifest, tmp_path):
    write_manifest(manifest, tmp_path / "bang-ke.json")
    text = (tmp_path / "bang-ke.json").read_bytes().decode("utf-8")
    assert json.loads(text) == manifest
    assert "Tệp hỏng" in text
