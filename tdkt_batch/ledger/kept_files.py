"""The folder ``luu-tru``: contents under their SHA-256, and the log of all that is known.

A content is kept once and never written again. An entry of the log is a JSON file
in ``su-kien``, written before the database; what stands there counts. Its name
holds its number and the beginning of the SHA-256 of what it holds, so that damage
is noticed. What stands under a name is whole and lasts, whenever the power goes.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from tdkt_batch.ledger.codec import write_text
from tdkt_batch.ledger.facts import Entry
from tdkt_batch.machine.disk import patiently, sync, sync_folder
from tdkt_batch.machine.plain_files import plain_file
from tdkt_batch.model import Source

FOLDER = "luu-tru"
LOG = "su-kien"
DAMAGED = ".hong"
"""Is added to the name of a log file that cannot be read, so that it is told once."""
_DRAFTS = ".dang-ghi"
_THREADS = 8
_PIECE = 1024 * 1024
_DIGITS = 64
"""How many hexadecimal digits a SHA-256 has."""
_LOG_NAME = re.compile(r"(?P<number>\d{6,})-(?P<hash>[0-9a-f]{16})\.json")
_SUFFIXES = frozenset((
    ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".doc", ".docx", ".odt", ".pdf", ".zip",
    ".rar", ".7z", ".eml", ".msg", ".txt", ".toml", ".json", ".jpg", ".jpeg", ".png",
))  # fmt: skip
"""Suffixes that are kept, so that a double click opens the file; all others become ``.bin``."""


# --- writing so that it lasts -----------------------------------------------------------------


@contextmanager
def written_beside(vault: Path) -> Iterator[Callable[[Path], Path]]:
    """Yield what says where to write a target; at the end move every draft there is to its target.

    All are on the disk before the first is moved. Only the holder of the lock
    writes in ``vault``, so a draft's name needs no more than its target's.
    """
    drafts: dict[Path, Path] = {}

    def draft_of(target: Path) -> Path:
        drafts[target] = vault / _DRAFTS / target.name
        drafts[target].parent.mkdir(parents=True, exist_ok=True)
        return drafts[target]

    try:
        yield draft_of
        written = {target: draft for target, draft in drafts.items() if draft.exists()}
        _sync_at_once(sync, written.values())
        for target, draft in written.items():
            target.parent.mkdir(exist_ok=True)
            patiently(draft.replace, target)
        _sync_at_once(sync_folder, {target.parent for target in written})
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _sync_at_once(sync: Callable[[Path], None], paths: Iterable[Path]) -> None:
    """Sync many in threads: a disk that is asked for many writes them together."""
    with ThreadPoolExecutor(_THREADS) as threads:
        for _ in threads.map(sync, paths):
            pass


def sweep_drafts(vault: Path) -> None:
    """Remove what a dead run left half written; the lock is ours, so nobody else writes."""
    shutil.rmtree(vault / _DRAFTS, ignore_errors=True)


# --- contents ---------------------------------------------------------------------------------


class Contents:
    """The contents that are kept in one ``luu-tru``."""

    def __init__(self, vault: Path) -> None:
        self._vault = vault
        self._place_by_hash: dict[str, Path] = {}
        for folder in vault.glob("[0-9a-f][0-9a-f]"):
            # of two under one hash the first counts
            for path in sorted(folder.iterdir(), key=lambda path: path.name, reverse=True):
                if len(path.stem) == _DIGITS:
                    self._place_by_hash[path.stem] = path

    def place(self, digest: str, name: str = "") -> Path:
        """Return where the content lies, or would lie if a file of this name brought it."""
        suffix = PurePosixPath(name).suffix.lower()
        kept = f"{digest}{suffix if suffix in _SUFFIXES else '.bin'}"
        return self._place_by_hash.get(digest) or self._vault / digest[:2] / kept

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
                if _copied(file, draft, source.size) == digest:
                    copied[digest] = target
                else:
                    draft.unlink()
        self._place_by_hash.update(copied)


def _copied(file: Path, draft: Path, size: int) -> str:
    """Copy ``file`` piece by piece; return its SHA-256, or nothing when it cannot be read.

    No more is copied than the ``size`` that was seen, and a little that shows that
    it has grown. An error of reading is the file's own; one of writing goes up to
    the operator.
    """
    digest = sha256()
    with draft.open("wb") as target:
        for piece in _pieces(file, size + 1):
            if piece is None:
                return ""
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def _pieces(file: Path, most: int) -> Iterator[bytes | None]:
    """Yield the first ``most`` bytes of a file in pieces, None at last when it cannot be read."""
    try:
        with plain_file(file) as source:
            while most > 0 and (piece := source.read(min(most, _PIECE))):
                most -= len(piece)
                yield piece
    except OSError:
        yield None


# --- the log ----------------------------------------------------------------------------------


def number_in(name: str) -> int:
    """Return the entry's number that a log file's name begins with; 0 for other files."""
    match = _LOG_NAME.match(name)
    return int(match["number"]) if match else 0


def log_names(vault: Path) -> tuple[str, ...]:
    """Return the names of all entries in the log, in their order."""
    whole = (path.name for path in (vault / LOG).glob("*.json") if _LOG_NAME.fullmatch(path.name))
    return tuple(sorted(whole, key=lambda name: (number_in(name), name)))


def highest_number(vault: Path) -> int:
    """Return the highest number that was given, to damaged files too."""
    return max((number_in(path.name) for path in (vault / LOG).glob("*")), default=0)


def write_entry(entry: Entry, vault: Path) -> tuple[str, bytes]:
    """Write ``entry`` so that it lasts; return its file's name and content."""
    content = write_text(entry)
    name = f"{entry.number:06d}-{sha256(content).hexdigest()[:16]}.json"
    restore_entry(name, content, vault)
    return name, content


def restore_entry(name: str, content: bytes, vault: Path) -> None:
    """Write an entry's file as it was."""
    with written_beside(vault) as draft_of:
        draft_of(vault / LOG / name).write_bytes(content)


def is_whole(name: str, content: bytes) -> bool:
    """Tell whether ``content`` is what was written under ``name``."""
    match = _LOG_NAME.fullmatch(name)
    return match is not None and match["hash"] == sha256(content).hexdigest()[:16]


def read_entry(name: str, vault: Path) -> bytes | None:
    """Return what stands in an entry's file; None when it is missing or damaged."""
    try:
        content = (vault / LOG / name).read_bytes()
    except OSError:
        return None
    return content if is_whole(name, content) else None


def set_aside(name: str, vault: Path) -> None:
    """Rename an entry's file that cannot be read, so that it is told once."""
    file = vault / LOG / name
    if file.exists():
        file.replace(file.with_name(name + DAMAGED))
