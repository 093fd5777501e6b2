"""A province of seven units, whose month is run in a moment: for what is done hundreds of times."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nine_months import MAR, MONTHS, typed_by
from stamped_forms import Stamp, Typed

from tdkt_batch.campaign.load import DEFAULT, campaign_folder, load_campaign
from tdkt_batch.model import OFFICE_TIME, Month
from tdkt_batch.months.request import MonthRequest

MARCH = MONTHS[MAR]
UNITS = ("105", "03386", "03387", "03388", "SNV", "DN08", "DN11")
OPERATOR = "Vàng Thị Mỷ@PC-BTD"


@dataclass(frozen=True, kw_only=True)
class SmallProvince:
    """Where its campaign lies, and the mail of its month: what came first, and all of it."""

    campaign: Path
    first: Path
    all: Path

    def request(self, out: Path, paths: tuple[Path, ...], **others: object) -> MonthRequest:
        """Return the order for a run of March in this process, without letters."""
        asked: dict[str, object] = {
            "month": MARCH,
            "campaign": str(self.campaign),
            "received_until": datetime(2015, 3, 25, 17),
            "now": datetime(2015, 3, 25, 17, 30),
            "operator": OPERATOR,
            "workers": 0,
            "letters": False,
        }
        return MonthRequest(paths=paths, out=out, **{**asked, **others})  # type: ignore[arg-type]


def make_small_province(folder: Path) -> SmallProvince:
    """Write campaign and mail below ``folder``."""
    province = SmallProvince(
        campaign=_campaign(folder / "dot"), first=folder / "dot-1", all=folder / "dot-2"
    )
    campaign = load_campaign(province.campaign)
    stamps = {
        form.id: Stamp(campaign, form, next(u for u in campaign.units if u.code == code))
        for form, code in zip(campaign.forms, ("DN08", "SNV"), strict=True)
    }

    def form(code: str, *faults: str, month: Month = MARCH) -> bytes:
        unit = next(unit for unit in campaign.units if unit.code == code)
        typed = typed_by(unit, MAR, faults, explains=bool(faults))
        return stamps[campaign.form_of(unit).id].form_of(unit, month, typed)

    first = {
        "105 thang 3.xlsx": form("105"),
        "03386 thang 3.xlsx": form("03386"),
        "DN08 thang 3.xlsx": form("DN08", "A8"),
    }
    for name, content in first.items():
        _put(province.first / name, content, 10)
        _put(province.all / name, content, 10)
    later = {
        "03387 thang 3.xlsx": form("03387", "O1"),
        "03388 thang 3.xlsx": form("03388")[:9000],
        "DN08 thang 3 sua.xlsx": form("DN08"),
        "DN11 thang 2.xlsx": form("DN11", month=MARCH.previous),
        "anh.png": b"\x89PNG\r\n\x1a\n",
    }
    for name, content in later.items():
        _put(province.all / name, content, 24)
    _put(
        province.all / "SNV trong.xlsx", stamps["mau_02"].form_of(_unit("SNV"), MARCH, Typed()), 12
    )
    return province


def _unit(code: str):
    return next(unit for unit in load_campaign().units if unit.code == code)


def _put(path: Path, content: bytes, day: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    seconds = datetime(2015, 3, day, 9, tzinfo=OFFICE_TIME).timestamp()
    os.utime(path, (seconds, seconds))


def _campaign(folder: Path) -> Path:
    """Copy the built-in campaign with these units only."""
    shutil.copytree(campaign_folder(DEFAULT), folder)
    _keep(folder / "units.csv", UNITS)
    _keep(folder / "unit_aliases.csv", ())
    return folder


def _keep(path: Path, codes: Iterable[str]) -> None:
    """Keep the head and the rows that begin with one of ``codes``."""
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.partition(",")[0] in set(codes)]
    path.write_text("".join([head, *kept]), encoding="utf-8")
