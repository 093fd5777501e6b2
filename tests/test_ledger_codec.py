"""What the ledger keeps comes back exactly as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, make_dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import copysign, isnan
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tdkt_batch.ledger.codec import (
    UndecodableError,
    pack,
    read_text,
    unpack,
    write_text,
)
from tdkt_batch.ledger.scalars import read_scalar, write_scalar
from tdkt_batch.model import Decision, Month, Outcome, OutcomeKind, Source, Submission
from tdkt_batch.report import MonthRecord
from tdkt_batch.values import CompactCells, Raw, TableRow, Value
from tdkt_batch.workbooks.read import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """As ``reading.read_files`` has it."""

    source: Source
    submission: Submission | None = None
    outcomes: tuple[Outcome, ...] = ()
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    raw: Raw


@dataclass(frozen=True, slots=True)
class Plain:
    count: int
    share: float
    day: date
    moment: datetime | None
    at: time
    span: timedelta
    codes: frozenset[str]
    kinds: frozenset[OutcomeKind]


any_text = st.text(st.characters(exclude_categories=()), max_size=8)
for kind, strategy in (
    (str, any_text),
    (Month, st.builds(Month, st.integers(1, 9999), st.integers(1, 12))),
    # the second of an hour that the clocks go back over: no office clock of ours does
    (datetime, st.datetimes().map(lambda moment: moment.replace(fold=0))),
    (time, st.times().map(lambda at: at.replace(fold=0))),
    (Mapping, lambda kind: st.dictionaries(*map(st.from_type, get_args(kind)), max_size=3)),
):
    st.register_type_strategy(kind, strategy)

raws = st.from_type(Raw)
values = st.builds(Value, raw=raws)
as_typed = raws.map(
    lambda raw: Value(field="ho_ten", value=raw, typed=raw, raw=raw, sheet="Danh sách", cell="B7")
)
rows = st.builds(
    TableRow,
    number=st.integers(1, 9),
    values=st.dictionaries(any_text, values | as_typed, max_size=3).map(CompactCells.of),
)
submissions = st.builds(
    Submission,
    values=st.dictionaries(any_text, values, max_size=3),
    tables=st.dictionaries(any_text, st.lists(rows, max_size=2).map(tuple), max_size=1),
)


@given(raws)
def test_a_cell_comes_back_exactly(raw):
    back = unpack(pack(Cell(raw)), Cell).raw
    assert type(back) is type(raw)
    assert repr(back) == repr(raw)


@given(raws)
def test_a_scalar_comes_back_exactly(raw):
    assert repr(read_scalar(write_scalar(raw))) == repr(raw)


@pytest.mark.parametrize(
    "raw",
    [
        True,
        False,
        1,
        1.0,
        0,
        -0.0,
        10**30,
        1e300,
        "\ud83d",
        "\ud83d\ude00",
        "😀",
        "a\x00b",
        "\u2028",
    ],
    ids=ascii,
)
def test_look_alikes_are_not_mixed_up(raw):
    back = unpack(pack(Cell(raw)), Cell).raw
    assert (type(back), back) == (type(raw), raw)
    if isinstance(raw, float):
        assert copysign(1, back) == copysign(1, raw)


def test_what_is_no_number_stays_no_number():
    back = unpack(pack(Cell(float("nan"))), Cell).raw
    assert isinstance(back, float)
    assert isnan(back)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.builds(Reading, submission=st.none() | submissions))
def test_a_reading_comes_back_exactly(reading):
    assert repr(unpack(pack(reading), Reading)) == repr(reading)
    assert repr(read_text(write_text(reading), Reading)) == repr(reading)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(st.from_type(MonthRecord))
def test_a_month_comes_back_exactly(record):
    assert unpack(pack(record), MonthRecord) == record


@settings(deadline=None)
@given(st.from_type(Decision))
def test_a_decision_comes_back_exactly(decision):
    assert repr(unpack(pack(decision), Decision)) == repr(decision)


@given(st.from_type(Plain))
def test_single_kinds_come_back_exactly(plain):
    back = unpack(pack(plain), Plain)
    for f in fields(Plain):
        one, other = getattr(back, f.name), getattr(plain, f.name)
        assert type(one) is type(other)
        assert one == other or repr(one) == repr(other)


def test_the_same_set_is_the_same_bytes():
    def packed(codes):
        return pack(
            Plain(
                1, 1.0, date(2015, 3, 1), None, time(), timedelta(), frozenset(codes), frozenset()
            )
        )

    assert packed("abcdefgh") == packed("hgfedcba")


def test_another_shape_is_refused_not_guessed():
    old = make_dataclass("Thing", [("name", str)], frozen=True)
    new = make_dataclass("Thing", [("name", str), ("mark", str, "")], frozen=True)
    assert unpack(pack(old("a")), old) == old("a")
    with pytest.raises(UndecodableError):
        unpack(pack(old("a")), new)


def test_another_list_of_states_is_refused():
    old = StrEnum("State", ["OPEN", "FIXED"])
    new = StrEnum("State", ["OPEN", "CLOSED"])
    one = make_dataclass("Thing", [("state", old)], frozen=True)
    other = make_dataclass("Thing", [("state", new)], frozen=True)
    with pytest.raises(UndecodableError):
        unpack(pack(one(old.FIXED)), other)


@given(st.data())
def test_damaged_bytes_are_refused_or_read_the_same(data):
    cell = Cell("Hội nghị điển hình tiên tiến " * 5)
    packed = bytearray(pack(cell))
    place = data.draw(st.integers(0, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with suppress(UndecodableError):
        assert unpack(bytes(packed), Cell) == cell


def test_another_process_reads_what_this_one_packed(tmp_path):
    source = Source(name="a.xlsx", sha256="0" * 64, size=1, modified=datetime(2015, 3, 1))
    (tmp_path / "packed").write_bytes(pack(source))
    code = (
        "import sys; from pathlib import Path\n"
        "from tdkt_batch.ledger.codec import pack, unpack\n"
        "from tdkt_batch.model import Source\n"
        "packed = Path(sys.argv[1]).read_bytes()\n"
        "assert pack(unpack(packed, Source)) == packed"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, tmp_path / "packed"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            timeout=60,
        )


def test_facts_of_another_version_are_read_as_far_as_they_go():
    written = (
        b'{"name": "a.xlsx", "sha256": "0", "size": 1, "modified": "2015-03-01T00:00:00", "x": 1}'
    )
    assert read_text(written, Source) == Source(
        name="a.xlsx", sha256="0", size=1, modified=datetime(2015, 3, 1)
    )
    with pytest.raises(UndecodableError):
        read_text(b'{"name": "a.xlsx"}', Source)
    with pytest.raises(UndecodableError):
        read_text(b"[1]", Source)
