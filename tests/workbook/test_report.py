from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Fix, Severity
from rectify_xl.intake.submission import Submission
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.provenance.stamp import KIND
from rectify_xl.rules import catalogue
from rectify_xl.workbook import write_report
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "校验.xlsx"


def table(path: Path, sheet: str) -> Any:
    return pd.read_excel(path, sheet_name=sheet, header=2, dtype=object, engine="openpyxl")


def test_sheets_links_and_the_stamp(master: Master, path: Path) -> None:
    write_report(master.report, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "按单位", "问题清单", "按规则"]
    assert {prop.name: prop.value for prop in book.custom_doc_props.props}[KIND] == "report"
    assert book["汇总"]["A2"].hyperlink.location == "'问题清单'!A1"
    for name in book.sheetnames[1:]:
        assert book[name]["A2"].hyperlink.location == "'汇总'!A1"


def test_findings_are_those_of_the_master(master: Master, path: Path) -> None:
    write_report(master.report, path)
    frame = table(path, "问题清单")
    findings = next(sheet for sheet in Summary(master).sheets() if sheet.name == "问题清单")
    assert list(frame.columns) == [column.label for column in findings.columns]
    assert len(frame) == len(master.report.findings)


@pytest.mark.parametrize("sheet", ["汇总", "按单位"])
def test_every_finding_is_counted_once_by_file_and_once_by_unit(master: Master, path: Path, sheet: str) -> None:
    write_report(master.report, path)
    frame = table(path, sheet)
    counts = master.report.summary
    totals = tuple(frame[level].sum() for level in ("错误", "提醒", "提示"))
    assert totals == (counts["errors"], counts["warnings"], counts["infos"])


def test_findings_of_a_file_stand_at_its_first_sheet(master: Master, path: Path) -> None:
    write_report(master.report, path)
    frame = table(path, "汇总")
    water = frame[frame["文件"] == "水务.xlsx"].iloc[0]
    assert (water["任务行"], water["错误"], water["提示"]) == (3, 1, 1)


def test_units_stand_with_their_findings_by_severity_and_rule(make_master: Callable[..., Master], path: Path) -> None:
    from .conftest import finding

    found = (
        *(finding(cell=f"J{row}", row=row, unit="市水务局") for row in (4, 5, 6)),
        finding(code="L301", slug="missing-leader", cell="F4", unit="市水务局"),
        finding(code="U402", slug="unknown-unit", severity=Severity.WARNING, file="林业.xlsx", unit="市林业局"),
        finding(code="X703", slug="not-submitted", file=None, sheet=None, cell=None, unit="市规划局"),
        finding(code="X711", slug="number-gap", severity=Severity.WARNING, file=None, sheet=None, cell=None, unit=None),
    )
    write_report(make_master(findings=found).report, path)
    frame = table(path, "按单位").astype(object).pipe(lambda held: held.where(held.notna(), ""))
    assert list(frame["单位"])[:3] == ["市水务局", "市规划局", "市林业局"]
    assert "整批文件" in list(frame["单位"])[3]
    titles = {rule.slug: rule.title("zh") for rule in catalogue()}
    assert frame.loc[0, "错误明细"].splitlines() == [f"{titles['vague-deadline']} ×3", f"{titles['missing-leader']} ×1"]
    assert list(frame["文件数"]) == [1, 0, 1, 0]
    assert list(frame["任务行"]) == [3, 0, 2, 0]
    assert [bool(text) for text in frame["提醒明细"]] == [False, False, True, True]


def test_rules_stand_with_their_units(make_master: Callable[..., Master], path: Path) -> None:
    from .conftest import finding

    found = (
        finding(slug="untrimmed-text", code="V207", severity=Severity.INFO, fix=Fix("甲", safe=True), unit="市水务局"),
        *(finding(cell=f"J{row}", row=row, unit="市水务局") for row in (4, 5)),
        finding(file="林业.xlsx", unit="市林业局"),
        finding(code="X711", slug="number-gap", severity=Severity.WARNING, file=None, sheet=None, cell=None, unit=None),
    )
    write_report(make_master(findings=found).report, path)
    frame = table(path, "按规则").astype(object).pipe(lambda held: held.where(held.notna(), ""))
    assert list(frame["规则"]) == ["D502 vague-deadline", "X711 number-gap", "V207 untrimmed-text"]
    assert list(frame["问题数"]) == [3, 1, 1]
    assert list(frame["可自动改正"]) == [0, 0, 1]
    assert list(frame["单位数"]) == [2, 0, 1]
    assert re.fullmatch(r"市水务局.2.、市林业局", frame.loc[0, "涉及单位"])
    assert frame.loc[0, "说明"].startswith("时限含糊")


def test_rejected_files_and_nothing_at_all(make_master: Callable[..., Master], path: Path) -> None:
    from .conftest import CAMPAIGN, finding, master_of

    rejected = Submission("坏.xlsx", status="rejected")
    bad = finding(code="F001", slug="unreadable-file", file="坏.xlsx", sheet=None, row=None, cell=None)
    write_report(master_of((rejected,), (bad,), CAMPAIGN).report, path)
    row = table(path, "汇总").iloc[0]
    assert (row["状态"], row["错误"]) == ("未采用", 1)
    write_report(make_master({}, findings=()).report, path)
    assert table(path, "汇总").empty
    assert "没有发现问题" in openpyxl.load_workbook(path)["问题清单"]["B2"].value


def test_english(master: Master, path: Path) -> None:
    write_report(master.report, path, lang="en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Overview", "By unit", "Findings", "By rule"]
    assert "2 files (0 rejected)" in book["Overview"]["B2"].value


def test_a_wrong_target_is_refused(master: Master, tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="文件夹"):
        write_report(master.report, tmp_path)


def test_a_file_of_two_units_counts_for_both(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_list(folder / "a.xlsx", [{}, {"task_id": 2, "problem": "东渠护坡坍塌两处"}], unit="市水务局")
    write_list(folder / "b.xlsx", [{"task_id": 3, "problem": "西渠淤积"}], unit="市城管局")
    both = openpyxl.load_workbook(folder / "a.xlsx")
    second = both.create_sheet("城管")
    for row in openpyxl.load_workbook(folder / "b.xlsx").worksheets[0].iter_rows(values_only=True):
        second.append(row)
    both.save(folder / "a.xlsx")
    (folder / "b.xlsx").unlink()
    campaign = Campaign(units=(Unit("U1", "市水务局"), Unit("U2", "市城管局"), Unit("U3", "市住建局")))
    write_report(validate([folder], campaign=campaign, as_of=date(2026, 11, 21)), path)
    frame = table(path, "按单位").set_index("单位")
    assert {unit: tuple(frame.loc[unit, ["文件数", "任务行"]]) for unit in ("市水务局", "市城管局")} == {
        "市水务局": (1, 2),
        "市城管局": (1, 1),
    }
