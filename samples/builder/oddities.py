"""Files of the folder that are no readable workbook: broken, disguised, locked, or not meant as a submission."""

from __future__ import annotations

import random
import struct
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook

from builder.compound import compound_file
from builder.expected import Expected
from builder.package import fix_dates, pack, read_parts

if TYPE_CHECKING:
    from pathlib import Path

ENCRYPTED = "市财政局整改清单.xlsx"
DISGUISED = "市应急管理局.xls"
TRUNCATED = "市卫生健康委员会.xlsx"
WORD = "市林业局整改情况报告.docx"
OVERSIZED = "市审计局.xlsx"

_HTML_ROWS = (
    ("序号", "反馈问题", "整改措施", "责任领导", "责任单位", "整改时限"),
    (
        "1",
        "化工园区事故废水收集池容积不足",
        "扩建收集池并加装切换阀",
        "翟明澈 市应急管理局局长",
        "市应急管理局",
        "2027年6月底前",
    ),
)
_AUDIT_ROWS = (
    ("市审计局整改任务清单",),
    ("序号", "反馈问题", "整改措施", "责任领导", "责任单位", "整改时限"),
    (
        71,
        "整改专项资金拨付进度没有跟踪审计",
        "对12个项目开展跟踪审计，按季度出具审计意见",
        "裘正 市审计局副局长",
        "市审计局",
        "2027年6月底前",
    ),
)
_REPORT = (
    "市林业局关于督察反馈问题整改情况的报告",
    "市整改办：现将我局配合承担的整改事项报告如下。",
    "一、配合自然资源部门完成矿山图斑造林设计技术审查22处，提供苗木选型意见。",
    "二、对生态保护红线内2处设施拆除后的场地制定补植方案，落实乡土树种苗源。",
    "市林业局　2026年11月17日",
)
_README = (
    "各单位报送的清单都放在这个文件夹，收到后不要改文件名。\r\n"
    "市供销合作社、供水集团两家还在催。\r\n"
    "市财政局的文件设了密码，已打电话要求重报。\r\n"
)


def write_oddities(folder: Path, good_workbook: bytes) -> list[Expected]:
    """Write them all; what a validator must say about them."""
    (folder / ENCRYPTED).write_bytes(_encrypted())
    (folder / DISGUISED).write_text(_html(), encoding="utf-8")
    (folder / TRUNCATED).write_bytes(good_workbook[: len(good_workbook) * 3 // 5])
    (folder / WORD).write_bytes(_docx())
    (folder / OVERSIZED).write_bytes(_oversized())
    owner = "整改办".encode("utf-16-le").ljust(110, b" ")
    (folder / "~$市生态环境局.xlsx").write_bytes(bytes([6]) + "整改办".encode("gbk").ljust(54, b" ") + owner)
    lock = ",liaison,office-pc,19.11.2026 16:42,file:///home/liaison/.config/libreoffice/4;"
    (folder / ".~lock.市农业农村局.ods#").write_text(lock, encoding="utf-8")
    (folder / ".DS_Store").write_bytes(struct.pack(">I4sIII", 1, b"Bud1", 0x1000, 0x800, 0x1000).ljust(4096, b"\0"))
    (folder / "说明.txt").write_text(_README, encoding="utf-8", newline="")
    return [
        Expected(ENCRYPTED, "", "", "encrypted-file", "设有打开密码"),
        Expected(DISGUISED, "", "", "disguised-file", "网页另存为.xls"),
        Expected(TRUNCATED, "", "", "unreadable-file", "文件只有前五分之三"),
        Expected(WORD, "", "", "not-a-workbook", "Word文档，不是清单"),
        Expected(OVERSIZED, "", "", "resource-limit", "整列合并到第1048576行"),
    ]


def _encrypted() -> bytes:
    """An agile-encrypted package as Excel writes it, except that the payload is noise: no password opens it."""
    noise = random.Random(20261121)  # noqa: S311 - the same bytes in every build
    info = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
        b'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        b'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        b'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="c2FtcGxlIHNhbHQgMTYgQg=="/>'
        b'<dataIntegrity encryptedHmacKey="c2FtcGxlIHNhbHQgMTYgQg==" encryptedHmacValue="c2FtcGxlIHNhbHQgMTYgQg=="/>'
        b'<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        b'<p:encryptedKey spinCount="100000" saltSize="16" blockSize="16" keyBits="256" hashSize="64" '
        b'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" '
        b'saltValue="c2FtcGxlIHNhbHQgMTYgQg==" encryptedVerifierHashInput="c2FtcGxlIHNhbHQgMTYgQg==" '
        b'encryptedVerifierHashValue="c2FtcGxlIHNhbHQgMTYgQg==" encryptedKeyValue="c2FtcGxlIHNhbHQgMTYgQg=="/>'
        b"</keyEncryptor></keyEncryptors></encryption>"
    )
    length = 7001
    package = struct.pack("<Q", length) + noise.randbytes(-(-length // 16) * 16)
    return compound_file({"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + info, "EncryptedPackage": package})


def _oversized() -> bytes:
    """A small list whose first column was merged down to the last row of the sheet, where a word was left behind."""
    workbook = Workbook()
    for row in _AUDIT_ROWS:
        workbook.worksheets[0].append(row)
    stream = BytesIO()
    workbook.save(stream)
    parts = read_parts(stream.getvalue())
    left = '<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>完</t></is></c></row>'
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A3:A1048576"/></mergeCells>'
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", f"{left}{merged}".encode())
    parts["xl/worksheets/sheet1.xml"] = sheet
    fix_dates(parts)
    return pack(parts)


def _html() -> str:
    rows = "\n".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in _HTML_ROWS)
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel">\n<head><meta charset="utf-8">'
        f"<title>整改清单</title></head>\n<body><table border=1>\n{rows}\n</table></body></html>\n"
    )


def _docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _REPORT)
    parts = {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{document}"/></Types>'
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{relations}">'
            f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{body}<w:sectPr/></w:body></w:document>',
    }
    encoded = {name: text.encode() for name, text in parts.items()}
    fix_dates(encoded)
    return pack(encoded)
