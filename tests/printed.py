"""What a document looks like on paper: its pages and the sizes of their type, from LibreOffice's PDF."""

from __future__ import annotations

import math
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from libreoffice import convert
from pypdf import PdfReader


@dataclass
class PrintedPage:
    """One page: how many letters stand on it in each size, in points, and its text."""

    sizes: Counter[float] = field(default_factory=Counter)
    text: str = ""

    @property
    def smallest(self) -> float:
        """The smallest type on the page, in points."""
        return min(self.sizes)


def printed_pages(file: Path, folder: Path) -> Sequence[PrintedPage]:
    """Return the pages on which LibreOffice prints a document."""
    (pages,) = printed_documents([file], folder)
    return pages


def printed_documents(files: list[Path], folder: Path) -> list[Sequence[PrintedPage]]:
    """Return the pages of several documents, all printed in one run of LibreOffice."""
    return [_pages_of(pdf) for pdf in convert(files, folder, "pdf")]


def _pages_of(pdf: Path) -> Sequence[PrintedPage]:
    pages = []
    for page in PdfReader(pdf).pages:
        shown = PrintedPage()

        def see(
            text: str,
            page_matrix: Sequence[float],
            text_matrix: Sequence[float],
            _: object,
            size: float,
            shown: PrintedPage = shown,
        ) -> None:
            if text.strip():
                scale = math.hypot(*text_matrix[2:4]) * math.hypot(*page_matrix[2:4])
                shown.sizes[round(abs(size) * scale, 2)] += len(text.strip())

        page.extract_text(visitor_text=see)
        pages.append(shown)
    # pypdf tells sizes, poppler puts letters and their marks together
    told = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    for shown, text in zip(pages, told.stdout.decode().split("\f"), strict=False):
        shown.text = " ".join(text.split())
    return pages
