"""The pages that say how the project grows are followed to the letter, in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("rectify_xl", "schemas", "templates", "samples", "tests", "docs", "pyproject.toml", "README.md", "README.zh-CN.md")
HEADINGS = ["序号", "存在问题", "责任领导", "责任单位", "整改时限", "资金投入"]
ROW = [1, "南河淤积", "钟离岳 副市长", "市水务局", "2026年12月底前"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("pages")
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)  # with what is compiled: it stays valid
        else:
            shutil.copy(source, copy / name)
    return copy


def blocks(page: str, language: str) -> list[str]:
    """The code blocks in that language."""
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(str(code)) for code in found]


def block(page: str, language: str) -> str:
    """The one code block in that language."""
    (found,) = blocks(page, language)
    return found


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    environment = {**outer, "PYTHONPATH": str(checkout), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=checkout, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def lint(checkout: Path, *paths: Path) -> None:
    """The code of a page passes the project's own checks."""
    checked = run(checkout, "-m", "ruff", "check", "--no-cache", *map(str, paths))
    assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
def test_a_column_is_one_entry(checkout: Path) -> None:
    schema = checkout / "schemas" / "task_list.yaml"
    text = schema.read_text("utf-8")
    entry = textwrap.indent(block("add-a-column.md", "yaml"), "  ")
    schema.write_text(text.replace("  progress:\n", f"{entry}  progress:\n", 1), "utf-8")
    assert run(checkout, "docs/make_docs.py").returncode == 0
    assert "| `cost` | 整改资金 |" in (checkout / "docs" / "data-dictionary.md").read_text("utf-8")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("清单", 0)
    for row in (HEADINGS, [*ROW, 12.5], [2, "北河淤积", *ROW[2:], "约三百"]):
        sheet.append(row)
    book.save(checkout / "a.xlsx")
    said = run(checkout, "-m", "rectify_xl", "validate", "a.xlsx", "--as-of", "2026-11-21").stdout
    assert "F3" in said
    assert said.count("[wrong-type]") == 1


@pytest.mark.slow
def test_a_state_is_one_line(checkout: Path) -> None:
    schema = checkout / "schemas" / "task_list.yaml"
    line, synonyms = (textwrap.indent(found.strip(), "      ") + "\n" for found in blocks("add-a-state.md", "yaml"))
    text = schema.read_text("utf-8")
    text = text.replace("      公示中: {closed: true}\n", f"{line}      公示中: {{closed: true}}\n", 1)
    schema.write_text(text.replace("    synonyms:\n", f"    synonyms:\n{synonyms}", 1), "utf-8")
    assert run(checkout, "docs/make_docs.py").returncode == 0
    assert "| 申请销号 | closed |" in (checkout / "docs" / "data-dictionary.md").read_text("utf-8")
    folder = checkout / "states"
    folder.mkdir()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    late = [*ROW[:4], "2026年6月底前"]
    for row in (
        [*HEADINGS[:5], "整改状态", "实际完成日期"],
        [*late, "申请销号"],
        [2, *late[1:], "已报销号申请"],
        [3, *late[1:], "整改中"],
    ):
        sheet.append(row)
    book.save(folder / "a.xlsx")
    said = run(checkout, "-m", "rectify_xl", "merge", "states", "-o", "states.xlsx", "--as-of", "2026-11-21").stdout
    assert "逾期 1" in said, said
    home = openpyxl.load_workbook(checkout / "states.xlsx", data_only=True)["汇总"]
    counted = {row[0].value: row[1].value for row in home.iter_rows() if row[0].value}
    assert (counted["申请销号"], counted["整改中"]) == (2, 1)
    said = run(checkout, "-m", "rectify_xl", "validate", "states/a.xlsx", "--as-of", "2026-11-21").stdout
    assert "G2、G3  错误 状态为“申请销号”，没有填写实际完成日期" in said


