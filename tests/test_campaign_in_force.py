"""Under which campaign and register a month is judged: as it was then, unless others are given."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from nine_months import FEB, MAR, MONTHS
from sent_files import put
from small_province import OPERATOR, UnitsAtTheirForms, request_of, write_campaign

from tdkt_batch.campaign.load import BUILT_IN, DEFAULT, load_campaign
from tdkt_batch.campaign.overlay import OfficeLayers
from tdkt_batch.campaign.packed import pack_campaign, unpack_campaign
from tdkt_batch.errors import CampaignError, InputError
from tdkt_batch.ledger.facts import Run
from tdkt_batch.ledger.store import open_ledger
from tdkt_batch.model import Month
from tdkt_batch.months.campaign_in_force import require_units, terms_for, terms_of
from tdkt_batch.months.inputs import resources_to_look
from tdkt_batch.months.run import run_month
from tdkt_batch.office.load import load_for_office
from tdkt_batch.trace.month import published_month

FEBRUARY, MARCH = Month(2015, 2), Month(2015, 3)
MOMENT = datetime(2015, 3, 1, 8)
REGISTER = "ma,ten,loai,cap\n{code},{name},doanh nghiệp,base\n"


def register(folder: Path, name: str, code: str = "DN99") -> Path:
    path = folder / "danh-sach.csv"
    path.write_text(REGISTER.format(code=code, name=name), encoding="utf-8")
    return path


def layers_of(path):
    return load_for_office(DEFAULT, path).layers


def ran(ledger, month, terms):
    """Enter a run of ``month`` under ``terms``."""
    run = Run(
        number=0, month=month, received_until=MOMENT, campaign=terms.campaign.digest,
        package=terms.package, register="", version="", operator="", started=MOMENT, given=(),
        containers=(), key="", manifest="",
    )  # fmt: skip
    return ledger.record_run(run)


def name_of(terms, code="DN99"):
    return next((unit.name for unit in terms.campaign.units if unit.code == code), None)


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "out", "thử@máy", MOMENT) as ledger:
        yield ledger


def room(tmp_path, number=0):
    path = tmp_path / f"room-{number}"
    path.mkdir(exist_ok=True)
    return path


def test_the_first_month_has_the_built_in_campaign_and_its_own_register(ledger, tmp_path):
    terms = terms_for(FEBRUARY, None, None, ledger, room(tmp_path))
    assert (terms.folder, terms.layers, terms.notes) == (DEFAULT, OfficeLayers(), ())
    assert terms.campaign.digest == load_for_office(DEFAULT).campaign.digest
    with_samples = terms_for(FEBRUARY, None, None, ledger, room(tmp_path), with_samples=True)
    assert with_samples.campaign.digest == load_campaign().digest


def test_a_new_month_takes_the_last_runs_register_and_says_so(ledger, tmp_path):
    given = register(tmp_path, "Công ty Một")
    ran(ledger, FEBRUARY, terms_for(FEBRUARY, None, given, ledger, room(tmp_path)))
    given.unlink()
    terms = terms_for(MARCH, None, None, ledger, room(tmp_path, 1))
    assert name_of(terms) == "Công ty Một"
    assert ["danh-sach.csv" in note and "2/2015" in note for note in terms.notes] == [True]


def test_an_old_month_is_judged_under_the_register_of_then(ledger, tmp_path):
    then = terms_for(FEBRUARY, None, register(tmp_path, "Công ty Một"), ledger, room(tmp_path))
    ran(ledger, FEBRUARY, then)
    now = terms_for(MARCH, None, register(tmp_path, "Công ty Hai"), ledger, room(tmp_path))
    ran(ledger, MARCH, now)
    again = terms_for(FEBRUARY, None, None, ledger, room(tmp_path, 1))
    assert (name_of(again), name_of(now)) == ("Công ty Một", "Công ty Hai")
    assert again.campaign.digest == then.campaign.digest
    assert (again.package, again.notes) == (then.package, ())


def test_what_is_given_counts_for_an_old_month_too(ledger, tmp_path):
    ran(
        ledger, FEBRUARY, terms_for(FEBRUARY, None, register(tmp_path, "A"), ledger, room(tmp_path))
    )
    given = register(tmp_path, "B")
    assert name_of(terms_for(FEBRUARY, None, given, ledger, room(tmp_path, 1))) == "B"


def test_a_campaign_that_changed_since_is_still_there_as_it_was(ledger, tmp_path):
    own = tmp_path / "dot-rieng"
    shutil.copytree(BUILT_IN / DEFAULT, own, ignore=shutil.ignore_patterns("__pycache__"))
    run = ran(ledger, FEBRUARY, terms_for(FEBRUARY, str(own), None, ledger, room(tmp_path)))
    toml = own / "campaign.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("value = 200,", "value = 150,", 1), encoding="utf-8")
    then, now = terms_of(run, ledger, room(tmp_path, 1)), load_campaign(str(own))
    limits = [c.values["gioi_han.dai_bieu_cap_xa"] for c in (then.campaign, now)]
    assert limits == [200, 150]
    assert then.campaign.digest == run.campaign != now.digest


def test_a_new_month_goes_on_with_the_boards_own_campaign(ledger, tmp_path):
    own = tmp_path / "dot-rieng"
    shutil.copytree(BUILT_IN / DEFAULT, own, ignore=shutil.ignore_patterns("__pycache__"))
    toml = own / "campaign.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("value = 200,", "value = 150,", 1), encoding="utf-8")
    ran(ledger, FEBRUARY, terms_for(FEBRUARY, str(own), None, ledger, room(tmp_path)))
    terms = terms_for(MARCH, None, None, ledger, room(tmp_path, 1))
    assert terms.campaign.values["gioi_han.dai_bieu_cap_xa"] == 150


# --- campaigns that an earlier version kept --------------------------------------------------------

LACKED_BEFORE: dict[str, tuple[str, str]] = {
    "words": ("campaign.toml", r"(?ms)^\[words\].*?(?=^\[)"),
    "kind": ("campaign.toml", r'(?m)^kind = "Hướng dẫn"\n'),
    "silent_months": ("letters.toml", r"(?m)^silent_months.*\n"),
    "unit_thanks": ("letters.toml", r"(?m)^unit_thanks.*\n"),
    "figures": ("figures.toml", r"(?s).*"),
    "lists": ("lists.toml", r"(?s).*"),
}
"""What the landed version did not know, by file and where it stands."""


def made_older(folder, *keys):
    """Take what an earlier version did not know out of a campaign's folder."""
    for key in keys:
        file, pattern = LACKED_BEFORE[key]
        path = folder / file
        text, number = re.subn(pattern, "", path.read_text(encoding="utf-8"), count=1)
        assert number == 1, key
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink()
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("keys", [("lists",), ("silent_months",), tuple(LACKED_BEFORE)])
def test_a_month_kept_by_an_earlier_version_goes_on_under_todays_campaign(ledger, tmp_path, keys):
    own = made_older(shutil.copytree(BUILT_IN / DEFAULT, tmp_path / "dot"), *keys)
    given = register(tmp_path, "Công ty Một")
    with pytest.raises(CampaignError):
        load_campaign(own)
    package = ledger.keep(pack_campaign(str(own), layers_of(given)), ".zip")
    kept = terms_for(FEBRUARY, None, given, ledger, room(tmp_path))
    run = ran(ledger, FEBRUARY, replace(kept, package=package))
    assert name_of(terms_of(run, ledger, room(tmp_path, 1))) == "Công ty Một"
    again = terms_for(FEBRUARY, None, None, ledger, room(tmp_path, 2))
    assert name_of(again) == "Công ty Một"
    (note,) = again.notes
    assert "2/2015" in note
    assert again.outdated in note
    assert len(note) < 300
    # what the month is judged under from now on is kept whole
    run = ran(ledger, FEBRUARY, again)
    assert terms_of(run, ledger, room(tmp_path, 3)).outdated == ""


