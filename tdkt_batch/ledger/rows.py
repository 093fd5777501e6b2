"""Facts to rows and back; each entry's rows are sealed, so that damage to them is noticed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from tdkt_batch.ledger.codec import read_scalar, write_scalar
from tdkt_batch.ledger.facts import Admitted, Entry, Run, Sending
from tdkt_batch.ledger.schema import FACTS
from tdkt_batch.model import Container, Decision, DecisionKind, Letter, Month, Source

Columns = Mapping[str, str | int | bytes | None]
"""What stands in a row, by column."""


# --- writing ----------------------------------------------------------------------------------


def insert(connection: sqlite3.Connection, table: str, row: Columns, verb: str = "INSERT") -> None:
    """Add one row; texts go in as bytes, because they may hold lone surrogates."""
    places = ", ".join("CAST(? AS TEXT)" if isinstance(v, str) else "?" for v in row.values())
    values = [v.encode("utf-8", "surrogatepass") if isinstance(v, str) else v for v in row.values()]
    connection.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({places})", values)


def insert_entry(connection: sqlite3.Connection, entry: Entry, name: str, content: bytes) -> None:
    """Add an entry with all its facts; ``content`` is its file, packed, ``name`` the file's."""
    owner: Columns = {"entry": entry.number}
    for admitted in entry.arrivals:
        insert(connection, "arrival", {**owner, **_arrival_columns(admitted)})
    for decision in entry.decisions:
        insert(connection, "decision", {**owner, **_decision_columns(decision)})
    if entry.run:
        _insert_run(connection, entry.run, owner)
    for sending in entry.sendings:
        insert(connection, "sending", {**owner, **_sending_columns(sending)})
    about: Columns = {
        "number": entry.number,
        "name": name,
        "recorded": entry.recorded.isoformat(),
        "operator": entry.operator,
        "content": content,
        "seal": seals(connection, entry.number).get(entry.number, ""),
    }
    insert(connection, "entry", about)


def _insert_run(connection: sqlite3.Connection, run: Run, owner: Columns) -> None:
    insert(connection, "run", {**owner, **_run_columns(run)})
    for place, number in enumerate(run.given):
        row: Columns = {"run": run.number, "place": place, "arrival": number}
        insert(connection, "run_arrival", {**owner, **row})
    for place, container in enumerate(run.containers):
        row = {"run": run.number, "place": place, **_container_columns(container)}
        insert(connection, "run_container", {**owner, **row})


def seals(connection: sqlite3.Connection, only: int | None = None) -> dict[int, str]:
    """Return a digest over the rows of each entry that has any, or of one entry."""
    digests: dict[int, Any] = defaultdict(sha256)
    which = "" if only is None else f"WHERE entry = {only}"
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples: whole ledgers are sealed at every opening
    for table in FACTS:
        cursor.execute(f"SELECT entry, '{table}', * FROM {table} {which} ORDER BY entry, rowid")  # noqa: S608 — names of ours
        for row in cursor:
            digests[row[0]].update(repr(row).encode())
    return {number: digest.hexdigest() for number, digest in digests.items()}


# --- reading ----------------------------------------------------------------------------------


def arrivals(connection: sqlite3.Connection) -> tuple[Admitted, ...]:
    """Return all arrivals in the order of their numbers."""
    rows = connection.execute("SELECT * FROM arrival ORDER BY number")
    return tuple(
        Admitted(row["number"], _source(row), row["problem"], row["detail"]) for row in rows
    )


def decisions(connection: sqlite3.Connection, as_of: int | None = None) -> tuple[Decision, ...]:
    """Return the decisions in the order in which they were recorded, up to a run or all."""
    rows = connection.execute(
        "SELECT * FROM decision WHERE ?1 IS NULL "
        "OR entry <= (SELECT entry FROM run WHERE number = ?1) ORDER BY number",
        (as_of,),
    )
    return tuple(_decision(row) for row in rows)


