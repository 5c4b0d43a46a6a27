"""Tokenise a masked text into names: separators, blanks inside names, joint words, 等."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.mask import MASK
from rectify_xl.language.units.vocabulary import (
    BODY_END,
    EMBEDDED,
    JOINTS,
    LEVEL,
    NOT_LEVEL,
    OPEN_PLACES,
    OWN_PREFIX,
    PLACE_CLASS,
    SHORT_BODIES,
    SHORT_TOPICS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROLE_NEXT = r"(?:$|(?=牵头|配合|负责|参与|落实|按))"
_COMPLETE = HanPattern(rf"^.{{1,}}?{BODY_END}{MASK}*$")
_SHORT_COMPLETE = HanPattern(rf"^(?:{LEVEL}[委办]|{LEVEL}政府|{SHORT_BODIES}|{SHORT_TOPICS}){MASK}*$")
_PARTY_SEAT = HanPattern(rf"^{LEVEL}(?:[委办]|政府)$")
# a word that a line break cut in two, or the part of a body that its name goes on with
_REST_OF_NAME = HanPattern(
    rf"^(?:人民政府|政府|员会|公[室厅司]|理局|[会心队室局])(?:{MASK}|{_ROLE_NEXT})|^(?:以及|及|与|和(?=[省市各有相]))(?=..)"
)
_PARENT = HanPattern(r"(?:领导小组|指挥部|委员会|工作组|集团)$")
_PART = HanPattern(r"^(?:办公室|成员单位|有限|股份)")
_EACH = HanPattern(r"^各[省市县区州盟旗镇乡]$")
_MORE_PLACES = HanPattern(r"^[市县区州旗镇街](?![直级属])")
_PURE_PLACE = HanPattern(r"^[\u4e00-\u9fff]{1,8}(?:省|市|县|区|州|盟|旗)$")
_BRACKET_ONLY = HanPattern(rf"^{MASK}+{_ROLE_NEXT}")
_OWN_START = HanPattern(rf"^(?:各|有关|相关|全|驻|属地|{OWN_PREFIX}|(?!{NOT_LEVEL}){LEVEL}(?=[\u4e00-\u9fff]))")
_HARD = HanPattern(r"[、,;。|]+")
_SHORTEST = 3
_LONGEST = 200  # no body has a longer name; keeps hostile input cheap
_BLANK = HanPattern(r"(\s+)")
_SLASH = HanPattern(r"\s*([/\\+&→])\s*")
_OPEN_PLACES = HanPattern(OPEN_PLACES)
_HAN = HanPattern(r"[\u3400-\u9fff]")
_TOPIC_SO_FAR = HanPattern(r"和城乡$")
_JOINT = HanPattern(JOINTS)
# 泰和县, 云和县: the joint is the second character of a place; 市和县 are two.
_IN_PLACE = r"(?:^|(?<=[和与及]))[\u4e00-\u9fff](?<![省市县区州旗镇乡各])和(?=[县区市镇乡])"
_EMBEDDED = HanPattern(rf"{EMBEDDED.replace('和', '[和与]')}|{_IN_PLACE}")
_BARE_CLASS = HanPattern(
    rf"^(?:(?:有关|相关|各)?(?:单位|部门|企业|企事业单位|机构|个人|人员|群众)|(?:人民)?政府|管委会|{PLACE_CLASS}+(?:党委|政府|人民政府)?){MASK}*$"
)
_PLACE_BODY = HanPattern(r"^[\u4e00-\u9fff]{2,4}(?:自治州|自治县|市|县|区|州|盟|旗|镇|乡)(?:人民政府|政府|党委|委)")
_BARE_PLACE = HanPattern(r"^[\u4e00-\u9fff]{2,4}$")
_OPEN_LIST = HanPattern(
    r"(?<![高中初平同优])等(?=(?P<count>\d+|[一二两三四五六七八九十]+)?(?:[多几各])?[个家]?(?:[省市县区州][直级属]?(?=有关|相关|各|部门|单位|企业)|有关|相关|其他|其它|各|市直|县直|省直|区直|市级|县级|职能|成员|责任|主管|监管|配合|重点|涉及|所属|属地|辖区|沿[\u4e00-\u9fff]{1,2}|流域|周边)*"
    r"(?:部门|单位|企业|县市区|县区|区县|市县|县|区|市|乡镇|镇街|镇|街道|地|机构|委办局|高校|学校|园区|集团))"
)


@lru_cache(maxsize=16384)
def is_complete(name: str) -> bool:
    """Whether a name ends like the name of a body."""
    if len(name) > _LONGEST:
        return False
    return bool(_COMPLETE.match(name) and len(name) >= _SHORTEST and not name.endswith("督办")) or bool(
        _SHORT_COMPLETE.match(name)
    )


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """(piece, joined to the piece before by 、) of a masked text, cut at every separator outside brackets."""
    at, joined = 0, False
    for match in [*_HARD.finditer(text), None]:
        end = match.start() if match else len(text)
        for piece, new_line in _blanks(text[at:end].strip()):
            yield piece, joined and not new_line
            joined = True
        joined = bool(match) and match is not None and match[0] == "、"
        at = match.end() if match else end


def _blanks(chunk: str) -> Iterator[tuple[str, bool]]:
    """Cuts at blanks, slashes, + and & only behind a complete name: 市 财 政 局 is one name with blanks in it.

    Each piece comes with whether a line begins with it.
    """
    for block in _slashes(chunk):
        current, blank, new_line = "", "", False
        for at, part in enumerate(_BLANK.split(block)):
            if at % 2:
                blank = part
            elif current and not _goes_on(current, part):
                yield current, new_line
                current, new_line = part, "\n" in blank
            else:
                current += part
        if current:
            yield current, new_line


def _goes_on(left: str, right: str) -> bool:
    """Whether a blank stands inside a name."""
    if _BRACKET_ONLY.match(right) or _REST_OF_NAME.match(right):
        return True
    if (_PARENT.search(left) and _PART.match(right)) or (_EACH.match(left) and _MORE_PLACES.match(right)):
        return True
    left = left.rstrip("★☆▲△*#")  # marks of a note below the table
    if _TOPIC_SO_FAR.search(left) or not (is_complete(left) or _ends_role(left)) or left == "国家税务总局":
        return True
    if _PURE_PLACE.match(left) or _PARTY_SEAT.match(left):
        return not _OWN_START.match(right) and not _PURE_PLACE.match(right) and len(right) > 1
    return False


def _ends_role(text: str) -> bool:
    return text.endswith(("牵头", "配合", "负责", "参与", "落实", "协助", "协办", "主办", "条", "项"))


def _slashes(chunk: str) -> Iterator[str]:
    parts = _SLASH.split(chunk)
    current = parts[0]
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        if current and is_complete(current) and _HAN.match(part):
            yield current
            current = part
        else:
            current = f"{current}{mark}{part}" if current or mark in "+&" else part
    yield current


def joint_parts(name: str) -> list[str]:
    """The names that 和, 及, 与 or 以及 join; one element where the word is part of a name."""
    if len(name) > _LONGEST:
        return [name]
    protected = {at for m in _EMBEDDED.finditer(name) for at in range(*m.span())}
    for match in _JOINT.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if match.start() in protected or not left or not right:
            continue
        if _joins(left, right):
            return [left, *joint_parts(right)]
    return [name]


def _joins(left: str, right: str) -> bool:
    if _BARE_CLASS.match(right):
        return not left.startswith("各") and not left.endswith(("党委", "部门", "单位", "县区", "区县", "市区", "乡镇", "机关"))
    if is_complete(left):
        first = joint_parts(right)[0]
        return is_complete(first) or first.startswith(("各", "有关", "相关"))
    return bool(_BARE_PLACE.match(left) and _PLACE_BODY.match(right))


def split_open_list(name: str, before: int = 0) -> tuple[list[str], bool]:
    """Cuts 甲等有关部门 into 甲 and 等有关部门; (names, whether 等 left the list open).

    ``before``: how many names the list has before this one. 甲、乙等2个县区 counts what it lists, 甲等12个部门 stands for more.
    """
    if _OPEN_PLACES.match(name):  # completed together with its neighbours
        return [name], True
    match = _OPEN_LIST.search(name)
    if match and match["count"] and number(match["count"]) <= before + 1:
        return [name[: match.start()]], True
    if match:
        head = name[: match.start()]
        return [part for part in (head, name[match.start() :]) if part], False
    if name.endswith("等") and not name.endswith(("高等", "平等", "同等")):
        return [name[:-1]] if name[:-1] else [], True
    return [name], False
