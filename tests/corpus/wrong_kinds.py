"""Files that are no form, or a form that was saved as something else."""

from __future__ import annotations

import gzip
import io
from html import escape

from mail_samples import PNG, compound
from xlsxwriter.workbook import Workbook

from corpus.case import Case, Make, asked, kept
from corpus.clerk import Clerk
from corpus.packages import packed

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
HEIC = b"\0\0\0\x18ftypheic" + bytes(60)
NAMES = ("[Content_Types].xml", "word/document.xml")
DOCX = packed((name, b"<document/>") for name in NAMES)
PPTX = packed((name, b"<p/>") for name in ("[Content_Types].xml", "ppt/presentation.xml"))
ODT = packed((("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")))
BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00\xbb\x0d\xcc\x07\x00\x00\x00\x00\x06\x00\x00\x00"
LOCKED_XLS = BOF + b"\x2f\x00\x36\x00" + bytes(54) + bytes(5000)


def a_file(name: str, content: bytes) -> Make:
    return lambda _: {name: content}


def rows_of(clerk: Clerk) -> list[tuple[str, str]]:
    labels = {field.id: field.label for field in clerk.definition.fields}
    return [(labels[id_], str(raw)) for id_, raw in clerk.meant().items()]


def as_html(clerk: Clerk) -> bytes:
    lines = (f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in rows_of(clerk))
    return f"<html><body><table>{''.join(lines)}</table></body></html>".encode()


def as_csv(clerk: Clerk) -> bytes:
    return "".join(f'"{a}";"{b}"\r\n' for a, b in rows_of(clerk)).encode("utf-8-sig")


def as_xml_2003(clerk: Clerk) -> bytes:
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    lines = (
        f"<Row>{cell.format(escape(a))}{cell.format(escape(b))}</Row>" for a, b in rows_of(clerk)
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Báo cáo">'
        f"<Table>{''.join(lines)}</Table></Worksheet></Workbook>"
    ).encode()


def as_mhtml(clerk: Clerk) -> bytes:
    head = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    return (
        f"{head}--x\r\nContent-Type: text/html\r\n\r\n".encode() + as_html(clerk) + b"\r\n--x--\r\n"
    )


def other_workbook() -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Bảng lương")
        sheet.write_row(0, 0, ("Họ tên", "Hệ số", "Thành tiền"))
        sheet.write_row(1, 0, ("Lò Văn A", 2.34, 2_691_000))
    return target.getvalue()


def empty_workbook() -> bytes:
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet()
    return target.getvalue()


