"""The receipt (phiếu tiếp nhận): what came in, when, by what way, known by its hash."""

from __future__ import annotations

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.model import Source, Submission
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.vietnamese.writing import write_moment, write_number
from tdkt_batch.wording.shared import ARRIVAL_BASES, UNIT_STATES

NO_FIGURE = "không có"


def receipt_of(
    campaign: Campaign, month: MonthReport, report: UnitReport
) -> tuple[tuple[str, str], ...]:
    """Return the lines of the receipt: label and text."""
    submission = report.submission
    if submission is None:
        return ()
    source = submission.source
    received, until = report.received or source.arrived, month.received_until
    return (
        ("Nhận lúc", f"{write_moment(received)} ({ARRIVAL_BASES[source.arrived_by].lower()})"),
        ("Hình thức", _way(source)),
        ("Người gửi", _sender(source)),
        ("Tên tệp", source.name),
        ("Dung lượng", f"{write_number(source.size)} byte"),
        ("Mã đối chiếu", _figure(submission)),
        ("Mã băm SHA-256", source.sha256),
        ("Tình trạng", UNIT_STATES[report.state]),
        ("Nơi nhận", f"{campaign.board.name}; rà soát số liệu đến {write_moment(until)}"),
    )


def _figure(submission: Submission) -> str:
    return f"{submission.check_figure or NO_FIGURE} (phải trùng với mã in trên bản giấy)"


def _way(source: Source) -> str:
    if source.letter is None:
        return f"Tệp trong gói “{source.container}”" if source.container else "Tệp gửi trực tiếp"
    return f"Thư điện tử “{source.letter.subject}”" if source.letter.subject else "Thư điện tử"


def _sender(source: Source) -> str:
    letter = source.letter
    if letter is None:
        return "không rõ (tệp không kèm thư)"
    address = f"<{letter.sender}>" if letter.sender else ""
    return " ".join(part for part in (letter.sender_name, address) if part)
