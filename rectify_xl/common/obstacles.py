"""Why a package cannot be edited in place, for copies of lists and for masters that are written over alike."""

from __future__ import annotations

from rectify_xl.common.i18n import Text

_OBSTACLES = {
    "cell-address": Text("单元格地址“{}”无效", "the cell address “{}” is invalid"),
    "damaged": Text("文件已损坏", "the file is damaged"),
    "dtd": Text("文件内含有 DTD 声明", "it declares a document type"),
    "encoding": Text("文件内有无法识别的编码", "it has an unknown encoding"),
    "missing-part": Text("文件内缺少 {}", "{} is missing in it"),
    "not-well-formed": Text("文件内的 XML 不完整或标签不配对", "its XML is not well-formed"),
    "too-deep": Text("文件内的 XML 嵌套过深", "its XML is nested too deeply"),
    "too-large": Text("文件解压后过大", "it is too large when unpacked"),
    "too-many": Text("文件内的样式、批注或名称等过多", "it holds too many styles, comments, names or the like"),
    "unbalanced-rows": Text("工作表的行不配对", "rows of a sheet do not match"),
}


def obstacle_text(obstacle: str, where: str) -> Text:
    """The words for an obstacle of ooxml/, which knows none; ``where``: a part or an address."""
    words = _OBSTACLES[obstacle]
    return Text(words.zh.format(where), words.en.format(where))
