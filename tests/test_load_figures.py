"""Figures are data: what the loader takes from the campaign, and what it refuses by name."""

from __future__ import annotations

import re
import shutil

import pytest

from tdkt_batch.campaign.figure import MOST_PARTS_DRAWN, Basis, Counted
from tdkt_batch.campaign.form import Form
from tdkt_batch.campaign.load import BUILT_IN, load_campaign
from tdkt_batch.campaign.tree import ColumnName, Count, Fold, Name, Node, walk
from tdkt_batch.errors import CampaignError
from tdkt_batch.summary.overview_charts import _SHADES

BUILT_IN_CAMPAIGN = BUILT_IN / "lai_chau_2014"
CAMPAIGN = load_campaign()
FIGURE = """
[[figures]]
id = "thu"
section = "dai_bieu"
measure = "người"
of = "nu_th"
when = "da_to_chuc"
basis = "result"
period = "to_date"
places = ["overview"]
"""


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(BUILT_IN_CAMPAIGN, tmp_path / "dot")


def with_figure(folder, *changes, figure=FIGURE):
    """Return the campaign with one figure more, in which each ``old`` was made ``new``."""
    for old, new in changes:
        assert old in figure
        figure = figure.replace(old, new)
    path = folder / "figures.toml"
    path.write_text(path.read_text(encoding="utf-8") + figure, encoding="utf-8")
    return load_campaign(folder)


def test_a_figure_of_a_field_bears_the_label_of_the_form(folder):
    figure = with_figure(folder).figures.figure("thu")
    assert (figure.label, figure.short, figure.basis) == (
        "Đại biểu nữ",
        "Đại biểu nữ",
        Basis.RESULT,
    )
    assert sorted(figure.bound) == ["mau_01", "mau_02"]


