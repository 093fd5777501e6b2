"""A form filled into what was prepared is the form that XlsxWriter writes, in all that is seen."""

from __future__ import annotations

import random

import pytest
from chance_forms import fillings, hostile, small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_parts import workbook_parts
from written_forms import written_form

from tdkt_batch.campaign.load import load_campaign
from tdkt_batch.forms.layout import layout_of
from tdkt_batch.forms.review import CellNote, Point, Points, Reread, Review, Target
from tdkt_batch.forms_write.filling import Filling
from tdkt_batch.forms_write.panel import rules_of
from tdkt_batch.forms_write.write import FormWriter, write_form
from tdkt_batch.model import Month, Severity
from tdkt_batch.unit_names.full_names import units_of_form

TEXTS = ("", "Một câu.", "Một câu dài hơn nhiều. " * 9, "<b>&amp;</b> \"'", "dòng 1\ndòng 2\tcột")
CAMPAIGN = load_campaign()
FORMS = {form.id: small(form) for form in CAMPAIGN.forms}


def differences(form, filling):
    """Return the names of the parts in which the filled form is not the written one."""
    filled = workbook_parts(write_form(CAMPAIGN, form, filling))
    written = workbook_parts(written_form(CAMPAIGN, form, filling))
    return sorted(n for n in filled.keys() | written.keys() if filled.get(n) != written.get(n))


def chance_filling(form, chance):
    """Return a filling as people make them, some of its texts hostile."""
    (filling,) = fillings(CAMPAIGN, form, chance.randrange(10**9), 1)
    values = dict(filling.values)
    if chance.random() < 0.3:
        values |= hostile(form, chance)
    rules = [rule.id for rule in rules_of(form, CAMPAIGN.rules)]
    explained = chance.sample(rules, k=chance.choice((0, 0, 1, 3)))
    explanations = {rule: chance.choice(TEXTS) for rule in explained}
    return {
        "unit": filling.unit,
        "month": filling.month,
        "values": values,
        "tables": filling.tables,
        "explanations": explanations,
    }


def chance_review(form, chance):
    """Return what a board might say of a form: many findings or none, of any kind."""
    layout, rules = layout_of(form), [rule.id for rule in rules_of(form, CAMPAIGN.rules)]
    rows = {id_: place.capacity for id_, place in layout.tables.items()}
    columns = [f"{t.id}.{c.id}" for t in form.tables for c in t.columns]

    def said():
        return chance.choice(TEXTS)

    def target():
        place = layout.cells[chance.choice(form.fields).id]
        return chance.choice((None, Target(place.sheet, place.address)))

    def key():
        if chance.random() < 0.5:
            return chance.choice(form.fields).id, 0
        column = chance.choice(columns)
        return column, chance.randrange(min(3, rows[column.partition(".")[0]]))

    def points(number):
        return tuple(
            Point(
                written=said(),
                wanted=tuple(said() for _ in range(chance.choice((0, 1, 3)))),
                explained_at=chance.choice((*rules, "DL01", "")),
                target=target(),
            )
            for _ in range(number)
        )

    def headed(*numbers):
        return tuple(
            Points(said() or "Đính chính", points(chance.choice((1, 4, 30))))
            for _ in range(chance.choice(numbers))
        )

    grades = (*Severity, None)
    numbers = ((), (1,), (2, 5))
    return Review(
        headline="3 việc, khoảng 5 phút",
        until=said() or "Gửi lại",
        whose=said() or "Xã A",
        which=said() or "Mẫu số 01",
        guide=said() or "Sửa rồi gửi lại.",
        asked=headed(0, 1, 3),
        told=headed(0, 2),
        reread=tuple(
            Reread(said(), said(), said(), said(), target()) for _ in range(chance.choice((0, 2)))
        ),
        left_out=("A1: lạ",) * chance.choice((0, 2)),
        advice=said() or "Giữ lại tệp cũ",
        records=(("Phiếu tiếp nhận", ("Nhận lúc: 8 giờ", said())),) * chance.choice((0, 1, 2)),
        notes={
            key(): CellNote(chance.choice(grades), said() or "Ghi chú", chance.choice(numbers))
            for _ in range(chance.choice((0, 1, 8)))
        },
    )


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_filled_form_is_the_written_one(form, seed):
    filling = chance_filling(FORMS[form], random.Random(seed))  # noqa: S311 — chance for tests
    assert differences(FORMS[form], Filling(**filling)) == []


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_form_that_goes_back_is_the_written_one(form, seed):
    chance = random.Random(seed)  # noqa: S311 — chance for tests
    whole = FORMS[form]
    filling = chance_filling(whole, chance) | {"review": chance_review(whole, chance)}
    filling["unit"] = filling["unit"] or chance.choice(units_of_form(CAMPAIGN, whole))
    filling["month"] = filling["month"] or Month(2015, 3)
    assert differences(whole, Filling(**filling)) == []


def test_a_list_that_grows_is_prepared_with_room_for_it():
    form = FORMS["mau_01"]
    unit, rows = units_of_form(CAMPAIGN, form)[0], [{"ho_ten": f"Lò Văn {n}"} for n in range(40)]
    filling = Filling(unit=unit, tables={"danh_sach": rows}, whole_tables=True)
    assert differences(form, filling) == []


def test_what_was_filled_before_leaves_no_trace():
    form, chance = FORMS["mau_01"], random.Random(5)  # noqa: S311 — chance for tests
    unit, month = units_of_form(CAMPAIGN, form)[0], Month(2015, 3)
    rows = [{"ho_ten": f"Lò Văn {n}", "nam_sinh": "x" * n} for n in range(9)]
    given = [
        Filling(unit=unit, month=month, tables={"danh_sach": rows[:n]}, review=review)
        for n, review in ((0, chance_review(form, chance)), (9, chance_review(form, chance)))
    ]
    one, other = FormWriter(CAMPAIGN), FormWriter(CAMPAIGN)
    contents = [one.write(form, filling) for filling in given]
    assert [other.write(form, filling) for filling in reversed(given)] == contents[::-1]
