"""What people and programs make of single cells, in forms that are otherwise as they should be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from unicodedata import normalize

from corpus.case import Case, Make, asked, lost, read
from corpus.clerk import MONTH, Clerk
from corpus.packages import Cell, error, formula
from tdkt_batch.model import Month
from tdkt_batch.vietnamese.legacy_encodings import LegacyEncoding, encode_legacy

NBSP = "\u00a0"
COUNTS = ("tong_dai_bieu_th", "dien_hinh_th", "khach_moi_lanh_dao_th")
_FIRST_DAY = date(1899, 12, 30)


def as_(how: Callable[[object], object], *fields: str) -> Make:
    """Return a form in which these fields are typed another way, and mean the same."""

    def make(clerk: Clerk) -> bytes:
        meant = {**clerk.meant(), "thang_bao_cao": MONTH.first_day}
        return clerk.form(**{id_: how(meant[id_]) for id_ in fields})

    return make


def counts(how: str | Callable[[object], object]) -> Make:
    return as_(how.format if isinstance(how, str) else how, *COUNTS)


def days(how: str | Callable[[object], object]) -> Make:
    shape = (lambda day: day.strftime(how)) if isinstance(how, str) else how
    return as_(shape, "ngay_hoi_nghi_th", "ngay_cong_van", "ngay_dai_hoi_dang")


def month(raw: object) -> Make:
    return lambda clerk: clerk.form(thang_bao_cao=raw)


def mark(raw: object) -> Make:
    return lambda clerk: clerk.form(rows=((1, "duoc_bau", raw), (3, "duoc_bau", raw)))


def choices(how: Callable[[str], object]) -> Make:
    return as_(how, "trang_thai", "loai_hoi_nghi", "thoi_luong")


def words(how: Callable[[str], object]) -> Make:
    return as_(how, "dia_diem", "chu_tri", "kien_nghi")


def group(raw: object) -> Make:
    """Return a form whose second person's ethnic group (HMông) is typed another way."""
    return lambda clerk: clerk.form(rows=((2, "dan_toc", raw),))


def one(**typed: object) -> Make:
    return lambda clerk: clerk.form(**typed)


def serial(day: object) -> int:
    return (day - _FIRST_DAY).days


