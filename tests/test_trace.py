"""Where a figure comes from: asked on the command line, over three months of six units."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from nine_months import APR, MAR, MONTHS
from openpyxl import load_workbook
from traced_province import OPERATOR, run_three_months

from tdkt_batch.campaign.figure import Counted
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.commands import program
from tdkt_batch.errors import InputError
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind
from tdkt_batch.months.inputs import resources_to_look
from tdkt_batch.summary.overview_figures import Indicator, indicators
from tdkt_batch.summary.plan import plan_of
from tdkt_batch.trace.lookup import unit_asked
from tdkt_batch.trace.month import published_month
from tdkt_batch.trace.totals import total_asked, totals_of, trace_total


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ba-thang")


@pytest.fixture(scope="module")
def results(folder):
    return run_three_months(folder)


@pytest.fixture(scope="module")
def out(folder, results):
    return folder / "output"


@pytest.fixture
def ask(out):
    """Ask on the command line about March, unless another month is named."""

    def invoke(*arguments, month="2015-03", place=out):
        command = ["trace", *arguments, "--month", month, "--out", str(place)]
        return CliRunner().invoke(program, command, prog_name="tdkt-batch")

    return invoke


@pytest.fixture
def told(ask):
    """Ask, and return what stands on the terminal."""

    def answer(*arguments, **others):
        done = ask(*arguments, **others)
        assert done.exit_code == 0, done.output
        return done.stdout

    return answer


@pytest.fixture
def objects(ask):
    """Ask with ``--json``, and return what was printed."""

    def loaded(*arguments, **others):
        done = ask(*arguments, "--json", **others)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return loaded


def said(text, label):
    """Return what stands behind a label, its continued lines joined."""
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(f"  {label}:"))
    parts = [lines[first].partition(":")[2].strip()]
    for line in lines[first + 1 :]:
        if not line.startswith(" " * 10):
            break
        parts.append(line.strip())
    return " ".join(parts)


# --- the value and its source ------------------------------------------------------------------


def test_a_value_leads_to_its_file_its_mail_its_sheet_and_its_cell(told, results, out):
    answer = told("03386", "tong_dai_bieu_th")
    (record,) = (f for f in results[MAR].report.files if f.source.name == "thu.eml/03386 sua.xlsx")
    assert "Tổng số đại biểu (thực hiện) [tong_dai_bieu_th]: 40\n" in answer
    assert said(answer, "Đã ghi trong ô") == "40"
    assert said(answer, "Tệp") == "thu.eml/03386 sua.xlsx"
    assert said(answer, "SHA-256") == record.source.sha256
    digest = record.source.sha256
    assert said(answer, "Lưu tại") == str(out / "luu-tru" / digest[:2] / f"{digest}.xlsx")
    assert (
        said(answer, "Thư của")
        == "UBND phường <phuong@laichau.example>, gửi 10 giờ 15 ngày 18/03/2015"
    )
    assert said(answer, "Tiêu đề thư") == "Báo cáo tháng 3, bản sửa"
    assert said(answer, "Mã thư") == "<18-3@laichau.example>"
    assert said(answer, "Nằm trong") == "thu.eml"
    assert said(answer, "Thời điểm đến") == "10 giờ 15 ngày 18/03/2015 (theo ngày gửi thư)"
    assert said(answer, "Vào sổ tiếp nhận") == "17 giờ 30 ngày 25/03/2015"
    assert said(answer, "Ô") == "trang “Báo cáo”, ô D34 (đúng chỗ của biểu)"
    form = load_campaign().form("mau_01")
    assert said(answer, "Mẫu biểu") == f"Mẫu số 01, phiên bản {form.version}"
    assert (
        said(answer, "Bộ căn cứ")
        == f"lai_chau_2014 ({results[MAR].manifest['versions']['campaign']})"
    )
    assert said(answer, "Lần tổng hợp").endswith(OPERATOR)


def test_the_traced_cell_holds_the_value_in_the_kept_file(objects):
    origin = objects("03386", "tong_dai_bieu_th")["origin"]
    book = load_workbook(io.BytesIO(Path(origin["kept_at"]).read_bytes()))
    assert book[origin["read"]["sheet"]][origin["read"]["cell"]].value == origin["value"] == 40


def test_a_kept_file_that_is_gone_is_said(told, out, tmp_path):
    copy = shutil.copytree(out, tmp_path / "output")
    told("03386", "tong_dai_bieu_th", place=copy)
    digest = json.loads((copy / "2015-03" / "bang-ke-2015-03.json").read_bytes())
    name = next(i["sha256"] for i in digest["inputs"] if i["name"] == "thu.eml/03386 sua.xlsx")
    (copy / "luu-tru" / name[:2] / f"{name}.xlsx").unlink()
    assert said(told("03386", "tong_dai_bieu_th", place=copy), "Lưu tại").endswith(
        "(không còn ở đó)"
    )


def test_a_repaired_cell_shows_what_was_typed_and_what_the_forms_own_formula_makes_of_it(told):
    answer = told("03387", "tong_dai_bieu_th")
    assert "[tong_dai_bieu_th]: 42\n" in answer
    assert said(answer, "Đã ghi trong ô") == "“42 người”"
    assert said(answer, "Công thức của biểu") == "hiểu là (không tính được)"
    assert said(answer, "Được hiểu lại") == "42: Số kèm chữ, đã bỏ phần chữ (SC05)"
    assert said(answer, "A7").startswith("Không đạt (theo ô như đã ghi: chưa đủ số liệu)")


def test_a_cell_as_it_was_typed_has_no_line_on_repairs(told):
    answer = told("03386", "tong_dai_bieu_th")
    assert "Công thức của biểu" not in answer
    assert "Được hiểu lại" not in answer
    assert "Ban đính chính" not in answer


def test_a_corrected_figure_says_who_when_and_why_beside_what_was_typed(told, objects):
    answer = told("DN08", "tong_dai_bieu_th")
    assert "[tong_dai_bieu_th]: 43\n" in answer
    assert said(answer, "Đã ghi trong ô") == "430"
    assert said(answer, "Ban đính chính") == (
        "43: Bà Lò Thị Hoa, kế toán báo ngày 26/03/2015; lý do: gõ nhầm; người ghi sổ: Vàng Thị Mỷ"
    )
    origin = objects("DN08", "tong_dai_bieu_th")["origin"]
    assert (origin["value"], origin["read"]["raw"]) == (43, 430)
    assert origin["correction"]["decided"] == "2015-03-26"


def test_a_correction_taken_after_the_months_run_is_pointed_out_and_not_yet_counted(
    told, out, tmp_path, results
):
    copy = shutil.copytree(out, tmp_path / "output")
    decision = Decision(
        kind=DecisionKind.CORRECTED, unit="03387", month=MONTHS[MAR], field="tong_dai_bieu_th",
        value=40, approver="Trưởng ban",
    )  # fmt: skip
    with open_ledger(copy, OPERATOR, results[APR].report.received_until) as ledger:
        ledger.decide([decision], OPERATOR, results[APR].report.received_until)
    answer = told("03387", "tong_dai_bieu_th", place=copy)
    assert "[tong_dai_bieu_th]: 42\n" in answer
    assert said(answer, "Chú ý") == (
        "Ban đính chính 40 sau lần tổng hợp này (người ghi sổ: Trưởng ban); sổ của tháng chưa có số này"
    )
    assert "hãy chạy lại tháng để sổ có số mới" in " ".join(answer.split())


def test_an_implied_zero_says_so(told):
    answer = told("DN08", "dh_cong_nhan_th")
    assert "[dh_cong_nhan_th]: 0\n" in answer
    assert said(answer, "Đã ghi trong ô") == "(để trống)"
    assert said(answer, "Được hiểu lại") == "0: để trống mà các ô cùng khối đã ghi"


# --- which rules used it ------------------------------------------------------------------------


def test_rules_that_name_the_value_stand_there_also_through_derived_names(objects):
    rules = {one["rule"]: one["outcome"] for one in objects("03386", "tong_dai_bieu_th")["rules"]}
    assert rules == {
        "A4": "not_applicable", "A5": "not_applicable", "A7": "pass", "A7c": "pass", "A7d": "pass",
        "A7e": "pass", "A7f": "pass", "P6c": "pass", "P7d": "pass",
    }  # fmt: skip


def test_the_figure_that_is_not_in_force_was_used_by_its_bound_alone(objects):
    (rule,) = objects("03386", "tong_dai_bieu_kh")["rules"]
    assert (rule["rule"], rule["outcome"]) == ("A7g", "pass")


def test_a_board_rule_uses_what_its_parameters_name(objects):
    rules = {one["rule"] for one in objects("03386", "so_cong_van")["rules"]}
    assert "O5" in rules


def test_a_finding_on_the_value_stands_there_with_its_life(told, objects):
    assert "[Sai số học; mới]" in said_of_findings(told("03387", "tong_dai_bieu_th"))
    (finding,) = objects("03387", "tong_dai_bieu_th")["findings"]
    assert (finding["code"], finding["severity"], finding["life"]) == ("A7", "arithmetic", "new")


def said_of_findings(answer):
    return " ".join(answer.partition("Nội dung cần xem xét")[2].split())


# --- earlier and later --------------------------------------------------------------------------


def test_the_file_that_was_superseded_stands_there_with_what_it_said(told):
    answer = told("03386", "tong_dai_bieu_th")
    text = said(answer, "Đến 10/03/2015")
    assert text.startswith("03386 thang 3.xlsx, ghi 140 (ô D34). Đã có bản mới hơn: “thu.eml/03386")


def test_other_months_and_what_replaced_the_value_stand_there(told, objects):
    answer = told("03386", "nu_th")
    assert said(answer, "Tháng 2/2015") == "Đúng hạn: 12 (ô D46; tệp 03386 thang 2.xlsx)"
    assert said(answer, "Tháng 4/2015") == "Đúng hạn: 14 (ô D46; tệp 03386 thang 4.xlsx)"
    assert "Về sau: số đến nay đã thay bằng báo cáo tháng 4/2015." in answer
    assert objects("03386", "nu_th")["replaced_by"] == "2015-04"
    assert objects("DN08", "nu_th")["replaced_by"] is None


def test_a_corrected_figure_is_shown_corrected_from_another_month(objects):
    months = objects("DN08", "tong_dai_bieu_th", month="2015-02")["other_months"]
    (march,) = (one for one in months if one["month"] == "2015-03")
    assert (march["value"], march["read"]["raw"]) == (43, 430)
    assert march["correction"]["approver"] == "Vàng Thị Mỷ"


# --- units without a report ---------------------------------------------------------------------


def test_a_silent_unit_shows_its_last_report_marked_as_such(told, objects):
    answer = told("03388", "tong_dai_bieu")
    head = " ".join(answer.split())
    assert "tháng 3/2015: chưa gửi, đã 1 tháng liền không gửi báo cáo" in head
    assert "số đến nay lấy báo cáo gần nhất, tháng 2/2015:" in head
    assert "[tong_dai_bieu_th]: 43" in answer
    assert said(answer, "Tệp") == "03388 thang 2.xlsx"
    found = objects("03388", "tong_dai_bieu")
    assert (found["carried"], found["origin"]["month"], found["state"]) == (
        True,
        "2015-02",
        "missing",
    )


def test_a_unit_that_never_reported_has_no_figure(told, objects):
    answer = told("SNV", "tong_dai_bieu")
    assert "không có số, đơn vị chưa từng có báo cáo dùng được" in answer
    assert objects("SNV", "tong_dai_bieu")["origin"] is None


def test_an_unreadable_file_and_an_empty_form_stand_there_with_the_last_report(told):
    broken = " ".join(told("DN08", "tong_dai_bieu", month="2015-04").split())
    assert "4/2015: đã gửi, chưa dùng được (đã gửi tệp chưa mở, chưa đọc được)" in broken
    assert "tháng liền" not in broken
    assert (
        "báo cáo gần nhất, tháng 3/2015: Tổng số đại biểu (thực hiện) [tong_dai_bieu_th]: 43"
        in broken
    )
    assert "Tệp của đơn vị trong tháng Đến 14/04/2015: DN08 thang 4.xlsx." in broken
    empty = " ".join(told("03387", "tong_dai_bieu", month="2015-04").split())
    assert "tháng 4/2015: biểu trống" in empty
    assert "[tong_dai_bieu_th]: 42" in empty
    assert "Tệp của đơn vị trong tháng Đến 14/04/2015: 03387 thang 4.xlsx" in empty


def test_a_figure_in_force_that_nobody_can_tell_names_both_cells(ask):
    done = ask("SNV", "Tổng số đại biểu", month="2015-04")
    assert done.exit_code == 1
    assert "chưa rõ số nào có hiệu lực, vì đơn vị chưa ghi “Tình trạng”" in done.stderr
    assert "(tong_dai_bieu_th) hoặc " in done.stderr
    assert "(tong_dai_bieu_kh)" in done.stderr
    assert ask("SNV", "tong_dai_bieu_kh", month="2015-04").exit_code == 0


def test_a_unit_asked_about_before_it_reported_knows_its_later_report(objects):
    months = objects("105", "tong_dai_bieu_kh", month="2015-02")
    assert months["origin"] is None
    assert months["replaced_by"] == "2015-03"


# --- what was asked -----------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["Phường Quyết Thắng", "p. quyết thắng", "quyet thang"])
def test_a_unit_may_be_named_as_people_name_it(unit, objects):
    assert objects(unit, "nu_th")["unit"] == "03386"


@pytest.mark.parametrize(
    "field",
    [
        "TONG_DAI_BIEU_TH", "tong_dai_bieu", "Tổng số đại biểu", "Tổng số đại biểu (thực hiện)",
        "tổng số đại biểu thực hiện", "tong so dai bieu",
    ],
)  # fmt: skip
def test_a_field_may_be_named_as_people_name_it(field, objects):
    assert objects("03386", field)["field"] == "tong_dai_bieu_th"


def test_the_planned_figure_is_asked_for_by_its_label(objects):
    assert objects("03386", "Tổng số đại biểu, kế hoạch")["field"] == "tong_dai_bieu_kh"


def test_a_cell_of_a_table_is_asked_for_with_its_row(objects, told):
    by_number = objects("03386", "danh_sach.gioi_tinh", "--row", "2")
    assert (by_number["row"], by_number["origin"]["read"]["cell"]) == (2, "D8")
    by_name = objects("03386", "Giới tính", "--row", "nguoi thu 1 cua 03386")
    assert by_name["origin"] == by_number["origin"]
    assert "Giới tính, dòng 2 (Người thứ 1 của 03386)" in told("03386", "Giới tính", "--row", "2")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Quyết", "nu_th"), "không có đơn vị “Quyết” trong tháng 3/2015; gần giống: Phường Quyết Thắng"),
        (("03386", "tổng đại bểu"), "Mẫu số 01 không có ô “tổng đại bểu”; gần giống: “Tổng số đại biểu”"),
        (("105", "Nông dân"), "“Nông dân” có thể là 2 ô của Mẫu số 02: “Nông dân” (dh_nong_dan); "),
        (("03386", "tong_thanh_phan"), "không phải một ô của Mẫu số 01 mà được tính từ nhiều ô"),
        (("03386", "danh_sach.gioi_tinh"), "hãy ghi thêm --row; các dòng: 1 (Người thứ 0"),
        (("03386", "danh_sach.gioi_tinh", "--row", "99"), "không có đúng một dòng “99”"),
        (("03387", "nu_th", "--row", "1"), "không nằm trong bảng: hãy bỏ --row"),
        (("--total", "Tổng đại biểu"), "không có chỉ tiêu “Tổng đại biểu”; gần giống: "),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_answered_with_what_there_is(arguments, sentence, ask):
    done = ask(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Không làm được: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_name_that_several_units_share_is_answered_with_all_of_them():
    with pytest.raises(
        InputError, match="“Tân Uyên” có thể là 2 đơn vị: Huyện Tân Uyên"
    ) as refused:
        unit_asked("Tân Uyên", load_campaign(), MONTHS[MAR])
    assert "(03598); hãy ghi mã đơn vị" in str(refused.value)


def test_a_unit_that_is_no_longer_in_the_register_is_told_apart_from_an_unknown_one():
    campaign = load_campaign()
    (merged,) = (
        replace(u, valid_to=date(2014, 12, 31)) for u in campaign.units if u.code == "DN08"
    )
    campaign = replace(campaign, units=(*(u for u in campaign.units if u.code != "DN08"), merged))
    with pytest.raises(InputError, match="không có trong danh sách đơn vị tháng 3/2015"):
        unit_asked("DN08", campaign, MONTHS[MAR])


def test_a_month_that_was_not_run_is_answered_with_those_that_were(ask):
    done = ask("03386", "nu_th", month="2015-05")
    assert done.exit_code == 1
    assert "đã tổng hợp các tháng: 2/2015, 3/2015, 4/2015" in done.stderr


def test_a_folder_without_ledger_is_one_sentence(ask, tmp_path):
    done = ask("03386", "nu_th", place=tmp_path)
    assert done.exit_code == 1
    assert "chưa chạy tháng nào trong thư mục này" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [(), ("03386",), ("03386", "nu_th", "--total", "x"), ("--total", "x", "--row", "1")],
)
def test_wrong_usage_is_status_2(arguments, ask):
    done = ask(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("Sai cách dùng: ")


def test_nothing_in_the_folder_is_changed_by_asking(ask, out):
    def contents():
        return {p: p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}

    before = contents()
    ask("03386", "nu_th")
    ask("--total", "Tổng số đại biểu")
    assert contents() == before


# --- totals -------------------------------------------------------------------------------------


def test_a_total_lists_what_it_adds_up_with_carried_ones_marked(told):
    answer = told("--total", "Tổng số đại biểu")
    assert "Cộng trong tháng: 85 (2 đơn vị)." in answer
    assert "Cộng đến nay: 168 (4 đơn vị, trong đó 1 lấy báo cáo gần nhất)." in answer


def test_each_contribution_has_unit_figures_file_and_cell(objects):
    found = objects("--total", "Tổng số đại biểu")
    assert [
        (c["unit"], c["in_month"], c["to_date"], c["carried"], c["corrected"], c["file"], c["cell"])
        for c in found["contributions"]
    ] == [
        ("03386", None, 40, False, False, "thu.eml/03386 sua.xlsx", "D34"),
        ("03387", 42, 42, False, False, "03387 thang 3.xlsx", "D34"),
        ("03388", None, 43, True, False, "03388 thang 2.xlsx", "D34"),
        ("DN08", 43, 43, False, True, "DN08 thang 3.xlsx", "D34"),
    ]
    assert (found["in_month"], found["to_date"]) == (85, 168)


def test_the_sums_equal_the_cells_of_the_workbook(objects, results):
    sheet = load_workbook(results[MAR].workbook, data_only=True)["Tổng hợp"]
    heads = next(row for row in sheet.iter_rows(max_row=60) if row[1].value == "Chỉ tiêu")
    columns = {str(cell.value): cell.column - 1 for cell in heads if cell.value}
    (line,) = (row for row in sheet.iter_rows() if row[1].value == "Tổng số đại biểu")
    found = objects("--total", "Tổng số đại biểu")
    assert line[columns["Thực hiện trong tháng"]].value == found["in_month"]
    assert line[columns["Lũy kế"]].value == found["to_date"]
    planned = objects("--total", "Tổng số đại biểu (kế hoạch)")
    assert line[columns["Kế hoạch"]].value == planned["to_date"]


@pytest.fixture(scope="module")
def published(out):
    with resources_to_look(out, workers=0) as resources:
        yield published_month(out, MONTHS[MAR], resources)


def test_every_line_of_the_overview_is_known_by_its_label_with_its_figures(published):
    lines = indicators(plan_of(published.campaign, published.report))
    for line in (one for one in lines if isinstance(one, Indicator)):
        found = trace_total(published, line.label)
        assert found.total.figure.id == line.figure
        month = line.became_known if line.month is None else _shown(line.month)
        assert month == found.month, line.label
        assert _shown(line.to_date) == found.to_date, line.label
        if line.plan is not None:
            planned = trace_total(published, f"{line.label} (kế hoạch)")
            assert _shown(line.plan) in (planned.month, planned.to_date), line.label


def _shown(cell):
    return getattr(cell, "value", cell)


def test_every_figure_is_known_by_its_id_and_its_contributions_add_up(published):
    totals = list(totals_of(published.campaign))
    assert len({total.id for total in totals}) == len(totals)
    figures = month_figures(published.campaign, published.report)
    for figure in published.campaign.figures.all:
        found, total = trace_total(published, figure.id), figures.total(figure.id)
        to_date = found.month if found.to_date is None else found.to_date
        assert to_date == total.value, figure.id
        if figure.counted is Counted.FILES:
            continue
        for kind in ("month", "to_date"):
            added = sum(getattr(one, kind) or 0 for one in found.contributions)
            assert added == (getattr(found, kind) or 0), (figure.id, kind)


def test_a_total_is_known_misspelt_and_begun(published):
    assert total_asked("tong so dai bieu", published.campaign).id == "dai_bieu"
    assert total_asked("Đại biểu điển hình tiên tiến", published.campaign).id == "dien_hinh"
    assert total_asked("Hộ gia đình", published.campaign).id == "ho_gia_dinh"


def test_february_is_as_it_was_published_then(objects):
    found = objects("--total", "da_gui", month="2015-02")
    assert (found["in_month"], found["to_date"]) == (4, None)


# --- a workbook that is no longer the one that was written ----------------------------------------


def test_a_workbook_that_was_changed_is_pointed_out(told, out, tmp_path):
    copy = shutil.copytree(out, tmp_path / "output")
    (copy / "2015-03" / "tong-hop-2015-03.xlsx").write_bytes(b"saved by somebody")
    assert "không còn như khi ghi" in told("--total", "Tổng số đại biểu", place=copy)
    assert "không còn như khi ghi" not in told("--total", "Tổng số đại biểu")
