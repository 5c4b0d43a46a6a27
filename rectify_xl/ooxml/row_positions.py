"""Where the rows of a worksheet stand in its part."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import Unsupported
from rectify_xl.ooxml.xml_tree import ATTRIBUTES, SKIPPED, TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROW_TAG = TAG.replace(rb"[^\s/>!?]+", rb"(?:[\w.-]+:)?row(?=[\s/>])", 1)
_ROW = re.compile(SKIPPED + rb"|(?P<close></(?:[\w.-]+:)?row\s*>)|" + _ROW_TAG, re.DOTALL)
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_UNKNOWN = -1
_LAST_ROW = 1_048_576


class RowPositions:
    """The numbers of the rows in the content of ``sheetData``, and the bytes of each; rows are counted by ``index`` from 0.

    Attributes:
        numbers: the number of each row.
        starts: where each begins.
        is_plain: whether nothing but elements stands between the rows.
    """

    def __init__(self, raw: bytes, prefix: str) -> None:
        """Find the rows; ``prefix`` is that of the part's elements.

        Raises:
            Unsupported: a row's number is beyond the last of a sheet, or a row is not closed.
        """
        self.numbers, self.starts, self._ends = array("q"), array("q"), array("q")
        self._raw, self._prefix = raw, prefix.encode()
        self._sorted = True
        self.is_plain = b"<!" not in raw and b"<?" not in raw
        if self.is_plain:
            self._scan_plain()
        else:
            self._scan()

    def _scan_plain(self) -> None:
        """Find the rows where nothing but elements stands: by their start tags alone, which is many times faster."""
        name = self._prefix + b"row"
        tag = re.compile(rb"<" + re.escape(name) + rb"(?:\s+r=\"(\d{1,7})\")?(?=[\s/>])(?P<rest>" + ATTRIBUTES + rb")>")
        number = 0
        for match in tag.finditer(self._raw):
            written = match[1] or ((found := _NUMBER.search(match[0])) and found[1])
            number = int(written) if written else number + 1
            self._add(number, match.start(), match.end() if match[0].endswith(b"/>") else _UNKNOWN)

    def _scan(self) -> None:
        number = 0
        is_open = False
        for match in _ROW.finditer(self._raw):
            if match["close"]:
                if not is_open:
                    raise Unsupported("unbalanced-rows")
                is_open = False
                self._ends[-1] = match.end()
            elif match["name"]:
                if is_open:
                    raise Unsupported("unbalanced-rows")
                written = _NUMBER.search(match["rest"])
                number = int(written[1]) if written else number + 1
                is_open = not match[0].endswith(b"/>")
                self._add(number, match.start(), match.end())
        if is_open:
            raise Unsupported("unbalanced-rows")

    def _add(self, number: int, start: int, end: int) -> None:
        if number > _LAST_ROW:
            raise Unsupported("cell-address", str(number))
        self._sorted = self._sorted and (not self.numbers or number > self.numbers[-1])
        self.numbers.append(number)
        self.starts.append(start)
        self._ends.append(end)

    def end(self, index: int) -> int:
        """The end of a row, searched for on demand."""
        if self._ends[index] == _UNKNOWN:
            close = self._raw.find(b"</" + self._prefix + b"row", self.starts[index])
            end = self._raw.find(b">", close) + 1
            after = self.starts[index + 1] if index + 1 < len(self.starts) else len(self._raw)
            if close < 0 or not end or end > after:
                raise Unsupported("unbalanced-rows")
            self._ends[index] = end
        return self._ends[index]

    def content(self, index: int) -> bytes:
        """The bytes of a row."""
        return self._raw[self.starts[index] : self.end(index)]

    def index(self, number: int) -> int | None:
        """The index of a row, the last one where a number occurs twice; None when there is none."""
        if self._sorted:
            index = bisect_left(self.numbers, number)
            return index if index < len(self.numbers) and self.numbers[index] == number else None
        return self._last_of.get(number)

    @cached_property
    def _last_of(self) -> dict[int, int]:
        """Row number -> index of the last row with it, for rows that are out of order."""
        return {number: index for index, number in enumerate(self.numbers)}

    def filled(self) -> Iterator[int]:
        """The numbers of the rows, without those of which it shows that all their cells are empty.

        A sheet may have a million rows that hold nothing but looks.
        """
        if not self.is_plain:
            yield from self.numbers
            return
        close = b"</" + self._prefix + b"c"
        at = self._raw.find(close)
        while at >= 0:
            index = bisect_right(self.starts, at)
            yield self.numbers[index - 1]
            at = self._raw.find(close, self.starts[index]) if index < len(self.starts) else _UNKNOWN

    def before(self, number: int) -> int:
        """The index of the row before which a new one belongs."""
        return bisect_left(self.numbers if self._sorted else self._highest, number + (not self._sorted))

    @cached_property
    def _highest(self) -> list[int]:
        """The highest number up to each row: ascending also where the rows are out of order."""
        return list(accumulate(self.numbers, max))
