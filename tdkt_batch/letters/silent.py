"""Those without a usable report: call list, text for a message group, official reminder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.letters.news import Hub, UnitNews
from tdkt_batch.letters.paper import Head, Paper
from tdkt_batch.letters.places import deadline_places
from tdkt_batch.letters.tables import Column
from tdkt_batch.letters.words import addressee, filled, in_sentence, one_line, plain
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.unit_figures import group_of
from tdkt_batch.vietnamese import write_number

REMINDERS, MESSAGES = "cong-van-don-doc", "tin-nhan"
NAMED = 5
"""How many units a reminder names as its addressees before it points to its list."""

Places = Mapping[str, str]


# --- whom one letter or message reaches -----------------------------------------------------


def groups_alone(campaign: Campaign, hubs: Sequence[Hub]) -> dict[str, list[UnitNews]]:
    """Return the silent units that stand alone, by their group (sở, ngành; doanh nghiệp)."""
    groups: dict[str, list[UnitNews]] = {}
    for hub in hubs:
        if not hub.has_subordinates:
            for one in hub.silent:
                groups.setdefault(group_of(campaign, one.unit.kind), []).append(one)
    return groups


def _required(hubs: Sequence[Hub], campaign: Campaign, group: str) -> int:
    return sum(
        1
        for hub in hubs
        if not hub.has_subordinates and group_of(campaign, hub.unit.kind) == group
        for one in hub.news
        if one.ask is not None
    )


# --- messages -------------------------------------------------------------------------------


def messages(
    campaign: Campaign, hubs: Sequence[Hub], common: Places, stems: Mapping[str, str]
) -> dict[str, bytes]:
    """Return a short text for the message group of each district and group of units."""
    files = {}
    for hub in hubs:
        if hub.has_subordinates and hub.silent:
            name = in_sentence(campaign, hub.unit)
            total = sum(1 for one in hub.news if one.ask is not None)
            path = f"{MESSAGES}/{stems[hub.unit.code]}.txt"
            files[path] = _message(campaign, common, name, hub.silent, total)
    for group, silent in groups_alone(campaign, hubs).items():
        total = _required(hubs, campaign, group)
        path = f"{MESSAGES}/nhom-{plain(group)}.txt"
        files[path] = _message(campaign, common, _lowered(group), silent, total)
    return files


def _message(
    campaign: Campaign, common: Places, name: str, silent: Sequence[UnitNews], total: int
) -> bytes:
    texts, most = campaign.letters.message, campaign.letters.limits.message_letters
    places = {**common, "don_vi": name, "so": str(len(silent)), "tong": str(total)}
    said = _within(one_line(filled(texts.text, places)), most - len(texts.ending) - 1)
    lines = [f"- {one_line(one.unit.name)}{_remark(one)}" for one in silent]
    text = "\r\n".join([said, *lines, one_line(filled(texts.ending, places)), ""])
    return text.encode("utf-8-sig")


def _within(text: str, most: int) -> str:
    """Return a message no longer than a group takes it; what is cut is marked."""
    return text if len(text) <= most else text[: max(most - 4, 0)].rsplit(" ", 1)[0] + " […]"


def _remark(one: UnitNews) -> str:
    said = "; ".join(line for line in one.lines[:1] if line)
    return f" ({_lowered(said)})" if said else ""


# --- reminders ------------------------------------------------------------------------------


def reminders(
    campaign: Campaign,
    report: MonthReport,
    hubs: Sequence[Hub],
    common: Places,
    stems: Mapping[str, str],
) -> dict[str, bytes]:
    """Return an official letter a district with its list; one a group for all who stand alone."""
    files = {}
    for hub in hubs:
        if hub.has_subordinates and hub.silent:
            path = f"{REMINDERS}/{stems[hub.unit.code]}.docx"
            files[path] = _to_hub(campaign, report, hub, common)
    for group, silent in groups_alone(campaign, hubs).items():
        path = f"{REMINDERS}/nhom-{plain(group)}.docx"
        total = _required(hubs, campaign, group)
        files[path] = _to_group(campaign, report, group, silent, total, common)
    return files


def _to_hub(campaign: Campaign, report: MonthReport, hub: Hub, common: Places) -> bytes:
    texts = campaign.letters.reminder
    places = {
        **_places(campaign, report, hub.silent, common),
        "don_vi": in_sentence(campaign, hub.unit),
        "noi_nhan": addressee(campaign, hub.unit),
        "tong": str(sum(1 for one in hub.news if one.ask is not None)),
    }
    body = list(texts.hub_body)
    if any(one.unit.code == hub.unit.code for one in hub.silent):
        body[0] = f"{body[0]} {texts.hub_itself}"
    return _reminder(campaign, report, [places["noi_nhan"]], body, hub.silent, places)


def _to_group(
    campaign: Campaign,
    report: MonthReport,
    group: str,
    silent: Sequence[UnitNews],
    total: int,
    common: Places,
) -> bytes:
    """Return the letter to those who stand alone: one by name, a few by name, many by a list."""
    texts = campaign.letters.reminder
    places = {
        **_places(campaign, report, silent, common),
        "don_vi": _lowered(group),
        "noi_nhan": f"{group} (có danh sách kèm theo)",
        "tong": str(total),
    }
    if len(silent) == 1:
        unit = silent[0].unit
        places |= {"don_vi": in_sentence(campaign, unit), "noi_nhan": addressee(campaign, unit)}
        return _reminder(campaign, report, [places["noi_nhan"]], texts.unit_body, (), places)
    names = [addressee(campaign, one.unit) for one in silent]
    names = names if len(names) <= NAMED else [places["noi_nhan"]]
    return _reminder(campaign, report, names, texts.group_body, silent, places)


def _places(
    campaign: Campaign, report: MonthReport, silent: Sequence[UnitNews], common: Places
) -> dict[str, str]:
    units = [one.unit for one in silent]
    symbol = campaign.letters.office.letter_symbol
    return {
        **common,
        **deadline_places(campaign, report, units),
        "so": str(len(silent)),
        "ky_hieu": symbol,
    }


def _reminder(
    campaign: Campaign,
    report: MonthReport,
    names: Sequence[str],
    body: Sequence[str],
    listed: Sequence[UnitNews],
    places: Places,
) -> bytes:
    texts, letters = campaign.letters.reminder, campaign.letters
    subject = filled(texts.subject, places)
    paper = paper_of(campaign, report, subject)
    paper.head(head_of(campaign, letters.office.letter_symbol, subject))
    paper.addressees("Kính gửi:", names)
    for paragraph in body:
        paper.text(filled(paragraph, places))
    sign(paper, campaign, texts.recipients, places)
    if listed:
        paper.new_page()
        _list(paper, campaign, report, listed, places)
    return paper.content()


def _list(
    paper: Paper,
    campaign: Campaign,
    report: MonthReport,
    listed: Sequence[UnitNews],
    places: Places,
) -> None:
    texts = campaign.letters.reminder
    paper.line(filled(texts.list_title, places), bold=True)
    paper.line(filled(texts.list_reference, places), italic=True, size=13)
    columns = (
        Column("STT", 10, "center"), Column("Đơn vị", 62), Column("Tình trạng", 45),
        Column("Số tháng liền", 18, "center"), Column("Điện thoại", 30, "center"),
    )  # fmt: skip
    rows = [
        [str(n), one_line(one.unit.name), _state(one), str(max(one.report.silent, 1)), phone]
        for n, one in enumerate(listed, start=1)
        for phone in [contact_of(campaign, one.report)[1]]
    ]
    paper.table(columns, rows)


def _state(one: UnitNews) -> str:
    if one.ask == "missing":
        return "Chưa gửi" if one.report.ever_reported else "Chưa gửi; chưa từng báo cáo"
    return f"{one.lines[0]}, đề nghị gửi lại"


# --- call list ------------------------------------------------------------------------------


def call_list(
    campaign: Campaign, report: MonthReport, hubs: Sequence[Hub], common: Places
) -> bytes:
    """Return whom to call, the longest silent first, then by district."""
    texts = campaign.letters.calls
    silent = sorted(
        ((number, hub, one) for number, hub in enumerate(hubs) for one in hub.silent),
        key=lambda entry: (-max(entry[2].report.silent, 1), entry[2].report.ever_reported, entry[0]),
    )
    places = {**common, "so": str(len(silent))}
    paper = paper_of(campaign, report, filled(texts.title, places))
    paper.lie_down()
    paper.line(filled(texts.title, places), bold=True)
    if not silent:
        paper.text(filled(texts.nobody, places))
        return paper.content()
    paper.text(filled(texts.intro, places))
    paper.table(_CALL_COLUMNS, list(_calls(campaign, silent)))
    return paper.content()


_CALL_COLUMNS = (
    Column("STT", 10, "center"), Column("Đơn vị", 46), Column("Trực thuộc", 32),
    Column("Người liên hệ", 32), Column("Điện thoại", 28, "center"), Column("Im lặng", 28),
    Column("Nội dung cần gọi", 46), Column("Kết quả gọi", 30),
)  # fmt: skip


def _calls(
    campaign: Campaign, silent: Sequence[tuple[int, Hub, UnitNews]]
) -> Iterator[list[str]]:
    for number, (_, hub, one) in enumerate(silent, start=1):
        contact, phone = contact_of(campaign, one.report)
        over = "" if hub.unit.code == one.unit.code else one_line(hub.unit.name)
        what = "Chưa gửi" if one.ask == "missing" else ". ".join(one.lines)
        yield [
            str(number), one_line(one.unit.name), over, contact, phone or "(chưa có số)",
            _silence(one.report), what, "",
        ]  # fmt: skip


def _silence(report: UnitReport) -> str:
    months = f"{write_number(max(report.silent, 1))} tháng"
    return months if report.ever_reported else f"{months}, chưa từng báo cáo"


def contact_of(campaign: Campaign, report: UnitReport) -> tuple[str, str]:
    """Return name and telephone: the register's, else what the unit's last form says."""
    given = [
        one_line(registered) or _given(campaign, report, role)
        for registered, role in ((report.unit.contact, "preparer"), (report.unit.phone, "phone"))
    ]
    return given[0], given[1]


def _given(campaign: Campaign, report: UnitReport, role: str) -> str:
    last = report if report.submission else report.earlier
    name = campaign.roles.figures.get(role, "")
    value = last.submission.values.get(name) if last and last.submission else None
    return one_line(value.value)[:80] if value and isinstance(value.value, str) else ""


# --- what all papers share ------------------------------------------------------------------


def paper_of(campaign: Campaign, report: MonthReport, title: str) -> Paper:
    """Return an empty paper of the office."""
    return Paper(campaign.letters.style, title, campaign.board.name, report.received_until)


def head_of(campaign: Campaign, symbol: str, subject: str = "") -> Head:
    """Return what stands at the top of the office's papers."""
    board = campaign.board
    return Head(
        superior=board.superior,
        issuer=board.name,
        symbol=symbol,
        place=board.place,
        subject=subject,
    )


def sign(paper: Paper, campaign: Campaign, recipients: Sequence[str], places: Places) -> None:
    """Write where the paper goes and who signs it."""
    office = campaign.letters.office
    named = [filled(one, places) for one in recipients]
    title = campaign.board.signatory_title
    paper.sign([*named, office.filing], title, office.signatory_name)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
