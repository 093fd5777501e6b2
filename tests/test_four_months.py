"""Four months of a district, a department and two enterprises: nothing untrue is said of a unit.

Every statement that names a unit, in workbook, letters, messages, call list, report and
returned forms, is gathered and set against the truth of ``four_months``, which is
written by hand: none is missing, none is false, and none stands where no truth is told.
"""

from __future__ import annotations

import email
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from email.policy import default
from pathlib import PurePosixPath

import docx
import pytest
from click.testing import CliRunner
from four_months import (
    APR,
    CAMPAIGN,
    DEPARTMENT,
    DISTRICT,
    FEB,
    FOUR,
    LEFT_BLANK,
    MAR,
    MAY,
    SEEN,
    SENT,
    STRAY,
    UNITS,
    held_on,
    sent_in,
    typed,
    write_story,
)
from nine_months import MONTHS, Ruling
from officer import enter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from said_of_units import rows_of
from small_province import request_of

from tdkt_batch.cli.commands import program
from tdkt_batch.model import DecisionKind
from tdkt_batch.months.run import run_month

NAMES = {code: CAMPAIGN.unit(code).name for code in UNITS}
CODES = {name.casefold(): code for code, name in NAMES.items()}
_NAMED = re.compile(
    "|".join(sorted(map(re.escape, NAMES.values()), key=len, reverse=True)), re.IGNORECASE
)

# --- the truth of a month -----------------------------------------------------------------------

STATES = {
    "": "Đúng hạn", "im": "Chưa gửi", "sau": "Đến sau chốt số liệu",
    **dict.fromkeys(("ảnh", "văn bản", "tháng khác", "đường dẫn", "khóa"), "Đã gửi, chưa dùng được"),
}  # fmt: skip
CAME = {
    "ảnh": "đã gửi ảnh, không kèm biểu Excel",
    "văn bản": "đã gửi văn bản, không kèm biểu Excel",
    "tháng khác": "đã gửi biểu ghi tháng khác",
    "đường dẫn": "đã gửi đường dẫn, không kèm tệp",
    "khóa": "đã gửi tệp có mật khẩu hoặc bị mã hóa",
    "sau": "đã gửi, đến sau thời điểm chốt số liệu",
}
"""What came in the place of a report, in the words of every output."""
STAGES = {"kh": "Đã có kế hoạch", "tc": "Đã tổ chức", "?": ""}
LIVES = {"mới": "Mới", "còn": "Còn", "nhận": "Chấp nhận giải trình"}
SEVERITIES = {
    "A8": "Cần giải trình", "A9": "Cần giải trình", "AMB29": "Cần giải trình",
    "B8": "Cần giải trình", "O5h": "Cần giải trình", "O5b": "Lỗi số liệu", "A7c": "Sai số học",
}  # fmt: skip
ASKS = {
    "không sửa": ("Đã nhận, không phải làm gì", "không phải làm gì"),
    "giải trình": ("Giải trình", "Sửa hoặc giải trình"),
    "đính chính": ("Đính chính",),
    "hoàn thiện": ("Hoàn thiện",),
    "gửi lại": ("Gửi lại",),
    "gửi": ("Gửi báo cáo",),
    "tính sau": ("Đến sau thời điểm chốt số liệu",),
    "xem xét": ("Đã giải trình, đang xem xét", "đang xem xét giải trình"),
}
"""How a letter begins what it says of a unit, by what is asked of it."""
RETURNED = {ask: f"đề nghị {ask}" for ask in ("giải trình", "đính chính", "hoàn thiện")}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What must be seen of one unit in one month: a cell of ``SEEN``."""

    state: str = ""
    silent: int = 0
    ask: str = "không sửa"
    stage: str = ""
    findings: tuple[tuple[str, str, int], ...] = ()
    gone: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not self.state

    @property
    def verdict(self) -> str:
        """The gravest of what stands, else how it came."""
        if self.state:
            return _capital(CAME[self.state]) if self.state in CAME else STATES[self.state]
        standing = [SEVERITIES[code] for code, life, _ in self.findings if life != "nhận"]
        return (standing or ["Chấp nhận giải trình" if self.findings else "Đạt"])[0]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def seen_of(cell: str) -> Seen | None:
    """Return what a cell tells; None when the unit is not in the month's register."""
    seen = Seen()
    for part in (part.strip() for part in cell.split(",")):
        match part.split():
            case ["ngoài"]:
                return None
            case ["→", *ask]:
                seen = replace(seen, ask=" ".join(ask))
            case [code, "hết"]:
                seen = replace(seen, gone=(*seen.gone, code))
            case [code, life, months]:
                seen = replace(seen, findings=(*seen.findings, (code, life, int(months))))
            case ["im", months]:
                seen = replace(seen, state="im", silent=int(months))
            case [word] if word in STAGES:
                seen = replace(seen, stage=word)
            case _ if part.startswith("["):
                seen = replace(seen, lists=(*seen.lists, part.strip("[]")))
            case _:
                assert part in STATES, part
                seen = replace(seen, state=part)
    return seen


