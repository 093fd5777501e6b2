"""One answer that says what lacks of a list: “đủ”, or the numbers of the contents that lack.

It is a text, and what it says is the value of each of its field's parts: whether all is
there, and of each content whether it lacks. The form's formulas read it by the same steps
(``forms_write.cell_formulas``): each word, number and sign between numbers stands between two
blanks of its own, several words that say one become it, what says nothing goes, and nothing
may be left that is none of those known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from tdkt_batch.campaign.form import Field
from tdkt_batch.values import Scalar, Value
from tdkt_batch.vietnamese.folding import squeeze
from tdkt_batch.wording.forms import (
    BESIDE_NUMBERS,
    BETWEEN_NUMBERS,
    COMPLETE,
    LACKS,
    SAID_IN_MORE_WORDS,
)


def words_apart(field: Field, text: str) -> str:
    """Return a text's words and numbers, each between two blanks, without what says nothing.

    “Đủ 9 nội dung” names no content by its number.
    """
    text = squeeze(text).lower()
    for sign in BETWEEN_NUMBERS:
        text = text.replace(sign, f" {sign} ")
    text = f"{text} ".replace(". ", " ").replace(": ", " ")
    apart = f" {'  '.join(_words(text))} "
    for phrase, word in phrases(len(field.contents)):
        apart = apart.replace(phrase, word)
    for word in (*BETWEEN_NUMBERS, *BESIDE_NUMBERS.split()):
        apart = apart.replace(f" {word} ", "")
    return apart


def phrases(number: int) -> tuple[tuple[str, str], ...]:
    """Return how several words, each between its blanks, say one, of so many contents."""
    whole = [one.format(number=number).split() for one in SAID_IN_MORE_WORDS]
    return tuple((f" {'  '.join(words)} ", f" {words[0]} ") for words in whole)


def lacking_in(field: Field, text: str) -> str | None:
    """Return what a text says as the form asks for it, in one way of writing; None if unclear."""
    apart = words_apart(field, text)
    numbers = [str(n) for n, _ in enumerate(field.contents, start=1)]
    words = set(_words(apart))
    if not words or words - {COMPLETE, LACKS, *numbers}:
        return None
    # that all is there and that something lacks is said by a form that asked for both
    if COMPLETE in words and (LACKS in words) != bool(words.intersection(numbers)):
        return None
    return written(is_complete=COMPLETE in words, lacking=words.intersection(numbers))


def written(*, is_complete: bool, lacking: Collection[str]) -> str:
    """Return an answer: that all is there, the numbers of what lacks, that something does.

    A form that says that all is there and marks what lacks says both.

    >>> written(is_complete=False, lacking=["6", "4"]), written(is_complete=True, lacking=())
    ('4; 6', 'đủ')
    """
    numbers = "; ".join(sorted(lacking))
    if is_complete:
        return f"{COMPLETE}, {LACKS} {numbers}" if numbers else COMPLETE
    return numbers or LACKS


def said_by(field: Field, answer: Scalar | None, *, is_blank: bool) -> Mapping[str, Scalar | None]:
    """Return what each part of an answer is: of one that was left blank nothing lacks.

    Of one that is unclear nothing is known.
    """
    if not isinstance(answer, str):
        nothing = False if is_blank else None
        return {field.complete.id: None, **{one.id: nothing for one in field.contents}}
    words, (there, not_there) = set(_words(words_apart(field, answer))), _two(field)
    lacks = {one.id: str(n) in words for n, one in enumerate(field.contents, start=1)}
    return {field.complete.id: there if COMPLETE in words else not_there, **lacks}


def parts_of(field: Field, answer: Value) -> dict[str, Value]:
    """Return the value of each part of an answer, in its cell; what was repaired is the answer."""
    one, other = (
        said_by(field, known, is_blank=answer.is_blank) for known in (answer.value, answer.typed)
    )
    return {
        part.id: replace(
            answer,
            field=part.id,
            value=one[part.id],
            typed=other[part.id],
            repair=None,
            fault=None,
        )
        for part in field.parts
    }


def answer_of(field: Field, said: Mapping[str, Scalar | None]) -> str | None:
    """Return the answer that says what its parts say; None where they say nothing.

    It is what a form is filled in with that asked for each part by itself.
    """
    complete = said.get(field.complete.id)
    lacking = [str(n) for n, one in enumerate(field.contents, start=1) if said.get(one.id) is True]
    if complete is None and not lacking:
        return None
    return written(is_complete=complete == _two(field)[0], lacking=lacking)


def _words(text: str) -> list[str]:
    return [word for word in text.split(" ") if word]


def _two(field: Field) -> tuple[str, ...]:
    return field.complete.choices.values if field.complete.choices is not None else ("", "")
