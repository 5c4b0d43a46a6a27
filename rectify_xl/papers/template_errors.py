"""What is wrong with an edited template, in the words of somebody who edits it in Word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from rectify_xl.common.i18n import NO_TEXT, Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TAG = LazyPattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRAY = LazyPattern(r"\{\s*[{%#]|[}%#]\s*\}|[\uff5b\uff5d]\s*[\uff5b\uff5d{}%\uff05]|[{}%\uff05]\s*[\uff5b\uff5d]")
_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set")
_UNKNOWN_TAG = LazyPattern(r"Encountered unknown tag '([^']*)'")
_OPEN_TAG = LazyPattern(r"innermost block that needs to be closed is '(\w+)'")
_UNDEFINED = LazyPattern(r"'([^']+)' is undefined")
_NO_ENTRY = LazyPattern(r"has no (?:attribute|element) '?([^']+)'?")
_ODD_CHARACTER = LazyPattern(r"unexpected char '(.)'")
_LINE = 4  # docxtpl hands over the text around a mistake from this many lines before it
_NEAR = 40


def stray_mark(text: str) -> Text:
    """What to say of a paragraph with braces that make no tag; nothing where there are none."""
    left = _TAG.sub("", text)
    if not _STRAY.search(left):
        return NO_TEXT
    return Text(
        f"“{_cut(text)}”中的标记没有写对，会原样印出来；"
        f"标记要写成 {{{{ 名称 }}}} 或 {{% … %}}，用英文（半角）括号，括号之间不留空格",
        f"a mark in “{_cut(text)}” is not written rightly and would be printed;"
        f" write {{{{ name }}}} or {{% … %}} with half-width braces and no space between them",
    )


def unknown_names(names: Iterable[str], filling: Mapping[str, Any]) -> Text:
    """What to say of names that stand for nothing."""
    near = {name: nearest(name, filling) for name in sorted(names)}
    zh = "、".join(f"“{name}”{known.zh}" for name, known in near.items())
    en = ", ".join(f"“{name}”{known.en}" for name, known in near.items())
    return Text(f"没有{zh}这一项；可用的名称见 docs/papers.md", f"there is no {en}; docs/papers.md lists the names")


def template_error(error: Exception, filling: Mapping[str, Any]) -> Text:
    """What to say of an error that came up while a template was filled."""
    message = str(error)
    if isinstance(error, TemplateSyntaxError):
        what, near = _syntax(message), _near(error)
        return Text(f"{what.zh}{near.zh}", f"{what.en}{near.en}")
    if isinstance(error, SecurityError):
        return Text(
            f"用了不允许的写法（{message}）；模板里只能用名称、if 和 for",
            f"this is not allowed ({message}); a template may use names, if and for",
        )
    if isinstance(error, UndefinedError):
        if match := _UNDEFINED.search(message):
            return unknown_names([match[1]], filling)
        if match := _NO_ENTRY.search(message):
            near = nearest(match[1], _entries(filling))
            return Text(
                f"没有“{match[1]}”这一项{near.zh}；可用的名称见 docs/papers.md",
                f"there is no entry “{match[1]}”{near.en}; docs/papers.md lists the names",
            )
    return Text(
        f"填不出来（{message}）；请对照软件自带的模板检查",
        f"it cannot be filled ({message}); compare it with the template that ships with the program",
    )


def _syntax(message: str) -> Text:
    unknown = _UNKNOWN_TAG.search(message)
    if match := _OPEN_TAG.search(message):
        zh, en = (f"，或者“{unknown[1]}”写错了", f", or “{unknown[1]}” is misspelt") if unknown else ("", "")
        return Text(
            f"少了一个标记：{match[1]} 没有对应的 end{match[1]}{zh}", f"a mark is missing: {match[1]} has no end{match[1]}{en}"
        )
    if unknown:
        near = nearest(unknown[1], _WORDS)
        return Text(
            f"不认识的标记“{unknown[1]}”{near.zh}；可用：{'、'.join(_WORDS)}",
            f"unknown mark “{unknown[1]}”{near.en}; known: {', '.join(_WORDS)}",
        )
    if match := _ODD_CHARACTER.search(message):
        return Text(
            f"标记里有不能用的字符“{match[1]}”；标记里的括号、引号、逗号要用英文（半角）的",
            f"a mark holds the character “{match[1]}”; brackets, quotation marks and commas in a mark must be half-width",
        )
    return Text(f"标记没有写完整（{message}）", f"a mark is not complete ({message})")


def _near(error: TemplateSyntaxError) -> Text:
    """Where it is, by the words that stand there."""
    lines = list(getattr(error, "docx_context", ()))
    at = min(_LINE, error.lineno) - 1
    text = _cut(lines[at]) if at < len(lines) else ""
    return Text(f"；在“{text}”附近", f"; near “{text}”") if text else NO_TEXT


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _NEAR else words[:_NEAR] + "…"


def _entries(filling: Mapping[str, Any]) -> set[str]:
    """The names that entries of the lists have."""
    found: set[str] = set()
    for value in filling.values():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                found |= entry.keys() | _entries(entry)
    return found
