"""Search a free text for the names of roster units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units import lexicon as lex
from rectify_xl.language.units.places import GOVERNMENT, kind_of, stem
from rectify_xl.language.units.vocabulary import PLACE_CLASS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

_COLLECTIVE = HanPattern(
    rf"各(?:级|(?:{PLACE_CLASS})+)(?:\([^()]*\))?(?:{GOVERNMENT}|党委|党工委|[、和](?=党|人民|政府|管委))*(?:\(管委会\))?"
)
_LONGER = HanPattern(
    r"^(?!整改办|督察整改|环保督察)(?P<topic>[\u4e00-\u9fff]{0,8}?)(?:支队|大队|中队|分局|局|纪委|监委|委员会|委|工会|办公室|办|厅|中心|法院|检察院|医院|学院|院|所|处|公司|集团|站|学校|水库)"
)
_STOP = HanPattern(
    r"上报|报送|报表|整改|任务|清单|台账|台帐|汇总|关于|填报|反馈|情况|专项|月|最终|报告|进展|附件|及|和|与|牵头|配合|负责|第|的"
)
_PARTS = HanPattern(r"[^()]{2,}")
_GOVERNMENT = HanPattern(GOVERNMENT)
_BEFORE = HanPattern(r"[\u4e00-\u9fff]*$")
_FAR = 40  # no longer name stands before a level
_OTHER_LEVEL = HanPattern(r"[省市县区州盟旗]")


def surfaces(name: str, aliases: Sequence[str], former: Sequence[str], clean: Callable[[str], str]) -> tuple[str, ...]:
    """All forms under which a unit may be named."""
    plain = clean(name)
    forms = [plain, *map(clean, aliases), *map(clean, former), *_PARTS.findall(plain)]
    forms += [other for form in (plain, *map(clean, aliases)) for other in lex.spellings(form)]
    if kind_of(plain):
        forms += [stem(plain), lex.short_form(stem(plain))]
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    what: int | str


class Finder:
    """Longest names first; whatever a name covers is taken."""

    def __init__(self, entries: Sequence[tuple[str, tuple[str, ...], Hashable]]) -> None:
        """``entries``: (name, its forms, the unit); hits are reported as indices into ``entries``."""
        self._own = [name for name, _, _ in entries]
        forms: dict[str, int] = {}
        for index, name in enumerate(self._own):
            forms.setdefault(name, index)
        for index, (_, others, _) in enumerate(entries):
            for form in others:
                forms.setdefault(form, index)
        self._forms = forms
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = HanPattern("|".join(map(re.escape, ordered))) if ordered else None

    def find(self, text: str) -> Iterator[int | str]:
        """Indices of units, and collectives as text, in the order of the text."""
        hits = [_Hit(m.start(), m.end(), m[0]) for m in _COLLECTIVE.finditer(text)]
        taken = {i for hit in hits for i in range(hit.start, hit.end)}
        if self._pattern:
            hits += [_Hit(m.start(), m.end(), self._forms[m[0]]) for m in self._pattern.finditer(text) if m.start() not in taken]
        hits.sort(key=lambda hit: hit.start)
        for position, hit in enumerate(hits):
            following = hits[position + 1].start if position + 1 < len(hits) else len(text)
            previous = hits[position - 1].end if position else 0
            longer = _goes_on(text[hit.end : following])  # 各县区纪委监委 are no 各县区
            if not (longer if isinstance(hit.what, str) else self._inside_longer(text, hit, previous, following)):
                yield hit.what

    def _inside_longer(self, text: str, hit: _Hit, previous: int, following: int) -> bool:
        """Whether the form found is only part of the name of a body that the roster does not hold."""
        own = self._own[hit.what] if isinstance(hit.what, int) else ""
        tail = text[hit.end : following]
        if kind_of(own):
            tail = _GOVERNMENT.sub("", tail, count=1) if _GOVERNMENT.match(tail) else tail
        if _goes_on(tail):
            return True
        if kind_of(own) or _OTHER_LEVEL.match(text[hit.start]):
            return False
        before = _BEFORE.search(text[max(previous, hit.start - _FAR) : hit.start])
        levels = _OTHER_LEVEL.findall(before[0]) if before else []
        return bool(levels) and not own.startswith(levels[-1])


def _goes_on(tail: str) -> bool:
    """Whether what follows a name makes it that of another body."""
    longer = _LONGER.match(tail)
    return longer is not None and not _STOP.search(longer["topic"])
