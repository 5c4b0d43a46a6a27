"""Expand names that share a prefix or suffix with a neighbour: 市审计局、园林局 and 雾川、澜屏市政府."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rectify_xl.language.deadline.numerals import number
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units import vocabulary as v
from rectify_xl.language.units.places import is_collective
from rectify_xl.language.units.split import is_complete

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from rectify_xl.language.units.model import Item

_OWN_START = HanPattern(v.OWN_PREFIX)
_BARE_COMPANY = HanPattern(v.BARE_COMPANY)
_BRACKET = HanPattern(r"\(.*")
_ZONE = HanPattern(r"(?:开发区|高新区|经开区|新区|园区|示范区|功能区|管理区|度假区|保税区|集聚区|景区|试验区)$")
# 雾川、澜屏县(区)人民政府: of which kind each is, the bracket leaves open
_AREA_BODY = HanPattern(rf"^([\u4e00-\u9fff]{{1,10}}?)({v.AREA}(?:\([市县区旗]\)|)){v.SHARED}$")
_AREA_SUFFIX = HanPattern(rf"^[\u4e00-\u9fff]{{1,12}}?{v.AREA}(?:\([市县区旗]\)|)({v.SHARED})$")
_ZONE_INSIDE = HanPattern(r"[\u4e00-\u9fff]{2}(?:开发区|高新区|园区|示范区|度假区|集聚区)(?=[\u4e00-\u9fff]{2})")
_AREA_ONLY = HanPattern(rf"^[\u4e00-\u9fff]{{1,10}}{v.AREA}$")
_PLAIN = HanPattern(r"^[\u4e00-\u9fff]{2,4}$")
_TOPIC = HanPattern(r"[局委办厅院部会队公司]$|^" + v.SHORT_TOPICS + "$")
_OPEN = HanPattern(v.OPEN_PLACES)
_FIRM = HanPattern(v.BRANCHES)
_FIRM_BRANCH = HanPattern(rf"^{v.BRANCHES}(?P<tail>{v.BRANCH_END})$")
_COUNTED = HanPattern(
    rf"^([\u4e00-\u9fff]{{2,4}}(?<!等))(?P<count>[两二三四五六七八九十]|\d{{1,2}})个?(?P<area>(?:{v.AREA}|村|社区)(?P<body>{v.SHARED}|))$"
)
_BUREAU = HanPattern(rf"^(?:{v.LEVEL})?{v.SHORT_TOPICS}局$")
#: 发改 and 卫健 are mostly committees
_TOPIC_ALONE = HanPattern(rf"^(?!.*(?:发改|卫健))(?:{v.LEVEL})?{v.SHORT_TOPICS}$")
_PARTY_SEAT = HanPattern(r"^([\u4e00-\u9fff]{2,8}(市|县|区|州|旗|盟))委$")
_BRANCH = HanPattern(r"^([\u4e00-\u9fff]{3,}局)[\u4e00-\u9fff]{1,6}分局$")
_TOPIC_BRANCH = HanPattern(rf"^{v.TOPIC_START}[\u4e00-\u9fff]{{0,6}}分局$")  # 区住建局、生态环境分局
_BARE_BRANCH = HanPattern(r"^[\u4e00-\u9fff]{1,4}分局$")

_LEVEL = HanPattern(rf"^(?!{v.NOT_LEVEL})({v.LEVEL})(?=[\u4e00-\u9fff])(?!级|域)")
_PLACE_LEVEL = HanPattern(
    r"^([\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|自治县|(?<![城])市|县|(?<![园社小地景灾牧林矿库])区|州|"
    r"盟|旗))(?:委(?!员会)(?:办公室|.{1,6}[部办])|(?!委|政府|人民政府).{1,14}(?:局|委|办|厅|院|室|部|中心|"
    r"支队|会)$)"
)
_PARTY = HanPattern(rf"^(?:.*?{v.LEVEL})委(?!员会)[^、]+")
_OWN_PREFIX = HanPattern(rf"^(?:{v.OWN_PREFIX})|(?:公司|集团)$")
_BARE = HanPattern(rf"^(?:[\u4e00-\u9fff]*{v.BARE_END}|{v.BARE_COMPANY})$")
_STRONG_END = HanPattern(rf"{v.STRONG_END}$")
_TOPIC_START = HanPattern(v.TOPIC_START)
_CITY = 2  # characters of 赣州 and its like
_YOUTH = HanPattern(r"^团([省市县区州旗])委$")
_NOT_BARE = HanPattern(v.NOT_BARE)


def shared_from(items: Sequence[Item], last: int) -> int:
    """The index of the first item that takes its suffix from ``items[last]``; ``last`` where none does."""
    full = items[last].text
    if is_collective(full):
        return last
    body, suffix = _AREA_BODY.match(full), _AREA_SUFFIX.match(full)
    first = last
    while body and suffix and first > 0 and items[first].joined and _completed(items[first - 1].text, body, suffix[1]):
        first -= 1
    return first


def _completed(text: str, body: re.Match[str], suffix: str) -> str | None:
    """``text`` with the suffix of its neighbour, or None where it does not lean on it."""
    if _AREA_ONLY.match(text) and not is_collective(text) and not _ends_by_chance(text, body[2]):
        zone, zone_body = bool(_ZONE.search(text)), bool(_ZONE.search(body[1] + body[2]))
        if "管委会" in suffix and "政府" not in suffix and zone_body and not zone:
            return None
        if "办事处" in suffix and not text.endswith("街道"):
            return None
        return text + suffix
    whole = is_complete(text) and not _AREA_ONLY.match(text)  # 市妇联; 景德镇 only looks like a town
    if _PLAIN.match(text) and not (_TOPIC.search(text) or whole or is_collective(text)) and len(body[1]) > 1:
        return text + body[2] + suffix
    return None


def _ends_by_chance(text: str, area: str) -> bool:
    """景德镇 beside 上饶市, 赣州 beside 吉安市: the last character belongs to the city's name."""
    if area in ("镇", "乡", "街道"):
        return False
    return text.endswith(("镇", "乡")) or (text.endswith("州") and len(text) == _CITY and area == "市")


