"""Cells and an outcome in short say exactly what they said at length."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.model import Month, Outcome, OutcomeKind, Severity, Source, Submission
from tdkt_batch.reading.read_files import compact
from tdkt_batch.values import CompactCells, Fault, Found, Raw, Repair, TableRow, Value

COLUMNS = ("stt", "ho_ten", "nam_sinh", "gioi_tinh")

raws = st.from_type(Raw)
texts = st.text(max_size=6)


@st.composite
def rows(draw) -> dict[str, Value]:
    """Draw a row of a list, most of its cells as they were typed."""
    found = {}
    line, sheet = draw(st.integers(1, 2000)), draw(st.sampled_from(["Danh sách", "Khác"]))
    for letters, id_ in zip("ABCD", COLUMNS[: draw(st.integers(1, 4))], strict=False):
        content = draw(st.one_of(st.none(), st.integers(-3, 3000), texts))
        value = Value(
            field=id_,
            value=content,
            typed=content,
            raw=content,
            sheet=sheet,
            cell=f"{letters}{line}",
        )
        odd = st.one_of(
            st.builds(dict, raw=raws),
            st.builds(dict, typed=st.one_of(st.none(), st.booleans(), st.dates())),
            st.builds(dict, repair=st.builds(Repair, texts)),
            st.builds(dict, fault=st.builds(Fault, st.just("DL01"))),
            st.builds(dict, found=st.sampled_from(Found), implied=st.booleans()),
            st.builds(dict, cell=st.sampled_from(["", "Z9", "không rõ"])),
            st.builds(dict, sheet=st.just("Trang khác")),
            st.builds(dict, field=st.just("khac")),
        )
        found[id_] = replace(value, **draw(st.one_of(st.just({}), st.just({}), odd)))
    return found


def shown(values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Return all that a row says, of which kind each content is too."""
    return [(id_, repr(one)) for id_, one in values.items()]


@given(rows())
def test_cells_in_short_are_the_cells(row):
    short = CompactCells.of(row)
    assert shown(short) == shown(row)
    assert short == row
    assert shown(pickle.loads(pickle.dumps(short))) == shown(row)  # noqa: S301 — ours


@given(st.lists(rows(), max_size=4))
def test_what_a_file_tells_of_its_cells_is_the_same_in_short(listed):
    values = {"ngay": Value(
        field="ngay", value=None, typed=None, raw="x", sheet="A", cell="B2", fault=Fault("DL04")
    )}  # fmt: skip
    whole = Submission(
        source=Source(name="a.xlsx", sha256="0", size=1, modified=date(2015, 3, 1)),
        form="mau_01",
        form_version="1",
        unit="03386",
        month=Month(2015, 3),
        values=values,
        tables={"danh_sach": tuple(TableRow(n, row) for n, row in enumerate(listed, start=1))},
    )
    short = compact(whole)
    assert short == whole
    for said in ("cells", "all_faults", "repaired_cells"):
        assert repr(getattr(short, said)) == repr(getattr(whole, said))
    differing = [v for v in whole.cells if repr(v.value) != repr(v.typed)]
    assert [v for v in short.telling_cells if repr(v.value) != repr(v.typed)] == differing


def test_a_row_as_it_was_typed_holds_no_cell():
    row = {
        id_: Value(field=id_, value=n, typed=n, raw=n, sheet="Danh sách", cell=f"{letter}7")
        for n, (letter, id_) in enumerate(zip("ABCD", COLUMNS, strict=True))
    }
    short = CompactCells.of(row)
    assert not list(short.odd)


def test_a_plain_outcome_is_one_object_for_all_units():
    plain = Outcome(rule="A2", outcome=OutcomeKind.PASS, field="a", sheet="Báo cáo", cell="C1")
    failing = replace(plain, severity=Severity.NOTICE, message="Sai", missing=("a", "b"))
    first, second, other = (pickle.loads(pickle.dumps(one)) for one in (plain, plain, failing))  # noqa: S301 — ours
    assert first == plain
    assert first is second
    assert other == failing
