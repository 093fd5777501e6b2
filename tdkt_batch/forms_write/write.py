"""A form definition and what is to stand in it → an .xlsx, the same bytes for the same input."""

from __future__ import annotations

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.filling import DesignKey, FilledForm, Filling
from tdkt_batch.forms_write.prepared import PreparedForm

__all__ = ["Filling", "FormWriter", "write_form"]

_BLANK = Filling()
_MOST_CAMPAIGNS = 3
_MOST_PREPARED = 8
"""A prepared form takes some megabytes, and each length of a list that grew is one."""


class FormWriter:
    """Writes the forms of a campaign; a design is prepared when it is first asked for."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._designs: dict[DesignKey, FormDesign] = {}
        self._prepared: dict[int, PreparedForm] = {}  # those used last at the end

    def write(self, form: Form, filling: Filling = _BLANK) -> bytes:
        """Return the form as a workbook, every formula with its true value beside it."""
        filled = FilledForm(self.campaign, form, filling, self._designs)
        key = id(filled.design)
        prepared = self._prepared.pop(key, None) or PreparedForm(filled.design)
        self._prepared[key] = prepared
        if len(self._prepared) > _MOST_PREPARED:
            del self._prepared[next(iter(self._prepared))]
            kept = {k: one for k, one in self._designs.items() if id(one) in self._prepared}
            self._designs = kept
        return prepared.filled(filled)


_writers: list[FormWriter] = []
"""The writers of the campaigns that were written for last."""


def write_form(campaign: Campaign, form: Form, filling: Filling = _BLANK) -> bytes:
    """Return the form as a workbook, every formula with its true value beside it."""
    writer = next((one for one in _writers if one.campaign is campaign), None)
    if writer is None:
        writer = FormWriter(campaign)
        _writers[:] = [writer, *_writers[: _MOST_CAMPAIGNS - 1]]
    return writer.write(form, filling)
