"""Mails as they are dropped into the folder: what is attached is found by content."""

from __future__ import annotations

import base64
from binascii import b2a_qp, b2a_uu

from mail_samples import (
    LOCKED,
    PNG,
    armoured,
    attached,
    envelope,
    forwarded,
    mail,
    mbox,
    outlook,
    outlook_inside,
    part,
    text,
    winmail,
    winmail_with_message,
    zipped,
)

from corpus.case import Case, Make, kept, read
from corpus.clerk import Clerk

PAGE = text('<p>Kính gửi <img src="cid:logo@x"></p>', "text/html")
LOGO = part(PNG, 'filename="logo.png"', kind="image/png", Content_ID="<logo@x>")
WORD = "=?utf-8?B?" + base64.b64encode("Mẫu 01.xlsx".encode()).decode() + "?="


def sent(*make: object, name: str = "thu.eml", **rest: object) -> Make:
    """Return a mail of parts; one that is a function makes its part from the form."""
    return lambda clerk: {
        name: mail(*(one(clerk.form()) if callable(one) else one for one in make), **rest)
    }


def wrapped(wrap: object, name: str = "thu.eml") -> Make:
    """Return what ``wrap`` makes of a plain mail that carries the form."""
    return lambda clerk: {name: wrap(mail(text(), attached(clerk.form()), boundary="trong"))}


def signed(form: bytes) -> bytes:
    inner = mail(text(), attached(form), headers={}, boundary="trong")
    signature = part(b"chu ky", 'filename="smime.p7s"', kind="application/pkcs7-signature")
    return mail(inner, signature, kind="multipart/signed; protocol=x")


def entity(form: bytes) -> bytes:
    return mail(text(), attached(form), headers={}, boundary="trong")


def opaque(form: bytes, **rest: object) -> bytes:
    return attached(envelope(entity(form), **rest), "smime.p7m", kind="application/pkcs7-mime")


def uuencoded(form: bytes) -> bytes:
    lines = "".join(b2a_uu(form[n : n + 45]).decode() for n in range(0, len(form), 45))
    return text(f"Kinh gui\r\nbegin 644 Mau 01.xlsx\r\n{lines}`\r\nend\r\n")


def quoted_printable(form: bytes) -> bytes:
    head = (
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Disposition: attachment; filename=a.xlsx\r\n\r\n"
    )
    return head + b2a_qp(form, istext=False).replace(b"\n", b"\r\n")


def maildir(clerk: Clerk) -> dict[str, bytes]:
    one = mail(text(), attached(clerk.form()))
    return {"hop thu/cur/1426.M1P1.may": one, "hop thu/new/.giu": b"", "hop thu/tmp/dang nhan": one}


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


ODD = {
    "From": '"Xã, Mường Than" <a@b>, <<broken>, \udcff\udcfe',
    "Date": "hôm nay",
    "Message-ID": "[không có]@@<",
    "Subject": "=?utf-8?B?////?= =?x-unknown?Q?=?=",
}  # fmt: skip

