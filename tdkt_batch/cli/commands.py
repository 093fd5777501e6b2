"""The commands: demo, templates, check, run, remind, issue, trace, months, rules, init, units."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tdkt_batch import __version__
from tdkt_batch.cli.click_in_vietnamese import FAILED, TO_BE_MENDED, WRONG_USAGE, Program
from tdkt_batch.cli.lines import width_of_window
from tdkt_batch.cli.options import (
    BLANK_FORMS,
    BUILT_IN_CAMPAIGN,
    PATH,
    REGISTER,
    UNIT_FORMS,
    USUAL_WORKERS,
    campaign_options,
    codes_option,
    json_option,
    moment_of,
    month_of,
    month_option,
    number_of,
    option,
    out_option,
    workers_option,
)
from tdkt_batch.cli.terminal import make_speakable, print_json, print_lines, run_progress
from tdkt_batch.errors import InputError
from tdkt_batch.wording import commands as say

if TYPE_CHECKING:
    from datetime import datetime

    from tdkt_batch.model import Month

# A command imports what it needs, so that --help answers at once.


@click.group(cls=Program, invoke_without_command=True, help=say.PROGRAM)
@click.version_option(__version__, message="tdkt-batch %(version)s", help=say.OPTIONS["--version"])
@click.pass_context
def program(ctx: click.Context) -> None:
    """Show the help page where no command is given."""
    make_speakable(sys.stdout, sys.stderr)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(WRONG_USAGE)


@program.command(help=say.COMMANDS["demo"])
@out_option("demo --out")
@workers_option
@json_option
def demo(out: Path, workers: int, as_json: bool) -> None:
    """Make the sample province and run its month."""
    from tdkt_batch.cli.show_results import print_demo, print_run, run_as_json
    from tdkt_batch.demo.run import INPUTS, TRUTH, run_demo

    folder = out / "demo"
    if not as_json:
        click.echo(say.MAKING_THE_SAMPLE, err=True)
    with run_progress(wanted=not as_json) as on_progress:
        result = run_demo(folder, workers, on_progress)
    if as_json:
        print_json(run_as_json(result))
        return
    print_demo(folder / INPUTS, folder / TRUTH)
    print_run(result)


@program.command(help=say.COMMANDS["init"])
@option("--campaign", default=BUILT_IN_CAMPAIGN)
@option("--register", type=PATH)
@out_option("init --out")
def init(campaign: str, register: Path | None, out: Path) -> None:
    """Write the settings workbook."""
    from tdkt_batch.months.office_settings import init_settings

    for line in init_settings(campaign, register, out):
        click.echo(line)


@program.command(help=say.COMMANDS["units"])
@campaign_options
@option("--to", type=PATH)
def units(campaign: str, register: Path | None, settings: Path | None, to: Path | None) -> None:
    """Write the register in force with its codes."""
    from tdkt_batch.cli.office import office_of
    from tdkt_batch.cli.show_results import print_notes
    from tdkt_batch.months.office_settings import export_units

    office = office_of(campaign, register, settings)
    print_notes(office.notes)
    click.echo(export_units(office.campaign, to or Path(REGISTER)))


def _now_and_operator() -> tuple[datetime, str]:
    """Return the office's time, and who runs the program on which machine."""
    import getpass
    import socket
    from datetime import datetime

    from tdkt_batch.model import OFFICE_TIME

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, as in some containers
        name = say.UNKNOWN_OPERATOR
    now = datetime.now(OFFICE_TIME).replace(tzinfo=None, microsecond=0)
    return now, f"{name}@{socket.gethostname()}"


def main() -> None:
    """Run the program: the entry point."""
    make_speakable(sys.stdout, sys.stderr)
    program(prog_name="tdkt-batch")


