"""A unit's report of the month → its own form written anew, annotated, and the file's name."""

from __future__ import annotations

import re
import unicodedata

from tdkt_batch.campaign.definition import Campaign
from tdkt_batch.forms.layout import grown, layout_of
from tdkt_batch.forms.review import Review
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.write import write_form
from tdkt_batch.report import MonthReport, UnitReport, UnitState
from tdkt_batch.returns.places import Places
from tdkt_batch.returns.points import Said
from tdkt_batch.returns.receipt import receipt_of
from tdkt_batch.returns.sent import sent_again
from tdkt_batch.rules.actions import Action, action_of, is_over, reply_day
from tdkt_batch.sheets.legible import legible
from tdkt_batch.unit_names.labels import unit_label
from tdkt_batch.vietnamese.writing import write_day

ACTIONS = {
    Action.COMPLETE: "Đề nghị hoàn thiện, gửi lại trước ngày {day}",
    Action.EXPLAIN: "Đề nghị giải trình trước ngày {day}",
    Action.AWAITING: "Đã nhận, không cần sửa; Ban đang xem xét giải trình",
    Action.CLEAR: "Đã nhận, không cần sửa",
}
"""The call to action, in the first line of the first sheet."""
SHORT_ACTIONS = {
    Action.COMPLETE: "đề nghị hoàn thiện",
    Action.EXPLAIN: "đề nghị giải trình",
    Action.AWAITING: "đã nhận",
    Action.CLEAR: "đã nhận",
}
"""The same in a file's name."""
NOTHING_TO_DO = "Tháng này không phải gửi lại."
LOOK_AT_NOTICES = "Các nội dung dưới đây chỉ để lưu ý hoặc đã có giải trình gửi Ban."
MEND_HERE = (
    "Cách làm: bấm vào một nội dung để đến ô cần xem (ô có khung đậm và dấu ►), sửa ngay trong tệp "
    "này, lưu lại rồi gửi lại chính tệp này. Nội dung nào giữ nguyên thì ghi lý do ở cột Giải "
    "trình (bấm vào ô để đến chỗ ghi)."
)
EXPLAIN_HERE = (
    "Cách làm: Hội nghị đã tổ chức thì không sửa số liệu cho khớp quy định; bấm vào cột Giải trình "
    "để ghi lý do từng nội dung. Chỉ sửa ô ghi nhầm, ghi thiếu (ô có khung đậm và dấu ►). Xong thì "
    "lưu lại rồi gửi lại chính tệp này."
)
EMPTY = "Biểu gửi đến chưa ghi số liệu: đề nghị ghi vào tệp này rồi gửi lại."
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
LONGEST_NAME = 150
"""Letters of a file's name: Windows takes 255 together with some of its folders."""
_MOST_BYTES = 240


def return_of(campaign: Campaign, report: MonthReport, unit: UnitReport) -> bytes | None:
    """Return the unit's form with what it sent and what the board says of it.

    None for a unit of which no file could be read this month.
    """
    submission = unit.submission
    if submission is None or unit.carried:
        return None
    form = campaign.form(submission.form)
    sent = sent_again(campaign, form, submission)
    layout = layout_of(grown(form, {id_: len(rows) for id_, rows in sent.tables.items()}))
    filling = Filling(
        unit=unit.unit,
        month=submission.month,
        values=sent.values,
        tables=sent.tables,
        explanations={id_: legible(text) for id_, text in submission.explanations.items()},
        whole_tables=True,
        review=_review(campaign, report, unit, Places(layout, submission, sent)),
    )
    return write_form(campaign, form, filling)


def _review(campaign: Campaign, report: MonthReport, unit: UnitReport, places: Places) -> Review:
    over, action = is_over(campaign, unit), action_of(campaign, unit)
    head = "Nội dung cần giải trình, bổ sung" if over else "Cách hoàn thiện"
    form = places.layout.form
    said = Said(campaign, form, unit, places, head)
    return Review(
        action=ACTIONS[action].format(day=write_day(reply_day(campaign, report))),
        whose=unit_label(unit.unit, campaign),
        which=f"Báo cáo tháng {report.month.vietnamese} – {form.number}: {form.title}",
        guide=_guide(action, unit, over=over),
        remedy_head=head,
        points=said.points(),
        gaps=said.gaps(),
        reread=said.reread(),
        left_out=places.submission.extras,
        receipt=receipt_of(campaign, report, unit),
        notes=said.notes(),
    )


def _guide(action: Action, unit: UnitReport, *, over: bool) -> str:
    if action in (Action.CLEAR, Action.AWAITING):
        return " ".join((NOTHING_TO_DO, *([LOOK_AT_NOTICES] if unit.findings else [])))
    if unit.state is UnitState.EMPTY:
        return EMPTY
    return EXPLAIN_HERE if over else MEND_HERE


def return_name(campaign: Campaign, report: MonthReport, unit: UnitReport) -> str:
    """Return the file's name, such as every computer takes: month, unit, code, what is asked."""
    action = SHORT_ACTIONS[action_of(campaign, unit)]
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
