"""A mail's own words → a file of their own, when they stand for the form or nothing came with them.

Clerks send a link to a cloud drive instead of the file, paste the table into the
mail, or forget to attach anything. All of that is something that was sent: it has a
state and a sentence like every file, and it keeps the letter, which says whose it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from email.header import Header
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from tdkt_batch.model import OFFICE_TIME, Letter
from tdkt_batch.unpack.marks import is_picture
from tdkt_batch.unpack.members import File, Member, Opened, Reason
from tdkt_batch.wording import unpack as say

CLOUD_DRIVES = (
    "drive.google.com", "docs.google.com", "mail-attachment.googleusercontent.com", "1drv.ms",
    "onedrive.live.com", "sharepoint.com", "dropbox.com", "dropboxusercontent.com", "icloud.com",
    "box.com", "mega.nz", "mediafire.com", "wetransfer.com", "we.tl", "fshare.vn", "4shared.com",
    "terabox.com", "files.fm", "zdn.vn", "cloud.viettel.vn",
)  # fmt: skip
"""Where people put files that they send a link to."""
_LONGEST = 2_000_000
"""How many letters of a mail's words are looked at."""
_LINK = re.compile(r"https?:[^\s<>\"'\])]+", re.IGNORECASE)
_FILE = r"\.(?:xlsx?|xlsm|xlsb|ods|zip|rar|7z)"
_PICTURE = re.compile(r"<(?:img|link|v:imagedata)\b[^>]*>", re.IGNORECASE)
_LINK_TO_FILE = re.compile(rf"{_FILE}(?:$|[?#&])", re.IGNORECASE)
_ANCHOR_OF_FILE = re.compile(
    rf"<a\s[^>]*\bhref\b[^>]*>(?:[^<]|<(?!/?a\b))*?{_FILE}\s*<", re.IGNORECASE
)
_ROW, _CELL = re.compile(r"<tr\b", re.IGNORECASE), re.compile(r"<t[dh]\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_GAP = re.compile(r"\t|\s{3,}|\|")
_NUMBER = re.compile(r"[\d.,/%\s-]*\d[\d.,/%\s-]*")
_ROWS_WITH_FIGURES, _ROWS_OF_CELLS = 3, 8
"""So many rows that name a figure, or hold any two cells, are a table of data and no signature."""


def own_text(
    letter: Letter, texts: Iterable[tuple[str, str]], others: Sequence[Member]
) -> tuple[File, ...]:
    """Return the mail's words as a file; none when they say nothing that what came does not.

    ``texts`` are the mail's words, each with its kind (``text/plain``, ``text/html``);
    ``others`` is all else that the mail carries. The file is a mail of the words alone.
    """
    sent = [one for one in others if isinstance(one, Opened) or not one.inline]
    if any(_may_be_form(one) for one in sent):
        return ()
    known = [(kind, text[:_LONGEST]) for kind, text in texts if text.strip()]
    holding = [(_held(kind, text), kind, text) for kind, text in known]
    for wanted in (Reason.LINKED_ATTACHMENT, Reason.PASTED_TABLE):
        found = [(kind, text) for reason, kind, text in holding if reason is wanted]
        if found:
            return (File(say.OWN_TEXT, _as_mail(letter, *found[-1]), wanted),)
    if sent:
        return ()
    words = known[-1] if known else ("text/plain", "")
    return (File(say.OWN_TEXT, _as_mail(letter, *words), Reason.WORDS_ONLY),)


def _may_be_form(member: Member) -> bool:
    """Tell whether a member could be what the mail was sent for, or speaks for itself."""
    if isinstance(member, Opened) or member.reason:
        return True
    return not (is_picture(member.content) or member.content.startswith(b"%PDF"))


def _held(kind: str, text: str) -> Reason:
    """Return what the words hold besides words."""
    links = [unquote(html.unescape(link)) for link in _LINK.findall(_PICTURE.sub(" ", text))]
    is_link = any(_leads_to_file(link) for link in links) or _ANCHOR_OF_FILE.search(text)
    if is_link:
        return Reason.LINKED_ATTACHMENT
    rows = _rows_of_page(text) if kind == "text/html" else _rows_of_text(text)
    filled = [row for row in rows if len(row) > 1]
    with_figures = [
        row
        for row in filled
        if any(_NUMBER.fullmatch(cell) for cell in row) and any(cell[:1].isalpha() for cell in row)
    ]
    is_table = len(with_figures) >= _ROWS_WITH_FIGURES or len(filled) >= _ROWS_OF_CELLS
    return Reason.PASTED_TABLE if is_table else Reason.WORDS_ONLY


def _leads_to_file(link: str) -> bool:
    """Tell whether a link leads to a cloud drive or a file, through a mail filter's link too."""
    for part in _LINK.findall(link.replace("=http", " http")):
        try:
            host = (urlsplit(part).hostname or "").lower()
        except ValueError:
            continue
        if any(host == one or host.endswith(f".{one}") for one in CLOUD_DRIVES):
            return True
        if _LINK_TO_FILE.search(part):
            return True
    return False


def _rows_of_page(text: str) -> list[list[str]]:
    """Return what stands in the cells of a page's tables, row by row."""
    rows = []
    for row in _ROW.split(text)[1:]:
        cells = (html.unescape(_TAG.sub(" ", cell)).strip() for cell in _CELL.split(row)[1:])
        rows.append([cell for cell in cells if cell])
    return rows


def _rows_of_text(text: str) -> list[list[str]]:
    """Return the pieces of each line that wide blanks part; answers quote with ``>``."""
    lines = (line for line in text.splitlines() if not line.startswith(">"))
    return [[piece.strip() for piece in _GAP.split(line) if piece.strip()] for line in lines]


def _as_mail(letter: Letter, kind: str, text: str) -> bytes:
    """Return a mail of the words alone, which any mail program opens."""
    head = {
        "From": f"{Header(letter.sender_name, 'utf-8').encode()} <{letter.sender}>",
        "Subject": Header(letter.subject, "utf-8").encode(),
        "Date": format_datetime(letter.sent.replace(tzinfo=OFFICE_TIME)) if letter.sent else "",
        "Message-ID": letter.message_id,
        "MIME-Version": "1.0",
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = "".join(f"{name}: {value}\n" for name, value in head.items() if value)
    return f"{lines}\n{text}".encode("utf-8", "replace")
