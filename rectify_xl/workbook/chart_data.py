"""The tables beside the page of 汇总 from which its charts read, 历次 among them: on the screen and not on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_layout import fitted, units
from rectify_xl.workbook.charts import Range
from rectify_xl.workbook.digest import MOST_ROUNDS
from rectify_xl.workbook.page import corner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rectify_xl.workbook.digest import Digest
    from rectify_xl.workbook.lists import Setting
    from rectify_xl.workbook.sheet import SheetWriter

# 历次 (7 columns), months (5), units (5), a narrow column between two of them.
_GAP, _FIGURE = 3.0, 9.0
_WIDTHS = (12.0, 12.0, *[_FIGURE] * 5, _GAP, 10.0, *[_FIGURE] * 4, _GAP, 26.0, *[_FIGURE] * 4)
_MONTHS, _UNITS = 8, 14  # columns from the first where these tables begin
_NAME_WIDTH = 30.0  # of a unit in the chart
_BOLD = 1.15  # width of bold letters
_FIGURES = 2  # columns of 历次 before its figures


def in_doubt(say: Callable[[str, str], str], count: int) -> str:
    """The mark behind a unit or its overdue tasks of which so many are so by a date in doubt; nothing for none."""
    return say(f"（存疑{count}）", f" ({count} in doubt)") if count else ""


class ChartData:
    """Writes the tables from column ``at`` on, headed in row ``top``; a chart finds its own by the range."""

    def __init__(self, sheet: SheetWriter, digest: Digest, setting: Setting, top: int, at: int) -> None:
        self._sheet = sheet
        self._digest = digest
        self._say = setting.say
        self._top, self._at = top, at
        self._parts = (self._say("任务数", "Tasks"), self._say("已办结", "Closed"), self._say("未到期", "Open"),
                       self._say("逾期", "Overdue"))  # fmt: skip
        sheet.paper.set_column(at - 1, at - 1, _GAP)
        for offset, width in enumerate(self._widths()):
            sheet.paper.set_column(at + offset, at + offset, width)
        note = self._say(
            "右侧为图表数据和历次汇总，不打印；下次汇总用 --base 接续，请勿删除。",
            "Figures of the charts and of past rounds, not printed; merge --base carries them on, please keep them.",
        )
        sheet.put(top - 2, at, note, sheet.theme["aside"])

    def _widths(self) -> list[float]:
        """A column's own width, or what its heading takes on one line."""
        widths = list(_WIDTHS)
        heads = ((0, self._digest.round_labels), (_MONTHS + 1, self._parts), (_UNITS + 1, self._parts))
        for first, labels in heads:
            for at, label in enumerate(labels, first):
                widths[at] = max(widths[at], units(label) * _BOLD + 3)
        return widths

    @property
    def last_column(self) -> int:
        """The last column of the tables."""
        return self._at + len(_WIDTHS) - 1

    def rounds(self, cards: Sequence[tuple[int, int]], name: str, day: Any) -> Range:  # noqa: ANN401 - a cell's value
        """历次: past rounds as they were, then this one, which reads the large figures at ``cards``."""
        at, digest, put, theme = self._at, self._digest, self._sheet.put, self._sheet.theme
        self._heading(at, self._say("历次汇总", "Rounds"), digest.round_labels)
        first = self._top + 2
        for row, past in enumerate(digest.rounds, first):
            for offset, value in enumerate((past.id or None, past.as_of, *past.figures)):
                put(row, at + offset, value, theme["line-date" if offset == 1 else "line-centre"])
        last = first + len(digest.rounds)
        put(last, at, name or None, theme["line-centre"])
        put(last, at + 1, day, theme["line-date"])
        for offset, (card, cell) in enumerate(zip(digest.cards, cards, strict=True), _FIGURES):
            self._sheet.formula(last, at + offset, corner(*cell), card.count.value, theme["line-number"])
        named = all(past.id for past in digest.rounds) and name
        shown = min(MOST_ROUNDS, len(digest.rounds) + 1)
        return Range(self._sheet.name, self._top + 1, last - shown + 1, shown, at if named else at + 1)

    def past(self, figure: int) -> str:
        """The cell of a figure of the last round."""
        return corner(self._top + 1 + len(self._digest.rounds), self._at + _FIGURES + figure)

    @property
    def first_figure(self) -> int:
        """The first column of figures in 历次."""
        return self._at + _FIGURES

    def months(self) -> Range:
        """The tasks due in each month."""
        at, digest, theme = self._at + _MONTHS, self._digest, self._sheet.theme
        self._heading(at, self._say("到期月份", "Due by month"), (self._say("月份", "Month"), *self._parts))
        formulas, formula = digest.formulas, self._sheet.formula
        for row, month in enumerate(digest.months, self._top + 2):
            bounds = (month.first, month.end)
            total, closed, late = (corner(row, at + offset) for offset in (1, 2, 4))
            self._sheet.put(row, at, month.label, theme["line-centre"])
            formula(row, at + 1, formulas.due(*bounds), month.tasks, theme["line-number"])
            formula(row, at + 2, formulas.due_closed(*bounds), month.closed, theme["line-number"])
            formula(row, at + 3, f"{total}-{closed}-{late}", month.open, theme["line-number"])
            formula(row, at + 4, formulas.overdue(*bounds), month.overdue, theme["line-number"])
        return Range(self._sheet.name, self._top + 1, self._top + 2, len(digest.months), at)

    def units(self) -> Range:
        """The worst units. Their tasks are counted under the roster's names, which the ledger's cells need not hold."""
        at, digest, theme = self._at + _UNITS, self._digest, self._sheet.theme
        self._heading(at, self._say("牵头单位", "Lead units"), (self._say("单位", "Unit"), *self._parts))
        for row, bar in enumerate(digest.units, self._top + 2):
            doubt = in_doubt(self._say, bar.in_doubt)
            self._sheet.put(row, at, fitted(bar.name, _NAME_WIDTH - units(doubt)) + doubt, theme["line"])
            for offset, value in enumerate((bar.tasks, bar.closed, bar.open, bar.overdue), 1):
                self._sheet.put(row, at + offset, value, theme["line-number"])
        return Range(self._sheet.name, self._top + 1, self._top + 2, len(digest.units), at)

    def _heading(self, at: int, heading: str, labels: Sequence[str]) -> None:
        self._sheet.put(self._top, at, heading, self._sheet.theme["section"], span=len(labels))
        for offset, label in enumerate(labels):
            self._sheet.put(self._top + 1, at + offset, label, self._sheet.theme["head"])
