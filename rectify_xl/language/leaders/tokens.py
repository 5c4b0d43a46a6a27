"""The tokenizer: a leader cell as names, posts and ends of clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.language.lazy_pattern import LazyPattern
from rectify_xl.language.leaders import vocabulary as t
from rectify_xl.language.leaders.names import SPACED, is_name, is_stranger, joined_words, name_and_post

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABELS = LazyPattern(rf"{t.FIELD_LABEL}|{t.GROUP_LABEL}")
_GROUP = LazyPattern(t.GROUP_PROSE)
_NUMBERED = LazyPattern(
    r"(?:(?<=^)|(?<=[\s;,。]))(?:\d{1,2}[.、)]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、)\s*"
)
_PHONE = LazyPattern(r"(?:联系电话|电话|手机)?[::]?\s*\+?\d[\d\-\s]{5,}\d")
# (女,壮族), (兼) and (牵头) are no posts
_PRIVATE = LazyPattern(r"[(\[【〔](?:(?:男|女|[\u4e00-\u9fff]{1,6}族|(?:中共)?党员|兼任?|代理?|挂职)[,、;\s]*)+[)\]】〕]")
_DUTY = LazyPattern(r"^(?:总?牵头|配合|协助|协同|参与|负责|主抓|包抓)(?:领导|负责)?$")
_CLAUSE = LazyPattern(r"([;。\n])|(,)")
_BRACKET = LazyPattern(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")

_POST_END = LazyPattern(t.POST_END)
_POST = LazyPattern(rf"^.*?{t.POST_END}$")
_POST_NAME = LazyPattern(rf"^(.*{t.POST_END})(.{{2,8}})$")
_GENERIC = LazyPattern(t.GENERIC)
_LEADING = LazyPattern(r"^(?:由|以及|及|和|与)(?=..)")
_DASH = LazyPattern(r"(?<=[\u4e00-\u9fff])\s*[:\-—–]+\s*(?=[\u4e00-\u9fff])")
_FOREWORD = LazyPattern(rf"^.{{0,12}}?由(?=.)|^(?:成立|组成)?以(?=.{{3}})|^(?:{t.GROUP_ROLE}由)")
_AFTERWORD = LazyPattern(t.AFTERWORD)
_COMRADE = LazyPattern(r"(?<!负责)(?<!领导)(?<!分管)(?<!主要)(?<!相关)等?同志$|(?<=..)等$")
_JOINT = LazyPattern(r"以及|及|和|与|等(?=.{0,6}领导)")
_CLASS_BRACKET = LazyPattern(r"(?<=[省市县区州镇乡街道])[(\[]([县市区州盟旗镇乡街道园场、]+)[)\]]|(?<=党)[(\[]工[)\]](?=委)")
_PLAIN_NAME = LazyPattern(r"^[\u4e00-\u9fff]{2,6}$")
_LONG_NAME = LazyPattern(r"^(?![各省市县区州盟旗镇乡村]|[有相]关|分管|主要|经济|高新|.*[党委政群团社部网])[\u4e00-\u9fff]{4,6}$")
# behind a post, and no word for what its holder does
_UNKNOWN_NAME = LazyPattern(
    r"^(?!.*[负责牵头配合分管联系协助包抓督办等各及和任为由主])[\u4e00-\u9fff]{4,5}(?<![省市县区州局委办厅院部府会室处队组镇乡村])$"
)
_OWN_POST = LazyPattern(r"^副?[省市县区州盟旗镇乡](?:长|[委党]|人民政府|政府)")
_ORGANISATION = LazyPattern(r"[省市县区州局委办厅院部府会室处队组镇乡村]$")
# 市水利局何雨舟, 市政府何雨舟副市长, 县政府何岚县长: a name behind a body, and not the rest of the body's own name (市林业局).
_MEMBER = LazyPattern(
    r"^(.*[省市县区州局委办厅院府会室处队镇乡村])(?:([\u4e00-\u9fff]{2})(副?[市县区州镇乡]长)"
    r"|([\u4e00-\u9fff]{2}[^省市县区州局委办厅院部府会室处队组镇乡村站所科股司团员长任厂场园路河副])"
    rf"({t.SHORT_POST})?)$"
)
_GROUP_HEAD = LazyPattern(t.GROUP_HEAD)
_GROUP_POST = LazyPattern(rf"^(?:.*(?:领导小组|工作组|专班|指挥部|委员会|专项组))?{t.GROUP_HEAD}$")
_NAME_AND_POST = 2
_LONGEST = 80
# 县 水 利 局 局 长 刘 强: blanks between all characters of a line part nothing
_SPREAD = LazyPattern(r"(?m)^[^\S\n]*[\u4e00-\u9fff](?:[^\S\n]+[\u4e00-\u9fff]){4,}[^\S\n]*$")
_NO_BLANK = LazyPattern(r"\s+")
_WIDE = LazyPattern(r"[^\S\n]{2,}")
_NAME_FIRST = LazyPattern(rf"^([\u4e00-\u9fff]{{2,3}}?)(副?[省市县区州镇乡村].*{t.POST_END})$")
_INNER = str.maketrans("、()", "\ufff1\ufff2\ufff3")
_ONE_LIST = str.maketrans(",;\n", "、、、")  # a bracket is one list
_OUTER = str.maketrans("\ufff1\ufff2\ufff3", "、()")


@dataclass(frozen=True, slots=True)
class Token:
    """One step of the cell. ``listed``: follows 、 directly. ``posts``: given behind a name, in brackets or ``fused``."""

    kind: Literal["name", "post", "group", "end"]
    text: str = ""
    listed: bool = False
    posts: tuple[str, ...] = ()
    generic: bool = False
    fused: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in NFKC."""
    text = _SPREAD.sub(lambda m: _closed_up(m[0].strip()), text)
    text = _PRIVATE.sub(" ", _PHONE.sub(" ", _NUMBERED.sub(" ", text)))
    text = _DASH.sub(" ", _LABELS.sub("\n", text))
    text = _BRACKET.sub(lambda m: m[0].translate(_ONE_LIST), _CLASS_BRACKET.sub(lambda m: m[0].translate(_INNER), text))
    at = 0
    for match in [*_CLAUSE.finditer(text), None]:
        clause = text[at : match.start()] if match else text[at:]
        yield from _clause(clause)
        if match:
            yield Token("end", "hard" if match[1] else "soft")
            at = match.end()


