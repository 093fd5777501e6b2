"""The official letter that urges those who have not reported (công văn đôn đốc)."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.letters.calls import contact_of
from tdkt_batch.letters.news import Ask, Hub, UnitNews, months_silent, never_reported
from tdkt_batch.letters.outgoing import Group, Outgoing, Places
from tdkt_batch.letters.paper import Paper
from tdkt_batch.letters.places import deadline_places
from tdkt_batch.letters.tables import Column
from tdkt_batch.letters.words import addressee, filled, in_sentence, lowered, one_line, plain
from tdkt_batch.wording.shared import UNIT_STATES

FOLDER = "cong-van-don-doc"
NAMED = 5
"""How many units a letter names as its addressees before it points to its list."""

_COLUMNS = (
    Column("STT", 12, "center"), Column("Đơn vị", 60), Column("Tình trạng", 45),
    Column("Số tháng chưa gửi", 18, "center"), Column("Điện thoại", 30, "center"),
)  # fmt: skip


def reminders(out: Outgoing) -> dict[str, bytes]:
    """Return a letter a district with its list; one a group for all who stand alone."""
    files = {}
    for hub in out.districts:
        if hub.silent:
            files[f"{FOLDER}/{out.stems[hub.unit.code]}.docx"] = _to_district(out, hub)
    for group in out.groups:
        files[f"{FOLDER}/nhom-{plain(group.name)}.docx"] = _to_group(out, group)
    return files


def _to_district(out: Outgoing, hub: Hub) -> bytes:
    texts = out.campaign.letters.reminder
    places = {
        **_places(out, hub.silent),
        "don_vi": in_sentence(out.campaign, hub.unit),
        "noi_nhan": addressee(out.campaign, hub.unit),
        "tong": str(len(hub.required)),
    }
    body = list(texts.hub_body)
    if body and any(one.unit.code == hub.unit.code for one in hub.silent):
        body[0] = f"{body[0]} {texts.hub_itself}"
    return _letter(out, [places["noi_nhan"]], body, hub.silent, places)


def _to_group(out: Outgoing, group: Group) -> bytes:
    """Return the letter to those who stand alone: one or a few by name, many by a list."""
    campaign, texts = out.campaign, out.campaign.letters.reminder
    names = [addressee(campaign, one.unit) for one in group.silent]
    places = {
        **_places(out, group.silent),
        "don_vi": lowered(group.name),
        "noi_nhan": f"{one_line(group.name)} (có danh sách kèm theo)",
        "tong": str(group.required),
    }
    if len(names) == 1:
        own = {"don_vi": in_sentence(campaign, group.silent[0].unit), "noi_nhan": names[0]}
        return _letter(out, names, texts.unit_body, (), places | own)
    to = names if len(names) <= NAMED else [places["noi_nhan"]]
    return _letter(out, to, texts.group_body, group.silent, places)


def _places(out: Outgoing, silent: Sequence[UnitNews]) -> dict[str, str]:
    units = [one.unit for one in silent]
    return {
        **out.common,
        **deadline_places(out.campaign, out.report, units),
        "so": str(len(silent)),
        "ky_hieu": out.campaign.letters.office.letter_symbol,
    }


def _letter(
    out: Outgoing,
    names: Sequence[str],
    body: Sequence[str],
    listed: Sequence[UnitNews],
    places: Places,
) -> bytes:
    texts = out.campaign.letters.reminder
    subject = filled(texts.subject, places)
    paper = out.paper(subject)
    paper.head(out.head(out.campaign.letters.office.letter_symbol, subject))
    paper.addressees("Kính gửi:", names)
    for number, paragraph in enumerate(body, start=1):
        paper.text(filled(paragraph, places), last=number == len(body))
    out.sign(paper, texts.recipients, places)
    if listed:
        paper.new_page()
        paper.line(filled(texts.list_title, places), bold=True)
        paper.line(filled(texts.list_reference, places), italic=True, size=13)
        _list(out, paper, listed)
    return paper.content()


def _list(out: Outgoing, paper: Paper, listed: Sequence[UnitNews]) -> None:
    rows = [
        (
            str(number),
            one_line(one.unit.name),
            _state(one),
            str(months_silent(one.report)),
            contact_of(out.campaign, one.report)[1],
        )
        for number, one in enumerate(listed, start=1)
    ]
    paper.table(_COLUMNS, rows)


def _state(one: UnitNews) -> str:
    state = UNIT_STATES[one.report.state]
    if one.ask is Ask.MISSING:
        return f"{state}; chưa từng báo cáo" if never_reported(one.report) else state
    return f"{state}, đề nghị gửi lại"
