"""Text decoded with the wrong character set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.text.damage import Damage
from rectify_xl.language.text.script import in_gb2312
from rectify_xl.language.text.vocabulary import GBK_MOJIBAKE, HIGH_LATIN

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOST = HanPattern(r"(?:锟斤拷|锟斤|斤拷|\ufffd)+(?:锟|\ufffd)*|烫{3,}|屯{3,}|锘\ue5ca?")
_LATIN = HanPattern(rf"[\u00c2-\u00f4][{HIGH_LATIN}]+")
_FOREIGN = HanPattern(r"[\u3400-\u9fff\ue000-\uf8ff€\u2460-\u257f\u3200-\u32ff]{2,}\??")
_SIGNS = HanPattern(f"[{GBK_MOJIBAKE}]")
_HAN = HanPattern(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
_MIN_RUN = 4
_MIN_SIGNS = 2


def _bytes_of(run: str) -> bytes:
    """The bytes behind a run of CP1252 characters; the five codes CP1252 leaves out are Latin-1's."""
    return b"".join(char.encode("latin-1" if "\x80" <= char <= "\x9f" else "cp1252") for char in run)


def _decoded(raw: bytes, charset: str) -> str | None:
    """The Chinese text the bytes hold, or None; up to two bytes may be cut off at the end."""
    for cut in range(3):
        try:
            text = raw[: len(raw) - cut].decode(charset)
        except UnicodeDecodeError:
            continue
        return text if text and all(map(_HAN.match, text)) else None
    return None


def _latin(text: str) -> Iterator[Damage]:
    for match in _LATIN.finditer(text):
        raw = _bytes_of(match[0])
        repaired = _decoded(raw, "utf-8")
        if repaired is None and len(raw) >= _MIN_RUN and len(raw) % 2 == 0:
            as_gbk = _decoded(raw, "gb2312")
            repaired = as_gbk if as_gbk and 2 * len(as_gbk) == len(raw) else None
        if repaired is not None:
            yield Damage("mojibake", match.start(), match.end(), match[0], repaired)


def _gbk(text: str) -> Iterator[Damage]:
    for match in _FOREIGN.finditer(text):
        run = match[0].rstrip("?")
        if all(map(in_gb2312, run)):
            continue
        try:
            repaired = _decoded(run.encode("gbk"), "utf-8")
        except UnicodeEncodeError:
            repaired = None
        if repaired is not None or len(_SIGNS.findall(run)) >= _MIN_SIGNS:
            yield Damage("mojibake", match.start(), match.start() + len(run), run, repaired)


def find_mojibake(text: str) -> Iterator[Damage]:
    """锟斤拷 and U+FFFD (lost for good), UTF-8 or GBK read as Latin-1, UTF-8 read as GBK (repaired where possible)."""
    for match in _LOST.finditer(text):
        yield Damage("mojibake", match.start(), match.end(), match[0], None)
    yield from _latin(text)
    yield from _gbk(text)
