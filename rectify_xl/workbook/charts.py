"""The native charts of 汇总. They read their figures from the sheet, so that they follow when somebody edits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.workbook.theme import BODY_FONT, GREEN, HEAD_FONT, INK, NAVY, OTHER_STATUS, RED, RULE, STATUS_COLOURS, WHITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

_TITLE = {"name": HEAD_FONT, "size": 11, "bold": True, "color": NAVY}
_FONT = {"name": BODY_FONT, "size": 9, "color": INK}
_MANY_BARS = 8


@dataclass(frozen=True, slots=True)
class Range:
    """Cells of one table on a sheet, 0-based; column 0 holds the names, row ``head`` the headings."""

    sheet: str
    head: int
    count: int
    names: int

    def column(self, at: int) -> list[str | int]:
        """The cells of one column below the heading, as XlsxWriter addresses them."""
        return [self.sheet, self.head + 1, at, self.head + self.count, at]


def doughnut(book: Workbook, cells: Range, statuses: Sequence[str], title: str) -> Chart:
    """Shares of the statuses, each in its own colour."""
    chart = book.add_chart({"type": "doughnut"})
    points = [{"fill": {"color": STATUS_COLOURS.get(status, OTHER_STATUS)}, "border": {"color": WHITE}} for status in statuses]
    chart.add_series(
        {
            "name": title,
            "categories": cells.column(cells.names),
            "values": cells.column(cells.names + 1),
            "points": points,
            "data_labels": {"value": True, "font": {**_FONT, "bold": True, "color": WHITE}},
        }
    )
    chart.set_hole_size(52)
    chart.set_legend({"position": "right", "font": _FONT})
    _frame(chart, title)
    return chart


def stacked_bars(book: Workbook, cells: Range, columns: tuple[tuple[int, str, str], ...], title: str) -> Chart:
    """One bar per name, stacked from ``columns`` (column, heading, colour), the first name on top."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for at, _, colour in columns:
        chart.add_series(
            {
                "name": [cells.sheet, cells.head, at],
                "categories": cells.column(cells.names),
                "values": cells.column(at),
                "fill": {"color": colour},
                "gap": 45 if cells.count > _MANY_BARS else 80,
                # The format hides zeros.
                "data_labels": {"value": True, "num_format": "0;;", "font": {**_FONT, "bold": True, "color": WHITE}},
            }
        )
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": RULE}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    _frame(chart, title)
    return chart


def _frame(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_chartarea({"border": {"color": RULE}, "fill": {"color": WHITE}})


STACK_COLOURS = (GREEN, "#7F9FC6", RED)
