"""The papers as they look: the official layout (GB/T 9704-2012), fonts, tables that can be read, pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.shared import Mm, Pt

from rectify_xl.common.resources import resource
from rectify_xl.papers import write_bulletin, write_cards, write_notice
from tests.support.ledgers import CAMPAIGN, a_master, a_task
from tests.support.office import convert, needs_office

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.collection.timing import Flag
    from rectify_xl.ledger.records import TaskRecord

FONTS = {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}
PAPERS = sorted(resource("templates", "papers").glob("*.docx"))
OFFICIAL = [path for path in PAPERS if path.name not in ("任务卡.docx", "card.docx")]
ENGLISH = ("bulletin.docx", "letter.docx", "card.docx", "publicity.docx", "dossier.docx")
UNITS = [unit.name for unit in CAMPAIGN.units]
LONG = "河道沿线排口没有截污，雨后黑水入河，群众多次反映仍没有解决；" * 12

needs_pages = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def many(count: int) -> list[TaskRecord]:
    flags: tuple[Flag, ...] = ("overdue", "due-soon", "undated", "on-time")
    return [
        a_task(
            str(at), UNITS[at % 5], flag=flags[at % 4], days=at % 60 + 1, leaders=(f"柳{at % 7}",) if at % 3 else (), problem=LONG
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.stem)
def test_the_page_is_that_of_an_official_paper(path: Path) -> None:
    (section,) = Document(str(path)).sections
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for found, wanted in zip((section.page_width, section.page_height, *margins), (210, 297, 37, 35, 28, 26), strict=True):
        assert found == pytest.approx(Mm(wanted), abs=Mm(0.1))


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.stem)
def test_styles_are_those_of_an_official_paper(path: Path) -> None:
    styles = Document(str(path)).styles
    looks = {"Normal": ("仿宋_GB2312", 16, 28), "Title": ("方正小标宋简体", 22, 35), "Heading 1": ("黑体", 16, 28)}
    for name, (font, size, line) in looks.items():
        style = styles[name]
        latin = "Times New Roman" if path.name in ENGLISH else font
        assert (style.font.name, style.font.size, style.paragraph_format.line_spacing) == (latin, Pt(size), Pt(line))
        assert f'w:eastAsia="{font}"' in style.element.xml
    assert 'w:styleId="Lead"' in part(path, "word/styles.xml")
    assert 'w:firstLineChars="200"' in styles["Body Text First Indent"].element.xml


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.stem)
def test_page_numbers_stand_on_the_outer_side(path: Path) -> None:
    assert "<w:evenAndOddHeaders/>" in part(path, "word/settings.xml")
    odd, even = (part(path, f"word/footer{number}.xml") for number in (1, 2))
    assert ('w:jc w:val="right"' in odd, 'w:jc w:val="left"' in even) == (True, True)
    for footer in (odd, even):
        assert re.sub(r"<[^>]+>", "", footer.partition("<w:ftr")[2].partition(">")[2]) == "— 1 —"
        assert 'w:instr=" PAGE "' in footer


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_only_official_fonts_are_named_each_with_a_stand_in(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        named = {
            font for name in package.namelist() for font in re.findall(r'w:eastAsia="([^"-]+)"', package.read(name).decode())
        }
    assert named <= FONTS
    table = part(path, "word/fontTable.xml")
    assert set(re.findall(r'w:font w:name="([^"]+)"', table)) == FONTS
    assert table.count("<w:altName") == len(FONTS)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_tables_repeat_their_head_and_keep_rows_whole(path: Path) -> None:
    for table in Document(str(path)).tables:
        assert "<w:tblHeader/>" in table.rows[0]._tr.xml
        long_texts = '<w:gridSpan w:val="3"/>'  # may go on overleaf
        assert all("<w:cantSplit/>" in row._tr.xml or long_texts in row._tr.xml for row in table.rows)
        assert "<w:tblDescription" in table._tbl.xml


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_shipped_templates_are_plain_packages(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower() or "embed" in name.lower()]
        assert "External" not in "".join(package.read(name).decode() for name in package.namelist())


def pages(paths: list[Path], folder: Path) -> list[list[str]]:
    """The text of every page of every paper, as LibreOffice lays it out."""
    shown = []
    for pdf in convert(paths, "pdf", folder):
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
        shown.append(text.split("\f")[:-1])
    return shown


def starts_at(found: list[str], number: int) -> int:
    """The page on which an enclosure begins."""
    (at,) = [at for at, page in enumerate(found) if re.match(rf"\s*附件\s*{number}", page)]
    return at


@needs_office
@needs_pages
def test_a_bulletin_has_no_empty_page_no_lonely_heading_and_tables_with_heads(tmp_path: Path) -> None:
    write_bulletin(a_master(many(40), absent=[("东岭县", "未报送")]), tmp_path / "通报.docx")
    (found,) = pages([tmp_path / "通报.docx"], tmp_path)
    assert 6 <= len(found) <= 14
    for number, page in enumerate(found, 1):
        assert re.search(rf"—\s*{number}\s*—", page)
        assert len(page.split()) > 8
    (signed,) = [page for page in found if "澄湖市整改办\n" in page and "附件\uff1a" in page]
    assert "特此通报" in signed
    lasts = [[line.strip() for line in page.splitlines() if line.strip()][-2] for page in found]
    assert not [line for line in lasts if re.match(r"[一二三四五六]、", line)]
    first, second, third = (starts_at(found, number) for number in (1, 2, 3))
    assert second - first == 1
    assert third - second > 1
    assert all("到期日" in page and "牵头单位" in page for page in found[second:third])


@needs_office
@needs_pages
def test_a_letter_and_cards_fill_the_pages_they_should(tmp_path: Path) -> None:
    write_notice(a_master(many(12)), UNITS[0], tmp_path / "函.docx")
    few = write_cards(a_master(many(60)), tmp_path / "少")["unit", UNITS[0]].rename(tmp_path / "少.docx")  # 12 tasks
    lots = write_cards(a_master(many(300)), tmp_path / "多")["unit", UNITS[0]].rename(tmp_path / "多.docx")
    letter, one_page, overleaf = pages([tmp_path / "函.docx", few, lots], tmp_path)
    assert 1 <= len(letter) <= 3
    assert "请于" in letter[-1]
    assert len(one_page) == 1
    assert len(overleaf) > 1
    assert all("整改状态" in page and re.search(rf"第\s*{number}\s*页", page) for number, page in enumerate(overleaf, 1))
