"""The month's report for signature, the slip with which it goes up, and their covering mail.

The report says on two pages how far it is and what is to be decided; its appendix has the
figures and names that these rest on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from tdkt_batch.campaign.figure import Period, ReportPart
from tdkt_batch.campaign.roles import Role
from tdkt_batch.figures.adjustment import adjustment_of
from tdkt_batch.figures.findings import title_of
from tdkt_batch.figures.progress import headline_figure, progress_by_level
from tdkt_batch.figures.progress_words import judgement
from tdkt_batch.figures.questions_for_leadership import (
    SHOWN,
    Question,
    Topic,
    explained,
    questions,
)
from tdkt_batch.letters.docx_paper import Paper
from tdkt_batch.letters.mail_draft import Attached, MailDraft, addresses_in, draft_bytes
from tdkt_batch.letters.outgoing import Outgoing, Places
from tdkt_batch.letters.phrases import figure, filled, in_sentence, one_line, shown
from tdkt_batch.letters.report_figures import progress_in_short, sections_in, table_by_group
from tdkt_batch.letters.report_findings import findings, lives_by_figure
from tdkt_batch.letters.report_progress import arrivals, conferences
from tdkt_batch.letters.report_tiles import tiles
from tdkt_batch.letters.unit_notice import LONGEST
from tdkt_batch.model import Unit
from tdkt_batch.vietnamese.writing import write_percent
from tdkt_batch.wording import letters as say

REPORT_FILE, SLIP_FILE = "bao-cao-{month}.docx", "phieu-trinh-{month}.docx"
"""The papers that leadership signs, beside the workbook."""
_LONGEST_REQUEST = 1_500
_MOST_REQUESTS = 80
"""How many requests the report repeats before it points to the workbook."""
_MOST_EXPLAINED = 12
_WITH_NAMES, _FEW = 4, 2
"""Up to so many proposals name whom they are about, where those are few."""
_TOLD_IN: Mapping[Topic, str] = {topic: say.TOLD_IN[topic] for topic in Topic}


def report_for_signature(out: Outgoing, workbook: bytes) -> dict[str, bytes]:
    """Return report, slip and the draft that takes them to who signs, with the workbook."""
    all_asked = questions(out.figures, out.report)
    asked = [one_line(question.sentence(_TOLD_IN)) for question in all_asked]
    board, coverage = out.campaign.board, out.campaign.figures.coverage[Period.MONTH]
    divided = out.figures.quotient(coverage.id)
    reported, required = (divided.part, divided.whole) if divided else (0, 0)
    places = {
        **out.common,
        "da_nhan": figure(reported),
        "phai_gui": figure(required),
        "ty_le": write_percent(reported, required),
        "tam_tinh": out.provisional,
        "bieu": out.workbook,
        "co_quan": f"{board.name}, {board.superior}",
        "tien_do": progress_in_short(out),
        "so": figure(len(asked)),
        "ky_hieu": out.campaign.letters.office.report_symbol,
    }
    month = out.report.month
    papers = {
        REPORT_FILE.format(month=month): report_paper(out, places, all_asked),
        SLIP_FILE.format(month=month): slip_paper(out, places, asked),
    }
    texts, attached = out.campaign.letters.slip, {**papers, out.workbook: workbook}
    said, subject = slip_lines(out, places, asked), filled(texts.mail_subject, places)
    if (issued := out.report.issued) is not None:
        subject = say.ADJUSTED_SUBJECT.format(subject=subject, number=issued.number)
        said.insert(0, f"{adjustment_of(issued)}.")
    mail = MailDraft(
        to=addresses_in(out.campaign.letters.office.leader_email) or (),
        subject=subject,
        text="\n\n".join(said) + "\n",
        html="".join(f"<p>{escape(line)}</p>\n" for line in said),
        moment=out.report.received_until,
        attached=[Attached(name, content) for name, content in attached.items()],
    )
    return {**papers, f"trinh-ky-{month}.eml": draft_bytes(mail)}


def report_paper(out: Outgoing, places: Places, asked: Sequence[Question]) -> bytes:
    """Return the report with its appendix; ``asked`` is what leadership is asked to decide."""
    texts = out.campaign.letters.report
    title = filled(texts.title, places)
    paper = out.paper(say.REPORT_TITLE.format(title=title), dense=True)
    paper.head(out.campaign.letters.office.report_symbol)
    paper.title(say.REPORT, title)
    paper.addressees(say.DEAR, [filled(texts.addressee, places)])
    if (issued := out.report.issued) is not None:
        paper.text(f"{adjustment_of(issued)}.")
    for paragraph in texts.opening:
        paper.text(filled(paragraph, places))
    progress(paper, out)
    proposals(paper, out, asked)
    numbers(paper, out)
    paper.text(filled(texts.closing, places), kept=True)
    paper.sign([filled(one, places) for one in texts.recipients])
    paper.new_page()
    paper.title(texts.appendix_title, filled(texts.appendix_subtitle, places))
    paper.line(filled(texts.appendix_reference, places), italic=True, size=13)
    grounds(paper, out, asked)
    for part in (arrivals, conferences, findings, requests):
        part(paper, out)
    return paper.content()


def progress(paper: Paper, out: Outgoing) -> None:
    """Write how far each level is against the calendar, as on the workbook's first page.

    Nothing where no figure of the campaign says how far the conferences are.
    """
    headline = headline_figure(out.campaign)
    if headline is None:
        return
    paper.heading(out.campaign.letters.report.heading_judgement)
    for one in progress_by_level(out.figures, out.report, headline):
        paper.text(judgement(one))
    tiles(paper, out)


def numbers(paper: Paper, out: Outgoing) -> None:
    """Write who reported, who held a conference, what the review found: a table each."""
    paper.heading(out.campaign.letters.report.heading_numbers)
    for part in (ReportPart.ARRIVALS, ReportPart.CONFERENCES):
        for section, _ in sections_in(out, part):
            table_by_group(paper, out, section)
    lives_by_figure(paper, out)


def proposals(paper: Paper, out: Outgoing, asked: Sequence[Question]) -> None:
    """Write what might be decided, the gravest first, in a sentence each: two pages hold them all.

    Why, and about whom, the appendix says.
    """
    texts = out.campaign.letters.report
    paper.heading(texts.heading_decisions)
    paper.text(filled(texts.decisions_intro, out.common) if asked else texts.no_decisions)
    for number, one in enumerate(asked, start=1):
        draft = one_line(filled(getattr(texts.drafts, one.topic), {**out.common, **one.places}))
        is_named = len(asked) <= _WITH_NAMES and 0 < len(one.units) <= _FEW
        named = [(say.NAMED, f"{out.named(one.units)}.")] if is_named else []
        paper.told(f"{number}. {draft}", *named)


def grounds(paper: Paper, out: Outgoing, asked: Sequence[Question]) -> None:
    """Write part I of the appendix: what each proposal asks, why, and all whom it is about."""
    texts = out.campaign.letters.report
    paper.heading(texts.heading_grounds)
    if not asked:
        paper.text(texts.no_decisions)
    for number, one in enumerate(asked, start=1):
        why = one_line(filled(getattr(texts.grounds, one.topic), {**out.common, **one.places}))
        details = [(say.GROUNDS, f"{why}.")]
        # who asks for something is named beside it in part V
        is_named = bool(one.groups) or one.topic is Topic.REQUESTS
        if not is_named and (len(one.units) > SHOWN or one.places["don_vi"] not in one.text):
            details.append((say.ALL_OF_THEM, f"{out.named(one.units)}."))
        paper.told(f"{number}. {one_line(one.sentence(_TOLD_IN))}", *details)
        for words, units in one.groups.items():
            names = out.named(units)
            said = say.NUMBERED_UNITS.format(words=words, number=figure(len(units)), names=names)
            paper.text(f"- {said}")
        if one.topic is Topic.EXPLAINED:
            explanations(paper, out)


def explanations(paper: Paper, out: Outgoing) -> None:
    """Write what units explain and in which words, as far as there is room for it."""
    for unit, finding in explained(out.report)[:_MOST_EXPLAINED]:
        title = title_of(out.campaign, finding.code)
        words = shown(finding.explanation, LONGEST, out.full_text)
        name = in_sentence(out.campaign, unit.unit)
        paper.text(f"- {say.EXPLAINED.format(name=name, title=title, words=words)}")


def requests(paper: Paper, out: Outgoing) -> None:
    """Write part V of the appendix: what units ask for in their own words, the same words once.

    There is none where the campaign does not ask for them.
    """
    texts = out.campaign.letters.report
    if Role.REQUESTS not in out.campaign.roles.figures:
        return
    paper.heading(texts.heading_requests)
    by_text: dict[str, list[Unit]] = {}
    for one in out.report.units:
        said = out.figures.lines[one.unit.code].requests
        if text := shown(said, _LONGEST_REQUEST, out.full_text):
            by_text.setdefault(text.rstrip("."), []).append(one.unit)
    if not by_text:
        paper.text(texts.no_requests)
    for text, units in list(by_text.items())[:_MOST_REQUESTS]:
        paper.text(f"- {text} ({out.named(units)}).")
    if len(by_text) > _MOST_REQUESTS:
        more = figure(len(by_text) - _MOST_REQUESTS)
        paper.text(say.MORE_REQUESTS.format(number=more, where=out.full_text))


def slip_paper(out: Outgoing, places: Places, asked: Sequence[str]) -> bytes:
    """Return the slip (phiếu trình); that of an adjustment says that it is one."""
    texts = out.campaign.letters.slip
    title = filled(texts.title, places)
    paper = out.paper(say.SLIP_TITLE.format(title=title))
    paper.head(out.campaign.letters.office.slip_symbol)
    paper.title(say.SLIP, title)
    paper.addressees(say.SUBMITTED_TO, [filled(texts.addressee, places)])
    if (issued := out.report.issued) is not None:
        paper.text(f"{adjustment_of(issued)}.")
    for number, line in enumerate(slip_lines(out, places, asked), start=1):
        paper.text(f"{number}. {line}")
    paper.sign_in_pairs(texts.leader_signs, texts.presenter_signs)
    return paper.content()


def slip_lines(out: Outgoing, places: Places, asked: Sequence[str]) -> list[str]:
    """Return the slip's lines; where no figure tells of progress nothing is said of it.

    Where leadership is asked nothing, that is said instead of what would number it.
    """
    progress, number = "; {tien_do}", "{so}"
    letters, lines = out.campaign.letters, list[str]()
    for line in letters.slip.lines:
        said = letters.report.no_decisions if number in line and not asked else line
        lines.append(filled(said if places["tien_do"] else said.replace(progress, ""), places))
    return lines
