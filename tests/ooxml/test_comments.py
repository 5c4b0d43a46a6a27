from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from rectify_xl.ooxml.comments import Comments
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.sheet_part import SheetPart
from rectify_xl.ooxml.threads import remove_person
from tests.support.workbooks import MAIN, OFFICE, RELATIONS, by_xlsxwriter, layout, package, patch, sheet_xml

if TYPE_CHECKING:
    from pathlib import Path

_BOOK, _SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
_THREADS = "http://schemas.openxmlformats.org/package/2006/relationships"
LINES = ("-- check --", "first finding", "second finding")


class Opened:
    """A package with the comments of its first sheet."""

    def __init__(self, path: Path) -> None:
        self.package = Package(io.BytesIO(path.read_bytes()))
        self.sheet = SheetPart(_SHEET, self.package.read(_SHEET))
        self.comments = Comments(self.package, self.sheet, _BOOK, font="宋体")

    def save(self, path: Path) -> Path:
        self.comments.save()
        self.package.write(_SHEET, self.sheet.join())
        self.package.save(path)
        return path


def shown(path: Path) -> dict[str, tuple[str, str]]:
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    return {
        cell.coordinate: (cell.comment.author, cell.comment.text) for row in sheet.iter_rows() for cell in row if cell.comment
    }


def drawing(package: Package) -> str:
    (name,) = [part for part in package.under("xl/drawings/") if part.endswith(".vml")]
    return package.read(name).decode()


def anchors(package: Package) -> list[list[int]]:
    return [list(map(int, found.split(","))) for found in re.findall(r"<\w+:Anchor>([^<]*)<", drawing(package))]


def bare(path: Path) -> Path:
    return by_xlsxwriter(path, layout([["A", "B"], ["1", "2"]]))


def test_a_sheet_without_comments_gets_its_first(tmp_path: Path) -> None:
    opened = Opened(bare(tmp_path / "a.xlsx"))
    opened.comments.append((2, 2), "office", LINES)
    path = opened.save(tmp_path / "b.xlsx")
    assert shown(path) == {"B2": ("office", "\n".join(LINES))}
    assert 'ObjectType="Note"' in drawing(opened.package)
    assert "visibility:hidden" in drawing(opened.package)
    assert b"<legacyDrawing" in opened.package.read(_SHEET)


@pytest.mark.parametrize("own", ["by openpyxl", "by XlsxWriter"])
def test_a_clerk_s_own_comment_stays_above_ours(tmp_path: Path, own: str) -> None:
    path = tmp_path / "a.xlsx"
    if own == "by openpyxl":
        book: Any = openpyxl.Workbook()
        book.active["B2"].comment = Comment("call me", "clerk")
        book.active["C3"].comment = Comment("another", "chief")
        book.save(path)
    else:
        import xlsxwriter

        written = xlsxwriter.Workbook(path)
        sheet = written.add_worksheet()
        sheet.write_comment("B2", "call me", {"author": "clerk"})
        sheet.write_comment("C3", "another", {"author": "chief"})
        written.close()
    opened = Opened(path)
    boxes = drawing(opened.package).count("ClientData ")
    opened.comments.append((2, 2), "office", LINES)
    after = opened.save(tmp_path / "b.xlsx")
    assert shown(after) == {"B2": ("clerk", "call me\n" + "\n".join(LINES)), "C3": ("chief", "another")}
    assert drawing(opened.package).count("ClientData ") == boxes


