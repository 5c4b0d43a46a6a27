"""A ListSheet -> a worksheet: title in row 1, note in row 2, headings in row 3, data from row 4, always from column A."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import localise
from rectify_xl.common.text_layout import MIN_HEIGHT, MOST_LINES, line_count, row_height
from rectify_xl.workbook import page
from rectify_xl.workbook.cells import utf16_length
from rectify_xl.workbook.columns import plan_column, write_column
from rectify_xl.workbook.sheet import MAX_ROWS, link_target
from rectify_xl.workbook.symbols import legend, mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from rectify_xl.ledger.sheets.tables import ListSheet
    from rectify_xl.workbook.sheet import SheetWriter

TITLE_ROW, NOTE_ROW, HEAD_ROW, FIRST_ROW = range(4)
MAX_LINKS = 60_000  # Excel takes 65,530 per sheet
_LONGEST_CHOICES = 255  # characters of a dropdown's list, its commas included
_TITLE_SCALE = 1.6
_SCREEN = 160.0  # Latin digits that a screen shows side by side
_FROZEN = 62.0  # of which frozen columns may take so many


@dataclass(frozen=True, slots=True)
class Setting:
    """What all sheets of a workbook share."""

    lang: str
    as_of: date
    campaign: str
    overview: str  # the sheet to which the others lead back

    def say(self, zh: str, en: str) -> str:
        """One of two wordings."""
        return localise(self.lang, zh, en)


@dataclass(frozen=True, slots=True)
class RowLinks:
    """Rows of a list that lead to another sheet; ``columns`` may carry the link, the first non-blank one does."""

    sheet: str
    columns: tuple[int, ...]
    cells: Mapping[int, str]


def write_list(
    sheet: SheetWriter, content: ListSheet, setting: Setting, links: Sequence[RowLinks] = (), *, leads_to: str = "",
    widths: Mapping[str, float] | None = None,
) -> None:  # fmt: skip
    """Write one list with its looks, filter, frozen head and print set-up.

    Its second row leads to the sheet ``leads_to``, back to 汇总 by default. ``widths``: those of columns that the office
    set, by key or heading.
    """
    rows = content.rows[: MAX_ROWS - FIRST_ROW]
    data: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [() for _ in content.columns]
    given = widths or {}
    plans = [
        plan_column(column, values, given.get(column.key or column.label))
        for column, values in zip(content.columns, data, strict=True)
    ]
    for at, plan in enumerate(plans):
        # Blank cells are not written: they have the column's format, and their borders by a conditional format.
        looks = sheet.theme.cell("blank", plan.align)
        sheet.paper.set_column(at, at, plan.width, looks, {"hidden": content.columns[at].hidden})
    shown_widths = [0.0 if column.hidden else plan.width for column, plan in zip(content.columns, plans, strict=True)]
    spread = _spread(data, links)
    written = [
        write_column(
            sheet,
            at,
            column,
            plan,
            values,
            first_row=FIRST_ROW,
            links=spread.get(at, {}),
            decided=content.marked.get(column.key, frozenset()),
        )
        for at, (column, plan, values) in enumerate(zip(content.columns, plans, data, strict=True))
    ]
    sheet.put_body(FIRST_ROW, written)
    shown = [lines for column, lines in zip(content.columns, written, strict=True) if not column.hidden]
    tallest = list(map(max, zip(*(column.lines for column in shown), strict=True)))
    for index, count in enumerate(tallest):
        sheet.paper.set_row(FIRST_ROW + index, row_height(count))
    cut = sum(count > MOST_LINES for count in tallest) and sum(count > MOST_LINES for column in shown for count in column.lines)
    note = _note(content, setting, cut)
    _head(sheet, content, note, shown_widths)
    if leads_to:
        sheet.link(NOTE_ROW, 0, leads_to, setting.say("明细→", "Details →"), sheet.theme["back"])
    else:
        sheet.link(NOTE_ROW, 0, setting.overview, setting.say("←汇总", "← Back"), sheet.theme["back"])
    _view(sheet, content, setting, shown_widths, len(rows))
    _offer(sheet, content, len(rows))
    mark(sheet, content, plans, FIRST_ROW, len(rows))


def _offer(sheet: SheetWriter, content: ListSheet, count: int) -> None:
    """Dropdowns; what they do not offer may be typed all the same, and is named when it is read."""
    for key, offered in content.choices.items():
        at, first = content.index(key), 0
        for choices, alike in groupby(offered[:count]):
            last = first + sum(1 for _ in alike) - 1
            if choices and sum(map(utf16_length, choices)) + len(choices) <= _LONGEST_CHOICES:
                options = {"validate": "list", "source": list(choices), "error_type": "warning"}
                sheet.paper.data_validation(FIRST_ROW + first, at, FIRST_ROW + last, at, options)
            first = last + 1


def _spread(data: Sequence[Sequence[Any]], links: Sequence[RowLinks]) -> dict[int, dict[int, str]]:
    """Column -> row -> where it leads: each row's link given to the first of the possible columns that is not blank there.

    A cell that names several places bears none: it could lead to one of them alone, and LibreOffice runs its lines together.
    """
    by_column: dict[int, dict[int, str]] = {}
    for group in links:
        for index, cell in list(group.cells.items())[: MAX_LINKS // len(links)]:
            column = next((at for at in group.columns if data[at][index]), None)
            if column is not None and "\n" not in str(data[column][index]):
                by_column.setdefault(column, {})[index] = link_target(group.sheet, cell)
    return by_column


def _head(sheet: SheetWriter, content: ListSheet, note: str, widths: list[float]) -> None:
    """Title, note and headings."""
    total = sum(widths)
    across = _repeated(widths)
    if page.pages_across(total) == 1:
        across = len(widths) if page.fits_a4(total) else max(across, sum(seen <= _SCREEN for seen in accumulate(widths)))
    width = sum(widths[:across])
    theme, paper = sheet.theme, sheet.paper
    sheet.put(TITLE_ROW, 0, content.title, theme["title-centre" if across == len(widths) else "title"], span=across)
    paper.set_row(TITLE_ROW, row_height(line_count(content.title, width / _TITLE_SCALE), _TITLE_SCALE) + 4)
    sheet.put(NOTE_ROW, 1, note, theme["note" if content.rows else "nothing"], span=across - 1)
    paper.set_row(NOTE_ROW, row_height(line_count(note, width - widths[0])))
    head_lines = [line_count(column.label, size) for column, size in zip(content.columns, widths, strict=True) if size]
    paper.set_row(HEAD_ROW, row_height(max(head_lines)) + 4)
    for at, column in enumerate(content.columns):
        sheet.put(HEAD_ROW, at, column.label, theme["head"])
    sheet.name_titles(HEAD_ROW, 0, len(widths) - 1)


def _note(content: ListSheet, setting: Setting, cut: int) -> str:
    count, most = content.count, MAX_ROWS - FIRST_ROW
    parts = [content.dated or setting.say(f"截至{setting.as_of}", f"As of {setting.as_of}")]
    parts.append(setting.say(f"共{count}条", f"{count} rows") if count else content.empty)
    if count > most:
        parts.append(setting.say(f"超出Excel上限，只列出前{most}条", f"only the first {most} fit into Excel"))
    if content.note and count:
        parts.append(content.note)
    if count:
        parts += legend(content.columns, setting.lang)
    if cut:
        zh = f"有{cut}格内容过长，行高到达上限仍显示不完，请点选单元格看全文"
        parts.append(setting.say(zh, f"{cut} texts are longer than a row can show: select the cell to read them"))
    return "  |  ".join(parts)


def _frozen(widths: list[float]) -> int:
    """How many columns stay in sight on a sheet that is wider than a screen."""
    if sum(widths) <= _SCREEN:
        return 0
    return sum(width <= _FROZEN for width in accumulate(widths))


def _repeated(widths: list[float]) -> int:
    """How many columns every page shows, where a sheet is printed on several side by side, with title and note over them."""
    return max(2, _frozen(widths))  # the note stands in the second column


def _view(sheet: SheetWriter, content: ListSheet, setting: Setting, widths: list[float], count: int) -> None:
    """Frozen panes, filter, zoom and print set-up."""
    paper, last = sheet.paper, len(widths) - 1
    total = sum(widths)
    wide, frozen = total > _SCREEN, _frozen(widths)
    paper.freeze_panes(FIRST_ROW, frozen)
    paper.autofilter(HEAD_ROW, 0, HEAD_ROW + count, last)
    paper.hide_gridlines(2)
    paper.set_default_row(MIN_HEIGHT)
    paper.set_zoom(90 if wide else 100)
    paper.repeat_rows(HEAD_ROW)
    paper.print_area(0, 0, HEAD_ROW + count, last)
    if count:
        # Task numbers are texts on purpose; no green corners.
        paper.ignore_errors({"number_stored_as_text": f"A1:{page.corner(HEAD_ROW + count, last)}"})
    right = content.dated or setting.say(f"截至{setting.as_of}", f"as of {setting.as_of}")
    across = page.pages_across(total)
    if across > 1:
        paper.repeat_columns(0, _repeated(widths) - 1)
    left = f"{setting.campaign} {content.name}"
    page.set_up(paper, width=total, left=left, right=right, lang=setting.lang, signed=True, across=across)
