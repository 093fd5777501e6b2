"""The second part of “So với kỳ trước”: how long findings stand, by severity, place and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tdkt_batch.figures.findings import Lives, lives_by
from tdkt_batch.model import Finding, Life
from tdkt_batch.report import UnitReport
from tdkt_batch.sheets.cells import Cell, Formula, column_range, count_where, literal
from tdkt_batch.sheets.page import FIRST_ROW, Page
from tdkt_batch.summary import findings
from tdkt_batch.summary.changes_columns import COLUMNS, FIGURES, heads, section
from tdkt_batch.summary.changes_units import Layout
from tdkt_batch.summary.plan import FINDINGS, Plan
from tdkt_batch.wording.shared import LIVES, SEVERITIES

_STANDING = (Life.NEW, Life.REOPENED, Life.OPEN)
_HEADS = (
    *(LIVES[life] for life in _STANDING), "Cộng phải xử lý", LIVES[Life.WAIVED],
    LIVES[Life.FIXED], "Lâu nhất (tháng)",
)  # fmt: skip
NOTHING = "Tháng này và kỳ trước không có nội dung nào cần xem xét."


@dataclass(frozen=True, slots=True)
class Table:
    """A table of lives: what it counts by, the column that holds it, and its lines by label."""

    head: str
    column: str
    lines: tuple[tuple[str, str, Lives], ...]
    """Key as it stands in the rows, label, counts."""


def _tables(plan: Plan) -> tuple[Table, ...]:
    """Return the tables by severity, by district or department, by rule; none without findings."""
    districts = [unit.name for unit in plan.campaign.units]
    return tuple(
        Table(head, column, tuple(_lines(plan, key, order)))
        for head, column, key, order in (
            ("Theo mức độ", "severity", _severity, list(SEVERITIES.values())),
            ("Theo huyện, ngành", "parent", lambda unit, _: plan.district_of(unit), districts),
            ("Theo căn cứ", "rule", lambda _, finding: finding.code, _codes(plan)),
        )
    )


def _severity(_unit: UnitReport, finding: Finding) -> str:
    return SEVERITIES[finding.severity]


def _codes(plan: Plan) -> list[str]:
    return [rule.id for rule in plan.campaign.rules]


def _lines(
    plan: Plan, key: Callable[[UnitReport, Finding], str], order: list[str]
) -> Iterator[tuple[str, str, Lives]]:
    """Yield the lines in the order given, others by name; a rule's label has its title."""
    lives = lives_by(plan.report, key)
    place = {name: number for number, name in enumerate(order)}
    for name in sorted(lives, key=lambda one: (place.get(one, len(place)), one)):
        title = plan.title_of(name)
        label = name if title == name else f"{name}  {title}"
        yield name, label + _shared(plan, name), lives[name]


def _shared(plan: Plan, code: str) -> str:
    fault = plan.common.get(code)
    return f" (sai sót phổ biến: {fault.units}/{fault.of} đơn vị)" if fault else ""


def height_of(plan: Plan) -> int:
    """Return how many rows the part fills."""
    tables = [table for table in _tables(plan) if table.lines]
    return 1 + (sum(len(table.lines) + 1 for table in tables) or 1)


def write(page: Page, plan: Plan, row: int, gone: Layout) -> None:
    """Write the part from ``row`` on; ``gone`` is where mended findings stand."""
    section(page, row, "B. Vòng đời nội dung cần xem xét (số nội dung)")
    row += 1
    tables = [table for table in _tables(plan) if table.lines]
    if not tables:
        page.merge(row, 0, len(COLUMNS) - 1, NOTHING, "prose")
    for table in tables:
        heads(page, row, table.head, _HEADS)
        for number, (key, label, lives) in enumerate(table.lines, start=1):
            row += 1
            counts = _counts(plan, table.column, key, lives, gone)
            _write_line(page, row, number, label, counts)
        row += 1


def _write_line(page: Page, row: int, number: int, label: str, counts: list[Cell]) -> None:
    page.put(row, 0, number, "center")
    page.merge(row, 1, FIGURES - 1, label, "text")
    for index, count in enumerate(counts, start=FIGURES):
        page.put(row, index, count, "number", "dashed")


def _counts(plan: Plan, column: str, key: str, lives: Lives, gone: Layout) -> list[Cell]:
    here = _noted(plan, column), literal(key)
    waived = [Formula(_of_life(plan, here, Life.WAIVED), _n(lives.counts, Life.WAIVED))]
    single = [Formula(_of_life(plan, here, one), _n(lives.counts, one)) for one in _STANDING]
    together = Formula("+".join(one.text for one in single), lives.standing)
    found: list[Cell] = [*single, together, *waived]
    if not plan.lists_all:
        found = [one.value for one in (*single, together, *waived)]
    fixed = _n(lives.counts, Life.FIXED)
    mended: Cell = fixed
    if fixed:
        conditions = (gone.range_of("change"), literal(LIVES[Life.FIXED]))
        mended = Formula(count_where(conditions, (gone.range_of(column), literal(key))), fixed)
    return [*found, mended, lives.longest or None]


def _n(counts: Mapping[Life, int], life: Life) -> int:
    return counts.get(life, 0)


def _of_life(plan: Plan, here: tuple[str, str], life: Life) -> str:
    return count_where(here, (_noted(plan, "life"), literal(LIVES[life])))


def _noted(plan: Plan, id_: str) -> str:
    last = FIRST_ROW + max(len(plan.noted), 1) - 1
    return column_range(FINDINGS, findings.COLUMNS.index_of(id_), FIRST_ROW, last)
