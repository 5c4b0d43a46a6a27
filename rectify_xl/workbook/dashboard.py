"""汇总: one page for the leader. Large figures, tables with charts, the most urgent tasks, who is missing, all sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import line_count, row_height, units
from rectify_xl.workbook import charts, page
from rectify_xl.workbook.cells import clean
from rectify_xl.workbook.chart_data import ChartData, in_doubt
from rectify_xl.workbook.page import corner
from rectify_xl.workbook.side_lists import SideLists
from rectify_xl.workbook.symbols import FLAG_LOOKS
from rectify_xl.workbook.theme import AMBER, BLUE, GREEN, GREY, NAVY, RED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

    from rectify_xl.workbook.digest import Digest, Figure
    from rectify_xl.workbook.lists import Setting
    from rectify_xl.workbook.sheet import SheetWriter

# Zones side by side: tables A-C, their charts E-F, units and months H-I, lists K-O. The widths make five equal cards.
_PAGE = (13.0, 8.0, 8.0, 1.5, 16.0, 19.0, 1.5, 24.0, 45.0, 1.5, 7.0, 14.0, 22.0, 37.0, 12.0)
_LAST = len(_PAGE) - 1
_CARDS = ((0, 5), (5, 3), (8, 1), (9, 4), (13, 2))  # first column, columns
_QUESTIONS = ((11, 2), (13, 2))  # as above
_COLOURS = (NAVY, GREEN, RED, AMBER, GREY)
_FLAG_COLOURS = {"flag-red": RED, "flag-amber": AMBER, "flag-blue": BLUE}
_TABLES, _SMALL, _LARGE, _LISTS = 0, 4, 7, 10  # first columns of the zones
_WIDE = 9  # the charts' zones end before this column
_DATA = _LAST + 2
_CARD_TOP = 3
_ROW, _SECTION, _CARD_LINE = 20.25, 23.25, 15.0  # points that are whole pixels
_PIXELS = 4 / 3  # per point
_BAND = 21  # rows of the lower charts: they fill the A3 page

# Number formats that say a word: the cells stay numbers.
_SHARE = ('"占任务总数 "0%', '0%" of all tasks"')
_CHANGE = (
    '"较上期 "+0;"较上期 "-0;"较上期持平"', '+0" since the last round";-0" since the last round";"as in the last round"',
)  # fmt: skip
CHART_NAME = "rectify_xl"
_FILTERED = ('"筛选后 "0', '"as filtered: "0')


class Dashboard:
    """Writes 汇总 on an empty sheet."""

    def __init__(self, book: Workbook, sheet: SheetWriter, digest: Digest, setting: Setting) -> None:
        self.book = book
        self.sheet = sheet
        self.digest = digest
        self.setting = setting
        self.say = setting.say
        self.theme = sheet.theme
        # With a last round every card has a line more.
        self._top = _CARD_TOP + (6 if digest.rounds else 5)
        self._lower = self._top + len(digest.statuses) + len(digest.warnings) + 6
        self._lower += len(digest.paces) + 3 if digest.paces else 0
        self._end = self._lower + _BAND
        self._heights: dict[int, float] = {}
        self._charts = 0
        self._flags = tuple(figure for _, figure in digest.warnings)
        names = (count.name for count in (*digest.statuses, *self._flags, *digest.paces))
        self._widths = (max(_PAGE[0], *(units(name) * 1.15 + 4 for name in names)), *_PAGE[1:])

    def write(self, round_id: str) -> None:
        """Write everything."""
        for at, width in enumerate(self._widths):
            self.sheet.paper.set_column(at, at, width)
        self._rows()
        self._title()
        data = ChartData(self.sheet, self.digest, self.setting, self._top, _DATA)
        figures = self._cards(data)
        rounds = data.rounds(figures, round_id, self.setting.as_of)
        self._tables()
        self._unit_chart(data.units())
        self._lower_charts(data, rounds)
        lists = SideLists(self.sheet, self.digest, self.setting, _LISTS, self._widths[_LISTS:])
        self._end = lists.write(self._top, self._end, _ROW)
        self._view(data.last_column)

    def _height(self, row: int, height: float) -> None:
        self._heights[row] = height
        self.sheet.paper.set_row(row, height)

    def _rows(self) -> None:
        """Heights first: charts are placed by them."""
        self._height(2, 6.0)
        self._height(_CARD_TOP, 22.5)
        self._height(_CARD_TOP + 1, 40.5)
        for row in range(_CARD_TOP + 2, self._top):
            self._height(row, _CARD_LINE)
        for row in range(self._top, self._end):
            self._height(row, _SECTION if row == self._top else _ROW)

    def _title(self) -> None:
        digest = self.digest
        self.sheet.put(0, 0, digest.title, self.theme["big-title"], span=_LAST + 1)
        self._height(0, row_height(line_count(digest.title, sum(self._widths) / 2.2), 2.2) + 4)
        # What waits for the office stands at the right end of the same line.
        places = _QUESTIONS[len(_QUESTIONS) - len(digest.questions) :]
        free = places[0][0] if places else _LAST + 1
        self.sheet.put(1, 0, digest.subtitle, self.theme["subtitle"], span=free)
        for (at, span), question in zip(places, digest.questions, strict=True):
            self.sheet.link(1, at, question.sheet, question.text, self.theme["waiting"], cell=question.cell, span=span)
        self._height(1, row_height(line_count(digest.subtitle, sum(self._widths[:free]))))

    def _cards(self, data: ChartData) -> list[tuple[int, int]]:
        """The large figures; where they stand."""
        figures: list[tuple[int, int]] = []
        for number, (card, (at, span), colour) in enumerate(zip(self.digest.cards, _CARDS, _COLOURS, strict=True)):
            row, sheet = _CARD_TOP, self.sheet
            figures.append((row + 1, at))
            sheet.put(row, at, card.count.name, self.theme.card("label", colour), span=span)
            sheet.formula(row + 1, at, card.count.formula, card.count.value, self.theme.card("figure", colour), span=span)
            sheet.lead(row + 1, at, card.count.sheet, cell=card.count.cell)
            self._share(row + 2, at, span, figures, card.count.value)
            if card.change is not None:
                look = self.theme.card("note", colour, self.say(*_CHANGE))
                sheet.formula(row + 3, at, f"{corner(row + 1, at)}-{data.past(number)}", card.change, look, span=span)
                row += 1
            look = self.theme.card("last", colour, self.say(*_FILTERED))
            sheet.formula(row + 3, at, card.shown, card.count.value, look, span=span)
        return figures

    def _share(self, row: int, at: int, span: int, figures: Sequence[tuple[int, int]], value: int) -> None:
        total = self.digest.cards[0].count.value
        if len(figures) == 1:
            self.sheet.put(row, at, self.digest.sources, self.theme.card("note", NAVY), span=span)
            return
        whole, part = corner(*figures[0]), corner(*figures[-1])
        look = self.theme.card("note", _COLOURS[len(figures) - 1], self.say(*_SHARE))
        self.sheet.formula(row, at, f"IF({whole}=0,0,{part}/{whole})", value / total if total else 0, look, span=span)

    def _tables(self) -> None:
        """By status and by warning, each with its chart."""
        say, digest, top = self.say, self.digest, self._top
        flags_top = top + len(digest.statuses) + 3
        statuses = self._table(top, say("按整改状态", "By status"), say("状态", "Status"), digest.statuses)
        flags = self._table(flags_top, say("按时限预警", "By warning"), say("预警", "Warning"), self._flags)
        title = say("整改状态分布", "Tasks by status")
        chart = charts.counted_bars(self.book, statuses, charts.state_colours(digest.states), title)
        self._chart(chart, (top, flags_top - 1), (_SMALL, _LARGE - 1), self._counted(title, digest.statuses))
        colours = [_FLAG_COLOURS.get(FLAG_LOOKS[warning], GREY) for warning, _ in digest.warnings]
        title = say("时限预警", "Tasks by warning")
        chart = charts.counted_bars(self.book, flags, colours, title)
        paces_top = flags_top + len(self._flags) + 3
        self._chart(chart, (flags_top, paces_top - 1), (_SMALL, _LARGE - 1), self._counted(title, self._flags))
        if digest.paces:
            self._paces(paces_top)

    def _paces(self, top: int) -> None:
        """Of the tasks that are not done, how many keep pace with their plan, with a chart."""
        say, digest = self.say, self.digest
        heading = say("按序时进度（“达到”含“超序时”）", "By pace (on it or ahead)")
        cells = self._table(top, heading, say("进度", "Pace"), digest.paces)
        title = say("序时进度", "Pace against the plan")
        chart = charts.counted_bars(self.book, cells, [GREEN, BLUE, RED, GREY], title)
        self._chart(chart, (top, self._lower - 1), (_SMALL, _LARGE - 1), self._counted(title, digest.paces))

    def _table(self, top: int, heading: str, name: str, counts: Sequence[Figure]) -> charts.Range:
        """A heading, column heads, and per row a name, how many tasks, and their share."""
        sheet, theme, first = self.sheet, self.theme, top + 2
        sheet.put(top, _TABLES, heading, theme["section"], span=3)
        for offset, label in enumerate((name, self.say("任务数", "Tasks"), self.say("占比", "Share"))):
            sheet.put(top + 1, offset, label, theme["head"])
        total = self.digest.cards[0].count.value
        whole = corner(_CARD_TOP + 1, _CARDS[0][0])
        for row, count in enumerate(counts, first):
            # What no formula counts is the rest.
            rest = f"{whole}-SUM({corner(first, 1)}:{corner(row - 1, 1)})" if row > first else whole
            sheet.put(row, 0, count.name, theme["line"])
            sheet.formula(row, 1, count.formula or rest, count.value, theme["line-number"])
            sheet.lead(row, 1, count.sheet, cell=count.cell)
            share = f"IF({whole}=0,0,{corner(row, 1)}/{whole})"
            sheet.formula(row, 2, share, count.value / total if total else 0, theme["line-percent"])
        return charts.Range(sheet.name, top + 1, first, len(counts), 0)

    def _unit_chart(self, cells: charts.Range) -> None:
        say, digest = self.say, self.digest
        if not cells.count:
            return
        title = self._doubted(say("各牵头单位任务（逾期多的在前）", "Tasks by lead unit, most overdue first"))
        if digest.more_units:
            title += say(f"，另有{digest.more_units}家见“按单位”", f", {digest.more_units} more in By unit")
        late = [(bar.name, f"{bar.overdue}{in_doubt(say, bar.in_doubt)}") for bar in digest.units if bar.overdue]
        alt_text = self._listed(title, late, say("逾期 ", "overdue "))
        chart = charts.unit_bars(self.book, cells, title)
        self._chart(chart, (self._top, self._lower - 1), (_LARGE, _WIDE), alt_text)

    def _lower_charts(self, data: ChartData, rounds: charts.Range) -> None:
        """The trend where there is one, and the calendar of deadlines in the room that is left."""
        say, digest = self.say, self.digest
        months, rows = data.months(), (self._lower, self._end)
        title = self._doubted(say("到期月份分布", "Tasks by the month they are due in"))
        figures = [(month.label, month.tasks) for month in digest.months if month.tasks]
        alt_text = self._listed(title, figures, say("到期 ", "due "))
        chart = charts.month_columns(self.book, months, title)
        self._chart(chart, rows, (_LARGE if digest.rounds else _TABLES, _WIDE), alt_text)
        if digest.rounds:
            title = self._doubted(say("历次变化", "From round to round"))
            label = f"{digest.round_labels[4]} "
            late = [(past.key, past.overdue) for past in digest.rounds[1 - rounds.count :]]
            chart = charts.trend_lines(self.book, rounds, data.first_figure, title)
            alt_text = self._listed(title, [*late, (say("本期", "now"), digest.cards[2].count.value)], label)
            self._chart(chart, rows, (_TABLES, _LARGE - 1), alt_text)

    def _doubted(self, title: str) -> str:
        """The title of a chart of overdue tasks, which says how many are so by a date in doubt."""
        doubtful = self.digest.in_doubt
        return title + self.say(f"（逾期中{doubtful}项存疑）", f" ({doubtful} overdue in doubt)") if doubtful else title

    def _listed(self, title: str, figures: Sequence[tuple[str, int | str]], word: str) -> str:
        """A chart in words."""
        named = self.say("、", ", ").join(f"{name} {count}" for name, count in figures)
        return f"{title}{self.say('：', ': ')}{word}{named}" if named else title

    def _counted(self, title: str, counts: Sequence[Figure]) -> str:
        return self._listed(title, [(count.name, count.value) for count in counts if count.value], "")

    def _chart(self, chart: Chart, rows: tuple[int, int], columns: tuple[int, int], alt_text: str) -> None:
        """Place a chart over rows and columns (first, end), with what it shows in words; none where there is no task."""
        if not self.digest.cards[0].count.value:
            return
        first, end = columns
        wide = sum(int(width * 7 + 0.5) + 5 for width in self._widths[first:end])
        high = sum(self._heights[row] for row in range(*rows)) * _PIXELS
        # By its name it is known as ours beside those that the office puts here.
        self._charts += 1
        chart.chart_name = f"{CHART_NAME} {self._charts}"
        # Exactly from edge to edge: then it is anchored to cells, however wide a program draws them.
        chart.set_size({"width": wide, "height": round(high)})
        self.sheet.paper.insert_chart(rows[0], columns[0], chart, {"object_position": 1, "description": clean(alt_text)})

    def _view(self, last_column: int) -> None:
        paper = self.sheet.paper
        paper.hide_gridlines(2)
        paper.set_zoom(85)
        paper.print_area(0, 0, self._end - 1, _LAST)
        paper.ignore_errors({"number_stored_as_text": f"A1:{corner(self._end + len(self.digest.rounds), last_column)}"})
        page.set_up(
            paper, width=sum(self._widths), left="", right="", lang=self.setting.lang, one_page=True, signed=True
        )  # fmt: skip
