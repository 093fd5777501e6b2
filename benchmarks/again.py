"""What an unchanged pile costs when it is run again, as a share of the first run's processor time.

Run from the project's folder: ``python benchmarks/again.py [workers]``. A month of the
whole province (``tests/nine_months.py``) is run twice into a fresh folder, the second
time with the same files; worker processes count. Fails above 0.15.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from nine_months import MAR, MONTHS, STEPS, write_months, write_register

from tdkt_batch.month import MonthRequest, run_month

MOST = 0.15
"""The most that the second run may cost of the first."""


def main(workers: str = "2") -> int:
    """Measure with and without letters; print both; 1 when a ratio is too high."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_months(folder / "thu", months=(MAR,))
        write_register(folder / "danh-sach.csv")
        ratios = [_ratio(folder, int(workers), letters=letters) for letters in (False, True)]
    return int(max(ratios) > MOST)


def _ratio(folder: Path, workers: int, *, letters: bool) -> float:
    """Run the month twice into a fresh folder; return what the second costs of the first."""
    step = next(step for step in STEPS if step.month == MAR)
    out = folder / ("ra-co-thu" if letters else "ra")

    def run(days: int) -> None:
        run_month(
            MonthRequest(
                paths=(folder / "thu" / str(MONTHS[MAR]),),
                month=MONTHS[MAR],
                register=folder / "danh-sach.csv",
                received_until=step.until,
                out=out,
                now=step.now + timedelta(days=days),
                operator="Vàng Thị Mỷ@PC-BTD",
                workers=workers,
                letters=letters,
            )
        )

    first, second = _seconds(lambda: run(0)), _seconds(lambda: run(1))
    what = "with returns and letters" if letters else "without letters"
    print(f"{what}: first {first:.2f} s, again {second:.2f} s, ratio {second / first:.3f}")
    return second / first


def _seconds(work: Callable[[], None]) -> float:
    """Return the processor time of ``work``, its child processes included."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
