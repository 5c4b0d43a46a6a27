"""Several units and none of them leads.

What it checks:
    The cell of responsible units names several units, and neither the heading (牵头单位, 主责单位) nor the text
    says which one leads. A single unit leads by itself, and so do Party committee and government of one place.
Why:
    Where all are responsible nobody reports; the plans say who leads, task by task or measure by measure.
Wrong:
    市水利局、市财政局 under 责任单位
Right:
    市水利局牵头，市财政局配合
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.readings import read_units
from rectify_xl.common.findings import Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules import at, fields
from rectify_xl.rules.unit_cells import body, official

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """几个单位负责，没有明确牵头。

查什么：
    责任单位一格有几个单位，而列名（牵头单位、主责单位）和文字都没有说明由谁牵头。只有一个单位，或
    者是同一地方的党委、政府时，即由其牵头。
为什么：
    都负责往往等于没人报；整改方案逐项或逐条写明由谁牵头。
错例：
    责任单位一格写“市水利局、市财政局”
正例：
    市水利局牵头，市财政局配合
"""
CODE = "U405"
SEVERITY = Severity.WARNING
FIELDS = fields("lead_unit")
MESSAGE = {
    "zh": "{names}中没有明确由谁牵头；请写明，例如“{first}牵头，其余单位配合”",
    "en": "None of {names} is said to lead; write for example “{first}牵头”",
}


_PEOPLE = LazyPattern(r"责任人|负责人|人员|领导|姓名")


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose lead cell names several units without a leading one."""
    several: dict[str, tuple[str, ...]] = {}
    for position, text in collection.texts("lead_unit"):
        if text not in several:
            several[text] = _several(collection, text)
        names = several[text]
        if not names or collection.units[position].lead:
            continue
        if _PEOPLE.search(collection.places[position].table.headings.get("lead_unit", "")):
            continue  # 责任单位/责任人: the other name is a person's, and missing-column says that the two stand in one column
        yield at(position, "lead_unit", names=names, first=names[0])


def _several(collection: Collection, text: str) -> tuple[str, ...]:
    """The names in a cell, where they are of more than one body."""
    names = read_units(text).names
    return names if len({body(official(collection, name)) for name in names}) > 1 else ()
