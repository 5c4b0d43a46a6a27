"""Streams one worksheet part into cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, column_letters, from_a1
from rectify_xl.common.figures import whole_number
from rectify_xl.common.i18n import Text
from rectify_xl.common.unreadable import CellError, Uncached
from rectify_xl.intake.grid import LAST_COLUMN, LAST_ROW, Merge, add_merge
from rectify_xl.intake.readers.number_formats import PLAIN, NumberFormat, as_shown
from rectify_xl.intake.readers.numbers import iso_date, number
from rectify_xl.intake.readers.rich_values import PICTURE
from rectify_xl.intake.readers.xlsx_aside import is_struck, moved_link
from rectify_xl.intake.readers.xlsx_strings import Strings, as_kept, unescape
from rectify_xl.intake.readers.xml_stream import Handler
from rectify_xl.intake.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.intake.grid import CellCounter
    from rectify_xl.intake.readers.plain_rows import PlainCell

# WPS shows a picture inside a cell by this function; other programs store its failed value.
_PICTURE_FORMULA = "DISPIMG("
_TRUE = ("1", "true")
# Where rows are hidden unless they say otherwise (zeroHeight): a height of its own says so, and what Excel and the programs like
# it write of every row that is shown.
_SEEN = frozenset({"ht", "hidden", "spans"})
_COLUMNS = {column_letters(column): column for column in range(1, 703)}  # A to ZZ
# Excel shows 1 and 0 of a truth value as TRUE and FALSE, or as a box with and without a tick.
TICKED, NOT_TICKED = "是", "否"
_CONTENT = frozenset({"v", "f", "t"})
# Excel 2010 keeps dropdowns that point to another sheet in an extension; there the text stands in <xm:f> inside.
_LISTS = frozenset({"formula1", "formula2", "x14:formula1", "x14:formula2"})


def is_nothing(size: str | None) -> bool:
    """Whether a height or a width is 0: the row or column was pulled together with the mouse."""
    return size is not None and size.strip("0") in ("", ".") and "0" in size


@dataclass(frozen=True, slots=True)
class Styles:
    """What a workbook's styles and rich values say: number formats by style, styles struck out, values that are pictures."""

    formats: Mapping[int, NumberFormat] = field(default_factory=dict)
    struck: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()


