"""Documents become paragraphs and tables: Word's numbers and merged cells, pages without their menus, PDF by its places."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from rectify_xl.intake.refusal import Refused
from rectify_xl.plans.files import read_source
from rectify_xl.plans.model import Plan
from rectify_xl.plans.source import Grid, Paragraph
from rectify_xl.plans.worker import read_file
from tests.support.pdf import Page, make_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.plans.source import Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
    '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)


def word(body: str, head: str = "", **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


def source_of(content: bytes, path: Path) -> Source:
    path.write_bytes(content)
    return read_source(path)


def texts(source: Source) -> list[str]:
    return [block.number + block.text for block in source.blocks if isinstance(block, Paragraph)]


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%4"/></w:lvl>
<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%5)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style></w:styles>"""


def test_the_numbers_that_word_shows(tmp_path: Path) -> None:
    body = "".join(
        numbered(text, level) for text, level in (("甲", 0), ("子", 1), ("丑", 1), ("点", 2), ("圈", 3), ("字", 4), ("乙", 0))
    )
    body += paragraph("丙", '<w:pStyle w:val="Own"/>') + paragraph("丁") + numbered("戊", 0, 9) + numbered("己", 0, 2)
    body += "".join(numbered("多") for _ in range(8))
    found = texts(source_of(word(body, numbering=NUMBERING, styles=STYLES), tmp_path / "a.docx"))
    # A list that only overrides a level counts on in the list that it is made of.
    assert found == ["一、甲", "一.1子", "一.2丑", "点", "③圈", "a)字", "二、乙", "三、丙", "丁", "戊", "（4）己",
                     *(f"{sign}、多" for sign in ("五", "六", "七", "八", "九", "十", "十一", "十二"))]  # fmt: skip


def test_what_stands_in_a_word_document_and_what_does_not(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>留</w:t></w:r><w:ins><w:r><w:t>下</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del>"
        "<w:r><w:tab/><w:t>的</w:t><w:noBreakHyphen/><w:br/><w:t>字</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    assert texts(source_of(word(body), tmp_path / "a.docx")) == ["留下\t的-", "字", "链接"]


BOX = "<w:txbxContent>{}</w:txbxContent>"
W2 = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def test_text_boxes_and_notes_of_word_are_told_and_no_part_of_the_text(tmp_path: Path) -> None:
    """A box is kept twice, for newer and older versions; the words around it in its paragraph stay together."""
    inner = f"<w:p><w:r><w:t>第二行</w:t>{BOX.format(paragraph('内框'))}</w:r></w:p>"
    box = BOX.format(paragraph("框中第一行") + inner)
    both = f"<mc:AlternateContent {W2}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>1.前半句</w:t>{both}</w:r><w:r><w:t>后半句</w:t></w:r></w:p>" + paragraph("整改目标:甲")
    body += "<w:p><w:r>" + BOX.format(paragraph("")) + "</w:r></w:p>" + BOX.format(paragraph("旧式框"))
    body += paragraph("整改措施:乙") + paragraph("责任单位:市水利局") + paragraph("整改时限:立行立改")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1">{paragraph("--")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(" 指2025年底的数据。")}</w:footnote></w:footnotes>'
    )
    ends = f'<w:endnotes {W}><w:endnote w:id="2">{paragraph("见附件。")}</w:endnote></w:endnotes>'
    source = source_of(word(body, footnotes=notes, endnotes=ends), tmp_path / "a.docx")
    assert texts(source)[:2] == ["1.前半句后半句", "整改目标:甲"]
    assert source.boxes == ["框中第一行\n第二行内框", "旧式框"]
    assert source.notes == ["指2025年底的数据。", "见附件。"]
    found = read_file(tmp_path / "a.docx")
    assert isinstance(found, Plan)
    assert [task.problem for task in found.tasks] == ["前半句后半句"]
    told = {doubt.code: doubt for doubt in found.doubts}
    assert told["text_boxes"].message.zh == "有 2 个文本框，框里的文字没有读入任务，请核对：“框中第一行 第二行内框”；“旧式框”"
    assert "“见附件。”" in told["notes"].message.zh


