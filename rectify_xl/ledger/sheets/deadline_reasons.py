"""Why a task stands in 时限不明, as sentences rendered from the verdicts on its deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.verdict import ERROR_VALUE, NO_RESULT
from rectify_xl.common.i18n import Text
from rectify_xl.language.deadline import reason_text
from rectify_xl.ledger.task_builder import DISPUTED_DEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.collection.verdict import Verdict
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.context import SheetContext

_LONGEST = 60
_MOST_MENTIONED = 3

_SENTENCES: Mapping[str, Text] = {
    "missing": Text("没有填写{label}", "No deadline"),
    "is-status": Text("填的是状态“{text}”，没有写应当完成的日期", "“{text}” is a status; the day it was due by is missing"),
    "impossible": Text("“{text}”中的日期不存在", "“{text}” names a day that does not exist"),
    "ambiguous": Text(
        "“{text}”不止一种理解：{why}；现按 {due} 计",
        "“{text}” can be read in more than one way: {why}; {due} is used for now",
    ),
    "vague": Text("“{text}”没有可以核对的日期", "“{text}” names no day that could be checked"),
    "undated": Text("“{text}”没有日期", "“{text}” has no date"),
    "unreadable": Text("“{text}”无法识别", "“{text}” cannot be read"),
    ERROR_VALUE: Text("是错误值 {text}，原来的内容已经丢失", "An error value, {text}: the content is lost"),
    NO_RESULT: Text("是没有计算结果的公式“{text}”", "A formula without a result, “{text}”"),
    DISPUTED_DEADLINE: Text("各单位填报的{label}不一致，见“冲突”", "Units disagree on it, see Conflicts"),
}  # fmt: skip
_DOUBT = Text("存疑：{why}", "In doubt: {why}")
_BEFORE_ISSUE = Text("时限早于方案印发日期，年份待核实", "the deadline lies before the issue date; the year has to be checked")
_MENTIONED = Text("；措施中写有“{mentioned}”，可核对后填入", "; the measures speak of {mentioned}")
_STANDING = Text("状态为“{status}”，没有规定复核日期", "Its status is “{status}”, and no day of review is set")


def why_unclear(task: TaskRecord, context: SheetContext) -> str:
    """One sentence per line."""
    sentences = dict.fromkeys(_sentence(verdict, context) for verdict in task.deadlines if not verdict.clear)
    return "\n".join(sentences or _standing(task, context))


def why_doubtful(task: TaskRecord, context: SheetContext) -> str:
    """Why the day is in doubt by which a task is overdue, one sentence per line; empty where it is not."""
    found = dict.fromkeys(
        _BEFORE_ISSUE.in_language(context.lang) if verdict.before_issue else _sentence(verdict, context)
        for verdict in task.doubts
    )
    return "\n".join(_DOUBT.in_language(context.lang).format(why=why) for why in found)


def _standing(task: TaskRecord, context: SheetContext) -> Iterator[str]:
    """A deadline that is clear in itself and does not count, because the task is reviewed and not closed."""
    yield _STANDING.in_language(context.lang).format(status=task.status or "")


def _sentence(verdict: Verdict, context: SheetContext) -> str:
    template = next(_SENTENCES[code] for code in (*verdict.reasons[:1], verdict.kind) if code in _SENTENCES)
    sentence = template.in_language(context.lang).format(
        label=context.label("deadline"),
        text=_short(verdict.text),
        why="、".join(reason_text(code, context.lang) for code in verdict.reasons),
        due=verdict.due,
    )
    if verdict.mentioned:
        sentence += _MENTIONED.in_language(context.lang).format(mentioned="、".join(verdict.mentioned[:_MOST_MENTIONED]))
    return sentence


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
