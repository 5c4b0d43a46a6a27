"""What may be a person's name, and the blanks within one."""

from __future__ import annotations

import unicodedata

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders import vocabulary as t
from rectify_xl.language.leaders.marks import BLANK, BREAK, COMMA, LIST_MARKS, SEMICOLON, SPACED
from rectify_xl.language.leaders.surnames import COMPOUND, RARE_SURNAMES, SURNAMES

_POST = HanPattern(rf"^.*?{t.POST_END}$")
_NAME_POST = HanPattern(rf"^(?:(.{{2,4}}?)({t.SHORT_POST})|(.{{2,3}}?[^副总大中支])({t.PLACE_POST}))$")
_MINORITY = HanPattern(r"^[\u4e00-\u9fff]{1,6}(?:[·•・.][\u4e00-\u9fff]{1,6}){1,3}$")
_STEPPE = HanPattern(rf"^(?:{t.TIBETAN}|(?:{t.TIBETAN}|{t.STEPPE}){{2,3}})$")
_CENSORED = HanPattern(r"^[\u4e00-\u9fff][×*Xx某]{1,2}$")
_HAN = HanPattern(r"^[\u4e00-\u9fff]+$")
_ONE_HAN = HanPattern(r"^[\u4e00-\u9fff]$")
_LATIN = HanPattern(rf"^(?!(?:{t.LATIN_TITLES})(?:{BLANK}|$)){t.LATIN_WORD}(?:{BLANK}[A-Za-z\u00c0-\u024f.'\u2019-]+){{0,3}}$")
_LOWER = HanPattern(r"[a-z\u00df-\u00ff]")
_WORD = HanPattern(rf"[、\s/\\+&|{COMMA}{SEMICOLON}{BREAK}]+")
_WHOLE = 2  # characters of a name that may be complete
# No given name ends so: 石溪县, 白石区 are places, whatever their first character.
_NEVER_LAST = ("县", "区", "市", "副")
# The head of the place itself: 石桥镇镇长, 梅岭乡书记; 王金乡副县长 is a person.
_OF_PLACE = HanPattern(r"^.{2}([镇乡村州旗])(?:副?\1长|副?书记|副?主任)$")
# A post that begins with the body it belongs to, so that what stands before it can only be a name: 苍山县副县长, 某某公司经理.
_WITH_BODY = HanPattern(
    rf"^(?:[\u4e00-\u9fff]{{2,}}?(?:[市县区州盟旗镇乡村局院]|委员会|公司|集团|中心)|[省市州县区].).*{t.POST_END}$"
)
_STRANGER = HanPattern(r"^[\u4e00-\u9fff]{2,4}(?<![省市县区州局委办厅院部府会室处队组镇乡村站所科股司团厂级门等副原])$")
_GENERIC = HanPattern(t.GENERIC)
_ANY_HAN = HanPattern(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_BETWEEN_PEOPLE = HanPattern(r"\s*[、,;/&\n]\s*")
_IN_NAMES = frozenset(".'\u2019-·•・ー")
_MOST_WORDS = 5
_LENGTH = 3
_SHORTEST_FOREIGN, _LONGEST_FOREIGN = 4, 8


def is_name(text: str, *, behind_post: bool = False) -> bool:
    """Whether a text could be a person's name: a known surname and one or two more characters, or a name with ·.

    Words of office that begin like a surname (高新, 公安) count only directly behind a post.
    """
    if _LATIN.match(text) and (BLANK in text or _LOWER.search(text)):
        return True
    if _SHORTEST_FOREIGN <= len(text) <= _LONGEST_FOREIGN and t.TRANSLITERATION.issuperset(text):
        return True
    if _STEPPE.match(text) or _MINORITY.match(text) or (_CENSORED.match(text) and text[0] in SURNAMES):
        return True
    if not _HAN.match(text) or text.endswith(_NEVER_LAST) or (text[:2] in t.NOT_NAMES and not behind_post):
        return False
    if text[:2] in COMPOUND:
        return len(text) in (3, 4)
    return len(text) in (2, 3) and text[0] in SURNAMES and not _POST.match(text)


def is_rare_name(word: str) -> bool:
    """Whether a whole word that is nothing else could be a name, its surname being mostly an ordinary word: 操立信, 铁建明."""
    return (
        word[:1] in RARE_SURNAMES
        and len(word) <= _LENGTH
        and bool(_STRANGER.match(word))
        and word[:2] not in t.NOT_NAMES
        and not (_GENERIC.search(word) or _POST.match(word))
    )


def names_of_other_scripts(text: str) -> tuple[str, ...]:
    """The people of a cell without any Chinese character, one at least in letters beyond plain Latin: Иван Петров.

    None where anything in it is no name. No post can be told from a name there.
    """
    if _ANY_HAN.search(text) or text.isascii():
        return ()
    parts = [part for part in _BETWEEN_PEOPLE.split(text.strip()) if part]
    return tuple(" ".join(part.split()) for part in parts) if parts and all(map(_is_of_letters, parts)) else ()


def _is_of_letters(part: str) -> bool:
    words = part.split()
    letters = sum(unicodedata.category(sign)[0] in "LM" for sign in part)
    signs = sum(sign in _IN_NAMES for sign in part)
    begun = all(unicodedata.category(word[0])[0] == "L" for word in words)
    return begun and 0 < len(words) <= _MOST_WORDS and letters >= _WHOLE and letters + signs == sum(map(len, words))


def name_and_post(word: str) -> tuple[str, str] | None:
    """The two parts of a word that is one name with its post behind it (何雨舟副市长)."""
    match = _NAME_POST.match(word)
    if not match or _OF_PLACE.match(word):
        return None
    name, post = match[1] or match[3], match[2] or match[4]
    return (name, post) if is_name(name) or is_rare_name(name) else None


def is_stranger(word: str, following: str) -> bool:
    """Whether a word without a known surname is the name before a post: 木清远 苍山县副县长.

    Two characters before 市委书记 are rather the place the post belongs to.
    """
    if not _STRANGER.match(word) or word[:2] in t.NOT_NAMES or _GENERIC.search(word):
        return False
    own_place = not following.startswith(("省", "市", "州", "县", "区")) or len(word) == _LENGTH
    return own_place and bool(_WITH_BODY.match(following))


def joined_words(text: str) -> tuple[list[str], list[str]]:
    """Words, and the list mark before each (``""``: none); single characters between blanks are one name (于 岚)."""
    found: list[tuple[str, str]] = []
    at, mark = 0, ""
    for match in [*_WORD.finditer(text), None]:
        word = text[at : match.start()] if match else text[at:]
        if word:
            found.append((word, mark))
        if match:
            mark = next((char for char in match[0] if char in LIST_MARKS), "")
            at = match.end()
    words: list[str] = []
    listed: list[str] = []
    for index, (word, mark) in enumerate(found):
        after = found[index + 1 : index + 2]
        if words and not mark and _ONE_HAN.match(word) and _goes_on(words[-1].removeprefix(SPACED), word, after):
            words[-1] = SPACED + words[-1].removeprefix(SPACED) + word
        else:
            words.append(word)
            listed.append(mark)
    return words, listed


def _goes_on(left: str, right: str, after: list[tuple[str, str]]) -> bool:
    """Whether ``left`` is a name that a single character completes, and not the one before 钱 鹤 in 林 岚 钱 鹤."""
    if len(left) == 1 or left in COMPOUND:
        return True
    another = len(left) == _WHOLE and right in SURNAMES and after and not after[0][1] and _ONE_HAN.match(after[0][0])
    return is_name(left + right) and not another
