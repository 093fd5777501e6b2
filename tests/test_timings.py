"""``run --timings``: each step once, in its order, with all that was taken until the next."""

from __future__ import annotations

from tdkt_batch.cli.timings import Stopwatch, print_timings, timings_as_json
from tdkt_batch.machine.effort import count_worker
from tdkt_batch.months.request import Step


def a_run():
    told = []
    stopwatch = Stopwatch(lambda *said: told.append(said))
    stopwatch(Step.READING, 0, 2)
    count_worker(1.5)
    stopwatch(Step.READING, 2, 2)
    stopwatch(Step.JUDGING, 0, 0)
    return told, stopwatch.stop()


def test_a_step_has_what_its_workers_took_and_progress_is_passed_on():
    told, timings = a_run()
    assert told == [(Step.READING, 0, 2), (Step.READING, 2, 2), (Step.JUDGING, 0, 0)]
    steps = timings_as_json(timings)["steps"]
    assert [(one["step"], one["workers"]) for one in steps] == [
        ("opening", 0), ("reading", 1.5), ("judging", 0),
    ]  # fmt: skip
    assert steps[0]["parent"] > 0  # Python's own start counts
    assert timings_as_json(timings)["peak_memory"] > 1_000_000


def test_the_table_adds_up(capsys):
    print_timings(a_run()[1])
    (total,) = [line for line in capsys.readouterr().out.splitlines() if "Cả lần chạy" in line]
    assert "1,50" in total