def _closed_up(line: str) -> str:
    """A spread line without its blanks; with the blank between name and post, where the name comes first."""
    if _WIDE.search(line) and (parts := _WIDE.split(line)) and all(" " in part.strip() for part in parts):
        return " ".join(_NO_BLANK.sub("", part) for part in parts)
    closed = _NO_BLANK.sub("", line)
    if len(closed) > _LONGEST or not _POST_END.search(closed):
        return line  # names only: 林 岚 苏 晴
    if any(token.kind == "name" for token in _read(closed, listed=False)):
        return closed
    name_first = _NAME_FIRST.match(closed)
    return f"{name_first[1]} {name_first[2]}" if name_first and is_name(name_first[1]) else closed


def _clause(clause: str) -> Iterator[Token]:
    at = 0
    for match in _GROUP.finditer(clause):
        yield from _words(clause[at : match.start()])
        yield Token("group")
        at = match.end()
    yield from _words(clause[at:])


def _words(text: str) -> Iterator[Token]:
    """Tokens of one clause; a bracket belongs to what stands before it."""
    at = 0
    for match in _BRACKET.finditer(text):
        head = list(_list(text[at : match.start()]))
        inside = list(_list(match[1]))
        at = match.end()
        posts = tuple(token.text for token in inside if token.kind == "post" and not _DUTY.match(token.text))
        names = [token for token in inside if token.kind == "name"]
        if head and head[-1].kind == "name" and posts and not names:
            yield from head[:-1]
            yield Token("name", head[-1].text, head[-1].listed, posts)
        elif head and head[-1].kind == "post" and names:
            yield from head
            yield from inside
            yield Token("end", "hard")
        else:
            yield from head
    yield from _list(text[at:])


