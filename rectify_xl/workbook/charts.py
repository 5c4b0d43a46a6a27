"""The native charts of 汇总. They read their figures from the sheet, so that they follow when somebody edits it.

Nothing is said by colour alone: bars carry their figures, stacked parts have patterns of their own, lines have markers of
their own, and every chart has a text that says in words what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.workbook.cells import clean
from rectify_xl.workbook.theme import (
    AMBER,
    BAR_BLUE,
    BAR_GREEN,
    BAR_RED,
    BODY_FONT,
    GREEN,
    HEAD_FONT,
    INK,
    NAVY,
    RED,
    RULE,
    STATE_CLOSED,
    STATE_NONE,
    STATE_NOT_STARTED,
    STATE_REOPENED,
    STATE_STANDING,
    STATE_UNDER_WAY,
    WHITE,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

    from rectify_xl.schema.states import State, States

_TITLE = {"name": HEAD_FONT, "size": 11, "bold": True, "color": NAVY}
_FONT = {"name": BODY_FONT, "size": 9, "color": INK}
_FIGURE = {"name": HEAD_FONT, "size": 9, "color": INK}
_GAPS = ((8, 45), (3, 80), (0, 250))  # bars beyond which the gap between two is so many percent of one
_HIDE_ZEROS = "0;;"
# Closed, open, overdue: told apart by pattern and brightness where there is no colour. No borders: a part of 0 has none.
_PARTS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": BAR_GREEN}},
    {"fill": {"color": BAR_BLUE}},
    {"pattern": {"pattern": "light_upward_diagonal", "fg_color": RED, "bg_color": BAR_RED}},
)
# Colour, marker, dashes, and where the figure stands.
_LINES = (
    (NAVY, "square", "solid", "above"), (GREEN, "diamond", "dash", "above"), (RED, "circle", "solid", "above"),
    (AMBER, "triangle", "round_dot", "below"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """Rows of one table on a sheet, 0-based; column ``names`` holds the names, row ``head`` the headings."""

    sheet: str
    head: int
    first: int
    count: int
    names: int

    def column(self, at: int) -> list[str | int]:
        """The cells of one column, as XlsxWriter addresses them."""
        return [self.sheet, self.first, at, self.first + self.count - 1, at]

    def heading(self, at: int) -> list[str | int]:
        """The cell that heads a column."""
        return [self.sheet, self.head, at]


def state_colours(states: States) -> list[str]:
    """The colours of the states in their order, and last the one of tasks without a state."""
    closed = iter(_closed_colours(len(states.closed)))
    return [*(next(closed) if state.closed else _open_colour(state) for state in states), STATE_NONE]


def _closed_colours(count: int) -> list[str]:
    """The colours of so many closed states; the last one is the darkest, few of them skip those between."""
    last = len(STATE_CLOSED) - 1
    return [STATE_CLOSED[last if count == 1 else round(at * last / (count - 1))] for at in range(count)]


def _open_colour(state: State) -> str:
    if state.standing:
        return STATE_STANDING
    if state.reopened:
        return STATE_REOPENED
    return STATE_UNDER_WAY if state.started else STATE_NOT_STARTED


def counted_bars(book: Workbook, cells: Range, colours: Sequence[str], title: str) -> Chart:
    """How many tasks have which status or warning, one bar each."""
    return _bars(book, cells, [{"fill": {"color": colour}} for colour in colours], title)


def _bars(book: Workbook, cells: Range, points: list[dict[str, Any]], title: str) -> Chart:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": clean(title),
            "categories": cells.column(cells.names),
            "values": cells.column(cells.names + 1),
            "points": points,
            "gap": 40,
            "data_labels": {"value": True, "position": "outside_end", "font": _FIGURE},
        }
    )
    _bar_axes(chart)
    chart.set_legend({"none": True})
    _frame(chart, title)
    return chart


def unit_bars(book: Workbook, cells: Range, title: str) -> Chart:
    """One bar per unit, stacked from closed, open and overdue, the first unit on top."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    _add_parts(chart, cells, next(gap for bars, gap in _GAPS if cells.count > bars))
    _bar_axes(chart)
    chart.set_legend({"position": "bottom", "font": _FONT})
    _frame(chart, title)
    return chart


def month_columns(book: Workbook, cells: Range, title: str) -> Chart:
    """One column per month, stacked from closed, open and overdue."""
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    _add_parts(chart, cells, 35)
    chart.set_x_axis({"num_font": _FONT, "line": {"color": RULE}, "major_tick_mark": "none", "text_axis": True})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    _frame(chart, title)
    return chart


def trend_lines(book: Workbook, cells: Range, first: int, title: str) -> Chart:
    """The figures round by round: tasks, closed, overdue, due soon, in the columns from ``first`` on."""
    chart = book.add_chart({"type": "line"})
    for offset, (colour, marker, dash, place) in enumerate(_LINES):
        chart.add_series(
            {
                "name": cells.heading(first + offset),
                "categories": cells.column(cells.names),
                "values": cells.column(first + offset),
                "line": {"color": colour, "width": 2, "dash_type": dash},
                "marker": {"type": marker, "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
                "data_labels": {"value": True, "position": place, "font": {**_FIGURE, "color": colour}},
            }
        )
    chart.set_x_axis({"num_font": _FONT, "line": {"color": RULE}, "major_tick_mark": "none", "text_axis": True})
    chart.set_y_axis(
        {"min": 0, "num_font": _FONT, "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": RULE}}}
    )
    chart.set_legend({"position": "bottom", "font": _FONT})
    _frame(chart, title)
    return chart


def _add_parts(chart: Chart, cells: Range, gap: int) -> None:
    """Closed, open and overdue: the three columns behind the names and their total."""
    for offset, part in enumerate(_PARTS):
        at = cells.names + 2 + offset
        chart.add_series(
            {
                "name": cells.heading(at),
                "categories": cells.column(cells.names),
                "values": cells.column(at),
                "gap": gap,
                "data_labels": {"value": True, "num_format": _HIDE_ZEROS, "font": {**_FIGURE, "bold": True}},
                **part,
            }
        )


def _bar_axes(chart: Chart) -> None:
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": RULE}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})


def _frame(chart: Chart, title: str) -> None:
    chart.set_title({"name": clean(title), "name_font": _TITLE, "overlay": False})
    chart.set_chartarea({"border": {"color": RULE}, "fill": {"color": WHITE}})
