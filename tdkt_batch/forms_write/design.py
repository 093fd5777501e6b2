"""What forms that are written alike have in common: all but what is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms.layout import FormLayout
from tdkt_batch.model import Unit
from tdkt_batch.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDesign:
    """A form to be prepared for any filling: its cells, formulas, looks and names are known.

    ``form`` is ``basis`` with room for the rows that will be filled in. A form that ``is_made_out``
    is one unit's; in any other one of ``units`` is chosen, of which those right ``below``
    are offered, each unit's together. Without ``has_month`` the
    month is typed. One that ``is_returned`` begins with what the board says of it.
    ``blanks`` are the values of cells in which nothing stands, as far as they were met.
    """

    campaign: Campaign
    basis: Form
    form: Form
    layout: FormLayout
    is_made_out: bool
    has_month: bool
    is_returned: bool
    units: tuple[Unit, ...]
    below: tuple[Unit, ...]
    blanks: dict[str, Value] = field(default_factory=dict)