class SheetReader(Handler):
    """Cells, merges, hidden rows and dropdown sources of one worksheet."""

    def __init__(self, strings: Strings, styles: Styles, counter: CellCounter, *, date1904: bool) -> None:
        self.cells: dict[int, dict[int, Any]] = defaultdict(dict)
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.list_sources: list[str] = []
        self.struck: dict[tuple[int, int], str] = {}
        self.links: dict[tuple[int, int], str] = {}  # formulas whose result is 0
        self._strings = strings
        self._styles = styles
        self._counter = counter
        self._date1904 = date1904
        self._row = self._counted_row = 0
        self._row_text = "\0"  # outside of a row no address ends in it
        self._column = 0
        self._attributes: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}
        self._into: list[str] | None = None
        self._from = 0  # where the text of the element begins that is being read
        self._into_attributes: dict[str, str] = {}
        self._phonetic = self._strike = False
        self._zero_height = False
        self._shared_formula: str | None = None  # the number of the formula that a cell shares
        self._shared_formulas: dict[str, tuple[int, int, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, one of its parts, or one of the sheet's other facts."""
        if name == "c":
            self._begin_cell(attributes)
        elif name in _CONTENT:
            if name == "f":
                self._shared_formula = attributes.get("si") if attributes.get("t") == "shared" else None
            if "list" not in self._parts:
                part = "struck" if name == "t" and self._strike else name
                self._into = None if self._phonetic else self._parts.setdefault(part, [])
                self._from, self._into_attributes = len(self._into or ()), attributes
        elif name == "row":
            self._begin_row(attributes)
        else:
            self._begin_other(name, attributes)

    def _begin_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "rPh":
            self._phonetic = True
        elif name == "col":
            self._begin_column(attributes)
        elif name in ("r", "strike"):  # a run of a text in the cell itself, and that it is struck out
            self._strike = name == "strike" and is_struck(attributes)
        elif name == "sheetFormatPr":
            self._zero_height = attributes.get("zeroHeight") in _TRUE
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name in _LISTS:
            self._into = self._parts["list"] = []

    def end(self, name: str) -> None:
        """Store a finished cell."""
        if name in _CONTENT:
            if self._into and (name == "t" or (name == "v" and self._attributes.get("t") == "str")):
                self._into[self._from :] = [as_kept("".join(self._into[self._from :]), self._into_attributes)]
            self._into = self._parts.get("list")
        elif name == "c":
            value = self._value()
            if value is not None:
                self._counter.add()
                self.cells[self._row][self._column] = value
                if self._attributes.get("s") in self._styles.struck:
                    self.struck[self._row, self._column] = str(value)
                if "f" in self._parts:
                    self._note_link("".join(self._parts["f"]))
            self._parts = {}
        elif name == "rPh":
            self._phonetic = False
        elif name in _LISTS:
            self.list_sources.append("".join(self._parts.pop("list")))
            self._into = None

    def _note_link(self, formula: str) -> None:
        """Keep a formula whose result is 0; of one that cells share, the first of them has the text."""
        if self._shared_formula is not None:
            if formula:
                self._shared_formulas[self._shared_formula] = self._row, self._column, formula
            else:
                row, column, shared = self._shared_formulas.get(self._shared_formula, (0, 0, ""))
                formula = moved_link(shared, self._row - row, self._column - column)
        if formula and self._parts.get("v") == ["0"]:
            self.links[self._row, self._column] = formula

    def text(self, text: str) -> None:
        """Add to the cell's value or formula."""
        if self._into is not None:
            self._into.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r", "")
        self._row = self._counted_row = int(address) if address.isdecimal() else self._counted_row + 1
        self._row_text = str(self._row)
        self._column = 0
        if self._row > LAST_ROW:
            raise Refused(
                "unreadable-file",
                reason=Text(
                    f"单元格地址超出表格范围（第{self._row}行），文件已损坏",
                    f"row {self._row} lies beyond the end of a sheet; it is damaged",
                ),
            )
        unsaid = self._zero_height and not _SEEN.intersection(attributes)
        if unsaid or attributes.get("hidden") in _TRUE or is_nothing(attributes.get("ht")):
            self.hidden_rows.add(self._row)

    def plain_row(self, attributes: dict[str, str], cells: Iterable[PlainCell]) -> None:
        """Store a row that the parser does not see; see :func:`without_plain_rows`."""
        self._begin_row(attributes)
        row: dict[int, Any] = {}
        texts, struck = self._strings.plain, self._styles.struck
        for letters, style, kind, content in cells:
            column = _COLUMNS[letters]
            value = texts.get(content) if kind == "s" else None
            if value is None:
                self._column = column
                value = self._shared(content) if kind == "s" else self._number(content, style)
                if value is None:
                    continue
            row[column] = value
            if style in struck:
                self.struck[self._row, column] = str(value)
        if row:
            self._counter.add(len(row))
            self.cells[self._row].update(row)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or is_nothing(attributes.get("width")):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            ends = (int(first), min(int(last), LAST_COLUMN)) if first.isdecimal() and last.isdecimal() else ()
            if ends and not self.hidden_columns.issuperset(ends):  # programs name each column once
                self.hidden_columns.update(range(ends[0], ends[1] + 1))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._parts = {}
        self._strike = False
        address = attributes.get("r")
        if address is None:
            self._row, self._column = self._counted_row, self._column + 1
            return
        # Nearly every cell stands in the row whose element it is in: then its letters say the column, which is quickly looked up.
        column = _COLUMNS.get(address.removesuffix(self._row_text))
        if column:
            self._row, self._column = self._counted_row, column
            return
        try:
            self._row, self._column = from_a1(address)
        except ValueError as error:
            raise Refused(
                "unreadable-file",
                reason=Text(
                    f"单元格地址“{address[:20]}”无效，文件已损坏",
                    f"the cell address “{address[:20]}” is not valid; it is damaged",
                ),
            ) from error
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise Refused(
                "unreadable-file",
                reason=Text(
                    f"单元格地址 {address} 超出表格范围，文件已损坏",
                    f"cell {address} lies beyond the end of a sheet; it is damaged",
                ),
            )

    def _merge(self, reference: str) -> None:
        try:
            add_merge(self.merges, Merge.from_reference(reference))
        except ValueError as error:
            raise Refused("unreadable-file", reason=Text(
                "合并单元格的地址无效，文件已损坏", "the address of a merged cell is not valid; it is damaged"
            )) from error  # fmt: skip

    def _value(self) -> Any:  # noqa: ANN401, PLR0911 - a cell holds anything, of seven kinds
        """The cell's value; None when it holds nothing."""
        kind = self._attributes.get("t", "n")
        if kind == "s" and len(self._parts) == 1 and (index := "".join(self._parts.get("v", ()))):  # as most texts are
            return self._shared(index)
        inline = "".join(self._parts.get("t", ()))
        raw = inline if kind == "inlineStr" and "t" in self._parts else "".join(self._parts.get("v", ())) or inline
        formula = "".join(self._parts["f"]) if "f" in self._parts else None
        if formula is not None and _PICTURE_FORMULA in formula.upper():
            return PICTURE
        if kind == "e" and raw:
            return PICTURE if self._attributes.get("vm") in self._styles.pictures else CellError(raw)
        if "struck" in self._parts:
            return self._without_struck(unescape(inline), unescape("".join(self._parts["struck"])))
        if not raw:
            # An empty text is a result too: the element is there, and empty.
            calculated = kind == "str" and "v" in self._parts
            return None if formula is None or calculated else Uncached(formula)
        if kind == "s":
            return self._shared(raw)
        if kind in ("str", "inlineStr"):
            return unescape(raw)
        if kind == "b":
            return TICKED if raw.strip() in _TRUE else NOT_TICKED
        return iso_date(raw) if kind == "d" else self._number(raw, self._attributes.get("s", ""))

    def _shared(self, raw: str) -> str | None:
        try:
            index = int(raw)
            if index < 0:
                raise IndexError(raw)  # noqa: TRY301 - as one beyond the last
            text = self._strings.texts[index]
            if index not in self._strings.struck:
                return text or None
            return self._without_struck(*self._strings.struck[index])
        except (ValueError, IndexError) as error:
            where = a1(self._row, self._column)
            raise Refused("unreadable-file", reason=Text(
                f"{where} 所指的文字不在共享文字表里，文件已损坏", f"{where} names a text that is not there; it is damaged"
            )) from error  # fmt: skip

    def _without_struck(self, kept: str, struck: str) -> str:
        """A text without what is struck out; one that is struck out as a whole stays until its row is known."""
        self.struck[self._row, self._column] = struck.strip() if kept.strip() else struck
        return kept.strip() or struck

    def _number(self, raw: str, style: str) -> Any:  # noqa: ANN401
        value = number(raw)
        index = whole_number(style)
        if not isinstance(value, int | float) or index is None:
            return value
        return as_shown(value, self._styles.formats.get(index, PLAIN), date1904=self._date1904)
