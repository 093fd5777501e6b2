"""What the product is measured against: calamine alone, and two plain scripts.

``python benchmarks/peers.py calamine|pandas|openpyxl FOLDER BOOK`` reads every form in FOLDER.
Calamine alone reads the same sheets and does nothing with them. The scripts are what
somebody writes in an afternoon: the cells of the form by their addresses, 20 rules, a book with
a sheet of values and a sheet of what is wrong. They trust every file and repair nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Values = Mapping[str, Any]
PLACES = "o.json"
"""Where each field of each form stands: what the scripts' author looked up."""
_NOT_READ = ("_danh_muc", "_tinh")
"""The hidden sheets of a form that the product does not read either."""
Reader = Callable[[Path], Mapping[str, list[list[Any]]]]
"""A file → its sheets by name, each its rows of cells from A1."""


def with_calamine(path: Path) -> dict[str, list[list[Any]]]:
    """Return every sheet's cells."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
        if name not in _NOT_READ
    }


def with_pandas(path: Path) -> dict[str, list[list[Any]]]:
    """Return every sheet's cells, as pandas reads them with calamine."""
    import pandas as pd

    with pd.ExcelFile(path, engine="calamine") as book:
        wanted = [name for name in book.sheet_names if name not in _NOT_READ]
        frames = pd.read_excel(book, sheet_name=wanted, header=None)
    return {
        str(name): frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
        for name, frame in frames.items()
    }


def with_openpyxl(path: Path) -> dict[str, list[list[Any]]]:
    """Return every sheet's cells."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
        if sheet.title not in _NOT_READ
    }


# --- the rules --------------------------------------------------------------------------------


def _number(values: Values, name: str) -> float:
    value = values.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _rules() -> dict[str, Callable[[Values], bool]]:
    """Return 20 rules: whether a form keeps each."""
    numbers = (
        "tong_dai_bieu", "dien_hinh", "dh_truc_tiep", "khach_moi", "lanh_dao", "nu",
        "dan_toc_thieu_so",
    )  # fmt: skip
    rules: dict[str, Callable[[Values], bool]] = {
        f"{name}{suffix} >= 0": lambda v, n=name + suffix: _number(v, n) >= 0  # type: ignore[misc]
        for name in numbers
        for suffix in ("_kh", "_th")
    }
    rules |= {
        "trang_thai": lambda v: bool(v.get("trang_thai")),
        "dia_diem": lambda v: bool(v.get("dia_diem")),
        "chu_tri": lambda v: bool(v.get("chu_tri")),
        "thoi_luong": lambda v: v.get("thoi_luong") == "1/2 ngày",
        "nu <= tong": lambda v: _number(v, "nu_th") <= _number(v, "tong_dai_bieu_th"),
        "dien_hinh": lambda v: 10 * _number(v, "dien_hinh_th") >= _number(v, "tong_dai_bieu_th"),
    }
    return rules


# --- the scripts ------------------------------------------------------------------------------


def _values(sheets: Mapping[str, list[list[Any]]], places: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's values by field, from the cells at their addresses."""
    values = {}
    for field, (sheet, number, column) in places.items():
        rows = sheets.get(sheet, [])
        row = rows[number] if number < len(rows) else []
        values[field] = row[column] if column < len(row) else None
    return values


def _read(paths: Iterable[Path], read: Reader) -> Iterator[dict[str, Any]]:
    places_by_form = None
    for path in paths:
        sheets = read(path)
        places_by_form = places_by_form or json.loads((path.parent.parent / PLACES).read_text())
        form = sheets["_meta"][1][1]
        yield {"file": path.name, **_values(sheets, places_by_form[form])}


def _findings(forms: Iterable[Values]) -> list[tuple[Any, str]]:
    rules = _rules()
    return [(v["file"], name) for v in forms for name, holds in rules.items() if not holds(v)]


def pandas_script(paths: Iterable[Path], book: Path) -> None:
    """Read with pandas and calamine, check, write with pandas."""
    import pandas as pd

    forms = list(_read(paths, with_pandas))
    with pd.ExcelWriter(book, engine="xlsxwriter") as writer:
        pd.DataFrame(forms).to_excel(writer, sheet_name="So lieu", index=False)
        findings = pd.DataFrame(_findings(forms), columns=["file", "rule"])
        findings.to_excel(writer, sheet_name="Sai", index=False)


def openpyxl_script(paths: Iterable[Path], book: Path) -> None:
    """Read, check and write with openpyxl."""
    import openpyxl

    forms = list(_read(paths, with_openpyxl))
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    if sheet is None:
        return
    heads = list(dict.fromkeys(name for form in forms for name in form))
    sheet.append(heads)
    for form in forms:
        sheet.append([form.get(head) for head in heads])
    wrong = workbook.create_sheet("Sai")
    for row in _findings(forms):
        wrong.append(row)
    workbook.save(book)


def main(peer: str, folder: str, book: str, every: str = "1") -> None:
    """Do what the peer does with a folder's forms: all, or every so manyth of them."""
    paths = sorted(Path(folder).glob("*.xlsx"))[:: int(every)]
    if peer == "calamine":
        for path in paths:
            with_calamine(path)
    elif peer == "pandas":
        pandas_script(paths, Path(book))
    else:
        openpyxl_script(paths, Path(book))


if __name__ == "__main__":
    main(*sys.argv[1:])
