"""The commands: demo, templates, check, run, trace, months, rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tdkt_batch import __version__
from tdkt_batch.cli.options import (
    BUILT_IN_CAMPAIGN,
    USUAL_WORKERS,
    campaign_options,
    json_option,
    moment_of,
    month_of,
    month_option,
    out_option,
    workers_option,
)
from tdkt_batch.cli.show import (
    print_checked,
    print_demo,
    print_rules,
    print_run,
    print_templates,
    run_as_json,
)
from tdkt_batch.cli.speech import FAILED, VIOLATION, WRONG_USAGE, Program
from tdkt_batch.cli.terminal import make_speakable, print_json, run_progress
from tdkt_batch.errors import InputError
from tdkt_batch.model import Month

# Libraries that read and write workbooks are imported by the command that needs them,
# so that --help answers at once.

BLANK_FORMS = "input_templates"
UNIT_FORMS = "output/bieu-gui-di"


@click.group(
    cls=Program,
    invoke_without_command=True,
    help="Rà soát báo cáo tổ chức Hội nghị điển hình tiên tiến của các đơn vị theo Hướng dẫn "
    "và tổng hợp thành một sổ Excel mỗi tháng.",
)
@click.version_option(
    __version__, message="tdkt-batch %(version)s", help="Hiện số phiên bản của chương trình."
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Show the help page where no command is given."""
    make_speakable(sys.stdout, sys.stderr)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(WRONG_USAGE)


@program.command(
    help="Làm thử từ đầu đến cuối: tạo một tháng báo cáo mẫu của cả tỉnh rồi tổng hợp."
)
@out_option("output", "Nơi ghi; tháng mẫu nằm trong thư mục con demo")
@workers_option
@json_option
def demo(out: Path, workers: int, as_json: bool) -> None:
    """Make the sample province and run its month."""
    from tdkt_batch.demo.run import INPUTS, TRUTH, run_demo

    folder = out / "demo"
    if not as_json:
        click.echo("Đang tạo báo cáo mẫu của cả tỉnh, hai tháng (số liệu giả định)…", err=True)
    with run_progress(wanted=not as_json) as on_progress:
        result = run_demo(folder, workers, on_progress)
    if as_json:
        print_json(run_as_json(result))
        return
    print_demo(folder / INPUTS, folder / TRUTH)
    print_run(result)


@program.command(help="Ghi biểu mẫu trắng, hoặc biểu điền sẵn cho từng đơn vị.")
@campaign_options
@click.option(
    "--out",
    metavar="THƯ MỤC",
    type=click.Path(path_type=Path),
    help=f"Nơi ghi biểu mẫu; không ghi thì là {BLANK_FORMS}, biểu của từng đơn vị: {UNIT_FORMS}.",
)
@click.option(
    "--all-units", is_flag=True, help="Ghi một biểu điền sẵn cho mỗi đơn vị; cần --month."
)
@click.option(
    "--month",
    metavar="NĂM-THÁNG",
    callback=month_of,
    help="Kỳ báo cáo ghi sẵn trong biểu của từng đơn vị, ví dụ 2015-03.",
)
@json_option
def templates(
    campaign: str,
    register: Path | None,
    out: Path | None,
    all_units: bool,
    month: Month | None,
    as_json: bool,
) -> None:
    """Write blank or pre-filled forms."""
    if all_units != (month is not None):
        raise click.UsageError(
            "--all-units và --month đi cùng nhau, ví dụ --all-units --month 2015-03"
        )
    from tdkt_batch.campaign.load import load_campaign
    from tdkt_batch.forms_write.templates import write_templates, write_unit_forms

    loaded = load_campaign(campaign, register)
    if month is not None and all_units:
        folder = out or Path(UNIT_FORMS) / str(month)
        written = write_unit_forms(loaded, folder, month)
    else:
        folder = out or Path(BLANK_FORMS)
        written = write_templates(loaded, folder)
    if as_json:
        print_json([str(path) for path in written])
    else:
        print_templates(written, folder)


@program.command(
    help="Kiểm tra thử một hay nhiều biểu đã điền, trước khi gửi hoặc trước khi tổng hợp."
)
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@campaign_options
@json_option
def check(files: tuple[Path, ...], campaign: str, register: Path | None, as_json: bool) -> int:
    """Check forms; 3 when one has a violation, 1 when one could not be checked."""
    from tdkt_batch.campaign.load import load_campaign
    from tdkt_batch.months.check import as_objects, check_files

    loaded = load_campaign(campaign, register)
    checked = check_files(files, loaded, campaign, register)
    if as_json:
        print_json(as_objects(checked, loaded))
    else:
        print_checked(checked, loaded)
    if any(one.has_violation for one in checked):
        return VIOLATION
    return FAILED if any(one.submission is None for one in checked) else 0


