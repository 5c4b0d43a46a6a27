"""What a sheet of the master is: a plain table without any looks."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

ColumnKind = Literal["text", "long_text", "number", "percent", "date", "choice", "flag", "light", "severity"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list sheet; ``width`` in characters of Latin text, ``key`` what it is called in every language.

    A cell may lead to the row's ``task`` in 总台账, or to its ``report`` in 分单位填报, where the row's record has one.
    A ``hidden`` column is for the program alone, an ``added`` one is the office's own.
    """

    label: str
    kind: ColumnKind = "text"
    width: float = 14
    key: str = ""
    leads_to: Literal["", "task", "report"] = ""
    hidden: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of the workbook.

    ``empty`` is what it says when it has no rows; ``group`` is the column whose runs of equal cells belong together;
    ``dated`` is what it says of its day, where that is not the workbook's; ``records`` holds for each row the record that
    it shows, where there is one; ``choices``: key of a column -> for each row what its dropdown offers; ``calm``: nothing in it
    is trouble, though it has rows; ``marked``: key of a column -> the rows, from 0, whose cells the office has decided;
    ``has_total``: the last row adds the others up.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    empty: str
    note: str = ""
    group: int | None = None
    dated: str = ""
    records: tuple[Any, ...] = ()
    choices: Mapping[str, tuple[tuple[str, ...], ...]] = dataclasses.field(default_factory=dict)
    calm: bool = False
    marked: Mapping[str, frozenset[int]] = dataclasses.field(default_factory=dict)
    has_total: bool = False

    @property
    def count(self) -> int:
        """How many rows there are, without a total."""
        return len(self.rows) - self.has_total

    def index(self, key: str) -> int:
        """Where the column ``key`` stands, from 0.

        Raises:
            KeyError: there is no such column.
        """
        for at, column in enumerate(self.columns):
            if column.key == key:
                return at
        raise KeyError(key)
