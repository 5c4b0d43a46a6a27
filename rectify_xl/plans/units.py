"""Units as a plan writes them: names are not completed, what they were completed to stands beside."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.text import clean_text
from rectify_xl.language.units.expand import expand
from rectify_xl.language.units.model import Item
from rectify_xl.language.units.roles import read_roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOTHING = frozenset({"", "/", "无", "—", "-", "——", "同上", "待定"})
_BLANK = LazyPattern(r"\s+")


@dataclass(slots=True)
class UnitRoles:
    """The units of a task by role, as written.

    Attributes:
        lead, cooperating, responsible: names in the order of the text; one named twice stands in both roles.
        measures: (names, numbers of the measures that they lead).
        expanded: name as written -> the full names that it stands for.
        polluted: names with advertising in them.
    """

    lead: list[str] = field(default_factory=list)
    cooperating: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    measures: list[tuple[tuple[str, ...], tuple[int, ...]]] = field(default_factory=list)
    expanded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    polluted: list[str] = field(default_factory=list)

    def add(self, text: str, role: str) -> None:
        """Read one value: ``role`` is that of its label, where the text itself names none."""
        plain = unicodedata.normalize("NFKC", text).strip().rstrip("。;,. ")
        if _BLANK.sub("", plain) in _NOTHING:
            return
        items = read_roles(_BLANK.sub(" ", plain) if "\n" not in plain else plain).items
        written = [item.text for item in items]
        completed = [_copy(item) for item in items]
        expand(completed)
        for group in _groups(written, completed):
            name = _as_written(plain, [written[at] for at in group]) if len(group) > 1 else written[group[0]]
            self._take(name, items[group[-1]], tuple(completed[at].text for at in group), role)
        for measured in _measured(items, written, completed, plain):
            self.measures.append(measured)

    def _take(self, name: str, item: Item, full: tuple[str, ...], role: str) -> None:
        names = {"lead": self.lead, "cooperating": self.cooperating}.get(item.role or "")
        if names is None:
            names = {"lead": self.lead, "cooperating": self.cooperating}.get(role, self.responsible)
        if name in names and self.expanded.get(name, (name,)) != full:
            name = "、".join(full)  # 甲市委、市政府,乙市委、市政府: the second 市政府 is another one, by its full name
        if name not in names:
            names.append(name)
        if full != (name,):
            self.expanded[name] = full
        if any(damage.kind in ("advertising", "link") for damage in clean_text(name, name=True).damage):
            self.polluted.append(name)


def _copy(item: Item) -> Item:
    return Item(item.text, item.role, item.measures, item.joined, item.by_word, item.fixed, item.marks)


def _groups(written: Sequence[str], completed: Sequence[Item]) -> list[list[int]]:
    """Items of one name: 甲、乙、丙市政府 is written as one and stands for three."""
    groups: list[list[int]] = []
    open_group: list[int] = []
    for at, (name, item) in enumerate(zip(written, completed, strict=True)):
        if item.text != name and item.text.startswith(name) and at + 1 < len(written) and completed[at + 1].joined:
            open_group.append(at)
            continue
        groups.append([*open_group, at])
        open_group = []
    return groups


def _as_written(text: str, names: list[str]) -> str:
    """The stretch of the text from the first of some names to the last."""
    pattern = r"\s*(?:、|和|及|与|以及|,)\s*".join(map(re.escape, names))
    found = re.search(pattern, text)
    return found[0] if found else "、".join(names)


def _measured(
    items: Sequence[Item], written: Sequence[str], completed: Sequence[Item], text: str
) -> Iterable[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Who leads which measures; names joined by 和 before one bracket lead together."""
    by_numbers: dict[int, tuple[list[str], tuple[int, ...]]] = {}
    place: dict[int, int] = defaultdict(int)
    for number, group in enumerate(_groups(written, completed)):
        item = items[group[-1]]
        if not item.measures:
            continue
        name = _as_written(text, [written[at] for at in group]) if len(group) > 1 else written[group[0]]
        together = item.by_word and number - 1 in by_numbers and by_numbers[number - 1][1] == item.measures
        if together:
            by_numbers[number] = by_numbers.pop(number - 1)
            by_numbers[number][0].append(name)
        else:
            by_numbers[number] = [name], item.measures
        place[number] = number
    return [(tuple(names), numbers) for names, numbers in by_numbers.values()]
