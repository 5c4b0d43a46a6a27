"""The sample campaign as ``rectify-xl demo`` runs it: two rounds, what would be mailed, and nobody's work overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.mail.mailing import PREVIEW
from rectify_xl.mail.outbox import FILE
from tests.support.commands import run

if TYPE_CHECKING:
    from pathlib import Path

MASTER = "总台账.xlsx"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that ran once."""
    place = tmp_path_factory.mktemp("demo") / "演示"
    result = run("demo", place)
    assert (result.exit_code, "70 项任务" in result.stdout) == (0, True)
    check_what_would_be_mailed(place, result.stdout.splitlines())
    return place


def test_the_demo_leaves_a_master(place: Path) -> None:
    book = openpyxl.load_workbook(place / MASTER, read_only=True)
    assert {"汇总", "总台账", "历次"} <= set(book.sheetnames)


@pytest.mark.long  # the same command, again and again; test_overwrite.py shows in part what it does
def test_a_demo_over_another(place: Path) -> None:
    assert run("demo", place).exit_code == 0
    assert not list((place / "rounds").glob("*.bak.xlsx"))  # nobody worked in what it wrote
    rounds = run("history", "--campaign", place).stdout.splitlines()
    assert [line for line in rounds if line.startswith("第")] == ["第 2026-11 轮：汇总 2 次", "第 2026-12 轮：汇总 2 次"]

    book = openpyxl.load_workbook(place / MASTER)
    book.create_sheet("整改办自用")["A1"] = "试写"
    book.save(place / MASTER)
    old = (place / MASTER).read_bytes()
    result = run("demo", place)
    later, kept = sorted((place / "rounds").glob("*.bak.xlsx"))  # the sheet goes on into the next month's master
    assert later.name.startswith("总台账-2026-12.")
    assert kept.read_bytes() == old
    assert {f"覆盖前的台账保存在 {one}。" for one in (later, kept)} <= set(result.stdout.splitlines())

    assert run("demo", place, "--lang", "en").exit_code == 0
    openpyxl.Workbook().save(place / MASTER)
    assert run("demo", place).exit_code == 2


def check_what_would_be_mailed(place: Path, lines: list[str]) -> None:
    start = lines.index("如果现在发邮件（示例，一封也不会发）：")
    names = sorted(path.name for path in (place / PREVIEW).iterdir())
    rows = [line.partition(" ")[0] for line in lines[start + 2 : -1] if not line.startswith("请注意")]
    assert rows[0] == "领导（mail.to）"
    assert names == ["001-lingdao@example.gov.cn.eml", *(f"{at:03d}-{unit}.eml" for at, unit in enumerate(rows[1:], 2))]
    assert len(names) > 5
    assert "outbox-preview" in lines[-1]
    assert not (place / FILE).exists()


@pytest.mark.parametrize(("name", "text"), [("units.csv", "id,name\nU1,市水务局\n"), ("文件.txt", "x")])
def test_a_folder_with_other_things_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    result = run("demo", tmp_path)
    assert (result.exit_code, "已经存在" in result.stderr or "不是空" in result.stderr) == (2, True), result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == text
