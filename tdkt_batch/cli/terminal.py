"""What the terminal shows: words that any console can print, progress, tables, JSON."""

from __future__ import annotations

import codecs
import io
import json
import sys
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from tdkt_batch.cli.lines import WIDTH

if TYPE_CHECKING:
    from tdkt_batch.months.request import Progress, Step

_PLAIN = {
    "đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "…": "...", "→": "->",
    "✓": "v", "•": "*", "≥": ">=", "≤": "<=",
}  # fmt: skip


def speak_plainly(error: UnicodeError) -> tuple[str, int]:
    """Replace what a console cannot show by its nearest plain letters.

    Vietnamese without its marks is still read; question marks are not.

    >>> "Đã đọc 3 tệp".encode("ascii", "tdkt-plain").decode()
    'Da doc 3 tep'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    given = error.object[error.start : error.end]
    decomposed = unicodedata.normalize("NFD", "".join(_PLAIN.get(c, c) for c in given))
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return "".join(c if ord(c) < 128 else "?" for c in letters), error.end


codecs.register_error("tdkt-plain", speak_plainly)


def make_speakable(*streams: TextIO) -> None:
    """Let ``streams`` print any text, whatever their encoding."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper) and stream.errors != "tdkt-plain":
            stream.reconfigure(errors="tdkt-plain")


def print_json(content: Any) -> None:
    """Print JSON on the output stream; escaped where the stream is not UTF-8, so never lossy."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    plain = codecs.lookup(encoding).name != "utf-8"
    click.echo(json.dumps(content, ensure_ascii=plain, indent=2))


@contextmanager
def run_progress(*, wanted: bool) -> Iterator[Progress]:
    """Show on the error stream what a run is at; nothing unless it is a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _step, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from tdkt_batch.wording.shared import RUN_STEPS

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(step: Step, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total or None, description=RUN_STEPS[step])

        yield tell


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on the output stream, drawn with what the console can show."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from tdkt_batch.wording import cli as say

    numeric = (say.NUMBER, say.IN_MONTH, say.TO_DATE, *say.TIMING_HEADS[1:])
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for head in heads:
        table.add_column(head, justify="right" if head in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def print_sentence(text: str, first: str = "", rest: str = "") -> None:
    """Print a sentence over as many lines as it takes; no word and no name is broken."""
    click.echo(
        textwrap.fill(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
