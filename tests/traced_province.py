"""Three months of six units, run as an officer would: what the questions of a trace are asked of.

March is run twice: the second time the board has corrected a figure by telephone.
"""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

from nine_months import APR, FEB, MAR, MONTHS, typed_by
from stamped_forms import Stamp, Typed

from tdkt_batch.campaign.load import DEFAULT, campaign_folder, load_campaign
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import OFFICE_TIME, Decision, DecisionKind, Raw
from tdkt_batch.months.request import MonthRequest, MonthResult
from tdkt_batch.months.run import run_month

UNITS = ("105", "03386", "03387", "03388", "SNV", "DN08")
OPERATOR = "Vàng Thị Mỷ@PC-BTD"
CORRECTION = Decision(
    kind=DecisionKind.CORRECTED,
    unit="DN08",
    month=MONTHS[MAR],
    field="tong_dai_bieu_th",
    value=43,
    explanation="Bà Lò Thị Hoa, kế toán",
    reason="gõ nhầm",
    approver="Vàng Thị Mỷ",
    decided=date(2015, 3, 26),
)
HELD_IN_FEBRUARY: dict[str, Raw] = {
    "ngay_hoi_nghi_kh": date(2015, 2, 10),
    "ngay_hoi_nghi_th": date(2015, 2, 10),
}


class Sender:
    """The units at their forms, and the folder that the officer saves what they send in."""

    def __init__(self, campaign: Path, folder: Path) -> None:
        loaded = load_campaign(campaign)
        self._folder = folder
        self._units = {unit.code: unit for unit in loaded.units}
        self._stamps = {
            form.level: Stamp(loaded, form, self._units[code])
            for form, code in zip(loaded.forms, ("DN08", "SNV"), strict=True)
        }

    def form(self, code: str, month: int, typed_as_of: int, **otherwise: Raw) -> bytes:
        unit = self._units[code]
        typed = typed_by(unit, typed_as_of)
        typed = Typed(values={**typed.values, **otherwise}, tables=typed.tables)
        return self._stamps[unit.level].form_of(unit, MONTHS[month], typed)

    def empty_form(self, code: str, month: int) -> bytes:
        unit = self._units[code]
        return self._stamps[unit.level].form_of(unit, MONTHS[month], Typed())

    def save(self, month: int, day: int, name: str, content: bytes) -> None:
        path = self._folder / str(MONTHS[month]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        year, number = MONTHS[month].year, MONTHS[month].number
        seconds = datetime(year, number, day, 9, tzinfo=OFFICE_TIME).timestamp()
        os.utime(path, (seconds, seconds))


def mail_with(name: str, content: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "UBND phường <phuong@laichau.example>"
    mail["To"] = "btdkt@laichau.example"
    mail["Subject"] = "Báo cáo tháng 3, bản sửa"
    mail["Date"] = "Wed, 18 Mar 2015 10:15:00 +0700"
    mail["Message-ID"] = "<18-3@laichau.example>"
    mail.set_content("Kính gửi Ban.")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def write_mail(campaign: Path, folder: Path) -> None:
    """Write what the units send in February, March and April."""
    sender = Sender(campaign, folder)
    for code in ("03386", "03387", "DN08"):
        sender.save(FEB, 10, f"{code} thang 2.xlsx", sender.form(code, FEB, FEB))
    held = sender.form("03388", FEB, MAR, **HELD_IN_FEBRUARY)
    sender.save(FEB, 12, "03388 thang 2.xlsx", held)

    first = sender.form("03386", MAR, MAR, tong_dai_bieu_th=140)
    sender.save(MAR, 10, "03386 thang 3.xlsx", first)
    better = sender.form("03386", MAR, MAR)
    sender.save(MAR, 18, "thu.eml", mail_with("03386 sua.xlsx", better))
    text = sender.form("03387", MAR, MAR, tong_dai_bieu_th="42 người", thoi_luong="1 ngày")
    sender.save(MAR, 11, "03387 thang 3.xlsx", text)
    sender.save(MAR, 11, "105 thang 3.xlsx", sender.form("105", MAR, MAR))
    wrong = sender.form("DN08", MAR, MAR, tong_dai_bieu_th=430)
    sender.save(MAR, 11, "DN08 thang 3.xlsx", wrong)

    sender.save(APR, 14, "03386 thang 4.xlsx", sender.form("03386", APR, APR, nu_th=14))
    sender.save(APR, 14, "03387 thang 4.xlsx", sender.empty_form("03387", APR))
    sender.save(APR, 14, "DN08 thang 4.xlsx", sender.form("DN08", APR, APR)[:9000])
    undecided = sender.form("SNV", APR, APR, trang_thai=None)
    sender.save(APR, 14, "SNV thang 4.xlsx", undecided)


def write_campaign(folder: Path) -> Path:
    """Write the built-in campaign with the six units only."""
    shutil.copytree(campaign_folder(DEFAULT), folder)
    for name, kept in (("units.csv", UNITS), ("unit_aliases.csv", ())):
        path = folder / name
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        own = [row for row in rows if row.partition(",")[0] in kept]
        path.write_text("".join([head, *own]), encoding="utf-8")
    return folder


def run(out: Path, campaign: Path, month: int, *paths: Path) -> MonthResult:
    """Run a month on its 25th, in this process and without letters."""
    until = datetime(MONTHS[month].year, MONTHS[month].number, 25, 17)
    request = MonthRequest(
        paths=paths,
        month=MONTHS[month],
        campaign=str(campaign),
        received_until=until,
        now=until.replace(minute=30),
        operator=OPERATOR,
        out=out,
        workers=0,
        letters=False,
    )
    return run_month(request)


def run_three_months(folder: Path) -> dict[int, MonthResult]:
    """Run February, March twice and April below ``folder``; return the last result of each."""
    out, campaign = folder / "output", write_campaign(folder / "dot")
    write_mail(campaign, folder / "thu")
    run(out, campaign, FEB, folder / "thu" / "2015-02")
    run(out, campaign, MAR, folder / "thu" / "2015-03")
    with open_ledger(out, OPERATOR, datetime(2015, 3, 26, 8)) as ledger:
        ledger.decide([CORRECTION], OPERATOR, datetime(2015, 3, 26, 8))
    results = {MAR: run(out, campaign, MAR)}
    results[APR] = run(out, campaign, APR, folder / "thu" / "2015-04")
    return results