def test_merged_cells_of_word(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "宽"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "高"
    inner = table.cell(1, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内一", "内二"
    document.save(str(tmp_path / "a.docx"))
    (grid,) = (block for block in read_source(tmp_path / "a.docx").blocks if isinstance(block, Grid))
    found = {(cell.row, cell.column): (cell.text, cell.down, cell.across) for cell in grid.cells}
    assert found[1, 1] == ("宽", 1, 2)
    assert found[2, 3] == ("高", 2, 1)
    assert found[2, 1] == ("10\n内一\n内二", 1, 1)
    assert (3, 3) not in found


def test_cells_before_a_row_and_grids_without_end(tmp_path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    rows = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell.format(999999)}</w:tr>'
    source = source_of(word(f"<w:tbl>{rows}</w:tbl>"), tmp_path / "a.docx")
    assert [(cell.column, cell.across) for block in source.blocks if isinstance(block, Grid) for cell in block.cells] == [(3, 64)]


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>某市整改方案-某市人民政府</title>
<style>p{{}}</style></head><body>
<div class="top nav"><a href="/">首页</a> <a href="/z">政务公开</a></div>
<div class="content"><h1>某市整改方案</h1><p>&nbsp;第一段<br>第二行<span style="display: none">看不见</span></p>
<pre>如实
照排</pre>
<table><tr><td><table><tr><th>甲</th><th colspan="2">乙</th></tr><tr><td rowspan="2">丙<p>丁</p></td><td>戊</td><td>己</td></tr>
<tr><td>庚</td><td>辛</td></tr></table></td></tr></table>
<p>这一段很长，内有<a href="1">一个链接</a>，仍是正文，而且后面还有许多文字，不会当作菜单略去。</p></div>
<ul><li><a href="2">1.关于会议的通知</a></li><li><a href="3">2.关于培训的通知</a></li></ul>
<div id="footer">主办单位：某市人民政府办公室</div><script>var x = "脚本";</script></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_page_without_what_is_around_it(charset: str, tmp_path: Path) -> None:
    source = source_of(PAGE.format(charset=charset).encode("gbk" if charset == "gb2312" else charset), tmp_path / "a.html")
    assert texts(source)[:6] == [
        "某市整改方案",
        "\xa0第一段",
        "第二行",
        "如实",
        "照排",
        "这一段很长，内有一个链接，仍是正文，而且后面还有许多文字，不会当作菜单略去。",
    ]
    (grid,) = (block for block in source.blocks if isinstance(block, Grid))
    cells = [(cell.row, cell.column, cell.text, cell.down, cell.across) for cell in grid.cells]
    assert cells == [(1, 1, "甲", 1, 1), (1, 2, "乙", 1, 2), (2, 1, "丙\n丁", 2, 1), (2, 2, "戊", 1, 1), (2, 3, "己", 1, 1),
                     (3, 2, "庚", 1, 1), (3, 3, "辛", 1, 1)]  # fmt: skip
    assert len(source.left_out) == 3
    assert source.title == "某市整改方案-某市人民政府"


def test_a_page_that_names_the_wrong_encoding(tmp_path: Path) -> None:
    source = source_of(PAGE.format(charset="gb2312").encode() + "<p>结尾€</p>".encode(), tmp_path / "a.html")
    assert texts(source)[0] == "某市整改方案"


LONG = "部分河道淤积严重，行洪能力不足，沿河居民多次反映，至今没有列入治理计划，汛期存在较大安全隐患，需要尽快实施清淤疏浚工程。"
ITEMS = (
    "青屿市水利专项检查问题整改清单", f"1.{LONG}", "整改目标：河道行洪能力恢复到设计标准。", "整改措施：", "（1）清淤疏浚。",
    f"（2）建立巡查制度。{LONG}", "责任领导：沈怀瑾 市政府副市长", "责任单位：市水利局牵头，市财政局配合",
    "整改时限：2026年6月底前",
)  # fmt: skip


def test_lines_of_a_pdf_become_paragraphs(tmp_path: Path) -> None:
    first, second = Page(), Page()
    y = 780.0
    for text in ITEMS[:5]:
        y = first.paragraph(60, y, text, width=47)
    y = 780.0
    for text in ITEMS[5:]:
        y = second.paragraph(60, y, text, width=47)
    for number, page in enumerate((first, second), 1):
        page.text(290, 30, f"- {number} -")
    source = source_of(make_pdf([first, second]), tmp_path / "a.pdf")
    assert texts(source) == list(ITEMS)
    assert source.left_out == ["- 1 -", "- 2 -"]
    assert [block.page for block in source.blocks] == [1] * 5 + [2] * 4
    plan = read_file(tmp_path / "a.pdf")
    assert isinstance(plan, Plan)
    (task,) = plan.tasks
    assert (task.problem, task.leaders[0].name, task.places["deadline_text"].page) == (LONG, "沈怀瑾", 2)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = Page()
    said = "处河道岸坡弃渣堆积没有清运，下游取水口浑浊，附近村民多次反映，有关单位没有采取措施，问题一直没有得到解决。"
    prose = [f"第{sign}{said}" for sign in "一二三四五六七八九十"]
    for x, column in ((60, prose[:5]), (310, prose[5:])):
        y = 780.0
        for text in column:
            y = page.paragraph(x, y, text, width=21)
    page.text(290, 30, "- 1 -")
    assert texts(source_of(make_pdf([page]), tmp_path / "a.pdf")) == prose


def test_short_lines_side_by_side_are_no_columns(tmp_path: Path) -> None:
    page = Page()
    for at in range(1, 21):
        page.text(60, 780 - 20 * at, f"市第{at}局")
        page.text(400, 780 - 20 * at, f"联络员{at}号")
    shown = "".join(texts(source_of(make_pdf([page]), tmp_path / "a.pdf")))
    assert shown.startswith("市第1局 联络员1号市第2局 联络员2号")


def test_a_wide_gap_ends_a_paragraph_and_small_letters_are_another(tmp_path: Path) -> None:
    page = Page()
    page.text(60, 780, "甲" * 47)
    page.text(60, 740, "乙" * 47)
    page.text(60, 725, "丙" * 47)
    page.text(60, 713, "注：说明", size=6)
    page.text(60, 690, "Rectification of the")
    page.text(60, 600, "吕")
    page.text(80, 600, "娜")
    assert texts(source_of(make_pdf([page]), tmp_path / "a.pdf")) == [
        "甲" * 47, "乙" * 47 + "丙" * 47, "注：说明", "Rectification of the", "吕 娜",
    ]  # fmt: skip


def table_page(*, boxes: bool) -> Page:
    """Four columns; 牵头领导 spans two rows; lines drawn one by one, or a box around every cell."""
    page, xs, ys = Page(), (50, 90, 250, 400, 545), (780, 750, 700, 650)
    page.text(60, 800, "青屿市水利专项检查问题整改清单")
    if boxes:
        for row in range(3):
            for column in range(4):
                if column < 3:
                    page.box(xs[column], ys[row + 1], xs[column + 1] - xs[column], ys[row] - ys[row + 1])
        page.box(xs[3], ys[1], xs[4] - xs[3], ys[0] - ys[1])
        page.box(xs[3], ys[3], xs[4] - xs[3], ys[1] - ys[3])
    else:
        for x in xs:
            page.line(x, ys[0], x, ys[-1])
        for y in ys:
            page.line(xs[0], y, xs[-1] if y != ys[2] else xs[3], y)
    for column, heading in enumerate(("序号", "存在问题", "整改措施", "责任单位")):
        page.text(xs[column] + 4, 760, heading)
    for row, (number, problem, measure) in enumerate(
        (("1", "河道淤积严重影响行洪安全急需治理", "清淤"), ("2", "水库渗漏", "加固"))
    ):
        top = ys[row + 1]
        page.text(xs[0] + 4, top - 15, number)
        page.text(xs[1] + 4, top - 15, problem[:15])
        page.text(xs[1] + 4, top - 30, problem[15:])
        page.text(xs[2] + 4, top - 15, measure)
    page.text(xs[3] + 4, 690, "市水利局")
    return page


@pytest.mark.parametrize("boxes", [False, True])
def test_ruled_tables_of_a_pdf(boxes: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([table_page(boxes=boxes)]))
    plan = read_file(path)
    assert isinstance(plan, Plan)
    assert [(task.no, task.problem, task.measures, task.resp_units) for task in plan.tasks] == [
        ("1", "河道淤积严重影响行洪安全急需治理", ("清淤",), ("市水利局",)), ("2", "水库渗漏", ("加固",), ("市水利局",)),
    ]  # fmt: skip


@pytest.mark.parametrize("above", [True, False])
def test_a_workbook_is_a_plan_too(above: bool, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        ["序号", "存在问题", "整改措施", "责任单位", "整改时限"],
        ["一、水利（1项）"],
        [1, "河道淤积", "清淤", "市水利局牵头，市财政局配合", "2026年6月底前"],
    ]
    for row in ([["青屿市整改任务清单"]] if above else []) + rows:
        sheet.append(row)
    book.create_sheet("空白")
    book.save(tmp_path / "a.xlsx")
    plan = read_file(tmp_path / "a.xlsx")
    assert isinstance(plan, Plan)
    (task,) = plan.tasks
    assert (task.no, task.category, task.lead_units, task.coop_units) == ("1", "水利（1项）", ("市水利局",), ("市财政局",))
    assert plan.facts.title == ("青屿市整改任务清单" if above else "")
    assert plan.facts.format == "xlsx"


def test_tables_that_go_on_and_tables_that_are_no_lists(tmp_path: Path) -> None:
    head = "<tr><td>序号</td><td>问题</td><td>整改措施</td><td>责任单位</td></tr>"
    row = "<tr><td>{}</td><td>问题{}</td><td>措施</td><td>市水利局</td></tr>"
    other = "<tr><td>年份</td><td>降雨</td><td>水位</td></tr>" * 3
    tables = f"<table>{head}{row.format(1, '甲')}</table><table>{row.format(2, '乙')}{row.format(3, '丙')}</table>"
    text = f"<html><body><p>某市整改任务清单</p>{tables}"
    (tmp_path / "a.html").write_text(f"{text}<table>{other}</table></body></html>", "utf-8")
    plan = read_file(tmp_path / "a.html")
    assert isinstance(plan, Plan)
    assert [task.problem for task in plan.tasks] == ["问题甲", "问题乙", "问题丙"]
    assert [doubt.code for doubt in plan.doubts if doubt.code == "tables_unread"] == ["tables_unread"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "0 字节"),
        ("a.txt", b"\x00\x01\x02" * 3000, "二进制"),
        ("a.docx", b"{\\rtf1 abc}", "RTF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
        ("a.html", b"<table><tr>" + b'<td rowspan="1000" colspan="1000">x</td>' * 3, "表格过大"),
        ("a.pdf", b"%PDF-1.4\nnothing", "损坏"),
        ("a.docx", b"PK\x03\x04nothing", "损坏"),
    ],
)  # fmt: skip
def test_what_is_no_document(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        source_of(content, tmp_path / name)
    assert said in refused.value.reason.zh
