"""What two units report alike: people elected twice, lists and figures copied, shares at a limit.

A namesake is no error: two people are one only where name, year of birth, sex and
ethnic group are there and agree. Units of two levels are not compared: who a commune
elects is lawfully in its district's list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.campaign.figure import Basis, Counted, Figure, OfficerLimits
from tdkt_batch.campaign.roles import TableRole
from tdkt_batch.campaign.tree import Share
from tdkt_batch.figures.month_figures import MonthFigures
from tdkt_batch.figures.officer_questions import (
    OfficerQuestion,
    OfficerTopic,
    ShownCell,
    evidence_of,
    reporting,
    value_of,
)
from tdkt_batch.report import MonthReport, UnitReport
from tdkt_batch.rules.evaluate import least_share
from tdkt_batch.values import TableRow, Value
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.vietnamese.writing import write_number
from tdkt_batch.wording import figures as say

_MOST_NAMESAKES = 6
"""A row that more units have is a habit of forms, not one list copied from another."""
Key = tuple[str, ...]


def alike_people(
    campaign: Campaign, limits: OfficerLimits, report: MonthReport
) -> Iterator[OfficerQuestion]:
    """Yield lists that one unit has from another, then people elected by two units.

    A list that is asked about is not asked about again for each of its people.
    """
    table = campaign.roles.tables.get(TableRole.ROSTER)
    if table is None:
        return
    listed: dict[tuple[str, Key], list[tuple[UnitReport, TableRow]]] = {}
    for one in report.units:
        seen: set[Key] = set()
        for row in _rows(one, table):
            if (key := person_of(row, limits.person)) and key not in seen:
                seen.add(key)
                listed.setdefault((one.unit.level, key), []).append((one, row))
    new = {one.unit.code for one in reporting(report)}
    shared = [
        found
        for found in listed.values()
        if 1 < len(found) <= _MOST_NAMESAKES and new & {one.unit.code for one, _ in found}
    ]
    pairs = Counter(
        (one.unit.code, other.unit.code)
        for found in shared
        for (one, _), (other, _) in combinations(found, 2)
    )
    copied = {pair for pair, number in pairs.items() if number >= limits.rows_alike}
    for pair in sorted(copied):
        first = next(found for found in shared if set(pair) <= {one.unit.code for one, _ in found})
        yield OfficerQuestion(
            topic=OfficerTopic.ROSTER,
            text=say.SAME_ROSTER.format(number=write_number(pairs[pair])),
            evidence=tuple(
                evidence_of(one, _said(row, limits), row.values.get(limits.person[0]))
                for one, row in first
                if one.unit.code in pair
            ),
        )
    for found in shared:
        elected = [(one, row) for one, row in found if _is_marked(row.values.get(limits.elected))]
        codes = tuple(one.unit.code for one, _ in elected)
        if len(codes) > 1 and not copied.intersection(combinations(codes, 2)):
            yield OfficerQuestion(
                topic=OfficerTopic.PERSON,
                text=say.SAME_PERSON.format(number=write_number(len(codes))),
                evidence=tuple(
                    evidence_of(one, _said(row, limits), row.values.get(limits.person[0]))
                    for one, row in elected
                ),
            )


def person_of(row: TableRow, columns: Sequence[str]) -> Key | None:
    """Return what makes two people the same, whatever case and tones; None where one is blank."""
    values = [row.values.get(column) for column in columns]
    known = [one.value if one is not None and not one.is_blank else None for one in values]
    if any(one is None or not str(one).strip() for one in known):
        return None
    return tuple(unmarked_key(str(one)) for one in known)


def _rows(unit: UnitReport, table: str) -> Iterable[TableRow]:
    submission = unit.latest.submission if unit.latest.is_usable else None
    return submission.tables.get(table, ()) if submission else ()


def _is_marked(value: Value | None) -> bool:
    return value is not None and value.value is True


def _said(row: TableRow, limits: OfficerLimits) -> str:
    known = (row.values[column].value for column in limits.person)
    return ", ".join(str(one) for one in known)


# --- figures ----------------------------------------------------------------------------------


def alike_figures(
    campaign: Campaign, limits: OfficerLimits, report: MonthReport, figures: MonthFigures
) -> Iterator[OfficerQuestion]:
    """Yield units whose results are the same in every figure; what is 0 or blank tells nothing."""
    results = [
        one
        for one in campaign.figures.all
        if one.counted is Counted.AMOUNTS and one.basis is Basis.RESULT and not one.rules
    ]
    groups: dict[tuple[str, frozenset[tuple[str, int]]], list[UnitReport]] = {}
    known = {one.id: figures.by_id[one.id].known for one in results}
    for unit in report.units:
        code = unit.unit.code
        own = frozenset((id_, by[code]) for id_, by in known.items() if by.get(code))
        if len(own) >= limits.figures_alike:
            groups.setdefault((unit.unit.level, own), []).append(unit)
    new = {one.unit.code for one in reporting(report)}
    for (_, own), units in groups.items():
        if len(units) > 1 and new & {one.unit.code for one in units}:
            first = next(one for one in results if one.id in dict(own))
            yield OfficerQuestion(
                topic=OfficerTopic.FIGURES,
                text=say.SAME_FIGURES.format(
                    units=write_number(len(units)), number=write_number(len(own))
                ),
                evidence=tuple(_of(campaign, one, first, known[first.id]) for one in units),
            )


def at_the_limit(
    campaign: Campaign, limits: OfficerLimits, report: MonthReport, figures: MonthFigures
) -> Iterator[OfficerQuestion]:
    """Yield districts of which all units have a share at exactly its limit."""
    units = {one.unit.code: one for one in report.units}
    new = {one.unit.code for one in reporting(report)}
    for figure in campaign.figures.all:
        least = campaign.values.get(figure.share.least) if figure.share else None
        if figure.share is None or not isinstance(least, Share):
            continue
        part, whole = (figures.by_id[one].known for one in (figure.id, figure.share.of))
        for parent, codes in figures.units_by_parent.items():
            given = [one for one in codes if one in units and part.get(one) and whole.get(one)]
            exact = [one for one in given if part[one] == least_share(whole[one], least)]
            if len(given) < limits.units_at_limit or exact != given or not new & set(exact):
                continue
            name = campaign.unit_by_code[parent].name if parent in campaign.unit_by_code else parent
            yield OfficerQuestion(
                topic=OfficerTopic.AT_LIMIT,
                text=say.AT_LIMIT.format(
                    label=figure.label, units=write_number(len(exact)), superior=name
                ),
                evidence=tuple(_of(campaign, units[one], figure, part) for one in exact),
            )


def _of(
    campaign: Campaign, unit: UnitReport, figure: Figure, known: Mapping[str, int]
) -> ShownCell:
    said = f"{figure.label}: {write_number(known[unit.unit.code])}"
    return evidence_of(unit, said, value_of(campaign, unit, figure))
