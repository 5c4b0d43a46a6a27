"""Which files under the given paths are read, and under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.errors import RectifyError
from rectify_xl.intake.discover import collect

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())


def test_a_folder_through_all_levels(tmp_path: Path) -> None:
    put(tmp_path, "b.xlsx", "县区/a.XLS", "县区/乡镇/c.et", "说明.docx", "units.csv", "照片.jpg", "~$b.xlsx", ".~lock.a.ods#")
    put(tmp_path, ".DS_Store", ".git/x.xlsx", "campaign.yaml")
    own = frozenset({(tmp_path / "units.csv").resolve()})
    found, skipped = collect([tmp_path], own)
    assert [file.relative for file in found] == ["b.xlsx", "县区/a.XLS", "县区/乡镇/c.et", "说明.docx"]
    assert {file.path: file.reason for file in skipped} == {
        ".DS_Store": "hidden-file",
        ".~lock.a.ods#": "lock-file",
        "campaign.yaml": "not-a-spreadsheet",
        "units.csv": "campaign-file",
        "~$b.xlsx": "lock-file",
        "照片.jpg": "not-a-spreadsheet",
    }


def test_each_file_once_and_equal_names_apart(tmp_path: Path) -> None:
    put(tmp_path, "一/a.xlsx", "二/a.xlsx", "三/a.xlsx")
    found, _ = collect([tmp_path / "一", tmp_path / "二", tmp_path / "一" / "a.xlsx", tmp_path / "三/a.xlsx"], frozenset())
    names = ["a.xlsx", (tmp_path / "二/a.xlsx").as_posix(), (tmp_path / "三/a.xlsx").as_posix()]
    assert sorted(file.relative for file in found) == sorted(names)


def test_a_link_is_the_file_it_points_to(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    assert [file.relative for file in collect([tmp_path], frozenset())[0]] == ["a.xlsx"]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"缺\.xlsx: 没有这个文件或文件夹"):
        collect([tmp_path / "缺.xlsx"], frozenset())
