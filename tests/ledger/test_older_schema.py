"""A master made with another schema than today's: nothing is refused that can be read, and nothing of it is lost."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl import merge, summarize, write_master
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from rectify_xl.ledger.reading import read_master
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 21)
PLAIN = resource("schemas", "task_list.yaml").read_text("utf-8")
COST = """  cost:
    label: {zh: 整改资金, en: Cost}
    aliases: [资金投入]
    owner: unit
    kind: number
    required: true
"""
BEFORE = "  remark:\n"
WITH_COST = PLAIN.replace(BEFORE, COST + BEFORE)
ROWS = [{"remark": "已报备"}, {"task_id": 2, "problem": "北桥泵站未建成", "deadline": "尽快完成"}]


def campaign(folder: Path, schema: str, round_id: str = "2026-11") -> Campaign:
    """The campaign with this schema beside it; schemas are read once by name, so each has its own."""
    name = f"list-{sha256(schema.encode()).hexdigest()[:8]}.yaml"
    (folder / name).write_text(schema, "utf-8")
    (folder / "campaign.yaml").write_text(f"name: 青禾市整改\nschema: {name}\nround: {{id: {round_id}}}\n", "utf-8")
    return load_campaign(folder)


def column(path: Path, sheet: str, heading: str) -> list[object]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True))
    return [row[rows[0].index(heading)] for row in rows[1:]]


@pytest.fixture
def last_month(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", ROWS, unit="市水务局", keys=(*CLEAN, "remark"))
    write_master(merge([tmp_path / "in"], campaign=campaign(tmp_path, PLAIN), as_of=AS_OF, workers=1), tmp_path / "m.xlsx")
    return tmp_path / "m.xlsx"


def test_a_column_that_the_schema_has_gained_is_blank(last_month: Path, tmp_path: Path) -> None:
    now = campaign(tmp_path, WITH_COST)
    again = summarize(last_month, campaign=now, as_of=AS_OF)
    assert [(task.values["cost"], task.timing.flag) for task in again.tasks] == [(None, "on-time"), (None, "undated")]
    (note,) = again.notes
    assert "“整改资金”" in note.zh
    assert "整改资金" in note.en
    write_master(again, tmp_path / "n.xlsx")
    assert column(tmp_path / "n.xlsx", "总台账", "整改资金") == [None, None]
    assert column(tmp_path / "n.xlsx", "分单位填报", "整改资金") == [None, None]
    assert column(tmp_path / "n.xlsx", "总台账", "备注") == ["已报备", None]
    assert read_master(tmp_path / "n.xlsx", campaign=now).notes == ()


def test_the_next_round_is_merged_with_it(last_month: Path, tmp_path: Path) -> None:
    now = campaign(tmp_path, WITH_COST.replace("version: 1", "version: 2"), "2026-12")
    book = openpyxl.load_workbook(tmp_path / "in" / "市水务局.xlsx")
    sheet = book.worksheets[0]
    at = sheet.max_column + 1
    sheet.cell(3, at).value, sheet.cell(4, at).value, sheet.cell(5, at).value = "资金投入", 120, 30
    book.save(tmp_path / "in" / "市水务局.xlsx")
    master = merge([tmp_path / "in"], campaign=now, as_of=date(2026, 12, 21), base=last_month, workers=1)
    assert [one.figures for one in master.rounds] == [(2, 0, 0, 0, 1)]
    assert [task.values["cost"] for task in master.tasks] == [120, 30]
    assert len(master.notes) == 1


def test_a_column_that_the_schema_has_lost_stays(tmp_path: Path, last_month: Path) -> None:
    book = openpyxl.load_workbook(last_month)
    sheet = book["总台账"]
    at = sheet.max_column + 1
    sheet.cell(3, at).value, sheet.cell(5, at).value = "督办领导", "市长"
    book.save(last_month)
    start = PLAIN.index(BEFORE)
    end = PLAIN.find("\n  ", PLAIN.index("hint:", start))
    without = PLAIN[:start] if end < 0 else PLAIN[:start] + PLAIN[end + 1 :]
    now = campaign(tmp_path, without)
    assert "remark" not in now.schema
    again = summarize(last_month, campaign=now, as_of=AS_OF)
    (note,) = again.notes
    assert "“备注”" in note.zh
    assert "督办领导" not in note.zh
    for path in (tmp_path / "n.xlsx", tmp_path / "o.xlsx"):
        write_master(again, path)
        assert column(path, "总台账", "备注") == ["已报备", None]
        assert column(path, "总台账", "督办领导") == [None, "市长"]
        assert column(path, "分单位填报", "备注") == ["已报备", None]
        again = summarize(path, campaign=now, as_of=AS_OF)


def test_a_field_with_another_label_is_found_by_its_aliases(tmp_path: Path, last_month: Path) -> None:
    assert "label: {zh: 整改时限" in PLAIN
    renamed = PLAIN.replace("label: {zh: 整改时限", "label: {zh: 办结期限")
    now = campaign(tmp_path, renamed.replace("aliases: [完成时限,", "aliases: [整改时限, 完成时限,"))
    again = summarize(last_month, campaign=now, as_of=AS_OF)
    assert [task.values["deadline"] for task in again.tasks] == ["2026年12月31日前", "尽快完成"]
    assert again.notes == ()


def test_another_name_that_the_office_gives_a_column_is_put_back_and_that_is_said(last_month: Path) -> None:
    book = openpyxl.load_workbook(last_month)
    next(cell for cell in book["总台账"][3] if cell.value == "备注").value = "说明"
    book.save(last_month)
    again = summarize(last_month, as_of=AS_OF)
    (note,) = again.notes
    assert "“说明”一栏就是“备注”，内容都保留" in note.zh
    assert "说明 of the ledger is 备注" in note.en
    write_master(again, last_month)
    assert column(last_month, "总台账", "备注") == ["已报备", None]


@pytest.mark.parametrize("heading", ["问题描述", "整改措施", "责任领导", "牵头单位", "整改时限", "整改状态"])
def test_a_ledger_without_what_it_is_judged_by_is_refused(last_month: Path, tmp_path: Path, heading: str) -> None:
    book = openpyxl.load_workbook(last_month)
    sheet = book["总台账"]
    next(cell for cell in sheet[3] if cell.value == heading).value = "整改办另用"
    book.save(last_month)
    with pytest.raises(RectifyError, match=f"“总台账”: 缺少列“{heading}”"):
        read_master(last_month, campaign=campaign(tmp_path, PLAIN))


def test_the_commands_say_it_once(last_month: Path, tmp_path: Path) -> None:
    campaign(tmp_path, WITH_COST)
    given = ["--campaign", str(tmp_path)]
    for words in (
        ["summarize", str(last_month), "-o", str(tmp_path / "n.xlsx"), "--as-of", "2026-11-21"],
        ["merge", str(tmp_path / "in"), "-o", str(tmp_path / "o.xlsx"), "--base", str(last_month), "--as-of", "2026-11-21"],
        ["bulletin", str(last_month), "-o", str(tmp_path / "b.docx")],
        ["notice", str(last_month), "--all", "-o", str(tmp_path / "函")],
    ):
        result = CliRunner().invoke(main, [*words, *given])
        assert result.exit_code in (0, 1), result.output
        assert result.stderr.count("整改资金") == 1, words


def test_a_deleted_column_of_keys_is_restored_by_the_sources_and_that_is_said(last_month: Path) -> None:
    before = [task.key for task in read_master(last_month).tasks]
    book = openpyxl.load_workbook(last_month)
    rows = book["总台账"]
    rows.delete_cols(next(cell.column for cell in rows[3] if cell.value == "任务标识"))
    book.save(last_month)
    again = read_master(last_month)
    assert [task.key for task in again.tasks] == before
    (note,) = (note.zh for note in again.notes)
    assert "隐藏的“任务标识”一列被删去，已按各行的来源恢复" in note
