"""What a campaign calls things, for the sentences of the program's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tdkt_batch.campaign.toml_section import Section
from tdkt_batch.model import Severity
from tdkt_batch.vietnamese.writing import lowered
from tdkt_batch.wording import campaign as say
from tdkt_batch.wording import shared

PLACES = (
    "event", "event_in_sentence", "guidance", "upper_units", "Upper_units",
    "superiors", "Superiors", "SUPERIORS",
)  # fmt: skip
"""The words that a campaign's own texts may leave a place for."""

NOT_IN_SHEET_NAMES = frozenset("[]:*?/\\'")
"""What Excel does not take in the name of a sheet."""
_LONGEST = 26
"""A sheet is named “Theo …”, in 31 letters at most."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a campaign.

    ``event`` is what units hold (“Hội nghị”, “Đại hội”), ``guidance`` the kind of its
    document (“Hướng dẫn”, “Kế hoạch”), ``upper_units`` whom units are counted under
    (“huyện, thành phố, sở, ngành”), ``superiors`` the same shortly, for heads and names of
    sheets (“huyện, ngành”; that too unless it is said). ``example_day`` is a day of the
    campaign, which examples of how to write a day show.
    """

    event: str
    guidance: str
    upper_units: str
    example_day: date
    superiors: str = ""

    @classmethod
    def load(cls, section: Section, guidance: str) -> Words:
        """Return the words of the table ``[words]``; the kind of document stands with it."""
        section.allow("event", "upper_units", "superiors", "example_day")
        superiors = section.text("superiors", section.text("upper_units"))
        fits = len(superiors) <= _LONGEST and NOT_IN_SHEET_NAMES.isdisjoint(superiors)
        section.check(fits, "superiors", say.NOT_IN_SHEET_NAME.format(longest=_LONGEST))
        return cls(
            event=section.text("event"),
            guidance=guidance,
            upper_units=section.text("upper_units"),
            example_day=section.day("example_day"),
            superiors=superiors,
        )

    def said(self, sentence: str) -> str:
        """Return a sentence of ``wording`` in the campaign's words; its other places stay.

        >>> words = Words(event="Đại hội", guidance="Kế hoạch", upper_units="xã",
        ...               example_day=date(2025, 3, 1))
        >>> words.said("{held} đơn vị đã tổ chức {event} theo {guidance}")
        '{held} đơn vị đã tổ chức Đại hội theo Kế hoạch'
        """
        day = self.example_day
        words = {
            "event": self.event,
            "event_in_sentence": lowered(self.event),
            "guidance": self.guidance,
            "upper_units": self.upper_units,
            "Upper_units": self.upper_units[:1].upper() + self.upper_units[1:],
            "superiors": self.superiors,
            "Superiors": self.superiors[:1].upper() + self.superiors[1:],
            "SUPERIORS": self.superiors.upper(),
            "example_day": f"{day.day}/{day.month}/{day.year}",
            "example_month": f"{day.month}/{day.year}",
            "example_first": f"1/{day.month}/{day.year}",
        }
        return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), sentence)

    @cached_property
    def severities(self) -> Mapping[Severity, str]:
        """The severities as people read them."""
        return {severity: self.said(words) for severity, words in shared.SEVERITIES.items()}