def _list(text: str) -> Iterator[Token]:
    words, listed = joined_words(text.strip(" :.,"))
    if _body_first(words, listed):  # 县水务局 林知远 局长
        words[:3], listed[:2] = [words[1], words[0] + words[2]], listed[:1]
    carried, behind_post = "", False
    for word, after_mark, following in zip(words, listed, [*words, ""][1:], strict=True):
        if not after_mark and is_stranger(carried, word) and not is_name(following):
            yield Token("name", carried)
            carried = ""
        whole = f"{carried.removeprefix(SPACED)}{'、' if after_mark and carried else ''}{word}"
        found = list(_read_joint(whole, listed=after_mark))
        if not found and (behind_post or (_LONG_NAME.match(whole) and _OWN_POST.match(following))):
            # a name without a known surname: 县长 阿依努尔, 阿依努尔 县长
            found = [Token("name", word, after_mark)] if _PLAIN_NAME.match(word) and not _ORGANISATION.search(word) else []
        if not found and len(whole) > _LONGEST:
            found = [Token("post", whole.removeprefix(SPACED).translate(_OUTER), generic=True)]
        if found:
            yield from found
            carried, behind_post = "", found[-1].kind == "post"
        else:  # an organisation whose post follows: 某县 人民政府县长, 各县区党委、政府主要负责同志
            carried = whole
    if carried and not carried.startswith("的"):
        yield Token("post", carried.removeprefix(SPACED).translate(_OUTER), generic=True)


def _body_first(words: list[str], listed: list[bool]) -> bool:
    """Whether a body stands before a name and the post behind it."""
    if len(words) <= _NAME_AND_POST or listed[1] or listed[2] or _POST.match(words[0]):
        return False
    return bool(_ORGANISATION.search(words[0]) and is_name(words[1].removeprefix(SPACED)) and _POST.match(words[2]))


def _read_joint(word: str, *, listed: bool) -> Iterator[Token]:
    """Reads a word; 甲及各乡镇党委书记 is two. What is too long to be a name or a post reads as nothing."""
    if len(word) > _LONGEST:
        return
    for match in _JOINT.finditer(word):
        if name_and_post(word):  # 陆清和副县长: 和 is part of the name
            break
        left, right = word[: match.start()], word[match.end() :]
        if (is_name(right) or _POST.match(right) or _POST_NAME.match(right)) and (before := list(_read(left, listed=listed))):
            yield from before
            yield from _read_joint(right, listed=True)
            return
    yield from _read(word, listed=listed)


def _read(word: str, *, listed: bool) -> Iterator[Token]:
    spaced = word.startswith(SPACED)
    word = word.removeprefix(SPACED)
    word = _COMRADE.sub("", _AFTERWORD.sub("", _FOREWORD.sub("", _LEADING.sub("", word))))
    role = _GROUP_HEAD.match(word)
    if role and is_name(word[role.end() :], behind_post=True):
        word, spaced = word[role.end() :], True
    if is_name(word, behind_post=spaced):
        yield Token("name", word, listed)
        return
    if name_post := name_and_post(word):
        yield Token("name", name_post[0], listed, posts=name_post[1:], fused=True)
        return
    if _GROUP_POST.match(word):
        yield Token("end", "soft")
        return
    member = _MEMBER.match(word)
    if member and is_name(member[2] or member[4]):
        yield Token("post", member[1] + (member[3] or member[5] or ""), listed)
        yield Token("name", member[2] or member[4])
        return
    if _POST.match(word):
        yield Token("post", word.translate(_OUTER), listed, generic=bool(_GENERIC.search(word)))
        return
    post_name = _POST_NAME.match(word)
    if post_name:
        for part_post, part_name in _cuts(post_name[1], post_name[2], word):
            if is_name(part_name, behind_post=True) or (part_post == post_name[1] and _UNKNOWN_NAME.match(part_name)):
                yield Token("post", part_post, listed)
                yield Token("name", part_name)
                return


def _cuts(post: str, name: str, word: str) -> Iterator[tuple[str, str]]:
    """Ways to cut a post from the name behind it, longest post first."""
    yield post, name
    for match in reversed(list(_POST_END.finditer(word))):
        yield word[: match.end()], word[match.end() :]
