"""Click in Vietnamese: help pages, wrong usage, and the exit status of each kind of failure."""

from __future__ import annotations

import re
import sys
from typing import Any, NoReturn

import click

from tdkt_batch.errors import TdktError

DONE, FAILED, WRONG_USAGE, VIOLATION = 0, 1, 2, 3
EXIT_STATUSES = {
    DONE: "việc đã làm xong (dù tìm thấy gì)",
    FAILED: "việc không làm được; một dòng nói ở đâu, vì sao, cần làm gì",
    WRONG_USAGE: "gõ lệnh chưa đúng",
    VIOLATION: "chỉ của lệnh check: có biểu chưa đúng Hướng dẫn",
}
"""What each exit status says, as the help page and the docs print it."""

_HELP = "Hiện phần hướng dẫn này."


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option)]
    records = [
        (names, text.replace("[required]", "[bắt buộc]"))
        for names, text in (option.get_help_record(ctx) or ("", "") for option in options)
        if names
    ]
    with formatter.section("Tùy chọn"):
        formatter.write_dl(records)


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = _HELP
    return option


class Command(click.Command):
    """A command whose help page is in Vietnamese."""

    def __init__(self, name: str | None, **settings: Any) -> None:
        super().__init__(name, **{"options_metavar": "[TÙY CHỌN]", **settings})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its Vietnamese text."""
        return _help_option(super().get_help_option(ctx))


class Program(click.Group):
    """The program: commands in the order of a month, failures in words and exit statuses."""

    command_class = Command

    def __init__(self, name: str | None, **settings: Any) -> None:
        words = {"options_metavar": "[TÙY CHỌN]", "subcommand_metavar": "LỆNH [THAM SỐ]…"}
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
            raise click.UsageError(f"không có lệnh “{args[0]}”; các lệnh: {known}", ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write commands, options and exit statuses."""
        with formatter.section("Lệnh"):
            shown = [(name, c) for name, c in self.commands.items() if not c.hidden]
            formatter.write_dl([(name, c.get_short_help_str(limit=200)) for name, c in shown])
        _options(self, ctx, formatter)
        with formatter.section("Mã kết thúc"):
            formatter.write_dl([(str(status), text) for status, text in EXIT_STATUSES.items()])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its Vietnamese text."""
        return _help_option(super().get_help_option(ctx))

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run; turn what went wrong into one line on the error stream and an exit status."""
        settings["standalone_mode"] = False
        try:
            status = super().main(*args, **settings)
        except click.UsageError as error:
            _fail(usage_in_words(error), WRONG_USAGE)
        except click.Abort:
            _fail("Đã dừng theo yêu cầu; kết quả cũ vẫn còn nguyên.", FAILED)
        except TdktError as error:
            _fail(f"Không làm được: {one_line(str(error))}", FAILED)
        sys.exit(status if isinstance(status, int) else DONE)


def _fail(sentence: str, status: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(status)


def one_line(text: str) -> str:
    r"""Return ``text`` without line ends.

    >>> one_line("a\n  b")
    'a b'
    """
    return " ".join(text.split())


def usage_in_words(error: click.UsageError) -> str:
    """Return what is wrong with the command line, and where help is."""
    command = error.ctx.command_path if error.ctx else "tdkt-batch"
    problem = one_line(_problem(error)).rstrip(".")
    return f"Sai cách dùng: {problem}. Xem: {command} --help"


def _problem(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter(param=click.Argument() as argument):
            return f"thiếu {_metavar(argument)}"
        case click.MissingParameter(param=click.Parameter() as option):
            return f"thiếu tùy chọn {max(option.opts, key=len)}"
        case click.NoSuchOption(option_name=name):
            return f"không có tùy chọn {name}"
        case click.BadOptionUsage(option_name=name):
            return f"tùy chọn {name} thiếu hoặc thừa giá trị"
        case click.BadParameter(param=click.Parameter() as param, message=message):
            return f"{max(param.opts, key=len)}: {message}"
    extra = re.search(r"unexpected extra argument.*?\((.*)\)", error.message)
    return f"thừa tham số: {extra[1]}" if extra else error.message


def _metavar(argument: click.Argument) -> str:
    return argument.metavar or (argument.name or "").upper()
