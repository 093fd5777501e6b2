"""Archives: forms inside one another, and archives that are traps or torn."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

from mail_samples import Entry, raw_zip, zipped

from corpus.case import SENT, Case, kept, read
from corpus.clerk import Clerk

LOCKED, DESCRIPTOR = 1, 8


def nested(content: bytes, depth: int) -> bytes:
    for level in range(depth):
        content = zipped((f"tang {level}.zip" if level else "bieu.xlsx", content))
    return content


def with_folders(clerk: Clerk) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("Xã/", b"")
        archive.writestr("Xã/Tháng 3/", b"")
        archive.writestr("Xã/Tháng 3/bieu.xlsx", clerk.form())
    return target.getvalue()


def by_method(method: int):
    return lambda clerk: {"gui.zip": zipped(("bieu.xlsx", clerk.form()), method=method)}


def both_neighbours(clerk: Clerk) -> bytes:
    other = Clerk(clerk.neighbour, clerk.unit)
    return zipped(("a.xlsx", clerk.form()), ("b.xlsx", other.form()))


def torn_member(clerk: Clerk) -> bytes:
    good, bad = Entry(b"a.xlsx", clerk.form()), Entry(b"b.xlsx", b"x" * 3000, crc=1)
    return raw_zip(good, bad)


def overlapping(_: Clerk) -> bytes:
    return raw_zip(Entry(b"a.xlsx", b"x" * 300), Entry(b"b.xlsx", b"x" * 300, at=0))


def bomb(_: Clerk) -> bytes:
    zeros = zipped(("a.xlsx", bytes(30_000_000)))
    return zipped(
        *((f"{n}.zip", zipped(*((f"{m}.zip", zeros) for m in range(10)))) for n in range(3))
    )


def many(_: Clerk) -> bytes:
    return zipped(*((f"{n}.txt", b"x") for n in range(2_100)), method=zipfile.ZIP_STORED)


def locked(name: bytes = b"a.xlsx") -> Entry:
    return Entry(name, b"scrambled" * 40, flags=LOCKED)


def tarred(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), int(SENT.timestamp())
            archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def zip64(clerk: Clerk) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w") as archive,
        archive.open("a.xlsx", "w", force_zip64=True) as file,
    ):
        file.write(clerk.form())
    return target.getvalue()


def streamed(clerk: Clerk) -> bytes:
    """Return a zip that was written to a pipe: sizes stand behind each member."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

        def seek(self, *_: object) -> int:
            raise OSError

    target = Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", clerk.form())
    return target.getvalue()


def versions(clerk: Clerk) -> dict[str, object]:
    later = SENT.replace(day=19)
    first = clerk.form(dia_diem="Nhà văn hóa")
    return {"lan 1.xlsx": first, "lan 2.xlsx": (clerk.form(), later)}


def copies(clerk: Clerk) -> dict[str, object]:
    form = clerk.form()
    return {"a.xlsx": form, "b.xlsx": form, "c.zip": zipped(("d.xlsx", form))}


CASES: tuple[Case, ...] = (
    read("zip-of-one", lambda c: {"a.zip": nested(c.form(), 1)}),
    read("zip-in-zip", lambda c: {"a.zip": nested(c.form(), 2)}),
    read("zip-eight-deep", lambda c: {"a.zip": nested(c.form(), 8)}),
    read("zip-with-folders", lambda c: {"a.zip": with_folders(c)}),
    read("zip-named-as-a-form", lambda c: {"bieu.xlsx": nested(c.form(), 1)}),
    read("zip-named-as-a-mail", lambda c: {"thu.eml": nested(c.form(), 1)}),
    read("zip-with-bytes-behind", lambda c: {"a.zip": nested(c.form(), 1) + b"\r\n--\r\n"}),
    read("zip-stored", by_method(zipfile.ZIP_STORED)),
    read("zip-by-bzip2", by_method(zipfile.ZIP_BZIP2)),
    read("zip-by-lzma", by_method(zipfile.ZIP_LZMA)),
    read("zip-with-large-sizes", lambda c: {"a.zip": zip64(c)}),
    read("zip-written-to-a-pipe", lambda c: {"a.zip": streamed(c)}),
    read("zip-of-two-units", lambda c: {"a.zip": both_neighbours(c)}, "used", "used", unit="two"),
    read("zip-from-a-mac", lambda c: {"a.zip": zipped(("a.xlsx", c.form()), ("__MACOSX/._a.xlsx", b"\0\5\x16\7"), (".DS_Store", b"\0"))}, "used", "not_a_form: tự tạo", "not_a_form: tự tạo"),
    read("zip-with-a-lock-file", lambda c: {"a.zip": zipped(("a.xlsx", c.form()), ("~$a.xlsx", b"\5Admin"))}, "used", "not_a_form: khóa tạm"),
    read("zip-with-a-torn-member", lambda c: {"a.zip": torn_member(c)}, "used", "quarantined: hỏng"),
    read("zip-with-a-locked-member", lambda c: {"a.zip": raw_zip(Entry(b"a.xlsx", c.form()), locked(b"b.xlsx"))}, "used", "quarantined: mật khẩu"),
    read("form-beside-an-empty-zip", lambda c: {"a.xlsx": c.form(), "b.zip": zipped()}, "used", "quarantined: nén"),
    read("two-versions", versions, "used", "superseded: mới hơn"),
    read("same-form-three-times", copies, "used", "duplicate: trùng", "duplicate: trùng"),
    kept("zip-locked", lambda _: {"a.zip": raw_zip(locked())}, "quarantined: mật khẩu"),
    kept("zip-empty", lambda _: {"a.zip": zipped()}, "quarantined: nén"),
    kept("zip-overlapping", lambda _: {"a.zip": overlapping(_)}, "quarantined: nén"),
    kept("zip-bomb", lambda _: {"a.zip": bomb(_)}, "every quarantined:"),
    kept("zip-of-too-many", lambda _: {"a.zip": many(_)}, "quarantined: nén"),
    kept("zip-too-deep", lambda c: {"a.zip": nested(c.form(), 12)}, "quarantined: nén"),
    kept("zip-of-unknown-method", lambda _: {"a.zip": raw_zip(Entry(b"a.xlsx", b"x" * 90, method=99))}, "quarantined: nén"),
    kept("zip-declaring-gigabytes", lambda _: {"a.zip": raw_zip(Entry(b"a.xlsx", b"x" * 90, size=4_000_000_000))}, "quarantined: dung lượng bất thường"),
    kept("zip-cut-short", lambda c: {"a.zip": zipped(("a.txt", bytes(range(256)) * 99))[:-60]}, "quarantined: nén hỏng"),
    kept("zip-of-folders-only", lambda _: {"a.zip": raw_zip(Entry(b"Xa/", b"", method=0))}, "quarantined: nén"),
    kept("rar", lambda _: {"a.rar": b"Rar!\x1a\x07\x01\x00" + bytes(range(200))}, "quarantined: nén"),
    kept("7z", lambda _: {"a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(range(200))}, "quarantined: nén"),
    read("gzip", lambda c: {"a.gz": gzip.compress(c.form(), 1, mtime=0)}),
    read("tar", lambda c: {"a.tar": tarred(("Mẫu 01.xlsx", c.form()))}),
    read("tar-in-gzip", lambda c: {"a.tgz": gzip.compress(tarred(("Mẫu 01.xlsx", c.form())), 1, mtime=0)}),
    kept("rar-named-as-a-form", lambda _: {"a.xlsx": b"Rar!\x1a\x07\x00" + bytes(range(200))}, "quarantined: nén"),
)  # fmt: skip
