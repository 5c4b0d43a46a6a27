"""An error that nobody has foreseen is one sentence and exit status 2; nothing is printed past the one way that cleans texts."""

from __future__ import annotations

import ast
import errno
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from rectify_xl.cli import main
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

CLI = Path(__file__).resolve().parents[2] / "rectify_xl" / "cli"


def chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("error", [
    MemoryError(), OSError(errno.ENOMEM, "Cannot allocate memory"), RuntimeError("can't start new thread"),
    ImportError("x.so: failed to map segment from shared object"),
    chained(ImportError("numpy"), ImportError("x.so: failed to map segment from shared object")),
])  # fmt: skip
def test_memory_that_has_run_out_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("rectify_xl.workflow.validate.validate", fail)
    done = CliRunner().invoke(main, ["validate", str(tmp_path)])
    assert (done.exit_code, done.stderr[:9]) == (2, "错误：内存不足，没")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", ["--version", "--help", "explain", "explain --help", "deadline 尽快 --format json"])
def test_what_stdout_does_not_take_is_said(words: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "rectify_xl", *words.split()]
        done = subprocess.run(command, cwd=CLI.parents[1], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("错误：标准输出写不进去（磁盘空间不足）")
        assert len(done.stderr.splitlines()) == 1
        done = subprocess.run([*command, "--lang", "fr"], cwd=CLI.parents[1], stdout=full, stderr=full, check=False)
        assert done.returncode == 2


@pytest.mark.parametrize("error", [RuntimeError("a\nb\x1b[2J"), MemoryError(), RecursionError("deep"), AssertionError()])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unforeseen_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, lang: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("rectify_xl.workflow.validate.validate", fail)
    done = CliRunner().invoke(main, ["validate", str(tmp_path), "--lang", lang])
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr
    assert ("没有完成" if lang == "zh" else "not done") in done.stderr
    monkeypatch.setenv("RECTIFY_XL_TRACEBACK", "1")
    assert "Traceback" in CliRunner().invoke(main, ["validate", str(tmp_path)]).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="written for a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_without_standard_streams_the_job_is_done(tmp_path: Path, closed: str) -> None:
    """As a scheduler may start a program; what is written must not get into a file that has the number of a stream, either."""
    write_list(tmp_path / "in" / "a.xlsx", [{}], unit="市水务局")
    words = [sys.executable, "-m", "rectify_xl", "merge", tmp_path / "in", "-o", tmp_path / "m.xlsx", "--as-of", "2026-11-21"]
    line = " ".join(f"'{word}'" for word in words)
    done = subprocess.run(["/bin/sh", "-c", f"{line} {closed}"], cwd=CLI.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "m.xlsx").read_bytes().startswith(b"PK")


def prints(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "click.echo",
            "print",
            "printed",
            "click.secho",
            "sys.stdout.write",
        ):
            yield ast.unparse(node)


def test_everything_is_printed_by_echo() -> None:
    own = {"printing.py", "streams.py", "command.py"}  # echo itself, and click's help pages
    found = [call for path in CLI.glob("*.py") if path.name not in own for call in prints(path)]
    assert all("\\r" in call for call in found), found  # a progress line, whose text is cleaned where it is made
