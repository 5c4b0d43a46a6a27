from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from rectify_xl import merge, write_master
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from tests.support.lists import write_list
from tests.support.word import texts, whole, zh

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROWS: list[dict[str, Any]] = [
    {"task_id": 1, "deadline": "2026年10月底前"},
    {"task_id": 2, "problem": "北桥泵站未建成", "deadline": "尽快完成", "lead_unit": "市档案馆"},
    {"task_id": 3, "problem": "南溪垃圾堆放", "lead_unit": "澳门在线娱乐平台www.example.com"},
]


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "活动"
    folder.mkdir()
    (folder / "campaign.yaml").write_text("name: 澄湖市整改\nissuer: 澄湖市整改办\nunits: units.csv\n", "utf-8")
    (folder / "units.csv").write_text("name,reports\n市水务局,yes\n市城管局,yes\n", "utf-8")
    return folder


@pytest.fixture
def master(tmp_path: Path, campaign: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", ROWS, unit="市水务局")
    made = merge([tmp_path / "in"], campaign=load_campaign(campaign), as_of=date(2026, 11, 20))
    write_master(made, tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_bulletin_command(master: Path, campaign: Path, tmp_path: Path) -> None:
    result = run("bulletin", master, "-o", tmp_path / "通报.docx", "--campaign", campaign)
    assert result.exit_code == 0, result.stderr
    assert zh("统计截至 2026-11-20；任务总数 3，已办结 0，逾期 1，即将到期 0，无明确时限 1；未报送 1 个单位。") in zh(
        result.stdout
    )
    assert zh("牵头单位名称有误的任务1项（任务3）") in zh(result.stderr)
    assert zh("牵头单位不在单位名册中，没有参加排名：市档案馆") in zh(result.stderr)
    assert "澄湖市整改办" in texts(tmp_path / "通报.docx")


def test_the_day_is_the_masters_unless_another_is_asked_for(master: Path, campaign: Path, tmp_path: Path) -> None:
    settings = campaign / "campaign.yaml"
    settings.write_text(settings.read_text("utf-8") + "notice: {reply_working_days: 9}\n", "utf-8")
    result = run(
        "bulletin", master, "-o", tmp_path / "通报.docx", "--campaign", campaign / "campaign.yaml", "--as-of", "2029-12-25"
    )
    assert "统计截至 2029-12-25" in result.stdout
    assert "最长1151天" in whole(tmp_path / "通报.docx")
    assert "2029 年放假安排尚未收录，答复期限没有推算" in result.stderr
    assert zh("于（待填写）前将办理情况书面报送") in zh(whole(tmp_path / "通报.docx"))


def test_without_a_campaign_the_clerk_is_told_what_is_missing(master: Path, tmp_path: Path) -> None:
    result = run("bulletin", master, "-o", tmp_path / "通报.docx")
    assert result.exit_code == 0
    assert "落款写作“（发文机关）”" in result.stderr
    assert "没有单位名册，单位名称没有统一；请用 --campaign 指定活动文件夹，并在 campaign.yaml 写上 units" in result.stderr


def test_the_notice_command(master: Path, campaign: Path, tmp_path: Path) -> None:
    result = run("notice", master, "--unit", "市水务局", "-o", tmp_path / "函.docx", "--campaign", campaign)
    assert (result.exit_code, result.stdout) == (0, f"已生成 {tmp_path / '函.docx'}：给市水务局的督办函，统计截至 2026-11-20。\n")
    everybody = run("notice", master, "--all", "-o", tmp_path / "函", "--campaign", campaign)
    assert "不是这次生成的" not in everybody.stderr
    assert zh("生成 3 份督办函，统计截至 2026-11-20:市水务局、市城管局、市档案馆") in zh(everybody.stdout)


def test_where_no_unit_needs_a_letter_the_command_says_so(campaign: Path, tmp_path: Path) -> None:
    rows = [{"lead_unit": unit, "problem": f"{unit}的问题", "deadline": "2029-06-30"} for unit in ("市水务局", "市城管局")]
    for row in rows:
        write_list(tmp_path / "in" / f"{row['lead_unit']}.xlsx", [row], unit=row["lead_unit"])
    made = merge([tmp_path / "in"], campaign=load_campaign(campaign), as_of=date(2026, 11, 20))
    write_master(made, tmp_path / "台账.xlsx")
    everybody = run("notice", tmp_path / "台账.xlsx", "--all", "-o", tmp_path / "函", "--campaign", campaign)
    assert (everybody.exit_code, everybody.stdout) == (0, "没有需要督办的单位，没有生成督办函（统计截至 2026-11-20）。\n")


def test_a_notice_for_nobody_is_an_error(master: Path, campaign: Path, tmp_path: Path) -> None:
    unknown = run("notice", master, "--unit", "市水物局", "-o", tmp_path / "函.docx", "--campaign", campaign)
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "最接近的是 市水务局" in unknown.stderr
    for words in ([], ["--unit", "市水务局", "--all"]):
        assert run("notice", master, *words, "-o", tmp_path / "函.docx").exit_code == 2
    assert not (tmp_path / "函.docx").exists()


def test_cards_beside_a_summary(master: Path, campaign: Path, tmp_path: Path) -> None:
    words = (
        "summarize",
        master,
        "-o",
        tmp_path / "n.xlsx",
        "--as-of",
        "2026-11-21",
        "--cards",
        tmp_path / "卡",
        "--campaign",
        campaign,
    )
    result = run(*words)
    assert f"已在 {tmp_path / '卡'} 生成 3 张单位任务卡、1 张领导任务卡。" in result.stdout
    assert result.stderr == ""
    (tmp_path / "卡" / "领导-调走的.docx").touch()
    assert "有 1 个文件不是这次生成的：领导-调走的.docx" in run(*words).stderr


def test_templates_can_be_had_without_a_master(tmp_path: Path) -> None:
    result = run("bulletin", "--copy-templates", tmp_path)
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(list((tmp_path / "templates").iterdir())) == 5
    again = run("notice", "--copy-templates", tmp_path)
    assert again.exit_code == 2
    assert "已经存在" in again.stderr


def test_another_ending_is_refused_before_anything_is_done(master: Path, tmp_path: Path) -> None:
    result = run("bulletin", master, "-o", tmp_path / "通报.doc")
    assert result.exit_code == 2
    assert "应以 .docx 结尾" in result.stderr


DONE = {
    "status": "已完成", "target": "建成", "measures": "施工", "progress": "已建成", "completed_on": date(2026, 10, 20),
    "deadline": "2026年10月底前",
}  # fmt: skip


@pytest.fixture
def closing(tmp_path: Path, campaign: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", [{"task_id": 1, **DONE}, ROWS[1]], unit="市水务局")
    made = merge([tmp_path / "in"], campaign=load_campaign(campaign), as_of=date(2026, 11, 20))
    write_master(made, tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def test_the_publicity_command(closing: Path, campaign: Path, tmp_path: Path) -> None:
    words = ("-o", tmp_path / "公示", "--campaign", campaign)
    result = run("publicity", closing, "--task", "1", "--task", "2", "--start", "2026-11-23", *words)
    assert result.exit_code == 2
    assert f"已生成 {tmp_path / '公示' / '公示稿-1.docx'}：任务1，公示 2026-11-23 至 2026-12-04。" in result.stdout
    assert "请核对：任务1：公示以前的步骤还没有日期：验收" in result.stderr
    assert "任务2：整改状态为" in result.stderr
    waiting = run("publicity", closing, "--due", *words)
    assert (waiting.exit_code, waiting.stdout) == (0, "没有下一步应当公示的任务。\n")
    wrong = run("publicity", closing, *words)
    assert (wrong.exit_code, "--due" in wrong.stderr) == (2, True)


def test_the_dossier_command(closing: Path, campaign: Path, tmp_path: Path) -> None:
    words = ("-o", tmp_path / "表", "--campaign", campaign)
    result = run("dossier", closing, "--all", *words)
    assert result.exit_code == 0, result.stderr
    assert "1 份验收销号表" in result.stdout
    assert "请核对：任务1：缺材料：销号申请表、情况说明、佐证材料、验收意见" in result.stderr
    assert run("dossier", closing, "--task", "8", *words).exit_code == 2
    assert run("dossier", closing, *words).exit_code == 2
