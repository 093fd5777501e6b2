"""The schemas (JSON Schema 2020-12) of what programs read: the manifest, and ``check --json``.

``docs/generate.py`` writes them as JSON; tests/test_schemas.py holds real output against them.
No key may come that is not described. Whoever changes a shape raises ``SCHEMA_VERSION`` beside
the code that writes it, and says so in the changelog.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from tdkt_batch.campaign.rule import RuleScope
from tdkt_batch.model import ArrivalBasis, Life, OutcomeKind, Severity
from tdkt_batch.months.check_forms import SCHEMA_VERSION as CHECK_VERSION
from tdkt_batch.outputs.manifest import SCHEMA_VERSION as MANIFEST_VERSION
from tdkt_batch.report import FileState, UnitState
from tdkt_batch.values import Found

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return each schema as JSON, by the name of its file."""
    return {
        "bang-ke.schema.json": _written(manifest_schema()),
        "check.schema.json": _written(check_schema()),
    }


def _written(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


# --- the words ------------------------------------------------------------------------------------


def text(said: str) -> Schema:
    """Return a text that is always there."""
    return {"type": "string", "description": said}


def text_or_null(said: str) -> Schema:
    """Return a text, null where there is none."""
    return {"type": ["string", "null"], "description": said}


def sha256(said: str, *, may_lack: bool = False) -> Schema:
    """Return the SHA-256 of a content."""
    pattern = {"pattern": "^[0-9a-f]{64}$"}
    return {**(text_or_null(said) if may_lack else text(said)), **pattern}


def moment(said: str) -> Schema:
    """Return a moment of the office's time, without a zone."""
    return {**text(said), "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}


def number(said: str) -> Schema:
    """Return a count."""
    return {"type": "integer", "minimum": 0, "description": said}


def truth(said: str) -> Schema:
    """Return true or false."""
    return {"type": "boolean", "description": said}


def one_of(kinds: type[StrEnum], said: str, *, may_lack: bool = False) -> Schema:
    """Return one of the program's own words."""
    return {"enum": [*map(str, kinds), *([None] if may_lack else [])], "description": said}


def scalar(said: str) -> Schema:
    """Return what a cell may hold: days and moments are text in ISO 8601."""
    return {"type": ["string", "number", "boolean", "null"], "description": said}


def thing(said: str, **keys: Schema) -> Schema:
    """Return an object with all of these keys and no other."""
    return {
        "type": "object",
        "description": said,
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


def many(of: Schema, said: str) -> Schema:
    """Return a list."""
    return {"type": "array", "items": of, "description": said}


def counts(kinds: type[StrEnum], said: str, *, total: bool = False) -> Schema:
    """Return how many there are of each kind, zero included."""
    keys = {str(kind): number("") for kind in kinds} | ({"total": number("")} if total else {})
    for one in keys.values():
        del one["description"]
    return thing(said, **keys)


def named(of: Schema, said: str) -> Schema:
    """Return values under names that are the campaign's or a library's."""
    return {"type": "object", "additionalProperties": of, "description": said}


def version(number_of_version: int) -> Schema:
    """Return the version of a schema, as what it describes bears it."""
    return {"const": number_of_version, "description": "the version of this schema"}


def top(title: str, number_of_version: int, said: str, **keys: Schema) -> Schema:
    """Return a whole schema with its version."""
    marked = thing(said, schema_version=version(number_of_version), **keys)
    return {"$schema": DIALECT, "title": title, **marked}


CELL = thing(
    "a cell",
    field=text_or_null("id of the field or `table.column`; null for what is no input of the form"),
    sheet=text("name of the worksheet; in the manifest empty for one that was renamed"),
    cell=text("such as B12; empty where the line was not found"),
)
MONTH = {**text("the month, YYYY-MM"), "pattern": r"^\d{4}-\d\d$"}


# --- the manifest ---------------------------------------------------------------------------------


def manifest_schema() -> Schema:
    """Return the schema of ``bang-ke-YYYY-MM.json``; ``run --json`` has all of it and more."""
    letter = thing(
        "the mail that brought it: who sent it and about what stands in the ledger alone",
        sent={**moment("when it was sent"), "type": ["string", "null"]},
        message_id=text_or_null("its Message-ID"),
    )
    letter["type"] = ["object", "null"]
    finding = thing(
        "what a unit is asked to mend or to explain",
        unit=text("code of the unit"),
        rule=text("id of the rule, or DL… for a fault of reading"),
        severity=one_of(Severity, "how grave it is"),
        life=one_of(Life, "how it stands against the months before; fixed: it was, and is no more"),
        since={
            **MONTH,
            "type": ["string", "null"],
            "description": "the first month of those in a row",
        },
        sha256=sha256("the file that it was found in", may_lack=True),
        cells=many(CELL, "the cells that it is about"),
        given=text_or_null("what the unit gives"),
        expected=text_or_null("what is expected"),
        withheld=truth("given and expected are left out because a person may be named in them"),
    )
    came_as = thing(
        "a file",
        name=text("its name as it came, with what it lay in; mails and sheets inside are numbered"),
        sha256=sha256("its content"),
        state=one_of(FileState, "what became of it"),
        unit=text_or_null("code of the unit whose it is"),
        reason=text_or_null("why, in Vietnamese, with … for what somebody typed"),
        arrived=moment("when it arrived"),
        arrived_by=one_of(ArrivalBasis, "what that was taken from"),
        letter=letter,
    )
    return top(
        "bảng kê",
        MANIFEST_VERSION,
        "What went into a month's result, under which version of what, and what was found. "
        "No person is named but where a file's name does.",
        month=MONTH,
        campaign=text("id of the campaign"),
        received_until=moment("what arrived up to then counts"),
        attachments=counts(FileState, "files by state", total=True),
        units=counts(UnitState, "units by state", total=True),
        coverage=thing(
            "who had to report, and did",
            required=number("units that must report"),
            reported=number("of these, whose report counts"),
            ever_reported=number("of these, with a report of this month or of an earlier one"),
            provisional=truth("a unit that must report has not"),
        ),
        findings=counts(
            Severity, "findings by severity, without those whose explanation is accepted"
        ),
        lives=counts(Life, "findings by life"),
        outcomes=counts(OutcomeKind, "rule × unit, by how it ended"),
        finding_list=many(finding, "every finding, unit by unit in the register's order"),
        inputs=many(came_as, "every file that concerns the month"),
        containers=many(
            thing(
                "what only held files",
                name=text("its name as it came; a mail inside another is numbered"),
                kind=text("zip, gz, tar, workbook, eml, mbox, msg, tnef or smime"),
                members=number("what lies directly in it"),
                letter=letter,
            ),
            "mails and archives",
        ),
        outputs=many(
            thing("a file", name=text("below the output folder"), sha256=sha256("its content")),
            "what the run wrote, this list itself left out",
        ),
        versions=thing(
            "under which version of what",
            tdkt_batch=text("the program"),
            campaign=text("digest of the campaign"),
            forms=named(text("digest"), "digest of each form"),
            python=text("the interpreter"),
            libraries=named(
                text("version"), "the libraries that read the cells and wrote the book"
            ),
        ),
    )


# --- check --json ---------------------------------------------------------------------------------


def check_schema() -> Schema:
    """Return the schema of what ``check --json`` prints."""
    value = thing(
        "a value",
        field=text("id of the field; `table.column[1]` in the first row of a table"),
        value=scalar("what counts"),
        raw=scalar("what was typed"),
        sheet=text("name of the worksheet"),
        cell=text("such as B12; empty where the line was not found"),
        found=one_of(Found, "how the cell was found"),
        repair=text_or_null("name of the repair"),
    )
    outcome = thing(
        "how a rule ended; all null where one form cannot decide it",
        rule=text("id"),
        scope=one_of(RuleScope, "what it takes to decide it"),
        outcome=one_of(OutcomeKind, "as repaired, which counts", may_lack=True),
        as_typed=one_of(OutcomeKind, "as the form's own panel says", may_lack=True),
        severity=one_of(Severity, "how grave, where it failed", may_lack=True),
        message=text_or_null("what is wrong, in Vietnamese"),
        given=text_or_null("what the form gives"),
        expected=text_or_null("what is expected"),
        sheet=text_or_null("where it points at"),
        cell=text_or_null("where it points at"),
        clause=text("of the guidance"),
    )
    finding = thing(
        "what is to be mended or explained",
        rule=text("id of the rule, or DL… for a fault of reading"),
        severity=one_of(Severity, "how grave it is"),
        message=text("what is wrong, in Vietnamese"),
        given=text_or_null("what the form gives"),
        expected=text_or_null("what is expected"),
        difference=text_or_null("between the two"),
        remedy=text_or_null("what to do"),
        clause=text_or_null("of the guidance"),
        cells=many(CELL, "the cells that it is about"),
    )
    fault = thing(
        "a fault of data, cell by cell: what could not be read, or is to be noted",
        code=text("DL…"),
        severity=one_of(Severity, "reading or notice"),
        field=text_or_null("id of the field or `table.column`"),
        sheet=text_or_null("name of the worksheet"),
        cell=text_or_null("null where the whole file or sheet is meant"),
        raw=scalar("what stands in the cell"),
        sentence=text("what is wrong, in Vietnamese"),
        remedy=text("what to do"),
    )
    file = thing(
        "a file",
        schema_version=version(CHECK_VERSION),
        file=text("its name as it was given, with what it lies in"),
        unit=text_or_null("code of the unit"),
        form=text_or_null("id of the form"),
        state=one_of(FileState, "used where it is a form"),
        reason=text_or_null("why it is none, in Vietnamese"),
        empty=truth("nothing of the unit's own is typed in it"),
        values=many(value, "every value, people's names too: what the form says"),
        outcomes=many(outcome, "every rule of the form's level"),
        findings=many(finding, "the gravest first"),
        faults=many(fault, "in reading order"),
    )
    said = "What would be found in forms before they are sent: one object a file, by their names."
    return {"$schema": DIALECT, "title": "check --json", **many(file, said)}
