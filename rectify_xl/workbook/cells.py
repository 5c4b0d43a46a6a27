"""Values -> what a cell can hold. Unit text is text here and nothing else: no formula, no link, no error value."""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    import re

Look = Literal["text", "number", "date", "moment"]

MAX_UNITS = 32767  # Excel counts UTF-16 code units
CUT_MARK = "…（原文过长，见来源文件）"
_FORMULA_STARTS = frozenset("=+-@")
_EXCEL_EPOCH = 693594  # date.toordinal() of Excel's day 0
_FIRST_SAFE_DAY = date(1900, 3, 1)  # Excel believes in a 29 February 1900; earlier days are off by one
_MAX_DIGITS = 10**15  # Excel keeps 15 digits of a number

_LINE_ENDS = LazyPattern(r"\r\n?")
_ILLEGAL = LazyPattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# ``_x0041_`` stands for A inside an .xlsx. XlsxWriter escapes such text, but misses a second one sharing an underscore.
_CHAINED_ESCAPE = LazyPattern(r"(_x[0-9A-Fa-f]{4})_(?=x[0-9A-Fa-f]{4}_)")
_SUSPECT = LazyPattern("[\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x|^<r>")


def clean(text: str) -> str:
    """The text as it can stand in a cell: what XML or Excel cannot hold is replaced visibly, never dropped."""
    if _SUSPECT.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _ILLEGAL.sub(_picture, text)
        text = _CHAINED_ESCAPE.sub("\\1\uff3f", text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter copies such a string into the file as markup; a full-width bracket makes it a text.
            text = f"\uff1c{text[1:]}"
    if len(text) > MAX_UNITS // 2 and utf16_length(text) > MAX_UNITS:
        room = 2 * (MAX_UNITS - utf16_length(CUT_MARK))
        text = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK
    return text


def _picture(match: re.Match[str]) -> str:
    """The picture of a control character (␀ to ␟, ␡), or � for what is no character at all."""
    code = ord(match[0])
    if code < ord(" "):
        return chr(0x2400 + code)
    return "\u2421" if match[0] == "\x7f" else "\ufffd"


def utf16_length(text: str) -> int:
    """Length as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def looks_like_formula(text: str) -> bool:
    """Whether a program could take the text for a formula when somebody edits the cell."""
    return text[:1] in _FORMULA_STARTS


def typed(value: Any) -> tuple[str | float | None, Look]:  # noqa: ANN401 - a cell holds anything
    """A value that is no plain str as (content, look): dates as Excel day numbers, the unrepresentable as text."""
    if value is None:
        return None, "text"
    if type(value) is date and value >= _FIRST_SAFE_DAY:
        return value.toordinal() - _EXCEL_EPOCH, "date"
    if isinstance(value, datetime) and value.tzinfo is None and value.date() >= _FIRST_SAFE_DAY:
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return value.toordinal() - _EXCEL_EPOCH + seconds / 86400, "moment" if seconds else "date"
    if isinstance(value, bool):
        return str(value).upper(), "text"
    if isinstance(value, int | float) and isfinite(value) and abs(value) < _MAX_DIGITS:
        return value, "number"
    return clean(shown(value)), "text"
