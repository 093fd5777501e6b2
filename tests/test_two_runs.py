"""Two runs at once: one works, the other refuses without waiting for it and says who is at work."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import crash_jobs as jobs
import pytest
from crash_jobs import Scene
from small_province import OPERATOR, make_small_province

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="hệ này không có fork")

TIMES = 50


@pytest.fixture(scope="module")
def meetings(tmp_path_factory):
    """Let two runs meet, fifty times; most of the time they only wait, so four meet at once."""
    room = tmp_path_factory.mktemp("gap-nhau")
    province = make_small_province(room / "tinh")
    with ProcessPoolExecutor(4, get_context("spawn"), jobs.prepare, (room,)) as crew:
        scene = Scene(province=province, before=room / "truoc", old={}, new={})
        crew.submit(jobs.run_once, province, scene.before, (province.first,)).result()
        scene = replace(scene, old=jobs.snapshot(scene.before))
        scene = replace(scene, new=crew.submit(jobs.reference, scene, room / "sau").result())
        futures = [crew.submit(jobs.meet, scene, room / f"gap-{n}") for n in range(TIMES)]
        return [future.result() for future in futures]


def test_one_works_and_the_other_refuses(meetings):
    assert [meeting.statuses for meeting in meetings] == [(jobs.BUSY, 0)] * TIMES


def test_the_one_that_refuses_says_who_is_at_work_and_since_when(meetings):
    for meeting in meetings:
        assert f"đang có lần chạy khác ({OPERATOR}, từ " in meeting.said
        assert "25/03/2015" in meeting.said


def test_nothing_is_damaged(meetings):
    assert [problem for meeting in meetings for problem in meeting.problems] == []
