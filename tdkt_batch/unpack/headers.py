"""Headers of a mail in words: who sent it and when, and what an attachment is called.

Headers are read one by one from their raw text, because a single odd one must
not cost the mail; whatever cannot be understood is empty, never an error.
"""

from __future__ import annotations

import base64
import binascii
import re
from contextlib import suppress
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import groupby
from operator import itemgetter

from tdkt_batch.model import OFFICE_TIME, Letter
from tdkt_batch.unpack.names import decoded

LONGEST_HEADER = 4_000
"""Longer ones are cut: the parsers of addresses take their time with them."""

_YEARS = (1990, 2100)

_ODD = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError)
_ODD_OR_DEEP = (*_ODD, RecursionError)
_WORD = re.compile(
    r"=\?([^?\s*]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=(?:\s+(?==\?[^?\s]+\?[bBqQ]\?))?"
)
_ADDRESS = re.compile(r"[\w.+%=~-]{1,64}@[\w-]+(?:\.[\w-]+)*", re.ASCII)
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


def raw_header(message: Message, name: str) -> str:
    """Return a header's text on one line; bytes in it are read as UTF-8, else as cp1258."""
    for key, value in message.raw_items():
        if key.lower() == name:
            text = str(value)[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
            return re.sub(r"[\r\n]+", "", decoded(text)).strip()
    return ""


def content_type(part: Message) -> str:
    """Return the declared type in lower case; what is no type counts as plain text."""
    declared = raw_header(part, "content-type").partition(";")[0].strip().lower()
    if not declared:
        return part.get_default_type()
    return declared if _TYPE.fullmatch(declared) else "text/plain"


def disposition(part: Message) -> str:
    """Return ``attachment``, ``inline``, another word, or nothing."""
    return raw_header(part, "content-disposition").partition(";")[0].strip().lower()


def content_id(part: Message) -> str:
    """Return the name by which a mail's text refers to the part."""
    return raw_header(part, "content-id").strip("<> \t").lower()


def file_name(part: Message) -> str:
    """Return what the sender called the file, in whichever of the dozen spellings.

    The old parser with words decoded comes first, the new one where that fails.
    """
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = raw_header(part, header)
        name = _by_old_parser(header, value, parameter) if value else ""
        if value and (not name or "�" in name or "=?" in name):
            with suppress(*_ODD_OR_DEEP):
                parameters = policy.default.header_factory(header, value).params
                name = str(parameters.get(parameter, "")).strip() or name
        if name:
            return name
    return ""


def letter_of(message: Message) -> Letter:
    """Return who sent the mail, when and about what.

    Who sent it on behalf counts when no author is named.
    """
    sender = name = ""
    for header in ("from", "sender", "reply-to", "return-path"):
        sender, name = _address_in(raw_header(message, header))
        if sender or name:
            break
    return Letter(
        sender=sender,
        sender_name=name,
        subject=with_words_decoded(raw_header(message, "subject")),
        sent=sent_at(raw_header(message, "date")),
        message_id=re.sub(r"\s+", "", raw_header(message, "message-id"))[:500],
    )


def sent_at(text: str) -> datetime | None:
    """Return the moment of a Date header as the clock showed it in Việt Nam.

    A date without zone is taken as local; ``-0000`` means universal time.

    >>> sent_at("Tue, 24 Mar 2015 23:30:00 +0000")
    datetime.datetime(2015, 3, 25, 6, 30)
    >>> sent_at("hôm qua") is None
    True
    """
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC if "-0000" in text else OFFICE_TIME)
        return office_moment(moment)
    except (*_ODD, OverflowError):
        return None


def office_moment(moment: datetime) -> datetime | None:
    """Return a moment as the clock showed it in Việt Nam; None in a year that no mail is of."""
    local = moment.astimezone(OFFICE_TIME).replace(tzinfo=None)
    return local if _YEARS[0] <= local.year <= _YEARS[1] else None


def with_words_decoded(text: str) -> str:
    """Return a header with its encoded words (RFC 2047) as text; plain text is UTF-8 here.

    Neighbours of one encoding are joined first, since mailers cut letters in two.

    >>> with_words_decoded("=?utf-8?B?TeG6?= =?utf-8?B?q3U=?= 01")
    'Mẫu 01'
    """
    pieces: list[tuple[str, bytes]] = []
    end = 0
    for word in _WORD.finditer(text):
        if plain := text[end : word.start()]:
            pieces.append(("utf-8", plain.encode("utf-8", "surrogatepass")))
        pieces.append((word[1].lower(), _word_bytes(word[2], word[3])))
        end = word.end()
    pieces.append(("utf-8", text[end:].encode("utf-8", "surrogatepass")))
    alike = groupby(pieces, key=itemgetter(0))
    return "".join(
        in_charset(b"".join(raw for _, raw in group), charset) for charset, group in alike
    ).strip()


def _word_bytes(encoding: str, word: str) -> bytes:
    raw = word.encode("utf-8", "surrogatepass")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def in_charset(raw: bytes, charset: str) -> str:
    """Return bytes as text; the named encoding first, and others when it does not fit."""
    try:
        return raw.decode(charset)
    except (UnicodeError, LookupError, ValueError):
        return decoded(raw)


def _address_in(text: str) -> tuple[str, str]:
    try:
        name, address = parseaddr(text)
    except _ODD_OR_DEEP:
        name, address = "", ""
    if "@" in address:
        return address.strip(), with_words_decoded(name)
    plain = with_words_decoded(text)
    found = _ADDRESS.search(plain)
    rest = plain.replace(found[0], "") if found else plain
    return (found[0] if found else ""), rest.strip(" \"'<>\t")


def _by_old_parser(header: str, value: str, parameter: str) -> str:
    probe = Message()
    try:
        probe[header] = value
        parameters = probe.get_params([], header=header)
    except _ODD_OR_DEEP:
        return ""
    values = [given for key, given in parameters if key.lower() == parameter]
    found = next((v for v in values if isinstance(v, tuple)), values[0] if values else "")
    if isinstance(found, tuple):  # RFC 2231: encoding, language, bytes as Latin letters
        charset, _, text = found
        return in_charset(text.encode("latin-1", "replace"), charset or "utf-8").strip()
    return with_words_decoded(str(found)) if found else ""
