"""Mails and archives inside one another: every file in them comes out, each exactly once."""

import base64
import io
import tarfile
import unicodedata
import zipfile
import zlib
from binascii import b2a_uu
from collections import Counter
from datetime import datetime
from email import message_from_bytes, policy
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_samples import (
    HEADERS,
    LOCKED,
    PNG,
    Entry,
    armoured,
    attached,
    envelope,
    forwarded,
    mail,
    mbox,
    outlook,
    outlook_inside,
    part,
    raw_zip,
    text,
    windows_1258,
    winmail,
    winmail_with_message,
    zipped,
)

from tdkt_batch.unpack.members import Limits, Reason
from tdkt_batch.unpack.unpack import unpack
from tdkt_batch.vietnamese.shown import shown_path
from tdkt_batch.wording.unpack import OWN_TEXT

FORM = zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
SCAN = b"%PDF-1.4 scan"
NFC = "Mẫu 01 - xã Mường Than.xlsx"


def taken(content, name="tep", **limits):
    return unpack(name, content, Limits(**limits))


def files(content, name="tep"):
    """Return all that comes out but pictures in a mail's text: name, or name and reason."""
    out = unpack(name, content)
    found = [item.name for item in out.items if not item.inline]
    return found + [f"{refusal.name}: {refusal.reason}" for refusal in out.refusals]


def refused(content, **limits):
    return [(r.name, str(r.reason)) for r in taken(content, **limits).refusals]


def containers(content):
    found = unpack("tep", content).containers
    return [(c.kind, c.name.rpartition("/")[2], c.members) for c in found]


# --- what is a container, and what is not ------------------------------------------------

ODS = zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b""))
MHTML = b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
SAVED_PAGE = b"From: <Saved by Blink>\r\nSubject: Bieu\r\nDate: Tue, 24 Mar 2015 09:15:00\r\nMIME-Version: 1.0\r\n\r\n"


@pytest.mark.parametrize(
    ("case", "content"),
    [
        ("a workbook", FORM),
        ("a workbook packed with backslashes", zipped(("xl\\workbook.xml", b""), ("a", b"b"))),
        ("a text document", zipped(("word/document.xml", b""))),
        ("an OpenDocument sheet", ODS),
        ("a workbook cut short", FORM[:-30]),
        ("an old workbook", outlook(("x", b"y")).replace("__properties".encode("utf-16-le"), "__workbook00".encode("utf-16-le"))),
        ("a PDF", SCAN),
        ("a picture", PNG),
        ("nothing", b""),
        ("zeros", bytes(600)),
        ("a sheet of text", b"STT,Ten don vi\n1,X\xc3\xa3"),
        ("text with one colon", b"Note: hello\nworld"),
        ("text of two lines with colons", b"Ten: A\nSo: 1\n"),
        ("a workbook saved as a web archive", MHTML),
        ("a page saved by a browser", SAVED_PAGE),
        ("a signature apart from its text", envelope(None)),
        ("RAR", b"Rar!\x1a\x07\x00" + bytes(30)),
    ],
)  # fmt: skip
def test_what_is_no_container_is_one_file_left_whole(case, content):
    out = unpack(f"{case}.zip", content)
    assert [(i.name, i.content, i.container, i.letter) for i in out.items] == [
        (f"{case}.zip", content, "", None)
    ]
    assert not out.containers
    assert not out.refusals


ENTITY = mail(text(), attached(FORM), headers={}, boundary="inner")
SIGNED_PARTS = (
    ENTITY,
    part(b"signature", 'filename="smime.p7s"', kind="application/pkcs7-signature"),
)


@pytest.mark.parametrize(
    ("kinds", "content"),
    [
        (["zip"], zipped(("Mẫu 01.xlsx", FORM))),
        (["zip", "zip"], zipped(("a.zip", zipped(("Mẫu 01.xlsx", FORM))))),
        (["eml"], mail(text(), attached(FORM))),
        (["eml"], b"\xef\xbb\xbf\r\n" + mail(text(), attached(FORM))),
        (["eml"], b"From a@b.example Tue Mar 24 09:15:00 2015\r\n" + mail(text(), attached(FORM))),
        (["eml"], mail(text(), attached(FORM)).replace(b"\r\n", b"\n")),
        (["eml"], b"%d\n" % len(mail(attached(FORM))) + mail(attached(FORM)) + b"<plist/>"),
        (["eml", "eml"], mail(text(), forwarded(mail(text(), attached(FORM), boundary="b1")))),
        (["eml", "eml"], mail(attached(mail(attached(FORM)), "thu.eml", kind="application/octet-stream"))),
        (["eml", "eml"], mail(part(mail(attached(FORM)), kind="message/rfc822"))),
        (["eml", "zip"], mail(attached(zipped(("Mẫu 01.xlsx", FORM)), "bieu.xlsx"))),
        (["mbox", "eml", "eml"], mbox(mail(text()), mail(attached(FORM)))),
        (["eml", "tnef"], mail(attached(winmail(("Mẫu 01.xlsx", FORM)), "winmail.dat", kind="application/ms-tnef"))),
        (["tnef"], winmail(("Mẫu 01.xlsx", FORM)) + b"\r\n"),
        (["tnef", "tnef"], winmail_with_message(winmail(("Mẫu 01.xlsx", FORM)))),
        (["msg"], outlook(("Mẫu 01.xlsx", FORM))),
        (["msg"], outlook(("Mẫu 01.xlsx", FORM), page=1258)),
        (["msg"], outlook(("Mẫu 01.xlsx", FORM + bytes(90_000)))),
        (["msg", "msg"], outlook(("Thư chuyển", outlook_inside(("Mẫu 01.xlsx", FORM))))),
        (["eml", "smime"], mail(attached(envelope(ENTITY), "smime.p7m", kind="application/pkcs7-mime"))),
        (["eml", "smime"], mail(attached(envelope(ENTITY, streamed=True), "smime.p7m"))),
        (["smime"], armoured(envelope(ENTITY))),
        (["smime"], envelope(FORM)),
        (["eml"], mail(*SIGNED_PARTS, kind="multipart/signed; protocol=x")),
        (["msg", "eml"], outlook(("smime.p7m", mail(*SIGNED_PARTS, kind="multipart/signed", headers={}, boundary="b9")))),
        (["eml"], mail(b"Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n" + attached(FORM) + b"\r\n--in--")),
    ],
)  # fmt: skip
def test_a_form_is_found_in_whatever_holds_it(kinds, content):
    out = unpack("tep", content)
    assert [c.kind for c in out.containers] == kinds
    assert [i.content[: len(FORM)] for i in out.items] == [FORM]
    assert {r.reason for r in out.refusals} <= {Reason.WORDS_ONLY}


