"""Saved web pages: the blocks of the document, without the menus, links and footers of the site around it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from rectify_xl.common.figures import whole_number
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.refusal import Refused
from rectify_xl.plans.document import Line
from rectify_xl.plans.labels import hits_in
from rectify_xl.plans.readers.text import content_of, decoded
from rectify_xl.plans.source import Cell, Grid, Paragraph, Source

if TYPE_CHECKING:
    from pathlib import Path

_DROPPED = frozenset({
    "script", "style", "noscript", "iframe", "object", "embed", "svg", "head", "template", "select", "button", "textarea",
    "input",
})  # fmt: skip
_AROUND = frozenset({"nav", "header", "footer", "aside", "form", "menu"})
_AROUND_NAME = LazyPattern(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|foot|breadcrumbs?|crumbs?|related|relate|recommend|share|sidebar|aside|copyright|"
    r"links?|friendlink|pagination|pager|toolbar|comments?|hot|rank|ad|ads|advert|qrcode|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "pre", "tr",
    "blockquote", "center", "td", "th", "table", "tbody", "thead", "tfoot", "caption", "figure", "fieldset", "address", "hr",
    "html", "body", "form", "header", "footer", "nav", "aside", "title",
})  # fmt: skip
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_GB = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"})
_BLANKS = LazyPattern(r"[ \t\r\n\f]+")
_MOST_SHARE = 0.5  # of the page's text: what holds more is the document, whatever it is called
_BESIDE, _MAIN = 0.2, 0.6  # of the page's text: what stands beside the document, and what holds it
_LINKS = 0.6
_LONGEST_LINK_LINE = 60
_MOST_SPAN = 1000
_FEW_CELLS, _MANY_PARAGRAPHS = 12, 8
_PARAGRAPHS = frozenset({"p", "div", "br", "li"})
_DEEPEST = 400
_DEEPEST_LAYOUT = 40


def read(path: Path) -> Source:
    """Read the file.

    Raises:
        Refused: it is too large, or no page.
    """
    text = _text(content_of(path))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("unreadable-file", reason=Text("网页内容读不出来", "the page cannot be read")) from error
    if root is None:
        raise Refused("unreadable-file", reason=Text("网页里没有内容", "the page is empty"))
    page = _Page(root)
    page.walk(root, 0)
    page.close()
    page.source.title = _BLANKS.sub(" ", "".join(root.xpath("string(//title)"))).strip()
    return page.source


def _text(content: bytes) -> str:
    said = _CHARSET.search(content[:4096])
    name = said[1].decode("ascii").lower() if said else ""
    if name in _GB and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            pass  # the page says so wrongly: told by its bytes
    return decoded(content)


class _Page:
    """Walks a page in reading order."""

    def __init__(self, root: etree._Element) -> None:
        self.source = Source("html")
        self._whole = max(1, _length(root))
        self._path = main_path(root)
        self._line: list[str] = []
        self._as_typed = 0  # in how many <pre> the walk is

    def walk(self, element: etree._Element, depth: int) -> None:
        """Take an element and what is in it."""
        if depth > _DEEPEST:
            raise Refused("resource-limit", reason=Text("网页嵌套过深", "the page is nested too deeply"))
        name = _name(element)
        if name in _DROPPED or _is_hidden(element):
            return
        if self._is_around(element, name):
            self.close()
            self._leave_out(element)
            return
        if name == "br":
            self.close(always=True)
            return
        if name == "table" and not _is_layout(element) and not self._holds_the_document(element):
            self.close()
            self._table(element)
            return
        block = name in _BLOCKS
        if block:
            self.close()
        self._as_typed += name == "pre"
        self._take(element.text)
        for child in element:
            self.walk(child, depth + 1)
            self._take(child.tail)
        if block:
            self.close()
        self._as_typed -= name == "pre"

    def _holds_the_document(self, table: etree._Element) -> bool:
        """Whether one cell of a table holds most of the page, in paragraphs: then the table only arranges it."""
        boxes = list(islice(table.iter("td", "th"), _FEW_CELLS + 1))
        return len(boxes) <= _FEW_CELLS and any(
            sum(_name(child) in _PARAGRAPHS for child in box.iter()) >= _MANY_PARAGRAPHS
            and _length(box) >= _MOST_SHARE * self._whole
            for box in boxes
        )

    def _take(self, text: str | None) -> None:
        if text and self._as_typed:
            first, *lines = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in lines:
                self.close(always=True)
                self._line.append(line)
        elif text:
            self._line.append(_BLANKS.sub(" ", text))

    def close(self, *, always: bool = False) -> None:
        """End the line."""
        text = "".join(self._line).strip(" ")
        self._line = []
        if text or always:
            self.source.add(Paragraph(text))

    def _is_around(self, element: etree._Element, name: str) -> bool:
        if name not in _BLOCKS and name not in _AROUND:
            return False
        words = f"{element.get('class') or ''} {element.get('id') or ''}"
        if self._is_beside(element):
            return True
        named = name in _AROUND or bool(_AROUND_NAME.search(words))
        linked = not named and name in ("ul", "ol", "div", "table", "p") and _is_links(element)
        return (named or linked) and _length(element) <= _MOST_SHARE * self._whole

    def _is_beside(self, element: etree._Element) -> bool:
        """Whether a block stands beside the document and has labels, but no sentence: 责任单位:… of the page's own."""
        parent = element.getparent()
        if parent is None or parent not in self._path or element in self._path or _length(element) > _BESIDE * self._whole:
            return False
        lines = [text.strip() for text in element.itertext() if text.strip()]
        return not any("。" in text for text in lines) and any(
            hit.field != "other" for text in lines for hit in hits_in(0, Line(text, 0, 0))
        )

    def _leave_out(self, element: etree._Element) -> None:
        text = _BLANKS.sub(" ", "".join(element.itertext())).strip()
        if text:
            self.source.left_out.append(text[:2000])

    def _table(self, element: etree._Element) -> None:
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(element.iter("tr"), 1):
            column = 1
            for box in row:
                if _name(box) not in ("td", "th"):
                    continue
                while (number, column) in taken:
                    column += 1
                down, across = _span(box, "rowspan"), _span(box, "colspan")
                taken.update((number + one, column + other) for one in range(down) for other in range(across))
                cells.append(Cell(number, column, _cell_text(box), down, across))
                column += across
                if len(taken) > 20 * _MOST_SPAN * 10:
                    raise Refused("resource-limit", reason=Text("表格过大", "a table is too large"))
        if cells:
            self.source.add(Grid(tuple(cells)))


