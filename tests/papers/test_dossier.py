"""验收销号表: which materials are there, and what the form says."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from rectify_xl.campaign.material_settings import Materials
from rectify_xl.campaign.settings import Campaign, Closing
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from rectify_xl.papers import write_dossiers
from rectify_xl.papers.chosen import task_named, tasks_named
from rectify_xl.papers.materials import MaterialsFolder, dossier_of, doubts_of
from tests.support.ledgers import CAMPAIGN, a_master, a_task
from tests.support.office import convert, needs_office
from tests.support.word import tables, whole, zh

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.materials import Dossier

NAMES = ("销号申请表", "情况说明", "佐证材料", "验收意见")


def office(folder: Path | None = None, **kinds: tuple[str, ...]) -> Campaign:
    closing = Closing(("apply", "accept", "notice", "close", "file"), materials=Materials({"default": NAMES, **kinds}, folder))
    return replace(CAMPAIGN, closing=closing)


def found(task: TaskRecord, folder: Path | None = None, *others: TaskRecord) -> Dossier:
    return dossier_of(task, NAMES, MaterialsFolder(folder, a_master([task, *others])))


def ticked(dossier: Dossier) -> list[str]:
    return [one.name for one in dossier.materials if one.found]


@pytest.mark.parametrize(
    ("evidence", "there"),
    [
        (None, []), ("无", []), ("/", []), ("监测报告2份", ["佐证材料"]), ("销号申请表、情况说明", ["销号申请表", "情况说明"]),
        ("情况说明（待补）", []), ("缺验收意见", []), ("销号申请表，照片3张，验收意见未出具", ["销号申请表", "佐证材料"]),
        ("佐证材料尚未收集", []), ("1.整改情况说明\n2.验收意见\n3.现场照片", ["情况说明", "佐证材料", "验收意见"]),
        ("暂无", []), ("无害化处置合同", ["佐证材料"]), ("节能验收意见5份", ["佐证材料", "验收意见"]),
        ("整改情况说明2份、验收意见原件", ["情况说明", "验收意见"]), ("不动产登记证", ["佐证材料"]), ("验收意见不涉及", []),
        ("验收意见：无", []), ("验收意见：见附件", ["验收意见"]),
        ("缺销号申请表、情况说明", []), ("销号申请表、情况说明均未提供", []), ("销号申请表、情况说明，均未提供", []),
        ("销号申请表、情况说明、验收意见（待补）", ["销号申请表", "情况说明"]),
        ("未提供：\n情况说明\n验收意见", []), ("未提供：\n情况说明\n已提供：\n验收意见", ["验收意见"]),
        ("已提供：销号申请表；未提供：情况说明、验收意见", ["销号申请表"]), ("缺验收意见，情况说明已交", ["情况说明"]),
        ("缺验收意见，情况说明", []), ("尚缺情况说明。照片5张", ["佐证材料"]),
        ("销号申请表和情况说明见附件", ["销号申请表", "情况说明"]),
        ("验收意见待出具；销号申请表", ["销号申请表"]), ("情况说明未盖章", []), ("无验收意见", []), ("验收意见 pending", []),
        ("销号申请表，验收意见（后补），情况说明", ["销号申请表", "情况说明"]),
        ("已提交销号申请表，没有情况说明", ["销号申请表"]),
        ("暂无材料", []), ("#REF!", []), ("佐证材料：详见附件", ["佐证材料"]),
    ],
)  # fmt: skip
def test_what_the_column_of_evidence_ticks(evidence: str | None, there: list[str]) -> None:
    assert ticked(found(a_task("3", evidence=evidence))) == there


def test_a_material_called_after_the_rectification_is_no_other_thing() -> None:
    names = ("整改情况说明", "佐证材料")
    tasks = [a_task("3", evidence=text) for text in ("整改情况说明2份", "整改情况说明2份、照片")]
    only, more = (dossier_of(task, names, MaterialsFolder(None, a_master([task]))) for task in tasks)
    assert [one.found for one in only.materials] == [("整改情况说明2份",), ()]
    assert [one.found for one in more.materials] == [("整改情况说明2份",), ("照片",)]


def fill(folder: Path, *paths: str, text: str = "x") -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def test_files_tick_by_their_names(tmp_path: Path) -> None:
    fill(tmp_path, "3 北桥泵站/销号申请表.pdf", "3 北桥泵站/佐证材料/照片1.jpg", "3 北桥泵站/会议.docx", "3 北桥泵站/~$会议.docx")
    fill(tmp_path, "3 北桥泵站/验收意见.pdf", text="")
    fill(tmp_path, "3 北桥泵站/情况说明（待补）.txt")
    fill(tmp_path, "31/情况说明.docx", "3-1 支流/情况说明.docx", "情况说明.docx")
    dossier = found(a_task("3"), tmp_path, a_task("3-1"))
    assert ticked(dossier) == ["销号申请表", "佐证材料"]
    assert dossier.materials[2].found == ("3 北桥泵站/佐证材料/照片1.jpg",)
    assert (dossier.others, dossier.empty) == (
        ("3 北桥泵站/会议.docx", "3 北桥泵站/情况说明（待补）.txt"),
        ("3 北桥泵站/验收意见.pdf",),
    )
    told = [doubt.zh for doubt in doubts_of(dossier)]
    assert told == ["缺材料：情况说明、验收意见", "空文件或链接，没有计入：3 北桥泵站/验收意见.pdf"]


def test_a_folder_may_be_called_after_the_key_and_a_shared_number_is_nobodys(tmp_path: Path) -> None:
    fill(tmp_path, "T0002/情况说明.docx", "03/验收意见.pdf")
    one, other = replace(a_task("3"), key="T0001"), replace(a_task("3"), key="T0002")
    assert ticked(found(one, tmp_path, other)) == []
    assert ticked(found(other, tmp_path, one)) == ["情况说明"]
    assert ticked(found(one, tmp_path)) == ["验收意见"]


def test_what_is_said_to_be_missing_and_lies_there_is_told(tmp_path: Path) -> None:
    fill(tmp_path, "3/验收意见.pdf")
    told = [doubt.zh for doubt in doubts_of(found(a_task("3", evidence="缺验收意见"), tmp_path))]
    assert told[1] == "佐证材料一栏说缺、又有文件，请核对：验收意见"


def test_materials_by_kind_of_task() -> None:
    wanted = Materials({"default": NAMES, "工程类": ("竣工验收报告", "照片"), "监管类": ("照片", "会议纪要")})
    assert wanted.of("工程类") == ("竣工验收报告", "照片")
    assert wanted.of("工程类、监管类") == ("竣工验收报告", "照片", "会议纪要")
    assert wanted.of("其他") == wanted.of("") == NAMES


def named(rows: list[list[str]]) -> dict[str, str]:
    """What stands beside each name, one or two of them on a line."""
    return {row[at]: row[at + 1] for row in rows for at in (2, 0) if at + 1 < len(row)}


def test_the_form(tmp_path: Path) -> None:
    fill(tmp_path, *(f"材料/3/照片{at}.jpg" for at in range(9)))
    task = a_task(
        "3", "市水务局", status="已完成", problem="北桥泵站未建成", measures="1.甲；\n2.乙。", evidence="情况说明（待补）",
        accepted_on=date(2026, 10, 30), accepted_by="钟离岳", publicity_start=date(2026, 11, 2),
        applied_on="2026-10-21\n2026-10-22",
    )  # fmt: skip
    master = a_master([task], office(tmp_path / "材料"))
    (paper,) = write_dossiers(master, [task], tmp_path / "表")
    assert paper.path == tmp_path / "表" / "验收销号表-3.docx"
    assert "缺材料" in paper.checks[0].zh
    short = replace(task, values={**task.values, "publicity_end": date(2026, 11, 6)})
    (told, *_) = write_dossiers(master, [short], tmp_path / "短")[0].checks
    assert "天数不足" in told.zh
    about, materials, steps = tables(tmp_path / "表" / "验收销号表-3.docx")
    assert named(about)["整改措施"] == "1.甲；\n2.乙。"
    assert materials[1:3] == [["1", "销号申请表", "", "√", ""], ["2", "情况说明", "", "√", "填报：情况说明（待补）"]]
    assert [row[:3] for row in steps[1:]] == [
        ["申请销号", "2026年10月21日；2026年10月22日", ""], ["验收", "2026年10月30日", "钟离岳"],
        ["公示", "2026年11月2日至2026年11月13日", ""], ["销号", "　　年　月　日", ""], ["归档", "　　年　月　日", ""],
    ]  # fmt: skip
    assert zh("等9件") in zh(whole(tmp_path / "表" / "验收销号表-3.docx"))
    (english,) = write_dossiers(master, [a_task("4", "市水务局")], tmp_path / "表", lang="en")
    assert english.path
    assert "Conclusion" in whole(english.path)
    assert "还没有办结" in english.checks[0].zh


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="打不开材料文件夹"):
        write_dossiers(a_master([a_task()], office(tmp_path / "无")), [a_task()], tmp_path / "表")


def test_tasks_by_number_or_key() -> None:
    tasks: list[Any] = [replace(a_task(number), key=f"T000{at}") for at, number in enumerate(("1", "第2项", "3", "3"), 1)]
    master = a_master(tasks)
    assert tasks_named(master, ("2", "T0001", "1")) == (tasks[0], tasks[1])
    assert task_named(master, "T0004") is tasks[3]
    with pytest.raises(RectifyError, match="T0003、T0004"):
        task_named(master, "3")
    with pytest.raises(RectifyError, match="没有任务“9”"):
        task_named(master, "9")


def test_the_form_shows_what_came_back_and_how_often_it_was_extended(tmp_path: Path) -> None:
    plain = a_task("1", status="已销号", deadline="2026年12月31日前")
    marked = replace(
        a_task("2", status="已销号", deadline="2026年12月31日前", reopened_on=date(2026, 11, 3), reopen_reason="再次渗漏\n已告"),
        due=date(2027, 6, 30), reason="extended:2",
    )  # fmt: skip
    master = a_master([plain, marked])
    write_dossiers(master, [plain, marked], tmp_path)
    one, two = (named(tables(tmp_path / f"验收销号表-{number}.docx")[0]) for number in (1, 2))
    assert "反弹" not in one
    assert "延期" not in one["整改时限"]
    assert two["反弹"] == "2026年11月3日：再次渗漏\n已告"
    assert two["整改时限"] == "2026年12月31日前（到期日 2027-06-30），已延期2次"
    write_dossiers(master, [marked], tmp_path, lang="en")
    assert "extended 2 times" in whole(next(path for path in tmp_path.iterdir() if path.stem.isascii()))


def test_the_form_of_another_task_with_such_a_file_name_stays(tmp_path: Path) -> None:
    tasks = [replace(a_task(number, status="已销号"), key=key) for number, key in (("1/2", "T0001"), ("1_2", "T0002"))]
    master = a_master(tasks)
    first, second, again = (write_dossiers(master, [task], tmp_path)[0].path for task in (*tasks, tasks[0]))
    assert first is not None
    assert (first.stem, second.stem if second else "") == ("验收销号表-1_2", "验收销号表-1_2(2)")
    assert again == first
    assert len(list(tmp_path.iterdir())) == 2
    same = replace(a_task("1/2", status="已销号"), key="T0003")
    (other,) = write_dossiers(master, [same], tmp_path)
    assert other.path
    assert other.path.stem == "验收销号表-1_2(3)"


def test_the_form_of_a_task_that_came_back_is_filled_in_anew(tmp_path: Path) -> None:
    former = {
        "accepted_on": date(2026, 8, 3), "accepted_by": "钟离岳", "publicity_start": date(2026, 8, 4),
        "closed_on": date(2026, 8, 18), "reopened_on": date(2026, 10, 12),
    }  # fmt: skip
    task = a_task("1", status="已完成", **former)
    (paper,) = write_dossiers(a_master([task]), [task], tmp_path)
    assert paper.path
    steps = tables(paper.path)[-1]
    assert [row[1:3] for row in steps[1:]] == [["　　年　月　日", ""]] * len(steps[1:])


@pytest.mark.parametrize("name", ["验收销号表.docx", "dossier.docx"])
def test_a_long_task_begins_below_the_title_of_its_form(name: str) -> None:
    """Rows that are all kept with the next one would begin on a page of their own as soon as they do not fit on one."""
    rows = Document(str(resource("templates", "papers") / name)).tables[0].rows
    names = [row.cells[0].paragraphs[0] for row in rows if row.cells[0].paragraphs[0].style.name == "表头"]
    assert len(names) > 6
    assert {name.paragraph_format.keep_with_next for name in names} == {False}


@needs_office
def test_a_form_with_a_long_title_and_eight_steps_is_one_page(tmp_path: Path) -> None:
    steps = ("apply", "review", "inspect", "accept", "sign", "notice", "recheck", "close")
    campaign = replace(CAMPAIGN, closing=Closing(steps), name="澄湖市贯彻落实省专项督察反馈意见问题整改暨历史遗留矿山修复")
    task = a_task("1", "市水务局", status="已完成", problem="北桥泵站未建成", measures="建成。", reopened_on=date(2026, 10, 12))
    write_dossiers(a_master([task], campaign), [task], tmp_path)
    (pdf,) = convert([tmp_path / "验收销号表-1.docx"], "pdf", tmp_path)
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+1\n", told), told
