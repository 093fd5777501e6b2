"""What an office words in its letters: texts with places, deadlines, the style of its papers.

Every text of a group may name the places in ``COMMON_PLACES`` (unless its table
is one ``WITHOUT_COMMON``) and those that ``PLACES`` gives for its group;
``load_letters`` refuses any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PaperStyle(StrEnum):
    """The regulation that a paper's looks follow (thể thức văn bản)."""

    CIRCULAR_2011 = "01/2011/TT-BNV"
    DECREE_2020 = "30/2020/NĐ-CP"


COMMON_PLACES: Mapping[str, str] = {
    "thang": "tháng báo cáo: 3/2015",
    "den": "thời điểm chốt số liệu: 17 giờ 00 ngày 25/3/2015",
    "huong_dan": "số, ngày của hướng dẫn",
    "ten_huong_dan": "tên hướng dẫn",
    "co_quan_ban_hanh": "cơ quan ban hành hướng dẫn",
    "dot": "tên đợt",
    "ban": "tên Ban",
    "cap_tren": "cơ quan cấp trên của Ban",
    "tinh": "tỉnh",
    "bao_cao_len": "nơi Ban báo cáo lên",
    "dien_thoai": "điện thoại của Ban",
    "thu_dien_tu": "địa chỉ thư của Ban",
    "han": "hạn hoàn thiện, giải trình",
    "han_don_doc": "hạn gửi của đơn vị chưa gửi",
}
"""What every text may name, and what it stands for."""

PLACES: Mapping[str, Mapping[str, str]] = {
    "mail": {
        "don_vi": "đơn vị nhận thư",
        "noi_nhan": "tên người nhận: Ủy ban nhân dân huyện …",
        "so": "số đơn vị của nhóm",
        "tong": "số đơn vị trong thông báo",
        "nhan_luc": "thời điểm nhận báo cáo",
    },
    "mail.part": {"phan": "thư thứ mấy", "so_phan": "số thư"},
    "message": {"don_vi": "huyện hoặc nhóm đơn vị", "so": "số đơn vị", "tong": "tổng số"},
    "reminder": {
        "don_vi": "nơi nhận công văn",
        "noi_nhan": "tên nơi nhận",
        "so": "số đơn vị chưa gửi",
        "tong": "số đơn vị phải gửi",
        "han_quy_dinh": "thời hạn quy định",
        "van_ban_han": "văn bản quy định thời hạn",
        "ky_hieu": "ký hiệu công văn của Ban",
    },
    "calls": {"so": "số đơn vị phải gọi"},
    "report": {
        "da_nhan": "số đơn vị đã báo cáo",
        "phai_gui": "số đơn vị phải báo cáo",
        "ty_le": "tỷ lệ báo cáo",
        "tam_tinh": "“ (số liệu tạm tính)” khi còn đơn vị chưa báo cáo, nếu không thì trống",
        "bieu": "tên tệp biểu tổng hợp",
        "co_quan": "cơ quan của Ban, viết đầy đủ",
    },
    "report.decisions": {"so": "số đơn vị", "don_vi": "tên đơn vị; nhiều thì tên 4 đơn vị đầu"},
    "report.decisions.silent": {
        "so": "số đơn vị",
        "don_vi": "như trên",
        "so_thang": "số tháng liền không báo cáo, từ đó thì xin ý kiến",
    },
    "report.decisions.explained": {"so": "số nội dung đã giải trình", "so_don_vi": "của số đơn vị"},
    "report.decisions.common": {"so": "số sai sót phổ biến", "noi_dung": "các sai sót"},
    "report.decisions.requests": {"so": "số đơn vị có kiến nghị"},
    "report.decisions_intro": {},
    "slip": {
        "da_nhan": "số đơn vị đã báo cáo",
        "phai_gui": "số đơn vị phải báo cáo",
        "ty_le": "tỷ lệ báo cáo",
        "tam_tinh": "như trên",
        "tien_do": "tiến độ tổ chức của từng nhóm",
        "so": "số nội dung xin ý kiến",
        "bieu": "tên tệp biểu tổng hợp",
    },
}
"""What the texts of a group may name beside the common places.

A text or table with an entry of its own (“mail.part”) may name those instead.
"""

WITHOUT_COMMON = frozenset({"report.decisions"})
"""The tables whose texts stand in the workbook too, which has no common places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office that sends: its symbols, how to reach it, where papers are filed."""

    letter_symbol: str
    report_symbol: str
    slip_symbol: str
    phone: str
    email: str
    leader_email: str
    signatory_name: str
    filing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLimits:
    """How long units have (in working days), how large a mail and how long a message may be."""

    reply_working_days: int
    reminder_working_days: int
    attachments_megabytes: int
    message_letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTexts:
    """What is asked of somebody, one sentence for each thing that can be asked."""

    complete: str
    resend: str
    explain: str
    missing: str
    awaiting: str
    clear: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTexts:
    """The notice of what the review found, as a mail.

    ``hub_…`` is for one with subordinate units, ``unit_…`` for a unit alone.
    """

    hub_subject: ActionTexts
    hub_action: ActionTexts
    unit_subject: ActionTexts
    unit_action: ActionTexts
    heading: ActionTexts
    not_required: str
    salutation: str
    hub_intro: str
    unit_intro: str
    unit_intro_clear: str
    unit_intro_unusable: str
    hub_request: str
    how_to: str
    how_to_resend: str
    waived: str
    fixed: str
    part: str
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTexts:
    """A short text for a message group."""

    text: str
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTexts:
    """The official letter that urges those who have not reported (công văn đôn đốc)."""

    subject: str
    hub_body: tuple[str, ...]
    group_body: tuple[str, ...]
    unit_body: tuple[str, ...]
    hub_itself: str
    list_title: str
    list_reference: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTexts:
    """The list of those to be called."""

    title: str
    intro: str
    nobody: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTexts:
    """What leadership is asked to decide, a sentence for each reason to ask, without full stop."""

    cancelled: str
    overdue: str
    silent: str
    explained: str
    common: str
    requests: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTexts:
    """The report for signature."""

    title: str
    addressee: str
    opening: tuple[str, ...]
    heading_arrivals: str
    heading_conferences: str
    heading_progress: str
    heading_delegates: str
    heading_results: str
    heading_findings: str
    heading_requests: str
    heading_decisions: str
    no_findings: str
    no_requests: str
    no_decisions: str
    decisions_intro: str
    decisions: DecisionTexts
    closing: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipTexts:
    """The two lines with which the report goes up for signature (phiếu trình)."""

    title: str
    addressee: str
    lines: tuple[str, ...]
    leader_signs: str
    presenter_signs: str
    mail_subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What the campaign says of its letters.

    ``addressees`` says by kind of unit how it is addressed, with the place
    ``{don_vi}``; a kind that is not there is addressed by the unit's name.
    """

    style: PaperStyle
    office: Office
    limits: LetterLimits
    addressees: Mapping[str, str]
    mail: MailTexts
    message: MessageTexts
    reminder: ReminderTexts
    calls: CallTexts
    report: ReportTexts
    slip: SlipTexts
