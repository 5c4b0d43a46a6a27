"""What a file is by its content, whatever its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.intake.content import OLE, Content
from rectify_xl.intake.formats import Format, formats
from rectify_xl.intake.other_files import by_content
from rectify_xl.intake.refusal import NO_WORKBOOK, Refused, check_size

if TYPE_CHECKING:
    from pathlib import Path

_NO_SPREADSHEET = Text("内容不是电子表格", "its content is no spreadsheet")


def sniff(path: Path) -> Format:
    """The format of a workbook.

    Raises:
        Refused: the file is empty, too large, encrypted, or no workbook at all.
    """
    check_size(path)
    content = Content(path)
    for known in formats():
        if known.recognise(content):
            return known
    if "encryptedpackage" in content.streams:
        raise Refused("encrypted-file")
    other = by_content(content)
    if other:
        raise Refused("disguised-file", **other.facts)
    raise Refused("unreadable-file", reason=NO_WORKBOOK if content.head.startswith(OLE) else _NO_SPREADSHEET)
