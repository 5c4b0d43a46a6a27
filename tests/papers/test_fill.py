"""Templates: what fills them is text and nothing else, and what is wrong with one is told in plain words."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from rectify_xl.papers import write_bulletin, write_cards, write_notice
from rectify_xl.papers.fill import Template, copy_templates
from tests.support.ledgers import AS_OF, a_master, a_task
from tests.support.word import texts, whole

pytestmark = pytest.mark.slow

HOSTILE = (
    "{{ 7 * 7 }}",
    "{% for x in range(9) %}",
    "{{ cycler.__init__.__globals__ }}",
    "{#注释#}",
    "<w:p><w:r/></w:p>",
    "</w:t></w:r></w:p>",
    "甲&乙&amp；丙",
    "]]><!--",
    "\"引号'",
    "=1+1",
    "\\n\\t",
)


def own(folder: Path, *paragraphs: str, name: str = "通报.docx") -> Path:
    """A template of the office's own with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    (folder / "templates").mkdir(exist_ok=True)
    document.save(str(folder / "templates" / name))
    return folder


def fill(folder: Path, *paragraphs: str, **filling: object) -> bytes:
    template = Template("通报.docx", own(folder, *paragraphs))
    return template.fill({"标题": "题", **filling}, day=AS_OF, author="办")


def read(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]


def test_what_units_wrote_is_printed_and_never_obeyed(tmp_path: Path) -> None:
    tasks = [
        a_task(text, "市水务局", f"局{text}", flag="overdue", days=40, leaders=(f"柳{text}",), deadline=text, status=text)
        for text in HOSTILE
    ]
    master = a_master(tasks)
    write_bulletin(master, tmp_path / "通报.docx")
    write_notice(master, "市水务局", tmp_path / "函.docx")
    for name in ("通报.docx", "函.docx"):
        printed = whole(tmp_path / name)
        assert [text for text in HOSTILE if text not in printed] == []
    cards = " ".join(whole(path) for path in write_cards(master, tmp_path / "卡").values())
    assert [text for text in HOSTILE if " ".join(text.split())[:10] not in cards] == []


def test_a_control_character_in_a_task_is_shown_and_breaks_nothing(tmp_path: Path) -> None:
    task = a_task("1\x07", "市水务局", flag="overdue", days=40, leaders=("柳\x01青\x00禾",))
    write_bulletin(a_master([task]), tmp_path / "通报.docx")
    text = whole(tmp_path / "通报.docx")
    assert "任务1␇" in text
    assert "柳␁青␀禾" in text


def test_a_template_of_the_office_comes_first(tmp_path: Path) -> None:
    own(
        tmp_path, "红头文件", "{{ 活动名称 }}:{{ 任务总数 }}项", "{%p for 任务 in 预警任务 %}", "{{ 任务.编号 }}", "{%p endfor %}"
    )
    write_bulletin(a_master([a_task("1", "市水务局", flag="overdue", days=2)]), tmp_path / "通报.docx", folder=tmp_path)
    assert texts(tmp_path / "通报.docx") == ["红头文件", "澄湖市环保督察反馈问题整改\uff1a1项", "1"]


def test_a_folder_without_templates_takes_the_shipped_ones(tmp_path: Path) -> None:
    assert Template("通报.docx", tmp_path).path == resource("templates", "papers", "通报.docx")


