"""Page numbers and running heads of a PDF, told from the text by where they stand on several pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.readers.line_breaks import begins_something
from rectify_xl.plans.readers.pdf_page import PdfLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.plans.readers.pdf_lines import PageLines

_PAGE_NUMBER = LazyPattern(r"^[\s\-—–·]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?[\s\-—–·]*$")
_EDGE = 0.1  # of the page's height
_SAME_PLACE = 3.0  # points


def without_running_heads(pages: Sequence[PageLines]) -> tuple[list[PageLines], list[str], list[str]]:
    """The pages without them; what was left out; the running heads, each once.

    A title that is the running head too stands on the first page twice: one is the title.
    """
    running = _running(pages)
    found: list[PageLines] = []
    left_out: list[str] = []
    heads: dict[str, None] = {}
    for page in pages:
        items = []
        for item in page.items:
            if isinstance(item, PdfLine) and _at_edge(item, page):
                if _PAGE_NUMBER.match(item.text):
                    left_out.append(item.text)
                    continue
                if any(abs(item.y - y) <= _SAME_PLACE for y in running.get(item.text, ())):
                    left_out.append(item.text)
                    heads[item.text] = None
                    continue
            items.append(item)
        found.append(replace(page, items=items))
    return found, left_out, list(heads)


def _at_edge(line: PdfLine, page: PageLines) -> bool:
    return line.y < _EDGE * page.height or line.y > (1 - _EDGE) * page.height


def _running(pages: Sequence[PageLines]) -> dict[str, tuple[float, ...]]:
    """Texts that stand at one height at the edge of most pages, and these heights."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page in pages:
        for item in page.items:
            if isinstance(item, PdfLine) and _at_edge(item, page):
                places[item.text].append((page.number, item.y))
    count = len({page.number for page in pages})
    found: dict[str, tuple[float, ...]] = {}
    for text, here in places.items():
        ys = [y for _, y in here if len({page for page, other in here if abs(other - y) <= _SAME_PLACE}) >= max(2, count * 0.5)]
        if ys and not begins_something(text):
            found[text] = tuple(ys)
    return found