def runs(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """Return all completed runs in their order."""
    given: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute("SELECT run, arrival FROM run_arrival ORDER BY run, place"):
        given[row["run"]].append(row["arrival"])
    containers: dict[int, list[Container]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM run_container ORDER BY run, place"):
        containers[row["run"]].append(
            Container(
                name=row["name"], kind=row["kind"], members=row["members"], letter=_letter(row)
            )
        )
    rows = connection.execute("SELECT * FROM run ORDER BY number")
    return tuple(
        _run(row, tuple(given[row["number"]]), tuple(containers[row["number"]])) for row in rows
    )


def sendings(connection: sqlite3.Connection, month: Month | None) -> tuple[Sending, ...]:
    """Return what was made to be sent, of all months or of one, in its order."""
    rows = connection.execute(
        "SELECT * FROM sending WHERE ?1 IS NULL OR month = ?1 ORDER BY number",
        (str(month) if month else None,),
    )
    return tuple(
        Sending(Month.parse(row["month"]), row["unit"], row["kind"], row["name"], row["sha256"])
        for row in rows
    )


# --- one fact ---------------------------------------------------------------------------------


def _arrival_columns(admitted: Admitted) -> Columns:
    source = admitted.source
    return {
        "number": admitted.number,
        "name": source.name,
        "sha256": source.sha256,
        "size": source.size,
        "modified": source.modified.isoformat(),
        "first_seen": source.first_seen.isoformat() if source.first_seen else None,
        "container": source.container,
        **_letter_columns(source.letter),
        "problem": admitted.problem,
        "detail": admitted.detail,
    }


def _source(row: sqlite3.Row) -> Source:
    seen = row["first_seen"]
    return Source(
        name=row["name"],
        sha256=row["sha256"],
        size=row["size"],
        modified=datetime.fromisoformat(row["modified"]),
        container=row["container"],
        letter=_letter(row),
        first_seen=datetime.fromisoformat(seen) if seen else None,
    )


def _letter_columns(letter: Letter | None) -> Columns:
    if letter is None:
        return {}
    return {
        "sender": letter.sender,
        "sender_name": letter.sender_name,
        "subject": letter.subject,
        "sent": letter.sent.isoformat() if letter.sent else None,
        "message_id": letter.message_id,
    }


def _letter(row: sqlite3.Row) -> Letter | None:
    if row["sender"] is None:
        return None
    return Letter(
        sender=row["sender"],
        sender_name=row["sender_name"],
        subject=row["subject"],
        sent=datetime.fromisoformat(row["sent"]) if row["sent"] else None,
        message_id=row["message_id"],
    )


def _container_columns(container: Container) -> Columns:
    return {
        "name": container.name,
        "kind": container.kind,
        "members": container.members,
        **_letter_columns(container.letter),
    }


def _decision_columns(decision: Decision) -> Columns:
    return {
        "kind": decision.kind,
        "unit": decision.unit,
        "month": str(decision.month),
        "code": decision.code,
        "field": decision.field,
        "given": decision.given,
        "value": write_scalar(decision.value),
        "explanation": decision.explanation,
        "reason": decision.reason,
        "approver": decision.approver,
        "clause": decision.clause,
        "decided": decision.decided.isoformat() if decision.decided else None,
        "until": str(decision.until) if decision.until else None,
    }


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        kind=DecisionKind(row["kind"]),
        unit=row["unit"],
        month=Month.parse(row["month"]),
        code=row["code"],
        field=row["field"],
        given=row["given"],
        value=read_scalar(row["value"]),
        explanation=row["explanation"],
        reason=row["reason"],
        approver=row["approver"],
        clause=row["clause"],
        decided=date.fromisoformat(row["decided"]) if row["decided"] else None,
        until=Month.parse(row["until"]) if row["until"] else None,
    )


def _run_columns(run: Run) -> Columns:
    return {
        "number": run.number,
        "month": str(run.month),
        "received_until": run.received_until.isoformat(),
        "campaign": run.campaign,
        "package": run.package,
        "register": run.register,
        "version": run.version,
        "operator": run.operator,
        "started": run.started.isoformat(),
        "key": run.key,
        "manifest": run.manifest,
    }


def _run(row: sqlite3.Row, given: tuple[int, ...], containers: tuple[Container, ...]) -> Run:
    return Run(
        number=row["number"],
        month=Month.parse(row["month"]),
        received_until=datetime.fromisoformat(row["received_until"]),
        campaign=row["campaign"],
        package=row["package"],
        register=row["register"],
        version=row["version"],
        operator=row["operator"],
        started=datetime.fromisoformat(row["started"]),
        given=given,
        containers=containers,
        key=row["key"],
        manifest=row["manifest"],
    )


def _sending_columns(sending: Sending) -> Columns:
    return {
        "month": str(sending.month),
        "unit": sending.unit,
        "kind": sending.kind,
        "name": sending.name,
        "sha256": sending.sha256,
    }