def truth_of(month: int) -> dict[str, Seen]:
    cells = {code: seen_of(cells[month - FEB]) for code, cells in SEEN.items()}
    return {code: seen for code, seen in cells.items() if seen is not None}


def newest(code: str, month: int) -> int | None:
    """Return the month of the unit's last report that could be used by then."""
    own = truth_of(month).get(code)
    return month if own and own.is_usable else newest_before(code, month)


def newest_before(code: str, month: int) -> int | None:
    """Return the same of the months before; what came after a month's moment is one by then."""
    seen = {one: truth_of(one).get(code) for one in FOUR if one < month}
    usable = [one for one, its in seen.items() if its and its.state in ("", "sau")]
    return usable[-1] if usable else None


# --- the runs -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Done:
    """One run: its month, its workbook, all that lies beside it, and who is criticised."""

    month: int
    book: bytes
    letters: Mapping[str, bytes]
    has_stray: bool

    @property
    def truth(self) -> Mapping[str, Seen]:
        """The truth of the month; nobody is proposed while a file is of nobody."""
        truth = truth_of(self.month)
        if not self.has_stray:
            return truth
        return {
            code: replace(seen, lists=tuple(one for one in seen.lists if one != "phê bình"))
            for code, seen in truth.items()
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bon-thang")


@pytest.fixture(scope="module")
def runs(folder):
    write_story(folder)
    done = []
    for month, aside in (*((m, ()) for m in FOUR), (MAY, ((STRAY, "Ảnh hội trường"),))):
        paths = () if aside else (folder / str(MONTHS[month]),)
        request = request_of(month, folder / "dot", folder / "ra", paths)
        register = folder / "danh-sach.csv" if month >= APR else None
        result = run_month(replace(request, letters=True, register=register, set_aside=aside))
        assert result.letters is not None
        letters = {
            path.relative_to(result.letters).as_posix(): path.read_bytes()
            for path in result.letters.rglob("*")
            if path.is_file()
        }
        has_stray = month == MAY and not aside
        done.append(Done(month, result.workbook.read_bytes(), letters, has_stray))
        if month == FEB:
            ruling = Ruling(month=FEB, kind=DecisionKind.ACCEPTED, unit="DN11", code="A8")
            enter(result.control, [ruling])
    return done


# --- what is said, place by place ---------------------------------------------------------------

Said = set[tuple[object, ...]]


def names_in(text: str) -> list[str]:
    """Return the units that a sentence lists; a name before a colon is whom others are under."""
    return [
        CODES[found[0].casefold()]
        for found in _NAMED.finditer(text)
        if text[found.end() :][:1] != ":"
    ]


def unit_rows(done: Done, title: str) -> dict[str, Mapping[str, object]]:
    """Return a sheet's rows by the unit that they are about."""
    rows = [row for row in rows_of(done.book, title) if isinstance(row["STT"], float)]
    heads = [head for head in ("Đơn vị", "Đơn vị / Họ và tên") if head in rows[0]]
    return {
        CODES[str(row[heads[0]]).casefold()]: row for row in rows if row[heads[0]] in NAMES.values()
    }


def month_said(code: str, month: int) -> date | str:
    number = newest(code, month)
    return "" if number is None else MONTHS[number].first_day


def arrivals(done: Done) -> Said:
    said: Said = set()
    for code, row in unit_rows(done, "Tình hình gửi báo cáo").items():
        came = [one for one in CAME.values() if str(row["Ghi chú"]).startswith(_capital(one))]
        silent = int(row["Số tháng liền chưa gửi"] or 0)
        said.add((code, row["Trạng thái"], silent, row["Báo cáo gần nhất"], *came))
    return said


def true_arrivals(done: Done) -> Said:
    return {
        (
            code, STATES[seen.state], seen.silent, month_said(code, done.month),
            *([CAME[seen.state]] if seen.state in CAME else []),
        )
        for code, seen in done.truth.items()
    }  # fmt: skip


UNIT_HEADS = ("Gửi báo cáo", "Số liệu của tháng", "Tình trạng", "Ngày tổ chức", "Quá thời gian",
              "Kế hoạch", "Thực hiện", "Kết luận")  # fmt: skip


def units(done: Done) -> Said:
    rows = unit_rows(done, "Theo đơn vị")
    return {(code, *(row[head] for head in UNIT_HEADS)) for code, row in rows.items()}


def true_units(done: Done) -> Said:
    return {
        (
            code, STATES[seen.state], month_said(code, done.month), STAGES[seen.stage],
            held_on(code) if seen.stage == "tc" else "", "x" if "quá hạn" in seen.lists else "",
            *people(code, done.month, seen.stage), seen.verdict,
        )
        for code, seen in done.truth.items()
    }  # fmt: skip


def people(code: str, month: int, stage: str) -> tuple[object, object]:
    """Return planned and present delegates, as the unit typed them last; unknown is blank."""
    number = newest(code, month)
    if number is None or stage == "?":
        return "", ""
    (sent,) = [one for one in sent_in(number) if one.unit == code]
    values = typed(CAMPAIGN.unit(code), sent.kind, sent.habits).values
    present = values.get("tong_dai_bieu_th") if stage == "tc" else ""
    return values["tong_dai_bieu_kh"], present


def findings(done: Done) -> Said:
    return {
        (
            row["Mã đơn vị"],
            row["Mã căn cứ"],
            row["Mức độ"],
            row["Vòng đời"],
            int(row["Số tháng"] or 0),
        )
        for row in rows_of(done.book, "Nội dung cần xem xét")
        if row["Mã đơn vị"]
    }


def true_findings(done: Done) -> Said:
    return {
        (code, rule, SEVERITIES[rule], LIVES[life], months)
        for code, seen in done.truth.items()
        for rule, life, months in seen.findings
    }


def broken(done: Done) -> Said:
    """Return the marks of the sheet of outcomes that are no pass: crosses and question marks."""
    return {
        (code, head)
        for code, row in unit_rows(done, "Kết quả rà soát").items()
        for head, mark in row.items()
        if mark in ("✗", "?", "!")
    }


def true_broken(done: Done) -> Said:
    return {
        (code, rule)
        for code, seen in done.truth.items()
        for rule, life, _ in seen.findings
        if life != "nhận"
    }


def elected(done: Done) -> Said:
    rows = unit_rows(done, "Đại biểu dự cấp trên")
    shown = ("Năm sinh", "Ngày tổ chức Hội nghị", "Phân bổ", "Bầu so phân bổ", "Căn cứ phân bổ")
    return {(code, *(row[head] for head in shown)) for code, row in rows.items()}


def true_elected(done: Done) -> Said:
    said: Said = set()
    for code, seen in done.truth.items():
        number, is_held = newest(code, done.month), seen.stage == "tc"
        text = STAGES[seen.stage] + (f" ngày {held_on(code):%d/%m/%Y}" if is_held else "")
        if number not in (None, done.month):
            text += f" (báo cáo tháng {MONTHS[number].number:02d}/2015)"
        number, by = allotted(code, done.month)
        differs = 0 if is_held else ""  # each elects as many as it was allotted
        said.add((code, text, held_on(code) if is_held else "", number, differs, by))
    return said


def allotted(code: str, month: int) -> tuple[int | None, str]:
    """Return how many delegates a unit may send, and who said so by then."""
    unit = CAMPAIGN.unit(code)
    if month == FEB or unit.parent != DISTRICT:
        return unit.allotment, "Danh sách của Ban"
    is_five = unit.name == LEFT_BLANK
    newest_table = 5 if month == MAY and not is_five else 3
    return 5 if is_five else unit.allotment, f"Bảng của Huyện Mường Tè, tháng {newest_table}/2015"


def awards(done: Done) -> Said:
    rows = rows_of(done.book, "Khen thưởng")
    return {
        (CODES[str(row["Đơn vị"]).casefold()], row["Ngày tổ chức Hội nghị"])
        for row in rows
        if row["Đơn vị"] in NAMES.values() and row["Ngày tổ chức Hội nghị"]
    }


def true_awards(done: Done) -> Said:
    return {(code, held_on(code)) for code, seen in done.truth.items() if seen.stage == "tc"}


def composition(done: Done) -> Said:
    rows = unit_rows(done, "Cơ cấu đại biểu")
    return {(code, row["Số liệu của tháng"], row["Tình trạng"]) for code, row in rows.items()}


def true_composition(done: Done) -> Said:
    return {
        (code, month_said(code, done.month), STAGES[seen.stage])
        for code, seen in done.truth.items()
    }


def figures(done: Done) -> Said:
    heads = ("Đã tổ chức", "Đã có KH", "Quá thời gian", "Chưa gửi báo cáo")
    rows = unit_rows(done, "Số liệu")
    return {(code, *(row[head] or 0 for head in heads)) for code, row in rows.items()}


def true_figures(done: Done) -> Said:
    """Return what each unit adds to the totals; what is unknown of it is no figure.

    After its window, that of communes and enterprises, it is open whether one is overdue
    that had planned before and said nothing since.
    """

    def overdue(code, seen):
        told = "quá hạn" in seen.lists
        is_over = done.month > MAR and code not in (DISTRICT, DEPARTMENT)
        open_ = ("?", "kh") if is_over else ("?",) if done.month > MAR else ()
        return "?" if seen.stage in open_ and not told else int(told)

    return {
        (
            code, *("?" if seen.stage == "?" else int(seen.stage == one) for one in ("tc", "kh")),
            overdue(code, seen),
            int(seen.state == "im"),
        )
        for code, seen in done.truth.items()
    }  # fmt: skip


def files(done: Done) -> Said:
    return {
        (PurePosixPath(str(row["Tệp"])).parts[0].split()[0], row["Đơn vị"], row["Trạng thái"])
        for row in rows_of(done.book, "Sổ tiếp nhận")
        if row["Tệp"] and isinstance(row["STT"], float)
    }


def true_files(done: Done) -> Said:
    states = {
        "k": "Đã dùng", "t": "Đã dùng", "A": "Không phải biểu mẫu", "W": "Không phải biểu mẫu",
        "O": "Ngoài kỳ này", "X": "Chưa xử lý được", "L": "Chưa xử lý được",
    }  # fmt: skip
    said: Said = set()
    for sent in sent_in(done.month):
        is_late = sent.moment.hour == 17
        said.add((sent.unit, NAMES[sent.unit], "Ngoài kỳ này" if is_late else states[sent.kind]))
    if done.month == MAY:
        stray = ("(chưa rõ)", "Không phải biểu mẫu") if done.has_stray else ("", "Ban không dùng")
        said.add((STRAY, *stray))
    return said


TITLES = {rule.id: rule.title for rule in CAMPAIGN.rules}


def changes(done: Done) -> Said:
    """Return what changed against the month before: how it came, its stage, its findings."""
    said: Said = set()
    rows = rows_of(done.book, "Thay đổi theo đơn vị")
    for row in rows if done.month != FEB else ():
        if not row["Đơn vị"]:
            continue
        code = CODES[str(row["Đơn vị"]).casefold()]
        if came := str(row["Gửi báo cáo"]):
            said.add((code, "Gửi báo cáo", *came.split(" → ")))
        for text in str(row["Số liệu thay đổi"]).split("; "):
            what, _, values = text.partition(": ")
            if what == "Tình trạng":
                said.add((code, "Số liệu", *values.split(" → ")))
        for head, new in (("Nội dung mới phải xử lý", "Mới"), ("Nội dung đã giải quyết", "")):
            for line in filter(None, str(row[head]).split("\n")):
                kind, _, titles = line.partition(": ")
                found = {re.sub(r" \(\d+\)$", "", title) for title in titles.split("; ")}
                said |= {(code, new or kind, title) for title in found}
    return said


def true_changes(done: Done) -> Said:
    if done.month == FEB:
        return set()
    before = truth_of(done.month - 1)
    gone = before.keys() - done.truth.keys()
    said: Said = {(code, "Gửi báo cáo", "Không còn trong danh sách") for code in gone}
    typed_as = {"k": "Đã có kế hoạch", "t": "Đã tổ chức"}
    for code, seen in done.truth.items():
        old = before.get(code)
        if old and old.state != seen.state:
            said.add((code, "Gửi báo cáo", STATES[old.state], STATES[seen.state]))
        earlier = newest_before(code, done.month)
        if seen.is_usable and earlier is not None:
            kinds = [SENT[code][month - FEB][0] for month in (earlier, done.month)]
            if kinds[0] != kinds[1]:
                said.add((code, "Số liệu", *(typed_as[kind] for kind in kinds)))
        news = (rule for rule, life, _ in seen.findings if life == "mới")
        said |= {(code, LIVES["mới"], TITLES[rule]) for rule in news}
        said |= {(code, "Đã khắc phục", TITLES[rule]) for rule in seen.gone}
    return said


# --- the sentences ------------------------------------------------------------------------------

LISTS: Mapping[str, Callable[[Seen], bool]] = {
    "; còn ": lambda seen: seen.stage != "tc",
    "hưa gửi báo cáo tháng: ": lambda seen: seen.state == "im",
    "Đơn vị chưa gửi (": lambda seen: seen.state == "im",
    "Đã gửi nhưng chưa dùng được, đã đề nghị gửi lại": lambda seen: seen.ask == "gửi lại",
    **{
        f"Đơn vị đã gửi nhưng chưa dùng được, {words} (": (
            lambda seen, state=state: seen.state == state
        )
        for state, words in CAME.items()
        if state != "sau"
    },
    "áo cáo đến sau": lambda seen: seen.state == "sau",
    "uá thời gian quy định": lambda seen: "quá hạn" in seen.lists,
    "từng báo cáo nhưng không gửi báo cáo từ 2 tháng liền": lambda seen: seen.silent > 1,
    "ua ngày dự kiến": lambda seen: "qua ngày" in seen.lists,
    "Chưa cộng vào số liệu chung": lambda seen: "chưa cộng" in seen.lists,
    "Phê bình": lambda seen: "phê bình" in seen.lists,
    "Chấp nhận ": lambda seen: seen.ask == "xem xét",
    ", về “": lambda seen: seen.ask == "xem xét",
    "đôn đốc riêng": lambda seen: "qua ngày" in seen.lists,
    "quá ngày dự kiến (": lambda seen: "qua ngày" in seen.lists,
}
"""The sentences that list units, by words that stand in no other, and who belongs there."""


def lists_in(texts: Iterator[str]) -> Said:
    """Return who is named in which list; a sentence that names units and is no list is refused."""
    said: Said = set()
    for text in texts:
        named = names_in(text)
        known = [words for words in LISTS if words in text]
        assert len(known) == 1 or not named, f"nothing is known of: {text}"
        said |= {(known[0], code) for code in named}
    return said


def first_sheet(done: Done) -> Said:
    sheet = load_workbook(io.BytesIO(done.book), data_only=True)["Tổng hợp"]
    return lists_in(str(c) for row in sheet.iter_rows(values_only=True) for c in row if c)


def report(done: Done) -> Said:
    paper = docx.Document(io.BytesIO(done.letters[f"bao-cao-{MONTHS[done.month]}.docx"]))
    return lists_in(paragraph.text for paragraph in paper.paragraphs)


def true_lists(*words: str) -> Callable[[Done], Said]:
    def told(done: Done) -> Said:
        return {
            (word, code)
            for code, seen in done.truth.items()
            for word, belongs in LISTS.items()
            # the file of nobody may be the one that a silent unit sent
            if belongs(replace(seen, silent=seen.silent - done.has_stray))
            and (not words or any(word.startswith(one) for one in words))
        }

    return told


# --- letters ------------------------------------------------------------------------------------

_TO_DO = re.compile(r"^   - (?P<name>.*?), chậm nhất ngày \d\d/\d\d/\d{4}:$")
_WORK = re.compile(r"^ +(?:\+|\d+\.) (?P<ask>[^:]*): ")
_NOTHING = re.compile(r"^   - (?P<ask>[^:]*): (?P<names>.*)\.$")


def mails(done: Done) -> Said:
    """Return of each unit what it is asked first, how many things, and what it mended."""
    said: Said = set()
    for path, content in done.letters.items():
        if path.startswith("thu-thong-bao/"):
            mail = email.message_from_bytes(content, policy=default)
            body = mail.get_body(("plain",))
            assert body is not None
            said |= _said_in(body.get_content(), str(mail["Subject"]))
    return said


def _ask_of(words: str) -> str:
    """Return what is asked; nothing where it is thanked, or need not send yet or at all."""
    asks = {ask for ask, known in ASKS.items() if any(words.startswith(one) for one in known)}
    assert asks or words.startswith(("Cảm ơn", "Chưa đến hạn", "Không phải báo cáo")), words
    return next(iter(asks), "")


def _said_in(text: str, subject: str) -> Said:
    works: dict[str, list[str]] = {}
    said: Said = set()
    lines = text.splitlines()
    is_listed = any(map(_TO_DO.match, lines)) or any(
        names_in(found["names"]) for line in lines if (found := _NOTHING.match(line))
    )
    unit = "" if is_listed else next(iter(names_in(subject)), "")
    if unit and (ask := [a for a, known in ASKS.items() if any(k in subject for k in known)]):
        said.add((unit, ask[0]))
    for line in lines:
        if found := _TO_DO.match(line):
            unit = CODES[found["name"].casefold()]
        elif unit and (found := _WORK.match(line)):
            works.setdefault(unit, []).append(found["ask"])
        elif unit and not is_listed and "Đã khắc phục" in line:
            said.add((unit, "hết", re.sub(r"\D", "", line)))
        elif is_listed and (found := _NOTHING.match(line)) and "nhận giải" not in found["ask"]:
            ask_of_all = _ask_of(found["ask"])
            said |= {(name, ask_of_all) for name in names_in(found["names"]) if ask_of_all}
    for code, asked in works.items():
        said.add((code, _ask_of(asked[0])))
        said.add((code, "việc", str(len(asked))))
    return said


def true_mails(done: Done) -> Said:
    """Return the truth of all that are written to."""
    said: Said = set()
    for code, seen in done.truth.items():
        said.add((code, seen.ask))
        standing = [rule for rule, life, _ in seen.findings if life != "nhận"]
        if seen.ask in ("gửi", "gửi lại"):
            said.add((code, "việc", "1"))
        elif seen.ask in RETURNED:
            said.add((code, "việc", str(sum(SEVERITIES[rule] != "Lưu ý" for rule in standing))))
        if seen.gone and code.startswith("DN"):
            said.add((code, "hết", str(len(seen.gone))))
    return said


def reminded(done: Done) -> Said:
    """Return who is asked for a report by letter, message and telephone, and what is said of it."""
    said: Said = set()
    for path, content in done.letters.items():
        if path.startswith(("cong-van-don-doc/", "danh-sach-goi-dien")):
            kind = path[:5]
            for table in docx.Document(io.BytesIO(content)).tables:
                head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
                for row in rows if "STT" in head else []:
                    what = next(one for one in row[2:] if one.lower().startswith(("chưa", "đã")))
                    said.add((kind, CODES[row[1].casefold()], *_situation(what)))
        elif path.startswith("tin-nhan/"):
            for line in content.decode("utf-8-sig").splitlines():
                if line.startswith("- "):
                    name, _, what = line[2:].partition(" (")
                    said.add(("tin", CODES[name.casefold()], *_situation(what)))
    return said


def _situation(text: str) -> list[str]:
    told = text[0].lower() + text[1:]
    return [words for words in ("chưa gửi", *CAME.values()) if told.startswith(words)]


def true_reminded(done: Done) -> Said:
    return {
        (kind, code, CAME.get(seen.state, "chưa gửi"))
        for code, seen in done.truth.items()
        if seen.ask in ("gửi", "gửi lại")
        for kind in ("cong-", "danh-", "tin")
    }


def returned(done: Done) -> Said:
    """Return of each form that goes back whose it is, what it asks, its receipt, its findings."""
    said: Said = set()
    for path, content in done.letters.items():
        found = re.fullmatch(r"bieu-gui-lai/.*\((?P<code>\w+)\) (?P<ask>.*)\.xlsx", path)
        if found:
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
            rows = [[str(cell) for cell in row if cell != ""] for row in sheet.to_python()]
            cells = [cell for row in rows for cell in row]
            named = [
                CODES[cell.partition(" – ")[0].casefold()] for cell in cells if _NAMED.match(cell)
            ]
            receipt = re.findall(r"Tình trạng: ([^;]*);", " ".join(cells))
            received = [one for one in receipt if one in STATES.values()]
            records = [re.fullmatch(r"([\d, ]+): [^;]*; [^;]*; (\w+)(?:;.*)?", c) for c in cells]
            rules = sorted(one[2] for one in records if one for _ in one[1].split(","))
            said.add((found["code"], *named[:1], found["ask"], *received, *rules))
    return said


def true_returned(done: Done) -> Said:
    """Return the truth: who has nothing to do gets no file, who is to send again a fresh form."""
    return {
        (
            code, code, RETURNED[seen.ask], STATES[seen.state],
            *sorted(rule for rule, _, _ in seen.findings),
        )
        for code, seen in done.truth.items()
        if seen.ask in RETURNED
    } | {(code, code, "đề nghị gửi lại") for code, seen in done.truth.items() if seen.ask == "gửi lại"}  # fmt: skip


def tiles(done: Done) -> Said:
    """Return what the mark of each unit on the first page says, as its tip has it in words."""
    sheet = load_workbook(io.BytesIO(done.book))["Tiến độ"]
    tips = (cell.hyperlink.tooltip for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    named = (tip.rpartition(": ") for tip in tips if tip)
    return {(CODES[name.casefold()], words) for name, _, words in named}


def true_tiles(done: Done) -> Said:
    words = {"tc": "đã tổ chức", "?": "cần làm rõ"}
    plans = {"qua ngày": "quá ngày dự kiến", "quá hạn": "sau hạn hoặc chưa có ngày"}
    unread = {"sau": "đã gửi, chưa tính được"}  # its planned day has passed, it may say so
    return {
        (code, words.get(seen.stage) or unread.get(seen.state) or next((said for list_, said in plans.items() if list_ in seen.lists), "có kế hoạch kịp hạn"))
        for code, seen in done.truth.items()
    }  # fmt: skip


def graded(done: Done) -> Said:
    """Return how each unit reports, criterion by criterion."""
    return {
        (CODES[str(row["Đơn vị"]).casefold()], head, str(row[head]))
        for row in rows_of(done.book, "Chấp hành theo đơn vị")
        for head in ("Đúng hạn", "Đúng ngay", "Sửa xong")
        if row["Đơn vị"]
    }


def true_grades(done: Done) -> Said:
    """A picture, a link, a locked file came in nobody's doing but the unit's."""
    said: Said = set()
    for code, seen in done.truth.items():
        in_time: bool | None = seen.is_usable
        if seen.state == "im" and done.has_stray:
            in_time = None
        wrong = any(
            life == "mới"
            and (SEVERITIES[rule] != "Cần giải trình" or seen.ask in ("đính chính", "hoàn thiện"))
            for rule, life, _ in seen.findings
        )
        left = any(life == "còn" for _, life, _ in seen.findings)
        right = not wrong if seen.is_usable else None
        mended = not left if seen.is_usable and (left or seen.gone) else None
        for head, met in (("Đúng hạn", in_time), ("Đúng ngay", right), ("Sửa xong", mended)):
            said.add((code, head, "–" if met is None else "Đạt" if met else "Không đạt"))
    return said


PLACES: Mapping[str, tuple[Callable[[Done], Said], Callable[[Done], Said]]] = {
    "Tiến độ": (tiles, true_tiles),
    "Tình hình gửi báo cáo": (arrivals, true_arrivals),
    "Theo đơn vị": (units, true_units),
    "Nội dung cần xem xét": (findings, true_findings),
    "Kết quả rà soát": (broken, true_broken),
    "Đại biểu dự cấp trên": (elected, true_elected),
    "Khen thưởng": (awards, true_awards),
    "Cơ cấu đại biểu": (composition, true_composition),
    "Số liệu": (figures, true_figures),
    "Sổ tiếp nhận": (files, true_files),
    "Thay đổi theo đơn vị": (changes, true_changes),
    "Chấp hành theo đơn vị": (graded, true_grades),
    "Tổng hợp": (
        first_sheet,
        true_lists("; còn", "hưa gửi", "Đã gửi nhưng", "áo cáo đến sau", "uá thời", "ua ngày", "Chưa cộng", "Phê", "Chấp"),
    ),
    "báo cáo": (
        report, true_lists("Đơn vị", "áo cáo đến sau", "uá thời", "ua ngày", "từng báo cáo", "Chưa cộng", "Phê", "Chấp", ", về", "đôn", "quá ngày"),
    ),
    "thư": (mails, true_mails),
    "đôn đốc": (reminded, true_reminded),
    "biểu gửi lại": (returned, true_returned),
}  # fmt: skip


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("place", PLACES)
def test_all_that_is_said_of_units_is_the_truth(runs, place, number):
    said, true = (of(runs[number]) for of in PLACES[place])
    # a long list of those whose conference is still to come is a number on the first sheet
    unsaid = {one for one in true - said if one[0] != "; còn "}
    assert {"untrue": said - true, "unsaid": unsaid} == {"untrue": set(), "unsaid": set()}


@pytest.mark.parametrize("number", range(5))
def test_no_unit_is_named_where_no_truth_is_told(runs, number):
    """Three sheets add up a district's units; the control workbook lists what stands above."""
    known = {*PLACES, "Theo huyện, ngành", "So với kỳ trước", "Chấp hành báo cáo"}
    book = load_workbook(io.BytesIO(runs[number].book), data_only=True)
    sheets = {
        sheet.title
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        if any(_NAMED.search(str(cell)) for cell in row if cell is not None)
    }
    assert sheets <= known
    folders = {path.partition("/")[0].removesuffix(f"-{MONTHS[runs[number].month]}.docx")
               for path in runs[number].letters}  # fmt: skip
    assert folders <= {
        "bao-cao", "bieu-gui-lai", "cong-van-don-doc", "danh-sach-goi-dien", "phieu-trinh",
        "so-don-vi", "thu-thong-bao", "tin-nhan", f"trinh-ky-{MONTHS[runs[number].month]}.eml",
    }  # fmt: skip
    slip = docx.Document(
        io.BytesIO(runs[number].letters[f"phieu-trinh-{MONTHS[runs[number].month]}.docx"])
    )
    assert not [paragraph.text for paragraph in slip.paragraphs if names_in(paragraph.text)]


def test_an_allotment_is_traced_to_the_table_that_gives_it(runs, folder):
    command = ["trace", "--total", "phan_bo", "--month", "2015-05", "--out", str(folder / "ra")]
    found = json.loads(CliRunner().invoke(program, [*command, "--json"]).stdout)["contributions"]
    by_unit = {one["unit"]: one for one in found}
    left, other, district = (by_unit[code] for code in ("03463", "03466", DISTRICT))
    assert (left["file"], left["to_date"]) == ("107 2015-03.xlsx", 5)
    assert other["file"] == "107 2015-05.xlsx"
    assert (district["file"], district["allotted_by"]) == (None, "Danh sách của Ban")
    table = load_workbook(folder / "2015-03" / left["file"], data_only=True)
    assert table[left["sheet"]][left["cell"]].value == 5
    told = CliRunner().invoke(program, command).stdout
    assert "Bảng của Huyện" in told
