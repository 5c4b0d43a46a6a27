"""Counties, districts, cities, zones and towns among the roster's units, and what a collective covers."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.units.vocabulary import COLLECTIVE, PLACE_CLASSES

Kind = Literal["county", "district", "city", "prefecture", "zone", "town"]

GOVERNMENT = (
    r"(?:(?:人民政府|政府)\(管委会\)|(?:党委|党工委)(?:\((?:党委|党工委)\))?[、和]?(?:人民政府|政府|"
    r"管委会)(?:\(管委会\))?|党工委管委会|人民政府|政府|管理委员会|管委会|街道办事处|办事处)"
)
_SUFFIX = HanPattern(rf"{GOVERNMENT}$")
_KINDS: tuple[tuple[HanPattern, Kind], ...] = (
    (HanPattern(r"(?:开发区|高新区|经开区|新区|园区|示范区|功能区|管理区|度假区|保税区|集聚区|试验区|合作区)$"), "zone"),
    (HanPattern(r"(?:县|旗)$"), "county"),
    (HanPattern(r"(?<![社小地景])区$"), "district"),
    (HanPattern(r"(?:州|盟|地区)$"), "prefecture"),
    (HanPattern(r"市$"), "city"),
    (HanPattern(r"(?:镇|乡|街道)$"), "town"),
)
_CLASS = (
    r"(?:[县市区州盟旗]|设区的?市|县级市|自治[县州旗]|乡镇|镇街|镇|乡|街道办?|功能园?区|开发园?区|高新区|经开区|新区|园区|"
    r"\([县市区州盟旗乡镇、功能园开发街道管委会]+\))"
)
_BODY = rf"(?:党委|党工委|{GOVERNMENT}|街道办|\((?:党工委|党委|管委会|街道办事处|街道办|办事处)\))"
_COVERS = HanPattern(
    rf"^(?:(?:全市|全县|全省|全区)?各(?:有关|相关)?|(?={PLACE_CLASSES}))(?P<places>{_CLASS}(?:{_CLASS}|{_BODY}|[、和])*)$"
)
_FORMS = HanPattern(r"党委|党工委|人民政府|政府|办事处")
_CITY_OF_DISTRICTS = HanPattern(r"设区的?市")
_ZONE_WORDS = HanPattern(r"功能园?区|开发园?区|高新区|经开区|新区|园区|管委会")
_EVERY_LEVEL = HanPattern(r"^各级(?:党委|人民政府|政府|[、和])*$")

_COLLECTIVE = tuple(HanPattern(pattern) for pattern in COLLECTIVE)


@lru_cache(maxsize=16384)
def is_collective(name: str) -> bool:
    """Whether a name stands for many bodies: 各县区…, 市直有关部门, 成员单位, 等有关单位, 属地政府."""
    return any(pattern.search(name) for pattern in _COLLECTIVE)


def stem(name: str) -> str:
    """A place without the form of its government: 源汇区人民政府 -> 源汇区."""
    short = _SUFFIX.sub("", name)
    if name.endswith("街道办事处"):
        short += "街道"
    return short if len(short) > 1 else name


def kind_of(name: str) -> Kind | None:
    """The kind of place a name is, with or without the form of its government; None for a bureau or a firm."""
    place = stem(name)
    return next((kind for pattern, kind in _KINDS if len(place) > 2 - (kind == "city") and pattern.search(place)), None)


def covered(collective: str) -> frozenset[Kind]:
    """The kinds of places a collective name covers; empty where it names departments or nobody in particular."""
    if _EVERY_LEVEL.match(collective):
        return frozenset({"county", "district", "city", "prefecture", "zone", "town"})
    match = _COVERS.match(collective)
    if not match:
        return frozenset()
    places = _CITY_OF_DISTRICTS.sub("市", _FORMS.sub("", match["places"]))
    kinds: set[Kind] = set()
    zones = _ZONE_WORDS.sub("", places)
    if zones != places:
        kinds.add("zone")
    signs: tuple[tuple[str, Kind], ...] = (
        ("县", "county"), ("旗", "county"), ("区", "district"), ("市", "city"), ("州", "prefecture"), ("盟", "prefecture"),
        ("乡", "town"), ("镇", "town"), ("街", "town"),
    )  # fmt: skip
    kinds |= {kind for sign, kind in signs if sign in zones}
    if {"county", "district"} <= kinds:  # 各县区 is everything below the city: county-level cities and zones report with them
        kinds |= {"city", "zone"}
    return frozenset(kinds)
