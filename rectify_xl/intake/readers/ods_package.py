"""Reads .ods (OpenDocument 1.2/1.3 spreadsheets).

An own reader, because python-calamine gives no merged ranges and no error cells for .ods: a merged leader would be
reported as missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.figures import whole_number
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.unreadable import CellError, Uncached
from rectify_xl.intake.grid import LAST_COLUMN, LAST_ROW, CellCounter, Merge, Sheet, Workbook, add_merge
from rectify_xl.intake.readers.number_formats import percentage, shown_date, shown_number
from rectify_xl.intake.readers.numbers import iso_date, iso_moment, number
from rectify_xl.intake.readers.ods_styles import Styles
from rectify_xl.intake.readers.xlsx_aside import leave_out_unsaid
from rectify_xl.intake.readers.xlsx_sheet import NOT_TICKED, TICKED
from rectify_xl.intake.readers.xml_stream import Handler, open_package, parse
from rectify_xl.intake.refusal import Refused

if TYPE_CHECKING:
    import re
    from pathlib import Path

_MOST_SPACES = 1000
_TRUTHS = frozenset({"TRUE", "FALSE", "真", "假"})
# A formula that is one cell's address: of:=[.B5], of:=[$'表 2'.$B$5].
_LINK = LazyPattern(r"(?:of:)?=\+?\[(?:\$?(?:'((?:[^'\]]|'')+)'|([^'.\[\]]+)))?\.\$?([A-Z]{1,3})\$?(\d{1,7})\]")
_CELLS = ("table-cell", "covered-table-cell")
# Notes and drawings are anchored in cells; their texts are not what the cell says.
_ASIDE = frozenset({
    "annotation", "frame", "custom-shape", "rect", "line", "ellipse", "circle", "polyline", "polygon", "regular-polygon",
    "path", "connector", "caption", "measure", "control", "g", "scene", "shapes", "tracked-changes",
})  # fmt: skip


def read_ods(path: Path) -> Workbook:
    """Read an OpenDocument spreadsheet.

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    with open_package(path) as package:
        manifest = package.side_tree("META-INF/manifest.xml")
        if manifest is not None and manifest.find(".//{*}encryption-data") is not None:
            raise Refused("encrypted-file")
        styles = Styles()
        for part in ("styles.xml", "content.xml"):
            if part in package or part == "content.xml":
                parse(package.chunks(part), styles)
        reader = _Content(styles)
        parse(package.chunks("content.xml"), reader)
        leave_out_unsaid((sheet, reader.zero_links.get(sheet.name, {})) for sheet in reader.sheets)
        meta = package.side_tree("meta.xml")
        saved = meta.find(".//{*}date") if meta is not None else None
        custom = meta.iterfind(".//{*}user-defined") if meta is not None else ()
        return Workbook(
            reader.sheets,
            iso_moment(saved.text or "") if saved is not None else None,
            {_attribute(entry.attrib, "name"): "".join(entry.itertext()) for entry in custom},
            has_macros=any(name.startswith("basic/") and "/" in name[6:] for name in package.names),
            external_links=tuple(sorted(set(reader.links))),
        )


