"""What a terminal sees and a pipe does not: colour, the count by rule, the progress bar."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

pty = pytest.importorskip("pty", reason="no terminals of this kind here")
fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
COLOUR = re.compile(r"\x1b\[\d+m")
CONTROL = re.compile(r"\x1b\[[?\d]*[a-zA-Z]")


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "rectify_xl", *map(str, words), "--as-of", "2026-11-21"]


def environment(**more: str) -> dict[str, str]:
    return {**{key: value for key, value in os.environ.items() if key != "NO_COLOR"}, **more}


def on_terminal(*words: object, columns: int = 80, **more: str) -> str:
    """What the command writes to a terminal of that width, stdout and stderr together."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
    with subprocess.Popen(command(*words), stdout=theirs, stderr=theirs, env=environment(**more)) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            seen += part
        process.wait()
    os.close(ours)
    return seen.decode()


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in CONTROL.sub("", text))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("in")
    for number in range(1, 7):
        rows = [{"task_id": number, "problem": f"{number}号渠淤积", "deadline": "尽快" if number < 4 else "2026年12月底前"}]
        write_list(path / f"第{number}片区水务服务中心报送的整改任务清单.xlsx", rows, unit=f"第{number}水务中心")
    return path


def test_a_terminal_sees_colour_and_the_count_by_rule(folder: Path) -> None:
    seen = on_terminal("validate", folder)
    assert "\x1b[31m错误\x1b[0m" in seen
    plain = CONTROL.sub("", seen)
    counted = re.search(r"错误 +3  vague-deadline  \S", plain)
    assert counted
    assert counted.start() < plain.index("3 个错误")


def test_no_color_is_respected(folder: Path) -> None:
    seen = on_terminal("validate", folder, NO_COLOR="1")
    assert not COLOUR.search(seen)
    assert "错误" in seen
    assert COLOUR.search(on_terminal("validate", folder, NO_COLOR=""))


def test_a_pipe_gets_plain_lines_and_nothing_on_stderr(folder: Path) -> None:
    done = subprocess.run(command("validate", folder), capture_output=True, text=True, check=False, env=environment())
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout
    assert not re.search(r"3  vague-deadline", done.stdout)
    assert "3 个错误" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("columns", "label"), [(100, True), (30, False), (16, False)])
def test_the_bar_counts_all_files_and_never_wraps(folder: Path, columns: int, *, label: bool) -> None:
    seen = on_terminal("validate", folder, "--select", "D502", columns=columns)
    bar = seen[: seen.index("\n")]
    assert "6/6" in bar
    assert ("正在读取" in bar) == label
    assert max(map(width, bar.split("\r"))) <= columns


def test_few_files_need_no_bar(folder: Path) -> None:
    assert "1/1" not in on_terminal("validate", next(folder.iterdir()))


def test_no_text_of_a_unit_can_colour_the_terminal(tmp_path: Path) -> None:
    path = write_list(tmp_path / "市水务局.xlsx", [{"deadline": "尽快\ufdd0红\ufddf"}], unit="市水务局")
    seen = on_terminal("validate", path)
    assert COLOUR.search(seen)
    assert "尽快<U+FDD0>红<U+FDDF>" in re.sub(r"\s+", "", seen)
