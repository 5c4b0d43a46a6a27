"""Read one word of a leader cell: a name, a post, or both run together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders import vocabulary as t
from rectify_xl.language.leaders.marks import SPACED
from rectify_xl.language.leaders.names import is_name, is_rare_name, name_and_post
from rectify_xl.language.leaders.run_together import split_names, split_people

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

POST_END = HanPattern(t.POST_END)
POST = HanPattern(rf"^.*?{t.POST_END}$")
_POST_NAME = HanPattern(rf"^(.*{t.POST_END})(.{{2,8}})$")
_GENERIC = HanPattern(t.GENERIC)
_LEADING = HanPattern(r"^(?:由|请|以及|及|和|与|任(?=(?:副|常务|党|[省市县区州镇乡]委|[省市县区州镇乡]?政府)..))(?=..)")
_FOREWORD = HanPattern(rf"^.{{0,12}}?由(?=.)|^(?:成立|组成)?以(?=.{{3}})|^(?:{t.GROUP_ROLE}由)")
_AFTERWORD = HanPattern(t.AFTERWORD)
_COMRADE = HanPattern(
    r"(?<!负责)(?<!领导)(?<!分管)(?<!主要)(?<!相关)(?:等|[两二三四五六七八几]位)?同志$|(?<=..)等(?:[\d一二两三四五六七八九十]+[人位名](?:同志)?)?$"
)
_JOINT = HanPattern(r"以及|及|和|与|等(?=.{0,6}领导)")
# behind a post, and no word for what its holder does
_UNKNOWN_NAME = HanPattern(
    r"^(?!.*[负责牵头配合分管联系协助包抓督办等各及和任为由主])[\u4e00-\u9fff]{4,5}(?<![省市县区州局委办厅院部府会室处队组镇乡村])$"
)
# 市水利局何雨舟, 市政府何雨舟副市长, 县政府何岚县长: a name behind a body, and not the rest of the body's own name (市林业局).
# 副市长孙立 is 孙立, whose post ends in 长, and no 长孙立.
_MEMBER = HanPattern(
    r"^(.*[省市县区州局委办厅院府会室处队镇乡村科股部站所厂司])(?!长)(?:([\u4e00-\u9fff]{2})(副?[市县区州镇乡]长)"
    r"|([\u4e00-\u9fff]{2}[^省市县区州局委办厅院部府会室处队组镇乡村站所科股司团员长任厂场园路河副总])"
    rf"({t.SHORT_POST})?)$"
)
# 县水利局林岚: two characters behind a body are a name only where the surname is a common one that begins no word of office.
_MEMBER_OF_TWO = HanPattern(
    rf"^(.{{2,}}(?:[局委办厅院府室科股处队组镇乡站所司]|(?:管委|委员|协)会|专班|中心|集团|街道|[^工]厂))"
    rf"((?!{t.NO_PERSON_OF_TWO})[{t.COMMON_SURNAMES}][^省市县区州局委办厅院部府会室处队组镇乡村站所科股司团员长任厂场园路河桥业务工副总])$"
)
# 市水务局林岚局长, 县委林岚书记: the post is that of the body's head, so that two characters before it are a name.
_HEAD = HanPattern(
    r"^(.*(?P<body>[局厅院镇乡村站所校]))(?!长)([\u4e00-\u9fff]{2})(副?(?P=body)长)$"
    r"|^(?P<party>.*(?:[省市县区州旗]委|党委|党工委|[镇乡]))(?P<name>[\u4e00-\u9fff]{2})(?P<post>副?书记)$"
)
_APPOINTED = HanPattern(
    rf"^(?:(?P<post>.*{t.POST_END})由(?P<name>[^由]{{2,12}}?)(?:同志)?(?:兼任|担任|兼)"
    rf"|(?P<name2>[^由]{{2,12}}?)(?:同志)?(?:兼任|担任)(?P<post2>.*{t.POST_END}))$"
)
_WITH_DOT = HanPattern(rf"^(.*?{t.POST_END})([\u4e00-\u9fff]{{2,6}}(?:[·•・.][\u4e00-\u9fff]{{1,6}}){{1,3}})$")
_GROUP_HEAD = HanPattern(rf"(?:.{{0,12}}(?:领导小组|工作组|专班|指挥部|专项组))?(?:{t.GROUP_HEAD}|成员)")
_GROUP_POST = HanPattern(
    rf"^(?:.*(?:领导小组|工作组|专班|指挥部|委员会|专项组))?{t.GROUP_HEAD}$|^[省市县区镇乡]级领导(?:包案|领办|挂帅|牵头)$"
)
_LONGEST_NAME = 3
LONGEST = 80
ROLE_NOUN = HanPattern(rf"^{t.ROLE_NOUN}$")


@dataclass(frozen=True, slots=True)
class Token:
    """One step of the cell.

    ``listed``: follows 、 directly. ``posts``: given behind a name, in brackets or ``fused``; a name without posts is ``fused``
    where it stands in one word with the post before it.
    """

    kind: Literal["name", "post", "group", "end"]
    text: str = ""
    listed: bool = False
    posts: tuple[str, ...] = ()
    generic: bool = False
    fused: bool = False


def read_word(word: str, *, listed: bool) -> Iterator[Token]:
    """Reads a word; 甲及各乡镇党委书记 is two. What is too long to be a name or a post reads as nothing."""
    if len(word) > LONGEST:
        return
    plain = _COMRADE.sub("", word)
    if is_name(plain):  # 陆清和同志
        word = plain
    elif people := split_people(plain):
        yield from (Token(kind, text, listed and not at) for at, (kind, text) in enumerate(people))
        return
    end, run = _end_of_name(plain), _run_of_names(plain)
    for match in _JOINT.finditer(word):
        if name_and_post(word) or is_name(word):  # 陆清和副县长: 和 is part of the name
            break
        if end - _LONGEST_NAME < match.start() < end:  # 副局长陆清和为直接责任人
            continue
        left, right = word[: match.start()], word[match.end() :]
        if run and not is_name(left.removeprefix(run[0])):  # 沈知远陆清和何雨舟
            break
        if (is_name(right) or POST.match(right) or _POST_NAME.match(right)) and (before := list(_read(left, listed=listed))):
            yield from before
            yield from read_word(right, listed=True)
            return
    yield from _read(word, listed=listed)


def _run_of_names(word: str) -> tuple[str, list[str]] | None:
    """The post, if any, and the names of a word in which several names follow one another: 副县长沈知远陆清和."""
    for end in [*(match.end() for match in POST_END.finditer(word)), 0][-1::-1]:
        tail = word[end:]
        if not is_name(tail, behind_post=bool(end)) and (names := split_names(tail)):
            return word[:end], names
    return None


def _end_of_name(word: str) -> int:
    """Where a name of three characters behind a post ends, if the word ends in one and in what its holder does; else -1."""
    bare = _AFTERWORD.sub("", word)
    post, name = bare[:-_LONGEST_NAME], bare[-_LONGEST_NAME:]
    return len(bare) if (not post or POST.match(post)) and is_name(name, behind_post=bool(post)) else -1


def _read(word: str, *, listed: bool) -> Iterator[Token]:
    """Read one word; what its holder does (负责统筹) is left out where the rest reads without it."""
    spaced = word.startswith(SPACED)
    word = _LEADING.sub("", word.removeprefix(SPACED))
    found: list[Token] = []
    if appointed := _APPOINTED.match(word):
        found = list(_appointment(appointed, listed=listed))
    if not found:
        short = _FOREWORD.sub("", word)
        found = list(_read_single(_COMRADE.sub("", _AFTERWORD.sub("", short)), listed=listed, spaced=spaced))
        found = found or list(_read_single(_COMRADE.sub("", short), listed=listed, spaced=spaced))
    if not found and is_rare_name(word):
        found = [Token("name", word, listed)]
    yield from found


def _appointment(match: re.Match[str], *, listed: bool) -> Iterator[Token]:
    """办公室主任由何雨舟同志兼任, 何雨舟兼任办公室主任: the post and the name; nothing for roles in a group."""
    post, name = match["post"] or match["post2"], match["name"] or match["name2"]
    if is_name(name, behind_post=True) and not _GROUP_POST.match(post):
        yield Token("post", post, listed)
        yield Token("name", name)
        yield Token("end", "soft")


def _read_single(word: str, *, listed: bool, spaced: bool) -> Iterator[Token]:
    role = _GROUP_HEAD.match(word)
    if role and is_name(word[role.end() :], behind_post=True):
        word, spaced = word[role.end() :], True
    if dotted := _WITH_DOT.match(word):
        yield from _with_post(dotted[1], dotted[2], listed=listed)
    elif is_name(word, behind_post=spaced):
        yield Token("name", word, listed)
    elif name_post := name_and_post(word):
        yield Token("name", name_post[0], listed, posts=name_post[1:], fused=True)
    elif _GROUP_POST.match(word):
        yield Token("end", "soft")
    elif member := _member_of_a_body(word):
        yield from _with_post(*member, listed=listed)
    elif POST.match(word):
        yield Token("post", word, listed, generic=bool(_GENERIC.search(word)))
    elif run := _run_of_names(word):
        post, names = run
        yield from _with_post(post, names[0], listed=listed) if post else (Token("name", names[0], listed),)
        yield from (Token("name", name, listed=True) for name in names[1:])
    elif post_name := _POST_NAME.match(word):
        yield from _post_and_name(post_name[1], post_name[2], word, listed=listed)


def _member_of_a_body(word: str) -> tuple[str, str] | None:
    """The post, or the body alone, and the name that stands behind the body's own; None where it is no name."""
    if (member := _MEMBER.match(word)) and is_name(name := member[2] or member[4]):
        return member[1] + (member[3] or member[5] or ""), name
    if (member := _MEMBER_OF_TWO.match(word)) and is_name(member[2]):
        return member[1], member[2]
    if (head := _HEAD.match(word)) and is_name(name := head[3] or head["name"]):
        return (head[1] or head["party"]) + (head[4] or head["post"]), name
    return None


def _with_post(post: str, name: str, *, listed: bool) -> Iterator[Token]:
    is_post = not ROLE_NOUN.match(post)  # 责任人江映雪
    if is_post:
        yield Token("post", post, listed)
    yield Token("name", name, fused=is_post)


def _post_and_name(post: str, name: str, word: str, *, listed: bool) -> Iterator[Token]:
    for part_post, part_name in _cuts(post, name, word):
        if is_name(part_name, behind_post=True) or (
            part_post == post and (_UNKNOWN_NAME.match(part_name) or is_rare_name(part_name))
        ):
            yield from _with_post(part_post, part_name, listed=listed)
            return


def _cuts(post: str, name: str, word: str) -> Iterator[tuple[str, str]]:
    """Ways to cut a post from the name behind it, longest post first."""
    yield post, name
    for match in reversed(list(POST_END.finditer(word))):
        yield word[: match.end()], word[match.end() :]
