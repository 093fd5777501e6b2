"""Filled forms of before are read as the versions that wrote them read them.

``forms_of_november_2026.tar.xz`` holds forms of the demo as the program at commit fd3ad05
wrote them, with real days, and what it read in them: one with days in words, one with months
first, one of a PC with US settings, one whose programme lacks something, two of districts
and departments with their lists.

``forms_with_ticks.tar.xz`` holds those of commit f5379d9, which asked for each content of
programme and report by itself, with what it read and found: contents that lack, all there
and yet one ticked, none ticked, a tick that cannot be read, a row inserted above and no names.
"""

from __future__ import annotations

import json
import tarfile
from datetime import date
from pathlib import Path

import pytest
from test_read import CAMPAIGN, read

from tdkt_batch.rules.findings import findings_of
from tdkt_batch.rules.outcomes import form_outcomes

HERE = Path(__file__).parent
OLDER, MOVED = "DL34", "DL31"
"""The notice of a form of another version, and of cells that moved, which it takes the place of."""


def kept(name: str) -> dict[str, bytes]:
    with tarfile.open(HERE / name) as tar:
        files = ((member.name, tar.extractfile(member)) for member in tar.getmembers())
        return {name: file.read() for name, file in files if file is not None}


FILES = {name: kept(name) for name in ("forms_of_november_2026.tar.xz", "forms_with_ticks.tar.xz")}
TRUTH = {
    (archive, name): truth
    for archive, files in FILES.items()
    for name, truth in json.loads(files["doc-duoc.json"]).items()
}
WITH_FINDINGS = sorted(key for key, truth in TRUTH.items() if "findings" in truth)


def said(value):
    return value.value.isoformat() if isinstance(value.value, date) else value.value


def read_again(archive, name):
    return read(FILES[archive][f"{name}.xlsx"], f"{name}.xlsx")


@pytest.mark.parametrize(("archive", "name"), sorted(TRUTH))
def test_a_form_of_before_says_what_it_said(archive, name):
    submission, before = read_again(archive, name), TRUTH[archive, name]
    assert (submission.unit, str(submission.month)) == (before["unit"], before["month"])
    form = CAMPAIGN.form(submission.form)
    values = {id_: said(v) for id_, v in submission.values.items() if v.value is not None}
    unasked = {field.id for field in form.fields if field.parts}
    if "khong_thay_doi" not in before["values"]:  # which it does not have
        unasked.add("khong_thay_doi")
    values = {id_: value for id_, value in values.items() if id_ not in unasked}
    assert values == {id_: one for id_, one in before["values"].items() if id_ in form.field_by_id}
    for table, rows in before["tables"].items():
        now = [
            {column: said(v) for column, v in row.values.items() if v.value is not None}
            for row in submission.tables[table]
        ]
        assert now == rows
    faults = {f.code for f in submission.all_faults} - {OLDER}
    assert sorted(faults) == [code for code in before["faults"] if code != MOVED]


@pytest.mark.parametrize(("archive", "name"), WITH_FINDINGS)
def test_a_form_with_ticks_is_judged_as_it_was_at_the_same_cells(archive, name):
    submission, before = read_again(archive, name), TRUTH[archive, name]
    form, unit = CAMPAIGN.form(submission.form), CAMPAIGN.unit(submission.unit)
    outcomes = form_outcomes(CAMPAIGN, form, submission, unit)
    assert sorted(one.rule for one in outcomes if one.outcome == "unknown") == before["unknown"]
    now = [
        [one.code, str(one.severity), one.field, one.cell, one.given]
        for one in findings_of(CAMPAIGN, unit, submission, outcomes)
        if one.code != OLDER
    ]
    # only the words for what is written now instead of ticked are others
    then = (
        [*one[:4], one[5].replace("có đánh dấu", "có ghi")]
        for one in before["findings"]
        if one[0] != MOVED
    )
    assert now == list(then)
    cells = {id_: submission.values[id_].cell for id_ in before["cells"]}
    assert cells == before["cells"]


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("03509", ["đủ, thiếu 3"]),
        ("03511", ["1; 9"]),
        ("03514", ["thiếu"]),
        ("03517", ["4"]),
        ("03619", [None]),  # a tick that cannot be read
        ("DUKCCQ", ["đủ", "5; 7"]),
        ("TTT", ["đủ", "thiếu"]),
    ],
)
def test_what_was_ticked_fills_in_the_one_answer_of_today(name, answers):
    submission = read_again("forms_with_ticks.tar.xz", name)
    form = CAMPAIGN.form(submission.form)
    asked = [field.id for field in form.fields if field.parts]
    assert [submission.values[id_].value for id_ in asked] == answers
