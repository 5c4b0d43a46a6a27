"""Brackets of a unit list: a role (牵头), measures (第1、3条), or a part of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.lazy import Lazy
from rectify_xl.language.units import vocab as v
from rectify_xl.language.units.mask import measure_numbers
from rectify_xl.language.units.model import Item

if TYPE_CHECKING:
    from rectify_xl.language.units.model import Role

_COUNT = r"[\d一二三四五六七八九十](?:[\d一二三四五六七八九十、,和及至到~\-—–第]*[\d一二三四五六七八九十])?"
_BRACKET_ROLE = Lazy(
    rf"^[(\[【〔](?P<first>(?:第?{_COUNT}[条项款点](?:措施|任务|问题|整改)?|(?:措施|任务|问题){_COUNT})[的由:]?)?"
    r"(?:以上|分别|均|都)*[为是]?(?:(?P<lead>(?:共同|联合)?(?:负责)?(?:总?牵头|主办|主责))|(?P<cooperating>(?:共同|联合)?(?:配合|参与|协助|协办))|(?P<responsible>(?:共同|各自)?负责|(?:主要|第一|共同|次要|直接|总)*责任(?:单位|部门)|承办|落实|具体落实|组织实施|验收|(?:监管|监督|督导|指导|主管)(?:责任)?(?:单位|部门)?(?=[)\]】〕])))(?!办)"
)
_BRACKET_NUMBERS = Lazy(
    r"^[(\[【〔](?:措施|任务|问题)?[第(\d一二三四五六七八九十、,和及至到~\-—–)条项款点]+(?:措施|任务|问题)?[)\]】〕]$"
)
_TOGETHER = Lazy(r"^.(?:共同|联合|分别|各自|以上|均|都)")
# 【牵头】甲局、乙局【配合】丙局: headings rather than brackets, where the cell begins with one
_HEADING = Lazy(r"[【〔]((?:牵头|配合|责任|主办|协办|参与)(?:责任)?)(?:单位|部门)?[】〕](?=[\u4e00-\u9fff])")
CONTACT = Lazy(r"[(\[【〔](?:联系人|联络员|联系电话|电话|手机|责任人|负责人)[^()\[\]【】〔〕]*[)\]】〕]")
# Brackets that go on with the list: 县水利局(会同县财政局), 县水利局牵头(县财政局配合)
_ASIDE_WITH = Lazy(r"[(\[【〔]((?:会同|联合|协同)[^()\[\]【】〔〕]{2,})[)\]】〕]")
_ASIDE = Lazy(rf"[(\[【〔]([^()\[\]【】〔〕]+{v.BODY_END}(?:负责)?(?:配合|协助|协办|参与))[)\]】〕]")
_OTHER_ROLE = Lazy(r"[,;](?=[配参协])")
_COUNTS = Lazy(r"第\s*\d|[条项款点]|\([\d一二三四五六七八九十]|^[^\d]{2,4}\d")
# 甲局:牵头;乙局—配合: the mark stands for nothing
_MARKED_ROLE = Lazy(r"(?<=[\u4e00-\u9fff)])\s*[:\-—–]+\s*(?=(?:牵头|配合|参与|协助|负责|落实)(?:单位|部门)?\s*(?:$|[;,。、\n]))")
_NO_SPACE = Lazy(r"\s+")


def without_asides(text: str) -> str:
    """The text with the brackets opened that go on with the list or head it, without marks before roles and whom to call."""
    text = _MARKED_ROLE.sub("", text)
    if _HEADING.match(text.strip()):
        text = _HEADING.sub(r"\n\1单位:", text)
    return _ASIDE.sub(r",\1,", _ASIDE_WITH.sub(r"\1,", CONTACT.sub("", text)))


def numbers_in(atom: str) -> tuple[int, ...]:
    """The measures in a hidden stretch; none where it is a bracket that says something else."""
    return measure_numbers(atom) if atom and (atom[0] not in "([【〔{〈《" or _BRACKET_NUMBERS.match(atom)) else ()


def bracket_role(atom: str) -> Item | None:
    """A bracket's role and measures as an item without a name; ``joined`` where it speaks of the whole list (共同牵头)."""
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
