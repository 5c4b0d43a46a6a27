"""The public parser: the text of a cell in, leaders with their posts out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.language import DITTO, LONGEST_CELL
from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders.marks import INTERNAL, shown
from rectify_xl.language.leaders.names import names_of_other_scripts
from rectify_xl.language.leaders.person_lines import with_people_on_one_line
from rectify_xl.language.leaders.tokens import tokens
from rectify_xl.language.leaders.vocabulary import POST_END
from rectify_xl.language.text import clean_text

if TYPE_CHECKING:
    from rectify_xl.language.leaders.words import Token

_BLANK = HanPattern(r"\s")
_CIRCLED = HanPattern(r"[\u2460-\u2487\u2776-\u277f]")
_ELSEWHERE = HanPattern(r"详?见(?:附[件表]|上|下)[\d一二三四五六七八九十]*")
_AROUND_MARK = HanPattern(r"\s*、\s*")  # a list goes on behind 、 whether or not the line does
_WHOLE = HanPattern(r"^[(\[【〔]([^()\[\]【】〔〕]{2,})[)\]】〕][。;]?$")
#: (镇长)林岚、(副镇长)苏晴
_POST_FIRST = HanPattern(
    rf"(?:^|(?<=[、,;\s]))[(\[【〔]([^()\[\]【】〔〕、,;\s]{{0,20}}{POST_END})[)\]】〕]\s*(?=[\u4e00-\u9fff]{{2}})"
)
_OF_MANY = HanPattern(r"副|(?:常委|委员|成员|调研员|巡视员)$")
_OTHERS = ("各", "相关", "有关", "属地", "其他")
_NOTHING = DITTO | frozenset({
    "", "/", "\\", "-", "--", "—", "——", "———", "–", "无", "同上", "见上",
    "同前", "同上述", "同左", "暂无", "暂缺", "空缺", "暂空", "待定", "待明确", "未明确", "待补充", "待任命",
    "待配备", "未配备", "待补缺", "、", ",", "。", "_",
})  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Leader(ShortRepr):
    """A leader as a cell names him or her.

    ``name`` is without inner blanks, unless it is in letters (Peter Lang, Иван Петров); ``""`` where only posts or a
    collective phrase (分管领导, 各县区长) are given. ``titles`` are in the order of the text, without
    working-group roles (任组长).
    """

    name: str
    titles: tuple[str, ...] = ()


def parse_leaders(text: object) -> tuple[Leader, ...]:
    """Reads a 责任领导 cell; one or many people, in the order of the text.

    ``text`` may be anything; what is not a string names nobody, and what lies beyond
    :data:`~rectify_xl.language.LONGEST_CELL` characters is not read. Never raises.
    """
    return _parse(text[:LONGEST_CELL]) if isinstance(text, str) else ()


@lru_cache(maxsize=8192)
def _parse(text: str) -> tuple[Leader, ...]:
    # A single character may be folded into eighteen.
    folded = unicodedata.normalize("NFKC", clean_text(_CIRCLED.sub(";", text)).cleaned)[:LONGEST_CELL]
    plain = folded.replace("\r", "\n").translate(INTERNAL).strip()
    plain = _AROUND_MARK.sub("、", plain)
    bare = _BLANK.sub("", plain).rstrip("。;,")
    if bare in _NOTHING or _ELSEWHERE.fullmatch(bare):
        return ()
    if foreign := names_of_other_scripts(plain):
        return tuple(map(Leader, foreign))
    plain = with_people_on_one_line(plain) if "\n" in plain else plain
    whole = _WHOLE.match(plain)
    if _POST_FIRST.match(plain):
        plain = _POST_FIRST.sub(r"\1 ", plain)
    reader = _Reader()
    for token in tokens(whole[1] if whole else plain):
        reader.take(token)
    return reader.finish()


class _Reader:
    """Puts names and posts together.

    A line that begins with a name gives the posts behind it to that name; one that begins with a post
    keeps its posts for the next name, and shares them among names that follow one another.
    """

    def __init__(self) -> None:
        self.people: list[tuple[str, list[str]]] = []
        self.waiting: list[str] = []  # posts that wait for a name
        self.name_first = False
        self.shareable: list[str] = []  # posts of the last name, which the next name may share
        self.bare: list[int] = []  # names without a post that follow one another: 甲、乙副市长
        self.lent: list[int] = []  # those of them that share the post behind the last
        self.marked = False  # a mark stands before the last post: 甲,局长乙
        self.soft = False  # a comma stands right before
        self.doubtful: list[int] = []  # names in one word with the posts before them, which went to the names before those

    def take(self, token: Token) -> None:
        if token.kind == "end":
            self._end(hard=token.text == "hard")
            self.soft = token.text == "soft"
            return
        if token.kind == "name":
            self._name(token)
        elif token.kind == "group":
            self._nameless()
            self.name_first = False
        else:
            self._post(token)
        self.soft = False

    def _name(self, token: Token) -> None:
        if token.posts:  # they settle this person
            self._settle()
            if token.fused and token.listed:
                self._lend(self.bare, token.posts[0])
            self.people.append((token.text, [*self.waiting, *token.posts]))
            self.waiting, self.shareable, self.name_first, self.bare = [], [], False, []
            return
        fused = token.fused and self.name_first and not self.waiting and bool(self.people)
        if not (fused and self._goes_on()):
            self._settle()
        if fused and self._may_be_of_the_next():
            self.doubtful.append(len(self.people))
        titles = self.waiting or (list(self.shareable) if token.listed else [])
        self.name_first = not titles
        self.bare = [] if titles else [*(self.bare if token.listed else ()), len(self.people)]
        self.people.append((token.text, list(titles)))
        self.shareable, self.waiting, self.lent = list(titles), [], []

    def _goes_on(self) -> bool:
        """甲、局长乙、科长丙: whose the posts are is told by the last of them."""
        last = len(self.people) - 1
        return self.marked and last in self.doubtful and len(self.people[last][1]) == 1

    def _may_be_of_the_next(self) -> bool:
        """Whether the last post read may be that of the name in one word with it: behind other posts, or behind a mark."""
        return len(self.people[-1][1]) > 1 or (len(self.people[-1][1]) == 1 and self.marked)

    def _settle(self) -> None:
        """The post in one word with a name is that name's, where none followed: 甲 副局长、局长乙."""
        names, self.doubtful = self.doubtful, []
        if names and not self.people[names[-1]][1]:
            for at in reversed(names):
                self.people[at][1].append(self.people[at - 1][1].pop())

    def _lend(self, names: list[int], post: str) -> None:
        """The post behind the last of several names is that of all, where many can hold it."""
        self.lent = list(names) if _OF_MANY.search(post) else []
        for at in self.lent:
            self.people[at][1].append(post)

    def _own(self, post: str) -> None:
        """A post behind a name; a second one says that the first was this person's alone."""
        for at in self.lent:
            self.people[at][1].clear()
        self.lent = []
        if self.bare:
            self._lend(self.bare[:-1], post)
        self.bare = []
        self.people[-1][1].append(post)

    def _post(self, token: Token) -> None:
        another = token.generic and token.listed and not (self.people and self.people[-1][1])  # 林岚、局班子成员
        if self.name_first and self.people and not another and not token.text.startswith(_OTHERS):
            self.marked = bool(token.listed) or self.soft
            self._own(token.text)
            return
        self.shareable = []
        if token.generic:
            self._nameless()
            self.people.append(("", [token.text]))
        else:
            self.waiting.append(token.text)

    def _nameless(self) -> None:
        self.people += [("", [post]) for post in self.waiting]
        self.waiting = []

    def _end(self, *, hard: bool) -> None:
        if hard:
            self._settle()
            self._nameless()
            self.name_first = False
            self.shareable, self.bare, self.lent = [], [], []

    def finish(self) -> tuple[Leader, ...]:
        self._settle()
        self._nameless()
        return tuple(Leader(shown(name), tuple(dict.fromkeys(filter(None, map(shown, titles))))) for name, titles in self.people)
