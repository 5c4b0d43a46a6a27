"""Page, fonts and styles of official papers (GB/T 9704-2012), and of the cards, which are none.

GB/T 9704: A4, a text area of 156 mm by 225 mm (margins 37 mm above, 28 mm at the binding), 22 lines of 28 characters in
仿宋 of size 3 (16 pt), titles in 小标宋 of size 2, headings in 黑体 and 楷体, page numbers in 宋体 of size 4 on the outer side.
"""

from __future__ import annotations

from dataclasses import dataclass

from papers.markup import W, field, footer

TITLE, BODY, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"  # letters and figures of an English paper
# What stands in where a font is not installed, by Word's own mechanism; the second name is what Windows ships.
_FALLBACKS = {
    TITLE: ("小标宋", "华文中宋"),
    BODY: ("仿宋", "FangSong"),
    KAI: ("楷体", "KaiTi"),
    HEI: ("SimHei",),
    SONG: ("SimSun",),
}
_FAMILIES = {TITLE: "roman", BODY: "modern", KAI: "modern", HEI: "modern", SONG: "roman"}

TEXT_WIDTH = 8845  # 156 mm in twentieths of a point
CARD_WIDTH = 10206  # 180 mm
_LINE = 560  # 28 pt
_TIGHT, _LOOSE = '<w:spacing w:val="-5"/>', '<w:spacing w:val="0"/>'


@dataclass(frozen=True)
class Style:
    """A paragraph style; sizes in points, ``line`` in twentieths of a point.

    ``tight`` sets 28 characters of 16 pt on a line of 156 mm, which are 2 mm wider. A grid of characters would do so
    in Word, and draws them far apart in LibreOffice.
    """

    id: str
    name: str
    font: str
    size: float
    properties: str = ""
    line: int = _LINE
    tight: bool = False

    def xml(self, lang: str) -> str:
        """The style's element; in an English paper the fonts of titles and headings are bold instead."""
        bold = "<w:b/>" if lang == "en" and self.font in (TITLE, HEI) else ""
        spacing = f'<w:spacing w:before="0" w:after="0" w:line="{self.line}" w:lineRule="exact"/>'
        ordered = _in_order(self.properties, spacing)
        based = "" if self.id == "Normal" else '<w:basedOn w:val="Normal"/>'
        default = ' w:default="1"' if self.id == "Normal" else ""
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}<w:qFormat/>'
            f"<w:pPr>{ordered}</w:pPr><w:rPr>{_fonts(self.font, lang)}{bold}{_TIGHT if self.tight else _LOOSE}"
            f'<w:sz w:val="{int(self.size * 2)}"/><w:szCs w:val="{int(self.size * 2)}"/></w:rPr></w:style>'
        )


# The order in which the schema wants the properties of a paragraph.
_ORDER = (
    "<w:keepNext", "<w:keepLines", "<w:pageBreakBefore", "<w:widowControl", "<w:autoSpaceDE", "<w:autoSpaceDN", "<w:snapToGrid",
    "<w:spacing", "<w:ind", "<w:jc", "<w:outlineLvl",
)  # fmt: skip


def _in_order(properties: str, spacing: str) -> str:
    parts = [f"<{part}" for part in properties.split("<") if part]
    if not any(part.startswith("<w:spacing") for part in parts):
        parts.append(spacing)
    return "".join(sorted(parts, key=lambda part: next(at for at, start in enumerate(_ORDER) if part.startswith(start))))


def _fonts(name: str, lang: str) -> str:
    latin = LATIN if lang == "en" else name
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{name}" w:cs="{latin}"/>'


def indent(first: int = 0, left: int = 0, hanging: int = 0) -> str:
    """An indent in characters of 16 pt."""
    amounts = {"left": left, "firstLine": first, "hanging": hanging}
    given = {name: count for name, count in amounts.items() if count}
    marks = "".join(f' w:{name}Chars="{count * 100}" w:{name}="{count * 320}"' for name, count in given.items())
    return f"<w:ind{marks}/>"


