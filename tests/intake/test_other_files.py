"""Files that are no workbooks: what they are said to be, and an advice that can be followed with such a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl import validate
from rectify_xl.intake.content import Content
from rectify_xl.intake.refusal import Refused
from rectify_xl.intake.sniff import sniff
from tests.intake.test_hostile import sealed, zipped

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

COPY, TYPE, UNPACK, SAVE_AS, EXPORT, ATTACHED = "复制到填报模板", "抄录", "解压", "另存为 .xlsx", "导出为 Excel", "附件"
OUTLOOK = sealed(("__properties_version1.0", b"x"))


@pytest.mark.parametrize(
    ("content", "found", "opened_with", "advice"),
    [
        (zipped(word__document_xml="<w/>"), "Word 文档", "WPS 文字", COPY),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "Word 文档", "WPS 文字", COPY),
        (sealed(("WordDocument", b"x")), "Word 文档", "WPS 文字", COPY),
        (b"{\\rtf1\\ansi", "RTF 文档", "WPS 文字", COPY),
        (zipped(ppt__presentation_xml="<p/>"), "演示文稿", "WPS 演示", COPY),
        (sealed(("PowerPoint Document", b"x")), "演示文稿", "WPS 演示", COPY),
        (b"%PDF-1.7\n", "PDF 文件", "PDF 阅读器", TYPE),
        (zipped(OFD_xml="<o/>"), "OFD 文件", "OFD 阅读器", COPY),
        (b"\x89PNG\r\n\x1a\n", "图片", "", TYPE),
        (b"\xff\xd8\xff\xe0", "图片", "", TYPE),
        (b"GIF89a", "图片", "", TYPE),
        (zipped(a_txt="x"), "压缩包", "", UNPACK),
        (b"Rar!\x1a\x07", "压缩包", "", UNPACK),
        (b"\x1f\x8b\x08", "压缩包", "", UNPACK),
        (zipped(Index__Document_iwa="x"), "Numbers", "Numbers", EXPORT),
        (OUTLOOK, "邮件", "", ATTACHED),
        (b"From: a@example.gov.cn\r\nSubject: x\r\n", "邮件", "", ATTACHED),
        (b"<html><table>", "网页", "Excel 或 WPS", SAVE_AS),
        (b"MIME-Version: 1.0", "网页存档", "Excel 或 WPS", SAVE_AS),
        ("序号,问题\r\n1,扬尘".encode("gb18030"), "CSV", "Excel 或 WPS", SAVE_AS),
        ("一、东河排口异味\r\n二、北郊堆场扬尘".encode("gb18030"), "文本文件", "记事本", COPY),
        ("一、东河排口异味".encode(), "文本文件", "记事本", COPY),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["问题清单.xlsx", "问题清单.xls", "问题清单.ods"])
def test_what_a_file_is_decides_the_advice(
    tmp_path: Path, name: str, content: bytes, found: str, opened_with: str, advice: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused) as refused:
        sniff(tmp_path / name)
    facts = refused.value.facts
    assert refused.value.slug == "disguised-file"
    assert found in facts["found"].zh
    assert opened_with in facts["advice"].zh
    assert advice in facts["advice"].zh
    assert ("Excel 或 WPS" in facts["advice"].zh) == (advice is SAVE_AS)  # nobody opens a Word file in Excel


def test_a_text_cut_in_the_middle_of_a_character_is_a_text(tmp_path: Path) -> None:
    for code in ("utf-8", "gb18030"):
        path = tmp_path / "a.xlsx"
        path.write_bytes(("x" + "扬尘治理" * 2000).encode(code))
        with pytest.raises(Refused) as refused:
            sniff(path)
        assert refused.value.facts["found"].zh == "文本文件"
        assert len(Content(path).head) < path.stat().st_size


def test_bytes_that_are_no_text_are_called_nothing(tmp_path: Path) -> None:
    for content in (b"\x01\x02\x03\x04" * 9, b"\x00", b"\xff\xfe\xfd" * 9):
        (tmp_path / "a.xlsx").write_bytes(content)
        with pytest.raises(Refused) as refused:
            sniff(tmp_path / "a.xlsx")
        assert refused.value.slug == "unreadable-file"


@pytest.mark.parametrize(
    ("name", "content", "zh", "en"),
    [
        ("市水利局.docx", zipped(word__document_xml="<w/>"), "WPS 文字打开，把其中的表格复制到填报模板", "copy its table into"),
        ("市水利局.pdf", b"%PDF-1.7", "抄录", "copy the tasks"),
        ("市水利局.zip", zipped(a_txt="x"), "解压", "unpack it"),
        ("市水利局.csv", b"1,2", "另存为 .xlsx", "save it as .xlsx"),
        ("市水利局.xlsx", zipped(word__document_xml="<w/>"), "复制到填报模板", "copy its table into"),
    ],
)
def test_the_unit_reads_the_advice(tmp_path: Path, name: str, content: bytes, zh: str, en: str) -> None:
    (tmp_path / name).write_bytes(content)
    for lang, said in (("zh", zh), ("en", en)):
        (finding,) = (one for one in validate([tmp_path], lang=lang).findings if one.slug in ("disguised-file", "not-a-workbook"))
        assert said in finding.message
