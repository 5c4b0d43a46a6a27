from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common import atomic_write as replacing
from rectify_xl.common.atomic_write import replace_file
from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def writes(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def accept(path: Path) -> None:
    assert path.exists()


def run(script: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    prelude = "import sys\nfrom pathlib import Path\nfrom rectify_xl.common.atomic_write import replace_file\n"
    command = [sys.executable, "-c", prelude + script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "总台账.xlsx"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_made_with_the_folders_usual_rights(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    goal = replace_file(tmp_path / "新.xlsx", writes(b"new"), accept)
    assert goal.read_bytes() == b"new"
    assert goal.stat().st_mode == plain.stat().st_mode
    assert names(tmp_path) == ["plain", "新.xlsx"]


def test_an_old_file_is_replaced_and_keeps_its_rights(target: Path) -> None:
    target.chmod(0o640)
    replace_file(target, writes(b"new"), accept)
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "最新.xlsx"
    link.symlink_to(target)
    assert replace_file(link, writes(b"new"), accept) == target.resolve()
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "said"),
    [("总台账.xls", "应以 .xlsx 结尾"), ("", "文件夹")],
)
def test_a_target_that_cannot_be_is_refused_at_once(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(RectifyError, match=said):
        replace_file(tmp_path / name, writes(b""), accept)
    assert names(tmp_path) == []


def test_a_read_only_file_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(RectifyError, match="只读"):
        replace_file(target, writes(b""), accept)


@pytest.mark.parametrize("lock", ["~$总台账.xlsx", "~$账.xlsx", ".~总台账.xlsx", ".~lock.总台账.xlsx#"])
def test_a_file_open_elsewhere_is_refused(target: Path, lock: str) -> None:
    (target.parent / lock).touch()
    with pytest.raises(RectifyError, match="打开") as told:
        replace_file(target, writes(b"new"), accept)
    assert lock in str(told.value)
    assert target.read_bytes() == b"old"


def test_a_neighbours_lock_is_not_ours(target: Path) -> None:
    (target.parent / "账.xlsx").touch()
    (target.parent / "~$账.xlsx").touch()
    replace_file(target, writes(b"new"), accept)
    assert target.read_bytes() == b"new"


def test_a_file_left_behind_by_a_killed_process_is_no_obstacle(target: Path) -> None:
    left = target.parent / f".rectify_xl-{os.getpid()}-0.tmp"
    left.touch()
    replace_file(target, writes(b"new"), accept)
    assert target.read_bytes() == b"new"
    assert names(target.parent) == [left.name, target.name]


def test_what_a_killed_process_left_behind_is_removed_by_the_next(target: Path) -> None:
    script = (
        "import os, signal\n"
        "def write(path):\n    path.write_bytes(b'half')\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "replace_file(Path(sys.argv[1]), write, print)"
    )
    run(script, target)
    assert len(names(target.parent)) == 2
    elsewhere = target.parent / ".rectify_xl-0123abcd-1-0.tmp"  # of another machine that writes into a shared folder
    elsewhere.touch()
    replace_file(target, writes(b"new"), accept)
    assert names(target.parent) == [elsewhere.name, target.name]


def test_a_replacement_is_committed_once_or_discarded(target: Path) -> None:
    first, second = replacing.Replacement(target), replacing.Replacement(target)
    first.path.write_bytes(b"first")
    second.path.write_bytes(b"second")
    first.discard()
    assert target.read_bytes() == b"old"
    assert second.commit() == target
    second.discard()
    assert (target.read_bytes(), names(target.parent)) == (b"second", [target.name])


def test_a_name_too_long_for_a_lock_file_is_written(tmp_path: Path) -> None:
    name = "清" * 83 + "a.xlsx"
    assert len(name.encode()) == 255
    assert replace_file(tmp_path / name, writes(b"new"), accept).read_bytes() == b"new"


def test_a_file_that_fails_its_verification_replaces_nothing(target: Path) -> None:
    def refuse(path: Path) -> None:
        assert path.read_bytes() == b"new"
        raise RectifyError("不一致", "it differs")

    with pytest.raises(RectifyError, match="不一致"):
        replace_file(target, writes(b"new"), refuse)
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interruption_leaves_nothing_behind(target: Path, error: type[BaseException]) -> None:
    def interrupted(path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    with pytest.raises(error):
        replace_file(target, interrupted, accept)
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "磁盘空间不足"),
        (PermissionError(13, "Permission denied"), "没有写入权限"),
        (OSError(5, "Input/output error"), "磁盘读写出错"),
        (OSError("strange"), "strange"),
    ],
)
def test_what_the_disk_says_is_told_in_plain_words(target: Path, error: OSError, said: str) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    with pytest.raises(RectifyError, match=said) as told:
        replace_file(target, fail, accept)
    assert "原文件未改动" in str(told.value)
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


def test_a_folder_that_refuses_new_files_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(replacing.os, "open", refuse)
    with pytest.raises(RectifyError, match="没有写入权限"):
        replace_file(target, writes(b"new"), accept)
    assert target.read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no file size limit here")
def test_a_full_disk_leaves_the_old_file(target: Path) -> None:
    script = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "replace_file(Path(sys.argv[1]), lambda path: path.write_bytes(b'x' * 9000), print)"
    )
    done = run(script, target)
    assert "RectifyError" in done.stderr
    assert "磁盘空间不足" in done.stderr
    assert target.read_bytes() == b"old"
    assert names(target.parent) == [target.name]


def test_a_process_killed_while_writing_leaves_the_old_file(target: Path) -> None:
    script = (
        "import os, signal\n"
        "def write(path):\n    path.write_bytes(b'half')\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "replace_file(Path(sys.argv[1]), write, print)"
    )
    assert run(script, target).returncode == -signal.SIGKILL
    assert target.read_bytes() == b"old"


def test_a_folder_that_cannot_be_flushed_is_no_failure(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    calls = []

    def fsync(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(22, "Invalid argument")
        real(handle)

    monkeypatch.setattr(replacing.os, "fsync", fsync)
    replace_file(target, writes(b"new"), accept)
    assert target.read_bytes() == b"new"
    assert len(calls) == 2


def test_another_kind_of_file_has_another_ending(tmp_path: Path) -> None:
    assert replace_file(tmp_path / "通报.docx", writes(b"new"), accept, suffix=".docx").exists()
