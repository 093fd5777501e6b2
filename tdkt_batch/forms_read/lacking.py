"""What clerks write where the numbers of what lacks are asked for → the answer, if one is meant.

Contents by their names, words around the numbers, no marks. How many lack is not which
lack: “thiếu 2 nội dung” is none, nor is 4/6 or 4.6.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from tdkt_batch.campaign.form import Field, Form, FormSheet, Line
from tdkt_batch.campaign.lacking import answer_of, lacking_in, parts_of
from tdkt_batch.forms.as_typed import Understood, unreadable
from tdkt_batch.values import Raw, Repair, Value
from tdkt_batch.vietnamese.labels import label_key
from tdkt_batch.vietnamese.spelling import spelling_key, without_marks
from tdkt_batch.wording import forms_read as say
from tdkt_batch.wording.forms import COMPLETE, LACKS

UNDERSTOOD, UNCLEAR = Repair("SC32"), "DL56"
_BEFORE_A_NUMBER = re.compile(say.BEFORE_A_NUMBER)
_COUNTED = re.compile(say.A_NUMBER_OF_CONTENTS)
_NUMBER_AND_NAME = re.compile(r"(\d)\s*[.):-]?\s*<(\d)>")


def understand_lacking(field: Field, raw: Raw) -> Understood:
    """Return what an answer means that the form's own formulas do not take."""
    if isinstance(raw, str):
        for text in dict.fromkeys((raw, unicodedata.normalize("NFC", raw))):
            for meant in _meanings(field, text):
                if known := lacking_in(field, meant):
                    return Understood(known, repair=UNDERSTOOD)
    return unreadable(field, raw, UNCLEAR)


def _meanings(field: Field, text: str) -> list[str]:
    """Return ways to write a text's words as the form asks for them."""
    key = spelling_key(text)
    if key.isascii():  # without marks, or nothing but figures
        words = {without_marks(word): word for word in say.WORDS_OF_LACKING}
        key = " ".join(words.get(word, word) for word in re.split(r"\s+", text.lower()))
    number = len(field.contents)
    if re.fullmatch(say.ALL_THERE.format(number=number), spelling_key(key)):
        return [COMPLETE]
    named = _with_numbers(field, text.lower() if not text.isascii() else key)
    return [key, named] if named else [key]


def _with_numbers(field: Field, text: str) -> str:
    """Return the text with each content's number for its name.

    "" where one contradicts it, or where it says how many lack, or what is there.
    """
    words = text.split()
    if _COUNTED.search(text) or (COMPLETE in words and LACKS not in words):
        return ""
    names = {
        name: number
        for number, one in enumerate(field.contents, start=1)
        for name in (one.short.lower(), re.sub(say.BEFORE_A_CONTENT, "", one.label.lower()))
    }
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, f"<{names[name]}>")
    if any(one != other for one, other in _NUMBER_AND_NAME.findall(text)):
        return ""
    text = _NUMBER_AND_NAME.sub(r"\2", text).replace("<", "").replace(">", "")
    return _BEFORE_A_NUMBER.sub("", text)


# --- forms that asked for each content by itself ----------------------------------------------


def as_asked_before(form: Form, seen: frozenset[str]) -> Form:
    """Return the form as a workbook has it by the labels that are ``seen`` in it.

    An answer that was asked part by part has a line for each: one of its parts' labels is
    there, for rows may be deleted that need nothing, and its own is not.
    """
    in_parts = {
        field.id: field.parts
        for field in form.fields
        if label_key(field.label) not in seen
        and any(label_key(part.label) in seen for part in field.parts)
    }

    def lines(sheet: FormSheet) -> tuple[Line, ...]:
        found: list[Line] = []
        parts: tuple[Field, ...] = ()
        for line in sheet.lines:
            if line.listing and parts:  # what the numbers of the answer before mean
                continue
            parts = in_parts.get(line.single.id, ()) if line.single else ()
            own = [replace(line, label=one.label, single=one, hint="") for one in parts]
            found += own or [line]
        return tuple(found)

    if not in_parts:
        return form
    sheets = (replace(sheet, lines=lines(sheet)) for sheet in form.sheets)
    return replace(form, sheets=tuple(sheets))


def answers_of_parts(form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values with an answer for what was asked part by part, in the form's order.

    It stands in no cell of its own. Where a part cannot be read it is unclear. An answer
    with a cell of its own says what its parts are.
    """
    found: dict[str, Value] = {}
    for field in form.fields:
        if not field.parts or field.id in values:
            value = found[field.id] = values[field.id]
            found |= parts_of(field, value) if field.parts else {}
            continue
        parts = [values[part.id] for part in field.parts]
        answer = answer_of(field, {one.field: one.value for one in parts})
        unclear = [str(one.raw) for one in parts if one.fault is not None]
        text = "; ".join(filter(None, (answer, *unclear))) or None
        known = None if unclear else answer
        found[field.id] = Value(
            field=field.id, value=known, typed=known, raw=text, sheet=parts[0].sheet, cell=""
        )
        found |= {one.field: one for one in parts}
    return found
