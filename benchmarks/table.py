"""The product against calamine alone and two plain scripts, in one go; a verdict a row.

    python benchmarks/table.py [--units 207] [--larger 828 …] [--pairs 3] [--demo] [--write]

Forms of the whole province are made through the templates (``sample.py``), then product and
peers (``peers.py``) read them in turn. Every figure is a ratio of processor seconds of whole
process trees within a pair, and the median of the pairs; memory is the parent's own. A
month of each of the ``--larger`` numbers of units shows what grows with them: give 1500 and
12000 for a country's figures. ``--write`` lays the table down in docs/performance.md. Runs where
``os.wait4`` is (not on Windows).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
OPENPYXL_READS_EVERY = 9
"""It takes so long that it reads every ninth form; its time is multiplied."""
MIB = 1024 * 1024
AS_INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""A program that is installed is compiled once, not each time that it starts."""
COUNTRY = 100_000
"""So many units are the country's."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table: what is compared, as measured, and the most that it may be."""

    what: str
    measured: float
    goal: float
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        return self.measured <= self.goal

    def as_line(self) -> str:
        """Return the row of a Markdown table."""
        verdict = "met" if self.is_met else f"{self.measured / self.goal:.1f} times the goal"
        return (
            f"| {self.what} | {self.measured:.3g}{self.unit} | {self.goal:g}{self.unit} "
            f"| {verdict} |"
        )


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a command took: processor seconds of its tree, and what it printed."""

    seconds: float
    printed: str


def cost_of(*command: object) -> Cost:
    """Run a command of Python to its end; what it started and waited for counts."""
    with tempfile.TemporaryFile() as printed:
        child = subprocess.Popen(  # noqa: S603 — ours
            [sys.executable, *map(str, command)],
            stdout=printed,
            cwd=HERE.parent,
            env=AS_INSTALLED,
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        said = printed.read().decode()
    if child.returncode not in {0, 3}:  # 3: a form that is to be mended
        sys.exit(f"{' '.join(map(str, command))}: {child.returncode}\n{said}")
    return Cost(seconds=used.ru_utime + used.ru_stime, printed=said)


class Month:
    """A month's forms in a folder, and what product and peers take for them."""

    def __init__(self, folder: Path, units: int) -> None:
        self.folder, self.units = folder, units
        cost_of("-c", _MAKE.format(here=str(HERE), folder=str(folder), units=units))

    def run(self, *options: str, again: bool = False) -> tuple[Cost, dict[str, Any]]:
        """Return what a run took and told of itself; into a new folder unless ``again``."""
        out = self.folder / "ra"
        if not again:
            shutil.rmtree(out, ignore_errors=True)
        cost = cost_of(
            "-m", "tdkt_batch", "run", self.folder / "thu", "--month", "2015-03",
            "--register", self.folder / "danh-sach.csv", "--out", out, "--json", "--timings",
            *options,
        )  # fmt: skip
        return cost, json.loads(cost.printed)["timings"]

    def peer(self, name: str, every: int = 1) -> float:
        """Return the processor seconds of a peer."""
        book = self.folder / "peer.xlsx"
        cost = cost_of(HERE / "peers.py", name, self.folder / "thu", book, every)
        return cost.seconds * every

    @property
    def a_form(self) -> Path:
        """One of the forms."""
        return min((self.folder / "thu").iterdir())

    def add_one(self) -> None:
        """Let one more form arrive."""
        for path in (self.folder / "them").iterdir():
            path.rename(self.folder / "thu" / path.name)


_MAKE = """
import sys; sys.path.insert(0, {here!r})
from pathlib import Path; from sample import write_sample
write_sample(Path({folder!r}), {units})
"""


def share_of_parent(timings: dict[str, Any]) -> float:
    """Return which part of a run's processor time its parent took."""
    parent, workers = (sum(step[who] for step in timings["steps"]) for who in ("parent", "workers"))
    return parent / (parent + workers)


def ratios(pairs: int, one: Callable[[], float], other: Callable[[], float]) -> float:
    """Return the median of the pairs' ratios."""
    return median(one() / other() for _ in range(pairs))


def growth(month: Month, larger: Sequence[int], folder: Path) -> Iterator[tuple[str, float]]:
    """Yield what runs without letters take of processor and memory as units become more."""
    sizes = [(month.units, *month.run("--no-letters"))]
    for units in sorted({*larger} - {month.units}):
        one = Month(folder / str(units), units)
        sizes.append((units, *one.run("--no-letters")))
        shutil.rmtree(one.folder)
    for units, cost, told in sizes:
        yield f"{units:,} units without letters: ms a unit", 1000 * cost.seconds / units
        yield f"{units:,} units: MiB in the parent at most", told["peak_memory"] / MIB
    if len(sizes) == 1:
        return
    (few, at_few, _), (less, _, before), (most, at_most, told) = sizes[0], *sizes[-2:]
    yield GROWTH.format(most, few), at_most.seconds / most / (at_few.seconds / few)
    memory = (told["peak_memory"] - before["peak_memory"]) / (most - less)
    yield MEMORY, (told["peak_memory"] + memory * (COUNTRY - most)) / MIB
    yield "parent's memory, KiB a unit", memory / 1024