def test_a_mail_without_attachments_is_its_own_words():
    out = unpack("thu.eml", mail(text(), text("<p>Kính gửi</p>", "text/html")))
    assert [(c.kind, c.members, c.letter.subject) for c in out.containers] == [
        ("eml", 1, "Báo cáo tháng 3")
    ]
    assert not out.items
    (words,) = out.refusals
    assert (words.name, words.reason, words.container) == (OWN_TEXT, "words_only", "thu.eml")
    assert words.letter.sender == "muongthan@laichau.example"
    read_again = message_from_bytes(words.content, policy=policy.default)
    assert read_again["subject"] == "Báo cáo tháng 3"
    assert read_again.get_content().strip() == "<p>Kính gửi</p>"


# --- what in a mail is a file ------------------------------------------------------------

PAGE = text('<p>Kính gửi <img src="cid:logo@x"></p>', "text/html")
WORDS = [f"{OWN_TEXT}: words_only"]
UUENCODED = "Kinh gui\r\nbegin 644 Mau 01.xlsx\r\n" + "".join(
    b2a_uu(FORM[n : n + 45]).decode() for n in range(0, len(FORM), 45)
) + "`\r\nend\r\n"  # fmt: skip


@pytest.mark.parametrize(
    ("case", "parts", "expected"),
    [
        ("text, page and form", (text(), PAGE, attached(FORM)), ["Mẫu 01.xlsx"]),
        ("a form without a name", (text(), part(FORM)), [""]),
        ("a form that claims to be text", (text(), part(FORM, kind="text/plain", disposition="")), [""]),
        ("a form that claims to be a picture", (part(FORM, 'filename="a.png"', kind="image/png", disposition="inline"),), ["a.png"]),
        ("a form shown inline by Apple Mail", (part(FORM, 'filename="a.xlsx"', disposition="inline"),), ["a.xlsx"]),
        ("a logo shown inline", (text(), part(PNG, 'filename="logo.png"', kind="image/png", disposition="inline"), attached(FORM)), ["Mẫu 01.xlsx"]),
        ("a logo that the page refers to", (PAGE, part(PNG, 'filename="logo.png"', kind="image/png", Content_ID="<logo@x>")), WORDS),
        ("a photograph of the form, attached", (PAGE, part(PNG, 'filename="anh.png"', kind="image/png", Content_ID="<anh@x>")), ["anh.png"]),
        ("a text file, attached", (text(), part(b"a;b", 'filename="a.csv"', kind="text/csv")), ["a.csv"]),
        ("an empty file, attached", (text(), part(b"", 'filename="a.xlsx"')), ["a.xlsx"]),
        ("two files of one name", (attached(FORM), attached(SCAN)), ["Mẫu 01.xlsx", "Mẫu 01.xlsx"]),
        ("a form in the text itself", (text(UUENCODED),), ["Mau 01.xlsx"]),
        ("a scrambled form in the text", (text("begin 644 a.xlsx\r\n\xff\xff\xff\xff\r\nend"),), ["a.xlsx: damaged_mail"]),
        ("an invitation", (text(), text("BEGIN:VCALENDAR", "text/calendar")), WORDS),
        ("a macOS fork beside its file", (b'Content-Type: multipart/appledouble; boundary="ad"\r\n\r\n--ad\r\n' + part(b"fork", kind="application/applefile", disposition="") + b"\r\n--ad\r\n" + attached(FORM) + b"\r\n--ad--",), ["Mẫu 01.xlsx"]),
        ("a locked mail inside", (attached(envelope(ENTITY, LOCKED), "smime.p7m"),), ["smime.p7m: encrypted_mail"]),
        ("a signed mail that is scrambled", (attached(b"junk", "smime.p7m", kind="application/pkcs7-mime"),), ["smime.p7m: damaged_mail"]),
        ("a winmail.dat that is scrambled", (attached(b"junk", "winmail.dat", kind="application/ms-tnef"),), ["winmail.dat: damaged_mail"]),
        ("a winmail.dat cut short", (attached(winmail(("a", FORM))[:-200], "winmail.dat"),), ["winmail.dat: damaged_mail"]),
        ("a piece of a mail", (b'Content-Type: message/partial; id="1"; number=1; total=2\r\n\r\nSubject: x\r\n\r\nabc',), [": partial_mail"]),
        ("a file elsewhere", (b"Content-Type: message/external-body; access-type=URL; name=a.xlsx\r\n\r\nContent-Type: text/plain\r\n\r\n",), ["a.xlsx: linked_attachment"]),
        ("parts without a boundary", (text(), b"Content-Type: multipart/mixed\r\n\r\nabc\r\n--x\r\n"), [": damaged_mail"]),
        ("a part behind the last", (text() + b"\r\n--b0--\r\n" + attached(FORM),), [": damaged_mail"]),
        ("a mail returned as text", (text("Returned:\r\n" + mail(attached(FORM), boundary="b9").decode()),), [": damaged_mail"]),
        ("a notice of delivery", (b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\nStatus: 5.0.0\r\n",), WORDS),
        ("unknown coding", (b"Content-Type: application/x-xlsx\r\nContent-Transfer-Encoding: x-odd\r\nContent-Disposition: attachment; filename=a.xlsx\r\n\r\nabc",), ["a.xlsx"]),
    ],
)  # fmt: skip
def test_a_file_is_told_from_the_mail_around_it(case, parts, expected):
    assert files(mail(*parts)) == expected


def test_pictures_in_the_text_are_marked_and_not_counted_as_members():
    out = unpack(
        "thu.eml", mail(PAGE, part(PNG, kind="image/png", Content_ID="<logo@x>"), attached(FORM))
    )
    assert [(i.name, i.inline) for i in out.items] == [("", True), ("Mẫu 01.xlsx", False)]
    assert out.containers[0].members == 1


def test_a_mail_encrypted_with_pgp_is_refused_as_one():
    parts = (
        part(b"Version: 1", kind="application/pgp-encrypted"),
        part(b"xyz", 'filename="a.asc"'),
    )
    assert files(mail(*parts, kind="multipart/encrypted")) == [": encrypted_mail"]


def test_a_mail_whose_parts_cannot_be_told_apart_is_refused_whole():
    torn = mail(text(), attached(FORM), boundary="b").replace(b'boundary="b"', b"bounty=b")
    out = unpack("thu.eml", torn)
    assert [(r.name, r.content, r.reason) for r in out.refusals] == [
        ("thu.eml", torn, Reason.DAMAGED_MAIL)
    ]


@pytest.mark.parametrize(
    ("case", "content", "expected"),
    [
        ("a link to a file on a server", outlook(("a.xlsx", None, {0x3705: 7}, {0x3708: "https://x"})), ["a.xlsx: linked_attachment"]),
        ("a workbook set into the text", outlook(("Object", {"Workbook": b"x" * 20})), ["Object: embedded_object"]),
        ("a picture in the text", outlook(("logo.png", PNG, {0x3714: 4}), ("a.xlsx", FORM)), ["a.xlsx"]),
        ("a picture that the page names", outlook(("logo.png", PNG, {}, {0x3712: "logo@x"}), streams={"__substg1.0_10130102": b'<img src="CID:logo@x">'}), WORDS),
        ("a picture attached", outlook(("anh.png", PNG)), ["anh.png"]),
        ("an attachment without data", outlook(("a.xlsx", None)), ["a.xlsx"]),
        ("cut short", outlook(("a.xlsx", FORM + bytes(9000)))[:-512], ["tep: damaged_mail"]),
        ("attachments that are gone", outlook(("a.xlsx", FORM)).replace("__attach_".encode("utf-16-le"), "__attica_".encode("utf-16-le")), ["tep: damaged_mail"]),
        ("in a code page nobody knows", outlook(("a.xlsx", FORM), page=None, texts={0x3FFD: "9"}), ["a.xlsx"]),
    ],
)  # fmt: skip
def test_a_file_in_an_outlook_mail(case, content, expected):
    assert files(content) == expected


# --- how an attachment travelled -----------------------------------------------------------

BASE64 = base64.encodebytes(FORM)


def coded(header, content=BASE64, **rest):
    """Return a part with its coding said in this way; None leaves the header out."""
    lines = [f"Content-Transfer-Encoding: {header}\r\n"] if header is not None else []
    kind, name = rest.get("kind", "application/octet-stream"), rest.get("name", "a.xlsx")
    lines += [f"Content-Type: {kind}\r\n"]
    lines += [f"Content-Disposition: attachment; filename={name}\r\n"] if name else []
    return "".join(lines).encode() + b"\r\n" + content


@pytest.mark.parametrize(
    "header",
    [None, "", "BASE64 (rfc2045)", "(rfc2045) base64", "base64;", '"base64"', "base64 charset=utf-8",
     "base-64", "Base64 ", "7bit", "8bit", "binary", "quoted-printable", "x-odd", "=?utf-8?q?base64?="],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xlsx", ""])
@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain"])
def test_base64_is_known_by_itself(header, name, kind):
    out = unpack("thu.eml", mail(text(), coded(header, name=name, kind=kind)))
    assert [(i.name, i.content) for i in out.items] == [(name, FORM)]
    assert not out.refusals


@pytest.mark.parametrize(
    ("case", "content"),
    [
        ("as it is", FORM),
        ("one long line", base64.b64encode(FORM)),
        ("padded piece by piece", base64.b64encode(FORM[:40]) + b"\n" + base64.b64encode(FORM[40:])),
        ("quoted", b"> " + BASE64.replace(b"\n", b"\n> ")),
        ("uuencoded", UUENCODED.partition("\r\n")[2].encode()),
    ],
)  # fmt: skip
def test_an_attachment_that_is_otherwise_than_its_coding_says(case, content):
    (item,) = unpack("thu.eml", mail(text(), coded("base64", content))).items
    assert item.content.startswith(FORM)


@pytest.mark.parametrize("cut", range(60, 68))
def test_an_attachment_cut_in_its_base64_is_what_is_left_of_it(cut):
    for header in ("base64", None):
        out = unpack("thu.eml", mail(coded(header, BASE64[:cut]))[:-7])
        (item,) = (*out.items, *out.refusals)
        assert FORM.startswith(item.content)
        assert len(item.content) >= 42


# --- headers that no parser takes ----------------------------------------------------------

BROKEN_LINES = [
    "khong phai dau thu", "=?utf-8?Q?abc", "--", "Subject without colon", "\udcff\udcfe\udcfd",
    "To : ban@laichau.example", "name=a.xlsx", "; charset=utf-8",
]  # fmt: skip


@pytest.mark.parametrize("line", BROKEN_LINES)
@pytest.mark.parametrize("place", range(1, 7))
def test_a_broken_header_line_costs_itself_alone(line, place):
    for parts in ((text(), attached(FORM)), (forwarded(mail(attached(FORM), boundary="b1")),)):
        lines = mail(*parts).split(b"\r\n")
        lines.insert(place, line.encode("utf-8", "surrogateescape"))
        out = unpack("1426.M1P1.may", b"\r\n".join(lines))
        assert [(i.name, i.content) for i in out.items] == [("Mẫu 01.xlsx", FORM)]
        assert out.items[0].letter.message_id == HEADERS["Message-ID"]


@pytest.mark.parametrize("line", BROKEN_LINES)
@pytest.mark.parametrize("place", range(1, 4))
def test_a_broken_header_line_of_a_part_costs_itself_alone(line, place):
    lines = attached(FORM).split(b"\r\n")
    lines.insert(place, line.encode("utf-8", "surrogateescape"))
    broken = b"\r\n".join(lines)
    for whole in (mail(text(), broken), mail(text(), forwarded(mail(broken, boundary="b1")))):
        out = unpack("thu.eml", whole)
        assert [i.content for i in out.items] == [FORM]
        assert not out.refusals


def test_line_ends_doubled_on_the_way_are_line_ends():
    out = unpack("thu.eml", mail(text(), attached(FORM)).replace(b"\r\n", b"\r\r\n"))
    assert [i.content for i in out.items] == [FORM]


def test_a_text_with_colons_and_broken_lines_is_no_mail():
    note = b"Date: 24/3/2015\nGhi chu\nSubject: hop giao ban\nnoi dung\n"
    assert [i.content for i in unpack("a.txt", note).items] == [note]


# --- a mail's own words ----------------------------------------------------------------------

TABLE = "".join(f"<tr><td>Đại biểu loại {n}</td><td>{n}0</td></tr>" for n in range(4))
TABS = "\r\n".join(f"Đại biểu loại {n}\t{n}0\t{n}1" for n in range(4))
DRIVE = "https://drive.google.com/file/d/1AbC/view?usp=drive_web"
CHIP = text(
    f'<div><a href="{DRIVE}"><img src="https://x.example/i.png">bao cao.xlsx</a></div>', "text/html"
)
SCANNED = attached(SCAN, "ban ky.pdf", kind="application/pdf")
LINKED, PASTED = [f"{OWN_TEXT}: linked_attachment"], [f"{OWN_TEXT}: pasted_table"]


@pytest.mark.parametrize(
    ("case", "content", "expected"),
    [
        ("a link to a drive", mail(CHIP, kind="multipart/alternative"), LINKED),
        ("beside plain words", mail(text("Kính gửi"), CHIP, kind="multipart/alternative"), LINKED),
        ("in plain words", mail(text(f"Em gửi link: {DRIVE}")), LINKED),
        ("through a filter of links", mail(text("https://safe.example/?url=https%3A%2F%2F1drv.ms%2Fx%2Fs!A&data=1")), LINKED),
        ("to a file anywhere", mail(text("http://xa.example/bao-cao/thang3.xlsx?dl=1")), LINKED),
        ("with words that name a file", mail(text('<a href="http://x.example/1">Bao cao<b> thang 3.xlsx</b></a>', "text/html")), LINKED),
        ("beside a signed scan", mail(text(DRIVE), SCANNED), ["ban ky.pdf", *LINKED]),
        ("beside the form", mail(text(DRIVE), attached(FORM)), ["Mẫu 01.xlsx"]),
        ("in a mail inside", mail(text(), forwarded(mail(text(DRIVE), boundary="b1"))), LINKED),
        ("in a mail of Outlook", outlook(texts={0x1000: f"Em gửi {DRIVE}"}), LINKED),
        ("in Outlook's page", outlook(streams={"__substg1.0_10130102": f'<a href="{DRIVE}">x</a>'.encode()}), LINKED),
        ("in a packet of Outlook", winmail(properties={0x1000: DRIVE}), LINKED),
        ("in a signed envelope", envelope(mail(text(DRIVE), headers={}, boundary="b1")), LINKED),
        ("another link", mail(text("Trang: https://laichau.example/tin-tuc")), WORDS),
        ("a logo from a drive", mail(text(f'<img src="{DRIVE}">', "text/html")), WORDS),
        ("a table in the page", mail(text(f"<table>{TABLE}</table>", "text/html")), PASTED),
        ("a table in plain words", mail(text(TABS)), PASTED),
        ("a table in a mail of Outlook", outlook(texts={0x1000: TABS}), PASTED),
        ("a table beside a photograph", mail(text(TABS), part(PNG, 'filename="anh.png"', kind="image/png")), ["anh.png", *PASTED]),
        ("a signature in a table", mail(text("<table><tr><td>Nguyễn Văn A</td><td>ĐT</td></tr><tr><td>Máy bàn</td><td>0231 3876</td></tr></table>", "text/html")), WORDS),
        ("no words at all", mail(text("")), WORDS),
        ("a scan alone", mail(text(), SCANNED), ["ban ky.pdf"]),
    ],
)  # fmt: skip
def test_words_that_stand_for_the_form_are_a_file_with_their_reason(case, content, expected):
    assert files(content) == expected


# --- names -------------------------------------------------------------------------------


def word(name, charset, coding="B"):
    raw = name.encode(charset)
    body = base64.b64encode(raw).decode() if coding == "B" else "".join(f"={b:02X}" for b in raw)
    return f"=?{charset}?{coding}?{body}?="


CP1258 = windows_1258(NFC)
HALVES = NFC.encode()[:2], NFC.encode()[2:]


@pytest.mark.parametrize(
    "spelling",
    [
        f'filename="{NFC}"',
        f'filename="{unicodedata.normalize("NFD", NFC)}"',
        f'filename="{word(NFC, "utf-8")}"',
        f'filename="{word(NFC, "utf-8", "Q")}"',
        f"filename={word(NFC, 'utf-8')}",
        f'filename="{word(NFC[:8], "utf-8")}\r\n {word(NFC[8:], "utf-8")}"',
        'filename="' + " ".join(f"=?utf-8?B?{base64.b64encode(h).decode()}?=" for h in HALVES) + '"',
        f'filename="{word(NFC, "utf-16")}"',
        f"filename*=utf-8''{quote(NFC)}",
        f"filename*=UTF-8'vi'{quote(NFC)}; filename=\"Mau 01.xlsx\"",
        f"filename*0*=utf-8''{quote(NFC[:9])}; filename*1*={quote(NFC[9:])}",
        f"filename*=''{quote(NFC)}",
        f"filename*=us-ascii''{quote(NFC)}",
        'filename="' + CP1258.decode("ascii", "surrogateescape") + '"',
        f'filename="{word(NFC, "utf-8").replace("utf-8", "x-unknown")}"',
        f'filename="{word(NFC, "utf-8").replace("==?=", "?=").replace("=?=", "?=")}"',
        f'name="{NFC}"; filename="{NFC}"; size=12',
    ],
)  # fmt: skip
def test_a_file_name_in_every_spelling_that_mailers_use(spelling):
    (name,) = files(mail(text(), part(FORM, spelling)))
    assert unicodedata.normalize("NFC", name) == NFC


def test_a_file_name_in_the_content_type_alone():
    assert files(
        mail(part(FORM, kind=f'application/x; name="{word(NFC, "utf-8")}"', disposition=""))
    ) == [NFC]


@pytest.mark.parametrize("spelling", ['filename="=?utf-8?B?', "filename*=utf-8''%", "filename*0*=a; filename*2=b", 'filename="', "filename*=nope", "=", ";;;"])  # fmt: skip
def test_a_broken_file_name_costs_the_name_and_not_the_file(spelling):
    out = unpack("thu.eml", mail(text(), part(FORM, spelling)))
    assert [i.content for i in out.items] == [FORM]


@pytest.mark.parametrize(
    ("raw", "flags", "extra"),
    [
        (NFC.encode(), 0x800, b""),
        (NFC.encode(), 0, b""),
        (CP1258, 0, b""),
        (b"M?u 01.xlsx", 0, b"\x75\x70" + (5 + len(NFC.encode())).to_bytes(2, "little") + b"\x01" + zlib.crc32(b"M?u 01.xlsx").to_bytes(4, "little") + NFC.encode()),
    ],
)  # fmt: skip
def test_a_name_in_a_zip_in_any_encoding(raw, flags, extra):
    assert files(raw_zip(Entry(raw, FORM, flags=flags, extra=extra))) == [NFC]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\x\\Mẫu 01.xlsx", "Users/x/Mẫu 01.xlsx"),
        ("Mẫu 01\u202excod.xlsx", "Mẫu 01xcod.xlsx"),
        ("Mẫu\r\n01\x00.xlsx", "Mẫu 01.xlsx"),
        (unicodedata.normalize("NFD", "Mẫu"), "Mẫu"),
        ("..", ""),
        ("\ud800a", "�a"),
        ("Mẫu 01 (sửa lần 3) FINAL.xlsx.xls", "Mẫu 01 (sửa lần 3) FINAL.xlsx.xls"),
    ],
)  # fmt: skip
def test_a_name_is_cleaned_for_showing(name, path):
    assert shown_path(name) == path


def test_a_mail_without_a_name_is_called_by_its_subject():
    (_, found) = unpack(
        "x", mbox(mail(text()), mail(text(), headers={**HEADERS, "Subject": "Báo cáo 3/2015"}))
    ).containers[1:]
    assert found.name == "x/Báo cáo 3/2015"
    (nameless, _) = unpack(
        "x", mbox(mail(text(), headers={"From": "a@b", "To": "c"}), mail(text()))
    ).containers[1:]
    assert nameless.name == "x/#1"


# --- whose mail --------------------------------------------------------------------------


def letter(**headers):
    return unpack("x", mail(text(), attached(FORM), headers={**HEADERS, **headers})).items[0].letter


def test_a_letter_says_who_when_and_about_what():
    found = letter()
    assert (found.sender, found.sender_name) == ("muongthan@laichau.example", "Xã Mường Than")
    assert (found.subject, found.message_id) == ("Báo cáo tháng 3", "<1@laichau.example>")
    assert found.sent == datetime(2015, 3, 24, 9, 15)


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Tue, 24 Mar 2015 09:15:00 +0700", datetime(2015, 3, 24, 9, 15)),
        ("24 Mar 2015 20:15:00 GMT", datetime(2015, 3, 25, 3, 15)),
        ("Tue, 24 Mar 2015 20:15:00 -0000", datetime(2015, 3, 25, 3, 15)),
        ("Tue, 24 Mar 2015 20:15:00", datetime(2015, 3, 24, 20, 15)),
        ("Tue, 31 Feb 2015 20:15:00 +0700", None),
        ("Tue, 24 Mar 0015 20:15:00 +0700", datetime(2015, 3, 24, 20, 15)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Tue, 24 Mar 2015 20:15:00 +9999999", None),
        ("24/03/2015 20:15", None),
        ("", None),
    ],
)
def test_the_date_of_a_letter_is_the_office_s_own(text, sent):
    assert letter(Date=text).sent == sent


