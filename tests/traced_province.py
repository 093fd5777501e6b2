"""Three months of six units, run as an officer would: what the questions of a trace are asked of.

March is run twice: the second time the board has corrected a figure by telephone.
"""

from __future__ import annotations

from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

from nine_months import APR, FEB, MAR, MONTHS
from sent_files import put
from small_province import OPERATOR, UnitsAtTheirForms, request_of, write_campaign

from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Decision, DecisionKind
from tdkt_batch.months.request import MonthResult
from tdkt_batch.months.run import run_month
from tdkt_batch.values import Raw

UNITS = ("105", "03386", "03387", "03388", "SNV", "DN08")
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
    "ngay_bao_cao": date(2015, 2, 10),
    "ngay_cong_van": date(2015, 2, 11),
}


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
    units = UnitsAtTheirForms(campaign)
    form = units.form

    def save(month: int, day: int, name: str, content: bytes) -> None:
        moment = datetime(MONTHS[month].year, MONTHS[month].number, day, 9)
        put(folder / str(MONTHS[month]) / name, content, moment)

    for code in ("03386", "03387", "DN08"):
        save(FEB, 10, f"{code} thang 2.xlsx", form(code, FEB))
    held = form("03388", FEB, as_of=MAR, **HELD_IN_FEBRUARY)
    save(FEB, 12, "03388 thang 2.xlsx", held)

    save(MAR, 10, "03386 thang 3.xlsx", form("03386", MAR, tong_dai_bieu_th=140))
    save(MAR, 18, "thu.eml", mail_with("03386 sua.xlsx", form("03386", MAR)))
    text = form("03387", MAR, tong_dai_bieu_th="42 người", thoi_luong="1 ngày")
    save(MAR, 11, "03387 thang 3.xlsx", text)
    save(MAR, 11, "105 thang 3.xlsx", form("105", MAR))
    save(MAR, 11, "DN08 thang 3.xlsx", form("DN08", MAR, tong_dai_bieu_th=430))

    save(APR, 14, "03386 thang 4.xlsx", form("03386", APR, nu_th=14))
    save(APR, 14, "03387 thang 4.xlsx", units.empty_form("03387", APR))
    save(APR, 14, "DN08 thang 4.xlsx", form("DN08", APR)[:9000])
    save(APR, 14, "SNV thang 4.xlsx", form("SNV", APR, trang_thai=None))


def run(out: Path, campaign: Path, month: int, *paths: Path) -> MonthResult:
    """Run a month on its 25th, in this process and without letters."""
    return run_month(request_of(month, campaign, out, paths))


def run_three_months(folder: Path) -> dict[int, MonthResult]:
    """Run February, March twice and April below ``folder``; return the last result of each."""
    out, campaign = folder / "output", write_campaign(folder / "dot", UNITS)
    write_mail(campaign, folder / "thu")
    run(out, campaign, FEB, folder / "thu" / "2015-02")
    run(out, campaign, MAR, folder / "thu" / "2015-03")
    with open_ledger(out, OPERATOR, datetime(2015, 3, 26, 8)) as ledger:
        ledger.decide([CORRECTION], OPERATOR, datetime(2015, 3, 26, 8))
    results = {MAR: run(out, campaign, MAR)}
    results[APR] = run(out, campaign, APR, folder / "thu" / "2015-04")
    return results
