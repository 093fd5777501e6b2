"""The totals of the sheet “Tổng hợp”: what each is called, and what it adds up.

A total is a column of the statistics (``statistics.COUNTED``) or a sum of such, of
all units or of one group of kinds. The figures of the month and those to date may
be different columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.errors import InputError
from tdkt_batch.figures.statistics import COUNTED, OF_THE_MONTH
from tdkt_batch.figures.unit_figures import WAIVED
from tdkt_batch.model import OutcomeKind, Severity
from tdkt_batch.report import UnitState
from tdkt_batch.vietnamese.labels import is_near, label_key
from tdkt_batch.vietnamese.spelling import unmarked_key
from tdkt_batch.wording.shared import DELEGATE_FIGURES, OUTCOMES, SEVERITIES, UNIT_STATES

_SUGGESTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One total: the columns that it adds up, and the field of the forms that gives its figure.

    ``month`` is empty where the total has no figure of the month, ``to_date`` where
    it has none to date. ``group`` limits it to a group of kinds. ``names`` are other
    labels under which it is known.
    """

    id: str
    label: str
    month: tuple[str, ...] = ()
    to_date: tuple[str, ...] = ()
    group: str = ""
    field: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_of_conferences(self) -> bool:
        """Whether its figure of the month is that of the conferences held in the month."""
        return bool(self.month and self.to_date) and self.month != self.to_date


def total_asked(text: str, campaign: Campaign) -> Total:
    """Return the total that ``text`` names, by id or by the label of its line.

    Raises ``InputError`` with what it may mean, or with the nearest labels.
    """
    totals = tuple(totals_of(campaign))
    found = _fitting(text, totals)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"“{text}” có thể là {len(found)} chỉ tiêu: {_said(found)}; hãy ghi mã trong ngoặc"
        )
    by_key = {unmarked_key(one.label): one for one in reversed(totals)}
    near = get_close_matches(unmarked_key(text), by_key, n=_SUGGESTED, cutoff=0.4)
    offered = f"; gần giống: {_said([by_key[key] for key in near])}" if near else ""
    raise InputError(f"không có chỉ tiêu “{text}” trong sổ tổng hợp{offered}")


def _fitting(text: str, totals: Sequence[Total]) -> list[Total]:
    """Return what fits in the surest way: its own id, spelled out, misspelt, begun."""
    if own := [one for one in totals if one.id == text.strip()]:
        return own
    key = label_key(text)
    for fits in (
        lambda known: known == key,
        lambda known: is_near(key, known),
        lambda known: known.startswith(key),
    ):
        if found := [one for one in totals if key and any(map(fits, _keys(one)))]:
            return found
    return []


def _keys(total: Total) -> tuple[str, ...]:
    return tuple(label_key(label) for label in (total.id, total.label, *total.names))


def _said(totals: Sequence[Total]) -> str:
    return "; ".join(f"“{one.label}” ({one.id})" for one in totals)


# --- what there is ------------------------------------------------------------------------------


def totals_of(campaign: Campaign) -> Iterator[Total]:
    """Yield the totals in the order of the sheet, then what else the statistics add up."""
    named = [
        *_reports(),
        *_conferences(campaign),
        *_delegates(campaign),
        *_results(campaign),
        *_findings(),
    ]
    yield from named
    known = {one.id for one in named}
    for column in COUNTED:
        if column not in known:
            month = (column,) if column in OF_THE_MONTH else ()
            yield Total(id=column, label=column, month=month, to_date=() if month else (column,))


def _reports() -> Iterator[Total]:
    both, label = ("reported",), "Đơn vị đã gửi báo cáo dùng được"
    yield Total(id="reported", label=label, month=both, to_date=both)
    planned = (_planned(label),)
    yield Total(id="required", label="Đơn vị phải gửi báo cáo", month=("required",), names=planned)
    silent = f"state_{UnitState.MISSING}"
    names = ("Đơn vị chưa gửi báo cáo",)
    yield Total(id=silent, label="Chưa gửi báo cáo", month=(silent,), names=names)
    unusable = tuple(f"state_{one}" for one in (UnitState.EMPTY, UnitState.UNREADABLE))
    yield Total(id="unusable", label="Biểu trống hoặc không đọc được", month=unusable)
    never = "never_reported"
    yield Total(id=never, label="Chưa từng gửi báo cáo dùng được", to_date=(never,))
    for state in (UnitState.ON_TIME, UnitState.LATE, UnitState.NOT_REQUIRED):
        yield Total(id=f"state_{state}", label=UNIT_STATES[state], month=(f"state_{state}",))