CASES: tuple[Case, ...] = (
    asked("form-as-web-page", lambda c: {"bieu.xls": as_html(c)}, "quarantined: web"),
    asked("form-as-csv", lambda c: {"bieu.csv": as_csv(c)}, "quarantined: CSV"),
    asked("form-as-xml-of-2003", lambda c: {"bieu.xls": as_xml_2003(c)}, "quarantined: XML"),
    asked("form-as-web-archive", lambda c: {"bieu.xls": as_mhtml(c)}, "quarantined: web"),
    kept("pdf", a_file("ban ky.pdf", b"%PDF-1.4\n%%EOF\n"), "not_a_form: PDF"),
    kept("pdf-named-as-a-form", a_file("bieu.xlsx", b"%PDF-1.4\n%%EOF\n"), "not_a_form: PDF"),
    kept("pdf-with-bytes-in-front", a_file("ban ky.pdf", b"\r\n%PDF-1.4\n%%EOF\n"), "not_a_form:"),
    kept("photograph", a_file("anh.jpg", JPEG), "not_a_form: ảnh"),
    kept("photograph-named-as-a-form", a_file("bieu.xlsx", JPEG), "not_a_form: ảnh"),
    kept("photograph-of-a-phone", a_file("IMG_1.HEIC", HEIC), "not_a_form: ảnh"),
    kept("picture", a_file("anh.png", PNG), "not_a_form: ảnh"),
    kept("film", a_file("hoi nghi.mp4", b"\0\0\0\x18ftypmp42" + bytes(90)), "not_a_form: bảng tính"),
    kept("sound", a_file("ghi am.mp3", b"ID3\x03" + bytes(range(1, 256))), "not_a_form: bảng tính"),
    kept("program", a_file("setup.exe", b"MZ\x90\0" + bytes(range(256))), "not_a_form: bảng tính"),
    kept("document", a_file("cong van.docx", DOCX), "not_a_form: văn bản"),
    kept("document-named-as-a-form", a_file("bieu.xlsx", DOCX), "not_a_form: văn bản"),
    kept("document-of-old", a_file("cong van.doc", compound({"WordDocument": b"x" * 5000})), "not_a_form: văn bản"),
    kept("document-of-libreoffice", a_file("cong van.odt", ODT), "not_a_form: văn bản"),
    kept("rich-text", a_file("cong van.rtf", b"{\\rtf1 Kinh gui}"), "not_a_form: văn bản"),
    kept("slides", a_file("trinh chieu.pptx", PPTX), "not_a_form: văn bản"),
    kept("note", a_file("ghi chu.txt", "Đã gọi điện.\n".encode()), "not_a_form: chữ"),
    kept("note-in-utf16", a_file("ghi chu.txt", "Đã gọi điện.\n".encode("utf-16")), "not_a_form: chữ"),
    kept("web-page", a_file("trang.html", b"<html><body>Xin ch\xc3\xa0o</body></html>"), "not_a_form: chữ"),
    kept("contact", a_file("lien he.vcf", b"BEGIN:VCARD\r\nFN:Lo Van A\r\nEND:VCARD\r\n"), "not_a_form: chữ"),
    kept("data", a_file("a.json", b'{"a": [1, 2]}'), "not_a_form: chữ"),
    kept("shortcut", a_file("bieu.xlsx.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(range(200))), "not_a_form: bảng tính"),
    kept("other-workbook", a_file("bang luong.xlsx", other_workbook()), "not_a_form: khác"),
    kept("empty-workbook", a_file("bieu.xlsx", empty_workbook()), "not_a_form: khác"),
    kept("lock-file-of-excel", a_file("~$bieu.xlsx", b"\5Admin" + b" " * 48), "not_a_form: khóa tạm"),
    kept("lock-file-of-libreoffice", a_file(".~lock.bieu.xlsx#", b",admin,pc,18.03.2015"), "not_a_form: khóa tạm"),
    kept("fork-of-a-mac", a_file("._bieu.xlsx", b"\0\5\x16\7" + bytes(90)), "not_a_form: tự tạo"),
    kept("thumbs", a_file("Thumbs.db", compound({"Catalog": b"x" * 90})), "not_a_form: tự tạo"),
    kept("desktop-ini", a_file("desktop.ini", b"[.ShellClassInfo]"), "not_a_form: tự tạo"),
    kept("ds-store", a_file(".DS_Store", b"\0\0\0\1Bud1"), "not_a_form: tự tạo"),
    kept("empty-file", a_file("bieu.xlsx", b""), "quarantined: rỗng"),
    kept("empty-file-without-suffix", a_file("bieu", b""), "quarantined: rỗng"),
    kept("zeros", a_file("bieu.xlsx", bytes(40_000)), "quarantined: tải"),
    kept("zeros-in-a-zip", lambda _: {"a.zip": packed([("bieu.xlsx", bytes(4_000))])}, "quarantined: tải"),
    kept("blanks", a_file("bieu.xlsx", b" \r\n" * 50), "quarantined:"),
    kept("password", a_file("bieu.xlsx", compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 90})), "quarantined: mật khẩu"),
    kept("password-on-an-old-workbook", a_file("bieu.xls", compound({"Workbook": LOCKED_XLS})), "quarantined: mật khẩu"),
    kept("scrambled-bytes", a_file("bieu.xlsx", bytes(range(256)) * 30), "quarantined: hỏng"),
    kept("scrambled-bytes-without-suffix", a_file("bieu", bytes(range(256)) * 30), "quarantined: kiểu tệp"),
    kept("form-in-base64", lambda c: {"bieu.xlsx": gzip.compress(c.form(), 1, mtime=0).hex().encode()}, "quarantined:"),
    kept("old-workbook-of-junk", a_file("bieu.xls", compound({"Workbook": bytes(range(256)) * 20})), "quarantined: kiểu tệp"),
    kept("compound-file-of-nothing", a_file("bieu.xls", compound({})), "quarantined: hỏng"),
    kept("compound-file-cut-short", a_file("bieu.xls", compound({"Workbook": BOF + bytes(5000)})[:900]), "quarantined: hỏng"),
)  # fmt: skip
