"""汇总: one page for the leader. Large figures, tables with charts, the most urgent tasks, who is missing, all sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.workbook import page
from rectify_xl.workbook.charts import STACK_COLOURS, Range, doughnut, stacked_bars
from rectify_xl.workbook.layout import LINE, line_count, row_height
from rectify_xl.workbook.theme import AMBER, GREEN, MUTED, NAVY, RED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

    from rectify_xl.workbook.digest import Digest
    from rectify_xl.workbook.lists import Setting
    from rectify_xl.workbook.sheet import Sheet

# Three zones side by side: tables A-F, charts H-J, lists L-P. Odd widths make five cards of equal size.
_WIDTHS = (22.0, 8.0, 8.0, 13.0, 8.0, 8.0, 1.5, 8.0, 32.0, 6.0, 1.5, 7.0, 34.0, 19.0, 11.5, 9.5)
_LAST = len(_WIDTHS) - 1
_CARDS = ((0, 3), (3, 5), (8, 2), (10, 3), (13, 3))  # first column, columns
_COLOURS = (NAVY, GREEN, RED, AMBER, MUTED)
_CHART_COLUMN, _CHART_COLUMNS, _LIST_COLUMN = 7, 3, 11
_TOP = 7  # row of the first section headings
_LOWER = _TOP + 13  # row of the unit table
_ROW, _SECTION = 20.0, 23.0
_PIXELS = 4 / 3  # per point
_PASTE_SCALE = 1.1


class Dashboard:
    """Writes 汇总 on an empty sheet."""

    def __init__(self, book: Workbook, sheet: Sheet, digest: Digest, setting: Setting) -> None:
        self.book = book
        self.sheet = sheet
        self.digest = digest
        self.setting = setting
        self.say = setting.say
        self.theme = sheet.theme

    def write(self) -> None:
        """Write everything."""
        for at, width in enumerate(_WIDTHS):
            self.sheet.paper.set_column(at, at, width)
        last = _LOWER + 19
        self._rows(last)
        self._title()
        self._cards()
        self._tables()
        self._urgent()
        self._directory()
        self._missing(last)
        self._view(last)

    def _title(self) -> None:
        digest, paper = self.digest, self.sheet.paper
        self.sheet.put(0, 0, digest.title, self.theme["big-title"], span=_LAST + 1)
        paper.set_row(0, row_height(line_count(digest.title, sum(_WIDTHS) / 2.2), 2.2) + 4)
        self.sheet.put(1, 0, digest.subtitle, self.theme["subtitle"], span=_LAST + 1)
        paper.set_row(1, row_height(line_count(digest.subtitle, sum(_WIDTHS))))

    def _cards(self) -> None:
        total = self.digest.overview.figures[0][1]
        for (name, count), (at, span), colour in zip(self.digest.overview.figures, _CARDS, _COLOURS, strict=True):
            share = f"{count / total:.0%}" if total else "–"
            said = self.digest.sources if colour is NAVY else self.say(f"占任务总数 {share}", f"{share} of all tasks")
            for row, part, value in ((3, "label", name), (4, "figure", count), (5, "share", said)):
                self.sheet.put(row, at, value, self.theme.card(part, colour), span=span)

    def _tables(self) -> None:
        say, overview = self.say, self.digest.overview
        tasks, share = say("任务数", "Tasks"), say("占比", "Share")
        total = overview.figures[0][1]
        for at, heading, name, counted in (
            (0, say("按整改状态", "By status"), say("状态", "Status"), overview.by_status),
            (3, say("按时限预警", "By warning"), say("预警", "Warning"), overview.by_flag),
        ):
            rows = [(label, count, count / total if total else 0) for label, count in counted]
            self._table(_TOP, at, heading, (name, tasks, share), rows)
        self._units(tasks)
        if overview.by_status:
            cells = Range(self.sheet.name, _TOP + 1, len(overview.by_status), 0)
            chart = doughnut(self.book, cells, [name for name, _ in overview.by_status], say("整改状态分布", "Tasks by status"))
            self._chart(chart, _TOP, _LOWER - 1)

    def _units(self, tasks: str) -> None:
        say, units = self.say, self.digest.units
        head = (
            say("单位", "Unit"), tasks, self.digest.overview.figures[1][0], say("在办未逾期", "Open, in time"),
            say("逾期", "Overdue"), say("办结率", "Closed %"),
        )  # fmt: skip
        rows = [(name, count, closed, count - closed - late, late, closed / count) for name, count, closed, late in units]
        hidden = len(self.digest.overview.by_unit) - len(units)
        heading = say("按牵头单位(逾期多的在前)", "By lead unit (most overdue first)")
        if hidden:
            heading += say(f",另有{hidden}家见“按单位”", f", {hidden} more in By unit")
        self._table(_LOWER, 0, heading, head, rows)
        if rows:
            cells = Range(self.sheet.name, _LOWER + 1, len(rows), 0)
            columns = tuple(zip((2, 3, 4), head[2:5], STACK_COLOURS, strict=True))
            chart = stacked_bars(self.book, cells, columns, say("各单位任务完成情况", "Tasks by lead unit"))
            self._chart(chart, _LOWER, _LOWER + 17)

    def _table(self, top: int, at: int, heading: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A heading, a row of column heads, rows of a name and figures; a float is a share."""
        self._section(top, at, heading, len(head))
        for offset, label in enumerate(head):
            self.sheet.put(top + 1, at + offset, label, self.theme["head"])
        for row, cells in enumerate(rows, top + 2):
            for offset, value in enumerate(cells):
                is_share = offset == len(cells) - 1
                look = "line" if offset == 0 else "line-percent" if is_share else "line-centre"
                self.sheet.put(row, at + offset, value, self.theme[look])

    def _section(self, row: int, at: int, heading: str, span: int) -> None:
        self.sheet.put(row, at, heading, self.theme["section"], span=span)

    def _chart(self, chart: Chart, first: int, end: int) -> None:
        """Place a chart over the chart zone's columns, from row ``first`` to the top of row ``end``."""
        width = sum(_WIDTHS[_CHART_COLUMN : _CHART_COLUMN + _CHART_COLUMNS]) * 7 + _CHART_COLUMNS * 5
        height = (_SECTION + _ROW * (end - first - 1)) * _PIXELS
        chart.set_size({"width": int(width), "height": int(height)})
        self.sheet.paper.insert_chart(first, _CHART_COLUMN, chart, {"object_position": 1})

    def _urgent(self) -> None:
        say, at = self.say, _LIST_COLUMN
        self._section(_TOP, at, say("最紧迫的任务", "Most urgent tasks"), 5)
        for offset, label in enumerate(self.digest.urgent_head):
            self.sheet.put(_TOP + 1, at + offset, label, self.theme["head"])
        looks = ("line-centre", "line", "line", "line-date", "line-centre")
        for row, cells in enumerate(self.digest.urgent, _TOP + 2):
            for offset, (value, look) in enumerate(zip(cells, looks, strict=True)):
                self.sheet.put(row, at + offset, value, self.theme[look])
        if not self.digest.urgent:
            nothing = say("没有逾期或即将到期的任务。", "Nothing is overdue or due soon.")
            self.sheet.put(_TOP + 2, at, nothing, self.theme["line"], span=5)

    def _directory(self) -> None:
        say, at, top = self.say, _LIST_COLUMN, _LOWER
        self._section(top, at, say("工作表目录(点名称跳转)", "Sheets (click a name)"), 5)
        head = (say("序号", "No."), say("工作表", "Sheet"), say("内容", "Contents"), None, say("条数", "Rows"))
        for offset, label in enumerate(head):
            if label:
                self.sheet.put(top + 1, at + offset, label, self.theme["head"], span=2 if offset == 2 else 1)  # noqa: PLR2004
        for number, (name, contents, count) in enumerate(self.digest.directory, 1):
            row = top + 1 + number
            self.sheet.put(row, at, number, self.theme["line-centre"])
            self.sheet.link(row, at + 1, name, name, self.theme["line-link"])
            self.sheet.put(row, at + 2, contents, self.theme["line-muted"], span=2)
            self.sheet.put(row, at + 4, count, self.theme["line-centre"])

    def _rows(self, last: int) -> None:
        """Heights first: charts are placed by them."""
        for row, height in ((2, 6.0), (3, 22.0), (4, 40.0), (5, 18.0), (6, 8.0)):
            self.sheet.paper.set_row(row, height)
        for row in range(_TOP, last):
            self.sheet.paper.set_row(row, _SECTION if row in (_TOP, _LOWER, last - 1) else _ROW)

    def _missing(self, row: int) -> None:
        """Who has not reported, ready to paste: the heading above ``row``, the names in it."""
        heading, line = self.digest.missing
        self._section(row - 1, 0, heading, _LAST + 1)
        self.sheet.put(row, 0, line, self.theme["paste"], span=_LAST + 1)
        self.sheet.paper.set_row(row, row_height(line_count(line, sum(_WIDTHS) / _PASTE_SCALE), _PASTE_SCALE) + LINE / 2)

    def _view(self, last: int) -> None:
        paper = self.sheet.paper
        paper.hide_gridlines(2)
        paper.set_zoom(85)
        paper.print_area(0, 0, last, _LAST)
        paper.ignore_errors({"number_stored_as_text": f"A1:{page.corner(last, _LAST)}"})
        page.set_up(paper, width=page.A4_WIDTH, left="", right="", lang=self.setting.lang, one_page=True)
