"""The first sheet of a returned form: what is asked, then point by point, then the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xlsxwriter.format import Format

from tdkt_batch.forms.layout import PANEL_EXPLANATION, PANEL_HEAD_ROW, Place
from tdkt_batch.forms.review import Point, Review, Target
from tdkt_batch.forms_write.design import FormDesign
from tdkt_batch.forms_write.form_sheet import FormWorksheet
from tdkt_batch.forms_write.input_cells import grade_colour
from tdkt_batch.forms_write.panel import rules_of
from tdkt_batch.forms_write.styles import lines_in
from tdkt_batch.model import Severity
from tdkt_batch.sheets.cell_text import clean_text
from tdkt_batch.sheets.cells import Formula, quoted
from tdkt_batch.sheets.writing import HIGHEST, lock, merge_cells, write_cell, write_text
from tdkt_batch.wording import forms_write as say
from tdkt_batch.wording.forms import PANEL_SHEET

WIDTHS = (5, 30, 18, 19, 30, 28, 13, 18, 14, 11, 6.5, 5.5)
"""Of the columns of ``POINT_HEADS``."""
GRADE, EXPLANATION, ANSWER, SHEET, CELL, CODE = range(6, 12)
LAST = len(WIDTHS) - 1
Box = tuple[int, int]
BOXES: tuple[Box, ...] = ((0, 0), (1, 1), (2, 4), (5, ANSWER), (SHEET, SHEET), (CELL, LAST))
"""The columns over which the cells of a shorter list reach."""
RECEIPT_BOXES: tuple[Box, ...] = ((0, 3), (4, 5), (6, LAST))
RECEIPT_SIZE = 10.5
LINE = 15.75
LONGEST = 700
"""What is longer stands in the form itself."""
PAGE_HEIGHT = 950
"""At most so much of the sheet stands on one printed page, in points, in any program."""


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

    def write(self) -> None:
        """Write the sheet."""
        review = self.review
        self.at.set_up(WIDTHS, (0.4, 0.4, 0.5, 0.5), landscape=True)
        self.at.center_horizontally()
        self._across(review.action, "title", 18, border=2)
        self._across(review.whose, "centre_bold", 14)
        self._across(review.which, "centre_bold")
        self._across(review.guide, "note", font_color="#000000")
        # the receipt in small print, three lines side by side
        self._heading(say.RECEIPT, 17, font_size=RECEIPT_SIZE)
        lines = [say.RECEIPT_LINE.format(label=one, text=text) for one, text in review.receipt]
        lines += [""] * (-len(lines) % len(RECEIPT_BOXES))
        for start in range(0, len(lines), len(RECEIPT_BOXES)):
            shown = lines[start : start + len(RECEIPT_BOXES)]
            self._next(self._boxes(RECEIPT_BOXES, shown, "text", size=RECEIPT_SIZE))
        self._next(10)
        if review.points:
            head = self.row
            for column, text in enumerate(say.POINT_HEADS):
                said = text or review.remedy_head
                self.at.write_string(head, column, said, self.style("head"))
            self.at.freeze_panes(head + 1, 2)
            self._next(36)
            for number, point in enumerate(review.points, start=1):
                self._point(number, point)
            if self.used > PAGE_HEIGHT:
                self.at.repeat_rows(head)
            self._next(10)
        gaps = [(one.label, one.waiting, one.remedy, one.target) for one in review.gaps]
        reread = [
            (one.label, say.REREAD_AS.format(typed=one.typed, value=one.value), one.how, one.target)
            for one in review.reread
        ]
        for heading, heads, rows in (
            (say.GAPS, say.GAP_HEADS, gaps),
            (say.REREAD, say.REREAD_HEADS, reread),
        ):
            if rows:
                self._heading(heading)
                self._next(self._boxes(BOXES, heads, "head"))
                for number, (*texts, target) in enumerate(rows, start=1):
                    height = self._boxes(
                        BOXES, (str(number), *texts, "", ""), "text", "text_centre"
                    )
                    self._where(target)
                    self._next(height)
                self._next(10)
        if review.left_out:
            self._heading(say.LEFT_OUT)
            self._across("; ".join(review.left_out), "text")
            self._next(10)
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
        self._next((LINE * lines_in(shown, sum(WIDTHS), style) + 6) * factor)

    def _heading(self, text: str, height: float = 22, **more: object) -> None:
        box = (self.row, 0, self.row, LAST)
        merge_cells(self.at, box, text, self.style("heading", **more))
        self._next(height)

    # --- point by point --------------------------------------------------------------------

    def _point(self, number: int, point: Point) -> None:
        expected, grade = [point.expected], [self.design.campaign.words.severities[point.severity]]
        if point.difference:
            expected.append(say.DIFFERENCE.format(difference=point.difference))
        if point.life:
            grade.append(say.LIFE.format(life=point.life.lower()))
        explanation = self._explanation(point)
        texts = (
            str(number),
            point.message,
            point.given,
            "\n".join(filter(None, expected)),
            point.remedy,
            point.basis,
            "\n".join(grade),
            explanation,
            point.answer,
        )
        shown = [clean_text(text, LONGEST, as_typed=True) for text in texts]
        styles = [self.style("text", bold=column == 1) for column in range(len(shown))]
        colour = grade_colour(point.severity)
        styles[GRADE] = self.style("text_centre", bold=True, bg_color=colour)
        for column, (text, style) in enumerate(zip(shown, styles, strict=True)):
            if column != EXPLANATION:
                write_text(self.at, self.row, column, text, style)
        self._link(0, point.target, str(number))
        self._where(point.target)
        self.at.write_string(self.row, CODE, point.code, self.style("number", font_size=9))
        self._next(_height(zip(shown, WIDTHS, styles, strict=False)))

    def _explanation(self, point: Point) -> str:
        """Show what the unit explains, live, with a link to the one place where it is written."""
        rules = [rule.id for rule in rules_of(self.design.form, self.design.campaign.rules)]
        if point.explained_at not in rules:
            self.at.write_string(self.row, EXPLANATION, "–", self.style("text_centre"))
            return "–"
        row = PANEL_HEAD_ROW + 1 + rules.index(point.explained_at)
        place = Place(PANEL_SHEET, row, PANEL_EXPLANATION)
        self._link(EXPLANATION, Target(place.sheet, place.address), " ", "text")
        is_notice = point.severity is Severity.NOTICE
        asked = say.EXPLAIN_IF_NEEDED if is_notice else say.EXPLAIN_HERE
        said = self.explanations.get(point.explained_at, "") or asked
        live = Formula(f'IF(LEN({place.reference})=0,"{asked}",{place.reference})', said)
        write_cell(self.at, self.row, EXPLANATION, live, self.style("text", "link"))
        return said

    def _where(self, target: Target | None) -> None:
        """Write the sheet and the cell that a row leads to."""
        sheet = target.sheet if target else say.WHOLE_FILE
        self.at.write_string(self.row, SHEET, sheet, self.style("text_centre"))
        self._link(CELL, target, target.cell if target else "")

    def _link(self, column: int, target: Target | None, text: str, name: str = "fact") -> None:
        if target is None:
            self.at.write_string(self.row, column, text, self.style(name))
            return
        url = f"internal:{quoted(target.sheet)}!{target.cell}"
        tip = say.LINK_TIP.format(cell=target.cell, sheet=target.sheet)
        self.at.write_url(self.row, column, url, self.style(name, "link"), text, tip)

    def _boxes(
        self,
        boxes: Sequence[Box],
        texts: Sequence[str],
        name: str,
        first: str = "",
        size: float = 12,
    ) -> float:
        """Write texts over boxes of a row, the first one in its own style; return the height."""
        shown = [clean_text(text, LONGEST, as_typed=True) for text in texts]
        fitted = []
        for n, ((left, right), text) in enumerate(zip(boxes, shown, strict=True)):
            style = self.style(name if n else first or name, font_size=size)
            merge_cells(self.at, (self.row, left, self.row, right), text, style)
            fitted.append((text, sum(WIDTHS[left : right + 1]), style))
        return _height(fitted, 1)


def _height(texts: Iterable[tuple[str, float, Format]], least: int = 2) -> float:
    """Return the height of a row for texts, each in cells of a width and in its look."""
    return min(LINE * max(least, *(lines_in(*text) for text in texts)) + 4, HIGHEST)
