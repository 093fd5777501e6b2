"""The command line: help, wrong usage, exit statuses, any console, JSON as documented."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.cli.commands import program
from tdkt_batch.cli.terminal import make_speakable, plain, print_json
from tdkt_batch.model import Severity

COMMANDS = (
    "demo", "init", "units", "templates", "check", "run", "remind", "issue", "trace", "months",
    "rules",
)  # fmt: skip
HEAVY = ("pandas", "numpy", "openpyxl", "xlsxwriter", "python_calamine", "rich")
ENGLISH = ("Usage", "Options", "Commands", "Show this", "required]", "Error", "Missing", "No such")


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


def invoke(*arguments, color=False):
    words = [str(one) for one in arguments]
    return CliRunner().invoke(program, words, prog_name="tdkt-batch", color=color)


def start(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "tdkt_batch", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


# --- help -----------------------------------------------------------------------------------


def test_the_commands_stand_in_the_order_of_a_newcomers_needs():
    assert tuple(program.commands) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_has_help_in_vietnamese(command):
    page = invoke(command, "--help")
    assert page.exit_code == 0
    assert page.output.startswith(f"Cách dùng: tdkt-batch {command}")
    assert not [word for word in ENGLISH if word in page.output]
    assert program.commands[command].help
    options = [p for p in program.commands[command].params if p.param_type_name == "option"]
    assert [o.name for o in options if not o.help] == []


def test_no_option_has_a_type_that_answers_in_english():
    """What is typed for it is judged by a callback of ours, or taken as it is."""
    taken_as_it_is = (type(click.STRING), type(click.BOOL), click.Path)
    for command in program.commands.values():
        for one in command.params:
            of = one.type.types if isinstance(one.type, click.Tuple) else [one.type]
            assert all(isinstance(t, taken_as_it_is) for t in of), one.name


@pytest.mark.parametrize("arguments", [("--help",), *((c, "--help") for c in COMMANDS)])
def test_help_imports_nothing_that_reads_or_writes_workbooks(arguments):
    code = (
        "import sys; from tdkt_batch.cli.commands import program\n"
        f"try: program({list(arguments)!r}, prog_name='tdkt-batch')\n"
        "except SystemExit as end: assert not end.code\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stderr.decode().strip() == "[]"


def test_without_a_command_the_help_page_is_shown():
    result = invoke()
    assert result.exit_code == 2
    assert "Mã kết thúc" in result.output


# --- wrong usage: status 2, one line ------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("runn",),
            "không có lệnh “runn”; các lệnh: demo, init, units, templates, check, run, remind, issue, trace, months, rules",
        ),
        (("run",), "thiếu tùy chọn --month"),
        (("check",), "thiếu TỆP…"),
        (("run", "x"), "thiếu tùy chọn --month"),
        (("run", "x", "--moth", "2015-03"), "không có tùy chọn --moth"),
        (("run", "x", "--month"), "tùy chọn --month thiếu hoặc thừa giá trị"),
        (("run", "x", "--month", "3-2015"), "--month: kỳ báo cáo “3-2015” không hợp lệ"),
        (("run", "x", "--month", "2015-13"), "--month: kỳ báo cáo “2015-13” không hợp lệ"),
        (
            ("run", "x", "--month", "2015-03", "--received-until", "hôm qua"),
            "--received-until: “hôm qua” không phải thời điểm: hãy ghi như 2015-03-25 17:00",
        ),
        (("run", "x", "--month", "2015-03", "--workers", "0"), "--workers: “0” không phải"),
        (("months", "--forget-run", "abc"), "--forget-run: “abc” không phải số"),
        (
            ("run", "x", "--month", "2015-03", "--set-aside", "a.xlsx"),
            "--set-aside thiếu hoặc thừa giá trị. Xem: tdkt-batch run --help",
        ),
        (("rules", "A4", "A5"), "thừa tham số: A5"),
        (("templates", "--all-units"), "--all-units và --month đi cùng nhau"),
        (("templates", "--month", "2015-03"), "--all-units và --month đi cùng nhau"),
    ],
)
def test_wrong_usage_is_one_vietnamese_line_and_status_2(arguments, line):
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Sai cách dùng: ")
    assert line in result.stderr
    assert result.stderr.count("\n") == 1
    assert "--help" in result.stderr
    assert not [word for word in ENGLISH if word in result.stderr]
    assert result.stdout == ""


# --- could not be done: status 1, one line --------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules", "A99"),
        ("rules", "--campaign", "no_such_campaign"),
        ("rules", "--register", "no-such-register.csv"),
        ("run", "no-such-folder", "--month", "2015-03"),
        ("check", "no-such-file.xlsx"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_1(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("Không làm được: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


# --- rules -----------------------------------------------------------------------------------------


def test_rules_prints_one_rule_in_words_whatever_the_case_of_its_id():
    result = invoke("rules", "a4")
    assert result.exit_code == 0
    assert result.stdout.startswith("A4. ")
    assert "Căn cứ: mục I.1, Hướng dẫn số 30/HD-HĐTĐKT" in result.stdout


def test_rules_json_is_the_whole_rule_book(campaign):
    book = json.loads(invoke("rules", "--json").stdout)
    assert [e["id"] for e in book if e["treatment"] == "rule"] == [r.id for r in campaign.rules]
    keys = {
        "id", "title", "scope", "treatment", "levels", "unit_kinds", "stages", "requirements",
        "condition", "check", "severity_cases", "clause", "quote", "decision", "ours",
    }  # fmt: skip
    assert {frozenset(entry) for entry in book} == {frozenset(keys)}
    severities = {case["severity"] for entry in book for case in entry["severity_cases"]}
    assert severities <= set(Severity)


def test_rules_json_of_one_id_is_a_list_of_one():
    assert [entry["id"] for entry in json.loads(invoke("rules", "A4", "--json").stdout)] == ["A4"]


# --- any console ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1251", "cp1252"])
def test_a_console_without_vietnamese_letters_gets_whole_words_without_marks(encoding):
    done = start("rules", "A4", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode(encoding)
    assert text.startswith("A4. So dai bieu cua Hoi nghi dai bieu")
    assert text.isascii()
    assert "?" not in text


def test_a_console_of_vietnamese_windows_gets_every_mark():
    narrow = start("rules", "A4", PYTHONIOENCODING="cp1258", PYTHONUTF8="0")
    wide = start("rules", "A4", PYTHONIOENCODING="utf-8")
    assert narrow.stdout.count(b"\n") > 10
    composed = unicodedata.normalize("NFC", narrow.stdout.decode("cp1258"))
    assert composed == wide.stdout.decode("utf-8")


@given(st.text())
def test_whatever_is_printed_no_console_gets_a_half_of_a_words_marks(text):
    for encoding in ("cp437", "cp1252", "cp1258"):
        kept = io.BytesIO()
        stream = io.TextIOWrapper(kept, encoding=encoding, newline="")
        make_speakable(stream)
        stream.write(text)
        stream.flush()
        shown = unicodedata.normalize("NFC", kept.getvalue().decode(encoding))
        assert shown in (text, plain(text), unicodedata.normalize("NFC", text))


def test_wrong_usage_on_such_a_console_is_read_too():
    done = start("runn", PYTHONIOENCODING="cp1251", PYTHONUTF8="0")
    assert done.returncode == 2
    assert done.stderr.decode("cp1251").startswith('Sai cach dung: khong co lenh "runn"')


@pytest.mark.parametrize("columns", ["45", "60", "80", "300"])
def test_the_rule_book_fits_the_window_and_cuts_no_word(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", "101")
    words = invoke("rules").stdout.split()
    monkeypatch.setenv("COLUMNS", columns)
    text = invoke("rules").stdout
    assert text.split() == words
    widest = min(100, int(columns) - 1)
    too_wide = [line for line in text.splitlines() if len(line) > widest]
    assert [line for line in too_wide if len(line.split()) > 1] == []
    assert max(map(len, text.splitlines())) > widest - 15


def test_the_rule_book_tells_no_code_of_a_requirement_unless_asked(campaign):
    codes = {one for rule in campaign.rules for one in (rule.id, *rule.requirements)}
    in_brackets = re.compile(r"\(([^()]*)\)")

    def told(*options):
        text = " ".join(invoke("rules", *options).stdout.split())
        return [one for one in in_brackets.findall(text) if codes.issuperset(one.split(", "))]

    assert told() == []
    assert len(told("--codes")) > 20


def test_severities_have_colour_where_there_is_colour_and_the_same_words(monkeypatch):
    painted, bare = invoke("rules", "A4", color=True).stdout, invoke("rules", "A4").stdout
    assert click.style("Chưa đúng Hướng dẫn:", fg="red", bold=True) in painted
    assert click.unstyle(painted) == bare
    assert "\x1b" not in bare
    monkeypatch.setenv("NO_COLOR", "1")
    assert invoke("rules", "A4", color=True).stdout == bare


def test_json_on_such_a_console_loses_nothing():
    narrow = start("rules", "A4", "--json", PYTHONIOENCODING="cp437", PYTHONUTF8="0")
    wide = start("rules", "A4", "--json", PYTHONIOENCODING="utf-8")
    assert json.loads(narrow.stdout.decode("cp437")) == json.loads(wide.stdout.decode("utf-8"))


def test_json_is_not_escaped_where_the_console_is_utf8(capsys):
    print_json({"đơn vị": "xã Mường Than"})
    assert "xã Mường Than" in capsys.readouterr().out


def test_the_version_is_told():
    result = invoke("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("tdkt-batch ")


# --- templates ------------------------------------------------------------------------------------


def test_templates_writes_the_blank_forms_and_says_where(tmp_path):
    result = invoke("templates", "--out", tmp_path)
    assert result.exit_code == 0
    written = sorted(p.name for p in tmp_path.iterdir())
    assert written == ["mau-so-01.xlsx", "mau-so-02.xlsx"]
    assert all(str(tmp_path / name) in result.stdout for name in written)


def test_templates_for_all_units_takes_the_boards_own_register(tmp_path, monkeypatch):
    wanted = []
    monkeypatch.setattr(
        "tdkt_batch.forms_write.templates.write_unit_forms",
        lambda campaign, folder, month, _: wanted.append((campaign.units, folder, month)) or [],
    )
    register = tmp_path / "danh-sach.csv"
    register.write_text("ma,ten,loai,cap\nDN99,Công ty Thử,doanh nghiệp,base\n", encoding="utf-8")
    result = invoke(
        "templates", "--all-units", "--month", "2015-03", "--register", register, "--json"
    )
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    ((units, folder, month),) = wanted
    assert units[-1].name == "Công ty Thử"
    assert (folder.as_posix(), str(month)) == ("output/bieu-gui-di/2015-03", "2015-03")