CASES: tuple[Case, ...] = (
    read("mail-with-a-form", sent(text(), attached)),
    read("mail-without-suffix", sent(text(), attached, name="thu")),
    read("mail-named-as-a-form", sent(text(), attached, name="bieu.xlsx")),
    read("mail-with-a-logo", sent(PAGE, LOGO, attached)),
    read("mail-with-a-photograph", sent(text(), attached, lambda _: part(PNG, 'filename="anh.png"', kind="image/png")), "used", "not_a_form: ảnh"),
    read("mail-forwarded", wrapped(lambda m: mail(text(), forwarded(m)))),
    read("mail-forwarded-three-times", wrapped(lambda m: mail(forwarded(mail(forwarded(mail(forwarded(m), boundary="3")), boundary="2")), boundary="1"))),
    read("mail-attached-as-a-file", wrapped(lambda m: mail(attached(m, "thu.eml", kind="application/octet-stream")))),
    read("mail-in-a-zip", wrapped(lambda m: zipped(("thu.eml", m)), "thu.zip")),
    read("zip-in-a-mail", sent(text(), lambda f: attached(zipped(("a.xlsx", f)), "a.zip"))),
    read("mail-archive-of-two", lambda c: {"hop.mbox": mbox(mail(text()), mail(text(), attached(c.form())))}, "used", "not_a_form: chỉ có lời"),
    read("mail-archive-without-suffix", lambda c: {"Inbox": mbox(mail(text(), attached(c.form())))}),
    read("mail-archive-of-one-copy-twice", lambda c: {"hop.mbox": mbox(*[mail(text(), attached(c.form()))] * 2)}, "used", "duplicate: trùng"),
    read("mail-folder", maildir, "used", "quarantined: rỗng"),
    read("mail-with-winmail", sent(text(), lambda f: attached(winmail(("Mẫu 01.xlsx", f)), "winmail.dat", kind="application/ms-tnef"))),
    read("winmail-alone", lambda c: {"winmail.dat": winmail(("Mẫu 01.xlsx", c.form()))}),
    read("winmail-with-a-message", lambda c: {"winmail.dat": winmail_with_message(winmail(("Mẫu 01.xlsx", c.form())))}),
    read("mail-signed-clear", lambda c: {"thu.eml": signed(c.form())}),
    read("mail-signed-opaque", sent(opaque)),
    read("mail-signed-opaque-streamed", sent(lambda f: opaque(f, streamed=True))),
    read("mail-signed-armoured", lambda c: {"thu.p7m": armoured(envelope(entity(c.form())))}),
    read("outlook-mail", lambda c: {"thu.msg": outlook(("Mẫu 01.xlsx", c.form()))}),
    read("outlook-mail-in-cp1258", lambda c: {"thu.msg": outlook(("Mẫu 01.xlsx", c.form()), page=1258)}),
    read("outlook-mail-in-outlook-mail", lambda c: {"thu.msg": outlook(("Thư chuyển", outlook_inside(("Mẫu 01.xlsx", c.form()))))}),
    read("outlook-mail-without-suffix", lambda c: {"thu": outlook(("Mẫu 01.xlsx", c.form()))}),
    read("mail-with-a-form-called-text", sent(text(), lambda f: part(f, kind="text/plain", disposition=""))),
    read("mail-with-a-form-called-picture", sent(lambda f: part(f, 'filename="a.png"', kind="image/png", disposition="inline"))),
    read("mail-with-a-form-without-name", sent(text(), part)),
    read("mail-with-a-form-in-its-text", sent(uuencoded)),
    read("mail-with-a-form-in-quoted-letters", sent(text(), quoted_printable)),
    read("mail-with-a-comment-in-its-coding", sent(text(), lambda f: attached(f).replace(b"Encoding: base64", b"Encoding: BASE64 (rfc2045)"))),
    read("mail-without-its-coding", sent(text(), lambda f: attached(f).replace(b"Content-Transfer-Encoding: base64\r\n", b""))),
    read("mail-with-a-broken-header", lambda c: {"hop thu/cur/1426.M2P1.may": mail(text(), attached(c.form())).replace(b"\r\nSubject:", b"\r\nkhong phai dau thu\r\nSubject:")}),
    read("mail-with-an-encoded-name", sent(text(), lambda f: part(f, f'filename="{WORD}"'))),
    read("mail-with-a-split-name", sent(text(), lambda f: part(f, "filename*0*=utf-8''M%E1%BA%ABu; filename*1*=%2001.xlsx"))),
    read("mail-with-a-raw-name", sent(text(), lambda f: part(f, 'filename="' + "Mẫu.xlsx".encode("cp1258", "replace").decode("ascii", "surrogateescape") + '"'))),
    read("mail-with-a-climbing-name", sent(text(), lambda f: attached(f, "../../../../etc/cron.d/x"))),
    read("mail-with-odd-headers", sent(text(), attached, headers=ODD)),
    read("mail-with-lines-of-unix", lambda c: {"thu.eml": mail(text(), attached(c.form())).replace(b"\r\n", b"\n")}),
    read("mail-from-apple", lambda c: {"1.emlx": b"%d\n" % len(m := mail(attached(c.form()))) + m + b"<plist/>"}),
    read("mail-behind-a-from-line", lambda c: {"thu.eml": b"From a@b.example Tue Mar 24 09:15:00 2015\r\n" + mail(text(), attached(c.form()))}),
    read("mail-with-two-units", lambda c: {"thu.eml": mail(attached(c.form(), "a.xlsx"), attached(Clerk(c.neighbour, c.unit).form(), "b.xlsx"))}, "used", "used", unit="two"),
    read("mail-with-form-and-scan", sent(attached, lambda _: attached(b"%PDF-1.4\n%%EOF", "ban ky.pdf", kind="application/pdf")), "used", "not_a_form: PDF"),
    kept("mail-of-words-only", sent(text()), "not_a_form: chỉ có lời"),
    kept("mail-with-a-link-to-a-drive", sent(text("https://drive.google.com/file/d/1AbC/view")), "quarantined: đường dẫn"),
    kept("mail-with-a-link-and-a-scan", sent(text("https://1drv.ms/x/s!AbC"), lambda _: attached(b"%PDF-1.4\n%%EOF", "ban ky.pdf", kind="application/pdf")), "not_a_form: PDF", "quarantined: đường dẫn"),
    kept("mail-with-the-table-pasted", sent(text("".join(f"Đại biểu loại {n}\t{n}\r\n" for n in range(9)))), "quarantined: dán"),
    kept("mail-locked", sent(lambda f: attached(envelope(f, LOCKED), "smime.p7m")), "quarantined: thư"),
    kept("mail-locked-with-pgp", sent(part(b"Version: 1", kind="application/pgp-encrypted"), part(b"xyz", 'filename="a.asc"'), kind="multipart/encrypted"), "quarantined: thư"),
    kept("mail-in-pieces", sent(b'Content-Type: message/partial; id="1"; number=1; total=2\r\n\r\nSubject: x\r\n\r\nabc'), "quarantined: thư"),
    kept("mail-with-a-link", sent(b"Content-Type: message/external-body; access-type=URL; name=a.xlsx\r\n\r\nContent-Type: text/plain\r\n\r\n"), "quarantined: đường dẫn"),
    kept("mail-with-an-empty-file", sent(text(), part(b"", 'filename="a.xlsx"')), "quarantined: rỗng"),
    kept("mail-cut-short", lambda c: {"thu.eml": cut(mail(text(), attached(c.form())))}, "quarantined:"),
    kept("mail-with-a-scan-only", sent(text(), attached(b"%PDF-1.4\n%%EOF", "ban ky.pdf", kind="application/pdf")), "not_a_form: PDF"),
    kept("winmail-cut-short", lambda c: {"winmail.dat": cut(winmail(("a.xlsx", c.form())))}, "quarantined: thư"),
    kept("outlook-mail-cut-short", lambda c: {"thu.msg": cut(outlook(("a.xlsx", c.form())))}, "quarantined: hỏng"),
    kept("outlook-mail-with-a-link", lambda _: {"thu.msg": outlook(("a.xlsx", None, {0x3705: 7}, {0x3708: "https://x.example"}))}, "quarantined: đường dẫn"),
    kept("mail-without-its-boundary", lambda c: {"thu.eml": mail(text(), attached(c.form()), boundary="b").replace(b'boundary="b"', b"bounty=b")}, "quarantined: thư"),
)  # fmt: skip
