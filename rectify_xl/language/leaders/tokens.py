"""Cuts a leader cell into names, posts and clause ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.language.lazy import Lazy
from rectify_xl.language.leaders import tables as t

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABELS = Lazy(rf"{t.FIELD_LABEL}|{t.GROUP_LABEL}")
_GROUP = Lazy(t.GROUP_PROSE)
_NUMBERED = Lazy(
    r"(?:(?<=^)|(?<=[\s;,。]))(?:\d{1,2}[.、)]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、)\s*"
)
_PHONE = Lazy(r"(?:联系电话|电话|手机)?[::]?\s*\+?\d[\d\-\s]{5,}\d")
# (女,壮族) and (牵头) are no posts
_PRIVATE = Lazy(r"[(\[【〔](?:(?:男|女|[\u4e00-\u9fff]{1,6}族|(?:中共)?党员)[,、;\s]*)+[)\]】〕]")
_DUTY = Lazy(r"^(?:总?牵头|配合|协助|协同|参与|负责|主抓|包抓)(?:领导|负责)?$")
_CLAUSE = Lazy(r"([;。\n])|(,)")
_BRACKET = Lazy(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_WORD = Lazy(r"[、\s/]+")
_POST_END = Lazy(t.POST_END)
_POST = Lazy(rf"^.*?{t.POST_END}$")
_POST_NAME = Lazy(rf"^(.*{t.POST_END})(.{{2,8}})$")
_NAME_POST = Lazy(rf"^(.{{2,4}}?)({t.SHORT_POST})$")
_GENERIC = Lazy(t.GENERIC)
_MINORITY = Lazy(r"^[\u4e00-\u9fff]{1,6}(?:[·•・.][\u4e00-\u9fff]{1,6}){1,3}$")
_HAN = Lazy(r"^[\u4e00-\u9fff]+$")
_LEADING = Lazy(r"^(?:由|以及|及|和|与)(?=..)")
_ONE_HAN = Lazy(r"^[\u4e00-\u9fff]$")
_CENSORED = Lazy(r"^[\u4e00-\u9fff][×*Xx某]{1,2}$")
_DASH = Lazy(r"(?<=[\u4e00-\u9fff])\s*[:\-—–]+\s*(?=[\u4e00-\u9fff])")
_FOREWORD = Lazy(rf"^.{{0,12}}?由(?=.)|^(?:{t.GROUP_ROLE}由)")
_AFTERWORD = Lazy(t.AFTERWORD)
_COMRADE = Lazy(r"(?<!负责)(?<!领导)(?<!分管)(?<!主要)(?<!相关)同志$")
_JOINT = Lazy(r"以及|及|和|与")
_CLASS_BRACKET = Lazy(r"(?<=[省市县区州镇乡街道])[(\[]([县市区州盟旗镇乡街道园场、]+)[)\]]")
_PLAIN_NAME = Lazy(r"^[\u4e00-\u9fff]{2,6}$")
_ORGANISATION = Lazy(r"[省市县区州局委办厅院部府会室处队组镇乡村]$")
# 市水利局何雨舟, 市政府何雨舟副市长, 县政府何岚县长: a name behind a body, and not the rest of the body's own name (市林业局).
_MEMBER = Lazy(
    r"^(.*[省市县区州局委办厅院府会室处队镇乡村])(?:([\u4e00-\u9fff]{2})(副?[市县区州镇乡]长)"
    r"|([\u4e00-\u9fff]{2}[^省市县区州局委办厅院部府会室处队组镇乡村站所科股司团员长任厂场园路河副])"
    rf"({t.SHORT_POST})?)$"
)
_GROUP_HEAD = Lazy(t.GROUP_HEAD)
_GROUP_POST = Lazy(rf"^{t.GROUP_HEAD}$")
_LONGEST = 80
# No given name ends so: 石溪县, 白石区 are places, whatever their first character.
_NEVER_LAST = ("县", "区", "市")
# The head of the place itself: 石桥镇镇长, 梅岭乡书记; 王金乡副县长 is a person.
_OF_PLACE = Lazy(r"^.{2}([镇乡村州旗])(?:副?\1长|副?书记|副?主任)$")
# A post that begins with the body it belongs to, so that what stands before it can only be a name: 苍山县副县长, 某某公司经理.
_WITH_BODY = Lazy(rf"^(?:[\u4e00-\u9fff]{{2,}}?(?:[市县区州盟旗镇乡村局院]|委员会|公司|集团|中心)|[省市州县区].).*{t.POST_END}$")
_STRANGER = Lazy(r"^[\u4e00-\u9fff]{2,4}(?<![省市县区州局委办厅院部府会室处队组镇乡村站所科股司团厂级门等副原])$")
# 县 水 利 局 局 长 刘 强: blanks between all characters of a line part nothing
_SPREAD = Lazy(r"(?m)^[^\S\n]*[\u4e00-\u9fff](?:[^\S\n]+[\u4e00-\u9fff]){4,}[^\S\n]*$")
_NO_BLANK = Lazy(r"\s+")
_WIDE = Lazy(r"[^\S\n]{2,}")
_NAME_FIRST = Lazy(rf"^([\u4e00-\u9fff]{{2,3}}?)(副?[省市县区州镇乡村].*{t.POST_END})$")
_SPACED = "\ufff4"  # before a word written with blanks between its characters: only names are
_NAME_LENGTH = 3
_INNER = str.maketrans("、()", "\ufff1\ufff2\ufff3")
_OUTER = str.maketrans("\ufff1\ufff2\ufff3", "、()")


@dataclass(frozen=True, slots=True)
class Token:
    """One step of the cell. ``listed``: follows 、 directly. ``posts``: given in brackets behind a name."""

    kind: Literal["name", "post", "group", "end"]
    text: str = ""
    listed: bool = False
    posts: tuple[str, ...] = ()
    generic: bool = False


def is_name(text: str, *, behind_post: bool = False) -> bool:
    """Whether a text could be a person's name: a known surname and one or two more characters, or a name with ·.

    Words of office that begin like a surname (高新, 公安) count only directly behind a post.
    """
    if _MINORITY.match(text) or (_CENSORED.match(text) and text[0] in t.SURNAMES):
        return True
    if not _HAN.match(text) or text.endswith(_NEVER_LAST) or (text[:2] in t.NOT_NAMES and not behind_post):
        return False
    if text[:2] in t.COMPOUND:
        return len(text) in (3, 4)
    return len(text) in (2, 3) and text[0] in t.SURNAMES and not _POST.match(text)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in NFKC."""
    text = _SPREAD.sub(lambda m: _closed_up(m[0].strip()), text)
    text = _PRIVATE.sub(" ", _PHONE.sub(" ", _NUMBERED.sub(" ", text)))
    text = _DASH.sub(" ", _LABELS.sub("\n", text))
    text = _CLASS_BRACKET.sub(lambda m: m[0].translate(_INNER), text)
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
    words, listed = _joined_words(text.strip(" :.,"))
    carried, behind_post = "", False
    for place, (word, after_mark) in enumerate(zip(words, listed, strict=True)):
        if not after_mark and _is_stranger(carried, word) and not any(map(is_name, words[place + 1 : place + 2])):
            yield Token("name", carried)
            carried = ""
        whole = f"{carried.removeprefix(_SPACED)}{'、' if after_mark and carried else ''}{word}"
        found = list(_read_joint(whole, listed=after_mark))
        if not found and behind_post and _PLAIN_NAME.match(word) and not _ORGANISATION.search(word):
            found = [Token("name", word)]  # a name without a known surname: 县长 阿依努尔
        if not found and len(whole) > _LONGEST:
            found = [Token("post", whole.removeprefix(_SPACED).translate(_OUTER), generic=True)]
        if found:
            yield from found
            carried, behind_post = "", found[-1].kind == "post"
        else:  # an organisation whose post follows: 某县 人民政府县长, 各县区党委、政府主要负责同志
            carried = whole
    if carried and not carried.startswith("的"):
        yield Token("post", carried.removeprefix(_SPACED).translate(_OUTER), generic=True)


