"""What the column 佐证材料 says is there, and what it says is missing or still to come.

In doubt a thing is not there: a word of absence in a sentence is taken to speak of everything that the sentence lists, one in
brackets of the thing before it, one at the beginning (缺……) also of what follows until something is said to be there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import is_blank_text

_VERBS = "提供|提交|报送|上报|收集|出具|补|附|见|齐|完善|办理|开具|签|盖章|上传|归档|到位|形成|完成|取得|找到|整理|有|交|报|做"
_NO_ABSENCE = "害|人机|机|线|障碍|组织|烟|纸|土|锡|极|公害|废"  # begins a word of its own: 无害化, 无人机
_ABSENT = LazyPattern(
    rf"缺|欠|没|(?:暂|尚|均|都|也|还|^|[:：(（])无(?!{_NO_ABSENCE})|无$|无需|(?:未|待|尚未|暂未|有待)(?:能|及时|予|再)?(?:{_VERBS})|"
    r"未$|待定|后补|后附|补(?:交|报|充)中|不(?:涉及|需|适用|齐|全|具备|完整|足)|暂不|尚不|"
    r"missing|pending|to follow|not (?:yet|available|provided)|^no\b|\bnone\b|n/a",
    re.IGNORECASE,
)
_BACKWARDS = LazyPattern(r"[以上]*(?:均|都|皆|全部|全)")
_LEADING = LazyPattern(r"(?:现|还|尚|暂|另)?(?:缺|欠|没|未|无|待|需补)")
_PRESENT = LazyPattern(r"已|有|具备|齐全|附后|见附件")
_SENTENCES = LazyPattern(r"([，,；;。\n]+)")
_ITEMS = LazyPattern(r"(?:[、/／+＋]|以及|和|及|与)+")
# What only begins a list: 已提供：, 缺少材料：
_HEAD = LazyPattern(
    r"^(?:[已未尚现还]*(?:提供|提交|报送|上报|收集|收到|附|有|缺少?|没有|具备)的?(?:材料|资料)?|材料|资料|附件|目录|清单)\d*[:：]"
)
_BRACKETED = LazyPattern(r"[(（【\[][^)）】\]]*[)）】\]]?")


class Evidence(NamedTuple):
    """The things that are there, and those that are said not to be, each as written."""

    there: tuple[str, ...]
    absent: tuple[str, ...]


def evidence_of(text: str) -> Evidence:
    """What a cell of 佐证材料 says, sentence by sentence."""
    said: list[tuple[list[str], bool]] = []
    listing = False  # whether it is the head of a list, line by line
    carried = False  # whether a word of absence at the beginning of a sentence goes on
    parts = _SENTENCES.split(text)
    for at in range(0, len(parts), 2):
        sentence = parts[at].strip()
        stops = "。" if listing else "。；;\n"
        carried = carried and not _PRESENT.search(sentence) and not (at > 0 and set(parts[at - 1]) & set(stops))
        bare = _BRACKETED.sub("", sentence)
        absent = is_absent(bare)
        listing = (carried and listing) or (absent and sentence.endswith((":", "：")))
        if absent and said and _BACKWARDS.match(bare):
            said[-1] = (said[-1][0], True)
        carried = carried or (absent and bool(_LEADING.match(bare)))
        said.append(([item.strip() for item in _ITEMS.split(_HEAD.sub("", sentence))], absent or carried))
    there: list[str] = []
    gone: list[str] = []
    for items, absent in said:
        for item in items:
            if not is_blank_text(item):
                (gone if absent or is_absent(item) else there).append(item)
    return Evidence(tuple(there), tuple(gone))


def is_absent(text: str) -> bool:
    """Whether words say that something is not there, or not yet."""
    return bool(_ABSENT.search(text.strip()))
