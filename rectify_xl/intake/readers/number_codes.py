"""The code of a number format, taken apart: what stands in it as words, as figures, as parts of a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from rectify_xl.common.lazy_pattern import LazyPattern

_TOKEN = LazyPattern(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | (?P<skipped>_. | \*.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>G/通用格式 | 通用格式 | General) | (?P<clock>AM/PM | A/P | 上午/下午) | (?P<science>E[+\-])
    | (?P<date>[ymdhse]+ | a{3,4}) | (?P<figure>[0#?.,]) | (?P<percent>%) | (?P<fraction>/) | (?P<at>@) | (?P<end>;)
    | (?P<other>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ELAPSED = LazyPattern(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = LazyPattern(r"\$([^\-]+)(?:-.*)?")
_COLOURS = r"[黑蓝青绿红白黄]色|洋红|颜色\s*\d+|Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color\s*\d+"
_NO_MEANING = LazyPattern(rf"{_COLOURS}|\$-.*", re.IGNORECASE)
_LONGEST_CODE = 255
_MOST_FIGURES = 40


class Shows(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    PERCENT = "percent"
    PERCENT_SIGN = "percent sign"  # written behind the number as it is stored


@dataclass(frozen=True, slots=True)
class Tokens:
    """One section of a code: kind and text of its parts, from left to right."""

    parts: tuple[tuple[str, str], ...]

    def has(self, kind: str) -> bool:
        """Whether it has a part of this kind."""
        return any(one == kind for one, _ in self.parts)

    def text(self, kind: str) -> str:
        """The parts of this kind, one behind the other."""
        return "".join(text for one, text in self.parts if one == kind)

    @property
    def words(self) -> str:
        """What it says in words and signs, whatever the number."""
        return self.text("words")

    def around(self, kind: str) -> tuple[str, str]:
        """The words before the first and behind the last part of a kind."""
        at = [place for place, (one, _) in enumerate(self.parts) if one == kind]
        return Tokens(self.parts[: at[0]]).words, Tokens(self.parts[at[-1] :]).words


def sections(code: str) -> list[Tokens]:
    """The sections of a code, which are for numbers above, below and at 0, and for texts."""
    found: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code[:_LONGEST_CODE]):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0]
        if kind == "end":
            found.append([])
        elif kind == "bracket":
            found[-1] += _bracket(text)
        elif kind == "date":
            found[-1].append((kind, text.lower()))
        elif kind != "skipped":
            found[-1].append(("words" if kind in ("quoted", "escaped", "other") else kind, text))
    return [_settled(parts) for parts in found]


def _bracket(text: str) -> list[tuple[str, str]]:
    if _ELAPSED.fullmatch(text):
        return [("date", "h")]
    if currency := _CURRENCY.fullmatch(text):
        return [("words", currency[1])]
    return [] if _NO_MEANING.fullmatch(text) else [("unknown", text)]  # a condition, another script's figures


def _settled(parts: list[tuple[str, str]]) -> Tokens:
    """A slash and figures are words between the parts of a date; dashes and the like always are."""
    dated = any(kind in ("date", "clock") for kind, _ in parts) and not any(kind in ("general", "science") for kind, _ in parts)
    if dated:
        return Tokens(tuple(("words" if kind in ("fraction", "percent", "at") else kind, text) for kind, text in parts))
    return Tokens(tuple((kind if kind != "date" else "unknown", text) for kind, text in parts))


@dataclass(frozen=True, slots=True)
class Figures:
    """How a section writes a number: figures and words one behind the other. ``general`` writes it as it is."""

    parts: tuple[tuple[str, str], ...]
    decimals: int
    general: bool

    @classmethod
    def of(cls, tokens: Tokens) -> Figures | None:
        """The figures of a section; None where it writes anything but plain ones (fractions, powers, thousands left out)."""
        kinds = {kind for kind, _ in tokens.parts}
        if not kinds <= {"words", "figure", "general"} or kinds >= {"figure", "general"}:
            return None
        figures = tokens.text("figure")
        whole, _, rest = figures.partition(".")
        scaled = whole.endswith(",") or "," in rest or "." in rest
        if scaled or len(figures) > _MOST_FIGURES:
            return None
        parts = tuple((kind, text) for kind, text in tokens.parts if text != "," or kind != "figure")
        return cls(parts, len(rest), "general" in kinds)

    def written(self, value: float) -> str | None:
        """A number from 0 on, as the section writes it; None where it has more figures than a number keeps."""
        if self.general:
            return "".join(f"{value:.15g}" if kind == "general" else text for kind, text in self.parts)
        if value >= 10**15:
            return None
        exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        whole, _, rest = f"{exact:f}".partition(".")
        return self._whole("" if whole == "0" else whole) + self._rest(rest)

    def _point(self) -> int:
        return next((at for at, part in enumerate(self.parts) if part == ("figure", ".")), len(self.parts))

    def _whole(self, figures: str) -> str:
        """The places before the point are filled from the right; what is left over stands at the first one."""
        places = self.parts[: self._point()]
        left = sum(kind == "figure" for kind, _ in places)
        written: list[str] = []
        for kind, text in reversed(places):
            if kind != "figure":
                written.append(text)
                continue
            left -= 1
            taken = figures if not left else figures[-1:]
            figures = figures[: len(figures) - len(taken)]
            written.append(taken or ("0" if text == "0" else ""))
        return "".join(reversed(written))

    def _rest(self, figures: str) -> str:
        """The places behind the point; ``#`` and ``?`` show no 0 at the end."""
        places = self.parts[self._point() :]
        asked = [text for kind, text in places if kind == "figure"][1:]
        while figures and figures[-1] == "0" and asked[len(figures) - 1] != "0":
            figures = figures[:-1]
        written, at = [], 0
        for kind, text in places:
            if kind != "figure":
                written.append(text)
            elif text == ".":
                written.append("." if figures else "")
            else:
                written.append(figures[at : at + 1])
                at += 1
        return "".join(written)
