"""What a Word document says, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx import Document

if TYPE_CHECKING:
    from pathlib import Path


_WIDE = str.maketrans(",;:()", "\uff0c\uff1b\uff1a\uff08\uff09")


def zh(text: str) -> str:
    """A text with Chinese punctuation, so that what is compared is the words."""
    return text.translate(_WIDE)


def texts(path: Path) -> list[str]:
    """The paragraphs of the body outside tables, with Chinese punctuation."""
    return [zh(paragraph.text) for paragraph in Document(str(path)).paragraphs]


def tables(path: Path) -> list[list[list[str]]]:
    """The tables as rows of texts."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]


def whole(path: Path) -> str:
    """Everything as it stands, in one text."""
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))
