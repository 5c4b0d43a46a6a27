"""A list that changes what is the office's.

What it checks:
    Against the last master: a list states another value in a column that the office owns and has filled in
    (problem, measures, leader, units, deadline …), or states a step of closing (acceptance, notice, strike-
    off, reopening) at all. The ledger keeps its value; what the unit writes stands in 冲突 as a proposal.
Why:
    A deadline that moves quietly in one list of sixty is the classic way to be on time.
Wrong:
    2026年12月底前 in the ledger, 2027年6月底前 in the list
Right:
    The deadline as dispatched; an extension asked for and granted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rounds import Outcome
from rectify_xl.rules import ANY_CELL, at
from rectify_xl.rules.round_outcomes import outcomes, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """改动了由整改办掌握的内容。

查什么：
    对照上期总台账：清单里由整改办掌握、台账已经填好的列（问题、措施、领导、单位、时限等）写了别的内容，
    或者填了验收、公示、销号、反弹这些由整改办掌握的环节。总台账保持不变，单位所写作为建议列入“冲突”。
为什么：
    六十份清单里有一份悄悄改了时限，是“按期完成”最常见的假象。
错例：
    台账为“2026年12月底前”，清单写“2027年6月底前”
正例：
    时限照下发的填；确需延期的先申请
"""
CODE = "X717"
SEVERITY = Severity.WARNING
FIELDS = ANY_CELL
SCOPE = "round"
MESSAGE = {
    "zh": "{label}“{value}”与台账的“{ours}”不同；这一列由整改办掌握，台账不变，所写作为建议列入“冲突”，由整改办决定",
    "en": "{label} “{value}” is not what the ledger says (“{ours}”); the column is the office's, see the proposal in Conflicts",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield every refused value."""
    for position, one in outcomes(collection, Outcome.REFUSED):
        yield at(position, one.field, ours=text_of(collection, one.field, one.ours) or "（空）")
