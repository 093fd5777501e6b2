"""All that an officer is asked before the book is published, each topic bounded."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import islice

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.figures.alike import alike_figures, alike_people, at_the_limit
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.officer_questions import OfficerQuestion, OfficerTopic
from tdkt_batch.figures.unusual import heavy_movers, movers, unusual
from tdkt_batch.report import MonthReport
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import figures as say

_MOST_ON_SCREEN = 5


def questions_for_officer(
    campaign: Campaign,
    report: MonthReport,
    figures: MonthFigures,
    settled: Container[str] = (),
) -> tuple[OfficerQuestion, ...]:
    """Return the questions by topic; what is left over of one is counted in its last.

    ``settled`` are the marks of those that were answered for good: they are not asked again.
    """
    limits = campaign.figures.officer
    if limits is None:
        return ()
    found = (
        *movers(campaign, limits, report, figures),
        *unusual(campaign, limits, report, figures),
        *alike_people(campaign, limits, report),
        *alike_figures(campaign, limits, report, figures),
        *at_the_limit(campaign, limits, report, figures),
    )
    asked: list[OfficerQuestion] = []
    for topic in OfficerTopic:
        own = [one for one in found if one.topic is topic and one.mark not in settled]
        most = len(limits.figures) if topic is OfficerTopic.MOVERS else limits.most
        asked += own[:most]
        if more := len(own) - most if len(own) > most else 0:
            text = say.MORE_QUESTIONS.format(number=write_number(more))
            asked.append(OfficerQuestion(topic=topic, text=text, evidence=()))
    return tuple(asked)


def before_publishing(
    campaign: Campaign,
    report: MonthReport,
    figures: MonthFigures,
    asked: Sequence[OfficerQuestion],
    of_files: int = 0,
) -> Sequence[str]:
    """Return what the screen says at the end of a run: the heaviest movers, how much is asked.

    So many questions ``of_files`` are asked beside those of figures.
    """
    limits = campaign.figures.officer
    if limits is None:
        return ()
    heavy = list(islice(heavy_movers(campaign, limits, report, figures), _MOST_ON_SCREEN))
    waiting = of_files + sum(one.is_to_be_answered for one in asked)
    if waiting:
        heavy.append(say.QUESTIONS_WAIT.format(number=write_number(waiting)))
    return heavy
