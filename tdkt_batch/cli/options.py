"""What several commands take: months, moments, folders, options with one meaning everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

from tdkt_batch.errors import InputError
from tdkt_batch.model import Month

BUILT_IN_CAMPAIGN = "lai_chau_2014"
MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M")
DAYS = ("%Y-%m-%d", "%d/%m/%Y")

_Function = TypeVar("_Function", bound=Callable[..., Any])


def month_of(ctx: click.Context, param: click.Parameter, text: str | None) -> Month | None:
    """Return the month written ``YYYY-MM``."""
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
    problem = f"“{text}” không phải thời điểm: hãy ghi như 2015-03-25 17:00"
    raise click.BadParameter(problem, ctx, param)


def workers_of(ctx: click.Context, param: click.Parameter, text: str) -> int:
    """Return a number of worker processes, 1 or more."""
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise click.BadParameter(f"“{text}” không phải số nguyên từ 1 trở lên", ctx, param)


def campaign_options(command: _Function) -> _Function:
    """Add ``--campaign`` and ``--register``."""
    campaign = click.option(
        "--campaign",
        metavar="TÊN|THƯ MỤC",
        default=BUILT_IN_CAMPAIGN,
        help=f"Đợt (Hướng dẫn) dùng để rà soát; không ghi thì dùng {BUILT_IN_CAMPAIGN}.",
    )
    register = click.option(
        "--register",
        metavar="TỆP",
        type=click.Path(path_type=Path),
        help="Danh sách đơn vị của Ban (.xlsx hoặc .csv), bổ sung vào danh sách của đợt.",
    )
    return campaign(register(command))


def out_option(default: str, text: str) -> Callable[[_Function], _Function]:
    """Return the option ``--out``."""
    return click.option(
        "--out",
        metavar="THƯ MỤC",
        type=click.Path(path_type=Path),
        default=Path(default),
        help=f"{text}; không ghi thì là {default}.",
    )


json_option = click.option(
    "--json", "as_json", is_flag=True, help="In ra JSON để chương trình khác đọc."
)
USUAL_WORKERS = max(1, min(8, os.cpu_count() or 1))
workers_option = click.option(
    "--workers",
    metavar="SỐ",
    callback=workers_of,
    default=str(USUAL_WORKERS),
    help="Số tiến trình cùng đọc biểu; không ghi thì bằng số nhân của máy, nhiều nhất 8.",
)
month_option = click.option(
    "--month",
    metavar="NĂM-THÁNG",
    callback=month_of,
    required=True,
    help="Kỳ báo cáo, ví dụ 2015-03.",
)
