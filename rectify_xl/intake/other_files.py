"""What a file is that is no workbook, and what its sender can do about it: the advice depends on what the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.content import Content

_AS_WORKBOOK = Text("请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送", "open it in Excel or WPS, save it as .xlsx and send that")


class OtherFile(NamedTuple):
    """A kind of file: its name as part of a sentence, and the advice as a sentence's end."""

    name: Text
    advice: Text

    @property
    def facts(self) -> dict[str, Text]:
        """What the rules disguised-file and not-a-workbook say of it."""
        return {"found": self.name, "advice": self.advice}


def _typed_in(zh: str, en: str) -> Text:
    """The advice for a file out of which the tasks have to be carried into the template."""
    return Text(f"{zh}填报模板（.xlsx）后报送", f"{en} into the template (.xlsx) and send that")


WORD = OtherFile(
    Text("Word 文档", "a Word document"),
    _typed_in("请用 Word 或 WPS 文字打开，把其中的表格复制到", "open it in Word or WPS Writer, copy its table"),
)
_WPS = OtherFile(Text("WPS 文字文档", "a WPS document"), WORD.advice)
_RTF = OtherFile(Text("RTF 文档", "an RTF document"), WORD.advice)
_SLIDES = OtherFile(
    Text("演示文稿", "a presentation"),
    _typed_in("请用 PowerPoint 或 WPS 演示打开，把其中的表格复制到", "open it in PowerPoint or WPS Presentation, copy its table"),
)
PDF = OtherFile(
    Text("PDF 文件", "a PDF file"),
    _typed_in(
        "请用 PDF 阅读器打开，把各项任务复制（扫描件请抄录）到",
        "open it in a PDF reader and copy the tasks (type them from a scan)",
    ),
)
_OFD = OtherFile(
    Text("OFD 文件", "an OFD file"),
    _typed_in("请用 OFD 阅读器打开，把各项任务复制到", "open it in an OFD reader and copy the tasks"),
)
_PICTURE = OtherFile(
    Text("图片", "a picture"),
    _typed_in("图片里的文字读不出来，请把各项任务抄录到", "its words cannot be read: type the tasks"),
)
_ARCHIVE = OtherFile(
    Text("压缩包", "an archive"),
    Text("请先解压，把里面的表格文件逐个报送", "unpack it first and send the workbooks in it one by one"),
)
_MAIL = OtherFile(
    Text("邮件", "an e-mail"),
    Text("请打开邮件，把附件中的表格另存后报送", "save the workbook attached to it and send that"),
)
_NUMBERS = OtherFile(
    Text("苹果 Numbers 表格", "an Apple Numbers file"),
    Text("请在 Numbers 中“导出为 Excel”后重新报送", "export it to Excel in Numbers and send that"),
)
_PAGE = OtherFile(Text("网页（HTML）", "a web page (HTML)"), _AS_WORKBOOK)
_XML = OtherFile(Text("XML 或网页存档", "XML or a web archive"), _AS_WORKBOOK)
_CSV = OtherFile(Text("文本（CSV）", "plain text (CSV)"), _AS_WORKBOOK)
_TEXT = OtherFile(
    Text("文本文件", "a text file"),
    _typed_in("请用记事本打开，把各项任务复制到", "open it in an editor and copy the tasks"),
)

# What units send instead of a workbook, by its name: they did report, but not as a list.
_BY_SUFFIX = {
    ".doc": WORD, ".docx": WORD, ".wps": _WPS, ".pdf": PDF, ".ofd": _OFD, ".zip": _ARCHIVE, ".rar": _ARCHIVE, ".7z": _ARCHIVE,
    ".csv": OtherFile(Text("CSV 文本", "a CSV file"), _AS_WORKBOOK),
}  # fmt: skip
_BY_HEAD = (
    (b"%PDF", PDF), (b"Rar!", _ARCHIVE), (b"7z\xbc\xaf", _ARCHIVE), (b"\x1f\x8b", _ARCHIVE), (b"{\\rtf", _RTF),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE), (b"II*\0", _PICTURE), (b"MM\0*", _PICTURE),
)  # fmt: skip
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<style")
_MAIL_STARTS = (b"from:", b"received:", b"return-path:", b"delivered-to:", b"date: ", b"x-")
_SPACE = b"\xef\xbb\xbf \t\r\n"


def by_suffix(path: Path, workbooks: frozenset[str]) -> OtherFile | None:
    """What a file is that reports something, though not as a list, by its name; None where it may be a list."""
    suffix = path.suffix.lower()
    return None if suffix in workbooks else _BY_SUFFIX.get(suffix)


def by_content(content: Content) -> OtherFile | None:
    """What a file is that no format recognises, by its content; None where nothing knows it.

    Raises:
        Refused: its package or container is damaged.
    """
    if content.entries:
        return _in_package(content)
    if content.streams:
        return _in_container(content.streams)
    for magic, kind in _BY_HEAD:
        if content.head.startswith(magic):
            return kind
    return _of_text(content.head)


def _in_package(content: Content) -> OtherFile:
    folders = {name.partition("/")[0] for name in content.entries}
    if "word" in folders or b"opendocument.text" in content.mimetype:
        return WORD
    if "ppt" in folders or b"opendocument.presentation" in content.mimetype:
        return _SLIDES
    if "ofd.xml" in content.entries:
        return _OFD
    if "index.zip" in content.entries or any(name.startswith("index/") and name.endswith(".iwa") for name in content.entries):
        return _NUMBERS
    return _ARCHIVE


def _in_container(streams: frozenset[str]) -> OtherFile | None:
    if "worddocument" in streams:
        return WORD
    if "powerpoint document" in streams:
        return _SLIDES
    return _MAIL if "__properties_version1.0" in streams else None


def _of_text(head: bytes) -> OtherFile | None:
    if b"\0" in head or not head:
        return None
    start = head.lstrip(_SPACE).lower()
    if start.startswith(_PAGES):
        return _PAGE
    if start.startswith((b"<?xml", b"mime-version", b"<workbook")):
        return _XML
    if start.startswith(_MAIL_STARTS):
        return _MAIL
    if b"," in head or b"\t" in head:
        return _CSV
    return _TEXT if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    """Whether bytes are Chinese or English text; the last character may be cut off."""
    return any(_decodes(head[: len(head) - cut], code) for code in ("utf-8", "gb18030") for cut in range(4))


def _decodes(head: bytes, code: str) -> bool:
    try:
        text = head.decode(code)
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t\f\ufeff" for sign in text)