@program.command(help=say.COMMANDS["templates"])
@campaign_options
@option("templates --out", type=PATH)
@option("templates --all-units", is_flag=True)
@option("templates --month", callback=month_of)
@option("templates --ledger", type=PATH)
@json_option
def templates(
    campaign: str,
    register: Path | None,
    settings: Path | None,
    out: Path | None,
    all_units: bool,
    month: Month | None,
    ledger: Path | None,
    as_json: bool,
) -> None:
    """Write blank or pre-filled forms."""
    if all_units != (month is not None):
        raise click.UsageError(say.ALL_UNITS_WITH_MONTH)
    from tdkt_batch.cli.office import carried_over, office_of
    from tdkt_batch.cli.show_results import print_notes, print_templates
    from tdkt_batch.forms_write.templates import write_templates, write_unit_forms

    office = office_of(campaign, register, settings)
    print_notes(office.notes)
    loaded = office.campaign
    if month is not None and all_units:
        folder = out or Path(UNIT_FORMS) / str(month)
        written = write_unit_forms(loaded, folder, month, carried_over(loaded, month, ledger))
    else:
        folder = out or Path(BLANK_FORMS)
        written = write_templates(loaded, folder)
    if as_json:
        print_json([str(path) for path in written])
    else:
        print_templates(written, folder)


@program.command(help=say.COMMANDS["check"])
@click.argument("files", metavar=say.ARGUMENTS["files"], nargs=-1, required=True, type=PATH)
@campaign_options
@codes_option
@json_option
def check(
    files: tuple[Path, ...],
    campaign: str,
    register: Path | None,
    settings: Path | None,
    codes: bool,
    as_json: bool,
) -> int:
    """Check forms; 3 when one has to be mended, 1 when one could not be checked."""
    from tdkt_batch.cli.check_apart import CheckAsked, check_apart, check_one_by_one

    width = width_of_window()
    asked = CheckAsked(files, campaign, register, settings, as_json, width, codes)
    told = check_apart(asked) or check_one_by_one(asked)
    for note in told.notes:
        click.echo(note, err=True)
    if as_json:
        print_json(told.said)
    else:
        print_lines(told.said)
    if told.has_faults:
        return TO_BE_MENDED
    return FAILED if told.has_unread else 0


@program.command(help=say.COMMANDS["run"])
@click.argument("paths", metavar=say.ARGUMENTS["folders"], nargs=-1, type=PATH)
@month_option
@option("run --campaign")
@option("run --register", type=PATH)
@option("run --settings", type=PATH)
@option("run --received-until", callback=moment_of)
@option("run --set-aside", type=(str, str), multiple=True)
@option("run --no-letters", is_flag=True)
@option("run --timings", is_flag=True)
@out_option("run --out")
@workers_option
@option("run --cluster", default="")
@json_option
def run(as_json: bool, no_letters: bool, timings: bool, **given: Any) -> None:
    """Run a month from files to the consolidated workbook."""
    from tdkt_batch.cli.show_results import print_run, run_as_json
    from tdkt_batch.cli.timings import Stopwatch, print_timings, timings_as_json
    from tdkt_batch.months.request import MonthRequest
    from tdkt_batch.months.run import run_month

    now, operator = _now_and_operator()
    request = MonthRequest(now=now, operator=operator, letters=not no_letters, **given)
    with run_progress(wanted=not as_json) as on_progress:
        stopwatch = Stopwatch(on_progress)
        result = run_month(request, stopwatch)
    taken = stopwatch.stop() if timings else ()
    if as_json:
        print_json(run_as_json(result) | ({"timings": timings_as_json(taken)} if timings else {}))
        return
    print_run(result)
    if timings:
        print_timings(taken)


@program.command(help=say.COMMANDS["remind"])
@month_option
@option("run --campaign")
@option("run --register", type=PATH)
@option("run --settings", type=PATH)
@option("remind --received-until", callback=moment_of)
@out_option("--out")
@json_option
def remind(as_json: bool, **given: Any) -> None:
    """Draft friendly reminders before the deadline to those of whom nothing has come."""
    from tdkt_batch.cli.show_results import print_reminded, reminded_as_json
    from tdkt_batch.months.remind import remind_month
    from tdkt_batch.months.request import MonthRequest

    now, operator = _now_and_operator()
    request = MonthRequest(paths=(), now=now, operator=operator, workers=USUAL_WORKERS, **given)
    result = remind_month(request)
    print_json(reminded_as_json(result)) if as_json else print_reminded(result)


@program.command(help=say.COMMANDS["issue"])
@month_option
@out_option("--out")
@json_option
def issue(month: Month, out: Path, as_json: bool) -> None:
    """Keep the month's result as leadership signed it."""
    from tdkt_batch.cli.show_results import issue_as_json, print_issue
    from tdkt_batch.months.issue import issue_month

    now, operator = _now_and_operator()
    result = issue_month(out, month, operator, now)
    print_json(issue_as_json(result)) if as_json else print_issue(result)


