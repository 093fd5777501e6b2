"""Provinces of a few units, whose month is run in a moment: for what is done hundreds of times."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nine_months import FEB, MAR, MONTHS, typed_by
from sent_files import put
from stamped_forms import Stamp, Typed

from tdkt_batch.campaign.load import DEFAULT, campaign_folder, load_campaign
from tdkt_batch.months.request import MonthRequest, MonthResult
from tdkt_batch.values import Raw

MARCH = MONTHS[MAR]
UNITS = ("105", "03386", "03387", "03388", "SNV", "DN08", "DN11")
OPERATOR = "Vàng Thị Mỷ@PC-BTD"


def write_campaign(folder: Path, units: Iterable[str]) -> Path:
    """Write the built-in campaign with these units only."""
    shutil.copytree(campaign_folder(DEFAULT), folder)
    for name, codes in (("units.csv", set(units)), ("unit_aliases.csv", set())):
        path = folder / name
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if row.partition(",")[0] in codes]
        path.write_text("".join([head, *kept]), encoding="utf-8")
    return folder


class UnitsAtTheirForms:
    """The units of such a campaign, and what each types into its form."""

    def __init__(self, campaign: Path) -> None:
        self._campaign = load_campaign(campaign)
        self._stamps = {
            form.level: Stamp(self._campaign, form, self._campaign.unit(code))
            for form, code in zip(self._campaign.forms, ("DN08", "SNV"), strict=True)
        }

    def form(
        self, code: str, month: int, *faults: str, as_of: int | None = None, **otherwise: Raw
    ) -> bytes:
        """Return what the unit sends for ``month``, typed as it stands ``as_of`` another."""
        unit = self._campaign.unit(code)
        stands = month if as_of is None else as_of
        typed = typed_by(unit, stands, faults, explains=bool(faults))
        typed = replace(typed, values={**typed.values, **otherwise})
        return self.form_typed(code, month, typed)

    def empty_form(self, code: str, month: int) -> bytes:
        """Return the form as the unit got it."""
        return self.form_typed(code, month, Typed())

    def form_typed(self, code: str, month: int, typed: Typed) -> bytes:
        """Return a form in which a unit typed this."""
        unit = self._campaign.unit(code)
        return self._stamps[unit.level].form_of(unit, MONTHS[month], typed)


def request_of(month: int, campaign: Path, out: Path, paths: tuple[Path, ...]) -> MonthRequest:
    """Return the order for a run of a month on its 25th, in this process and without letters."""
    until = datetime(MONTHS[month].year, MONTHS[month].number, 25, 17)
    return MonthRequest(
        paths=paths,
        month=MONTHS[month],
        campaign=str(campaign),
        received_until=until,
        now=until.replace(minute=30),
        operator=OPERATOR,
        out=out,
        workers=0,
        letters=False,
        keeps_samples=True,
    )


def notes_of(result: MonthResult) -> tuple[str, ...]:
    """Return what a run says to the operator besides what it says of the office's settings."""
    return tuple(one for one in result.notes if "thiet-lap.xlsx" not in one)


@dataclass(frozen=True, kw_only=True)
class SmallProvince:
    """Where its campaign lies, and the mail of its month: what came first, and all of it."""

    campaign: Path
    first: Path
    all: Path

    def request(self, out: Path, paths: tuple[Path, ...], **others: object) -> MonthRequest:
        """Return the order for a run of March, with ``others`` in place of what is usual."""
        return replace(request_of(MAR, self.campaign, out, paths), **others)  # type: ignore[arg-type]


def make_small_province(folder: Path, words: Mapping[str, str] | None = None) -> SmallProvince:
    """Write campaign and mail below ``folder``; of a campaign with other ``words`` if given."""
    province = SmallProvince(
        campaign=write_campaign(folder / "dot", UNITS), first=folder / "dot-1", all=folder / "dot-2"
    )
    for path in sorted(province.campaign.iterdir()) if words else ():
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        for own, other in (words or {}).items():
            text = text.replace(own, other)
        path.write_text(text, encoding="utf-8")
    units = UnitsAtTheirForms(province.campaign)
    first = {
        "105 thang 3.xlsx": units.form("105", MAR),
        "03386 thang 3.xlsx": units.form("03386", MAR),
        "DN08 thang 3.xlsx": units.form("DN08", MAR, "A8"),
    }
    for name, content in first.items():
        put(province.first / name, content, datetime(2015, 3, 10, 9))
        put(province.all / name, content, datetime(2015, 3, 10, 9))
    later = {
        "03387 thang 3.xlsx": units.form("03387", MAR, "O1"),
        "03388 thang 3.xlsx": units.form("03388", MAR)[:9000],
        "DN08 thang 3 sua.xlsx": units.form("DN08", MAR),
        "DN11 thang 2.xlsx": units.form("DN11", FEB, as_of=MAR),
        "anh.png": b"\x89PNG\r\n\x1a\n",
    }
    for name, content in later.items():
        put(province.all / name, content, datetime(2015, 3, 24, 9))
    empty = units.empty_form("SNV", MAR)
    put(province.all / "SNV trong.xlsx", empty, datetime(2015, 3, 12, 9))
    return province
