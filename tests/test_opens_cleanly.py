"""Excel and Word open every workbook and paper that is written without offering to repair it.

A validator that knows what the two offer to repair looks at each (openxml-audit).
"""

from __future__ import annotations

import io
import zipfile

import pytest
from click.testing import CliRunner
from openxml_audit import OpenXmlValidator
from small_province import make_small_province

from tdkt_batch.cli.commands import program
from tdkt_batch.months.run import run_month

KEPT_AS_SENT = {"luu-tru", "tep-chua-xu-ly"}
"""Folders of files as units sent them, whatever is wrong with these."""
EACH_RETURN = 2
"""How many of the forms that go back are looked at: they are made of the same parts."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return all that the commands write for a small province, by name."""
    out = tmp_path_factory.mktemp("ket-qua")
    province = make_small_province(tmp_path_factory.mktemp("tinh-nho"))
    run_month(province.request(out, (province.first,), keeps_samples=False))
    run_month(province.request(out, (province.all,), letters=True, keeps_samples=False))
    for command in (("templates", "--out", out), ("units", "--to", out / "danh-sach.xlsx")):
        arguments = [str(one) for one in (*command, "--campaign", province.campaign)]
        done = CliRunner().invoke(program, arguments)
        assert done.exit_code == 0, done.output
    files = [
        file
        for file in sorted(out.rglob("*.*x"))
        if file.suffix in (".xlsx", ".docx") and not KEPT_AS_SENT & set(file.parts)
    ]
    returns = [file for file in files if file.parent.name == "bieu-gui-lai"]
    return {file.name: file for file in files if file not in returns[EACH_RETURN:]}


def test_office_opens_all_without_a_word(written):
    assert sum(name.endswith(".docx") for name in written) >= 3
    assert sum(name.endswith(".xlsx") for name in written) >= 5 + EACH_RETURN
    validator = OpenXmlValidator()
    found = {
        name: [error.description for error in result.errors]
        for name, file in written.items()
        if not (result := validator.validate(file)).is_valid
    }
    assert found == {}


def test_a_style_that_word_would_repair_is_seen(written, tmp_path):
    name, file = next(item for item in written.items() if item[0].endswith(".docx"))
    damaged, content = tmp_path / name, io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(content, "w") as new:
        for member in old.namelist():
            kept = old.read(member)
            new.writestr(member, kept.replace(b"</w:styles>", b"<w:no/></w:styles>"))
    damaged.write_bytes(content.getvalue())
    assert not OpenXmlValidator().validate(damaged).is_valid
