"""XML read event by event, so that no file's size can fill the memory."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

Attributes = Mapping[str, str]
_TRUNCATED = (3, 5, 20)
"""Errors of the parser at the end of XML that was cut: no element, unclosed token or CDATA."""


class Events:
    """What a parser calls: elements by name, with the namespace before it and a blank between."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def listen(self) -> None:
        """Collect the text from here on, until it is ``heard``."""
        self._pieces = []
        self._parser.CharacterDataHandler = self._pieces.append

    def heard(self) -> str:
        """Return the text since ``listen`` was called, and collect no more."""
        self._parser.CharacterDataHandler = None
        return "".join(self._pieces)

    def parse(self, xml: bytes) -> None:
        """Read a document; raise ``expat.ExpatError`` where it is not well formed."""
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.Parse(xml, True)


def _refuse(*_: object) -> None:
    raise ValueError("a workbook defines no entities")


def is_cut(error: expat.ExpatError | SyntaxError) -> bool:
    """Tell whether XML is not well formed because its end is missing."""
    return getattr(error, "code", 0) in _TRUNCATED