def test_a_figure_is_of_the_forms_that_have_its_names(folder):
    figure = with_figure(folder, ('of = "nu_th"', 'of = "thanh_phan_khac_th"'))
    assert list(figure.figures.figure("thu").bound) == ["mau_01"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('"nu_th"', '"nu_tj"'), r"thu\]\.of: không có “nu_tj”; gần giống nhất: nu_th"),
        (('"da_to_chuc"', '"da_to_chu"'), "không có “da_to_chu”; gần giống nhất: da_to_chuc"),
        (('"overview"', '"overwiev"'), "không có “overwiev”; gần giống nhất: overview"),
        (('"dai_bieu"', '"dai_biu"'), r"section: không có “dai_biu”; gần giống nhất: dai_bieu"),
        (("places", 'rules = ["A55"]\nplaces'), "không có “A55”; gần giống nhất: A5"),
        (("places", 'parts = ["nuu"]\nplaces'), "không có “nuu”; gần giống nhất: nu"),
        (("places", 'said = "có nữ"\nplaces'), r"said: chỉ số đơn vị đếm được"),
        (("places", 'asks = "overdue"\nplaces'), r"asks: chỉ số đơn vị đếm được"),
        (("places", 'parts = ["nu_kh"]\nplaces'), "không gộp kế hoạch với thực hiện: “nu_kh”"),
        (("places", 'plan = "nu"\nplaces'), "“nu” là số thực hiện"),
        (("places", 'share = { of = "nu", words = " " }\nplaces'), "cần nói rõ"),
        (("places", 'share = { of = "nu", words = "{x}" }\nplaces'), "{so}"),
        (("places", 'share = { of = "dai_bieu_kh", words = "x" }\nplaces'), "không gộp kế hoạch"),
        (("places", 'share = { of = "da_gui", words = "x" }\nplaces'), "số của thời gian khác"),
        (
            ("places", 'rules = ["A5"]\nshare = { of = "dai_bieu", words = "x" }\nplaces'),
            "không tính trên cùng đơn vị",
        ),
        (("places", 'parts = ["nu"]\nparts_add_up = true\nplaces'), "chỉ số đơn vị đếm được"),
        (("places", 'count = "units"\nplaces'), "cần đúng một trong hai khóa"),
        (('of = "nu_th"', 'count = "findings"'), "chosen chỉ đi với"),
        (('of = "nu_th"', 'count = "units"'), "cần tên gọi"),
        (('"to_date"', '"month"\naccumulates = true'), "phải là số đến nay"),
        (('"thu"', '"nu"'), "mã chỉ tiêu “nu” dùng hai lần"),
        (("places", "plases"), "không có khóa này"),
        (('of = "nu_th"', 'of = "ngay_hoi_nghi_th"'), "phải là number"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_key(folder, change, problem):
    with pytest.raises(CampaignError, match=problem):
        with_figure(folder, change)


COUNTED = """
[[figures]]
id = "thu"
label = "Thử"
section = "ra_soat"
measure = "nội dung"
count = "findings"
chosen = ["violation"]
period = "month"
places = ["details"]
"""
OF_FILES = ('count = "findings"\nchosen = ["violation"]', 'count = "files"\nchosen = ["used"]')
OF_OUTCOMES = (
    'count = "findings"\nchosen = ["violation"]',
    'count = "outcomes"\nchosen = ["unknown"]',
)


@pytest.mark.parametrize("counted", [None, OF_OUTCOMES, OF_FILES])
@pytest.mark.parametrize(
    "line", ['when = "da_to_chuc"', 'rules = ["A5"]', 'day = "ngay_hoi_nghi_th"']
)
def test_what_is_not_taken_from_reports_is_not_chosen_by_them(folder, counted, line):
    changes = [counted] if counted else []
    key = line.partition(" =")[0]
    with pytest.raises(CampaignError, match=rf"thu\]\.{key}: chỉ đi với of hoặc count = units"):
        with_figure(folder, *changes, ("places", f"{line}\nplaces"), figure=COUNTED)
    assert with_figure_again(folder, *changes).figures.figure("thu").label == "Thử"


def with_figure_again(folder, *changes):
    """Return the campaign with the figure as it may be."""
    shutil.copyfile(BUILT_IN_CAMPAIGN / "figures.toml", folder / "figures.toml")
    return with_figure(folder, *changes, figure=COUNTED)


@pytest.mark.parametrize("line", ["accumulates = true", "by_group = true", 'levels = ["base"]'])
def test_files_belong_to_no_unit_and_to_one_month(folder, line):
    with pytest.raises(CampaignError, match="tệp đếm chung cả tỉnh trong tháng: bỏ khóa này"):
        with_figure(folder, OF_FILES, ("places", f"{line}\nplaces"), figure=COUNTED)


def test_one_figure_a_period_says_how_many_units_reported(folder):
    units = ('count = "findings"\nchosen = ["violation"]', 'count = "units"')
    covering = ('["details"]', '["coverage"]')
    share = ("places", 'share = { of = "phai_gui", words = "trong đó" }\nplaces')
    path = folder / "figures.toml"
    text = path.read_text(encoding="utf-8")
    for changes, problem in (
        ((units, covering, share), "cần đúng một chỉ tiêu trong tháng"),
        ((units, ("places", 'said = "{huong_dan}"\nplaces')), "said: không có chỗ điền"),
        ((units, ("places", 'asks = "overdu"\nplaces')), "asks: “overdu” phải là một trong"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CampaignError, match=problem):
            with_figure(folder, *changes, figure=COUNTED)
    without = text.replace('["coverage", "overview"', '["overview"')
    for written, problem in (
        (without, "cần đúng một chỉ tiêu trong tháng"),
        (
            without.replace('places = ["details", "report"]', 'places = ["coverage"]', 1),
            "cần tỷ lệ",
        ),
    ):
        path.write_text(written, encoding="utf-8")
        with pytest.raises(CampaignError, match=problem):
            load_campaign(folder)


@pytest.mark.parametrize("place", ["named", "months"])
def test_only_units_are_named_and_told_by_month_and_only_in_the_report(folder, place):
    with pytest.raises(CampaignError, match="chỉ số đơn vị đếm được"):
        with_figure(folder, ('["details"]', f'["report", "{place}"]'), figure=COUNTED)
    shutil.copyfile(BUILT_IN_CAMPAIGN / "figures.toml", folder / "figures.toml")
    units = ('count = "findings"\nchosen = ["violation"]', 'count = "units"')
    with pytest.raises(CampaignError, match="ghi thêm report"):
        with_figure(folder, units, ('["details"]', f'["details", "{place}"]'), figure=COUNTED)


def test_a_chart_has_as_many_parts_as_can_be_told_apart(folder):
    assert len(_SHADES) == MOST_PARTS_DRAWN
    path = folder / "figures.toml"
    text = path.read_text(encoding="utf-8")
    four = '"da_to_chuc", "da_co_ke_hoach", "chua_co_ke_hoach", "khong_to_chuc"'
    assert four in text
    path.write_text(text.replace(four, f'{four}, "qua_thoi_gian"'), encoding="utf-8")
    with pytest.raises(CampaignError, match="biểu đồ phân biệt được 4 phần, ở đây có 5: gộp bớt"):
        load_campaign(folder)


def test_a_requirement_that_is_only_added_up_names_the_figure_that_reports_it(folder):
    path = folder / "figures.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('requirements = ["T2"]\n', ""), encoding="utf-8")
    with pytest.raises(CampaignError, match="yêu cầu T2 “chỉ tổng hợp”"):
        load_campaign(folder)
    reported = {id_ for figure in CAMPAIGN.figures.all for id_ in figure.requirements}
    assert {"T2", "T3", "T4", "O3", "O4", "R2"} <= reported


def test_a_campaign_without_its_file_of_figures_is_refused(folder):
    (folder / "figures.toml").unlink()
    with pytest.raises(CampaignError, match=r"figures\.toml: không có tệp này"):
        load_campaign(folder)


# --- nothing is asked of units that nobody reads ------------------------------------------------


def names_in(form: Form, *nodes: Node | None) -> set[str]:
    """Return the fields, columns and tables that expressions read, through derived values too."""
    derived = {one.id: one.expression for one in form.derived}
    found: set[str] = set()
    for node in nodes:
        for one in walk(node) if node is not None else ():
            match one:
                case Name(id=id_) if id_ in derived:
                    found |= names_in(form, derived[id_])
                case Name() | ColumnName():
                    found.add(one.id)
                case Count(table, _):
                    found.add(table)
                case Fold(_, column, _):
                    found |= {column.table, column.id}
    return found


def read_in(form: Form) -> set[str]:
    """Return what rules, figures, lists, roles, board checks and papers read of a form."""
    nodes: list[Node | None] = []
    for rule in CAMPAIGN.rules:
        if bound := rule.bound.get(form.id):
            templates = (
                bound.given, bound.expected, bound.difference, bound.remedy_before,
                bound.remedy_after, *(case.message for case in bound.cases),
            )  # fmt: skip
            nodes += [bound.condition, bound.check, *bound.at, *(c.when for c in bound.cases)]
            nodes += [node for template in templates for node in template.expressions]
        if rule.board and form.id in rule.board.conditions:
            nodes.append(rule.board.conditions[form.id])
    for figure in CAMPAIGN.figures.all:
        if one := figure.bound.get(form.id):
            nodes += [one.value, one.when, one.day]
    found = names_in(form, *nodes)
    for one in CAMPAIGN.sheet_lists:
        found |= names_in(form, one.bound.get(form.id))
    text = (BUILT_IN_CAMPAIGN / "campaign.toml").read_text(encoding="utf-8")
    roles = text[text.index("[roles]") : text.index("# --- Giá trị")] if "[roles]" in text else text
    named = set(re.findall(r'= "([a-z_.]+)"', roles))
    for name, value in CAMPAIGN.values.items():
        if name.startswith("o."):
            named |= set(value) if isinstance(value, tuple) else {value}
    for name in named:
        found |= {name, f"{name}_kh", f"{name}_th", name.partition(".")[0]}
    return found


LISTED = {
    f"{one.table}.{id_}"
    for one in CAMPAIGN.sheet_lists
    for id_ in (*(column.column for column in one.columns), *one.by)
}
"""The columns that lists show, or add up by."""


@pytest.mark.parametrize("form", CAMPAIGN.forms, ids=lambda form: form.id)
def test_no_form_asks_what_nothing_reads(form):
    read = read_in(form)
    unread = [
        field.id
        for field in form.fields
        if field.id not in read and read.isdisjoint(part.id for part in field.parts)
    ]
    for table in form.tables:
        key = table.key if table.id in read else ()
        unread += [
            f"{table.id}.{column.id}"
            for column in table.columns
            if column.id not in key and f"{table.id}.{column.id}" not in read | LISTED
        ]
    assert unread == []


def test_what_is_counted_over_units_is_declared_with_a_measure_and_a_place_or_a_use():
    used = {figure.plan for figure in CAMPAIGN.figures.all}
    used |= {figure.share.of for figure in CAMPAIGN.figures.all if figure.share}
    used |= {part for figure in CAMPAIGN.figures.all for part in figure.parts}
    for figure in CAMPAIGN.figures.all:
        assert figure.measure
        assert figure.places or figure.id in used, figure.id
        assert figure.counted is not Counted.AMOUNTS or figure.bound
