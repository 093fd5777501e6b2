"""What a month's run writes, all of it beside its place, and moves there together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tdkt_batch import __version__
from tdkt_batch.control.write import write_control
from tdkt_batch.figures.statistics import summarise
from tdkt_batch.ledger.facts import Run, Sending
from tdkt_batch.letters.write import letters_of
from tdkt_batch.machine.disk import hash_of
from tdkt_batch.model import Container, Month
from tdkt_batch.months.control import CONTROL, Answers
from tdkt_batch.months.earlier import Past, keep_record, record_key, record_of
from tdkt_batch.months.inputs import Desk, Received
from tdkt_batch.months.progress import Progress, Step, silent
from tdkt_batch.months.readings import program_digest
from tdkt_batch.months.returns import returns_of
from tdkt_batch.months.terms import Terms
from tdkt_batch.outputs import quarantine
from tdkt_batch.outputs.manifest import manifest_of, write_manifest
from tdkt_batch.outputs.publish import move_sealed, require_writable, seal, staging_in
from tdkt_batch.report import MonthRecord, MonthReport
from tdkt_batch.sheets.overflow import FOLDER as REST_FOLDER
from tdkt_batch.summary.workbook import build_workbook
from tdkt_batch.wording.shared import RUN_NOTES

LETTERS = "thong-bao"
RETURNS = "bieu-gui-lai"
RETURN, LETTER = "return", "letter"
"""The kinds of what was made to be sent, as the ledger keeps them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A month that was judged, with all that its results are written from.

    ``given`` are the numbers of the files given to this run, ``held_by`` what only
    held them.
    """

    report: MonthReport
    terms: Terms
    desk: Desk
    past: Past
    received: Received
    given: tuple[int, ...]
    held_by: tuple[Container, ...]
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where to write, whether letters are wanted, and who runs it when."""

    out: Path
    letters: bool
    operator: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The manifest of what stands, and what the operator should know of it."""

    manifest: Mapping[str, Any]
    notes: tuple[str, ...] = ()
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The pieces of a month's result by their names below the output folder."""

    month: str

    @property
    def workbook(self) -> str:
        """The consolidated workbook."""
        return f"{self.month}/tong-hop-{self.month}.xlsx"

    @property
    def manifest(self) -> str:
        """The manifest."""
        return f"{self.month}/bang-ke-{self.month}.json"

    @property
    def quarantine(self) -> str:
        """The files that could not be used."""
        return f"{self.month}/{quarantine.FOLDER}"

    @property
    def rest(self) -> str:
        """What the workbook's sheets could not hold."""
        return f"{self.month}/{REST_FOLDER}"

    @property
    def letters(self) -> str:
        """Returns, letters and the report."""
        return f"{self.month}/{LETTERS}"


def publish_month(product: Product, order: Order, on_progress: Progress = silent) -> Published:
    """Write the month's results and move them into place, the manifest last.

    Nothing is written when the same result stands already.
    """
    key = _key(product, order)
    standing = _standing(product, order, key)
    if standing is not None:
        return Published(manifest=standing, is_unchanged=True)
    names, kept = Names(str(product.report.month)), _why_not_control(product, order)
    pieces = [
        names.letters,
        names.quarantine,
        names.rest,
        *([] if kept else [CONTROL]),
        names.workbook,
        names.manifest,
    ]
    with staging_in(order.out) as staging:
        (staging / str(product.report.month)).mkdir()
        wanted = on_progress if order.letters else None
        written = _write(product, staging, pieces, wanted)
        on_progress(Step.PUBLISHING, 0, 0)
        require_writable(order.out, pieces)
        sealed = seal(staging, pieces)
        run = _recorded(product, order, key, sealed / names.manifest, written.sendings)
        move_sealed(sealed)
    before = product.past.keys
    keep_record(written.record, record_key(run, before, product.desk.ledger), product.desk.ledger)
    return Published(manifest=written.manifest, notes=(kept,) if kept else ())


# --- the same result again --------------------------------------------------------------------


