"""The manifest has the documented keys, counts everything, and names its inputs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.model import Finding, Life, Month, Outcome, OutcomeKind, Severity, Source
from tdkt_batch.outputs.manifest import manifest_of, write_manifest
from tdkt_batch.report import FileRecord, FileState, MonthReport, UnitReport, UnitState

MARCH = Month(2015, 3)


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


@pytest.fixture
def manifest(campaign):
    source = Source(name="a.xlsx", sha256="ab", size=1, modified=datetime(2015, 3, 20))
    files = (
        FileRecord(source=source, state=FileState.USED, unit="X001"),
        FileRecord(source=source, state=FileState.QUARANTINED, reason="Tệp hỏng"),
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


def test_the_keys_are_the_documented_ones(manifest):
    assert set(manifest) == {
        "month", "campaign", "received_until", "attachments", "units", "findings", "outcomes",
        "coverage", "lives", "inputs", "containers", "outputs", "versions",
    }  # fmt: skip
    assert [set(one) for one in manifest["inputs"]] == [
        {"name", "sha256", "state", "unit", "reason", "arrived", "arrived_by", "letter"}
    ] * 2
    assert set(manifest["versions"]) == {"tdkt_batch", "campaign", "forms", "python", "libraries"}


def test_every_state_is_counted_with_the_total(manifest):
    assert manifest["attachments"] == {
        "used": 1, "superseded": 0, "duplicate": 0, "other_month": 0, "not_a_form": 0,
        "set_aside": 0, "quarantined": 1, "total": 2,
    }  # fmt: skip
    assert manifest["units"] == {
        "on_time": 0, "late": 1, "after_cut_off": 0, "empty": 0, "unusable": 0, "missing": 1,
        "not_required": 0, "total": 2,
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
