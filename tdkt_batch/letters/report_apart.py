"""What the report says of figures that cannot be true: they stand apart from every total."""

from __future__ import annotations

from tdkt_batch.figures.apart import doubts
from tdkt_batch.letters.docx_paper import Paper
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.phrases import figure, one_line
from tdkt_batch.wording.shared import APART_LEAD


def not_added(paper: Paper, out: Outgoing) -> None:
    """Name each figure that is not added, with its cell and its bound; nothing without any."""
    found = doubts(out.campaign, out.report.to_date())
    if not found:
        return
    said = [one.in_words(out.campaign) for one in found]
    units = figure(len({one.unit.code for one in found}))
    paper.text(one_line(APART_LEAD.format(number=units, units="; ".join(said))))