def _uncount(items: Sequence[Item], expanded: dict[str, str]) -> None:
    """雾川、澜屏两县政府 counts what it lists, 雾川、澜屏等县政府 leaves it open: the last name is 澜屏县政府."""
    for at, item in enumerate(items):
        counted, left_open = _COUNTED.match(item.text), _OPEN.match(item.text)
        if counted and item.joined and at and _PLAIN.match(items[at - 1].text):
            places = _places_before(items, at)
            if not counted["body"] and number(counted["count"]) != len(places) + 1:
                continue
            full = f"{counted[1]}{counted['area']}"
            for place in places if not counted["body"] else ():  # 石门、南坪、北湾三镇
                place.text = expanded.setdefault(place.text, f"{place.text}{counted['area']}")
        elif left_open:
            full = left_open["place"].removesuffix(left_open["area"]) + left_open["area"] + left_open["body"]
        else:
            continue
        expanded[item.text], item.text = full, full


def _places_before(items: Sequence[Item], at: int) -> list[Item]:
    """The bare names right before ``at`` in one list."""
    first = at
    while first > 0 and items[first].joined and _PLAIN.match(items[first - 1].text) and not is_complete(items[first - 1].text):
        first -= 1
    return list(items[first:at])


def _share_bureaus(items: Sequence[Item], expanded: dict[str, str]) -> None:
    """县住建、水利、城管局: each topic has a bureau of its own."""
    for at in range(len(items) - 1, 0, -1):
        before = items[at - 1]
        if items[at].joined and _BUREAU.match(items[at].text) and _TOPIC_ALONE.match(before.text):
            before.text = expanded.setdefault(before.text, f"{before.text}局")


