"""The tokenizer: one pass over the text for every expression of time, and for what only looks like one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline import patterns, vocabulary
from rectify_xl.language.deadline.distractors import BLOCKS
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    import re

#: Order matters: at one place the first alternative that matches wins, blockers and statuses first.
GROUPS: Final = {f"block_{name}": pattern for name, pattern in BLOCKS.items()} | {
    "done": patterns.DONE,
    "undone": patterns.UNDONE,
    "cycle": patterns.CYCLE,
    "regular": patterns.REGULAR,
    "event": patterns.EVENTS_BEFORE,
    "after": patterns.EVENT_AFTER,
    "placeholder": patterns.PLACEHOLDER,
    "truncated": patterns.TRUNCATED,
    "damaged_mixed": patterns.MIXED,
    "damaged": patterns.DAMAGED,
    "date": patterns.DATE,
    "duration": patterns.DURATION,
    "immediate": vocabulary.IMMEDIATE,
    "long": vocabulary.LONG_TERM,
    "result": vocabulary.OPEN_RESULT,
    "process": vocabulary.OPEN_PROCESS,
    "stage": vocabulary.STAGES,
    "strong": vocabulary.STRONG_VAGUE,
    "weak": vocabulary.WEAK_VAGUE,
    "unread": patterns.UNREAD_YEAR,
}
#: The characters with which each kind of token can begin, so that most of a text is skipped quickly. Derived from the
#: patterns; ``tests/language/deadline/test_tokens.py`` fails when a pattern begins with another one.
FIRST: Final = {
    "block_marked": "([《【〔民",
    "block_compared": "不与以优低占参同和回在基好对恢按比相超较达高",
    "block_years": "1234“”一三上下二今从以前十去同四年当往明月本第自",
    "block_counts": (
        "0123456789“”〇一七三不两九二五从优使八六减前十卅压四头存工已平延廿总持控提最服未满由百精缩至超达过运近连逾长闲降零"
    ),
    "block_meetings": "0123456789一七三九二五今八六十卅四廿明本",
    "block_words": "一不以分原可基大完对将总把报整无时暂未滞能长限难",
    "done": "业全均已现",
    "undone": "不仍均尚暂未没目还",
    "cycle": "一三两半双周季按日旬月每逐逢",
    "regular": "定",
    "event": (
        "“三上两中主举交人今伏会供元党入全农冬冰区县双取召台回备夏头学审寒封市年开批投拨换播数新施明春暑本枯栽梅植"
        "正汛清省督禁离秋立竣端自节补试越过进退通造采重闭防除雨雷霜验高麦"
    ),
    "after": (
        "0123456789〇一七三与两中丰主九二五今会供俟假元八六农冬冰十卅半取台同和四国土夏审寒工廿当待"
        "手批指政文方明春暑枯正汛清百禁秋端等经腊节规资采防随雨零项验"
    ),
    "placeholder": "*,-0123456789?X_x×…□△○☐〇一二年某＊",
    "truncated": "2年底日月末",
    "damaged_mixed": "0123456789今年明",
    "damaged": "0123456789IOlo|一七三九二五八六十四",
    "date": ("0123456789HQ“”〇一七三上下中九二五今儿元全八六前劳十卅去同后周四国妇季岁年建廿当教明星月本来植次礼第翌这零青首"),
    "duration": ("(0123456789〇一七三不两为九二五今八六再利办十卅半历反四处完工延廿接整时最有期未此用百的试限零"),
    "immediate": "不即发当日火现立第见说边迅随马",
    "long": "一不中久全坚始常持永自贯长驰",
    "result": "持",
    "process": "持",
    "stage": "0123456789一三两二五六分压四第",
    "strong": (
        "下不严中于今仍从以依分力办努另合同后在基处如完实尚尽展岁已序延建待成批承拟择按推提整施"
        "无既日早时暂最有期未条根正没法清火用申直相短符约纳结自落要规视解计达迅近还进远适销长限顺"
    ),
    "weak": "不分加及抓有稳统逐随",
    "unread": "0123456789〇一七三九二五八六四零",
}
#: The name of a group in the scanner, and the kind of its tokens.
_KINDS: Final = {f"t_{name}": name.partition("_")[0] for name in GROUPS}


def _guard(marks: str) -> str:
    """Return a look-ahead for one of ``marks``; it fails faster than any alternative behind it."""
    inside = "".join(sorted(set(marks))).replace("[", "\\[").replace("-", "\\-")
    return f"(?=[{inside}])"


_SCANNER: Final = HanPattern(
    _guard("".join(FIRST.values()))
    + "(?:"
    + "|".join(f"{_guard(FIRST[name])}(?P<t_{name}>{pattern})" for name, pattern in GROUPS.items())
    + ")"
)


@dataclass(slots=True)
class Token:
    """A piece of the normal text: its kind, its place, and the match with its inner groups."""

    kind: str
    start: int
    end: int
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The piece as it stands in the normal text."""
        return self.match[0]


def by_kind(tokens: list[Token]) -> dict[str, list[Token]]:
    """Sort tokens by their kind; a kind without tokens has no entry."""
    groups: dict[str, list[Token]] = {}
    for token in tokens:
        groups.setdefault(token.kind, []).append(token)
    return groups


def tokenize(text: str) -> list[Token]:
    """Cut ``text`` into the pieces that matter, left to right, without overlap."""
    return [Token(_KINDS[match.lastgroup or ""], match.start(), match.end(), match) for match in _SCANNER.finditer(text)]
