"""The month's report for signature, and the two lines with which it goes up (phiếu trình)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import chain

from tdkt_batch.letters.figures import Figures, Grid, Heading, Text, n
from tdkt_batch.letters.mail import Attached, Draft, addresses_in, draft_bytes
from tdkt_batch.letters.paper import Paper
from tdkt_batch.letters.report_arrivals import arrivals
from tdkt_batch.letters.report_conferences import conferences, progress
from tdkt_batch.letters.report_findings import findings
from tdkt_batch.letters.report_requests import decisions, decisions_part, requests
from tdkt_batch.letters.silent import head_of, paper_of, sign
from tdkt_batch.letters.words import filled
from tdkt_batch.vietnamese import write_percent


def report_places(figures: Figures, common: Mapping[str, str]) -> dict[str, str]:
    """Return what fills the places of the report's and the slip's texts."""
    overall = figures.month.overall
    reported, required = int(overall["reported"]), int(overall["required"])
    board = figures.campaign.board
    return {
        **common,
        "da_nhan": n(reported),
        "phai_gui": n(required),
        "ty_le": write_percent(reported, required),
        "tam_tinh": figures.provisional,
        "bieu": figures.workbook,
        "co_quan": f"{board.name}, {board.superior}",
        "tien_do": "; ".join(_short(line) for line in progress(figures)),
        "so_xin_y_kien": n(len(decisions(figures))),
    }


def _short(sentence: str) -> str:
    """Return the answer of a sentence of progress, without when and what remains."""
    said = sentence.split("; còn ")[0].split(", trong đó")[0]
    return said.split(", ", 1)[1] if said.startswith("Đến ") else said


def report_paper(figures: Figures, common: Mapping[str, str]) -> bytes:
    """Return the report as a paper."""
    campaign, places = figures.campaign, report_places(figures, common)
    texts = campaign.letters.report
    title = filled(texts.title, places)
    paper = paper_of(campaign, figures.report, f"Báo cáo {title}")
    paper.head(head_of(campaign, campaign.letters.office.report_symbol))
    paper.title("BÁO CÁO", title)
    paper.addressees("Kính gửi:", [filled(texts.addressee, places)])
    for paragraph in texts.opening:
        paper.text(filled(paragraph, places))
    _write(paper, figures)
    paper.text(filled(texts.closing, places))
    sign(paper, campaign, texts.recipients, places)
    return paper.content()


def _write(paper: Paper, figures: Figures) -> None:
    parts = (arrivals, conferences, findings, requests, decisions_part)
    number = 0
    for block in chain.from_iterable(part(figures) for part in parts):
        match block:
            case Heading(text):
                paper.heading(text)
            case Text(text):
                paper.text(text)
            case Grid(name, columns, rows, total):
                number += 1
                paper.caption(f"Bảng {number}. {name}")
                paper.table(columns, rows, total=total)


def slip(figures: Figures, common: Mapping[str, str]) -> bytes:
    """Return the slip with which the report goes up for signature."""
    campaign, places = figures.campaign, report_places(figures, common)
    texts = campaign.letters.slip
    paper = paper_of(campaign, figures.report, filled(texts.title, places))
    paper.head(head_of(campaign, campaign.letters.office.slip_symbol))
    paper.title("PHIẾU TRÌNH", filled(texts.title, places))
    paper.addressees("Kính trình:", [filled(texts.addressee, places)])
    for number, line in enumerate(texts.lines, start=1):
        paper.text(f"{number}. {filled(line, places)}")
    paper.sign_in_pairs("Ý KIẾN CỦA LÃNH ĐẠO", "NGƯỜI TRÌNH")
    return paper.content()


def covering_mail(
    figures: Figures, common: Mapping[str, str], papers: tuple[Attached, ...]
) -> bytes:
    """Return the draft with which report and workbook go to who signs."""
    campaign, places = figures.campaign, report_places(figures, common)
    texts = campaign.letters.slip
    lines = [filled(line, places) for line in texts.lines]
    body = "\n\n".join(lines) + "\n"
    html = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return draft_bytes(
        Draft(
            to=addresses_in(campaign.letters.office.leader_email) or (),
            subject=filled(texts.mail_subject, places),
            text=body,
            html=html,
            moment=figures.report.received_until,
            attached=papers,
        )
    )
