"""How a text comes out that was read as another encoding, or typed with the keyboard program off."""

import unicodedata

SIGNS = {
    "\u0302": "^", "\u031b": "+", "\u0306": "(",
    "\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": ".",
}  # fmt: skip
FIGURES = dict(zip(SIGNS, "678" + "12345", strict=True))


def misread(text, code_page):
    """Return what a program shows that takes UTF-8 for a code page of Windows."""
    shown = (bytes([byte]).decode(code_page, "ignore") or chr(byte) for byte in text.encode())
    return "".join(shown)


def keyed(text, keys, d):
    """Return what was typed for a text: behind each vowel its mark, then its tone."""
    typed = []
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", letter)
        plain = {"đ": d, "Đ": d.upper()}.get(base, base)
        typed.append(plain + "".join(keys[m] for m in sorted(marks, key=[*SIGNS].index)))
    return "".join(typed)


HANDS = {
    "UTF-8 as cp1252": lambda text: misread(text, "cp1252"),
    "UTF-8 as cp1258": lambda text: misread(text, "cp1258"),
    "UTF-8 as latin-1": lambda text: misread(text, "latin-1"),
    "UTF-8 with plain blanks": lambda text: misread(text, "cp1252").replace("\u00a0", " "),
    "VIQR": lambda text: keyed(text, SIGNS, "dd"),
    "VNI figures": lambda text: keyed(text, FIGURES, "d9"),
}
MISREAD = [hand for hand in HANDS if hand.startswith("UTF-8")]
KEYED = ["VIQR", "VNI figures"]
