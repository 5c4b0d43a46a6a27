"""The words with which the office decides in 冲突 and 待确认: what the dropdowns of 处理意见 offer, and what is read back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import text_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide

DECISION = Text("处理意见", "Decision")
DECIDED_VALUE = Text("核定值", "Decided value")

KEEP = Text("保留台账", "Keep the ledger's")
AS_DECIDED = Text("以核定值为准", "Take the decided value")
NEW_TASK = Text("新增为任务", "It is a new task")
IS_TASK = Text("即任务（编号填在核定值）", "It is the task numbered in Decided value")
ACCEPT = Text("采用", "Accept")
ACCEPTED_FILE = Text("整份文件采用", "The whole file accepted")  # in 变更记录
REJECT = Text("不采用", "Reject")

OTHER_ROUND = "other_round"  # the reason for which a file of another round waits as a whole


def is_said(decision: str, words: Text) -> bool:
    """Whether a decision is these words, in either language; punctuation aside."""
    return text_key(decision) in (text_key(words.zh), text_key(words.en))


def takes(conflict: ConflictRecord) -> list[tuple[Text, ConflictSide]]:
    """The words that take one side, for each; sides of one unit are told apart by their number."""
    units = Counter(side.unit for side in conflict.sides)
    found = []
    for number, side in enumerate(conflict.sides, 1):
        mark = Text(f"（内容{number}）", f" (value {number})") if units[side.unit] > 1 or not side.unit else Text("", "")
        found.append((Text(f"采用{side.unit}填报{mark.zh}", f"Take that of {side.unit}{mark.en}"), side))
    return found


def choices_of_conflict(conflict: ConflictRecord, lang: str) -> tuple[str, ...]:
    """What can be decided on a conflict."""
    return tuple(words.in_language(lang) for words in (*(words for words, _ in takes(conflict)), KEEP, AS_DECIDED))


def choices_of_row(reason: str, lang: str) -> tuple[str, ...]:
    """What can be decided on a row that waits."""
    offered = (ACCEPT, REJECT) if reason == OTHER_ROUND else (NEW_TASK, IS_TASK, REJECT)
    return tuple(words.in_language(lang) for words in offered)


def not_offered(decision: str, offered: Callable[[str], tuple[str, ...]]) -> Text:
    """What is said of a decision that is none of those offered: which they are (``offered`` gives them in a language)."""
    return Text(
        f"处理意见“{decision}”不在可选之列（可选：{'、'.join(offered('zh'))}）",
        f"the decision “{decision}” is none of those offered ({', '.join(offered('en'))})",
    )
