"""Whether a month is one of those that a form offers."""

from __future__ import annotations

from datetime import date
from functools import partial

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.forms.as_typed import day_serial
from tdkt_batch.forms_write.filling import FilledForm
from tdkt_batch.forms_write.values import Test


def not_offered(cell: str, campaign: Campaign, id_: str) -> tuple[str, Test]:
    """Return the test that ``cell`` holds no month of the list.

    An empty text, which stands for one that is not read, is greater than any number.
    """
    first, last = campaign.report_months[0], campaign.report_months[-1]
    test = f"OR({cell}<{day_serial(first)},{cell}>{day_serial(last)})"
    return test, partial(_is_none_of_list, id_, first, last)


def _is_none_of_list(id_: str, first: date, last: date, filled: FilledForm) -> bool:
    typed = filled.values[id_].typed
    return not (isinstance(typed, date) and first <= typed <= last)
