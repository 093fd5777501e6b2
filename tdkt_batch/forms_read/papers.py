"""The Mã đối chiếu in a paper (PDF, Word, OpenDocument): by it a signed copy finds its form."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice

from tdkt_batch.workbooks.package import open_package

_FIGURE = re.compile(r"(?<![\d-])(\d{3})[-\u2010\u2011\u2013](\d{3})(?![\d-])")
"""As ``forms.check_figure`` prints it; programs make a longer dash of its hyphen."""
_TEXTS = ("word/document.xml", "content.xml")
"""Where a Word file and an OpenDocument have their text."""
MOST_PAGES = 6
"""A form fills four pages; what stands further back is something else."""
MOST_BYTES = 20 * 1024 * 1024
"""A paper larger than this is a pile of scans, in which there is no text to find."""


def check_figures_in(content: bytes) -> tuple[str, ...]:
    """Return what may be check figures in a paper's text, each once, in their order.

    A scan has no text, and a paper that cannot be opened tells nothing: both have none.
    """
    if len(content) > MOST_BYTES:
        return ()
    texts = _of_package if content.startswith(b"PK") else _of_pdf
    try:
        found = [match.groups() for text in texts(content) for match in _FIGURE.finditer(text)]
    except Exception:  # noqa: BLE001 — what papers hold is nobody's promise; without text it is a scan
        return ()
    return tuple(dict.fromkeys("-".join(parts) for parts in found))


def _of_pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for page in islice(PdfReader(io.BytesIO(content)).pages, MOST_PAGES):
        yield page.extract_text()


def _of_package(content: bytes) -> Iterator[str]:
    """Yield the paragraphs; a figure may be cut into runs of different looks."""
    package = open_package(content)
    for part in _TEXTS:
        if part in package and not package.problem and package.size(part) <= MOST_BYTES:
            for element in package.tree(part).iter():
                if element.tag.endswith("}p"):
                    yield "".join(element.itertext())
