"""Names that senders give: none of them decides what a file is, none is written to disk."""

from __future__ import annotations

from unicodedata import normalize

from mail_samples import Entry, raw_zip, windows_1258, zipped

from corpus.case import Case, Make, asked, read

NAME = "Mẫu 01 - xã Mường Than.xlsx"
UTF8 = 0x800


def loose(name: str) -> Make:
    return lambda clerk: {name: clerk.form()}


def in_zip(name: str) -> Make:
    """Return a form inside a zip, where a file may be called anything on any system."""
    return lambda clerk: {"gui.zip": zipped((name, clerk.form()))}


def raw_in_zip(name: bytes, flags: int = 0, **rest: object) -> Make:
    return lambda clerk: {"gui.zip": raw_zip(Entry(name, clerk.form(), flags, **rest))}


CASES: tuple[Case, ...] = (
    read("name-in-decomposed-letters", loose(normalize("NFD", NAME))),
    read("name-scrambled-on-its-way", loose(NAME.encode().decode("cp1252", "replace"))),
    read("name-with-two-suffixes", loose("Mẫu 01 (sửa lần 3) FINAL.xlsx.xls")),
    read("name-without-suffix", loose("Mau 01 xa Muong Than")),
    read("name-of-a-text-file", loose("bao cao.txt")),
    read("name-of-a-pdf", loose("bao cao.pdf")),
    read("name-of-a-document", loose("bao cao.doc")),
    read("name-of-a-picture", loose("bao cao.jpg")),
    read("name-of-an-archive", loose("bao cao.zip")),
    read("name-of-a-mail", loose("bao cao.eml")),
    read("name-of-an-outlook-mail", loose("bao cao.msg")),
    read("name-of-a-csv", loose("bao cao.csv")),
    read("name-of-an-ods", loose("bao cao.ods")),
    read("name-with-a-foreign-suffix", loose("bao cao.et")),
    read("name-in-capitals", loose("MẪU 01.XLSX")),
    read("name-like-a-formula", loose("=HYPERLINK(1)+cmd.xlsx")),
    read("name-with-a-single-tilde", loose("~Mẫu 01.xlsx")),
    read("name-with-blanks-at-both-ends", loose("  Mẫu 01 .xlsx ")),
    read("name-with-pictures", loose("Báo cáo 📊✅.xlsx")),
    read("name-of-a-backup", loose("Mẫu 01.xlsx.bak")),
    read("name-of-a-half-download", loose("Mẫu 01.xlsx.crdownload")),
    read("name-that-turns-the-reading-order", in_zip("Mau 01 \u202exslx.exe")),
    read("name-reserved-by-windows", in_zip("CON.xlsx")),
    read("name-of-a-device", in_zip("LPT1")),
    read("name-that-climbs-out", in_zip("../../../etc/Mẫu 01.xlsx")),
    read("name-of-an-absolute-path", in_zip("/etc/passwd")),
    read("name-with-a-drive", in_zip("C:\\Users\\Admin\\Desktop\\Mẫu 01.xlsx")),
    read("name-of-200-letters", in_zip("Mẫu số 01 của Ủy ban nhân dân xã Mường Than " * 5 + ".xlsx")),
    read("name-with-line-ends", in_zip("Mẫu 01\r\nBcc: moi.nguoi.xlsx")),
    read("name-with-a-nul", raw_in_zip(b"Mau 01.xlsx\0.exe")),
    read("name-of-nothing", raw_in_zip(b"")),
    read("name-with-no-width-blanks", in_zip("Mẫu\u200b\ufeff 01.xlsx")),
    read("name-with-stars-and-colons", in_zip('Mẫu*01:"xã"?|<1>.xlsx')),
    read("name-in-cp1258", raw_in_zip(windows_1258("Mẫu 01 - xã Mường Than.xlsx"))),
    read("name-in-cp437", raw_in_zip("Mau 01 é.xlsx".encode("cp437"))),
    read("name-in-utf8-unmarked", raw_in_zip(NAME.encode())),
    read("name-in-utf8-marked", raw_in_zip(NAME.encode(), UTF8)),
    read("name-in-broken-utf8", raw_in_zip(b"M\xe1\xba 01.xlsx", UTF8)),
    asked("name-other-in-front-of-the-member", raw_in_zip(b"a.xlsx", local_name=b"khac.xlsx"), "quarantined: hỏng"),
)  # fmt: skip
