"""The same inputs give the same bytes: on another day, elsewhere, in another order."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from small_province import make_small_province

RUN = Path(__file__).with_name("same_bytes_run.py")
USUAL = {
    "now": "2015-03-25T17:30:00",
    "operator": "Vàng Thị Mỷ@PC-BTD",
    "workers": 0,
    "backwards": False,
    "reads_nothing": False,
    "TZ": "Asia/Ho_Chi_Minh",
    "PYTHONHASHSEED": "0",
}
OTHERWISE = {
    "another day, another operator": {"now": "2016-02-29T08:00:00", "operator": "Lò Văn Thiên@x"},
    "a time zone behind, files in the opposite order": {
        "TZ": "America/Los_Angeles",
        "backwards": True,
    },
    "a time zone ahead, another hash seed": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711"},
    "two workers": {"workers": 2},
}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = tmp_path_factory.mktemp("cung-mot-ket-qua")
    make_small_province(room / "tinh")
    return room


@pytest.fixture(scope="module")
def published(room):
    """Return what each run published: the hash of each file by its name."""
    orders = {"usual": USUAL} | {name: USUAL | other for name, other in OTHERWISE.items()}
    with ThreadPoolExecutor(2) as threads:
        done = threads.map(lambda order: run(room, *order), enumerate(orders.values()))
        return dict(zip(orders, done, strict=True))


def run(room, number, order):
    """Run the month in a process of its own; return what it published."""
    out = room / f"ra-{number}"
    given = {"province": str(room / "tinh"), "out": str(out)} | order
    environment = {**os.environ, "TZ": order["TZ"], "PYTHONHASHSEED": order["PYTHONHASHSEED"]}
    subprocess.run([sys.executable, str(RUN), json.dumps(given)], check=True, env=environment)
    files = sorted(p for p in out.rglob("*") if p.is_file())
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not (name := path.relative_to(out).as_posix()).startswith(("so-tiep-nhan", "luu-tru"))
    }


def test_everything_is_published(published):
    names = published["usual"]
    suffixes = {name.rpartition(".")[2] for name in names}
    assert {"xlsx", "json", "eml", "docx"} <= suffixes
    assert "2015-03/tong-hop-2015-03.xlsx" in names


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_same_bytes(published, otherwise):
    usual, found = published["usual"], published[otherwise]
    differing = [name for name in {*usual, *found} if usual.get(name) != found.get(name)]
    assert sorted(differing) == []


def test_what_one_process_read_another_does_not_read_again(room, published):
    for name in ("tong-hop-2015-03.xlsx", "bang-ke-2015-03.json"):
        (room / "ra-0" / "2015-03" / name).unlink()
    again = run(room, 0, USUAL | {"reads_nothing": True, "PYTHONHASHSEED": "12"})
    assert again == published["usual"]
