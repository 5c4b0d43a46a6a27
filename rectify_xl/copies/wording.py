"""Words in one of two languages, why a file was not edited in place, and texts whose blanks can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_xl.ooxml.xml_text import Unsupported

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


def obstacle(reason: Unsupported, lang: str) -> str:
    """Why a package cannot be edited in place."""
    return say(lang, *_OBSTACLES[reason.obstacle]).format(reason.where)


def say(lang: str, zh: str, en: str) -> str:
    """The wording in the language asked for."""
    return zh if lang == "zh" else en


def visible(text: str, blank: str = " ") -> str:
    """A text in quotes, in which what nobody can see is written out; ``blank`` stands for a space of any width."""
    plain = "".join(blank if one in " \u3000" else one for one in text)
    return "“" + "".join(one if one.isprintable() or one == "\n" else f"<U+{ord(one):04X}>" for one in plain) + "”"