_CENTRED, _JUSTIFIED = '<w:jc w:val="center"/>', '<w:jc w:val="both"/>'
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_CLOSE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'  # no gaps between figures and characters


def _after(points: int, line: int = _LINE, before: int = 0) -> str:
    return f'<w:spacing w:before="{before * 20}" w:after="{points * 20}" w:line="{line}" w:lineRule="exact"/>'


OFFICIAL = (
    Style("Normal", "Normal", BODY, 16, f"<w:widowControl/>{_CLOSE}{_JUSTIFIED}", tight=True),
    Style("Title", "Title", TITLE, 22, f"<w:keepNext/>{_CENTRED}", line=700),
    Style("FormTitle", "表格标题", TITLE, 18, f"<w:keepNext/>{_CENTRED}", line=_LINE),
    Style("Subtitle", "Subtitle", KAI, 16, f"<w:keepNext/>{_CENTRED}", tight=True),
    Style("Addressee", "主送机关", BODY, 16, _after(0, before=28), tight=True),
    Style("BodyText", "Body Text First Indent", BODY, 16, indent(first=2), tight=True),
    Style("Item", "列项", BODY, 16, f'{indent(first=2)}<w:jc w:val="left"/>', tight=True),
    Style("BodyKept", "正文与下段同页", BODY, 16, f"<w:keepNext/>{indent(first=2)}", tight=True),
    Style("Heading1", "heading 1", HEI, 16, f'<w:keepNext/>{indent(first=2)}<w:outlineLvl w:val="0"/>', tight=True),
    Style("Enclosure", "附件说明", BODY, 16, f"<w:keepNext/><w:keepLines/>{indent(left=6, hanging=4)}", tight=True),
    Style("EnclosureMore", "附件说明续", BODY, 16, f"<w:keepNext/><w:keepLines/>{indent(left=6, hanging=1)}", tight=True),
    Style(
        "Issuer",
        "发文机关署名",
        BODY,
        16,
        f"<w:keepNext/><w:keepLines/>{_after(0, before=28)}{indent(left=13)}{_CENTRED}",
        tight=True,
    ),
    Style("IssueDate", "成文日期", BODY, 16, f"<w:keepLines/>{indent(left=13)}{_CENTRED}", tight=True),
    Style(
        "IssuerWide",
        "发文机关署名（名称较长）",
        BODY,
        16,
        f"<w:keepNext/><w:keepLines/>{_after(0, before=28)}{indent(left=6)}{_CENTRED}",
        tight=True,
    ),
    Style("IssueDateWide", "成文日期（名称较长）", BODY, 16, f"<w:keepLines/>{indent(left=6)}{_CENTRED}", tight=True),
    Style("AnnexMark", "附件序号", HEI, 16, '<w:keepNext/><w:pageBreakBefore/><w:outlineLvl w:val="0"/>', tight=True),
    Style("AnnexTitle", "附件标题", TITLE, 22, f"<w:keepNext/>{_after(14, 700, before=14)}{_CENTRED}"),
    Style("TableHead", "表头", HEI, 10.5, f"<w:keepNext/>{_OFF_GRID}{_CENTRED}", line=320),
    Style("TableText", "表文", BODY, 10.5, f'{_OFF_GRID}<w:jc w:val="left"/>', line=300),
    Style("TableCentre", "表文居中", BODY, 10.5, f"{_OFF_GRID}{_CENTRED}", line=300),
    Style("TableNote", "表注", KAI, 10.5, f"{_OFF_GRID}{_after(0, 300, before=3)}"),
    Style("Footer", "footer", SONG, 14, _OFF_GRID, line=360),
)
CARD = (
    Style("Normal", "Normal", BODY, 12, f"{_CLOSE}{_OFF_GRID}{_JUSTIFIED}", line=400),
    Style("BodyText", "Body Text First Indent", BODY, 12, _OFF_GRID, line=400),
    Style("Title", "Title", TITLE, 22, f"<w:keepNext/>{_OFF_GRID}{_CENTRED}", line=640),
    Style("Subtitle", "Subtitle", KAI, 12, f"<w:keepNext/>{_OFF_GRID}{_after(6, 400)}{_CENTRED}"),
    Style("Heading1", "heading 1", HEI, 12, f'<w:keepNext/>{_OFF_GRID}{_after(2, 400, before=6)}<w:outlineLvl w:val="0"/>'),
    Style("FigureName", "数字名称", HEI, 10.5, f"<w:keepNext/>{_OFF_GRID}{_CENTRED}", line=320),
    Style("Figure", "数字", HEI, 22, f"{_OFF_GRID}{_CENTRED}", line=560),
    Style("TableHead", "表头", HEI, 10.5, f"<w:keepNext/>{_OFF_GRID}{_CENTRED}", line=300),
    Style("TableText", "表文", BODY, 10.5, f'{_OFF_GRID}<w:jc w:val="left"/>', line=280),
    Style("TableCentre", "表文居中", BODY, 10.5, f"{_OFF_GRID}{_CENTRED}", line=280),
    Style("TableNote", "表注", KAI, 9, f"{_OFF_GRID}{_after(0, 260, before=3)}"),
    Style("Footer", "footer", SONG, 9, f"{_OFF_GRID}{_CENTRED}", line=240),
)
_TABLE_STYLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
    '</w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right"))
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)


