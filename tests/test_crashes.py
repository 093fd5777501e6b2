"""Never a half: runs killed or refused at each write and at random moments leave all whole.

Of a run's writes the odd ones are killed and the even ones refused: each is disturbed once, by
one of them, in half the time.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from random import Random

import crash_jobs as jobs
import pytest
from crash_jobs import Scene
from openpyxl import load_workbook
from small_province import make_small_province

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="hệ này không có fork")

RANDOM_KILLS = 120
SIZES = (1, 700, 4_000, 9_000, 20_000, 60_000, 90_000, 200_000)
"""Where a file breaks off: in a small fact, in a form, in the ledger, in the workbook."""


@pytest.fixture(scope="module")
def crew(tmp_path_factory):
    """Two warm processes, which fork a child for each run that is disturbed."""
    room = tmp_path_factory.mktemp("tam")
    with ProcessPoolExecutor(2, get_context("spawn"), jobs.prepare, (room,)) as pool:
        yield pool


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("ket-qua")


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh"))


@pytest.fixture(scope="module")
def second(crew, room, province):
    """A month run for the second time: with more mail, and an answer of the board."""
    before = room / "truoc"
    crew.submit(jobs.run_once, province, before, (province.first,)).result()
    answer(before / jobs.CONTROL)
    scene = Scene(province=province, before=before, old=jobs.snapshot(before), new={})
    return replace(scene, new=crew.submit(jobs.reference, scene, room / "sau").result())


@pytest.fixture(scope="module")
def first(crew, room, province):
    """The first run of all, in a folder that is not there yet."""
    scene = Scene(province=province, before=room / "khong-co", old={}, new={})
    return replace(scene, new=crew.submit(jobs.reference, scene, room / "lan-dau").result())


def answer(path):
    """Accept the one explanation that waits in the control workbook."""
    book = load_workbook(path)
    sheet = book["Cần quyết định"]
    head = next(row for row in sheet.iter_rows() if "Mã đơn vị" in [c.value for c in row])
    columns = {cell.value: cell.column for cell in head}
    (row,) = (
        row
        for row in range(head[0].row + 1, sheet.max_row + 1)
        if sheet.cell(row, columns["Mã căn cứ"]).value
        and sheet.cell(row, columns["Mã đơn vị"]).value == "DN08"
    )
    typed = {
        "Quyết định": "Chấp nhận",
        "Lý do": "Hội trường chỉ cho thuê cả ngày",
        "Người quyết định": "Trưởng ban",
        "Ngày quyết định": date(2015, 3, 25),
    }
    for name, value in typed.items():
        sheet.cell(row, columns[name]).value = value
    book.save(path)


def problems_of(crew, room, job: Callable[..., list[str]], cases: Iterable[tuple[object, ...]]):
    """Do the job once for each case, two at a time; return all that was wrong."""
    futures = [
        crew.submit(job, case[0], room / f"{job.__name__}-{number}", *case[1:])
        for number, case in enumerate(cases)
    ]
    return [problem for future in futures for problem in future.result()]


def writes_of(crew, room, scene: Scene) -> range:
    """Return the numbers of a run's writes."""
    writes = crew.submit(jobs.count_writes, scene, room / "dem").result()
    assert writes > 50
    return range(1, writes + 1)


def test_killed_at_each_second_write(crew, room, second):
    cases = [(second, number) for number in writes_of(crew, room, second)[::2]]
    assert problems_of(crew, room, jobs.killed_at_write, cases) == []


def test_killed_at_the_writes_of_the_very_first_run(crew, room, first):
    cases = [(first, number) for number in writes_of(crew, room, first)[::4]]
    assert problems_of(crew, room, jobs.killed_at_write, cases) == []


def test_killed_at_random_moments(crew, room, first, second):
    seconds = crew.submit(jobs.seconds_of_a_run, second, room / "do").result()
    chance = Random(20150325)  # noqa: S311 — a test
    cases = [
        (second if number % 4 else first, chance.uniform(0, seconds))
        for number in range(RANDOM_KILLS)
    ]
    assert problems_of(crew, room, jobs.killed_after, cases) == []


def test_killed_in_the_middle_of_a_file(crew, room, first, second):
    cases = [(scene, size) for scene in (first, second) for size in SIZES]
    assert problems_of(crew, room, jobs.killed_in_file, cases) == []


def test_no_room_in_the_middle_of_a_file(crew, room, first, second):
    cases = [(scene, size) for scene in (first, second) for size in SIZES]
    assert problems_of(crew, room, jobs.refused_in_file, cases) == []


def test_refused_at_each_second_write(crew, room, second):
    kinds = ((errno.ENOSPC, True), (errno.EACCES, True), (errno.EIO, False))
    numbers = writes_of(crew, room, second)[1::2]
    cases = [(second, n, *kinds[n // 2 % len(kinds)]) for n in numbers]
    assert problems_of(crew, room, jobs.refused_at_write, cases) == []
