"""A run on a real Dask cluster: lost workers cost no file, and the bytes are those of this machine."""

from __future__ import annotations

import builtins
from dataclasses import replace

import dask
import pytest
from a_cluster import own_cluster
from click.testing import CliRunner
from distributed.security import Security
from nine_months import MAR
from small_province import make_small_province, request_of
from worker_jobs import do

from tdkt_batch.cli.commands import program
from tdkt_batch.errors import TdktError
from tdkt_batch.machine.cluster import workplace_at
from tdkt_batch.machine.workers import Conditions, Death, Work
from tdkt_batch.machine.workplace import ThisMachine
from tdkt_batch.months.request import Step
from tdkt_batch.months.run import run_month

CONDITIONS = Conditions(workers=1, seconds=600, memory=400_000_000, clock=600)


@pytest.fixture
def cluster(tmp_path):
    # a job that takes one worker along is tried once more, alone
    with own_cluster(
        tmp_path / "may", {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    ) as own:
        yield own


def done(cluster, *jobs, on_done=lambda *_: None):
    with workplace_at(cluster.address) as workplace:
        return workplace.do(Work(do), jobs, CONDITIONS, on_done)


def test_each_death_costs_its_own_job_and_a_worker_lost_costs_none(cluster):
    cluster.hire("một", "hai")
    said = []

    def one_more(job, _result):
        said.append(job)
        if len(said) == 3:
            cluster.kill("một")

    waits = [f"wait 0.{number}" for number in range(1, 9)]
    jobs = ("a", "abort", *waits, "grow", "raise", "b")
    assert done(cluster, *jobs, on_done=one_more) == (
        "A", Death.CRASHED, *(one.upper() for one in waits), Death.OUT_OF_MEMORY, Death.CRASHED, "B",
    )  # fmt: skip
    assert sorted(said) == sorted(jobs)


def test_a_job_that_takes_two_workers_along_is_put_aside(cluster):
    cluster.hire("một", "hai", "ba")
    assert done(cluster, "a", "slay", "b") == ("A", Death.CRASHED, "B")


def test_a_scheduler_lost_in_the_middle_ends_the_run_in_words(cluster):
    cluster.hire("một")
    with pytest.raises(TdktError, match="mất liên lạc với cụm máy"):
        done(cluster, "a", "b", "wait 9", on_done=lambda *_: cluster.kill_scheduler())


def test_a_worker_that_is_not_fit_is_named_and_what_to_do(cluster, monkeypatch):
    cluster.hire("một", nanny=True)
    with pytest.raises(TdktError, match="--no-nanny"):
        done(cluster, "a")
    monkeypatch.setattr("tdkt_batch.machine.cluster.edition", lambda: "khác")
    with pytest.raises(TdktError, match="bản khác của chương trình"):
        done(cluster, "a")


def test_without_workers_or_scheduler_the_run_ends_in_words(cluster, monkeypatch):
    monkeypatch.setattr("tdkt_batch.machine.cluster._SECONDS_WITHOUT_WORKERS", 0)
    monkeypatch.setattr("tdkt_batch.machine.cluster._LOOK_EVERY", 0.1)
    with pytest.raises(TdktError, match="không còn máy nào làm việc"):
        done(cluster, "a")
    cluster.end()
    with pytest.raises(TdktError, match="không nối được với cụm máy"), workplace_at("8786"):
        pass
    monkeypatch.setattr("tdkt_batch.machine.cluster._SECONDS_TO_CONNECT", 1)
    with pytest.raises(TdktError, match="không nối được với cụm máy"):
        done(cluster, "a")


def written(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.is_relative_to(out / "luu-tru")
        and not path.name.startswith("so-tiep-nhan")
    }  # fmt: skip


@pytest.fixture
def certificates(tmp_path):
    """Lay certificates down for both sides, and name them as distributed's configuration does."""
    own = Security.temporary()
    paths = {}
    for name, text in (("ca", own.tls_ca_file), ("chung-thu", own.tls_client_cert),
                       ("khoa", own.tls_client_key)):  # fmt: skip
        paths[name] = tmp_path / f"{name}.pem"
        paths[name].write_text(text, encoding="ascii")
    sides = ("client", "scheduler", "worker")
    told = {"ca-file": paths["ca"]}
    told |= {f"{side}.cert": paths["chung-thu"] for side in sides}
    told |= {f"{side}.key": paths["khoa"] for side in sides}
    return {f"distributed.comm.tls.{place}": str(path) for place, path in told.items()}


def test_a_month_is_the_same_to_the_byte_over_tls_with_a_worker_killed_in_the_middle(
    tmp_path, certificates, monkeypatch
):
    province = make_small_province(tmp_path / "tinh")
    here = replace(
        request_of(MAR, province.campaign, tmp_path / "day", (province.all,)), letters=True
    )
    run_month(here)
    names = {
        "DASK_" + place.upper().replace("-", "_").replace(".", "__"): path
        for place, path in certificates.items()
    }
    with own_cluster(tmp_path / "may", names, "tls") as own:
        with dask.config.set(certificates):
            own.hire("một", "hai")
        assert own.address.startswith("tls://")

        def on_progress(step, number, _of):
            if step is Step.READING and number == 2:
                own.kill("một")

        there = replace(here, out=tmp_path / "cum", workers=1, cluster=own.address)
        with pytest.raises(TdktError, match="tls:// cần chứng thư"):
            run_month(there)
        monkeypatch.delattr(ThisMachine, "do")
        with dask.config.set(certificates):
            run_month(there, on_progress)
        assert [*own.workers] == ["hai"]
    assert written(tmp_path / "cum") == written(tmp_path / "day")
    assert len(written(tmp_path / "cum")) > 10


def test_the_missing_part_is_one_sentence(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *others):
        if name.partition(".")[0] == "distributed":
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    given = ["run", "--month", "2015-03", "--out", str(tmp_path), "--cluster", "tcp://127.0.0.1:1"]
    ran = CliRunner().invoke(program, given)
    assert ran.exit_code == 1
    assert ran.output == (
        "Không làm được: chưa cài phần chạy trên cụm máy: gõ pip install 'tdkt-batch[cluster]' rồi "
        "chạy lại, hoặc bỏ --cluster\n"
    )