def test_a_tag_that_word_has_cut_into_runs_is_still_one(tmp_path: Path) -> None:
    own(tmp_path, "")
    document = Document()
    paragraph = document.add_paragraph()
    for part in ("{", "{ 活动", "名称 ", "}}"):
        paragraph.add_run(part).font.size = Pt(16)
    document.save(str(tmp_path / "templates" / "通报.docx"))
    write_bulletin(a_master(), tmp_path / "通报.docx", folder=tmp_path)
    assert texts(tmp_path / "通报.docx") == ["澄湖市环保督察反馈问题整改"]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["{{ 标 题 }}"], "标记没有写完整"),
        (["{{ 总数 }}"], "没有“总数”.最接近的是 任务总数.这一项"),
        (["{% if 标题 %}{{ 不会用到 }}{% endif %}{% if false %}{{ 没有的 }}{% endif %}"], "没有“不会用到”"),
        (["{% if false %}{{ 没有的 }}{% endif %}"], "没有“没有的”这一项"),
        (["{% for 项 in 清单 %}{{ 项.编码 }}{% endfor %}"], "没有“编码”这一项.最接近的是 编号."),
        (["开头", "{%p if 标题 %}", "{{ 标题 }}"], "少了一个标记：if 没有对应的 endif"),
        (["{%p for 项 in 清单 %}", "{%p endfro %}"], "少了一个标记：for 没有对应的 endfor，或者“endfro”写错了"),
        (["{% inculde 标题 %}"], "不认识的标记“inculde”"),
        (["{{ 标题\uff0c}}"], "不能用的字符“\uff0c”；标记里的括号、引号、逗号要用英文.半角.的；在“{{ 标题\uff0c}}”附近"),
        (["{{ 标题.__class__.__mro__ }}"], "用了不允许的写法"),
        (["{{ 任务总数 + 标题 }}"], "填不出来"),
        (["{{ 任务总数 // 0 }}"], "填不出来"),
        (["{% include '别的' %}"], "填不出来"),
        (["{ { 标题 }}"], "“{ { 标题 }}”中的标记没有写对，会原样印出来"),
        (["\uff5b\uff5b 标题 \uff5d\uff5d"], "中的标记没有写对"),
        (["{% if not 标题 %}正文", "{%p endif %}"], "填好后不成文档"),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_name(tmp_path: Path, paragraphs: list[str], said: str) -> None:
    with pytest.raises(RectifyError, match=said) as told:
        fill(tmp_path, *paragraphs, 任务总数=3, 清单=[{"编号": "1"}])
    assert str(told.value).startswith(f"模板 {tmp_path / 'templates' / '通报.docx'}")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 encrypted", b"<html>"])
def test_a_template_that_is_no_word_document_is_told(tmp_path: Path, content: bytes) -> None:
    own(tmp_path, "")
    (tmp_path / "templates" / "通报.docx").write_bytes(content)
    with pytest.raises(RectifyError, match=r"通报\.docx: 不是 Word 文档"):
        write_bulletin(a_master(), tmp_path / "通报.docx", folder=tmp_path)
    assert not (tmp_path / "通报.docx").exists()


def test_a_workbook_named_docx_is_no_template(tmp_path: Path) -> None:
    own(tmp_path, "")
    (tmp_path / "templates" / "通报.docx").write_bytes(resource("templates", "task_list.xlsx").read_bytes())
    with pytest.raises(RectifyError, match="不是 Word 文档"):
        write_bulletin(a_master(), tmp_path / "通报.docx", folder=tmp_path)


def test_properties_are_the_papers_and_not_the_templates(tmp_path: Path) -> None:
    content = fill(tmp_path, "{{ 标题 }}", 标题="{{ 1 }}<题>\n目")
    properties = Document(BytesIO(content)).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("{{ 1 }}<题> 目", "办", "办")
    assert properties.created == properties.modified == datetime(2026, 11, 20, tzinfo=UTC)
    assert read(content) == ["{{ 1 }}<题>\n目"]


def test_no_part_says_when_it_was_written(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(fill(tmp_path, "{{ 标题 }}"))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


def test_templates_are_copied_to_be_edited_and_never_over_another(tmp_path: Path) -> None:
    copies = copy_templates(tmp_path / "活动")
    assert [path.name for path in copies] == ["任务卡.docx", "公示稿.docx", "督办函.docx", "通报.docx", "验收销号表.docx"]
    copies[0].unlink()
    with pytest.raises(RectifyError, match=r"公示稿\.docx 已经存在，没有改动任何文件"):
        copy_templates(tmp_path / "活动")
    assert not copies[0].exists()
    (tmp_path / "文件").touch()
    with pytest.raises(RectifyError, match="写不进这个文件夹"):
        copy_templates(tmp_path / "文件")


def test_copied_templates_make_the_same_papers(tmp_path: Path) -> None:
    copy_templates(tmp_path)
    master = a_master([a_task("1", "市水务局", flag="overdue", days=2)])
    write_bulletin(master, tmp_path / "a.docx")
    write_bulletin(master, tmp_path / "b.docx", folder=tmp_path)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_day_of_the_paper_is_the_masters(tmp_path: Path) -> None:
    write_bulletin(a_master(), tmp_path / "通报.docx")
    assert Document(str(tmp_path / "通报.docx")).core_properties.created.date() == date(2026, 11, 20)


def test_a_paper_that_reads_back_otherwise_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "通报.docx"
    path.write_bytes(b"old")
    real = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda file, content: real(file, content[:-1]))
    with pytest.raises(RectifyError, match="读回核对时不一致，原文件未改动"):
        write_bulletin(a_master(), path)
    assert path.read_bytes() == b"old"
