"""Where copies go: never over an original, never into somebody's folder, never read as submissions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Finding, Severity
from rectify_xl.copies import annotate, fix
from rectify_xl.copies.sources import Source, copy_names, default_folder
from rectify_xl.intake.discover import collect
from rectify_xl.intake.document_properties import RETURNED_TO, read_marks
from rectify_xl.intake.submission import Submission
from rectify_xl.provenance.remarks import ASKED, FOLDER_MARK, RETURNED, SHEET
from rectify_xl.provenance.stamp import KIND, NOTICE
from tests.copies.books import check
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path


def words(path: Path) -> list[str]:
    book: Any = openpyxl.load_workbook(path)
    return [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    write_list(tmp_path / "in" / "sub" / "b.xlsx", [{"task_id": 2, "problem": "南湖退捕船只没有拆解"}], unit="市住建局")
    return tmp_path


def report_on(folder: Path) -> Any:
    from rectify_xl.workflow.validate import validate

    return validate([folder / "in"], as_of=date(2026, 11, 21), workers=1)


def test_copies_lie_as_the_originals_do(folder: Path) -> None:
    copies = annotate(report_on(folder), [folder / "in"], folder / "deep" / "out")
    assert [copy.path.relative_to(folder / "deep" / "out").as_posix() for copy in copies] == ["a.xlsx", "sub/b.xlsx"]
    assert "未发现问题" in words(folder / "deep" / "out" / "sub" / "b.xlsx")


@pytest.mark.parametrize("write", [annotate, fix])
def test_an_original_is_never_written_over(folder: Path, write: Any) -> None:
    report = report_on(folder)
    before = (folder / "in" / "a.xlsx").read_bytes()
    with pytest.raises(RectifyError, match="覆盖原文件"):
        write(report, [folder / "in"], folder / "in")
    assert (folder / "in" / "a.xlsx").read_bytes() == before
    assert not (folder / "in" / FOLDER_MARK).exists()


def test_somebody_s_folder_is_not_written_into(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").write_text("x")
    with pytest.raises(RectifyError, match="已有别的文件"):
        annotate(report_on(folder), [folder / "in"], folder / "mine")
    with pytest.raises(RectifyError, match="不是文件夹"):
        annotate(report_on(folder), [folder / "in"], folder / "mine" / "letter.txt")
    (folder / "empty").mkdir()
    assert len(annotate(report_on(folder), [folder / "in"], folder / "empty")) == 2
    assert len(annotate(report_on(folder), [folder / "in"], folder / "empty")) == 2


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    (folder / "file").write_text("x")
    with pytest.raises(RectifyError, match="无法建立文件夹"):
        annotate(report_on(folder), [folder / "in"], folder / "file" / "out")


def test_a_folder_of_copies_among_the_submissions_is_left_out_unless_it_is_given(folder: Path) -> None:
    report = report_on(folder)
    annotate(report, [folder / "in"], folder / "in" / "退回")
    files, skipped = collect([folder / "in"], frozenset())
    assert [found.relative for found in files] == ["a.xlsx", "sub/b.xlsx"]
    assert {(one.path, one.reason) for one in skipped} == {
        ("退回/a.xlsx", "own-output"), ("退回/sub/b.xlsx", "own-output"),
    }  # fmt: skip
    files, skipped = collect([folder / "in" / "退回"], frozenset())
    assert ([found.relative for found in files], skipped) == (["a.xlsx", "sub/b.xlsx"], [])


def test_corrected_copies_go_beside_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "报送件").mkdir()
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "报送件" / "b.xlsx").touch()
    assert default_folder([tmp_path / "报送件"]) == tmp_path / "报送件-已修正"
    assert default_folder([tmp_path / "a.xlsx"]) == tmp_path / "已修正"
    assert default_folder([tmp_path / "a.xlsx", tmp_path / "报送件"]) == tmp_path / "已修正"
    assert default_folder([tmp_path / "a.xlsx", tmp_path / "报送件" / "b.xlsx"]) == tmp_path / "已修正"


def test_corrections_without_a_folder_go_there(folder: Path) -> None:
    result = fix(report_on(folder), [folder / "in"])
    assert result.folder == folder / "in-已修正"
    assert (folder / "in-已修正" / "sub" / "b.xlsx").read_bytes() == (folder / "in" / "sub" / "b.xlsx").read_bytes()


def test_names_of_copies_do_not_meet() -> None:
    def source(path: str, kind: str) -> Source:
        return Source(__file__, Submission(path), kind)  # type: ignore[arg-type]

    sources = [
        source("市水务局.ods", "ods"), source("市水务局.xls", "xls"), source("市水务局.xlsx", "xlsx"), source("b.xlsm", "xlsx"),
        source("c.et", "xls"), source("信.docx", ""), source("/var/x/../in/c.et", "xls"), source("D:\\in\\d.xls", "xls"),
        source("关于9:00.xls", "xls"), source("fake.xls", "xlsx"),
    ]  # fmt: skip
    names = list(copy_names(sources, same=frozenset()).values())
    assert sorted(names) == sorted([
        "市水务局.ods.xlsx", "市水务局.xls.xlsx", "市水务局.xlsx", "b.xlsm", "c.xlsx", "信.xlsx", "var/x/in/c.xlsx", "in/d.xlsx",
        "关于9:00.xlsx", "fake.xlsx",
    ])  # fmt: skip
    assert copy_names(sources[:1], same=frozenset({"市水务局.ods"})) == {"市水务局.ods": "市水务局.ods"}


def test_a_file_of_which_nothing_can_be_used_gets_a_page_that_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "空.xlsx").touch()
    (folder / "信.docx").write_bytes(b"PK\x03\x04")
    openpyxl.Workbook().save(folder / "草稿.xlsx")
    campaign = Campaign(name="澄湖市整改", round_resend_by=date(2026, 11, 25), units=(Unit("U1", "市水务局"),))
    report = check(*folder.iterdir(), campaign=campaign)
    copies = annotate(report, [folder], tmp_path / "out")
    assert sorted(copy.path.name for copy in copies) == ["信.xlsx", "空.xlsx", "草稿.xlsx"]
    for copy in copies:
        book = openpyxl.load_workbook(copy.path)
        assert book.sheetnames == [SHEET["zh"]]
        said = words(copy.path)
        (finding,) = [one for one in report.findings if one.file == copy.file]
        assert {finding.message, copy.file, "澄湖市整改", "2026-11-25"} <= set(said)
        assert any("没有被采用" in word for word in said)
        assert read_marks(copy.path.read_bytes()).properties == {KIND: NOTICE, ASKED: "1"}  # nobody knows whose it is
        assert "（未能识别）" in said
    assert {one.reason for one in check(*(copy.path for copy in copies)).submissions} == {"own-output"}


def test_a_deadline_that_is_past_is_urged_and_a_unit_s_findings_stand_on_top(tmp_path: Path) -> None:
    path = write_list(tmp_path / "in" / "a.xlsx", [{"deadline": "尽快"}], unit="市水务局", filled="2026年11月20日")
    campaign = Campaign(round_resend_by=date(2026, 11, 1), units=(Unit("U1", "市水务局", reports=True),))
    report = check(path, campaign=campaign)
    absent = Finding("X704", "missing-task", Severity.ERROR, "第 3 项任务没有报送", unit="市水务局")
    other = Finding("X704", "missing-task", Severity.ERROR, "第 4 项任务没有报送", unit="市住建局")
    (copy,) = annotate(replace(report, findings=(*report.findings, absent, other)), [path], tmp_path / "out")
    said = words(copy.path)
    assert any(word.startswith("2026-11-01（已过") for word in said)
    stamps = read_marks(copy.path.read_bytes()).properties
    assert (stamps[RETURNED], stamps[RETURNED_TO]) == ("2026-11-21", "市水务局")
    assert said.index(absent.message) < said.index(next(one.message for one in report.findings if one.cell))
    assert other.message not in said


def test_findings_of_rules_that_are_silent_leave_a_page_without_a_list(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "空.xlsx").touch()
    report = check(tmp_path / "in" / "空.xlsx")
    (copy,) = annotate(replace(report, findings=()), [tmp_path / "in"], tmp_path / "out")
    assert any("没有被采用" in word for word in words(copy.path))
    assert "未发现问题" not in words(copy.path)