def _lead_style(lang: str) -> str:
    bold = "<w:b/>" if lang == "en" else ""
    return (
        '<w:style w:type="character" w:styleId="Lead"><w:name w:val="二级标题"/>'
        f"<w:rPr>{_fonts(KAI, lang)}{bold}</w:rPr></w:style>"
    )


def styles(chosen: tuple[Style, ...], lang: str) -> str:
    """styles.xml."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY, lang)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return f"<w:styles {W}>{defaults}{''.join(style.xml(lang) for style in chosen)}{_lead_style(lang)}{_TABLE_STYLE}</w:styles>"


def font_table() -> str:
    """fontTable.xml: the fonts by name, with what may stand in for them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{_FAMILIES[name]}"/><w:pitch w:val="default"/></w:font>'
        for name, others in _FALLBACKS.items()
    )
    return f"<w:fonts {W}>{fonts}</w:fonts>"


def settings(*, two_sided: bool) -> str:
    """settings.xml."""
    sides = "<w:evenAndOddHeaders/>" if two_sided else ""
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/>{sides}<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


_ODD_NUMBER = (
    '<w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/></w:pPr>'
    f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field("PAGE")}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
)
_EVEN_NUMBER = _ODD_NUMBER.replace('w:rightChars="100" w:right="280"', 'w:leftChars="100" w:left="280"').replace(
    '<w:jc w:val="right"/>', '<w:jc w:val="left"/>'
)


def _card_number(lang: str) -> str:
    before, between, after = ("  page ", " of ", "") if lang == "en" else ("　第", "页，共", "页")
    last = f"<w:r><w:t>{after}</w:t></w:r>" if after else ""
    return (
        '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{{{{ 名称 }}}}{before}</w:t></w:r>'
        f'{field("PAGE")}<w:r><w:t xml:space="preserve">{between}</w:t></w:r>{field("NUMPAGES")}{last}</w:p>'
    )


def official_parts(lang: str) -> dict[str, str]:
    """The parts beside the body of an official paper."""
    return {
        "styles": styles(OFFICIAL, lang), "settings": settings(two_sided=True), "fontTable": font_table(),
        "footer1": footer(_ODD_NUMBER), "footer2": footer(_EVEN_NUMBER),
    }  # fmt: skip


def official_page() -> str:
    """Section properties of an official paper; the page number's dash stands 7 mm below the text."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" '
        'w:footer="1400" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def card_parts(lang: str) -> dict[str, str]:
    """The parts beside the body of a card."""
    return {
        "styles": styles(CARD, lang), "settings": settings(two_sided=False), "fontTable": font_table(),
        "footer1": footer(_card_number(lang)),
    }  # fmt: skip


def card_page() -> str:
    """Section properties of a card."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="850" '
        'w:right="850" w:bottom="850" w:left="850" w:header="567" w:footer="454" w:gutter="0"/></w:sectPr>'
    )
