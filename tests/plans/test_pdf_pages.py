"""PDF over pages: tables that go on, running heads and the title below them, pages of columns among others, hanging items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.plans.files import read_source
from rectify_xl.plans.model import Plan
from rectify_xl.plans.source import Grid, Paragraph
from rectify_xl.plans.worker import read_file
from tests.support.pdf import Page, make_pdf

if TYPE_CHECKING:
    from pathlib import Path

XS = (50, 90, 250, 400, 545)
HEADINGS = ("序号", "存在问题", "整改措施", "责任单位")
TITLE = "青屿市水利专项检查问题整改清单"


def texts(pages: list[Page], path: Path) -> list[str]:
    path.write_bytes(make_pdf(pages))
    return [block.text for block in read_source(path).blocks if isinstance(block, Paragraph)]


def ruled(page: Page, rows: list[tuple[str, ...]], top: float = 780, height: float = 50, xs: tuple[int, ...] = XS) -> None:
    """A row of texts each; what is longer than its column goes on in the next line."""
    for at, row in enumerate(rows):
        y = top - at * height
        for column, text in enumerate(row):
            width = (xs[column + 1] - xs[column] - 8) // 10
            page.paragraph(xs[column] + 4, y - 14, text, width=width, pitch=12)
    bottom = top - len(rows) * height
    for x in xs:
        page.line(x, top, x, bottom)
    for at in range(len(rows) + 1):
        page.line(xs[0], top - at * height, xs[-1], top - at * height)


@pytest.mark.parametrize("repeated", [False, True])
def test_a_row_that_the_page_breaks_is_one_task(repeated: bool, tmp_path: Path) -> None:
    first, second = Page(), Page()
    ruled(first, [HEADINGS, ("1", "河道淤积", "清淤", "市水利局"), ("2", "水库渗漏", "查明水库左坝肩渗漏部位，委托", "市水利局")])
    head = [HEADINGS] if repeated else []
    ruled(second, [*head, ("", "", "专业单位加固。", ""), ("3", "堤防开裂", "修补", "市水利局")])
    for number, page in enumerate((first, second), 1):
        page.text(290, 30, f"— {number} —")
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([first, second]))
    plan = read_file(path)
    assert isinstance(plan, Plan)
    assert [(task.no, task.problem, task.measures) for task in plan.tasks] == [
        ("1", "河道淤积", ("清淤",)),
        ("2", "水库渗漏", ("查明水库左坝肩渗漏部位，委托专业单位加固。",)),
        ("3", "堤防开裂", ("修补",)),
    ]
    assert [task.places["problem"].page for task in plan.tasks] == [1, 1, 2]
    assert {doubt.code for doubt in plan.doubts} <= {"title_absent", "issuer_absent", "issue_date_absent", "running_heads"}


def test_a_cell_without_text_above_and_a_table_of_other_columns(tmp_path: Path) -> None:
    first, second, third = Page(), Page(), Page()
    ruled(first, [HEADINGS, ("1", "河道淤积", "清淤", "市水利局")])
    third.text(60, 800, "联系人及电话见下表，请各单位确定一名联络员并于月底前报整改办。")
    ruled(second, [("2", "水库渗漏", "加固", "市水利局")])
    ruled(third, [("局长", "0000-1101")], xs=(50, 200, 545))
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([first, second, third]))
    grids = [block for block in read_source(path).blocks if isinstance(block, Grid)]
    assert [max(cell.row for cell in grid.cells) for grid in grids] == [3, 1]
    assert [grids[0].page_of(row) for row in (1, 2, 3)] == [1, 1, 2]


def test_a_text_between_two_tables_keeps_them_apart(tmp_path: Path) -> None:
    first, second = Page(), Page()
    ruled(first, [HEADINGS, ("1", "河道淤积", "清淤", "市水利局")])
    second.text(60, 790, "附件2 另一张清单")
    ruled(second, [HEADINGS, ("1", "堤防开裂", "修补", "市水利局")], top=700)
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([first, second]))
    assert sum(isinstance(block, Grid) for block in read_source(path).blocks) == 2


@pytest.mark.parametrize("count", [2, 4])
def test_a_running_head_that_is_the_title_leaves_the_title(count: int, tmp_path: Path) -> None:
    pages = [Page() for _ in range(count)]
    for number, page in enumerate(pages, 1):
        page.text(60, 805, TITLE)
        page.text(60, 700, f"第{number}页的文字。")
        page.text(290, 30, f"- {number} -")
    pages[0].text(60, 770, TITLE)
    assert texts(pages, tmp_path / "a.pdf") == [TITLE, *(f"第{number}页的文字。" for number in range(1, count + 1))]
    assert read_source(tmp_path / "a.pdf").title == TITLE


def test_the_same_label_at_the_foot_of_two_pages_is_no_running_head(tmp_path: Path) -> None:
    pages = [Page(), Page()]
    for page in pages:
        page.paragraph(60, 780, "河道淤积严重，沿河居民多次反映，至今没有列入治理计划。", width=47)
        page.text(60, 60, "整改时限：立行立改")
    assert texts(pages, tmp_path / "a.pdf").count("整改时限：立行立改") == 2


def test_a_running_head_on_a_single_page_is_no_part_of_the_title(tmp_path: Path) -> None:
    page = Page()
    page.text(60, 805, TITLE)
    page.text(60, 780, TITLE)
    assert texts([page], tmp_path / "a.pdf") == [TITLE, TITLE]


def test_columns_among_pages_of_one_column_have_margins_of_their_own(tmp_path: Path) -> None:
    said = "河道岸坡弃渣堆积没有清运，下游取水口浑浊，附近村民多次反映，有关单位没有采取措施，问题一直没有得到解决"
    wide, narrow = Page(), Page()
    wide.paragraph(60, 780, f"总体要求。{said}。", width=47)
    prose = [text for sign in "123456789" for text in (f"{sign}.{said}。", "整改时限：2026年5月底以前全部完成")]
    for x, column in ((60, prose[:10]), (310, prose[10:])):
        y = 780.0
        for text in column:
            y = narrow.paragraph(x, y, text, width=21)
    assert texts([wide, narrow], tmp_path / "a.pdf") == [f"总体要求。{said}。", *prose]


def test_items_that_hang_are_whole(tmp_path: Path) -> None:
    page = Page()
    item = "疏通河道" * 12
    for at in range(3):
        page.text(70, 780 - at * 45, "•" + item[:44])
        page.text(80, 765 - at * 45, item[44:] + "。")
    y = page.paragraph(60, 600, "甲" * 47 + "乙", width=47)
    assert y
    assert texts([page], tmp_path / "a.pdf") == ["•" + item + "。"] * 3 + ["甲" * 47 + "乙"]


def test_a_row_of_which_every_cell_is_torn_and_one_that_only_lacks_its_merged_number(tmp_path: Path) -> None:
    first, second = Page(), Page()
    ruled(first, [HEADINGS, ("1", "河" * 15, "清" * 14, "市" * 13)], height=26)
    ruled(second, [("", "道淤积", "淤疏浚", "水利局"), ("2", "水库渗漏", "加固", "市水利局")])
    whole = make_pdf([first, second])
    (tmp_path / "a.pdf").write_bytes(whole)
    plan = read_file(tmp_path / "a.pdf")
    assert isinstance(plan, Plan)
    assert [(task.no, task.problem, task.measures) for task in plan.tasks] == [
        ("1", "河" * 15 + "道淤积", ("清" * 14 + "淤疏浚",)), ("2", "水库渗漏", ("加固",)),
    ]  # fmt: skip
    third = Page()
    ruled(third, [HEADINGS, ("1", "河道淤积", "清淤", "市水利局")], height=26)
    (tmp_path / "b.pdf").write_bytes(make_pdf([third, second]))
    (grid,) = (block for block in read_source(tmp_path / "b.pdf").blocks if isinstance(block, Grid))
    assert max(cell.row for cell in grid.cells) == 4  # nothing above was torn: the row is its own


def test_a_column_beside_which_nothing_stands(tmp_path: Path) -> None:
    said = "河道岸坡弃渣堆积没有清运，下游取水口浑浊，附近村民多次反映，有关单位没有采取措施，问题一直没有得到解决"
    full, last = Page(), Page()
    prose = [f"{sign}、{said}。" for sign in "一二三四五六七八九十"]
    for x, column in ((60, prose[:5]), (310, prose[5:])):
        y = 780.0
        for text in column:
            y = full.paragraph(x, y, text, width=21)
    last.paragraph(60, 780, f"第{said}。", width=21)
    assert texts([full, last], tmp_path / "a.pdf") == [*prose, f"第{said}。"]
    alone = Page()
    y = 780.0
    for text in prose[:4]:
        y = alone.paragraph(60, y, text, width=21)
    assert texts([alone], tmp_path / "b.pdf") == prose[:4]


@pytest.mark.parametrize(
    ("first", "second"), [("牵头单位：汐渡市某某海事处", "配合单位：市财政局"), ("牵头：汐渡市某某某某海事处", "配合：市财政局")]
)
def test_a_label_in_a_full_cell_begins_a_line(first: str, second: str, tmp_path: Path) -> None:
    page = Page()
    page.text(404, 716, first)  # as wide as the column
    page.text(404, 704, second)
    ruled(page, [HEADINGS, ("1", "渡口没有救生设备", "采购", "")])
    (tmp_path / "a.pdf").write_bytes(make_pdf([page]))
    (grid,) = (block for block in read_source(tmp_path / "a.pdf").blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells][-1] == f"{first}\n{second}"


def test_a_form_goes_on_with_its_next_label(tmp_path: Path) -> None:
    first, second = Page(), Page()
    ruled(first, [("问题编号", "1", "包案领导", "何汀 副市长")])
    rows = [("具体问题", "航标灯损坏", "", ""), ("整改措施", "更换", "整改时限", "5月底前"), ("责任单位", "市海事处", "", "")]
    ruled(second, rows)
    (tmp_path / "a.pdf").write_bytes(make_pdf([first, second]))
    plan = read_file(tmp_path / "a.pdf")
    assert isinstance(plan, Plan)
    assert [(task.no, task.problem, len(task.leaders)) for task in plan.tasks] == [("1", "航标灯损坏", 1)]


def test_a_paper_of_short_lines_has_no_column_as_narrow_as_most_of_them(tmp_path: Path) -> None:
    page = Page()
    lines = (
        "关于沙河非法采砂问题的督办通知", "雁浦县人民政府：", "一、督办事项",
        "沙河三桥下游500米处存在非法采砂行为，造成河岸崩塌，", "群众反映强烈。", "二、整改要求",
        "立即停止违法采砂，恢复河岸原状。", "三、整改措施", "1.查扣采砂设备。", "2.实施河岸修复。", "四、责任单位",
        "雁浦县水利局、雁浦县公安局", "五、整改时限", "2026年4月30日前", "联系人：李明", "岚浦市河长办",
    )  # fmt: skip
    for at, line in enumerate(lines):
        page.text(60, 780 - 24 * at, line)
    assert texts([page], tmp_path / "a.pdf")[-6:] == list(lines[-6:])
