"""The characters of XML: escapes, references, encodings and numbers; and the one error of this folder."""

from __future__ import annotations

import codecs
import re
from math import isfinite
from typing import Literal
from xml.parsers import expat

from rectify_xl.common.lazy_pattern import LazyPattern

# Why a package cannot be edited in place; common/obstacles.py has the sentences.
Obstacle = Literal[
    "cell-address", "damaged", "dtd", "encoding", "missing-part", "not-well-formed", "too-deep", "too-large", "too-many",
    "unbalanced-rows",
]  # fmt: skip
_REFERENCE = LazyPattern(r"&(?:#(\d{1,9})|#[xX]([0-9A-Fa-f]{1,8})|(\w{1,9}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_DECLARED = re.compile(rb"<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})[\"'][^<>]{0,200}\?>")
_ILLEGAL = LazyPattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;",
})  # fmt: skip
_LAST_CHARACTER = 0x10FFFF
# What spreadsheet programs have ever written. Python knows many more, some of which are no encodings of texts at all.
_ENCODINGS = frozenset(
    {"utf-8", "ascii", "utf-16", "utf-16-le", "utf-16-be", "gb2312", "gbk", "gb18030", "big5", "iso8859-1", "cp1252"}
)
_WHOLE = LazyPattern(r"\s*\+?([0-9]{1,9})\s*")


class Unsupported(Exception):  # noqa: N818 - an outcome, not a mistake of the program
    """The package cannot be edited in place: what stands in the way, and in which part or at which address, where known."""

    def __init__(self, obstacle: Obstacle, where: str = "") -> None:
        super().__init__(obstacle, where)
        self.obstacle = obstacle
        self.where = where


def escape(text: str) -> str:
    """A text as XML holds it, in an element or an attribute; what XML cannot hold becomes U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text).translate(_ESCAPES)


def unescape(text: str) -> str:
    """Character and entity references resolved; a reference to no character becomes U+FFFD."""
    return _REFERENCE.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        code = int(match[1]) if match[1] else int(match[2], 16)
        return _ILLEGAL.sub("\ufffd", chr(code)) if code <= _LAST_CHARACTER else "\ufffd"
    return _NAMED.get(match[3], match[0])


def whole_number(text: str) -> int | None:
    """The whole number that a part writes, of at most nine digits; None for anything else."""
    match = _WHOLE.fullmatch(text)
    return int(match[1]) if match else None


def decimal_number(text: str, most: float) -> float | None:
    """The number from 0 to ``most`` that a part writes; None for anything else."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and 0 <= number <= most else None


def as_utf8(data: bytes) -> bytes:
    """A part in UTF-8 without byte order mark, its declaration corrected; nearly all parts are that already.

    Raises:
        Unsupported: the encoding is unknown or does not fit.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            data = data.decode("utf-16").encode()
        elif data.startswith(codecs.BOM_UTF8):
            data = data.removeprefix(codecs.BOM_UTF8)
            data.decode()
        elif (declared := _DECLARED.match(data)) and declared[1].lower() not in (b"utf-8", b"us-ascii"):
            data = data.decode(_encoding(declared[1].decode())).encode()
        else:
            data.decode()
            return data
    except (LookupError, UnicodeError) as error:
        raise Unsupported("encoding") from error
    return _DECLARED.sub(lambda match: match[0].replace(match[1], b"UTF-8"), data, count=1)


def _encoding(name: str) -> str:
    found = codecs.lookup(name).name
    if found not in _ENCODINGS:
        raise LookupError(name)
    return found


def check_well_formed(data: bytes, part: str = "") -> None:
    """See that UTF-8 bytes are well-formed XML without a document type: what the other modules here take for granted.

    Raises:
        Unsupported: they are not.
    """
    parser = expat.ParserCreate("UTF-8")

    def refuse(*_: object) -> None:
        raise Unsupported("dtd", part)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise Unsupported("not-well-formed", part) from error
