"""The month's report for signature, and the two lines with which it goes up (phiếu trình)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import chain

from tdkt_batch.letters.figures import Figures, Grid, Heading, Text, n
from tdkt_batch.letters.mail import Attached, Draft, addresses_in, draft_bytes
from tdkt_batch.letters.outgoing import Outgoing
from tdkt_batch.letters.paper import Paper
from tdkt_batch.letters.report_arrivals import arrivals
from tdkt_batch.letters.report_conferences import conferences, progress_in_short
from tdkt_batch.letters.report_findings import findings
from tdkt_batch.letters.report_requests import decisions, decisions_part, requests
from tdkt_batch.letters.words import filled
from tdkt_batch.vietnamese.writing import write_percent

_PARTS = (arrivals, conferences, findings, requests, decisions_part)


def _places(figures: Figures) -> dict[str, str]:
    """Return what fills the places of the report's and the slip's texts."""
    overall = figures.month.overall
    reported, required = int(overall["reported"]), int(overall["required"])
    board = figures.campaign.board
    return {
        **figures.common,
        "da_nhan": n(reported),
        "phai_gui": n(required),
        "ty_le": write_percent(reported, required),
        "tam_tinh": figures.provisional,
        "bieu": figures.workbook,
        "co_quan": f"{board.name}, {board.superior}",
        "tien_do": progress_in_short(figures),
        "so": n(len(decisions(figures))),
    }


def report_paper(out: Outgoing, figures: Figures) -> bytes:
    """Return the report as a paper."""
    texts, places = figures.texts, _places(figures)
    title = filled(texts.title, places)
    paper = out.paper(f"Báo cáo {title}")
    paper.head(out.head(out.campaign.letters.office.report_symbol))
    paper.title("BÁO CÁO", title)
    paper.addressees("Kính gửi:", [filled(texts.addressee, places)])
    for paragraph in texts.opening:
        paper.text(filled(paragraph, places))
    _write(paper, figures)
    paper.text(filled(texts.closing, places), last=True)
    out.sign(paper, texts.recipients, places)
    return paper.content()


def _write(paper: Paper, figures: Figures) -> None:
    tables = 0
    for block in chain.from_iterable(part(figures) for part in _PARTS):
        match block:
            case Heading(text):
                paper.heading(text)
            case Text(text):
                paper.text(text)
            case Grid(name, columns, rows, total):
                tables += 1
                paper.caption(f"Bảng {tables}. {name}")
                paper.table(columns, rows, total=total)


def slip(out: Outgoing, figures: Figures) -> bytes:
    """Return the slip with which the report goes up for signature."""
    texts, places = out.campaign.letters.slip, _places(figures)
    title = filled(texts.title, places)
    paper = out.paper(f"Phiếu trình {title}")
    paper.head(out.head(out.campaign.letters.office.slip_symbol))
    paper.title("PHIẾU TRÌNH", title)
    paper.addressees("Kính trình:", [filled(texts.addressee, places)])
    for number, line in enumerate(texts.lines, start=1):
        paper.text(f"{number}. {filled(line, places)}")
    paper.sign_in_pairs(texts.leader_signs, texts.presenter_signs)
    return paper.content()


def covering_mail(figures: Figures, attached: Sequence[Attached]) -> bytes:
    """Return the draft with which slip, report and workbook go to who signs."""
    letters, places = figures.campaign.letters, _places(figures)
    lines = [filled(line, places) for line in letters.slip.lines]
    return draft_bytes(
        Draft(
            to=addresses_in(letters.office.leader_email) or (),
            subject=filled(letters.slip.mail_subject, places),
            text="\n\n".join(lines) + "\n",
            html="".join(f"<p>{escape(line)}</p>\n" for line in lines),
            moment=figures.report.received_until,
            attached=attached,
        )
    )
