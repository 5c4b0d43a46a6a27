"""A text that was copied out of a PDF: all its lines are broken at one width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.text_layout import units
from rectify_xl.plans.model import Plan
from rectify_xl.plans.readers.line_breaks import broken_at, joined_lines, stops
from rectify_xl.plans.worker import read_file
from tests.support.plan_documents import plans

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = (
    "鹤鸣市贯彻落实省环境保护督察反馈意见整改方案",
    "省督察组向我市反馈了2个问题，市委、市政府高度重视，逐条研究制定了整改措施，现将整改方案公布如下，接受社会各界的监督。",
    "1.生活垃圾焚烧发电厂飞灰处置不规范，约2600吨飞灰长期堆存在厂区内，未按要求进行螯合固化处理，存在较大环境风险隐患。",
    "整改目标：飞灰全部安全处置，新产生的飞灰日产日清，并建立长效监管机制，确保设施规范运行、台账完整、去向可查。",
    "整改措施：",
    "（1）委托有资质单位对堆存飞灰进行螯合固化后送填埋场分区填埋，处置全过程视频监控并留存台账备查，每月向社会公开。",
    "（2）建设飞灰固化车间一座。",
    "责任单位：市城市管理局牵头，市生态环境局、市财政局、鹤鸣区人民政府、高新技术产业开发区管委会配合",
    "整改时限：2025年12月31日前完成飞灰固化车间建设，2026年3月31日前完成全部存量飞灰处置任务",
    "2.部分加油站未落实防渗改造要求。",
    "整改目标：全部完成改造。",
    "整改措施：停业整改。",
    "责任单位：市商务局",
    "整改时限：2025年8月31日前",
)


def broken(text: str, width: int) -> list[str]:
    """A paragraph in lines of a width; no line begins with punctuation."""
    lines, line = [], ""
    for sign in text:
        if units(line + sign) > width and sign not in "，。；、）：”":
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


@pytest.mark.parametrize("width", [56, 72, 80])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_its_paragraphs_are_whole(width: int, encoding: str, tmp_path: Path) -> None:
    lines = [line for text in PARAGRAPHS for line in broken(text, width)]
    path = tmp_path / "方案.txt"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    plan = read_file(path)
    assert isinstance(plan, Plan)
    first, second = plan.tasks
    assert first.problem == PARAGRAPHS[2][2:]
    assert first.target == PARAGRAPHS[3][5:]
    assert first.measures == (PARAGRAPHS[5][3:], PARAGRAPHS[6][3:])
    assert (first.lead_units, first.coop_units[-1]) == (("市城市管理局",), "高新技术产业开发区管委会")
    assert first.deadline_text == PARAGRAPHS[8][5:]
    assert (second.problem, second.deadline_text) == ("部分加油站未落实防渗改造要求。", "2025年8月31日前")
    assert second.places["problem"].paragraph == lines.index(PARAGRAPHS[9]) + 1  # as an editor counts


def test_paragraphs_are_no_broken_lines() -> None:
    assert broken_at(PARAGRAPHS) == 0
    assert broken_at([]) == 0
    assert broken_at(["责任单位：" + "市水利局、" * 6] * 8) == 0
    assert [plan.name for plan in plans() if broken_at(plan.text().splitlines())] == []


def test_an_indented_line_begins_a_paragraph() -> None:
    assert list(joined_lines(["甲" * 30, "乙" * 30, "　　丙", "", "丁"], 60)) == [
        ("甲" * 30 + "乙" * 30, 2), ("　　丙", 1), ("", 1), ("丁", 1),
    ]  # fmt: skip
    assert list(joined_lines([], 60)) == []


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "第{}页 共9页"])
@pytest.mark.parametrize("head", [[], [PARAGRAPHS[0]]])
@pytest.mark.parametrize("blank", [[], [""]])
def test_what_stands_between_pages_parts_no_paragraph(number: str, head: list[str], blank: list[str], tmp_path: Path) -> None:
    lines = [line for text in PARAGRAPHS for line in broken(text, 56)]
    pages = [lines[at : at + 7] for at in range(0, len(lines), 7)]
    text = [line for at, page in enumerate(pages, 1) for line in (*page, *blank, number.format(at), *blank, *head)]
    path = tmp_path / "方案.txt"
    path.write_text("\n".join(text), "utf-8")
    plan = read_file(path)
    assert isinstance(plan, Plan)
    first, second = plan.tasks
    assert (first.problem, first.target) == (PARAGRAPHS[2][2:], PARAGRAPHS[3][5:])
    assert first.measures == (PARAGRAPHS[5][3:], PARAGRAPHS[6][3:])
    assert (first.coop_units[-1], first.deadline_text) == ("高新技术产业开发区管委会", PARAGRAPHS[8][5:])
    assert (second.problem, second.deadline_text) == ("部分加油站未落实防渗改造要求。", "2025年8月31日前")
    assert second.places["problem"].paragraph == text.index(PARAGRAPHS[9]) + 1  # as an editor counts
    assert [doubt.code for doubt in plan.doubts if doubt.code == "running_heads"] == ["running_heads"]
    assert plan.left_out == tuple(line for line in text if line in head[:1] or line.startswith(number[:1]))[bool(head) :]


def test_a_label_that_is_broken_is_one_although_its_end_looks_like_one() -> None:
    assert not stops("1.道路破损。整改措施：修补路面。责任", "单位：市城管局。整改时限：5月底前。")
    assert stops("1.道路破损。整改措施：修补路面。", "单位：市城管局。整改时限：5月底前。")
