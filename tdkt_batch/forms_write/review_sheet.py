"""The first sheet of a returned form: what is asked, then point by point, then the receipt."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from tdkt_batch.forms.layout import PANEL_EXPLANATION, PANEL_HEAD_ROW, Place
from tdkt_batch.forms.review import Point, Review, Target
from tdkt_batch.forms_write.book import Writing
from tdkt_batch.forms_write.comments import grade_colour
from tdkt_batch.forms_write.helper_cells import Computed
from tdkt_batch.forms_write.styles import HIGHEST, lines_of, merge, write_formula
from tdkt_batch.model import Severity
from tdkt_batch.sheets.legible import legible
from tdkt_batch.sheets.writing import write_text
from tdkt_batch.wording.forms import PANEL_SHEET
from tdkt_batch.wording.shared import SEVERITIES

HEADS = (
    "STT", "Nội dung", "Đơn vị đã ghi", "Yêu cầu", "", "Căn cứ", "Mức độ", "Giải trình",
    "Trả lời của Ban", "Trang", "Ô", "Mã",
)  # fmt: skip
"""The columns; the empty one is named by what is asked (``Review.remedy_head``)."""
WIDTHS = (5, 30, 18, 19, 30, 28, 13, 18, 14, 11, 6.5, 5.5)
GRADE, EXPLANATION, ANSWER, SHEET, CELL, CODE = range(6, 12)
LAST = len(HEADS) - 1
Box = tuple[int, int]
BOXES: tuple[Box, ...] = ((0, 0), (1, 1), (2, 4), (5, ANSWER), (SHEET, SHEET), (CELL, LAST))
"""The columns over which the cells of a shorter list reach."""
RECEIPT_BOXES: tuple[Box, ...] = ((0, 3), (4, 5), (6, LAST))
LINE = 15.75
LONGEST = 700
"""What is longer stands in the form itself."""
PAGE_HEIGHT = 950
"""At most so much of the sheet stands on one printed page, in points, in any program."""
EXPLAIN_HERE = "Bấm vào đây để ghi giải trình"
IF_NEEDED = "Nếu cần, bấm vào đây để ghi"


class ReviewWriter:
    """Writes the first sheet of a returned form, from top to bottom."""

    def __init__(self, writing: Writing, review: Review, sheet: Worksheet) -> None:
        self.writing = writing
        self.review = review
        self.at = sheet
        self.style = writing.styles.get
        self.row = 0
        self.used = 0.0

    def write(self) -> None:
        """Write the sheet."""
        self._set_up()
        self._head()
        self._points()
        self._list(
            "Số liệu còn thiếu, vì vậy chưa rà soát được",
            ("STT", "Số liệu còn thiếu", "Chưa rà soát được", "Cần làm"),
            [(gap.label, gap.waiting, gap.remedy, gap.target) for gap in self.review.gaps],
        )
        self._list(
            "Ô được hiểu khác cách ghi: kiểm tra lại, nếu đúng thì không cần làm gì",
            ("STT", "Ô", "Đơn vị ghi → được hiểu là", "Vì sao"),
            [
                (one.label, f"“{one.typed}” → {one.value}", one.how, one.target)
                for one in self.review.reread
            ],
        )
        self._left_out()
        self.at.print_area(0, 0, self.row - 1, LAST)
        self.writing.protect(self.at)

    def _set_up(self) -> None:
        for column, width in enumerate(WIDTHS):
            self.at.set_column(column, column, width)
        self.at.set_landscape()
        self.at.set_paper(9)
        self.at.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        self.at.fit_to_pages(1, 0)
        self.at.center_horizontally()
        self.at.hide_gridlines(2)
        self.at.set_footer("&L&8&F&R&8Trang &P/&N")

    # --- rows ----------------------------------------------------------------------------

    def _next(self, height: float) -> None:
        """Give the row its height and go on."""
        self.at.set_row(self.row, height)
        self.used += height
        self.row += 1

    def _across(self, text: str, name: str, **more: object) -> None:
        """Write a text over the whole width, as high as it needs."""
        size = more.get("font_size", 12)
        factor = size / 12 if isinstance(size, int) else 1.0
        shown = legible(text, 2 * LONGEST)
        merge(self.at, (self.row, 0, self.row, LAST), shown, self.style(name, **more))
        self._next((LINE * lines_of(shown, sum(WIDTHS) / factor) + 6) * factor)

    def _heading(self, text: str) -> None:
        merge(self.at, (self.row, 0, self.row, LAST), text, self.style("heading"))
        self._next(22)

    def _head(self) -> None:
        review = self.review
        self._across(review.action, "title", font_size=18, border=2)
        self._across(review.whose, "centre_bold", font_size=14)
        self._across(review.which, "centre_bold")
        self._across(review.guide, "note", font_color="#000000")
        self._receipt()
        self._next(10)

    # --- point by point --------------------------------------------------------------------

    def _points(self) -> None:
        if not self.review.points:
            return
        head = self.row
        for column, text in enumerate(HEADS):
            said = text or self.review.remedy_head
            self.at.write_string(self.row, column, said, self.style("head"))
        self.at.freeze_panes(self.row + 1, 2)
        self._next(36)
        for number, point in enumerate(self.review.points, start=1):
            self._point(number, point)
        if self.used > PAGE_HEIGHT:
            self.at.repeat_rows(head)
        self._next(10)

    def _point(self, number: int, point: Point) -> None:
        expected = [point.expected, f"(chênh lệch: {point.difference})" if point.difference else ""]
        grade = [SEVERITIES[point.severity], f"({point.life.lower()})" if point.life else ""]
        texts = (
            str(number),
            point.message,
            point.given,
            "\n".join(filter(None, expected)),
            point.remedy,
            point.basis,
            "\n".join(filter(None, grade)),
            self._explanation(point),
            point.answer,
        )
        shown = [legible(text, LONGEST) for text in texts]
        for column, text in enumerate(shown):
            if column != EXPLANATION:
                write_text(self.at, self.row, column, text, self._style_of(column, point))
        self._link(0, point.target, str(number))
        self._where(point.target)
        self.at.write_string(self.row, CODE, point.code, self.style("number", font_size=9))
        self._next(_height(shown, WIDTHS))

    def _style_of(self, column: int, point: Point) -> object:
        if column == GRADE:
            colour = grade_colour(point.severity)
            return self.style("text_centre", bold=True, bg_color=colour)
        return self.style("text", bold=column == 1)

    def _where(self, target: Target | None) -> None:
        sheet = target.sheet if target else "cả tệp"
        self.at.write_string(self.row, SHEET, sheet, self.style("text_centre"))
        self._link(CELL, target, target.cell if target else "")

    def _link(self, column: int, target: Target | None, text: str) -> None:
        if target is None:
            self.at.write_string(self.row, column, text, self.style("fact"))
            return
        style = self.style("fact", font_color="#0563C1", underline=1)
        self.at.write_url(self.row, column, _url(target), style, text, _tip(target))

    def _explanation(self, point: Point) -> str:
        """Show what the unit explains, live, with a link to the one place where it is written."""
        rules = [row.rule for row in self.writing.panel]
        if point.explained_at not in rules:
            self.at.write_string(self.row, EXPLANATION, "–", self.style("text_centre"))
            return "–"
        row = PANEL_HEAD_ROW + 1 + rules.index(point.explained_at)
        place = Place(PANEL_SHEET, row, PANEL_EXPLANATION)
        target = Target(place.sheet, place.address)
        style = self.style("text", font_color="#0563C1", underline=1)
        self.at.write_url(self.row, EXPLANATION, _url(target), style, " ", _tip(target))
        asked = IF_NEEDED if point.severity is Severity.NOTICE else EXPLAIN_HERE
        said = self.writing.filled.explanations.get(point.explained_at, "") or asked
        formula = f'IF(LEN({place.reference})=0,"{asked}",{place.reference})'
        write_formula(self.at, self.row, EXPLANATION, Computed(formula, said), style)
        return said

    # --- shorter lists -----------------------------------------------------------------------

    def _list(
        self,
        heading: str,
        heads: tuple[str, ...],
        rows: Sequence[tuple[str, str, str, Target | None]],
    ) -> None:
        """Write what is missing, or what was understood otherwise than typed."""
        if not rows:
            return
        self._heading(heading)
        self._row_of((*heads, "Trang", "Ô"), "head")
        for number, (*texts, target) in enumerate(rows, start=1):
            self._row_of((str(number), *texts, "", ""), "text", target)
        self._next(10)

    def _row_of(self, texts: Sequence[str], name: str, target: Target | None = None) -> None:
        shown = [legible(text, LONGEST) for text in texts]
        for (first, last), text in zip(BOXES, shown, strict=True):
            style = self.style("text_centre" if name == "text" and first == 0 else name)
            merge(self.at, (self.row, first, self.row, last), text, style)
        if name == "text":
            self._where(target)
        self._next(_height(shown, [sum(WIDTHS[first : last + 1]) for first, last in BOXES], 1))

    def _left_out(self) -> None:
        if not self.review.left_out:
            return
        self._heading("Không chuyển sang biểu này (đơn vị tự thêm vào tệp đã gửi)")
        self._across("; ".join(self.review.left_out), "text")
        self._next(10)

    def _receipt(self) -> None:
        """Write the receipt in small print, three lines side by side."""
        box = (self.row, 0, self.row, LAST)
        merge(self.at, box, "PHIẾU TIẾP NHẬN", self.style("heading", font_size=10.5))
        self._next(17)
        lines = [legible(f"{label}: {text}", LONGEST) for label, text in self.review.receipt]
        lines += [""] * (-len(lines) % len(RECEIPT_BOXES))
        for start in range(0, len(lines), len(RECEIPT_BOXES)):
            boxes = zip(lines[start:], RECEIPT_BOXES, strict=False)
            self._next(max(self._receipt_line(text, box) for text, box in boxes))

    def _receipt_line(self, text: str, box: Box) -> float:
        first, last = box
        merge(self.at, (self.row, first, self.row, last), text, self.style("text", font_size=10.5))
        return _height((text,), (sum(WIDTHS[first : last + 1]) * 12 / 10.5,), 1)


def write_review(writing: Writing, review: Review, sheet: Worksheet) -> None:
    """Write the first sheet of a returned form."""
    ReviewWriter(writing, review, sheet).write()


def _height(texts: Sequence[str], widths: Sequence[float], least: int = 2) -> float:
    lines = [lines_of(text, width) for text, width in zip(texts, widths, strict=False)]
    return min(LINE * max(least, *lines) + 4, HIGHEST)


def _url(target: Target) -> str:
    quoted = target.sheet.replace("'", "''")
    return f"internal:'{quoted}'!{target.cell}"


def _tip(target: Target) -> str:
    return f"Bấm để đến ô {target.cell} của trang {target.sheet}"
