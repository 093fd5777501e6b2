"""What an unchanged pile costs when it is run again, as a share of the first run's processor time.

Run from the project's folder: ``python benchmarks/again.py [workers]``. A month of the
whole province (``tests/nine_months.py``) is run twice from the command line into a
fresh folder, the second time with the same files; starting Python and the worker
processes count. Fails when the command as it stands, with returns and letters, costs
more than 0.15 the second time; without them it is shown too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from nine_months import MAR, MONTHS, write_months, write_register

MOST = 0.15
"""The most that the second run may cost of the first."""


def main(workers: str = "2") -> int:
    """Measure with letters and without; print both; 1 when it costs too much."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_months(folder / "thu", months=(MAR,))
        write_register(folder / "danh-sach.csv")
        usual = _ratio(folder, "with returns and letters", "--workers", workers)
        _ratio(folder, "without them", "--workers", workers, "--no-letters")
    return int(usual > MOST)


def _ratio(folder: Path, what: str, *options: str) -> float:
    """Run the month twice into a fresh folder; return what the second costs of the first."""
    month = str(MONTHS[MAR])
    command = [
        sys.executable, "-m", "tdkt_batch", "run", str(folder / "thu" / month),
        "--month", month, "--register", str(folder / "danh-sach.csv"),
        "--out", str(folder / what.replace(" ", "-")), *options,
    ]  # fmt: skip
    first, again = _seconds(command), _seconds(command)
    print(f"{what}: first {first:.2f} s, again {again:.2f} s, ratio {again / first:.3f}")
    return again / first


def _seconds(command: list[str]) -> float:
    """Return the processor time of a command and of its worker processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 — ours
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