def _share_suffixes(items: Sequence[Item], expanded: dict[str, str]) -> None:
    for last in range(len(items) - 1, 0, -1):
        body, suffix = _AREA_BODY.match(items[last].text), _AREA_SUFFIX.match(items[last].text)
        if not (body and suffix):
            continue
        for item in items[shared_from(items, last) : last]:
            full = _completed(item.text, body, suffix[1])
            if full:
                expanded[item.text] = full
                item.text = full


def _share_branches(items: Sequence[Item], expanded: dict[str, str]) -> None:
    """移动、电信、联通雾川分公司: each firm has its own branch."""
    tail = ""
    for item, following in zip(reversed(items), [None, *reversed(items)], strict=False):
        branch = _FIRM_BRANCH.match(item.text)
        if branch:
            tail = branch["tail"]
        elif tail and following is not None and following.joined and _FIRM.fullmatch(item.text):
            item.text = expanded.setdefault(item.text, item.text + tail)
        else:
            tail = ""


def _own_level(text: str) -> str | None:
    """The level or place a name begins with, if names after it could lean on it."""
    level = _LEVEL.match(text) or _YOUTH.match(text)
    if level:
        return level[1]
    place = _PLACE_LEVEL.match(text)
    return place[1] if place else None


def _with_level(text: str, level: str, *, party: bool) -> str:
    core = _BRACKET.sub("", text)
    if core in v.PARTY_ALWAYS or (party and core in v.PARTY_AFTER_PARTY):
        return f"{level}委{text}"
    return level + text


def _restore_levels(items: Sequence[Item], expanded: dict[str, str]) -> None:
    level: str | None = None
    party, stem = False, ""
    _complete_governments(items, expanded)
    for item in items:
        text = item.text
        branch = _BRANCH.match(text)
        if stem and not branch and _BARE_BRANCH.match(text):
            item.text = expanded[text] = stem + text
            continue
        stem = branch[1] if branch else ""
        if is_collective(text):
            continue
        own = _own_level(text)
        if own:
            level, party = own, bool(_PARTY.match(text))
        elif _is_bare(text) or (level and level[-1] in "县区旗" and _TOPIC_BRANCH.match(text)):
            # 化工园区管理办公室 behind the committee of another zone: a zone is no part of another
            if level and not (level[-1] == "区" and _ZONE.search(level) and _ZONE_INSIDE.match(text)):
                item.text = expanded[text] = _with_level(text, level, party=party)
                party = bool(_PARTY.match(item.text))
        elif _OWN_PREFIX.search(text):
            level, party = None, False


def _complete_governments(items: Sequence[Item], expanded: dict[str, str]) -> None:
    """某县委、县政府: the government is that of the place before it."""
    for before, item in pairwise(items):
        seat = _PARTY_SEAT.match(before.text)
        if seat and item.text in (f"{seat[2]}政府", f"{seat[2]}人民政府"):
            full = seat[1] + item.text[1:]
            # one surface may stand for several places, so the first one keeps the entry
            expanded.setdefault(item.text, full)
            item.text = full


def _is_bare(text: str) -> bool:
    if _OWN_START.match(text) or _PARTY_SEAT.match(text):
        return False
    core = _BRACKET.sub("", text)
    if core in v.PARTY_ALWAYS or core.startswith("政府办"):
        return True
    if not _BARE.match(core) or _NOT_BARE.search(core):
        return False
    if _TOPIC_START.match(core) or _BARE_COMPANY.fullmatch(core):
        return True
    behind_a_place = any(_TOPIC_START.match(core, at) for at in (2, 3))
    return bool(_STRONG_END.search(core)) and not behind_a_place


def expand(items: Sequence[Item]) -> dict[str, str]:
    """Completes the items in place; returns surface -> full name."""
    expanded: dict[str, str] = {}
    _uncount(items, expanded)
    _share_suffixes(items, expanded)
    _share_branches(items, expanded)
    _share_bureaus(items, expanded)
    shared = set(expanded.values())
    _restore_levels(items, expanded)
    # 水利 stood in the cell, and 水利局 on its way to 县水利局 did not
    final = {surface: expanded.get(full, full) for surface, full in expanded.items()}
    return {surface: full for surface, full in final.items() if surface not in shared or surface == full}
