"""One typed row of the control workbook: what its cells mean, or what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from functools import cached_property

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import ChoiceList, Field, FieldKind
from tdkt_batch.control.figures import fields_named, names_of
from tdkt_batch.control.sheets import WITHDRAW, Role, Sheet
from tdkt_batch.forms.cell_meaning import Understood, quoted_raw
from tdkt_batch.forms_read.repair import understand
from tdkt_batch.model import Month, Raw, Unit, is_blank_cell
from tdkt_batch.unit_names.keys import How
from tdkt_batch.unit_names.match import Match, UnitNames
from tdkt_batch.wording.shared import READING_FAULTS, READING_NOTICES, reading_fault

_BESIDE_A_CODE = ("–", "—", "-", "(", ":")
"""What may stand between a unit's code and its name."""


class Register:
    """The units and rules of a campaign, to be found by what people type."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._units = {_code_key(unit.code): unit for unit in campaign.units}
        codes = (*(rule.id for rule in campaign.rules), *READING_FAULTS, *READING_NOTICES)
        self._codes = {code.casefold(): code for code in codes}

    def unit(self, text: str) -> Unit | None:
        """Return the unit with this code, or with exactly this registered name."""
        code = text
        for sign in _BESIDE_A_CODE:
            code = code.partition(sign)[0]
        found = self._units.get(_code_key(code))
        return found or self._named(text)

    def _named(self, text: str) -> Unit | None:
        match = self._names.find(text)
        return match.unit if isinstance(match, Match) and match.how is How.NAME else None

    def code(self, text: str) -> str | None:
        """Return the id of a rule or of a fault of reading, however it is written."""
        return self._codes.get("".join(text.split()).casefold())

    @cached_property
    def _names(self) -> UnitNames:
        return UnitNames(self.campaign.units)


def _code_key(text: str) -> str:
    """Return what all spellings of a unit's code share: no blanks, no zeros in front."""
    return "".join(text.split()).casefold().lstrip("0")


@dataclass(slots=True)
class Typed:
    """One row as it was typed; what is wrong with it gathers in ``problems``."""

    sheet: Sheet
    cells: Mapping[str, Raw]
    register: Register
    problems: list[str] = with_default(default_factory=list)

    # --- what stands there --------------------------------------------------------------

    def raw(self, column: str) -> Raw:
        """Return a cell as it is."""
        return self.cells.get(column)

    def exact(self, column: str) -> str:
        """Return a cell's text just as it stands."""
        raw = self.raw(column)
        return raw if isinstance(raw, str) else quoted_raw(raw)

    def text(self, column: str) -> str:
        """Return what the board typed, composed and trimmed."""
        return unicodedata.normalize("NFC", self.exact(column)).strip(" \u00a0\t\n")

    def is_blank(self, *columns: str) -> bool:
        """Tell whether nothing stands in any of these cells."""
        return all(is_blank_cell(self.raw(column)) for column in columns)

    def as_typed(self) -> dict[str, str]:
        """Return all that the board typed, as texts, for the row to be written back."""
        typed = (c.id for c in self.sheet.columns if c.role is not Role.SHOWN)
        return {id_: self.exact(id_) for id_ in typed if not self.is_blank(id_)}

    # --- what it means ------------------------------------------------------------------

    def unit(self) -> Unit | None:
        """Return the unit; None with a problem when there is none such."""
        text = self.text("unit")
        found = self.register.unit(text) if text else None
        if found is None:
            said = f"ghi “{text}”, không có trong danh sách đơn vị" if text else "chưa ghi"
            self._wrong("unit", said, "ghi mã đơn vị theo danh sách đăng ký")
        return found

    def code(self) -> str:
        """Return the rule's id; empty with a problem when there is none such."""
        text = self.text("code")
        found = self.register.code(text) if text else None
        if found is None:
            said = f"ghi “{text}”, không có mã này" if text else "chưa ghi"
            self._wrong("code", said, "ghi mã căn cứ như ở sổ tổng hợp, ví dụ A4")
        return found or ""

    def field(self, unit: Unit) -> Field | None:
        """Return the field of the unit's form; None with a problem unless it is clear."""
        text = self.text("field")
        found = fields_named(self.register.campaign, unit, text) if text else ()
        if len(found) == 1:
            return found[0]
        if not found:
            said = f"“{text}” không có trong biểu của đơn vị" if text else "chưa ghi"
            self._wrong("field", said, "chọn trong danh sách")
            return None
        campaign = self.register.campaign
        names = names_of(campaign, campaign.form_of(unit))
        said = "; ".join(names[field.id] for field in found[:4])
        self._wrong("field", f"“{text}” có thể là: {said}", "chọn một chỉ tiêu trong danh sách")
        return None

    def month(self, column: str) -> Month | None:
        """Return a month; None with a problem when it cannot be read, without when blank."""
        found = self._understood(column, FieldKind.MONTH).value
        return Month.of(found) if isinstance(found, date) else None

    def day(self, column: str) -> date | None:
        """Return a day; None with a problem when it cannot be read, without when blank."""
        found = self._understood(column, FieldKind.DATE).value
        return found if isinstance(found, date) else None

    def choice(self, column: str, values: tuple[str, ...]) -> str:
        """Return the choice meant; empty with a problem when it is none of them."""
        choices = ChoiceList(column, values, {})
        found = self._understood(column, FieldKind.CHOICE, choices).value
        return found if isinstance(found, str) else ""

    def value(self, field: Field) -> Understood:
        """Return the right value of a field, as a cell of its form would be understood."""
        found = understand(field, self.raw("value"), self.register.campaign)
        if found.fault:
            message, remedy = reading_fault(found.fault, field.label)
            self._said(f"{message}: {_small(remedy)}")
        elif found.value is None:
            self._wrong("value", "chưa ghi", "ghi số liệu đúng")
        return found

    def require(self, *columns: str) -> None:
        """Note which of these cells are blank."""
        blank = [f"“{self._head(column)}”" for column in columns if not self.text(column)]
        if len(blank) == 1:
            self._said(f"Ô {blank[0]} chưa ghi: ghi vào ô này")
        elif blank:
            self._said(f"Các ô {', '.join(blank)} chưa ghi: ghi vào các ô này")

    def require_order(self, first: Month | None, last: Month | None, column: str) -> None:
        """Note a last month before the first."""
        if first and last and last < first:
            self._wrong(column, f"là {last.vietnamese}, trước kỳ {first.vietnamese}", "sửa lại")

    def is_withdrawn(self) -> bool:
        """Tell whether the row's decision is taken back; an x will do."""
        if self.text("withdrawn").casefold() in ("x", "có"):
            return True
        return bool(self.choice("withdrawn", (WITHDRAW,)))

    def _understood(
        self, column: str, kind: FieldKind, choices: ChoiceList | None = None
    ) -> Understood:
        field = Field(id=column, label=self._head(column), kind=kind, choices=choices)
        found = understand(field, self.raw(column), self.register.campaign)
        if found.fault:
            message, remedy = reading_fault(found.fault, field.label)
            self._said(f"{message}: {_small(remedy)}")
        return found

    def _head(self, column: str) -> str:
        return self.sheet.column(column).head

    def _wrong(self, column: str, what: str, to_do: str) -> None:
        self._said(f"Ô “{self._head(column)}” {what}: {to_do}")

    def _said(self, problem: str) -> None:
        self.problems.append(problem)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
