"""What is worked out once for a thing that never changes, and found again by its identity.

A campaign and the trees of its rules are compared and hashed down to their leaves: to look
such a thing up by what it holds takes longer than most answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def remembered(most: int) -> Callable[[Callable[[Thing], Answer]], Callable[[Thing], Answer]]:
    """Return a decorator that remembers a function's answers for ``most`` things at a time.

    >>> @remembered(2)
    ... def length(text):
    ...     return [len(text)]
    >>> text = "Mường Than"
    >>> length(text) is length(text)
    True
    """

    def decorated(function: Callable[[Thing], Answer]) -> Callable[[Thing], Answer]:
        kept: dict[int, tuple[Thing, Answer]] = {}  # the thing is kept too: its identity stays its

        @wraps(function)
        def answer(thing: Thing) -> Answer:
            found = kept.get(id(thing))
            if found is None:
                if len(kept) >= most:
                    kept.clear()
                found = kept[id(thing)] = thing, function(thing)
            return found[1]

        return answer

    return decorated
