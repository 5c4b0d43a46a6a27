"""A status that sounds done and counts as under way.

What it checks:
    The status is a wording such as 基本完成 or 部分完成: it names completion, is not negated, and counts as a state in which
    the work goes on. The unit's word stays in 分单位填报, the ledger shows what it counts as.
Why:
    Whoever reads 基本完成 takes the task for done, while every figure counts it as open. The unit should know which it is.
Wrong:
    基本完成
Right:
    整改中, or 已完成 once it is done
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.rules import at, fields
from rectify_xl.rules.cell_texts import raw
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit
    from rectify_xl.schema.schema import Schema

ZH = """状态写得像完成，按未完成统计。

查什么：
    整改状态写“基本完成”“部分完成”等：说到完成、没有否定，却按正在整改统计。分单位填报保留单位的原话，总台账写统计用的状态。
为什么：
    看到“基本完成”的人会以为已经办结，而各项统计都按未办结计数；单位应当知道是哪一种。
错例：
    基本完成
正例：
    整改中；确已完成的写“已完成”
"""
CODE = "P617"
SEVERITY = Severity.INFO
FIELDS = fields(STATUS)
MESSAGE = {
    "zh": "{label}写的是“{value}”，按“{counted}”统计，不计入办结；确实做完的，请改为“{done}”",
    "en": "{label} says “{value}”, which counts as {counted} and not as done; where the work is done, write {done}",
}

_OPEN = LazyPattern(r"未|没|不|非|无|否|待|正在|中$|\bnot\b|\bun|\bin-?complete", re.IGNORECASE)
_SHORTEST = 2  # 是 and 有 say nothing outside their own column


def check(collection: Collection) -> Iterator[Hit]:
    """Yield rows whose status names completion and is none."""
    done = _words_of_completion(collection.campaign.schema)
    if not done:
        return
    example = collection.campaign.schema.states.closed[0]
    for position, state in enumerate(collection.states):
        if state is None or not state.under_way:
            continue
        written = str(raw(collection, position, STATUS))
        key = text_key(written)
        if key != text_key(state.word) and not _OPEN.search(written) and any(word in key for word in done):
            yield at(position, STATUS, counted=state.word, done=example)


def _words_of_completion(schema: Schema) -> tuple[str, ...]:
    """Comparison keys of every word that means a state in which the work is done."""
    known = schema[STATUS].choice_of if STATUS in schema else {}
    return tuple(key for key, word in known.items() if word in schema.states.closed and len(key) >= _SHORTEST)
