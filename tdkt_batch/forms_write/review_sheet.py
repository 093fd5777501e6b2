"""The first sheet of a returned form: how much is asked, point by point, the board's records last.

A4 upright at its own size, so that what is written in 12 points is printed in 12 points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xlsxwriter.format import Format

from tdkt_batch.forms.layout import PANEL_EXPLANATION, PANEL_HEAD_ROW, Place
from tdkt_batch.forms.review import Point, Points, Review, Target
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.form_sheet import FormWorksheet
from tdkt_batch.forms_write.panel import rules_of
from tdkt_batch.forms_write.styles import lines_in
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import Formula, quoted
from tdkt_batch.sheets.writing import HIGHEST, lock, merge_cells, write_cell, write_text
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PANEL_SHEET, REVIEW_SHEET

WIDTHS = (4, 20.5, 22.5, 8, 5, 5, 5.5)
"""Of the columns of ``POINT_HEADS``: together as wide as the paper."""
NUMBER, WRITTEN, WANTED, SHEET, CELL, MENDED, EXPLAINED = range(7)
LAST = len(WIDTHS) - 1
SMALL = 10
"""The size of the board's own records."""
LINE = 15.0
LONGEST = 700
"""What is longer stands in the form itself."""
PAGE_HEIGHT = 690
"""At most so much of the sheet stands on one printed page, in points, in any program."""
UNTIL = Place(REVIEW_SHEET, 1, 0)
"""Where it says by which day the form is sent again."""
Box = tuple[int, int]


