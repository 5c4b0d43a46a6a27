"""The first sheet of a returned copy: what was checked, what is wrong at which cell, what to do, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import SEVERITY_LABELS, Severity
from rectify_xl.common.i18n import localise
from rectify_xl.common.text_layout import line_count, row_height
from rectify_xl.copies.wording import visible
from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.new_sheet import NewSheet
from rectify_xl.ooxml.styles import Look
from rectify_xl.provenance.remarks import CLEAN_LINE, FILLS, FIXED_LABEL, SHEET, SHEET_LINE, UNUSED_LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.copies.requests import Annotation, Change, CopyRequest, Remark

_WIDTHS = (5.0, 7.0, 16.0, 9.0, 9.0, 14.0, 34.0, 62.0)
_LAST = len(_WIDTHS)
_LABEL_COLUMNS = 2
_LONGEST_VALUE = 120
_TITLE = Look(size=16, bold=True, border=False, across="center", colour="1F3864")
_NOTE = Look(size=9, border=False, colour="6B7280")
_LABEL = Look(bold=True, fill="E8EDF3", across="center")
_TEXT = Look()
_CENTRE = Look(across="center")
_HEAD = Look(bold=True, fill="DCE6F2", across="center", colour="1F3864")
_LINK = Look(across="center", colour="2F5597", underline=True)
_CLEAN = Look(size=14, bold=True, border=False, across="center", colour="1E7145")
_URGENT = Look(bold=True, colour="B42318")
_INK = {"error": "B42318", "warning": "9A5B00", "info": "2F5597", "fixed": "1E7145"}
_TABS = {"error": "C0392B", "warning": "E0A030", "info": "4F81BD", "": "5BAA7F"}


class ResultSheet:
    """Builds the sheet from top to bottom."""

    def __init__(self, request: CopyRequest, annotation: Annotation) -> None:
        self._original, self._changes, self._annotation, self._lang = request.original, request.changes, annotation, request.lang
        lang = request.lang
        self._row = 0
        self.sheet = NewSheet(SHEET[lang], widths=dict(enumerate(_WIDTHS, 1)), selected=True)

    def _say(self, zh: str, en: str) -> str:
        return localise(self._lang, zh, en)

    def build(self, notes: Sequence[str]) -> NewSheet:
        """The whole sheet; ``notes`` say what the copy does not carry over."""
        remarks = in_order(self._annotation.remarks)
        self._across(SHEET[self._lang], _TITLE, height=30)
        accepted_line = SHEET_LINE if self._annotation.asks else CLEAN_LINE
        self._across((accepted_line if self._original.accepted else UNUSED_LINE)[self._lang], _NOTE)
        self._facts()
        for note in notes:
            self._pair(self._say("说明", "Note"), note)
        if remarks:
            self._remarks(remarks)
        elif self._original.accepted:
            self._row += 1
            self._across(self._say("未发现问题", "No problems found"), _CLEAN, height=36)
        if self._changes:
            self._corrections(self._changes)
        worst = next((str(level) for level in Severity if any(one.severity is level for one in remarks)), "")
        self.sheet.tab = _TABS[worst]
        return self.sheet

    def _facts(self) -> None:
        said, changes = self._annotation, self._changes
        counts = [sum(one.severity is level for one in said.remarks) for level in Severity]
        by = said.resend_by
        if said.campaign:
            self._pair(self._say("活动", "Campaign"), said.campaign)
        self._pair(self._say("单位", "Unit"), said.unit or self._say("（未能识别）", "(not recognised)"))
        self._pair(self._say("文件", "File"), self._original.name)
        self._pair(self._say("校验截至", "Checked on"), said.as_of.isoformat())
        found = self._say("{}个错误、{}个提醒、{}个提示", "{} errors, {} warnings, {} infos").format(*counts)
        if changes:
            found += self._say(f"；另有{len(changes)}处已自动改正", f"; {len(changes)} more have been mended")
        self._pair(self._say("结果", "Result"), found)
        if by and said.asks:
            past = self._say("（已过，请尽快报送）", " (past; please send it at once)") if by < said.as_of else ""
            self._pair(self._say("重新报送期限", "Send again by"), by.isoformat() + past, _URGENT)

    def _pair(self, label: str, value: str, look: Look = _TEXT) -> None:
        self._row += 1
        for column in range(1, _LAST + 1):
            self.sheet.put(self._row, column, None, _LABEL if column <= _LABEL_COLUMNS else look)
        self.sheet.put(self._row, 1, label, _LABEL)
        self.sheet.put(self._row, _LABEL_COLUMNS + 1, value, look)
        self.sheet.merges.append(Area(self._row, 1, self._row, _LABEL_COLUMNS))
        self.sheet.merges.append(Area(self._row, _LABEL_COLUMNS + 1, self._row, _LAST))
        self.sheet.heights[self._row] = row_height(line_count(value, sum(_WIDTHS[_LABEL_COLUMNS:])))

    def _across(self, text: str, look: Look, height: float = 20) -> None:
        self._row += 1
        self.sheet.put(self._row, 1, text, look)
        self.sheet.merges.append(Area(self._row, 1, self._row, _LAST))
        self.sheet.heights[self._row] = height

    def _head(self, labels: Sequence[str]) -> None:
        self._row += 2
        self.sheet.heights[self._row] = 24
        for column, label in enumerate(labels, 1):
            self.sheet.put(self._row, column, label, _HEAD)

    def _remarks(self, remarks: Sequence[Remark]) -> None:
        self._head((
            self._say("序号", "No."), self._say("级别", "Level"), self._say("工作表", "Sheet"), self._say("单元格", "Cell"),
            self._say("任务编号", "Task"), self._say("列", "Column"), self._say("现在的内容", "What stands there"),
            self._say("问题与修改办法", "What is wrong and what to do"),
        ))  # fmt: skip
        top = self._row
        for number, remark in enumerate(remarks, 1):
            whole = self._say("整个文件", "whole file")
            values = (
                number, SEVERITY_LABELS[remark.severity][self._lang], remark.sheet or whole, remark.cell or "—",
                remark.task_id, remark.heading, short(remark.value), remark.message,
            )  # fmt: skip
            self._line(values, str(remark.severity), remark.sheet, remark.cell)
        self.sheet.filter = Area(top, 1, self._row, _LAST)

    def _corrections(self, changes: Sequence[Change]) -> None:
        self._row += 1
        self._head((
            self._say("序号", "No."), self._say("级别", "Level"), self._say("工作表", "Sheet"), self._say("单元格", "Cell"),
            self._say("任务编号", "Task"), self._say("列", "Column"), self._say("原来的内容", "What stood there"),
            self._say("改为", "What stands there now"),
        ))  # fmt: skip
        for number, change in enumerate(changes, 1):
            values = (
                number, FIXED_LABEL[self._lang], change.sheet, change.cell, change.task_id or "", change.label,
                visible(short(change.old)), visible(short(change.shown)),
            )  # fmt: skip
            self._line(values, "fixed", change.sheet, change.cell)

    def _line(self, values: Sequence[object], severity: str, sheet: str | None, cell: str | None) -> None:
        self._row += 1
        level = Look(bold=True, across="center", fill=FILLS[severity], colour=_INK[severity])
        looks: Mapping[int, Look] = {1: _CENTRE, 2: level, 3: _CENTRE, 4: _CENTRE, 5: _CENTRE, 6: _CENTRE}
        for column, value in enumerate(values, 1):
            self.sheet.put(self._row, column, value, looks.get(column, _TEXT))
        if sheet and cell:
            self.sheet.put(self._row, 4, cell, _LINK)
            self.sheet.links[self._row, 4] = (sheet, cell)
        lines = max(line_count(str(value), width) for value, width in zip(values, _WIDTHS, strict=True))
        self.sheet.heights[self._row] = row_height(lines)


def in_order(remarks: Sequence[Remark]) -> list[Remark]:
    """Those about the whole file first, then cell by cell, and what is mere information last."""
    return sorted(remarks, key=lambda one: (one.severity is Severity.INFO, one.cell is not None))


def short(text: str) -> str:
    """A cell's text as far as a list can show it."""
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
