"""Where jobs are done: here in child processes, or elsewhere with all that they need."""

from __future__ import annotations

import pickle

import pytest
from sent_files import put
from worker_jobs import do

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.errors import TdktError
from tdkt_batch.machine.cluster import workplace_at
from tdkt_batch.machine.workers import Conditions, Work
from tdkt_batch.machine.workplace import ThisMachine
from tdkt_batch.reading.read_files import read_all
from tdkt_batch.unpack.gather import gather

CAMPAIGN = load_campaign()


class Elsewhere:
    """A machine that does not see our disk: of each job's file it has what came along."""

    has_our_files = False

    def do(self, work, jobs, conditions, on_done):
        work.prepare(*pickle.loads(pickle.dumps(work.given)))  # noqa: S301 — our own
        results = []
        for job in jobs:
            packed = pickle.dumps(job)
            job.path.unlink(missing_ok=True)
            results.append(work.do(pickle.loads(packed)))  # noqa: S301 — as above
            on_done(job, results[-1])
        return tuple(results)


def test_without_an_address_work_is_done_in_children_of_this_machine():
    with workplace_at("") as workplace:
        assert isinstance(workplace, ThisMachine)
        assert workplace.has_our_files
        conditions = Conditions(workers=1, seconds=600)
        assert workplace.do(Work(do), ("a", "b"), conditions) == ("A", "B")


def test_an_address_that_is_none_is_said_so():
    with pytest.raises(TdktError, match="không nối được với cụm máy 8786"), workplace_at("8786"):
        pass


def test_a_file_is_read_elsewhere_as_it_is_here(tmp_path):
    for name, content in (
        ("a.xlsx", b"x"),
        ("~$a.xlsx", b"y"),
        ("gone.xlsx", b"z"),
        ("a.txt", b""),
    ):
        put(tmp_path / name, content)
    sent = gather([tmp_path], tmp_path / "spool").arrivals
    (tmp_path / "gone.xlsx").unlink()
    here, said = read_all(sent, CAMPAIGN, workers=0), []
    assert {one.source.name: one.unread.reason for one in here}["gone.xlsx"] == "not_readable"
    assert read_all(sent, CAMPAIGN, 1, said.append, Elsewhere()) == here
    assert said == [*here]
    assert not (tmp_path / "a.xlsx").exists()
