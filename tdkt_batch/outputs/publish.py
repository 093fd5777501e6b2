"""Results written beside their target and moved into place: never a half one.

A run builds everything in a staging folder inside its target folder and, when it
is whole, seals it: the folder gets another name and a list of what it holds. A
run that dies before leaves rubbish, one that dies after has only renames left,
which the next run does first. On Windows a workbook that is open in Excel cannot
be replaced; it is tried a few times, then the operator is told, and the old
result still stands.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_batch.errors import OutputError
from tdkt_batch.machine.disk import cause_of, hash_of, patiently, sync, sync_folder
from tdkt_batch.wording import outputs as say

STAGING_PREFIX = ".dang-ghi-"
SEALED_PREFIX = ".cho-chuyen-"
LIST = "danh-sach.json"
"""Stands in a sealed folder: what it holds, and the hash of its last piece, the manifest."""
STALE_SECONDS = 600
"""A staging folder is filled in seconds: one this much older than ours was left by a dead run."""
UNPACKING_PREFIX = "tdkt-batch-"
STALE_UNPACKING_SECONDS = 86_400
"""No run takes a day: what is older among the system's temporary folders was left by a dead one."""


@contextmanager
def staging_in(folder: Path) -> Iterator[Path]:
    """Yield a fresh folder inside ``folder``, removed at the end; sweep those of dead runs."""
    staging = folder / f"{STAGING_PREFIX}{os.getpid()}"
    with _in_words(folder, is_open_elsewhere=False):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        _sweep_old(staging, folder.glob(f"{STAGING_PREFIX}*"), STALE_SECONDS)
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def unpacking_folder() -> Iterator[Path]:
    """Yield a folder of the system's temporary ones for what is unpacked, removed at the end.

    Those that dead runs left there are swept.
    """
    with TemporaryDirectory(prefix=UNPACKING_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _sweep_old(folder, folder.parent.glob(f"{UNPACKING_PREFIX}*"), STALE_UNPACKING_SECONDS)
        yield folder


def _sweep_old(ours: Path, others: Iterable[Path], seconds: float) -> None:
    """Remove old folders of dead runs; the age is taken against our own, so no clock is asked."""
    now = ours.stat().st_mtime
    for left in others:
        try:
            is_old = left != ours and now - left.stat().st_mtime > seconds
        except OSError:  # another run has just removed it
            continue
        if is_old:
            shutil.rmtree(left, ignore_errors=True)


def publish(staging: Path, folder: Path, names: Sequence[str]) -> None:
    """Make each of ``names`` in ``folder`` what it is in ``staging``, in this order.

    A name is a file, a folder, or nothing when ``staging`` lacks it. Files that
    another program holds are found before anything is moved; folders come first
    in ``names``, because only moving them tells. Raises ``OutputError``.
    """
    require_writable(folder, names)
    with _in_words(staging):
        _sync_all(staging)
    _move_all(staging, folder, {name: (staging / name).exists() for name in names})


def require_writable(folder: Path, names: Sequence[str]) -> None:
    """Raise ``OutputError`` when one of the files that stand cannot be replaced now."""
    for name in names:
        with _in_words(folder / name):
            if (folder / name).is_file():
                # fail as replacing would: on Windows while another program has the file open
                patiently(lambda file: file.open("rb+").close(), folder / name)


def seal(staging: Path, names: Sequence[str]) -> Path:
    """Return the staging folder under its sealed name: what is in it will be published.

    ``names`` are as for ``publish``; the last is the manifest, whose hash tells later
    whose result it is. Everything in it is on the disk when this returns.
    """
    pieces = {name: (staging / name).exists() for name in names}
    about = {"pieces": pieces, "manifest": hash_of(staging / names[-1])}
    sealed = staging.with_name(staging.name.replace(STAGING_PREFIX, SEALED_PREFIX))
    with _in_words(staging):
        (staging / LIST).write_text(json.dumps(about), encoding="utf-8")
        _sync_all(staging)
        shutil.rmtree(sealed, ignore_errors=True)
        staging.replace(sealed)
        sync_folder(sealed.parent)
    return sealed


def move_sealed(sealed: Path) -> None:
    """Move what a sealed folder holds to its places beside it; a second time does no harm."""
    about = json.loads((sealed / LIST).read_text(encoding="utf-8"))
    _move_all(sealed, sealed.parent, about["pieces"], say.TO_BE_FINISHED)
    shutil.rmtree(sealed, ignore_errors=True)


def finish_interrupted(folder: Path, known: Container[str]) -> None:
    """Finish what a dead run had sealed, and sweep away what it had not.

    ``known`` are the manifests' hashes of the runs that the ledger knows: a sealed
    result that it does not know never happened. The caller holds the ledger's lock.
    """
    for sealed in sorted(folder.glob(f"{SEALED_PREFIX}*")):
        try:
            about = json.loads((sealed / LIST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            about = {}
        if about.get("manifest") in known:
            move_sealed(sealed)
        else:
            shutil.rmtree(sealed, ignore_errors=True)
    for left in folder.glob(f"{STAGING_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)


def _move_all(
    staging: Path, folder: Path, pieces: Mapping[str, bool], meanwhile: str = say.UNTOUCHED
) -> None:
    """Move each piece; one that is there no more was moved by the run that died.

    A whole folder takes the place of another, which is put back when that fails.
    """
    for name, is_there in pieces.items():
        staged, target = staging / name, folder / name
        with _in_words(target, meanwhile):
            target.parent.mkdir(parents=True, exist_ok=True)
            aside = _aside(staged)
            if staged.is_file():
                patiently(staged.replace, target)
            elif staged.is_dir():
                if target.exists():
                    patiently(target.replace, aside)
                try:
                    patiently(staged.replace, target)
                except OSError:
                    if aside.exists():
                        aside.replace(target)
                    raise
            elif target.exists() and not is_there:
                staged.parent.mkdir(parents=True, exist_ok=True)
                patiently(target.replace, aside)
    for parent in sorted({(folder / name).parent for name in pieces}):
        with _in_words(parent):
            sync_folder(parent)


def _aside(staged: Path) -> Path:
    """Return a name beside ``staged`` where what stood before may lie until it is removed."""
    number = 1
    while (aside := staged.with_name(f"{staged.name}.cu-{number}")).exists():
        number += 1
    return aside


def _sync_all(folder: Path) -> None:
    """Make every file below ``folder`` durable."""
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        sync(file)


@contextmanager
def _in_words(
    place: Path, meanwhile: str = say.UNTOUCHED, *, is_open_elsewhere: bool = True
) -> Iterator[None]:
    """Turn an ``OSError`` into an ``OutputError``; a refusal may mean a file that is open."""
    try:
        yield
    except OSError as error:
        if isinstance(error, PermissionError) and is_open_elsewhere:
            said = say.OPEN_ELSEWHERE.format(place=place, meanwhile=meanwhile)
            raise OutputError(said) from error
        reason, remedy = cause_of(error)
        said = say.NOT_WRITTEN.format(place=place, reason=reason, remedy=remedy)
        raise OutputError(said) from error
