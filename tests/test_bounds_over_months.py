"""A figure that cannot be true, from the form to the total: found, apart, confirmed, added."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from click.testing import CliRunner
from nine_months import APR, MAR, MONTHS
from sent_files import put
from small_province import OPERATOR, UNITS, UnitsAtTheirForms, request_of, write_campaign

from tdkt_batch.cli.commands import program
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind
from tdkt_batch.months.run import run_month

COMMUNE, OTHER = "03386", "03387"
GIVEN = {"tong_dai_bieu_th": 9_102, "thanh_phan_khac_th": 9_080, "so_cbccvc_nld": 20}
CONFIRMED = Decision(
    kind=DecisionKind.ACCEPTED,
    unit=COMMUNE,
    month=MONTHS[APR],
    code="A7e",
    field="tong_dai_bieu_th",
    given="9.102 đại biểu",
    reason="Hội nghị toàn xã, đã hỏi lại",
    approver="Vàng Thị Mỷ",
    decided=date(2015, 4, 26),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return what ``check`` says of the form, and the total of each run."""
    folder = tmp_path_factory.mktemp("vuot-muc")
    out, campaign = folder / "output", write_campaign(folder / "dot", UNITS)
    units = UnitsAtTheirForms(campaign)
    form = folder / "2015-03" / f"{COMMUNE} thang 3.xlsx"
    put(form, units.form(COMMUNE, MAR, **GIVEN), datetime(2015, 3, 10, 9))
    right = units.form(OTHER, MAR)
    put(folder / "2015-03" / f"{OTHER} thang 3.xlsx", right, datetime(2015, 3, 10, 9))
    right = units.form(OTHER, APR)
    put(folder / "2015-04" / f"{OTHER} thang 4.xlsx", right, datetime(2015, 4, 10, 9))

    def ask(*arguments):
        done = CliRunner().invoke(program, [str(one) for one in arguments], prog_name="tdkt-batch")
        return done.exit_code, done.stdout

    def total(month):
        run_month(request_of(month, campaign, out, (folder / str(MONTHS[month]),)))
        words = ("--month", MONTHS[month], "--out", out, "--json")
        return json.loads(ask("trace", "--total", "dai_bieu", *words)[1])

    found = {"check": ask("check", form, "--campaign", campaign)}
    found |= {MAR: total(MAR), APR: total(APR)}
    with open_ledger(out, OPERATOR, datetime(2015, 4, 26, 8)) as ledger:
        ledger.decide([CONFIRMED], OPERATOR, datetime(2015, 4, 26, 8))
    return found | {"confirmed": total(APR)}


def test_check_asks_and_ends_with_the_status_of_a_fault(told):
    status, text = told["check"]
    assert status == 3
    assert "[Lỗi số liệu] Tổng số đại biểu là 9.102" in text


@pytest.mark.parametrize("month", [MAR, APR])
def test_it_is_in_no_total_and_apart_in_the_trace_with_cell_and_bound(told, month):
    total = told[month]
    assert COMMUNE not in {one["unit"] for one in total["contributions"]}
    (apart,) = total["not_added"]
    assert (apart["unit"], apart["value"], apart["rule"]) == (COMMUNE, 9_102, "A7e")
    assert apart["expected"] == "không quá 600 đại biểu"
    assert apart["cell"]


def test_once_confirmed_it_is_added_though_nothing_was_sent_again(told):
    assert told["confirmed"]["not_added"] == []
    assert told["confirmed"]["to_date"] == told[APR]["to_date"] + 9_102


def test_what_came_after_the_months_moment_is_judged_before_it_is_added(tmp_path):
    """Nobody looked at it in its month; in the next it is the unit's last report."""
    units = UnitsAtTheirForms(campaign := write_campaign(tmp_path / "dot", UNITS))
    for month, code, day, given in (
        (MAR, OTHER, 10, {}), (MAR, COMMUNE, 27, GIVEN), (APR, OTHER, 10, {})
    ):  # fmt: skip
        path = tmp_path / str(MONTHS[month]) / f"{code}.xlsx"
        put(path, units.form(code, month, **given), datetime(2015, MONTHS[month].number, day, 9))
    for month in (MAR, APR):
        paths = (tmp_path / str(MONTHS[month]),)
        result = run_month(request_of(month, campaign, tmp_path / "ra", paths))
    words = ("trace", "--total", "dai_bieu", "--month", MONTHS[APR], "--out", tmp_path / "ra")
    told = CliRunner().invoke(program, [*map(str, words), "--json"], prog_name="tdkt-batch")
    total = json.loads(told.stdout)
    assert {one["unit"] for one in total["contributions"]} == {OTHER}
    assert [(one["unit"], one["rule"]) for one in total["not_added"]] == [(COMMUNE, "A7e")]
    late = next(one for one in result.report.units if one.unit.code == COMMUNE)
    assert "A7e" in {one.code for one in late.latest.findings}
