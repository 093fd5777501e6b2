"""What ``trace --total`` says on the terminal: unit by unit what adds up, and the sums."""

from __future__ import annotations

from collections.abc import Iterator

from tdkt_batch.cli.show_trace import print_notes, say
from tdkt_batch.cli.terminal import IN_MONTH, TO_DATE, print_table
from tdkt_batch.trace.contributions import Contribution, TotalTrace
from tdkt_batch.trace.words import write_typed
from tdkt_batch.vietnamese.writing import write_number

_HEADS = ("Đơn vị", IN_MONTH, TO_DATE, "Tệp, ô", "Ghi chú")


def print_total(trace: TotalTrace) -> None:
    """Print what adds up to a total, unit by unit, and its sums."""
    looked, total = trace.looked, trace.total
    say(f"{total.label} [{total.id}], tháng {looked.month.vietnamese}")
    if trace.contributions:
        print_table(_HEADS, [_contribution(one) for one in trace.contributions])
    for line in _sums(trace):
        say(line)
    print_notes(looked)


def _contribution(one: Contribution) -> tuple[str, ...]:
    return (
        f"{one.unit.name} ({one.unit.code})",
        _figure(one.month),
        _figure(one.to_date),
        _file_and_cell(one),
        _remark(one),
    )


def _file_and_cell(one: Contribution) -> str:
    if one.submission is None:
        return ""
    name = one.submission.source.name.replace("\\", "/").rpartition("/")[2]
    return f"{name}, {one.read.cell}" if one.read and one.read.cell else name


def _figure(value: int | None) -> str:
    return "" if value is None else write_number(value)


def _remark(one: Contribution) -> str:
    said = []
    if one.report.carried and one.submission is not None:
        said.append(f"báo cáo gần nhất, tháng {one.submission.month.vietnamese}")
    if one.correction is not None:
        said.append("Ban đính chính")
    elif one.read is not None and one.read.repair is not None:
        said.append(f"đã ghi {write_typed(one.read.raw)}, hiểu lại ({one.read.repair.rule})")
    return "; ".join(said)


def _sums(trace: TotalTrace) -> Iterator[str]:
    """Yield both sums, each with how many units it adds, and what the two mean."""
    if trace.month is not None:
        units = sum(one.month is not None for one in trace.contributions)
        yield f"Cộng trong tháng: {write_number(trace.month)} ({write_number(units)} đơn vị)."
    if trace.to_date is not None:
        added = [one for one in trace.contributions if one.to_date is not None]
        units_added = f"{write_number(len(added))} đơn vị"
        if carried := sum(one.report.carried for one in added):
            units_added += f", trong đó {write_number(carried)} lấy báo cáo gần nhất"
        yield f"Cộng đến nay: {write_number(trace.to_date)} ({units_added})."
    if trace.total.is_of_conferences:
        yield (
            "Trong tháng: của Hội nghị tổ chức trong tháng, theo báo cáo tháng này. "
            "Đến nay: theo báo cáo gần nhất của mỗi đơn vị."
        )
