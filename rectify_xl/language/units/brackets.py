"""Brackets behind a name: a role (牵头) or measure numbers (第1、3条)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.mask import measure_numbers
from rectify_xl.language.units.model import Item

if TYPE_CHECKING:
    from rectify_xl.language.units.model import Role

_COUNT = r"[\d一二三四五六七八九十](?:[\d一二三四五六七八九十、,和及至到~\-—–第]*[\d一二三四五六七八九十])?"
_BRACKET_ROLE = HanPattern(
    rf"^[(\[【〔](?P<first>(?:第?{_COUNT}[条项款点](?:措施|任务|问题|整改)?|(?:措施|任务|问题){_COUNT})[的由:]?)?"
    r"(?:以上|分别|均|都)*[为是]?(?:(?P<lead>(?:共同|联合)?(?:负责)?(?:总?牵头|主办|主责|主(?=[)\]】〕])))|(?P<cooperating>(?:共同|联合)?(?:配合|参与|参加|协助|协办|会办|协同|支持|[协配](?=[)\]】〕])))|(?P<responsible>(?:共同|各自|具体|分别|主要|直接)?负责|(?:主要|第一|共同|次要|直接|总)*责任(?:单位|部门)|承办|落实|具体落实|(?:组织|具体)?实施|验收|(?:监管|监督|督导|指导|主管)(?:责任)?(?:单位|部门)?(?=[)\]】〕])))(?!办)"
)
_BRACKET_NUMBERS = HanPattern(
    r"^[(\[【〔](?![^)\]】〕]*\d{3})(?:措施|任务|问题)?[第(\d一二三四五六七八九十、,和及至到~\-—–)条项款点]+(?:措施|任务|问题)?[)\]】〕]$"
)
_TOGETHER = HanPattern(r"^.(?:共同|联合|分别|各自|以上|均|都)")
_OTHER_ROLE = HanPattern(r"[,;](?=[配参协])")
_COUNTS = HanPattern(r"第\s*\d|[条项款点]|\([\d一二三四五六七八九十]|^[^\d]{2,4}\d")
_NO_SPACE = HanPattern(r"\s+")


def numbers_in(atom: str) -> tuple[int, ...]:
    """The measures in a hidden stretch; none where it is a bracket that says something else."""
    return measure_numbers(atom) if atom and (atom[0] not in "([【〔{〈《" or _BRACKET_NUMBERS.match(atom)) else ()


def bracket_role(atom: str) -> Item | None:
    """A bracket's role and measures as an item without a name; ``joined`` where it refers to the whole list (共同牵头)."""
    atom = _NO_SPACE.sub("", atom)
    match = _BRACKET_ROLE.match(atom)
    if match is None:
        if not _BRACKET_NUMBERS.match(atom) or not (numbers := measure_numbers(atom)):
            return None
        return Item(")", None, numbers, fixed=True)
    group: Role = match.lastgroup  # type: ignore[assignment]
    start = atom.find("牵头") if group == "lead" else 0
    listed = match["first"] or _OTHER_ROLE.split(atom[start:])[0]
    numbers = measure_numbers(listed) if match["first"] or _COUNTS.search(listed[1:-1]) else ()
    return Item(")", group, numbers, joined=bool(_TOGETHER.match(atom)), fixed=True)