def _planned(label: str) -> str:
    """Return the label under which the column “Kế hoạch” of a line is asked for."""
    return f"{label} (kế hoạch)"


def _conferences(campaign: Campaign) -> Iterator[Total]:
    status, label = campaign.roles.status, "Hội nghị đã tổ chức"
    month, held, with_plan = ("held_in_month",), ("stage_held",), ("stage_planned", "stage_held")
    groups = [group.name for level in campaign.levels for group in level.groups]
    for group in ("", *groups):
        of, about = (f":{group}", f"{label}: {group}") if group else ("", label)
        names = (group,) if group else ("Toàn tỉnh",)
        yield Total(
            id=f"stage_held{of}", label=about, month=month, to_date=held, group=group,
            field=status, names=names,
        )  # fmt: skip
        yield Total(
            id=f"with_plan{of}", label=_planned(about), to_date=with_plan, group=group,
            field=status, names=tuple(map(_planned, names)),
        )  # fmt: skip
    yield from _not_held(campaign)


def _not_held(campaign: Campaign) -> Iterator[Total]:
    status, day = campaign.roles.status, campaign.roles.figures["date"]
    stages = campaign.roles.stages
    for stage in ("none", "planned"):
        column = f"stage_{stage}"
        yield Total(id=column, label=stages[stage], to_date=(column,), field=status)
    cancelled, names = "stage_cancelled", (stages["cancelled"],)
    label = "Báo không tổ chức"
    yield Total(id=cancelled, label=label, to_date=(cancelled,), field=status, names=names)
    label = "Quá thời gian quy định, chưa tổ chức"
    yield Total(id="overdue", label=label, to_date=("overdue",), field=status)
    label = "Qua ngày dự kiến, chưa báo tổ chức"
    yield Total(id="past_plan", label=label, to_date=("past_plan",), field=f"{day}_kh")


def _delegates(campaign: Campaign) -> Iterator[Total]:
    """Yield the delegates, actual ones under the bare label, planned ones named so."""
    for role, label in DELEGATE_FIGURES.items():
        name, column = campaign.roles.figures[role], f"actual_{role}"
        on_form = campaign.forms[0].label(name)
        yield Total(
            id=column, label=label, month=(f"month_{role}",), to_date=(column,),
            field=f"{name}_th", names=(f"{label} (thực hiện)", on_form),
        )  # fmt: skip
        column = f"planned_{role}"
        yield Total(id=column, label=_planned(label), to_date=(column,), field=f"{name}_kh")


_RESULTS = {
    "collectives": "Tập thể được biểu dương",
    "individuals": "Cá nhân được biểu dương",
    "households": "Hộ gia đình được biểu dương",
    "elected": "Đại biểu được bầu đi dự cấp trên",
}


def _results(campaign: Campaign) -> Iterator[Total]:
    for role, label in _RESULTS.items():
        field = campaign.roles.figures[role]
        yield Total(id=role, label=label, month=(f"month_{role}",), to_date=(role,), field=field)
    label, names = "Đại biểu được phân bổ dự cấp trên", (_planned(_RESULTS["elected"]),)
    yield Total(id="allotment", label=label, to_date=("allotment",), names=names)


def _findings() -> Iterator[Total]:
    for severity in Severity:
        label = SEVERITIES[severity]
        names = (f"Nội dung {label}",)
        yield Total(id=str(severity), label=label, month=(str(severity),), names=names)
    label = OUTCOMES[OutcomeKind.UNKNOWN]
    yield Total(id="unknown", label=label, month=("unknown",), names=(f"{label} để rà soát",))
    label = "Đã chấp nhận giải trình"
    yield Total(id=WAIVED, label=label, month=(WAIVED,), names=(f"{label} (tính riêng)",))
    yield Total(id="error", label=OUTCOMES[OutcomeKind.ERROR], month=("error",))
