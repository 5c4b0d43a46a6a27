"""rules.silence: a finding the office has exempted does not count, is shown with its reason, and must not rot."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from rectify_xl.campaign.settings import Campaign, Silence, load_campaign
from rectify_xl.cli import main
from rectify_xl.common.errors import RectifyError
from rectify_xl.console.report_text import master_lines, report_lines
from rectify_xl.workbook import write_report
from rectify_xl.workflow.merge import merge
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from rectify_xl.validation.report import Report

DAY = date(2026, 11, 21)
UNITS = (
    "id,name,aliases,former_names,reports\n"
    "U1,市水务局,市水利水务局,,yes\nU2,市住建局,,,yes\nU3,青芜县,,,no\nU4,白蘋县,,,no\nU5,市林草局,,,yes\n"
)
HEAD = "units: units.csv\nrules:\n  silence:\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two units with a vague deadline in tasks 1 and 2, one of them without a leader too."""
    rows: list[dict[str, Any]] = [{"deadline": "尽快"}, {"task_id": 2, "problem": "南塘淤积", "deadline": "适时"}]
    write_list(tmp_path / "in" / "水务.xlsx", [{**row, "lead_unit": "市水务局"} for row in rows], unit="市水务局")
    own = [{**row, "problem": f"{row.get('problem', '丁闸')}漏水", "lead_unit": "市住建局", "leader": None} for row in rows]
    write_list(tmp_path / "in" / "住建.xlsx", own, unit="市住建局")
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    return tmp_path


def configured(folder: Path, *entries: str, head: str = HEAD) -> Campaign:
    (folder / "campaign.yaml").write_text(head + "".join(f"    - {{{entry}}}\n" for entry in entries), "utf-8")
    return load_campaign(folder)


def judged(folder: Path, *entries: str, **options: Any) -> Report:
    campaign = configured(folder, *entries)
    return validate([folder / "in"], campaign=campaign, as_of=DAY, **{"select": ["D502", "L", "not-submitted"], **options})


def places(report: Report) -> list[tuple[str | None, str | None, str]]:
    return [(finding.file, finding.cell, finding.slug) for finding in report.findings]


def test_a_rule_is_silent_at_one_unit_and_speaks_at_the_others(folder: Path) -> None:
    report = judged(folder, "rule: vague-deadline, unit: 市水利水务局, reason: 省厅同意另行排期")
    assert ("住建.xlsx", "F4", "vague-deadline") in places(report)
    assert not any(file == "水务.xlsx" for file, _, _ in places(report))
    assert [(one.finding.cell, one.silence.reason) for one in report.silenced] == [
        ("F4", "省厅同意另行排期"),
        ("F5", "省厅同意另行排期"),
    ]
    assert report.idle == ()


def test_a_rule_is_silent_at_one_task_or_at_one_task_of_one_unit(folder: Path) -> None:
    report = judged(folder, 'rule: D502, task: "02", reason: 等省里批复')
    assert [one.finding.file for one in report.silenced] == ["住建.xlsx", "水务.xlsx"]
    report = judged(folder, "rule: D502, task: 2, unit: 市住建局, reason: 等省里批复")
    assert [(one.finding.file, one.finding.task_id) for one in report.silenced] == [("住建.xlsx", "2")]


def test_a_unit_that_sent_nothing_can_be_exempted(folder: Path) -> None:
    assert (None, None, "not-submitted") in places(judged(folder))
    report = judged(folder, "rule: not-submitted, unit: 市林草局, reason: 机构撤并中")
    assert (None, None, "not-submitted") not in places(report)
    # A finding about a unit has no task.
    assert judged(folder, "rule: not-submitted, unit: 市林草局, task: 1, reason: 机构撤并中").silenced == ()


def test_a_file_and_a_collective_are_known_by_their_unit(folder: Path) -> None:
    write_list(folder / "in" / "县区.xlsx", [{"deadline": "尽快", "problem": "戊渠淤塞", "lead_unit": "青芜县"}], unit="青芜县")
    report = judged(folder, "rule: vague-deadline, unit: 各县区, reason: 按省里统一时限")
    assert [one.finding.file for one in report.silenced] == ["县区.xlsx"]
    keys = ("task_id", "problem", "lead_unit", "deadline")
    write_list(folder / "in" / "住建.xlsx", [{}], unit="市住建局", keys=keys)
    report = judged(folder, "rule: missing-column, unit: 市住建局, reason: 旧表样", select=["missing-column"])
    assert [(one.finding.file, one.finding.unit) for one in report.silenced] == [("住建.xlsx", "市住建局")]
    assert report.exit_code == 0