def no_blank_days(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def legacy(encoding: LegacyEncoding) -> Make:
    return as_(lambda text: encode_legacy(str(text), encoding), "dia_diem", "kien_nghi")


def swapped(clerk: Clerk) -> bytes:
    """Return an older form of a PC that puts the month first: days up to 12 changed places."""
    changed = {}
    for id_, raw in clerk.meant().items():
        if isinstance(raw, date):
            turned = raw.replace(month=raw.day, day=raw.month) if raw.day <= 12 else None
            changed[id_] = turned or no_blank_days(raw)
    return clerk.form(older=True, **changed)


CASES: tuple[Case, ...] = (
    # counts
    read("counts-as-text", counts("{}")),
    read("counts-with-blanks", counts(" {}  ")),
    read("counts-with-hard-blanks", counts(NBSP + "{}" + NBSP)),
    read("counts-of-people", counts("{} người")),
    read("counts-of-people-decomposed", counts(normalize("NFD", "{} người"))),
    read("counts-of-delegates", counts("{} đại biểu")),
    read("counts-of-comrades", counts("{} đ/c")),
    read("counts-without-blank", counts("{}người")),
    read("counts-with-zeros-behind-a-comma", counts("{},0")),
    read("counts-with-zeros-behind-a-point", counts("{}.0")),
    read("counts-in-wide-digits", counts(lambda n: str(n).translate({ord("0") + d: chr(0xFF10 + d) for d in range(10)}))),
    read("counts-with-a-zero-in-front", counts("0{}")),
    read("counts-as-floats", counts(float)),
    read("counts-with-a-power", counts(lambda n: Cell(f"<v>{n / 10}E1</v>"))),
    asked("counts-with-noise-of-the-machine", counts(lambda n: Cell(f"<v>{n}.000000000001</v>"))),
    read("counts-calculated", counts(lambda n: formula(f"{n}-1+1", str(n)))),
    read("counts-calculated-to-text", counts(lambda n: formula(f'"{n}"', str(n), ' t="str"'))),
    read("counts-calculated-elsewhere", counts(lambda n: formula("'[1]Sheet1'!A1", str(n)))),
    read("counts-shared-formula", counts(lambda n: Cell(f'<f t="shared" si="7" ref="D40:D43">1</f><v>{n}</v>'))),
    asked("counts-with-apostrophe", counts("'{}")),
    read("counts-with-a-dot-behind", counts("{}.")),
    # days
    read("days-as-text", days("%d/%m/%Y")),
    read("days-as-text-short", days(no_blank_days)),
    read("days-with-dashes", days("%d-%m-%Y")),
    read("days-with-dots", days("%d.%m.%Y")),
    read("days-in-words", days(lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}")),
    read("days-in-words-capital", days(lambda d: f"Ngày {d.day:02} tháng {d.month:02} năm {d.year}")),
    read("days-with-blanks", days("  %d / %m / %Y ")),
    read("days-as-numbers", days(serial)),
    read("days-with-an-hour", days(lambda d: Cell(f"<v>{serial(d)}.583333</v>"))),
    read("days-as-iso-text", days("%Y-%m-%d")),
    read("days-as-iso-cells", days(lambda d: Cell(f"<v>{d.isoformat()}T00:00:00</v>", ' t="d"'))),
    read("days-calculated", days(lambda d: formula(f"DATE({d.year},{d.month},{d.day})", str(serial(d))))),
    read("days-of-a-pc-that-puts-the-month-first", swapped),
    read("month-as-text", month("3/2015")),
    read("month-with-a-zero", month("03/2015")),
    read("month-in-words", month("Tháng 3/2015")),
    read("month-in-many-words", month("tháng 3 năm 2015")),
    read("month-with-a-dash", month("3-2015")),
    read("month-as-its-last-day", month(date(2015, 3, 31))),
    read("month-as-a-day-in-text", month("20/3/2015")),
    read("month-left-blank", month(None)),
    # marks
    read("marks-in-capitals", mark("X")),
    read("marks-with-blanks", mark(f" x{NBSP}")),
    read("marks-yes", mark("có")),  # beside “Thiếu …” it may mean that it is there
    read("marks-tick", mark("✓")),
    read("marks-heavy-tick", mark("✔")),
    read("marks-one", mark(1)),
    read("marks-true", mark(True)),
    read("marks-times", mark("×")),
    read("marks-cyrillic", mark("х")),
    read("marks-v", mark("v")),
    # list values and names
    read("choices-in-capitals", choices(str.upper)),
    read("choices-in-small-letters", choices(str.lower)),
    read("choices-decomposed", choices(lambda t: normalize("NFD", t))),
    read("choices-with-blanks", choices(lambda t: f"  {t.replace(' ', '  ')}{NBSP}")),
    read("choices-without-marks", choices(lambda t: normalize("NFD", t).encode("ascii", "ignore").decode().replace("a to chuc", "Da to chuc").replace("DDa", "Da"))),
    read("choices-with-another-d", choices(lambda t: t.replace("Đ", "Ð"))),
    read("choices-with-a-dot", choices(lambda t: f"{t}.")),
    read("length-become-a-day", as_(lambda _: Cell("<v>2015-02-01T00:00:00</v>", ' t="d"'), "thoi_luong")),
    read("length-with-another-half", as_(lambda _: "½ ngày", "thoi_luong")),
    read("group-by-alias", group("Mông")),
    read("group-by-alias-with-apostrophe", group("H'Mông")),
    read("group-in-capitals", group("HMÔNG")),
    read("group-without-marks", group("Hmong")),
    asked("group-with-its-word", group("dân tộc HMông")),
    read("sex-in-small-letters", one(rows=((1, "gioi_tinh", "nam"), (2, "gioi_tinh", "nữ")))),
    read("sex-without-marks", one(rows=((2, "gioi_tinh", "Nu"),))),
    read("year-as-text", one(rows=((1, "nam_sinh", "1971"), (2, "nam_sinh", " 1984 ")))),
    read("year-with-its-word", one(rows=((1, "nam_sinh", "năm 1971"),))),
    read("year-as-a-whole-day", one(rows=((1, "nam_sinh", Cell("<v>1971</v>")),))),
    read("texts-decomposed", words(lambda t: normalize("NFD", t))),
    read("texts-in-tcvn3", legacy(LegacyEncoding.TCVN3)),
    read("texts-in-vni", legacy(LegacyEncoding.VNI)),
    read("texts-with-escapes-of-excel", words(lambda t: f"{t}_x000D_")) ,
    read("texts-calculated", words(lambda t: formula(f'"{t}"', t, ' t="str"'))),
    read("texts-with-blanks-of-all-kinds", words(lambda t: f"\t {t.replace(' ', NBSP)}\n")),
    read("unit-in-capitals", as_(str.upper, "don_vi_bao_cao")),
    read("unit-decomposed", as_(lambda t: normalize("NFD", t), "don_vi_bao_cao")),
    read("unit-left-blank", as_(lambda _: None, "don_vi_bao_cao")),
    # nobody can read these
    lost("error-in-a-count", one(tong_dai_bieu_th=error("#REF!"), dien_hinh_th=error("#N/A")), tong_dai_bieu_th="DL11", dien_hinh_th="DL11"),
    lost("errors-of-all-kinds", one(nu_th=error("#DIV/0!"), nu_kh=error("#NAME?"), lanh_dao_th=error("#NULL!"), khach_moi_th=error("#NUM!"), so_tham_luan=error("#VALUE!")), nu_th="DL11", nu_kh="DL11", lanh_dao_th="DL11", khach_moi_th="DL11", so_tham_luan="DL11"),
    lost("errors-of-newer-excel", one(nu_th=error("#SPILL!"), nu_kh=error("#CALC!"), so_tham_luan=error("#GETTING_DATA")), nu_th="DL11", nu_kh="DL11", so_tham_luan="DL11"),
    lost("error-in-a-day", one(ngay_hoi_nghi_th=error("#VALUE!")), ngay_hoi_nghi_th="DL11"),
    lost("error-in-a-text", one(dia_diem=error("#NAME?")), dia_diem="DL11"),
    lost("error-in-a-mark", one(khong_thay_doi=error("#REF!")), khong_thay_doi="DL11"),
    lost("error-by-a-formula", one(nu_th=formula("1/0", "#DIV/0!", ' t="e"')), nu_th="DL11"),
    lost("formula-never-calculated", one(tong_dai_bieu_th=formula("D43+D44")), tong_dai_bieu_th="DL12"),
    lost("formula-with-empty-value", one(tong_dai_bieu_th=Cell("<f>D43+D44</f><v></v>")), tong_dai_bieu_th="DL12"),
    lost("formula-of-old-lotus", one(tong_dai_bieu_th="=D43+D44"), tong_dai_bieu_th="DL01"),
    lost("count-not-a-number", one(nu_th=Cell("<v>NaN</v>")), nu_th="DL01 DL11"),
    lost("count-without-end", one(nu_th=Cell("<v>1e999</v>")), nu_th="DL01 DL03 DL11"),
    lost("count-negative", one(nu_th=-3), nu_th="DL03"),
    lost("count-huge", one(nu_th=10**15), nu_th="DL03"),
    lost("count-broken", one(nu_th=12.5), nu_th="DL02"),
    lost("count-true", one(nu_th=True), nu_th="DL01"),
    lost("count-about", one(nu_th="khoảng 30"), nu_th="DL01"),
    lost("count-a-sum-in-words", one(nu_th="20+5"), nu_th="DL01"),
    lost("count-ambiguous", one(nu_th="1,200"), nu_th="DL09"),
    lost("count-a-day", one(nu_th=Cell("<v>1e300</v>")), nu_th="DL03"),
    lost("count-in-letters", one(nu_th="ba mươi"), nu_th="DL01"),
    lost("count-of-digits-without-end", one(nu_th="9" * 30_000), nu_th="DL01"),
    lost("day-out-of-range", one(ngay_hoi_nghi_th=date(1915, 3, 12)), ngay_hoi_nghi_th="DL05"),
    lost("day-beyond-the-calendar", one(ngay_hoi_nghi_th=Cell("<v>9999999</v>")), ngay_hoi_nghi_th="DL05 DL04 DL11"),
    lost("day-negative", one(ngay_hoi_nghi_th=Cell("<v>-5</v>")), ngay_hoi_nghi_th="DL05 DL04 DL11"),
    lost("day-that-does-not-exist", one(ngay_hoi_nghi_th="31/2/2015"), ngay_hoi_nghi_th="DL04"),
    lost("day-a-period", one(ngay_hoi_nghi_th="12-15/3/2015"), ngay_hoi_nghi_th="DL04"),
    lost("day-without-a-year", one(ngay_hoi_nghi_th="12/3"), ngay_hoi_nghi_th="DL04"),
    lost("choice-unknown", one(loai_hoi_nghi="Trực tuyến"), loai_hoi_nghi="DL06"),
    lost("choice-a-number", one(loai_hoi_nghi=2), loai_hoi_nghi="DL06"),
    lost("mark-unclear", one(khong_thay_doi="?!"), khong_thay_doi="DL07"),
    read("what-lacks-in-words", one(noi_dung_thieu="9. Bế mạc")),
    lost("what-lacks-unclear", one(noi_dung_thieu="8/9"), noi_dung_thieu="DL56"),
    lost("text-a-day", one(so_cong_van=Cell("<v>2015-03-12T00:00:00</v>", ' t="d"')), so_cong_van="DL08"),
    lost("text-true", one(dia_diem=True), dia_diem="DL08"),
    Case(id="error-in-the-month", make=month(error("#REF!")), want=("quarantined: tháng",), unit="shared"),
    Case(id="month-unreadable", make=month("quý một"), want=("quarantined: tháng",), unit="shared"),
    Case(id="month-of-before", make=lambda c: c.form(Month(2015, 2)), want=("other_month: 2/2015",), unit="shared"),
    Case(id="month-typed-over", make=month(date(2015, 2, 1)), want=("other_month: 2/2015",), unit="shared"),
)  # fmt: skip