def _attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name, whatever its prefix or namespace."""
    for key, value in attributes.items():
        if key == name or key.endswith((f":{name}", f"}}{name}")):
            return value
    return ""


class _Content(Handler):
    """Sheets and cells of content.xml, repeated rows and cells counted but not stored when blank."""

    def __init__(self, styles: Styles) -> None:
        self.sheets: list[Sheet] = []
        self.links: list[str] = []
        self._external = ""
        self.zero_links: dict[str, dict[tuple[int, int], str]] = {}
        self._styles = styles
        self._counter = CellCounter()
        self._sheet: Sheet | None = None
        self._row = self._row_count = 0
        self._column = self._columns = 0
        self._values: list[tuple[int, Any]] = []
        self._spans: list[tuple[int, int, int]] = []
        self._row_hidden = False
        self._cell: dict[str, str] = {}
        self._paragraphs: list[list[str]] = []
        self._depth_aside = 0
        self._in_paragraph = 0
        self._spans_open: list[str] = []  # styles of the runs of text that are open
        self._out: list[str] = []
        self._kept: list[str] = []
        self._row_style = ""
        self._column_styles: list[tuple[int, int]] = []
        self._struck: list[tuple[int, str]] = []
        self._formulas: list[tuple[int, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ASIDE or self._depth_aside:
            self._depth_aside += 1
        elif name == "table" and self._sheet is None:
            self._begin_sheet(attributes)
        elif name == "table-source":
            # A copy of another file's sheet that formulas refer to.
            self._external = _attribute(attributes, "href") or "?"
        elif name == "table-column":
            self._add_columns(attributes)
        elif name == "table-row":
            self._begin_row(attributes)
        elif name in _CELLS:
            self._cell, self._paragraphs, self._out, self._kept = attributes, [], [], []
        elif name in ("p", "h"):
            self._in_paragraph += 1
            self._paragraphs.append([])
        elif name == "span":
            self._spans_open.append(attributes.get("text:style-name", ""))
        elif self._in_paragraph:
            self._special(name, attributes)

    def end(self, name: str) -> None:
        if self._depth_aside:
            self._depth_aside -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == "span":
            self._spans_open.pop()
        elif name in ("p", "h"):
            self._in_paragraph -= 1
        elif name == "table-row":
            self._end_row()
        elif name == "table" and self._sheet is not None:
            if self._external:
                self.links.append(self._external)
            else:
                self.sheets.append(self._sheet)
            self._sheet, self._external = None, ""

    def text(self, text: str) -> None:
        if self._in_paragraph and not self._depth_aside:
            self._paragraphs[-1].append(text)
            if self._styles.strike:
                style = next((one for one in reversed(self._spans_open) if one), "")
                (self._out if style and self._styles.strikes(style) else self._kept).append(text)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._sheet = Sheet(attributes.get("table:name", ""))
        self._sheet.visible = attributes.get("table:style-name", "") not in self._styles.hidden
        self._row = 0
        self._row_count = 1
        self._columns = 0
        self._column_styles = []

    def _add_columns(self, attributes: dict[str, str]) -> None:
        if self._sheet is None:
            return
        first, self._columns = self._columns + 1, self._columns + _repeat(attributes.get("table:number-columns-repeated"))
        if self._styles.strikes(attributes.get("table:default-cell-style-name", "")):
            self._column_styles.append((first, self._columns))
        if self._is_hidden(attributes):
            self._sheet.hidden_columns.update(range(first, min(self._columns, LAST_COLUMN) + 1))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row_count = _repeat(attributes.get("table:number-rows-repeated"))
        self._row_hidden = self._is_hidden(attributes)
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._struck, self._formulas = [], []
        self._column = 0
        self._values, self._spans = [], []

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        """Whether a row or a column cannot be seen: as such, by a filter, or because it has no size."""
        hidden = attributes.get("table:visibility", "visible") != "visible"
        return hidden or attributes.get("table:style-name", "") in self._styles.no_size

    def _special(self, name: str, attributes: dict[str, str]) -> None:
        if name == "s":
            self._paragraphs[-1].append(" " * min(_MOST_SPACES, _repeat(attributes.get("text:c"))))
        elif name == "tab":
            self._paragraphs[-1].append("\t")
        elif name == "line-break":
            self._paragraphs[-1].append("\n")

    def _end_cell(self) -> None:
        count = _repeat(self._cell.get("table:number-columns-repeated"))
        value = _cell_value(self._cell, "\n".join(map("".join, self._paragraphs)))
        if value is not None and self._styles.strike:
            value = self._without_struck(value, count)
        if value == 0 and (formula := _LINK.fullmatch(self._cell.get("table:formula", ""))):
            self._formulas.append((self._column + 1, _link(formula)))
        if value is not None:
            if self._column + count > LAST_COLUMN:
                raise Refused("resource-limit", reason=Text("重复的单元格太多", "it repeats too many cells"))
            self._values += [(self._column + 1 + step, value) for step in range(count)]
        across, down = (_repeat(self._cell.get(f"table:number-{what}-spanned")) for what in ("columns", "rows"))
        if across > 1 or down > 1:
            self._spans.append((self._column + 1, across, down))
        self._column += count

    def _without_struck(self, value: Any, count: int) -> Any:  # noqa: ANN401
        """A value without what of it is struck out; what is struck out as a whole stays until its row is known."""
        kept, out = "".join(self._kept).strip(), "".join(self._out).strip()
        if isinstance(value, str) and out and kept:
            value, struck = kept, out
        elif (out and not kept) or self._is_struck():
            struck = str(value)
        else:
            return value
        self._struck += [(self._column + 1 + step, struck) for step in range(count)]
        return value

    def _is_struck(self) -> bool:
        """Whether the cell's own style strikes out, or that of its row or column where it has none."""
        style = self._cell.get("table:style-name") or self._row_style
        at = self._column + 1
        return self._styles.strikes(style) if style else any(first <= at <= last for first, last in self._column_styles)

    def _end_row(self) -> None:
        if self._sheet is None:
            return
        if self._values:
            if self._row + self._row_count > LAST_ROW:
                raise Refused(
                    "unreadable-file",
                    reason=Text("行数超出表格范围，文件已损坏", "it has more rows than a sheet can have and is damaged"),
                )
            for row in range(self._row + 1, self._row + self._row_count + 1):
                for column, value in self._values:
                    self._counter.add()
                    self._sheet.cells[row][column] = value
                self._sheet.struck |= {(row, column): text for column, text in self._struck}
                links = {(row, column): formula for column, formula in self._formulas}
                self.zero_links.setdefault(self._sheet.name, {}).update(links)
                if self._row_hidden:
                    self._sheet.hidden_rows.add(row)
        for column, across, down in self._spans:
            top = self._row + 1
            add_merge(self._sheet.merges, Merge(top, column, top + down - 1, column + across - 1))
        self._row += self._row_count


