"""Work in child processes that die in all ways: each death costs its own job and no other."""

import pytest
from worker_jobs import do, fails_to_start

from tdkt_batch.errors import TdktError
from tdkt_batch.machine.workers import Conditions, Death, Work, work_apart


def done(*jobs, workers=2, seconds=600, clock=600, **work):
    """Return what came of the jobs; a busy machine gets the time that it needs."""
    conditions = Conditions(workers=workers, seconds=seconds, memory=400_000_000, clock=clock)
    return work_apart(Work(do, **work), jobs, conditions)


def test_each_death_costs_its_own_job_and_is_named():
    jobs = ("a", "abort", "b", "grow", "c", "raise", "d")
    assert done(*jobs) == (
        "A", Death.CRASHED, "B", Death.OUT_OF_MEMORY, "C", Death.CRASHED, "D",
    )  # fmt: skip


def test_a_job_that_waits_too_long_is_ended():
    assert done("hang", clock=2) == (Death.TIMEOUT,)


def test_a_job_is_ended_by_its_work_and_not_by_the_clock():
    jobs = ("work 30", "wait 2.5", "work 0.2", "work 0.2", "work 0.2")
    assert done(*jobs, seconds=1.5) == (Death.TIMEOUT, *(job.upper() for job in jobs[1:]))


def test_a_worker_that_dies_between_two_jobs_costs_none():
    assert done("leave", "a", "hang-not", "b", workers=1) == ("LEAVE", "A", "HANG-NOT", "B")


def test_a_job_that_died_is_tried_once_more_alone(tmp_path):
    job = f"once {tmp_path / 'tried'}"
    assert done("a", job, "b") == ("A", job.upper(), "B")


def test_workers_that_cannot_start_end_the_run_in_words():
    with pytest.raises(TdktError, match="không khởi động được"):
        done("a", prepare=fails_to_start)


def test_no_jobs_need_no_workers():
    assert done() == ()