def _key(product: Product, order: Order) -> str:
    """Return the digest of all that the results depend on."""
    report, ledger = product.report, product.desk.ledger
    numbers = sorted(product.received.number_by_source.values())
    said = repr((
        str(report.month), report.received_until, numbers, report.containers,
        product.terms.package, ledger.decisions(), product.past.keys,
        report.notes, order.letters, program_digest(),
    ))  # fmt: skip
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _standing(product: Product, order: Order, key: str) -> dict[str, Any] | None:
    """Return the manifest that stands, when it is of this very result and all of it is whole."""
    last = product.desk.ledger.last_run(product.report.month)
    path = order.out / Names(str(product.report.month)).manifest
    if last is None or last.key != key or hash_of(path) != last.manifest:
        return None
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    whole = all(hash_of(order.out / o["name"]) == o["sha256"] for o in manifest["outputs"])
    return manifest if whole and (order.out / CONTROL).exists() else None


# --- writing ----------------------------------------------------------------------------------


def _why_not_control(product: Product, order: Order) -> str:
    """Return why this run may not write the control workbook; empty when it may.

    Its rows are of the newest month that was run. What was typed since it was read,
    or in a book that cannot be read, would be lost.
    """
    newest = max((run.month for run in product.desk.ledger.runs()), default=product.report.month)
    if product.answers.control.is_unreadable:
        return RUN_NOTES["control_unreadable"]
    if hash_of(order.out / CONTROL) != product.answers.sha256:
        return RUN_NOTES["control_edited"]
    if product.report.month < newest:
        return RUN_NOTES["control_of_later_month"].format(month=newest.vietnamese)
    return ""


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written into the staging folder, and what later months must know of it."""

    manifest: dict[str, Any]
    sendings: tuple[Sending, ...]
    record: MonthRecord


def _write(
    product: Product, staging: Path, pieces: Sequence[str], letters: Progress | None
) -> _Written:
    """Write all pieces into the staging folder; letters where somebody is to be told of them."""
    names = Names(str(product.report.month))
    campaign, report = product.terms.campaign, product.report
    statistics, to_date = summarise(campaign, report), summarise(campaign, report.to_date())
    book = build_workbook(campaign, report, statistics, to_date)
    (staging / names.workbook).write_bytes(book.content)
    _lay_out((staging / names.workbook).parent, book.rest)
    contents = {arrival.source: arrival.path.read_bytes for arrival in product.received.arrivals}
    quarantine.keep_quarantined(report.files, contents, staging / names.quarantine)
    if CONTROL in pieces:
        decisions, control = product.desk.ledger.decisions(), product.answers.control
        rows = write_control(campaign, report, decisions, control.notes, control.refused)
        (staging / CONTROL).write_bytes(rows)
    sendings: tuple[Sending, ...] = ()
    if letters is not None:
        returns = returns_of(product.terms, report, product.desk.workers, letters)
        written = letters_of(campaign, report, statistics, to_date, returns, book.content)
        returned = {f"{RETURNS}/{name}": content for name, content in returns.values()}
        _lay_out(staging / names.letters, {**returned, **written})
        sent = [(unit, RETURN, *one) for unit, one in returns.items()]
        sent += [("", LETTER, name, content) for name, content in written.items()]
        sendings = tuple(_sending(report.month, *one) for one in sent)
    outputs = {name: staging / name for name in _outputs(staging, names)}
    manifest = manifest_of(report, campaign, outputs)
    write_manifest(manifest, staging / names.manifest)
    numbers = product.received.number_by_source
    record = record_of(report, product.terms, numbers, statistics, to_date)
    return _Written(manifest, sendings, record)


def _outputs(staging: Path, names: Names) -> Iterator[str]:
    """Yield the month's files by their names below the output folder, sorted."""
    files = (staging / Path(names.manifest).parent).rglob("*")
    yield from sorted(p.relative_to(staging).as_posix() for p in files if p.is_file())


def _lay_out(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _sending(month: Month, unit: str, kind: str, name: str, content: bytes) -> Sending:
    digest = hashlib.sha256(content).hexdigest()
    return Sending(month=month, unit=unit, kind=kind, name=name, sha256=digest)


def _recorded(
    product: Product, order: Order, key: str, manifest: Path, sendings: Sequence[Sending]
) -> Run:
    """Record the run: from here on its result is the month's."""
    ledger, report, terms = product.desk.ledger, product.report, product.terms
    run = Run(
        number=0,
        month=report.month,
        received_until=report.received_until,
        campaign=terms.campaign.digest,
        package=terms.package,
        register=terms.register.name if terms.register else "",
        version=__version__,
        operator=order.operator,
        started=order.now,
        given=product.given,
        containers=product.held_by,
        key=key,
        manifest=hash_of(manifest),
    )
    return ledger.record_run(run, sendings)
