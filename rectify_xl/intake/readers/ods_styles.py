"""What the styles of an OpenDocument spreadsheet hide: sheets, rows and columns of no size, text struck out."""

from __future__ import annotations

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.intake.readers.xml_stream import Handler

_NOTHING = LazyPattern(r"0*\.?0*[a-z]*")
_MOST_PARENTS = 20


class Styles(Handler):
    """Names of the styles that hide something; of cells and of runs of text those that strike out, or say that they do not."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()  # of tables
        self.no_size: set[str] = set()  # of rows and columns
        self._strikes: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a style, or one of its properties."""
        if name in ("style", "default-style"):
            self._style = attributes.get("style:name", "")
            self._parents[self._style] = attributes.get("style:parent-style-name", "")
        elif name == "table-properties":
            self.hidden |= {self._style} if attributes.get("table:display") == "false" else set()
        elif name in ("table-row-properties", "table-column-properties"):
            size = attributes.get("style:row-height") or attributes.get("style:column-width")
            self.no_size |= {self._style} if size and _NOTHING.fullmatch(size) else set()
        elif name == "text-properties" and self._style:
            lines = [attributes.get(f"style:text-line-through-{what}") for what in ("style", "type")]
            if any(lines):
                self._strikes[self._style] = all(line != "none" for line in lines)

    @property
    def strike(self) -> bool:
        """Whether any style strikes out."""
        return any(self._strikes.values())

    def strikes(self, style: str) -> bool:
        """Whether a style strikes out, by itself or by one that it is made from."""
        for _ in range(_MOST_PARENTS):
            if style in self._strikes or not style:
                break
            style = self._parents.get(style, "")
        return self._strikes.get(style, False)
