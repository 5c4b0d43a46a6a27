"""What one heading names: known headings exactly, with a note in brackets, or but for a qualifier or one character."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import heading_key
from rectify_xl.language.text import clean_text

if TYPE_CHECKING:
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema

# Field keys with the rank of preference of the heading among those of the field.
Candidates = tuple[tuple[str, int], ...]

_LEAST_FUZZY = 4
LONGEST_HEADING = 40
_LONGEST_WITH_NOTE = 400
# A line below a heading that says how to fill in its column.
_NOTE_LINE = LazyPattern(r"([^\n]+)\n\s*(?:填|如|例|请|按|精确|格式|注|必填|选填|参照|不得|具体到).*", re.DOTALL)
# Words that qualify a heading without changing what it names.
_QUALIFIERS = ("具体", "主要", "本单位", "拟定", "拟", "督察", "本次", "目前", "相关", "有关", "市级", "县级", "区级", "省级",
               "州级", "本月", "本期", "本季度", "当前", "截至目前", "阶段性")  # fmt: skip
_PLANS = "拟"
# What an inspection has said, in however many words: 省委督察组反馈意见指出的主要问题.
_FINDING = LazyPattern(
    r"(?:中央|国家|[省市州县区](?:委|级)?)?(?:第[一二三四五]轮)?(?:生态环境保护|生态环境|环境保护|环保)?(?:专项)?"
    r"(?:督察|督查|督导|督办|巡视|巡察|巡查|检查|抽查|排查|核查|考核|考察|评估|调研|明察暗访|暗访|暗查|审计)?(?:组|办|报告)?(?:反馈|交办|移交|通报)?(?:意见|报告|清单)?(?:反馈|指出|提出|涉及|发现|出)?的?(?:具体|主要|突出|存在)?的?"
    r"问题(?:内容|描述|清单|表述|原文)?"
)
# What a heading is about in these words is something beside the task and never the task's own.
_BESIDE = LazyPattern(
    r"原因|来源|下一步|下步|后续|困难|填[报表]|审[核批]|上报|报送|提出|(?<!被)(?:发现|检查|排查|巡查)(?:人|时间|日期|单位|部门)|登记|录入|"
    r"受理|监[督管](?!责任)|(?:督办|督导(?!领导))(?!事项|任务|内容|问题)|回访|申请|公示|保修|合同|有效|设备状态|运行状态"
)
# Other words than those that differ from them by one character: 整改状态 is one of a few states, 问题分类 is no 分级, and
# who sees to it that others do the work (督办领导) is not in charge of it (领办领导).
_OTHER_WORDS = (LazyPattern(r"状况|现状"), LazyPattern(r"[等分]级|级别"), LazyPattern(r"督[办导]"))
_JOINT = LazyPattern(r"以及|[及和与、/]")
_HAN = LazyPattern(r"[\u4e00-\u9fff]")
_NOTED = LazyPattern(r"[(\[【（［\n]")
_LONGEST_BRACKETED = 200  # what is longer heads no column; brackets without an end would be tried in every division
_BRACKETED = LazyPattern(r"(.+?)\s*[(\[【](.+?)[)\]】]\s*")


def plain_key(text: str) -> str:
    """The key of a heading however it is written: 責任領(lǐng)導(dǎo) and 责任领导 are one."""
    return heading_key(clean_text(text).cleaned).casefold()


def on_one_line(text: str) -> str:
    """A heading as a message shows it: a break within its words is no space, one before an explanation is."""
    noted = _NOTE_LINE.fullmatch(text.strip())
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return (" " if noted else "").join(filter(None, lines)) if _HAN.search(text) else " ".join(text.split())


def is_short(text: str) -> bool:
    """Whether a text is no longer than a heading may be, an explanation in brackets or on lines of its own left aside."""
    return len(text) <= LONGEST_HEADING or (len(text) <= _LONGEST_WITH_NOTE and len(_bare(text)) <= LONGEST_HEADING)


def _bare(text: str) -> str:
    noted = _NOTE_LINE.fullmatch(text.strip())
    return plain_key(noted[1] if noted else text)


@lru_cache(maxsize=16384)
def known_fields(text: str, schema: Schema) -> Candidates:
    """The fields that a heading names by itself, or together with what stands in its brackets."""
    text = clean_text(text).cleaned
    if not _NOTED.search(text):  # as nearly all texts below a header are
        return schema.headings.get(heading_key(text).casefold(), ())
    bracketed = _BRACKETED.fullmatch(unicodedata.normalize("NFKC", text)) if len(text) <= _LONGEST_BRACKETED else None
    if bracketed:
        # 责任单位(牵头) and 责任单位(配合) are two columns.
        name, note = heading_key(bracketed[1]).casefold(), heading_key(bracketed[2]).casefold()
        for joined in (note + name, note + name[-2:]):
            if joined in schema.headings:
                return schema.headings[joined]
    return schema.headings.get(heading_key(text).casefold()) or schema.headings.get(_bare(text), ())


def is_beside(key: str) -> bool:
    """Whether a heading names something beside the task: who found it and when, its cause, what comes next."""
    return bool(_BESIDE.search(key))


@lru_cache(maxsize=4096)
def nearest_field(heading: str, schema: Schema) -> str | None:
    """The one field whose heading differs by a qualifier or by one character; None when none or several do.

    A heading is never taken for a field because it contains one.
    """
    if _FINDING.fullmatch(heading) and "problem" in schema:
        return "problem"
    bare = _unqualified(heading)
    if bare != heading and len(schema.headings.get(bare, ())) == 1:
        key = schema.headings[bare][0][0]
        # What is planned (拟销号时间) has not been done on that day.
        return None if heading.startswith(_PLANS) and schema[key].kind == "date" else key
    if len(heading) < _LEAST_FUZZY:
        return None
    near = {
        fields[0][0]
        for known, fields in schema.headings.items()
        if len(fields) == 1 and len(known) >= _LEAST_FUZZY and _is_slip(heading, known, schema[fields[0][0]])
    }
    return near.pop() if len(near) == 1 else None


def _is_slip(heading: str, known: str, field: Field) -> bool:
    """Whether a heading is a known one but for a slip of one character.

    One character makes 办结时间 交办时间, and 验收时间 验收时限: of a day another character is another day. Neither is it a
    slip where the heading then is about something beside the task (审核人), or where it is another word: 整改状况 tells how
    things stand, 整改状态 is one of a few states; 问题分级 says how bad a problem is.
    """
    if any(bool(word.search(heading)) != bool(word.search(known)) for word in _OTHER_WORDS):
        return False
    if field.kind == "date" and len(heading) == len(known):
        return False
    return is_beside(heading) == is_beside(known) and _one_apart(heading, known)


def qualified_fields(heading: str, schema: Schema) -> tuple[str, ...]:
    """The fields of a heading that names several but for a qualifier (当前进度): which of them it is is seen below it."""
    bare = _unqualified(heading)
    fields = schema.headings.get(bare, ()) if bare != heading else ()
    return tuple(key for key, _ in fields) if len(fields) > 1 else ()


@lru_cache(maxsize=4096)
def joined_fields(text: str, schema: Schema) -> tuple[str, ...]:
    """The fields of a heading that names two or more columns at once (责任单位及责任人); none where a part is not known."""
    parts = _JOINT.split(unicodedata.normalize("NFKC", clean_text(text).cleaned))
    candidates = [known_fields(part, schema) for part in parts]
    keys = tuple(dict.fromkeys(fields[0][0] for fields in candidates if len(fields) == 1))
    if len(keys) != len(parts) or len(keys) == 1:
        return ()
    # 责任单位及配合单位 begins with who leads; who answers for the work of 配合单位及责任人 leads no task.
    if keys[0] == "lead_unit" and "coop_units" in keys:
        return ("lead_unit",)
    return ("coop_units",) if "coop_units" in keys else keys


def _unqualified(heading: str) -> str:
    for word in _QUALIFIERS:
        if heading.startswith(word) and len(heading) > len(word) + 1:
            return heading[len(word) :]
    return heading


def _one_apart(left: str, right: str) -> bool:
    if abs(len(left) - len(right)) > 1 or (left[0] != right[0] and left[-1] != right[-1]):
        return False
    same = sum(block.size for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())
    return max(len(left), len(right)) - same <= 1