def test_errors_that_are_exempt_do_not_count(folder: Path) -> None:
    assert judged(folder, select=["D502"]).exit_code == 1
    both = [f"rule: vague-deadline, unit: {unit}, reason: 另行排期" for unit in ("市水务局", "市住建局")]
    report = judged(folder, *both, select=["D502"])
    assert (report.exit_code, report.summary["errors"], report.findings) == (0, 0, ())


def test_json_lists_the_findings_with_their_reason(folder: Path) -> None:
    entry = "rule: vague-deadline, unit: 市水务局, task: 1, reason: 另行排期, until: 2026-12-31"
    report = json.loads(json.dumps(judged(folder, entry).to_dict()))
    (silenced,) = report["silenced"]
    assert (silenced["file"], silenced["cell"], silenced["slug"]) == ("水务.xlsx", "F4", "vague-deadline")
    assert silenced["reason"] == "另行排期"
    assert silenced["silence"] == {
        "rule": "vague-deadline", "unit": "市水务局", "task": "1", "reason": "另行排期", "until": "2026-12-31",
    }  # fmt: skip
    assert [finding["cell"] for finding in report["findings"] if finding["file"] == "水务.xlsx"] == ["F5"]


def test_an_entry_holds_until_its_last_day_and_then_says_so(folder: Path) -> None:
    entry = "rule: vague-deadline, unit: 市水务局, reason: 另行排期, until: {}"
    assert len(judged(folder, entry.format("2026-11-21")).silenced) == 2
    report = judged(folder, entry.format("2026-11-20"))
    assert report.silenced == ()
    assert [(idle.expired, idle.silence.rule) for idle in report.idle] == [(True, "vague-deadline")]
    assert any("已于 2026-11-20 到期" in line for line in report_lines(report))
    assert any("expired on 2026-11-20" in line for line in report_lines(report, "en"))
    assert report.to_dict()["idle_silences"][0]["expired"] is True


def test_an_entry_that_meets_nothing_is_said_when_the_whole_collection_is_judged(folder: Path) -> None:
    entry = "rule: overdue, task: 12, reason: 汛期不能施工"
    report = judged(folder, entry, select=["overdue", "D502"])
    assert [idle.silence.task for idle in report.idle] == ["12"]
    (line,) = (line for line in report_lines(report) if "rules.silence" in line)
    assert "campaign.yaml 第 4 行" in line
    assert "overdue · 任务 12" in line
    assert "没有可豁免的问题" in line
    assert any("nothing to exempt" in line for line in report_lines(report, "en"))
    # A unit that checks its own list is not told, and neither is a rule blamed that does not run.
    campaign = configured(folder, entry)
    assert validate([folder / "in" / "水务.xlsx"], campaign=campaign, as_of=DAY).idle == ()
    assert judged(folder, entry, select=["D502"]).idle == ()


def test_text_says_what_is_exempt_and_why(folder: Path) -> None:
    write_list(
        folder / "in" / "水务.xlsx",
        [{"task_id": n, "problem": f"{n}号渠淤积", "deadline": "尽快", "lead_unit": "市水务局"} for n in range(1, 10)],
        unit="市水务局",
    )
    report = judged(folder, "rule: vague-deadline, unit: 市水务局, reason: 省厅另行排期, until: 2026-12-31")
    lines = list(report_lines(report))
    assert any(line.startswith("已豁免 9 处") for line in lines)
    (line,) = (line for line in lines if "省厅另行排期" in line)
    assert line.startswith("  水务.xlsx F4、F5、F6、F7、F8、F9… ")
    assert "至 2026-12-31" in line
    english = "\n".join(report_lines(report, "en"))
    assert "not counted: 9" in english
    assert "(until 2026-12-31)" in english
    master = merge([folder / "in"], campaign=load_campaign(folder), as_of=DAY)
    assert any(line.startswith("已豁免 9 处") for line in master_lines(master, "总台账.xlsx"))