def test_a_campaign_of_which_no_newer_text_is_known_is_one_sentence(ledger, tmp_path):
    own = made_older(shutil.copytree(BUILT_IN / DEFAULT, tmp_path / "dot"), "words")
    toml = own / "campaign.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('id = "lai_chau_2014"', 'id = "khac"', 1), encoding="utf-8")
    kept = terms_for(FEBRUARY, None, None, ledger, room(tmp_path))
    package = ledger.keep(pack_campaign(str(own), OfficeLayers()), ".zip")
    run = ran(ledger, FEBRUARY, replace(kept, package=package))
    with pytest.raises(InputError, match=r"tháng 2/2015: .*words.*hãy bổ sung .*--campaign"):
        terms_of(run, ledger, room(tmp_path, 1))


@pytest.mark.slow
def test_the_months_of_an_earlier_version_are_compared_with_and_traced(tmp_path):
    campaign, out = (
        write_campaign(tmp_path / "dot", ("105", "03386", "SNV", "DN08")),
        tmp_path / "ra",
    )
    units = UnitsAtTheirForms(campaign)
    for month in (FEB, MAR):
        content = units.form("03386", month)
        at = datetime(2015, MONTHS[month].number, 10, 9)
        put(tmp_path / f"thu-{month}" / "03386.xlsx", content, at)
    february = request_of(FEB, campaign, out, (tmp_path / f"thu-{FEB}",))
    run_month(february)
    older = made_older(shutil.copytree(campaign, tmp_path / "cu"), *LACKED_BEFORE)
    with open_ledger(out, OPERATOR, MOMENT) as ledger:
        package = ledger.keep(pack_campaign(str(older), OfficeLayers()), ".zip")
        ledger.record_run(replace(ledger.last_run(MONTHS[FEB]), package=package))

    result = run_month(request_of(MAR, campaign, out, (tmp_path / f"thu-{MAR}",)))
    assert [note for note in result.notes if "phiên bản trước ghi" in note] != []
    assert [one.states.keys() for one in result.report.past] == [{"105", "03386", "SNV", "DN08"}]
    assert result.report.past[0].amounts["da_to_chuc"] == {"03386": 1}
    with resources_to_look(out, workers=0) as resources:
        published = published_month(out, MONTHS[FEB], resources)
        assert any("phiên bản trước ghi" in note for note in published.notes)
        assert len(published.campaign.units) == 4


