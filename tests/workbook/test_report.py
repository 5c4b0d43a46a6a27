from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest

from rectify_xl.model import RectifyError, Submission
from rectify_xl.stamp import KIND
from rectify_xl.summary import Summary
from rectify_xl.workbook import write_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.ledger import Master


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "校验.xlsx"


def table(path: Path, sheet: str) -> Any:
    return pd.read_excel(path, sheet_name=sheet, header=2, dtype=object, engine="openpyxl")


def test_both_sheets_and_the_stamp(master: Master, path: Path) -> None:
    write_report(master.report, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "问题清单"]
    assert {prop.name: prop.value for prop in book.custom_doc_props.props}[KIND] == "report"
    assert book["汇总"]["A2"].hyperlink.location == "'问题清单'!A1"
    assert book["问题清单"]["A2"].hyperlink.location == "'汇总'!A1"


def test_findings_are_those_of_the_master(master: Master, path: Path) -> None:
    write_report(master.report, path)
    frame = table(path, "问题清单")
    findings = next(sheet for sheet in Summary(master).sheets() if sheet.name == "问题清单")
    assert list(frame.columns) == [column.label for column in findings.columns]
    assert len(frame) == len(master.report.findings)


def test_every_finding_is_counted_once_by_file_and_once_by_rule(master: Master, path: Path) -> None:
    write_report(master.report, path)
    frame = table(path, "汇总")
    counts = master.report.summary
    for kind in ("文件", "规则"):
        part = frame[frame["统计"] == kind]
        assert part["错误"].sum() == counts["errors"]
        assert part["提醒"].sum() == counts["warnings"]
        assert part["提示"].sum() == counts["infos"]
    # The finding on another sheet of the file is counted at the file's task sheet.
    water = frame[frame["文件或规则"] == "水务.xlsx"].iloc[0]
    assert (water["任务行"], water["错误"], water["提示"]) == (3, 1, 1)


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
    assert book.sheetnames == ["Overview", "Findings"]
    assert "2 files (0 rejected)" in book["Overview"]["B2"].value


def test_a_wrong_target_is_refused(master: Master, tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="文件夹"):
        write_report(master.report, tmp_path)
