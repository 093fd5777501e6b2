"""Which ids a campaign may use: each must be a legal defined name in Excel."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[a-z_][a-z0-9_]*\Z")
_CELL = re.compile(r"[a-z]{1,3}[0-9]{1,7}\Z")
_R1C1 = re.compile(r"(r[0-9]*)?(c[0-9]*)?\Z")


def id_problem(id_: str) -> str:
    """Return why ``id_`` cannot be a field's, list's or limit's id; empty when it can.

    Excel takes ``nam2015`` and ``p4`` for cells, ``r`` and ``c`` for a row and a
    column, so a defined name may not look like them.

    >>> id_problem("tong_dai_bieu_th")
    ''
    >>> id_problem("p4")
    '“p4” trùng dạng địa chỉ ô của Excel'
    """
    if not _SHAPE.match(id_):
        return f"“{id_}” phải gồm chữ thường không dấu, số và dấu gạch dưới"
    if _CELL.match(id_) or _R1C1.match(id_):
        return f"“{id_}” trùng dạng địa chỉ ô của Excel"
    if len(id_) > 60:
        return f"“{id_}” dài quá 60 ký tự"
    return ""
