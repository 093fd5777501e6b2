"""A month of a small province run in a process of its own: ``python same_bytes_run.py ORDER``.

ORDER is a JSON object: where the province lies, where to write, when, by how many
workers, and whether the files are given in the opposite order. The month is run
twice, the second time with more mail, and with returns and letters; or, where the
order says so, only that second time, and without reading any file.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from small_province import SmallProvince

from tdkt_batch.model import Arrival
from tdkt_batch.months.run import run_month
from tdkt_batch.reading import read_files as guard


def main(said: str) -> None:
    order: dict[str, Any] = json.loads(said)
    folder = Path(order["province"])
    province = SmallProvince(campaign=folder / "dot", first=folder / "dot-1", all=folder / "dot-2")
    runs = [(province.first, False), (province.all, True)]
    if order["reads_nothing"]:
        guard.read_one = _refused
        runs = runs[1:]
    for pile, letters in runs:
        files = sorted(pile.iterdir(), reverse=order["backwards"])
        request = province.request(
            Path(order["out"]),
            tuple(files),
            now=datetime.fromisoformat(order["now"]),
            workers=order["workers"],
            letters=letters,
            operator=order["operator"],
        )
        run_month(request)


def _refused(arrival: Arrival, _campaign: object, **_: object) -> NoReturn:
    raise AssertionError(arrival.source.name)


if __name__ == "__main__":
    main(sys.argv[1])
