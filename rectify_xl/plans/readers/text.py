"""Plain text: UTF-8, UTF-16 or GB18030, told by the bytes."""

from __future__ import annotations

import codecs
from itertools import groupby
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import Refused
from rectify_xl.plans.readers.line_breaks import between_pages, broken_at, joined_lines
from rectify_xl.plans.source import Cell, Grid, Paragraph, Source

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 16 << 20
_LEAST_COLUMNS = 3
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 4096
_FEW = 0.3
_MOST_CONTROLS = 0.01
_NO_TEXT = Text("内容是二进制数据，不是文本", "its content is binary and no text")


def read(path: Path) -> Source:
    """Read the file; every line is a paragraph, blank ones too, so that their numbers are those of an editor.

    Where all lines are broken at one width they are joined, and a paragraph has the number of its first line; what stands
    between the pages of such a text is left out.

    Raises:
        Refused: it is too large, or no text.
    """
    source = Source("txt")
    everything = decoded(content_of(path)).splitlines()
    width = broken_at(everything)
    skipped = between_pages(everything) if width else frozenset()
    source.left_out += [everything[at].strip() for at in sorted(skipped) if everything[at].strip()]
    first = below = 0
    for wide, run in groupby(everything, key=_columns):
        lines = list(run)
        first, below = below, below + len(lines)
        if wide >= _LEAST_COLUMNS and len(lines) > 1:
            source.add(_grid(lines))
            continue
        for text, count in joined_lines(lines, width, {at - first for at in skipped if first <= at < below}):
            source.add(Paragraph(text, lines=count))
    return source


def _columns(line: str) -> int:
    """How many columns a line has that tabs divide; 0 where it is no row."""
    return line.count("\t") + 1 if line.strip("\t ").count("\t") >= _LEAST_COLUMNS - 1 else 0


def _grid(lines: list[str]) -> Grid:
    """Lines with equally many tabs, as a table that was copied as text."""
    rows = (enumerate(line.split("\t"), 1) for line in lines)
    return Grid(tuple(Cell(at, column, text) for at, row in enumerate(rows, 1) for column, text in row))


def content_of(path: Path) -> bytes:
    """The bytes of a file of text.

    Raises:
        Refused: it is larger than any plan.
    """
    if path.stat().st_size > MOST_BYTES:
        size = MOST_BYTES >> 20
        raise Refused("resource-limit", reason=Text(
            f"超过 {size}MB，不像整改方案；请只保存方案的正文", f"larger than {size} MB: no plan; save the plan's own text alone"
        ))  # fmt: skip
    return path.read_bytes()


def decoded(content: bytes) -> str:
    """The text of bytes in one of the encodings of Chinese Windows and of the web.

    Raises:
        Refused: the bytes are no text.
    """
    for mark, code in _BOMS:
        if content.startswith(mark):
            return _checked(content.decode(code, "replace"))
    wide = _without_mark(content)
    for code in [wide] if wide else ["utf-8", "gb18030"]:
        try:
            return _checked(content.decode(code))
        except UnicodeDecodeError:
            continue
    # A few bytes lost on the way: what can be read is read, and the cleaning says where something is missing.
    best = min((content.decode(code, "replace") for code in ("utf-8", "gb18030")), key=lambda text: text.count("\ufffd"))
    return _checked(best)


def _without_mark(content: bytes) -> str:
    """UTF-16 without its mark: half of the bytes of punctuation, digits and line ends are zero."""
    sample = content[:_SAMPLE]
    if b"\0" not in sample or len(content) % 2:
        return ""
    for code, newline in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        text = sample[: len(sample) // 2 * 2].decode(code, "replace")
        han = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
        if han > _FEW * len(text) and (newline in content or len(content) < _SAMPLE):
            return code
    return ""


def _checked(text: str) -> str:
    controls = sum(sign < " " and sign not in "\t\n\r\f\x0b" for sign in text) + text.count("\ufffd")
    if controls > max(8, _MOST_CONTROLS * len(text)):
        raise Refused("unreadable-file", reason=_NO_TEXT)
    return text