@pytest.mark.parametrize(
    ("text", "sender", "name"),
    [
        (f"{word('Xã Nùng Nàng', 'utf-8')} <a@b.example>", "a@b.example", "Xã Nùng Nàng"),
        (word("Xã Nùng Nàng <a@b.example>", "utf-8"), "a@b.example", "Xã Nùng Nàng"),
        ("a@b.example (Xã A)", "a@b.example", "Xã A"),
        ('"Xã, A" <a@b.example>, c@d.example', "a@b.example", "Xã, A"),
        ("Xã A", "", "Xã A"),
        ("<<>>;;", "", ";;"),
    ],
)
def test_the_sender_in_every_habit(text, sender, name):
    found = letter(From=text)
    assert (found.sender, found.sender_name) == (sender, name)


def test_headers_that_break_parsers_do_no_harm():
    odd = {
        "Message-ID": "<a[b]@>c\x00 d",
        "From": "(" * 5000,
        "Subject": "=?" * 3000,
        "Date": "9" * 9000,
    }
    assert letter(**odd).sent is None


def test_the_innermost_mail_counts():
    inner = mail(attached(FORM), boundary="b1", headers={**HEADERS, "From": "a@b.example"})
    out = unpack("x", mail(text(), forwarded(inner), attached(SCAN, "ky.pdf")))
    assert [(i.name, i.letter.sender) for i in out.items] == [
        ("Mẫu 01.xlsx", "a@b.example"),
        ("ky.pdf", "muongthan@laichau.example"),
    ]


