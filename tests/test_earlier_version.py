"""An output folder of the version before decisions stood on one sheet goes on in today's.

``output_of_november_2026.tar.xz`` is what the program at commit eb3447e left of one month of
``small_province``: two forms (DN08 with A8 and O1 explained, 03386), and in *Sổ quyết định*
A8 accepted, O1 refused, a figure of 03386 corrected, DN11 excused. Its campaign lacks
holidays and newer words, its decisions newer kinds, its readings are another program's.
"""

from __future__ import annotations

import json
import tarfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from nine_months import MAR
from sent_files import put
from small_province import UNITS, UnitsAtTheirForms, write_campaign

from tdkt_batch.cli.commands import program
from tdkt_batch.ledger.store import look_into
from tdkt_batch.model import DecisionKind

KEPT = Path(__file__).parent / "output_of_november_2026.tar.xz"


def run(*arguments: object) -> str:
    done = CliRunner().invoke(program, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
    return done.output


def manifest(out: Path, month: str) -> dict:
    return json.loads((out / month / f"bang-ke-{month}.json").read_text(encoding="utf-8"))


def kept_files(out: Path) -> dict[str, str]:
    files = (path for path in sorted((out / "luu-tru").rglob("*")) if path.is_file())
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory):
    """Return the folder after today's first run, what it said, and what stood before."""
    room = tmp_path_factory.mktemp("ban-truoc")
    with tarfile.open(KEPT) as archive:
        archive.extractall(room, filter="data")
    out = room / "output"
    before = kept_files(out), manifest(out, "2015-03")
    with look_into(out) as ledger:
        decided = ledger.decisions()
    told = run("run", "--month", "2015-03", "--out", out, "--no-letters")
    return out, told, *before, decided


def test_the_first_run_says_in_one_line_under_what_it_judges_and_changes_nothing_else(taken_over):
    out, told, files, _, decided = taken_over
    notes = [line for line in told.splitlines() if line.startswith("Chú ý: ")]
    # what is said of the office's settings is of today's version, whatever was before
    (said,) = [line for line in notes if "thiet-lap.xlsx" not in line]
    assert "tháng 3/2015 do phiên bản trước ghi, chưa đủ cho phiên bản này" in said
    after = kept_files(out)
    assert {name: after.get(name) for name in files} == files
    with look_into(out) as ledger:
        assert ledger.decisions() == decided
        assert [run.number for run in ledger.runs()] == [1, 2, 3]
    kinds = [one.kind for one in decided]
    assert kinds == [
        DecisionKind.ACCEPTED, DecisionKind.REFUSED, DecisionKind.CORRECTED, DecisionKind.EXCUSED,
    ]  # fmt: skip


def test_states_findings_severities_and_waivers_are_as_they_were(taken_over):
    out, _, _, before, _ = taken_over
    now = manifest(out, "2015-03")
    assert now["units"] == before["units"] | {"not_yet_due": 0}
    found = {
        (one["unit"], one["rule"]): (one["severity"], one["life"]) for one in now["finding_list"]
    }
    assert found == {
        # their forms are of before: the forms have changed since
        ("03386", "DL34"): ("notice", "new"),
        ("DN08", "DL34"): ("notice", "new"),
        ("03386", "A7"): ("arithmetic", "new"),
        ("DN08", "A8"): ("warning", "waived"),
        ("DN08", "O1"): ("warning", "new"),
    }


def test_the_next_month_knows_the_findings_again_and_the_list_of_months_the_month(taken_over):
    out = taken_over[0]
    room = out.parent
    campaign = write_campaign(room / "dot", UNITS)
    units = UnitsAtTheirForms(campaign)
    form = units.form("DN08", MAR + 1, "A8", "O1", as_of=MAR)
    put(room / "nhan" / "DN08 thang 4.xlsx", form, datetime(2015, 4, 10, 9))
    where = (room / "nhan", "--campaign", campaign, "--out", out)
    run("run", *where, "--month", "2015-04", "--no-letters")
    lives = {
        one["rule"]: (one["life"], one["since"])
        for one in manifest(out, "2015-04")["finding_list"]
        if one["unit"] == "DN08" and one["rule"] in {"A8", "O1"}
    }
    assert lives == {"A8": ("waived", "2015-03"), "O1": ("open", "2015-03")}
    listed = run("months", "--out", out)
    assert "3/2015" in listed
    assert "4/2015" in listed
