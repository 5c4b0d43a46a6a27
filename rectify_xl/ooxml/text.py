"""Texts and bytes of XML: escapes, references, encodings."""

from __future__ import annotations

import codecs
import re

_REFERENCE = re.compile(r"&(?:#(\d+)|#[xX]([0-9A-Fa-f]+)|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"'][^>]*\?>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LAST_CHARACTER = 0x10FFFF


class Unsupported(Exception):  # noqa: N818 - an outcome, not a mistake of the program
    """The package cannot be edited in place; the text says why, in Chinese, for the person who gets a rebuilt copy."""


def escape(text: str) -> str:
    """A text as XML holds it, in an element or an attribute; what XML cannot hold becomes a visible sign."""
    text = _ILLEGAL.sub("\ufffd", text)
    for sign, written in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("\n", "&#10;"),
        ("\r", "&#13;"),
        ("\t", "&#9;"),
    ):
        text = text.replace(sign, written)
    return text


def unescape(text: str) -> str:
    """Character and entity references resolved."""
    return _REFERENCE.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        code = int(match[1]) if match[1] else int(match[2], 16)
        return chr(code) if code <= _LAST_CHARACTER else "\ufffd"
    return _NAMED.get(match[3], match[0])


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
        elif (declared := _DECLARED.match(data)) and declared[1].lower() not in (b"utf-8", b"us-ascii"):
            data = data.decode(declared[1].decode()).encode()
        else:
            data.decode()
            return data
    except (LookupError, UnicodeDecodeError) as error:
        raise Unsupported("文件内有无法识别的编码") from error
    return re.sub(_DECLARED.pattern, lambda match: match[0].replace(match[1], b"UTF-8"), data, count=1)
