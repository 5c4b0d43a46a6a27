"""Two reports on one task disagree.

What it checks:
    Two units report the same task (same number and problem) and differ in a field that has one value per
    task; or two files of one unit differ and nothing tells which is the newer. Texts are compared without
    spaces and punctuation, deadlines and units by their reading; a blank contradicts nothing.
Why:
    Programs that let the newest file win hide exactly what the office has to decide.
Wrong:
    市水利局: 已完成;  市财政局: 整改中
Right:
    Both report 整改中, or only the lead unit fills in the status
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rules import ANY_CELL, at
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import differ, differing_part, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.tasks import Reported

ZH = """对同一任务的填报互相矛盾。

查什么：
    两个单位填报同一任务（编号和问题都相同），在每项任务只应有一个值的列上不一致；或同一单位的两个文件不
    一致，又看不出哪个更新。文字不计空格标点，时限和单位按含义比较；空白不算矛盾。
为什么：
    有的程序让最新的文件直接覆盖，恰恰把需要整改办裁定的地方盖住了。
错例：
    市水利局填“已完成”，市财政局填“整改中”
正例：
    两家都填“整改中”，或只由牵头单位填写状态
"""
CODE = "X702"
SEVERITY = Severity.ERROR
FIELDS = ANY_CELL
SCOPE = "files"
MESSAGE = {
    "zh": "{label}“{value}”与 {other_file} 的 {other_cell}“{other_value}”不一致；请与对方核实后统一",
    "en": "{label} “{value}” contradicts {other_cell} of {other_file}, “{other_value}”; settle it between the units",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield one hit per field that differs, at the later file's cell. Rows of one file are duplicate-task's business."""
    for task in joined(collection):
        for conflict in task.conflicts:
            known = collection.campaign.schema[conflict.field]
            for at_side, (other, field) in enumerate(conflict.sides):
                contradicted = (side for side in conflict.sides[:at_side] if differ(side[0], other, known))
                first, its_field = next(contradicted, (other, field))
                if other.place.submission.path != first.place.submission.path:
                    yield at(differing_part(other, first, known), field, **_other_side(first, its_field))


def _other_side(first: Reported, key: str) -> dict[str, Any]:
    place = first.place
    facts: dict[str, Any] = {"other_file": place.submission.path, "other_sheet": place.table.sheet}
    return facts | {"other_cell": first.cell(key), "other_value": shown(first.values[key])}
