"""The command: exit statuses, streams and what a clerk reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.rules import catalogue
from tests.support.commands import run
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-11-21")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", [{}], unit="市水务局")
    return tmp_path


def test_a_clean_list_says_so_with_status_0(folder: Path) -> None:
    result = run("validate", folder / "in", *AS_OF)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 个错误" in result.stdout


def test_findings_stand_under_their_file_with_cell_words_and_rule(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"deadline": "尽快", "leader": "/"}], unit="市住建局")
    result = run("validate", folder / "in", *AS_OF)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert "b.xlsx（1 行）" in lines
    assert any(line.split()[:2] == ["F4", "错误"] and "[vague-deadline]" in line for line in lines)
    assert any(line.split()[:2] == ["D4", "错误"] and "[missing-leader]" in line for line in lines)


def test_a_run_down_a_column_is_folded_in_text_and_listed_in_json(folder: Path) -> None:
    rows = [{"task_id": n, "problem": f"{n}号渠淤积", "leader": None} for n in range(1, 6)]
    path = write_list(folder / "b.xlsx", rows, unit="市住建局")
    assert "  D4:D8  错误" in run("validate", path, "--select", "missing-leader", *AS_OF).stdout
    report = json.loads(run("validate", path, "--select", "L301", "--format", "json", *AS_OF).stdout)
    assert [finding["cell"] for finding in report["findings"]] == ["D4", "D5", "D6", "D7", "D8"]
    assert report["files"][0]["header_row"] == 3
    assert report["as_of"] == "2026-11-21"
    assert list(report["findings"][0])[:12] == [
        "code", "slug", "severity", "file", "sheet", "cell", "row", "field", "task_id", "value", "message", "fix",
    ]  # fmt: skip


def test_rules_are_chosen_and_regraded_on_the_command_line(folder: Path) -> None:
    path = write_list(folder / "b.xlsx", [{"deadline": "尽快", "leader": None}], unit="市住建局")
    assert run("validate", path, "--select", "D", "--severity", "vague-deadline=info", *AS_OF).exit_code == 0
    assert run("validate", path, "--ignore", "missing-leader,vague-deadline", *AS_OF).exit_code == 0
    wrong = run("validate", path, "--ignore", "vague-deadlin", *AS_OF)
    assert wrong.exit_code == 2
    assert "vague-deadline" in wrong.stderr
    assert run("validate", path, "--severity", "vague-deadline=loud", *AS_OF).exit_code == 2
    assert run("validate", path, "--severity", "vague=info", *AS_OF).exit_code == 2


def test_a_folder_without_any_list_is_status_2_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("请于月底前报送", "utf-8")
    for words in (("validate", tmp_path), ("merge", tmp_path, "-o", tmp_path / "m.xlsx")):
        result = run(*words)
        assert result.exit_code == 2
        assert "没有可以采用的整改任务清单" in result.stderr
    assert not (tmp_path / "m.xlsx").exists()


def test_wrong_paths_and_keys_are_one_sentence(folder: Path) -> None:
    missing = run("validate", folder / "nowhere")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.startswith("错误：")
    (folder / "campaign.yaml").write_text("name: 甲\nisued: 2026-07-01\n", "utf-8")
    wrong = run("validate", folder / "in", "--campaign", folder)
    assert wrong.exit_code == 2
    assert "campaign.yaml 第 2 行" in wrong.stderr
    assert "issued" in wrong.stderr


def test_report_workbook(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"deadline": "尽快"}], unit="市住建局")
    target = folder / "报告.xlsx"
    assert run("validate", folder / "in", "-o", target, *AS_OF).exit_code == 1
    assert "问题清单" in openpyxl.load_workbook(target).sheetnames


def test_merge_writes_the_master_and_lists_the_missing_on_one_line(folder: Path) -> None:
    (folder / "campaign.yaml").write_text("units: units.csv\n", "utf-8")
    (folder / "units.csv").write_text("id,name,reports\nU1,市水务局,yes\nU2,市住建局,yes\nU3,青芜县,yes\n", "utf-8")
    target = folder / "总台账.xlsx"
    result = run("merge", folder / "in", "--campaign", folder, "-o", target, *AS_OF)
    assert "未报送（2 个）：市住建局、青芜县" in result.stdout.splitlines()
    assert openpyxl.load_workbook(target).sheetnames[:3] == ["汇总", "总台账", "分单位填报"]
    report = json.loads(run("merge", folder / "in", "--campaign", folder, "-o", target, "--format", "json", *AS_OF).stdout)
    assert report["master"] == target.as_posix()
    assert (report["tasks"], report["reports"], report["added"], report["unchanged"]) == (1, 1, 0, 1)
    assert report["missing_units"] == ["市住建局", "青芜县"]


def test_our_own_workbooks_among_the_inputs_are_skipped(folder: Path) -> None:
    target = folder / "in" / "总台账.xlsx"
    assert run("merge", folder / "in", "-o", target, *AS_OF).exit_code == 0
    assert run("validate", folder / "in", "-o", folder / "in" / "报告.xlsx", *AS_OF).exit_code == 0
    report = json.loads(run("merge", folder / "in", "-o", target, "--format", "json", *AS_OF).stdout)
    assert {entry["path"]: entry["status"] for entry in report["files"]} == {
        "市水务局.xlsx": "accepted", "总台账.xlsx": "skipped", "报告.xlsx": "skipped",
    }  # fmt: skip


def test_a_target_that_is_open_is_refused_and_left_alone(folder: Path) -> None:
    target = folder / "总台账.xlsx"
    assert run("merge", folder / "in", "-o", target, *AS_OF).exit_code == 0
    before = target.read_bytes()
    (folder / ".~lock.总台账.xlsx#").write_text("", "utf-8")
    result = run("merge", folder / "in", "-o", target, *AS_OF)
    assert result.exit_code == 2
    assert "关闭" in result.stderr
    assert target.read_bytes() == before


def test_merging_twice_gives_the_same_bytes(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"status": "已完成"}], unit="市住建局")
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        run("merge", folder / "in", "-o", folder / name, *AS_OF)
        made.append((folder / name).read_bytes())
    assert made[0] == made[1]


def test_strict_says_which_rows_stayed_out(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"task_id": 2, "problem": "乙渠淤积", "status": "差不多"}], unit="市住建局")
    result = run("merge", folder / "in", "-o", folder / "m.xlsx", "--strict", *AS_OF)
    assert any(line.startswith("--strict：有 1 行") and "b.xlsx G4" in line for line in result.stdout.splitlines())


def test_conflicts_and_double_files_are_said(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"deadline": "2027年3月底前"}], unit="市住建局")
    write_list(folder / "in" / "c.xlsx", [{"task_id": 5, "problem": "丁塘未清淤"}], unit="市水务局")
    (folder / "in" / "坏.xlsx").write_bytes(b"")
    out = run("merge", folder / "in", "-o", folder / "m.xlsx", *AS_OF).stdout
    assert "市水务局报送了 2 个文件，已一并汇总：c.xlsx、市水务局.xlsx" in out
    assert "填报不一致 1 处" in out
    assert "未采用 坏.xlsx" in out


def test_english(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"deadline": "尽快"}], unit="市住建局")
    assert " error The deadline" in run("validate", folder / "in", "--lang", "en", *AS_OF).stdout
    out = run("merge", folder / "in", "-o", folder / "m.xlsx", "--lang", "en", *AS_OF).stdout
    assert out.startswith("Wrote ")
    assert "Ledger" in openpyxl.load_workbook(folder / "m.xlsx").sheetnames


def test_explain_knows_every_rule() -> None:
    listed = run("explain").stdout.splitlines()
    assert [line.split()[1] for line in listed] == [rule.slug for rule in catalogue()]
    for rule in catalogue():
        assert rule.doc["zh"] in run("explain", rule.code).stdout
    assert "What it checks" in run("explain", "vague-deadline", "--lang", "en").stdout
    wrong = run("explain", "vage-deadline")
    assert wrong.exit_code == 2
    assert "vague-deadline" in wrong.stderr


@pytest.mark.slow
def test_python_m_rectify_xl_runs_and_its_workers_need_no_main_guard(folder: Path) -> None:
    script = folder / "script.py"
    path = folder / "in"
    script.write_text(f"from rectify_xl import validate\nprint(len(validate([{str(path)!r}]).collection))\n", "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    module = subprocess.run([sys.executable, "-m", "rectify_xl", "--version"], capture_output=True, text=True, check=True)
    assert "rectify-xl" in module.stdout


def test_init_makes_a_folder_that_works_and_never_overwrites(folder: Path) -> None:
    result = run("init", folder / "活动")
    assert result.exit_code == 0
    assert run("validate", folder / "in", "--campaign", folder / "活动", *AS_OF).exit_code in (0, 1)
    (folder / "活动" / "campaign.yaml").write_text("name: 我的\n", "utf-8")
    assert run("init", folder / "活动").exit_code == 2
    assert (folder / "活动" / "campaign.yaml").read_text("utf-8") == "name: 我的\n"


def test_deadline_shows_how_phrases_are_read(folder: Path) -> None:
    said = run("deadline", "2026年6月底前完成，长期坚持", "9月前", "每季度末前", "尽快", "--anchor", "2026-01-05").stdout
    assert "→  2026-06-30  [有日期、长期坚持]" in said
    assert "不止一种理解：2026-09-30" in said
    assert "没有可以核对的日期  [含糊]" in said
    assert "下一次：2026-03-31" in said
    (folder / "campaign.yaml").write_text("issued: 2026-01-05\ndeadlines: {period_before: end}\n", "utf-8")
    read = json.loads(run("deadline", "9月前", "--campaign", folder, "--format", "json").stdout)
    assert read["anchor"] == "2026-01-05"
    assert [(one["due"], one["ambiguous"]) for one in read["deadlines"]] == [(["2026-09-30"], False)]
    english = run("deadline", "2026年6月底前完成。2.整治南湖", "尽快", "9月前", "--anchor", "2026-01-05", "--lang", "en").stdout
    assert "no day that could be checked" in english
    assert "ambiguous:" in english


def test_a_day_given_to_deadline_is_the_day_of_issue(folder: Path) -> None:
    (folder / "campaign.yaml").write_text("deadlines: {immediate: 2026-06-30}\n", "utf-8")
    told = run("deadline", "印发后5个工作日内", "--anchor", "2026-03-02").stdout
    assert "→  2026-03-09  [有日期]" in told
    assert "以事件为准" in run("deadline", "印发后5个工作日内").stdout
    ruled = run("deadline", "立行立改", "--campaign", folder).stdout
    assert "→  2026-06-30  [立行立改]\n  方案规定立行立改事项于2026-06-30前完成" in ruled


def test_a_narrow_encoding_does_not_stop_a_report(folder: Path) -> None:
    write_list(folder / "in" / "b.xlsx", [{"deadline": "CO₂治理后尽快"}], unit="市住建局")
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    words = [sys.executable, "-m", "rectify_xl", "validate", str(folder / "in"), *AS_OF]
    done = subprocess.run(words, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "CO\\u2082治理后尽快" in done.stdout.decode("gbk")
