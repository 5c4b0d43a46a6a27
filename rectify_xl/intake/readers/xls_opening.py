"""Opens an .xls through xlrd: as strictly as it can be, and in the code page in which its texts are Chinese."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError, evaluate_name_formula

from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.refusal import CONTAINER_DAMAGE, Refused

if TYPE_CHECKING:
    from pathlib import Path

_BIFF8 = 80  # from Excel 97 on texts are Unicode
_CHINESE = "gb18030"
_HAN = LazyPattern(r"[\u4e00-\u9fff]")
# GBK read as Western letters: characters beyond ASCII stand side by side.
_PAIRS = LazyPattern(r"[\x80-\uffff]{2,}")
_BEYOND = LazyPattern(r"[\x80-\uffff]")
_MOSTLY = 0.7
DAMAGE = (CompDocError, AssertionError, *CONTAINER_DAMAGE)


def open_book(path: Path) -> xlrd.Book:
    """Open a workbook and read all of its sheets; leaving it as a context closes the file.

    Raises:
        Refused: its texts are in no code page that is known.
        xlrd.XLRDError, DAMAGE: the library gives it up.
    """
    try:
        book = _open(path)
    except (UnicodeError, LookupError) as error:
        try:
            return _open(path, _CHINESE)
        except UnicodeError:
            raise Refused("unreadable-file", reason=_NO_CODE_PAGE) from error
    if book.biff_version < _BIFF8 and _is_misread(book):
        try:
            again = _open(path, _CHINESE)
        except UnicodeError:
            return book
        book.release_resources()
        return again
    return book


_NO_CODE_PAGE = Text(
    "文字编码（代码页）无法识别；请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送",
    "its texts are in an unknown code page; open it in Excel or WPS and save it as .xlsx",
)


def _is_misread(book: xlrd.Book) -> bool:
    """Whether the texts of an old workbook are Chinese read in another code page: it names a wrong one, or none."""
    texts = [*book.sheet_names(), *(cell.value for sheet in book.sheets() for row in sheet.get_rows() for cell in row
                                    if cell.ctype == xlrd.XL_CELL_TEXT)]  # fmt: skip
    beyond = "".join(texts)
    if _HAN.search(beyond) or not _BEYOND.search(beyond):
        return False
    paired = sum(len(found) for text in texts for found in _PAIRS.findall(text))
    return paired >= _MOSTLY * len(_BEYOND.findall(beyond))


def _open(path: Path, encoding: str | None = None) -> xlrd.Book:
    """Open a workbook, with a container whose directory contradicts itself too: some PHP programs write such ones."""
    for lenient in (False, True):
        try:
            book = xlrd.open_workbook(
                path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, ignore_workbook_corruption=lenient,
                encoding_override=encoding, on_demand=True,
            )  # fmt: skip
        except CompDocError:
            if lenient:
                raise
            continue
        try:
            book.sheets()
        except BaseException:
            book.release_resources()
            raise
        return book
    raise AssertionError


def _evaluate_name(book: xlrd.Book, name: xlrd.book.Name, index: int, blah: int = 0) -> None:
    """Evaluate a defined name; xlrd gives the whole file up where it cannot, and names serve the dropdowns alone."""
    try:
        evaluate_name_formula(book, name, index, blah)
    except (xlrd.XLRDError, FormulaError, *DAMAGE):
        name.result = None


xlrd.book.evaluate_name_formula = _evaluate_name
