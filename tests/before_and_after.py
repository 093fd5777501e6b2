"""Shows that a change of structure leaves every output byte the same.

    python tests/before_and_after.py BEFORE [--only small,demo,nine,corpus,words]

BEFORE is a commit. It writes the inputs, by its own test helpers, and the outputs that the
working tree must write too. Both work through the command line alone, so modules may move as
they like between them. The inputs and BEFORE's outputs are kept below the system's temporary
folder under the commit's name, and used again.

What is compared: every file that a run leaves but the ledger (which knows when it was written),
and all that the program prints. Of a workbook that differs its members are named, and the first
place where they do. Exit status 1 when anything differs.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
FIXED = {"TZ": "Asia/Ho_Chi_Minh", "COLUMNS": "120", "PYTHONHASHSEED": "0", "NO_COLOR": "1"}
LEDGER = ("so-tiep-nhan", "luu-tru")
OF_THE_CLOCK = re.compile(
    r'("first_seen": "|nhận: +|hợp: +số \d+, )[^"\n]*|\d\d:\d\d(?=, lần)'.encode()
)
"""When a file was first seen and when a run was made: these alone are the clock's."""


@dataclass(frozen=True)
class Tree:
    """One state of the program, and where it writes."""

    program: Path
    inputs: Path
    outputs: Path

    def call(self, name: str, *words: object) -> None:
        """Run the command line; keep what it prints under ``name``."""
        command = [sys.executable, "-m", "tdkt_batch", *map(str, words)]
        done = self._run(command, self.outputs)
        printed = self.outputs / "printed" / f"{name}.txt"
        printed.parent.mkdir(parents=True, exist_ok=True)
        printed.write_bytes(b"%d\n" % done.returncode + done.stdout + b"\n---\n" + done.stderr)

    def write_inputs(self, code: str) -> None:
        """Run a line of the tree's own test helpers, in the folder of inputs."""
        done = self._run([sys.executable, "-c", code], self.inputs)
        if done.returncode:
            sys.exit(done.stderr.decode())

    def _run(self, command: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
        folder.mkdir(parents=True, exist_ok=True)
        path = os.pathsep.join([str(self.program), str(self.program / "tests")])
        environment = {**os.environ, **FIXED, "PYTHONPATH": path}
        return subprocess.run(
            command, check=False, cwd=folder, env=environment, capture_output=True
        )


# --- what is run -----------------------------------------------------------------------------


def small(tree: Tree, *, is_before: bool) -> None:
    """Seven units: everything that a run can write, and all that can be asked of it."""
    if is_before:
        tree.write_inputs(
            "from pathlib import Path; from small_province import make_small_province as m;"
            "m(Path('tinh'))"
        )
    province = tree.inputs / "tinh"
    month = ("--month", "2015-03", "--received-until", "2015-03-25 17:00", "--workers", 1)
    campaign = ("--campaign", province / "dot")
    tree.call("run-1", "run", province / "dot-1", *month, *campaign, "--out", "ra")
    tree.call("run-2", "run", province / "dot-2", *month, *campaign, "--out", "ra")
    tree.call("months", "months", "--out", "ra")
    forms = sorted((province / "dot-2").glob("*.xlsx"))
    tree.call("check", "check", *forms, *campaign)
    tree.call("check-json", "check", *forms, *campaign, "--json")
    of_march = ("--month", "2015-03", "--out", "ra")
    for field in ("trang_thai", "tong_dai_bieu_kh", "A8", ""):
        words = ("DN08", field) if field else ("DN08",)
        tree.call(f"trace-{field}", "trace", *words, *of_march)
        tree.call(f"trace-json-{field}", "trace", *words, *of_march, "--json")
    tree.call("trace-total", "trace", "--total", "dai_bieu_kh", *of_march)
    tree.call(
        "templates", "templates", "--all-units", "--month", "2015-03", *campaign, "--out", "bieu"
    )


def words(tree: Tree, *, is_before: bool) -> None:
    """What the program says of itself."""
    tree.call("rules", "rules")
    tree.call("rules-json", "rules", "--json")
    tree.call("help", "--help")
    for command in ("demo", "templates", "check", "run", "months", "trace", "rules"):
        tree.call(f"help-{command}", command, "--help")
    tree.call("templates", "templates", "--out", "bieu-trong")


def demo(tree: Tree, *, is_before: bool) -> None:
    """Both months of the demo, with returns and letters."""
    tree.call("demo", "demo", "--workers", 2)


def nine(tree: Tree, *, is_before: bool) -> None:
    """Nine months in twelve runs, with the board's decisions as BEFORE's officer typed them."""
    if is_before:
        tree.write_inputs(
            "from pathlib import Path; from nine_months import *;"
            "write_months(Path('thu')); write_register(Path('danh-sach.csv'));"
            "Path('steps.txt').write_text('\\n'.join('|'.join(map(str, (n, s.folder or '', "
            "MONTHS[s.month], s.until, s.has_register, s.again))) for n, s in enumerate(STEPS)))"
        )
    control = tree.outputs / "ket-qua" / "so-quyet-dinh.xlsx"
    for line in (tree.inputs / "steps.txt").read_text().splitlines():
        number, folder, month, until, has_register, again = line.split("|")
        given = (tree.inputs / "thu" / folder,) if folder else ()
        register = ("--register", tree.inputs / "danh-sach.csv") if has_register == "True" else ()
        moment = ("--received-until", until[:16]) if until != "None" else ()
        last = ("--letters",) if month == "2015-05" else ("--no-letters",)
        tree.call(
            f"run-{number}", "run", *given, "--month", month, *register, *moment,
            *(() if last == ("--letters",) else last), "--workers", 2, "--out", "ket-qua",
        )  # fmt: skip
        shutil.copy(control, tree.outputs / f"so-quyet-dinh-{number}.xlsx")
        entered = tree.inputs / f"da-ghi-{number}.xlsx"
        if is_before and again == "False":
            shutil.copy(control, entered)
            tree.write_inputs(
                "from pathlib import Path; from nine_months import *; from test_nine_months import"
                f" enter; s = STEPS[{number}];"
                f"enter(Path({str(entered)!r}), [r for r in RULINGS if r.month == s.month])"
            )
        if entered.exists():
            shutil.copy(entered, control)
    tree.call("months", "months", "--out", "ket-qua")


def corpus(tree: Tree, *, is_before: bool) -> None:
    """Hostile, damaged and odd files: what is read of each, and what is said."""
    if is_before:
        tree.write_inputs(
            "from pathlib import Path; from corpus.pile import *; from corpus.clerk import register;"
            "c = clerks(); [lay_out(Path('pile'), x, c[x.id]) for x in CASES if not x.saved_as];"
            "Path('units.csv').write_text(register(), encoding='utf-8')"
        )
    pile, register = tree.inputs / "pile", ("--register", tree.inputs / "units.csv")
    tree.call(
        "run", "run", pile, "--month", "2015-03", *register, "--no-letters", "--workers", 2,
        "--out", "ra",
    )  # fmt: skip
    books = (p for p in sorted(pile.rglob("*")) if p.suffix in (".xlsx", ".xls", ".ods", ".xlsb"))
    tree.call("check-json", "check", *books, *register, "--json")


SCENES: dict[str, Callable[..., None]] = {
    "words": words, "small": small, "demo": demo, "nine": nine, "corpus": corpus,
}  # fmt: skip


# --- what came of it -------------------------------------------------------------------------


def outputs_of(folder: Path) -> dict[str, bytes]:
    """Return what a scene left, by name; the ledger apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(LEDGER) for part in path.parts)
    }


def differences(scene: str, before: Path, after: Path) -> Iterator[str]:
    """Yield a line for each file that is not the same, and the first place where it is not."""
    old, new = outputs_of(before), outputs_of(after)
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            yield f"{scene}/{name}: only {'before' if name in old else 'after'}"
            continue
        a, b = (
            OF_THE_CLOCK.sub(rb"\1", text.replace(bytes(place), b""))
            for text, place in ((old[name], before), (new[name], after))
        )
        if a != b:
            yield f"{scene}/{name}: {_where(before / name, after / name, a, b)}"


def _where(before: Path, after: Path, a: bytes, b: bytes) -> str:
    if not zipfile.is_zipfile(before) or not zipfile.is_zipfile(after):
        return _first(a, b)
    with zipfile.ZipFile(before) as x, zipfile.ZipFile(after) as y:
        names = [i.filename for i in x.infolist()], [i.filename for i in y.infolist()]
        if names[0] != names[1]:
            return f"members {sorted({*names[0]} ^ {*names[1]}) or 'in another order'}"
        differing = [n for n in names[0] if x.read(n) != y.read(n)]
        if not differing:
            return "the same members, packed otherwise"
        return f"{differing}: {_first(x.read(differing[0]), y.read(differing[0]))}"


def _first(a: bytes, b: bytes) -> str:
    """Return the first lines that differ; XML is broken at its tags."""
    texts = [
        t.decode("utf-8", "replace").replace("><", ">\n<").splitlines()[:200_000] for t in (a, b)
    ]
    lines = (
        line
        for line in difflib.unified_diff(*texts, lineterm="", n=0)
        if line[:3] not in ("---", "+++")
    )
    return " ".join(line for line, _ in zip(lines, range(4), strict=False))[:600]


def run_scene(name: str, tree: Tree, *, is_before: bool) -> None:
    if tree.outputs.exists():
        shutil.rmtree(tree.outputs)
    SCENES[name](tree, is_before=is_before)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("before")
    arguments.add_argument("--only", default=",".join(SCENES))
    given = arguments.parse_args()
    git = ["git", "-C", str(HERE)]
    commit = subprocess.check_output([*git, "rev-parse", given.before], text=True).strip()
    room = Path(tempfile.gettempdir()) / f"tdkt-before-{commit[:12]}"
    program = room / "program"
    if not program.exists():
        subprocess.run([*git, "worktree", "add", "--detach", str(program), commit], check=True)
    status = 0
    with tempfile.TemporaryDirectory(prefix="tdkt-after-") as after:
        for name in given.only.split(","):
            before = Tree(program, room / name / "in", room / name / "out")
            if not (room / name / "done").exists():
                run_scene(name, before, is_before=True)
                (room / name / "done").touch()
            now = Tree(HERE, before.inputs, Path(after) / name)
            run_scene(name, now, is_before=False)
            found = list(differences(name, before.outputs, now.outputs))
            head = f"{name}: {len(outputs_of(before.outputs))} outputs, {len(found)} differ"
            sys.stdout.write("\n  ".join([head, *found[:40]]) + "\n")
            sys.stdout.flush()
            status |= bool(found)
    return status


if __name__ == "__main__":
    sys.exit(main())
