"""Workbooks as zip packages: members changed, cells typed over, nothing calculated anew."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

MOMENT = (2015, 3, 17, 8, 30, 0)
Edit = Callable[[bytes], bytes]
Member = tuple[str, bytes]


@dataclass(frozen=True)
class Cell:
    """A cell's XML as it stands: attributes beside its place and style, and what is inside."""

    inner: str
    attributes: str = ""


def members(content: bytes) -> list[Member]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [(i.filename, package.read(i)) for i in package.infolist()]


def packed(parts: Iterable[Member], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method, compresslevel=1) as package:
        for name, content in parts:
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = method
            package.writestr(info, content)
    return target.getvalue()


def edited(content: bytes, edits: Mapping[str, Edit]) -> bytes:
    """Return the package with some members changed; each of them must be there."""
    parts = members(content)
    missing = set(edits) - {name for name, _ in parts}
    assert not missing, missing
    return packed((name, edits[name](raw) if name in edits else raw) for name, raw in parts)


def without(content: bytes, *names: str) -> bytes:
    parts = members(content)
    assert set(names) <= {name for name, _ in parts}
    return packed((name, raw) for name, raw in parts if name not in names)


def renamed(content: bytes, change: Callable[[str], str]) -> bytes:
    return packed((change(name), raw) for name, raw in members(content))


def added(content: bytes, *more: Member) -> bytes:
    return packed([*members(content), *more])


def swap(old: str | bytes, new: str | bytes, times: int = 1) -> Edit:
    """Return the edit that replaces a text; at least one must be there."""
    before = old.encode() if isinstance(old, str) else old
    after = new.encode() if isinstance(new, str) else new

    def edit(xml: bytes) -> bytes:
        assert before in xml, before
        return xml.replace(before, after, times)

    return edit


# --- cells ------------------------------------------------------------------------------

_CELL = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_FIRST_DAY = date(1899, 12, 30)


def typed_in(xml: bytes, cells: Mapping[str, object]) -> bytes:
    """Return a sheet's XML with cells typed over; each keeps its format."""
    done = set()

    def type_over(match: re.Match[str]) -> str:
        address, style = match[1], match[2] or ""
        if address not in cells:
            return match[0]
        done.add(address)
        cell = cell_xml(cells[address])
        return f'<c r="{address}"{style}{cell.attributes}>{cell.inner}</c>'

    typed = _CELL.sub(type_over, xml.decode())
    assert done == set(cells), set(cells) - done
    return typed.encode()


def cell_xml(raw: object) -> Cell:
    match raw:
        case Cell():
            return raw
        case None:
            return Cell("")
        case bool():
            return Cell(f"<v>{int(raw)}</v>", ' t="b"')
        case date():
            return Cell(f"<v>{(raw - _FIRST_DAY).days}</v>")
        case int() | float():
            return Cell(f"<v>{raw!r}</v>")
    inner = f'<is><t xml:space="preserve">{escape(str(raw))}</t></is>'
    return Cell(inner, ' t="inlineStr"')


def error(word: str) -> Cell:
    return Cell(f"<v>{word}</v>", ' t="e"')


def formula(words: str, value: str = "", attributes: str = "") -> Cell:
    return Cell(f"<f>{escape(words)}</f>" + (f"<v>{value}</v>" if value else ""), attributes)
