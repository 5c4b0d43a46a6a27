"""Sheets of the office's own, carried over part by part: cells, looks, charts, pictures, comments, all that they lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.ooxml.grafting import Grafting
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_tree import Document, Node, element, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.keeping.books import Books
    from rectify_xl.ooxml.package import Relation
    from rectify_xl.ooxml.workbook_part import SheetEntry

_STYLED = re.compile(rb"(<(?:[\w.-]{1,40}:)?(?:c|row)\s[^<>]*?\bs\s*=\s*[\"'])(\d{1,9})([\"'])")
_COLUMN = re.compile(rb"(<(?:[\w.-]{1,40}:)?col\s[^<>]*?\bstyle\s*=\s*[\"'])(\d{1,9})([\"'])")
_SHARED = re.compile(
    rb"<(?P<name>(?:[\w.-]{1,40}:)?c)(?P<before>\s[^<>]*?)\st\s*=\s*[\"']s[\"'](?P<after>[^<>]*)>\s*"
    rb"<(?:[\w.-]{1,40}:)?v>\s*(?P<index>\d{1,9})\s*</(?:[\w.-]{1,40}:)?v>\s*</(?:[\w.-]{1,40}:)?c\s*>"
)
_DIFFERENTIAL = re.compile(rb"(\b(?:dxfId|[a-z]\w*DxfId)\s*=\s*[\"'])(\d{1,9})([\"'])")
_FORMAT = re.compile(rb"(\bnumFmtId\s*=\s*[\"'])(\d{1,9})([\"'])")
_SELECTED = re.compile(rb"\s+tabSelected\s*=\s*[\"'][^\"']*[\"']")
# What hangs on the workbook as a whole and is not carried over: what it is called.
LEFT_BEHIND = {
    "slicer": Text("切片器", "a slicer"),
    "timeline": Text("日程表", "a timeline"),
    "queryTable": Text("外部数据查询", "a query of outside data"),
}
_SHOWN_BY = re.compile(
    rb"<(?:[\w.-]{1,40}:)?ext\s(?:(?!</(?:[\w.-]{1,40}:)?ext>).)*?(?:slicerList|timelineRefs).*?</(?:[\w.-]{1,40}:)?ext>",
    re.DOTALL,
)


class OwnSheets:
    """Copies sheets of the old workbook that are none of ours."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.lost: list[Text] = []
        self._sheet = ""
        edits: dict[str, Callable[[bytes], bytes]] = {
            "table": self._with_differentials, "pivotTable": self._pivot, "pivotCacheDefinition": self._pivot,
        }  # fmt: skip
        self.grafting = Grafting(books.old.package, books.new.package, self._carried, edits)

    def copy(self, entry: SheetEntry) -> str:
        """Copy a sheet; returns its part in the new workbook."""
        self._sheet = entry.name
        data = self._books.old.package.read(entry.part)
        if self._books.old.kind_of(entry.name) == "worksheet":
            data = self._worksheet(data)
        return self.grafting.copy(entry.part, "", _SELECTED.sub(b"", data))

    def _carried(self, relation: Relation) -> bool:
        """Whether a relation of a part is followed."""
        named = LEFT_BEHIND.get(relation.kind.rpartition("/")[2])
        if named:
            self.lost.append(Text(f"“{self._sheet}”中的{named.zh}", f"{named.en} in “{self._sheet}”"))
        return named is None

    def _worksheet(self, data: bytes) -> bytes:
        document = Document(data, "sheetData")
        root = document.root
        for name in ("customSheetViews", "sheetCalcPr"):
            root.remove_all(list(root.nodes(name)))
        cells = root.find("sheetData")
        if cells is not None:
            content = b"".join(child for child in cells.children if isinstance(child, bytes))
            content = _STYLED.sub(self._style, _SHARED.sub(lambda match: self._inline(match, root.prefix), content))
            cells.children = [content] if content else []
            if content and not cells.close:
                cells.append(b"")
        columns = root.find("cols")
        if columns is not None:
            columns.children = list(parse(_COLUMN.sub(self._style, b"".join(map(_joined, columns.children)))))
        for at, child in enumerate(root.children):
            if isinstance(child, Node) and child.local in ("conditionalFormatting", "autoFilter", "sortState"):
                (root.children[at],) = parse(self._with_differentials(child.join()))
        return _SHOWN_BY.sub(b"", document.join())

    def _style(self, match: re.Match[bytes]) -> bytes:
        return match[1] + str(self._books.transfer.style(int(match[2]))).encode() + match[3]

    def _inline(self, match: re.Match[bytes], prefix: str) -> bytes:
        """A cell with a shared text as one with a text of its own."""
        return b"".join((
            b"<", match["name"], match["before"], b' t="inlineStr"', match["after"], b">",
            inline_text(self._books, int(match["index"]), prefix).join(), b"</", match["name"], b">",
        ))  # fmt: skip

    def _with_differentials(self, data: bytes) -> bytes:
        return _DIFFERENTIAL.sub(lambda match: match[1] + self._differential(match[2]) + match[3], data)

    def _differential(self, index: bytes) -> bytes:
        return str(self._books.transfer.differential(int(index))).encode()

    def _pivot(self, data: bytes) -> bytes:
        data = self._with_differentials(data)
        return _FORMAT.sub(
            lambda match: match[1] + self._books.transfer.number_format(match[2].decode()).encode() + match[3], data
        )


def inline_text(books: Books, index: int, prefix: str) -> Node:
    """A shared text of the old workbook as the element ``is`` of a cell."""
    item = books.old.strings.item(index)
    holder = element(f"{prefix}is")
    for child in item.children if item is not None else ():
        holder.append(reprefixed(child, item.prefix, prefix) if item is not None and isinstance(child, Node) else child)
    return holder


def _joined(child: Node | bytes) -> bytes:
    return child if isinstance(child, bytes) else child.join()
