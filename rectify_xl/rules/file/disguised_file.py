"""A file whose name says workbook and whose content says otherwise.

What it checks:
    The content of an .xls or .xlsx file is a web page, plain text, a Word document, a PDF, a picture, an archive. The
    message says what to do with such a file.
Why:
    Web systems export HTML under the name .xls, and clerks rename .doc files. Excel opens them with a
    warning; values read from them could be anything.
Wrong:
    A web page exported as 清单.xls
Right:
    The page opened in Excel or WPS and saved as 清单.xlsx
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """文件扩展名与内容不符。

查什么：
    扩展名是 .xls 或 .xlsx，内容却是网页、纯文本、Word 文档、PDF、图片或压缩包。提示中写明这样的文件该怎么办。
为什么：
    网页系统常把 HTML 直接导出成 .xls，也有人把 .doc 改名为 .xls。Excel 会提示后打开，但读出来的数据没
    有保证。
错例：
    从网页导出、直接命名为 清单.xls 的文件
正例：
    用 Excel 或 WPS 打开后另存为 清单.xlsx
"""
CODE = "S103"
SEVERITY = Severity.ERROR
FIELDS = NO_FIELD
MESSAGE = {
    "zh": "文件的扩展名是表格，内容其实是{found}；{advice}",
    "en": "The name says workbook but the content is {found}: {advice}",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield what the reader met."""
    yield from faults(collection, "disguised-file")
