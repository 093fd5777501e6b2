"""What stands in the output folder is the old result or the new one, never a half."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tdkt_batch.errors import OutputError
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.outputs.publish import (
    SEALED_PREFIX,
    STAGING_PREFIX,
    UNPACKING_PREFIX,
    finish_interrupted,
    publish,
    seal,
    staging_in,
    unpacking_folder,
)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("tdkt_batch.machine.disk.RETRY_DELAYS", (0, 0))


def test_a_new_file_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "tong-hop.xlsx"
    target.write_text("old")
    with staging_in(tmp_path) as staging:
        (staging / "tong-hop.xlsx").write_text("new")
        assert target.read_text() == "old"
        publish(staging, tmp_path, ["tong-hop.xlsx"])
    assert target.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["tong-hop.xlsx"]


def test_a_new_folder_takes_the_place_of_the_old_with_all_its_files(tmp_path):
    target = tmp_path / "tep-chua-xu-ly"
    target.mkdir()
    (target / "last-month.bin").write_text("old")
    with staging_in(tmp_path) as staging:
        (staging / "tep-chua-xu-ly").mkdir()
        (staging / "tep-chua-xu-ly" / "this-month.bin").write_text("new")
        publish(staging, tmp_path, ["tep-chua-xu-ly"])
    assert [p.name for p in target.iterdir()] == ["this-month.bin"]


def test_what_the_new_result_lacks_is_taken_away(tmp_path):
    target = tmp_path / "tep-chua-xu-ly"
    target.mkdir()
    (target / "old.bin").write_text("old")
    with staging_in(tmp_path) as staging:
        publish(staging, tmp_path, ["tep-chua-xu-ly"])
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_leaves_the_old_result_and_nothing_else(tmp_path):
    (tmp_path / "tong-hop.xlsx").write_text("old")
    with pytest.raises(RuntimeError), staging_in(tmp_path) as staging:  # noqa: PT012
        (staging / "tong-hop.xlsx").write_text("half")
        raise RuntimeError
    assert [p.name for p in tmp_path.iterdir()] == ["tong-hop.xlsx"]
    assert (tmp_path / "tong-hop.xlsx").read_text() == "old"


def test_a_workbook_open_in_excel_is_one_clear_sentence_and_stays_as_it_was(tmp_path, monkeypatch):
    attempts = []

    def held(_source, target):
        attempts.append(target)
        raise PermissionError(13, "Access is denied")

    target = tmp_path / "tong-hop.xlsx"
    target.write_text("old")
    with staging_in(tmp_path) as staging:
        (staging / "tong-hop.xlsx").write_text("new")
        monkeypatch.setattr(os, "replace", held)
        with pytest.raises(OutputError, match="đang mở trong Excel") as caught:
            publish(staging, tmp_path, ["tong-hop.xlsx"])
    assert len(attempts) == 3
    assert "\n" not in str(caught.value)
    assert target.read_text() == "old"


def test_a_target_held_for_a_moment_only_is_replaced(tmp_path, monkeypatch):
    replace, attempts = os.replace, []

    def held_once(source, target):
        attempts.append(target)
        if len(attempts) == 1:
            raise PermissionError(13, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held_once)
    with staging_in(tmp_path) as staging:
        (staging / "a").write_text("new")
        publish(staging, tmp_path, ["a"])
    assert (tmp_path / "a").read_text() == "new"


def test_a_folder_that_cannot_be_put_in_place_gives_the_old_one_back(tmp_path, monkeypatch):
    target = tmp_path / "tep-chua-xu-ly"
    target.mkdir()
    (target / "old.bin").write_text("old")
    replace = os.replace

    def only_away(source, destination):
        if STAGING_PREFIX in os.fspath(source) and ".cu-" not in os.fspath(source):
            raise PermissionError(13, "Access is denied")
        replace(source, destination)

    with staging_in(tmp_path) as staging:
        (staging / "tep-chua-xu-ly").mkdir()
        (staging / "tep-chua-xu-ly" / "new.bin").write_text("new")
        monkeypatch.setattr(os, "replace", only_away)
        with pytest.raises(OutputError):
            publish(staging, tmp_path, ["tep-chua-xu-ly"])
    assert [p.name for p in target.iterdir()] == ["old.bin"]


def test_nothing_is_moved_while_one_of_the_files_is_held(tmp_path, monkeypatch):
    names = ["tep-chua-xu-ly", "tong-hop.xlsx"]
    (tmp_path / names[0]).mkdir()
    (tmp_path / names[1]).write_text("old")
    opens = Path.open

    def held(path, *arguments, **options):
        if path == tmp_path / names[1]:
            raise PermissionError(13, "Access is denied")
        return opens(path, *arguments, **options)

    with staging_in(tmp_path) as staging:
        (staging / names[1]).write_text("new")
        monkeypatch.setattr(Path, "open", held)
        with pytest.raises(OutputError, match=r"tong-hop\.xlsx: .*kết quả cũ vẫn còn nguyên"):
            publish(staging, tmp_path, names)
        monkeypatch.undo()
    assert (tmp_path / names[0]).is_dir()
    assert (tmp_path / names[1]).read_text() == "old"


def test_temporaries_of_dead_runs_are_swept_those_of_running_ones_are_not(tmp_path):
    dead, alive = tmp_path / f"{STAGING_PREFIX}1", tmp_path / f"{STAGING_PREFIX}2"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "half.xlsx").write_text("half")
    os.utime(dead, (1_000_000, 1_000_000))
    with staging_in(tmp_path):
        assert not dead.exists()
        assert alive.exists()


def test_an_output_folder_that_is_a_file_is_an_output_error(tmp_path):
    (tmp_path / "output").write_text("a file")
    with pytest.raises(OutputError, match="không ghi được"), staging_in(tmp_path / "output"):
        pass


def test_a_room_that_a_dead_run_left_behind_is_swept_a_young_one_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead, alive = tmp_path / f"{UNPACKING_PREFIX}dead", tmp_path / f"{UNPACKING_PREFIX}alive"
    for folder in (dead, alive):
        folder.mkdir()
    os.utime(dead, (1_000_000, 1_000_000))
    with unpacking_folder() as room:
        assert sorted(tmp_path.iterdir()) == sorted([alive, room])
    assert list(tmp_path.iterdir()) == [alive]


# --- a result that was sealed ------------------------------------------------------------------


def sealed(tmp_path, names=("2015-03/tep-chua-xu-ly", "2015-03/so.xlsx", "2015-03/bang-ke.json")):
    """Return a sealed result of a workbook and a manifest over an older one with a quarantine."""
    month = tmp_path / "2015-03"
    (month / "tep-chua-xu-ly").mkdir(parents=True)
    (month / "tep-chua-xu-ly" / "cu.bin").write_text("old")
    (month / "so.xlsx").write_text("old")
    (month / "bang-ke.json").write_text("old")
    with staging_in(tmp_path) as staging:
        (staging / "2015-03").mkdir()
        (staging / "2015-03" / "so.xlsx").write_text("new")
        (staging / "2015-03" / "bang-ke.json").write_text("new manifest")
        return seal(staging, names)


def contents(tmp_path):
    files = (p for p in tmp_path.rglob("*") if p.is_file())
    return {p.relative_to(tmp_path).as_posix(): p.read_text() for p in files}


OLD = {
    "2015-03/so.xlsx": "old", "2015-03/bang-ke.json": "old", "2015-03/tep-chua-xu-ly/cu.bin": "old",
}  # fmt: skip
NEW = {"2015-03/so.xlsx": "new", "2015-03/bang-ke.json": "new manifest"}


def test_a_sealed_result_that_the_ledger_knows_is_finished(tmp_path):
    manifest = hash_of(sealed(tmp_path) / "2015-03" / "bang-ke.json")
    finish_interrupted(tmp_path, {manifest})
    assert contents(tmp_path) == NEW


def test_a_sealed_result_that_the_ledger_does_not_know_never_happened(tmp_path):
    sealed(tmp_path)
    finish_interrupted(tmp_path, {"another"})
    assert contents(tmp_path) == OLD


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_result_of_which_a_part_was_moved_is_finished(tmp_path, moved):
    place = sealed(tmp_path)
    manifest = hash_of(place / "2015-03" / "bang-ke.json")
    if moved > 0:
        (tmp_path / "2015-03" / "tep-chua-xu-ly").rename(place / "2015-03" / "x.cu-1")
    if moved > 1:
        (place / "2015-03" / "so.xlsx").replace(tmp_path / "2015-03" / "so.xlsx")
    if moved > 2:
        (place / "2015-03" / "bang-ke.json").replace(tmp_path / "2015-03" / "bang-ke.json")
    finish_interrupted(tmp_path, {manifest})
    assert contents(tmp_path) == NEW


def test_what_a_dead_run_had_not_sealed_is_swept(tmp_path):
    (tmp_path / f"{STAGING_PREFIX}1").mkdir()
    (tmp_path / f"{STAGING_PREFIX}1" / "half.xlsx").write_text("half")
    (tmp_path / f"{SEALED_PREFIX}2").mkdir()  # its list is gone: it was being removed
    finish_interrupted(tmp_path, set())
    assert list(tmp_path.iterdir()) == []
