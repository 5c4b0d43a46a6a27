"""Counties, districts, cities, zones and towns among the roster's units, and what a collective covers."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["county", "district", "city", "prefecture", "zone", "town"]

GOVERNMENT = (
    r"(?:(?:人民政府|政府)\(管委会\)|(?:党委|党工委)(?:\((?:党委|党工委)\))?[、和]?(?:人民政府|政府|"
    r"管委会)(?:\(管委会\))?|党工委管委会|人民政府|政府|管理委员会|管委会|街道办事处|办事处)"
)
_SUFFIX = re.compile(rf"{GOVERNMENT}$")
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"(?:开发区|高新区|经开区|新区|园区|示范区|功能区|管理区|度假区|保税区|集聚区|试验区|合作区)$"), "zone"),
    (re.compile(r"(?:县|旗)$"), "county"),
    (re.compile(r"(?<![社小地景])区$"), "district"),
    (re.compile(r"(?:州|盟|地区)$"), "prefecture"),
    (re.compile(r"市$"), "city"),
    (re.compile(r"(?:镇|乡|街道)$"), "town"),
)
_COVERS = re.compile(
    rf"^(?:全市|全县|全省|全区)?各(?:有关|相关)?(?P<places>(?:[县市区州盟旗、]|设区的?市|县级市|"
    rf"自治[县州旗]|乡镇|镇街|镇|乡|街道办?|功能园?区|开发园?区|高新区|经开区|新区|园区|"
    rf"\([县市区州盟旗、功能园开发街道管委会]+\))+)"
    rf"(?:党委|党工委|{GOVERNMENT}|\((?:党工委|党委|管委会)\)|[、和])*$"
)
_EVERY_LEVEL = re.compile(r"^各级(?:党委|人民政府|政府|[、和])*$")


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
    places = re.sub(r"设区的?市", "市", match["places"])
    kinds: set[Kind] = set()
    zones = re.sub(r"功能园?区|开发园?区|高新区|经开区|新区|园区|管委会", "", places)
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