@pytest.mark.slow
def test_a_rule_is_one_module_and_one_page_of_cases(checkout: Path) -> None:
    module = checkout / "rectify_xl" / "rules" / "progress" / "unnamed_evidence.py"
    module.write_text(block("add-a-rule.md", "python"), "utf-8")
    lint(checkout, module)
    cases = checkout / "tests" / "rules" / "cases" / "unnamed-evidence.md"
    cases.write_text(block("add-a-rule.md", "markdown"), "utf-8")
    tested = run(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "tests/rules", "-k", "unnamed")
    assert tested.returncode == 0, tested.stdout
    assert run(checkout, "-m", "rectify_xl", "explain", "unnamed-evidence").stdout.startswith("P690 unnamed-evidence")
    assert run(checkout, "docs/make_docs.py").returncode == 0
    assert "### unnamed-evidence" in (checkout / "docs" / "rules.md").read_text("utf-8")


def test_a_format_is_one_module(checkout: Path) -> None:
    module, tests = blocks("add-a-format.md", "python")
    written = checkout / "rectify_xl" / "intake" / "formats" / "slk.py", checkout / "tests" / "intake" / "test_slk.py"
    for path, code in zip(written, (module, tests), strict=True):
        path.write_text(code, "utf-8")
    lint(checkout, *written)
    tested = run(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "tests/intake/test_slk.py")
    assert tested.returncode == 0, tested.stdout
    (checkout / "in").mkdir()
    rows = [HEADINGS[:5], [*ROW[:4], "尽快完成"]]
    cells = [f'C;Y{y};X{x};K"{value}"' for y, row in enumerate(rows, 1) for x, value in enumerate(row, 1)]
    (checkout / "in" / "市水务局.slk").write_bytes("\n".join(["ID;P", *cells, "E"]).encode("gb18030"))
    said = run(checkout, "-m", "rectify_xl", "validate", "in", "--annotate", "back", "--as-of", "2026-11-21")
    assert "[vague-deadline]" in said.stdout
    assert (checkout / "back" / "市水务局.xlsx").is_file(), said.stdout + said.stderr


def test_a_sheet_is_one_module(checkout: Path) -> None:
    (checkout / "before").mkdir()
    merge = ("-m", "rectify_xl", "merge", "samples/city/submissions", "--campaign", "samples/city", "--as-of", "2026-11-21", "-o")
    run(checkout, *merge, "before/m.xlsx")
    module, tests = blocks("add-a-sheet.md", "python")
    written = (
        checkout / "rectify_xl" / "ledger" / "sheets" / "standing.py",
        checkout / "tests" / "ledger" / "test_standing_sheet.py",
    )
    for path, code in zip(written, (module, tests), strict=True):
        path.write_text(code, "utf-8")
    lint(checkout, *written)
    pinned = checkout / "tests" / "workbook" / "test_master.py"
    pinned.write_text(pinned.read_text("utf-8").replace('"延期", "销号进度"', '"延期", "长期任务", "销号进度"', 1), "utf-8")
    order = f"{pinned}::test_the_contracts_sheets_in_order_and_all_visible"
    tested = run(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", str(written[1]), order)
    assert tested.returncode == 0, tested.stdout
    run(checkout, *merge, "after.xlsx")
    run(checkout, "-m", "rectify_xl", "summarize", "before/m.xlsx", "--campaign", "samples/city", "-o", "again.xlsx")
    sheets = []
    for name in ("after.xlsx", "again.xlsx"):
        book = openpyxl.load_workbook(checkout / name)
        sheets.append([[cell.value for cell in row] for row in book["长期任务"].iter_rows(min_row=3)])
        links = [cell.hyperlink.location for row in book["汇总"] for cell in row if cell.hyperlink]
        assert "'长期任务'!A1" in links
        number = book["长期任务"]["A4"].hyperlink.location
        assert book["总台账"][number.partition("!")[2]].value == book["长期任务"]["A4"].value
    assert sheets[0] == sheets[1]
    assert len(sheets[0]) > 1
