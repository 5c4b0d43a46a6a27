"""Links in a folder of submissions: none leads to a file that nobody has handed in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from rectify_xl.copies import annotate
from rectify_xl.intake.discover import collect
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.xlsx").write_bytes(b"secret")
    (tmp_path / "in" / "b.xlsx").write_bytes(b"b")
    return tmp_path / "in"


def test_links_that_lead_out_or_nowhere_are_skipped_and_listed(folder: Path) -> None:
    (folder / "a.xlsx").symlink_to(folder.parent / "out" / "secret.xlsx")
    (folder / "c.xlsx").symlink_to("/etc/hostname")
    (folder / "d.xlsx").symlink_to(folder / "gone.xlsx")
    (folder / "e.xlsx").symlink_to("e.xlsx")
    (folder / "sub" / "f").symlink_to(folder.parent / "out")
    (folder / "sub" / "up").symlink_to("..")
    files, skipped = collect([folder], frozenset())
    assert [one.relative for one in files] == ["b.xlsx"]
    assert {(one.path, one.reason) for one in skipped} == {
        (name, "link") for name in ("a.xlsx", "c.xlsx", "d.xlsx", "e.xlsx", "sub/f")
    }


def test_a_link_inside_of_the_folder_gives_way_to_the_file_itself(folder: Path) -> None:
    (folder / "a.xlsx").symlink_to("b.xlsx")
    (folder / "sub" / "c.xlsx").symlink_to("../b.xlsx")
    files, skipped = collect([folder], frozenset())
    assert ([one.relative for one in files], skipped) == (["b.xlsx"], [])


def test_what_is_given_itself_may_be_a_link(folder: Path) -> None:
    (folder.parent / "link").symlink_to(folder)
    (folder.parent / "file.xlsx").symlink_to(folder / "b.xlsx")
    assert [one.relative for one in collect([folder.parent / "link"], frozenset())[0]] == ["b.xlsx"]
    assert [one.relative for one in collect([folder.parent / "file.xlsx"], frozenset())[0]] == ["file.xlsx"]


def test_pipes_are_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "p.xlsx")
    files, skipped = collect([folder], frozenset())
    assert ([one.relative for one in files], [one.path for one in skipped]) == (["b.xlsx"], ["p.xlsx"])


def test_a_folder_too_deep_to_be_opened_costs_itself_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made step by step, as an unpacking program does it."""
    write_list(folder / "市水务局.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    (folder / "b.xlsx").unlink()
    monkeypatch.chdir(folder)
    for _ in range(420):
        os.mkdir("dddddddddd")  # noqa: PTH102 - a path of pathlib's would be too long
        os.chdir("dddddddddd")
    os.close(os.open("x.xlsx", os.O_CREAT))
    os.chdir(folder)
    report = validate([folder], workers=1)
    assert {(one.status, one.path[:4]) for one in report.submissions} == {("accepted", "市水务局"), ("rejected", "in/d")}
    (copy,) = annotate(report, [folder], folder.parent / "copies")
    assert copy.path.name == "市水务局.xlsx"