def test_a_month_in_which_the_register_has_no_unit_is_refused(ledger, tmp_path):
    terms = terms_for(FEBRUARY, None, None, ledger, room(tmp_path))
    require_units(terms, FEBRUARY)
    gone = replace(terms, campaign=replace(terms.campaign, units=()))
    with pytest.raises(InputError, match="không có đơn vị nào tồn tại trong tháng 2/2015"):
        require_units(gone, FEBRUARY)


def test_the_same_campaign_is_the_same_package(tmp_path):
    given = layers_of(register(tmp_path, "A"))
    assert pack_campaign(DEFAULT, given) == pack_campaign(DEFAULT, given)
    assert pack_campaign(DEFAULT, given) != pack_campaign(DEFAULT, OfficeLayers())


def test_a_package_holds_all_that_the_digest_counts(tmp_path):
    given = load_for_office(DEFAULT, register(tmp_path, "A"))
    package = tmp_path / "dot.zip"
    package.write_bytes(pack_campaign(DEFAULT, given.layers))
    kept = unpack_campaign(package, room(tmp_path))
    assert kept.is_built_in
    again = load_for_office(kept.folder, layers=kept.layers)
    assert again.campaign.digest == given.campaign.digest


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", None])
def test_a_package_that_is_lost_or_damaged_is_one_sentence(tmp_path, content):
    package = tmp_path / "dot.zip"
    if content is not None:
        package.write_bytes(content)
    with pytest.raises(InputError, match="hãy ghi --campaign và --register"):
        unpack_campaign(package, room(tmp_path))


@pytest.mark.slow
def test_a_register_that_an_earlier_version_kept_as_a_file_still_holds(ledger, tmp_path):
    given = register(tmp_path, "Công ty Một")
    kept = terms_for(FEBRUARY, None, None, ledger, room(tmp_path))
    package = tmp_path / "cu.zip"
    with ZipFile(package, "w") as old:
        with ZipFile(ledger.kept(kept.package)) as today:
            for name in today.namelist():
                old.writestr(name, today.read(name))
        old.write(given, "danh-sach-don-vi/danh-sach.csv")
    run = ran(ledger, FEBRUARY, replace(kept, package=ledger.keep(package.read_bytes(), ".zip")))
    assert name_of(terms_of(run, ledger, room(tmp_path, 1))) == "Công ty Một"
    march = terms_for(MARCH, None, None, ledger, room(tmp_path, 2))
    assert name_of(march) == "Công ty Một"
    assert ["danh-sach.csv" in note for note in march.notes] == [True]
