"""Forms opened and saved by LibreOffice, in its own formats and in old ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from libreoffice import convert
from mail_samples import attached, mail, text, zipped

from corpus.case import Case, kept, read
from corpus.clerk import Clerk
from corpus.packages import members, packed


def convert_all(
    clerks: Mapping[str, Clerk], formats: Mapping[str, str], folder: Path
) -> dict[str, Clerk]:
    """Return the clerks with their forms as LibreOffice saves them, by the case's id."""
    out = {}
    for suffix in sorted(set(formats.values())):
        place = folder / suffix
        place.mkdir(parents=True)
        mine = [place / f"{id_}.xlsx" for id_, wanted in formats.items() if wanted == suffix]
        for path in mine:
            path.write_bytes(clerks[path.stem].form())
        for made in convert(mine, place, suffix):
            out[made.stem] = replace(clerks[made.stem], converted=made.read_bytes())
    return out


def cut(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


CASES: tuple[Case, ...] = (
    read("saved-as-xls", lambda c: {"bieu.xls": c.converted}, saved_as="xls"),
    read("saved-as-xls-named-xlsx", lambda c: {"bieu.xlsx": c.converted}, saved_as="xls"),
    read("saved-as-xls-in-a-mail", lambda c: {"thu.eml": mail(text(), attached(c.converted, "a.xls"))}, saved_as="xls"),
    read("saved-as-xls-without-suffix", lambda c: {"a.zip": zipped(("bieu", c.converted))}, saved_as="xls"),
    read("upper-form-saved-as-xls", lambda c: {"bieu.xls": c.converted}, saved_as="xls", unit="upper"),
    read("saved-as-ods", lambda c: {"bieu.ods": c.converted}, saved_as="ods"),
    read("saved-as-ods-named-xlsx", lambda c: {"bieu.xlsx": c.converted}, saved_as="ods"),
    read("saved-as-ods-in-a-zip", lambda c: {"a.zip": zipped(("Mẫu 01.ods", c.converted))}, saved_as="ods"),
    read("saved-as-ods-packed-anew", lambda c: {"bieu.ods": packed(members(c.converted))}, saved_as="ods"),
    read("upper-form-saved-as-ods", lambda c: {"bieu.ods": c.converted}, saved_as="ods", unit="upper"),
    read("saved-as-xlsx", lambda c: {"bieu.xlsx": c.converted}, saved_as="xlsx"),
    kept("xls-cut-short", lambda c: {"bieu.xls": cut(c.converted, 0.5)}, "quarantined: hỏng", saved_as="xls"),
    kept("xls-of-zeros-from-the-middle", lambda c: {"bieu.xls": cut(c.converted, 0.4) + bytes(len(c.converted) // 2)}, "quarantined: hỏng", saved_as="xls"),
    kept("ods-cut-short", lambda c: {"bieu.ods": cut(c.converted, 0.9)}, "quarantined: hỏng", saved_as="ods"),
)  # fmt: skip
