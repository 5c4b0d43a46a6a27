"""The choice that a cell of a list of choices means: its own word, or several words that come to one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import text_key
from rectify_xl.language.text import clean_text
from rectify_xl.schema.ticked_words import ticked_words

if TYPE_CHECKING:
    from rectify_xl.schema.fields import Field

_WORD_BREAKS = LazyPattern(r"[\s,、;:/()\[\]【】]+")
_COMPOUND = LazyPattern(
    r"(?:超期|逾期|超时|过期|到期)?(?P<part>阶段性)?(?P<not>(?:仍|尚|还|暂)?未)?(?:已经?)?(?:(?:按期|按时|如期|提前|超期|逾期)(?=完成))?(?P<word>.{2,8})"
)
_NOT_DONE = text_key("未完成")
# 正在施工, 拆除中: work of any kind goes on. What goes on once the work is done (验收, 公示) is among the schema's own words.
_WORK = (
    "施工|建设|修建|新建|改建|扩建|重建|改造|拆除|拆迁|搬迁|征迁|清理|清运|清淤|疏浚|招标|招投标|采购|设计|审批|报批|办理|补办|协调|整治|治理|修复|恢复|复绿|复垦|复耕|安装|调试"
    "|铺设|关停|取缔|核查|调查|查处|排查|处置|处理|论证|封堵|回填|绿化|硬化|维修|更换|完善|推进|整改|实施|开展|化解|消除|解决|落实|结案|销项"
)
_AT_WORK = LazyPattern(rf"(?:正在?|现正|[尚仍还]在)(?:{_WORK}){{1,2}}中?|(?:{_WORK}){{1,2}}(?:进行)?之?中")
_GOES_ON = text_key("进行中")
_EXPECTED = LazyPattern(r"\s*[,;:，；(（\s]\s*(?:预计|计划|拟|力争|确保|预期)")
_STEP = "(?:[初预]?验收?|销号|复核|复查|验证)"
# 待市级验收, 待上级复核
_AWAITS = LazyPattern(rf"[等待]待?.{{0,6}}{_STEP}")
# Beside a state in which the work is done: the step that is still to come, whoever takes it.
_NEXT_STEP = LazyPattern(
    rf"[等待]待?.{{0,6}}{_STEP}|(?:已|正在?|拟|待)?(?:申请|申报|提请|组织|报请|准备)(?:[^,;]{{0,4}}级)?{_STEP}"
    r"|(?:已|正在?)?(?:提交|上报|报送)(?:验收|销号)(?:申请|材料|资料)"
)
# Whose acceptance it was is said in the column of acceptance; 初验 is none.
_LEVEL_OF_ACCEPTANCE = LazyPattern(r"(?:国家|[省市州盟县区旗镇乡]|自治区|上)级(?:现场)?(?=(?:验收|复核|复查)(?!待|申请|中))")
# How work is to be done, beside the state that it is in: 立行立改（已完成）.
_WAY = LazyPattern(r"立行立改|即知即改|立知立改|立查立改|边[督查]边改|限期整改")
# The deadline tells so too: 未完成（超期）, 整改中（未到期）.
_TIME = LazyPattern(
    r"(?:已|现已?|均)?(?:超期|逾期|超时限?|过期|超期限|到期|到时限|到期限)"
    r"|(?:尚|还|暂)?未(?:到|超|逾|过)(?:期|时限|期限|规定时限|整改时限)"
)
_AWAITED = text_key("待验收")
# 已完成/已销号 may be a list that nobody chose from, or two points of one task.
_ALTERNATIVES = LazyPattern(r"[/、;；\n]")
# Not 公示 in 已完成公示, where it is over.
_BEGINS_A_STATE = LazyPattern(r"并(?!公示)|已|正|现|通过|.{2,8}[中内过格]$")
_WITH_NEXT = 2
_MOST_WORDS = 4  # of one cell of a list of choices
_SHORTEST_WORD, _LONGEST_TWO = 2, 24  # characters of a word, and of two that run together
_NUMBERED = LazyPattern(r"\s*[(]?\d{1,2}[)、.]\s*(?=[^\d\s])")


def chosen(field: Field, text: str) -> str | None:
    """The choice of ``field`` that ``text`` means; None where it is none, or may be several."""
    known = field.choice_of.get(text_key(text))
    # 進行中 is 进行中: the words are compared in Simplified characters.
    simplified = known or field.choice_of.get(text_key(clean_text(text).cleaned))
    bare = _NUMBERED.sub("", unicodedata.normalize("NFKC", text), count=1)  # 2.整改中, as a list of choices is numbered
    return (
        simplified
        or field.choice_of.get(text_key(bare))
        or _expecting(field, bare)
        or _ticked(field, text)
        or _said_twice(field, text)
        or _compound(field, text)
        or _accepted_by(field, bare)
    )


def _accepted_by(field: Field, text: str) -> str | None:
    """已通过市级验收: what the same words mean without the level that accepts."""
    plain = _LEVEL_OF_ACCEPTANCE.sub("", text)
    return chosen(field, plain) if field.states and plain != text else None


def _expecting(field: Field, text: str) -> str | None:
    """未完成，预计11月中旬: what is expected of work that is not done leaves it where it is."""
    said, *expected = _EXPECTED.split(text, maxsplit=1)
    meant = field.choice_of.get(text_key(said)) if expected else None
    return meant if any(state.word == meant and not state.closed and not state.standing for state in field.states) else None


def _ticked(field: Field, text: str) -> str | None:
    """□未启动 ☑整改中 □已完成: the one choice that is ticked; None where words beside the boxes are none of the choices."""
    ticked, others = ticked_words(text)
    choices = [field.choice_of.get(text_key(word)) for word in (*ticked, *others)]
    return choices[0] if len(ticked) == 1 and all(choices) else None


def _said_twice(field: Field, text: str) -> str | None:
    """整改中（达到序时进度）, 已完成整改待验收: several words that all mean one choice; None where any means another."""
    said = [word for word in _WORD_BREAKS.split(unicodedata.normalize("NFKC", text)) if word]
    states = [word for word in said if not (_WAY.fullmatch(word) or _TIME.fullmatch(word)) or text_key(word) in field.choice_of]
    if field.states and len(states) == 1 < len(said):
        return field.choice_of.get(text_key(states[0]))
    if field.states and len(said) == 1 and _AWAITS.fullmatch(said[0]):
        return field.choice_of.get(_AWAITED)
    if len(said) == 1:
        said = _cut_in_two(field, text_key(text))
    if field.states and len(said) == _WITH_NEXT and not _ALTERNATIVES.search(text) and (done := _furthest(field, *said)):
        return done
    meant = {field.choice_of.get(_AWAITED if _AWAITS.fullmatch(word) else text_key(word)) for word in said}
    if 1 < len(said) <= _MOST_WORDS:
        return meant.pop() if len(meant) == 1 else _and_lasting(field, meant)
    return None


def _furthest(field: Field, said: str, following: str) -> str | None:
    """已通过验收，待销号; 已完成，正在公示: what is done stays so before its next step, and is the later of two such states.

    None where the first is not done, or the second goes back behind it: 已销号，已完成.
    """
    done = [state.word for state in field.states if state.closed and not state.struck_off]
    before, after = (field.choice_of.get(text_key(word)) for word in (said, following.removeprefix("并")))
    if before not in done:
        return None
    if _NEXT_STEP.fullmatch(following):
        return before if before == field.choice_of.get(_AWAITED) or following.endswith("销号") else None
    later = [state.word for state in field.states if state.closed]
    return after if after in later[later.index(before) + 1 :] and _BEGINS_A_STATE.match(following) else None


def _and_lasting(field: Field, meant: set[str | None]) -> str | None:
    """已完成整改，长期坚持: done, as 已完成并长期坚持 is; None for any other two."""
    states = [state for state in field.states if state.word in meant]
    closed = [state.word for state in states if state.closed]
    lasting = [state for state in states if state.standing]
    return closed[0] if len(meant) == len(states) == len(closed) + len(lasting) and len(closed) == 1 else None


def _cut_in_two(field: Field, key: str) -> list[str]:
    """Two words of a list, or one and the step still to come, that run together; none where there are no such two."""
    cuts = range(_SHORTEST_WORD, min(len(key), _LONGEST_TWO) - _SHORTEST_WORD + 1)
    both = ([key[:at], key[at:]] for at in cuts if key[:at] in field.choice_of)
    return next((two for two in both if two[1].removeprefix("并") in field.choice_of or _AWAITS.fullmatch(two[1])), [])


def _compound(field: Field, text: str) -> str | None:
    """超期未办结, 阶段性办结, 逾期完成: a known word of completion with what is said of it before; None for any other text.

    What is not done, or done for a stage only, is under way, and so is work that goes on: 正在施工.
    """
    if field.states and _AT_WORK.fullmatch(text_key(text)):
        return field.choice_of.get(_GOES_ON)
    found = _COMPOUND.fullmatch(text_key(text)) if field.states else None
    meant = found and field.choice_of.get(found["word"])
    if not found or not any(state.closed and state.word == meant for state in field.states):
        return None
    return field.choice_of.get(_NOT_DONE) if found["not"] or found["part"] else meant
