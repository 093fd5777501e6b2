"""A campaign may lack any role that its rules do not need: the month runs, is written and traced."""

from __future__ import annotations

import re
import shutil
import zipfile

import pytest
from nine_months import MAR, MONTHS
from openpyxl import load_workbook
from small_province import make_small_province

from tdkt_batch.campaign.board_checks import NEEDS_OF_CHECK
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.roles import Role
from tdkt_batch.errors import CampaignError
from tdkt_batch.months.inputs import resources_to_look
from tdkt_batch.months.run import run_month
from tdkt_batch.trace.month import published_month
from tdkt_batch.trace.totals import totals_of, trace_total

SAID_OF = {
    Role.REQUESTS: ("vướng mắc, kiến nghị của đơn vị", "không nêu khó khăn, vướng mắc, kiến nghị"),
    Role.DATE: ("theo đơn vị: ngày dự kiến", "theo đơn vị: ngày tổ chức"),
}
"""What only a campaign says that has the role: in its sentences, in the heads of a sheet."""


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    return make_small_province(tmp_path_factory.mktemp("tinh"))


def without_role(province, folder, role):
    """Write the province's campaign without a role."""
    shutil.copytree(province.campaign, folder)
    path = folder / "campaign.toml"
    before, head, rest = path.read_text(encoding="utf-8").partition("[roles.figures]\n")
    figures, end, after = rest.partition("\n\n")
    kept = re.sub(rf"^{role} = .*\n?", "", figures, flags=re.MULTILINE)
    assert len(kept) < len(figures), f"the campaign has no role {role}"
    path.write_text(before + head + kept + end + after, encoding="utf-8")
    return folder


def without_rules_that_need(folder, role):
    """Drop the board rules whose check needs a role, and what other rules say of them."""
    path = folder / "rules.toml"
    first, *rules = re.split(r"(?m)^(?=\[\[)", path.read_text(encoding="utf-8"))
    needing = [f'\nboard = "{one}"' for one, needs in NEEDS_OF_CHECK.items() if role in needs.roles]
    kept = [rule for rule in rules if not any(one in rule for one in needing)]
    dropped = [re.search(r'id = "(.*)"', rule)[1] for rule in rules if rule not in kept]
    assert dropped
    text = re.sub(f', "({"|".join(dropped)})"', "", "".join([first, *kept]))
    first_of_list = rf'(?m)^settles = \["({"|".join(dropped)})"(, )?'
    text = re.sub(first_of_list, "settles = [", text).replace("settles = []\n", "")
    path.write_text(text, encoding="utf-8")


def needed_by_rules(role):
    return any(role in needs.roles for needs in NEEDS_OF_CHECK.values())


@pytest.mark.parametrize("role", Role)
def test_a_month_without_a_role_runs_and_traces(province, tmp_path, role):
    folder = without_role(province, tmp_path / "dot", role)
    if needed_by_rules(role):
        with pytest.raises(CampaignError, match=rf"cần vai trò “{role}”"):
            load_campaign(folder)
        without_rules_that_need(folder, role)
    out = tmp_path / "ra"
    run_month(province.request(out, (province.all,), campaign=str(folder), letters=True))
    with resources_to_look(out, workers=0) as resources:
        published = published_month(out, MONTHS[MAR], resources)
        for total in totals_of(published.campaign):
            if total.id in ("dai_bieu", "qua_ngay_du_kien", "phai_gui"):
                trace_total(published, total.id)
    printed = "".join(printed_in(out)).casefold()
    assert "phải báo cáo trong tháng" in printed
    assert [words for words in SAID_OF.get(role, ()) if words in printed] == []


def printed_in(out):
    """Yield the texts of the consolidated workbook and of the report for signature."""
    month = out / "2015-03"
    heads = load_workbook(month / "tong-hop-2015-03.xlsx")["Theo đơn vị"][9]
    yield from (f"Theo đơn vị: {cell.value}\n" for cell in heads if cell.value)
    for path, member in (
        (month / "tong-hop-2015-03.xlsx", "xl/sharedStrings.xml"),
        (month / "thong-bao" / "bao-cao-2015-03.docx", "word/document.xml"),
    ):
        with zipfile.ZipFile(path) as parts:
            yield parts.read(member).decode()


def test_what_is_said_of_a_role_is_said_where_the_campaign_has_it(province, tmp_path):
    run_month(province.request(tmp_path, (province.all,), letters=True))
    printed = "".join(printed_in(tmp_path)).casefold()
    said = [words for all_ in SAID_OF.values() for words in all_]
    assert [words for words in said if words not in printed] == []
