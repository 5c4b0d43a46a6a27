"""What a run does not need is not loaded: commands answer at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from rectify_xl import merge, write_master
from tests.support.lists import write_list

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"pandas", "pandera", "numpy"}
READERS_AND_WRITERS = {"openpyxl", "xlrd", "python_calamine", "lxml", "xlsxwriter", "docxtpl", "docx", "pypdfium2"}
NETWORK = {"smtplib", "ssl", "keyring"}
COMMANDS = (
    "--help", "explain", "explain D502", "deadline 尽快完成", "template -o form.xlsx", "init campaign", "outbox",
    "bulletin master.xlsx -o bulletin.docx", "notice master.xlsx --unit 市水务局 -o notice.docx",
    "publicity master.xlsx --due -o notices", "dossier master.xlsx --all -o forms", "lookback master.xlsx -n 1",
    "send master.xlsx --campaign office", "summarize master.xlsx -o again.xlsx",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loading")
    write_list(made / "in" / "市水务局.xlsx", [{"deadline": "2026年6月底前"}], unit="市水务局")
    write_master(merge(made / "in", as_of=date(2026, 11, 21)), made / "master.xlsx")
    (made / "office").mkdir()
    mail = "{from: office@example.com, host: 127.0.0.1, port: 1025, security: none, to: [chief@example.com]}"
    (made / "office" / "campaign.yaml").write_text(f"issuer: 整改办\nmail: {mail}\n", "utf-8")
    return made


def loaded(folder: Path, *words: str) -> tuple[int, set[str]]:
    """The exit status of a command, and the packages that it loaded."""
    command = [sys.executable, "-X", "importtime", "-m", "rectify_xl", *words]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    lines = (line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time"))
    return done.returncode, {name.partition(".")[0] for name in lines}


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_that_judge_no_rows(folder: Path, command: str) -> None:
    status, packages = loaded(folder, *command.split())
    assert status == (2 if command == "outbox" else 0)  # without a campaign there is no outbox
    assert "rectify_xl" in packages
    assert packages.isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["--help", "explain", "deadline 尽快完成"])
def test_commands_without_a_file(folder: Path, command: str) -> None:
    assert loaded(folder, *command.split())[1].isdisjoint(READERS_AND_WRITERS | NETWORK | {"sqlite3"})


def test_lists_in_order(folder: Path) -> None:
    status, packages = loaded(folder, "validate", "in")
    assert status == 0
    assert packages.isdisjoint(HEAVY | READERS_AND_WRITERS | NETWORK)


def test_pandera_judges_what_is_in_doubt(folder: Path) -> None:
    write_list(folder / "doubt" / "市公安局.xlsx", [{"status": "快好了"}], unit="市公安局")
    assert loaded(folder, "validate", "doubt")[1] >= HEAVY


def test_a_merge(folder: Path) -> None:
    status, packages = loaded(folder, "merge", "in", "-o", "merged.xlsx")
    assert status == 0
    assert "xlsxwriter" in packages
    assert packages.isdisjoint(HEAVY | (READERS_AND_WRITERS - {"xlsxwriter", "python_calamine"}) | NETWORK)


def test_the_library_loads_nothing_until_it_is_used() -> None:
    code = "import sys, rectify_xl; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(eval(done.stdout))  # noqa: S307 - our own list
