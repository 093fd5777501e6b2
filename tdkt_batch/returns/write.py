"""A unit's report of the month → its own form written anew, annotated, and the file's name."""

from __future__ import annotations

import re
import unicodedata

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.form import Form
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.returns.review import fresh_review, review_of
from tdkt_batch.returns.sent_form import carried_over, sent_form
from tdkt_batch.rules.requests_to_units import action_of, gets_file, gets_fresh_form
from tdkt_batch.wording import returns as say

_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
LONGEST_NAME = 150
"""Letters of a file's name: Windows takes 255 together with some of its folders."""
_MOST_BYTES = 240


def return_of(campaign: Campaign, report: MonthReport, unit: UnitReport) -> bytes | None:
    """Return what goes back to a unit: its form, annotated, or a fresh one with what to do.

    A fresh form is for a unit of which nothing that it sent could be used. None for one
    that has nothing to do, or of which nothing arrived.
    """
    asked = return_filling(campaign, report, unit)
    return None if asked is None else write_form(campaign, *asked)


def return_filling(
    campaign: Campaign, report: MonthReport, unit: UnitReport
) -> tuple[Form, Filling] | None:
    """Return the unit's form, and what is to stand in it when it goes back."""
    if not gets_file(campaign, unit):
        return None
    submission = unit.submission
    if submission is None or gets_fresh_form(unit):
        form = campaign.form_of(unit.unit)
        review = fresh_review(campaign, report, unit)
        earlier = unit.earlier.submission if unit.earlier else None
        if earlier is None or earlier.form != form.id:
            return form, Filling(unit=unit.unit, month=report.month, review=review)
        values, tables = carried_over(campaign, form, earlier)
        return form, Filling(
            unit=unit.unit,
            month=report.month,
            values=values,
            tables=tables,
            whole_tables=True,
            carried=True,
            review=review,
        )
    form = campaign.form(submission.form)
    sent = sent_form(campaign, form, submission)
    return form, Filling(
        unit=unit.unit,
        month=submission.month,
        values=sent.values,
        tables=sent.tables,
        explanations=submission.explanations,
        whole_tables=True,
        review=review_of(campaign, report, unit, sent),
    )


def return_name(campaign: Campaign, report: MonthReport, unit: UnitReport) -> str:
    """Return the file's name, such as every computer takes: month, unit, code, what is asked."""
    action = say.SHORT_ACTIONS["resend" if gets_fresh_form(unit) else action_of(campaign, unit)]
    code = _cleaned(unit.unit.code)[:40]
    before, after = f"{report.month} ", f" ({code}) {action}.xlsx"
    name = _cleaned(unit.unit.name)[: LONGEST_NAME - len(before) - len(after)]
    while len(f"{before}{name}{after}".encode()) > _MOST_BYTES:
        name = name[:-1]
    return f"{before}{name.rstrip(' .')}{after}"


def _cleaned(text: str) -> str:
    """Return a text without what a file's name must not hold."""
    visible = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(_REFUSED.sub(" ", visible).split()).strip(". ")