def test_a_zip_in_a_mail_keeps_the_mail_s_letter_and_the_file_s_own_time():
    item = unpack("x", mail(attached(zipped(("a.xlsx", FORM)), "a.zip"))).items[0]
    assert item.letter.subject == "Báo cáo tháng 3"
    assert item.container == "x/a.zip"
    assert item.modified == datetime(2015, 3, 24, 9, 0)


def test_a_mail_of_outlook_has_a_letter_too():
    found = unpack("x", outlook(("a.xlsx", FORM))).items[0].letter
    assert (found.sender, found.sender_name) == ("muongthan@laichau.example", "Xã Mường Than")
    assert (found.subject, found.message_id) == ("Báo cáo tháng 3", "<2@laichau.example>")
    assert found.sent == datetime(2015, 3, 24, 9, 15)


def test_a_mail_of_outlook_that_travelled_is_known_by_its_headers():
    headers = "From: Xã B <b@b.example>\r\nDate: Wed, 25 Mar 2015 01:00:00 +0000\r\n\r\n"
    found = unpack("x", outlook(("a.xlsx", FORM), texts={0x007D: headers})).items[0].letter
    assert (found.sender, found.sent) == ("b@b.example", datetime(2015, 3, 25, 8, 0))


def test_winmail_in_a_mail_is_that_mail_and_a_message_in_it_its_own():
    packed = winmail(("a.xlsx", FORM), properties={0x0037: "Chuyển tiếp", 0x0C1F: "c@d.example"})
    inside_mail = unpack("x", mail(attached(packed, "winmail.dat"))).items[0]
    assert inside_mail.letter.subject == "Báo cáo tháng 3"
    inside_winmail = unpack("x", mail(attached(winmail_with_message(packed), "winmail.dat"))).items[
        0
    ]
    assert (inside_winmail.letter.subject, inside_winmail.letter.sender) == (
        "Chuyển tiếp",
        "c@d.example",
    )


