"""A person over several lines: the name in one, the posts in the next, as a narrow column makes clerks write them."""

from __future__ import annotations

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders.names import is_name
from rectify_xl.language.leaders.tokens import tokens
from rectify_xl.language.leaders.vocabulary import TELEPHONE

_BLANKS = HanPattern(r"\s+")
#: a telephone number in a line of its own
_PHONE = HanPattern(r"(?:(?:联系|办公)?(?:电话|手机)[:]?)?\s*" + TELEPHONE)
_BRACKETED = HanPattern(r"^[(\[【]([^()\[\]【】]+)[)\]】]$")
# 分管副局长 alone in a line is somebody who is not named, and no post of the person in the line above.
_SOMEBODY = ("分管", "主要", "各", "相关", "有关", "其他")
_NAME, _POST, _OTHER = "name", "post", ""


def with_people_on_one_line(text: str) -> str:
    """The text with every name and its posts in one line; as it is where any line is neither, or a name would be left alone.

    Names come first in all of it or posts do: which post is whose is not guessed.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip() and not _PHONE.fullmatch(line.strip())]
    kinds = [_kind(line) for line in lines]
    if len(lines) <= 1 or _OTHER in kinds or kinds[0] == kinds[-1]:
        return text
    names_first = kinds[0] == _NAME
    people: list[list[str]] = []
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        before = kinds[at - 1] if at else ""
        if kind == before == _NAME:
            return text
        begins = kind == _NAME if names_first else kind == _POST and before != _POST
        if begins:
            people.append([])
        people[-1].append(_BLANKS.sub("", line) if kind == _NAME else _inside(line).strip("、,; "))
    return "\n".join(map(" ".join, people))


def _kind(line: str) -> str:
    if is_name(_BLANKS.sub("", line)):
        return _NAME
    if line.startswith(_SOMEBODY):
        return _OTHER
    found = [token for token in tokens(_inside(line)) if token.kind != "end"]
    return _POST if found and all(token.kind == "post" and not token.generic for token in found) else _OTHER


def _inside(line: str) -> str:
    """The post in a line that is nothing but a bracket."""
    bracketed = _BRACKETED.match(line)
    return bracketed[1] if bracketed else line