def _is_stranger(carried: str, word: str) -> bool:
    """Whether a word without a known surname is the name before a post: 木清远 苍山县副县长.

    Two characters before 市委书记 are rather the place the post belongs to.
    """
    if not _STRANGER.match(carried) or carried[:2] in t.NOT_NAMES or _GENERIC.search(carried):
        return False
    own_place = not word.startswith(("省", "市", "州", "县", "区")) or len(carried) == _NAME_LENGTH
    return own_place and bool(_WITH_BODY.match(word))


def _joined_words(text: str) -> tuple[list[str], list[bool]]:
    """Words, and whether 、 stands before each; single characters between blanks are one name (于 岚)."""
    words: list[str] = []
    listed: list[bool] = []
    at, mark = 0, False
    for match in [*_WORD.finditer(text), None]:
        word = text[at : match.start()] if match else text[at:]
        if word:
            if words and not mark and _ONE_HAN.match(word) and _open_name(words[-1].removeprefix(_SPACED), word):
                words[-1] = _SPACED + words[-1].removeprefix(_SPACED) + word
            else:
                words.append(word)
                listed.append(mark)
        if match:
            mark, at = "、" in match[0], match.end()
    return words, listed


def _open_name(left: str, right: str) -> bool:
    """Whether ``left`` is a name that a single character may still complete."""
    return len(left) == 1 or left in t.COMPOUND or is_name(left + right)


def _read_joint(word: str, *, listed: bool) -> Iterator[Token]:
    """Reads a word; 甲及各乡镇党委书记 is two. What is too long to be a name or a post reads as nothing."""
    if len(word) > _LONGEST:
        return
    for match in _JOINT.finditer(word):
        if is_name_and_post(word):  # 陆清和副县长: 和 is part of the name
            break
        left, right = word[: match.start()], word[match.end() :]
        if (is_name(left) or _POST.match(left)) and (is_name(right) or _POST.match(right) or _POST_NAME.match(right)):
            yield from _read(left, listed=listed)
            yield from _read_joint(right, listed=True)
            return
    yield from _read(word, listed=listed)


def is_name_and_post(word: str) -> bool:
    """Whether a word is one name with its post behind it."""
    match = _NAME_POST.match(word)
    return match is not None and is_name(match[1]) and not _OF_PLACE.match(word)


def _read(word: str, *, listed: bool) -> Iterator[Token]:
    spaced = word.startswith(_SPACED)
    word = word.removeprefix(_SPACED)
    word = _COMRADE.sub("", _AFTERWORD.sub("", _FOREWORD.sub("", _LEADING.sub("", word))))
    role = _GROUP_HEAD.match(word)
    if role and is_name(word[role.end() :], behind_post=True):
        word, spaced = word[role.end() :], True
    if is_name(word, behind_post=spaced):
        yield Token("name", word, listed)
        return
    name_post = _NAME_POST.match(word)
    if name_post and is_name(name_post[1]) and not _OF_PLACE.match(word):
        yield Token("name", name_post[1], posts=(name_post[2],))
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
            if is_name(part_name, behind_post=True):
                yield Token("post", part_post, listed)
                yield Token("name", part_name)
                return


def _cuts(post: str, name: str, word: str) -> Iterator[tuple[str, str]]:
    """Ways to cut a post from the name behind it, longest post first."""
    yield post, name
    for match in reversed(list(_POST_END.finditer(word))):
        yield word[: match.end()], word[match.end() :]
