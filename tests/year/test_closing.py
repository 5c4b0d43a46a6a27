"""The life of the year's tasks: extended or not, struck off in five ways, come back, looked at again, the same in all places."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import read_master
from tests.year.acts import Rows
from tests.year.closing import CLOSING, JUDGED, RELAPSE, UNITS
from tests.year.driver import Year
from tests.year.test_year import play

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
AS_OF = ("--as-of", "2027-03-21")


def test_the_life_of_tasks(tmp_path: Path) -> None:
    year = Year(tmp_path, UNITS)
    play(year, len(CLOSING), CLOSING)
    check_findings(year)
    check_figures(year)
    check_sheets(year)
    check_papers(year)


def check_findings(year: Year) -> None:
    for month, told in zip(CLOSING, year.told, strict=True):
        found = [
            (int(one["task_id"]), one["slug"]) for one in told["findings"] if one["slug"].startswith(("closing-", "extension-"))
        ]
        assert set(found) == JUDGED[month], month


def check_figures(year: Year) -> None:
    """汇总 and 历次 count what the script's tasks say."""
    wanted = Counter(task.values.get("status", "") for task in year.model.tasks.values())
    assert wanted == {"已销号": 3, "反弹": 2, "已完成": 1, "": 9}
    book = openpyxl.load_workbook(year.master, data_only=True)
    shown = {row[0].value: row[1].value for row in book["汇总"].iter_rows() if row[0].value}
    assert {state: shown[state] for state in ("已销号", "反弹", "已完成")} == {
        state: wanted[state] for state in ("已销号", "反弹", "已完成")
    }
    assert shown["逾期"] == 2  # the two whose extension was not granted; that of the third moved its day
    rounds = {row[0].value: row for row in book["历次"].iter_rows()}
    heads = [cell.value for cell in rounds["轮次"]]
    assert [rounds[month][heads.index("已办结")].value for month in CLOSING] == [0, 5, 5, 3, 4]


def check_sheets(year: Year) -> None:
    master = read_master(year.master, campaign=year.folder)
    asked = {one.key: [one.asked_on, one.new_deadline, one.reason, one.decision] for one in master.extensions}
    assert asked == {key: [*values, ""][:4] for key, values in year.model.extensions.items()}
    tasks = {task.key: task for task in master.tasks}
    assert {key: (tasks[key].due, tasks[key].reason[:8]) for key in ("T0006", "T0009", "T0012")} == {
        "T0006": (date(2026, 12, 31), "written"), "T0009": (date(2026, 12, 31), "written"),
        "T0012": (date(2027, 6, 30), "extended"),
    }  # fmt: skip
    assert "holidays.csv" in closing_rows(year.folder / "2027-01-1.xlsx")["T0013"]["提示"]
    assert [*closing_rows(year.master)] == ["T0008"]
    logged = [one for one in master.changes if one.source.startswith("回头看.xlsx")]
    assert {one.task for one in logged} == {"7", "10", "13", "14", "15"}
    assert [(one.task, one.new) for one in logged if one.field == "reopen_reason"] == [("13", RELAPSE)]


def closing_rows(path: Path) -> dict[str, dict[str, Any]]:
    rows = Rows(openpyxl.load_workbook(path)["销号进度"])
    heads = [cell.value for cell in rows.sheet[rows.head]]
    return {
        rows.get(row, "key"): dict(zip(heads, [cell.value or "" for cell in rows.sheet[row]], strict=True)) for row in rows.rows()
    }


def check_papers(year: Year) -> None:
    """The form of a task that came back and of one that did not, the notice over a holiday, the bulletin."""
    folder = year.folder / "公文"
    year.paper("dossier", "--task", 7, "-o", folder, *AS_OF)
    year.paper("publicity", "--task", 8, "--start", "2027-03-29", "-o", folder, *AS_OF)
    year.paper("bulletin", "-o", folder / "通报.docx", *AS_OF)
    form, notice, bulletin = (text_of(next(folder.glob(f"{name}*.docx"))) for name in ("验收销号表", "公示稿", "通报"))
    assert all(f"2027年1月{day}日" in form for day in ("4", "5日至2027年1月18", "18", "19"))
    assert "2027年4月12日" in notice  # ten working days, without 清明节
    assert "逾期2项" in bulletin


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
