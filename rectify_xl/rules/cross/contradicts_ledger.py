"""A value that contradicts what the ledger keeps.

What it checks:
    Against the last master: a list states another value than one that the office has changed itself or that the
    plan gives, or than one that another unit reported on the same task in an earlier list. The ledger keeps its
    value; both stand in 冲突 until the office decides. Lists of one merge that contradict each other are conflicting-reports.
Why:
    The unit sees in its own list that its value does not count yet, and whom to talk to.
Wrong:
    整改办 has set 整改中 after a visit, the unit writes 已完成
Right:
    the same state, or a word with the office before the list goes out
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import Outcome, value_mark
from rectify_xl.rules import ANY_CELL, at, phrases
from rectify_xl.rules.round_outcomes import outcomes, stated_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rounds import FieldOutcome
    from rectify_xl.rules import Hit

ZH = """与总台账保留的内容矛盾。

查什么：
    对照上期总台账：清单所写与整改办在台账上改定的、方案所列的内容不同，或者与别的单位先前对同一任务的填报不同。台账
    保持不变，两边的内容都列在“冲突”，等整改办核定。同一次汇总的几份清单互相矛盾的，由“对同一任务的填报互
    相矛盾”提示。
为什么：
    让单位在自己的表里就看到这个值还没有被采用，知道该找谁核实。
错例：
    整改办现场核查后改为“整改中”，单位仍填“已完成”
正例：
    与台账一致，或报送前先与整改办核实
"""
CODE = "X723"
SEVERITY = Severity.WARNING
FIELDS = ANY_CELL
SCOPE = "round"
MESSAGE = {
    "zh": "{label}“{value}”与{kept}不同；台账不变，列入“冲突”，请与整改办核实",
    "en": "{label} “{value}” is not {kept_en}; the ledger keeps its value, both stand in Conflicts: settle it with the office",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield every value that stands in 冲突 against the office or against an earlier list."""
    files = {submission.path for submission in collection.submissions}
    for position, one in outcomes(collection, Outcome.CONFLICT):
        others = [(unit, value, cell) for unit, value, cell in one.sides if cell != one.cell]
        if any(cell.partition("!")[0] in files for _, _, cell in others):
            continue  # conflicting-reports speaks of lists of one merge
        unit, value, _ = others[0] if others else ("", one.ours, "")
        text = text_of(collection, one.field, value)
        kept = _kept(unit, text, here=one.unit) if unit else _set(collection, one, text)
        yield at(position, one.field, **stated_value(collection, one.field, position), **kept)


def _kept(unit: str, value: str, *, here: str) -> dict[str, Any]:
    """Which unit has said what the ledger keeps."""
    zh, en = ("本单位", "this unit") if unit == here else (unit, unit)
    return phrases("kept", f"{zh}先前填报的“{value}”", f"“{value}”, as {en} reported before")


def _set(collection: Collection, one: FieldOutcome, value: str) -> dict[str, Any]:
    """What no unit has said: it is the plan's own, or the office has set it."""
    base, known = collection.base, collection.campaign.schema[one.field]
    unsaid = base and all(report.values.get(one.field) is None for report in base.by_key[one.key].reports.values())
    if base and base.from_list and unsaid and (base.planned is None or value_mark(one.key, known, one.ours) in base.planned):
        return phrases("kept", f"任务清单（方案）所列的“{value}”", f"“{value}”, as the plan's list has it")
    if base and one.field in base.by_key[one.key].disputed:  # what stood there before units differed: nobody has set it
        kept = f"“{value}”" if value else "空白"
        kept_en = f"“{value}”" if value else "the empty cell"
        return phrases("kept", f"台账暂时保留的{kept}（已有争议，尚未决定）", f"{kept_en}, which stands there undecided")
    if not value:
        return phrases("kept", "整改办已清空的这一格", "the empty cell that the office has left")
    return phrases("kept", f"整改办在台账上改定的“{value}”", f"“{value}”, as the office has set it")