def test_a_file_in_winmail_keeps_the_zeros_at_its_end():
    inner = winmail(("a.xlsx", FORM + bytes(64)))
    assert unpack("x", winmail_with_message(inner)).items[0].content == FORM + bytes(64)


# --- what was cut on the way --------------------------------------------------------------


def in_tar(*named):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, content in named:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(1, 9_000), count=st.integers(1, 3))
def test_a_tar_that_was_cut_says_so_and_gives_what_is_whole(cut, count):
    named = [(f"{number}.txt", bytes([65 + number]) * 700) for number in range(count)]
    whole = in_tar(*named)
    end = len(whole.rstrip(b"\0")) if count else 0
    content = whole[: max(min(cut, end), 512)]
    out = unpack("a.tar", content)
    read = [(item.name, item.content) for item in out.items]
    assert read == named[: len(read)]
    assert [str(refusal.reason) for refusal in out.refusals] in (
        ["damaged_member"],
        ["damaged_archive"],
    )


def test_a_tar_that_goes_on_as_none_says_so():
    whole = in_tar(("a.txt", b"a" * 512), ("b.txt", b"b"))
    out = unpack("a.tar", whole[:1024] + b"x" * 512 + whole[1536:])
    assert [item.name for item in out.items] == ["a.txt"]
    assert [str(refusal.reason) for refusal in out.refusals] == ["damaged_archive"]


