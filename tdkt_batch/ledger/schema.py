"""The tables of the ledger, version by version; what is a fact cannot be changed in them.

``MIGRATIONS`` only ever grows: a database of version N gets the steps after N.
The comments stay in the database and are for whoever opens it by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

APPLICATION_ID = 0x54444B54
"""“TDKT”, in the header of the file: tells our database from any other."""

FACTS = ("arrival", "decision", "run", "run_arrival", "run_container", "sending")
"""The tables of facts; each row names the entry that it was written down with."""

_TABLES = (
    """CREATE TABLE entry (
        number    INTEGER PRIMARY KEY, -- in the order in which they were written down
        name      TEXT NOT NULL,       -- its file in luu-tru/su-kien, which the database follows
        recorded  TEXT NOT NULL,       -- when, by the office's clock
        operator  TEXT NOT NULL,       -- who ran the program
        content   BLOB NOT NULL,       -- the file itself, packed (zlib)
        seal      TEXT NOT NULL        -- SHA-256 over the rows of this entry
    ) STRICT""",
    """CREATE TABLE arrival (            -- a file that was sent
        number     INTEGER PRIMARY KEY,
        entry      INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        name       TEXT NOT NULL,      -- its name in what was given when it was first seen
        sha256     TEXT NOT NULL,      -- of its content, which lies in luu-tru under it
        size       INTEGER NOT NULL,
        modified   TEXT NOT NULL,      -- the file's own time
        first_seen TEXT,               -- when a run first met it
        container  TEXT NOT NULL,      -- the mail or archive that it lay in
        sender     TEXT,               -- NULL: it came without a mail
        sender_name TEXT,
        subject    TEXT,
        sent       TEXT,               -- the mail's own date, NULL when it cannot be read
        message_id TEXT,
        problem    TEXT NOT NULL,      -- why it cannot be used as it is, else empty
        detail     TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX arrival_sha256 ON arrival (sha256)",
    """CREATE TABLE decision (           -- of the board; a later one of the same subject counts
        number      INTEGER PRIMARY KEY,
        entry       INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        kind        TEXT NOT NULL,     -- accepted, refused, corrected, excused, withdrawn
        unit        TEXT NOT NULL,
        month       TEXT NOT NULL,     -- from which month on
        code        TEXT NOT NULL,     -- of the finding
        field       TEXT NOT NULL,
        given       TEXT NOT NULL,     -- what the unit had reported
        value       TEXT NOT NULL,     -- the corrected figure as JSON
        explanation TEXT NOT NULL,
        reason      TEXT NOT NULL,
        approver    TEXT NOT NULL,
        clause      TEXT NOT NULL,
        decided     TEXT,
        until       TEXT               -- the last month in which it holds, NULL: to the end
    ) STRICT""",
    """CREATE TABLE run (                -- a month's run that was completed
        number         INTEGER PRIMARY KEY,
        entry          INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        month          TEXT NOT NULL,
        received_until TEXT NOT NULL,  -- what arrived up to then counts
        campaign       TEXT NOT NULL,  -- digest of the campaign
        package        TEXT NOT NULL,  -- SHA-256 of the campaign as it lies in luu-tru
        register       TEXT NOT NULL,  -- file name of the board's own register
        version        TEXT NOT NULL,  -- of the program
        operator       TEXT NOT NULL,
        started        TEXT NOT NULL,
        key            TEXT NOT NULL,  -- digest of all that the result depends on
        manifest       TEXT NOT NULL   -- SHA-256 of the manifest
    ) STRICT""",
    """CREATE TABLE run_arrival (        -- which files went into a run
        run     INTEGER NOT NULL REFERENCES run DEFERRABLE INITIALLY DEFERRED,
        entry   INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        place   INTEGER NOT NULL,      -- in the order given, from 0
        arrival INTEGER NOT NULL,      -- stays known even when that arrival's entry is lost
        PRIMARY KEY (run, place)
    ) STRICT""",
    """CREATE TABLE run_container (      -- what only held files
        run     INTEGER NOT NULL REFERENCES run DEFERRABLE INITIALLY DEFERRED,
        entry   INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        place   INTEGER NOT NULL,
        name    TEXT NOT NULL,
        kind    TEXT NOT NULL,
        members INTEGER NOT NULL,
        sender  TEXT,                  -- NULL: it is no mail
        sender_name TEXT,
        subject TEXT,
        sent    TEXT,
        message_id TEXT,
        PRIMARY KEY (run, place)
    ) STRICT""",
    """CREATE TABLE sending (            -- what was made to be sent
        number INTEGER PRIMARY KEY,
        entry  INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        month  TEXT NOT NULL,
        unit   TEXT NOT NULL,
        kind   TEXT NOT NULL,
        name   TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE cache (              -- no facts: computed, and computed again when missing
        kind    TEXT NOT NULL,
        key     TEXT NOT NULL,         -- digest of all that the value depends on
        arrival INTEGER NOT NULL,      -- 0: of no one arrival
        month   TEXT NOT NULL,
        unit    TEXT NOT NULL,
        value   BLOB NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT""",
)


def _only_added(table: str) -> Iterator[str]:
    for change in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'facts are only added'); END"
        )


MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        *_TABLES,
        *(trigger for table in ("entry", *FACTS) for trigger in _only_added(table)),
        *(f"CREATE INDEX {table}_entry ON {table} (entry)" for table in FACTS),
    ),
)
"""The statements that lead from each version to the next; version 0 is an empty file."""
