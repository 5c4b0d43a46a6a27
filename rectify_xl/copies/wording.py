"""Why a file was not edited in place, and texts whose blanks can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise
from rectify_xl.common.obstacles import obstacle_text
from rectify_xl.copies.requests import NotWritten

if TYPE_CHECKING:
    from rectify_xl.ooxml.xml_text import Unsupported
    from rectify_xl.workers.process import Failure

FONT = "宋体"  # of everything that we write into a copy
_FAILURES = {
    "time": ("处理用时过长", "it takes too long"),
    "memory": ("处理时内存不足", "it takes too much memory"),
    "ended": ("处理时程序中止", "the program ended over it"),
    "error": ("处理时出错，{}", "an error occurred, {}"),
}


def obstacle(reason: Unsupported, lang: str) -> str:
    """Why a package cannot be edited in place."""
    return obstacle_text(reason.obstacle, reason.where).in_language(lang)


def failure(answer: Failure | NotWritten, lang: str) -> str:
    """Why a worker has written nothing."""
    return answer.reason if isinstance(answer, NotWritten) else localise(lang, *_FAILURES[answer.kind]).format(answer.detail)


def special(reason: str, lang: str) -> str:
    """Why a file gets another kind of copy than its format allows."""
    return localise(lang, f"原文件结构特殊（{reason}）", f"the file cannot be edited in place ({reason})")


def visible(text: str, blank: str = " ") -> str:
    """A text in quotes, in which what nobody can see is written out; ``blank`` stands for a space of any width."""
    plain = "".join(blank if one in " \u3000" else one for one in text)
    return "“" + "".join(one if one.isprintable() or one == "\n" else f"<U+{ord(one):04X}>" for one in plain) + "”"
