"""A column that holds the unit and its person in one cell (责任单位/责任人: 市水利局/冉有), split by their words.

It is done for a whole column or not at all: where one cell cannot be split for certain, the column stays as it is, and
the other column is reported as missing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.language.leaders.names import is_name, name_and_post
from rectify_xl.language.leaders.parse import parse_leaders
from rectify_xl.language.leaders.vocabulary import SHORT_POST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

# The units of a cell and its people, each as one text; blank where the cell holds none.
Parted = tuple[str, str]

ORGANISATION = LazyPattern(
    r"(?=.{3}).*(?:局|委|委员会|办|办公室|部|厅|院|所|中心|公司|政府|管委会|集团|站|队|会|区|县|市|镇|乡|街道|组|校|厂|处|科|室|班|车间|项目部|馆|园|村|社|场|矿|[大中小]学|[银分支]行|[妇残侨文商]联|[科作]协)"
    r"|.*(?:department|dept\.?|division|office|agency|bureau|team|ltd\.?|inc\.?|unit)",
    re.IGNORECASE,
)
_STRONG = LazyPattern(r"[、,，;；/／|\n:：()（）\[\]【】]+|\s+[-—–]+\s+|(?<=[\u4e00-\u9fff])[-—–]+(?=[\u4e00-\u9fff])")
_LABEL = LazyPattern(r"(?:整改)?(?:责任)?(?:单位|部门|科室|领导)|(?:整改)?责任人")  # 责任单位：… and 责任人：… in one cell
_ROLES = LazyPattern(r"牵头|配合|协助|参与|负责|主办|协办|各|有关|相关")
_TOGETHER = LazyPattern(
    rf"(.{{2,}}?(?:局|委|办|院|中心|公司|街道|镇|乡|处|科|部|队|站|所|委员会))((?P<post>(?:党[委组])?{SHORT_POST})?[\u4e00-\u9fff]{{2,3}})"
)
_SOMEBODY = LazyPattern(r"[\u4e00-\u9fff]{2,4}")
_MOSTLY = 0.5


def part_column(texts: Iterable[str], units: AbstractSet[str]) -> dict[str, Parted] | None:
    """Each text with its units and its people; None where one of them cannot be split for certain, or hardly any names both."""
    found: dict[str, Parted] = {}
    for text in texts:
        parted = _part(text, units)
        if parted is None:
            return None
        found[text] = parted
    both = sum(all(parted) for parted in found.values())
    return found if found and both >= _MOSTLY * len(found) else None


def _part(text: str, units: AbstractSet[str]) -> Parted | None:
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded or _ROLES.search(folded):
        return None
    segments = [said for segment in _STRONG.split(folded) if (said := segment.strip()) and not _LABEL.fullmatch(said)]
    bodies: list[str] = []
    people: list[str] = []
    for segment in segments:
        parted = _segment(segment, units)
        if parted is None:
            # Behind a unit two to four characters that are no unit are the person who answers there, however rare the surname.
            if not bodies or not _SOMEBODY.fullmatch(segment) or people:
                return None
            parted = "", segment
        bodies += filter(None, parted[:1])
        people += filter(None, parted[1:])
    return "、".join(bodies), "、".join(people)


def _segment(segment: str, units: AbstractSet[str]) -> Parted | None:
    """One part between marks: a unit, a person with a post perhaps, or a unit and behind it a person."""
    words = segment.split()
    if _is_unit(segment, units) and not _is_person(segment):
        return segment, ""
    if len(words) > 1 and _is_unit(words[0], units):
        return (words[0], rest) if _is_person(rest := " ".join(words[1:])) else None
    together = _TOGETHER.fullmatch(segment)
    if together and (_is_person if together["post"] else is_name)(together[2]) and _is_unit(together[1], units):
        return together[1], together[2]
    return ("", segment) if _is_person(segment) else None


def _is_unit(text: str, units: AbstractSet[str]) -> bool:
    return text_key(text) in units or bool(ORGANISATION.fullmatch(text))


def _is_person(text: str) -> bool:
    """Whether a text is one name, perhaps with a post; 马场镇 and 石桥镇 begin like names and are none."""
    if ORGANISATION.fullmatch(text):
        return False
    if is_name(text) or name_and_post(text):
        return True
    people = parse_leaders(text)
    return len(people) == 1 and bool(people[0].name) and is_name(people[0].name)