def test_a_small_box_grows_and_a_large_one_stays(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_comment("B2", "small", {"width": 90, "height": 30})
    sheet.write_comment("B20", "large", {"width": 700, "height": 500})
    book.close()
    opened = Opened(tmp_path / "a.xlsx")
    before = anchors(opened.package)
    for row in (2, 20):
        opened.comments.append((row, 2), "office", [*LINES, "a long line " * 20])
    opened.save(tmp_path / "b.xlsx")
    after = anchors(opened.package)
    assert after[1] == before[1]
    assert after[0][:1] == before[0][:1]
    assert after[0][4] > before[0][4]
    assert after[0][6] > before[0][6]


def test_a_box_without_an_anchor_gets_one(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.active["B2"].comment = Comment("call me", "clerk")
    book.save(tmp_path / "a.xlsx")
    opened = Opened(tmp_path / "a.xlsx")
    assert anchors(opened.package) == []
    opened.comments.append((2, 2), "office", LINES)
    opened.save(tmp_path / "b.xlsx")
    assert len(anchors(opened.package)) == 1


def test_taking_our_words_back_leaves_the_clerk_s(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.active["B2"].comment = Comment("call me", "clerk")
    book.save(tmp_path / "a.xlsx")
    opened = Opened(tmp_path / "a.xlsx")
    opened.comments.append((2, 2), "office", LINES)
    opened.comments.append((3, 3), "office", LINES)
    again = Opened(opened.save(tmp_path / "b.xlsx"))
    assert again.comments.texts()[3, 3] == "\n".join(LINES)
    again.comments.set_texts({(2, 2): "call me"})
    again.comments.set_texts({(3, 3): ""})
    again.comments.drop_author("office")
    after = again.save(tmp_path / "c.xlsx")
    assert shown(after) == {"B2": ("clerk", "call me")}
    assert b"office" not in again.package.read(again.comments.part)
    assert drawing(again.package).count("ClientData ") == 1


def test_with_the_last_comment_its_parts_go(tmp_path: Path) -> None:
    opened = Opened(bare(tmp_path / "a.xlsx"))
    names = set(opened.package.under(""))
    sheet = opened.package.read(_SHEET)
    opened.comments.append((2, 2), "office", LINES)
    again = Opened(opened.save(tmp_path / "b.xlsx"))
    again.comments.set_texts({(2, 2): " "})
    again.save(tmp_path / "c.xlsx")
    assert set(again.package.under("")) == names
    assert again.package.read(_SHEET) == sheet


def test_pictures_in_headers_are_no_notes(tmp_path: Path) -> None:
    vml = '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="CH"><v:imagedata/></v:shape></xml>'
    rels = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/vmlDrawing" '
        'Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    )
    path = package(
        tmp_path / "a.xlsx",
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', after=f'<legacyDrawingHF xmlns:r="{OFFICE}" r:id="rId1"/>'),
        parts={"xl/drawings/vmlDrawing1.vml": vml, "xl/worksheets/_rels/sheet1.xml.rels": rels},
    )
    opened = Opened(path)
    opened.comments.append((1, 1), "office", LINES)
    opened.save(tmp_path / "b.xlsx")
    assert opened.package.read("xl/drawings/vmlDrawing1.vml").decode() == vml
    assert "Note" in opened.package.read("xl/drawings/vmlDrawing2.vml").decode()
    assert opened.sheet.join().index(b"<legacyDrawing ") < opened.sheet.join().index(b"<legacyDrawingHF")


def test_controls_in_the_same_drawing_stay_when_our_notes_go(tmp_path: Path) -> None:
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s2049" type="#b"><v:textbox>Go<br></v:textbox>'
        '<x:ClientData ObjectType="Button"><x:Anchor>1,2,3,4,5,6,7,8</x:Anchor></x:ClientData></v:shape></xml>'
    )
    rels = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId7" Type="{OFFICE}/vmlDrawing" '
        'Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    )
    path = package(
        tmp_path / "a.xlsx",
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', after=f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId7"/>'),
        parts={"xl/drawings/vmlDrawing1.vml": vml, "xl/worksheets/_rels/sheet1.xml.rels": rels},
    )
    opened = Opened(path)
    opened.comments.append((1, 1), "office", LINES)
    again = Opened(opened.save(tmp_path / "b.xlsx"))
    assert "_x0000_s2050" in drawing(again.package)
    again.comments.set_texts({(1, 1): ""})
    again.save(tmp_path / "c.xlsx")
    assert "Button" in drawing(again.package)
    assert "Note" not in drawing(again.package)
    assert again.comments.part == ""


def threaded(path: Path) -> Path:
    bare(path)
    thread = (
        '<ThreadedComments xmlns="t"><threadedComment ref="B2" dT="2026-01-01T00:00:00.00" personId="{P}" id="{1}">'
        '<text>why?</text></threadedComment><threadedComment ref="B2" dT="2026-01-02T00:00:00.00" personId="{P}" id="{2}" '
        'parentId="{1}"><text>because</text></threadedComment><threadedComment ref="A1" dT="2026-01-02T00:00:00.00" '
        'personId="{P}" id="{3}"><text>other</text></threadedComment></ThreadedComments>'
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList><comment ref="B2" authorId="0">'
        "<text><t>[Threaded comment] why?</t></text></comment></commentList></comments>"
    )
    rels = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="rId2" Type="{kind}/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
        "</Relationships>"
    )
    return patch(
        path,
        {
            "xl/comments1.xml": comments.encode(),
            "xl/threadedComments/threadedComment1.xml": thread.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": rels.encode(),
        },
    )


