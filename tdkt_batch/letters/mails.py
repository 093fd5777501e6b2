"""The mails with the review's results: one a district or unit, split where its files weigh much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tdkt_batch.letters.mail import Attached, Draft, addresses_in, draft_bytes, encoded_size
from tdkt_batch.letters.news import Ask, Hub
from tdkt_batch.letters.notice import Notice, notice_of
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.words import filled, in_sentence, one_line, plain

FOLDER = "thu-thong-bao"
NO_ADDRESS = "don-vi-chua-co-dia-chi.txt"
_MEGABYTE = 1_000_000
_LONGEST_NAME = 150

Returns = Mapping[str, tuple[str, bytes]]
"""The annotated return of each unit that has one, by unit code: its file's name and content."""


def notices(out: Outgoing, returns: Returns) -> dict[str, bytes]:
    """Return the mails by path; one of whom nothing came gets none, but a reminder."""
    told = [hub for hub in out.hubs if _has_news(hub)]
    files: dict[str, bytes] = {}
    for hub in told:
        drafts = list(_drafts(out, hub, returns))
        for number, draft in enumerate(drafts, start=1):
            part = f"-thu-{number}" if len(drafts) > 1 else ""
            files[f"{FOLDER}/{out.stems[hub.unit.code]}{part}.eml"] = draft_bytes(draft)
    if text := _without_address(out, told):
        files[NO_ADDRESS] = text
    return files


def _has_news(hub: Hub) -> bool:
    """Tell whether there is more to say than that nothing came."""
    return bool(hub.asked(Ask.COMPLETE, Ask.RESEND, Ask.EXPLAIN, Ask.AWAITING, Ask.CLEAR))


def _drafts(out: Outgoing, hub: Hub, returns: Returns) -> Iterator[Draft]:
    limit = out.campaign.letters.limits.attachments_megabytes * _MEGABYTE
    notice = notice_of(out.campaign, hub, out.common)
    parts = _parts(_files(hub, returns), limit)
    for number, attached in enumerate(parts, start=1):
        said = _of_part(out, notice, number, len(parts))
        yield Draft(
            to=addresses_in(hub.unit.email) or (),
            subject=said.subject,
            text=said.text,
            html=said.html,
            moment=out.report.received_until,
            attached=attached,
        )


def _files(hub: Hub, returns: Returns) -> list[Attached]:
    own = (returns[one.unit.code] for one in hub.news if one.unit.code in returns)
    return [Attached(_name_in_mail(name), content) for name, content in own]


def _name_in_mail(name: str) -> str:
    """Return a file's name without marks, which old mail programs would garble.

    >>> _name_in_mail("2015-03 Xã Mường Than (03619) đã nhận.xlsx")
    '2015-03-xa-muong-than-03619-da-nhan.xlsx'
    """
    stem, dot, suffix = name.rpartition(".")
    return f"{plain(stem, _LONGEST_NAME)}.{plain(suffix)}" if dot else plain(name, _LONGEST_NAME)


def _parts(files: Sequence[Attached], limit: int) -> list[list[Attached]]:
    """Return the files in their order, in as many parts as keep each below ``limit`` bytes.

    A file that is larger than the limit by itself stands alone.
    """
    parts: list[list[Attached]] = [[]]
    room = limit
    for file in files:
        size = encoded_size(file.content)
        if parts[-1] and size > room:
            parts.append([])
            room = limit
        parts[-1].append(file)
        room -= size
    return parts


def _of_part(out: Outgoing, notice: Notice, number: int, parts: int) -> Notice:
    """Return the notice of one of several mails, which says so in subject and text."""
    if parts == 1:
        return notice
    places = {**out.common, "phan": str(number), "so_phan": str(parts)}
    said = filled(out.campaign.letters.mail.part, places)
    opening = (*notice.opening, said)
    return replace(notice, subject=f"{notice.subject} ({number}/{parts})", opening=opening)


def _without_address(out: Outgoing, hubs: Sequence[Hub]) -> bytes:
    """Return the list of those whose mail has no recipient; empty when there is none."""
    lines = []
    for hub in hubs:
        found = addresses_in(hub.unit.email)
        if found:
            continue
        why = "chưa có địa chỉ" if found == () else f"địa chỉ ghi sai: {one_line(hub.unit.email)}"
        phone = one_line(hub.unit.phone) or "chưa có"
        name = in_sentence(out.campaign, hub.unit)
        lines.append(f"{name} (mã {one_line(hub.unit.code)}): {why}; điện thoại: {phone}")
    if not lines:
        return b""
    head = (
        f"Có {len(lines)} đơn vị chưa có địa chỉ thư điện tử dùng được. Thư của các đơn vị này "
        "để trống người nhận: hãy ghi địa chỉ khi gửi, và bổ sung vào tệp danh sách đơn vị."
    )
    text = "\r\n".join([head, "", *(f"{n}. {line}" for n, line in enumerate(lines, 1)), ""])
    return text.encode("utf-8-sig")
