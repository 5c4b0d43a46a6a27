"""Crafted packages by kind. Each takes the parts of a good list apart and puts something in that no spreadsheet program writes.

An attack changes the dictionary of parts, or returns the bytes of a whole file.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Parts = dict[str, bytes]
Attack = "Callable[[Parts], bytes | None]"
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
COMMENTS, VML, CUSTOM = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "docProps/custom.xml"
CORE, APP, TYPES, RELS = "docProps/core.xml", "docProps/app.xml", "[Content_Types].xml", "xl/worksheets/_rels/sheet1.xml.rels"
STRINGS, BOOK_RELS, TOP_RELS = "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
HUGE, ODD_NUMBERS = "9" * 5000, ("²", "٣", "-1", "1e9", "NaN", "0x10", "9" * 5000, "1_0", "")
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

ATTACKS: dict[str, Callable[[Parts], bytes | None]] = {}


def put(name: str, attack: Callable[[Parts], bytes | None]) -> None:
    assert name not in ATTACKS
    ATTACKS[name] = attack


def sub(part: str, pattern: bytes | str, new: bytes | str, count: int = 1) -> Callable[[Parts], None]:
    """Replace in a part what a pattern finds; it has to be there."""
    old = pattern.encode() if isinstance(pattern, str) else pattern
    by = new.encode("utf-8", "surrogatepass") if isinstance(new, str) else new

    def change(parts: Parts) -> None:
        changed, found = re.subn(old, lambda _: by, parts[part], count=count)
        assert found, (part, pattern)
        parts[part] = changed

    return change


def add(part: str, before: str, what: bytes | str) -> Callable[[Parts], None]:
    """Put something into a part before a tag."""
    text = what.encode("utf-8", "surrogatepass") if isinstance(what, str) else what

    def change(parts: Parts) -> None:
        at = parts[part].rindex(before.encode())
        parts[part] = parts[part][:at] + text + parts[part][at:]

    return change


def replace(part: str, data: bytes) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts[part] = data

    return change


def every(*changes: Callable[[Parts], bytes | None]) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        for one in changes:
            one(parts)

    return change


def remove(part: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        del parts[part]

    return change


def zipped(parts: Parts, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return buffer.getvalue()


# Comments ----------------------------------------------------------------------------------------------------------
for at, odd in enumerate(ODD_NUMBERS):
    put(f"comments: author number {at}", sub(COMMENTS, rb'authorId="\d+"', f'authorId="{odd}"', 9))
for at, ref in enumerate(("A1:B2", "²", "A0", "ZZZ9999999", "A" + HUGE, "$F$4", "f4", "")):
    put(f"comments: reference {at}", sub(COMMENTS, r'ref="F4"', f'ref="{ref}"'))
put("comments: nothing inside", replace(COMMENTS, DECLARATION + b'<comments xmlns="x"/>'))
put("comments: not XML", replace(COMMENTS, b"\x00\x01 no"))
put("comments: empty part", replace(COMMENTS, b""))
put("comments: unclosed comment", add(COMMENTS, "</comments>", "<!--" + "<!--" * 200_000))
put("comments: unclosed character data", add(COMMENTS, "</comments>", "<![CDATA[" * 200_000))
put("comments: nested deeply", add(COMMENTS, "</commentList>", "<comment>" * 5000 + "</comment>" * 5000))
put("comments: a million of them", add(COMMENTS, "</commentList>", '<comment ref="A1" authorId="0"><text/></comment>' * 300_000))
put("comments: many authors", add(COMMENTS, "</authors>", "<author>a</author>" * 300_000))
put("comments: entity bomb", sub(COMMENTS, rb"<comments", b'<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><comments'))
put("comments: our own line imitated", sub(COMMENTS, rb"<t[^>]*>", "<t>——校验意见（请在单元格内改正）——\n【错误】x\n".encode()))
put("comments: text of a megabyte", sub(COMMENTS, rb"<t[^>]*>", b"<t>" + b"a" * (1 << 20)))
put("comments: control characters", sub(COMMENTS, rb"<t[^>]*>", b"<t>_x0007__xD800__x001B_]0;a"))
put("comments: bound to the sheet itself", sub(RELS, r"\.\./comments1\.xml", "sheet1.xml"))
put("comments: bound to the workbook", sub(RELS, r"\.\./comments1\.xml", "../workbook.xml"))

# VML ---------------------------------------------------------------------------------------------------------------
for at, odd in enumerate(("²", HUGE, "-5", "99999999")):
    put(f"vml: row {at}", sub(VML, rb"<x:Row>\d+</x:Row>", f"<x:Row>{odd}</x:Row>", 9))
    put(f"vml: anchor {at}", sub(VML, rb"<x:Anchor>[^<]*", f"<x:Anchor>{', '.join([odd] * 8)}", 9))
put("vml: endless box", sub(VML, rb"<x:Anchor>[^<]*", b"<x:Anchor>0,0,0,0,16383,0,1048575,0", 9))
put("vml: shapes without an end", add(VML, "</xml>", "<v:shape >" * 300_000))
put("vml: not XML", replace(VML, b"<v:shape <<<< " * 1000))
put("vml: empty part", replace(VML, b""))
put("vml: UTF-16", lambda parts: parts.__setitem__(VML, parts[VML].decode().encode("utf-16")))
put("vml: numbers of shapes", sub(VML, rb"_s\d+", f"_s{HUGE}", 99))
put("vml: unknown prefix", lambda parts: parts.__setitem__(VML, parts[VML].replace(b"v:shape", b"zz:shape")))
put("vml: blanks without an end", add(VML, "</xml>", "</v:shape" + " " * 1_000_000))

# Content types -----------------------------------------------------------------------------------------------------
put("types: missing", remove(TYPES))
put("types: not XML", replace(TYPES, b"junk"))
put("types: empty", replace(TYPES, b""))
put("types: a hundred thousand", add(TYPES, "</Types>", '<Override PartName="/a" ContentType="b"/>' * 100_000))
put("types: nested deeply", add(TYPES, "</Types>", "<a>" * 3000 + "</a>" * 3000))
put("types: unknown encoding", sub(TYPES, "UTF-8", "undefined"))
put("types: without names", add(TYPES, "</Types>", "<Override/><Default/>"))

# Document properties -----------------------------------------------------------------------------------------------
for at, odd in enumerate(ODD_NUMBERS):
    put(f"properties: pid {at}", sub(CUSTOM, rb'pid="\d+"', f'pid="{odd}"'))
for key in ("returned_to", "unit", "returned", "RETURNED_TO", "fill.1"):
    put(f"properties: forged {key}", sub(CUSTOM, rb'name="clerk"', f'name="rectify_xl.{key}"'))
put("properties: forged fill", every(
    sub(CUSTOM, rb'name="clerk"', 'name="rectify_xl.fill.1"'),
    sub(CUSTOM, rb"<vt:lpwstr>[^<]*", "<vt:lpwstr>&lt;fill&gt;&lt;/cellXfs&gt;"),
    add(CUSTOM, "</Properties>", '<property fmtid="{a}" pid="9" name="rectify_xl.returned"><vt:lpwstr>x</vt:lpwstr></property>'),
    add(BOOK, "</definedNames>", "<definedName name='_rectify_xl.fill.1.1'>'任务清单'!$A$1:$XFD$1048576</definedName>"),
))  # fmt: skip
put("properties: ten thousand forged", add(
    CUSTOM, "</Properties>", "".join(
        f'<property fmtid="{{a}}" pid="{at}" name="rectify_xl.x{at}"><vt:lpwstr>x</vt:lpwstr></property>'
        for at in range(10, 10_010)
    ),
))  # fmt: skip
put("properties: not XML", replace(CUSTOM, b"<Properties"))
put("properties: unclosed comment", add(CUSTOM, "</Properties>", "<!--"))
put("properties: value of a megabyte", sub(CUSTOM, rb"<vt:lpwstr>[^<]*", "<vt:lpwstr>" + "整" * 400_000))
put("properties: odd date", sub(CORE, rb"<dcterms:modified[^>]*>[^<]*", '<dcterms:modified xsi:type="dcterms:W3CDTF">²⁰'))
put(
    "properties: date before all",
    sub(CORE, rb"<dcterms:modified[^>]*>[^<]*", '<dcterms:modified xsi:type="a">0001-01-01T00:00:00Z'),
)
put("properties: titles counted wrong", sub(APP, rb"<vt:i4>\d+", f"<vt:i4>{HUGE}"))
put("properties: titles counted oddly", sub(APP, rb"<vt:i4>\d+", "<vt:i4>²"))
put("properties: core is not XML", replace(CORE, b"\xff\xfe<"))

# Relations ---------------------------------------------------------------------------------------------------------
put("relations: nested deeply", add(RELS, "</Relationships>", "<a>" * 5000 + "</a>" * 5000))
put("relations: a hundred thousand", add(RELS, "</Relationships>", '<Relationship Id="x" Type="t/y" Target="z"/>' * 100_000))
put("relations: of the sheet are missing", remove(RELS))
put("relations: of the workbook are not XML", replace(BOOK_RELS, b"no"))
put("relations: upwards", sub(RELS, r"\.\./comments1\.xml", "../../../../../../etc/passwd"))
put("relations: absolute", sub(RELS, r"\.\./comments1\.xml", "/etc/passwd"))
put("relations: outside", sub(RELS, r'Target="\.\./comments1\.xml"', 'Target="file:///etc/passwd" TargetMode="External"'))
put("relations: target of a megabyte", sub(RELS, r"\.\./comments1\.xml", "../" * 300_000 + "a"))
put("relations: unclosed comment", add(RELS, "</Relationships>", "<!--" * 100_000))
put("relations: identifiers twice", lambda parts: parts.__setitem__(RELS, re.sub(rb'Id="\w+"', b'Id="rId1"', parts[RELS])))
put("relations: without types", lambda parts: parts.__setitem__(RELS, re.sub(rb'Type="[^"]*"', b"", parts[RELS])))
put("relations: the package has none", remove(TOP_RELS))
put("relations: two sheets in one part", sub(BOOK_RELS, r"sheet2\.xml", "sheet1.xml"))

# Columns, rows and cells -------------------------------------------------------------------------------------------
for at, odd in enumerate(ODD_NUMBERS):
    put(f"cols: width {at}", sub(SHEET, rb'<col min="2" max="8" width="[^"]*"', f'<col min="2" max="8" width="{odd}"'))
    put(f"cols: bounds {at}", sub(SHEET, rb'<col min="2" max="8"', f'<col min="2" max="{odd}"'))
put("cols: a hundred thousand", add(SHEET, "</cols>", '<col min="1" max="16384" width="9"/>' * 100_000))
put("cols: height", sub(SHEET, rb'ht="[^"]*"', 'ht="NaN"'))
put("cells: style numbers", lambda parts: parts.__setitem__(SHEET, re.sub(rb' s="\d+"', b' s="\xc2\xb2"', parts[SHEET])))
put(
    "cells: huge style numbers",
    lambda parts: parts.__setitem__(SHEET, re.sub(rb' s="\d+"', f' s="{HUGE}"'.encode(), parts[SHEET])),
)
put("cells: string index", sub(SHEET, rb't="s"><v>\d+</v>', f't="s"><v>{HUGE}</v>'))
put("cells: number of many digits", sub(SHEET, rb"<v>0\.4</v>", f"<v>{HUGE}</v>"))
put("cells: not a number", sub(SHEET, rb"<v>0\.4</v>", "<v>NaN</v>"))
put("cells: infinite", sub(SHEET, rb"<v>0\.4</v>", "<v>-1e999</v>"))
put("cells: address", sub(SHEET, r'r="F4"', f'r="F{HUGE}"'))
put("cells: address in Arabic digits", sub(SHEET, r'r="F4"', 'r="F٤"'))
put("cells: corner", add(SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'))
put("cells: rows in disorder", add(SHEET, "</sheetData>", "".join(f'<row r="{at}"/>' for at in range(60_000, 100, -1))))
put("cells: nested rows", add(SHEET, "</sheetData>", '<row r="90"><row r="91"><c r="A91"/></row></row>'))
put("cells: unclosed comment", add(SHEET, "</sheetData>", "<!--" * 100_000))
put(
    "cells: a thousand merges at one place",
    sub(SHEET, rb"<mergeCells[^>]*>", "<mergeCells>" + '<mergeCell ref="A9:J99"/>' * 1000),
)
put("cells: a merge over everything", sub(SHEET, rb"<mergeCells[^>]*>", '<mergeCells><mergeCell ref="A1:XFD1048576"/>'))
put("cells: a merge beyond the grid", sub(SHEET, rb"<mergeCells[^>]*>", '<mergeCells><mergeCell ref="A9:ZZZ9999999"/>'))
put("cells: text of a megabyte", sub(STRINGS, r"<t>北渠[^<]*", "<t>" + "*a* " * 250_000))
put("cells: slashes and months", sub(STRINGS, r"<t>市水务局[^<]*", "<t>" + "/月" * 15_000))
put("cells: nothing needed, again and again", sub(STRINGS, r"<t>北渠[^<]*", "<t>" + "无需" * 15_000))
put("cells: brackets without an end", sub(STRINGS, r"<t>市水务局[^<]*", "<t>" + "（" * 30_000))
put("cells: separators only", sub(STRINGS, r"<t>市水务局[^<]*", "<t>" + "、，；" * 10_000))
put("cells: digits only", sub(STRINGS, r"<t>尽快[^<]*", "<t>" + "1" * 30_000))
put("cells: dates only", sub(STRINGS, r"<t>尽快[^<]*", "<t>" + "2026年6月底前" * 3_000))
put("cells: terminal codes", sub(STRINGS, r"<t>尽快[^<]*", "<t>尽快_x001B_]0;a_x0007__x009B_2J\u202e\u200b_xD800_"))

# Defined names -----------------------------------------------------------------------------------------------------
put("names: many forged", add(BOOK, "</definedNames>", "".join(
    f"<definedName name='_rectify_xl.remarks.{at}'>'任务清单'!$K$3:$K$9</definedName>" for at in range(5_000)
)))  # fmt: skip
put("names: a hundred thousand", add(BOOK, "</definedNames>", "<definedName name='a'>b</definedName>" * 100_000))
put("names: quotes without an end", add(BOOK, "</definedNames>", "<definedName name='_xlnm.Print_Area' localSheetId='0'>"
    + "'" * 100_000 + "!</definedName>"))  # fmt: skip
put("names: letters without an end", add(BOOK, "</definedNames>", f"<definedName name='q'>{'a' * 300_000}</definedName>"))
for at, odd in enumerate(ODD_NUMBERS):
    put(f"names: sheet number {at}", sub(BOOK, rb'localSheetId="\d+"', f'localSheetId="{odd}"', 9))
    put(f"names: sheet identifier {at}", sub(BOOK, rb'sheetId="1"', f'sheetId="{odd}"'))
put("names: five thousand sheets", add(BOOK, "</sheets>", "".join(
    f'<sheet name="s{at}" sheetId="{at}" r:id="rId1"/>' for at in range(10, 5_010)
)))  # fmt: skip
put("names: sheet names with control characters", sub(BOOK, r'name="选项"', 'name="选&#9;\u202e项"'))
put("names: sheet without a name", sub(BOOK, r'name="选项"', 'name=""'))
put("names: active sheet", sub(BOOK, rb'activeTab="\d+"', f'activeTab="{HUGE}"'))

# Styles ------------------------------------------------------------------------------------------------------------
for at, odd in enumerate(ODD_NUMBERS):
    put(f"styles: fill number {at}", sub(STYLES, rb'fillId="\d+"', f'fillId="{odd}"', 99))
    put(f"styles: format number {at}", sub(STYLES, rb'numFmtId="\d+"', f'numFmtId="{odd}"', 99))
put("styles: two hundred thousand", add(STYLES, "</cellXfs>", '<xf numFmtId="0"/>' * 200_000))
put("styles: format code", add(STYLES, "<fonts", f'<numFmts><numFmt numFmtId="14" formatCode="{"[" * 100_000}"/></numFmts>'))
put("styles: missing", remove(STYLES))
put("styles: nested deeply", add(STYLES, "</cellXfs>", "<xf>" * 3000 + "</xf>" * 3000))

# Encodings ---------------------------------------------------------------------------------------------------------
for encoding in ("undefined", "unicode_escape", "rot13", "idna", "utf-7", "punycode", "raw_unicode_escape", "mbcs", "x" * 40):
    put(f"encodings: {encoding[:12]} in the sheet", sub(SHEET, "UTF-8", encoding))
    put(f"encodings: {encoding[:12]} in the comments", sub(COMMENTS, "UTF-8", encoding))
put("encodings: UTF-16 said and not so", sub(BOOK, "UTF-8", "UTF-16"))
put("encodings: UTF-32", lambda parts: parts.__setitem__(SHEET, parts[SHEET].decode().encode("utf-32")))
put("encodings: not UTF-8", sub(SHEET, rb"</sheetData>", b"\xff\xfe</sheetData>"))
put("encodings: halves of characters", sub(STRINGS, "<t>尽快", b"<t>\xed\xa0\x80"))

# Media and other parts ---------------------------------------------------------------------------------------------
put("media: one of sixty megabytes", replace("xl/media/image9.png", bytes(60 << 20)))
put("media: ten thousand parts", lambda parts: parts.update({f"xl/media/i{at}.png": b"x" for at in range(10_000)}))
put("media: signature", replace("_xmlsignatures/sig1.xml", b"<a/>"))
put("media: table part is no XML", every(
    replace("xl/tables/table9.xml", b"<<<"),
    add(RELS, "</Relationships>", '<Relationship Id="rId77" Type="t/table" Target="../tables/table9.xml"/>'),
))  # fmt: skip
put("media: thread of a hundred thousand", every(
    replace("xl/threadedComments/t1.xml", b'<ThreadedComments xmlns="t">'
            + b'<threadedComment ref="F4" id="{1}"><text>a</text></threadedComment>' * 100_000 + b"</ThreadedComments>"),
    add(RELS, "</Relationships>", '<Relationship Id="rId78" Type="t/threadedComment" Target="../threadedComments/t1.xml"/>'),
))  # fmt: skip


# Zip level ---------------------------------------------------------------------------------------------------------
def _corrupt(kind: int) -> Callable[[Parts], bytes]:
    def attack(parts: Parts) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in parts.items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
            archive.writestr(zipfile.ZipInfo("xl/media/image7.png"), b"picture" * 5000, kind)
        raw = bytearray(buffer.getvalue())
        at = raw.index(b"xl/media/image7.png") + len("xl/media/image7.png")
        for step in range(12, 40):
            raw[at + step] ^= 0xFF
        return bytes(raw)

    return attack


def _twice(parts: Parts) -> bytes:
    buffer = io.BytesIO(zipped(parts))
    with zipfile.ZipFile(buffer, "a") as archive:
        for name in (SHEET.upper(), "xl\\worksheets\\sheet1.xml", "../../evil.xml", "/abs.xml", "a\x00b.xml"):
            archive.writestr(zipfile.ZipInfo(name), b"<worksheet/>")
    return buffer.getvalue()


def _flipped(offset: int, value: int) -> Callable[[Parts], bytes]:
    """One byte of every entry of the central directory set to a value."""

    def attack(parts: Parts) -> bytes:
        raw, start = bytearray(zipped(parts)), 0
        while (start := raw.find(b"PK\x01\x02", start)) >= 0:
            raw[start + offset] = value
            start += 4
        return bytes(raw)

    return attack


def _bomb(parts: Parts) -> bytes:
    return zipped({**parts, "xl/media/bomb.bin": bytes(700 << 20)})


def _beside(parts: Parts) -> bytes:
    return b"MZ" + zipped(parts) + b"trailing" * 100


put("zip: corrupt bzip2", _corrupt(zipfile.ZIP_BZIP2))
put("zip: corrupt LZMA", _corrupt(zipfile.ZIP_LZMA))
put("zip: corrupt deflate", _corrupt(zipfile.ZIP_DEFLATED))
put("zip: names twice and upwards", _twice)
put("zip: unknown compression", _flipped(10, 99))
put("zip: encrypted flags", _flipped(8, 1))
put("zip: version of the future", _flipped(6, 200))
put("zip: wrong checksums", _flipped(16, 7))
put("zip: bomb", _bomb)
put("zip: something before and behind", _beside)
put("zip: cut off", lambda parts: zipped(parts)[:-400])
put("zip: empty central directory", lambda _: b"PK\x03\x04" + bytes(40) + b"PK\x05\x06" + bytes(18))
put("zip: comment of 64 KB", lambda parts: _with_comment(zipped(parts)))
put("zip: bzip2 all over", lambda parts: zipped(parts, zipfile.ZIP_BZIP2))


def _with_comment(raw: bytes) -> bytes:
    return raw[:-2] + struct.pack("<H", 65535) + zlib.compress(b"x")[:2] * 32767 + b"x"


put("zip: three hundred thousand parts", lambda parts: zipped({**parts, **{f"xl/{at}": b"" for at in range(300_000)}}))
put("zip: names without an end", lambda parts: zipped({**parts, **{f"xl/{'x' * 20_000}{at}": b"" for at in range(2_000)}}))
