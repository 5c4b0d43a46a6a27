"""The entry of a sheet of the master in the registry: how it is called, rendered and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from rectify_xl.collection.timing import Flag
    from rectify_xl.common.i18n import Text
    from rectify_xl.ledger.records import Extras
    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.ledger.sheets.tables import Column, ListSheet
    from rectify_xl.schema.schema import Schema

# What a sheet holds, by which its tab is coloured; one of trouble is red while it has rows.
Topic = Literal["tasks", "figures", "findings", "history", "trouble"]


def _no_field(_schema: Schema) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class ReadBack:
    """How the rows of a sheet are read back from a saved master, where they are more than another view of the tasks.

    Attributes:
        stores: the attribute of :class:`~rectify_xl.ledger.master.Master` that holds the records.
        columns: the columns that the sheet was written with.
        parse: the record of a row, from its cells by column key and the cells in columns that the office added.
        optional: the columns that a saved sheet may lack.
        combine: puts the rows together, where a record takes several.
        required: whether a master that lacks the sheet is refused; it is said and made anew otherwise.
        is_decided: whether the office decides on its rows: then a record knows its row.
        rows_leave: whether rows leave the list with a merge or a decision, or are made anew by it: what the office wrote beside
            them is kept by what they are about, as in a view of the tasks.
    """

    stores: str
    columns: Callable[[SheetContext], tuple[Column, ...]]
    parse: Callable[[SheetContext, Mapping[str, Any], Extras], Any]
    optional: Callable[[Schema], Collection[str]] = _no_field
    combine: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple
    required: bool = False
    is_decided: bool = False
    rows_leave: bool = False


@dataclass(frozen=True, slots=True)
class MasterSheet:
    """One entry of the registry of sheets.

    Attributes:
        key: what the sheet is called in every language.
        name: the name on its tab.
        about: what it lists, in a few words; 汇总 says so in its list of sheets.
        place: where it stands: the sheets are in ascending order of it.
        render: the sheet of a master.
        topic: what it holds.
        flag: the warning whose tasks it lists: figures of that warning on 汇总 lead here.
        read_back: how it is read back; None for a view of the tasks.
        identity: the columns that tell its rows apart from round to round; all of them where none is named.
    """

    key: str
    name: Text
    about: Text
    place: int
    render: Callable[[SheetContext], ListSheet]
    topic: Topic = "trouble"
    flag: Flag | None = None
    read_back: ReadBack | None = None
    identity: tuple[str, ...] = ()

    @property
    def in_order(self) -> bool:
        """Whether a master read back shows the very rows that it was read from, in the same order."""
        return self.key == "ledger" or (self.read_back is not None and self.read_back.combine is tuple)