@program.command(help=say.COMMANDS["trace"])
@click.argument("unit", metavar=say.ARGUMENTS["unit"], required=False)
@click.argument("field", metavar=say.ARGUMENTS["field"], required=False)
@month_option
@option("trace --row")
@option("trace --total")
@out_option("--out")
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
        raise click.UsageError(say.TOTAL_ALONE)
    if total is None and not (unit and field):
        raise click.UsageError(say.UNIT_AND_FIELD)
    from tdkt_batch.cli.show_trace import print_total, print_value
    from tdkt_batch.months.inputs import resources_to_look
    from tdkt_batch.trace.month import published_month
    from tdkt_batch.trace.totals import trace_total
    from tdkt_batch.trace.value import trace_value
    from tdkt_batch.trace.writing import total_object, value_object

    with resources_to_look(out, USUAL_WORKERS) as resources:
        published = published_month(out, month, resources)
        if total is not None:
            added = trace_total(published, total)
            print_json(total_object(added)) if as_json else print_total(added)
        elif unit and field:
            found = trace_value(published, unit, field, row)
            print_json(value_object(found)) if as_json else print_value(found)


@program.command(help=say.COMMANDS["months"])
@option("months --forget-run", callback=number_of)
@option("months --remove", callback=month_of)
@option("months --yes", is_flag=True)
@out_option("--out")
@json_option
def months(
    forget_run: int | None, remove: Month | None, yes: bool, out: Path, as_json: bool
) -> None:
    """List the months that were run, once a run was taken back or a month removed if so asked."""
    from tdkt_batch.cli.show_results import (
        months_as_json,
        print_months,
        print_removed,
        print_to_run_again,
    )
    from tdkt_batch.months import forget
    from tdkt_batch.months.inputs import resources_to_look
    from tdkt_batch.months.listing import months_run

    forgotten = None
    if forget_run is not None:
        now, operator = _now_and_operator()
        forgotten = forget.forget_run(out, forget_run, operator, now)
    if remove is not None:
        _remove_for_good(out, remove, is_sure=yes)
    with resources_to_look(out, USUAL_WORKERS) as resources:
        lines = months_run(out, resources)
        if as_json:
            print_json(months_as_json(lines, resources.ledger.forgotten()))
        else:
            print_months(lines, resources.ledger.forgotten(), resources.ledger.notes)
            print_removed(resources.ledger.removed())
            if forgotten is not None:
                print_to_run_again(forgotten, lines)


def _remove_for_good(out: Path, month: Month, *, is_sure: bool) -> None:
    """Remove a month, once its name was typed again unless that ``is_sure``."""
    from tdkt_batch.months.remove import remove_month
    from tdkt_batch.wording.cli import REMOVE_FOR_GOOD

    asked = REMOVE_FOR_GOOD.format(month=month.vietnamese, folder=out, option=month)
    if not is_sure and click.prompt(asked, default="", show_default=False) != str(month):
        raise click.Abort
    now, operator = _now_and_operator()
    remove_month(out, month, operator, now)


@program.command(help=say.COMMANDS["rules"])
@click.argument("id_", metavar=say.ARGUMENTS["rule"], required=False)
@campaign_options
@codes_option
@json_option
def rules(
    id_: str | None,
    campaign: str,
    register: Path | None,
    settings: Path | None,
    codes: bool,
    as_json: bool,
) -> None:
    """Print the rule book."""
    from tdkt_batch.cli.office import office_of
    from tdkt_batch.cli.show_results import print_notes, print_rules
    from tdkt_batch.rules.rulebook import entries_named, rule_book

    office = office_of(campaign, register, settings)
    print_notes(office.notes)
    loaded = office.campaign
    book = rule_book(loaded)
    entries = entries_named(book, id_) if id_ else book
    if id_ and not entries:
        known = ", ".join(entry.id for entry in book)
        raise InputError(say.NO_SUCH_RULE.format(name=id_, known=known))
    if as_json:
        print_json([entry.as_json() for entry in entries])
    else:
        print_rules(entries, loaded, codes=codes)
