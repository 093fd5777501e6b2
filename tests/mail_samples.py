"""Mails and archives as they arrive, made byte by byte: well formed ones and traps."""

import base64
import io
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

HEADERS = {
    "From": "Xã Mường Than <muongthan@laichau.example>",
    "To": "Ban Thi đua <bantdkt@laichau.example>",
    "Subject": "Báo cáo tháng 3",
    "Date": "Tue, 24 Mar 2015 09:15:00 +0700",
    "Message-ID": "<1@laichau.example>",
}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(words):
    """Return Vietnamese text in the page of old Windows: letters with hats, tones behind them."""
    out = ""
    for letter in words:
        pieces = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in pieces if c in TONES)
        out += unicodedata.normalize("NFC", "".join(c for c in pieces if c not in TONES)) + tones
    return out.encode("cp1258")


# --- mails -------------------------------------------------------------------------------


def part(content, name="", kind=SHEET, disposition="attachment", **headers):
    """Return one part of a mail in base64; ``name`` is put down as it stands."""
    lines = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64"]
    if disposition:
        lines.append(f"Content-Disposition: {disposition}" + (f"; {name}" if name else ""))
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    head = "\r\n".join(lines).encode("utf-8", "surrogateescape")
    return head + b"\r\n\r\n" + base64.encodebytes(content)


def text(words="Kính gửi Ban.", kind="text/plain"):
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + words).encode()


def attached(content, name="Mẫu 01.xlsx", **rest):
    return part(content, f'filename="{name}"', **rest)


def forwarded(inner):
    return b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner


def mail(*parts, kind="multipart/mixed", boundary="b0", headers=None):
    """Return a mail of parts, each with its own headers."""
    top = HEADERS if headers is None else headers
    lines = [f"{key}: {value}" for key, value in top.items()]
    lines += ["MIME-Version: 1.0", f'Content-Type: {kind}; boundary="{boundary}"', "", ""]
    mark = b"--" + boundary.encode()
    body = b"".join(mark + b"\r\n" + p + b"\r\n" for p in parts)
    head = "\r\n".join(lines).encode("utf-8", "surrogateescape")
    return head + body + mark + b"--\r\n"


def mbox(*mails):
    line = b"From muongthan@laichau.example Tue Mar 24 09:15:00 2015\n"
    return b"".join(line + m.replace(b"\r\n", b"\n") + b"\n" for m in mails)


# --- zip ---------------------------------------------------------------------------------


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    """Return a zip as any program writes it, of (name, content)."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2015, 3, 24, 9, 0, 0)), content, method)
    return target.getvalue()


@dataclass
class Entry:
    """One member of a hand-made zip; what is not said is what it should be."""

    name: bytes
    content: bytes
    flags: int = 0
    method: int = 8
    size: int | None = None
    crc: int | None = None
    extra: bytes = b""
    local_name: bytes | None = None
    at: int | None = None  # where the directory says that it begins

    def packed(self):
        if self.method != 8:
            return self.content
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeezer.compress(self.content) + squeezer.flush()

    def fields(self, name):
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        size = len(self.content) if self.size is None else self.size
        sizes = (len(self.packed()), size, len(name), len(self.extra))
        return struct.pack("<HHHHHIIIHH", 20, self.flags, self.method, 0, 0x4678, crc, *sizes)


def raw_zip(*entries, tail=b""):
    """Return a zip of entries just as they say, sensible or not."""
    body, directory = b"", b""
    for entry in entries:
        offset = len(body) if entry.at is None else entry.at
        local = entry.name if entry.local_name is None else entry.local_name
        body += b"PK\x03\x04" + entry.fields(local) + local + entry.extra + entry.packed()
        directory += b"PK\x01\x02\x14\x00" + entry.fields(entry.name)
        directory += struct.pack("<HHHII", 0, 0, 0, 0, offset) + entry.name + entry.extra
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end + tail


# --- winmail.dat -------------------------------------------------------------------------


def mapi_property(tag, value):
    """Return one property as TNEF writes it: text in UTF-16, bytes, or a whole number."""
    if isinstance(value, int):
        return struct.pack("<HHI", 3, tag, value)
    kind, raw = (
        (0x1F, f"{value}\0".encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
    )
    return struct.pack("<HHII", kind, tag, 1, len(raw)) + raw + bytes(-len(raw) % 4)


def mapi_properties(values):
    return struct.pack("<I", len(values)) + b"".join(mapi_property(*v) for v in values.items())


def tnef_attribute(level, number, kind, data):
    check = sum(data) & 0xFFFF
    return struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", check)


def winmail(*files, properties=None, page=1258):
    """Return a winmail.dat of (name, content), or (name, content, further properties)."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += tnef_attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    out += tnef_attribute(1, 0x9007, 6, struct.pack("<II", page, 0))
    out += tnef_attribute(1, 0x9003, 6, mapi_properties(properties or {}))
    for name, content, *more in files:
        values = {0x3707: name, **(more[0] if more else {})}
        out += tnef_attribute(2, 0x9002, 6, bytes(14))
        out += tnef_attribute(2, 0x8010, 1, b"MAU01~1.XLS\0")
        if content is not None:
            out += tnef_attribute(2, 0x800F, 6, content)
        out += tnef_attribute(2, 0x9005, 6, mapi_properties(values))
    return out


