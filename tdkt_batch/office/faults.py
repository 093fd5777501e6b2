"""What is wrong in a file of the office, all of it at once, with cell and remedy."""

from __future__ import annotations

from collections.abc import Sequence

from tdkt_batch.errors import InputError
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import office as say


class OfficeFileError(InputError):
    """A register or the settings cannot be used: ``faults`` are all that must be mended."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.file = file
        if len(faults) == 1:
            super().__init__(faults[0])
            return
        self.faults = tuple(faults)
        super().__init__(say.FAULTS.format(file=file, number=write_number(len(faults))))
