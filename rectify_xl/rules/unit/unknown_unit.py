"""A unit that the roster does not have.

What it checks:
    A unit named in a cell is neither a name, an alias nor a former name in units.csv, and stands for no
    group of its units. 某区人民政府 and 某区管委会 match 某区. The office itself (issuer), which may accept tasks, is
    none of the units and no stranger. Silent without a roster.
Why:
    A unit that is not on the roster gets no workbook, no reminder and no line in the summary.
Wrong:
    市水力局 （the roster has 市水利局）
Right:
    市水利局
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import close_to, is_mojibake
from rectify_xl.rules.unit_cells import body, single_bodies, unit_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """单位不在名录中。

查什么：
    单元格中的单位既不是 units.csv 中的名称、别名或曾用名，也不代表其中一组单位。“某区人民政府”“某区
    管委会”与“某区”视为同一单位。整改办自己（issuer）可以作验收单位，不必在名录中。没有名录时不检查。
为什么：
    不在名录里的单位收不到清单、收不到催办，汇总表里也没有它的一行。
错例：
    市水力局（名录中为市水利局）
正例：
    市水利局
"""
CODE = "U402"
SEVERITY = Severity.WARNING
FIELDS = fields(roles=("units",))
_SHORTEST = 3  # 整改办
MESSAGE = {
    "zh": "{label}中的{names}不在单位名录中；请核对名称{near}，或请整改办补入名录",
    "en": "{names} is not on the roster; check the name{near_en}, or have it added to the roster",
}


def applies(campaign: Campaign) -> bool:
    """Whether the campaign has the roster."""
    return bool(campaign.units)


def check(collection: Collection) -> Iterator[Hit]:
    """Yield cells that name a unit unknown to the roster."""
    for position, key, units in unit_cells(collection):
        unknown = {name: collection.match(name) for name in single_bodies(units)}
        # The Party committee of a place on the roster (甲县委) is no stranger.
        unknown = {
            name: match
            for name, match in unknown.items()
            if match.how == "none" and not match.members and not collection.match(body(name)).unit
            if not _is_office(collection.campaign, name)
        }
        if unknown and not is_mojibake(collection, position, key):
            near = tuple(match.suggestion.name for match in unknown.values() if match.suggestion)
            yield at(position, key, names=tuple(unknown), nearest=near, **close_to(near))


def _is_office(campaign: Campaign, name: str) -> bool:
    """Whether a name is that of the office, with its place in front or without: 甲县整改办, 县整改办."""
    return len(name) >= _SHORTEST and any(office.endswith(name) for office in campaign.issuer.split("、"))
