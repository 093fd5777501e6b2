"""Expressions as Excel formulas: helper cells, three-valued logic, functions of Excel 2007 only."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tdkt_batch.campaign.expression import parse
from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.campaign.tree import Kind
from tdkt_batch.forms_write.cell_formulas import (
    FormFormula,
    day_words,
    filled,
    folded_text,
    literal,
    number_words,
    squeezed,
)
from tdkt_batch.forms_write.filling import FilledForm, Filling
from tdkt_batch.forms_write.formulas import Formulas
from tdkt_batch.forms_write.helper_cells import HelperCell, reference, represent
from tdkt_batch.forms_write.missing_values import Missing
from tdkt_batch.rules.evaluate import Unknown
from tdkt_batch.vietnamese.folding import BLANKS, PUNCTUATION, TONE_PLACES, WIDTHLESS

DEEPEST = 64
"""Excel 2007 takes no formula with more levels."""


@pytest.fixture(scope="module")
def campaign():
    return load_campaign()


def filled_form(campaign, values=(), form="mau_02"):
    return FilledForm(campaign, campaign.form(form), Filling(values=dict(values)))


def compiler(campaign, form="mau_02"):
    return Formulas(filled_form(campaign, form=form).design)


def formula_of(formulas, text):
    """Return the formula of an expression with its helper cells named by what they hold."""
    node = parse(text, formulas.design.form.names)
    names = {reference(row): id_ for id_, row in formulas.inputs.rows.items()}
    names |= {
        reference(row, HelperCell.FILLED): f"{id_}?" for id_, row in formulas.inputs.rows.items()
    }
    return re.sub(
        r"\$[A-Z]+\$\d+", lambda found: names.get(found[0], found[0]), formulas.formula(node)
    )


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (
            "tong_dai_bieu_kh <= gioi_han.dai_bieu_cap_huyen",
            "IF(COUNT(tong_dai_bieu_kh,300)=2,--(tong_dai_bieu_kh<=300),0.5)",
        ),
        (
            "trang_thai == 'Đã tổ chức'",
            "IF(COUNT(trang_thai,3)=2,--(trang_thai=3),0.5)",
        ),
        (
            "trang_thai in ('Đã có kế hoạch', 'Đã tổ chức')",
            "IF(COUNT(trang_thai)=1,--OR(trang_thai=2,trang_thai=3),0.5)",
        ),
        (
            "ngay_hoi_nghi_kh in thoi_gian.cap_huyen",
            (
                "IF(COUNT(ngay_hoi_nghi_kh)=1,--AND(ngay_hoi_nghi_kh>=DATE(2015,4,1),"
                "ngay_hoi_nghi_kh<=DATE(2015,6,30)),0.5)"
            ),
        ),
        ("thieu_bau and not thieu_be_mac", "MIN(thieu_bau,(1-thieu_be_mac))"),
        ("thieu_bau or is_blank(so_bao_cao)", "MAX(thieu_bau,(1-so_bao_cao?))"),
        (
            "nhiem_ky != '2015 – 2020'",
            'IF(OR(nhiem_ky="","2015 2020"=""),0.5,1-EXACT(nhiem_ky,"2015 2020"))',
        ),
        (
            "share(dien_hinh_kh, tong_dai_bieu_kh, ty_le.dien_hinh_cap_huyen)",
            (
                "IF(COUNT(dien_hinh_kh,tong_dai_bieu_kh)=2,"
                "--(10*dien_hinh_kh>7*tong_dai_bieu_kh-10),0.5)"
            ),
        ),
        (
            "least(tong_dai_bieu_kh, ty_le.dien_hinh_cap_huyen)",
            'IF(COUNT(tong_dai_bieu_kh)=1,(7*tong_dai_bieu_kh-MOD(7*tong_dai_bieu_kh,10))/10,"")',
        ),
        (
            "max(ngay_ke_hoach, ngay_bao_cao)",
            'IF(COUNT(ngay_ke_hoach,ngay_bao_cao)=2,MAX(ngay_ke_hoach,ngay_bao_cao),"")',
        ),
    ],
)
def test_an_expression_becomes_a_guarded_formula(campaign, text, formula):
    assert formula_of(compiler(campaign), text) == formula


def test_a_figure_in_force_has_one_helper_cell_for_all_rules(campaign):
    formulas = compiler(campaign)
    names = formulas.design.form.names
    one = formulas.reference(parse("tong_dai_bieu", names))
    rows = len(formulas.sheet.rows)
    assert formulas.reference(parse("tong_dai_bieu", names)) == one
    assert len(formulas.sheet.rows) == rows


def test_what_is_said_of_each_row_stands_beside_the_table(campaign):
    formulas = compiler(campaign)
    columns = len(formulas.sheet.columns)
    formula = formula_of(formulas, "count(danh_sach, danh_sach.gioi_tinh == 'Nữ')")
    added = formulas.sheet.columns[columns:]
    assert len(added) == 1
    table = formulas.design.layout.tables["danh_sach"]
    first, last = re.findall(r"\d+", added[0].range)
    assert (int(first) - 1, int(last)) == (table.first_row, table.first_row + table.capacity)
    assert re.fullmatch(r'IF\(COUNTIF\((\S+),0\.5\)>0,"",SUM\(\1\)\)', formula)


def test_a_helper_cell_holds_the_true_value(campaign):
    values = {"trang_thai": "Đã tổ chức", "tong_dai_bieu_th": 212, "tong_dai_bieu_kh": 200}
    formulas = compiler(campaign)
    row = formulas.row(parse("tong_dai_bieu", formulas.design.form.names))
    assert formulas.sheet.value(row)(filled_form(campaign, values)) == 212


def test_the_missing_value_is_named(campaign):
    formulas = compiler(campaign)
    node = parse("dien_hinh <= tong_dai_bieu", formulas.design.form.names)
    missing = Missing(formulas).first(node)
    filled = filled_form(campaign, {"trang_thai": "Đã có kế hoạch"})
    asked = formulas.demands.words(missing.value(filled), filled)
    assert asked == "Ghi “Đại biểu điển hình tiên tiến (kế hoạch)” (ô C31)"
    assert missing.text.endswith(f"${HelperCell.MISSING + 1}")


def test_every_rule_compiles_to_short_formulas(campaign):
    for form in campaign.forms:
        formulas = compiler(campaign, form=form.id)
        for rule in campaign.rules:
            if form.id in rule.bound:
                formulas.reference(rule.bound[form.id].condition)
                formulas.reference(rule.bound[form.id].check)
        cells = [
            c for row in formulas.sheet.rows for c in row.values() if isinstance(c, FormFormula)
        ]
        assert max(len(cell.text) for cell in cells) < 900


def test_texts_are_folded_sign_by_sign_as_the_batch_does():
    assert folded_text("A1").count("SUBSTITUTE(") == len(PUNCTUATION) + len(TONE_PLACES)
    assert '"""' not in literal("không có")


