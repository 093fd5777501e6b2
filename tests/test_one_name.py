"""A figure has one name everywhere: read from all that a run writes, and from ``trace``."""

from __future__ import annotations

import email
import io
import re
import unicodedata
from email.policy import default
from zipfile import ZipFile

import docx
import pytest
from click.testing import CliRunner
from nine_months import FEB
from openpyxl import load_workbook
from small_province import UnitsAtTheirForms, make_small_province, request_of

from tdkt_batch.campaign.figure import Counted, FigurePlace
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.commands import program
from tdkt_batch.months.run import run_month
from tdkt_batch.vietnamese.writing import lowered
from tdkt_batch.wording.shared import NEVER_USABLE, OUTCOMES, UNIT_STATES

BUILT_IN = load_campaign()
OF_THE_SHEETS = {
    "Trong tháng", "Tỷ lệ", "Chưa rõ", "Trong tháng (kỳ trước)", "Tháng", "Chỉ tiêu",
}  # fmt: skip
"""What stands over a column of figures and is no figure's name."""


def named(id_: str) -> str:
    """Return a label that no program could know."""
    return f"Chỉ số thử {id_.replace('_', '-')}"


def short(id_: str) -> str:
    return f"Thử {id_.replace('_', '-')}"


def rename_all(folder):
    """Give each figure of a campaign such a label, and a short one."""
    path = folder / "figures.toml"
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    head, *figures = text.split("[[figures]]\n")
    for number, one in enumerate(figures):
        id_ = re.search(r'^id = "(.*)"$', one, re.MULTILINE)[1]
        kept = re.sub(r"(?m)^(label|short) = .*\n", "", one)
        figures[number] = kept.replace(
            f'id = "{id_}"\n', f'id = "{id_}"\nlabel = "{named(id_)}"\nshort = "{short(id_)}"\n'
        )
    path.write_text("[[figures]]\n".join([head, *figures]), encoding="utf-8")


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A province that runs February and March, with each figure renamed."""
    folder = tmp_path_factory.mktemp("tinh")
    province = make_small_province(folder)
    rename_all(province.campaign)
    units = UnitsAtTheirForms(province.campaign)
    earlier = folder / "thang-2"
    earlier.mkdir()
    for code in ("105", "03386", "DN08"):
        (earlier / f"{code} thang 2.xlsx").write_bytes(units.form(code, FEB))
    out = folder / "ra"
    run_month(request_of(FEB, province.campaign, out, (earlier,)))
    run_month(province.request(out, (province.all,), letters=True))
    return province, out


@pytest.fixture(scope="module")
def campaign(province):
    return load_campaign(province[0].campaign)


@pytest.fixture(scope="module")
def folder(province):
    return province[1] / "2015-03"


@pytest.fixture(scope="module")
def book(folder):
    return load_workbook(folder / "tong-hop-2015-03.xlsx", data_only=True)


@pytest.fixture(scope="module")
def report(folder):
    return docx.Document(folder / "thong-bao" / "bao-cao-2015-03.docx")


def ids(campaign, *places, **others):
    return [
        one.id
        for one in campaign.figures.all
        if all(map(one.stands_in, places))
        and all(getattr(one, key) == value for key, value in others.items())
    ]


def column(sheet, letter, first, last):
    return [sheet[f"{letter}{row}"].value for row in range(first, last)]


def rows_after(sheet, letter, head):
    """Return the texts of a column below each cell that says ``head``, until one is empty."""
    texts = column(sheet, letter, 1, sheet.max_row + 2)
    for start, text in enumerate(texts):
        if text == head:
            end = next(n for n in range(start + 1, len(texts)) if not texts[n])
            yield from texts[start + 1 : end]


# --- each place has the declared name, and no other ---------------------------------------------


def test_the_first_sheet(campaign, book):
    sheet = book["Tổng hợp"]
    groups = {group.name for level in campaign.levels for group in level.groups}
    labels = [one for one in rows_after(sheet, "B", "Chỉ tiêu") if one not in groups]
    places = FigurePlace.OVERVIEW, FigurePlace.DETAILS
    declared = [named(id_) for place in places for id_ in ids(campaign, place)]
    left_out = {named(id_) for id_ in ids(campaign, only_if_any=True)}
    assert [one for one in declared if one in labels or one not in left_out] == labels


def test_the_comparison(campaign, book):
    labels = column(book["So với kỳ trước"], "B", 1, 80)
    first = labels.index("Chỉ tiêu") + 2
    declared = [named(id_) for id_ in ids(campaign, FigurePlace.COMPARISON)]
    assert labels[first : first + len(declared) + 1] == [*declared, labels[first + len(declared)]]
    assert named("dai_bieu") in declared
    assert not str(labels[first + len(declared)]).startswith("Chỉ số")


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Theo huyện, ngành", FigurePlace.DISTRICTS),
        ("Theo đơn vị", FigurePlace.UNITS),
        ("Số liệu", None),
    ],
)
def test_the_heads_of_wide_sheets(campaign, book, title, place):
    heads = [cell.value for cell in book[title][9] if cell.value]
    if place is None:
        declared = [one.id for one in campaign.figures.all if one.counted is not Counted.FILES]
    else:
        declared = ids(campaign, place)
    found = [one for one in heads if re.fullmatch(r"Thử [\w-]+", one)]
    assert found == [short(id_) for id_ in declared]


def test_the_report_and_its_slip(campaign, folder, report):
    tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in report.tables]
    lines = [row[0] for rows in tables if rows[0][0] == "Chỉ tiêu" for row in rows[1:]]
    declared = {named(id_) for id_ in ids(campaign, FigurePlace.REPORT)}
    assert set(lines) <= declared
    counted_otherwise = {named(id_) for id_ in ids(campaign, counted=Counted.OUTCOMES)}
    counted_otherwise |= {named(id_) for id_ in ids(campaign, counted=Counted.FILES)}
    counted_otherwise |= {named(id_) for id_ in ids(campaign, only_if_any=True)} | {
        named("chap_nhan")
    }
    assert declared - set(lines) <= counted_otherwise
    heads = {head for rows in tables if rows[0][0] in ("Loại đơn vị", "Trực thuộc", "Tháng")
             for head in rows[0][1:]}  # fmt: skip
    shorts = {short(one.id) for one in campaign.figures.all}
    assert {one.removesuffix(" (trong tháng)") for one in heads} <= shorts | OF_THE_SHEETS
    slip = docx.Document(folder / "thong-bao" / "phieu-trinh-2015-03.docx")
    said = f"{lowered(named('da_to_chuc'))}: "
    assert [one.text for one in slip.paragraphs if said in one.text]


def test_trace(province, campaign):
    for id_ in ("dai_bieu", "chua_dung", "da_gui", "co_ke_hoach", "khen_nu"):
        command = ["trace", "--total", named(id_), "--month", "2015-03", "--out", str(province[1])]
        result = CliRunner().invoke(program, command, prog_name="tdkt-batch")
        assert result.exit_code == 0, result.output
        assert named(id_) in result.output


# --- what a figure was called before is nowhere -------------------------------------------------


def texts_of(path):
    """Yield the texts of a file that a run wrote, cell by cell, paragraph by paragraph."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        for sheet in load_workbook(io.BytesIO(content), data_only=True):
            yield from (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        with ZipFile(path) as package:
            for name in package.namelist():
                if "charts/chart" in name:
                    yield from re.findall(">([^<>]+)<", package.read(name).decode())
    elif path.suffix == ".docx":
        document = docx.Document(io.BytesIO(content))
        yield from (one.text for one in document.paragraphs)
        yield from (
            cell.text for table in document.tables for row in table.rows for cell in row.cells
        )
    elif path.suffix == ".eml":
        message = email.message_from_bytes(content, policy=default)
        body = message.get_body(("plain",))
        yield from (body.get_content().splitlines() if body else ())
    elif path.suffix == ".txt":
        yield from content.decode("utf-8-sig").splitlines()


def words_of_others(campaign):
    """Return what names a cell of a form, a rule, a value, a severity or how a unit stands too."""
    words = {value for one in campaign.lists.values() for value in one.values}
    words |= {form.label(field.id) for form in campaign.forms for field in form.fields}
    words |= {
        line.label for form in campaign.forms for sheet in form.sheets for line in sheet.lines
    }
    words |= {rule.title for rule in campaign.rules}
    words |= {*campaign.words.severities.values(), *UNIT_STATES.values(), *OUTCOMES.values()}
    return {one.lower() for one in (*words, NEVER_USABLE, "Chưa gửi báo cáo")}


def test_no_old_name_stands_in_any_output(campaign, folder):
    others = words_of_others(campaign)
    old = {one.label for one in BUILT_IN.figures.all if one.label.lower() not in others}
    pattern = re.compile(
        rf"(?i)(^|[:;] )({'|'.join(map(re.escape, sorted(old, key=len, reverse=True)))})( \d|$)"
    )
    found = {}
    paths = [folder / "tong-hop-2015-03.xlsx", *sorted((folder / "thong-bao").rglob("*.docx"))]
    paths += sorted((folder / "thong-bao").rglob("*.eml"))
    paths += sorted((folder / "thong-bao").rglob("*.txt"))
    assert len(paths) > 6
    for path in paths:
        for text in texts_of(path):
            if match := pattern.search(text):
                found.setdefault(match[2], set()).add((path.name, text[:80]))
    assert not found, found
