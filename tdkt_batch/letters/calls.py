"""The list of those to be called, with telephones: the longest silent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.news import Ask, Hub, UnitNews, months_silent, never_reported
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.tables import Column
from tdkt_batch.letters.words import filled, one_line, shown
from tdkt_batch.report import UnitReport
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording.shared import UNIT_STATES

_LONGEST_CONTACT = 80
_NO_PHONE = "(chưa có số)"
_COLUMNS = (
    Column("STT", 11, "center"), Column("Đơn vị", 44), Column("Trực thuộc", 28),
    Column("Người liên hệ", 28), Column("Điện thoại", 27, "center"), Column("Chưa báo cáo", 29),
    Column("Nội dung cần gọi", 61), Column("Kết quả gọi", 24),
)  # fmt: skip


def call_list(out: Outgoing) -> bytes:
    """Return whom to call, ordered by months of silence, then by district."""
    texts = out.campaign.letters.calls
    silent = [(hub, one) for hub in out.hubs for one in hub.silent]
    silent.sort(key=lambda entry: -months_silent(entry[1].report))
    places = {**out.common, "so": write_number(len(silent))}
    title = filled(texts.title, places)
    paper = out.paper(title)
    paper.lie_down()
    paper.line(title, bold=True)
    paper.text(filled(texts.intro if silent else texts.nobody, places))
    if silent:
        paper.table(_COLUMNS, list(_rows(out.campaign, silent)))
    return paper.content()


def _rows(campaign: Campaign, silent: Sequence[tuple[Hub, UnitNews]]) -> Iterator[tuple[str, ...]]:
    for number, (hub, one) in enumerate(silent, start=1):
        contact, phone = contact_of(campaign, one.report)
        over = "" if hub.unit.code == one.unit.code else one_line(hub.unit.name)
        state = UNIT_STATES[one.report.state]
        what = state if one.ask is Ask.MISSING else " ".join(one.lines)
        yield (
            str(number), one_line(one.unit.name), over, contact, phone or _NO_PHONE,
            _silence(one.report), what, "",
        )  # fmt: skip


def _silence(report: UnitReport) -> str:
    months = f"{write_number(months_silent(report))} tháng"
    return f"{months}, chưa từng có báo cáo dùng được" if never_reported(report) else months


def contact_of(campaign: Campaign, report: UnitReport) -> tuple[str, str]:
    """Return name and telephone: the register's, else what the unit's last form says."""
    contact = one_line(report.unit.contact) or _given(campaign, report, "preparer")
    return contact, one_line(report.unit.phone) or _given(campaign, report, "phone")


def _given(campaign: Campaign, report: UnitReport, role: str) -> str:
    last = report if report.submission else report.earlier
    name = campaign.roles.figures.get(role, "")
    value = last.submission.values.get(name) if last and last.submission else None
    given = value.value if value is not None else None
    return shown(given, _LONGEST_CONTACT, "biểu của đơn vị") if isinstance(given, str) else ""