@pytest.mark.parametrize("raw", ["Xã Mường.xlsx".encode(), b"Xa\xde M\xfd\xf5\xccng.xlsx"])
def test_a_name_in_a_tar_in_any_encoding(raw):
    assert files(in_tar((raw.decode("utf-8", "surrogateescape"), b"a"))) == ["Xã Mường.xlsx"]


# --- traps -------------------------------------------------------------------------------


def inside(content, times):
    for _ in range(times):
        content = zipped(("sau.zip", content))
    return content


BOMB = zipped(("a.txt", bytes(3_000_000)))


@pytest.mark.parametrize(
    ("case", "content", "limits", "expected"),
    [
        ("ten deep is opened", inside(FORM, 10), {}, []),
        ("eleven deep is not", inside(FORM, 11), {}, [("sau.zip", "nested_too_deep")]),
        ("mails in mails", mail(forwarded(mail(forwarded(mail(text(), boundary="b2")), boundary="b1"))), {"depth": 2}, [("", "nested_too_deep")]),
        ("messages in messages", outlook(("a", outlook_inside(("b", outlook_inside())))), {"depth": 2}, [("b", "nested_too_deep")]),
        ("an entry too large", BOMB, {"entry": 1_000_000}, [("a.txt", "archive_too_large")]),
        ("all together too large", zipped(("1", bytes(600)), ("2", bytes(600))), {"total": 1000}, [("2", "archive_too_large")]),
        ("a size that lies low", raw_zip(Entry(b"a", bytes(5000), size=10), Entry(b"b", b"")), {}, [("a", "damaged_member")]),
        ("a size that lies high", raw_zip(Entry(b"a", b"abc", size=10**9)), {}, [("a", "archive_too_large")]),
        ("a wrong check sum", raw_zip(Entry(b"a", b"abc", crc=1), Entry(b"b", b"")), {}, [("a", "damaged_member")]),
        ("another name inside", raw_zip(Entry(b"a", b"abc", local_name=b"b")), {}, [("a", "damaged_member")]),
        ("members over one another", raw_zip(Entry(b"a", b"abc"), Entry(b"a", b"abc", at=0)), {}, [("tep", "overlapping_members")]),
        ("a compression nobody has", raw_zip(Entry(b"a", b"abc", method=98), Entry(b"b", b"")), {}, [("a", "unknown_compression")]),
        ("a password", raw_zip(Entry(b"a", b"abc", flags=1)), {}, [("tep", "encrypted_archive")]),
        ("a password on one member", raw_zip(Entry(b"a", b"abc", flags=1), Entry(b"b", b"x")), {}, [("a", "encrypted_archive")]),
        ("nothing inside", raw_zip(), {}, [("tep", "empty_archive")]),
        ("a folder alone", zipped(("Xã A/", b"")), {}, [("tep", "empty_archive")]),
        ("too many members", zipped(*((f"{n}", b"") for n in range(30))), {"members": 20}, [("tep", "too_many_members")]),
        ("too many parts", mail(*(attached(SCAN) for _ in range(30))), {"members": 20}, [("tep", "too_many_members")]),
        ("cut short", zipped(("a.txt", b"abc" * 99))[:-40], {}, [("tep", "damaged_archive")]),
        ("words after the end", raw_zip(Entry(b"a", b"abc"), tail=b"x" * 70_000), {}, [("tep", "damaged_archive")]),
    ],
)  # fmt: skip
def test_a_trap_is_refused_with_its_reason(case, content, limits, expected):
    assert refused(content, **limits) == expected