def test_report_workbook_has_a_sheet_for_them(folder: Path) -> None:
    report = judged(
        folder,
        "rule: vague-deadline, unit: 市水务局, reason: 省厅另行排期, until: 2026-12-31",
        "rule: missing-leader, task: 9, reason: 待任命",
        "rule: not-submitted, unit: 市林草局, reason: 机构撤并中",
        "rule: L303, task: 9, reason: 待任命, until: 2026-01-31",
    )
    write_report(report, folder / "报告.xlsx")
    frame = pd.read_excel(folder / "报告.xlsx", sheet_name="已豁免", header=2, dtype=object, engine="openpyxl")
    assert list(frame["状态"]) == ["已豁免", "已豁免", "已豁免", "没有用上", "已到期"]
    assert list(frame["单位"])[:3] == ["市水务局", "市水务局", "市林草局"]
    assert frame["豁免理由"].iloc[0] == "省厅另行排期"
    assert list(frame["单元格"])[:2] == ["F4", "F5"]
    write_report(judged(folder), folder / "报告.xlsx")
    assert "已豁免" not in openpyxl.load_workbook(folder / "报告.xlsx").sheetnames
    write_report(report, folder / "report.xlsx", lang="en")
    assert "Exempted" in openpyxl.load_workbook(folder / "report.xlsx").sheetnames


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("rule: vague-dedline, task: 1, reason: 甲", ("campaign.yaml 第 4 行", "vague-dedline", "最接近的是 vague-deadline")),
        ("rule: D, unit: 市水务局, reason: 甲", ("campaign.yaml 第 4 行", "没有名为 D 的规则")),
        ("rule: overdue, unit: 市水局, reason: 甲", ("campaign.yaml 第 4 行,rules.silence", "市水局", "最接近的是 市水务局")),
        ("rule: overdue, unit: 海关, reason: 甲", ("campaign.yaml 第 4 行,rules.silence", "海关", "请写名册中的名称")),
        ("rule: overdue, unit: 市水务局", ("第 4 行", "缺少 reason")),
        ("rule: overdue, unit: 市水务局, reason: ''", ("第 4 行", "缺少 reason")),
        ("unit: 市水务局, reason: 甲", ("第 4 行", "缺少 rule")),
        ("rule: overdue, reason: 甲", ("第 4 行", "unit", "task", "rules.ignore")),
        ("rule: overdue, unti: 市水务局, reason: 甲", ("第 4 行", "rules.silence.unti", "最接近的是")),
        ("rule: overdue, task: 1, reason: 甲, until: 2026-02-30", ("第 4 行", "rules.silence.until", "没有 2026-02-30")),
    ],
)
def test_wrong_entries_are_errors_with_their_place(folder: Path, entry: str, said: tuple[str, ...]) -> None:
    with pytest.raises(RectifyError) as caught:
        judged(folder, entry)
    assert all(word.replace(",", "\uff0c") in str(caught.value).replace(",", "\uff0c") for word in said), str(caught.value)


@pytest.mark.parametrize(
    "section", ["select: [overdue, vage-deadline]", "ignore: vage-deadline", "severity: {vage-deadline: info}"]
)
def test_unknown_rules_in_the_other_sections_name_their_place_too(folder: Path, section: str) -> None:
    (folder / "campaign.yaml").write_text(f"name: 甲\nrules:\n  {section}\n", "utf-8")
    result = CliRunner().invoke(main, ["validate", str(folder / "in"), "--campaign", str(folder)])
    assert result.exit_code == 2
    assert "campaign.yaml 第 3 行" in result.stderr
    assert "最接近的是 vague-deadline" in result.stderr


def test_an_empty_name_is_no_rule(folder: Path) -> None:
    with pytest.raises(RectifyError):
        validate([folder / "in"], ignore=[""])


def test_without_a_roster_the_unit_is_taken_as_written(folder: Path) -> None:
    campaign = configured(folder, "rule: vague-deadline, unit: 市住建局, reason: 甲", head="rules:\n  silence:\n")
    assert campaign.rules.silence == (Silence("vague-deadline", "甲", unit="市住建局", units=("市住建局",)),)
    report = validate([folder / "in"], campaign=campaign, as_of=DAY, select=["D502"])
    assert [one.finding.file for one in report.silenced] == ["住建.xlsx", "住建.xlsx"]


def test_a_collection_wide_finding_has_no_unit_to_be_exempted_by(folder: Path) -> None:
    (folder / "in" / "住建.xlsx").unlink()
    write_list(folder / "in" / "水务.xlsx", [{"task_id": n, "problem": f"{n}号渠淤积"} for n in (1, 2, 5)], unit="市水务局")
    report = judged(folder, "rule: number-gap, unit: 市水务局, reason: 甲", select=["number-gap"])
    assert [finding.slug for finding in report.findings] == ["number-gap"]
    assert len(report.idle) == 1


@pytest.mark.parametrize("page", ["docs/rules.md", "templates/campaign/campaign.yaml"])
def test_the_examples_people_copy_can_be_loaded(tmp_path: Path, page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text("utf-8").replace("# silence", "silence").replace("#   -", "  -")
    found = re.search(r"^rules:.*?(?=```|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found
    (tmp_path / "campaign.yaml").write_text(found[0], "utf-8")
    silences = load_campaign(tmp_path).rules.silence
    assert [silence.rule for silence in silences] == ["vague-deadline", "overdue"]
    assert all(silence.reason for silence in silences)