def measure(folder: Path, asked: argparse.Namespace) -> tuple[list[Row], dict[str, Any], float]:
    """Return the rows, what the last run with letters told of itself, and the floor a unit."""
    month = Month(folder / "thang", asked.units)
    found: dict[str, list[float]] = {}

    def note(what: str, ratio: float) -> None:
        found.setdefault(what, []).append(ratio)
        print(f"  {what}: {ratio:.3g}", file=sys.stderr)

    timings: dict[str, Any] = {}
    for peer in ("pandas", "openpyxl"):  # all is compiled before anything is measured
        month.peer(peer, month.units)
    cost_of("-m", "tdkt_batch", "check", month.a_form)
    for _ in range(asked.pairs):
        calamine = month.peer("calamine")
        bare, _ = month.run("--no-letters")
        pandas = month.peer("pandas")
        full, timings = month.run()
        openpyxl = month.peer("openpyxl", OPENPYXL_READS_EVERY)
        again, _ = month.run(again=True)
        note("cold run without letters ÷ calamine alone", bare.seconds / calamine)
        note("cold run with returns and letters ÷ calamine alone", full.seconds / calamine)
        note("cold run with letters ÷ plain pandas script", full.seconds / pandas)
        note("cold run without letters ÷ plain pandas script", bare.seconds / pandas)
        note("cold run with letters ÷ plain openpyxl script", full.seconds / openpyxl)
        note("unchanged rerun ÷ cold run", again.seconds / full.seconds)
        note("parent's share of processor time", share_of_parent(timings))
        note("calamine alone, ms a unit", 1000 * calamine / month.units)
        note("cold run without letters, ms a unit", 1000 * bare.seconds / month.units)
        note("cold run with letters, ms a unit", 1000 * full.seconds / month.units)
    month.add_one()
    more, _ = month.run(again=True)
    note("run with one more file ÷ cold run", more.seconds / full.seconds)

    form = month.a_form
    for _ in range(3 * asked.pairs):
        start = cost_of("-c", "pass").seconds
        check = cost_of("-m", "tdkt_batch", "check", form).seconds
        note("check of one form ÷ bare Python start", check / start)
        note("--help ÷ bare Python start", cost_of("-m", "tdkt_batch", "--help").seconds / start)

    if asked.larger:
        for what, value in growth(month, asked.larger, folder):
            note(what, value)
    if asked.demo:
        note(DEMO, cost_of("-m", "tdkt_batch", "demo", "--out", folder / "demo").seconds)

    middle = {what: median(values) for what, values in found.items()}
    goals = GOALS | {GROWTH.format(max(asked.larger, default=0), asked.units): 1.1}
    rows = [
        Row(what=what, measured=middle[what], goal=goal, unit=_UNITS.get(what, ""))
        for what, goal in goals.items()
        if what in middle
    ]
    rest = {what: value for what, value in middle.items() if what not in goals}
    return rows, timings | {"rest": rest}, middle["calamine alone, ms a unit"]


GROWTH = "processor time a unit without letters at {} units ÷ at {}"
MEMORY = f"parent's peak memory at {COUNTRY:,} units, extrapolated"
DEMO = "demo, two months, processor time"
GOALS = {
    "cold run without letters ÷ calamine alone": 3,
    "cold run with returns and letters ÷ calamine alone": 8,
    "cold run with letters ÷ plain pandas script": 2,
    "cold run without letters ÷ plain pandas script": 0.7,
    "cold run with letters ÷ plain openpyxl script": 0.2,
    "run with one more file ÷ cold run": 0.05,
    "unchanged rerun ÷ cold run": 0.03,
    "parent's share of processor time": 0.10,
    "check of one form ÷ bare Python start": 15,
    "--help ÷ bare Python start": 4,
    MEMORY: 1024,
    DEMO: 40,
}
_UNITS = {MEMORY: " MiB", DEMO: " s"}


def page_of(asked: argparse.Namespace, rows: list[Row], told: dict[str, Any], floor: float) -> str:
    """Return docs/performance.md."""
    steps = [
        f"| {one['step']} | {one['parent']:.2f} | {one['workers']:.2f} |" for one in told["steps"]
    ]
    rest = [f"- {what}: {value:.3g}" for what, value in told["rest"].items()]
    return _PAGE.format(
        command=" ".join(("python benchmarks/table.py", *sys.argv[1:])),
        units=asked.units,
        pairs=asked.pairs,
        rows="\n".join(row.as_line() for row in rows),
        floor=floor,
        rest="\n".join(rest),
        steps="\n".join(steps),
        memory=told["peak_memory"] // MIB,
    )


_PAGE = """# Performance

The last table, of

    {command}

{units} units, median of {pairs}. Ratios are of processor seconds of whole process trees within one
run of the benchmark, forms made through the templates, each with something to explain; they hold
for other machines, seconds do not.

| what | measured | goal | verdict |
| --- | --- | --- | --- |
{rows}

The floor is calamine alone reading the same sheets: {floor:.1f} ms a unit here.

{rest}

Why goals are not met:

- *Cold runs.* Of a form's cells calamine tells values only. What it passes over (errors, formulas
  without a result, what was typed as text, cells far off, what is struck out) is read from the XML
  in Python, and each cell is then understood by itself. The imports of the program and its workers
  weigh on a province and not on a country.
- *One more file, unchanged rerun.* Every figure, sheet and list is worked out anew from the kept
  readings; only readings and returns are kept by what they depend on.
- *`check`.* Two processes start (a form may end its reader), each imports what it needs; the
  campaign is loaded from its text.
- *The parent.* It writes the book, and holds what all units said.

Where the last cold run with letters spent its processor seconds (`run --timings`); the parent
held {memory} MiB at most:

| step | parent | workers |
| --- | --- | --- |
{steps}
"""


def main() -> int:
    """Measure, print the table; 1 where a goal is not met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--units", type=int, default=207)
    parser.add_argument("--larger", type=int, nargs="*", default=[828])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        AS_INSTALLED["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        rows, told, floor = measure(Path(folder), asked)
    page = page_of(asked, rows, told, floor)
    print(page)
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