def test_a_thread_gets_a_reply_and_its_note_our_lines(tmp_path: Path) -> None:
    opened = Opened(threaded(tmp_path / "a.xlsx"))
    before = opened.package.read("xl/threadedComments/threadedComment1.xml")
    opened.comments.append((2, 2), "office", LINES)
    opened.comments.threads.reply((2, 2), "office", "\n".join(LINES), "2026-11-21T00:00:00.00")
    opened.comments.threads.reply((9, 9), "office", "nothing there", "2026-11-21T00:00:00.00")
    again = Opened(opened.save(tmp_path / "b.xlsx"))
    thread = again.package.read("xl/threadedComments/threadedComment1.xml").decode()
    assert re.findall(r"parentId=\"([^\"]*)\"", thread) == ["{1}", "{1}"]
    assert thread.index("because") < thread.index("second finding") < thread.index("other")
    assert 'displayName="office"' in again.package.read("xl/persons/person1.xml").decode()
    assert again.comments.texts()[2, 2] == "[Threaded comment] why?\n" + "\n".join(LINES)

    again.comments.threads.remove_replies()
    again.comments.set_texts({(2, 2): "[Threaded comment] why?"})
    again.save(tmp_path / "c.xlsx")
    remove_person(again.package, _BOOK)
    assert again.package.read("xl/threadedComments/threadedComment1.xml") == before
    assert b"displayName" not in again.package.read("xl/persons/person1.xml")


def test_we_are_named_once_among_the_persons(tmp_path: Path) -> None:
    opened = Opened(threaded(tmp_path / "a.xlsx"))
    opened.comments.threads.reply((2, 2), "office", "one", "2026-11-21T00:00:00.00")
    again = Opened(opened.save(tmp_path / "b.xlsx"))
    again.comments.threads.remove_replies()
    again.comments.threads.reply((2, 2), "office", "two", "2026-11-21T00:00:00.00")
    again.save(tmp_path / "c.xlsx")
    assert again.package.read("xl/persons/person1.xml").count(b"displayName") == 1
    assert b"one" not in again.package.read("xl/threadedComments/threadedComment1.xml")


def test_comments_that_name_no_cell_are_left_alone(tmp_path: Path) -> None:
    path = threaded(tmp_path / "a.xlsx")
    patch(path, {"xl/comments1.xml": lambda part: part.replace(b'ref="B2"', b'ref="nowhere"')})
    opened = Opened(path)
    assert opened.comments.texts() == {}
    opened.comments.append((2, 2), "office", LINES)
    assert b'ref="nowhere"' in Opened(opened.save(tmp_path / "b.xlsx")).package.read("xl/comments1.xml")


def test_a_part_without_lists_or_texts_is_filled_in(tmp_path: Path) -> None:
    path = threaded(tmp_path / "a.xlsx")
    patch(path, {"xl/comments1.xml": f'<x:comments xmlns:x="{MAIN}"/>'.encode()})
    opened = Opened(path)
    opened.comments.append((1, 1), "office", LINES)
    assert shown(opened.save(tmp_path / "b.xlsx")) == {"A1": ("office", "\n".join(LINES))}
    bare_list = f'<comments xmlns="{MAIN}"><commentList><comment ref="A1" authorId="0"/></commentList></comments>'
    patch(path, {"xl/comments1.xml": bare_list.encode()})
    opened = Opened(path)
    opened.comments.append((1, 1), "office", LINES)
    assert opened.comments.texts() == {(1, 1): "\n".join(LINES)}
