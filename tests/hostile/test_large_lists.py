"""Large lists: within the limits that docs/security.md states, and a clear refusal beyond them."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from rectify_xl.intake import files
from rectify_xl.schema.loading import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hostile.conftest import Done

HEADINGS = ("序号", "问题描述", "整改措施", "责任领导", "牵头单位", "整改时限", "整改状态", "整改进展")
MOST_MEMORY = 1536 << 20


def write(path: Path, rows: int, *, same: bool = False) -> None:
    path.parent.mkdir(exist_ok=True)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("任务清单")
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        words = "同上" if same else f"东河第{row}处排口污水直排，影响周边群众"
        number = "" if same else row
        due = "尽快完成" if row % 2 else "2026年12月31日前"
        values = [number, words, f"封堵第{row}处排口", "柳青禾 副市长", "市水务局", due, "整改中", f"已封堵{row}米"]
        sheet.write_row(row, 0, values)
    book.close()


@pytest.mark.long
def test_thirty_thousand_rows(rectify: Callable[..., Done], tmp_path: Path) -> None:
    write(tmp_path / "in" / "市水务局.xlsx", 30_000)
    words = ("--as-of", "2026-11-21", "--format", "json")
    checked = rectify("validate", tmp_path / "in", "--annotate", tmp_path / "out", *words)
    joined = rectify("merge", tmp_path / "in", "-o", tmp_path / "m.xlsx", *words)
    assert json.loads(checked.stdout)["summary"]["rows"] == json.loads(joined.stdout)["tasks"] == 30_000
    assert max(checked.memory, joined.memory) < MOST_MEMORY
    assert (checked.code, joined.code) == (1, 1)
    with zipfile.ZipFile(tmp_path / "out" / "市水务局.xlsx") as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size > 10_000_000  # the list itself, and no notice


def test_rows_of_the_same_words_are_joined_in_time(rectify: Callable[..., Done], tmp_path: Path) -> None:
    write(tmp_path / "in" / "市水务局.xlsx", 6_000, same=True)
    done = rectify(
        "merge", tmp_path / "in", "-o", tmp_path / "m.xlsx", "--as-of", "2026-11-21", "--format", "json", most_seconds=120
    )
    assert done.code in (0, 1)
    assert json.loads(done.stdout)["summary"]["rows"] == 6_000


def test_more_rows_than_that_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process and with a lower limit: how long a full list takes to read depends on the machine."""
    most = 200
    monkeypatch.setattr(files, "MOST_ROWS", most)
    path = tmp_path / "in" / "市水务局.xlsx"
    for rows, status in ((most, "accepted"), (most + 1, "rejected")):
        write(path, rows)
        submission = files.read_file(path, path.name, load_schema())
        assert submission.status == status
    (fault,) = submission.faults
    assert fault.slug == "resource-limit"
    assert f"最多 {most} 行" in fault.facts["reason"].zh
