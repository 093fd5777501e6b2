"""What is still open in a month as its last run made it, for who issues it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tdkt_batch.control.listing import Listing
from tdkt_batch.figures.questions_for_officer import questions_for_officer
from tdkt_batch.figures.unit_lines import standing_findings
from tdkt_batch.ledger.facts import Run
from tdkt_batch.months.earlier_months import figures_of, judged_again
from tdkt_batch.months.file_questions import open_file_questions
from tdkt_batch.months.inputs import Resources
from tdkt_batch.report import MonthRecord
from tdkt_batch.rules.decisions import settled_questions
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import months as say


class StillOpen(NamedTuple):
    """How many things nobody decided, files of nobody, faults of data that stand besides."""

    undecided: int
    strays: int
    faults: int

    @property
    def in_words(self) -> str:
        """What is open in one sentence; empty where nothing is."""
        parts = zip(self, (say.UNDECIDED, say.STRAYS, say.FAULTS_LEFT), strict=True)
        said = [words.format(number=write_number(number)) for number, words in parts if number]
        return say.STILL_OPEN.format(parts=", ".join(said)) if said else ""


def still_open(run: Run, past: Mapping[str, MonthRecord], resources: Resources) -> StillOpen:
    """Return what is open in the month of ``run``, which is the last; ``past`` is before it."""
    report, terms = judged_again(run, past, resources)
    campaign, ledger = terms.campaign, resources.ledger
    decisions = ledger.decisions()
    settled = settled_questions(decisions, run.month)
    asked = questions_for_officer(campaign, report, figures_of(campaign, report), settled)
    listing = Listing(campaign, report, decisions, asked, open_file_questions(report, ledger))
    of_figures = [one for one in asked if one.is_to_be_answered]
    faults = [
        finding
        for unit in report.units
        for finding in standing_findings(unit)
        if finding.severity.is_of_data and finding.key not in listing.waiting_keys
    ]
    return StillOpen(
        undecided=len(listing.waiting) + len(listing.of_files) + len(of_figures),
        strays=len(listing.strays),
        faults=len(faults),
    )
