"""Which of a campaign's names play which part: what the program knows by role, not by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a unit's conference has come, as its status says."""

    NONE = "none"
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a field is to the program; a campaign may lack any that its rules do not need."""

    TOTAL = "total"
    EXEMPLARY = "exemplary"
    ELECTED = "elected"
    DATE = "date"
    STAFF = "staff"
    CONFERENCE_KIND = "conference_kind"
    ORDINAL = "ordinal"
    REQUESTS = "requests"
    REASON = "reason"
    PREPARER = "preparer"
    PHONE = "phone"
    HEAD = "head"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_DATE = "document_date"
    UNCHANGED = "unchanged"


class TableRole(StrEnum):
    """What a table is to the program."""

    ROSTER = "roster"  # its rows are people


PLANNED, ACTUAL = "_kh", "_th"
"""What the names of a pair end in: of its planned cell, and of its actual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which field, choice and table plays which part.

    ``unit``, ``month`` and ``status`` are fields of every form; ``held`` names the
    condition under which the actual figures are in force. ``stages`` maps each
    stage to the status choice that says it. ``figures`` maps a role to the name
    that holds it; a form that lacks the name has no such figure, and a role that
    stands nowhere has none in the whole campaign. ``tables`` maps a role to a table.
    """

    unit: str
    month: str
    status: str
    held: str
    stages: Mapping[Stage, str]
    figures: Mapping[Role, str]
    tables: Mapping[TableRole, str]

    def stage_of(self, status: object) -> Stage | None:
        """Return the stage that a status choice means; None when it means none."""
        return next((stage for stage, choice in self.stages.items() if choice == status), None)

    def name(self, role: Role, end: str = "") -> str:
        """Return the name that plays ``role``, or the one of its pair with this ``end``.

        It is empty where the campaign has none.
        """
        name = self.figures.get(role)
        return f"{name}{end}" if name else ""

    def names(self, role: Role) -> tuple[str, ...]:
        """Return the name that plays ``role`` and those of its pair; none where none plays it."""
        return tuple(self.name(role, end) for end in ("", PLANNED, ACTUAL) if role in self.figures)
