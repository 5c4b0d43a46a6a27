"""The documentation is true: its commands exist, its Python runs, its generated parts are fresh."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context

from rectify_xl.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
_BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in _BLOCK.findall(page.read_text("utf-8")) if kind == language]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_named_in_blocks_exist_with_their_options(page: Path) -> None:
    for line in "".join(blocks(page, "")).splitlines():
        words = shlex.split(line.strip(), comments=False) if re.match(r"\S*rectify-xl\b", line.strip()) else []
        if not words:
            continue
        command = main.get_command(Context(main), words[1])
        assert command, line
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words[2:] if word.startswith("-")} <= known, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+\.md)[^)]*\)", page.read_text("utf-8")):
        assert (page.parent / target).is_file(), target


@pytest.mark.slow
def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = blocks(ROOT / "README.md", "python")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "vague-deadline" in done.stdout
    assert (tmp_path / "ledger.xlsx").is_file()


def test_make_targets_named_in_pages_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"^make (\w+)$", "".join(blocks(page, "")), re.MULTILINE)) <= targets


@pytest.mark.slow
def test_generated_parts_are_fresh() -> None:
    check = [sys.executable, str(ROOT / "docs" / "make_docs.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
