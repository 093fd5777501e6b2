"""Click in Vietnamese: help pages, wrong usage, and the exit status of each kind of failure."""

from __future__ import annotations

import re
import sys
from typing import Any

import click

from tdkt_batch.errors import TdktError
from tdkt_batch.wording import commands as say

DONE, FAILED, WRONG_USAGE, TO_BE_MENDED = 0, 1, 2, 3
EXIT_STATUSES = dict(enumerate(say.EXIT_STATUSES))
"""What each exit status says, as the help page and the docs print it."""


class _VietnameseHelp(click.Command):
    """Whatever a command and the program have in common on their help pages."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say.USAGE)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = (option.get_help_record(ctx) or ("", "") for option in options)
        with formatter.section(say.OPTIONS_HEAD):
            formatter.write_dl(
                [
                    (names, text.replace("[required]", say.REQUIRED))
                    for names, text in records
                    if names
                ]
            )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments; what is wrong with them is this command's, whose help page helps."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its Vietnamese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say.OPTIONS["--help"]
        return option


class Command(_VietnameseHelp):
    """A command whose help page is in Vietnamese."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **{"options_metavar": say.OPTIONS_PLACE, **settings})


class Program(_VietnameseHelp, click.Group):
    """The program: commands in the order of a month, failures in words and exit statuses."""

    command_class = Command

    def __init__(self, name: str | None, **settings: Any) -> None:
        words = {"options_metavar": say.OPTIONS_PLACE, "subcommand_metavar": say.COMMAND_PLACE}
        super().__init__(name, **{**words, **settings})

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """Return the commands as they were declared: the order of a newcomer's needs."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is refused with the list of those there are."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise click.UsageError(say.NO_SUCH_COMMAND.format(name=args[0], known=known), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write commands, options and exit statuses."""
        shown = [(name, c) for name, c in self.commands.items() if not c.hidden]
        with formatter.section(say.COMMANDS_HEAD):
            formatter.write_dl([(name, c.get_short_help_str(limit=200)) for name, c in shown])
        super().format_options(ctx, formatter)
        with formatter.section(say.STATUSES_HEAD):
            formatter.write_dl([(str(status), text) for status, text in EXIT_STATUSES.items()])

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run; turn what went wrong into one line on the error stream and an exit status."""
        settings["standalone_mode"] = False
        try:
            status = super().main(*args, **settings)
        except click.UsageError as error:
            failure, status = usage_in_words(error), WRONG_USAGE
        except click.Abort:
            failure, status = say.STOPPED, FAILED
        except TdktError as error:
            failure, status = say.NOT_DONE.format(problem=one_line(str(error))), FAILED
            if error.faults:
                lines = [str(error), *(say.ONE_FAULT.format(fault=one) for one in error.faults)]
                failure = say.NOT_DONE.format(problem="\n".join(map(one_line, lines)))
        else:
            sys.exit(status if isinstance(status, int) else DONE)
        click.echo(failure, err=True)
        sys.exit(status)


def one_line(text: str) -> str:
    r"""Return ``text`` without line ends.

    >>> one_line("a\n  b")
    'a b'
    """
    return " ".join(text.split())


def usage_in_words(error: click.UsageError) -> str:
    """Return what is wrong with the command line, and where help is."""
    match error:
        case click.MissingParameter(param=click.Argument() as argument):
            name = argument.metavar or (argument.name or "").upper()
            problem = say.LACKS_ARGUMENT.format(name=name)
        case click.MissingParameter(param=click.Parameter() as option):
            problem = say.LACKS_OPTION.format(name=max(option.opts, key=len))
        case click.NoSuchOption(option_name=name):
            problem = say.NO_SUCH_OPTION.format(name=name)
        case click.BadOptionUsage(option_name=name):
            problem = say.WRONG_NUMBER_OF_VALUES.format(name=name)
        case click.BadParameter(param=click.Parameter() as param, message=message):
            problem = f"{max(param.opts, key=len)}: {message}"
        case _:
            extra = re.search(r"unexpected extra argument.*?\((.*)\)", error.message)
            problem = say.TOO_MANY_ARGUMENTS.format(names=extra[1]) if extra else error.message
    command = error.ctx.command_path if error.ctx else "tdkt-batch"
    return say.WRONG_USAGE.format(problem=one_line(problem).rstrip("."), command=command)