def _link(formula: re.Match[str]) -> str:
    """The address of one cell as Excel writes it."""
    quoted, plain, letters, row = formula.groups()
    name = quoted or plain
    return f"'{name}'!{letters}{row}" if name else f"{letters}{row}"


def _repeat(text: str | None) -> int:
    return whole_number(text or "") or 1


def _cell_value(cell: dict[str, str], text: str) -> Any:  # noqa: ANN401 - a cell holds anything
    kind = cell.get("office:value-type")
    formula = cell.get("table:formula")
    if cell.get("calcext:value-type") == "error":
        return CellError(text or "#VALUE!")
    if kind in ("float", "percentage", "currency"):
        return _number(number(cell.get("office:value", text)), kind, text)
    if kind == "date":
        return shown_date(iso_date(cell.get("office:date-value", text)), text)
    if kind == "boolean":
        return TICKED if cell.get("office:boolean-value") == "true" else NOT_TICKED
    if kind is None and formula is not None and not text:
        return Uncached(formula.removeprefix("of:").removeprefix("="))
    return text or cell.get("office:string-value") or None


def _number(value: Any, kind: str, text: str) -> Any:  # noqa: ANN401
    """A number with the percent sign that its cell shows, where it would mean something else without."""
    if not isinstance(value, int | float):
        return value
    if kind == "percentage":
        return percentage(value)
    if value in (0, 1) and text.strip().upper() in _TRUTHS:  # as LibreOffice writes those of .xlsx
        return TICKED if value else NOT_TICKED
    return f"{value:.15g}%" if text.strip().endswith(("%", "％")) else shown_number(value, text)
