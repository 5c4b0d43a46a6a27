"""A task on its way out of a document: which lines belong to which field, before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rectify_xl.plans.document import Line, Value

if TYPE_CHECKING:
    from rectify_xl.plans.numbering import Enumerator


@dataclass(slots=True)
class Heading:
    """A category or parent issue: its number and its text."""

    number: str
    text: Value


@dataclass(slots=True)
class Draft:
    """A task with its texts still as lines.

    Attributes:
        number: as written; empty where the document prints none.
        path: the numbers above it that belong to its own, as in 六(一).
        fields: field -> its lines, each with its place.
        others: label -> lines of what is no field of a task, as 整改完成情况.
        doubts: codes of what was met, with the detail.
        lines: the first and the last line, by index.
    """

    number: str = ""
    path: tuple[str, ...] = ()
    category: Heading | None = None
    sub_heading: Heading | None = None
    parent: Heading | None = None
    fields: dict[str, list[Value]] = field(default_factory=dict)
    others: dict[str, list[Value]] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    measure_sign: str = ""
    kind: str = ""

    def add(self, key: str, *values: Value) -> None:
        """Add lines to a field."""
        self.fields.setdefault(key, []).extend(values)

    @property
    def values(self) -> list[Value]:
        """All its lines."""
        return [value for lines in (*self.fields.values(), *self.others.values()) for value in lines if value]


def value_of(line: Line, start: int = 0, end: int | None = None) -> Value:
    """A stretch of a line without blanks around it."""
    text = line.text[start:end]
    left = len(text) - len(text.lstrip())
    plain = text.strip()
    begin = line.start + start + left
    return Value(plain, begin, begin + len(plain), line.paragraph, line.page)


def heading_of(line: Line, number: Enumerator) -> Heading:
    """A numbered heading."""
    return Heading(number.sign, value_of(line, number.width))
