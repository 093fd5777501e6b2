"""How a cell looks, by its number in the workbook's list of looks."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format

from tdkt_batch.forms_write.filling import FilledForm


class CellLook:
    """A look that a cell takes by what is filled in; rare ones are listed only where used.

    Its ``format`` is XlsxWriter's, its ``number`` the one that the cells of a prepared
    form name it by. Of the ``usual`` looks each form lists all; what a cell takes
    beyond them follows in the order in which the cells of the form ask for it.
    """

    __slots__ = ("format", "number", "usual")

    def __init__(self, look: Format) -> None:
        self.format: Format | None = look
        self.number = self.usual = 0

    def __getstate__(self) -> tuple[int, int]:
        return self.number, self.usual

    def __setstate__(self, state: tuple[int, int]) -> None:
        self.format = None
        self.number, self.usual = state

    def seal(self, usual: int) -> None:
        """Take the number that XlsxWriter gave the look, of which the first are ``usual``."""
        assigned: Any = self.format
        self.number, self.usual = assigned._get_xf_index(), usual  # noqa: SLF001

    def index(self, filled: FilledForm) -> int:
        """Return the number of the look in the filled form."""
        if self.number < self.usual:
            return self.number
        more = filled.more_looks
        return self.usual + more.setdefault(self.number, len(more))