def test_one_bad_member_does_not_cost_the_others():
    out = taken(
        raw_zip(Entry(b"a.xlsx", b"abc", flags=1), Entry(b"b.xlsx", FORM), Entry(b"c", b"x", crc=5))
    )
    assert [i.name for i in out.items] == ["b.xlsx"]
    assert [r.name for r in out.refusals] == ["a.xlsx", "c"]
    assert len({r.content for r in out.refusals}) == 2
    assert out.containers[0].members == 3


def test_each_mail_of_an_archive_has_the_limits_for_itself():
    mails = [mail(attached(zipped(("a", bytes(700))), "a.zip")) for _ in range(5)]
    assert not taken(mbox(*mails), total=1000, members=3).refusals


def test_a_line_that_begins_with_from_does_not_cut_a_mail():
    body = text("Kính gửi\n\nFrom here on: 2015 at 09:15\nTên: A\n\n")
    out = unpack(
        "x", mbox(mail(body, attached(FORM)), mail(text())).replace(b"From here", b">From here")
    )
    assert [c.kind for c in out.containers] == ["mbox", "eml", "eml"]


@pytest.mark.parametrize(
    "content",
    [
        b"From a 1:11 2015\n" * 40_000,
        b"From " + b"1:11" * 300_000,
        mail(text("begin 644 a\n" * 60_000)),
        b"Subject: x\r\nFrom: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 5_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\nFrom: a\r\nTo: b\r\n\r\n--b%d\r\n" % (n, n) for n in range(400)),
        winmail(*(("a", b"") for _ in range(3000))),
        winmail(("a", b""))[:6] + b"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" * 100_000,
        b"Content-Type: multipart/mixed; boundary=" + b"=?" * 200_000 + b"\r\n\r\n",
        b"From: " + b"(" * 500_000 + b"\r\nTo: x\r\n\r\n",
        b"\x30\x80" * 20_000,
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" + b"\x30\x80" * 20_000,
    ],
)  # fmt: skip
def test_what_was_made_to_take_for_ever_does_not(content):
    out = unpack("x", content, Limits(members=1000))
    assert len(out.items) + len(out.refusals) + len(out.containers) >= 1


