"""What the terminal shows: words that any console can print, progress, tables, JSON."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from tdkt_batch.cli.lines import Paragraph, fill, width_of_window

if TYPE_CHECKING:
    from tdkt_batch.months.request import Progress, Step

_PLAIN = str.maketrans(
    {
        "đ": "d", "Đ": "D", "–": "-", "—": "-", "“": '"', "”": '"', "…": "...", "→": "->",
        "✓": "v", "•": "*", "▲": "!", "≥": ">=", "≤": "<=", "─": "-",
    }
)  # fmt: skip
_SPEAKABLE, _WITH_TONES_APART = "tdkt-plain-", "cp1258"
_TONES = "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}"
_TONES += "\N{COMBINING HOOK ABOVE}\N{COMBINING DOT BELOW}"


def plain(text: str) -> str:
    """Return ``text`` in the letters that every console has.

    Vietnamese without its marks is still read; with a part of them, or with question
    marks, it is not.

    >>> plain("Đã đọc 3 tệp “é”")
    'Da doc 3 tep "e"'
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_PLAIN))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.encode("ascii", "replace").decode()


def tones_apart(text: str) -> str:
    """Return ``text`` as Vietnamese Windows writes it: each tone behind its letter.

    >>> [f"{ord(c):x}" for c in tones_apart("ậ")]
    ['e2', '323']
    """
    said = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((c for c in decomposed if c in _TONES), "")
        said.append(unicodedata.normalize("NFC", decomposed.replace(tone, "")) + tone)
    return "".join(said)


def _speakable(name: str) -> codecs.CodecInfo | None:
    """Return the encoding ``tdkt-plain-…`` of a console: whole words with or without marks."""
    # the codec registry gives the name with _ for -
    wanted = name.replace("_", "-")
    if not wanted.startswith(_SPEAKABLE):
        return None
    console = codecs.lookup(wanted.removeprefix(_SPEAKABLE))

    class Encoder(codecs.IncrementalEncoder):
        def encode(self, text: str, final: bool = False) -> bytes:  # noqa: ARG002
            said = tones_apart(text) if console.name == _WITH_TONES_APART else text
            try:
                return console.encode(said)[0]
            except UnicodeEncodeError:
                return console.encode(plain(text))[0]

    return codecs.CodecInfo(
        console.encode,
        console.decode,
        incrementalencoder=Encoder,
        incrementaldecoder=console.incrementaldecoder,
        name=wanted,
    )


codecs.register(_speakable)


def make_speakable(*streams: TextIO) -> None:
    """Let ``streams`` print any text, whatever their encoding."""
    for stream in streams:
        if not isinstance(stream, io.TextIOWrapper) or stream.encoding.startswith(_SPEAKABLE):
            continue
        if codecs.lookup(stream.encoding).name.startswith("utf"):
            stream.reconfigure(errors="replace")  # for names of files that are no text
        else:
            stream.reconfigure(encoding=f"{_SPEAKABLE}{stream.encoding}")


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
    """Print a sentence over as many lines as it takes; no word and no name is broken.

    What goes to a program or into a file stays on one line.
    """
    is_seen = sys.stdout.isatty()
    click.echo(fill(text, width_of_window(), first, rest) if is_seen else first + text)


def print_lines(paragraphs: Iterable[Paragraph]) -> None:
    """Print paragraphs; what tells how grave they are in colour, where there are colours.

    A user who set ``NO_COLOR`` gets none (no-color.org).
    """
    colour = False if os.environ.get("NO_COLOR") else None
    for one in paragraphs:
        text = one.text
        if one.words:
            text = text.replace(one.words, click.style(one.words, fg=one.colour, bold=True), 1)
        click.echo(text, color=colour)
