"""The words that make a workbook a form: by these the reader knows what the writer wrote."""

from __future__ import annotations

from tdkt_batch.wording import shared

PANEL_SHEET = "Tự kiểm tra"
REVIEW_SHEET = "Nội dung đề nghị chỉnh sửa"
"""The first sheet of a returned form; the reader passes it over."""
NOTE_TITLE = "Rà soát của Ban"
"""How each of the board's own comments begins, so that they are known from a unit's."""
NOT = "không"
NONE = ("-", "–", "—", NOT, "không có", "0")
"""What a clerk writes into a count for none: 0, in the form's formulas as for the reader."""
YES = ("x", "х", "×", "✓", "✔", "√", "☑", "☒", "✅", "v", "có", "1")  # the second is Cyrillic
NO = (NOT, "0")
"""What is written for a mark, and for none."""
COMPLETE, LACKS = "đủ", "thiếu"
"""What an answer says of a list's contents: that all are there, or before those that lack."""
BESIDE_NUMBERS = "và số"
"""Words that say nothing more beside these and the contents' numbers."""
SAID_IN_MORE_WORDS = ("đủ {number}", "đủ nội dung", "thiếu nội dung")
"""What says no more than its first word; “thiếu 2 nội dung” tells how many lack, not which."""
BETWEEN_NUMBERS = ";,+"
"""What parts the contents' numbers; 4/6 may be four of six, 4-6 four to six, 4.6 a number."""
NOT_NEEDED = "không cần ghi"
"""Stands beside what another answer makes needless."""
MARKED = "►"
"""Stands beside what the board marked, on screen and on paper."""
TO_MEND, TO_LOOK_AT, RIGHT, OPEN = "▲", "△", "✓", "○"
"""Stand before what a form says of a cell: it is to be mended, to be looked at, right, or open.

Open is what lacks its other half, and what only the board can compare.
"""
PAGE_HEADS = ("STT", shared.CONTENT, shared.PLAN, shared.RESULT, "Hướng dẫn ghi")
"""What stands above the columns of a page."""
PANEL_COLUMNS = (
    "STT",
    shared.CONTENT,
    "Kết quả",
    shared.EXPLANATION,
    shared.VALUE,
    shared.REQUIREMENT,
    "Cần điều chỉnh",
    shared.SEVERITY,
    shared.RULE,
    shared.CODE,
)
"""What stands above the columns of the check panel."""
