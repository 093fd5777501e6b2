"""What several commands take: months, moments, folders, options with one meaning everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tdkt_batch.errors import InputError
from tdkt_batch.wording import commands as say

if TYPE_CHECKING:
    from tdkt_batch.model import Month

BUILT_IN_CAMPAIGN = "lai_chau_2014"
BLANK_FORMS, UNIT_FORMS, OUTPUT = "input_templates", "output/bieu-gui-di", "output"
"""Where blank forms, the units' own forms and everything else is written unless told."""
SETTINGS, REGISTER = f"{OUTPUT}/thiet-lap.xlsx", f"{OUTPUT}/danh-sach-don-vi.xlsx"
"""Where the office's settings stand, and where its units are written."""
PATH = click.Path(path_type=Path)
MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M")
DAYS = ("%Y-%m-%d", "%d/%m/%Y")

_Function = TypeVar("_Function", bound=Callable[..., Any])


def month_of(ctx: click.Context, param: click.Parameter, text: str | None) -> Month | None:
    """Return the month written ``YYYY-MM``."""
    from tdkt_batch.model import Month

    try:
        return None if text is None else Month.parse(text)
    except InputError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def moment_of(ctx: click.Context, param: click.Parameter, text: str | None) -> datetime | None:
    """Return the moment; a day without an hour counts to its end."""
    if text is None:
        return None
    for pattern in (*MOMENTS, *DAYS):
        try:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007 — the office's own time
        except ValueError:
            continue
        return moment if pattern in MOMENTS else datetime.combine(moment, time(23, 59, 59))
    raise click.BadParameter(say.NOT_A_MOMENT.format(text=text), ctx, param)


def number_of(ctx: click.Context, param: click.Parameter, text: str | None) -> int | None:
    """Return a number in digits."""
    if text is None or text.isdecimal():
        return None if text is None else int(text)
    raise click.BadParameter(say.NOT_A_NUMBER.format(text=text), ctx, param)


def workers_of(ctx: click.Context, param: click.Parameter, text: str) -> int:
    """Return a number of worker processes, 1 or more."""
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise click.BadParameter(say.NOT_A_WORKER_NUMBER.format(text=text), ctx, param)


def option(key: str, *names: str, **settings: Any) -> Callable[[_Function], _Function]:
    """Return an option with its words; ``key`` is its name, where needed after its command's."""
    name = key.rsplit(maxsplit=1)[-1]
    words = say.OPTIONS[key].format(
        campaign=BUILT_IN_CAMPAIGN, output=OUTPUT, blank_forms=BLANK_FORMS, unit_forms=UNIT_FORMS
    )
    return click.option(name, *names, metavar=say.OPTION_VALUES.get(name), help=words, **settings)


def campaign_options(command: _Function) -> _Function:
    """Add ``--campaign``, ``--register`` and ``--settings``."""
    register, settings = option("--register", type=PATH), option("--settings", type=PATH)
    return option("--campaign", default=BUILT_IN_CAMPAIGN)(register(settings(command)))


def out_option(key: str) -> Callable[[_Function], _Function]:
    """Return the option ``--out`` of a command that writes to the usual folder or reads there."""
    return option(key, type=PATH, default=Path(OUTPUT))


codes_option = option("--codes", is_flag=True)
json_option = option("--json", "as_json", is_flag=True)
month_option = option("--month", callback=month_of, required=True)
USUAL_WORKERS = max(1, min(8, os.cpu_count() or 1))
workers_option = option("--workers", callback=workers_of, default=str(USUAL_WORKERS))