def main_path(root: etree._Element) -> set[etree._Element]:
    """The elements around that which holds the document, without this itself: each holds most of the text of the one above."""
    found: set[etree._Element] = set()
    at, length = root, _length(root)
    while len(found) < _DEEPEST_LAYOUT:
        inner = max((child for child in at if _name(child) not in _DROPPED), key=_length, default=None)
        if inner is None or _length(inner) < max(1, _MAIN * length):
            break
        found.add(at)
        at, length = inner, _length(inner)
    return found


def _name(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _length(element: etree._Element) -> int:
    return sum(
        len(text.strip()) for child in element.iter() if _name(child) not in _DROPPED for text in (child.text, child.tail) if text
    )


def _is_hidden(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _is_links(element: etree._Element) -> bool:
    """Whether a block is hardly more than links: a menu, a list of other articles."""
    links = [text for link in element.iter("a") if (text := "".join(link.itertext()).strip())]
    if len(links) < 2:  # noqa: PLR2004 - one link is part of a sentence
        return False
    total = len("".join("".join(element.itertext()).split()))
    return sum(map(len, links)) >= _LINKS * total and all(len(text) <= _LONGEST_LINK_LINE for text in links)


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page: it holds tables, or hardly a cell."""
    boxes = list(table.iter("td", "th"))
    return len(boxes) <= 2 or next(table.iterdescendants("table"), None) is not None  # noqa: PLR2004 - two cells are no table


def _span(box: etree._Element, name: str) -> int:
    return max(1, min(whole_number((box.get(name) or "").strip()) or 1, _MOST_SPAN))


def _cell_text(box: etree._Element) -> str:
    page = _CellText()
    page.walk(box)
    return "\n".join(line for line in page.lines() if line)


class _CellText:
    """The lines of a cell."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def walk(self, element: etree._Element) -> None:
        name = _name(element)
        if name in _DROPPED:
            return
        if name == "br" or name in _BLOCKS:
            self._parts.append("\n")
        if element.text:
            self._parts.append(_BLANKS.sub(" ", element.text))
        for child in element:
            self.walk(child)
            if child.tail:
                self._parts.append(_BLANKS.sub(" ", child.tail))
        if name in _BLOCKS:
            self._parts.append("\n")

    def lines(self) -> list[str]:
        return [line.strip(" ") for line in "".join(self._parts).split("\n")]
