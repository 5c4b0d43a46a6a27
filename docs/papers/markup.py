"""Paragraphs, tables and packages of WordprocessingML, as little of it as an official paper needs."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest there is: a package that says nothing of when it was made
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_FULL_WIDTH = str.maketrans(",;:()", "\uff0c\uff1b\uff1a\uff08\uff09")


def say(lang: str, zh: str, en: str) -> str:
    """The words of a paper in its language, the Chinese ones with Chinese punctuation; what stands inside tags is code."""
    return en if lang == "en" else _chinese(zh)


def _chinese(text: str) -> str:
    return "".join(part if _TAG.fullmatch(part) else part.translate(_FULL_WIDTH) for part in _TAG.split(text))


def paragraph(text: str, style: str, *, lead: str = "", alone: bool = False) -> str:
    """One paragraph; ``text`` may hold template tags. ``lead`` is a heading of the second level that runs into the text.

    ``alone``: it may be the last of a page though its style keeps it with the next one.
    """
    heading = f'<w:r><w:rPr><w:rStyle w:val="Lead"/></w:rPr><w:t>{escape(lead)}</w:t></w:r>' if lead else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    loose = '<w:keepNext w:val="0"/>' if alone else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{loose}</w:pPr>{heading}{run}</w:p>'


def tag(text: str) -> str:
    """A paragraph that only holds a template tag and vanishes with it, e.g. ``if 未报送``."""
    return paragraph(f"{{%p {text} %}}", "BodyText")


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, width in twentieths of a point, what a row shows there, and how."""

    heading: str
    width: int
    content: str
    style: str = "TableText"


def table(columns: Sequence[Column], rows: str, *, description: str, height: int = 0) -> str:
    """A table whose heading repeats on every page and whose rows stay whole.

    ``rows`` is what a row is made for, e.g. ``任务 in 逾期.任务``; ``description`` is what a screen reader says; ``height`` is
    the least of a row, in twentieths of a point, where somebody is to write into it.
    """
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    widths = [column.width for column in columns]
    heads = [cell(paragraph(column.heading, "TableHead"), column.width, shade="EDEDED") for column in columns]
    cells = [cell(paragraph(column.content, column.style), column.width) for column in columns]
    return frame(
        widths,
        [
            row(heads, properties="<w:tblHeader/>"),
            row([_spanning(f"{{%tr for {rows} %}}", widths)]),
            row(cells, properties=high),
            row([_spanning("{%tr endfor %}", widths)]),
        ],
        description=description,
    )


def frame(widths: Sequence[int], rows: Sequence[str], *, description: str) -> str:
    """A table of finished rows over the whole width."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblDescription w:val="{escape(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Sequence[str], *, properties: str = "", splits: bool = False) -> str:
    """A row; unless it ``splits``, which suits long texts, it stays on one page."""
    return f"<w:tr><w:trPr>{'' if splits else '<w:cantSplit/>'}{properties}</w:trPr>{''.join(cells)}</w:tr>"


def only_where(condition: str, widths: Sequence[int], *rows: str) -> list[str]:
    """Rows of a table that are there only where a condition holds."""
    return [row([_spanning(f"{{%tr if {condition} %}}", widths)]), *rows, row([_spanning("{%tr endif %}", widths)])]


def cell(content: str, width: int, *, shade: str = "", span: int = 1) -> str:
    """A cell of finished paragraphs, over ``span`` columns."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{fill}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _spanning(text: str, widths: Sequence[int]) -> str:
    return cell(paragraph(text, "TableText"), sum(widths), span=len(widths))


def footer(content: str) -> str:
    """A footer part of one paragraph's XML."""
    return f"{HEAD}<w:ftr {W}>{content}</w:ftr>"


def field(code: str) -> str:
    """A field such as PAGE, with a value for programs that do not work it out."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def package(title: str, body: str, parts: Mapping[str, str]) -> bytes:
    """A .docx: the body (with its section properties) and the parts of word/ by name, footers included."""
    kinds = {"styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    kinds |= {name: "footer" for name in parts if name.startswith("footer")}
    names = ["document", *parts]
    overrides = [(f"/word/{name}.xml", f"{_WORD}.{'document.main' if name == 'document' else kinds[name]}+xml") for name in names]
    overrides.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    listed = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    links = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{kinds[name]}" Target="{name}.xml"/>' for name in parts)
    content = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": f"<w:document {W} {_R}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in content.items():
            whole = text if text.startswith("<?xml") else HEAD + text
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), whole.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
