"""The right side of 汇总: the ten most urgent tasks, all sheets, and who has not reported."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import fitted, line_count, row_height
from rectify_xl.workbook.symbols import FLAG_LOOKS, FLAG_SYMBOLS
from rectify_xl.workbook.urgent import MOST_URGENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.workbook.digest import Digest
    from rectify_xl.workbook.lists import Setting
    from rectify_xl.workbook.sheet import SheetWriter

_PASTE = 1.1  # size of the names to paste, against 10 pt
_LEAST_ROWS = 2  # of the names to paste


class SideLists:
    """Writes three lists one below the other, in the columns from ``at`` on (number, warning, unit, problem, date)."""

    def __init__(self, sheet: SheetWriter, digest: Digest, setting: Setting, at: int, widths: Sequence[float]) -> None:
        self._sheet, self._digest, self._say = sheet, digest, setting.say
        self._theme = sheet.theme
        self._at, self._widths = at, widths

    def write(self, top: int, end: int, height: float) -> int:
        """Write all; the page ends before row ``end`` and its rows have ``height``. The row after the last one used."""
        return self._missing(self._directory(self._urgent(top)), end, height)

    def _section(self, row: int, heading: str) -> None:
        self._sheet.put(row, self._at, heading, self._theme["section"], span=len(self._widths))

    def _urgent(self, top: int) -> int:
        """The most urgent tasks; the row after them and a gap."""
        say, at, put, theme = self._say, self._at, self._sheet.put, self._theme
        key = say("（● 逾期  ▲ 即将到期  ■ 未到期）", " (● overdue  ▲ due soon  ■ to come)")
        self._section(top, say("最紧迫的十项任务", "The ten most urgent tasks") + key)
        head = (say("编号", "No."), say("预警", "Warning"), say("牵头单位", "Lead unit"), say("问题", "Problem"),
                say("到期日", "Due"))  # fmt: skip
        for offset, label in enumerate(head):
            put(top + 1, at + offset, label, theme["head"])
        for row, task in enumerate(self._digest.urgent, top + 2):
            put(row, at, task.number, theme["line-centre"])
            put(row, at + 1, f"{FLAG_SYMBOLS[task.flag]} {task.urgency}", theme.urgent(FLAG_LOOKS[task.flag]))
            put(row, at + 2, fitted(task.units, self._widths[2]), theme["line"])
            problem = fitted(task.problem, self._widths[3]) or "→"
            self._sheet.link(row, at + 3, self._digest.ledger, problem, theme["line-link"], cell=task.cell)
            put(row, at + 4, task.due, theme["line-date"])
        if not self._digest.urgent:
            put(top + 2, at, say("没有未办结的有期限任务。", "No open task has a date."), theme["line"], span=len(self._widths))
        return top + MOST_URGENT + 3

    def _directory(self, top: int) -> int:
        """All sheets; the row after them and a gap."""
        say, at, put, theme = self._say, self._at, self._sheet.put, self._theme
        self._section(top, say("工作表目录（点名称跳转）", "Sheets (click a name)"))
        put(top + 1, at, say("序号", "No."), theme["head"])
        put(top + 1, at + 1, say("工作表", "Sheet"), theme["head"], span=2)
        put(top + 1, at + 3, say("内容", "Contents"), theme["head"])
        put(top + 1, at + 4, say("条数", "Rows"), theme["head"])
        for number, (name, contents, count) in enumerate(self._digest.directory, 1):
            row = top + 1 + number
            put(row, at, number, theme["line-centre"])
            self._sheet.link(row, at + 1, name, name, theme["line-link"], span=2)
            put(row, at + 3, contents, theme["line-muted"])
            put(row, at + 4, count, theme["line-centre"])
        return top + 3 + len(self._digest.directory)

    def _missing(self, top: int, end: int, height: float) -> int:
        """Who has not reported, ready to paste, in the rows that the page has left; the last one grows if the names need it."""
        heading, line = self._digest.missing
        paper, last_column = self._sheet.paper, self._at + len(self._widths) - 1
        self._section(top, heading)
        needed = row_height(line_count(line, sum(self._widths) / _PASTE), _PASTE)
        rows = min(max(_LEAST_ROWS, ceil(needed / height)), max(_LEAST_ROWS, end - 1 - top))
        paper.merge_range(top + 1, self._at, top + rows, last_column, "", self._theme["paste"])
        self._sheet.put(top + 1, self._at, line, self._theme["paste"])
        if needed > rows * height:
            paper.set_row(top + rows, height + needed - rows * height)
        return max(end, top + rows + 1)
