"""The result of the unit parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, NoReturn, TypeVar

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Role = Literal["lead", "cooperating", "responsible"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(dict[K, V], Generic[K, V]):
    """A dict that cannot be changed, can be hashed, and can travel to another process."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        msg = "this mapping cannot be changed"
        raise TypeError(msg)

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenMap, (dict(self),)


def _no_measures() -> Mapping[str, tuple[int, ...]]:
    return FrozenMap()


def _no_expansions() -> Mapping[str, str]:
    return FrozenMap()


@dataclass(frozen=True, slots=True, repr=False)
class Units(ShortRepr):
    """The units of one cell, by role.

    ``lead`` and ``cooperating`` are named as such; ``responsible`` are listed with no role or as 负责落实.
    A unit in ``responsible`` is in no other role; one in both of the others stands in :attr:`in_both_roles`.
    ``collective`` are those names that stand for many bodies (各县区…). ``per_measure`` maps a name to the
    numbers of the measures it answers for. ``expanded`` maps a shortened name as written to the full name
    the lists hold. ``names`` are all names in the order of the text. ``open_list`` says that the list ends
    in a bare 等. ``unread`` is text that was no unit (other labels and their values), for the record.
    Names are in NFKC, in Simplified script and without spaces.
    """

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    collective: tuple[str, ...] = ()
    per_measure: Mapping[str, tuple[int, ...]] = field(default_factory=_no_measures)
    expanded: Mapping[str, str] = field(default_factory=_no_expansions)
    names: tuple[str, ...] = ()
    open_list: bool = False
    unread: str = ""

    @property
    def in_both_roles(self) -> tuple[str, ...]:
        """Names that lead and cooperate in the same cell."""
        return tuple(name for name in self.lead if name in self.cooperating)

    def role_of(self, name: str) -> Role | None:
        """The role of a name, ``lead`` before ``cooperating``; None for a name that is not in the cell."""
        if name in self.lead:
            return "lead"
        if name in self.cooperating:
            return "cooperating"
        return "responsible" if name in self.responsible else None


@dataclass(slots=True)
class Item:
    """One name on its way through the parser (mutable, private to the package)."""

    text: str
    role: Role | None = None
    measures: tuple[int, ...] = ()
    joined: bool = False  # follows the item before it in one list (、 or 和), so both may share a suffix
    by_word: bool = False  # follows it behind 和 or 及
    fixed: bool = False  # the role comes from the item's own bracket
    marks: str = ""  # ★ and the like around the name


@dataclass(slots=True)
class Reading:
    """Names in text order, plus what was left over (private to the package)."""

    items: list[Item] = field(default_factory=list)
    open_list: bool = False
    unread: list[str] = field(default_factory=list)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names without repetition, first occurrence first."""
    return tuple(dict.fromkeys(names))