def winmail_with_message(inner):
    """Return a winmail.dat that carries a forwarded message, itself a winmail.dat."""
    message = bytes.fromhex("0703020000000000c000000000000046") + inner
    return winmail(("Thư chuyển", None, {0x3705: 5, 0x3701: message}))


# --- .msg --------------------------------------------------------------------------------

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass
class Node:
    """A stream or a storage of a compound file, with its place in the directory."""

    name: str
    content: bytes | dict
    number: int = 0
    kids: list = field(default_factory=list)
    left: int = FREE
    right: int = FREE
    child: int = FREE
    start: int = END
    size: int = 0


def compound(tree):
    """Return a compound file (OLE) with the streams (bytes) and storages (dict) of ``tree``."""
    nodes = []
    root = _noted("Root Entry", tree, nodes)
    sectors, fat, small, small_fat = [], [], b"", []
    for node in nodes:
        if isinstance(node.content, bytes) and node.content:
            node.size = len(node.content)
            if node.size >= 4096:
                node.start = _chained(node.content, sectors, fat, 512)
            else:
                node.start = len(small) // 64
                pieces = -(-node.size // 64)
                small += node.content.ljust(pieces * 64, b"\0")
                small_fat += [*range(node.start + 1, node.start + pieces), END]
    root.size = len(small)
    root.start = _chained(small, sectors, fat, 512) if small else END
    small_table = struct.pack(f"<{len(small_fat)}I", *small_fat)
    small_start = _chained(small_table, sectors, fat, 512, b"\xff") if small else END
    directory = _chained(b"".join(map(_entry, nodes)), sectors, fat, 512)
    count = 1
    while count * 128 < len(sectors) + count:
        count += 1
    fat_sectors = list(range(len(sectors), len(sectors) + count))
    fat += [FAT] * count
    fat += [FREE] * (count * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, 4096,
                          small_start, -(-len(small_table) // 512), END, 0, *fat_sectors[:1])  # fmt: skip
    header += b"".join(struct.pack("<I", s) for s in fat_sectors[1:])
    return header.ljust(512, b"\xff") + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _noted(name, content, nodes):
    node = Node(name, content, len(nodes))
    nodes.append(node)
    if isinstance(content, dict):
        order = sorted(content, key=lambda n: (len(n), n.upper()))
        node.child = _balanced([_noted(n, content[n], nodes) for n in order])
    return node


def _balanced(kids):
    if not kids:
        return FREE
    middle = len(kids) // 2
    kids[middle].left, kids[middle].right = _balanced(kids[:middle]), _balanced(kids[middle + 1 :])
    return kids[middle].number


def _chained(content, sectors, fat, size, filler=b"\0"):
    start = len(sectors)
    pieces = [content[n : n + size].ljust(size, filler) for n in range(0, len(content), size)]
    sectors += pieces
    fat += [*range(start + 1, start + len(pieces)), END]
    return start


def _entry(node):
    name = f"{node.name}\0".encode("utf-16-le")
    kind = 5 if node.number == 0 else 1 if isinstance(node.content, dict) else 2
    links = struct.pack("<III", node.left, node.right, node.child)
    rest = struct.pack("<16xI16xIQ", 0, node.start, node.size)
    return name.ljust(64, b"\0") + struct.pack("<HBB", len(name), kind, 1) + links + rest


def filetime(moment):
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def message_storage(files, *, header, subject="Báo cáo tháng 3", page=None, **more):
    """Return the storage of an Outlook mail; a file is (name, content or storage, properties)."""
    sent = filetime(datetime(2015, 3, 24, 2, 15, tzinfo=UTC))
    counts = struct.pack("<8x4I", 0, len(files), 0, len(files)).ljust(header, b"\0")
    storage = {
        "__properties_version1.0": counts + struct.pack("<IIQ", 0x00390040, 6, sent),
        **_texts({0x0037: subject, 0x0C1A: "Xã Mường Than", 0x1035: "<2@laichau.example>"}, page),
        **_texts({0x5D01: "muongthan@laichau.example", **more.get("texts", {})}, None),
        **more.get("streams", {}),
    }
    if page:
        storage["__properties_version1.0"] += struct.pack("<IIII", 0x3FFD0003, 6, page, 0)
    _list_texts(storage)
    for number, (name, content, *values) in enumerate(files):
        storage[f"__attach_version1.0_#{number:08X}"] = _attachment(name, content, page, *values)
    return storage


def _texts(texts, page):
    if page:
        return {f"__substg1.0_{tag:04X}001E": windows_1258(t) for tag, t in texts.items()}
    return {f"__substg1.0_{tag:04X}001F": t.encode("utf-16-le") for tag, t in texts.items()}


def _list_texts(storage):
    """Enter the texts and bytes of a storage in its list of properties."""
    for name, content in storage.items():
        if name.startswith("__substg1.0_") and isinstance(content, bytes):
            record = struct.pack("<III4x", int(name[12:], 16), 6, len(content))
            storage["__properties_version1.0"] += record


def _attachment(name, content, page, numbers=None, texts=None):
    method = 5 if isinstance(content, dict) else 1
    numbers = {0x3705: method, **(numbers or {})}
    records = b"".join(struct.pack("<HHIII", 3, tag, 6, n, 0) for tag, n in numbers.items())
    storage = {"__properties_version1.0": bytes(8) + records, **_texts({0x3707: name}, page)}
    storage.update(_texts(texts or {}, None))
    if content is not None:
        kind = "000D" if isinstance(content, dict) else "0102"
        storage[f"__substg1.0_3701{kind}"] = content
    _list_texts(storage)
    return storage


def outlook(*files, **rest):
    """Return an Outlook mail (.msg) with the files (name, content, numbers, texts)."""
    return compound(message_storage(files, header=32, **rest))


def outlook_inside(*files, **rest):
    """Return the storage of a mail to be attached to another with ``outlook``."""
    return message_storage(files, header=24, **rest)


# --- signed and locked envelopes ---------------------------------------------------------

SIGNED, LOCKED = 2, 3


def der(tag, content):
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


def endless(tag, content):
    """Return a BER value whose end is marked instead of counted, as streaming signers write."""
    return bytes([tag, 0x80]) + content + b"\0\0"


def envelope(content, kind=SIGNED, *, streamed=False):
    """Return a CMS envelope of one kind around ``content`` (None: the signature alone)."""
    wrap = endless if streamed else der
    oid = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
    if content is None:
        held = b""
    elif streamed:
        pieces = (content[n : n + 100] for n in range(0, len(content), 100))
        held = wrap(0xA0, wrap(0x24, b"".join(der(4, p) for p in pieces)))
    else:
        held = der(0xA0, der(4, content))
    inner = wrap(0x30, oid + b"\x01" + held)
    body = wrap(0x30, der(2, b"\x01") + der(0x31, b"") + inner + der(0x31, b""))
    return wrap(0x30, oid + bytes([kind]) + wrap(0xA0, body))


def armoured(content):
    return b"-----BEGIN PKCS7-----\n" + base64.encodebytes(content) + b"-----END PKCS7-----\n"