@program.command(
    help="Tổng hợp một tháng: đọc mọi biểu trong các thư mục đã cho (cùng những gì đã nhận trước "
    "của tháng ấy) và ghi sổ Excel, biểu gửi lại, thông báo."
)
@click.argument("paths", metavar="[THƯ MỤC…]", nargs=-1, type=click.Path(path_type=Path))
@month_option
@click.option(
    "--campaign",
    metavar="TÊN|THƯ MỤC",
    help="Đợt (Hướng dẫn) dùng để rà soát; không ghi thì như lần chạy trước của tháng ấy, "
    f"tháng mới thì dùng {BUILT_IN_CAMPAIGN}.",
)
@click.option(
    "--register",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Danh sách đơn vị của Ban (.xlsx hoặc .csv); không ghi thì như lần chạy trước.",
)
@click.option(
    "--received-until",
    metavar="THỜI ĐIỂM",
    callback=moment_of,
    help='Chỉ tính những gì nhận được đến thời điểm này, ví dụ "2015-03-25 17:00"; '
    "không ghi thì tính tất cả.",
)
@click.option(
    "--no-letters",
    is_flag=True,
    help="Không ghi biểu gửi lại, thông báo và báo cáo (thư mục thong-bao).",
)
@out_option("output", "Nơi ghi kết quả và sổ tiếp nhận, mỗi tháng một thư mục con")
@workers_option
@json_option
def run(as_json: bool, no_letters: bool, **given: Any) -> None:
    """Run a month from files to the consolidated workbook."""
    from tdkt_batch.cli.operator import now_here, operator
    from tdkt_batch.months.run import MonthRequest, run_month

    request = MonthRequest(now=now_here(), operator=operator(), letters=not no_letters, **given)
    with run_progress(wanted=not as_json) as on_progress:
        result = run_month(request, on_progress)
    if as_json:
        print_json(run_as_json(result))
    else:
        print_run(result)


@program.command(
    help="Truy nguồn một số liệu: đơn vị đã ghi gì, ở tệp nào, ô nào, được hiểu ra sao, căn cứ nào "
    "đã dùng, về sau thay bằng gì. Với --total: một chỉ tiêu của sổ tổng hợp cộng từ đâu."
)
@click.argument("unit", metavar="[ĐƠN VỊ", required=False)
@click.argument("field", metavar="Ô]", required=False)
@month_option
@click.option(
    "--row",
    metavar="DÒNG",
    help="Dòng của bảng, khi ô là một cột (ví dụ danh_sach.gioi_tinh): số thứ tự, hoặc tên ở dòng.",
)
@click.option(
    "--total",
    metavar="CHỈ TIÊU",
    help="Một dòng của trang Tổng hợp, ghi theo tên hoặc mã, ví dụ “Tổng số đại biểu”.",
)
@out_option("output", "Thư mục kết quả có sổ tiếp nhận")
@json_option
def trace(
    unit: str | None,
    field: str | None,
    month: Month,
    row: str | None,
    total: str | None,
    out: Path,
    as_json: bool,
) -> None:
    """Trace a unit's figure, or what adds up to a total."""
    if total is not None and (unit or row):
        raise click.UsageError("--total đi một mình, không kèm đơn vị, ô hay --row")
    if total is None and not (unit and field):
        raise click.UsageError(
            'hãy ghi đơn vị và ô, ví dụ: "Xã Mường Than" "Tổng số đại biểu", hoặc --total'
        )
    from tdkt_batch.cli.show_total import print_total
    from tdkt_batch.cli.show_trace import print_value
    from tdkt_batch.months.looking import reading_desk
    from tdkt_batch.trace.contributions import trace_total
    from tdkt_batch.trace.month import look_back
    from tdkt_batch.trace.objects import total_object, value_object
    from tdkt_batch.trace.value import trace_value

    with reading_desk(out, USUAL_WORKERS) as desk:
        looked = look_back(out, month, desk)
        if total is not None:
            added = trace_total(looked, total)
            print_json(total_object(added)) if as_json else print_total(added)
        elif unit and field:
            found = trace_value(looked, unit, field, row)
            print_json(value_object(found)) if as_json else print_value(found)


@program.command(
    help="Liệt kê các tháng đã tổng hợp: số đơn vị đã gửi, nội dung cần xem xét, kết quả trên máy "
    "còn nguyên vẹn hay không."
)
@out_option("output", "Thư mục kết quả có sổ tiếp nhận")
@json_option
def months(out: Path, as_json: bool) -> None:
    """List the months that were run."""
    from tdkt_batch.cli.show_months import months_as_json, print_months
    from tdkt_batch.months.listing import months_run
    from tdkt_batch.months.looking import reading_desk

    with reading_desk(out, USUAL_WORKERS) as desk:
        lines = months_run(out, desk)
        if as_json:
            print_json(months_as_json(lines))
        else:
            print_months(lines, desk.ledger.notes)


@program.command(help="In căn cứ rà soát bằng lời: tất cả, hoặc một căn cứ theo mã, ví dụ A4.")
@click.argument("id_", metavar="[MÃ]", required=False)
@campaign_options
@json_option
def rules(id_: str | None, campaign: str, register: Path | None, as_json: bool) -> None:
    """Print the rule book."""
    from tdkt_batch.campaign.load import load_campaign
    from tdkt_batch.rules.rulebook import entries_named, rule_book

    loaded = load_campaign(campaign, register)
    book = rule_book(loaded)
    entries = entries_named(book, id_) if id_ else book
    if id_ and not entries:
        known = ", ".join(entry.id for entry in book)
        raise InputError(f"không có căn cứ “{id_}”: hãy ghi một trong các mã: {known}")
    if as_json:
        print_json([entry.as_json() for entry in entries])
    else:
        print_rules(entries, loaded)


def main() -> None:
    """Run the program: the entry point."""
    make_speakable(sys.stdout, sys.stderr)
    program(prog_name="tdkt-batch")
