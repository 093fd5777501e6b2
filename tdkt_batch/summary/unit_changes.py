"""Sheet “Thay đổi theo đơn vị”: one row a unit that changed since the last run, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count

from tdkt_batch.model import Finding, Life
from tdkt_batch.report import MonthRecord, UnitReport
from tdkt_batch.sheets.cells import Cell
from tdkt_batch.sheets.columns import SheetColumns
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary.plan import Plan
from tdkt_batch.vietnamese.writing import capital
from tdkt_batch.wording import summary as say
from tdkt_batch.wording.shared import LIVES, UNIT_STATES

COLUMNS = SheetColumns.headed(
    say.UNIT_CHANGES_HEADS,
    ("number", 5, "center top"), ("name", 26, "text top"), ("state", 20, "text top"),
    ("figures", 50, "text top"), ("found", 38, "text top"), ("settled", 28, "text top"),
    ("parent", 24, "plain top"),
)  # fmt: skip
LAST_PRINTED = COLUMNS.index_of("settled")
Record = dict[str, Cell]


def write(page: Page, plan: Plan) -> None:
    """Write the sheet; in the first month one sentence says that there is nothing to compare."""
    past = plan.report.past[-1] if plan.report.past else None
    note = ""
    if past is not None:
        months = {"now": plan.report.month.vietnamese, "then": past.month.vietnamese}
        note = say.UNIT_CHANGES_NOTE.format(**months)
    printed = LAST_PRINTED + 1
    page.open_table(plan.head, COLUMNS, say.UNIT_CHANGES_TITLE, note, printed=printed)
    records = list(_records(plan, past)) if past is not None else []
    page.print_table(max(len(records), 1), printed)
    if not records:
        said = say.NO_CHANGES if past is not None else say.FIRST_MONTH
        page.merge(FIRST_ROW, 0, LAST_PRINTED, said, "center")
        return
    page.rows(COLUMNS, records, FIRST_ROW)
    page.filter(FIRST_ROW, FIRST_ROW + len(records) - 1, COLUMNS)


def _records(plan: Plan, past: MonthRecord) -> Iterator[Record]:
    """Yield the rows of the units that changed, then of those that are registered no more."""
    numbers = count(1)
    for unit in plan.report.units:
        if record := _changes_of(plan, past, unit):
            yield {
                "number": plan.to_unit(unit.unit.code, next(numbers)),
                "name": unit.unit.name,
                "parent": plan.district_of(unit),
                **record,
            }
    known = {unit.unit.code for unit in plan.report.units}
    names = {unit.code: unit.name for unit in plan.campaign.units}
    for code in past.states:
        if code not in known:
            yield {"number": next(numbers), "name": names.get(code, code), "state": say.LEFT}


def _changes_of(plan: Plan, past: MonthRecord, report: UnitReport) -> Record:
    """Return what changed of a unit, by column; nothing where nothing did."""
    then, now = past.states.get(report.unit.code), UNIT_STATES[report.state]
    record: Record = {}
    if then is None:
        record["state"] = f"{say.JOINED}: {now}"
    elif then is not report.state:
        record["state"] = say.FROM_TO.format(then=UNIT_STATES[then], now=now)
    if report.changes:
        record["figures"] = _figures(report)
    news = [one for one in report.findings if one.life in (Life.NEW, Life.REOPENED)]
    if news:
        words = plan.campaign.words.severities
        record["found"] = _by_kind(plan, ((words[one.severity], one) for one in news))
    done = [(LIVES[Life.FIXED], one) for one in report.gone]
    done += [
        (LIVES[Life.WAIVED], one)
        for one in report.findings
        if one.life is Life.WAIVED and one.decision and one.decision.month == plan.report.month
    ]
    if done:
        record["settled"] = _by_kind(plan, done)
    return record


def _figures(report: UnitReport) -> str:
    """Return the cells that held something else with both values, and how many were blank.

    What is filled for the first time stands in the unit's own row.
    """
    changed = [one for one in report.changes if one.old]
    said = [
        say.FIGURE_CHANGED.format(label=one.label, then=one.old, now=one.new or say.BLANK)
        for one in changed
    ]
    if filled := len(report.changes) - len(changed):
        said.append(say.NEWLY_FILLED.format(number=filled))
    return capital("; ".join(said))


def _by_kind(plan: Plan, findings: Iterable[tuple[str, Finding]]) -> str:
    """Return a line a kind with the titles of its findings; how often one of several stands."""
    titles: dict[str, Counter[str]] = {}
    for kind, finding in findings:
        titles.setdefault(kind, Counter())[plan.title_of(finding.code)] += 1
    return "\n".join(
        say.OF_KIND.format(kind=kind, titles="; ".join(_counted(own)))
        for kind, own in titles.items()
    )


def _counted(titles: Counter[str]) -> Iterator[str]:
    for title, number in titles.items():
        yield title if number == 1 else say.TIMES.format(title=title, number=number)
