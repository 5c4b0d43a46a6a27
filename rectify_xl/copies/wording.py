"""Why a file was not edited in place, and texts whose blanks can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise
from rectify_xl.copies.requests import NotWritten

if TYPE_CHECKING:
    from rectify_xl.ooxml.xml_text import Unsupported
    from rectify_xl.workers.process import Failure

FONT = "宋体"  # of everything that we write into a copy
_OBSTACLES = {
    "cell-address": ("单元格地址“{}”无效", "the cell address “{}” is invalid"),
    "damaged": ("文件已损坏", "the file is damaged"),
    "dtd": ("文件内含有 DTD 声明", "it declares a document type"),
    "encoding": ("文件内有无法识别的编码", "it has an unknown encoding"),
    "missing-part": ("文件内缺少 {}", "{} is missing in it"),
    "not-well-formed": ("文件内的 XML 不完整或标签不配对", "its XML is not well-formed"),
    "too-deep": ("文件内的 XML 嵌套过深", "its XML is nested too deeply"),
    "too-large": ("文件解压后过大", "it is too large when unpacked"),
    "too-many": ("文件内的样式、批注或名称等过多", "it holds too many styles, comments, names or the like"),
    "unbalanced-rows": ("工作表的行不配对", "rows of a sheet do not match"),
}


_FAILURES = {
    "time": ("处理用时过长", "it takes too long"),
    "memory": ("处理时内存不足", "it takes too much memory"),
    "ended": ("处理时程序中止", "the program ended over it"),
    "error": ("处理时出错，{}", "an error occurred, {}"),
}


def obstacle(reason: Unsupported, lang: str) -> str:
    """Why a package cannot be edited in place."""
    return localise(lang, *_OBSTACLES[reason.obstacle]).format(reason.where)


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
