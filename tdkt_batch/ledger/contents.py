"""The bytes in ``luu-tru``: each content once under its SHA-256, never written twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from tdkt_batch.ledger.durable import written_beside
from tdkt_batch.model import Source

FOLDER = "luu-tru"
_PIECE = 1024 * 1024
_DIGITS = 64
"""How many hexadecimal digits a SHA-256 has."""
_SUFFIXES = frozenset((
    ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".doc", ".docx", ".odt", ".pdf", ".zip",
    ".rar", ".7z", ".eml", ".msg", ".txt", ".toml", ".json", ".jpg", ".jpeg", ".png",
))  # fmt: skip
"""Suffixes that are kept, so that a double click opens the file; all others become ``.bin``."""


class Contents:
    """What is kept in one ``luu-tru``."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault
        self._place_by_hash = dict(_kept_in(vault))

    def place(self, digest: str, name: str = "") -> Path:
        """Return where the content lies, or would lie if a file of this name brought it."""
        known = self._place_by_hash.get(digest)
        return known or self._vault / digest[:2] / f"{digest}{_kept_suffix(name)}"

    def has(self, digest: str, size: int) -> bool:
        """Tell whether the content lies there in its full length."""
        place = self._place_by_hash.get(digest)
        try:
            return place is not None and place.stat().st_size == size
        except OSError:
            return False

    def keep(self, content: bytes, suffix: str = "") -> str:
        """Keep ``content``; return its SHA-256."""
        digest = sha256(content).hexdigest()
        if not self.has(digest, len(content)):
            target = self.place(digest, f"_{suffix}")
            with written_beside(self._vault) as draft_of:
                draft_of(target).write_bytes(content)
            self._place_by_hash[digest] = target
        return digest

    def keep_files(self, files: Iterable[tuple[Path, Source]]) -> None:
        """Keep what the files hold, but of those that cannot be read or have changed since."""
        copied: dict[str, Path] = {}
        with written_beside(self._vault) as draft_of:
            for file, source in files:
                digest = source.sha256
                if digest in copied or self.has(digest, source.size):
                    continue
                target = self.place(digest, source.name)
                draft = draft_of(target)
                if _copied(file, draft) == digest:
                    copied[digest] = target
                else:
                    draft.unlink()
        self._place_by_hash.update(copied)


def _kept_in(vault: Path) -> Iterator[tuple[str, Path]]:
    """Yield each content that is kept, with its place; of two under one hash the first counts."""
    for folder in vault.glob("[0-9a-f][0-9a-f]"):
        for path in sorted(folder.iterdir(), key=lambda path: path.name, reverse=True):
            if len(path.stem) == _DIGITS:
                yield path.stem, path


def _kept_suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in _SUFFIXES else ".bin"


def _copied(file: Path, draft: Path) -> str:
    """Copy ``file`` piece by piece; return its SHA-256, or nothing when it cannot be read.

    An error of reading is the file's own; one of writing goes up to the operator.
    """
    digest = sha256()
    with draft.open("wb") as target:
        for piece in _pieces(file):
            if piece is None:
                return ""
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _pieces(file: Path) -> Iterator[bytes | None]:
    """Yield a file's content in pieces, None at last when it cannot be read."""
    try:
        with file.open("rb") as source:
            while piece := source.read(_PIECE):
                yield piece
    except OSError:
        yield None
