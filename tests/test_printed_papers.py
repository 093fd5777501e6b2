"""What goes out, on paper: the smallest type and the number of pages of each kind, from its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from libreoffice import require_libreoffice
from month_sample import MONTH, month_report, planned, unit_report, varied_month, with_past
from printed import printed_documents

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.control.listing import Listing
from tdkt_batch.control.write import write_control
from tdkt_batch.figures.month_figures import month_figures
from tdkt_batch.figures.questions_for_leadership import Question, Topic, questions
from tdkt_batch.letters.notices import Enclosures
from tdkt_batch.letters.outgoing import outgoing_of
from tdkt_batch.letters.report import report_paper
from tdkt_batch.letters.write import letters_of
from tdkt_batch.model import Finding, Life, Month, Severity
from tdkt_batch.office.write_settings import write_settings
from tdkt_batch.report import EarlierResult, Hindrance, UnitState
from tdkt_batch.returns.write import return_of
from tdkt_batch.summary.district_book import district_books
from tdkt_batch.wording.campaign import PLACES

DISTRICT = "107"
ROUNDED = 0.05
"""As far as programs round a size."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The pages of one paper of each kind, of a district's month, by kind."""
    require_libreoffice()
    campaign, folder = load_campaign(), tmp_path_factory.mktemp("giay")
    communes = [one for one in campaign.units if one.parent == DISTRICT]
    typed = planned(date(2015, 3, 30), 150, 110, 40)
    sent = [
        replace(unit_report(campaign, one, typed), outcomes=(), findings=())
        for one in (campaign.unit(DISTRICT), *communes[:10])
    ]
    own, faulty, *others = sent
    faulty = replace(faulty, findings=tuple(_found(faulty.unit)))
    fresh = replace(
        unit_report(campaign, communes[10], state=UnitState.UNUSABLE), hindrance=Hindrance.PICTURE
    )
    silent = [unit_report(campaign, one) for one in communes[11:]]
    report = month_report([own, faulty, fresh, *others, *silent], ())
    figures = month_figures(campaign, report)
    to = {one.unit.code for one in report.units}
    (book,) = district_books(campaign, report, figures, to)
    letters = dict(letters_of(campaign, report, figures, Enclosures(workbook=b"PK")))
    letter = next(content for path, content in letters.items() if path.startswith("cong-van"))
    contents = {
        "biểu gửi lại.xlsx": return_of(campaign, report, faulty),
        "biểu mới.xlsx": return_of(campaign, report, fresh),
        "công văn.docx": letter,
        "phiếu trình.docx": letters["phieu-trinh-2015-03.docx"],
        "sổ huyện.xlsx": book.content,
        "sổ quyết định.xlsx": write_control(campaign, report, Listing(campaign, report, ()), []),
        "thiết lập.xlsx": write_settings(campaign),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    printed = printed_documents([folder / name for name in contents], folder)
    return dict(zip(contents, printed, strict=True))


def _found(unit):
    """Yield three things to do, in three ways, and one that is only told."""
    told = {"unit": unit.code, "month": MONTH, "sheet": "Báo cáo", "clause": "I.1, I.2"}
    yield Finding(
        code="A7c",
        severity=Severity.ARITHMETIC,
        message="Số đại biểu nữ là 250, nhiều hơn tổng số 212 là 38 người",
        expected="không quá 212",
        remedy="Sửa số đại biểu nữ hoặc tổng số đại biểu.",
        cell="C46",
        field="nu_kh",
        **told,
    )
    yield Finding(
        code="N4",
        severity=Severity.WARNING,
        message="Chưa ghi địa điểm tổ chức Hội nghị",
        expected="ghi địa điểm tổ chức",
        remedy="Ghi địa điểm tổ chức Hội nghị.",
        cell="C23",
        field="dia_diem",
        **told,
    )
    yield Finding(
        code="A9",
        severity=Severity.WARNING,
        message="Hội nghị dự kiến tổ chức ngày 25/06/2015, sau ngày cuối của thời gian quy định "
        "(31/03/2015) 86 ngày",
        expected="từ 01/01/2015 đến 31/03/2015",
        remedy="Chọn ngày từ 01/01/2015 đến 31/03/2015, hoặc giải trình.",
        cell="C24",
        field="ngay_hoi_nghi_kh",
        life=Life.OPEN,
        since=Month(2015, 1),
        months_open=3,
        **told,
    )
    yield Finding(
        code="A5c",
        severity=Severity.NOTICE,
        message="Danh sách có 88 điển hình, khác số đại biểu điển hình 90 là 2 người",
        cell="B7",
        field="danh_sach",
        **(told | {"sheet": "Danh sách"}),
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The pages of the report on the whole register, by how much leadership is asked."""
    require_libreoffice()
    campaign, folder = load_campaign(), tmp_path_factory.mktemp("bao-cao")
    office = replace(campaign.letters.office, signatory_name="Nguyễn Thị Bình Minh")
    campaign = replace(campaign, letters=replace(campaign.letters, office=office))
    report = with_past(varied_month(campaign))
    report = replace(report, issued=EarlierResult(
        number=2, moment=report.received_until, record=report.past[-1], files={}, decided=()
    ))  # fmt: skip
    figures = month_figures(campaign, report)
    out = outgoing_of(campaign, report, figures)
    places = dict.fromkeys(PLACES["report"], "207") | out.common
    asked = {one.topic: one for one in questions(figures, report)}
    kinds = [asked.get(topic) or _made_up(topic, report) for topic in Topic]
    files = []
    for number in NUMBERS:
        some = kinds[:number]
        files.append(folder / f"{number}.docx")
        files[-1].write_bytes(report_paper(out, places, some))
    printed = printed_documents(files, folder)
    return dict(zip(NUMBERS, printed, strict=True))


NUMBERS = (0, 3, 4, 6, 7)


def _made_up(topic, report):
    """Return a question of a kind that the month has no case of, about many units."""
    units = tuple(one.unit for one in report.units[:20])
    others = {key: "207" for own in PLACES.values() for key in own}
    return Question(topic, f"Về {len(units)} đơn vị", others | {"don_vi": "…"}, units)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_report_has_two_pages_before_its_appendix(reports, number):
    pages = reports[number]
    (appendix,) = (n for n, page in enumerate(pages) if page.text.startswith("PHỤ LỤC"))
    assert appendix == 2
    assert "Nguyễn Thị Bình Minh" in pages[1].text
    small = min(page.smallest for page in pages[:2])
    assert small >= 9 - ROUNDED
    said = " ".join(page.text for page in pages[2:])
    assert said.count(" Căn cứ: ") == number


@pytest.mark.parametrize(
    ("kind", "smallest", "pages"),
    [
        ("biểu gửi lại.xlsx", 10, None),
        ("biểu mới.xlsx", 10, None),
        ("công văn.docx", 10.5, 2),
        ("phiếu trình.docx", 10.5, 1),
        ("sổ huyện.xlsx", 9, 3),
        ("sổ quyết định.xlsx", 9, 6),
        ("thiết lập.xlsx", 9, 13),
    ],
)
def test_type_and_pages_of_each_kind(papers, kind, smallest, pages):
    """Of a form that goes back the first sheet; the form behind it is printed to its own measure."""
    own = _first_sheet(papers[kind]) if pages is None else papers[kind]
    small = {n: page.smallest for n, page in enumerate(own, start=1)}
    assert {n: size for n, size in small.items() if size < smallest - ROUNDED} == {}
    assert len(own) <= (pages or 1)


def _first_sheet(pages):
    """Return the pages of the first sheet: those before the form's own head."""
    end = next(n for n, page in enumerate(pages) if "(Kèm theo" in page.text)
    return pages[:end]


def test_what_is_asked_is_printed_in_twelve_points(papers):
    (page,) = _first_sheet(papers["biểu gửi lại.xlsx"])
    assert "3 việc, khoảng 7 phút" in page.text
    asked = page.text.partition("Sổ của Ban")[0]
    large = sum(n for size, n in page.sizes.items() if size >= 12 - ROUNDED)
    assert large >= len(asked.replace(" ", "")) * 0.95
