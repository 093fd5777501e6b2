"""Filled forms of the version before days were texts are read as that version read them.

``forms_of_november_2026.tar.xz`` holds forms of the demo as the program at commit fd3ad05
wrote them, with real days, and what it read in them: one with days in words, one with months
first, one of a PC with US settings, one whose programme lacks something, two of districts
and departments with their lists.
"""

from __future__ import annotations

import json
import tarfile
from datetime import date
from pathlib import Path

import pytest
from test_read import CAMPAIGN, read

KEPT = Path(__file__).parent / "forms_of_november_2026.tar.xz"
OLDER = "DL34"
"""The notice of a form of another version."""


def kept() -> dict[str, bytes]:
    with tarfile.open(KEPT) as tar:
        files = ((member.name, tar.extractfile(member)) for member in tar.getmembers())
        return {name: file.read() for name, file in files if file is not None}


FILES = kept()
TRUTH = json.loads(FILES["doc-duoc.json"])


def said(value):
    return value.value.isoformat() if isinstance(value.value, date) else value.value


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_form_of_before_says_what_it_said(name):
    submission, before = read(FILES[f"{name}.xlsx"], f"{name}.xlsx"), TRUTH[name]
    assert (submission.unit, str(submission.month)) == (before["unit"], before["month"])
    asked = CAMPAIGN.form(submission.form).field_by_id
    values = {id_: said(v) for id_, v in submission.values.items() if v.value is not None}
    assert values.pop("khong_thay_doi", None) is None  # which it does not have
    assert values == {id_: one for id_, one in before["values"].items() if id_ in asked}
    for table, rows in before["tables"].items():
        now = [
            {column: said(v) for column, v in row.values.items() if v.value is not None}
            for row in submission.tables[table]
        ]
        assert now == rows
    assert sorted({f.code for f in submission.all_faults} - {OLDER}) == before["faults"]
