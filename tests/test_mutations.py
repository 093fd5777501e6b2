"""Good forms changed by chance, and readers that die: no escape, no wrong value, no neighbour harmed.

``TDKT_MUTATIONS`` sets how many changes are tried of each format, ``TDKT_SEED`` which,
``TDKT_GOOD_FORMS`` how many good forms lie around the two that kill a reader.
"""

import logging
import os
import random
import time
from collections import Counter
from dataclasses import replace

import pytest
from cell_sums import wrong_sums_of_all
from corpus.clerk import CAMPAIGN, MONTH, Clerk
from corpus.mutations import Judge, mutated
from libreoffice import convert, require_libreoffice

from tdkt_batch.choose.choose import choose
from tdkt_batch.model import Arrival
from tdkt_batch.reading import read_files as guard
from tdkt_batch.reading.read_files import read_all
from tdkt_batch.report import FileState
from tdkt_batch.unpack.gather import gather

LOG = logging.getLogger(__name__)
SEED = os.environ.get("TDKT_SEED", "2015")
MUTATIONS = int(os.environ.get("TDKT_MUTATIONS", "150"))
GOOD_FORMS = int(os.environ.get("TDKT_GOOD_FORMS", "40"))
UNIT, NEIGHBOUR = [unit for unit in CAMPAIGN.units if unit.kind == "xã"][4:6]
CLERK = Clerk(UNIT, NEIGHBOUR)


def gathered(folder, spool, workers=2):
    spool.mkdir()
    return gather([folder], spool, workers=workers).arrivals


def read(attachments, workers=2):
    return read_all(attachments, CAMPAIGN, workers=workers)


def good_form(suffix, folder):
    path = folder / "bieu.xlsx"
    path.write_bytes(CLERK.form())
    if suffix == "xlsx":
        return path.read_bytes()
    require_libreoffice()
    return convert([path], folder, suffix)[0].read_bytes()


def judge_of(content, folder):
    place = folder / "goc"
    place.mkdir()
    (place / "bieu").write_bytes(content)
    (reading,) = read(gathered(place, folder / "goc-spool"), workers=1)
    assert reading.submission is not None, reading.unread
    return Judge(CLERK, content, reading.submission)


def wrongs_of(judge, readings):
    """Return what was read wrongly, by the file's name."""
    wrongs = {}
    for attachment, reading in readings:
        if reading.submission is not None:
            found = list(judge.wrongs(attachment.read(), reading.submission))
            if found:
                wrongs[attachment.source.name] = found[:4]
    return wrongs


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_form_changed_by_chance_is_read_as_it_stands_or_refused(suffix, tmp_path):
    judge = judge_of(good_form(suffix, tmp_path), tmp_path)
    chance = random.Random(f"{SEED} {suffix}")  # noqa: S311 — chance for tests, the same each time
    pile = tmp_path / "pile"
    pile.mkdir()
    for number in range(MUTATIONS):
        (pile / f"{number:04}.{suffix}").write_bytes(mutated(judge.content, chance))
    start = time.monotonic()
    attachments = gathered(pile, tmp_path / "spool")
    readings = read(attachments)
    records = choose(readings, CAMPAIGN, MONTH).records
    seconds = time.monotonic() - start
    reasons = Counter(r.unread.reason if r.unread else "read" for r in readings)
    LOG.info("%s: %d in %.0f s, %s", suffix, MUTATIONS, seconds, dict(reasons.most_common()))
    names = {record.source.name[:4] for record in records}
    assert names == {f"{number:04}" for number in range(MUTATIONS)}
    assert all(isinstance(record.state, FileState) for record in records)
    assert not [r.unread for r in readings if r.unread and r.unread.reason == "reader_error"]
    assert wrongs_of(judge, zip(attachments, readings, strict=True)) == {}
    read_ = [a.path for a, r in zip(attachments, readings, strict=True) if r.submission]
    assert len(read_) > MUTATIONS // 4
    assert not [r.unread for r in readings if r.unread and r.unread.reason == "cells_differ"]
    assert wrong_sums_of_all(read_, CAMPAIGN.id) == []


def test_a_value_that_the_file_does_not_explain_is_seen(tmp_path):
    judge = judge_of(good_form("xlsx", tmp_path), tmp_path)
    good = judge.good
    assert list(judge.wrongs(judge.content, good)) == []
    values = dict(good.values)
    one, other = values["tong_dai_bieu_th"], values["dien_hinh_th"]
    values |= {
        one.field: replace(one, value=other.value),
        "dia_diem": replace(values["dia_diem"], value=None),
    }
    said = judge.wrongs(judge.content, replace(good, values=values))
    assert [line.partition(":")[0] for line in said] == ["('dia_diem',)", "('tong_dai_bieu_th',)"]


# --- files that kill a reader -----------------------------------------------------------------


class Deadly(Arrival):
    def read(self):
        os.abort()


class Endless(Arrival):
    def read(self):
        while True:
            time.sleep(1)


def test_two_files_that_kill_a_reader_do_no_harm_to_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "CLOCK_A_FILE", 5)
    pile = tmp_path / "pile"
    pile.mkdir()
    for number in range(GOOD_FORMS):
        unit = CAMPAIGN.units_in(MONTH)[number % 150]
        form = Clerk(unit, unit).form(dien_thoai=f"0213 {number:06}")
        (pile / f"{number:04}.xlsx").write_bytes(form)
    good = gathered(pile, tmp_path / "spool")
    killers = [
        kind(replace(a.source, name=f"{name}.xlsx"), a.path)
        for kind, name, a in ((Deadly, "chết", good[0]), (Endless, "treo", good[1]))
    ]
    third = len(good) // 3
    among = [*good[:third], killers[0], *good[third : 2 * third], killers[1], *good[2 * third :]]
    without, found = read(good), read(among)
    alone = [r for r in found if r.unread]
    assert [(r.source.name, r.unread.reason) for r in alone] == [
        ("chết.xlsx", "crashed"),
        ("treo.xlsx", "timeout"),
    ]
    assert all(reading.submission for reading in without)
    assert tuple(r for r in found if not r.unread) == without