# --- conservation ------------------------------------------------------------------------


def pile(kind, children):
    """Return a container of one kind; what it cannot hold as it is goes into a mail of its own."""
    match kind:
        case "zip":
            return zipped(*((f"Tệp {n}", c) for n, c in enumerate(children)))
        case "stored":
            return zipped(
                *((f"Tệp {n}", c) for n, c in enumerate(children)), method=zipfile.ZIP_STORED
            )
        case "eml":
            return letter_with([attached(c, f"Tệp {n}") for n, c in enumerate(children)])
        case "forwarded":
            return letter_with([forwarded(letter_with([attached(c)])) for c in children])
        case "mbox":
            return mbox(mail(text()), *(letter_with([attached(c)]) for c in children))
        case "tnef":
            return winmail(*((f"Tệp {n}", c) for n, c in enumerate(children)))
        case "message in tnef":
            return winmail_with_message(pile("tnef", children))
        case "msg":
            return outlook(*((f"Tệp {n}", c) for n, c in enumerate(children)))
        case "message in msg":
            return outlook(
                ("Thư", outlook_inside(*((f"Tệp {n}", c) for n, c in enumerate(children))))
            )
        case "signed":
            return envelope(
                letter_with([attached(c) for c in children]), streamed=len(children) > 1
            )


def letter_with(parts):
    return mail(text(), *parts, boundary=f"b{zlib.crc32(b''.join(parts))}")


KINDS = (
    "zip",
    "stored",
    "eml",
    "forwarded",
    "mbox",
    "tnef",
    "message in tnef",
    "msg",
    "message in msg",
    "signed",
)
LEAF = st.binary(max_size=30).map(lambda tail: ("leaf", tail))
TREE = st.recursive(
    LEAF,
    lambda inner: st.tuples(st.sampled_from(KINDS), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def built(tree, leaves):
    kind, inner = tree
    if kind == "leaf":
        leaves.append(b"leaf %d " % len(leaves) + inner)
        return leaves[-1]
    return pile(kind, [built(child, leaves) for child in inner])


@settings(max_examples=200, deadline=None)
@given(TREE, st.integers(1, 10))
def test_what_goes_into_a_pile_comes_out_each_exactly_once(tree, depth):
    leaves = []
    content = built(tree, leaves)
    out = unpack("tep", content, Limits(depth=100))
    assert Counter(i.content for i in out.items) == Counter(leaves)
    assert {r.reason for r in out.refusals} <= {Reason.WORDS_ONLY}
    shallow = unpack("tep", content, Limits(depth=depth))
    assert not Counter(i.content for i in shallow.items) - Counter(leaves)
    assert {r.reason for r in shallow.refusals} <= {Reason.WORDS_ONLY, Reason.TOO_DEEP}
    assert len(shallow.items) == len(leaves) or shallow.refusals


@settings(max_examples=200, deadline=None)
@given(TREE)
def test_members_add_up(tree):
    out = unpack("tep", built(tree, []))
    inside = len(out.items) + len(out.refusals) + len(out.containers) - 1
    assert sum(c.members for c in out.containers) == inside


GOOD = [pile(kind, [FORM, zipped(("a", b"leaf"))]) for kind in KINDS]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GOOD), st.data())
def test_no_damage_lets_an_error_escape_or_a_pile_vanish(content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
        if not damaged:
            break
    cut = data.draw(st.integers(0, len(damaged)))
    for piece in (bytes(damaged), bytes(damaged[:cut])):
        out = unpack("tep", piece)
        assert out.items or out.refusals or out.containers


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((b"", *(g[:40] for g in GOOD), *(g[:600] for g in GOOD))),
    st.binary(max_size=300),
)
def test_no_bytes_let_an_error_escape(start, rest):
    out = unpack("tep", start + rest)
    assert out.items or out.refusals or out.containers
