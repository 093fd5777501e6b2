"""What an office may set, declared once: written, read, explained and documented from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tdkt_batch.campaign.definition import LEADERSHIP, Campaign
from tdkt_batch.campaign.form import ChoiceList
from tdkt_batch.campaign.letters import PaperStyle
from tdkt_batch.office.register_rows import KIND_BY_COLUMN
from tdkt_batch.office.typed_cells import AskedCell, CellKind
from tdkt_batch.wording import office as say
from tdkt_batch.wording.campaign import UNIT_COLUMNS
from tdkt_batch.wording.shared import NO, YES

ALL_UNITS = "units_are_all"
"""Whether the units that the settings do not list count: the one setting of no campaign's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A single value: where it lies in the campaign, its group, and what is asked of its cell.

    ``may_lack`` tells that “-” is an answer: then there is none.
    """

    place: str
    group: str
    asked: AskedCell
    hint: str
    may_lack: bool = False


def _setting(
    place: str,
    group: str,
    kind: CellKind = CellKind.TEXT,
    *,
    may_lack: bool = False,
    of: tuple[str, ...] | int = 99_999,
) -> Setting:
    """Return a setting; ``of`` are its choices, or the highest number."""
    label, hint = say.SETTINGS[place]
    choices = ChoiceList(place, of, {}) if isinstance(of, tuple) else None
    highest = of if isinstance(of, int) else 0
    asked = AskedCell(label=label, kind=kind, choices=choices, lowest=1, highest=highest)
    return Setting(place=place, group=group, asked=asked, hint=hint, may_lack=may_lack)


SETTINGS = (
    _setting("board.superior", "board"),
    _setting("board.name", "board"),
    _setting("board.place", "board"),
    _setting("board.province", "board"),
    _setting("board.reports_to", "board"),
    _setting("board.signatory_title", "signatories"),
    _setting("letters.office.signatory_name", "signatories", may_lack=True),
    _setting("board.preparer_title", "signatories"),
    _setting("letters.office.phone", "contact", CellKind.PHONE, may_lack=True),
    _setting("letters.office.email", "contact", CellKind.ADDRESS, may_lack=True),
    _setting("letters.office.leader_email", "contact", CellKind.ADDRESS, may_lack=True),
    _setting("letters.office.letter_symbol", "papers"),
    _setting("letters.office.report_symbol", "papers"),
    _setting("letters.office.slip_symbol", "papers"),
    _setting("letters.office.filing", "papers"),
    _setting("letters.style", "papers", CellKind.CHOICE, of=tuple(PaperStyle)),
    _setting("letters.limits.reply_working_days", "limits", CellKind.COUNT, of=60),
    _setting("letters.limits.reminder_working_days", "limits", CellKind.COUNT, of=60),
    _setting("letters.limits.silent_months", "limits", CellKind.COUNT, of=60),
    _setting("letters.limits.attachments_megabytes", "limits", CellKind.COUNT, of=1_000),
    _setting("letters.limits.message_letters", "limits", CellKind.COUNT, of=10_000),
    _setting(ALL_UNITS, "units", CellKind.CHOICE, of=(YES, NO)),
)
"""The single values, in the order in which they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingColumn:
    """A column of a list: its head with a hint, what its cells hold, its width in digits."""

    id: str
    head: str
    hint: str
    kind: CellKind
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingList:
    """A list of its own sheet."""

    sheet: str
    columns: tuple[SettingColumn, ...]
    spare: int

    @property
    def heads(self) -> Mapping[str, tuple[str, ...]]:
        """By column, what stands above it."""
        return {column.id: (column.head,) for column in self.columns}

    def asked(self, column: str, choices: ChoiceList | None = None) -> AskedCell:
        """Return what is asked of a cell of the column."""
        one = next(one for one in self.columns if one.id == column)
        highest = 31 if one.kind is CellKind.COUNT else 99_999
        return AskedCell(label=one.head, kind=one.kind, choices=choices, lowest=1, highest=highest)


def _list(
    sheet: str, heads: Mapping[str, tuple[str, str]], spare: int,
    **columns: tuple[CellKind, float],
) -> SettingList:  # fmt: skip
    return SettingList(
        sheet=sheet,
        columns=tuple(
            SettingColumn(id=id_, head=heads[id_][0], hint=heads[id_][1], kind=kind, width=width)
            for id_, (kind, width) in columns.items()
        ),
        spare=spare,
    )


DEADLINES = _list(
    say.DEADLINES_SHEET, say.DEADLINE_HEADS, 0,
    level=(CellKind.CHOICE, 42), day=(CellKind.COUNT, 12), recipient=(CellKind.TEXT, 40),
    letter=(CellKind.TEXT, 60),
)  # fmt: skip
MOVED = _list(
    say.MOVED_SHEET, say.MOVED_HEADS, 20,
    level=(CellKind.CHOICE, 42), month=(CellKind.MONTH, 12), day=(CellKind.DAY, 14),
    letter=(CellKind.TEXT, 60),
)  # fmt: skip
HOLIDAYS = _list(
    say.HOLIDAYS_SHEET, say.HOLIDAY_HEADS, 20,
    name=(CellKind.TEXT, 46), each_year=(CellKind.TEXT, 14), first=(CellKind.DAY, 14),
    last=(CellKind.DAY, 14), worked=(CellKind.DAY, 14),
)  # fmt: skip
REASONS = _list(
    say.REASONS_SHEET, say.REASON_HEADS, 20,
    use=(CellKind.CHOICE, 30), reason=(CellKind.TEXT, 90),
)  # fmt: skip
LISTS = (DEADLINES, MOVED, HOLIDAYS, REASONS)

_WIDTHS = {
    "ma": 11, "ten": 40, "loai": 22, "truc_thuoc": 30, "tu_ngay": 12, "den_ngay": 12, "lien_he": 24,
    "dien_thoai": 16, "thu_dien_tu": 30, "phan_bo": 10, "mien_bao_cao": 9, "ghi_chu": 34,
}  # fmt: skip
UNITS = SettingList(
    sheet=say.UNITS_SHEET,
    columns=tuple(
        SettingColumn(
            id=id_,
            head=UNIT_COLUMNS[id_][1],
            hint=say.UNIT_HINTS.get(id_, ""),
            kind=KIND_BY_COLUMN[id_],
            width=width,
        )
        for id_, width in _WIDTHS.items()
    ),
    spare=60,
)
"""The register; the kind of a unit tells its level."""


def level_names(campaign: Campaign) -> dict[str, str]:
    """Return the levels that deadlines are of by what they are called, the board itself last."""
    names = {level.name: level.id for level in campaign.levels}
    return names | ({say.LEADERSHIP_LEVEL: LEADERSHIP} if campaign.board_deadline else {})


def value_at(campaign: Campaign, place: str) -> object:
    """Return the value that lies at a place of the campaign."""
    value: object = campaign
    for name in place.split("."):
        value = getattr(value, name)
    return value