class ReviewWriter:
    """Writes the first sheet of a returned form, from top to bottom."""

    def __init__(
        self,
        sheet: FormWorksheet,
        style: Callable[..., Format],
        design: FormDesign,
        review: Review,
        explanations: Mapping[str, str],
    ) -> None:
        self.at = sheet
        self.style = style
        self.design = design
        self.review = review
        self.explanations = explanations
        self.row = 0
        self.used = 0.0
        self.number = 0

    def write(self) -> None:
        """Write the sheet."""
        review = self.review
        self.at.set_up(WIDTHS, (0.5, 0.4, 0.45, 0.5))
        self.at.center_horizontally()
        self._across(review.headline, "title", 18, border=2)
        self._across(review.until, "centre_bold", 14, text_wrap=True)
        self._across(review.whose, "centre_bold", text_wrap=True)
        self._across(review.which, "centre", text_wrap=True)
        self._across(review.guide, "note", font_color="#000000")
        head = self.row
        if review.asked:
            for column, text in enumerate(say.POINT_HEADS):
                self.at.write_string(head, column, text, self.style("head"))
            self.at.freeze_panes(head + 1, 0)
            self._next(2 * LINE + 4)
        for points in review.asked:
            self._heading(points.heading)
            for point in points.points:
                self._asked(point)
        if self.used > PAGE_HEIGHT and review.asked:
            self.at.repeat_rows(head)
        for points in review.told:
            self._told(points)
        if review.reread:
            self._next(10)
            self._heading(say.REREAD)
            for one in review.reread:
                said = say.REREAD_AS.format(label=one.label, typed=one.typed, value=one.value)
                height = self._texts((((0, WRITTEN), said), ((WANTED, WANTED), one.how)), "text")
                self._where(one.target, (CELL, LAST))
                self._next(height)
        if review.left_out:
            self._next(10)
            self._heading(say.LEFT_OUT)
            for text in review.left_out:
                self._across(say.LEFT_OUT_LINE.format(what=text), "text")
            self._across(review.advice, "text", bold=True)
        for heading, lines in review.records:
            self._next(10)
            self._heading(heading, 16, font_size=SMALL)
            for line in lines:
                self._across(line, "text", SMALL)
        self.at.print_area(0, 0, self.row - 1, LAST)
        lock(self.at)

    # --- rows ----------------------------------------------------------------------------

    def _next(self, height: float) -> None:
        """Give the row its height and go on."""
        self.at.set_row(self.row, height)
        self.used += height
        self.row += 1

    def _across(self, text: str, name: str, size: int = 12, **more: object) -> None:
        """Write a text over the whole width, as high as it needs."""
        shown, factor = clean_text(text, 2 * LONGEST, as_typed=True), size / 12
        style = self.style(name, font_size=size, **more)
        merge_cells(self.at, (self.row, 0, self.row, LAST), shown, style)
        lines = lines_in(shown, sum(WIDTHS), style)
        self._next(min((LINE * lines + 3) * factor, HIGHEST))

    def _heading(self, text: str, height: float = 20, **more: object) -> None:
        box = (self.row, 0, self.row, LAST)
        style = self.style("heading", text_wrap=True, **more)
        merge_cells(self.at, box, clean_text(text, LONGEST, as_typed=True), style)
        lines = lines_in(text, sum(WIDTHS), style)
        self._next(max(height, lines * height * 0.85))

    # --- point by point --------------------------------------------------------------------

    def _asked(self, point: Point) -> None:
        """Write what is asked: what was written, what would pass, where, and the two boxes."""
        self.number += 1
        texts = (
            ((WRITTEN, WRITTEN), point.written),
            ((WANTED, WANTED), "\n".join(filter(None, point.wanted))),
        )
        height = self._texts(texts, "text")
        self._link((NUMBER, NUMBER), point.target, str(self.number))
        self._where(point.target, (CELL, CELL))
        mended = self.style("input", align="center", font_size=16)
        self.at.write_string(self.row, MENDED, say.BOX, mended)
        self._explained(point)
        self._next(max(height, 2 * LINE + 4))

    def _explained(self, point: Point) -> None:
        """Show whether it is explained, live, with a link to the one place where it is written."""
        rules = [rule.id for rule in rules_of(self.design.form, self.design.campaign.rules)]
        if point.explained_at not in rules:
            self.at.write_string(self.row, EXPLAINED, say.NO_BOX, self.style("text_centre"))
            return
        row = PANEL_HEAD_ROW + 1 + rules.index(point.explained_at)
        place = Place(PANEL_SHEET, row, PANEL_EXPLANATION)
        url, tip = f"internal:{quoted(place.sheet)}!{place.address}", say.EXPLAIN_TIP
        look = self.style("link", align="center", font_size=16, underline=0, border=1)
        self.at.write_url(self.row, EXPLAINED, url, look, say.BOX, tip)
        is_said = bool(self.explanations.get(point.explained_at, ""))
        marks = f'"{say.BOX}","{say.FULL_BOX}"'
        cached = say.FULL_BOX if is_said else say.BOX
        live = Formula(f"IF(LEN({place.reference})=0,{marks})", cached)
        write_cell(self.at, self.row, EXPLAINED, live, look)

    def _told(self, points: Points) -> None:
        """Write what is only told: nothing is to be done about it."""
        self._next(10)
        self._heading(points.heading)
        for point in points.points:
            self.number += 1
            said = " ".join(filter(None, (point.written, *point.wanted)))
            height = self._texts((((WRITTEN, WANTED), said),), "text")
            self._link((NUMBER, NUMBER), point.target, str(self.number))
            self._where(point.target, (CELL, LAST))
            self._next(height)

    def _where(self, target: Target | None, box: Box) -> None:
        """Write the sheet and, over a box beside it, the cell to which a row leads."""
        sheet = target.sheet if target else say.WHOLE_FILE
        self.at.write_string(self.row, SHEET, sheet, self.style("text_centre"))
        self._link(box, target, target.cell if target else "")

    def _link(self, box: Box, target: Target | None, text: str, name: str = "fact") -> None:
        if box[0] < box[1]:
            merge_cells(self.at, (self.row, box[0], self.row, box[1]), None, self.style(name))
        if target is None:
            self.at.write_string(self.row, box[0], text, self.style(name))
            return
        url = f"internal:{quoted(target.sheet)}!{target.cell}"
        tip = say.LINK_TIP.format(cell=target.cell, sheet=target.sheet)
        self.at.write_url(self.row, box[0], url, self.style(name, "link"), text, tip)

    def _texts(self, texts: Iterable[tuple[Box, str]], name: str) -> float:
        """Write texts over boxes of a row and return the height that they need."""
        fitted: list[tuple[str, float, Format]] = []
        for (left, right), text in texts:
            shown, style = clean_text(text, LONGEST, as_typed=True), self.style(name)
            if left < right:
                merge_cells(self.at, (self.row, left, self.row, right), shown, style)
            else:
                write_text(self.at, self.row, left, shown, style)
            fitted.append((shown, sum(WIDTHS[left : right + 1]), style))
        return _height(fitted)


def _height(texts: Sequence[tuple[str, float, Format]]) -> float:
    """Return the height of a row for texts, each in cells of a width and in its look."""
    return min(LINE * max(lines_in(*text) for text in texts) + 4, HIGHEST)
