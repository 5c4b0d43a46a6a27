"""Two published plans as campaigns, from what they say to the strike-off; what units answer is invented.

They are kept beside the project, and skipped where absent. docs/two-rounds.md has an invented counterpart of each.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from rectify_xl.ledger.reading import read_master
from rectify_xl.plans.cleaning import clean_document
from rectify_xl.plans.files import read_source
from tests.support.filled_in import fill_in, settings_with, value_of
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pytest import MonkeyPatch  # noqa: PT013 - for its type

    from rectify_xl.ledger.records import FindingRecord

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = [
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the published plans are not beside the project"),
    pytest.mark.long,  # docs/two-rounds.md goes the same ways, and is followed in every run
]
RULES = ("closed-without-acceptance", "closing-step-skipped", "closing-too-early", "publicity-too-short", "date-order")


def run(command: str, *words: str) -> str:
    done = CliRunner().invoke(main, [*command.split(), *words, "--campaign", "活动"])
    assert done.exit_code in (0, 1), (command, done.output)
    return done.output


def settle(block: str) -> None:
    settings = Path("活动/campaign.yaml")
    settings.write_text(settings_with(settings.read_text("utf-8"), block), "utf-8")


def write(path: str, number: str, **values: str) -> None:
    fill_in(Path(path), number, {label: value_of(text) for label, text in values.items()})


def test_acceptance_task_by_task_at_each_node(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """The plan has its own rule: what is done at once is accepted by the end of June, the rest at three ends of years."""
    monkeypatch.chdir(tmp_path)
    (plan,) = SEEDS.glob("004_*.txt")
    done = CliRunner().invoke(main, ["import", str(plan), "-o", "任务清单.xlsx", "--new-campaign", "活动"])
    assert done.exit_code in (0, 1), done.output
    settle("closing: {steps: [accept, close], within_days: 60}\n")
    assert [str(node) for node in load_campaign("活动").deadlines.nodes] == ["2020-12-31", "2021-12-31", "2022-12-31"]
    run("round 2020-Q3 --due 2020-09-25")
    run("dispatch 任务清单.xlsx -o 下发/2020-Q3 --as-of 2020-09-01")
    book = openpyxl.load_workbook("下发/2020-Q3/市公安局.xlsx")
    sheet = book.worksheets[0]
    numbers = [row[0].value for row in sheet.iter_rows(min_row=5) if row[1].value == "牵头"]
    assert numbers
    for number in numbers:
        write("下发/2020-Q3/市公安局.xlsx", number, 整改状态="已完成", 整改进展="排查整治完成", 实际完成日期="2020-09-10",
              佐证材料="检查记录")  # fmt: skip
    told = run("merge 报送件/2020-Q3 --base 任务清单.xlsx -o 总台账.xlsx --as-of 2020-09-26")
    assert "31 项任务" in told
    run("bulletin 总台账.xlsx -o 三季度通报.docx --as-of 2020-09-26")
    with zipfile.ZipFile("三季度通报.docx") as package:
        bulletin = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
    assert f"共有任务31项。截至2020年9月26日，已办结{len(numbers)}项" in bulletin
    assert "另有2项没有填写整改状态，但写明已经完成（任务22、23）" in bulletin
    for number in numbers:
        write("总台账.xlsx", number, 整改状态="已销号", 验收日期="2020-12-20", 验收人="联合验收组", 销号日期="2020-12-31")
    run("summarize 总台账.xlsx --as-of 2020-12-31")
    master = read_master(Path("总台账.xlsx"), campaign=Path("活动"))
    struck_off = [task for task in master.tasks if task.values["closed_on"]]
    assert [task.values["task_id"] for task in struck_off] == numbers
    assert findings_of() == []


def test_the_ledger_of_acceptance(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    """The plan has no list beside it; what it says of acceptance makes the campaign, and the list is the office's."""
    monkeypatch.chdir(tmp_path)
    (plan,) = SEEDS.glob("003_*.txt")
    text = "".join(line.text for line in clean_document(read_source(plan)).lines)
    facts = re.search(r"排在第一位的单位作为整改任务的牵头单位.{0,20}(资料审核)、(现场核查)、媒体(公示)", text)
    assert facts
    assert "整改完成一个、验收销号一个" in text
    Path("活动").mkdir()
    Path("活动/campaign.yaml").write_text(
        "name: 督察整改验收销号\nissued: 2024-06-01\nschema: acceptance_ledger\n"
        "closing: {steps: [review, inspect, accept, notice, close]}\nround: {id: 2024-09, due: 2024-09-25}\n",
        "utf-8",
    )
    keys = ("序号", "整改任务", "整改实施主体", "整改验收单位", "整改时限", "销号状态", "实际完成日期")
    values = ("1", "排水沟沿线排口没有截污", "甲区人民政府", "市水务局、市生态环境局", "2024年9月底前", "已完成",
              value_of("2024-08-30"))  # fmt: skip
    task = dict(zip(keys, values, strict=True))
    write_list(Path("报送件/甲区.xlsx"), [task], unit="甲区人民政府", keys=keys)
    run("merge 报送件 -o 总台账.xlsx --as-of 2024-09-02")
    write("总台账.xlsx", "1", 资料审核日期="2024-09-03", 现场核查日期="2024-09-05", 验收日期="2024-09-10", 验收人="市水务局")
    assert "公示 2024-09-29 至 2024-10-16" in run("publicity 总台账.xlsx --due --start 2024-09-29 -o 公示 --as-of 2024-09-12")
    write("总台账.xlsx", "1", 公示开始日期="2024-09-29", 公示结束日期="2024-10-09", 销号状态="已销号", 销号日期="2024-10-10")
    run("summarize 总台账.xlsx --as-of 2024-10-20")
    (found,) = (one for one in findings_of() if one.rule.endswith("publicity-too-short"))  # a real fault: four working days
    assert (found.sheet, found.task_id) == ("总台账", "1")
    assert "只有 4 个工作日" in found.message
    write("总台账.xlsx", "1", 公示结束日期="2024-10-16", 销号日期="2024-10-17")
    run("summarize 总台账.xlsx --as-of 2024-10-20")
    assert findings_of() == []


def findings_of() -> list[FindingRecord]:
    master = read_master(Path("总台账.xlsx"), campaign=Path("活动"))
    return [one for one in master.findings if one.rule.split()[-1] in RULES]
