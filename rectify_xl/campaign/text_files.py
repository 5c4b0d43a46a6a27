"""The bytes of the office's own files -> text: UTF-8, and what Excel and the editors of Chinese Windows save instead."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.regular_file import is_endless

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_LIST = 8 << 20
LARGEST_SETTINGS = 512 << 10  # thousands of exemptions; a YAML parser takes seconds for it
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SIGNS = ",;:\t\r\n"  # of which every list and setting is full
_FEW = 10  # a UTF-8 file with some broken characters has at least this many sound ones for each


def read_bytes(path: Path, most: int = LARGEST_LIST) -> bytes:
    """The contents of a text file.

    Raises:
        RectifyError: the file is larger than ``most``, a workbook, or no file that ends.
        OSError: it cannot be opened.
    """
    found = path.stat()
    if is_endless(found.st_mode):
        raise RectifyError(f"{path.name}: 不是普通文件；请检查路径", f"{path.name}: no ordinary file; check the path")
    if found.st_size > most:
        size = f"{most >> 20} MB" if most >> 20 else f"{most >> 10} KB"
        raise RectifyError(
            f"{path.name}: 文件超过 {size}，不会是活动的配置或名册；请检查是不是放错了文件",
            f"{path.name}: larger than {size}, so it can be neither settings nor a roster; check which file it is",
        )
    content = path.read_bytes()
    if content.startswith(_WORKBOOKS):
        raise RectifyError(
            f"{path.name}: 这是 Excel 工作簿；请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”",
            f"{path.name}: this is a workbook; save it in Excel or WPS as “CSV UTF-8 (comma delimited)”",
        )
    return content


def encoding_of(content: bytes) -> str:
    """The encoding of a text: ``utf-8-sig``, ``utf-16-le``, ``utf-16-be`` or ``gb18030``; empty for none of them."""
    # Without a mark the zero bytes tell: they are the upper halves of commas and line ends.
    little = content.startswith(codecs.BOM_UTF16_LE) or content[1::2].count(0) > content[::2].count(0)
    utf16 = "utf-16-le" if little else "utf-16-be"
    if content.startswith(_UTF16_MARKS) or (b"\0" in content and _has_signs(content, utf16)):
        encoding = utf16
    else:
        encoding = "utf-8-sig" if _is(content, "utf-8-sig") or _is_damaged_utf8(content) else "gb18030"
    return encoding if _is(content, encoding) or encoding == "utf-8-sig" else ""


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _has_signs(content: bytes, encoding: str) -> bool:
    """Whether most commas and line ends among the bytes are some in this encoding, too; zeros may be damage as well."""
    text = content.decode(encoding, "replace")
    return 2 * sum(map(text.count, _SIGNS)) >= sum(content.count(sign.encode()) for sign in _SIGNS)


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether a few characters of a UTF-8 text are broken; as GB18030 all the others would become other characters."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * _FEW <= sum(character > "\x7f" for character in text) - broken


def decode(path: Path, content: bytes) -> str:
    """The text of a file, in whichever of the known encodings.

    Raises:
        RectifyError: it is in none of them, a character is broken or a zero byte among them; the message names the line.
    """
    encoding = encoding_of(content)
    try:
        if encoding:
            return _without_zeros(path, content.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RectifyError(
            f"{path.name} 第 {line} 行：有损坏的字符；请在这一行改正后存为 UTF-8",
            f"{path.name} line {line}: a character is broken; mend it and save the file as UTF-8",
        ) from error
    raise RectifyError(
        f"{path.name}: 文字编码既不是 UTF-8，也不是 GBK；请用 Excel 或 WPS 打开核对后另存为“CSV UTF-8（逗号分隔）”",
        f"{path.name}: the encoding is neither UTF-8 nor GBK; save it in Excel or WPS as “CSV UTF-8 (comma delimited)”",
    )


def _without_zeros(path: Path, text: str) -> str:
    """The text; a disk that was full or pulled out too early leaves zeros where something had been written."""
    at = text.find("\0")
    if at < 0:
        return text
    line = len(text[:at].replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    raise RectifyError(
        f"{path.name} 第 {line} 行：有看不见的空字符（NUL），文件在保存或拷贝时可能已损坏；请核对并重新输入这一行，或改用备份，"
        "再另存为“CSV UTF-8（逗号分隔）”",
        f"{path.name} line {line}: an invisible zero character (NUL) stands there, the file may have been damaged when it was"
        " saved or copied; check the line and type it again, or use a backup, and save it as “CSV UTF-8 (comma delimited)”",
    )


ENCODING_NAMES = {
    "utf-16-le": Text("UTF-16（Unicode）", "UTF-16 (Unicode)"),
    "utf-16-be": Text("UTF-16（Unicode）", "UTF-16 (Unicode)"),
    "gb18030": Text("GBK（ANSI）", "GBK (ANSI)"),
}
