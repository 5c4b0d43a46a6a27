"""The header of a task table: which column is which field, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, column_letters
from rectify_xl.intake.tables.heading_names import known_fields, on_one_line
from rectify_xl.provenance.carried import KEY
from rectify_xl.schema.conversion import blank_to_none

if TYPE_CHECKING:
    from collections.abc import Collection

    from rectify_xl.common.i18n import Text
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.schema import Schema

# A text merged across two fields is said of both (措施 and 目标, 牵头 and 配合), but what is no text of a task's own is in
# the next column only for want of room.
_SAYS_OF_ITSELF = frozenset({"remark", "status", "percent", "pace", "completed_on", "contact", "phone", "evidence"})
_SAYS_LITTLE = 2  # characters of a heading below another: 单位, 姓名, 实际


@dataclass(frozen=True)
class Ticks:
    """Columns that are ticked: column -> its word; of units whether a hollow sign says that one cooperates."""

    words: dict[int, str]
    has_second_role: bool = False


@dataclass(frozen=True)
class Composed:
    """The columns of one field, as they are read together: what stands ``between`` their texts, or of a day its ``parts``."""

    columns: tuple[int, ...]
    between: str = ""
    parts: str = ""
    as_date: bool = False


@dataclass
class Header:
    """``columns``: field key -> column; ``headings``: column -> heading; ``open``: columns whose heading names several fields.

    ``groups``: column -> the text merged over its heading and others.
    ``by_words``: the columns whose heading is not known as such but says by its words what it is (隐患内容).
    ``read_as``: column -> field, of those that nothing but the content tells, or the column beside it; they are reported.
    ``shared``: column -> the other fields that its heading names besides the one it is read as (责任单位及责任人).
    ``parted``: what a cell says of the unit and of the person, where one column holds both.
    ``answers``: column -> what 是, √ and × below it say, where the heading asks (是否销号).
    ``carried``: column -> which of the columns of a dispatched workbook it is, see :mod:`rectify_xl.provenance.carried`.
    ``split`` says that one field's heading is parted into 序号 and 内容 below it.
    ``ticks``: the fields of which every value has a column of its own that is ticked.
    ``composed``: the fields that are written in several columns, see :mod:`rectify_xl.intake.tables.composed`.
    ``otherwise``: field -> the column that has its value where its own is blank.
    ``phoned``: the field of the person whose cell holds the telephone as well.
    ``twice`` says that two rows head every column, in two languages.
    ``further``: columns that only the headings of another page name -> the row of these.
    ``top`` is its first row and ``row`` its last; ``repeats`` the rows below that only say it again.
    """

    row: int
    top: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    open: dict[int, tuple[str, ...]] = field(default_factory=dict)
    by_words: set[int] = field(default_factory=set)
    read_as: dict[int, str] = field(default_factory=dict)
    shared: dict[int, tuple[str, ...]] = field(default_factory=dict)
    parted: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: dict[int, dict[str, str]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    duplicates: list[tuple[int, int]] = field(default_factory=list)
    carried: dict[int, Text] = field(default_factory=dict)
    ticks: dict[str, Ticks] = field(default_factory=dict)
    composed: dict[str, Composed] = field(default_factory=dict)
    otherwise: dict[str, int] = field(default_factory=dict)
    phoned: str = ""
    repeats: set[int] = field(default_factory=set)
    further: dict[int, int] = field(default_factory=dict)
    split: bool = False
    twice: bool = False

    @property
    def score(self) -> int:
        """How many columns were recognised."""
        return len(self.columns) + len(self.open)

    @property
    def known_score(self) -> int:
        """How many of them have a known heading."""
        return self.score - len(self.by_words)

    @property
    def fields(self) -> set[str]:
        """The fields that it has or may have."""
        return {*self.columns, *(key for keys in self.open.values() for key in keys)}

    def take_unknown(self, again: Header) -> None:
        """Take from headings that only repeat these those of further columns, which are no field (下一步打算 behind the rest)."""
        for column in sorted(set(again.unknown) - self.headings.keys()):
            self.headings[column] = again.headings[column]
            self.further[column] = again.row
            self.unknown.append(column)

    def cell(self, sheet: Sheet, column: int) -> str:
        """Where the heading of a column stands."""
        return a1(*sheet.anchor(self.further.get(column, self.row), column))

    def shown_value(self, sheet: Sheet, row: int, key: str) -> Any:  # noqa: ANN401 - a cell holds anything
        """The value that a row shows of a field; none where it is that of the column left of it, merged over both."""
        column = self.columns[key]
        if key in _SAYS_OF_ITSELF:
            left = sheet.anchor(row, column)[1]
            if left < column and left in self.columns.values():
                return None
        return sheet.value(row, column)

    def column_of(self, sheet: Sheet, row: int, key: str) -> int:
        """The column in which a row has the value of a field."""
        own = self.columns[key]
        return self.otherwise.get(key, own) if blank_to_none(sheet.value(row, own)) is None else own

    @property
    def inferred(self) -> frozenset[str]:
        """The fields whose column has no known heading."""
        unsure = self.by_words | self.read_as.keys()
        return frozenset(key for key, column in self.columns.items() if column in unsure)

    @property
    def key_column(self) -> int | None:
        """The column that says which task of the ledger a row is."""
        return next((column for column, name in self.carried.items() if name is KEY), None)

    @property
    def left(self) -> int:
        """The first column that has a heading."""
        return min(self.headings, default=1)

    @property
    def width(self) -> int:
        """The last column that has a heading."""
        return max(self.headings, default=0)

    def give(self, key: str, at: int, columns: Collection[int]) -> None:
        """Take columns from whatever they were read as and give them to one field, which stands at one of them."""
        self.columns = {name: column for name, column in self.columns.items() if column not in columns} | {key: at}
        for known in (self.open, self.read_as, self.shared):
            for column in known.keys() & set(columns):
                del known[column]
        self.by_words -= set(columns)
        self.unknown = [column for column in self.unknown if column not in columns]
        self.duplicates = [pair for pair in self.duplicates if not set(columns) & set(pair)]

    def full_name(self, column: int, schema: Schema) -> str:
        """The heading of a column as messages name it: 实际 below 完成时间 is 完成时间（实际）, as it says nothing by itself."""
        heading, group = self.headings.get(column, ""), self.groups.get(column)
        bare = group and 0 < len(heading) <= _SAYS_LITTLE and not known_fields(heading, schema)
        return f"{group}（{heading}）" if bare else heading

    def other_name(self, sheet: Sheet, column: int) -> str:
        """The name of a column that is no field: its heading, where that stands twice with its group or letters."""
        shown = sheet.value(self.row, column)
        heading = self.headings.get(column) or (on_one_line(shown) if isinstance(shown, str) else "")
        alone = list(self.headings.values()).count(heading) == 1 and column in self.headings
        if alone:
            return heading
        same = [self.groups.get(other) for other, text in self.headings.items() if text == heading]
        grouped = self.groups.get(column) if column in self.headings else None
        return f"{grouped}{heading}" if grouped and same.count(grouped) == 1 else f"{heading}（{column_letters(column)}列）"