def test_a_long_text_is_written_in_pieces_that_excel_takes():
    pieces = re.findall(r'"(?:[^"]|"")*"', literal("Đủ “9” nội dung " * 40))
    assert max(len(piece) for piece in pieces) <= 255
    assert literal('nói "có"') == '"nói ""có"""'


def test_no_pattern_depends_on_the_readers_language():
    for formula in (number_words("B1"), day_words("B1")):
        assert "#,##0" not in formula
        assert "yyyy" not in formula


def test_blanks_alone_are_nothing():
    assert filled("A1", "chu") == "IF(ISTEXT(A1),IF(LEN(chu)=0,0,1),IF(ISBLANK(A1),0,1))"


def test_texts_are_cleaned_sign_by_sign_as_the_batch_does():
    formula = squeezed("A1")
    assert formula.count("SUBSTITUTE(") == 1 + len(BLANKS) + len(WIDTHLESS)
    assert formula.count("SUBSTITUTE(") < DEEPEST
    assert not re.search("[\x00-\x1f]|_x000D_", formula)


def test_the_formula_that_cleans_a_text_is_written_once_a_cell(campaign):
    formulas = compiler(campaign)
    cells = [c for row in formulas.sheet.rows for c in row.values() if isinstance(c, FormFormula)]
    assert not any(squeezed("")[-20:] in cell.text for cell in cells)
    names = formulas.inputs.squeezed
    said = [name for name in names if name.startswith("chu.")]
    assert len(said) >= len(formulas.design.layout.cells)


@pytest.mark.parametrize(
    ("result", "kind", "cached"),
    [
        (None, Kind.NUMBER, ""),
        (Unknown(("nu",)), Kind.LOGIC, 0.5),
        (True, Kind.LOGIC, 1),
        (date(2015, 3, 31), Kind.DATE, 42094),
        ("Nữ", Kind.CHOICE, 2),
        ("“Lần thứ” IV", Kind.TEXT, "lần thứ iv"),
    ],
)
def test_a_value_as_a_helper_cell_holds_it(result, kind, cached):
    assert represent(result, kind, ("Nam", "Nữ")) == cached
