"""Draw the pictures of README.md and HUONG-DAN.md from the sample province.

``python docs/pictures.py`` (LibreOffice and pdftoppm are needed). Each picture is
one printed page: of the workbook, of a blank form, of a form with faults, of its return.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
RESOLUTION = "100"


def draw(folder: Path) -> Iterator[Path]:
    """Make the sample in ``folder``, print its workbooks and yield each picture."""
    _run(sys.executable, "-m", "tdkt_batch", "demo", "--out", folder)
    _run(sys.executable, "-m", "tdkt_batch", "templates", "--out", folder / "blank")
    demo = folder / "demo"
    month = next(demo.glob(f"{MONTH}/tong-hop-*.xlsx"))
    blank = next((folder / "blank").glob("mau-so-01.xlsx"))
    unit = faulty_unit(demo)
    faulty = next((demo / "mau-gui-ve" / MONTH).rglob(f"{unit} *.xlsx"))
    returned = next((demo / MONTH / "thong-bao" / "bieu-gui-lai").glob(f"*({unit})*.xlsx"))
    for workbook, words, name in (
        (month, "TIẾN ĐỘ", "tien-do"),
        (month, "BIỂU TỔNG HỢP", "tong-hop"),
        (month, ": Nội dung cần xem xét", "noi-dung-can-xem-xet"),
        (month, ": So với kỳ trước", "so-voi-ky-truoc"),
        (blank, "Mẫu số 01", "mau-01"),
        (faulty, "Cần điều chỉnh", "tu-kiem-tra"),
        (returned, "Đơn vị đã ghi", "bieu-gui-lai"),
        (returned, "Mẫu số 01", "o-can-sua"),
        (demo / "so-quyet-dinh.xlsx", "VIỆC CẦN LÀM", "viec-can-lam"),
        (demo / "so-quyet-dinh.xlsx", "SỔ QUYẾT ĐỊNH", "so-quyet-dinh"),
    ):
        yield picture_of(workbook, words, PICTURES / f"{name}.png", folder)


def faulty_unit(sample: Path) -> str:
    """Return the code of a unit of the sample whose form breaks the rule ``SHOWN``."""
    text = (sample / "su-that.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    failing = (row for row in rows if row["Mã căn cứ"] == SHOWN and row["Mức độ"])
    return next(failing)["Mã đơn vị"]


MONTH = "2015-03"
SHOWN = "A5"
"""The rule that the pictures of the check panel and of the return show broken."""


def picture_of(workbook: Path, words: str, target: Path, folder: Path) -> Path:
    """Write the first printed page of ``workbook`` that shows ``words`` as a PNG."""
    pdf = folder / f"{workbook.stem}.pdf"
    if not pdf.exists():
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _run("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, workbook)
    page = str(page_with(words, pdf))
    _run(
        "pdftoppm", "-r", RESOLUTION, "-png", "-singlefile", "-f", page, pdf, target.with_suffix("")
    )
    return target


def page_with(words: str, pdf: Path) -> int:
    """Return the number of the first page that shows ``words``."""
    text = _run("pdftotext", "-layout", pdf, "-")
    pages = text.split("\f")
    found = [n for n, page in enumerate(pages, start=1) if words in page]
    if not found:
        sys.exit(f"{pdf.name}: no page shows “{words}”")
    return found[0]


def _run(*command: object) -> str:
    done = subprocess.run(  # noqa: S603 — our own commands
        [str(part) for part in command], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


if __name__ == "__main__":
    missing = [tool for tool in ("soffice", "pdftoppm", "pdftotext") if shutil.which(tool) is None]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for drawn in draw(Path(temporary)):
            print(drawn)
