"""Split names that run together without a separator: 市水利局市财政局, 柏渚区人民政府砚湖区人民政府."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.mask import MASK
from rectify_xl.language.units.vocabulary import AREA, LEVEL, NOT_LEVEL, PLACE_CLASS, SHORT_TOPICS, TOPIC_START

if TYPE_CHECKING:
    from collections.abc import Iterator

_GOVERNMENT = r"(?:人民政府|政府|管委会|管理委员会|办事处)"
#: A character of the name of a place, and of no body before it.
_PLACE = r"(?:(?![局委办厅队社馆院会司校部处])[\u4e00-\u9fff])"
#: The name of another body can begin at these places, if a complete name ends there. Zero-width, so that matches may overlap.
_START = HanPattern(
    rf"(?=(?P<level>(?!{NOT_LEVEL}){LEVEL}(?:{TOPIC_START}|安委|自规|资规|政数|旅发|保监|直机关|纪律|委(?!员)|纪委|政府办|人大|政协))"
    rf"|(?P<each>各(?:有关|相关)?{PLACE_CLASS}+(?:{PLACE_CLASS}|{MASK}|党委|党工委|{_GOVERNMENT})*$)"
    rf"|(?P<place>{_PLACE}{{2,4}}?(?:{AREA})(?:党委|党工委|{_GOVERNMENT}))"
    rf"|(?P<zone>{_PLACE}{{2,4}}(?:经济(?:技术)?开发区|经开区|高新(?:技术产业开发)?区)(?:管委会|管理委员会))"
    rf"|(?P<branch>国网|中国(?:移动|电信|联通|铁塔|石油|石化|邮政|人民银行)|国家税务总局|国家统计局|武警)"
    rf"|(?P<topic>{SHORT_TOPICS}局)|(?P<other>{_PLACE}{{2,3}}[县区市旗]{TOPIC_START}[\u4e00-\u9fff]{{0,10}}局))"
)
#: What a complete name ends in, so that another one may follow directly.
_COMPLETE = HanPattern(
    rf"(?:局|委|办|厅|院|室|政府|管委会|委员会|办事处|中心|支队|大队|总队|公司|集团|公署|协会|总工会|妇联|残联|科协|档案馆|供销社|各(?:乡镇|镇街|街道|镇|县区|县市区)"
    rf"|[委市县区]?(?:组织|宣传|统战|社会工作)部){MASK}*$"
)
#: 市委 before 市政府督查室 is the beginning of one name; so is the headquarters of a branch.
_GOES_ON = HanPattern(rf"(?:(?:^|[\u4e00-\u9fff]){LEVEL}委|总局|总行|总公司|总社|驻[\u4e00-\u9fff]*){MASK}*$")
#: 市委办|公室 and 市委|员会 are halves of a word
_REST = HanPattern(r"公[室厅司]|员会|委员会|理局|事处|监委|办|[会心队室局厅院]")
_BUREAU = HanPattern(rf"局{MASK}*$")
_SHORTEST = 3
#: No body has a longer name, and few cells run more of them together.
_LONGEST = 200


def split_run_together(name: str) -> list[str]:
    """Return the names that a masked name consists of; one element where it is a single name."""
    if len(name) <= _SHORTEST or len(name) > _LONGEST:
        return [name]
    parts: list[str] = []
    begin = 0
    for at in _starts(name):
        if at - begin >= _SHORTEST and _ends(name[begin:at], name[at:]):
            parts.append(name[begin:at])
            begin = at
    return [*parts, name[begin:]]


def _starts(name: str) -> Iterator[int]:
    for match in _START.finditer(name):
        if match.lastgroup == "topic" and not _BUREAU.search(name, 0, match.start()):
            continue
        yield match.start()


def _ends(left: str, right: str) -> bool:
    """Whether ``left`` is a complete name and no beginning of a longer one."""
    return bool(_COMPLETE.search(left)) and not _GOES_ON.search(left) and not _REST.match(right)
