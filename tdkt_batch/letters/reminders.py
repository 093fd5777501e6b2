"""What urges those without a usable report: official letters, the call list, group messages.

Who has sent nothing and who has only to send again are told apart in each of them.
"""

from __future__ import annotations

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.letters.docx_paper import Columns
from tdkt_batch.letters.outgoing import Outgoing, UrgedGroup, deadline_places
from tdkt_batch.letters.phrases import (
    addressee,
    filled,
    in_sentence,
    lowered_line,
    one_line,
    shown,
)
from tdkt_batch.letters.unit_notice import Ask, UnitNotice, situation_in_numbers
from tdkt_batch.report import UnitReport, UnitState
from tdkt_batch.vietnamese.writing import capital, stopped, write_number
from tdkt_batch.wording import letters as say
from tdkt_batch.wording.shared import UNIT_STATES

FOLDER, MESSAGES = "cong-van-don-doc", "tin-nhan"
NAMED = 5
"""How many units a letter names as its addressees before it points to its list."""
_LONGEST_CONTACT = 80
_CUT = " […]"
_LIST = Columns(say.REMINDER_HEADS, (12, 55, 68, 30), "cllc")
_CALLS = Columns(say.CALL_HEADS, (11, 44, 32, 30, 27, 84, 24), "clllcll")


# --- official letters (công văn đôn đốc) ----------------------------------------------------


def reminders(out: Outgoing) -> dict[str, bytes]:
    """Return a letter a district with its list; one a group for all who stand alone."""
    return {f"{FOLDER}/{group.stem}.docx": _letter(out, group) for group in out.urged_groups}


def _letter(out: Outgoing, group: UrgedGroup) -> bytes:
    """Return a letter: to a district, to one or a few by name, to many by a list."""
    campaign, texts, urged = out.campaign, out.campaign.letters.reminder, group.urged
    names = [addressee(campaign, one.unit) for one in urged]
    is_again = all(one.ask is Ask.RESEND for one in urged)
    together = say.WITH_LIST.format(name=one_line(group.name))
    name, is_alone = group.name_in_sentence, False
    if group.district is not None:
        names = [addressee(campaign, group.district)]
        together, body = names[0], list(texts.hub_body)
        if body and any(one.unit.code == group.district.code for one in urged):
            body[0] = f"{body[0]} {texts.hub_itself}"
    elif len(names) == 1:
        name, together, is_alone = in_sentence(campaign, urged[0].unit), names[0], True
        body = list(texts.unit_body_again if is_again else texts.unit_body)
    else:
        names = names if len(names) <= NAMED else [together]
        body = list(texts.group_body)
    symbol = campaign.letters.office.letter_symbol
    places = {
        **out.common,
        **deadline_places(campaign, out.report, [one.report for one in urged]),
        "so": str(len(urged)),
        "tinh_hinh": situation_in_numbers(urged),
        "da_gui": urged[0].situation,
        "ky_hieu": symbol,
        "don_vi": name,
        "noi_nhan": together,
        "tong": str(group.required),
    }
    subject = filled(texts.subject_again if is_again else texts.subject, places)
    paper = out.paper(subject)
    paper.head(symbol, subject)
    paper.addressees(say.DEAR, names)
    for number, paragraph in enumerate(body, start=1):
        paper.text(filled(paragraph, places), kept=number == len(body))
    paper.sign([filled(one, places) for one in texts.recipients])
    if is_alone:
        return paper.content()
    paper.new_page()
    paper.line(filled(texts.list_title, places), bold=True)
    paper.line(filled(texts.list_reference, places), italic=True, size=13)
    rows = []
    for number, one in enumerate(urged, start=1):
        _, phone = contact_of(campaign, one.report)
        rows.append((str(number), one_line(one.unit.name), _how_it_stands(one), phone))
    paper.table(_LIST, rows)
    return paper.content()


def _how_it_stands(one: UnitNotice) -> str:
    """Return what came of a unit, or for how long nothing did and until when it may send."""
    if one.silence:
        return f"{UNIT_STATES[one.report.state]}, {lowered_line(one.silence)}"
    return capital(one.situation)


# --- the call list --------------------------------------------------------------------------


def call_list(out: Outgoing) -> bytes:
    """Return whom to call, with telephones: the longest silent first, who has sent last."""
    texts = out.campaign.letters.calls
    urged = [(hub, one) for hub in out.hubs for one in hub.urged]
    urged.sort(key=lambda entry: -entry[1].months_silent)
    situation = situation_in_numbers(one for _, one in urged)
    places = {**out.common, "so": write_number(len(urged)), "tinh_hinh": situation}
    title = filled(texts.title, places)
    paper = out.paper(title, landscape=True)
    paper.line(title, bold=True)
    paper.text(filled(texts.intro if urged else texts.nobody, places))
    rows = []
    for number, (hub, one) in enumerate(urged, start=1):
        contact, phone = contact_of(out.campaign, one.report)
        over = "" if hub.unit.code == one.unit.code else one_line(hub.unit.name)
        what = _how_it_stands(one)
        if one.ask is Ask.RESEND and one.report.state is not UnitState.EMPTY:
            what = " ".join((stopped(what), *one.lines))
        name = one_line(one.unit.name)
        phone = phone or say.NO_PHONE_IN_LIST
        rows.append((str(number), name, over, contact, phone, what, ""))
    if rows:
        paper.table(_CALLS, rows)
    return paper.content()


def contact_of(campaign: Campaign, report: UnitReport) -> tuple[str, str]:
    """Return name and telephone: the register's, else what the unit's last form says."""
    last = report if report.submission else report.earlier
    values = last.submission.values if last and last.submission else {}

    def given(role: Role) -> str:
        value = values.get(campaign.roles.name(role))
        text = value.value if value is not None else None
        return shown(text, _LONGEST_CONTACT, say.UNITS_OWN_FORM) if isinstance(text, str) else ""

    contact = one_line(report.unit.contact) or given(Role.PREPARER)
    return contact, one_line(report.unit.phone) or given(Role.PHONE)


# --- group messages -------------------------------------------------------------------------


def messages(out: Outgoing) -> dict[str, bytes]:
    """Return a short text a district and group with urged units, in UTF-8 with a mark, by path.

    It is no longer than a group takes it; then come the units with why they are named.
    """
    texts, files = out.campaign.letters.message, {}
    for group in out.urged_groups:
        numbers = {"so": str(len(group.urged)), "tong": str(group.required)}
        numbers["tinh_hinh"] = situation_in_numbers(group.urged)
        places = {**out.common, "don_vi": group.name_in_sentence, **numbers}
        ending = one_line(filled(texts.ending, places))
        most = out.campaign.letters.limits.message_letters - len(ending) - 1
        said = one_line(filled(texts.text, places))
        if len(said) > most:
            said = said[: max(most - len(_CUT), 0)].rsplit(" ", 1)[0] + _CUT
        lines = [said]
        for one in group.urged:
            said = lowered_line(_how_it_stands(one))
            lines.append(f"- {one_line(one.unit.name)} ({said})")
        text = "\r\n".join([*lines, ending, ""])
        files[f"{MESSAGES}/{group.stem}.txt"] = text.encode("utf-8-sig")
    return files
